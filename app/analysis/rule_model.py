"""What an identification rule is: versioned data, never code (domain §3.1). No pandas, no numpy, no files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from app.models.records import Assessment, Level, Procedure

EgeMath = Literal["one", "two"]
Join = Literal["or", "and"]
Compare = Literal["less", "at_most", "more"]
Measure = Literal["share", "mean"]
Against = Literal["region", "municipality"]
BranchKind = Literal[
    "at_least_in_year",
    "each_of_two_years_any",
    "same_in_both_years",
    "each_of_years_any",
    "same_in_years",
    "region_gap",
    "lowest_share",
    "quality_at_most",
    "metric",
    "metric_gap",
    "flag",
    "index",
]

THRESHOLD_KINDS: tuple[BranchKind, ...] = (
    "at_least_in_year",
    "each_of_two_years_any",
    "same_in_both_years",
    "each_of_years_any",
    "same_in_years",
)
TWO_YEAR_KINDS: tuple[BranchKind, ...] = ("each_of_two_years_any", "same_in_both_years")
SAME_KINDS: tuple[BranchKind, ...] = ("same_in_both_years", "same_in_years")
ANY_KINDS: tuple[BranchKind, ...] = ("each_of_two_years_any", "each_of_years_any")
PROCEDURE_KINDS: tuple[BranchKind, ...] = (*THRESHOLD_KINDS, "region_gap")
"""Kinds that look at the procedures of the rule one by one."""

EGE_MATH: tuple[Procedure, str] = ("ЕГЭ", "Математика")


@dataclass(frozen=True, slots=True)
class ProcedureGroup:
    """What counts as one procedure of a rule.

    Attributes:
        id: short Latin name, unique in the rule.
        label: the name as a paper writes it, «ВПР по математике, 5 класс».
        procedure: the kind.
        subject: the canonical Russian name of the subject.
        levels: the levels that count; empty means all of them, with and without a level, added up.
        grades: the grades that count, each of them a procedure of its own; empty means any grade.
        each_grade: every grade found in the data is a procedure of its own («каждый класс»).
    """

    id: str
    label: str
    procedure: Procedure
    subject: str
    levels: tuple[Level, ...] = ()
    grades: tuple[int, ...] = ()
    each_grade: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One ground for being listed. Which of the fields mean something depends on ``kind``.

    Attributes:
        id: short Latin name, unique in the rule; it is what ``identify --json`` prints.
        label: the name in Russian, for the window and for papers.
        kind: how it is decided.
        n: how many procedures (threshold kinds, ``region_gap``) or monitorings (``quality_at_most``) are enough.
        kinds: kinds of procedures that are summed (``lowest_share``) or looked at (``quality_at_most``).
        years: how many years are looked at, the year asked for being the last; values of a metric are added up.
        share: ``lowest_share`` and ``index``: which share of schools, as two whole numbers.
        bound: ``quality_at_most`` and ``metric``: what the value is compared with, as two whole numbers;
            ``region_gap``: by how many points (percentage points of a share, points of a mean) the school is worse,
            the bound itself included; ``metric_gap``: by how much the value exceeds ``base``, the bound included.
        compare: ``metric``: how it is compared.
        data: ``metric``, ``metric_gap``, ``flag``: where the value comes from, «metric:<id>»; ``index``:
            «index:<id>»; ``quality_at_most``: a count of low monitorings that speaks for a school whose monitorings
            themselves are not loaded.
        measure: ``region_gap``: the share below minimum or the mean mark.
        against: ``region_gap``: whose row of the same procedure the school is compared with.
        base: ``metric_gap``: the metric that holds what the value is compared with, «metric:<id>».
        flag: ``metric_gap``: a flag that speaks for a school whose two values are not there, «metric:<id>».
        wanted: ``flag``: the answer that counts, «да» or «нет».
    """

    id: str
    label: str
    kind: BranchKind
    n: int = 1
    kinds: tuple[Procedure, ...] = ()
    years: int = 1
    share: tuple[int, int] | None = None
    bound: tuple[int, int] | None = None
    compare: Compare = "at_most"
    data: str | None = None
    measure: Measure = "share"
    against: Against = "region"
    base: str | None = None
    flag: str | None = None
    wanted: bool = True

    @property
    def metric(self) -> str | None:
        """Return the id of the metric without its prefix."""
        return _id_of(self.data, "metric")

    @property
    def index(self) -> str | None:
        """Return the id of the index without its prefix."""
        return _id_of(self.data, "index")

    @property
    def metrics(self) -> tuple[str, ...]:
        """Return the ids of all metrics that the branch looks at."""
        found = (_id_of(name, "metric") for name in (self.data, self.base, self.flag))
        return tuple(name for name in found if name is not None)

    @property
    def span(self) -> int:
        """Return how many years the branch looks at."""
        return 2 if self.kind in TWO_YEAR_KINDS else self.years

    def holds(self, by_year: Sequence[int], running: Mapping[int, int]) -> bool:
        """Answer a threshold branch from counts of procedures that reached the threshold.

        Args:
            by_year: how many reached it, by years back: the year itself first.
            running: how many reached it in each of the last k years, by k.
        """
        if self.kind in SAME_KINDS:
            return running[self.span] >= self.n
        if self.kind in ANY_KINDS:
            return all(hits >= self.n for hits in by_year[: self.span])
        if self.kind == "at_least_in_year":
            return by_year[0] >= self.n
        raise ValueError(f"{self.kind} is not decided by a threshold")


