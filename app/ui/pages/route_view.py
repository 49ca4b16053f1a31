"""«Маршрут» of the monitoring: schools by stage, under them the steps of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from app.models.store import Connection
from app.operations import route, route_facts, schools
from app.operations.route import Board, SchoolRoute
from app.operations.route_facts import Fact
from app.texts import NBSP, count, school_year
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.route_board import StageBoard
from app.ui.pages.route_side import RouteCard
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Card, split
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

ALL = "*"
"""In the question whose route begins: every listed school that has none."""


def read_school(
    connection: Connection, school_id: int, year: int, day: date
) -> tuple[SchoolRoute, tuple[Fact, ...]]:  # fmt: skip
    """Return the route of a school with what the file knows of it."""
    return route.of_school(connection, school_id, year, day), route_facts.facts(connection, year, school_id)


def school_names(connection: Connection) -> list[tuple[str, int]]:
    """Return the municipality's own schools at work, by name."""
    return [(item.shown, item.id) for item in schools.listing(connection) if item.status == "active"]


class RouteView(View):
    """«Маршрут»."""

    key = "route"
    title = "Маршрут"
    heading = "Маршрут школ"
    guide = ("16-маршрут", "Маршрут")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.found: Board | None = None
        self._turn = 0
        self._wanted: int | None = None
        px = theme.current().px
        self.board = StageBoard()
        self.board.chosen.connect(self._choose)
        self.board.opened.connect(lambda key: self.session.go("school", key))
        self.pane = RegisterPane(self.session, "route", self.scope)
        self.pane.shown.connect(lambda _table: self._enable())
        self.pane.selected.connect(lambda _key: self._enable())
        self.held = Button("Сделано сегодня", self._hold, icon="circle-check", kind="link")
        self.pane.lead.insertWidget(self.pane.lead.count() - 1, self.held)
        self.card = RouteCard(self._take, lambda: self.session.go("school", self.board.school_id))
        lower = split(self.pane, self.card, stretch=(1,), sizes=(px(960), px(320)))
        self.parts = split(self.board, lower, stretch=(2, 3), sizes=(px(220), px(330)), vertical=True)
        empty = Card()
        self.nothing = EmptyState(
            "flag", "Школ на маршруте нет",
            "Здесь встанут школы из списка этого года и те, у кого записан хотя бы один шаг: анализ, сопровождение, "
            "контроль.", ("Начать маршрут…", self.begin),
        )  # fmt: skip
        empty.body.addWidget(self.nothing)
        self.body = QStackedWidget()
        self.body.addWidget(empty)
        self.body.addWidget(self.parts)
        self.column.addWidget(self.body, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.beginning = act("Начать маршрут…", self.begin, "flag")
        self.packing = act("Папка к встрече…", self.pack, "printer", primary=True)
        return self.beginning, self.packing

    def scope(self) -> dict[str, int] | None:
        """Return what the steps below are of."""
        key = self.board.school_id
        return None if key is None else {"school_year": self.session.school_year, "organisation_id": key}

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the board of the chosen school year anew."""
        self._turn += 1
        turn = self._turn
        self.session.read(
            self, lambda found: self._show(turn, found), route.board, self.session.school_year, self.session.today()
        )

    def _show(self, turn: int, found: Board) -> None:
        if turn != self._turn:
            return
        self.found = found
        self.say(found.sentence)
        if self._wanted is not None and found.route(self._wanted) is not None:
            self.board.school_id, self._wanted = self._wanted, None
        self.body.setCurrentIndex(1 if found.routes else 0)
        self.board.show_board(found)
        self._enable()

    def _choose(self, key: int | None) -> None:
        self.pane.refresh()
        self._enable()
        if key is not None:
            turn = self._turn
            self.session.read(
                self, lambda found: self._show_school(turn, key, found), read_school, key, self.session.school_year,
                self.session.today(),
            )  # fmt: skip

    def _show_school(self, turn: int, key: int, found: tuple[SchoolRoute, tuple[Fact, ...]]) -> None:
        if turn == self._turn and key == self.board.school_id:
            known, facts = found
            self.pane.name.setText(f"{known.school.shown}: шаги")
            today = self.session.today().isoformat()
            self.card.show_route(known, facts, today, read_only=self.session.desk.read_only)

    def _enable(self) -> None:
        writable = not self.session.desk.read_only
        row = self.pane.row
        self.beginning.setEnabled(writable)
        self.packing.setEnabled(self.board.school_id is not None)
        self.held.setEnabled(writable and row is not None and not row["held_on"])
        if self.nothing.button is not None:
            self.nothing.button.setEnabled(writable)

    # --- doing -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask whose route begins and give it the ordinary plan of the year."""
        self.session.read(self, self._ask_begin, school_names)

    def _ask_begin(self, names: list[tuple[str, int]]) -> None:
        routes = self.found.routes if self.found is not None else ()
        waiting = [item.school.id for item in routes if item.stage == "none"]
        begun = {item.school.id for item in routes if item.steps}
        choices = [(name, str(key)) for name, key in names if key not in begun]
        if waiting:
            choices.insert(0, (f"все школы списка без маршрута ({len(waiting)})", ALL))
        if not names:
            self.session.tell("info", "Действующих школ в реестре нет.", ("Загрузить реестр…", self._load))
            return
        if not choices:
            self.session.tell("info", "Маршрут начат у всех школ.")
            return
        told = self.session.dialogs.ask(
            "Начать маршрут",
            "Школа получит обычные шаги учебного года с датами. Даты и шаги потом можно поменять или убрать.",
            [Field("school", "Чей маршрут", choices[0][1], required=True, choices=tuple(choices))], "Начать",
        )  # fmt: skip
        if told:
            keys = waiting if told["school"] == ALL else [int(told["school"])]
            self._wanted = keys[0]
            self.session.write(self, self._begun, route.begin, self.session.school_year, keys)

    def _load(self) -> None:
        self.session.go("import")

    def _begun(self, number: int) -> None:
        year = school_year(self.session.school_year)
        self.session.tell("ok", f"Маршрут на {year} начат у{NBSP}{count(number, 'школы', 'школ', 'школ')}.")
        self.refresh()

    def _hold(self) -> None:
        key = self.pane.current
        if key is not None:
            self.session.write(self, lambda _n: self.refresh(), route.hold, [key], self.session.today().isoformat())

    def _take(self, steps: list[str]) -> None:
        key = self.board.school_id
        if key is not None:
            self.session.write(
                self, lambda _n: self.refresh(), route_facts.take, self.session.school_year, key, steps,
                self.session.today().isoformat(),
            )  # fmt: skip

    def pack(self) -> None:
        """Show the folder for a visit or a hearing of the chosen school."""
        if self.board.school_id is not None:
            self.session.go("print_route", (self.board.school_id, self.session.school_year))

    # --- being shown -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show the steps of a school by its key, or ("step", school, step, school year)."""
        match payload:
            case int():
                self._wanted = payload
                self.refresh()
            case ("step", int() as school, int() as step, int() as year):
                self.session.set_school_year(year)
                self._wanted = school
                self.pane.choose(step)
                self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard onto the board."""
        self.board.focus_main()
