"""«Курсы»: the register of a school year as a grid that is typed and pasted into, and its table of totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.errors import UserError
from app.models.store import Connection
from app.operations import course_table, courses, survey_sources
from app.operations.course_table import COLUMNS, CourseLine
from app.operations.courses import Register
from app.operations.papers import Paper
from app.texts import count
from app.texts import school_year as year_words
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.entry_cells import heading_width
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window
from app.ui.windows.papers import PaperPreview

WIDTHS = (150, 210, 150, 56, 70, 220, 62, 92)
_NUMBERS = {4, 6}
FREE_ROWS = 3
LOCKED = "Пришло из принятой формы: измените ответ в ней"
_PASSED = frozenset({"ГАОУ", "ДПО", "ОО", "имени", "им.", "А.С."})


@dataclass
class _Line:
    """What stands behind a row: its record, whether it may be changed, whether it waits for the rest."""

    record_id: int | None = None
    locked: bool = False
    dirty: bool = False


class CourseModel(EntryModel):
    """Records × columns; below them free lines."""

    def __init__(self) -> None:
        super().__init__([title for _key, title in COLUMNS], numbers=False)
        self.behind: list[_Line] = []

    def show_lines(self, found: Sequence[CourseLine]) -> None:
        """Show records in the order they stand in; new ones below, lines not finished last."""
        by_key = {line.record_id: line for line in found}
        known = [line.record_id for line in self.behind if line.record_id in by_key]
        order = [*known, *(line.record_id for line in found if line.record_id not in known)]
        pending = [(row, line) for row, line in zip(self._rows, self.behind, strict=True)
                   if line.dirty and line.record_id not in by_key]  # fmt: skip
        wrong = {line.record_id: row for row, line in zip(self._rows, self.behind, strict=True)
                 if line.dirty and line.record_id in by_key}  # fmt: skip
        rows, behind = [], []
        for key in order:
            line = by_key[key]
            kept = wrong.get(key)
            texts = list(line.texts) if kept is None else kept.texts
            rows.append(EntryRow(0, "", texts, {} if kept is None else kept.troubles))
            behind.append(_Line(key, line.locked, kept is not None))
        for row, one in pending:
            rows.append(row)
            behind.append(_Line(None, dirty=one.dirty))
        self._put_rows(rows, behind)

    def _put_rows(self, rows: list[EntryRow], behind: list[_Line]) -> None:
        free = FREE_ROWS
        rows += [EntryRow(0, "", [""] * len(self._titles)) for _ in range(free)]
        behind += [_Line() for _ in range(free)]
        self.behind = behind
        for place, row in enumerate(rows):
            row.key, row.title = place, str(place + 1)
        self.show_rows(rows)

    def add_free(self, number: int) -> None:
        """Put free lines below."""
        old = len(self._rows)
        self.beginInsertRows(QModelIndex(), old, old + number - 1)
        self._rows += [EntryRow(old + n, str(old + n + 1), [""] * len(self._titles)) for n in range(number)]
        self.behind += [_Line() for _ in range(number)]
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A record of an accepted form is changed in the form."""
        flags = super().flags(index)
        if index.isValid() and self.behind[index.row()].locked:
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Numbers stand right; a locked line is told of."""
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if index.isValid() and self.behind[index.row()].locked:
            if role == Qt.ItemDataRole.ToolTipRole:
                return LOCKED
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color("muted")
        found = super().data(index, role)
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid() and not found:
            return self._rows[index.row()].texts[index.column()] or None
        return found


class TotalsModel(EntryModel):
    """The table of 002: categories × ПП and ПК of every provider, then the sum; nothing is typed here."""

    def __init__(self) -> None:
        super().__init__(())

    def show_register(self, found: Register) -> None:
        """Show the totals of a year: categories that have any."""
        places = [(provider, kind) for provider in found.axes.providers for kind in course_table.KIND_SHORT]
        titles = [f"{_short(found.axes.providers[provider])} {course_table.KIND_SHORT[kind]}"
                  for provider, kind in places]  # fmt: skip
        rows = []
        for category, text in found.axes.categories.items():
            known = [found.totals.get((category, *place)) for place in places]
            if any(number is not None for number in known):
                total = sum(number or 0 for number in known)
                rows.append(EntryRow(category, text, ["" if one is None else str(one) for one in (*known, total)]))
        self.beginResetModel()
        self._titles, self._rows = [*titles, "Всего"], rows
        self.endResetModel()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing is typed here."""
        return super().flags(index) & ~Qt.ItemFlag.ItemIsEditable


