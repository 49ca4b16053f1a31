"""What the views «План», «Показатели» and «Деньги» share: a grid of the shown programme that reads, writes, tells."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.store import Connection
from app.operations import programme_sheets as sheets
from app.operations.programme_cells import Cell
from app.operations.programme_sheet_data import Sheet, SheetRow
from app.operations.programme_sheets import NewLine
from app.texts import count
from app.ui import theme
from app.ui.item_models.table_model import tsv
from app.ui.pages.programme_sheet import SheetModel
from app.ui.pages.programme_sheet_grid import SheetGrid
from app.ui.pages.view import View
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

MenuActions = list[tuple[str, Callable[[], object]] | None]
KEYS = "Enter — вниз, Tab — вправо, F2 — правка, Ctrl+V — вставить, Ctrl+D — заполнить вниз."


class SheetView(View):
    """A view with one grid.

    Class attributes:
        icon: of the empty state.
        grid_name: for those who hear the screen.
        spanned: headings of groups take the whole width.
    """

    icon: ClassVar[str] = "table"
    grid_name: ClassVar[str] = ""
    spanned: ClassVar[bool] = True
    page: ProgrammePage

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self.sheet: Sheet | None = None
        self._turn = 0
        self._wanted: tuple[Hashable, int] | None = None
        px = theme.current().px
        self.model = SheetModel(self)
        self.grid = SheetGrid(self.model, self.grid_name, spanned=self.spanned)
        self.model.typed.connect(self._put)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(self._given_up)
        self.grid.left_over.connect(self._left_over)
        self.grid.refused.connect(self._refused)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.choose_wanted.connect(self.choose)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _was: self.moved())
        card = QFrame()
        card.setProperty("card", "true")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, px(6), 1, px(6))
        inside.setSpacing(px(6))
        self.top = QHBoxLayout()
        self.top.setContentsMargins(px(10), 0, px(10), 0)
        self.top.setSpacing(px(8))
        self.make_top()
        inside.addLayout(self.top)
        inside.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), 0, px(10), 0)
        self.told = ElidedLabel("", "muted")
        foot.addWidget(self.told, 1)
        inside.addLayout(foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.make_body(card))
        self.empty = EmptyState(
            self.icon, "Программы ещё нет", "Начните её или загрузите готовый план на вкладке «Структура».",
            ("Перейти к структуре", lambda: self.page.show_view(self.page.first[0])),
        )  # fmt: skip
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    # --- what a view says of itself ------------------------------------------------------------------------------

    def make_top(self) -> None:
        """Put the filters over the grid."""

    def make_body(self, card: QWidget) -> QWidget:
        """Return the body: the card with the grid, and what stands beside it."""
        return card

    def reading(self) -> Callable[[Connection, int], Sheet]:
        """Return what reads the grid."""
        raise NotImplementedError

    def visible_rows(self, sheet: Sheet) -> Sequence[SheetRow]:
        """Return the rows that the filters leave."""
        return sheet.rows

    def sentence_of(self, sheet: Sheet) -> str:
        """Return the sentence under the title."""
        raise NotImplementedError

    def menu_actions(self) -> MenuActions:
        """Return what the right mouse button offers beside the keys of a grid."""
        return []

    def shown(self) -> None:
        """The grid has been read."""

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def programme_id(self) -> int | None:
        """The programme whose grid is shown."""
        return self.sheet.programme.id if self.sheet is not None else None

    @property
    def writable(self) -> bool:
        """Whether something may be typed."""
        return self.sheet is not None and not self.sheet.programme.frozen and not self.session.desk.read_only

    def refresh(self) -> None:
        """Read the grid of the page's programme."""
        self._turn += 1
        turn, key = self._turn, self.page.programme_id
        if key is None:
            self.sheet = None
            self.model.forget()
            self.stack.setCurrentIndex(1)
            self.say("Программы ещё нет")
            self.enable_actions()
            return
        self.session.read(self, lambda found: self._show(turn, found), self.reading(), key)

    def _show(self, turn: int, sheet: Sheet) -> None:
        if turn != self._turn:
            return
        if self.sheet is not None and self.sheet.programme.id != sheet.programme.id:
            self.model.forget()
        self.sheet = sheet
        self.stack.setCurrentIndex(0)
        self.model.read_only = not self.writable
        self.show_rows()
        state = "" if self.writable else " · утверждена, не меняется" if sheet.programme.frozen else " · только чтение"
        self.say(self.sentence_of(sheet) + state)
        self.enable_actions()
        self.shown()

    def show_rows(self) -> None:
        """Show what the filters leave; the cursor stays with its row."""
        if self.sheet is None:
            return
        here = self.grid.currentIndex()
        key = self.model.rows[here.row()].key if here.isValid() else None
        wanted, self._wanted = self._wanted or (key, here.column()), None
        self.model.show_sheet(self.sheet, self.visible_rows(self.sheet))
        self.grid.fit_columns()
        self.grid.fit_rows()
        now = self.grid.currentIndex()
        below = self.grid.below
        if below is not None and 0 <= self.model.row_of(below[0]) < len(self.model.rows) - 1:
            self.grid.go_to(self.model.row_of(below[0]) + 1, below[1])
            return
        row = self.model.row_of(wanted[0]) if wanted[0] is not None else -1
        if row >= 0 and (now.row(), now.column()) != (row, wanted[1]):
            self.grid.go_to(row, max(0, wanted[1]))
        elif not now.isValid() and self.model.rows:
            first = next((at for at, line in enumerate(self.model.lines) if line.kind != "group"), 0)
            self.grid.go_to(first, 1)
        self.moved()

    def enable_actions(self) -> None:
        """Nothing can be changed in an approved programme, nor in a file that is open for reading."""
        for button in self.buttons:
            button.setEnabled(self.writable)

    def moved(self) -> None:
        """The cursor has moved: tell the whole of the cell, and what is wrong with it."""
        self.told.setText(self.words_of_cell())

    def words_of_cell(self) -> str:
        """Return the sentence of the cell under the cursor."""
        index = self.grid.currentIndex()
        line, cell = self.model.line(index.row()), self.model.cell(index.row(), index.column())
        if line is None or cell is None:
            return KEYS
        if line.kind == "free" and not self.model.rows[index.row()].texts[index.column()]:
            return f"Впишите или вставьте: строка встанет сюда. {KEYS}"
        name = f"{line.number} " if line.number else ""
        shown = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        title = self.model.columns[index.column()].title
        if line.kind in {"line", "part"} and title != self.model.columns[1].title and line.title:
            name += f"{line.title} · "
        parts = [f"{name}{title}: {shown or 'пусто'}", cell.second if not cell.trouble else "", cell.trouble]
        return " · ".join(" ".join(part.split()) for part in parts if part)

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, cells: list[Cell], new: Mapping[int, NewLine]) -> None:
        """Write what was typed, pasted, filled or cleared: one operation, one Ctrl+Z."""

        def settle(failed: object) -> None:
            self.model.written(cells)
            self.settled(failed)

        future = self.session.written(sheets.put, self.programme_id or 0, cells, new)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, lambda _none: settle(None), settle, owner=self)

    def settled(self, failed: object) -> None:
        """Something has been written, or refused: what was read before is old."""
        self._turn += 1
        self.page.mark_stale()
        if not self.isVisible():
            self.refresh()
        if isinstance(failed, UserError):
            self.session.tell_error(failed)

    def write(
        self, function: Callable[..., object], *args: object, then: Callable[[object], object] | None = None
    ) -> None:
        """Run an operation on the shown programme."""
        future = self.session.written(function, self.programme_id or 0, *args)
        if future is not None:
            self.session.runner.take(future, then or (lambda _result: None), self.session.tell_error, owner=self)

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key, in a row just begun too."""
        line = self.model.line(row)
        if line is not None and self.writable:
            key, name = self.model.written_place(row, column)
            self.write(sheets.put_draft, Cell(key, name, text), line.new if line.kind == "free" else None)

    def _given_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again, an entry that did not fit too."""
        if self.model.line(row) is None or not self.writable:
            return
        key, name = self.model.written_place(row, column)
        cell = self.model.cell(row, column)
        before = self.model.rows[row].texts[column]
        if cell is not None and cell.draft and cell.mark == "bad":
            self._put([Cell(key, name, before)], {})
        else:
            self.write(sheets.give_up, key, name)

    def _left_over(self, lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        parts = []
        if rows:
            parts.append(f"{count(rows, 'строка', 'строки', 'строк')} снизу")
        if columns:
            parts.append(f"{count(columns, 'столбец', 'столбца', 'столбцов')} справа")
        self.page.message(
            "warn", f"Поместилось не всё: не вошли {' и '.join(parts)}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    def _refused(self, cells: int) -> None:
        told = count(cells, "ячейка", "ячейки", "ячеек")
        self.page.message("warn", f"Не записано: {told}. В этих столбцах или строках ничего не вводят.")

    def choose(self) -> None:
        """F4: open the words of the column."""
        self.grid.open_words()

    # --- the menu, going -----------------------------------------------------------------------------------------

    def _menu(self, place: QPoint) -> None:
        self.grid.show_menu(place, self.all_actions())

    def all_actions(self) -> MenuActions:
        """Return the whole menu of the grid."""
        actions: MenuActions = [
            ("Копировать", self.grid.copy),
            ("Копировать с заголовками", lambda: self.grid.copy(headings=True)),
        ]
        if self.writable:
            actions += [
                ("Вставить", lambda: self.grid.paste(QGuiApplication.clipboard().text())), None,
                ("Заполнить вниз", self.grid.fill_down), ("Очистить", self.grid.clear_cells),
            ]  # fmt: skip
        own = self.menu_actions()
        node = self._current_node()
        if node is not None:
            own = [*own, ("Показать в структуре", lambda: self.page.show_node(node))]
        return [*actions, *([None, *own] if own else [])]

    def _current_node(self) -> int | None:
        line = self.model.line(self.grid.currentIndex().row())
        return line.node if line is not None else None

    def open_payload(self, payload: object) -> None:
        """Show a row: a node, or (node, column)."""
        node, column = payload if isinstance(payload, tuple) else (payload, "")
        if isinstance(node, int):
            self.show_node(node, str(column))

    def show_node(self, node_id: int, column: str = "") -> None:
        """Put the cursor into the row of a node."""
        place = next((at for at, found in enumerate(self.model.columns) if found.key == column), 1)
        row = self.model.row_of(node_id)
        if row >= 0:
            self.grid.go_to(row, place)
        else:
            self._wanted = (node_id, place)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        if self.sheet is None and self.empty.button is not None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
