"""«Исполнение»: what of a programme's plan is done, what is late and why, what it cost (004, §1.5).

Reading is here, marking in ``execution_marks``. An approved edition stays frozen; what happened stands beside it by the
activity's lineage and the plan year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app import school_years
from app.analysis.execution import (
    SHOWN_WORDS,
    STATE_WORDS,
    Marked,
    Occurrence,
    Shown,
    Span,
    Standing,
    State,
    occurrences,
    standing,
)
from app.analysis.programme_numbers import PlanGroup, numbers, plan_groups
from app.models import execution as stored
from app.models import programmes as stored_programmes
from app.models import registers as kept
from app.models.execution import TABLE, Execution, Key
from app.models.programme_records import Coverage, Programme, Tree
from app.models.registers import Attachment
from app.models.store import Connection
from app.operations import programmes

if TYPE_CHECKING:
    from app.operations.execution_marks import attach, mark, put_cells, put_reason, put_schools
from app.texts import ru_date

__all__ = [
    "PART_PASSED",
    "SHOWN_WORDS",
    "STATE_WORDS",
    "ExecutionLine",
    "ExecutionTable",
    "ExecutionTotals",
    "attach",
    "due",
    "in_force",
    "mark",
    "occurrences",
    "of_school",
    "programmes_of",
    "put_cells",
    "put_reason",
    "put_schools",
    "table",
    "totals_of",
    "troubles",
]

_MARKS = frozenset({"attach", "mark", "put_cells", "put_reason", "put_schools"})
DUE_DAYS = 14
PART_PASSED = "срок части прошёл"
_WAITING: tuple[Shown, ...] = ("late", "soon", "running", "planned", "moved")
"""States in which something is still to be done by a day."""
_BLAMED: tuple[Shown, ...] = ("late", "part", "moved", "cancelled")
"""States that ask for a reason."""


def __getattr__(name: str) -> Any:
    """Return what marks, loaded when it is asked for: the first page only reads."""
    if name in _MARKS:
        from app.operations import execution_marks

        return getattr(execution_marks, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """An activity in a plan year: what was planned, what happened, how it stands on the day.

    Attributes:
        group: heading of the plan: «Задача 1. …».
        term: as typed; ``spans``, ``date_from``: its dates that end in this year.
        due_on: the date that counts: the new one where it was moved.
        days: see ``analysis.execution.Standing``; ``in_time`` too.
        schools: those that took part; ``planned_schools`` those chosen in the plan (``coverage`` «chosen»).
        results: expected ones.
        serves: indicators (their nodes) it works for.
        planned_kopecks, spent_kopecks: of this plan year; None where nothing is said.
        drafts: column → (as typed, code) of entries that do not fit.
        place: where it stands in the plan.
        ongoing: it ends in a later plan year than the one that is shown.
        strayed: it was marked in a year in which this edition plans it no more.
        part_passed: when the last of its ended terms of this year ended, where another is still to end and nobody has
            marked anything: it asks for attention and is not late.
    """

    programme_id: int
    lineage: int
    node_id: int
    plan_year: int
    number: str
    depth: int
    text: str
    group: str
    group_key: tuple[str, int | None]
    term: str
    spans: tuple[Span, ...]
    date_from: str | None
    due_on: str | None
    state: State
    shown: Shown
    word: str
    days: int | None
    in_time: bool | None
    done_on: str | None
    moved_to: str | None
    product: str
    participants: int | None
    schools: tuple[int, ...]
    coverage: Coverage
    planned_schools: tuple[int, ...]
    responsible: tuple[str, ...]
    results: tuple[str, ...]
    serves: tuple[int, ...]
    reason: str
    remark: str
    planned_kopecks: int | None
    spent_kopecks: int | None
    files: tuple[Attachment, ...]
    drafts: Mapping[str, tuple[str, str]]
    row_id: int | None = None
    place: int = 0
    ongoing: bool = False
    strayed: bool = False
    part_passed: str | None = None

    @property
    def key(self) -> Key:
        """Of which activity and year."""
        return self.lineage, self.plan_year

    @property
    def named(self) -> str:
        """Number and text."""
        return f"{self.number}. {self.text}" if self.number else self.text

    @property
    def unexplained(self) -> bool:
        """It asks for a reason and has none."""
        return self.shown in _BLAMED and not self.reason


@dataclass(frozen=True, slots=True)
class ExecutionTotals:
    """Whole counts over lines.

    Attributes:
        by: how many of each ``shown``.
        due: those whose term has ended by the day, without cancelled ones and those moved to a later day.
        due_done: those of them that are done.
        in_time: done ones whose date is within the term; ``dated`` of so many that have both dates.
        unexplained: late, partly done, moved, cancelled ones without a reason.
        part_passed: one of whose terms has ended, another has not, and nothing is marked.
        participants, schools, files: sums over what was marked; ``participants`` None where nobody said.
    """

    total: int = 0
    by: Mapping[Shown, int] = field(default_factory=dict)
    due: int = 0
    due_done: int = 0
    in_time: int = 0
    dated: int = 0
    unexplained: int = 0
    part_passed: int = 0
    participants: int | None = None
    schools: int = 0
    files: int = 0
    planned_kopecks: int | None = None
    spent_kopecks: int | None = None

    def count(self, shown: Shown) -> int:
        """Return how many stand so."""
        return self.by.get(shown, 0)


@dataclass(frozen=True, slots=True)
class ExecutionTable:
    """The plan of a year, or (``year`` None) of all, on a day.

    Attributes:
        lines: in the order of the plan; what is watched in this year.
        ongoing: what lies in this year too, but ends in a later one: not counted in ``totals``.
        names: short names of the schools that lines speak of.
        groups: headings of the plan that have lines, in order.
        indicators: number of each indicator that a line serves.
        reasons: given so far in this file, the most frequent first.
    """

    programme: Programme
    year: int | None
    day: date
    lines: tuple[ExecutionLine, ...]
    ongoing: tuple[ExecutionLine, ...]
    totals: ExecutionTotals
    names: Mapping[int, str]
    groups: tuple[str, ...]
    indicators: Mapping[int, str]
    reasons: tuple[str, ...]

    @property
    def every(self) -> tuple[ExecutionLine, ...]:
        """All lines in the order of the plan, those that end in a later year too."""
        return tuple(sorted((*self.lines, *self.ongoing), key=lambda line: (line.place, line.plan_year)))


# --- a programme -------------------------------------------------------------------------------------------------


def table(connection: Connection, programme_id: int, year: int | None, day: date) -> ExecutionTable:
    """Return how the plan of a programme stands.

    Args:
        connection: reading connection.
        programme_id: an edition; what was marked under another edition of the same programme counts too.
        year: the plan year; None for all years.
        day: on which it is looked at.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = programmes.tree(connection, programme_id)
    lines, ongoing = _of_tree(connection, tree, year, day)
    known = numbers(tree)
    used = {key for line in (*lines, *ongoing) for key in (*line.schools, *line.planned_schools)}
    return ExecutionTable(
        tree.programme, year, day, lines, ongoing, totals_of(lines, day), stored.names(connection, used),
        tuple(dict.fromkeys(line.group for line in lines)),
        {key: known[key] for line in (*lines, *ongoing) for key in line.serves if key in known},
        tuple(stored.reasons(connection)),
    )  # fmt: skip


