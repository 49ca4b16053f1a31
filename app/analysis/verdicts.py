"""What identification answers for one school: the verdict and every figure behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.analysis.intervals import Interval, Sample, wilson
from app.models.records import Assessment, Level, Procedure

Verdict = Literal["listed", "not_listed", "no_data"]
VERDICTS: tuple[Verdict, ...] = ("no_data", "not_listed", "listed")


@dataclass(frozen=True, slots=True)
class ResultFraction:
    """«12 из 31» at one procedure of one year.

    Attributes:
        level: None also where base and profile were added up.
        restored: a count behind it was made from a percentage.
        hit: the threshold is reached (under a rule that compares schools: the count belongs to its sum).
        decided: the school is listed and this fraction is among those that listed it.
        rounding_matters: the restored count could be one off, and one would change ``hit``.
    """

    procedure: Procedure
    subject: str
    level: Level | None
    grade: int | None
    year: int
    below: int
    participants: int
    restored: bool = False
    hit: bool = False
    decided: bool = False
    rounding_matters: bool = False

    @property
    def label(self) -> str:
        """«ВПР математика, 6 кл.»."""
        return Assessment(self.procedure, self.subject, self.level, self.grade).label

    @property
    def interval(self) -> Interval | None:
        """Return the 95 % interval of the share."""
        return wilson(self.below, self.participants)


@dataclass(frozen=True, slots=True)
class QualityFraction:
    """Participants with «4» and «5» in one regional monitoring."""

    procedure: Procedure
    subject: str
    level: Level | None
    grade: int | None
    year: int
    good: int
    participants: int
    hit: bool

    @property
    def label(self) -> str:
        """«РПР математика, 8 кл.»."""
        return Assessment(self.procedure, self.subject, self.level, self.grade).label


@dataclass(frozen=True, slots=True)
class MetricFraction:
    """What a criterion compared: a context metric, exactly.

    Attributes:
        branch: id of the criterion.
        basis: «counts» for ``part`` of ``whole``, «percent» for a percentage that came without counts, «number» for
            anything else; the value is always part/whole.
        years: how many school years have the value.
    """

    branch: str
    part: int
    whole: int
    basis: Literal["counts", "percent", "number"]
    years: int
    hit: bool


@dataclass(frozen=True, slots=True)
class GapFraction:
    """One procedure of the year beside the row of the region (or of the municipality) for the same procedure.

    Attributes:
        branch: id of the criterion.
        measure: «share» of participants below minimum, or «mean» mark or score.
        part: the school's value is part/whole exactly: 12 of 31, or the sum of marks over the number of them.
        area_part: the area's value is area_part/area_whole.
        fewer: «share» and hit: how many fewer below minimum would bring the school under the bound.
    """

    branch: str
    procedure: Procedure
    subject: str
    level: Level | None
    grade: int | None
    year: int
    measure: Literal["share", "mean"]
    part: int
    whole: int
    area_part: int
    area_whole: int
    hit: bool
    fewer: int = 0

    @property
    def label(self) -> str:
        """«ВПР математика, 6 кл.»."""
        return Assessment(self.procedure, self.subject, self.level, self.grade).label


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """The school's place by an index: 1 is the lowest value, equal values share a place.

    Attributes:
        branch: id of the criterion.
        value: the school's value as text with six decimals; it decides nothing any more.
        schools: how many schools have a value.
        taken: how many make up the share before ties, ceil(share·schools).
        border: the value of the school at the border, as text.
    """

    branch: str
    value: str
    place: int
    schools: int
    taken: int
    border: str
    hit: bool


@dataclass(frozen=True, slots=True)
class EdgeStep:
    """One pupil that moves the school: ``change`` is +1 or -1 participant below minimum, N being the same.

    ``fraction`` is None where any work of the summed ones does (a rule that compares schools).
    """

    fraction: ResultFraction | None
    change: int


@dataclass(frozen=True, slots=True)
class LeaveStep:
    """How many fewer participants below minimum one procedure of the year needs.

    Attributes:
        fraction: the procedure as it is.
        fewer: how many fewer, at least 1.
        allowed: the largest count below minimum that stays under the threshold at the same N.
    """

    fraction: ResultFraction
    fewer: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The school's place where a rule compares schools: 1 is the lowest result, equal shares share a place.

    Attributes:
        below: participants below minimum, summed over all works and years that count.
        participants: all participants of the same works.
        schools: how many schools have data and were ranked.
        taken: how many make up the share before ties, ceil(share·schools).
        border_below: the count of the school at the border.
        border_participants: its participants.
        fewer: how many fewer below minimum would take the school out; None where no number would, or it is not in.
    """

    below: int
    participants: int
    place: int
    schools: int
    taken: int
    border_below: int
    border_participants: int
    fewer: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A procedure of the rule without data in a year."""

    label: str
    year: int


@dataclass(frozen=True, slots=True)
class SchoolVerdict:
    """The answer for one school (decision 11).

    Attributes:
        verdict: listed if enough branches are true on known data; no_data where nothing is known; else not_listed.
        branches: ids of the true branches of a listed school; empty for the others.
        true_branches: ids of all true branches, also where they are not enough («и»).
        unknown_branches: ids of branches that are not true but could be, were the missing data there.
        fractions: all known fractions of the rule's procedures in the years concerned, those that decided first.
        edge: one pupil more or fewer below minimum at the same N would change listed to not listed or back.
        incomplete: not listed while data of some procedure of the rule are missing in the years concerned. A school
            without senior grades never has ЕГЭ and stays incomplete: the program does not guess why data are absent.
        missing_matters: incomplete, and the missing data could change the answer.
        sample: mark of the smallest group that decided; of a school not listed, of the smallest group of the year.
        worst: the largest share of the year, by exact comparison; among equal ones the larger group.
        to_leave: the smallest set of changes in the year that makes enough branches false, all of them minded.
        rounding_matters: counts restored from percentages could change the answer.
    """

    school_id: int
    verdict: Verdict
    branches: tuple[str, ...] = ()
    fractions: tuple[ResultFraction, ...] = ()
    edge: bool = False
    incomplete: bool = False
    sample: Sample | None = None
    worst: ResultFraction | None = None
    to_leave: tuple[LeaveStep, ...] = ()
    true_branches: tuple[str, ...] = ()
    unknown_branches: tuple[str, ...] = ()
    edge_steps: tuple[EdgeStep, ...] = ()
    missing: tuple[Missing, ...] = ()
    missing_matters: bool = False
    rounding_matters: bool = False
    quality: tuple[QualityFraction, ...] = ()
    ranking: Ranking | None = None
    metrics: tuple[MetricFraction, ...] = ()
    gaps: tuple[GapFraction, ...] = ()
    indices: tuple[IndexPlace, ...] = ()

    def of_year(self, year: int) -> tuple[ResultFraction, ...]:
        """Return the known fractions of one year."""
        return tuple(fraction for fraction in self.fractions if fraction.year == year)

    def hits(self, year: int) -> tuple[ResultFraction, ...]:
        """Return the fractions of one year that reached the threshold."""
        return tuple(fraction for fraction in self.fractions if fraction.year == year and fraction.hit)

    def counted(self, year: int) -> tuple[int, int]:
        """Return how many procedures of a year reached the threshold, and how many are known."""
        return len(self.hits(year)), len(self.of_year(year))

    @property
    def fewer(self) -> int:
        """Return how many fewer pupils below minimum would be enough, over all steps."""
        return sum(step.fewer for step in self.to_leave)


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """How many schools got which answer; ``branches`` counts true branches of listed schools."""

    listed: int
    not_listed: int
    no_data: int
    edge: int
    incomplete: int
    branches: dict[str, int]

    @property
    def schools(self) -> int:
        """Return all schools asked about."""
        return self.listed + self.not_listed + self.no_data
