"""«Решения» of the monitoring: what is under control, and the documents with agenda and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.operations import decision_papers, decisions, registers
from app.operations.decisions import ControlLine
from app.ui.pages.decisions_control import ControlPane
from app.ui.pages.decisions_documents import DocumentsPane
from app.ui.pages.view import View
from app.ui.widgets.basics import Button

if TYPE_CHECKING:
    from app.ui.pages.monitoring import MonitoringPage

MODES = {"control": "На контроле", "documents": "Документы и повестка"}


class DecisionsView(View):
    """«Решения»."""

    key = "decisions"
    title = "Решения"
    heading = "Решения и их исполнение"
    guide = ("14-решения", "Решения")

    page: MonitoringPage

    def __init__(self, page: MonitoringPage) -> None:
        super().__init__(page)
        self.modes = QTabBar()
        self.modes.setObjectName("inner")
        self.modes.setAccessibleName("Что показать о решениях")
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        for title in MODES.values():
            self.modes.addTab(title)
        self.control = ControlPane(self.session, self.new_document)
        self.documents = DocumentsPane(self.session)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.control)
        self.stack.addWidget(self.documents)
        self.modes.currentChanged.connect(self.stack.setCurrentIndex)
        self.control.document_wanted.connect(self.show_document)
        self.documents.documents.selected.connect(lambda _key: self._allow_printing())
        self.column.addWidget(self.modes)
        self.column.addWidget(self.stack, 1)
        self.session.year_changed.connect(self._year_changed)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        self.adding = act("Новый протокол", self.new_document, "plus", primary=True)
        self.printing = act("Протокол…", self.print_protocol, "printer")
        self.listing = act("Контрольный лист…", self.print_control, "printer")
        return self.listing, self.printing, self.adding

    def _year_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read points and documents of the school year anew."""
        year = self.session.school_year
        self.session.read(self, self._show, decisions.control, self.session.today(), school_year=year)
        self.documents.refresh()
        self.adding.setEnabled(not self.session.desk.read_only)

    def _show(self, lines: tuple[ControlLine, ...]) -> None:
        self.control.show_lines(lines)
        self.listing.setEnabled(bool(lines))
        self._allow_printing()
        self.say(decision_papers.sentence(lines))

    def _allow_printing(self) -> None:
        some = self.control.table.model.total or self.documents.documents.current is not None
        self.printing.setEnabled(bool(some))

    def show_mode(self, mode: str) -> None:
        """Show points under control, or documents."""
        self.modes.setCurrentIndex(list(MODES).index(mode))

    def show_document(self, key: int, point: int | None = None, part: int = 0) -> None:
        """Show a document and one of its points."""
        self.show_mode("documents")
        self.documents.show_document(key, point, part)

    def open_payload(self, payload: object) -> None:
        """Show a point by its key, a mode by its word, ("document", key) or ("document", key, school year)."""
        if isinstance(payload, str) and payload in MODES:
            self.show_mode(payload)
        elif isinstance(payload, tuple) and payload[0] == "document":
            if len(payload) > 2:
                self.session.set_school_year(int(payload[2]))
            self.show_document(int(payload[1]))
        elif isinstance(payload, int) or (isinstance(payload, str) and payload.isdigit()):
            self._show_point(int(payload))

    def _show_point(self, key: int) -> None:
        self.show_mode("control")
        self.control.quick(None)
        self.control.choose(key)
        # a point of another school year brings that year
        self.session.read(self, lambda year: self.session.set_school_year(year) if year else None,
                          decisions.year_of, key)  # fmt: skip

    def focus_main(self) -> None:
        """Put the keyboard into the table or the grid that is shown."""
        if self.stack.currentWidget() is self.control:
            self.control.table.focus_table()
        else:
            self.documents.documents.grid.setFocus()

    # --- acting --------------------------------------------------------------------------------------------------

    def new_document(self) -> None:
        """Begin a protocol of the school year and show it."""
        self.session.write(
            self, self._begun, registers.add, "documents", {"school_year": self.session.school_year},
            kind="protocol", dated=self.session.today().isoformat(),
        )  # fmt: skip

    def _begun(self, key: int) -> None:
        self.show_mode("documents")
        self.documents.show_document(key, part=1)
        self.documents.refresh()

    def print_protocol(self) -> None:
        """Show the protocol of the document that is current."""
        self.documents.meeting.commit()
        line = self.control.table.current()
        key = self.documents.documents.current
        if self.stack.currentWidget() is self.control and line is not None:
            key = line.document_id
        if key is None:
            self.session.tell("info", "Выберите документ: протокол пишется по его повестке и пунктам.")
        else:
            self.session.go("print_decisions", ("protocol", key))

    def print_control(self) -> None:
        """Show the control list of the school year."""
        self.session.go("print_decisions", ("control", None))
