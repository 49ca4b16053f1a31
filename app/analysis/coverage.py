"""How many different people took part, where some occasions have lists of names and others only numbers.

«Не менее 100 человек» asks for people, not for visits: whoever came twice counts once. A list tells who is who; a bare
number does not. So the answer is a span: surely so many, at most so many; with lists everywhere the two are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Reached = Literal["yes", "perhaps", "no", "unknown"]


class Attendance(NamedTuple):
    """Who came from one school to one occasion. A tuple: a journal of ten years makes twenty thousand of them.

    Attributes:
        occasion: key of the event or the entry of the journal; within one, nobody is counted twice.
        school_id: None where nobody wrote it down.
        counted: number that was written; None where none was.
        named: identities of those on the list: a key of the directory, else name and school in one spelling.
    """

    occasion: int
    school_id: int | None
    counted: int | None = None
    named: frozenset[str] = frozenset()

    @property
    def people(self) -> int | None:
        """How many came: the number, or the list where it is longer; None where nobody knows."""
        if self.counted is None and not self.named:
            return None
        return max(self.counted or 0, len(self.named))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Different people of several occasions.

    Attributes:
        least: so many at least: no way of repeating people makes them fewer.
        most: so many at most: as if nobody but those on lists had come twice.
        named: different people on lists.
        visits: how often somebody came, with repeats.
        occasions: how many had a number or a list; ``silent``: how many had neither.
    """

    least: int
    most: int
    named: int
    visits: int
    occasions: int
    silent: int

    @property
    def exact(self) -> bool:
        """Whether the span is one number."""
        return self.least == self.most

    def reached(self, wanted: int) -> Reached:
        """Tell whether at least ``wanted`` different people came."""
        if not self.occasions:
            return "unknown"
        if self.least >= wanted:
            return "yes"
        # an occasion that nobody counted may have brought the rest
        return "perhaps" if self.most >= wanted or self.silent else "no"


def coverage(rows: Iterable[Attendance]) -> Coverage:
    """Return how many different people the occasions reached.

    A person is taken to belong to one school unless a list names them under two; who is named without a school may be
    one of those whom a number counts in any school.

    Args:
        rows: several of one occasion and school (one for each category) are added up: nobody has two categories at one
            occasion.
    """
    counted: dict[tuple[int, int | None], int] = {}
    whole: dict[int, int] = {}
    lists: dict[int | None, set[str]] = defaultdict(set)
    named: dict[int, set[str]] = defaultdict(set)
    here: dict[tuple[int, int | None], set[str]] = defaultdict(set)
    unnamed, met = 0, set()
    for row in rows:
        occasion, school, number, names = row
        met.add(occasion)
        people = row.people if names else number
        if people is None:
            continue
        place = (occasion, school)
        unnamed += people - len(names)
        # who stands on the lists of two schools, or on one list twice, came to one occasion once
        whole[occasion] = whole.get(occasion, 0) + people - (len(named[occasion] & names) if names else 0)
        counted[place] = counted.get(place, 0) + people - (len(here[place] & names) if names else 0)
        if names:
            for known in (lists[school], named[occasion], here[place]):
                known.update(names)
    everybody: set[str] = set().union(*lists.values())
    placed = set().union(*(people for school, people in lists.items() if school is not None))
    least = max([*whole.values(), len(placed) + max(len(everybody - placed), _beyond(counted, lists))], default=0)
    visits = sum(whole.values())
    return Coverage(least, len(everybody) + unnamed, len(everybody), visits, len(whole), len(met) - len(whole))


def _beyond(counted: Mapping[tuple[int, int | None], int], lists: Mapping[int | None, set[str]]) -> int:
    """Return how many people there must be besides those on lists: of each school, at its fullest occasion."""
    fullest: dict[int, int] = {}
    for (_occasion, school), people in counted.items():
        if school is not None and people > fullest.get(school, 0):
            fullest[school] = people
    return sum(max(0, people - len(lists.get(school, ()))) for school, people in fullest.items())
