"""Whether two spellings of a name mean one person: «Ким О. В.» and «Ким Оксана Викторовна»."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[^\s.,;]+")
_BETWEEN = re.compile(r"[,;/]|\s+и\s+")


def _read(name: str) -> tuple[str, str]:
    """Return surname and initials in small letters; the first word of more than one letter is the surname."""
    words = [word.casefold().replace("ё", "е") for word in _PARTS.findall(name)]
    place = next((place for place, word in enumerate(words) if len(word) > 1), None)
    if place is None:
        return "", ""
    return words[place], "".join(word[0] for at, word in enumerate(words) if at != place)


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings may mean one person: one surname, and no initial that contradicts.

    A bare surname fits every name that begins with it: nobody is told apart who is not told apart in writing.
    """
    (surname, initials), (another, others) = _read(one), _read(other)
    return bool(surname) and surname == another and all(a == b for a, b in zip(initials, others, strict=False))


def split(text: str) -> list[str]:
    """Return the people of a list («Ким О. В., Белова»)."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def mentions(text: str | None, name: str) -> bool:
    """Tell whether a list of people («Ким О. В., Белова») names a person."""
    return text is not None and any(same_person(part, name) for part in split(text))


def distinct(names: Iterable[str]) -> list[str]:
    """Return every person once, in the first spelling that has the most initials, by the alphabet."""
    found: list[str] = []
    for name in sorted({name.strip() for name in names}, key=lambda name: (-len(_read(name)[1]), name.casefold())):
        if name and not any(same_person(name, kept) for kept in found):
            found.append(name)
    return sorted(found, key=lambda name: name.casefold())
