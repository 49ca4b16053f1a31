"""How many different people took part, where some occasions have lists of names and others only numbers.

«Не менее 100 человек» asks for people, not for visits: whoever came twice counts once. A list tells who is who; a bare
number does not. So the answer is a span: surely so many, at most so many; with lists everywhere the two are the same,
unless a list says «Ким О. В.» and another «Ким Оксана Викторовна» (``people_alike``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.analysis.people_alike import Alike

Reached = Literal["yes", "perhaps", "no", "unknown"]


class Attendance(NamedTuple):
    """Who came from one school to one occasion. A tuple: a journal of ten years makes twenty thousand of them.

    Attributes:
        occasion: key of the event or the entry of the journal; within one, nobody is counted twice.
        school_id: None where nobody wrote it down.
        counted: number that was written; None where none was.
        named: identities of those on the list (``people_alike.identity``).
        beside: so many of the number surely are none of those on the list: they are of other categories.
    """

    occasion: int
    school_id: int | None
    counted: int | None = None
    named: frozenset[str] = frozenset()
    beside: int = 0

    @property
    def people(self) -> int | None:
        """How many came: the number, or the list where it is longer; None where nobody knows."""
        if self.counted is None and not self.named:
            return None
        return max(self.counted or 0, len(self.named) + self.beside)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Different people of several occasions.

    Attributes:
        least: so many at least: no way of repeating people makes them fewer.
        most: so many at most: as if nobody but those on lists had come twice, and every spelling were a person.
        named: different names on lists.
        visits: how often somebody came, with repeats; on one list every spelling is somebody.
        occasions: how many had a number or a list; ``silent``: how many had neither.
        alike: names that may be one person, each group by the alphabet (``people_alike``).
    """

    least: int
    most: int
    named: int
    visits: int
    occasions: int
    silent: int
    alike: tuple[tuple[str, ...], ...] = ()

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
    one of those whom a number counts in any school. One spelling of one school is one person.

    Args:
        rows: several of one occasion and school (one for each category) are added up: nobody has two categories at one
            occasion.
    """
    lists: dict[int | None, set[str]] = defaultdict(set)
    named: dict[int, set[str]] = defaultdict(set)
    told: dict[int, list[Attendance]] = {}
    met, visits, unnamed = set(), 0, 0
    for row in rows:
        occasion, school, people, names, _beside = row
        met.add(occasion)
        people = row.people if names else people
        if people is None:
            continue
        told.setdefault(occasion, []).append(row)
        visits += people
        if names:
            unnamed -= len(names)
            # who stands on the lists of two schools, or on one list twice, came to one occasion once
            visits -= len(named[occasion] & names)
            named[occasion] |= names
            lists[school] |= names
        unnamed += people
    alike = Alike(_schools(lists))
    everybody = set().union(*lists.values())
    # one event whose people nobody can be twice, the usual one in a list of events: they are as many as came
    apart = len(told) == 1 and not alike.home and len(everybody) == sum(map(len, lists.values()))
    least = (
        visits if apart and None not in lists else max(_surely(told.values(), lists, alike), alike.fewest(everybody))
    )
    return Coverage(
        least, len(everybody) + unnamed, len(everybody),
        visits, len(told), len(met) - len(told), tuple(tuple(sorted(group)) for group in alike.groups),
    )  # fmt: skip


def of_numbers(told: Iterable[tuple[int | None, int | None]]) -> Coverage:
    """Return how many different people occasions reached that have numbers only, as ``coverage`` does in one pass.

    Args:
        told: (school, how many came) of each occasion; None where nobody wrote it down.
    """
    fullest: dict[int | None, int] = {}
    met = occasions = visits = largest = 0
    for school, people in told:
        met += 1
        if people is not None:
            occasions += 1
            visits += people
            if people > fullest.get(school, 0):
                fullest[school] = people
                largest = max(largest, people)
    fullest.pop(None, None)
    return Coverage(max(largest, sum(fullest.values())), visits, 0, visits, occasions, met - occasions)


def _schools(lists: Mapping[int | None, AbstractSet[str]]) -> dict[str, set[int]]:
    """Return on the lists of which schools everybody stands."""
    found: dict[str, set[int]] = defaultdict(set)
    for school, names in lists.items():
        for one in names:
            found[one].update(() if school is None else (school,))
    return found


def _surely(told: Iterable[list[Attendance]], lists: Mapping[int | None, AbstractSet[str]], alike: Alike) -> int:
    """Return how many people the numbers ask for: at the fullest occasion, and of all schools at the fullest of each.

    What has names only asks for no more than all names together.
    """
    most, fullest = 0, dict[int, int]()
    for rows in told:
        if len(rows) == 1 and not rows[0].named:  # an entry of the journal of help: there are twenty thousand of them
            _occasion, school, counted, _names, _beside = rows[0]
            most = max(most, counted or 0)
            if school is not None and fullest.get(school, 0) < (counted or 0):
                fullest[school] = counted or 0
        elif any(row.counted is not None for row in rows):
            # names without a school may be those whom the numbers of schools count
            sure = [row for row in rows if row.school_id is not None or row.counted is not None]
            most = max(most, _people(sure, alike))
            here: dict[int, list[Attendance]] = {}
            for row in rows:
                if row.school_id is not None:
                    here.setdefault(row.school_id, []).append(row)
            for school, own in here.items():
                fullest[school] = max(fullest.get(school, 0), _people(own, alike))
    if not fullest:
        return most
    everywhere = [Attendance(0, school, fullest.get(school, 0), frozenset(lists.get(school, ())))
                  for school in fullest.keys() | lists.keys() if school is not None]  # fmt: skip
    return max(most, _people(everywhere, alike))


def _people(rows: Sequence[Attendance], alike: Alike) -> int:
    """Return how many people surely are behind rows that share nobody but those named in both.

    Of a row with ``a`` different people on its list there are at least ``max(counted, a + beside)``. Whoever may stand
    in one row only makes fewest people if all doubles are one; whoever may stand in two rows makes fewest if each
    spelling fills the number of its row, and is one person over all rows.
    """
    everybody = frozenset[str]().union(*(row.named for row in rows))
    if len(everybody) == sum(len(row.named) for row in rows) and alike.home.keys().isdisjoint(everybody):
        return sum(row.people or 0 for row in rows)  # nobody stands in two rows, under any name
    met: Counter[object] = Counter()
    for row in rows:
        met.update({alike.home.get(one, one) for one in row.named})
    number = 0
    shared: set[str] = set()
    for row in rows:
        here = {one for one in row.named if met[alike.home.get(one, one)] > 1}
        number += max(row.counted or 0, alike.fewest(row.named - here) + len(here) + row.beside) - len(here)
        shared |= here
    return number + alike.fewest(shared)
