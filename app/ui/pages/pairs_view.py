"""«Кто поможет»: schools of the list, where they need help and who could give it; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.analysis import pairs_words as words
from app.analysis.pairs import Proposal, Receiver
from app.models.ties import Tie
from app.operations import pairs, ties
from app.operations.pairs import PairBoard
from app.texts import DASH, count, percent, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.pairs_card import PairsCard
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Row, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.school_list import SchoolListPage

HELP: dict[str, tuple[Kind, str]] = {
    "none": ("none", "нет"),
    "partly": ("warn", "не по всем местам"),
    "planned": ("warn", "предложена"),
    "agreed": ("ok", "есть договорённость"),
    "nothing": ("info", "слабых мест нет"),
}
ORDER = tuple(HELP)


@dataclass(frozen=True)
class HelpLine:
    """One school of the list with the board it stands on."""

    board: PairBoard
    receiver: Receiver

    @property
    def state(self) -> str:
        """How far help has come."""
        return pairs.state_of(self.receiver)

    @property
    def worst(self) -> str:
        """The weakest place that waits for help, else the weakest one."""
        places = self.receiver.open or self.receiver.weak
        return words.place(places[0]) if places else DASH

    @property
    def donors(self) -> str:
        """Who helps, else whom the program would propose."""
        helps = {tie.donor: None for tie in self.board.ties_of(self.receiver.school.id) if tie.state in ties.IN_FORCE}
        if helps:
            return ", ".join(helps)
        found = self.receiver.proposals
        best = next((item for item in found if item.free), None)
        return DASH if best is None else f"предлагаем: {self.board.name(best.donor_id)}"


COLUMNS = (
    Column("school", "Школа", lambda line: line.receiver.school.name, 150, 2, 138, middle=True, strong=True),
    Column("help", "Помощь", lambda line: HELP[line.state][1], 168, kind="chip", chip=lambda line: HELP[line.state][0],
           sort=lambda line: ORDER.index(line.state)),
    Column("places", "Мест", lambda line: str(len(line.receiver.weak)), 48, kind="number",
           sort=lambda line: len(line.receiver.weak), tip=lambda _line: "Сколько слабых мест: работ года, в которых "
           "доля ниже минимума не меньше порога правила"),
    Column("worst", "Самое слабое место", lambda line: line.worst, 230, 3, 214, tip=lambda line: "\n".join(
           words.place(result) for result in line.receiver.weak)),
    Column("donor", "Донор", lambda line: line.donors, 190, 2, 170, tip=lambda line: line.donors),
)  # fmt: skip


class PairsView(View):
    """Receivers at the left, proposals with reasons at the right."""

    key = "pairs"
    title = "Кто поможет"
    heading = "Кто может помочь кому"
    guide = ("03-список", "Кто поможет")

    page: SchoolListPage

    def __init__(self, page: SchoolListPage) -> None:
        super().__init__(page)
        self._board: PairBoard | None = None
        self._wanted: int | None = None
        self._turn = 0
        px = theme.current().px
        self.chips: dict[str, ChipButton] = {}
        for key, (kind, _word) in HELP.items():
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, key=key: self._quick(key if checked else None))
            self.chips[key] = chip
        self.chip_row = Row(*self.chips.values(), gap=4)
        self.empty = EmptyState(
            "users", "Здесь будут школы списка и те, кто может им помочь",
            "Нужны результаты за год: по ним видно, кому и с чем нужна помощь.",
            ("Загрузить результаты…", lambda: self.session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "pairs", COLUMNS, lambda line: line.receiver.school.id, habits=self.session.habits,
            title="Школы списка и помощь им", empty=self.empty,
        )  # fmt: skip
        self.table.current_changed.connect(self._show_line)
        self.table.activated.connect(lambda line: self.session.go("school", line.receiver.school.id))
        self.table.row_actions = self._row_actions
        self.card = PairsCard(self)
        self.splitter = split(self.table, self.card, stretch=(1,), sizes=(px(900), px(420)))
        self.how = Label("", "muted", wrap=True).selectable()
        self.column.addWidget(self.chip_row)
        self.column.addWidget(self.splitter, 1)
        self.column.addWidget(self.how)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.helps = act("Уже помогает…", self._enter_tie, "plus")
        self.assign = act("Распределить по муниципалитету…", self._assign, "sitemap", primary=True)
        self.donors = act("Возможности школ-доноров…", lambda: self._grids("donors"), "school")
        self.ways = act("Расстояния…", lambda: self._grids("ways"), "table")
        return self.ways, self.donors, self.helps, self.assign

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read ties and search for donors anew."""
        year = self.page.result_year
        if year is None or not self.page.rule_id:
            self._show_nothing("Результатов в файле пока нет", "Загрузите результаты за год: по ним видно, кому и с "
                               "чем нужна помощь.")  # fmt: skip
            return
        self._turn += 1
        turn = self._turn
        self.say("Подбираю…")
        self.session.read(self, lambda found: self._show(turn, found), pairs.overview, self.page.rule_id, year)

    def _show_nothing(self, sentence: str, cure: str) -> None:
        self._board = None
        self.empty.tell("Здесь будут школы списка и те, кто может им помочь", cure)
        self.say(sentence)
        for widget in (self.chip_row, self.card, self.how):
            widget.hide()
        for button in self.buttons:
            button.setEnabled(False)
        self.table.set_rows([])

    def _show(self, turn: int, board: PairBoard) -> None:
        if turn != self._turn:
            return
        if not board.receivers:
            self._show_nothing(f"В списке за {board.found.year} год школ нет",
                               "По этому правилу за этот год в списке никого: выберите другое правило или другой год, "
                               "или загрузите результаты.")  # fmt: skip
            return
        self._board = board
        for widget in (self.chip_row, self.card, self.how):
            widget.show()
        self.enable_actions()
        for button in (self.ways, self.donors):
            button.setEnabled(True)
        lines = [HelpLine(board, receiver) for receiver in board.receivers]
        for key, chip in self.chips.items():
            number = sum(line.state == key for line in lines)
            chip.set_text(f"{HELP[key][1]} {number}")
            chip.setVisible(number > 0)
        self.table.set_rows(lines)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        helped = sum(line.state == "agreed" for line in lines)
        self.say(f"{school_year(board.school_year)} учебный год · договорённость есть у {helped} из {len(lines)} школ")
        self.how.setText(self._how(board))

    @staticmethod
    def _how(board: PairBoard) -> str:
        """Say by what pairs are found, and what is not entered yet."""
        weak, strong = percent(*board.threshold, 0), percent(*board.definition.strong, 0)
        said = (
            f"Слабое место — доля ниже минимума не меньше {weak}. Донор — школа вне списка, у которой в той же работе "
            f"не больше {strong} и не меньше {board.definition.min_participants} участников, без признаков "
            "необъективности. Решает человек: программа только предлагает."
        )
        lacks = []
        if not board.with_index:
            lacks.append(f"индекса за {school_year(board.context_year)} (вкладка «Индексы»)")
        if not board.with_ways:
            lacks.append("расстояний")
        if not board.with_donors:
            lacks.append("возможностей доноров")
        if lacks:
            said += f" Пока нет: {', '.join(lacks)}. С ними предложения точнее."
        return said

    def _show_line(self, line: HelpLine | None) -> None:
        if line is None:
            self.card.clear()
        else:
            self.card.show_receiver(line.board, line.receiver)

    def open_payload(self, payload: object) -> None:
        """Show a school that another page names."""
        if isinstance(payload, int):
            self._wanted = payload
            self.table.clear_filters()
            self.table.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    # --- acting --------------------------------------------------------------------------------------------------

    def _quick(self, key: str | None) -> None:
        for other, chip in self.chips.items():
            chip.setChecked(other == key)
        test: Callable[[HelpLine], bool] | None = None
        if key is not None:
            test = lambda line: line.state == key  # noqa: E731 - a test is asked for
        self.table.model.set_quick(test)

    def propose(self, proposal: Proposal) -> None:
        """Write a proposed pair."""
        board = self._board
        if board is not None:
            self.session.write(
                self, lambda made: self._told(proposal, len(made)), pairs.accept, board.found.rule.id,
                board.found.year, [(proposal.receiver_id, proposal.donor_id)],
            )  # fmt: skip

    def _told(self, proposal: Proposal, number: int) -> None:
        if self._board is not None:
            ties_made = count(number, "предмет", "предмета", "предметов")
            self.page.message("ok", f"Предложено: {self._board.name(proposal.donor_id)} поможет "
                              f"{self._board.name(proposal.receiver_id)}, {ties_made}. Отменить — Ctrl+Z.")  # fmt: skip

    def decline(self, proposal: Proposal) -> None:
        """Ask why the pair does not come about and write it."""
        board = self._board
        if board is None:
            return
        answer = self.session.dialogs.ask(
            f"Отказ: {board.name(proposal.donor_id)}",
            f"Пару со школой {board.name(proposal.receiver_id)} больше не предложим в "
            f"{school_year(board.school_year)} учебном году.",
            [Field("note", "Почему", long=True)], "Записать отказ",
        )  # fmt: skip
        if answer is not None:
            self.session.write(self, None, pairs.decline, board.found.year, proposal.receiver_id, proposal.donor_id,
                               answer["note"])  # fmt: skip

    def agree(self, tie: Tie) -> None:
        """Ask for number and date of the agreement."""
        answer = self.session.dialogs.ask(
            "Есть договорённость", f"{tie.donor} → {tie.receiver}: {ties.words(tie)}.",
            [Field("act_number", "Номер договора или приказа", tie.act_number or ""),
             Field("act_date", "Дата", hint="20.10.2026")],
            "Записать",
        )  # fmt: skip
        if answer is not None:
            fields = {name: text for name, text in answer.items() if text}
            self.session.write(self, None, ties.change, tie.id, fields | {"state": "agreed"})

    def refuse_tie(self, tie: Tie) -> None:
        """Ask why a proposed tie was declined."""
        answer = self.session.dialogs.ask(
            "Отказ", f"{tie.donor} → {tie.receiver}: {ties.words(tie)}.", [Field("note", "Почему", long=True)],
            "Записать отказ",
        )  # fmt: skip
        if answer is not None:
            fields = {"note": answer["note"]} if answer["note"] else {}
            self.session.write(self, None, ties.change, tie.id, fields | {"state": "declined"})

    def set_state(self, tie: Tie, state: str) -> None:
        """Give a tie another state at once; undo takes it back."""
        self.session.write(self, None, ties.set_state, [tie.id], state)

    def _enter_tie(self) -> None:
        """Ask who helps the chosen school already."""
        line: HelpLine | None = self.table.current()
        board = self._board
        if line is None or board is None:
            return
        here = line.receiver.school.id
        donors = tuple((school.shown, str(key)) for key, school in board.schools.items() if key != here and
                       school.kind == "school" and school.status == "active")  # fmt: skip
        answer = self.session.dialogs.ask(
            f"Кто уже помогает: {line.receiver.school.name}",
            f"Договорённость {school_year(board.school_year)} учебного года. Предмет и класс можно не называть.",
            [
                Field("donor_id", "Какая школа помогает", choices=donors, required=True),
                Field("subject", "Предмет", hint="математика"), Field("grade", "Класс", hint="6"),
                Field("act_number", "Номер документа"), Field("act_date", "Дата", hint="20.10.2026"),
                Field("note", "Примечание"),
            ],
            "Записать",
        )  # fmt: skip
        if answer is not None:
            donor = int(answer.pop("donor_id"))
            self.session.write(self, None, ties.helps_already, board.school_year, donor, here, answer)

    def _assign(self) -> None:
        if self.page.result_year is not None:
            self.session.go("assign_donors", (self.page.rule_id, self.page.result_year))

    def _grids(self, tab: str) -> None:
        if self._board is not None:
            listed = frozenset(receiver.school.id for receiver in self._board.receivers)
            self.session.go("help_grids", (tab, self._board.school_year, listed))

    def _row_actions(self) -> list[RowAction | None]:
        line: HelpLine | None = self.table.current()
        if line is None:
            return []
        key = line.receiver.school.id
        actions: list[RowAction | None] = [("Карточка школы", lambda: self.session.go("school", key))]
        writing: list[RowAction | None] = [("Уже помогает…", self._enter_tie)]
        return [*([] if self.session.desk.read_only else writing), *actions,
                ("Все договорённости…", lambda: self._grids("ties"))]  # fmt: skip
