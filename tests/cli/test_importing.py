"""The commands that bring files in and say where a value came from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.importers.parsed import ExternalHead, ParsedExternal, ParsedScores, ParsedTask
from app.importers.tables.profile import ColumnMap, Profile
from app.importers.tables.profile_text import to_text
from app.models.records import ExternalMark, Origin, ScoreCount, TaskCount
from app.operations import files, profiles, results
from app.operations.results import Options
from tests.operations.conftest import MATHS5, reading, school

HEAD = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5"
ONE = school("СОШ № 1", "edu000001")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    assert run(["new", str(path), "--name", "Лесогорский округ", "--as", "Ким О. В."]) == 0
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years of one school in a folder and one within it, a lock file, another paper."""
    made = tmp_path / "файлы"
    for name, year, twos in (("2026/а.csv", 2026, 8), ("б.csv", 2025, 3)):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HEAD}\nСОШ № 1;edu000001;{year};ВПР;Математика;5;27;{twos};10;5;{12 - twos}\n", "utf-8")
    (made / "~$а.xlsx").write_bytes(b"lock")
    (made / "приказ.pdf").write_bytes(b"%PDF")
    return made


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    def call(*arguments: str | Path) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return code, json.loads(capsys.readouterr().out)

    return call


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_folder_is_loaded_with_all_its_tables_and_says_what_it_passed_over(
    db: Path, folder: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    code, found = answer("import", folder, "--db", db, "--create-schools", "--json")
    assert code == 0
    assert [(f["file"], f["kind"], f["accepted"], f["rows_new"]) for f in found["files"]] == [
        ("б.csv", "marks", True, 1), ("а.csv", "marks", True, 1),
    ]  # fmt: skip
    assert [p["code"] for p in found["skipped"]] == ["IMP_FOLDER_LOCK", "IMP_FOLDER_OTHERS"]
    agreed = {"file", "kind", "accepted", "rows_new", "rows_changed", "rows_same", "problems"}
    assert agreed <= set(found["files"][0])


def test_a_folder_without_tables_is_a_failure(db: Path, tmp_path: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    empty = tmp_path / "пусто"
    empty.mkdir()
    code, found = answer("import", empty, "--db", db, "--json")
    assert (code, found["files"], [p["code"] for p in found["skipped"]]) == (1, [], ["IMP_FOLDER_EMPTY"])


def test_the_kind_may_be_answered_like_a_question(
    db: Path, folder: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    code, found = answer("import", folder / "б.csv", "--db", db, "--answer", "kind", "journal", "--json")
    assert (code, [p["code"] for p in found["files"][0]["problems"]]) == (1, ["IMP_NOT_THAT_KIND"])


def test_loaded_files_have_hashes_and_come_back_bit_by_bit(
    db: Path, folder: Path, tmp_path: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    import hashlib

    source = folder / "б.csv"
    answer("import", source, "--db", db, "--create-schools", "--json")
    code, found = answer("files", "--db", db, "--json")
    (listed,) = found["files"]
    assert (code, listed["sha256"], listed["kept"]) == (0, hashlib.sha256(source.read_bytes()).hexdigest(), True)
    target = tmp_path / "копия.csv"
    code, out, _err = said(capsys, "files", "--db", db, "--export", listed["id"], "--to", target)
    assert (code, target.read_bytes()) == (0, source.read_bytes())
    assert str(target) in out
    code, _out, err = said(capsys, "files", "--db", db, "--export", "нет.xlsx", "--to", target)
    assert (code, "нет файла «нет.xlsx»" in err) == (1, True)


def test_origin_of_results_and_of_the_card(
    db: Path, folder: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    answer("import", folder, "--db", db, "--create-schools", "--as", "Ким О. В.", "--json")
    code, found = answer("origin", "--db", db, "--school", "edu000001", "--year", "2026", "--grade", "5", "--json")
    (trace,) = found["origins"]
    assert (code, trace["value"], trace["by_hand"]) == (0, "8 из 27", False)
    assert (trace["file"]["name"], trace["file"]["row_from"], trace["operation"]["actor"]) == ("а.csv", 2, "Ким О. В.")
    code, found = answer("origin", "--db", db, "--school", "edu000001", "--json")
    assert {trace["what"] for trace in found["origins"]} == {"Название", "Состояние", "Логин ФИС ОКО"}
    code, out, _err = said(capsys, "origin", "--db", db, "--school", "edu000001", "--subject", "математика")
    assert code == 0
    assert "а.csv, строка 2" in out
    code, _out, err = said(capsys, "origin", "--db", db, "--school", "edu000001", "--metric", "нет такого")
    assert (code, "нет такого" in err) == (1, True)
    code, _out, err = said(
        capsys, "origin", "--db", db, "--school", "edu000001", "--metric", "pupils", "--school-year", "вчера"
    )
    assert (code, "не учебный год" in err) == (1, True)


def test_origin_of_all_metrics(
    db: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "school", "add", "--name", "СОШ № 1", "--fisoko", "edu000001", "--db", db)
    for year, metric, value in (("2024", "noko", "80"), ("2025", "noko", "81"), ("2025", "places", "5")):
        said(capsys, "metrics", "set", "edu000001", metric, value, "--year", year, "--db", db, "--as", "Ким О. В.")
    where = ("origin", "--db", db, "--school", "edu000001")
    found = answer(*where, "--metrics", "--json")[1]["origins"]
    assert [(t["value"], t["table"], t["by_hand"], t["operation"]["actor"]) for t in found[-1:]] == [
        ("80", "metric_value", True, "Ким О. В."),
    ]
    assert {t["value"] for t in found[:-1]} == {"81", "5"}
    assert [t["value"] for t in answer(*where, "--school-year", "2024/25", "--json")[1]["origins"]] == ["80"]
    assert "введено вручную" in said(capsys, *where, "--metrics")[1]


def test_tasks_and_scores_in_the_form_of_records(db: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    from dataclasses import replace

    found = replace(
        reading(name="задания.xlsx"),
        tasks=(ParsedTask(ONE, TaskCount(MATHS5, 2026, "1", 27, 20, max_points=2, difficulty="Б"), Origin("Л", 5, 5)),),
        scores=(ParsedScores(ONE, ScoreCount(MATHS5, 2026, 4, (0, 3, 1)), Origin("Л", 6, 6)),),
    )
    with files.for_work(db, "Ким О. В.") as store:
        results.load(store, found, Options(create_schools=True))
    code, got = answer("tasks", "--db", db, "--subject", "МАТЕМАТИКА", "--json")
    (task,) = got["tasks"]
    assert (code, task["task"], task["points"], task["max_points"], task["difficulty"]) == (0, "1", 20, 2, "Б")
    assert (task["skipped"], task["group_mark"], task["origin"]["file"]) == (None, 0, "задания.xlsx")
    code, got = answer("scores", "--db", db, "--school", "edu000001", "--json")
    assert (code, got["scores"][0]["counts"], got["scores"][0]["measure"]) == (0, [0, 3, 1], "primary")
    assert answer("scores", "--db", db, "--subject", "Физика", "--json") == (0, {"scores": []})
    assert answer("tasks", "--db", db, "--areas", "--json") == (0, {"tasks": []})


def test_lists_from_outside_through_the_commands(
    db: Path, tmp_path: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    rows = (ParsedExternal(ONE, ExternalMark("4 РУ", "1", "1"), Origin("Л", 5, 5, "E5")),)
    head = ExternalHead("bias", 2025, "Признаки необъективности")
    with files.for_work(db, "Ким О. В.") as store:
        found = replace(reading(name="маркеры.xlsx"), kind="bias", externals=rows, external_head=head)
        results.load(store, found, Options(create_schools=True))
    letter = tmp_path / "письмо.pdf"
    letter.write_bytes(b"%PDF letter")
    code, _out, err = said(
        capsys, "external", "document", "--db", db, "--kind", "bias", "--title", "Письмо", "--issuer", "Рособрнадзор",
        "--number", "02-15", "--date", "03.12.2025", "--file", letter,
    )  # fmt: skip
    assert (code, err) == (0, "")
    code, got = answer("external", "list", "--db", db, "--json")
    (listed,) = got["lists"]
    assert (listed["kind"], listed["schools"], listed["document"]["dated"]) == ("bias", 1, "2025-12-03")
    _code, out, _err = said(capsys, "external", "list", "--db", db)
    assert "Письмо, Рособрнадзор, № 02-15 от 03.12.2025" in out
    code, got = answer("external", "show", "--db", db, "--list", str(listed["id"]), "--json")
    assert [(e["school"], e["item"], e["value"], e["origin"]["cells"]) for e in got["entries"]] == [
        ("СОШ № 1", "4 РУ", "1", "E5")
    ]
    assert answer("external", "show", "--db", db, "--school", "edu000001", "--year", "2024", "--json")[1] == {
        "entries": []
    }
    assert answer("origin", "--db", db, "--school", "edu000001", "--lists", "--json")[1]["origins"][0]["value"] == "1"
    code, out, _err = said(capsys, "external", "remove", "--db", db, "--kind", "bias", "--year", "2025")
    assert (code, "1\u00a0запись" in out) == (0, True)
    assert said(capsys, "external", "show", "--db", db, "--kind", "bias")[0] == 1
    assert run(["undo", "--db", str(db)]) == 0
    assert len(answer("external", "list", "--db", db, "--json")[1]["lists"]) == 1


def test_profiles_through_the_commands(
    db: Path, folder: Path, tmp_path: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    columns = (ColumnMap(("ОО",), "school"), ColumnMap(("ОВЗ",), "metric", metric="ovz"))
    with files.for_work(db, "Ким О. В.") as store:
        profiles.save(store, to_text(Profile("Паспорт", "metrics", columns)))
    code, got = answer("profiles", "--db", db, "--json")
    assert (code, got["profiles"][0]["name"], got["profiles"][0]["target"]) == (0, "Паспорт", "metrics")
    path = tmp_path / "п.toml"
    assert said(capsys, "profiles", "--db", db, "--export", "паспорт", "--to", path)[0] == 0
    assert said(capsys, "profiles", "--db", db, "--rename", "Паспорт", "Паспорт района")[0] == 0
    assert said(capsys, "profiles", "--db", db, "--import", path, "--name", "Второй")[0] == 0
    assert [p["name"] for p in answer("profiles", "--db", db, "--json")[1]["profiles"]] == ["Второй", "Паспорт района"]
    assert said(capsys, "profiles", "--db", db, "--delete", "второй")[0] == 0
    code, _out, err = said(capsys, "import", folder, "--db", db, "--profile", "Второй")
    assert (code, "Есть: «Паспорт района»" in err) == (1, True)


def test_how_a_table_was_read_is_kept_under_a_name(
    db: Path, folder: Path, answer: Callable[..., tuple[int, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    table = folder / "2026" / "а.csv"
    keys = ("--create-schools", "--save-profile", "Сводка района")
    code, out, err = said(capsys, "import", table, "--db", db, *keys)
    assert (code, err, "Сохранена разметка «Сводка района»" in out) == (0, "", True)
    assert [p["name"] for p in answer("profiles", "--db", db, "--json")[1]["profiles"]] == ["Сводка района"]
    code, got = answer("import", folder / "б.csv", "--db", db, "--profile", "Сводка района", "--json")
    assert (code, got["files"][0]["rows_new"], got["files"][0]["profile"]) == (0, 1, "Сводка района")
