"""«Сроки»: the plan as a chart over time, as a calendar, as a table; dates are moved by mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.programme_dates import DIFFERS, STATE_WORDS, UNDATED, DatePlan, DateRow, Span, span_text
from app.models.store import Connection
from app.operations import papers, programme_dates, programme_edit
from app.texts import count, glue
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column, html_table, tsv
from app.ui.pages.view import View
from app.ui.run import Job
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.date_calendar import DateCalendar
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.gantt import Gantt
from app.ui.widgets.gantt_paint import kind_of
from app.ui.widgets.gantt_scale import ZOOMS
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

LOOKS = (("Диаграмма", "chart"), ("Календарь", "calendar"), ("Таблица", "table"))
CHIPS: tuple[tuple[str, Kind], ...] = (
    ("activity-outside", "warn"), ("dependency-earlier", "warn"), ("dependency-cycle", "bad"),
    ("activity-term-unread", "warn"), (DIFFERS, "warn"), (UNDATED, "none"),
)  # fmt: skip
LEGEND = ("Полоса — срок, тонкая — в течение года, ромб — один день. Пунктир — начало учебного года. "
          "Shift+стрелка двигает даты.")  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "№", lambda row: row.number, 68),
        Column("text", "Мероприятие", lambda row: row.text, 320, 4, 220, strong=True, tip=lambda row: row.named),
        Column("term", "Срок словами", lambda row: row.term, 170, 2, 110, tip=lambda row: row.term),
        Column("dates", "Даты", lambda row: row.dates, 180, 2, 160, tip=lambda row: row.dates,
               sort=lambda row: row.spans[0][0] if row.spans else None),
        Column("state", "Состояние", lambda row: row.state or "в порядке", 190, 2, 150, kind="chip", chip=kind_of,
               tip=lambda row: "\n".join(mark.reason for mark in row.marks)),
    )  # fmt: skip


def read(connection: Connection, key: int | None, today: date) -> DatePlan | None:
    """Return the dates of a programme; None where there is none."""
    return None if key is None else programme_dates.plan(connection, key, today)


class DatesView(View):
    """Dates of the plan that the page shows."""

    key = "dates"
    title = "Сроки"
    heading = "Сроки мероприятий"
    guide = ("10-программа", "Сроки")
    page: ProgrammePage

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self.plan: DatePlan | None = None
        self._turn = 0
        self._wanted: int | None = None
        self._quick: str | None = None
        self.chart = Gantt(self.session.today())
        self.chart.current_changed.connect(self._tell)
        self.chart.opened.connect(page.show_node)
        self.chart.dates_wanted.connect(self.put_dates)
        self.chart.tie_wanted.connect(self._tie)
        self.calendar = DateCalendar(self.session.today(), self.session.habits)
        self.calendar.opened.connect(page.show_node)
        self.table = DataTable(
            "programme_dates", _columns(), lambda row: row.node_id, habits=self.session.habits, title="Сроки таблицей"
        )
        self.table.activated.connect(lambda row: page.show_node(row.node_id))
        self.table.current_changed.connect(self._table_moved)
        self.table.row_actions = lambda: list(self._actions_of(self.table.current()))
        self.looks = QStackedWidget()
        self.body = QStackedWidget()
        self.body.addWidget(self._empty())
        self.body.addWidget(self._whole())
        self.column.addWidget(self.body, 1)

    # --- building ------------------------------------------------------------------------------------------------

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.copying = act("Копировать таблицей", self.copy_table, "copy")
        self.saving = act("Сохранить картинку…", self.save_picture, "download")
        self.rewriting = act("Переписать тексты", self.rewrite_all, "edit")
        self.rewriting.setToolTip("Там, где текст срока и даты расходятся, текст пишется по датам")
        return self.copying, self.saving, self.rewriting

    def _empty(self) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        self.nothing = EmptyState(
            "calendar-event", "Здесь будут сроки мероприятий",
            "Впишите мероприятия и их сроки словами, как в плане: «сентябрь – ноябрь 2026 года». Даты программа "
            "найдёт сама.", ("Открыть структуру", lambda: self.page.show_view(self.page.first[0])),
        )  # fmt: skip
        QVBoxLayout(card).addWidget(self.nothing)
        return card

    def _whole(self) -> QWidget:
        px = theme.current().px
        self.look = Combo("Как показать сроки")
        self.look.fill(list(LOOKS))
        self.look.currentIndexChanged.connect(lambda _place: self.show_look(str(self.look.currentData())))
        self.zoom = Combo("Масштаб")
        self.zoom.fill(list(ZOOMS))
        self.zoom.currentIndexChanged.connect(lambda _place: self.chart.set_zoom(self.zoom.currentData()))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(self.look)
        line.addWidget(self.zoom)
        self.chips: dict[str, ChipButton] = {}
        for key, kind in CHIPS:
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda on, key=key: self._filter(key if on else None))
            self.chips[key] = chip
            line.addWidget(chip)
        self.legend = ElidedLabel(LEGEND, "muted")
        line.addStretch(0)
        line.addWidget(self.legend, 1)
        chart = QFrame()
        chart.setProperty("card", "true")
        inside = QVBoxLayout(chart)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.chart)
        for widget in (chart, self.calendar, self.table):
            self.looks.addWidget(widget)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(line)
        column.addWidget(self.looks, 1)
        column.addWidget(self._strip())
        return whole

    def _strip(self) -> QWidget:
        """The current activity: what its text says, which dates it has, what can be done."""
        px = theme.current().px
        self.strip = QFrame()
        self.strip.setProperty("card", "true")
        self.named = ElidedLabel("", "strong")
        self.said = Label("", wrap=True)
        self.one_text = Button("Переписать текст", lambda: self._with_current(self._rewrite_row), icon="edit")
        self.dating = Button("Даты…", lambda: self._with_current(self.ask_dates), icon="calendar-event")
        self.opening = Button("Открыть в структуре", lambda: self._with_current(self._open_row), icon="sitemap")
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.named)
        words.addWidget(self.said)
        line = QHBoxLayout(self.strip)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        line.setSpacing(px(8))
        line.addLayout(words, 1)
        for button in (self.one_text, self.dating, self.opening):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return self.strip

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the dates anew."""
        self._turn += 1
        turn = self._turn
        today = self.session.today()
        self.chart.today = self.calendar.today = today
        self.session.read(self, lambda found: self._show(turn, found), read, self.page.programme_id, today)

    def _show(self, turn: int, found: DatePlan | None) -> None:
        if turn != self._turn:
            return
        self.plan = found
        self.chart.writable = self.page.writable
        there = found is not None and bool(found.activities)
        self.body.setCurrentIndex(1 if there else 0)
        for button in (self.copying, self.saving):
            button.setEnabled(there)
        if found is None or not there:
            self.rewriting.setEnabled(False)
            self.say("Мероприятий пока нет" if found is not None else "Программы в файле пока нет")
            return
        for key, chip in self.chips.items():
            number = found.count(key)
            chip.set_text(f"{STATE_WORDS[key]} {number}")
            chip.setVisible(number > 0)
        if self._quick is not None and not found.count(self._quick):
            self._quick = None
        self.rewriting.setEnabled(found.count(DIFFERS) > 0 and self.page.writable)
        dated = sum(bool(row.spans) for row in found.activities)
        total = len(found.activities)
        self.say(f"{count(total, 'мероприятие', 'мероприятия', 'мероприятий')}, с датами {dated}")
        self.calendar.show_plan(found)
        self._show_rows()
        if self._wanted is not None:
            self.chart.choose(self._wanted)
            self._wanted = None

    def _show_rows(self) -> None:
        found = self.plan
        if found is None:
            return
        for key, chip in self.chips.items():
            chip.setChecked(key == self._quick)
        rows = found.rows if self._quick is None else _only(found.rows, self._quick)
        self.chart.show_plan(found, rows)
        self.table.set_rows(row for row in rows if not row.heading)

    def _filter(self, key: str | None) -> None:
        self._quick = key
        self._show_rows()

    def _tell(self, row: DateRow | None) -> None:
        self.strip.setVisible(row is not None and not row.heading)
        self.chart.row_actions = list(self._actions_of(row))
        if row is None or row.heading:
            return
        self.named.setText(row.named)
        term = f"Срок в плане: {row.term}. " if row.term else "Срок в плане не вписан. "
        reasons = " ".join(mark.reason for mark in row.marks if mark.key != DIFFERS)
        more = "Текст и даты расходятся. " if row.marked(DIFFERS) else ""
        self.said.setText(glue(f"{term}Даты: {row.dates}. {more}{reasons}".strip()))
        self.one_text.setVisible(row.marked(DIFFERS))
        for button in (self.one_text, self.dating):
            button.setEnabled(self.page.writable)

    def _table_moved(self, row: DateRow | None) -> None:
        if row is not None and self.look.currentData() == "table":
            self.chart.choose(row.node_id or 0)

    def show_look(self, key: str) -> None:
        """Show the chart, the calendar or the table."""
        place = [name for _word, name in LOOKS].index(key)
        self.look.setCurrentIndex(place)
        self.looks.setCurrentIndex(place)
        self.zoom.setVisible(key == "chart")
        self.legend.setVisible(key == "chart")
        row = self.chart.current()
        if key == "table" and row is not None:
            self.table.choose(row.node_id)
        self.strip.setVisible(key != "calendar" and row is not None and not row.heading)

    # --- acting --------------------------------------------------------------------------------------------------

    def _actions_of(self, row: DateRow | None) -> Sequence[RowAction]:
        if row is None or row.heading or row.node_id is None:
            return ()
        found: list[RowAction] = [("Открыть в структуре", lambda: self._open_row(row))]
        if not self.page.writable:
            return found
        found.append(("Даты…", lambda: self.ask_dates(row)))
        if row.marked(DIFFERS):
            found.append(("Переписать текст срока по датам", lambda: self._rewrite_row(row)))
        numbers = {item.node_id: item.number for item in (self.plan.activities if self.plan else ())}
        for other in row.after:
            word = f"Убрать связь «после {numbers.get(other, '')}»"
            found.append((word, partial(self.session.write, self, None, programme_edit.unlink, "after", row.node_id,
                                        other)))  # fmt: skip
        return found

    def _with_current(self, run: object) -> None:
        row = self.chart.current()
        if row is not None and callable(run):
            run(row)

    def _open_row(self, row: DateRow) -> None:
        if row.node_id is not None:
            self.page.show_node(row.node_id)

    def put_dates(self, node_id: int, spans: Sequence[Span]) -> None:
        """Put the dates of an activity; the text of its term stays."""
        future = self.session.written(programme_dates.put, node_id, spans)
        if future is None:
            self.refresh()
            return
        self.session.runner.take(future, lambda _none: None, self._refused, owner=self)

    def _refused(self, error: object) -> None:
        from app.errors import UserError

        if isinstance(error, UserError):
            self.session.tell_error(error)
        self.refresh()

    def _tie(self, first: int, second: int) -> None:
        self.session.write(self, None, programme_edit.link, "after", second, first)

    def _rewrite_row(self, row: DateRow) -> None:
        self._rewrite([row])

    def rewrite_all(self) -> None:
        """Write the text of every term that says other dates anew."""
        if self.plan is not None:
            self._rewrite([row for row in self.plan.activities if row.marked(DIFFERS)])

    def _rewrite(self, rows: Sequence[DateRow]) -> None:
        keys = [row.node_id for row in rows if row.node_id is not None]
        if self.page.programme_id is not None and keys:
            self.session.write(self, self._rewritten, programme_dates.rewrite, self.page.programme_id, keys)

    def _rewritten(self, number: int) -> None:
        what = count(number, "срок переписан", "срока переписаны", "сроков переписано")
        self.session.tell("ok", f"{what} по датам. Отменить: Ctrl+Z.")

    def ask_dates(self, row: DateRow) -> None:
        """Ask for the dates of an activity: a line for each span."""
        value = "\n".join(span_text(span) for span in row.spans)
        hint = "01.09.2026–30.11.2026\n15.12.2026"
        fields = [Field("dates", "Даты, каждый срок с новой строки", value, hint, long=True, test=dates_trouble)]
        found = self.session.dialogs.ask("Даты мероприятия", row.named, fields, "Записать")
        if found is not None and row.node_id is not None:
            self.put_dates(row.node_id, typed_dates(found["dates"]))

    def copy_table(self) -> None:
        """Copy all rows with headings, as Excel and Word take them."""
        places, columns = range(self.table.model.shown), range(len(self.table.model.columns))
        table = self.table.model.as_table(list(places), list(columns))
        data = QMimeData()
        data.setText(tsv(table))
        data.setData("text/html", QByteArray(html_table(table).encode()))
        QGuiApplication.clipboard().setMimeData(data)
        self.session.tell("ok", f"Скопировано с заголовками: {count(len(places), 'строка', 'строки', 'строк')}.")

    def save_picture(self) -> None:
        """Save the chart as a picture."""
        target = self.session.dialogs.save_file("Сохранить картинку", Path("Сроки программы.png"), "Картинка (*.png)")
        if target is None:
            return
        if target.suffix.lower() != ".png":
            target = target.with_name(f"{target.name}.png")
        data = _png(self.chart.picture())

        def work(_job: Job) -> None:
            papers.write(target, data)

        self.session.job(self, work, lambda _none: self.session.tell("ok", f"Сохранено: {target.name}"))

    # --- ways in -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show an activity by its key."""
        if isinstance(payload, int):
            self.show_node(payload)

    def show_node(self, node_id: int) -> None:
        """Show a node and put the keyboard onto it."""
        self.show_look("chart")
        self._filter(None)
        if not self.chart.choose(node_id):
            self._wanted = node_id
        self.focus_main()

    def focus_main(self) -> None:
        """Put the keyboard into what is shown."""
        shown = (self.chart, self.calendar.grid, self.table.view)[self.looks.currentIndex()]
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def enable_actions(self) -> None:
        """Copying and saving need no writing."""
        self.rewriting.setEnabled(self.page.writable and self.plan is not None and self.plan.count(DIFFERS) > 0)


def _only(rows: Sequence[DateRow], key: str) -> list[DateRow]:
    """Return the activities with a mark, under their headings."""
    found: list[DateRow] = []
    heading: DateRow | None = None
    for row in rows:
        if row.heading:
            heading = row
        elif row.marked(key):
            if heading is not None:
                found.append(heading)
                heading = None
            found.append(row)
    return found


def typed_dates(text: str) -> list[Span]:
    """Return the spans that were typed, one a line. Raises ``ValueError`` where a line is none."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        first, _dash, last = line.replace("—", "–").replace(" - ", "–").replace("-", "–").partition("–")
        begin = _day(first)
        end = _day(last) if last.strip() else begin
        if end < begin:
            raise ValueError(f"«{line}»: конец раньше начала.")
        found.append((begin, end))
    return found


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise ValueError(f"«{text.strip()}» — не дата. Пишите так: 01.09.2026–30.11.2026.") from error


def dates_trouble(text: str) -> str:
    """Return what is wrong with typed dates, "" where nothing is."""
    try:
        typed_dates(text)
    except ValueError as error:
        return str(error)
    return ""


def _png(picture: QPixmap) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    buffer.close()
    return bytes(kept.data())
