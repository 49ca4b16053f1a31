"""«Показатели»: the grid of a school year, schools × metrics, as quick as Excel; the card of the cell beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from app.analysis.metric_catalogue import KIND_WORDS, Catalogue, Metric
from app.errors import UserError
from app.models.metric_cells import MetricKind
from app.models.store import Connection, Store
from app.operations import metrics
from app.operations.metrics import MetricTable, Written
from app.texts import count, school_year
from app.ui import theme
from app.ui.dialogs import Choice, Field
from app.ui.item_models.table_model import tsv
from app.ui.pages.metric_grid import MetricModel, in_order
from app.ui.pages.metric_side import MetricSide
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Combo, split
from app.ui.widgets.chip import ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.entry_grid import EntryGrid
from app.ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.ui.pages.schools import SchoolsPage

Cells = list[tuple[int, str, str]]
"""(school, metric, text as typed)."""
MANY_ROWS, REST_MS = 150, 400
"""With more schools the table is read anew after a moment of rest; until then cells show what was typed."""
LEGEND = (
    "■ не подходит, осталось как введено · ▲ необычное значение · ○ известна только доля · "
    "серый курсив — прошлый год или считается само"
)


def read_group(connection: Connection, year: int, group: str, *, shares: bool) -> tuple[Catalogue, MetricTable]:
    """Return the catalogue and the table of one of its groups, of the first where there is no such group."""
    known = metrics.catalogue(connection)
    chosen = group if known.group(group) else next(iter(known.groups), "")
    codes = [metric.code for metric in in_order(known.group(chosen), shares=shares)]
    return known, metrics.table(connection, year, codes)


class MetricsView(View):
    """The grid."""

    key = "metrics"
    title = "Показатели"
    heading = "Показатели школ"
    guide = ("01-школы", "Показатели")

    page: SchoolsPage

    def __init__(self, page: SchoolsPage) -> None:
        super().__init__(page)
        self._known: Catalogue | None = None
        self._wanted: tuple[int | None, str | None] | None = None
        self._turn = 0
        self._shown = ""
        self._asked: tuple[str, bool] | None = None
        px = theme.current().px
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read)
        self.model = MetricModel(self)
        self.model.entered.connect(lambda row, column, text: self._entered([(row, column, text)]))
        self.model.block_entered.connect(self._entered)
        self.grid = EntryGrid(self.model, "Показатели школ")
        self.grid.use_tall_headings(188)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        self.grid.drafted.connect(self._drafted)
        self.grid.given_up.connect(self._given_up)
        self.grid.left_over.connect(self._left_over)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self._make_top()
        card = QFrame()
        card.setProperty("card", "true")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, px(6), 1, px(6))
        inside.setSpacing(px(6))
        inside.addLayout(self._top)
        inside.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), 0, px(10), 0)
        foot.addWidget(Label(LEGEND, "muted", wrap=True), 1)
        inside.addLayout(foot)
        self.side = MetricSide(self)
        splitter = split(card, self.side, stretch=(1,), sizes=(1000, px(310)))
        self.empty = EmptyState(
            "school", "Здесь будут показатели школ по учебным годам",
            "Сначала нужны сами школы: загрузите реестр, и они станут строками этой таблицы.",
            ("Загрузить реестр…", lambda: self.session.go("import")),
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)

    def _make_top(self) -> None:
        px = theme.current().px
        self.group = Combo("Раздел показателей")
        self.group.currentIndexChanged.connect(lambda _place: self._choose_group())
        self.shares = ChipButton("info", "")
        self.shares.set_text("доли")
        self.shares.setAccessibleName("Показать доли, которые считаются сами")
        self.shares.setToolTip("Показать и доли, которые считаются сами; ещё раз — только то, что вводится")
        self.shares.setChecked(bool(self.session.habits.get("metrics:shares", True)))
        self.shares.clicked.connect(self._toggle_shares)
        self.chips: dict[Kind, ChipButton] = {}
        kinds: tuple[Kind, ...] = ("bad", "warn", "none")
        for kind in kinds:
            chip = ChipButton(kind, "")
            chip.setCheckable(False)
            chip.setToolTip("Перейти к следующей такой ячейке")
            chip.clicked.connect(lambda _checked=False, kind=kind: self.go_to_marked(kind))
            chip.hide()
            self.chips[kind] = chip
        self._top = QHBoxLayout()
        self._top.setContentsMargins(px(10), 0, px(10), 0)
        self._top.setSpacing(px(8))
        self._top.addWidget(Label("Раздел", "muted"))
        self._top.addWidget(self.group)
        self._top.addWidget(self.shares)
        for chip in self.chips.values():
            self._top.addWidget(chip)
        self._top.addStretch(1)

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        act = self.page.act
        return (
            act("Добавить показатель…", self._add_metric, "plus"),
            act("Взять прошлогоднее…", self._ask_last_year, "history"),
            act("Загрузить таблицу…", lambda: self.session.go("import"), "upload", primary=True),
        )

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def chosen_group(self) -> str:
        """The group that is shown."""
        return str(self.group.currentData() or self.session.habits.get("metrics:group", ""))

    def _choice(self) -> tuple[str, bool]:
        return self.chosen_group, self.shares.isChecked()

    def refresh(self) -> None:
        """Read the table anew."""
        same = (self.model.year, self._asked) == (
            self.session.school_year,
            (self.chosen_group, self.shares.isChecked()),
        )
        if same and len(self.model.lines) > MANY_ROWS:
            self._rest.start()
        else:
            self._read()

    def _read(self) -> None:
        self._asked = self._choice()
        self._turn += 1
        turn = self._turn
        self.enable_actions()
        self.session.read(
            self, lambda found: self._show(turn, *found), read_group, self.session.school_year, self.chosen_group,
            shares=self.shares.isChecked(),
        )  # fmt: skip

    def _show(self, turn: int, known: Catalogue, table: MetricTable) -> None:
        if turn != self._turn:
            return
        self._known = known
        chosen = table.metrics[0].group if table.metrics else ""
        titles = [(name, code) for code, name in known.groups.items() if known.group(code)]
        if [self.group.itemData(place) for place in range(self.group.count())] != [code for _name, code in titles]:
            self.group.fill(titles, chosen)
        self.stack.setCurrentIndex(0 if table.lines else 1)
        self.model.read_only = self.session.desk.read_only
        self.model.set_table(table, known)
        self._fit_columns()
        self._show_marks()
        self._say(table)
        self._place_cursor()

    def _fit_columns(self) -> None:
        shown = f"{theme.current().font_px}:" + " ".join(metric.code for metric in self.model.metrics)
        if shown != self._shown:
            self._shown = shown
            for column in range(self.model.columnCount()):
                self.grid.setColumnWidth(column, self.model.width_of(column))

    def _show_marks(self) -> None:
        words: dict[Kind, str] = {"bad": "не подходит", "warn": "проверить", "none": "только доля"}
        for kind, chip in self.chips.items():
            found = len(self.model.marked(kind))
            chip.set_text(f"{words[kind]} {found}")
            chip.setAccessibleName(f"К следующей ячейке: {words[kind]}, {found}")
            chip.setVisible(found > 0)

    def _say(self, table: MetricTable) -> None:
        typed = [cell for line in table.lines for cell in line.cells if not cell.computed or cell.figures is None]
        filled = sum(cell.figures is not None for cell in typed)
        year = f"{school_year(table.school_year)} учебный год"
        name = table.groups.get(table.metrics[0].group, "") if table.metrics else ""
        if not table.lines:
            self.say("Школ в файле пока нет")
        elif not filled:
            self.say(f"{year} · {name}: пусто; впишите, вставьте из Excel или возьмите прошлогоднее")
        else:
            self.say(f"{year} · {name}: заполнено {filled} из {len(typed)} · сохраняется само")

    def _place_cursor(self) -> None:
        """Put the cursor where another place asked for; else it stays, at first in the first cell."""
        wanted, self._wanted = self._wanted, None
        row, column = self.model.place(*wanted) if wanted is not None else (-1, -1)
        current = self.grid.currentIndex()
        if row >= 0 or column >= 0 or not current.isValid():
            index = self.model.index(max(row, 0), max(column, 0))
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index)
        self._show_cell()

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.grid.horizontalHeader().viewport().update()
        self.grid.verticalHeader().viewport().update()
        self._show_cell()

    def _show_cell(self) -> None:
        index = self.grid.currentIndex()
        cell = self.model.cell(index.row(), index.column()) if index.isValid() else None
        if cell is None or self._known is None:
            self.side.clear()
            return
        line, metric = self.model.lines[index.row()], self.model.metrics[index.column()]
        self.side.show_cell(line.school, metric, cell, self.model.year, self._known)

    # --- going ---------------------------------------------------------------------------------------------------

    def _choose_group(self) -> None:
        self.session.habits.put("metrics:group", self.chosen_group)
        self.refresh()

    def _toggle_shares(self, checked: bool) -> None:
        self.session.habits.put("metrics:shares", checked)
        self.refresh()

    def open_payload(self, payload: object) -> None:
        """Show a cell: (school, school year, metric)."""
        if not (isinstance(payload, tuple) and len(payload) == 3):
            return
        school, year, code = payload
        self._wanted = (school, code)
        metric = metrics.catalogue().get(code) if self._known is None else self._known.get(code)
        if metric is not None:
            self.session.habits.put("metrics:group", metric.group)
            self.group.blockSignals(True)
            self.group.choose(metric.group)
            self.group.blockSignals(False)
        if year is not None and year != self.session.school_year:
            self.session.set_school_year(year)
        self.refresh()

    def go_to_marked(self, kind: Kind) -> None:
        """Put the cursor into the next cell with a mark."""
        places = self.model.marked(kind)
        here = self.grid.currentIndex()
        at = (here.row(), here.column())
        target = next((place for place in places if place > at), places[0] if places else None)
        if target is not None:
            self.grid.setCurrentIndex(self.model.index(*target))
            self.focus_main()

    def focus_main(self) -> None:
        """Put the keyboard into the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- changing ------------------------------------------------------------------------------------------------

    def _entered(self, cells: Sequence[tuple[int, int, str]]) -> None:
        """Write what was typed, pasted, filled or cleared: one operation, one Ctrl+Z."""
        self._write([(*self.model.key(row, column), text) for row, column, text in cells])

    def _write(self, typed: Cells) -> None:
        year = self.model.year
        self.model.waits(typed)

        def settle(result: Written | UserError) -> None:
            self.model.written(year, typed)
            self.page.mark_stale()
            if isinstance(result, UserError):
                self.session.tell_error(result)

        future = self.session.written(metrics.put, year, typed)
        if future is None:
            self.model.written(year, typed)
            self.refresh()
        else:
            self.session.runner.take(future, settle, settle, owner=self)

    def _drafted(self, row: int, column: int, text: str) -> None:
        """Half-typed text is kept at most a second after the last key."""
        if not self.session.desk.read_only:
            self.session.write(self, None, metrics.put_draft, self.model.year, *self.model.key(row, column), text)

    def _given_up(self, row: int, column: int) -> None:
        """Esc: what stood there before stands there again, an entry that did not fit too."""
        cell = self.model.cell(row, column)
        if cell is None:
            return
        before = self.model.rows[row].texts[column]
        if cell.trouble and cell.draft:
            self._write([(*self.model.key(row, column), before)])
        else:
            self.session.write(self, None, metrics.put_draft, self.model.year, *self.model.key(row, column), "")

    def _left_over(self, lines: list[list[str]], rows: int, columns: int) -> None:
        """Nothing of a pasted block is lost in silence."""
        parts = []
        if rows:
            parts.append(f"{count(rows, 'строка', 'строки', 'строк')} ниже последней школы")
        if columns:
            parts.append(f"{count(columns, 'столбец', 'столбца', 'столбцов')} правее последнего показателя")
        self.page.message(
            "warn", f"Поместилось не всё: не вошли {' и '.join(parts)}.",
            ("Скопировать непоместившееся", lambda: QGuiApplication.clipboard().setText(tsv(lines))),
        )  # fmt: skip

    def selected(self) -> list[tuple[int, str]]:
        """Return school and metric of the selected cells."""
        indexes = self.grid.selectedIndexes() or [self.grid.currentIndex()]
        return [self.model.key(index.row(), index.column()) for index in indexes if index.isValid()]

    def take_selected(self) -> None:
        """Take last year's values over into the selected empty cells."""
        self._take(self.selected())

    def _take(self, cells: list[tuple[int, str]] | None) -> None:
        self.session.write(self, self._taken, metrics.take_last_year, self.model.year, cells)

    def _taken(self, number: int) -> None:
        if number:
            self.page.message("ok", f"Взято за {school_year(self.model.year - 1)}: "
                              f"{count(number, 'значение', 'значения', 'значений')}. Отменить — Ctrl+Z.")  # fmt: skip
        else:
            self.page.message("info", "Брать нечего: пустых ячеек, у которых есть прошлогоднее значение, здесь нет.")

    def _ask_last_year(self) -> None:
        """Ask how much of last year is to be taken over."""
        chosen = self.selected()
        group = [metric.code for metric in self.model.metrics]
        words = count(len(chosen), "ячейка", "ячейки", "ячеек")
        key = self.session.dialogs.choose(
            f"Взять значения за {school_year(self.model.year - 1)}",
            "Заполнятся только пустые ячейки. Введённое и то, что не подошло, останется как есть.",
            [Choice("selected", f"Выделенное: {words}"), Choice("group", "Весь раздел"),
             Choice("all", "Все показатели"), Choice("cancel", "Отмена")],
        )  # fmt: skip
        if key == "selected":
            self._take(chosen)
        elif key == "group":
            self._take([(line.school.id, code) for line in self.model.lines for code in group])
        elif key == "all":
            self._take(None)

    def _add_metric(self) -> None:
        kinds: tuple[MetricKind, ...] = ("count", "share", "number", "flag", "text")
        answer = self.session.dialogs.ask(
            "Свой показатель", "Он встанет в раздел «Свои показатели».",
            [
                Field("name", "Полное название", required=True),
                Field("short", "Короткое название для столбца"),
                Field("kind", "Что вводят", "count", choices=tuple((KIND_WORDS[kind], kind) for kind in kinds)),
                Field("unit", "Единица", hint="чел."),
            ],
            "Добавить",
        )  # fmt: skip
        if answer is not None:
            self.session.write(
                self, lambda metric: self.open_payload((None, None, metric.code)), _add, answer["name"],
                cast("MetricKind", answer["kind"]), answer["unit"], answer["short"],
            )  # fmt: skip

    # --- the menu ------------------------------------------------------------------------------------------------

    def menu_actions(self) -> list[tuple[str, Callable[[], object]] | None]:
        """Return what the right mouse button offers."""
        index = self.grid.currentIndex()
        if not index.isValid():
            return []
        school = self.model.lines[index.row()].school.id
        copying: list[tuple[str, Callable[[], object]] | None] = [
            ("Копировать", self.grid.copy),
            ("Копировать с заголовками", lambda: self.grid.copy(headings=True)),
        ]
        changing: list[tuple[str, Callable[[], object]] | None] = [
            ("Вставить", lambda: self.grid.paste(QGuiApplication.clipboard().text())),
            None,
            ("Заполнить вниз", self.grid.fill_down),
            ("Очистить", self.grid.clear_cells),
            ("Взять прошлогоднее", self.take_selected),
        ]
        read_only = self.session.desk.read_only
        return [*copying, *([] if read_only else changing), None,
                ("Карточка школы", lambda: self.page.open_card(school))]  # fmt: skip

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for item in self.menu_actions():
            if item is None:
                menu.addSeparator()
            else:
                menu.addAction(item[0], item[1])
        menu.exec(self.grid.viewport().mapToGlobal(place))
        menu.deleteLater()


def _add(store: Store, name: str, kind: MetricKind, unit: str, short: str) -> Metric:
    """Add a metric from the answers of the form."""
    return metrics.add_metric(store, name, kind, unit=unit, short=short)
