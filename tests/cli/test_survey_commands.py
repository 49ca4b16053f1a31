"""«opora survey»: a sheet, a table of Google, counts, the distribution, papers."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.forms.loader import shipped
from tests.helpers.projections import pdf_text
from tests.helpers.stores import made

FORM = next(form for (key, _v), form in shipped().items() if key == "listener")
CONTENT = next(item.text for item in FORM.items() if item.id == "content")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store = made(tmp_path / "a.opora")
    store.close()
    return tmp_path / "a.opora"


def ask(capsys: pytest.CaptureFixture[str], *words: str | Path, code: int = 0) -> Any:
    assert run([str(word) for word in words]) == code, capsys.readouterr().err
    out = capsys.readouterr().out
    return json.loads(out) if "--json" in words else out


def sheet(capsys: pytest.CaptureFixture[str], db: Path) -> str:
    made_one = ask(capsys, "survey", "add", "listener", "--db", db, "--year", "2026", "--name", "Семинар", "--held",
                   "18.11.2026", "--given-out", "5", "--json")  # fmt: skip
    return str(made_one["sheet"])


def test_a_table_is_read_and_shown(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = sheet(capsys, db)
    file = tmp_path / "ответы.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(
            [["Отметка времени", "ФИО", CONTENT], *[["22.11.2026", "Иванов И. И.", "высокая"]] * 3,
             ["22.11.2026", "Петров П. П.", "низкая"]]
        )  # fmt: skip
    found = ask(capsys, "survey", "rows", key, file, "--db", db, "--json")
    assert (found["rows"], found["questions"], found["dropped"]) == (4, 1, ["Отметка времени", "ФИО"])
    shown = ask(capsys, "survey", "show", "--sheet", key, "--db", db)
    assert "Сдано 4 из 5 розданных" in shown
    assert "75,0\u00a0%" in shown
    answer = ask(capsys, "survey", "show", "listener", "--db", db, "--json")
    assert answer["items"][0]["choices"] == {"high": 3, "middle": 0, "low": 1, "unknown": 0}
    listed = ask(capsys, "survey", "show", "--db", db, "--json")["sheets"]
    assert [(one["about"], one["mode"], one["handed_in"]) for one in listed] == [("Семинар", "rows", 4)]
    assert ask(capsys, "survey", "tally", key, "--db", db, "--handed-in", "5", code=1) == ""


def test_counts_are_put_one_by_one(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = sheet(capsys, db)
    ask(capsys, "survey", "tally", key, "--db", db, "--item", "content", "--choice", "high", "--number", "12",
        "--handed-in", "15")  # fmt: skip
    answer = ask(capsys, "survey", "show", "--sheet", key, "--db", db, "--json")
    assert (answer["handed_in"], answer["items"][0]["base"], answer["items"][0]["silent"]) == (15, 12, 3)
    assert answer["faults"] == ["«Семинар, 18.11.2026»: сдано 15, а роздано 5."]


def test_papers_are_written(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = sheet(capsys, db)
    ask(capsys, "survey", "tally", key, "--db", db, "--item", "content", "--choice", "high", "--number", "12")
    for suffix in (".pdf", ".docx", ".xlsx"):
        out = tmp_path / f"отчёт{suffix}"
        assert "Записано" in ask(capsys, "survey", "report", "listener", "--sheet", key, "--db", db, "--out", out)
        assert out.stat().st_size > 3000
    text = " ".join("".join(pdf_text((tmp_path / "отчёт.pdf").read_bytes())).split())
    assert "Ответили 12 из 12" in text
    blank = tmp_path / "анкета.pdf"
    ask(capsys, "survey", "blank", "listener", "--db", db, "--out", blank, "--two")
    import pikepdf

    with pikepdf.open(blank) as paper:
        boxes = [tuple(float(side) for side in page.mediabox) for page in paper.pages]
    assert boxes == [(0, 0, 842, 595)]
