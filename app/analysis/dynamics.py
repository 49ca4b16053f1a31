"""Dynamics of results: two years compared on what both have, with the marks that say how far they compare.

A *cell* is one work of one school in one year. Two years are compared on the cells that both have, so that a school
that writes an easier set of works does not look better for it. What stands against comparing is a mark, never a reason
to drop a school (domain §7):

* ``works``: the sets of works differ, only the common ones are compared;
* ``schools``: of a group, some schools have no common work;
* ``pupils``: the number of participants changed by more than 30 % (ours);
* ``small``: no common work had 10 participants in both years;
* ``autumn``: one of the works was written in autumn;
* ``bias``: the school had markers of biased results in one of the years.

A share of «2» that grows by 10 points or more is negative dynamics (public practice); the mirror of it is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from app.analysis.change import Bounds, Spread, Tally, apart, drift_of, newcombe, spread, total
from app.models.records import Assessment

if TYPE_CHECKING:
    import pandas as pd

Mark = Literal["works", "schools", "pupils", "small", "autumn", "bias"]
Verdict = Literal["worse", "rising", "same", "falling", "better", "small", "apart"]
MARKS: tuple[Mark, ...] = ("works", "schools", "pupils", "small", "autumn", "bias")
NEGATIVE = Fraction(1, 10)
"""From so much on a growing share of «2» is negative dynamics."""
FEW = 10
MORE_PUPILS = Fraction(3, 10)


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it is compared: base and profile are two works, spring and autumn too."""

    assessment: Assessment
    autumn: bool = False

    @property
    def label(self) -> str:
        """«ВПР математика, 5 кл.», «…, осень»."""
        return f"{self.assessment.label}, осень" if self.autumn else self.assessment.label


Cells = Mapping[tuple[int, Work], Tally]
"""(school, work) → counts, of one year."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two years of a school or of a group.

    Attributes:
        before, after: counts of the common cells; of nobody where there are none.
        works: common works.
        lost, gained: works of the first year alone, of the second alone.
        schools: how many schools have common cells; ``of_schools`` have anything in either year.
        bounds: the difference with Newcombe's interval; None where nothing is common.
        marks: what stands against comparing.
        pairs: (school, work) of the common cells.
    """

    year_from: int
    year_to: int
    before: Tally
    after: Tally
    works: tuple[Work, ...]
    lost: tuple[Work, ...]
    gained: tuple[Work, ...]
    schools: int
    of_schools: int
    bounds: Bounds | None
    marks: tuple[Mark, ...]
    pairs: frozenset[tuple[int, Work]] = field(default=frozenset(), repr=False)

    @property
    def change(self) -> Fraction | None:
        """Return the change of the share exactly, from -1 to 1."""
        return None if self.bounds is None else self.after.share - self.before.share

    @property
    def sure(self) -> bool:
        """Tell whether the interval leaves nought out."""
        return self.bounds is not None and self.bounds.sure

    @property
    def verdict(self) -> Verdict:
        """Return the answer; below 10 participants in all it is «мало детей», not a judgement."""
        change = self.change
        if change is None:
            return "apart"
        if min(self.before.of, self.after.of) < FEW:
            return "small"
        if change >= NEGATIVE:
            return "worse"
        if change <= -NEGATIVE:
            return "better"
        if self.sure:
            return "rising" if change > 0 else "falling"
        return "same"


def compare(
    before: Cells, after: Cells, years: tuple[int, int], biased: Iterable[tuple[int, int]] = ()
) -> Comparison | None:
    """Compare two years of the same schools; None where one of them has nothing.

    Args:
        before: cells of the first year.
        after: cells of the second.
        years: both result years.
        biased: (school, year) with markers of biased results.
    """
    if not before or not after:
        return None
    common = sorted(before.keys() & after.keys(), key=lambda key: (key[1].label, key[0]))
    first, second = (total(cells[key] for key in common) for cells in (before, after))
    works = [{work for _school, work in cells} for cells in (before, after)]
    people = [{school for school, _work in cells} for cells in (before, after)]
    shared = {school for school, _work in common}
    marks: set[Mark] = set()
    if works[0] != works[1] or before.keys() != after.keys():
        marks.add("works" if works[0] != works[1] or shared == people[0] | people[1] else "schools")
    if len(people[0] | people[1]) > 1 and shared != people[0] | people[1]:
        marks.add("schools")
    if any(work.autumn for found in works for work in found):
        marks.add("autumn")
    if any((school, year) in set(biased) for school in shared for year in years):
        marks.add("bias")
    if common:
        marks |= _of_size(before, after, first, second)
    return Comparison(
        *years, first, second, _sorted({work for _school, work in common}), _sorted(works[0] - works[1]),
        _sorted(works[1] - works[0]), len(shared), len(people[0] | people[1]), newcombe(first, second),
        tuple(mark for mark in MARKS if mark in marks), frozenset(common),
    )  # fmt: skip


