"""``opora programme library`` and ``opora programme schools``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.operations import programme_edit, programme_library, programmes
from tests.helpers import stores


def _call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = run(["programme", *words, "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "Лесогорск.opora"
    with stores.made(path) as store:
        stores.school(store, "СОШ № 1")
        key = programmes.create(store, "municipal", "Поддержка школ", 2026, 2028)
        programme_edit.add(store, key, "goal", "Цель")
    return path


def test_wordings_are_listed_inserted_and_marked(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _call(capsys, "library", "--db", str(db), "--kind", "activity", "--find", "закрепить партнёра")
    assert code == 0
    (one,) = said["wordings"]
    assert (one["key"], one["inserted"], one["above"]) == ("act-pairs", False, ["task-network"])
    code, said = _call(capsys, "library", "--db", str(db), "--insert", "task-network", "--below")
    assert code == 0
    assert said["inserted"] > 5
    code, said = _call(capsys, "library", "--db", str(db), "--find", "закрепить партнёра")
    assert [line["inserted"] for line in said["wordings"]] == [True]
    assert run(["programme", "library", "--db", str(db), "--insert", "нет"]) == 1
    assert "Такой формулировки" in capsys.readouterr().err


def test_own_wordings_travel_by_file(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "наши.toml"
    assert run(["programme", "library", "--db", str(db), "--give", str(target)]) == 1
    with stores.opened(db) as store:
        key = programmes.current(store.connection)
        assert key is not None
        programme_library.keep(store, programme_edit.add(store, key, "risk", "Свой риск"))
    code, said = _call(capsys, "library", "--db", str(db), "--give", str(target))
    assert code == 0
    code, said = _call(capsys, "library", "--db", str(db), "--take", said["file"])
    assert (code, said) == (0, {"new": 0, "changed": 0, "same": 1})


def test_programmes_of_schools(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _call(capsys, "schools", "--db", str(db), "--year", "2026")
    assert code == 0
    assert [(row["school"], row["state"], row["forms"]) for row in said["schools"]] == [("СОШ № 1", "нет", {})]
    assert run(["programme", "schools", "--db", str(db), "--year", "2026"]) == 0
    assert "Программа есть у 0 из 1" in capsys.readouterr().out.replace("\u00a0", " ")
