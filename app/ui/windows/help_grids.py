"""«Помощь между школами»: ties, what donors can do, distances, as grids for entry with block paste."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.errors import UserError
from app.models.organisations import School
from app.operations import donors, ties
from app.operations.donors import DonorTable, WayTable
from app.operations.tie_grids import DONOR_COLUMNS, TIE_COLUMNS, WAY_WORDS
from app.operations.ties import TieTable
from app.texts import count, school_year
from app.ui import theme
from app.ui.item_models.table_model import tsv
from app.ui.pages.agreement_grid import PartGrid, PartModel, Typed
from app.ui.session import Session
from app.ui.widgets.basics import Button, Combo, beside
from app.ui.widgets.entry_cells import EntryRole
from app.ui.widgets.entry_grid import EntryGrid, EntryModel, EntryRow, Index
from app.ui.widgets.labels import Label
from app.ui.windows.base import Window

TIES, DONORS, WAYS = "ties", "donors", "ways"
TABS = ((TIES, "Договорённости"), (DONORS, "Возможности доноров"), (WAYS, "Расстояния"))
_HINTS = {
    TIES: "Строка становится договорённостью, когда в ней есть обе школы. Предмет и класс можно не называть.",
    DONORS: "Скольким школам школа готова помочь и согласна ли. Несогласных программа не предлагает.",
    WAYS: "Туда и обратно одинаково: впишите одну из двух ячеек. Таблицу можно вставить из Excel.",
}


class SchoolsModel(EntryModel):
    """Cells of schools; the diagonal of a table of distances and a file open for reading are left alone."""

    def __init__(self, titles: Sequence[str], *, numbers: bool, parent: QObject | None = None) -> None:
        super().__init__(titles, numbers=numbers, parent=parent)
        self.read_only = False
        self.columns: list[Any] = []

    def set_table(self, titles: Sequence[str], columns: Sequence[Any], rows: Sequence[EntryRow]) -> None:
        """Show other rows under other columns."""
        if list(columns) != self.columns:
            self.beginResetModel()
            self._titles, self.columns, self._rows = list(titles), list(columns), list(rows)
            self.endResetModel()
        else:
            self.set_rows(rows)

    def key(self, row: int, column: int) -> tuple[Any, Any]:
        """Return the school of a row and what a column is of."""
        return self._rows[row].key, self.columns[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; an entry that does not fit has its mark, the diagonal its grey."""
        if index.isValid() and role == EntryRole.MARK:
            return "bad" if index.column() in self._rows[index.row()].troubles else None
        if index.isValid() and role == Qt.ItemDataRole.BackgroundRole and self._same(index):
            return theme.color("line")
        return super().data(index, role)

    def _same(self, index: Index) -> bool:
        row, column = self.key(index.row(), index.column())
        return bool(row == column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nobody types a distance of a school to itself."""
        flags = super().flags(index)
        locked = self.read_only or (index.isValid() and self._same(index))
        return flags & ~Qt.ItemFlag.ItemIsEditable if locked else flags


class HelpGridsWindow(Window):
    """Three grids of a school year; every entry is an operation that Ctrl+Z takes back."""

    guide = ("03-список", "Кто поможет")

    def __init__(
        self, session: Session, payload: tuple[str, int, frozenset[int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, "Помощь между школами", parent, size=(1190, 600))
        tab, self.year, self._listed = payload
        self._names: list[str] = []
        self._way_table: WayTable | None = None
        self.switch = QTabBar()
        self.switch.setObjectName("inner")
        self.switch.setAccessibleName("Что вписать")
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setUsesScrollButtons(False)
        for _key, title in TABS:
            self.switch.addTab(title)
        self.switch.currentChanged.connect(self._switched)
        self.unit, self.rows = Combo("В чём расстояние"), Combo("Какие школы в строках")
        self.unit.fill([(word, key) for key, word in WAY_WORDS.items()])
        self.rows.fill([("школы списка", "listed"), ("все школы", "all")])
        for combo in (self.unit, self.rows):
            combo.currentIndexChanged.connect(lambda _place: self._show_ways())
        self.last = Button("Взять прошлогоднее", self._take_last, icon="history")
        self.remove = Button("Убрать строку", self._remove, icon="trash")
        row = beside(self.switch, self.unit, self.rows)
        row.addStretch(1)
        row.addWidget(self.last)
        row.addWidget(self.remove)
        self.grids = QStackedWidget()
        self._make_ties()
        self._make_donors()
        self._make_ways()
        self.hint = Label("", "muted", wrap=True)
        self.body.addLayout(row)
        self.body.addWidget(self.grids, 1)
        self.body.addWidget(self.hint)
        self.add_buttons(Button("Закрыть", self.accept))
        session.changed.connect(self.touched)
        self.open_tab(tab)
        self.refresh()

    # --- building ------------------------------------------------------------------------------------------------

    def _make_ties(self) -> None:
        self.ties = PartModel(TIE_COLUMNS, self)
        self.ties.typed.connect(self._put_ties)
        self.tie_grid = PartGrid(self.ties, "Договорённости о помощи", lambda _kind: self._names, ordered=False)
        self.tie_grid.remove_wanted.connect(self._remove_keys)
        self.tie_grid.drafted.connect(self._draft_tie)
        self.tie_grid.given_up.connect(self._give_up_tie)
        self.grids.addWidget(self.tie_grid)

    def _make_donors(self) -> None:
        self.donors = SchoolsModel([], numbers=False, parent=self)
        self.donor_grid = self._grid(self.donors, "Возможности школ-доноров", self._put_donors)
        self.donor_grid.drafted.connect(self._draft_donor)

    def _make_ways(self) -> None:
        self.ways = SchoolsModel([], numbers=True, parent=self)
        self.way_grid = self._grid(self.ways, "Расстояния между школами", self._put_ways)
        self.way_grid.drafted.connect(self._draft_way)

    def _grid(
        self, model: SchoolsModel, name: str, put: Callable[[Sequence[tuple[int, int, str]]], object]
    ) -> EntryGrid:
        model.entered.connect(lambda row, column, text: put([(row, column, text)]))
        model.block_entered.connect(put)
        grid = EntryGrid(model, name)
        grid.use_tall_headings(190)
        grid.left_over.connect(self._left_over)
        grid.given_up.connect(lambda row, column: put([(row, column, model.rows[row].texts[column])]))
        self.grids.addWidget(grid)
        return grid

    # --- showing -------------------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """The key of the grid that is shown."""
        return TABS[self.switch.currentIndex()][0]

    def open_tab(self, key: str) -> None:
        """Show one of the grids."""
        self.switch.setCurrentIndex([tab for tab, _title in TABS].index(key))
        self._switched(self.switch.currentIndex())

    def _switched(self, place: int) -> None:
        self.grids.setCurrentIndex(place)
        self.hint.setText(_HINTS[self.tab])
        for widget in (self.unit, self.rows):
            widget.setVisible(self.tab == WAYS)
        writes = not self.session.desk.read_only
        self.last.setVisible(self.tab == DONORS and writes)
        self.remove.setVisible(self.tab == TIES and writes)

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        self.grids.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the three grids anew."""
        desk = self.session.desk
        if not desk.is_open:
            return
        self.take(desk.read(ties.table, self.year), self._show_ties)
        self.take(desk.read(donors.donor_table, self.year), self._show_donors)
        self.take(desk.read(donors.way_table), self._take_ways)

    def _show_ties(self, found: TieTable) -> None:
        self._names = list(found.schools)
        self.ties.set_lines(found.lines, read_only=self.session.desk.read_only)
        self.say(f"{school_year(self.year)} учебный год · сохраняется само, Ctrl+Z возвращает")

    def _show_donors(self, found: DonorTable) -> None:
        rows = []
        for school in found.schools:
            texts, troubles = [], {}
            for place, item in enumerate(DONOR_COLUMNS):
                text, trouble = found.text(school.id, item.key)
                texts.append(text)
                if trouble:
                    troubles[place] = trouble
            rows.append(EntryRow(school.id, school.shown, texts, troubles))
        fresh = not self.donors.columns
        self.donors.read_only = self.session.desk.read_only
        self.donors.set_table([item.title for item in DONOR_COLUMNS], [item.key for item in DONOR_COLUMNS], rows)
        if fresh:
            for place, item in enumerate(DONOR_COLUMNS):
                self.donor_grid.setColumnWidth(place, theme.current().px(item.width))
            self.donor_grid.horizontalHeader().setStretchLastSection(True)
            self.donor_grid.setCurrentIndex(self.donors.index(0, 0))

    def _take_ways(self, found: WayTable) -> None:
        self._way_table = found
        self._show_ways()

    def _show_ways(self) -> None:
        found = self._way_table
        if found is None:
            return
        unit = str(self.unit.currentData())
        listed = [school for school in found.schools if school.id in self._listed]
        self.rows.setEnabled(bool(listed))
        down = listed if listed and self.rows.currentData() == "listed" else list(found.schools)
        rows = [self._way_row(found, school, unit) for school in down]
        fresh = not self.ways.columns
        self.ways.read_only = self.session.desk.read_only
        self.ways.set_table([s.shown for s in found.schools], [s.id for s in found.schools], rows)
        if fresh and rows:
            for place in range(len(found.schools)):
                self.way_grid.setColumnWidth(place, theme.current().px(96))
            self.way_grid.setCurrentIndex(self.ways.index(0, 0))

    @staticmethod
    def _way_row(found: WayTable, school: School, unit: str) -> EntryRow:
        texts, troubles = [], {}
        for place, other in enumerate(found.schools):
            text, trouble = ("", "") if other.id == school.id else found.text(school.id, other.id, unit)
            texts.append(text)
            if trouble:
                troubles[place] = trouble
        return EntryRow(school.id, school.shown, texts, troubles)

    # --- writing -------------------------------------------------------------------------------------------------

    def _put_ties(self, cells: Typed) -> None:
        def settle(result: dict[int, int] | UserError) -> None:
            if isinstance(result, UserError):
                self.bar.show_error(result)
            else:
                self.ties.rekey(result)
            keys = {} if isinstance(result, UserError) else result
            self.ties.written([(keys.get(key, key), name, text) for key, name, text in cells])
            self.refresh()

        future = self.session.written(ties.put_cells, self.year, cells)
        if future is not None:
            self.session.runner.take(future, settle, settle, owner=self)

    def _put_donors(self, cells: Sequence[tuple[int, int, str]]) -> None:
        typed = [(*self.donors.key(row, column), text) for row, column, text in cells]
        self.take(self.session.written(donors.put_donors, self.year, typed), None)

    def _put_ways(self, cells: Sequence[tuple[int, int, str]]) -> None:
        typed = [(*self.ways.key(row, column), text) for row, column, text in cells]
        self.take(self.session.written(donors.put_ways, str(self.unit.currentData()), typed), None)

    def _draft_tie(self, row: int, column: int, text: str) -> None:
        key = self.ties.rows[row].key
        if key > 0:
            self.take(self.session.written(ties.put_draft, self.year, key, TIE_COLUMNS[column].key, text), None)

    def _give_up_tie(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again, an entry that did not fit too."""
        line = self.ties.rows[row]
        if line.key > 0:
            self._put_ties([(line.key, TIE_COLUMNS[column].key, line.texts[column])])

    def _draft_donor(self, row: int, column: int, text: str) -> None:
        school, name = self.donors.key(row, column)
        self.take(self.session.written(donors.put_donor_draft, self.year, school, name, text), None)

    def _draft_way(self, row: int, column: int, text: str) -> None:
        first, second = self.ways.key(row, column)
        unit = str(self.unit.currentData())
        self.take(self.session.written(donors.put_way_draft, unit, first, second, text), None)

    def _remove(self) -> None:
        self.tie_grid.remove_rows()

    def _remove_keys(self, keys: list[int]) -> None:
        self.take(self.session.written(ties.remove, self.year, keys), None)

    def _take_last(self) -> None:
        self.take(self.session.written(donors.take_last_year, self.year), self._taken)

    def _taken(self, number: int) -> None:
        schools = count(number, "школы", "школ", "школ")
        self.bar.show_message("ok" if number else "info", f"Взято у {schools}." if number else "Брать нечего: "
                              "прошлогодних возможностей нет, или они уже внесены.")  # fmt: skip

    def _left_over(self, lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        parts = [count(rows, "строка", "строки", "строк")] if rows else []
        parts += [count(columns, "столбец", "столбца", "столбцов")] if columns else []
        self.bar.show_message(
            "warn", f"Поместилось не всё: не вошли {' и '.join(parts)}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip
