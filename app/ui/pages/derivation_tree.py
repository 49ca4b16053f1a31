"""How a value arises, as a tree: the formula, its metrics, their lines, and for a line its file, sheet and cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.operations import indicators
from app.operations.indicators import Derivation, MetricUse, Part, Step
from app.operations.origin import Trace
from app.reports.card_data import Way
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.labels import Label
from app.ui.windows.origin import place_of, story

SIGN_WORDS = {"+": "сложить", "−": "вычесть", "×": "умножить", "÷": "разделить"}
_PLACES: dict[str, tuple[str, str, Callable[[Way], object]]] = {
    "execution": ("Открыть в «Исполнении»", "execution", lambda way: (int(way.key), way.year)),
    "decision": ("Открыть в «Решениях»", "decisions", lambda way: int(way.key)),
    "partnership": ("Открыть в «Поддержке»", "support", lambda way: ("partnerships", int(way.key))),
}
"""Kind of a way → how it is called, the view of the monitoring, what the view is to show."""
_WORK = {"help": "journal", "event": "events", "body": "bodies", "practice": "practices", "mentor": "mentoring"}
"""Kind of a way → the view of «Работа» that shows the row."""
_PART = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DerivationTree(QWidget):
    """A derivation and, under it, the origin of the chosen line.

    Args:
        session: the open file.
        depth: how many levels stand open at first.
        leads: a line offers the way to its place in the window.
    """

    def __init__(
        self, session: Session, *, depth: int = 1, leads: bool = False, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.session, self._depth, self._leads = session, depth, leads
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Из чего сложилось значение")
        self.tree.setHeaderLabels(["Из чего", "Сколько", "Откуда"])
        self.tree.headerItem().setTextAlignment(1, _RIGHT)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, px(340))
        header.resizeSection(1, px(96))
        header.setStretchLastSection(True)
        self.tree.currentItemChanged.connect(lambda now, _before: self._trace(now))
        self.card = Card(pad=8)
        self.origin = Label("", wrap=True).selectable()
        self.opening = Button("", self.follow, kind="link")
        self.card.body.addWidget(self.origin)
        self.card.body.addWidget(self.opening, 0, Qt.AlignmentFlag.AlignLeft)
        self.tree.itemActivated.connect(lambda _item, _column: self.follow())
        self.card.hide()
        column.addWidget(self.tree, 1)
        column.addWidget(self.card)

    def show_derivation(self, found: Derivation | None) -> None:
        """Show how a value arises; None: nothing is chosen."""
        self.tree.clear()
        self.card.hide()
        if found is None:
            return
        uses = {use.start: use for use in found.metrics}
        if found.step is not None:
            self._add(self.tree.invisibleRootItem(), found.step, uses)
            self.tree.expandToDepth(self._depth - 1)
        elif not found.faults:
            line = found.line
            what = "Вписано вручную" if line.typed else "Формулы нет"
            self._row(self.tree.invisibleRootItem(), what, line.shown(found.value), line.source or line.how)

    @staticmethod
    def _row(parent: QTreeWidgetItem, what: str, number: str, words: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem(parent, [what, number, words])
        row.setTextAlignment(1, _RIGHT)
        for place in range(3):
            row.setToolTip(place, row.text(place))
        return row

    def _add(self, parent: QTreeWidgetItem, step: Step, uses: dict[int, MetricUse]) -> None:
        title = SIGN_WORDS.get(step.title, step.title) if step.kind == "joined" else step.title
        use = uses.get(step.start) if step.kind == "metric" else None
        words = use.words if use is not None else step.words
        item = self._row(parent, use.text if use is not None else title, step.shown, words)
        for child in step.children:
            self._add(item, child, uses)
        for part in sorted(use.parts, key=lambda one: not one.counted) if use is not None else ():
            self._add_part(item, part)
        if use is not None and use.lines > len(use.parts):
            more = f"и ещё {use.lines - len(use.parts)}"
            self._row(item, more, "", "при закрытии замера сохранены первые строки")

    def _add_part(self, parent: QTreeWidgetItem, part: Part) -> None:
        row = self._row(parent, part.what, part.amount or ("учтено" if part.counted else "не в счёт"), part.said)
        row.setData(0, _PART, part)
        if not part.counted:
            for place in range(3):
                row.setForeground(place, theme.color("muted"))

    def _trace(self, item: QTreeWidgetItem | None) -> None:
        """Ask from which file, sheet and cell the chosen line is."""
        part = item.data(0, _PART) if item is not None else None
        place = self._place(part)
        self.opening.setVisible(place is not None)
        self.origin.setText("")
        self.origin.hide()
        self.card.setVisible(place is not None)
        if place is not None:
            self.opening.setText(place[0])
        if isinstance(part, Part) and part.origin is not None and self.session.desk.is_open:
            self.session.read(self, self._show_trace, indicators.traces, [part], part.what)

    def _place(self, part: object) -> tuple[str, str, object] | None:
        """Return how the place of a line is called, its page and what to show there; None where there is none."""
        if not self._leads or not isinstance(part, Part):
            return None
        if part.way is not None and part.way.key and part.way.kind in _PLACES:
            word, view, payload = _PLACES[part.way.kind]
            return word, "monitoring", (view, payload(part.way))
        if part.way is not None and part.way.key and part.way.kind in _WORK:
            return "Открыть в «Работе»", "work", (_WORK[part.way.kind], int(part.way.key))
        if part.origin is not None and part.origin.table == "organisation":
            return "Открыть карточку школы", "school", part.origin.row_id
        return None

    def follow(self) -> None:
        """Go to the place of the chosen line."""
        item = self.tree.currentItem()
        place = self._place(item.data(0, _PART)) if item is not None else None
        if place is not None:
            self.session.go(place[1], place[2])

    def _show_trace(self, found: list[Trace]) -> None:
        self.card.setVisible(bool(found) or self.opening.isVisibleTo(self.card))
        self.origin.setVisible(bool(found))
        if found:
            trace = found[0]
            place = place_of(trace)
            head = f"{trace.what}: {trace.value}" + (f". Место: {place}" if place else "")
            self.origin.setText(f"{head}\n{story(trace)}")
