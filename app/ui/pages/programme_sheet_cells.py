"""How cells of the programme's grids are drawn and typed into: several lines, a line under them, words to choose."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.ui import theme
from app.ui.pages.programme_sheet import DEPTH, HEADING, LONG, SECOND, SheetModel
from app.ui.widgets.chip import draw_shape
from app.ui.widgets.entry_cells import EntryDelegate, EntryRole, Index
from app.ui.widgets.field import DRAFT_MS

LINES = 2


@lru_cache(maxsize=20_000)
def wrapped(text: str, font: str, width: int, most: int = LINES) -> tuple[str, ...]:
    """Return a text in at most so many lines of a width; the last one says «…» where there is more.

    Args:
        text: one or several lines.
        font: ``QFont.toString()``.
        width: of the place, pixels.
        most: how many lines there is room for.
    """
    made = QFont()
    made.fromString(font)
    metrics = QFontMetrics(made)
    lines: list[str] = []
    words = text.replace("\n", " ").split(" ")
    line = ""
    for place, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if not line or metrics.horizontalAdvance(longer) <= width:
            line = longer
            continue
        if len(lines) == most - 1:
            line = " ".join([line, *words[place:]])
            break
        lines.append(line)
        line = word
    lines.append(line)
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines)


class CellText(QPlainTextEdit):
    """The box for a text of several lines: Enter ends the entry, Alt+Enter begins a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("cell", "true")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.current().px(2))
        self.document().setModified(False)  # a margin counts as a change, and what is changed is not filled in


class SheetDelegate(EntryDelegate):
    """Draws the cells of a ``SheetModel`` and gives them what they are typed into."""

    def __init__(self, model: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = model

    # --- typing --------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line, with its words where the column has some, or a box for several lines."""
        column = self._sheet.columns[index.column()]
        if column.long and not column.words:
            return self._box(parent, index, column.title)
        editor = super().createEditor(parent, option, index)
        if column.words and isinstance(editor, QLineEdit):
            completer = QCompleter(list(column.words), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        return editor

    def _box(self, parent: QWidget, index: Index, title: str) -> CellText:
        editor = CellText(parent)
        editor.setAccessibleName(title)
        place = QPersistentModelIndex(index)
        timer = QTimer(editor)
        timer.setSingleShot(True)
        timer.setInterval(DRAFT_MS)
        timer.timeout.connect(lambda: self._tell(place, editor.toPlainText()))
        editor.document().contentsChange.connect(
            lambda _at, _gone, _come: timer.start() if editor.document().isModified() else None
        )
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the entry into the box; what is being typed now is left alone."""
        if not isinstance(editor, CellText):
            super().setEditorData(editor, index)
        elif not editor.document().isModified():
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.document().setModified(False)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Take what stands in the box."""
        if isinstance(editor, CellText):
            self._sheet.setData(index, editor.toPlainText())
        else:
            super().setModelData(editor, model, index)  # type: ignore[arg-type]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A box for several lines is higher than its row and stays inside the grid."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, CellText):
            viewport = editor.parentWidget()
            room = viewport.rect() if viewport is not None else QRect(option.rect)  # type: ignore[attr-defined]
            rect = QRect(option.rect)  # type: ignore[attr-defined]
            rect.setHeight(min(max(rect.height(), theme.current().px(92)), room.height()))
            rect.setWidth(max(rect.width(), theme.current().px(220)))
            rect.moveBottom(min(rect.bottom(), room.bottom()))
            rect.moveTop(max(rect.top(), 0))
            editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab end an entry of several lines; Alt+Enter goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, CellText):
            hints = QAbstractItemDelegate.EndEditHint
            ends = {
                Qt.Key.Key_Return: hints.SubmitModelCache, Qt.Key.Key_Enter: hints.SubmitModelCache,
                Qt.Key.Key_Tab: hints.EditNextItem, Qt.Key.Key_Backtab: hints.EditPreviousItem,
            }  # fmt: skip
            end = ends.get(Qt.Key(event.key()))
            if end == hints.SubmitModelCache and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                editor.insertPlainText("\n")
                return True
            if end is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, end)
                return True
            return super(EntryDelegate, self).eventFilter(editor, event)
        return super().eventFilter(editor, event)

    # --- drawing -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: fill, mark, text in one or two lines, the line under it."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        view = option.widget  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        px = theme.current().px
        painter.save()
        painter.setClipRect(rect)
        fill = theme.color("accent_soft") if chosen else index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(fill, QColor):
            painter.fillRect(rect, fill)
        if index.data(HEADING):
            rect.setLeft(max(rect.left(), 0))  # a heading over all columns stays in sight
        inner = rect.adjusted(px(6) + px(14) * int(index.data(DEPTH) or 0), 0, -px(6), 0)
        mark = index.data(EntryRole.MARK)
        if mark:
            side = float(px(8))
            box = QRectF(inner.left(), rect.center().y() - side / 2 + 0.5, side, side)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_shape(painter, mark, box, QColor(theme.current().tokens.pair(mark)[0]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            inner.setLeft(inner.left() + px(12))
        self._words(painter, inner, index)
        if isinstance(view, QAbstractItemView) and index == view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("accent" if view.hasFocus() else "muted"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, inner: QRect, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        second = str(index.data(SECOND) or "")
        if not text and not second:
            return
        font = index.data(Qt.ItemDataRole.FontRole) or theme.current().font()
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        side = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & int(Qt.AlignmentFlag.AlignHorizontal_Mask)
        height = QFontMetrics(font).height()
        room = max(1, inner.height() // height)
        long = bool(index.data(LONG)) and not index.data(HEADING)
        most = max(1, min(LINES, room) - bool(second)) if long else 1
        lines = wrapped(text, font.toString(), inner.width(), most) if text else ()
        small = theme.current().font(12)
        total = height * len(lines) + (QFontMetrics(small).height() if second else 0)
        top = inner.top() + max(0, (inner.height() - total) // 2)
        painter.setFont(font)
        painter.setPen(colour or theme.color("text"))
        for line in lines:
            painter.drawText(QRect(inner.left(), top, inner.width(), height), side, line)
            top += height
        if second and top + 4 < inner.bottom():
            painter.setFont(small)
            painter.setPen(colour or theme.color("muted"))
            shown = QFontMetrics(small).elidedText(second, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(QRect(inner.left(), top, inner.width(), QFontMetrics(small).height()), side, shown)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a text and of the line under it, then what there is to say of the cell."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        parts = (index.data(Qt.ItemDataRole.DisplayRole), index.data(SECOND), index.data(Qt.ItemDataRole.ToolTipRole))
        tip = "\n".join(str(part) for part in parts if part)
        QToolTip.showText(event.globalPos(), tip, view) if tip else QToolTip.hideText()
        return True
