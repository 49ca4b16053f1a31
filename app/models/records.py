"""Records that travel between rooms: frozen, plain, without SQL and without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Procedure = Literal["ВПР", "ОГЭ", "ЕГЭ", "РПР", "НИКО"]
Level = Literal["base", "profile"]
UnitKind = Literal["country", "region", "municipality", "school"]
CodeSystem = Literal["fisoko", "msu", "oo", "inn", "ogrn", "own"]
Difficulty = Literal["Б", "П", "В"]
ScoreMeasure = Literal["primary", "test"]
ExternalKind = Literal["federal_list", "bias", "risk_profile", "risk_zone"]
OrganisationKind = Literal["school", "kindergarten", "extra", "service", "partner"]

PROCEDURES: tuple[Procedure, ...] = ("ВПР", "ОГЭ", "ЕГЭ", "РПР", "НИКО")
FEDERAL_GROUPS = ("базово неуспевающие", "умеренно неуспевающие", "сильно неуспевающие")
SIGNIFICANCES = ("высокая", "средняя", "низкая", "нет")
RISK_ZONES = ("высокая", "средняя", "вне зоны")
LEVEL_WORDS: dict[Level, str] = {"base": "база", "profile": "профиль"}
SUBJECT_SHORT: dict[str, str] = {"Русский язык": "русский", "Математика": "математика"}


@dataclass(frozen=True, slots=True, order=True)
class Assessment:
    """What was sat: kind of procedure, subject, level and grade; the year is not part of it.

    ``subject`` is the canonical Russian name («Русский язык»); ``grade`` is None only where neither the file nor
    the procedure gives one (ОГЭ means 9, ЕГЭ means 11; decision 2).
    """

    procedure: Procedure
    subject: str
    level: Level | None = None
    grade: int | None = None

    @property
    def label(self) -> str:
        """«ВПР математика, 6 кл.», «ЕГЭ математика (база)», «ОГЭ русский язык»."""
        subject = self.subject[:1].lower() + self.subject[1:]
        level = f" ({LEVEL_WORDS[self.level]})" if self.level else ""
        grade = f", {self.grade}\u00a0кл." if self.grade and self.procedure not in {"ОГЭ", "ЕГЭ"} else ""
        return f"{self.procedure} {subject}{level}{grade}"


def normal_grade(procedure: Procedure, grade: int | None) -> int | None:
    """Fill the grade that the procedure implies: ОГЭ 9, ЕГЭ 11 (decision 2)."""
    if grade is not None:
        return grade
    return {"ОГЭ": 9, "ЕГЭ": 11}.get(procedure)


@dataclass(frozen=True, slots=True)
class MarkCount:
    """Whole counts of one unit at one assessment of one year.

    ``m2``…``m5`` are numbers of participants, None where the source gives none; ``below_min`` is what decides and is
    None only where it is unknown. ``restored`` says that counts were made from percentages.
    ``mean`` is the stated mean as exact text with a point («3.28»), never computed with.
    """

    assessment: Assessment
    year: int
    participants: int
    m2: int | None = None
    m3: int | None = None
    m4: int | None = None
    m5: int | None = None
    below_min: int | None = None
    mean: str | None = None
    restored: bool = False
    autumn: bool = False


@dataclass(frozen=True, slots=True)
class JournalComparison:
    """How marks of the work compare with marks in the journal: counts of participants (ФИС ОКО report)."""

    assessment: Assessment
    year: int
    total: int
    lowered: int
    confirmed: int
    raised: int
    autumn: bool = False


@dataclass(frozen=True, slots=True)
class TaskCount:
    """How participants of one unit did one task of a work, as whole counts.

    ``task`` is its number as the work prints it («7», «9.1», «10К2»). ``points`` is the sum of points over all
    participants, None where unknown; ``skipped`` counts those who did not try (X). ``group_mark`` is 0 for everyone,
    or the mark 2…5 of the group of participants; ``outcome`` is the wording of the planned result, where given.
    ``restored`` says that ``points`` was made from a percentage.
    """

    assessment: Assessment
    year: int
    task: str
    participants: int
    points: int | None
    max_points: int | None = None
    difficulty: Difficulty | None = None
    skipped: int | None = None
    group_mark: int = 0
    outcome: str | None = None
    restored: bool = False
    autumn: bool = False


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """How many participants of one unit got each score: ``counts[n]`` is for n points, from 0 up.

    ``measure`` is «primary» for primary points and «test» for the 100-point scale of ЕГЭ.
    """

    assessment: Assessment
    year: int
    participants: int
    counts: tuple[int, ...]
    measure: ScoreMeasure = "primary"
    restored: bool = False
    autumn: bool = False


@dataclass(frozen=True, slots=True)
class MetricFigure:
    """One value of a context metric of one school in one school year (2025 means 2025/26).

    A count is ``part`` alone; a share is ``part`` of ``whole``; anything else exact is ``exact`` as text with a point
    («83.4»). ``raw`` is what stood in the cell.
    """

    metric: str
    school_year: int
    raw: str
    part: int | None = None
    whole: int | None = None
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class MetricName:
    """What a reader must know of a context metric: its code, its spellings, whether it is a share of another."""

    code: str
    names: tuple[str, ...]
    kind: Literal["count", "share", "number", "flag", "text"] = "count"


@dataclass(frozen=True, slots=True)
class ExternalMark:
    """One cell of a list that came from outside: ``item`` is "" for the school itself, else a factor or a marker.

    ``value`` is its normal form, None where the cell is empty: one of ``FEDERAL_GROUPS``, ``SIGNIFICANCES`` (item is
    the code of a factor of risk, or its wording where the catalogue has none such), ``RISK_ZONES``; for a marker of
    bias «1» or «0» (item is «4 РУ»), for the stated number of markers (item "") that number. ``raw`` is the text.
    """

    item: str
    value: str | None
    raw: str


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """A factor of risk: a row of a catalogue that is edited by year (domain §2).

    ``code`` never changes; ``spellings`` are other wordings of the name; ``since`` and ``until`` are the first and the
    last calendar year it is in force, None where open.
    """

    code: str
    name: str
    spellings: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The minimum of an examination: a row of an updatable reference by year and region.

    ``least`` is the lowest score (ЕГЭ: test score, ЕГЭ база and ОГЭ: mark or primary points by ``measure``) with which
    the minimum is reached. ``region`` is the code of a region («20»), None for the whole country.
    """

    year: int
    procedure: Procedure
    subject: str
    level: Level | None
    measure: Literal["primary", "test", "mark"]
    least: int
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure came from: sheet, first and last row (1-based, as Excel shows them), and cells if few."""

    sheet: str | None
    row_from: int
    row_to: int
    cells: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How points of one work become a mark: a row of an updatable reference (decision 9).

    ``upper`` are the highest sums of points that still give «2», «3» and «4»; ``maximum`` is the highest possible
    sum, None where no source prints it (sums are then not checked against it).
    """

    year: int
    procedure: Procedure
    subject: str
    grade: int
    upper: tuple[int, int, int]
    maximum: int | None = None

    def mark(self, points: int) -> int:
        """Return 2, 3, 4 or 5 for a sum of points."""
        for mark, bound in enumerate(self.upper, start=2):
            if points <= bound:
                return mark
        return 5
