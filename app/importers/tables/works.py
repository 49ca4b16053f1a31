"""What work the figures of a column belong to: what the row says, the heading, the lines above, the person, the map.

What stands nearer to the figure wins. A year is never taken from a map: it is in the file, or somebody says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from app.importers.book import Book
from app.importers.findings import Findings
from app.importers.grid import Row, heading, text
from app.importers.order import PROCEDURE_QUESTION, Order, contradictions, prefer
from app.importers.parsed import Question
from app.importers.subjects import SUBJECTS, level_of, subject_or_as_written
from app.importers.tables.layout import Block, Span
from app.importers.tables.profile import WORK_FIELDS, ColumnMap, Fixed
from app.importers.tables.values import Values
from app.importers.titles import Title, procedure_of, read_title
from app.models.records import Assessment, Level, Procedure, normal_grade

FIRST_YEAR, LAST_YEAR = 2000, 2099
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[/–—-]\s*(?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_GRADE = re.compile(r"(\d{1,2})(?:\s*(?:-?й|класс\w*|кл\.?))?")


def school_year_of(line: str) -> int | None:
    """Return the first year of «2025/26», «2025-2026 учебный год», «2025—2026»; None where the line says none."""
    found = _SCHOOL_YEAR.search(line)
    if found is None or (int(found.group(1)) + 1) % 100 != int(found.group(2)):
        return None
    return int(found.group(1))


def result_year_of(line: str) -> int | None:
    """Return the calendar year a line speaks of: of a school year its spring; None for none or for several."""
    first = school_year_of(line)
    if first is not None:
        return first + 1
    years = {int(year) for year in _YEAR.findall(line)}
    return years.pop() if len(years) == 1 else None


def title_of(lines: Iterable[str]) -> Title:
    """Return what lines say together: those that name a work before those that only name a year, the nearest first."""
    named, dated = Title(), Title()
    for line in lines:
        found = read_title(line)
        found = replace(found, year=result_year_of(line) if school_year_of(line) else found.year)
        if found.procedure or found.subject or found.grade:
            named = prefer(named, found)
        else:
            dated = prefer(dated, found)
    return prefer(named, dated)


@dataclass(frozen=True, slots=True)
class Context:
    """The work that a group of columns belongs to, as far as their headings and the map say it."""

    procedure: Procedure | None = None
    subject: str | None = None
    level: Level | None = None
    grade: int | None = None
    year: int | None = None

    def agrees(self, other: Context) -> bool:
        """Tell whether two contexts may be one: neither says what the other denies."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return all(one is None or two is None or one == two for one, two in pairs)

    def joined(self, other: Context) -> Context:
        """Return what both say together."""
        return Context(
            self.procedure or other.procedure,
            self.subject or other.subject,
            self.level or other.level,
            self.grade or other.grade,
            self.year or other.year,
        )


def context_of(mapped: ColumnMap, path: tuple[str, ...]) -> Context:
    """Return the context of a column: its year stands in the headings of this very file."""
    years = [year for part in path if (year := result_year_of(part))]
    return Context(mapped.procedure, mapped.subject, mapped.level, mapped.grade, years[-1] if years else None)


