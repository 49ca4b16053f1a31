"""Where an official table «ЕГЭ by school» begins: a subject a sheet, a subject a row, or subjects over columns.

In the wide form a line of subjects (merged cells) stands above a line of figures that repeats for each subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.importers.book import Sheet
from app.importers.grid import Cell, Headings, Row, at, heading, text
from app.importers.subjects import Subject, find_subject

UNIT_HEADINGS = Headings(
    {
        "oo": ("код оо", "код оу", "код образовательной организации"),
        "msu": ("код мсу",),
        "code": ("код", "код школы"),
        "school": (
            *("оо", "школа", "образовательная организация", "название школы", "наименование школы"),
            *("наименование оо", "название оо", "краткое наименование оо", "наименование образовательной организации"),
            *("наименование общеобразовательной организации", "общеобразовательная организация"),
        ),
        "municipality": ("муниципалитет", "муниципальное образование", "мсу", "мо", "ате", "район", "наименование ате"),
        "subject": ("предмет", "учебный предмет", "общеобразовательный предмет"),
        "year": ("год",),
        "procedure": ("процедура", "оценочная процедура"),
    }
)
FIGURE_HEADINGS = Headings(
    {
        # narrower headings first: «количество участников, не преодолевших порог» is no number of participants
        "below_share": (
            *("*ниже мин*%*", "*%*ниже мин*", "*дол*ниже мин*", "*процент*ниже мин*", "*ниже порог*%*"),
            *("*дол*ниже порог*", "*не преодол*%*", "*%*не преодол*", "*дол*не преодол*", "*процент*не преодол*"),
            *("*не достиг*%*", "*%*не достиг*", "*дол*не достиг*", "*не набрал*%*", "*дол*не набрал*"),
            *("*не сдал*%*", "*%*не сдал*", "*дол*не сдал*"),
        ),
        "below": ("*ниже мин*", "*ниже порог*", "*не преодол*", "*не достиг*миним*", "*не набрал*миним*", "*не сдал*"),
        "high_share": ("*81*99*%*", "*%*81*99*", "*дол*81*99*", "*процент*81*99*"),
        "high": ("*81*99*",),
        "mean": ("*средн*балл*", "*ср балл*"),
        "hundred_share": ("*100 балл*%*", "*дол*100 балл*", "100 %"),
        "hundred": ("100", "100 б", "*100 балл*", "*стобалл*"),
        "participants": (
            *("участников", "участников чел", "сдавали", "сдавало", "количество втг", "количество втг чел", "кол во"),
            *("*количество участник*", "*кол во участник*", "*число участник*", "всего участник*"),
        ),
    }
)
_RESULTS = ("mean", "below", "below_share")
_LINES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of the figures of one subject; ``subject`` is None where the columns don't name it."""

    columns: Mapping[str, int]
    subject: Subject | None = None

    def cell(self, row: Row, key: str) -> Cell:
        """Return the cell of a figure; None where there is no such column."""
        return at(row, self.columns.get(key))


@dataclass(frozen=True, slots=True)
class Layout:
    """A table found: the last row of headings (from 1), columns that say whose and what, and groups of figures."""

    row: int
    units: Mapping[str, int]
    groups: tuple[Group, ...]
    above: tuple[str, ...]

    def cell(self, row: Row, key: str) -> Cell:
        """Return a cell that says whose the figures are."""
        return at(row, self.units.get(key))

    @property
    def has_bands(self) -> bool:
        """Whether it counts those from 81 to 99 or with 100 points, as only tables of ЕГЭ do."""
        return any({"high", "high_share", "hundred", "hundred_share"} & set(group.columns) for group in self.groups)


def find_layout(sheet: Sheet) -> Layout | None:
    """Return the table of a sheet: schools, participants, and a mean or those below the minimum; or None."""
    head = sheet.head()
    for place, (number, row) in enumerate(head):
        keys = [FIGURE_HEADINGS.key(heading(value)) for value in row]
        if "participants" not in keys or not any(key in keys for key in _RESULTS):
            continue
        over = [cells for _number, cells in head[max(0, place - _LINES_ABOVE) : place]]
        groups = _groups(keys, over)
        first = min(min(group.columns.values()) for group in groups)
        units = _units([*over, row], keys, first)
        if "school" in units or "oo" in units or "code" in units:
            above = tuple(text(value) for _number, cells in head[:place] for value in cells if text(value))
            return Layout(number, units, groups, above)
    return None


def _groups(keys: Sequence[str | None], over: Sequence[Row]) -> tuple[Group, ...]:
    """Cut the line of figures into groups, one a subject: a group ends where a figure comes again."""
    found: list[dict[str, int]] = [{}]
    for column, key in enumerate(keys):
        if key is None:
            continue
        if key in found[-1]:
            found.append({})
        found[-1][key] = column
    groups = [columns for columns in found if "participants" in columns]
    return tuple(Group(columns, _subject_over(columns, over)) for columns in groups)


def _subject_over(columns: Mapping[str, int], over: Sequence[Row]) -> Subject | None:
    first, last = min(columns.values()), max(columns.values())
    for row in reversed(over):
        for value in row[first : last + 1]:
            subject = find_subject(bare_subject(text(value))) if text(value) else None
            if subject is not None:
                return subject
    return None


def _units(lines: Sequence[Row], keys: Sequence[str | None], first: int) -> dict[str, int]:
    """Find the columns of units: in the line of figures or, where cells are merged downwards, above it."""
    found: dict[str, int] = {}
    for line in reversed(lines):
        for column, value in enumerate(line):
            taken = column < len(keys) and keys[column] is not None
            key = None if taken and column >= first else UNIT_HEADINGS.key(heading(value))
            if key is not None:
                found.setdefault(key, column)
    return found


def bare_subject(name: str) -> str:
    """Return the name of a subject without the code and the words of the exam: «01 - Русский язык (ЕГЭ)»."""
    name = re.sub(r"^\s*\d{1,2}\s*[-–—.]\s*", "", name)
    return re.sub(r"\(?\b(?:к-?егэ|егэ)\b\)?", " ", name, flags=re.IGNORECASE)


def is_numbering(row: Row) -> bool:
    """Tell whether a row under the headings only numbers the columns: 1, 2, 3…"""
    values = [text(value) for value in row if text(value)]
    if len(values) < 3 or not all(value.isdecimal() and len(value) <= 3 for value in values):
        return False
    first = int(values[0])
    return [int(value) for value in values] == list(range(first, first + len(values)))
