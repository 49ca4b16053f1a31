"""Professional associations: how each stands in a school year, and the card of one (002, Раздел 2; 004, §1.3).

What is written about them stands in ``bodies_writing``. A member belongs to a school year while the dates allow it; a
plan item is done by its own mark or by the meeting it became.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.errors import UserError
from app.models import organisations
from app.models import work_bodies as stored
from app.models.store import Connection
from app.operations import events
from app.school_years import iso_days_of, year_of
from app.texts import count, quoted, ru_date

Row = Mapping[str, Any]
Tone = Literal["ok", "warn", "bad", "none"]
PlanState = Literal["done", "late", "event", "open"]
HEADS = ("руковод", "председ", "chair")
SECRETARIES = ("секрет", "secretary")
PLAN_WORDS: Mapping[PlanState, str] = {
    "done": "сделано", "late": "просрочено", "event": "ждёт заседания", "open": "в работе",
}  # fmt: skip
PRACTICE_WORDS = {"proposed": "предложен", "accepted": "принят", "archived": "в архиве"}
MEETING_WORDS = {"planned": "запланировано", "held": "прошло", "moved": "перенесено", "cancelled": "отменено"}
FORM_KINDS = ("rmo", "mms")
"""Kinds of subjects of the forms by which an association is scored (002, Раздел 2)."""


@dataclass(frozen=True, slots=True)
class Member:
    """Who is in a body; ``school_id`` is canonical, ``over``: left it before the school year or the day."""

    id: int
    person_id: int
    name: str
    post: str
    role: str
    school_id: int | None
    school: str
    date_from: str | None
    date_to: str | None
    over: bool


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A line of the plan of a year; ``done_on`` is the day of the meeting that it became where a person wrote none."""

    id: int
    body_id: int
    text: str
    due_on: str | None
    responsible: str
    state: PlanState
    done_on: str | None
    result: str
    event_id: int | None
    event: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event of a body.

    Attributes:
        people: who came, as the event tells it: by school the number or the list; None where nobody wrote it.
        protocol: «№ 2 от 26.11.2026», "" where there is none; ``waiting``: points of it that are not done.
    """

    id: int
    body_id: int
    kind: str
    title: str
    day: str | None
    time: str
    state: str
    place: str
    people: int | None
    connections: int | None
    document_id: int | None
    protocol: str
    points: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Product:
    """What a body has made; ``adopted`` schools use it."""

    id: int
    title: str
    author: str
    school_year: int | None
    state: str
    adopted: int


@dataclass(frozen=True, slots=True)
class Score:
    """What one form says of a body; ``id`` is that of the case, ``points`` are None where nothing is scored."""

    id: int
    form: str
    round: str
    school_year: int
    state: str
    level: str
    points: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body as the list shows it, in a school year on a day.

    Attributes:
        heads, secretary: names by role; ``members`` are those who are in it.
        schools: canonical keys: of its members and of its own list, each once.
        plan, done, late: items of the year's plan.
        held, planned: its events of the year, cancelled ones left out.
        next_on, next_text: the nearest planned event.
        over: it works no more.
        tone, word: how it stands; never by colour alone.
    """

    id: int
    name: str
    kind: str
    subject: str
    topic: str
    heads: tuple[str, ...]
    secretary: str
    members: int
    schools: tuple[int, ...]
    school_names: tuple[str, ...]
    plan: int
    done: int
    late: int
    held: int
    planned: int
    next_on: str | None
    next_text: str
    products: int
    over: bool
    tone: Tone
    word: str


@dataclass(frozen=True, slots=True)
class BodyCard:
    """Everything about one body in a school year."""

    line: BodyLine
    school_year: int
    act: str
    date_from: str | None
    date_to: str | None
    base_id: int | None
    base: str
    link: str
    note: str
    members: tuple[Member, ...]
    plan: tuple[PlanItem, ...]
    meetings: tuple[Meeting, ...]
    products: tuple[Product, ...]
    scores: tuple[Score, ...] = ()
    own_schools: tuple[str, ...] = field(default=())


# --- reading -----------------------------------------------------------------------------------------------------


