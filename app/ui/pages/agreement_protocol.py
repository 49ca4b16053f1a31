"""The protocol of a list: its lines, its votes, its participants."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.people import Body
from app.operations import agreement_grids as grids
from app.operations import agreement_state as state
from app.operations.agreement import Agreement
from app.ui import icons, theme
from app.ui.pages.agreement_grid import open_calendar
from app.ui.widgets.basics import Combo
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import Label

LINES = (("number", "4", 1), ("dated", "25.11.2026", 2), ("place", "где собирались", 5),
         ("votes_for", "", 1), ("votes_against", "", 1), ("votes_abstained", "", 1))  # fmt: skip


class TextEdit(QPlainTextEdit):
    """A text of several lines that saves itself when it is left.

    Signals:
        committed(text): the person has left it with another text.
    """

    committed = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.current().px(50))

    def show_stored(self, text: str) -> None:
        """Show what is stored; what is being typed now is left alone."""
        if not self.hasFocus() or self.toPlainText() == self._stored:
            self._stored = text
            if self.toPlainText() != text:
                self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the text saves it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def commit(self) -> None:
        """Save the text if it says something else than what is stored."""
        if self.toPlainText() != self._stored and not self.isReadOnly():
            self._stored = self.toPlainText()
            self.committed.emit(self._stored)


class ProtocolForm(QWidget):
    """The lines of the protocol.

    Signals:
        committed(column, text): a line says something else now.
        drafted(column, text): the person has stopped typing for a moment.
        body_chosen(body id or None): whose meeting it was.
    """

    committed = Signal(str, str)
    drafted = Signal(str, str)
    body_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), 0, px(10), 0)
        column.setSpacing(px(6))
        self.body = Combo("Чьё заседание")
        self.body.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.body.setMinimumContentsLength(24)
        self.body.currentIndexChanged.connect(lambda _place: self.body_chosen.emit(self.body.currentData()))
        whose = QHBoxLayout()
        whose.addWidget(Label("Чьё заседание", "muted"))
        whose.addWidget(self.body, 1)
        column.addLayout(whose)
        self.rows: dict[str, FieldRow] = {}
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for key, hint, share in LINES:
            line.addWidget(self._line(key, hint), share, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        self.counted = Label("", "muted", wrap=True)
        column.addWidget(self.counted)
        self.texts = {
            "decision": TextEdit("Решили", "Согласовать список и дорожную карту…"),
            "opinion": TextEdit("Особое мнение", "Если есть"),
        }
        texts = QHBoxLayout()
        texts.setSpacing(px(8))
        for key, edit in self.texts.items():
            edit.committed.connect(lambda text, key=key: self.committed.emit(key, text))
            cell = QVBoxLayout()
            cell.setSpacing(px(2))
            cell.addWidget(Label(edit.accessibleName(), "muted"))
            cell.addWidget(edit)
            texts.addLayout(cell, 1)
        column.addLayout(texts)

    def _line(self, key: str, hint: str) -> FieldRow:
        item = grids.column("protocol", key)
        row = FieldRow(item.title, hint)
        row.edit.committed.connect(lambda text: self.committed.emit(key, text))
        row.edit.drafted.connect(lambda text: self.drafted.emit(key, text))
        if item.kind == "date":
            action = row.edit.addAction(icons.icon("calendar-event", "muted"), row.edit.ActionPosition.TrailingPosition)
            action.setToolTip("Календарь")
            action.triggered.connect(lambda: open_calendar(row.edit, self._take_day))
        self.rows[key] = row
        return row

    def _take_day(self, _edit: object, text: str) -> None:
        edit = self.rows["dated"].edit
        edit.setText(text)
        edit.commit()

    def show_protocol(self, found: Agreement, *, read_only: bool) -> None:
        """Show the protocol of a list."""
        texts: Mapping[str, tuple[str, str]] = grids.form(found.stored)
        for key, row in self.rows.items():
            row.show_stored(texts[key][0], None, texts[key][1])
            row.edit.setReadOnly(read_only)
        for key, edit in self.texts.items():
            edit.show_stored(texts[key][0])
            edit.setReadOnly(read_only)
        self._fill_bodies(found.bodies, found)
        self.body.setEnabled(not read_only)
        counted = state.counted(found.protocol.members) if found.protocol else None
        words = f"По голосам участников: {state.votes_text(counted)}." if counted else "Голоса участников не вписаны."
        own = " Вписывать числа нужно только там, где поимённо не голосовали."
        trouble = next((text for text in found.warnings if text.startswith("Голоса")), "")
        self.counted.set_role("bad" if trouble else "muted")
        self.counted.setText(trouble or words + own)

    def _fill_bodies(self, bodies: tuple[Body, ...], found: Agreement) -> None:
        chosen = found.protocol.body_id if found.protocol else None
        names = [("не выбрано", None), *((body.name, body.id) for body in bodies)]
        self.body.blockSignals(True)
        self.body.fill(names)
        self.body.choose(chosen)
        self.body.blockSignals(False)

    def commit(self) -> None:
        """Save every line that is open, before a paper is printed."""
        for row in self.rows.values():
            row.edit.commit()
        for edit in self.texts.values():
            edit.commit()
