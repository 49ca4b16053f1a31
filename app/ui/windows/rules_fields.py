"""Small parts of the form of a rule: exact numbers, a line with its name, a procedure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.analysis.rule_model import ProcedureGroup
from app.models.records import PROCEDURES
from app.operations import marking
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.labels import Label

_NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?\s*%?")
Pair = tuple[int, int]


class NumberEdit(QLineEdit):
    """A number, exactly: «30» of 100 is (30, 100), «12,5» is (125, 1000); what is no number is None."""

    def __init__(self, name: str, of: int, changed: Callable[[], object], *, width: int = 72) -> None:
        super().__init__()
        self.of = of
        self._given: Pair | None = None
        self.setAccessibleName(name)
        self.setFixedWidth(theme.current().px(width))
        self.textEdited.connect(lambda _text: changed())

    def put(self, pair: Pair | None) -> None:
        """Show a number; it stays as it was given while nobody types."""
        self._given = pair
        if pair is None:
            self.setText("")
            return
        value = pair[0] * self.of * 1000
        if value % pair[1]:
            self.setText(f"{pair[0]}/{pair[1]}")
            return
        whole, rest = divmod(value // pair[1], 1000)
        self.setText(f"{whole},{rest:03d}".rstrip("0").rstrip(",") if rest else str(whole))

    def pair(self) -> Pair | None:
        """Return the number as two whole ones."""
        text = self.text().strip()
        if self._given is not None and not self.isModified():
            return self._given
        found = _NUMBER.fullmatch(text)
        if found is None:
            return None
        rest = found[2] or ""
        return int(found[1] + rest), self.of * 10 ** len(rest)


class WholeEdit(QLineEdit):
    """A whole number; what is none stands for 0, which the rule refuses."""

    def __init__(self, name: str, value: int, changed: Callable[[], object]) -> None:
        super().__init__(str(value))
        self.setAccessibleName(name)
        self.setFixedWidth(theme.current().px(52))
        self.textEdited.connect(lambda _text: changed())

    def value(self) -> int:
        """Return the number."""
        text = self.text().strip()
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


class FaultLabel(Label):
    """What is wrong with the place above; hidden while nothing is."""

    def __init__(self) -> None:
        super().__init__("", "bad", wrap=True)
        self.hide()

    def tell(self, texts: Sequence[str]) -> None:
        """Show the faults."""
        self.setText(" ".join(texts))
        self.setVisible(bool(texts))


def named(title: str, *widgets: QWidget, tail: str = "") -> QHBoxLayout:
    """Return «title [widget] tail» in a row that does not stretch."""
    row = beside(Label(title, "muted"), *widgets)
    if tail:
        row.addWidget(Label(tail, "muted"))
    row.addStretch(1)
    return row


LEVELS = (
    ("любой уровень", ()), ("база", ("base",)), ("профиль", ("profile",)), ("база и профиль", ("base", "profile")),
)  # fmt: skip


class ProcedureRow(QWidget):
    """One procedure: what it is, of which subject, in which grades, at which level."""

    changed = Signal()
    gone = Signal()

    def __init__(self, group: ProcedureGroup) -> None:
        super().__init__()
        self._group = group
        self.procedure, self.subject, self.level = Combo("Вид процедуры"), Combo("Предмет"), Combo("Уровень")
        self.procedure.fill([(name, name) for name in PROCEDURES], group.procedure)
        self.subject.setEditable(True)
        self.subject.fill([(name, name) for name in marking.SUBJECTS])
        self.subject.setCurrentText(group.subject)
        self.subject.setMinimumContentsLength(14)
        self.level.fill(list(LEVELS), group.levels)
        self.grades = QLineEdit("каждый" if group.each_grade else ", ".join(map(str, group.grades)))
        self.grades.setAccessibleName("Классы")
        self.grades.setPlaceholderText("5, 6 или «каждый»")
        self.grades.setFixedWidth(theme.current().px(136))
        self.fault = FaultLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        away = Button("Убрать", self.gone.emit, kind="link")
        away.setAccessibleName(f"Убрать процедуру «{group.label}»")
        row = beside(self.procedure, self.subject, Label("классы", "muted"), self.grades, self.level, away)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.fault)
        self.procedure.currentIndexChanged.connect(lambda _i: self._kind_changed())
        self.subject.currentTextChanged.connect(lambda _t: self.changed.emit())
        self.level.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.grades.textEdited.connect(lambda _t: self.changed.emit())
        self._show_parts()

    def _kind_changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        self.level.setEnabled(self.procedure.currentData() == "ЕГЭ")

    def group(self) -> ProcedureGroup:
        """Return the procedure as the row has it; grades that can't be read become 0, which the rule refuses."""
        kind, subject = self.procedure.currentData(), self.subject.currentText().strip()
        text = self.grades.text().strip().casefold()
        each = text in {"каждый", "все", "любой"}
        parts = [] if each else [part for part in re.split(r"[,;\s]+", text) if part]
        grades = tuple(int(part) if re.fullmatch(r"[0-9]{1,2}", part) else 0 for part in parts)
        levels = self.level.currentData() if kind == "ЕГЭ" else ()
        same = (kind, subject, tuple(levels), grades, each)
        old = self._group
        kept = same == (old.procedure, old.subject, old.levels, old.grades, old.each_grade)
        label = old.label if kept and old.label else _label(kind, subject, grades, tuple(levels), each=each)
        return ProcedureGroup(old.id, label, kind, subject, tuple(levels), grades, each)


def _label(kind: str, subject: str, grades: tuple[int, ...], levels: tuple[str, ...], *, each: bool) -> str:
    tail = ", каждый класс" if each else f", {', '.join(map(str, grades))} класс" if grades else ""
    if len(levels) == 1:
        tail += ", база" if levels == ("base",) else ", профиль"
    return f"{kind}: {subject[:1].lower() + subject[1:]}{tail}"


def grid() -> QGridLayout:
    """Return a grid of names and values."""
    made = QGridLayout()
    px = theme.current().px
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(px(10))
    made.setVerticalSpacing(px(6))
    made.setColumnStretch(1, 1)
    return made
