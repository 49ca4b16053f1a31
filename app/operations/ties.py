"""Who helps whom: entering ties between schools, changing and ending them (domain §7, 004 on сетевая площадка).

Help belongs to the school year that begins in the year of the results: results of 2026 → help in 2026/27.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import UserError
from app.models import organisations
from app.models import ties as stored
from app.models.registers import release
from app.models.store import Connection, Operation, Store
from app.models.ties import TIE, Tie
from app.operations import tie_grids as grids
from app.operations.agreement_grids import GridLine
from app.operations.tie_grids import SCHOOLS, STATE_WORDS, WAITS
from app.texts import NBSP, count, quoted, school_year

Cell = tuple[int, str, str]
"""(key of the row, column, text as typed); a key below nought is a row that is not stored yet."""
IN_FORCE = ("existing", "planned", "agreed")


@dataclass(frozen=True, slots=True)
class TieTable:
    """The grid of a school year; ``schools`` are names to choose from."""

    school_year: int
    lines: tuple[GridLine, ...]
    schools: tuple[str, ...]


def help_year(result_year: int) -> int:
    """Return the school year in which schools are helped after the results of a year."""
    return result_year


def of_school(connection: Connection, school_id: int, school_year: int) -> list[Tie]:
    """Return the ties of a school in a school year, as a donor or as a receiver, for its card.

    Args:
        connection: reading connection.
        school_id: canonical school.
        school_year: first calendar year of the school year.
    """
    return stored.ties(connection, (school_year,), school_id=school_id)


def listing(connection: Connection, year: int | None = None) -> list[Tie]:
    """Return all ties of a school year, or of all years."""
    return stored.ties(connection, None if year is None else (year,))


def table(connection: Connection, year: int) -> TieTable:
    """Return the grid of a school year: stored ties, then rows that lack a school yet."""
    drafts = stored.drafts(connection, stored.draft_table(year))
    found = stored.ties(connection, (year,))
    lines = [grids.line(tie.id, grids.texts(connection, tie), drafts.get(tie.id, {})) for tie in found]
    begun = [grids.line(key, {}, cells) for key, cells in drafts.items() if key not in {tie.id for tie in found}]
    names = tuple(school.shown for school in organisations.listing(connection, own=None))
    return TieTable(year, (*lines, *begun), names)


def words(tie: Tie) -> str:
    """Return «математика, 6 кл.», «любой предмет»."""
    name = tie.subject[:1].lower() + tie.subject[1:] if tie.subject else "любой предмет"
    return f"{name}, {tie.grade}{NBSP}кл." if tie.grade else name


# --- entering --------------------------------------------------------------------------------------------------


def put_cells(store: Store, year: int, cells: Iterable[Cell]) -> dict[int, int]:
    """Write cells of the grid: one operation, one step back.

    Entries that do not fit stay as they are; a row becomes a tie as soon as it has its two schools.

    Args:
        store: the open file.
        year: school year.
        cells: see ``Cell``.

    Returns:
        key below nought → key of the row that was made.

    Raises:
        UserError: ``DATA_TIE_NO_COLUMN``, ``DATA_TIE_NO_ROW``.
    """
    typed: dict[int, dict[str, str]] = {}
    for key, name, text in cells:
        typed.setdefault(key, {})[grids.column(name).key] = text.strip()
    known = _known_rows(store.connection, year)
    for key in typed:
        if key > 0 and key not in known:
            raise UserError("DATA_TIE_NO_ROW", number=key)
    typed = {key: row for key, row in typed.items() if key > 0 or any(row.values())}
    if not typed:
        return {}
    number = sum(map(len, typed.values()))
    (key, row), single = next(iter(typed.items())), number == 1
    what = f"«{grids.column(next(iter(row))).title}»" if single else count(number, "ячейка", "ячейки", "ячеек")
    merge = f"tie:{key}:{next(iter(row))}" if single and key > 0 else None
    made: dict[int, int] = {}
    with store.operation(f"Договорённости о помощи, {school_year(year)}: {what}", "tie.edit", merge=merge) as operation:
        for key, row in typed.items():
            kept = _put_row(operation, year, key, row)
            if key < 0:
                made[key] = kept
    return made


def _known_rows(connection: Connection, year: int) -> set[int]:
    rows = {tie.id for tie in stored.ties(connection, (year,))}
    return rows | set(stored.drafts(connection, stored.draft_table(year)))


def _put_row(operation: Operation, year: int, key: int, typed: Mapping[str, str]) -> int:
    """Write one row: as a tie where both schools are known, else as entries that wait; returns its key."""
    from app.models.store import new_id

    connection, where = operation.connection, stored.draft_table(year)
    present = stored.tie(connection, key) if key > 0 else None
    waiting = stored.drafts(connection, where).get(key, {}) if key > 0 else {}
    texts = {} if present is None else grids.texts(connection, present)
    texts |= {name: raw for name, (raw, _code) in waiting.items()} | dict(typed)
    values, codes = {}, {}
    for item in grids.TIE_COLUMNS:
        values[item.key], codes[item.key] = grids.read(connection, item, texts.get(item.key, ""))
    if values["donor_id"] is not None and values["donor_id"] == values["receiver_id"]:
        values["receiver_id"], codes["receiver_id"] = None, "DATA_TIE_SELF"
    row = key if key > 0 else new_id()
    if present is not None:
        # a tie keeps its schools while an entry in their place does not fit
        for name in SCHOOLS:
            if values[name] is None and codes[name] is not None:
                values[name] = getattr(present, name)
    whole = all(values[name] is not None for name in SCHOOLS)
    if whole:
        fields = {name: value for name, value in values.items() if codes[name] is None or name in SCHOOLS}
        fields["state"] = values["state"] or (present.state if present is not None and codes["state"] else "existing")
        _store(operation, row, year, fields, known=present is not None)
    elif present is not None:
        release(operation, TIE, row)
        operation.delete(TIE, row)
    for item in grids.TIE_COLUMNS:
        raw = texts.get(item.key, "")
        code = codes[item.key] or (WAITS if not whole and raw else None)
        if code is not None or item.key in waiting:
            stored.put_entry(operation, where, row, item.key, raw, code)
    return row


def _store(operation: Operation, row: int, year: int, fields: dict[str, Any], *, known: bool) -> None:
    if known:
        operation.update(TIE, row, **fields)
    else:
        operation.insert(TIE, id=row, school_year=year, **fields)


def put_draft(store: Store, year: int, key: int, name: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it.

    Raises:
        UserError: ``DATA_TIE_NO_COLUMN``, ``DATA_TIE_NO_ROW``.
    """
    item = grids.column(name)
    if key not in _known_rows(store.connection, year):
        raise UserError("DATA_TIE_NO_ROW", number=key)
    with store.operation("Набран текст", "tie.draft", merge=f"tie:{key}:{item.key}") as operation:
        code = "DRAFT" if raw.strip() else None
        stored.put_entry(operation, stored.draft_table(year), key, item.key, raw.strip(), code)


