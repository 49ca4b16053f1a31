"""One text of a programme: words above, the figures they rest on below as a table or a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.operations.programme_blocks import AnalysisBlock
from app.reports.document import Row as PaperRow
from app.reports.document import Table, marks_of, shown
from app.texts import NBSP
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, split
from app.ui.widgets.chart import ChartView
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.field import DRAFT_MS
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.operations.notes import NoteField
    from app.operations.programme_texts import Field

KINDS: dict[str, Kind] = {"derived": "info", "typed": "ok", "empty": "none"}


class LongText(QPlainTextEdit):
    """A text of several paragraphs that saves itself a moment after the last key and when it is left.

    Signals:
        committed(text): the text says something else than what is stored.
    """

    committed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self._stored = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.commit)
        self.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """What stands in it; no-break spaces stay what they are, as Qt's own plain text does not keep them."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_stored(self, text: str) -> None:
        """Show what is stored; what is being typed now is left alone."""
        if self.hasFocus() and self.text != self._stored:
            return
        self._stored = text
        if self.text != text:
            place = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            if self.hasFocus():
                cursor = self.textCursor()
                cursor.setPosition(min(place, len(text)))
                self.setTextCursor(cursor)

    def _changed(self) -> None:
        if self.text != self._stored:
            self._timer.start()

    def commit(self) -> None:
        """Save the text if it says something else than what is stored."""
        self._timer.stop()
        if self.text != self._stored and not self.isReadOnly():
            self._stored = self.text
            self.committed.emit(self._stored)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the text saves it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


def _columns(table: Table) -> list[Column]:
    """Return the columns of a paper's table for the screen."""

    def text_of(place: int) -> Callable[[PaperRow], str]:
        def text(row: PaperRow) -> str:
            value = row.cells[place]
            sign = f"{NBSP}*" if marks_of(value) else ""
            return " ".join(shown(value)) + sign

        return text

    def tip_of(place: int) -> Callable[[PaperRow], str]:
        signs = {mark.sign: mark.text for mark in table.marks}
        return lambda row: " ".join(signs[sign] for sign in marks_of(row.cells[place]) if sign in signs)

    return [
        Column(f"c{place}", column.title, text_of(place), round(70 + 45 * column.weight), round(column.weight),
               kind="number" if column.align == "right" else "text", strong=place == 0, tip=tip_of(place))
        for place, column in enumerate(table.columns)
    ]  # fmt: skip


