"""The report of a month on the screen: sections with their texts; a text that a person wrote stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.analysis.working_days import Period
from app.operations import month_plan
from app.operations.month_plan import MonthReport, ReportBlock
from app.texts import NBSP, count
from app.ui import theme
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.today_month import MonthView

PAUSE = 1_000
"""Milliseconds of rest after which what is typed is kept (decision 18)."""
LINES = ("строка", "строки", "строк")


class TextEdit(QPlainTextEdit):
    """A text as high as its lines.

    Signals:
        left(): the keyboard has gone elsewhere.
    """

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the lines."""
        margin = int(self.document().documentMargin())
        room = QRect(0, 0, max(self.viewport().width() - 2 * margin, theme.current().px(80)), 1 << 20)
        text = self.toPlainText() or " "
        wrapped = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        around = max(0, self.height() - self.viewport().height())
        self.setFixedHeight(wrapped.height() + 2 * margin + min(around, theme.current().px(24)) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.current().px(300), self.height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept at once."""
        super().focusOutEvent(event)
        self.left.emit()


def plain(text: str) -> str:
    """Return a text as the edit gives it back: without no-break spaces."""
    return text.replace(NBSP, " ").strip()


class BlockBox(QWidget):
    """One section: heading, text, how many lines stand under it on paper."""

    def __init__(self, pane: ReportPane, block: ReportBlock) -> None:
        super().__init__()
        self.pane, self.block = pane, block
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(block.title, "strong"))
        self.mark = Chip("none", "ваш текст")
        head.addWidget(self.mark)
        self.lines = Label("", "muted")
        head.addWidget(self.lines)
        head.addStretch(1)
        self.back = Button("Вернуть вычисленный текст", self._take_back, kind="link")
        head.addWidget(self.back)
        column.addLayout(head)
        self.edit = TextEdit(f"Текст раздела «{block.title}»")
        self.edit.setPlainText(block.text)
        column.addWidget(self.edit)
        self.now = Label("", "muted", wrap=True)
        column.addWidget(self.now)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        self.edit.textChanged.connect(self._timer.start)
        self.edit.left.connect(self.keep)
        self.show_block(block)

    def show_block(self, block: ReportBlock) -> None:
        """Show another state of the section; what is being typed stays."""
        self.block = block
        typing = self.edit.hasFocus() and self._timer.isActive()
        if not typing and self.edit.toPlainText() != plain(block.text):
            self.edit.blockSignals(True)
            self.edit.setPlainText(block.text)
            self.edit.blockSignals(False)
            self.edit.fit()
        self.mark.setVisible(block.own)
        self.back.setVisible(block.own and not self.pane.read_only)
        below = len(block.lines) + (len(block.table.rows) if block.table is not None else 0)
        self.lines.setText(f"под ним {count(below, *LINES)}" if below else "")
        self.now.setVisible(block.stale)
        self.now.setText(f"▲ Числа с тех пор изменились. Теперь было бы так: {block.derived}" if block.stale else "")
        self.edit.setReadOnly(self.pane.read_only)

    def keep(self) -> None:
        """Keep what was typed."""
        self._timer.stop()
        text = self.edit.toPlainText().strip()
        if text != plain(self.block.text) and not self.pane.read_only:
            self.pane.keep(self.block.key, text)

    def _take_back(self) -> None:
        self._timer.stop()
        self.pane.keep(self.block.key, None)


class ReportPane(Card):
    """The sections of the report, one under another."""

    def __init__(self, view: MonthView) -> None:
        super().__init__("Отчёт")
        self.view, self.session = view, view.session
        self.hint = Label("Тексты составлены по записям файла. Любой можно поправить: он останется вашим.", "muted")
        self.body.addWidget(self.hint)
        self.scroller = Scroller(spacing=4)
        self.body.addWidget(self.scroller, 1)
        self.boxes: dict[str, BlockBox] = {}
        self._shown: tuple[Period, str] | None = None

    @property
    def read_only(self) -> bool:
        """Nothing can be changed in a file that is open for reading."""
        return self.session.desk.read_only

    def refresh(self) -> None:
        """Read the report anew."""
        wanted = self.view.period, self.view.who
        self.session.read(
            self, lambda found: self._show(wanted, found), month_plan.report, self.view.period, self.session.today(),
            who=self.view.who,
        )  # fmt: skip

    def _show(self, wanted: tuple[Period, str], found: MonthReport) -> None:
        if wanted != (self.view.period, self.view.who):
            return
        self.heading.setText(f"Отчёт о работе за {found.period.title}" + (f": {found.who}" if found.who else ""))
        if self._shown != wanted:
            self._shown = wanted
            self.scroller.clear()
            self.boxes = {block.key: BlockBox(self, block) for block in found.blocks}
            for box in self.boxes.values():
                self.scroller.column.addWidget(box)
            self.scroller.column.addStretch(1)
            return
        for block in found.blocks:
            self.boxes[block.key].show_block(block)

    def keep(self, key: str, text: str | None) -> None:
        """Write the text of a section; None takes the derived one again."""
        if self._shown is not None:
            period, who = self._shown
            self.session.write(
                self, lambda _done: self.refresh(), month_plan.put_text, period, key, text, self.session.today(), who
            )

    def focus_main(self) -> None:
        """Put the keyboard into the first text."""
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.edit.setFocus()
