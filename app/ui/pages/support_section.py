"""What the sections of «Поддержка» share: a register above, what follows from it below, a card with what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.operations.support import Board
from app.ui import theme
from app.ui.pages.register_pane import RegisterPane
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, FlowLayout, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.support_view import SupportView

MOST = 6
"""So many names are told one by one; the rest by their number."""


class SideCard(Card):
    """What to look at in a section: chips with sentences, links that do the next step."""

    def __init__(self, title: str) -> None:
        super().__init__(title, pad=12)
        self.scroller = Scroller(spacing=8)
        self.body.addWidget(self.scroller, 1)

    def clear(self) -> None:
        """Say nothing."""
        self.scroller.clear()

    def say(self, text: str, role: str = "text") -> None:
        """Add a sentence."""
        self.scroller.column.addWidget(Label(text, role, wrap=True).selectable())  # type: ignore[arg-type]

    def state(self, kind: Kind, word: str, text: str = "") -> None:
        """Add a chip and, under it, what it means here."""
        row = FlowLayout(gap=8)
        row.addWidget(Chip(kind, word))
        self.scroller.column.addLayout(row)
        if text:
            self.say(text)

    def act(self, title: str, pressed: Callable[[], object], *, enabled: bool = True, name: str = "") -> None:
        """Add a link that does something."""
        button = Button(title, pressed, kind="link")
        button.setEnabled(enabled)
        if name:
            button.setAccessibleName(name)
        row = FlowLayout(gap=8)
        row.addWidget(button)
        self.scroller.column.addLayout(row)

    def end(self) -> None:
        """Keep everything at the top."""
        self.scroller.column.addStretch(1)


class Section(QWidget):
    """One section.

    Class attributes:
        key: stable Latin name; that of its register where it has one.
        title: word of the list at the side.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, view: SupportView) -> None:
        super().__init__()
        self.view, self.session = view, view.session
        self.board: Board | None = None
        self.pane: RegisterPane | None = None
        self.wanted: int | None = None
        self.wanted_row: int | None = None
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = SideCard("На что посмотреть")
        self.below = QSplitter(Qt.Orientation.Horizontal)
        self.whole = QSplitter(Qt.Orientation.Vertical)
        for splitter in (self.below, self.whole):
            splitter.setHandleWidth(px(12))
            splitter.setChildrenCollapsible(False)
        column.addWidget(self.whole)

    def lay_out(self, top: QWidget, below: QWidget, *, share: tuple[int, int] = (290, 250)) -> None:
        """Put the main thing above, what follows from it and the card below."""
        px = theme.current().px
        self.below.addWidget(below)
        self.below.addWidget(self.card)
        self.below.setStretchFactor(0, 1)
        self.below.setSizes([px(760), px(320)])
        self.whole.addWidget(top)
        self.whole.addWidget(self.below)
        self.whole.setStretchFactor(0, 1)
        self.whole.setStretchFactor(1, 1)
        self.whole.setSizes([px(part) for part in share])

    def register(self, scope: Callable[[], Mapping[str, Any] | None] | None = None) -> RegisterPane:
        """Return the pane of the section's register, made once."""
        self.pane = RegisterPane(self.session, self.key, scope or self.view.scope)
        self.pane.selected.connect(lambda _key: self.row_chosen())
        self.pane.shown.connect(lambda _table: self._enter())
        return self.pane

    def _enter(self) -> None:
        """Put the cursor on the school that is asked for, on the first row where it stands nowhere yet."""
        pane = self.pane
        if pane is None or pane.table is None or not pane.table.lines:
            return
        if self.wanted_row in pane.table.rows:
            pane.choose(self.wanted_row or 0)
            self.wanted_row = self.wanted = None
            return
        rows = pane.table.rows.items()
        wanted, self.wanted = self.wanted, None
        key = next((key for key, row in rows if wanted is not None and wanted in _schools(row)), None)
        if key is not None:
            pane.choose(key)
        elif not pane.grid.currentIndex().isValid():
            pane.choose(pane.table.lines[0].key)

    def refresh(self) -> None:
        """Read the register anew."""
        if self.pane is not None:
            self.pane.refresh()

    def show_board(self, found: Board) -> None:
        """Show another state of the school year."""
        self.board = found
        self.card.clear()
        self.fill(found)
        self.card.end()

    def fill(self, _found: Board) -> None:
        """Fill what follows from the register, and the card."""

    def row_chosen(self) -> None:
        """Another row of the register is current."""

    def choose_school(self, school: int) -> None:
        """Put the cursor on a row of a school, now or when the register is read."""
        self.wanted = school
        self.refresh()

    def choose_row(self, key: int, _below: int = 0) -> None:
        """Put the cursor on a row of the register, now or when it is read; ``_below``: on a row of what follows."""
        self.wanted_row = key
        self._enter()
        self.refresh()

    def school_id(self) -> int | None:
        """Return the school of what is current."""
        row = None if self.pane is None else self.pane.row
        return None if row is None else next(iter(_schools(row)), None)

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return shape and word of the section in the list at the side."""
        raise NotImplementedError

    @property
    def writable(self) -> bool:
        """Tell whether the file may be changed."""
        return not self.session.desk.read_only


def _schools(row: Mapping[str, Any]) -> list[int]:
    """Return the school that a row of a register is of."""
    found = (row.get("organisation_id"), row.get("receiver_id"))
    return [key for key in found if key is not None]


def told(names: Iterable[str]) -> str:
    """Return «А, Б, В и ещё 4»."""
    every = list(names)
    more = f" и ещё {len(every) - MOST}" if len(every) > MOST else ""
    return ", ".join(every[:MOST]) + more
