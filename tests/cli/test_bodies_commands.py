"""Associations by command: made, filled, planned, met, written down, taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

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
    stores.school(store, "СОШ № 1", own=1)
    store.abandon()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["bodies", *[str(argument) for argument in arguments], "--db", str(path)])
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    def undo() -> None:
        assert run(["undo", "--db", str(path)]) == 0

    go.undo = undo  # type: ignore[attr-defined]  # a function can carry another
    return go


def _json(call: Call, *arguments: object) -> Any:
    code, out, err = call(*arguments, "--json")
    assert code in {0, 3}, err
    return json.loads(out)


def test_a_body_lives_a_year(call: Call) -> None:
    assert call("list")[1].startswith("Объединений пока нет.")
    key = _json(call, "add", "--name", "РМО математиков", "--kind", "РМО", "--subject", "Математика", "--base",
                "СОШ № 1")["id"]  # fmt: skip
    _json(call, "member", "математиков", "--name", "Ким Ольга Викторовна", "--role", "руководитель", "--school", "1")
    items = _json(call, "plan", "РМО", "--text", "Разбор ВПР", "--due", "20.11.2026")["items"]
    assert [(item["text"], item["state"]) for item in items] == [("Разбор ВПР", "late")]
    code, out, _err = call("list")
    assert code == 3
    assert "просрочено 1" in out
    listed = _json(call, "list", "--school", "СОШ № 1")["bodies"]
    assert [(one["id"], one["heads"], one["schools"], one["plan"]) for one in listed] == [
        (key, ["Ким Ольга Викторовна"], ["СОШ № 1"], {"items": 1, "done": 0, "late": 1})
    ]
    items = _json(call, "plan", "РМО", "--meeting", items[0]["id"])["items"]
    assert items[0]["event_id"] is not None
    document = _json(call, "protocol", "--event", items[0]["event_id"])["document"]
    card = _json(call, "show", "РМО")
    assert [(one["title"], one["people"], one["document_id"]) for one in card["events"]] == [
        ("Разбор ВПР", None, document)
    ]
    items = _json(call, "plan", "РМО", "--done", items[0]["id"])["items"]
    assert (items[0]["state"], items[0]["done_on"]) == ("done", "2026-11-23")
    copied = _json(call, "plan", "РМО", "--year", "2027", "--copy")["items"]
    assert [(item["text"], item["due_on"], item["state"]) for item in copied] == [("Разбор ВПР", "2027-11-20", "open")]


def test_several_keys_of_a_plan_are_one_step_all_or_nothing(call: Call) -> None:
    _json(call, "add", "--name", "РМО", "--kind", "РМО")
    _json(call, "add", "--name", "Чужое", "--kind", "группа")
    foreign = _json(call, "plan", "Чужое", "--text", "Не наше")["items"][0]["id"]
    _json(call, "plan", "РМО", "--year", "2025", "--text", "Итоги года", "--due", "20.05.2026")
    first = _json(call, "plan", "РМО", "--text", "Разбор ВПР", "--due", "20.11.2026")["items"][0]["id"]
    keys = ("--copy", "--text", "Читаем вместе", "--due", "10.12.2026", "--done", first, "--meeting")
    assert call("plan", "РМО", *keys, foreign)[0] == 1, "an item of another body is not ours to change"
    assert [one["text"] for one in _json(call, "plan", "РМО")["items"]] == ["Разбор ВПР"], "and nothing was written"
    items = {one["text"]: one for one in _json(call, "plan", "РМО", *keys, first)["items"]}
    assert set(items) == {"Разбор ВПР", "Итоги года", "Читаем вместе"}
    assert items["Разбор ВПР"]["done_on"] == "2026-11-23"
    assert items["Разбор ВПР"]["event_id"] is not None
    call.undo()  # type: ignore[attr-defined]  # the fixture gives it
    assert [(one["text"], one["done_on"], one["event_id"]) for one in _json(call, "plan", "РМО")["items"]] == [
        ("Разбор ВПР", None, None)
    ], "one step back takes all of it"


def test_it_is_changed_met_and_taken_out(call: Call) -> None:
    _json(call, "add", "--name", "Творческая группа", "--kind", "творческая группа", "--since", "01.09.2026")
    _json(call, "edit", "Творческая", "--topic", "Чтение", "--name", "Группа чтения")
    event = _json(call, "meeting", "чтения", "--day", "26.11.2026", "--title", "Начало", "--place", "СОШ № 1")["event"]
    code, out, _err = call("show", "Группа")
    assert code == 0
    assert str(event) in out
    assert "В составе никого нет" in out
    code, out, _err = call("remove", "Группа")
    assert (code, out) == (0, "Убрано. Останутся без объединения: 1 событие.\n")
    assert _json(call, "list") == {"bodies": []}


def test_what_is_not_there_is_said(call: Call) -> None:
    code, _out, err = call("show", "Кружок")
    assert code == 1
    assert "Кружок" in err
    code, _out, err = call("protocol", "--event", "5")
    assert code == 1
    assert "заседания больше нет" in err
