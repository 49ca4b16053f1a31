"""Signing: which document, in which way (decision 33), the signature itself, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from app.models.papers import Paper
from app.operations import papers, preferences, signing
from app.texts import NBSP, ru_date
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.outgoing_view import COLUMNS as PAPER_COLUMNS
from app.ui.pages.outgoing_view import newest
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Wizard
from app.ui.windows.printing import print_pdf

WAYS: tuple[tuple[str, str, str], ...] = (
    ("paper", "На бумаге, затем скан",
     "Напечатать, подписать от руки, отсканировать. Скан встанет рядом с документом в журнале исходящих."),
    ("outside", "Внешней программой с ГОСТ",
     "Для обмена с ведомствами: КриптоПро и подобные. Программа сохранит PDF, а вы вернёте файл подписи .sig."),
    ("sig", "Готовый файл подписи .sig", "Файл уже подписан в другой программе: осталось приложить подпись."),
    ("p12", "Ещё: файл PKCS#12 (.p12, .pfx)",
     "Подпись встроится в PDF вместе с видимой отметкой. Она неквалифицированная: о её силе — на следующем шаге."),
)  # fmt: skip
CHOICE_COLUMNS: tuple[Column, ...] = tuple(column for column in PAPER_COLUMNS if column.key != "files")


@dataclass
class Document:
    """What is being signed: a line of the register, or a file from elsewhere."""

    name: str
    data: bytes
    paper: Paper | None = None


class SignWizard(Wizard):
    """The way to a signed document."""

    steps = ("Какой документ", "Каким способом", "Подписание", "Итог")
    guide = ("04-документы", "Как подписать")

    def __init__(self, session: Session, number: int | None, parent: QWidget | None = None) -> None:
        self.document: Document | None = None
        self.way = "paper"
        self._number = number
        self._attached: Path | None = None
        self._p12: Path | None = None
        self._signed: tuple[str, bytes] | None = None
        super().__init__(session, "Подписать документ", parent, size=(860, 600))
        self.take(session.desk.read(signing.register), self._offer)
        self.take(
            session.desk.read(preferences.all_values), lambda found: self.position.setText(found["signer_position"])
        )

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._document_step, self._way_step, self._act_step, self._result_step)[step]()

    # --- 1. which document ---------------------------------------------------------------------------------------

    def _document_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        empty = EmptyState(
            "book", "Журнал исходящих пуст",
            "Сначала сделайте документ: откройте «Список школ с основаниями» и запишите его в журнал исходящих. "
            "Можно подписать и любой другой PDF.",
            ("Открыть список школ…", lambda: self.session.go("print_list")),
        )  # fmt: skip
        self.table = DataTable(
            "sign_papers", CHOICE_COLUMNS, lambda p: p.number, habits=self.session.habits, title="Журнал исходящих",
            empty=empty, filters=False,
        )  # fmt: skip
        self.table.current_changed.connect(lambda _paper: self._enable())
        self.table.activated.connect(lambda _paper: self.go_on())
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(Button("Другой файл PDF…", self._ask_file, icon="folder-open"))
        self.other = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        row.addWidget(self.other, 1)
        column.addLayout(row)
        return page

    def _offer(self, found: list[Paper]) -> None:
        self.table.set_rows([paper for paper in found if paper.state != "withdrawn"])
        if self._number is not None and self.table.choose(self._number):
            self._take_paper()
        self._enable()

    def _ask_file(self) -> None:
        found = self.session.dialogs.open_files("Какой файл подписать", "Документ PDF (*.pdf)", several=False)
        if found:
            path = found[0]

            def work(_job: Job) -> bytes:
                return signing.read_bytes(path)

            self.session.job(self, work, lambda data: self._begin(Document(path.name, data)), self.fail)

    def _take_paper(self) -> None:
        paper: Paper | None = self.table.current()
        if paper is not None:
            digest, name = newest(paper)
            future = self.session.desk.read(signing.paper_bytes, digest)
            self.take(future, lambda data: self._begin(Document(name, data, paper)))

    def _begin(self, document: Document) -> None:
        self.document = document
        self.show_step(1)

    # --- 2. in which way -----------------------------------------------------------------------------------------

    def _way_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        self.what = ElidedLabel("", "strong", mode=Qt.TextElideMode.ElideMiddle)
        column.addWidget(self.what)
        self.group = QButtonGroup(page)
        self.radios: dict[str, QRadioButton] = {}
        for key, title, text in WAYS:
            card = Card(pad=14)
            radio = QRadioButton(title)
            radio.setAccessibleDescription(text)
            radio.toggled.connect(lambda on, key=key: self._choose(key) if on else None)
            self.group.addButton(radio)
            self.radios[key] = radio
            card.body.setSpacing(theme.current().px(2))
            card.body.addWidget(radio)
            words = Label(text, "muted", wrap=True)
            words.setContentsMargins(theme.current().px(26), 0, 0, 0)  # under the words of the button
            card.body.addWidget(words)
            column.addWidget(card)
        column.addStretch(1)
        self.radios["paper"].setChecked(True)
        return page

    def _choose(self, key: str) -> None:
        self.way = key
        self._enable()

    # --- 3. the signature ----------------------------------------------------------------------------------------

    def _act_step(self) -> QWidget:
        self.acts = QStackedWidget()
        self.act_pages = {
            "paper": self._attach_page(
                ("1. Напечатайте документ и подпишите его от руки.", "2. Отсканируйте подписанный документ.",
                 "3. Выберите скан: он встанет рядом с документом, номер и дата останутся прежними."),
                ("Напечатать…", self._print, "printer"),
            ),
            "outside": self._attach_page(
                ("1. Сохраните PDF — именно эти байты и будут подписаны.",
                 "2. Подпишите его в своей программе (отсоединённая подпись, файл .sig).",
                 "3. Выберите файл подписи: программа проверит, что он от этого документа."),
                ("Сохранить PDF…", self._save_original, "download"),
            ),
            "sig": self._attach_page(
                ("Выберите файл подписи .sig. Программа проверит, что он от этого документа.",
                 "Подпись по ГОСТ она приложит, но проверить сможет только программа, которой подписывали."), None,
            ),
            "p12": self._p12_page(),
        }  # fmt: skip
        for page in self.act_pages.values():
            self.acts.addWidget(page)
        return self.acts

    def _attach_page(self, lines: tuple[str, ...], extra: tuple[str, object, str] | None) -> QWidget:
        card = Card()
        for line in lines:
            card.body.addWidget(Label(line, wrap=True))
        row = QHBoxLayout()
        if extra is not None:
            word, pressed, icon = extra
            row.addWidget(Button(word, pressed, icon=icon))  # type: ignore[arg-type]
        row.addWidget(Button("Выбрать файл…", self._ask_attachment, icon="paperclip"))
        chosen = ElidedLabel("", "strong", mode=Qt.TextElideMode.ElideMiddle)
        chosen.setObjectName("chosen")
        row.addWidget(chosen, 1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _p12_page(self) -> QWidget:
        card = Card()
        card.body.addWidget(Label("Что значит эта подпись", "strong"))
        card.body.addWidget(Label(signing.legal_note(), wrap=True))
        row = QHBoxLayout()
        row.addWidget(Button("Выбрать файл с ключом…", self._ask_p12, icon="folder-open"))
        self.p12_name = ElidedLabel("файл .p12 или .pfx не выбран", "muted", mode=Qt.TextElideMode.ElideMiddle)
        row.addWidget(self.p12_name, 1)
        card.body.addLayout(row)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("Пароль к файлу с ключом")
        self.position = QLineEdit()
        self.position.setAccessibleName("Должность подписывающего для отметки")
        for title, edit in (
            ("Пароль к файлу (нигде не сохраняется)", self.password),
            ("Должность для видимой отметки", self.position),
        ):
            card.body.addWidget(Label(title, "muted"))
            card.body.addWidget(edit)
        card.body.addStretch(1)
        return card

    def _ask_attachment(self) -> None:
        patterns = (
            "Скан (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
            if self.way == "paper"
            else "Файл подписи (*.sig *.p7s *.sgn)"
        )
        found = self.session.dialogs.open_files("Что приложить", patterns, several=False)
        if found:
            self._attached = found[0]
            for label in self.acts.findChildren(ElidedLabel, "chosen"):
                label.setText(found[0].name)
            self._enable()

    def _ask_p12(self) -> None:
        found = self.session.dialogs.open_files("Файл с ключом", "Файл с ключом (*.p12 *.pfx)", several=False)
        if found:
            self._p12 = found[0]
            self.p12_name.setText(found[0].name)
            self._enable()

    def _print(self) -> None:
        if self.document is not None:
            print_pdf(self.session, self, self.document.data, self.document.name)

    def _save_original(self) -> None:
        if self.document is not None:
            self._save(self.document.name, self.document.data)

    def _save(self, name: str, data: bytes) -> None:
        target = self.session.dialogs.save_file("Сохранить документ", Path(name), "Документ PDF (*.pdf)")
        if target is None:
            return

        def work(_job: Job) -> None:
            papers.write(target, data)

        self.session.job(self, work, lambda _: self.bar.show_message("ok", f"Сохранено: {target.name}"), self.fail)

    # --- 4. what came of it --------------------------------------------------------------------------------------

    def _result_step(self) -> QWidget:
        card = Card()
        self.outcome = Label("", "section", wrap=True)
        self.details = Label("", wrap=True).selectable()
        card.body.addWidget(self.outcome)
        card.body.addWidget(self.details)
        row = QHBoxLayout()
        self.save_signed = Button("Сохранить подписанный файл…", self._save_signed, icon="download")
        self.check_signed = Button("Проверить подпись", self._verify_signed, icon="shield-check")
        row.addWidget(self.save_signed)
        row.addWidget(self.check_signed)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _save_signed(self) -> None:
        if self._signed is not None:
            self._save(*self._signed)

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
            for key in ("paper", "outside", "sig"):
                self.radios[key].setEnabled(paper is not None)
            if paper is None:
                self.radios["p12"].setChecked(True)
                self.bar.show_message(
                    "info", "Этого файла нет в журнале исходящих: его можно подписать только файлом PKCS#12."
                )
        if step == 2:
            self.acts.setCurrentWidget(self.act_pages[self.way])
        verbs = {
            "paper": "Приложить скан",
            "outside": "Приложить подпись",
            "sig": "Приложить подпись",
            "p12": "Подписать",
        }
        self.next.setText(verbs[self.way] if step == 2 else "Далее")
        self._enable()

    def _enable(self) -> None:
        if not hasattr(self, "next"):
            return
        if self.step == 0:
            self.next.setEnabled(self.table.current() is not None)
        elif self.step == 2:
            ready = self._p12 is not None if self.way == "p12" else self._attached is not None
            self.next.setEnabled(ready and not self.session.desk.read_only)
        else:
            self.next.setEnabled(True)

    def go_back(self) -> None:
        """One step back; what was attached is chosen anew."""
        self._attached = None
        super().go_back()

    def go_on(self) -> None:
        """Do what the verb says."""
        if self.step == 0:
            self._take_paper()
        elif self.step == 1:
            self.show_step(2)
        elif self.way == "p12":
            self._sign()
        else:
            self._attach()

    def _attach(self) -> None:
        paper = self.document.paper if self.document is not None else None
        if paper is None or self._attached is None:
            return
        role = "scan" if self.way == "paper" else "detached"
        self.strip.begin("Прикладываю", cancellable=False)
        future = self.session.written(signing.attach, paper.number, self._attached, role)
        words = "Скан приложен" if role == "scan" else "Подпись приложена"
        self.take(
            future,
            lambda _: self._finish(f"{words} к документу №{NBSP}{paper.number}.", "Документ отмечен как подписанный."),
        )

    def _sign(self) -> None:
        document, p12 = self.document, self._p12
        if document is None or p12 is None:
            return
        password, position = self.password.text(), self.position.text().strip() or None
        self.strip.begin("Подписываю", cancellable=False)

        def work(_job: Job) -> Any:
            return signing.sign(document.data, p12, password, position=position)

        self.session.job(self, work, lambda result: self._keep(document, result), self.fail)

    def _keep(self, document: Document, result: Any) -> None:
        name = signing.signed_name(Path(document.name)).name
        self._signed = (name, result.pdf)
        self.password.clear()
        future = self.session.written(signing.keep_signed, document.data, document.name, name, result)
        valid = f"с {ru_date(result.valid_from)} по {ru_date(result.valid_to)}"
        details = f"Подписал: {result.signer}. Сертификат {result.serial}, действует {valid}. {result.note}"
        self.take(future, lambda number: self._finish(f"Документ №{NBSP}{number} подписан.", details))

    def _finish(self, outcome: str, details: str) -> None:
        self.strip.end()
        self.outcome.setText(outcome)
        self.details.setText(details)
        for button in (self.save_signed, self.check_signed):
            button.setVisible(self._signed is not None)
        self.show_step(3)
