"""The spring 2021 export of ФИС ОКО: one row a pupil, every cell a text (format §2.3, §3; decision 8).

Pupils' rows become counts per school here, inside the child process; of a bad row only sheet, row, column and code
go out, never its content.

What is decided of a shifted row (values to the right of the last heading): its points are taken from the columns
headed «балл за N», as in any other row, and the row is a warning. Where only the textbook has moved, the sum agrees
and nothing else is said. Where points have spilled over (18 values for 15 tasks), the stated total differs from our
sum and the row is a second warning; it stays counted, as format §3 says, because the mark still comes from the
headed columns. Only a symbol that is no point, an empty point, variant 0 or a sum above the maximum takes a row out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.importers.book import Book, Sheet
from app.importers.codes import fisoko_login
from app.importers.findings import Findings, without_repeats
from app.importers.grid import Cell, Header, Headings, Row, UnfitCellError, at, is_blank, text, whole
from app.importers.grid import heading as normal
from app.importers.order import Order, Work, contradictions, prefer, work_or_questions
from app.importers.parsed import FileReading, ParsedJournal, ParsedMark, Question, UnitRef
from app.importers.scales import HIGHEST_SUM, answer_fault, find_scale, scale_from_answer
from app.importers.titles import Title, read_title
from app.models.records import Assessment, JournalComparison, MarkCount, Origin, Scale
from app.texts import count

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
_NO_POINTS = frozenset({"x", "х"})
_UNKNOWN = -1_000_000
_MEMO_LIMIT = 20_000
_TICK_ROWS = 2_000

# What a variant says of the row.
_SAT, _ABSENT, _ZERO, _EMPTY, _STRANGE = range(5)


def recognise(book: Book) -> float | None:
    """Known by «логин школы», «код обучающегося», «вариант» and «балл за 1» in one row of headings."""
    return 0.95 if any(sheet.header(HEADINGS, NEEDED) for sheet in book.sheets) else None


def read(book: Book, order: Order) -> FileReading:
    """Return counts per school by the scale of the work, and the comparison with the journal.

    Year, subject and grade come from what the user said, else from a line above the table, else from the name of
    the file; what nobody says becomes a question, and so does an unknown scale. Nothing is accepted then.
    """
    marks: list[ParsedMark] = []
    journals: list[ParsedJournal] = []
    problems = []
    rows_read, label = 0, ""
    questions: tuple[Question, ...] = ()
    for sheet in book.sheets:
        header = sheet.header(HEADINGS, NEEDED)
        if header is None:
            continue
        findings = Findings(sheet.name)
        work, questions = _work(book, sheet, header, order, findings)
        scale, asked = _scale(work, order)
        questions = questions or asked
        if work is None or scale is None:
            break
        if scale.maximum is None:
            findings.add("IMP_SCALE_NO_MAXIMUM", work=work.label)
        label = label or work.label
        table = _Table(sheet, header, scale, findings)
        rows_read += table.run(order.tick)
        marks += table.marks(work)
        journals += table.journals(work.assessment, work.year)
        problems += findings.problems
    return book.reading(
        "pupils_2021",
        title=f"Выгрузка по ученикам: {label}" if label else "Выгрузка по ученикам, весна 2021 года",
        marks=() if questions else without_repeats([(row.count.assessment, row) for row in marks], problems),
        journals=() if questions else without_repeats([(row.comparison.assessment, row) for row in journals], []),
        problems=() if questions else problems,
        questions=questions,
        personal=True,
        rows_read=rows_read,
    )


def _work(
    book: Book, sheet: Sheet, header: Header, order: Order, findings: Findings
) -> tuple[Work | None, tuple[Question, ...]]:
    said, found = order.title(), Title()
    for number, row in sheet.head():
        if number >= header.row:
            break
        found = prefer(found, read_title(text(at(row, 0))))
    found = prefer(found, read_title(book.name.rsplit(".", 1)[0]))
    for what in contradictions(said, found):
        findings.add("IMP_NAME_DIFFERS", what=what)
    return work_or_questions(prefer(said, found), _guess_grade(sheet, header))


def _guess_grade(sheet: Sheet, header: Header) -> int | None:
    """The grade most pupil codes of the first rows begin with; only offered, never used by itself."""
    guesses: Counter[int] = Counter()
    for number, row in sheet.head():
        code = text(header.cell(row, "code"))
        if number > header.row and code.isdecimal() and len(code) >= 4:
            guesses[int(code[:2]) if code[:2] in {"10", "11"} else int(code[0])] += 1
    grade = guesses.most_common(1)[0][0] if guesses else 0
    return grade if 4 <= grade <= 11 else None


def _scale(work: Work | None, order: Order) -> tuple[Scale | None, tuple[Question, ...]]:
    if work is None:
        return None, ()
    key = (work.year, work.procedure, work.subject, work.grade or 0)
    answer = order.hints.answers.get("scale")
    fault = answer_fault(answer) if answer else None
    scale = scale_from_answer(answer, key) if answer else find_scale(order.known.scales, key)
    if scale is not None:
        return scale, ()
    # a scale that was typed wrong is never replaced by another in silence
    why = f"Шкала «{answer}» не подходит: {fault}." if fault else "Нет шкалы перевода баллов в отметки."
    ask = (
        f"{why} Работа: {work.label}. Введите верхние границы «2», «3» и «4» "
        "и наибольший балл через косую черту, например 5/9/13/16."
    )
    return None, (Question("scale", ask),)


@dataclass(slots=True)
class _School:
    """Counts of one school while rows go by. ``marks`` are of 2…5; ``moves`` are lowered, confirmed, raised."""

    login: str
    first: int
    last: int
    municipality: str
    marks: list[int]
    moves: list[int]


class _Memo(dict[Cell, int]):
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


def _points(cell: Cell) -> int:
    """Points of one task: X in any alphabet and «не пройд.» are 0; ``_UNKNOWN`` for anything that is no point."""
    line = text(cell).lower()
    if line in _NO_POINTS or line.startswith("не пройд"):
        return 0
    try:
        points = None if isinstance(cell, bool) else whole(cell)
    except UnfitCellError:
        return _UNKNOWN
    return _UNKNOWN if points is None or points > HIGHEST_SUM else points


def _variant(cell: Cell) -> int:
    line = text(cell).lower()
    if not line:
        return _EMPTY
    if line.startswith("отсутств"):
        return _ABSENT
    try:
        found = whole(cell)
    except UnfitCellError:
        return _STRANGE
    if found is None or found > 99:
        return _STRANGE
    return _SAT if found else _ZERO


def _journal_mark(cell: Cell) -> int:
    """A mark of the journal from 2 to 5; 0 for «нет отметки» and everything else (format §3)."""
    line = text(cell)
    return int(line) if line in {"2", "3", "4", "5"} else 0


def _total(cell: Cell) -> int:
    """The stated total; -1 for an empty cell, ``_UNKNOWN`` for what is no number."""
    try:
        found = None if isinstance(cell, bool) else whole(cell)
    except UnfitCellError:
        return _UNKNOWN
    return -1 if found is None else found


class _Table:
    """The rows of one sheet, read once. Everything that varies little is remembered, so that the loop stays short."""

    def __init__(self, sheet: Sheet, header: Header, scale: Scale, findings: Findings) -> None:
        self._sheet = sheet
        self._header = header
        self._scale = scale
        self._findings = findings
        self._schools: dict[str, _School] = {}
        self._by_cell: dict[Cell, _School] = {}
        head_row = next(row for number, row in sheet.head() if number == header.row)
        self._columns = _point_columns(head_row)

    def run(self, tick: Callable[[int, int | None], None]) -> int:
        """Read every row below the headings; return how many were not blank."""
        header, columns = self._header, self._columns
        take = _taker(columns)
        points = _Memo(_points).__getitem__
        variants, totals, journal_marks = _Memo(_variant), _Memo(_total), _Memo(_journal_mark)
        marks = [self._scale.mark(value) - 2 for value in range(HIGHEST_SUM + 1)]
        highest = HIGHEST_SUM if self._scale.maximum is None else self._scale.maximum
        variant_at, total_at, journal_at = header.at["variant"], header.at.get("total"), header.at.get("journal")
        login_at, width = header.at["login"], header.width
        reach = max(*columns, *header.at.values())
        by_cell, school_of = self._by_cell, self._school_of
        height = self._sheet.height
        count = 0
        for number, row in self._sheet.rows():
            if number <= header.row:
                continue
            if number % _TICK_ROWS == 0:
                tick(number, height)
            if len(row) <= reach:
                row = [*row, *[""] * (reach + 1 - len(row))]  # noqa: PLW2901 - a csv row may be short
            variant = variants[row[variant_at]]
            school = by_cell.get(row[login_at]) or school_of(number, row)
            if school is None:
                count += not is_blank(row)
                continue
            count += 1
            school.last = number
            if variant == _ABSENT:
                continue
            own = sum(map(points, take(row)))
            good = variant == _SAT and 0 <= own <= highest
            if not good and not self._doubtful(number, row, variant, own, highest):
                continue
            mark = marks[own]
            school.marks[mark] += 1
            if journal_at is not None and (before := journal_marks[row[journal_at]]):
                school.moves[1 + (mark + 2 > before) - (mark + 2 < before)] += 1
            if total_at is not None and totals[row[total_at]] not in (own, -1):
                self._findings.add("IMP_TOTAL_DIFFERS", number, total_at)
            if len(row) > width and any(row[width:]):
                self._spilled(number, row)
        return count

    def _school_of(self, number: int, row: Row) -> _School | None:
        """Find or begin the school of a row by its login; a row that names none is noted unless it is blank."""
        cell = row[self._header.at["login"]]
        login = fisoko_login(text(cell))
        if login is None:
            if not is_blank(row):
                code = "IMP_LOGIN_STRANGE" if text(cell) else "IMP_LOGIN_MISSING"
                self._findings.add(code, number, self._header.at["login"])
            return None
        school = self._schools.get(login)
        if school is None:
            municipality = text(self._header.cell(row, "municipality"))
            school = _School(login, number, number, municipality, [0] * 4, [0] * 3)
            self._schools[login] = school
        self._by_cell[cell] = school
        return school

    def _doubtful(self, number: int, row: Row, variant: int, own: int, highest: int) -> bool:
        """Note what is wrong with a row; return whether it still counts."""
        add, header = self._findings.add, self._header
        counts = True
        if variant == _ZERO:
            add("IMP_VARIANT_ZERO", number, header.at["variant"])
            return False
        if variant == _STRANGE:
            add("IMP_VARIANT_STRANGE", number, header.at["variant"])
            return False
        if own < 0:
            self._without_points(number, row)
            return False
        if own > highest:
            add("IMP_SUM_ABOVE_MAXIMUM", number, header.at.get("total"))
            counts = False
        elif variant == _EMPTY:
            add("IMP_VARIANT_EMPTY", number, header.at["variant"])
        return counts

    def _without_points(self, number: int, row: Row) -> None:
        """Note every cell that holds no point; the empty ones together, at the first of them."""
        wrong = [column for column in self._columns if _points(row[column]) == _UNKNOWN]
        empty = [column for column in wrong if not text(row[column])]
        for column in wrong:
            if column not in empty:
                self._findings.add("IMP_POINT_STRANGE", number, column)
            elif column == empty[0]:
                tasks = count(len(empty), "задание", "задания", "заданий")
                self._findings.add("IMP_POINT_EMPTY", number, column, tasks=tasks)

    def _spilled(self, number: int, row: Row) -> None:
        width = self._header.width
        column = next((i for i in range(width, len(row)) if text(row[i])), None)
        if column is not None:
            self._findings.add("IMP_ROW_SHIFTED", number, column)

    def _unit(self, school: _School) -> UnitRef:
        return UnitRef("school", school.login, (("fisoko", school.login),), school.municipality or None)

    def _origin(self, school: _School) -> Origin:
        return Origin(self._sheet.name, school.first, school.last)

    def marks(self, work: Work) -> list[ParsedMark]:
        """Return the counts; a school where nobody sat the work has 0 participants."""
        found = []
        for school in self._schools.values():
            total = sum(school.marks)
            m2, m3, m4, m5 = school.marks
            count = MarkCount(work.assessment, work.year, total, m2, m3, m4, m5, m2, autumn=work.autumn)
            found.append(ParsedMark(self._unit(school), count, self._origin(school)))
        return found

    def journals(self, assessment: Assessment, year: int) -> list[ParsedJournal]:
        """Return the comparison of schools where at least one participant has a mark in the journal."""
        found = []
        for school in self._schools.values():
            if any(school.moves):
                comparison = JournalComparison(assessment, year, sum(school.marks), *school.moves)
                found.append(ParsedJournal(self._unit(school), comparison, self._origin(school)))
        return found


def _point_columns(head_row: Row) -> list[int]:
    """Return the columns headed «балл за N»."""
    return [column for column, value in enumerate(head_row) if _POINT.fullmatch(normal(value))]


def _taker(columns: Sequence[int]) -> Callable[[Row], Iterable[Cell]]:
    """Return what takes the points out of a row: a slice where they stand side by side."""
    first, last = columns[0], columns[-1] + 1
    if list(columns) == list(range(first, last)):
        return itemgetter(slice(first, last))
    return itemgetter(*columns) if len(columns) > 1 else lambda row: (row[first],)
