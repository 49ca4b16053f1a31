"""A grid of the agreement: rows that grow as one types, words to choose from, dates with a calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QLocale, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from app.operations.agreement_grids import CellKind, GridColumn, GridLine
from app.ui import icons, theme
from app.ui.widgets.entry_cells import EntryDelegate, EntryHeader, EntryRole, heading_width
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index

Typed = list[tuple[int, str, str]]
"""(key of the row, column, text)."""
Names = Callable[[CellKind], Sequence[str]]
"""Names that are offered in a column of a kind: schools, people."""
DATE = "dd.MM.yyyy"
OFFERED = frozenset({"school", "person", "name", "activity", "body"})
"""Kinds of columns in which names are offered while one types."""
_OF_DERIVED = frozenset({
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole,
})  # fmt: skip
LEAST = {"text": 0.6, "word": 0.7, "school": 0.75, "person": 0.85, "name": 0.75, "activity": 0.75, "body": 0.75}
"""Kinds of columns that take spare room → the share of their width that they keep where room lacks."""


class PartModel(EntryModel):
    """Rows of one part of the agreement and an empty one below them.

    Signals:
        typed([(key, column, text), …]): what a person entered; keys below nought are rows that are not stored yet.
    """

    typed = Signal(object)

    def __init__(self, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__([item.title for item in columns], numbers=False, parent=parent)
        self.columns = tuple(columns)
        self.read_only = False
        self._next = -1
        self._waiting: dict[tuple[int, str], str] = {}
        self._derived: Mapping[tuple[int, str], tuple[str, str]] = {}
        self.entered.connect(lambda row, column, text: self._tell([(row, column, text)]))
        self.block_entered.connect(self._tell)
        self.rows_wanted.connect(self.add_blank)

    # --- showing -------------------------------------------------------------------------------------------------

    def set_lines(self, lines: Sequence[GridLine], *, read_only: bool) -> None:
        """Show what is stored; what is still being written stays as it was typed, the cursor stays where it is."""
        self.read_only = read_only
        rows = [EntryRow(line.key, str(number), self._texts(line), dict(line.troubles))
                for number, line in enumerate(lines, start=1)]  # fmt: skip
        if not read_only:
            rows.append(self._blank())
        self._put_in_place(rows)

    def set_derived(self, cells: Mapping[tuple[int, str], tuple[str, str]]) -> None:
        """Show in empty cells what follows from elsewhere: (key, column) → (text, whence). It is never typed text."""
        if cells != self._derived:
            self._derived = cells
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def _texts(self, line: GridLine) -> list[str]:
        return [self._waiting.get((line.key, item.key), text)
                for item, text in zip(self.columns, line.texts, strict=True)]  # fmt: skip

    def _blank(self) -> EntryRow:
        self._next -= 1
        return EntryRow(self._next, "+", [""] * len(self.columns))

    def _put_in_place(self, rows: list[EntryRow]) -> None:
        """Change texts in place, add or take rows at the end only: the cursor and an open line stay."""
        have, want = len(self._rows), len(rows)
        if want > have:
            self.beginInsertRows(QModelIndex(), have, want - 1)
            self._rows = rows
            self.endInsertRows()
        elif want < have:
            self.beginRemoveRows(QModelIndex(), want, have - 1)
            self._rows = rows
            self.endRemoveRows()
        else:
            self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(want - 1, len(self.columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, want - 1)

    def add_blank(self, number: int) -> None:
        """Add empty rows for a block that is longer than the grid."""
        if not self.read_only:
            self._put_in_place([*self._rows, *(self._blank() for _row in range(number))])

    # --- writing -------------------------------------------------------------------------------------------------

    def _tell(self, cells: Sequence[tuple[int, int, str]]) -> None:
        told = [(self._rows[row].key, self.columns[column].key, text) for row, column, text in cells]
        self._waiting |= {(key, column): text for key, column, text in told}
        self.typed.emit(told)

    def written(self, cells: Typed) -> None:
        """Forget what has been written, or refused."""
        for key, column, text in cells:
            if self._waiting.get((key, column)) == text:
                del self._waiting[key, column]

    def rekey(self, made: dict[int, int]) -> None:
        """Give rows that are stored now their keys."""
        for row in self._rows:
            row.key = made.get(row.key, row.key)
        self._waiting = {(made.get(key, key), column): text for (key, column), text in self._waiting.items()}

    # --- roles ---------------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; an entry that does not fit has its mark, what only follows is muted."""
        if role == EntryRole.MARK and index.isValid():
            return "bad" if index.column() in self._rows[index.row()].troubles else None
        shown = super().data(index, role)
        if role not in _OF_DERIVED or not self._derived or not index.isValid():
            return shown
        row = self._rows[index.row()]
        derived = self._derived.get((row.key, self.columns[index.column()].key))
        if derived is None or row.texts[index.column()]:
            return shown
        text, whence = derived
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("muted")
        return text if role == Qt.ItemDataRole.DisplayRole else whence

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be typed into an approved list, nor into a file that is open for reading."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.read_only else flags


