"""The pages of the signing wizard: the choice of a way, and what each way needs before it can sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.models.papers import Paper
from app.operations import signing, signing_elsewhere, signing_ways
from app.operations.signing_make import SignedFile
from app.operations.signing_ways import FORMS, WAYS
from app.texts import glue
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Row, Scroller
from app.ui.widgets.labels import ElidedLabel, Label

SIGNATURES = "Файл подписи (*.sig *.sgn *.p7s *.p7m)"
SCANS = "Скан (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


@dataclass
class Document:
    """What is being signed: a line of the register, or a file from elsewhere."""

    name: str
    data: bytes
    paper: Paper | None = None


class Host(Protocol):
    """What a page asks of its wizard."""

    session: Session
    document: Document | None

    def look(self, work: Callable[[Job], Any], then: Callable[[Any], object], title: str) -> None:
        """Run work that changes nothing and hand its result on."""

    def sign(self, work: Callable[[Job], SignedFile]) -> None:
        """Run work that makes a signature; it is kept and the last step shown."""

    def show_programs(self, key: str) -> None:
        """Open the window of signing programs."""

    def export(self) -> None:
        """Gather the document for another computer."""

    def take_back(self) -> None:
        """Take what came back from there."""

    def print_document(self) -> None:
        """Print the document."""

    def enable(self) -> None:
        """Look anew whether the verb of the step can be pressed."""


class WayPage(QWidget):
    """The ways at the left; at the right what the chosen one does, what it is worth and what it needs."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__()
        px = theme.current().px
        self._chosen = chosen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.what = ElidedLabel("", "strong", mode=Qt.TextElideMode.ElideMiddle)
        self.order = Label("", "muted", wrap=True)
        column.addWidget(self.what)
        column.addWidget(self.order)
        both = QHBoxLayout()
        both.setSpacing(px(12))
        both.addWidget(self._list())
        both.addWidget(self._words(), 1)
        column.addLayout(both, 1)
        self.radios["paper"].setChecked(True)

    def _list(self) -> QWidget:
        card = Card(pad=14)
        card.setFixedWidth(theme.current().px(292))
        self.group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        told = False
        for way in WAYS:
            if way.more and not told:
                card.body.addSpacing(theme.current().px(6))
                card.body.addWidget(Label("Ещё", "muted"))
                told = True
            radio = QRadioButton(way.title)
            radio.setAccessibleDescription(f"{way.does} {way.worth}")
            radio.toggled.connect(lambda on, key=way.key: self._show(key) if on else None)
            self.group.addButton(radio)
            self.radios[way.key] = radio
            card.body.addWidget(radio)
        card.body.addStretch(1)
        return card

    def _words(self) -> QWidget:
        scroller = Scroller(spacing=0)
        card = Card(pad=16)
        self.title = Label("", "section", wrap=True)
        self.does, self.worth, self.needs = Label("", wrap=True), Label("", wrap=True), Label("", wrap=True)
        card.body.addWidget(self.title)
        card.body.addWidget(self.does)
        for caption, words in (("Чего стоит такая подпись", self.worth), ("Что понадобится", self.needs)):
            card.body.addSpacing(theme.current().px(4))
            card.body.addWidget(Label(caption, "muted"))
            card.body.addWidget(words)
        card.body.addStretch(1)
        scroller.column.addWidget(card)
        return scroller

    def _show(self, key: str) -> None:
        if hasattr(self, "title"):
            way = signing_ways.way(key)
            for label, text in ((self.title, way.title), (self.does, way.does), (self.worth, way.worth),
                                (self.needs, way.needs)):  # fmt: skip
                label.setText(glue(text))
        self._chosen(key)

    def show_words(self) -> None:
        """Tell about the way that is chosen."""
        self._show(next(key for key, radio in self.radios.items() if radio.isChecked()))


class Panel(QWidget):
    """What one way needs before it can sign."""

    verb = "Далее"
    way = ""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller(spacing=8)
        outer.addWidget(self.scroller)
        self.card = Card()
        self.scroller.column.addWidget(self.card)
        self.scroller.column.addStretch(1)
        self.body = self.card.body
        self.secrets: list[QLineEdit] = []
        self.build()

    def build(self) -> None:
        """Put the lines of the way in."""

    def begin(self, _document: Document) -> None:
        """Get ready for a document."""

    def ready(self) -> bool:
        """Tell whether the verb can be pressed."""
        return False

    def start(self) -> None:
        """Do what the verb says."""

    def failed(self) -> None:
        """What was asked for was refused; the bar says why."""

    def add_worth(self) -> None:
        """Say what the signature is worth."""
        self.body.addWidget(Label("Чего стоит такая подпись", "muted"))
        more = "" if self.way == "paper" else f" {signing_ways.REVOKED_NOTE}"
        self.body.addWidget(Label(glue(signing_ways.way(self.way).worth) + more, wrap=True))

    def add_line(self, title: str, *widgets: QWidget) -> None:
        """Put a caption and what is filled under it."""
        self.body.addWidget(Label(title, "muted"))
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        for place, widget in enumerate(widgets):
            wide = isinstance(widget, QLineEdit) or (place == len(widgets) - 1 and not isinstance(widget, Button))
            row.addWidget(widget, 1 if wide else 0)
        self.body.addLayout(row)

    def secret(self, name: str) -> QLineEdit:
        """Return a line that shows dots."""
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setAccessibleName(name)
        edit.textChanged.connect(lambda _text: self.host.enable())
        self.secrets.append(edit)
        return edit

    def forget(self) -> None:
        """Empty the lines with a password or a PIN: it has served, or the window is closed."""
        for edit in self.secrets:
            edit.clear()

    def form_choice(self) -> Combo:
        """Return the choice of where the signature lies, with its sentence under it."""
        self.form = Combo("Где лежит подпись")
        self.form_note = Label("", "muted", wrap=True)
        self.form.currentIndexChanged.connect(lambda _index: self.show_form())
        return self.form

    def fill_forms(self, name: str) -> None:
        """Offer what the document can carry."""
        offered = signing_ways.forms_for(name, self.way)
        self.form.fill([(FORMS[key][0], key) for key in offered], offered[0])
        self.show_form()

    def show_form(self) -> None:
        """Tell about the chosen form."""
        key = self.form.currentData()
        self.form_note.setText(FORMS[key][1] if key else "")

    def document_or_nothing(self) -> Document:
        """Return the document; the step is shown only where there is one."""
        if self.host.document is None:
            raise RuntimeError("a way without a document")
        return self.host.document


