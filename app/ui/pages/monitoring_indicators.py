"""«Показатели» of the monitoring: indicators of a plan year against their targets, as a table and as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.programme_values import money_text
from app.errors import UserError
from app.operations import indicator_words, indicators
from app.operations.indicators import (
    DIRECTION_SHORT,
    LIGHT_WORDS,
    Derivation,
    IndicatorLine,
    IndicatorTable,
    Light,
    YearValue,
)
from app.texts import count
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column, tsv
from app.ui.pages.derivation_tree import DerivationTree
from app.ui.pages.indicators_card import KINDS, IndicatorCard
from app.ui.pages.indicators_grid import SOURCE, YEAR, IndicatorGrid, IndicatorModel
from app.ui.pages.monitoring_scope import ScopeBar
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Card, Combo, Row, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

LOOKS = (("Таблица", "table"), ("Ввод", "grid"))
FAULTS = "faults"
_ORDER: tuple[Light, ...] = ("behind", "near", "reached", "no_target", "no_data")


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column("number", "№", lambda line: line.number, 58),
        Column("text", "Индикатор", lambda line: line.text, 280, 5, 190, strong=True, tip=lambda line: line.text),
        Column("base", "База", lambda line: line.shown(line.baseline), 74, kind="number",
               sort=lambda line: _number(line.baseline),
               tip=lambda line: f"{line.baseline_year} год" if line.baseline_year else "Год базы не назван"),
        Column("target", f"План {year}", lambda line: line.shown(line.target), 84, kind="number",
               sort=lambda line: _number(line.target),
               tip=lambda line: DIRECTION_SHORT[line.direction] if line.direction else "Направление не названо"),
        Column("value", "Факт", lambda line: line.raw if line.fault and line.typed else line.shown(line.value), 78,
               kind="number", sort=lambda line: _number(line.value), bad=lambda line: line.fault,
               tip=indicator_words.how),
        Column("light", "Состояние", lambda line: line.word, 150, 1, 132, kind="chip",
               chip=lambda line: KINDS[line.light], sort=lambda line: _ORDER.index(line.light),
               tip=lambda line: indicator_words.why(line, year)),
        Column("forecast", "Прогноз", lambda line: line.shown(line.forecast), 78, kind="number",
               sort=lambda line: _number(line.forecast), tip=lambda _line: "К концу года, если пойдёт так же"),
        Column("spent", "Потрачено", lambda line: money_text(line.spent_kopecks) or "—", 96, kind="number",
               sort=lambda line: line.spent_kopecks, tip=indicator_words.money),
    )  # fmt: skip


class MonitoringIndicatorsView(View):
    """«Показатели»."""

    key = "indicators"
    title = "Показатели"
    heading = "Показатели программы"
    guide = ("12-показатели", "Показатели программы")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.scope = page.scope
        self.table: IndicatorTable | None = None
        self._year = 0
        self._quick: str | None = None
        self._wanted: int | None = None
        self._turn = 0
        self.body = QStackedWidget()
        self.body.addWidget(self._make_empty())
        self.body.addWidget(self._make_whole())
        self.column.addWidget(self.body, 1)
        self.scope.changed.connect(self.refresh)
        self.show_look(str(self.session.habits.get("indicators:look", "table")))

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.measuring = self.page.act("Замеры…", self.open_points, "calendar-event")
        self.formula = self.page.act("Формула…", self.open_formula, "ruler-2", primary=True)
        return self.measuring, self.formula

    # --- building ------------------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        self.nothing = EmptyState(
            "target-arrow", "Здесь будут индикаторы программы",
            "Индикаторы, базу и цели по годам берут из программы. Здесь рядом с планом встанет факт.",
            ("Открыть программу", lambda: self.session.go("programme")),
        )  # fmt: skip
        QVBoxLayout(card).addWidget(self.nothing)
        return card

    def _make_whole(self) -> QWidget:
        px = theme.current().px
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._make_choosers())
        column.addWidget(Row(*self.chips.values(), gap=6))
        self.lines = DataTable(
            "indicators", _columns(self.scope.year), lambda line: line.lineage, habits=self.session.habits,
            title="Показатели", empty=EmptyState(
                "target-arrow", "Индикаторов в этой программе нет",
                "Добавьте их на вкладке «Программа»: показатель, под ним индикатор, база и цели по годам.",
                ("Открыть программу", lambda: self.session.go("programme")),
            ),
        )  # fmt: skip
        self.lines.current_changed.connect(lambda _line: self._select())
        self.lines.activated.connect(lambda _line: self.open_formula())
        self.lines.row_actions = self._row_actions
        self.model = IndicatorModel(self)
        self.grid = IndicatorGrid(self.model)
        self.model.typed.connect(self._typed)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(self._given_up)
        self.grid.left_over.connect(self._left_over)
        self.grid.selectionModel().currentRowChanged.connect(lambda _now, _before: self._select())
        sheet = QFrame()
        sheet.setProperty("card", "true")
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        self.looks = QStackedWidget()
        self.looks.addWidget(self.lines)
        self.looks.addWidget(sheet)
        self.card = IndicatorCard(self)
        splitter = split(self._make_parts(), self.card, stretch=(1,), sizes=(1000, px(330)))
        column.addWidget(splitter, 1)
        return whole

    def _make_parts(self) -> QSplitter:
        """Return the table over what the chosen value is made of."""
        px = theme.current().px
        below = Card(pad=12)
        self.made_of = ElidedLabel("Из чего сложилось значение", "strong")
        self.how = DerivationTree(self.session, leads=True, depth=2)
        below.body.addWidget(self.made_of)
        below.body.addWidget(self.how, 1)
        return split(self.looks, below, stretch=(3, 2), sizes=(px(300), px(210)), vertical=True)

    def _make_choosers(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().px(8))
        self.look = Combo("Как показать показатели")
        self.look.fill(list(LOOKS))
        self.look.currentIndexChanged.connect(lambda _place: self.show_look(str(self.look.currentData())))
        self.chips: dict[str, ChipButton] = {}
        for key in (*_ORDER, FAULTS):
            chip = ChipButton(KINDS.get(key, "bad"), "")  # type: ignore[call-overload]
            chip.clicked.connect(lambda on, key=key: self.filter(key if on else None))
            self.chips[key] = chip
        bar = ScopeBar(self.scope)
        line.addWidget(bar)
        line.addStretch(1)
        line.addWidget(self.look)
        return line

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the indicators of the chosen year anew."""
        self._turn += 1
        turn = self._turn
        if self.scope.programme_id is None:
            if self.scope.ready:
                self._show(turn, None)
            return
        self.session.read(
            self, lambda found: self._show(turn, found), indicators.table, self.scope.programme_id, self.scope.year,
            self.session.today(),
        )  # fmt: skip

    def _show(self, turn: int, found: IndicatorTable | None) -> None:
        if turn != self._turn:
            return
        self.table = found
        shown = found is not None and bool(found.lines)
        # with another programme or another year to choose, the choosers stay
        self.body.setCurrentIndex(1 if shown or (found is not None and len(self.scope.lines) > 1) else 0)
        for button in (self.formula, self.measuring):
            button.setEnabled(shown)
        self.say(indicator_words.sentence(found) if found is not None else "Программы в файле пока нет")
        if found is None:
            return
        if found.year != self._year:
            self._year = found.year
            self.lines.replace_columns(_columns(found.year))
        for key, chip in self.chips.items():
            number = sum(self._fits(line, key) for line in found.lines)
            chip.set_text(f"{'проверить' if key == FAULTS else LIGHT_WORDS[key]} {number}")  # type: ignore[index]
            chip.setVisible(number > 0)
            if self._quick == key and not number:
                self._quick = None
        self._show_lines()

    @staticmethod
    def _fits(line: IndicatorLine, quick: str | None) -> bool:
        if quick == FAULTS:
            return bool(line.fault)
        return quick is None or line.light == quick

    def _show_lines(self) -> None:
        if self.table is None:
            return
        for key, chip in self.chips.items():
            chip.setChecked(key == self._quick)
        found = [line for line in self.table.lines if self._fits(line, self._quick)]
        self.lines.set_rows(found)
        self.model.show_table(self.table, found, read_only=self.session.desk.read_only)
        if self.look.currentData() == "grid" and found and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        if self._wanted is not None and self.lines.choose(self._wanted):
            self._wanted = None
        self._select()

    def filter(self, key: str | None) -> None:
        """Show only indicators with a light; None: all."""
        self._quick = key
        self._show_lines()

    def show_look(self, key: str) -> None:
        """Show the table or the sheet."""
        if key not in {name for _word, name in LOOKS}:
            key = "table"
        self.session.habits.put("indicators:look", key)
        self.look.choose(key)
        self.looks.setCurrentIndex([name for _word, name in LOOKS].index(key))
        if key == "grid" and self.model.rows and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self._select()

    @property
    def line(self) -> IndicatorLine | None:
        """The chosen indicator."""
        if self.table is None:
            return None
        if self.look.currentData() == "grid":
            row = self.grid.currentIndex().row()
            key = self.model.rows[row].key if 0 <= row < len(self.model.rows) else None
            return next((one for one in self.table.lines if one.lineage == key), None)
        found: IndicatorLine | None = self.lines.current()
        return found

    def _select(self) -> None:
        line = self.line
        self.card.show_line(line, self.table.year if self.table is not None else 0)
        if line is None or self.scope.programme_id is None or not self.session.desk.is_open:
            self.how.show_derivation(None)
            self.made_of.setText("Из чего сложилось значение")
            return

        def show(found: tuple[YearValue, ...]) -> None:
            if self.line is not None and self.line.lineage == line.lineage:
                self.card.show_history(line, found)

        def grow(found: Derivation) -> None:
            if self.line is not None and self.line.lineage == line.lineage:
                self.made_of.setText(f"Из чего сложилось: {line.number}. {line.text}")
                self.how.show_derivation(found)

        year = self.table.year if self.table is not None else self.scope.year
        self.session.read(
            self, grow, indicators.derivation, line.lineage, year, day=self.session.today(),
            programme_id=self.scope.programme_id,
        )  # fmt: skip
        self.session.read(
            self, show, indicators.history, self.scope.programme_id, line.lineage, self.session.today()
        )  # fmt: skip

    def open_payload(self, payload: object) -> None:
        """Show the indicator with this lineage, or ("points", lineage of a programme, plan year)."""
        if isinstance(payload, tuple) and payload[0] == "points":
            self.scope.ask(int(payload[1]), int(payload[2]))
        if isinstance(payload, int):
            self._quick = None
            self._wanted = payload
            self._show_lines()

    def focus_main(self) -> None:
        """Put the keyboard into the table or the sheet."""
        if self.look.currentData() == "grid":
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.focus_table()

    # --- writing -------------------------------------------------------------------------------------------------

    def _cells(self, told: Sequence[tuple[int, str, str]]) -> list[indicators.Cell]:
        year = self.table.year if self.table is not None else 0
        return [(key, year, None if name == YEAR else int(name), text) for key, name, text in told if name != SOURCE]

    def _typed(self, told: list[tuple[int, str, str]]) -> None:
        """Write what was typed or pasted: one operation; closed points are left out and named by it."""
        if self.table is None:
            return
        closed = {str(point.id) for point in self.table.points if point.closed}
        kept = [cell for cell in told if cell[1] not in closed]
        sources = {key: text for key, name, text in kept if name == SOURCE}
        cells = self._cells(kept)
        if sources and not cells:
            for key, text in sources.items():
                self._write_source(key, text, told)
            return
        if not cells:
            self.model.written(told)
            self.refresh()
            return

        def settle(result: object) -> None:
            self.model.written(told)
            if isinstance(result, UserError):
                self.session.tell_error(result)
            self.refresh()

        future = self.session.written(indicators.put_values, cells, sources)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _write_source(self, key: int, text: str, told: list[tuple[int, str, str]]) -> None:
        point = self._speaking(key)
        year = self.table.year if self.table is not None else 0
        self.model.written(told)
        self.session.write(
            self, lambda _done: self.refresh(), indicators.put_source, key, year, text, point
        )  # fmt: skip

    def _speaking(self, key: int) -> int | None:
        """Return the open point whose typed value is that of the year; None where the year has its own."""
        line = next((one for one in self.table.lines if one.lineage == key), None) if self.table else None
        if line is None:
            return None
        at = [one.point.id for one in line.points if one.raw and not one.point.closed and one.raw == line.raw]
        return at[-1] if at else None

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key; it is no fact yet."""
        key, name = self.model.rows[row].key, self.model.columns[column].key
        if name != SOURCE and self.table is not None:
            point = None if name == YEAR else int(name)
            self.session.write(self, None, indicators.put_draft, key, self.table.year, text, point)

    def _given_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again."""
        self._drafted(row, column, "")

    def _left_over(self, lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        told = [count(rows, "строка", "строки", "строк")] if rows else []
        told += [count(columns, "столбец", "столбца", "столбцов")] if columns else []
        self.session.tell(
            "warn", f"Поместилось не всё: не вошли {' и '.join(told)}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    # --- going on ------------------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        found: list[RowAction | None] = [("Как получилось…", self.open_formula)]
        if not self.session.desk.read_only:
            found += [("Вписать значение…", self.ask_value), ("Допуск…", self.ask_tolerance)]
        return [*found, None, ("Открыть в программе", self.open_node)]

    def ask_value(self) -> None:
        """Ask for the value of the year and from where it is."""
        line = self.line
        if line is None or self.table is None:
            return
        year = self.table.year
        hint = f"например, 12,5{' %' if line.unit == '%' else ''}; пустое убирает вписанное"
        fields = [Field("value", f"Факт за {year} год", line.raw if line.typed else "", hint=hint),
                  Field("source", "Откуда", line.source if line.typed else "", hint="документ или отчёт")]  # fmt: skip
        told = self.session.dialogs.ask("Вписать значение", line.text, fields, "Сохранить")
        if told is not None:
            self.session.write(
                self, lambda _done: self.refresh(), indicators.put_value, line.lineage, year, told["value"],
                source=told["source"],
            )  # fmt: skip

    def ask_tolerance(self) -> None:
        """Ask how far behind still counts as «почти»."""
        line = self.line
        if line is None:
            return
        text = "Насколько можно не дойти до плана, чтобы это считалось «почти»: в единицах индикатора или в процентах."
        fields = [Field("tolerance", "Допуск", line.tolerance_raw, hint="2 или 5 %")]
        told = self.session.dialogs.ask("Допуск", text, fields, "Сохранить")
        if told is not None:
            self.session.write(
                self, lambda _done: self.refresh(), indicators.put_rule, line.lineage, tolerance=told["tolerance"]
            )  # fmt: skip

    def open_formula(self) -> None:
        """Show how the value arises, and the formula."""
        line = self.line or (self.table.lines[0] if self.table is not None and self.table.lines else None)
        if line is not None and self.table is not None:
            self.session.go("formula", (self.table.programme.id, line.lineage, self.table.year))

    def open_points(self) -> None:
        """Show the measuring points of the year."""
        if self.table is not None:
            self.session.go("measuring_points", (self.table.programme.id, self.table.year))

    def open_node(self) -> None:
        """Show the indicator in the tree of the programme."""
        line = self.line
        if line is not None:
            self.session.go("programme", line.node_id)
