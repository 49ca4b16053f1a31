"""What a hasty or hostile user types: every answer is Russian, has its exit code and leaves nothing half-done."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli import build_parser, run
from app.main import main

Call = Callable[..., tuple[int, str, str]]
HUGE = "9" * 20


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    assert run(["new", str(path), "--name", "Лесогорский округ"]) == 0
    return path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.mark.parametrize(
    "arguments",
    [
        ["marks", "--year", HUGE],
        ["marks", "--grade", "55"],
        ["marks", "--year", "²"],
        ["identify", "--rule", "kriro-2023", "--year", "-5"],
        ["history", "--limit", HUGE],
        ["undo", "--operation", HUGE],
        ["explain", HUGE, "--text", "так"],
        ["import", "файл.csv", "--kind", "неведомый"],
    ],
)
def test_a_value_out_of_bounds_is_wrong_usage(db: Path, call: Call, arguments: list[str]) -> None:
    code, _out, errors = call(*arguments, "--db", db)
    assert code == 2
    assert "не подходит «" in errors
    assert "argument" not in errors


def test_a_chart_of_nothing_and_a_weight_of_nothing_say_so(db: Path, call: Call) -> None:
    assert call("charts", "--db", db, "--kind", "heat")[:2] == (0, "Ниже минимума: данных для графика нет.\n")
    code, _out, errors = call("index", "set", "social", "--weight", "share_deviant=0", "--db", db)
    assert (code, "Вес больше 0 и не больше 1000" in errors) == (2, True)


def test_one_of_several_keys_is_asked_for_in_russian(db: Path, call: Call) -> None:
    code, _out, errors = call("card", "--db", db)
    assert code == 2
    assert "Не хватает одного из ключей: --school --listed." in errors


@pytest.mark.parametrize("words", [(), ("--db", "файл.opora")])
def test_every_group_of_commands_names_its_actions(call: Call, words: tuple[str, ...]) -> None:
    tried = 0
    for path, names in groups(build_parser()):
        code, out, errors = call(*path, *words)
        assert (code, out) == (2, ""), path
        assert errors.startswith(("Не указано действие. Есть: ", "Не указан документ. Есть: ")), (path, errors)
        told = errors.splitlines()[0].partition("Есть: ")[2].rstrip(".").split(", ")
        assert told == names, path
        assert call(*path, "--help")[0] == 0
        tried += 1
    assert tried >= 15


def groups(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield every group that does nothing without an action: how it is called, what its actions are."""
    for one in parser._actions:
        if isinstance(one, argparse._SubParsersAction):
            if one.required:
                yield path, list(one.choices)
            for name, inner in one.choices.items():
                yield from groups(inner, (*path, name))


def test_an_action_that_is_not_there_is_named_with_those_that_are(call: Call) -> None:
    code, _out, errors = call("list", "corect", "--db", "файл.opora")
    assert code == 2
    assert errors.splitlines()[0] == "Нет действия «corect». Есть: correct, approve, unapprove, approvals."


def test_help_is_russian_to_the_last_heading(call: Call) -> None:
    code, out, _errors = call("import", "--help")
    assert code == 0
    assert "Что указать:" in out
    assert "positional" not in out
    assert "options" not in out


@pytest.mark.parametrize("command", ["screens", "window"])
def test_help_of_the_windows_commands_is_russian_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    said = capsys.readouterr().out
    assert (stop.value.code, said.startswith(f"Вызов: opora {command} ")) == (0, True)
    assert "Ключи:\n" in said
    assert "show this" not in said
    assert "options" not in said


def test_a_file_without_a_name_of_its_municipality_is_not_made(tmp_path: Path, call: Call) -> None:
    code, _out, errors = call("new", tmp_path / "а.opora", "--name", "  ")
    assert (code, errors) == (1, "Не указано название муниципалитета. Впишите название.\n")
    assert not (tmp_path / "а.opora").exists()


