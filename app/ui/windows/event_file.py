"""«Взять из файла»: participants of an event from a list of registration, shown before they are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QSplitter, QTabWidget, QVBoxLayout, QWidget

from app.operations import event_file, event_file_writing
from app.operations.event_file import Choice, Line, PeopleMap, Preview, Source, Understood
from app.operations.event_file_writing import Loaded
from app.texts import count
from app.ui import theme
from app.ui.run import Job
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label
from app.ui.widgets.table import DataTable, RowAction
from app.ui.windows.event_file_parts import FINDINGS, LINES, PeopleColumns, SchoolsPanel, told_whole
from app.ui.windows.file_wizard import FileWizard

PATTERNS = "Списки (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.docx);;Все файлы (*)"
MARKS = (("отметки не ставить", None), ("отметить: был", "yes"), ("отметить: подключился", "online"))


class EventFileWizard(FileWizard):
    """A list of registration in."""

    steps = ("Какой файл", "Кто впишется")
    asking = ("Взять участников из файла", PATTERNS)
    guide = ("23-события", "Список из файла")

    def __init__(self, session: Session, payload: object = None, parent: QWidget | None = None) -> None:
        """Begin; ``payload`` is the key of the event."""
        self.key = payload if isinstance(payload, int) else 0
        self.source: Source | None = None
        self.found: Preview | None = None
        self.choice = Choice()
        self._index = -1
        self._turn = 0
        super().__init__(session, "Взять участников из файла", parent, size=(1180, 660))

    # --- steps ---------------------------------------------------------------------------------------------------

    def make_step(self, step: int) -> QWidget:
        """Return the page of a step."""
        return (self._file_step, self._people_step)[step]()

    def enter_step(self, _step: int) -> None:
        """Name the verb of the step."""
        self._enable()

    def go_on(self) -> None:
        """Go on, at last write."""
        if self.step == 0:
            self.show_step(1)
        else:
            self._load()

    def _file_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(
            "Лист регистрации, выгрузка из формы, список из письма: кто есть кто, программа узнаёт по заголовкам "
            "столбцов. Телефоны, почта и другие личные сведения не берутся, сам файл не сохраняется.", wrap=True,
        ))  # fmt: skip
        self.empty = EmptyState(
            "upload", "Файл ещё не выбран", "Перетащите сюда книгу Excel или ODS, файл CSV или документ Word (.docx).",
            ("Выбрать файл…", self._ask),
        )  # fmt: skip
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addStretch(2)
        return page

    def _people_step(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(8))
        column.addLayout(self._sheet_line())
        self.outcome = Label("", "strong", wrap=True)
        column.addWidget(self.outcome)
        self.columns = PeopleColumns(self._mean)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._tabs())
        halves.addWidget(self.columns)
        px = theme.current().px
        halves.setSizes([px(820), px(320)])
        halves.setStretchFactor(0, 1)
        column.addWidget(halves, 1)
        return page

    def _sheet_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        self.sheets = Combo("Лист файла")
        self.sheets.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheets.setMinimumContentsLength(24)
        self.sheets.activated.connect(self._choose_sheet)
        self.taken = QCheckBox("Брать этот лист")
        self.taken.toggled.connect(lambda on: self._remap(taken=on))
        self.head = QSpinBox()
        self.head.setAccessibleName("Сколько строк до первого человека")
        self.head.setRange(0, 99)
        self.head.setMinimumWidth(theme.current().px(64))
        self.head.setKeyboardTracking(False)
        self.head.valueChanged.connect(lambda _value: self._remap())
        self.marks = Combo("Кого файл не отметил")
        self.marks.fill(list(MARKS))
        self.marks.activated.connect(lambda _place: self._choose(came=self.marks.currentData()))
        row.addWidget(self.sheets, 1)
        row.addWidget(self.taken)
        row.addWidget(Label("Строк до первого человека", "muted"))
        row.addWidget(self.head)
        row.addStretch(1)
        row.addWidget(Label("Кого файл не отметил", "muted"))
        row.addWidget(self.marks)
        return row

    def _tabs(self) -> QWidget:
        self.people = DataTable(
            "event_file_people", LINES, lambda line: line.row.key, habits=self.session.habits, title="Люди из файла",
            filters=False, empty=EmptyState(
                "users", "На этом листе людей не видно",
                "Если они там есть, отметьте «Брать этот лист» и выберите справа столбец с ФИО.",
            ),
        )  # fmt: skip
        self.people.row_actions = self._actions
        self.people.current_changed.connect(self._current)
        self.people.activated.connect(lambda _line: self.turn())
        self.findings = DataTable(
            "event_file_findings", FINDINGS, id, habits=self.session.habits, title="Замечания к списку", filters=False,
            empty=EmptyState("circle-check", "Замечаний нет", "В файле всё понятно."),
        )  # fmt: skip
        self.findings.activated.connect(self._show_finding)
        self.schools = SchoolsPanel(self._settle)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setObjectName("inner")
        self.tabs.setDocumentMode(True)
        self.told, self.finding_told = Label("", "muted", wrap=True), Label("", "muted", wrap=True)
        self.findings.current_changed.connect(lambda one: self.finding_told.setText(one.message if one else ""))
        self.turning = Button("Не вписывать", self.turn, kind="link")
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.turning, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.people, 1)
        column.addLayout(foot)
        second = QWidget()
        column = QVBoxLayout(second)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.findings, 1)
        column.addWidget(self.finding_told)
        self.tabs.addTab(first, "Люди")
        self.tabs.addTab(second, "Замечания")
        self.tabs.addTab(self.schools, "Школы")
        return self.tabs

    def _enable(self) -> None:
        ready = self.source is not None and not self._busy
        if self.step == 1:
            writes = len(self.found.to_write) if self.found is not None else 0
            self.next.setText(f"Вписать {count(writes, 'строку', 'строки', 'строк')}" if writes else "Вписать")
            ready = ready and writes > 0 and not self.session.desk.read_only
        else:
            self.next.setText("Далее")
        self.next.setEnabled(ready)

    # --- the file ------------------------------------------------------------------------------------------------

    def source_of(self, path: Path, job: Job) -> Source:
        """Return the tables of a list."""
        return event_file.read(path, job.progress, job.cancelled)

    def take_source(self, source: Source) -> None:
        """Show what becomes of the people of a list."""
        self.source, self.found, self._index = source, None, -1
        self.choice = Choice(came=self.marks.currentData())
        self.heading.setText(f"Взять участников из файла: {source.name}")
        self.empty.tell(f"Выбран файл: {source.name}", "Чтобы взять другой, перетащите его сюда или выберите снова.")
        self._understand()

    # --- understanding -------------------------------------------------------------------------------------------

    def _understand(self) -> None:
        """Say anew what the file would bring; an older answer that comes later counts no more."""
        if self.source is None:
            return
        self._turn += 1
        turn = self._turn
        future = self.session.desk.read(event_file.preview, self.key, self.source, self.choice)
        self.take(future, lambda found: self._show(turn, found))

    def _show(self, turn: int, found: Preview) -> None:
        if turn != self._turn:
            return
        first = self.found is None
        self.found = found
        if self._index < 0:
            self._index = next((table.index for table in found.tables if table.rows), 0)
        self._show_sheets()
        self._show_rows()
        self.outcome.setText(" ".join(found.sentences))
        if first and self.step == 0:
            self.show_step(1)
        self._enable()

    @property
    def table(self) -> Understood | None:
        """The sheet that is shown."""
        tables = self.found.tables if self.found is not None else ()
        return tables[self._index] if 0 <= self._index < len(tables) else None

    def _show_sheets(self) -> None:
        table = self.table
        if self.found is None or table is None:
            return
        self.sheets.fill([(_words(one), one.index) for one in self.found.tables], self._index)
        self.sheets.setEnabled(len(self.found.tables) > 1)
        self.taken.blockSignals(True)
        self.taken.setChecked(table.taken)
        self.taken.blockSignals(False)
        self.head.blockSignals(True)
        self.head.setValue(table.head)
        self.head.blockSignals(False)
        self.columns.show_table(table)

    def _show_rows(self) -> None:
        found = self.found
        if found is None:
            return
        self.people.set_rows([line for line in found.lines if line.row.table == self._index])
        self.findings.set_rows(sorted(found.problems, key=lambda one: one.level == "hint"))
        total = len(found.problems)
        self.tabs.setTabText(1, f"Замечания: {total}" if total else "Замечаний нет")
        self.schools.show_found(found)
        unsettled = len(found.unknown)
        self.tabs.setTabText(2, f"Незнакомые школы: {unsettled}" if unsettled else "Школы узнаны")
        self._current(self.people.current())

    def _choose_sheet(self, place: int) -> None:
        self._index = int(self.sheets.itemData(place))
        self._show_sheets()
        self._show_rows()

    def _show_finding(self, finding: object) -> None:
        """Go from a finding to its row."""
        lines = self.found.lines if self.found is not None else ()
        code, cell = getattr(finding, "code", ""), getattr(finding, "cell", None)
        line = next(
            (line for line in lines if any(one.code == code and one.cell == cell for one in line.problems)), None
        )
        if line is not None:
            if line.row.table != self._index:
                self._choose_sheet(self.sheets.findData(line.row.table))
            self.tabs.setCurrentIndex(0)
            self.people.choose(line.row.key)

    # --- what a person says --------------------------------------------------------------------------------------

    def _choose(self, **values: object) -> None:
        self.choice = replace(self.choice, **values)  # type: ignore[arg-type]
        self._understand()

    def _mean(self, at: int, value: str) -> None:
        self._remap({at: value or None})

    def _remap(self, changed: dict[int, str | None] | None = None, *, taken: bool | None = None) -> None:
        """Follow what a person says of the shown sheet."""
        table = self.table
        if table is None:
            return
        fields = {column.at: column.field for column in table.columns}
        for at, value in (changed or {}).items():
            # a person who names a column means it alone
            fields = {place: None if told == value and value != "private" else told for place, told in fields.items()}
            fields[at] = value
        told = PeopleMap(self.head.value(), fields, table.taken or bool(changed) if taken is None else taken)
        self._choose(maps={**self.choice.maps, table.index: told})

    def _settle(self, key: str, school: int | None) -> None:
        schools = {name: one for name, one in self.choice.schools.items() if name != key}
        self._choose(schools=schools if school is None else schools | {key: school})

    def _actions(self) -> list[RowAction | None]:
        return [(self.turning.text(), self.turn)] if self.turning.isEnabled() else []

    def _current(self, line: Line | None) -> None:
        self.told.setText(told_whole(line))
        writes = line is not None and line.state in {"new", "filled"}
        self.turning.setText("Не вписывать" if writes else "Всё равно вписать")
        self.turning.setEnabled(line is not None and line.state != "pupil" and not self._busy)

    def turn(self) -> None:
        """Leave the chosen rows out, or write them against what the program would do."""
        lines = [line for line in self.people.selected() if line.state != "pupil"]
        if not lines:
            return
        writes = lines[0].state in {"new", "filled"}
        self._choose(said={**self.choice.said, **{line.row.key: not writes for line in lines}})

    # --- writing -------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self.source is None or self._busy:
            return
        future = self.session.written(event_file_writing.load, self.key, self.source, self.choice)
        if future is not None:
            self._busy = True
            self._enable()
            self.take(future, self._loaded)

    def _loaded(self, done: Loaded) -> None:
        told = [f"Вписано: {count(done.added, 'человек', 'человека', 'человек')}."] if done.added else []
        told += [f"Дополнено строк: {done.filled}."] if done.filled else []
        waiting = sum(line.code is not None for line in done.found.to_write)
        told += [f"Школа не узнана, ячейка отмечена: {waiting}."] if waiting else []
        self.session.tell("warn" if waiting else "ok", " ".join(told), ("Отменить", lambda: self.session.go("undo")))
        self.accept()


def _words(table: Understood) -> str:
    people = count(len(table.rows), "человек", "человека", "человек")
    return f"{table.place} · {people if table.taken else 'не берётся'}"
