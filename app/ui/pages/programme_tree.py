"""«Структура»: the programme as one tree, everything about the chosen line beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget

from app.models.programme_records import NodeKind, Tree
from app.models.store import Connection
from app.operations import programmes
from app.texts import count
from app.ui import theme
from app.ui.pages.programme_inspector import Inspector
from app.ui.pages.programme_tree_doing import TreeDoing
from app.ui.pages.programme_tree_empty import Beginning
from app.ui.pages.programme_tree_model import TreeModel
from app.ui.pages.programme_tree_rows import GROUPS, Key, Outline, Remark, outline
from app.ui.pages.programme_tree_widget import ProgrammeTree
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Card, Combo, split
from app.ui.widgets.labels import Label
from app.ui.widgets.table import SearchEdit

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

CHECK_AFTER = 600
"""Milliseconds of rest after a change before the checks look again."""
BUILDINGS = (("по задачам", "tasks"), ("по направлениям", "directions"))


class TreeView(View):
    """The tree, its filter and the card of the chosen line."""

    key = "tree"
    title = "Структура"
    heading = "Программа"
    page: ProgrammePage

    def __init__(self, page: ProgrammePage) -> None:
        self.tree: Tree | None = None
        self.remarks: dict[int, list[Remark]] = {}
        self.share = ""
        self._shown_id: int | None = None
        self._chosen: list[Key] = []
        self._after: Callable[[], bool] | None = None
        self._filling = False
        self._asked: tuple[dict[int, list[Remark]], str, bool] = ({}, "", False)
        super().__init__(page)
        self.doing = TreeDoing(self)
        self.model = TreeModel(self.doing.put_text, self.doing.drop, self)
        self.widget = ProgrammeTree(self.model)
        self.inspector = Inspector(page, self.doing.add, self.show_node)
        self.beginning = Beginning(self.session)
        self._checks = QTimer(self)
        self._checks.setSingleShot(True)
        self._checks.setInterval(CHECK_AFTER)
        self._checks.timeout.connect(self._check)
        self._lay_out()
        self._connect()

    # --- building ------------------------------------------------------------------------------------------------

    def make_actions(self) -> Sequence[Button]:
        """«Добавить» with its menu, ways to bring a whole plan in, the head of the programme."""
        self.add_button = Button("Добавить", lambda: self.doing.open_menu(self.add_button), icon="plus", kind="primary",
                                 tip="Добавить строку у выбранной (Ins)")  # fmt: skip
        self.load_button = Button("Загрузить план…", lambda: self.session.go("import_plan"), icon="upload")
        self.head_button = Button("Программа", lambda: self.doing.open_head(self.head_button), icon="settings",
                                  tip="Название и сроки, новая программа, направления")  # fmt: skip
        self.paper_button = Button("На бумагу…", self.page.print_programme, icon="printer",
                                   tip="Программа, план, показатели, деньги: печать, Word, PDF, Excel")  # fmt: skip
        return [self.load_button, self.paper_button, self.head_button, self.add_button]

    def _lay_out(self) -> None:
        px = theme.current().px
        self.search = SearchEdit("Найти в структуре", "Поиск в структуре")
        self.search.setMinimumWidth(px(180))
        self.only_marked = QCheckBox("Только с замечаниями")
        self.building = Combo("Как построена программа")
        self.building.fill(BUILDINGS)
        self.counts = Label("", "muted")
        top = QHBoxLayout()
        top.setContentsMargins(px(8), px(6), px(8), px(6))
        top.setSpacing(px(10))
        top.addWidget(self.search)
        top.addWidget(self.only_marked)
        top.addStretch(1)
        top.addWidget(self.counts)
        top.addWidget(self.building)
        left = Card(pad=4)
        left.body.setContentsMargins(1, 1, 1, 1)
        left.body.setSpacing(0)
        left.body.addLayout(top)
        left.body.addWidget(self.widget, 1)
        self.splitter = split(left, self.inspector)
        self.inspector.setMinimumWidth(px(300))
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes(self.session.habits.get("programme:split", []) or [px(940), px(380)])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.beginning)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._show())
        self.search.leave.connect(self.focus_main)
        self.only_marked.clicked.connect(lambda _on: self._show())
        self.building.activated.connect(lambda _place: self.doing.build(str(self.building.currentData())))
        self.splitter.splitterMoved.connect(
            lambda *_: self.session.habits.put("programme:split", self.splitter.sizes())
        )
        self.widget.selectionModel().currentRowChanged.connect(lambda *_: self._line_changed())
        self.widget.selectionModel().selectionChanged.connect(lambda *_: self._remember_chosen())
        self.widget.expanded.connect(lambda _index: self._remember_open())
        self.widget.collapsed.connect(lambda _index: self._remember_open())
        self.widget.wanted.connect(self.doing.act)
        self.widget.given_up.connect(self.doing.given_up)
        self.widget.customContextMenuRequested.connect(self.doing.context_menu)

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def programme_id(self) -> int | None:
        """Which programme is shown."""
        return self.page.programme_id

    @property
    def writable(self) -> bool:
        """Whether the programme may change."""
        return self.page.writable

    def refresh(self) -> None:
        """Read the programme anew."""
        key = self.programme_id
        if key is None:
            self.tree = None
            self._shown_id = None
            self.inspector.show_line(None, None, (), writable=False)
            self.beginning.refresh()
            self.stack.setCurrentWidget(self.beginning)
            self.say("Программы в файле пока нет")
            self._enable()
            return
        self._asked = self._wanted()
        self.session.read(self, self._take, read_tree, key, *self._asked)

    def _take(self, found: tuple[Tree, Outline]) -> None:
        tree, shown = found
        if tree.programme.id != self.programme_id:
            return  # another one was chosen meanwhile
        self.tree = tree
        self.stack.setCurrentWidget(self.splitter)
        if tree.programme.id != self._shown_id:
            self.inspector.flush()
            self.remarks, self.share = {}, ""
        self.model.writable = self.writable
        self.building.fill(BUILDINGS, tree.programme.building)
        self.inspector.say_frozen(self._why_frozen(tree))
        self._enable()
        same = tree.programme.id == self._shown_id and self._asked == self._wanted()
        self._show(shown if same else None)
        self._say()
        self._checks.start()

    def _why_frozen(self, tree: Tree) -> str:
        if self.session.desk.read_only:
            return "Файл открыт только для чтения."
        if tree.programme.frozen:
            return "Программа утверждена и больше не меняется. Изменения — в новой редакции: «Согласование»."
        return ""

    def _enable(self) -> None:
        some = self.tree is not None
        self.add_button.setEnabled(some and self.writable)
        self.paper_button.setEnabled(some)
        self.building.setEnabled(some and self.writable)
        self.load_button.setEnabled(not self.session.desk.read_only)
        self.head_button.setEnabled(not self.session.desk.read_only)

    def _say(self) -> None:
        tree, line = self.tree, self.page.line
        if tree is None or line is None:
            return
        parts = [line.state_word, f"редакция {tree.programme.edition}"]
        parts += [self.share] if self.share else []
        self.say(" · ".join(parts))
        tasks, acts = len(tree.of_kind("task")), len(tree.of_kind("activity"))
        self.counts.setText(f"{count(tasks, 'задача', 'задачи', 'задач')}, "
                            f"{count(acts, 'мероприятие', 'мероприятия', 'мероприятий')}")  # fmt: skip

    # --- checks --------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        if self.programme_id is not None:
            self.session.read(self, self._take_remarks, read_remarks, self.programme_id)

    def _take_remarks(self, found: tuple[int, dict[int, list[Remark]], str]) -> None:
        key, remarks, share = found
        if self.tree is None or key != self.tree.programme.id:
            return
        self.share = share
        if remarks != self.remarks:
            self.remarks = remarks
            self._show()
        self._say()

    # --- showing -------------------------------------------------------------------------------------------------

    @property
    def filtered(self) -> bool:
        """Whether some lines are hidden by the filter."""
        return bool(self.search.text().strip()) or self.only_marked.isChecked()

    def _wanted(self) -> tuple[dict[int, list[Remark]], str, bool]:
        """Return what the lines depend on besides the programme: remarks, words looked for, whether only marked."""
        return self.remarks, self.search.text(), self.only_marked.isChecked()

    def _outline(self, tree: Tree) -> Outline:
        return outline(tree, self.remarks, text=self.search.text(), marked=self.only_marked.isChecked())

    def _show(self, shown: Outline | None = None) -> None:
        tree = self.tree
        if tree is None:
            return
        other = tree.programme.id != self._shown_id
        self._shown_id = tree.programme.id
        self._filling = True
        before = self.model.in_order()
        held = {key for key in before if self.model.children_of(key)}
        here = self._chosen[0] if self._chosen else None
        self.model.show_outline(shown or self._outline(tree), tree.programme.years)
        self._open_lines(held, other=other)
        self._filling = False
        self._choose_again(before, here, other=other)
        if self._after is not None and self._after():
            self._after = None
        self._line_changed()

    def _open_lines(self, held: set[Key], *, other: bool) -> None:
        """Open what was open the last time; lines that got their first ones below open, a filter opens everything."""
        closed = set(self._closed()) if not self.filtered else set()
        for key in self.model.in_order():
            if (other or self.filtered or key not in held) and self.model.children_of(key):
                self.widget.setExpanded(self.model.index_of(key), str(key) not in closed)

    def _closed(self) -> list[str]:
        return list(self.session.habits.get(f"programme:{self._shown_id}:closed", []))

    def _remember_open(self) -> None:
        if self._filling or self.filtered:
            return
        keys = self.model.in_order()
        closed = [str(key) for key in keys
                  if self.model.children_of(key) and not self.widget.isExpanded(self.model.index_of(key))]  # fmt: skip
        self.session.habits.put(f"programme:{self._shown_id}:closed", closed)

    def _remember_chosen(self) -> None:
        if not self._filling:
            self._chosen = self.selected() or self._chosen

    def _choose_again(self, before: list[Key], here: Key | None, *, other: bool) -> None:
        """Keep what was chosen; a line that came back is chosen again; of a line that went, its neighbour."""
        present = [key for key in self._chosen if self.model.index_of(key).isValid()]
        if present:
            if self.selected() != present:
                kept = self._chosen
                self.choose(present)
                self._chosen = kept
            return
        kept = [] if other else self._chosen
        near: Key | None = None
        if here in before and not other:
            place = before.index(here)
            around = [*before[place + 1 :], *reversed(before[:place])]
            near = next((key for key in around if self.model.index_of(key).isValid()), None)
        first = self.model.in_order()
        if near is None and first:
            near = next((key for key in first if isinstance(key, int)), first[0])
        if near is not None:
            self.choose([near])
            self._chosen = kept or [near]

    # --- choosing ------------------------------------------------------------------------------------------------

    def selected(self) -> list[Key]:
        """Return the chosen lines, from above."""
        rows = self.widget.selectionModel().selectedRows()
        found = {self.model.key_of(index) for index in rows}
        return [key for key in self.model.in_order() if key in found]

    @property
    def current(self) -> Key | None:
        """The line the keyboard is at."""
        index = self.widget.currentIndex()
        return self.model.key_of(index) if index.isValid() else None

    def choose(self, keys: Sequence[Key]) -> bool:
        """Choose lines, the first one becomes current and is opened; False where none is shown."""
        flags = self.widget.selectionModel().SelectionFlag
        found = [index for key in keys if (index := self.model.index_of(key)).isValid()]
        if not found:
            return False
        above = found[0].parent()
        while above.isValid():
            self.widget.setExpanded(above, True)
            above = above.parent()
        self.widget.selectionModel().setCurrentIndex(found[0], flags.ClearAndSelect | flags.Rows)
        for index in found[1:]:
            self.widget.selectionModel().select(index, flags.Select | flags.Rows)
        self.widget.scrollTo(found[0])
        return True

    def then(self, act: Callable[[], bool]) -> None:
        """Do something as soon as the next outline is shown that makes it possible (``act`` says whether it was)."""
        if not act():
            self._after = act

    def _line_changed(self) -> None:
        if self._filling:
            return
        key = self.current
        remarks = self.remarks.get(key, ()) if isinstance(key, int) else ()
        self.inspector.show_line(self.tree, key, remarks, writable=self.writable)

    # --- ways in -------------------------------------------------------------------------------------------------

    def show_node(self, node_id: int) -> None:
        """Show a node and put the keyboard onto it; a filter that hides it is taken off."""
        if self.tree is not None and node_id in self.tree.nodes and not self.model.index_of(node_id).isValid():
            self.search.clear()
            self.only_marked.setChecked(False)
            self._show()

        def act() -> bool:
            if not self.choose([node_id]):
                return False
            self.focus_main()
            return True

        self.then(act)

    def open_payload(self, payload: object) -> None:
        """Show a node."""
        if isinstance(payload, int):
            self.show_node(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the tree, or onto the first choice where there is none."""
        if self.stack.currentWidget() is self.beginning:
            self.beginning.focus_first()
        else:
            self.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_here(self, kind: NodeKind) -> None:
        """Add a thing at the chosen line."""
        self.doing.add(kind)

    def groups(self) -> Sequence[str]:
        """Return the names of the headings."""
        return tuple(GROUPS)


def read_tree(
    connection: Connection, programme_id: int, remarks: dict[int, list[Remark]], text: str, marked: bool
) -> tuple[Tree, Outline]:
    """Read a programme and put its lines into order on the reader's thread, not in the window's."""
    tree = programmes.tree(connection, programme_id)
    return tree, outline(tree, remarks, text=text, marked=marked)


def read_remarks(connection: Connection, programme_id: int) -> tuple[int, dict[int, list[Remark]], str]:
    """Check a programme: its key, remarks by node, how much is filled in words. Imported on the reader's thread."""
    from app.operations import programme_checks

    checked = programme_checks.findings(connection, programme_id)
    found: dict[int, list[Remark]] = {}
    for item in checked.findings:
        if item.node_id is not None:
            rule = programme_checks.RULES[item.rule]
            found.setdefault(item.node_id, []).append(
                Remark(item.node_id, rule.level, rule.title, item.reason, rule.cure, rule.example)
            )
    total = len(checked.findings) - checked.count("hint")
    words = count(total, "замечание", "замечания", "замечаний") if total else "замечаний нет"
    return programme_id, found, f"заполнено {checked.completeness.percent} % · {words}"