def listing(connection: Connection, school_year: int, day: date) -> tuple[BodyLine, ...]:
    """Return every body, those that work before those that do not, by name.

    Args:
        connection: reading connection.
        school_year: first calendar year.
        day: what counts as today.
    """
    names, merged = _names(connection), organisations.canonical_map(connection)
    first, last = iso_days_of(school_year)
    people = _by_body(stored.members(connection))
    schools = _by_body(stored.schools(connection))
    plans = _by_body(stored.plan(connection, school_year))
    held: dict[int, list[Meeting]] = {}
    for one in _meetings(connection, stored.meetings(connection, first, last)):
        held.setdefault(one.body_id, []).append(one)
    products = _by_body(stored.products(connection))
    found = [
        _line(
            row, [_member(one, names, merged, school_year, day) for one in people.get(row["id"], ())],
            _schools(schools.get(row["id"], ()), merged, school_year, day),
            [_item(one, day) for one in plans.get(row["id"], ())],
            held.get(row["id"], ()),
            len(products.get(row["id"], ())), names, _edge(school_year, day),
        )
        for row in stored.bodies(connection)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda line: (line.over, line.name.casefold(), line.id)))


def card(connection: Connection, body_id: int, school_year: int, day: date) -> BodyCard:
    """Return everything about one body.

    Raises:
        UserError: ``BODY_GONE``.
    """
    row = stored.body(connection, body_id)
    if row is None:
        raise UserError("BODY_GONE")
    names, merged = _names(connection), organisations.canonical_map(connection)
    members = tuple(
        _member(one, names, merged, school_year, day) for one in stored.members(connection, body_id)
    )  # fmt: skip
    own = _schools(stored.schools(connection, body_id), merged, school_year, day)
    plan = tuple(_item(one, day) for one in stored.plan(connection, school_year, body_id))
    meetings = _meetings(connection, stored.meetings(connection, *iso_days_of(school_year), body_id))
    products = tuple(_product(one) for one in stored.products(connection, body_id))
    line = _line(row, members, own, plan, meetings, len(products), names, _edge(school_year, day))
    base = merged.get(row["organisation_id"], row["organisation_id"])
    return BodyCard(
        line, school_year, row["act"] or "", row["date_from"], row["date_to"], base, names.get(base or 0, ""),
        row["link"] or "", row["note"] or "", tuple(sorted(members, key=_rank)), plan, meetings, products,
        scores(connection, body_id), tuple(names.get(key, "") for key in own),
    )  # fmt: skip


def members_on(connection: Connection, body_id: int, day: date) -> tuple[Member, ...]:
    """Return who is in a body on a day, the head first; who joins later or has left is not among them."""
    names, merged = _names(connection), organisations.canonical_map(connection)
    found = [_member(row, names, merged, year_of(day), day) for row in stored.members(connection, body_id)]
    inside = [one for one in found if not one.over and (one.date_from or "") <= day.isoformat()]
    return tuple(sorted(inside, key=_rank))


def scores(connection: Connection, body_id: int) -> tuple[Score, ...]:
    """Return what the scored forms of 002 say of a body, the newest school year first."""
    subjects = stored.subjects(connection, body_id)
    if not subjects:
        return ()
    from app.models import forms
    from app.operations import form_lines  # judges answers by the definitions

    rounds = {one.id: one for one in forms.rounds(connection)}
    asked = {case.round_id for case in forms.cases(connection, subjects=subjects)}
    wanted = [rounds[key] for key in rounds if key in asked]
    known = form_lines.lines(connection, wanted, subjects=subjects)
    found = [
        Score(line.case.id, item.form_id, item.title, item.school_year, line.words,
              line.level.text if line.level is not None else "", line.points, line.most)
        for item in wanted for line in known.get(item.id, ())
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.school_year, one.round, one.id)))


def meetings(connection: Connection, school_year: int, body_id: int | None = None) -> tuple[Meeting, ...]:
    """Return events of bodies in a school year: of one body, or of all."""
    return _meetings(connection, stored.meetings(connection, *iso_days_of(school_year), body_id))


def plan(connection: Connection, school_year: int, day: date, body_id: int | None = None) -> tuple[PlanItem, ...]:
    """Return items of the plans of a school year: of one body, or of all."""
    return tuple(_item(one, day) for one in stored.plan(connection, school_year, body_id))


def of_school(connection: Connection, school_id: int, school_year: int, day: date) -> tuple[BodyLine, ...]:
    """Return the bodies that work and in which a school takes part."""
    return tuple(
        line for line in listing(connection, school_year, day) if school_id in line.schools and not line.over
    )  # fmt: skip


# --- rows into what they mean --------------------------------------------------------------------------------------


