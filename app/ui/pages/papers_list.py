"""The list of all papers: by group, with a search that knows their other names, those used last on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.operations.paper_catalogue import PaperKind
from app.ui import theme
from app.ui.widgets.cells import Index
from app.ui.widgets.labels import Label
from app.ui.widgets.side_list import SideList
from app.ui.widgets.table import SearchEdit

RECENT = "papers:recent"
MOST_RECENT = 4
_KEY = Qt.ItemDataRole.UserRole
_WIDTH = 252


class _Delegate(QStyledItemDelegate):
    """Headings in small muted letters; papers as the list of the house draws them."""

    tells_cut_text = True

    def __init__(self, view: SideList) -> None:
        super().__init__(view)
        self._usual = view.itemDelegate()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A paper takes as many lines as its title needs, a heading one."""
        px = theme.current().px
        if index.data(_KEY) is None:
            return QSize(0, QFontMetrics(theme.current().font()).height() + px(12))
        size = self._usual.sizeHint(option, index)
        return QSize(size.width(), size.height() - px(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        if index.data(_KEY) is not None:
            self._usual.paint(painter, option, index)
            return
        px = theme.current().px
        rect = QRect(option.rect).adjusted(px(12), px(6), -px(8), 0)  # type: ignore[attr-defined]
        font = theme.current().font()
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        painter.restore()


class PaperList(QWidget):
    """All papers.

    Signals:
        chosen(key): another paper was chosen.
    """

    chosen = Signal(str)

    def __init__(self, groups: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._groups = groups
        self._kinds: tuple[PaperKind, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._wanted = ""
        self.search = SearchEdit("Найти документ", "Найти документ")
        self.list = SideList("Документы")
        self.list.setItemDelegate(_Delegate(self.list))
        self.nothing = Label("Такого документа нет. Сотрите часть слова.", "muted", wrap=True)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.search.searched.connect(lambda _text: self._fill())
        self.search.leave.connect(self._take_first)
        self.list.currentItemChanged.connect(self._tell)

    def show_kinds(self, kinds: Iterable[PaperKind], recent: Iterable[str]) -> None:
        """Show these papers; those used last stand on top."""
        self._kinds = tuple(kinds)
        known = {item.key for item in self._kinds}
        self._recent = tuple(key for key in recent if key in known)[:MOST_RECENT]
        self._fill()

    def choose(self, key: str) -> bool:
        """Choose a paper; a search that hides it is taken away. False where there is none."""
        if not any(item.key == key for item in self._kinds):
            return False
        self._wanted = key
        if not self._select(key):
            self.search.clear()
            self._fill()
            self._select(key)
        return True

    def shown(self) -> list[str]:
        """Return the keys that are listed now, without those on top."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return list(dict.fromkeys(str(item.data(_KEY)) for item in items if item.data(_KEY) is not None))

    def _fill(self) -> None:
        words = [_plain(word) for word in self.search.text().split()]
        found = [item for item in self._kinds if all(word in _searched(item) for word in words)]
        self.list.blockSignals(True)
        self.list.clear()
        if not words and self._recent:
            by_key = {item.key: item for item in found}
            self._add("Недавние", [by_key[key] for key in self._recent])
        for key, title in self._groups:
            self._add(title, [item for item in found if item.group == key])
        self.list.blockSignals(False)
        self.nothing.setVisible(not found and bool(self._kinds))
        self._select(self._wanted)
        if words:
            self.list.scrollToTop()

    def _add(self, title: str, kinds: Sequence[PaperKind]) -> None:
        if not kinds:
            return
        heading = QListWidgetItem(title)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(heading)
        for kind in kinds:
            item = QListWidgetItem(kind.title)
            item.setData(_KEY, kind.key)
            item.setToolTip(kind.says)
            self.list.addItem(item)

    def _select(self, key: str) -> bool:
        places = [place for place in range(self.list.count()) if self.list.item(place).data(_KEY) == key]
        if not places:
            return False
        if self.list.currentRow() not in places:
            self.list.setCurrentRow(places[-1] if len(places) > 1 and not self.search.text() else places[0])
        return True

    def _take_first(self) -> None:
        for place in range(self.list.count()):
            if self.list.item(place).data(_KEY) is not None:
                self.list.setCurrentRow(place)
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _tell(self, item: QListWidgetItem | None) -> None:
        key = None if item is None else item.data(_KEY)
        if key is not None and key != self._wanted:
            self._wanted = str(key)
            self.chosen.emit(self._wanted)


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _searched(item: PaperKind) -> str:
    return _plain(f"{item.title} {item.says} {item.words}")