def _of_tree(
    connection: Connection, tree: Tree, year: int | None, day: date
) -> tuple[tuple[ExecutionLine, ...], tuple[ExecutionLine, ...]]:
    """Return the lines of a year and those that only begin in it."""
    facts = _facts(connection, tree)
    found = occurrences(tree, facts.years, year)
    later: list[Occurrence] = []
    if year is not None:
        here = {item.node_id for item in found}
        later = [
            item
            for item in occurrences(tree, facts.years)
            if item.plan_year > year and item.node_id not in here and (item.date_from or "9")[:4] <= str(year)
        ]
    lines = tuple(_line(tree, item, facts, day) for item in found)
    return lines, tuple(_line(tree, item, facts, day, ongoing=True) for item in later)


def _facts(connection: Connection, tree: Tree) -> _Facts:
    marked = stored.rows(connection, [node.lineage for node in tree.of_kind("activity")])
    years: dict[int, list[int]] = {}
    for row in marked.values():
        if row.told:
            years.setdefault(row.lineage, []).append(row.plan_year)
    order = [line.node.id for group in plan_groups(tree, numbers(tree)) for line in group.lines]
    keys = [row.id for row in marked.values()]
    return _Facts(
        {key: place for place, key in enumerate(order)}, marked, years, stored.schools(connection, keys),
        kept.attachments(connection, TABLE, keys), kept.drafts(connection, TABLE),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Facts:
    """Places in the plan by node, and what was marked (by activity and year, years by activity), read at once."""

    places: Mapping[int, int]
    rows: Mapping[Key, Execution]
    years: Mapping[int, list[int]]
    schools: Mapping[int, tuple[int, ...]]
    files: Mapping[int, list[Attachment]]
    drafts: Mapping[int, Mapping[str, tuple[str, str]]]


_NOTHING = Execution(0, 0, 0, "planned", *(None,) * 11)


def _line(tree: Tree, item: Occurrence, facts: _Facts, day: date, *, ongoing: bool = False) -> ExecutionLine:
    row = facts.rows.get((item.lineage, item.plan_year), _NOTHING)
    activity, node = tree.activities.get(item.node_id), tree.nodes[item.node_id]
    how: Standing = standing(
        Marked(row.state, row.done_on, row.moved_to), item.due_on, item.date_from, day
    )  # fmt: skip
    passed = _part_passed(item.spans, row, day)
    word = f"{PART_PASSED} {ru_date(passed)}" if passed and how.shown == "planned" else how.word
    return ExecutionLine(
        programme_id=tree.programme.id, lineage=item.lineage, node_id=item.node_id, plan_year=item.plan_year,
        number=item.number, depth=item.depth, text=" ".join(node.text.split()),
        group=group_words(tree.programme, item.group), group_key=(item.group.kind, item.group.key),
        term=((activity.term_text if activity else "") or "").strip(), spans=item.spans, date_from=item.date_from,
        due_on=how.due_on, state=row.state, shown=how.shown, word=word, days=how.days, in_time=how.in_time,
        done_on=row.done_on, moved_to=row.moved_to, product=row.product or "", participants=row.participants,
        schools=facts.schools.get(row.id, ()), coverage=activity.coverage if activity else "none",
        planned_schools=tree.schools.get(item.node_id, ()) if activity and activity.coverage == "chosen" else (),
        responsible=tuple(who.text for who in tree.responsible.get(item.node_id, ())),
        results=tuple(result.text for result in tree.results.get(item.node_id, ())),
        serves=tree.linked("serves", item.node_id), reason=row.reason or "", remark=row.remark or "",
        planned_kopecks=_planned(tree, item), spent_kopecks=row.spent_kopecks,
        files=tuple(facts.files.get(row.id, ())), drafts=_drafts(row, facts), row_id=row.id or None,
        place=facts.places.get(item.node_id, 0), ongoing=ongoing, strayed=item.strayed, part_passed=passed,
    )  # fmt: skip


def _part_passed(spans: tuple[Span, ...], row: Execution, day: date) -> str | None:
    ended = [last for _first, last in spans if last < day.isoformat()]
    return max(ended) if row.state == "planned" and 0 < len(ended) < len(spans) else None


def _drafts(row: Execution, facts: _Facts) -> dict[str, tuple[str, str]]:
    found = dict(facts.drafts.get(row.id, {}))
    if row.done_code is not None:
        found["done_on"] = (row.done_raw or "", row.done_code)
    if row.spent_code is not None:
        found["spent"] = (row.spent_raw or "", row.spent_code)
    return found


def _planned(tree: Tree, item: Occurrence) -> int | None:
    sums = [row.kopecks for row in tree.money.get(item.node_id, ())
            if row.plan_year == item.plan_year and row.kopecks is not None]  # fmt: skip
    return sum(sums) if sums else None


def group_words(programme: Programme, group: PlanGroup) -> str:
    """Return the heading of a group: «Задача 1. …», «Направление 2. …»."""
    if group.kind == "rest":
        return "Без задачи" if programme.building == "tasks" else "Без направления"
    word = "Задача" if group.kind == "task" else "Направление"
    return f"{word} {group.number}. {' '.join(group.title.split())}".rstrip(". ")


def totals_of(lines: Iterable[ExecutionLine], day: date) -> ExecutionTotals:
    """Return the counts over some lines."""
    found, today = list(lines), day.isoformat()
    due = [
        line for line in found
        if line.due_on is not None and line.due_on <= today and line.shown != "cancelled"
    ]  # fmt: skip
    dated = [line for line in found if line.in_time is not None]
    people = [line.participants for line in found if line.participants is not None]
    return ExecutionTotals(
        total=len(found),
        by=dict(Counter(line.shown for line in found)),
        due=len(due),
        due_done=sum(line.shown == "done" for line in due),
        in_time=sum(line.in_time is True for line in dated),
        dated=len(dated),
        unexplained=sum(line.unexplained for line in found),
        part_passed=sum(line.part_passed is not None for line in found),
        participants=sum(people) if people else None,
        schools=len({key for line in found for key in line.schools}),
        files=sum(len(line.files) for line in found),
        planned_kopecks=_sum(line.planned_kopecks for line in found),
        spent_kopecks=_sum(line.spent_kopecks for line in found),
    )


def troubles(connection: Connection, lines: Iterable[ExecutionLine]) -> dict[tuple[Key, str], str]:
    """Return (activity, column) → what is wrong with the entry that was kept as it was typed."""
    from app.operations.execution_marks import trouble

    return {
        (line.key, name): trouble(connection, name, raw, code)
        for line in lines for name, (raw, code) in line.drafts.items()
    }  # fmt: skip


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


# --- other places ------------------------------------------------------------------------------------------------


def in_force(connection: Connection, years: Collection[int]) -> list[Programme]:
    """Return one edition of each programme whose plan years meet these: the newest approved one, else the newest."""
    chosen: dict[int, Programme] = {}
    for programme in stored_programmes.programmes(connection):
        if set(years) & set(programme.years):
            known = chosen.get(programme.lineage)
            if known is None or (programme.frozen, programme.edition) > (known.frozen, known.edition):
                chosen[programme.lineage] = programme
    return list(chosen.values())


def programmes_of(connection: Connection, lineage: int) -> tuple[int, ...]:
    """Return the editions in which an activity stands, the newest first."""
    return stored.programmes_of(connection, lineage)


def due(connection: Connection, day: date, days: int = DUE_DAYS) -> tuple[ExecutionLine, ...]:
    """Return what is late or ends within some days, in all programmes in force, the most overdue first.

    A late activity is told of as long as its plan year or the next one lasts.
    """
    last = (day + timedelta(days=days)).isoformat()
    near = {day.year - 1, day.year, day.year + 1}
    found: list[ExecutionLine] = []
    for programme in in_force(connection, near):
        tree = programmes.tree(connection, programme.id)
        facts = _facts(connection, tree)
        for item in occurrences(tree, facts.years):
            row = facts.rows.get((item.lineage, item.plan_year), _NOTHING)
            how = standing(Marked(row.state, row.done_on, row.moved_to), item.due_on, item.date_from, day)
            if item.plan_year in near and how.due_on is not None and how.due_on <= last and how.shown in _WAITING:
                found.append(_line(tree, item, facts, day))
    return tuple(sorted(found, key=lambda line: (line.due_on or "", line.number)))


def of_school(
    connection: Connection, school_id: int, school_year: int, day: date, *, listed: bool = False
) -> tuple[ExecutionLine, ...]:
    """Return the activities of a school year that are meant for a school or in which it took part.

    Args:
        connection: reading connection.
        school_id: the school; records merged into it count.
        school_year: its first calendar year: terms from August to July.
        day: on which it is looked at.
        listed: the school is on the list: activities for «школы списка» are meant for it.
    """
    from app.models import organisations, registry
    from app.operations.programme_card import covers

    records = registry.family(connection, organisations.canonical(connection, school_id))
    first, last = school_years.iso_days_of(school_year)
    found: list[ExecutionLine] = []
    for programme in in_force(connection, {school_year, school_year + 1}):
        if programme.kind == "school" and programme.organisation_id not in records:
            continue
        tree = programmes.tree(connection, programme.id)
        lines, _none = _of_tree(connection, tree, None, day)
        found += [
            line for line in lines
            if first <= (line.due_on or line.done_on or f"{line.plan_year}-12-31") <= last
            and (covers(tree, line.node_id, records, listed=listed) or set(line.schools) & set(records))
        ]  # fmt: skip
    return tuple(found)
