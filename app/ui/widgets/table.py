"""The table of every page: filters under the headings, search, counts, copying, remembered widths, an empty state."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.habits import Habits
from app.ui.item_models.table_model import Column, TableModel, html_table, tsv
from app.ui.widgets.basics import Button
from app.ui.widgets.cells import CellDelegate
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.filter_header import DEBOUNCE_MS, FilterHeader
from app.ui.widgets.labels import Label

LEAST_SHARE = 0.55
"""How much of its width a column that stretches keeps where room lacks."""

WARM_ROWS = 500
"""How many rows have their texts made in one portion: some ten milliseconds."""

RowAction = tuple[str, Callable[[], object]]


class SearchEdit(QLineEdit):
    """A search field; what is typed is told after 150 ms of rest.

    Signals:
        searched(text): the text to look for.
        leave(): Down or Enter was pressed.
    """

    searched = Signal(str)
    leave = Signal()

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        action = self.addAction(icons.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
        icons.put(action, "search", "muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.textEdited.connect(lambda _text: self._timer.start())

    def flush(self) -> None:
        """Tell at once."""
        self._timer.stop()
        self._tell()

    def _tell(self) -> None:
        self.searched.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, Down and Enter go on."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.flush()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.flush()
            self.leave.emit()
        else:
            super().keyPressEvent(event)


class GridView(QTableView):
    """The view inside; keys that belong to tables."""

    opened = Signal()
    copied = Signal()
    filter_wanted = Signal()
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies with headings, Ctrl+F goes to the filters."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filter_wanted.emit()
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of the new width."""
        super().resizeEvent(event)
        self.resized.emit()


