"""«План»: table 4 of 004 as a grid as quick as Excel, by tasks or by directions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.store import Connection, Store
from app.operations import programme_plan_sheet, programmes
from app.operations.programme_sheet_data import Sheet, SheetRow
from app.texts import count
from app.ui import theme
from app.ui.item_models.order import fold
from app.ui.pages.programme_sheet_lines import LinesView
from app.ui.pages.programme_sheet_view import MenuActions
from app.ui.widgets.basics import Combo
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.labels import Label
from app.ui.widgets.table import SearchEdit

BUILDINGS = (("по задачам", "tasks"), ("по направлениям", "directions"))
_ALL = ""


class PlanView(LinesView):
    """План мероприятий."""

    key = "plan"
    title = "План"
    heading = "План мероприятий"
    guide = ("10-программа", "План")
    grid_name = "План мероприятий"

    def make_top(self) -> None:
        """Put the way of building and the filters over the grid."""
        self.building = Combo("Построение плана")
        self.building.fill([(word.capitalize(), key) for word, key in BUILDINGS])
        self.building.activated.connect(lambda _place: self._build())
        self.group = Combo("Показать раздел")
        self.group.setMaximumWidth(theme.current().px(360))
        self.group.setMinimumWidth(theme.current().px(120))
        self.group.activated.connect(lambda _place: self.show_rows())
        self.search = SearchEdit("Найти", "Поиск в плане")
        self.search.searched.connect(lambda _text: self.show_rows())
        self.search.leave.connect(self.focus_main)
        self.search.setMinimumWidth(theme.current().px(130))
        self.search.setMaximumWidth(theme.current().px(260))
        self.undated = ChipButton("warn", "")
        self.undated.clicked.connect(lambda: self.show_rows())  # noqa: PLW0108 - «checked» is not for it
        self.top.addWidget(Label("План", "muted"))
        self.top.addWidget(self.building)
        self.top.addWidget(self.group)
        self.top.addWidget(self.search, 1)
        self.top.addWidget(self.undated)
        self.top.addStretch(1)

    # --- reading -------------------------------------------------------------------------------------------------

    def reading(self) -> Callable[[Connection, int], Sheet]:
        """Return what reads the plan."""
        return programme_plan_sheet.read

    def shown(self) -> None:
        """Offer the groups that there are."""
        if self.sheet is None:
            return
        self.building.blockSignals(True)
        self.building.choose(self.sheet.programme.building)
        self.building.blockSignals(False)
        self.building.setEnabled(self.writable)
        titles: list[tuple[str, object]] = [("Все разделы", _ALL)]
        titles += [(row.title, str(row.group)) for row in self.sheet.rows if row.kind == "group"]
        chosen = self.group.currentData() or _ALL
        self.group.fill(titles, chosen)
        if self.group.currentData() != chosen:
            self.show_rows()
        self._show_undated()

    def _show_undated(self) -> None:
        number = self.sheet.facts["undated"] if self.sheet is not None else 0
        self.undated.set_text(f"без срока {number}")
        self.undated.setVisible(number > 0 or self.undated.isChecked())

    def visible_rows(self, sheet: Sheet) -> Sequence[SheetRow]:
        """Return the rows of the chosen group that hold the words; the row that is being edited stays."""
        group, words = self.group.currentData() or _ALL, fold(self.search.text()).split()
        undated = self.undated.isChecked()
        rows = [row for row in sheet.rows if group in {_ALL, str(row.group)}]
        if not words and not undated:
            return rows
        here = self.grid.currentIndex()
        kept = self.model.rows[here.row()].key if here.isValid() else None
        found = [row for row in rows if row.kind == "line" and (row.key == kept or _fits(row, words, undated=undated))]
        groups = {row.group for row in found}
        wanted = {row.key for row in found}
        return [row for row in rows if row.key in wanted or (row.kind == "group" and row.group in groups)]

    def sentence_of(self, sheet: Sheet) -> str:
        """Return how many activities there are and what is missing."""
        facts = sheet.facts
        if not facts["lines"]:
            if sheet.programme.building == "tasks" and not facts["groups"]:
                return "Задач ещё нет: мероприятия можно вписать сразу, а задачи добавить потом в структуре"
            return "План пуст: впишите мероприятие или вставьте таблицу из Word или Excel"
        parts = [count(facts["lines"], "мероприятие", "мероприятия", "мероприятий")]
        if facts["undated"]:
            parts.append(f"без срока: {facts['undated']}")
        if facts["wrong"]:
            parts.append(f"не подходит: {count(facts['wrong'], 'ячейка', 'ячейки', 'ячеек')}")
        return " · ".join([*parts, "сохраняется само"])

    # --- changing ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        key = self.building.currentData()
        self.group.setCurrentIndex(0)

        def work(store: Store, programme_id: int) -> None:
            programmes.edit(store, programme_id, building=key)

        if self.sheet is not None and key != self.sheet.programme.building:
            self.write(work)

    def choose(self) -> None:
        """Choose what is tied to the activity, indicators or schools; elsewhere a word of the column."""
        index = self.grid.currentIndex()
        line = self.model.line(index.row())
        if line is None or line.node is None or self.sheet is None or not self.writable:
            super().choose()
            return
        from app.ui.pages import programme_plan_asks as asks

        match self.model.columns[index.column()].key:
            case "serves":
                asks.indicators(self, self.sheet, line.node)
            case "schools":
                asks.schools(self, self.sheet, line.node)
            case _:
                super().choose()

    def menu_actions(self) -> MenuActions:
        """Return what the right mouse button offers for a row."""
        if not self.writable:
            return []
        column = self.grid.currentIndex().column()
        key = self.model.columns[column].key if column >= 0 else ""
        choice: MenuActions = [("Выбрать… (F4)", self.choose)] if key in {"serves", "schools"} else []
        return [*choice, *super().menu_actions()]

    def show_node(self, node_id: int, column: str = "") -> None:
        """Put the cursor into the row of an activity, without filters that hide it."""
        if self.model.row_of(node_id) < 0 and self.sheet is not None:
            self.group.setCurrentIndex(0)
            self.search.clear()
            self.undated.setChecked(False)
            self.show_rows()
        super().show_node(node_id, column)


def _fits(row: SheetRow, words: Sequence[str], *, undated: bool) -> bool:
    if undated and row.cells[2].text:
        return False
    told = fold(" ".join([row.number, *(cell.text for cell in row.cells)])) if words else ""
    return all(word in told for word in words)
