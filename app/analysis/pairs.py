"""Who can help whom: weak places of a receiver, schools that are strong there, the score with its reasons.

How a pair is scored, in one place. Every part lies between 0 and 1, the score is 100 × the weighted sum of the parts
divided by the sum of all weights, rounded half up. What is not known gives nothing, and is said.

* cover: in how many of the receiver's weak places the donor is strong, divided by their number;
* strength: mean of 1 − share/bound over these places: 1 where nobody is below minimum, 0 at the bound;
* context: 1 − difference of the index/``far``, at least 0;
* near: 1 − km/``far_km`` at least 0; by minutes where only they are known;
* alike: a third each for the same type of school, the same kind of settlement, and a number of pupils that differs at
  most twice;
* tie: 1 where the donor helps this receiver already, this school year or in the one before;
* consent: 1 where the donor has agreed to help.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from app.analysis.intervals import Sample, sample_mark
from app.analysis.pairs_model import PairsDefinition, PartKey
from app.analysis.rule_model import EGE_MATH, Rule
from app.models.records import Assessment

if TYPE_CHECKING:
    import pandas as pd

IN_FORCE = frozenset({"existing", "planned", "agreed"})
"""States of a tie that take a place with the donor and help the receiver."""
_DIGITS = 9
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Result:
    """«12 из 31» of a school at one assessment of the year."""

    assessment: Assessment
    below: int
    participants: int

    @property
    def share(self) -> Fraction:
        """Return the share below minimum, exactly."""
        return Fraction(self.below, self.participants)

    @property
    def sample(self) -> Sample | None:
        """Return the mark of the size."""
        return sample_mark(self.participants)

    def at_least(self, bound: tuple[int, int]) -> bool:
        """Tell whether the share reaches a bound, by whole counts."""
        return self.below * bound[1] >= bound[0] * self.participants

    def at_most(self, bound: tuple[int, int]) -> bool:
        """Tell whether the share does not exceed a bound, by whole counts."""
        return self.below * bound[1] <= bound[0] * self.participants


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What is compared of a school.

    Attributes:
        results: counts of the result year.
        index: the index of context, None where it could not be computed.
        markers: how many bias markers of the year the school has; None where no list says anything of it.
        capacity: how many schools it can help; None where nobody has said it.
        consent: whether it agrees to help; None where nobody has asked.
    """

    id: int
    name: str
    results: tuple[Result, ...] = ()
    index: float | None = None
    school_type: str | None = None
    settlement_kind: str | None = None
    pupils: int | None = None
    markers: int | None = None
    capacity: int | None = None
    consent: bool | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class TieFacts:
    """A tie as the search needs it: ``subject`` None means any subject, ``grade`` None any grade."""

    donor_id: int
    receiver_id: int
    state: str
    subject: str | None = None
    grade: int | None = None
    last_year: bool = False

    @property
    def in_force(self) -> bool:
        """Tell whether it helps this school year."""
        return self.state in IN_FORCE and not self.last_year

    def covers(self, assessment: Assessment) -> bool:
        """Tell whether it is about this subject and grade."""
        return self.subject in {None, assessment.subject} and self.grade in {None, assessment.grade}


@dataclass(frozen=True, slots=True)
class Way:
    """How far two schools are from each other."""

    km: int | None = None
    minutes: int | None = None


Ways = Mapping[tuple[int, int], Way]
"""(smaller key, larger key) → distance."""


@dataclass(frozen=True, slots=True)
class Match:
    """A weak place of the receiver with the donor's result in the same work."""

    weak: Result
    strong: Result


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score; ``value`` is None where nothing is known."""

    key: PartKey
    value: Fraction | None
    weight: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A donor for a receiver.

    Attributes:
        matches: where the donor can help, the weakest place first.
        score: 0 to 100.
        free: how many more schools the donor can take; 0 where it is busy.
        ties: what there is between the two, of this school year or the last.
    """

    receiver_id: int
    donor_id: int
    matches: tuple[Match, ...]
    parts: tuple[Part, ...]
    score: int
    index: tuple[float | None, float | None]
    way: Way | None
    free: int
    capacity_known: bool
    consent: bool | None
    ties: tuple[TieFacts, ...] = ()

    def part(self, key: PartKey) -> Part:
        """Return one part of the score."""
        return next(part for part in self.parts if part.key == key)


