"""Sections and questions of a form as a tree: chosen, dragged, moved by keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFont, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.forms import drafting
from app.forms.drafting import Draft, Node
from app.forms.item_base import tidy
from app.forms.schema import FormDef, Item, Section
from app.texts import count
from app.ui import icons, theme
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.labels import ElidedLabel
from app.ui.windows.form_editor_model import DraftModel

NODE = Qt.ItemDataRole.UserRole


class FormTree(QTreeWidget):
    """The tree itself.

    Signals:
        dropped(node, target, place): something was dragged into a section (or, a section, among the sections).
        wanted(action): a key was pressed: «add», «section», «copy», «remove», «up», «down», «edit».
    """

    dropped = Signal(object, object, int)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Разделы и вопросы")
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.current().px(14))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the tree: Insert, Ctrl+D, Delete, Ctrl+↑, Ctrl+↓, Enter and F2."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        action = {
            (Qt.Key.Key_Insert, False): "section" if shift else "add", (Qt.Key.Key_Delete, False): "remove",
            (Qt.Key.Key_D, True): "copy", (Qt.Key.Key_Up, True): "up", (Qt.Key.Key_Down, True): "down",
            (Qt.Key.Key_Return, False): "edit", (Qt.Key.Key_Enter, False): "edit", (Qt.Key.Key_F2, False): "edit",
        }.get((Qt.Key(event.key()), control))  # fmt: skip
        if action is None:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(action)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where something was dropped; the draft moves it, the tree is drawn anew."""
        # Qt says None where nothing is chosen, its stubs do not
        moved: QTreeWidgetItem | None = self.currentItem() if self.selectedItems() else None
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moved is not None:
            self.drop_on(moved, target, where)

    def drop_on(
        self, moved: QTreeWidgetItem, target: QTreeWidgetItem | None, where: QAbstractItemView.DropIndicatorPosition
    ) -> None:
        """Tell what a drop over, above or below a line means."""
        node: Node = moved.data(0, NODE)
        below = where == QAbstractItemView.DropIndicatorPosition.BelowItem
        if target is None:
            target = self.topLevelItem(self.topLevelItemCount() - 1)
        if target is None or target is moved:
            return
        parent: QTreeWidgetItem | None = target.parent()
        if node[0] == "section":
            top = parent if parent is not None else target
            place = self.indexOfTopLevelItem(top)
            after = place + (1 if below or parent is not None else 0)
            self.dropped.emit(node, None, after - (1 if self.indexOfTopLevelItem(moved) < after else 0))
        elif parent is None:
            self.dropped.emit(node, target.data(0, NODE), 0 if not below or target.isExpanded() else 10_000)
        else:
            after = parent.indexOfChild(target) + (1 if below else 0)
            if moved.parent() is parent and parent.indexOfChild(moved) < after:
                after -= 1
            self.dropped.emit(node, parent.data(0, NODE), after)


