"""In which of the old Cyrillic encodings a text table is written, told by how Russian its words look.

Any bytes decode as cp866 or KOI8-R, and nearly any as Windows-1251: only the letters tell. Read in a wrong encoding,
frequent letters become rare ones and capitals stand inside words.
"""

from __future__ import annotations

import re
from pathlib import Path

from app.errors import UserError

USUAL = "cp1251"
_OTHERS = {
    "cp866": "DOS (cp866)",
    "koi8-r": "КОИ-8",
    "mac-cyrillic": "Mac OS (кириллица)",
    "iso8859-5": "ISO 8859-5",
}
WORDS: dict[str, str] = {USUAL: "Windows-1251", **_OTHERS}
"""How an encoding is called to a person."""

_SAMPLE = 256 << 10
_FREQUENT = frozenset("оеаинтсрвлкмдпуяы")
"""They make up five sixths of the letters of any Russian text."""
_RARE = frozenset("щэфъё")
_SIGNS = frozenset("№«»—–…\u00a0‘’“”„§°·")
_WORD = re.compile(r"[^\W\d_]+")
_MARGIN, _ENOUGH = 0.15, 12
"""By how much another encoding must look more Russian before Windows-1251 is given up, and by how many signs."""


def guess(path: Path) -> str:
    """Return the 8-bit encoding in which a text looks most Russian; Windows-1251 where nothing looks better.

    Raises:
        UserError: IMP_NOT_TEXT where the bytes are not Windows-1251 and look Russian in no other encoding.
    """
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    usual = _likeness(sample, USUAL) if decodes(path, USUAL) else None
    best, score = max(((name, _likeness(sample, name)) for name in _OTHERS), key=lambda pair: pair[1])
    if usual is None:
        if score <= 0:
            raise UserError("IMP_NOT_TEXT", name=path.name)
        return best
    enough = sum(byte > 127 for byte in sample) >= _ENOUGH
    return best if enough and score > max(usual, 0.0) + _MARGIN else USUAL


def utf16_without_mark(head: bytes) -> str | None:
    """Return «utf-16-le» or «utf-16-be» where the first bytes are such a text without its mark, else None.

    Digits, spaces and delimiters of such a text have a zero beside them, always on the same side.
    """
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        whole = head[: len(head) // 2 * 2]
        if 0 in whole[high::2] and 0 not in whole[1 - high :: 2]:
            text = whole.decode(encoding, errors="replace")
            good = sum(sign.isprintable() or sign in "\r\n\t" for sign in text)
            return encoding if good >= 0.98 * len(text) else None
    return None


def decodes(path: Path, encoding: str) -> bool:
    """Tell whether a whole file is text in an encoding."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _likeness(sample: bytes, encoding: str) -> float:
    """Return how Russian the text beyond ASCII looks, about 1 for Russian, 0 or less for noise."""
    text = sample.decode(encoding, errors="replace")
    beyond = [sign for sign in text if ord(sign) > 127]
    if not beyond:
        return 0.0
    points = 0.0
    for sign in beyond:
        letter = sign.lower()
        if letter in _FREQUENT:
            points += 1
        elif letter in _RARE:
            points -= 1
        elif not ("а" <= letter <= "я") and sign not in _SIGNS:
            points -= 2
    for word in _WORD.findall(text):
        # «Школа», «СОШ», «школа» are words, «НацПроект» nearly one; «шКОЛА» is not
        if not word.isascii() and not word.isupper():
            points -= 2 * sum(sign.isupper() for sign in word[1:])
    return points / len(beyond)
