"""«Доверенные центры»: whose certificates a check believes on this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.operations import trusted
from app.operations.trusted import Centre
from app.texts import ru_date
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Row, Scroller
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.windows.base import Window

PATTERN = "Сертификаты (*.cer *.crt *.pem *.der)"


class TrustedWindow(Window):
    """The centres, one card each; adding and taking away works at once."""

    guide = ("04-документы", "Проверить подпись")
    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Доверенные центры", parent, size=(640, 480))
        self.say(
            "Подпись считается подтверждённой, если сертификат выдал один из этих центров. Список хранится на этом "
            "компьютере."
        )
        self.body.addWidget(Row(Button("Добавить сертификат центра…", self._ask, icon="plus", kind="primary")))
        self.scroller = Scroller(spacing=10)
        self.body.addWidget(self.scroller, 1)
        self.add_buttons(Button("Закрыть", self.accept))
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""

        def work(_job: Job) -> list[Centre]:
            return trusted.centres()

        self.session.job(self, work, self._show_centres, self.fail)

    def _show_centres(self, centres: list[Centre]) -> None:
        self.scroller.clear()
        if not centres:
            self.scroller.column.addWidget(
                EmptyState(
                    "shield-check", "Доверенных центров пока нет",
                    "Возьмите сертификаты Минцифры и своего удостоверяющего центра на их сайтах и добавьте сюда.",
                )
            )  # fmt: skip
        for one in centres:
            self.scroller.column.addWidget(self._card(one))
        self.scroller.column.addStretch(1)

    def _card(self, one: Centre) -> Card:
        card = Card(one.owner)
        card.head.addWidget(Button("Убрать", lambda: self._remove(one), icon="trash"))
        facts = Facts()
        above = [] if one.issuer == one.owner else [("Кто выдал", one.issuer)]
        facts.show_facts([*above, ("Действует до", ru_date(one.valid_to)), ("SHA-256", _in_groups(one.sha256))])
        card.body.addWidget(facts)
        return card

    def _ask(self) -> None:
        found = self.session.dialogs.open_files("Сертификат удостоверяющего центра", PATTERN)
        if not found:
            return

        def work(_job: Job) -> int:
            return sum(len(trusted.add(path)) for path in found)

        self.session.job(self, work, self._added, self._failed)

    def _added(self, number: int) -> None:
        if number:
            self.bar.show_message(
                "ok", "Добавлено. Сверьте отпечаток SHA-256 с тем, что опубликовал центр."
            )  # fmt: skip
        else:
            self.bar.show_message("info", "Этот центр уже в списке.")
        self.refresh()
        self.changed.emit()

    def _failed(self, error: UserError) -> None:
        self.fail(error)
        self.refresh()

    def _remove(self, one: Centre) -> None:
        def work(_job: Job) -> None:
            trusted.remove(one.key)

        self.session.job(self, work, lambda _: self._removed(one), self.fail)

    def _removed(self, one: Centre) -> None:
        self.bar.show_message("ok", f"Больше не в списке: {one.owner}.")
        self.refresh()
        self.changed.emit()


def _in_groups(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
