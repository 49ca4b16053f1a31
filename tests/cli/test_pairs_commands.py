"""Help between schools by command: pairs, ties, distances, donors."""

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
    path = tmp_path_factory.mktemp("pairs") / "Пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="Ракитина Е. В.")
    fill(store, schools=18, years=(2026,))
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


def told(answer: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = answer
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_pairs_are_proposed_assigned_and_accepted(call: Call) -> None:
    found = told(call("pairs", "--year", 2026, "--assign", "--json"))
    assert (found["rule"], found["school_year"]) == ("rosobrnadzor-2022", 2026)
    taken = [pair for pair in found["assignment"]["pairs"] if pair["donor"]]
    assert found["assignment"]["total"] == sum(pair["score"] for pair in taken)
    by_name = {item["school"]: item for item in found["receivers"]}
    first = by_name[taken[0]["receiver"]]
    assert taken[0]["donor"] in {item["donor"] for item in first["proposals"]}
    best = first["proposals"][0]
    assert best["matches"][0]["weak"]["below_min"] * 10 >= 3 * best["matches"][0]["weak"]["participants"]
    kept = told(call("pairs", "accept", "--year", 2026, "--assign", "--json"))["ties"]
    assert {(tie["receiver"], tie["donor"]) for tie in kept} == {(p["receiver"], p["donor"]) for p in taken}
    assert {tie["state"] for tie in kept} == {"planned"}
    again = told(call("pairs", "--year", 2026, "--assign", "--json"))
    assert all(pair["receiver"] not in {p["receiver"] for p in taken} or pair["donor"] != taken[0]["donor"]
               for pair in again["assignment"]["pairs"])  # fmt: skip


def test_one_school_is_told_in_words(call: Call) -> None:
    code, out, _err = call("pairs", "--year", 2026, "--school", "СОШ № 5")
    assert code == 0
    assert out.startswith("СОШ № 5 · ▲ помощь не по всем местам")
    assert "Лицей № 4: уже помогает (русский язык)" in out
    assert "у донора" in out
    assert "СОШ с." not in out.splitlines()[0]


def test_a_pair_by_name_and_what_is_refused(call: Call) -> None:
    receiver = next(item for item in told(call("pairs", "--year", 2026, "--json"))["receivers"] if item["proposals"])
    donor = receiver["proposals"][0]["donor"]
    code, out, _err = call("pairs", "accept", "--year", 2026, "--pair", receiver["school"], donor)
    assert (code, out.startswith("Записано: ")) == (0, True)
    code, _out, err = call("pairs", "accept", "--year", 2026, "--pair", receiver["school"], "СОШ № 9")
    assert code == 1
    assert "среди предложенных нет" in err
    code, _out, err = call("pairs", "--year", 2026, "--school", "Гимназия")
    assert code == 1
    assert "нет в списке за 2026 год" in err
    assert call("pairs", "accept", "--year", 2026)[0] == 2
    assert call("pairs", "--year", 2026, "--pair", "а", "б")[0] == 2


def test_ties_are_added_changed_ended_and_listed(call: Call) -> None:
    kept = told(call("tie", "add", "--year", 2026, "--donor", "Гимназия", "--receiver", "СОШ № 3", "--subject", "хим",
                     "--grade", 8, "--json"))["ties"][0]  # fmt: skip
    assert (kept["subject"], kept["grade"], kept["state"]) == ("Химия", 8, "existing")
    found = told(call("tie", "list", "--year", 2026, "--json"))["ties"]
    assert kept["id"] in [tie["id"] for tie in found]
    code = f"{kept['id']:06}"[-6:]
    call("tie", "add", "--year", 2026, "--donor", "Гимназия", "--receiver", "СОШ № 1")
    assert code in call("tie", "list", "--year", 2026)[1]
    assert call("tie", "set", code, "--year", 2026)[0] == 2
    changed = told(call("tie", "set", code, "--year", 2026, "--state", "есть", "--act-number", "12", "--act-date",
                        "05.11.2026", "--json"))["ties"][0]  # fmt: skip
    assert (changed["id"], changed["state"], changed["act_date"]) == (kept["id"], "agreed", "2026-11-05")
    assert told(call("tie", "end", kept["id"], "--year", 2026, "--json"))["ties"][0]["state"] == "ended"
    code, out, _err = call("tie", "list", "--year", 2026, "--school", "СОШ № 3")
    assert code == 0
    assert "завершена" in out
    assert "Лицей № 4" not in out
    code, _out, err = call("tie", "add", "--year", 2026, "--donor", "Гимназия", "--receiver", "СОШ № 3", "--grade", 13)
    assert (code, "«13» — не класс" in err) == (1, True)
    assert call("tie", "end", 99, "--year", 2026)[0] == 2
    assert call("tie", "end", "0000000000", "--year", 2026)[0] == 1
    assert call("tie", "list", "--year", 2019)[1] == "Договорённостей нет.\n"


def test_distances_and_donors(call: Call) -> None:
    made = told(call("distance", "set", "Гимназия", "СОШ № 3", "--km", 4, "--json"))["distances"][0]
    assert (made["km"], made["minutes"]) == (4, None)
    call("distance", "set", "СОШ № 3", "Гимназия", "--minutes", 9)
    ways = told(call("distance", "list", "--json"))["distances"]
    assert [
        (way["km"], way["minutes"]) for way in ways if {way["first"], way["second"]} == {"Гимназия", "СОШ № 3"}
    ] == [(4, 9)]
    assert call("distance", "set", "Гимназия", "СОШ № 3")[0] == 1
    code, _out, err = call("distance", "set", "Гимназия", "Гимназия", "--km", 4)
    assert (code, "названа дважды" in err) == (1, True)
    found = told(call("donor", "set", "СОШ № 3", "--year", 2026, "--capacity", 2, "--consent", "да", "--json"))
    assert (found["donors"][0]["capacity"], found["donors"][0]["consent"]) == (2, "yes")
    for wrong in (("--capacity", "много"), ("--capacity", "1000"), ("--capacity=-1",), ("--consent", "может")):
        code, _out, err = call("donor", "set", "СОШ № 3", "--year", 2026, *wrong)
        assert (code, f"«{wrong[-1].removeprefix('--capacity=')}»" in err) == (1, True)
    assert call("donor", "set", "СОШ № 3", "--year", 2026)[0] == 2
    kept = {item["school"]: item for item in told(call("donor", "list", "--year", 2026, "--json"))["donors"]}
    assert [item["capacity"] for name, item in kept.items() if "№ 3" in name] == [2]
    code, out, _err = call("donor", "list", "--year", 2026)
    assert (code, "не согласна" in out) == (0, True)


def test_a_closed_school_is_neither_receiver_nor_donor(call: Call) -> None:
    found = told(call("pairs", "--year", 2026, "--json"))["receivers"]
    receiver = next(item for item in found if item["proposals"])
    donor = receiver["proposals"][0]["donor"]
    for name in (receiver["school"], donor):
        assert call("school", "edit", name, "--status", "closed")[0] == 0
    after = told(call("pairs", "--year", 2026, "--json"))["receivers"]
    assert [item["school"] for item in after] == [item["school"] for item in found if item is not receiver]
    assert donor not in {proposal["donor"] for item in after for proposal in item["proposals"]}
    code, _out, err = call("pairs", "--year", 2026, "--school", receiver["school"])
    assert (code, "не работает" in err) == (1, True)


def test_a_year_without_a_list_says_so(call: Call) -> None:
    code, out, _err = call("pairs", "--year", 2050)
    assert (code, out.startswith("В списке за 2050 год нет школ")) == (0, True)
