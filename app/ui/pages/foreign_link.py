"""The side of «Формы региона»: what the chosen cell is filled with, and its value as it would be now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.foreign import ForeignLink, LinkKind
from app.models.store import Connection
from app.operations import foreign_columns, foreign_sources, indicators, paper_catalogue
from app.operations.foreign_columns import ColumnChoice
from app.operations.foreign_forms import CLOSED_TELL, KIND_WORDS, FormSheet, Link, Place, address_of
from app.operations.foreign_sources import FIELD_WORDS, WHAT, IndicatorChoice, Sourced
from app.ui import theme
from app.ui.session import Session
from app.ui.widgets.basics import Button, Card, Combo, Row, Scroller
from app.ui.widgets.labels import Label

REST = 300
"""Milliseconds of rest before the value is counted anew."""
YEARS = (("за год заполнения", ""), ("за прошлый год", foreign_sources.LAST))


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be chosen in this file: indicators, papers by key and title."""

    indicators: tuple[IndicatorChoice, ...]
    papers: tuple[tuple[str, str], ...]


def read_offers(connection: Connection) -> Offers:
    """Return what may be chosen."""
    kinds = tuple((item.title, item.key) for item in paper_catalogue.kinds())
    return Offers(foreign_sources.indicators(connection), kinds)


def read_columns(connection: Connection, key: str, year: int, day: date) -> tuple[ColumnChoice, ...]:
    """Return the columns of the tables of a paper."""
    return foreign_columns.choices(foreign_columns.paper(connection, key, {}, year, day).document)


