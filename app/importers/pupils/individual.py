"""ФИС ОКО «Индивидуальные результаты» (Ф1): one row a participant, marks given (format §1.1, domain §4).

The mark that stands in the report decides; where it has none, the scale of the work does. Our own sum of points is
believed for tasks and scores, the «Первичный балл» is only compared.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

from app.errors import Problem, UserError
from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings, unit_key
from app.importers.grid import Cell, Header, Headings, Row, UnfitCellError, at, heading, is_blank, text, whole
from app.importers.order import Order, Work
from app.importers.parsed import FileReading, Question, UnitRef
from app.importers.pupils.harvest import Harvest
from app.importers.pupils.heads import task_columns
from app.importers.pupils.rows import Layout, PupilTable
from app.importers.pupils.schools import known_by_login, plain_name
from app.importers.pupils.works import guess_grade, scale_of, scale_question, work_of
from app.importers.scales import HIGHEST_SUM
from app.models.records import Scale

HEADINGS = Headings(
    {
        "login": ("оо", "логин", "логин оо", "логин школы"),
        "municipality": ("муниципалитет", "муниципальное образование"),
        "name": ("название оо", "наименование оо", "школа"),
        "code": ("код участника", "код обучающегося"),
        "class": ("класс", "номер класса", "порядковый номер класса"),
        "variant": ("вариант",),
        "total": ("первичный балл", "первичный балл *", "итоговый первичный балл"),
        "mark": ("отметка", "отметка за впр", "отметка впр"),
        "journal": ("отметка по журналу", "отметка в журнале"),
    }
)
NEEDED = ("code", "total")
_ENDS = ("class", "total", "mark", "journal")
_REPORT = "индивидуальные результаты"
_MAXIMUM = "максимальный первичный балл"
_DECLARED = re.compile(r"\|?\s*кол\S*\s+участников\s*[:\-–—]?\s*(\d{1,6})\s*$", re.IGNORECASE)
_NUMBER_LAST = re.compile(r"(\d{1,3})\s*$")


def recognise(book: Book) -> float | None:
    """Known by «Код участника», «Первичный балл» and headings of tasks; surer where the report names itself."""
    sheets = [sheet for sheet in book.sheets if _layout(sheet)]
    if not sheets:
        return None
    return 0.96 if any(_names_itself(sheet) for sheet in sheets) else 0.9


def _names_itself(sheet: Sheet) -> bool:
    lines = (heading(next((cell for cell in row if text(cell)), "")) for _, row in sheet.head()[:12])
    return any(line.startswith(_REPORT) for line in lines)


@dataclass(frozen=True, slots=True)
class _Part:
    """One sheet with its work; ``problems`` were found before its rows were read."""

    sheet: Sheet
    header: Header
    layout: Layout
    work: Work
    problems: list[Problem]


def read(book: Book, order: Order) -> FileReading:
    """Return counts per school of every sheet that has such a table.

    Year, subject and grade stand in the title line; a scale is asked for only where a participant has no mark and
    nobody knows the scale. Where a book holds several works, the typed scale is for the one that lacks its own.

    Raises:
        UserError: IMP_SCALES_SEVERAL where two works of the book lack scales: one answer can't serve both.
    """
    harvest = Harvest()
    parts, harvest.questions = _parts(book, order)
    several = len({part.work.label for part in parts}) > 1
    lacking: list[str] = []
    for part in parts if not harvest.questions else ():
        scale = scale_of(part.work, order, typed=not several)
        table, schools, findings = _count(part, scale, order)
        if table.unmarked and scale is None:
            lacking += [] if part.work.label in lacking else [part.work.label]
            scale = scale_of(part.work, order)
            if several and scale is not None:
                table, schools, findings = _count(part, scale, order)
        if len(lacking) > 1:
            raise UserError("IMP_SCALES_SEVERAL", name=book.name, first=lacking[0], second=lacking[1])
        if table.unmarked and scale is None:
            harvest.questions = (scale_question(part.work, order, table.scale_of_marks()),)
        _conclude(table, schools, part.work, findings)
        harvest.take(table, part.work, findings, schools.lost)
    return harvest.reading(book, "individual", "Индивидуальные результаты")


def _parts(book: Book, order: Order) -> tuple[list[_Part], tuple[Question, ...]]:
    """Return every sheet that has such a table, or the questions of the first whose work nobody names."""
    parts: list[_Part] = []
    for sheet in book.sheets:
        found = _layout(sheet)
        if found is None:
            continue
        findings = Findings(sheet.name)
        work, questions = _work(book, sheet, found[0], order, findings)
        if work is None:
            return [], questions
        parts.append(_Part(sheet, *found, work, findings.problems))
    return parts, ()


def _count(part: _Part, scale: Scale | None, order: Order) -> tuple[PupilTable, _Sections, Findings]:
    """Read the rows of one sheet by a scale, or by the marks alone."""
    findings, schools = Findings(part.sheet.name), _Sections(part.header)
    findings.problems += part.problems
    table = PupilTable(part.sheet, part.layout, schools, scale, findings)
    table.note_maximum(part.work)
    table.run(order.tick)
    return table, schools, findings


def _layout(sheet: Sheet) -> tuple[Header, Layout] | None:
    header = sheet.header(HEADINGS, NEEDED)
    if header is None or not ("login" in header or "name" in header):
        return None
    tasks = task_columns(sheet, header, "variant" if "variant" in header else "code", _ENDS)
    if not tasks:
        return None
    return header, Layout(
        header_row=header.row,
        tasks=tasks,
        school=header.at["login"] if "login" in header else header.at["name"],
        variants=(header.at["variant"],) if "variant" in header else (),
        pupil=header.at["code"],
        total=header.at["total"],
        total_name="Первичный балл",
        journal=header.at.get("journal"),
        mark=header.at.get("mark"),
        maximum=_maximum(sheet, header),
        dash_is_skipped=True,
    )


def _maximum(sheet: Sheet, header: Header) -> int | None:
    """Return the highest sum of points that the lines above the table state."""
    for number, row in sheet.head():
        if number >= header.row or not heading(at(row, 0)).startswith(_MAXIMUM):
            continue
        inside = _NUMBER_LAST.search(text(at(row, 0)))
        try:
            found = whole(at(row, 1)) or (int(inside.group(1)) if inside else None)
        except UnfitCellError:
            return None
        return found if found and found <= HIGHEST_SUM else None
    return None


def _work(
    book: Book, sheet: Sheet, header: Header, order: Order, findings: Findings
) -> tuple[Work | None, tuple[Question, ...]]:
    """Return the work by the lines above the table, which win over what the user said; else by the file's name."""
    above = Findings(sheet.name)
    work, _, _ = fisoko.read_work(sheet, header.row, order, above)
    if work is not None:
        findings.problems += above.problems
        return work, ()
    return work_of(book, sheet, header.row, order, findings, guess_grade(sheet, header.row, header.at["code"]))


