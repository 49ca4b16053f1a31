"""Signing: which document, in which way (decision 33), with whose certificate and what it is worth, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.papers import Paper
from app.models.store import Connection
from app.operations import papers, preferences, signing, signing_elsewhere, signing_order, signing_ways
from app.operations.signing_make import SignedFile
from app.texts import NBSP, capital, glue, ru_date
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Wizard
from app.ui.windows.printing import print_pdf
from app.ui.windows.signing_keys import KeyFilePanel, OutsidePanel, TokenPanel
from app.ui.windows.signing_pages import (
    Document,
    ElsewherePanel,
    FilePanel,
    Panel,
    PaperPanel,
    ReadyPanel,
    WayPage,
)

T = TypeVar("T")

WAYS: tuple[tuple[str, str, str], ...] = tuple((way.key, way.title, way.does) for way in signing_ways.WAYS)
STATES: dict[str, tuple[Kind, str]] = {"registered": ("warn", "не подписан"), "signed": ("ok", "подписан")}
READ_ONLY = "Файл открыт только для чтения: подпись не приложить. Откройте его для работы."
CHOICE_COLUMNS = (
    Column("number", "№", lambda p: str(p.number), 46, kind="number", sort=lambda p: p.number),
    Column("title", "Документ", lambda p: p.title, 230, 3, middle=True, strong=True),
    Column("state", "Состояние", lambda p: STATES[p.state][1], 122, kind="chip", chip=lambda p: STATES[p.state][0]),
    Column("signer", "Кто подписал", lambda p: ", ".join(f.signer for f in p.files if f.signer), 150, 2, middle=True),
    Column("when", "Записан", lambda p: ru_date(p.registered_at), 88, sort=lambda p: p.registered_at),
)  # fmt: skip


class SignWizard(Wizard):
    """The way to a signed document."""

    steps = ("Какой документ", "Чем подписать", "Чей сертификат и чего стоит подпись", "Итог")
    guide = ("04-документы", "Как подписать")

    def __init__(self, session: Session, number: int | None, parent: QWidget | None = None) -> None:
        self.document: Document | None = None
        self.way = "paper"
        self._number = number
        self._signed: tuple[str, bytes] | None = None
        self._job: Job | None = None
        self._busy = False
        self._waits: list[tuple[str, str]] = []
        super().__init__(session, "Подписать документ", parent, size=(940, 640))
        self.strip.cancelled.connect(self._stop)
        self.finished.connect(lambda _code: self._stop())
        self.finished.connect(lambda _code: self._forget())
        if session.desk.read_only:
            self.taking_back.setEnabled(False)
            self.bar.show_message("info", READ_ONLY)
        self.take(session.desk.read(signing.register), self._offer)
        self.take(session.desk.read(preferences.all_values), self._usual)

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._document_step, self._way_step, self._act_step, self._result_step)[step]()

    def _usual(self, found: dict[str, str]) -> None:
        self.position.setText(found["signer_position"])

    # --- 1. which document ---------------------------------------------------------------------------------------

    def _document_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        empty = EmptyState(
            "book", "Журнал исходящих пуст",
            "Сначала сделайте документ и запишите его в журнал исходящих. Можно подписать и любой другой файл.",
            ("Открыть центр документов", lambda: self.session.go("papers")),
        )  # fmt: skip
        self.table = DataTable(
            "sign_papers", CHOICE_COLUMNS, lambda p: p.number, habits=self.session.habits, title="Журнал исходящих",
            empty=empty, filters=False,
        )  # fmt: skip
        self.table.current_changed.connect(lambda _paper: self.enable())
        self.table.activated.connect(lambda _paper: self.go_on())
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(Button("Другой файл…", self._ask_file, icon="folder-open"))
        row.addWidget(Label("PDF, Word, Excel или любой другой", "muted"))
        row.addStretch(1)
        self.taking_back = Button("Взять подписанное обратно…", self.take_back, icon="upload")
        row.addWidget(self.taking_back)
        column.addLayout(row)
        return page

    def _offer(self, found: list[Paper]) -> None:
        self.table.set_rows([paper for paper in found if paper.state in STATES])
        if self._number is not None and self.table.choose(self._number):
            self._take_paper()
        self.enable()

    def _ask_file(self) -> None:
        found = self.session.dialogs.open_files("Какой файл подписать", "Любой файл (*)", several=False)
        if found:
            path = found[0]

            def work(_job: Job) -> bytes:
                return signing.read_bytes(path)

            self.look(work, lambda data: self._begin(Document(path.name, data)), "Читаю файл")

    def _take_paper(self) -> None:
        paper: Paper | None = self.table.current()
        if paper is not None:
            future = self.session.desk.read(_paper_with_order, paper.number)
            self.take(future, lambda found: self._begin(Document(found[0], found[1], paper), found[2]))

    def _begin(self, document: Document, waits: tuple[str, list[tuple[str, str]]] = ("", [])) -> None:
        self.document = document
        progress, self._waits = waits
        told = "Порядок подписания не задан: достаточно одной подписи." if document.paper else ""
        self.ways.order.setText(f"{capital(progress)}." if progress else told)
        self.show_step(1)

    # --- 2. in which way -----------------------------------------------------------------------------------------

    def _way_step(self) -> QWidget:
        self.ways = WayPage(self._choose)
        self.radios, self.what = self.ways.radios, self.ways.what
        self.ordering = Button("Кто и за кем подписывает…", self._ask_order, icon="users", kind="link")
        layout = self.ways.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, Row(self.ordering))
        self.ways.show_words()
        return self.ways

    def _choose(self, key: str) -> None:
        self.way = key
        self.enable()

    def _ask_order(self) -> None:
        paper = self.document.paper if self.document is not None else None
        if paper is None:
            return
        lines = "\n".join(f"{post}; {name}" if post else name for post, name in self._waits)
        asked = self.session.dialogs.ask(
            "Порядок подписания",
            "По одному в строке, первым — кто подписывает раньше. Кто уже подписал, остаётся на своём месте.",
            (Field("people", "Должность; И. О. Фамилия", lines, "Начальник управления; М. П. Иванова", long=True),),
            "Сохранить",
        )
        if asked is None:
            return
        people = [_person(line) for line in asked["people"].splitlines() if line.strip()]
        future = self.session.written(signing_order.set_order, paper.number, people)
        self.take(future, lambda _: self._take_paper())

    # --- 3. whose certificate ------------------------------------------------------------------------------------

    def _act_step(self) -> QWidget:
        self.acts = QStackedWidget()
        panels: dict[str, Panel] = {
            "paper": PaperPanel(self), "outside": OutsidePanel(self), "sig": ReadyPanel(self),
            "elsewhere": ElsewherePanel(self), "p12": KeyFilePanel(self), "token": TokenPanel(self),
        }  # fmt: skip
        self.act_pages = panels
        for page in panels.values():
            self.acts.addWidget(page)
        by_file = panels["p12"]
        if isinstance(by_file, KeyFilePanel):
            self.password, self.position, self._ask_p12 = by_file.password, by_file.position, by_file.ask
        return self.acts

    @property
    def panel(self) -> Panel:
        """What the chosen way needs."""
        return self.act_pages[self.way]

    def _ask_attachment(self) -> None:
        if isinstance(self.panel, FilePanel):
            self.panel.ask()

    def print_document(self) -> None:
        """Print the document, to be signed by hand."""
        if self.document is not None and self.document.name.lower().endswith(".pdf"):
            print_pdf(self.session, self, self.document.data, self.document.name)
        else:
            self.bar.show_message("info", "Этот файл не PDF: напечатайте его программой, в которой он сделан.")

    def show_programs(self, key: str) -> None:
        """Open the window of signing programs."""
        from app.ui.windows.signing_programs import ProgramsWindow

        window = ProgramsWindow(self.session, key, self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outside = self.act_pages["outside"]
        if isinstance(outside, OutsidePanel):
            window.saved.connect(outside.reload)
        window.show()

    def export(self) -> None:
        """Gather the document for another computer."""
        paper = self.document.paper if self.document is not None else None
        if paper is None:
            return
        form = self.session.dialogs.choose(
            "Собрать для подписи", "Папку удобно отдать на флешке, архив — отправить почтой.",
            (Choice("folder", "В папку…"), Choice("zip", "В архив ZIP…")),
        )  # fmt: skip
        if form is None:
            return
        name = Path(f"На подпись № {paper.number}.zip")
        target = (self.session.dialogs.open_folder("Куда положить папку") if form == "folder"
                  else self.session.dialogs.save_file("Архив для подписи", name, "Архив (*.zip)"))  # fmt: skip
        if target is not None:
            future = self.session.written(signing_elsewhere.export, paper.number, target)
            self.take(future, lambda path: self.bar.show_message("ok", f"Собрано: {path.name}. Передайте на подпись."))

    def take_back(self) -> None:
        """Take signatures that came back, whatever documents they belong to."""
        found = self.session.dialogs.open_files(
            "Что вернулось", "Подписанное (*.sig *.sgn *.p7s *.p7m *.pdf *.zip)", several=True
        )
        if found:
            self.strip.begin("Ищу документы этих подписей", cancellable=False)
            self.take(self.session.written(signing_elsewhere.take_back, list(found)), self._taken)

    def _taken(self, taken: tuple[signing_elsewhere.Taken, ...]) -> None:
        lines = [f"№{NBSP}{item.number}: {item.signer or 'имя не указано'}. {item.state}" for item in taken]
        self._finish("Подпись принята." if len(taken) == 1 else f"Принято подписей: {len(taken)}.", "\n".join(lines))

    # --- 4. what came of it --------------------------------------------------------------------------------------

    def _result_step(self) -> QWidget:
        card = Card()
        self.outcome = Label("", "section", wrap=True)
        self.details = Label("", wrap=True).selectable()
        self.next_turn = Label("", "strong", wrap=True)
        self.save_signed = Button("Сохранить подписанный файл…", self._save_signed, icon="download", kind="primary")
        self.save_both = Button("Сохранить документ и .sig…", self._save_pair, icon="download", kind="primary")
        self.check_signed = Button("Проверить подпись", self._verify_signed, icon="shield-check")
        for widget in (self.outcome, self.details, self.next_turn):
            card.body.addWidget(widget)
        card.body.addWidget(Row(self.save_signed, self.save_both, self.check_signed))
        card.body.addStretch(1)
        return card

    @property
    def signed_file(self) -> tuple[str, bytes] | None:
        """Name and bytes of what signing has made: the signed file, or the ``.sig`` beside it."""
        return self._signed

    def _save_signed(self) -> None:
        if self._signed is None:
            return
        name, data = self._signed
        kind = f"Подписанный файл (*{Path(name).suffix})"
        target = self.session.dialogs.save_file("Сохранить документ", Path(name), kind)
        if target is not None:
            self.look(lambda _job: papers.write(target, data),
                      lambda _: self.bar.show_message("ok", f"Сохранено: {target.name}"), "Сохраняю")  # fmt: skip

    def _save_pair(self) -> None:
        folder = self.session.dialogs.open_folder("Куда положить документ и подпись")
        if folder is not None and self._signed is not None and self.document is not None:
            pair = [(folder / self.document.name, self.document.data), (folder / self._signed[0], self._signed[1])]
            self.look(lambda _job: papers.write_all(pair), self._told_pair, "Сохраняю")

    def _told_pair(self, written: list[Path]) -> None:
        self.bar.show_message("ok", f"Сохранено: {', '.join(path.name for path in written)}")

    def _verify_signed(self) -> None:
        if self._signed is not None:
            self.session.go("verify", self._signed)

    # --- going on ------------------------------------------------------------------------------------------------

    def enter_step(self, step: int) -> None:
        """Name the verb of the step and show what belongs to it."""
        self.back.setVisible(step in {1, 2})
        self.next.setVisible(step < 3)
        self.away.setText("Закрыть" if step == 3 else "Отмена")
        if step == 1 and self.document is not None:
            paper = self.document.paper
            self.what.setText(f"№{NBSP}{paper.number} · {paper.title}" if paper else self.document.name)
            self.ordering.setVisible(paper is not None)
            self.radios["elsewhere"].setEnabled(paper is not None)
            if paper is None:
                self.bar.show_message("info", "Этого файла нет в журнале исходящих: подписанный, он встанет туда сам.")
                if self.way == "elsewhere":
                    self.radios["paper"].setChecked(True)
        if step == 2 and self.document is not None:
            self.acts.setCurrentWidget(self.panel)
            self._prepare(self.document)
        self.next.setText(self.panel.verb if step == 2 else "Далее")
        self.enable()

    def _prepare(self, document: Document) -> None:
        try:
            self.panel.begin(document)
        except UserError as error:
            self.fail(error)

    def enable(self) -> None:
        """Let the verb be pressed where the step is complete."""
        if not hasattr(self, "next"):
            return
        if self.step == 0:
            self.next.setEnabled(self.table.current() is not None)
        elif self.step == 2:
            self.next.setEnabled(self.panel.ready() and not self.session.desk.read_only and not self._busy)
        else:
            self.next.setEnabled(True)

    def go_on(self) -> None:
        """Do what the verb says."""
        if self.step == 0:
            self._take_paper()
        elif self.step == 1:
            self.show_step(2)
        elif self.panel.ready():
            self.panel.start()

    def look(self, work: Callable[[Job], T], then: Callable[[T], object], title: str) -> None:
        """Run work beside the window; it can be stopped, a refusal goes to the bar."""
        if self._busy:
            return
        self.bar.clear()
        self.strip.begin(title)

        def done(found: T) -> None:
            self._ended()
            then(found)

        self._busy = True
        job = self.session.job(self, work, done, self._refused)
        self._job = job if self._busy else None  # in tests the work is over before the job is handed back
        self.enable()

    def sign(self, work: Callable[[Job], SignedFile]) -> None:
        """Make a signature and keep it beside its document."""
        self.look(work, self._keep, "Подписываю")

    def _ended(self) -> None:
        self._job, self._busy = None, False
        self.strip.end()
        self.enable()

    def _refused(self, error: UserError) -> None:
        self._ended()
        if self.step == 2:
            self.panel.failed()
        self.fail(error)

    def _forget(self) -> None:
        for page in self.act_pages.values():
            page.forget()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _keep(self, made: SignedFile) -> None:
        document = self.document
        if document is None:
            return
        number = document.paper.number if document.paper is not None else None
        future = self.session.written(signing_order.keep, document.data, document.name, made, number=number)
        self.take(future, lambda number: self._kept(made, number))

    def _kept(self, made: SignedFile, number: int) -> None:
        self._forget()
        self._signed = None if made.role == "scan" else (made.name, made.data)
        document = f"документу №{NBSP}{number}"
        outcome = {
            "scan": f"Скан приложен к {document}.", "detached": f"Подпись приложена к {document}.",
        }.get(made.role, f"Документ №{NBSP}{number} подписан.")  # fmt: skip
        details = ["Документ записан в журнал исходящих."]
        if made.signer:
            valid = (
                f"с {ru_date(made.valid_from)} по {ru_date(made.valid_to)}" if made.valid_from and made.valid_to else ""
            )
            certificate = f" Сертификат {made.serial}, действует {valid}." if valid else ""
            details = [f"Подписал(а): {made.signer}.{certificate}"]
        details += [made.note, glue(signing_ways.way(self.way).worth)]
        self._finish(outcome, "\n".join(line for line in details if line), pair=made.role == "detached")
        self.take(self.session.desk.read(signing_order.order, number), self._tell_turn)

    def _tell_turn(self, order: tuple[Any, ...]) -> None:
        waits = signing_order.turn(order)
        if order:
            words = f"Теперь очередь: {waits.name}." if waits is not None else "Подписали все, кого назвали."
            self.next_turn.setText(words)

    def _finish(self, outcome: str, details: str, *, pair: bool = False) -> None:
        self.strip.end()
        self.outcome.setText(outcome)
        self.details.setText(details)
        self.next_turn.setText("")
        for button in (self.save_signed, self.check_signed):
            button.setVisible(self._signed is not None and not pair)
        self.save_both.setVisible(pair and self._signed is not None)
        self.show_step(3)


def _paper_with_order(connection: Connection, number: int) -> tuple[str, bytes, tuple[str, list[tuple[str, str]]]]:
    """Read what the next signature goes over and who still has to sign."""
    name, data = signing_order.bytes_of(connection, number)
    order = signing_order.order(connection, number)
    waits = [(item.post or "", item.name) for item in order if item.state in {"waiting", "sent"}]
    return name, data, (signing_order.progress(order), waits)


def _person(line: str) -> tuple[str, str]:
    """Read «Должность; И. О. Фамилия»; a comma will do, and a lone name too."""
    for sign in (";", ","):
        post, found, name = line.partition(sign)
        if found:
            return post.strip(), name.strip()
    return "", line.strip()
