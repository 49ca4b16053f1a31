"""«Составляющие индекса»: which metrics, signs, weights; saving makes a version that undo takes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.analysis.index_model import SIGN_WORDS, IndexComponent, IndexDefinition
from app.analysis.metric_catalogue import Metric
from app.models.store import Connection
from app.operations import indices
from app.operations.indices import read_weight, weight_text
from app.texts import glue
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, Scroller, beside, clear_layout
from app.ui.widgets.labels import Label, ruler
from app.ui.windows.base import Window


@dataclass
class _Line:
    """The controls of one component."""

    component: IndexComponent
    on: QCheckBox
    sign: Combo
    weight: QLineEdit

    def made(self) -> IndexComponent:
        """Return the component as the controls have it; a weight that is none stays as it was."""
        weight = read_weight(self.weight.text()) or self.component.weight
        return replace(self.component, on=self.on.isChecked(), sign=self.sign.currentData(), weight=weight)


def _read(connection: Connection) -> tuple[dict[str, IndexDefinition], tuple[Metric, ...]]:
    return indices.definitions(connection), indices.comparable(connection)


class IndexPartsWindow(Window):
    """The composition of one index."""

    guide = ("03-список", "Индексы")

    def __init__(self, session: Session, index_id: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Составляющие индекса", parent, size=(820, 600))
        self._definitions: dict[str, IndexDefinition] = {}
        self._metrics: dict[str, Metric] = {}
        self._lines: list[_Line] = []
        self._wanted = index_id or ""
        px = theme.current().px
        self.choice = Combo("Индекс")
        self.choice.currentIndexChanged.connect(lambda _place: self._show())
        self.offered = Combo("Показатель")
        self.offered.search_by_part()
        line = self.offered.lineEdit()
        if line is not None:
            line.setPlaceholderText("Название показателя или его часть")
        self.offered.currentTextChanged.connect(lambda _text: self._check())
        self.add = Button("Добавить составляющую", self._add, icon="plus")
        self.scroller = Scroller(spacing=10)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(1, 1)
        self.source = Label("", "muted", wrap=True).selectable()
        self.scroller.column.addLayout(self.grid)
        self.scroller.column.addLayout(beside(self.offered, self.add, stretch=(1, 0)))
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
        self.take(self.session.desk.read(_read), self._offer)

    def _offer(self, found: tuple[dict[str, IndexDefinition], tuple[Metric, ...]]) -> None:
        definitions, known = found
        self._metrics = {metric.code: metric for metric in known}
        same = definitions == self._definitions
        self._definitions = definitions
        if same:
            return
        chosen = self.choice.currentData() or self._wanted
        self.choice.fill([(item.title, item.id) for item in definitions.values()], chosen or None)
        self._show()

    @property
    def definition(self) -> IndexDefinition | None:
        """The index that is shown."""
        return self._definitions.get(str(self.choice.currentData() or ""))

    def _show(self) -> None:
        definition = self.definition
        if definition is None:
            self._fill(())
            return
        self.say(f"Версия {definition.version}. Изменение сохраняется новой версией, Ctrl+Z возвращает прежнюю.")
        note = f" {definition.note}" if definition.note else ""
        self.source.setText(glue(f"Источник: {definition.source}.{note}"))
        self.reset.setEnabled(not self.session.desk.read_only)
        self._fill(definition.components)

    def _fill(self, components: tuple[IndexComponent, ...]) -> None:
        """Show these components; the metrics that are none of them may be added."""
        clear_layout(self.grid)
        for column, title in ((0, "Учитывать"), (2, "Как оценивать"), (3, "Вес")):
            self.grid.addWidget(Label(title, "muted"), 0, column, 1, 1 if column else 2)
        self.grid.addWidget(ruler(), 1, 0, 1, 5)
        self._lines = [self._line(at, component) for at, component in enumerate(components, start=2)]
        taken = {component.metric for component in components}
        self.offered.fill(
            [("", ""), *((metric.name, code) for code, metric in self._metrics.items() if code not in taken)], ""
        )
        self._check()

    def _add(self) -> None:
        metric = self._metrics.get(self.offered.typed() or "")
        if metric is not None:
            self._fill((*(line.made() for line in self._lines), indices.suggested(metric)))
            self._lines[-1].weight.setFocus()

    def _remove(self, gone: IndexComponent) -> None:
        self._fill(tuple(line.made() for line in self._lines if line.component.metric != gone.metric))

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
        away = Button("Убрать", lambda: self._remove(component), kind="link")
        away.setAccessibleName(f"Убрать: {component.label}")
        for column, widget in enumerate((on, Label(component.label, wrap=True), sign, weight, away)):
            self.grid.addWidget(widget, at, column)
        return line

    def _check(self) -> None:
        trouble = ""
        for line in self._lines:
            line.sign.setEnabled(line.on.isChecked())
            line.weight.setEnabled(line.on.isChecked())
            if line.on.isChecked() and read_weight(line.weight.text()) is None:
                trouble = f"«{line.weight.text()}» — не вес. Нужно число больше нуля: 1, 2, 1,5 или 1/3."
        if self.definition is not None and not any(line.on.isChecked() for line in self._lines):
            trouble = "Оставьте хотя бы одну составляющую."
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        definition, writable = self.definition, not self.session.desk.read_only
        changed = definition is not None and tuple(line.made() for line in self._lines) != definition.components
        self.save.setEnabled(changed and not trouble and writable)
        self.add.setEnabled(writable and bool(self.offered.typed()))

    def _save(self) -> None:
        definition = self.definition
        if definition is not None:
            made = [line.made() for line in self._lines]
            self.take(self.session.written(indices.compose, definition.id, made), self._saved)

    def _saved(self, made: IndexDefinition) -> None:
        self.bar.show_message("ok", f"Сохранена версия {made.version}: индексы пересчитаны.")

    def _reset(self) -> None:
        definition = self.definition
        if definition is not None:
            self.take(self.session.written(indices.reset, definition.id), self._saved)
