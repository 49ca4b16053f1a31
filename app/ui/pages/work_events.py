"""«События» of the page «Работа»: the list, the parts of the chosen event, the card that says why and what next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from app import school_years
from app.models.store import Connection
from app.operations import event_words, events
from app.operations.event_words import ahead_of, people_cell, waits
from app.operations.events import EventLine
from app.texts import ru_date, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.pages.work_event_acts import EventActs
from app.ui.pages.work_event_card import EventSide
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.table import DataTable, RowAction

PARTS = {"list": "Все события", "items": "Программа", "people": "Участники", "files": "Материалы",
         "feedback": "Отзывы"}  # fmt: skip
LIST = "list"
HELP = {"items": "Программа и материалы", "people": "Участники", "files": "Программа и материалы", "feedback": "Отзывы"}
"""Part → its heading in the guide."""
PERIODS = {"year": "учебный год", "month": "этот месяц", "ahead": "от сегодня", "all": "все годы"}


def _when(line: EventLine) -> str:
    if line.day is None or line.last_day in {None, line.day}:
        return line.days or "дня нет"
    first, last = ru_date(line.day), ru_date(line.last_day or line.day)
    return f"{first[:2] if first[2:] == last[2:] else first[:5]}–{last}"


def _number(line: EventLine) -> str:
    """Return the number of the activity, its first words where it has none."""
    number, _dot, rest = line.activity.partition(". ")
    return number if rest and number[:1].isdigit() else line.activity


COLUMNS = (
    Column("when", "Когда", _when, 130, sort=lambda line: (line.day or "9", line.time),
           tip=lambda line: ", ".join(part for part in (line.days, line.time) if part)),
    Column("kind", "Форма", lambda line: line.word, 88, 2, 74),
    Column("title", "Название", lambda line: line.title, 190, 10, 150, middle=True, strong=True),
    Column("state", "Состояние", lambda line: line.chip_word, 142, kind="chip", chip=lambda line: line.chip),
    Column("activity", "Пункт", _number, 56, whole="Мероприятие программы", tip=lambda line: line.activity,
           sort=lambda line: line.activity),
    Column("where", "Где", lambda line: line.where, 90, 4, 84, middle=True),
    Column("came", "Пришли", people_cell, 74, kind="number", sort=lambda line: line.came,
           tip=event_words.came_words),
    Column("connections", "Подкл.", lambda line: "" if line.connections is None else str(line.connections), 56,
           kind="number", sort=lambda line: line.connections, whole="Подключений"),
)  # fmt: skip


Test = Callable[[EventLine, date], bool]
QUICK: Mapping[str, tuple[Kind, str, Test]] = {
    "waits": ("warn", "ждут отметки", waits),
    "silent": ("warn", "без участников", lambda line, _day: line.held and not line.counted),
    "short": ("bad", "не набрано", lambda line, _day: line.held and line.reached == "no"),
    "ahead": ("info", "впереди", ahead_of),
}
"""Chips over the list: mark, word, which events on a day."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Days that the list shows; None: no end."""

    first: str | None
    last: str | None


def _read(connection: Connection, day: date, span: _Span) -> tuple[tuple[EventLine, ...], int]:
    """Return the events of a span, those without a day too, and how many there are in the file."""
    lines = events.listing(connection, day, first=span.first, last=span.last, undated=True)
    return lines, events.number(connection)


def _first_of(lines: Sequence[EventLine], day: date) -> EventLine:
    """Return the event to begin with: one that waits for its mark, else the nearest to come, else the last one."""
    waiting = [line for line in lines if waits(line, day) or (line.held and not line.counted)]
    return next(iter([*waiting, *(line for line in lines if ahead_of(line, day))]), lines[-1])


