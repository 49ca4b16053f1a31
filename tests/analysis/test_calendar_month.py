"""Weeks of a month and the lanes of things of several days; every vector is worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.calendar_month import Piece, Span, lay_out, month_step, weeks_of

WEEK = weeks_of(2026, 11)[3]
"""16 to 22 November 2026."""


def _day(number: int) -> date:
    return date(2026, 11, number)


def test_a_month_is_whole_weeks_from_monday_to_sunday() -> None:
    found = weeks_of(2026, 11)
    assert [week[0] for week in found] == [
        date(2026, 10, 26), _day(2), _day(9), _day(16), _day(23), _day(30)
    ]  # fmt: skip
    assert found[-1][-1] == date(2026, 12, 6)
    assert [len(weeks_of(2027, 2)), len(weeks_of(2026, 6))] == [4, 5]  # February 2027 begins on a Monday


def test_weeks_are_numbered_as_iso_says() -> None:
    assert lay_out(weeks_of(2026, 12)[-1], (), 3).number == 53
    assert lay_out(weeks_of(2027, 1)[0], (), 3).number == 53
    assert lay_out(weeks_of(2027, 1)[1], (), 3).number == 1


def test_a_span_over_two_weeks_is_cut_at_sunday_and_goes_on_at_monday() -> None:
    span = Span("конференция", _day(20), _day(24))
    first = lay_out(WEEK, [span], 3)
    second = lay_out(weeks_of(2026, 11)[4], [span], 3)
    assert first.pieces == (Piece("конференция", 0, 4, 3, True, False),)
    assert second.pieces == (Piece("конференция", 0, 0, 2, False, True),)


def test_long_things_run_over_short_ones() -> None:
    spans = [Span("утром", _day(17), _day(17), ("09:00",)), Span("днём", _day(17), _day(17), ("14:00",)),
             Span("три дня", _day(16), _day(18)), Span("два дня", _day(18), _day(19))]  # fmt: skip
    found = {piece.key: (piece.lane, piece.column, piece.days) for piece in lay_out(WEEK, spans, 4).pieces}
    assert found == {"три дня": (0, 0, 3), "два дня": (1, 2, 2), "утром": (1, 1, 1), "днём": (2, 1, 1)}


def test_what_finds_no_room_is_counted_on_its_day() -> None:
    spans = [Span(str(number), _day(18), _day(18), (str(number),)) for number in range(5)]
    found = lay_out(WEEK, spans, 3)
    assert [piece.key for piece in found.pieces] == ["0", "1"]
    assert found.hidden == (0, 0, 3, 0, 0, 0, 0)
    assert lay_out(WEEK, spans[:3], 3).hidden == (0,) * 7


def test_a_long_thing_without_room_is_counted_on_every_day_it_touches() -> None:
    # four on Tuesday, the third of them lasts to Wednesday; Wednesday has three of its own
    spans = [Span("a", _day(16), _day(18)), Span("b", _day(16), _day(18)), Span("c", _day(17), _day(18)),
             Span("d", _day(17), _day(17))]  # fmt: skip
    found = lay_out(WEEK, spans, 3)
    assert {piece.key for piece in found.pieces} == {"a", "b"}
    assert found.hidden == (0, 2, 1, 0, 0, 0, 0)


@given(
    st.lists(st.tuples(st.integers(-5, 12), st.integers(0, 9)), max_size=14),
    st.integers(1, 5),
)
def test_nothing_is_lost_and_nothing_lies_on_another(found: list[tuple[int, int]], lanes: int) -> None:
    start = WEEK[0].toordinal()
    spans = [
        Span(number, date.fromordinal(start + first), date.fromordinal(start + first + length))
        for number, (first, length) in enumerate(found)
    ]
    week = lay_out(WEEK, spans, lanes)
    cells = [(piece.lane, day) for piece in week.pieces for day in range(piece.column, piece.column + piece.days)]
    assert len(set(cells)) == len(cells)
    for column, day in enumerate(WEEK):
        shown = sum(piece.column <= column < piece.column + piece.days for piece in week.pieces)
        assert shown + week.hidden[column] == sum(span.first <= day <= span.last for span in spans)
        lowest = max((piece.lane for piece in week.pieces if piece.column <= column < piece.column + piece.days),
                     default=-1)  # fmt: skip
        assert lowest < lanes - (week.hidden[column] > 0)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 3, 15), -3, date(2025, 12, 15)),
     (date(2024, 2, 29), 12, date(2025, 2, 28))],
)  # fmt: skip
def test_a_month_on_is_the_same_day_or_the_last(day: date, months: int, wanted: date) -> None:
    assert month_step(day, months) == wanted


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [(date(2099, 12, 5), 1, date(2099, 12, 31)), (date(2000, 1, 5), -1, date(2000, 1, 1)),
     (date(2099, 3, 5), 12, date(2099, 12, 31)), (date(9999, 12, 31), 1, date(2099, 12, 31)),
     (date(1, 1, 1), -12, date(2000, 1, 1)), (date(1999, 12, 5), 1, date(2000, 1, 5))],
)  # fmt: skip
def test_a_step_past_the_calendar_stays_on_its_edge(day: date, months: int, wanted: date) -> None:
    assert month_step(day, months) == wanted
