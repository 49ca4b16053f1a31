"""The parts of an association: members, plan, meetings, schools, topics, products, scoring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations import bodies_topics, bodies_writing
from app.operations.bodies import MEETING_WORDS, PLAN_WORDS, BodyCard, Meeting, PlanItem, Product, Score
from app.operations.bodies_topics import BodyTopic, BodyTopics
from app.texts import DASH, ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.register_pane import RegisterPane
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.work_bodies_card import BodyPanel

_TONES: dict[str, Kind] = {"planned": "info", "moved": "warn", "held": "ok", "cancelled": "none"}


class Part(QWidget):
    """One part of the panel."""

    def __init__(self, panel: BodyPanel) -> None:
        super().__init__()
        self.panel, self.session = panel, panel.session
        self.card: BodyCard | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(6))

    def refresh(self) -> None:
        """Read the part anew, where the card does not bring it."""

    def show_card(self, card: BodyCard | None) -> None:
        """Show what the card brings."""
        self.card = card

    def choose(self, key: int) -> None:
        """Put the cursor on a row."""

    @property
    def free(self) -> bool:
        """Whether something can be written."""
        return self.card is not None and not self.session.desk.read_only


class RegisterPart(Part):
    """A part that is a register."""

    def __init__(self, panel: BodyPanel, key: str, *, of_year: bool = False) -> None:
        super().__init__(panel)
        self.pane = RegisterPane(self.session, key, panel.plan_scope if of_year else panel.scope, titled=False)
        self.column.addWidget(self.pane, 1)

    def refresh(self) -> None:
        """Read the register anew."""
        self.pane.refresh()

    def choose(self, key: int) -> None:
        """Put the cursor on a row."""
        self.pane.choose(key)


class PlanPart(RegisterPart):
    """«План»: items become meetings; last year's plan is a start."""

    def __init__(self, panel: BodyPanel) -> None:
        super().__init__(panel, "body_plan", of_year=True)
        self.meeting = Button("Сделать заседанием", self.make_meeting, icon="calendar-event", kind="link")
        self.opening = Button("Открыть заседание", self.open_meeting, kind="link")
        self.copying = Button("Взять план прошлого года", self.copy_plan, icon="copy", kind="link")
        for place, button in enumerate((self.meeting, self.opening, self.copying)):
            self.pane.lead.insertWidget(self.pane.lead.count() - 1 - place, button)
        self.pane.selected.connect(lambda _key: self._tell())
        self.pane.shown.connect(lambda _table: self._tell())

    def show_card(self, card: BodyCard | None) -> None:
        """Tell of the current item how it stands; of those that a meeting has done, when."""
        super().show_card(card)
        self.pane.model.set_derived({} if card is None else {
            (one.id, "done_on"): (ru_date(one.done_on) if one.done_on else "прошло", f"Прошло заседание «{one.event}»")
            for one in card.plan if one.state == "done" and one.event_id is not None
        })  # fmt: skip
        self._tell()

    def _items(self) -> list[PlanItem]:
        known = {} if self.card is None else {one.id: one for one in self.card.plan}
        return [known[key] for key in self.pane.grid.keys() if key in known]  # noqa: SIM118 - a method, not a mapping

    def _tell(self) -> None:
        items = self._items()
        self.meeting.setEnabled(self.free and any(one.event_id is None for one in items))
        self.opening.setVisible(bool(items) and items[0].event_id is not None)
        self.copying.setVisible(self.card is not None and not self.card.plan)
        self.copying.setEnabled(self.free)
        if not items:
            self.pane.hint.setText(self.pane.register.hint if self.card is None else _of_plan(self.card.plan))
            return
        one = items[0]
        tied = f"заседание «{one.event}»" if one.event_id is not None else "заседанием не стал"
        done = f", {ru_date(one.done_on)}" if one.done_on else ""
        self.pane.hint.setText(f"Пункт: {PLAN_WORDS[one.state]}{done} · {tied}")

    def make_meeting(self) -> None:
        """Plan a meeting for every chosen item that is none yet."""
        keys = [one.id for one in self._items() if one.event_id is None]
        if keys:
            self.panel.write(None, bodies_writing.event_of, keys, actor=self.session.desk.actor)

    def open_meeting(self) -> None:
        """Open the meeting that the current item became."""
        items = self._items()
        if items and items[0].event_id is not None:
            self.session.go("work", ("events", items[0].event_id))

    def copy_plan(self) -> None:
        """Copy last year's plan into this one."""
        body, year = self.panel.body, self.session.school_year
        if body is not None:
            self.panel.write(None, bodies_writing.copy_plan, body, year - 1, year)


