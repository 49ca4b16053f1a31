"""«Папка» of the monitoring: components by directions or by years, documents of the chosen cell below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from app.errors import UserError
from app.models.store import Connection
from app.operations import cycle
from app.operations.cycle import Folder, Offer
from app.texts import school_year
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.pages.cycle_parts import MatrixDelegate, MatrixRow, OfferCard, columns, rows
from app.ui.pages.register_pane import RegisterPane
from app.ui.pages.view import View
from app.ui.widgets.basics import Button, Combo, beside, split
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

Place = tuple[str, str, int]
"""Direction, component, school year."""


def read_offers(connection: Connection, place: Place) -> tuple[Place, tuple[Offer, ...]]:
    """Return what may be put into a cell; nothing where its direction has gone meanwhile."""
    direction, component, year = place
    try:
        return place, cycle.offers(connection, year, direction, component)
    except UserError as error:
        if error.code != "MON_CYCLE_PLACE":
            raise
        return place, ()


class CycleView(View):
    """«Папка»."""

    key = "cycle"
    title = "Папка"
    heading = "Папка управленческого цикла"
    guide = ("16-маршрут", "Папка цикла")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.found: Folder | None = None
        self.place: Place | None = None
        self._turn = 0
        px = theme.current().px
        self.which = Combo("Направление")
        self.which.currentIndexChanged.connect(lambda _place: self._lay_out())
        self.own = Button("Своё направление…", self.ask_direction, icon="plus", kind="link")
        self.table = DataTable(
            "cycle", columns(None, None), lambda row: row.component.id, habits=self.session.habits,
            title="Разделы папки", filters=False,
        )  # fmt: skip
        self.table.view.setItemDelegate(MatrixDelegate(self.table.view))
        self.table.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.legend = ElidedLabel("Выберите клетку: ниже откроются её документы. Enter переходит к ним.", "muted")
        self.column.addLayout(
            beside(Label("Показать", "muted"), self.which, self.own, self.legend, stretch=(0, 0, 0, 1))
        )
        self.table.current_changed.connect(lambda _row: self._choose())
        self.table.view.selectionModel().currentColumnChanged.connect(lambda _now, _before: self._choose())
        self.pane = RegisterPane(self.session, "cycle", self.scope)
        self.table.activated.connect(lambda _row: self._into_documents())
        self.card = OfferCard(self._take)
        lower = split(self.pane, self.card, stretch=(1,), sizes=(px(940), px(340)))
        self.parts = split(self.table, lower, vertical=True)
        # nine rows are seen whole where there is room; a larger font scrolls rather than covers the documents
        self.table.setMinimumHeight(px(170))
        self.parts.setStretchFactor(0, 0)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([px(310), px(220)])
        self.column.addWidget(self.parts, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.gaps = act("Следующий пробел", self.next_gap, "chevron-right")
        self.printing = act("Печать…", self.print_folder, "printer", primary=True)
        return self.gaps, self.printing

    def scope(self) -> dict[str, object] | None:
        """Return what the documents below are of."""
        if self.place is None:
            return None
        direction, component, year = self.place
        return {"school_year": year, "direction": direction, "component": component}

    @property
    def direction(self) -> str | None:
        """The direction whose years are shown; None for all directions side by side."""
        chosen = self.which.currentData()
        return None if chosen is None else str(chosen)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the folder of the chosen school year anew."""
        self._turn += 1
        turn = self._turn
        self.session.read(self, lambda found: self._show(turn, found), cycle.folder, self.session.school_year)

    def _show(self, turn: int, found: Folder) -> None:
        if turn != self._turn:
            return
        self.found = found
        self.say(found.sentence)
        self.which.fill(
            [("все направления рядом", None), *((f"{item.title}: по годам", item.id)
                                                for item in found.cycle.directions)]
        )  # fmt: skip
        self.own.setEnabled(not self.session.desk.read_only)
        self._lay_out()

    def _lay_out(self) -> None:
        if self.found is None:
            return
        wanted = columns(self.found, self.direction)
        kept = self.place
        if [item.key for item in wanted] != [item.key for item in self.table.model.columns]:
            self.table.replace_columns(wanted)
        self.table.set_rows(rows(self.found))
        self._keep_place(kept)
        self._choose()

    def _keep_place(self, kept: Place | None) -> None:
        """Put the cursor onto the cell that was current, else onto the first cell."""
        names = [column.key for column in self.table.model.columns]
        column = 2
        component = self.found.cycle.components[0].id if self.found is not None else ""
        if kept is not None:
            direction, component, year = kept
            key = f"d:{direction}" if self.direction is None else f"y:{year}"
            column = names.index(key) if key in names else column
        elif self.direction is not None:
            column = len(names) - 1
        for place, row in enumerate(self.table.model.visible_rows()):
            if row.component.id == component:
                self.table.view.setCurrentIndex(self.table.model.index(place, column))

    def _place_of(self) -> Place | None:
        index = self.table.view.currentIndex()
        if self.found is None or not index.isValid():
            return None
        row: MatrixRow = self.table.model.visible_rows()[index.row()]
        name = self.table.model.columns[index.column()].key
        kind, _, told = name.partition(":")
        if kind == "d":
            return told, row.component.id, self.found.school_year
        if kind == "y" and self.direction is not None:
            return self.direction, row.component.id, int(told)
        # the cursor stands on a heading of the row: the cell that was current gives direction and year
        before = self.place or (self.found.cycle.directions[0].id, "", self.found.school_year)
        return (
            (self.direction or before[0]),
            row.component.id,
            (before[2] if self.direction else self.found.school_year),
        )

    def _choose(self) -> None:
        place = self._place_of()
        if place is None or self.found is None:
            return
        self.place = place
        direction, component, year = place
        known = self.found.cycle
        if direction not in {item.id for item in known.directions}:
            return
        told = known.direction(direction).short, known.component(component).title, school_year(year)
        self.pane.name.setText(" · ".join(told))
        self.pane.refresh()
        self.session.read(self, self._show_offers, read_offers, place)

    def _into_documents(self) -> None:
        """Put the keyboard into the documents of the current cell."""
        grid = self.pane.grid
        if not grid.currentIndex().isValid() and self.pane.model.rowCount():
            grid.setCurrentIndex(self.pane.model.index(0, 0))
        grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_offers(self, found: tuple[Place, tuple[Offer, ...]]) -> None:
        place, offers = found
        if place == self.place and self.found is not None:
            known = self.found.cycle
            self.card.show_offers(
                known.direction(place[0]), known.component(place[1]), offers, read_only=self.session.desk.read_only
            )

    # --- doing -----------------------------------------------------------------------------------------------------

    def _take(self, keys: list[str]) -> None:
        if self.place is not None:
            direction, component, year = self.place
            self.session.write(self, lambda _n: self.refresh(), cycle.take, year, direction, component, keys)

    def next_gap(self) -> None:
        """Go to the next cell of the year that has no documents."""
        if self.found is None:
            return
        missing = [(cell.direction, cell.component) for cell in self.found.of_state("missing")]
        if not missing:
            self.session.tell("ok", "Пробелов нет: в каждом разделе есть документ.")
            return
        order = [(d.id, c.id) for d in self.found.cycle.directions for c in self.found.cycle.components]
        at = order.index(self.place[:2]) if self.place is not None and self.place[:2] in order else -1
        following = next((cell for cell in missing if order.index(cell) > at), missing[0])
        self.place = (*following, self.found.school_year)
        if self.direction is not None and self.direction != following[0]:
            self.which.choose(None)
        self._keep_place(self.place)
        self._choose()
        self.focus_main()

    def print_folder(self) -> None:
        """Show the folder as a paper: of all directions, or of the one that is shown."""
        self.session.go("print_cycle", (self.session.school_year, self.direction))

    def ask_direction(self) -> None:
        """Add a direction of the file's own, or take one away."""
        own = [item for item in self.found.cycle.directions if not item.wording] if self.found is not None else []
        verb = "add"
        if own:
            choices = [Choice("add", "Добавить"), Choice("remove", "Убрать")]
            verb = self.session.dialogs.choose("Своё направление", "Что сделать?", choices) or ""
        if verb == "add":
            field = Field("title", "Название", hint="например, Объективность оценки", required=True)
            text = "Направление встанет рядом с четырьмя из сборника. Разделы у него те же девять."
            told = self.session.dialogs.ask("Своё направление", text, [field], "Добавить")
            if told:
                self.session.write(self, lambda _done: self.refresh(), cycle.add_direction, told["title"])
        elif verb == "remove":
            choice = Field("title", "Какое", own[0].id, choices=tuple((item.title, item.id) for item in own))
            told = self.session.dialogs.ask("Убрать направление", "Пустое направление исчезнет.", [choice], "Убрать")
            if told:
                self.session.write(self, lambda _done: self.refresh(), cycle.remove_direction, told["title"])

    # --- being shown -------------------------------------------------------------------------------------------------

    def open_payload(self, payload: object) -> None:
        """Show a cell: (direction, component, school year)."""
        if isinstance(payload, tuple) and len(payload) == 3:
            self.place = payload
            self.refresh()

    def focus_main(self) -> None:
        """Put the keyboard into the matrix."""
        self.table.focus_table()
