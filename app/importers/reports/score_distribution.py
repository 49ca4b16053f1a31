"""ФИС ОКО «Распределение первичных баллов»: the share of participants with each score, from the country down.

A count is restored as p·N/100, rounded half up, and marked as restored. Units lie in rows and scores 0…N in columns,
or the other way round; an empty cell between shares is nobody with that score.
"""

from __future__ import annotations

from decimal import Decimal

from app.errors import Problem, problem
from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Cell, Header, Row, count_of_share, text
from app.importers.order import Order, Work
from app.importers.parsed import FileKind, FileReading, ParsedScores, Question
from app.importers.reports import units_across, units_down
from app.importers.reports.naming import TITLES, report_kind, stated_maximum
from app.importers.reports.shapes import Line, PercentTable, Task, UnitLine, decimals, once, whole_percents
from app.models.records import Origin, ScoreCount

KIND: FileKind = "score_distribution"
HIGHEST_SCORE = 100
_LEAST_COLUMNS = 6
_LEAST_TOLERANCE, _MOST_TOLERANCE = Decimal("0.1"), Decimal(1)


def recognise(book: Book) -> float | None:
    """Known by the first line; else by columns that begin with 0 and 1 and go on past the marks."""
    if any(report_kind(sheet) == KIND for sheet in book.sheets):
        return 0.96
    for sheet in book.sheets:
        layout = units_down.find_layout(sheet, score_of, Findings(sheet.name))
        codes = {task.code for task in layout.tasks} if layout else set()
        if {"0", "1"} <= codes and len(codes) > _LEAST_COLUMNS:
            return 0.85
    return None


def score_of(value: Cell) -> Task | None:
    """Read a heading of a score: «0», «17», «17 баллов»."""
    words = text(value).split()
    if not 1 <= len(words) <= 2 or (len(words) == 2 and not words[1].lower().startswith("б")):
        return None
    fits = words[0].isascii() and words[0].isdecimal() and len(words[0]) <= 3 and int(words[0]) <= HIGHEST_SCORE
    return Task(str(int(words[0]))) if fits else None


def _score_of_row(header: Header, row: Row, _order: int) -> Task | None:
    return score_of(header.cell(row, "score"))


def _table(sheet: Sheet, findings: Findings) -> tuple[PercentTable, int] | None:
    down = units_down.find_layout(sheet, score_of, findings)
    if down is not None and len(down.tasks) > 1:
        return units_down.read_lines(sheet, down, findings, groups=False), down.header.row
    across = units_across.find_layout(sheet, ("score",), findings)
    if across is None:
        return None
    return units_across.read_lines(sheet, across, _score_of_row, findings), across.header.row


def read(book: Book, order: Order) -> FileReading:
    """Return the distribution of every unit of every sheet of the report."""
    named = [sheet for sheet in book.sheets if report_kind(sheet) == KIND] or book.sheets
    lines: list[Line] = []
    problems: list[Problem] = []
    questions: tuple[Question, ...] = ()
    title, rows_read, tables = "", 0, 0
    for sheet in named:
        findings = Findings(sheet.name)
        found = _table(sheet, findings)
        if found is None:
            continue
        table, header_row = found
        tables += 1
        work, asked, line = fisoko.read_work(sheet, header_row, order, findings)
        title = title or line
        if work is None:
            questions = questions or asked
        else:
            lines += _counts(whole_percents(table), work, stated_maximum(sheet, header_row), findings)
            rows_read += len(table.lines)
        problems += findings.problems
    if not tables:
        refused = problem("IMP_REPORT_LAYOUT", name=book.name, report=TITLES[KIND])
        return book.reading(KIND, refused=refused)
    kept = [] if questions else once(lines, problems)
    return book.reading(
        KIND,
        title=f"{TITLES[KIND]}: {title}" if title else TITLES[KIND],
        scores=[
            ParsedScores(line.unit, count, line.origin)
            for line in kept
            for count in line.count
            if isinstance(count, ScoreCount)
        ],
        problems=problems,
        questions=questions,
        rows_read=rows_read,
    )


def _counts(table: PercentTable, work: Work, stated: int | None, findings: Findings) -> list[Line]:
    digits = decimals(figure.percent for line in table.lines for figure in line.figures)
    highest = max((int(task.code) for task in table.tasks), default=0)
    if stated is not None and stated <= HIGHEST_SCORE:
        highest = max(stated, 0)
    found: list[Line] = []
    for line in table.lines:
        shares = {int(table.tasks[figure.task].code): figure.percent for figure in line.figures}
        if not line.fits or not _sound(line, shares, highest, digits, findings):
            continue
        people = line.participants or 0
        counts = tuple(count_of_share(shares.get(score, Decimal(0)), people) for score in range(highest + 1))
        _check_restored(line, people, counts, digits, findings)
        count = ScoreCount(work.assessment, work.year, people, counts, restored=True, autumn=work.autumn)
        rows = [figure.row for figure in line.figures]
        cells = f"{line.figures[0].cell}:{line.figures[-1].cell}"
        origin = Origin(findings.sheet, min(rows), max(rows), cells)
        found.append(Line(line.unit, (count,), origin, (work.assessment, work.year, work.autumn), ()))
    return found


def _sound(line: UnitLine, shares: dict[int, Decimal], highest: int, digits: int, findings: Findings) -> bool:
    """Tell whether the shares are those of one whole; what is wrong is noted at the line's first figure."""
    row = line.figures[0].row
    if line.participants is None:
        findings.problems.append(problem("IMP_PARTICIPANTS_MISSING", sheet=findings.sheet, cell=line.place))
        return False
    beyond = max((score for score, percent in shares.items() if percent), default=0)
    if beyond > highest:
        findings.add("IMP_SCORE_BEYOND", row, score=beyond, stated=highest)
        return False
    tolerance = min(max(_LEAST_TOLERANCE, len(shares) * Decimal(5).scaleb(-digits - 1)), _MOST_TOLERANCE)
    if line.participants and abs(sum(shares.values(), Decimal(0)) - 100) > tolerance:
        findings.add("IMP_SCORES_SUM", row)
        return False
    return True


def _check_restored(line: UnitLine, people: int, counts: tuple[int, ...], digits: int, findings: Findings) -> None:
    """Say where counts restored from rounded percentages may be off (see ``mark_statistics``)."""
    row = line.figures[0].row
    if people >= 10 ** (digits + 2):
        off = -(-people // (2 * 10 ** (digits + 2)))
        is_school = line.unit.kind == "school"
        findings.add("IMP_SCORES_APPROXIMATE", row, level="warning" if is_school else "hint", off=off)
    elif sum(counts) != people:
        findings.add("IMP_RESTORED_SUM", row, total=sum(counts), participants=people)
