"""The route of a school in three stages of 002: анализ → сопровождение → контроль. One board of schools by stage.

The stage is never typed: it follows from the steps that were held (``route_stages``); what the file already knows of
a step is offered, not demanded again. A late step of a stage that is over is «пропущено»: it is late no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from app.errors import UserError
from app.models import organisations, results, settings
from app.models.organisations import School
from app.models.registers import people
from app.models.store import Connection, Store
from app.operations import identification, registers
from app.operations.register_catalogue import STEP_WORDS
from app.operations.route_stages import (
    STAGE_WORDS,
    Stage,
    StageKey,
    Step,
    catalogue,
    day_of,
    passed,
    stage_after,
)
from app.texts import NBSP, count, quoted, ru_date, school_year

__all__ = ["STAGE_WORDS", "Stage", "StageKey", "Step", "catalogue", "day_of"]

StepState = Literal["done", "missed", "late", "soon", "planned", "undated"]
STATE_WORDS: dict[StepState, str] = {
    "done": "сделано", "missed": "пропущено", "late": "просрочено", "soon": "скоро", "planned": "запланировано",
    "undated": "без даты",
}  # fmt: skip
SOON = 14
"""Days before a date when it is «скоро»."""
_STEPS = ("шаг", "шага", "шагов")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of one school.

    Attributes:
        days: until the planned day; below nought: how many days it is late; None of what is done or
            missed, or has no day.
        record: the record the step was written to: another than ``school_id`` where that was merged into it.
    """

    id: int
    school_id: int
    step: str
    title: str
    stage: StageKey
    planned_on: str | None
    held_on: str | None
    outcome: str
    decision: str
    next_on: str | None
    responsible: str
    state: StepState
    days: int | None
    record: int = 0

    @property
    def word(self) -> str:
        """«сделано 12.10.2026», «просрочено на 5 дней», «до 15.11.2026»."""
        if self.held_on:
            return f"сделано {ru_date(self.held_on)}"
        if self.state == "missed":
            return STATE_WORDS["missed"]
        if self.planned_on is None or self.days is None:
            return STATE_WORDS["undated"]
        if self.state == "late":
            return f"просрочено на{NBSP}{count(-self.days, 'день', 'дня', 'дней')}"
        return f"до{NBSP}{ru_date(self.planned_on)}"


@dataclass(frozen=True, slots=True)
class Event:
    """What comes next for a school: a step, a meeting agreed, a point of a decision."""

    school_id: int
    day: str
    text: str
    late: bool
    kind: Literal["step", "meeting", "point"]
    key: int


@dataclass(frozen=True, slots=True)
class SchoolRoute:
    """The route of one school in a school year.

    Attributes:
        listed: the school is on the list of the file's rule.
        steps: by planned day, then by the day they were held.
        events: what is still to come or late, the earliest first.
        curator: who is appointed so now; "" where nobody.
    """

    school: School
    listed: bool
    stage: StageKey
    steps: tuple[StepLine, ...]
    events: tuple[Event, ...]
    curator: str = ""

    @property
    def last(self) -> StepLine | None:
        """The step that was held last."""
        held = [step for step in self.steps if step.held_on]
        return max(held, key=lambda step: (step.held_on or "", step.id)) if held else None

    @property
    def next(self) -> Event | None:
        """What comes next, late things first."""
        return self.events[0] if self.events else None

    @property
    def late(self) -> int:
        """How many things are late."""
        return sum(event.late for event in self.events)

    @property
    def decision(self) -> str:
        """What was decided last, "" where nothing was."""
        held = [step for step in self.steps if step.decision and step.held_on]
        return max(held, key=lambda step: step.held_on or "").decision if held else ""


@dataclass(frozen=True, slots=True)
class Board:
    """Schools of a school year by stage."""

    school_year: int
    day: date
    routes: tuple[SchoolRoute, ...]

    def of_stage(self, stage: StageKey) -> tuple[SchoolRoute, ...]:
        """Return the schools of a column, those with something late first."""
        found = [route for route in self.routes if route.stage == stage]
        return tuple(sorted(found, key=lambda route: (not route.late, _first_day(route), route.school.shown)))

    def route(self, school_id: int) -> SchoolRoute | None:
        """Return the route of a school."""
        return next((route for route in self.routes if route.school.id == school_id), None)

    @property
    def sentence(self) -> str:
        """The state in one sentence."""
        if not self.routes:
            return f"{school_year(self.school_year)}: школ на маршруте нет"
        parts = [f"{school_year(self.school_year)}: {count(len(self.routes), 'школа', 'школы', 'школ')}"]
        for stage, word in (("none", "не начали"), ("analysis", "анализ"), ("support", "сопровождение"),
                            ("control", "контроль"), ("passed", "прошли")):  # fmt: skip
            number = sum(route.stage == stage for route in self.routes)
            if number:
                parts.append(f"{word} {number}")
        late = sum(bool(route.late) for route in self.routes)
        if late:
            parts.append(f"просрочено у{NBSP}{count(late, 'школы', 'школ', 'школ')}")
        return " · ".join(parts)


