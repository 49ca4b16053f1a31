"""«Индексы»: social wellbeing, staff and resources of every school, with what each index is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSplitter, QWidget

from app.analysis.indices import NOTE_WORDS, Contribution, IndexResult, IndexRow
from app.operations import indices
from app.operations.indices import IndexTable
from app.texts import DASH, capital, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages import index_words as words
from app.ui.pages.index_words import SchoolLine
from app.ui.pages.view import View
from app.ui.theme import Kind
from app.ui.widgets.basics import Button, Card, Combo, Row, Scroller, beside, clear_layout
from app.ui.widgets.chip import Chip, ChipButton
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.labels import Label, ruler
from app.ui.widgets.table import DataTable, RowAction

if TYPE_CHECKING:
    from app.ui.pages.school_list import SchoolListPage


class ContributionBar(QWidget):
    """A bar from the middle: to the right what raises the index, to the left what lowers it."""

    def __init__(self, value: float, limit: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0 if limit <= 0 else max(-1.0, min(1.0, value / limit))
        self.setAccessibleName(f"вклад {indices.signed(value)}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        px = theme.current().px
        return QSize(px(72), px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the middle and the bar."""
        px = theme.current().px
        tokens = theme.current().tokens
        painter = QPainter(self)
        middle, side = self.width() / 2, float(px(8))
        top = (self.height() - side) / 2
        length = abs(self._share) * (middle - 1)
        left = middle if self._share > 0 else middle - length
        painter.fillRect(QRectF(left, top, length, side), QColor(tokens.ok if self._share > 0 else tokens.bad))
        painter.fillRect(QRectF(middle - 0.5, top - px(3), 1, side + px(6)), QColor(tokens.control_line))
        painter.end()


