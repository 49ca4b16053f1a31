"""«Типология»: four types of schools by results and context, and expected against actual where schools are enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.analysis.expected import LEAST, ExpectedResult, ExpectedRow
from app.analysis.index_model import MEAN
from app.analysis.typology import TypeKind, TypeRow, TypologyDefinition
from app.models.organisations import School
from app.operations import typology
from app.operations.indices import signed
from app.operations.typology import TypologyTable
from app.texts import DASH, NBSP, percent, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.list_words import SAMPLE_CHIPS
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, beside, split
from app.ui.widgets.chart import ChartView
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.school_list import SchoolListPage

CHIPS: dict[TypeKind, Kind] = {
    "disadvantaged": "bad", "unsuccessful": "warn", "resilient": "ok", "successful": "info", "middle": "none",
    "no_data": "none",
}  # fmt: skip
ORDER = tuple(CHIPS)
TYPES, EXPECTED = "types", "expected"
OUTSIDE: dict[int, tuple[Kind, str]] = {
    1: ("warn", "хуже"), 0: ("none", "в пределах"), -1: ("ok", "лучше"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One school with its type and, where it was computed, what its context lets expect."""

    school: School
    row: TypeRow
    meaning: str
    expected: ExpectedRow | None = None


def _share(line: TypeLine) -> str:
    row = line.row
    return DASH if row.below is None or row.participants is None else percent(row.below, row.participants)


def _fraction(line: TypeLine) -> str:
    row = line.row
    return "нет данных" if row.below is None else f"{row.below}{NBSP}из{NBSP}{row.participants}"


def _sample(line: TypeLine) -> tuple[Kind, str]:
    return SAMPLE_CHIPS[line.row.sample] if line.row.sample else ("none", "нет")


def _sample_tip(line: TypeLine) -> str:
    if line.row.sample in {"<10", "10-19"}:
        return "Мало детей, вывод ненадёжен"
    return "Сколько участий во всех процедурах года вместе"


def _type_tip(line: TypeLine) -> str:
    row = line.row
    if row.kind == "no_data":
        lacks = [word for word, value in (("результата", row.below), ("индекса", row.context)) if value is None]
        return f"Нет {' и '.join(lacks)}"
    return line.meaning or "Не попала сразу в два края: по результату и по условиям"


def points(value: float | None) -> str:
    """Return «14,2 %»."""
    return DASH if value is None else f"{value:.1f}".replace(".", ",") + f"{NBSP}%"


def _interval(line: TypeLine) -> str:
    row = line.expected
    return DASH if row is None else f"{row.low:.1f}–{row.high:.1f}".replace(".", ",")


def _outside(line: TypeLine) -> tuple[Kind, str]:
    return ("none", "нет данных") if line.expected is None else OUTSIDE[line.expected.outside]


_SCHOOL = Column("school", "Школа", lambda line: line.school.shown, 150, 2, 116, middle=True, strong=True,
                 tip=lambda line: line.school.name)  # fmt: skip
_FRACTION = Column("fraction", "Ниже минимума", _fraction, 104, kind="number", sort=lambda line: line.row.below)
_SHARE = Column("share", "Доля", _share, 62, kind="number", sort=lambda line: line.row.share)
TYPE_COLUMNS = (
    _SCHOOL,
    Column("type", "Тип", lambda line: line.row.word, 162, kind="chip", chip=lambda line: CHIPS[line.row.kind],
           sort=lambda line: ORDER.index(line.row.kind), tip=_type_tip),
    _FRACTION,
    _SHARE,
    Column("index", "Индекс", lambda line: signed(line.row.context), 66, kind="number",
           sort=lambda line: line.row.context),
    Column("sample", "Выборка", lambda line: _sample(line)[1], 84, kind="chip", chip=lambda line: _sample(line)[0],
           sort=lambda line: line.row.participants, tip=_sample_tip),
)  # fmt: skip
EXPECTED_COLUMNS = (
    _SCHOOL,
    _FRACTION,
    _SHARE,
    Column("expected", "Ожидалось", lambda line: points(line.expected and line.expected.expected), 84, kind="number",
           sort=lambda line: line.expected and line.expected.expected),
    Column("interval", "Интервал", _interval, 84, kind="number",
           tip=lambda _line: "95-процентный интервал для одной школы, в процентах"),
    Column("residual", "Разница", lambda line: signed(line.expected and line.expected.residual, 1), 66, kind="number",
           sort=lambda line: line.expected and line.expected.residual,
           tip=lambda _line: "Получено минус ожидалось, процентных пунктов; больше нуля — хуже ожидаемого"),
    Column("answer", "Ответ", lambda line: _outside(line)[1], 112, kind="chip", chip=lambda line: _outside(line)[0],
           sort=lambda line: -(line.expected.outside if line.expected else 0),
           tip=lambda _line: "Хуже или лучше — доля вне интервала, в котором её можно было ждать при таких условиях"),
)  # fmt: skip


