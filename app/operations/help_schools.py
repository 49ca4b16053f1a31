"""Which school «7», «зареч», «sch360012» means: what is offered while a name is typed, and what is surely meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.models import organisations
from app.models.organisations import School
from app.models.store import Connection
from app.operations.matching import fold

_WORD = re.compile(r"\w+")
_LEAST_CODE = 3
"""So many digits of a code say which one; fewer are the number of a school."""
_NO_NAME = frozenset({"в", "во", "n", "мбоу", "мкоу", "маоу", "моу", "моку", "гбоу"})
_ENDING = re.compile(r"(?:ую|юю|ой|ей|ая|яя|ом|ем|[еуюиыяайь])$")
_LEAST_DECLINED = 5
"""Words of so many letters are looked for without their ending: «в гимназии», «Заречную школу»."""
_SCHOOL = "школ"
_GENERAL = frozenset({"сош", "оош", "нош", "сш"})
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+и\s+")


@dataclass(frozen=True, slots=True)
class Known:
    """A school as it is looked for: words of its names and settlement, its numbers, ends and beginnings of codes."""

    id: int
    shown: str
    detail: str
    whole: frozenset[str]
    words: frozenset[str]
    codes: tuple[str, ...]
    rank: tuple[bool, bool, bool]

    @property
    def general(self) -> bool:
        """Whether it is a school by its short name: «школа 17» is «СОШ № 17»."""
        return not _GENERAL.isdisjoint(self.words)


@dataclass(frozen=True, slots=True)
class Meant:
    """Schools that a text may mean: ``one`` where it is surely that one."""

    one: Known | None
    several: tuple[Known, ...] = ()


class SchoolIndex:
    """The organisations of the file prepared for looking up."""

    def __init__(self, schools: Iterable[School]) -> None:
        self._known = sorted((_known(school) for school in schools), key=lambda one: one.rank)
        self._by_id = {one.id: one for one in self._known}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: int | None) -> Known | None:
        """Return a school by its key."""
        return None if key is None else self._by_id.get(key)

    def suggest(self, text: str, limit: int = 7) -> tuple[Known, ...]:
        """Return schools that every word of a text fits, best first: own before others, open before closed."""
        words = _asked(text)
        if not words:
            return ()
        found = [one for one in self._known if _fits(one, words)]
        # the sort keeps the order of the file within one rank
        found.sort(key=lambda one: (not _same(one, text), one.rank))
        return tuple(found[:limit])

    def meant(self, text: str) -> Meant:
        """Return the school that is surely meant: so named, or the only one of the best rank that fits."""
        found = self.suggest(text, limit=len(self._known))
        same = [one for one in found if _same(one, text)]
        pool = same or list(found)
        best = [one for one in pool if one.rank == pool[0].rank] if pool else []
        return Meant(best[0] if len(best) == 1 else None, tuple(pool[:5]) if len(best) != 1 else ())

    def each(self, text: str) -> tuple[Known, ...]:
        """Return the schools of a text that names several surely: «5, 7», «СОШ № 5 и Заречная»; () of any other."""
        meant = self.meant(text)
        if meant.one is not None or meant.several:
            return ()
        found = [self.meant(part).one for part in _BETWEEN.split(text.strip())]
        schools = dict.fromkeys(one for one in found if one is not None)
        return tuple(schools) if None not in found and len(schools) > 1 else ()


def load(connection: Connection) -> SchoolIndex:
    """Return the index of a file; a merged record is found by the names of the one it was merged into."""
    return SchoolIndex(organisations.listing(connection, own=None, kind=None))


def _known(school: School) -> Known:
    texts = (school.name, school.short_name or "", school.settlement or "")
    detail = ", ".join(
        part for part in (school.settlement or "", "закрыта" if school.status == "closed" else "") if part
    )
    return Known(
        school.id, school.shown, detail, frozenset(fold(text) for text in texts[:2] if text),
        frozenset(word for text in texts for word in _words(text)),
        tuple(value.casefold() for _system, value in school.codes),
        (not school.own, school.status == "closed", school.kind != "school"),
    )  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _asked(text: str) -> tuple[str, ...]:
    """Return the words that a school is looked for with: «в школе 7» and «МБОУ СОШ № 7» are that school, too."""
    told = _words(text)
    return tuple(word for word in told if word not in _NO_NAME) or told


def _same(one: Known, text: str) -> bool:
    told = fold(text)
    return told in one.whole or told in one.codes


def _fits(one: Known, words: tuple[str, ...]) -> bool:
    return all(_word_fits(one, word) for word in words)


def _word_fits(one: Known, word: str) -> bool:
    if word.isdigit():
        return word in one.words or (len(word) >= _LEAST_CODE and any(word in code for code in one.codes))
    stem = _ENDING.sub("", word) if len(word) >= _LEAST_DECLINED else word
    if stem == _SCHOOL and one.general:
        return True
    return any(known.startswith((word, stem)) for known in one.words) or any(
        code.startswith(word) for code in one.codes
    )
