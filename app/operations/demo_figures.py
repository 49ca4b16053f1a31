"""Counts of the invented municipality: who sat what, how many stayed below minimum. Pure, seeded, no storage."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from app.models.records import Assessment, Level, MarkCount, Procedure

Source = Literal["fisoko", "oge", "ege"]


@dataclass(frozen=True, slots=True)
class Work:
    """One assessment of the example; ``harder`` is added to a school's usual percentage below minimum."""

    key: str
    code: str
    assessment: Assessment
    harder: int
    source: Source
    share: int = 100
    """How many of a hundred pupils of the grade sit it."""

    @property
    def grade(self) -> int:
        """The grade that sits it."""
        return self.assessment.grade or 0


def _work(
    key: str,
    code: str,
    kind: Procedure,
    subject: str,
    grade: int,
    harder: int,
    share: int = 100,
    level: Level | None = None,
) -> Work:
    source: Source = {"ВПР": "fisoko", "ОГЭ": "oge", "ЕГЭ": "ege"}[kind]  # type: ignore[assignment]
    return Work(key, code, Assessment(kind, subject, level, grade), harder, source, share)


WORKS = (
    _work("vpr-rus-4", "РУ", "ВПР", "Русский язык", 4, -2),
    _work("vpr-math-4", "МА", "ВПР", "Математика", 4, -4),
    _work("vpr-rus-5", "РУ", "ВПР", "Русский язык", 5, 0),
    _work("vpr-math-5", "МА", "ВПР", "Математика", 5, 0),
    _work("vpr-rus-6", "РУ", "ВПР", "Русский язык", 6, 1),
    _work("vpr-math-6", "МА", "ВПР", "Математика", 6, 2),
    _work("vpr-rus-7", "РУ", "ВПР", "Русский язык", 7, 2),
    _work("oge-rus", "", "ОГЭ", "Русский язык", 9, -5),
    _work("oge-math", "", "ОГЭ", "Математика", 9, 1),
    _work("oge-soc", "", "ОГЭ", "Обществознание", 9, 0, 45),
    _work("ege-rus", "", "ЕГЭ", "Русский язык", 11, -9),
    _work("ege-math-base", "", "ЕГЭ", "Математика", 11, -4, 56, "base"),
    _work("ege-math-profile", "", "ЕГЭ", "Математика", 11, -3, 44, "profile"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What decides the figures of one school.

    Attributes:
        strength: usual percentage below minimum.
        hits: works at or above 30 % below minimum, by age in years (0 is the last year).
        cells: exact (below, participants) of the last year.
        absent: works of the last year that the school does not have.
    """

    key: str
    pupils: int
    last_grade: int
    strength: int
    hits: tuple[frozenset[str], ...] = ()
    cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    closed: bool = False


def below_threshold(participants: int) -> int:
    """Return the largest count that is under 30 % and stays there with one pupil more; never less than none."""
    return max(0, -(-3 * participants // 10) - 2)


def at_threshold(participants: int) -> int:
    """Return the least count that is 30 % or more and stays so with one pupil fewer."""
    return min(participants, -(-3 * participants // 10) + 1)


def school_counts(profile: Profile, years: Sequence[int], seed: int) -> dict[tuple[str, int], MarkCount]:
    """Return the counts of one school by work and year; what it does not have is not there.

    A grade of one year is the next grade of the year after, so numbers of participants go on from year to year.
    """
    chance = random.Random(f"{seed}:{profile.key}")  # noqa: S311 - an example, not a secret
    grades = min(profile.last_grade, 11)
    cohorts = {birth: max(2, round(profile.pupils / grades * chance.uniform(0.88, 1.12)))
               for birth in range(years[0] - 11, years[-1] - 3)}  # fmt: skip
    found = {}
    for work in WORKS:
        for year in years:
            age = years[-1] - year
            size = _size(profile, work, age, cohorts[year - work.grade], chance)
            cell = profile.cells.get(work.key) if age == 0 else None
            below = cell[0] if cell else _below(profile, work, age, size, chance)
            gone = (profile.closed and age == 0) or (age == 0 and work.key in profile.absent)
            if size and work.grade <= profile.last_grade and not gone:
                found[work.key, year] = count(work, year, size, below, profile.strength, chance)
    return found


def _size(profile: Profile, work: Work, age: int, cohort: int, chance: random.Random) -> int:
    if age == 0 and work.key in profile.cells:
        return profile.cells[work.key][1]
    if work.grade == 11:
        cohort = round(cohort * 0.5)
    cohort = round(cohort * work.share / 100)
    absent = round(cohort * chance.uniform(0, 0.09))
    return max(cohort - absent, 0)


def _below(profile: Profile, work: Work, age: int, size: int, chance: random.Random) -> int:
    luck = chance.uniform(0.6, 1.3)
    hits = profile.hits[age] if age < len(profile.hits) else frozenset()
    if work.key in hits or work.key.removesuffix("-base").removesuffix("-profile") in hits:
        least = at_threshold(size) - work.key.endswith("-profile")  # base and profile are added up
        return min(size, max(least, round(size * (0.24 + 0.14 * luck))))
    usual = max(profile.strength + work.harder, 0)
    return min(round(size * usual * luck / 100), below_threshold(size))


def count(work: Work, year: int, size: int, below: int, strength: int, chance: random.Random) -> MarkCount:
    """Return a full record around the two figures that decide.

    ЕГЭ other than base maths has no marks, only «ниже минимума» and a mean on the 100-point scale.
    """
    restored = work.source == "fisoko"
    base = MarkCount(work.assessment, year, size, below_min=below, restored=restored)
    if work.source == "ege" and work.assessment.level != "base":
        mean = Decimal(round(10 * (72 - strength * 0.9 + chance.uniform(-3, 3)))) / 10
        return replace(base, mean=str(mean))
    rest = size - below
    m5 = round(rest * max(0.05, 0.34 - strength / 80) * chance.uniform(0.7, 1.2))
    m3 = min(rest - m5, round(rest * (0.30 + strength / 90) * chance.uniform(0.9, 1.1)))
    m4 = rest - m5 - m3
    points = Decimal(2 * below + 3 * m3 + 4 * m4 + 5 * m5) / size
    mean_mark = None if restored else str(points.quantize(Decimal("0.01")))
    return replace(base, m2=below, m3=m3, m4=m4, m5=m5, mean=mean_mark)


def add_up(counts: Iterable[MarkCount]) -> MarkCount:
    """Return the counts of several schools together; the mean of a sum is not known."""
    parts = list(counts)

    def total(name: str) -> int | None:
        values: list[int | None] = [getattr(part, name) for part in parts]
        return None if values[0] is None else sum(value or 0 for value in values)

    return replace(
        parts[0],
        participants=sum(part.participants for part in parts),
        m2=total("m2"),
        m3=total("m3"),
        m4=total("m4"),
        m5=total("m5"),
        below_min=total("below_min"),
        mean=None,
    )


def wider(count_: MarkCount, times: int, better: int) -> MarkCount:
    """Return an invented wider area: so many times larger, with ``better`` per cent fewer below minimum."""

    def grow(value: int | None, percent: int) -> int | None:
        return None if value is None else value * times * percent // 100

    below = grow(count_.below_min, 100 - better)
    size = count_.participants * times
    if count_.m2 is None:
        return replace(count_, participants=size, below_min=below)
    m3, m5 = grow(count_.m3, 98), grow(count_.m5, 103)
    m4 = size - (below or 0) - (m3 or 0) - (m5 or 0)
    return replace(count_, participants=size, below_min=below, m2=below, m3=m3, m4=m4, m5=m5)
