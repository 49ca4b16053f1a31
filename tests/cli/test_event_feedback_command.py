"""Feedback on an event by command: a sheet made and tied, no answers are not nought, what the answers say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.surveys import HANDED_IN
from app.operations import surveys
from tests.helpers import stores
from tests.helpers.work_events import seminar

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = stores.made(tmp_path / "Пример.opora")
    seminar(store)
    store.abandon()
    return tmp_path / "Пример.opora"


@pytest.fixture
def call(path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["event", "feedback", *(str(argument) for argument in arguments), "--db", str(path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def told(answer: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = answer
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)["feedback"]
    return found


def test_a_sheet_is_made_filled_and_untied(call: Call, path: Path) -> None:
    with stores.opened(path) as store:
        (key,) = store.connection.execute("SELECT id FROM work_event").fetchone()
    assert told(call("--event", key, "--json")) == {"event": key, "people": 12, "handed_in": None, "sheets": []}
    (sheet,) = told(call("--event", key, "--new", "--given-out", "20", "--json"))["sheets"]
    assert (sheet["given_out"], sheet["held_on"], sheet["distribution"]) == (20, "2026-11-18", None)
    assert "Ответы пока не введены" in call("--event", key)[1]
    with stores.opened(path) as store:
        surveys.put_numbers(store, sheet["sheet"], [(HANDED_IN, "", "12"), ("useful", "yes", "9"),
                                                    ("useful", "no", "3")])  # fmt: skip
    found = told(call("--event", key, "--json"))
    assert found["handed_in"] == 12
    (useful,) = [item for item in found["sheets"][0]["distribution"]["items"] if item["item"] == "useful"]
    assert (useful["choices"]["yes"], useful["choices"]["no"]) == (9, 3)
    assert "Сдано: 12 анкет" in call("--event", key)[1]
    assert told(call("--event", key, "--untie", sheet["sheet"], "--json"))["sheets"] == []
    assert len(told(call("--event", key, "--sheet", sheet["sheet"], "--json"))["sheets"]) == 1


def test_an_unknown_event_or_sheet_is_refused_by_name(call: Call, path: Path) -> None:
    code, _out, err = call("--event", 17)
    assert code == 1
    assert err
    with stores.opened(path) as store:
        (key,) = store.connection.execute("SELECT id FROM work_event").fetchone()
    assert call("--event", key, "--sheet", 17)[0] == 1
