"""Working days by hand: the norms of the production calendars of 2024-2027, transfers, breaks, what repeats."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.analysis import working_days as days
from app.analysis.working_days import Break, Calendar, Marked, usual_breaks
from app.errors import UserError
from app.operations.workday import decrees

PLAIN = Calendar(decrees())


@pytest.mark.parametrize(
    ("year", "number"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)]
)  # fmt: skip
def test_a_year_has_the_working_days_of_its_production_calendar(year: int, number: int) -> None:
    assert len(PLAIN.working(date(year, 1, 1), date(year, 12, 31))) == number


@pytest.mark.parametrize(
    ("day", "kind", "why"),
    [
        (date(2026, 11, 3), "short", ""),
        (date(2026, 11, 4), "off", "День народного единства"),
        (date(2026, 3, 9), "off", "Международный женский день, перенос с 08.03.2026"),
        (date(2025, 2, 24), "work", ""),
        (date(2025, 5, 8), "off", "выходной вместо 23.02.2025"),
        (date(2025, 11, 1), "work", "рабочий день вместо 03.11.2025"),
        (date(2026, 1, 9), "off", "выходной вместо 03.01.2026"),
        (date(2026, 1, 3), "off", "Новогодние каникулы"),
        (date(2026, 11, 23), "work", ""),
        (date(2026, 11, 22), "off", ""),
        (date(2027, 2, 20), "work", "рабочий день вместо 22.02.2027"),
    ],
)
def test_a_day_is_what_law_and_decree_make_it(day: date, kind: str, why: str) -> None:
    assert PLAIN.kind(day) == kind
    assert PLAIN.title(day) == why


def test_a_year_without_a_decree_goes_by_the_rule_and_says_so() -> None:
    assert not PLAIN.known(2031)
    assert PLAIN.known(2026)
    assert PLAIN.kind(date(2031, 2, 24)) == "off", "23 February 2031 is a Sunday"


def test_what_a_person_marks_wins() -> None:
    own = Calendar(decrees(), {date(2026, 11, 23): Marked("off", "День города"), date(2026, 11, 28): Marked("work")})
    assert own.kind(date(2026, 11, 23)) == "off"
    assert own.title(date(2026, 11, 23)) == "День города"
    assert own.works(date(2026, 11, 28))
    assert own.title(date(2026, 11, 28)) == "рабочий день"
    assert own.before(date(2026, 11, 29)) == date(2026, 11, 28)


def test_breaks_hold_both_their_days() -> None:
    own = Calendar(breaks=(Break("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 3)),))
    assert own.on_break(date(2026, 10, 26)) == own.on_break(date(2026, 11, 3)) == "Осенние каникулы"
    assert own.on_break(date(2026, 11, 4)) == ""


def test_days_left_are_counted_over_working_days() -> None:
    monday = date(2026, 11, 23)
    assert PLAIN.left(monday, date(2026, 11, 28)) == 4, "Tuesday to Friday; Saturday does not count"
    assert PLAIN.left(monday, monday) == 0
    assert PLAIN.left(monday, date(2026, 11, 20)) == -1
    assert PLAIN.after(date(2026, 12, 30), 1) == date(2027, 1, 11)


def test_periods_are_read_and_step_over_the_year() -> None:
    november = days.period("2026-11")
    assert (november.first, november.last, november.title) == (
        date(2026, 11, 1), date(2026, 11, 30), "ноябрь 2026\u00a0года")  # fmt: skip
    assert november.step(2).key == "2027-01"
    assert november.step(-11).key == "2025-12"
    quarter = days.period("2026-q4")
    assert (quarter.key, quarter.first, quarter.last) == ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.title == "IV\u00a0квартал 2026\u00a0года"
    assert quarter.step(1).key == "2027-Q1"
    assert november.holds("2026-11-30T10:00:00+00:00")
    assert not november.holds("2026-12-01")
    assert not november.holds(None)
    for wrong in ("2026", "2026-13", "ноябрь", "2026-Q5"):
        with pytest.raises(UserError, match="не месяц"):
            days.period(wrong)


@pytest.mark.parametrize(
    ("due", "repeat", "after", "anchor", "next_one"),
    [
        ("2026-11-02", "week", "2026-11-02", None, "2026-11-09"),
        ("2026-11-02", "week", "2026-11-23", None, "2026-11-30"),
        ("2026-11-02", "week", "2026-11-22", None, "2026-11-23"),
        ("2026-01-31", "month", "2026-01-31", 31, "2026-02-28"),
        ("2026-02-28", "month", "2026-02-28", 31, "2026-03-31"),
        ("2026-11-30", "quarter", "2026-11-20", None, "2027-02-28"),
        ("2028-02-29", "year", "2028-03-01", None, "2029-02-28"),
        ("2026-08-15", "month", "2026-11-23", None, "2026-12-15"),
    ],
)
def test_what_repeats_comes_after_the_day_it_is_marked(
    due: str, repeat: str, after: str, anchor: int | None, next_one: str
) -> None:
    found = days.next_due(date.fromisoformat(due), repeat, date.fromisoformat(after), anchor)
    assert found == date.fromisoformat(next_one)


def test_what_happens_once_has_no_next() -> None:
    assert days.next_due(date(2026, 11, 2), "once", date(2026, 11, 2)) is None


@pytest.mark.parametrize("repeat", ["week", "month", "quarter", "year"])
def test_nothing_comes_after_the_last_year_of_all(repeat: str) -> None:
    assert days.next_due(date(9999, 12, 31), repeat, date(2026, 11, 2)) is None
    assert days.next_due(date(2026, 11, 2), repeat, date(9999, 1, 1)) is None
    assert days.next_due(date(9998, 12, 31), repeat, date(9998, 12, 31)) is not None


def test_a_period_past_the_edge_is_the_edge() -> None:
    assert days.period("2099-12").step(1).key == "2099-12"
    assert days.period("2000-Q1").step(-1).key == "2000-Q1"
    assert days.month_of(date(9999, 12, 1)).step(1).key == "2099-12"
    assert days.month_of(date(1, 1, 1)).step(-1).key == "2000-01"


def test_days_end_with_the_first_and_the_last_there_is() -> None:
    assert days.ahead(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert days.ahead(date(9999, 12, 31), 7) == date(9999, 12, 31)
    assert days.ahead(date(1, 1, 3), -9) == date(1, 1, 1)
    assert days.Calendar().kind(date(9999, 12, 31)) == "work"


def test_a_week_begins_on_monday() -> None:
    first, last = days.week_of(date(2026, 11, 29))
    assert (first, last) == (date(2026, 11, 23), date(2026, 11, 29))
    assert last - first == timedelta(days=6)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # autumn and spring as the ministry proposed for 2025/26; winter till Sunday 11.01.2026
        (2025, ["2025-10-25", "2025-11-02", "2025-12-31", "2026-01-11", "2026-03-28", "2026-04-05", "2026-05-27",
                "2026-08-31"]),
        # 31.10.2026 is a Saturday itself; 08.01.2027 a Friday
        (2026, ["2026-10-31", "2026-11-08", "2026-12-31", "2027-01-10", "2027-03-27", "2027-04-04", "2027-05-27",
                "2027-08-31"]),
    ],
)  # fmt: skip
def test_usual_breaks_fall_on_whole_weeks(year: int, days: list[str]) -> None:
    assert [day.isoformat() for item in usual_breaks(year) for day in (item.first, item.last)] == days
