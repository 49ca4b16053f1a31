"""What the readers hand over: plain rows with their origin, and everything that is wrong with the file.

Nothing here knows the store. ``operations.results`` turns a ``FileReading`` into stored records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.errors import Problem
from app.models.records import CodeSystem, JournalComparison, MarkCount, Origin, UnitKind

FileKind = Literal["schools", "mark_statistics", "journal", "pupils_2021", "marks", "unknown"]


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as the file names it: nothing is matched yet."""

    kind: UnitKind
    name: str
    codes: tuple[tuple[CodeSystem, str], ...] = ()
    municipality: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedMark:
    """Counts of one unit with the place they came from."""

    unit: UnitRef
    count: MarkCount
    origin: Origin


@dataclass(frozen=True, slots=True)
class ParsedJournal:
    """Journal comparison of one unit with the place it came from."""

    unit: UnitRef
    comparison: JournalComparison
    origin: Origin


@dataclass(frozen=True, slots=True)
class ParsedSchool:
    """One row of a registry table; empty cells are None. Codes are already split by system (decision 4).

    ``status`` is one of «действует», «закрыта», «реорганизована», «приостановлена».
    ``drafts`` keeps cells whose content does not fit their column: (column of the registry, raw text, code).
    """

    name: str
    origin: Origin
    short_name: str | None = None
    codes: tuple[tuple[CodeSystem, str], ...] = ()
    municipality: str | None = None
    school_type: str | None = None
    settlement: str | None = None
    status: str | None = None
    drafts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not say and a person (or an option of the command) must."""

    key: Literal["year", "subject", "grade", "scale", "code_system", "procedure"]
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user has said beforehand: ``--year --subject --grade --kind``."""

    kind: str = "auto"
    year: int | None = None
    subject: str | None = None
    grade: int | None = None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read and understood, or refused with a cause.

    ``refused`` is set when nothing may be written. ``personal`` is true when the file holds rows of pupils: its bytes
    are then never kept. ``marks``/``journals``/``schools`` are empty unless the kind fits.
    """

    path: str
    name: str
    size: int
    sha256: str
    kind: FileKind
    title: str = ""
    marks: tuple[ParsedMark, ...] = ()
    journals: tuple[ParsedJournal, ...] = ()
    schools: tuple[ParsedSchool, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    refused: Problem | None = None
    personal: bool = False
    rows_read: int = 0