class EventsView(View):
    """«События»."""

    key = "events"
    title = "События"
    heading = "События"
    guide = ("23-события", "События")

    def __init__(self, page: ViewsPage) -> None:
        self.lines: tuple[EventLine, ...] = ()
        self._wanted: int | None = None
        self._begun = False
        self.part = LIST
        self.acts = EventActs(self)
        super().__init__(page)
        px = theme.current().px
        self.parts: dict[str, QWidget] = {}
        self.column.addLayout(self._make_switch())
        self.stack = QStackedWidget()
        self.table = self._make_table()
        self.stack.addWidget(self.table)
        self.side = EventSide(self)
        self.splitter = split(self.stack, self.side, stretch=(1, 0))
        self.splitter.setSizes([px(860), px(350)])
        self.column.addWidget(self.splitter, 1)
        self.session.year_changed.connect(self.refresh)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.printing = Button("Документы…", self.acts.papers, icon="printer")
        self.adding = Button("Новое событие…", self.acts.add, icon="plus", kind="primary")
        return self.printing, self.adding

    # --- the list --------------------------------------------------------------------------------------------------

    def _make_switch(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Что показать о событиях")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in PARTS.values():
            self.tabs.addTab(title)
        self.tabs.currentChanged.connect(lambda place: self.show_part(list(PARTS)[place]))
        self.about = ElidedLabel("", "strong")
        self.period = Combo("За какое время")
        self.period.fill([(word, key) for key, word in PERIODS.items()],
                         self.session.habits.get("events:period", "year"))  # fmt: skip
        self.period.currentIndexChanged.connect(self._other_period)
        row.addWidget(self.tabs)
        row.addWidget(self.about, 1)
        row.addWidget(self.period)
        return row

    def _make_table(self) -> DataTable:
        empty = EmptyState(
            "calendar-event", "Событий пока нет",
            "Здесь встанут семинары, вебинары, мастерские и заседания: когда, где, сколько человек пришло.",
            ("Новое событие…", self.acts.add),
        )  # fmt: skip
        table = DataTable("events", COLUMNS, lambda line: line.id, habits=self.session.habits, title="События",
                          empty=empty, searchable=True)  # fmt: skip
        table.current_changed.connect(self._chosen)
        table.activated.connect(lambda _line: self.show_part("people"))
        table.row_actions = self._row_actions
        self.chips: dict[str, ChipButton] = {}
        for key, (kind, word, _fits) in QUICK.items():
            chip = ChipButton(kind, word)
            chip.clicked.connect(lambda checked, key=key: self._quick(key, checked))
            table.lead.addWidget(chip)
            self.chips[key] = chip
        return table

    def _row_actions(self) -> list[RowAction | None]:
        return self.acts.menu()

    def _other_period(self) -> None:
        self.session.habits.put("events:period", self.period.currentData())
        self.refresh()

    def _span(self) -> _Span:
        day, year = self.session.today(), self.session.school_year
        match self.period.currentData():
            case "year":
                return _Span(*school_years.iso_days_of(year))
            case "month":
                first = day.replace(day=1)
                last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                return _Span(first.isoformat(), last.isoformat())
            case "ahead":
                return _Span(day.isoformat(), None)
            case _:
                return _Span(None, None)

    def _quick(self, key: str, checked: bool) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        fits, day = QUICK[key][2], self.session.today()
        self.table.model.set_quick((lambda line: fits(line, day)) if checked else None)

    # --- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the events anew, and the part that is shown."""
        if not self.session.desk.is_open:
            return
        self.session.read(self, self._show, _read, self.session.today(), self._span())
        self._refresh_part()

    def _show(self, found: tuple[tuple[EventLine, ...], int]) -> None:
        self.lines, total = found
        day = self.session.today()
        for key, chip in self.chips.items():
            number = sum(QUICK[key][2](line, day) for line in self.lines)
            chip.set_text(f"{QUICK[key][1]} {number}")
            chip.setVisible(number > 0)
            if not number and chip.isChecked():
                chip.setChecked(False)
                self.table.model.set_quick(None)
        self.side.setVisible(bool(self.lines))
        self.table.set_rows(self.lines)
        self._tell_empty(total)
        if self._wanted is None and not self._begun and self.lines:
            self._wanted = _first_of(self.lines, day).id
        self._begun = self._begun or bool(self.lines)
        self._choose_wanted()
        self.side.refresh()
        self._show_about()
        ahead = self.period.currentData() == "ahead"
        told = event_words.sentence(self.lines, day, None if ahead else self._span().first)
        year = f"{school_year(self.session.school_year)}: " if self.period.currentData() == "year" else ""
        self.say(f"{year}{told[:1].lower()}{told[1:]}" if year else told)
        self.enable_actions()

    def _tell_empty(self, total: int) -> None:
        if self.table.empty is None:
            return
        if total:
            self.table.empty.tell("За это время событий нет", f"В файле событий: {total}. Выберите «все годы» выше.")
        else:
            self.table.empty.tell(
                "Событий пока нет",
                "Здесь встанут семинары, вебинары, мастерские и заседания: когда, где, сколько человек пришло.",
            )
        self.table.empty.allow(not self.session.desk.read_only)

    def enable_actions(self) -> None:
        """Papers are made of a file that is open for reading, too; nothing else is."""
        self.adding.setEnabled(not self.session.desk.read_only)
        self.printing.setEnabled(bool(self.lines))

    # --- what is chosen --------------------------------------------------------------------------------------------

    @property
    def line(self) -> EventLine | None:
        """The chosen event."""
        found: EventLine | None = self.table.current()
        return found

    def _chosen(self, line: EventLine | None) -> None:
        self.side.show_event(None if line is None else line.id)
        for place, key in enumerate(PARTS):
            self.tabs.setTabEnabled(place, key == LIST or line is not None)
        if line is None and self.part != LIST:
            self.show_part(LIST)
        self._show_about()
        self._refresh_part()

    def _show_about(self) -> None:
        line = self.line
        told = "" if line is None or self.part == LIST else f"{line.title}, {line.days or 'дня нет'}"
        self.about.setText(told)

    def choose(self, key: int) -> None:
        """Put the cursor on an event, now or when it is read; one of another time brings all years."""
        self._wanted = key
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        if self._wanted is None:
            return
        if self.table.choose(self._wanted):
            self._wanted = None
        elif self.lines and all(line.id != self._wanted for line in self.lines):
            self._seek()

    def _seek(self) -> None:
        """The event lies outside the days that are shown: show all, once."""
        if self.period.currentData() != "all":
            self.period.choose("all")
        else:
            self._wanted = None

    # --- parts -----------------------------------------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show the list, or a part of the chosen event."""
        if part != LIST and self.line is None:
            part = LIST
        self.part = part
        place = list(PARTS).index(part)
        if self.tabs.currentIndex() != place:
            self.tabs.setCurrentIndex(place)
            return
        if part == LIST:
            self.stack.setCurrentWidget(self.table)
            self.table.focus_table()
        else:
            if part not in self.parts:
                self.parts[part] = self._make_part(part)
                self.stack.addWidget(self.parts[part])
            self.stack.setCurrentWidget(self.parts[part])
            self._refresh_part()
        self.period.setVisible(part == LIST)
        self._show_about()

    def _make_part(self, part: str) -> QWidget:
        from app.ui.pages import work_event_parts as made

        if part == "feedback":
            from app.ui.pages.work_event_feedback import FeedbackPane

            return FeedbackPane(self.session)
        return {"items": made.ItemsPart, "people": made.PeoplePart, "files": made.FilesPart}[part](self)

    def _refresh_part(self) -> None:
        widget, line = self.parts.get(self.part), self.line
        if widget is not None:
            widget.show_event(None if line is None else line.id)  # type: ignore[attr-defined]

    def open_payload(self, payload: object) -> None:
        """Show an event by its key, or (part, key)."""
        match payload:
            case int() as key:
                self.show_part(LIST)
                self.choose(key)
            case (str() as part, int() as key) if part in PARTS:
                self.choose(key)
                self.show_part(part)

    def help_place(self) -> tuple[str, str]:
        """Return the place of the part that is shown."""
        return self.guide[0], HELP.get(self.part, self.guide[1])

    def focus_main(self) -> None:
        """Put the keyboard into the list, or into the part that is shown."""
        if self.part == LIST:
            self.table.focus_table()
        else:
            self.parts[self.part].setFocus(Qt.FocusReason.OtherFocusReason)
