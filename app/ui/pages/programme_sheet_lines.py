"""Grids of a programme whose rows are begun, moved and taken out: the plan, the indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.operations import programme_edit as edit
from app.operations import programme_sheets as sheets
from app.operations.programme_sheets import NewLine
from app.texts import count
from app.ui.pages.programme_sheet_view import MenuActions, SheetView
from app.ui.widgets.basics import Button

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage


class LinesView(SheetView):
    """A view whose rows are nodes of the tree."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self.grid.new_wanted.connect(self.add_row)
        self.grid.remove_wanted.connect(self.remove_rows)
        self.grid.move_wanted.connect(self.move_row)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Новая строка", self.add_row, icon="plus", tip="Под выбранной строкой (Ctrl+Enter)"),
            Button("Выше", lambda: self.move_row(-1), tip="Переставить строку выше (Alt+↑)"),
            Button("Ниже", lambda: self.move_row(1), tip="Переставить строку ниже (Alt+↓)"),
            Button("Удалить", self.remove_rows, icon="trash", tip="Удалить выбранные строки (Ctrl+Del)"),
        )

    def add_row(self) -> None:
        """Begin a row under the cursor, in its group."""
        row = self.grid.currentIndex().row()
        line = self.model.line(row)
        if line is None or line.new is None or not self.writable:
            return
        if line.kind == "free":
            self.grid.go_to(row, 1)
            return
        place = line.new
        if line.node is not None and self.sheet is not None:
            node = self.sheet.tree.nodes[line.node]
            after = self.sheet.tree.under(node.parent_id)
            at = after.index(node) + 1
            place = NewLine(node.kind, node.parent_id, line.new.direction, after[at].id if at < len(after) else None)
        self.write(sheets.add_line, place, then=self._added)

    def _added(self, key: object) -> None:
        if isinstance(key, int):
            self._wanted = (key, 1)
            self.refresh()

    def remove_rows(self) -> None:
        """Take the selected rows out with all under them; Ctrl+Z brings them back."""
        keys = self.grid.chosen_nodes()
        if not (keys and self.writable):
            return

        def done(_none: object) -> None:
            told = count(len(keys), "строка", "строки", "строк")
            self.page.message("ok", f"Удалено: {told}. Вернуть — Ctrl+Z.")

        self.write(lambda store, _programme: edit.remove(store, keys), then=done)

    def move_row(self, step: int) -> None:
        """Put the row of the cursor before its neighbour or behind it; at the end of a task into the next one."""
        line = self.model.line(self.grid.currentIndex().row())
        if line is not None and line.node is not None and self.writable:
            self._wanted = (line.node, self.grid.currentIndex().column())
            self.write(sheets.move_line, line.node, step, then=self._was_moved)

    def _was_moved(self, done: object) -> None:
        if not done:
            self.page.message("info", "Дальше переставить некуда. В другой раздел строку переносят в структуре.")

    def menu_actions(self) -> MenuActions:
        """Return what the right mouse button offers for a row."""
        if not self.writable:
            return []
        return [("Новая строка", self.add_row), ("Выше", lambda: self.move_row(-1)),
                ("Ниже", lambda: self.move_row(1)), ("Удалить строки", self.remove_rows), None]  # fmt: skip
