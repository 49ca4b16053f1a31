"""«Дела и даты» of the page «Сегодня»: the register of tasks, and beside it what can be done with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.analysis.working_days import WEEK, Calendar, next_due
from app.operations import tasks, workday
from app.operations.day_lines import PLACES, task_place
from app.operations.register_catalogue import REPEAT_WORDS
from app.operations.tasks import TaskCounts
from app.operations.today import DAYS, badge
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.pages.today_due import CARD_WIDTH, DueView
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.today import TodayPage


class TasksView(DueView):
    """«Дела и даты»."""

    key = "tasks"
    title = "Дела и даты"
    heading = "Дела и даты"
    guide = ("18-сегодня", "Дела и даты")
    ended = "done_on"
    asks = ("Какие дела показать", "Не сделанные")

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        self._calendar = Calendar()
        self.card = TaskCard(self)
        self.put_beside(self.card)

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

    def show_card(self) -> None:
        """Show the card of the task the cursor is on."""
        self.card.show_task(self.pane.row, self._calendar)


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
        self.help = Button("Записать в журнал помощи…", self._write_help, icon="briefcase", kind="link")
        self.about = (self.text, self.chips, self.facts, Label("Куда ведёт", "muted"), self.place)
        self.body.addWidget(self.nothing)
        for widget in self.about:
            self.body.addWidget(widget)
        self.acts = QWidget()
        self.acts.setLayout(beside(self.done, self.again, self.open))
        self.body.addWidget(self.acts)
        self.body.addWidget(self.help)
        self.body.addStretch(1)
        self.show_task(None, Calendar())

    def show_task(self, row: Mapping[str, Any] | None, calendar: Calendar) -> None:
        """Show another task, or how to choose one."""
        self._row = row
        self.nothing.setVisible(row is None)
        for widget in (*self.about, self.acts, self.help):
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
        for widget in (self.done, self.again, self.place, self.help):
            widget.setEnabled(writable)
        self.open.setVisible(task_place(row)[0] != "today" or row["place"] is not None)

    def _mark(self) -> None:
        if self._row is not None:
            self.session.write(self, self._marked, tasks.mark_done, [self._row["id"]], self.session.today())

    def _marked(self, again: list[int]) -> None:
        if again:
            self.session.tell("ok", "Отмечено. Дело повторяется: следующее уже записано.")
            self.view.pane.choose(again[0])

    def _write_help(self) -> None:
        """Begin an entry of the journal of help; the task is marked as done with it."""
        if self._row is not None:
            row = self._row
            self.session.go("new_help", {
                "source": "task", "key": row["id"], "day": row["due_on"] or "", "text": row["text"] or "",
                "school_id": row["organisation_id"],
            })  # fmt: skip

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
