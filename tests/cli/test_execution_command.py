"""``opora execution``: the list, marks by number, the report, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.cli import run
from app.operations import programme_edit as edit
from tests.helpers.programmes import small
from tests.helpers.projections import docx_names, pdf_text
from tests.helpers.stores import made


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    store = made(tmp_path / "p.opora")
    keys = small(store)
    edit.put_term(store, keys["first"], "октябрь 2026 года")
    store.close()
    return tmp_path / "p.opora"


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["execution", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_is_late_ends_with_three(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = _json(capsys, "list", "--db", str(db), "--year", "2026")
    assert code == 3
    first, second = told["activities"]
    assert (first["number"], first["shown"], first["days"], first["done_on"]) == ("1.1", "late", 23, None)
    assert (second["shown"], second["due_on"], second["spent_kopecks"]) == ("no_term", None, None)
    assert (told["totals"]["late"], told["totals"]["due"], told["totals"]["due_done"]) == (1, 1, 0)


def test_marking_by_number(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("mark", "--db", str(db), "--year", "2026", "--number", "1.1", "--number", "1.2.", "--state", "done",
                 "--date", "30.10.2026")  # fmt: skip
    assert _json(capsys, *arguments) == (0, {"marked": 2, "state": "done"})
    code, told = _json(capsys, "list", "--db", str(db), "--state", "done")
    assert (code, [item["done_on"] for item in told["activities"]]) == (0, ["2026-10-30"] * 2)
    run(["execution", "mark", "--db", str(db), "--year", "2026", "--number", "1.1", "--state", "moved", "--date",
         "01.12.2026", "--reason", "Карантин"])  # fmt: skip
    capsys.readouterr()
    assert run(["execution", "list", "--db", str(db), "--year", "2026"]) == 0
    shown = capsys.readouterr().out
    assert "перенесено на 01.12.2026" in shown
    assert "Карантин" in shown
    assert shown.rstrip().endswith("Всего 2: перенесено 1, выполнено 1.")


def test_a_number_that_is_not_there(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["execution", "mark", "--db", str(db), "--year", "2026", "--number", "9", "--state", "done"]) == 1
    assert "Мероприятия № 9 в плане на 2026 год нет." in capsys.readouterr().err


def test_the_report(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf, word = tmp_path / "отчёт.pdf", tmp_path / "отчёт.docx"
    common = ("report", "--db", str(db), "--from", "01.10.2026", "--to", "31.12.2026", "--out")
    code, told = _json(capsys, *common, str(pdf), "--register")
    assert (code, told["register"]) == (0, 1)
    assert told["title"] == "Исполнение плана мероприятий за IV\u00a0квартал 2026\u00a0года"
    text = " ".join(" ".join(pdf_text(pdf.read_bytes())).replace("\u00a0", " ").split())
    assert "просрочено — 1" in text
    assert "Причина не названа: 1 мероприятие." in text
    assert run(["execution", *common, str(word)]) == 0
    assert "word/document.xml" in docx_names(word.read_bytes())


def test_a_file_without_a_programme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "e.opora").close()
    assert run(["execution", "list", "--db", str(tmp_path / "e.opora")]) == 1
    assert capsys.readouterr().err
