"""Lines of «Сегодня» that can be taken elsewhere: dragged into calendar and journal, or sent there from their menu."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.operations.day_lines import DayLine
from app.ui.day_line_mime import DayThing
from app.ui.session import Session
from app.ui.widgets.day_drag import DayDrag, of_line
from app.ui.widgets.table import DataTable, RowAction


def actions(session: Session, line: DayLine) -> list[RowAction | None]:
    """Return what the menu of a line offers beside opening it."""
    found: list[RowAction | None] = []
    if not session.desk.read_only:
        found.append(("Записать в журнал…", lambda: session.go("new_help", asdict(of_line(line)))))
    if line.due is not None:
        place = ("calendar", (line.due, f"{line.source}:{line.key}"))
        found.append(("Показать в календаре", lambda: session.go("work", place)))
    return found


def put_on_row(row: QWidget, session: Session, line: DayLine) -> None:
    """Let a row of the day be dragged and give it a menu."""
    DayDrag(row, lambda _place: of_line(line))
    row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    row.customContextMenuRequested.connect(lambda place: _popup(row, session, line, place))


def _popup(row: QWidget, session: Session, line: DayLine, place: QPoint) -> None:
    menu = menu_of(row, session, line)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(row.mapToGlobal(place))


def menu_of(row: QWidget, session: Session, line: DayLine) -> QMenu:
    """Return the menu of a row."""
    menu = QMenu(row)
    for action in actions(session, line):
        if action is not None:
            word, pressed = action
            menu.addAction(word).triggered.connect(lambda _=False, run=pressed: run())
    return menu


def put_on_table(table: DataTable) -> None:
    """Let the rows of the plan of a month be dragged; a row is (line, today)."""

    def thing_at(place: QPoint) -> DayThing | None:
        index = table.view.indexAt(place)
        return of_line(table.model.row(index.row())[0]) if index.isValid() else None

    DayDrag(table.view.viewport(), thing_at)
