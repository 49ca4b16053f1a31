"""«Мониторинг»: charts of results; execution, indicators, decisions, support and the papers behind the switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.models.records import Assessment
from app.models.store import Connection
from app.operations import result_charts
from app.operations.result_charts import KINDS, OF_SCHOOL, Choices, Kind
from app.reports.chart_table import ChartLine, lines
from app.reports.charts import ChartSpec
from app.texts import count
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.base import LISTS, PAPERS, PROGRAMME, REGISTRY, RESULTS, SETTINGS
from app.ui.pages.monitoring_scope import MonitoringScope
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo
from app.ui.widgets.chart import ChartView
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

RESULTS_VIEW = "results"


def _execution(page: MonitoringPage) -> View:
    from app.ui.pages.execution_view import ExecutionView

    return ExecutionView(page)


def _indicators(page: MonitoringPage) -> View:
    from app.ui.pages.monitoring_indicators import MonitoringIndicatorsView

    return MonitoringIndicatorsView(page)


def _dynamics(page: MonitoringPage) -> View:
    from app.ui.pages.dynamics_view import DynamicsView

    return DynamicsView(page)


def _decisions(page: MonitoringPage) -> View:
    from app.ui.pages.decisions_view import DecisionsView

    return DecisionsView(page)


def _blocks(page: MonitoringPage) -> View:
    from app.ui.pages.blocks_view import BlocksView

    return BlocksView(page)


def _support(page: MonitoringPage) -> View:
    from app.ui.pages.support_view import SupportView

    return SupportView(page)


def _route(page: MonitoringPage) -> View:
    from app.ui.pages.route_view import RouteView

    return RouteView(page)


def _cycle(page: MonitoringPage) -> View:
    from app.ui.pages.cycle_view import CycleView

    return CycleView(page)


def _notes(page: MonitoringPage) -> View:
    from app.ui.pages.notes_view import NotesView

    return NotesView(page)


def _skills(page: MonitoringPage) -> View:
    from app.ui.pages.skills_view import SkillsView

    return SkillsView(page)


def _sheets(page: MonitoringPage) -> View:
    from app.ui.pages.sheets_view import SheetsView

    return SheetsView(page)


VIEWS: dict[str, tuple[str, Callable[[MonitoringPage], View]]] = {
    "execution": ("Исполнение", _execution),
    "indicators": ("Показатели", _indicators),
    "dynamics": ("Динамика", _dynamics),
    "decisions": ("Решения", _decisions),
    "blocks": ("Основы", _blocks),
    "support": ("Поддержка", _support),
    "route": ("Маршрут", _route),
    "cycle": ("Папка", _cycle),
    "notes": ("Справки", _notes),
    "skills": ("Задания", _skills),
    "sheets": ("Листы", _sheets),
}
"""Views behind the switch. Words are short: twelve of them stand in one line."""
TOLD_EMPTY: dict[Kind, str] = {
    "dynamics": "Для этого выбора нет ни одного года с результатами.",
    "marks": "Для этого выбора нет отметок «2», «3», «4», «5» по отдельности.",
    "heat": "Для этого выбора нет результатов.",
    "journal": "Сравнение отметок с журналом приходит с отчётами ФИС ОКО. Такого отчёта для этого выбора нет.",
    "risks": "Рисковый профиль школа получает извне. Загрузите его файл на вкладке «Школы».",
    "radar": "Рисковый профиль школа получает извне. Загрузите его файл на вкладке «Школы».",
}
COLUMNS = (
    Column("series", "Ряд", lambda line: line[1].series, 190, 2, 110, middle=True, strong=True),
    Column("label", "Год или строка", lambda line: line[1].label, 150, 2, 90, middle=True),
    Column("told", "Дробь и доля", lambda line: line[1].told, 150, 1, 120),
    Column("interval", "Интервал", lambda line: line[1].interval, 110, kind="number",
           tip=lambda _line: "95-процентный интервал Уилсона"),
    Column("sample", "Выборка", lambda line: "мало детей" if line[1].small else "", 96,
           tip=lambda line: "Мало детей, вывод ненадёжен" if line[1].small else ""),
)  # fmt: skip


MONITORING = frozenset({
    "execution", "execution_school", "measuring_point", "indicator_value", "indicator_rule", "indicator_stored",
    "attachment", "decision_document", "agenda_item", "decision_point", "legal_act", "partnership",
    "partnership_event", "appointment", "network_platform", "platform_measure", "deficit", "plan_count",
    "support_line", "risk_measure", "cycle_document", "route_step", "paper_text", "recommendation", "saved_view",
    "metric_value", "organisation_tie", "course_record", "school_project", "form_case", "form_answer",
    "external_entry",
})  # fmt: skip
"""Tables whose change the views show."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown: the school (None is all of them), the work (None is the common ones), the year, the chart."""

    school_id: int | None = None
    work: Assessment | None = None
    year: int | None = None
    kind: Kind = "dynamics"


