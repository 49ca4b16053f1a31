"""«Откуда это?»: from which file, sheet and cell every figure of a school came, who wrote it and when."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QWidget

from app.models.results import StoredMark
from app.models.store import Connection
from app.operations import identification, kept_files, origin
from app.operations.origin import Trace
from app.texts import count, percent, ru_moment
from app.ui.item_models.table_model import Column
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
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


def place_of(trace: Trace) -> str:
    """«Лист1, D14»; the rows where no cell is known."""
    if trace.file is None:
        return ""
    file = trace.file
    rows = "" if file.row_from is None else f"строка {file.row_from}"
    if file.row_to not in {None, file.row_from}:
        rows = f"строки {file.row_from}–{file.row_to}"
    return ", ".join(part for part in (file.sheet or "", file.cells or rows) if part)


OTHERS = (
    Column("what", "Что", lambda t: t.what, 300, 3, 200, middle=True, strong=True),
    Column("value", "Значение", lambda t: t.value, 150, 2, 100, middle=True),
    Column("file", "Файл", lambda t: t.file.name if t.file else "введено в программе", 180, 2, 120, middle=True),
    Column("place", "Место", place_of, 150, 1, 90, middle=True),
    Column("when", "Когда", lambda t: ru_moment(t.written.at) if t.written else "", 126,
           sort=lambda t: t.written.at if t.written else ""),
    Column("actor", "Кто", lambda t: t.written.actor if t.written else "", 120, 1, 80, middle=True),
)  # fmt: skip


def save_source(window: Window, file_id: int, name: str) -> None:
    """Ask where to, and write a loaded file as it came."""
    target = window.session.dialogs.save_file("Сохранить исходный файл", Path(name), "Все файлы (*)")
    if target is not None:
        window.take(
            window.session.desk.read(kept_files.export, str(file_id), target),
            lambda path: window.bar.show_message("ok", f"Файл сохранён таким, каким его загрузили: {path.name}."),
        )


def story(trace: Trace) -> str:
    """Return who wrote a value, when, by which action, and from which bytes."""
    parts = []
    if trace.written is not None:
        written = trace.written
        parts.append(f"Записал: {written.actor}, {ru_moment(written.at)}. Действие № {written.id}: {written.label}.")
    else:
        parts.append("Когда и кем записано, журнал уже не помнит.")
    if trace.file is None:
        parts.append("Значение введено в программе, а не из файла.")
        return "\n".join(parts)
    kept = "файл хранится в «Опоре»" if trace.file.kept else "сам файл не хранится"
    parts.append(f"Файл «{trace.file.name}», {kept}. SHA-256: {trace.file.sha256}")
    return "\n".join(parts)


class OriginWindow(Window):
    """The way of a number, walked back."""

    guide = ("03-список", "Откуда это?")

    def __init__(
        self, session: Session, payload: tuple[int, str, int] | tuple[int, str, int, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        school_id, name, year = payload[:3]
        self._wanted = (year, payload[3]) if len(payload) == 4 else None
        super().__init__(session, f"Откуда числа: {name}", parent, size=(1180, 620))
        self._traces: dict[int, Trace] = {}
        self._chosen: Trace | None = None
        self.tabs = QTabWidget()
        self.tabs.tabBar().setObjectName("inner")
        self.tabs.setDocumentMode(True)
        empty = EmptyState("file-search", "Результатов нет", "За эти годы у школы нет загруженных результатов.")
        self.table = DataTable(
            "origin", COLUMNS, lambda m: m.id, habits=session.habits, title="Откуда числа", empty=empty
        )
        self.others = DataTable(
            "origin_others", OTHERS, lambda t: (t.table, t.row_id, t.column), habits=session.habits,
            title="Откуда остальное",
            empty=EmptyState("file-search", "Больше ничего нет", "Здесь встанут карточка, списки, задания и баллы."),
        )  # fmt: skip
        self.metrics = DataTable(
            "origin_metrics", OTHERS, lambda t: t.row_id, habits=session.habits, title="Откуда показатели",
            empty=EmptyState("file-search", "Показателей нет", "У этой школы не заполнен ни один показатель."),
        )  # fmt: skip
        self.tabs.addTab(self.table, "Результаты")
        self.tabs.addTab(self.metrics, "Показатели")
        self.tabs.addTab(self.others, "Карточка, списки, задания")
        self.body.addWidget(self.tabs, 1)
        self.card = Card(pad=12)
        self.text = Label("", wrap=True).selectable()
        self.card.body.addWidget(self.text)
        self.body.addWidget(self.card)
        self.source = Button("Сохранить исходный файл…", self._save_source, icon="download")
        self.add_buttons(Button("Закрыть", self.accept), left=[self.source])
        self.table.current_changed.connect(lambda _row: self._tell())
        for table in (self.metrics, self.others):
            table.current_changed.connect(lambda _row: self._tell())
        self.tabs.currentChanged.connect(lambda _tab: self._tell())
        for table in (self.table, self.metrics, self.others):
            table.row_actions = self._actions
        self.take(session.desk.read(identification.origin, school_id, year), self._show)
        self.take(session.desk.read(origin.of_results, school_id), self._take_traces)
        self.take(session.desk.read(origin.of_metrics, school_id), self._take_metrics)
        self.take(session.desk.read(_of_others, school_id), self._take_others)
        self._tell()

    def _show(self, found: list[StoredMark]) -> None:
        files = {mark.file for mark in found if mark.file}
        self.say(
            f"{count(len(found), 'результат', 'результата', 'результатов')} из "
            f"{count(len(files), 'файла', 'файлов', 'файлов')}. Место — как его показывает Excel."
            if found
            else ""
        )
        self.table.set_rows(sorted(found, key=lambda m: (-m.year, m.assessment.label)))
        self._choose_wanted(found)

    def _choose_wanted(self, found: list[StoredMark]) -> None:
        """Go to the figure that was asked for; a sum of base and profile begins with the first of them."""
        if self._wanted is None:
            return
        year, label = self._wanted
        of_year = [mark for mark in found if mark.year == year]
        exact = [mark for mark in of_year if mark.assessment.label == label]
        near = [mark for mark in of_year if mark.assessment.label.startswith(label)]
        for mark in (exact or near)[:1]:
            self.table.choose(mark.id)

    def _take_traces(self, found: list[Trace]) -> None:
        self._traces = {trace.row_id: trace for trace in found if trace.table == "mark_count"}
        self._rest = [trace for trace in found if trace.table != "mark_count"]
        self._tell()

    def _take_metrics(self, found: list[Trace]) -> None:
        self.metrics.set_rows(found)
        self._tell()

    def _take_others(self, found: list[Trace]) -> None:
        self.others.set_rows([*found, *getattr(self, "_rest", [])])
        self._tell()

    def _tell(self) -> None:
        """Say under the table how the chosen value came."""
        if self.tabs.currentIndex() == 0:
            mark: StoredMark | None = self.table.current()
            self._chosen = None if mark is None else self._traces.get(mark.id)
        else:
            chosen = self.tabs.currentWidget()
            self._chosen = chosen.current() if isinstance(chosen, DataTable) else None
        trace = self._chosen
        self.card.setVisible(trace is not None)
        self.text.setText("" if trace is None else story(trace))
        self.source.setEnabled(trace is not None and trace.file is not None and trace.file.kept)

    def _actions(self) -> list[RowAction | None]:
        return [("Сохранить исходный файл…", self._save_source)] if self.source.isEnabled() else []

    def _save_source(self) -> None:
        if self._chosen is not None and self._chosen.file is not None:
            save_source(self, self._chosen.file.file_id, self._chosen.file.name)


def _of_others(connection: Connection, school_id: int) -> list[Trace]:
    return [*origin.of_card(connection, school_id), *origin.of_lists(connection, school_id)]
