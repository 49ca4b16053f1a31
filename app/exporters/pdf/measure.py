"""Breaking text into lines: greedy, by spaces and inside hyphenated words; a word wider than a line is hyphenated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.exporters.fonts import Face
from app.texts import NBSP

_LONGEST = 200
"""Characters: what is longer is no word, and is cut so that tearing it stays cheap."""

_SHORT = 0.3
"""Of the width: a last line of a title no wider than this looks like a leftover."""

_MOST_STRETCH, _SHORT_STRETCH = 1.4, 0.4
"""What may be added to a gap of a justified line, in spaces; and what is added in a line that stays short."""

_MOST_KEPT = 20_000
_kept: dict[tuple[str, str, float, float], tuple[str, ...]] = {}
"""Texts with their lines: those of some hundred pages, a few megabytes."""

_INITIAL = re.compile(r"[А-ЯЁA-Z]\.,?;?")
_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")
_VOWELS = frozenset("аеёиоуыэюяАЕЁИОУЫЭЮЯaeiouyAEIOUY")
_NO_START = frozenset("ьъйыЬЪЙЫ")

Pieces = tuple[tuple[str, Face], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What stays together on a line: pieces of one or more faces, and whether a space follows."""

    pieces: Pieces
    space: bool = True

    def width(self, size: float) -> float:
        """Return the width without the space, points."""
        return sum(face.width(text, size) for text, face in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line; ``last`` ends its paragraph and is never stretched."""

    words: tuple[Word, ...]
    width: float
    last: bool = False


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break a text of one face into lines no wider than ``width``.

    Args:
        text: without line ends.
        face: its face.
        size: its size, points.
        width: of the column, points.

    Returns:
        At least one line; short texts come back as they are (the common case of a table).
    """
    # a card that looks for its size, and a batch of papers, break the same texts over and over
    key = text, face.name, size, width
    known = _kept.get(key)
    if known is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        known = _kept[key] = _wrapped(text, face, size, width)
    return list(known)


def even(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break a centred text as ``wrap`` does, but leave no short word alone at its end: narrower, as many lines."""
    lines = wrap(text, face, size, width)
    if len(lines) == 1 or face.width(lines[-1], size) > width * _SHORT:
        return lines
    for share in range(95, 45, -5):
        tried = wrap(text, face, size, width * share / 100)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _wrapped(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    if face.width(text, size) <= width:
        return (text,)
    lines = wrap_words(list(words([(text, face)])), face, size, width)
    return tuple("".join(_spelled(line.words)) for line in lines)


def _spelled(line: tuple[Word, ...]) -> Iterator[str]:
    for index, word in enumerate(line):
        yield from (text for text, _ in word.pieces)
        if word.space and index < len(line) - 1:
            yield " "


def words(runs: Iterable[tuple[str, Face]]) -> Iterator[Word]:
    """Split runs into words; a word may go over several runs («**слово**,»)."""
    pieces: list[tuple[str, Face]] = []
    for text, face in runs:
        for index, part in enumerate(text.split(" ")):
            if index and pieces:
                yield Word(tuple(pieces))
                pieces = []
            for inside, bit in enumerate(_HYPHEN.split(part)):
                if inside and pieces:
                    yield Word(tuple(pieces), space=False)
                    pieces = []
                for start in range(0, len(bit), _LONGEST):
                    if start:
                        yield Word(tuple(pieces), space=False)
                        pieces = []
                    pieces.append((bit[start : start + _LONGEST], face))
    if pieces:
        yield Word(tuple(pieces))


def wrap_words(items: list[Word], face: Face, size: float, width: float, indent: float = 0.0) -> list[Line]:
    """Break words into lines.

    Args:
        items: the words.
        face: its space is the width between words.
        size: of the type, points.
        width: of the column, points.
        indent: of the first line, points.
    """
    gap = face.width(" ", size)
    lines: list[Line] = []
    current: list[Word] = []
    used, room = 0.0, width - indent
    queue = items[::-1]
    while queue:
        word = queue.pop()
        advance = word.width(size)
        before = gap if current and current[-1].space else 0.0
        if used + before + advance <= room or (not current and _whole(word)):
            current.append(word)
            used += before + advance
        elif current:
            lines.append(Line(tuple(current), used))
            current, used, room = [], 0.0, width
            queue.append(word)
        else:
            queue.extend(_torn(word, size, room)[::-1])
    lines.append(Line(tuple(current), used, last=True))
    return lines


def _whole(word: Word) -> bool:
    """Say whether nothing is left to tear: one character stands where it must, however narrow the column."""
    return len(word.pieces) == 1 and len(word.pieces[0][0]) <= 1


def _torn(word: Word, size: float, room: float) -> list[Word]:
    """Break a word wider than a line: at a no-break space, between faces, by syllables, at last anywhere."""
    if len(word.pieces) > 1:
        pieces = [Word((piece,), space=False) for piece in word.pieces[:-1]]
        return [*pieces, Word(word.pieces[-1:], word.space)]
    text, face = word.pieces[0]
    if NBSP in text.strip(NBSP):
        head, tail = _untied([part for part in text.split(NBSP) if part], face, size, room)
        return [Word(((head, face),)), Word(((tail, face),), word.space)]
    cut, sign = _cut(text, face, size, room)
    return [Word(((text[:cut] + sign, face),), space=False), Word(((text[cut:], face),), word.space)]


def stretched(free: float, gaps: int, gap: float) -> float:
    """Return what each gap of a justified line gets, points.

    A line that two or three long pieces fill stays short of the margin: rivers of white are worse.

    Args:
        free: room that is left on the line, points.
        gaps: how many there are.
        gap: width of a space, points.
    """
    extra = free / gaps if gaps else 0.0
    return extra if extra <= gap * _MOST_STRETCH else gap * _SHORT_STRETCH


def loosened(line: tuple[Word, ...]) -> Iterator[tuple[Word, str]]:
    """Return parts of a line with what follows each: " ", a no-break space that may be stretched, or nothing.

    «не менее 18 человек» is held together against the end of a line, not against being stretched with it; initials,
    «30 %» and «№ 3» stay as close as they are.
    """
    for word in line:
        pieces: list[tuple[str, Face]] = []
        for text, face in word.pieces:
            parts = text.split(NBSP)
            begun = parts[0]
            for before, part in pairwise(parts):
                if _loose(before, part):
                    yield Word((*pieces, (begun, face))), NBSP
                    pieces, begun = [], part
                else:
                    begun += NBSP + part
            pieces.append((begun, face))
        yield Word(tuple(pieces)), " " if word.space else ""


def _loose(before: str, after: str) -> bool:
    return bool(before and after) and not (
        after.startswith("%") or before in {"№", "§"} or _INITIAL.fullmatch(before) or _INITIAL.fullmatch(after)
    )


def _untied(parts: list[str], face: Face, size: float, room: float) -> tuple[str, str]:
    """Part words that no-break spaces hold together where it hurts least: initials, «30 %» and «№ 3» stay whole."""
    places = range(1, len(parts))
    free = [
        place for place in places
        if not (parts[place].startswith("%") or parts[place - 1] in {"№", "§"})
        and not (_INITIAL.fullmatch(parts[place - 1]) and _INITIAL.fullmatch(parts[place]))
    ]  # fmt: skip
    fitting = [place for place in free if face.width(NBSP.join(parts[:place]), size) <= room]
    place = fitting[-1] if fitting else free[0] if free else 1
    return NBSP.join(parts[:place]), NBSP.join(parts[place:])


def _cut(text: str, face: Face, size: float, room: float) -> tuple[int, str]:
    fits = 1
    while fits < len(text) - 1 and face.width(text[: fits + 1] + "-", size) <= room:
        fits += 1
    for cut in range(fits, 2, -1):
        if _syllable_end(text, cut):
            return cut, "-"
    return fits, ""


def _syllable_end(text: str, cut: int) -> bool:
    left, right = text[:cut], text[cut:]
    return (
        len(right) > 2
        and left[-2:].isalpha()
        and right[:2].isalpha()
        and right[0] not in _NO_START
        and not _VOWELS.isdisjoint(left)
        and not _VOWELS.isdisjoint(right)
        # a consonant that a vowel follows belongs to the next syllable: шко-ла, not школ-а
        and (left[-1] in _VOWELS or right[0] not in _VOWELS)
    )
