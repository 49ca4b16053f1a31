"""One section of a note: its words to edit, below them the figures they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.operations.note_scope import with_table
from app.operations.programme_blocks import AnalysisBlock
from app.ui.pages.programme_text_edit import KeptTextPane

if TYPE_CHECKING:
    from app.operations.notes import NoteField


class NotePane(KeptTextPane["NoteField"]):
    """The chosen section."""

    def asked(self, field: NoteField, /) -> str:
        """Return what an empty section asks for."""
        return "Впишите выводы: что удалось, что мешает, что решили." if field.by_hand else "Впишите текст."

    def show_back(self, field: NoteField) -> None:
        """What was typed can always be given up."""
        self.back.setVisible(bool(field.derived) or field.origin == "typed")

    def show_field(self, field: NoteField, blocks: Sequence[AnalysisBlock], *, writable: bool) -> None:
        """Show a section with those of its figures that have something to show."""
        shown = [with_table(block) for block in blocks if block.table is not None or block.figures]
        super().show_field(field, shown, writable=writable)
