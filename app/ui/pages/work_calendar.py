"""«Календарь» of the page «Работа»: a month or a year of everything that has a day, and the chosen day beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.analysis.calendar_month import month_step
from app.analysis.working_days import MONTHS, ahead, within
from app.models.store import Connection
from app.operations import calendar_file, calendar_items, work_calendar
from app.operations.calendar_file import CalendarFile
from app.operations.calendar_items import ALL, KIND_WORDS, CalendarItem
from app.operations.work_calendar import CalendarPage, Conflict
from app.texts import NBSP, capital, count, ru_date
from app.ui import icons, theme
from app.ui.day_line_mime import DayThing
from app.ui.pages.view import View
from app.ui.pages.work_calendar_side import DaySide
from app.ui.run import Job
from app.ui.widgets.basics import Button, Card, Combo, beside, icon_button
from app.ui.widgets.calendar_look import ICONS
from app.ui.widgets.day_drag import of_item
from app.ui.widgets.labels import Label
from app.ui.widgets.month_grid import MonthGrid
from app.ui.widgets.year_grid import YearGrid

if TYPE_CHECKING:
    from app.ui.pages.work import WorkPage

MONTH, YEAR = "month", "year"
LEGEND = f"Мелкая цифра{NBSP}— сколько записей на день, ■{NBSP}— есть просроченное. Щелчок по названию откроет месяц."
Asked = tuple[str, int, int, str, tuple[str, ...]]
Found = tuple[CalendarPage, tuple[tuple[str, str], ...]]


def _read(connection: Connection, asked: Asked, day: date) -> Found:
    """Read a month or a year and whose calendars there are, on the reader's thread."""
    mode, year, month, whose, kinds = asked
    owners = calendar_items.owners(connection)
    if whose not in {value for _word, value in owners}:
        whose = ALL  # a school or an association that is gone
    if mode == YEAR:
        return work_calendar.year(connection, day, year, whose=whose, kinds=kinds), owners
    return work_calendar.month(connection, day, year, month, whose=whose, kinds=kinds), owners


def _file(
    connection: Connection, day: date, span: tuple[date, date], whose: str, kinds: tuple[str, ...], people: bool
) -> tuple[str, CalendarFile]:
    """Make the file for other calendars on the reader's thread."""
    made = calendar_file.make(connection, day, *span, whose=whose, kinds=kinds, people=people)
    return calendar_file.file_name(connection, whose, *span), made


