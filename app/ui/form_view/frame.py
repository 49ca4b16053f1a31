"""What stands over the items and under them: the official heading, its lines, the closing words, notes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.forms.schema import FormDef, Section
from app.ui import theme
from app.ui.form_view.lines import GrowingEdit
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import Label

COLUMNS = 2


def _lasting(widget: QWidget) -> QVBoxLayout:
    px = theme.current().px
    column = QVBoxLayout(widget)
    column.setContentsMargins(px(12), px(8), px(12), px(8))
    column.setSpacing(px(6))
    return column


class FormHead(QWidget):
    """Heading, source, lines over the form.

    Signals:
        changed(field, text).
    """

    changed = Signal(str, str)

    def __init__(self, form: FormDef) -> None:
        super().__init__()
        column = _lasting(self)
        column.addWidget(Label(form.title, "section", wrap=True))
        source = ", ".join(part for part in (form.source, form.place) if part)
        if source:
            column.addWidget(Label(f"Источник: {source}", "muted", wrap=True))
        self.fields: dict[str, FieldRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(16))
        for place, (key, title) in enumerate(form.head_fields):
            row = FieldRow(title)
            row.edit.committed.connect(lambda text, key=key: self.changed.emit(key, text))
            row.edit.drafted.connect(lambda text, key=key: self._drafted(key, text))
            self.fields[key] = row
            grid.addWidget(row, place // COLUMNS, place % COLUMNS)
        if form.head_fields:
            for place in range(COLUMNS):
                grid.setColumnStretch(place, 1)
            column.addLayout(grid)

    def _drafted(self, key: str, text: str) -> None:
        """Such a line has no right and wrong: it is kept as it is typed."""
        self.changed.emit(key, text or self.fields[key].edit.text())

    def show_head(self, head: Mapping[str, str], *, read_only: bool, force: bool) -> None:
        """Show what is stored."""
        for key, row in self.fields.items():
            row.edit.setReadOnly(read_only)
            if force or row.edit.text() == head.get(key, ""):
                row.edit.setModified(False)
            row.show_stored(head.get(key, ""))

    def commit(self) -> None:
        """Save what is being typed."""
        for row in self.fields.values():
            row.edit.commit()


class SectionHead(QWidget):
    """Title and note of a section."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(14) if section.title else px(4), px(12), px(4))
        column.setSpacing(px(2))
        if section.title:
            column.addWidget(Label(section.title, "section", wrap=True))
        if section.note:
            column.addWidget(Label(section.note, "muted", wrap=True))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Closing(QWidget):
    """The closing words.

    Signals:
        changed(text), walked(event).
    """

    changed = Signal(str)
    walked = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.edit = GrowingEdit(label, lines=2)
        self.edit.committed.connect(self.changed)
        self.edit.drafted.connect(lambda text: self.changed.emit(text or self.edit.toPlainText()))
        self.edit.walked.connect(self.walked)
        self.edit.grown.connect(self._fit)
        column = _lasting(self)
        column.addWidget(Label(label, "strong", wrap=True))
        column.addWidget(self.edit)

    def _fit(self) -> None:
        self.edit.setFixedHeight(self.edit.height_for(self.edit.width()))

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        """Another width needs another height."""
        self._fit()


class Notes(QWidget):
    """Faults of the source and our own readings."""

    def __init__(self, notes: tuple[str, ...]) -> None:
        super().__init__()
        column = _lasting(self)
        column.addWidget(Label("Примечания к источнику", "strong"))
        for number, note in enumerate(notes, 1):
            column.addWidget(Label(f"{number}. {note}", "muted", wrap=True))