Refusal = Literal["bias", "consent", "declined"]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A listed school with what is wrong and who could help.

    Attributes:
        weak: weak places, the weakest first.
        open: those that no tie of the year covers.
        ties: ties of the year as a receiver, declined and ended ones too.
        proposals: the best first.
        refused: schools strong enough that are left out, with the reason.
    """

    school: SchoolFacts
    weak: tuple[Result, ...]
    open: tuple[Result, ...]
    ties: tuple[TieFacts, ...]
    proposals: tuple[Proposal, ...]
    refused: tuple[tuple[int, Refusal], ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came out for a receiver: the proposal taken, or why there is none."""

    receiver_id: int
    proposal: Proposal | None
    why: Literal["", "strong", "refused", "busy"] = ""


@dataclass(frozen=True)
class Assignment:
    """Pairs for the whole municipality.

    Attributes:
        rows: receivers that still need help, in their order.
        fixed: receivers whose weak places existing ties cover.
        nothing: listed schools without a weak place in the data.
    """

    rows: tuple[Assigned, ...]
    fixed: tuple[int, ...]
    nothing: tuple[int, ...]
    total: int = field(default=0)


# --- results ---------------------------------------------------------------------------------------------------


def results_of(frame: pd.DataFrame, year: int, rule: Rule) -> dict[int, tuple[Result, ...]]:
    """Return the counts of a year by school; ЕГЭ maths is one work where the rule says so (decision 2).

    Rows without a count below minimum and without participants say nothing and are left out.

    Args:
        frame: as ``models.frames.mark_frame`` gives it.
        year: result year.
        rule: the rule that the list was made by.
    """
    known = frame[(frame["year"] == year) & frame["below_min"].notna() & (frame["participants"] > 0)]
    columns = ("school_id", "procedure", "subject", "level", "grade", "participants", "below_min")
    sums: dict[int, dict[Assessment, tuple[int, int]]] = {}
    for school, procedure, subject, level, grade, of, below in zip(*(known[name] for name in columns), strict=True):
        one = rule.egemath == "one" and (procedure, subject) == EGE_MATH
        key = Assessment(procedure, subject, None if one else _word(level), _grade(grade))
        before = sums.setdefault(int(school), {}).get(key, (0, 0))
        sums[int(school)][key] = (before[0] + int(below), before[1] + int(of))
    return {
        school: tuple(Result(key, *found[key]) for key in sorted(found, key=_order)) for school, found in sums.items()
    }


def _order(key: Assessment) -> tuple[str, str, str, int]:
    return key.procedure, key.subject, key.level or "", key.grade or 0


