"""«Дела и даты» of the page «Сегодня»: the register of tasks, and beside it what can be done with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.analysis.working_days import WEEK, Calendar, next_due
from app.operations import tasks, workday
from app.operations.day_lines import PLACES, task_place
from app.operations.register_catalogue import REPEAT_WORDS
from app.operations.tasks import TaskCounts
from app.operations.today import DAYS, badge
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage

OPEN, ALL = "open", "all"
CARD_WIDTH = 320


class TasksView(View):
    """«Дела и даты»."""

    key = "tasks"
    title = "Дела и даты"
    heading = "Дела и даты"
    guide = ("18-сегодня", "Дела и даты")

    page: TodayPage

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        self._calendar = Calendar()
        self.pane = RegisterPane(self.session, "tasks", dict, titled=False)
        self.which = Combo("Какие дела показать")
        self.which.fill([("Не сделанные", OPEN), ("Все", ALL)], self.session.habits.get("today:tasks", OPEN))
        self.which.setMinimumWidth(theme.current().px(168))
        self.which.currentIndexChanged.connect(lambda _place: self._choose_which())
        self.pane.lead.insertWidget(0, self.which)
        self.pane.selected.connect(lambda _key: self._show_card())
        self.pane.shown.connect(lambda _table: self._shown())
        self.card = TaskCard(self)
        self.column.addLayout(beside(self.pane, self.card, stretch=(1, 0), gap=12), 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Новое дело…", lambda: self.session.go("new_task"), icon="plus", kind="primary"),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read everything anew."""
        self.enable_actions()
        self.session.read(self, self._take_calendar, workday.load)
        self.session.read(self, self._tell, tasks.counts, self.session.today())
        self.pane.refresh()

    def _take_calendar(self, found: Calendar) -> None:
        self._calendar = found

    def _tell(self, found: TaskCounts) -> None:
        if not found.open:
            self.say("Не сделанных дел нет. Впишите новое в последнюю строку таблицы")
            return
        parts = [count(found.open, "дело впереди", "дела впереди", "дел впереди")]
        parts += [f"просрочено{NBSP}{found.late}"] if found.late else []
        parts += [f"сегодня{NBSP}{found.today}"] if found.today else []
        parts += [f"за неделю ещё{NBSP}{found.week}"] if found.week else []
        self.say(" · ".join(parts))

    def open_payload(self, payload: object) -> None:
        """Put the cursor on a task."""
        if isinstance(payload, int):
            self.pane.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        self.pane.grid.setFocus()

    def _choose_which(self) -> None:
        self.session.habits.put("today:tasks", str(self.which.currentData()))
        self._hide_done()

    def _shown(self) -> None:
        self._hide_done()
        self._show_card()

    def _hide_done(self) -> None:
        """Done tasks are out of the way until they are asked for; what is being typed stays."""
        table = self.pane.table
        rows = table.rows if table is not None else {}
        for place, line in enumerate(self.pane.model.rows):
            row = rows.get(line.key)
            hidden = self.which.currentData() == OPEN and row is not None and row["done_on"] is not None
            self.pane.grid.setRowHidden(place, hidden)
        number_shown(self.pane)
        choose_first(self.pane)

    def _show_card(self) -> None:
        self.card.show_task(self.pane.row, self._calendar)


def number_shown(pane: RegisterPane) -> None:
    """Number the rows that are shown one after another: hidden ones leave no gaps."""
    number = 0
    for place, line in enumerate(pane.model.rows):
        if pane.table is not None and line.key in pane.table.rows and not pane.grid.isRowHidden(place):
            number += 1
            line.title = str(number)
    if pane.model.rows:
        pane.model.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(pane.model.rows) - 1)


def choose_first(pane: RegisterPane) -> None:
    """Say how many rows are shown; put the cursor on the first of them where it stands on none."""
    stored = [
        place for place, line in enumerate(pane.model.rows)
        if pane.table is not None and line.key in pane.table.rows
    ]  # fmt: skip
    seen = [place for place in stored if not pane.grid.isRowHidden(place)]
    if stored:
        of = f" из{NBSP}{len(stored)}" if len(seen) < len(stored) else ""
        pane.number.setText(f"показано{NBSP}{len(seen)}{of}")
    current = pane.grid.currentIndex()
    if seen and (not current.isValid() or pane.grid.isRowHidden(current.row())):
        pane.grid.setCurrentIndex(pane.model.index(seen[0], 0))


