"""«Проверить файл»: whether the file itself is sound, and how many findings its data have."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.operations import file_check
from app.operations.file_check import LEVEL_FORMS, FileCheck
from app.texts import count, plural
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Row
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window
from app.ui.windows.problems import CHECK_KINDS

FINDINGS = (Column("message", "Что не так", lambda p: p.message, 500, 5, tip=lambda p: p.message),)
SOUND = "Целы таблицы, связи между записями, журнал действий, утверждённые списки и хранимые документы."
UNSOUND = "Файл повреждён. Что с ним делать, сказано в каждой строке."
NOT_JUDGED = "Данные не проверялись: пока файл повреждён, ответу нельзя верить."


class CheckWindow(Window):
    """The file itself above, its data below; the findings of the data have their own window."""

    guide = ("05-сохранность", "Проверка")

    def __init__(self, session: Session, _payload: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Проверка файла", parent, size=(760, 360))
        px = theme.current().px
        self._found: FileCheck | None = None
        self.storage = Card("Файл", pad=12)
        self.state = Chip("none", "")
        self.storage.head.addWidget(self.state)
        self.words = Label("", wrap=True).selectable()
        self.table = DataTable(
            "findings", FINDINGS, id, habits=session.habits, title="Что нашла проверка", filters=False, bare=True
        )
        self.table.setMinimumHeight(px(140))
        self.storage.body.addWidget(self.words)
        self.storage.body.addWidget(self.table, 1)
        self.one = Label("", wrap=True).selectable()
        self.storage.body.addWidget(self.one)
        self.table.current_changed.connect(lambda item: self.one.setText(item.message if item else ""))
        self.data = Card("Данные", pad=12)
        self.chips = {key: Chip(kind, "") for key, kind in CHECK_KINDS.items()}
        self.levels = Row(*self.chips.values())
        self.data.body.addWidget(self.levels)
        self.told = Label("", wrap=True).selectable()
        self.data.body.addWidget(self.told)
        self.open_problems = Button("Открыть замечания", lambda: session.go("problems"), icon="eye")
        self.again = Button("Проверить ещё раз", self.refresh, icon="refresh")
        self.body.addWidget(self.storage)
        self.body.addWidget(self.data)
        self.body.addStretch(1)
        self.add_buttons(self.open_problems, Button("Закрыть", self.accept), left=(self.again,))
        session.problems_changed.connect(self._recount)
        self.refresh()

    def refresh(self) -> None:
        """Check the file anew."""
        self.storage.hide()
        self.data.hide()
        self.again.setEnabled(False)
        self.open_problems.setEnabled(False)
        self.strip.begin("Проверяю файл", cancellable=False)
        self.take(self.session.desk.read(file_check.look), self._show)

    def _show(self, found: FileCheck) -> None:
        self.strip.end()
        self._found = found
        self.again.setEnabled(True)
        self.storage.show()
        self.data.show()
        self.state.set("ok" if found.sound else "bad", "исправен" if found.sound else "повреждён")
        self.words.setText(SOUND if found.sound else UNSOUND)
        for part in (self.table, self.one):
            part.setVisible(not found.sound)
        self.table.set_rows(list(found.storage))
        if found.sound:
            self.session.take_problems(list(found.data))
        else:
            self._tell_data()

    def _recount(self) -> None:
        """What a person has explained meanwhile no longer waits."""
        if self._found is not None and self._found.sound and self.session.problems is not None:
            self._found = FileCheck((), tuple(self.session.problems))
            self._tell_data()

    def _tell_data(self) -> None:
        found = self._found
        if found is None:
            return
        numbers = file_check.tally(found.data)
        for level, forms in LEVEL_FORMS.items():
            self.chips[level].set(CHECK_KINDS[level], count(numbers[level], *forms))
            self.chips[level].setVisible(bool(numbers[level]))
        self.levels.setVisible(bool(numbers["open"]))
        self.open_problems.setEnabled(bool(found.data))
        self.open_problems.setToolTip("" if found.data else "Замечаний нет, открывать нечего")
        self.told.setText(_of_data(numbers) if found.sound else NOT_JUDGED)


def _of_data(numbers: dict[str, int]) -> str:
    explained = numbers["explained"]
    words = f"Объяснено: {explained}." if explained else ""
    if not numbers["open"]:
        return f"Открытых замечаний нет. {words}".strip()
    waiting = count(numbers["open"], "замечание", "замечания", "замечаний")
    return f"{waiting} {plural(numbers['open'], 'ждёт', 'ждут', 'ждут')} вас. {words}".strip()
