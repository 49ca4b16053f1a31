"""Sections of «Поддержка» about what schools need: deficits by subject, plans, factors of risk, the self-diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.operations import support_needs, support_risks
from app.operations.register_catalogue import AUDIENCE_WORDS
from app.operations.support import Board
from app.operations.support_needs import Cell, PlanTotal
from app.operations.support_risks import FactorLine, SelfCheckLine
from app.texts import DASH, capital, count, school_year
from app.ui.item_models.table_model import Column
from app.ui.pages.support_section import Section, told
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.support_view import SupportView

TOTAL = "Всего"
TWICE = "Числа складываются по строкам: один человек может быть назван в двух строках."


@dataclass(frozen=True, slots=True)
class PivotRow:
    """One school of the pivot; ``cells`` by subject and in all."""

    key: int | None
    name: str
    cells: Mapping[str, Cell]


def _pivot_columns(subjects: tuple[str, ...]) -> tuple[Column, ...]:
    def shown(subject: str, row: PivotRow) -> str:
        cell = row.cells.get(subject)
        return "" if cell is None else cell.text

    def size(subject: str, row: PivotRow) -> int | None:
        cell = row.cells.get(subject)
        return None if cell is None else cell.people or 0

    def tip(subject: str, row: PivotRow) -> str:
        cell = row.cells.get(subject)
        if cell is None:
            return "Дефицит не записан"
        lines = count(cell.lines, "строка", "строки", "строк")
        people = "людей не считали" if cell.people is None else count(cell.people, "человек", "человека", "человек")
        return f"{lines}, {people}"

    made = [Column("school", "Школа", lambda row: row.name, 190, 2, 130, strong=True, middle=True)]
    made += [
        Column(f"subject:{subject}", subject, partial(shown, subject), 104, 1, 72, kind="number",
               sort=partial(size, subject), tip=partial(tip, subject))
        for subject in (*subjects, TOTAL)
    ]  # fmt: skip
    return tuple(made)


class DeficitsSection(Section):
    """The register of deficits; below it schools × subjects."""

    key = "deficits"
    title = "Дефициты"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.table = DataTable(
            "support-deficits", _pivot_columns(()), lambda row: row.key or 0, habits=self.session.habits,
            title="Дефициты по школам и предметам",
            empty=EmptyState("table", "Здесь встанет свод", "Впишите выше дефициты: школа, предмет, сколько человек."),
        )  # fmt: skip
        self.audience = Combo("Чьи дефициты")
        self.audience.fill([("Все", None), *((word.capitalize(), key) for key, word in AUDIENCE_WORDS.items())])
        self.audience.currentIndexChanged.connect(lambda _place: self._show_pivot())
        self.table.lead.addWidget(Label("Человек по школам и предметам", "strong"))
        self.table.lead.addWidget(self.audience)
        self.table.activated.connect(self._open_school)
        self.lay_out(self.register(), self.table)

    def _open_school(self, row: PivotRow) -> None:
        if row.key is not None:
            self.session.go("school", row.key)

    def _show_pivot(self) -> None:
        if self.board is None:
            return
        found = support_needs.pivot(self.board.deficits, self.audience.currentData())
        rows = [
            PivotRow(key, name, {subject: cell for (school, subject), cell in found.cells.items() if school == key}
                     | {TOTAL: found.by_school[key]})
            for key, name in found.schools
        ]  # fmt: skip
        self.table.replace_columns(_pivot_columns(found.subjects))
        self.table.set_rows(rows)

    def fill(self, found: Board) -> None:
        """Show the pivot and what nobody closes yet."""
        self._show_pivot()
        card = self.card
        closed = len(found.deficits) - len(found.needs)
        if found.deficits:
            kind: Kind = "warn" if found.needs else "ok"
            card.state(kind, f"есть помощь: {closed} из {len(found.deficits)}",
                       told(need.deficit.words for need in found.needs))  # fmt: skip
        if found.needs:
            card.act("Кто может помочь", lambda: self.view.show_section("support"))
        card.say("Пустая клетка — дефицит не записан. «Есть» — записан, но людей не считали.", "muted")
        card.say(TWICE, "muted")

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many deficits there are; attention where one waits for help."""
        if not found.deficits:
            return "none", "нет"
        return "warn" if found.needs else "ok", str(len(found.deficits))


def _number(value: int | None) -> str:
    return DASH if value is None else str(value)


PLAN_COLUMNS = (
    Column("kind", "Какие планы", lambda item: item.word.capitalize() if item.kind != "teacher" else
           "Планы учителей (ИППР)", 230, 2, 150, strong=True),
    Column("schools", "Школ", lambda item: str(item.schools), 70, 1, 60, kind="number"),
    Column("need", "Нуждаются", lambda item: _number(item.need), 96, 1, 84, kind="number"),
    Column("planned", "Планов", lambda item: _number(item.planned), 80, 1, 70, kind="number"),
    Column("done", "Выполнено", lambda item: _number(item.done), 96, 1, 84, kind="number"),
)  # fmt: skip


