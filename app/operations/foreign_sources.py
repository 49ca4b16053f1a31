"""What a cell of a region's form is filled with: fields of the file, formulas, indicators, columns of papers, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from app import clock
from app.analysis.formula_grammar import Call, Node
from app.analysis.formula_value import evaluate
from app.analysis.indicator_lights import in_percent
from app.errors import UserError
from app.exporters.foreign_formats import CellValue, Figure
from app.models import indicators as stored_indicators
from app.models import settings
from app.models.programme_records import Programme, Tree
from app.models.store import Connection
from app.operations import foreign_columns, formula_metrics, programmes
from app.operations.formula_facts import Facts
from app.operations.indicator_book import Book
from app.operations.paper_choices import whole
from app.texts import NBSP, ru_date, school_year

if TYPE_CHECKING:
    from app.models.foreign import ForeignLink
    from app.operations.foreign_forms import Link

T = TypeVar("T")

FIELDS: dict[str, str] = {
    "municipality": "муниципалитет",
    "municipality_genitive": "муниципалитета",
    "organisation": "организация",
    "signer_position": "должность",
    "signer_name": "подписывающий",
    "executor": "исполнитель",
    "day": "дата",
    "year": "год",
    "last_year": "прошлый год",
    "school_year": "учебный год",
}
"""Key of a field → its word, which stands in {braces} inside a text."""
FIELD_WORDS: dict[str, str] = {
    "municipality": "Муниципалитет",
    "municipality_genitive": "Муниципалитет в родительном падеже",
    "organisation": "Организация",
    "signer_position": "Должность подписывающего",
    "signer_name": "Подписывающий",
    "executor": "Исполнитель",
    "day": "Дата заполнения",
    "year": "Год",
    "last_year": "Прошлый год",
    "school_year": "Учебный год",
}
WHAT: dict[str, str] = {"value": "значение", "target": "цель", "baseline": "исходное значение"}
LAST = "прошлый"
_PLACE = re.compile(r"\{([^{}]*)\}")
_SHARES = frozenset({"доля", "рост"})


@dataclass(frozen=True, slots=True)
class Sourced:
    """What a source gives.

    Attributes:
        values: one, or those of a column downwards; none where there is a fault.
        words: where it comes from, one clause.
        fault: why there is no value, one sentence; "" where there is one.
    """

    values: tuple[CellValue, ...] = ()
    words: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """An indicator to choose: its lineage, number and text."""

    lineage: int
    number: str
    text: str
    unit: str

    @property
    def shown(self) -> str:
        """Return «1.2. Доля школ, %»."""
        return f"{self.number}. {self.text}" if self.number else self.text


def indicators(connection: Connection) -> tuple[IndicatorChoice, ...]:
    """Return the indicators of the programme that is shown first."""
    from app.analysis.programme_numbers import numbers

    key = programmes.current(connection)
    if key is None:
        return ()
    tree = programmes.tree(connection, key)
    told = numbers(tree)
    return tuple(
        IndicatorChoice(
            node.lineage, told.get(node.id, ""), " ".join(node.text.split()),
            (tree.indicators[node.id].unit or "").strip() if node.id in tree.indicators else "",
        )
        for node in tree.of_kind("indicator")
    )  # fmt: skip


# --- looking at a link before it is kept -------------------------------------------------------------------------


def check(connection: Connection, cell: str, link: Link) -> None:
    """Look at what a cell is to be filled with.

    Raises:
        UserError: ``FOREIGN_SOURCE``, ``FOREIGN_FIELD``, ``FOREIGN_FORMULA``, ``FOREIGN_INDICATOR``,
            ``FOREIGN_WHAT``, ``FOREIGN_YEAR``, ``FOREIGN_ROWS``, ``FOREIGN_COLUMN``; ``OUT_KIND``.
    """
    source = link.source.strip()
    if not source:
        raise UserError("FOREIGN_SOURCE", cell=cell)
    _CHECKS[link.kind](connection, source, link.options)
    year = link.options.get("year", "")
    if year and year != LAST and not re.fullmatch(r"(?:19|20)\d\d", year):
        raise UserError("FOREIGN_YEAR", year=year)


def _check_field(_connection: Connection, source: str, _options: Mapping[str, str]) -> None:
    if source not in FIELDS:
        raise UserError("FOREIGN_FIELD", field=source, known=", ".join(FIELDS))


def _check_text(_connection: Connection, source: str, _options: Mapping[str, str]) -> None:
    for told in _PLACE.findall(source):
        if _field(told) is None:
            known = ", ".join(f"{{{word}}}" for word in FIELDS.values())
            raise UserError("FOREIGN_FIELD", field=f"{{{told}}}", known=known)


def _check_metric(connection: Connection, source: str, _options: Mapping[str, str]) -> None:
    day = clock.today()
    facts = _facts(connection, day.year, day)
    parsed = formula_metrics.checked(facts, formula_metrics.expression(source))
    if parsed.node is None:
        raise UserError("FOREIGN_FORMULA", why=parsed.faults[0].message)


def _check_indicator(connection: Connection, source: str, options: Mapping[str, str]) -> None:
    if whole(source) is None or not stored_indicators.editions_with(connection, int(source)):
        raise UserError("FOREIGN_INDICATOR")
    what = options.get("what", "value")
    if what not in WHAT:
        raise UserError("FOREIGN_WHAT", what=what, known=", ".join(WHAT))


_CHECKS: dict[str, Callable[[Connection, str, Mapping[str, str]], None]] = {
    "field": _check_field,
    "text": _check_text,
    "metric": _check_metric,
    "indicator": _check_indicator,
    "column": foreign_columns.check,
}


def _field(word: str) -> str | None:
    """Return the key of a field by its word or its key."""
    told = " ".join(word.split()).casefold()
    return next((key for key, known in FIELDS.items() if told in {key, known}), None)


def _tree(connection: Connection) -> Tree:
    """Return the programme that is shown first; an empty one where there is none: most formulas do not need it."""
    key = programmes.current(connection)
    if key is not None:
        return programmes.tree(connection, key)
    none: dict[str, None] = dict.fromkeys(
        ("organisation_id", "date_from", "date_to", "period_text", "previous_id", "copied_from", "agreement_from",
         "approved_on", "act_kind", "act_number", "act_date", "snapshot_id", "cancelled_on", "cancel_reason",
         "source_name", "source_sha256", "note")
    )  # fmt: skip
    empty = Programme(
        id=0, kind="municipal", document="programme", title="", year_from=1, year_to=0, building="tasks", edition=1,
        lineage=0, created_at="", **none,
    )  # fmt: skip
    return Tree(empty, {})


def _facts(connection: Connection, year: int, day: date) -> Facts:
    return Facts(connection, _tree(connection), year, day)


def _is_share(node: Node) -> bool:
    """Tell whether a formula gives a percentage."""
    if not isinstance(node, Call):
        return False
    if node.name in {"округлить", "мин", "макс", "среднее"}:
        return _is_share(node.arguments[0])
    return node.name in _SHARES


# --- the values --------------------------------------------------------------------------------------------------


class Sources:
    """What the file says for a year, each thing read once for many cells.

    Args:
        connection: reading connection.
        year: that the form reports on.
        day: of filling.
    """

    def __init__(self, connection: Connection, year: int, day: date) -> None:
        self.connection, self.year, self.day = connection, year, day
        self._kept: dict[object, object] = {}

    def keep(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for a key, making it once."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]

    def of(self, link: ForeignLink | Link) -> Sourced:
        """Return what a link gives; whatever is missing is said in words."""
        try:
            return self._of(link)
        except UserError as error:
            return Sourced(fault=f"{error.what} {error.cure}".strip())

    def _of(self, link: ForeignLink | Link) -> Sourced:
        match link.kind:
            case "field":
                return self._field(link.source)
            case "text":
                return self._text(link.source)
            case "metric":
                return self._metric(link.source, link.options)
            case "indicator":
                return self._indicator(link.source, link.options)
            case "column":
                return self._column(link.source, link.options)

    def _year(self, options: Mapping[str, str]) -> int:
        told = options.get("year", "")
        return self.year - 1 if told == LAST else int(told or self.year)

    # --- fields and texts ----------------------------------------------------------------------------------------

    def _field(self, key: str) -> Sourced:
        value = self._field_value(key)
        words = f"сведения файла: {FIELD_WORDS.get(key, key)}"
        if value is None:
            return Sourced(words=words, fault=f"«{FIELD_WORDS.get(key, key)}» в настройках файла не указано.")
        return Sourced((value,), words)

    def _field_value(self, key: str) -> CellValue:
        match key:
            case "day":
                return self.day
            case "year" | "last_year":
                return Figure(Fraction(self.year - (key == "last_year")))
            case "school_year":
                return school_year(self.day.year if self.day.month >= 8 else self.day.year - 1)
        values = self.keep("settings", lambda: settings.get_all(self.connection))
        return values.get(key, "").strip() or None

    def _text(self, text: str) -> Sourced:
        missing: list[str] = []

        def put(match: re.Match[str]) -> str:
            key = _field(match[1])
            value = None if key is None else self._field_value(key)
            if value is None:
                missing.append(FIELD_WORDS.get(key or "", match[1]))
                return ""
            if isinstance(value, date):
                return ru_date(value)
            return str(value.exact) if isinstance(value, Figure) else value

        made = _PLACE.sub(put, text)
        if missing:
            return Sourced(words="текст", fault=f"«{missing[0]}» в настройках файла не указано.")
        return Sourced((made,), "текст")

    # --- numbers -------------------------------------------------------------------------------------------------

    def _metric(self, text: str, options: Mapping[str, str]) -> Sourced:
        year = self._year(options)
        facts = self.keep(("facts", year), lambda: _facts(self.connection, year, self.day))
        parsed = formula_metrics.checked(facts, formula_metrics.expression(text))
        if parsed.node is None:
            raise UserError("FOREIGN_FORMULA", why=parsed.faults[0].message)
        step = evaluate(parsed.node, lambda call: formula_metrics.given(facts, call))
        words = f"{step.title} = {step.shown}: {step.words}".rstrip(": ")
        if step.value is None:
            return Sourced(words=words, fault=f"Нет данных за {year}{NBSP}год: {step.words or step.title}.")
        share = {"1": True, "0": False}.get(options.get("share", ""), _is_share(parsed.node))
        return Sourced((Figure(step.value, share),), words)

    def _indicator(self, source: str, options: Mapping[str, str]) -> Sourced:
        lineage, year = int(source), self._year(options)
        book = self.keep(("book", lineage), lambda: self._book(lineage))
        node = next((one for one in book.nodes if one.lineage == lineage), None)
        if node is None:
            raise UserError("FOREIGN_INDICATOR")
        record = book.record(node)
        found = book.year_value(node, year)
        what = options.get("what", "value")
        told = {"value": found.value, "target": found.target, "baseline": record.baseline if record else None}[what]
        name = " ".join(node.text.split())
        words = f"показатель «{name}», {WHAT[what]}" + (f" за {year}{NBSP}год" if what != "baseline" else "")
        if told is None:
            return Sourced(words=words, fault=f"У показателя «{name}» нет: {WHAT[what]}, {year}{NBSP}год.")
        share = in_percent(record.unit if record else None)
        how = f": {found.how}" if what == "value" and found.how else ""
        return Sourced((Figure(Fraction(Decimal(told)), share),), words + how)

    def _book(self, lineage: int) -> Book:
        editions = stored_indicators.editions_with(self.connection, lineage)
        if not editions:
            raise UserError("FOREIGN_INDICATOR")
        current = programmes.current(self.connection)
        key = current if current in editions else editions[0]
        return self.keep(
            ("tree", key), lambda: Book(self.connection, programmes.tree(self.connection, key), self.day)
        )  # fmt: skip

    # --- columns -------------------------------------------------------------------------------------------------

    def _column(self, source: str, options: Mapping[str, str]) -> Sourced:
        year = self._year(options)
        key = ("paper", source, options.get("values", ""), year)
        paper = self.keep(key, lambda: foreign_columns.paper(self.connection, source, options, year, self.day))
        column = foreign_columns.find(paper.document, options, paper.title)
        words = f"{paper.title}, столбец «{options.get('column', '')}»"
        if not column.values:
            return Sourced(words=words, fault=f"В документе «{paper.title}» в этой таблице строк нет.")
        return Sourced(column.values, words)
