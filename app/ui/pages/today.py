"""«Сегодня»: what is due and overdue, what to check in the data, what changed since last time, what is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.results import Coverage
from app.operations import today as operations
from app.operations.today import GROUPS, Step, Today
from app.operations.what_changed import ChangeGroup
from app.texts import NBSP, ru_date
from app.ui import theme
from app.ui.pages import lines_to_take
from app.ui.pages.base import LISTS, PAPERS, PROGRAMME, REGISTRY, RESULTS, SETTINGS, WORK
from app.ui.pages.closed_forms import with_closed
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import MOST_CHECKED, Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.coverage import CoverageGrid
from app.ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from app.operations.checks import DataProblem

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
VERBS: dict[str, str] = {
    "import_schools": "Загрузить…",
    "import_results": "Загрузить…",
    "open_list": "Открыть",
    "approve": "Открыть список",
    "print_list": "Напечатать…",
    "sign": "Подписать…",
    "fill_settings": "Вписать…",
    "open_school": "Открыть",
    "open_forms": "Открыть",
    "open_place": "Открыть",
}
PROBLEM_KINDS: dict[str, tuple[Kind, str]] = {
    "block": ("bad", "мешает"),
    "explain": ("warn", "нужно объяснение"),
    "hint": ("none", "подсказка"),
}
SHOWN_PROBLEMS = 12
STEP_BADGE = 124
FORMS = frozenset({"form_round", "form_case", "form_answer", "form_file"})
"""Tables that lines about forms are made of."""


def long_date(day: date) -> str:
    """Return «22 ноября 2026 года»."""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]} {day.year}\u00a0года"


def moment_badge(at: str, today: date) -> str:
    """Return «14:05» of today, «вчера», else «20.11»."""
    moment = datetime.fromisoformat(at).astimezone()
    match (today - moment.date()).days:
        case 0:
            return moment.strftime("%H:%M")
        case 1:
            return "вчера"
        case _ if moment.year == today.year:
            return moment.strftime("%d.%m")
        case _:
            return moment.strftime("%d.%m.%Y")


class TaskRow(QWidget):
    """A chip, a sentence with small print under it, and the button that leads there."""

    def __init__(
        self, kind: Kind, badge: str, text: str, detail: str, action: tuple[str, Callable[[], object]] | None = None,
        *, badge_width: int = 112, sentence: bool = False, second: tuple[str, Callable[[], object]] | None = None,
    ):  # fmt: skip
        super().__init__()
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(3), 0, px(3))
        row.setSpacing(px(10))
        chip = Chip(kind, badge, fill=True)
        chip.setMinimumWidth(px(badge_width))
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.text = Label(text, wrap=True)
        words.addWidget(self.text)
        if detail:
            # a place in a file is one line; a sentence has all the lines it needs
            words.addWidget(
                Label(detail, "muted", wrap=True)
                if sentence
                else ElidedLabel(detail, "muted", mode=Qt.TextElideMode.ElideMiddle)
            )
        row.addLayout(words, 1)
        for word, pressed in (one for one in (second, action) if one is not None):
            button = Button(word, pressed, kind="link")
            button.setAccessibleName(f"{word.removesuffix('…')}: {text}")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


class ListCard(Card):
    """A card with rows that scrolls where they are many."""

    def __init__(self, title: str, more: tuple[str, Callable[[], object]]) -> None:
        super().__init__(title)
        word, pressed = more
        self.more = Button(word, pressed, kind="quiet")
        self.head.addWidget(self.more)
        self.scroller = Scroller(spacing=2)
        self.body.addWidget(self.scroller, 1)

    def show_rows(self, rows: Sequence[QWidget], nothing: str, note: str = "") -> None:
        """Show other rows, or a sentence where there is none."""
        self.scroller.clear()
        self.note.setText(note)
        for row in rows:
            self.scroller.column.addWidget(row)
        if not rows:
            self.scroller.column.addWidget(Label(nothing, "muted", wrap=True))
        self.scroller.column.addStretch(1)


def _tasks(page: TodayPage) -> View:
    from app.ui.pages.today_tasks import TasksView

    return TasksView(page)


def _requests(page: TodayPage) -> View:
    from app.ui.pages.today_requests import RequestsView

    return RequestsView(page)


def _month(page: TodayPage) -> View:
    from app.ui.pages.today_month import MonthView

    return MonthView(page)


VIEWS: dict[str, tuple[str, Callable[[TodayPage], View]]] = {
    "tasks": ("Дела и даты", _tasks),
    "requests": ("Запросы", _requests),
    "month": ("Месяц", _month),
}
DUE = frozenset({
    "task", "request", "calendar_day", "school_break", "execution", "decision_document", "decision_point",
    "measuring_point", "risk_measure", "route_step", "recommendation", "attachment", "paper_text",
    "paper_event", "outgoing_paper",
})  # fmt: skip
"""Tables of the monitoring that the day is made of."""


SEEN = "today:seen"
"""Habit: file → (day of the last visit, moment from which changes are told on it, last moment it was seen)."""
MOST_SEEN = 20


class TodayPage(ViewsPage):
    """The first page."""

    name = "today"
    title = "Сегодня"
    icon = "calendar-event"
    subjects = REGISTRY | RESULTS | LISTS | PAPERS | SETTINGS | FORMS | PROGRAMME | DUE | WORK
    guide = ("18-сегодня", "День")
    first = ("day", "День")
    others = VIEWS
    switch_name = "Что показать"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        px = theme.current().px
        self._found: Today | None = None
        self._closed = with_closed(session)
        self.steps = ListCard("Сделать", ("Записать заметку…", lambda: session.go("note")))
        self.loaded = Card("Что загружено")
        self.loaded.head.addWidget(Button("Загруженные файлы", lambda: session.go("files"), kind="quiet"))
        self.grid = CoverageGrid()
        self.grid_room = Scroller()
        self.grid_room.column.addWidget(self.grid)
        self.grid_room.column.addStretch(1)
        self.loaded.body.addWidget(self.grid_room)
        self.loaded.hide()
        self.problems = ListCard("Проверить", ("Все замечания", lambda: session.go("problems")))
        self.changes = ListCard("Что изменилось", ("Журнал", lambda: session.go("history")))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(px(12))
        left.addWidget(self.steps, 5)
        left.addWidget(self.loaded, 2)
        right.addWidget(self.problems, 1)
        right.addWidget(self.changes, 1)
        room = QWidget()
        body = QHBoxLayout(room)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(12))
        body.addLayout(left, 6)
        body.addLayout(right, 5)
        self.show_body(room, self.own_actions())
        session.problems_changed.connect(self._show_problems)

    def heading(self) -> str:
        """Return the title with the date."""
        return f"Сегодня, {long_date(self.session.today())}"

    def own_actions(self) -> list[Button]:
        """Return the buttons of the header while the day is shown."""
        return [
            self.act("Сводка текстом…", lambda: self.session.go("digest"), "mail"),
            self.act("Новое дело…", lambda: self.session.go("new_task"), "plus"),
            self.act("Загрузить…", lambda: self.session.go("import"), "upload", primary=True),
        ]

    def activate(self) -> None:
        """Read anew where closed forms were shown or hidden on another page."""
        if self._closed != with_closed(self.session):
            self.mark_stale()
        super().activate()

    def open_payload(self, payload: object) -> None:
        """Show a view by its key, or (key, what it is to show)."""
        if isinstance(payload, tuple):
            view = self.show_view(str(payload[0]))
            if view is not None:
                view.open_payload(payload[1])
        else:
            self.show_view(self.first[0] if payload is None else str(payload))

    def refresh(self) -> None:
        """Read everything anew."""
        self._closed = with_closed(self.session)
        self.session.read(
            self, self._show, operations.today, self.session.today(), changes=1, closed=self._closed,
            since=seen_since(self.session),
        )  # fmt: skip
        self.session.read(self, self._show_loaded, operations.coverage)
        self.refresh_views()

    def _show(self, found: Today) -> None:
        day = self.session.today()
        self._found = found
        self._tell()
        rows: list[QWidget] = []
        for group, title in GROUPS.items():
            steps = found.of_group(group)
            if steps:
                rows += [Label(f"{title}: {len(steps)}", "strong"), *(self._step(step) for step in steps)]
        self.steps.show_rows(rows, "Всё сделано: новых дел нет.", str(len(found.steps)) if found.steps else "")
        self._show_problems()
        self.changes.heading.setText(_changes_title(found.since, day))
        self.changes.show_rows(
            [self._change(item, day) for item in found.groups],
            "Пока ничего не менялось." if found.since is None else "С прошлого раза ничего не менялось.",
        )

    def _show_problems(self) -> None:
        """Show the gravest findings as soon as the data have been checked."""
        problems = self.session.problems
        waiting = [item for item in problems or () if item.open]
        rows = [self._problem(item) for item in waiting[:SHOWN_PROBLEMS]]
        nothing = "Замечаний к данным нет." if problems is not None else self._not_checked()
        self.problems.show_rows(rows, nothing, str(len(waiting)) if waiting else "")
        self._tell()

    def _not_checked(self) -> str:
        info = self.session.info
        if info is not None and info.schools > MOST_CHECKED:
            return "Школ много: данные проверяются, когда вы открываете «Все замечания»."
        return "Проверяю данные…"

    def _tell(self) -> None:
        """Say the state of the day; of an example that it is one."""
        if self._found is None:
            return
        info = self.session.info
        told = operations.sentence(self._found, self.session.open_problems)
        if info is not None and info.demo:
            told += " · это вымышленный пример, удалить его можно в меню «Файл»"
        self.say(told)

    def _step(self, step: Step) -> TaskRow:
        verb = VERBS.get(step.action, "Открыть")
        second = None
        if step.line is not None and step.line.markable and not self.session.desk.read_only:
            key = step.line.key
            second = ("Сделано", lambda: self._mark(key))
        row = TaskRow(
            step.urgency, step.badge, step.text, step.detail, (verb, lambda: self._do(step)), sentence=True,
            second=second, badge_width=STEP_BADGE,
        )  # fmt: skip
        if step.line is not None:
            lines_to_take.put_on_row(row, self.session, step.line)
        return row

    def _mark(self, key: int) -> None:
        from app.operations import tasks

        self.session.write(self, self._marked, tasks.mark_done, [key], self.session.today())

    def _marked(self, again: list[int]) -> None:
        if again:
            self.session.tell("ok", "Отмечено. Дело повторяется: следующее уже записано.")

    def _do(self, step: Step) -> None:
        places: dict[str, tuple[str, object]] = {
            "import_schools": ("import", None),
            "import_results": ("import", None),
            "open_list": ("tab_school_list", None),
            "approve": ("tab_school_list", None),
            "print_list": ("print_list", None),
            "sign": ("register", None),
            "fill_settings": ("settings", None),
            "open_forms": ("forms", ("board", step.round_id)),
            "open_school": ("school", step.school_id) if step.school_id else ("tab_schools", None),
        }
        place, payload = step.place or places[step.action]
        self.session.go(place, payload)

    def _problem(self, item: DataProblem) -> TaskRow:
        kind, word = PROBLEM_KINDS[item.level]
        action = ("Открыть", lambda: self.session.go("problems", item.id))
        detail = "" if item.message.startswith(item.school) else item.school
        return TaskRow(kind, word, item.message, detail, action, badge_width=150)

    def _change(self, item: ChangeGroup, day: date) -> TaskRow:
        place, payload = item.place
        return TaskRow(
            "none", moment_badge(item.at, day), item.text, item.detail,
            ("Открыть", lambda: self.session.go(place, payload)), badge_width=84,
        )  # fmt: skip

    def _show_loaded(self, found: list[Coverage]) -> None:
        self.loaded.setVisible(bool(found))
        self.grid.show_coverage(found, self.session.info.schools if self.session.info else 0)
        QTimer.singleShot(0, self, self._fit_loaded)

    def _fit_loaded(self) -> None:
        """No higher than its lines need: the rest of the column belongs to what is to be done."""
        lines = self.grid.lines_height() + theme.current().px(6)
        margins = self.loaded.body.contentsMargins()
        around = margins.top() + margins.bottom() + self.loaded.body.spacing() + self.loaded.head.sizeHint().height()
        self.loaded.setMaximumHeight(lines + around + 2)


def _changes_title(since: str | None, day: date) -> str:
    """Return «Что изменилось с 20 ноября»."""
    if since is None:
        return "Что изменилось"
    seen = datetime.fromisoformat(since).astimezone().date()
    told = f"{seen.day}{NBSP}{MONTHS[seen.month - 1]}" if seen.year == day.year else ru_date(seen)
    return f"Что изменилось с{NBSP}{told}"


def seen_since(session: Session) -> str | None:
    """Return the moment up to which this person has seen the file before today; None at the first time.

    The whole day tells of the same span: what was new in the morning is still told in the evening.
    """
    day, now = session.today().isoformat(), datetime.now(UTC).isoformat(timespec="seconds")
    kept: dict[str, list[str]] = dict(session.habits.get(SEEN, {}))
    entry = kept.pop(str(session.desk.path), None)
    since = ""
    if isinstance(entry, list) and len(entry) == 3:
        since = entry[1] if entry[0] == day else entry[2]
    rest = dict(list(kept.items())[-MOST_SEEN:])
    session.habits.put(SEEN, rest | {str(session.desk.path): [day, since, now]})
    return since or None
