"""«Мониторинг»: charts of results; execution, indicators, decisions, support and the papers behind the switch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.saved_views import SavedView
from app.operations import chart_views
from app.operations.chart_views import OF_PROGRAMME, OF_SCHOOL, ChartChoice, ChartKind, PageChoices
from app.reports.chart_table import ChartLine, lines
from app.reports.charts import ChartSpec
from app.texts import count
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.base import LISTS, PAPERS, PROGRAMME, REGISTRY, RESULTS, SETTINGS, WORK
from app.ui.pages.charts_choice import ChartsChoice
from app.ui.pages.monitoring_scope import MonitoringScope, programme_title
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, split
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
_NO_PROGRAMME = "Выберите программу и год плана: графику нужны мероприятия и показатели."
TOLD_EMPTY: dict[ChartKind, str] = {
    "dynamics": "Для этого выбора нет ни одного года с результатами.",
    "zones": "Для этого выбора нет ни одного года с результатами.",
    "marks": "Для этого выбора нет отметок «2», «3», «4», «5» по отдельности.",
    "heat": "Для этого выбора нет результатов.",
    "journal": "Сравнение отметок с журналом приходит с отчётами ФИС ОКО. Такого отчёта для этого выбора нет.",
    "risks": "Рисковый профиль школа получает извне. Загрузите его файл на вкладке «Школы».",
    "radar": "Рисковый профиль школа получает извне. Загрузите его файл на вкладке «Школы».",
    "levels": "Ни один чек-лист с уровнями ещё не заполнен.",
    "plan_fact": _NO_PROGRAMME,
    "execution": _NO_PROGRAMME,
    "money": "В плане этого года денег нет, и расход не отмечен.",
    "bullets": "У программы нет показателей на этот год.",
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


class MonitoringPage(ViewsPage):
    """Charts of results, of a school or of all."""

    name = "monitoring"
    title = "Мониторинг"
    icon = "chart-line"
    subjects = (
        RESULTS | REGISTRY | LISTS | SETTINGS | PAPERS
        | {"external_list", "external_entry", "task_count", "school_sheet"} | PROGRAMME
        | MONITORING | WORK
    )  # fmt: skip
    guide = ("08-мониторинг", "Графики")
    first = (RESULTS_VIEW, "Графики")
    others = VIEWS
    switch_name = "Что показать"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scope = MonitoringScope(session, self)
        self._turn = 0
        self._choices: PageChoices | None = None
        self._wanted: object = None
        self._wanted_view: SavedView | None = None
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        self.empty = EmptyState(
            "chart-line", "Результатов пока нет",
            "Здесь будут графики: динамика по годам, отметки, школы и процедуры, исполнение плана, показатели.",
            ("Загрузить результаты…", lambda: session.go("import")),
        )  # fmt: skip
        self.empty_card = Card()
        self.empty_card.body.addWidget(self.empty)
        acts = {"pick": self._pick, "save": self._save, "drop": self._drop, "card": self._open_chosen}
        self.choice = ChartsChoice(session, self.scope, self.draw, acts)
        self.kind, self.whose, self.work = self.choice.kind, self.choice.whose, self.choice.work
        self.year, self.since, self.open_card = self.choice.year, self.choice.since, self.choice.open_card
        self.choice.view.activated.connect(lambda _place: self._open_view())
        row.addWidget(self.choice)
        row.addWidget(self._make_chart(), 1)
        row.addWidget(self.empty_card, 1)
        self.empty_card.hide()
        self.printing = Button("Печать…", self._print, icon="printer", kind="primary")
        self.scope.changed.connect(self._scope_changed)
        self.show_body(body, [self.printing])
        self.switch.setVisible(bool(self.others))

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
        self.parts = split(card, self.table, stretch=(3, 1), sizes=(px(400), px(190)), vertical=True)
        return self.parts

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what can be chosen, then the chart."""
        self.scope.refresh()
        self.session.read(self, self._take_choices, chart_views.page_choices)
        self.refresh_views()

    def _take_choices(self, found: PageChoices) -> None:
        self._choices = found
        self.choice.offer(found, self._wanted)
        self._wanted = None
        self._show_some()
        self._tell()
        self.draw()
        self._show_wanted_view()

    def _tell(self) -> None:
        """Say in one sentence what the charts are drawn from."""
        line = self.scope.line
        if self.choice.chosen().kind in OF_PROGRAMME and line is not None:
            self.say(f"{programme_title(line)}, {self.scope.year} год плана")
            return
        found = self._choices.results if self._choices is not None else None
        if found is None or not found.years:
            self.say("Результаты ещё не загружены")
            return
        years = count(len(found.years), "год", "года", "лет")
        works = count(len(found.works), "процедура", "процедуры", "процедур")
        self.say(f"Результаты за {years}, {works}")

    def _scope_changed(self) -> None:
        """Another programme or year: its charts are drawn anew."""
        self.choice.show_scope()
        self._show_some()
        if self._choices is not None and self.choice.chosen().kind in OF_PROGRAMME:
            self.draw()

    def _show_some(self) -> bool:
        """Show the charts where there is anything to draw: results, checklists or a programme."""
        some = self._choices is not None and (self._choices.some or bool(self.scope.lines))
        for widget in (self.choice, self.parts):
            widget.setVisible(some)
        self.empty_card.setVisible(not some)
        self.printing.setEnabled(some and self.chart.spec is not None)
        return some

    def draw(self) -> None:
        """Read the chosen chart."""
        if self._choices is None or not (self._choices.some or self.scope.lines):
            return
        chosen = self.choice.chosen()
        self.session.habits.put("monitoring:kind", chosen.kind)
        self.choice.arrange(chosen)
        self._tell()
        # these say everything themselves and need the room; their fractions are under the mouse and in the copied data
        self.table.setVisible(chosen.kind not in {"heat", "bullets", *OF_SCHOOL})
        self._turn += 1
        turn = self._turn
        if chosen.kind in OF_SCHOOL and len(chosen.schools) != 1:
            self.table.set_rows([])
            self._show_nothing("Выберите школу", "Рисковый профиль есть у школы, а не у всех школ вместе.")
            return
        self.session.read(
            self, lambda spec: self._show(turn, chosen, spec), chart_views.chart, chosen, self.session.today(),
            self._edition(chosen),
        )  # fmt: skip

    def _edition(self, chosen: ChartChoice) -> int | None:
        return self.scope.programme_id if chosen.kind in OF_PROGRAMME else None

    def _show(self, turn: int, chosen: ChartChoice, spec: ChartSpec) -> None:
        if turn != self._turn:
            return
        found: tuple[ChartLine, ...] = lines(spec)
        self.table.set_rows(list(enumerate(found)))
        if all(line.told == "нет данных" for line in found):
            self._show_nothing("Нет данных", TOLD_EMPTY[chosen.kind])
        else:
            self.chart.show_chart(spec)
            self.printing.setEnabled(True)

    def _show_nothing(self, title: str, text: str) -> None:
        self.chart.show_nothing(title, text)
        self.printing.setEnabled(False)

    # --- going on ----------------------------------------------------------------------------------------------------

    def _clicked(self, school_id: int) -> None:
        """A point opens its school."""
        self.session.go("school", school_id)

    def _open_line(self, numbered: tuple[int, ChartLine]) -> None:
        if numbered[1].link is not None:
            self._clicked(numbered[1].link)

    def _open_chosen(self) -> None:
        if isinstance(self.whose.currentData(), int):
            self.session.go("school", self.whose.currentData())

    def _pick(self) -> None:
        """Choose several schools one by one."""
        from app.ui.windows.programme_pick import Ask, Thing

        if self._choices is None:
            return
        names = [Thing(school.id, school.shown) for school in self._choices.results.schools]

        def done(things: list[Thing]) -> None:
            self.choice.pick_schools(tuple(thing.key for thing in things if isinstance(thing.key, int)))

        sentence = (
            "Их результаты сложатся. С выбранной процедурой у каждой школы своя линия, не больше шести. Чтобы не "
            "выбирать каждый раз, сохраните вид."
        )
        present = frozenset[object](self.choice.chosen().schools)
        self.session.go("programme_pick", Ask("Выбрать школы", sentence, names, present, done))

    # --- saved views and printing ------------------------------------------------------------------------------------

    def _open_view(self) -> None:
        view = self.choice.view.currentData()
        self.choice.dropping.setEnabled(view is not None and not self.session.desk.read_only)
        if view is not None:
            self.session.read(self, self.choice.show_choice, chart_views.opened, view)

    def _show_wanted_view(self) -> None:
        """Show the saved view that was asked for, as soon as there is anything to choose from."""
        if self._wanted_view is not None and self._choices is not None:
            self.choice.view.choose(self._wanted_view)
            self._open_view()
            self._wanted_view = None

    def _save(self) -> None:
        chosen, present = self.choice.chosen(), self.choice.view.currentData()
        title = present.title if present is not None else self.chart.spec.title if self.chart.spec else ""
        field = Field("title", "Название", title, required=True)
        text = "Запомнятся график, школы, процедура, годы, программа. Вид с тем же названием заменится."
        said = self.session.dialogs.ask("Сохранить вид", text, [field], "Сохранить")
        if said is not None:
            self.session.write(self, None, chart_views.save, said["title"], chosen)

    def _drop(self) -> None:
        view = self.choice.view.currentData()
        if view is not None:
            self.session.write(self, None, chart_views.remove, view.title)

    def _print(self) -> None:
        chosen = self.choice.chosen()
        self.session.go("print_chart", (chosen, self._edition(chosen)))

    def open_payload(self, payload: object) -> None:
        """Show the charts of a school, a saved chart, a view by its key, or (key, what it is to show)."""
        if isinstance(payload, tuple) and isinstance(payload[1], SavedView):
            self.show_view(self.first[0])
            self._wanted_view = payload[1]
            self._show_wanted_view()
        elif isinstance(payload, tuple):
            view = self.show_view(str(payload[0]))
            if view is not None:
                view.open_payload(payload[1])
        elif isinstance(payload, str):
            self.show_view(payload)
        elif isinstance(payload, int):
            self.show_view(self.first[0])
            if not self.whose.choose(payload):
                self._wanted = payload
