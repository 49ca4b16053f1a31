"""Section of «Поддержка» about network platforms: their register, and the indicators of their work below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.operations import support_platforms
from app.operations.agreement_grids import GridColumn, GridLine
from app.operations.support import Board
from app.operations.support_platforms import CHANGE_WORDS, MeasureLine, Platform
from app.texts import DASH, NBSP, capital, quoted, school_year
from app.ui import theme
from app.ui.pages.agreement_grid import PartGrid, PartModel, Typed
from app.ui.pages.support_section import Section, told
from app.ui.theme import Kind
from app.ui.widgets.basics import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.entry_grid import EntryRow, Index
from app.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.ui.pages.support_view import SupportView

COLUMNS = (
    GridColumn("name", "Показатель", width=236),
    GridColumn("raw", "Значение", width=92),
    GridColumn("before", "Год назад", width=116),
    GridColumn("change", "Изменение", width=84),
    GridColumn("source", "Откуда", width=120),
)
_TYPED = frozenset({"raw", "source"})
_RAW = 1


class MeasureModel(PartModel):
    """The indicators of one platform: as many lines as the document has, two columns to type into."""

    def set_lines(self, lines: Sequence[GridLine], *, read_only: bool) -> None:
        """Show the lines; there is no empty one below."""
        self.read_only = read_only
        rows = [EntryRow(line.key, str(number), self._texts(line), dict(line.troubles))
                for number, line in enumerate(lines, start=1)]  # fmt: skip
        self._put_in_place(rows)

    def add_blank(self, number: int) -> None:
        """Have no further lines."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only value and source are typed."""
        flags = super().flags(index)
        typed = index.isValid() and COLUMNS[index.column()].key in _TYPED
        return flags if typed else flags & ~Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; what can't be typed is quiet."""
        if index.isValid() and COLUMNS[index.column()].key not in _TYPED:
            if role == Qt.ItemDataRole.ForegroundRole and index.column():
                return theme.color("muted")
            if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
                return support_platforms.catalogue().measures[index.row()].text
        return super().data(index, role)


class MeasureGrid(PartGrid):
    """The view of the indicators: their lines are given by the document and never taken out."""

    def menu_actions(self) -> list[tuple[str, Callable[[], object]] | None]:
        """Return what the right mouse button offers."""
        actions = [item for item in super().menu_actions() if item is None or item[0] != "Убрать строку"]
        return actions[:-1] if actions[-1] is None else actions


