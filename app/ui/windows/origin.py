"""«Источник»: from which file, sheet and cell every figure of a school came."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.results import StoredMark
from app.operations import identification
from app.texts import count, percent, ru_moment
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.table import DataTable
from app.ui.windows.base import Window


def _place(mark: StoredMark) -> str:
    if mark.cells:
        return mark.cells
    if mark.row_from is None:
        return ""
    same = mark.row_to in {None, mark.row_from}
    return f"строка {mark.row_from}" if same else f"строки {mark.row_from}–{mark.row_to}"


def _share(mark: StoredMark) -> str:
    return "—" if mark.below_min is None else percent(mark.below_min, mark.participants)


COLUMNS = (
    Column("year", "Год", lambda m: str(m.year), 54, kind="number", sort=lambda m: m.year),
    Column("work", "Процедура", lambda m: m.assessment.label, 200, 3, 190, middle=True, strong=True),
    Column("of", "Участников", lambda m: str(m.participants), 84, kind="number", sort=lambda m: m.participants),
    Column("below", "Ниже минимума", lambda m: "—" if m.below_min is None else str(m.below_min), 104, kind="number",
           sort=lambda m: m.below_min),
    Column("share", "Доля", _share, 66, kind="number"),
    Column("how", "Число", lambda m: "из процентов" if m.restored else "из файла", 112,
           tip=lambda m: "В отчёте были только проценты, число восстановлено" if m.restored else ""),
    Column("file", "Файл", lambda m: m.file or "", 170, 2, 110, middle=True),
    Column("sheet", "Лист", lambda m: m.sheet or "", 100, 1, middle=True),
    Column("place", "Место", _place, 96),
    Column("when", "Загружен", lambda m: ru_moment(m.imported_at) if m.imported_at else "", 126,
           sort=lambda m: m.imported_at),
)  # fmt: skip


class OriginWindow(Window):
    """The way of a number, walked back."""

    guide = ("03-список", "Откуда это?")

    def __init__(self, session: Session, payload: tuple[int, str, int], parent: QWidget | None = None) -> None:
        school_id, name, year = payload
        super().__init__(session, f"Откуда числа: {name}", parent, size=(1180, 560))
        empty = EmptyState("file-search", "Результатов нет", "За эти годы у школы нет загруженных результатов.")
        self.table = DataTable(
            "origin", COLUMNS, lambda m: m.id, habits=session.habits, title="Откуда числа", empty=empty
        )
        self.body.addWidget(self.table, 1)
        self.add_buttons(Button("Закрыть", self.accept))
        self.take(session.desk.read(identification.origin, school_id, year), self._show)

    def _show(self, found: list[StoredMark]) -> None:
        files = {mark.file for mark in found if mark.file}
        self.say(
            f"{count(len(found), 'результат', 'результата', 'результатов')} из "
            f"{count(len(files), 'файла', 'файлов', 'файлов')}. Место — как его показывает Excel."
            if found
            else ""
        )
        self.table.set_rows(sorted(found, key=lambda m: (-m.year, m.assessment.label)))
