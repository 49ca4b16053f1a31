"""What can be done to the lines of the tree: by keys, by the menu, by dragging. Every act is one operation."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.models.programme_records import Node, NodeKind
from app.models.store import Store
from app.operations import programme_copy, programme_edit, programmes
from app.texts import count, quoted
from app.ui.pages import programme_tree_acts as acts
from app.ui.pages.programme_tree_acts import Spot
from app.ui.pages.programme_tree_model import MIME
from app.ui.pages.programme_tree_rows import Key, numbers_of

if TYPE_CHECKING:
    from app.ui.pages.programme_tree import TreeView

MENU: tuple[tuple[str, str, str], ...] = (
    ("edit", "Изменить текст", "F2"),
    ("", "", ""),
    ("cut", "Вырезать", "Ctrl+X"),
    ("copy", "Копировать", "Ctrl+C"),
    ("paste", "Вставить", "Ctrl+V"),
    ("duplicate", "Создать копию", "Ctrl+D"),
    ("", "", ""),
    ("up", "Выше", "Alt+Up"),
    ("down", "Ниже", "Alt+Down"),
    ("in", "Под предыдущую", "Alt+Right"),
    ("out", "На уровень выше", "Alt+Left"),
    ("", "", ""),
    ("remove", "Удалить", "Del"),
)
"""Commands of the right button: name, words, key."""
READING = {"copy", "find"}
_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class TreeDoing(QObject):
    """Acts on the tree of a view."""

    def __init__(self, view: TreeView) -> None:
        super().__init__(view)
        self.view = view
        self.session = view.session
        self._new: int | None = None

    # --- keys and menus ------------------------------------------------------------------------------------------

    def act(self, action: str) -> None:
        """Do what a key or a line of the menu says."""
        if self.view.tree is None or not (self.view.writable or action in READING):
            return
        table: dict[str, Callable[[], object]] = {
            "sibling": lambda: self._add_found(acts.sibling), "child": lambda: self._add_found(acts.child),
            "menu": lambda: self.open_menu(None), "edit": self.edit, "remove": self.remove, "copy": self.copy,
            "cut": lambda: self.copy(cut=True), "paste": self.paste, "duplicate": self.duplicate,
            "find": self._find,
        }  # fmt: skip
        if action in table:
            table[action]()
        else:
            self.step(action)

    def open_menu(self, beside: QWidget | None) -> None:
        """Offer what can be added at the chosen line."""
        if self.view.tree is None or not self.view.writable:
            return
        menu = self.add_menu()
        menu.setAttribute(_DELETE)
        if beside is not None:
            menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))
        else:
            widget = self.view.widget
            rect = widget.visualRect(widget.currentIndex())
            menu.popup(widget.viewport().mapToGlobal(rect.bottomLeft()))

    def add_menu(self) -> QMenu:
        """Return the menu of things that can be added; those that fit here come first."""
        menu = QMenu("Добавить", self.view)
        tree = self.view.tree
        if tree is None:
            return menu
        kinds = acts.offered(tree, self.view.current)
        near = sum(self._fits(kind) for kind in kinds)
        for place, kind in enumerate(kinds):
            if place == near and place:
                menu.addSeparator()
            action = menu.addAction(acts.ADD_WORDS[kind])
            action.triggered.connect(lambda _=False, kind=kind: self.add(kind))
        menu.addSeparator()
        self._opening(menu, "Из &библиотеки…", self.open_library)
        return menu

    def open_library(self) -> None:
        """Open the library of wordings at the chosen line."""
        from app.ui.windows.programme_library import LibraryAt

        key = self.view.current
        self.session.go("programme_library", LibraryAt(self.view.programme_id, key if isinstance(key, int) else None))

    def keep(self) -> None:
        """Put the chosen line with all under it into the library."""
        from app.operations import programme_library

        key = self.view.current
        if isinstance(key, int):
            self.session.write(self, self._kept, programme_library.keep, key, below=True)

    def _kept(self, keys: list[str]) -> None:
        words = count(len(keys), "формулировка", "формулировки", "формулировок")
        self.session.tell("ok", f"В библиотеке: {words}.", ("Отменить", lambda: self.session.go("undo")))

    def _fits(self, kind: NodeKind) -> bool:
        tree, key = self.view.tree, self.view.current
        if tree is None or not isinstance(key, int) or key not in tree.nodes:
            return tree is not None and (found := acts.child(tree, key)) is not None and found[0] == kind
        return acts.allowed(tree, kind, key) or tree.nodes[key].kind == kind

    def context_menu(self, place: QPoint) -> None:
        """Show the menu of the right button."""
        menu = self.make_menu()
        menu.setAttribute(_DELETE)
        menu.popup(self.view.widget.viewport().mapToGlobal(place))

    def make_menu(self) -> QMenu:
        """Return the menu of the right button: the same acts as the keys."""
        menu = QMenu(self.view)
        if self.view.writable and self.view.tree is not None:
            adding = self.add_menu()
            adding.setParent(menu, adding.windowFlags())
            menu.addMenu(adding)
        node = isinstance(self.view.current, int)
        for name, words, key in MENU:
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _=False, name=name: self.act(name))
            allowed = name in READING or self.view.writable
            action.setEnabled(allowed and (node or name == "paste"))
        menu.addSeparator()
        keeping = self._opening(menu, "В библиот&еку", self.keep)
        keeping.setEnabled(node and not self.session.desk.read_only)
        menu.addSeparator()
        self._opening(menu, "Раскрыть всё", self.view.widget.expandAll)
        self._opening(menu, "Свернуть всё", self.view.widget.collapseAll)
        return menu

    @staticmethod
    def _opening(menu: QMenu, words: str, run: Callable[[], object]) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(lambda _=False: run())
        return action

    def open_head(self, beside: QWidget) -> None:
        """Offer what belongs to the programme as a whole."""
        menu = self.head_menu()
        menu.setAttribute(_DELETE)
        menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))

    def head_menu(self) -> QMenu:
        """Return the menu of the programme as a whole."""
        menu = QMenu("Программа", self.view)
        some = self.view.tree is not None
        for words, run, allowed in (
            ("&Название и сроки…", self.edit_head, some and self.view.writable),
            ("Н&аправления…", self.edit_directions, some and self.view.writable),
            ("Н&овая программа…", lambda: self.session.go("programme_head"), not self.session.desk.read_only),
            ("&Удалить программу", self.remove_programme, some and self.view.writable),
        ):
            self._opening(menu, words, run).setEnabled(bool(allowed))
        return menu

    def _find(self) -> None:
        self.view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- adding and typing ---------------------------------------------------------------------------------------

    def _add_found(self, look: Callable[..., tuple[NodeKind, Spot] | None]) -> None:
        tree = self.view.tree
        found = look(tree, self.view.current) if tree is not None else None
        if found is not None:
            self._add(*found)

    def add(self, kind: NodeKind) -> None:
        """Add a thing of a kind where it fits near the chosen line."""
        if self.view.tree is not None and self.view.writable:
            self._add(kind, acts.spot_for(self.view.tree, kind, self.view.current))

    def _add(self, kind: NodeKind, spot: Spot) -> None:
        key = self.view.programme_id
        if key is None:
            return
        self._show_all()
        if kind == "activity" and spot.direction_id is not None:
            self.session.write(
                self, self._added, programme_copy.add_activity, key, parent_id=spot.parent_id, before=spot.before,
                direction_id=spot.direction_id,
            )  # fmt: skip
        else:
            self.session.write(
                self, self._added, programme_edit.add, key, kind, parent_id=spot.parent_id, before=spot.before
            )

    def _added(self, key: int) -> None:
        def begin() -> bool:
            if not self.view.choose([key]):
                return False
            self._new = key
            self.edit()
            return True

        self.view.then(begin)

    def _show_all(self) -> None:
        """A filter would hide what is added."""
        if self.view.filtered:
            self.view.search.clear()
            self.view.only_marked.setChecked(False)
            self.view.refresh()

    def edit(self) -> None:
        """Type into the chosen line in place."""
        index = self.view.widget.currentIndex().siblingAtColumn(0)
        if index.isValid():
            self.view.widget.setCurrentIndex(index)
            self.view.widget.setFocus()
            self.view.widget.edit(index)

    def put_text(self, node_id: int, text: str) -> None:
        """Keep what was typed into a line."""
        if text.strip():
            self._new = None
        self.session.write(self, None, programme_edit.put_text, node_id, text)

    def given_up(self, key: object) -> None:
        """Esc on a line that was added this moment and has no words takes it away again."""
        if isinstance(key, int) and key == self._new:
            self._new = None
            self._step_back(key)
            self.session.write(self, None, programme_edit.remove, [key])

    def _step_back(self, key: int) -> None:
        """Go back to the line above a new one that is given up: there Enter was pressed."""
        above = self.view.model.parent_of(key)
        line = self.view.model.children_of(above)
        place = line.index(key) if key in line else 0
        back = line[place - 1] if place else above
        if back is not None:
            self.view.choose([back])

    # --- taking away and copying ---------------------------------------------------------------------------------

    def nodes(self) -> list[Node]:
        """Return the chosen things, from above, without those under another one."""
        return acts.whole(self.view.tree, self.view.selected()) if self.view.tree is not None else []

    def remove(self) -> None:
        """Take the chosen things away with all under them; the bar offers to bring them back."""
        nodes, tree = self.nodes(), self.view.tree
        if not nodes or tree is None:
            return
        below = sum(1 for node in nodes for _under in tree.walk(node.id))
        words = programme_edit.called(nodes[0]) if len(nodes) == 1 else count(len(nodes), "строка", "строки", "строк")
        more = f" и всё под ней ({count(below, 'строка', 'строки', 'строк')})" if below else ""

        def told(_done: object) -> None:
            self.session.tell("info", f"Удалено: {words}{more}.", ("Вернуть", lambda: self.session.go("undo")))

        self.session.write(self, told, programme_edit.remove, [node.id for node in nodes])

    def copy(self, *, cut: bool = False) -> None:
        """Put the chosen things onto the clipboard: as copies for this program, as text for others."""
        tree, nodes = self.view.tree, self.nodes()
        path = self.session.desk.path
        if tree is None or not nodes:
            return
        data = QMimeData()
        data.setText(acts.as_text(tree, nodes, numbers_of(tree)))
        told = {"file": str(path), "ids": [node.id for node in nodes], "cut": cut and self.view.writable}
        data.setData(f"{MIME}-copied", QByteArray(json.dumps(told).encode()))
        QGuiApplication.clipboard().setMimeData(data)
        if cut:
            self.session.tell("info", "Вырезано: выберите место и нажмите Ctrl+V.")

    def paste(self) -> None:
        """Put in what was copied; lines of a text become things of the chosen kind."""
        tree, data = self.view.tree, QGuiApplication.clipboard().mimeData()
        if tree is None or data is None:
            return
        if data.hasFormat(f"{MIME}-copied"):
            told = json.loads(bytes(data.data(f"{MIME}-copied").data()) or b"{}")
            if told.get("file") == str(self.session.desk.path):
                self._paste_nodes([int(key) for key in told["ids"]], cut=bool(told["cut"]))
                return
        self._paste_lines(data.text().splitlines())

    def _paste_nodes(self, ids: list[int], *, cut: bool) -> None:
        tree = self.view.tree
        if tree is None:
            return
        kind = tree.nodes[ids[0]].kind if ids and ids[0] in tree.nodes else None
        if kind is None:
            self.session.read(self, lambda node: self._paste_kind(node.kind, ids, cut=False), programme_edit.node_of,
                              ids[0])  # fmt: skip
        else:
            self._paste_kind(kind, ids, cut=cut)

    def _paste_kind(self, kind: NodeKind, ids: list[int], *, cut: bool) -> None:
        tree, key = self.view.tree, self.view.programme_id
        if tree is None or key is None:
            return
        spot = acts.spot_for(tree, kind, self.view.current)
        if cut:
            QGuiApplication.clipboard().clear()
            self.session.write(self, lambda _none: self._choose_later(ids), programme_edit.move, ids, spot.parent_id,
                               spot.before)  # fmt: skip
        else:
            self.session.write(self, self._choose_later, programme_copy.paste, key, ids, spot.parent_id, spot.before)

    def _paste_lines(self, lines: Sequence[str]) -> None:
        tree, key = self.view.tree, self.view.programme_id
        found = acts.sibling(tree, self.view.current) if tree is not None else None
        if key is not None and found is not None and any(line.strip() for line in lines):
            kind, spot = found
            self.session.write(self, self._choose_later, programme_copy.add_lines, key, kind, lines,
                               parent_id=spot.parent_id, before=spot.before)  # fmt: skip

    def duplicate(self) -> None:
        """Put copies of the chosen things behind them."""
        nodes, tree, key = self.nodes(), self.view.tree, self.view.programme_id
        if nodes and tree is not None and key is not None and len({node.parent_id for node in nodes}) == 1:
            behind = acts.after(tree, nodes[-1])
            self.session.write(self, self._choose_later, programme_copy.paste, key, [node.id for node in nodes],
                               nodes[0].parent_id, behind)  # fmt: skip

    def _choose_later(self, keys: Sequence[Key]) -> None:
        self.view.then(lambda: self.view.choose(list(keys)))

    # --- moving --------------------------------------------------------------------------------------------------

    def step(self, way: str) -> None:
        """Move the chosen things one place."""
        tree, nodes = self.view.tree, self.nodes()
        if tree is None or not nodes:
            return
        spot = acts.step(tree, nodes, way)
        if spot is None:
            return
        self.session.write(self, None, programme_edit.move, [node.id for node in nodes], spot.parent_id, spot.before)

    def drop(self, keys: Sequence[int], target: Key | None, row: int, do: bool) -> bool:
        """Say whether things may be dropped on a line, and do it."""
        tree, key = self.view.tree, self.view.programme_id
        if tree is None or key is None:
            return False
        line = self.view.model.children_of(target)
        found = acts.drop(tree, keys, target, line[row] if 0 <= row < len(line) else None)
        if found is None or not do:
            return found is not None
        if found.what == "move":
            self.session.write(
                self, None, programme_edit.move, list(found.nodes), found.spot.parent_id, found.spot.before
            )
        elif found.what == "direction":
            self.session.write(self, None, programme_copy.put_direction_of, key, found.nodes, found.spot.direction_id)
        elif found.spot.parent_id is not None:
            present = tree.linked("serves", found.spot.parent_id, forward=False)
            self.session.write(
                self, lambda _none: self.session.tell("ok", "Мероприятие связано с индикатором."),
                programme_edit.put_links, "serves", found.spot.parent_id, {*present, *found.nodes}, forward=False,
            )  # fmt: skip
        return True

    # --- the programme as a whole --------------------------------------------------------------------------------

    def build(self, building: str) -> None:
        """Build the programme by tasks or by directions."""
        if self.view.programme_id is not None:
            self.session.write(self, None, set_building, self.view.programme_id, building)

    def edit_head(self) -> None:
        """Open name and years."""
        self.session.go("programme_head", self.view.programme_id)

    def edit_directions(self) -> None:
        """Open the directions."""
        self.session.go("programme_directions", self.view.programme_id)

    def remove_programme(self) -> None:
        """Take the programme away; the bar offers to bring it back."""
        line = self.view.page.line
        if line is None:
            return
        words = f"Удалена программа {quoted(line.programme.title)}."

        def told(_done: object) -> None:
            self.session.tell("info", words, ("Вернуть", lambda: self.session.go("undo")))

        self.session.write(self, told, programmes.remove, line.programme.id)


def set_building(store: Store, programme_id: int, building: str) -> None:
    """Build a programme by tasks or by directions. Errors: see ``programmes.edit``."""
    programmes.edit(store, programme_id, building=building)