class PlansSection(Section):
    """The register of plans as counts; below it their totals."""

    key = "plans"
    title = "Планы (ИППР)"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.table = DataTable(
            "support-plans", PLAN_COLUMNS, lambda item: item.kind, habits=self.session.habits,
            title="Планы по муниципалитету", filters=False,
            empty=EmptyState("table", "Здесь встанут итоги", "Впишите выше, сколько планов у школы и сколько нужно."),
        )  # fmt: skip
        self.lay_out(self.register(), self.table, share=(340, 200))

    def fill(self, found: Board) -> None:
        """Show the totals and where plans are missing."""
        self.table.set_rows(found.plans)
        for item in found.plans:
            self._tell(item)
        self.card.say("Только числа: ни имён учителей, ни имён учеников программа не хранит.", "muted")

    def _tell(self, item: PlanTotal) -> None:
        word = capital(item.word)
        if item.short:
            self.card.state("warn", f"не хватает у школ: {len(item.short)}", f"{word}: {told(item.short)}")
        else:
            self.card.state("ok", "хватает", word)

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many plans are written; attention where they are fewer than needed."""
        if not found.plans:
            return "none", "нет"
        planned = support_needs.total(item.planned for item in found.plans)
        return "warn" if any(item.short for item in found.plans) else "ok", _number(planned)


def _measures(line: FactorLine) -> str:
    return "; ".join(item.text or "мера не записана" for item in line.measures) or DASH


def _factor_state(line: FactorLine) -> tuple[Kind, str]:
    if not line.measures:
        return ("warn", "нет меры") if line.asks else ("none", "мера не нужна")
    if any(item.late for item in line.measures):
        return "bad", "просрочена"
    if all(item.state == "done" for item in line.measures):
        return "ok", "выполнена"
    return "info", line.measures[0].word


FACTOR_COLUMNS = (
    Column("school", "Школа", lambda line: line.school, 150, 1, 110, strong=True, middle=True),
    Column("factor", "Фактор риска", lambda line: line.name, 230, 3, 160),
    Column("significance", "Значимость", lambda line: line.significance or DASH, 96),
    Column("state", "Мера", lambda line: _factor_state(line)[1], 132, kind="chip",
           chip=lambda line: _factor_state(line)[0], tip=_measures),
)  # fmt: skip


class RisksSection(Section):
    """The register of measures; below it the factors of the received profile."""

    key = "risks"
    title = "Факторы риска"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.table = DataTable(
            "support-factors", FACTOR_COLUMNS, lambda line: (line.school_id, line.code), habits=self.session.habits,
            title="Факторы риска полученного профиля",
            empty=EmptyState("list-search", "Рискового профиля в файле нет",
                             "Загрузите полученный профиль: факторы встанут здесь. Меры можно вписать и без него.",
                             ("Загрузить профиль…", lambda: self.session.go("import"))),
        )  # fmt: skip
        self.table.lead.addWidget(Label("Факторы из профиля", "strong"))
        self.begin = Button("Начать меру", self._start_chosen, icon="plus", kind="link")
        self.begin.setToolTip("Для выбранных факторов встанут строки выше: впишите в них меру")
        self.table.lead.addWidget(self.begin)
        self.table.selection_changed.connect(self._enable)
        self.lay_out(self.register(), self.table)

    def _chosen(self) -> list[tuple[int, str]]:
        rows: list[FactorLine] = self.table.selected()
        return [(row.school_id, row.code) for row in rows if not row.measures]

    def _enable(self) -> None:
        self.begin.setEnabled(self.writable and bool(self._chosen()))

    def _start_chosen(self) -> None:
        self.start(self._chosen())

    def start(self, chosen: list[tuple[int, str]]) -> None:
        """Make lines for factors."""
        if chosen:
            day = self.session.today()
            self.session.write(self, lambda _n: self.refresh(), support_risks.start, self.view.year, day, chosen)

    def fill(self, found: Board) -> None:
        """Show the factors and what asks for a measure."""
        risks, card = found.risks, self.card
        self.table.set_rows(risks.factors)
        self._enable()
        if risks.late:
            card.state("bad", f"просрочено мер: {risks.late}",
                       told(f"{item.school}: {item.factor}" for item in risks.measures if item.late))  # fmt: skip
        asking = risks.asking
        if asking:
            card.state(
                "warn", f"без меры: {len(asking)}", "Факторы с высокой и средней значимостью, по которым мер нет."
            )
            card.act("Начать меры по всем", lambda: self.start([(item.school_id, item.code) for item in asking]),
                     enabled=self.writable)  # fmt: skip
        elif risks.factors:
            card.state("ok", "по каждому значимому фактору есть мера")
        if risks.loose and risks.factors:
            card.state(
                "none", f"вне профиля: {len(risks.loose)}", told(item.factor or item.text for item in risks.loose)
            )
        if not risks.measures:
            card.say("Мера — строка реестра: фактор, что делается, кто и к какому сроку.", "muted")
        if risks.profile:
            card.say(f"Профиль: {risks.profile}, {risks.profile_year} год. Значимость пришла с профилем, программа её "
                     "не считает.", "muted")  # fmt: skip

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many measures there are; what is late is bad."""
        risks = found.risks
        if risks.late:
            return "bad", str(len(risks.measures))
        if risks.asking:
            return "warn", str(len(risks.measures))
        return ("ok", str(len(risks.measures))) if risks.measures else ("none", "нет")


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """One direction of a school's self-diagnosis."""

    name: str
    values: Mapping[int, str]


