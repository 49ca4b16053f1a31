"""Decisions under control: document → point → responsible → due → done or why not (004, §1.5).

Documents, agenda and points are filled as registers («documents», «agenda», «points»); here is what is asked about
them and what is done to many points at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.analysis.decision_terms import ORDER, WAITING, Shown, standing
from app.errors import UserError
from app.models import decisions as stored
from app.models import organisations, people
from app.models import registers as tables
from app.models.store import Connection, Store
from app.operations import registers
from app.operations.register_catalogue import DOCUMENT_WORDS, POINT_WORDS
from app.texts import NBSP, count, ru_date

POINT = ("пункт", "пункта", "пунктов")
SHOWN_WORDS: dict[Shown, str] = {
    "late": "просрочено",
    "soon": "скоро срок",
    "part": "частично",
    "running": "выполняется",
    "open": "не начато",
    "no_term": "без срока",
    "not_done": "не выполнено",
    "done": "выполнено",
    "withdrawn": "снято",
}


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One point of a decision as it stands on a day.

    Attributes:
        document: «протокол № 3 от 12.10.2026»; ``title``: what it is about.
        label: number of the point as typed, else by its place: «2.1» is the first under the second question.
        school: short name of the school the point is about; "" where it is about none.
        shown: its state on that day, ``word`` the same for a person, ``days`` see ``decision_terms.Standing``.
        in_time: of what is finished, whether by its day; None where that can't be said.
        activity: text of the programme's activity it is tied to.
        topic: the question of the agenda it was decided under.
        files: how many files and links it has.
    """

    id: int
    document_id: int
    document: str
    kind: str
    number: str | None
    dated: str | None
    title: str
    school_year: int
    label: str
    text: str
    responsible: str
    organisation_id: int | None
    school: str
    due_on: str | None
    state: str
    shown: Shown
    word: str
    days: int | None
    in_time: bool | None
    done_on: str | None
    result: str
    reason: str
    activity_lineage: int | None
    activity: str
    agenda_id: int | None
    topic: str
    files: int

    @property
    def place(self) -> str:
        """«протокол № 3, п. 2.1»: the document without its date."""
        return f"{self.document.partition(f' от{NBSP}')[0]}, п.{NBSP}{self.label}"

    @property
    def waits(self) -> bool:
        """Something is still to be done."""
        return self.shown in WAITING


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """How many points there are, by state.

    Attributes:
        in_time: done by their day; done_late: done after it.
        unexplained: not done and nobody said why.
    """

    points: int
    done: int
    in_time: int
    done_late: int
    late: int
    soon: int
    waiting: int
    not_done: int
    unexplained: int
    withdrawn: int


# --- reading -----------------------------------------------------------------------------------------------------


def control(
    connection: Connection,
    day: date,
    *,
    school_year: int | None = None,
    school_id: int | None = None,
    document_id: int | None = None,
) -> tuple[ControlLine, ...]:
    """Return points of decisions, the most urgent first.

    Args:
        connection: reading connection.
        day: today.
        school_year: first calendar year; None: of all years.
        school_id: only those about this school (a merged record means its canonical one).
        document_id: only those of one document.
    """
    found = stored.points(connection, school_year, document_id)
    names = {school.id: school.shown for school in organisations.listing(connection, own=None)} if found else {}
    merged = organisations.canonical_map(connection) if found else {}
    activities = stored.activities(connection) if any(row["activity_lineage"] for row in found) else {}
    labels = _labels(found)
    lines = [_line(row, labels[row["id"]], day, names, merged, activities) for row in found]
    if school_id is not None:
        wanted = organisations.canonical(connection, school_id)
        lines = [line for line in lines if line.organisation_id == wanted]
    return tuple(sorted(lines, key=_urgency))


def _urgency(line: ControlLine) -> tuple[int, str, str, int]:
    return ORDER.index(line.shown), line.due_on or "9999", line.dated or "9999", line.id


