"""The sheet of «Исполнение»: a line an activity, cells typed and pasted as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QWidget

from app.analysis.programme_values import money_text
from app.models.execution import Key
from app.operations.agreement_grids import GridColumn, GridLine
from app.operations.execution import ExecutionLine
from app.operations.execution_marks import COLUMNS
from app.texts import ru_date
from app.ui import theme
from app.ui.pages.agreement_grid import PartGrid, PartModel
from app.ui.widgets.entry_cells import EntryHeader
from app.ui.widgets.entry_grid import EntryRow, Index
from app.ui.widgets.table import RowAction

TERM = GridColumn("term", "Срок", width=92)
_YEARS = 10_000


def number_of(key: Key) -> int:
    """Return an activity and its year as the one number the grid knows a row by."""
    return key[0] * _YEARS + key[1]


def key_of(number: int) -> Key:
    """Return the activity and the year of a row."""
    return divmod(number, _YEARS)


def text_of(line: ExecutionLine, column: str, names: Mapping[int, str]) -> str:
    """Return what stands in a cell; an entry that does not fit stands as it was typed."""
    if column in line.drafts:
        return line.drafts[column][0]
    match column:
        case "term":
            return ru_date(line.due_on) if line.due_on else line.term
        case "state":
            from app.analysis.execution import STATE_WORDS

            return STATE_WORDS[line.state]
        case "done_on" | "moved_to":
            value = line.done_on if column == "done_on" else line.moved_to
            return ru_date(value) if value else ""
        case "participants":
            return "" if line.participants is None else str(line.participants)
        case "schools":
            return "; ".join(names.get(key, "") for key in line.schools)
        case "spent":
            return money_text(line.spent_kopecks)
        case _:
            return str(getattr(line, column))


class ExecutionModel(PartModel):
    """Lines of the plan; the activity stands in the heading of its row, the term can't be typed into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((TERM, *COLUMNS), parent)

    def show_lines(
        self, lines: Sequence[ExecutionLine], names: Mapping[int, str], troubles: Mapping[tuple[Key, str], str], *,
        read_only: bool,
    ) -> None:  # fmt: skip
        """Show lines; what is still being written stays as it was typed."""
        self.read_only = read_only
        rows = []
        for line in lines:
            texts = tuple(text_of(line, column.key, names) for column in self.columns)
            wrong = {place: troubles[line.key, column.key] for place, column in enumerate(self.columns)
                     if (line.key, column.key) in troubles}  # fmt: skip
            told = GridLine(number_of(line.key), texts, wrong)
            rows.append(EntryRow(told.key, line.named, self._texts(told), wrong))
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            self._put_in_place(rows)

    def add_blank(self, number: int) -> None:
        """An activity is made in the programme, never here."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The term is the plan's."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; sums and numbers stand right."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.isValid():
            right = self.columns[index.column()].key in {"participants", "spent"}
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:  # fmt: skip
        """Return a heading; it stands over its numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            right = 0 <= section < len(self.columns) and self.columns[section].key in {"participants", "spent"}
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)


class ExecutionGrid(PartGrid):
    """The view of the sheet.

    Attributes:
        acts: what the right mouse button offers beside cutting and pasting.
        mark_done: Ctrl+Enter.
    """

    def __init__(self, model: ExecutionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "Исполнение: ввод", list, ordered=False, parent=parent)
        self.acts: Callable[[], list[RowAction | None]] = list
        self.mark_done: Callable[[], object] = list
        px = theme.current().px
        names = EntryHeader(Qt.Orientation.Vertical, self)
        self.setVerticalHeader(names)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setMinimumSectionSize(1)
        names.setDefaultSectionSize(theme.current().row_height)
        names.setFixedWidth(px(250))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for place, column in enumerate(model.columns):
            self.setColumnWidth(place, px(column.width))
        self.horizontalHeader().setStretchLastSection(True)

    def chosen_keys(self) -> list[Key]:
        """Return the activities of the selected rows."""
        return [key_of(number) for number in self.keys()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter marks; everything else is as in every grid."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.part.read_only:
            self.mark_done()
        else:
            super().keyPressEvent(event)

    def menu_actions(self) -> list[tuple[str, Callable[[], object]] | None]:
        """Return what the right mouse button offers."""
        found: list[tuple[str, Callable[[], object]] | None] = [("Копировать", self.copy)]
        if self.currentIndex().isValid() and not self.part.read_only:
            found += [("Вставить", lambda: self.paste(QApplication.clipboard().text())),
                      ("Заполнить вниз", self.fill_down), ("Очистить", self.clear_cells)]  # fmt: skip
        return [*found, None, *self.acts()]

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for item in self.menu_actions():
            if item is None:
                menu.addSeparator()
            else:
                word, pressed = item
                menu.addAction(word).triggered.connect(lambda _on=False, run=pressed: run())
        menu.popup(self.viewport().mapToGlobal(place))
