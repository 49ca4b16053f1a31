"""The words around a linked cell: by them its place is found again when the region sends the form of the next year."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from app.exporters.foreign_form import FormBook, FormSheet
from app.exporters.foreign_sheet import Place, address_of, place_of

NEAREST = 2
"""So many texts to the left of a cell and above it are remembered."""
_FAR = 400
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?")
_SPACES = re.compile(r"[\s\u00a0]+")
ALIKE = 0.55
"""A place whose words are less alike is not proposed."""
FoundState = Literal["same", "moved", "lost"]
Words = tuple[tuple[str, ...], tuple[str, ...]]
"""Texts to the left and above, the nearest first."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Where a link belongs in another version of its form.

    Attributes:
        sheet, cell: the old place and ``to_sheet``, ``to_cell`` the new one; empty where none is found.
        alike: how alike the words around are, from 0 to 1.
        words: those around the new place, to be shown.
    """

    state: FoundState
    sheet: str
    cell: str
    to_sheet: str = ""
    to_cell: str = ""
    alike: float = 0.0
    words: str = ""


def plain(text: str) -> str:
    """Return a label as labels are compared: small letters, single spaces, years made alike."""
    return _SPACES.sub(" ", _YEAR.sub("####", text)).strip(" :.").casefold().replace("ё", "е")


def around(sheet: FormSheet, place: Place) -> Words:
    """Return the nearest texts to the left of a cell and above it, as they are written."""
    row, column = place
    left = _texts(sheet, ((row, other) for other in range(column - 1, max(-1, column - _FAR), -1)))
    above = _texts(sheet, ((other, column) for other in range(row - 1, max(-1, row - _FAR), -1)))
    return left, above


def _texts(sheet: FormSheet, places: Iterable[Place]) -> tuple[str, ...]:
    found: list[str] = []
    seen: set[Place] = set()
    covers = _covers(sheet)
    for place in places:
        top = covers.get(place, place)
        cell = sheet.cell(top)
        if top in seen or cell.kind != "text" or cell.formula is not None or not cell.text.strip():
            continue
        seen.add(top)
        found.append(" ".join(cell.text.split()))
        if len(found) == NEAREST:
            break
    return tuple(found)


def _covers(sheet: FormSheet) -> Mapping[Place, Place]:
    return _merged(sheet.merged)


@lru_cache(maxsize=16)
def _merged(areas: tuple[tuple[int, int, int, int], ...]) -> Mapping[Place, Place]:
    """Return each cell of a merged area → its first one; areas of whole rows and columns are left out."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in areas
        if (bottom - top + 1) * (right - left + 1) <= 20_000
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def options(sheet: FormSheet, place: Place) -> dict[str, str]:
    """Return the words around a cell as options of its link."""
    left, above = around(sheet, place)
    made = {"left": left, "above": above}
    return {name: json.dumps(texts, ensure_ascii=False) for name, texts in made.items() if texts}


def told(link_options: Mapping[str, str]) -> Words:
    """Return the words that a link remembers; what can't be read is none."""
    found = []
    for name in ("left", "above"):
        try:
            texts = json.loads(link_options.get(name, "[]"))
        except ValueError:
            texts = []
        found.append(tuple(str(text) for text in texts) if isinstance(texts, list) else ())
    return found[0], found[1]


def digest(words: Words) -> str:
    """Return the digest of the words around a cell: another one tells that the form has moved."""
    joined = "\n".join("\t".join(plain(text) for text in texts) for texts in words)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()


def in_words(words: Words) -> str:
    """Return the words around a cell in one line: «Численность учителей, чел. · 2026 год»."""
    left, above = words
    told = [", ".join(reversed(left)), *above[:1]]
    return " · ".join(text for text in told if text)


