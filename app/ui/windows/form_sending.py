"""«Разослать бланки» and «Напомнить»: who gets what, the text, then letters or workbooks into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from app.errors import UserError
from app.models.store import Connection
from app.operations import form_blanks, form_letters, school_requests
from app.operations.form_issue import Progress
from app.operations.form_letters import Attached, Letter, Written
from app.texts import count
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Row, split
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window

Mode = Literal["send", "remind"]
TITLES: dict[Mode, str] = {"send": "Разослать бланки", "remind": "Напомнить"}


def _address(letter: Letter) -> str:
    return letter.address or "нет адреса"


def _no_address(letter: Letter) -> str:
    if not letter.address or form_letters.mail_address(letter.address):
        return ""
    return "Это не адрес почты: исправьте его в карточке школы или впишите в почтовой программе"


COLUMNS = (
    Column("shown", "Кому", lambda letter: letter.shown, 170, 2, middle=True, strong=True),
    Column("address", "Почта", _address, 170, 2, middle=True, bad=_no_address),
)


class SendWindow(Window):
    """Letters of some cases."""

    guide = ("09-чек-листы", "Приём")

    def __init__(self, session: Session, payload: tuple[Mode, Sequence[int]], parent: QWidget | None = None) -> None:
        mode, cases = payload
        super().__init__(session, TITLES[mode], parent, size=(980, 620))
        self._mode, self._cases = mode, tuple(cases)
        self._job: Job | None = None
        self._letters: tuple[Letter, ...] = ()
        self.table = DataTable("form_letters", COLUMNS, lambda letter: letter.case_ids, habits=session.habits,
                               title="Кому", filters=False)  # fmt: skip
        self.table.current_changed.connect(self._show_letter)
        self.theme_line = Label("", "strong", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Текст письма")
        self.copying = Button("Копировать текст", self._copy, icon="copy")
        self.copying_all = Button("Копировать все тексты", self._copy_all, icon="copy")
        self._lay_out()
        self.strip.cancelled.connect(self._stop)
        self.go = Button("", self._ask_folder, kind="primary", icon="mail")
        self.add_buttons(Button("Закрыть", self.accept), self.go, left=[self.copying, self.copying_all])
        self._word()
        self.refresh()

    def _lay_out(self) -> None:
        px = theme.current().px
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.theme_line)
        column.addWidget(self.text, 1)
        splitter = split(self.table, side, sizes=(px(420), px(520)))
        self.body.addWidget(splitter, 1)
        drafts = "Черновики: почтовая программа откроет их, останется нажать «Отправить»"
        asking = "Школа открывает файл запроса этой же программой и присылает файл ответа"
        self.as_letters = QRadioButton("Письма с бланком Excel")
        self.as_letters.setToolTip(drafts)
        self.as_request_letters = QRadioButton("Письма с файлом запроса")
        self.as_request_letters.setToolTip(f"{drafts}. {asking}")
        self.as_books = QRadioButton("Только бланки Excel")
        self.as_requests = QRadioButton("Только файлы запроса")
        self.as_requests.setToolTip(asking)
        self._asking = False
        self.as_letters.setChecked(True)
        self.marking = QCheckBox("Отметить отправленными")
        self.marking.setChecked(True)
        self.together = QCheckBox("Все формы одной школы в одной книге")
        self.with_blanks = QCheckBox("Приложить бланк ещё раз")
        self.with_blanks.setChecked(True)
        self.with_blanks.toggled.connect(lambda _on: self.refresh())
        ways = (self.as_letters, self.as_request_letters, self.as_books, self.as_requests)
        for button in ways:
            button.toggled.connect(lambda _on: self._word())
        if self._mode == "send":
            self.body.addWidget(Row(*ways, gap=16))
            self.body.addWidget(Row(self.marking, self.together, gap=16))
        else:
            self.body.addWidget(Row(self.with_blanks))

    def _word(self) -> None:
        books = self._mode == "send" and self.as_books.isChecked()
        self.together.setVisible(books)
        asked = self._mode == "send" and self.as_requests.isChecked()
        what = "бланки" if books else "запросы" if asked else "письма"
        self.go.setText(f"Сохранить {what} в папку…")
        if self._mode == "send" and self._by_request() != self._asking:
            self.refresh()

    def _by_request(self) -> bool:
        """Whether schools get request files, so that the letters speak of these."""
        return self.as_requests.isChecked() or self.as_request_letters.isChecked()

    def refresh(self) -> None:
        """Make the letters."""
        day, read = self.session.today(), self.session.desk.read
        if self._mode == "send":
            self._asking = self._by_request()
            attached: Attached = "request" if self._asking else "blank"
            self.take(read(form_letters.requests, self._cases, day, attached=attached), self._show)
        else:
            blanks = self.with_blanks.isChecked()
            self.take(read(form_letters.reminders, self._cases, day, blanks=blanks), self._show)

    def _show(self, letters: list[Letter]) -> None:
        self._letters = tuple(letters)
        self.table.set_rows(letters)
        without = sum(not form_letters.mail_address(letter.address) for letter in letters)
        told = count(len(letters), "письмо", "письма", "писем")
        if not letters:
            told = "Писать некому: ответы всех выбранных уже получены"
        elif without:
            told += f" · без адреса {without}: его можно вписать в почтовой программе"
        self.say(told)
        self.go.setEnabled(bool(letters))
        for button in (self.copying, self.copying_all):
            button.setEnabled(bool(letters))

    def _show_letter(self, letter: Letter | None) -> None:
        self.theme_line.setText("" if letter is None else f"Тема: {letter.theme}")
        self.text.setPlainText("" if letter is None else letter.text)

    def _copy(self) -> None:
        letter: Letter | None = self.table.current()
        if letter is not None:
            QGuiApplication.clipboard().setText(letter.text)
            self.bar.show_message("ok", f"Текст скопирован: {letter.shown}.")

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(form_letters.copied(self._letters))
        self.bar.show_message("ok", "Тексты скопированы один под другим.")

    # --- writing -------------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        folder = self.session.dialogs.open_folder("Куда сохранить")
        if folder is not None:
            self.run(folder)

    def run(self, folder: Path) -> None:
        """Write the letters or the workbooks beside the window."""
        desk, letters, cases = self.session.desk, self._letters, self._cases
        books = self._mode == "send" and self.as_books.isChecked()
        with_blanks = self._mode == "send" or self.with_blanks.isChecked()
        asked = self._mode == "send" and self.as_requests.isChecked()
        together = self.together.isChecked()
        self.go.setEnabled(False)
        self.strip.begin("Делаю запросы" if asked else "Делаю бланки")

        def work(job: Job) -> Written:
            def progress(name: str, done: int, total: int) -> bool:
                job.progress(name, done, total)
                return not job.cancelled()

            def write(connection: Connection) -> Written:
                if asked:
                    return _write_requests(connection, cases, folder, progress)
                if not books:
                    return form_letters.write(connection, letters, folder, progress, blanks=with_blanks)
                made = form_blanks.write(connection, cases, folder, progress, together=together)
                sent_to = {key: "" for _path, blank in made.files for key in blank.case_ids}
                return Written(tuple(path for path, _blank in made.files), (), sent_to, made.stopped)

            return desk.read(write).result()

        self._job = self.session.job(self, work, lambda made: self._written(folder, made), self._failed,
                                     self.strip.tell)  # fmt: skip

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.go.setEnabled(True)
        self.fail(error)

    def _written(self, folder: Path, made: Written) -> None:
        self._job = None
        self.strip.end()
        self.go.setEnabled(True)
        if made.stopped:
            self.bar.show_message("info", "Остановлено: ничего не записано.")
            return
        if self._mode == "send" and self.marking.isChecked():
            day = self.session.today().isoformat()
            self.take(self.session.written(form_letters.sent, made.sent_to, day), None)
        told = count(len(made.files), "файл", "файла", "файлов")
        how = "Откройте каждое письмо и отправьте." if made.files and made.files[0].suffix == ".eml" else ""
        self.bar.show_message("ok", f"Сохранено: {told} в папку «{folder.name}». {how}".strip(),
                              ("Открыть папку", lambda: open_folder(folder)))  # fmt: skip


def _write_requests(connection: Connection, cases: Sequence[int], folder: Path, progress: Progress) -> Written:
    """Write request files; one may ask for several forms of a school."""
    made = school_requests.write(connection, cases, folder, progress)
    sent_to = {key: "" for _path, request in made.files for key in request.case_ids}
    return Written(tuple(path for path, _request in made.files), (), sent_to, made.stopped)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
