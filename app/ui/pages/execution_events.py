"""Events and help of an activity in its card of «Исполнение»: what they came to, what the plan asks for, taking it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.operations import activity_words, activity_work, event_words
from app.operations.activity_work import ActivityWork
from app.operations.events import EventLine
from app.operations.execution import ExecutionLine
from app.operations.help_journal import HelpLine
from app.texts import glue, ru_date
from app.ui import theme
from app.ui.pages.work_event_acts import ask_to_take
from app.ui.widgets.basics import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.execution_view import ExecutionView

MOST_EVENTS = 4
LINK_WIDTH = 262


class ActivityEventsPart:
    """The place of events in the card of an activity.

    Args:
        view: the page of the execution.
        column: where the lines go.
        still: tells whether the card shows the same activity still.
    """

    def __init__(self, view: ExecutionView, column: QVBoxLayout, still: Callable[[], bool]) -> None:
        self._view, self._column, self._still = view, column, still

    def ask(self, line: ExecutionLine) -> None:
        """Read the events of an activity in its plan year."""
        session = self._view.session
        if session.desk.is_open:
            session.read(
                self._view, self._show, activity_work.of_activity, line.lineage, line.plan_year, session.today()
            )

    def _show(self, found: ActivityWork) -> None:
        if not self._still() or not (found.events.lines or found.help or found.asked):
            return
        column = self._column
        column.addSpacing(theme.current().px(4))
        column.addWidget(Label("События и помощь" if found.help else "События", "strong"))
        for text in activity_words.work_words(found):
            column.addWidget(Label(glue(text), wrap=True).selectable())
        for one in found.asked:
            kind, word, told = activity_words.asked_words(one, found)
            column.addWidget(Chip(kind, word))
            column.addWidget(Label(glue(told), "muted", wrap=True).selectable())
        shown = {*found.doubtful[:MOST_EVENTS], *(line.id for line in found.events.lines[-MOST_EVENTS:])}
        for line in found.events.lines:
            if line.id in shown:
                self._event(line, doubtful=line.id in found.doubtful)
        self._more(len(found.events.lines) - len(shown))
        for entry in found.help[:MOST_EVENTS]:
            self._help(entry)
        self._more(len(found.help) - MOST_EVENTS)
        if found.can_be_taken and not self._view.session.desk.read_only:
            taking = Button("Взять в исполнение…", partial(ask_to_take, self._view, found.lineage, found.plan_year),
                            kind="link", tip="Участники, школы и день из событий и журнала помощи")  # fmt: skip
            taking.setProperty("aligned", "left")
            column.addWidget(taking)

    def _more(self, number: int) -> None:
        if number > 0:
            self._column.addWidget(Label(f"И ещё {number}.", "muted"))

    def _event(self, line: EventLine, *, doubtful: bool) -> None:
        came = event_words.came_words(line)
        told = "в списке есть имена, за которыми может быть один человек" if doubtful else ""
        self._link(line.title, ("events", line.id), "событиях", (line.days, came or line.chip_word, told))

    def _help(self, line: HelpLine) -> None:
        day = ru_date(line.held_on) if line.held_on else ""
        self._link(line.title, ("journal", line.id), "журнале помощи", (day, line.school))

    def _link(self, title: str, place: tuple[str, int], where: str, told: tuple[str, ...]) -> None:
        opening = Button(title, partial(self._view.session.go, "work", place), kind="link",
                         tip=f"{title}. Открыть в {where}")  # fmt: skip
        opening.setProperty("aligned", "left")
        width = theme.current().px(LINK_WIDTH)
        opening.setMaximumWidth(width)
        room = width - theme.current().px(20)  # what the button keeps round its words
        opening.setText(opening.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._column.addWidget(opening)
        self._column.addWidget(Label(glue(", ".join(part for part in told if part)), "muted", wrap=True))
