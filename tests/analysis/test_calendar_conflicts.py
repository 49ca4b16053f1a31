"""What cannot be at once; every vector is worked out by hand on the calendar of November 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.analysis.calendar_conflicts import Busy, Clash, clashes, meets, minutes, squash
from app.analysis.working_days import Break, Calendar, Move

CALENDAR = Calendar({2026: (Move(date(2026, 12, 31), date(2026, 1, 4)),)},
                    breaks=(Break("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 3)),))  # fmt: skip
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def _busy(key: str, day: int, **more: Any) -> Busy:
    found = {"first": date(2026, 11, day), "last": date(2026, 11, day)} | more
    return Busy(key, **found)


def _found(*things: Busy, many: int = 6) -> list[Clash]:
    return clashes(things, CALENDAR, FIRST, LAST, many)


def test_one_methodist_cannot_be_at_two_events_that_overlap() -> None:
    found = _found(_busy("a", 24, start=600, end=720, who="Ким"), _busy("b", 24, start=660, end=780, who="Ким"))
    assert found == [Clash("who", date(2026, 11, 24), ("a", "b"), True, free=date(2026, 11, 25))]


def test_events_one_after_the_other_do_not_meet() -> None:
    assert not _found(_busy("a", 24, start=600, end=660, who="Ким"), _busy("b", 24, start=660, end=720, who="Ким"))


def test_an_end_that_is_not_written_is_an_hour_later() -> None:
    assert meets(_busy("a", 24, start=600), _busy("b", 24, start=659)) is True
    assert meets(_busy("a", 24, start=600), _busy("b", 24, start=660)) is False
    assert meets(_busy("a", 24, start=600), _busy("b", 24)) is None


def test_without_times_it_is_only_possible() -> None:
    found = _found(_busy("a", 24, who="Ким"), _busy("b", 24, start=600, who="Ким"))
    assert [(clash.code, clash.sure, clash.keys) for clash in found] == [("who", False, ("b", "a"))]


def test_one_room_at_one_time() -> None:
    one, other = squash("СОШ № 3, каб. 12"), squash("сош №3 каб 12")
    assert one == other
    found = _found(_busy("a", 24, start=600, place=one), _busy("b", 24, start=630, place=other))
    assert [clash.code for clash in found] == ["place"]


def test_a_school_called_twice_on_a_day_is_told_whatever_the_hours() -> None:
    found = _found(
        _busy("a", 24, start=540, end=600, schools=frozenset({1, 2, 3})),
        _busy("b", 24, start=840, end=900, schools=frozenset({3, 2, 9})),
    )
    assert [(clash.code, clash.schools, clash.sure) for clash in found] == [("school", (2, 3), False)]


def test_a_day_off_and_a_break_are_told_once_for_each_event() -> None:
    found = _found(_busy("вс", 1), _busy("каникулы", 2), _busy("урок", 3, kind="open_lesson"),
                   _busy("праздник", 4), _busy("будни", 5))  # fmt: skip
    assert [(clash.code, clash.keys, clash.sure, clash.free) for clash in found] == [
        ("off", ("вс",), True, date(2026, 11, 5)),
        ("break", ("каникулы",), False, date(2026, 11, 5)),
        ("break", ("урок",), True, date(2026, 11, 5)),
        ("off", ("праздник",), True, date(2026, 11, 5)),
    ]


def test_the_free_day_is_one_on_which_nothing_else_meets() -> None:
    # 25.11 and 26.11 are taken by the same person all day, 27.11 by another one; 28 and 29 are a weekend
    found = _found(
        _busy("a", 24, start=600, who="Ким"), _busy("b", 24, start=600, who="Ким"), _busy("c", 25, who="Ким"),
        _busy("d", 26, who="Ким"), _busy("e", 27, who="Орлова"),
    )  # fmt: skip
    assert [(clash.keys, clash.free) for clash in found] == [(("a", "b"), date(2026, 11, 27))]


def test_things_of_several_days_are_told_on_the_first_day_they_share() -> None:
    found = _found(
        _busy("a", 17, last=date(2026, 11, 19), who="Ким"), _busy("b", 18, last=date(2026, 11, 20), who="Ким")
    )
    assert [(clash.code, clash.day, clash.free) for clash in found] == [
        ("who", date(2026, 11, 18), date(2026, 11, 23))
    ]  # fmt: skip


def test_too_much_on_one_day() -> None:
    things = [_busy(str(number), 24, start=540 + number * 60) for number in range(4)]
    assert not _found(*things, many=4)
    found = _found(*things, _busy("tomorrow", 25), _busy("after", 25), _busy("third", 25), many=3)
    assert [(clash.code, clash.number, clash.keys[-1], clash.free) for clash in found] == [
        ("many", 4, "3", date(2026, 11, 26))
    ]


def test_times_are_read_strictly() -> None:
    assert [minutes(text) for text in ("09:05", "9:05", "23:59", "24:00", "12:60", "", None, "день")] == [
        545, 545, 1439, None, None, None, None, None
    ]  # fmt: skip
