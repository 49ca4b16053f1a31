"""What the columns of a protocol are called in all its layouts, and what kind of line a row is (format §5).

Names and documents are looked at only to tell that one pupil stands twice; nothing of them leaves the reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.importers.book import Sheet
from app.importers.grid import Header, Headings, Row, heading, read_header, text

HEADINGS = Headings(
    {
        "order": ("№", "№ п п", "n п п"),
        "msu": ("код мсу",),
        "oo": ("код оо", "код оу", "schoolcode"),
        "class": ("класс", "classcode"),
        "surname": ("фамилия", "surnamecell"),
        "name": ("имя", "namecell"),
        "patronymic": ("отчество", "secondnamecell"),
        "series": ("серия", "documentseriescode"),
        "number": ("номер", "documentnumbercode"),
        "document": ("документ",),
        "participant": ("код участника", "код регистрации", "гос номер"),
        "short": (
            *("задания с кратким ответом", "часть с кратким ответом", "ответы в краткой форме", "testresultbcell"),
            "*кратк* ответ*",
        ),
        "long": (
            *("задания с развернутым ответом", "часть с развернутым ответом", "ответы в развернутой форме"),
            *("testresultccell", "*развернут* ответ*"),
        ),
        "oral": ("устная часть", "testresultdcell"),
        "primary": ("первичный балл", "primarymark"),
        "test": ("тестовый балл", "итоговый балл", "балл по 100 балльной шкале", "mark100"),
        "score": ("балл",),
        "mark": ("оценка", "итоговая оценка", "отметка", "mark5"),
        "exam": ("экзамен",),
        "appeal": ("*апелляц*",),
    }
)
RESULTS = ("primary", "test", "score", "mark")
PERSONAL = ("surname", "name", "patronymic", "series", "number", "document", "participant")
_MEANS = ("средн", "итого", "в среднем")
_LEAST = ("минимальн", "порог")
_TOTAL = ("всего участ", "количество участ", "число участ", "всего")


def header_of(number: int, row: Row) -> Header | None:
    """Return the headings of a row that begins a table of pupils, or None."""
    found = read_header(number, [heading(value) for value in row], HEADINGS)
    if "oo" not in found:
        return None
    return found if any(key in found for key in RESULTS) or "appeal" in found else None


def is_appeals(header: Header) -> bool:
    """Tell whether the table lists appeals instead of all participants."""
    return "appeal" in header and "short" not in header


def protocol_header(sheet: Sheet) -> Header | None:
    """Return the first headings of a protocol near the top of a sheet, or None."""
    for number, row in sheet.head():
        header = header_of(number, row)
        if header is not None:
            return header
    return None


def first_text(row: Row) -> str:
    """Return the first cell of a row that says anything."""
    for value in row:
        if value not in ("", None):
            line = text(value)
            if line:
                return line
    return ""


def summary_of(first: str) -> str | None:
    """Return «means», «least», «total» for a line under a block, by its first words; None for any other line."""
    found = heading(first)
    for kind, words in (("means", _MEANS), ("least", _LEAST), ("total", _TOTAL)):
        if found.startswith(words):
            return kind
    return None


def numbers_of(row: Row) -> list[int]:
    """Return the whole numbers of a summary line."""
    found = []
    for value in row:
        line = text(value)
        if line.isdecimal() and len(line) <= 6:
            found.append(int(line))
    return found


_GRADE = re.compile(r"\s*(\d{1,2})(?!\d)")


@lru_cache(maxsize=1_024)
def grade_of(class_name: str) -> int | None:
    """Return 9 for «9а», 11 for «11-Б», None for «А»."""
    found = _GRADE.match(class_name)
    grade = int(found.group(1)) if found else 0
    return grade if 1 <= grade <= 12 else None


def region_of(lines: Sequence[str]) -> str | None:
    """Return the code of the region from a line «20 - Чеченская Республика» above a block, or None."""
    for line in lines:
        found = re.fullmatch(r"(\d{2})\s*[-–—]\s*[^\d]+", line)
        if found:
            return found.group(1)
    return None
