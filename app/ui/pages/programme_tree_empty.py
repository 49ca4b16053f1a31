"""What stands where a file has no programme yet: three ways to begin."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.labels import Label

WAYS = (
    ("programme_head", "Начать программу…", "Название, годы — и пустая структура", "file-plus"),
    ("import_plan", "Загрузить план…", "Таблица Word или Excel с мероприятиями", "upload"),
    ("programme_library", "Из библиотеки…", "Готовые формулировки, которые можно править", "book"),
)


class Beginning(QWidget):
    """Three choices, each with what it does; those whose window is not there are left out."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        from app.ui.windows.catalogue import WINDOWS

        px = theme.current().px
        column = QVBoxLayout(self)
        column.setSpacing(px(8))
        picture = Label("")
        picture.setPixmap(icons.pixmap("sitemap", "disabled", 40))
        title = Label("Программы пока нет", "section", wrap=True)
        text = Label(
            "Здесь будет структура программы: проблемы и причины, цель и задачи, показатели, мероприятия и деньги.",
            wrap=True,
        )
        column.addStretch(2)
        for label in (picture, title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(label)
        column.addSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addStretch(1)
        self.session = session
        self.buttons: list[Button] = []
        for key, word, told, icon in WAYS:
            if key not in WINDOWS:
                continue
            button = Button(word, partial(session.go, key), icon=icon, kind="choice", tip=told)
            button.setMinimumWidth(px(230))
            self.buttons.append(button)
            inner = QVBoxLayout()
            inner.setSpacing(px(4))
            inner.addWidget(button)
            note = Label(told, "muted", wrap=True)
            note.setMaximumWidth(px(230))
            inner.addWidget(note)
            inner.addStretch(1)
            row.addLayout(inner)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def refresh(self) -> None:
        """Nothing can be begun in a file that is open for reading."""
        for button in self.buttons:
            button.setEnabled(not self.session.desk.read_only)

    def focus_first(self) -> None:
        """Put the keyboard onto the first choice."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
