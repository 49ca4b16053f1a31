"""«Месяц» of the page «Сегодня»: what is due by days, and the report of the month or the quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.analysis.person_names import same_person
from app.analysis.working_days import WEEK, Period, month_of, quarter_of
from app.operations import month_papers, month_plan, month_work
from app.operations.day_lines import DayLine
from app.operations.month_plan import MonthPlan
from app.texts import NBSP, capital, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages import lines_to_take
from app.ui.pages.today_report import ReportPane
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.widgets.work_calendar import WorkCalendar

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage

Shown = tuple[DayLine, date]
"""A line and what counts as today."""
SIDE_WIDTH = 308
SERVICE = "Вся служба"


def state(shown: Shown) -> tuple[Kind, str]:
    """Return how a line stands: shape and word."""
    line, day = shown
    if line.done_on is not None:
        late = line.due is not None and line.done_on > line.due
        return ("warn" if late else "ok"), ("сделано позже" if late else "сделано")
    if not line.open:
        return "none", "закрыто"
    if line.due is not None and line.due < day.isoformat():
        return "bad", "просрочено"
    return ("warn", "сегодня") if line.due == day.isoformat() else ("none", "впереди")


def _day(shown: Shown) -> str:
    due = shown[0].due
    return "" if due is None else f"{ru_date(due)}, {WEEK_SHORT[date.fromisoformat(due).weekday()]}"


WEEK_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
COLUMNS = (
    Column("due", "Срок", _day, 116, sort=lambda shown: shown[0].due),
    Column("text", "Что", lambda shown: shown[0].text, 260, 3, 150, tip=lambda shown: shown[0].text, strong=True),
    Column("word", "Что это", lambda shown: shown[0].word, 120, 1, 84),
    Column("school", "Школа", lambda shown: shown[0].school, 140, 1, 84, middle=True),
    Column("who", "Ответственный", lambda shown: shown[0].who, 130, 1, 90),
    Column("state", "Состояние", lambda shown: state(shown)[1], 132, kind="chip", chip=lambda shown: state(shown)[0]),
)  # fmt: skip


class MonthView(View):
    """«Месяц»."""

    key = "month"
    title = "Месяц"
    heading = "План и отчёт"
    guide = ("18-сегодня", "Месяц")

    page: TodayPage

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        px = theme.current().px
        day = self.session.today()
        quarter = self.session.habits.get("today:period", "month") == "quarter"
        self.period: Period = quarter_of(day) if quarter else month_of(day)
        self.who = ""
        self._plan: MonthPlan | None = None
        self._chosen: date | None = None
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(12))
        body.addWidget(self._make_side())
        self.table = DataTable(
            "month-plan", COLUMNS, lambda shown: (shown[0].source, shown[0].key), habits=self.session.habits,
            title="План", empty=EmptyState(
                "calendar-event", "Сроков в это время нет",
                "Здесь встанут дела, запросы, мероприятия, пункты решений, замеры и шаги маршрута школ.",
                ("Новое дело…", lambda: self.session.go("new_task")),
            ),
        )  # fmt: skip
        self.table.activated.connect(self._open)
        self.table.row_actions = self._row_actions
        lines_to_take.put_on_table(self.table)
        self.about = Label("", "strong")
        self.table.lead.addWidget(self.about)
        self.whole = Button("Показать весь месяц", self._show_whole, kind="link")
        self.table.lead.addWidget(self.whole)
        self.report = ReportPane(self)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.report)
        body.addWidget(self.parts, 1)
        self.column.addLayout(body, 1)

    def _make_side(self) -> QWidget:
        px = theme.current().px
        side = Card(pad=12)
        side.setFixedWidth(px(SIDE_WIDTH))
        self.what = Combo("План или отчёт")
        self.what.fill([("План", "plan"), ("Отчёт", "report")])
        self.span = Combo("Месяц или квартал")
        self.span.fill([("Месяц", "month"), ("Квартал", "quarter")], self.period.kind)
        self.what.currentIndexChanged.connect(lambda _place: self._show_part())
        self.span.currentIndexChanged.connect(lambda _place: self._resize_period())
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.what, 1)
        head.addWidget(self.span, 1)
        side.body.addLayout(head)
        self.whose = Combo("Чья работа")
        self.whose.fill([(SERVICE, "")])
        self.whose.setToolTip("Вся служба или один методист: его сроки, помощь школам и события")
        self.whose.currentIndexChanged.connect(lambda _place: self._take_who())
        side.body.addWidget(self.whose)
        self.name = Label("", "section")
        side.body.addWidget(self.name)
        side.body.addWidget(
            Row(
                Button("Раньше", lambda: self.step(-1), icon="chevron-left"),
                Button("Позже", lambda: self.step(1), icon="chevron-right"),
                Button("Сегодня", self.go_today, kind="link"),
            )
        )
        self.calendar = WorkCalendar()
        self.calendar.chosen.connect(self._choose_day)
        self.calendar.opened.connect(self.focus_main)
        side.body.addWidget(self.calendar, 1)
        self.days = Label("", "muted", wrap=True)
        side.body.addWidget(self.days)
        side.body.addWidget(Button("Рабочие дни и каникулы…", lambda: self.session.go("calendar_days"), kind="link"))
        side.body.addStretch(0)
        return side

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Новое дело…", lambda: self.session.go("new_task"), icon="plus"),
            Button("Печать плана…", lambda: self._print("plan"), icon="printer"),
            Button("Печать отчёта…", lambda: self._print("report"), icon="report", kind="primary"),
        )

    def enable_actions(self) -> None:
        """Papers can be made of a file that is open for reading too."""
        self.buttons[0].setEnabled(not self.session.desk.read_only)

    def refresh(self) -> None:
        """Read everything anew."""
        self.enable_actions()
        wanted = self.period, self.who
        self.session.read(
            self, lambda found: self._show(wanted, found), month_plan.plan, self.period, self.session.today(),
            who=self.who,
        )  # fmt: skip
        self.session.read(self, self._offer_people, month_work.people, [self.session.desk.actor])
        self.report.refresh()

    def _offer_people(self, names: list[str]) -> None:
        """Offer the whole service, oneself and everybody who has entries; keep what is chosen."""
        own = self.session.desk.actor
        told = [(f"{name} (моя работа)" if same_person(name, own) else name, name) for name in names]
        chosen = next((name for name in names if self.who and same_person(name, self.who)), "")
        self.whose.fill([(SERVICE, ""), *told], chosen)
        self._take_who()  # the name may stand in another spelling now, or be gone from the file

    def _take_who(self) -> None:
        who = str(self.whose.currentData() or "")
        if who != self.who:
            self.who, self._chosen = who, None
            self.refresh()

    def _show(self, wanted: tuple[Period, str], found: MonthPlan) -> None:
        if wanted != (self.period, self.who):
            return
        self._plan = found
        self.name.setText(capital(found.period.title))
        self.calendar.show_plan(found, self.session.today())
        self.days.setText(_told(found))
        self.say(month_papers.sentence(found, self.session.today()))
        if self._chosen is not None and self.period.holds(self._chosen.isoformat()):
            self.calendar.choose(self._chosen)
        else:
            self._show_lines()
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """A month is no higher than its weeks need; a quarter takes what there is."""
        self.calendar.setMaximumHeight(self.calendar.lines_height())

    def _show_lines(self) -> None:
        if self._plan is None:
            return
        day = self.session.today()
        chosen = self._chosen
        if chosen is None:
            lines = [*self._plan.late, *self._plan.lines]
        else:
            lines = [line for line in self._plan.lines if line.due == chosen.isoformat()]
        self.table.set_rows([(line, day) for line in lines])
        self.whole.setVisible(chosen is not None)
        self.whole.setText("Показать весь месяц" if self.period.kind == "month" else "Показать весь квартал")
        self.about.setText("" if chosen is None else f"{ru_date(chosen)}, {WEEK[chosen.weekday()]}")
        self.about.setVisible(chosen is not None)

    # --- choosing ------------------------------------------------------------------------------------------------

    def step(self, number: int) -> None:
        """Show the period so many further on."""
        self._take_period(self.period.step(number))

    def go_today(self) -> None:
        """Show the period of today."""
        day = self.session.today()
        self._take_period(quarter_of(day) if self.period.kind == "quarter" else month_of(day))

    def _resize_period(self) -> None:
        day = self.session.today()
        base = day if self.period.holds(day.isoformat()) else self.period.first
        quarter = self.span.currentData() == "quarter"
        self.session.habits.put("today:period", "quarter" if quarter else "month")
        self._take_period(quarter_of(base) if quarter else month_of(base))

    def _take_period(self, period: Period) -> None:
        if period != self.period:
            self.period, self._chosen = period, None
            self.refresh()

    def _choose_day(self, day: date | None) -> None:
        self._chosen = day
        self._show_lines()

    def _show_whole(self) -> None:
        self.calendar.clearSelection()
        self.calendar.setCurrentIndex(self.calendar.days.index(-1, -1))
        self._choose_day(None)

    def _show_part(self) -> None:
        self.parts.setCurrentIndex(1 if self.what.currentData() == "report" else 0)

    def open_payload(self, payload: object) -> None:
        """Show the plan or the report."""
        if payload in {"plan", "report"}:
            self.what.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        if self.parts.currentIndex():
            self.report.focus_main()
        else:
            self.table.focus_table()

    # --- going on ------------------------------------------------------------------------------------------------

    def _open(self, shown: Shown) -> None:
        self.session.go(*shown[0].place)

    def _row_actions(self) -> list[RowAction | None]:
        shown = self.table.current()
        if shown is None:
            return []
        return [("Открыть", lambda: self._open(shown)), *lines_to_take.actions(self.session, shown[0])]

    def _print(self, kind: str) -> None:
        self.session.go("month_paper", (kind, self.period.key, self.who))


def _told(found: MonthPlan) -> str:
    """Return the small print under the calendar."""
    parts = [f"Рабочих дней{NBSP}{found.working}."]
    parts += [
        f"{item.title or 'Каникулы'}: с{NBSP}{ru_date(item.first)[:5]} по{NBSP}{ru_date(item.last)[:5]}."
        for item in found.breaks
    ]
    parts.append("Под числом — сколько сроков, ● — всё сделано" + (", К — каникулы." if found.breaks else "."))
    if not found.known:
        parts.append(f"Переносы выходных на {found.period.first.year}{NBSP}год впишите сами: в программе их нет.")
    return " ".join(parts)
