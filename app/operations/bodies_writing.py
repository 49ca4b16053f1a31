"""What is written about associations: the body itself, its meetings and their protocols, plan, products, scoring.

Members, schools and plan are registers («body_members», «body_schools», «body_plan») and are written as those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import school_years
from app.errors import UserError
from app.models import people
from app.models import registers as tables
from app.models import work_bodies as stored
from app.models.forms import SubjectRef
from app.models.store import Connection, Operation, Store
from app.operations import bodies, registers
from app.operations.bodies import FORM_KINDS
from app.operations.schools import iso_date
from app.texts import count, quoted, school_year

_TEXTS = ("name", "kind", "subject", "topic", "act", "link", "note")
_DAYS = ("date_from", "date_to")
_CHILDREN = ("body_member", "body_school", "body_plan")
_RELEASED = ("work_event", "help_entry", "practice", "decision_document")
"""Tables whose rows outlive the body they name."""


# --- the body ------------------------------------------------------------------------------------------------------


def add(store: Store, /, *, name: str, kind: str, **values: Any) -> int:
    """Add a body; returns its key.

    Args:
        store: the open file.
        name: as papers call it.
        kind: a word for what it is («творческая группа»).
        **values: subject, topic, act, link, note; date_from, date_to as typed; organisation_id of its base school.

    Raises:
        UserError: ``BODY_NO_NAME``, ``BODY_NO_KIND``, ``GEN_BAD_DATE``.
    """
    kept = _values({"name": name, "kind": kind, **values})
    with store.operation(f"Добавлено объединение {quoted(kept['name'])}", "body.add") as operation:
        return operation.insert("body", **{key: value for key, value in kept.items() if value is not None})


def edit(store: Store, body_id: int, /, **values: Any) -> None:
    """Change what is said of a body; see ``add``.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_NO_NAME``, ``BODY_NO_KIND``, ``GEN_BAD_DATE``.
    """
    row = _body(store.connection, body_id)
    kept = _values(values)
    changed = {key: value for key, value in kept.items() if value != row[key]}
    if not changed:
        return
    merge = f"body:{body_id}:{','.join(sorted(changed))}"
    with store.operation(f"Изменено объединение {quoted(row['name'])}", "body.edit", merge=merge) as operation:
        operation.update("body", body_id, **changed)


def _values(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in told.items():
        if key in _TEXTS:
            found[key] = " ".join(str(value or "").split()) or None
        elif key in _DAYS:
            found[key] = iso_date(str(value)) if value else None
        else:
            found[key] = value
    for key, code in (("name", "BODY_NO_NAME"), ("kind", "BODY_NO_KIND")):
        if key in found and not found[key]:
            raise UserError(code)
    return found


def _body(connection: Connection, body_id: int) -> dict[str, Any]:
    row = stored.body(connection, body_id)
    if row is None:
        raise UserError("BODY_GONE")
    return row


def hangs_on(connection: Connection, body_id: int) -> str:
    """Return what goes with a body and what only loses its name, in one sentence; "" where nothing hangs on it.

    Raises:
        UserError: ``BODY_GONE``.
    """
    _body(connection, body_id)

    def number(table: str) -> int:
        return stored.count_naming(connection, table, "body_id", body_id)

    gone = [
        count(number(table), *words)
        for table, words in (
            ("body_member", ("человек состава", "человека состава", "человек состава")),
            ("body_school", ("школа", "школы", "школ")),
            ("body_plan", ("пункт плана", "пункта плана", "пунктов плана")),
        )
        if number(table)
    ]
    stay = [
        count(number(table), *words)
        for table, words in (
            ("work_event", ("событие", "события", "событий")),
            ("help_entry", ("запись о помощи", "записи о помощи", "записей о помощи")),
            ("practice", ("практика", "практики", "практик")),
            ("decision_document", ("протокол", "протокола", "протоколов")),
            ("form_subject", ("оценка по форме", "оценки по форме", "оценок по форме")),
        )
        if number(table)
    ]
    told = [f"Вместе с ним исчезнут: {', '.join(gone)}."] if gone else []
    told += [f"Останутся без объединения: {', '.join(stay)}."] if stay else []
    return " ".join(told)


def remove(store: Store, body_id: int) -> None:
    """Take a body out with its members, schools and plan; what it held and made stays. One step back.

    Raises:
        UserError: ``BODY_GONE``; ``BODY_IN_USE`` where a programme or a protocol names it by its row.
    """
    row, connection = _body(store.connection, body_id), store.connection
    where = [
        word for table, column, word in stored.NAMED_BY if stored.count_naming(connection, table, column, body_id)
    ]  # fmt: skip
    if where:
        raise UserError("BODY_IN_USE", name=row["name"], where=", ".join(where))
    with store.operation(f"Убрано объединение {quoted(row['name'])}", "body.remove") as operation:
        for table in _CHILDREN:
            _drop_children(operation, table, body_id)
        for table in _RELEASED:
            for one in tables.rows(connection, table, {"body_id": body_id}):
                operation.update(table, one["id"], body_id=None)
        for one in tables.rows(connection, "form_subject", {"body_id": body_id}):
            # a subject must be named by something: its answers stay under the name of the body
            operation.update("form_subject", one["id"], body_id=None, name=one["name"] or row["name"])
        tables.drop_attachments(operation, "body", [body_id])
        operation.delete("body", body_id)


def _drop_children(operation: Operation, table: str, body_id: int) -> None:
    connection = operation.connection
    keys = [one["id"] for one in tables.rows(connection, table, {"body_id": body_id})]
    tables.drop_attachments(operation, table, keys)
    for name in tables.draft_tables(connection, table):
        if name.partition(":")[2].split("/")[0] == str(body_id):
            for row in tables.drafts(connection, name):
                tables.drop_entries(operation, name, row)
    for key in keys:
        tables.release(operation, table, key)
        operation.delete(table, key)


def add_member(
    store: Store, body_id: int, name: str, role: str, *, school_id: int | None = None, date_from: str | None = None
) -> int:  # fmt: skip
    """Add a member by name; a person who is not in the directory yet comes into it. Returns the key of the member.

    Raises:
        UserError: ``BODY_GONE``, ``GEN_EMPTY_PERSON``, ``GEN_BAD_DATE``.
    """
    row = _body(store.connection, body_id)
    told = " ".join(name.split())
    if not told:
        raise UserError("GEN_EMPTY_PERSON")
    since = iso_date(date_from) if date_from else None
    with store.operation(f"{row['name']}: в составе {told}", "body.member") as operation:
        person = people.ensure_person(operation, told)
        values = {"organisation_id": school_id, "date_from": since}
        return operation.insert(
            "body_member", body_id=body_id, person_id=person, role=" ".join(role.split()) or "участник",
            **{key: value for key, value in values.items() if value is not None},
        )  # fmt: skip


# --- plan ----------------------------------------------------------------------------------------------------------


def add_item(
    store: Store, body_id: int, year: int, text: str, *, due_on: str | None = None, responsible: str = ""
) -> int:  # fmt: skip
    """Add an item to the plan of a school year; returns its key.

    Raises:
        UserError: ``BODY_GONE``, ``GEN_BAD_DATE``.
    """
    row = _body(store.connection, body_id)
    due = iso_date(due_on) if due_on else None
    label = f"{row['name']}: в план {school_year(year)} {quoted(' '.join(text.split()))}"
    with store.operation(label, "body_plan.add") as operation:
        return _add_item(operation, body_id, year, text, due, responsible)


def _add_item(
    operation: Operation, body_id: int, year: int, text: str, due: str | None, responsible: str
) -> int:  # fmt: skip
    values = {"due_on": due, "responsible": " ".join(responsible.split()) or None}
    return registers.add_in(
        operation, "body_plan", {"body_id": body_id, "school_year": year}, text=" ".join(text.split()),
        **{key: value for key, value in values.items() if value is not None},
    )  # fmt: skip


def take_topics(store: Store, body_id: int, year: int, topics: Sequence[str]) -> int:
    """Put topics into the plan that are not there yet; returns how many came in.

    Raises:
        UserError: ``BODY_GONE``.
    """
    row = _body(store.connection, body_id)
    scope = {"body_id": body_id, "school_year": year}
    there = {(one["text"] or "").casefold() for one in tables.rows(store.connection, "body_plan", scope)}
    new = [text for text in dict.fromkeys(topics) if text.strip() and text.casefold() not in there]
    if not new:
        return 0
    label = f"{row['name']}: в план {school_year(year)} {count(len(new), 'тема', 'темы', 'тем')}"
    with store.operation(label, "body_plan.topics") as operation:
        for text in new:
            registers.add_in(operation, "body_plan", scope, text=text)
    return len(new)


def copy_plan(store: Store, body_id: int, source: int, target: int) -> int:
    """Copy the plan of a school year into another one: terms are moved, marks and meetings stay behind.

    Items that stand there already are not copied twice. Returns how many were copied.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_NO_PLAN``.
    """
    row, new = _body(store.connection, body_id), _to_copy(store.connection, body_id, source, target)
    if not new:
        return 0
    label = f"{row['name']}: план {school_year(source)} перенесён в {school_year(target)}"
    with store.operation(label, "body_plan.copy") as operation:
        for one in new:
            copy_item(operation, target, one)
    return len(new)


def _to_copy(connection: Connection, body_id: int, source: int, target: int) -> list[bodies.Row]:
    """Return the items of a plan that another year's plan lacks."""
    rows = tables.rows(connection, "body_plan", {"body_id": body_id, "school_year": source}, ("position",))
    if not rows:
        raise UserError("BODY_NO_PLAN", year=school_year(source))
    there = {one["text"] for one in tables.rows(connection, "body_plan", {"body_id": body_id, "school_year": target})}
    return [one for one in rows if one["text"] not in there]


