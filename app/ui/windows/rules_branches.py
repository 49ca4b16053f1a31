"""A ground of a rule as a row of a form: its name and the parameters of its kind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout

from app.analysis.rule_model import Branch
from app.models.records import PROCEDURES
from app.operations.rule_forms import Surroundings, kind_word, label_of
from app.texts import capital
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.labels import Label
from app.ui.windows.rules_fields import FaultLabel, NumberEdit, WholeEdit, named

_YEARS = {"each_of_two_years_any": "each_of_years_any", "same_in_both_years": "same_in_years"}


class BranchRow(QFrame):
    """One ground.

    Signals:
        changed(): something in it is another.
        gone(): it should be taken away.
        moved(step): it should stand higher (−1) or lower (1).
    """

    changed = Signal()
    gone = Signal()
    moved = Signal(int)

    def __init__(self, branch: Branch, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.branch = branch
        self._names, self._shares = around.names, around.shares
        self.numbers: dict[str, NumberEdit] = {}
        self.wholes: dict[str, WholeEdit] = {}
        self.choices: dict[str, Combo] = {}
        self.kinds: dict[str, QCheckBox] = {}
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(6))
        head = beside(Label(capital(kind_word(branch.kind)), "strong", wrap=True), stretch=(1,))
        for word, tip, step in (("Выше", "Поднять основание", -1), ("Ниже", "Опустить основание", 1)):
            head.addWidget(Button(word, partial(self.moved.emit, step), kind="link", tip=tip))
        head.addWidget(Button("Убрать", self.gone.emit, kind="link", tip="Убрать основание"))
        column.addLayout(head)
        self.label = QLineEdit(branch.label)
        self.label.setAccessibleName("Название основания")
        self._own_label = bool(branch.label) and branch.label != label_of(branch, self._names)
        self.label.textEdited.connect(self._typed)
        column.addLayout(beside(Label("Название", "muted"), self.label, stretch=(0, 1)))
        self._column = column
        self._parameters(around)
        self.fault = FaultLabel()
        column.addWidget(self.fault)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _parameters(self, around: Surroundings) -> None:
        branch, column = self.branch, self._column
        match _YEARS.get(branch.kind, branch.kind):
            case "at_least_in_year":
                column.addLayout(named("Процедур не меньше", self._whole("n")))
            case "each_of_years_any" | "same_in_years":
                self._row("Лет подряд", self._whole("years", branch.span), "процедур не меньше", self._whole("n"))
            case "region_gap":
                self._row("Сравнить", self._choice("measure", _MEASURES), self._choice("against", _AGAINST))
                self._row("Отставание не меньше", self._number("bound", 1), "пунктов; процедур не меньше",
                          self._whole("n"))  # fmt: skip
            case "lowest_share":
                self._row("Доля школ", self._number("share", 100), "%, лет", self._whole("years"))
                self._kinds()
            case "quality_at_most":
                self._row("Качество знаний не выше", self._number("bound", 100), "%, мониторингов не меньше",
                          self._whole("n"), "за сколько лет", self._whole("years"))  # fmt: skip
                self._kinds()
            case "metric":
                column.addLayout(named("Показатель", self._choice("data", around.metrics)))
                self.unit = Label("", "muted")
                self._row("Засчитать, если", self._choice("compare", _COMPARE), self._number("bound", self._of()),
                          self.unit, "за сколько лет", self._whole("years"))  # fmt: skip
                self._tell_unit()
            case "metric_gap":
                column.addLayout(named("Показатель", self._choice("data", around.metrics)))
                column.addLayout(named("Среднее по региону", self._choice("base", around.metrics)))
                flags = (("не брать", None), *around.flags)
                column.addLayout(named("Если чисел нет, взять отметку", self._choice("flag", flags)))
                self._row("Выше не меньше чем на", self._number("bound", 100), "процентных пунктов")
            case "flag":
                column.addLayout(named("Признак", self._choice("data", around.flags)))
                column.addLayout(named("Засчитать ответ", self._choice("wanted", (("да", True), ("нет", False)))))
            case _:
                column.addLayout(named("Индекс", self._choice("data", around.indices)))
                column.addLayout(named("Доля школ", self._number("share", 100), tail="%"))

    def _of(self) -> int:
        """Return what a bound is counted in: a share in per cent, a number as it is."""
        chosen = self.choices["data"].currentData() if "data" in self.choices else self.branch.data
        return 100 if chosen in self._shares else 1

    def _tell_unit(self) -> None:
        self.numbers["bound"].of = self._of()
        self.unit.setText("%" if self._of() > 1 else "")

    def _row(self, *parts: object) -> None:
        widgets = [Label(part, "muted") if isinstance(part, str) else part for part in parts if part != ""]
        row = beside(*widgets)  # type: ignore[arg-type]  # texts are labels by now
        row.addStretch(1)
        self._column.addLayout(row)

    def _whole(self, name: str, value: int | None = None) -> WholeEdit:
        shown = getattr(self.branch, name) if value is None else value
        edit = WholeEdit({"n": "Не меньше скольких", "years": "Сколько лет"}[name], shown, self._touched)
        self.wholes[name] = edit
        return edit

    def _number(self, name: str, of: int) -> NumberEdit:
        edit = NumberEdit({"bound": "Граница", "share": "Доля школ"}[name], of, self._touched)
        edit.put(getattr(self.branch, name))
        self.numbers[name] = edit
        return edit

    def _choice(self, name: str, items: tuple[tuple[str, object], ...]) -> Combo:
        combo = Combo(_NAMES[name])
        chosen = getattr(self.branch, name)
        shown = list(items)
        if chosen is not None and chosen not in [value for _word, value in items]:
            shown.append((f"{chosen} (нет в справочнике)", chosen))
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(min(44, max((len(word) for word, _value in shown), default=10)))
        combo.fill(shown)
        combo.setCurrentIndex(next((i for i, (_w, value) in enumerate(shown) if value == chosen), -1))
        combo.currentIndexChanged.connect(lambda _i: self._touched())
        self.choices[name] = combo
        return combo

    def _kinds(self) -> None:
        for name in PROCEDURES:
            box = QCheckBox(name)
            box.setChecked(name in self.branch.kinds)
            box.toggled.connect(lambda _on: self._touched())
            self.kinds[name] = box
        self._column.addLayout(named("Процедуры", *self.kinds.values()))

    # --- what it says --------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._own_label = bool(text.strip())
        self.changed.emit()

    def _touched(self) -> None:
        if self.branch.kind == "metric":
            self._tell_unit()
        if not self._own_label:
            self.label.setText(label_of(self.made(), self._names))
            self.label.setCursorPosition(0)
        self.changed.emit()

    def made(self) -> Branch:
        """Return the ground as the row has it."""
        values: dict[str, object] = {name: edit.pair() for name, edit in self.numbers.items()}
        values |= {name: edit.value() for name, edit in self.wholes.items()}
        values |= {name: combo.currentData() for name, combo in self.choices.items()}
        if self.kinds:
            values["kinds"] = tuple(name for name, box in self.kinds.items() if box.isChecked())
        kind = self.branch.kind
        if kind in _YEARS:
            if values["years"] == 2:
                values["years"] = 1  # the two-year kinds say so by their name
            else:
                values["kind"] = _YEARS[kind]
        return replace(self.branch, label=self.label.text().strip(), **values)  # type: ignore[arg-type]


_MEASURES = (("долю ниже минимума", "share"), ("средний балл", "mean"))
_AGAINST = (("с регионом", "region"), ("с муниципалитетом", "municipality"))
_COMPARE = (("меньше", "less"), ("не больше", "at_most"), ("больше", "more"))
_NAMES = {
    "measure": "Что сравнить", "against": "С кем сравнить", "data": "Показатель", "compare": "Как сравнить",
    "base": "Среднее по региону", "flag": "Отметка", "wanted": "Какой ответ засчитать",
}  # fmt: skip
