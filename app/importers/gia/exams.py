"""The line that names an examination: «01 - Русский язык 2025.05.30», «Английский язык п:2022.06.14; у:2022.06.16».

The name decides what was sat, the code only confirms it (format §5). What is no whole ОГЭ or ЕГЭ says so in ``kind``:
ГВЭ (code of the subject plus 50), an oral part alone, an essay that admits to the examinations.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from app.importers.grid import heading, text
from app.importers.subjects import subject_or_as_written
from app.models.records import Level

ExamKind = Literal["exam", "gve", "oral", "essay"]

CODES: dict[int, tuple[str, Level | None]] = {
    1: ("Русский язык", None),
    2: ("Математика", "profile"),
    3: ("Физика", None),
    4: ("Химия", None),
    5: ("Информатика", None),
    6: ("Биология", None),
    7: ("История", None),
    8: ("География", None),
    9: ("Английский язык", None),
    10: ("Немецкий язык", None),
    11: ("Французский язык", None),
    12: ("Обществознание", None),
    13: ("Испанский язык", None),
    18: ("Литература", None),
    22: ("Математика", "base"),
    25: ("Информатика", None),
    29: ("Английский язык", None),
    30: ("Немецкий язык", None),
    31: ("Французский язык", None),
    33: ("Испанский язык", None),
}
"""Codes of subjects in the systems of РЦОИ, as public parsers of their files have them; others are not checked."""
GVE_FROM, GVE_TO = 51, 68
ORAL_CODES = frozenset({29, 30, 31, 33, 34})
ESSAY_CODES = frozenset({20, 21})

_DATE = r"\d{4}\.\d{2}\.\d{2}|\d{2}\.\d{2}\.\d{4}"
_LINE = re.compile(rf"(?<!\d)(\d{{1,3}})\s*[-–—]\s*(.+?)\s+({_DATE})(?!\d)")
_TWO_PARTS = re.compile(rf"^\W*(.+?)\s+п\W{{0,3}}({_DATE})\W+у\W{{0,3}}({_DATE})")
_CELL = re.compile(rf"^(.+?)\s*\(\s*({_DATE})\s*\)$")
_FILE_NAME = re.compile(rf"(?<!\d)(\d{{2}})[ _-]+({_DATE})(?!\d)")
_FORM_WORDS = re.compile(
    r"\(?\b(?:к-?егэ|к-?огэ|егэ|огэ|гвэ)(?:-?(?:9|11))?\b\)?|\(\s*(?:устн|письм)\w*[^)]*\)", re.IGNORECASE
)
_LONGEST_LINE = 200
_FIRST_YEAR, _LAST_YEAR = 2001, 2099


@dataclass(frozen=True, slots=True)
class Exam:
    """One examination as the protocol names it.

    ``code`` is None where the line has none; ``usual`` is what the code usually means where the name says otherwise.
    """

    name: str
    subject: str
    level: Level | None
    date: dt.date
    code: int | None = None
    kind: ExamKind = "exam"
    known: bool = True
    usual: str | None = None

    @property
    def label(self) -> str:
        """«Русский язык 30.05.2025»; the name alone where only the year is known (then the day is 1 January)."""
        dated = (self.date.month, self.date.day) != (1, 1)
        return f"{self.name} {self.date:%d.%m.%Y}" if dated else self.name


def read_date(line: str) -> dt.date | None:
    """Return a date written «2025.05.30» or «30.05.2025»; None where there is no such day."""
    parts = [int(part) for part in line.split(".")]
    if parts[0] < 100:
        parts.reverse()
    try:
        found = dt.date(*parts)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def read_exam(line: str) -> Exam | None:
    """Return the examination that a cell names, or None."""
    if len(line) > _LONGEST_LINE:
        return None
    line = text(line)
    if "." not in line:
        return None  # no date in it
    single = _LINE.search(line)
    if single is not None:
        date = read_date(single.group(3))
        return _exam(single.group(2), date, int(single.group(1))) if date else None
    double = _TWO_PARTS.search(line)
    if double is not None:
        date = read_date(double.group(2))  # written and oral parts, both dates of one exam: the first day names it
        return _exam(double.group(1), date, None) if date else None
    return None


def read_exam_cell(line: str) -> str | None:
    """Return «Математика 02.06.2026» for the cell «Математика(2026.06.02)» of a list of appeals, or None."""
    found = _CELL.match(text(line))
    date = read_date(found.group(2)) if found else None
    return f"{found.group(1)} {date:%d.%m.%Y}" if found and date else None


def exam_of_file(name: str) -> Exam | None:
    """Return the examination of a file called «02_2026.06.02.csv»: only a known code can say its subject."""
    found = _FILE_NAME.search(name)
    if found is None:
        return None
    date, code = read_date(found.group(2)), int(found.group(1))
    usual = CODES.get(code - 50 if GVE_FROM <= code <= GVE_TO else code)
    if date is None or usual is None:
        return None
    return _exam(_words(usual) if usual[1] == "base" else usual[0], date, code)


def _kind(code: int | None, name: str) -> ExamKind:
    found = heading(name)
    if (code is not None and GVE_FROM <= code <= GVE_TO) or "гвэ" in found.split():
        return "gve"
    if code in ESSAY_CODES or found.startswith(("сочинение", "изложение", "итоговое соч", "итоговое соб")):
        return "essay"
    if code in ORAL_CODES or "устн" in found:
        return "oral"
    return "exam"


def _exam(name: str, date: dt.date, code: int | None) -> Exam:
    kind = _kind(code, name)
    bare = _FORM_WORDS.sub(" ", name).strip(" ,;:.-")
    subject = subject_or_as_written(bare or name)
    usual = CODES.get(code - 50 if kind == "gve" and code is not None and code > 50 else code or 0)
    differs = (
        usual is not None and subject.known and kind != "essay" and not _agrees(usual, subject.name, subject.level)
    )
    return Exam(
        name=text(name),
        subject=subject.name,
        level=subject.level,
        date=date,
        code=code,
        kind=kind,
        known=subject.known,
        usual=_words(usual) if usual and differs else None,
    )


def _agrees(usual: tuple[str, Level | None], name: str, level: Level | None) -> bool:
    return usual[0] == name and (level is None or usual[1] is None or usual[1] == level)


def _words(usual: tuple[str, Level | None]) -> str:
    level = {"base": " базовая", "profile": " профильная"}.get(usual[1] or "", "")
    return usual[0] + level