def remove(store: Store, year: int, keys: Iterable[int]) -> None:
    """Take ties out; undo brings them back.

    Raises:
        UserError: ``DATA_TIE_NO_ROW``.
    """
    wanted = list(dict.fromkeys(keys))
    known = _known_rows(store.connection, year)
    for key in wanted:
        if key not in known:
            raise UserError("DATA_TIE_NO_ROW", number=key)
    rows = count(len(wanted), "строка", "строки", "строк")
    with store.operation(f"Договорённости о помощи: убрано, {rows}", "tie.remove") as operation:
        for key in wanted:
            stored.remove_tie(operation, key, year)


@dataclass(frozen=True, slots=True)
class NewTie:
    """A tie to be written; ``reasons`` are those of an accepted proposal."""

    donor_id: int
    receiver_id: int
    subject: str | None = None
    grade: int | None = None
    state: str = "existing"
    act_number: str | None = None
    act_date: str | None = None
    note: str | None = None
    reasons: str | None = None


def add(store: Store, year: int, ties: Iterable[NewTie], label: str = "") -> list[int]:
    """Write ties as one operation and return their keys.

    Args:
        store: the open file.
        year: school year.
        ties: what to write; all of it or nothing.
        label: of the operation; one of its own where not given.

    Raises:
        UserError: ``DATA_TIE_SELF``; ``DATA_TIE_KNOWN`` where the same two schools have such a tie this year.
    """
    wanted = list(ties)
    names = {s.id: s.shown for s in organisations.listing(store.connection, own=None, kind=None)}
    known = {
        (tie.donor_id, tie.receiver_id, tie.subject, tie.grade): tie
        for tie in stored.ties(store.connection, (year,))
        if tie.state in IN_FORCE
    }
    for tie in wanted:
        if tie.donor_id == tie.receiver_id:
            raise UserError("DATA_TIE_SELF", school=names.get(tie.donor_id, tie.donor_id))
        found = known.get((tie.donor_id, tie.receiver_id, tie.subject, tie.grade))
        if found is not None and tie.state in IN_FORCE:
            raise UserError("DATA_TIE_KNOWN", donor=found.donor, receiver=found.receiver, about=words(found))
    if not wanted:
        return []
    first = wanted[0]
    pair = f"{quoted(names.get(first.donor_id, ''))} → {quoted(names.get(first.receiver_id, ''))}"
    said = f"{pair}: {STATE_WORDS[first.state]}" if len({(t.donor_id, t.receiver_id) for t in wanted}) == 1 else (
        f"Помощь школам, {school_year(year)}: {count(len(wanted), 'запись', 'записи', 'записей')}"
    )  # fmt: skip
    with store.operation(label or said, "tie.add") as operation:
        return [_insert(operation, year, tie) for tie in wanted]


