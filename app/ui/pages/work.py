"""«Работа»: the methodist's own work: help given, events, associations, practices, mentoring, calendar."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.pages.base import LISTS, PROGRAMME, REGISTRY, SETTINGS, WORK
from app.ui.pages.monitoring import MONITORING
from app.ui.pages.view import View
from app.ui.pages.views_page import ViewsPage
from app.ui.pages.work_journal import HelpJournal
from app.ui.session import Session

JOURNAL = "journal"


def _events(page: WorkPage) -> View:
    from app.ui.pages.work_events import EventsView

    return EventsView(page)


def _bodies(page: WorkPage) -> View:
    from app.ui.pages.work_bodies import BodiesView

    return BodiesView(page)


def _practices(page: WorkPage) -> View:
    from app.ui.pages.work_practices import PracticesView

    return PracticesView(page)


def _mentoring(page: WorkPage) -> View:
    from app.ui.pages.work_mentoring import MentoringView

    return MentoringView(page)


def _calendar(page: WorkPage) -> View:
    from app.ui.pages.work_calendar import CalendarView

    return CalendarView(page)


VIEWS: dict[str, tuple[str, Callable[[WorkPage], View]]] = {
    "events": ("События", _events),
    "bodies": ("Объединения", _bodies),
    "practices": ("Практики", _practices),
    "mentoring": ("Наставничество", _mentoring),
    "calendar": ("Календарь", _calendar),
}
"""Views behind the switch."""


class WorkPage(ViewsPage):
    """The methodist's own work."""

    name = "work"
    title = "Работа"
    icon = "briefcase"
    subjects = WORK | REGISTRY | SETTINGS | PROGRAMME | LISTS | MONITORING
    guide = ("22-журнал-помощи", "Журнал помощи")
    first = (JOURNAL, "Журнал помощи")
    others = VIEWS
    switch_name = "Что показать"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.journal = HelpJournal(self)
        self.show_body(self.journal, self.journal.buttons)

    def refresh(self) -> None:
        """Read anew what is shown."""
        if self.view == JOURNAL:
            self.journal.refresh()
        self.refresh_views()

    def view_said(self, view: View) -> None:
        """A view has another sentence; the journal is the page's own body."""
        if view is self.journal:
            self.say(view.sentence)
        else:
            super().view_said(view)

    def heading(self) -> str:
        """Return the title line of the page's own body."""
        return HelpJournal.heading

    def focus_main(self) -> None:
        """Put the keyboard into the journal, or into the view that is shown."""
        if self.view == JOURNAL:
            self.journal.focus_main()
        else:
            super().focus_main()

    def open_payload(self, payload: object) -> None:
        """Show a view («events») or a row of it («events», key)."""
        match payload:
            case (str(key), inner) if key in VIEWS:
                self._open(key, inner)
            case str(key) if key in VIEWS:
                self._open(key, None)
            case (str(key), inner) if key == JOURNAL:
                self.show_view(JOURNAL)
                self.journal.open_payload(inner)
            case _:
                self.show_view(JOURNAL)

    def _open(self, key: str, payload: object) -> None:
        view = self.show_view(key)
        if view is not None and payload is not None:
            view.open_payload(payload)
