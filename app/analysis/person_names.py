"""Whether two spellings of a name mean one person: «Ким О. В.» and «Ким Оксана Викторовна»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_MARKS = str.maketrans({"ё": "е", ".": " ", ",": " ", ";": " "})
_BETWEEN = re.compile(r"[,;/]|\s+и\s+")
_SOFT = re.compile("(?<=.)и(?=[еюя])")
_PATRONYMIC = ("вич", "ьич", "вна", "чна", "шна", "оглы", "кызы")
_WHOLE = 3
"""«Оксана Викторовна Ким»: only a name of three whole words shows by its middle that the surname stands last."""


@lru_cache(maxsize=65_536)
def read(name: str) -> tuple[str, tuple[str, ...]]:
    """Return surname and given names of a spelling, as whole as they are written; "" where no surname is told.

    The surname is the first word of more than one letter, of three whole words with a patronymic in the middle the
    last. «Наталия» and «Наталья», «Юриевна» and «Юрьевна» are one spelling.
    """
    words = name.casefold().translate(_MARKS).split()
    place = next((place for place, word in enumerate(words) if len(word) > 1), None)
    if place is None:
        return "", ()
    if len(words) == _WHOLE and words[1].endswith(_PATRONYMIC) and min(map(len, words)) > 1:
        place = 2
    given = [word for at, word in enumerate(words) if at != place]
    return words[place], tuple(_SOFT.sub("ь", word) for word in given)


def fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether given names do not contradict: each is a beginning of the other («О», «Окс», «Оксана»), or missing.

    «Оксана» and «Ольга» contradict, though their initials do not; so do «1» and «17».
    """
    return all(
        a == b or (a.isalpha() and b.isalpha() and (a.startswith(b) or b.startswith(a)))
        for a, b in zip(one, other, strict=False)
    )


def same_person(one: str, other: str) -> bool:
    """Tell whether two spellings may mean one person: one surname, and no given name that contradicts.

    A bare surname fits every name that begins with it: nobody is told apart who is not told apart in writing.
    """
    (surname, given), (another, others) = read(one), read(other)
    return bool(surname) and surname == another and fit(given, others)


def split(text: str) -> list[str]:
    """Return the people of a list («Ким О. В., Белова»)."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def mentions(text: str | None, name: str) -> bool:
    """Tell whether a list of people («Ким О. В., Белова») names a person."""
    return text is not None and any(same_person(part, name) for part in split(text))


def distinct(names: Iterable[str]) -> list[str]:
    """Return every person once, in the first spelling that has the most initials, by the alphabet."""
    found: list[str] = []
    for name in sorted({name.strip() for name in names}, key=lambda name: (-len(read(name)[1]), name.casefold())):
        if name and not any(same_person(name, kept) for kept in found):
            found.append(name)
    return sorted(found, key=lambda name: name.casefold())
