"""Registers: reading a grid, writing cells, taking rows out, files of a row. The same for every register.

An entry that does not fit its column stays as it was typed and is marked (decision 18); a row that lacks something the
table needs waits whole as drafts under its future key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.errors import UserError, problem
from app.models import blobs, organisations, settings
from app.models import registers as stored
from app.models.registers import Attachment
from app.models.store import Connection, Operation, Store, new_id
from app.operations import agreement_grids as grids
from app.operations.agreement_grids import GridColumn, GridLine
from app.operations.register_catalogue import REGISTERS, Register, column, register
from app.texts import count, quoted, school_year

__all__ = ["REGISTERS", "Attachment", "Register", "RegisterTable", "register", "table"]

Cell = tuple[int, str, str]
"""(key of the row, column, text as typed); a key below nought is a row that is new."""
Scope = Mapping[str, Any]
WAITS = "REG_WAITS"
"""Code of an entry that fits but whose row lacks something yet."""
_LARGEST = 999_999
GONE = "нет в программе"
"""What stands in a cell whose activity no programme in force has any more."""


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A register as it is shown.

    Attributes:
        lines: stored rows, then rows that are only begun.
        rows: key → the stored row, columns as the table has them.
        schools, people: names to choose from; ``offers``: kind of column → its names, of every other kind.
        files: row → its files and links.
    """

    register: Register
    scope: Scope
    lines: tuple[GridLine, ...]
    rows: Mapping[int, Mapping[str, Any]]
    schools: tuple[str, ...]
    people: tuple[str, ...]
    files: Mapping[int, tuple[Attachment, ...]]
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------------------------------


def rows(connection: Connection, /, key: str, **scope: Any) -> list[dict[str, Any]]:
    """Return the stored rows of a register, in its order; ``scope``: columns that must have these values.

    A merged school is named by its canonical record.

    Raises:
        UserError: ``REG_UNKNOWN``.
    """
    item = register(key)
    order = ("position",) if item.ordered else item.order
    found = [row for row in stored.rows(connection, item.table, scope, order) if belongs(item, row)]
    schools = {one.key for one in item.columns if one.kind == "school"}
    for row in found if schools else ():
        for name in schools:
            if row[name] is not None:
                row[name] = organisations.canonical(connection, row[name])
    return found


def belongs(item: Register, row: Mapping[str, Any]) -> bool:
    """Tell whether a row of the table stands in the register (a director is no curator)."""
    if item.only is None:
        return True
    name, words = item.only
    return str(row[name] or "").casefold().startswith(words)


def table(connection: Connection, key: str, scope: Scope) -> RegisterTable:
    """Return the grid of a register.

    Args:
        connection: reading connection.
        key: of the register.
        scope: value of each of its ``scope`` columns.

    Raises:
        UserError: ``REG_UNKNOWN``.
    """
    item = register(key)
    found = rows(connection, key, **scope)
    drafts = stored.drafts(connection, stored.draft_table(item.table, scope))
    schools = organisations.listing(connection, own=None, kind=None)
    names = {school.id: school.shown for school in schools}
    people = stored.people(connection) if _has(item, "person") or _has(item, "name") else {}
    named = {kind: one.names(connection) for kind, one in NAMED.items() if _has(item, kind)}
    if item.order and column(item, item.order[0]).kind == "school":
        # schools stand in the file's own order, not in that of their keys
        rank = {school: place for place, school in enumerate(names)}
        found.sort(key=lambda row: rank.get(row[item.order[0]], len(rank)))
    lines = [_line(item, row["id"], texts_of(item, row, names, people, named), drafts.get(row["id"], {}))
             for row in found]  # fmt: skip
    known = {row["id"] for row in found}
    lines += [_line(item, row, {}, cells) for row, cells in drafts.items() if row not in known]
    files = stored.attachments(connection, item.table, known) if item.files else {}
    return RegisterTable(
        item, dict(scope), tuple(lines), {row["id"]: row for row in found},
        tuple(names.values()) if _has(item, "school") else (), tuple(people.values()),
        {row: tuple(items) for row, items in files.items()},
        {kind: tuple(known.values()) for kind, known in named.items()},
    )  # fmt: skip


def _has(item: Register, kind: str) -> bool:
    return any(one.kind == kind for one in item.columns)


