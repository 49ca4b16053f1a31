"""Commands about rounds: begin, answer, accept, give back, approve, reopen, confirm, the board, courses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.loader import load
from app.models.store import Store
from app.operations import forms, schools
from tests.helpers.form_texts import CHECK
from tests.helpers.stores import made

Told = Callable[..., Any]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.opora"
    store: Store = made(path)
    forms.save(store, load(CHECK))
    for number in (1, 2):
        schools.set_code(store, schools.add(store, {"name": f"СОШ № {number}"}), "fisoko", f"edu00000{number}")
    store.close()
    return path


@pytest.fixture
def told(db: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def ask(*words: str, expected: int = 0) -> Any:
        capsys.readouterr()
        assert run([*words, "--db", str(db), "--json"]) == expected
        return json.loads(capsys.readouterr().out)

    return ask


def test_the_way_of_one_answer_by_commands(told: Told, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = told("form", "start", "probe", "--year", "2026", "--all", "--due", "25.11.2099")
    assert [(case["subject"], case["state"]) for case in begun["cases"]] == [
        ("СОШ № 1", "not_sent"), ("СОШ № 2", "not_sent"),
    ]  # fmt: skip
    case = str(begun["cases"][0]["case"])
    wrong = told("form", "answer", case, "--item", "1", "--value", "семь", expected=3)
    assert (wrong["answers"]["1"]["raw"], wrong["answers"]["1"]["value"], wrong["state"]) == (
        "семь", None, "with_errors",
    )  # fmt: skip
    assert run(["form", "accept", case, "--db", str(db)]) == 1
    assert "рано принимать" in capsys.readouterr().err
    for item in ("1", "2"):
        told("form", "answer", case, "--item", item, "--value", "да", "--comment", "Приказ")
    full = told("form", "answer", case, "--item", "3", "--value", "1")
    assert (full["state"], full["scores"], full["level"]) == (
        "received", [{"score": "total", "points": 5, "most": 6, "level": "high"}], "high",
    )  # fmt: skip
    assert full["answers"]["1"]["comment"] == "Приказ"
    assert told("form", "return", case, "--remark", "Уточните")["state"] == "returned"
    assert told("form", "accept", case)["locked"] is True
    assert run(["form", "answer", case, "--item", "1", "--value", "0", "--db", str(db)]) == 1
    assert "Ответы закрыты" in capsys.readouterr().err
    assert told("form", "approve", case, "--act", "приказ № 5")["state"] == "approved"
    assert told("form", "reopen", case, "--reason", "Ошибка")["state"] == "received"
    told("form", "accept", case)
    board = told("form", "board", "--year", "2026")
    assert {state: number for state, number in board["states"].items() if number} == {"accepted": 1, "not_sent": 1}
    assert told("form", "rounds", "--year", "2026")["rounds"][0]["total"] == 2
    next_year = told("form", "start", "probe", "--year", "2027", "--school", "edu000001")
    fresh = str(next_year["cases"][0]["case"])
    assert told("form", "confirm", fresh, "--item", "1")["progress"] == {"answered": 1, "of": 3}
    assert told("form", "confirm", fresh)["state"] == "received"
    for words in (["rounds"], ["board", "--year", "2026"], ["answer", case]):
        capsys.readouterr()
        assert run(["form", *words, "--db", str(db)]) == 0
        assert "принято" in capsys.readouterr().out.casefold()


def test_courses_by_command(told: Told, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--category", "school-staff", "--provider", "loiro", "--kind", "upgrading"]
    found = told("courses", "--year", "2026", "--school", "edu000001", *place, "--people", "4", "--title", "Чтение")
    assert [(r["school"], r["people"], r["title"]) for r in found["courses"]] == [("СОШ № 1", 4, "Чтение")]
    assert told("courses", "--year", "2025")["people"] == 0
    assert run(["courses", "--year", "2026", "--people", "4", "--db", str(db)]) == 1
    assert "--category, --provider, --kind" in capsys.readouterr().err
    assert run(["courses", "--year", "2026", "--db", str(db)]) == 0
    assert "повышение квалификации" in capsys.readouterr().out
