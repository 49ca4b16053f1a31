"""Which school is meant: by code, by a remembered spelling, by the end of its code, by name, by number and settlement.

Where none of these is sure, the likeliest are proposed.

Nothing is ever merged or chosen by likeness alone: a person decides, and the decision is remembered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import Literal

from app.models import organisations, registry
from app.models.organisations import School
from app.models.store import Connection
from app.operations.likeness import Side, likeness, same_place, side, surely_same
from app.operations.school_names import LOGIN, SchoolName, cleaned, parse

How = Literal["code", "alias", "tail", "name", "number"]
Codes = tuple[tuple[str, str], ...]
_Tails = dict[str, set[tuple[int, int]]]
"""End of a code of ОО → (school, code of its municipality)."""
CANDIDATES = 60
"""How many schools are compared word by word for one name."""
LEAST = 50
"""Below this a school is not proposed."""
_CYRILLIC_LOGIN = str.maketrans("еЕоОрРсСкКһ", "eEoOpPcCkKh")
_LOGIN_LENGTH = 9
_SHARED = frozenset({"inn", "ogrn"})
_BARE_CODE = re.compile(r"\d{5,}")
_FULL_CODE = re.compile(r"(\d+)-(\d{5,})")
_BARE = frozenset({"oo", "own"})
"""Systems that a code of ОО without that of the municipality may be taken for."""
_CODE_REASONS = {
    "inn": "тот же ИНН", "ogrn": "тот же ОГРН", "oo": "тот же код ОО без кода МСУ", "own": "тот же код ОО без кода МСУ",
}  # fmt: skip
_NAMED_BY_CODE = re.compile(r"(?:ОО )?[\d-]+")


def fold(text: str) -> str:
    """Lower case, ё as е, one space between words, no quotes."""
    return " ".join(cleaned(text).casefold().replace(";", " ").split())


def normal_name(name: str) -> str:
    """Return what is left of a school's name when legal form, quotes and spacing are put aside."""
    return parse(name).normal


@lru_cache(maxsize=4_096)
def normal_area(name: str) -> str:
    """Return the bare name of a municipality: «город Махачкала» and «г. Махачкала» are one."""
    text = name.rsplit("|", maxsplit=1)[-1]
    text = re.sub(r"\([^)]*\)", " ", fold(text))
    text = re.sub(
        r"\b(?:город\w*|г|городск\w+|муниципальн\w+|муниц|район\w*|округ\w*|р-н\w?|го|мр|мо|образовани\w+|м о)\b\.?",
        " ", text,
    )  # fmt: skip
    return " ".join(re.sub(r"[^\w-]+", " ", text).split())


def normal_login(value: str) -> str:
    """Return a ФИС ОКО login in its present form: ``sch123456`` and ``edu123456`` are one school."""
    if len(value) == _LOGIN_LENGTH and value.startswith("edu") and value.isascii() and value[3:].isdecimal():
        return value  # nearly all of them
    match = LOGIN.match(value.strip().translate(_CYRILLIC_LOGIN))
    if match is None:
        return value.strip()
    prefix = match[1].lower()
    return ("edu" if prefix == "sch" else prefix) + match[2]


def numbers(name: str) -> frozenset[str]:
    """Return the school numbers that stand in a name."""
    return frozenset(parse(name).numbers)


@dataclass(frozen=True, slots=True)
class Match:
    """The one school that is surely meant, and what says so."""

    school_id: int
    how: How


@dataclass(frozen=True, slots=True)
class Proposal:
    """A school that may be meant, how alike it is (0-100) and why it is proposed."""

    school_id: int
    name: str
    score: int
    reasons: tuple[str, ...]


