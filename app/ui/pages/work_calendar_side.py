"""Beside the calendar: the chosen day in words, what stands on it, what does not fit and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.analysis.working_days import WEEK
from app.operations.work_calendar import CalendarDay, CalendarPage, Conflict
from app.texts import NBSP, capital, count, ru_date
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.agenda import Agenda
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label

WIDTH = 304
MONTHS_OF = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
             "ноября", "декабря")  # fmt: skip
_KIND = {"work": "рабочий день", "short": "рабочий день, на час короче", "off": "выходной"}


def day_head(day: date) -> str:
    """Return «Понедельник, 23 ноября»."""
    word = WEEK[day.weekday()]
    return f"{capital(word)}, {day.day}{NBSP}{MONTHS_OF[day.month - 1]}"


class DaySide(Card):
    """The card of a day.

    Signals:
        step_wanted(conflict): the step that a conflict offers was pressed.
    """

    step_wanted = Signal(object)

    def __init__(self, session: Session, asks: tuple[tuple[str, Callable[[], object]], ...]) -> None:
        super().__init__(pad=12)
        self.session = session
        px = theme.current().px
        self.setFixedWidth(px(WIDTH))
        self.name = Label("", "section", wrap=True)
        self.about = Label("", "muted", wrap=True)
        self.body.addWidget(self.name)
        self.body.addWidget(self.about)
        self.agenda = Agenda()
        self.nothing = Label("", "muted", wrap=True)
        self.body.addWidget(self.agenda, 3)
        self.body.addWidget(self.nothing)
        self.clashes = Scroller(spacing=6)
        self.clashes.setMaximumHeight(px(230))
        self.body.addWidget(self.clashes, 3)
        self.space = QFrame()
        self.body.addWidget(self.space, 1)
        self.asks: list[Button] = []
        row = QVBoxLayout()
        row.setSpacing(0)
        for word, pressed in asks:
            button = Button(word, pressed, kind="link")
            self.asks.append(button)
            row.addWidget(button)
        self.body.addLayout(row)

    def show_day(self, page: CalendarPage, day: date) -> None:
        """Show a day of the page."""
        item = page.days.get(day)
        if item is None:
            return
        self.name.setText(day_head(day))
        self.about.setText(_about(item, page.today))
        self.agenda.show_items(item.items, day.isoformat())
        self.agenda.setVisible(bool(item.items))
        self.nothing.setVisible(not item.items)
        self.nothing.setText("На этот день ничего не записано." if page.items else "Здесь встанет всё, что записано.")
        self._show_conflicts([one for one in page.conflicts if one.day == day], item)
        self.space.setVisible(not item.items)

    def _show_conflicts(self, found: list[Conflict], day: CalendarDay) -> None:
        self.clashes.clear()
        self.clashes.setVisible(bool(found))
        for one in found:
            self.clashes.column.addWidget(Chip("warn" if one.sure else "none", "накладка" if one.sure else "проверьте"))
            self.clashes.column.addWidget(Label(one.text, wrap=True))
            word = step_words(one)
            if word and not self.session.desk.read_only:
                button = Button(word, partial(self.step_wanted.emit, one), kind="link")
                button.setAccessibleName(f"{word}: {one.item.text if one.item else ''}")
                self.clashes.column.addWidget(button)
        self.clashes.column.addStretch(1)
        self.clashes.setAccessibleName(f"Накладки дня {ru_date(day.day)}: {len(found)}")


def step_words(conflict: Conflict) -> str:
    """Return what the step of a conflict is called, "" where nothing can be moved."""
    if conflict.item is None or conflict.free is None:
        return ""
    what = "второе" if len(conflict.keys) == 2 else "последнее" if len(conflict.keys) > 2 else "его"
    return (
        f"Перенести {what} на{NBSP}{ru_date(conflict.free)}"
        if what != "его"
        else f"Перенести на{NBSP}{ru_date(conflict.free)}"
    )


def _about(item: CalendarDay, today: date) -> str:
    parts = ["сегодня"] if item.day == today else []
    parts.append(_KIND[item.kind])
    if item.title and item.title not in _KIND.values():
        parts.append(item.title)
    if item.on_break:
        parts.append(f"у школ {item.on_break[:1].lower()}{item.on_break[1:]}")
    if item.items:
        parts.append(count(len(item.items), "запись", "записи", "записей"))
    return " · ".join(parts)
