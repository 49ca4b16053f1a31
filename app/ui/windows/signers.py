"""«Подписывающие»: the register of who signs, and below it how papers say post and name of the current one."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtWidgets import QGridLayout, QWidget

from app.analysis.russian import CASE_WORDS, CASES, Case
from app.operations import signers
from app.operations.signers import Signer
from app.ui import theme
from app.ui.pages.register_pane import RegisterPane
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.field import FieldEdit
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

Part = Literal["post", "name"]
ASKED: tuple[Case, ...] = CASES[1:]
PARTS: tuple[Part, ...] = ("post", "name")
Told = tuple[Signer, tuple[tuple[str, str, str], ...]]


class SignersWindow(Window):
    """Posts and names entered once."""

    guide = ("19-приказы", "Подписывающие")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Подписывающие", parent, size=(980, 640))
        self.say("Первый в списке, кто подписывает, стоит в документах обычно. Порядок меняется перетаскиванием.")
        self.register = RegisterPane(session, "signers", dict, titled=False)
        self.register.hint.hide()
        self.register.selected.connect(lambda _key: self._read_cases())
        self.body.addWidget(self.register, 3)
        self.body.addWidget(self._case_card(), 0)
        self.add_buttons(Button("Готово", self.accept, kind="primary"))
        session.changed.connect(self._touched)
        self.refresh()

    def _case_card(self) -> Card:
        px = theme.current().px
        self.card = Card("Как пишется в документах", pad=12)
        self.hint = Label("Выберите строку выше: здесь появятся её падежи.", "muted", wrap=True)
        self.card.body.addWidget(self.hint)
        self.grid = QWidget()
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        self.edits: dict[tuple[Part, Case], FieldEdit] = {}
        for column, word in enumerate(("Падеж", "Должность", "Имя"), start=0):
            grid.addWidget(Label(word, "muted"), 0, column)
        for row, case in enumerate(ASKED, start=1):
            grid.addWidget(Label(CASE_WORDS[case]), row, 0)
            for column, part in enumerate(PARTS, start=1):
                word = "должность" if part == "post" else "имя"
                edit = FieldEdit(f"{CASE_WORDS[case].capitalize()} падеж: {word}")
                edit.committed.connect(partial(self._put, part, case))
                self.edits[part, case] = edit
                grid.addWidget(edit, row, column)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        self.card.body.addWidget(self.grid)
        self.grid.hide()
        return self.card

    def _touched(self, tables: frozenset[str]) -> None:
        if "signer" in tables or "draft_cell" in tables:
            self.refresh()

    def refresh(self) -> None:
        """Read register and cases anew."""
        self.register.refresh()
        self._read_cases()

    def _read_cases(self) -> None:
        key = self.register.current
        if key is None:
            self._show(None)
            return

        def read(connection: object) -> Told | None:
            found = signers.find(connection, key)  # type: ignore[arg-type]
            return None if found is None else (found, signers.cases(found))

        self.session.read(self, self._show, read)

    def _show(self, found: Told | None) -> None:
        self.grid.setVisible(found is not None)
        if found is None:
            self.hint.setText("Выберите строку выше: здесь появятся её падежи.")
            return
        signer, told = found
        self.hint.setText("Программа склоняет сама. Если форма неверна, впишите свою; пустая строка вернёт исходную.")
        for case, post, name in told:
            for part, text in (("post", post), ("name", name)):
                edit = self.edits.get((part, case))  # type: ignore[arg-type]
                if edit is not None:
                    edit.show_stored(text)
                    edit.setReadOnly(
                        self.session.desk.read_only or not (signer.post if part == "post" else signer.name)
                    )

    def _put(self, part: Part, case: Case, text: str) -> None:
        key = self.register.current
        if key is not None and not self.session.desk.read_only:
            self.take(self.session.written(signers.put_case, key, part, case, text), lambda _done: self._read_cases())
