"""Choosing several things out of many: schools, who answers, ties to other parts of a programme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import theme
from app.ui.item_models.order import fold
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.cells import Index
from app.ui.widgets.labels import Label
from app.ui.widgets.table import SearchEdit
from app.ui.windows.base import Window

_PLACE = Qt.ItemDataRole.UserRole


class LineDelegate(QStyledItemDelegate):
    """Draws a name as Qt does, with air around it; every line has its name in the tooltip."""

    tells_cut_text = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as a line of a table."""
        return super().sizeHint(option, index).expandedTo(QSize(0, theme.current().px(28)))


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that may be chosen: a key that the asker knows, its words."""

    key: object
    words: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked.

    Attributes:
        things: what there is to choose from.
        chosen: keys of those that are chosen now.
        done: called with the chosen things, in their order; things typed by hand have the key None.
        free: heading of a line in which something else may be typed, several divided by «;»; "" for none.
        empty: what to say where there is nothing to choose from.
    """

    title: str
    sentence: str
    things: Sequence[Thing]
    chosen: frozenset[object]
    done: Callable[[list[Thing]], object]
    free: str = ""
    free_text: str = ""
    empty: str = "Выбирать пока не из чего."


class PickWindow(Window):
    """A list with marks, a search over it."""

    guide = ("10-программа", "Структура")

    def __init__(self, session: Session, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(session, ask.title, parent, size=(620, 560))
        self.question = ask
        self.say(ask.sentence)
        self.search = SearchEdit("Найти", "Поиск в списке")
        self.search.searched.connect(self.filter)
        self.list = QListWidget()
        self.list.setItemDelegate(LineDelegate(self.list))
        self.list.setAccessibleName(ask.title)
        self.list.setProperty("card", "true")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._turn)
        self.search.leave.connect(self._into_list)
        for place, thing in enumerate(ask.things):
            item = QListWidgetItem(thing.words)
            item.setToolTip(thing.words)
            item.setData(_PLACE, place)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            on = thing.key in ask.chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.told = Label("", "muted")
        self.all = Button("Отметить найденное", lambda: self.mark(on=True), kind="quiet")
        self.none = Button("Снять отметки", lambda: self.mark(on=False), kind="quiet")
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(beside(self.told, self.all, self.none, stretch=(1,)))
        self.free: QLineEdit | None = None
        if ask.free:
            self.free = QLineEdit(ask.free_text)
            self.free.setAccessibleName(ask.free)
            self.body.addWidget(Label(ask.free, "muted"))
            self.body.addWidget(self.free)
        self.ok = Button("Выбрать", self.take_chosen, kind="primary")
        self.ok.setDefault(True)
        self.add_buttons(Button("Отмена", self.reject), self.ok)
        if not ask.things:
            self.bar.show_message("info", ask.empty)
        self.list.setCurrentRow(0)
        self._tell()

    def focus_main(self) -> None:
        """Begin with the search."""
        (self.search if self.question.things or self.free is None else self.free).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _into_list(self) -> None:
        row = next((at for at in range(self.list.count()) if not self.list.item(at).isHidden()), -1)
        if row >= 0:
            self.list.setCurrentRow(row)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _turn(item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def filter(self, needle: str) -> None:
        """Leave the lines that hold these words."""
        wanted = fold(needle).split()
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(not all(word in fold(item.text()) for word in wanted))

    def mark(self, *, on: bool) -> None:
        """Mark or unmark what is seen."""
        for place in range(self.list.count()):
            item = self.list.item(place)
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def chosen(self) -> list[Thing]:
        """Return what is marked, then what is typed."""
        found = [
            self.question.things[place]
            for place in range(self.list.count())
            if self.list.item(place).checkState() == Qt.CheckState.Checked
        ]
        typed = self.free.text().split(";") if self.free is not None else []
        return [*found, *(Thing(None, text.strip()) for text in typed if text.strip())]

    def take_chosen(self) -> None:
        """Hand over what is chosen."""
        self.question.done(self.chosen())
        self.accept()

    def _tell(self) -> None:
        number = sum(self.list.item(place).checkState() == Qt.CheckState.Checked for place in range(self.list.count()))
        self.told.setText(f"Отмечено {number} из {self.list.count()}" if self.list.count() else "")
