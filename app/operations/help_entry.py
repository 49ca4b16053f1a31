"""Writing into the journal of help: entries, next steps, templates. Each change is one operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.analysis import help_line
from app.errors import UserError
from app.models import help_entries
from app.models import registers as stored
from app.models.help_entries import HelpTemplate
from app.models.store import Connection, Operation, Store
from app.operations import help_journal, registers, typed_texts
from app.operations.help_journal import HelpLine
from app.operations.help_parts import STEP
from app.operations.help_understanding import LINKS, HelpDraft, Understood, desk, parted, spread, understand
from app.operations.register_work_journal import HELP_WORDS
from app.texts import quoted, ru_date

TABLE = help_entries.TABLE
REGISTER = "help"


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that was written: its key and what of it waits to be put right (column → as typed).

    Attributes:
        number: entries that were written at once, one for each school that was named; ``key`` is the first.
    """

    key: int
    marks: Mapping[str, str]
    number: int = 1


def write(
    store: Store, draft: HelpDraft, today: date, methodist: str | None = None, *, visit: str | None = None,
    place: int | None = None,
) -> Written:  # fmt: skip
    """Write an entry as one operation; a task that it answers is marked as done with it.

    Where several schools are named, each gets an entry (``help_understanding.parted``).

    Args:
        store: the open file.
        draft: what was typed.
        today: the day of an entry that says none.
        methodist: whose entry it is; the actor where nobody is named.
        visit: under which ``keep_typed`` kept what was typed: one undo takes both back.
        place: where it waits; it waits no more.

    Raises:
        UserError: ``HELP_EMPTY``, ``MON_NO_TASK``.
    """
    if draft.empty:
        raise UserError("HELP_EMPTY")
    known = desk(store.connection, today)
    entries = [understand(known, one, today) for one in parted(known, spread(known, draft, today))]
    found, keys = entries[0], []
    more = f" и ещё {len(entries) - 1}" if entries[1:] else ""
    with store.operation(f"{label('Записано', found)}{more}", "help.add", merge=visit) as operation:
        if place is not None:
            typed_texts.drop_in(operation, TABLE, place)
        for one in entries:
            key = operation.insert(TABLE, **one.values, methodist=methodist or store.actor)
            _put_marks(operation, key, one)
            keys.append(key)
        _finish_task(operation, found)
        if draft.links.get(STEP) is not None:
            _finish_step(operation, draft.links[STEP], found)
    return Written(keys[0], {name: raw for name, (raw, _code) in found.marks.items()}, len(keys))


def label(verb: str, found: Understood) -> str:
    """Return the line of the journal: «Записано: выезд, СОШ № 7, 23.11.2026»."""
    day = found.values["held_on"]
    parts = [HELP_WORDS[found.values["kind"]], found.school.shown if found.school else "", ru_date(day) if day else ""]
    return f"{verb}: {', '.join(part for part in parts if part)}"


def _put_marks(operation: Operation, key: int, found: Understood) -> None:
    for name, (raw, code) in found.marks.items():
        stored.put_entry(operation, TABLE, key, name, raw, code)


def _finish_task(operation: Operation, found: Understood) -> None:
    """Mark the task done that brought the entry; it tells what came of it."""
    from app.operations import tasks

    key = found.values["task_id"]
    if key is None:
        return
    row = stored.row(operation.connection, tasks.TABLE, key)
    if row is None:
        raise UserError("MON_NO_TASK")
    if row["done_on"] is None and found.values["held_on"] is not None:
        ended = {"done_on": found.values["held_on"], "result": row["result"] or found.values["outcome"]}
        registers.write_in(operation, tasks.TABLE, row, ended)
        tasks.follow_in(operation, [key])


def _finish_step(operation: Operation, key: int, found: Understood) -> None:
    """Mark the next step done that an entry is; one that somebody has removed meanwhile is no reason to stop."""
    row = stored.row(operation.connection, TABLE, key)
    if row is not None and row["next_done_on"] is None and found.values["held_on"] is not None:
        registers.write_in(operation, TABLE, row, {"next_done_on": found.values["held_on"]})


