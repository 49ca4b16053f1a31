"""Parts of the window «Библиотека»: the list of kinds, the list of wordings with marks, the preview of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.operations.programme_library import KIND_WORDS, ONE_WORDS, TREND_WORDS, LibraryLine
from app.ui import theme
from app.ui.widgets.basics import Button, Card, Scroller, beside
from app.ui.widgets.labels import Label

ALL, MINE = "", "mine"
_DATA = Qt.ItemDataRole.UserRole
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
Place = tuple[str, str]
"""Kind and direction; («», «») for everything, («mine», «») for the municipality's own."""


class Airy(QStyledItemDelegate):
    """Lines with room above and below; a cut one is told whole by its tooltip."""

    tells_cut_text = True

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of the text and some more."""
        found = super().sizeHint(option, index)
        px = theme.current().px
        return QSize(found.width(), max(found.height() + px(6), px(self._least)))


class KindList(QListWidget):
    """Kinds of wordings with their numbers; activities by direction under them.

    Signals:
        chosen(place): another kind or direction is shown.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Виды формулировок")
        self._delegate = Airy(26)
        self.setItemDelegate(self._delegate)
        self.setProperty("card", "true")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda *_: self._tell())

    @property
    def place(self) -> Place:
        """What is chosen."""
        item = self.currentItem()
        kind, direction = (ALL, "") if item is None else item.data(_DATA)
        return str(kind), str(direction)

    def show_lines(self, lines: Sequence[LibraryLine], wanted: Place | None = None) -> None:
        """Count wordings by kind and direction; what was chosen stays chosen."""
        place = wanted or self.place
        self.blockSignals(True)
        self.clear()
        self._add("Всё", (ALL, ""), len(lines))
        for kind, words in KIND_WORDS.items():
            of_kind = [line for line in lines if line.item.kind == kind]
            if of_kind:
                self._add(words, (kind, ""), len(of_kind))
            if kind == "activity":
                for title in dict.fromkeys(line.direction for line in of_kind if line.direction):
                    number = sum(line.direction == title for line in of_kind)
                    self._add(f"      {title}", (kind, title), number)
        self._add("Свои формулировки", (MINE, ""), sum(line.item.mine for line in lines))
        found = next((at for at in range(self.count()) if self.item(at).data(_DATA) == place), 0)
        self.setCurrentRow(found)
        self.blockSignals(False)

    def go_to(self, place: Place) -> None:
        """Choose a kind or a direction."""
        found = [at for at in range(self.count()) if self.item(at).data(_DATA) == place]
        self.setCurrentRow(found[0] if found else 0)

    def _add(self, words: str, place: Place, number: int) -> None:
        item = QListWidgetItem(f"{words} — {number}")
        item.setToolTip(item.text().strip())
        item.setData(_DATA, place)
        self.addItem(item)

    def _tell(self) -> None:
        self.chosen.emit(self.place)


def fits(line: LibraryLine, place: Place) -> bool:
    """Tell whether a wording belongs to what is chosen at the left."""
    kind, direction = place
    if kind == MINE:
        return line.item.mine
    return kind in {ALL, line.item.kind} and direction in {"", line.direction}


def _words(line: LibraryLine, place: Place) -> str:
    """Return a wording with what the place does not say of it already."""
    head = f"{ONE_WORDS[line.item.kind].capitalize()}. " if place[0] in {ALL, MINE} else ""
    told = (
        line.detail if line.detail != place[1] else "",
        "своя" if line.item.mine else "",
        "уже в программе" if line.inserted else "",
    )
    tail = ", ".join(word for word in told if word)
    return f"{head}{line.item.text} — {tail}" if tail else f"{head}{line.item.text}"


