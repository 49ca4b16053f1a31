"""Texts that are made from figures and may be changed by a person: what they were made from, what says something else.

A text keeps the lines it was made from. When a line says something else now, the text is out of date; bringing it up to
date replaces the lines that still stand there as they were and leaves the person's own words alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.analysis.programme_derived import DerivedLine

Lines = tuple[DerivedLine, ...]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line that says something else now.

    Attributes:
        before, after: None where it has come or gone.
        by_hand: a person reworded the line: it stays as it is.
    """

    before: str | None
    after: str | None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class ChangedText:
    """What bringing one text up to date would change; ``text`` is what it would say.

    Attributes:
        typed: a person has typed it: only the lines that are told are replaced.
    """

    key: str
    title: str
    typed: bool
    lines: tuple[ChangedLine, ...]
    text: str


def joined(lines: Iterable[DerivedLine], alone: Collection[str] | None = None) -> str:
    """Return the lines as a text: lines of one block make a paragraph.

    Args:
        lines: their keys are «block#figures».
        alone: blocks whose lines stand alone; None: every line does.
    """
    if alone is None:
        return "\n".join(line.text for line in lines)
    paragraphs: dict[str, list[str]] = {}
    for line in lines:
        block = line.key.partition("#")[0]
        paragraphs.setdefault(line.key if block in alone else block, []).append(line.text)
    return "\n".join(" ".join(parts) for parts in paragraphs.values())


def base(lines: Iterable[DerivedLine], figures: Mapping[str, Sequence[str]]) -> str:
    """Return what a text is made of as JSON: its lines, and its figures (key → what it counts, what it shows)."""
    kept = {
        "lines": [[line.key, line.text] for line in lines],
        "figures": {key: list(told) for key, told in figures.items()},
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def before(kept: str | None) -> Mapping[str, str] | None:
    """Return the lines that a kept text was made from; None where it was made from nothing."""
    if not kept:
        return None
    return {str(key): str(text) for key, text in json.loads(kept).get("lines", [])}


def stale(kept: str | None, lines: Iterable[DerivedLine]) -> bool:
    """Tell whether what a text was made from says something else now."""
    known = before(kept)
    return known is not None and known != {line.key: line.text for line in lines}


def renewed(text: str, kept: str | None, lines: Lines, *, typed: bool) -> tuple[tuple[ChangedLine, ...], str]:
    """Return what bringing a text up to date changes, and the text after it.

    Args:
        text: as it stands.
        kept: what it was made from.
        lines: what it would be made from now.
        typed: a person has worded it; lines that person changed stay. Else the text stays as it is here.
    """
    known, now = before(kept) or {}, {line.key: line.text for line in lines}
    told = []
    for key in dict.fromkeys((*known, *now)):
        old, new = known.get(key), now.get(key)
        if old == new:
            continue
        by_hand = typed and old is not None and old not in text
        told.append(ChangedLine(old, new, by_hand))
        if typed and not by_hand:
            text = _replaced(text, old, new)
    return tuple(told), text


def _replaced(text: str, old: str | None, new: str | None) -> str:
    """Return a text with a line in its new words; a line that has gone goes, one that has come stands at the end."""
    if old is None:
        return f"{text.rstrip()}\n{new}" if text.strip() else str(new)
    if new is not None:
        return text.replace(old, new, 1)
    begin = text.index(old)
    left, right = text[:begin].rstrip(" "), text[begin + len(old) :].lstrip(" ")
    if left.endswith("\n") and right.startswith("\n"):
        right = right[1:]
    between = " " if left and right and not left.endswith("\n") and not right.startswith("\n") else ""
    return left + between + right
