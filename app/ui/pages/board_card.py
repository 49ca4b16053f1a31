"""The card of «Приём»: where an answer stands and since when, what is wrong with it, whom to call, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.operations import form_card, form_overview
from app.operations.form_board import BoardCell
from app.operations.form_lines import RoundLine
from app.operations.form_overview import Detail
from app.operations.form_states import DONE, STATE_WORDS, STATES, WAITING, composed_words
from app.operations.form_subjects import SUBJECT_WORDS
from app.texts import NBSP, count, ru_date, ru_moment
from app.ui import theme
from app.ui.pages.board_lines import BoardLine, kind_of, word_of
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label, ruler

if TYPE_CHECKING:
    from app.ui.pages.checklists_board import BoardView

FIRST = 4
"""How many problems and files are shown; the form itself shows all."""
Step = tuple[str, Callable[[], object], bool]


class BoardCard(Card):
    """The side of the board."""

    def __init__(self, view: BoardView) -> None:
        super().__init__()
        self._view = view
        self._case: int | None = None
        self.setMinimumWidth(theme.current().px(330))
        self.scroller = Scroller(spacing=6)
        self.body.addWidget(self.scroller, 1)

    @property
    def case_id(self) -> int | None:
        """The case that is shown, None where there is none or several."""
        return self._case

    def clear(self) -> None:
        """Show nothing."""
        self._case = None
        self.scroller.clear()

    # --- one answer ----------------------------------------------------------------------------------------------

    def show_cell(self, line: BoardLine, column: RoundLine, cell: BoardCell) -> None:
        """Show one subject in one round; problems and files are read a moment later."""
        self._case = cell.case_id
        self._line, self._column, self._cell = line, column, cell
        self._fill(None)
        session = self._view.session
        session.read(self, self._take, form_overview.detail, cell.case_id)

    def _take(self, found: Detail) -> None:
        if found.case_id == self._case:
            self._fill(found)

    def _fill(self, found: Detail | None) -> None:
        line, column, cell = self._line, self._column, self._cell
        self.scroller.clear()
        put = self.scroller.column.addWidget
        put(Label(line.shown, "section", wrap=True))
        if line.row.kind not in form_overview.OWN:
            put(Label(SUBJECT_WORDS.get(line.row.kind, ""), "muted", wrap=True))
        put(Label(column.round.title, "strong", wrap=True))
        put(Chip(kind_of(cell), word_of(cell, short=False)))
        facts = Facts()
        facts.show_facts(self._facts(found))
        put(facts)
        if cell.line.case.return_remark and cell.state == "returned":
            put(Label(f"Что доработать: {cell.line.case.return_remark}", wrap=True).selectable())
        put(Row(*self._buttons(self._steps(cell)), gap=6))
        if found is not None:
            self._problems(found)
            self._files(found)
        self._contact(line)
        self._others(line, column)
        self.scroller.column.addStretch(1)

    def _facts(self, found: Detail | None) -> list[tuple[str, str]]:
        line, case = self._cell.line, self._cell.line.case
        facts = [("Срок", form_overview.due_text(line, self._line.found.day))]
        if case.exempt is not None:
            return [("Почему", case.exempt)]
        if case.sent_on:
            facts.append(("Отправлено", ru_date(case.sent_on) + (f", {case.sent_to}" if case.sent_to else "")))
        for name, day in (("Получено", case.received_on), ("Возвращено", case.returned_on),
                          ("Принято", case.accepted_on)):  # fmt: skip
            if day:
                facts.append((name, ru_date(day)))
        if case.approved_on:
            facts.append(("Утверждено", ", ".join(p for p in (ru_date(case.approved_on), case.approved_act) if p)))
        if line.composed and line.parts is not None:
            facts.append(("Части", composed_words(*line.parts)))
        else:
            facts.append(("Заполнено", f"{line.answered}{NBSP}из{NBSP}{line.of}"))
        result = form_card.points_text(line)
        if result and (found is None or not found.closed or self._view.with_closed):
            facts.append(("Итог", result))
        if case.level_reason:
            facts.append(("Основание", case.level_reason))
        return facts

    def _steps(self, cell: BoardCell) -> list[Step]:
        """Return what can be done next: (verb, act, whether it is the main one)."""
        if cell.line.composed:
            return [("Открыть части", lambda: self._view.open_case(cell.case_id), True)]
        return self._asked_steps(cell)

    def _asked_steps(self, cell: BoardCell) -> list[Step]:
        view, key, state = self._view, cell.case_id, cell.state
        open_: Step = ("Открыть ответы", lambda: view.open_case(key), state == "with_errors")
        if view.session.desk.read_only or cell.line.case.exempt is not None:
            return [open_]
        send: Step = ("Отправить бланк…", lambda: view.send([key]), state == "not_sent")
        remind: Step = ("Напомнить…", lambda: view.remind([key]), cell.overdue and state != "not_sent")
        back: Step = ("Вернуть на доработку…", lambda: view.give_back(key), False)
        if state in DONE:
            approve: list[Step] = [("Утвердить…", lambda: view.approve([key]), True)] if state == "accepted" else []
            return [*approve, open_, ("Снять принятие…", lambda: view.reopen(key), False)]
        if state == "received":
            return [("Принять", lambda: view.accept([key]), True), open_, back]
        if state == "with_errors":
            return [open_, back, ("Принять как есть…", lambda: view.accept_anyway(key), False)]
        if state == "not_sent":
            return [send, open_, ("Отметить отправленным", lambda: view.mark_sent([key]), False)]
        came: Step = ("Пришло на бумаге", lambda: view.mark_received([key]), False)
        return [remind, open_, send, came]

    @staticmethod
    def _buttons(steps: Sequence[Step]) -> list[Button]:
        first = sorted(steps, key=lambda step: not step[2])
        return [Button(word, act, kind="primary" if main else "normal") for word, act, main in first]

    def _problems(self, found: Detail) -> None:
        # an answer that nobody has begun lacks everything: that is no finding
        if not found.problems or self._cell.state in {"not_sent", "sent", "composed"}:
            return
        put = self.scroller.column.addWidget
        put(ruler())
        put(Label("Замечания", "strong"))
        for text in found.problems[:FIRST]:
            put(Label(f"▲ {text}", wrap=True).selectable())
        more = len(found.problems) - FIRST
        if more > 0:
            self._link(f"Ещё {more}: открыть ответы", lambda: self._view.open_case(found.case_id))

    def _link(self, word: str, act: Callable[[], object]) -> None:
        self.scroller.column.addWidget(Button(word, act, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)

    def _files(self, found: Detail) -> None:
        if not found.files:
            return
        put = self.scroller.column.addWidget
        put(ruler())
        put(Label("Файлы", "strong"))
        for name, moment, word in found.files[:FIRST]:
            put(Label(name, wrap=True).selectable())
            put(Label(" · ".join(part for part in (ru_moment(moment), word) if part), "muted", wrap=True))

    def _contact(self, line: BoardLine) -> None:
        contact = line.row.contact
        put = self.scroller.column.addWidget
        put(ruler())
        put(Label("Кому звонить", "strong"))
        if contact is None:
            where = "Внесите руководителя и телефон в карточку школы." if line.row.school_id else "Контакт не внесён."
            put(Label(where, "muted", wrap=True))
        else:
            facts = [("Кто", contact.name), ("Телефон", contact.phone or ""), ("Почта", contact.email or "")]
            box = Facts()
            box.show_facts([(name, text) for name, text in facts if text])
            put(box)
        school = line.row.school_id
        if school is not None:
            self._link("Карточка школы", lambda: self._view.session.go("school", school))

    def _others(self, line: BoardLine, column: RoundLine) -> None:
        """Show the other forms of the same subject; a press shows one of them."""
        others = [other for other in line.found.board.rounds
                  if other.round.id != column.round.id and other.round.id in line.row.cells]  # fmt: skip
        if not others:
            return
        put = self.scroller.column.addWidget
        put(ruler())
        put(Label("Другие формы", "strong"))
        for other in others:
            cell = line.row.cells[other.round.id]
            put(Label(other.round.title, wrap=True))
            row = Row(Chip(kind_of(cell), word_of(cell, short=False)), gap=6)
            show = Button("Показать", partial(self._view.choose_round, other.round.id), kind="link")
            show.setAccessibleName(f"Показать: {other.round.title}")
            row.flow.addWidget(show)
            put(row)

    # --- several rows --------------------------------------------------------------------------------------------

    def show_many(self, lines: Sequence[BoardLine], cells: Sequence[BoardCell], where: str) -> None:
        """Show what several selected rows have in common and what can be done with all of them."""
        self._case = None
        view = self._view
        self.scroller.clear()
        put = self.scroller.column.addWidget
        put(Label(f"Выбрано: {count(len(lines), 'строка', 'строки', 'строк')}", "section", wrap=True))
        put(Label(where, "muted", wrap=True))
        for state in STATES:
            number = sum(cell.state == state for cell in cells)
            if number:
                put(Label(f"{STATE_WORDS[state]}: {number}"))
        late = sum(cell.overdue for cell in cells)
        if late:
            put(Label(f"из них просрочено: {late}"))
        if not view.session.desk.read_only:
            buttons = self._buttons(self._common(cells))
            put(Row(*buttons, gap=6))
            if not buttons:
                put(Label("С этими ответами вместе делать нечего.", "muted", wrap=True))
        self.scroller.column.addStretch(1)

    def _common(self, cells: Sequence[BoardCell]) -> list[Step]:
        view = self._view
        asked = [cell for cell in cells if cell.line.case.exempt is None]

        def of(states: frozenset[str]) -> list[int]:
            return [cell.case_id for cell in asked if cell.state in states]

        waiting, unsent = of(frozenset(WAITING)), of(frozenset({"not_sent"}))
        owed, came, accepted = of(frozenset({"sent", "returned"})), of(frozenset({"received"})), of(
            frozenset({"accepted"}))  # fmt: skip
        steps: list[Step] = []
        if came:
            steps.append((f"Принять: {len(came)}", lambda: view.accept(came), True))
        if owed:
            steps.append((f"Напомнить: {len(owed)}…", lambda: view.remind(owed), not came))
        if waiting:
            steps.append((f"Отправить бланки: {len(waiting)}…", lambda: view.send(waiting), not came and not owed))
        if unsent:
            steps.append((f"Отметить отправленными: {len(unsent)}", lambda: view.mark_sent(unsent), False))
        if accepted:
            steps.append((f"Утвердить: {len(accepted)}…", lambda: view.approve(accepted), not steps))
        return steps