def _of_size(before: Cells, after: Cells, first: Tally, second: Tally) -> set[Mark]:
    found: set[Mark] = set()
    if abs(second.of - first.of) > MORE_PUPILS * first.of:
        found.add("pupils")
    people: dict[Work, tuple[int, int]] = {}
    for key in before.keys() & after.keys():
        one, two = people.get(key[1], (0, 0))
        people[key[1]] = (one + before[key].of, two + after[key].of)
    if all(min(both) < FEW for both in people.values()):
        found.add("small")
    return found


def _sorted(works: Iterable[Work]) -> tuple[Work, ...]:
    return tuple(sorted(works, key=lambda work: work.label))


def of(cells: Cells, schools: Iterable[int]) -> dict[tuple[int, Work], Tally]:
    """Return the cells of some schools."""
    wanted = frozenset(schools)
    return {key: tally for key, tally in cells.items() if key[0] in wanted}


def by_school(cells: Cells, works: Iterable[Work]) -> dict[int, Tally]:
    """Return the counts of each school over some works."""
    wanted = frozenset(works)
    found: dict[int, Tally] = {}
    for (school, work), tally in cells.items():
        if work in wanted:
            found[school] = found.get(school, Tally(0, 0)) + tally
    return found


def cells_of(frame: pd.DataFrame, years: Sequence[int]) -> dict[int, dict[tuple[int, Work], Tally]]:
    """Return year → cells; rows without a count below minimum or without participants say nothing.

    Args:
        frame: as ``models.frames.mark_frame`` gives it.
        years: result years, each gets its place even where it has no cell.
    """
    known = frame[frame["below_min"].notna() & (frame["participants"] > 0)]
    names = ("school_id", "procedure", "subject", "level", "grade", "autumn", "year", "participants", "below_min")
    found: dict[int, dict[tuple[int, Work], Tally]] = {year: {} for year in years}
    for school, procedure, subject, level, grade, autumn, year, people, below in zip(
        *(known[name] for name in names), strict=True
    ):
        assessment = Assessment(procedure, subject, _word(level), _grade(grade))
        key = (int(school), Work(assessment, bool(autumn)))
        cells = found.setdefault(int(year), {})
        cells[key] = cells.get(key, Tally(0, 0)) + Tally(int(below), int(people))
    return found


