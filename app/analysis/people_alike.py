"""Which names of lists may mean one person, and how many different people there are at the fewest.

«Ким О. В.» of one list and «Ким Оксана Викторовна» of another may be one person; «не менее» may count them once only.
Two names can be one person if neither a given name nor the school contradicts, and a name without a school goes with
any. Two people of the directory are two people: the directory is where people are told apart.

The fewest people is the fewest groups in which everybody can be one person. That is hard to find in general, but
whoever contradict each other pairwise are surely as many people; so such a set is counted, the largest that is found:
never more than there are. It is found by taking, again and again, a name whose possible doubles could all be one
person: with them it makes one group in the best way, so as long as there is one (a name in full is), nothing is lost.
«Ким Оксана» and «Ким Ольга» without a school beside «Ким О.» of two schools have none: then whoever has the fewest
doubles is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import combinations, product

from app.analysis.person_names import fit, read

_BETWEEN = "|"
Schools = Mapping[str, AbstractSet[int]]
"""Identity → the schools under which it stands on lists; none where no school was written."""


def identity(name: str, *, person: int | None = None, school: int | None = None) -> str:
    """Return what tells somebody from others: a key of the directory, else the spelling and the school.

    Args:
        name: in one spelling; of a person of the directory the name there.
        person: key of the directory.
        school: of a name that is not there.
    """
    return f"p{person}{_BETWEEN}{name}" if person is not None else f"n{school or ''}{_BETWEEN}{name}"


def spelling(one: str) -> str:
    """Return the name of an identity with its capitals; a name without a school says so."""
    head, _between, name = one.partition(_BETWEEN)
    return f"{name.title()} (без школы)" if head == "n" else name.title()


@lru_cache(maxsize=65_536)
def _read(one: str) -> tuple[str, tuple[str, ...]]:
    """Return surname and given names of an identity."""
    return read(one.partition(_BETWEEN)[2])


class Alike:
    """Names that may be doubles of each other.

    Attributes:
        groups: names that hang together by doubles; a name without any is in none.
    """

    def __init__(self, schools: Schools) -> None:
        self._near: dict[str, set[str]] = defaultdict(set)
        for one, other in _doubles(schools):
            self._near[one].add(other)
            self._near[other].add(one)
        self.groups = tuple(_connected(self._near))
        self.home = {one: place for place, group in enumerate(self.groups) for one in group}
        self._fewest: dict[frozenset[str], int] = {}

    def fewest(self, names: AbstractSet[str]) -> int:
        """Return how many different people these names are at the fewest."""
        if self.home.keys().isdisjoint(names):
            return len(names)
        parts: dict[int, set[str]] = defaultdict(set)
        for one in self.home.keys() & names:
            parts[self.home[one]].add(one)
        return len(names) - sum(len(part) - self._apart(frozenset(part)) for part in parts.values())

    def _apart(self, names: frozenset[str]) -> int:
        """Return how many of a group contradict each other pairwise."""
        found = self._fewest.get(names)
        if found is None:
            left, found = set(names), 0
            while left:
                one = next((one for one in sorted(left) if self._is_one(self._near[one] & left)), None)
                one = one or min(sorted(left), key=lambda one: len(self._near[one] & left))
                left -= self._near[one] | {one}
                found += 1
            self._fewest[names] = found
        return found

    def _is_one(self, names: AbstractSet[str]) -> bool:
        return all(other in self._near[one] for one, other in combinations(names, 2))


def _connected(near: Mapping[str, set[str]]) -> Iterator[frozenset[str]]:
    left = dict.fromkeys(near)
    while left:
        group, edge = set[str](), {next(iter(left))}
        while edge:
            group |= edge
            edge = set().union(*(near[one] for one in edge)) - group
        for one in group:
            del left[one]
        yield frozenset(group)


def _doubles(schools: Schools) -> Iterator[tuple[str, str]]:
    """Yield each two names that may be one person."""
    surnames: dict[str, list[str]] = {}
    for one in schools:
        surnames.setdefault(_read(one)[0], []).append(one)
    for surname, names in surnames.items():
        if surname and len(names) > 1:
            several = [one for one in names if len(schools[one]) > 1]
            yield from ((one, other) for one, other in _near_names(names) if _meet(one, other, schools, several))


def _near_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each two names of one surname whose given names do not contradict."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    given = {one: _read(one)[1] for one in names}
    for one, told in given.items():  # most pairs contradict by their initials already
        places[tuple(part if not part.isalpha() else part[0] for part in told)].append(one)
    for told, here in places.items():
        for shorter in (told[:size] for size in range(len(told)) if told[:size] in places):
            yield from ((a, b) for a, b in product(here, places[shorter]) if fit(given[a], given[b]))
    for here in places.values():
        yield from ((a, b) for a, b in combinations(here, 2) if fit(given[a], given[b]))


def _meet(one: str, other: str, schools: Schools, several: Iterable[str]) -> bool:
    """Tell whether neither school nor directory contradicts.

    Names of two schools are two people, unless there is one who stands on the lists of both and could be either.
    """
    if one[0] == other[0] == "p":
        return False
    here, there = schools[one], schools[other]
    if not (here and there and here.isdisjoint(there)):
        return True
    told = [_read(name)[1] for name in (one, other)]
    return any(here | there <= schools[who] and all(fit(given, _read(who)[1]) for given in told) for who in several)