def copy_item(operation: Operation, year: int, row: bodies.Row) -> int:
    """Copy one item into the plan of another school year inside an operation of the caller; returns its key."""
    due = row["due_on"]
    moved = f"{int(due[:4]) + year - row['school_year']}{due[4:]}".replace("-02-29", "-02-28") if due else None
    values = {"text": row["text"], "due_on": moved, "responsible": row["responsible"]}
    return registers.add_in(
        operation, "body_plan", {"body_id": row["body_id"], "school_year": year},
        **{key: value for key, value in values.items() if value is not None},
    )  # fmt: skip


def event_of(store: Store, items: Iterable[int], *, actor: str) -> list[int]:
    """Make planned meetings of items of a plan and tie them; an item that is one already stays. Returns event keys.

    Raises:
        UserError: ``BODY_NO_ITEM``.
    """
    wanted = tuple(items)
    free = [row for row in _items(store.connection, wanted) if row["event_id"] is None]
    if free:
        label = f"Из плана назначено: {count(len(free), 'заседание', 'заседания', 'заседаний')}"
        with store.operation(label, "body_plan.event") as operation:
            for row in free:
                _plan_event(operation, row, actor)
    return [int(row["event_id"]) for row in _items(store.connection, wanted)]


def _items(connection: Connection, keys: Iterable[int], body_id: int | None = None) -> list[bodies.Row]:
    """Return items of a plan, each once; of one body where it is named."""
    rows = [tables.row(connection, "body_plan", key) for key in dict.fromkeys(keys)]
    found: list[bodies.Row] = [row for row in rows if row is not None and body_id in {None, row["body_id"]}]
    if len(found) < len(rows):
        raise UserError("BODY_NO_ITEM")
    return found


