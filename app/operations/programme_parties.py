"""The agreement sheet of a programme as a grid: who agrees, when asked, when answered; entries that do not fit stay.

The words of an entry are read as those of the list's own agreement sheet are (``agreement_grids``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.errors import UserError
from app.models import organisations
from app.models import programme_agreement as stored
from app.models.programme_agreement import DRAFTS, Party
from app.models.store import Connection, Operation, Store
from app.operations import agreement_grids as grids
from app.operations.agreement_grids import GridColumn, GridLine
from app.operations.programme_life import ANSWER_WORDS, forget_party
from app.operations.programmes import writable
from app.texts import count

Cell = tuple[int, str, str]
"""(key of the row, below nought for a new one; column; text)."""
USUAL = (
    "Управление образования", "Муниципальная методическая служба", "Совет руководителей школ",
    "Общественный совет по образованию",
)  # fmt: skip
COLUMNS: tuple[GridColumn, ...] = (
    GridColumn("name", "Орган, организация", width=290),
    GridColumn("person", "Кто подписывает", width=170),
    GridColumn("sent_on", "Направлено", "date", 98),
    GridColumn("due_on", "Ответить до", "date", 98),
    GridColumn("answered_on", "Ответ дан", "date", 98),
    GridColumn("answer", "Ответ", "word", 150, ANSWER_WORDS),
)
_BY_KEY = {item.key: item for item in COLUMNS}


def lines(connection: Connection, key: int) -> tuple[GridLine, ...]:
    """Return the rows as they are shown, entries that did not fit as they were typed."""
    waiting = stored.drafts(connection, key)
    return tuple(_line(party, waiting.get(party.id, {})) for party in stored.parties(connection, key))


def _line(party: Party, drafts: Mapping[str, tuple[str, str]]) -> GridLine:
    texts, troubles = [], {}
    for place, item in enumerate(COLUMNS):
        if item.key in drafts:
            texts.append(drafts[item.key][0])
            troubles[place] = grids.trouble(item, drafts[item.key])
        else:
            texts.append(grids.shown(None, item, getattr(party, item.key)))
    return GridLine(party.id, tuple(texts), troubles)


def put_cells(store: Store, key: int, cells: Iterable[Cell]) -> dict[int, int]:
    """Write cells of the sheet: one operation, one step back; entries that do not fit stay as drafts.

    Args:
        store: the open file.
        key: the edition.
        cells: see ``Cell``; each key below nought makes a row of its own.

    Returns:
        key below nought → key of the row that was made.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_PARTY``.
    """
    writable(store.connection, key)
    typed = {(row, column): text for row, column, text in cells if row > 0 or text.strip()}
    _known(store.connection, key, {row for row, _column in typed if row > 0})
    if not typed:
        return {}
    (row, name), single = next(iter(typed)), len(typed) == 1
    what = f"«{_BY_KEY[name].title}»" if single else count(len(typed), "ячейка", "ячейки", "ячеек")
    merge = f"programme.party:{row}:{name}" if single and row > 0 else None
    made: dict[int, int] = {}
    with store.operation(f"Программа, лист согласования: {what}", "programme.party", merge=merge) as operation:
        for (row, name), text in typed.items():
            if row < 0 and row not in made:
                place = len(stored.parties(operation.connection, key))
                made[row] = operation.insert("programme_party", programme_id=key, position=place, name="")
            _put(operation, made.get(row, row), _BY_KEY[name], text)
    return made


def _put(operation: Operation, row: int, item: GridColumn, text: str) -> None:
    value, code = grids.read_entry(operation.connection, item, text)
    if code is not None:
        organisations.put_draft(operation, DRAFTS, row, item.key, text.strip(), code)
        return
    organisations.drop_draft(operation, DRAFTS, row, item.key)
    operation.update("programme_party", row, **{item.key: value or "" if item.key == "name" else value})


def put_draft(store: Store, key: int, row: int, column: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it. Errors: see ``put_cells``."""
    writable(store.connection, key)
    _known(store.connection, key, {row})
    with store.operation("Набран текст", "programme.draft", merge=f"programme.party:{row}:{column}") as operation:
        if raw.strip():
            organisations.put_draft(operation, DRAFTS, row, column, raw.strip(), "DRAFT")
        else:
            organisations.drop_draft(operation, DRAFTS, row, column)


def _known(connection: Connection, key: int, rows: set[int]) -> None:
    if rows - {party.id for party in stored.parties(connection, key)}:
        raise UserError("PROGRAMME_NO_PARTY")


def remove_rows(store: Store, key: int, rows: Sequence[int]) -> None:
    """Take parties away; their remarks stay with their names. Errors: see ``put_cells``."""
    writable(store.connection, key)
    _known(store.connection, key, set(rows))
    words = count(len(rows), "сторона", "стороны", "сторон")
    with store.operation(f"Программа, лист согласования: убрано, {words}", "programme.party") as operation:
        for row in dict.fromkeys(rows):
            forget_party(operation, key, row)


def move(store: Store, key: int, row: int, step: int) -> None:
    """Move a party up (below nought) or down. Errors: see ``put_cells``."""
    writable(store.connection, key)
    _known(store.connection, key, {row})
    order = [party.id for party in stored.parties(store.connection, key)]
    place = order.index(row)
    order.insert(min(max(place + step, 0), len(order) - 1), order.pop(place))
    with store.operation("Программа, лист согласования: другой порядок", "programme.party") as operation:
        for position, party in enumerate(order):
            operation.update("programme_party", party, position=position)


def add_usual(store: Store, key: int) -> int:
    """Add the parties that are usually asked and are not there yet; returns how many. Errors: see ``put_cells``."""
    writable(store.connection, key)
    there = stored.parties(store.connection, key)
    fresh = [name for name in USUAL if name not in {party.name for party in there}]
    if fresh:
        with store.operation("Программа, лист согласования: обычные стороны", "programme.party") as operation:
            for place, name in enumerate(fresh, start=len(there)):
                operation.insert("programme_party", programme_id=key, position=place, name=name)
    return len(fresh)
