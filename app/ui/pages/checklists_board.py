"""«Приём»: what was asked of whom, where every answer stands, who is late, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.operations import form_letters, form_overview, form_rounds
from app.operations.form_board import BoardCell
from app.operations.form_lines import RoundLine
from app.operations.form_overview import LATE, Overview
from app.operations.form_states import STATE_WORDS, STATES, WAITING, State
from app.texts import count, ru_date, school_year
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.pages.board_card import BoardCard
from app.ui.pages.board_lines import KINDS, BoardLine, round_columns, year_columns
from app.ui.pages.closed_forms import ClosedCheck, with_closed
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.widgets.basics import Button, Combo, Row, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction

MOST_REMARKS = 10


class BoardView(View):
    """The board: all rounds of the year, or one of them."""

    key = "board"
    title = "Приём"
    heading = "Чек-листы"
    guide = ("09-чек-листы", "Приём")

    def __init__(self, page: ViewsPage) -> None:
        super().__init__(page)
        self._found: Overview | None = None
        self._wanted: int | None = None
        self._turn = 0
        self._rounds: tuple[int, ...] = ()
        self._make_top()
        habits = self.session.habits
        self.empty = EmptyState(
            "checklist", "Сборов в этом году нет",
            "Начните сбор: выберите форму, школы и срок. Здесь будет видно, кто что прислал.",
            ("Новый сбор…", lambda: self.session.go("new_round")),
        )  # fmt: skip
        self.table = DataTable("board", year_columns(()), lambda line: line.key, habits=habits,
                               title="Кто что прислал", empty=self.empty)  # fmt: skip
        self.single = DataTable("board_round", round_columns(), lambda line: line.key, habits=habits,
                                title="Ответы одного сбора")  # fmt: skip
        self.stack = QStackedWidget()
        for table in (self.table, self.single):
            self.stack.addWidget(table)
            table.current_changed.connect(lambda _line: self._show_card())
            table.selection_changed.connect(self._show_card)
            table.activated.connect(self._open_line)
            table.row_actions = self._row_actions
        self.table.view.selectionModel().currentColumnChanged.connect(self._column_changed)
        self.card = BoardCard(self)
        self.splitter = split(
            self.stack, self.card, stretch=(1,), sizes=(theme.current().px(960), theme.current().px(360))
        )
        self.column.addLayout(self.top)
        self.column.addWidget(self.chip_row)
        self.column.addWidget(self.splitter, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.receiving = act("Принять файлы…", lambda: self.session.go("receive_forms"), "download")
        self.sending = act("Разослать…", self._send_waiting, "mail")
        self.urgent = act("Срочный сбор…", lambda: self.session.go("urgent"), "bulb")
        self.beginning = act("Новый сбор…", lambda: self.session.go("new_round"), "plus", primary=True)
        return self.receiving, self.sending, self.urgent, self.beginning

    def _make_top(self) -> None:
        """Make the choice between the year and one round, and what is done with one round."""
        self.which = Combo("Все сборы или один")
        self.which.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(34)
        self.which.currentIndexChanged.connect(lambda _place: self._switched())
        self.answers = Button("Таблица ответов…", self._open_answers, icon="table")
        self.due = Button("Срок…", self._ask_due)
        self.closing = Button("Закрыть сбор", self._close)
        self.printing = Button("Ход сбора…", self._print, icon="printer")
        self.closed = ClosedCheck(self.page)
        self.top = QHBoxLayout()
        self.top.setSpacing(theme.current().px(8))
        for widget in (self.which, self.printing, self.answers, self.due, self.closing):
            self.top.addWidget(widget)
        self.top.addStretch(1)
        self.top.addWidget(self.closed)
        self.chips: dict[str, ChipButton] = {}
        for state in STATES:
            self._chip(state, KINDS[state])
        self._chip(LATE, "bad")
        self.chip_row = Row(*self.chips.values(), gap=4)

    def _chip(self, key: str, kind: theme.Kind) -> None:
        chip = ChipButton(kind, "")
        chip.clicked.connect(lambda checked: self._quick(key if checked else None))
        self.chips[key] = chip

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def with_closed(self) -> bool:
        """Whether closed forms are shown."""
        return with_closed(self.session)

    @property
    def is_single(self) -> bool:
        """Whether one round is shown."""
        return self.which.currentData() is not None

    @property
    def round_id(self) -> int | None:
        """The round that is meant: the chosen one, or that of the column where the keyboard is."""
        if self.is_single:
            key = self.which.currentData()
            return None if key is None else int(key)
        index = self.table.view.currentIndex()
        if not index.isValid() or index.column() >= len(self.table.model.columns):
            return None
        name = self.table.model.columns[index.column()].key
        return int(name[1:]) if name[:1] == "r" and name[1:].isdigit() else None

    def refresh(self) -> None:
        """Read the board of the chosen school year anew."""
        self._turn += 1
        turn = self._turn
        self.session.read(
            self, lambda found: self._show(turn, found), form_overview.overview, self.session.school_year,
            self.session.today(), closed=self.with_closed,
        )  # fmt: skip

    def _show(self, turn: int, found: Overview) -> None:
        if turn != self._turn:
            return
        self._found = found
        rounds = found.board.rounds
        self.closed.offer(found.has_closed)
        words = [(_round_word(column), column.round.id) for column in rounds]
        self.which.fill([("Все сборы года, по школам", None), *words], self._wanted)
        keys = tuple(column.round.id for column in rounds)
        if keys != self._rounds or self.table.model.columns[1:-2] != year_columns(rounds)[1:-2]:
            self._rounds = keys
            self.table.replace_columns(year_columns(rounds))
        self._wanted = None
        self._fill()

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        single = self.is_single
        round_id = self.which.currentData()
        rows = [row for row in found.board.rows if round_id is None or round_id in row.cells]
        lines = [BoardLine(found, row, round_id) for row in rows]
        self.stack.setCurrentWidget(self.single if single else self.table)
        column = self._column(round_id)
        for widget in (self.due, self.closing):
            widget.setVisible(single)
        self.answers.setVisible(column is not None and column.form is not None and column.form.kind == "request")
        for button in (self.due, self.closing, *self.buttons):
            button.setEnabled(not self.session.desk.read_only)
        self.printing.setEnabled(bool(lines))
        self.printing.setVisible(bool(found.board.rounds))
        self.sending.setEnabled(bool(lines) and not self.session.desk.read_only)
        self.which.setVisible(bool(found.board.rounds))
        self.closing.setText("Открыть снова" if column is not None and column.round.closed_on else "Закрыть сбор")
        self._count(lines)
        if single:
            scored = column is not None and column.form is not None and bool(column.form.scores)
            self.single.replace_columns(round_columns(scored=scored))
        before = None if single else self.round_id
        (self.single if single else self.table).set_rows(lines)
        if before is not None and self.table.view.currentIndex().isValid():
            self.choose_round(before)  # rows that come anew put the keyboard into the first column
        self.card.setVisible(bool(lines))
        self.chip_row.setVisible(bool(lines))
        self.say(self._sentence(found, column))
        self._show_card()

    def _column(self, round_id: int | None) -> RoundLine | None:
        if self._found is None:
            return None
        return next((item for item in self._found.board.rounds if item.round.id == round_id), None)

    def _count(self, lines: Sequence[BoardLine]) -> None:
        cells = [cell for line in lines for cell in line.cells() if cell.line.case.exempt is None]
        for key, chip in self.chips.items():
            number = sum(cell.overdue if key == LATE else cell.state == key for cell in cells)
            chip.set_text(f"{LATE if key == LATE else STATE_WORDS[_state(key)]} {number}")
            chip.setVisible(number > 0)
            if number == 0 and chip.isChecked():
                self._quick(None)

    def _sentence(self, found: Overview, column: RoundLine | None) -> str:
        year = f"{school_year(found.board.school_year)} учебный год"
        if not found.board.rounds:
            return f"{year} · сборов нет"
        states = found.board.states if column is None else column.states
        if set(states) == {"composed"} and column is not None:
            return f"{column.round.title} · складывается из других форм: их отправляют и принимают"
        total = sum(states.values())
        done = states.get("accepted", 0) + states.get("approved", 0)
        parts = [year if column is None else column.round.title, f"принято {done} из {total}"]
        late = found.board.overdue if column is None else column.overdue
        waiting = sum(states.get(state, 0) for state in WAITING)
        if waiting:
            parts.append(f"не прислано {waiting}")
        if late:
            parts.append(f"просрочено {late}")
        if column is not None:
            parts.append("сбор закрыт" if column.round.closed_on else _due(column))
        return " · ".join(part for part in parts if part)

    # --- choosing ------------------------------------------------------------------------------------------------

    def _switched(self) -> None:
        self._quick(None)
        self._fill()

    def choose_round(self, round_id: int) -> None:
        """Show another round of the row: its column, or its own table."""
        if self.is_single:
            self.which.choose(round_id)
            return
        keys = [column.key for column in self.table.model.columns]
        if f"r{round_id}" in keys:
            index = self.table.view.currentIndex()
            self.table.make_current(index.row(), keys.index(f"r{round_id}"))

    def _column_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_card()

    def _shown_table(self) -> DataTable:
        return self.single if self.stack.currentWidget() is self.single else self.table

    def _show_card(self) -> None:
        table = self._shown_table()
        lines: list[BoardLine] = table.selected()
        line: BoardLine | None = table.current()
        if line is None:
            self.card.clear()
            return
        if len(lines) > 1:
            cells, where = self._scope(lines)
            self.card.show_many(lines, cells, where)
            return
        cell = line.cell(self.round_id) if self.round_id is not None else None
        cell = cell or _pressing(line)
        column = self._column(cell.line.case.round_id)
        if column is not None:
            self.card.show_cell(line, column, cell)

    def _scope(self, lines: Sequence[BoardLine]) -> tuple[list[BoardCell], str]:
        """Return the answers that acts on several rows are about, and say which they are."""
        column = self._column(self.round_id)
        if column is not None:
            cells = [cell for line in lines if (cell := line.cell(column.round.id)) is not None]
            return cells, f"Сбор «{column.round.title}»"
        return [cell for line in lines for cell in line.cells()], "Все сборы года"

    def _quick(self, key: str | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == key)
        test: Callable[[BoardLine], bool] | None = None
        if key == LATE:
            test = lambda line: any(cell.overdue for cell in line.cells())  # noqa: E731 - a test is asked for
        elif key is not None:
            test = lambda line: any(  # noqa: E731
                cell.state == key and cell.line.case.exempt is None for cell in line.cells()
            )
        for table in (self.table, self.single):
            table.model.set_quick(test)

    def open_payload(self, payload: object) -> None:
        """Show a round that another place names."""
        if isinstance(payload, int):
            self._turn += 1  # what is being read now is not what is wanted
            self.session.read(self, lambda year: self._want(payload, year), form_overview.year_of, payload)

    def _want(self, round_id: int, year: int) -> None:
        self._wanted = round_id
        self._quick(None)
        self.session.set_school_year(year)
        self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self._shown_table().focus_table()

    # --- acting on answers ---------------------------------------------------------------------------------------

    def _open_line(self, line: BoardLine) -> None:
        cell = (line.cell(self.round_id) if self.round_id is not None else None) or _pressing(line)
        self.open_case(cell.case_id)

    def open_case(self, case_id: int) -> None:
        """Show the answers themselves."""
        self.session.go("forms", ("fill", case_id))

    def send(self, case_ids: Sequence[int]) -> None:
        """Write blanks or letters."""
        self.session.go("form_send", ("send", tuple(case_ids)))

    def remind(self, case_ids: Sequence[int]) -> None:
        """Write reminders."""
        self.session.go("form_send", ("remind", tuple(case_ids)))

    def mark_sent(self, case_ids: Sequence[int]) -> None:
        """Note that blanks went out another way."""
        day = self.session.today().isoformat()
        self.session.write(self, None, form_letters.sent, dict.fromkeys(case_ids, ""), day)

    def mark_received(self, case_ids: Sequence[int]) -> None:
        """Note that answers came on paper or by telephone."""
        self.session.write(self, None, form_rounds.mark_received, case_ids, self.session.today().isoformat())

    def accept(self, case_ids: Sequence[int]) -> None:
        """Accept answers; undo takes it back."""
        told = count(len(case_ids), "ответ", "ответа", "ответов")
        self.session.write(
            self, lambda _none: self.page.message("ok", f"Принято: {told}. Отменить — Ctrl+Z."),
            form_rounds.accept, case_ids, accepted_on=self.session.today().isoformat(),
        )  # fmt: skip

    def accept_anyway(self, case_id: int) -> None:
        """Accept answers that are not whole, after a question."""
        answer = self.session.dialogs.choose(
            "Принять как есть", "В ответе есть незаполненное или неверное. Принятый ответ закрывается, неверное в "
            "сводки не попадёт.", [Choice("no", "Не принимать"), Choice("yes", "Принять как есть")],
        )  # fmt: skip
        if answer == "yes":
            day = self.session.today().isoformat()
            self.session.write(self, None, form_rounds.accept, [case_id], anyway=True, accepted_on=day)

    def give_back(self, case_id: int) -> None:
        """Ask for the remark, offering what the program has found, and give the answers back."""
        self.session.read(self, lambda found: self._ask_remark(case_id, found.problems), form_overview.detail, case_id)

    def _ask_remark(self, case_id: int, problems: Sequence[str]) -> None:
        answer = self.session.dialogs.ask(
            "Вернуть на доработку", "Замечание увидит школа: оно войдёт в письмо и в напоминание.",
            [Field("remark", "Что доработать", "\n".join(problems[:MOST_REMARKS]), long=True, required=True)],
            "Вернуть",
        )  # fmt: skip
        if answer is not None:
            day = self.session.today().isoformat()
            self.session.write(self, lambda _none: self._returned(case_id), form_rounds.give_back, case_id,
                               answer["remark"], returned_on=day)  # fmt: skip

    def _returned(self, case_id: int) -> None:
        self.page.message("ok", "Возвращено на доработку.", ("Написать школе…", lambda: self.remind([case_id])))

    def approve(self, case_ids: Sequence[int]) -> None:
        """Ask for the act and approve."""
        answer = self.session.dialogs.ask(
            "Утвердить", f"{count(len(case_ids), 'ответ', 'ответа', 'ответов')}. Утверждение снимают с указанием "
            "причины, а не через Ctrl+Z.", [Field("act", "Номер и дата приказа")], "Утвердить",
        )  # fmt: skip
        if answer is not None:
            day = self.session.today().isoformat()
            self.session.write(self, None, form_rounds.approve, case_ids, act=answer["act"], approved_on=day)

    def reopen(self, case_id: int) -> None:
        """Ask for the reason and take acceptance back."""
        answer = self.session.dialogs.ask(
            "Снять принятие", "Ответы снова можно будет менять. Показатели, которые пришли из этой формы, станут "
            "прежними.", [Field("reason", "Почему", required=True)], "Снять принятие",
        )  # fmt: skip
        if answer is not None:
            self.session.write(self, None, form_rounds.reopen, case_id, answer["reason"])

    def _row_actions(self) -> list[RowAction | None]:
        """Return the acts of the card for the menu of the right button."""
        buttons = [button for button in self.card.scroller.findChildren(Button) if button.property("kind") != "link"]
        return [(button.text(), button.click) for button in buttons]

    # --- acting on rounds ----------------------------------------------------------------------------------------

    def _send_waiting(self) -> None:
        """Write to all of the round, or of the year, who have not got their blank; else to those who are waited for."""
        lines: list[BoardLine] = self._shown_table().model.visible_rows()
        cells = [cell for line in lines for cell in line.cells() if cell.line.case.exempt is None]
        chosen = [cell.case_id for cell in cells if cell.state == "not_sent"] or [
            cell.case_id for cell in cells if cell.state in WAITING
        ]
        if chosen:
            self.send(chosen)
        else:
            self.page.message("info", "Рассылать некому: все ответы получены.")

    def _print(self) -> None:
        year, with_closed = self.session.school_year, self.with_closed
        self.session.go("print_board", (year, self.which.currentData() if self.is_single else None, with_closed))

    def _open_answers(self) -> None:
        self.session.go("request_table", self.which.currentData())

    def _ask_due(self) -> None:
        column = self._column(self.which.currentData())
        if column is None:
            return
        shown = ru_date(column.round.due_on) if column.round.due_on else ""
        answer = self.session.dialogs.ask(
            "Срок сбора", column.round.title, [Field("due", "Ответить до", shown, hint="28.11.2026")], "Изменить срок"
        )
        if answer is not None:
            self.session.write(self, None, form_rounds.set_due, column.round.id, answer["due"])

    def _close(self) -> None:
        column = self._column(self.which.currentData())
        if column is not None:
            again = column.round.closed_on is not None
            self.session.write(self, None, form_rounds.close_round, column.round.id, reopen=again)


def _state(key: str) -> State:
    return next(state for state in STATES if state == key)


def _due(column: RoundLine) -> str:
    return f"срок {ru_date(column.round.due_on)}" if column.round.due_on else "срок не назначен"


def _round_word(column: RoundLine) -> str:
    due = f", до {ru_date(column.round.due_on)}" if column.round.due_on else ""
    return f"{column.round.title}{due}"


def _pressing(line: BoardLine) -> BoardCell:
    """Return the answer that needs a person first: late, with errors, received, waited for."""
    rank = ("with_errors", "received", "returned", "sent", "not_sent", "accepted", "approved", "composed")
    return min(line.cells(), key=lambda cell: (not cell.overdue, rank.index(cell.state)))