def _plan_event(operation: Operation, row: bodies.Row, actor: str) -> None:
    """Make the planned meeting of one item of a plan and tie it."""
    body = _body(operation.connection, row["body_id"])
    values = {
        "date_from": row["due_on"], "subject": body["subject"], "host_id": body["organisation_id"],
        "methodist": actor or None,
    }  # fmt: skip
    event = operation.insert(
        "work_event", kind="meeting", title=row["text"] or f"Заседание: {body['name']}", body_id=body["id"],
        **{key: value for key, value in values.items() if value is not None},
    )  # fmt: skip
    operation.update("body_plan", row["id"], event_id=event)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What one call wants of a plan; all of it is one operation.

    Attributes:
        copy: bring in the plan of the school year before.
        text: a new item with its term as typed and who answers for it; "" is none.
        done: items that are done on ``day``; ``meetings`` items that become planned meetings.
    """

    copy: bool = False
    text: str = ""
    due_on: str = ""
    responsible: str = ""
    done: Sequence[int] = ()
    meetings: Sequence[int] = ()
    day: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.copy or self.text.strip() or self.done or self.meetings)


def change_plan(store: Store, body_id: int, year: int, change: PlanChange, *, actor: str) -> None:
    """Change the plan of a school year: everything that is asked for, or nothing of it.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_NO_PLAN``, ``BODY_NO_ITEM``, ``GEN_BAD_DATE``.
    """
    connection, row = store.connection, _body(store.connection, body_id)
    due = iso_date(change.due_on) if change.due_on else None
    copied = _to_copy(connection, body_id, year - 1, year) if change.copy else []
    done = _items(connection, change.done, body_id)
    meetings = [one for one in _items(connection, change.meetings, body_id) if one["event_id"] is None]
    label = f"{row['name']}: план {school_year(year)}: {_changed(change)}"
    with store.operation(label, "body_plan.change") as operation:
        for one in copied:
            copy_item(operation, year, one)
        if change.text.strip():
            _add_item(operation, body_id, year, change.text, due, change.responsible)
        for one in done:
            registers.write_in(operation, "body_plan", one, {"done_on": change.day})
        for one in meetings:
            _plan_event(operation, one, actor)


def _changed(change: PlanChange) -> str:
    """Return what was asked for in words: «взят прошлогодний, пункт «Разбор ВПР», сделано 2»."""
    told = [
        "взят прошлогодний" if change.copy else "",
        f"новый пункт {quoted(' '.join(change.text.split()))}" if change.text.strip() else "",
        f"сделано {count(len(change.done), 'пункт', 'пункта', 'пунктов')}" if change.done else "",
        f"назначено {count(len(change.meetings), 'заседание', 'заседания', 'заседаний')}" if change.meetings else "",
    ]  # fmt: skip
    return ", ".join(part for part in told if part)


# --- meetings ------------------------------------------------------------------------------------------------------


def add_meeting(store: Store, body_id: int, *, title: str, day: str, place: str = "", actor: str = "") -> int:
    """Plan a meeting of a body; returns the key of its event.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_NO_DAY``, ``GEN_BAD_DATE``.
    """
    body = _body(store.connection, body_id)
    if not day.strip():
        raise UserError("BODY_NO_DAY")
    values = {
        "place": " ".join(place.split()) or None, "subject": body["subject"], "host_id": body["organisation_id"],
        "methodist": actor or None,
    }  # fmt: skip
    when = iso_date(day)
    told = " ".join(title.split()) or f"Заседание: {body['name']}"
    with store.operation(f"Назначено заседание {quoted(told)}", "event.add") as operation:
        return operation.insert(
            "work_event", kind="meeting", title=told, date_from=when, body_id=body_id,
            **{key: value for key, value in values.items() if value is not None},
        )  # fmt: skip


def protocol(store: Store, event_id: int) -> tuple[int, int]:
    """Return (key, school year) of the protocol of a meeting, making it where there is none.

    It takes the day, the place and the topic of the meeting, its programme as the agenda, those who came by the list
    of names, else the members of that day, with chair and secretary of the body.

    Raises:
        UserError: ``BODY_NO_EVENT``, ``BODY_NO_DAY``, ``BODY_GONE``.
    """
    connection = store.connection
    event = stored.event(connection, event_id)
    if event is None:
        raise UserError("BODY_NO_EVENT")
    kept = tables.row(connection, "decision_document", event["document_id"]) if event["document_id"] else None
    if kept is not None:
        return int(kept["id"]), int(kept["school_year"])
    if not event["date_from"]:
        raise UserError("BODY_NO_DAY")
    body = _body(connection, event["body_id"] or 0)
    day = date.fromisoformat(event["date_from"])
    year = school_years.year_of(day)
    values = _heading(connection, body, event, day)
    agenda = _agenda(connection, event)
    with store.operation(f"Протокол заседания: {body['name']}", "body.protocol") as operation:
        key = registers.add_in(operation, "documents", {"school_year": year}, **values)
        for item in agenda:
            registers.add_in(operation, "agenda", {"document_id": key}, **item)
        operation.update("work_event", event_id, document_id=key)
    return key, year


def _heading(connection: Connection, body: bodies.Row, event: bodies.Row, day: date) -> dict[str, Any]:
    members = bodies.members_on(connection, body["id"], day)
    came = stored.guests(connection, event["id"])
    lines = [(row["name"], row["post"] or "") for row in came] or [(one.name, one.post) for one in members]
    values = {
        "kind": "protocol", "dated": event["date_from"], "title": event["title"] or event["topic"],
        "body": body["name"], "body_id": body["id"], "place": event["place"],
        "chair": next((one.name for one in members if bodies.is_head(one.role)), None),
        "secretary": next((one.name for one in members if bodies.is_secretary(one.role)), None),
        "present": "\n".join(f"{name}, {post}" if post else name for name, post in lines if name) or None,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value is not None}


def _agenda(connection: Connection, event: bodies.Row) -> list[dict[str, str]]:
    """Return the questions: the programme of the event, else what it is about."""
    rows = [
        {key: row[key] for key in ("topic", "speaker") if row[key]} for row in stored.items(connection, event["id"])
    ]  # fmt: skip
    told = event["topic"] or event["title"]
    return [row for row in rows if row] or ([{"topic": told}] if told else [])


# --- products, scoring ---------------------------------------------------------------------------------------------


def add_product(store: Store, body_id: int, title: str, *, year: int, author: str = "") -> int:
    """Add a product of a body to the bank of practices; returns its key.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_NO_NAME``.
    """
    body, told = _body(store.connection, body_id), " ".join(title.split())
    if not told:
        raise UserError("BODY_NO_NAME")
    values = {"author": " ".join(author.split()) or None, "subject": body["subject"]}
    with store.operation(f"{body['name']}: продукт {quoted(told)}", "practice.add") as operation:
        return operation.insert(
            "practice", kind="product", title=told, body_id=body_id, school_year=year,
            **{key: value for key, value in values.items() if value is not None},
        )  # fmt: skip


def forms_for(connection: Connection) -> list[tuple[str, str]]:
    """Return (id, name) of the forms by which an association is scored (002, Раздел 2), that of РМО first."""
    from app.operations import forms

    found = [entry.form for entry in forms.listing(connection) if entry.form.subject in FORM_KINDS]
    return [(form.id, form.short) for form in sorted(found, key=lambda form: form.subject != "rmo")]


def assess(store: Store, body_id: int, form_id: str, year: int) -> int:
    """Return the case of a body in a form in a school year, beginning round and case where there are none.

    Raises:
        UserError: ``BODY_GONE``, ``BODY_FORM``; ``FORM_UNKNOWN``.
    """
    from app.models import forms as stored_forms
    from app.operations import form_rounds, form_subjects, forms

    body, connection = _body(store.connection, body_id), store.connection
    form = forms.definition(connection, form_id)
    if form.subject not in FORM_KINDS:
        raise UserError("BODY_FORM", form=form.short, known=", ".join(name for _key, name in forms_for(connection)))
    ref = SubjectRef(form.subject, body_id=body_id)
    kept = [one for one in stored_forms.rounds(connection, year, form_id) if one.closed_on is None]
    mine = stored.subjects(connection, body_id)
    cases = stored_forms.cases(connection, rounds=[one.id for one in kept], subjects=mine)
    own = [case for case in cases if case.role == "self"]
    if own:
        return own[0].id
    if kept:
        return form_rounds.add_subjects(store, kept[0].id, [ref])[0]
    with store.operation(f"{form.short}: оценка, {body['name']}", "form.start") as operation:
        form_rounds.start_in(operation, form, year, [ref], title=form.short)
        key = form_subjects.ensure(operation, [ref])
        return stored_forms.cases(operation.connection, subjects=key)[-1].id
