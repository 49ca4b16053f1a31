"""The report, notes and recommendations before they are printed, saved or put into the register."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.store import Connection
from app.operations import note_papers
from app.operations.note_scope import Asked
from app.operations.notes import KINDS
from app.operations.papers import Paper
from app.texts import count, quoted
from app.ui.dialogs import Field
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.labels import Label
from app.ui.windows.papers import PaperPreview

ADVICE = "advice"
TITLES: dict[str, str] = {str(key): title for key, title in KINDS.items()} | {ADVICE: "Адресные рекомендации"}


class NotePaperWindow(PaperPreview):
    """A paper of the monitoring; ``payload`` is (key of the document, what is asked), None the report of this year."""

    guide = ("17-справки", "Бумаги")

    def __init__(self, session: Session, payload: tuple[str, Asked] | None, parent: QWidget | None = None) -> None:
        today = session.today()
        self._first, self._asked = payload or ("report", Asked("report", today.year, today))
        super().__init__(session, TITLES[self._first], parent)
        self.kind = Combo("Документ")
        self.whom = Combo("Кому")
        self.which = Combo("Какие рекомендации")
        self._of_advice = QWidget()
        self._offer()
        self._make()

    @property
    def document(self) -> str:
        """Key of the document that is shown."""
        return str(self.kind.currentData())

    def _offer(self) -> None:
        wanted = [key for key in TITLES if key != "school" or self._asked.school_id is not None]
        self.kind.fill([(TITLES[key], key) for key in wanted], self._first)
        self.kind.currentIndexChanged.connect(lambda _place: self._changed_kind())
        self.which.fill([("На этот учебный год", False), ("Прошлого года с отметками", True)], False)
        self.which.currentIndexChanged.connect(lambda _place: self._changed())
        self.whom.fill([("Всем", "")], "")
        self.whom.currentIndexChanged.connect(lambda _place: self._make())
        row = QHBoxLayout(self._of_advice)
        row.setContentsMargins(0, 0, 0, 0)
        for word, combo in (("Рекомендации", self.which), ("Кому", self.whom)):
            row.addWidget(Label(word, "muted"))
            row.addWidget(combo)
        self.each = Button("Папка по адресатам…", self.ask_folder, icon="folder-open")
        self.each.setToolTip("Каждому адресату — свой файл: чужих рекомендаций в нём нет.")
        row.addWidget(self.each)
        self.choosers.addWidget(Label("Документ", "muted"))
        self.choosers.addWidget(self.kind)
        self.choosers.addWidget(self._of_advice)
        self.choosers.addStretch(1)
        self._of_advice.setVisible(self._first == ADVICE)
        self._read_whom()

    def _changed_kind(self) -> None:
        self.heading.setText(TITLES[self.document])
        self.setWindowTitle(TITLES[self.document])
        self._of_advice.setVisible(self.document == ADVICE)
        self._make()

    def _changed(self) -> None:
        self._read_whom()
        self._make()

    def _read_whom(self) -> None:
        before = bool(self.which.currentData())

        def read(connection: Connection) -> list[str]:
            return note_papers.addressees(connection, self._asked, before=before)

        self.take(self.session.desk.read(read), self._take_whom)

    def _take_whom(self, names: list[str]) -> None:
        self.whom.blockSignals(True)
        self.whom.fill([("Всем", ""), *((name, name) for name in names)], "")
        self.whom.blockSignals(False)

    def _make(self) -> None:
        document, whom, before = self.document, str(self.whom.currentData() or ""), bool(self.which.currentData())
        asked = self._asked
        told = {"year": asked.year, "programme": asked.programme_id}
        if document == ADVICE:
            which = "before" if before else "this"
            self.prepare_kind("recommendations", {**told, "whom": whom, "which": which})
        else:
            school = asked.school_id if document == "school" else None
            self.prepare_kind(note_papers.PAPER_KINDS[document], {**told, "school": school})

    # --- a file for each addressee -------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Ask for the kind of files and a folder, then write a file for each addressee."""
        names = self.whom.count() - 1
        if names < 1:
            self.bar.show_message("info", "Рекомендаций нет: класть в папку нечего.")
            return
        told = self.session.dialogs.ask(
            "Папка по адресатам",
            f"{count(names, 'адресат', 'адресата', 'адресатов')}. Каждому — свой файл, чужих рекомендаций в нём нет. "
            "Файлы с тем же именем останутся: новый ляжет рядом.",
            [Field("suffix", "Вид файлов", ".pdf", choices=(("PDF", ".pdf"), ("Word", ".docx")))], "Выбрать папку…",
        )  # fmt: skip
        folder = self.session.dialogs.open_folder("Куда положить рекомендации") if told is not None else None
        if told is not None and folder is not None:
            self.write_each(folder, told["suffix"])

    def write_each(self, folder: Path, suffix: str) -> None:
        """Write a file for each addressee into a folder, beside the window; all of them or none."""
        before, asked = bool(self.which.currentData()), self._asked

        def read(connection: Connection) -> list[Paper]:
            return note_papers.advice_each(connection, asked, before=before)

        def work(made: list[Paper]) -> None:
            self.session.job(
                self, lambda _job: note_papers.write_each(made, folder, suffix), self._written, self.fail
            )  # fmt: skip

        self.strip.begin("Готовлю файлы", cancellable=False)
        self.take(self.session.desk.read(read), work)

    def _written(self, paths: list[Path]) -> None:
        self.strip.end()
        where = quoted(paths[0].parent.name) if paths[0].parent.name else str(paths[0].parent)
        self.bar.show_message("ok", f"В папке {where}: {count(len(paths), 'файл', 'файла', 'файлов')}.")
