"""The first page: three big choices, recent files, the name for the journal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.texts import ru_moment
from app.ui import icons, theme
from app.ui.habits import Habits
from app.ui.widgets.bars import MessageBar, ProgressStrip
from app.ui.widgets.basics import Button, Card, icon_button
from app.ui.widgets.labels import ElidedLabel, Label


class StartPage(QWidget):
    """Open the example, make a file, open a file.

    Signals:
        wanted(what): «demo», «new», «open» or «answer_request».
        file_wanted(path): a recent file.
        actor_named(name): who works here.
    """

    wanted = Signal(str)
    file_wanted = Signal(object)
    actor_named = Signal(str)

    def __init__(self, habits: Habits, actor: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._habits = habits
        px = theme.current().px
        self.bar = MessageBar()
        self.strip = ProgressStrip()
        inner = QWidget()
        inner.setMaximumWidth(px(860))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(Label("Опора", "title"))
        column.addWidget(
            Label(
                "Рабочее место методиста: школы с низкими результатами — от отчётов ФИС ОКО до подписанного списка. "
                "Всё хранится в одном файле, в сеть программа не выходит.",
                wrap=True,
            )
        )
        column.addLayout(self._choices())
        column.addLayout(self._school_row())
        column.addWidget(self._recent_card(), 1)
        column.addLayout(self._actor_row(actor))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(24), px(24), px(16))
        outer.setSpacing(px(8))
        outer.addWidget(self.bar)
        outer.addWidget(self.strip)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, 8)
        middle.addStretch(1)
        outer.addLayout(middle, 1)
        self.refresh()

    def _choices(self) -> QHBoxLayout:
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        table = (
            (
                "demo",
                "bulb",
                "Открыть пример",
                "Вымышленный округ, 24 школы и три года результатов. Удаляется одной кнопкой.",
            ),
            ("new", "file-plus", "Создать файл…", "Новый файл для вашего муниципалитета: спросит название и место."),
            ("open", "folder-open", "Открыть файл…", "Продолжить начатое: файл с окончанием .opora."),
        )
        self.buttons: dict[str, Button] = {}
        for key, icon, title, text in table:
            card = Card()
            picture = Label("")
            picture.setPixmap(icons.pixmap(icon, "accent", 28))
            card.body.addWidget(picture)
            card.body.addWidget(Label(text, wrap=True))
            card.body.addStretch(1)
            button = Button(title, partial(self.wanted.emit, key), kind="primary" if key == "demo" else "normal")
            self.buttons[key] = button
            card.body.addWidget(button)
            row.addWidget(card, 1)
        return row

    def _school_row(self) -> QHBoxLayout:
        """The way into school mode: for whoever has got a request from the municipality."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        row.addWidget(Label("Вы из школы и вам прислали файл запроса?"))
        self.answering = Button(
            "Ответить на запрос…", partial(self.wanted.emit, "answer_request"), icon="mail", kind="link"
        )
        row.addWidget(self.answering)
        row.addStretch(1)
        return row

    def _recent_card(self) -> Card:
        card = Card("Недавние файлы")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.current().px(2))
        card.body.addLayout(self._recent)
        card.body.addStretch(1)
        return card

    def _actor_row(self, actor: str) -> QHBoxLayout:
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.actor = QLineEdit(actor)
        self.actor.setAccessibleName("Как записывать вас в журнал")
        self.actor.setPlaceholderText("Иванова М. П.")
        self.actor.setMaximumWidth(px(240))
        self.actor.editingFinished.connect(lambda: self.actor_named.emit(self.actor.text().strip()))
        row.addWidget(Label("Как записывать вас в журнал действий:"))
        row.addWidget(self.actor)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Show the recent files anew."""
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        files = self._habits.recent()
        for path in files:
            self._recent.addWidget(self._recent_row(path))
        if not files:
            self._recent.addWidget(Label("Здесь появятся файлы, которые вы открывали.", "muted"))

    def _recent_row(self, path: Path) -> QWidget:
        from datetime import datetime

        px = theme.current().px
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        button = Button(path.stem, lambda: self.file_wanted.emit(path), icon="folder-open", kind="link")
        when = ru_moment(datetime.fromtimestamp(path.stat().st_mtime))  # noqa: DTZ006 - shown in local time
        folder = ElidedLabel(str(path.parent), "muted", mode=Qt.TextElideMode.ElideMiddle)
        line.addWidget(button)
        line.addWidget(folder, 1)
        line.addWidget(Label(when, "muted"))
        line.addWidget(icon_button("x", f"Убрать «{path.stem}» из недавних", lambda: self._forget(path)))
        return row

    def _forget(self, path: Path) -> None:
        self._habits.forget_recent(path)
        self.refresh()