class TypologyView(View):
    """The scatter with quadrants and the table of types."""

    key = "typology"
    title = "Типология"
    heading = "Типы школ по результатам и условиям"
    guide = ("03-список", "Типология")

    page: SchoolListPage

    def __init__(self, page: SchoolListPage) -> None:
        super().__init__(page)
        self._table: TypologyTable | None = None
        self._expected: ExpectedResult | None = None
        self._turn = 0
        self.mode = TYPES
        px = theme.current().px
        self._make_choice()
        self.chart = ChartView(self.session, least=px(240))
        self.chart.clicked.connect(self._clicked)
        self.left = Card()
        self.left.body.addWidget(self.chart, 1)
        self.types = self._make_table("typology", TYPE_COLUMNS, "Типы школ")
        self.residuals = self._make_table("expected", EXPECTED_COLUMNS, "Ожидаемое и полученное")
        self.tables = QStackedWidget()
        self.tables.addWidget(self.types)
        self.tables.addWidget(self.residuals)
        splitter = split(self.left, self.tables, sizes=(px(590), px(730)))
        self.how = Label("", "muted", wrap=True).selectable()
        self.column.addWidget(self.choice)
        self.column.addWidget(self.chip_row)
        self.column.addWidget(splitter, 1)
        self.column.addWidget(self.how)

    def _make_choice(self) -> None:
        """Make the switch of the two ways, the cut, the context, the chips."""
        self.switch = QTabBar()
        self.switch.setObjectName("inner")
        self.switch.setAccessibleName("Что показать")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(False)
        self.switch.addTab("Типы")
        self.switch.addTab("Ожидаемое и полученное")
        self.switch.currentChanged.connect(lambda place: self.switch_to((TYPES, EXPECTED)[place]))
        self.cut, self.context = Combo("Доля школ с каждого края"), Combo("Условия по индексу")
        for combo in (self.cut, self.context):
            combo.currentIndexChanged.connect(lambda _place: self._compute())
        self.keep = Button("Запомнить выбор", self._keep, icon="device-floppy", kind="link",
                           tip="Считать так всегда: на карточках, в отчётах и командах")  # fmt: skip
        self.cut_word = Label("Край", "muted")
        row = beside(self.switch, self.cut_word, self.cut, Label("Условия", "muted"), self.context, self.keep)
        row.addStretch(1)
        self.choice = Card(pad=8)
        self.choice.body.addLayout(row)
        self.chips: dict[TypeKind, ChipButton] = {}
        for key, kind in CHIPS.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, key=key: self._quick(key if checked else None))
            self.chips[key] = chip
        self.chip_row = Row(*self.chips.values(), gap=4)

    def _make_table(self, name: str, columns: Sequence[Column], title: str) -> DataTable:
        empty = EmptyState(
            "chart-line", "Здесь будут типы школ",
            "Нужны результаты за год и показатели школ, из которых складываются индексы.",
            ("Загрузить результаты…", lambda: self.session.go("import")),
        )  # fmt: skip
        table = DataTable(
            name, columns, lambda line: line.school.id, habits=self.session.habits, title=title, empty=empty
        )
        table.activated.connect(lambda line: self.session.go("school", line.school.id))
        table.row_actions = self._row_actions
        return table

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.source = act("Откуда это?", self._origin, "file-search")
        return act("Показатели школ", lambda: self.session.go("schools_view", "metrics"), "table"), self.source

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the definition in force and compute by it; what was only tried out is forgotten."""
        self._compute(fresh=True)

    def _compute(self, *, fresh: bool = False) -> None:
        year = self.page.result_year
        if year is None:
            self._show_nothing("Результатов в файле пока нет", "Загрузите результаты и впишите показатели школ, из "
                               "которых складываются индексы.")  # fmt: skip
            return
        self._turn += 1
        turn = self._turn
        self.say("Вычисляю…")
        chosen = self.cut.currentData()
        cut = None if fresh or chosen is None else (int(chosen[0]), int(chosen[1]))
        context = None if fresh else self.context.currentData()
        self.session.read(self, lambda found: self._show(turn, found), typology.overview, year, cut, context)

    def _show_nothing(self, sentence: str, cure: str) -> None:
        self._table = self._expected = None
        if self.types.empty is not None:
            self.types.empty.tell("Здесь будут типы школ", cure)
        self.say(sentence)
        for widget in (self.choice, self.chip_row, self.left, self.how):
            widget.hide()
        self.source.setEnabled(False)
        self.types.set_rows([])
        self.tables.setCurrentWidget(self.types)

    def _show(self, turn: int, table: TypologyTable) -> None:
        if turn != self._turn:
            return
        found = table.found
        if not found.compared:
            self._offer(table)
            self._show_nothing(*self._without(table))
            # another index may have values: the choice stays
            self.choice.setVisible(any(row.below is not None for row in found.rows))
            self.keep.hide()
            return
        self._table, self._expected = table, None
        self._offer(table)
        for widget in (self.choice, self.chip_row, self.left, self.how):
            widget.show()
        self.source.setEnabled(True)
        enough = found.compared >= LEAST
        self.switch.setTabEnabled(1, enough)
        few = f"Нужно не меньше {LEAST} школ с результатами и индексом, а их {found.compared}"
        self.switch.setTabToolTip(1, "" if enough else few)
        if self.mode == EXPECTED and enough:
            self._read_expected()
        else:
            self.switch_to(TYPES)

    @staticmethod
    def _without(table: TypologyTable) -> tuple[str, str]:
        """Say what lacks and what to do."""
        found = table.found
        if not any(row.below is not None for row in found.rows):
            return (f"За {found.result_year} год нет результатов с числом ниже минимума",
                    "Загрузите результаты, в которых сказано, сколько участников не достигли минимума.")  # fmt: skip
        year = school_year(found.school_year)
        cure = (
            f"Впишите показатели школ за {year}, из которых складывается индекс, или выберите другие условия. "
            "Показатели открывает кнопка «Показатели школ»."
        )
        return f"Результаты {found.result_year} года есть, а индекса за {year} нет", cure

    def _offer(self, table: TypologyTable) -> None:
        """Fill the choices: the cuts of the definition, the indices."""
        definition = table.found.definition
        cuts = list(dict.fromkeys((*definition.variants, definition.cut, table.kept.cut)))
        self.cut.fill([(percent(part, whole, 0), (part, whole)) for part, whole in cuts], definition.cut)
        self.context.fill([(title, key) for title, key in table.contexts], definition.context)
        kept: TypologyDefinition = table.kept
        same = (kept.cut, kept.context) == (definition.cut, definition.context)
        self.keep.setVisible(not same and not self.session.desk.read_only)

    def switch_to(self, mode: str) -> None:
        """Show the types, or expected against actual."""
        self.mode = mode
        self.switch.blockSignals(True)
        self.switch.setCurrentIndex((TYPES, EXPECTED).index(mode))
        self.switch.blockSignals(False)
        if self._table is None:
            return
        if mode == EXPECTED and self._expected is None:
            self._read_expected()
            return
        self._fill(self._table)

    def _read_expected(self) -> None:
        turn, table = self._turn, self._table
        if table is not None:
            self.say("Вычисляю…")
            self.session.read(self, lambda found: self._take_expected(turn, found), _expected, table)

    def _take_expected(self, turn: int, found: ExpectedResult) -> None:
        if turn == self._turn:
            self._expected = found
            self.switch_to(EXPECTED)

    def _fill(self, table: TypologyTable) -> None:
        """Show chart, table and sentences of the way that is chosen."""
        found, expected = table.found, self._expected if self.mode == EXPECTED else None
        lines = [
            TypeLine(
                table.schools[row.school_id], row, found.definition.meaning(row.kind),
                None if expected is None else expected.row(row.school_id),
            )
            for row in found.rows
        ]  # fmt: skip
        counts = found.counts()
        for kind, chip in self.chips.items():
            chip.set_text(f"{found.definition.word(kind)} {counts[kind]}")
            chip.setVisible(counts[kind] > 0)
        for widget in (self.cut_word, self.cut, self.chip_row):
            widget.setVisible(expected is None)
        current = self.types if expected is None else self.residuals
        current.set_rows(lines)
        self.tables.setCurrentWidget(current)
        self.chart.show_chart(typology.chart(table, expected))
        head = f"Результаты {found.result_year} года"
        if expected is None:
            self.how.setText(typology.sentence(found))
            typed = sum(counts[kind] for kind in ORDER[:4])
            self.say(f"{head} · тип есть у {typed} из {found.compared} школ, у которых есть результат и индекс")
        else:
            self.how.setText(expected.not_for)
            worse = sum(row.outside > 0 for row in expected.rows)
            better = sum(row.outside < 0 for row in expected.rows)
            self.say(f"{head} · хуже ожидаемого {worse}, лучше ожидаемого {better} из {len(expected.rows)}")

    @property
    def shown(self) -> DataTable:
        """The table that is shown."""
        return self.types if self.tables.currentWidget() is self.types else self.residuals

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.shown.focus_table()

    def open_payload(self, payload: object) -> None:
        """Show a school that another page names."""
        if isinstance(payload, int):
            self.shown.clear_filters()
            self.shown.choose(payload)

    # --- acting --------------------------------------------------------------------------------------------------

    def _quick(self, kind: TypeKind | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == kind)
        test: Callable[[TypeLine], bool] | None = None
        if kind is not None:
            test = lambda line: line.row.kind == kind  # noqa: E731 - a test is asked for
        self.types.model.set_quick(test)

    def _keep(self) -> None:
        cut, context = self.cut.currentData(), self.context.currentData()
        if cut is not None:
            self.session.write(
                self, lambda made: self.page.message("ok", f"Теперь типы считаются так: версия {made.version}."),
                typology.change, cut=(int(cut[0]), int(cut[1])), context=str(context or MEAN),
            )  # fmt: skip

    def _clicked(self, school_id: int) -> None:
        """A click chooses the school in the table; a filter that hides it goes."""
        if not self.shown.choose(school_id):
            self._quick(None)
            self.shown.clear_filters()
            self.shown.choose(school_id)
        self.session.go("school", school_id)

    def _origin(self) -> None:
        line: TypeLine | None = self.shown.current()
        year = self.page.result_year
        if line is not None and year is not None:
            self.session.go("origin", (line.school.id, line.school.shown, year))

    def _row_actions(self) -> list[RowAction | None]:
        line: TypeLine | None = self.shown.current()
        if line is None:
            return []
        key = line.school.id
        return [("Откуда это?", self._origin), ("Карточка школы", lambda: self.session.go("school", key))]


def _expected(_connection: object, table: TypologyTable) -> ExpectedResult:
    """Compute on the reader thread: the regression takes a moment."""
    return typology.expected_of(table.found)