def _short(text: str) -> str:
    words = [word for word in text.replace("«", "").replace("»", "").split() if word not in _PASSED]
    return " ".join(words[:2]) if words and words[0][:1].islower() else words[0] if words else text


class CoursesWindow(Window):
    """The register of courses."""

    guide = ("09-чек-листы", "Курсы")

    def __init__(self, session: Session, year: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, "Курсы", parent, size=(1290, 640))
        self.register: Register | None = None
        self._flying: int | None = None
        self._queue: list[int] = []
        self.year = Combo("Учебный год")
        present = year or session.school_year
        self.year.fill([(year_words(one), one) for one in range(present + 1, present - 6, -1)], present)
        self.year.currentIndexChanged.connect(lambda _place: self._another_year())
        self.tabs = QTabBar()
        self.tabs.setObjectName("inner")
        self.tabs.setAccessibleName("Что показать")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab("Записи")
        self.tabs.addTab("Сводная таблица")
        self.body.addLayout(beside(self.tabs, QWidget(), Label("Учебный год", "muted"), self.year, stretch=(0, 1)))
        self._make_grid()
        self.totals_model = TotalsModel()
        self.totals = EntryGrid(self.totals_model, "Сводная таблица")
        self.totals.use_tall_headings(250)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.totals)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.told = ElidedLabel("", "muted")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.told)
        self.drop = Button("Удалить запись", self._drop, icon="trash")
        self.pasting = Button("Вставить таблицу", self.paste, icon="table",
                              tip="Из буфера обмена, со строкой заголовков")  # fmt: skip
        self.printing = Button("Печать…", self._print, icon="printer")
        self.add_buttons(self.pasting, self.printing, Button("Закрыть", self.accept), left=[self.drop])
        session.changed.connect(self.touched)
        self.refresh()

    def _make_grid(self) -> None:
        px = theme.current().px
        self.model = CourseModel()
        self.grid = EntryGrid(self.model, "Курсы")
        self.grid.use_tall_headings(44)
        for place, width in enumerate(WIDTHS):
            self.grid.setColumnWidth(place, px(width))
        self.grid.horizontalHeader().setStretchLastSection(True)
        self.model.entered.connect(lambda row, _column, _text: self._changed([row]))
        self.model.block_entered.connect(lambda cells: self._changed(sorted({cell[0] for cell in cells})))
        self.model.rows_wanted.connect(self.model.add_free)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the register of the year."""
        self.take(self.session.desk.read(courses.register, int(self.year.currentData())), self._show)

    def touched(self, tables: object) -> None:
        """Another place has changed the register; what this window writes it reads itself."""
        if self._flying is None and isinstance(tables, frozenset) and "course_record" in tables:
            self.refresh()

    def _another_year(self) -> None:
        self.model.behind = [_Line() for _ in self.model.behind]
        self.refresh()

    def _show(self, found: Register) -> None:
        self.register = found
        self.model.show_lines(course_table.lines(found))
        self.totals_model.show_register(found)
        for place in range(self.totals_model.columnCount()):
            title = str(self.totals_model.headerData(place, Qt.Orientation.Horizontal))
            self.totals.setColumnWidth(place, heading_width(title, theme.current().px(62)))
        free = not self.session.desk.read_only
        for button in (self.drop, self.pasting):
            button.setEnabled(free)
        self.printing.setEnabled(bool(found.records))
        records = count(len(found.records), "запись", "записи", "записей")
        people = count(found.people, "человек", "человека", "человек")
        self.say(f"{records}, обучено {people}" if found.records else "Записей за этот год нет: впишите первую")
        self._tell()

    def _tell(self) -> None:
        troubles = [text for row in self.model.rows for text in row.troubles.values()]
        if troubles:
            self.told.setText(f"Не записано: {troubles[0]}")
        else:
            self.told.setText("Школу и слова можно вписать частью: «лоиро», «педагогические обще». Вид: ПП или ПК. "
                              "Пустая школа — весь муниципалитет.")  # fmt: skip

    # --- writing -------------------------------------------------------------------------------------------------

    def _changed(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.model.behind[row].dirty = True
            if row not in self._queue:
                self._queue.append(row)
        if max(rows) >= self.model.rowCount() - 1:
            self.model.add_free(1)
        self._next()

    def _next(self) -> None:
        """Write the next line; one that is not complete waits where it stands."""
        while self._flying is None and self._queue:
            row = self._queue.pop(0)
            line, texts = self.model.behind[row], tuple(self.model.rows[row].texts)
            self.model.rows[row].troubles.clear()
            if line.record_id is None and not all(texts[place] for place in (1, 2, 3, 4)):
                line.dirty = any(texts)
                continue
            self._write(row, CourseLine(line.record_id, texts))

    def _write(self, row: int, line: CourseLine) -> None:
        future = self.session.written(course_table.put, int(self.year.currentData()), line)
        if future is None:
            return
        self._flying = row
        self.session.runner.take(future, lambda key: self._written(row, key), lambda error: self._refused(row, error),
                                 owner=self)  # fmt: skip

    def _written(self, row: int, key: int) -> None:
        self._flying = None
        self.model.behind[row].record_id, self.model.behind[row].dirty = key, False
        if self._queue:
            self._next()
        else:
            self.refresh()

    def _refused(self, row: int, error: UserError) -> None:
        """A line that does not fit stays as it was typed, marked."""
        self._flying = None
        place = _place_of(error, self.model.rows[row].texts)
        self.model.rows[row].troubles[place] = str(error)
        self.model.dataChanged.emit(self.model.index(row, 0), self.model.index(row, len(COLUMNS) - 1))
        self._tell()
        self._next()

    def paste(self) -> None:
        """Take a table with headings from the clipboard."""
        table = survey_sources.pasted(QGuiApplication.clipboard().text())
        self.take(self.session.desk.read(course_table.read, table), self._put_all)

    def _put_all(self, found: course_table.Pasted) -> None:
        if found.drafts:
            future = self.session.written(courses.put_all, int(self.year.currentData()), found.drafts)
            self.take(future, lambda _number: self.refresh())
        self.bar.show_message("warn" if found.wrong else "ok", found.sentence)

    def _drop(self) -> None:
        row = self.grid.currentIndex().row()
        key = self.model.behind[row].record_id if 0 <= row < len(self.model.behind) else None
        if key is not None:
            self.take(self.session.written(courses.remove, key), lambda _none: self.refresh())

    def _print(self) -> None:
        self.session.go("print_courses", int(self.year.currentData()))

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _place_of(error: UserError, texts: Sequence[str]) -> int:
    """Return the column that a refusal speaks of."""
    raw = str(error.context.get("raw", error.context.get("query", "")))
    return next((place for place, text in enumerate(texts) if text and text == raw), 0)


class CoursePaperWindow(PaperPreview):
    """The table of courses before it is printed or saved."""

    guide = ("09-чек-листы", "Курсы")

    def __init__(self, session: Session, year: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Курсы", parent)

        def make(connection: Connection) -> Paper:
            return course_table.paper(connection, year)

        self.prepare(make)
