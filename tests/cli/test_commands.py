"""The commands as a user of a terminal meets them: exit codes, JSON, words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run

HEAD = "Школа;Код;Год;Процедура;Предмет;Класс;Участников;2;3;4;5;Ниже минимума;Средний балл"
ROWS = (
    "СОШ № 1;edu000001;2026;ВПР;Математика;5;10;3;3;2;2;;3,3",
    "СОШ № 1;edu000001;2026;ОГЭ;Русский язык;;20;;;;;6;",
    "СОШ № 2;edu000002;2026;ВПР;Математика;5;27;8;10;5;4;;",
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    assert run(["new", str(path), "--name", "Лесогорский округ"]) == 0
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "результаты.csv"
    path.write_text("\n".join((HEAD, *ROWS)), encoding="utf-8-sig")
    return path


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    def call(*arguments: str | Path) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_import_needs_eyes_until_the_schools_are_known(
    db: Path, table: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    code, found = answer("import", table, "--db", db, "--json")
    assert code == 3
    assert (found["files"][0]["accepted"], found["files"][0]["rows_new"]) == (True, 0)
    assert {p["code"] for p in found["files"][0]["problems"]} == {"GEN_UNKNOWN_SCHOOL"}
    code, found = answer("import", table, "--db", db, "--create-schools", "--json")
    assert (code, found["files"][0]["rows_new"]) == (0, 3)
    code, found = answer("import", table, "--db", db, "--json")
    assert (code, found["files"][0]["rows_same"]) == (0, 3)


def test_dry_run_writes_nothing(db: Path, table: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    code, found = answer("import", table, "--db", db, "--create-schools", "--dry-run", "--json")
    assert (code, found["files"][0]["rows_new"], found["files"][0]["accepted"]) == (0, 3, True)
    assert answer("marks", "--db", db, "--json") == (0, {"marks": []})


def test_a_refused_file_is_exit_one_with_the_reason(
    db: Path, tmp_path: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    page = tmp_path / "отчёт.xlsx"
    page.write_text("<html><body>Вход в систему</body></html>", encoding="utf-8")
    code, found = answer("import", page, "--db", db, "--json")
    assert (code, found["files"][0]["accepted"]) == (1, False)
    assert found["files"][0]["problems"][0]["message"]


def test_marks_and_identify_answer_in_the_agreed_form(
    db: Path, table: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    answer("import", table, "--db", db, "--create-schools", "--json")
    code, found = answer("marks", "--db", db, "--year", "2026", "--subject", "русский ЯЗЫК", "--json")
    assert code == 0
    assert found["marks"] == [
        {
            "school_code": "edu000001", "school": "СОШ № 1", "year": 2026, "procedure": "ОГЭ",
            "subject": "Русский язык", "level": None, "grade": 9, "participants": 20, "m2": None, "m3": None,
            "m4": None, "m5": None, "below_min": 6, "restored": False,
        }
    ]  # fmt: skip
    code, found = answer("identify", "--db", db, "--rule", "rosobrnadzor-2022", "--year", "2026", "--json")
    assert (code, found["rule"], found["year"]) == (0, "rosobrnadzor-2022", 2026)
    one, two = found["schools"]
    assert (one["verdict"], one["edge"], one["incomplete"], one["sample"]) == ("listed", True, False, "10-19")
    assert [(f["below"], f["participants"]) for f in one["fractions"]] == [(3, 10), (6, 20)]
    assert (two["verdict"], two["branches"], two["incomplete"], two["sample"]) == ("not_listed", [], True, "20-49")


def test_a_correction_is_the_verdict_and_the_rule_stays_beside_it(
    db: Path, table: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    answer("import", table, "--db", db, "--create-schools", "--json")
    which = ["--db", str(db), "--rule", "rosobrnadzor-2022", "--year", "2026"]
    for school, verdict in (("edu000001", "not_listed"), ("edu000002", "listed")):
        fix = ["--school", school, "--verdict", verdict, "--reason", "решение комиссии"]
        assert run(["list", "correct", *which, *fix]) == 0
    for _frozen in (False, True):
        found = answer("identify", *which, "--json")[1]["schools"]
        assert [(s["verdict"], s["computed"], s["listed"]) for s in found] == [
            ("not_listed", "listed", False),
            ("listed", "not_listed", True),
        ]
        run(["list", "approve", *which, "--order", "5", "--date", "01.09.2026"])


def test_a_list_of_a_year_without_results_is_no_paper(
    db: Path, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(table), "--db", str(db), "--create-schools"]) == 0
    out = db.with_name("список.xlsx")
    which = ["--db", str(db), "--rule", "rosobrnadzor-2022", "--year"]
    capsys.readouterr()
    assert run(["report", "school-list", *which, "2019", "--out", str(out)]) == 1
    refused = capsys.readouterr().err
    assert refused.startswith("В файле нет результатов за 2019 год.")
    assert not out.exists()
    assert run(["list", "approve", *which, "2019", "--order", "5", "--date", "01.09.2026"]) == 1
    assert capsys.readouterr().err == refused
    assert run(["report", "school-list", *which, "2026", "--out", str(out)]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["identify", "--db", "{db}", "--rule", "нет-такого", "--year", "2026"], 1),
        (["identify", "--db", "{db}", "--rule", "rosobrnadzor-2022", "--year", "весной"], 2),
        (["marks", "--db", "нет.opora"], 1),
        (["неведомое"], 2),
        (["schools"], 2),
        (["undo", "--db", "{db}"], 1),
        (["schools", "--db", "{db}"], 0),
        (["rules", "--json"], 0),
    ],
)
def test_exit_codes_and_russian_reasons(
    db: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    given = [argument.format(db=db) for argument in arguments]
    try:
        got = run(given)
    except SystemExit as stop:
        got = int(stop.code or 0)
    assert got == code
    errors = capsys.readouterr().err
    assert bool(errors) is (code != 0)
    assert "usage" not in errors
    assert "error" not in errors


def test_undo_and_redo_by_command(db: Path, table: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    answer("import", table, "--db", db, "--create-schools", "--json")
    assert run(["undo", "--db", str(db)]) == 0
    assert answer("schools", "--db", db, "--json") == (0, {"schools": []})
    assert run(["redo", "--db", str(db)]) == 0
    assert len(answer("schools", "--db", db, "--json")[1]["schools"]) == 2
    labels = [o["label"] for o in answer("history", "--db", db, "--json")[1]["operations"]]
    assert labels[0].startswith("Загружен файл «результаты.csv»")


def test_backup_restore_and_check(db: Path, table: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    answer("import", table, "--db", db, "--create-schools", "--json")
    assert run(["backup", "--db", str(db)]) == 0
    copies = sorted(db.with_name("Лесогорск.backups").glob("*by-hand*"))
    assert run(["restore", str(copies[-1]), "--to", str(db.with_name("снова.opora"))]) == 0
    code, found = answer("check", "--db", db.with_name("снова.opora"), "--json")
    assert (code, found["ok"], found["problems"], found["data"]["open"]) == (0, True, [], 0)
    assert len(answer("marks", "--db", db.with_name("снова.opora"), "--json")[1]["marks"]) == 3


def test_the_card_of_a_school_is_filled_by_commands(
    db: Path, table: Path, answer: Callable[..., tuple[int, Any]]
) -> None:
    answer("import", table, "--db", db, "--create-schools", "--json")
    edit = ["school", "edit", "edu000001", "--db", str(db), "--head", "Громова Л. А.", "--since", "01.09.2021"]
    assert run([*edit, "--figures", "2025/26", "312", "24", "--note", "позвонить", "--inn", "7707083893"]) == 0
    found = answer("school", "card", "sch000001", "--db", db, "--json")[1]["school"]
    assert found["years"] == [{"school_year": 2025, "pupils": 312, "teachers": 24}]
    assert found["heads"] == [{"person": "Громова Л. А.", "role": "директор", "from": "2021-09-01", "to": None}]
    assert found["codes"] == {"fisoko": "edu000001", "inn": "7707083893"}


def test_a_damaged_file_is_answered_in_the_agreed_form(db: Path, answer: Callable[..., tuple[int, Any]]) -> None:
    data = bytearray(db.read_bytes())
    data[4096 : 4096 * 3] = bytes(4096 * 2)
    db.write_bytes(data)
    code, found = answer("check", "--db", db, "--json")
    assert (code, found["ok"], found["data"]) == (1, False, None)
    assert {p["code"] for p in found["problems"]} == {"STORE_DAMAGED"}
