"""The day as plain text: to read, copy, save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.operations import digest, papers
from app.ui.pages.closed_forms import with_closed
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.windows.base import Window

PATTERN = "Текст (*.txt)"


class DigestWindow(Window):
    """The digest of a day; what is written in it can be changed before it is copied."""

    guide = ("18-сегодня", "Сводка текстом")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Сводка текстом", parent, size=(760, 620))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Сводка")
        self.text.setTabChangesFocus(True)
        self.body.addWidget(self.text, 1)
        self.copying = Button("Скопировать", self.copy, icon="copy", kind="primary")
        self.saving = Button("Сохранить…", self.save, icon="download")
        self.add_buttons(self.copying, Button("Закрыть", self.accept), left=[self.saving])
        self.say("Текст можно поправить: в файле «Опоры» от этого ничего не изменится.")
        since = payload if isinstance(payload, str) else None
        self.take(
            session.desk.read(digest.digest, session.today(), since=since, closed=with_closed(session)), self._show
        )  # fmt: skip

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)

    def focus_main(self) -> None:
        """Put the keyboard onto copying: that is what the window is for."""
        self.copying.setFocus()

    def copy(self) -> None:
        """Put the text into the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.bar.show_message("ok", "Сводка скопирована: вставьте её в письмо.")

    def save(self) -> None:
        """Write the text into a file."""
        day = self.session.today().strftime("%d.%m.%Y")
        target = self.session.dialogs.save_file("Сохранить сводку", Path(f"Сводка {day}.txt"), PATTERN)
        if target is None:
            return
        target = target if target.suffix.lower() == ".txt" else target.with_name(target.name + ".txt")
        data = self.text.toPlainText().encode("utf-8-sig")
        self.session.job(
            self, lambda _job: papers.write(target, data),
            lambda _done: self.bar.show_message("ok", f"Сохранено: {target.name}"), self.fail,
        )  # fmt: skip
