"""Answers that are typed: numbers, dates, addresses on one line, texts on several. Half-typed text is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.forms.answers import shown
from app.forms.item_types import NOT_APPLICABLE
from app.forms.schema import Answer, Item
from app.ui import theme
from app.ui.form_view.base import NOT_APPLICABLE_KEYS, AnswerWidget
from app.ui.form_view.choices import Option, OptionButton
from app.ui.widgets.field import DRAFT_MS, FieldEdit

WIDTHS = {"whole": 110, "decimal": 120, "date": 130, "link": 420}


def hint_of(item: Item) -> str:
    """Return what stands in an empty line."""
    if item.kind == "date":
        return "дд.мм.гггг"
    if item.kind == "link":
        return "адрес страницы"
    if item.least is not None and item.most is not None:
        return f"от {item.least} до {item.most}"
    return "число" if item.kind in {"whole", "decimal"} else ""


class LineEdit(FieldEdit):
    """A line whose walking keys belong to the form; in an empty line for a number N says «не применимо»."""

    walked = Signal(object)
    letter = Signal()

    letters = False
    told = False
    """Whether a draft is kept that the stored answer does not say."""

    def show_stored(self, text: str, draft: str | None = None, trouble: str = "") -> None:
        """Show what is stored, or the draft over it."""
        self.told = self.told or draft is not None
        super().show_stored(text, draft, trouble)

    def _draft(self) -> None:
        if self.text() != self.stored:
            self.told = True
            self.drafted.emit(self.text())
        else:
            self._forget()

    def _forget(self) -> None:
        if self.told:
            self.told = False
            self.drafted.emit("")

    def commit(self) -> None:
        """Save the line; a draft that became the stored answer again is forgotten."""
        if self.text() == self.stored:
            self._forget()
        self.told = False
        super().commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrows lead on, Esc takes back."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F2}
        if event.key() in keys:
            self.walked.emit(event)
        elif not self.letters and not self.text() and event.text() in NOT_APPLICABLE_KEYS and not self.isReadOnly():
            self.letter.emit()
        else:
            super().keyPressEvent(event)


class TypedWidget(AnswerWidget):
    """What lines and texts share: «не применимо» beside them, and when what is typed is saved."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(item, name, parent)
        self.absent: OptionButton | None = None
        if item.not_applicable:
            self.absent = OptionButton(Option("", NOT_APPLICABLE, ""), many=True, parent=self)
            self.absent.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.absent.clicked.connect(self.toggle_absent)

    def toggle_absent(self) -> None:
        """Say «не применимо», or take it back."""
        if self.read_only or not self.item.not_applicable:
            return
        self.answered.emit("", "", not self.answer.not_applicable)

    def _show_absent(self) -> None:
        if self.absent is not None:
            self.absent.setChecked(self.answer.not_applicable)
            self.absent.setEnabled(not self.read_only)

    def _text(self) -> str:
        return "" if self.answer.not_applicable else shown(self.item, self.answer)

    def _typed(self, text: str) -> None:
        if not self.read_only:
            self.answered.emit(text, "", False)

    def _room_beside(self) -> int:
        return 0 if self.absent is None else self.absent.wish() + theme.current().px(8)

    def _place_absent(self, left: int) -> None:
        if self.absent is not None:
            wide = self.absent.wish()
            self.absent.setGeometry(left + theme.current().px(8), 0, wide, self.absent.height_for(wide))


class LineWidget(TypedWidget):
    """A number, a date or an address."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(item, name, parent)
        self.edit = LineEdit(name, hint_of(item), self)
        self.edit.letters = item.kind in {"date", "link"}
        self.edit.committed.connect(self._typed)
        self.edit.drafted.connect(self.drafted)
        self.edit.walked.connect(self._key)
        self.edit.letter.connect(self.toggle_absent)

    def _key(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.asked_for.emit("comment")
        else:
            self.walk(event)

    def show_answer(self, answer: Answer, draft: str | None = None, *, force: bool = False) -> None:
        """Show the answer as people write it, a wrong one as it was typed, a draft over both."""
        self.answer = answer
        if force or self.edit.text() == self._text():
            self.edit.setModified(False)
        self.edit.show_stored(self._text(), draft, "не подходит" if answer.code else "")
        self._show_absent()

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read only."""
        super().set_read_only(read_only)
        self.edit.setReadOnly(read_only)
        self._show_absent()

    def target(self) -> QWidget:
        """Return the line."""
        return self.edit

    def commit(self) -> None:
        """Save the line."""
        if not self.read_only:
            self.edit.commit()

    def wish(self) -> int:
        """Return the usual width of such a value."""
        return theme.current().px(WIDTHS.get(self.item.kind, 120)) + self._room_beside()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the line."""
        beside = 0 if self.absent is None else self.absent.height_for(width)
        return max(self.edit.sizeHint().height(), beside)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Put line and button in their places."""
        wide = min(self.width() - self._room_beside(), theme.current().px(WIDTHS.get(self.item.kind, 120)))
        self.edit.setGeometry(0, 0, max(40, wide), self.edit.sizeHint().height())
        self._place_absent(max(40, wide))


