"""The card beside the tree: everything about the chosen thing, what the checks say of it, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.programme_records import LinkKind, NodeKind, Tree
from app.operations import programme_edit as edit
from app.operations.programme_cells import Cell, put_cells
from app.texts import capital
from app.ui import icons, theme
from app.ui.pages import programme_inspector_asks as asks
from app.ui.pages.programme_inspector_fields import Field
from app.ui.pages.programme_inspector_kinds import make
from app.ui.pages.programme_tree_rows import GROUPS, ICONS, Key, Remark, direction_of, mark_of, numbers_of
from app.ui.pages.views_page import ViewsPage
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import ElidedLabel, Label, ruler

SHAPES: Mapping[Kind, str] = {"bad": "■", "warn": "▲", "none": "○"}
LEVEL_KINDS: Mapping[str, Kind] = {"error": "bad", "warning": "warn", "hint": "none"}
NEXT: Mapping[NodeKind, tuple[tuple[NodeKind, str], ...]] = {
    "problem": (("cause", "Добавить причину"),),
    "cause": (("cause", "Ещё причина"),),
    "goal": (("task", "Добавить задачу"), ("measure", "Добавить показатель")),
    "task": (("measure", "Добавить показатель"), ("activity", "Добавить мероприятие")),
    "measure": (("indicator", "Добавить индикатор"),),
    "indicator": (("indicator", "Ещё индикатор"),),
    "activity": (("activity", "Ещё мероприятие"),),
    "risk": (("risk", "Ещё риск"),),
}
"""Steps that the foot of the card offers."""
FIRST_STEPS: Mapping[str, str] = {
    "problems": "Добавить проблему", "goals": "Добавить цель", "risks": "Добавить риск",
}  # fmt: skip
"""The step that the card of a heading offers."""
HINTS: Mapping[str, str] = {
    "problems": "Что не так в школах и почему. Проблемы следуют из анализа, причины — под ними. "
                "Потом свяжите их с целью и задачами. Enter добавляет строку рядом, Ctrl+Enter — под ней.",
    "goals": "Цель, под ней задачи. У каждой задачи — показатель с индикаторами и мероприятия.",
    "plan": "Мероприятия собраны по направлениям. Новое добавляют так: «Программа», «Направления…».",
    "risks": "Что может помешать и что тогда делать.",
    "loose": "Эти строки ни к чему не относятся. Перенесите их под задачу, показатель или проблему мышью "
             "или клавишами Ctrl+X и Ctrl+V либо удалите.",
}  # fmt: skip


class Inspector(Card):
    """The card.

    Args:
        page: the page of the programme.
        add: called with (kind) when a next step adds something at the chosen line.
        go: called with (node) when a tie leads somewhere.
    """

    def __init__(self, page: ViewsPage, add: Callable[[NodeKind], object], go: Callable[[int], object]) -> None:
        super().__init__(pad=14)
        self.page, self.session = page, page.session
        self._add, self._go = add, go
        self.tree: Tree | None = None
        self.key: Key | None = None
        self.writable = False
        self.forms: dict[NodeKind, tuple[QWidget, list[Field]]] = {}
        px = theme.current().px
        self.icon = Label("")
        self.name = ElidedLabel("", "strong")
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.icon)
        head.addWidget(self.name, 1)
        self.why = Button("", self.show_remarks, kind="link", tip="Показать замечания")
        self.why.hide()
        head.addWidget(self.why)
        self.body.addLayout(head)
        self.frozen = Label("", "muted", wrap=True)
        self.frozen.hide()
        self.body.addWidget(self.frozen)
        self.scroller = Scroller(spacing=10)
        self.hint = Label("", wrap=True)
        self.stack = QWidget()  # forms one under another, one of them seen: only that one asks for room
        self.shown: QWidget | None = None
        holder = QVBoxLayout(self.stack)
        holder.setContentsMargins(0, 0, 0, 0)
        self.scroller.column.addWidget(self.hint)
        self.scroller.column.addWidget(self.stack)
        self.remarks = QVBoxLayout()
        self.remarks.setSpacing(px(6))
        self.scroller.column.addLayout(self.remarks)
        self.scroller.column.addStretch(1)
        self.body.addWidget(self.scroller, 1)
        self.steps = Row()
        self.body.addWidget(self.steps)
        self._shown_steps: tuple[object, ...] = ()
        self._shown_remarks: tuple[Remark, ...] | None = None

    # --- showing -------------------------------------------------------------------------------------------------

    def show_line(self, tree: Tree | None, key: Key | None, remarks: Sequence[Remark], *, writable: bool) -> None:
        """Show a line of the tree; what is half typed about another one is kept first."""
        if key != self.key:
            self.flush()
        self.tree, self.key, self.writable = tree, key, writable
        node = tree.nodes.get(key) if tree is not None and isinstance(key, int) else None
        self.stack.setVisible(node is not None)
        self.hint.setVisible(node is None)
        if tree is None or node is None:
            self._show_group(tree, key)
        else:
            self._show_node(tree, node.id, node.kind)
        self._show_remarks(tuple(remarks))
        self._show_steps(node.kind if node is not None else None)

    def _show_node(self, tree: Tree, node_id: int, kind: NodeKind) -> None:
        word = edit.KIND_WORDS[kind]
        number = numbers_of(tree).get(node_id, "")
        self.name.setText(f"{capital(word)} {number}")
        self.icon.setPixmap(icons.pixmap(ICONS[kind], "accent", 16))
        form, fields = self._form(kind)
        for field in fields:
            field.refresh(tree, node_id)
            field.set_writable(self.writable)
        if self.shown is not form:
            if self.shown is not None:
                self.shown.hide()
            self.shown = form
            form.show()
            self.scroller.verticalScrollBar().setValue(0)

    def _form(self, kind: NodeKind) -> tuple[QWidget, list[Field]]:
        if kind not in self.forms:
            form = QWidget()
            column = QVBoxLayout(form)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.current().px(10))
            fields = make(kind, self)
            for field in fields:
                column.addWidget(field)
            column.addStretch(1)
            self.forms[kind] = form, fields
            form.hide()
            holder = self.stack.layout()
            if holder is not None:
                holder.addWidget(form)
        return self.forms[kind]

    def _show_group(self, tree: Tree | None, key: Key | None) -> None:
        title, text = "Ничего не выбрано", "Выберите строку слева: здесь будет всё о ней."
        direction = direction_of(key) if key is not None else None
        if key in GROUPS:
            title, text = GROUPS[str(key)][0], HINTS[str(key)]
        elif tree is not None and direction is not None:
            title = next((item.title for item in tree.directions if item.id == direction), "Без направления")
            text = "Мероприятия этого направления. Перетащите сюда другие, чтобы перенести их в него."
        self.name.setText(title)
        self.icon.setPixmap(icons.pixmap("sitemap", "muted", 16))
        self.hint.setText(text)

    def say_frozen(self, sentence: str) -> None:
        """Say why nothing can be changed; "" where everything can."""
        self.frozen.setText(sentence)
        self.frozen.setVisible(bool(sentence))

    def _show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        if remarks == self._shown_remarks:
            return
        self._shown_remarks = remarks
        mark = mark_of(remarks)
        self.why.setVisible(mark is not None)
        if mark is not None:
            self.why.setText(f"{SHAPES.get(mark.kind, '○')} {mark.word}")
            self.why.setAccessibleName(f"К замечаниям: {mark.word}")
        clear_layout(self.remarks)
        if remarks:
            self.remarks.addWidget(ruler())
            self.remarks.addWidget(Label("Замечания", "strong"))
        for remark in remarks:
            self.remarks.addWidget(_RemarkView(remark))

    def show_remarks(self) -> None:
        """Bring the remarks into sight."""
        item = self.remarks.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            place = widget.mapTo(self.scroller.widget(), QPoint(0, 0)).y()
            self.scroller.verticalScrollBar().setValue(place)

    def _show_steps(self, kind: NodeKind | None) -> None:
        library = "programme_library" in _windows()
        wanted = (kind, self.writable, self.key if kind is None else None)
        if wanted == self._shown_steps:
            return
        self._shown_steps = wanted
        clear_layout(self.steps.flow)
        steps = NEXT.get(kind, ()) if kind is not None else ()
        if kind is None and self.key in GROUPS and GROUPS[str(self.key)][1]:
            first: NodeKind = GROUPS[str(self.key)][1]  # type: ignore[assignment]
            steps = ((first, FIRST_STEPS[str(self.key)]),)
        for added, word in steps if self.writable else ():
            self.steps.flow.addWidget(Button(word, partial(self._add, added), icon="plus"))
        if library and self.writable and (kind is not None or self.key in GROUPS):
            self.steps.flow.addWidget(Button("Из библиотеки…", self._library, icon="book"))
        self.steps.setVisible(self.writable and bool(self.steps.flow.count()))

    def _library(self) -> None:
        self.session.go("programme_library", (self._programme(), self.key if isinstance(self.key, int) else None))

    # --- writing: what the fields ask of the card ----------------------------------------------------------------

    def flush(self) -> None:
        """Keep everything that is half typed."""
        for _form, fields in self.forms.values():
            for field in fields:
                field.flush()

    def _programme(self) -> int:
        return self.tree.programme.id if self.tree is not None else 0

    def put_cell(self, node_id: int, column: str, text: str) -> Future[Any] | None:
        """Write a cell of a grid."""
        node = self.tree.nodes.get(node_id) if self.tree is not None else None
        words = edit.called(node) if node is not None else "строка"
        label = f"{capital(words)}: изменены сведения"
        return self.write(put_cells, self._programme(), [Cell(node_id, column, text)], label=label)

    def write(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any] | None:
        """Run an operation; a failure goes to the bar."""
        future = self.session.written(function, *args, **kwargs)
        if future is not None:
            self.session.runner.take(future, None, self.session.tell_error, owner=self)
        return future

    def go(self, node_id: int) -> object:
        """Show a node."""
        return self._go(node_id)

    def go_money(self, node_id: int) -> object:
        """Show the money of a node."""
        view = self.page.show_view("money")
        if view is not None:
            view.open_payload(node_id)
            view.focus_main()
        return view

    def pick_links(self, node_id: int, kind: LinkKind, kinds: Sequence[NodeKind], *, forward: bool) -> object:
        """Ask which nodes are tied."""
        if self.tree is not None:
            self.session.go("programme_pick", asks.links(self, self.tree, node_id, kind, kinds, forward=forward))
        return None

    def pick_schools(self, node_id: int) -> object:
        """Ask which schools are covered."""
        asks.schools(self, self.tree, node_id)
        return None

    def pick_responsible(self, node_id: int) -> object:
        """Ask who answers."""
        self.flush()
        asks.responsible(self, self.tree, node_id)
        return None

    def ask_dates(self, node_id: int) -> object:
        """Ask for dates by hand."""
        if self.tree is not None:
            asks.dates(self, self.tree, node_id)
        return None

    def open_formula(self, node_id: int, text: str) -> object:
        """Show the formula of an indicator with what it gives; what is half typed is kept first."""
        self.flush()
        if self.tree is not None and node_id in self.tree.nodes:
            self.session.go("formula", asks.formula(self.tree, node_id, text, self.session.today().year))
        return None

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        node = self.tree.nodes.get(self.key) if self.tree is not None and isinstance(self.key, int) else None
        if node is not None:
            _form, fields = self._form(node.kind)
            box = getattr(fields[0], "box", None)
            if isinstance(box, QWidget):
                box.setFocus(Qt.FocusReason.OtherFocusReason)


class _RemarkView(QWidget):
    """One remark: its level in shape and word, what is wrong, what to do, how it looks when right."""

    def __init__(self, remark: Remark) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(2))
        column.addWidget(Chip(LEVEL_KINDS.get(remark.level, "none"), remark.title))
        for text, role in (
            (remark.reason, "text"), (remark.cure, "muted"),
            (f"Например: {remark.example}" if remark.example else "", "muted"),
        ):  # fmt: skip
            if text:
                column.addWidget(Label(text, role, wrap=True))  # type: ignore[arg-type]


def _windows() -> Mapping[str, object]:
    from app.ui.windows.catalogue import WINDOWS

    return WINDOWS
