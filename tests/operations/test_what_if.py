"""«Что, если…» and two lists side by side, on a file whose schools are worked out by hand."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app.cli import run
from app.errors import UserError
from app.importers.parsed import ParsedMark
from app.models.store import Store
from app.operations import demo, identification, list_compare, results, schools, what_if
from app.operations.list_compare import Side
from app.operations.results import Options
from app.operations.what_if import Change
from tests.operations.conftest import MATHS5, MATHS6, OGE_MATHS, RUSSIAN5, mark, reading, school

RULE, YEAR = "rosobrnadzor-2022", 2026
NAMES = tuple(f"СОШ № {n}" for n in range(1, 6))
ONE, TWO, THREE, FOUR, FIVE = (school(name, f"edu90000{n}") for n, name in enumerate(NAMES, start=1))


@pytest.fixture
def filled(store: Store) -> Store:
    """Listed at 30 %: № 1 (40 and 30 %) and № 4 (40 and 35 %).

    № 2 has 8 of 27 (29.63 %) twice, № 3 has one procedure above, № 5 had results the year before only.
    """
    add(
        store,
        mark(ONE, MATHS5, 2026, 4, 10, 10), mark(ONE, RUSSIAN5, 2026, 3, 10, 11),
        mark(TWO, MATHS5, 2026, 8, 27, 12), mark(TWO, RUSSIAN5, 2026, 8, 27, 13),
        mark(THREE, MATHS5, 2026, 9, 10, 14), mark(THREE, RUSSIAN5, 2026, 0, 10, 15),
        mark(FOUR, MATHS6, 2026, 8, 20, 16), mark(FOUR, OGE_MATHS, 2026, 7, 20, 17),
        mark(FIVE, MATHS5, 2024, 9, 10, 18), mark(FIVE, RUSSIAN5, 2024, 9, 10, 19),
        mark(THREE, MATHS5, 2025, 9, 10, 20), mark(THREE, RUSSIAN5, 2025, 9, 10, 21),
    )  # fmt: skip
    return store


def add(store: Store, *marks: ParsedMark) -> None:
    results.load(store, reading(*marks), Options(create_schools=True))


def key(store: Store, unit_name: str) -> int:
    return schools.find(store.connection, unit_name).id


def test_nobody_moves_at_the_present_settings(filled: Store) -> None:
    """3 is listed too: 90 % in both years."""
    for rule_id, rule in identification.rules().items():
        same = Change(
            threshold=rule.threshold[0] if rule.threshold else None, min_participants=rule.min_participants,
            egemath=rule.egemath, join=rule.join,
        )  # fmt: skip
        found = what_if.try_(filled.connection, rule_id, YEAR, same)
        listed = identification.school_list(filled.connection, rule_id, YEAR).totals.listed
        assert (found.came, found.left, found.changed) == ((), (), False), rule_id
        assert found.now == found.then == listed


def test_a_lower_threshold_lets_in_and_a_higher_one_lets_go(filled: Store) -> None:
    lower = what_if.try_(filled.connection, RULE, YEAR, Change(threshold=29))
    assert [item.name for item in lower.came] == ["СОШ № 2"]
    assert (lower.left, lower.now, lower.then) == ((), 3, 4)
    why = lower.came[0].why.replace("\xa0", " ")
    assert why.startswith("Порог 29 % в 2026 году достигнут по 2 процедурам")
    assert why.count("8 из 27 (29,6 %)") == 2
    higher = what_if.try_(filled.connection, RULE, YEAR, Change(threshold=31))
    assert [item.name for item in higher.left] == ["СОШ № 1"]
    assert "3 из 10 (30,0 %)" in higher.left[0].why.replace("\xa0", " ")


def test_more_procedures_and_larger_groups(filled: Store) -> None:
    three = what_if.try_(filled.connection, RULE, YEAR, Change(n=3))
    assert [item.name for item in three.left] == ["СОШ № 1", "СОШ № 4"], "№ 3 stands by its two years"
    large = what_if.try_(filled.connection, RULE, YEAR, Change(min_participants=11))
    assert [item.name for item in large.left] == ["СОШ № 1", "СОШ № 3"]
    both = what_if.try_(filled.connection, RULE, YEAR, Change(join="and"))
    assert [item.name for item in both.left] == ["СОШ № 1", "СОШ № 3", "СОШ № 4"]


def test_a_correction_holds_at_every_threshold(filled: Store) -> None:
    identification.correct(filled, RULE, YEAR, key(filled, "СОШ № 2"), "not_listed", "решение рабочей группы")
    identification.correct(filled, RULE, YEAR, key(filled, "СОШ № 5"), "listed", "решение рабочей группы")
    found = what_if.try_(filled.connection, RULE, YEAR, Change(threshold=29))
    assert (found.came, found.now, found.then, found.corrected) == ((), 4, 4, 2)
    strip = what_if.strip(filled.connection, RULE, YEAR)
    assert strip.tops[key(filled, "СОШ № 2")] == what_if.NEVER
    assert strip.tops[key(filled, "СОШ № 5")] == what_if.ALWAYS


def test_the_strip_of_a_file(filled: Store) -> None:
    strip = what_if.strip(filled.connection, RULE, YEAR)
    listed = {step.percent: step.listed for step in strip.steps}
    assert strip.present == 30
    assert (listed[20], listed[29], listed[30], listed[31], listed[35], listed[36], listed[40]) == (4, 4, 3, 2, 2, 1, 1)
    assert listed[30] == identification.school_list(filled.connection, RULE, YEAR).totals.listed
    for percent in (22, 30, 37):
        assert what_if.try_(filled.connection, RULE, YEAR, Change(threshold=percent)).then == listed[percent]


def test_a_rule_without_a_threshold_says_so(filled: Store) -> None:
    strip = what_if.strip(filled.connection, "lenobl-2018", YEAR)
    assert (strip.present, strip.steps) == (None, ())
    with pytest.raises(UserError, match="нет порога"):
        what_if.try_(filled.connection, "lenobl-2018", YEAR, Change(threshold=25))


def test_a_slider_on_a_region_is_answered_at_once(store: Store) -> None:
    """680 schools: after the first answer less than 0.1 s, the best of some tries on a busy machine."""
    demo.generate_region(store, schools=680, years=3)
    what_if.try_(store.connection, RULE, YEAR, Change(threshold=31), reasons=False)
    spent = []
    for percent in (25, 28, 33, 36):
        begun = time.perf_counter()
        what_if.try_(store.connection, RULE, YEAR, Change(threshold=percent), reasons=False)
        spent.append(time.perf_counter() - begun)
    assert min(spent) < 0.1


# --- two lists ----------------------------------------------------------------------------------------------------


def kinds(found: list_compare.Comparison) -> dict[str, str]:
    return {row.name: row.kind for row in found.rows}


def test_two_years_by_one_rule(filled: Store) -> None:
    found = list_compare.compare(filled.connection, Side(RULE, 2024), Side(RULE, YEAR))
    assert kinds(found) == {
        "СОШ № 1": "came", "СОШ № 2": "out", "СОШ № 3": "came", "СОШ № 4": "came", "СОШ № 5": "unknown",
    }  # fmt: skip
    assert [row.kind for row in found.rows] == ["came"] * 3 + ["unknown", "out"]
    five = next(row for row in found.rows if row.name == "СОШ № 5")
    assert (five.before, five.after) == (True, None)
    why = five.why.replace("\xa0", " ")
    assert why.startswith("Теперь за 2025 и 2026 годы данных нет. Раньше порог 30 % в 2024 году достигнут")
    assert "9 из 10 (90,0 %)" in why


def test_two_rules_on_one_year(filled: Store) -> None:
    """«Та же процедура» under quoted-2025: № 3 has maths in both years; all three stay."""
    found = list_compare.compare(filled.connection, Side(RULE, YEAR), Side("quoted-2025", YEAR))
    assert kinds(found)["СОШ № 3"] == "stayed"
    both = list_compare.compare(filled.connection, Side(RULE, YEAR), Side("quoted-2025-and", YEAR))
    assert {name for name, kind in kinds(both).items() if kind == "left"} == {"СОШ № 1", "СОШ № 3", "СОШ № 4"}
    assert both.titles[1].replace("\xa0", " ").endswith("2026 год · вычислен сейчас")


def test_an_approved_list_beside_what_is_computed_now(filled: Store) -> None:
    with pytest.raises(UserError, match="Сравнивать нечего"):
        list_compare.compare(filled.connection, Side(RULE, YEAR), Side(RULE, YEAR))
    with pytest.raises(UserError, match="не утверждён"):
        list_compare.compare(filled.connection, Side(RULE, YEAR, "approved"), Side(RULE, 2024))
    identification.approve(filled, RULE, YEAR, order_number="412", order_date="28.11.2026")
    add(filled, mark(TWO, MATHS6, 2026, 5, 10, 40), mark(TWO, OGE_MATHS, 2026, 5, 10, 41))
    found = list_compare.compare(filled.connection, Side(RULE, YEAR), Side(RULE, YEAR))
    assert {name for name, kind in kinds(found).items() if kind == "came"} == {"СОШ № 2"}
    assert "№\xa0412" in found.titles[0]
    assert "вычислен сейчас" in found.titles[1]
    came = found.rows[0].why.replace("\xa0", " ")
    assert "5 из 10 (50,0 %)" in came
    assert "Раньше порог 30 % в 2026 году не достигнут" in came


def test_a_correction_is_the_reason(filled: Store) -> None:
    identification.approve(filled, RULE, YEAR, order_number="412", order_date="28.11.2026")
    identification.cancel_approval(filled, RULE, YEAR, "новые данные")
    identification.correct(filled, RULE, YEAR, key(filled, "СОШ № 1"), "not_listed", "проверены работы")
    found = list_compare.compare(filled.connection, Side("kriro-2023", YEAR), Side(RULE, YEAR))
    row = next(row for row in found.rows if row.name == "СОШ № 1")
    assert row.kind == "left"
    assert "исключена решением экспертов: проверены работы" in row.why.replace("\xa0", " ")


# --- commands -----------------------------------------------------------------------------------------------------


def test_both_commands_answer_as_one_object(filled: Store, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--db", str(path), "--rule", RULE, "--year", str(YEAR), "--json"]
    assert run(["what-if", *common, "--threshold", "29", "--strip"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["now"], told["then"]) == (3, 4)
    assert [(item["school"], item["change"]) for item in told["moved"]] == [("СОШ № 2", "came")]
    assert {item["percent"]: item["listed"] for item in told["strip"]}[29] == 4
    assert run(["compare", *common, "--with-year", "2024"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"came": 1, "left": 0, "stayed": 0, "unknown": 3, "out": 1}
    assert [item["year"] for item in told["lists"]] == [2026, 2024]
    assert "why" in told["schools"][0]


def test_both_commands_answer_in_columns(filled: Store, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--db", str(path), "--rule", RULE, "--year", str(YEAR)]
    assert run(["what-if", *common, "--threshold", "31"]) == 0
    assert "Сейчас в списке 3 из 5; станет 2: войдут 0, выйдут 1." in capsys.readouterr().out
    assert run(["compare", *common, "--with", "quoted-2025-and", "--all"]) == 0
    assert "вышли 3" in capsys.readouterr().out.lower()
    assert run(["compare", *common]) == 1
    assert "Сравнивать нечего" in capsys.readouterr().err
