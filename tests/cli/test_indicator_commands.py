"""Indicators by command: the table, how a value arises, typing, formulas, measuring points."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from app.operations import programme_edit as edit
from tests.helpers import stores
from tests.helpers.programmes import small

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    store = stores.made(path)
    keys = small(store)
    edit.put_indicator(store, keys["indicator"], unit="%", direction="down", tolerance="2")
    edit.put_target(store, keys["indicator"], 2026, "30")
    store.close()

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in (*arguments, "--db", path, "--year", 2026)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def test_the_table_says_null_for_what_is_unknown(call: Call) -> None:
    code, out, _err = call("indicators", "--json")
    found = json.loads(out)
    (line,) = found["indicators"]
    assert (code, found["year"], found["points"]) == (0, 2026, [])
    assert (line["number"], line["light"], line["value"], line["forecast"]) == ("1.1.1", "no_data", None, None)
    assert line["target"] == "30"


def test_a_value_is_typed_and_its_light_told(call: Call) -> None:
    code, out, _err = call("indicator-value", "--indicator", "1.1.1", "--value", "31,5", "--json")
    (line,) = json.loads(out)["indicators"]
    assert (code, line["value"], line["light"], line["gap"]) == (0, "31.5", "near", "1.5")
    code, out, _err = call("indicators")
    assert "почти: +1,5" in out
    code, _out, _err = call("indicator-value", "--indicator", "1.1.1", "--value", "много")
    assert code == 3


def test_a_formula_shows_how_it_came(call: Call) -> None:
    assert call("indicator-formula", "--indicator", "1.1.1", "--formula", "доля(3; 10)")[0] == 0
    code, out, _err = call("indicators", "--how", "1.1.1", "--json")
    found = json.loads(out)
    step = found["step"]
    assert (code, found["value"], step["value"], step["words"]) == (0, "30", "30", "3 из 10, в процентах")
    code, out, _err = call("indicator-formula", "--indicator", "1.1.1", "--formula", "доля(3")
    assert (code, "Скобка «(» не закрыта" in out) == (3, True)
    assert call("indicators", "--how", "1.1.1")[0] == 3


def test_a_point_is_added_closed_and_opened_anew(call: Call) -> None:
    assert call("indicator-point", "--title", "Выход", "--add", "--due", "20.12.2026")[0] == 0
    call("indicator-value", "--indicator", "1.1.1", "--value", "29", "--point", "выход")
    assert call("indicator-point", "--title", "Выход", "--close")[1].strip().endswith("значений сохранено: 1.")
    (line,) = json.loads(call("indicators", "--json")[1])["indicators"]
    assert (line["closed"], line["light"], line["points"][0]["value"]) == (True, "reached", "29")
    code, _out, err = call("indicator-value", "--indicator", "1.1.1", "--value", "10", "--point", "Выход")
    assert (code, "закрыт" in err) == (1, True)
    assert call("indicator-point", "--title", "Выход", "--reopen", "Ошибка")[0] == 0
    (point,) = json.loads(call("indicators", "--json")[1])["points"]
    assert point["closed_at"] is None


def test_what_is_not_there_is_named(call: Call) -> None:
    for arguments, told in (
        (("indicators", "--how", "9.9"), "Индикатора с номером «9.9» в программе нет."),
        (("indicator-point", "--title", "Вход", "--close"), "Замера «Вход» в этом году нет."),
    ):
        code, _out, err = call(*arguments)
        assert code == 1
        assert told in err