def _id_of(name: str | None, prefix: str) -> str | None:
    """Return what stands behind «metric:» or «index:», None where the name has another prefix."""
    head, _colon, rest = (name or "").partition(":")
    return rest if head == prefix and rest else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with everything that a frozen list must keep of it.

    Attributes:
        wording: the public wording, word for word; what it was taken from stands in ``source``.
        note: how we read it, where the wording leaves a choice; shown to the user as ours.
        threshold: share of participants below minimum that counts, as two whole numbers (30 of 100).
        egemath: whether base and profile ЕГЭ maths are one procedure (counts added) or two (decision 2).
        min_participants: smaller groups never reach the threshold; 1 means no such limit.
        need: how many branches are enough; with ``join`` = "and" all of them.
        text: the TOML it was read from; it takes no part in equality and in the digest.
    """

    id: str
    version: str
    title: str
    wording: tuple[str, ...]
    source: str
    note: str
    branches: tuple[Branch, ...]
    procedures: tuple[ProcedureGroup, ...] = ()
    threshold: tuple[int, int] | None = None
    egemath: EgeMath = "one"
    join: Join = "or"
    need: int = 1
    min_participants: int = 1
    text: str = field(default="", compare=False, repr=False)

    @property
    def enough(self) -> int:
        """Return how many branches must be true."""
        return len(self.branches) if self.join == "and" else self.need

    @property
    def by_threshold(self) -> bool:
        """Tell whether the rule counts procedures with a threshold (and does not compare schools)."""
        return any(branch.kind in THRESHOLD_KINDS for branch in self.branches)

    @property
    def by_procedures(self) -> bool:
        """Tell whether the rule counts procedures one by one and compares no schools."""
        compares = any(branch.kind in {"lowest_share", "quality_at_most"} for branch in self.branches)
        return not compares and any(branch.kind in PROCEDURE_KINDS for branch in self.branches)

    def years(self, year: int) -> tuple[int, ...]:
        """Return the result years the rule looks at, the year itself first."""
        depth = max((branch.span for branch in self.branches), default=1)
        return tuple(range(year, year - depth, -1))

    def threshold_years(self, year: int) -> tuple[int, ...]:
        """Return the result years in which procedures are counted; a metric may look further back."""
        depth = max((branch.span for branch in self.branches if branch.kind in THRESHOLD_KINDS), default=1)
        return tuple(range(year, year - depth, -1))

    def branch(self, branch_id: str) -> Branch:
        """Return the branch of that id; an unknown one is a bug of the caller."""
        return next(branch for branch in self.branches if branch.id == branch_id)

    @property
    def canonical(self) -> str:
        """Return the rule as canonical JSON: sorted keys, no spaces, without the TOML text.

        Values that equal their default are left out, so that a field added to the program later does not change the
        digest of a rule that never used it.
        """
        return json.dumps(_told(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Return SHA-256 of the canonical form: comments and layout of the TOML do not change it."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def wording_for_paper(self, year: int) -> str:
        """Return one paragraph that says what the rule does, for a list of the result year ``year``."""
        from app.analysis.rule_wording import paragraph

        return paragraph(self, year)


def _told(item: Rule | Branch | ProcedureGroup) -> dict[str, Any]:
    """Return the fields that say something: those that differ from their default, the source text left out."""
    return {
        entry.name: [_told(part) if isinstance(part, (Branch, ProcedureGroup)) else part for part in value]
        if isinstance(value, tuple)
        else value
        for entry in fields(item)
        for value in (getattr(item, entry.name),)
        if entry.name != "text" and value != entry.default
    }


@dataclass(frozen=True, slots=True, order=True)
class RuleProcedure:
    """One procedure of a rule after its groups met the data: «ВПР математика, 5 кл.».

    ``optional`` marks a procedure that is nobody's duty to have (results without a level where the rule counts
    base and profile apart): its absence makes nothing incomplete.
    """

    group: str
    procedure: Procedure
    subject: str
    level: Level | None
    grade: int | None
    optional: bool = field(default=False, compare=False)

    @property
    def label(self) -> str:
        """«ВПР математика, 6 кл.», «ЕГЭ математика (база)», «ОГЭ русский язык»."""
        return Assessment(self.procedure, self.subject, self.level, self.grade).label
