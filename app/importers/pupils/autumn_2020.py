"""The autumn 2020 export: ``groups, user, id, code, otc, gender, klass, var-1, var-2, sum, a-1-grade…`` (format §2.4).

The works for grade N were written by grade N+1; they keep result year 2020, the grade of the work and a flag
(decision 1). Forty columns of points are always there; those that nobody has anything in are no tasks. Tasks are
numbered through, not as the paper prints them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, Row, heading, text
from app.importers.order import Order, Work, contradictions, prefer, work_or_questions
from app.importers.parsed import FileReading, Question
from app.importers.pupils.harvest import Harvest
from app.importers.pupils.heads import head_row
from app.importers.pupils.rows import Layout, PupilTable, TaskColumn, unfilled_columns
from app.importers.pupils.schools import ByLogin
from app.importers.pupils.works import guess_grade, title_of, with_scale

HEADINGS = Headings(
    {
        "groups": ("groups",),
        "login": ("user",),
        "code": ("code",),
        "journal": ("otc",),
        "variant": ("var 1",),
        "variant_2": ("var 2",),
        "total": ("sum",),
        "first_point": ("a 1 grade",),
    }
)
NEEDED = ("groups", "login", "variant", "first_point")
YEAR = 2020
_POINT = re.compile(r"a (\d{1,2}) grade")
_TAG = re.compile(r"(?<![a-z0-9])(reg\d{2})(?:_[a-z]+)*_(m\d{2,3})(?![a-z0-9])", re.IGNORECASE)


def recognise(book: Book) -> float | None:
    """Known by «groups», «user», «var-1» and «a-1-grade» in one row of headings."""
    return 0.97 if any(sheet.header(HEADINGS, NEEDED) for sheet in book.sheets) else None


def read(book: Book, order: Order) -> FileReading:
    """Return counts per school; subject and grade come from the person, the lines above or the name of the file."""
    harvest = Harvest()
    for sheet in book.sheets:
        header = sheet.header(HEADINGS, NEEDED)
        if header is None:
            continue
        findings = Findings(sheet.name)
        task = with_scale(*_work(book, sheet, header, order, findings), order)
        harvest.questions = task.questions
        if task.work is None or task.questions:
            break
        schools = ByLogin(header.at["login"], partial(municipality, header))
        table = PupilTable(sheet, _layout(sheet, header), schools, task.scale, findings)
        table.note_maximum(task.work)
        table.run(order.tick)
        harvest.take(table, task.work, findings, schools.lost)
    return harvest.reading(book, "pupils_2020", "Выгрузка по ученикам, осень 2020 года")


def municipality(header: Header, row: Row) -> str:
    """Return the code of the municipality among the tags of a pupil: «reg22_vpr_m060» is ``reg22_m060``.

    Two different ones say nothing; a name is nowhere in this export.
    """
    tags = {f"{region}_{area}".lower() for region, area in _TAG.findall(text(header.cell(row, "groups")))}
    return tags.pop() if len(tags) == 1 else ""


def _work(
    book: Book, sheet: Sheet, header: Header, order: Order, findings: Findings
) -> tuple[Work | None, tuple[Question, ...]]:
    """Return the work; the year is that of the export, whatever else is written."""
    said, found = order.title(), title_of(book, sheet, header.row)
    if said.year not in {None, YEAR}:
        findings.add("IMP_HINT_DIFFERS", what="год")
    if found.year not in {None, YEAR}:
        findings.add("IMP_AUTUMN_YEAR", year=found.year)
    said, found = (replace(title, year=YEAR, autumn=True) for title in (said, found))
    for what in contradictions(said, found):
        findings.add("IMP_NAME_DIFFERS", what=what)
    pupils = guess_grade(sheet, header.row, header.at.get("code"))
    work, questions = work_or_questions(prefer(said, found), pupils - 1 if pupils and pupils > 1 else None)
    if work is not None and work.grade == pupils:
        findings.add("IMP_AUTUMN_GRADE", grade=pupils)
    return work, questions


def _layout(sheet: Sheet, header: Header) -> Layout:
    points = [
        TaskColumn(found.group(1), column)
        for column, value in enumerate(head_row(sheet, header))
        if (found := _POINT.fullmatch(heading(value)))
    ]
    second = header.at.get("variant_2")
    wanted = [task.column for task in points] + ([second] if second is not None else [])
    empty = unfilled_columns(sheet, header.row, wanted)
    used = tuple(task for task in points if task.column not in empty)
    both = (header.at["variant"],) if second is None or second in empty else (header.at["variant"], second)
    return Layout(
        header_row=header.row,
        tasks=used or tuple(points[:1]),
        school=header.at["login"],
        variants=both,
        pupil=header.at.get("code"),
        total=header.at.get("total"),
        total_name="sum",
        journal=header.at.get("journal"),
    )