class PlatformsSection(Section):
    """The register of platforms; below it the eight indicators of the annex, in the words of the document."""

    key = "platforms"
    title = "Сетевые площадки"

    def __init__(self, view: SupportView) -> None:
        super().__init__(view)
        self.model = MeasureModel(COLUMNS, self)
        self.grid = MeasureGrid(self.model, "Показатели площадки", list, ordered=False)
        self.model.typed.connect(self._typed)
        self.grid.drafted.connect(self._drafted)
        self.grid.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self.measures = Card(pad=12)
        self.card.heading.setText("Показатель")
        self.name = ElidedLabel("Показатели площадки", "section")
        self.hint = ElidedLabel("", "muted")
        for widget in (self.name, self.hint):
            self.measures.body.addWidget(widget)
        self.empty = EmptyState("table", "Здесь встанут показатели площадки",
                                "Впишите площадку в пустую строку выше: название и тему.")  # fmt: skip
        self.measures.body.addWidget(self.grid, 1)
        self.measures.body.addWidget(self.empty, 1)
        self.lay_out(self.register(), self.measures, share=(235, 305))

    # --- showing -----------------------------------------------------------------------------------------------------

    @property
    def platform(self) -> Platform | None:
        """The platform whose row is current; the first where none is."""
        found = () if self.board is None else self.board.platforms
        key = None if self.pane is None else self.pane.current
        return next((item for item in found if item.id == key), found[0] if found else None)

    def fill(self, _found: Board) -> None:
        """Show the indicators of the current platform."""
        self._show_measures()

    def row_chosen(self) -> None:
        """Show the indicators of another platform."""
        self._show_measures()

    def _show_measures(self) -> None:
        item = self.platform
        lines = () if item is None else item.lines
        for widget in (self.grid, self.name, self.hint):
            widget.setVisible(item is not None)
        self.empty.setVisible(item is None)
        if item is not None:
            title = quoted(item.title) if item.title else "без названия"
            self.name.setText(f"Показатели площадки {title}, {school_year(item.school_year)}")
            self.hint.setText(support_platforms.catalogue().source)
        self.model.set_lines([self._line(place, line) for place, line in enumerate(lines, start=1)],
                             read_only=not self.writable)  # fmt: skip
        self._tell()

    @staticmethod
    def _line(place: int, line: MeasureLine) -> GridLine:
        change = CHANGE_WORDS[line.change]
        texts = (line.measure.short, line.raw, line.before or DASH, change, line.source)
        return GridLine(place, texts, {_RAW: line.trouble} if line.trouble else {})

    def _tell(self) -> None:
        """Say the indicator in the words of the document, what the file knows, and whom the platform helps."""
        card, item = self.card, self.platform
        card.clear()
        if item is not None:
            row = self.grid.currentIndex().row()
            line = item.lines[row if 0 <= row < len(item.lines) else 0]
            card.say(f"{capital(line.measure.text)}.")
            card.say(f"Дословно: {support_platforms.catalogue().source}.", "muted")
            if line.measure.own:
                way = "рост" if line.measure.better == "up" else "снижение"
                card.say(f"В документе только «динамика»; что лучше {way}, решили составители программы.", "muted")
            if line.value is not None:
                card.say(f"{school_year(item.school_year)}: {line.shown}.")
            if line.known:
                card.say(f"По загруженным результатам школ площадки: {line.known}.")
            self._offer(item, line)
            card.say("Число или доля: «17», «12 из 40», «30,5 %».", "muted")
            self._schools(item)
        card.end()

    def _offer(self, item: Platform, line: MeasureLine) -> None:
        """Say what the journal of help and events give; take it, showing what it replaces."""
        work = line.work
        if work is None:
            return
        shown = f"{work.raw.replace(' ', NBSP)} — " if work.raw else ""
        self.card.say(f"По записям работы: {shown}{work.words}.")
        if work.raw and work.raw != line.raw and self.writable:
            instead = f" вместо «{line.raw}»" if line.raw else ""
            self.card.act(f"Взять «{work.raw}»{instead}", partial(self._take, item, line))

    def _take(self, item: Platform, line: MeasureLine) -> None:
        self.session.write(self, None, support_platforms.take, item.id, [line.measure.key])

    def _schools(self, item: Platform) -> None:
        names = {} if self.board is None else self.board.names
        if item.schools:
            self.card.say(f"Помогает школам: {told(names.get(key, '') for key in item.schools)}.")
        else:
            self.card.say("Школ у площадки пока нет: они появятся из карты адресной помощи.", "muted")

    # --- writing -----------------------------------------------------------------------------------------------------

    def _typed(self, cells: Typed) -> None:
        item = self.platform
        if item is None:
            return
        measures = support_platforms.catalogue().measures
        put = [(measures[key - 1].key, name, text) for key, name, text in cells]

        def settle(_done: object) -> None:
            self.model.written(cells)

        future = self.session.written(support_platforms.put, item.id, put)
        if future is None:
            settle(None)
        else:
            self.session.runner.take(future, settle, self.session.tell_error, owner=self)

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept as it is: what does not fit yet is only marked."""
        item = self.platform
        if item is not None and COLUMNS[column].key in _TYPED:
            key = support_platforms.catalogue().measures[row].key
            self.session.write(self, None, support_platforms.put, item.id, [(key, COLUMNS[column].key, text)])

    @staticmethod
    def state(found: Board) -> tuple[Kind, str]:
        """Return how many platforms there are; attention where one has no indicator at all."""
        if not found.platforms:
            return "none", "нет"
        return "ok" if all(item.filled for item in found.platforms) else "warn", str(len(found.platforms))