class WordingList(QListWidget):
    """Wordings with marks: Space and Enter turn the mark; what the programme has already can't be marked.

    Signals:
        turned(): marks are others.
        current(line): another wording is current.
    """

    turned = Signal()
    current = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Формулировки")
        self._delegate = Airy(30)
        self.setItemDelegate(self._delegate)
        self.setProperty("card", "true")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.marked: dict[str, None] = {}
        self._lines: dict[str, LibraryLine] = {}
        self._filling = False
        self.itemChanged.connect(self._changed)
        self.currentItemChanged.connect(lambda *_: self.current.emit(self.line))

    @property
    def line(self) -> LibraryLine | None:
        """The current wording."""
        item = self.currentItem()
        return None if item is None else self._lines.get(item.data(_DATA))

    def show_lines(self, lines: Sequence[LibraryLine], place: Place, *, markable: bool) -> None:
        """Show the wordings of a kind or direction. Marks outlive another filter."""
        here = self.line.item.key if self.line is not None else ""
        self._filling = True
        self.clear()
        self._lines = {line.item.key: line for line in lines}
        for line in lines:
            item = QListWidgetItem(_words(line, place))
            item.setData(_DATA, line.item.key)
            item.setToolTip(item.text())
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if markable and not line.inserted:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
                item.setCheckState(_ON if line.item.key in self.marked else _OFF)
            item.setFlags(flags)
            self.addItem(item)
        self._filling = False
        at = next((at for at, line in enumerate(lines) if line.item.key == here), 0)
        self.setCurrentRow(at if lines else -1)
        self.current.emit(self.line)

    def _changed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        key = item.data(_DATA)
        if item.checkState() == _ON:
            self.marked[key] = None
        else:
            self.marked.pop(key, None)
        self.turned.emit()

    def turn(self) -> None:
        """Mark or unmark the current wording."""
        item = self.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(_OFF if item.checkState() == _ON else _ON)

    def mark_shown(self, *, on: bool) -> None:
        """Mark or unmark everything that is shown."""
        for at in range(self.count()):
            item = self.item(at)
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(_ON if on else _OFF)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter turn the mark and go on."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.turn()
            return
        super().keyPressEvent(event)


class Preview(Card):
    """Everything about one wording: what it brings along, what it belongs to, where it comes from."""

    def __init__(self, edit: Callable[[], object], remove: Callable[[], object]) -> None:
        super().__init__(pad=14)
        self.scroller = Scroller(spacing=6)
        self.body.addWidget(self.scroller, 1)
        self.edit = Button("Изменить…", edit, kind="link")
        self.remove = Button("Удалить из библиотеки", remove, kind="link")
        row = beside(self.edit, self.remove, gap=0)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setMinimumWidth(theme.current().px(280))

    def show_line(self, line: LibraryLine | None, *, writable: bool) -> None:
        """Show a wording."""
        self.scroller.clear()
        column = self.scroller.column
        for button in (self.edit, self.remove):
            button.setVisible(line is not None and line.item.mine and writable)
        if line is None:
            column.addWidget(Label("Выберите формулировку: здесь будет видно, с чем она связана.", "muted", wrap=True))
            column.addStretch(1)
            return
        column.addWidget(Label(line.kind_word.capitalize(), "muted"))
        column.addWidget(Label(line.item.text, "strong", wrap=True))
        for title, texts in _told(line).items():
            if texts:
                column.addSpacing(theme.current().px(4))
                column.addWidget(Label(title, "muted"))
                for text in texts:
                    column.addWidget(Label(f"• {text}" if len(texts) > 1 else text, wrap=True))
        column.addStretch(1)


def _told(line: LibraryLine) -> Mapping[str, Sequence[str]]:
    """Return headings with texts; empty ones are left out of the preview."""
    item = line.item
    trend = TREND_WORDS.get(item.trend or "", "")
    offer = line.proposal
    beside_words = "Какие индикаторы меняет" if item.kind == "activity" else "Что решает"
    below: dict[str, list[str]] = {}
    for one in line.below:
        words = (
            {"goal": "Какие цели её решают", "task": "Какие задачи её решают"}
            if item.kind in {"problem", "cause"}
            else {}
        )
        below.setdefault(words.get(one.kind, KIND_WORDS[one.kind]), []).append(one.text)
    return {
        "Вид причины": [line.detail] if item.cause else [],
        "Направление работы": [line.direction] if line.direction else [],
        "Единица и направление": [", ".join(word for word in (item.unit, trend) if word)] if item.unit else [],
        "По данным файла": [f"{offer.shown} — {offer.words}"] if offer is not None else [],
        "Ожидаемые результаты": item.results,
        "Срок": [item.term] if item.term else [],
        "Ответственные": ["; ".join(item.responsible)] if item.responsible else [],
        "Ответ на риск": [item.answer] if item.answer else [],
        "Что смотрят": [item.measures] if item.measures else [],
        "Источник данных": [item.data] if item.data else [],
        "Как считают": [item.method] if item.method else [],
        "Как часто": [item.period] if item.period else [],
        "Полномочия": [item.powers] if item.powers else [],
        "Результат работы": [item.result] if item.result else [],
        "Интерес": [item.interest] if item.interest else [],
        "Участие": [item.part] if item.part else [],
        "Под чем стоит": [one.text for one in line.above],
        beside_words: [one.text for one in line.beside],
        **below,
        "Источник": [item.source] if item.source else [],
    }
