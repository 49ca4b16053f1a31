"""Addressed recommendations: the register, beside it why the chosen one was proposed and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app.operations.recommendations import AdviceBook, AdviceLine
from app.texts import capital, count, school_year
from app.ui import theme
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller, split
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

KINDS: dict[str, Kind] = {
    "draft": "none", "sent": "info", "waits": "warn", "yes": "ok", "part": "warn", "no": "bad",
}  # fmt: skip
NOTHING = "Выберите рекомендацию: здесь будет видно, по каким числам она составлена."
OWN = "Рекомендация написана вручную, без чисел из файла."
GONE = "Этих чисел в файле больше нет."


class AdvicePane(QWidget):
    """The register of a school year with the card of the chosen line.

    Signals:
        year_wanted(step): 0 this school year, -1 the one before.
        renew_wanted(keys): bring these up to date.
    """

    year_wanted = Signal(int)
    renew_wanted = Signal(object)

    def __init__(self, session: Session, scope: Callable[[], Mapping[str, Any] | None]) -> None:
        super().__init__()
        self.session = session
        self.book: AdviceBook | None = None
        px = theme.current().px
        self.years = QTabBar()
        self.years.setObjectName("inner")
        self.years.setAccessibleName("Учебный год рекомендаций")
        self.years.setDrawBase(False)
        self.years.setExpanding(False)
        for _place in range(2):
            self.years.addTab("")
        self.years.currentChanged.connect(lambda place: self.year_wanted.emit(-place))
        self.grid = RegisterPane(session, "recommendations", scope)
        self.grid.selected.connect(lambda _key: self._show_card())
        self.grid.shown.connect(lambda _table: self._show_card())
        self.grid.lead.insertWidget(2, self.years)
        self.parts = split(self.grid, self._make_card(), stretch=(1, 0), sizes=(px(980), px(330)), handle=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts, 1)

    def _make_card(self) -> Card:
        px = theme.current().px
        self.card = Card(pad=12)
        self.card.setMinimumWidth(px(260))
        self.whom = Label("", "section", wrap=True)
        self.chip = Chip()
        head = QHBoxLayout()
        head.addWidget(self.whom, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.text = Label(NOTHING, wrap=True).selectable()
        self.why = Label("Почему", "muted")
        self.ground = Label("", wrap=True).selectable()
        self.then = Label("Числа", "muted")
        self.figures = Label("", wrap=True).selectable()
        self.stale = Label("", "strong", wrap=True)
        self.renew = Button("Обновить цифры", self._renew, icon="refresh")
        scroller = Scroller(spacing=px(8))
        for widget in (self.text, self.why, self.ground, self.then, self.figures, self.stale):
            scroller.column.addWidget(widget)
        scroller.column.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        scroller.column.addStretch(1)
        self.card.body.addLayout(head)
        self.card.body.addWidget(scroller, 1)
        self._show_line(None)
        return self.card

    # --- showing -------------------------------------------------------------------------------------------------

    def show_book(self, book: AdviceBook) -> None:
        """Show what is known of both school years."""
        self.book = book
        for place, year in enumerate((book.school_year, book.school_year - 1)):
            number = len(book.lines) if place == 0 else len(book.before)
            told = f"{school_year(year)}: {number}" if number else school_year(year)
            self.years.setTabText(place, told)
        self._show_card()

    def show_step(self, step: int) -> None:
        """Show this school year (0) or the one before (-1)."""
        self.years.blockSignals(True)
        self.years.setCurrentIndex(-step)
        self.years.blockSignals(False)

    @property
    def line(self) -> AdviceLine | None:
        """The chosen recommendation."""
        key = self.grid.current
        return None if key is None or self.book is None else self.book.line(key)

    def chosen(self) -> list[int]:
        """Return the keys of the selected rows that are stored."""
        rows = sorted({index.row() for index in self.grid.grid.selectionModel().selectedIndexes()})
        known = self.grid.table.rows if self.grid.table is not None else {}
        keys = [self.grid.model.rows[row].key for row in rows if row < len(self.grid.model.rows)]
        return [key for key in keys if key in known]

    def _show_card(self) -> None:
        self._show_line(self.line)

    def _show_line(self, line: AdviceLine | None) -> None:
        some = line is not None
        for widget in (self.whom, self.chip, self.why, self.ground, self.then, self.figures, self.stale, self.renew):
            widget.setVisible(some)
        if line is None:
            self.text.setText(NOTHING)
            return
        self.whom.setText(line.whom)
        self.chip.set(KINDS[line.shown], line.word)
        self.text.setText(line.row.text)
        self.ground.setText(line.row.ground or OWN)
        pairs = []
        for key, (what, was) in line.was.items():
            now = line.now.get(key)
            told = was if now == was else f"было {was}, стало {now}" if now is not None else f"было {was}"
            pairs.append(f"{what}: {told}")
        self.then.setVisible(bool(pairs))
        self.figures.setVisible(bool(pairs))
        self.figures.setText("\n".join(pairs))
        self.stale.setVisible(line.stale)
        self.stale.setText(GONE if line.proposed is None else f"Теперь числа говорят: {line.proposed.text}")
        self.renew.setVisible(line.stale)
        self.renew.setEnabled(not self.session.desk.read_only)

    def _renew(self) -> None:
        if self.line is not None:
            self.renew_wanted.emit([self.line.row.id])

    def sentence(self) -> str:
        """Tell the state in one sentence."""
        book = self.book
        if book is None:
            return ""
        total = len(book.lines)
        told = [count(total, "рекомендация", "рекомендации", "рекомендаций") if total else "рекомендаций пока нет"]
        if total:
            told.append(f"отправлено {book.sent}")
        if book.waiting:
            told.append(f"числа предлагают ещё {len(book.waiting)}")
        if book.unmarked:
            told.append(f"прошлый год: без отметки {book.unmarked}")
        return capital(" · ".join(told))