class Directory:
    """The registry prepared for matching many names."""

    def __init__(self, connection: Connection) -> None:
        everybody = organisations.listing(connection, own=None, kind=None, duplicates=True)
        self.schools = {school.id: school for school in everybody if school.duplicate_of is None}
        self._by_tail: _Tails | None = None
        self._by_code: dict[tuple[str, str], int | set[int]] = {}
        merged = organisations.canonical_map(connection)
        self._merged: dict[int, list[School]] = {}
        for school in everybody:
            if school.id in merged:
                self._merged.setdefault(merged[school.id], []).append(school)
        for key, system, value in registry.code_pairs(connection):
            self.give(merged.get(key, key), system, value)
        self._aliases = organisations.aliases(connection)
        self._by_alias: dict[str, set[int]] = {}
        for (normal, _scope), key in self._aliases.items():
            self._by_alias.setdefault(normal, set()).add(key)
        self._by_name: dict[str, list[School]] = {}
        self._unnamed: list[School] = list(self.schools.values())
        self._names: dict[int, str] = {}
        self._by_number: dict[tuple[str, ...], list[int]] = {}
        self._by_place: dict[str, list[int]] = {}
        self._sides: dict[int, tuple[Side, ...]] = {}
        self._index: _Index | None = None

    def add(self, school: School, codes: tuple[tuple[str, str], ...]) -> None:
        """Make a school just created findable for the rows that follow."""
        self.schools[school.id] = school
        for code in codes:
            # nearly every code is new: the rest of ``give`` is for those that are not
            if self._by_code.setdefault(code, school.id) != school.id or self._by_tail is not None:
                self.give(school.id, *code)
        self._unnamed.append(school)

    def _index_names(self) -> None:
        """Make the names of all schools findable; put off until a name is asked for: codes decide most rows."""
        for school in self._unnamed:
            names = self._said(school)
            self._names[school.id] = next(iter(names)).normal
            for normal in {said.normal for said in names}:
                self._by_name.setdefault(normal, []).append(school)
            for found in {said.numbers for said in names if said.numbers}:
                self._by_number.setdefault(found, []).append(school.id)
            for place in {place for said in names if not said.numbers for place in said.places}:
                self._by_place.setdefault(place, []).append(school.id)
            if self._index is not None:
                self._index.add(school.id, names, normal_area(school.municipality or ""))
        self._unnamed.clear()

    def _said(self, school: School) -> dict[SchoolName, None]:
        """Return what the names of a school say: its own, its short one, those of the records merged into it."""
        records = (school, *self._merged.get(school.id, ()))
        return {parse(name): None for s in records for name in (s.name, s.short_name or s.name)}

    def sides(self, key: int) -> tuple[Side, ...]:
        """Return a school as it is compared: by its name, its short name, those of the records merged into it."""
        found = self._sides.get(key)
        if found is None:
            school = self.schools[key]
            area = normal_area(school.municipality or "")
            names = dict.fromkeys(
                (name, s.settlement or school.settlement)
                for s in (school, *self._merged.get(key, ()))
                for name in (s.name, s.short_name or s.name)
            )
            found = tuple(side(name, area, school.municipality, settlement) for name, settlement in names)
            self._sides[key] = found
        return found

    def name_of(self, key: int) -> str:
        """Return the name of a school as names are compared."""
        found = self._names.get(key)
        return normal_name(self.schools[key].name) if found is None else found

    def holders(self, system: str, value: str) -> set[int]:
        """Return the schools that have a code."""
        found = self._by_code.get((system, value))
        if found is None:
            return set()
        return {found} if isinstance(found, int) else found

    def alias(self, normal: str, scope: str) -> int | None:
        """Return the school of a remembered spelling."""
        return self._aliases.get((normal, scope))

    def give(self, key: int, system: str, value: str) -> None:
        """Make a code just given to a school count for the rows that follow."""
        if self._by_tail is not None:
            _add_tail(self._by_tail, key, system, value)
        present = self._by_code.setdefault((system, value), key)  # nearly every code is one school's: no set for it
        if isinstance(present, set):
            present.add(key)
        elif present != key:
            self._by_code[system, value] = {present, key}

    def remember(self, normal: str, scope: str, key: int) -> None:
        """Make a decision count for the rows that follow."""
        self._aliases[normal, scope] = key
        self._by_alias.setdefault(normal, set()).add(key)

    def find(self, name: str, codes: Codes, municipality: str | None, settlement: str | None = None) -> int | None:
        """Return the one school that is surely meant, or None."""
        found = self.match(name, codes, municipality, settlement)
        return None if found is None else found.school_id

    def match(self, name: str, codes: Codes, municipality: str | None, settlement: str | None = None) -> Match | None:
        """Return the one school that is surely meant and what says so, or None.

        In this order: a code that one school has; a spelling remembered for a school; a code without that of the
        municipality, where one school of ours has such an end of its code; the same name; the same number in the same
        settlement, where no other school has both.

        Args:
            name: as the file writes it.
            codes: (system, value) as the file gives them.
            municipality: as the file writes it.
            settlement: as the file writes it, where it has a column for it.
        """
        clash = clashes(codes)
        for system, value in codes:
            if system == "msu":
                continue  # the code of a municipality: every school of it has the same
            if system in _SHARED and clash:
                continue  # a branch bears the ИНН of its parent: a login that nobody has says it is another school
            wanted = normal_login(value) if system == "fisoko" else value
            found = self._by_code.get((system, wanted))
            if isinstance(found, int):
                return Match(found, "code")
        if clash and not self._aliases:
            return self._match_tail(name, codes, municipality, settlement)
        normal, scope = normal_name(name), normal_area(municipality or "")
        for key in ((normal, scope), (normal, "")):
            if key in self._aliases:
                return Match(self._aliases[key], "alias")
        anywhere = self._by_alias.get(normal, set()) if not scope else set()
        if len(anywhere) == 1:
            return Match(next(iter(anywhere)), "alias")
        if clash:
            return self._match_tail(name, codes, municipality, settlement)
        return self.match_name(name, municipality, settlement)

    def _match_tail(self, name: str, codes: Codes, municipality: str | None, settlement: str | None) -> Match | None:
        """Return the one school of ours whose code ends in the bare code of a file: «13450» is our «213-13450».

        Nothing may speak against it: another login, another code of the municipality, another municipality, a name
        that is like none of its names.
        """
        if any(system == "fisoko" for system, _value in codes):
            return None
        found = {key for system, value in codes if system == "oo" for key in self._tailed(value, codes)}
        ours = [key for key in found if key in self.schools and self.schools[key].own]
        if len(ours) != 1:
            return None
        (key,) = ours
        scope = "" if any(system == "msu" for system, _value in codes) else normal_area(municipality or "")
        area = normal_area(self.schools[key].municipality or "")
        if scope and area and scope != area:
            return None
        if not _NAMED_BY_CODE.fullmatch(name.strip()):
            mine = side(name, scope, municipality, settlement)
            if max(likeness(mine, theirs)[0] for theirs in self.sides(key)) < LEAST:
                return None
        return Match(key, "tail")

    def _tailed(self, value: str, codes: Codes) -> set[int]:
        """Return schools whose code without that of the municipality is this bare code of at least five digits."""
        if not _BARE_CODE.fullmatch(value):
            return set()
        if self._by_tail is None:
            self._by_tail = self._tails()
        areas = {int(code) for system, code in codes if system == "msu" and code.isdecimal()}
        return {key for key, area in self._by_tail.get(value, ()) if not areas or area in areas}

    def _tails(self) -> _Tails:
        """Return end of a code → (school, code of the municipality)."""
        found: _Tails = {}
        for system, value in self._by_code:
            for key in self.holders(system, value) if system == "oo" else ():
                _add_tail(found, key, system, value)
        return found

    def match_name(self, name: str, municipality: str | None, settlement: str | None = None) -> Match | None:
        """Return the one school that has this name, or this number in this settlement; codes are not looked at."""
        self._index_names()
        normal, scope = normal_name(name), normal_area(municipality or "")
        mine = side(name, scope, municipality, settlement)
        same = {
            s.id
            for s in self._by_name.get(normal, [])
            if (not scope or normal_area(s.municipality or "") == scope) and self._no_other_place(mine, s.id)
        }
        if same:
            return Match(next(iter(same)), "name") if len(same) == 1 else None
        found = self._by_number_and_place(mine)
        return None if found is None else Match(found, "number")

    def _no_other_place(self, mine: Side, key: int) -> bool:
        """Tell whether nothing says that two schools of one name stand in different settlements."""
        theirs = self.sides(key)[0].places
        return not mine.places or not theirs or bool(mine.places & theirs)

    def _by_number_and_place(self, mine: Side) -> int | None:
        if mine.name.numbers:
            pool: Iterable[int] = self._by_number.get(mine.name.numbers, ())
        else:
            pool = {key for place in mine.places for key in self._by_place.get(place, ())}
        pool = list(pool)
        same = {key for key in pool if any(surely_same(mine, theirs) for theirs in self.sides(key))}
        if len(same) != 1:
            return None
        (key,) = same
        if mine.name.level == "школа" or all(theirs.name.level == "школа" for theirs in self.sides(key)):
            # «школа № 5» says less: it is a name for any school of that number
            near = {k for k in pool if any(_one_place(mine, theirs) for theirs in self.sides(k))}
            return key if near == {key} else None
        return key

    def propose(
        self, name: str, municipality: str | None, limit: int = 3, *, settlement: str | None = None,
        codes: Codes = (), among: Collection[int] | None = None, least: int = LEAST,
    ) -> list[Proposal]:  # fmt: skip
        """Return the likeliest schools for a name, best first, each with its reasons.

        Args:
            name: as the file writes it.
            municipality: as the file writes it.
            limit: how many at most.
            settlement: as the file writes it, where it has a column for it.
            codes: (system, value) of the file: a shared ИНН or the digits of a login speak for a school.
            among: only these schools; all where it is not given.
            least: the least likeness (0-100).
        """
        self._index_names()
        mine = side(name, normal_area(municipality or ""), municipality, settlement)
        known = {key for system, value in codes for key in self._bearing(system, value, codes)}
        if among is None:
            if self._index is None:
                self._index = self._made_index()
            pool = {*self._index.candidates(mine), *known}
        else:
            pool = set(among)
        found = [self._proposal(mine, key, codes) for key in pool if key in self.schools]
        best = nlargest(limit, (p for p in found if p.score >= least), key=lambda p: (p.score, -p.school_id))
        return sorted(best, key=lambda p: -p.score)

    def _proposal(self, mine: Side, key: int, codes: Codes) -> Proposal:
        score, reasons = max((likeness(mine, theirs) for theirs in self.sides(key)), key=lambda found: found[0])
        more: list[str] = []
        for system, value in codes:
            if key in self._bearing(system, value, codes):
                more.append(_CODE_REASONS.get(system, "те же цифры логина"))
                score = min(100, score + (15 if system in _SHARED else 40))
                # a bare code is often all that a file says of a school: nothing else of it could be alike
                score = max(score, LEAST + 10) if system in _BARE else score
        school = self.schools[key]
        closed = ("закрыта",) if school.status == "closed" else ()
        return Proposal(key, school.shown, score, (*more, *reasons, *closed))

    def _bearing(self, system: str, value: str, codes: Codes) -> set[int]:
        """Return schools with a code that does not decide: a shared ИНН, a login with other letters, a bare code."""
        if system in _SHARED:
            return self.holders(system, value)
        if system in _BARE:
            return self._tailed(value, codes)
        if system != "fisoko":
            return set()
        digits = normal_login(value)[3:]
        kinds = ("edu", "spo", "ksh")
        return set().union(*(self.holders("fisoko", f"{kind}{digits}") for kind in kinds))

    def _made_index(self) -> _Index:
        index = _Index()
        for school in self.schools.values():
            index.add(school.id, self._said(school), normal_area(school.municipality or ""))
        return index


