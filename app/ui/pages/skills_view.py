"""«Задания и умения»: tasks of a school or of all against municipality and region; below, the common difficulties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QSplitter, QStackedWidget

from app.analysis.skills import Topic, WorkKey
from app.models.organisations import School
from app.models.store import Connection
from app.operations import skill_papers, skills
from app.operations.skills import MunicipalitySkills, SchoolSkills, Sourced, TaskRow, TopicList
from app.texts import NBSP, count, percent
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, split
from app.ui.widgets.chart import ChartView
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.skill_paper import Chosen, SkillPaper

ZONE_KINDS: dict[str | None, Kind] = {"enough": "ok", "border": "warn", "deficit": "bad", None: "none"}
LOOKS = (("Таблица", "table"), ("Школы и задания", "heat"))


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: years, works of the year, own schools."""

    years: tuple[int, ...]
    year: int | None
    works: tuple[WorkKey, ...]
    schools: tuple[School, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What is shown: a school or nothing, the municipality, the common difficulties."""

    school: SchoolSkills | None
    municipality: MunicipalitySkills
    topics: TopicList

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """Return the tasks of the school, else of the municipality."""
        return self.municipality.tasks if self.school is None else self.school.tasks


def choices(connection: Connection, wanted: int | None) -> Choices:
    """Read years, the works of one of them, and the schools."""
    years = tuple(skills.years(connection))
    year = wanted if wanted in years else (years[0] if years else None)
    if year is None:
        return Choices(years, None, (), ())
    return Choices(years, year, skills.works(connection, year), skills.schools_with(connection, year))


def read(connection: Connection, year: int, school_id: int | None, work: WorkKey | None) -> Found:
    """Read everything that is shown."""
    loaded = skills.load_year(connection, year)
    mine = None if school_id is None else skills.of_school(connection, school_id, year, work=work, loaded=loaded)
    ours = skills.of_municipality(connection, year, work=work, loaded=loaded)
    return Found(mine, ours, skills.topics(connection, year, loaded=loaded))


def figure(found: Sourced | None) -> str:
    """Return «31 из 44 · 70,5 %»."""
    if found is None:
        return ""
    return f"{skills.points_text(found.value)} · {percent(found.value.points, found.value.of)}"


def tip(found: Sourced | None) -> str:
    """Say of whom a figure is and where it comes from."""
    if found is None:
        return "Нет данных"
    value = found.value
    people = count(value.participants, "участник", "участника", "участников")
    skipped = "" if value.skipped is None else f", не приступали {value.skipped}"
    restored = " Баллы восстановлены по проценту." if value.restored else ""
    return f"{found.unit}: {people}{skipped}. Откуда: {found.origin}.{restored}"


def zone_text(row: TaskRow) -> str:
    """Return «дефицит», with a mark where there are few participants."""
    return skill_papers.zone_word(row) + (f"{NBSP}*" if row.small else "")


def zone_tip(row: TaskRow) -> str:
    """Say that a small group makes nothing sure."""
    return "Мало детей, вывод ненадёжен" if row.small else ""


def _share(found: Sourced | None) -> float | None:
    return None if found is None else float(found.value.share)


def columns(*, of_school: bool, one_work: bool = False) -> tuple[Column, ...]:
    """Return the columns; that of a school is left out for the municipality, that of the work where there is one."""

    def unit(key: str, title: str, get: Callable[[TaskRow], Sourced | None]) -> Column:
        return Column(key, title, lambda row: figure(get(row)), 178, kind="number", sort=lambda row: _share(get(row)),
                      tip=lambda row: tip(get(row)))  # fmt: skip

    def above(row: TaskRow) -> str:
        return skills.difference_text(row.to_municipality if of_school else row.to_region, unit=False)

    def above_key(row: TaskRow) -> float | None:
        value = row.to_municipality if of_school else row.to_region
        return None if value is None else float(value)

    against = "муниципалитетом" if of_school else "регионом"
    return (
        *(() if one_work else (Column("work", "Работа", lambda row: row.task.work.label, 132, 1, 110, middle=True),)),
        Column("task", "№", lambda row: row.task.number, 48, strong=True),
        Column("outcome", "Что проверяет", lambda row: row.task.outcome or "", 190, 3, 130,
               tip=lambda row: row.task.outcome or "Формулировки в загруженных файлах нет"),
        Column("level", "Уровень", lambda row: row.task.level or "", 66,
               tip=lambda _row: "Б — базовый, П — повышенный, В — высокий"),
        Column("max", "Балл", lambda row: str(row.task.max_points or ""), 66, kind="number",
               sort=lambda row: row.task.max_points, tip=lambda _row: "Наибольший балл за задание"),
        *((unit("own", "Школа", lambda row: row.own),) if of_school else ()),
        unit("municipality", "Муниципалитет", lambda row: row.municipality),
        unit("region", "Регион", lambda row: row.region),
        Column("above", "Разница", above, 72, kind="number", sort=above_key,
               tip=lambda _row: f"Разница с {against}, процентных пунктов"),
        Column("zone", "Зона", zone_text, 124, kind="chip", chip=lambda row: ZONE_KINDS[row.zone],
               sort=lambda row: ("deficit", "border", "enough", None).index(row.zone), tip=zone_tip),
    )  # fmt: skip


def _schools_text(pair: tuple[Topic, TopicList]) -> str:
    topic, found = pair
    return "; ".join(found.schools[item.school_id].shown for item in topic.schools if item.school_id in found.schools)


TOPICS = (
    Column("title", "Тема", lambda pair: skills.topic_title(pair[0]), 230, 3, 190, strong=True,
           tip=lambda pair: skills.topic_title(pair[0])),
    Column("subject", "Предмет", lambda pair: pair[0].subject, 112, middle=True),
    Column("tasks", "Задания", lambda pair: skills.short_tasks(pair[0].tasks), 130,
           tip=lambda pair: skills.tasks_text(pair[0].tasks)),
    Column("points", "Баллов", lambda pair: f"{skills.points_text(pair[0].total)} · "
           f"{percent(pair[0].total.points, pair[0].total.of)}", 160, kind="number",
           sort=lambda pair: float(pair[0].total.share)),
    Column("weak", "Школ с дефицитом", lambda pair: f"{len(pair[0].schools)} из {pair[0].of_schools}", 128,
           kind="number", sort=lambda pair: len(pair[0].schools), tip=lambda pair: skills.why_common(pair[0])),
    Column("schools", "Какие школы", _schools_text, 200, 3, 140,
           tip=lambda pair: "; ".join(skills.school_words(*_pair(pair)))),
)  # fmt: skip


def _pair(pair: tuple[Topic, TopicList]) -> tuple[Topic, dict[int, School]]:
    return pair[0], dict(pair[1].schools)


class SkillsView(View):
    """Tasks above, common difficulties below."""

    key = "skills"
    title = "Задания и умения"
    heading = "Задания и умения"
    guide = ("08-мониторинг", "Задания и умения")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._turn = 0
        self._found: Found | None = None
        self._shape = (False, True)
        self._wanted: int | None = None
        px = theme.current().px
        empty = EmptyState(
            "checklist", "Здесь будет выполнение заданий",
            "Загрузите отчёты ФИС ОКО «Достижение планируемых результатов» или «Выполнение заданий»: программа "
            "сравнит школу с муниципалитетом и регионом и найдёт общие затруднения.",
            ("Загрузить отчёт…", lambda: self.session.go("import")),
        )  # fmt: skip
        self.year, self.work, self.whose = Combo("Год результатов"), Combo("Работа"), Combo("Чьи результаты")
        self.look = Combo("Как показать")
        self.look.fill(LOOKS)
        self.table = DataTable(
            "skills", columns(of_school=False, one_work=True), lambda row: (row.task.work, row.task.number),
            habits=self.session.habits, title="Задания", empty=empty, filters=True,
        )  # fmt: skip
        # over both: the table and the map have them in common; twelve views leave no room beside the switch
        self.chosen = Row(self.year, self.work, self.whose, self.look, gap=8)
        self.chosen.hide()
        self.column.addWidget(self.chosen)
        self.table.lead.addWidget(Label("Выполнение заданий", "strong"))
        self.year.currentIndexChanged.connect(lambda _i: self.refresh())
        for combo in (self.work, self.whose):
            combo.currentIndexChanged.connect(lambda _i: self._read())
        self.look.currentIndexChanged.connect(lambda _i: self._draw())
        self.table.row_actions = self._row_actions
        self.table.activated.connect(lambda _row: self._origin())
        self.small = Label("* — мало детей, вывод ненадёжен", "muted")
        self.topics = DataTable(
            "skill_topics", TOPICS, lambda pair: (pair[0].subject, skills.topic_title(pair[0])),
            habits=self.session.habits, title="Общие затруднения", filters=True,
        )  # fmt: skip
        self.topics.lead.addWidget(Label("Общие затруднения: темы для РМО и курсов", "strong"))
        self.topics.lead.addWidget(self.small)
        self.chart = ChartView(self.session, least=px(200))
        self.chart.clicked.connect(self._choose_school)
        self.column.addWidget(self._make_parts(), 1)

    def _make_parts(self) -> QSplitter:
        """Return both tables; the heat map takes the place of both."""
        px = theme.current().px
        card = Card()
        card.body.addWidget(self.chart, 1)
        self.upper = QStackedWidget()
        self.upper.addWidget(self.table)
        self.upper.addWidget(card)
        return split(self.upper, self.topics, stretch=(3, 2), sizes=(px(340), px(220)), vertical=True)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.print_topics = self.page.act("Темы для РМО…", self.show_topics, "users")
        self.print_tasks = self.page.act("Печать…", self.show_tasks, "printer", primary=True)
        return self.print_topics, self.print_tasks

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what can be chosen, then the figures."""
        self.session.read(self, self._offer, choices, self.year.currentData())

    def _offer(self, found: Choices) -> None:
        work, school = self.work.currentData(), self._wanted or self.whose.currentData()
        first = self.work.count() == 0
        self._wanted = None
        self.year.fill([(f"{year} год", year) for year in found.years], found.year)
        works: list[tuple[str, object]] = [("Все работы", None), *((work.label, work) for work in found.works)]
        self.work.fill(works, found.works[0] if first and found.works else work)
        self.whose.fill([("Все школы", None), *((item.shown, item.id) for item in found.schools)], school)
        some = found.year is not None
        for widget in (self.topics, *self.buttons):
            widget.setVisible(some)
        self.chosen.setVisible(some)
        if some:
            self._read()
        else:
            self._found = None
            self.table.set_rows([])
            self.upper.setCurrentIndex(0)
            self.say("Результатов по заданиям пока нет")

    def _read(self) -> None:
        year = self.year.currentData()
        if year is None:
            return
        self._turn += 1
        turn = self._turn
        self.session.read(
            self, lambda found: self._show(turn, found), read, int(year), self.whose.currentData(),
            self.work.currentData(),
        )  # fmt: skip

    def _show(self, turn: int, found: Found) -> None:
        if turn != self._turn:
            return
        self._found = found
        shape = (found.school is not None, self.work.currentData() is not None)
        if shape != self._shape:
            self._shape = shape
            self.table.replace_columns(columns(of_school=shape[0], one_work=shape[1]))
        self.table.set_rows(found.rows)
        self.topics.set_rows([(topic, found.topics) for topic in found.topics.topics])
        self.small.setVisible(any(row.small for row in found.rows))
        self.say(self._sentence(found))
        self._draw()

    def _sentence(self, found: Found) -> str:
        whose = "Все школы" if found.school is None else found.school.school.shown
        weak = sum(row.zone == "deficit" for row in found.rows)
        done = count(len(found.rows), "задание", "задания", "заданий")
        common = count(len(found.topics.topics), "общее затруднение", "общих затруднения", "общих затруднений")
        return f"{whose}: {done}, в зоне дефицита {weak} · по муниципалитету {common}"

    def _draw(self) -> None:
        """Show the table, or the schools and tasks of one work as a map of shades."""
        found = self._found
        heat = self.look.currentData() == "heat" and found is not None
        self.upper.setCurrentIndex(1 if heat else 0)
        self.topics.setVisible(not heat and found is not None)
        if not heat or found is None:
            return
        work = self.work.currentData()
        if work is None:
            self.chart.show_nothing("Выберите одну работу", "В каждой работе свои задания: вместе их не показать.")
        else:
            self.chart.show_chart(skill_papers.heat(found.municipality, work))

    def _choose_school(self, school_id: int) -> None:
        """A click on a school shows its tasks."""
        self.look.choose("table")
        self.whose.choose(school_id)

    def open_payload(self, payload: object) -> None:
        """Show the tasks of a school."""
        if isinstance(payload, int) and not self.whose.choose(payload):
            self._wanted = payload
            self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- acting --------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        found = self._found
        if found is None or found.school is None:
            return []
        key = found.school.school.id
        return [("Откуда это?", self._origin), ("Карточка школы", lambda: self.session.go("school", key))]

    def _origin(self) -> None:
        found = self._found
        if found is not None and found.school is not None:
            school = found.school.school
            self.session.go("origin", (school.id, school.shown, found.school.result_year))

    def show_tasks(self) -> None:
        """Show the fulfilment by task that is chosen as a paper."""
        self._print("tasks")

    def show_topics(self) -> None:
        """Show the topics as a paper."""
        self._print("topics")

    def _print(self, kind: SkillPaper) -> None:
        year = self.year.currentData()
        if year is not None:
            chosen = Chosen(kind, int(year), self.whose.currentData(), self.work.currentData())
            self.session.go("print_skills", chosen)
