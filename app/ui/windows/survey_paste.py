"""«Вставить таблицу»: what was copied, or a file, becomes questionnaires one by one or counts; first it is told how."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from app.forms.schema import FormDef
from app.forms.survey_table import SurveyRows
from app.forms.survey_tally import SurveyTallies
from app.operations import survey_sources, surveys
from app.operations.surveys import SheetView
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

ROWS, NUMBERS = "rows", "tallies"
PATTERNS = "Таблицы (*.xlsx *.xls *.ods *.csv)"
_COPY = "Скопируйте таблицу в Excel, Яндекс Таблицах или Google Таблицах и вставьте сюда (Ctrl+V). "
HINTS = {
    ROWS: _COPY + "В первой строке — вопросы анкеты, ниже по строке на человека.",
    NUMBERS: _COPY + "Вопросы строками, ответы столбцами. Подойдёт и список: вопрос, ответ, сколько раз выбран.",
}
Understood = SurveyRows | SurveyTallies


class SurveyPasteWindow(Window):
    """A table for one sheet."""

    guide = ("09-чек-листы", "Анкеты")

    def __init__(self, session: Session, sheet_id: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Вставить таблицу", parent, size=(760, 560))
        self._sheet_id = sheet_id
        self._view: SheetView | None = None
        self._file: Path | None = None
        self._turn = 0
        self.found: Understood | None = None
        px = theme.current().px
        self.kind = Combo("Что в таблице")
        self.kind.fill([("Строка — один человек", ROWS), ("Сколько раз выбран каждый ответ", NUMBERS)], ROWS)
        self.kind.currentIndexChanged.connect(lambda _place: self._understand())
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Таблица")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.from_file = Button("Из файла…", self._choose_file, icon="folder-open")
        self.told = Label("", wrap=True)
        self.told.setMinimumHeight(px(72))
        self.anew = QCheckBox("Убрать то, что на листе уже есть")
        self.anew.toggled.connect(lambda _on: self._check())
        self.promise = Label(
            "Имена, телефоны, почта и время ответа не сохраняются. Сама таблица тоже не хранится.", "muted", wrap=True
        )
        self.put = Button("Записать", self._put, kind="primary")
        self.body.addLayout(beside(Label("Что в таблице", "muted"), self.kind, QWidget(), self.from_file,
                                   stretch=(0, 0, 1, 0)))  # fmt: skip
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.told)
        self.body.addWidget(self.promise)
        self.add_buttons(Button("Отмена", self.reject), self.put, left=[self.anew])
        self.take(session.desk.read(surveys.view, sheet_id), self._opened)

    def _opened(self, view: SheetView) -> None:
        self._view = view
        self.say(f"{view.line.form.short} · {view.line.title}")
        self.anew.setVisible(view.mode != "empty")
        if view.mode == "tallies":
            self.kind.choose(NUMBERS)
        copied = QGuiApplication.clipboard().text()
        if "\t" in copied and not self.text.toPlainText():
            self.text.setPlainText(copied)
        self._understand()

    # --- understanding -------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._file = None
        self._understand()

    def _choose_file(self) -> None:
        found = self.session.dialogs.open_files("Таблица с ответами", PATTERNS, several=False)
        if found:
            self._file = found[0]
            self._understand()

    def _understand(self) -> None:
        """Understand the table beside the window."""
        view = self._view
        self.bar.clear()
        self.found = None
        self._turn += 1
        self.text.setPlaceholderText(HINTS[str(self.kind.currentData())])
        turn, file, text = self._turn, self._file, self.text.toPlainText()
        if view is None or (file is None and not text.strip()):
            self.told.setText("")
            self._check()
            return
        form, kind = view.line.form, str(self.kind.currentData())
        self.session.job(self, lambda _job: understood(form, kind, file, text), lambda found: self._tell(turn, found),
                         self.fail)  # fmt: skip
        self._check()

    def _tell(self, turn: int, found: Understood) -> None:
        if turn == self._turn:
            self.found = found
            name = f"{self._file.name}. " if self._file is not None else ""
            self.told.setText(name + "\n".join(found.sentences))
            self._check()

    def _check(self) -> None:
        mode = self._view.mode if self._view is not None else "empty"
        fits = mode in {"empty", str(self.kind.currentData())} or self.anew.isChecked()
        if self.found is not None and not fits:
            self.bar.show_message("warn", "На листе уже введено другим способом: прибавлять нельзя, люди были бы "
                                  "посчитаны дважды. Отметьте «Убрать то, что на листе уже есть».")  # fmt: skip
        self.put.setEnabled(self.found is not None and fits and not self.session.desk.read_only)

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self) -> None:
        anew = self.anew.isChecked()
        if isinstance(self.found, SurveyRows):
            future = self.session.written(surveys.put_rows, self._sheet_id, self.found, anew=anew)
        elif self.found is not None:
            future = self.session.written(surveys.put_tallies, self._sheet_id, self.found, anew=anew)
        else:
            return
        self.take(future, self._done)

    def _done(self, _number: int) -> None:
        if self.found is not None:
            self.session.tell("ok", "Таблица записана. " + self.found.sentences[0])
        self.accept()


def understood(form: FormDef, kind: str, file: Path | None, text: str) -> Understood:
    """Read a table as questionnaires or as counts.

    Raises:
        UserError: ``FORM_SURVEY_TABLE``, ``FORM_SURVEY_TABLE_NUMBERS``; codes of reading a file.
    """
    if kind == ROWS:
        if file is not None:
            return survey_sources.rows_of_file(form, file)
        return survey_sources.rows(form, survey_sources.pasted(text))
    if file is not None:
        return survey_sources.numbers_of_file(form, file)
    return survey_sources.numbers(form, survey_sources.pasted(text))
