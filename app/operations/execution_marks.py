"""Marking what happened to activities: many at once, or cell by cell as in a grid. Approved editions stay as they are.

An entry that does not fit stays as it was typed and is marked (decision 18): dates and sums in columns of their own,
the rest as drafts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from app.analysis.execution import STATE_WORDS, State
from app.analysis.programme_values import sum_of
from app.errors import UserError, problem
from app.models import execution as stored
from app.models import organisations
from app.models import registers as kept
from app.models.execution import TABLE, Execution, Key
from app.models.store import Connection, Operation, Store
from app.operations.grid_shapes import GridColumn
from app.texts import count, quoted

COLUMNS: tuple[GridColumn, ...] = (
    GridColumn("state", "Состояние", "word", 156, {str(key): word for key, word in STATE_WORDS.items()}),
    GridColumn("done_on", "Выполнено", "date", 96),
    GridColumn("product", "Что получено", width=200),
    GridColumn("participants", "Участников", "count", 88),
    GridColumn("schools", "Школы", width=170),
    GridColumn("spent", "Потрачено, руб.", width=108),
    GridColumn("moved_to", "Новый срок", "date", 96),
    GridColumn("reason", "Причина", width=200),
    GridColumn("remark", "Примечание", width=170),
)
"""What can be typed of an activity in a year."""
COLUMN: Mapping[str, GridColumn] = {item.key: item for item in COLUMNS}
FINISHED = ("done", "part")
ALL_SCHOOLS = ("все", "все школы")
ACTIVITIES = ("мероприятие", "мероприятия", "мероприятий")
_TEXTS = ("product", "reason", "remark")
_LARGEST = 999_999
_LONGEST_NAME = 60

Cell = tuple[Key, str, str]
"""(activity and plan year, column, text as typed)."""


# --- many at once ------------------------------------------------------------------------------------------------


def mark(
    store: Store, keys: Sequence[Key], state: str, *, done_on: str | None = None, moved_to: str | None = None,
    reason: str | None = None,
) -> int:  # fmt: skip
    """Mark activities as one operation, one step back; returns how many have changed.

    A state takes away what contradicts it: what is not done has no date of doing, what is not begun or cancelled no
    new term. A reason that was given before stays unless another is given.

    Args:
        store: the open file.
        keys: lineage and plan year of each.
        state: key of ``STATE_WORDS``.
        done_on: ISO date, of «выполнено» and «выполнено частично»; None keeps what stands there.
        moved_to: ISO date, of «перенесено».
        reason: why it is so.

    Raises:
        UserError: ``MON_EXEC_NO_STATE``, ``MON_EXEC_NO_ACTIVITY``, ``GEN_BAD_DATE``.
    """
    if state not in get_args(State):
        raise UserError("MON_EXEC_NO_STATE", state=state, known=", ".join(STATE_WORDS))
    days = {name: _iso(day) for name, day in (("done_on", done_on), ("moved_to", moved_to)) if day is not None}
    wanted = _known(store.connection, keys)
    changed = 0
    with store.operation(_mark_label(store.connection, wanted, state), "execution.mark") as operation:
        for key in wanted:
            present = stored.ensured(operation, key)
            values: dict[str, Any] = {"state": state, **days}
            if "done_on" in values:
                values["done_raw"] = values["done_on"]
            if reason is not None and reason.strip():
                values["reason"] = reason.strip()
            _agree(present, values)
            _drop_drafts(operation, present.id, ("state", *(("moved_to",) if moved_to else ())))
            changed += any(getattr(present, name) != value for name, value in values.items())
            stored.put(operation, present, **values)
    return changed


def _mark_label(connection: Connection, keys: Sequence[Key], state: str) -> str:
    word = STATE_WORDS[state]  # type: ignore[index]
    if len(keys) != 1:
        return f"Исполнение: отмечено «{word}», {count(len(keys), *ACTIVITIES)}"
    return f"Исполнение: отмечено «{word}», {quoted(_short(connection, keys[0][0]))}"


def _short(connection: Connection, lineage: int) -> str:
    text = " ".join((stored.activity_text(connection, lineage) or "").split()) or "мероприятие"
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()}…"


def _agree(present: Execution, values: dict[str, Any]) -> None:
    """Take away what a state contradicts."""
    state = values.get("state", present.state)
    if state not in FINISHED:
        values.update(done_on=None, done_raw=None, done_code=None)
    elif "done_on" in values:
        values.setdefault("done_code", None)
    if state in {"planned", "cancelled"}:
        values["moved_to"] = None


def put_reason(store: Store, keys: Sequence[Key], reason: str) -> int:
    """Write one reason for several activities as one step; "" takes it away. Returns how many have changed.

    Raises:
        UserError: ``MON_EXEC_NO_ACTIVITY``.
    """
    wanted, told = _known(store.connection, keys), reason.strip() or None
    label = f"Исполнение: причина, {count(len(wanted), *ACTIVITIES)}"
    changed = 0
    with store.operation(label, "execution.reason") as operation:
        for key in wanted:
            present = stored.row(operation.connection, key)
            if told is None and present is None:
                continue
            present = present or stored.ensured(operation, key)
            changed += present.reason != told
            stored.put(operation, present, reason=told)
    return changed


def put_schools(store: Store, chosen: Mapping[Key, Sequence[int]]) -> int:
    """Say which schools took part in activities, as one step; returns how many activities it was said of.

    Raises:
        UserError: ``MON_EXEC_NO_ACTIVITY``.
    """
    wanted = _known(store.connection, list(chosen))
    label = f"Исполнение: участники, {count(len(wanted), *ACTIVITIES)}"
    with store.operation(label, "execution.schools") as operation:
        for key in wanted:
            present = stored.ensured(operation, key)
            _drop_drafts(operation, present.id, ("schools",))
            stored.put_schools(operation, present.id, chosen[key])
    return len(wanted)


def _known(connection: Connection, keys: Iterable[Key]) -> list[Key]:
    wanted = list(dict.fromkeys(keys))
    for lineage in {key[0] for key in wanted}:
        if stored.activity_text(connection, lineage) is None:
            raise UserError("MON_EXEC_NO_ACTIVITY")
    return wanted


def _iso(text: str) -> str:
    from app.operations import schools

    return schools.iso_date(text)


# --- cell by cell ------------------------------------------------------------------------------------------------


@dataclass
class _Entry:
    """What is typed into one row at once: values that fit, texts that don't with their codes, schools."""

    values: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    schools: tuple[int, ...] | None = None


