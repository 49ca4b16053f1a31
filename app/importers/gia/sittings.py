"""One line of a protocol as it is kept while a file is read: results, a place, and a key that tells pupils apart.

The key is made of names and documents, lives only in the memory of the reading child, and goes nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from app.errors import Problem, problem
from app.importers.gia.answers import Answers
from app.models.records import Assessment

Absence = Literal["absent", "removed", "unfinished", "annulled", "empty"]
ABSENCES: tuple[tuple[str, Absence], ...] = (
    ("не яв", "absent"),
    ("неяв", "absent"),
    ("н я", "absent"),
    ("отсутств", "absent"),
    ("удал", "removed"),
    ("не заверш", "unfinished"),
    ("незаверш", "unfinished"),
    ("аннулир", "annulled"),
)
"""How a cell begins that says why there is no result."""
ABSENCE_WORDS: dict[Absence, str] = {
    "absent": "не явились",
    "removed": "удалены",
    "unfinished": "не завершили",
    "annulled": "результат аннулирован",
    "empty": "результат не указан",
}


@dataclass(frozen=True, slots=True, order=True)
class SchoolKey:
    """Codes of a school as the protocol gives them; ``msu`` is empty where there is no such column."""

    oo: str
    msu: str = ""

    @property
    def code(self) -> str:
        """«213-13450», as the registry keeps it (decision 4), or «13450» alone."""
        return f"{self.msu}-{self.oo}" if self.msu and "-" not in self.oo else self.oo


@dataclass(slots=True, eq=False)
class Sitting:
    """One pupil at one exam. Nothing of the person is in here but ``pupil``, which is never handed over."""

    school: SchoolKey
    sheet: str | None
    row: int
    date: dt.date | None
    grade: int | None
    primary: int | None = None
    test: int | None = None
    score: int | None = None
    mark: int | None = None
    answers: tuple[Answers | None, ...] = ()
    absence: Absence | None = None
    pupil: Hashable = field(default=None, repr=False)
    sure: bool = False


@dataclass(slots=True)
class Exam9or11:
    """Everything a file has on one assessment of one year, from all its blocks and sheets."""

    assessment: Assessment
    year: int
    sittings: list[Sitting] = field(default_factory=list)
    dates: set[dt.date] = field(default_factory=set)
    least_stated: set[int] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)

    @property
    def region(self) -> str | None:
        """The region, where the file names exactly one."""
        return next(iter(self.regions)) if len(self.regions) == 1 else None

    @property
    def label(self) -> str:
        """«ЕГЭ химия 2026»."""
        return f"{self.assessment.label} {self.year}"


def without_repeats(sittings: Iterable[Sitting], problems: list[Problem]) -> list[Sitting]:
    """Return one sitting a pupil; every repeat is a warning that names both rows.

    Of two days the later counts (a reserve day is for those who sit again); of one day the first row. Two rows of
    one day that agree in nothing but the names may be namesakes: both count, and a person is told.
    """
    kept: dict[Hashable, Sitting] = {}
    found: list[Sitting] = []
    for sitting in sittings:
        first = kept.get(sitting.pupil) if sitting.pupil is not None else None
        if sitting.pupil is None or first is None:
            found.append(sitting)
            if sitting.pupil is not None:
                kept[sitting.pupil] = sitting
            continue
        if first.date == sitting.date and not sitting.sure:
            _tell("IMP_GIA_NAMESAKES", first, sitting, problems)
            found.append(sitting)
            continue
        if first.date == sitting.date:
            _tell("IMP_GIA_ROW_TWICE", first, sitting, problems)
            continue
        _tell("IMP_GIA_PUPIL_TWICE", first, sitting, problems)
        if _later(sitting, first):
            found[found.index(first)] = sitting
            kept[sitting.pupil] = sitting
    return found


def _later(one: Sitting, other: Sitting) -> bool:
    """Whether the first of two counts instead of the other: one with a result before one without, then the later."""
    if (one.absence is None) != (other.absence is None):
        return one.absence is None
    return (one.date or dt.date.min) > (other.date or dt.date.min)


def _tell(code: str, first: Sitting, second: Sitting, problems: list[Problem]) -> None:
    other = f" листа «{first.sheet}»" if first.sheet != second.sheet and first.sheet else ""
    taken = second if _later(second, first) else first
    problems.append(
        problem(
            code,
            sheet=second.sheet,
            cell=str(second.row),
            first=f"{first.row}{other}",
            row=second.row,
            taken="вторая" if taken is second else "первая",
            school=second.school.code,
        )
    )