def _labels(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return point → its number: as typed, else «2.1» under the second question, else its place in the document."""
    found: dict[int, str] = {}
    passed: dict[tuple[int, int | None], int] = {}
    for row in rows:
        place = row["document_id"], row["agenda_id"]
        passed[place] = passed.get(place, 0) + 1
        under = "" if row["agenda_id"] is None else f"{row['agenda_position'] + 1}."
        found[row["id"]] = row["label"] or f"{under}{passed[place]}"
    return found


def _line(
    row: Mapping[str, Any], label: str, day: date, names: Mapping[int, str], merged: Mapping[int, int],
    activities: Mapping[int, str],
) -> ControlLine:  # fmt: skip
    how = standing(row["state"], row["due_on"], row["done_on"], day, reason=row["reason"])
    school = row["organisation_id"]
    school = merged.get(school, school)
    return ControlLine(
        id=row["id"], document_id=row["document_id"], document=document_name(row), kind=row["kind"],
        number=row["number"], dated=row["dated"], title=row["title"] or "", school_year=row["school_year"],
        label=label, text=row["text"] or "", responsible=row["responsible"] or "",
        organisation_id=school, school=names.get(school, "") if school is not None else "",
        due_on=row["due_on"], state=row["state"], shown=how.shown, word=how.word, days=how.days, in_time=how.in_time,
        done_on=row["done_on"], result=row["result"] or "", reason=row["reason"] or "",
        activity_lineage=row["activity_lineage"], activity=activities.get(row["activity_lineage"] or 0, ""),
        agenda_id=row["agenda_id"], topic=row["topic"] or "", files=row["files"],
    )  # fmt: skip


def document_name(row: Mapping[str, Any]) -> str:
    """Return «протокол № 3 от 12.10.2026» of a stored document (or of a point with its document)."""
    name = DOCUMENT_WORDS.get(row["kind"], "документ")
    name = "документ" if row["kind"] == "other" else name
    if row["number"]:
        name += f" №{NBSP}{row['number']}"
    return f"{name} от{NBSP}{ru_date(row['dated'])}" if row["dated"] else name


def totals(lines: Iterable[ControlLine]) -> ControlTotals:
    """Count points by state."""
    found = list(lines)

    def number(*shown: Shown) -> int:
        return sum(line.shown in shown for line in found)

    return ControlTotals(
        points=len(found), done=number("done"),
        in_time=sum(line.shown == "done" and line.in_time is True for line in found),
        done_late=sum(line.shown == "done" and line.in_time is False for line in found),
        late=number("late"), soon=number("soon"), waiting=sum(line.waits for line in found),
        not_done=number("not_done"),
        unexplained=sum(line.shown == "not_done" and not line.reason for line in found),
        withdrawn=number("withdrawn"),
    )  # fmt: skip


def document(connection: Connection, key: int) -> dict[str, Any]:
    """Return one stored document.

    Raises:
        UserError: ``MON_DEC_NO_DOCUMENT``.
    """
    found = tables.row(connection, "decision_document", key)
    if found is None:
        raise UserError("MON_DEC_NO_DOCUMENT")
    return found


def documents(connection: Connection, school_year: int | None = None) -> list[tuple[int, str]]:
    """Return (key, name with its title) of the documents of a school year, or of all."""
    return [
        (row["id"], " · ".join(part for part in (document_name(row), row["title"]) if part))
        for row in stored.documents(connection, school_year)
    ]


def year_of(connection: Connection, point_id: int) -> int | None:
    """Return the school year of a point, None where it is gone."""
    found = stored.some_points(connection, [point_id])
    return int(found[0]["school_year"]) if found else None


def of_activity(connection: Connection, lineage: int, day: date) -> tuple[ControlLine, ...]:
    """Return the points tied to an activity of a programme, of all years, the most urgent first."""
    return tuple(line for line in control(connection, day) if line.activity_lineage == lineage)


@dataclass(frozen=True, slots=True)
class FindableDocument:
    """A document that the search of the window offers: key, school year, what it is about, its name."""

    id: int
    school_year: int
    text: str
    what: str


def findable(connection: Connection) -> list[FindableDocument]:
    """Return documents with decisions for the search, the newest first."""
    return [
        FindableDocument(row["id"], row["school_year"], row["title"] or document_name(row), document_name(row))
        for row in reversed(stored.documents(connection))
    ]


def agenda(connection: Connection, document_id: int) -> list[tuple[int, str]]:
    """Return (key, «1. вопрос») of the questions of a document."""
    found = tables.rows(connection, "agenda_item", {"document_id": document_id}, ("position",))
    return [(row["id"], f"{place}. {row['topic'] or 'вопрос не вписан'}") for place, row in enumerate(found, start=1)]


def activities(connection: Connection) -> list[tuple[int, str]]:
    """Return (lineage, number and text) of activities a point can be tied to: programmes that are in force or newest.

    Texts are numbered as in the plan; of a school's programme the school is named.
    """
    from app.analysis.programme_numbers import numbers
    from app.models import programme_reading
    from app.operations import programmes

    found: dict[int, str] = {}
    for line in programmes.listing(connection):
        if not line.newest and line.state != "approved":
            continue
        tree = programme_reading.tree(connection, line.programme.id)
        known = numbers(tree) if tree is not None else {}
        for node in tree.of_kind("activity") if tree is not None else ():
            told = f"{known.get(node.id, '')} {node.text}".strip()
            found.setdefault(node.lineage, f"{line.school}: {told}" if line.school else told)
    return list(found.items())


def present_of(connection: Connection, name: str) -> dict[str, str] | None:
    """Return chair, secretary and those present as the directory has them for a group of this name; None: no group.

    Args:
        connection: reading connection.
        name: of a body, as it stands in «Кто принял».
    """
    wanted = " ".join(name.split()).casefold()
    body = next((one for one in people.bodies(connection) if one.name.casefold() == wanted), None)
    if body is None:
        return None
    posts = {one.id: one.position or "" for one in people.people(connection)}
    members = [member for member in body.members if member[5] is None]
    chair = next((one[2] for one in members if one[3].casefold().startswith(("председ", "руковод", "chair"))), "")
    secretary = next((one[2] for one in members if one[3].casefold().startswith(("секрет", "secretary"))), "")
    rows = [f"{one[2]}, {posts[one[1]]}" if posts.get(one[1]) else one[2] for one in members]
    return {"chair": chair, "secretary": secretary, "present": "\n".join(rows)}


# --- marking -----------------------------------------------------------------------------------------------------


def mark(
    store: Store, keys: Iterable[int], state: str, *, day: date, done_on: str | None = None,
    result: str | None = None, reason: str | None = None,
) -> int:  # fmt: skip
    """Mark points as done or not, many at once: one operation; returns how many changed.

    Args:
        store: the open file.
        keys: of the points.
        state: open, running, done, part, not_done, withdrawn.
        day: today; of points that are done it is the day of doing unless ``done_on`` says otherwise.
        done_on: ISO date.
        result: what came of it; None: left as it is.
        reason: why not; None: left as it is. «Не выполнено» needs one, here or already kept.

    Raises:
        UserError: ``MON_DEC_STATE``, ``MON_DEC_GONE``, ``MON_DEC_REASON``, ``MON_DEC_AHEAD``.
    """
    if state not in POINT_WORDS:
        raise UserError("MON_DEC_STATE", state=state, known=", ".join(POINT_WORDS.values()))
    rows = _points(store.connection, keys)
    if done_on is not None and done_on > day.isoformat():
        raise UserError("MON_DEC_AHEAD", done=ru_date(done_on), day=ru_date(day))
    if state == "not_done" and not all((reason or row["reason"] or "").strip() for row in rows):
        raise UserError("MON_DEC_REASON")
    changes = [(row, _marked(row, state, done_on or day.isoformat(), result, reason)) for row in rows]
    changes = [(row, values) for row, values in changes if values]
    if changes:
        label = f"Решения: {POINT_WORDS[state]}, {count(len(changes), *POINT)}"
        with store.operation(label, "points.mark") as operation:
            for row, values in changes:
                registers.write_in(operation, "decision_point", row, values)
    return len(changes)


def _marked(row: Mapping[str, Any], state: str, done_on: str, result: str | None, reason: str | None) -> dict[str, Any]:
    # a partly done point goes on being watched: only what is done has its day
    wanted: dict[str, Any] = {"state": state, "done_on": done_on if state == "done" else None}
    if result is not None:
        wanted["result"] = result.strip() or None
    if reason is not None:
        wanted["reason"] = reason.strip() or None
    return {name: value for name, value in wanted.items() if row[name] != value}


def _points(connection: Connection, keys: Iterable[int]) -> list[dict[str, Any]]:
    wanted = list(dict.fromkeys(keys))
    found = stored.some_points(connection, wanted)
    if not wanted or len(found) != len(wanted):
        raise UserError("MON_DEC_GONE")
    return found


def _set(store: Store, keys: Iterable[int], label: str, kind: str, values: Mapping[str, Any]) -> int:
    rows = _points(store.connection, keys)
    rows = [row for row in rows if any(row[name] != value for name, value in values.items())]
    if rows:
        with store.operation(f"{label}, {count(len(rows), *POINT)}", kind) as operation:
            for row in rows:
                operation.update("decision_point", row["id"], **values)
    return len(rows)


def tie(store: Store, keys: Iterable[int], lineage: int | None) -> int:
    """Tie points to an activity of a programme by its lineage, or untie them (None); returns how many changed.

    Raises:
        UserError: ``MON_DEC_GONE``, ``MON_DEC_NO_ACTIVITY``.
    """
    if lineage is not None and lineage not in stored.activities(store.connection):
        raise UserError("MON_DEC_NO_ACTIVITY")
    told = "Решения: связаны с мероприятием" if lineage is not None else "Решения: связь с мероприятием убрана"
    return _set(store, keys, told, "points.tie", {"activity_lineage": lineage})


def put_under(store: Store, keys: Iterable[int], agenda_id: int | None) -> int:
    """Put points under a question of the agenda of their document, or under none; returns how many changed.

    Raises:
        UserError: ``MON_DEC_GONE``, ``MON_DEC_AGENDA``.
    """
    wanted = list(keys)
    if agenda_id is not None:
        item = tables.row(store.connection, "agenda_item", agenda_id)
        documents_of = {row["document_id"] for row in _points(store.connection, wanted)}
        if item is None or documents_of != {item["document_id"]}:
            raise UserError("MON_DEC_AGENDA")
    return _set(store, wanted, "Решения: вопрос повестки", "points.agenda", {"agenda_id": agenda_id})


# --- taking further ----------------------------------------------------------------------------------------------


def carry(store: Store, keys: Iterable[int], document_id: int) -> int:
    """Carry unfinished points into another document; the old ones say where they went. Returns how many.

    A term that has passed is not carried: the new decision sets its own.

    Raises:
        UserError: ``MON_DEC_GONE``, ``MON_DEC_NO_DOCUMENT``, ``MON_DEC_SAME``.
    """
    rows = _points(store.connection, keys)
    target = document(store.connection, document_id)
    if any(row["document_id"] == document_id for row in rows):
        raise UserError("MON_DEC_SAME")
    name = document_name(target)
    with store.operation(f"Решения: перенесено, {count(len(rows), *POINT)}, {name}", "points.carry") as operation:
        for row in rows:
            term = row["due_on"] if row["due_on"] and row["due_on"] >= (target["dated"] or "") else None
            kept = {
                one: row[one]
                for one in ("text", "responsible", "person_id", "organisation_id", "activity_lineage")
                if row[one] is not None
            }
            if term:
                kept["due_on"] = term
            registers.add_in(operation, "points", {"document_id": document_id}, **kept)
            said = f"Перенесено: {name}"
            reason = f"{row['reason']}. {said}" if row["reason"] else said
            registers.write_in(
                operation, "decision_point", row, {"state": "not_done", "done_on": None, "reason": reason}
            )
    return len(rows)


def finish_activities(store: Store, lineages: Iterable[int], day: date) -> int:
    """Mark activities as done in the execution: of each the earliest occurrence that is not finished.

    Args:
        store: the open file.
        lineages: of the activities.
        day: of doing.

    Returns:
        How many were marked.
    """
    from app.operations import execution

    wanted = set(lineages)
    first: dict[int, tuple[int, int]] = {}
    for programme in execution.in_force(store.connection, {day.year - 1, day.year, day.year + 1}):
        for line in execution.table(store.connection, programme.id, None, day).lines:
            if line.lineage in wanted and line.shown not in {"done", "cancelled"}:
                first[line.lineage] = min(first.get(line.lineage, line.key), line.key)
    return execution.mark(store, list(first.values()), "done", done_on=day.isoformat()) if first else 0


def put_heading(store: Store, document_id: int, texts: Mapping[str, str]) -> None:
    """Write how a meeting went: place, chair, secretary, present, next_on (a date as typed), note.

    Raises:
        UserError: ``MON_DEC_NO_DOCUMENT``, ``GEN_BAD_DATE``.
    """
    from app.operations import schools

    document(store.connection, document_id)
    values: dict[str, Any] = {name: text.strip() or None for name, text in texts.items()}
    if values.get("next_on"):
        values["next_on"] = schools.iso_date(values["next_on"])
    registers.edit(store, "documents", document_id, **values)


def unfinished(lines: Sequence[ControlLine]) -> tuple[ControlLine, ...]:
    """Return the points that are not finished."""
    return tuple(line for line in lines if line.waits)
