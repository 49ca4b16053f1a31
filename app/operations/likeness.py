"""How alike two schools are by what their names and places say, and why: the reasons a person is shown.

Likeness alone decides nothing. ``surely_same`` is the one rule by which names and places may decide: the same kind of
school, the same number, the same settlement and nothing that speaks against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.operations.school_names import LEVEL_WORDS, SchoolName, cleaned, parse, place_of, stem
from app.texts import NBSP

_SAME_PLACE = {
    "город": "тот же город", "село": "то же село", "посёлок": "тот же посёлок", "деревня": "та же деревня",
    "станица": "та же станица", "хутор": "тот же хутор", "аул": "тот же аул", "слобода": "та же слобода",
}  # fmt: skip
_TRAIT_WORDS = {
    "филиал": ("это филиал", "это не филиал"),
    "вечерняя": ("это вечерняя школа", "это не вечерняя школа"),
    "кадетская": ("это кадетская школа", "это не кадетская школа"),
    "коррекционная": ("это коррекционная школа", "это не коррекционная школа"),
    "интернат": ("это интернат", "это не интернат"),
    "санаторная": ("это санаторная школа", "это не санаторная школа"),
    "детский сад": ("это школа с детским садом", "детского сада в названии нет"),
    "дополнительная": ("это школа дополнительного образования", "это не школа дополнительного образования"),
    "при колонии": ("это школа при колонии", "это не школа при колонии"),
}
_PLAIN_LEVELS = frozenset({"сош", "оош", "нош", "школа"})
_NOISE = frozenset({"уиоп", "муниципальн", "городск", "при"})


@dataclass(frozen=True, slots=True)
class Side:
    """One school as it is compared.

    Attributes:
        name: what its name says.
        area: its municipality as municipalities are compared, "" where nobody says.
        city: the town that its municipality is, "" where it is a district or nobody says.
        places: settlements that its name or its card gives.
        place_kind: «город», «село»…
    """

    name: SchoolName
    area: str = ""
    city: str = ""
    places: frozenset[str] = frozenset()
    place_kind: str = ""

    def mentions(self, place: str) -> bool:
        """Tell whether all words of a settlement stand in the name without its mark."""
        return all(part in self.name.words or part in self.name.honour for part in place.split())


def side(name: str, area: str = "", municipality: str | None = None, settlement: str | None = None) -> Side:
    """Return a school as it is compared.

    Args:
        name: its name.
        area: its municipality as municipalities are compared (``normal_area``).
        municipality: the same as it is written: «г.» tells a town from a district.
        settlement: its settlement as it is written.
    """
    said = parse(name)
    kind, place = place_of(settlement) if settlement else ("", "")
    places = said.places | {place} if place else said.places
    return Side(said, area, _city(municipality, area), places, kind or said.place_kind)


@lru_cache(maxsize=4_096)
def _city(municipality: str | None, area: str) -> str:
    words = cleaned(municipality or "").casefold().replace(".", " ").split()
    return " ".join(stem(word) for word in area.replace("-", " ").split()) if {"г", "город"} & set(words) else ""


def same_place(one: Side, other: Side) -> bool | None:
    """Tell whether two schools stand in one settlement; None where nobody can say."""
    if one.places and other.places:
        if one.places & other.places:
            return True
        return any(one.mentions(p) for p in other.places) or any(other.mentions(p) for p in one.places)
    if one.places or other.places:
        placed, bare = (one, other) if one.places else (other, one)
        return True if any(bare.mentions(p) or p == bare.city for p in placed.places) else None
    return True if one.city and one.city == other.city else None


def surely_same(one: Side, other: Side) -> bool:
    """Tell whether number and settlement make two names one school, if no other school has them too.

    A branch is never taken for its school, an evening or cadet school never for the day school of the same number,
    a primary school never for a secondary one. «Школа № 5» may be a «СОШ № 5».
    """
    a, b = one.name, other.name
    levels = {a.level, b.level}
    # «школа» does not say which; anything beside it that is no place («… искусств») may make it another
    agree = a.level == b.level if len(levels) == 1 else levels == {"школа", "сош"}
    against = (
        "" in levels
        or not agree
        or a.numbers != b.numbers
        or a.traits != b.traits
        or "филиал" in a.traits
        or (one.area and other.area and one.area != other.area)
        or (a.honour and b.honour and not _shared(a.honour, b.honour))
    )
    if against or same_place(one, other) is not True:
        return False
    return bool(a.numbers) or _rest(one, other) == _rest(other, one)


def _rest(one: Side, other: Side) -> frozenset[str]:
    """Return words that are neither place nor kind nor «имени»."""
    parts = {part for place in one.places | other.places | {one.city, other.city} for part in place.split()}
    parts |= {stem(part) for area in {one.area, other.area} for part in area.replace("-", " ").split()}
    return frozenset(word for word in one.name.words - parts - _NOISE if not _of_place(word, parts))


def _of_place(word: str, parts: set[str]) -> bool:
    """Tell whether a word is made of a settlement's name: «Сосновская» of «Сосновка»."""
    return any(len(part) >= 4 and word.startswith(part[: max(4, len(part) - 2)]) for part in parts)