def test_an_edit_that_will_not_go_changes_nothing(db: Path, call: Call) -> None:
    assert call("school", "add", "--name", "СОШ № 1", "--fisoko", "edu000001", "--db", db)[0] == 0
    before = call("history", "--db", db, "--json")[1]
    code, _out, errors = call("school", "add", "--name", "Новая", "--fisoko", "sch000001", "--db", db)
    assert (code, "уже стоит у школы «СОШ № 1»" in errors) == (1, True)
    for wrong in (["--figures", "весна", "5", "5"], ["--figures", "2025/27", "5", "5"], ["--remind", "31.02.2026"]):
        code, _out, errors = call("school", "edit", "edu000001", "--name", "Другая", *wrong, "--db", db)
        assert (code, errors.count("\n")) == (1, 1)
    assert call("history", "--db", db, "--json")[1] == before


def test_a_new_file_in_a_folder_that_is_not_there_names_the_folder(tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "нет"
    code, _out, errors = call("new", folder / "а.opora", "--name", "Округ")
    assert (code, errors) == (1, f"Папки {folder} нет. Создайте её или укажите другую папку.\n")
    assert not folder.exists()


def test_the_help_names_the_commands_of_the_window(call: Call) -> None:
    _code, out, _errors = call("--help")
    names = {line.split()[0] for line in out.splitlines() if line.startswith("    ")}
    assert {"window", "screens", "new", "check"} <= names
    code, _out, errors = call("window")
    assert (code, "opora window" in errors) == (2, True), "the window is opened by the program itself, not from here"


def test_counts_beyond_belief_stay_as_drafts(db: Path, call: Call) -> None:
    call("school", "add", "--name", "СОШ № 1", "--fisoko", "edu000001", "--db", db)
    for raw in (HUGE, "²", "-5"):
        code, out, errors = call("school", "edit", "edu000001", "--figures", "2025/26", raw, "7", "--db", db)
        assert (code, out) == (3, "Изменено: СОШ № 1\n")
        assert errors.startswith(f"СОШ № 1, 2025/26: «{raw}» не подходит для графы «Учеников». Исправьте запись")
        card = json.loads(call("school", "card", "edu000001", "--db", db, "--json")[1])["school"]
        assert card["year_drafts"] == [
            {"school_year": 2025, "column": "pupils", "raw": raw, "code": "GEN_BAD_NUMBER"},
        ]  # fmt: skip
        assert card["years"] == [{"school_year": 2025, "pupils": None, "teachers": 7}]
        code, out, _errors = call("check", "--db", db, "--json")
        assert (code, f"«{raw}»" in json.loads(out)["problems"][0]["message"]) == (3, True)
    code, _out, errors = call("school", "edit", "edu000001", "--inn", "²²²²²²²²²²", "--db", db)
    # the count of the year before is not what this command wrote: it is not said again
    assert (code, errors.count("\n"), "графы «ИНН»" in errors) == (3, 1, True)
    assert call("school", "edit", "edu000001", "--head", "Ким О. В.", "--db", db)[::2] == (0, "")
    assert "не подходит для графы «Учеников»" in call("school", "card", "edu000001", "--db", db)[1]
    card = json.loads(call("school", "card", "edu000001", "--db", db, "--json")[1])["school"]
    assert "inn" not in card["codes"]
    assert "inn" in {draft["column"] for draft in card["drafts"]}


def test_merging_says_where_the_two_contradict_each_other(db: Path, tmp_path: Path, call: Call) -> None:
    head = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;Ниже минимума"
    rows = ("СОШ № 1;edu000001;2026;ВПР;Химия;8;20;8", "Школа № 1;edu000002;2026;ВПР;Химия;8;20;1")
    table = tmp_path / "итоги.csv"
    table.write_text("\n".join((head, *rows)), encoding="utf-8")
    assert call("import", table, "--db", db, "--create-schools")[0] == 0
    code, out, errors = call("school", "merge", "edu000002", "--into", "edu000001", "--db", db)
    assert (code, out) == (
        3,
        (
            "Объединены: «Школа № 1» теперь читается как «СОШ № 1».\n"
            "Есть у обеих записей: 1\u00a0результат. Считаться будут числа основной.\n"
        ),
    )
    for part in ("ВПР химия, 8 кл. за 2026 год", "Считается 8 из 20 (файл: итоги.csv), не считается 1 из 20"):
        assert part in errors.replace("\u00a0", " ")
    code, out, _errors = call("check", "--db", db, "--json")
    assert (code, [p["code"] for p in json.loads(out)["problems"]]) == (3, ["STORE_MERGED_DIFFERS"])
    assert [m["below_min"] for m in json.loads(call("marks", "--db", db, "--json")[1])["marks"]] == [8]


def test_a_table_of_headings_only_needs_eyes(db: Path, tmp_path: Path, call: Call) -> None:
    table = tmp_path / "пусто.csv"
    table.write_text("Школа;Год;Процедура;Предмет;Класс;Участников;Ниже минимума\n", encoding="utf-8")
    code, out, errors = call("import", table, "--db", db, "--json")
    answer = json.loads(out)["files"][0]
    assert (code, [problem["code"] for problem in answer["problems"]], errors) == (3, ["IMP_NO_ROWS"], "")


def test_a_refusal_is_said_beside_the_json_too(db: Path, tmp_path: Path, call: Call) -> None:
    strange = tmp_path / "чужое.csv"
    strange.write_text("один;два\n1;2\n", encoding="utf-8")
    code, out, errors = call("import", strange, "--db", db, "--json")
    assert (code, json.loads(out)["files"][0]["kind"]) == (1, None)
    assert errors.startswith("чужое.csv: не загружен.\n")


def test_a_question_names_the_key_that_answers_it(db: Path, tmp_path: Path, call: Call) -> None:
    table = tmp_path / "итоги.csv"
    table.write_text("Школа;Код;Год;Предмет;Участников;Ниже минимума\nСОШ;edu000001;2026;Химия;9;2\n", encoding="utf-8")
    code, _out, errors = call("import", table, "--db", db, "--create-schools")
    assert (code, "--answer procedure" in errors) == (1, True)
    code, _out, _errors = call("import", table, "--db", db, "--create-schools", "--answer", "procedure", "ОГЭ")
    assert code == 0
    marks = json.loads(call("marks", "--db", db, "--json")[1])["marks"]
    assert [(mark["procedure"], mark["grade"], mark["below_min"]) for mark in marks] == [("ОГЭ", 9, 2)]


def test_files_of_another_kind_are_named(db: Path, tmp_path: Path, call: Call) -> None:
    secret = tmp_path / "пароль.txt"
    secret.write_bytes(b"\xff\xfe\xf0")
    paper = tmp_path / "лист.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    code, _out, errors = call("sign", paper, "--p12", secret, "--password-file", secret)
    assert (code, "пароль.txt" in errors, "UTF-8" in errors) == (1, True, True)
    code, out, errors = call("verify", paper, "--trust", secret)
    assert (code, out, "«пароль.txt»" in errors) == (1, "", True)
    code, out, errors = call("verify", paper, "--json")
    assert (code, json.loads(out)["verdict"]) == (1, "damaged_file")
    assert errors.startswith("Файл повреждён.")
    code, _out, errors = call("verify", tmp_path, "--sig", paper)
    assert (code, "--sig" in errors) == (1, True)
    reference = tmp_path / "шкалы.toml"
    reference.write_text("a = 1\nэто не TOML\n", encoding="utf-8")
    code, _out, errors = call("reference", reference, "--db", db)
    assert (code, "ошибка в строке 2" in errors) == (1, True)


def test_a_folder_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.chdir(tmp_path)
    code, _out, errors = call("schools", "--db", "нет.opora")
    assert (code, f"в папке {tmp_path}." in errors) == (1, True)
