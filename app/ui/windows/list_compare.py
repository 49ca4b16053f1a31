"""Two lists side by side in a window: two rules, two years, or the approved list and what the rule answers now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.analysis.rule_model import Rule
from app.errors import UserError
from app.models.store import Connection
from app.operations import desk, identification, list_compare, papers
from app.operations.list_compare import CHANGE_WORDS, ChangeRow, Comparison, Side
from app.operations.papers import Made, Paper
from app.texts import DASH, count
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.base import LISTS, REGISTRY, RESULTS
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window
from app.ui.windows.printing import print_pdf

KINDS: dict[str, Kind] = {"came": "bad", "left": "ok", "stayed": "warn", "unknown": "none", "out": "none"}
CHIP_WORDS = {
    "came": "вошли",
    "left": "вышли",
    "stayed": "остались",
    "unknown": "неизвестно",
    "out": "не входят",
}
_IN = {True: "в списке", False: "не в списке", None: DASH}
COLUMNS = (
    Column("school", "Школа", lambda r: r.name, 200, 2, 170, middle=True, strong=True, tip=lambda r: r.full_name),
    Column("change", "Что стало", lambda r: CHANGE_WORDS[r.kind], 122, kind="chip", chip=lambda r: KINDS[r.kind],
           sort=lambda r: list(KINDS).index(r.kind)),
    Column("before", "Первый", lambda r: _IN[r.before], 96),
    Column("after", "Второй", lambda r: _IN[r.after], 96),
    Column("why", "Почему", lambda r: r.why, 380, 5, 260, tip=lambda r: r.why),
)  # fmt: skip
SOURCES = (("утверждённый или вычисленный", "standing"), ("вычислить сейчас", "computed"), ("утверждённый", "approved"))


def _choice(connection: Connection, path: Path) -> tuple[dict[str, Rule], desk.Info]:
    return identification.rules(connection), desk.info(connection, path)


class ListCompareWindow(Window):
    """Two lists, school by school."""

    guide = ("03-список", "Сравнить два списка")

    def __init__(
        self, session: Session, payload: tuple[str, int] | None = None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(session, "Сравнить два списка", parent, size=(1180, 660))
        self._payload = payload
        self._turn = 0
        self.found: Comparison | None = None
        self.sides = tuple((Combo("Правило"), Combo("Год результатов"), Combo("Какой список")) for _side in range(2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(8))
        grid.setVerticalSpacing(theme.current().px(6))
        grid.setColumnStretch(1, 1)
        for place, (title, combos) in enumerate(zip(("Первый список", "Второй список"), self.sides, strict=True)):
            grid.addWidget(Label(title, "muted"), place, 0)
            combos[0].setMinimumContentsLength(24)
            combos[0].setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for column, combo in enumerate(combos, start=1):
                grid.addWidget(combo, place, column)
                combo.currentIndexChanged.connect(lambda _index: self._compare())
            combos[2].fill([(word, key) for word, key in SOURCES])
        self.body.addLayout(grid)
        self._make_table()
        self.copy = Button("Копировать", self._copy, icon="copy")
        self.print = Button("Печать…", self._print, icon="printer")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.copy, self.print])
        session.changed.connect(self.touched)
        self.refresh()

    def _make_table(self) -> None:
        self.empty = EmptyState(
            "file-search", "Сравнивать пока нечего",
            "Выберите два разных списка: другое правило, другой год или утверждённый список рядом с вычисленным.",
        )  # fmt: skip
        self.table = DataTable(
            "list_compare", COLUMNS, lambda r: r.school_id, habits=self.session.habits, title="Что изменилось",
            empty=self.empty,
        )  # fmt: skip
        self.chips: dict[str, ChipButton] = {}
        for key, kind in KINDS.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, key=key: self._quick(key, checked))
            self.table.lead.addWidget(chip)
            self.chips[key] = chip
        self.table.current_changed.connect(self._tell)
        self.table.activated.connect(lambda row: self.session.go("school", row.school_id))
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.why = Label("", wrap=True).selectable()
        self.card = Card(pad=12)
        self.card.body.addWidget(self.why)
        self.body.addWidget(self.card)

    def _actions(self) -> list[RowAction | None]:
        row: ChangeRow | None = self.table.current()
        return [] if row is None else [("Карточка школы", lambda: self.session.go("school", row.school_id))]

    # --- reading ---------------------------------------------------------------------------------------------------

    def touched(self, tables: object) -> None:
        """Other data: another comparison."""
        if isinstance(tables, frozenset) and tables & (REGISTRY | RESULTS | LISTS):
            self.refresh()

    def refresh(self) -> None:
        """Read rules and years, then compare."""
        path = self.session.desk.path
        if path is not None:
            self.take(self.session.desk.read(_choice, path), self._offer)

    def _offer(self, found: tuple[dict[str, Rule], desk.Info]) -> None:
        rules, info = found
        chosen = self._payload or (info.settings["rule"], info.years[0] if info.years else 0)
        first = self.sides[0][0].count() == 0
        years = list(info.years)
        before = next((year for year in years if year < chosen[1]), chosen[1])
        for combos, year in zip(self.sides, (before, chosen[1]), strict=True):
            combos[0].fill([(rule.title, rule.id) for rule in rules.values()], chosen[0] if first else None)
            combos[1].fill([(str(item), item) for item in years], year if first else None)
        if first and before == chosen[1]:
            for combos, source in zip(self.sides, ("approved", "computed"), strict=True):
                combos[2].blockSignals(True)
                combos[2].choose(source)
                combos[2].blockSignals(False)
        for combos in self.sides:
            for combo in combos:
                combo.setEnabled(bool(years))
        self._compare()

    def side(self, place: int) -> Side | None:
        """Return what is chosen on one side; None before there is anything to choose."""
        rule, year, source = (combo.currentData() for combo in self.sides[place])
        return None if rule is None or year is None else Side(rule, year, source)

    def _compare(self) -> None:
        one, other = self.side(0), self.side(1)
        if one is None or other is None:
            self._nothing()
            self.say("Результатов в файле пока нет: загрузите их.")
            return
        self._turn += 1
        turn = self._turn
        self.bar.clear()
        future = self.session.desk.read(list_compare.compare, one, other)
        self.take(future, lambda found: self._show(turn, found))

    def fail(self, error: UserError) -> None:
        """There is nothing to compare, and the bar says why."""
        super().fail(error)
        self._nothing()

    def _nothing(self) -> None:
        self.found = None
        self.table.set_rows([])
        self.say("")
        self.card.hide()
        for button in (self.copy, self.print):
            button.setEnabled(False)
        for chip in self.chips.values():
            chip.hide()

    def _show(self, turn: int, found: Comparison) -> None:
        if turn != self._turn:
            return
        self.found = found
        one, other = _schools(found.one.totals.listed), _schools(found.other.totals.listed)
        self.say(f"В первом списке {one}, во втором {other}.\n1. {found.titles[0]}\n2. {found.titles[1]}")
        for key, chip in self.chips.items():
            number = found.count(key)
            chip.set_text(f"{CHIP_WORDS[key]} {number}")
            chip.setVisible(number > 0)
            chip.setChecked(False)
        self.table.model.set_quick(None)
        self.table.set_rows(found.rows)
        for button in (self.copy, self.print):
            button.setEnabled(bool(found.rows))

    def _quick(self, key: str, checked: bool) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        self.table.model.set_quick((lambda row: row.kind == key) if checked else None)

    def _tell(self, row: ChangeRow | None) -> None:
        self.card.setVisible(row is not None)
        self.why.setText(row.why if row is not None else "")

    # --- taking away -----------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        self.table.view.selectAll()
        self.table.copy()
        rows = count(len(self.table.model.visible_rows()), "строка", "строки", "строк")
        self.bar.show_message("ok", f"Скопировано с заголовками: {rows}.")

    def _print(self) -> None:
        if self.found is not None:
            self.take(self.session.desk.read(list_compare.printed, self.found), self._draw)

    def _draw(self, paper: Paper) -> None:
        self.strip.begin("Готовлю страницы")

        def work(_job: Job) -> Made:
            return papers.render(paper, ".pdf")

        self.session.job(self, work, self._send, self.fail)

    def _send(self, made: Made) -> None:
        self.strip.end()
        print_pdf(self.session, self, made.data, "Сравнение двух списков")

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        if self.table.model.total:
            self.table.focus_table()
        else:
            self.sides[1][0].setFocus(Qt.FocusReason.OtherFocusReason)


def _schools(number: int) -> str:
    return count(number, "школа", "школы", "школ")