def _conclude(table: PupilTable, schools: _Sections, work: Work, findings: Findings) -> None:
    """Compare with what the report says of itself: the number of participants of a school, marks against the scale."""
    listed = {unit_key(school.unit): school.listed for school in table.found()}
    for key, sections in schools.declared.items():
        stated = [count for _, count in sections]
        if listed.get(key, 0) not in {sum(stated), *([stated[0]] if len(set(stated)) == 1 else [])}:
            findings.add("IMP_DECLARED_DIFFERS", sections[0][0], declared=sum(stated), found=listed.get(key, 0))
    tally = table.tally
    if tally.disagreeing:
        findings.add("IMP_MARKS_DISAGREE", work=work.label, count=tally.disagreeing, total=tally.both_marks)


class _Sections:
    """Rows of pupils that name their school, under lines «школа(edu203389) | Кол-во участников: 89».

    ``declared`` keeps (row, number of participants) of those lines by the school.
    """

    def __init__(self, header: Header) -> None:
        self.lost = 0
        self.declared: dict[Hashable, list[tuple[int, int]]] = {}
        self._header = header
        self._places = [header.at[key] for key in ("login", "name") if key in header]
        self._now: UnitRef | None = None
        self._names: dict[str, str] = {}

    def remembers(self, cell: Cell) -> bool:
        """Tell whether the cell holds a login."""
        return known_by_login(cell)

    def unit(self, number: int, row: Row, findings: Findings) -> UnitRef | None:
        """Return the school of a pupil's row; a line above pupils is kept for those that do not name theirs."""
        code = heading(self._header.cell(row, "code"))
        if HEADINGS.key(code) == "code":
            return None  # the headings once more, above another school
        named = [text(at(row, column)) for column in self._places]
        login = next((found for line in named if (found := fisoko_login(line))), None)
        if not code and (login is None or self._is_section(row)):
            self._section(number, row)
            return None
        name = text(self._header.cell(row, "name"))
        if login is None and (self._now is not None or not name):
            if self._now is None:
                self.lost += 1
                column = self._places[0]
                findings.add("IMP_LOGIN_STRANGE" if named[0] else "IMP_LOGIN_MISSING", number, column)
            return self._now
        municipality = plain_name(text(self._header.cell(row, "municipality"))) or None
        if login is None:
            return UnitRef("school", name, (), municipality)
        self._adopt(login)
        name = (plain_name(name) if name else "") or self._names.get(login, login)
        return UnitRef("school", name, (("fisoko", login),), municipality)

    def _adopt(self, login: str) -> None:
        """Give the line above the login of its first pupil's row, where it has none of its own."""
        if self._now is None or self._now.codes:
            return
        self._names.setdefault(login, self._now.name)
        stated = self.declared.pop(unit_key(self._now), [])
        self._now = UnitRef("school", self._now.name, (("fisoko", login),))
        if stated:
            self.declared.setdefault(unit_key(self._now), []).extend(stated)

    def _is_section(self, row: Row) -> bool:
        return not any(text(cell) for cell in row[1:]) or bool(_DECLARED.search(_joined(row)))

    def _section(self, number: int, row: Row) -> None:
        if is_blank(row):
            return
        line = _joined(row)
        declared = _DECLARED.search(line)
        login = fisoko_login(line)
        if declared is None and login is None:
            return
        name = plain_name(_DECLARED.sub("", line).strip(" |"))
        unit = UnitRef("school", name or login or "", (("fisoko", login),) if login else ())
        if login and name:
            self._names.setdefault(login, name)
        self._now = unit
        if declared:
            self.declared.setdefault(unit_key(unit), []).append((number, int(declared.group(1))))


def _joined(row: Row) -> str:
    return " | ".join(line for cell in row if (line := text(cell)))