def asked(connection: Connection, chosen: Chosen) -> ChartSpec:
    """Return the chart of a choice."""
    return result_charts.chart(connection, chosen.kind, school_id=chosen.school_id, work=chosen.work, year=chosen.year)


class MonitoringPage(ViewsPage):
    """Charts of results, of a school or of all."""

    name = "monitoring"
    title = "Мониторинг"
    icon = "chart-line"
    subjects = (
        RESULTS | REGISTRY | LISTS | SETTINGS | PAPERS
        | {"external_list", "external_entry", "task_count", "school_sheet"} | PROGRAMME | MONITORING
    )  # fmt: skip
    guide = ("08-мониторинг", "Результаты")
    first = (RESULTS_VIEW, "Результаты")
    others = VIEWS
    switch_name = "Что показать"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scope = MonitoringScope(session, self)
        self._turn = 0
        self._choices: Choices | None = None
        self._wanted: object = None
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        self.empty = EmptyState(
            "chart-line", "Результатов пока нет",
            "Здесь будут графики: динамика по годам, отметки, школы и процедуры, сравнение с журналом, риски.",
            ("Загрузить результаты…", lambda: session.go("import")),
        )  # fmt: skip
        self.empty_card = Card()
        self.empty_card.body.addWidget(self.empty)
        row.addWidget(self._make_choice())
        row.addWidget(self._make_chart(), 1)
        row.addWidget(self.empty_card, 1)
        self.empty_card.hide()
        self.show_body(body, [])
        self.switch.setVisible(bool(self.others))

    def _make_choice(self) -> Card:
        px = theme.current().px
        self.choice = Card("Что показать")
        self.choice.setFixedWidth(px(248))
        self.kind = Combo("График")
        self.whose = Combo("Чьи результаты")
        self.work = Combo("Процедура")
        self.year = Combo("Год")
        for word, combo in (
            ("График", self.kind), ("Чьи результаты", self.whose), ("Процедура", self.work), ("Год", self.year),
        ):  # fmt: skip
            self.choice.body.addWidget(Label(word, "muted"))
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
            self.choice.body.addWidget(combo)
            combo.currentIndexChanged.connect(lambda _place: self.draw())
        self.kind.fill([(word, key) for key, word in KINDS.items()], self.session.habits.get("monitoring:kind", None))
        self.open_card = Button("Карточка школы", self._open_chosen, icon="school")
        self.choice.body.addWidget(self.open_card)
        self.choice.body.addStretch(1)
        return self.choice

    def _make_chart(self) -> QWidget:
        px = theme.current().px
        self.chart = ChartView(self.session, least=px(260))
        self.chart.clicked.connect(self._clicked)
        card = Card()
        card.body.addWidget(self.chart, 1)
        self.table = DataTable(
            "result-charts", COLUMNS, lambda line: line[0], habits=self.session.habits, title="Числа графика",
            empty=EmptyState("table", "Чисел нет", "Здесь встанут дроби и доли, по которым построен график."),
        )  # fmt: skip
        self.table.lead.addWidget(Label("Числа графика", "strong"))
        self.table.activated.connect(self._open_line)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setHandleWidth(px(12))
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(card)
        self.parts.addWidget(self.table)
        self.parts.setStretchFactor(0, 3)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([px(400), px(190)])
        return self.parts

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what can be chosen, then the chart."""
        self.scope.refresh()
        self.session.read(self, self._take_choices, result_charts.choices)
        self.refresh_views()

    def _take_choices(self, found: Choices) -> None:
        self._choices = found
        some = bool(found.years)
        for widget in (self.choice, self.parts):
            widget.setVisible(some)
        self.empty_card.setVisible(not some)
        self.whose.fill([("Все школы", None), *((school.shown, school.id) for school in found.schools)], self._wanted)
        self._wanted = None
        self.work.fill([("Самые частые", None), *((work.label, work) for work in found.works)])
        self.year.fill([(str(year), year) for year in found.years])
        if some:
            years = count(len(found.years), "год", "года", "лет")
            works = count(len(found.works), "процедура", "процедуры", "процедур")
            self.say(f"Результаты за {years}, {works}")
            self.draw()
        else:
            self.say("Результаты ещё не загружены")

    def chosen(self) -> Chosen:
        """Return what is chosen."""
        kind = self.kind.currentData()
        return Chosen(
            self.whose.currentData(), self.work.currentData(), self.year.currentData(),
            kind if kind in get_args(Kind) else "dynamics",
        )  # fmt: skip

    def draw(self) -> None:
        """Read the chosen chart."""
        if self._choices is None or not self._choices.years:
            return
        chosen = self.chosen()
        self.session.habits.put("monitoring:kind", chosen.kind)
        self.open_card.setEnabled(chosen.school_id is not None)
        self.work.setEnabled(chosen.kind not in OF_SCHOOL)
        # a line over years needs no year; of one work all years are shown
        self.year.setEnabled(self._of_one_year(chosen))
        # these say everything themselves and need the room; their fractions are under the mouse and in the copied data
        self.table.setVisible(chosen.kind not in {"heat", *OF_SCHOOL})
        self._turn += 1
        turn = self._turn
        if chosen.kind in OF_SCHOOL and chosen.school_id is None:
            self.table.set_rows([])
            self.chart.show_nothing("Выберите школу", "Рисковый профиль есть у школы, а не у всех школ вместе.")
            return
        self.session.read(self, lambda spec: self._show(turn, chosen, spec), asked, chosen)

    @staticmethod
    def _of_one_year(chosen: Chosen) -> bool:
        if chosen.kind == "heat":
            return chosen.school_id is None
        return chosen.kind in {"marks", "journal"} and chosen.work is None

    def _show(self, turn: int, chosen: Chosen, spec: ChartSpec) -> None:
        if turn != self._turn:
            return
        found: tuple[ChartLine, ...] = lines(spec)
        self.table.set_rows(list(enumerate(found)))
        if all(line.told == "нет данных" for line in found):
            self.chart.show_nothing("Нет данных", TOLD_EMPTY[chosen.kind])
        else:
            self.chart.show_chart(spec)

    # --- going on ----------------------------------------------------------------------------------------------------

    def _clicked(self, school_id: int) -> None:
        """A point opens its school."""
        self.session.go("school", school_id)

    def _open_line(self, numbered: tuple[int, ChartLine]) -> None:
        if numbered[1].link is not None:
            self._clicked(numbered[1].link)

    def _open_chosen(self) -> None:
        if self.whose.currentData() is not None:
            self.session.go("school", self.whose.currentData())

    def open_payload(self, payload: object) -> None:
        """Show the charts of a school, a view by its key, or (key, what it is to show)."""
        if isinstance(payload, tuple):
            view = self.show_view(str(payload[0]))
            if view is not None:
                view.open_payload(payload[1])
        elif isinstance(payload, str):
            self.show_view(payload)
        elif isinstance(payload, int):
            self.show_view(self.first[0])
            if not self.whose.choose(payload):
                self._wanted = payload