def put_cells(store: Store, cells: Iterable[Cell]) -> int:
    """Write cells as one operation, one step back; returns how many activities it was about.

    A date of doing alone makes an activity «выполнено»; a new term alone makes one that is not begun «перенесено».

    Args:
        store: the open file.
        cells: see ``Cell``; columns are those of ``COLUMNS``.

    Raises:
        UserError: ``MON_EXEC_NO_COLUMN``, ``MON_EXEC_NO_ACTIVITY``.
    """
    typed: dict[Key, dict[str, str]] = {}
    for key, name, text in cells:
        if name not in COLUMN:
            raise UserError("MON_EXEC_NO_COLUMN", name=name, known=", ".join(COLUMN))
        typed.setdefault(key, {})[name] = text.strip()
    wanted = _known(store.connection, typed)
    known = {key: found for key in wanted if (found := stored.row(store.connection, key)) is not None}
    wanted = [key for key in wanted if key in known or any(typed[key].values())]
    if not wanted:
        return 0
    names = _school_names(store.connection) if any("schools" in typed[key] for key in wanted) else {}
    number = sum(len(typed[key]) for key in wanted)
    first, name = wanted[0], next(iter(typed[wanted[0]]))
    merge = f"execution:{first[0]}:{first[1]}:{name}" if number == 1 else None
    what = quoted(COLUMN[name].title) if number == 1 else count(number, "ячейка", "ячейки", "ячеек")
    with store.operation(f"Исполнение: {what}", "execution.edit", merge=merge) as operation:
        for key in wanted:
            _put_row(operation, key, typed[key], names)
    return len(wanted)


def _put_row(operation: Operation, key: Key, typed: Mapping[str, str], names: Mapping[str, int]) -> None:
    present = stored.ensured(operation, key)
    entry = _Entry()
    for name, text in typed.items():
        _read(entry, name, text, names)
    values = entry.values
    if "state" not in values:
        if values.get("done_on") and present.state not in FINISHED:
            values["state"] = "done"
        elif values.get("moved_to") and present.state in {"planned", "cancelled"}:
            values["state"] = "moved"
    if "state" in values:
        _agree(present, values)
    for name, (raw, code) in entry.drafts.items():
        kept.put_entry(operation, TABLE, present.id, name, raw, code)
    stored.put(operation, present, **values)
    if entry.schools is not None:
        stored.put_schools(operation, present.id, entry.schools)


def _read(entry: _Entry, name: str, text: str, names: Mapping[str, int]) -> None:
    """Understand one entry; what does not fit leaves the value as it was and waits as a draft."""
    entry.drafts[name] = (text, None)
    if name in _TEXTS:
        entry.values[name] = text or None
        return
    if name == "spent":
        found = sum_of(text)
        entry.values.update(spent_raw=text or None, spent_kopecks=found.kopecks, spent_code=found.code)
        return
    if name == "schools":
        chosen, strange = _schools(text, names)
        entry.drafts[name] = (text, "MON_EXEC_SCHOOL" if strange else None)
        entry.schools = None if strange else chosen
        return
    value, code = read_entry(name, text)
    if name == "done_on":
        entry.values.update(done_on=value, done_raw=text or None, done_code=code)
        return
    entry.drafts[name] = (text, code)
    if code is None:
        entry.values[name] = (value or "planned") if name == "state" else value


