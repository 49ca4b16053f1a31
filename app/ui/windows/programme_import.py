"""«Загрузить план»: a file or what was copied, what was understood of it, where it goes. Nothing is written before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.operations import programme_import, programme_import_writing, programmes
from app.operations.programme_import import LAYOUT_WORDS, PlanMap, Preview, Source, Target, Understood
from app.operations.programme_import_writing import Loaded
from app.operations.programmes import ProgrammeLine
from app.texts import count
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Scroller
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable
from app.ui.windows.file_wizard import FileWizard
from app.ui.windows.programme_import_parts import (
    FINDINGS,
    ROWS,
    ColumnsPanel,
    WherePanel,
    field_of,
    meanings,
    told_whole,
    value_of,
)

_TOLD = 132
"""Room under a table for everything about the chosen line."""
PATTERNS = "Планы (*.docx *.xlsx *.xlsm *.xls *.ods *.txt *.tsv *.csv);;Все файлы (*)"


def _over(table: DataTable, told: Label) -> QWidget:
    """Put a table over the whole words of its chosen line."""
    px = theme.current().px
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(6))
    card = Card("", "", pad=10)
    scroller = Scroller()
    scroller.column.addWidget(told)
    scroller.column.addStretch(1)
    card.body.addWidget(scroller)
    card.setFixedHeight(px(_TOLD))
    column.addWidget(table, 1)
    column.addWidget(card)
    return page


class ProgrammeImportWizard(FileWizard):
    """A plan in."""

    steps = ("Откуда взять план", "Что понято", "Куда загрузить")
    asking = ("Загрузить план", PATTERNS)
    guide = ("10-программа", "Загрузить готовый план")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        """Begin; ``payload`` is a list of paths, or the key of the programme to load into."""
        self.source: Source | None = None
        self.found: Preview | None = None
        self.maps: dict[int, PlanMap] = {}
        self._wanted = payload if isinstance(payload, int) else None
        self._index = 0
        self._turn = 0
        super().__init__(session, "Загрузить план", parent, size=(1240, 680))
        self.take(session.desk.read(programmes.listing), self._take_drafts)
        paths = [Path(path) for path in payload] if isinstance(payload, list | tuple) else []
        if paths:
            self.read(paths[0])
            if len(paths) > 1:
                self.bar.show_message("info", f"План загружают по одному файлу: взят «{paths[0].name}».")

    # --- steps ---------------------------------------------------------------------------------------------------

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._file_step, self._rows_step, self._where_step)[step]()

    def enter_step(self, step: int) -> None:
        """Name the verb of the step."""
        self.next.setText(("Далее", "Далее", self._verb())[step])
        self._enable()
        if step == 2:
            self._understand()

    def go_on(self) -> None:
        """Go on, at last load."""
        if self.step < 2:
            self.show_step(self.step + 1)
        else:
            self._load()

    def _file_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(
            "Программа, комплекс мер, дорожная карта или план-график: таблица с мероприятиями и сроками, показатели по "
            "годам, деньги по годам. Что в каких столбцах, программа узнаёт по заголовкам.", wrap=True,
        ))  # fmt: skip
        self.empty = EmptyState(
            "upload", "План ещё не выбран",
            "Перетащите сюда документ Word (.docx), книгу Excel или текст. Таблицу можно и вставить: "
            "скопируйте её в Word или Excel.", ("Выбрать файл…", self._ask),
        )  # fmt: skip
        column.addStretch(1)
        column.addWidget(self.empty)
        row = QHBoxLayout()
        self.paste = Button("Вставить скопированную таблицу", self._paste, icon="table")
        row.addStretch(1)
        row.addWidget(self.paste)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _rows_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addLayout(self._table_line())
        self.rows = DataTable(
            "plan_rows", ROWS, lambda line: line.row.place, habits=self.session.habits, title="Строки плана",
            filters=False, empty=EmptyState(
                "table", "Из этой таблицы пока ничего не взято",
                "Если это план, отметьте «Загружать таблицу» и выберите справа, что стоит в столбцах.",
            ),
        )  # fmt: skip
        self.findings = DataTable(
            "plan_findings", FINDINGS, id, habits=self.session.habits, title="Замечания к плану", filters=False,
            empty=EmptyState("circle-check", "Замечаний нет", "В файле всё понятно."),
        )  # fmt: skip
        self.findings.activated.connect(self._show_finding)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setObjectName("inner")
        self.tabs.setDocumentMode(True)
        self.row_told, self.finding_told = Label("", wrap=True), Label("", wrap=True)
        self.rows.current_changed.connect(lambda line: self.row_told.setText(told_whole(line)))
        self.findings.current_changed.connect(lambda one: self.finding_told.setText(one.message if one else ""))
        self.tabs.addTab(_over(self.rows, self.row_told), "Строки")
        self.tabs.addTab(_over(self.findings, self.finding_told), "Замечания")
        self.columns = ColumnsPanel(self._mean)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tabs)
        halves.addWidget(self.columns)
        px = theme.current().px
        halves.setSizes([px(856), px(340)])
        halves.setStretchFactor(0, 1)
        column.addWidget(halves, 1)
        return page

    def _table_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        self.tables = Combo("Таблица файла")
        self.tables.activated.connect(self._choose_table)
        self.taken = QCheckBox("Загружать таблицу")
        self.taken.toggled.connect(self._toggle)
        self.head = QSpinBox()
        self.head.setAccessibleName("Сколько строк занимает заголовок")
        self.head.setRange(0, 99)
        self.head.setMinimumWidth(theme.current().px(64))
        self.head.setKeyboardTracking(False)
        self.head.valueChanged.connect(lambda _value: self._remap())
        row.addWidget(self.tables)
        row.addWidget(self.taken)
        row.addWidget(Label("Строк до первой строки плана", "muted"))
        row.addWidget(self.head)
        row.addStretch(1)
        return row

    def _where_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(12))
        self.where = WherePanel(self._understand, self._drafted)
        self.outcome = Label("", "section", wrap=True)
        column.addWidget(self.where)
        column.addWidget(self.outcome)
        column.addWidget(Label(
            "Слова сроков сохраняются как есть, даты встают рядом. "
            "Загрузка — одно действие: Ctrl+Z отменит её целиком.", "muted", wrap=True,
        ))  # fmt: skip
        column.addStretch(1)
        return page

    def _enable(self) -> None:
        ready = self.source is not None and not self._busy
        if self.step == 2:
            ready = ready and self.found is not None and bool(self.found.to_write) and self.found.period is not None
            ready = ready and not self.session.desk.read_only
        elif self.step == 1:
            ready = ready and self.found is not None and bool(self.found.lines)
        self.next.setEnabled(bool(ready))

    def _verb(self) -> str:
        lines = len(self.found.to_write) if self.found is not None else 0
        return f"Загрузить {count(lines, 'строку', 'строки', 'строк')}" if lines else "Загрузить"

    # --- the source ----------------------------------------------------------------------------------------------

    def _paste(self) -> None:
        self.bar.clear()
        data = QGuiApplication.clipboard().mimeData()
        text, html = data.text(), data.html() if data.hasHtml() else ""
        self._busy = True
        self.session.job(self, lambda _job: programme_import.pasted(text, html), self._take_source, self.fail)

    def source_of(self, path: Path, job: Job) -> Source:
        """Return the tables of a plan."""
        return programme_import.read(path, job.progress, job.cancelled)

    def take_source(self, source: Source) -> None:
        """Show what was understood of a plan."""
        self.source, self.maps, self._index = source, {}, -1
        self.where.title.clear()
        self.heading.setText(f"Загрузить план: {source.name}")
        self.empty.tell(f"Выбран план: {source.name}", "Чтобы взять другой, перетащите его сюда или выберите снова.")
        self._understand(then_show=True)

    # --- understanding -------------------------------------------------------------------------------------------

    def _take_drafts(self, lines: list[ProgrammeLine]) -> None:
        self.where.show_drafts(lines, self._wanted)
        if self._wanted is not None and self.where.draft.currentData() == self._wanted:
            self.where.into.setChecked(True)
        self._drafted()

    def _drafted(self) -> None:
        key = self.where.draft.currentData()
        if key is not None:
            self.take(self.session.desk.read(programme_import.tasks, key), self.where.show_tasks)
        self._understand()

    def _understand(self, *, then_show: bool = False) -> None:
        """Say anew what the file would bring; an older answer that comes later counts no more."""
        if self.source is None:
            return
        self._turn += 1
        turn = self._turn
        first = self.found is None or then_show
        target = Target(self.where.target.into) if first and self.where.into.isChecked() else self.where.target
        if then_show and not self.where.into.isChecked():
            target = Target()
        future = self.session.desk.read(programme_import.preview, self.source, target, dict(self.maps))
        self.take(future, lambda found: self._show(turn, found, then_show=then_show))

    def _show(self, turn: int, found: Preview, *, then_show: bool) -> None:
        if turn != self._turn:
            return
        self.found = found
        if self._index < 0:
            self._index = next((table.index for table in found.tables if table.rows), 0)
        self.where.show_found(found)
        self._show_tables()
        self._show_rows()
        self._tell()
        if then_show and self.step == 0:
            self.show_step(1)
        self._enable()

    def _tell(self) -> None:
        found = self.found
        if found is None:
            return
        self.outcome.setText(" ".join(found.sentences))
        if self.step == 2:
            self.next.setText(self._verb())
            if found.period is None:
                self.bar.show_message("warn", "Из файла не видно, на какие годы план. Впишите годы.")
            else:
                self.bar.clear()

    @property
    def table(self) -> Understood | None:
        """The table that is shown."""
        tables = self.found.tables if self.found is not None else ()
        return tables[self._index] if 0 <= self._index < len(tables) else None

    def _show_tables(self) -> None:
        if self.found is None:
            return
        self.tables.fill([(self._words(table), table.index) for table in self.found.tables], self._index)
        self.tables.setEnabled(len(self.found.tables) > 1)
        table = self.table
        if table is None:
            return
        for widget, value in ((self.taken, table.taken), (self.head, table.head)):
            widget.blockSignals(True)
            if isinstance(widget, QSpinBox):
                widget.setValue(int(value))
            elif isinstance(widget, QCheckBox):
                widget.setChecked(bool(value))
            widget.blockSignals(False)
        self.columns.show_table(table, meanings(self.found.tables, self.found.period))

    @staticmethod
    def _words(table: Understood) -> str:
        what = LAYOUT_WORDS[table.layout] if table.layout is not None else "не прочитана"
        return f"{table.place} · {what} · {count(len(table.rows), 'строка', 'строки', 'строк')}"

    def _show_rows(self) -> None:
        if self.found is None:
            return
        self.rows.set_rows([line for line in self.found.lines if line.row.table == self._index])
        self.findings.set_rows(sorted(self.found.problems, key=lambda one: one.level == "hint"))
        total = len(self.found.problems)
        self.tabs.setTabText(1, f"Замечания: {total}" if total else "Замечаний нет")

    def _choose_table(self, place: int) -> None:
        self._index = int(self.tables.itemData(place))
        self._show_tables()
        self._show_rows()

    def _show_finding(self, finding: object) -> None:
        """Go from a finding to its row."""
        if self.found is None:
            return
        line = next((line for line in self.found.lines if any(one is finding for one in line.problems)), None)
        if line is not None:
            if line.row.table != self._index:
                self._choose_table(self.tables.findData(line.row.table))
            self.tabs.setCurrentIndex(0)
            self.rows.choose(line.row.place)

    # --- the map of a person -------------------------------------------------------------------------------------

    def _mean(self, at: int, value: str) -> None:
        self._remap({at: value})

    def _toggle(self, on: bool) -> None:
        self._remap(taken=on)

    def _remap(self, changed: dict[int, str] | None = None, *, taken: bool = True) -> None:
        """Follow what a person says of the shown table."""
        table = self.table
        if table is None:
            return
        values = {column.at: value_of(column) for column in table.columns} | (changed or {})
        told = {at: field_of(value) for at, value in values.items()}
        self.maps[table.index] = PlanMap(self.head.value(), told, taken)
        self._understand()

    # --- writing -------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self.found is None:
            return
        future = self.session.written(programme_import_writing.load, self.found)
        if future is not None:
            self._busy = True
            self._enable()
            self.take(future, self._loaded)

    def _loaded(self, done: Loaded) -> None:
        told = [f"План загружен: {self.found.sentences[0].removeprefix('Загрузится: ')}"] if self.found else []
        told += [one.message for one in done.problems]
        self.session.go("programme", ("programme", done.programme_id))
        self.session.tell("ok", " ".join(told), ("Отменить", lambda: self.session.go("undo")))
        self.accept()
