"""«Динамика» of the monitoring: results over the years, and supported schools beside similar ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.analysis import dynamics_words as words
from app.analysis.dynamics import Comparison, Twin
from app.errors import UserError
from app.models.records import PROCEDURES
from app.models.store import Connection
from app.operations import dynamics, dynamics_papers
from app.operations.dynamics import DynamicsLine, DynamicsTable, SupportTable, Works
from app.operations.result_charts import threshold
from app.texts import DASH, NBSP, count, percent
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.dynamics_card import DynamicsCard, change_text, chip
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Combo, beside, split
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

Mode = Literal["schools", "groups", "support"]
MODES: dict[Mode, str] = {"schools": "Школы", "groups": "Муниципалитет и группы", "support": "С поддержкой и без"}
PERIODS = ((3, "за 3 года"), (4, "за 4 года"), (5, "за 5 лет"))


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: one of the two, the years that can be chosen, the rule's threshold."""

    years: tuple[int, ...]
    table: DynamicsTable | None = None
    support: SupportTable | None = None
    threshold: tuple[int, int] | None = None
    trouble: str = ""


def read(connection: Connection, mode: Mode, year: int | None, period: int, works: Works) -> Found:
    """Read what a mode shows; what is missing is said, not raised."""
    years = dynamics.year_choice(connection)
    year = year if year in years else None
    if not years:
        return Found(())
    table = dynamics.table(connection, year, period, works=works)
    support, trouble = None, ""
    if mode == "support":
        try:
            support = dynamics.supported_against_similar(connection, year, works=works)
        except UserError as error:
            trouble = f"{error.what} {error.cure}"
    return Found(years, table, support, threshold(connection), trouble)


def _fraction(line: DynamicsLine, year: int) -> str:
    tally = line.counts.get(year)
    return DASH if tally is None else percent(tally.below, tally.of)


def _fraction_tip(line: DynamicsLine, year: int) -> str:
    tally = line.counts.get(year)
    if tally is None:
        return "Нет данных. Это не ноль."
    interval = tally.interval
    return f"{words.fraction(tally)}" + (f" (интервал {interval.text()})" if interval else "")


def _share(line: DynamicsLine, year: int) -> float | None:
    tally = line.counts.get(year)
    return None if tally is None else float(tally.share)


def _change(found: Comparison | None) -> float | None:
    return None if found is None or found.change is None else float(found.change)


def _interval(line: DynamicsLine) -> str:
    bounds = None if line.change is None else line.change.bounds
    return DASH if bounds is None else f"{words.tenth(bounds.low)} до{NBSP}{words.tenth(bounds.high)}"


def _marks(line: DynamicsLine) -> str:
    if line.change is None:
        return ""
    return "; ".join(words.MARK_WORDS[mark] for mark in line.change.marks) or "можно"


def _marks_tip(line: DynamicsLine) -> str:
    if line.change is None:
        return "Нет двух лет с результатами"
    return " ".join(words.marks(line.change)) or "Те же работы, участников почти столько же"


def _name(line: DynamicsLine) -> str:
    return f"{line.name} ({line.note})" if line.note else line.name


def columns(years: Sequence[int], *, schools: bool) -> tuple[Column, ...]:
    """Return the columns: a column a year, changes with the interval, the verdict, what stands against it."""

    def year_column(year: int) -> Column:
        return Column(f"y{year}", str(year), lambda line: _fraction(line, year), 60, kind="number",
                      sort=lambda line: _share(line, year), tip=lambda line: _fraction_tip(line, year))  # fmt: skip

    first = "Школа" if schools else "Чьи результаты"
    return (
        Column("name", first, _name, 150, 3, 112, middle=True, strong=True),
        *(year_column(year) for year in years),
        Column("year_change", "За год", lambda line: change_text(line.year_change), 58, kind="number",
               sort=lambda line: _change(line.year_change),
               tip=lambda line: "" if line.year_change is None else words.answer(line.year_change)),
        Column("change", "За срок", lambda line: change_text(line.change), 64, kind="number",
               sort=lambda line: _change(line.change),
               tip=lambda line: "" if line.change is None else words.answer(line.change)),
        Column("interval", "Интервал", _interval, 118, kind="number", sort=lambda line: _change(line.change),
               tip=lambda _line: "95-процентный интервал изменения за срок, процентных пунктов (Ньюкомб)"),
        Column("verdict", "Динамика", lambda line: chip(line.change)[1], 130, kind="chip",
               chip=lambda line: chip(line.change)[0], sort=_order,
               tip=lambda line: "" if line.change is None else words.VERDICT_MEANING[line.change.verdict]),
        Column("marks", "Сравнимость", _marks, 104, 1, 70, tip=_marks_tip),
    )  # fmt: skip


