"""Parts of the cycle folder on the screen: rows and columns of the matrix, the card with what could be put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from app.operations.cycle import Cell, Component, Direction, Folder, Offer, Stage, State
from app.texts import school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.cells import CellDelegate, Index
from app.ui.widgets.labels import ElidedLabel, Label

KINDS: dict[State, Kind] = {"placed": "ok", "unplaced": "warn", "missing": "none"}
MOST_OFFERS = 6


@dataclass(frozen=True)
class MatrixRow:
    """One component: a row of the matrix."""

    number: int
    stage: Stage
    stage_number: int
    component: Component
    folder: Folder


def rows(folder: Folder) -> list[MatrixRow]:
    """Return the components with their stages."""
    stages = {item.id: (place, item) for place, item in enumerate(folder.cycle.stages, start=1)}
    return [
        MatrixRow(place, stages[item.stage][1], stages[item.stage][0], item, folder)
        for place, item in enumerate(folder.cycle.components, start=1)
    ]


def kind_of(cell: Cell) -> Kind:
    """Return the mark of a cell; what was there last year and is not now asks for attention."""
    return "warn" if cell.state == "missing" and cell.before else KINDS[cell.state]


def _told(cell: Cell) -> str:
    words = {"placed": "все документы размещены", "unplaced": "не у всех документов есть ссылка", "missing": cell.word}
    return f"{school_year(cell.school_year)}: {words[cell.state]}"


def columns(folder: Folder | None, direction: str | None) -> tuple[Column, ...]:
    """Return stage and component, then a column for each direction, or for each year of one direction."""
    first = (
        Column("stage", "Этап", lambda row: f"{row.stage_number}. {row.stage.title}", 196, 1, 192,
               sort=lambda row: row.number, tip=lambda row: f"{row.stage.wording} ({row.stage.source})"),
        Column("component", "Раздел", lambda row: row.component.title, 204, 1, 196, strong=True,
               sort=lambda row: row.number, tip=lambda row: row.component.hint),
    )  # fmt: skip
    if folder is None:
        return first
    if direction is None:
        return (*first, *(_column(f"d:{item.id}", item.short, item.title, item.id, folder.school_year)
                          for item in folder.cycle.directions))  # fmt: skip
    return (*first, *(_column(f"y:{year}", school_year(year), f"{school_year(year)} учебный год", direction, year)
                      for year in folder.years))  # fmt: skip


def _column(key: str, title: str, whole: str, direction: str, year: int) -> Column:
    def cell(row: MatrixRow) -> Cell:
        return row.folder.cell(direction, row.component.id, year)

    return Column(
        key, title, lambda row: cell(row).word, 196, 1, 120, kind="chip", chip=lambda row: kind_of(cell(row)),
        sort=lambda row: (cell(row).documents, cell(row).published), tip=lambda row: _told(cell(row)), whole=whole,
    )  # fmt: skip


class MatrixDelegate(CellDelegate):
    """Shows the current cell by itself: what lies below is of this cell, not of its row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell, the current one in a frame, whether the keyboard is here or not."""
        super().paint(painter, option, index)
        view = option.widget  # type: ignore[attr-defined]
        if isinstance(view, QAbstractItemView) and index == view.currentIndex():
            rect = QRect(option.rect)  # type: ignore[attr-defined]
            width = theme.current().px(2)
            painter.save()
            painter.setPen(QPen(theme.color("accent"), width))
            painter.drawRect(rect.adjusted(width // 2, width // 2, -width, -width))
            painter.restore()


class OfferCard(Card):
    """What the file knows and the cell lacks.

    Args:
        take: called with keys of offers.
    """

    def __init__(self, take: Callable[[list[str]], object]) -> None:
        super().__init__(pad=12)
        self._take = take
        self.name = ElidedLabel("", "section")
        self.lines = Scroller(spacing=4)
        self.body.addWidget(self.name)
        self.body.addWidget(self.lines, 1)
        self.setMinimumWidth(theme.current().px(250))

    def show_offers(
        self, direction: Direction, component: Component, offers: Sequence[Offer], *, read_only: bool
    ) -> None:  # fmt: skip
        """Show what may be put into a cell."""
        self.name.setText(component.title)
        self.lines.clear()
        add = self.lines.column.addWidget
        add(Label(component.hint, wrap=True))
        if direction.wording:
            add(Label(f"Направление: {direction.wording} ({direction.source}).", "muted", wrap=True))
        if offers:
            add(Label("Можно положить сюда", "strong"))
        for item in offers[:MOST_OFFERS]:
            add(Label(f"{item.title} — {item.origin}", wrap=True))
            button = Button("Положить", partial(self._take, [item.key]), icon="plus", kind="link")
            button.setAccessibleName(f"Положить: {item.title}")
            button.setEnabled(not read_only)
            add(button)
        if len(offers) > 1:
            every = Button(f"Положить все ({len(offers)})", lambda: self._take([item.key for item in offers]))
            every.setEnabled(not read_only)
            add(every)
        self.lines.column.addStretch(1)
