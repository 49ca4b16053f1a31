"""Ctrl+K: one field that finds schools, documents and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui import icons, theme
from app.ui.item_models.order import fold, words_of
from app.ui.widgets.table import SearchEdit

LIMIT = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be found: what is shown, under which words, and where it leads."""

    text: str
    note: str
    icon: str
    place: str
    payload: object = None
    words: str = ""


def best(things: Sequence[tuple[str, Found]], needle: str, limit: int = LIMIT) -> list[Found]:
    """Return what holds all words, those beginning with the first word before the others.

    Args:
        things: pairs of lower-cased words and the thing.
        needle: what was typed.
        limit: how many at most.
    """
    words = words_of(needle)
    if not words:
        return []
    hits = [(not text.startswith(words[0]), place, thing) for place, (text, thing) in enumerate(things)
            if all(word in text for word in words)]  # fmt: skip
    hits.sort(key=lambda hit: hit[:2])
    return [thing for _late, _place, thing in hits[:limit]]


class Finder(SearchEdit):
    """The field with its list.

    Signals:
        chosen(place, payload): the person chose a thing.
    """

    chosen = Signal(str, object)

    def __init__(self, sources: Callable[[], Sequence[Found]], parent: QWidget | None = None):
        super().__init__("Найти (Ctrl+K)", "Поиск школ, документов и команд", parent)
        self._sources = sources
        self._things: list[tuple[str, Found]] = []
        self._hits: list[Found] = []
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setObjectName("found")
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setAccessibleName("Найденное")
        self._list.clicked.connect(self._take)
        self._list.hide()
        self.searched.connect(self._look)

    @property
    def popup(self) -> QListView:
        """The list under the line."""
        return self._list

    @property
    def hits(self) -> list[Found]:
        """What is offered now."""
        return list(self._hits)

    def begin(self) -> None:
        """Put the keyboard here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Gather anew what can be found."""
        super().focusInEvent(event)
        self.window().installEventFilter(self)
        self._gather()

    def _gather(self) -> None:
        self._things = [(fold(f"{item.text} {item.note} {item.words}"), item) for item in self._sources()]

    def learn(self) -> None:
        """Look once more: what can be found has changed while somebody is searching."""
        if self.hasFocus():
            self._gather()
            # where nothing was found before, the list is away
            if self._list.isVisible() or self.text().strip():
                self._look(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away."""
        super().focusOutEvent(event)
        self.window().removeEventFilter(self)
        self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the list away when the window moves or loses its place."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.WindowDeactivate} and watched is self.window():
            self._list.hide()
        return False

    def _look(self, needle: str) -> None:
        self._hits = best(self._things, needle)
        self._model.clear()
        for hit in self._hits:
            item = QStandardItem(
                icons.icon(hit.icon, "muted"), f"{hit.text}   ·   {hit.note}" if hit.note else hit.text
            )
            item.setToolTip(hit.text)
            self._model.appendRow(item)
        if not self._hits:
            if needle.strip():
                nothing = QStandardItem("Ничего не найдено")
                nothing.setEnabled(False)
                self._model.appendRow(nothing)
            else:
                self._list.hide()
                return
        self._show_list()

    def _show_list(self) -> None:
        rows = max(1, self._model.rowCount())
        height = sum(self._list.sizeHintForRow(row) for row in range(rows)) + theme.current().px(12)
        width = max(self.width(), theme.current().px(420))
        corner = self.mapToGlobal(QPoint(self.width() - width, self.height() + 2))
        self._list.setGeometry(corner.x(), corner.y(), width, height)
        self._list.show()
        self._list.setCurrentIndex(self._model.index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._hits):
            hit = self._hits[index.row()]
            self._list.hide()
            self.clear()
            self.chosen.emit(hit.place, hit.payload)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes, Esc leaves."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._list.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            row = min(max(0, self._list.currentIndex().row() + step), self._model.rowCount() - 1)
            self._list.setCurrentIndex(self._model.index(row, 0))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.flush()
            self._take(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._list.hide()
            self.clear()
            self.leave.emit()
        else:
            super().keyPressEvent(event)
