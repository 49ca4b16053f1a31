"""What every page of the main window is: a header, bars for messages and progress, a body, and when to read anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.bars import Level, MessageBar, ProgressStrip, Repair
from app.ui.widgets.basics import Button
from app.ui.widgets.header import PageHeader
from app.ui.widgets.table import DataTable

REGISTRY = frozenset({
    "organisation", "organisation_code", "organisation_alias", "organisation_year", "organisation_link",
    "organisation_group", "organisation_group_member", "appointment", "person", "contact", "note", "custom_value",
    "custom_column", "draft_cell", "area",
})  # fmt: skip
RESULTS = frozenset({"mark_count", "journal_count", "assessment", "import_file", "import_problem"})
LISTS = frozenset({"list_correction", "list_approval", "reference_text"})
AGREEMENT = frozenset({
    "agreement_party", "agreement_meeting", "list_protocol", "list_protocol_member", "road_map_item", "body",
    "body_member",
})  # fmt: skip
PROGRAMME = frozenset({
    "programme", "programme_direction", "programme_node", "programme_indicator", "programme_target",
    "programme_activity", "programme_term", "programme_responsible", "programme_result", "programme_school",
    "programme_link", "programme_money", "programme_estimate", "programme_text", "programme_stakeholder",
    "programme_mechanism", "programme_monitor", "programme_resource", "programme_party", "programme_remark",
    "programme_block", "programme_silence", "draft_cell",
})  # fmt: skip
PAPERS = frozenset({"outgoing_paper", "paper_file"})
OUT = frozenset({
    "signer", "paper_setup", "paper_signature", "paper_event", "order_draft", "foreign_form", "foreign_link",
    "package_out", "package_paper", "package_expected", "package_in",
})  # fmt: skip
"""Tables of papers that go out."""
SETTINGS = frozenset({"setting"})
WORK = frozenset({
    "help_entry", "help_template", "work_event", "event_item", "event_people", "event_guest", "body", "body_member",
    "body_school", "body_plan", "practice", "practice_use", "mentor_pair", "mentor_meeting", "young_count",
})  # fmt: skip
"""Tables of the methodist's own work."""


class Page(QWidget):
    """One page.

    Class attributes:
        name: stable Latin name.
        title: as the tab says it.
        icon: of the tab.
        subjects: tables whose change makes the page read anew.
        guide: file and heading of the guide that F1 opens.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    subjects: ClassVar[frozenset[str]] = frozenset()
    guide: ClassVar[tuple[str, str]] = ("00-начало", "Что на экране")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.session = session
        self._stale = True
        px = theme.current().px
        self.bar = MessageBar()
        self.strip = ProgressStrip()
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(px(16), px(12), px(16), px(12))
        self.outer.setSpacing(px(10))
        self.header = PageHeader(self.heading(), self.header_actions())
        self.outer.addWidget(self.header)
        self.outer.addWidget(self.bar)
        self.outer.addWidget(self.strip)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_now)
        session.changed.connect(self._changed)
        session.year_changed.connect(self.mark_stale)

    # --- what a page says of itself ------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return the title line."""
        return self.title

    def header_actions(self) -> Sequence[Button]:
        """Return at most four buttons of the header."""
        return ()

    def refresh(self) -> None:
        """Read everything anew."""

    def escape(self) -> bool:
        """Go back one step; False where there is none."""
        return False

    def open_payload(self, payload: object) -> None:
        """Show the thing that a search or another page asks for."""

    def payload_of(self, _key: str) -> object:
        """Say what a command of the menu means on this page: its rule and year, its row; None where nothing."""
        return None

    def came_from(self, page: str) -> None:
        """Remember which page asked for what is shown now."""

    def tables(self) -> list[DataTable]:
        """Return the tables of the page, the main one first."""
        main = getattr(self, "table", None)
        others = [table for table in self.findChildren(DataTable) if table is not main]
        return [main, *others] if isinstance(main, DataTable) else others

    # --- when to read anew ---------------------------------------------------------------------------------------

    def _changed(self, touched: frozenset[str]) -> None:
        if touched & self.subjects:
            self.mark_stale()

    def mark_stale(self) -> None:
        """Read anew: at once where the page is seen, else when it is shown."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def activate(self) -> None:
        """The page comes to the front."""
        if self._stale:
            self._soon.start()

    def _read_now(self) -> None:
        if self._stale and self.session.desk.is_open:
            self._stale = False
            self.refresh()

    # --- talking -------------------------------------------------------------------------------------------------

    def message(self, level: Level, text: str, *repairs: Repair) -> None:
        """Show a message in the page's bar."""
        self.bar.show_message(level, text, *repairs)

    def act(self, word: str, pressed: Callable[[], object], icon: str = "", *, primary: bool = False) -> Button:
        """Return a button for the header."""
        return Button(word, pressed, icon=icon, kind="primary" if primary else "normal")

    def help_place(self) -> tuple[str, str]:
        """Return file and heading of the guide for what is shown."""
        return self.guide

    def focus_main(self) -> None:
        """Put the keyboard into the main thing of the page."""
        found = self.tables()
        if found:
            found[0].focus_table()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: first the message, then whatever the page has."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.bar.isHidden():
                self.bar.clear()
                return
            if self.escape():
                return
        super().keyPressEvent(event)
