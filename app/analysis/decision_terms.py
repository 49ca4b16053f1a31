"""Terms of decisions: what a point is today, and how many days pass from data to execution (004, §1.5, block 3).

Pure functions of dates. A median is told as it is known: of an even number of cases with two different middle values
both are said («12–13»), nothing is averaged into a false half day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.texts import NBSP, count, plural

Shown = Literal["late", "soon", "part", "running", "open", "no_term", "not_done", "done", "withdrawn"]
"""From the most urgent to what needs nothing more."""
ORDER: tuple[Shown, ...] = (
    "late", "soon", "part", "running", "open", "no_term", "not_done", "done", "withdrawn",
)  # fmt: skip
SOON_DAYS = 7
FEW = 5
"""A median of fewer cases is marked: one decision more changes it."""
WAITING = frozenset({"late", "soon", "part", "running", "open", "no_term"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a point stands.

    Attributes:
        shown: its state today.
        word: the same for a person: «просрочено на 5 дней».
        days: late: days over the term; soon, running, open: days left; done: days after (+) or before (−) the term.
        in_time: of what is finished, whether it was so by its day; None where that can't be said.
    """

    shown: Shown
    word: str
    days: int | None = None
    in_time: bool | None = None


def standing(
    state: str, due_on: str | None, done_on: str | None, day: date, *, reason: str | None = None, soon: int = SOON_DAYS
) -> Standing:
    """Return how a point stands on a day.

    Args:
        state: as it is kept: open, running, part, done, not_done, withdrawn.
        due_on: ISO date of the term.
        done_on: ISO date of doing.
        day: today.
        reason: why it was not done.
        soon: how many days before the term it begins to be near.
    """
    due = date.fromisoformat(due_on) if due_on else None
    done = date.fromisoformat(done_on) if done_on else None
    if state == "withdrawn":
        return Standing("withdrawn", "снято")
    if state == "not_done":
        return Standing("not_done", "не выполнено" if reason else "не выполнено, причины нет", None, False)
    if state == "done":
        return _done(due, done)
    return _waiting(state, due, day, soon)


def _done(due: date | None, done: date | None) -> Standing:
    if due is None or done is None:
        return Standing("done", "выполнено")
    late = (done - due).days
    if late <= 0:
        return Standing("done", "выполнено в срок", late, True)
    return Standing("done", f"выполнено позже на {days_text(late)}", late, False)


def _waiting(state: str, due: date | None, day: date, soon: int) -> Standing:
    part = "частично, " if state == "part" else ""
    if due is None:
        return Standing("part", "выполнено частично, срока нет") if part else Standing("no_term", "срок не указан")
    left = (due - day).days
    if left < 0:
        return Standing("late", f"{part}просрочено на {days_text(-left)}", -left, False)
    told = "срок сегодня" if left == 0 else "срок завтра" if left == 1 else f"осталось {count(left, *_DAYS)}"
    told = f"{part}{told}"
    if left <= soon:
        return Standing("soon", told, left)
    shown: Shown = "part" if part else "running" if state == "running" else "open"
    return Standing(shown, told, left)


_DAYS = ("день", "дня", "дней")


def days_text(days: int) -> str:
    """Return «5 дней» after «на»: «на 1 день», «на 2 дня»."""
    return count(days, *_DAYS)


@dataclass(frozen=True, slots=True)
class Spread:
    """Middle and ends of some numbers of days; ``low`` and ``high`` are the two middle values (one where odd)."""

    number: int
    low: int
    high: int
    least: int
    most: int

    @property
    def few(self) -> bool:
        """So few that the middle says little."""
        return self.number < FEW

    @property
    def text(self) -> str:
        """«12 дней», «12–13 дней»."""
        if self.low == self.high:
            return count(self.low, *_DAYS)
        return f"{self.low}–{self.high}{NBSP}{plural(self.high, *_DAYS)}"


def spread(days: Iterable[int]) -> Spread | None:
    """Return the middle of some numbers of days, None of none."""
    found = sorted(days)
    if not found:
        return None
    number = len(found)
    return Spread(number, found[(number - 1) // 2], found[number // 2], found[0], found[-1])


def between(first: str | None, last: str | None) -> int | None:
    """Return the days from one ISO date to another, None where one is unknown; below nought where they are swapped."""
    if not first or not last:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
