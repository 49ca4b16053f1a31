"""The journal of actions and the list of loaded files."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.models.journal import OperationRecord
from app.models.results import ImportedFile
from app.operations import history, results
from app.texts import count, grouped, ru_moment
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.theme import Kind
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window
from app.ui.windows.origin import save_source


def _state(item: OperationRecord) -> tuple[Kind, str]:
    if item.state != "done":
        return "none", history.STATE_WORDS[item.state]
    return ("ok", "сделано") if item.reversible else ("info", "навсегда")


OPERATIONS = (
    Column("id", "№", lambda o: str(o.id), 50, kind="number", sort=lambda o: o.id),
    Column("at", "Когда", lambda o: ru_moment(o.at), 126, sort=lambda o: o.at),
    Column("actor", "Кто", lambda o: o.actor, 130, 1, middle=True),
    Column("label", "Что сделано", lambda o: o.label, 380, 5, strong=True),
    Column("state", "Состояние", lambda o: _state(o)[1], 108, kind="chip", chip=lambda o: _state(o)[0],
           tip=lambda o: "" if o.reversible else "Отменяется только обратным действием с причиной"),
)  # fmt: skip


class HistoryWindow(Window):
    """What was done, by whom, when; an older action can be undone where nothing later touched its rows."""

    guide = ("05-сохранность", "Копии")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Журнал действий", parent, size=(980, 600))
        self.table = DataTable(
            "history", OPERATIONS, lambda o: o.id, habits=session.habits, title="Журнал действий", searchable=True
        )
        self.table.current_changed.connect(self._enable)
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.undo = Button("Отменить это действие", self._undo, icon="arrow-back-up")
        self.add_buttons(self.undo, Button("Закрыть", self.accept))
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the journal anew."""
        self.take(self.session.desk.read(history.history), self._show)

    def _show(self, found: list[OperationRecord]) -> None:
        first = datetime.fromisoformat(found[-1].at).astimezone().strftime("%d.%m.%Y") if found else ""
        self.say(f"{count(len(found), 'действие', 'действия', 'действий')} с {first}" if found else "Журнал пуст")
        self.table.set_rows(found)

    def _enable(self, item: OperationRecord | None) -> None:
        self.undo.setEnabled(
            item is not None and item.reversible and item.state == "done" and not self.session.desk.read_only
        )

    def _actions(self) -> list[RowAction | None]:
        return [("Отменить это действие", self._undo)] if self.undo.isEnabled() else []

    def _undo(self) -> None:
        item: OperationRecord | None = self.table.current()
        if item is not None:
            self.take(
                self.session.written(history.undo, item.id),
                lambda record: self.bar.show_message("ok", f"Отменено: {record.label}"),
            )


def _kept(item: ImportedFile) -> str:
    return "хранится" if item.kept else "нет"


def _kept_tip(item: ImportedFile) -> str:
    if item.kept:
        return "Файл хранится внутри «Опоры» таким, каким его загрузили"
    return "Файл не хранится: он слишком велик или в нём строки об учениках. Узнать его можно по отпечатку"


FILES = (
    Column("name", "Файл", lambda f: f.name, 220, 3, middle=True, strong=True),
    Column("title", "Что это", lambda f: f.title or results.kind_words(f.kind), 240, 4, middle=True),
    Column("when", "Загружен", lambda f: ru_moment(f.imported_at), 126, sort=lambda f: f.imported_at),
    Column("actor", "Кто", lambda f: f.actor, 110, 1, middle=True),
    Column("new", "Новых", lambda f: str(f.rows_new), 64, kind="number", sort=lambda f: f.rows_new),
    Column("changed", "Изменено", lambda f: str(f.rows_changed), 80, kind="number", sort=lambda f: f.rows_changed),
    Column("problems", "Замечаний", lambda f: str(f.problems), 84, kind="number", sort=lambda f: f.problems),
    Column("hash", "Отпечаток", lambda f: f.sha256[:12], 112, tip=lambda f: f"SHA-256: {f.sha256}"),
    Column("kept", "Сам файл", _kept, 96, kind="chip", chip=lambda f: "ok" if f.kept else "none", tip=_kept_tip),
)


class FilesWindow(Window):
    """Which files were loaded."""

    guide = ("02-загрузка", "Загрузка результатов")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Загруженные файлы", parent, size=(1180, 560))
        empty = EmptyState(
            "upload", "Ещё ничего не загружено", "Здесь встанет каждый загруженный файл.",
            ("Загрузить…", lambda: session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "files", FILES, lambda f: f.id, habits=session.habits, title="Загруженные файлы", empty=empty
        )
        self.body.addWidget(self.table, 1)
        self.table.current_changed.connect(self._enable)
        self.table.row_actions = self._actions
        self.more = Button("Загрузить ещё…", lambda: session.go("import"), icon="upload")
        self.source = Button("Сохранить исходный файл…", self._save_source, icon="download")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.more, self.source])
        self._enable(None)
        session.changed.connect(self.touched)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self.take(self.session.desk.read(results.files), self._show)

    def _show(self, found: list[ImportedFile]) -> None:
        rows = sum(item.rows_new + item.rows_changed for item in found)
        words = f"{count(len(found), 'файл', 'файла', 'файлов')}, записано строк {grouped(rows)}"
        self.say(words if found else "")
        self.more.setVisible(bool(found))
        self.table.set_rows(found)

    def _enable(self, item: ImportedFile | None) -> None:
        self.source.setEnabled(item is not None and bool(item.kept))

    def _actions(self) -> list[RowAction | None]:
        found: list[RowAction | None] = [("Копировать отпечаток", self._copy_hash)]
        return [("Сохранить исходный файл…", self._save_source), *found] if self.source.isEnabled() else found

    def _copy_hash(self) -> None:
        item: ImportedFile | None = self.table.current()
        if item is not None:
            QGuiApplication.clipboard().setText(item.sha256)
            self.bar.show_message("ok", "Отпечаток SHA-256 скопирован.")

    def _save_source(self) -> None:
        item: ImportedFile | None = self.table.current()
        if item is not None:
            save_source(self, item.id, item.name)
