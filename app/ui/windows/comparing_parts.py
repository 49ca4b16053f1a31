"""The side of comparing two registries: what is done with one school, what both sides say of it, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout

from app.models.organisations import SchoolCard
from app.operations.registry_changes import ACTION_WORDS, KIND_WORDS, Action
from app.texts import DASH, capital
from app.ui import theme
from app.ui.widgets.basics import Card, Combo, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label, ruler
from app.ui.windows.comparing_lines import AIMED, KIND_CHIPS, Line, aims, differences, outcome

UNDECIDED = "undecided"
ANOTHER = -1


@dataclass(frozen=True)
class Answers:
    """Who is told what a person says in the pane."""

    act: Callable[[Action | None], object]
    aim: Callable[[int], object]
    date: Callable[[str], object]


class SidePane(Card):
    """One difference: the decision above, the two sides and the reasons below."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("", pad=12)
        px = theme.current().px
        self._answers = answers
        self._line: Line | None = None
        self.chip = Chip("none", "")
        self.name = Label("", "section", wrap=True).selectable()
        self.action = Combo("Действие")
        self.aim = Combo("Какая школа")
        for combo in (self.action, self.aim):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(16)
        self.day = QLineEdit()
        self.day.setAccessibleName("С какого дня у этой школы")
        self.action.currentIndexChanged.connect(self._tell_action)
        self.aim.currentIndexChanged.connect(self._tell_aim)
        self.day.editingFinished.connect(self._tell_day)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        self._words = {}
        for place, (word, widget) in enumerate(
            (("Действие", self.action), ("Школа", self.aim), ("С какого дня", self.day))
        ):
            self._words[word] = Label(word, "muted")
            grid.addWidget(self._words[word], place, 0)
            grid.addWidget(widget, place, 1)
        self.outcome = Label("", wrap=True).selectable()
        self.trouble = Label("", "bad", wrap=True)
        self.body.addWidget(self.chip)
        self.body.addWidget(self.name)
        self.body.addLayout(grid)
        self.body.addWidget(self.outcome)
        self.body.addWidget(self.trouble)
        self.body.addWidget(ruler())
        self.scroller = Scroller(spacing=6)
        self.sides = QGridLayout()
        self.sides.setHorizontalSpacing(px(10))
        self.sides.setVerticalSpacing(px(4))
        self.sides.setColumnMinimumWidth(0, px(104))
        self.sides.setColumnStretch(1, 1)
        self.reasons = QVBoxLayout()
        self.reasons.setSpacing(px(3))
        self.scroller.column.addLayout(self.sides)
        self.scroller.column.addSpacing(px(6))
        self.scroller.column.addWidget(Label("Почему", "strong"))
        self.scroller.column.addLayout(self.reasons)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.scroller, 1)

    def show_line(self, line: Line, day: str, *, free: bool) -> None:
        """Show what is picked for a difference.

        Args:
            line: the difference.
            day: the common day, as dd.mm.yyyy.
            free: False in a file open for reading only.
        """
        fresh = self._line is not line
        self._line = line
        change = line.change
        self.chip.set(KIND_CHIPS[change.kind], KIND_WORDS[change.kind])
        self.name.setText(change.before or change.after or "")
        actions: list[tuple[str, object]] = [("не решено", UNDECIDED)]
        actions += [(ACTION_WORDS[action], action) for action in change.possible]
        self.action.fill(actions, line.action or UNDECIDED)
        self.action.setEnabled(free)
        self._show_aim(line, free=free)
        self._show_day(line, day, free=free)
        self.outcome.setText(outcome(line, day))
        self.trouble.setText(line.trouble)
        self.trouble.setVisible(bool(line.trouble))
        if fresh:
            self._show_reasons(change.reasons)

    def _show_aim(self, line: Line, *, free: bool) -> None:
        aimed = line.action in AIMED
        self.aim.setVisible(aimed)
        self._words["Школа"].setVisible(aimed)
        if aimed and line.action is not None:
            chosen = line.decision.school_id if line.decision is not None else None
            self.aim.fill([*aims(line, line.action), ("другая школа…", ANOTHER)], chosen or 0)
            self.aim.setEnabled(free)

    def _show_day(self, line: Line, day: str, *, free: bool) -> None:
        dated = line.action not in {None, "none", "create", "merge"}
        self.day.setVisible(dated)
        self._words["С какого дня"].setVisible(dated)
        self.day.setEnabled(free)
        self.day.setPlaceholderText(day)
        self.day.setText((line.decision.on_date if line.decision is not None else None) or "")

    def _show_reasons(self, reasons: Sequence[str]) -> None:
        clear_layout(self.reasons)
        for reason in reasons:
            self.reasons.addWidget(Label(f"{capital(reason)}.", wrap=True).selectable())

    def show_sides(self, line: Line, card: SchoolCard | None) -> None:
        """Put our school beside the row of the file; ``card`` is None where we do not have it."""
        if line is not self._line:
            return
        clear_layout(self.sides)
        whose = "Только в файле" if card is None else "У нас → в файле" if line.change.row else "У нас, в файле её нет"
        self.sides.addWidget(Label(whose, "strong"), 0, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for place, (what, ours, theirs, differ) in enumerate(differences(line.change, card), start=1):
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(Label((ours or DASH) if differ else ours or theirs, wrap=True).selectable())
            if differ:
                both.addWidget(Label(f"→ {theirs or DASH}", "strong", wrap=True).selectable())
            self.sides.addWidget(Label(what, "muted", wrap=True), place, 0, top)
            self.sides.addLayout(both, place, 1)

    # --- what a person says ----------------------------------------------------------------------------------------

    def _tell_action(self, _index: int) -> None:
        chosen = self.action.currentData()
        self._answers.act(None if chosen == UNDECIDED else chosen)

    def _tell_aim(self, _index: int) -> None:
        self._answers.aim(int(self.aim.currentData() or 0))

    def _tell_day(self) -> None:
        decision = self._line.decision if self._line is not None else None
        if decision is not None and (decision.on_date or "") != self.day.text().strip():
            self._answers.date(self.day.text().strip())
