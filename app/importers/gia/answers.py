"""Marks of answers in a protocol: «++---+2++» for short answers, «1(2)2(3)0(1)» for long and spoken ones (format §5).

How a short answer is read: «+» is 1 point, «-» and «N» are 0, a digit is so many points, «X» is 0 and «not tried».
Where only signs stand at a place, the task is worth 1 point; where a digit stands, its most is not known from the
file, and where digits stand beside «+», what «+» is worth is not known either: points are then None, not guessed.

Numbers of tasks as the work prints them can't be had from a string of signs, so tasks are called by their place:
«Ч1-3» is the third short answer, «Ч2-1» the first long one, «У-2» the second spoken one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.importers.grid import Cell, text

PARTS = ("Ч1", "Ч2", "У")
_NOUGHT = frozenset("-–—−Nn")
_CROSS = frozenset("XxХх")
_LONG = re.compile(r"(\d{1,2}|[XxХх–—-])\s*\(\s*(\d{1,2})\s*\)\s*[,;]?\s*")
_MOST_TASKS = 80


class Answer(NamedTuple):
    """What one pupil got for one task. ``points`` is None for «+», whose worth depends on the others' signs.

    A plain tuple: a protocol has half a million of them, and they are counted by what they are.
    """

    points: int | None
    most: int | None = None
    skipped: bool = False
    digit: bool = False


Answers = tuple[Answer, ...]
_SHORT: dict[str, Answer] = {
    "+": Answer(None),
    **{sign: Answer(0) for sign in _NOUGHT},
    **{sign: Answer(0, skipped=True) for sign in _CROSS},
    **{str(digit): Answer(digit, digit=digit > 0) for digit in range(10)},
}


@lru_cache(maxsize=4096, typed=True)
def read_short(cell: Cell) -> Answers | None:
    """Return the answers of a string of signs; empty for an empty cell, None where a sign is unknown."""
    line = text(cell).replace(" ", "")
    if len(line) > _MOST_TASKS:
        return None
    try:
        return tuple(map(_SHORT.__getitem__, line))
    except KeyError:
        return None


@lru_cache(maxsize=4096, typed=True)
def read_long(cell: Cell) -> Answers | None:
    """Return the answers of «1(2)2(3)»; empty for an empty cell, None where it is written otherwise."""
    line = text(cell)
    found: list[Answer] = []
    place = 0
    while place < len(line):
        item = _LONG.match(line, place)
        if item is None or len(found) >= _MOST_TASKS:
            return None
        sign, most = item.group(1), int(item.group(2))
        points = int(sign) if sign.isdecimal() else 0
        if points > most:
            return None
        found.append(Answer(points, most, skipped=sign in _CROSS, digit=True))
        place = item.end()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What is known of one task from all who sat the exam.

    ``most`` are the most points, ``plus`` is what «+» is worth (both None where unknown); ``crosses`` tells whether
    the file says of anybody that the task was not tried.
    """

    most: int | None
    plus: int | None
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an exam: how many tasks it has and what each is worth."""

    name: str
    tasks: tuple[TaskKind, ...]

    def task(self, index: int) -> str:
        """Return the name of a task: «Ч1-3»."""
        return f"{self.name}-{index + 1}"


def part_of(name: str, all_answers: Iterable[Answers | None]) -> Part:
    """Work out a part from the answers of everybody: as many tasks as most of them have."""
    answers = [row for row in all_answers if row]
    lengths = Counter(len(row) for row in answers)
    length = max(lengths, key=lambda n: (lengths[n], n), default=0)
    fitting = [row for row in answers if len(row) == length]
    return Part(name, tuple(map(_kind, map(set, zip(*fitting, strict=True)))) if length else ())


def _kind(column: Collection[Answer]) -> TaskKind:
    stated = {answer.most for answer in column if answer.most is not None}
    crosses = any(answer.skipped for answer in column)
    if stated:
        return TaskKind(stated.pop() if len(stated) == 1 else None, None, crosses)
    if any(answer.digit for answer in column):
        return TaskKind(None, None, crosses)
    return TaskKind(1, 1, crosses)


def points_of(answer: Answer, kind: TaskKind) -> int | None:
    """Return the points of one answer; None where «+» stands for nobody knows how many."""
    return kind.plus if answer.points is None else answer.points


def sums_of(parts: Sequence[Part], rows: Iterable[Sequence[Answers | None]]) -> list[int | None]:
    """Return all points of each pupil, None where any of them is unknown or a part does not fit.

    Args:
        parts: the parts of the exam.
        rows: the answers of each pupil, part by part.
    """
    worth = [kind for part in parts for kind in part.tasks]
    lengths = [len(part.tasks) for part in parts]
    known = [dict[Answer, int | None]() for _kind in worth]
    return [_sum(row, lengths, worth, known) for row in rows]


def _sum(
    row: Sequence[Answers | None], lengths: Sequence[int], worth: Sequence[TaskKind],
    known: Sequence[dict[Answer, int | None]],
) -> int | None:  # fmt: skip
    """Return the points of one pupil; ``known`` gathers what each answer to each task is worth."""
    given: list[Answer] = []
    for length, answers in zip(lengths, row, strict=True):
        if answers is None or len(answers) != length:
            return None
        given += answers
    try:
        found = [points[answer] for points, answer in zip(known, given, strict=True)]
    except KeyError:
        for points, answer, kind in zip(known, given, worth, strict=True):
            points[answer] = points_of(answer, kind)
        found = [points[answer] for points, answer in zip(known, given, strict=True)]
    return None if None in found else sum(found)  # type: ignore[arg-type]
