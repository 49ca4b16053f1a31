"""ФИС ОКО «Выполнение заданий», «Достижение планируемых результатов», «Выполнение заданий группами участников».

The percentage of a task is the sum of points of all participants in per cent of the greatest sum possible
(fulfilment), so the points are restored as p·N·max/100, rounded half up, and marked as restored. Without the highest
points of the task the percentage says nothing exact: it is looked for in the heading («1 (2б)»), in a row or column
«Макс. балл», then worked out where «Максимальный первичный балл» leaves one answer only, then asked for. A task whose
highest points nobody knows (answer «-») is left out with a warning: points with an invented maximum would be false.
The same holds for participants: a report that does not say how many they are asks, and «-» leaves the column out.

The layouts are known by their general shape only (format §1): both ways round are read by their headings
(``units_down``, ``units_across``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from app.errors import Problem, problem
from app.importers import fisoko
from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import Cell
from app.importers.order import Order, Work
from app.importers.parsed import FileKind, FileReading, ParsedTask, Question
from app.importers.reports import units_across, units_down
from app.importers.reports.answers import UnansweredError, listed
from app.importers.reports.naming import TITLES, report_kind, stated_maximum
from app.importers.reports.shapes import (
    LARGEST_MAXIMUM,
    Figure,
    Line,
    PercentTable,
    Task,
    UnitLine,
    decimals,
    once,
    task_of,
    whole_percents,
)
from app.models.records import Origin, TaskCount


@dataclass(slots=True)
class _Sheet:
    """One sheet on its way to counts."""

    sheet: Sheet
    findings: Findings
    table: PercentTable
    work: Work
    stated: int | None


def recognise(book: Book, kind: FileKind) -> float | None:
    """Known by the first line; by its headings alone only when the user names the kind."""
    if any(report_kind(sheet) == kind for sheet in book.sheets):
        return 0.96
    return 0.1 if any(_layout(sheet, kind, Findings(sheet.name)) for sheet in book.sheets) else None


def _layout(
    sheet: Sheet, kind: FileKind, findings: Findings
) -> units_down.DownLayout | units_across.AcrossLayout | None:
    """Return where the table lies, whichever way round; no row below the headings is read for that."""
    outcomes = kind == "planned_results"
    added: list[int] = []

    def of_heading(value: Cell) -> Task | None:
        task = task_of(value)
        if task is not None and (outcomes or task.outcome is None):
            return task
        added.append(1)
        wording = str(value).strip()
        return Task(f"результат {len(added)}", None, wording) if outcomes and len(wording) > 20 else None

    down = units_down.find_layout(sheet, of_heading, findings)
    return down or units_across.find_layout(sheet, ("task", "outcome"), findings)


def _table(sheet: Sheet, kind: FileKind, findings: Findings) -> tuple[PercentTable, int] | None:
    """Return the table and its row of headings."""
    layout = _layout(sheet, kind, findings)
    if layout is None:
        return None
    if isinstance(layout, units_down.DownLayout):
        table = units_down.read_lines(sheet, layout, findings, groups=kind == "task_groups")
    else:
        table = units_across.read_lines(sheet, layout, units_across.task_of_row, findings)
    return table, layout.header.row


def read(book: Book, order: Order, kind: FileKind) -> FileReading:
    """Return the points of every unit at every task."""
    named = [sheet for sheet in book.sheets if report_kind(sheet) == kind] or book.sheets
    sheets: list[_Sheet] = []
    problems: list[Problem] = []
    questions: tuple[Question, ...] = ()
    title, rows_read = "", 0
    for sheet in named:
        findings = Findings(sheet.name)
        found = _table(sheet, kind, findings)
        if found is None:
            continue
        table, header_row = found
        work, asked, line = fisoko.read_work(sheet, header_row, order, findings)
        title = title or line
        problems += findings.problems
        findings.problems = []
        if work is None:
            questions = questions or asked
            continue
        rows_read += len(table.lines)
        sheets.append(_Sheet(sheet, findings, whole_percents(table), work, stated_maximum(sheet, header_row)))
    report = TITLES[kind]
    if not sheets and not questions:
        return book.reading(kind, refused=problem("IMP_REPORT_LAYOUT", name=book.name, report=report))
    lines: list[Line] = []
    if not questions:
        try:
            _know_maxima(sheets, order)
            _know_participants(sheets, order)
        except UnansweredError as fault:
            questions = (fault.question,)
        else:
            for sheet_ in sheets:
                lines += _counts(sheet_)
                problems += sheet_.findings.problems
    kept = once(lines, problems)
    return book.reading(
        kind,
        title=f"{report}: {title}" if title else report,
        tasks=[
            ParsedTask(line.unit, count, origin)
            for line in kept
            for count, origin in zip(line.count, line.origins, strict=True)
            if isinstance(count, TaskCount)
        ],
        problems=problems,
        questions=questions,
        rows_read=rows_read,
    )


def _know_maxima(sheets: list[_Sheet], order: Order) -> None:
    """Fill the highest points of every task: by deduction, then by the user's answer.

    Raises:
        UnansweredError: some are still unknown.
    """
    for sheet in sheets:
        sheet.table = replace(sheet.table, tasks=_deduced(sheet.table.tasks, sheet.stated))
    lacking = [(sheet, index) for sheet in sheets for index, task in enumerate(sheet.table.tasks) if not task.maximum]
    if lacking:
        names = [sheet.table.tasks[index].code for sheet, index in lacking]
        question = Question(
            "maximum",
            f"Сколько баллов дают за задание? В отчёте это не указано для заданий: {'; '.join(names)}. "
            "Перечислите числа в этом порядке через пробел; где не знаете, поставьте «-».",
        )
        for (sheet, index), value in zip(lacking, listed(order, question, names, LARGEST_MAXIMUM), strict=True):
            tasks = list(sheet.table.tasks)
            tasks[index] = replace(tasks[index], maximum=value)
            sheet.table = replace(sheet.table, tasks=tuple(tasks))
    for sheet in sheets:
        known = [task.maximum for task in sheet.table.tasks if task.maximum]
        if sheet.stated and len(known) == len(sheet.table.tasks) and sum(known) != sheet.stated:
            sheet.findings.add("IMP_MAXIMUM_DIFFERS", total=sum(known), stated=sheet.stated)


def _deduced(tasks: tuple[Task, ...], stated: int | None) -> tuple[Task, ...]:
    """Fill what the highest sum of the work leaves no choice about: one unknown, or as many points as unknowns."""
    unknown = [task for task in tasks if not task.maximum]
    left = (stated or 0) - sum(task.maximum or 0 for task in tasks)
    if not unknown or left < len(unknown) or (left > len(unknown) > 1) or left > LARGEST_MAXIMUM:
        return tasks
    return tuple(task if task.maximum else replace(task, maximum=left // len(unknown)) for task in tasks)


def _know_participants(sheets: list[_Sheet], order: Order) -> None:
    """Fill the participants of columns that do not say how many they are, by the user's answer.

    Raises:
        UnansweredError: there is no answer yet.
    """
    lacking = [
        (sheet, index)
        for sheet in sheets
        for index, line in enumerate(sheet.table.lines)
        if line.participants is None and line.fits
    ]
    if not lacking:
        return
    names = [_label(sheet.table.lines[index]) for sheet, index in lacking]
    question = Question(
        "participants",
        f"Сколько было участников? В отчёте это не указано для столбцов: {'; '.join(names)}. "
        "Перечислите числа в этом порядке через точку с запятой; где не знаете, поставьте «-».",
    )
    for (sheet, index), value in zip(lacking, listed(order, question, names), strict=True):
        lines = list(sheet.table.lines)
        lines[index] = replace(lines[index], participants=value)
        sheet.table = replace(sheet.table, lines=tuple(lines))
        if value is None:
            line = lines[index]
            sheet.findings.problems.append(
                problem("IMP_PARTICIPANTS_UNKNOWN", sheet=sheet.sheet.name, cell=line.place, unit=_label(line))
            )


def _label(line: UnitLine) -> str:
    return f"{line.unit.name}, группа «{line.group}»" if line.group else line.unit.name


def _counts(sheet: _Sheet) -> list[Line]:
    """Return the restored points of every unit, a line a unit."""
    table, work, name = sheet.table, sheet.work, sheet.sheet.name
    for task in table.tasks:
        if not task.maximum:
            sheet.findings.add("IMP_TASK_NO_MAXIMUM", task=task.code)
    digits = decimals(figure.percent for line in table.lines for figure in line.figures)
    doubtful = 0
    found: list[Line] = []
    for line in table.lines:
        made = [(_count(work, line, table.tasks[figure.task], figure), figure) for figure in line.figures]
        counts = tuple(count for count, _ in made if count)
        if not counts:
            continue
        origins = tuple(Origin(name, figure.row, figure.row, figure.cell) for count, figure in made if count)
        what = (work.assessment, work.year, work.autumn, line.group)
        found.append(Line(line.unit, counts, Origin(name, line.row, line.row), what, origins))
        doubtful += any(count.participants * (count.max_points or 1) >= 10 ** (digits + 2) for count in counts)
    if doubtful:
        sheet.findings.add("IMP_POINTS_APPROXIMATE", lines=doubtful)
    return found


def _count(work: Work, line: UnitLine, task: Task, figure: Figure) -> TaskCount | None:
    """Return the restored points of one unit at one task, or None where participants or highest points are unknown."""
    if not line.participants or not task.maximum:
        return None
    return TaskCount(
        work.assessment,
        work.year,
        task.code,
        line.participants,
        restored_points(figure.percent, line.participants, task.maximum),
        task.maximum,
        task.difficulty,
        group_mark=line.group,
        outcome=task.outcome,
        restored=True,
        autumn=work.autumn,
    )


def restored_points(percent: Decimal, participants: int, maximum: int) -> int:
    """Return p·N·max/100, rounded half up.

    >>> restored_points(Decimal("36.52"), 89, 2)
    65
    """
    return int((percent * participants * maximum / 100).quantize(Decimal(1), ROUND_HALF_UP))
