"""«Обзор»: what a school's card says at a glance; every part leads to where its figures stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.operations import school_card
from app.reports.card_data import SMALL, AreaCount, IndexLine, Line, Result, SchoolCard, Section, YearCount
from app.reports.school_card import dynamics, index_text, interval_text, risk_bars
from app.texts import DASH, NBSP, capital, count, percent, school_year
from app.ui import theme
from app.ui.item_models.table_model import Column
from app.ui.pages.list_words import short_label
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Scroller, clear_layout
from app.ui.widgets.chart import ChartView
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.table import DataTable

MOST_LINES = 6
"""More lines of a section are told by their number."""
MOST_FACTORS = 12
LEADS = {
    "journal": "Откуда",
    "deficits": "Откуда",
    "outside": "К спискам",
    "self_check": "К показателям",
    "projects": "К проектам",
    "checklists": "К чек-листам",
    "programme": "К программе",
    "route": "К маршруту",
    "decisions": "К списку",
    "points": "К решениям",
    "papers": "К журналу",
    "notes": "Записать…",
    "explained": "Откуда",
    "work": "К работе",
    "practices": "К практикам",
}
"""Section → the verb of its button; a section of another subject has none."""
_OF_WORK = {"help": "journal", "event": "events", "body": "bodies", "practice": "practices"}
"""Kind of a way → the view of «Работа» that shows its row."""


def _fraction(found: YearCount | None) -> str:
    if found is None:
        return ""
    return DASH if found.below is None else f"{found.below}{NBSP}из{NBSP}{found.participants}"


def _share(result: Result) -> str:
    last = result.last
    return "" if last is None or last.below is None else percent(last.below, last.participants)


def _area(area: AreaCount | None) -> str:
    return "" if area is None else percent(area.below, area.participants)


def _area_share(area: AreaCount | None) -> float | None:
    return area.below / area.participants if area is not None and area.participants else None


def _tip(found: YearCount | None) -> str:
    """Say of a count what its figures don't: interval, size of the group, where it came from."""
    if found is None:
        return "Результатов нет"
    parts = [f"{found.year} год: {_fraction(found)}"]
    interval = interval_text(found)
    if interval:
        parts.append(f"интервал {interval}")
    if found.participants < SMALL:
        parts.append("мало детей, вывод ненадёжен")
    parts += ["порог достигнут"] * found.hit + ["написана осенью"] * found.autumn
    parts += ["число восстановлено по проценту"] * found.restored
    return "; ".join(parts)


def _year_column(place: int, year: int) -> Column:
    return Column(
        f"y{year}", str(year), lambda r: _fraction(r.counts[place]), 72, kind="number",
        sort=lambda r: r.counts[place].share if r.counts[place] else None, tip=lambda r: _tip(r.counts[place]),
    )  # fmt: skip


INTERVAL = Column(
    "interval", "Интервал", lambda r: interval_text(r.last) or "", 96, kind="number",
    tip=lambda _r: "95-процентный интервал доли: чем меньше участников, тем он шире",
)  # fmt: skip
"""Shown where the file asks for intervals; otherwise they stand in the tooltips."""


def columns(years: tuple[int, ...], intervals: bool) -> tuple[Column, ...]:
    """Return the columns of the table of results for these years, with intervals or without."""
    return (
        Column("work", "Процедура", lambda r: short_label(r.label), 150, 3, 130, middle=True, strong=True,
               tip=lambda r: r.label),
        *(_year_column(place, year) for place, year in enumerate(years)),
        Column("share", "Доля", _share, 62, kind="number", sort=lambda r: r.last.share if r.last else None,
               tip=lambda r: _tip(r.last)),
        *([INTERVAL] if intervals else []),
        Column("municipality", "Муниц.", lambda r: _area(r.municipality), 64, kind="number",
               sort=lambda r: _area_share(r.municipality), tip=_municipality_tip),
        Column("region", "Регион", lambda r: _area(r.region), 64, kind="number",
               sort=lambda r: _area_share(r.region)),
        Column("state", "Порог", _state, 104, kind="chip", chip=_state_kind, tip=lambda r: _tip(r.last)),
    )  # fmt: skip


def _municipality_tip(result: Result) -> str:
    area = result.municipality
    if area is None:
        return "Результатов муниципалитета нет"
    told = f"{area.below} из {area.participants}"
    return f"{told}; сложено по школам файла" if area.summed else told


def _state(result: Result) -> str:
    last = result.last
    if last is None or last.below is None:
        return "нет данных"
    if last.hit:
        return "достигнут"
    return "мало детей" if last.small else "ниже"


def _state_kind(result: Result) -> theme.Kind:
    last = result.last
    if last is None or last.below is None:
        return "none"
    return "bad" if last.hit else "warn" if last.small else "ok"


