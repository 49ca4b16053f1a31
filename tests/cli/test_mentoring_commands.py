"""Mentoring by command: a pair, its meeting, counts by school."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import clock
from app.cli import run
from tests.helpers import stores

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    for name in ("СОШ № 1", "СОШ № 2"):
        stores.school(store, name, own=1)
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["mentoring", *[str(argument) for argument in arguments], "--db", str(path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def test_a_pair_is_added_and_its_meeting_marked(call: Call) -> None:
    code, out, _err = call("add", "--mentor", "Ким О. В.", "--mentee", "Петров А. А.", "--school", "СОШ № 1",
                           "--topic", "Урок", "--from", "02.09.2026", "--json")  # fmt: skip
    assert code == 0
    pair = json.loads(out)["id"]
    assert call("hold", "--pair", pair, "--outcome", "Разобрали урок")[1] == "Встреча отмечена.\n"
    (found,) = json.loads(call("list", "--json")[1])["pairs"]
    assert (found["mentor"], found["mentee"], found["school"], found["form"]) == (
        "Ким О. В.", "Петров А. А.", "СОШ № 1", "teacher",
    )  # fmt: skip
    assert (found["held"], found["last"], found["date_from"]) == (1, "2026-11-23", "2026-09-02")
    assert "Ким О. В." in call("list")[1]
    assert json.loads(call("list", "--year", "2024/25", "--json")[1])["pairs"] == []
    code, _out, err = call("hold", "--pair", 5)
    assert code == 1
    assert "Этой наставнической пары больше нет" in err


def test_counts_are_written_to_one_line_of_the_school(call: Call) -> None:
    assert call("counts", "--school", "СОШ № 1", "--young", 3, "--source", "ответ школы")[0] == 0
    code, out, _err = call("counts", "--school", "СОШ № 1", "--mentored", 2, "--json")
    assert code == 0
    found = json.loads(out)
    first, second = found["schools"]
    assert (first["young"], first["mentored"], first["first_year"]) == (3, 2, None)
    assert first["findings"] == ["По сведениям школы с наставником 2, а в парах молодых специалистов 0."]
    assert "СОШ № 1: По сведениям школы с наставником 2" in call("counts")[1], "a finding says whose it is"
    assert second["young"] is None
    assert found["totals"]["young"] == 3
    with pytest.raises(SystemExit) as left:
        call("counts", "--young", 3)
    assert left.value.code == 2


def test_a_pair_with_a_day_that_is_none_is_kept_and_told(call: Call) -> None:
    code, out, _err = call("add", "--mentor", "Ким О. В.", "--mentee", "Ли А. Б.", "--from", "99.99.2026", "--json")
    assert (code, list(json.loads(out)["problems"])) == (3, ["date_from"])
    call("add", "--mentor", "Петров А. А.", "--mentee", "Ли А. Б.")
    (told,) = json.loads(call("list", "--json")[1])["findings"]
    assert told.startswith("Школа не указана: Ли А. Б.: два наставника одной формы")
    with pytest.raises(SystemExit) as left:
        call("add", "--mentor", " ", "--mentee", "Ли А. Б.")
    assert left.value.code == 2
