"""Tables of a programme that are typed like a sheet: mechanism, stakeholders, monitoring, resources, грифы.

What does not fit its column (a word that is none of the column's, no date) is not written and is named; the sheet keeps
it as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.models.programme_records import Tree
from app.models.store import Connection, Store
from app.operations.agreement_grids import GridColumn, GridLine, read_entry
from app.operations.programme_parts import put_rows
from app.operations.programmes import tree as tree_of
from app.operations.programmes import writable
from app.texts import ru_date

STATES = {"works": "работает", "develop": "развивать", "absent": "нет"}
BLOCK_WORDS = {"approve": "УТВЕРЖДАЮ", "approved": "УТВЕРЖДЕНА", "agreed": "СОГЛАСОВАНО", "accepted": "ПРИНЯТО"}

GRIDS: dict[str, tuple[GridColumn, ...]] = {
    "mechanism": (
        GridColumn("participant", "Участник", width=230),
        GridColumn("powers", "Полномочия", width=360),
        GridColumn("result", "Результат", width=240),
    ),
    "stakeholder": (
        GridColumn("name", "Кто заинтересован", width=230),
        GridColumn("interest", "В чём интерес", width=320),
        GridColumn("part", "Что делает", width=280),
    ),
    "monitor": (
        GridColumn("subject", "Что проверяется", width=210),
        GridColumn("measures", "По каким меркам", width=230),
        GridColumn("source", "Источник данных", width=180),
        GridColumn("period", "Как часто", width=120),
        GridColumn("responsible", "Кто отвечает", width=110),
    ),
    "resource": (
        GridColumn("text", "Ресурс", width=230),
        GridColumn("state", "Состояние", "word", 110, STATES),
        GridColumn("detail", "В чём дело", width=270),
        GridColumn("effect", "Какой эффект ожидается", width=220),
    ),
    "block": (
        GridColumn("word", "Слово", "word", 130, BLOCK_WORDS),
        GridColumn("post", "Должность", width=230),
        GridColumn("name", "И. О. Фамилия", width=150),
        GridColumn("act", "Документ", width=160),
        GridColumn("number", "Номер", width=90),
        GridColumn("dated", "Дата", "date", 100),
    ),
}
"""Part → its columns, as they stand on the screen."""
TITLES = {
    "mechanism": "Механизм управления",
    "stakeholder": "Заинтересованные стороны",
    "monitor": "Контроль и мониторинг",
    "resource": "Ресурсы",
    "block": "Грифы утверждения",
}
HINTS = {
    "mechanism": "Кто участвует, что вправе решать и что из этого выходит.",
    "stakeholder": "Чего каждый ждёт от программы и чем в ней занят.",
    "monitor": "Что проверяется, по каким меркам, откуда данные, как часто и кто отвечает.",
    "resource": "Что работает, что нужно развивать, чего нет и какой эффект ожидается.",
    "block": "Слова и подписи на титульном листе: кто утвердил и с кем согласовано.",
}
_FIELDS = {
    "mechanism": "mechanism", "stakeholder": "stakeholders", "monitor": "monitoring", "resource": "resources",
    "block": "blocks",
}  # fmt: skip
_KEPT = ("person_id", "body_id", "organisation_id")
_FIRST = {("resource", "state"): "works", ("block", "word"): "approve"}
Typed = tuple[int, str, str]
"""(key of the row, column, text); keys below nought are rows that are not stored yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of typed cells.

    Attributes:
        made: key of a new row → its stored key.
        bad: cells that did not fit, with the reason in words.
    """

    made: Mapping[int, int] = field(default_factory=dict)
    bad: tuple[tuple[Typed, str], ...] = ()


def rows_of(tree: Tree, part: str) -> Sequence[Any]:
    """Return the stored rows of a part."""
    rows: Sequence[Any] = getattr(tree, _FIELDS[part])
    return rows


def lines(tree: Tree, part: str) -> list[GridLine]:
    """Return the rows of a part as the grid shows them."""
    return [
        GridLine(row.id, tuple(_shown(column, getattr(row, column.key)) for column in GRIDS[part]), {})
        for row in rows_of(tree, part)
    ]


def _shown(column: GridColumn, value: Any) -> str:
    if not value:
        return ""
    if column.words is not None:
        return column.words[str(value)]
    return ru_date(str(value)) if column.kind == "date" else str(value)


def put_cells(store: Store, programme_id: int, part: str, cells: Iterable[Typed]) -> Written:
    """Write typed cells as one operation; rows that end up without any text go.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    present = _values(store.connection, programme_id, part)
    fresh: dict[int, dict[str, Any]] = {}
    bad: list[tuple[Typed, str]] = []
    columns = {column.key: column for column in GRIDS[part]}
    for key, name, text in cells:
        value, trouble = _read(store.connection, columns[name], text)
        if trouble:
            bad.append(((key, name, text), trouble))
            continue
        row = present.get(key) if key > 0 else fresh.setdefault(key, _empty(part))
        if row is not None:
            row[name] = value if value or (part, name) not in _FIRST else _FIRST[part, name]
    # new rows have falling keys: the first one typed has the largest
    added = [(key, fresh[key]) for key in sorted(fresh, reverse=True) if _says(part, fresh[key])]
    before = {key for key, row in present.items() if _says(part, row)}
    put_rows(store, programme_id, part, [*(present[key] for key in present if key in before), *(r for _k, r in added)])
    stored = rows_of(tree_of(store.connection, programme_id), part)
    new = stored[len(stored) - len(added) :] if added else ()
    return Written({key: row.id for (key, _row), row in zip(added, new, strict=True)}, tuple(bad))


def _values(connection: Connection, programme_id: int, part: str) -> dict[int, dict[str, Any]]:
    names = (*(column.key for column in GRIDS[part]), *_KEPT)
    return {
        row.id: {name: getattr(row, name) for name in names if hasattr(row, name)}
        for row in rows_of(tree_of(connection, programme_id), part)
    }


def _empty(part: str) -> dict[str, Any]:
    return {column.key: _FIRST.get((part, column.key), "") for column in GRIDS[part]}


def _says(part: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a row says anything: a chosen word alone is a row only where it is a гриф."""
    if part == "block":
        return any(row.get(column.key) for column in GRIDS[part])
    return any(row.get(column.key) for column in GRIDS[part] if (part, column.key) not in _FIRST)


def _read(connection: Connection, column: GridColumn, text: str) -> tuple[str, str]:
    """Return what an entry means, or why it means nothing."""
    plain = " ".join(text.split())
    value, code = read_entry(connection, column, plain)
    if code is None:
        return str(value or ""), ""
    if column.words is not None:
        return "", f"Можно: {', '.join(column.words.values())}."
    return "", "Дата пишется так: 01.09.2026."


def remove_rows(store: Store, programme_id: int, part: str, keys: Iterable[int]) -> None:
    """Take rows out.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    gone, present = set(keys), _values(store.connection, programme_id, part)
    put_rows(store, programme_id, part, [row for key, row in present.items() if key not in gone])


def move_row(store: Store, programme_id: int, part: str, key: int, step: int) -> None:
    """Put a row before or after its neighbour.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    present = _values(store.connection, programme_id, part)
    order = list(present)
    place = order.index(key) if key in present else -1
    if place < 0 or not 0 <= place + step < len(order):
        return
    order[place], order[place + step] = order[place + step], order[place]
    put_rows(store, programme_id, part, [present[item] for item in order])
