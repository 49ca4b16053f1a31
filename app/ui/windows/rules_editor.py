"""The form of an own rule: everything that the text of a rule can say, without the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.analysis.rule_model import Branch, BranchKind, ProcedureGroup, Rule
from app.operations.rule_forms import KINDS, FormFault, Surroundings, label_of
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, beside, clear_layout
from app.ui.widgets.labels import Label
from app.ui.windows.rules_branches import BranchRow
from app.ui.windows.rules_fields import FaultLabel, NumberEdit, ProcedureRow, WholeEdit, grid, named

_NEW: dict[str, dict[str, Any]] = {
    "at_least_in_year": {"n": 2},
    "each_of_years_any": {"years": 3},
    "same_in_years": {"years": 3},
    "region_gap": {"bound": (10, 1)},
    "lowest_share": {"share": (25, 100), "kinds": ("ЕГЭ", "ОГЭ", "ВПР"), "years": 3},
    "quality_at_most": {"bound": (40, 100), "kinds": ("РПР",), "n": 2, "years": 3},
    "metric": {},
    "flag": {},
    "index": {"share": (25, 100)},
    "metric_gap": {"bound": (2, 100)},
}
"""What a new ground of a kind begins with."""


class RuleForm(QWidget):
    """The form.

    Signals:
        changed(): the rule in the form is another.
    """

    changed = Signal()

    def __init__(self, rule: Rule, around: Surroundings) -> None:
        super().__init__()
        self._rule, self._around = rule, around
        self._filling = True
        self.faults: dict[str, FaultLabel] = {}
        self.groups: list[ProcedureRow] = []
        self.rows: list[BranchRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(8))
        self._head(rule)
        self._branches_part(rule)
        self._procedures_part(rule)
        self._words_part(rule)
        self._filling = False

    # --- parts ---------------------------------------------------------------------------------------------------

    def _fault(self, *keys: str) -> FaultLabel:
        label = FaultLabel()
        for key in keys:
            self.faults[key] = label
        return label

    def _head(self, rule: Rule) -> None:
        form = grid()
        self.title = QLineEdit(rule.title)
        self.title.setAccessibleName("Название правила")
        self.title.textEdited.connect(lambda _t: self._touched())
        self.threshold = NumberEdit("Порог, процентов", 100, self._touched)
        self.threshold.put(rule.threshold)
        self.least = WholeEdit("Наименьшее число участников", rule.min_participants, self._touched)
        self.egemath, self.enough = Combo("ЕГЭ по математике"), Combo("Сколько оснований достаточно")
        self.egemath.fill([("одна процедура", "one"), ("две процедуры", "two")], rule.egemath)
        for combo in (self.egemath, self.enough):
            combo.currentIndexChanged.connect(lambda _i: self._touched())
        rows = (
            ("Название", self.title, "", self._fault("title")),
            ("Порог", self.threshold, "% участников ниже минимума или больше", self._fault("threshold")),
            ("Группы меньше", self.least, "участников порога не достигают; 1 — учитывать любые",
             self._fault("min_participants")),
            ("База и профиль ЕГЭ", self.egemath, "по математике", None),
            ("Для списка нужно", self.enough, "", self._fault("need")),
        )  # fmt: skip
        line = 0
        for word, widget, tail, fault in rows:
            form.addWidget(Label(word, "muted"), line, 0)
            if widget is self.title:
                form.addWidget(widget, line, 1)
            else:
                row = beside(widget, Label(tail, "muted"))
                row.addStretch(1)
                form.addLayout(row, line, 1)
            if fault is not None:
                form.addWidget(fault, line + 1, 1)
            line += 2
        self.column.addLayout(form)

    def _branches_part(self, rule: Rule) -> None:
        self.column.addWidget(Label("Основания", "section"))
        self.column.addWidget(self._fault("branches"))
        self._branch_column = QVBoxLayout()
        self._branch_column.setSpacing(theme.current().px(8))
        self.column.addLayout(self._branch_column)
        self.kind = Combo("Вид основания")
        self.kind.fill([(word, key) for key, word in KINDS.items()])
        self.column.addLayout(named("Новое основание", self.kind, Button("Добавить основание", self.add_branch)))
        self._show_branches(list(rule.branches), rule.need if rule.join == "or" else 0)

    def _procedures_part(self, rule: Rule) -> None:
        self.column.addWidget(Label("Процедуры, по которым считается порог и отставание", "section"))
        self.column.addWidget(self._fault("procedures"))
        self._group_column = QVBoxLayout()
        self._group_column.setSpacing(theme.current().px(4))
        self.column.addLayout(self._group_column)
        for group in rule.procedures:
            self._add_group_row(group)
        self.column.addLayout(beside(Button("Добавить процедуру", self.add_procedure), QWidget(), stretch=(0, 1)))

    def _words_part(self, rule: Rule) -> None:
        self.column.addWidget(Label("Слова", "section"))
        self.wording = self._text("Формулировка, как в документе", "\n".join(rule.wording), 84)
        self.source = self._text("Источник: документ, пункт, дата", rule.source, 60)
        self.column.addWidget(self._fault("source", "wording", "note"))
        self.note = self._text("Как вы это читаете", rule.note, 84)

    def _text(self, name: str, text: str, height: int) -> QPlainTextEdit:
        edit = QPlainTextEdit(text)
        edit.setAccessibleName(name)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(theme.current().px(height))
        edit.textChanged.connect(self._touched)
        self.column.addWidget(Label(name, "muted"))
        self.column.addWidget(edit)
        return edit

    # --- rows ----------------------------------------------------------------------------------------------------

    def _show_branches(self, branches: Sequence[Branch], need: int | None = None) -> None:
        wanted = self.enough.currentData() if need is None else need
        clear_layout(self._branch_column)
        self.rows = []
        for branch in branches:
            row = BranchRow(branch, self._around)
            row.changed.connect(self._touched)
            row.gone.connect(lambda row=row: self._remove_branch(row))
            row.moved.connect(lambda step, row=row: self._move_branch(row, step))
            self._branch_column.addWidget(row)
            self.rows.append(row)
        many = len(branches)
        items: list[tuple[str, object]] = [
            (_enough_word(number, many), number) for number in range(1, max(many, 1) + 1)
        ]
        self.enough.fill([*items, ("все основания сразу", 0)], wanted)

    def add_branch(self) -> None:
        """Add a ground of the kind chosen in the menu."""
        kind: BranchKind = self.kind.currentData()
        taken = {row.branch.id for row in self.rows}
        number = next(n for n in range(1, 100) if f"{kind}_{n}" not in taken)
        branch = Branch(f"{kind}_{number}", "", kind, **_NEW[kind])
        branch = replace(branch, label=label_of(branch, self._around.names))
        self._show_branches([*(row.made() for row in self.rows), branch])
        self._touched()
        self.rows[-1].label.setFocus()

    def _remove_branch(self, gone: BranchRow) -> None:
        self._show_branches([row.made() for row in self.rows if row is not gone])
        self._touched()

    def _move_branch(self, moved: BranchRow, step: int) -> None:
        place = self.rows.index(moved)
        other = place + step
        if 0 <= other < len(self.rows):
            made = [row.made() for row in self.rows]
            made[place], made[other] = made[other], made[place]
            self._show_branches(made)
            self._touched()
            self.rows[other].label.setFocus()

    def add_procedure(self) -> None:
        """Add a procedure."""
        taken = {row.group().id for row in self.groups}
        number = next(n for n in range(1, 100) if f"work-{n}" not in taken)
        self._add_group_row(ProcedureGroup(f"work-{number}", "", "ВПР", "Математика", grades=(5,)))
        self._touched()
        self.groups[-1].procedure.setFocus()

    def _add_group_row(self, group: ProcedureGroup) -> None:
        row = ProcedureRow(group)
        row.changed.connect(self._touched)
        row.gone.connect(lambda: self._remove_group(row))
        self._group_column.addWidget(row)
        self.groups.append(row)

    def _remove_group(self, row: ProcedureRow) -> None:
        self.groups.remove(row)
        self._group_column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._touched()

    # --- the rule ------------------------------------------------------------------------------------------------

    def _touched(self) -> None:
        if not self._filling:
            self.changed.emit()

    def rule(self) -> Rule:
        """Return the rule as the form has it; what can't be read is left out, and the check says so."""
        need = int(self.enough.currentData() or 0)
        lines = tuple(line.strip() for line in self.wording.toPlainText().splitlines() if line.strip())
        return replace(
            self._rule,
            title=self.title.text().strip(),
            threshold=self.threshold.pair(),
            egemath=self.egemath.currentData(),
            min_participants=self.least.value(),
            join="or" if need else "and",
            need=need or 1,
            branches=tuple(row.made() for row in self.rows),
            procedures=tuple(row.group() for row in self.groups),
            wording=lines,
            source=" ".join(self.source.toPlainText().split()),
            note=self.note.toPlainText().strip(),
        )

    def show_faults(self, faults: Sequence[FormFault]) -> list[str]:
        """Show each fault beside its place; returns the texts of those that have none."""
        told: dict[FaultLabel, list[str]] = {label: [] for label in self.faults.values()}
        told |= {row.fault: [] for row in self.groups}
        told |= {row.fault: [] for row in self.rows}
        rest = []
        for fault in faults:
            label = self.faults.get(fault.key) if fault.place == "rule" else None
            rows: Sequence[BranchRow | ProcedureRow] = ()
            if fault.place in {"branch", "procedure"}:
                rows = self.rows if fault.place == "branch" else self.groups
            if fault.number < len(rows):
                label = rows[fault.number].fault
            if label is None:
                rest.append(fault.text)
            else:
                told[label].append(fault.text)
        for label, texts in told.items():
            label.tell(texts)
        return rest


def _enough_word(number: int, many: int) -> str:
    return "хотя бы одно основание" if number == 1 else f"не меньше {number} оснований из {many}"
