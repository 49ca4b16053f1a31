"""The register of outgoing papers and a look at the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter

from app.models.papers import Paper
from app.operations import papers, signing
from app.texts import count, ru_date, ru_moment
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.pages.view import View
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.reports import ReportsPage

STATE_CHIPS: dict[str, tuple[Kind, str]] = {
    "registered": ("warn", "не подписан"),
    "signed": ("ok", "подписан"),
    "withdrawn": ("none", "отозван"),
}
ROLE_WORDS = {"original": "документ", "signed": "подписанный файл", "detached": "файл подписи", "scan": "скан"}

COLUMNS = (
    Column("number", "№", lambda p: str(p.number), 46, kind="number", sort=lambda p: p.number),
    Column("title", "Документ", lambda p: p.title, 190, 3, middle=True, strong=True),
    Column("state", "Состояние", lambda p: STATE_CHIPS[p.state][1], 122, kind="chip",
           chip=lambda p: STATE_CHIPS[p.state][0]),
    Column("signer", "Кто подписал", lambda p: ", ".join(f.signer for f in p.files if f.signer), 150, 2, middle=True),
    Column("when", "Записан", lambda p: ru_date(p.registered_at), 88, sort=lambda p: p.registered_at),
    Column("files", "Файлов", lambda p: str(len(p.files)), 66, kind="number", sort=lambda p: len(p.files)),
)  # fmt: skip


def newest(paper: Paper) -> tuple[str, str]:
    """Return (hash, name) of the file that is the document now: the last signed one, else the original."""
    signed = [file for file in paper.files if file.role == "signed"]
    return (signed[-1].sha256, signed[-1].file_name) if signed else (paper.sha256, paper.file_name)


class OutgoingView(View):
    """The register of outgoing papers."""

    key = "outgoing"
    title = "Журнал исходящих"
    heading = "Журнал исходящих"
    guide = ("04-документы", "Журнал исходящих")

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page)
        session = self.session
        self._wanted: int | None = None
        px = theme.current().px
        empty = EmptyState(
            "book", "Журнал исходящих пуст",
            "Здесь встанет каждый документ, который вы запишете или подпишете: номер, состояние, сами файлы.",
            ("Сделать документ…", lambda: session.go("papers")),
        )  # fmt: skip
        self.table = DataTable(
            "papers", COLUMNS, lambda p: p.number, habits=session.habits, title="Журнал исходящих", empty=empty
        )
        self.table.current_changed.connect(self._show_paper)
        self.table.activated.connect(lambda paper: session.go("sign", paper.number))
        self.table.row_actions = self._row_actions
        self.side = PaperSide(session, page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(px(12))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([820, px(470)])
        self.column.addWidget(splitter, 1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        return (
            Button("Проверить подпись…", lambda: self.session.go("verify"), icon="shield-check"),
            Button("Подписать…", lambda: self.session.go("sign", self.number), icon="signature", kind="primary"),
        )

    @property
    def number(self) -> int | None:
        """Number of the chosen paper."""
        paper: Paper | None = self.table.current()
        return paper.number if paper is not None else None

    def refresh(self) -> None:
        """Read the register anew."""
        self.session.read(self, self._show, signing.register)

    def _show(self, found: list[Paper]) -> None:
        unsigned = sum(paper.state == "registered" for paper in found)
        total = count(len(found), "документ", "документа", "документов")
        rest = f"не подписано {unsigned}" if unsigned else "неподписанных нет"
        self.say(f"В журнале исходящих {total}, {rest}" if found else "В журнале исходящих пока пусто")
        self.table.set_rows(found)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def open_payload(self, payload: object) -> None:
        """Show one line of the register."""
        if isinstance(payload, int):
            self._wanted = payload
            self.table.choose(payload)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    def _show_paper(self, paper: Paper | None) -> None:
        self.side.show_paper(paper)

    def _row_actions(self) -> list[RowAction | None]:
        paper: Paper | None = self.table.current()
        if paper is None:
            return []
        side = self.side
        return [
            ("Подписать…", side.sign),
            ("Приложить скан…", lambda: side.attach("scan")),
            ("Приложить файл подписи…", lambda: side.attach("detached")),
            ("Сохранить файлы…", side.save),
            ("Проверить подпись", side.verify),
            None,
            ("Отозвать…", side.withdraw),
        ]


class PaperSide(Card):
    """The chosen paper: state, files, the first pages, what can be done."""

    def __init__(self, session: Session, page: ReportsPage) -> None:
        super().__init__()
        self._session = session
        self._page = page
        self._paper: Paper | None = None
        px = theme.current().px
        self.setMinimumWidth(px(340))
        self.name = Label("Документ не выбран", "section", wrap=True)
        self.chip = Chip()
        self.chip.hide()
        self.note = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.chip)
        top.addWidget(self.note, 1)
        self.files = Label("", "muted", wrap=True)
        self.view = PdfView(session)
        self.links = Row(
            Button("Подписать…", self.sign, icon="signature", kind="link"),
            Button("Приложить скан…", lambda: self.attach("scan"), icon="paperclip", kind="link"),
            Button("Сохранить…", self.save, icon="download", kind="link"),
            Button("Отозвать…", self.withdraw, icon="trash", kind="link"),
            gap=2,
        )
        self.body.addWidget(self.name)
        self.body.addLayout(top)
        self.body.addWidget(self.files)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.links)
        self.show_paper(None)

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper of the register."""
        before, self._paper = self._paper, paper
        self.links.setVisible(paper is not None)
        self.chip.setVisible(paper is not None)
        if paper is None:
            self.name.setText("Документ не выбран")
            self.note.setText("")
            self.files.setText("")
            self.view.clear("Здесь будет виден выбранный документ.")
            return
        self.name.setText(paper.title)
        self.chip.set(*STATE_CHIPS[paper.state])
        self.note.setText(f"№\u00a0{paper.number} · {ru_moment(paper.registered_at)} · {paper.actor}")
        lines = [f"{ROLE_WORDS[f.role]}: {f.file_name}" + (f" — {f.signer}" if f.signer else "") for f in paper.files]
        if paper.note:
            lines.append(f"Примечание: {paper.note}")
        self.files.setText("\n".join(lines))
        digest, name = newest(paper)
        if before is not None and newest(before)[0] == digest and self.view.data:
            return
        if not name.lower().endswith(".pdf"):
            self.view.clear("Этот документ не PDF: сохраните его, чтобы посмотреть.")
            return
        self._session.read(self, self._show_bytes, signing.paper_bytes, digest)

    def _show_bytes(self, data: bytes) -> None:
        self.view.show_pdf(data)

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
                self, lambda _: self._page.message("ok", f"Приложено к документу №\u00a0{number}."),
                signing.attach, number, found[0], role,
            )  # fmt: skip

    def save(self) -> None:
        """Write the files of the paper into a folder of the person's choice."""
        paper = self._paper
        if paper is None:
            return
        digest, name = newest(paper)
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
            f"Отозвать документ №\u00a0{number}",
            "Номер и файлы останутся в журнале, документ будет помечен как отозванный. Отменить это нельзя.",
            [Field("reason", "Причина", long=True, required=True)], "Отозвать",
        )  # fmt: skip
        if answer is not None:
            self._session.write(self, None, signing.withdraw, number, answer["reason"])