def _names(connection: Connection) -> dict[int, str]:
    return {item.id: item.shown for item in organisations.listing(connection, own=None, kind=None)}


def _by_body(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["body_id"], []).append(row)
    return found


def _edge(school_year: int, day: date) -> str:
    """Return the day by which somebody belongs to a year: today, or its last day where the year is over."""
    first, last = iso_days_of(school_year)
    return min(max(day.isoformat(), first), last)


def _is_over(row: Row, edge: str) -> bool:
    return bool(row["date_to"]) and row["date_to"] < edge


def _member(
    row: Row, names: Mapping[int, str], merged: Mapping[int, int], school_year: int, day: date
) -> Member:  # fmt: skip
    school = merged.get(row["organisation_id"], row["organisation_id"])
    return Member(
        row["id"], row["person_id"], row["name"], row["position"] or "", row["role"], school,
        names.get(school or 0, ""), row["date_from"], row["date_to"], _is_over(row, _edge(school_year, day)),
    )  # fmt: skip


def _schools(rows: Iterable[Row], merged: Mapping[int, int], school_year: int, day: date) -> tuple[int, ...]:
    edge = _edge(school_year, day)
    found = [
        merged.get(row["organisation_id"], row["organisation_id"])
        for row in rows
        if row["organisation_id"] is not None and not _is_over(row, edge)
    ]
    return tuple(dict.fromkeys(found))


def _item(row: Row, day: date) -> PlanItem:
    held = row["event_state"] == "held"
    done = row["done_on"] or (row["event_day"] if held else None)
    state: PlanState = "open"
    if done or held:
        state = "done"
    elif row["due_on"] and row["due_on"] < day.isoformat():
        state = "late"
    elif row["event_id"] is not None and row["event_state"] != "cancelled":
        state = "event"
    return PlanItem(
        row["id"], row["body_id"], row["text"] or "", row["due_on"], row["responsible"] or "", state, done,
        row["result"] or "", row["event_id"], row["event"] or "",
    )  # fmt: skip


def _meetings(connection: Connection, rows: Iterable[Row]) -> tuple[Meeting, ...]:
    """Return meetings with the number of people that their events tell: school by school, not number or list at all."""
    found = list(rows)
    came: dict[int, int] = {}
    for one in events.attendance_of(connection, [row["id"] for row in found]):
        if one.people is not None:
            came[one.occasion] = came.get(one.occasion, 0) + one.people
    return tuple(_meeting(row, came.get(row["id"])) for row in found)


def _meeting(row: Row, came: int | None) -> Meeting:
    number = f"№\u00a0{row['number']}" if row["number"] else "без номера"
    dated = f" от\u00a0{ru_date(row['dated'])}" if row["dated"] else ""
    return Meeting(
        row["id"], row["body_id"], row["kind"], row["title"] or row["topic"] or "", row["date_from"],
        row["time_from"] or "", row["state"], row["place"] or "", came, row["connections"],
        row["document_id"], f"{number}{dated}" if row["document_id"] is not None else "", row["points"],
        row["waiting"],
    )  # fmt: skip


def _product(row: Row) -> Product:
    return Product(
        row["id"], row["title"] or "", row["author"] or "", row["school_year"],
        PRACTICE_WORDS.get(row["state"]) or str(row["state"]), row["adopted"],
    )  # fmt: skip


def is_head(role: str) -> bool:
    """Tell whether a role is that of the head; a deputy is none."""
    return role.strip().casefold().startswith(HEADS)


def is_secretary(role: str) -> bool:
    """Tell whether a role is that of the secretary."""
    return role.strip().casefold().startswith(SECRETARIES)


def _rank(member: Member) -> tuple[bool, int, str, int]:
    """Return the order of a list of members: the head, deputies, the secretary, everybody else by name."""
    role = member.role.strip().casefold()
    place = 0 if is_head(role) else 1 if role.startswith("зам") else 2 if is_secretary(role) else 3
    return member.over, place, member.name, member.id


