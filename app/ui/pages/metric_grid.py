"""The cells of the grid of metrics: what they show, how they are marked, which of them may be typed into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.analysis.metric_catalogue import Catalogue, Metric
from app.operations.metrics import MetricCell, MetricLine, MetricTable
from app.texts import school_year
from app.ui import theme
from app.ui.theme import Kind
from app.ui.widgets.entry_cells import EntryRole, heading_width
from app.ui.widgets.entry_grid import EntryModel, EntryRow, Index

WIDTHS = {"share": 150, "text": 190}
WIDTH = 88
HALF_TYPED = "Набрано не до конца. Нажмите F2 и закончите ввод."


def in_order(metrics: Sequence[Metric], *, shares: bool) -> list[Metric]:
    """Return what is typed first, then shares that follow from counts: a block of counts is pasted as it was copied."""
    counted = [metric for metric in metrics if metric.kind == "share" and metric.part and metric.whole]
    return [metric for metric in metrics if metric not in counted] + (counted if shares else [])


def mark_of(cell: MetricCell) -> Kind | None:
    """Return the mark of a cell: ■ does not fit, ▲ to be looked at, ○ a percentage without its counts."""
    if cell.draft:
        return "bad" if cell.trouble else "warn"
    if cell.trouble:
        return "warn"
    return "none" if cell.percent_only else None


def made_from(metric: Metric, known: Catalogue) -> str:
    """Return «считается само из «С ОВЗ» и «Обучающихся»»."""
    words = [found.short for code in (metric.part, metric.whole) if (found := known.get(code or "")) is not None]
    return "Считается само из «" + "» и «".join(words) + "»" if words else "Считается само"


def state_of_cell(cell: MetricCell) -> tuple[Kind, str]:
    """Return the chip of a cell."""
    if cell.draft:
        return ("bad", "не подходит") if cell.trouble else ("warn", "не закончено")
    if cell.figures is None:
        return "none", "пусто"
    if cell.trouble:
        return "warn", "проверьте"
    if cell.computed:
        return "info", "считается само"
    return ("none", "только доля") if cell.percent_only else ("ok", "введено")


class MetricModel(EntryModel):
    """Schools × metrics of one school year.

    What was typed stays as it was typed until it is written and read anew: reads that come in between can't take it
    back for a moment.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent=parent)
        self.known: Catalogue | None = None
        self.metrics: list[Metric] = []
        self.lines: list[MetricLine] = []
        self.year = 0
        self.read_only = False
        self._waiting: dict[tuple[int, int, str], str] = {}

    # --- what is shown -------------------------------------------------------------------------------------------

    def set_table(self, table: MetricTable, known: Catalogue) -> None:
        """Show a table; where schools and metrics are the same, the cursor stays."""
        self.known, self.lines = known, list(table.lines)
        same = [metric.code for metric in self.metrics] == [metric.code for metric in table.metrics]
        if not same or self.year != table.school_year:
            self.beginResetModel()
            self.metrics, self.year = list(table.metrics), table.school_year
            self._titles, self._rows = [metric.short for metric in self.metrics], []
            self.endResetModel()
        self.set_rows([
            EntryRow(line.school.id, line.school.shown, [self._typed(line, cell) for cell in line.cells])
            for line in table.lines
        ])  # fmt: skip

    def _typed(self, line: MetricLine, cell: MetricCell) -> str:
        return self._waiting.get((self.year, line.school.id, cell.metric), cell.raw)

    def waits(self, cells: Sequence[tuple[int, str, str]]) -> None:
        """Remember what is being written."""
        self._waiting |= {(self.year, school, code): text for school, code, text in cells}

    def written(self, year: int, cells: Sequence[tuple[int, str, str]]) -> None:
        """Forget what has been written, or refused."""
        for school, code, text in cells:
            if self._waiting.get((year, school, code)) == text:
                del self._waiting[year, school, code]

    def cell(self, row: int, column: int) -> MetricCell | None:
        """Return a cell."""
        inside = 0 <= row < len(self.lines) and 0 <= column < len(self.metrics)
        return self.lines[row].cells[column] if inside else None

    def key(self, row: int, column: int) -> tuple[int, str]:
        """Return school and metric of a cell."""
        return self.lines[row].school.id, self.metrics[column].code

    def unfinished(self, row: int, column: int) -> bool:
        """Tell whether a draft stands in a cell: entered as it stands, it is told."""
        cell = self.cell(row, column)
        return cell is not None and cell.draft

    def place(self, school_id: int | None, code: str | None) -> tuple[int, int]:
        """Return row and column of a school and a metric, -1 where they are not shown."""
        rows = [line.school.id for line in self.lines]
        columns = [metric.code for metric in self.metrics]
        return (rows.index(school_id) if school_id in rows else -1), (columns.index(code) if code in columns else -1)

    def marked(self, kind: Kind) -> list[tuple[int, int]]:
        """Return the places of cells with a mark, row by row."""
        return [
            (row, column) for row, line in enumerate(self.lines) for column, cell in enumerate(line.cells)
            if mark_of(cell) == kind
        ]  # fmt: skip

    def width_of(self, column: int) -> int:
        """Return a sensible width: the heading in two lines, the value of the usual length."""
        metric = self.metrics[column]
        return heading_width(metric.short, theme.current().px(WIDTHS.get(metric.kind, WIDTH)))

    # --- roles ---------------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None:
            return None
        typed = self._rows[index.row()].texts[index.column()]
        pending = typed != cell.raw
        match role:
            case Qt.ItemDataRole.EditRole:
                return typed
            case Qt.ItemDataRole.DisplayRole:
                return typed if pending else cell.text or cell.last
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(self._side(index.column()) | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole:
                font = theme.current().font()
                font.setItalic(not pending and (cell.computed or not cell.text))
                return font
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(cell, self.metrics[index.column()])
            case _:
                return self._look(role, None if pending else cell)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand right, words left; so do their headings."""
        words = self.metrics[column].kind in {"text", "flag"}
        return Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight

    @staticmethod
    def _look(role: int, cell: MetricCell | None) -> Any:
        """Return colours and mark; a cell that is being written has none."""
        mark = None if cell is None else mark_of(cell)
        match role:
            case EntryRole.MARK:
                return mark
            case Qt.ItemDataRole.BackgroundRole if mark in {"bad", "warn"}:
                return theme.color(f"{mark}_soft")
            case Qt.ItemDataRole.ForegroundRole if mark in {"bad", "warn"}:
                return theme.color(str(mark))
            case Qt.ItemDataRole.ForegroundRole if cell is not None and (cell.computed or not cell.text):
                return theme.color("muted")
            case _:
                return None

    def _tip(self, cell: MetricCell, metric: Metric) -> str:
        parts = [cell.trouble or ""]
        if cell.draft and not cell.trouble:
            parts.append(HALF_TYPED)
        if cell.computed and self.known is not None and cell.figures is not None:
            parts.append(made_from(metric, self.known))
        if cell.percent_only:
            parts.append("Известна только доля: чисел, из которых она получена, нет")
        if cell.last:
            parts.append(f"{school_year(self.year - 1)}: {cell.last}")
        return "\n".join(part for part in parts if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed shares can't be typed into, nor anything in a file that is open for reading."""
        flags = super().flags(index)
        cell = self.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None or self.read_only or (cell.computed and cell.figures is not None):
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading: the short name, its unit, the full name as the tooltip."""
        across = orientation == Qt.Orientation.Horizontal
        if across and 0 <= section < len(self.metrics):
            metric = self.metrics[section]
            if role == EntryRole.UNIT:
                return metric.unit or ("текст" if metric.kind == "text" else "")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(self._side(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{metric.name}, {metric.unit}" if metric.unit else metric.name
        if not across and role == Qt.ItemDataRole.ToolTipRole and 0 <= section < len(self.lines):
            return self.lines[section].school.name
        return super().headerData(section, orientation, role)

    def text_to_copy(self, row: int, column: int) -> str:
        """Return the value as it is shown; last year's is not this year's."""
        cell, typed = self.lines[row].cells[column], self._rows[row].texts[column]
        return typed or cell.text

    def title_to_copy(self, column: int) -> str:
        """Return name and unit, so that the block is understood elsewhere."""
        metric = self.metrics[column]
        return f"{metric.name}, {metric.unit}" if metric.unit else metric.name
