"""The card beside the list: why a school is on it, by which figures, what would change it, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.analysis.reasons import BranchLine, Explanation, TableRow
from app.operations import identification
from app.operations.identification import ListRow, SchoolList
from app.ui import theme
from app.ui.pages.list_words import answer_of, short_label
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip, draw_shape
from app.ui.widgets.labels import ElidedLabel, Label, ruler

if TYPE_CHECKING:
    from app.ui.pages.school_list import SchoolListPage

LONG_NAME = 130
"""A longer name gives way to the short one; the whole stands in the tooltip."""

BRANCH_SHAPES: dict[str, Kind] = {"true": "bad", "false": "ok", "unknown": "none"}
BRANCH_WORDS = {"true": "основание есть", "false": "основания нет", "unknown": "не хватает данных"}


class Shape(QWidget):
    """A small ● ▲ ■ ○ before a line."""

    def __init__(self, kind: Kind, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._kind: Kind = kind
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        px = theme.current().px
        return QSize(px(10), px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle of the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.current().px(8)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        draw_shape(painter, self._kind, box, theme.color(self._kind))
        painter.end()


class FiguresGrid(QWidget):
    """Procedures with their fractions, shares and intervals, year by year."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Show other figures: the year asked for first, those that reached the threshold first."""
        clear_layout(self._grid)
        years = sorted({row.year for row in rows}, reverse=True)
        line = 0
        for year in years:
            for column, (title, tip) in enumerate(
                (
                    (f"{year} год", "Процедура"),
                    ("ниже мин.", "Ниже минимума: сколько участников из всех"),
                    ("доля", "Доля участников ниже минимума"),
                    ("интервал", "95-процентный интервал доли: чем меньше участников, тем он шире"),
                ),
                start=1,
            ):
                head = Label(title, "muted")
                head.setToolTip(tip)
                if column > 1:
                    head.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(head, line, column)
            self._grid.addWidget(ruler(), line + 1, 0, 1, 5)
            line += 2
            for row in [row for row in rows if row.year == year]:
                self._line(line, row)
                line += 1

    def _line(self, line: int, row: TableRow) -> None:
        reached = "порог достигнут" in row.marks
        tip = "; ".join((*row.marks, row.sample))
        self._grid.addWidget(Shape("bad" if reached else "none", tip), line, 0)
        name = ElidedLabel(short_label(row.label), "strong" if reached else "text", least=theme.current().px(90))
        name.set_tip(f"{row.label}: {tip}")
        self._grid.addWidget(name, line, 1)
        for column, text in zip((2, 3, 4), (row.fraction, row.share, row.interval), strict=True):
            cell = Label(text, "strong" if reached and column < 4 else "text")
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setToolTip(tip)
            self._grid.addWidget(cell, line, column)


class WhyCard(Card):
    """The detail card of the list."""

    def __init__(self, session: Session, page: SchoolListPage) -> None:
        super().__init__()
        self._session = session
        self._page = page
        self._row: ListRow | None = None
        self._list: SchoolList | None = None
        px = theme.current().px
        self.setMinimumWidth(px(372))
        self.name = Label("", "section", wrap=True)
        self.chip = Chip()
        self.note = ElidedLabel("", "muted")
        self.body.addWidget(self.name)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.chip)
        top.addWidget(self.note, 1)
        self.body.addLayout(top)
        self.scroller = Scroller(spacing=8)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(
            Row(
                Button("Источник", self.origin, icon="file-search", kind="link"),
                Button("Карточка школы", self._card, icon="id", kind="link"),
                Button("Поправка…", self._correct, icon="edit", kind="link"),
                gap=2,
            )
        )

    def clear(self) -> None:
        """Show nothing."""
        self._row = None
        self.name.setText("")
        self.note.setText("")
        self.scroller.clear()

    def show_row(self, found: SchoolList, row: ListRow) -> None:
        """Show a school; the words come from the reader thread."""
        self._row, self._list = row, found
        self.name.setText(row.full_name if len(row.full_name) <= LONG_NAME else row.name)
        self.name.setToolTip(row.full_name)
        self.chip.set(*answer_of(row))
        self.note.setText(row.change)
        self._session.read(
            self, lambda words: self._explain(row, words), identification.explain, found.rule.id, found.year, row
        )

    def _explain(self, row: ListRow, words: Explanation) -> None:
        if self._row is not row:
            return
        self.scroller.clear()
        column = self.scroller.column
        if row.correction is not None:
            verb = "включена в список" if row.listed else "исключена из списка"
            column.addWidget(Label("Поправка", "strong"))
            column.addWidget(Label(f"Школа {verb}. {row.correction.reason}", wrap=True).selectable())
            column.addWidget(Label(f"{row.correction.actor}", "muted"))
        column.addWidget(Label("Почему", "strong"))
        column.addWidget(Label(words.paragraph, wrap=True).selectable())
        for line in words.branch_lines:
            column.addWidget(self._branch(line))
        if words.table_rows:
            grid = FiguresGrid()
            grid.show_rows(words.table_rows)
            column.addSpacing(theme.current().px(4))
            column.addWidget(grid)
            column.addWidget(Label("■ порог достигнут. Подробности — при наведении на строку.", "muted", wrap=True))
        if words.advice:
            column.addWidget(Label("До выхода из списка" if row.listed else "Что дальше", "strong"))
            column.addWidget(Label(words.advice, wrap=True).selectable())
        column.addStretch(1)
        self.scroller.verticalScrollBar().setValue(0)

    @staticmethod
    def _branch(line: BranchLine) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(6))
        row.addWidget(Shape(BRANCH_SHAPES[line.state], BRANCH_WORDS[line.state]), 0, Qt.AlignmentFlag.AlignTop)
        text = Label(f"{line.label[:1].upper()}{line.label[1:]} — {BRANCH_WORDS[line.state]}", wrap=True)
        text.setToolTip(line.text)
        row.addWidget(text, 1)
        return widget

    def origin(self) -> None:
        """Show where every figure came from."""
        if self._row is not None and self._list is not None:
            self._session.go("origin", (self._row.school_id, self._row.name, self._list.year))

    def _card(self) -> None:
        if self._row is not None:
            self._session.go("school", self._row.school_id)

    def _correct(self) -> None:
        if self._row is not None:
            self._page.correct(self._row)