def _first_day(route: SchoolRoute) -> str:
    return route.events[0].day if route.events else "9"


# --- what there is -------------------------------------------------------------------------------------------------


def stage_of(steps: Iterable[StepLine]) -> StageKey:
    """Return the stage that follows from steps.

    «none» where there is no step at all; a stage is left when its closing step was held; a step held in a later stage
    counts as well: schools skip paper steps, and the board shows where they are.
    """
    found = list(steps)
    return stage_after(step.step for step in found if step.held_on) if found else "none"


def of_year(connection: Connection, year: int, day: date) -> dict[int, list[StepLine]]:
    """Return canonical school → its steps of a school year, as they follow in time."""
    merged = organisations.canonical_map(connection)
    found: dict[int, list[StepLine]] = {}
    for row in registers.rows(connection, "route", school_year=year):
        line = _line(row, merged, day)
        found.setdefault(line.school_id, []).append(line)
    for key, steps in found.items():
        stage = stage_of(steps)
        told = (_missed(step) if step.state == "late" and passed(step.stage, stage) else step for step in steps)
        found[key] = sorted(told, key=_in_time)
    return found


def _line(row: Mapping[str, Any], merged: Mapping[int, int], day: date) -> StepLine:
    _stages, known = catalogue()
    step = known.get(row["step"], known["other"])
    days = None
    if row["planned_on"] and not row["held_on"]:
        days = (date.fromisoformat(row["planned_on"]) - day).days
    school = merged.get(row["organisation_id"], row["organisation_id"])
    return StepLine(
        row["id"], school, step.id, STEP_WORDS[step.id], step.stage, row["planned_on"], row["held_on"],
        row["outcome"] or "", row["decision"] or "", row["next_on"], row["responsible"] or "",
        _state(row["held_on"], days), days, row["organisation_id"],
    )  # fmt: skip


def _in_time(step: StepLine) -> tuple[str, str, int]:
    return step.planned_on or step.held_on or "9", step.held_on or "9", step.id


def _missed(step: StepLine) -> StepLine:
    """Return a late step of a stage that is over: nobody waits for it any more."""
    return replace(step, state="missed", days=None)


def _state(held_on: str | None, days: int | None) -> StepState:
    if held_on:
        return "done"
    if days is None:
        return "undated"
    return "late" if days < 0 else "soon" if days <= SOON else "planned"


def board(connection: Connection, year: int, day: date) -> Board:
    """Return the schools of a school year by stage: those on the list of the file's rule, and those that have steps.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        day: what counts as today.
    """
    steps = of_year(connection, year, day)
    listed = listed_schools(connection, year)
    schools = {school.id: school for school in organisations.listing(connection, own=None)}
    points = open_points(connection)
    curators = {int(row["organisation_id"]): row for row in _curators(connection)}
    names = people(connection)
    routes = []
    for key, school in schools.items():
        if key not in steps and key not in listed:
            continue
        own = tuple(steps.get(key, ()))
        curator = curators.get(key)
        routes.append(
            SchoolRoute(
                school, key in listed, stage_of(own), own, events(own, points.get(key, ()), day, key),
                "" if curator is None else names.get(curator["person_id"], ""),
            )
        )  # fmt: skip
    return Board(year, day, tuple(routes))


def listed_schools(connection: Connection, year: int) -> frozenset[int]:
    """Return the schools on the list that belongs to a school year: the latest results not after it."""
    known = [one for one in results.years(connection) if one <= year + 1]
    if not known:
        return frozenset()
    try:
        found = identification.school_list(connection, settings.get(connection, "rule"), max(known), with_change=False)
    except UserError as error:
        if error.code != "RULE_NOT_FOUND":
            raise
        return frozenset()
    return frozenset(organisations.canonical(connection, row.school_id) for row in found.rows if row.listed)


def _curators(connection: Connection) -> list[dict[str, Any]]:
    """Return the appointments of curators that have not ended."""
    return [
        row
        for row in registers.rows(connection, "supporters")
        if "куратор" in (row["role"] or "").casefold() and not row["date_to"]
    ]


