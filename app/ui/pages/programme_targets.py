"""«Показатели»: table 2 of 004 as a grid: показатель and its индикаторы, targets by year, what is required."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.models.store import Connection
from app.operations import programme_targets_sheet
from app.operations.programme_sheet_data import Sheet
from app.texts import count
from app.ui.pages.programme_sheet_lines import LinesView
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.labels import Label


class TargetsView(LinesView):
    """Показатели и индикаторы."""

    key = "targets"
    title = "Показатели"
    heading = "Показатели и индикаторы"
    guide = ("10-программа", "Показатели")
    icon = "target-arrow"
    grid_name = "Показатели и индикаторы"

    def make_top(self) -> None:
        """Put the switch of the requirement and the marks over the grid."""
        self.required = ChipButton("info", "")
        self.required.set_text("требования")
        self.required.setAccessibleName("Показать требования по годам")
        self.required.setToolTip("Показать столбцы с требованием по годам и его документом; ещё раз — убрать")
        self.required.setChecked(bool(self.session.habits.get("programme:required", True)))
        self.required.clicked.connect(self._toggle)
        self.against = ChipButton("warn", "")
        self.against.setCheckable(False)
        self.against.setToolTip("Перейти к следующей такой ячейке")
        self.against.clicked.connect(lambda: self.go_to_marked("warn"))
        self.wrong = ChipButton("bad", "")
        self.wrong.setCheckable(False)
        self.wrong.setToolTip("Перейти к следующей такой ячейке")
        self.wrong.clicked.connect(lambda: self.go_to_marked("bad"))
        self.top.addWidget(Label("Столбцы", "muted"))
        self.top.addWidget(self.required)
        self.top.addWidget(self.against)
        self.top.addWidget(self.wrong)
        self.top.addStretch(1)

    def _toggle(self, checked: bool) -> None:
        self.session.habits.put("programme:required", checked)
        self.refresh()

    def reading(self) -> Callable[[Connection, int], Sheet]:
        """Return what reads the table."""
        return partial(programme_targets_sheet.read, required=self.required.isChecked())

    def shown(self) -> None:
        """Show how many cells are marked."""
        facts = self.sheet.facts if self.sheet is not None else {}
        for chip, word, name in ((self.against, "проверить", "against"), (self.wrong, "не число", "wrong")):
            number = facts.get(name, 0)
            chip.set_text(f"{word} {number}")
            chip.setAccessibleName(f"К следующей ячейке: {word}, {number}")
            chip.setVisible(number > 0)

    def sentence_of(self, sheet: Sheet) -> str:
        """Return how many there are and what is wrong."""
        facts = sheet.facts
        if not facts["measures"] and not facts["lines"]:
            return "Показателей ещё нет: впишите показатель, под ним — его индикаторы"
        parts = [
            count(facts["measures"], "показатель", "показателя", "показателей"),
            count(facts["lines"], "индикатор", "индикатора", "индикаторов"),
        ]
        if facts["against"]:
            parts.append(f"против направления или слабее требования: {facts['against']}")
        if facts["wrong"]:
            parts.append(f"не число: {facts['wrong']}")
        return " · ".join([*parts, "сохраняется само"])

    def go_to_marked(self, mark: str) -> None:
        """Put the cursor into the next cell with a mark."""
        places = [(row, column) for row, line in enumerate(self.model.lines)
                  for column, cell in enumerate(line.cells) if cell.mark == mark]  # fmt: skip
        here = self.grid.currentIndex()
        at = (here.row(), here.column())
        target = next((place for place in places if place > at), places[0] if places else None)
        if target is not None:
            self.grid.go_to(*target)
            self.focus_main()