def rewrite(store: Store, key: int, draft: HelpDraft, today: date, *, visit: str | None = None) -> Written:
    """Write an entry anew from the five texts; what the dialog does not show stays as it is.

    Args:
        store: the open file.
        key: of the entry.
        draft: what was typed.
        today: of the person.
        visit: under which ``keep_typed`` kept the correction: it waits no more, one undo takes both back.

    Raises:
        UserError: ``HELP_GONE``, ``HELP_EMPTY``.
    """
    if draft.empty:
        raise UserError("HELP_EMPTY")
    present = _entry(store.connection, key)
    known = desk(store.connection, today)
    found = understand(known, draft, today)
    values = {name: value for name, value in found.values.items() if name not in LINKS}
    kept = present["note"] or ""
    told = values["note"]
    values["note"] = "\n".join(part for part in (kept, told) if part) if told and told not in kept else present["note"]
    with store.operation(label("Исправлено", found), "help.edit", merge=visit) as operation:
        typed_texts.drop_in(operation, TABLE, typed_texts.place_of(store.actor), key)
        registers.write_in(operation, TABLE, present, values)
        _put_marks(operation, key, found)
    return Written(key, {name: raw for name, (raw, _code) in found.marks.items()})


# --- what is typed and not written yet -----------------------------------------------------------------------------

_TYPED = {"organisation_id": "school", "kind": "kind", "people": "people", "topic": "topic", "outcome": "outcome",
          "held_on": "day", "way": "way"}  # fmt: skip
_CHOSEN = {"school_id", "deficit_id"}
"""What was chosen in the school and the topic: a name alone may mean several."""


def keep_typed(store: Store, draft: HelpDraft, visit: str, place: int, entry: int | None = None) -> None:
    """Keep the fields of an entry that is being typed or put right; an empty draft forgets them.

    Args:
        store: the open file.
        draft: what stands in the fields.
        visit: what is typed into one dialog is one operation, the entry that comes of it included.
        place: see ``typed_texts``.
        entry: that is put right.
    """
    label = "Набрана запись о помощи" if entry is None else "Набрана правка записи о помощи"
    typed_texts.keep(store, TABLE, place, {} if draft.empty else _texts_of(draft), label, visit, entry)