def _word(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _grade(value: Any) -> int | None:
    number = 0 if value is None or value != value else int(value)  # noqa: PLR0124 - NaN is not equal to itself
    return number or None


# --- chance alone ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ByItself:
    """What chance alone lets expect of a school or a group after an unusual year.

    Attributes:
        spread: of all schools in the first year over the same works.
        before: counts of the school or group.
        drift: expected change of its share though nothing is done, from -1 to 1.
    """

    spread: Spread
    before: Tally
    drift: Fraction

    @property
    def expected(self) -> Fraction:
        """Return the share expected without any help."""
        return self.before.share + self.drift


def by_itself(found: Comparison, everybody: Cells) -> ByItself | None:
    """Return what chance alone lets expect of a comparison; None with too few schools or nothing common.

    Args:
        found: the comparison of a school or a group.
        everybody: cells of all schools in the first year of it.
    """
    if found.bounds is None:
        return None
    known = spread(by_school(everybody, found.works).values())
    mine = by_school({key: everybody[key] for key in found.pairs if key in everybody}, found.works).values()
    if known is None or not mine:
        return None
    return ByItself(known, total(mine), drift_of(known, mine))


# --- with support and without ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traits:
    """What makes two schools similar besides their result: None where it is not known."""

    school_id: int
    index: float | None = None
    school_type: str | None = None
    settlement: str | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """A supported school and the similar one beside it, both on the works that both wrote in both years.

    Attributes:
        mine, other: their comparisons.
        unlike: how unlike they are, 0 for the same; pairs are chosen so that its sum is least.
        alike: what speaks for the pair: «type», «settlement», «size», «context».
    """

    supported: int
    similar: int
    mine: Comparison
    other: Comparison
    unlike: Fraction
    alike: tuple[str, ...]

    @property
    def difference(self) -> Fraction:
        """Return how much better (below nought) or worse the supported school changed."""
        return (self.mine.change or Fraction()) - (self.other.change or Fraction())


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All pairs together.

    Attributes:
        twins: pairs, in the order of the supported schools.
        alone: supported schools without a similar one.
        mine, others: both groups before and after.
        bounds: difference of the two changes with its interval.
        mine_alone, others_alone: expected change of each group by chance alone; None with too few schools.
    """

    twins: tuple[Twin, ...]
    alone: tuple[int, ...]
    mine: tuple[Tally, Tally]
    others: tuple[Tally, Tally]
    mine_bounds: Bounds | None
    others_bounds: Bounds | None
    bounds: Bounds | None
    mine_alone: Fraction | None = None
    others_alone: Fraction | None = None

    @property
    def better(self) -> int:
        """In how many pairs the supported school changed for the better more than the similar one."""
        return sum(twin.difference < 0 for twin in self.twins)


NEAR = Fraction(1, 10)
"""Schools are similar only where their shares of «2» in the first year differ by no more than 10 points (ours)."""
FAR_INDEX = Fraction(2)
"""From so much on a difference of the index of context makes two schools wholly unlike in it (ours)."""
TWICE = 2


def twin(mine: Traits, other: Traits, before: Cells, after: Cells, years: tuple[int, int]) -> Twin | None:
    """Return two schools side by side; None where they wrote nothing in common or began too far apart."""
    works = {
        work
        for _school, work in before
        if all((school, work) in cells for school in (mine.school_id, other.school_id) for cells in (before, after))
    }
    if not works:
        return None
    found = []
    for school in (mine.school_id, other.school_id):
        sides = [{(school, work): cells[school, work] for work in works} for cells in (before, after)]
        found.append(compare(sides[0], sides[1], years))
    first, second = found
    if first is None or second is None:
        return None
    distance = abs(first.before.share - second.before.share)
    if distance > NEAR:
        return None
    unlike, alike = _unlike(mine, other)
    return Twin(mine.school_id, other.school_id, first, second, distance / NEAR + unlike, alike)


def _unlike(one: Traits, other: Traits) -> tuple[Fraction, tuple[str, ...]]:
    """Return a point for everything in which two schools differ or that is not known, and in what they are alike."""
    points, alike = Fraction(), []
    for name, first, second in (
        ("type", one.school_type, other.school_type),
        ("settlement", one.settlement, other.settlement),
    ):
        if first is not None and first == second:
            alike.append(name)
        else:
            points += 1
    sizes = sorted(value for value in (one.pupils, other.pupils) if value)
    if len(sizes) == TWICE and sizes[1] <= TWICE * sizes[0]:
        alike.append("size")
    else:
        points += 1
    if one.index is None or other.index is None:
        return points + 1, tuple(alike)
    gap = min(Fraction(1), Fraction(round(abs(one.index - other.index), 6)).limit_denominator(10**6) / FAR_INDEX)
    return points + gap, (*alike, *(["context"] if gap <= Fraction(1, 4) else []))


def side_by_side(
    supported: Sequence[Traits], others: Sequence[Traits], before: Cells, after: Cells, years: tuple[int, int]
) -> SideBySide:
    """Pair every supported school with a similar one without support, each taken once, the most alike together.

    Args:
        supported: schools that had support between the two years.
        others: schools that had none.
        before: cells of the first year, of all schools.
        after: cells of the second.
        years: both result years.
    """
    possible: dict[tuple[int, int], Twin] = {}
    for mine in supported:
        for other in others:
            pair = twin(mine, other, before, after, years)
            if pair is not None:
                possible[mine.school_id, other.school_id] = pair
    chosen = _chosen(possible)
    order = {item.school_id: place for place, item in enumerate(supported)}
    twins = tuple(sorted((possible[pair] for pair in chosen), key=lambda item: order[item.supported]))
    taken = {item.supported for item in twins}
    return _together(twins, tuple(item.school_id for item in supported if item.school_id not in taken), before)


def _chosen(possible: Mapping[tuple[int, int], Twin]) -> list[tuple[int, int]]:
    """Return pairs: as many as can be, then the most alike ones."""
    from app.analysis.pairs import best_pairs

    most = max((item.unlike for item in possible.values()), default=Fraction()) + 1
    scores = {pair: round(1000 * (most - item.unlike)) for pair, item in possible.items()}
    return list(best_pairs(scores, {other: 1 for _mine, other in possible}).items())


def _together(twins: tuple[Twin, ...], alone: tuple[int, ...], everybody: Cells) -> SideBySide:
    mine = (total(item.mine.before for item in twins), total(item.mine.after for item in twins))
    others = (total(item.other.before for item in twins), total(item.other.after for item in twins))
    first, second = newcombe(*mine), newcombe(*others)
    drifts = [_alone(everybody, [getattr(item, side) for item in twins]) for side in ("mine", "other")]
    both = apart(first, second) if first is not None and second is not None else None
    return SideBySide(twins, alone, mine, others, first, second, both, drifts[0], drifts[1])


def _alone(everybody: Cells, found: Sequence[Comparison]) -> Fraction | None:
    """Return the expected change of a group by chance alone, weighted by participants."""
    moved, people = Fraction(), 0
    for comparison in found:
        one = by_itself(comparison, everybody)
        if one is None:
            return None
        moved += one.drift * one.before.of
        people += one.before.of
    return moved / people if people else None
