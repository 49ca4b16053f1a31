"""Findings: those of loaded files, which a person explains, and those of a check of the file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import Problem
from app.models.results import StoredProblem
from app.operations import results
from app.texts import count
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

LEVELS: dict[str, tuple[Kind, str]] = {
    "error": ("bad", "ошибка"),
    "warning": ("warn", "проверить"),
    "hint": ("none", "подсказка"),
}
LEVEL_ORDER = {"error": 0, "warning": 1, "hint": 2}

PROBLEMS = (
    Column("level", "Важность", lambda p: LEVELS[p.level][1], 112, kind="chip", chip=lambda p: LEVELS[p.level][0],
           sort=lambda p: LEVEL_ORDER[p.level]),
    Column("file", "Файл", lambda p: p.file, 200, 2, middle=True),
    Column("place", "Место", lambda p: ", ".join(part for part in (p.sheet, p.cell) if part), 130, 1, middle=True),
    Column("message", "Что не так", lambda p: p.message, 380, 5, tip=lambda p: p.message),
)  # fmt: skip
FINDINGS = (
    Column("level", "Важность", lambda p: LEVELS[p.level][1], 112, kind="chip", chip=lambda p: LEVELS[p.level][0],
           sort=lambda p: LEVEL_ORDER[p.level]),
    Column("message", "Что не так", lambda p: p.message, 500, 5, tip=lambda p: p.message),
)  # fmt: skip


class ProblemsWindow(Window):
    """Open findings of all loaded files."""

    guide = ("02-загрузка", "Что будет, видно заранее")

    def __init__(self, session: Session, problem_id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Замечания к данным", parent, size=(1000, 600))
        self._wanted = problem_id
        empty = EmptyState("circle-check", "Замечаний нет", "Всё, что загружено, принято без оговорок или объяснено.")
        self.table = DataTable(
            "problems", PROBLEMS, lambda p: p.id, habits=session.habits, title="Замечания к данным", empty=empty
        )
        self.table.current_changed.connect(self._show_one)
        self.table.activated.connect(lambda _p: self._explain())
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        card = Card(pad=12)
        self.text = Label("", wrap=True).selectable()
        card.body.addWidget(self.text)
        self.card = card
        self.body.addWidget(card)
        self.explain = Button("Объяснить…", self._explain, icon="edit", kind="primary")
        self.add_buttons(self.explain, Button("Закрыть", self.accept))
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the findings anew."""
        self.take(self.session.desk.read(results.open_problems), self._show)

    def _show(self, found: list[StoredProblem]) -> None:
        self.say(
            f"{count(len(found), 'замечание', 'замечания', 'замечаний')}. Исправьте исходную таблицу и загрузите её "
            "снова или объясните, почему так: объяснение останется в файле."
            if found
            else ""
        )
        self.card.setVisible(bool(found))
        self.table.set_rows(found)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def _show_one(self, item: StoredProblem | None) -> None:
        self.explain.setEnabled(item is not None and not self.session.desk.read_only)
        self.text.setText(item.message if item is not None else "")

    def _actions(self) -> list[RowAction | None]:
        return [("Объяснить…", self._explain)]

    def _explain(self) -> None:
        item: StoredProblem | None = self.table.current()
        if item is None:
            return
        answer = self.session.dialogs.ask(
            "Объяснить замечание",
            item.message,
            [Field("text", "Почему это верно", long=True, required=True)],
            "Объяснить",
        )
        if answer is not None:
            self.take(self.session.written(results.explain_problem, item.id, answer["text"]), None)


class FindingsWindow(Window):
    """What a check of the file found."""

    guide = ("05-сохранность", "Проверка")

    def __init__(self, session: Session, problems: list[Problem], parent: QWidget | None = None) -> None:
        super().__init__(session, "Проверка файла", parent, size=(860, 480))
        self.table = DataTable(
            "findings", FINDINGS, id, habits=session.habits, title="Что нашла проверка", filters=False
        )
        self.body.addWidget(self.table, 1)
        self.text = Label("", wrap=True).selectable()
        self.table.current_changed.connect(lambda item: self.text.setText(item.message if item else ""))
        self.body.addWidget(self.text)
        self.add_buttons(Button("Закрыть", self.accept))
        self.say(count(len(problems), "замечание", "замечания", "замечаний"))
        self.table.set_rows(problems)
