"""What one cell of a pupil's row means: a point, a variant, a mark, a total (format §3).

Every function takes the cell as the reader of the format gave it and returns a plain number, so that a whole region's
file can be counted with a dictionary look-up a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.importers.grid import Cell, UnfitCellError, text, whole
from app.importers.scales import HIGHEST_SUM

SKIPPED = 1 << 32
"""A task nobody tried (X): no points, and one more such task. Points and crosses of many pupils are summed at once:
the sum modulo this is the points, the quotient the crosses."""
UNKNOWN = -(1 << 60)
"""A cell that is no point: any sum with it is below zero."""
NO_TOTAL = -1

SAT, ABSENT, ZERO, EMPTY, STRANGE = range(5)
"""What a variant says of the row."""

DASHES = frozenset({"-", "–", "—", "−"})
_CROSSES = frozenset({"x", "х"})
_MARK = re.compile(r"([2-5])(?:[.,]0+)?")
_HIGHEST_VARIANT = 99
_MEMO_LIMIT = 20_000


class Memo(dict[Cell, int]):
    """Cells seen before: a region's file has a million cells and a few dozen different ones.

    A truth value equals 1 for a dictionary, so it must never be kept.
    """

    def __init__(self, work_out: Callable[[Cell], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, cell: Cell) -> int:
        found = self._work_out(cell)
        if len(self) < _MEMO_LIMIT and not isinstance(cell, bool):
            self[cell] = found
        return found


def points(maximum: int | None = None, *, dash_is_skipped: bool = False) -> Callable[[Cell], int]:
    """Return what reads the points of one task: 0…maximum, ``SKIPPED`` for a cross, ``UNKNOWN`` for all else.

    X in any alphabet and «не пройд.» are crosses; so is a dash where the report writes it so (Ф1, domain §4).
    """
    highest = HIGHEST_SUM if maximum is None else maximum

    def read(cell: Cell) -> int:
        line = text(cell).lower()
        if line in _CROSSES or line.startswith("не пройд") or (dash_is_skipped and line in DASHES):
            return SKIPPED
        try:
            found = None if isinstance(cell, bool) else whole(cell)
        except UnfitCellError:
            return UNKNOWN
        return UNKNOWN if found is None or found > highest else found

    return read


def variant(cell: Cell) -> int:
    """Return what a variant says of the row; a dash is as good as nothing."""
    line = text(cell).lower()
    if not line or line in DASHES:
        return EMPTY
    if line.startswith("отсутств"):
        return ABSENT
    try:
        found = whole(cell)
    except UnfitCellError:
        return STRANGE
    if found is None or found > _HIGHEST_VARIANT:
        return STRANGE
    return SAT if found else ZERO


def both_parts(first: int, second: int) -> int:
    """Return what the variants of two parts of one work say together: whoever missed a part has no mark for the whole.

    A second part without a variant says nothing: most rows have none.
    """
    if second == EMPTY or first in {ABSENT, ZERO, STRANGE}:
        return first
    return second


def mark(cell: Cell) -> int:
    """Return a mark from 2 to 5; 0 for «нет отметки», a dash and everything else."""
    found = _MARK.fullmatch(text(cell))
    return int(found.group(1)) if found else 0


def total(cell: Cell) -> int:
    """Return a stated total; ``NO_TOTAL`` for an empty cell, ``UNKNOWN`` for what is no number."""
    try:
        found = None if isinstance(cell, bool) else whole(cell)
    except UnfitCellError:
        return UNKNOWN
    return NO_TOTAL if found is None else found
