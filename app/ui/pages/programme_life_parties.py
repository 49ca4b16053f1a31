"""«Кто согласует»: the agreement sheet of a programme as a grid; a row begins with the first thing typed into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.errors import UserError
from app.operations import programme_parties
from app.operations.programme_stage import Stage
from app.ui import theme
from app.ui.pages.agreement_grid import PartGrid, PartModel, Typed
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.programme_life_view import LifeView

LEGEND = "■ не подходит, осталось как введено · вводят в пустую строку внизу · правая кнопка: слова, порядок, убрать"


class PartiesPane(QFrame):
    """The sheet."""

    def __init__(self, view: LifeView) -> None:
        super().__init__()
        self.view = view
        self.setProperty("card", "true")
        self.again = False
        self._creating: dict[int, Typed] = {}
        self.model = PartModel(programme_parties.COLUMNS, self)
        self.grid = PartGrid(self.model, "Лист согласования", lambda _kind: ())
        self.model.typed.connect(self._typed)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(self._given_up)
        self.grid.remove_wanted.connect(lambda keys: self._write(programme_parties.remove_rows, keys))
        self.grid.move_wanted.connect(lambda key, step: self._write(programme_parties.move, key, step))
        self.usual = Button("Обычные стороны", lambda: self._write(programme_parties.add_usual), icon="plus")
        self.usual.setToolTip("; ".join(programme_parties.USUAL))
        px = theme.current().px
        line = QHBoxLayout()
        line.setContentsMargins(px(12), 0, px(10), 0)
        line.setSpacing(px(6))
        line.addWidget(Label("Лист согласования", "section"))
        line.addStretch(1)
        self.orders = (
            Button("Выше", lambda: self.grid.move_row(-1), kind="link"),
            Button("Ниже", lambda: self.grid.move_row(1), kind="link"),
            Button("Убрать", self.grid.remove_rows, icon="trash", kind="link"),
        )
        for button in (*self.orders, self.usual):
            line.addWidget(button)
        foot = Label(LEGEND, "muted", wrap=True)
        foot.setContentsMargins(px(12), 0, px(12), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, px(8), 1, px(8))
        column.setSpacing(px(6))
        column.addLayout(line)
        column.addWidget(self.grid, 1)
        column.addWidget(foot)

    @property
    def busy(self) -> bool:
        """A row is being made: what is read now would not know it yet."""
        return bool(self._creating)

    def show_stage(self, stage: Stage, *, writable: bool) -> None:
        """Show the rows."""
        self.model.set_lines(stage.lines, read_only=not writable)
        for button in (*self.orders, self.usual):
            button.setEnabled(writable)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- writing -------------------------------------------------------------------------------------------------

    def _write(self, operation: Callable[..., object], *args: object) -> None:
        key = self.view.programme_id
        if key is not None:
            self.view.session.write(self.view, None, operation, key, *args)

    def _typed(self, cells: Typed) -> None:
        """Write what was typed; cells of a row that is being made wait until it has its key."""
        for cell in cells:
            if cell[0] in self._creating:
                self._creating[cell[0]].append(cell)
        ready = [cell for cell in cells if cell[0] not in self._creating]
        key = self.view.programme_id
        if not ready or key is None:
            return
        fresh = {row for row, _column, text in ready if row < 0 and text}
        self._creating.update({row: [] for row in fresh})
        future = self.view.session.written(programme_parties.put_cells, key, ready)
        if future is None:
            self._settled(ready, fresh, {})
        else:
            self.view.session.runner.take(
                future, lambda made: self._settled(ready, fresh, made), lambda error: self._failed(ready, fresh, error),
                owner=self.view,
            )  # fmt: skip

    def _settled(self, ready: Typed, fresh: set[int], made: dict[int, int]) -> None:
        later = [cell for row in fresh for cell in self._creating.pop(row, [])]
        self.model.written(ready)
        self.model.rekey(made)
        if later:
            self._typed([(made.get(row, row), column, text) for row, column, text in later])
        elif self.again or fresh or not made:
            self.again = False
            self.view.refresh()

    def _failed(self, ready: Typed, fresh: set[int], error: UserError) -> None:
        for row in fresh:
            self.model.written(self._creating.pop(row, []))
        self.model.written(ready)
        self.view.session.tell_error(error)
        self.view.refresh()

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; in a new row it begins the row."""
        key, name = self.model.rows[row].key, programme_parties.COLUMNS[column].key
        if key > 0:
            self._write(programme_parties.put_draft, key, name, text)
        elif key not in self._creating:
            self._typed([(key, name, text)])

    def _given_up(self, row: int, column: int) -> None:
        key = self.model.rows[row].key
        if key > 0:
            self._write(programme_parties.put_draft, key, programme_parties.COLUMNS[column].key, "")