class PartsGrid(QWidget):
    """Components of an index: what it is, its figure, its contribution; the figure leads to its cell."""

    def __init__(self, open_metric: Callable[[str], object]) -> None:
        super().__init__()
        px = theme.current().px
        self._open = open_metric
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(0, 1)

    def show_row(self, found: IndexTable, row: IndexRow) -> None:
        """Show the components of another school, those that it lacks last."""
        clear_layout(self._grid)
        for column, title in enumerate(("Составляющая и значение", "Вклад")):
            head = Label(title, "muted")
            if column:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, column, 1, 2 if column else 1)
        self._grid.addWidget(ruler(), 1, 0, 1, 3)
        limit = max((abs(part.value) for part in row.contributions), default=0.0)
        at = 2
        for part in row.contributions:
            self._part(at, found, part, limit)
            at += 2
        for component in row.missing:
            self._grid.addWidget(Label(component.label, "muted", wrap=True), at, 0)
            self._grid.addWidget(self._link("нет данных", component.metric), at + 1, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(Label(DASH), at, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            at += 2

    def _part(self, at: int, found: IndexTable, part: Contribution, limit: float) -> None:
        metric = found.metrics.get(part.metric)
        tip = NOTE_WORDS[part.note] or self._told(part)
        name = Label(part.component.label, wrap=True)
        name.setToolTip(tip)
        figure = self._link(indices.figure(metric, part.amount), part.metric)
        value = Label(indices.signed(part.value), "strong")
        value.setToolTip(tip)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(ContributionBar(part.value, limit), at, 1, top)
        self._grid.addWidget(value, at, 2, Qt.AlignmentFlag.AlignRight | top)
        self._grid.addWidget(figure, at + 1, 0, Qt.AlignmentFlag.AlignLeft)
        if part.note:
            note = Label("у всех одинаково" if part.note == "same" else "сравнить не с чем", "muted")
            note.setToolTip(tip)
            self._grid.addWidget(note, at + 1, 1, 1, 2, Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _told(part: Contribution) -> str:
        side = "выше" if part.z > 0 else "ниже"
        if not part.z:
            return "Значение как в среднем по муниципалитету"
        better = (part.z > 0) == (part.component.sign > 0)
        good = "это улучшает индекс" if better else "это ухудшает индекс"
        return f"Значение {side} среднего на {abs(part.z):.2f} стандартного отклонения: {good}".replace(".", ",")

    def _link(self, text: str, metric: str) -> Button:
        return Button(text, lambda: self._open(metric), kind="link", tip="Откуда это? Открыть ячейку показателя")


class IndexCard(Card):
    """One index of one school."""

    def __init__(self, view: IndicesView) -> None:
        super().__init__()
        self._view = view
        self._line: SchoolLine | None = None
        self._found: IndexTable | None = None
        px = theme.current().px
        self.setMinimumWidth(px(370))
        self.name = Label("", "section", wrap=True)
        self.choice = Combo("Индекс")
        self.choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(20)
        self.choice.currentIndexChanged.connect(lambda _place: self._tell())
        self.chip = Chip()
        self.value = Label("", "strong")
        self.counted = Label("", "muted", wrap=True)
        self.scroller = Scroller(spacing=8)
        self.parts = PartsGrid(self._open_metric)
        self.low, self.how, self.source = (Label("", wrap=True).selectable() for _line in range(3))
        for widget in (self.parts, Label("Кто внизу", "strong"), self.low, Label("Как считается", "strong"), self.how,
                       self.source):  # fmt: skip
            self.scroller.column.addWidget(widget)
        self.scroller.column.addStretch(1)
        top = beside(self.chip, self.value)
        top.addStretch(1)
        self.body.addWidget(self.name)
        self.body.addWidget(self.choice)
        self.body.addLayout(top)
        self.body.addWidget(self.counted)
        self.body.addWidget(self.scroller, 1)
        self.body.addWidget(
            Row(
                Button("Карточка школы", self._open_school, icon="id", kind="link"),
                Button("Показатели школы", lambda: self._open_metric(""), icon="table", kind="link"),
                gap=2,
            )
        )

    @property
    def index_id(self) -> str:
        """The index that is shown."""
        return str(self.choice.currentData() or "")

    def show_line(self, found: IndexTable, line: SchoolLine | None) -> None:
        """Show another school; the chosen index stays."""
        self._found, self._line = found, line
        chosen = self.index_id
        self.choice.fill([(result.definition.title, result.definition.id) for result in found.results], chosen or None)
        self._tell()

    def _shown(self) -> tuple[IndexResult, IndexRow] | None:
        if self._found is None or self._line is None:
            return None
        result = next((item for item in self._found.results if item.definition.id == self.index_id), None)
        row = None if result is None else result.row(self._line.school.id)
        return None if result is None or row is None else (result, row)

    def _tell(self) -> None:
        shown = self._shown()
        if shown is None or self._found is None or self._line is None:
            return
        result, row = shown
        self.name.setText(self._line.school.shown)
        self.name.setToolTip(self._line.school.name)
        share = words.share_word(result.definition)
        if row.value is None:
            self.chip.set("none", words.NO_DATA)
            self.value.setText("")
        else:
            self.chip.set("bad" if row.lowest else "ok", f"{'' if row.lowest else 'не '}в нижних {share}")
            self.value.setText(f"{indices.signed(row.value)}, место {words.place_text(row)}")
            self.value.setToolTip("Место 1 — самый высокий индекс")
        told = words.counted(row)
        self.counted.setText(f"{capital(told)}.")
        self.parts.show_row(self._found, row)
        self.low.setText(words.lowest_sentence(self._found, result) or "Индекса нет ни у одной школы.")
        self.how.setText(words.how_sentence(self._found, result))
        self.source.setText(words.source_sentence(result.definition))
        self.scroller.verticalScrollBar().setValue(0)

    def _open_metric(self, metric: str) -> None:
        shown = self._shown()
        if shown is None or self._found is None or self._line is None:
            return
        code = metric or shown[0].definition.components[0].metric
        self._view.session.go("metric", (self._line.school.id, self._found.school_year, code))

    def _open_school(self) -> None:
        if self._line is not None:
            self._view.session.go("school", self._line.school.id)


def columns(results: Sequence[IndexResult]) -> tuple[Column, ...]:
    """Return the columns: one for each index, then what follows from all of them."""

    def one(place: int, result: IndexResult) -> Column:
        def row_of(line: SchoolLine) -> IndexRow | None:
            return line.rows[place]

        def value_of(line: SchoolLine) -> float | None:
            row = row_of(line)
            return None if row is None else row.value

        return Column(
            f"index:{result.definition.id}", result.definition.short, lambda line: words.value_text(row_of(line)),
            118, 1, kind="number", sort=value_of, tip=lambda line: words.value_tip(result, row_of(line)),
        )  # fmt: skip

    share = words.share_word(results[0].definition) if results else "25 %"
    return (
        Column("school", "Школа", lambda line: line.school.shown, 170, 2, 150, middle=True, strong=True,
               tip=lambda line: line.school.name),
        *(one(place, result) for place, result in enumerate(results)),
        Column("lowest", f"Нижние {share}", words.lowest_text, 100, kind="chip", chip=words.lowest_kind,
               sort=lambda line: -line.lowest, tip=lambda _line: "В скольких индексах школа среди самых низких"),
        Column("data", "Составляющие", words.data_text, 108, kind="chip", chip=words.data_kind,
               sort=lambda line: line.have, tip=lambda _line: "Сколько составляющих заполнено из всех"),
    )  # fmt: skip


class IndicesView(View):
    """The table of indices and the card of one of them."""

    key = "indices"
    title = "Индексы"
    heading = "Индексы условий работы школ"
    guide = ("03-список", "Индексы")

    page: SchoolListPage

    def __init__(self, page: SchoolListPage) -> None:
        super().__init__(page)
        self._found: IndexTable | None = None
        self._wanted: int | None = None
        self._turn = 0
        px = theme.current().px
        self.empty = EmptyState(
            "chart-line", "Здесь будут индексы школ",
            "Индексы социального благополучия, кадров и ресурсов считаются по показателям школ. Впишите показатели "
            "или загрузите таблицу с ними.",
            ("Вписать показатели", self._go_metrics),
        )  # fmt: skip
        self._made_for: tuple[str, ...] = ()
        self.card = IndexCard(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(px(12))
        self.splitter.setChildrenCollapsible(False)
        self.table = self._make_table(())
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([px(880), px(400)])
        self.column.addWidget(self.splitter, 1)

    def _make_table(self, results: Sequence[IndexResult]) -> DataTable:
        table = DataTable(
            "indices", columns(results), lambda line: line.school.id, habits=self.session.habits,
            title="Индексы школ", empty=self.empty,
        )  # fmt: skip
        self.chips: dict[str, ChipButton] = {}
        tests: tuple[tuple[str, Kind, Callable[[SchoolLine], bool]], ...] = (
            ("lowest", "bad", lambda line: line.lowest > 0),
            ("partial", "warn", lambda line: 0 < line.have < line.total),
            ("no_data", "none", lambda line: not line.known),
        )
        for key, kind, test in tests:
            chip = ChipButton(kind, "")
            chip.clicked.connect(lambda checked, key=key, test=test: self._quick(key, test if checked else None))
            table.lead.addWidget(chip)
            self.chips[key] = chip
        table.current_changed.connect(self._show_line)
        table.activated.connect(lambda line: self.session.go("school", line.school.id))
        table.row_actions = self._row_actions
        return table

    def make_actions(self) -> Sequence[Button]:
        """Return the buttons of the header."""
        self.edit = self.page.act("Составляющие индекса…", self._edit, "edit", primary=True)
        return self.page.act("Показатели школ", self._go_metrics, "table"), self.edit

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def school_year(self) -> int:
        """The school year whose context belongs to the chosen results; without results the year of the window."""
        year = self.page.result_year
        return self.session.school_year if year is None else indices.school_year_of(year)

    def refresh(self) -> None:
        """Compute the indices anew."""
        self._turn += 1
        turn = self._turn
        self.say("Вычисляю…")
        self.session.read(self, lambda found: self._show(turn, found), indices.overview, self.school_year)

    def _show(self, turn: int, found: IndexTable) -> None:
        if turn != self._turn:
            return
        self._found = found
        ids = tuple(result.definition.id for result in found.results)
        if ids != self._made_for:
            self._made_for = ids
            old, self.table = self.table, self._make_table(found.results)
            self.splitter.replaceWidget(0, self.table)
            self.table.show()
            old.setParent(None)
            old.deleteLater()
        else:
            self.table.replace_columns(columns(found.results))
        rows = words.lines(found)
        with_data = any(line.have for line in rows)
        counts = {
            "lowest": sum(line.lowest > 0 for line in rows),
            "partial": sum(0 < line.have < line.total for line in rows),
            "no_data": sum(not line.known for line in rows),
        }
        titles = {"lowest": "в нижних", "partial": "данные неполные", "no_data": "нет данных"}
        for key, chip in self.chips.items():
            chip.set_text(f"{titles[key]} {counts[key]}")
            chip.setVisible(counts[key] > 0)
        self.card.setVisible(with_data)
        self.edit.setEnabled(not self.session.desk.read_only)
        self.table.set_rows(rows if with_data else [])
        self.say(self._sentence(found, rows, with_data=with_data))
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None

    def _sentence(self, found: IndexTable, rows: Sequence[SchoolLine], *, with_data: bool) -> str:
        year = school_year(found.school_year)
        results = "" if self.page.result_year is None else f" · к результатам {self.page.result_year} года"
        if not with_data:
            return f"{year}{results} · показателей для индексов пока нет"
        known = "; ".join(
            f"{result.definition.short.lower()} — {result.known} из {len(rows)}" for result in found.results
        )
        return f"{year}{results} · индекс есть у школ: {known}"

    def _show_line(self, line: SchoolLine | None) -> None:
        if self._found is not None and line is not None:
            self.card.show_line(self._found, line)

    def focus_main(self) -> None:
        """Put the keyboard into the table."""
        self.table.focus_table()

    def open_payload(self, payload: object) -> None:
        """Show a school that another page names."""
        if isinstance(payload, int):
            self._wanted = payload
            self.table.clear_filters()
            self.table.choose(payload)

    # --- acting --------------------------------------------------------------------------------------------------

    def _quick(self, key: str, test: Callable[[SchoolLine], bool] | None) -> None:
        for other, chip in self.chips.items():
            if other != key:
                chip.setChecked(False)
        self.table.model.set_quick(test)

    def _edit(self) -> None:
        self.session.go("index_parts", self.card.index_id)

    def _go_metrics(self) -> None:
        self.session.go("schools_view", "metrics")

    def _row_actions(self) -> list[RowAction | None]:
        line: SchoolLine | None = self.table.current()
        if line is None:
            return []
        key = line.school.id
        return [
            ("Карточка школы", lambda: self.session.go("school", key)),
            ("Составляющие индекса…", self._edit),
        ]
