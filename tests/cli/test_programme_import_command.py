"""``opora programme import``: exit codes and the one object it prints (decision 24)."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from tests.helpers.plans import HEAD, ROWS, TITLE, docx, xlsx


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    Store.create(path, name="Лесогорский округ", actor="Ким О. В.").close()
    return path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["files"]
    (file,) = found["files"]
    return dict(file)


def keys(db: Path) -> int:
    import sqlite3

    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(*) FROM programme").fetchone()[0])


def test_a_dry_run_says_everything_and_writes_nothing(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = docx(tmp_path / "план.docx", TITLE, [[HEAD, *ROWS]])
    assert run(["programme", "import", str(path), "--db", str(db), "--dry-run", "--json"]) == 3
    file = told(capsys)
    assert (file["written"], file["title"], file["years"]) == (False, TITLE, [2025, 2026])
    assert [(row["number"], row["term_code"]) for row in file["rows"]] == [
        ("1", None), ("2", None), ("3", "TERM_EMPTY"), ("4", "TERM_OUTSIDE"), ("5", None),
    ]  # fmt: skip
    assert file["rows"][2]["term"] is None
    assert file["rows"][0]["spans"] == [["2025-08-01", "2025-09-30"]]
    assert keys(db) == 0


def test_a_plan_without_faults_is_loaded_with_nought(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = xlsx(tmp_path / "план.xlsx", "План на 2025-2026 учебный год", [[HEAD, *ROWS[:2]]])
    assert run(["programme", "import", str(path), "--db", str(db), "--new", "Наш план", "--json"]) == 0
    file = told(capsys)
    assert (file["written"], file["title"]) == (True, "Наш план")
    again = ["programme", "import", str(path), "--db", str(db), "--into", str(file["programme"]), "--json"]
    assert run(again) == 1
    second = told(capsys)
    assert (second["written"], [row["state"] for row in second["rows"]]) == (False, ["double", "double"])
    assert second["refused"]
    assert keys(db) == 1


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_file_that_is_no_plan_is_refused(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], dry: list[str]
) -> None:
    path = tmp_path / "письмо.txt"
    path.write_text("Добрый день", "utf-8")
    assert run(["programme", "import", str(path), "--db", str(db), "--json", *dry]) == 1
    assert "нет ни одной таблицы" in told(capsys)["refused"]
    assert run(["programme", "import", str(path), "--db", str(db), *dry]) == 1
    assert "нет ни одной таблицы" in capsys.readouterr().err


def test_years_may_be_told(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = xlsx(tmp_path / "план.xlsx", "План", [[["№", "Мероприятие", "Срок"], ["1", "Курсы", "постоянно"]]])
    assert run(["programme", "import", str(path), "--db", str(db)]) == 1
    assert "--years" in capsys.readouterr().err
    assert run(["programme", "import", str(path), "--db", str(db), "--years", "2026-2027"]) == 0
    assert "01.01" not in capsys.readouterr().out
    assert keys(db) == 1