def _texts_of(draft: HelpDraft) -> dict[str, str]:
    found = {column: str(getattr(draft, name) or "") for column, name in _TYPED.items()}
    found |= {name: str(key) for name, key in draft.links.items()}
    found |= {name: str(key) for name in _CHOSEN if (key := getattr(draft, name)) is not None}
    return {column: raw for column, raw in found.items() if raw.strip()}


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry that waits; attributes: see ``typed_texts.Waiting``."""

    draft: HelpDraft
    place: int
    at: str | None
    others: int


def typed(connection: Connection, actor: str, entry: int | None = None) -> Typed | None:
    """Return what somebody has typed last and not written, of a new entry or of one that is put right."""
    found = typed_texts.waiting(connection, TABLE, actor, entry)
    if found is None:
        return None
    texts = {name: found.texts[column] for column, name in _TYPED.items() if column in found.texts}
    keys = {name: int(raw) for name, raw in found.texts.items() if raw.isdecimal()}
    links = {name: key for name, key in keys.items() if name in {*LINKS, STEP}}
    chosen = {name: keys.get(name) for name in _CHOSEN}
    draft = HelpDraft(**texts, **chosen, links=links)  # type: ignore[arg-type]  # texts and keys, each where it belongs
    return Typed(draft, found.place, found.at, found.others) if texts else None


def _entry(connection: Connection, key: int) -> dict[str, Any]:
    row = stored.row(connection, TABLE, key)
    if row is None:
        raise UserError("HELP_GONE")
    return row


def draft_of(connection: Connection, key: int) -> HelpDraft:
    """Return an entry as the dialog shows it: what waits stands as it was typed.

    Raises:
        UserError: ``HELP_GONE``.
    """
    line = help_journal.get(connection, key)
    if line is None:
        raise UserError("HELP_GONE")
    waits = {name: raw for name, (raw, _code) in stored.drafts(connection, TABLE).get(key, {}).items()}
    people = help_line.people_words(line.people, line.audience)
    return HelpDraft(
        waits.get("organisation_id", line.school), waits.get("kind", line.kind),
        waits.get("people", ", ".join(part for part in (people, line.subject) if part)),
        f"дефицит: {line.deficit}" if line.deficit and not line.topic else line.topic,
        help_line.outcome_words(line.outcome, line.next_step, line.next_on),
        waits.get("held_on", ru_date(line.held_on) if line.held_on else ""), line.school_id, line.deficit_id, line.way,
    )  # fmt: skip


def again(line: HelpLine, day: date) -> HelpDraft:
    """Return a draft like an earlier entry, for another day: outcome and next step are to be told anew."""
    people = help_line.people_words(line.people, line.audience)
    links = {name: key for name in ("lineage", "platform_id", "body_id") if (key := getattr(line, name)) is not None}
    return HelpDraft(
        line.school, line.kind, ", ".join(part for part in (people, line.subject) if part), line.topic or line.deficit,
        "", ru_date(day), line.school_id, line.deficit_id, line.way, links,
    )  # fmt: skip


def duplicate(store: Store, key: int, today: date) -> int:
    """Write an entry once more for today, without outcome and next step; returns the key.

    Raises:
        UserError: ``HELP_GONE``.
    """
    row = _entry(store.connection, key)
    left = {"id", "held_on", "outcome", "next_step", "next_on", "next_done_on", "task_id", "note"}
    values = {name: value for name, value in row.items() if name not in left}
    with store.operation("Запись о помощи повторена на сегодня", "help.add") as operation:
        return operation.insert(TABLE, **values, held_on=today.isoformat())


def put(store: Store, key: int, column: str, text: str) -> None:
    """Change one column of an entry from its card; what does not fit is kept and marked.

    Raises:
        UserError: ``HELP_GONE``, ``REG_NO_COLUMN``.
    """
    _entry(store.connection, key)
    registers.put_cells(store, REGISTER, {}, [(key, column, text)])


def finish_step(store: Store, keys: Iterable[int], day: date | None) -> None:
    """Say that next steps are done on a day; None: that they are not done after all.

    Raises:
        UserError: ``HELP_GONE``.
    """
    rows = [_entry(store.connection, key) for key in dict.fromkeys(keys)]
    verb = "Следующий шаг сделан" if day is not None else "Следующий шаг снова ждёт"
    what = f": {quoted(rows[0]['next_step'])}" if len(rows) == 1 and rows[0]["next_step"] else ""
    with store.operation(f"{verb}{what}", "help.step") as operation:
        for row in rows:
            registers.write_in(operation, TABLE, row, {"next_done_on": day.isoformat() if day else None})


def remove(store: Store, keys: Iterable[int]) -> None:
    """Take entries out with their files; undo brings them back.

    Raises:
        UserError: ``REG_NO_ROW``.
    """
    registers.remove(store, REGISTER, {}, keys)


# --- templates -----------------------------------------------------------------------------------------------------


def from_template(template: HelpTemplate, draft: HelpDraft, day: date) -> HelpDraft:
    """Return a draft with what a template says; the school and the day stay, what is typed already is not lost."""
    on = None if template.next_days is None else (day + timedelta(days=template.next_days)).isoformat()
    return replace(
        draft, kind=template.kind or draft.kind, way=template.way,
        people=help_line.people_words(template.people, template.audience) or draft.people,
        topic=template.topic or (f"дефицит: {template.deficit}" if template.deficit else draft.topic), deficit_id=None,
        outcome=help_line.outcome_words(template.outcome or "", template.next_step or "", on) or draft.outcome,
    )  # fmt: skip


def save_template(store: Store, title: str, draft: HelpDraft, today: date) -> int:
    """Keep a draft as a template: its kind, people, topic, outcome, next step and in how many days; returns the key.

    Raises:
        UserError: ``HELP_NO_TITLE``.
    """
    name = " ".join(title.split())
    if not name:
        raise UserError("HELP_NO_TITLE")
    found = understand(desk(store.connection, today), draft, today).values
    on, held = found["next_on"], found["held_on"]
    days = (date.fromisoformat(on) - date.fromisoformat(held)).days if on and held else None
    return registers.add(
        store, "help_templates", {}, title=name, kind=found["kind"], audience=found["audience"], way=draft.way,
        people=found["people"], topic=found["topic"], deficit=found["deficit"], outcome=found["outcome"],
        next_step=found["next_step"], next_days=None if days is None else max(days, 0),
    )  # fmt: skip