class FilePanel(Panel):
    """A file is chosen and put beside the document."""

    lines: tuple[str, ...] = ()
    patterns = ""

    def build(self) -> None:
        """Steps in words, a button for the file."""
        for line in self.lines:
            self.body.addWidget(Label(line, wrap=True))
        row = QHBoxLayout()
        for button in self.buttons():
            row.addWidget(button)
        self.name = ElidedLabel("файл не выбран", "muted", mode=Qt.TextElideMode.ElideMiddle)
        row.addWidget(self.name, 1)
        self.body.addLayout(row)
        self.found = Label("", wrap=True).selectable()
        self.body.addWidget(self.found)
        self.add_worth()
        self.path: Path | None = None
        self.made: SignedFile | None = None

    def buttons(self) -> list[QWidget]:
        """Return the buttons of the row."""
        return [Button("Выбрать файл…", self.ask, icon="paperclip")]

    def begin(self, _document: Document) -> None:
        """Another document: what was chosen belongs to the former."""
        self.path = self.made = None
        self.name.setText("файл не выбран")
        self.found.setText("")

    def ask(self) -> None:
        """Ask for the file and look at it at once."""
        found = self.host.session.dialogs.open_files("Что приложить", self.patterns, several=False)
        if found:
            self.path = found[0]
            self.name.setText(self.path.name)
            self.made = None
            self.found.setText("")
            self.examine(self.path)
            self.host.enable()

    def examine(self, path: Path) -> None:
        """Read the file and tell what it is."""

    def ready(self) -> bool:
        """A file is chosen and it fits."""
        return self.made is not None

    def start(self) -> None:
        """Keep it."""
        made = self.made
        if made is not None:
            self.host.sign(lambda _job: made)


class PaperPanel(FilePanel):
    """By hand, then a scan."""

    verb, way, patterns = "Приложить скан", "paper", SCANS
    lines = (
        "1. Напечатайте документ и подпишите его от руки.",
        "2. Отсканируйте подписанный документ.",
        "3. Выберите скан: он встанет рядом с документом, номер и дата останутся прежними.",
    )

    def buttons(self) -> list[QWidget]:
        """Print first."""
        return [Button("Напечатать…", self.host.print_document, icon="printer"), *super().buttons()]

    def ready(self) -> bool:
        """A scan is chosen; there is nothing to be examined in it."""
        return self.path is not None

    def start(self) -> None:
        """Read the scan and keep it."""
        path, data = self.path, self.document_or_nothing().data
        if path is not None:
            self.host.sign(lambda _job: signing_elsewhere.ready_scan(data, path))


class ReadyPanel(FilePanel):
    """A ready ``.sig``."""

    verb, way, patterns = "Приложить подпись", "sig", SIGNATURES
    lines = ("Выберите файл подписи. Программа сразу скажет, чья она и от этого ли документа.",)

    def examine(self, path: Path) -> None:
        """Compare the signature with the document."""
        document = self.document_or_nothing()

        def work(_job: Job) -> tuple[SignedFile, str]:
            return signing_elsewhere.ready_signature(document.data, document.name, signing.read_bytes(path), path.name)

        self.host.look(work, self._take, "Сверяю подпись с документом")

    def _take(self, found: tuple[SignedFile, str]) -> None:
        self.made, state = found
        until = f" Сертификат действует до {self.made.valid_to:%d.%m.%Y}." if self.made.valid_to else ""
        self.found.setText(f"Подписал(а): {self.made.signer or 'имя не указано'}.{until} {state}")
        self.host.enable()


class ElsewherePanel(Panel):
    """The document goes to another computer and comes back."""

    verb, way = "Собрать для подписи…", "elsewhere"

    def build(self) -> None:
        """Two halves of the way."""
        for line in (
            "1. Соберите документ: в папке или архиве будут сам файл, его контрольная сумма и памятка «Как подписать».",
            "2. Передайте папку или архив тому, кто подписывает. Очередь и «отправлен на подпись» отметятся здесь.",
            "3. Когда вернётся, нажмите «Взять подписанное обратно…»: документ найдётся по содержимому, не по имени.",
        ):
            self.body.addWidget(Label(line, wrap=True))
        self.body.addWidget(Row(Button("Взять подписанное обратно…", self.host.take_back, icon="upload")))
        self.add_worth()

    def ready(self) -> bool:
        """The document is there: it can be gathered at any time."""
        return True

    def start(self) -> None:
        """Gather it; what came back has a button of its own."""
        self.host.export()