def _order(line: DynamicsLine) -> int:
    order = list(words.VERDICT_WORDS)
    return len(order) if line.change is None else order.index(line.change.verdict)


def _tallies(found: Comparison) -> str:
    shares = (percent(tally.below, tally.of) for tally in (found.before, found.after))
    return " → ".join(shares)


def pair_columns() -> tuple[Column, ...]:
    """Return the columns of the pairs; a row is (pair, table)."""

    def pair(row: Any) -> Twin:
        found: Twin = row[0]
        return found

    return (
        Column("mine", "С поддержкой", lambda row: row[1].names[pair(row).supported], 140, 2, 110, middle=True,
               strong=True),
        Column("by", "Кто помогал", lambda row: "; ".join(row[1].by(pair(row).supported)), 130, 1, 90,
               tip=lambda row: "; ".join(row[1].by(pair(row).supported))),
        Column("mine_change", "Доля «2»", lambda row: _tallies(pair(row).mine), 124, kind="number",
               sort=lambda row: _change(pair(row).mine), tip=lambda row: words.answer(pair(row).mine)),
        Column("other", "Похожая без неё", lambda row: row[1].names[pair(row).similar], 140, 2, 110, middle=True),
        Column("other_change", "Доля «2»", lambda row: _tallies(pair(row).other), 124, kind="number",
               sort=lambda row: _change(pair(row).other), tip=lambda row: words.answer(pair(row).other),
               whole="Доля «2» у похожей"),
        Column("difference", "Разница", lambda row: words.tenth(pair(row).difference), 70, kind="number",
               sort=lambda row: float(pair(row).difference),
               tip=lambda _row: "Насколько изменения различаются, п. п.; меньше нуля — школа с поддержкой лучше"),
        Column("alike", "Чем похожи", lambda row: "; ".join(words.ALIKE_WORDS[key] for key in pair(row).alike) or
               "только долей «2»", 150, 2, 90,
               tip=lambda row: "; ".join(words.ALIKE_WORDS[key] for key in pair(row).alike)),
    )  # fmt: skip