class SchoolOverview(QWidget):
    """Results and charts on the left, the answer and everything else on the right."""

    def __init__(self, session: Session, details: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.details = details
        self.found: SchoolCard | None = None
        self._id: int | None = None
        self._turn = 0
        self._shape: tuple[tuple[int, ...], bool] | None = None
        px = theme.current().px
        self.scroller = Scroller(spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scroller)
        both = QHBoxLayout()
        both.setSpacing(px(12))
        left, right = QVBoxLayout(), QVBoxLayout()
        for part in (left, right):
            part.setSpacing(px(12))
        both.addLayout(left, 5)
        both.addLayout(right, 3)
        self.scroller.column.addLayout(both)
        self._make_left(left)
        self._make_right(right)
        self._inner = self.scroller.widget()
        for watched in (self._inner, self.scroller.viewport()):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make the scrolled widget as high as its lines need at this width.

        A scroll area asks for the least height only, and of lines that wrap that is the height at the least width.
        """
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            needed = self.scroller.column.heightForWidth(self.scroller.viewport().width())
            if needed > 0 and needed != self._inner.minimumHeight():
                self._inner.setMinimumHeight(needed)
        return super().eventFilter(watched, event)

    # --- building ------------------------------------------------------------------------------------------------

    def _make_left(self, column: QVBoxLayout) -> None:
        self.results = Card("Результаты")
        self.results.head.addWidget(Button("Откуда числа", self.origin, kind="quiet"))
        self.table: DataTable | None = None
        column.addWidget(self.results)
        self.dynamics, self.risk = ChartView(self.session), ChartView(self.session)
        self.dynamics_card, self.risk_card = Card(), Card()
        for chart, box in ((self.dynamics, self.dynamics_card), (self.risk, self.risk_card)):
            box.body.addWidget(chart)
            column.addWidget(box)
            chart.clicked.connect(lambda _school: self.origin())
        self.dynamics_card.setMinimumHeight(theme.current().px(270))
        column.addStretch(1)

    def _make_right(self, column: QVBoxLayout) -> None:
        px = theme.current().px
        self.answer_card = Card("Ответ")
        self.answer_card.head.addWidget(Button("К списку", self._to_list, kind="quiet"))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        self.chip, self.change = Chip(), ElidedLabel("", "muted")
        top.addWidget(self.chip)
        top.addWidget(self.change, 1)
        self.answer_card.body.addLayout(top)
        self.why = Label("", wrap=True).selectable()
        self.rule = Label("", "muted", wrap=True)
        self.answer_card.body.addWidget(self.why)
        self.answer_card.body.addWidget(self.rule)
        column.addWidget(self.answer_card)
        self.passport_card = Card("Паспорт")
        self.passport_card.head.addWidget(Button("Изменить", self.details, kind="quiet"))
        self.passport = Facts()
        self.passport_card.body.addWidget(self.passport)
        column.addWidget(self.passport_card)
        self.context_card = Card("Индексы и тип")
        self.context_card.head.addWidget(Button("К показателям", partial(self._metric, None), kind="quiet"))
        self.context = Facts()
        self.context_card.body.addWidget(self.context)
        column.addWidget(self.context_card)
        self.sections = QVBoxLayout()
        self.sections.setSpacing(px(12))
        column.addLayout(self.sections)
        column.addStretch(1)

    # --- showing -------------------------------------------------------------------------------------------------

    def show_school(self, school_id: int) -> None:
        """Read the card of a school anew."""
        if school_id != self._id:
            self.scroller.verticalScrollBar().setValue(0)
        self._id = school_id
        self._turn += 1
        turn = self._turn
        self.session.read(
            self, lambda card: self._show(turn, card), school_card.card, school_id, self.session.school_year
        )

    def _show(self, turn: int, card: SchoolCard) -> None:
        if turn != self._turn:
            return
        self.found = card
        self._show_results(card)
        self._show_charts(card)
        self._show_answer(card)
        self.passport_card.note.setText(school_year(card.school_year))
        self.passport.show_facts([(line.label, line.text) for line in card.passport])
        self._show_context(card)
        clear_layout(self.sections)
        empty = []
        for section in card.sections:
            if section.lines or section.key == "notes":
                self.sections.addWidget(self._section(section))
            else:
                empty.append(section.title[:1].lower() + section.title[1:])
        if empty:
            self.sections.addWidget(Label(f"Нет данных: {', '.join(empty)}.", "muted", wrap=True))

    def _show_results(self, card: SchoolCard) -> None:
        shape = (card.years, card.intervals)
        if self.table is None or self._shape != shape:
            if self.table is not None:
                self.table.hide()
                self.table.deleteLater()
            self._shape = shape
            self.table = DataTable(
                "card_results", columns(*shape), lambda r: r.label, habits=self.session.habits,
                title="Результаты школы: ниже минимума из участников", bare=True, filters=False,
                empty=EmptyState("table", "Результатов нет", "Они появятся после загрузки отчётов с этой школой."),
            )  # fmt: skip
            self.table.activated.connect(lambda _row: self.origin())
            self.results.body.addWidget(self.table)
        self.results.note.setText("ниже минимума из участников" if card.results else "")
        px = theme.current().px
        self.table.setMinimumHeight(px(min(9, max(4, len(card.results))) * 30 + 64))
        self.table.set_rows(list(card.results))

    def _show_charts(self, card: SchoolCard) -> None:
        line, bars = dynamics(card), risk_bars(card.risk, MOST_FACTORS)
        for box, chart, spec in ((self.dynamics_card, self.dynamics, line), (self.risk_card, self.risk, bars)):
            box.setVisible(spec is not None)
            if spec is not None:
                chart.show_chart(spec)
        if bars is not None:
            self.risk_card.setMaximumHeight(theme.current().px(184 + 30 * len(bars.series[0].points)))

    def _show_answer(self, card: SchoolCard) -> None:
        answer = card.answer
        if answer is None:
            self.chip.set("none", "нет данных")
            self.change.setText("")
            self.why.setText("Ответа нет: в файле нет результатов за этот и прежние годы.")
            self.rule.setText("")
            return
        self.chip.set(answer.state, answer.word)
        self.change.setText(", ".join(part for part in (answer.change, "на грани" if answer.edge else "") if part))
        self.why.setText(f"{answer.why} {answer.note}".strip())
        self.rule.setText(f"Правило «{answer.rule_title}», {answer.year} год.")

    def _show_context(self, card: SchoolCard) -> None:
        pairs = [(index.short, _index(index)) for index in card.indices]
        if card.kind is not None:
            pairs.append(("Тип", card.kind.word))
        if card.risk is not None and card.risk.document:
            pairs.append(("Рисковый профиль", card.risk.document))
        self.context.show_facts(pairs)

    def _section(self, section: Section) -> Card:
        made = Card(section.title)
        verb = LEADS.get(section.key)
        if verb is not None:
            made.head.addWidget(Button(verb, partial(self._lead, section), kind="quiet"))
        for line in section.lines[:MOST_LINES]:
            made.body.addWidget(self._line(line))
        left = len(section.lines) - MOST_LINES
        if left > 0:
            made.body.addWidget(Label(f"и ещё {count(left, 'строка', 'строки', 'строк')}", "muted"))
        if not section.lines:
            made.body.addWidget(Label(capital(section.nothing) + ".", "muted", wrap=True))
        return made

    @staticmethod
    def _line(line: Line) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = ElidedLabel(line.label, "muted", mode=Qt.TextElideMode.ElideMiddle)
        column.addWidget(label)
        column.addWidget(Label(line.text, wrap=True).selectable())
        if line.note:
            column.addWidget(Label(line.note, "muted", wrap=True))
        return widget

    # --- going ---------------------------------------------------------------------------------------------------

    def origin(self) -> None:
        """Show where the figures of the school came from."""
        card = self.found
        if card is not None:
            year = card.result_year or card.school_year
            self.session.go("origin", (card.school.id, card.school.shown, year))

    def _to_list(self) -> None:
        self.session.go("list_school", self._id)

    def _metric(self, code: str | None) -> None:
        self.session.go("metric", (self._id, self.session.school_year, code))

    def _lead(self, section: Section) -> None:
        """Go to where the lines of a section stand."""
        first = section.lines[0].way if section.lines else None
        match section.key:
            case "outside" | "projects":
                self.session.go("schools_view", "externals" if section.key == "outside" else "projects")
            case "self_check":
                self._metric(first.key if first is not None else None)
            case "decisions":
                self._to_list()
            case "points":
                self.session.go("monitoring", ("decisions", int(first.key) if first is not None else "control"))
            case "papers":
                self.session.go("register", int(first.key) if first is not None else None)
            case "checklists":
                self.session.go("tab_checklists", None)
            case "programme":
                found = next((line.way for line in section.lines if line.way and line.way.kind == "programme"), None)
                self.session.go("programme", None if found is None else ("node", int(found.key)))
            case "route":
                self.session.go("monitoring", ("route", self._id))
            case "notes":
                self.session.go("note", self._id)
            case "work" | "practices":
                self.session.go("work", None if first is None else (_OF_WORK[first.kind], int(first.key)))
            case "support" | "risks":
                self.session.go("monitoring", ("support", (first.key if first is not None else "support", self._id)))
            case _:
                self.origin()


def _index(index: IndexLine) -> str:
    text = index_text(index)
    if index.value is None:
        of = f"известно {index.known} из {index.total} составляющих"
        return f"{text} за {school_year(index.school_year)}: {of}" if index.total else text
    return f"{text}{', среди самых низких' if index.lowest else ''}"
