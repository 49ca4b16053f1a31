"""«Оформление документа»: approvals, who signs, the executor, annex and QR of a kind of paper, with its first page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.models.store import Connection
from app.operations import paper_catalogue, paper_dress, papers, signers
from app.operations.paper_catalogue import PaperKind
from app.operations.paper_dress import MOST, QR_USUAL, Act, AnnexTo, ApprovalChoice, Dress, Who
from app.operations.papers import Made, Paper
from app.operations.signers import Signer
from app.texts import quoted
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller, beside, clear_layout
from app.ui.widgets.field import FieldEdit, FieldRow
from app.ui.widgets.labels import Label
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.tab_order import follow_layout
from app.ui.windows.base import Window
from app.ui.windows.dress_parts import ActFields, ApprovalLine, SignerLine

REST_MS = 300
STORAGE: tuple[tuple[str, bool | None], ...] = (
    ("как в самом документе", None), ("20 мм: хранится до 10 лет", False), ("30 мм: хранится дольше 10 лет", True),
)  # fmt: skip
Read = tuple[Dress, tuple[Signer, ...], str, PaperKind]


class DressWindow(Window):
    """What is put round papers of a kind; every change is kept at once and shown on the paper beside it."""

    guide = ("19-приказы", "Оформление документа")

    def __init__(self, session: Session, payload: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Оформление документа", parent, size=(1120, 700))
        self.kind = payload or "school_list"
        self.dress, self.people, self.issuer = Dress(), tuple[Signer, ...](), ""
        self.item: PaperKind | None = None
        self._turn = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._make)
        self.view = PdfView(session)
        self.form = Scroller(spacing=10)
        self.form.setFixedWidth(theme.current().px(470))
        self.approvals, self.signatures, self.more = self._cards()
        for card in (self.approvals, self.signatures, self.more):
            self.form.column.addWidget(card)
        self.form.column.addStretch(1)
        self.body.addLayout(beside(self.form, self.view, stretch=(0, 1), gap=14), 1)
        self.usual = Button("Как в самом документе", self._as_usual)
        self.add_buttons(
            self.usual, Button("Готово", self.accept, kind="primary"),
            left=[Button("Подписывающие…", lambda: session.go("signers"), icon="users")],
        )  # fmt: skip
        session.changed.connect(self._touched)
        self.refresh()

    def focus_main(self) -> None:
        """Begin with the first thing of the form, not with its first line to type in."""
        self.adding.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the form ------------------------------------------------------------------------------------------------

    def _cards(self) -> tuple[Card, Card, Card]:
        px = theme.current().px
        first, second, third = Card("Грифы наверху", pad=12), Card("Подписи", pad=12), Card("Ещё", pad=12)
        self.blocks, self.lines = QVBoxLayout(), QVBoxLayout()
        for layout in (self.blocks, self.lines):
            layout.setSpacing(px(6))
        self.no_blocks = Label("Как в самом документе.", "muted", wrap=True)
        self.no_lines = Label("Как в самом документе.", "muted", wrap=True)
        self.adding = Button("Добавить гриф", self.add_block, icon="plus", kind="link")
        self.signing = Button("Добавить подпись", self.add_line, icon="plus", kind="link")
        for card, layout, none, add in (
            (first, self.blocks, self.no_blocks, self.adding), (second, self.lines, self.no_lines, self.signing),
        ):  # fmt: skip
            card.body.addWidget(none)
            card.body.addLayout(layout)
            card.body.addLayout(beside(add, QWidget(), stretch=(0, 1)))
        self._fill_more(third)
        return first, second, third

    def _fill_more(self, card: Card) -> None:
        self.executor = FieldRow("Исполнитель", "пусто: как в самом документе")
        self.executor.edit.committed.connect(lambda text: self._put(replace(self.dress, executor=text.strip())))
        self.is_annex = QCheckBox("Это приложение к документу")
        self.is_annex.clicked.connect(self._annex_wanted)
        self.annex_number = FieldEdit("Номер приложения", "№")
        self.annex_number.setFixedWidth(theme.current().px(52))
        self.annex_number.committed.connect(lambda _text: self._annexed())
        self.annex_act = ActFields("Приложение", Act())
        self.annex_act.changed.connect(self._annexed)
        self.with_qr = QCheckBox("QR-код внизу первой страницы")
        self.with_qr.clicked.connect(lambda on: self._put(replace(self.dress, qr=QR_USUAL if on else "")))
        self.qr = FieldEdit("Что сказано в QR-коде")
        self.qr.setPlaceholderText("{название}, {организация}, {дата} заполнятся сами")
        self.qr.committed.connect(lambda text: self._put(replace(self.dress, qr=text.strip())))
        self.storage = Combo("Левое поле")
        self.storage.fill([*STORAGE])
        self.storage.activated.connect(
            lambda _place: self._put(replace(self.dress, long_storage=self.storage.currentData()))
        )
        card.body.addWidget(self.executor)
        card.body.addWidget(self.is_annex)
        self.annex_row = QWidget()
        column = QVBoxLayout(self.annex_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(beside(Label("Номер приложения, если их несколько", "muted"), self.annex_number, QWidget(),
                                stretch=(0, 0, 1)))  # fmt: skip
        column.addWidget(self.annex_act)
        card.body.addWidget(self.annex_row)
        card.body.addWidget(self.with_qr)
        card.body.addWidget(self.qr)
        card.body.addWidget(Label("Левое поле", "muted"))
        card.body.addWidget(self.storage)

    # --- reading -------------------------------------------------------------------------------------------------

    def _touched(self, tables: frozenset[str]) -> None:
        if tables & {"signer", "paper_setup"}:
            self.refresh()

    def refresh(self) -> None:
        """Read dress and people anew."""
        kind = self.kind

        def read(connection: Connection) -> Read:
            from app.operations.order_facts import issuer

            item = paper_catalogue.kind(kind)
            people = signers.signers(connection)
            return paper_dress.of_kind(connection, kind), people, issuer(connection), item

        self.session.read(self, self._show, read)

    def _show(self, found: Read) -> None:
        dress, people, self.issuer, self.item = found
        same = dress == self.dress and people == self.people
        self.dress, self.people = dress, people
        kept = "Файл открыт только для чтения." if self.session.desk.read_only else "Изменения сохраняются сами."
        self.say(f"{quoted(self.item.title)}: так будут выглядеть все документы этого вида. {kept}")
        if not same or not self.blocks.count():
            self._show_lists()
        self._show_more()
        self.setEnabled(True)
        for widget in (self.form.widget(), self.usual):
            widget.setEnabled(not self.session.desk.read_only)
        self._rest.start()

    def _show_lists(self) -> None:
        if self._edits() == (self.dress.approvals, self.dress.signers):
            return
        clear_layout(self.blocks)
        clear_layout(self.lines)
        for place, item in enumerate(self.dress.approvals, start=1):
            block = ApprovalLine(place, item, self.people)
            block.changed.connect(self._collect)
            block.away.connect(lambda place=place: self._out_block(place - 1))
            self.blocks.addWidget(block)
        for place, who in enumerate(self.dress.signers, start=1):
            line = SignerLine(place, who, self.people)
            line.changed.connect(self._collect)
            line.away.connect(lambda place=place: self._out_line(place - 1))
            self.lines.addWidget(line)
        follow_layout(self)

    def _show_more(self) -> None:
        dress = self.dress
        self.no_blocks.setVisible(not dress.approvals)
        self.no_lines.setVisible(not dress.signers)
        taken = len(dress.approvals) + (dress.annex is not None)
        self.adding.setVisible(taken < MOST)
        self.is_annex.setEnabled(dress.annex is not None or taken < MOST)
        self.executor.show_stored(dress.executor)
        self.is_annex.setChecked(dress.annex is not None)
        self.annex_row.setVisible(dress.annex is not None)
        if dress.annex is not None and self.annex_act.act() != dress.annex.act:
            self.annex_act.kind.choose(dress.annex.act.kind)
            self.annex_act.number.show_stored(dress.annex.act.number)
            self.annex_act.date.show_day(dress.annex.act.date)
            self.annex_act.issuer.show_stored(dress.annex.act.issuer)
        self.annex_number.show_stored(dress.annex.number if dress.annex else "")
        self.with_qr.setChecked(bool(dress.qr))
        self.qr.setVisible(bool(dress.qr))
        self.qr.show_stored(dress.qr)
        self.storage.choose(dress.long_storage)

    # --- changing ------------------------------------------------------------------------------------------------

    def _edits(self) -> tuple[tuple[ApprovalChoice, ...], tuple[Who, ...]] | None:
        """Return what stands in the lists; None while a date is none."""
        blocks = [self.blocks.itemAt(place).widget() for place in range(self.blocks.count())]
        lines = [self.lines.itemAt(place).widget() for place in range(self.lines.count())]
        found = [block.choice() for block in blocks if isinstance(block, ApprovalLine)]
        if any(item is None for item in found):
            return None
        return (
            tuple(item for item in found if item is not None),
            tuple(line.who.who for line in lines if isinstance(line, SignerLine)),
        )

    def _collect(self) -> None:
        found = self._edits()
        if found is not None:
            self._put(replace(self.dress, approvals=found[0], signers=found[1]))

    def _put(self, dress: Dress) -> None:
        if dress == self.dress or self.session.desk.read_only:
            return
        self.dress = dress
        self._show_more()
        self.take(self.session.written(paper_dress.keep, self.kind, dress), None)

    def add_block(self) -> None:
        """Add an approval block of the usual person."""
        usual = self._usual("approve")
        item = ApprovalChoice(who=usual, act=Act(issuer=self.issuer))
        self._rebuild(replace(self.dress, approvals=(*self.dress.approvals, item)))

    def add_line(self) -> None:
        """Add the next one who signs."""
        self._rebuild(replace(self.dress, signers=(*self.dress.signers, self._usual("sign"))))

    def _usual(self, role: str) -> Who:
        found = [one for one in self.people if one.role == role] or list(self.people)
        taken = {who.id for who in self.dress.signers} if role == "sign" else set()
        one = next((item for item in found if item.id not in taken), None)
        return Who(one.id, one.post, one.name) if one is not None else Who()

    def _out_block(self, place: int) -> None:
        kept = [item for at, item in enumerate(self.dress.approvals) if at != place]
        self._rebuild(replace(self.dress, approvals=tuple(kept)))

    def _out_line(self, place: int) -> None:
        kept = [item for at, item in enumerate(self.dress.signers) if at != place]
        self._rebuild(replace(self.dress, signers=tuple(kept)))

    def _rebuild(self, dress: Dress) -> None:
        self._put(dress)
        self._show_lists()

    def _annex_wanted(self, wanted: bool) -> None:
        self._put(replace(self.dress, annex=AnnexTo(act=Act(issuer=self.issuer)) if wanted else None))

    def _annexed(self) -> None:
        act = self.annex_act.act()
        if act is not None and self.dress.annex is not None:
            self._put(replace(self.dress, annex=AnnexTo(self.annex_number.text().strip(), act)))

    def _as_usual(self) -> None:
        self._rebuild(Dress())

    # --- the example ---------------------------------------------------------------------------------------------

    def _make(self) -> None:
        item = self.item
        if item is None:
            return
        self._turn += 1
        turn, day = self._turn, self.session.today()
        future = self.session.desk.read(lambda connection: paper_catalogue.prepared(connection, item, None, day))
        self.take(future, lambda found: self._drawn(turn, found.paper))

    def _drawn(self, turn: int, paper: Paper | None) -> None:
        if turn != self._turn:
            return
        if paper is None:
            self.view.clear(
                "Примера нет: данных для этого документа в файле пока мало. Оформление всё равно сохранится."
            )
            return

        def work(_job: Job) -> Made:
            return papers.render(paper, ".pdf")

        self.session.job(self, work, lambda made: self._seen(turn, made), self.fail)

    def _seen(self, turn: int, made: Made) -> None:
        if turn == self._turn:
            self.view.show_pdf(made.data)
