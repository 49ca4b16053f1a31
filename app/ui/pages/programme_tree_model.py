"""The tree of a programme as a model: another outline moves, adds and removes lines, nothing is reset."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui import icons
from app.ui.pages.programme_tree_rows import Cells, Key, Outline

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-opora-programme-nodes"
TEXT, MARK, FIRST_YEAR = 0, 1, 2
CELLS = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2
_NOTHING = Cells("", "", "sitemap")


class _Item:
    """One line: its key, what it stands under, its place there."""

    __slots__ = ("children", "key", "number", "parent", "row")

    def __init__(self, key: Key | None, number: int, parent: _Item | None) -> None:
        self.key, self.number, self.parent = key, number, parent
        self.children: list[_Item] = []
        self.row = 0

    def place(self, children: list[_Item]) -> None:
        """Take children in an order."""
        self.children = children
        for row, child in enumerate(children):
            child.parent, child.row = self, row


class TreeModel(QAbstractItemModel):
    """Lines of a programme.

    Args:
        put: called with (node, text) when a line was edited in place.
        drop: called with (dragged nodes, line dropped on, row there or -1); None means it cannot stand there.
    """

    def __init__(
        self, put: Callable[[int, str], None], drop: Callable[[Sequence[int], Key | None, int, bool], bool],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._put, self._drop = put, drop
        self.root = _Item(None, 0, None)
        self._items: dict[Key, _Item] = {}
        self._numbers: dict[int, _Item] = {0: self.root}
        self._last = 0
        self.cells: Mapping[Key, Cells] = {}
        self.years: tuple[int, ...] = ()
        self.writable = False

    # --- another outline -----------------------------------------------------------------------------------------

    def show_outline(self, shown: Outline, years: Sequence[int]) -> None:
        """Show another outline: lines are added, moved and removed one by one, changed cells are drawn anew."""
        if tuple(years) != self.years:
            self._change_years(tuple(years))
        before, self.cells = self.cells, shown.cells
        self._insert(self.root, shown)
        self._arrange(shown)
        self._remove(shown)
        self._tell_changed(before)

    def _change_years(self, years: tuple[int, ...]) -> None:
        self.beginResetModel()
        self.root, self._items, self._last = _Item(None, 0, None), {}, 0
        self._numbers = {0: self.root}
        self.years, self.cells = years, {}
        self.endResetModel()

    def _insert(self, item: _Item, shown: Outline) -> None:
        """Add lines that were not there, each at its place as far as it is known now, parents first."""
        for place, key in enumerate(shown.children.get(item.key, ())):
            if key not in self._items:
                row = min(place, len(item.children))
                self.beginInsertRows(self._index(item), row, row)
                self._last += 1
                made = _Item(key, self._last, item)
                self._items[key] = self._numbers[self._last] = made
                item.place([*item.children[:row], made, *item.children[row:]])
                self.endInsertRows()
        for key in shown.children.get(item.key, ()):
            self._insert(self._items[key], shown)

    def _arrange(self, shown: Outline) -> None:
        """Bring lines that stay into their order; lines to be removed wait at the end of where they stand."""
        wanted = shown.parents
        target: dict[Key | None, list[_Item]] = {}
        for item in [self.root, *self._items.values()]:
            if item is self.root or item.key in wanted:
                kept = [self._items[key] for key in shown.children.get(item.key, ())]
            else:
                kept = []
            gone = [child for child in item.children if child.key not in wanted]
            if [*kept, *gone] != item.children:
                target[item.key] = [*kept, *gone]
        if not target:
            return
        self.layoutAboutToBeChanged.emit()
        persistent = self.persistentIndexList()
        held = [(self._item(index), index.column()) for index in persistent]
        for key, children in target.items():
            (self.root if key is None else self._items[key]).place(children)
        self.changePersistentIndexList(persistent, [self._index(item, column) for item, column in held])
        self.layoutChanged.emit()

    def _remove(self, shown: Outline) -> None:
        gone = [item for key, item in self._items.items() if key not in shown.parents]
        dead = {item.key for item in gone}
        for item in gone:
            above = item.parent
            if above is None or above.key in dead:
                continue  # it goes with the line above it
            self.beginRemoveRows(self._index(above), item.row, item.row)
            above.place([child for child in above.children if child is not item])
            self.endRemoveRows()
        for item in gone:
            self._numbers.pop(item.number)
        self._items = {key: item for key, item in self._items.items() if key not in dead}

    def _tell_changed(self, before: Mapping[Key, Cells]) -> None:
        for key, item in self._items.items():
            if before.get(key) != self.cells.get(key):
                index = self._index(item)
                self.dataChanged.emit(index, index.siblingAtColumn(self.columnCount() - 1))

    # --- lines ---------------------------------------------------------------------------------------------------

    def _item(self, index: Index) -> _Item:
        return self._numbers.get(index.internalId(), self.root) if index.isValid() else self.root

    def _index(self, item: _Item, column: int = 0) -> QModelIndex:
        return QModelIndex() if item is self.root else self.createIndex(item.row, column, item.number)

    def key_of(self, index: Index) -> Key | None:
        """Return the key of a line, None for none."""
        return self._item(index).key

    def index_of(self, key: Key | None) -> QModelIndex:
        """Return the line of a key; an invalid one where it is not shown."""
        item = self._items.get(key) if key is not None else None
        return self._index(item) if item is not None else QModelIndex()

    def in_order(self) -> list[Key]:
        """Return all lines, from above."""
        found: list[Key] = []
        waiting = list(reversed(self.root.children))
        while waiting:
            item = waiting.pop()
            if item.key is not None:
                found.append(item.key)
            waiting.extend(reversed(item.children))
        return found

    def children_of(self, key: Key | None) -> list[Key]:
        """Return the lines under a line."""
        item = self.root if key is None else self._items.get(key)
        return [child.key for child in item.children if child.key is not None] if item is not None else []

    def parent_of(self, key: Key) -> Key | None:
        """Return the line above."""
        item = self._items.get(key)
        return item.parent.key if item is not None and item.parent is not None else None

    # --- what Qt asks --------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's form
        """Return a line."""
        above = self._item(parent)
        if parent.isValid() and parent.column() != 0:
            return QModelIndex()
        if 0 <= row < len(above.children) and 0 <= column < self.columnCount():
            return self.createIndex(row, column, above.children[row].number)
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's form
        """Return the line above."""
        item = self._item(index)
        return self._index(item.parent) if item.parent is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's form
        """Return how many lines stand under one."""
        return 0 if parent.isValid() and parent.column() != 0 else len(self._item(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's form
        """Structure, remarks, a column for each year, money."""
        return FIRST_YEAR + len(self.years) + 1

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the headings."""
        if role == Qt.ItemDataRole.DisplayRole:
            return ["Структура", "Замечания", *(str(year) for year in self.years), "Деньги, тыс. ₽"][section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section >= FIRST_YEAR
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def text_at(self, index: Index) -> str:
        """Return what stands in a cell."""
        cells = self.cells.get(self.key_of(index) or "", _NOTHING)
        if index.column() == TEXT:
            return f"{cells.prefix} {cells.text}".strip()
        if index.column() == MARK:
            return cells.mark.word if cells.mark is not None else ""
        place = index.column() - FIRST_YEAR
        return cells.years[place] if place < len(cells.years) else cells.money

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt asks for."""
        key = self.key_of(index)
        if key is None:
            return None
        cells = self.cells.get(key, _NOTHING)
        if role == CELLS:
            return cells
        if role == KEY:
            return key
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_at(index)
        if role == Qt.ItemDataRole.EditRole:
            return "" if cells.empty else cells.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cells.told if index.column() == TEXT else self.text_at(index)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == MARK and cells.mark is not None:
            return cells.mark.tip
        if role == Qt.ItemDataRole.DecorationRole and index.column() == TEXT:
            return icons.icon(cells.icon, "muted", 16)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Word a node anew."""
        key = self.key_of(index)
        if role != Qt.ItemDataRole.EditRole or not isinstance(key, int):
            return False
        if str(value) != self.data(index, Qt.ItemDataRole.EditRole):
            self._put(key, str(value))
        return True

    def put_draft(self, key: Key | None, text: str) -> None:
        """Keep half-typed text of a line that is still typed into."""
        if isinstance(key, int):
            self._put(key, text)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nodes are edited and dragged; anything takes a drop."""
        flag = Qt.ItemFlag
        found = flag.ItemIsEnabled | flag.ItemIsSelectable
        if self.writable:
            found |= flag.ItemIsDropEnabled
            if isinstance(self.key_of(index), int):
                found |= flag.ItemIsDragEnabled
                if index.column() == TEXT:
                    found |= flag.ItemIsEditable
        return found

    # --- dragging ------------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        """Nodes of our own."""
        return [MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Dragging moves."""
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Name the dragged nodes, from above."""
        found = {key for index in indexes if isinstance(key := self.key_of(index), int)}
        data = QMimeData()
        data.setData(MIME, QByteArray(json.dumps([key for key in self.in_order() if key in found]).encode()))
        return data

    def dragged(self, data: QMimeData) -> list[int]:
        """Return the nodes that are dragged."""
        return json.loads(bytes(data.data(MIME).data()) or b"[]") if data.hasFormat(MIME) else []

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Whether what is dragged may stand here."""
        keys = self.dragged(data)
        return bool(keys) and self.writable and self._drop(keys, self.key_of(parent), row, False)

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Put what is dragged here. False: the lines move with the next outline, the view shall remove nothing."""
        keys = self.dragged(data)
        if keys and self.writable:
            self._drop(keys, self.key_of(parent), row, True)
        return False
