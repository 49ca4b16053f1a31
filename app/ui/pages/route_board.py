"""The board of the route: a column for each stage, a line for each school."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.operations.route import STAGE_WORDS, Board, SchoolRoute, StageKey
from app.texts import NBSP, count, ru_date
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.basics import Card
from app.ui.widgets.cells import Index
from app.ui.widgets.labels import Label
from app.ui.widgets.state_list import StateDelegate

STAGES: tuple[StageKey, ...] = tuple(STAGE_WORDS)
_ROLE = int(Qt.ItemDataRole.UserRole) + 1


def chip_of(route: SchoolRoute, today: str) -> tuple[Kind, str]:
    """Return the state of a school as a chip: what is late, what comes next, what is done."""
    event = route.next
    if event is None:
        return ("ok", "пройден") if route.stage == "passed" else ("none", "без даты")
    if event.late:
        late = route.late
        return "bad", f"просрочено {late}" if late > 1 else "просрочено"
    return ("warn" if event.day[:7] == today[:7] else "info"), f"до{NBSP}{ru_date(event.day)}"


class _Delegate(StateDelegate):
    """Draws the name of a school, its chip and how many of its steps are done."""

    pad = 5

    def parts(self, index: Index) -> tuple[tuple[Kind, str], str] | None:
        found = index.data(_ROLE)
        if found is None:
            return None
        _name, kind, word, beside = found
        return (kind, word), beside

    def draw_name(self, painter: QPainter, metrics: QFontMetrics, inner: QRect, index: Index) -> None:
        text = str(index.data(_ROLE)[0])
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, inner.width())
        room = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class StageList(QListWidget):
    """Schools of one stage.

    Signals:
        left(step): the keyboard goes to the column beside, −1 or 1.
    """

    left = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("bare", "true")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, routes: Sequence[SchoolRoute], today: str) -> None:
        """Show other schools."""
        self.clear()
        for route in routes:
            kind, word = chip_of(route, today)
            done = sum(bool(step.held_on) for step in route.steps)
            beside = f"{done} из {len(route.steps)}" if route.steps else ""
            item = QListWidgetItem()
            item.setData(_ROLE, (route.school.shown, kind, word, beside))
            item.setData(Qt.ItemDataRole.UserRole, route.school.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _told(route, word))
            self.addItem(item)

    def school(self) -> int | None:
        """Return the school of the current line."""
        item = self.currentItem()
        return None if item is None or not item.isSelected() else int(item.data(Qt.ItemDataRole.UserRole))

    def choose(self, school_id: int | None) -> bool:
        """Put the cursor on a school; False (and no cursor) where it is not here."""
        for place in range(self.count()):
            if self.item(place).data(Qt.ItemDataRole.UserRole) == school_id:
                self.setCurrentRow(place)
                return True
        self.clearSelection()
        self.setCurrentRow(-1)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the stage beside."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.left.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


def _told(route: SchoolRoute, word: str) -> str:
    event = route.next
    parts = [route.school.name, STAGE_WORDS[route.stage], word]
    if event is not None:
        parts.append(f"{event.text}, {ru_date(event.day)}")
    return "\n".join(parts)


class StageBoard(QWidget):
    """Five columns side by side.

    Signals:
        chosen(school): another school is current, None where none.
        opened(school): Enter or a double click.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.lists: dict[StageKey, StageList] = {}
        self.titles: dict[StageKey, Label] = {}
        self.notes: dict[StageKey, Label] = {}
        for stage in STAGES:
            row.addWidget(self._column(stage), 1)
        self.school_id: int | None = None
        self._quiet = False

    def _column(self, stage: StageKey) -> Card:
        card = Card(pad=8)
        card.body.setContentsMargins(1, theme.current().px(8), 1, 1)
        head = QVBoxLayout()
        head.setContentsMargins(theme.current().px(12), 0, theme.current().px(10), 0)
        title = Label(STAGE_WORDS[stage], "strong")
        note = Label("школ нет", "muted")
        head.addWidget(title)
        head.addWidget(note)
        column = StageList(STAGE_WORDS[stage])
        column.currentItemChanged.connect(lambda now, _before, stage=stage: self._moved(stage, now))
        column.itemClicked.connect(lambda _item, stage=stage: self._picked(stage))
        column.itemActivated.connect(lambda _item: self.opened.emit(self.school_id))
        column.left.connect(lambda step, stage=stage: self._beside(stage, step))
        self.lists[stage], self.titles[stage], self.notes[stage] = column, title, note
        card.body.addLayout(head)
        card.body.addWidget(column, 1)
        return card

    def show_board(self, board: Board) -> None:
        """Show schools by stage; the current one stays current, else the first one is."""
        self._quiet = True
        for stage, column in self.lists.items():
            routes = board.of_stage(stage)
            column.fill(routes, board.day.isoformat())
            number = count(len(routes), "школа", "школы", "школ")
            self.notes[stage].setText(number if routes else "школ нет")
        self._quiet = False
        known = [route.school.id for stage in STAGES for route in board.of_stage(stage)]
        first = next((r.school.id for s in STAGES[1:] for r in board.of_stage(s)), known[0] if known else None)
        self.choose(self.school_id if self.school_id in known else first)

    def choose(self, school_id: int | None) -> None:
        """Make a school current."""
        self._quiet = True
        for column in self.lists.values():
            column.choose(school_id)
        self._quiet = False
        self.school_id = school_id
        self.chosen.emit(school_id)

    def _moved(self, _stage: StageKey, now: QListWidgetItem | None) -> None:
        if not self._quiet and now is not None:
            self.choose(int(now.data(Qt.ItemDataRole.UserRole)))

    def _picked(self, stage: StageKey) -> None:
        key = self.lists[stage].school()
        if key is not None and key != self.school_id:
            self.choose(key)

    def _beside(self, stage: StageKey, step: int) -> None:
        place = STAGES.index(stage) + step
        while 0 <= place < len(STAGES):
            column = self.lists[STAGES[place]]
            if column.count():
                column.setFocus(Qt.FocusReason.OtherFocusReason)
                self.choose(int(column.item(0).data(Qt.ItemDataRole.UserRole)))
                return
            place += step

    def focus_main(self) -> None:
        """Put the keyboard onto the current school."""
        for column in self.lists.values():
            if column.school() is not None:
                column.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.lists["none"].setFocus(Qt.FocusReason.OtherFocusReason)