def similarity(one: SchoolName, other: SchoolName) -> int:
    """Return how alike two names are, 0-100."""
    from rapidfuzz import fuzz

    if one.normal == other.normal:
        return 100
    whole = fuzz.token_sort_ratio(one.normal, other.normal)
    return min(99, round((whole + fuzz.token_set_ratio(one.normal, other.normal)) / 2))


def likeness(one: Side, other: Side) -> tuple[int, tuple[str, ...]]:
    """Return how likely ``other`` is meant by ``one`` (0-100), and why, in Russian.

    Args:
        one: as a file names it.
        other: a school of the registry.
    """
    a, b = one.name, other.name
    alike = similarity(a, b)
    points, reasons = float(alike), []
    place = same_place(one, other)
    same_number = bool(a.numbers) and a.numbers == b.numbers
    if same_number and place:
        kind = one.place_kind or other.place_kind or "населённый пункт"
        reasons.append(f"тот же номер и {kind}")
    elif same_number:
        reasons.append("тот же номер")
    elif a.numbers and b.numbers:
        reasons.append(f"другой номер: {', '.join(b.numbers)}")
    elif a.numbers or b.numbers:
        reasons.append("номер есть только в одном названии")
    points += 12 if same_number else -35 if a.numbers and b.numbers else -8 if a.numbers or b.numbers else 0
    if place and not same_number:
        reasons.append(_SAME_PLACE.get(one.place_kind or other.place_kind, "тот же населённый пункт"))
    elif place is False:
        reasons.append("другой населённый пункт")
    points += 12 if place else -20 if place is False else 0
    if one.area and other.area:
        same = one.area == other.area
        reasons.append("тот же муниципалитет" if same else "другой муниципалитет")
        points += 5 if same else -25
    more, why = _kinds(a, b)
    reasons += [*why, f"название похоже на {alike}{NBSP}%"]
    return max(0, min(100, round(points + more))), tuple(reasons)


def _kinds(a: SchoolName, b: SchoolName) -> tuple[int, list[str]]:
    """Weigh kind of school, what is special about it, «имени …»."""
    points, reasons = 0, []
    if a.level and b.level and a.level != b.level:
        plain = "школа" in {a.level, b.level} and {a.level, b.level} <= _PLAIN_LEVELS
        points -= 2 if plain else 12
        if not plain:
            reasons.append(f"другой вид: {LEVEL_WORDS.get(b.level, b.level)}")
    for trait in sorted(a.traits ^ b.traits):
        points -= 20
        reasons.append(_TRAIT_WORDS[trait][0 if trait in b.traits else 1])
    if a.honour and b.honour:
        same = _shared(a.honour, b.honour)
        points += 6 if same else -10
        reasons.append("носит то же имя" if same else "носит другое имя")
    return points, reasons


def differences(before: Side, after: Side) -> tuple[str, ...]:
    """Return in which way a name says something else than before; empty where it is only written otherwise.

    МБОУ or МАОУ, quotes, ё, abbreviations, cases, order of words and a letter or two make no other name.
    """
    a, b = before.name, after.name
    found = []
    if a.numbers != b.numbers:
        found.append(_changed("номер", ", ".join(a.numbers), ", ".join(b.numbers)))
    if a.level != b.level and "школа" not in {a.level, b.level} and "" not in {a.level, b.level}:
        found.append(_changed("вид", LEVEL_WORDS.get(a.level, a.level), LEVEL_WORDS.get(b.level, b.level)))
    found += [_TRAIT_WORDS[trait][0 if trait in b.traits else 1] for trait in sorted(a.traits ^ b.traits)]
    # without «имени …» it may be the short name of the same school; initials may be written in full
    if b.honour and not _shared(a.honour, b.honour):
        found.append("присвоено имя" if not a.honour else "другое имя")
    if same_place(before, after) is False:
        found.append("другой населённый пункт")
    rest = (_rest(before, after), _rest(after, before))
    if not _near(*rest):
        found.append("другие слова в названии")
    return tuple(found)


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two names after «имени» have a word in common: the surname, when the rest is left out."""
    from rapidfuzz import fuzz

    return bool(one & other) or any(fuzz.ratio(a, b) >= 85 for a in one for b in other)


def _changed(what: str, before: str, after: str) -> str:
    if not before or not after:
        return f"{what} {'добавлен' if after else 'убран'}: {after or before}"
    return f"{what}: {before} → {after}"


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether each word has its like on the other side, a letter or two apart."""
    from rapidfuzz import fuzz

    def covered(words: frozenset[str], by: frozenset[str]) -> bool:
        return all(any(fuzz.ratio(word, known) >= 80 for known in by) for word in words)

    return covered(one - other, other) and covered(other - one, one)
