"""Support of schools by command: numbers, a school, proposals, factors of risk, registers, indicators, papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from app.operations import registers
from app.operations.demo import fill

Call = Callable[..., tuple[int, str, str]]
YEAR = ("--year", "2026/27")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("support") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=9, years=(2026,))
    s9 = store.connection.execute("SELECT id FROM organisation WHERE short_name = 'СОШ № 9'").fetchone()[0]
    registers.add(store, "deficits", {"school_year": 2026}, organisation_id=s9, subject="Математика", people=2)
    registers.add(store, "deficits", {"school_year": 2026}, organisation_id=s9, text="ссоры")
    store.close()
    return path.read_bytes()


@pytest.fixture
def call(made: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in ("support", *arguments, *YEAR, "--db", path)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def told(answer: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = answer
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_numbers_of_a_year_and_of_a_school(call: Call) -> None:
    found = told(call("show", "--json"))
    assert found["school_year"] == 2026
    rows = told(call("rows", "partnerships", "--json"))["rows"]
    assert found["agreements"] == sum(row["state"] == "действует" for row in rows)
    assert found["deficits"] == len(told(call("rows", "deficits", "--json"))["rows"])
    code, out, _err = call("show")
    assert code == 0
    assert f"Соглашений в силе: {found['agreements']}" in out
    own = told(call("show", "--school", "СОШ № 9", "--json"))
    assert [item["deficit"] for item in own["waiting"]] == ["Математика", "ссоры"]
    assert own["course_people"] is None
    assert call("show", "--school", "СОШ № 9")[1].startswith("СОШ № 9, 2026/27")
    assert call("show", "--school", "нет такой")[0] == 1


def test_proposals_are_shown_and_the_best_are_taken(call: Call) -> None:
    needs = told(call("offers", "--school", "СОШ № 9", "--json"))["needs"]
    # the lyceum, then a practice of the bank
    assert [len(item["offers"]) for item in needs] == [2, 0]
    assert needs[0]["offers"][0]["provider"] == "Лицей № 4"
    assert told(call("offers", "--school", "СОШ № 9", "--take", "--json"))["taken"] == 1
    left = told(call("offers", "--school", "СОШ № 9", "--json"))["needs"]
    assert [item["deficit"] for item in left] == ["ссоры"]
    assert "В карту внесено: 0 строк." in call("offers", "--school", "СОШ № 9", "--take")[1]


def test_measures_are_begun_where_a_factor_has_none(call: Call) -> None:
    before = told(call("risks", "--json"))
    asking = [item for item in before["factors"] if item["asks"]]
    assert asking
    after = told(call("risks", "--take", "--json"))
    assert after["taken"] == len(asking)
    assert not [item for item in after["factors"] if item["asks"]]
    assert "Начато мер: 0." in call("risks", "--take")[1]


def test_an_indicator_that_does_not_fit_is_kept_and_said(call: Call) -> None:
    found = told(call("measure", "Математика без двоек", "satisfied", "31 из 50", "--source", "анкета", "--json"))
    assert (found["measure"]["value"], found["measure"]["source"], found["trouble"]) == ("31/50", "анкета", None)
    code, out, _err = call("measure", "математика без двоек", "copies", "много")
    assert code == 3
    assert "много" in out
    assert call("measure", "Другая", "copies", "1")[0] == 1
    assert call("measure", "Математика без двоек", "нет", "1")[0] == 1


def test_papers_are_written(call: Call, tmp_path: Path) -> None:
    for kind in ("map", "agreements", "platforms", "deficits"):
        target = tmp_path / f"{kind}.docx"
        assert told(call("paper", kind, "--out", target, "--json"))["file"] == str(target)
        assert target.stat().st_size > 1000
    assert call("paper", "school", "--out", tmp_path / "x.pdf")[0] == 1
    assert call("paper", "school", "--school", "СОШ № 5", "--out", tmp_path / "x.pdf")[0] == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


def test_ties_are_taken_once(call: Call) -> None:
    assert told(call("ties", "--json"))["taken"] == 0
    assert "взято: 0" in call("ties")[1]
