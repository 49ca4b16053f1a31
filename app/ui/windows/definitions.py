"""«Определения»: bounds, thresholds and weights that the program counts by, as fields with their meaning in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.models.store import Connection
from app.operations import definitions, indices
from app.operations.definitions import MEAN, SPECS, DefinitionField, DefinitionState
from app.texts import glue
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, Scroller, clear_layout
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

Found = tuple[list[DefinitionState], list[tuple[str, str]]]


def _read(connection: Connection) -> Found:
    named = [(item.title, item.id) for item in indices.definitions(connection).values()]
    return definitions.states(connection), named


class DefinitionsWindow(Window):
    """One definition at a time; its fields are made from its description."""

    guide = ("03-список", "Типология")

    def __init__(self, session: Session, kind: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Определения", parent, size=(760, 600))
        self._states: dict[str, DefinitionState] = {}
        self._indices: list[tuple[str, str]] = []
        self.fields: dict[str, QLineEdit | Combo] = {}
        px = theme.current().px
        self.choice = Combo("Определение")
        self.choice.fill([(spec.title, key) for key, spec in SPECS.items()], kind)
        self.choice.currentIndexChanged.connect(lambda _place: self._show())
        self.scroller = Scroller(spacing=10)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(0, 1)
        self.source = Label("", "muted", wrap=True).selectable()
        self.scroller.column.addLayout(self.grid)
        self.scroller.column.addWidget(self.source)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.scroller, 1)
        self.reset = Button("Вернуть поставленное", self._reset, icon="arrow-back-up")
        self.save = Button("Сохранить", self._save, kind="primary")
        self.add_buttons(Button("Закрыть", self.accept), self.save, left=[self.reset])
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the definitions anew; what was typed stays where nothing has changed."""
        self.take(self.session.desk.read(_read), self._offer)

    def _offer(self, found: Found) -> None:
        states = {item.kind: item for item in found[0]}
        if (states, found[1]) != (self._states, self._indices):
            self._states, self._indices = states, found[1]
            self._show()

    @property
    def state(self) -> DefinitionState | None:
        """The definition that is shown, as it is kept."""
        return self._states.get(str(self.choice.currentData() or ""))

    def _show(self) -> None:
        state = self.state
        clear_layout(self.grid)
        self.fields = {}
        if state is None:
            return
        own = ", изменено в этом файле" if state.own else ""
        self.say(f"Версия {state.version}{own}. Изменение сохраняется новой версией, Ctrl+Z возвращает прежнюю.")
        for at, field in enumerate(SPECS[state.kind].fields):
            widget = self._field(state, field)
            self.fields[field.key] = widget
            self.grid.addWidget(Label(field.title, wrap=True), at, 0)
            self.grid.addWidget(widget, at, 1)
            self.grid.addWidget(Label(field.unit, "muted"), at, 2)
        self.source.setText(glue(f"Источник: {state.source}."))
        self._check()

    def _field(self, state: DefinitionState, field: DefinitionField) -> QLineEdit | Combo:
        if field.kind == "index":
            combo = Combo(field.title)
            mean = [("Среднее всех индексов", MEAN)] if state.kind == "typology" else []
            combo.fill([*self._indices, *mean], state.values[field.key])
            combo.currentIndexChanged.connect(lambda _place: self._check())
            return combo
        edit = QLineEdit(state.values[field.key])
        edit.setAccessibleName(field.title)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setFixedWidth(theme.current().px(84))
        edit.textChanged.connect(lambda _text: self._check())
        return edit

    def changes(self) -> dict[str, str]:
        """Return what differs from what is kept."""
        state = self.state
        typed = {
            key: str(widget.currentData()) if isinstance(widget, Combo) else widget.text().strip()
            for key, widget in self.fields.items()
        }
        return {} if state is None else {key: text for key, text in typed.items() if text != state.values[key]}

    def _check(self) -> None:
        state, writable = self.state, not self.session.desk.read_only
        self.save.setEnabled(writable and bool(self.changes()))
        self.reset.setEnabled(writable and state is not None and state.own)

    def _save(self) -> None:
        state = self.state
        if state is not None:
            self.take(self.session.written(definitions.change, state.kind, self.changes()), self._saved)

    def _saved(self, made: DefinitionState) -> None:
        self.bar.show_message("ok", f"Сохранена версия {made.version}: дальше считается по ней.")

    def _reset(self) -> None:
        state = self.state
        if state is not None:
            self.take(self.session.written(definitions.reset, state.kind), self._saved)
