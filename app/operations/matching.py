"""Which school is meant: by code, by a remembered spelling, by name; else the likeliest, with reasons.

Nothing is ever merged or chosen by likeness alone: a person decides, and the decision is remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.models import organisations, registry
from app.models.organisations import School
from app.models.store import Connection

_FORMS = (
    r"муниципальн\w+|государственн\w+|частн\w+|автономн\w+|бюджетн\w+|казенн\w+|общеобразовательн\w+|"
    r"обшеобразовательн\w+|образовательн\w+|учрежден\w+|организаци\w+|некоммерческ\w+|"
    r"м[бака]оу|г[бака]оу|[мг]?оу|чоу|ано|нчоу|филиал"
)
_FULL = (
    (r"средн\w+ школ\w+|средн\w+ общеобразовательн\w+ школ\w+", "сош"),
    (r"основн\w+ общеобразовательн\w+ школ\w+|основн\w+ школ\w+", "оош"),
    (r"начальн\w+ общеобразовательн\w+ школ\w+|начальн\w+ школ\w+", "нош"),
)
LOGIN = re.compile(r"^(edu|sch|spo|ksh)(\d{6})$", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case, ё as е, one space between words, no quotes."""
    text = text.casefold().replace("ё", "е").replace("\u00a0", " ")
    text = re.sub(r"[«»\"'„“”`]", " ", text)
    return " ".join(text.split())


def normal_name(name: str) -> str:
    """Return what is left of a school's name when legal form, quotes and spacing are put aside."""
    text = fold(name)
    for pattern, short in _FULL:
        text = re.sub(pattern, short, text)
    text = re.sub(r"№\s*|\bn\s*(?=\d)", "№", text)
    text = re.sub(rf"\b(?:{_FORMS})\b", " ", text)
    text = re.sub(r"\b(?:г|с|п|пос|дер|д|ст|х)\.\s*", " ", text)
    text = re.sub(r"[^\w№]+", " ", text)
    return " ".join(text.split())


def normal_area(name: str) -> str:
    """Return the bare name of a municipality: «город Махачкала» and «г. Махачкала» are one."""
    text = re.sub(r"\([^)]*\)", " ", fold(name))
    text = text.rsplit("|", maxsplit=1)[-1]
    text = re.sub(
        r"\b(?:город\w*|г|городск\w+|муниципальн\w+|район\w*|округ\w*|р-н|го|мр|мо|образовани\w+|м о)\b\.?", " ", text
    )
    return " ".join(re.sub(r"[^\w-]+", " ", text).split())


def normal_login(value: str) -> str:
    """Return a ФИС ОКО login in its present form: ``sch123456`` and ``edu123456`` are one school."""
    match = LOGIN.match(value.strip())
    if match is None:
        return value.strip()
    prefix = match[1].lower()
    return ("edu" if prefix == "sch" else prefix) + match[2]


def numbers(name: str) -> frozenset[str]:
    """Return the school numbers that stand in a name."""
    return frozenset(re.findall(r"\d+", name))


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
        self.schools = {
            school.id: school for school in organisations.listing(connection, own=None, kind=None, duplicates=False)
        }
        self._by_code: dict[tuple[str, str], set[int]] = {}
        merged = organisations.canonical_map(connection)
        for key, system, value in registry.code_pairs(connection):
            self._by_code.setdefault((system, value), set()).add(merged.get(key, key))
        self._aliases = organisations.aliases(connection)
        self._by_name: dict[str, list[School]] = {}
        self._unnamed: list[School] = list(self.schools.values())
        self._names: dict[int, str] = {}

    def add(self, school: School, codes: tuple[tuple[str, str], ...]) -> None:
        """Make a school just created findable for the rows that follow."""
        self.schools[school.id] = school
        for system, value in codes:
            self._by_code.setdefault((system, value), set()).add(school.id)
        self._unnamed.append(school)

    def _index_names(self) -> None:
        """Make the names of all schools findable; put off until a name is asked for: codes decide most rows."""
        for school in self._unnamed:
            self._names[school.id] = normal_name(school.name)
            for name in {school.name, school.short_name or school.name}:
                self._by_name.setdefault(normal_name(name), []).append(school)
        self._unnamed.clear()

    def name_of(self, key: int) -> str:
        """Return the name of a school as names are compared."""
        found = self._names.get(key)
        return normal_name(self.schools[key].name) if found is None else found

    def holders(self, system: str, value: str) -> set[int]:
        """Return the schools that have a code."""
        return self._by_code.get((system, value), set())

    def alias(self, normal: str, scope: str) -> int | None:
        """Return the school of a remembered spelling."""
        return self._aliases.get((normal, scope))

    def give(self, key: int, system: str, value: str) -> None:
        """Make a code just given to a school count for the rows that follow."""
        self._by_code.setdefault((system, value), set()).add(key)

    def remember(self, normal: str, scope: str, key: int) -> None:
        """Make a decision count for the rows that follow."""
        self._aliases[normal, scope] = key

    def find(self, name: str, codes: tuple[tuple[str, str], ...], municipality: str | None) -> int | None:
        """Return the one school that is surely meant, or None."""
        for system, value in codes:
            if system == "msu":
                continue  # the code of a municipality: every school of it has the same
            if system in {"inn", "ogrn"} and _clashes(codes):
                continue  # a branch bears the ИНН of its parent: a login that nobody has says it is another school
            wanted = normal_login(value) if system == "fisoko" else value
            found = self._by_code.get((system, wanted), set())
            if len(found) == 1:
                return next(iter(found))
        clash = _clashes(codes)
        if clash and not self._aliases:
            return None
        normal, scope = normal_name(name), normal_area(municipality or "")
        for key in ((normal, scope), (normal, "")):
            if key in self._aliases:
                return self._aliases[key]
        return None if clash else self._by_exact_name(normal, scope)

    def _by_exact_name(self, normal: str, scope: str) -> int | None:
        self._index_names()
        found = {s.id for s in self._by_name.get(normal, []) if not scope or normal_area(s.municipality or "") == scope}
        return next(iter(found)) if len(found) == 1 else None

    def propose(self, name: str, municipality: str | None, limit: int = 3) -> list[Proposal]:
        """Return the likeliest schools for a name, best first, each with its reasons."""
        from rapidfuzz import fuzz, process

        normal, scope = normal_name(name), normal_area(municipality or "")
        self._index_names()
        best = process.extract(normal, self._names, scorer=fuzz.token_set_ratio, limit=limit * 4, score_cutoff=45)
        proposals = []
        for other, score, key in best:
            reasons, points = [], round(score)
            if numbers(normal) and numbers(normal) == numbers(other):
                reasons.append("тот же номер")
                points += 10
            elif numbers(normal) != numbers(other):
                points -= 25
            if scope and normal_area(self.schools[key].municipality or "") == scope:
                reasons.append("тот же муниципалитет")
                points += 5
            settlement = self.schools[key].settlement
            if settlement and fold(settlement).split()[-1] in fold(name):
                reasons.append("тот же населённый пункт")
                points += 5
            reasons.append(f"название похоже на {round(score)}\u00a0%")
            proposals.append(Proposal(key, self.schools[key].shown, max(0, min(points, 100)), tuple(reasons)))
        return sorted((p for p in proposals if p.score >= 50), key=lambda p: -p.score)[:limit]


def _clashes(codes: tuple[tuple[str, str], ...]) -> bool:
    """A name with a login that nobody has is another school, however alike the name."""
    return any(system in {"fisoko", "oo"} for system, _value in codes)
