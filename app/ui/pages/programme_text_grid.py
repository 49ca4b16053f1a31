"""A table of a programme that is typed like a sheet: what a person enters is written as one action a visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.errors import UserError
from app.models.programme_records import Tree
from app.operations import programme_text_grids as grids
from app.operations.agreement_grids import GridLine
from app.operations.programme_text_grids import Typed, Written
from app.texts import count
from app.ui import theme
from app.ui.pages.agreement_grid import PartGrid, PartModel
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.labels import ElidedLabel, Label


class GridPane(Card):
    """The grids of a programme's tables, one of them shown.

    Args:
        session: the open file.
        programme: returns the key of the programme that is shown.
        reread: reads the view anew.
    """

    def __init__(
        self, session: Session, programme: Callable[[], int | None], reread: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(pad=14, parent=parent)
        self.session, self._programme, self._reread = session, programme, reread
        self.part = ""
        self._creating: dict[int, list[Typed]] = {}
        self._bad: dict[tuple[str, int, str], str] = {}
        self.models: dict[str, PartModel] = {}
        self.views: dict[str, PartGrid] = {}
        self.name = ElidedLabel("", "section")
        self.number = Label("", "muted")
        self.up = Button("Выше", lambda: self.view.move_row(-1))
        self.down = Button("Ниже", lambda: self.view.move_row(1))
        self.out = Button("Убрать строку", lambda: self.view.remove_rows(), icon="trash")  # noqa: PLW0108
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(8))
        head.addWidget(self.name, 1)
        for widget in (self.number, self.up, self.down, self.out):
            head.addWidget(widget)
        self.hint = ElidedLabel("", "muted")
        self.stack = QStackedWidget()
        self.trouble = Label("", "bad", wrap=True)
        self.trouble.hide()
        self.body.addLayout(head)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.trouble)

    @property
    def view(self) -> PartGrid:
        """The grid that is shown."""
        return self.views[self.part]

    def _make(self, part: str) -> None:
        model = PartModel(grids.GRIDS[part])
        view = PartGrid(model, grids.TITLES[part], lambda _kind: ())
        model.typed.connect(lambda cells: self._typed(part, cells))
        view.drafted.connect(lambda row, column, text: self._drafted(part, row, column, text))
        view.remove_wanted.connect(lambda keys: self._write(grids.remove_rows, part, keys))
        view.move_wanted.connect(lambda key, step: self._write(grids.move_row, part, key, step))
        self.models[part], self.views[part] = model, view
        self.stack.addWidget(view)

    def show_part(self, part: str, tree: Tree, *, writable: bool) -> None:
        """Show a table of a programme."""
        if part not in self.views:
            self._make(part)
        if part != self.part:
            self._say("")
            self._bad.clear()
        self.part = part
        found = [self._with_troubles(part, line) for line in grids.lines(tree, part)]
        self.name.setText(grids.TITLES[part])
        self.hint.setText(grids.HINTS[part])
        self.number.setText(count(len(found), "строка", "строки", "строк"))
        for button in (self.up, self.down, self.out):
            button.setEnabled(writable and bool(found))
        self.models[part].set_lines(found, read_only=not writable)
        self.stack.setCurrentWidget(self.views[part])

    def _with_troubles(self, part: str, line: GridLine) -> GridLine:
        """Return a row with the marks of what did not fit and still stands in it as it was typed."""
        columns = enumerate(grids.GRIDS[part])
        known = ((place, self._bad.get((part, line.key, item.key))) for place, item in columns)
        troubles = {place: why for place, why in known if why}
        return GridLine(line.key, line.texts, troubles)

    # --- writing -------------------------------------------------------------------------------------------------

    def _write(self, operation: Callable[..., object], *args: object) -> None:
        key = self._programme()
        if key is not None:
            self.session.write(self, None, operation, key, *args)

    def _drafted(self, part: str, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; in a new row it begins the row."""
        item, key = grids.GRIDS[part][column], self.models[part].rows[row].key
        if item.kind == "text" and key not in self._creating:
            self._typed(part, [(key, item.key, text)])

    def _typed(self, part: str, cells: list[Typed]) -> None:
        """Write what was typed; cells of a row that is being made wait until it has its key."""
        for cell in cells:
            if cell[0] in self._creating:
                self._creating[cell[0]].append(cell)
        ready = [cell for cell in cells if cell[0] not in self._creating]
        programme = self._programme()
        if not ready or programme is None:
            return
        fresh = {key for key, _column, text in ready if key < 0 and text}
        self._creating |= {key: [] for key in fresh}

        def settle(result: Written | UserError) -> None:
            self._settled(part, ready, fresh, result)

        future = self.session.written(grids.put_cells, programme, part, ready)
        if future is None:
            settle(Written())
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _settled(self, part: str, ready: list[Typed], fresh: set[int], result: Written | UserError) -> None:
        model, later = self.models[part], list[Typed]()
        for key in fresh:
            later += self._creating.pop(key, [])
        if isinstance(result, UserError):
            model.written([*ready, *later])
            self.session.tell_error(result)
            self._reread()
            return
        bad = {cell for cell, _why in result.bad}
        model.written([cell for cell in ready if cell not in bad])
        model.rekey(dict(result.made))
        for cell in ready:
            self._bad.pop((part, result.made.get(cell[0], cell[0]), cell[1]), None)
        for cell, why in result.bad:
            self._bad[part, result.made.get(cell[0], cell[0]), cell[1]] = why
        words = [f"«{cell[2]}» не записано. {why}" for cell, why in result.bad]
        self._say(" ".join(dict.fromkeys(words)))
        if later:
            self._typed(part, [(result.made.get(key, key), column, text) for key, column, text in later])
        else:
            self._reread()

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