def _activities(connection: Connection) -> Mapping[int, str]:
    from app.operations import activity_choice  # loads the plans of programmes

    return activity_choice.names(connection)


def _find_activity(connection: Connection, text: str) -> int | None:
    from app.operations import activity_choice

    return activity_choice.find(connection, text)


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of column that keeps a key of something with a name.

    Attributes:
        names: reads key → name, no two alike.
        find: reads the key that a text names, None where it names none; ``code`` says what is wrong then.
    """

    names: Callable[[Connection], Mapping[int, str]]
    find: Callable[[Connection, str], int | None]
    code: str


NAMED: Mapping[str, Named] = {"activity": Named(_activities, _find_activity, "EVENT_NO_ACTIVITY")}
"""Kinds beside schools and people; a new one adds a line."""


def texts_of(
    item: Register, row: Mapping[str, Any], schools: Mapping[int, str], people: Mapping[int, str],
    named: Mapping[str, Mapping[int, str]] = MappingProxyType({}),
) -> dict[str, str]:  # fmt: skip
    """Return column → text of a stored row; ``named``: kind → key → name, of the kinds of ``NAMED``."""
    found = {}
    for one in item.columns:
        value = row[one.key]
        if one.kind == "school":
            found[one.key] = "" if value is None else schools.get(value, "")
        elif one.kind == "person":
            found[one.key] = "" if value is None else people.get(value, "")
        elif one.kind in NAMED:
            found[one.key] = "" if value is None else named.get(one.kind, {}).get(value, GONE)
        else:
            # a word that another page has written freely («куратор школы») is shown as it is
            found[one.key] = grids.shown(None, one, value) or ("" if value is None else str(value))
    return found


def _line(item: Register, key: int, texts: Mapping[str, str], drafts: Mapping[str, stored.Draft]) -> GridLine:
    shown, troubles = [], {}
    for place, one in enumerate(item.columns):
        draft = drafts.get(one.key)
        shown.append(texts.get(one.key, "") if draft is None else draft[0])
        wrong = "" if draft is None or draft[1] == WAITS else grids.trouble(one, draft)
        if one.key in item.needs and not shown[-1]:
            wrong = problem("REG_WAITS", column=one.title).message
        if wrong:
            troubles[place] = wrong
    return GridLine(key, tuple(shown), troubles)


def read_entry(connection: Connection, one: GridColumn, raw: str) -> tuple[Any, str | None]:
    """Return value and code of an entry; a person who is not in the directory yet is the name itself."""
    text = raw.strip()
    if one.kind == "count" and text:
        plain = text.replace("\u00a0", "").replace(" ", "")
        whole = plain.isascii() and plain.isdigit() and int(plain) <= _LARGEST
        return (int(plain), None) if whole else (None, "GEN_BAD_NUMBER")
    if one.kind == "person":
        return text or None, None
    if one.kind in NAMED and text:
        key = NAMED[one.kind].find(connection, text)
        return key, None if key is not None else NAMED[one.kind].code
    return grids.read_entry(connection, one, text)


# --- writing -----------------------------------------------------------------------------------------------------


def put_cells(store: Store, key: str, scope: Scope, cells: Iterable[Cell]) -> dict[int, int]:
    """Write cells of a grid: one operation, one step back.

    Args:
        store: the open file.
        key: of the register.
        scope: value of each of its ``scope`` columns.
        cells: see ``Cell``; each key below nought makes a row of its own.

    Returns:
        key below nought → key of the row that was made.

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_COLUMN``, ``REG_NO_ROW``.
    """
    item = register(key)
    typed: dict[int, dict[str, str]] = {}
    for row, name, text in cells:
        typed.setdefault(row, {})[column(item, name).key] = text.strip()
    known = _known(store.connection, item, scope)
    for row in typed:
        if row > 0 and row not in known:
            raise UserError("REG_NO_ROW", register=item.title)
    typed = {row: entries for row, entries in typed.items() if row > 0 or any(entries.values())}
    if not typed:
        return {}
    made: dict[int, int] = {}
    (first, entries), single = next(iter(typed.items())), sum(map(len, typed.values())) == 1
    merge = f"{key}:{first}:{next(iter(entries))}" if single and first > 0 else None
    with store.operation(_label(item, scope, typed), f"{key}.edit", merge=merge) as operation:
        for row, entries in typed.items():
            kept = _put_row(operation, item, scope, row, entries)
            if row < 0:
                made[row] = kept
        if key == "tasks" and any("done_on" in entries for entries in typed.values()):
            from app.operations import tasks  # it stands on registers

            tasks.follow_in(operation, [made.get(row, row) for row in typed])
        if key == "event_guests":
            from app.operations.event_people import follow_in

            follow_in(operation, [made.get(row, row) for row in typed])
    return made


def put_in(operation: Operation, key: str, scope: Scope, row: int, texts: Mapping[str, str]) -> int:
    """Write texts into one row inside an operation of the caller; a key below nought makes a row. Returns its key."""
    return _put_row(operation, register(key), scope, row, {name: text.strip() for name, text in texts.items()})


def _label(item: Register, scope: Scope, typed: Mapping[int, Mapping[str, str]]) -> str:
    number = sum(map(len, typed.values()))
    name = column(item, next(iter(next(iter(typed.values()))))).title
    what = quoted(name) if number == 1 else count(number, "ячейка", "ячейки", "ячеек")
    return f"{head(item, scope)}: {what}"


def head(item: Register, scope: Scope) -> str:
    """Return the register as the journal names it: «Правовая база», «Индивидуальные планы, 2025/26»."""
    year = scope.get("school_year")
    return item.title if year is None else f"{item.title}, {school_year(int(year))}"


def _known(connection: Connection, item: Register, scope: Scope) -> set[int]:
    found = {row["id"] for row in stored.rows(connection, item.table, scope) if belongs(item, row)}
    return found | set(stored.drafts(connection, stored.draft_table(item.table, scope)))


def _put_row(operation: Operation, item: Register, scope: Scope, key: int, typed: Mapping[str, str]) -> int:
    """Write one row: as a row of the table where it has all it needs, else as entries that wait; returns its key."""
    connection, where = operation.connection, stored.draft_table(item.table, scope)
    present = stored.row(connection, item.table, key) if key > 0 else None
    waiting = stored.drafts(connection, where).get(key, {}) if key > 0 else {}
    row = key if key > 0 else new_id()
    texts = {name: raw for name, (raw, _code) in waiting.items() if name not in typed} | dict(typed)
    values: dict[str, Any] = {}
    codes: dict[str, str | None] = {}
    for name, raw in texts.items():
        values[name], codes[name] = read_entry(connection, column(item, name), raw)
    if present is not None:
        _update(operation, item, present, values, codes)
    whole = present is not None or all(values.get(name) is not None for name in item.needs)
    if present is None and whole:
        _insert(operation, item, scope, row, values, codes)
    for name, raw in texts.items():
        code = codes[name] or _kept_word(item, present, name, raw) or (WAITS if not whole and raw else None)
        if code is not None or name in waiting:
            stored.put_entry(operation, where, row, name, raw, code)
    return row


def _kept_word(item: Register, present: Mapping[str, Any] | None, name: str, raw: str) -> str | None:
    """Return the code of a needed cell that was emptied: the row keeps its value, the cell says what it lacks."""
    return WAITS if present is not None and name in item.needs and not raw else None


def _values(operation: Operation, item: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes into the table: a name becomes a person of the directory."""
    found = dict(values)
    for one in item.columns:
        if one.kind == "person" and isinstance(found.get(one.key), str):
            found[one.key] = _person(operation, found[one.key])
    return found


