"""Registries, context metrics and lists from outside by a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Cell, Header, Row, address, heading, text
from app.importers.order import Order
from app.importers.parsed import ExternalHead, ParsedExternal, ParsedMetric, ParsedSchool, Question
from app.importers.schools_table import read_table
from app.importers.tables.figures import Shape, number_or_none
from app.importers.tables.found import Found
from app.importers.tables.profile import Fixed, Profile
from app.importers.tables.read_marks import STEP, Walk
from app.importers.tables.units import Units
from app.importers.tables.values import Values
from app.importers.tables.words import municipality_name
from app.importers.tables.works import result_year_of, school_year_of
from app.models.metric_cells import MetricKind, exact_text, read_cell
from app.models.records import (
    FEDERAL_GROUPS,
    RISK_ZONES,
    SIGNIFICANCES,
    ExternalKind,
    ExternalMark,
    MetricFigure,
    MetricName,
    Origin,
)

_FIRST_OF_SEPTEMBER = re.compile(r"(?:0?1\.09\.|1\s+сентября\s+)(20\d\d)")
_PEOPLE = r"(?:чел|обуч|учащ|учен|дет|сем|педагог|учител)\w*\.?"
_LEADING = re.compile(
    rf"(\d{{1,3}}(?:[ \u00a0]\d{{3}})+|\d{{1,9}})\s*{_PEOPLE}\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


# --- registries ------------------------------------------------------------------------------------------------


def read_schools(
    found: Found, order: Order, findings: Findings, fixed: Fixed
) -> tuple[list[ParsedSchool], Question | None, int]:
    """Return the schools of a block, or the question its codes raise, and the number of rows."""
    places = {("name" if field == "school" else field): at for field, at in found.places().items()}
    rows = {number: (row, span) for number, row, span in Walk(found).data()}
    kept = Sheet(
        found.sheet.name, lambda: (rows[i][0] if i in rows else [] for i in range(1, max(rows, default=0) + 1))
    )
    header = Header(found.block.head.last, places, max(places.values(), default=0) + 1)
    schools, question, count = read_table(kept, header, order, findings)
    said = (rows[school.origin.row_from][1].municipality for school in schools)
    placed = [_placed(school, here or fixed.municipality) for school, here in zip(schools, said, strict=True)]
    return placed, question, count


def _placed(school: ParsedSchool, municipality: str | None) -> ParsedSchool:
    """A school under a row that names its municipality belongs there."""
    if school.municipality or not municipality:
        return school
    return replace(school, municipality=municipality_name(municipality))


# --- context metrics -------------------------------------------------------------------------------------------


def leading_count(raw: str) -> int | None:
    """Return the first number of «771 человек: 411 мальчиков и 360 девочек» where nothing speaks against it.

    It must begin the text and be followed by a word for people; other whole numbers in the text must add up to it or
    be absent. «12 из 50», «24 %», «5-7» are nobody's count.
    """
    found = _LEADING.fullmatch(raw.strip())
    if found is None:
        return None
    total = int(re.sub(r"\D", "", found.group(1)))
    parts = _NUMBER.findall(found.group("rest"))
    if not parts:
        return total
    whole = [int(part) for part in parts if part.isdecimal()]
    return total if len(whole) == len(parts) and sum(whole) == total else None


class MetricsBlock:
    """One block of context metrics: a value for each school and each column that is a metric."""

    def __init__(self, book: Book, found: Found, profile: Profile, order: Order, findings: Findings) -> None:
        self._found = found
        self._order = order
        self._walk = Walk(found)
        self._values = Values(book, found.sheet, findings)
        self._findings = findings
        self._places = found.places()
        self._units = Units(self._places, profile.fixed, self._values, order, findings)
        self._names: Mapping[str, MetricName] = {metric.code: metric for metric in order.known.metrics}
        self._columns = [at for at in sorted(found.columns) if found.columns[at].field == "metric"]
        lines = [line for _, line in reversed(found.block.titles)]
        self._titles = [*lines, *found.above, found.sheet.name or "", book.name]
        self._year = next((year for line in self._titles if (year := _year_of(line)) is not None), None)
        self._shapes: dict[int, Shape] = {}
        self.rows_read = 0

    def questions(self) -> list[Question]:
        """Return what a person must say: the codes, the school year."""
        from app.importers.marks_table import CODE_QUESTION

        asked: list[Question] = []
        if self._units.survey((number, row) for number, row, _ in self._walk.data()):
            asked.append(CODE_QUESTION)
        self._year = self._year or self._order.number("year")
        own = all(_year_of(" ".join(self._found.path(at))) for at in self._columns)
        if self._year is None and "school_year" not in self._places and not own:
            guessed = next((year for line in self._titles if (year := result_year_of(line))), None)
            words = "За какой учебный год показатели? Назовите его первый год: 2025 — это 2025/26."
            asked.append(Question("year", words, (str(guessed),) if guessed else ()))
        for number, row, _span in self._walk.data():
            for at in self._columns:
                value = self._values.cell(number, row, at)
                if isinstance(value, (int, float)) and (found := number_or_none(value)) is not None:
                    self._shapes.setdefault(at, Shape()).see(found)
        return asked

    def run(self) -> Iterator[ParsedMetric]:
        """Yield the values; a cell that does not fit comes with a code and stays a draft."""
        for at in self._columns:
            if self._is_fraction(at):
                words = " / ".join(self._found.path(at))
                self._findings.add("IMP_SHARES_OF_ONE", self._found.block.head.last, at, heading=words)
        for number, row, span in self._walk.data():
            self.rows_read += 1
            if self.rows_read % STEP == 0:
                self._order.tick(number, self._found.sheet.height)
            raws = {at: self._values.cell(number, row, at) for at in self._columns}
            if not any(text(value) for value in raws.values()):
                continue
            unit = self._units.unit(number, row, span)
            if unit is None:
                self._findings.add("IMP_UNIT_MISSING", *self._units.place(number))
                continue
            for at, value in raws.items():
                found = self._figure(number, row, at, value)
                if found is not None:
                    figure, code = found
                    origin = Origin(self._found.sheet.name, number, number, address(number, at))
                    yield ParsedMetric(unit, figure, origin, code)
        self._values.finish()

    def _is_fraction(self, at: int) -> bool:
        metric = self._names.get(self._found.columns[at].metric or "")
        shape = self._shapes.get(at)
        is_share = metric is not None and metric.kind == "share"
        return is_share and shape is not None and shape.fractional and shape.largest <= 1

    def _year_at(self, number: int, row: Row, at: int) -> int | None:
        line = text(self._values.label(number, row, self._places.get("school_year")))
        if line:
            year = _year_of(line)
            if year is None and line.isdecimal() and 2000 <= int(line) <= 2099:
                year = int(line)
            if year is None:
                self._findings.add("IMP_SCHOOL_YEAR_STRANGE", number, self._places.get("school_year"))
            return year
        return _year_of(" ".join(self._found.path(at))) or self._year

    def _figure(self, number: int, row: Row, at: int, value: Cell) -> tuple[MetricFigure, str | None] | None:
        raw = text(value)
        code = self._found.columns[at].metric or ""
        metric = self._names.get(code)
        if not raw or metric is None:
            return None
        kind: MetricKind = metric.kind
        line = raw
        if self._is_fraction(at) and isinstance(value, (int, float)):
            line = exact_text(Decimal(repr(value)) * 100)
        found = read_cell(kind, line)
        year = None if found.empty else self._year_at(number, row, at)
        if year is None:
            return None
        part, trouble = found.part, found.code
        if trouble is not None and kind == "count" and isinstance(value, str) and not raw.isdecimal():
            part = leading_count(raw)
            trouble = trouble if part is None else "IMP_METRIC_IN_WORDS"
        if trouble == "IMP_METRIC_IN_WORDS":
            self._findings.add("IMP_METRIC_IN_WORDS", number, at, raw=raw, part=part)
        return MetricFigure(code, year, raw, part, found.whole, found.exact), trouble


def _year_of(line: str) -> int | None:
    """The school year a line speaks of: «2025/26», «на 01.09.2025»."""
    year = school_year_of(line)
    if year is not None:
        return year
    found = _FIRST_OF_SEPTEMBER.search(line)
    return int(found.group(1)) if found else None


# --- lists from outside ----------------------------------------------------------------------------------------

_ALLOWED: dict[ExternalKind, tuple[str, ...]] = {
    "federal_list": FEDERAL_GROUPS,
    "risk_profile": SIGNIFICANCES,
    "risk_zone": RISK_ZONES,
    "bias": (),
}


@dataclass(slots=True)
class ExternalsBlock:
    """One block of a list from outside: each cell as it stands, with its normal form."""

    book: Book
    found: Found
    profile: Profile
    order: Order
    findings: Findings
    kind: ExternalKind
    rows_read: int = 0

    def head(self) -> ExternalHead | None:
        """Return what the list is; None where nobody says its year."""
        titles = [line for _, line in self.found.block.titles] or list(reversed(self.found.above))
        lines = [*reversed(titles), self.found.sheet.name or "", self.book.name]
        year = self.order.number("year") or next((y for line in lines if (y := result_year_of(line))), None)
        if year is None:
            years = (result_year_of(text(row[at])) for row, at in self._year_cells())
            year = max((y for y in years if y), default=None)
        return None if year is None else ExternalHead(self.kind, year, titles[0] if titles else self.book.name)

    def _year_cells(self) -> Iterable[tuple[Row, int]]:
        at = self.found.places().get("year")
        if at is None:
            return ()
        return ((row, at) for _, row, _ in Walk(self.found).data() if at < len(row))

    def questions(self) -> list[Question]:
        """Return what a person must say: the codes, the year."""
        from app.importers.marks_table import CODE_QUESTION

        places = self.found.places()
        units = Units(places, self.profile.fixed, Values(self.book, self.found.sheet, Findings(None)), self.order,
                      self.findings)  # fmt: skip
        asked = [CODE_QUESTION] if units.survey((number, row) for number, row, _ in Walk(self.found).data()) else []
        if self.head() is None:
            asked.append(Question("year", "За какой год список? В таблице он не указан."))
        return asked

    def run(self) -> Iterator[ParsedExternal]:
        """Yield the cells of every row that names a unit."""
        values = Values(self.book, self.found.sheet, self.findings)
        places = self.found.places()
        units = Units(places, self.profile.fixed, values, self.order, self.findings)
        units.survey((number, row) for number, row, _ in Walk(self.found).data())
        marked = [at for at in sorted(self.found.columns) if self.found.columns[at].field in {"group", "item"}]
        for number, row, span in Walk(self.found).data():
            self.rows_read += 1
            unit = units.unit(number, row, span)
            if unit is None:
                self.findings.add("IMP_UNIT_MISSING", *units.place(number))
                continue
            year = result_year_of(text(values.label(number, row, places.get("year"))))
            for at in marked:
                raw = text(values.cell(number, row, at))
                mark = ExternalMark(self.found.columns[at].item or "", self._value(number, at, raw), raw)
                yield ParsedExternal(
                    unit, mark, Origin(self.found.sheet.name, number, number, address(number, at)), year
                )
            if not marked:
                origin = Origin(self.found.sheet.name, number, number)
                yield ParsedExternal(unit, ExternalMark("", None, ""), origin, year)
        values.finish()

    def _value(self, number: int, at: int, raw: str) -> str | None:
        line = heading(raw)
        if not line:
            return None
        if self.kind == "bias":
            if self.found.columns[at].field == "group":
                return line if line.isdecimal() else None
            return "1" if line in {"1", "да", "v", "х", "x"} else "0" if line in {"0", "нет"} else None
        allowed = _ALLOWED[self.kind]
        found = next((value for value in allowed if line == heading(value)), None)
        found = found or next((value for value in allowed if line.startswith(heading(value)[:5])), None)
        if found is None:
            self.findings.add("IMP_LIST_VALUE_UNKNOWN", number, at, raw=raw)
        return found