def _word(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _grade(value: Any) -> int | None:
    number = 0 if value is None or value != value else int(value)  # noqa: PLR0124 - NaN is not equal to itself
    return number or None


def weak_places(results: Iterable[Result], threshold: tuple[int, int]) -> tuple[Result, ...]:
    """Return the results that reach the threshold, the weakest first."""
    weak = [result for result in results if result.at_least(threshold)]
    return tuple(sorted(weak, key=lambda result: (-result.share, -result.participants, _order(result.assessment))))


# --- proposals -------------------------------------------------------------------------------------------------


class Search:
    """The search for donors among all schools of a municipality.

    Args:
        definition: bounds and weights.
        threshold: share below minimum that makes a place weak.
        schools: own schools in their order, listed and not.
        ties: ties of the school year and of the one before.
        ways: distances.
    """

    def __init__(
        self,
        definition: PairsDefinition,
        threshold: tuple[int, int],
        schools: Sequence[SchoolFacts],
        ties: Sequence[TieFacts] = (),
        ways: Ways | None = None,
    ) -> None:
        self.definition, self.threshold = definition, threshold
        self.schools = tuple(schools)
        self.ties = tuple(ties)
        self.ways = dict(ways or {})
        self.donors = [school for school in self.schools if not school.listed]
        self._strong = {school.id: self._strong_places(school) for school in self.donors}

    def _strong_places(self, school: SchoolFacts) -> dict[Assessment, Result]:
        least, bound = self.definition.min_participants, self.definition.strong
        return {
            result.assessment: result
            for result in school.results
            if result.participants >= least and result.at_most(bound)
        }

    def receivers(self) -> tuple[Receiver, ...]:
        """Return every listed school with its weak places and proposals."""
        return tuple(self.receiver(school) for school in self.schools if school.listed)

    def receiver(self, school: SchoolFacts) -> Receiver:
        """Return one school with its weak places and proposals."""
        weak = weak_places(school.results, self.threshold)
        mine = tuple(tie for tie in self.ties if tie.receiver_id == school.id and not tie.last_year)
        left = tuple(r for r in weak if not any(tie.in_force and tie.covers(r.assessment) for tie in mine))
        proposals, refused = [], []
        for donor in self.donors:
            matches = self._matches(donor, left)
            if not matches:
                continue
            refusal = self._refusal(donor, school.id, matches)
            if refusal is not None:
                refused.append((donor.id, refusal))
            else:
                proposals.append(self._proposal(school, donor, matches, left))
        proposals.sort(key=lambda item: (-item.score, item.free <= 0))
        return Receiver(school, weak, left, mine, tuple(proposals), tuple(refused))

    def _matches(self, donor: SchoolFacts, weak: Iterable[Result]) -> tuple[Match, ...]:
        strong = self._strong[donor.id]
        return tuple(Match(result, strong[result.assessment]) for result in weak if result.assessment in strong)

    def _refusal(self, donor: SchoolFacts, receiver: int, matches: Sequence[Match]) -> Refusal | None:
        if donor.markers:
            return "bias"
        if donor.consent is False:
            return "consent"
        declined = [t for t in self._between(donor.id, receiver) if t.state == "declined" and not t.last_year]
        if all(any(tie.covers(match.weak.assessment) for tie in declined) for match in matches):
            return "declined"
        return None

    def _between(self, donor: int, receiver: int) -> tuple[TieFacts, ...]:
        return tuple(tie for tie in self.ties if (tie.donor_id, tie.receiver_id) == (donor, receiver))

    def free(self, donor: SchoolFacts) -> int:
        """Return how many more schools a donor can take; never below nought."""
        taken = {tie.receiver_id for tie in self.ties if tie.donor_id == donor.id and tie.in_force}
        return max(0, self.capacity(donor) - len(taken))

    def capacity(self, donor: SchoolFacts) -> int:
        """Return how many schools a donor helps at most; where nobody has said it, as the definition takes it."""
        return self.definition.capacity if donor.capacity is None else donor.capacity

    def way(self, first: int, second: int) -> Way | None:
        """Return the distance between two schools, None where nobody has entered it."""
        return self.ways.get((min(first, second), max(first, second)))

    def _proposal(
        self, school: SchoolFacts, donor: SchoolFacts, matches: tuple[Match, ...], weak: tuple[Result, ...]
    ) -> Proposal:
        way = self.way(school.id, donor.id)
        between = self._between(donor.id, school.id)
        helps = any(tie.state in {"existing", "agreed"} for tie in between)
        values: dict[PartKey, Fraction | None] = {
            "cover": Fraction(len(matches), len(weak)),
            "strength": self._strength(matches),
            "context": self._context(school.index, donor.index),
            "near": self._near(way),
            "alike": alike(school, donor),
            "tie": Fraction(helps),
            "consent": None if donor.consent is None else Fraction(donor.consent),
        }
        parts = tuple(Part(key, value, self.definition.weights[key]) for key, value in values.items())
        return Proposal(
            school.id, donor.id, matches, parts, score(parts), (school.index, donor.index), way, self.free(donor),
            donor.capacity is not None, donor.consent, between,
        )  # fmt: skip

    def _strength(self, matches: Sequence[Match]) -> Fraction:
        bound = Fraction(*self.definition.strong)
        return sum((1 - match.strong.share / bound for match in matches), Fraction()) / len(matches)

    def _context(self, first: float | None, second: float | None) -> Fraction | None:
        if first is None or second is None:
            return None
        difference = Fraction(round(abs(first - second), _DIGITS)).limit_denominator(10**_DIGITS)
        return max(Fraction(), 1 - difference / Fraction(*self.definition.far))

    def _near(self, way: Way | None) -> Fraction | None:
        if way is None or (way.km is None and way.minutes is None):
            return None
        if way.km is not None:
            return max(Fraction(), 1 - Fraction(way.km, self.definition.far_km))
        return max(Fraction(), 1 - Fraction(way.minutes or 0, self.definition.far_minutes))

    # --- the whole municipality --------------------------------------------------------------------------------

    def assign(self) -> Assignment:
        """Return one donor for every listed school that still needs help.

        As few schools as possible stay without a donor; among such ways that with the largest sum of scores is taken.
        Ties in force are fixed first: they take their place with the donor and cover weak places of the receiver.
        """
        receivers = self.receivers()
        need = [receiver for receiver in receivers if receiver.open]
        free = {donor.id: self.free(donor) for donor in self.donors}
        scores = {
            (r.school.id, p.donor_id): p.score for r in need for p in r.proposals if not _helps_already(p) and p.free
        }
        chosen = best_pairs(scores, free)
        rows = tuple(self._assigned(receiver, chosen.get(receiver.school.id)) for receiver in need)
        return Assignment(
            rows,
            tuple(r.school.id for r in receivers if r.weak and not r.open),
            tuple(r.school.id for r in receivers if not r.weak),
            sum(row.proposal.score for row in rows if row.proposal is not None),
        )

    @staticmethod
    def _assigned(receiver: Receiver, donor: int | None) -> Assigned:
        if donor is not None:
            return Assigned(receiver.school.id, next(p for p in receiver.proposals if p.donor_id == donor))
        if receiver.proposals:
            return Assigned(receiver.school.id, None, "busy")
        return Assigned(receiver.school.id, None, "refused" if receiver.refused else "strong")


def _helps_already(proposal: Proposal) -> bool:
    """A second tie with the same donor takes no second place; it is entered by hand."""
    return any(tie.in_force for tie in proposal.ties)


def alike(first: SchoolFacts, second: SchoolFacts) -> Fraction | None:
    """Return how alike two schools are: a third each for type, kind of settlement, size; None where nothing is known.

    Schools are of one size where the number of pupils differs at most twice.
    """
    points: list[bool] = []
    for name in ("school_type", "settlement_kind"):
        ours, theirs = getattr(first, name), getattr(second, name)
        if ours and theirs:
            points.append(ours == theirs)
    if first.pupils and second.pupils:
        points.append(max(first.pupils, second.pupils) <= _TWICE * min(first.pupils, second.pupils))
    return Fraction(sum(points), 3) if points else None


def score(parts: Iterable[Part]) -> int:
    """Return 100 × weighted sum / sum of weights, rounded half up."""
    known = list(parts)
    total = sum(part.weight for part in known)
    earned = sum((part.weight * part.value for part in known if part.value is not None), Fraction())
    return int(100 * earned / total + Fraction(1, 2))


def best_pairs(scores: Mapping[tuple[int, int], int], free: Mapping[int, int]) -> dict[int, int]:
    """Return receiver → donor: as many receivers as possible, then the largest sum of scores.

    A donor stands in as many columns as it has places. Every pair gets a premium larger than all scores together, so
    that one more school with a donor always outweighs better scores.

    Args:
        scores: (receiver, donor) → score, of the pairs that are possible.
        free: donor → how many receivers it can take.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = list(dict.fromkeys(receiver for receiver, _donor in scores))
    donors = dict.fromkeys(donor for _receiver, donor in scores)
    columns = [donor for donor in donors for _place in range(min(free.get(donor, 0), len(rows)))]
    if not columns:
        return {}
    premium = 1 + sum(scores.values())
    profit = np.zeros((len(rows), len(columns)), dtype=np.float64)
    for row, receiver in enumerate(rows):
        for column, donor in enumerate(columns):
            if (receiver, donor) in scores:
                profit[row, column] = premium + scores[receiver, donor]
    taken = zip(*linear_sum_assignment(profit, maximize=True), strict=True)
    return {rows[row]: columns[column] for row, column in taken if profit[row, column] > 0}
