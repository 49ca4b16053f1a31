"""Numbers of certificates by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from tests.helpers import stores
from tests.helpers.work_events import seminar


def test_numbers_are_given_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    key = seminar(store).event
    store.abandon()
    order = ["event", "certificates", "--db", str(path), "--event", str(key)]
    assert run(order) == 0
    assert capsys.readouterr().out.strip() == "Выдано номеров: 3."
    assert run([*order, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"id": key, "given": 0, "numbers": ["2026-001", "2026-002", "2026-003"]}
    assert run(order) == 0
    assert "есть у всех" in capsys.readouterr().out


def test_nobody_to_give_a_number_to_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    with store.operation("Событие", "event.add") as operation:
        key = operation.insert("work_event", title="Пустое", date_from="2026-11-18", state="held")
    store.abandon()
    assert run(["event", "certificates", "--db", str(path), "--event", str(key)]) != 0
    assert "некому" in capsys.readouterr().err