def _line(
    row: Row, members: Iterable[Member], own: tuple[int, ...], plan: Iterable[PlanItem], events: Iterable[Meeting],
    products: int, names: Mapping[int, str], edge: str,
) -> BodyLine:  # fmt: skip
    now = [one for one in members if not one.over]
    items, held = list(plan), [one for one in events if one.state != "cancelled"]
    coming = [one for one in held if one.state != "held"]
    dated = sorted((one for one in coming if one.day and one.day >= edge), key=lambda one: (one.day or "", one.time))
    schools = tuple(key for key in names if key in {*own, *(one.school_id for one in now if one.school_id)})
    heads = tuple(one.name for one in now if is_head(one.role))
    over = bool(row["date_to"]) and row["date_to"] < edge
    done, late = (sum(one.state == word for one in items) for word in ("done", "late"))
    missed = sum(1 for one in coming if one.day and one.day < edge)
    tone, word = _state(over, heads, items, late, missed, done)
    return BodyLine(
        row["id"], row["name"], row["kind"], row["subject"] or "", row["topic"] or "", heads,
        next((one.name for one in now if is_secretary(one.role)), ""), len({one.person_id for one in now}), schools,
        tuple(names[key] for key in schools), len(items), done, late, len(held) - len(coming), len(coming),
        dated[0].day if dated else None, dated[0].title if dated else "", products, over, tone, word,
    )  # fmt: skip


def _state(
    over: bool, heads: tuple[str, ...], items: list[PlanItem], late: int, missed: int, done: int
) -> tuple[Tone, str]:  # fmt: skip
    """Return tone and word: the worst thing first, it is what has to be done next."""
    if over:
        return "none", "работа завершена"
    if late:
        return "bad", f"просрочено {late}"
    if missed:
        return "warn", "итог не вписан"
    if not heads:
        return "warn", "нет руководителя"
    if not items:
        return "warn", "нет плана"
    return ("ok", "план выполнен") if done == len(items) else ("ok", "по плану")


# --- words -------------------------------------------------------------------------------------------------------


def sentence(lines: Iterable[BodyLine]) -> str:
    """Say how the bodies of a school year stand in one sentence."""
    working = [line for line in lines if not line.over]
    if not working:
        return "Объединений пока нет"
    parts = [count(len(working), "объединение", "объединения", "объединений")]
    schools = {key for line in working for key in line.schools}
    parts.append(f"в\u00a0них {count(len(schools), 'школа', 'школы', 'школ')}")
    held = sum(line.held for line in working)
    parts.append(f"прошло {count(held, 'заседание', 'заседания', 'заседаний')}")
    late = sum(line.late for line in working)
    if late:
        parts.append(f"просрочено пунктов плана {late}")
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next: key of the step, one sentence why, the row that it is about; empty where nothing is urgent.

    Steps: members, head, result, protocol, plan, late, meeting, control.
    """

    step: str = ""
    text: str = ""
    row: int | None = None


def advice(found: BodyCard, day: date) -> Advice:
    """Return what to do next with a body and why."""
    line = found.line
    if line.over:
        return Advice()
    if not line.members:
        return Advice("members", "В составе никого нет. Впишите руководителя и участников.")
    if not line.heads:
        return Advice("head", "Руководитель не назван. Впишите его роль в составе.")
    return _of_meetings(found, day) or _of_plan(found) or _of_decisions(found) or Advice()


def _of_meetings(found: BodyCard, day: date) -> Advice | None:
    today = day.isoformat()
    for one in found.meetings:
        if one.state in {"planned", "moved"} and (one.day or today) < today:
            told = f"Заседание {ru_date(one.day or '')} прошло? Впишите, кто был и чем кончилось."
            return Advice("result", told, one.id)
    for one in found.meetings:
        if one.state == "held" and one.document_id is None and one.kind == "meeting":
            when = f" {ru_date(one.day)}" if one.day else ""
            return Advice("protocol", f"У заседания{when} нет протокола. Его можно сделать из повестки.", one.id)
    return None


def _of_plan(found: BodyCard) -> Advice | None:
    line = found.line
    if not found.plan:
        return Advice("plan", "Плана на год нет. Впишите его или скопируйте прошлогодний.")
    late = next((one for one in found.plan if one.state == "late"), None)
    if late is not None:
        told = f"Просрочен пункт плана {quoted(late.text)}, срок {ru_date(late.due_on or '')}."
        return Advice("late", told, late.id)
    if not line.planned and line.done < line.plan:
        return Advice("meeting", "Следующее заседание не назначено. Назначьте его из пункта плана.")
    return None


def _of_decisions(found: BodyCard) -> Advice | None:
    waiting = sum(one.waiting for one in found.meetings)
    if not waiting:
        return None
    told = count(waiting, "решение ещё не исполнено", "решения ещё не исполнены", "решений ещё не исполнены")
    return Advice("control", f"По протоколам {told}.")
