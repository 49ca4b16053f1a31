"""A register of «Сегодня» with what is over out of the way, and a card of the row beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.texts import NBSP
from app.ui import theme
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.view import View
from app.ui.widgets.basics import Combo, beside

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage

OPEN, ALL = "open", "all"
CARD_WIDTH = 320


class DueView(View):
    """One register whose rows end some day.

    Class attributes:
        ended: the column whose date says that a row is over.
        asks: what the choice between open rows and all of them is called, and its word for the open ones.
    """

    ended: ClassVar[str]
    asks: ClassVar[tuple[str, str]]

    page: TodayPage

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        self.pane = RegisterPane(self.session, self.key, dict, titled=False)
        name, word = self.asks
        self.which = Combo(name)
        self.which.fill([(word, OPEN), ("Все", ALL)], self.session.habits.get(f"today:{self.key}", OPEN))
        self.which.setMinimumWidth(theme.current().px(168))
        self.which.currentIndexChanged.connect(lambda _place: self._choose_which())
        self.pane.lead.insertWidget(0, self.which)
        self.pane.selected.connect(lambda _key: self.show_card())
        self.pane.shown.connect(lambda _table: self._shown())

    def put_beside(self, card: QWidget) -> None:
        """Put the register and the card of its row side by side."""
        self.column.addLayout(beside(self.pane, card, stretch=(1, 0), gap=12), 1)

    def show_card(self) -> None:
        """Show the card of the row the cursor is on."""
        raise NotImplementedError

    def open_payload(self, payload: object) -> None:
        """Put the cursor on a row."""
        if isinstance(payload, int):
            self.pane.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        self.pane.grid.setFocus()

    def _choose_which(self) -> None:
        self.session.habits.put(f"today:{self.key}", str(self.which.currentData()))
        self._hide_ended()

    def _shown(self) -> None:
        self._hide_ended()
        self.show_card()

    def _hide_ended(self) -> None:
        """Rows that are over are out of the way until they are asked for; what is being typed stays."""
        table = self.pane.table
        rows = table.rows if table is not None else {}
        for place, line in enumerate(self.pane.model.rows):
            row = rows.get(line.key)
            hidden = self.which.currentData() == OPEN and row is not None and row[self.ended] is not None
            self.pane.grid.setRowHidden(place, hidden)
        _number_shown(self.pane)
        _choose_first(self.pane)


def _number_shown(pane: RegisterPane) -> None:
    """Number the rows that are shown one after another: hidden ones leave no gaps."""
    number = 0
    for place, line in enumerate(pane.model.rows):
        if pane.table is not None and line.key in pane.table.rows and not pane.grid.isRowHidden(place):
            number += 1
            line.title = str(number)
    if pane.model.rows:
        pane.model.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(pane.model.rows) - 1)


def _choose_first(pane: RegisterPane) -> None:
    """Say how many rows are shown; put the cursor on the first of them where it stands on none."""
    stored = [
        place for place, line in enumerate(pane.model.rows)
        if pane.table is not None and line.key in pane.table.rows
    ]  # fmt: skip
    seen = [place for place in stored if not pane.grid.isRowHidden(place)]
    if stored:
        of = f" из{NBSP}{len(stored)}" if len(seen) < len(stored) else ""
        pane.number.setText(f"показано{NBSP}{len(seen)}{of}")
    current = pane.grid.currentIndex()
    if seen and (not current.isValid() or pane.grid.isRowHidden(current.row())):
        pane.grid.setCurrentIndex(pane.model.index(seen[0], 0))
