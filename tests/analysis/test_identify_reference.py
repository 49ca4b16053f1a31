"""The vectorised answer against a slow readable one, school by school, over random results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.identification import SchoolVerdict
from app.analysis.rule_model import Branch
from app.analysis.rules import Rule, load_shipped
from tests.analysis.made import MATH, RUS, Row, Work, answers

YEAR = 2026
Cell = tuple[str, int]  # procedure of the rule, year


@dataclass
class Known:
    below: int = 0
    participants: int = 0
    restored: int = 0


def procedure_of(work: Work, rule: Rule) -> str | None:
    """Name the procedure of the rule that a work belongs to."""
    kind, subject, level, grade = work
    if subject not in {MATH, RUS}:
        return None
    if kind == "ВПР":
        each = any(group.each_grade for group in rule.procedures)
        if not each and grade not in {5, 6}:
            return None
        return f"ВПР {subject} {grade}"
    if kind == "ОГЭ":
        return f"ОГЭ {subject}"
    if kind == "ЕГЭ":
        return f"ЕГЭ {subject} {level}" if subject == MATH and rule.egemath == "two" else f"ЕГЭ {subject}"
    return None


def duties(rows: Iterable[Row], rule: Rule) -> set[str]:
    """Name the procedures whose absence makes an answer incomplete."""
    ege = [f"ЕГЭ {MATH} base", f"ЕГЭ {MATH} profile"] if rule.egemath == "two" else [f"ЕГЭ {MATH}"]
    names = {f"ОГЭ {MATH}", f"ОГЭ {RUS}", f"ЕГЭ {RUS}", *ege}
    for subject in (MATH, RUS):
        if any(group.each_grade for group in rule.procedures):
            seen = {
                item.work[3] for item in rows if item.work[:2] == ("ВПР", subject) and item.year in rule.years(YEAR)
            }
            names |= {f"ВПР {subject} {grade}" for grade in seen or {None}}
        else:
            names |= {f"ВПР {subject} 5", f"ВПР {subject} 6"}
    return names


def cells_of(rows: list[Row], rule: Rule) -> tuple[dict[Cell, Known], set[Cell]]:
    """Return the known cells of one school, and those where someone's count is unknown."""
    known: dict[Cell, Known] = {}
    partly: set[Cell] = set()
    for item in rows:
        name = procedure_of(item.work, rule)
        if name is None or item.year not in rule.years(YEAR) or item.participants == 0:
            continue
        kind, subject, level, grade = item.work
        beside = [o for o in rows if o.year == item.year and o.work[:2] == (kind, subject) and o.work[2] is not None]
        if kind == "ВПР":
            beside = [o for o in beside if o.work[3] == grade]
        if level is None and beside:
            continue
        if item.below is None:
            partly.add((name, item.year))
            continue
        cell = known.setdefault((name, item.year), Known())
        cell.below += item.below
        cell.participants += item.participants
        cell.restored += item.restored
    return known, partly


def hits_of(cells: dict[Cell, Known], rule: Rule) -> set[Cell]:
    assert rule.threshold is not None
    part, of = rule.threshold
    return {
        name
        for name, cell in cells.items()
        if cell.participants >= rule.min_participants and Fraction(cell.below, cell.participants) >= Fraction(part, of)
    }


def branches_of(hits: set[Cell], rule: Rule) -> list[str]:
    def of(year: int) -> set[str]:
        return {name for name, hit_year in hits if hit_year == year}

    true = []
    for branch in rule.branches:
        span = range(YEAR - branch.span + 1, YEAR + 1)
        if branch.kind == "at_least_in_year":
            holds = len(of(YEAR)) >= branch.n
        elif branch.kind in {"each_of_two_years_any", "each_of_years_any"}:
            holds = all(len(of(year)) >= branch.n for year in span)
        else:
            holds = len(set.intersection(*(of(year) for year in span))) >= branch.n
        if holds:
            true.append(branch.id)
    return true


def is_listed(hits: set[Cell], rule: Rule) -> bool:
    return len(branches_of(hits, rule)) >= (len(rule.branches) if rule.join == "and" else rule.need)


def moved(cells: dict[Cell, Known], name: Cell, change: int) -> dict[Cell, Known]:
    cell = cells[name]
    return {**cells, name: replace(cell, below=cell.below + change)}


def on_the_edge(cells: dict[Cell, Known], rule: Rule) -> bool:
    listed = is_listed(hits_of(cells, rule), rule)
    return any(
        is_listed(hits_of(moved(cells, name, change), rule), rule) != listed
        for name, cell in cells.items()
        for change in (1, -1)
        if 0 <= cell.below + change <= cell.participants
    )


def fewest(cells: dict[Cell, Known], rule: Rule) -> int:
    """Return how many fewer pupils below minimum of the year take a listed school out, by trying every set."""
    hits = hits_of(cells, rule)
    now = [name for name in hits if name[1] == YEAR]
    price = {}
    for name in now:
        fewer = 0
        while name in hits_of({name: moved(cells, name, -fewer)[name]}, rule):
            fewer += 1
        price[name] = fewer
    return min(
        sum(price[name] for name in gone)
        for size in range(len(now) + 1)
        for gone in combinations(now, size)
        if not is_listed(hits - set(gone), rule)
    )


def mark(size: int) -> str:
    return "<10" if size < 10 else "10-19" if size < 20 else "20-49" if size < 50 else ">=50"