class LinkPanel(Card):
    """What a cell is filled with.

    Signals:
        changed(): something else was chosen; after a rest, ``link`` is worth counting.
        link_wanted(): keep it.
        unlink_wanted(): take it away.
        columns_wanted(key): the columns of a paper are to be read.
    """

    changed = Signal()
    link_wanted = Signal()
    unlink_wanted = Signal()
    columns_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(pad=12)
        self.session = session
        self._sheet: FormSheet | None = None
        self._place: Place = (0, 0)
        self._kept: ForeignLink | None = None
        self._columns: tuple[ColumnChoice, ...] = ()
        self._filling = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST)
        self._soon.timeout.connect(self.changed)
        self.where = Label("", "section", wrap=True)
        self.about = Label("", "muted", wrap=True)
        self.kind = Combo("Чем заполнять ячейку")
        self.kind.fill([("не заполнять", None), *((word, key) for key, word in KIND_WORDS.items())])
        self.kind.currentIndexChanged.connect(lambda _i: self._kind_changed())
        self.pages: dict[str | None, QWidget] = {}
        self._make_pages()
        self.value = Label("", "strong", wrap=True)
        self.words = Label("", "muted", wrap=True)
        self.keep = Button("Связать", self.link_wanted.emit, kind="primary")
        self.drop = Button("Убрать связь", self.unlink_wanted.emit, icon="trash", kind="link")
        scroller = Scroller(spacing=6)
        for widget in (self.where, self.about, self.kind, *self.pages.values(), self.value, self.words):
            scroller.column.addWidget(widget)
        scroller.column.addStretch(1)
        self.body.addWidget(scroller, 1)
        self.body.addWidget(Row(self.keep, self.drop, gap=4))
        self.setMinimumWidth(theme.current().px(286))

    # --- the pages -----------------------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        self.fields = _choice("Сведение")
        self.fields.fill([(word, key) for key, word in FIELD_WORDS.items()])
        self.formula = QPlainTextEdit()
        self.formula.setAccessibleName("Формула")
        self.formula.setPlaceholderText("доля([школ в списке]; [школ; школы: все])")
        self.formula.setTabChangesFocus(True)
        self.formula.setFixedHeight(theme.current().px(76))
        self.number = _choice("Вставить число")
        self.number.fill([("вставить число…", None), *((name, name) for name in indicators.METRICS)])
        self.number.activated.connect(lambda _i: self._insert())
        self.indicator = _choice("Показатель программы")
        self.what = _choice("Что взять у показателя")
        self.what.fill([(word, key) for key, word in WHAT.items()])
        self.paper, self.table, self.column = _choice("Документ"), _choice("Таблица"), _choice("Столбец")
        self.paper.activated.connect(lambda _i: self._paper_chosen())
        self.table.currentIndexChanged.connect(lambda _i: self._table_chosen())
        self.rows = QLineEdit()
        self.rows.setAccessibleName("Сколько строк отведено")
        self.rows.setPlaceholderText("до первой занятой ячейки")
        self.cut = QCheckBox("Вписать, сколько поместится")
        self.text = QLineEdit()
        self.text.setAccessibleName("Текст")
        self.text.setPlaceholderText("Отчёт за {год} год")
        self.years = {key: _year() for key in ("metric", "indicator", "column")}
        known = ", ".join(f"{{{word}}}" for word in foreign_sources.FIELDS.values())
        contents: Mapping[str, Sequence[QWidget]] = {
            "field": (self.fields,),
            "metric": (self.formula, self.number, self.years["metric"]),
            "indicator": (self.indicator, self.what, self.years["indicator"]),
            "column": (self.paper, self.table, self.column, self.years["column"], Label("Строк отведено", "muted"),
                       self.rows, self.cut),
            "text": (self.text, Label(f"В тексте можно писать: {known}.", "muted", wrap=True)),
        }  # fmt: skip
        hint = Label("Выберите ячейку слева и скажите, что в неё вписывать.", "muted", wrap=True)
        self.pages = {None: _page((hint,)), **{key: _page(widgets) for key, widgets in contents.items()}}
        self._listen()

    def _listen(self) -> None:
        combos = (self.fields, self.indicator, self.what, self.column, *self.years.values())
        for combo in combos:
            combo.currentIndexChanged.connect(lambda _i: self._touched())
        for line in (self.rows, self.text):
            line.textChanged.connect(lambda _text: self._touched())
        self.formula.textChanged.connect(self._touched)
        self.cut.toggled.connect(lambda _on: self._touched())

    def offer(self, found: Offers) -> None:
        """Fill the choices of this file."""
        self._filling = True
        self.indicator.fill([(one.shown, str(one.lineage)) for one in found.indicators] or [("показателей нет", None)])
        self.paper.fill([("выберите документ…", None), *found.papers])
        self._filling = False

    # --- a cell --------------------------------------------------------------------------------------------------

    def show_cell(self, sheet: FormSheet, place: Place, kept: ForeignLink | None, words: str) -> None:
        """Show what a cell is filled with.

        Args:
            sheet: that it stands on.
            place: from 0.
            kept: its link; None without one.
            words: the labels around it.
        """
        self._sheet, self._place, self._kept = sheet, place, kept
        cell, closed = sheet.cell(place), sheet.closed_by(place)
        self.where.setText(f"{sheet.name}, ячейка {address_of(place)}")
        told = [words] if words else []
        if cell.text:
            told.append(f"сейчас «{cell.text[:80]}»")
        if closed is not None:
            told.append(CLOSED_TELL[closed])
        self.about.setText(" · ".join(told) or "Рядом нет подписей.")
        open_cell = closed is None and not self.session.desk.read_only
        self.kind.setEnabled(open_cell)
        for page in self.pages.values():
            page.setEnabled(open_cell)
        self._filling = True
        self.kind.choose(kept.kind if kept is not None else None)
        self._show_link(kept)
        self._filling = False
        self._show_page()
        self._touched()

    def _show_link(self, kept: ForeignLink | None) -> None:
        options = kept.options if kept is not None else {}
        source = kept.source if kept is not None else ""
        kind = kept.kind if kept is not None else None
        self.formula.setPlainText(source if kind == "metric" else "")
        self.text.setText(source if kind == "text" else "")
        self.rows.setText(options.get("rows", ""))
        self.cut.setChecked(options.get("fit") == "cut")
        if kind == "field":
            self.fields.choose(source)
        if kind == "indicator":
            self.indicator.choose(source)
            self.what.choose(options.get("what", "value"))
        for combo in self.years.values():
            told = options.get("year", "")
            if told and not combo.choose(told):
                combo.addItem(f"за {told} год", told)
            combo.choose(told)
        self.paper.choose(source if kind == "column" else None)
        self._columns = ()
        self._offer_columns()
        if kind == "column":
            self.columns_wanted.emit(source)

    def show_columns(self, key: str, found: tuple[ColumnChoice, ...]) -> None:
        """Take the columns of a paper."""
        if self.paper.currentData() != key:
            return
        self._columns = found
        self._offer_columns()
        self._touched()

    def _offer_columns(self) -> None:
        options = self._kept.options if self._kept is not None and self._kept.kind == "column" else {}
        self._filling = True
        tables = list(dict.fromkeys(one.table for one in self._columns))
        self.table.fill([(name or "таблица без названия", name) for name in tables], options.get("table"))
        self.table.setVisible(len(tables) > 1)
        self._table_chosen()
        table, column, part = (options.get(key, "") for key in ("table", "column", "part"))
        for place, one in enumerate(self._columns):
            if (one.column, one.part) == (column, part) and table in {"", one.table}:
                self.column.choose(place)
                break
        self._filling = False

    def _table_chosen(self) -> None:
        name = self.table.currentData()
        found = [(one.shown, place) for place, one in enumerate(self._columns) if one.table == name]
        self.column.fill(found or [("столбцов нет", None)])
        self._touched()

    def _paper_chosen(self) -> None:
        self._columns = ()
        self._offer_columns()
        if self.paper.currentData():
            self.columns_wanted.emit(str(self.paper.currentData()))

    def _insert(self) -> None:
        name = self.number.currentData()
        if name:
            self.formula.insertPlainText(f"[{name}]")
            self.number.setCurrentIndex(0)
            self.formula.setFocus()

    # --- the link ------------------------------------------------------------------------------------------------

    @property
    def link(self) -> Link | None:
        """What is chosen; None where nothing is to be filled or something is still missing."""
        kind: LinkKind | None = self.kind.currentData()
        if kind is None or self._sheet is None:
            return None
        source, options = self._said(kind)
        if not source:
            return None
        told = {key: value for key, value in options.items() if value}
        return Link(self._sheet.name, address_of(self._place), kind, source, told)

    def _said(self, kind: LinkKind) -> tuple[str, dict[str, str]]:
        year = str(self.years[kind].currentData() or "") if kind in self.years else ""
        match kind:
            case "field":
                return str(self.fields.currentData() or ""), {}
            case "text":
                return self.text.text().strip(), {}
            case "metric":
                return self.formula.toPlainText().strip(), {"year": year}
            case "indicator":
                return str(self.indicator.currentData() or ""), {"what": str(self.what.currentData()), "year": year}
        place = self.column.currentData()
        if place is None or not 0 <= int(place) < len(self._columns):
            return "", {}
        one = self._columns[int(place)]
        fit = "cut" if self.cut.isChecked() else ""
        return str(self.paper.currentData() or ""), {
            "table": one.table, "column": one.column, "part": one.part, "rows": self.rows.text().strip(), "fit": fit,
            "year": year,
        }  # fmt: skip

    def _kind_changed(self) -> None:
        self._show_page()
        self._touched()

    def _show_page(self) -> None:
        chosen = self.kind.currentData()
        for key, page in self.pages.items():
            page.setVisible(key == chosen)

    def _touched(self) -> None:
        if self._filling:
            return
        self.value.setText("")
        self.words.setText("")
        write = not self.session.desk.read_only
        self.keep.setEnabled(write and self.link is not None)
        self.keep.setText("Изменить связь" if self._kept is not None else "Связать")
        self.drop.setVisible(self._kept is not None)
        self.drop.setEnabled(write)
        self._soon.start()

    def tell_value(self, told: str, found: Sourced) -> None:
        """Show what would be written now."""
        self.value.setText(f"Сейчас: {told}" if told else "Значения нет")
        self.words.setText(found.fault or found.words)
        self.words.set_role("bad" if found.fault else "muted")


def _choice(name: str) -> Combo:
    combo = Combo(name)
    combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(14)
    return combo


def _year() -> Combo:
    combo = _choice("За какой год")
    combo.fill(YEARS)
    return combo


def _page(widgets: Sequence[QWidget]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().px(6))
    for widget in widgets:
        column.addWidget(widget)
    return page
