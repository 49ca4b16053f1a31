"""Indices, types and expected results by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.models.store import Store
from app.operations.demo import fill

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("indices") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=8, years=(2025, 2026))
    store.close()
    return path.read_bytes()


@pytest.fixture
def call(made: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    path = tmp_path / "Пример.opora"
    path.write_bytes(made)

    def go(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run([str(argument) for argument in (*arguments, "--db", path)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return go


def answer(call: Call, *arguments: object) -> Any:
    code, out, errors = call(*arguments, "--json")
    assert (code, errors) == (0, "")
    return json.loads(out)


def test_all_indices_with_their_components(call: Call) -> None:
    found = answer(call, "index", "--school-year", "2025/26")
    assert found["school_year"] == 2025
    assert [(index["id"], index["version"]) for index in found["indices"]] == [
        ("social", "1.0"), ("staff", "1.0"), ("resources", "1.0"),
    ]  # fmt: skip
    staff = found["indices"][1]
    assert (staff["schools_with_index"], staff["lowest_count"]) == (8, 2)
    assert sum(school["lowest"] for school in staff["schools"]) == 2
    for school in staff["schools"]:
        parts = school["contributions"]
        assert sum(part["contribution"] for part in parts) == pytest.approx(school["value"], abs=1e-5)
        assert all(part["basis"] == "counts" for part in parts)
    assert sorted(school["place"] for school in staff["schools"]) == list(range(1, 9))


def test_one_school_shows_what_its_index_is_made_of(call: Call) -> None:
    code, out, _errors = call("index", "staff", "--school-year", "2025", "--school", "Гимназия")
    assert code == 0
    assert "по 4 из 4 составляющих" in out
    assert "учителя, работающие на 1,5 ставки и более" in out
    empty = answer(call, "index", "social", "--school-year", "2019")["indices"][0]["schools"][0]
    assert (empty["value"], empty["place"], len(empty["missing"])) == (None, None, 6)


def test_weights_signs_and_components_are_changed_and_undone(call: Call) -> None:
    before = answer(call, "index", "staff", "--school-year", "2025")
    code, out, errors = call(
        "index", "set", "staff", "--weight", "share_overload=1,5", "--off", "share_contests", "--sign",
        "share_off_profile=+",
    )  # fmt: skip
    assert (code, errors) == (0, "")
    assert "версия 1.1" in out
    assert "работающие на 1,5 ставки и более (вес 1,5)" in out
    after = answer(call, "index", "staff", "--school-year", "2025")["indices"][0]
    parts = {part["metric"]: part for part in after["components"]}
    assert (parts["share_overload"]["weight"], parts["share_off_profile"]["sign"]) == ([3, 2], 1)
    assert (parts["share_contests"]["on"], parts["share_contests"]["schools"]) == (False, None)
    assert call("undo")[0] == 0
    assert answer(call, "index", "staff", "--school-year", "2025") == before
    assert call("index", "set", "staff", "--off", "share_contests")[0] == 0
    assert "версия 1.2" in call("index", "reset", "staff")[1]
    code, _out, errors = call("index", "reset", "staff")
    assert (code, "и так считается" in errors) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("index",), 2, "--school-year"),
        (("index", "social", "staff", "--school-year", "2025"), 2, "один индекс"),
        (("index", "set", "staff"), 2, "что изменить"),
        (("index", "set"), 2, "один индекс"),
        (("index", "staff", "--off", "share_contests", "--school-year", "2025"), 2, "вместе с «set»"),
        (("index", "set", "staff", "--weight", "share_contests=0"), 2, "share_deviant=2"),
        (("index", "set", "staff", "--sign", "share_contests=плюс"), 2, "share_deviant=-"),
        (("index", "nothing", "--school-year", "2025"), 1, "social, staff, resources"),
        (("index", "set", "staff", "--off", "noko"), 1, "share_overload"),
        (("index", "--school-year", "осень"), 2, "учебный год"),
        (("typology", "--year", "2026", "--quantile", "60"), 2, "от 1 до 50"),
        (("typology", "--year", "2026", "--context", "nothing"), 1, "social, staff, resources"),
        (("expected", "--year", "2026"), 1, "нужно не меньше 30"),
    ],
)
def test_what_cannot_be_done_says_why(call: Call, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = call(*arguments)
    assert done[0] == code
    assert says in done[2]


def test_a_component_comes_from_the_catalogue_and_goes_again(call: Call) -> None:
    made = answer(
        call, "index", "set", "staff", "--add", "share_ovz", "--weight", "share_ovz=1/3", "--remove", "share_contests"
    )
    assert made["version"] == "1.1"
    assert [part["metric"] for part in made["components"]] == [
        "share_category_3y", "share_overload", "share_off_profile", "share_ovz",
    ]  # fmt: skip
    assert (made["components"][-1]["sign"], made["components"][-1]["weight"]) == (-1, [1, 3])
    code, _out, errors = call("index", "set", "staff", "--add", "share_ovz")
    assert (code, "повторяется" in errors) == (1, True)


def test_types_with_both_cuts_and_contexts(call: Call) -> None:
    """Eight schools: 25 % is 2 at each end, 30 % is 3."""
    found = answer(call, "typology", "--year", "2026")
    assert (found["compared"], found["taken"], found["cut"], found["school_year"]) == (8, 2, [25, 100], 2025)
    assert sum(found["counts"].values()) == len(found["schools"]) == 8
    assert {school["kind"] for school in found["schools"]} <= set(found["counts"])
    wide = answer(call, "typology", "--year", "2026", "--quantile", "30", "--context", "mean")
    assert (wide["taken"], wide["cut"], wide["context"]) == (3, [30, 100], "mean")
    code, out, _errors = call("typology", "--year", "2026")
    assert code == 0
    assert "по 25 % из 8 школ" in out


def test_a_choice_of_types_is_tried_out_or_kept(call: Call) -> None:
    tried = answer(call, "typology", "--year", "2026", "--procedure", "ОГЭ", "--quantile", "30")
    assert (tried["procedures"], tried["cut"], tried["version"]) == (["ОГЭ"], [30, 100], "1.0")
    assert answer(call, "typology", "--year", "2026")["cut"] == [25, 100]
    kept = answer(call, "typology", "--year", "2026", "--procedure", "ОГЭ", "--quantile", "30", "--save")
    assert kept["version"] == "1.1"
    assert kept["schools"] == tried["schools"] == answer(call, "typology", "--year", "2026")["schools"]
    assert call("undo")[0] == 0
    assert answer(call, "typology", "--year", "2026")["version"] == "1.0"


def test_expected_results_of_a_larger_municipality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "Большой.opora"
    store = Store.create(path, name="Большой округ", actor="Ракитина Е. В.")
    fill(store, schools=36, years=(2025, 2026))
    store.close()
    capsys.readouterr()
    assert run(["expected", "--year", "2026", "--json", "--db", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schools_compared"] >= 30
    assert "по одному году" in found["not_for"]
    for school in found["schools"]:
        assert school["low"] <= school["expected"] <= school["high"]
        assert school["residual"] == pytest.approx(school["actual"] - school["expected"], abs=1e-4)
    assert sum(school["residual"] for school in found["schools"]) == pytest.approx(0, abs=1e-2)
    assert run(["expected", "--year", "2026", "--db", str(path)]) == 0
    assert "Не годится" in capsys.readouterr().out
