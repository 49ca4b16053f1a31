"""«Составляющие индекса»: signs and weights, components on and off; saving makes a version that undo takes back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.analysis.index_model import SIGN_WORDS, IndexComponent, IndexDefinition
from app.operations import indices
from app.operations.indices import read_weight, weight_text
from app.texts import glue
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, Scroller, clear_layout
from app.ui.widgets.labels import Label, ruler
from app.ui.windows.base import Window


@dataclass
class _Line:
    """The controls of one component."""

    component: IndexComponent
    on: QCheckBox
    sign: Combo
    weight: QLineEdit

    @property
    def changed(self) -> bool:
        """Tell whether anything differs from what is kept."""
        return (self.on.isChecked(), self.sign.currentData(), read_weight(self.weight.text())) != (
            self.component.on, self.component.sign, self.component.weight,
        )  # fmt: skip


class IndexPartsWindow(Window):
    """The composition of one index."""

    guide = ("03-список", "Индексы")

    def __init__(self, session: Session, index_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Составляющие индекса", parent, size=(760, 540))
        self._definitions: dict[str, IndexDefinition] = {}
        self._lines: list[_Line] = []
        self._wanted = index_id or ""
        px = theme.current().px
        self.choice = Combo("Индекс")
        self.choice.currentIndexChanged.connect(lambda _place: self._show())
        self.scroller = Scroller(spacing=10)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(1, 1)
        self.source = Label("", "muted", wrap=True).selectable()
        self.scroller.column.addLayout(self.grid)
        self.scroller.column.addWidget(self.source)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.scroller, 1)
        self.trouble = Label("", "bad", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.reset = Button("Вернуть состав из справочника", self._reset, icon="arrow-back-up")
        self.save = Button("Сохранить", self._save, kind="primary")
        self.add_buttons(Button("Закрыть", self.accept), self.save, left=[self.reset])
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the definitions anew; what was typed and not saved goes with the version it was typed over."""
        self.take(self.session.desk.read(indices.definitions), self._offer)

    def _offer(self, found: dict[str, IndexDefinition]) -> None:
        same = found == self._definitions
        self._definitions = found
        if same:
            return
        chosen = self.choice.currentData() or self._wanted
        self.choice.fill([(item.title, item.id) for item in found.values()], chosen or None)
        self._show()

    @property
    def definition(self) -> IndexDefinition | None:
        """The index that is shown."""
        return self._definitions.get(str(self.choice.currentData() or ""))

    def _show(self) -> None:
        definition = self.definition
        clear_layout(self.grid)
        self._lines = []
        if definition is None:
            return
        self.say(f"Версия {definition.version}. Изменение сохраняется новой версией, Ctrl+Z возвращает прежнюю.")
        for column, title in ((0, "Учитывать"), (2, "Как оценивать"), (3, "Вес")):
            self.grid.addWidget(Label(title, "muted"), 0, column, 1, 1 if column else 2)
        self.grid.addWidget(ruler(), 1, 0, 1, 4)
        for at, component in enumerate(definition.components, start=2):
            self._lines.append(self._line(at, component))
        note = f" {definition.note}" if definition.note else ""
        self.source.setText(glue(f"Источник: {definition.source}.{note}"))
        self.reset.setEnabled(not self.session.desk.read_only)
        self._check()

    def _line(self, at: int, component: IndexComponent) -> _Line:
        on = QCheckBox()
        on.setChecked(component.on)
        on.setAccessibleName(f"Учитывать: {component.label}")
        sign = Combo(f"Как оценивать: {component.label}")
        sign.fill([(word, value) for value, word in SIGN_WORDS.items()], component.sign)
        weight = QLineEdit(weight_text(component.weight))
        weight.setAccessibleName(f"Вес: {component.label}")
        weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        weight.setFixedWidth(theme.current().px(64))
        weight.setToolTip("Число больше нуля: 1, 2, 1,5 или 1/3")
        line = _Line(component, on, sign, weight)
        on.toggled.connect(lambda _on: self._check())
        sign.currentIndexChanged.connect(lambda _place: self._check())
        weight.textChanged.connect(lambda _text: self._check())
        for column, widget in enumerate((on, Label(component.label, wrap=True), sign, weight)):
            self.grid.addWidget(widget, at, column)
        return line

    def _check(self) -> None:
        trouble = ""
        for line in self._lines:
            line.sign.setEnabled(line.on.isChecked())
            line.weight.setEnabled(line.on.isChecked())
            if line.on.isChecked() and read_weight(line.weight.text()) is None:
                trouble = f"«{line.weight.text()}» — не вес. Нужно число больше нуля: 1, 2, 1,5 или 1/3."
        if self._lines and not any(line.on.isChecked() for line in self._lines):
            trouble = "Оставьте хотя бы одну составляющую."
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        changed = any(line.changed for line in self._lines)
        self.save.setEnabled(changed and not trouble and not self.session.desk.read_only)

    def _save(self) -> None:
        definition = self.definition
        if definition is None:
            return
        weights = {
            line.component.metric: weight
            for line in self._lines
            if (weight := read_weight(line.weight.text())) is not None
        }
        signs = {line.component.metric: line.sign.currentData() for line in self._lines}
        on = {line.component.metric: line.on.isChecked() for line in self._lines}
        future = self.session.written(indices.change, definition.id, weights=weights, signs=signs, on=on)
        self.take(future, self._saved)

    def _saved(self, made: IndexDefinition) -> None:
        self.bar.show_message("ok", f"Сохранена версия {made.version}: индексы пересчитаны.")

    def _reset(self) -> None:
        definition = self.definition
        if definition is not None:
            self.take(self.session.written(indices.reset, definition.id), self._saved)
