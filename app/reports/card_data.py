"""What a school's card says: the same data for the screen, the command and the paper.

Every figure carries what it takes to open its origin: the table and the row it is stored in, and the place of the
window where it is explained or changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.models.organisations import School
from app.models.records import Assessment

State = Literal["ok", "warn", "bad", "none"]
SMALL = 10
"""Groups below this say nothing sure (domain §3.1, ours)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure is stored: what ``operations.origin.origin_of`` asks for."""

    table: str
    row_id: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Where a figure is explained or changed.

    Attributes:
        kind: «results», «metric», «list», «index», «types», «externals», «projects», «paper», «programme»,
            «registry», «notes», «decision».
        key: code of a metric, id of an index, number of a paper, key of a node; "" where the kind is enough.
        year: school year of a metric, result year of results.
    """

    kind: str
    key: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: a quiet name, what is known, small print."""

    label: str
    text: str
    note: str = ""
    state: State = "none"
    origin: Origin | None = None
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title; ``nothing`` stands in the place of lines where there are none."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    nothing: str = "нет данных"


@dataclass(frozen=True, slots=True)
class YearCount:
    """What is stored of one work in one year.

    Attributes:
        below: participants below minimum, None where it is unknown.
        low, high: ends of Wilson's 95 % interval of the share, from 0 to 1; None where there is no share.
        sample: mark of the size of the group: «<10», «10-19», «20-49», «>=50».
        hit: the threshold of the rule is reached.
        autumn: written in autumn, not comparable with spring as it is.
        restored: made from a percentage.
    """

    year: int
    below: int | None
    participants: int
    low: float | None = None
    high: float | None = None
    sample: str | None = None
    hit: bool = False
    autumn: bool = False
    restored: bool = False
    origin: Origin | None = None

    @property
    def small(self) -> bool:
        """Tell whether the group is too small for a sure answer."""
        return self.participants < SMALL

    @property
    def share(self) -> float | None:
        """Return the share below minimum, from 0 to 1."""
        return self.below / self.participants if self.below is not None and self.participants else None


@dataclass(frozen=True, slots=True)
class AreaCount:
    """The same work of the municipality or the region; ``summed`` from the own schools where no file tells it."""

    below: int
    participants: int
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One work over the years of the card, the oldest first; None where nothing is stored."""

    assessment: Assessment
    counts: tuple[YearCount | None, ...]
    municipality: AreaCount | None = None
    region: AreaCount | None = None

    @property
    def label(self) -> str:
        """«ВПР математика, 6 кл.»."""
        return self.assessment.label

    @property
    def last(self) -> YearCount | None:
        """Return the count of the year of the card."""
        return self.counts[-1] if self.counts else None

    def worse_twice(self) -> tuple[YearCount, YearCount, YearCount] | None:
        """Return the last three counts where the share grew twice running, compared exactly; else None."""
        if len(self.counts) < 3:
            return None
        first, middle, last = self.counts[-3:]
        if first is None or middle is None or last is None:
            return None
        return (first, middle, last) if _grew(first, middle) and _grew(middle, last) else None


def _grew(before: YearCount, after: YearCount) -> bool:
    if before.below is None or after.below is None or before.autumn != after.autumn:
        return False
    return after.below * before.participants > before.below * after.participants


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rule of the file says of the school.

    Attributes:
        word: «в списке», «не в списке», «на грани», «нет данных»; of a school for comparison «не спрашивается».
        listed: how it counts in the end, None where nobody asks.
        change: «новая», «2-й год», «вышла из списка», "" where nothing is known.
        branches: true branches in words.
        why: the answer in a paragraph.
        note: correction with its reason, approval with its order.
    """

    rule_id: str
    rule_title: str
    rule_version: str
    year: int
    word: str
    state: State
    listed: bool | None
    edge: bool = False
    change: str = ""
    branches: tuple[str, ...] = ()
    why: str = ""
    note: str = ""
    snapshot: str | None = None
    computed_at: str = ""
    threshold: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class IndexLine:
    """The place of the school by one index; ``value`` is None where too few components are known."""

    id: str
    title: str
    short: str
    school_year: int
    value: float | None
    place: int | None
    of: int
    lowest: bool = False
    known: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class TypeLine:
    """The type of the school by result and context."""

    kind: str
    word: str
    meaning: str
    year: int


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """One factor of the risk profile; ``level`` is 3 for «высокая», 2 «средняя», 1 «низкая», 0 «нет»."""

    code: str
    name: str
    short: str
    word: str
    level: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class RiskProfile:
    """The risk profile of the school with the document it came with."""

    title: str
    year: int
    document: str
    factors: tuple[RiskFactor, ...]

    def high(self) -> tuple[RiskFactor, ...]:
        """Return the factors of high significance."""
        return tuple(factor for factor in self.factors if factor.level == 3)


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """Everything a card says of one school.

    Attributes:
        school_year: first calendar year of the school year the card is of.
        result_year: the latest year of results not after that school year; None where the file has none.
        years: result years of the table, the oldest first.
        results: the most important first (hits, of them the larger groups, then the largest share), then
            works without the last year.
        left: passport and further lines in sections, in the order of the paper; keys are stable.
        questions: drafted for a meeting from the data.
        provenance: «Опора · вычислено … · правило …».
    """

    school: School
    school_year: int
    result_year: int | None
    years: tuple[int, ...]
    passport: tuple[Line, ...]
    answer: Answer | None
    results: tuple[Result, ...]
    indices: tuple[IndexLine, ...]
    kind: TypeLine | None
    risk: RiskProfile | None
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    organisation: str
    computed_at: str
    intervals: bool = False
    types: bool = False

    def section(self, key: str) -> Section | None:
        """Return the section of that key, None where the program does not have it."""
        return next((section for section in self.sections if section.key == key), None)

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Yield (key of the section, line) of everything said in lines."""
        yield from (("passport", line) for line in self.passport)
        for section in self.sections:
            yield from ((section.key, line) for line in section.lines)