class TreePane(QWidget):
    """The tree with what can be done to it.

    Signals:
        chosen(): another thing is chosen.
        edit_wanted(): the wording is to be typed.
        paste_wanted(): a structure is to be pasted.
    """

    chosen = Signal()
    edit_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, model: DraftModel) -> None:
        super().__init__()
        self.model = model
        self._filling = False
        self._nodes: dict[Node, QTreeWidgetItem] = {}
        px = theme.current().px
        self.head = ElidedLabel("", "strong")
        self.tree = FormTree()
        self.tree.currentItemChanged.connect(self._row_changed)
        self.tree.dropped.connect(self._dropped)
        self.tree.wanted.connect(self.act)
        self.add = Button("Вопрос", lambda: self.act("add"), icon="plus", tip="Добавить вопрос после выбранного (Ins)")
        self.add_section = Button(
            "Раздел", lambda: self.act("section"), icon="plus", tip="Добавить раздел после выбранного (Shift+Ins)"
        )
        self.paste = Button(
            "Вставить список…", self.paste_wanted.emit, icon="table", tip="Вопросы из Word или Excel (Ctrl+Shift+V)"
        )
        self.copy = Button("Копия", lambda: self.act("copy"), kind="link", tip="Удвоить выбранное (Ctrl+D)")
        self.up = Button("Выше", lambda: self.act("up"), kind="link", tip="Поднять выбранное (Ctrl+↑)")
        self.down = Button("Ниже", lambda: self.act("down"), kind="link", tip="Опустить выбранное (Ctrl+↓)")
        self.number = Button("Нумеровать", self._renumber, kind="link", tip="Пронумеровать вопросы подряд: 1, 2, 3…")
        self.remove = Button("Удалить", lambda: self.act("remove"), kind="link", tip="Удалить выбранное (Del)")
        card = Card(pad=8)
        card.body.addWidget(self.head)
        card.body.addWidget(self.tree, 1)
        card.body.addWidget(Row(self.copy, self.up, self.down, self.number, self.remove, gap=0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Row(self.add, self.add_section, self.paste))
        column.addWidget(card, 1)
        model.changed.connect(self._model_changed)
        model.checked.connect(self._mark)

    # --- showing -------------------------------------------------------------------------------------------------

    def _model_changed(self, _source: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Draw the tree anew; what was chosen and folded stays so."""
        draft = self.model.draft
        self._filling = True
        folded = {node for node, row in self._nodes.items() if node[0] == "section" and not row.isExpanded()}
        order: list[tuple[Node, list[Node]]] = [
            (("section", one.id), [("item", item.id) for item in _shown(one)]) for one in draft.form.sections
        ]
        if [node for node, _rows in order] + [n for _s, rows in order for n in rows] != self._order():
            self._build(order)
        for section in draft.form.sections:
            self._nodes["section", section.id].setText(0, section_title(draft, section))
            for item in _shown(section):
                self._nodes["item", item.id].setText(0, item_title(item))
        for node, row in self._nodes.items():
            if node[0] == "section":
                row.setExpanded(node not in folded)
        if self.model.chosen not in self._nodes:
            self.model.chosen = self._first()
        if self.model.chosen is not None:
            self.tree.setCurrentItem(self._nodes[self.model.chosen])
        self._filling = False
        self.head.setText(asked_words(draft.form))
        self._enable()
        self._mark()

    def _order(self) -> list[Node]:
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        known = [top for top in tops if top is not None]
        rows = [top.child(place).data(0, NODE) for top in known for place in range(top.childCount())]
        return [top.data(0, NODE) for top in known] + rows

    def _build(self, order: list[tuple[Node, list[Node]]]) -> None:
        self.tree.clear()
        self._nodes = {}
        strong = theme.current().font(weight=QFont.Weight.DemiBold)
        size = QSize(0, theme.current().px(26))
        for node, rows in order:
            top = QTreeWidgetItem(self.tree)
            top.setData(0, NODE, node)
            top.setFont(0, strong)
            top.setSizeHint(0, size)
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled)
            self._nodes[node] = top
            for inner in rows:
                row = QTreeWidgetItem(top)
                row.setSizeHint(0, size)
                row.setData(0, NODE, inner)
                row.setFlags((row.flags() | Qt.ItemFlag.ItemIsDragEnabled) & ~Qt.ItemFlag.ItemIsDropEnabled)
                self._nodes[inner] = row

    def _first(self) -> Node | None:
        item = next((one for one in self.model.draft.form.items() if ("item", one.id) in self._nodes), None)
        if item is not None:
            return "item", item.id
        return next(iter(self._nodes), None)

    def _mark(self) -> None:
        """Mark what is wrong by a sign, not by a colour."""
        wrong = {one.node: one.text for one in reversed(self.model.faults) if one.node is not None}
        sign = icons.icon("alert-triangle", "bad", 14)
        for node, row in self._nodes.items():
            row.setIcon(0, sign if node in wrong else QIcon())
            row.setToolTip(0, wrong.get(node, row.text(0)))

    def _enable(self) -> None:
        node = self.model.chosen
        simple = self.model.draft.form.kind != "composite"
        for button in (self.add, self.add_section, self.paste, self.number):
            button.setEnabled(simple)
        for button in (self.copy, self.up, self.down, self.remove):
            button.setEnabled(simple and node is not None)

    def _row_changed(self, row: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if not self._filling and row is not None:
            self.model.chosen = row.data(0, NODE)
            self._enable()
            self.chosen.emit()

    def choose(self, node: Node) -> None:
        """Choose a thing."""
        row = self._nodes.get(node)
        if row is not None:
            self.tree.setCurrentItem(row)
            self.tree.scrollToItem(row)

    # --- acting --------------------------------------------------------------------------------------------------

    def act(self, action: str) -> None:
        """Do what a button or a key says to the chosen thing."""
        draft, node = self.model.draft, self.model.chosen
        if action == "edit":
            self.edit_wanted.emit()
        elif draft.form.kind == "composite":
            return
        elif action == "add":
            self._made(*drafting.add_item(draft, node))
        elif action == "section":
            section = None if node is None else node[1] if node[0] == "section" else _section_id(draft, node[1])
            self._made(*drafting.add_section(draft, section or ""))
        elif node is None:
            return
        elif action == "copy":
            self._made(*drafting.copy(draft, node))
        elif action == "remove":
            self._remove(draft, node)
        elif action in {"up", "down"}:
            self.model.apply(drafting.move(draft, node, -1 if action == "up" else 1), self)
            self.choose(node)

    def _made(self, draft: Draft, node: Node) -> None:
        self.model.chosen = node
        self.model.apply(draft, None)
        self.choose(node)
        self.edit_wanted.emit()

    def _remove(self, draft: Draft, node: Node) -> None:
        order = [one for one in self._nodes if one[0] == node[0]]
        place = order.index(node)
        rest = [one for one in order if one != node]
        self.model.chosen = rest[min(place, len(rest) - 1)] if rest else None
        self.model.apply(drafting.remove(draft, node), None)
        self.chosen.emit()

    def _renumber(self) -> None:
        self.model.apply(drafting.renumber(self.model.draft), None)

    def _dropped(self, node: Node, target: Node | None, place: int) -> None:
        draft = self.model.draft
        if node[0] == "section":
            made = drafting.drop_section(draft, node[1], place)
        else:
            made = drafting.drop(draft, node[1], target[1] if target is not None else "", place)
        self.model.chosen = node
        self.model.apply(made, None)
        self.choose(node)


def asked_words(form: FormDef) -> str:
    """Return how much is asked: «12 вопросов, 2 раздела», «132 клетки, 1 раздел»."""
    cells = sum(1 for item in form.items() if item.row)
    plain = sum(1 for _item in form.items()) - cells
    parts = [count(plain, "вопрос", "вопроса", "вопросов")] if plain or not cells else []
    parts += [count(cells, "клетка", "клетки", "клеток")] if cells else []
    return ", ".join([*parts, count(len(form.sections), "раздел", "раздела", "разделов")])


def _shown(section: Section) -> tuple[Item, ...]:
    """A grid is one thing: its cells are not listed."""
    return () if section.grid else section.items


def _section_id(draft: Draft, item_id: str) -> str:
    section = draft.section_of(item_id)
    return section.id if section is not None else ""


def section_title(draft: Draft, section: Section) -> str:
    """Return how a section is called in the tree."""
    title = tidy(section.title) or f"Раздел {draft.form.sections.index(section) + 1}, без названия"
    return f"{title} (таблица {len(section.rows)} × {len(section.columns)})" if section.grid else title


def item_title(item: Item) -> str:
    """Return how a question is called in the tree."""
    text = tidy(item.text) or "новый вопрос"
    return f"{item.number.rstrip('.')}. {text}" if item.number else text