def check(got: SchoolVerdict, rows: list[Row], everyone: list[Row], rule: Rule) -> None:
    cells, partly = cells_of(rows, rule)
    hits = hits_of(cells, rule)
    true = branches_of(hits, rule)
    listed = is_listed(hits, rule)
    expected = "listed" if listed else "not_listed" if cells else "no_data"
    assert got.verdict == expected
    assert got.branches == (tuple(true) if listed else ())
    assert got.true_branches == tuple(true)
    assert sorted((f.year, f.below, f.participants, f.hit) for f in got.fractions) == sorted(
        (name[1], cell.below, cell.participants, name in hits) for name, cell in cells.items()
    )
    assert got.edge == on_the_edge(cells, rule)
    assert bool(got.edge_steps) == got.edge
    absent = {(name, year) for name in duties(everyone, rule) for year in rule.years(YEAR)} - set(cells) | partly
    assert got.incomplete == (expected == "not_listed" and bool(absent))
    assert got.missing_matters == (got.incomplete and is_listed(hits | absent, rule))
    low = {name: replace(cell, below=max(0, cell.below - cell.restored)) for name, cell in cells.items()}
    high = {
        name: replace(cell, below=min(cell.participants, cell.below + cell.restored)) for name, cell in cells.items()
    }
    assert got.rounding_matters == (is_listed(hits_of(low, rule), rule) != is_listed(hits_of(high, rule), rule))
    decided = [f for f in got.fractions if f.decided]
    assert got.fractions[: len(decided)] == tuple(decided)
    sizes = [f.participants for f in decided] if listed else [f.participants for f in got.of_year(YEAR)]
    assert got.sample == (mark(min(sizes)) if sizes else None)
    assert {(f.year, f.below, f.participants) for f in decided} == decided_of(hits, true if listed else [], cells, rule)
    if listed:
        assert got.fewer == fewest(cells, rule)
        assert not got.missing
    if got.of_year(YEAR):
        assert got.worst is not None
        assert Fraction(got.worst.below, got.worst.participants) == max(
            Fraction(f.below, f.participants) for f in got.of_year(YEAR)
        )


def decided_of(hits: set[Cell], true: list[str], cells: dict[Cell, Known], rule: Rule) -> set[tuple[int, int, int]]:
    names: set[Cell] = set()
    for branch in rule.branches:
        if branch.id not in true:
            continue
        for name, year in hits:
            span = range(YEAR - branch.span + 1, YEAR + 1)
            always = all((name, past) in hits for past in span)
            if year in span and (branch.kind not in {"same_in_both_years", "same_in_years"} or always):
                names.add((name, year))
    return {(name[1], cells[name].below, cells[name].participants) for name in names}


WORKS: list[Work] = [
    *(("ВПР", subject, None, grade) for subject in (MATH, RUS) for grade in (5, 6, 7)),
    ("ОГЭ", MATH, None, 9),
    ("ОГЭ", RUS, None, 9),
    ("ЕГЭ", MATH, "base", 11),
    ("ЕГЭ", MATH, "profile", 11),
    ("ЕГЭ", MATH, None, 11),
    ("ЕГЭ", RUS, None, 11),
    ("РПР", MATH, None, 5),
    ("ВПР", "История", None, 5),
]


@st.composite
def results(draw: st.DrawFn) -> list[Row]:
    """Draw a few schools with results close to the threshold, at most one row a school, work and year."""
    key = st.tuples(
        st.integers(1, 3), st.sampled_from(WORKS), st.sampled_from([2023, 2024, 2024, 2025, 2025, 2026, 2026])
    )
    least = draw(st.sampled_from([0, 0, 20, 40]))  # short lists shrink well, long ones meet both years
    keys = draw(st.lists(key, unique=True, min_size=least, max_size=least + 20))
    rows = []
    for school, work, year in keys:
        size = draw(st.sampled_from([0, 1, 2, 3, 9, 10, 11, 19, 20, 27, 50]))
        near = size * 3 // 10
        below = draw(st.one_of(st.none(), st.integers(max(0, near - 1), min(size, near + 2))))
        rows.append(Row(school, work, year, below, size, restored=draw(st.integers(0, 1))))
    return rows


RULES = [
    *(rule for name, rule in load_shipped().items() if not name.startswith("lenobl-2018")),
    replace(
        load_shipped()["rosobrnadzor-2022"],
        id="three_years",
        branches=(
            Branch("any", "три года, любая", "each_of_years_any", n=1, years=3),
            Branch("same", "две одни и те же", "same_in_years", n=2, years=2),
            Branch("same3", "три года, одна и та же", "same_in_years", n=1, years=3),
        ),
        need=2,
    ),
    replace(
        load_shipped()["kriro-2023"],
        id="three_same",
        branches=(
            Branch("two", "две в году", "at_least_in_year", n=3),
            Branch("same3", "три года, одна и та же", "same_in_years", n=1, years=3),
        ),
    ),
    replace(load_shipped()["rosobrnadzor-2022"], id="two", egemath="two"),
    replace(load_shipped()["quoted-2025"], id="big", min_participants=10),
    replace(
        load_shipped()["rosobrnadzor-2022"],
        id="twice",
        branches=(
            replace(load_shipped()["rosobrnadzor-2022"].branches[1], id="each", n=2),
            replace(load_shipped()["quoted-2025"].branches[1], id="same", n=2),
        ),
    ),
    replace(load_shipped()["rosobrnadzor-2022"], id="need2", need=2, threshold=(1, 4)),
]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
@settings(max_examples=60, deadline=None)
@given(rows=results())
def test_vectorised_equals_the_readable_reference(rule: Rule, rows: list[Row]) -> None:
    got = answers(rows, rule, YEAR, (1, 2, 3))
    for found in got.rows():
        check(found, [item for item in rows if item.school == found.school_id], rows, rule)
