"""Small parts: buttons, cards, combos that mind the wheel, a box that scrolls, a line that wraps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, cast

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.widgets.labels import ElidedLabel

ButtonKind = Literal["normal", "primary", "link", "quiet", "choice"]


class Button(QPushButton):
    """A button with its verb, an icon where it helps, and a kind from the style sheet."""

    def __init__(
        self, text: str, pressed: Callable[[], object] | None = None, *, icon: str = "", kind: ButtonKind = "normal",
        tip: str = "", parent: QWidget | None = None,
    ):  # fmt: skip
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setAccessibleName(text.replace("&", "").removesuffix("…"))
        if tip:
            self.setToolTip(tip)
        if icon:
            token = {"primary": "on_accent", "link": "accent", "quiet": "muted"}.get(kind, "text")
            icons.put(self, icon, token)
            self.setIconSize(QSize(theme.current().px(icons.SIZE), theme.current().px(icons.SIZE)))
        if pressed is not None:
            # a signal would hand its «checked» to a function that takes anything
            self.clicked.connect(lambda: pressed())  # noqa: PLW0108

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind."""
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)


def icon_button(icon: str, name: str, pressed: Callable[[], object]) -> QToolButton:
    """Return a button with an icon alone; only for copying, downloading and closing."""
    button = QToolButton()
    icons.put(button, icon, "muted")
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.clicked.connect(lambda: pressed())  # noqa: PLW0108 - «checked» is not for it
    return button


class Combo(QComboBox):
    """A choice that the mouse wheel changes only while it has the focus, with an arrow of our own."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(16)
        self._tip = ""
        self.currentTextChanged.connect(lambda _text: self._tell_whole())

    def fill(self, items: Sequence[tuple[str, object]], chosen: object = None) -> None:
        """Give it (word, value) pairs; what was chosen stays chosen unless ``chosen`` says otherwise."""
        wanted = chosen if chosen is not None else self.currentData()
        self.blockSignals(True)
        self.clear()
        for word, value in items:
            self.addItem(word, value)
        values = [value for _word, value in items]
        self.setCurrentIndex(values.index(wanted) if wanted in values else 0 if values else -1)
        self.blockSignals(False)
        self._tell_whole()

    def setToolTip(self, text: str) -> None:
        """Give a tooltip for when the choice is seen whole."""
        self._tip = text
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may cut the choice."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """A choice longer than its place is told whole in the tooltip."""
        cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self._room()
        super().setToolTip(self.currentText() if cut else self._tip)

    def choose(self, value: object) -> bool:
        """Choose a value; False where there is none."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return True
        return False

    def search_by_part(self) -> None:
        """Let a part of a word be typed; only what is in the list is an answer."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def typed(self) -> str:
        """Return the value of the words that stand in it, "" where they are none of the list."""
        place = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place) or "") if place >= 0 else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a long form must not change answers."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice, a long one with three dots at its end, and the arrow."""
        px = theme.current().px
        if self.isEditable():
            super().paintEvent(event)
        else:
            self._draw_choice()
        side = px(16)
        painter = QPainter(self)
        token = "muted" if self.isEnabled() else "disabled"
        left, top = self.width() - side - px(7), (self.height() - side) // 2
        painter.drawPixmap(QPoint(left, top), icons.pixmap("chevron-down", token, 16))
        painter.end()

    def _room(self) -> int:
        """Return how wide a choice may be."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()

    def _draw_choice(self) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        text = cast("str", option.currentText)  # type: ignore[attr-defined]
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self._room())  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class Card(QFrame):
    """A white box with a thin line; ``body`` is where things go."""

    def __init__(self, title: str = "", note: str = "", *, pad: int = 16, parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("card", "true")
        px = theme.current().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(pad), px(pad - 4), px(pad), px(pad - 4))
        self.body.setSpacing(px(8))
        self.heading = ElidedLabel(title, "section")
        self.note = ElidedLabel(note, "muted")
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        if title:
            self.head.addWidget(self.heading, 1)
            self.head.addWidget(self.note)
            self.body.addLayout(self.head)
        else:
            self.heading.deleteLater()
            self.note.deleteLater()


class Scroller(QScrollArea):
    """A vertical scroll area over a column of widgets; ``column`` is the layout inside."""

    def __init__(self, *, spacing: int = 8, parent: QWidget | None = None):
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(QMargins(0, 0, theme.current().px(4), 0))
        self.column.setSpacing(theme.current().px(spacing))
        self.setWidget(inner)

    def clear(self) -> None:
        """Take everything out."""
        clear_layout(self.column)


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything that a layout holds."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
            inner.deleteLater()


class FlowLayout(QLayout):
    """A row that goes on in the next line where there is no room."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8):
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = theme.current().px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (called by Qt)."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their places."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line, if there is room."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """At least the largest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > rect.width() and item.hasHeightForWidth():
                # words wider than the whole line wrap in lines of their own
                width = max(rect.width(), 1)
                size = QSize(width, item.heightForWidth(width))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap // 2, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(size.width(), max(rect.width(), 1)), size.height())))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()


class Row(QWidget):
    """Widgets side by side, wrapping into further lines."""

    def __init__(self, *widgets: QWidget, gap: int = 8, parent: QWidget | None = None):
        super().__init__(parent)
        self.flow = FlowLayout(self, gap=gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.flow.addWidget(widget)


def beside(*widgets: QWidget, stretch: Sequence[int] = (), gap: int = 8) -> QHBoxLayout:
    """Return a row of widgets; a stretch of its own for each where given."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.current().px(gap))
    for index, widget in enumerate(widgets):
        layout.addWidget(widget, stretch[index] if index < len(stretch) else 0)
    return layout


def split(
    first: QWidget, second: QWidget, *, sizes: Sequence[int] = (), stretch: Sequence[int] = (), vertical: bool = False,
    handle: int = 12,
) -> QSplitter:  # fmt: skip
    """Return two widgets with a border between them that a person can move; neither can be squeezed away.

    Args:
        first: at the left, or above.
        second: at the right, or below.
        sizes: pixels of the two at the start.
        stretch: how much of further room each takes.
        vertical: one over the other.
        handle: width of the border at 100 %.
    """
    made = QSplitter(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
    made.setHandleWidth(theme.current().px(handle))
    made.setChildrenCollapsible(False)
    for widget in (first, second):
        made.addWidget(widget)
    for place, weight in enumerate(stretch):
        made.setStretchFactor(place, weight)
    if sizes:
        made.setSizes(list(sizes))
    return made