def _add_tail(tails: _Tails, key: int, system: str, value: str) -> None:
    said = _FULL_CODE.fullmatch(value) if system == "oo" else None
    if said is not None:
        tails.setdefault(said[2], set()).add((key, int(said[1])))


class _Index:
    """Which schools share a number, a word, a municipality: who is worth being compared word by word.

    A word is known by its beginning and by its consonants, so that a letter wrong in it hides nobody.
    """

    def __init__(self) -> None:
        self._holders: dict[str, list[int]] = {}
        self._schools = 0

    def add(self, key: int, names: Iterable[SchoolName], area: str) -> None:
        """Take a school in."""
        self._schools += 1
        features = {feature for said in names for feature in _features(said)}
        if area:
            features.add(f"@{area}")
        for feature in features:
            self._holders.setdefault(feature, []).append(key)

    def candidates(self, mine: Side) -> list[int]:
        """Return the schools that share most with a name; what few schools have weighs most."""
        weights: Counter[int] = Counter()
        features = {*_features(mine.name), *(f"@{area}" for area in (mine.area,) if area)}
        features |= {feature for place in mine.places for word in place.split() for feature in _of_word(word)}
        common = max(400, self._schools // 8)
        for feature in features:
            holders = self._holders.get(feature, ())
            if 0 < len(holders) <= common:
                weight = log(1 + self._schools / len(holders))
                for key in holders:
                    weights[key] += weight  # type: ignore[assignment]
        return nlargest(CANDIDATES, weights, key=weights.__getitem__)


def _features(said: SchoolName) -> Iterator[str]:
    for number in said.numbers:
        yield f"№{number}"
    for word in said.everything:
        yield from _of_word(word)


@lru_cache(maxsize=65_536)
def _of_word(word: str) -> tuple[str, ...]:
    bones = re.sub(r"[аеиоуыэюяйьъ]|(.)(?=\1)", "", word)
    return (f"<{word[:4]}", f"={bones[:5]}") if len(bones) > 2 else (f"<{word[:4]}",)


def _one_place(mine: Side, theirs: Side) -> bool:
    """Tell whether two schools of one number may stand in one settlement: nobody says otherwise."""
    return same_place(mine, theirs) is not False and not (mine.area and theirs.area and mine.area != theirs.area)


def clashes(codes: Codes) -> bool:
    """Tell whether a row bears a login: one that nobody has is another school, however alike the name."""
    return any(system in {"fisoko", "oo"} for system, _value in codes)
