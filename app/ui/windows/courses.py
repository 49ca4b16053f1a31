"""«Курсы»: the register of a school year as a grid that is typed and pasted into, and its table of totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.errors import UserError
from app.operations import course_lines, course_table, survey_sources
from app.operations.course_lines import CourseGrid, TypedLine
from app.operations.course_table import COLUMNS
from app.operations.courses import Register
from app.texts import count
from app.texts import school_year as year_words
from app.ui import theme
from app.ui.item_models.table_model import tsv
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.entry_cells import EntryRole, heading_width
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.windows.base import Window
from app.ui.windows.papers import PaperPreview

WIDTHS = (150, 210, 150, 56, 70, 220, 62, 92)
_NUMBERS = {4, 6}
FREE_ROWS = 3
LOCKED = "Пришло из принятой формы: измените ответ в ней"
MISSING = "Здесь пусто, поэтому строка не посчитана"
_PASSED = frozenset({"ГАОУ", "ДПО", "ОО", "имени", "им.", "А.С."})


class CourseModel(EntryModel):
    """Lines × columns; below them free ones.

    Every line has its key from the beginning, a free one too: it is the key its record will have. So cells of a line
    that are written one after another are always cells of one line.

    Signals:
        typed([(key, column, text), …]): what a person entered.
    """

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__([title for _key, title in COLUMNS], numbers=False)
        self.read_only = False
        self.known: dict[int, TypedLine] = {}
        self._held: set[int] = set()
        self._dropped: set[int] = set()
        self._waiting: dict[tuple[int, str], str] = {}
        self.entered.connect(lambda row, column, text: self._tell([(row, column, text)]))
        self.block_entered.connect(self._tell)
        self.rows_wanted.connect(self.add_free)

    # --- showing -------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Begin anew: lines of another year come."""
        self.known, self._held, self._dropped, self._waiting = {}, set(), set(), {}
        self.show_rows([])

    def show_lines(self, found: Sequence[TypedLine]) -> None:
        """Show what is stored, every line where it stands already; what is still being written stays as typed.

        A line that was emptied, or whose beginning was taken back, stays as a free one: what is typed next must not
        come into the line below it.
        """
        self.known = {line.key: line for line in found}
        begun = {*self.known, *self._held, *(key for key, _name in self._waiting)}
        places = [row.key for row in self._rows if row.key in begun or row.key not in self._dropped]
        self._dropped.clear()
        tail = len(places)
        while tail and places[tail - 1] not in begun:
            tail -= 1
        free = len(places) - tail
        places[tail:tail] = [line.key for line in found if line.key not in set(places)]
        if not self.read_only:
            places += course_lines.new_keys(max(0, FREE_ROWS - free))
        self.show_rows([EntryRow(key, str(number), self._texts(key), self._troubles(key))
                        for number, key in enumerate(places, start=1)])  # fmt: skip
        if places:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(places) - 1)

    def _texts(self, key: int) -> list[str]:
        line = self.known.get(key)
        stored = ("",) * len(COLUMNS) if line is None else line.texts
        return [self._waiting.get((key, name), text) for (name, _title), text in zip(COLUMNS, stored, strict=True)]

    def _troubles(self, key: int) -> dict[int, str]:
        line = self.known.get(key)
        return {} if line is None else {place: text for place, text in line.troubles.items()
                                        if (key, COLUMNS[place][0]) not in self._waiting}  # fmt: skip

    def add_free(self, number: int) -> None:
        """Put free lines below."""
        if not self.read_only:
            keys = enumerate(course_lines.new_keys(number), len(self._rows) + 1)
            self.show_rows([*self._rows, *(EntryRow(key, str(place), [""] * len(COLUMNS)) for place, key in keys)])

    # --- writing -------------------------------------------------------------------------------------------------

    def _tell(self, cells: Sequence[tuple[int, int, str]]) -> None:
        told = [(self._rows[row].key, COLUMNS[column][0], text) for row, column, text in cells]
        self._waiting |= {(key, name): text for key, name, text in told}
        self.typed.emit(told)

    def hold(self, key: int) -> None:
        """Half-typed text of a line is being written: it is no free one any more."""
        self._held.add(key)

    def let_go(self, key: int) -> None:
        """That text is written, or refused."""
        self._held.discard(key)

    def drop(self, keys: Iterable[int]) -> None:
        """These lines are being taken out: they leave no empty place."""
        self._dropped |= set(keys)

    def written(self, cells: Iterable[tuple[int, str, str]]) -> None:
        """Forget what has been written, or refused."""
        for key, name, text in cells:
            if self._waiting.get((key, name)) == text:
                del self._waiting[key, name]

    # --- roles ---------------------------------------------------------------------------------------------------

    def _line(self, index: Index) -> TypedLine | None:
        return self.known.get(self._rows[index.row()].key) if index.isValid() else None

    def _missing(self, index: Index) -> bool:
        line = self._line(index)
        return line is not None and index.column() in line.missing and not self._rows[index.row()].texts[index.column()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A record of an accepted form is changed in the form; a file open for reading is not changed at all."""
        flags, line = super().flags(index), self._line(index)
        if self.read_only or (line is not None and line.locked):
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Numbers stand right; what does not fit has ■, what is missing ▲; a locked line is told of."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        row, line = self._rows[index.row()], self._line(index)
        if role == EntryRole.MARK:
            return "bad" if index.column() in row.troubles else "warn" if self._missing(index) else None
        if self._missing(index):
            if role == Qt.ItemDataRole.BackgroundRole:
                return theme.color("warn_soft")
            if role == Qt.ItemDataRole.ToolTipRole:
                return MISSING
        if line is not None and line.locked:
            if role == Qt.ItemDataRole.ToolTipRole:
                return LOCKED
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color("muted")
        found = super().data(index, role)
        if role == Qt.ItemDataRole.ToolTipRole and not found:
            return row.texts[index.column()] or None
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of numbers stand right, as the numbers do."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft)
        return super().headerData(section, orientation, role)


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
        self._turn = 0
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
        self.drop = Button("Удалить строки", self._drop, icon="trash")
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
        self.model.typed.connect(self._put)
        self.grid.drafted.connect(self._draft)
        self.grid.given_up.connect(self._give_up)
        self.grid.left_over.connect(self._left_over)

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def school_year(self) -> int:
        """The year that is shown."""
        return int(self.year.currentData())

    def refresh(self) -> None:
        """Read the register of the year."""
        self._turn += 1
        turn = self._turn
        self.take(self.session.desk.read(course_lines.grid, self.school_year), lambda found: self._show(turn, found))

    def touched(self, tables: object) -> None:
        """Something has changed the register."""
        if isinstance(tables, frozenset) and tables & {"course_record", "draft_cell"}:
            self.refresh()

    def _another_year(self) -> None:
        self.model.forget()
        self.refresh()

    def _show(self, turn: int, found: CourseGrid) -> None:
        if turn != self._turn:
            return
        self.register = register = found.register
        self.model.read_only = self.session.desk.read_only
        self.model.show_lines(found.lines)
        self.totals_model.show_register(register)
        for place in range(self.totals_model.columnCount()):
            title = str(self.totals_model.headerData(place, Qt.Orientation.Horizontal))
            self.totals.setColumnWidth(place, heading_width(title, theme.current().px(62)))
        free = not self.session.desk.read_only
        for button in (self.drop, self.pasting):
            button.setEnabled(free)
        self.printing.setEnabled(bool(register.records))
        records = count(len(register.records), "запись", "записи", "записей")
        people = count(register.people, "человек", "человека", "человек")
        parts = [f"{records}, обучено {people}" if register.records else "Записей за этот год нет: впишите первую"]
        if found.waiting:
            lines = count(found.waiting, "строка", "строки", "строк")
            parts.append(f"не посчитано: {lines}")
        self.say(" · ".join(parts))
        self._tell(found)

    def _tell(self, found: CourseGrid) -> None:
        """Say what is wrong in the first line that waits, else how to type."""
        places = {row.key: row.title for row in self.model.rows}
        for line in found.lines:
            said = next(iter(line.troubles.values()), "") or (f"не хватает: {line.wants}" if line.missing else "")
            if said:
                self.told.setText(f"Строка {places.get(line.key, '')}: {said}")
                return
        self.told.setText("Школу и слова можно вписать частью: «лоиро», «педагогические обще». Вид: ПП или ПК. "
                          "Пустая школа — весь муниципалитет.")  # fmt: skip

    # --- writing -------------------------------------------------------------------------------------------------

    def _put(self, cells: Sequence[tuple[int, str, str]]) -> None:
        def settle(failed: UserError | None) -> None:
            self.model.written(cells)
            if failed is not None:
                self.bar.show_error(failed)
            self.refresh()

        future = self.session.written(course_lines.put_cells, self.school_year, cells)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, lambda _none: settle(None), settle, owner=self)

    def _draft(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key, in a line just begun too."""
        if not self.session.desk.read_only:
            key = self.model.rows[row].key
            self.model.hold(key)
            future = self.session.written(course_lines.put_draft, self.school_year, key, COLUMNS[column][0], text)
            self.take(future, lambda _none: self.model.let_go(key))

    def _give_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again, an entry that did not fit too."""
        line = self.model.rows[row]
        self._put([(line.key, COLUMNS[column][0], line.texts[column])])

    def paste(self) -> None:
        """Take a table with headings from the clipboard."""
        table = survey_sources.pasted(QGuiApplication.clipboard().text())
        self.take(self.session.desk.read(course_table.read, table), self._put_all)

    def _put_all(self, found: course_table.Pasted) -> None:
        future = self.session.written(course_lines.put_table, self.school_year, found)
        self.take(future, lambda _none: self.bar.show_message("warn" if found.wrong else "ok", found.sentence))

    def _left_over(self, lines: list[list[str]], _rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        wide = count(columns, "столбец", "столбца", "столбцов")
        self.bar.show_message(
            "warn", f"Поместилось не всё: не вошли {wide} справа.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    def _drop(self) -> None:
        rows = {index.row() for index in self.grid.selectedIndexes() or [self.grid.currentIndex()] if index.isValid()}
        keys = [self.model.rows[row].key for row in sorted(rows) if self.model.rows[row].key in self.model.known]
        if keys:
            self.model.drop(keys)
            self.take(self.session.written(course_lines.remove, self.school_year, keys), None)

    def _print(self) -> None:
        self.session.go("print_courses", self.school_year)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)


class CoursePaperWindow(PaperPreview):
    """The table of courses before it is printed or saved."""

    guide = ("09-чек-листы", "Курсы")

    def __init__(self, session: Session, year: int, parent: QWidget | None = None) -> None:
        super().__init__(session, "Курсы", parent)
        self.prepare_kind("courses", {"school_year": year})
