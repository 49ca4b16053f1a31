"""The tree itself: how lines are drawn and typed into, which keys mean what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from app.ui import icons, theme
from app.ui.pages.programme_tree_model import CELLS, FIRST_YEAR, MARK, TEXT, Index, TreeModel
from app.ui.pages.programme_tree_rows import GROUPS, Cells, Key
from app.ui.widgets.chip import draw_shape
from app.ui.widgets.field import DRAFT_MS

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

LEAST_TEXT = 300
"""The column of words never gets narrower than that, in pixels at 100 %."""


class LineEditor(QLineEdit):
    """The line that is typed into in place; half-typed text is kept a moment after the last key.

    Signals:
        drafted(text): the person has stopped typing for a moment.
    """

    drafted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("cell", "true")
        self.setAccessibleName("Текст строки")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(lambda: self.drafted.emit(self.text()))
        self.textEdited.connect(lambda _text: self._timer.start())


class TreeDelegate(QStyledItemDelegate):
    """Draws lines and gives the editor."""

    tells_cut_text = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """One line of the table's height."""
        return QSize(0, theme.current().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        cells: Cells | None = index.data(CELLS)
        if cells is None:
            return
        px = theme.current().px
        painter.save()
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == TEXT:
            rect.setRight(self._room(index, rect))
            self._draw_text(painter, rect.adjusted(px(2), 0, -px(8), -1), cells, group=self._is_group(index))
        elif index.column() == MARK:
            self._draw_mark(painter, rect.adjusted(px(6), 0, -px(4), -1), cells)
        else:
            place = index.column() - FIRST_YEAR
            bad = place in cells.bad
            if bad:
                painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("bad_soft"))
            painter.setPen(theme.color("bad" if bad else "muted" if cells.prefix == "" else "text"))
            painter.setFont(theme.current().font())
            room = rect.adjusted(px(4), 0, -px(10), -1)
            text = QFontMetrics(painter.font()).elidedText(self._text(index), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _room(self, index: Index, rect: QRect) -> int:
        """Return where a text must end: it goes on over columns to the right that are empty."""
        tree = self.parent()
        if not isinstance(tree, ProgrammeTree):
            return rect.right()
        right = rect.right()
        for place in range(MARK, tree.lines.columnCount()):
            if tree.lines.text_at(index.sibling(index.row(), place)):
                break
            right += tree.header().sectionSize(place)
        return right

    @staticmethod
    def _is_group(index: Index) -> bool:
        model = index.model()
        return isinstance(model, TreeModel) and model.key_of(index) in GROUPS

    @staticmethod
    def _text(index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")

    @staticmethod
    def _draw_text(painter: QPainter, room: QRect, cells: Cells, *, group: bool) -> None:
        px = theme.current().px
        side = px(16)
        picture = icons.icon(cells.icon, "muted" if group else "accent", 16)
        picture.paint(painter, QRect(room.left(), room.center().y() - side // 2 + 1, side, side))
        left = room.left() + side + px(6)
        for text, token, weight in (
            (cells.prefix, "muted", QFont.Weight.Normal),
            (cells.text, "muted" if cells.empty else "text", QFont.Weight.DemiBold if group else QFont.Weight.Normal),
        ):
            if not text or left >= room.right():
                continue
            painter.setFont(theme.current().font(weight=weight))
            painter.setPen(theme.color(token))
            metrics = QFontMetrics(painter.font())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.right() - left + 1)
            painter.drawText(
                QRect(left, room.top(), room.right() - left + 1, room.height()),
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown,
            )  # fmt: skip
            left += metrics.horizontalAdvance(text) + px(5)

    @staticmethod
    def _draw_mark(painter: QPainter, room: QRect, cells: Cells) -> None:
        if cells.mark is None:
            return
        px = theme.current().px
        side = float(px(9))
        colour = theme.color(cells.mark.kind)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_shape(painter, cells.mark.kind, QRectF(room.left(), room.center().y() - side / 2 + 1, side, side), colour)
        painter.setPen(colour)
        painter.setFont(theme.current().font(12))
        words = room.adjusted(px(15), 0, 0, 0)
        text = QFontMetrics(painter.font()).elidedText(cells.mark.word, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell a text that is cut, or the remarks."""
        text = self._text(index)
        if index.column() == MARK:
            text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        elif index.column() == TEXT:
            rect = QRect(option.rect)  # type: ignore[attr-defined]
            room = self._room(index, rect) - rect.left() - theme.current().px(36)
            if QFontMetrics(theme.current().font()).horizontalAdvance(text) <= room:
                text = ""
        QToolTip.showText(event.globalPos(), text, view)
        return True

    # --- typing --------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Give a line over the text."""
        editor = LineEditor(parent)
        model, key = index.model(), index.data(CELLS)
        if isinstance(model, TreeModel) and key is not None:
            node = model.key_of(index)
            editor.drafted.connect(lambda text: model.put_draft(node, text))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the text; what is being typed is left alone."""
        if isinstance(editor, LineEditor) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.setToolTip(editor.text())

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was typed."""
        if isinstance(editor, LineEditor):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Put the line over the text, right of the icon, and as wide as the whole line."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        tree = self.parent()
        if isinstance(tree, ProgrammeTree):
            rect.setRight(tree.header().length())
        editor.setGeometry(rect.adjusted(theme.current().px(22), 0, 0, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter keeps and stays in the line's tree, Tab keeps and goes on, Esc leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
            if event.key() == Qt.Key.Key_Tab:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)


class ProgrammeTree(QTreeView):
    """The tree with its keys.

    Signals:
        wanted(action): a key was pressed that means something here.
        given_up(node): Esc was pressed while a line was typed into.
    """

    wanted = Signal(str)
    given_up = Signal(object)

    def __init__(self, model: TreeModel) -> None:
        super().__init__()
        self.lines = model
        self.setModel(model)
        self.setAccessibleName("Структура программы")
        self.setItemDelegate(TreeDelegate(self))
        self.setUniformRowHeights(True)
        self.setIndentation(theme.current().px(18))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(700)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.doubleClicked.connect(lambda _index: self.wanted.emit("edit"))
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.header().setSectionsClickable(False)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.header().setFont(theme.current().font(12, weight=QFont.Weight.DemiBold))
        self.header().setMinimumHeight(theme.current().px(30))
        model.modelReset.connect(self.fit_columns)

    def fit_columns(self) -> None:
        """Give numbers the room they need, words the rest."""
        px, header = theme.current().px, self.header()
        metrics = QFontMetrics(theme.current().font())
        header.setMinimumSectionSize(px(40))
        count = self.lines.columnCount()
        for place in range(count):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
        years = max(px(58), metrics.horizontalAdvance("100,00") + px(18))
        for place in range(FIRST_YEAR, count - 1):
            header.resizeSection(place, years)
        money = QFontMetrics(header.font()).horizontalAdvance("Деньги, тыс. ₽") + px(24)
        header.resizeSection(MARK, metrics.horizontalAdvance("12 замечаний") + px(30))
        header.resizeSection(count - 1, money)
        rest = sum(header.sectionSize(place) for place in range(1, count))
        header.resizeSection(TEXT, max(px(LEAST_TEXT), self.viewport().width() - rest))

    def resizeEvent(self, event: object) -> None:
        """Another width gives the words another room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the whole line of what is chosen; the focus is a frame around it."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
        super().drawRow(painter, option, index)
        here = self.currentIndex()
        if self.hasFocus() and (here.row(), here.parent()) == (index.row(), index.parent()):
            painter.save()
            painter.setPen(theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.restore()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw our own arrow before what can be opened."""
        if not self.lines.rowCount(index):
            return
        side = theme.current().px(14)
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        left = rect.right() - self.indentation() + (self.indentation() - side) // 2
        icons.icon(name, "muted", 14).paint(painter, QRect(left, rect.center().y() - side // 2 + 1, side, side))

    # --- keys ----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys of the tree go before the same keys of the menus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _action(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what a key means; the rest is Qt's: arrows, letters that look for a line."""
        action = _action(event)
        if action:
            self.wanted.emit(action)
            event.accept()
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After typing the keyboard is in the tree again; Esc on a new line takes the line away."""
        key: Key | None = self.lines.key_of(self.currentIndex())
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.given_up.emit(key)

    def keyboardSearch(self, search: str) -> None:
        """Letters look in the text, not in «Задача 1.» before it."""
        keys = self.lines.in_order()
        here = self.lines.key_of(self.currentIndex())
        start = keys.index(here) + 1 if here in keys else 0
        for key in [*keys[start:], *keys[:start]]:
            cells = self.lines.cells.get(key)
            if cells is not None and cells.text.casefold().startswith(search.casefold()):
                self.setCurrentIndex(self.lines.index_of(key))
                return


def _action(event: QKeyEvent) -> str:
    """Return what a key means, "" where nothing of ours."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for keys, action in (
        (QKeySequence.StandardKey.Copy, "copy"), (QKeySequence.StandardKey.Cut, "cut"),
        (QKeySequence.StandardKey.Paste, "paste"), (QKeySequence.StandardKey.Find, "find"),
    ):  # fmt: skip
        if event.matches(keys):
            return action
    key = Qt.Key(event.key())
    if modifiers == control:
        return {Qt.Key.Key_Return: "child", Qt.Key.Key_Enter: "child", Qt.Key.Key_D: "duplicate"}.get(key, "")
    if modifiers == alt:
        return {
            Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "out", Qt.Key.Key_Right: "in",
        }.get(key, "")  # fmt: skip
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return {
            Qt.Key.Key_Return: "sibling", Qt.Key.Key_Enter: "sibling", Qt.Key.Key_Insert: "menu",
            Qt.Key.Key_F2: "edit", Qt.Key.Key_Delete: "remove",
        }.get(key, "")  # fmt: skip
    return ""
