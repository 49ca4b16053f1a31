"""«Деньги»: table 3 of 004 as a grid, one source or all; totals that say what is not in them; the estimate below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.analysis.programme_values import roubles
from app.models.store import Connection
from app.operations import programme_money_sheet as money
from app.operations import programme_parts as parts
from app.operations.programme_money_sheet import ALL, TOGETHER, Shown, source_by_word, source_word
from app.operations.programme_sheet_data import Sheet
from app.texts import capital, count
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import tsv
from app.ui.pages.programme_estimate import EstimateCard
from app.ui.pages.programme_sheet_view import MenuActions, SheetView
from app.ui.widgets.basics import Button, Combo, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.programme import ProgrammePage

ROOM = 400
"""Height under which the estimate is not shown by itself."""


class MoneyView(SheetView):
    """Деньги программы."""

    key = "money"
    title = "Деньги"
    heading = "Деньги программы"
    guide = ("10-программа", "Деньги")
    icon = "table"
    grid_name = "Деньги программы"
    spanned = False

    def __init__(self, page: ProgrammePage) -> None:
        self._opened: set[tuple[int, str]] = set()
        self._own: list[str] = []
        self._estimating: int | None = None
        self._wanted_estimate: bool | None = None
        super().__init__(page)
        self.nothing = EmptyState(
            "table", "Здесь будут деньги по задачам, мероприятиям и годам",
            "Сначала впишите мероприятия: они станут строками этой таблицы.",
            ("Перейти к плану", lambda: self.page.show_view("plan")),
        )  # fmt: skip
        self.stack.addWidget(self.nothing)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.adding = Button("Добавить источник…", self.add_source, icon="plus",
                             tip="Ещё одна строка под выбранным мероприятием")  # fmt: skip
        self.copying = Button("Скопировать таблицу", self.copy_all, icon="copy", tip="Всю, с заголовками, для Excel")
        return self.adding, self.copying

    def make_top(self) -> None:
        """Put the switch of sources over the grid."""
        self.source = Combo("Источник денег")
        self.source.activated.connect(lambda _place: self.refresh())
        self.source.fill([("Все, построчно", ALL), ("Все вместе", TOGETHER)], ALL)
        self.top.addWidget(Label("Источник", "muted"))
        self.top.addWidget(self.source)
        self.with_estimate = ChipButton("info", "")
        self.with_estimate.set_text("смета")
        self.with_estimate.setAccessibleName("Показать смету мероприятия")
        self.with_estimate.setToolTip("Показать смету выбранного мероприятия; ещё раз — убрать")
        self.with_estimate.clicked.connect(self._toggle_estimate)
        self.top.addWidget(self.with_estimate)
        self.top.addStretch(1)

    def make_body(self, card: QWidget) -> QWidget:
        """Return the grid with the estimate under it."""
        self.estimate = EstimateCard()
        self.estimate.written.connect(self._put_estimate)
        return split(card, self.estimate, stretch=(1,), sizes=(1000, theme.current().px(190)), vertical=True, handle=10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the estimate waits until it is asked for."""
        super().resizeEvent(event)
        if self._wanted_estimate is None:
            room = self.height() >= theme.current().px(ROOM)
            self.with_estimate.setChecked(room)
            self.estimate.setVisible(room)

    def _toggle_estimate(self, checked: bool) -> None:
        self._wanted_estimate = checked
        self.estimate.setVisible(checked)

    # --- reading -------------------------------------------------------------------------------------------------

    def reading(self) -> Callable[[Connection, int], Sheet]:
        """Return what reads the table."""
        shown = Shown(str(self.source.currentData() or ""), frozenset(self._opened))
        return partial(_read, shown=shown)

    def shown(self) -> None:
        """Offer the sources there are; show the estimate of the row under the cursor."""
        if self.sheet is None:
            return
        if not any(row.kind == "line" for row in self.sheet.rows):
            self.stack.setCurrentWidget(self.nothing)
        used = {row.source for rows in self.sheet.tree.money.values() for row in rows}
        offered = [*money.choices([*sorted(used), *self._own])]
        words: list[tuple[str, object]] = [("Все, построчно", ALL), ("Все вместе", TOGETHER)]
        self.source.fill([*words, *((capital(source_word(one)), one) for one in offered)], self.source.currentData())
        self.copying.setEnabled(True)
        self._estimating = None
        self._show_estimate()

    def sentence_of(self, sheet: Sheet) -> str:
        """Return the total and what is not in it."""
        facts = sheet.facts
        if not facts["lines"]:
            return "Сначала впишите мероприятия на вкладке «План»: здесь они станут строками"
        parts_of = [f"всего {roubles(facts['kopecks'])}" if facts["kopecks"] else "денег пока не указано"]
        if facts["unread"]:
            parts_of.append(f"не вошло в итоги: {count(facts['unread'], 'сумма', 'суммы', 'сумм')}")
        if facts["free"]:
            parts_of.append(f"денег не нужно: {facts['free']}")
        if facts["outside"]:
            parts_of.append(f"вне лет программы, не показано: {count(facts['outside'], 'сумма', 'суммы', 'сумм')}")
        return capital(" · ".join([*parts_of, "сохраняется само"]))

    def moved(self) -> None:
        """The cursor has moved: another activity, another estimate."""
        super().moved()
        if self._estimating is None or self._estimating != self._current_node():
            self._show_estimate()  # what is being written is newer than what was read

    def _show_estimate(self) -> None:
        if self.sheet is None:
            return
        key = self._current_node()
        node = self.sheet.tree.nodes.get(key) if key is not None else None
        chosen = node.id if node is not None and node.kind == "activity" else None
        number = self.sheet.numbers.get(chosen, "") if chosen is not None else ""
        title = f"{number} {node.text}".strip() if node is not None else ""
        self.estimate.show_activity(
            self.sheet.tree, chosen, title, year=self.session.today().year, writable=self.writable
        )  # fmt: skip

    # --- changing ------------------------------------------------------------------------------------------------

    def _put_estimate(self, node: int, year: int, lines: list[Mapping[str, str]]) -> None:
        """Write the estimate; what was read before is old at once, so that it can't come back for a moment."""
        self._turn += 1
        self._estimating = node
        future = self.session.written(parts.put_estimate, node, year, lines)
        if future is None:
            self.refresh()
        else:
            self.session.runner.take(future, lambda _none: self.settled(None), self.settled, owner=self)

    def add_source(self) -> None:
        """Ask which source the row under the cursor gets besides."""
        key = self._current_node()
        if key is None or not self.writable:
            self.page.message("info", "Сначала выберите строку мероприятия.")
            return
        known = tuple((source_word(one), one) for one in money.choices(self._own))
        answer = self.session.dialogs.ask(
            "Добавить источник", "У мероприятия появится ещё одна строка. Свой источник впишите словами.",
            [Field("source", "Источник", known[1][1], choices=known), Field("own", "Или свой источник")],
            "Добавить",
        )  # fmt: skip
        if answer is None:
            return
        source = source_by_word(answer["own"]) or answer["source"]
        if source not in money.choices([]) and source not in self._own:
            self._own.append(source)
        self.open_source(key, source)

    def open_source(self, key: int, source: str) -> None:
        """Show a row for a source of an activity, beside the one that stands there."""
        if self.sheet is not None and key not in self.sheet.tree.money:
            line = self.model.line(self.grid.currentIndex().row())
            if line is not None and line.node == key and line.source:
                self._opened.add((key, line.source))
        self._opened.add((key, source))
        if self.source.currentData() not in {ALL, source}:
            self.source.choose(ALL)
        self._wanted = ((key, source), 3)
        self.refresh()

    def open_task(self) -> None:
        """Show the row of a task's own money."""
        line = self.model.line(self.grid.currentIndex().row())
        if line is not None and isinstance(line.group, tuple) and line.group[1] == "task" and self.sheet is not None:
            self._opened.add((int(line.group[2]), self.sheet_source()))
            self._wanted = (int(line.group[2]), 3)
            self.refresh()

    def sheet_source(self) -> str:
        """Return the source that a new row begins with."""
        chosen = str(self.source.currentData() or "")
        return chosen if chosen not in {ALL, TOGETHER} else money.FIRST_SOURCE

    def copy_all(self) -> None:
        """Copy the whole table for Excel."""
        QGuiApplication.clipboard().setText(tsv(self.model.table()))
        self.page.message("ok", "Таблица скопирована: вставьте её в Excel.")

    def menu_actions(self) -> MenuActions:
        """Return what the right mouse button offers for a row."""
        own: MenuActions = [("Скопировать таблицу", self.copy_all)]
        if not self.writable:
            return own
        return [("Добавить источник…", self.add_source), ("Деньги на задачу в целом", self.open_task), *own]


def _read(connection: Connection, programme_id: int, *, shown: Shown) -> Sheet:
    return money.read(connection, programme_id, shown)
