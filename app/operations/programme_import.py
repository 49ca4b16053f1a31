"""Bringing an existing plan in: reading, saying what was understood and what is wrong, writing it as one operation.

``preview`` writes nothing. The tables are read once, by the child; what their columns mean can be said anew without
reading again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from app.analysis import terms
from app.analysis.terms import ParsedTerm
from app.errors import Problem, UserError, problem
from app.importers.parsed import FileReading, Hints, Known
from app.importers.plan_columns import FIELDS, LAYOUT_WORDS, OF_YEAR, PlanColumn
from app.importers.plan_records import PlanTable
from app.importers.plan_tables import PlanGroup, PlanMap, PlanRow, Understood, understand
from app.models import programmes as stored
from app.models.programme_records import Node, Programme, Tree
from app.models.store import Connection
from app.operations.programme_import_period import Period, document_of, period_of, personal, title_of
from app.operations.programmes import writable
from app.texts import count, ru_date

__all__ = [
    "FIELDS", "LAYOUT_WORDS", "OF_YEAR", "STATE_WORDS", "Line", "Period", "PlanColumn", "PlanGroup", "PlanMap",
    "PlanRow", "Preview", "Source", "Target", "Understood", "key_of", "pasted", "preview", "read", "tasks",
]  # fmt: skip

PATTERNS = (".docx", ".xlsx", ".xlsm", ".xls", ".ods", ".txt", ".tsv", ".csv")
Progress = Callable[[str, int, int], object]
State = Literal["new", "joined", "double"]
STATE_WORDS: dict[State, str] = {"new": "новая", "joined": "дополнит имеющуюся", "double": "уже есть"}


@dataclass(frozen=True, slots=True)
class Source:
    """What was read; ``path`` is None for what was pasted. ``personal`` forbids to keep the file."""

    name: str
    tables: tuple[PlanTable, ...]
    problems: tuple[Problem, ...] = ()
    path: Path | None = None
    sha256: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where a plan goes.

    Attributes:
        into: key of a draft; None makes a new programme.
        title: of a new one; "" takes that of the file. ``period`` likewise.
        organisation_id: the school of a school's new programme.
        task_id: the task everything is put under; None: the table's own tasks and directions.
        doubles: load what is there already once more.
    """

    into: int | None = None
    title: str = ""
    period: Period | None = None
    organisation_id: int | None = None
    task_id: int | None = None
    doubles: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview.

    Attributes:
        row: as the file says it.
        term: what was understood of its term.
        state: new, the money of an activity that is there or stands in the file, or there already.
        problems: of the row itself, with its place.
    """

    row: PlanRow
    term: ParsedTerm
    state: State
    problems: tuple[Problem, ...] = ()

    @property
    def level(self) -> str:
        """The gravest level of its problems, "" where there are none."""
        levels = {one.level for one in self.problems}
        return next((level for level in ("error", "warning", "hint") if level in levels), "")

    @property
    def dates(self) -> str:
        """The dates of the term as a person reads them."""
        spans = [ru_date(a) if a == b else f"{ru_date(a)} – {ru_date(b)}" for a, b in self.term.spans]
        return "; ".join(spans)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring.

    Attributes:
        tables: every table as understood, the strange ones too.
        lines: what would be written, row by row.
        problems: everything that is wrong or was passed over, rows with their places.
        title, period, document: of a new programme; ``period`` None where nobody knows the years.
    """

    source: Source
    target: Target
    tables: tuple[Understood, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    title: str
    period: Period | None
    document: Literal["programme", "complex", "plan", "road_map"] = "plan"

    @property
    def to_write(self) -> tuple[Line, ...]:
        """The lines that would be written."""
        return tuple(line for line in self.lines if line.state != "double" or self.target.doubles)

    @property
    def eyes(self) -> int:
        """How many problems a person should look at."""
        return sum(one.level != "hint" for one in self.problems)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was understood, in sentences."""
        activities = sum(line.row.kind == "activity" and line.state != "joined" for line in self.to_write)
        indicators = sum(line.row.kind == "indicator" for line in self.to_write)
        told = [count(activities, "мероприятие", "мероприятия", "мероприятий")] if activities else []
        told += [count(indicators, "индикатор", "индикатора", "индикаторов")] if indicators else []
        joined = sum(line.state == "joined" for line in self.to_write)
        doubles = len(self.lines) - len(self.to_write)
        said = [f"Загрузится: {', '.join(told)}."] if told else ["Новых строк нет."]
        if joined:
            said.append(f"Деньги дополнят {count(joined, 'мероприятие', 'мероприятия', 'мероприятий')}.")
        if doubles:
            said.append(f"Уже есть в программе: {count(doubles, 'строка', 'строки', 'строк')}.")
        if self.eyes:
            said.append(f"Требует внимания: {count(self.eyes, 'замечание', 'замечания', 'замечаний')}.")
        return tuple(said)


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path, on_progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read the tables of a file in the child process; nothing is written.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``IMP_PLAN_REFUSED`` with the cause where the file can't be read.
    """
    from app.importers.reading import read_files

    if not path.exists():
        raise UserError("GEN_FILE_MISSING", file=path)
    tell = None if on_progress is None else lambda name, done, total: _tell(on_progress, name, done, total)
    (found,) = read_files([path], Hints(kind="plan"), on_progress=tell, cancelled=cancelled, known=Known())
    return source_of(found, path)


def _tell(on_progress: Progress, name: str, done: int, total: int) -> None:
    on_progress(name, done, total)


def source_of(reading: FileReading, path: Path) -> Source:
    """Return what a reading brings.

    Raises:
        UserError: ``IMP_PLAN_REFUSED``.
    """
    if reading.refused is not None:
        raise UserError("IMP_PLAN_REFUSED", name=reading.name, why=reading.refused.message)
    return Source(reading.name, reading.plan, reading.problems, path, reading.sha256, personal=personal(reading.plan))


def pasted(text: str, html: str = "") -> Source:
    """Return the tables of what was copied out of Word or Excel.

    Raises:
        UserError: ``IMP_PLAN_NO_TABLES``.
    """
    from app.forms import clipboard
    from app.importers.plan_records import PlanLine
    from app.importers.plan_text import tables

    found = tables(text) if "\t" in text else ()
    if not found:
        rows = [line for line in clipboard.lines(text, html) if line.table]
        lines = tuple(PlanLine(number, row.cells, row.wide) for number, row in enumerate(rows, start=1))
        found = (PlanTable("Таблица 1", "", lines),) if lines else ()
    if not found:
        raise UserError("IMP_PLAN_NO_TABLES", name="из буфера обмена")
    return Source("Из буфера обмена", found, personal=personal(found))


def tasks(connection: Connection, programme_id: int) -> list[Node]:
    """Return the tasks of a programme that a plan may be put under."""
    return [node for node in stored.nodes(connection, programme_id) if node.kind == "task"]


# --- understanding -----------------------------------------------------------------------------------------------


def preview(
    connection: Connection, source: Source, target: Target | None = None, maps: Mapping[int, PlanMap] | None = None
) -> Preview:
    """Say what a file would bring; nothing is written.

    Args:
        connection: the open file.
        source: what was read.
        target: where it goes; None: into a new programme.
        maps: index of a table → what a person has said of its columns.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``IMP_PLAN_TASK``.
    """
    aim = target or Target()
    tables = understand(source.tables, maps)
    rows = [row for table in tables for row in table.rows]
    present = None
    if aim.into is not None:
        programme = writable(connection, aim.into)
        present = stored.tree(connection, programme.id)
        _check_task(present, aim.task_id)
    period = _period(present.programme if present else None, aim, tables, rows, source.name)
    lines = _Judge(present, period).lines(rows)
    told = [*source.problems, *(one for table in tables for one in table.problems)]
    told += [one for line in lines for one in line.problems]
    title = present.programme.title if present else aim.title.strip() or title_of(tables, source.name)
    return Preview(source, aim, tables, tuple(lines), tuple(told), title, period, document_of(title))


def _check_task(tree: Tree | None, task_id: int | None) -> None:
    if task_id is None:
        return
    node = tree.nodes.get(task_id) if tree is not None else None
    if node is None or node.kind != "task":
        raise UserError("IMP_PLAN_TASK", key=task_id)


def _period(
    programme: Programme | None, target: Target, tables: Sequence[Understood], rows: Sequence[PlanRow], name: str
) -> Period | None:
    if programme is not None:
        return Period(programme.year_from, programme.year_to, programme.date_from, programme.date_to)
    return target.period or period_of(tables, rows, name)


def key_of(text: str) -> str:
    """Return a wording for comparison: small letters, one space, without the full stop."""
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .;:,")


def only_money(row: PlanRow) -> bool:
    """Tell whether a row says no more of an activity than what it costs (004, table 3)."""
    return bool(row.money) and not (row.term or row.results or row.responsible)


class _Judge:
    """What the rows are to what is there, and what is wrong with them."""

    def __init__(self, tree: Tree | None, period: Period | None) -> None:
        self._period = period
        nodes = tree.nodes.values() if tree is not None else ()
        self._present = {(node.kind, key_of(node.text)) for node in nodes if node.text}
        self._seen: dict[tuple[str, str], PlanRow] = {}

    def lines(self, rows: Sequence[PlanRow]) -> list[Line]:
        """Return the rows with their terms, states and problems; sums come after the activities they belong to."""
        return [self._line(row) for row in sorted(rows, key=only_money)]

    def _line(self, row: PlanRow) -> Line:
        key = (row.kind, key_of(row.text))
        told = list(row.problems)
        before = self._seen.get(key) if row.text else None
        state: State = "new"
        if key in self._present and row.text:
            state = "joined" if only_money(row) else "double"
        elif before is not None and only_money(row) and before.table != row.table:
            state = "joined"
        elif before is not None:
            told.append(self._problem("IMP_PLAN_TWICE", row))
        if state == "double":
            told.append(self._problem("IMP_PLAN_DOUBLE", row))
        self._seen.setdefault(key, row)
        term = ParsedTerm()
        if row.kind == "activity" and not only_money(row):
            term = self.term_of(row)
            told += self._about_term(row, term)
        told += self._about_years(row)
        return Line(row, term, state, tuple(told))

    def term_of(self, row: PlanRow) -> ParsedTerm:
        """Return the dates of a row: of its programme; in a work schedule, of the year it stands under."""
        if self._period is None:
            own = terms.parse(row.term, year_from=row.year or 1990, year_to=row.year or 2099)
            return replace(own, code=None) if own.code == "TERM_OUTSIDE" else own
        found = self._period.parse(row.term)
        if row.year is not None and found.code == "TERM_NO_YEAR":
            return terms.parse(row.term, year_from=row.year, year_to=row.year)
        return found

    def _about_term(self, row: PlanRow, term: ParsedTerm) -> list[Problem]:
        told = []
        own = terms.parse(row.term, year_from=row.year, year_to=row.year) if row.year is not None else None
        if own is not None and own.code == "TERM_OUTSIDE":
            told.append(self._problem("IMP_PLAN_OTHER_YEAR", row, term=row.term, year=row.year))
        elif term.code is not None:
            period = self._period.words if self._period is not None else "неизвестен"
            said = self._problem(term.code, row, term=row.term, period=period)
            told.append(replace(said, message=f"{row.place}: {said.message[0].lower()}{said.message[1:]}"))
        return told

    def _about_years(self, row: PlanRow) -> list[Problem]:
        """Sums and targets of years that the programme has not, sums without a year or a source."""
        told = []
        years = self._period.years if self._period is not None else None
        words = self._period.words if self._period is not None else ""
        for year, raw in row.targets:
            if years is not None and year not in years:
                told.append(self._problem("IMP_PLAN_TARGET_YEAR", row, raw=raw, year=year, period=words))
        for at, source, raw in row.money:
            if at is None and (years is None or len(years) != 1):
                told.append(self._problem("IMP_PLAN_MONEY_NO_YEAR", row, raw=raw))
            elif at is not None and years is not None and at not in years:
                told.append(self._problem("IMP_PLAN_MONEY_YEAR", row, raw=raw, year=at, period=words))
            if source and source_key(source) == source:
                told.append(self._problem("IMP_PLAN_SOURCE", row, source=source))
        if any(not source for _, source, _ in row.money):
            told.append(self._problem("IMP_PLAN_NO_SOURCE", row))
        return told

    @staticmethod
    def _problem(code: str, row: PlanRow, **context: Any) -> Problem:
        sheet = row.place.split(", строка", 1)[0]
        return problem(code, sheet=sheet, cell=str(row.line), place=row.place, **context)


_SOURCE_WORDS = (
    ("внебюджет", "off_budget"), ("федеральн", "federal"), ("регионал", "regional"), ("областн", "regional"),
    ("краев", "regional"), ("республикан", "regional"), ("субъект", "regional"), ("местн", "municipal"),
    ("муниципал", "municipal"), ("районн", "municipal"), ("городск", "municipal"), ("спонсор", "sponsor"),
    ("грант", "grant"),
)  # fmt: skip


def source_key(words: str) -> str:
    """Return the key of a source of money by its words; the words themselves where it is none of the known ones."""
    if not words:
        return "municipal"
    lowered = words.casefold()
    return next((key for start, key in _SOURCE_WORDS if start in lowered), words)