class DynamicsView(View):
    """A table at the left, the chart and the explanation of the chosen row at the right."""

    key = "dynamics"
    title = "Динамика"
    heading = "Динамика результатов"
    guide = ("13-динамика", "Таблица по годам")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self._turn = 0
        self._found: Found | None = None
        self._shape: tuple[tuple[int, ...], bool] | None = None
        self._wanted: tuple[str, int | str] | None = None
        px = theme.current().px
        self._make_choice()
        self.table = DataTable(
            "dynamics", columns((), schools=True), lambda line: (line.kind, line.key), habits=self.session.habits,
            title="Динамика результатов", empty=EmptyState(
                "chart-line", "Здесь будет динамика по годам",
                "Загрузите результаты хотя бы за два года: программа сравнит их по общим работам.",
                ("Загрузить результаты…", lambda: self.session.go("import")),
            ),
        )  # fmt: skip
        self.table.current_changed.connect(self._show_line)
        self.table.activated.connect(self._open_line)
        self.table.row_actions = self._row_actions
        self.pairs = DataTable(
            "dynamics-pairs", pair_columns(), lambda row: row[0].supported, habits=self.session.habits,
            title="Школы с поддержкой и похожие", empty=EmptyState(
                "users", "Пар пока нет",
                "Пара появится, когда у школы из прошлогоднего списка была поддержка (партнёрство, куратор, карта "
                "помощи), а рядом есть похожая школа без неё.",
                ("Открыть поддержку", lambda: self.session.go("monitoring", "support")),
            ),
        )  # fmt: skip
        self.pairs.activated.connect(lambda row: self.session.go("school", row[0].supported))
        self.pairs.row_actions = self._pair_actions
        self.tables = QStackedWidget()
        self.tables.addWidget(self.table)
        self.tables.addWidget(self.pairs)
        self.card = DynamicsCard(self.session, lambda key: self.session.go("school", key))
        self.parts = split(self.tables, self.card, stretch=(1,), sizes=(px(930), px(392)))
        self.column.addLayout(self.choice)
        self.column.addWidget(self.parts, 1)

    def _make_choice(self) -> None:
        self.modes = QTabBar()
        self.modes.setObjectName("inner")
        self.modes.setAccessibleName("Кого сравнить")
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        self.modes.setUsesScrollButtons(False)
        for word in MODES.values():
            self.modes.addTab(word)
        self.modes.currentChanged.connect(lambda _place: self._read())
        self.works, self.year, self.period = Combo("Какие работы"), Combo("Последний год"), Combo("За сколько лет")
        self.works.fill([("Все работы", "all")])
        self.period.fill([(word, years) for years, word in PERIODS], self.session.habits.get("dynamics:years", 5))
        for combo in (self.works, self.year, self.period):
            combo.activated.connect(lambda _place: self._read())
        self.works.setMaximumWidth(theme.current().px(240))
        self.choice = beside(
            self.modes, Label("Работы", "muted"), self.works, Label("Последний год", "muted"), self.year, self.period,
        )  # fmt: skip
        self.choice.addStretch(1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.charts = Button("Графики", lambda: self.page.show_view(self.page.first[0]), icon="chart-line")
        self.printing = Button("Печать…", self._print, icon="printer", kind="primary")
        return self.charts, self.printing

    def enable_actions(self) -> None:
        """Printing changes nothing: it goes in a file that is open for reading, too."""
        self.printing.setEnabled(self._found is not None and bool(self._found.years))

    @property
    def mode(self) -> Mode:
        """Return what is compared."""
        return list(MODES)[max(0, self.modes.currentIndex())]

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew."""
        self._read()

    def _read(self) -> None:
        self._turn += 1
        turn = self._turn
        period = int(self.period.currentData() or dynamics.USUAL_YEARS)
        self.session.habits.put("dynamics:years", period)
        works: Works = self.works.currentData() or "all"
        self.session.read(
            self, lambda found: self._show(turn, found), read, self.mode, self.year.currentData(), period, works
        )

    def _show(self, turn: int, found: Found) -> None:
        if turn != self._turn:
            return
        self._found = found
        self.enable_actions()
        table = found.table
        some = table is not None
        self.card.setVisible(some)
        for widget in (self.works, self.year, self.period):
            widget.setEnabled(some)
        self.period.setEnabled(some and self.mode != "support")
        if table is None:
            self.tables.setCurrentWidget(self.table)
            self.table.set_rows([])
            self.say("Результаты ещё не загружены")
            return
        self.year.fill([(str(year), year) for year in found.years], table.year)
        procedures = [one for one in PROCEDURES if any(work.procedure == one for work in table.known_works)]
        self.works.fill(
            [("Все работы", "all"), *((f"Все {one}", one) for one in procedures),
             *((work.label, work) for work in table.known_works)],
            table.works,
        )  # fmt: skip
        if self.mode == "support":
            self._show_pairs(found)
        else:
            self._show_lines(table)

    def _show_lines(self, table: DynamicsTable) -> None:
        schools = self.mode == "schools"
        if self._shape != (table.years, schools):
            self._shape = (table.years, schools)
            self.table.replace_columns(columns(table.years, schools=schools))
        self.tables.setCurrentWidget(self.table)
        wide = (*([table.region] if table.region else []), table.municipality, *table.groups)
        lines = table.schools if schools else wide
        self.table.set_rows(lines)
        wanted, self._wanted = self._wanted, None
        if not (wanted and self.table.choose(wanted)) and lines and self.table.current() not in lines:
            self.table.choose((lines[0].kind, lines[0].key))
        self._show_line(self.table.current())
        self.say(self._sentence(table))

    def _sentence(self, table: DynamicsTable) -> str:
        compared = [line.change for line in table.schools if line.change is not None]
        worse = sum(found.verdict == "worse" for found in compared)
        better = sum(found.verdict == "better" for found in compared)
        period = f"{table.years[0]}–{table.year}{NBSP}годы" if len(table.years) > 1 else f"{table.year}{NBSP}год"
        schools = count(len(compared), "школу", "школы", "школ")
        start = f"{period}, {dynamics_papers.works_word(table.works)}: {schools} можно сравнить"
        if not worse and not better:
            return f"{start}, нигде доля «2» не сдвинулась на 10 пунктов"
        return f"{start}, отрицательная динамика у{NBSP}{worse}, положительная у{NBSP}{better}"

    def _show_pairs(self, found: Found) -> None:
        self.tables.setCurrentWidget(self.pairs)
        support = found.support
        if support is None:
            self.pairs.set_rows([])
            self.card.hide()
            self.say(found.trouble)
            return
        self.pairs.set_rows([(pair, support) for pair in support.sides.twins])
        self.card.setVisible(bool(support.sides.twins))
        self.card.show_support(support)
        self.say(dynamics_papers.support_sentence(support))

    def _show_line(self, line: Any) -> None:
        found = self._found
        if found is None or found.table is None or self.mode == "support":
            return
        self.card.show_line(found.table, line if isinstance(line, DynamicsLine) else None, found.threshold)

    # --- going on ----------------------------------------------------------------------------------------------------

    def _open_line(self, line: DynamicsLine) -> None:
        if isinstance(line.key, int):
            self.session.go("school", line.key)

    def _row_actions(self) -> list[RowAction | None]:
        line = self.table.current()
        if not isinstance(line, DynamicsLine) or not isinstance(line.key, int):
            return []
        key, year = line.key, self._found.table.year if self._found and self._found.table else None
        return [
            ("Карточка школы", lambda: self.session.go("school", key)),
            ("Графики школы", lambda: self.page.open_payload(key)),
            ("Откуда это?", lambda: self.session.go("origin", (key, line.name, year))),
        ]

    def _pair_actions(self) -> list[RowAction | None]:
        row = self.pairs.current()
        if row is None:
            return []
        pair = row[0]
        return [
            ("Карточка школы с поддержкой", lambda: self.session.go("school", pair.supported)),
            ("Карточка похожей школы", lambda: self.session.go("school", pair.similar)),
        ]

    def open_payload(self, payload: object) -> None:
        """Show a school by its key, or a mode by its word («support»)."""
        if isinstance(payload, int):
            self._wanted = ("school", payload)
            self._switch("schools")
        elif payload in MODES:
            self._switch(next(mode for mode in MODES if mode == payload))

    def _switch(self, mode: Mode) -> None:
        place = list(MODES).index(mode)
        if self.modes.currentIndex() == place:
            self._read()
        else:
            self.modes.setCurrentIndex(place)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        (self.pairs if self.mode == "support" else self.table).focus_table()

    def _print(self) -> None:
        found = self._found
        if found is None or found.table is None:
            return
        from app.ui.windows.dynamics_paper import Chosen

        kind: Literal["dynamics", "support"] = "support" if self.mode == "support" else "dynamics"
        period = int(self.period.currentData() or dynamics.USUAL_YEARS)
        self.session.go("print_dynamics", Chosen(kind, found.table.year, period, found.table.works))
