"""Verification of any file: one big answer that a head can understand, then every signature with its small print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.papers import Paper
from app.operations import signing
from app.texts import NBSP, ru_date, ru_moment
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window

VERDICTS: dict[str, tuple[Kind, str, str]] = {
    "valid": ("ok", "подпись верна", "Документ не менялся после подписания, подписавший подтверждён."),
    "valid_unknown_issuer": (
        "warn", "подпись цела", "Документ не менялся после подписания, но кто выдал сертификат, здесь не подтвердить."),
    "unsupported_algorithm": (
        "warn", "не проверить здесь",
        "Подпись сделана способом, который здесь не проверить (обычно ГОСТ). Проверьте её там, где подписывали."),
    "not_whole_file": ("bad", "подписан не весь файл", "В файле есть то, чего подписавший не видел. Доверять нельзя."),
    "changed_after_signing": ("bad", "изменён", "Документ изменили после подписания. Доверять нельзя."),
    "broken": ("bad", "подпись неверна", "Подпись не от этого документа или документ изменён. Доверять нельзя."),
    "encrypted": ("bad", "зашифрован", "Файл закрыт паролем: снимите пароль и проверьте снова."),
    "damaged_file": ("bad", "файл повреждён", "Файл не читается целиком. Попросите прислать его ещё раз."),
    "not_signed": ("none", "не подписан", "Электронной подписи в этом файле нет."),
}  # fmt: skip
CERTIFICATES: dict[str, str] = {
    "ok": "действовал в день подписания",
    "expired_now": "действовал в день подписания, сейчас срок истёк",
    "expired_then": "не действовал в день подписания",
    "wrong_usage": "выдан не для подписи документов",
}


@dataclass(frozen=True)
class Answer:
    """What a check of one file gave."""

    name: str
    verification: Any
    paper: Paper | None = None


class VerifyWindow(Window):
    """Choose a file, read the answer."""

    guide = ("04-документы", "Проверить подпись")

    def __init__(
        self, session: Session, payload: tuple[str, bytes] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, "Проверить подпись", parent, size=(760, 600))
        self._path: Path | None = None
        self._name = ""
        self._data = b""
        self._sig: Path | None = None
        self._trust: list[Path] = []
        self.chosen = ElidedLabel("", "muted", mode=Qt.TextElideMode.ElideMiddle)
        self.body.addWidget(
            Row(
                Button("Выбрать файл…", self._ask, icon="folder-open"),
                Button("Файл подписи .sig…", self._ask_sig, icon="paperclip"),
                Button("Доверенный центр…", self._ask_trust, icon="shield-check"),
            )
        )
        self.body.addWidget(self.chosen)
        self.scroller = Scroller(spacing=10)
        self.body.addWidget(self.scroller, 1)
        self.add_buttons(Button("Закрыть", self.accept))
        self._show_empty()
        if payload is not None:
            self._name, self._data = payload
            self._check()

    def _show_empty(self) -> None:
        self.scroller.clear()
        self.scroller.column.addWidget(
            EmptyState(
                "shield-check", "Здесь будет ответ",
                "Выберите подписанный PDF или любой файл вместе с его файлом подписи .sig.",
            )
        )  # fmt: skip

    # --- choosing ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        found = self.session.dialogs.open_files("Какой файл проверить", "Все файлы (*)", several=False)
        if found:
            self.check(found[0])

    def check(self, path: Path, sig: Path | None = None) -> None:
        """Check a file."""
        self._path, self._sig, self._name, self._data = path, sig, path.name, b""
        self._check()

    def _ask_sig(self) -> None:
        found = self.session.dialogs.open_files("Файл подписи", "Файл подписи (*.sig *.p7s *.sgn)", several=False)
        if found:
            self._sig = found[0]
            if self._name:
                self._check()
            else:
                self.bar.show_message("info", "Теперь выберите сам документ.")

    def _ask_trust(self) -> None:
        found = self.session.dialogs.open_files(
            "Сертификат удостоверяющего центра, которому вы доверяете", "Сертификаты (*.pem *.cer *.crt *.der)"
        )
        if found:
            self._trust = found
            if self._name:
                self._check()

    # --- checking ------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        path, data, sig, trust, name = self._path, self._data, self._sig, list(self._trust), self._name
        self.chosen.setText(" · ".join([name, *([sig.name] if sig else []), *(item.name for item in trust)]))
        self.bar.clear()
        self.strip.begin("Проверяю", cancellable=False)

        def work(_job: Job) -> tuple[bytes, Any]:
            content = data or (signing.read_bytes(path) if path is not None else b"")
            detached = signing.read_bytes(sig) if sig is not None else None
            found = signing.verify(content, sig=detached, trust=[signing.read_bytes(item) for item in trust])
            return content, found

        self.session.job(self, work, lambda result: self._look_up(name, *result), self.fail)

    def _look_up(self, name: str, data: bytes, found: Any) -> None:
        self.strip.end()
        if self.session.desk.is_open:
            future = self.session.desk.read(signing.known_paper, data)
            self.take(future, lambda paper: self.show_answer(Answer(name, found, paper)))
        else:
            self.show_answer(Answer(name, found))

    # --- the answer ----------------------------------------------------------------------------------------------

    def show_answer(self, answer: Answer) -> None:
        """Show the answer."""
        self.scroller.clear()
        self.scroller.column.addWidget(self._verdict_card(answer))
        for number, signature in enumerate(answer.verification.signatures, start=1):
            self.scroller.column.addWidget(self._signature_card(number, signature))
        self.scroller.column.addStretch(1)

    def _verdict_card(self, answer: Answer) -> Card:
        kind, word, sentence = VERDICTS[answer.verification.verdict]
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        row.addWidget(Chip(kind, word), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(Label(sentence, "section", wrap=True))
        # the title says all of a file without signatures, the card of the only signature says its reason
        only = [item.reason for item in answer.verification.signatures] == [answer.verification.reason]
        if answer.verification.verdict != "not_signed" and not only:
            words.addWidget(Label(answer.verification.reason, wrap=True).selectable())
        words.addWidget(Label(self._register_words(answer.paper), "muted", wrap=True))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        return card

    def _register_words(self, paper: Paper | None) -> str:
        if paper is not None:
            line = f"№{NBSP}{paper.number}, «{paper.title}», от {ru_date(paper.registered_at)}"
            return f"Это файл из журнала исходящих: {line}."
        if self.session.desk.is_open:
            return "Такого файла в журнале исходящих нет: он не наш или изменён хотя бы в одном знаке."
        return ""

    @staticmethod
    def _signature_card(number: int, item: Any) -> Card:
        kind, word, _sentence = VERDICTS[item.verdict]
        card = Card(f"Подпись {number}: {item.signer or 'подписавший неизвестен'}")
        card.head.addWidget(Chip(kind, word))
        card.body.addWidget(Label(item.reason, wrap=True).selectable())
        facts = Facts()
        valid = f"с {ru_date(item.valid_from)} по {ru_date(item.valid_to)}" if item.valid_from and item.valid_to else ""
        pairs: list[tuple[str, Any]] = [
            ("Когда", f"{ru_moment(item.time)} (по часам подписавшего)" if item.time else ""),
            ("Должность", item.position),
            ("Организация", item.organisation),
            ("Что подписано", item.scope),
            ("Что изменилось после", item.changed_after),
            ("Сертификат", CERTIFICATES.get(item.certificate or "", "")),
            ("Срок сертификата", valid),
            ("Кто выдал", item.issuer),
            ("Номер", item.serial),
        ]
        facts.show_facts([(name, str(value)) for name, value in pairs if value])
        card.body.addWidget(facts)
        for note in item.notes:
            card.body.addWidget(Label(note, "muted", wrap=True))
        return card