def _insert(operation: Operation, year: int, tie: NewTie) -> int:
    return operation.insert(
        TIE, donor_id=tie.donor_id, receiver_id=tie.receiver_id, school_year=year, subject=tie.subject,
        grade=tie.grade, state=tie.state, act_number=tie.act_number, act_date=tie.act_date, reasons=tie.reasons,
        note=tie.note,
    )  # fmt: skip


def from_texts(connection: Connection, fields: Mapping[str, str]) -> NewTie:
    """Return a tie from texts of its columns, as a form or a command gives them; here nothing may be unfit.

    Raises:
        UserError: ``DATA_TIE_NO_SCHOOLS``, ``DATA_TIE_NO_COLUMN``, or what is wrong with an entry.
    """
    values = {name: _fit(connection, name, raw) for name, raw in fields.items()}
    donor, receiver = values.pop("donor_id", None), values.pop("receiver_id", None)
    if donor is None or receiver is None:
        raise UserError(WAITS)
    return between(donor, receiver, values)


def between(donor_id: int, receiver_id: int, values: Mapping[str, Any]) -> NewTie:
    """Return a tie of two schools; without a state it is an existing one."""
    return NewTie(donor_id, receiver_id, **(dict(values) | {"state": values.get("state") or "existing"}))


def helps_already(store: Store, year: int, donor_id: int, receiver_id: int, fields: Mapping[str, str]) -> list[int]:
    """Write from the lines of a form that a school helps another; returns the key of the tie.

    Args:
        store: the open file.
        year: school year.
        donor_id: who helps.
        receiver_id: whom.
        fields: column → text as typed.

    Raises:
        UserError: what is wrong with an entry, ``DATA_TIE_SELF``, ``DATA_TIE_KNOWN``.
    """
    values = {name: _fit(store.connection, name, raw) for name, raw in fields.items()}
    return add(store, year, [between(donor_id, receiver_id, values)])


def _fit(connection: Connection, name: str, raw: str) -> Any:
    item = grids.column(name)
    value, code = grids.read(connection, item, raw)
    if code is not None:
        known = ", ".join((item.words or {}).values())
        raise UserError(code, raw=raw, known=known, query=raw, names="")
    return value


def change(store: Store, key: int, fields: Mapping[str, str]) -> Tie:
    """Change columns of a tie by texts; here nothing may be unfit. Returns the tie as it is now.

    Raises:
        UserError: ``DATA_TIE_NO_ROW``, ``DATA_TIE_SELF``, or what is wrong with an entry.
    """
    present = stored.tie(store.connection, key)
    if present is None:
        raise UserError("DATA_TIE_NO_ROW", number=key)
    values = {name: _fit(store.connection, name, raw) for name, raw in fields.items()}
    for name in SCHOOLS:
        if name in values and values[name] is None:
            raise UserError(WAITS)
    if values.get("donor_id", present.donor_id) == values.get("receiver_id", present.receiver_id):
        raise UserError("DATA_TIE_SELF", school=present.donor)
    if "state" in values:
        values["state"] = values["state"] or present.state
    label = f"{quoted(present.donor)} → {quoted(present.receiver)}: {_told(values)}"
    with store.operation(label, "tie.edit") as operation:
        if values:
            operation.update(TIE, key, **values)
    return stored.tie(store.connection, key) or present


def _told(values: Mapping[str, Any]) -> str:
    if "state" in values:
        return STATE_WORDS[values["state"]]
    return ", ".join(grids.column(name).title.lower() for name in values)


def set_state(store: Store, keys: Iterable[int], state: str) -> None:
    """Give ties another state, as one operation.

    Raises:
        UserError: ``DATA_TIE_NO_ROW``.
    """
    found = []
    for key in dict.fromkeys(keys):
        tie = stored.tie(store.connection, key)
        if tie is None:
            raise UserError("DATA_TIE_NO_ROW", number=key)
        found.append(tie)
    if not found:
        return
    label = f"{quoted(found[0].donor)} → {quoted(found[0].receiver)}: {STATE_WORDS[state]}"
    with store.operation(label, "tie.state") as operation:
        for tie in found:
            operation.update(TIE, tie.id, state=state)
