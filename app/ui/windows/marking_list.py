"""«Разметки таблиц»: saved column maps, taken along to a colleague and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.operations import marking, profiles
from app.operations.profiles import Profile
from app.texts import count, ru_moment
from app.ui.dialogs import Field
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.base import Window

PATTERNS = "Разметки таблиц (*.toml);;Все файлы (*)"
_WORDS = {key: words for words, key in marking.TARGETS}

COLUMNS = (
    Column("name", "Название", lambda p: p.name, 260, 3, middle=True, strong=True),
    Column("target", "Что получается", lambda p: _WORDS.get(p.target, p.target), 190, 1),
    Column("when", "Сохранена", lambda p: ru_moment(p.added_at), 130, sort=lambda p: p.added_at),
    Column("actor", "Кто", lambda p: p.actor, 150, 1, middle=True),
)


class MarkingsWindow(Window):
    """Which foreign tables the program has learned to read."""

    guide = ("02-загрузка", "Таблица, которой никто не знает")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Разметки таблиц", parent, size=(900, 520))
        empty = EmptyState(
            "table", "Разметок пока нет", "Разметка появится, когда вы загрузите таблицу, которой программа не знает.",
            ("Загрузить…", lambda: session.go("import")),
        )  # fmt: skip
        self.table = DataTable(
            "markings", COLUMNS, lambda p: p.id, habits=session.habits, title="Разметки таблиц", empty=empty
        )
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.row_actions = self._actions
        self.body.addWidget(self.table, 1)
        self.rename = Button("Переименовать…", self._rename, icon="edit")
        self.export = Button("Сохранить в файл…", self._export, icon="download")
        self.bring = Button("Взять из файла…", self._bring, icon="upload")
        self.delete = Button("Удалить", self._delete, icon="trash")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.rename, self.export, self.bring, self.delete])
        session.changed.connect(self.touched)
        self._enable()
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self.take(self.session.desk.read(profiles.listing), self._show)

    def _show(self, found: list[Profile]) -> None:
        words = count(len(found), "разметка", "разметки", "разметок")
        self.say(f"{words}. По ним программа узнаёт таблицы сама, даже если столбцы переставлены." if found else "")
        self.table.set_rows(found)
        self._enable()

    def _enable(self) -> None:
        chosen, writing = self.table.current() is not None, not self.session.desk.read_only
        self.export.setEnabled(chosen)
        self.bring.setEnabled(writing)
        for button in (self.rename, self.delete):
            button.setEnabled(chosen and writing)

    def _actions(self) -> list[RowAction | None]:
        buttons = (self.rename, self.export, self.delete)
        return [(button.text(), button.click) for button in buttons if button.isEnabled()]

    def _rename(self) -> None:
        item: Profile | None = self.table.current()
        if item is None:
            return
        field = Field("name", "Название", item.name, required=True)
        answer = self.session.dialogs.ask("Переименовать разметку", "", [field], "Переименовать")
        if answer is not None and answer["name"].strip() != item.name:
            self.take(self.session.written(profiles.rename, item.name, answer["name"]), None)

    def _delete(self) -> None:
        item: Profile | None = self.table.current()
        if item is not None:
            self.take(
                self.session.written(profiles.delete, item.name),
                lambda _none: self.bar.show_message(
                    "ok",
                    f"Разметка «{item.name}» удалена. Прочитанное по ней остаётся; вернуть её: Ctrl+Z в главном окне.",
                ),
            )

    def _export(self) -> None:
        item: Profile | None = self.table.current()
        if item is None:
            return
        suggested = Path("".join(" " if sign in '\\/:*?"<>|' else sign for sign in item.name).strip() + ".toml")
        target = self.session.dialogs.save_file("Сохранить разметку", suggested, PATTERNS)
        if target is not None:
            self.take(
                self.session.desk.read(profiles.export, item.name, target),
                lambda path: self.bar.show_message("ok", f"Разметка сохранена: {path.name}. Данных в ней нет."),
            )

    def _bring(self) -> None:
        found = self.session.dialogs.open_files("Взять разметку из файла", PATTERNS, several=False)
        if found:
            self.take(
                self.session.written(profiles.import_file, found[0]),
                lambda item: self.bar.show_message("ok", f"Взята разметка «{item.name}»."),
            )
