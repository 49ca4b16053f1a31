"""Verification of any file: one big answer that a head can understand, then every signature with its small print."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.operations import papers, signing, verifying
from app.operations.verifying import Checked
from app.reports.verification import CERTIFICATES, ROLES, SignatureLine, words_of
from app.reports.verification import VERDICTS as WORDS
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.chip import Chip, draw_shape
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window
from app.ui.windows.papers import PaperPreview

__all__ = ["CERTIFICATES", "VERDICTS", "CheckPaperWindow", "VerifyWindow"]

VERDICTS: dict[str, tuple[Kind, str, str]] = {key: (one.tone, one.chip, one.sentence) for key, one in WORDS.items()}
"""Tone, word and sentence of every verdict."""

SIGNATURES = "Файл подписи (*.sig *.sgn *.p7s *.p7m)"


class BigShape(QWidget):
    """The shape of a verdict, large: ● ▲ ■ ○, so that it is seen from across the room and without colours."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        side = theme.current().px(34)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self.width() / 10
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        draw_shape(painter, self._kind, box, theme.color(_TOKENS[self._kind]))
        painter.end()


_TOKENS: dict[Kind, str] = {"ok": "ok", "warn": "warn", "bad": "bad", "none": "none", "info": "accent"}


class VerifyWindow(Window):
    """Choose a file, or drop it here, and read the answer."""

    guide = ("04-документы", "Проверить подпись")

    def __init__(
        self, session: Session, payload: tuple[str, bytes] | Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, "Проверить подпись", parent, size=(860, 640))
        self._path: Path | None = None
        self._name = ""
        self._data = b""
        self._sig: Path | None = None
        self._checked: Checked | None = None
        self.setAcceptDrops(True)
        self.chosen = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        self.centres = Button("Доверенные центры…", self._centres, icon="shield-check")
        self.body.addWidget(
            Row(
                Button("Выбрать файл…", self._ask, icon="folder-open"),
                Button("Файл подписи .sig…", self._ask_sig, icon="paperclip"),
                self.centres,
            )
        )
        self.body.addWidget(self.chosen)
        self.scroller = Scroller(spacing=10)
        self.body.addWidget(self.scroller, 1)
        self.taking = Button("Сохранить документ из подписи…", self._take_out, icon="download")
        self.printing = Button("Протокол проверки…", self._protocol, icon="printer")
        self.taking.hide()
        self.printing.setEnabled(False)
        self.add_buttons(Button("Закрыть", self.accept), left=(self.printing, self.taking))
        self._show_empty()
        if isinstance(payload, Path):
            self.check(payload)
        elif payload is not None:
            self._name, self._data = payload
            self._check()

    def _show_empty(self) -> None:
        self.scroller.clear()
        self.scroller.column.addWidget(
            EmptyState(
                "shield-check", "Здесь будет ответ",
                "Выберите подписанный файл или перетащите его сюда. Подпись .sig рядом с ним найдётся сама.",
            )
        )  # fmt: skip

    # --- choosing ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        found = self.session.dialogs.open_files("Какой файл проверить", "Все файлы (*)", several=False)
        if found:
            self.check(found[0])

    def check(self, path: Path, sig: Path | None = None) -> None:
        """Check a file, with the signature that was chosen or lies beside it."""
        self._path, self._sig, self._name, self._data = path, sig, path.name, b""
        self._check()

    def _ask_sig(self) -> None:
        found = self.session.dialogs.open_files("Файл подписи", SIGNATURES, several=False)
        if not found:
            return
        if self._name:
            self._sig = found[0]
            self._check()
        else:
            self.check(found[0])

    def _centres(self) -> None:
        from app.ui.windows.trusted import TrustedWindow

        window = TrustedWindow(self.session, self)
        window.changed.connect(self._again)
        window.show()

    def _again(self) -> None:
        if self._name:
            self._check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped: a file, or a file together with its signature."""
        dropped = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.check_dropped([path for path in dropped if path.is_file()])

    def check_dropped(self, dropped: list[Path]) -> None:
        """Check one file, or a file with its signature; more than that is for the command."""
        signatures = [path for path in dropped if path.suffix.lower() in verifying.SIG_SUFFIXES]
        documents = [path for path in dropped if path not in signatures]
        if len(documents) == 1 and len(signatures) <= 1:
            self.check(documents[0], signatures[0] if signatures else None)
        elif not documents and len(signatures) == 1:
            self.check(signatures[0])
        elif dropped:
            self.bar.show_message("info", "Перетащите один файл или файл вместе с его подписью .sig.")

    # --- checking ------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        path, data, sig, name = self._path, self._data, self._sig, self._name
        self.chosen.setText(" · ".join([name, *([sig.name] if sig else [])]))
        self.bar.clear()
        self.strip.begin("Проверяю", cancellable=False)

        def work(_job: Job) -> Checked:
            if path is not None and not data:
                return verifying.check_path(path, sig=sig)
            detached = signing.read_bytes(sig) if sig is not None else None
            return verifying.check(name, data, sig=detached, sig_name=sig.name if sig else "")

        self.session.job(self, work, self._look_up, self.fail)

    def _look_up(self, checked: Checked) -> None:
        self.strip.end()
        if self.session.desk.is_open:
            self.take(self.session.desk.read(verifying.in_register, checked), self.show_answer)
        else:
            self.show_answer(checked)

    # --- the answer ----------------------------------------------------------------------------------------------

    def show_answer(self, checked: Checked) -> None:
        """Show the answer."""
        self._checked = checked
        self.chosen.setText(" · ".join(part for part in (checked.name, checked.sig_name) if part))
        self.scroller.clear()
        self.scroller.column.addWidget(self._verdict_card(checked))
        lines = verifying.lines(checked)
        for number, signature in enumerate(lines, start=1):
            self.scroller.column.addWidget(_signature_card(number, signature, alone=len(lines) == 1))
        if checked.verification.uncovered:
            self.scroller.column.addWidget(_uncovered_card(checked.verification.uncovered))
        self.scroller.column.addStretch(1)
        self.scroller.verticalScrollBar().setValue(0)
        self.printing.setEnabled(True)
        self.taking.setVisible(checked.verification.content is not None)

    def _verdict_card(self, checked: Checked) -> Card:
        found = checked.verification
        words = words_of(found.verdict, alone=found.alone)
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(14))
        row.addWidget(BigShape(words.tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.current().px(4))
        column.addWidget(Label(words.title, "title", wrap=True).selectable())
        column.addWidget(Label(words.sentence, wrap=True).selectable())
        if not found.signatures and found.reason and found.verdict != "not_signed" and not found.alone:
            column.addWidget(Label(found.reason, wrap=True).selectable())
        row.addLayout(column, 1)
        card.body.addLayout(row)
        facts = Facts()
        facts.show_facts(verifying.brief(checked))
        card.body.addWidget(facts)
        for line in (verifying.register_words(checked), verifying.small_print(checked)):
            if line:
                card.body.addWidget(Label(line, "muted", wrap=True))
        return card

    # --- what can be done with it --------------------------------------------------------------------------------

    def _protocol(self) -> None:
        if self._checked is not None:
            CheckPaperWindow(self.session, self._checked, self).show()

    def _take_out(self) -> None:
        """Save the document that lies inside its signature."""
        content = self._checked.verification.content if self._checked else None
        if self._checked is None or content is None:
            return
        name = Path(self._checked.name)
        target = self.session.dialogs.save_file("Сохранить документ из подписи", Path(name.stem), "Все файлы (*)")
        if target is None:
            return

        def work(_job: Job) -> None:
            papers.write(target, content)

        self.session.job(
            self, work, lambda _: self.bar.show_message("ok", f"Сохранено: {target.name}"), self.fail
        )  # fmt: skip


class CheckPaperWindow(PaperPreview):
    """«Протокол проверки подписи» before it is printed or saved."""

    guide = ("04-документы", "Проверить подпись")

    def __init__(self, session: Session, checked: Checked, parent: QWidget | None = None) -> None:
        super().__init__(session, "Протокол проверки подписи", parent)
        actor = session.desk.actor
        if session.desk.is_open:
            self.prepare(lambda connection: verifying.paper(checked, connection, actor))
        else:
            self.registering.hide()
            self._turn += 1
            turn = self._turn

            def work(_job: Job) -> papers.Paper:
                return verifying.paper(checked, None, actor)

            session.job(self, work, lambda made: self._render(turn, made), self.fail)


def _signature_card(number: int, one: SignatureLine, *, alone: bool) -> Card:
    kind, word, _sentence = VERDICTS[one.verdict]
    title = ROLES[one.role] if alone else f"{ROLES[one.role]} {number}"
    card = Card(f"{title}: {one.signer or 'подписавший неизвестен'}")
    card.head.addWidget(Chip(kind, word))
    card.body.addWidget(Label(one.reason, wrap=True).selectable())
    facts = Facts()
    facts.show_facts(one.facts)
    card.body.addWidget(facts)
    for note in one.notes:
        card.body.addWidget(Label(note, "muted", wrap=True))
    return card


def _uncovered_card(parts: tuple[str, ...]) -> Card:
    card = Card("Подписью не покрыто")
    shown = ", ".join(parts[:12])
    more = f" и ещё {len(parts) - 12}" if len(parts) > 12 else ""
    card.body.addWidget(Label(shown + more, wrap=True).selectable())
    return card
