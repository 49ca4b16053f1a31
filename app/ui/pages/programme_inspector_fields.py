"""Fields of the card beside the tree: each keeps what is typed a moment after the last key and when it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.programme_records import Tree
from app.ui import theme
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.field import DRAFT_MS
from app.ui.widgets.labels import Label

Read = Callable[[Tree, int], tuple[str, str | None]]
"""Tree and node → the text as typed and the code of what is wrong with it."""
Put = Callable[[int, str], Future[Any] | None]
"""Node and text → the write that keeps it."""


def trouble_of(code: str | None, raw: str) -> str:
    """Return the message of a code, "" without one."""
    if not code:
        return ""
    error = UserError(code, raw=raw, term=raw)
    return f"{error.what} {error.cure}".strip()


def _is_undo(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _tidy(text: str) -> str:
    """A space or an empty line that is still being typed makes no other text."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class _Keeper:
    """What one line and several lines share: when a text is written and when another one may be shown."""

    def __init__(self, box: QLineEdit | QPlainTextEdit, put: Put) -> None:
        self.box, self.put = box, put
        self.node_id = 0
        self.stored = ""
        self.waiting: Future[Any] | None = None
        self.timer = QTimer(box)
        self.timer.setSingleShot(True)
        self.timer.setInterval(DRAFT_MS)
        self.timer.timeout.connect(self.commit)

    def text(self) -> str:
        """What stands in the box."""
        return self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()

    def typed(self) -> None:
        """A key was pressed."""
        if self.text() != self.stored:
            self.timer.start()

    def commit(self) -> None:
        """Write what stands in the box if it is something else than what is stored."""
        self.timer.stop()
        text = self.text()
        if self.node_id and text != self.stored:
            self.stored = text
            self.waiting = self.put(self.node_id, text)

    def show(self, node_id: int, text: str) -> None:
        """Show what is stored; what is being typed, or is on its way to the file, is left alone."""
        if node_id != self.node_id:
            self.commit()
            self.waiting = None
        elif self.box.hasFocus() and (self.timer.isActive() or (self.waiting is not None and not self.waiting.done())):
            return
        self.node_id = node_id
        if _tidy(text) == _tidy(self.text()) and self.box.hasFocus():
            self.stored = self.text()  # a space at the end is still being typed
            return
        self.stored = text
        if isinstance(self.box, QLineEdit):
            self.box.setText(text)
            self.box.setCursorPosition(0)
        elif self.box.toPlainText() != text:
            self.box.blockSignals(True)
            self.box.setPlainText(text)
            self.box.blockSignals(False)
            self.box.updateGeometry()

    def back(self) -> bool:
        """Take back what was typed and not kept yet; False where there is nothing."""
        if self.text() == self.stored:
            return False
        self.timer.stop()
        if isinstance(self.box, QLineEdit):
            self.box.setText(self.stored)
        else:
            self.box.setPlainText(self.stored)
        return True


class Memo(QPlainTextEdit):
    """Several lines of text, as high as they need up to a limit."""

    def __init__(self, name: str, put: Put, *, lines: int = 2, most: int = 8, hint: str = "") -> None:
        super().__init__()
        self.lines, self.most = lines, most
        self.left: Callable[[], None] | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keeper = _Keeper(self, put)
        self.textChanged.connect(self.keeper.typed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def _fit(self) -> None:
        px, line = theme.current().px, self.fontMetrics().lineSpacing()
        wanted = max(self.lines, min(self.most, round(self.document().size().height())))
        height = wanted * line + px(22)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Undo belongs to the window: what was typed is kept first, so that undo takes it back."""
        if _is_undo(event):
            self.keeper.commit()
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keeper.commit()
        if self.left is not None:
            self.left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was not kept yet."""
        if event.key() == Qt.Key.Key_Escape and self.keeper.back():
            return
        super().keyPressEvent(event)


class Line(QLineEdit):
    """One line of text."""

    def __init__(self, name: str, put: Put, *, hint: str = "") -> None:
        super().__init__()
        self.left: Callable[[], None] | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.keeper = _Keeper(self, put)
        self.textEdited.connect(lambda _text: self.keeper.typed())

    def event(self, event: QEvent) -> bool:
        """Undo belongs to the window."""
        if _is_undo(event):
            self.keeper.commit()
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keeper.commit()
        if self.left is not None:
            self.left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps and goes on, Esc takes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.keeper.commit()
            self.focusNextChild()
        elif event.key() != Qt.Key.Key_Escape or not self.keeper.back():
            super().keyPressEvent(event)


class Field(QWidget):
    """A part of the card. ``refresh`` shows a node, ``flush`` keeps what is half typed."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(2))
        if title:
            self.column.addWidget(Label(title, "muted", wrap=True))

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show a node."""

    def flush(self) -> None:
        """Keep what is half typed."""

    def set_writable(self, writable: bool) -> None:
        """Let the field be changed or only be read."""


class TextField(Field):
    """A heading, a text, what is wrong with it; buttons beside where given."""

    def __init__(
        self, title: str, read: Read, put: Put, *, lines: int = 1, most: int = 8, hint: str = "",
        beside: Sequence[QWidget] = (), name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.read = read
        called = name or title
        self.box: Memo | Line = (
            Line(called, put, hint=hint) if lines == 1 else Memo(called, put, lines=lines, most=most, hint=hint)
        )
        self.box.left = self._tell
        self.trouble = Label("", "bad", wrap=True)
        self.trouble.hide()
        self._words = ""
        self.beside = list(beside)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(4))
        row.addWidget(self.box, 1)
        for widget in beside:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self.trouble)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the text of a node."""
        text, code = self.read(tree, node_id)
        same = node_id == self.box.keeper.node_id
        self.box.keeper.show(node_id, text)
        self._words = trouble_of(code, text)
        if not (same and self.box.hasFocus()):
            self._tell()

    def _tell(self) -> None:
        """Say what is wrong; not while somebody is still typing."""
        self.trouble.setText(self._words)
        self.trouble.setVisible(bool(self._words))
        wrong = "true" if self._words else "false"
        if self.box.property("bad") != wrong:
            self.box.setProperty("bad", wrong)
            self.box.style().unpolish(self.box)
            self.box.style().polish(self.box)

    def flush(self) -> None:
        """Keep what is half typed."""
        self.box.keeper.commit()

    def set_writable(self, writable: bool) -> None:
        """Let it be typed into or only be read."""
        self.box.setReadOnly(not writable)
        for widget in self.beside:
            widget.setEnabled(writable)


class ChoiceField(Field):
    """A heading and a choice; a draft that is none of the words stands beside as typed."""

    def __init__(
        self, title: str, choices: Callable[[Tree], Sequence[tuple[str, str]]], read: Read,
        put: Callable[[int, str], object],
    ) -> None:  # fmt: skip
        super().__init__(title)
        self.choices, self.read = choices, read
        self.node_id = 0
        self.combo = Combo(title)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.activated.connect(lambda place: put(self.node_id, str(self.combo.itemData(place))))
        self.trouble = Label("", "bad", wrap=True)
        self.column.addWidget(self.combo)
        self.column.addWidget(self.trouble)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the choice of a node."""
        self.node_id = node_id
        value, code = self.read(tree, node_id)
        self.combo.fill([(word, key) for key, word in self.choices(tree)], value)
        words = trouble_of(code, value)
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def set_writable(self, writable: bool) -> None:
        """Let it be chosen or only be read."""
        self.combo.setEnabled(writable)


