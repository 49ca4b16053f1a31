"""The spring 2021 export of ФИС ОКО: one row a pupil, every cell a text (format §2.3, §3; decision 8).

Tasks are numbered through (1…N), not as the paper prints them: the number is given as it stands.

What is decided of a shifted row (values to the right of the last heading): its points are taken from the columns
headed «балл за N», as in any other row, and the row is a warning. Where only the textbook has moved, the sum agrees
and nothing else is said. Where points have spilled over (18 values for 15 tasks), the stated total differs from our
sum and the row is a second warning; it stays counted, as format §3 says, because the mark still comes from the
headed columns. Only a symbol that is no point, an empty point, variant 0 or a sum above the maximum takes a row out.
"""

from __future__ import annotations

import re
from functools import partial

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Header, Headings, Row, heading, text
from app.importers.order import Order
from app.importers.parsed import FileReading
from app.importers.pupils.harvest import Harvest
from app.importers.pupils.heads import head_row
from app.importers.pupils.rows import Layout, PupilTable, TaskColumn
from app.importers.pupils.schools import ByLogin
from app.importers.pupils.works import guess_grade, with_scale, work_of

HEADINGS = Headings(
    {
        "login": ("логин школы", "логин оо", "логин"),
        "municipality": ("регион", "муниципалитет"),
        "code": ("код обучающегося", "код участника"),
        "journal": ("отметка за предыдущ*",),
        "variant": ("вариант",),
        "total": ("всего баллов", "итого баллов"),
        "first_point": ("балл за 1",),
    }
)
NEEDED = ("login", "code", "variant", "first_point")
_POINT = re.compile(r"балл за (\d{1,2})")


def recognise(book: Book) -> float | None:
    """Known by «логин школы», «код обучающегося», «вариант» and «балл за 1» in one row of headings."""
    return 0.95 if any(sheet.header(HEADINGS, NEEDED) for sheet in book.sheets) else None


def read(book: Book, order: Order) -> FileReading:
    """Return counts per school by the scale of the work, by task and by score, and the comparison with the journal.

    Year, subject and grade come from what the user said, else from a line above the table, else from the name of
    the file; what nobody says becomes a question, and so does an unknown scale. Nothing is accepted then.
    """
    harvest = Harvest()
    for sheet in book.sheets:
        header = sheet.header(HEADINGS, NEEDED)
        if header is None:
            continue
        findings = Findings(sheet.name)
        offered = guess_grade(sheet, header.row, header.at["code"])
        task = with_scale(*work_of(book, sheet, header.row, order, findings, offered), order)
        harvest.questions = task.questions
        if task.work is None or task.questions:
            break
        schools = ByLogin(header.at["login"], partial(_municipality, header))
        table = PupilTable(sheet, _layout(sheet, header), schools, task.scale, findings)
        table.note_maximum(task.work)
        table.run(order.tick)
        harvest.take(table, task.work, findings, schools.lost)
    words = "Выгрузка по ученикам"
    return harvest.reading(book, "pupils_2021", words if harvest.label else f"{words}, весна 2021 года")


def _municipality(header: Header, row: Row) -> str:
    return text(header.cell(row, "municipality"))


def _layout(sheet: Sheet, header: Header) -> Layout:
    points = ((column, _POINT.fullmatch(heading(value))) for column, value in enumerate(head_row(sheet, header)))
    return Layout(
        header_row=header.row,
        tasks=tuple(TaskColumn(found.group(1), column) for column, found in points if found),
        school=header.at["login"],
        variants=(header.at["variant"],),
        pupil=header.at["code"],
        total=header.at.get("total"),
        journal=header.at.get("journal"),
        width=header.width,
        blank_is_nothing=False,
    )
