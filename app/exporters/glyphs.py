"""Characters of a paper: cleaned, glued where a line must not break, and checked against the embedded font.

A font has no error for a character it lacks: it prints an empty box or nothing. So every text is checked before
the first line is drawn. A few signs of ours that Tinos lacks are drawn by hand (``DRAWN``), look-alikes are
replaced deliberately (``REPLACED``); anything else missing is said to the user with its place.
"""

from __future__ import annotations

import re
import unicodedata

from app.errors import UserError
from app.exporters import fonts
from app.reports.document import Document
from app.texts import NBSP

DRAWN = frozenset("☐☑☒✓✗")
"""Signs without a glyph that the PDF renderer draws as lines."""

REPLACED = {
    "✔": "✓", "✘": "✗", "✕": "✗", "✅": "☑", "❌": "✗", "⬜": "☐", "□": "☐",
    "▴": "▲", "△": "▲", "▪": "■", "◼": "■", "◾": "■", "•": "•", "⚫": "●", "⬤": "●", "⚪": "○", "◯": "○",
    "‐": "-", "\u2212": "−", "ー": "—", "№\u0301": "№",
}  # fmt: skip
"""Look-alikes: what comes from other programs and what we print for it."""

_SPACES = re.compile(" *[\t\n\r\x0b\x0c\x85\u2028\u2029]+ *")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LOOK_ALIKE = re.compile("|".join(map(re.escape, REPLACED)))
_SUSPECT = re.compile(f"{_SPACES.pattern}|{_INVISIBLE.pattern}|{_LOOK_ALIKE.pattern}")


def clean(text: str) -> str:
    """Return a text that any format can hold: composed letters, no control or invisible characters.

    Line ends become spaces: a cell of several lines is ``Lines``.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _LOOK_ALIKE.sub(lambda found: REPLACED[found.group()], text)


def typeset(text: str) -> str:
    """Return a cleaned text in which no line begins with a dash."""
    return clean(text).replace(" — ", f"{NBSP}— ").replace(" – ", f"{NBSP}– ")


def missing(text: str) -> set[str]:
    """Return the characters of a text that cannot be printed in every face that we use."""
    return set(typeset(text)) - printable()


def printable() -> frozenset[str]:
    """Return what all embedded faces have, together with what is drawn by hand."""
    return (fonts.face(fonts.REGULAR).chars & fonts.face(fonts.BOLD).chars) | DRAWN


def check(document: Document) -> None:
    """Refuse a paper with a character that the font lacks.

    Raises:
        UserError: ``PAPER_GLYPH`` with the character, its code and its place.
    """
    seen: set[str] = set()
    for _, text in document.texts():
        seen.update(text)
    # Most papers end here: one look at the set of characters instead of one at each text.
    if not missing("".join(sorted(seen))) and not any(unicodedata.combining(char) for char in seen):
        return
    for place, text in document.texts():
        absent = missing(text)
        if absent:
            char = next(char for char in typeset(text) if char in absent)
            raise UserError("PAPER_GLYPH", char=char, unicode=f"U+{ord(char):04X}", place=place)
