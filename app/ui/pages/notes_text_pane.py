"""One section of a note: its words to edit, below them the figures they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.operations.note_scope import with_table
from app.operations.notes import NoteField
from app.operations.programme_blocks import AnalysisBlock
from app.ui import theme
from app.ui.pages.programme_text_edit import KINDS, BlockPreview, LongText
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel


def kind_of(field: NoteField) -> Kind:
    """Return the state of a section as a shape."""
    return "warn" if field.stale else KINDS[field.origin]


class NotePane(Card):
    """The chosen section.

    Signals:
        committed(key, text, base): what was typed for which section.
        reset_wanted(key): back to what the figures say.
    """

    committed = Signal(str, str, str)
    reset_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(pad=14, parent=parent)
        self.field: NoteField | None = None
        px = theme.current().px
        self.name = ElidedLabel("", "section")
        self.chip = Chip()
        self.back = Button("Вернуть из данных", self._reset, icon="arrow-back-up")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        head.addWidget(self.back)
        self.hint = ElidedLabel("", "muted")
        self.editor = LongText("Текст раздела")
        self.editor.committed.connect(self._committed)
        self.preview = BlockPreview(session)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setHandleWidth(px(10))
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.editor)
        self.parts.addWidget(self.preview)
        self.parts.setSizes([px(220), px(260)])
        self.body.addLayout(head)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.parts, 1)

    def show_field(self, field: NoteField, blocks: Sequence[AnalysisBlock], *, writable: bool) -> None:
        """Show a section; the one before is saved first."""
        if self.field is not None and self.field.key != field.key:
            self.editor.commit()
            self.editor.clearFocus()
        self.field = field
        self.name.setText(field.title)
        self.chip.set(kind_of(field), field.word)
        self.hint.setText(field.hint)
        self.back.setVisible(bool(field.derived) or field.origin == "typed")
        self.back.setEnabled(writable and field.text != field.derived)
        self.editor.setAccessibleName(field.title)
        self.editor.setReadOnly(not writable)
        asked = "Впишите выводы: что удалось, что мешает, что решили." if field.by_hand else "Впишите текст."
        self.editor.setPlaceholderText("" if field.text else asked)
        self.editor.show_stored(field.text)
        shown = [with_table(block) for block in blocks if block.table is not None or block.figures]
        self.preview.setVisible(bool(shown))
        if shown:
            self.preview.show_blocks(shown)

    def leave(self) -> None:
        """Save what is being typed."""
        self.editor.commit()

    def forget(self) -> None:
        """Another text is shown next: what is typed now belongs to the one before."""
        self.leave()
        self.field = None

    def _committed(self, text: str) -> None:
        if self.field is not None:
            self.committed.emit(self.field.key, text, self.field.base)

    def _reset(self) -> None:
        if self.field is not None:
            self.editor.show_stored(self.editor.text)
            self.reset_wanted.emit(self.field.key)