class FlagField(Field):
    """Yes or no."""

    def __init__(self, word: str, read: Callable[[Tree, int], bool], put: Callable[[int, bool], object]) -> None:
        super().__init__()
        self.read = read
        self.node_id = 0
        self.box = QCheckBox(word)
        self.box.clicked.connect(lambda: put(self.node_id, self.box.isChecked()))
        self.column.addWidget(self.box)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the flag of a node."""
        self.node_id = node_id
        self.box.setChecked(self.read(tree, node_id))

    def set_writable(self, writable: bool) -> None:
        """Let it be set or only be read."""
        self.box.setEnabled(writable)


class LinksField(Field):
    """Ties to other nodes: each is a button that leads there, «Выбрать…» changes them."""

    def __init__(
        self, title: str, read: Callable[[Tree, int], Sequence[tuple[int, str]]], go: Callable[[int], object],
        pick: Callable[[int], object] | None, *, none: str = "не указано",
    ) -> None:  # fmt: skip
        super().__init__()
        self.read, self.go, self.none = read, go, none
        self.node_id = 0
        px = theme.current().px
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Label(title, "muted"), 1)
        self.choose: Button | None = None
        if pick is not None:
            self.choose = Button("Выбрать…", lambda: pick(self.node_id), kind="link")
            self.choose.setAccessibleName(f"{title}: выбрать")
            head.addWidget(self.choose)
        self.column.addLayout(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(px(1))
        self.column.addLayout(self.rows)
        self.lines: list[LinkLine] = []
        self.nothing = Label(none, "text", wrap=True)
        self.column.addWidget(self.nothing)

    def refresh(self, tree: Tree, node_id: int) -> None:
        """Show the ties of a node."""
        self.node_id = node_id
        found = list(self.read(tree, node_id))
        while len(self.lines) < len(found):
            line = LinkLine(self.go)
            self.lines.append(line)
            self.rows.addWidget(line)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(found))
            if place < len(found):
                line.tell(*found[place])
        self.nothing.setVisible(not found)

    def set_writable(self, writable: bool) -> None:
        """Let ties be changed or only be followed."""
        if self.choose is not None:
            self.choose.setVisible(writable)


class LinkLine(Button):
    """A tie: the words of the other node, shortened to the width; a press leads there."""

    def __init__(self, go: Callable[[int], object]) -> None:
        super().__init__("", lambda: go(self.key), kind="link")
        self.key = 0
        self._words = ""
        self.setProperty("aligned", "left")

    def tell(self, key: int, words: str) -> None:
        """Show a node."""
        self.key, self._words = key, words
        self.setAccessibleName(words)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - theme.current().px(16)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._words if shown != self._words else "")

    def minimumSizeHint(self) -> Any:
        """A few letters are enough."""
        hint = super().minimumSizeHint()
        hint.setWidth(theme.current().px(60))
        return hint

    def sizeHint(self) -> Any:
        """As wide as there is room."""
        hint = super().sizeHint()
        hint.setWidth(theme.current().px(60))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width cuts elsewhere."""
        super().resizeEvent(event)
        self._cut()