def find_again(book: FormBook, links: Sequence[tuple[str, str, Words]]) -> tuple[FoundPlace, ...]:
    """Find the places of links in another version of their form.

    Args:
        book: the new version.
        links: old sheet, old cell, the words around it.

    Returns:
        One answer a link, in order: the same place, another one with words alike, or none.
    """
    found, taken = [], set[tuple[str, str]]()
    for sheet, cell, words in links:
        one = _find(book, sheet, cell, words, taken)
        if one.to_cell:
            taken.add((one.to_sheet, one.to_cell))
        found.append(one)
    return tuple(found)


def _find(book: FormBook, sheet: str, cell: str, words: Words, taken: set[tuple[str, str]]) -> FoundPlace:
    home = book.sheet(sheet)
    place = place_of(cell)
    if home is not None and (any(words) or home.closed_by(place) is None):
        here = around(home, place)
        if digest(here) == digest(words) and (home.name, cell) not in taken:
            return FoundPlace("same", sheet, cell, home.name, cell, 1.0, in_words(here))
    best: tuple[float, float, str, Place] | None = None
    for one in book.sheets if any(words) else ():
        for candidate in _candidates(one, words):
            if (one.name, address_of(candidate)) in taken or one.closed_by(candidate) is not None:
                continue
            alike = _alike(around(one, candidate), words)
            near = -abs(candidate[0] - place[0]) - abs(candidate[1] - place[1]) - (one is not home) * 1000
            if best is None or (alike, near) > best[:2]:
                best = (alike, near, one.name, candidate)
    if best is None or best[0] < ALIKE:
        return FoundPlace("lost", sheet, cell)
    target = book.sheet(best[2])
    said = in_words(around(target, best[3])) if target is not None else ""
    return FoundPlace("moved", sheet, cell, best[2], address_of(best[3]), best[0], said)


def _candidates(sheet: FormSheet, words: Words) -> set[Place]:
    """Return cells to the right of a label like the nearest left one and under one like the nearest above."""
    left, above = ({plain(text) for text in texts[:1]} for texts in words)
    rows, columns = set[int](), set[int]()
    covers = {area[:2]: area for area in sheet.merged}
    for place, cell in sheet.cells.items():
        if cell.kind != "text" or cell.formula is not None:
            continue
        text = plain(cell.text)
        area = covers.get(place, (*place, *place))
        if any(_near(text, wanted) for wanted in left):
            rows.update(range(area[0], min(area[2], area[0] + 50) + 1))
        if any(_near(text, wanted) for wanted in above):
            columns.update(range(area[1], min(area[3], area[1] + 50) + 1))
    if left and not above:
        return {sheet.top_left((row, column)) for row in rows for column in _first_free(sheet, row)}
    if above and not left:
        return {sheet.top_left((row, column)) for column in columns for row in _under(sheet, column, above)}
    return {sheet.top_left((row, column)) for row in list(rows)[:200] for column in list(columns)[:200]}


def _near(text: str, wanted: str) -> bool:
    if text == wanted:
        return True
    alike = SequenceMatcher(None, text, wanted)
    return alike.quick_ratio() > 0.85 and alike.ratio() > 0.85


def _first_free(sheet: FormSheet, row: int) -> list[int]:
    """Return the cells of a row that hold no text: a value may stand there."""
    return [column for column in range(min(sheet.columns + 1, _FAR)) if sheet.cell((row, column)).kind != "text"][:8]


def _under(sheet: FormSheet, column: int, labels: set[str]) -> list[int]:
    starts = [row for row in range(min(sheet.rows, 5000)) if plain(sheet.cell((row, column)).text) in labels]
    return [row + step for row in starts for step in (1, 2, 3)]


def _alike(here: Words, words: Words) -> float:
    """Return how alike two sets of words are, the nearest ones counting most."""
    score = weight = 0.0
    for mine, wanted in zip(here, words, strict=True):
        for number, text in enumerate(wanted):
            share = 1.0 / (1 + number)
            weight += share
            if number < len(mine):
                first, second = plain(mine[number]), plain(text)
                score += share * (1.0 if first == second else SequenceMatcher(None, first, second).ratio() ** 2)
        extra = len(mine) > len(wanted)
        weight += 0.25 * extra
    return score / weight if weight else 0.0
