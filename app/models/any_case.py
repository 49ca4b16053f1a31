"""Words of a search as patterns of GLOB: SQLite folds no Cyrillic letters, but it knows classes of signs."""

from __future__ import annotations

from functools import cache

LONGEST = 500
"""Letters of a word that are asked for: what is longer is known by its beginning, and SQLite limits a pattern."""
_SAME = {"е": "ё", "ё": "е"}


def anywhere(word: str) -> str:
    """Return the pattern of texts in which a word stands, in capital or small letters, «ё» as «е»."""
    return f"*{''.join(map(_letters, word[:LONGEST]))}*"


@cache
def _letters(sign: str) -> str:
    """Return the class of a letter: it in every case; a sign without case is itself, signs of GLOB in brackets."""
    found = "".join(dict.fromkeys(
        one for known in (sign.lower(), _SAME.get(sign.lower(), "")) for one in (known, known.upper())
        if len(one) == 1
    ))  # fmt: skip
    return f"[{found}]" if len(found) > 1 or sign in "*?[" else sign
