"""The checks of counts against a plain reading of the same rows, one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import data_checks
from app.analysis.findings import Limits
from app.analysis.metric_catalogue import load_shipped

Row = dict[str, int]
NAMES = ("id", "work", "record", "area", "school_id", "year", "autumn", "restored", "participants", "below",
         "m2", "m3", "m4", "m5")  # fmt: skip
PUPILS = [(1, 2024, 12), (1, 2025, 3), (2**62, 2025, 20)]

known = st.integers(0, 12)
unknown_or = st.one_of(st.just(-1), known)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    places = draw(
        st.lists(
            st.tuples(st.sampled_from([1, 2**62, -7]), st.sampled_from([5, 6]), st.integers(2024, 2026), st.booleans()),
            unique=True,
            max_size=10,
        )
    )
    rows = []
    for number, (unit, work, year, autumn) in enumerate(places, start=1):
        counts = {name: draw(unknown_or) for name in ("below", "m2", "m3", "m4", "m5")}
        school, area = max(unit, 0), max(-unit, 0)
        rows.append(
            {"id": number, "work": work, "record": school, "area": area, "school_id": school, "year": year,
             "autumn": int(autumn), "restored": int(draw(st.booleans())), "participants": draw(known), **counts}
        )  # fmt: skip
    return rows


def expected(rows: list[Row], limits: Limits) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for row in rows:
        marks = [row[name] for name in ("m2", "m3", "m4", "m5")]
        total, people = sum(mark for mark in marks if mark >= 0), row["participants"]
        slack = 2 if row["restored"] else 0
        if total > people + slack:
            found.add(("DATA_MARKS_ABOVE", row["id"]))
        elif min(marks) >= 0 and total < people - slack:
            found.add(("DATA_MARKS_ZERO" if total == 0 else "STORE_SUM", row["id"]))
        if row["below"] > people:
            found.add(("DATA_BELOW_ABOVE", row["id"]))
        elif row["below"] >= 0 and row["m2"] >= 0 and row["below"] != row["m2"] and not row["restored"]:
            found.add(("DATA_BELOW_TWOS", row["id"]))
    found |= {("DATA_JUMP", key) for key in _jumps(rows, limits)}
    for school, year, number in PUPILS:
        works = [row for row in rows if (row["school_id"], row["year"]) == (school, year + 1)]
        largest = max((row["participants"] for row in works), default=0)
        if largest > number:
            found.add(("DATA_ABOVE_PUPILS", -school))
    return found


def _jumps(rows: list[Row], limits: Limits) -> set[int]:
    usable = {
        (row["school_id"], row["work"], row["year"]): row
        for row in rows
        if row["school_id"] and not row["autumn"] and 0 <= row["below"] <= row["participants"]
        and row["participants"] >= limits.small_group
    }  # fmt: skip
    found = set()
    for (school, work, year), row in usable.items():
        past = usable.get((school, work, year - 1))
        if past is not None:
            change = abs(row["below"] * past["participants"] - past["below"] * row["participants"])
            if change * 100 >= limits.points * row["participants"] * past["participants"]:
                found.add(row["id"])
    return found


@settings(max_examples=150, deadline=None)
@given(tables(), st.builds(Limits, points=st.integers(1, 100), small_group=st.integers(1, 6)))
def test_counts_are_judged_as_a_plain_reading_judges_them(rows: list[Row], limits: Limits) -> None:
    frame = pd.DataFrame([[row[name] for name in NAMES] for row in rows], columns=list(NAMES)).astype("int64")
    pupils = pd.DataFrame(PUPILS, columns=["school_id", "school_year", "part"]).astype({"part": "Int64"})
    told = data_checks.counts(frame, {1, 2**62}, pupils, limits)

    def key(code: str, place: Any) -> tuple[str, int]:
        return (code, -place.school_id) if code == "DATA_ABOVE_PUPILS" else (code, place.key)

    found = [key(item.code, item.place) for item in told]
    assert sorted(found) == sorted(expected(rows, limits))
    assert {item.level for item in told if item.place.school_id is None} <= {"hint"}


def test_an_empty_file_has_nothing_to_judge() -> None:
    pupils = pd.DataFrame({"school_id": [], "school_year": [], "part": []})
    assert data_checks.counts(pd.DataFrame(columns=list(NAMES)), set(), pupils, Limits()) == []
    empty = pd.DataFrame({name: [] for name in ("school_id", "school_year", "metric", "part", "whole", "exact", "raw")})
    assert data_checks.metrics(empty, load_shipped(), Limits()) == []


def test_a_subject_outlives_its_row() -> None:
    """A row loaded anew has another key: what was explained of it must still be found."""
    row = dict.fromkeys(NAMES, 0) | {"work": 5, "record": 1, "school_id": 1, "year": 2026, "participants": 3, "m2": 4}
    frames = [pd.DataFrame([row | {"id": key}]) for key in (8, 9)]
    pupils = pd.DataFrame({"school_id": [], "school_year": [], "part": []})
    first, second = (data_checks.counts(frame, {1}, pupils, Limits())[0] for frame in frames)
    assert (first.subject, first.figures) == (second.subject, second.figures)
    assert first.place != second.place
