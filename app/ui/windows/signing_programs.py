"""«Программы подписания»: the commands of outside programs, kept in the profile of the user."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from app.errors import UserError
from app.operations import signing_profiles
from app.operations.signing_profiles import Program
from app.ui import theme
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Row
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window


class ProgramsWindow(Window):
    """One program at a time: its command, an argument a line.

    Signals:
        saved(key): a command was kept, or taken back to what it was.
    """

    guide = ("04-документы", "Как подписать")
    saved = Signal(str)

    def __init__(self, session: Session, key: str, parent: QWidget | None = None) -> None:
        super().__init__(session, "Программы подписания", parent, size=(760, 600))
        self.say("Команды хранятся на этом компьютере, в файл муниципалитета не попадают. ПИН-коды не хранятся.")
        self.program = Combo("Программа подписания")
        self.program.currentIndexChanged.connect(lambda _index: self._show())
        self.body.addWidget(Row(self.program, Button("Добавить…", self._add, icon="plus")))
        self.body.addWidget(self._card(), 1)
        self.restore = Button("Вернуть как было", self._restore, icon="arrow-back-up")
        self.add_buttons(
            Button("Закрыть", self.reject), Button("Сохранить", self._save, kind="primary"), left=[self.restore]
        )
        self._reload(key)

    def _card(self) -> Card:
        card = Card()
        self.name = QLineEdit()
        self.name.setAccessibleName("Название программы")
        self.command = QPlainTextEdit()
        self.command.setAccessibleName("Команда, по одному слову в строке")
        self.command.setTabChangesFocus(True)
        self.seconds = QSpinBox()
        self.seconds.setRange(5, 3600)
        self.seconds.setSuffix(" с")
        self.seconds.setAccessibleName("Сколько ждать")
        self.seconds.setFixedSize(theme.current().px(110), theme.current().px(32))
        card.body.addWidget(Label("Название", "muted"))
        card.body.addWidget(self.name)
        card.body.addWidget(Label("Команда: первой строкой программа, дальше по одному слову в строке", "muted"))
        card.body.addWidget(self.command, 1)
        card.body.addWidget(Label(
            "Места в фигурных скобках «Опора» заполнит сама: {input} — что подписать, {output} — куда записать "
            "подпись. {thumbprint}, {cert} и {key} спросит в мастере. {pin} лучше не писать: в командной строке его "
            "видят другие программы этого компьютера, а программа подписания спросит ПИН-код сама.", "muted", wrap=True,
        ))  # fmt: skip
        card.body.addWidget(Label("Сколько ждать", "muted"))
        card.body.addWidget(Row(self.seconds))
        return card

    def _reload(self, key: str = "") -> None:
        try:
            found = signing_profiles.programs()
        except UserError as error:
            self.fail(error)
            found = signing_profiles.presets()
        self.by_key = {item.key: item for item in found}
        self.program.fill([(item.title, item.key) for item in found], key or None)
        self._show()

    def _show(self) -> None:
        item = self.by_key.get(str(self.program.currentData()))
        if item is not None:
            self.name.setText(item.title)
            self.command.setPlainText("\n".join(item.arguments))
            self.seconds.setValue(item.seconds)
            self.restore.setEnabled(item not in signing_profiles.presets())

    def _typed(self) -> Program | None:
        item = self.by_key.get(str(self.program.currentData()))
        if item is None:
            return None
        arguments = tuple(line.strip() for line in self.command.toPlainText().splitlines() if line.strip())
        title = " ".join(self.name.text().split()) or item.title
        return replace(item, title=title, arguments=arguments, seconds=self.seconds.value())

    def _save(self) -> None:
        item = self._typed()
        if item is None:
            return
        try:
            signing_profiles.save(item)
        except UserError as error:
            self.fail(error)
            return
        self._reload(item.key)
        self.bar.show_message("ok", f"Сохранено: {item.title}.")
        self.saved.emit(item.key)

    def _add(self) -> None:
        asked = self.session.dialogs.ask(
            "Новая программа", "Команду впишете следом.", (Field("title", "Название", required=True),), "Добавить"
        )
        if asked is None:
            return
        number = 1 + sum(1 for key in self.by_key if key.startswith("own"))
        while f"own{number}" in self.by_key:
            number += 1
        item = Program(f"own{number}", asked["title"].strip(), ("программа", "{input}", "{output}"))
        self.by_key[item.key] = item
        self.program.fill([(one.title, one.key) for one in self.by_key.values()], item.key)
        self._show()

    def _restore(self) -> None:
        key = str(self.program.currentData() or "")
        try:
            signing_profiles.restore(key)
        except UserError as error:
            self.fail(error)
            return
        self._reload(key)
        self.saved.emit(key)
