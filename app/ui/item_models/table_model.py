"""A table over plain rows that sorts and filters its own list of row numbers.

No ``QSortFilterProxyModel``: over Python rows it needs seconds where this needs milliseconds (40,000 rows). A text is
made once, when it is first seen or while nothing else happens; a keystroke runs through ready lower-cased texts.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.texts import plural
from app.ui.item_models.order import fold, keep, natural_key, number_test
from app.ui.theme import Kind

Index = QModelIndex | QPersistentModelIndex
CellKind = Literal["text", "number", "chip"]
TOLD_ONE_BY_ONE = 100
"""More rows that changed are told as one stretch: thousands of signals take seconds."""


class Role(IntEnum):
    """Roles beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    CHIP = Qt.ItemDataRole.UserRole + 2
    CELL = Qt.ItemDataRole.UserRole + 3
    STRONG = Qt.ItemDataRole.UserRole + 4
    BAD = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True)
class Column:
    """One column, declared as data.

    Attributes:
        key: stable Latin name; habits remember width and place under it.
        title: the heading.
        text: row → what is shown, filtered and copied.
        width: at 100 %; ``stretch`` is the share of what is left over; ``least`` is what a column that stretches
            keeps where room lacks (0: about half of its width).
        kind: numbers stand right; a chip has a state from ``chip``.
        sort: row → key; natural Russian order of the text by default; None sorts last either way.
        tip: row → tooltip.
        middle: long names lose their middle, other texts their end.
        bad: row → what is wrong with the cell, "" where nothing is; a bad cell is marked.
        whole: the whole heading where ``title`` is shortened for a narrow column: in its tooltip and in copies.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int = 120
    stretch: int = 0
    least: int = 0
    kind: CellKind = "text"
    sort: Callable[[Any], Any] | None = None
    chip: Callable[[Any], Kind] | None = None
    tip: Callable[[Any], str] | None = None
    middle: bool = False
    strong: bool = False
    bad: Callable[[Any], str] | None = None
    whole: str = ""

    @property
    def right(self) -> bool:
        """True where the text stands at the right."""
        return self.kind == "number"


class TableModel(QAbstractTableModel):
    """Rows under declared columns.

    Args:
        columns: the columns in their first order.
        row_id: row → what stays the same when rows come anew.
    """

    def __init__(
        self, columns: Sequence[Column], row_id: Callable[[Any], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._rows: list[Any] = []
        self._texts: list[list[str | None]] = [[] for _ in self.columns]
        self._whole = [True] * len(self.columns)
        self._warmed = 0
        self._folded: list[list[str] | None] = [None] * len(self.columns)
        self._joined: list[str] | None = None
        self._keys: dict[int, list[Any]] = {}
        self._order: list[int] = []
        self._visible: list[int] = []
        self._places: dict[Hashable, int] | None = None
        self._filters: dict[str, str] = {}
        self._search = ""
        self._quick: Callable[[Any], bool] | None = None
        self._sort: tuple[int, bool] | None = None

    # --- rows in -------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows; order and filters stay."""
        self.beginResetModel()
        self._rows = list(rows)
        self._texts = [[None] * len(self._rows) for _ in self.columns]
        self._whole = [False] * len(self.columns)
        self._warmed = 0
        self._folded = [None] * len(self.columns)
        self._joined = None
        self._keys = {}
        self._make_order()
        self._make_visible()
        self.endResetModel()

    def touch(self, row_ids: Iterable[Hashable]) -> None:
        """Show anew rows whose content has changed; order, filters and selection stay as they are."""
        wanted = set(row_ids)
        for source, row in enumerate(self._rows):
            if self._row_id(row) in wanted:
                for texts in self._texts:
                    texts[source] = None
        self._whole = [False] * len(self.columns)
        self._warmed, self._folded, self._joined, self._keys = 0, [None] * len(self.columns), None, {}
        last = len(self.columns) - 1
        if len(wanted) > TOLD_ONE_BY_ONE:
            self.dataChanged.emit(self.index(0, 0), self.index(self.shown - 1, last))
            return
        for place in {self.place_of(row_id) for row_id in wanted} - {-1}:
            self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def warm(self, rows: int = 0) -> bool:
        """Prepare texts that a search runs through, ``rows`` of them at a time (0: all); True when all are ready.

        Only cells that are seen have their texts made at once: a large table appears without delay.
        """
        last = len(self._rows) if rows == 0 else min(self._warmed + rows, len(self._rows))
        for column in range(len(self.columns)):
            for source in range(self._warmed, last):
                self._text(column, source)
        self._warmed = last
        if last < len(self._rows):
            return False
        self._all_folded()
        return True

    def _text(self, column: int, source: int) -> str:
        ready = self._texts[column][source]
        if ready is None:
            ready = self.columns[column].text(self._rows[source])
            self._texts[column][source] = ready
        return ready

    def _column_texts(self, column: int) -> list[str]:
        if not self._whole[column]:
            for source in range(len(self._rows)):
                self._text(column, source)
            self._whole[column] = True
        return cast("list[str]", self._texts[column])

    # --- order and filters ---------------------------------------------------------------------------------------

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return len(self._visible)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def filtered(self) -> bool:
        """True while anything is filtered."""
        return bool(self._filters or self._search.strip() or self._quick)

    def counts(self) -> str:
        """Return «показано 12 из 57»."""
        word = plural(self.shown, "показана", "показано", "показано")
        return f"{word} {self.shown}\u00a0из\u00a0{self.total}"

    def set_filter(self, key: str, needle: str) -> None:
        """Filter one column; an empty needle ends it."""
        if needle.strip():
            self._filters[key] = needle
        else:
            self._filters.pop(key, None)
        self._refilter()

    def set_search(self, needle: str) -> None:
        """Search all columns."""
        self._search = needle
        self._refilter()

    def set_quick(self, test: Callable[[Any], bool] | None) -> None:
        """Keep only rows that pass a test (the chips above a table)."""
        self._quick = test
        self._refilter()

    def clear_filters(self) -> None:
        """Show everything."""
        self._filters, self._search, self._quick = {}, "", None
        self._refilter()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 gives the order in which rows came."""
        self._sort = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._make_order()
        self._make_visible()
        self.endResetModel()

    @property
    def sorting(self) -> tuple[int, bool] | None:
        """Return (column, descending), None for the rows' own order."""
        return self._sort

    def _refilter(self) -> None:
        self.beginResetModel()
        self._make_visible()
        self.endResetModel()

    def _make_order(self) -> None:
        self._order = list(range(len(self._rows)))
        if self._sort is None or not 0 <= self._sort[0] < len(self.columns):
            return
        column, descending = self._sort
        keys = self._sort_keys(column)
        known = [index for index in self._order if keys[index] is not None]
        unknown = [index for index in self._order if keys[index] is None]
        known.sort(key=keys.__getitem__, reverse=descending)
        self._order = known + unknown

    def _sort_keys(self, column: int) -> list[Any]:
        if column not in self._keys:
            declared = self.columns[column].sort
            if declared is not None:
                self._keys[column] = [declared(row) for row in self._rows]
            else:
                self._keys[column] = [natural_key(text) or None for text in self._column_texts(column)]
        return self._keys[column]

    def _make_visible(self) -> None:
        found: list[int] = self._order
        if self._quick is not None:
            rows, quick = self._rows, self._quick
            found = [index for index in found if quick(rows[index])]
        for column, declared in enumerate(self.columns):
            needle = self._filters.get(declared.key, "")
            if not needle:
                continue
            test = number_test(needle) if declared.kind == "number" else None
            if test is not None:
                texts = self._column_texts(column)
                found = [index for index in found if test(texts[index])]
            else:
                found = keep(found, self._fold_column(column), needle)
        if self._search.strip():
            found = keep(found, self._all_folded(), self._search)
        self._visible = list(found)
        self._places = None

    def _fold_column(self, column: int) -> list[str]:
        ready = self._folded[column]
        if ready is None:
            ready = [fold(text) for text in self._column_texts(column)]
            self._folded[column] = ready
        return ready

    def _all_folded(self) -> list[str]:
        if self._joined is None:
            columns = [self._fold_column(column) for column in range(len(self.columns))]
            self._joined = ["\n".join(parts) for parts in zip(*columns, strict=True)]
        return self._joined

    # --- rows out ------------------------------------------------------------------------------------------------

    def row(self, position: int) -> Any:
        """Return the row shown at a place, None where there is none."""
        return self._rows[self._visible[position]] if 0 <= position < len(self._visible) else None

    def visible_rows(self) -> list[Any]:
        """Return the rows shown, in their order."""
        return [self._rows[index] for index in self._visible]

    def all_rows(self) -> list[Any]:
        """Return all rows as they came."""
        return list(self._rows)

    def id_at(self, position: int) -> Hashable | None:
        """Return the id of the row shown at a place."""
        row = self.row(position)
        return None if row is None else self._row_id(row)

    def place_of(self, row_id: Hashable | None) -> int:
        """Return where a row is shown, -1 where it is not."""
        if row_id is None:
            return -1
        if self._places is None:
            self._places = {self._row_id(self._rows[index]): place for place, index in enumerate(self._visible)}
        return self._places.get(row_id, -1)

    def as_table(self, positions: Iterable[int], columns: Sequence[int]) -> list[list[str]]:
        """Return headings and the texts of some rows, for copying."""
        head = [self.columns[column].whole or self.columns[column].title for column in columns]
        body = [[self._text(column, self._visible[place]) for column in columns] for place in positions]
        return [head, *body]

    # --- what Qt asks --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._visible)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or index.row() >= len(self._visible):
            return None
        column, source = self.columns[index.column()], self._visible[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.column(), source)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.CELL:
            return column
        row = self._rows[source]
        match role:
            case Role.ROW:
                return row
            case Role.CHIP:
                return column.chip(row) if column.chip is not None else None
            case Role.BAD:
                return column.bad(row) if column.bad is not None else ""
            case Qt.ItemDataRole.ToolTipRole:
                trouble = column.bad(row) if column.bad is not None else ""
                return trouble or (column.tip(row) if column.tip is not None else None) or None
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.whole or column.title
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


def tsv(table: Sequence[Sequence[str]]) -> str:
    """Return a table as Excel takes it from the clipboard: tabs, one line a row, quotes where needed."""

    def cell(text: str) -> str:
        text = text.replace("\u00a0", " ")
        if any(sign in text for sign in "\t\n\r"):
            text = '"' + text.replace('"', '""') + '"'
        return text

    return "\n".join("\t".join(cell(text) for text in row) for row in table)


def html_table(table: Sequence[Sequence[str]]) -> str:
    """Return a table as Word and Excel take it with its grid; the first row is the heading."""
    lines = []
    for number, row in enumerate(table):
        tag = "th" if number == 0 else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in row) + "</tr>")
    return '<meta charset="utf-8"><table border="1" cellspacing="0">' + "".join(lines) + "</table>"
