"""What a report in percent holds, whichever way it lies: tasks (or scores), units, percentages with their cells."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.errors import Problem
from app.importers.findings import without_repeats
from app.importers.grid import Cell, heading, text
from app.importers.parsed import UnitRef
from app.models.records import Difficulty, Origin

MARK_GROUPS = (2, 3, 4, 5)
LARGEST_MAXIMUM = 30
_CODE = r"\d{1,2}(?:[.,]\d{1,2})?(?:\(\d{1,2}\))?[а-яёa-z]?(?:\s*[кk]\s*\d{1,2})?"
_TASK = re.compile(
    rf"(?:зад(?:ание|\.)?\s*№?|№)?\s*(?P<code>{_CODE})\s*(?:\(\s*(?P<maximum>\d{{1,2}})\s*б[а-я]*\.?\s*\))?"
    r"(?:[.):]*\s*(?P<outcome>[^\W\d_].{2,})?)?\.?",
    re.IGNORECASE | re.DOTALL,
)
_GROUP_STEMS = ("групп", "отметк", "оценк", "получ")


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a work, or one score of a distribution (``code`` is then its number)."""

    code: str
    maximum: int | None = None
    outcome: str | None = None
    difficulty: Difficulty | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage from 0 to 100 of one task (by its index) and the row and the address of its cell."""

    task: int
    percent: Decimal
    row: int
    cell: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Everything one unit (or its group of participants with one mark) has in a report.

    ``participants`` is None where the report does not say; ``place`` is where it should stand. ``fits`` is false where
    some cell of the line does not hold what it should: the finding is already noted.
    """

    unit: UnitRef
    group: int
    participants: int | None
    figures: tuple[Figure, ...]
    row: int
    place: str
    fits: bool = True


@dataclass(frozen=True, slots=True)
class PercentTable:
    """One sheet understood: its tasks in order and its units in order."""

    tasks: tuple[Task, ...]
    lines: tuple[UnitLine, ...]


def task_of(value: Cell) -> Task | None:
    """Read a heading of a task: «1 (2б)», «9.1», «5(1) (1б)», «10К2», «1К1. Умение …»; None for anything else.

    The letter К of a criterion comes out Cyrillic; a whole number written as a decimal («7.0») is the number.
    """
    line = text(value)
    found = _TASK.fullmatch(line)
    if found is None or len(line) > 2000:
        return None
    code = re.sub(r"\s", "", found["code"]).upper().replace("K", "К").replace(",", ".")
    maximum = int(found["maximum"]) if found["maximum"] else None
    if maximum is not None and not 1 <= maximum <= LARGEST_MAXIMUM:
        return None
    outcome = found["outcome"]
    return Task(code, maximum, outcome.strip() if outcome else None)


def mark_group(name: str) -> int | None:
    """Return the mark of a group of participants: «Группа 2», «Ср.% вып. уч. гр.баллов 3», «Отметка «4»», «5»."""
    words = heading(name).split()
    if not words or words[-1] not in {"2", "3", "4", "5"}:
        return None
    named = len(words) == 1 or any(word == "гр" or word.startswith(_GROUP_STEMS) for word in words[:-1])
    return int(words[-1]) if named else None


def whole_percents(table: PercentTable) -> PercentTable:
    """Return the table in percent where its cells are formatted as percent and hold shares of one.

    It is so when no figure of the sheet is above 1 and some are no whole numbers: a sheet in which nobody reached 1 %
    of anything does not occur.
    """
    figures = [figure for line in table.lines for figure in line.figures]
    if any(figure.percent > 1 for figure in figures) or not any(figure.percent % 1 for figure in figures):
        return table
    lines = tuple(
        UnitLine(
            *(line.unit, line.group, line.participants),
            tuple(Figure(f.task, f.percent * 100, f.row, f.cell) for f in line.figures),
            *(line.row, line.place, line.fits),
        )
        for line in table.lines
    )
    return PercentTable(table.tasks, lines)


def decimals(percents: Iterable[Decimal]) -> int:
    """Return how many decimals the percentages carry at most, up to 4."""
    most = 0
    for percent in percents:
        exponent = round(percent, 4).normalize().as_tuple().exponent
        most = max(most, -exponent if isinstance(exponent, int) else 0)
    return most


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one row of a file that stand or fall together: a repeated row is one finding, not one a figure.

    ``what`` is what was counted; ``count`` are the figures; ``origins`` are the places of the figures, one each.
    """

    unit: UnitRef
    count: tuple[object, ...]
    origin: Origin
    what: Hashable
    origins: tuple[Origin, ...]


def once(lines: Sequence[Line], problems: list[Problem]) -> list[Line]:
    """Return the lines that stand once or say the same twice; repeats are noted (see ``without_repeats``)."""
    return without_repeats(((line.what, line) for line in lines), problems)
