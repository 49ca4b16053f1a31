"""Questions to the person: only where a choice is needed. Pages get a ``Dialogs`` and never open a box themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.labels import Label

LONG_CHOICE = 12
"""In a longer choice one may type a part of the word."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its verb, and whether it destroys something (then it is never the default)."""

    key: str
    word: str
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a small form.

    Attributes:
        choices: (word, value) pairs; then the line is a choice and its text is the value.
        files: pattern of a file that the line names («Документ (*.pdf)»).
        test: text → what is wrong with it, "" where nothing is; the form is not accepted then.
    """

    key: str
    title: str
    value: str = ""
    hint: str = ""
    long: bool = False
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    files: str = ""
    test: Callable[[str], str] | None = None


class Dialogs(Protocol):
    """What can be asked. Every method returns None where the person turned away."""

    def choose(self, title: str, text: str, choices: Sequence[Choice]) -> str | None:
        """Ask for one of several answers; returns its key."""
        ...

    def ask(self, title: str, text: str, fields: Sequence[Field], verb: str) -> dict[str, str] | None:
        """Ask for a few lines of text; returns key → text."""
        ...

    def open_files(self, title: str, patterns: str, *, several: bool = True) -> list[Path] | None:
        """Ask for files to read."""
        ...

    def open_folder(self, title: str) -> Path | None:
        """Ask for a folder with files to read."""
        ...

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Ask where to write a file."""
        ...


class FormDialog(QDialog):
    """A small form with one verb; the required lines must be filled."""

    def __init__(
        self, title: str, text: str, fields: Sequence[Field], verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        px = theme.current().px
        self.setMinimumWidth(px(440))
        self._fields = list(fields)
        self._edits: dict[str, QLineEdit | QPlainTextEdit | Combo] = {}
        self._troubles: dict[str, Label] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(Label(title, "section", wrap=True))
        if text:
            column.addWidget(Label(text, wrap=True))
        for field in fields:
            column.addWidget(Label(field.title, "muted"))
            column.addWidget(self._edit(field))
            if field.test is not None:
                self._troubles[field.key] = Label("", "bad", wrap=True)
                self._troubles[field.key].hide()
                column.addWidget(self._troubles[field.key])
        self.accept_button = Button(verb, self.accept, kind="primary")
        self.accept_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("Отмена", self.reject))
        buttons.addWidget(self.accept_button)
        column.addSpacing(px(4))
        column.addLayout(buttons)
        self._check()

    def _edit(self, field: Field) -> QWidget:
        edit: QLineEdit | QPlainTextEdit | Combo
        if field.choices:
            edit = _choice(field)
            edit.currentTextChanged.connect(self._check)
        elif field.long:
            edit = QPlainTextEdit(field.value)
            edit.setTabChangesFocus(True)
            edit.setFixedHeight(theme.current().px(84))
            edit.setPlaceholderText(field.hint)
            edit.textChanged.connect(self._check)
        else:
            edit = QLineEdit(field.value)
            edit.setPlaceholderText(field.hint)
            edit.textChanged.connect(self._check)
        edit.setAccessibleName(field.title)
        self._edits[field.key] = edit
        if not (field.files and isinstance(edit, QLineEdit)):
            return edit
        whole = QWidget()
        whole.setLayout(beside(edit, Button("Выбрать…", partial(self._pick, field, edit)), stretch=(1,)))
        return whole

    def _pick(self, field: Field, edit: QLineEdit) -> None:
        name, _ = QFileDialog.getOpenFileName(self, field.title, edit.text(), field.files)
        if name:
            edit.setText(name)

    def values(self) -> dict[str, str]:
        """Return key → text; of a choice its value, "" where what was typed is none of them."""
        return {key: self._value(edit) for key, edit in self._edits.items()}

    @staticmethod
    def _value(edit: QLineEdit | QPlainTextEdit | Combo) -> str:
        if isinstance(edit, Combo):
            return edit.typed()
        return (edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()).strip()

    def _check(self) -> None:
        if len(self._edits) < len(self._fields) or not hasattr(self, "accept_button"):
            return
        found = self.values()
        fits = all(found[field.key] for field in self._fields if field.required)
        for field in self._fields:
            if field.test is not None:
                trouble = field.test(found[field.key]) if found[field.key] else ""
                self._troubles[field.key].setText(trouble)
                self._troubles[field.key].setVisible(bool(trouble))
                fits = fits and not trouble
        self.accept_button.setEnabled(fits)


def _choice(field: Field) -> Combo:
    """Return a choice; in a long one a part of the word may be typed."""
    combo = Combo(field.title)
    combo.fill(list(field.choices), field.value or None)
    combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(24)
    if len(field.choices) > LONG_CHOICE:
        combo.search_by_part()
    return combo


class ChoiceDialog(QDialog):
    """A question with answers as verbs; the first harmless answer is the default."""

    def __init__(self, title: str, text: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        px = theme.current().px
        self.setMinimumWidth(px(420))
        self.chosen: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(Label(title, "section", wrap=True))
        column.addWidget(Label(text, wrap=True))
        column.addSpacing(px(8))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        harmless = next((choice.key for choice in choices if not choice.dangerous), None)
        for choice in choices:
            button = Button(choice.word, partial(self._take, choice.key))
            if choice.key == harmless:
                button.set_kind("primary")
                button.setDefault(True)
                button.setFocus()
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _take(self, key: str) -> None:
        self.chosen = key
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc turns away."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)


class QtDialogs:
    """Questions in real boxes over a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def choose(self, title: str, text: str, choices: Sequence[Choice]) -> str | None:
        """Ask for one of several answers."""
        dialog = ChoiceDialog(title, text, choices, self.parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.chosen

    def ask(self, title: str, text: str, fields: Sequence[Field], verb: str) -> dict[str, str] | None:
        """Ask for a few lines of text."""
        dialog = FormDialog(title, text, fields, verb, self.parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        found = dialog.values()
        dialog.deleteLater()
        return found if accepted else None

    def open_files(self, title: str, patterns: str, *, several: bool = True) -> list[Path] | None:
        """Ask for files to read."""
        if several:
            names, _ = QFileDialog.getOpenFileNames(self.parent, title, "", patterns)
        else:
            name, _ = QFileDialog.getOpenFileName(self.parent, title, "", patterns)
            names = [name] if name else []
        return [Path(name) for name in names] or None

    def open_folder(self, title: str) -> Path | None:
        """Ask for a folder with files to read."""
        name = QFileDialog.getExistingDirectory(self.parent, title)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Ask where to write a file."""
        name, _ = QFileDialog.getSaveFileName(self.parent, title, str(suggested), patterns)
        return Path(name) if name else None