class CalendarView(View):
    """«Календарь»."""

    key = "calendar"
    title = "Календарь"
    heading = "Календарь"
    guide = ("27-календарь", "Календарь")

    def __init__(self, page: WorkPage) -> None:
        super().__init__(page)
        habits, px = self.session.habits, theme.current().px
        self.day = self.session.today()
        self.found: CalendarPage | None = None
        self.hidden = {str(key) for key in habits.get("calendar:hidden", [])} & KIND_WORDS.keys()
        self._wanted = ""
        self.month_grid, self.year_grid = MonthGrid(), YearGrid()
        self.side = DaySide(
            self.session,
            (
                ("Записать помощь… (Ctrl+Shift+N)", lambda: self.note_help(None)),
                ("Рабочие дни и каникулы…", lambda: self.session.go("calendar_days")),
            ),
        )
        self.column.addWidget(self._make_bar())
        self.grids = QStackedWidget()
        self.grids.addWidget(self.month_grid)
        self.grids.addWidget(self.year_grid)
        frame = Card(pad=5)
        frame.body.setContentsMargins(1, 1, 1, 1)
        frame.body.setSpacing(0)
        frame.body.addWidget(self.grids, 1)
        self.legend = Label(LEGEND, "muted")
        self.legend.setContentsMargins(px(8), px(2), px(8), px(4))
        frame.body.addWidget(self.legend)
        self.column.addLayout(beside(frame, self.side, stretch=(1, 0), gap=12), 1)
        self._connect()
        self._show_mode()

    def _make_bar(self) -> QWidget:
        px = theme.current().px
        bar = QWidget()
        self.before = icon_button("chevron-left", "Раньше (PgUp)", lambda: self.step(-1))
        self.after = icon_button("chevron-right", "Позже (PgDn)", lambda: self.step(1))
        self.today = Button("Сегодня", self.go_today)
        self.name = Label("", "section")
        self.mode = Combo("Месяц или год")
        self.mode.fill([("Месяц", MONTH), ("Год", YEAR)], self.session.habits.get("calendar:mode", MONTH))
        self.whose = Combo("Чей календарь")
        self.whose.fill([("Все календари", ALL)])
        self.whose.setMaximumWidth(px(300))
        self.kinds = Button("", self._offer_kinds, icon="filter")
        self._name_kinds()
        row = beside(self.before, self.after, self.today, self.name, QWidget(), self.mode, self.whose, self.kinds,
                     stretch=(0, 0, 0, 0, 1, 0, 0, 0))  # fmt: skip
        bar.setLayout(row)
        return bar

    def _connect(self) -> None:
        for grid in (self.month_grid, self.year_grid):
            grid.chosen.connect(self._choose)
            grid.paged.connect(self.step)
            grid.left.connect(self.show_day)
            grid.new_wanted.connect(self.new_event)
        self.month_grid.entered.connect(self._into_day)
        self.month_grid.picked.connect(self._pick)
        self.month_grid.opened.connect(self._open)
        self.month_grid.dropped.connect(self._drop)
        self.month_grid.menu_wanted.connect(self._menu)
        self.year_grid.entered.connect(self._into_month)
        agenda = self.side.agenda
        agenda.opened.connect(self._open)
        agenda.shift_wanted.connect(self.shift)
        agenda.picked.connect(lambda item: self.month_grid.pick("" if item is None else item.name))
        agenda.left.connect(self.focus_main)
        agenda.new_wanted.connect(lambda: self.new_event(self.day))
        agenda.menu_wanted.connect(self._menu)
        self.side.step_wanted.connect(self._mend)
        self.mode.currentIndexChanged.connect(lambda _place: self._change_mode())
        self.whose.currentIndexChanged.connect(lambda _place: self.refresh())

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Файл календаря…", self._offer_export, icon="download"),
            Button("Печать…", self.print_page, icon="printer"),
            Button("Новое событие…", lambda: self.new_event(self.day), icon="plus", kind="primary"),
        )

    def enable_actions(self) -> None:
        """Papers and files can be made of a file that is open for reading too."""
        may = not self.session.desk.read_only
        self.buttons[2].setEnabled(may)
        for button in self.side.asks[:1]:
            button.setEnabled(may)
        self.month_grid.writable = may

    # --- reading -------------------------------------------------------------------------------------------------

    def asked(self) -> Asked:
        """Return what is shown: month or year, whose, which kinds."""
        kinds = tuple(key for key in KIND_WORDS if key not in self.hidden)
        return str(self.mode.currentData()), self.day.year, self.day.month, str(self.whose.currentData()), kinds

    def refresh(self) -> None:
        """Read everything anew."""
        self.enable_actions()
        asked = self.asked()
        self.session.read(self, lambda found: self._show(asked, found), _read, asked, self.session.today())

    def _show(self, asked: Asked, found: Found) -> None:
        if asked != self.asked():
            return
        self.found, owners = found
        self.whose.fill(owners)
        self.name.setText(self._named())
        self.say(sentence(self.found, self._named().lower()))
        if asked[0] == YEAR:
            self.year_grid.show_page(self.found, self.day)
        else:
            self.month_grid.show_page(self.found, self.day)
        self._show_side()

    def _named(self) -> str:
        if self.mode.currentData() == YEAR:
            return f"{self.day.year}{NBSP}год"
        word = MONTHS[self.day.month - 1]
        return f"{capital(word)} {self.day.year}"

    def _show_side(self) -> None:
        if self.found is not None:
            self.side.show_day(self.found, self.day)
            if self._wanted and self.side.agenda.choose(self._wanted):
                self._wanted = ""
            self.month_grid.pick(self.side.agenda.current_name())

    # --- going about ---------------------------------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        """Show a day, in its month or year; a day beyond the calendar is shown at its edge."""
        day = within(day.year, day.month, day.day)
        moved = (day.year, day.month) != (self.day.year, self.day.month)
        if self.mode.currentData() == YEAR:
            moved = day.year != self.day.year
        self.day = day
        if moved or self.found is None:
            self.refresh()
        else:
            (self.year_grid if self.mode.currentData() == YEAR else self.month_grid).choose(day)
            self._show_side()

    def _choose(self, day: date) -> None:
        """The cursor stands on a day; one of the months beside stays where it is shown."""
        if self.found is not None and day in self.found.days:
            inside = self.found.first <= day <= self.found.last
            self.day = day if inside or self.mode.currentData() == YEAR else self.day
            self.side.show_day(self.found, day)
            self.month_grid.pick(self.side.agenda.current_name())
            if not inside:
                self.show_day(day)

    def step(self, number: int) -> None:
        """Show the month or the year so many further on."""
        self.show_day(month_step(self.day, number * (12 if self.mode.currentData() == YEAR else 1)))

    def go_today(self) -> None:
        """Show today."""
        self.show_day(self.session.today())
        self.focus_main()

    def _change_mode(self) -> None:
        self.session.habits.put("calendar:mode", str(self.mode.currentData()))
        self._show_mode()
        self.refresh()

    def _show_mode(self) -> None:
        self.grids.setCurrentIndex(1 if self.mode.currentData() == YEAR else 0)
        self.legend.setVisible(self.mode.currentData() == YEAR)

    def _into_day(self) -> None:
        if self.side.agenda.count():
            self.side.agenda.setFocus()
        else:
            self.new_event(self.day)

    def _into_month(self, day: date) -> None:
        self.day = day
        self.mode.choose(MONTH)
        self.focus_main()

    def _pick(self, name: str) -> None:
        if name:
            self.side.agenda.choose(name)

    def open_payload(self, payload: object) -> None:
        """Show a day (ISO), a day with one of its things (ISO, name), or «year»."""
        match payload:
            case (str(iso), str(name)):
                self._wanted = name
                self.mode.choose(MONTH)
                self.show_day(date.fromisoformat(iso))
            case "year" | "month":
                self.mode.choose(payload)
            case str(iso):
                self.mode.choose(MONTH)
                self.show_day(date.fromisoformat(iso))

    def help_place(self) -> tuple[str, str]:
        """Return the place of the grid that is shown."""
        return self.guide[0], "Год" if self.mode.currentData() == YEAR else self.guide[1]

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        (self.year_grid if self.mode.currentData() == YEAR else self.month_grid).setFocus()

    # --- what is shown -------------------------------------------------------------------------------------------

    def _name_kinds(self) -> None:
        shown = len(KIND_WORDS) - len(self.hidden)
        self.kinds.setText(f"Видов {shown} из {len(KIND_WORDS)}…" if self.hidden else "Все виды…")
        self.kinds.setAccessibleName("Какие виды записей показать")

    def kinds_menu(self) -> QMenu:
        """Return the menu of kinds; their pictures are the legend of the grid."""
        menu = QMenu(self)
        for key, words in KIND_WORDS.items():
            action = menu.addAction(icons.icon(ICONS[key], "muted"), words)
            action.setCheckable(True)
            action.setChecked(key not in self.hidden)
            action.toggled.connect(partial(self.show_kind, key))
        menu.addSeparator()
        menu.addAction("Показать все").triggered.connect(lambda _=False: self.show_kinds(KIND_WORDS))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _offer_kinds(self) -> None:
        self.kinds_menu().popup(self.kinds.mapToGlobal(QPoint(0, self.kinds.height())))

    def show_kind(self, key: str, shown: bool) -> None:
        """Show a kind or hide it; the choice is remembered."""
        self.show_kinds([one for one in KIND_WORDS if (shown if one == key else one not in self.hidden)])

    def show_kinds(self, keys: Iterable[str]) -> None:
        """Show these kinds alone."""
        self.hidden = set(KIND_WORDS) - set(keys)
        self.session.habits.put("calendar:hidden", sorted(self.hidden))
        self._name_kinds()
        self.refresh()

    # --- acting --------------------------------------------------------------------------------------------------

    def _open(self, item: CalendarItem) -> None:
        self.session.go(*item.opens)

    def new_event(self, day: date) -> None:
        """Open the form of a new event on a day."""
        self.session.go("event", {"date_from": ru_date(day)})

    def note_help(self, item: CalendarItem | None) -> None:
        """Open the dialog of help, with what an item of the calendar knows."""
        if item is None:
            self.session.go("new_help", {"day": ru_date(self.day)})
            return
        self.session.go("new_help", asdict(of_item(item)))

    def shift(self, item: CalendarItem, days: int) -> None:
        """Move an item by days; the cursor goes with it."""
        self.put_on(item.source, item.key, ahead(item.first, days))

    def _drop(self, thing: DayThing, day: date) -> None:
        grabbed = date.fromisoformat(thing.day) if thing.source == "event" and thing.day else None
        self.put_on(thing.source, thing.key, day, grabbed)

    def put_on(self, source: str, key: int, day: date, grabbed: date | None = None) -> None:
        """Move a thing to a day as one operation that Ctrl+Z takes back."""
        self._wanted = f"{source}:{key}"
        self.session.write(self, lambda moved: self._moved(day) if moved else None, work_calendar.move, source, key,
                           day, grabbed)  # fmt: skip

    def _moved(self, day: date) -> None:
        self.day = day
        self.refresh()

    def _mend(self, conflict: Conflict) -> None:
        if conflict.item is not None and conflict.free is not None:
            self.put_on(conflict.item.source, conflict.item.key, conflict.free)

    def item_menu(self, item: CalendarItem | None) -> QMenu:
        """Return the menu of a thing, of an empty place where there is none."""
        menu = QMenu(self)
        may = not self.session.desk.read_only
        if item is None:
            menu.addAction("Новое событие…", lambda: self.new_event(self.day)).setEnabled(may)
            menu.addAction("Записать помощь…", lambda: self.note_help(None)).setEnabled(may)
            return menu
        menu.addAction("Открыть", lambda: self._open(item))
        menu.addAction("Записать в журнал…", lambda: self.note_help(item)).setEnabled(may)
        menu.addSeparator()
        for word, days in (("На день раньше", -1), ("На день позже", 1), ("На неделю позже", 7)):
            action = menu.addAction(word, lambda days=days: self.shift(item, days))
            action.setEnabled(may and not item.fixed)
            action.setToolTip(item.fixed)
        return menu

    def _menu(self, item: CalendarItem | None, place: QPoint) -> None:
        menu = self.item_menu(item)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def export_menu(self) -> QMenu:
        """Return the choice of what goes into a file for other calendars."""
        menu = QMenu(self)
        menu.addAction("Без имён людей…", lambda: self.export(people=False))
        menu.addAction("С именами ответственных…", lambda: self.export(people=True))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _offer_export(self) -> None:
        button = self.buttons[0]
        self.export_menu().popup(button.mapToGlobal(QPoint(0, button.height())))

    def export(self, *, people: bool) -> None:
        """Make the file of the month or the year that is shown, ask where to, write it."""
        if self.found is None:
            return
        _mode, _year, _month, whose, kinds = self.asked()
        span = self.found.first, self.found.last
        self.session.read(self, self._save, _file, self.session.today(), span, whose, kinds, people)

    def _save(self, made: tuple[str, CalendarFile]) -> None:
        name, file = made
        target = self.session.dialogs.save_file("Сохранить календарь", Path(name), "Календарь (*.ics)")
        if target is None:
            return
        path = target if target.suffix.lower() == ".ics" else target.with_name(f"{target.name}.ics")

        def work(_job: Job) -> None:
            calendar_file.write(path, file)

        told = f"Сохранено: {path.name}, {count(file.number, 'запись', 'записи', 'записей')}"
        self.session.job(self, work, lambda _: self.page.message("ok", told))

    def print_page(self) -> None:
        """Open the month or the year as a paper in the centre."""
        kind = "work_calendar_year" if self.mode.currentData() == YEAR else "work_calendar_month"
        when = str(self.day.year) if self.mode.currentData() == YEAR else f"{self.day.year}-{self.day.month:02}"
        name = "year" if self.mode.currentData() == YEAR else "period"
        self.session.go("papers", (kind, {name: when, "whose": str(self.whose.currentData())}))


def sentence(page: CalendarPage, named: str) -> str:
    """Return the state in one line: «Ноябрь 2026: 14 записей, рабочих дней 20, накладок 2»."""
    inside = page.inside()
    parts = [count(len(inside), "запись", "записи", "записей") if inside else "записей нет"]
    late = sum(item.mark == "bad" for item in inside)
    if late:
        parts.append(f"просрочено{NBSP}{late}")
    parts.append(f"рабочих дней{NBSP}{page.working}")
    clash = sum(page.first <= one.day <= page.last for one in page.conflicts)
    if clash:
        parts.append(count(clash, "накладка", "накладки", "накладок"))
    return f"{capital(named)}: {', '.join(parts)}"
