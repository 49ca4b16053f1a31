"""Choosing whom a form is sent to: everybody, the list, a group, single ones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.forms import SubjectRef
from app.operations.form_overview import Whom
from app.operations.form_subjects import Candidate
from app.ui import theme
from app.ui.item_models.order import fold
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.cells import Index
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import SearchEdit

_PLACE = Qt.ItemDataRole.UserRole
NOBODY = "Школы берутся из реестра: «Данные → Загрузить…». Объединения заводят в «Данные → Люди и группы…»."


class _Delegate(QStyledItemDelegate):
    """Draws a name as Qt does; every line has its name in the tooltip."""

    tells_cut_text = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room for the whole box of the mark."""
        return super().sizeHint(option, index).expandedTo(QSize(0, theme.current().px(24)))


class WhomPicker(QWidget):
    """A list with a mark at each, and sets that are marked by one press.

    Signals:
        changed(): other ones are marked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._whom: Whom | None = None
        self._filling = False
        self.told = Label("", "muted")
        self.sets = Combo("Кого отметить")
        self.sets.activated.connect(lambda _place: self._take_set())
        self.search = SearchEdit("Найти", "Поиск среди тех, кому отправить")
        self.search.searched.connect(self._filter)
        self.search.setMinimumWidth(theme.current().px(120))
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setAccessibleName("Кому отправить")
        self.list.setProperty("card", "true")
        self.list.setSpacing(theme.current().px(1))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.nobody = EmptyState("school", "Спрашивать пока некого", NOBODY)
        self.nobody.hide()
        self.invert = Button("Снять все", lambda: self.mark(frozenset()), kind="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        column.addLayout(beside(self.sets, self.search, stretch=(1, 1)))
        column.addWidget(self.list, 1)
        column.addWidget(self.nobody, 1)
        column.addLayout(beside(self.told, self.invert, stretch=(1, 0)))

    def offer(self, whom: Whom) -> None:
        """Offer others; the schools of the list are marked where there is a list, else everybody."""
        self._whom = whom
        self._candidates = whom.candidates
        self._filling = True
        self.list.clear()
        for place, candidate in enumerate(self._candidates):
            item = QListWidgetItem(candidate.shown)
            item.setToolTip(candidate.shown)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(_PLACE, place)
            self.list.addItem(item)
        self._filling = False
        listed = [("Школы списка", "listed")] if whom.listed else []
        groups = [(f"Группа «{name}»", f"group:{name}") for name in whom.groups]
        self.sets.fill([*listed, ("Все", "all"), *groups, ("Выбранные вручную", "own")], "listed" if listed else "all")
        self._take_set()

    def mark(self, keys: frozenset[int] | None) -> None:
        """Mark these organisations and nobody else; None marks everybody."""
        self._filling = True
        for place in range(self.list.count()):
            candidate = self._candidates[place]
            on = keys is None or candidate.ref.organisation_id in keys
            self.list.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._filling = False
        self._tell()

    def add(self, candidate: Candidate) -> None:
        """Add one that no register knows, marked."""
        self._candidates = (*self._candidates, candidate)
        item = QListWidgetItem(candidate.shown)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked)
        item.setToolTip(candidate.shown)
        self.list.addItem(item)
        self._tell()

    def chosen(self) -> list[SubjectRef]:
        """Return those that are marked."""
        return [
            self._candidates[place].ref
            for place in range(self.list.count())
            if self.list.item(place).checkState() == Qt.CheckState.Checked
        ]

    def _take_set(self) -> None:
        key, whom = str(self.sets.currentData() or ""), self._whom
        if whom is None or key == "own":
            return
        if key == "all":
            self.mark(None)
        elif key == "listed":
            self.mark(whom.listed)
        else:
            self.mark(whom.groups.get(key.removeprefix("group:"), frozenset()))

    def _filter(self, needle: str) -> None:
        wanted = fold(needle).split()
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(not all(word in fold(item.text()) for word in wanted))

    def _tell(self) -> None:
        if self._filling:
            return
        number, of = len(self.chosen()), self.list.count()
        self.told.setText(f"Отмечено {number} из {of}" if of else "Отправлять пока некому")
        self.invert.setVisible(of > 0)
        self.nobody.setVisible(of == 0)
        self.list.setVisible(of > 0)
        for widget in (self.sets, self.search):
            widget.setEnabled(of > 0)
        self.changed.emit()