class PartDelegate(EntryDelegate):
    """Offers the words of a column while one types, a calendar for dates."""

    def __init__(self, model: PartModel, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._names = names

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the line with what helps to fill it."""
        editor = super().createEditor(parent, option, index)
        item = self._model.columns[index.column()]
        if isinstance(editor, QLineEdit):
            if item.kind == "date":
                self._add_calendar(editor)
            elif item.words or item.kind in OFFERED:
                self._add_words(editor, list((item.words or {}).values()) or list(self._names(item.kind)))
        return editor

    @staticmethod
    def _add_words(editor: QLineEdit, words: list[str]) -> None:
        completer = QCompleter(words, editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(completer)

    def _add_calendar(self, editor: QLineEdit) -> None:
        action = QAction(icons.icon("calendar-event", "muted"), "Календарь", editor)
        action.triggered.connect(lambda: open_calendar(editor, self._chosen))
        editor.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def _chosen(self, editor: QLineEdit, text: str) -> None:
        editor.setText(text)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


def open_calendar(editor: QLineEdit, chosen: Callable[[QLineEdit, str], object]) -> QCalendarWidget:
    """Show a calendar under a line; a day that is pressed goes into the line."""
    calendar = QCalendarWidget(editor)
    calendar.setWindowFlags(Qt.WindowType.Popup)
    calendar.setLocale(QLocale(QLocale.Language.Russian))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setAccessibleName("Календарь")
    calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    day = QDate.fromString(editor.text(), DATE)
    if day.isValid():
        calendar.setSelectedDate(day)

    def take(picked: QDate) -> None:
        calendar.close()
        chosen(editor, picked.toString(DATE))

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    calendar.move(editor.mapToGlobal(QPoint(0, editor.height())))
    calendar.show()
    return calendar


def weighed(columns: Sequence[GridColumn], wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths of columns for a room.

    Spare room goes to columns of words by their width. Where room lacks, columns give down to their least, but only
    where the whole then fits: a register that has to scroll sideways is not made harder to read as well.
    """
    spare = room - sum(wanted)
    if spare >= 0:
        shares = [width if item.kind in LEAST else 0 for item, width in zip(columns, wanted, strict=True)]
        total = sum(shares)
        found = [width + (spare * share // total if total else 0) for width, share in zip(wanted, shares, strict=True)]
        found[-1] += room - sum(found)
        return found
    give = [max(0, width - limit) for width, limit in zip(wanted, least, strict=True)]
    if sum(give) + spare < 0:
        return list(wanted)
    found = [width + spare * part // sum(give) for width, part in zip(wanted, give, strict=True)]
    found[-1] += room - sum(found)
    return found


class PartGrid(EntryGrid):
    """The view of one part.

    Signals:
        remove_wanted(keys): rows are to be taken out.
        move_wanted(key, step): a row is to go up or down.
    """

    remove_wanted = Signal(object)
    move_wanted = Signal(object, int)

    def __init__(
        self, model: PartModel, name: str, names: Names, *, ordered: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(model, name, parent)
        self.part, self._ordered, self._dragging = model, ordered, False
        self._delegate = PartDelegate(model, names, self)
        self._delegate.drafted.connect(self._tell_draft)
        self._delegate.leave.connect(self._leave_editor)
        self.setItemDelegate(self._delegate)
        px = theme.current().px
        if any(len(item.title.split()) > 2 for item in model.columns) and len(model.columns) > 8:
            self.use_tall_headings(30)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fitting = self._own_widths = False
        header.sectionResized.connect(self._resized)
        self._fit()
        self.verticalHeader().setFixedWidth(px(30))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    # --- widths --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Weigh the columns anew for another room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the columns take the room that is there, until a person has set one by hand."""
        if self._own_widths:
            return
        header, px, room = self.horizontalHeader(), theme.current().px, self.viewport().width()
        self._fitting = True
        headings = [self._heading(place) for place in range(len(self.part.columns))]
        wanted = [max(px(item.width), heading) for item, heading in zip(self.part.columns, headings, strict=True)]
        least = [
            max(headings[place], round(width * LEAST.get(self.part.columns[place].kind, 1)))
            for place, width in enumerate(wanted)
        ]
        for place, width in enumerate(weighed(self.part.columns, wanted, least, room)):
            if header.sectionSize(place) != width:
                header.resizeSection(place, width)
        self._fitting = False

    def _heading(self, place: int) -> int:
        header = self.horizontalHeader()
        if isinstance(header, EntryHeader):
            return heading_width(self.part.columns[place].title, header.minimumSectionSize())
        return header.sectionSizeHint(place)

    def _resized(self, *_: int) -> None:
        if not self._fitting:
            self._own_widths = True
            self.horizontalHeader().setStretchLastSection(True)

    # --- rows ----------------------------------------------------------------------------------------------------

    def key(self) -> int | None:
        """Return the key of the current row, None on the empty one."""
        row = self.currentIndex().row()
        key = self.part.rows[row].key if 0 <= row < len(self.part.rows) else -1
        return int(key) if key > 0 else None

    def keys(self) -> list[int]:
        """Return the keys of the rows that are selected."""
        rows = {index.row() for index in self.selectedIndexes() or [self.currentIndex()] if index.isValid()}
        return [self.part.rows[row].key for row in sorted(rows) if self.part.rows[row].key > 0]

    def remove_rows(self) -> None:
        """Ask for the selected rows to be taken out."""
        keys = self.keys()
        if keys and not self.part.read_only:
            self.remove_wanted.emit(keys)

    def move_row(self, step: int) -> None:
        """Ask for the current row to go up or down; the cursor goes with it."""
        key, index = self.key(), self.currentIndex()
        target = index.row() + step
        stored = sum(row.key > 0 for row in self.part.rows)
        if key is not None and not self.part.read_only and 0 <= target < stored:
            self.move_wanted.emit(key, step)
            self.setCurrentIndex(self.part.index(target, index.column()))

    def let_drag(self, *, on: bool) -> None:
        """Let rows be dragged by their numbers; ``move_wanted`` tells by how many places."""
        header = self.verticalHeader()
        header.setSectionsMovable(on)
        header.setToolTip("Потяните за номер, чтобы переставить строку." if on else "")
        if not self._dragging:
            self._dragging = True
            header.sectionMoved.connect(self._dragged)

    def _dragged(self, _row: int, before: int, after: int) -> None:
        """Put the header back: the order is that of the rows, and they come anew; then ask for the move."""
        header = self.verticalHeader()
        header.blockSignals(True)
        header.moveSection(after, before)
        header.blockSignals(False)
        self.viewport().update()
        stored = sum(row.key > 0 for row in self.part.rows)
        if before < stored and not self.part.read_only:
            target = min(after, stored - 1)
            self.setCurrentIndex(self.part.index(before, max(0, self.currentIndex().column())))
            if target != before:
                self.move_wanted.emit(self.part.rows[before].key, target - before)
                self.setCurrentIndex(self.part.index(target, self.currentIndex().column()))

    def menu_actions(self) -> list[tuple[str, Callable[[], object]] | None]:
        """Return what the right mouse button offers."""
        index = self.currentIndex()
        actions: list[tuple[str, Callable[[], object]] | None] = [("Копировать", self.copy)]
        if not index.isValid() or self.part.read_only:
            return actions
        actions += [("Вставить", lambda: self.paste(QApplication.clipboard().text())),
                    ("Заполнить вниз", self.fill_down), ("Очистить", self.clear_cells), None]  # fmt: skip
        item, row, column = self.part.columns[index.column()], index.row(), index.column()
        for word in (item.words or {}).values():
            actions.append((word.capitalize(), partial(self.part.put, [(row, column, word)])))
        if item.kind == "date":
            actions.append(("Календарь…", lambda: QTimer.singleShot(0, lambda: self.edit(self.currentIndex()))))
        actions += [None] if item.words or item.kind == "date" else []
        if self._ordered:
            actions += [("Выше", lambda: self.move_row(-1)), ("Ниже", lambda: self.move_row(1))]
        return [*actions, ("Убрать строку", self.remove_rows)]

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for item in self.menu_actions():
            if item is None:
                menu.addSeparator()
            else:
                menu.addAction(item[0], item[1])
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()
