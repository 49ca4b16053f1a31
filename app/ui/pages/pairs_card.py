"""One school of the list: where it needs help, who helps already, who could, each with reasons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.analysis import pairs_words as words
from app.analysis.pairs import Proposal, Receiver
from app.models.ties import Tie
from app.operations import ties
from app.operations.pairs import PairBoard
from app.operations.tie_grids import STATE_WORDS
from app.texts import ru_date
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, FlowLayout, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label, ruler

if TYPE_CHECKING:
    from app.ui.pages.pairs_view import PairsView

FIRST = 4
"""How many proposals are shown before more are asked for."""
TIE_KINDS: dict[str, Kind] = {"existing": "ok", "agreed": "ok", "planned": "warn", "declined": "bad", "ended": "none"}


class PairsCard(Card):
    """The side of the view."""

    def __init__(self, view: PairsView) -> None:
        super().__init__()
        self._view = view
        self._board: PairBoard | None = None
        self._receiver: Receiver | None = None
        self._all = False
        self.setMinimumWidth(theme.current().px(392))
        self.scroller = Scroller(spacing=6)
        self.body.addWidget(self.scroller, 1)

    def clear(self) -> None:
        """Show nothing."""
        self._receiver = None
        self.scroller.clear()

    def show_receiver(self, board: PairBoard, receiver: Receiver) -> None:
        """Show a school of the list."""
        if self._receiver is None or self._receiver.school.id != receiver.school.id:
            self._all = False
        self._board, self._receiver = board, receiver
        self._fill()

    def _fill(self) -> None:
        board, receiver = self._board, self._receiver
        self.scroller.clear()
        if board is None or receiver is None:
            return
        put = self.scroller.column.addWidget
        put(Label(receiver.school.name, "section", wrap=True))
        self._weak(receiver)
        found = board.ties_of(receiver.school.id)
        if found:
            put(ruler())
            put(Label("Помощь", "strong"))
            for tie in found:
                self._tie(tie)
        put(ruler())
        self._proposals(board, receiver)
        self._refused(board, receiver)
        self.scroller.column.addStretch(1)

    def _weak(self, receiver: Receiver) -> None:
        put = self.scroller.column.addWidget
        if not receiver.weak:
            put(
                Label("Слабых мест по данным года нет: школа в списке по другому основанию или по поправке.", wrap=True)
            )
            return
        put(Label("Где нужна помощь", "muted"))
        still = {result.assessment for result in receiver.open}
        for result in receiver.weak:
            covered = "" if result.assessment in still else " · помощь есть"
            put(Label(f"{words.place(result)}{covered}", wrap=True).selectable())

    def _tie(self, tie: Tie) -> None:
        px = theme.current().px
        column = QVBoxLayout()
        column.setSpacing(px(2))
        top = FlowLayout(gap=8)
        top.addWidget(Chip(TIE_KINDS[tie.state], STATE_WORDS[tie.state]))
        top.addWidget(Label(f"{tie.donor} · {ties.words(tie)}", "strong", wrap=True))
        column.addLayout(top)
        number = f"№ {tie.act_number}" if tie.act_number else ""
        act = " ".join(part for part in (number, f"от {ru_date(tie.act_date)}" if tie.act_date else "") if part)
        said = ". ".join(part for part in (act, tie.note or "", tie.reasons or "") if part)
        if said:
            column.addWidget(Label(said, "muted", wrap=True).selectable())
        actions = FlowLayout(gap=12)
        for title, act_on in self._tie_actions(tie):
            actions.addWidget(Button(title, act_on, kind="link"))
        column.addLayout(actions)
        self.scroller.column.addLayout(column)

    def _tie_actions(self, tie: Tie) -> list[tuple[str, partial[None]]]:
        if self._view.session.desk.read_only:
            return []
        agree = ("Есть договорённость…", partial(self._view.agree, tie))
        refuse = ("Отказ…", partial(self._view.refuse_tie, tie))
        end = ("Завершить", partial(self._view.set_state, tie, "ended"))
        again = ("Вернуть в предложенные", partial(self._view.set_state, tie, "planned"))
        return {"planned": [agree, refuse], "existing": [agree, end], "agreed": [end]}.get(tie.state, [again])

    def _proposals(self, board: PairBoard, receiver: Receiver) -> None:
        put = self.scroller.column.addWidget
        if not receiver.open:
            text = "Все слабые места уже закрыты помощью: больше никто не нужен." if receiver.weak else (
                "Предлагать некого: неизвестно, с чем помогать."
            )  # fmt: skip
            put(Label(text, "muted", wrap=True))
            return
        if not receiver.proposals:
            why = words.WHY_WORDS["refused" if receiver.refused else "strong"]
            put(Label(f"Донора нет: {why}.", wrap=True))
            return
        put(Label("Кто может помочь", "strong"))
        shown = receiver.proposals if self._all else receiver.proposals[:FIRST]
        for proposal in shown:
            self._proposal(board, proposal)
        more = len(receiver.proposals) - len(shown)
        if more:
            row = FlowLayout(gap=8)
            row.addWidget(Button(f"Показать ещё {more}", self._show_all, kind="link"))
            self.scroller.column.addLayout(row)

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _proposal(self, board: PairBoard, proposal: Proposal) -> None:
        px = theme.current().px
        column = QVBoxLayout()
        column.setSpacing(px(2))
        name = board.name(proposal.donor_id)
        top = QHBoxLayout()
        top.setSpacing(px(4))
        top.addWidget(Label(f"{name} · {proposal.score} из 100", "strong", wrap=True), 1)
        if not self._view.session.desk.read_only:
            tip = {"Предложить пару": "Записать как предложенную", "Отказ…": "Больше не предлагать в этом учебном году"}
            pairs = (("Предложить пару", partial(self._view.propose, proposal)),
                     ("Отказ…", partial(self._view.decline, proposal)))  # fmt: skip
            for title, act_on in pairs:
                button = Button(title, act_on, kind="link", tip=tip[title])
                button.setAccessibleName(f"{title.removesuffix('…')}: {name}")
                top.addWidget(button)
        column.addLayout(top)
        why = Label("; ".join(words.reasons(proposal, board.definition)) + ".", wrap=True).selectable()
        why.setToolTip(self._parts(proposal))
        column.addWidget(why)
        lacks = words.unknown(proposal, board.definition)
        if lacks:
            column.addWidget(Label(f"Неизвестно: {'; '.join(lacks)}.", "muted", wrap=True))
        column.addSpacing(px(4))
        self.scroller.column.addLayout(column)

    @staticmethod
    def _parts(proposal: Proposal) -> str:
        """Return how the score came together."""
        from app.analysis.pairs_model import PART_WORDS

        lines = ["Из чего сложился балл (часть от 0 до 1 × вес):"]
        for part in proposal.parts:
            value = "неизвестно" if part.value is None else f"{float(part.value):.2f}".replace(".", ",")
            lines.append(f"{PART_WORDS[part.key]}: {value} × {part.weight}")
        return "\n".join(lines)

    def _refused(self, board: PairBoard, receiver: Receiver) -> None:
        if receiver.refused:
            said = "; ".join(f"{board.name(donor)} — {words.REFUSAL_WORDS[why]}" for donor, why in receiver.refused)
            self.scroller.column.addWidget(Label(f"Не предлагаем: {said}.", "muted", wrap=True))