class SelfCheckSection(Section):
    """«Школа Минпросвещения»: levels of all schools by year, directions of one school below."""

    key = "self_check"
    title = "Школа Минпросвещения"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.table = DataTable(
            "support-levels", (Column("school", "Школа", lambda line: line.school, 190, 2, 130),),
            lambda line: line.school_id, habits=self.session.habits, title="Уровни школ по годам",
            empty=EmptyState("school", "Школ в файле нет", "Добавьте школы: здесь встанут уровни их самодиагностики."),
        )  # fmt: skip
        self.table.lead.addWidget(Label("Уровни по учебным годам", "strong"))
        self.table.current_changed.connect(self._ask_directions)
        self.table.activated.connect(lambda line: self.session.go("school", line.school_id))
        self.directions = DataTable(
            "support-directions", (Column("name", "Направление", lambda row: row.name, 220, 2, 140),),
            lambda row: row.name, habits=self.session.habits, title="Направления школы по годам", filters=False,
            empty=EmptyState("table", "По направлениям данных нет", "Внесите баллы школы: они встанут здесь по годам."),
        )  # fmt: skip
        self.lay_out(self.table, self.directions)

    def school_id(self) -> int | None:
        """Return the school whose line is current."""
        line: SelfCheckLine | None = self.table.current()
        return None if line is None else line.school_id

    def choose_school(self, school: int) -> None:
        """Put the cursor on a school."""
        self.wanted = school
        self.table.choose(school)

    def fill(self, found: Board) -> None:
        """Show levels by year and how many schools have one."""
        check, card = found.self_check, self.card

        def level(year: int, line: SelfCheckLine) -> str:
            return line.levels.get(year) or line.totals.get(year) or DASH

        def whole(year: int, line: SelfCheckLine) -> str:
            told = [part for part in (line.levels.get(year), line.totals.get(year)) if part]
            return ", ".join(told) or "нет данных"

        years = [
            Column(f"year:{year}", school_year(year), partial(level, year), 150, 1, 96, tip=partial(whole, year))
            for year in check.years
        ]  # fmt: skip
        school = Column("school", "Школа", lambda line: line.school, 190, 2, 130, strong=True, middle=True)
        self.table.replace_columns((school, *years))
        first = self.table.current() is None
        self.table.set_rows(check.lines)
        known = next((line.school_id for line in check.lines if line.levels or line.totals), None)
        wanted, self.wanted = self.wanted, None
        if wanted is not None or (first and known is not None):
            self.table.choose(wanted or known)
        last = check.years[-1]
        kind: Kind = "ok" if check.known == len(check.lines) and check.lines else "none"
        if check.lines:
            card.state(kind, f"есть за {school_year(last)}: {check.known} из {len(check.lines)}")
        card.say(
            "Уровень и баллы — как их выдала самодиагностика. Программа их не считает и не сравнивает школы.", "muted"
        )
        card.act("Внести показатели", self._to_metrics)
        self._ask_directions(self.table.current())

    def _to_metrics(self) -> None:
        school = self.school_id()
        if school is None:
            self.session.go("schools_view", "metrics")
        else:
            self.session.go("metric", (school, self.view.year, support_risks.LEVEL))

    def _ask_directions(self, line: SelfCheckLine | None) -> None:
        if line is None:
            self.directions.set_rows([])
        else:
            self.session.read(self, partial(self._show_directions, line.school_id), support_risks.directions,
                              line.school_id, self.view.year)  # fmt: skip

    def _show_directions(self, school: int, found: dict[str, dict[int, str]]) -> None:
        if self.board is None or school != self.school_id():
            return

        def value(year: int, row: DirectionRow) -> str:
            return row.values.get(year, DASH)

        years = [Column(f"year:{year}", school_year(year), partial(value, year), 156, 1, 130, tip=partial(value, year))
                 for year in self.board.self_check.years]  # fmt: skip
        name = Column("name", "Направление", lambda row: row.name, 160, 1, 120, strong=True)
        self.directions.replace_columns((name, *years))
        self.directions.set_rows([DirectionRow(word, values) for word, values in found.items()])

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return of how many schools something is known this year."""
        known = found.self_check.known
        return ("ok" if known == len(found.self_check.lines) else "info", str(known)) if known else ("none", "нет")
