"""The sheet of «Показатели»: a line an indicator, its value of the year and at each measuring point, as in Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.operations.agreement_grids import GridColumn
from app.operations.indicators import IndicatorLine, IndicatorTable, Point
from app.ui import theme
from app.ui.pages.agreement_grid import PartGrid, PartModel
from app.ui.widgets.entry_cells import EntryHeader
from app.ui.widgets.entry_grid import EntryRow, Index

YEAR, SOURCE = "year", "source"
HALF_TYPED = "Набрано не до конца. Нажмите F2 и закончите ввод."
_WORDS = (GridColumn(YEAR, "За год", width=110), GridColumn(SOURCE, "Откуда", width=240))


def columns(points: Sequence[Point]) -> tuple[GridColumn, ...]:
    """Return the columns: the points in their order, the year, from where."""
    at = [GridColumn(str(point.id), point.title + (" (закрыт)" if point.closed else ""), width=110) for point in points]
    return (*at, *_WORDS)


class IndicatorModel(PartModel):
    """Indicators × points; a closed point takes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WORDS, parent)
        self.table: IndicatorTable | None = None
        self._closed: frozenset[str] = frozenset()

    def show_table(self, table: IndicatorTable, lines: Sequence[IndicatorLine], *, read_only: bool) -> None:
        """Show lines; what is still being written stays as it was typed."""
        self.read_only, self.table = read_only, table
        shown = columns(table.points)
        self._closed = frozenset(str(point.id) for point in table.points if point.closed)
        rows = [EntryRow(line.lineage, f"{line.number}. {line.text}", self._row_texts(line, shown),
                         self._troubles(line, shown)) for line in lines]  # fmt: skip
        same = [row.key for row in rows] == [row.key for row in self._rows]
        if same and [one.title for one in shown] == self._titles:
            self.columns = shown
            self._put_in_place(rows)
            return
        self.beginResetModel()
        self.columns, self._titles, self._rows = shown, [one.title for one in shown], rows
        self.endResetModel()

    def _row_texts(self, line: IndicatorLine, shown: Sequence[GridColumn]) -> list[str]:
        at = {str(one.point.id): one.raw for one in line.points}
        whole = line.raw if line.typed and not line.closed and not _from_point(line) else ""
        known = {**at, YEAR: whole, SOURCE: line.source if line.typed else ""} | _begun(line)
        return [self._waiting.get((line.lineage, one.key), known[one.key]) for one in shown]

    @staticmethod
    def _troubles(line: IndicatorLine, shown: Sequence[GridColumn]) -> dict[int, str]:
        wrong = {str(one.point.id): one.fault for one in line.points if one.fault}
        if line.fault and line.typed and not _from_point(line):
            wrong[YEAR] = line.fault
        wrong |= dict.fromkeys(_begun(line), HALF_TYPED)
        return {place: wrong[one.key] for place, one in enumerate(shown) if one.key in wrong}

    def add_blank(self, number: int) -> None:
        """An indicator is made in the programme, never here."""

    def locked(self, index: Index) -> bool:
        """Whether a cell belongs to a closed point, or names the source of what is not typed."""
        column = self.columns[index.column()].key
        line = self._line(index)
        if column == SOURCE:
            return line is None or not line.typed or line.closed
        return column in self._closed or (column == YEAR and line is not None and line.closed)

    def _line(self, index: Index) -> IndicatorLine | None:
        key = self._rows[index.row()].key
        return next((line for line in self.table.lines if line.lineage == key), None) if self.table else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing is typed into a closed point."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if index.isValid() and self.locked(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; numbers stand right, kept and computed ones are quiet."""
        if not index.isValid():
            return None
        key = self.columns[index.column()].key
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if key == SOURCE else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        text = self._rows[index.row()].texts[index.column()]
        if not text and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole}:
            return theme.color("muted") if role == Qt.ItemDataRole.ForegroundRole else self._quiet(index, key)
        return super().data(index, role)

    def _quiet(self, index: Index, key: str) -> str:
        """Return what is known without being typed here: a kept or a computed value."""
        line = self._line(index)
        if line is None or key == SOURCE:
            return ""
        if key == YEAR:
            return line.shown(line.value) if line.value is not None else ""
        found = next((one for one in line.points if str(one.point.id) == key), None)
        return line.shown(found.value) if found is not None and found.value is not None else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:  # fmt: skip
        """Return a heading; it stands over its numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            words = 0 <= section < len(self.columns) and self.columns[section].key == SOURCE
            side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)


def _begun(line: IndicatorLine) -> dict[str, str]:
    """Return column → what was typed into it and not finished."""
    return {key or YEAR: raw for key, raw in line.drafts.items()}


def _from_point(line: IndicatorLine) -> bool:
    """Whether the value of the year is that of an open point."""
    return any(one.raw and one.raw == line.raw and not one.point.closed for one in line.points)


class IndicatorGrid(PartGrid):
    """The view of the sheet."""

    def __init__(self, model: IndicatorModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "Показатели: ввод значений", list, ordered=False, parent=parent)
        names = EntryHeader(Qt.Orientation.Vertical, self)
        self.setVerticalHeader(names)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setMinimumSectionSize(1)
        names.setDefaultSectionSize(theme.current().row_height)
        names.setFixedWidth(theme.current().px(330))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelReset.connect(self.lay_out)
        self.lay_out()

    def lay_out(self) -> None:
        """Give the columns their widths."""
        model = self.model()
        if isinstance(model, IndicatorModel):
            for place, column in enumerate(model.columns):
                self.setColumnWidth(place, theme.current().px(column.width))
        self.horizontalHeader().setStretchLastSection(True)
