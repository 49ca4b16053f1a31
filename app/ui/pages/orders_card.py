"""A draft of an order beside the table of the year: its texts to word, what lacks, the paper itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app.operations import order_links, order_papers, orders
from app.operations.order_links import Link
from app.operations.orders import ABOUT, PREAMBLE, Draft, Point
from app.operations.papers import Made, Paper
from app.texts import NBSP, count
from app.ui import theme
from app.ui.pages.programme_text_edit import LongText
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Row, Scroller, beside, clear_layout
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.pdf_view import PdfView

TITLES = {ABOUT: "О чём", PREAMBLE: "Преамбула"}
LINE = 22
"""Height of a line of a point, pixels at 100 %."""
Write = Callable[..., None]


class PointLine(QFrame):
    """One text of the order: its number, its words, what can be done with it.

    Signals:
        worded(key, text): the person has worded it anew; back(key): as the file says again; out(key): not wanted.
    """

    worded = Signal(str, str)
    back = Signal(str)
    out = Signal(str)

    def __init__(self, point: Point, *, writable: bool) -> None:
        super().__init__()
        px = theme.current().px
        self.point = point
        name = TITLES.get(point.key, f"Пункт {point.number}")
        self.edit = LongText(name)
        self.edit.show_stored(point.text)
        self.edit.setReadOnly(not writable)
        rows = 1 + len(point.text) // 58
        self.edit.setFixedHeight(px(LINE * min(max(rows, 2), 6)))
        self.edit.committed.connect(lambda text: self.worded.emit(point.key, text))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Label(name, "muted"))
        if point.typed:
            head.addWidget(Chip("warn", "основа изменилась") if point.stale else Chip("ok", "изменён вами"))
        head.addStretch(1)
        if writable and point.typed and not point.own:
            head.addWidget(Button("Как было", lambda: self.back.emit(point.key), kind="link"))
        if writable and point.key not in TITLES:
            head.addWidget(Button("Убрать", lambda: self.out.emit(point.key), kind="link"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12) if "." in point.number else 0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(self.edit)
        if point.stale:
            column.addWidget(Label(f"Сейчас получилось бы: {point.derived}", "muted", wrap=True))


class OrderCard(Card):
    """The chosen order.

    Signals:
        composing(kind): a draft of this kind is wanted.
    """

    composing = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(pad=12)
        self.session = session
        self.draft: Draft | None = None
        self.paper: Paper | None = None
        self._kind = ""
        self._turn = 0
        px = theme.current().px
        self.name, self.chip = ElidedLabel("", "section"), Chip("none", "")
        self.looks = QTabBar()
        self.looks.setObjectName("inner")
        self.looks.setAccessibleName("Текст или документ")
        self.looks.setDrawBase(False)
        self.looks.setExpanding(False)
        for title in ("Документ", "Текст по пунктам"):
            self.looks.addTab(title)
        self.looks.currentChanged.connect(lambda _place: self._look())
        self.lacks = Label("", "muted", wrap=True)
        self.link_words, self.link_button = Label("", wrap=True), Button("", self._hand_over, kind="choice")
        self.link_row = QWidget()
        link = beside(self.link_words, self.link_button, stretch=(1, 0))
        self.link_row.setLayout(link)
        self.view = PdfView(session)
        self.texts = Scroller(spacing=px(10))
        self.nothing = EmptyState(
            "report", "Проекта ещё нет", "", ("Составить проект…", lambda: self.composing.emit(self._kind))
        )
        self.outgoing = Button("", self._to_register, icon="book", kind="link", tip="Открыть в журнале исходящих")
        self.head.addWidget(self.name, 1)
        self.head.addWidget(self.outgoing)
        self.head.addWidget(self.chip)
        self.body.insertLayout(0, self.head)
        for widget in (self.looks, self.lacks, self.link_row):
            self.body.addWidget(widget)
        for part in (self.view, self.texts, self.nothing):
            self.body.addWidget(part, 1)
        self.clear()

    # --- showing -------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._turn += 1
        self.draft, self.paper = None, None
        for widget in (self.looks, self.lacks, self.link_row, self.view, self.texts, self.nothing, self.chip,
                       self.outgoing):  # fmt: skip
            widget.hide()
        self.name.setText("Выберите приказ слева")

    def show_kind(self, kind: str, title: str, says: str, known: str) -> None:
        """Show a kind that has no draft yet."""
        self.clear()
        self._kind = kind
        self.name.setText(title)
        told = f"{says} В правовой базе уже есть {known}." if known else says
        self.nothing.tell("Проекта ещё нет", told)
        if self.nothing.button is not None:
            self.nothing.button.setEnabled(not self.session.desk.read_only)
        self.nothing.show()

    def show_draft(self, draft: Draft, link: Link | None) -> None:
        """Show a draft; what is being typed now is left alone."""
        if self.draft is not None and self.draft.id == draft.id and self._typing():
            self.draft = draft
            return
        self.nothing.hide()
        self.draft, self._link = draft, link
        self.name.setText(draft.about.text)
        self.chip.set("ok" if draft.signed else "info", draft.state)
        self.chip.show()
        self.outgoing.setText(f"В журнале №{NBSP}{draft.paper}")
        self.outgoing.setVisible(draft.paper is not None)
        self.looks.show()
        told = list(draft.lacks)
        if draft.stale:
            said = count(draft.stale, "текст написан", "текста написаны", "текстов написаны")
            told.insert(0, f"{said} вами, а данные с тех пор изменились: проверьте на вкладке «Текст по пунктам».")
        self.lacks.setText("\n".join(told))
        self.lacks.setVisible(bool(told))
        self.link_row.setVisible(link is not None and not self.session.desk.read_only)
        if link is not None:
            self.link_words.setText(link.words)
            self.link_button.setText(link.button)
        self._show_texts(draft)
        self._look()
        self._make(draft)

    def _typing(self) -> bool:
        for place in range(self.texts.column.count()):
            item = self.texts.column.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, PointLine) and widget.edit.hasFocus() and widget.edit.text != widget.point.text:
                return True
        return False

    def _look(self) -> None:
        paper = self.looks.currentIndex() == 0
        shown = self.draft is not None
        self.view.setVisible(shown and paper)
        self.texts.setVisible(shown and not paper)

    def _show_texts(self, draft: Draft) -> None:
        bar = self.texts.verticalScrollBar()
        place = bar.value()
        clear_layout(self.texts.column)
        writable = not draft.signed and not self.session.desk.read_only
        if draft.signed:
            self.texts.column.addWidget(Label("Приказ подписан: его текст больше не меняется.", "muted", wrap=True))
        for point in draft.texts:
            line = PointLine(point, writable=writable)
            line.worded.connect(lambda key, text: self._write(orders.put_text, key, text))
            line.back.connect(lambda key: self._write(orders.put_text, key, None))
            line.out.connect(lambda key: self._write(orders.take_out, key))
            self.texts.column.addWidget(line)
        if writable:
            self.texts.column.addWidget(self._below(draft))
        self.texts.column.addStretch(1)
        bar.setValue(place)

    def _below(self, draft: Draft) -> QWidget:
        buttons = [Button("Добавить пункт…", self.add_point, icon="plus", kind="link")]
        for key, text in draft.off:
            words = text if len(text) <= 40 else f"{text[:38].rstrip()}…"
            back = Button(f"Вернуть: {words}", partial(self._write, orders.put_back, key), kind="link")
            back.setToolTip(text)
            buttons.append(back)
        return Row(*buttons)

    def _make(self, draft: Draft) -> None:
        self._turn += 1
        turn, day = self._turn, self.session.today()
        self.paper = None
        self.session.read(self, lambda paper: self._drawn(turn, paper), order_papers.stored, draft.id, day)

    def _drawn(self, turn: int, paper: Paper) -> None:
        if turn != self._turn:
            return
        self.paper = paper

        def work(_job: Job) -> Made:
            from app.operations import papers

            return papers.render(paper, ".pdf")

        self.session.job(self, work, lambda made: self._seen(turn, made), self.session.tell_error)

    def _seen(self, turn: int, made: Made) -> None:
        if turn == self._turn:
            self.view.show_pdf(made.data)

    # --- changing ------------------------------------------------------------------------------------------------

    def _write(self, operation: Callable[..., object], *args: object) -> None:
        if self.draft is not None:
            self.session.write(self, None, operation, self.draft.id, *args)

    def add_point(self) -> None:
        """Ask for a point of one's own and put it before the control point."""
        from app.ui.dialogs import Field

        fields = [Field("text", "Текст пункта", hint="что, кому и к какому дню", long=True, required=True)]
        told = self.session.dialogs.ask("Добавить пункт", "Пункт встанет перед контролем исполнения.", fields,
                                        "Добавить")  # fmt: skip
        if told:
            self._write(orders.add_point, told["text"])

    def _to_register(self) -> None:
        if self.draft is not None and self.draft.paper is not None:
            self.session.go("register", self.draft.paper)

    def _hand_over(self) -> None:
        link = self._link
        if link is None:
            return
        if link.command:
            self.session.go(link.command, link.payload)
        else:
            self._write(order_links.hand_over)
