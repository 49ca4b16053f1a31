"""Headings of tasks: «1 (2б)», «9.1 (1б)», «5(1)», «10К2», «1К1 (1б)», and the difficulty above them (format §1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from app.importers.book import Sheet
from app.importers.grid import Cell, Header, Row, at, text
from app.importers.pupils.rows import TaskColumn

_CODE = r"\d{1,2}(?:\.\d{1,2})*(?:\(\d{1,2}\))?(?:К\d{1,2})?"
_HEADING = re.compile(rf"(?:ЗАДАНИЕ\s*)?№?\s*({_CODE})\.?(?:\s*\(\s*(\d{{1,2}})\s*Б[А-Я]*\.?\s*\))?")
_ROWS_ABOVE = 3


def read_task(cell: Cell) -> tuple[str, int | None] | None:
    """Return (number of the task, highest points) of a heading; None where it heads no task.

    Only what stands before «б» is points: the «(1)» of «5(1)» belongs to the number. The number comes out with a
    Cyrillic capital К and a point.
    """
    line = text(cell).upper().replace("K", "К").replace(",", ".")  # a Latin K is a slip
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    return found.group(1), int(found.group(2)) or None if found.group(2) else None


def head_row(sheet: Sheet, header: Header) -> Row:
    """Return the row of headings as it stands."""
    return next(row for number, row in sheet.head() if number == header.row)


def task_columns(sheet: Sheet, header: Header, left: str, ends: Iterable[str]) -> tuple[TaskColumn, ...]:
    """Return the columns of tasks with what stands above them.

    A heading that says its points is a task wherever it stands; a bare number only between the column ``left`` and the
    first of ``ends`` to the right of it: further on stand hidden lists of allowed values. Of two equal numbers the
    first counts.
    """
    row = head_row(sheet, header)
    begin = header.at.get(left, -1)
    end = min((header.at[key] for key in ends if key in header and header.at[key] > begin), default=len(row))
    taken = set(header.at.values())
    found: dict[str, TaskColumn] = {}
    for column, cell in enumerate(row):
        task = None if column in taken else read_task(cell)
        if task is not None and (task[1] is not None or begin < column < end):
            found.setdefault(task[0], TaskColumn(task[0], column, task[1]))
    return _with_difficulty(sheet, header, tuple(found.values()))


def _with_difficulty(sheet: Sheet, header: Header, tasks: tuple[TaskColumn, ...]) -> tuple[TaskColumn, ...]:
    """Add «Б», «П», «В» of the nearest line above the headings that has nothing else over the tasks."""
    above = [row for number, row in sheet.head() if header.row - _ROWS_ABOVE <= number < header.row]
    for row in reversed(above):
        words = {text(at(row, task.column)).upper() for task in tasks} - {""}
        if words and words <= {"Б", "П", "В"}:
            return tuple(replace(task, difficulty=_difficulty(at(row, task.column))) for task in tasks)
    return tasks


def _difficulty(cell: Cell) -> Literal["Б", "П", "В"] | None:
    match text(cell).upper():
        case "Б":
            return "Б"
        case "П":
            return "П"
        case "В":
            return "В"
        case _:
            return None
