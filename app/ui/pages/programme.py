"""«Программа»: one linked tree, its plan, indicators, money and dates, its texts, its checks and its life."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from app.operations import programmes
from app.operations.programmes import ProgrammeLine
from app.texts import quoted
from app.ui import theme
from app.ui.pages.base import PROGRAMME, REGISTRY, SETTINGS
from app.ui.pages.programme_tree import TreeView
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session
from app.ui.widgets.basics import Combo


def _plan(page: ProgrammePage) -> View:
    from app.ui.pages.programme_plan import PlanView

    return PlanView(page)


def _targets(page: ProgrammePage) -> View:
    from app.ui.pages.programme_targets import TargetsView

    return TargetsView(page)


def _money(page: ProgrammePage) -> View:
    from app.ui.pages.programme_money import MoneyView

    return MoneyView(page)


def _dates(page: ProgrammePage) -> View:
    from app.ui.pages.programme_dates import DatesView

    return DatesView(page)


def _texts(page: ProgrammePage) -> View:
    from app.ui.pages.programme_texts_view import TextsView

    return TextsView(page)


def _checks(page: ProgrammePage) -> View:
    from app.ui.pages.programme_checks_view import ChecksView

    return ChecksView(page)


def _life(page: ProgrammePage) -> View:
    from app.ui.pages.programme_life_view import LifeView

    return LifeView(page)


VIEWS: dict[str, tuple[str, Callable[[ProgrammePage], View]]] = {
    "plan": ("План", _plan),
    "targets": ("Показатели", _targets),
    "money": ("Деньги", _money),
    "dates": ("Сроки", _dates),
    "texts": ("Тексты", _texts),
    "checks": ("Проверка", _checks),
    "life": ("Согласование", _life),
}


class ProgrammePage(ViewsPage):
    """One programme in several views; which one is chosen beside the switch.

    Signals:
        chosen: another programme is shown (its key, 0 for none).
    """

    name = "programme"
    title = "Программа"
    icon = "sitemap"
    subjects = PROGRAMME | REGISTRY | SETTINGS
    guide = ("10-программа", "Структура")
    first = ("tree", "Структура")
    others = VIEWS
    switch_name = "Что показать"
    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines: list[ProgrammeLine] = []
        self.programme_id: int | None = None
        self.chooser = Combo("Программа")
        self.chooser.setMaximumWidth(theme.current().px(460))
        self.chooser.activated.connect(self._picked)
        self.put_beside(self.chooser)
        self.tree_view = TreeView(self)
        self.show_body(self.tree_view, self.tree_view.buttons)

    # --- which programme -----------------------------------------------------------------------------------------

    @property
    def line(self) -> ProgrammeLine | None:
        """The edition that is shown."""
        return next((line for line in self.lines if line.programme.id == self.programme_id), None)

    @property
    def writable(self) -> bool:
        """Whether what is shown may change."""
        line = self.line
        return line is not None and not line.programme.frozen and not self.session.desk.read_only

    def _picked(self, place: int) -> None:
        self.choose(self.chooser.itemData(place))

    def choose(self, key: int) -> None:
        """Show another programme."""
        if key != self.programme_id:
            self.programme_id = key
            self.session.habits.put(f"{self.name}:chosen", str(key))
            self._show_chosen()
            self.chosen.emit(key)
            self._refresh_shown()

    def refresh(self) -> None:
        """Read which programmes there are, then the view that is shown."""
        self.session.read(self, self._listed, programmes.listing)

    def _listed(self, lines: list[ProgrammeLine]) -> None:
        self.lines = lines
        keys = [line.programme.id for line in lines]
        if self.programme_id not in keys:
            kept = str(self.session.habits.get(f"{self.name}:chosen", ""))
            self.programme_id = int(kept) if kept.isdigit() and int(kept) in keys else None
        if self.programme_id is None and lines:
            self.session.read(self, self._first_found, programmes.current, self.session.school_year)
            return
        self._show_chosen()
        self._refresh_shown()

    def _first_found(self, key: int | None) -> None:
        self.programme_id = key if key is not None else self.lines[0].programme.id if self.lines else None
        self._show_chosen()
        self._refresh_shown()

    def _show_chosen(self) -> None:
        words = [self.words(line) for line in self.lines]
        told = [
            f"{said}, {quoted(line.programme.title)}" if words.count(said) > 1 else said
            for said, line in zip(words, self.lines, strict=True)
        ]
        self.chooser.fill([(said, line.programme.id) for said, line in zip(told, self.lines, strict=True)],
                          self.programme_id)  # fmt: skip
        self.chooser.setVisible(len(self.lines) > 1)
        self.chooser.setToolTip(self.line.programme.title if self.line is not None else "")

    @staticmethod
    def words(line: ProgrammeLine) -> str:
        """Return how the chooser names an edition: what tells it from the others stands first."""
        head = line.programme
        edition = f", редакция {head.edition}" if head.edition > 1 or not line.newest else ""
        whose = line.school or "муниципальная"
        return f"{whose}, {head.year_from}–{head.year_to}: {line.state_word}{edition}"

    def print_programme(self, what: str = "whole") -> None:
        """Show the programme as a paper."""
        if self.programme_id is not None:
            self.session.go("print_programme", (self.programme_id, what))

    def _refresh_shown(self) -> None:
        if self.view == self.first[0]:
            self.header.title.setText(self.heading())
        self.tree_view.refresh()
        self.refresh_views()

    def heading(self) -> str:
        """Name the programme."""
        found = self.__dict__.get("lines") and self.line
        return found.programme.title if found else self.title

    # --- ways in -------------------------------------------------------------------------------------------------

    def view_said(self, view: View) -> None:
        """The tree speaks for the page, the others for themselves."""
        if view is self.tree_view:
            self.say(view.sentence)
        else:
            super().view_said(view)

    def open_payload(self, payload: object) -> None:
        """Show ``("node", key)``, ``("programme", key)``, a view by its key, alone or with what it shows."""
        if isinstance(payload, tuple) and payload[0] == "programme":
            self.choose(payload[1])
        elif isinstance(payload, tuple) and payload[0] == "node":
            self.show_node(payload[1])
        elif isinstance(payload, tuple):
            view = self.show_view(str(payload[0]))
            (self.tree_view if view is None else view).open_payload(payload[1])
        else:
            self.show_view(self.first[0] if payload is None else str(payload))

    def show_node(self, node_id: int) -> None:
        """Show a node in the tree, of whichever programme it is, and put the keyboard onto it."""
        self.show_view(self.first[0])
        self.session.read(self, lambda owner: self._show_of(owner, node_id), programmes.owner, node_id)

    def _show_of(self, owner: int | None, node_id: int) -> None:
        if owner is not None:
            self.choose(owner)
            self.tree_view.show_node(node_id)

    def show_section(self, key: str) -> None:
        """Show a text: a passport row, a part of the analysis, a section."""
        view = self.show_view("texts")
        if view is not None:
            view.open_payload(key)

    def focus_main(self) -> None:
        """Put the keyboard into the view that is shown."""
        if self.view == self.first[0]:
            self.tree_view.focus_main()
            return
        super().focus_main()
