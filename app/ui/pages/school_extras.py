"""What a school's card says beside its own fields: metrics of the year, projects, lists from outside. Only shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.store import Connection
from app.operations import externals, metrics, projects
from app.operations.externals import KIND_WORDS, ExternalEntry
from app.operations.metrics import MetricTable
from app.operations.projects import Project
from app.texts import count, school_year
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, clear_layout
from app.ui.widgets.labels import ElidedLabel, Label

MOST = 12
"""More lines than these are told by their number; the whole stands in the view."""


@dataclass(frozen=True, slots=True)
class Extras:
    """Metrics of the year, projects of all years, entries of all lists of one school."""

    metrics: MetricTable
    projects: list[Project]
    entries: list[ExternalEntry]
    names: dict[str, str]


def read(connection: Connection, school_id: int, year: int) -> Extras:
    """Return what the card shows beside the fields of a school."""
    return Extras(
        metrics.table(connection, year, school_ids=(school_id,)),
        projects.listing(connection, school_id=school_id),
        externals.of_school(connection, school_id),
        externals.item_words(connection),
    )


class SchoolExtras(QWidget):
    """Three cards side by side."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._id: int | None = None
        self._turn = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        self.metrics, self._metric_lines = self._card(
            "Показатели года", "К таблице", lambda: session.go("metric", (self._id, session.school_year, None))
        )
        self.projects, self._project_lines = self._card(
            "Проекты", "Ко всем проектам", lambda: session.go("schools_view", "projects")
        )
        self.lists, self._list_lines = self._card(
            "Внешние списки", "К спискам", lambda: session.go("schools_view", "externals")
        )
        for card in (self.metrics, self.projects, self.lists):
            row.addWidget(card, 1)

    @staticmethod
    def _card(title: str, verb: str, pressed: object) -> tuple[Card, QVBoxLayout]:
        card = Card(title)
        card.head.addWidget(Button(verb, pressed, kind="quiet"))  # type: ignore[arg-type]
        lines = QVBoxLayout()
        lines.setSpacing(theme.current().px(4))
        card.body.addLayout(lines)
        card.body.addStretch(1)
        return card, lines

    def show_school(self, school_id: int) -> None:
        """Read what there is of a school."""
        self._id = school_id
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._show(turn, found), read, school_id, self.session.school_year)

    def _show(self, turn: int, found: Extras) -> None:
        if turn != self._turn:
            return
        self._show_metrics(found.metrics)
        lines = [
            (project.name, ", ".join(part for part in (school_year(project.school_year), project.topic or "") if part))
            for project in found.projects
        ]
        self._fill(self._project_lines, lines, "Школа не участвует в проектах.")
        said = [
            (_said(entry, found.names), f"{KIND_WORDS.get(entry.kind, entry.kind)}, {entry.year}")
            for entry in found.entries
        ]
        self._fill(self._list_lines, said, "Школы нет ни в одном списке извне.")

    def _show_metrics(self, table: MetricTable) -> None:
        cells = table.lines[0].cells if table.lines else ()
        pairs = zip(table.metrics, cells, strict=False)
        filled = [(metric, cell) for metric, cell in pairs if cell.text and not cell.computed]
        year = school_year(table.school_year)
        self.metrics.note.setText(year)
        lines = [(f"{metric.short}: {cell.text}", cell.trouble or "") for metric, cell in filled]
        self._fill(self._metric_lines, lines, f"За {year} показателей нет.")

    @staticmethod
    def _fill(layout: QVBoxLayout, lines: Sequence[tuple[str, str]], nothing: str) -> None:
        clear_layout(layout)
        for text, note in lines[:MOST]:
            layout.addWidget(ElidedLabel(text, mode=Qt.TextElideMode.ElideMiddle))
            if note:
                layout.addWidget(ElidedLabel(note, "muted"))
        if len(lines) > MOST:
            layout.addWidget(Label(f"и ещё {count(len(lines) - MOST, 'строка', 'строки', 'строк')}", "muted"))
        if not lines:
            layout.addWidget(Label(nothing, "muted", wrap=True))


def _said(entry: ExternalEntry, names: Mapping[str, str]) -> str:
    said = entry.raw or entry.value or "названа"
    return f"{names.get(entry.item, entry.item)}: {said}" if entry.item else said
