"""«Отчёты»: the centre of papers; orders, the register, forms of a region and packages behind the switch."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.pages.base import LISTS, OUT, PAPERS, PROGRAMME, REGISTRY, RESULTS, SETTINGS, WORK
from app.ui.pages.monitoring import MONITORING
from app.ui.pages.papers_centre import PapersCentre
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.session import Session

CENTRE = "papers"


def _outgoing(page: ReportsPage) -> View:
    from app.ui.pages.outgoing_view import OutgoingView

    return OutgoingView(page)


def _orders(page: ReportsPage) -> View:
    from app.ui.pages.orders_view import OrdersView

    return OrdersView(page)


def _foreign(page: ReportsPage) -> View:
    from app.ui.pages.foreign_view import ForeignView

    return ForeignView(page)


def _packages(page: ReportsPage) -> View:
    from app.ui.pages.packages_view import PackagesView

    return PackagesView(page)


VIEWS: dict[str, tuple[str, Callable[[ReportsPage], View]]] = {
    "orders": ("Приказы", _orders),
    "outgoing": ("Журнал исходящих", _outgoing),
    "foreign": ("Формы региона", _foreign),
    "packages": ("Пакеты", _packages),
}
"""Views behind the switch."""


class ReportsPage(ViewsPage):
    """Papers."""

    name = "reports"
    title = "Отчёты"
    icon = "report"
    subjects = PAPERS | OUT | LISTS | REGISTRY | RESULTS | SETTINGS | PROGRAMME | MONITORING | WORK
    guide = ("04-документы", "Центр документов")
    first = (CENTRE, "Документы")
    others = VIEWS
    switch_name = "Что показать"

    def focus_main(self) -> None:
        """Put the keyboard into the search of the centre, or into the view that is shown."""
        if self.view == CENTRE:
            self.centre.focus_main()
        else:
            super().focus_main()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.centre = PapersCentre(session)
        self.centre.said.connect(self.say)
        self.show_body(self.centre, self.centre.buttons)

    def refresh(self) -> None:
        """Read anew what is shown."""
        if self.view == CENTRE:
            self.centre.refresh()
        self.refresh_views()

    def heading(self) -> str:
        """Return the title line of the page's own body."""
        return "Документы"

    def open_payload(self, payload: object) -> None:
        """Show a line of the register (its number), a view (key, payload), or a kind of paper (key)."""
        match payload:
            case int(number):
                self._open_view("outgoing", number)
            case (str(key), inner) if key in VIEWS:
                self._open_view(key, inner)
            case str(key) if key in VIEWS:
                self._open_view(key, None)
            case _:
                self.show_view(CENTRE)
                if payload is not None:
                    self.centre.open_payload(payload)

    def _open_view(self, key: str, payload: object) -> None:
        view = self.show_view(key)
        if view is not None and payload is not None:
            view.open_payload(payload)

    def payload_of(self, key: str) -> object:
        """Signing is of the chosen paper of the register."""
        view = self.views.get("outgoing")
        return getattr(view, "number", None) if key == "sign" and self.view == "outgoing" else None
