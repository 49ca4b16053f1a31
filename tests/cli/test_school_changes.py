"""«opora school changes» as a user of a terminal meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run

HEAD = "Логин ФИС ОКО;Название;Состояние;Примечание"
FIRST = (
    "sch000001;МБОУ «СОШ № 1 г. Грозный»;;",
    "sch000002;МБОУ «ООШ № 2 г. Грозный»;;",
    "sch000003;МБОУ «СОШ № 3 г. Грозный»;;",
    "sch000004;МБОУ «СОШ № 4 г. Грозный»;;",
)
SECOND = (
    "edu000001;МБОУ СОШ №1 г.Грозный;;К ней присоединена СОШ № 4",
    "edu000002;МБОУ «СОШ № 2 г. Грозный»;;",
    "edu000903;Средняя школа №3 города Грозного;;",
    "edu000905;Гимназия № 5 г. Аргун;;",
)
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def made(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as gone:
            code = int(gone.code or 0)
        return code, *capsys.readouterr()

    return made


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEAD, *rows)), encoding="utf-8-sig")
    return path


@pytest.fixture
def db(tmp_path: Path, call: Call) -> Path:
    path = tmp_path / "Грозный.opora"
    assert call("new", path, "--name", "Грозный")[0] == 0
    assert call("import", table(tmp_path / "2024.csv", *FIRST), "--db", path)[0] == 0
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return table(tmp_path / "2025.csv", *SECOND)


def found(call: Call, db: Path, file: Path, *more: str | Path) -> tuple[int, Any]:
    code, out, _errors = call("school", "changes", file, "--db", db, "--school-year", "2025", "--json", *more)
    return code, json.loads(out)


def test_everything_is_listed_and_nothing_written(db: Path, second: Path, call: Call) -> None:
    before = db.read_bytes()
    code, answer = found(call, db, second)
    assert code == 3
    assert (answer["matched_by_code"], answer["matched_by_name"], answer["applied"]) == (2, 0, None)
    assert {c["key"]: c["proposed"] for c in answer["changes"]} == {
        "new:edu000905": "create",
        "code_changed:edu000903": "same",
        "renamed:edu000002": "rename",
        "merged:edu000004": "link",
    }
    assert db.read_bytes() == before
    code, out, _errors = call("school", "changes", second, "--db", db, "--school-year", "2025")
    assert code == 3
    assert "2025/26: узнано по коду 2, по названию 0, без изменений 1." in out
    assert "renamed:edu000002  переименована: «МБОУ „ООШ № 2 г. Грозный“» → «МБОУ „СОШ № 2 г. Грозный“»" in out
    assert "почему: вид: основная школа → средняя школа" in out
    assert "Ничего не записано." in out


def test_only_what_is_accepted_is_written_and_undone_in_one_step(db: Path, second: Path, call: Call) -> None:
    listed = call("schools", "--db", db, "--json")[1]
    code, answer = found(
        call, db, second, "--accept", "renamed:edu000002=rename", "--accept", "merged:edu000004=link:edu000003"
    )
    assert code == 0
    assert answer["applied"]["counts"] == {"rename": 1, "link": 1}
    after = {s["school_code"]: s for s in json.loads(call("schools", "--db", db, "--json")[1])["schools"]}
    assert (after["edu000002"]["name"], after["edu000004"]["status"]) == ("МБОУ «СОШ № 2 г. Грозный»", "reorganised")
    card = json.loads(call("school", "card", "edu000002", "--db", db, "--json")[1])["school"]
    assert card["aliases"] == ["МБОУ «ООШ № 2 г. Грозный»"]
    assert {c["key"] for c in found(call, db, second)[1]["changes"]} == {"new:edu000905", "code_changed:edu000903"}
    assert call("undo", "--db", db)[0] == 0
    assert call("schools", "--db", db, "--json")[1] == listed


def test_decisions_come_from_a_file(db: Path, second: Path, tmp_path: Path, call: Call) -> None:
    decisions = tmp_path / "решения.json"
    decisions.write_text(
        json.dumps({
            "new:edu000905": "create",
            "code_changed:edu000903": {"action": "same", "date": "15.08.2025"},
            "merged:edu000004": "none",
        }),
        encoding="utf-8",
    )  # fmt: skip
    code, out, _errors = call("school", "changes", second, "--db", db, "--school-year", "2025", "--apply", decisions)
    assert (code, out) == (0, "считать той же школой, записать код и название: 1\nзавести: 1\n")
    card = json.loads(call("school", "card", "edu000903", "--db", db, "--json")[1])["school"]
    assert card["name"] == "МБОУ «СОШ № 3 г. Грозный»"
    assert card["aliases"] == ["Средняя школа №3 города Грозного"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "это не JSON"),
        ("[]", "нужен один объект"),
        ('{"new:edu000905": "сделать"}', "у ключа «new:edu000905» нет действия"),
        ('{"new:edu000906": "create"}', "Отличия с ключом «new:edu000906» в сверке нет"),
        ('{"new:edu000905": "close"}', "Для отличия «new:edu000905» нельзя выбрать «close»"),
        ('{"new:edu000905": {"action": "create", "date": "вчера"}}', "«вчера» — не дата"),
    ],
)
def test_bad_decisions_are_refused_in_russian(
    db: Path, second: Path, tmp_path: Path, call: Call, text: str, words: str
) -> None:
    decisions = tmp_path / "решения.json"
    decisions.write_text(text, encoding="utf-8")
    listed = call("schools", "--db", db)[1]
    code, _out, errors = call("school", "changes", second, "--db", db, "--apply", decisions)
    assert code == 1
    assert words in errors
    assert call("schools", "--db", db)[1] == listed


def test_wrong_usage_and_wrong_files(db: Path, tmp_path: Path, second: Path, call: Call) -> None:
    code, _out, errors = call("school", "changes", second, "--db", db, "--accept", "new:edu000905")
    assert (code, "Нужно КЛЮЧ=ДЕЙСТВИЕ" in errors) == (2, True)
    code, _out, errors = call("school", "changes", second, "--db", db, "--apply", tmp_path / "нет.json")
    assert (code, "Файла «нет.json» нет" in errors) == (1, True)
    goods = tmp_path / "цены.csv"
    goods.write_text("Товар;Цена\nМел;10\n", encoding="utf-8")
    code, _out, errors = call("school", "changes", goods, "--db", db)
    assert (code, errors.startswith("цены.csv: ")) == (1, True)
    six = tmp_path / "шесть.csv"
    six.write_text("Код;Название\n000001;СОШ № 1\n", encoding="utf-8")
    assert call("school", "changes", six, "--db", db)[0] == 1
    answered = call("school", "changes", six, "--db", db, "--answer", "code_system", "логин ФИС ОКО", "--json")
    assert json.loads(answered[1])["matched_by_code"] == 1


def test_a_registry_without_changes_ends_with_nought(db: Path, tmp_path: Path, call: Call) -> None:
    code, answer = found(call, db, table(tmp_path / "то же.csv", *FIRST))
    assert (code, answer["changes"], answer["unchanged"]) == (0, [], 4)


def test_loading_a_second_registry_names_the_comparison(db: Path, second: Path, tmp_path: Path, call: Call) -> None:
    code, out, _errors = call("import", second, "--db", db, "--dry-run")
    assert (code, "покажет сверка: opora school changes." in out) == (0, True)
    answer = json.loads(call("import", second, "--db", db, "--dry-run", "--json")[1])
    assert [file["second_registry"] for file in answer["files"]] == [True]
    _code, out, _errors = call("import", tmp_path / "2024.csv", "--db", db)
    assert "сверка" not in out, "the registry that is there already changes nothing"
