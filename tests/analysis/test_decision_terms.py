"""Terms of decisions: states on a day, words, medians without false precision."""

from __future__ import annotations

from datetime import date

import pytest

from app.analysis.decision_terms import between, spread, standing

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("state", "due", "done", "shown", "word", "days", "in_time"),
    [
        ("open", "2026-11-22", None, "late", "просрочено на 1 день", 1, False),
        ("running", "2026-11-02", None, "late", "просрочено на 21 день", 21, False),
        ("part", "2026-11-12", None, "late", "частично, просрочено на 11 дней", 11, False),
        ("open", "2026-11-23", None, "soon", "срок сегодня", 0, None),
        ("open", "2026-11-24", None, "soon", "срок завтра", 1, None),
        ("open", "2026-11-30", None, "soon", "осталось 7 дней", 7, None),
        ("open", "2026-12-01", None, "open", "осталось 8 дней", 8, None),
        ("running", "2026-12-25", None, "running", "осталось 32 дня", 32, None),
        ("part", "2026-12-25", None, "part", "частично, осталось 32 дня", 32, None),
        ("open", None, None, "no_term", "срок не указан", None, None),
        ("part", None, None, "part", "выполнено частично, срока нет", None, None),
        ("done", "2026-11-20", "2026-11-20", "done", "выполнено в срок", 0, True),
        ("done", "2026-11-20", "2026-11-22", "done", "выполнено позже на 2 дня", 2, False),
        ("done", None, "2026-11-22", "done", "выполнено", None, None),
        ("done", "2026-11-20", None, "done", "выполнено", None, None),
        ("not_done", "2026-11-20", None, "not_done", "не выполнено, причины нет", None, False),
        ("withdrawn", "2026-11-20", None, "withdrawn", "снято", None, None),
    ],
)  # fmt: skip
def test_a_point_stands_on_a_day(
    state: str, due: str | None, done: str | None, shown: str, word: str, days: int | None, in_time: bool | None
) -> None:
    found = standing(state, due, done, DAY)
    assert (found.shown, found.word.replace("\u00a0", " "), found.days, found.in_time) == (shown, word, days, in_time)


def test_a_reason_is_said_once() -> None:
    assert standing("not_done", None, None, DAY, reason="Школа закрыта").word == "не выполнено"


def test_a_median_is_told_as_it_is_known() -> None:
    assert spread([]) is None
    one = spread([1])
    assert one is not None
    assert one.text == "1\u00a0день"
    assert one.few
    even = spread([30, 4, 12, 13])
    assert even is not None
    assert (even.low, even.high, even.least, even.most) == (12, 13, 4, 30)
    assert even.text == "12–13\u00a0дней"
    odd = spread([5, 21, 3, 40, 22])
    assert odd is not None
    assert odd.text == "21\u00a0день"
    assert not odd.few


def test_days_between_dates() -> None:
    assert between("2026-10-30", "2026-11-02") == 3
    assert between("2026-11-02", "2026-10-30") == -3
    assert between(None, "2026-11-02") is None
