"""The card beside the list: why a school is on it, by which figures, what would change it, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.analysis.reasons import BranchLine, Explanation, TableRow
from app.analysis.rule_model import Rule
from app.models.store import Connection
from app.operations import identification, what_if
from app.operations.identification import ListRow, SchoolList
from app.operations.what_if import ALWAYS, NEVER, Strip
from app.texts import DASH, NBSP, capital, count
from app.ui import theme
from app.ui.pages.list_words import answer_of, short_label
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip, draw_shape
from app.ui.widgets.labels import ElidedLabel, Label, Role, ruler
from app.ui.widgets.strip import SchoolStrip

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


def _explained(connection: Connection, found: SchoolList, row: ListRow) -> tuple[Explanation, Strip | None]:
    """Read the words and the strip in one go; a frozen list has no strip: what it was computed from may be gone."""
    words = identification.explain(connection, found.rule.id, found.year, row)
    return words, None if found.approval else what_if.strip(connection, found.rule.id, found.year)


def stability_text(top: int, *, corrected: bool = False) -> str:
    """Say in words what the strip of one school shows."""
    if corrected:
        return "Ответ задан поправкой: порог его не меняет."
    if top == NEVER:
        return "Ни при каком пороге: процедур с результатами для этого не хватает."
    if top >= ALWAYS:
        return "При любом: школа в списке по другому основанию."
    if top == 0:
        return "Ни при каком пороге: ниже минимума никого."
    return f"При пороге до {top}{NBSP}% включительно."


def distance_text(row: ListRow, rule: Rule, year: int) -> str:
    """Return how far a school is from the other answer: «до порога 2 ученика», «до выхода 6 учеников», or ""."""
    from app.analysis.entering import to_enter

    verdict = row.verdict
    if row.correction is not None or verdict.verdict == "no_data":
        return ""
    if row.listed:
        fewer = verdict.ranking.fewer if verdict.ranking is not None else verdict.fewer
        return f"до выхода {_pupils(fewer)}" if fewer else ""
    more = to_enter(verdict, rule, year)
    return f"до порога {_pupils(more)}" if more else ""


def _pupils(number: int) -> str:
    return count(number, "ученик", "ученика", "учеников")


class SourceLabel(Label):
    """A figure that leads to its source by a click or by Enter."""

    def __init__(self, text: str, role: Role, pressed: Callable[[], object]):
        super().__init__(text, role)
        self._pressed = pressed
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{text}: откуда это?")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pressed()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underline the figure; a frame shows where the keyboard is."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(
            QPen(theme.color("accent"), 1, Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DotLine)
        )
        width = min(self.width(), self.fontMetrics().horizontalAdvance(self.text()))
        bottom = self.contentsRect().center().y() + self.fontMetrics().height() // 2
        painter.drawLine(self.width() - width, bottom, self.width(), bottom)
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class FiguresGrid(QWidget):
    """Procedures with their fractions, shares and intervals, year by year; a fraction leads to where it came from."""

    def __init__(self, origin: Callable[[TableRow], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._origin = origin
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
            role: Role = "strong" if reached and column < 4 else "text"
            known = column == 2 and row.share != DASH
            cell = SourceLabel(text, role, partial(self._origin, row)) if known else Label(text, role)
            cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setToolTip(f"{tip}\nОткуда это: файл, лист и строка" if known else tip)
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
        parts = (row.change, distance_text(row, found.rule, found.year))
        self.note.setText(" · ".join(part for part in parts if part))
        self._session.read(self, lambda told: self._explain(row, *told), _explained, found, row)

    def _explain(self, row: ListRow, words: Explanation, strip: Strip | None) -> None:
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
            grid = FiguresGrid(self.origin_of)
            grid.show_rows(words.table_rows)
            column.addSpacing(theme.current().px(4))
            column.addWidget(grid)
            column.addWidget(Label("■ порог достигнут. Щелчок по дроби показывает, откуда она.", "muted", wrap=True))
        if words.advice:
            column.addWidget(Label("До выхода из списка" if row.listed else "Что дальше", "strong"))
            column.addWidget(Label(words.advice, wrap=True).selectable())
        if strip is not None and strip.steps:
            self._stability(row, strip)
        column.addStretch(1)
        self.scroller.verticalScrollBar().setValue(0)

    def _stability(self, row: ListRow, strip: Strip) -> None:
        """Show at which thresholds the school would be listed."""
        top = strip.tops.get(row.school_id)
        if top is None:
            return
        column = self.scroller.column
        column.addWidget(Label("При каком пороге школа в списке", "strong"))
        steps = strip.steps
        column.addWidget(SchoolStrip(top, strip.present, steps[0].percent, steps[-1].percent))
        column.addWidget(Label(stability_text(top, corrected=row.school_id in strip.corrected), "muted", wrap=True))

    @staticmethod
    def _branch(line: BranchLine) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(6))
        row.addWidget(Shape(BRANCH_SHAPES[line.state], BRANCH_WORDS[line.state]), 0, Qt.AlignmentFlag.AlignTop)
        text = Label(f"{capital(line.label)} — {BRANCH_WORDS[line.state]}", wrap=True)
        text.setToolTip(line.text)
        row.addWidget(text, 1)
        return widget

    def origin(self) -> None:
        """Show where every figure came from."""
        if self._row is not None and self._list is not None:
            self._session.go("origin", (self._row.school_id, self._row.name, self._list.year))

    def origin_of(self, line: TableRow) -> None:
        """Show where one fraction came from."""
        if self._row is not None:
            self._session.go("origin", (self._row.school_id, self._row.name, line.year, line.label))

    def _card(self) -> None:
        if self._row is not None:
            self._session.go("school", self._row.school_id)

    def _correct(self) -> None:
        if self._row is not None:
            self._page.correct(self._row)
