"""The centre of papers: which paper, with which settings, how it looks, what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.store import Connection
from app.operations import paper_catalogue, papers
from app.operations.paper_catalogue import PaperKind, Prepared
from app.operations.papers import Made, Paper
from app.texts import NBSP, count
from app.ui import theme
from app.ui.pages.papers_list import MOST_RECENT, RECENT, PaperList
from app.ui.pages.papers_settings import PaperSettings
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.bars import MessageBar, ProgressStrip
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.tab_order import follow_layout
from app.ui.windows.printing import print_pdf

FIRST = "school_list"
REST_MS = 300
PATTERNS = {".pdf": "Документ PDF (*.pdf)", ".docx": "Документ Word (*.docx)", ".xlsx": "Книга Excel (*.xlsx)"}
FILLED_BY: Mapping[str, tuple[str, str]] = {
    "result_year": ("Загрузить результаты…", "import"), "task_year": ("Загрузить результаты…", "import"),
    "school": ("Перейти к школам", "tab_schools"), "programme": ("Перейти к программе", "tab_programme"),
    "form_used": ("Перейти к чек-листам", "tab_checklists"), "round": ("Перейти к чек-листам", "tab_checklists"),
    "case": ("Перейти к чек-листам", "tab_checklists"), "subject": ("Перейти к чек-листам", "tab_checklists"),
    "meeting": ("Перейти к мониторингу", "tab_monitoring"), "mentor_pair": ("Перейти к работе", "tab_work"),
}  # fmt: skip
"""Kind of a setting that nothing can be chosen for → words of the button and the command that fills it."""
QUIET = frozenset({
    "outgoing_paper", "paper_file", "paper_signature", "paper_event", "package_out", "package_paper", "package_in",
    "package_expected", "foreign_form", "foreign_link", "blob", "draft_cell",
})  # fmt: skip
"""Tables that say nothing in any paper of the centre: the paper that is shown stays the one that was registered."""


class PapersCentre(QWidget):
    """Body of «Документы».

    Signals:
        said(sentence): the state in one sentence, for the header of the page.
    """

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.kinds: tuple[PaperKind, ...] = ()
        self.kind: PaperKind | None = None
        self.paper: Paper | None = None
        self.pdf: Made | None = None
        self._given: dict[str, str] | None = None
        self._wanted = ""
        self._turn = 0
        self._stale, self._skip, self._own = True, False, False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._make)
        self._build()
        self._make_buttons()
        session.changed.connect(self._touched)
        self._enable()

    def _build(self) -> None:
        px = theme.current().px
        self.bar, self.strip = MessageBar(), ProgressStrip()
        self.list = PaperList(paper_catalogue.GROUPS)
        self.settings = PaperSettings()
        self.view = PdfView(self.session)
        self.refusal = EmptyState("report", "", "", ("", self._mend))
        self.state = ElidedLabel("", "muted")
        self.list.chosen.connect(self._choose)
        self.settings.changed.connect(self._rest.start)
        self.settings.usual_wanted.connect(self._as_usual)
        self.settings.dress_wanted.connect(lambda: self.session.go("dress", self.kind.key if self.kind else None))
        self.view.shown.connect(self._tell_pages)
        pages = QVBoxLayout()
        pages.setSpacing(px(4))
        pages.addWidget(self.state)
        pages.addWidget(self.view, 1)
        pages.addWidget(self.refusal, 1)
        self.refusal.hide()
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(self.list)
        row.addWidget(self.settings)
        row.addLayout(pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.bar)
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        self.setFocusProxy(self.list.search)

    def _make_buttons(self) -> None:
        menu = QMenu(self)
        for suffix, word in papers.FORMATS.items():
            menu.addAction(f"{word}…", partial(self.save, suffix))
        menu.addSeparator()
        menu.addAction("Слайды для совещания…", self._slides)
        self.saving = Button("Сохранить как…", icon="download")
        self.saving.setMenu(menu)
        self.printing = Button("Напечатать…", self._print, icon="printer")
        self.many = Button("Пачкой…", self._batch, icon="copy")
        self.registering = Button("В журнал исходящих", self.register, icon="book", kind="primary")
        self.buttons: list[Button] = [self.saving, self.printing, self.many, self.registering]

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; not where only the register has changed, the paper shown is the one it has."""
        if self._skip and not self._stale:
            self._skip = False
            return
        self._skip = False
        if not self.kinds:
            self.session.read(self, self._take_kinds, _kinds)
        else:
            self._make()

    def _touched(self, tables: frozenset[str]) -> None:
        if tables <= (QUIET | {"paper_setup"} if self._own else QUIET):
            self._skip = True
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed meanwhile is read when the centre is seen again."""
        super().showEvent(event)
        if self._stale and self.kinds:
            self._rest.start()

    def _take_kinds(self, found: tuple[PaperKind, ...]) -> None:
        self.kinds = found
        self.list.show_kinds(found, self._recent())
        told = count(len(found), "документ", "документа", "документов")
        self.said.emit(f"{told}: выберите слева, настройте, сохраните, напечатайте или запишите в журнал.")
        known = {item.key for item in found}
        last = str(self.session.habits.get("papers:kind", FIRST))
        wanted = next((key for key in (self._wanted, last, FIRST) if key in known), found[0].key)
        self._choose(wanted)

    def _recent(self) -> list[str]:
        return [str(key) for key in self.session.habits.get(RECENT, [])]

    def open_payload(self, payload: object) -> None:
        """Show one kind of paper: its key, or (key, values)."""
        match payload:
            case str(key):
                self._given = None
            case (str(key), Mapping() as values):
                self._given = {str(name): str(value) for name, value in values.items()}
            case _:
                return
        self._wanted = key
        if self.kinds:
            self._choose(key)

    # --- the paper -----------------------------------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        kind = next((item for item in self.kinds if item.key == key), None)
        if kind is None:
            return
        self.kind, self._wanted = kind, key
        self.list.choose(key)
        self.session.habits.put("papers:kind", key)
        self.bar.clear()
        self.settings.show_kind(kind)
        follow_layout(self)
        self._forget()
        self.view.clear()
        self._tell_refusal(None)
        self.many.setToolTip("" if kind.each else "Этот документ один на весь муниципалитет")
        self._read(self._given)
        self._given = None

    def _as_usual(self) -> None:
        self._read({})

    def _make(self) -> None:
        if self.kind is not None:
            self._read(self.settings.values() or None)

    def _read(self, values: Mapping[str, str] | None) -> None:
        """Have the paper made with these values (None: those of last time); the pages that are there stay till then."""
        kind, day = self.kind, self.session.today()
        if kind is None:
            return
        self._rest.stop()
        self._turn += 1
        turn, self._stale = self._turn, False
        hide = self.settings.impersonal.isChecked()
        self._forget()
        self.state.setText("Готовлю документ…")

        def read(connection: Connection) -> Prepared | None:
            # one thread reads: what a person has passed by meanwhile must not keep the last choice waiting
            if turn != self._turn:
                return None
            return paper_catalogue.prepared(connection, kind, values, day, impersonal=hide)

        self.session.read(self, lambda found: self._take(turn, found), read)

    def _forget(self) -> None:
        self.paper = self.pdf = None
        self._enable()

    def _take(self, turn: int, found: Prepared | None) -> None:
        if found is None or turn != self._turn:
            return
        self.settings.show_settled(found.settled)
        if found.paper is None:
            self._refused(found.error)
            return
        paper = self.paper = found.paper

        def work(_job: Job) -> Made | None:
            return self._drawn(paper, ".pdf") if turn == self._turn else None

        self.session.job(self, work, lambda made: self._show(turn, made), lambda error: self._failed(turn, error))

    def _drawn(self, paper: Paper, suffix: str) -> Made:
        """Draw a paper beside the window; one without people has its bytes searched before anybody gets them."""
        from app.operations import impersonal

        desk = self.session.desk
        return impersonal.checked(
            paper, papers.render(paper, suffix), lambda: desk.read(impersonal.people_of).result()
        )  # fmt: skip

    def _failed(self, turn: int, error: UserError) -> None:
        if turn == self._turn:
            self.paper = None
            self._refused(error)

    def _refused(self, error: UserError | None) -> None:
        self.state.setText("")
        self.view.clear()
        self._tell_refusal(error)
        self._enable()

    def _tell_refusal(self, error: UserError | None) -> None:
        """Say over the empty pages why there is no paper, with a way to what is lacking; None: there is one."""
        self.view.setVisible(error is None)
        self.refusal.setVisible(error is not None)
        if error is not None:
            self.refusal.tell(error.what, error.cure)
            self.refusal.offer(self._lacking()[0])

    def _lacking(self) -> tuple[str, str]:
        """Return the words and the command that fill the first setting that nothing can be chosen for."""
        values = self.settings.values()
        for one in self.kind.settings if self.kind is not None else ():
            if one.kind in FILLED_BY and not one.optional and one.meant(values) and not values.get(one.key):
                return FILLED_BY[one.kind]
        return "", ""

    def _mend(self) -> None:
        command = self._lacking()[1]
        if command:
            self.session.go(command)

    def _show(self, turn: int, made: Made | None) -> None:
        if made is not None and turn == self._turn:
            self.pdf = made
            self._tell_refusal(None)
            self._enable()
            self.view.show_pdf(made.data)

    def _tell_pages(self, pages: int) -> None:
        paper = self.paper
        if paper is None:
            return
        parts = [count(pages, "страница", "страницы", "страниц"), paper.title]
        if paper.document.draft:
            parts.insert(1, "проект, ещё не утверждён")
        elif paper.snapshot_id:
            parts.insert(1, "утверждён, печатается как был утверждён")
        self.state.setText(" · ".join(parts))

    def _enable(self) -> None:
        ready, write = self.pdf is not None, not self.session.desk.read_only
        self.saving.setEnabled(ready)
        self.printing.setEnabled(ready)
        self.registering.setEnabled(ready and write)
        self.many.setEnabled(self.kind is not None and bool(self.kind.each) and ready)
        self.settings.dress.setEnabled(self.kind is not None and write)

    # --- what is done with it ------------------------------------------------------------------------------------

    def name(self, suffix: str) -> str:
        """Return the name of a file of the paper."""
        return papers.file_name(self.paper, suffix, f"{self.session.today():%d.%m.%Y}") if self.paper else ""

    def save(self, suffix: str) -> None:
        """Ask for a place and save the paper in a format; the PDF is the one that is seen."""
        paper, shown = self.paper, self.pdf
        if paper is None or shown is None:
            return
        target = self.session.dialogs.save_file("Сохранить документ", Path(self.name(suffix)), PATTERNS[suffix])
        if target is None:
            return
        path = target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)
        self.strip.begin("Сохраняю", cancellable=False)

        def work(_job: Job) -> None:
            papers.write(path, (shown if suffix == ".pdf" else self._drawn(paper, suffix)).data)

        self.session.job(self, work, lambda _: self._saved(path), self.fail)
        self._remember()

    def _saved(self, target: Path) -> None:
        self.strip.end()
        self.bar.show_message("ok", f"Сохранено: {target.name}")

    def _print(self) -> None:
        if self.pdf is not None:
            print_pdf(self.session, self, self.pdf.data, self.name(""))
            self._remember()

    def _slides(self) -> None:
        if self.paper is not None:
            self.session.go("slides", self.paper)
            self._remember()

    def _batch(self) -> None:
        if self.kind is not None:
            hide = "1" if self.settings.impersonal.isChecked() else "0"
            self.session.go("batch", (self.kind.key, {**self.settings.values(), paper_catalogue.IMPERSONAL: hide}))

    def register(self) -> None:
        """Write the paper into the register of outgoing papers."""
        paper, pdf = self.paper, self.pdf
        if paper is None or pdf is None:
            return
        future = self.session.written(papers.register, paper, pdf, self.name(".pdf"))
        if future is not None:
            self.session.runner.take(future, self._registered, self.fail, owner=self)
            self._remember()

    def _registered(self, number: int) -> None:
        session = self.session
        self.bar.show_message(
            "ok", f"Документ записан в журнал исходящих под №{NBSP}{number}.",
            ("Подписать…", lambda: session.go("sign", number)), ("Показать", lambda: session.go("register", number)),
        )  # fmt: skip

    def _remember(self) -> None:
        """Keep the settings for the next time, and that the paper was used."""
        kind = self.kind
        if kind is None:
            return
        recent = [kind.key, *(key for key in self._recent() if key != kind.key)][:MOST_RECENT]
        self.session.habits.put(RECENT, recent)
        self.list.show_kinds(self.kinds, recent)
        if not self.session.desk.read_only:
            self._own = True
            future = self.session.written(paper_catalogue.remember, kind, self.settings.values())
            if future is not None:
                self.session.runner.take(future, self._remembered, self.fail, owner=self)

    def _remembered(self, _nothing: None) -> None:
        self._own = False

    def fail(self, error: UserError) -> None:
        """Show an expected failure."""
        self.strip.end()
        self.bar.show_error(error)

    def focus_main(self) -> None:
        """Put the keyboard into the search."""
        self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _kinds(_connection: Connection) -> tuple[PaperKind, ...]:
    """Read the catalogue beside the window: it imports every operation that makes a paper."""
    return paper_catalogue.kinds()
