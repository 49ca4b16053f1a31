"""What all reports of ФИС ОКО «Аналитика» share: the lines above the table and the names of units (format §1)."""

from __future__ import annotations

import re
from dataclasses import replace

from app.importers.book import Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings
from app.importers.grid import at, heading, text
from app.importers.order import Order, Work, contradictions, prefer, work_or_questions
from app.importers.parsed import Question, UnitRef
from app.importers.subjects import subject_or_as_written
from app.importers.titles import Title, read_title

WHOLE_SAMPLE = "вся выборка"
_CODE = r"[a-zA-Z]{3}\d{2,6}(?:_[a-zA-Z]+\d*)*"
_CODE_LAST = re.compile(rf"^(.*?)\s*\(\s*({_CODE})\s*\)\s*$", re.DOTALL)
_CODE_FIRST = re.compile(rf"^\s*({_CODE})\s*\|\s*(.*)$", re.DOTALL)
_SUBJECT_LINE = re.compile(r"ВПР\s+\d{4}\s+(.+?)\s+\d+\s*класс", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"reg\d{2}\w*_m\d+", re.IGNORECASE)
_REGION = re.compile(r"reg\d{2,6}", re.IGNORECASE)


def report_name(sheet: Sheet) -> str:
    """Return the first text of the sheet, normalised: the report is known by it, not by the file's name."""
    for _, row in sheet.head()[:3]:
        for value in row:
            if text(value):
                return heading(value)
    return ""


def read_work(
    sheet: Sheet, header_row: int, order: Order, findings: Findings
) -> tuple[Work | None, tuple[Question, ...], str]:
    """Return (work, questions, title line) from the lines above the table.

    What the file says wins over what the user said; a contradiction is noted.
    """
    found, line, subject_line = Title(), "", ""
    for number, row in sheet.head():
        if number >= header_row:
            break
        first = text(at(row, 0))
        title = read_title(first)
        if title.year and (title.grade or title.procedure) and not line:
            found, line = prefer(title, found), first
        if heading(first) == "предмет":
            subject_line = text(at(row, 1))
    named = _SUBJECT_LINE.search(line)
    if found.subject is None and (subject_line or named):
        subject = subject_or_as_written(subject_line or (named.group(1) if named else ""))
        found = replace(found, subject=subject.name, level=subject.level)
        if not subject.known:
            findings.add("IMP_SUBJECT_UNKNOWN", subject=subject.name)
    said = order.title()
    for what in contradictions(found, said):
        findings.add("IMP_HINT_DIFFERS", what=what)
    work, questions = work_or_questions(prefer(found, said))
    return work, questions, line


def has_code(value: str) -> bool:
    """Tell whether a line names a unit by its code, as rows of municipalities and schools do."""
    return bool(_CODE_LAST.match(value) or _CODE_FIRST.match(value))


class Units:
    """Names of units from the country down to the school, each knowing what stood above it."""

    def __init__(self) -> None:
        self._region: str | None = None
        self._municipality: str | None = None

    def read(self, value: str, *, school_likely: bool = False) -> UnitRef:
        """Return the unit a line names.

        Args:
            value: «Вся выборка», a region, «район(reg20_m012)», «школа(edu203389)» or «edu203389 | школа».
            school_likely: the row has no number of schools, as only rows of schools have; it decides where there
                is no code.
        """
        if heading(value) == WHOLE_SAMPLE:
            return UnitRef("country", value)
        last, first = _CODE_LAST.match(value), _CODE_FIRST.match(value)
        name, code = value, ""
        if last:
            name, code = last.group(1).strip(), last.group(2).lower()
        elif first:
            name, code = first.group(2).strip(), first.group(1).lower()
        login = fisoko_login(code)
        if login:
            return UnitRef("school", name or login, (("fisoko", login),), self._municipality, self._region)
        if _MUNICIPALITY.fullmatch(code):
            self._municipality = name
            return UnitRef("municipality", name, (("fisoko", code),), None, self._region)
        if not code and school_likely and self._municipality:
            return UnitRef("school", name, (), self._municipality, self._region)
        self._region, self._municipality = name, None
        return UnitRef("region", name, (("fisoko", code),) if _REGION.fullmatch(code) else ())
