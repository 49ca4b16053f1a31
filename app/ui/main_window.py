"""The window: menus made from the table of actions, tabs, search, the line of state, and the pages in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.models.organisations import School
from app.models.store import Connection
from app.operations import desk as operations
from app.operations.desk import Desk
from app.texts import school_year
from app.ui import icons, theme
from app.ui.actions import ACTIONS, MENUS, ActionSpec, plain
from app.ui.dialogs import Dialogs
from app.ui.finder import Finder, Found
from app.ui.frame import StatusLine, TopRow
from app.ui.habits import Habits
from app.ui.pages import PAGES
from app.ui.pages.base import Page
from app.ui.pages.closed_forms import with_closed
from app.ui.pages.start import StartPage
from app.ui.run import Runner
from app.ui.session import Session
from app.ui.widgets.bars import Level, MessageBar, Repair
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.forms.schema import FormDef
    from app.operations.decisions import FindableDocument
    from app.operations.finding import FindableRow
    from app.operations.form_lines import RoundLine
    from app.operations.programmes import FindableNode

LABEL_LIMIT = 60
FINDABLE = frozenset({
    "form_round", "reference_text", "programme", "programme_node", "decision_document", "task", "request",
    "partnership", "cycle_document", "saved_view", "order_draft", "paper_text", "outgoing_paper",
    "work_event", "body", "practice",
})  # fmt: skip
"""Tables whose rows the search offers: after a change it reads them anew."""


class MainWindow(QMainWindow):
    """The main window.

    Args:
        desk: the file, open or not.
        runner: the bridge between threads.
        dialogs: questions.
        habits: what is remembered.
    """

    def __init__(self, desk: Desk, runner: Runner, dialogs: Dialogs, habits: Habits) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.habits = habits
        self.runner = runner
        self.dialogs = dialogs
        self.session = Session(desk, runner, dialogs, habits, parent=self)
        self.pages: dict[str, Page] = {}
        self.actions_by_key: dict[str, QAction] = {}
        self.workspace: Workspace = Workspace(self)
        self._known: list[Found] = []
        self._forms: list[Found] | None = None
        self._forms_closed = False
        self._closing = False
        self._make_frame()
        self._make_menus()
        self._connect()
        self._restore_geometry()
        self.show_start()

    # --- building ------------------------------------------------------------------------------------------------

    def _make_frame(self) -> None:
        frame = QWidget()
        frame.setObjectName("frame")
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.finder = Finder(self._sources)
        self.top = TopRow([(page.title, page.icon) for page in PAGES], self.finder)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.start = StartPage(self.habits, self.session.desk.actor)
        self.stack.addWidget(self.start)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(frame)

    def _make_menus(self) -> None:
        self.menus: dict[str, QMenu] = {}
        for key, title in MENUS:
            self.menus[key] = QMenu(title, self)
            self.menus[key].setToolTipsVisible(True)
            self.menus[key].aboutToShow.connect(lambda menu=self.menus[key]: icons.keep(menu.actions()))
            self.menuBar().addMenu(self.menus[key])
        for spec in ACTIONS:
            menu = self.menus[spec.menu]
            if not spec.key:
                menu.addSeparator()
            elif spec.key == "recent":
                self._recent_menu = QMenu(spec.title, menu)
                menu.addMenu(self._recent_menu)
                self._recent_menu.aboutToShow.connect(self._fill_recent)
            else:
                menu.addAction(self._make_action(spec, menu))

    def _make_action(self, spec: ActionSpec, menu: QMenu) -> QAction:
        action = QAction(spec.title, menu)
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            shortcuts = [QKeySequence(spec.shortcut)]
            if spec.key == "bigger":
                shortcuts.append(QKeySequence("Ctrl+="))
            action.setShortcuts(shortcuts)
        if spec.icon:
            icons.promise(action, spec.icon, "muted")
        action.triggered.connect(lambda _checked=False, key=spec.key: self.perform(key))
        self.addAction(action)
        self.actions_by_key[spec.key] = action
        return action

    def _connect(self) -> None:
        session = self.session
        session.info_changed.connect(self._show_info)
        session.wanted.connect(self.go)
        session.told.connect(self._tell)
        session.year_changed.connect(self._show_info)
        session.problems_changed.connect(lambda: self.status.tell_problems(session.open_problems or 0))
        session.changed.connect(self._learn_names)
        self.top.tabs.currentChanged.connect(self._tab_changed)
        self.top.year_chosen.connect(session.set_school_year)
        self.finder.chosen.connect(self._found)
        self.finder.leave.connect(self._focus_page)
        self.status.problems_wanted.connect(lambda: self.perform("problems"))
        self.runner.busy.connect(self.status.tell_busy)
        self._connect_start()

    def _connect_start(self) -> None:
        self.start.wanted.connect(self.perform)
        self.start.file_wanted.connect(self.workspace.open)
        self.start.actor_named.connect(self.workspace.name_actor)

    def _restore_geometry(self) -> None:
        self.setMinimumSize(860, 500)
        self.resize(1366, 768)
        stored = self.habits.get("window", "")
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(stored.encode()))

    # --- the open file -------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown, None on the start page."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def guide_place(self) -> tuple[str, str]:
        """Return file and heading of the guide for what the person looks at: the top window, else the page."""
        place = getattr(QApplication.activeWindow(), "guide", None)
        if isinstance(place, tuple):
            return place[0], place[1]
        return self.page.help_place() if self.page is not None else ("00-начало", "Первый запуск")

    def bar(self) -> MessageBar:
        """Return the message bar of what is shown."""
        widget = self.stack.currentWidget()
        return cast("MessageBar", getattr(widget, "bar", self.start.bar))

    def show_start(self) -> None:
        """Show the first page; no file is open."""
        self._drop_pages()
        self.session.forget()
        self.top.hide()
        self.status.hide()
        self.start.refresh()
        self.stack.setCurrentWidget(self.start)
        self.setWindowTitle("Опора")
        self._enable_actions()

    def show_file(self) -> None:
        """Show the tabs of the file that has just been opened."""
        self._drop_pages()
        self.top.show()
        self.status.show()
        self.show_page(str(self.habits.get("page", "today")))
        self._enable_actions()
        self.session.refresh_info()
        self._learn_names(frozenset({"organisation"}))

    def _drop_pages(self) -> None:
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages = {}
        self._known = []
        self._forms = None
        self.session.problems = None

    def show_page(self, name: str) -> Page:
        """Bring a page to the front, making it when it is shown for the first time."""
        names = [page.name for page in PAGES]
        if name not in names:
            name = names[0]
        if name not in self.pages:
            self.pages[name] = PAGES[names.index(name)].page()(self.session)
            self.stack.addWidget(self.pages[name])
        page = self.pages[name]
        self.top.tabs.blockSignals(True)
        self.top.tabs.setCurrentIndex(names.index(name))
        self.top.tabs.blockSignals(False)
        self.top.tabs._tint()  # noqa: SLF001 - the tab bar is a part of this frame
        self.stack.setCurrentWidget(page)
        self.habits.put("page", name)
        page.activate()
        page.focus_main()
        return page

    def _tab_changed(self, place: int) -> None:
        if self.session.desk.is_open and 0 <= place < len(PAGES):
            self.show_page(PAGES[place].name)

    def _focus_page(self) -> None:
        if self.page is not None:
            self.page.focus_main()

    # --- showing the state ---------------------------------------------------------------------------------------

    def _show_info(self) -> None:
        info = self.session.info
        if info is None:
            return
        desk = self.session.desk
        name = info.path.stem + (" (только чтение)" if desk.read_only else "")
        self.setWindowTitle(f"{name} — {info.municipality} — Опора" if info.municipality else f"{name} — Опора")
        saved = ""
        if info.saved_at:
            moment = datetime.fromisoformat(info.saved_at).astimezone()
            today = moment.date() == datetime.now().astimezone().date()
            saved = moment.strftime("%H:%M") if today else moment.strftime("%d.%m.%Y %H:%M")
        problems = info.problems if self.session.open_problems is None else self.session.open_problems
        self.status.tell(info, self.session.school_year, problems, read_only=desk.read_only, saved=saved)
        self._offer_years()
        self._label("undo", "Отменить", info.undo_label)
        self._label("redo", "Повторить", info.redo_label)
        self._enable_actions()

    def _offer_years(self) -> None:
        info, chosen = self.session.info, self.session.school_year
        if info is None:
            return
        # results of spring Y belong to the school year Y−1 (decision 1)
        known = {year - 1 for year in info.years} | {chosen, chosen + 1, chosen - 1}
        self.top.set_years(sorted(known, reverse=True), chosen)

    def _label(self, key: str, verb: str, label: str | None) -> None:
        action = self.actions_by_key[key]
        text = label or ""
        if len(text) > LABEL_LIMIT:
            text = text[: LABEL_LIMIT - 1] + "…"
        action.setText(f"&{verb}: {text}" if text else f"&{verb}")
        action.setToolTip(label or "")

    def _enable_actions(self) -> None:
        desk, info = self.session.desk, self.session.info
        for spec in ACTIONS:
            if spec.key in self.actions_by_key:
                allowed = spec.needs == "nothing" or (desk.is_open and (spec.needs == "file" or not desk.read_only))
                action = self.actions_by_key[spec.key]
                lacks = bool(spec.lacking and info is not None and not info.years)
                action.setEnabled(allowed and not lacks)
                if spec.lacking:
                    action.setToolTip(spec.lacking if lacks else plain(spec.title))
        for key, label in (("undo", info.undo_label if info else None), ("redo", info.redo_label if info else None)):
            action = self.actions_by_key[key]
            action.setEnabled(action.isEnabled() and label is not None)
        self.actions_by_key["remove_demo"].setVisible(info is not None and info.demo)
        present = theme.current()
        self.actions_by_key["dark"].setChecked(present.tokens.dark)
        self.actions_by_key["compact"].setChecked(present.compact)

    def _tell(self, level: str, text: str, repairs: object) -> None:
        self.bar().show_message(cast("Level", level), text, *cast("tuple[Repair, ...]", repairs))

    # --- finding -------------------------------------------------------------------------------------------------

    def _learn_names(self, touched: frozenset[str]) -> None:
        if not self.session.desk.is_open:
            return
        if touched & {"organisation", "organisation_code", "outgoing_paper"}:
            self.session.read(self, self._take_names, operations.schools)
        if touched & FINDABLE:
            self._forms = None

    def _take_names(self, found: list[School]) -> None:
        self._known = [
            Found(s.shown, s.code or s.settlement or "", "school", "school", s.id,
                  words=f"{s.name} {s.settlement or ''} {' '.join(value for _system, value in s.codes)}")
            for s in found
        ]  # fmt: skip
        self.finder.learn()

    def _take_forms(
        self,
        found: tuple[list[RoundLine], list[FormDef], list[FindableNode], list[FindableDocument], list[FindableRow]],
    ) -> None:  # fmt: skip
        rounds, forms, nodes, documents, rows = found
        self._forms = [
            Found(line.round.title, f"сбор {school_year(line.round.school_year)}", "checklist", "forms",
                  ("board", line.round.id), words="сбор приём")
            for line in rounds
        ]  # fmt: skip
        self._forms += [
            Found(form.short, "форма", "checklist", "forms", ("forms", form.id), words=form.title) for form in forms
        ]
        self._forms += [Found(node.text, node.what, "sitemap", "programme", ("node", node.id)) for node in nodes]
        self._forms += [
            Found(one.text, one.what, "report", "monitoring", ("decisions", ("document", one.id, one.school_year)),
                  words="решение протокол приказ")
            for one in documents
        ]  # fmt: skip
        self._forms += [Found(row.text, row.what, "checklist", row.page, row.payload) for row in rows]
        self.finder.learn()

    def _sources(self) -> list[Found]:
        commands = [
            Found(plain(spec.title), self._menu_title(spec), spec.icon or "chevron-right", spec.key, None, spec.words)
            for spec in ACTIONS
            if spec.key in self.actions_by_key and self.actions_by_key[spec.key].isEnabled()
            and self.actions_by_key[spec.key].isVisible()
        ]  # fmt: skip
        if self._forms_closed != with_closed(self.session):
            self._forms = None
        if self._forms is None and self.session.desk.is_open:
            # definitions are read when somebody searches for the first time, not when the window starts
            self._forms = []
            self._forms_closed = with_closed(self.session)
            self.session.read(self, self._take_forms, _findable_forms, self._forms_closed)
        return [*self._known, *(self._forms or ()), *commands]

    @staticmethod
    def _menu_title(spec: ActionSpec) -> str:
        return plain(dict(MENUS)[spec.menu])

    # --- doing ---------------------------------------------------------------------------------------------------

    def perform(self, key: str) -> None:
        """Do what a menu, a button or the search asks for; the page shown may say more exactly what is meant."""
        self.go(key, self.page.payload_of(key) if self.page is not None else None)

    def go(self, place: str, payload: object = None) -> None:
        """Go to a place or do a command; the table of handlers is the one list of both."""
        if place.startswith("tab_"):
            self.show_page(place.removeprefix("tab_"))
            return
        handler = self._handlers().get(place)
        if handler is None:
            self.workspace.perform(place, payload)
        else:
            handler(payload)

    def _handlers(self) -> dict[str, Callable[[object], object]]:
        return {
            "search": lambda _: self.finder.begin(),
            "filter": lambda _: self._first_table("filter"),
            "copy": lambda _: self._first_table("copy"),
            "refresh": lambda _: self._refresh(),
            "bigger": lambda _: self._look(theme.current().bigger(1)),
            "smaller": lambda _: self._look(theme.current().bigger(-1)),
            "normal": lambda _: self._look(theme.Theme(theme.current().tokens, compact=theme.current().compact)),
            "look": lambda wanted: self._look(cast("theme.Theme", wanted)),
            "dark": lambda _: self._toggle_dark(),
            "compact": lambda _: self._toggle_compact(),
            "school": self._open_school,
            "metric": lambda payload: self.show_page("schools").open_payload(payload),
            "schools_view": lambda payload: self.show_page("schools").open_payload(payload),
            "forms": lambda payload: self.show_page("checklists").open_payload(payload),
            "programme": lambda payload: self.show_page("programme").open_payload(payload),
            "monitoring": lambda payload: self.show_page("monitoring").open_payload(payload),
            "today": lambda payload: self.show_page("today").open_payload(payload),
            "month_plan": lambda _: self.show_page("today").open_payload("month"),
            "list_school": lambda payload: self.show_page("school_list").open_payload(payload),
            "register": lambda payload: self.show_page("reports").open_payload(
                ("outgoing", payload) if isinstance(payload, int) else "outgoing"
            ),
            "orders": lambda payload: self.show_page("reports").open_payload(("orders", payload)),
            "foreign": lambda payload: self.show_page("reports").open_payload(("foreign", payload)),
            "packages": lambda payload: self.show_page("reports").open_payload(("packages", payload)),
            "papers": lambda payload: self.show_page("reports").open_payload(payload or "papers"),
            "work": lambda payload: self.show_page("work").open_payload(payload),
            "quit": lambda _: self.close(),
        }

    def _open_school(self, payload: object, *, back: str | None = None) -> None:
        """Show the card of a school; Esc leads back to the page that asked for it, unless told where else."""
        before = self.page.name if self.page is not None else ""
        page = self.show_page("schools")
        page.open_payload(payload)
        page.came_from(before if back is None else back)

    def _found(self, place: str, payload: object) -> None:
        """Go to what the search found; nobody left a page for it, so Esc leads from a card into the registry."""
        if place == "school":
            self._open_school(payload, back="schools")
        else:
            self.go(place, payload)

    def _first_table(self, what: str) -> None:
        tables = self.page.tables() if self.page else []
        shown = next((table for table in tables if table.isVisible()), None)
        if shown is not None:
            (shown.copy if what == "copy" else shown.header.focus_first)()

    def _refresh(self) -> None:
        if self.page is not None:
            self.page.mark_stale()
            self.session.refresh_info()

    def _toggle_dark(self) -> None:
        present = theme.current()
        tokens = theme.LIGHT if present.tokens.dark else theme.DARK
        self._look(theme.Theme(tokens, present.font_px, present.compact))

    def _toggle_compact(self) -> None:
        present = theme.current()
        self._look(theme.Theme(present.tokens, present.font_px, not present.compact))

    def _look(self, wanted: theme.Theme) -> None:
        """Draw everything with another theme and remember it."""
        app = cast("QApplication", QApplication.instance())
        theme.install(app, wanted)
        self.habits.put("look", [wanted.tokens.dark, wanted.font_px, wanted.compact])
        self._rebuild()
        self._enable_actions()

    def _rebuild(self) -> None:
        """Make the pages anew: gaps and pictures are made for one size and one set of colours."""
        start, self.start = self.start, StartPage(self.habits, self.session.desk.actor)
        self.stack.addWidget(self.start)
        self._connect_start()
        shown = self.page.name if self.page is not None else ""
        known, forms = self._known, self._forms
        self._drop_pages()
        self._known, self._forms = known, forms
        if shown:
            self.show_page(shown)
        else:
            self.stack.setCurrentWidget(self.start)
        self.stack.removeWidget(start)
        start.hide()
        start.deleteLater()

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        group = QActionGroup(self._recent_menu)
        for path in self.habits.recent():
            action = self._recent_menu.addAction(path.stem)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.workspace.open(path))
            group.addAction(action)
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction("Пока пусто").setEnabled(False)

    # --- dropping files and closing ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a file of ours, load others."""
        from pathlib import Path

        from app.forms.packet import REPLY_SUFFIX, REQUEST_SUFFIX

        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        own = [path for path in paths if path.suffix == ".opora"]
        asked = [path for path in paths if path.name.endswith(REQUEST_SUFFIX)]
        if asked:
            self.workspace.perform("answer_request", asked[0])
        elif own:
            self.workspace.open(own[0])
        elif paths and self.session.desk.is_open:
            # on the tab of checklists files are what schools have sent; a reply is that anywhere
            replies = any(path.name.endswith(REPLY_SUFFIX) for path in paths)
            here = self.page.name if self.page is not None else ""
            # a Word document is a plan anywhere: nothing else of the program reads it
            plan = here == "programme" or all(path.suffix.lower() == ".docx" for path in paths)
            answers = replies or here == "checklists"
            self.go("receive_forms" if answers else "import_plan" if plan else "import", paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the file first: its backup is made beside the window, then the window goes."""
        self.habits.put("window", bytes(self.saveGeometry().toBase64().data()).decode())
        if not self.session.desk.is_open:
            self.workspace.close_windows()
            super().closeEvent(event)
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            self.workspace.close_file(self._close_at_last, self._stay)

    def _close_at_last(self) -> None:
        QTimer.singleShot(0, self.close)

    def _stay(self) -> None:
        self._closing = False


def _findable_forms(
    connection: Connection, closed: object
) -> tuple[list[RoundLine], list[FormDef], list[FindableNode], list[FindableDocument], list[FindableRow]]:
    """Read rounds, forms, what programmes hold, documents with decisions, rows of registers, on the reader's thread."""
    from app.operations import decisions, finding, form_overview, programmes

    rounds, forms = form_overview.findable(connection, closed=bool(closed))
    return rounds, forms, programmes.findable(connection), decisions.findable(connection), finding.findable(connection)