def read_entry(name: str, text: str) -> tuple[Any, str | None]:
    """Return value and code of an entry of «state», «done_on», «moved_to», «participants»."""
    from app.operations import agreement_grids as grids

    if name == "participants":
        plain = "".join(text.replace("\u00a0", " ").split())
        if not plain:
            return None, None
        whole = plain.isascii() and plain.isdigit() and int(plain) <= _LARGEST
        return (int(plain), None) if whole else (None, "GEN_BAD_NUMBER")
    if name == "state":
        # the grids' reader needs no connection for words and dates
        value, code = grids.read_entry(None, COLUMN[name], text)  # type: ignore[arg-type]
        return value, "MON_EXEC_WORD" if code else None
    return grids.read_entry(None, COLUMN[name], text)  # type: ignore[arg-type]


def put_draft(store: Store, key: Key, name: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it.

    Raises:
        UserError: ``MON_EXEC_NO_COLUMN``, ``MON_EXEC_NO_ACTIVITY``.
    """
    if name not in COLUMN:
        raise UserError("MON_EXEC_NO_COLUMN", name=name, known=", ".join(COLUMN))
    _known(store.connection, [key])
    with store.operation("Набран текст", "execution.draft", merge=f"execution:{key[0]}:{key[1]}:{name}") as operation:
        present = stored.ensured(operation, key)
        kept.put_entry(operation, TABLE, present.id, name, raw.strip(), "DRAFT" if raw.strip() else None)


def _drop_drafts(operation: Operation, row: int, names: Iterable[str]) -> None:
    for name in names:
        kept.put_entry(operation, TABLE, row, name, "", None)


def _school_names(connection: Connection) -> dict[str, int]:
    """Return spelling → school, of the municipality's own schools."""
    return {
        " ".join(name.casefold().replace("ё", "е").split()): school.id
        for school in organisations.listing(connection)
        for name in (school.name, school.shown)
    }


def _schools(text: str, names: Mapping[str, int]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the schools that a text names, and the names that no school has."""
    if text.casefold() in ALL_SCHOOLS:
        return tuple(dict.fromkeys(names.values())), ()
    parts = [part for part in (piece.strip() for piece in text.replace("\n", ";").split(";")) if part]
    folded = {part: " ".join(part.casefold().replace("ё", "е").split()) for part in parts}
    strange = tuple(part for part in parts if folded[part] not in names)
    return tuple(dict.fromkeys(names[folded[part]] for part in parts if part not in strange)), strange


def trouble(connection: Connection, name: str, raw: str, code: str) -> str:
    """Return what is wrong with an entry that was kept as it was typed."""
    if code == "DRAFT":
        return "Набрано не до конца. Нажмите F2 и закончите ввод."
    if code == "MON_EXEC_SCHOOL":
        strange = _schools(raw, _school_names(connection))[1]
        return problem(code, names=", ".join(strange) or raw).message
    known = ", ".join((COLUMN[name].words or {}).values())
    return problem(code, raw=raw, known=known, query=raw, names=raw).message


# --- evidence ----------------------------------------------------------------------------------------------------


def attach(store: Store, key: Key, paths: Sequence[Path] = (), *, link: str = "", title: str = "") -> int:
    """Keep evidence beside an activity: files, or a link; returns how many were added. One step back.

    Raises:
        UserError: ``MON_EXEC_NO_ACTIVITY``, ``REG_NOTHING``, ``REG_FILE_BIG``, ``GEN_FILE_MISSING``,
            ``GEN_FILE_UNREADABLE``.
    """
    from app.operations import registers

    _known(store.connection, [key])
    files = [(path, registers.file_of(store.connection, path)) for path in paths]
    address = link.strip()
    if not files and not address:
        raise UserError("REG_NOTHING")
    told = title.strip() or (files[0][0].name if files else address)
    with store.operation(f"Исполнение: приложено {quoted(told)}", "execution.attach") as operation:
        row = stored.ensured(operation, key).id
        for path, data in files:
            kept.attach(operation, TABLE, row, title.strip() or path.name, file_name=path.name, data=data)
        if address:
            kept.attach(operation, TABLE, row, title.strip() or address, link=address)
    return len(files) + bool(address)


def draft_names(connection: Connection) -> dict[str, str]:
    """Return «table:row:column» → heading for entries that do not fit, for the check of the file."""
    return {
        f"{TABLE}:{row}:{name}": COLUMN[name].title
        for row, cells in kept.drafts(connection, TABLE).items() for name in cells if name in COLUMN
    }  # fmt: skip
