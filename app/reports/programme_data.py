"""What the papers about a programme say, as plain data; texts and tables are put together in ``programme_paper``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.programme_records import DocumentKind
from app.reports.document import Approval, Block, Value


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of the programme: its title, what was written («» for nothing yet) and what belongs here."""

    key: str
    title: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One индикатор: values by year in the order of the programme's years.

    Attributes:
        required: what is demanded from above, by year; empty where nothing is.
        requirement: the document that demands it.
    """

    number: str
    text: str
    unit: str
    baseline: Value
    baseline_year: int | None
    targets: tuple[Value, ...]
    required: tuple[Value, ...] = ()
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One показатель with its индикаторы."""

    number: str
    text: str
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """Показатели of a task."""

    title: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Money of one activity from one source by year; ``total`` in kopecks, None where no sum is known.

    ``rank`` orders sources: those that the program knows first.
    """

    source: str
    years: tuple[Value, ...]
    total: int | None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money of one activity."""

    number: str
    text: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class MoneyGroup:
    """Money of a task or a direction; ``total_title`` heads its subtotal."""

    title: str
    total_title: str
    lines: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity of the plan."""

    number: str
    text: str
    term: str
    responsible: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """Activities of a task or a direction."""

    title: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """A line of the estimate: what, from which source, how much, when the money comes."""

    text: str
    source: str
    amount: Value
    comes: Value


@dataclass(frozen=True, slots=True)
class EstimatePart:
    """The estimate of one activity."""

    title: str
    rows: tuple[EstimateRow, ...]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school with the numbers of the activities that name it."""

    name: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeData:
    """Everything the papers say.

    Attributes:
        kind_line: «Муниципальная программа»; empty where the title says it.
        years: plan years.
        place: where the programme is made; the foot of the title page.
        title_year: the year at the foot of the title page.
        edition: number of the edition.
        draft: not approved yet.
        day: date of the paper, ISO: it chooses the standard.
        computed_at: ISO moment.
        snapshot: SHA-256 of what was approved.
        texts: of the passport, of the analysis, of the sections, in the order of the paper.
        blocks: tables and charts of parts of the analysis by the key of the part.
        risks: risk, what is done against it.
        mechanism, stakeholders, monitoring: columns as printed.
        free: numbers of activities that need no money.
        unpaid: numbers of activities about whose money nothing is said.
        everywhere: activities of all schools and of the schools of the list: a sentence each.
        by_directions: the plan stands by directions, not by tasks.
    """

    title: str
    document: DocumentKind
    years: tuple[int, ...]
    edition: int
    day: str
    computed_at: str
    kind_line: str = ""
    place: str = ""
    title_year: str = ""
    draft: bool = True
    snapshot: str = ""
    organisation: str = ""
    executor: str = ""
    approvals: tuple[Approval, ...] = ()
    passport: tuple[TextPart, ...] = ()
    analysis: tuple[TextPart, ...] = ()
    sections: tuple[TextPart, ...] = ()
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    plan: tuple[PlanPart, ...] = ()
    measures: tuple[MeasureGroup, ...] = ()
    money: tuple[MoneyGroup, ...] = ()
    free: tuple[str, ...] = ()
    unpaid: tuple[str, ...] = ()
    mechanism: tuple[tuple[str, str, str], ...] = ()
    stakeholders: tuple[tuple[str, str, str], ...] = ()
    monitoring: tuple[tuple[str, str, str, str, str], ...] = ()
    risks: tuple[tuple[str, str, str], ...] = ()
    estimate_year: int | None = None
    estimate: tuple[EstimatePart, ...] = ()
    schools: tuple[SchoolRow, ...] = ()
    everywhere: tuple[str, ...] = ()
    by_directions: bool = False
