"""The right side of the formula's window: metrics by their plain names, what narrows the chosen one, functions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from app.operations import indicators
from app.operations.indicators import FUNCTIONS, METRICS, MetricSpec, Offer
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, clear_layout
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

COLUMNS = (
    Column("name", "Показатель", lambda spec: spec.name, 230, 3, 200, strong=True, tip=lambda spec: spec.words),
    Column("group", "Раздел", lambda spec: spec.group, 92, 1, 84),
)
Narrow = tuple[Offer, Combo | QLineEdit]


class MetricPanel(Card):
    """Metrics to be put into a formula.

    Args:
        session: the open file.
        lineage: of the indicator whose formula it is.
        year: plan year.

    Signals:
        insert_wanted(text, inside): a metric or a function to put at the cursor; ``inside`` places the cursor so many
            characters before the end.
    """

    insert_wanted = Signal(str, int)

    def __init__(self, session: Session, lineage: int, year: int) -> None:
        super().__init__(pad=12)
        self.session, self._where = session, (lineage, year)
        self._narrow: list[Narrow] = []
        px = theme.current().px
        self.body.addWidget(Label("Что можно вставить", "strong"))
        self.table = DataTable(
            "formula_metrics", COLUMNS, lambda spec: spec.name, habits=session.habits, title="Показатели формул",
            filters=False, searchable=True, bare=True,
        )  # fmt: skip
        self.table.set_rows(METRICS.values())
        self.table.current_changed.connect(self._chosen)
        self.table.activated.connect(lambda _spec: self._insert())
        self.body.addWidget(self.table, 1)
        self.words = Label("Выберите показатель: здесь будет, что он считает.", "muted", wrap=True)
        self.words.setMinimumHeight(px(34))
        self.body.addWidget(self.words)
        self.narrow = QWidget()
        self._grid = QGridLayout(self.narrow)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))
        self.body.addWidget(self.narrow)
        self.put = Button("Вставить показатель", self._insert, icon="arrow-left")
        self.put.setEnabled(False)
        self.body.addWidget(self.put)
        self.body.addWidget(self._functions())

    def _functions(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(8))
        self.function = Combo("Функция")
        self.function.fill([(item.sample, item.name) for item in FUNCTIONS.values()])
        self.function.currentIndexChanged.connect(lambda _place: self._tell_function())
        self._tell_function()
        row.addWidget(self.function, 1)
        row.addWidget(Button("Вставить функцию", self._insert_function, icon="arrow-left"))
        return whole

    def _tell_function(self) -> None:
        item = FUNCTIONS[str(self.function.currentData())]
        self.function.setToolTip(f"{item.sample}: {item.words}")

    def _insert_function(self) -> None:
        self.insert_wanted.emit(f"{self.function.currentData()}()", 1)

    def _chosen(self, spec: MetricSpec | None) -> None:
        clear_layout(self._grid)
        self._narrow = []
        self.put.setEnabled(spec is not None)
        if spec is None:
            return
        self.words.setText(spec.words)
        if spec.parameters:
            lineage, year = self._where
            day = self.session.today()
            self.session.read(
                self, lambda found: self._show(spec, found), indicators.offer, lineage, year, spec.name, day=day
            )

    def _show(self, spec: MetricSpec, found: tuple[Offer, ...]) -> None:
        chosen = self.table.current()
        if chosen is None or chosen.name != spec.name:
            return
        clear_layout(self._grid)
        self._narrow = []
        for place, item in enumerate(found):
            name = Label(item.spec.key, "muted")
            name.setToolTip(item.spec.hint)
            edit: Combo | QLineEdit
            if item.choices:
                edit = Combo(f"{item.spec.key}: {item.spec.hint}")
                edit.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                edit.setMinimumContentsLength(12)
                first: list[tuple[str, object]] = [] if item.needed else [(item.spec.usual, None)]
                edit.fill([*first, *item.choices])
            else:
                edit = QLineEdit()
                edit.setAccessibleName(f"{item.spec.key}: {item.spec.hint}")
                edit.setPlaceholderText(item.spec.usual or item.spec.hint)
            edit.setToolTip(item.spec.hint)
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(edit, place, 1)
            self._narrow.append((item, edit))

    def text(self) -> str:
        """Return the chosen metric as it is written: «[участников; предмет: Математика]»."""
        spec: MetricSpec | None = self.table.current()
        if spec is None:
            return ""
        parts = [spec.name]
        for item, edit in self._narrow:
            value = edit.text().strip() if isinstance(edit, QLineEdit) else edit.currentData()
            if value:
                parts.append(f"{item.spec.key}: {value}")
        return f"[{'; '.join(parts)}]"

    def _insert(self) -> None:
        if self.text():
            self.insert_wanted.emit(self.text(), 0)
