"""The chosen paper of the register: how far it is, its pages, its way, its number and files, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.papers import Paper
from app.operations import outgoing, papers, signing
from app.operations.outgoing import ROLE_WORDS, Kind, local_day
from app.texts import NBSP, ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.pages import outgoing_asks
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Row, Scroller, beside
from app.ui.widgets.chip import Chip
from app.ui.widgets.field import FieldRow
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

PANES = ("Документ", "Путь", "Сведения")
FIELDS = (
    ("out_number", "Исходящий номер", "01-12/45"), ("dated", "Дата письма", "24.11.2026"),
    ("addressee", "Кому", "Министерство образования"), ("period", "За какое время", "2026 год"),
)  # fmt: skip


def newest(paper: Paper) -> tuple[str, str]:
    """Return (hash, name) of the file that is the document now: the last signed one, else the original."""
    signed = [file for file in paper.files if file.role == "signed"]
    return (signed[-1].sha256, signed[-1].file_name) if signed else (paper.sha256, paper.file_name)


class PaperSide(Card):
    """The chosen paper."""

    def __init__(self, session: Session, page: ReportsPage) -> None:
        super().__init__()
        self._session = session
        self._page = page
        self._paper: Paper | None = None
        px = theme.current().px
        self.setMinimumWidth(px(340))
        self.name = Label("Документ не выбран", "section", wrap=True)
        self.chip, self.way = Chip(), Chip()
        self.note = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        self.chips = Row(self.chip, self.way)
        self.body.addWidget(self.name)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.note)
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Что показать о документе")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in PANES:
            self.tabs.addTab(title)
        self.body.addWidget(self.tabs)
        self.stack = QStackedWidget()
        self.view = PdfView(session)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self._make_way())
        self.stack.addWidget(self._make_facts())
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.body.addWidget(self.stack, 1)
        self.links = Row(
            Button("Подписать…", self.sign, icon="signature", kind="link"),
            Button("Приложить скан…", lambda: self.attach("scan"), icon="paperclip", kind="link"),
            Button("Сохранить…", self.save, icon="download", kind="link"),
            gap=2,
        )
        self.body.addWidget(self.links)
        self.show_paper(None)

    def _make_way(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        self.steps: dict[Kind, Button] = {
            kind: Button(word, partial(self.happened, kind)) for kind, word in outgoing_asks.VERBS.items()
        }
        self.timeline = Scroller(spacing=10)
        column.addWidget(Row(*self.steps.values(), gap=6))
        column.addWidget(self.timeline, 1)
        return pane

    def _make_facts(self) -> QWidget:
        scroller = Scroller(spacing=8)
        self.fields: dict[str, FieldRow] = {}
        for key, title, hint in FIELDS:
            row = FieldRow(title, hint)
            row.edit.committed.connect(partial(self._edit, key))
            self.fields[key] = row
        for pair in (("out_number", "dated"), ("addressee", "period")):
            scroller.column.addLayout(beside(*(self.fields[key] for key in pair), stretch=(1, 1)))
        self.versions = Label("", wrap=True).selectable()
        self.files = Label("", "muted", wrap=True).selectable()
        self.since = Button("Что изменилось с тех пор…", self.tell_since, icon="history", kind="link")
        self.again = Button("Новая версия…", self.make_again, icon="refresh", kind="link")
        self.tie = Button("Какой документ заменяет…", self.choose_former, icon="git-merge", kind="link")
        self.data = Button("Приложить Excel или Word…", self.attach_other, icon="paperclip", kind="link")
        self.away = Button("Отозвать…", self.withdraw, icon="trash", kind="link")
        acts = Row(self.since, self.again, self.tie, self.data, self.away, gap=2)
        for widget in (self.versions, self.files, acts):
            scroller.column.addWidget(widget)
        scroller.column.addStretch(1)
        return scroller

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper of the register."""
        before, self._paper = self._paper, paper
        for widget in (self.links, self.chips, self.tabs, self.note):
            widget.setVisible(paper is not None)
        if paper is None:
            self.name.setText("Документ не выбран")
            self.files.setText("")
            self.tabs.setCurrentIndex(0)
            self.view.clear("Здесь будет виден выбранный документ.")
            return
        self.name.setText(paper.title)
        self._show_states(paper)
        self._show_facts(paper, fresh=before is None or before.id != paper.id)
        self._show_way(paper)
        digest, name = newest(paper)
        if before is not None and newest(before)[0] == digest and self.view.data:
            return
        if not name.lower().endswith(".pdf"):
            self.view.clear("Этот документ не PDF: сохраните его, чтобы посмотреть.")
            return
        self._session.read(self, self._show_bytes, signing.paper_bytes, digest)

    def _show_states(self, paper: Paper) -> None:
        self.chip.set(*outgoing.signature_state(paper))
        way = outgoing.journey_state(paper, self._session.today())
        self.way.set(*way)
        self.way.setVisible(paper.state != "withdrawn")
        self.note.setText(f"№{NBSP}{paper.number} · {ru_moment(paper.registered_at)} · {paper.actor}")

    def _show_facts(self, paper: Paper, *, fresh: bool) -> None:
        alive = paper.state != "withdrawn" and not self._session.desk.read_only
        for key, row in self.fields.items():
            value = getattr(paper, key) or ""
            row.edit.setModified(row.edit.isModified() and not fresh)
            row.show_stored(ru_date(value) if key == "dated" and value else value)
            row.edit.setReadOnly(not alive)
        versions = [f"Заменяет документ №{NBSP}{paper.replaces}." if paper.replaces else ""]
        versions += [f"Заменён документом №{NBSP}{paper.replaced_by}." if paper.replaced_by else ""]
        self.versions.setText(" ".join(part for part in versions if part))
        self.versions.setVisible(bool(self.versions.text()))
        lines = [f"{ROLE_WORDS[f.role]}: {f.file_name}" + (f" — {f.signer}" if f.signer else "") for f in paper.files]
        lines.append(f"контрольная сумма SHA-256: {paper.sha256[:12]}…{paper.sha256[-4:]}")
        if paper.note:
            lines.append(f"Примечание: {paper.note}")
        self.files.setText("\n".join(lines))
        self.files.setToolTip(paper.sha256)
        for button in (self.tie, self.data, self.away):
            button.setVisible(alive)
        self.since.setVisible(paper.recipe is not None)
        self.again.setVisible(paper.recipe is not None and alive)

    def _show_way(self, paper: Paper) -> None:
        alive = paper.state != "withdrawn" and not self._session.desk.read_only
        for kind, button in self.steps.items():
            button.setEnabled(alive and (kind != "answer" or bool(outgoing.open_remarks(paper))))
        self.steps["answer"].setToolTip("" if outgoing.open_remarks(paper) else "Замечаний без ответа нет")
        self.timeline.clear()
        column = self.timeline.column
        steps = [(local_day(paper.registered_at), _Step("записан в журнал", paper.actor))]
        for file in paper.files:
            if file.role in {"signed", "detached", "scan"}:
                told = " · ".join(part for part in (file.signer or "", file.file_name) if part)
                steps.append((local_day(file.added_at), _Step(ROLE_WORDS[file.role], told)))
        for event in paper.events:
            what, rest = outgoing.event_words(event)
            forget = partial(self.forget, event.id) if alive and event.kind != "for_signing" else None
            save = partial(self.save_event, event.sha256, event.file_name or "файл") if event.sha256 else None
            steps.append((event.happened_on, _Step(what, rest, forget, save)))
        for day, step in sorted(steps, key=lambda one: one[0]):
            column.addWidget(step.widget(ru_date(day)))
        if paper.state == "withdrawn":
            column.addWidget(_Step("отозван", paper.note or "").widget(""))
        elif not paper.events:
            column.addWidget(Label("Когда документ уйдёт, отметьте это: «Отправлен…».", "muted", wrap=True))
        column.addStretch(1)

    def _show_bytes(self, data: bytes) -> None:
        self.view.show_pdf(data)

    # --- the way ---------------------------------------------------------------------------------------------------

    def happened(self, kind: Kind) -> None:
        """Ask what happened and write it down."""
        if self._paper is None:
            return
        try:
            told = outgoing_asks.ask(self._session, self._paper, kind)
        except UserError as error:
            self._session.tell_error(error)
            return
        if told is not None:
            number, today = self._paper.number, self._session.today()
            self._session.write(self, None, outgoing.happened, number, told, today)

    def forget(self, key: int) -> None:
        """Take an entry of the way out again; Ctrl+Z brings it back."""
        self._session.write(self, None, outgoing.forget, key)

    def save_event(self, digest: str, name: str) -> None:
        """Write the file of an entry to a place of the person's choice."""
        self._save(digest, name)

    def _edit(self, column: str, text: str) -> None:
        if self._paper is None:
            return
        future = self._session.written(outgoing.edit, self._paper.number, column, text)
        if future is not None:
            row = self.fields[column]
            self._session.runner.take(
                future, lambda _: row.edit.mark(""), lambda error: row.show_stored(text, trouble=error.what), owner=self
            )

    def tell_since(self) -> None:
        """Show what changed in the data behind the paper."""
        if self._paper is not None:
            self._session.go("paper_since", self._paper.number)

    def make_again(self) -> None:
        """Open the same paper in the centre: made and registered there, it is the new version."""
        recipe = papers.recipe_of(self._paper.recipe) if self._paper is not None else None
        if recipe is not None:
            self._session.go("papers", (recipe.kind, dict(recipe.values)))

    def choose_former(self) -> None:
        """Ask which paper this one replaces."""
        if self._paper is not None:
            self._session.read(self, self._ask_former, signing.register)

    def _ask_former(self, found: list[Paper]) -> None:
        paper = self._paper
        if paper is None:
            return
        fitting = [one for one in found if one.number < paper.number and one.state != "withdrawn"
                   and one.replaced_by in {None, paper.number}]  # fmt: skip
        choices = (("Никакой", ""), *((f"№{NBSP}{one.number}: {one.title}", str(one.number)) for one in fitting))
        told = self._session.dialogs.ask(
            f"Какой документ заменяет №{NBSP}{paper.number}", "Прежний документ останется в журнале как заменённый.",
            [Field("former", "Прежний документ", str(paper.replaces or ""), choices=choices)], "Записать",
        )  # fmt: skip
        if told is not None:
            former = int(told["former"]) if told["former"] else None
            self._session.write(self, None, outgoing.link_version, paper.number, former)

    # --- files -----------------------------------------------------------------------------------------------------

    def sign(self) -> None:
        """Begin signing."""
        if self._paper is not None:
            self._session.go("sign", self._paper.number)

    def verify(self) -> None:
        """Check the signatures of the paper."""
        if self._paper is not None:
            digest, name = newest(self._paper)
            self._session.read(self, lambda data: self._session.go("verify", (name, data)), signing.paper_bytes, digest)

    def attach(self, role: str) -> None:
        """Attach a scan or a detached signature."""
        if self._paper is None:
            return
        title, patterns = {
            "scan": ("Скан подписанного документа", "Скан (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"),
            "detached": ("Файл подписи", "Файл подписи (*.sig *.p7s *.sgn)"),
        }[role]
        found = self._session.dialogs.open_files(title, patterns, several=False)
        if found:
            number = self._paper.number
            self._session.write(
                self, lambda _: self._page.message("ok", f"Приложено к документу №{NBSP}{number}."),
                signing.attach, number, found[0], role,
            )  # fmt: skip

    def attach_other(self) -> None:
        """Attach the data or the form to edit of the paper."""
        if self._paper is None:
            return
        found = self._session.dialogs.open_files(
            "Данные или текст для правки", "Excel и Word (*.xlsx *.docx)", several=False
        )
        if found:
            number = self._paper.number
            self._session.write(
                self, lambda _: self._page.message("ok", f"Приложено к документу №{NBSP}{number}."),
                outgoing.attach, number, found[0], "editable" if found[0].suffix.lower() == ".docx" else "data",
            )  # fmt: skip

    def save(self) -> None:
        """Write the document, or another of its files, to a place of the person's choice."""
        paper = self._paper
        if paper is None:
            return
        digest, name = newest(paper)
        files = {file.sha256: file for file in paper.files}
        if len(files) > 1:
            told = self._session.dialogs.ask(
                "Какой файл сохранить", "", [Field("file", "Файл", digest, choices=tuple(
                    (f"{ROLE_WORDS[file.role]}: {file.file_name}", key) for key, file in files.items()
                ))], "Сохранить…",
            )  # fmt: skip
            if told is None or told["file"] not in files:
                return
            digest, name = told["file"], files[told["file"]].file_name
        self._save(digest, name)

    def _save(self, digest: str, name: str) -> None:
        target = self._session.dialogs.save_file("Сохранить документ", Path(name), "Все файлы (*)")
        if target is not None:
            self._session.read(self, lambda data: self._write(target, data), signing.paper_bytes, digest)

    def _write(self, target: Path, data: bytes) -> None:
        def work(_job: Job) -> None:
            papers.write(target, data)

        self._session.job(self, work, lambda _: self._page.message("ok", f"Сохранено: {target.name}"))

    def withdraw(self) -> None:
        """End the registration with a reason."""
        if self._paper is None:
            return
        number = self._paper.number
        answer = self._session.dialogs.ask(
            f"Отозвать документ №{NBSP}{number}",
            "Номер и файлы останутся в журнале, документ будет помечен как отозванный. Отменить это нельзя.",
            [Field("reason", "Причина", long=True, required=True)], "Отозвать",
        )  # fmt: skip
        if answer is not None:
            self._session.write(self, None, signing.withdraw, number, answer["reason"])


@dataclass(frozen=True)
class _Step:
    """One entry of the timeline: what happened, the rest, what takes it out, what saves its file."""

    what: str
    rest: str
    forget: Callable[[], object] | None = None
    save: Callable[[], object] | None = None

    def widget(self, day: str) -> QWidget:
        """Return its lines: the day and the word, the rest under it, what can be done with the entry."""
        px = theme.current().px
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        date = Label(day, "muted")
        date.setFixedWidth(px(80))
        top.addWidget(date)
        top.addWidget(Label(self.what, "strong"))
        top.addStretch(1)
        for word, act in (("Файл…", self.save), ("Убрать", self.forget)):
            if act is not None:
                top.addWidget(Button(word, act, kind="link"))
        column.addLayout(top)
        if self.rest:
            text = Label(self.rest, wrap=True).selectable()
            text.setContentsMargins(px(88), 0, 0, 0)
            column.addWidget(text)
        return whole
