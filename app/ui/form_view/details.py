"""What stands under an answer: last year's, «Без изменений», the comment, the proofs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.forms.schema import Item
from app.ui import theme
from app.ui.form_view.base import way_of
from app.ui.form_view.lines import GrowingEdit
from app.ui.widgets.basics import Button, FlowLayout, icon_button
from app.ui.widgets.labels import Label

LONGEST_TITLE = 48
INSET = 6
"""The words of quiet buttons stand under the wording; their frames begin before it."""


class Proof(Protocol):
    """A file or an address that proves an answer."""

    @property
    def id(self) -> int:
        """Its key."""
        ...

    @property
    def item_id(self) -> str | None:
        """Whose proof it is; None for the whole form."""
        ...

    @property
    def title(self) -> str:
        """What it is."""
        ...


class Proofs(QWidget):
    """Buttons that open and take away what is attached.

    Signals:
        opened(key), detached(key).
    """

    opened = Signal(object)
    detached = Signal(object)

    def __init__(self, proofs: Sequence[Proof], *, read_only: bool) -> None:
        super().__init__()
        row = FlowLayout(self, gap=2)
        for proof in proofs:
            title = proof.title if len(proof.title) <= LONGEST_TITLE else proof.title[: LONGEST_TITLE - 1] + "…"
            button = Button(title, partial(self.opened.emit, proof.id), icon="paperclip", kind="link")
            button.setToolTip(f"Открыть «{proof.title}»")
            row.addWidget(button)
            if not read_only:
                row.addWidget(icon_button("x", f"Убрать «{proof.title}»", partial(self.detached.emit, proof.id)))


class Details(QWidget):
    """The line under an answer; its height follows from its width.

    Signals:
        same(): «Без изменений».
        commented(text): the comment is another one, or a moment's rest in typing it.
        attach(): a proof is to be attached.
        opened(key), detached(key): of a proof.
        walked(way): the keyboard leaves the comment.
        grown(): it needs another height.
    """

    same = Signal()
    commented = Signal(str)
    attach = Signal()
    opened = Signal(object)
    detached = Signal(object)
    walked = Signal(str)
    grown = Signal()

    def __init__(self, item: Item, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._item, self._name = item, name
        self.line = QWidget(self)
        self._flow = FlowLayout(self.line, gap=4)
        self.last: Label | None = None
        self.keep: Button | None = None
        self.comment: GrowingEdit | None = None
        self.proofs: Proofs | None = None
        self._shown_proofs: tuple[object, ...] = ()
        self.write: Button | None = None
        self.add: Button | None = None
        if item.comment:
            self.write = Button("Комментарий", self.open_comment, kind="quiet")
            self.write.setAccessibleName(f"Комментарий: {name}")
            self._flow.addWidget(self.write)
        if item.evidence:
            self.add = Button("Приложить…", self.attach.emit, kind="quiet")
            self.add.setAccessibleName(f"Приложить подтверждение: {name}")
            self._flow.addWidget(self.add)

    def show_details(self, last: str, comment: str, proofs: Sequence[Proof], *, offer: bool, read_only: bool,
                     force: bool) -> None:  # fmt: skip
        """Show everything; ``offer`` is whether «Без изменений» makes sense."""
        self._show_last(last)
        self._show_keep(offer=offer and not read_only)
        for button in (self.write, self.add):
            if button is not None:
                button.setVisible(not read_only and not (button is self.write and bool(comment)))
        self._show_comment(comment, read_only=read_only, force=force)
        shown = (read_only, *((proof.id, proof.title) for proof in proofs))
        if shown != self._shown_proofs and (proofs or self.proofs is not None):
            self._show_proofs(proofs, read_only=read_only)
        self._shown_proofs = shown

    def _show_last(self, text: str) -> None:
        if self.last is None and text:
            self.last = Label("", "muted", wrap=True, parent=self)
            self.last.show()
        if self.last is not None and self.last.text().replace("\u00a0", " ") != text:
            self.last.setText(text)
            self.last.setVisible(bool(text))

    def _show_keep(self, *, offer: bool) -> None:
        if self.keep is None and offer:
            self.keep = Button("Без изменений", self.same.emit, kind="link")
            self.keep.setAccessibleName(f"Без изменений: {self._name}")
            self.keep.setToolTip("Подтвердить прошлогодний ответ (пробел)")
            for button in (self.write, self.add):
                if button is not None:
                    button.setMinimumHeight(self.keep.sizeHint().height())
            self._flow.addWidget(self.keep)
        if self.keep is not None:
            self.keep.setVisible(offer)

    def _show_comment(self, text: str, *, read_only: bool, force: bool) -> None:
        if self.comment is None and text:
            self._make_comment()
        if self.comment is None:
            return
        self.comment.setReadOnly(read_only)
        self.comment.show_stored(text, force=force)
        wanted = bool(self.comment.toPlainText()) or self.comment.hasFocus()
        self.comment.setVisible(wanted)
        if self.write is not None and not read_only:
            self.write.setVisible(not wanted)

    def _make_comment(self) -> GrowingEdit:
        self.comment = GrowingEdit(f"Комментарий: {self._name}", "комментарий", lines=1, parent=self)
        self.comment.committed.connect(self.commented)
        self.comment.drafted.connect(self._half_typed)
        self.comment.grown.connect(self.grown)
        self.comment.walked.connect(lambda event: self.walked.emit(way_of(event)))
        return self.comment

    def _half_typed(self, text: str) -> None:
        """A comment has no right and wrong: it is kept as it is typed."""
        if self.comment is not None:
            self.commented.emit(text or self.comment.toPlainText())

    def open_comment(self) -> None:
        """Put the keyboard into the comment."""
        if not self._item.comment:
            return
        edit = self.comment or self._make_comment()
        edit.show()
        if self.write is not None:
            self.write.hide()
        self.grown.emit()
        edit.setFocus()

    def _show_proofs(self, proofs: Sequence[Proof], *, read_only: bool) -> None:
        if self.proofs is not None:
            self.proofs.hide()
            self.proofs.setParent(None)
            self.proofs.deleteLater()
            self.proofs = None
        if proofs:
            self.proofs = Proofs(proofs, read_only=read_only)
            self.proofs.setParent(self)
            self.proofs.opened.connect(self.opened)
            self.proofs.detached.connect(self.detached)
            self.proofs.show()

    def commit(self) -> None:
        """Save the comment."""
        if self.comment is not None:
            self.comment.commit()

    # --- where things stand --------------------------------------------------------------------------------------

    def place(self, width: int, *, move: bool) -> int:
        """Put everything under one another, or only say how high it is."""
        px = theme.current().px
        inset = px(INSET)
        room = width - inset
        flow = self._flow.sizeHint().width()
        last = self.last if self.last is not None and not self.last.isHidden() else None
        y = 0
        if last is not None:
            wide = min(last.fontMetrics().horizontalAdvance(last.text()) + px(8), room)
            in_line = bool(flow) and wide + flow + px(8) <= room
            wide = wide if in_line else room
            high, line = last.heightForWidth(wide), self._flow.heightForWidth(width) if flow else 0
            y = max(high, line) if in_line else high + line
            if move:
                last.setGeometry(inset, max(0, (line - high) // 2) if in_line else 0, wide, high)
                self.line.setGeometry(inset + wide if in_line else 0, 0 if in_line else high, room, line)
        elif flow:
            y = self._flow.heightForWidth(width)
            if move:
                self.line.setGeometry(0, 0, width, y)
        for widget, high in self._below(room):
            y += px(4)
            if move:
                widget.setGeometry(inset, y, room, high)
            y += high
        return y

    def _below(self, width: int) -> list[tuple[QWidget, int]]:
        found: list[tuple[QWidget, int]] = []
        if self.proofs is not None:
            layout = self.proofs.layout()
            found.append((self.proofs, layout.heightForWidth(width) if layout is not None else 0))
        if self.comment is not None and not self.comment.isHidden():
            found.append((self.comment, self.comment.height_for(width)))
        return found

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        return self.place(width, move=False)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Put everything in its place."""
        self.place(self.width(), move=True)
