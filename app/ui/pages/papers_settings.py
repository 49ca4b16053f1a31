"""The settings of one paper, one under the other; a setting that means nothing beside the others is hidden."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app.operations import paper_catalogue
from app.operations.paper_catalogue import PaperKind, Setting, Settled
from app.ui import theme
from app.ui.widgets.basics import Button, Combo, Scroller, clear_layout
from app.ui.widgets.labels import Label

_WIDTH = 244
_LEAST_LETTERS = 12


class PaperSettings(Scroller):
    """What is chosen for a paper.

    Signals:
        changed(): a person has chosen something else.
        usual_wanted(): everything as it was before anybody chose.
        dress_wanted(): what stands round the paper shall be changed.
    """

    changed = Signal()
    usual_wanted = Signal()
    dress_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._kind: PaperKind | None = None
        self._edits: dict[str, QWidget] = {}
        self._rows: dict[str, QWidget] = {}
        self._values: dict[str, str] = {}
        self.title = Label("", "section", wrap=True)
        self.says = Label("", "muted", wrap=True)
        self.impersonal = QCheckBox("Без имён людей")
        self.impersonal.setToolTip("Вместо имён, телефонов и почты стоят должности и роли. Названия школ остаются.")
        self.impersonal.toggled.connect(lambda _on: self.changed.emit())
        self.dress = Button("Оформление…", self.dress_wanted.emit, icon="edit",
                            tip="Грифы утверждения, подписи, исполнитель, приложение к приказу")  # fmt: skip
        self.usual = Button("Как обычно", self.usual_wanted.emit, kind="link",
                            tip="Вернуть настройки, с которых документ начинается")  # fmt: skip
        inner = QWidget()
        self._form = QVBoxLayout(inner)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(theme.current().px(8))
        for widget in (self.title, self.says, inner, self.impersonal, self.dress):
            self.column.addWidget(widget)
        self.column.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.setFixedWidth(theme.current().px(_WIDTH))

    def show_kind(self, kind: PaperKind) -> None:
        """Show another paper; what it can be chosen from comes with ``show_settled``."""
        self._kind, self._values = kind, {}
        self.title.setText(kind.title)
        self.says.setText(kind.says)
        clear_layout(self._form)
        self._edits, self._rows = {}, {}
        for one in kind.settings:
            if not one.hidden:
                self._add(one)
        self.usual.setVisible(bool(self._edits))
        self.verticalScrollBar().setValue(0)

    def _add(self, one: Setting) -> None:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(3))
        edit: QWidget
        if one.kind == "flag":
            box = QCheckBox(one.title)
            box.toggled.connect(lambda _on: self.changed.emit())
            edit = box
        else:
            column.addWidget(Label(one.title, "muted"))
            edit = self._line(one) if one.kind == "text" else self._combo(one)
        column.addWidget(edit)
        self._edits[one.key], self._rows[one.key] = edit, row
        self._form.addWidget(row)

    def _line(self, one: Setting) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(one.title)
        line.editingFinished.connect(self.changed.emit)
        return line

    def _combo(self, one: Setting) -> Combo:
        combo = Combo(one.title)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_LEAST_LETTERS)
        combo.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return combo

    def values(self) -> dict[str, str]:
        """Return what is chosen, with what other pages chose for the paper."""
        found = dict(self._values)
        for key, edit in self._edits.items():
            if isinstance(edit, QCheckBox):
                found[key] = "1" if edit.isChecked() else "0"
            elif isinstance(edit, QLineEdit):
                found[key] = edit.text().strip()
            elif isinstance(edit, Combo) and edit.count():
                found[key] = str(edit.currentData() or "")
        return found

    def edit(self, key: str) -> QWidget:
        """Return the field of a setting."""
        return self._edits[key]

    def show_settled(self, found: Settled) -> None:
        """Show what can be chosen and what is."""
        if self._kind is None:
            return
        self._values = dict(found.values)
        for one in self._kind.settings:
            if one.hidden:
                continue
            edit = self._edits[one.key]
            edit.blockSignals(True)
            _put(edit, one, found.values, found.offers.get(one.key, ()))
            edit.blockSignals(False)
            self._rows[one.key].setVisible(one.meant(found.values))


def _put(edit: QWidget, one: Setting, values: Mapping[str, str], options: paper_catalogue.Options) -> None:
    value = values.get(one.key, "")
    if isinstance(edit, QCheckBox):
        edit.setChecked(value == "1")
    elif isinstance(edit, QLineEdit):
        edit.setText(value)
    elif isinstance(edit, Combo):
        edit.fill([(word, key) for key, word in options], value)
        edit.setEnabled(bool(options))
