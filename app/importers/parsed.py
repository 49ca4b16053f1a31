"""What the readers hand over: plain rows with their origin, and everything that is wrong with the file.

Nothing here knows the store. ``operations.results`` turns a ``FileReading`` into stored records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.errors import Problem
from app.importers.filled_form_records import FilledBook, FormText
from app.importers.plan_records import PlanTable
from app.models.records import (
    CodeSystem,
    ExternalKind,
    ExternalMark,
    JournalComparison,
    MarkCount,
    MetricFigure,
    MetricName,
    Origin,
    RiskFactor,
    Scale,
    ScoreCount,
    TaskCount,
    Threshold,
    UnitKind,
)

FileKind = Literal[
    "schools",
    "mark_statistics",
    "journal",
    "pupils_2020",
    "pupils_2021",
    "pupils_2022",
    "individual",
    "collection_form",
    "score_distribution",
    "task_results",
    "planned_results",
    "task_groups",
    "marks",
    "marks_long",
    "scores_long",
    "gia_protocol",
    "ege_schools",
    "metrics",
    "federal_list",
    "bias",
    "risk_profile",
    "risk_zone",
    "table",
    "filled_form",
    "plan",
    "unknown",
]


MAPS_APART = "\f"
"""What stands between maps given together: TOML writes no such sign."""


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
class ParsedTask:
    """Counts of one unit at one task with the place they came from."""

    unit: UnitRef
    count: TaskCount
    origin: Origin


@dataclass(frozen=True, slots=True)
class ParsedScores:
    """Distribution of scores of one unit with the place it came from."""

    unit: UnitRef
    count: ScoreCount
    origin: Origin


@dataclass(frozen=True, slots=True)
class ParsedMetric:
    """A value of a context metric with its cell; a cell that does not fit has a ``code`` and stays a draft."""

    unit: UnitRef
    figure: MetricFigure
    origin: Origin
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedExternal:
    """One cell of a list from outside with its place.

    ``year`` is the calendar year the row is of, None for the year of the head: a file of several years (markers of
    bias come so) is several lists.
    """

    unit: UnitRef
    mark: ExternalMark
    origin: Origin
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ExternalHead:
    """What a list from outside is: kind, calendar year, title as the file words it.

    ``year`` is the latest one where the rows have years of their own.
    """

    kind: ExternalKind
    year: int
    title: str


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A page of a sheet as a person sees it, for pointing at the header: texts, hidden columns and rows (from 0).

    ``start`` is how many rows of the sheet stand above the page. Hidden rows and merged cells count from the top of
    the sheet.
    """

    name: str | None
    rows: tuple[tuple[str, ...], ...]
    height: int | None = None
    hidden_columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    start: int = 0

    @property
    def end(self) -> int:
        """The number of its last row, from 1."""
        return self.start + len(self.rows)

    def row(self, number: int) -> tuple[str, ...]:
        """Return the texts of a row by its number, from 1."""
        return self.rows[number - 1 - self.start]


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A column of an unknown table and what it may mean.

    ``at`` is its place from 0, ``path`` its headings from the top line down, ``field`` the field of a map that is
    proposed (None for «not read»), ``sure`` how sure that is from 0 to 1, ``samples`` a few of its values.
    """

    at: int
    path: tuple[str, ...]
    field: str | None
    sure: float
    samples: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table on a sheet that nobody knows: where its header is (rows from 1), its columns, and a map that may fit.

    ``text`` is the map as ``Hints.answers["profile"]`` takes it, "" where nothing worth reading was seen.
    """

    sheet: str | None
    header_first: int
    header_last: int
    target: str | None
    columns: tuple[ProposedColumn, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ParsedSchool:
    """One row of a registry table; empty cells are None. Codes are already split by system (decision 4).

    ``status`` is one of «действует», «закрыта», «реорганизована», «приостановлена».
    ``drafts`` keeps cells whose content does not fit their column: (column of the registry, raw text, code).
    ``note`` is what the row remarks, and what its state says beside the one word: «присоединена к СОШ № 5».
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
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not say and a person (or an option of the command) must."""

    key: Literal[
        "year",
        "subject",
        "grade",
        "scale",
        "code_system",
        "procedure",
        "threshold",
        "school",
        "kind",
        "participants",
        "maximum",
    ]
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user has said beforehand: ``--year --subject --grade --kind``.

    ``answers`` are answers to questions by their key, and beside them «profile» (a map of columns as text, to read a
    table by right now; several stand one after another with ``MAPS_APART`` between them), «header» (where a person
    has pointed at the header: «7», «7-8», «Лист1!7-8») and «look» (nothing is read, the grid alone is given: «» for
    the tops of all sheets, «Лист1!1200» for a page of one).
    """

    kind: str = "auto"
    year: int | None = None
    subject: str | None = None
    grade: int | None = None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """References in force that a reader needs: they travel to the child once a batch.

    ``profiles`` are saved column maps as text; ``metrics`` are what a column of a table may mean; ``factors`` are the
    factors of risk (empty means those that come with the program); ``forms`` are definitions of forms,
    for filled workbooks only.
    """

    scales: tuple[Scale, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    profiles: tuple[str, ...] = ()
    metrics: tuple[MetricName, ...] = ()
    factors: tuple[RiskFactor, ...] = ()
    forms: tuple[FormText, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file, read and understood, or refused with a cause.

    ``refused`` is set when nothing may be written. ``personal`` is true when the file holds rows of pupils: its bytes
    are then never kept. Tuples of rows are empty unless the kind fits; very many marks come packed
    (``packed.MarkRows``). ``grid`` is given with a table that nobody knows, so that a person can point at its header;
    ``profile`` names the saved map a table was read by.
    """

    path: str
    name: str
    size: int
    sha256: str
    kind: FileKind
    title: str = ""
    marks: Sequence[ParsedMark] = ()
    journals: tuple[ParsedJournal, ...] = ()
    schools: tuple[ParsedSchool, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    refused: Problem | None = None
    personal: bool = False
    rows_read: int = 0
    tasks: tuple[ParsedTask, ...] = ()
    scores: tuple[ParsedScores, ...] = ()
    metrics: tuple[ParsedMetric, ...] = ()
    externals: tuple[ParsedExternal, ...] = ()
    external_head: ExternalHead | None = None
    grid: tuple[GridSheet, ...] = ()
    profile: str | None = None
    proposals: tuple[Proposal, ...] = ()
    filled: FilledBook | None = None
    plan: tuple[PlanTable, ...] = ()