class Works:
    """The works of one block.

    Args:
        book: its file name is the last to be asked.
        block: its titles.
        above: titles of the first block of the sheet.
        places: column of each field that names the work in every row.
        fixed: what the map says of the whole table.
    """

    def __init__(
        self,
        book: Book,
        block: Block,
        above: Iterable[str],
        places: Mapping[str, int],
        fixed: Fixed,
        order: Order,
        values: Values,
        findings: Findings,
    ) -> None:
        self._at = places
        self._values = values
        self._findings = findings
        self._unknown: set[str] = set()
        self._own_columns = any(field in places for field in WORK_FIELDS)
        self._found: dict[tuple[Context, str | None], tuple[Assessment, int] | None] = {}
        self._grouped = bool(block.spans) and all(span.subject for span in block.spans)
        own = [line for _, line in reversed(block.titles)]
        in_file = prefer(title_of([*own, *above]), title_of([block.sheet or ""]))
        said = order.title()
        for what in contradictions(in_file, said):
            findings.add("IMP_HINT_DIFFERS", what=what)
        mapped = Title(fixed.procedure, None, fixed.subject, fixed.level, fixed.grade)
        named = title_of([book.name.rsplit(".", 1)[0].replace("_", " ")])
        self.title = prefer(prefer(prefer(in_file, said), mapped), named)

    def questions(self, contexts: Iterable[Context]) -> list[Question]:
        """Return what nobody says."""
        found: dict[str, Question] = {}
        title, columns = self.title, self._at
        for context in contexts:
            procedure = context.procedure or title.procedure
            if not (context.year or title.year or "year" in columns):
                found["year"] = Question("year", "За какой год результаты? В таблице он не указан.")
            if not (procedure or "procedure" in columns):
                found["procedure"] = PROCEDURE_QUESTION
            if not (context.subject or title.subject or self._grouped or "subject" in columns):
                text_of = "По какому предмету результаты? В таблице он не указан."
                found["subject"] = Question("subject", text_of, SUBJECTS)
            if not (context.grade or title.grade or "grade" in columns) and procedure not in {"ОГЭ", "ЕГЭ", None}:
                found["grade"] = Question("grade", "За какой класс результаты? В таблице он не указан.")
        return list(found.values())

    def work(self, number: int, row: Row, span: Span, context: Context) -> tuple[Assessment, int] | None:
        """Return the work and its year, or None with the reason noted."""
        if self._own_columns:
            return self._work(number, row, span, context)
        key = (context, span.subject)  # no row says anything of its own
        if key not in self._found:
            self._found[key] = self._work(number, row, span, context)
        return self._found[key]

    def _work(self, number: int, row: Row, span: Span, context: Context) -> tuple[Assessment, int] | None:
        procedure = self._procedure(number, row, context)
        year = self._year(number, row, context)
        subject = self._subject(number, row, span, context)
        if procedure is None or year is None or subject is None:
            return None
        grade, fits = self._grade(number, row, context, procedure)
        return (Assessment(procedure, subject[0], subject[1], grade), year) if fits else None

    def _line(self, number: int, row: Row, field: str) -> str:
        return text(self._values.label(number, row, self._at.get(field)))

    def _add(self, code: str, number: int, field: str, **context: Any) -> None:
        self._findings.add(code, number, self._at.get(field), **context)

    def _procedure(self, number: int, row: Row, context: Context) -> Procedure | None:
        line = self._line(number, row, "procedure")
        found = procedure_of(line) if line else context.procedure or self.title.procedure
        if found is None:
            self._add("IMP_PROCEDURE_UNKNOWN", number, "procedure")
        return found

    def _year(self, number: int, row: Row, context: Context) -> int | None:
        line = self._line(number, row, "year")
        found = result_year_of(line) if line else context.year or self.title.year
        if found is None or not FIRST_YEAR <= found <= LAST_YEAR:
            self._add("IMP_YEAR_STRANGE", number, "year")
            return None
        return found

    def _subject(self, number: int, row: Row, span: Span, context: Context) -> tuple[str, Level | None] | None:
        line = self._line(number, row, "subject")
        words = heading(self._line(number, row, "level"))
        level = level_of(words) if words else None
        if words and level is None:
            self._add("IMP_LEVEL_UNKNOWN", number, "level")
        if not line and context.subject:
            return context.subject, level or context.level
        line = line or span.subject or ""
        if not line:
            if self.title.subject is None:
                self._add("IMP_SUBJECT_MISSING", number, "subject")
                return None
            return self.title.subject, level or self.title.level
        subject = subject_or_as_written(line)
        if not subject.known and subject.name not in self._unknown:
            self._unknown.add(subject.name)
            self._add("IMP_SUBJECT_UNKNOWN", number, "subject", subject=subject.name)
        return subject.name, level or subject.level

    def _grade(self, number: int, row: Row, context: Context, procedure: Procedure) -> tuple[int | None, bool]:
        line = self._line(number, row, "grade")
        found = _GRADE.fullmatch(line.lower()) if line else None
        grade = int(found.group(1)) if found else None if line else context.grade or self.title.grade
        grade = grade if line else normal_grade(procedure, grade)
        strange = grade is not None and not 1 <= grade <= 12
        if strange or (grade is None and (line or procedure == "ВПР")):
            self._add("IMP_GRADE_STRANGE", number, "grade")
            return None, False
        return grade, True
