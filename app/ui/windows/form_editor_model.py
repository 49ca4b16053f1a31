"""What the parts of the form editor share: the draft, its undo, its faults, lines that leave undo to the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.forms.drafting import Draft, Node
from app.operations.form_draft_faults import DraftFault, faults
from app.ui import theme
from app.ui.widgets.labels import Label

CHECK_AFTER = 150
"""Milliseconds of rest after a change before the draft is checked anew."""
MOST_UNDO = 500
WRONG = -(10**9) - 1
"""What stands for a number that cannot be read: the check refuses it, the line keeps what was typed."""


class DraftModel(QObject):
    """The draft that is edited.

    Signals:
        changed(source): the draft is another; ``source`` is the part that did it, None for undo.
        checked(): ``faults`` is new.
    """

    changed = Signal(object)
    checked = Signal()

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.faults: list[DraftFault] = []
        self.chosen: Node | None = None
        self._before: list[tuple[Draft, Node | None]] = []
        self._after: list[tuple[Draft, Node | None]] = []
        self._key = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(CHECK_AFTER)
        self._rest.timeout.connect(self.check)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._after)

    def begin(self, draft: Draft) -> None:
        """Edit another draft; there is nothing to take back then."""
        self.draft, self._before, self._after, self._key = draft, [], [], ""
        self.chosen = None
        self.changed.emit(None)
        self.check()

    def apply(self, draft: Draft, source: object = None, key: str = "") -> None:
        """Make a step; steps in one line (``key``) one after another are taken back together."""
        if draft == self.draft:
            return
        if not (key and key == self._key):
            self._before = [*self._before[-MOST_UNDO:], (self.draft, self.chosen)]
        self._key, self._after, self.draft = key, [], draft
        self.changed.emit(source)
        self._rest.start()

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._before, self._after)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(self._after, self._before)

    def _step(self, source: list[tuple[Draft, Node | None]], target: list[tuple[Draft, Node | None]]) -> None:
        if source:
            target.append((self.draft, self.chosen))
            self.draft, self.chosen = source.pop()
            self._key = ""
            self.changed.emit(None)
            self._rest.start()

    def check(self) -> None:
        """Check the draft now."""
        self._rest.stop()
        self.faults = faults(self.draft)
        self.checked.emit()

    def of(self, place: str, thing: str = "") -> list[DraftFault]:
        """Return the faults of one thing."""
        return [one for one in self.faults if one.place == place and one.thing == thing]


def _leaves_undo(event: QEvent) -> bool:
    """Whether a key is undo or redo, which the whole editor answers, not the line alone."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class Line(QLineEdit):
    """One line of text.

    Args:
        name: for those who hear the screen.
        changed: called with the text when a person types.
    """

    def __init__(self, name: str, changed: Callable[[str], object], *, hint: str = "", width: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        if width:
            self.setFixedWidth(theme.current().px(width))
        self.textEdited.connect(changed)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the editor."""
        if _leaves_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def put(self, text: str) -> None:
        """Show a text; what stands there already is left alone with its cursor."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)


class Whole(Line):
    """A whole number, or nothing."""

    def __init__(self, name: str, changed: Callable[[int | None], object], *, width: int = 64, hint: str = "") -> None:
        super().__init__(name, lambda _text: changed(self.value()), width=width, hint=hint)

    def value(self) -> int | None:
        """Return the number; None where there is none; ``WRONG`` where something else was typed."""
        text = self.text().strip()
        if not text:
            return None
        return int(text) if re.fullmatch(r"-?[0-9]{1,8}", text) else WRONG

    def put_value(self, value: int | None) -> None:
        """Show a number; a text that says the same stays."""
        if self.value() != value:
            self.put("" if value is None else str(value))


class Text(QPlainTextEdit):
    """Several lines of text."""

    def __init__(self, name: str, changed: Callable[[str], object], *, height: int = 62, hint: str = "") -> None:
        super().__init__()
        self._quiet = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.current().px(height))
        self.textChanged.connect(lambda: None if self._quiet else changed(self.toPlainText()))

    def event(self, event: QEvent) -> bool:
        """Leave undo to the editor."""
        if _leaves_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def put(self, text: str) -> None:
        """Show a text; what stands there already is left alone with its cursor."""
        if self.toPlainText() != text:
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False


class Check(QCheckBox):
    """Yes or no."""

    def __init__(self, word: str, changed: Callable[[bool], object], tip: str = "") -> None:
        super().__init__(word)
        self.setToolTip(tip)
        self.clicked.connect(lambda: changed(self.isChecked()))


class Trouble(Label):
    """What is wrong with the lines above; hidden while nothing is."""

    def __init__(self) -> None:
        super().__init__("", "bad", wrap=True)
        self.hide()

    def tell(self, found: Sequence[DraftFault]) -> None:
        """Show the faults."""
        self.setText(" ".join(one.text for one in found))
        self.setVisible(bool(found))


def titled(column: QVBoxLayout, title: str, thing: QWidget | QLayout, trouble: Trouble | None = None) -> None:
    """Put a small heading, a field and room for its fault into a column."""
    inner = QVBoxLayout()
    inner.setSpacing(theme.current().px(2))
    if title:
        inner.addWidget(Label(title, "muted"))
    if isinstance(thing, QWidget):
        inner.addWidget(thing)
    else:
        inner.addLayout(thing)
    if trouble is not None:
        inner.addWidget(trouble)
    column.addLayout(inner)


def bad(widget: QWidget, *, wrong: bool) -> None:
    """Mark a field as wrong, or take the mark away."""
    value = "true" if wrong else "false"
    if widget.property("bad") != value:
        widget.setProperty("bad", value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
