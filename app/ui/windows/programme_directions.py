"""«Направления…»: the directions of a programme are added, named anew and put into order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.models.programme_records import Tree
from app.operations import programme_parts, programmes
from app.texts import count
from app.ui.session import Session
from app.ui.widgets.basics import Button, beside
from app.ui.widgets.empty import EmptyState
from app.ui.windows.base import Window
from app.ui.windows.programme_pick import LineDelegate

_KEY = Qt.ItemDataRole.UserRole


class DirectionList(QListWidget):
    """The list: Alt+↑ and Alt+↓ move, F2 names anew, Del removes."""

    def __init__(self, window: DirectionsWindow) -> None:
        super().__init__()
        self.owner = window
        self.setItemDelegate(LineDelegate(self))
        self.setAccessibleName("Направления")
        self.setProperty("card", "true")
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the list."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.owner.move_line(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.owner.remove()
        else:
            super().keyPressEvent(event)


class DirectionsWindow(Window):
    """Directions of one programme."""

    guide = ("10-программа", "Структура")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Направления работы", parent, size=(620, 480))
        self.programme_id = payload if isinstance(payload, int) else 0
        self.say("Мероприятия можно собрать не только по задачам, но и по направлениям.")
        self._filling = False
        self.list = DirectionList(self)
        self.list.itemChanged.connect(self._renamed)
        self.empty = EmptyState("sitemap", "Направлений пока нет", "Впишите первое, например «Работа с кадрами».")
        self.name = QLineEdit()
        self.name.setAccessibleName("Новое направление")
        self.name.setPlaceholderText("Новое направление, например «Работа с кадрами»")
        self.name.returnPressed.connect(self.add)
        self.plus = Button("Добавить", self.add, icon="plus")
        self.up = Button("Выше", lambda: self.move_line(-1), kind="link", tip="Alt+вверх")
        self.down = Button("Ниже", lambda: self.move_line(1), kind="link", tip="Alt+вниз")
        self.rename = Button("Переименовать", self._edit, kind="link", tip="F2")
        self.gone = Button("Удалить", self.remove, kind="link", tip="Del")
        self.body.addLayout(beside(self.name, self.plus, stretch=(1,)))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        row = beside(self.up, self.down, self.rename, self.gone, gap=0)
        row.addStretch(1)
        self.body.addLayout(row)
        close = Button("Готово", self.accept, kind="primary")
        self.add_buttons(close)
        session.changed.connect(self.touched)
        self.refresh()

    def focus_main(self) -> None:
        """Begin with the line of a new one."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the directions anew."""
        self.take(self.session.desk.read(programmes.tree, self.programme_id), self._show)

    def _show(self, tree: Tree) -> None:
        self._filling = True
        place = self.list.currentRow()
        self.list.clear()
        used: dict[int, int] = {}
        for row in tree.activities.values():
            if row.direction_id is not None:
                used[row.direction_id] = used.get(row.direction_id, 0) + 1
        for direction in tree.directions:
            item = QListWidgetItem(direction.title)
            item.setData(_KEY, direction.id)
            words = count(used.get(direction.id, 0), "мероприятие", "мероприятия", "мероприятий")
            item.setToolTip(f"{direction.title}: {words}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(place, 0), self.list.count() - 1))
        self._filling = False
        some = self.list.count() > 0
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        writable = not tree.programme.frozen and not self.session.desk.read_only
        for button in (self.up, self.down, self.rename, self.gone):
            button.setEnabled(some and writable)
        for widget in (self.name, self.plus):
            widget.setEnabled(writable)

    def _key(self) -> int | None:
        item = self.list.currentItem()
        return None if item is None else int(item.data(_KEY))

    # --- acting --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add what is typed."""
        title = self.name.text().strip()
        if title:
            self.name.clear()
            self.list.setCurrentRow(self.list.count() - 1)
            self.take(self.session.written(programme_parts.put_direction, self.programme_id, None, title), self._added)

    def _added(self, _key: int) -> None:
        self.refresh()
        self.list.setCurrentRow(self.list.count() - 1)

    def _edit(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def _renamed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        if not item.text().strip():
            self.refresh()
            return
        key = int(item.data(_KEY))
        self.take(
            self.session.written(programme_parts.put_direction, self.programme_id, key, item.text()), lambda _key: None
        )

    def move_line(self, step: int) -> None:
        """Put the chosen direction one place up or down."""
        keys = [int(self.list.item(at).data(_KEY)) for at in range(self.list.count())]
        here = self.list.currentRow()
        if not 0 <= here + step < len(keys) or here < 0:
            return
        keys[here], keys[here + step] = keys[here + step], keys[here]
        self.list.setCurrentRow(here + step)
        future = self.session.written(programme_parts.arrange_directions, self.programme_id, keys)
        self.take(future, lambda _none: self.list.setCurrentRow(here + step))

    def remove(self) -> None:
        """Take the chosen direction away; its activities stay."""
        key = self._key()
        if key is not None:
            future = self.session.written(programme_parts.remove_direction, self.programme_id, key)
            self.take(future, lambda _none: self.bar.show_message(
                "info", "Направление удалено, мероприятия остались.", ("Вернуть", lambda: self.session.go("undo"))
            ))  # fmt: skip
