"""What of a plan is to happen in which year, and how it stands: pure, from the tree and from what was marked.

An activity is watched once in each plan year in which one of its terms ends (004, §1.5: «не реже одного раза в год»).
A term longer than a year is watched at the end of each plan year it lies in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.analysis.programme_numbers import PlanGroup, PlanLine, numbers, plan_groups
from app.models.programme_records import Tree
from app.texts import count, ru_date

State = Literal["planned", "running", "done", "part", "moved", "cancelled"]
Shown = Literal["done", "part", "running", "late", "soon", "planned", "moved", "cancelled", "no_term"]
Span = tuple[str, str]

STATE_WORDS: Mapping[State, str] = {
    "planned": "не начато",
    "running": "идёт",
    "done": "выполнено",
    "part": "выполнено частично",
    "moved": "перенесено",
    "cancelled": "отменено",
}
"""What a person says of an activity."""
SHOWN_WORDS: Mapping[Shown, str] = {
    "late": "просрочено",
    "soon": "скоро срок",
    "running": "идёт",
    "planned": "впереди",
    "no_term": "без срока",
    "part": "выполнено частично",
    "moved": "перенесено",
    "cancelled": "отменено",
    "done": "выполнено",
}
"""How it stands on a day, the most urgent first."""
SOON = 14
"""Days before the end of a term from which it is «скоро»."""
LONG = 366
"""A term of more days than these is watched at the end of each plan year."""
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An activity in one plan year.

    Attributes:
        spans: its terms that end in this year, ISO; empty where it has none.
        group: the heading of the plan under which it stands.
        strayed: it was marked in a year in which this edition plans it no more.
    """

    node_id: int
    lineage: int
    plan_year: int
    number: str
    depth: int
    group: PlanGroup
    spans: tuple[Span, ...] = ()
    strayed: bool = False

    @property
    def date_from(self) -> str | None:
        """First day of its terms."""
        return min((first for first, _last in self.spans), default=None)

    @property
    def due_on(self) -> str | None:
        """Last day of its terms."""
        return max((last for _first, last in self.spans), default=None)


def occurrences(
    tree: Tree, marked: Mapping[int, Collection[int]] | None = None, year: int | None = None
) -> tuple[Occurrence, ...]:
    """Return every activity in every plan year in which one of its terms ends, in the order of the plan.

    A heading over other activities without a term of its own is not watched. An activity without any date is watched
    once: in the year in which it was marked, else in the year that is asked for.

    Args:
        tree: the programme.
        marked: lineage → plan years in which something was marked.
        year: the year that is looked at; None for all.
    """
    found: list[Occurrence] = []
    for group in plan_groups(tree, numbers(tree)):
        for line in group.lines:
            found += _of_line(tree, group, line, sorted((marked or {}).get(line.node.lineage, ())), year)
    return tuple(item for item in found if year in {None, item.plan_year})


def _of_line(tree: Tree, group: PlanGroup, line: PlanLine, marked: list[int], year: int | None) -> list[Occurrence]:
    node = line.node

    def made(when: int, spans: tuple[Span, ...], *, strayed: bool = False) -> Occurrence:
        return Occurrence(node.id, node.lineage, when, line.number, line.depth, group, spans, strayed)

    planned = _by_year(tree, node.id)
    if not planned and tree.under(node.id, "activity"):
        return [made(when, ()) for when in marked]
    if not planned:
        known = marked or [tree.programme.year_from if year is None else year]
        return [made(when, ()) for when in known]
    strays = [made(when, (), strayed=True) for when in marked if when not in planned]
    return [*(made(when, tuple(spans)) for when, spans in sorted(planned.items())), *strays]


def _by_year(tree: Tree, node_id: int) -> dict[int, list[Span]]:
    """Return plan year → terms that end in it; one outside the programme belongs to its nearest year."""
    first, last = tree.programme.year_from, tree.programme.year_to
    found: dict[int, list[Span]] = {}
    for term in tree.terms.get(node_id, ()):
        for begin, end in pieces(term.date_from, term.date_to):
            found.setdefault(min(max(int(end[:4]), first), last), []).append((begin, end))
    return {year: sorted(spans) for year, spans in found.items()}


def pieces(first: str, last: str) -> list[Span]:
    """Return a term whole, or cut at the ends of calendar years where it is longer than a year."""
    if (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 <= LONG:
        return [(first, last)]
    begin, end = int(first[:4]), int(last[:4])
    return [
        (first if year == begin else f"{year}-01-01", last if year == end else f"{year}-12-31")
        for year in range(begin, end + 1)
    ]


# --- how it stands -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked of an activity in a year; dates ISO."""

    state: State = "planned"
    done_on: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an activity stands on a day.

    Attributes:
        shown: key of ``SHOWN_WORDS``.
        word: the state with its days: «просрочено на 5 дней».
        due_on: the date that counts: the new one where it was moved, whatever came after.
        days: late ones of what is late or was done late, else those that are left; None where it has no date.
        in_time: whether it was done within its term; None where it is not done or a date is unknown.
    """

    shown: Shown
    word: str
    due_on: str | None
    days: int | None = None
    in_time: bool | None = None


def standing(marked: Marked, due_on: str | None, begins: str | None, day: date) -> Standing:
    """Return how an activity stands.

    Args:
        marked: what a person said of it.
        due_on: last day of its terms in this plan year.
        begins: their first day.
        day: on which it is looked at.
    """
    due = marked.moved_to or due_on
    match marked.state:
        case "done" | "part":
            return _finished(marked, due)
        case "cancelled":
            return Standing("cancelled", STATE_WORDS["cancelled"], due)
        case "moved" if marked.moved_to is None:
            return Standing("moved", "перенесено, новый срок не назван", None)
    if due is None:
        shown: Shown = "running" if marked.state == "running" else "no_term"
        return Standing(shown, SHOWN_WORDS[shown], None)
    left = (date.fromisoformat(due) - day).days
    if left < 0:
        return Standing("late", f"просрочено на {count(-left, *DAYS)}", due, -left)
    if marked.state == "moved":
        return Standing("moved", f"перенесено на {ru_date(due)}", due, left)
    if left <= SOON:
        return Standing("soon", _soon(left), due, left)
    if marked.state == "running":
        return Standing("running", f"идёт, срок {ru_date(due)}", due, left)
    begun = begins is not None and begins <= day.isoformat()
    return Standing("planned", f"срок идёт, до {ru_date(due)}" if begun else "впереди", due, left)


def _finished(marked: Marked, due: str | None) -> Standing:
    shown: Shown = "done" if marked.state == "done" else "part"
    word = STATE_WORDS[marked.state]
    if marked.done_on is None or due is None:
        return Standing(shown, word, due)
    late = (date.fromisoformat(marked.done_on) - date.fromisoformat(due)).days
    if late <= 0:
        return Standing(shown, word, due, 0, True if shown == "done" else None)
    late_word = f"{word}, на {count(late, *DAYS)} позже срока"
    return Standing(shown, late_word, due, late, False if shown == "done" else None)


def _soon(left: int) -> str:
    if left == 0:
        return "срок сегодня"
    return "срок завтра" if left == 1 else f"осталось {count(left, *DAYS)}"