def _person(operation: Operation, name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    for key, known in stored.people(operation.connection).items():
        if " ".join(known.split()).casefold() == wanted:
            return key
    return operation.insert("person", full_name=" ".join(name.split()))


def _update(
    operation: Operation, item: Register, present: Mapping[str, Any], values: Mapping[str, Any],
    codes: Mapping[str, str | None],
) -> None:  # fmt: skip
    good = {name: value for name, value in values.items() if codes[name] is None}
    for name in list(good):
        # a column that always has a word goes back to its first one; a needed cell keeps what it has
        if good[name] is None and name in item.needs:
            del good[name]
        elif good[name] is None:
            good[name] = stored.first_word(operation.connection, item.table, name)
    changed = {name: value for name, value in _values(operation, item, good).items() if value != present[name]}
    if changed:
        operation.update(item.table, present["id"], **changed)


def _insert(
    operation: Operation, item: Register, scope: Scope, row: int, values: Mapping[str, Any],
    codes: Mapping[str, str | None],
) -> None:  # fmt: skip
    good = {name: value for name, value in values.items() if codes[name] is None and value is not None}
    extra: dict[str, Any] = {}
    if item.ordered:
        extra["position"] = stored.number(operation.connection, item.table, scope)
    operation.insert(item.table, id=row, **{**item.defaults, **scope, **extra, **_values(operation, item, good)})


def put_draft(store: Store, key: str, scope: Scope, row: int, name: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it.

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_COLUMN``, ``REG_NO_ROW``.
    """
    item = register(key)
    one = column(item, name)
    if row not in _known(store.connection, item, scope):
        raise UserError("REG_NO_ROW", register=item.title)
    where = stored.draft_table(item.table, scope)
    with store.operation("Набран текст", f"{key}.draft", merge=f"{key}:{row}:{one.key}") as operation:
        stored.put_entry(operation, where, row, one.key, raw.strip(), "DRAFT" if raw.strip() else None)


def add(store: Store, /, key: str, scope: Scope, **values: Any) -> int:
    """Add a row of values (not texts) as one operation; returns its key.

    Raises:
        UserError: ``REG_UNKNOWN``.
    """
    item = register(key)
    with store.operation(f"{head(item, scope)}: добавлено", f"{key}.add") as operation:
        return add_in(operation, key, scope, **values)


def add_in(operation: Operation, /, key: str, scope: Scope, **values: Any) -> int:
    """Add a row inside an operation of the caller; see ``add``."""
    item, row = register(key), new_id()
    extra: dict[str, Any] = {}
    if item.ordered:
        extra["position"] = stored.number(operation.connection, item.table, scope)
    operation.insert(item.table, id=row, **{**item.defaults, **scope, **extra, **values})
    return row


def edit(store: Store, /, key: str, row: int, **values: Any) -> None:
    """Change columns of a stored row by values (not texts).

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_ROW``.
    """
    item = register(key)
    present = stored.row(store.connection, item.table, row)
    if present is None:
        raise UserError("REG_NO_ROW", register=item.title)
    merge = f"{key}:{row}:{','.join(sorted(values))}"
    with store.operation(f"{item.title}: изменено", f"{key}.edit", merge=merge) as operation:
        write_in(operation, item.table, present, values)


def write_in(operation: Operation, table_name: str, present: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Change columns of a stored row inside an operation of the caller; tells whether anything differs.

    What waited for these columns in the grid is forgotten: else it would hide what was written.
    """
    stored.forget_entries(operation, table_name, present["id"], values.keys())
    changed = {name: value for name, value in values.items() if value != present[name]}
    if changed:
        operation.update(table_name, present["id"], **changed)
    return bool(changed)


def remove(store: Store, key: str, scope: Scope, keys: Iterable[int]) -> None:
    """Take rows out with what hangs on them; undo brings everything back.

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_ROW``.
    """
    item, wanted = register(key), list(dict.fromkeys(keys))
    known = _known(store.connection, item, scope)
    if not set(wanted) <= known:
        raise UserError("REG_NO_ROW", register=item.title)
    label = f"{head(item, scope)}: убрано, {count(len(wanted), *item.row)}"
    with store.operation(label, f"{key}.remove") as operation:
        for row in wanted:
            remove_in(operation, item, scope, row)
        if item.ordered:
            for place, left in enumerate(stored.rows(operation.connection, item.table, scope, ("position",))):
                if left["position"] != place:
                    operation.update(item.table, left["id"], position=place)


def remove_in(operation: Operation, item: Register, scope: Scope, row: int) -> None:
    """Take one row out inside an operation of the caller."""
    connection = operation.connection
    for child, pointer in reversed(item.children):
        below = [one["id"] for one in stored.rows(connection, child, {pointer: row})]
        stored.drop_attachments(operation, child, below)
        for one in below:
            stored.release(operation, child, one)
            operation.delete(child, one)
        for begun in stored.drafts(connection, stored.draft_table(child, {pointer: row})):
            stored.drop_entries(operation, stored.draft_table(child, {pointer: row}), begun)
    stored.drop_attachments(operation, item.table, [row])
    stored.drop_entries(operation, stored.draft_table(item.table, scope), row)
    if stored.row(connection, item.table, row) is not None:
        stored.release(operation, item.table, row)
        operation.delete(item.table, row)


def move(store: Store, key: str, scope: Scope, row: int, step: int) -> None:
    """Move a row of an ordered register up (−1) or down (1).

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_ROW``.
    """
    item = register(key)
    found = stored.rows(store.connection, item.table, scope, ("position",))
    keys = [one["id"] for one in found]
    if row not in keys or not item.ordered:
        raise UserError("REG_NO_ROW", register=item.title)
    place = keys.index(row)
    target = min(max(place + step, 0), len(keys) - 1)
    if target == place:
        return
    keys.insert(target, keys.pop(place))
    positions = {one["id"]: one["position"] for one in found}
    with store.operation(f"{head(item, scope)}: другой порядок", f"{key}.move") as operation:
        for number, one in enumerate(keys):
            if positions[one] != number:
                operation.update(item.table, one, position=number)


# --- files -------------------------------------------------------------------------------------------------------


def attach(store: Store, key: str, row: int, paths: Iterable[Path] = (), *, link: str = "", title: str = "") -> int:
    """Keep files or a link beside a stored row; returns how many were added.

    Raises:
        UserError: ``REG_UNKNOWN``, ``REG_NO_ROW``, ``REG_NOTHING``, ``REG_FILE_BIG``, ``GEN_FILE_MISSING``,
            ``GEN_FILE_UNREADABLE``.
    """
    item = register(key)
    if stored.row(store.connection, item.table, row) is None:
        raise UserError("REG_NO_ROW", register=item.title)
    return attach_to(store, item.table, row, paths, link=link, title=title, about=item.title)


def attach_to(
    store: Store, table_name: str, row: int, paths: Iterable[Path], *, link: str = "", title: str = "", about: str = ""
) -> int:
    """Keep files or a link beside a row of any table; see ``attach``."""
    files = [(path, file_of(store.connection, path)) for path in paths]
    address = link.strip()
    if not files and not address:
        raise UserError("REG_NOTHING")
    what = title.strip() or (files[0][0].name if files else address)
    with store.operation(f"{about}: приложено {quoted(what)}", "attachment.add") as operation:
        for path, data in files:
            stored.attach(operation, table_name, row, title.strip() or path.name, file_name=path.name, data=data)
        if address:
            stored.attach(operation, table_name, row, title.strip() or address, link=address)
    return len(files) + bool(address)


def file_of(connection: Connection, path: Path) -> bytes:
    """Return the bytes of a file that is to be kept. Errors: ``REG_FILE_BIG``, ``GEN_FILE_MISSING`` and others."""
    limit = int(settings.get(connection, "blob_limit_mb"))
    try:
        size = path.stat().st_size
        if size > limit << 20:
            raise UserError("REG_FILE_BIG", file=path.name, size=-(-size >> 20), limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("GEN_FILE_MISSING", file=path.name) from error
    except OSError as error:
        raise UserError("GEN_FILE_UNREADABLE", file=path.name, detail=error.strerror or "нет доступа") from error


def detach(store: Store, key: int) -> None:
    """Take a file or a link away; undo brings it back.

    Raises:
        UserError: ``REG_NO_FILE``.
    """
    item = stored.attachment(store.connection, key)
    if item is None:
        raise UserError("REG_NO_FILE")
    with store.operation(f"Убрано приложение {quoted(item.title)}", "attachment.remove") as operation:
        operation.delete("attachment", key)


def file_bytes(connection: Connection, key: int) -> tuple[str, bytes]:
    """Return name and bytes of a kept file.

    Raises:
        UserError: ``REG_NO_FILE``.
    """
    item = stored.attachment(connection, key)
    if item is None or item.sha256 is None:
        raise UserError("REG_NO_FILE")
    return item.file_name or item.title, blobs.get(connection, item.sha256)


def draft_names(connection: Connection) -> dict[str, str]:
    """Return «table:row:column» → heading for entries of registers that do not fit, for the check of the file."""
    found: dict[str, str] = {}
    for item in REGISTERS.values():
        titles = {one.key: one.title for one in item.columns}
        for name in stored.draft_tables(connection, item.table):
            for row, cells in stored.drafts(connection, name).items():
                found |= {f"{name}:{row}:{column_key}": titles.get(column_key, column_key) for column_key in cells}
    return found
