"""The pages of the signing wizard where a key signs: from a file, from a token, in another program."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from app.operations import signing_make, signing_profiles
from app.ui import theme
from app.ui.run import Job
from app.ui.widgets.basics import Button, Combo, Row
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.signing_pages import Document, Panel

if TYPE_CHECKING:
    from app.operations.signing_profiles import Program


class KeyFilePanel(Panel):
    """A key out of a PKCS#12 file."""

    verb, way = "Подписать", "p12"

    def build(self) -> None:
        """File, password, form, position, whose certificate."""
        self.path: Path | None = None
        self.name = ElidedLabel("файл .p12 или .pfx не выбран", "muted", mode=Qt.TextElideMode.ElideMiddle)
        self.add_line("Файл с ключом", Button("Выбрать файл с ключом…", self.ask, icon="folder-open"), self.name)
        self.password = self.secret("Пароль к файлу с ключом")
        self.show_owner = Button("Показать сертификат", self.look, icon="id")
        self.add_line("Пароль к файлу (нигде не сохраняется)", self.password, self.show_owner)
        self.facts = Label("", wrap=True).selectable()
        self.body.addWidget(self.facts)
        self.position = QLineEdit()
        self.position.setAccessibleName("Должность подписывающего для отметки")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        for place, (title, widget) in enumerate(
            (("Где лежит подпись", self.form_choice()), ("Должность для видимой отметки", self.position))
        ):
            grid.addWidget(Label(title, "muted"), 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.form_note)
        self.add_worth()

    def begin(self, document: Document) -> None:
        """Offer the forms of the document."""
        self.fill_forms(document.name)

    def ask(self) -> None:
        """Ask for the file."""
        found = self.host.session.dialogs.open_files("Файл с ключом", "Файл с ключом (*.p12 *.pfx)", several=False)
        if found:
            self.path = found[0]
            self.name.setText(self.path.name)
            self.facts.setText("")
            self.host.enable()

    def look(self) -> None:
        """Show whose certificate it is and till when."""
        path, password, today = self.path, self.password.text(), self.host.session.today()
        if path is not None:

            def work(_job: Job) -> str:
                return signing_make.facts_words(signing_make.certificate_of_key_file(path, password), today)

            self.host.look(work, self.facts.setText, "Открываю сертификат")

    def ready(self) -> bool:
        """A file is chosen; whether the password opens it, signing shows."""
        return self.path is not None

    def start(self) -> None:
        """Sign."""
        document, path, form = self.document_or_nothing(), self.path, self.form.currentData()
        password, position = self.password.text(), self.position.text().strip() or None
        if path is not None:
            self.host.sign(
                lambda _job: signing_make.by_key_file(
                    document.data, document.name, path, password, form, position=position
                )
            )


class TokenPanel(Panel):
    """A key in a token."""

    verb, way = "Подписать", "token"

    def build(self) -> None:
        """Library, certificate, PIN, form."""
        self.library = Combo("Чей токен")
        self.library.currentIndexChanged.connect(lambda _index: self.search())
        self.again = Button("Искать снова", self.search, icon="refresh")
        other = Button("Другая библиотека…", self.ask, icon="folder-open")
        self.body.addWidget(Label("Токен", "muted"))
        self.body.addWidget(Row(self.library, self.again, other))
        self.keys = Combo("Чей сертификат")
        self.keys.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.keys.currentIndexChanged.connect(lambda _index: self._tell())
        self.add_line("Сертификат", self.keys)
        self.facts = Label("", wrap=True).selectable()
        self.body.addWidget(self.facts)
        self.pin = self.secret("ПИН-код токена")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        for place, (title, widget) in enumerate(
            (("ПИН-код (нигде не сохраняется)", self.pin), ("Где лежит подпись", self.form_choice()))
        ):
            grid.addWidget(Label(title, "muted"), 0, place)
            grid.addWidget(widget, 1, place)
            grid.setColumnStretch(place, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.form_note)
        self.add_worth()
        self._own: Path | None = None

    def begin(self, document: Document) -> None:
        """Offer the forms of the document and look for tokens."""
        self.fill_forms(document.name)
        if not self.library.count():
            self._fill(signing_profiles.remembered().get("library", ""))

    def _fill(self, chosen: str) -> None:
        offered = [(title, str(path)) for path, title in signing_make.libraries()]
        if chosen and chosen not in [value for _, value in offered] and Path(chosen).is_file():
            offered.append((Path(chosen).name, chosen))
        self.library.fill(offered, chosen or None)
        if offered:
            self.search()
        else:
            self.facts.setText("Библиотек токенов на этом компьютере не нашлось. Установите программу с сайта "
                               "производителя токена или укажите её библиотеку сами.")  # fmt: skip

    def ask(self) -> None:
        """Ask for the library of the maker."""
        found = self.host.session.dialogs.open_files("Библиотека токена", "Библиотека (*.dll *.so *.dylib)",
                                                     several=False)  # fmt: skip
        if found:
            self._fill(str(found[0]))

    def search(self) -> None:
        """Look what certificates the token has; no PIN is needed."""
        path = self.library.currentData()
        self.keys.fill([])
        if path:
            self.facts.setText("Ищу сертификаты…")
            self.host.look(lambda _job: signing_make.keys_in_tokens(Path(path)), self._take, "Читаю токен")

    def failed(self) -> None:
        """Nothing was found, or the PIN did not fit."""
        if not self.keys.count():
            self.facts.setText("")

    def _take(self, found: Any) -> None:
        self.keys.fill([(f"{key.facts.owner} · до {key.facts.valid_to:%d.%m.%Y} · {key.token}", key) for key in found])
        self._tell()

    def _tell(self) -> None:
        key = self.keys.currentData()
        if key is None:
            self.facts.setText("Сертификатов в токене нет." if self.library.count() else "")
        elif key.problem:
            self.facts.setText(f"Этим сертификатом здесь не подписать: {key.problem}.")
        else:
            self.facts.setText(signing_make.facts_words(key.facts, self.host.session.today()))
        self.host.enable()

    def ready(self) -> bool:
        """A usable certificate is chosen and a PIN is typed."""
        key = self.keys.currentData()
        return key is not None and not key.problem and bool(self.pin.text())

    def start(self) -> None:
        """Sign."""
        document, key, form = self.document_or_nothing(), self.keys.currentData(), self.form.currentData()
        pin = self.pin.text()
        signing_profiles.remember({"library": str(self.library.currentData() or "")})
        self.host.sign(lambda _job: signing_make.by_token(document.data, document.name, key, pin, form))