class BlockPreview(QWidget):
    """The figures under a text: which part, its table or its chart, where they come from.

    Signals:
        origin_wanted(block): «Откуда это?».
    """

    origin_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._blocks: list[AnalysisBlock] = []
        self.table: DataTable | None = None
        self.which = Combo("Какие данные показать")
        self.which.currentIndexChanged.connect(lambda _place: self._show())
        self.looks = QTabBar()
        self.looks.setObjectName("inner")
        self.looks.setAccessibleName("Таблица или график")
        self.looks.setDrawBase(False)
        self.looks.setExpanding(False)
        self.looks.setUsesScrollButtons(False)
        self.looks.addTab("Таблица")
        self.looks.addTab("График")
        self.looks.currentChanged.connect(lambda _place: self._show_look())
        self.origin = Button("Откуда это?", self._ask_origin, icon="file-search")
        px = theme.current().px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.which, 1)
        head.addWidget(self.looks)
        head.addWidget(self.origin)
        self.chart = ChartView(session, least=px(150))
        self.nothing = EmptyState("table", "Таблицы нет", "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.chart)
        self.note = Label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)

    @property
    def block(self) -> AnalysisBlock | None:
        """The part that is shown."""
        place = self.which.currentIndex()
        return self._blocks[place] if 0 <= place < len(self._blocks) else None

    def show_blocks(self, blocks: Sequence[AnalysisBlock]) -> None:
        """Show other parts; the chosen one stays chosen."""
        before = self.block
        self._blocks = list(blocks)
        keys = [block.key for block in blocks]
        kept = before.key if before is not None and before.key in keys else (keys[0] if keys else None)
        self.which.blockSignals(True)
        self.which.fill([(block.title, block.key) for block in blocks], kept)
        self.which.blockSignals(False)
        self._show()

    def _show(self) -> None:
        block = self.block
        if block is None:
            return
        self.note.setText(block.note)
        self.note.setVisible(bool(block.note))
        self.origin.setEnabled(any(figure.origins for figure in block.figures))
        self.looks.setVisible(block.chart is not None and block.table is not None)
        if self.table is not None:
            self.stack.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None
        if block.table is not None:
            self.table = DataTable(
                f"programme-{block.key}", _columns(block.table), id, habits=self._session.habits, title=block.title,
                filters=False, bare=True,
            )  # fmt: skip
            self.stack.addWidget(self.table)
            self.table.set_rows(list(block.table.rows()))
        if block.chart is not None:
            self.chart.show_chart(block.chart)
        self.nothing.tell("Данных пока нет", block.note or "Когда данные появятся, здесь встанет таблица.")
        self._show_look()

    def _show_look(self) -> None:
        block = self.block
        if block is None:
            return
        if block.chart is not None and (self.looks.currentIndex() == 1 or self.table is None):
            self.stack.setCurrentWidget(self.chart)
            self.chart.redraw_soon()
        elif self.table is not None:
            self.stack.setCurrentWidget(self.table)
        else:
            self.note.hide()
            self.stack.setCurrentWidget(self.nothing)

    def _ask_origin(self) -> None:
        if self.block is not None:
            self.origin_wanted.emit(self.block)


F = TypeVar("F", "Field", "NoteField")


def kind_of(field: Field | NoteField) -> Kind:
    """Return the state of a text as a shape."""
    return "warn" if field.stale else KINDS[field.origin]


class KeptTextPane(Card, Generic[F]):
    """The chosen text with its state, its editor and its figures; a subclass says its own words.

    Signals:
        committed(key, text, base): what was typed for which text.
        reset_wanted(key): back to what is derived.
    """

    committed = Signal(str, str, str)
    reset_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(pad=14, parent=parent)
        self.field: F | None = None
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
        self.editor = LongText("Текст")
        self.editor.committed.connect(self._committed)
        self.preview = BlockPreview(session)
        self.parts = split(self.editor, self.preview, sizes=(px(230), px(290)), vertical=True, handle=10)
        self.body.addLayout(head)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.parts, 1)

    def asked(self, _field: F, /) -> str:
        """Return what an empty text asks for."""
        raise NotImplementedError

    def show_back(self, field: F) -> None:
        """Show the way back to what is derived, where there is one."""
        self.back.setVisible(bool(field.derived))

    def show_field(self, field: F, blocks: Sequence[AnalysisBlock], *, writable: bool) -> None:
        """Show a text; the one before is saved first."""
        if self.field is not None and self.field.key != field.key:
            self.editor.commit()
            self.editor.clearFocus()
        self.field = field
        self.name.setText(field.title)
        self.chip.set(kind_of(field), field.word)
        self.hint.setText(field.hint)
        self.show_back(field)
        self.back.setEnabled(writable and field.text != field.derived)
        self.editor.setAccessibleName(field.title)
        self.editor.setReadOnly(not writable)
        self.editor.setPlaceholderText("" if field.text else self.asked(field))
        self.editor.show_stored(field.text)
        self.preview.setVisible(bool(blocks))
        if blocks:
            self.preview.show_blocks(blocks)

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


class TextPane(KeptTextPane["Field"]):
    """The chosen text of a programme."""

    def asked(self, _field: Field, /) -> str:
        """Return what an empty text asks for."""
        return "Впишите текст. Каждый абзац — с новой строки."

    def show_back(self, field: Field) -> None:
        """Name what the text is derived from."""
        super().show_back(field)
        of_data = field.part == "analysis" and field.key != "analysis.problems"
        self.back.setText("Вернуть из данных" if of_data else "Вернуть из структуры")
