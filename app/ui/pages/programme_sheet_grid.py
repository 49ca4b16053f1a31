"""The view of a programme's grid: keys, blocks from Word and Excel, copying with headings."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QMenu, QWidget

from app.ui import theme
from app.ui.item_models.table_model import tsv
from app.ui.pages.programme_sheet import SheetModel
from app.ui.pages.programme_sheet_cells import LINES, SheetDelegate
from app.ui.widgets.clipboard_table import copied_block
from app.ui.widgets.entry_cells import EntryHeader, heading_width
from app.ui.widgets.entry_grid import EntryGrid, block_of


class SheetGrid(EntryGrid):
    """A grid whose rows stand in groups.

    Signals:
        refused(cells): so many cells of a pasted block stand where nothing can be typed.
        new_wanted(): Ctrl+Enter.
        remove_wanted(): Ctrl+Del.
        move_wanted(step): Alt with an arrow.
        choose_wanted(): F4: what is chosen from a list.
        menu_wanted(place): the right mouse button.
    """

    refused = Signal(int)
    new_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)
    choose_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: SheetModel, name: str, *, spanned: bool, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.sheet_model = model
        self._spanned = spanned
        self._shown = ""
        self.below: tuple[Hashable, int] | None = None
        """Enter was pressed in this row, the last one: the row that comes below it gets the cursor."""
        self._delegate = SheetDelegate(model, self)
        self._delegate.drafted.connect(self._tell_draft)
        self._delegate.leave.connect(self._leave_editor)
        self.setItemDelegate(self._delegate)
        header = EntryHeader(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(theme.current().px(40))
        self.verticalHeader().hide()
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self) -> None:
        self.below = None
        self.horizontalHeader().viewport().update()

    # --- widths and heights --------------------------------------------------------------------------------------

    def fit_rows(self) -> None:
        """Give rows of texts two lines, headings and free rows one; join the cells of headings."""
        px, model = theme.current().px, self.sheet_model
        tall = LINES * self.fontMetrics().height() + px(8) if self._spanned else theme.current().row_height
        low = theme.current().row_height
        down = self.verticalHeader()
        self.setUpdatesEnabled(False)
        if self._spanned:
            self.clearSpans()
        for row, line in enumerate(model.lines):
            height = tall if line.kind in {"line", "part"} else low
            if down.sectionSize(row) != height:
                down.resizeSection(row, height)
            if self._spanned and line.kind == "group":
                self.setSpan(row, 0, 1, len(model.columns))
        self.setUpdatesEnabled(True)

    def fit_columns(self) -> None:
        """Give the columns their widths where the columns or the font are others; one takes the room that is left."""
        model, px = self.sheet_model, theme.current().px
        shown = f"{theme.current().font_px}:{self.viewport().width()}:" + " ".join(c.key for c in model.columns)
        if shown == self._shown or not model.columns:
            return
        self._shown = shown
        widths = [heading_width(column.title, px(column.width)) for column in model.columns]
        left = self.viewport().width() - sum(widths)
        for place, (column, width) in enumerate(zip(model.columns, widths, strict=True)):
            self.setColumnWidth(place, width + max(0, left) if column.wider else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the column of texts takes what is left."""
        super().resizeEvent(event)
        self.fit_columns()

    # --- keys ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mind what a grid of groups has beside the keys of every grid."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.new_wanted.emit()
        elif control and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_F4:
            self.choose_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_block(copied_block(QGuiApplication.clipboard().mimeData()))
        else:
            super().keyPressEvent(event)

    def _move(self, down: int, right: int) -> None:
        """Go on; below the last row there will be another one when what was typed is written."""
        index = self.currentIndex()
        super()._move(down, right)
        if down > 0 and index.isValid() and index.row() == self.sheet_model.rowCount() - 1:
            self.below = (self.sheet_model.rows[index.row()].key, index.column())

    def open_words(self) -> None:
        """Open a cell that has words to choose from, with all of them."""
        index = self.currentIndex()
        if not (index.isValid() and self.sheet_model.columns[index.column()].words):
            return
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        self.edit(index)
        editor = self.viewport().findChild(QLineEdit)
        completer = editor.completer() if editor is not None else None
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    # --- blocks --------------------------------------------------------------------------------------------------

    def paste(self, text: str) -> None:
        """Paste a block of plain text."""
        self.paste_block(block_of(text) if text else [])

    def paste_block(self, lines: Sequence[Sequence[str]]) -> None:
        """Paste a block from the cursor on: it stays in its group; what is longer becomes new rows of the group."""
        model = self.sheet_model
        top, bottom, left, right = self.block()
        if top < 0 or not lines or model.read_only:
            return
        rows = model.lane_rows(top)
        if not rows:
            self.refused.emit(sum(bool(text.strip()) for line in lines for text in line))
            return
        if model.lines[top].kind == "group":
            left = right = min(1, len(model.columns) - 1)
        lines = self._repeated(lines, sum(row <= bottom for row in rows), right - left + 1)
        wide = len(model.columns) - left
        new = model.lines[rows[0]].new
        shown = [(row, left + place, text) for row, line in zip(rows, lines, strict=False)
                 for place, text in enumerate(line[:wide])]  # fmt: skip
        rest = lines[len(rows) :]
        below = [[(left + place, text) for place, text in enumerate(line[:wide])] for line in rest] if new else []
        locked = [place for place in range(len(model.columns)) if self._never(place)]
        below = [[(place, text) for place, text in line if place not in locked] for line in below]
        refused = model.enter(shown, below, new)
        columns = max(0, max(map(len, lines)) - wide)
        outside = [] if new else [list(line) for line in rest]
        if columns and not outside:
            outside = [list(line[wide:]) for line in lines]
        if outside:
            self.left_over.emit(outside, 0 if new else len(rest), columns)
        elif refused:
            self.refused.emit(refused)

    def _never(self, column: int) -> bool:
        """Tell whether a column is counted in every row."""
        return all(line.cells[column].locked for line in self.sheet_model.lines if line.kind in {"line", "part"})

    @staticmethod
    def _repeated(lines: Sequence[Sequence[str]], rows: int, columns: int) -> list[list[str]]:
        """Return a block as often as it goes into the selection."""
        high, wide = len(lines), max(map(len, lines))
        down = rows // high if rows > high and rows % high == 0 else 1
        across = columns // wide if columns > wide and columns % wide == 0 else 1
        if down * across == 1:
            return [list(line) for line in lines]
        return [([*line, *[""] * (wide - len(line))]) * across for line in lines] * down

    def fill_down(self) -> None:
        """Repeat the first row of the selection in the others; free rows and headings stay as they are."""
        top, bottom, left, right = self.block()
        model = self.sheet_model
        if top < 0 or model.read_only:
            return
        first = {column: model.rows[top].texts[column] for column in range(left, right + 1)}
        model.enter(
            (row, column, text)
            for row in range(top + 1, bottom + 1) if model.lines[row].kind not in {"free", "group", "total"}
            for column, text in first.items() if not model.lines[row].cells[column].locked
        )  # fmt: skip

    def clear_cells(self) -> None:
        """Empty the selected cells that can be typed into."""
        model = self.sheet_model
        if not model.read_only:
            model.enter([(index.row(), index.column(), "") for index in self.selectedIndexes()])

    def copy(self, *, headings: bool = False) -> None:
        """Copy the selected block as Excel takes it, with the headings of its columns where they are wanted."""
        top, bottom, left, right = self.block()
        if top < 0:
            return
        model, columns = self.sheet_model, range(left, right + 1)
        rows = [row for row in range(top, bottom + 1) if model.lines[row].kind != "free" or top == bottom]
        table = [[model.text_to_copy(row, column) for column in columns] for row in rows]
        if headings:
            table.insert(0, [model.title_to_copy(column) for column in columns])
        QGuiApplication.clipboard().setText(tsv(table))

    def chosen_nodes(self) -> list[int]:
        """Return the nodes of the selected rows."""
        rows = {index.row() for index in self.selectedIndexes() or [self.currentIndex()] if index.isValid()}
        found = [self.sheet_model.lines[row].node for row in sorted(rows)]
        return list(dict.fromkeys(key for key in found if key is not None))

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell and show it."""
        index = self.sheet_model.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            heading = self._spanned and self.sheet_model.lines[row].kind == "group"
            self.scrollTo(self.sheet_model.index(row, 0) if heading else index)

    def show_menu(self, place: QPoint, actions: Sequence[tuple[str, object] | None]) -> None:
        """Show what can be done at a place."""
        menu = QMenu(self)
        for item in actions:
            if item is None:
                menu.addSeparator()
            else:
                menu.addAction(item[0], item[1])
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()
