"""A register on the screen: its grid, what can be done above it, files of the line under it. One for every register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import UserError
from app.operations import registers
from app.operations.agreement_grids import CellKind, GridLine
from app.operations.registers import Attachment, RegisterTable
from app.texts import count
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import tsv
from app.ui.pages.agreement_grid import PartGrid, PartModel, Typed
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, FlowLayout
from app.ui.widgets.labels import ElidedLabel, Label

ALL_FILES = "Все файлы (*)"


class RegisterPane(Card):
    """One register.

    Args:
        session: the open file.
        key: of the register.
        scope: returns the columns that the place of work gives, None where nothing is chosen yet.

    Signals:
        selected(key): another row is current; 0 where none is, or where it is not stored yet.
        shown(table): another state of the register is shown.
    """

    selected = Signal(object)
    shown = Signal(object)

    def __init__(
        self, session: Session, key: str, scope: Callable[[], Mapping[str, Any] | None], *, titled: bool = True,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(pad=12, parent=parent)
        self.session, self.key, self._scope = session, key, scope
        self.register = registers.register(key)
        self.table: RegisterTable | None = None
        self._creating: dict[int, Typed] = {}
        self._wanted: int | None = None
        self.model = PartModel(self.register.columns, self)
        self.grid = PartGrid(self.model, self.register.title, self._names, ordered=self.register.ordered)
        self._connect()
        px = theme.current().px
        self.name = ElidedLabel(self.register.title, "section")
        if not titled:  # shown before it stands in the card it would be a window of its own and take the keyboard
            self.name.hide()
        self.number = Label("", "muted")
        self.out = Button("Убрать строку", self.grid.remove_rows, icon="trash", kind="link")
        self.lead = QHBoxLayout()
        self.lead.setSpacing(px(8))
        self.lead.addWidget(self.name)
        self.lead.addWidget(self.number)
        self.lead.addStretch(1)
        self.lead.addWidget(self.out)
        self.hint = ElidedLabel(self.register.hint, "muted")
        self.body.addLayout(self.lead)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.grid, 1)
        self._make_files()

    def _connect(self) -> None:
        self.model.typed.connect(self._typed)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(self._given_up)
        self.grid.left_over.connect(self._left_over)
        self.grid.remove_wanted.connect(lambda keys: self._write(registers.remove, keys))
        self.grid.let_drag(on=self.register.ordered)
        self.grid.move_wanted.connect(lambda key, step: self._write(registers.move, key, step))
        self.grid.selectionModel().currentRowChanged.connect(lambda _now, _before: self._select())

    def _make_files(self) -> None:
        self.files = QWidget()
        self._files = FlowLayout(self.files)
        self.files.setVisible(False)
        self.attaching = Button("Приложить файл…", self.attach, icon="paperclip", kind="link")
        self.linking = Button("Дать ссылку…", self.link, kind="link")
        if self.register.files:
            self.body.addWidget(self.files)

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the register anew."""
        scope = self._scope()
        if scope is None:
            self.show_table(None)
        else:
            self.session.read(self, self.show_table, registers.table, self.key, scope)

    def show_table(self, found: RegisterTable | None) -> None:
        """Show a register; None where there is nothing to show it of."""
        scope = self._scope()
        if found is not None and (scope is None or dict(found.scope) != dict(scope)):
            return
        other = self.table is not None and found is not None and dict(self.table.scope) != dict(found.scope)
        self.table = found
        read_only = self.session.desk.read_only or found is None
        lines = self._in_place(found.lines if found else (), anew=other)
        self.model.set_lines(lines, read_only=read_only)
        self.number.setText(count(len(lines), *self.register.row) if lines else "")
        self.out.setEnabled(not read_only and bool(lines))
        if other:
            self.grid.clearSelection()
        self._choose_wanted()
        self._show_files()
        self.shown.emit(found)

    def _in_place(self, lines: Sequence[GridLine], *, anew: bool) -> list[GridLine]:
        """Return the lines where they stand already, new ones below: what is typed next must not meet another row.

        Another scope, and a register whose order a person decides, come as they are stored.
        """
        if anew or self.register.ordered:
            return list(lines)
        places = {row.key: place for place, row in enumerate(self.model.rows)}
        return sorted(lines, key=lambda line: places.get(line.key, len(places)))

    def _names(self, kind: CellKind) -> Sequence[str]:
        """Return the names that a column of a kind offers while one types."""
        if self.table is None:
            return ()
        if kind in {"person", "name"}:
            return self.table.people
        return self.table.schools if kind == "school" else self.table.offers.get(kind, ())

    def choose(self, key: int) -> None:
        """Put the cursor on a row, now or when it is read."""
        self._wanted = key
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        for place, row in enumerate(self.model.rows):
            if row.key == self._wanted:
                self._wanted = None
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.grid.selectionModel().setCurrentIndex(self.model.index(place, 0), flags)
                self.grid.scrollTo(self.model.index(place, 0))
                return

    @property
    def current(self) -> int | None:
        """Key of the current row where it is stored whole."""
        key = self.grid.key()
        return key if key is not None and self.table is not None and key in self.table.rows else None

    @property
    def row(self) -> Mapping[str, Any] | None:
        """The current stored row."""
        key = self.current
        return None if key is None or self.table is None else self.table.rows[key]

    def _select(self) -> None:
        self._show_files()
        self.selected.emit(self.current or 0)

    # --- writing -------------------------------------------------------------------------------------------------

    def _write(self, operation: Callable[..., object], *args: object) -> None:
        scope = self._scope()
        if scope is not None and not self.session.desk.read_only:
            self.session.write(self, lambda _done: self.refresh(), operation, self.key, scope, *args)

    def _typed(self, cells: Typed) -> None:
        """Write what was typed; cells of a row that is being made wait until it has its key."""
        for cell in cells:
            if cell[0] in self._creating:
                self._creating[cell[0]].append(cell)
        ready = [cell for cell in cells if cell[0] not in self._creating]
        scope = self._scope()
        if not ready or scope is None:
            return
        fresh = {key for key, _column, text in ready if key < 0 and text}
        self._creating |= {key: [] for key in fresh}

        def settle(result: dict[int, int] | UserError) -> None:
            self._settled(ready, fresh, result)

        future = self.session.written(registers.put_cells, self.key, scope, ready)
        if future is None:
            settle({})
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _settled(self, ready: Typed, fresh: set[int], result: dict[int, int] | UserError) -> None:
        later: Typed = []
        for key in fresh:
            later += self._creating.pop(key, [])
        self.model.written(ready)
        if isinstance(result, UserError):
            self.model.written(later)
            self.session.tell_error(result)
        else:
            self.model.rekey(result)
            if later:
                self._typed([(result.get(key, key), column, text) for key, column, text in later])
        self.refresh()

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; in a new row it begins the row."""
        key, name = self.model.rows[row].key, self.register.columns[column].key
        scope = self._scope()
        if key > 0 and scope is not None:
            self.session.write(self, None, registers.put_draft, self.key, scope, key, name, text)
        elif key not in self._creating:
            self._typed([(key, name, text)])

    def _given_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again."""
        line, name = self.model.rows[row], self.register.columns[column].key
        if line.key > 0:
            self._write(registers.put_cells, [(line.key, name, line.texts[column])])

    def _left_over(self, lines: list[list[str]], _rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        words = f"{count(columns, 'столбец', 'столбца', 'столбцов')} правее последнего"
        self.session.tell(
            "warn", f"Поместилось не всё: не вошли {words}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    # --- files ---------------------------------------------------------------------------------------------------

    def _show_files(self) -> None:
        if not self.register.files:
            return
        while (item := self._files.takeAt(0)) is not None:
            widget = item.widget()
            if widget not in {self.attaching, self.linking} and widget is not None:
                widget.deleteLater()
        key = self.current
        self.files.setVisible(key is not None)
        if key is None or self.table is None:
            return
        for one in self.table.files.get(key, ()):
            self._files.addWidget(self._file_button(one))
        for button in (self.attaching, self.linking):
            button.setEnabled(not self.session.desk.read_only)
            self._files.addWidget(button)

    def _file_button(self, item: Attachment) -> Button:
        button = Button(item.title, lambda: self.open_file(item), icon="paperclip", kind="choice")
        button.setToolTip(item.link or item.file_name or item.title)
        button.setMaximumWidth(theme.current().px(260))
        return button

    def attach(self) -> None:
        """Ask for files and keep them beside the current row."""
        key = self.current
        paths = self.session.dialogs.open_files("Приложить файл", ALL_FILES) if key is not None else None
        if key is not None and paths:
            self.session.write(self, lambda _number: self.refresh(), registers.attach, self.key, key, paths)

    def link(self) -> None:
        """Ask for an address and keep it beside the current row."""
        key = self.current
        if key is None:
            return
        fields = [Field("link", "Адрес", hint="например, страница на сайте управления", required=True),
                  Field("title", "Что это", hint="название для списка")]  # fmt: skip
        told = self.session.dialogs.ask("Дать ссылку", "Ссылка останется у этой строки.", fields, "Сохранить")
        if told:
            self.session.write(
                self, lambda _number: self.refresh(), registers.attach, self.key, key, (), link=told["link"],
                title=told["title"],
            )  # fmt: skip

    def open_file(self, item: Attachment) -> None:
        """Offer what can be done with a kept file: open or take away."""
        from app.ui.attachments import AttachmentOpener

        AttachmentOpener(self, self.session).offer(item, self.refresh)
