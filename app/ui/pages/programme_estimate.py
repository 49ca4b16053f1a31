"""The estimate («смета») of the activity that is chosen in «Деньги»: lines, where from, how much, when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView

from app.analysis.programme_values import money_text
from app.models.programme_records import EstimateLine, Tree
from app.operations.programme_money_sheet import estimate, source_by_word, source_word
from app.operations.programme_sheet_data import told
from app.texts import ru_date
from app.ui import theme
from app.ui.widgets.basics import Button, Card, Combo
from app.ui.widgets.chip import Chip
from app.ui.widgets.entry_cells import EntryRole
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index
from app.ui.widgets.labels import ElidedLabel

TITLES = ("На что", "Источник", "Сумма, руб.", "Когда поступят")
FIELDS = ("text", "source", "raw", "comes")
WIDTHS = (330, 170, 140, 160)


class EstimateModel(EntryModel):
    """Lines of an estimate and a free one below them.

    Signals:
        changed(): what stands in the lines is to be written.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(TITLES, numbers=False)
        self.read_only = False
        self.known: list[EstimateLine] = []
        self.entered.connect(lambda _row, _column, _text: self.changed.emit())
        self.block_entered.connect(lambda _cells: self.changed.emit())
        self.rows_wanted.connect(self.add_free)

    def show_lines(self, lines: Sequence[EstimateLine]) -> None:
        """Show what is stored."""
        self.known = list(lines)
        rows = [EntryRow(place, str(place + 1), _texts(line), _troubles(line)) for place, line in enumerate(lines)]
        if not self.read_only:
            rows.append(EntryRow(len(rows), str(len(rows) + 1), [""] * len(TITLES)))
        self.show_rows(rows)

    def add_free(self, number: int) -> None:
        """Put free lines below."""
        if not self.read_only:
            old = len(self._rows)
            self.show_rows([*self._rows, *(EntryRow(place, str(place + 1), [""] * len(TITLES))
                                           for place in range(old, old + number))])  # fmt: skip

    def lines(self) -> list[dict[str, str]]:
        """Return the lines as they are written: sources by their keys."""
        found = [dict(zip(FIELDS, row.texts, strict=True)) for row in self._rows]
        return [line | {"source": source_by_word(line["source"])} for line in found if any(line.values())]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Sums stand right and are shown in full; what does not fit has its mark."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == EntryRole.MARK:
            return None if column not in row.troubles else "warn" if column == 3 else "bad"
        if column == 3 and column in row.troubles and role == Qt.ItemDataRole.BackgroundRole:
            return theme.color("warn_soft")
        if column == 3 and column in row.troubles and role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("warn")
        line = self.known[index.row()] if index.row() < len(self.known) else None
        if role == Qt.ItemDataRole.DisplayRole and line is not None and row.texts[column] == _texts(line)[column]:
            if column == 2 and line.kopecks is not None:
                return money_text(line.kopecks)
            if column == 3 and line.comes_on and line.comes_raw != ru_date(line.comes_on):
                return f"{line.comes_raw} (с {ru_date(line.comes_on)})"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A frozen estimate can't be typed into."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.read_only else flags


def _texts(line: EstimateLine) -> list[str]:
    return [line.text, source_word(line.source), line.raw, line.comes_raw or ""]


def _troubles(line: EstimateLine) -> dict[int, str]:
    found = {}
    if line.code is not None:
        found[2] = told(line.code, raw=line.raw)
    if line.comes_raw and line.comes_on is None:
        found[3] = f"«{line.comes_raw}»: даты здесь нет. Впишите, например, «15.03.{line.plan_year}» или «март»."
    return found


class EstimateCard(Card):
    """The card under the money.

    Signals:
        written(node, year, lines): the lines of an estimate are these now.
    """

    written = Signal(object, int, object)

    def __init__(self) -> None:
        super().__init__(pad=12)
        self.node: int | None = None
        self.tree: Tree | None = None
        px = theme.current().px
        self.title = ElidedLabel("", "section")
        self.year = Combo("Год сметы")
        self.year.activated.connect(lambda _place: self._show())
        self.chip = Chip("none", "")
        self.words = ElidedLabel("", "muted")
        self.out = Button("Убрать строку", self.remove_line, icon="trash")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.year)
        head.addWidget(self.out)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.chip)
        foot.addWidget(self.words, 1)
        self.model = EstimateModel()
        self.grid = EntryGrid(self.model, "Смета мероприятия")
        header = self.grid.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(WIDTHS):
            self.grid.setColumnWidth(place, px(width))
        header.setStretchLastSection(True)
        self.grid.verticalHeader().setFixedWidth(px(30))
        self.grid.setMinimumHeight(header.sizeHint().height() + theme.current().row_height * 3 // 2)
        self.model.changed.connect(self._tell)
        self.grid.drafted.connect(self._draft)
        self.grid.given_up.connect(lambda _row, _column: self._tell())
        self.body.addLayout(head)
        self.body.addWidget(self.grid, 1)
        self.body.addLayout(foot)

    def show_activity(self, tree: Tree, node: int | None, title: str, *, year: int, writable: bool) -> None:
        """Show the estimate of an activity; ``year`` is offered first."""
        years = list(tree.programme.years)
        same = node == self.node and self.year.count() == len(years)
        self.tree, self.node = tree, node
        kept = self.year.currentData() if same else year if year in years else years[0]
        self.year.fill([(f"{one} год", one) for one in years], kept)
        self.model.read_only = not writable or node is None
        self.out.setEnabled(writable and node is not None)
        self.title.setText(f"Смета: {title}" if node is not None else "Смета")
        self._show()

    def _show(self) -> None:
        if self.tree is None or self.node is None:
            self.model.show_lines([])
            self.chip.hide()
            self.words.setText("Выберите мероприятие в таблице: здесь будет его смета.")
            return
        found = estimate(self.tree, self.node, int(self.year.currentData()))
        self.model.show_lines(found.lines)
        self.chip.setVisible(found.agrees is not None)
        self.chip.set(*(("ok", "сходится") if found.agrees else ("warn", "не сходится")))
        self.words.setText(found.words)

    def _tell(self) -> None:
        if self.node is not None:
            self.written.emit(self.node, int(self.year.currentData()), self.model.lines())

    def _draft(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept as it is: an estimate takes any text."""
        if self.node is None:
            return
        before = self.model.rows[row].texts[column]
        self.model.rows[row].texts[column] = text
        lines = self.model.lines()
        self.model.rows[row].texts[column] = before
        self.written.emit(self.node, int(self.year.currentData()), lines)

    def remove_line(self) -> None:
        """Take the selected lines out."""
        rows = {index.row() for index in self.grid.selectedIndexes() or [self.grid.currentIndex()] if index.isValid()}
        self.model.put([(row, column, "") for row in rows for column in range(len(TITLES))])