def open_points(connection: Connection) -> dict[int, list[Event]]:
    """Return canonical school → points of decisions that are not done and have a term."""
    found: dict[int, list[Event]] = {}
    for row in registers.rows(connection, "points"):
        if row["organisation_id"] and row["due_on"] and row["state"] in {"open", "running", "part"}:
            text = f"пункт решения: {row['text'] or 'без текста'}"
            event = Event(row["organisation_id"], row["due_on"], text, False, "point", row["id"])
            found.setdefault(row["organisation_id"], []).append(event)
    return found


def events(steps: Sequence[StepLine], points: Iterable[Event], day: date, school_id: int) -> tuple[Event, ...]:
    """Return what is late or still to come: planned steps, meetings agreed on, points of decisions.

    A meeting that was agreed on is over when a later step was held on its day or after.
    """
    today = day.isoformat()
    found = [
        Event(school_id, step.planned_on, step.title, step.planned_on < today, "step", step.id)
        for step in steps
        if step.planned_on and not step.held_on and step.state != "missed"
    ]
    held = [step.held_on for step in steps if step.held_on]
    planned = {step.planned_on for step in steps if not step.held_on}
    found += [
        Event(school_id, step.next_on, "следующая встреча", step.next_on < today, "meeting", step.id)
        for step in steps
        if step.next_on and step.next_on not in planned and not any(at >= step.next_on for at in held)
    ]
    found += [Event(school_id, one.day, one.text, one.day < today, one.kind, one.key) for one in points]
    return tuple(sorted(found, key=lambda event: (event.day, event.text)))


def of_school(connection: Connection, school_id: int, year: int, day: date) -> SchoolRoute:
    """Return the route of one school, also of one that has none yet.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    key = organisations.canonical(connection, school_id)
    school = organisations.get(connection, key)
    if school is None:
        raise UserError("GEN_NO_SCHOOL", query=school_id)
    found = board(connection, year, day).route(key)
    return found or SchoolRoute(school, False, "none", (), events((), open_points(connection).get(key, ()), day, key))


def due(connection: Connection, year: int, day: date, days: int = SOON) -> tuple[tuple[School, Event], ...]:
    """Return steps and meetings of the year that are late or come within some days, for the first page.

    Points of decisions are not among them: they have their own control.
    """
    last = (day + timedelta(days=days)).isoformat()
    schools = {school.id: school for school in organisations.listing(connection, own=None)}
    found = [
        (schools[key], event)
        for key, steps in of_year(connection, year, day).items()
        if key in schools
        for event in events(steps, (), day, key)
        if event.day <= last
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].day, pair[0].shown)))


# --- changing --------------------------------------------------------------------------------------------------------


def begin(store: Store, year: int, school_ids: Collection[int]) -> int:
    """Give schools that have no steps yet the ordinary plan of the year: one operation, every day can be changed.

    Returns:
        How many schools got a plan; those that have steps are left alone.
    """
    known = of_year(store.connection, year, date(year, 1, 1))
    keys = list(dict.fromkeys(organisations.canonical(store.connection, key) for key in school_ids))
    fresh = [key for key in keys if key not in known]
    if not fresh:
        return 0
    _stages, steps = catalogue()
    label = f"Маршрут, {school_year(year)}: начат у {count(len(fresh), 'школы', 'школ', 'школ')}"
    with store.operation(label, "route.begin") as operation:
        for key in fresh:
            for step in steps.values():
                if step.due:
                    operation.insert(
                        "route_step", school_year=year, organisation_id=key, step=step.id,
                        planned_on=day_of(step, year),
                    )  # fmt: skip
    return len(fresh)


def hold(store: Store, steps: Collection[int], held_on: str, outcome: str = "") -> int:
    """Mark steps as done on a day as one operation; returns how many were not done before.

    Args:
        store: the open file.
        steps: keys of steps, of one school or of many.
        held_on: the day, ISO.
        outcome: what came out, where it is the same for all.
    """
    wanted = set(steps)
    rows = [row for row in registers.rows(store.connection, "route") if row["id"] in wanted and not row["held_on"]]
    if not rows:
        return 0
    title = STEP_WORDS.get(rows[0]["step"], rows[0]["step"])
    what = quoted(title) if len(rows) == 1 else count(len(rows), *_STEPS)
    with store.operation(f"Маршрут: отмечено, {what}", "route.hold") as operation:
        for row in rows:
            values: dict[str, Any] = {"held_on": held_on}
            if outcome and not row["outcome"]:
                values["outcome"] = outcome
            registers.write_in(operation, "route_step", row, values)
    return len(rows)
