"""«Распределить доноров»: the proposed pairs of the municipality; each is taken or passed over, then one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.operations import pairs
from app.texts import NBSP, count, school_year
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Scroller, clear_layout
from app.ui.widgets.labels import Label, ruler
from app.ui.windows.base import Window

if TYPE_CHECKING:
    from app.analysis.pairs import Assigned, Assignment
    from app.operations.pairs import PairBoard


DONOR_WIDTH = 260
"""Pixels at 100 % that the name of a donor may take."""


class AssigningWindow(Window):
    """Pairs for the municipality; nothing is written until a person accepts."""

    guide = ("03-список", "Кто поможет")

    def __init__(self, session: Session, payload: tuple[str, int], parent: QWidget | None = None) -> None:
        super().__init__(session, "Распределить доноров по муниципалитету", parent, size=(940, 600))
        self._list = payload
        self.boxes: dict[tuple[int, int], QCheckBox] = {}
        px = theme.current().px
        self.scroller = Scroller(spacing=8)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(6))
        self.grid.setColumnStretch(3, 1)
        self.rest = Label("", "muted", wrap=True).selectable()
        self.scroller.column.addLayout(self.grid)
        self.scroller.column.addWidget(self.rest)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.scroller, 1)
        self.accept_button = Button("Записать выбранные пары", self._accept, kind="primary")
        self.accept_button.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.accept), self.accept_button)
        self.refresh()

    def refresh(self) -> None:
        """Compute the pairs anew."""
        self.say("Подбираю…")
        self.take(self.session.desk.read(pairs.assignment, *self._list), lambda found: self._show(*found))

    def _show(self, board: PairBoard, made: Assignment) -> None:
        clear_layout(self.grid)
        self.boxes = {}
        taken = [row for row in made.rows if row.proposal is not None]
        year = f"{school_year(board.school_year)} учебный год"
        if not made.rows:
            self.say(f"{year}: школ списка, которым нужен донор, нет")
        else:
            self.say(f"{year}: донор нашёлся для {len(taken)} из {len(made.rows)}. Снимите отметку с пар, которые не "
                     "подходят. Записанные пары получат состояние «предложена».")  # fmt: skip
            for column, title in enumerate(("Кому", "Кто поможет", "Балл", "Почему")):
                self.grid.addWidget(Label(title, "muted"), 0, column)
            self.grid.addWidget(ruler(), 1, 0, 1, 4)
        for at, row in enumerate(made.rows):
            self._line(board, row, 2 + 2 * at)
        self.rest.setText(self._rest(board, made))
        self._check()

    def _line(self, board: PairBoard, row: Assigned, at: int) -> None:
        from app.analysis import pairs_words as words

        top = Qt.AlignmentFlag.AlignTop
        receiver = board.receiver(row.receiver_id)
        if receiver is None:
            return
        name = Label(receiver.school.name, "strong", wrap=True)
        name.setMinimumWidth(theme.current().px(150))
        self.grid.addWidget(name, at, 0, top)
        if row.proposal is None:
            self.grid.addWidget(Label("○ нет", "muted"), at, 1, top)
            self.grid.addWidget(Label(f"{words.why_none(row, receiver, board.names)}.", wrap=True), at, 3, top)
        else:
            donor = board.name(row.proposal.donor_id)
            shown = self.fontMetrics().elidedText(donor, Qt.TextElideMode.ElideMiddle, theme.current().px(DONOR_WIDTH))
            box = QCheckBox(shown)
            box.setToolTip(donor if shown != donor else "")
            box.setAccessibleName(f"Принять: {donor} поможет {receiver.school.name}")
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._check())
            self.boxes[row.receiver_id, row.proposal.donor_id] = box
            left = words.left_open(row.proposal, receiver.open)
            told = [words.paragraph(row.proposal, board.definition)]
            told += [f"не поможет: {', '.join(left)}"] if left else []
            lacks = words.unknown(row.proposal, board.definition)
            why = Label("; ".join(told) + ".", wrap=True)
            why.setToolTip("; ".join(lacks).capitalize())
            self.grid.addWidget(box, at, 1, top)
            self.grid.addWidget(Label(str(row.proposal.score)), at, 2, top | Qt.AlignmentFlag.AlignRight)
            self.grid.addWidget(why, at, 3, top)
        self.grid.addWidget(ruler(), at + 1, 0, 1, 4)

    @staticmethod
    def _rest(board: PairBoard, made: Assignment) -> str:
        """Say whom the pairs are not about, and how they were found."""
        said = []
        if made.fixed:
            said.append(f"Помощь уже есть: {', '.join(board.name(key) for key in made.fixed)}.")
        if made.nothing:
            said.append(f"Слабых мест по данным нет: {', '.join(board.name(key) for key in made.nothing)}.")
        said.append("Сначала — чтобы без донора осталось как можно меньше школ, затем — чтобы сумма баллов была "
                    "наибольшей. Донор получает не больше школ, чем может; действующие договорённости занимают место "
                    "первыми.")  # fmt: skip
        return " ".join(said)

    def chosen(self) -> list[tuple[int, int]]:
        """Return the pairs that are to be written: (receiver, donor)."""
        return [pair for pair, box in self.boxes.items() if box.isChecked()]

    def _check(self) -> None:
        number = len(self.chosen())
        word = count(number, "пару", "пары", "пар").replace(NBSP, " ")
        self.accept_button.setText(f"Записать {word}" if number else "Записать выбранные пары")
        self.accept_button.setEnabled(number > 0 and not self.session.desk.read_only)

    def _accept(self) -> None:
        self.take(self.session.written(pairs.accept, *self._list, self.chosen()), lambda _made: self.accept())
