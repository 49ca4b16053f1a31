"""The table of comparing two registries: deciding about one school or several, by keys, menu or the pane beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.organisations import School
from app.operations import schools
from app.operations.registry_changes import (
    ACTION_WORDS,
    KIND_WORDS,
    KINDS,
    Action,
    ChangeKind,
    Decision,
    RegistryChange,
    tallies,
)
from app.texts import count, quoted
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.widgets.basics import Button, Row, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.comparing_lines import (
    AIMED,
    COLUMNS,
    KIND_CHIPS,
    Line,
    aim_of,
    find_troubles,
    key_of,
    with_action,
)
from app.ui.windows.comparing_parts import ANOTHER, Answers, SidePane

T = TypeVar("T")
ORDER: tuple[Action, ...] = ("create", "split", "same", "rename", "close", "link", "merge", "reopen", "none")
"""Actions as menus and questions name them."""


class DecisionTable(QWidget):
    """All differences with what was picked for each.

    Signals:
        decided(): something else is picked, or other lines are selected.
        told(level, text): a message for the bar of the window.
    """

    decided = Signal()
    told = Signal(str, str)

    def __init__(self, session: Session, day: Callable[[], str], fail: Callable[[UserError], object]) -> None:
        super().__init__()
        self.session = session
        self._day = day
        self._fail = fail
        self.lines: list[Line] = []
        self.unwritten = False
        self._free = True
        self._remembered: dict[str, Line] = {}
        self._tallies: Mapping[ChangeKind, int] = {}
        px = theme.current().px
        self.table = DataTable(
            "comparing", COLUMNS, key_of, habits=session.habits, title="Что изменилось в реестре",
            empty=EmptyState("circle-check", "Отличий нет", "Реестр и файл говорят одно и то же."),
        )  # fmt: skip
        self.table.current_changed.connect(self._show_line)
        self.table.selection_changed.connect(self._selected)
        self.table.activated.connect(lambda _line: self._pop_up())
        self.table.row_actions = self._row_actions
        self.table.view.installEventFilter(self)
        self.accept_proposed = Button("Принять предложенное", self.take_proposed, icon="circle-check", tip="Пробел")
        self.choose_action = Button("Действие…", self._pop_up, tip="Enter")
        self.withdraw = Button("Снять решение", lambda: self.decide(None), tip="Del")
        for button in (self.accept_proposed, self.choose_action, self.withdraw):
            self.table.lead.addWidget(button)
        self._make_chips()
        self.side = SidePane(Answers(self._act_here, self._aim_here, self._date_here))
        splitter = split(self.table, self.side, stretch=(1,), sizes=(px(840), px(360)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def _make_chips(self) -> None:
        """Put the tallies above the table, in as many lines as they need."""
        self.chips: dict[str, ChipButton] = {"": ChipButton("warn", "")}
        self.chips |= {kind: ChipButton(KIND_CHIPS[kind], "") for kind in KINDS}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda checked, key=key: self._quick(key if checked else None))
        margin = theme.current().px(6)
        holder = QVBoxLayout()
        holder.setContentsMargins(margin, 0, margin, margin)
        holder.addWidget(Row(*self.chips.values(), gap=4))
        cast("QVBoxLayout", self.table.stack.widget(0).layout()).insertLayout(1, holder)

    def _quick(self, wanted: str | None) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key == wanted)
        if wanted is None:
            self.table.model.set_quick(None)
        elif wanted == "":
            self.table.model.set_quick(lambda line: line.decision is None)
        else:
            self.table.model.set_quick(lambda line: line.change.kind == wanted)

    # --- lines -----------------------------------------------------------------------------------------------------

    def show_changes(self, changes: Iterable[RegistryChange]) -> None:
        """Show other differences; what was decided about those that are there again stays decided."""
        self._remembered |= {key_of(line): line for line in self.lines}
        self.lines = []
        for change in changes:
            before = self._remembered.get(change.key)
            fits = before is not None and before.action in change.possible
            line = Line(change, before.decision, before.picked) if before is not None and fits else Line(change)
            self.lines.append(line)
        find_troubles(self.lines)
        self._tallies = tallies(line.change for line in self.lines)
        self.table.set_rows(self.lines)
        self.side.setVisible(bool(self.lines))
        self._show_counts()
        self.decided.emit()

    def forget(self) -> None:
        """Forget all decisions: another file speaks of other schools."""
        self.lines, self._remembered, self.unwritten = [], {}, False

    def set_free(self, free: bool) -> None:
        """Let decisions be picked, or not while something is written."""
        self._free = free and not self.session.desk.read_only
        self._selected()

    @property
    def undecided(self) -> int:
        """How many differences nobody has decided about."""
        return sum(line.decision is None for line in self.lines)

    @property
    def to_write(self) -> list[Line]:
        """The lines that would change something."""
        return [line for line in self.lines if line.action not in {None, "none"}]

    def take(self, found: Mapping[str, Decision]) -> int:
        """Take over decisions by the keys of their differences; returns how many fit."""
        taken = []
        for line in self.lines:
            decision = found.get(key_of(line))
            if decision is not None and decision.action in line.change.possible:
                line.decision = decision
                line.picked = "школа из файла решений" if decision.school_id is not None else ""
                taken.append(line)
        self._picked(taken)
        return len(taken)

    def _selected(self) -> None:
        # asked at every turn of the selection: it must not go over thousands of rows
        some = self._free and self.table.view.selectionModel().hasSelection()
        for button in (self.accept_proposed, self.choose_action):
            button.setEnabled(some)
        self.withdraw.setEnabled(some and self.undecided < len(self.lines))

    def _show_counts(self) -> None:
        kinds = self._tallies
        sizes: dict[str, tuple[str, int]] = {kind: (KIND_WORDS[kind], kinds.get(kind, 0)) for kind in KINDS}
        sizes[""] = ("не решено", self.undecided)
        for key, chip in self.chips.items():
            word, size = sizes[key]
            chip.set_text(f"{word} {size}")
            chip.setVisible(bool(size))

    # --- deciding --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space takes what is proposed, Del takes a decision back."""
        if watched is self.table.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                self.take_proposed()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.decide(None)
                return True
        return super().eventFilter(watched, event)

    def chosen(self) -> list[Line]:
        """Return the selected lines."""
        return cast("list[Line]", self.table.selected())

    def take_proposed(self) -> None:
        """Pick for every selected line what is proposed for it."""
        chosen = self.chosen() if self._free else []
        for line in chosen:
            with_action(line, line.change.proposed)
        self._picked(chosen)
        if len(chosen) == 1:
            self._step_down()

    def _step_down(self) -> None:
        """Go to the next line: one key decides after the other."""
        place = self.table.view.currentIndex()
        if place.row() + 1 < self.table.model.shown:
            self.table.make_current(place.row() + 1, place.column())

    def decide(self, action: Action | None) -> None:
        """Pick an action for the selected lines; those that cannot have it stay as they are and are counted."""
        chosen = self.chosen() if self._free else []
        fitting = [line for line in chosen if action is None or action in line.change.possible]
        for line in fitting:
            with_action(line, action)
        self._picked(fitting)
        left = len(chosen) - len(fitting)
        if left and action is not None:
            rest = f"Для {count(left, 'школы', 'школ', 'школ')} «{ACTION_WORDS[action]}» не подходит"
            self.told.emit("info", f"{rest}: там всё осталось как было.")
        if action in AIMED and fitting and all(aim_of(line, action)[0] is None for line in fitting):
            self._ask_school([line for line in fitting if not line.change.target_key])

    def _picked(self, lines: list[Line]) -> None:
        """Show what was picked."""
        if lines:
            self.unwritten = True
        touched = find_troubles(self.lines) | {key_of(line) for line in lines}
        self.table.model.touch(touched)
        self._show_counts()
        self.redraw()
        self._selected()
        self.decided.emit()

    def redraw(self) -> None:
        """Show anew what is picked for the current line."""
        line = self.table.current()
        if line is not None:
            self.side.show_line(line, self._day(), free=self._free)

    def _read(self, future: Future[T], then: Callable[[T], object]) -> None:
        self.session.runner.take(future, then, self._fail, owner=self)

    def _show_line(self, line: Line | None) -> None:
        if line is None:
            return
        self.redraw()
        change = line.change
        key = change.school_id or (aim_of(line, "same")[0] if line.action == "same" else None)
        if key is None:
            self.side.show_sides(line, None)
        else:
            self._read(self.session.desk.read(schools.card, key), partial(self.side.show_sides, line))

    def _act_here(self, action: Action | None) -> None:
        line: Line | None = self.table.current()
        if line is not None:
            self.table.choose(key_of(line))
            with_action(line, action)
            self._picked([line])
            if action in AIMED and aim_of(line, action)[0] is None and not line.change.target_key:
                self._ask_school([line])
            self._show_line(line)

    def _aim_here(self, school_id: int) -> None:
        line: Line | None = self.table.current()
        if line is None or line.decision is None:
            return
        if school_id == ANOTHER:
            self._ask_school([line])
        else:
            names = {p.school_id: p.name for p in line.change.candidates}
            self._aim([line], school_id or None, names.get(school_id, line.picked))
        self._show_line(line)

    def _aim(self, lines: list[Line], school_id: int | None, name: str) -> None:
        for line in lines:
            if line.decision is not None:
                line.decision = Decision(line.decision.action, school_id, line.decision.on_date)
                line.picked = name if school_id is not None else ""
        self._picked(lines)

    def _date_here(self, text: str) -> None:
        line: Line | None = self.table.current()
        if line is not None and line.decision is not None:
            line.decision = Decision(line.decision.action, line.decision.school_id, text or None)
            self._picked([line])

    def _ask_school(self, lines: list[Line]) -> None:
        """Ask which school is meant; the list comes from the reading thread."""
        if lines:
            future = self.session.desk.read(schools.listing, own=None)
            self._read(future, partial(self._ask_school_of, lines))

    def _ask_school_of(self, lines: list[Line], known: list[School]) -> None:
        themselves = {line.change.school_id for line in lines}
        others = {s.id: s for s in known if s.id not in themselves}
        choices = tuple((f"{s.name} ({s.code})" if s.code else s.name, str(s.id)) for s in others.values())
        about = lines[0].change.before or lines[0].change.after or ""
        words = quoted(about) if len(lines) == 1 else count(len(lines), "школа", "школы", "школ")
        answer = self.session.dialogs.ask(
            "Какая это школа", f"{words}: начните печатать название или код.",
            [Field("school", "Школа из реестра", required=True, choices=choices)], "Выбрать",
        )  # fmt: skip
        if answer is not None and answer["school"]:
            school = others[int(answer["school"])]
            self._aim(lines, school.id, school.shown)
        self.redraw()

    # --- the menu of a row -----------------------------------------------------------------------------------------

    def _row_actions(self) -> list[RowAction | None]:
        chosen = self.chosen()
        if not chosen:
            return []
        if not self._free:
            return self._card_action(chosen[0])
        possible = {action for line in chosen for action in line.change.possible}
        found: list[RowAction | None] = [("Принять предложенное", self.take_proposed), None]
        found += [
            (ACTION_WORDS[action].capitalize(), partial(self.decide, action)) for action in ORDER if action in possible
        ]
        return [*found, None, ("Снять решение", lambda: self.decide(None)), *self._card_action(chosen[0])]

    def _card_action(self, line: Line) -> list[RowAction | None]:
        key = line.change.school_id
        return [] if key is None else [("Открыть карточку", lambda: self.session.go("school", key))]

    def _pop_up(self) -> None:
        """Offer the actions of the selected lines under the current one; the arrow keys and Enter choose."""
        menu = self.action_menu()
        index = self.table.view.currentIndex()
        if menu.isEmpty() or not index.isValid():
            return
        place = self.table.view.visualRect(index).bottomLeft()
        menu.popup(self.table.view.viewport().mapToGlobal(place))
        menu.setActiveAction(menu.actions()[0])

    def action_menu(self) -> QMenu:
        """Return the menu of actions."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for item in self._row_actions():
            if item is None:
                menu.addSeparator()
            else:
                word, run = item
                menu.addAction(word).triggered.connect(partial(_without_checked, run))
        return menu


def _without_checked(run: Callable[[], object], _checked: bool = False) -> None:
    run()
