"""Risk profiles: which factors of risk a school has and how significant each is (domain §2). Only stored.

Two forms: long (школа, фактор, значимость; the school may stand once above its factors) and wide (factors as columns).
A profile of one school without a column of schools names it above the table, or a person does. A factor is known by
the catalogue (``factors``) and stored by its code; any other is stored as worded, with a warning.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, at, heading, read_header, text
from app.importers.order import Order
from app.importers.parsed import FileReading, Question, UnitRef
from app.importers.reports.factors import find_factor, load_shipped
from app.importers.reports.outside import SCHOOL_HEADINGS, ListRow, ListTable, Placed, agreeing, named_school, read_list
from app.models.records import SIGNIFICANCES, ExternalMark, RiskFactor

HEADINGS = Headings(
    {
        **SCHOOL_HEADINGS,
        "factor": ("фактор", "фактор риска", "факторы риска", "наименование фактора*", "рисковый фактор",
                   "направление риска", "риск", "риски", "факторы риска только актуальные*"),
        "significance": ("значимость", "значимость фактора*", "уровень значимости*", "степень значимости*",
                         "значимость риска*", "степень риска"),
    }
)  # fmt: skip
TITLE = "Рисковые профили школ"
_HIGH, _MIDDLE, _LOW, _NONE = SIGNIFICANCES
_STEMS = (("высок", _HIGH), ("средн", _MIDDLE), ("низк", _LOW))
_ABSENT = {"нет", "отсутствует", "не актуален", "не актуально", "неактуален", "не выявлен", "не выявлено"}
_LEAST_WIDE = 2
_SCHOOL_QUESTION = Question(
    "school", "К какой школе относится рисковый профиль? В файле она не названа; впишите логин или название."
)


def significance_of(value: str) -> str | None:
    """Return the significance in its normal form, or None: «Высокий», «средняя значимость», «не актуален»."""
    line = heading(value)
    if line in _ABSENT:
        return _NONE
    words = line.split()
    found = {normal for word in words for stem, normal in _STEMS if word.startswith(stem)}
    return found.pop() if len(found) == 1 and len(words) <= 4 else None


def _fits(value: str) -> bool:
    return significance_of(value) is not None or value in {"-", "–", "—"}


def _catalogue(order: Order) -> tuple[RiskFactor, ...]:
    return order.known.factors or load_shipped()


def _long(sheet: Sheet) -> Header | None:
    return sheet.header(HEADINGS, ("factor", "significance"))


def _wide(sheet: Sheet, factors: tuple[RiskFactor, ...]) -> tuple[Header, dict[int, str]] | None:
    """Return the row of headings and the columns of factors with their wordings."""
    for number, row in sheet.head():
        header = read_header(number, [heading(value) for value in row], HEADINGS)
        if not named_school(header):
            continue
        taken = set(header.at.values())
        others = {column: line for column, value in enumerate(row) if column not in taken and (line := text(value))}
        found = {
            column: line
            for column, line in others.items()
            if find_factor(factors, line) or agreeing(sheet, number, column, _fits)
        }
        if len(found) >= _LEAST_WIDE:
            return header, found
    return None


def informed(book: Book, order: Order) -> float | None:
    """Known by «Фактор» beside «Значимость», or by factors of the catalogue as columns beside a school."""
    factors = _catalogue(order)
    best: float | None = None
    for sheet in book.sheets:
        if _long(sheet):
            return 0.92
        wide = _wide(sheet, factors)
        if wide is not None:
            known = sum(find_factor(factors, line) is not None for line in wide[1].values())
            best = max(best or 0.0, 0.92 if known >= _LEAST_WIDE else 0.5)
    return best


def recognise(book: Book) -> float | None:
    """The same with the factors that come with the program."""
    return informed(book, Order())


def read(book: Book, order: Order) -> FileReading:
    """Return the significance of every factor of every school."""
    factors = _catalogue(order)
    asked: list[Question] = []

    def table(sheet: Sheet, _order: Order, findings: Findings) -> ListTable | None:
        header = _long(sheet)
        if header is not None:
            lone = None if named_school(header) else _school_of_file(sheet, header, order)
            if lone is None and not named_school(header):
                asked.append(_SCHOOL_QUESTION)
            return _LongForm(header, findings, factors, lone)
        wide = _wide(sheet, factors)
        return None if wide is None else _WideForm(*wide, findings, factors)

    reading = read_list(book, order, "risk_profile", TITLE, table)
    if not asked:
        return reading
    questions = (*reading.questions, asked[0])
    return book.reading("risk_profile", title=reading.title, questions=questions, rows_read=reading.rows_read)


def _school_of_file(sheet: Sheet, header: Header, order: Order) -> UnitRef | None:
    """Return the one school of a profile: by a login above the table, after «Школа:», or as the user has said."""
    for number, row in sheet.head():
        if number >= header.row:
            break
        for column, value in enumerate(row):
            line = text(value)
            if fisoko.has_code(line) and fisoko_login(line):
                return fisoko.Units().read(line)
            name, mark, rest = line.partition(":")
            if mark and HEADINGS.key(heading(name)) == "school":
                found = rest.strip() or text(at(row, column + 1))
                if found:
                    return _named(found)
    answer = order.hints.answers.get("school", "").strip()
    return _named(answer) if answer else None


def _named(line: str) -> UnitRef:
    if fisoko.has_code(line):
        return fisoko.Units().read(line)
    login = fisoko_login(line)
    return UnitRef("school", line, (("fisoko", login),) if login else ())


class _Profile(ListTable):
    """What both forms share: factors told by the catalogue, words by ``significance_of``."""

    def __init__(self, header: Header, findings: Findings, factors: tuple[RiskFactor, ...]) -> None:
        super().__init__(header, findings)
        self._factors = factors
        self._unknown: set[str] = set()

    def _item(self, wording: str, year: int, number: int, column: int) -> str:
        factor = find_factor(self._factors, wording, year or None)
        if factor is not None:
            return factor.code
        if heading(wording) not in self._unknown:
            self._unknown.add(heading(wording))
            self.findings.add("IMP_FACTOR_UNKNOWN", number, column, factor=wording[:120])
        return wording

    def _value(self, raw: str, number: int, column: int) -> str | None:
        value = significance_of(raw)
        if raw and value is None and raw not in {"-", "–", "—"}:
            self.findings.add("IMP_SIGNIFICANCE_UNKNOWN", number, column, raw=raw[:80])
        return value


class _LongForm(_Profile):
    """A row a factor; the school of the row above where the row names none."""

    by_item = True
    carries = True

    def __init__(
        self, header: Header, findings: Findings, factors: tuple[RiskFactor, ...], lone: UnitRef | None
    ) -> None:
        super().__init__(header, findings, factors)
        self.school = lone

    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return the factor of the row; a row without a factor or a significance says nothing."""
        wording = text(self.header.cell(line.cells, "factor"))
        raw = text(self.header.cell(line.cells, "significance"))
        if not wording or not raw:
            return ()
        column = self.header.at["significance"]
        item = self._item(wording, line.year, line.number, self.header.at["factor"])
        return ((ExternalMark(item, self._value(raw, line.number, column), raw), column),)


class _WideForm(_Profile):
    """A row a school; a column a factor."""

    def __init__(
        self, header: Header, columns: dict[int, str], findings: Findings, factors: tuple[RiskFactor, ...]
    ) -> None:
        super().__init__(header, findings, factors)
        self._columns = columns

    def marks(self, line: ListRow) -> Sequence[Placed]:
        """Return every factor of the school, an empty cell too: it is no «нет»."""
        found: list[Placed] = []
        items: set[str] = set()
        for column, wording in self._columns.items():
            item = self._item(wording, line.year, self.header.row, column)
            if item in items:
                continue  # two columns of one factor: the first counts, as everywhere among headings
            items.add(item)
            raw = text(at(line.cells, column))
            found.append((ExternalMark(item, self._value(raw, line.number, column), raw), column))
        return found