class GrowingEdit(QPlainTextEdit):
    """A text that grows with its lines and saves itself: a draft a moment after the last key, the text when left.

    Signals:
        committed(text), drafted(text): as ``FieldEdit``.
        walked(event): a key of the form.
        grown(): it needs another height.
    """

    committed = Signal(str)
    drafted = Signal(str)
    walked = Signal(object)
    grown = Signal()

    def __init__(self, name: str, hint: str = "", *, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self._told = False
        self._least = lines
        self._high = 0
        self._quiet = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self._draft)
        self.textChanged.connect(self._changed)

    def show_stored(self, text: str, draft: str | None = None, *, force: bool = False) -> None:
        """Show what is stored, or the draft over it; what is being typed now is left alone unless forced."""
        if self.hasFocus() and not force and self.toPlainText() != self._stored:
            return
        self._stored = text
        self._told = self._told or draft is not None
        wanted = text if draft is None else draft
        if self.toPlainText() != wanted:
            cursor = self.textCursor().position()
            self._quiet = True
            self.setPlainText(wanted)
            self._quiet = False
            moved = self.textCursor()
            moved.setPosition(min(cursor, len(wanted)) if self.hasFocus() else 0)
            self.setTextCursor(moved)

    def _changed(self) -> None:
        if not self._quiet:
            self._timer.start()
        before = self._high
        if self.height_for(self.width()) != before:
            self.grown.emit()

    def height_for(self, width: int) -> int:
        """Return the height of all lines at a width."""
        px = theme.current().px
        metrics = QFontMetrics(theme.current().font())
        flags = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.TextFlag.TextWordWrap)
        room = metrics.boundingRect(0, 0, max(40, width - px(28)), 100_000, flags, self.toPlainText() + "\u200b")
        self._high = max(room.height(), self._least * metrics.lineSpacing()) + px(22)
        return self._high

    def _draft(self) -> None:
        if self.toPlainText() != self._stored and not self.isReadOnly():
            self._told = True
            self.drafted.emit(self.toPlainText())
        else:
            self._forget()

    def _forget(self) -> None:
        if self._told:
            self._told = False
            self.drafted.emit("")

    def commit(self) -> None:
        """Save the text if it is another than what is stored; else forget a draft."""
        self._timer.stop()
        if self.toPlainText() == self._stored:
            self._forget()
        elif not self.isReadOnly():
            self._told = False
            self._stored = self.toPlainText()
            self.committed.emit(self._stored)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter begins a line, Esc takes back what was typed; arrows leave at the ends."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if enter and shift:
            self.insertPlainText("\n")
        elif enter or (event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not shift and self._at_end(event.key())):
            self.walked.emit(event)
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._stored:
            self._timer.stop()
            self.show_stored(self._stored, force=True)
            self.drafted.emit("")
        else:
            super().keyPressEvent(event)

    def _at_end(self, key: int) -> bool:
        block = self.textCursor().block()
        return not (block.previous() if key == Qt.Key.Key_Up else block.next()).isValid()


class TextWidget(TypedWidget):
    """A text of several lines."""

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(item, name, parent)
        self.edit = GrowingEdit(name, parent=self)
        self.edit.committed.connect(self._typed)
        self.edit.drafted.connect(self.drafted)
        self.edit.walked.connect(self.walk)
        self.edit.grown.connect(self.grown)

    def show_answer(self, answer: Answer, draft: str | None = None, *, force: bool = False) -> None:
        """Show the text, a draft over it."""
        self.answer = answer
        self.edit.show_stored(self._text(), draft, force=force)
        self._show_absent()

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read only."""
        super().set_read_only(read_only)
        self.edit.setReadOnly(read_only)
        self._show_absent()

    def target(self) -> QWidget:
        """Return the text."""
        return self.edit

    def commit(self) -> None:
        """Save the text."""
        self.edit.commit()

    def wish(self) -> int:
        """A text wants the whole width."""
        return 100_000

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self.edit.height_for(width - self._room_beside())

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Put text and button in their places."""
        wide = max(40, self.width() - self._room_beside())
        self.edit.setGeometry(0, 0, wide, self.height())
        self._place_absent(wide)