class TaskCard(Card):
    """One task: how it stands, when it comes again, what it opens, and the button that marks it."""

    def __init__(self, view: TasksView) -> None:
        super().__init__()
        self.view, self.session = view, view.session
        self._row: Mapping[str, Any] | None = None
        px = theme.current().px
        self.setFixedWidth(px(CARD_WIDTH))
        self.nothing = Label("Выберите дело: здесь будет, сколько осталось и что оно открывает.", "muted", wrap=True)
        self.text = Label("", "section", wrap=True)
        self.chips = Row()
        self.facts = Facts()
        self.place = Combo("Куда ведёт дело")
        self.place.fill([("Никуда", None), *((word, key) for key, (word, _place) in PLACES.items())])
        self.place.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.activated.connect(lambda _place: self._put_place())
        self.done = Button("Сделано", self._mark, icon="circle-check", kind="primary")
        self.again = Button("Вернуть в работу", self._reopen, icon="arrow-back-up")
        self.open = Button("Открыть", self._open)
        self.about = (self.text, self.chips, self.facts, Label("Куда ведёт", "muted"), self.place)
        self.body.addWidget(self.nothing)
        for widget in self.about:
            self.body.addWidget(widget)
        self.acts = QWidget()
        self.acts.setLayout(beside(self.done, self.again, self.open))
        self.body.addWidget(self.acts)
        self.body.addStretch(1)
        self.show_task(None, Calendar())

    def show_task(self, row: Mapping[str, Any] | None, calendar: Calendar) -> None:
        """Show another task, or how to choose one."""
        self._row = row
        self.nothing.setVisible(row is None)
        for widget in (*self.about, self.acts):
            widget.setVisible(row is not None)
        if row is None:
            return
        day = self.session.today()
        self.text.setText(row["text"] or "Дело без названия")
        while (item := self.chips.flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.chips.flow.addWidget(Chip(*state(row, day)))
        self.facts.show_facts(facts(row, day, calendar))
        self.place.choose(row["place"])
        writable = not self.session.desk.read_only
        self.done.setVisible(row["done_on"] is None)
        self.again.setVisible(row["done_on"] is not None)
        for widget in (self.done, self.again, self.place):
            widget.setEnabled(writable)
        self.open.setVisible(task_place(row)[0] != "today" or row["place"] is not None)

    def _mark(self) -> None:
        if self._row is not None:
            self.session.write(self, self._marked, tasks.mark_done, [self._row["id"]], self.session.today())

    def _marked(self, again: list[int]) -> None:
        if again:
            self.session.tell("ok", "Отмечено. Дело повторяется: следующее уже записано.")
            self.view.pane.choose(again[0])

    def _reopen(self) -> None:
        if self._row is not None:
            self.session.write(self, None, tasks.reopen, self._row["id"])

    def _put_place(self) -> None:
        if self._row is not None:
            self.session.write(self, None, tasks.put_place, self._row["id"], self.place.currentData())

    def _open(self) -> None:
        if self._row is not None:
            self.session.go(*task_place(self._row))


def state(row: Mapping[str, Any], day: date) -> tuple[Kind, str]:
    """Return the state of a task on a day: shape and word."""
    if row["done_on"] is not None:
        return "ok", f"сделано {ru_date(row['done_on'])}"
    if row["due_on"] is None:
        return "none", "без срока"
    left = (date.fromisoformat(row["due_on"]) - day).days
    if left < 0:
        return "bad", f"просрочено: {badge(left, row['due_on'])}"
    return ("warn" if left <= 3 else "none"), badge(left, row["due_on"]) if left <= 1 else f"через {count(left, *DAYS)}"


def facts(row: Mapping[str, Any], day: date, calendar: Calendar) -> list[tuple[str, str]]:
    """Return what is known of a task: its day, working days left, school breaks, when it comes again."""
    found = []
    if row["due_on"] is not None:
        due = date.fromisoformat(row["due_on"])
        found.append(("Срок", f"{ru_date(due)}, {WEEK[due.weekday()]}"))
        if row["done_on"] is None:
            if not calendar.works(due):
                why = calendar.title(due) or "выходной"
                before = ru_date(calendar.before(due))
                found.append(("Не рабочий день", f"{why}; последний рабочий перед ним — {before}"))
            if due > day:
                left = calendar.left(day, due)
                found.append(("Рабочих дней", str(left)))
            if calendar.on_break(due):
                found.append(("У школ", calendar.on_break(due).lower()))
        if row["repeat"] != "once":
            again = next_due(due, row["repeat"], max(due, day))
            told = REPEAT_WORDS[row["repeat"]]
            found.append(("Повтор", told if again is None else f"{told}; снова {ru_date(again)}"))
    if row["responsible"]:
        found.append(("Ответственный", row["responsible"]))
    if row["result"]:
        found.append(("Чем кончилось", row["result"]))
    return found
