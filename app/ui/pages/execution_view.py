"""«Исполнение» of the monitoring: the plan of a year as a table, as a sheet for entry, as a chart of plan and fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.execution import Key
from app.models.registers import Attachment
from app.models.store import Connection
from app.operations import execution, execution_words
from app.operations.execution import PART_PASSED, SHOWN_WORDS, ExecutionLine, ExecutionTable
from app.operations.execution_marks import put_draft
from app.texts import count, ru_date
from app.ui import theme
from app.ui.attachments import AttachmentOpener
from app.ui.item_models.table_model import Column, tsv
from app.ui.pages.execution_card import KINDS, ExecutionCard, kind_of
from app.ui.pages.execution_chart import ExecutionChart
from app.ui.pages.execution_grid import ExecutionGrid, ExecutionModel, key_of, number_of, text_of
from app.ui.pages.execution_marks import Marks
from app.ui.pages.monitoring_scope import ScopeBar
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Combo, Row, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

LOOKS = (("Таблица", "table"), ("Ввод", "grid"), ("План и факт", "chart"))
ALL_GROUPS, ALL_PEOPLE = "Все задачи", "Все ответственные"
UNEXPLAINED, PARTLY = "unexplained", "part_passed"
CHIPS: dict[str, str] = {
    **{str(key): word for key, word in SHOWN_WORDS.items()},
    PARTLY: PART_PASSED,
    UNEXPLAINED: "без причины",
}
Troubles = dict[tuple[Key, str], str]


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "№", lambda line: line.number, 56),
        Column("text", "Мероприятие", lambda line: line.text, 300, 4, 190, strong=True, tip=lambda line: line.named),
        Column("due", "Срок", lambda line: ru_date(line.due_on) if line.due_on else "", 92,
               sort=lambda line: line.due_on, tip=lambda line: line.term),
        Column("state", "Состояние", execution_words.short, 176, 1, 150, kind="chip",
               chip=kind_of, sort=lambda line: (list(SHOWN_WORDS).index(line.shown),
                                                                     -(line.days or 0)),
               tip=lambda line: line.word),
        Column("who", "Ответственный", lambda line: "; ".join(line.responsible), 130, 2, 96,
               tip=lambda line: "; ".join(line.responsible)),
        Column("people", "Людей", lambda line: "" if line.participants is None else str(line.participants), 72,
               kind="number", sort=lambda line: line.participants),
        Column("why", "Причина", lambda line: line.reason, 120, 2, 84, tip=lambda line: line.reason),
    )  # fmt: skip


def _is(line: ExecutionLine, key: str) -> bool:
    """Tell whether a chip speaks of a line."""
    if key == PARTLY:
        return line.part_passed is not None
    return line.unexplained if key == UNEXPLAINED else line.shown == key


def read(
    connection: Connection, programme_id: int, year: int, day: date
) -> tuple[ExecutionTable, Troubles]:  # fmt: skip
    """Return the plan of a year and what is wrong with entries."""
    found = execution.table(connection, programme_id, year, day)
    return found, execution.troubles(connection, found.every)


class ExecutionView(View):
    """«Исполнение»."""

    key = "execution"
    title = "Исполнение"
    heading = "Исполнение плана"
    guide = ("11-исполнение", "Исполнение плана")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.marks = Marks(self)
        self.table: ExecutionTable | None = None
        self._troubles: Troubles = {}
        kept = str(page.session.habits.get("execution:filter", ""))
        self._quick: str | None = kept if kept in CHIPS else None
        self._wanted: Key | None = None
        self._sought: Key | None = None
        self._turn = 0
        self.scope = page.scope
        self.body = QStackedWidget()
        self.body.addWidget(self._make_empty())
        self.body.addWidget(self._make_whole())
        self.column.addWidget(self.body, 1)
        for watched in (self.lines.view, self.chart.chart):
            watched.installEventFilter(self)
        self.scope.changed.connect(self.refresh)
        self.show_look(str(self.session.habits.get("execution:look", "table")))

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.reporting = act("Отчёт за период…", self.print_report, "printer")
        self.explaining = act("Причина…", self.ask_reason, "edit")
        self.marking = act("Отметить…", self.ask_mark, "circle-check", primary=True)
        return self.reporting, self.explaining, self.marking

    def ask_mark(self) -> None:
        """Ask how the selected lines stand."""
        self.marks.ask()

    def ask_reason(self) -> None:
        """Ask for the reason of the selected lines."""
        self.marks.ask_reason()

    # --- building ------------------------------------------------------------------------------------------------

    def _make_empty(self) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        self.nothing = EmptyState(
            "checklist", "Здесь будет исполнение плана",
            "Мероприятия придут сюда из программы. Останется отмечать, что выполнено, когда и с каким результатом.",
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
        column.addWidget(self._make_chips())
        self.lines = DataTable(
            "execution", _columns(), lambda line: line.key, habits=self.session.habits, title="Исполнение плана",
        )  # fmt: skip
        self.lines.current_changed.connect(lambda _line: self._select())
        self.lines.activated.connect(lambda _line: self.marks.ask())
        self.lines.row_actions = self.marks.actions
        self.model = ExecutionModel(self)
        self.grid = ExecutionGrid(self.model)
        self.grid.acts, self.grid.mark_done = self.marks.actions, self.marks.done_today
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
        self.chart = ExecutionChart(self)
        self.looks = QStackedWidget()
        for widget in (self.lines, sheet, self.chart):
            self.looks.addWidget(widget)
        self.card = ExecutionCard(self)
        splitter = split(self.looks, self.card, stretch=(1,), sizes=(1000, px(320)))
        column.addWidget(splitter, 1)
        return whole

    def _make_choosers(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().px(8))
        self.look = Combo("Как показать исполнение")
        self.look.fill(list(LOOKS))
        self.look.currentIndexChanged.connect(lambda _place: self.show_look(str(self.look.currentData())))
        self.task, self.who = Combo("Задача"), Combo("Ответственный")
        for combo in (self.task, self.who):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(18)
            combo.currentIndexChanged.connect(lambda _place: self._show_lines())
        line.addWidget(ScopeBar(self.scope))
        line.addStretch(1)
        line.addWidget(self.task)
        line.addWidget(self.who)
        line.addWidget(self.look)
        return line

    def _make_chips(self) -> QWidget:
        self.chips: dict[str, ChipButton] = {}
        for key in CHIPS:
            chip = ChipButton(KINDS.get(key, "warn"), "")
            chip.clicked.connect(lambda on, key=key: self.filter(key if on else None))
            self.chips[key] = chip
        return Row(*self.chips.values(), gap=6)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the table and in the chart marks as done today; Enter alone asks."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if held and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if not self.session.desk.read_only:
                    self.marks.done_today()
                return True
        return super().eventFilter(watched, event)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the plan of the chosen year anew."""
        self._turn += 1
        turn = self._turn
        if self.scope.programme_id is None:
            if self.scope.ready:
                self._show(turn, None)
            return
        self.session.read(
            self, lambda found: self._show(turn, found), read, self.scope.programme_id, self.scope.year,
            self.session.today(),
        )  # fmt: skip

    def _show(self, turn: int, found: tuple[ExecutionTable, Troubles] | None) -> None:
        if turn != self._turn:
            return
        self.table, self._troubles = found if found is not None else (None, {})
        table = self.table
        shown = table is not None and bool(table.lines or table.ongoing)
        elsewhere = table is not None and not shown and any(self.scope.years)
        self.body.setCurrentIndex(1 if shown or (elsewhere and len(self.scope.years) > 1) else 0)
        self.reporting.setEnabled(shown)
        for button in (self.marking, self.explaining):
            button.setEnabled(shown and not self.session.desk.read_only)
        self.say(execution_words.sentence(table) if table is not None else "Программы в файле пока нет")
        if table is None:
            return
        self._fill_choosers(table)
        self._show_lines()

    def _fill_choosers(self, table: ExecutionTable) -> None:
        every = table.every
        groups = dict.fromkeys(line.group for line in every)
        people = sorted({name for line in every for name in line.responsible}, key=str.casefold)
        self.task.fill([(ALL_GROUPS, None), *((name, name) for name in groups)])
        self.who.fill([(ALL_PEOPLE, None), *((name, name) for name in people)])
        for key, chip in self.chips.items():
            number = sum(_is(line, key) for line in (table.lines if key == UNEXPLAINED else every))
            word = CHIPS[key]
            chip.set_text(f"{word} {number}")
            chip.setVisible(number > 0)
            if self._quick == key and not number:
                self._quick = None

    def _fits(self, line: ExecutionLine) -> bool:
        group, who = self.task.currentData(), self.who.currentData()
        if group is not None and line.group != group:
            return False
        if who is not None and who not in line.responsible:
            return False
        return self._quick is None or _is(line, self._quick)

    def _show_lines(self) -> None:
        table = self.table
        if table is None:
            return
        for key, chip in self.chips.items():
            chip.setChecked(key == self._quick)
        lines = [line for line in table.every if self._fits(line)]
        self.lines.set_rows(lines)
        self.model.show_lines(lines, table.names, self._troubles, read_only=self.session.desk.read_only)
        self.chart.show_lines(table, lines)
        if self._wanted is not None and self.lines.choose(self._wanted):
            self.chart.choose(self._wanted)
            self._wanted = self._sought = None
        elif self._wanted is not None and self._sought != self._wanted:
            self._sought = self._wanted
            self.session.read(self, self._go_to, execution.programmes_of, self._wanted[0])
        self._select()

    def filter(self, key: str | None) -> None:
        """Show only lines of one state; None shows all."""
        self._quick = key
        self.session.habits.put("execution:filter", key or "")
        self._show_lines()

    # --- what is chosen ------------------------------------------------------------------------------------------

    def show_look(self, key: str) -> None:
        """Show the table, the sheet or the chart; the line that is chosen stays chosen."""
        line = self.current()
        place = next((place for place, (_word, name) in enumerate(LOOKS) if name == key), 0)
        self.look.setCurrentIndex(place)
        self.looks.setCurrentIndex(place)
        self.session.habits.put("execution:look", LOOKS[place][1])
        self.card.setVisible(key != "grid")  # a sheet needs all the width
        if line is not None:
            self._choose(line.key)
        self._select()

    def _choose(self, key: Key) -> None:
        match self.looks.currentIndex():
            case 0:
                self.lines.choose(key)
            case 1:
                rows = [row.key for row in self.model.rows]
                if number_of(key) in rows:
                    self.grid.setCurrentIndex(self.model.index(rows.index(number_of(key)), 1))
            case _:
                self.chart.choose(key)

    def current(self) -> ExecutionLine | None:
        """Return the line that is current in what is shown."""
        if self.table is None:
            return None
        match self.looks.currentIndex():
            case 0:
                line: ExecutionLine | None = self.lines.current()
                return line
            case 1:
                number = self.grid.key()
                return None if number is None else self._line(key_of(number))
            case _:
                return self.chart.current()

    def _line(self, key: Key) -> ExecutionLine | None:
        table = self.table
        every = table.every if table is not None else ()
        return next((line for line in every if line.key == key), None)

    def chosen(self) -> list[ExecutionLine]:
        """Return the selected lines, in the chart the current one."""
        match self.looks.currentIndex():
            case 0:
                return list(self.lines.selected())
            case 1:
                found = [self._line(key) for key in self.grid.chosen_keys()]
                return [line for line in found if line is not None]
            case _:
                line = self.chart.current()
                return [line] if line is not None else []

    def _select(self) -> None:
        self.card.show_line(self.current(), self.table)

    # --- the sheet -----------------------------------------------------------------------------------------------

    def _typed(self, cells: list[tuple[int, str, str]]) -> None:
        future = self.session.written(
            execution.put_cells, [(key_of(number), column, text) for number, column, text in cells]
        )
        if future is None:
            self.model.written(cells)
            self.refresh()
            return

        def settle(result: object) -> None:
            self.model.written(cells)
            if isinstance(result, UserError):
                self.session.tell_error(result)
            self.refresh()

        self.session.runner.take(future, settle, settle, owner=self)

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key."""
        key = key_of(self.model.rows[row].key)
        self.session.write(self, None, put_draft, key, self.model.columns[column].key, text)

    def _given_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again."""
        number, name = self.model.rows[row].key, self.model.columns[column].key
        line = self._line(key_of(number))
        if line is not None and self.table is not None:
            before = "" if line.drafts.get(name, ("", ""))[1] == "DRAFT" else text_of(line, name, self.table.names)
            self._typed([(number, name, self.model.rows[row].texts[column] or before)])

    def _left_over(self, lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        parts = []
        if rows:
            parts.append(f"{count(rows, 'строка', 'строки', 'строк')} ниже последней")
        if columns:
            parts.append(f"{count(columns, 'столбец', 'столбца', 'столбцов')} правее последнего")
        self.session.tell(
            "warn", f"Поместилось не всё: не вошли {' и '.join(parts)}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    # --- going on ------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Go to the sheet, onto what the line lacks."""
        line = self.current()
        self.show_look("grid")
        if line is not None:
            self._choose(line.key)
            lacking = "product" if not line.product else "participants"
            place = [column.key for column in self.model.columns].index(lacking)
            self.grid.setCurrentIndex(self.model.index(self.grid.currentIndex().row(), place))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_node(self) -> None:
        """Show the activity in the programme."""
        line = self.current()
        if line is not None:
            self.session.go("programme", line.node_id)

    def open_file(self, item: Attachment) -> None:
        """Offer what can be done with a kept file."""
        AttachmentOpener(self, self.session).offer(item, self.refresh)

    def print_report(self) -> None:
        """Show the report of a period."""
        if self.scope.programme_id is not None:
            self.session.go("print_execution", (self.scope.programme_id, self.scope.year))

    def open_payload(self, payload: object) -> None:
        """Show the activities of a state, or one by its lineage and plan year."""
        if isinstance(payload, str):
            self.filter(payload)
        elif isinstance(payload, tuple) and len(payload) == 2:
            self._wanted, self._sought = (int(payload[0]), int(payload[1])), None
            self._quick = None
            self.show_look("table")
            for combo in (self.task, self.who):
                combo.setCurrentIndex(0)
            self._show_lines()

    def _go_to(self, editions: tuple[int, ...]) -> None:
        """Show the programme and the year of the activity that another place asks for."""
        known = [line.programme.id for line in self.scope.lines]
        if self._wanted is None:
            return
        year = self._wanted[1]  # choosing the programme may find the line at once
        if self.scope.programme_id not in editions:
            found = next((key for key in editions if key in known), None)
            if found is None:
                return
            self.scope.choose(found)
        if year in self.scope.years:
            self.scope.choose_year(year)

    def focus_main(self) -> None:
        """Put the keyboard into what is shown."""
        shown = (self.lines.view, self.grid, self.chart.chart)[self.looks.currentIndex()]
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def enable_actions(self) -> None:
        """The report needs no writing."""
        for button in (self.marking, self.explaining):
            button.setEnabled(not self.session.desk.read_only)