class DataTable(QFrame):
    """A table in its card.

    Signals:
        current_changed(row): another row (or the same with new content) is current; None where there is none.
        activated(row): Enter or a double click.
        selection_changed(): other rows are selected.
    """

    current_changed = Signal(object)
    activated = Signal(object)
    selection_changed = Signal()

    def __init__(
        self, name: str, columns: Sequence[Column], row_id: Callable[[Any], Hashable], *, habits: Habits,
        title: str, empty: EmptyState | None = None, filters: bool = True, searchable: bool = False,
        bare: bool = False, parent: QWidget | None = None,
    ):  # fmt: skip
        super().__init__(parent)
        self._name = name
        self._habits = habits
        self._fitted = False
        self._own_widths = False
        # texts for the search are made in small portions while nothing else happens
        self._warming = QTimer(self)
        self._warming.setInterval(0)
        self._warming.timeout.connect(self._warm)
        self._current_id: Hashable | None = None
        self._resetting = False
        self.row_actions: Callable[[], list[RowAction | None]] = list
        self.setProperty("plain" if bare else "card", "true")
        self.model = TableModel(columns, row_id, self)
        self.view = self._make_view(title)
        self.header = FilterHeader(self.model.columns, self.view, filters=filters)
        self.view.setHorizontalHeader(self.header)
        self.view.setModel(self.model)
        self.lead = QHBoxLayout()
        self.counts = Label("", "muted")
        self.search: SearchEdit | None = None
        self.empty = empty
        self.nothing = self._make_nothing()
        self._lay_out(searchable=searchable, filters=filters)
        self._connect()
        self._restore()

    # --- building ------------------------------------------------------------------------------------------------

    @staticmethod
    def _make_view(title: str) -> GridView:
        view = GridView()
        view.setAccessibleName(title)
        view.setItemDelegate(CellDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSortingEnabled(False)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setMinimumSectionSize(1)
        view.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        return view

    def _make_nothing(self) -> QFrame:
        """The note over a table whose filters let nothing through."""
        note = QFrame(self.view.viewport())
        note.setProperty("plain", "true")
        column = QVBoxLayout(note)
        text = Label("Под отбор не подходит ни одна строка")
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text)
        column.addWidget(Button("Показать все", self.clear_filters), 0, Qt.AlignmentFlag.AlignHCenter)
        note.hide()
        return note

    def _lay_out(self, *, searchable: bool, filters: bool) -> None:
        px = theme.current().px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(px(8), px(6), px(12), px(6))
        top.setSpacing(px(8))
        self.lead.setSpacing(px(4))
        top.addLayout(self.lead)
        top.addStretch(1)
        if searchable:
            self.search = SearchEdit("Найти в таблице", "Поиск в таблице")
            self.search.setMinimumWidth(px(170))
            top.addWidget(self.search)
        top.addWidget(self.counts)
        if filters or searchable:
            column.addLayout(top)
        column.addWidget(self.view, 1)
        self.stack = QStackedLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.addWidget(inside)
        if self.empty is not None:
            self.stack.addWidget(self.empty)

    def _connect(self) -> None:
        self.header.filtered.connect(self.model.set_filter)
        self.header.leave.connect(self._into_table)
        self.header.sectionClicked.connect(self._sort_by)
        self.header.sectionResized.connect(self._remember_widths)
        self.header.sectionMoved.connect(self._remember_order)
        if self.search is not None:
            self.search.searched.connect(self.model.set_search)
            self.search.leave.connect(self._into_table)
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.modelReset.connect(self._after_reset)
        self.view.selectionModel().currentRowChanged.connect(self._row_changed)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.view.doubleClicked.connect(lambda _index: self._open())
        self.view.opened.connect(self._open)
        self.view.copied.connect(self.copy)
        self.view.filter_wanted.connect(self.header.focus_first)
        self.view.resized.connect(self._fit)
        self.view.customContextMenuRequested.connect(self._menu)

    # --- rows ----------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show other rows; the current one stays current by its id, else the first becomes current."""
        self.model.set_rows(rows)
        self._warming.start()
        self._fit()

    def replace_columns(self, columns: Sequence[Column]) -> None:
        """Give other columns or the same with other headings or texts (the rows must be set anew)."""
        for gone in {column.key for column in self.model.columns} - {column.key for column in columns}:
            self.model.set_filter(gone, "")  # nobody would see why rows are missing
        self.model.columns = tuple(columns)
        self.header.rename(self.model.columns)

    def _warm(self) -> None:
        if self.model.warm(WARM_ROWS):
            self._warming.stop()

    def current(self) -> Any:
        """Return the current row, None where there is none."""
        index = self.view.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """Return the selected rows in their order."""
        # stretches, not indexes: ``selectedRows`` asks the model eight times about each of thousands of rows
        stretches = self.view.selectionModel().selection().toList()
        places = sorted({place for s in stretches for place in range(s.top(), s.bottom() + 1)})
        return [self.model.row(place) for place in places]

    def choose(self, row_id: Hashable | None) -> bool:
        """Make a row current by its id; False where it is not shown."""
        place = self.model.place_of(row_id)
        if place < 0:
            return False
        self.make_current(place, self.header.logicalIndex(0))
        return True

    def make_current(self, place: int, column: int) -> None:
        """Make a row the current and the only selected one, whatever key is held: Ctrl must not keep it unselected."""
        index = self.model.index(place, column)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    def clear_filters(self) -> None:
        """Show everything."""
        self.header.clear_filters()
        if self.search is not None:
            self.search.clear()
        for chip in self.findChildren(ChipButton):
            chip.setChecked(False)
        self.model.clear_filters()

    def focus_table(self) -> None:
        """Put the keyboard into the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_table(self) -> None:
        if not self.view.currentIndex().isValid() and self.model.shown:
            self.view.selectRow(0)
        self.focus_table()

    def _before_reset(self) -> None:
        self._resetting = True

    def _after_reset(self) -> None:
        self._resetting = False
        self.counts.setText(self.model.counts() if self.model.total else "")
        self.nothing.setVisible(bool(self.model.total) and not self.model.shown)
        if self.nothing.isVisible():
            self._place_nothing()
        if self.empty is not None:
            self.stack.setCurrentIndex(0 if self.model.total else 1)
        place = self.model.place_of(self._current_id)
        if place < 0 and self.model.shown:
            place = 0
        if place < 0:
            self._current_id = None
            self.current_changed.emit(None)
            return
        self.make_current(place, self.header.logicalIndex(0))

    def _row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._resetting:
            return
        row = self.model.row(current.row()) if current.isValid() else None
        self._current_id = self.model.id_at(current.row()) if current.isValid() else None
        self.current_changed.emit(row)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.activated.emit(row)

    # --- order and widths ----------------------------------------------------------------------------------------

    def _sort_by(self, column: int) -> None:
        present = self.model.sorting
        if present is None or present[0] != column:
            self._sort(column, descending=False)
        elif not present[1]:
            self._sort(column, descending=True)
        else:
            self._sort(-1, descending=False)
        shown = self.model.sorting
        self._habits.put(f"table:{self._name}:sort", [self.model.columns[shown[0]].key, shown[1]] if shown else [])

    def _sort(self, column: int, *, descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.header.setSortIndicator(column, order)
        self.model.sort(column, order)

    def _restore(self) -> None:
        keys = [column.key for column in self.model.columns]
        order = [key for key in self._habits.get(f"table:{self._name}:order", []) if key in keys]
        if len(order) == len(keys):
            for place, key in enumerate(order):
                self.header.moveSection(self.header.visualIndex(keys.index(key)), place)
        sorting = self._habits.get(f"table:{self._name}:sort", [])
        self.header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if len(sorting) == 2 and sorting[0] in keys:
            self._sort(keys.index(sorting[0]), descending=bool(sorting[1]))
        widths = self._habits.get(f"table:{self._name}:widths", {})
        self._own_widths = set(widths) == set(keys)
        self._fit()

    def _remember_order(self, *_: int) -> None:
        columns = self.model.columns
        order = [columns[self.header.logicalIndex(place)].key for place in range(len(columns))]
        self._habits.put(f"table:{self._name}:order", order)

    def _remember_widths(self, *_: int) -> None:
        if self._fitted:
            self._own_widths = True
            scale = theme.current().px(100)
            widths = {
                column.key: round(self.header.sectionSize(place) * 100 / scale)
                for place, column in enumerate(self.model.columns)
            }
            self._habits.put(f"table:{self._name}:widths", widths)

    def _fit(self) -> None:
        """Give columns their remembered widths, else share out the room that is there."""
        self._fitted = False
        px = theme.current().px
        columns = self.model.columns
        if self._own_widths:
            remembered = self._habits.get(f"table:{self._name}:widths", {})
            widths = [px(int(remembered.get(column.key, column.width))) for column in columns]
        else:
            widths = [max(px(column.width), self.header.needed_width(place)) for place, column in enumerate(columns)]
            widths = self._share_out(widths, self.view.viewport().width())
        for place, width in enumerate(widths):
            if self.header.sectionSize(place) != width:
                self.header.resizeSection(place, width)
        self._fitted = True
        self._place_nothing()

    def _share_out(self, widths: list[int], room: int) -> list[int]:
        """Give spare room to the columns that want it; where room lacks, take it from them down to a limit."""
        columns = self.model.columns
        shares = sum(column.stretch for column in columns)
        spare = room - sum(widths)
        if not shares or spare == 0:
            return widths
        if spare > 0:
            return [width + spare * c.stretch // shares for width, c in zip(widths, columns, strict=True)]
        least = [
            max(self.header.needed_width(place), self._least(place, width)) if columns[place].stretch else width
            for place, width in enumerate(widths)
        ]
        give = [width - limit if columns[place].stretch else 0
                for place, (width, limit) in enumerate(zip(widths, least, strict=True))]  # fmt: skip
        total = sum(part for part in give if part > 0)
        lack = min(-spare, total)
        return [
            width - (lack * max(part, 0) + total - 1) // max(total, 1) for width, part in zip(widths, give, strict=True)
        ]

    def _least(self, place: int, width: int) -> int:
        declared = self.model.columns[place].least
        return theme.current().px(declared) if declared else round(width * LEAST_SHARE)

    def _place_nothing(self) -> None:
        port = self.view.viewport()
        self.nothing.resize(port.width(), self.nothing.sizeHint().height())
        self.nothing.move(0, max(0, port.height() // 3 - self.nothing.height() // 2))

    def forget_widths(self) -> None:
        """Share out the room anew, forgetting what was set by hand."""
        self._own_widths = False
        self._habits.put(f"table:{self._name}:widths", {})
        self._fit()

    def follow_theme(self) -> None:
        """Take over sizes of another theme."""
        self.view.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self.header.updateGeometries()
        self._fit()

    # --- copying and the menu ------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected rows (all that are shown where none is) with headings, as Excel and Word take them."""
        places = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        if not places:
            places = list(range(self.model.shown))
        columns = [self.header.logicalIndex(place) for place in range(len(self.model.columns))]
        table = self.model.as_table(places, columns)
        data = QMimeData()
        data.setText(tsv(table))
        data.setData("text/html", QByteArray(html_table(table).encode()))
        QGuiApplication.clipboard().setMimeData(data)

    def _menu(self, place: QPoint) -> None:
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def make_menu(self) -> QMenu:
        """Return the menu of the right button: the page's actions, then those of every table."""
        menu = QMenu(self)
        for item in self.row_actions():
            if item is None:
                menu.addSeparator()
            else:
                word, pressed = item
                menu.addAction(word).triggered.connect(lambda _=False, run=pressed: run())
        if not menu.isEmpty():
            menu.addSeparator()
        copying = menu.addAction("Копировать с заголовками", self.copy)
        copying.setShortcut(QKeySequence.StandardKey.Copy)
        menu.addAction("Показать все строки", self.clear_filters)
        menu.addAction("Выровнять ширину столбцов", self.forget_widths)
        return menu
