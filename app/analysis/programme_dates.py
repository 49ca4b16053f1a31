"""The dates of a plan: activities in their order with their spans, what contradicts what, dates as words of a term.

What is wrong with a date is said by the checks of the programme themselves, so that the chart and the list of findings
never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.analysis import terms
from app.analysis.programme_checks import RULES, Given, activities
from app.analysis.programme_checks.look import Look
from app.analysis.programme_numbers import PlanGroup, numbers, plan_groups
from app.models.programme_records import Tree
from app.texts import DASH, NBSP, ru_date

Day = Literal["start", "end", "deadline"]
Span = tuple[date, date]
LONG_DAYS = 270
"""A span as long as this is «в течение года»: a thin bar."""
MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
          "декабрь")  # fmt: skip
DAY_WORDS: Mapping[Day, str] = {"start": "начало", "end": "окончание", "deadline": "срок"}
_MARK_WORDS = {
    "activity-outside": "вне срока программы",
    "dependency-earlier": "раньше того, после чего идёт",
    "dependency-cycle": "порядок по кругу",
    "activity-term-unread": "срок не понят",
}
DIFFERS = "text-differs"
UNDATED = "undated"
STATE_WORDS: Mapping[str, str] = {
    **_MARK_WORDS, DIFFERS: "текст и даты расходятся", UNDATED: "без срока",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMark:
    """What is wrong with the dates of an activity: key of ``STATE_WORDS``, ``grave`` for an error, the sentence."""

    key: str
    grave: bool
    reason: str

    @property
    def word(self) -> str:
        """A few words for a place that is narrow."""
        return STATE_WORDS[self.key]


@dataclass(frozen=True, slots=True)
class DateRow:
    """A heading of the plan (``node_id`` of a task, None of a direction) or one of its activities.

    Attributes:
        spans: first and last day; of a heading the one from its first to its last activity.
        term: the term as typed.
        after: activities this one comes after.
    """

    node_id: int | None
    heading: bool
    number: str
    text: str
    depth: int = 0
    spans: tuple[Span, ...] = ()
    term: str = ""
    marks: tuple[DateMark, ...] = ()
    after: tuple[int, ...] = ()

    def marked(self, key: str) -> bool:
        """Tell whether it has a mark."""
        return any(mark.key == key for mark in self.marks)

    @property
    def named(self) -> str:
        """Number and text."""
        return f"{self.number}. {self.text}" if self.number else self.text

    @property
    def dates(self) -> str:
        """The spans as a person reads them; «—» of none."""
        return "; ".join(span_text(span) for span in self.spans) or DASH

    @property
    def state(self) -> str:
        """What is wrong, in a few words; "" where nothing is."""
        return ", ".join(mark.word for mark in self.marks)


@dataclass(frozen=True, slots=True)
class DatePlan:
    """All rows of the plan in its order, with the limits of the programme."""

    limits: Span
    rows: tuple[DateRow, ...]

    def count(self, key: str) -> int:
        """Return how many activities have a mark."""
        return sum(row.marked(key) for row in self.rows)

    @property
    def activities(self) -> tuple[DateRow, ...]:
        """The activities alone."""
        return tuple(row for row in self.rows if not row.heading)

    @property
    def extent(self) -> Span:
        """From the first to the last day of anything."""
        spans = [self.limits, *(span for row in self.rows for span in row.spans)]
        return min(span[0] for span in spans), max(span[1] for span in spans)


@dataclass(frozen=True, slots=True)
class DateEvent:
    """Something of a day: an activity begins, ends, or has its deadline."""

    day: date
    kind: Day
    row: DateRow


def plan(tree: Tree, today: date) -> DatePlan:
    """Return the dates of a programme in the order of its plan."""
    limits = tuple(date.fromisoformat(day) for day in tree.programme.limits)
    marks = _marks(tree, today)
    rows: list[DateRow] = []
    for group in plan_groups(tree, numbers(tree)):
        lines = [_row(tree, line.node.id, line.number, line.depth, marks) for line in group.lines]
        rows += [_heading(group, lines), *lines]
    return DatePlan((limits[0], limits[1]), tuple(rows))


def _heading(group: PlanGroup, lines: Sequence[DateRow]) -> DateRow:
    spans = [span for line in lines for span in line.spans]
    whole = ((min(span[0] for span in spans), max(span[1] for span in spans)),) if spans else ()
    title = group.title or ("Без задачи" if group.kind == "task" else "Остальные мероприятия")
    return DateRow(group.key if group.kind == "task" else None, True, group.number, title, spans=whole)


def _row(tree: Tree, key: int, number: str, depth: int, marks: Mapping[int, Sequence[DateMark]]) -> DateRow:
    record = tree.activities.get(key)
    spans = tuple(
        (date.fromisoformat(term.date_from), date.fromisoformat(term.date_to)) for term in tree.terms.get(key, ())
    )
    term = (record.term_text or "").strip() if record is not None else ""
    own = list(marks.get(key, ()))
    if not spans:
        own.append(DateMark(UNDATED, grave=False, reason="Дат у мероприятия нет."))
    elif term and differs(tree, key):
        reason = f"В тексте: «{term}», даты: {'; '.join(span_text(span) for span in spans)}."
        own.append(DateMark(DIFFERS, grave=False, reason=reason))
    text = " ".join(tree.nodes[key].text.split())
    return DateRow(key, False, number, text, depth, spans, term, tuple(own), tree.linked("after", key))


def _marks(tree: Tree, today: date) -> dict[int, list[DateMark]]:
    look = Look(tree, Given(today))
    activities.check(look)
    found: dict[int, list[DateMark]] = {}
    for item in look.found:
        if item.rule in _MARK_WORDS and item.node_id is not None:
            grave = RULES[item.rule].level == "error"
            found.setdefault(item.node_id, []).append(DateMark(item.rule, grave, item.reason))
    return found


def differs(tree: Tree, key: int) -> bool:
    """Tell whether the dates of an activity were put by hand and its text says others."""
    rows, record = tree.terms.get(key, ()), tree.activities.get(key)
    if record is None or not record.term_text or not any(row.typed for row in rows):
        return False
    head = tree.programme
    said = terms.parse(record.term_text, year_from=head.year_from, year_to=head.year_to, limits=head.limits)
    return sorted(said.spans) != sorted((row.date_from, row.date_to) for row in rows)


def events(found: DatePlan, first: date, last: date) -> tuple[DateEvent, ...]:
    """Return what begins, ends or is due from one day to another, in the order of days."""
    made = [event for row in found.activities for event in _events(row) if first <= event.day <= last]
    return tuple(sorted(made, key=lambda event: event.day))


def _events(row: DateRow) -> Iterable[DateEvent]:
    for begin, end in row.spans:
        if begin == end:
            yield DateEvent(begin, "deadline", row)
        else:
            yield DateEvent(begin, "start", row)
            yield DateEvent(end, "end", row)


# --- dates as words ----------------------------------------------------------------------------------------------


def span_text(span: Span) -> str:
    """Return a span by its days: «01.03.2026–20.03.2026», one day alone."""
    first, last = span
    return ru_date(first) if first == last else f"{ru_date(first)}–{ru_date(last)}"


def term_of(spans: Sequence[Span]) -> str:
    """Return spans as the term of a plan words them, so that ``terms.parse`` reads the same dates back.

    Whole years and months are named («сентябрь 2026 – май 2027 года»), other spans are said by their days.
    """
    return "; ".join(_words(*span) for span in sorted(spans))


def _words(first: date, last: date) -> str:
    month_end = (last + timedelta(days=1)).day == 1
    if first.day != 1 or not month_end:
        return ru_date(first) if first == last else f"{ru_date(first)} – {ru_date(last)}"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}{NBSP}год" if first.year == last.year else f"{first.year}–{last.year}{NBSP}годы"
    begin, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}{NBSP}года"
    if first.year != last.year:
        return f"{begin} {first.year} – {end}"
    return end if first.month == last.month else f"{begin} – {end}"