class OutsidePanel(Panel):
    """Another program signs."""

    verb, way = "Подписать", "outside"
    files = ("cert", "key")

    def build(self) -> None:
        """Program, what its command asks for, form, a trial."""
        self.program = Combo("Программа подписания")
        self.program.currentIndexChanged.connect(lambda _index: self._show_program())
        self.body.addWidget(Label("Программа", "muted"))
        self.body.addWidget(Row(self.program, Button("Настроить…", self._edit, icon="settings")))
        self.note = Label("", "muted", wrap=True)
        self.body.addWidget(self.note)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.current().px(8))
        self.captions: dict[str, Label] = {}
        self.edits: dict[str, QLineEdit] = {}
        self.pickers: dict[str, Button] = {}
        for line, name in enumerate(("thumbprint", "cert", "key", "pin")):
            caption = Label(signing_profiles.field_title(name), "muted")
            edit = self.secret(caption.text()) if name == "pin" else QLineEdit()
            edit.setAccessibleName(caption.text())
            edit.textChanged.connect(lambda _text: self.host.enable())
            self.grid.addWidget(caption, line, 0)
            self.grid.addWidget(edit, line, 1)
            if name in self.files:
                self.pickers[name] = Button("Выбрать…", partial(self._pick, name), icon="folder-open")
                self.grid.addWidget(self.pickers[name], line, 2)
            self.captions[name], self.edits[name] = caption, edit
        self.body.addLayout(self.grid)
        self.add_line("Где лежит подпись", self.form_choice())
        self.body.addWidget(self.form_note)
        self.body.addWidget(Row(Button("Пробная подпись", self.try_out, icon="signature")))
        self.facts = Label("", wrap=True).selectable()
        self.body.addWidget(self.facts)
        self.add_worth()

    def begin(self, document: Document) -> None:
        """Offer the programs, the last used one first."""
        self.fill_forms(document.name)
        last = signing_profiles.remembered()
        self.reload(last.get("program", ""))
        for name, edit in self.edits.items():
            if name != "pin" and not edit.text():
                edit.setText(last.get(name, ""))

    def reload(self, chosen: str = "") -> None:
        """Read the programs anew, as when their window was closed."""
        every = signing_profiles.programs()
        self.by_key = {item.key: item for item in every}
        self.program.fill(
            [(item.title if signing_make.is_here(item) else f"{item.title} (не найдена)", item.key) for item in every],
            chosen or None,
        )
        self._show_program()

    def current(self) -> Program | None:
        """Return the chosen program."""
        return self.by_key.get(str(self.program.currentData())) if hasattr(self, "by_key") else None

    def _show_program(self) -> None:
        item = self.current()
        asks = item.asks if item is not None else ()
        for name in self.edits:
            for widget in (self.captions[name], self.edits[name], self.pickers.get(name)):
                if widget is not None:
                    widget.setVisible(name in asks)
        missing = item is not None and not signing_make.is_here(item)
        told = "На этом компьютере её нет: установите или укажите полный путь. " if missing else ""
        self.note.setText(told + (item.note if item is not None else ""))
        self.facts.setText("")
        self.host.enable()

    def _edit(self) -> None:
        self.host.show_programs(str(self.program.currentData() or ""))

    def _pick(self, name: str) -> None:
        title = signing_profiles.field_title(name)
        found = self.host.session.dialogs.open_files(title, "Любой файл (*)", several=False)
        if found:
            self.edits[name].setText(str(found[0]))

    def _fields(self) -> dict[str, str]:
        item = self.current()
        asks = item.asks if item is not None else ()
        return {name: edit.text().strip() for name, edit in self.edits.items() if name in asks}

    def ready(self) -> bool:
        """A program that is here, and everything it asks for but the PIN."""
        item = self.current()
        return item is not None and signing_make.is_here(item) and all(
            value for name, value in self._fields().items() if name != "pin"
        )  # fmt: skip

    def try_out(self) -> None:
        """Sign a few words of our own and show whose certificate did it; nothing is kept."""
        item, fields, today = self.current(), self._fields(), self.host.session.today()
        if item is not None:

            def work(job: Job) -> str:
                facts = signing_make.trial(item, fields, cancelled=job.cancelled)
                return signing_make.facts_words(facts, today)

            self.facts.setText("")
            self.host.look(work, lambda words: self.facts.setText(f"Программа подписывает. {words}"),
                           "Пробная подпись: программа может спросить ПИН-код в своём окне")  # fmt: skip

    def start(self) -> None:
        """Have the program sign."""
        document, item, fields = self.document_or_nothing(), self.current(), self._fields()
        form = self.form.currentData()
        if item is None:
            return
        signing_profiles.remember({"program": item.key, **fields})
        self.host.sign(
            lambda job: signing_make.by_program(
                document.data, document.name, item, fields, form, cancelled=job.cancelled
            )
        )
