"""What one text says otherwise than another, word by word: for a list of changes that is read, not compared by eye."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

Part = Literal["same", "gone", "new"]
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Part
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as one row of pieces: what stayed, what went, what came, in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            found.append(Piece("new", "".join(new[c:d])))
    return tuple(found)