def _of_plan(items: Sequence[PlanItem]) -> str:
    """Say how the plan stands; the item whose meeting was held is done, too."""
    if not items:
        return "Плана на этот учебный год нет. Впишите первый пункт или возьмите прошлогодние."
    told = f"Сделано {sum(one.state == 'done' for one in items)} из {len(items)}"
    late = [one.text for one in items if one.state == "late"]
    return f"{told} · просрочено: {', '.join(f'«{text}»' for text in late)}" if late else told


def acts_of(*buttons: Button) -> list[RowAction | None]:
    """Return for the right mouse button what the buttons over a table can do now."""
    return [(button.text(), button.click) for button in buttons if button.isEnabled()]


class TablePart(Part):
    """A part that is a table with actions over it."""

    def __init__(
        self, panel: BodyPanel, name: str, columns: Sequence[Column], title: str, empty: EmptyState
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self.empty = empty
        self.table = DataTable(name, columns, lambda row: row.id, habits=self.session.habits, title=title, empty=empty)
        self.column.addWidget(self.table, 1)
        self._wanted: int | None = None

    def put(self, rows: Sequence[Any]) -> None:
        """Show rows."""
        self.table.set_rows(rows)
        self.empty.allow(self.free)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None

    def choose(self, key: int) -> None:
        """Put the cursor on a row, now or when it is read."""
        self._wanted = None if self.table.choose(key) else key

    def link(self, word: str, pressed: Callable[[], object], icon: str = "") -> Button:
        """Put an action over the table."""
        button = Button(word, pressed, icon=icon, kind="link")
        self.table.lead.addWidget(button)
        return button


# --- meetings ------------------------------------------------------------------------------------------------------


def _number(number: int | None) -> str:
    return DASH if number is None else str(number)


def _protocol(meeting: Meeting) -> str:
    if not meeting.protocol:
        return DASH
    return meeting.protocol + (f" · не исполнено\u00a0{meeting.waiting}" if meeting.waiting else "")


MEETINGS = (
    Column("day", "Когда", lambda x: ru_date(x.day) if x.day else DASH, 96, sort=lambda x: x.day or "9999"),
    Column("title", "О чём", lambda x: x.title, 190, 4, 120, strong=True, tip=lambda x: x.title),
    Column("state", "Состояние", lambda x: MEETING_WORDS[x.state], 152, kind="chip", chip=lambda x: _TONES[x.state]),
    Column("people", "Были", lambda x: _number(x.people), 58, kind="number", sort=lambda x: x.people),
    Column(
        "connections", "Подключений", lambda x: _number(x.connections), 96, kind="number", sort=lambda x: x.connections
    ),
    Column("protocol", "Протокол", _protocol, 140, 2, 96, tip=_protocol),
)


class MeetingsPart(TablePart):
    """«Заседания»."""

    def __init__(self, panel: BodyPanel) -> None:
        empty = EmptyState(
            "calendar-event", "Заседаний в этом учебном году нет",
            "Назначьте первое или сделайте заседанием пункт плана.", ("Назначить заседание…", self.ask_new),
        )  # fmt: skip
        super().__init__(panel, "body_meetings", MEETINGS, "Заседания", empty)
        self.adding = self.link("Назначить…", self.ask_new, "plus")
        self.opening = self.link("Открыть", self.open_event, "eye")
        self.minutes = self.link("Протокол…", self.protocol, "note")
        self.table.activated.connect(lambda _row: self.open_event())
        self.table.current_changed.connect(lambda _row: self._allow())
        self.table.row_actions = self._row_actions

    def show_card(self, card: BodyCard | None) -> None:
        """Show the meetings of the year."""
        super().show_card(card)
        self.put(() if card is None else card.meetings)
        self._allow()

    def _allow(self) -> None:
        row: Meeting | None = self.table.current()
        self.adding.setEnabled(self.free)
        self.opening.setEnabled(row is not None)
        # a protocol that is there can be looked at in a file open for reading, too
        self.minutes.setEnabled(row is not None and (self.free or row.document_id is not None))

    def _row_actions(self) -> list[RowAction | None]:
        return acts_of(self.adding, self.opening, self.minutes) if self.table.current() is not None else []

    def ask_new(self) -> None:
        """Ask when the next meeting is and what about."""
        from app.ui.pages.work_bodies_card import date_fault

        answer = self.session.dialogs.ask(
            "Назначить заседание", "Участников, программу и материалы впишете в событии.",
            [Field("day", "Когда", hint="26.11.2026", required=True, test=date_fault),
             Field("title", "О чём", hint="Разбор заданий, с которыми не справились"),
             Field("place", "Где", self.card.base if self.card else "")],
            "Назначить",
        )  # fmt: skip
        if answer is not None and self.panel.body is not None:
            self.panel.write(self._made, bodies_writing.add_meeting, self.panel.body, actor=self.session.desk.actor,
                             **answer)  # fmt: skip

    def _made(self, key: int) -> None:
        self._wanted = key

    def open_event(self) -> None:
        """Open the event."""
        row: Meeting | None = self.table.current()
        if row is not None:
            self.session.go("work", ("events", row.id))

    def protocol(self) -> None:
        """Open the protocol of the meeting, making it where there is none."""
        row: Meeting | None = self.table.current()
        if row is None:
            return
        if row.document_id is not None and self.session.desk.read_only:
            self._show((row.document_id, self.session.school_year))
        else:
            self.panel.write(self._show, bodies_writing.protocol, row.id)

    def _show(self, made: tuple[int, int]) -> None:
        self.session.go("monitoring", ("decisions", ("document", *made)))


# --- topics, products, scores --------------------------------------------------------------------------------------

TOPICS = (
    Column("title", "Что не получается", lambda x: x.title, 230, 5, 170, strong=True, tip=lambda x: x.title),
    Column("subject", "Предмет", lambda x: x.subject, 92, 1, 70),
    Column("tasks", "Задания", lambda x: x.tasks, 110, 2, 80, tip=lambda x: x.tasks),
    Column("schools", "Школ", lambda x: str(x.schools), 54, kind="number", sort=lambda x: x.schools,
           tip=lambda x: x.why),
    Column("mine", "Из них здесь", lambda x: str(x.mine), 90, kind="number", sort=lambda x: x.mine,
           tip=lambda x: f"Школ объединения, где с этим не справились: {x.mine}"),
)  # fmt: skip


class TopicsPart(TablePart):
    """«Темы»: common difficulties of schools, to be taken into the plan."""

    def __init__(self, panel: BodyPanel) -> None:
        empty = EmptyState("bulb", "Тем пока нет", "Здесь встанут общие затруднения школ по предмету объединения.")
        super().__init__(panel, "body_topics", TOPICS, "Темы для объединения", empty)
        self.taking = self.link("Взять в план", self.take, "plus")
        self.told = ElidedLabel("", "muted")
        self.column.addWidget(self.told)
        self.table.current_changed.connect(self._tell)
        self.table.row_actions = lambda: acts_of(self.taking)
        self.found: BodyTopics | None = None

    def show_card(self, card: BodyCard | None) -> None:
        """Read the topics of the body and its schools."""
        super().show_card(card)
        if card is not None:
            key = card.line.id
            self.session.read(
                self, lambda found: self._take(key, found), bodies_topics.topics, key, card.line.schools
            )  # fmt: skip

    def _take(self, key: int, found: BodyTopics) -> None:
        if self.panel.body != key:
            return
        self.found = found
        self.empty.tell("Тем пока нет", bodies_topics.sentence(found))
        self.put(found.lines)
        self._tell(self.table.current())

    def _tell(self, row: BodyTopic | None) -> None:
        self.taking.setEnabled(self.free and row is not None)
        if self.found is not None:
            self.told.setText(bodies_topics.sentence(self.found) if row is None else f"Почему: {row.why}.")

    def take(self) -> None:
        """Put the chosen topics into the plan."""
        rows: list[BodyTopic] = self.table.selected()
        if rows and self.panel.body is not None:
            self.panel.write(self._taken, bodies_writing.take_topics, self.panel.body, self.session.school_year,
                             [row.text for row in rows])  # fmt: skip

    def _taken(self, number: int) -> None:
        told = f"Взято в план: {number}." if number else "Эти темы в плане уже есть."
        self.session.tell("ok" if number else "info", told, ("Показать план", lambda: self.panel.show_part("plan")))


PRODUCTS = (
    Column("title", "Что сделано", lambda x: x.title, 240, 4, 150, strong=True, tip=lambda x: x.title),
    Column("author", "Автор", lambda x: x.author, 140, 2, 80, tip=lambda x: x.author),
    Column("year", "Год", lambda x: school_year(x.school_year) if x.school_year else DASH, 78,
           sort=lambda x: x.school_year or 0),
    Column("state", "Состояние", lambda x: x.state, 100),
    Column("adopted", "Внедрили", lambda x: str(x.adopted), 78, kind="number", sort=lambda x: x.adopted),
)  # fmt: skip


class ProductsPart(TablePart):
    """«Продукты»: what the body has made; the bank of practices keeps it."""

    def __init__(self, panel: BodyPanel) -> None:
        empty = EmptyState(
            "book", "Продуктов пока нет", "Сборники, разработки, памятки: они встанут и в банк практик.",
            ("Добавить продукт…", self.ask_new),
        )  # fmt: skip
        super().__init__(panel, "body_products", PRODUCTS, "Продукты", empty)
        self.adding = self.link("Добавить…", self.ask_new, "plus")
        self.opening = self.link("Открыть в банке практик", self.open_practice, "eye")
        self.table.activated.connect(lambda _row: self.open_practice())
        self.table.row_actions = lambda: acts_of(self.adding, self.opening)

    def show_card(self, card: BodyCard | None) -> None:
        """Show the products."""
        super().show_card(card)
        self.put(() if card is None else card.products)
        self.adding.setEnabled(self.free)

    def ask_new(self) -> None:
        """Ask what was made."""
        answer = self.session.dialogs.ask(
            "Новый продукт", "Подробности и файлы впишете в банке практик.",
            [Field("title", "Что сделано", hint="Сборник заданий по геометрии", required=True),
             Field("author", "Автор", ", ".join(self.card.line.heads) if self.card else "")],
            "Добавить",
        )  # fmt: skip
        if answer is not None and self.panel.body is not None:
            self.panel.write(None, bodies_writing.add_product, self.panel.body, answer["title"],
                             year=self.session.school_year, author=answer["author"])  # fmt: skip

    def open_practice(self) -> None:
        """Open the product in the bank of practices."""
        row: Product | None = self.table.current()
        if row is not None:
            self.session.go("work", ("practices", row.id))


def _points(score: Score) -> str:
    if score.points is None:
        return DASH
    return f"{score.points}\u00a0из\u00a0{score.most}" if score.most is not None else str(score.points)


SCORES = (
    Column("round", "Форма", lambda x: x.round, 230, 4, 150, strong=True, tip=lambda x: x.round),
    Column("year", "Год", lambda x: school_year(x.school_year), 78, sort=lambda x: x.school_year),
    Column("state", "Состояние", lambda x: x.state, 130, 1, 100, tip=lambda x: x.state),
    Column("points", "Баллы", _points, 86, sort=lambda x: x.points),
    Column("level", "Уровень", lambda x: x.level or DASH, 130, 2, 90, tip=lambda x: x.level),
)


class ScoresPart(TablePart):
    """«Оценка»: the scored forms of 002 with points and level."""

    def __init__(self, panel: BodyPanel) -> None:
        empty = EmptyState(
            "checklist", "Объединение ещё не оценивали",
            "Оценка РМО и методической работы: заполните форму, и баллы встанут здесь по годам.",
            ("Оценить…", panel.view.ask_score),
        )  # fmt: skip
        super().__init__(panel, "body_scores", SCORES, "Оценка", empty)
        self.adding = self.link("Оценить…", panel.view.ask_score, "plus")
        self.opening = self.link("Открыть форму", self.open_case, "eye")
        self.table.activated.connect(lambda _row: self.open_case())
        self.table.row_actions = lambda: acts_of(self.adding, self.opening)

    def show_card(self, card: BodyCard | None) -> None:
        """Show the scores."""
        super().show_card(card)
        self.put(() if card is None else card.scores)
        self.adding.setEnabled(self.free)

    def open_case(self) -> None:
        """Open the filled form."""
        row: Score | None = self.table.current()
        if row is not None:
            self.session.go("forms", ("fill", row.id))


def make(key: str, panel: BodyPanel) -> Part:
    """Return a part by its key."""
    match key:
        case "members":
            return RegisterPart(panel, "body_members")
        case "schools":
            return RegisterPart(panel, "body_schools")
        case "plan":
            return PlanPart(panel)
        case "meetings":
            return MeetingsPart(panel)
        case "topics":
            return TopicsPart(panel)
        case "products":
            return ProductsPart(panel)
        case _:
            return ScoresPart(panel)
