"""Sheets for schools: each school gets its own results; made, sent, acknowledged, counted (000; 003 «100% школ»)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.errors import UserError
from app.models import organisations, papers, results, settings
from app.models import sheets as repository
from app.models.journal import now
from app.models.organisations import School
from app.models.records import Assessment
from app.models.results import StoredMark
from app.models.sheets import StoredSheet
from app.models.store import Connection, Store
from app.operations import skills
from app.operations.papers import Made, Paper, folder_for, render, take_back, write_all
from app.operations.schools import iso_date
from app.operations.skills import Sourced
from app.texts import count, ru_date

if TYPE_CHECKING:
    from app.analysis.skills import Fulfilment
    from app.reports.school_sheet import Counts, JournalLine, ResultLine, SkillLine, TaskLine

State = Literal["none", "made", "sent", "acknowledged"]
STATE_WORDS: dict[State, str] = {
    "none": "не сделан", "made": "сделан", "sent": "отправлен", "acknowledged": "ознакомлены",
}  # fmt: skip
KIND = "school_sheet"
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f«»„“]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One own school and its sheet of a result year."""

    school: School
    sheet: StoredSheet | None
    has_results: bool

    @property
    def state(self) -> State:
        """How far the sheet is; one whose paper was withdrawn is not made."""
        if self.sheet is None or self.sheet.number is None:
            return "none"
        if self.sheet.acknowledged_on:
            return "acknowledged"
        return "sent" if self.sheet.sent_on else "made"


@dataclass(frozen=True, slots=True)
class SheetBook:
    """The sheets of all own schools."""

    result_year: int
    rows: tuple[SheetRow, ...]

    def number(self, *states: State) -> int:
        """Return how many schools are in one of the states."""
        return sum(row.state in states for row in self.rows)

    @property
    def sentence(self) -> str:
        """Say how far it is: «отправлено 21 из 24, ознакомились 15»."""
        sent = self.number("sent", "acknowledged")
        made = self.number("made", "sent", "acknowledged")
        return f"сделано {made}, отправлено {sent} из {len(self.rows)}, ознакомились {self.number('acknowledged')}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet that is written as a file and not yet registered."""

    school: School
    paper: Paper
    made: Made
    path: Path


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch: the files, schools left out because their sheet is on its way, schools without results.

    ``stopped`` says that somebody stopped it half-way.
    """

    drawn: tuple[Drawn, ...]
    on_the_way: tuple[School, ...]
    without: tuple[School, ...]
    stopped: bool = False


def years(connection: Connection) -> list[int]:
    """Return the result years for which sheets can be made, newest first."""
    return repository.years(connection)


def book(connection: Connection, result_year: int) -> SheetBook:
    """Return own schools with their sheets: those that work, and the others that have got a sheet of the year."""
    stored = repository.of_year(connection, result_year)
    with_results = repository.with_results(connection, result_year)
    rows = tuple(
        SheetRow(school, stored.get(school.id), school.id in with_results)
        for school in organisations.listing(connection)
        if school.status == "active" or school.id in stored
    )
    return SheetBook(result_year, rows)


# --- the paper -------------------------------------------------------------------------------------------------


def paper(connection: Connection, school_id: int, result_year: int) -> Paper:
    """Return the sheet of one own school.

    Raises:
        UserError: ``GEN_NO_SCHOOL``; ``DATA_SHEET_NOT_OWN``; ``DATA_SHEET_NOTHING`` where the school has no results.
    """
    from app.reports.school_sheet import SheetData, school_sheet

    found = skills.of_school(connection, school_id, result_year)
    school = found.school
    if not school.own:
        raise UserError("DATA_SHEET_NOT_OWN", school=school.shown)
    result_lines = _results(connection, school.id, result_year)
    if not result_lines and not found.tasks:
        raise UserError("DATA_SHEET_NOTHING", school=school.shown, year=result_year)
    values = settings.get_all(connection)
    tasks, weak_skills = _weak(found)
    document = school_sheet(
        SheetData(
            school=school.name, municipality=values["municipality"], year=result_year, computed_at=now(),
            results=result_lines, tasks_done=sum(row.zone is not None for row in found.tasks), tasks=tasks,
            skills=weak_skills, journal=_journal(connection, school.id, result_year),
            zones=skills.zone_note(found.definition), version=found.definition.version, least=found.definition.least,
            organisation=values["organisation"], executor=values["executor"],
        )
    )  # fmt: skip
    return Paper(KIND, f"Лист школы за {result_year} год: {school.shown}", document, None)


def _results(connection: Connection, school_id: int, year: int) -> tuple[ResultLine, ...]:
    from app.operations.papers import SMALL_GROUP
    from app.reports.school_sheet import ResultLine

    own = results.marks(connection, year=year, organisation_id=school_id)
    areas = results.marks(connection, year=year, areas=True)
    ours = {(m.assessment, m.autumn): _below(m) for m in areas if m.area_id == skills.area(connection, "municipality")}
    theirs = {(m.assessment, m.autumn): _below(m) for m in areas if m.area_id == skills.area(connection, "region")}
    totals = repository.own_totals(connection, year)
    lines = []
    for mark in own:
        key = (mark.assessment, mark.autumn)
        stored, total = ours.get(key), totals.get(key)
        summed = stored is None and total is not None
        lines.append(
            ResultLine(
                _label(*key), _below(mark), mark.participants, total[:2] if summed and total else stored,
                theirs.get(key), mark.restored, mark.participants < SMALL_GROUP, summed,
            )
        )  # fmt: skip
    return tuple(lines)


def _label(assessment: Assessment, autumn: bool) -> str:
    return assessment.label + (", осень" if autumn else "")


def _below(mark: StoredMark) -> Counts | None:
    return None if mark.below_min is None or not mark.participants else (mark.below_min, mark.participants)


def _counts(figure: Fulfilment | None) -> Counts | None:
    return None if figure is None else (figure.points, figure.of)


def _value(figure: Sourced | None) -> Counts | None:
    return None if figure is None else _counts(figure.value)


def _weak(found: skills.SchoolSkills) -> tuple[tuple[TaskLine, ...], tuple[SkillLine, ...]]:
    """Return tasks and skills in the deficit zone."""
    from app.reports.school_sheet import SkillLine, TaskLine

    tasks = tuple(
        TaskLine(
            row.task.work.label, row.task.number, row.task.outcome or "", found.definition.level_word(row.task.level),
            (row.own.value.points, row.own.value.of), _value(row.municipality), _value(row.region), row.small,
        )
        for row in found.deficits if row.own is not None
    )  # fmt: skip
    weak = tuple(
        SkillLine(
            row.skill.outcome, row.skill.subject, skills.short_tasks(row.skill.tasks), (row.own.points, row.own.of),
            _counts(row.municipality), _counts(row.region), row.small,
        )
        for row in found.skills if row.own is not None and row.zone == "deficit"
    )  # fmt: skip
    return tasks, weak


def _journal(connection: Connection, school_id: int, year: int) -> tuple[JournalLine, ...]:
    from app.reports.school_sheet import JournalLine

    area = skills.area(connection, "municipality")
    ours = repository.comparisons(connection, year, area_id=area) if area is not None else []
    wider = {(item.assessment, item.autumn): (item.lowered, item.total) for item in ours}
    return tuple(
        JournalLine(
            _label(item.assessment, item.autumn), item.lowered, item.confirmed, item.raised, item.total,
            wider.get((item.assessment, item.autumn)),
        )
        for item in repository.comparisons(connection, year, school_id=school_id)
    )  # fmt: skip


def file_name(school: School, result_year: int, suffix: str) -> str:
    """Return a name that any system takes: «Лист школы за 2026 год, СОШ № 5.pdf»."""
    shown = " ".join(_UNFIT.sub(" ", school.shown).split())[:_LONGEST_NAME].rstrip(" .")
    return f"Лист школы за {result_year} год, {shown or school.code or school.id}{suffix}"


# --- making ----------------------------------------------------------------------------------------------------

Reader = Callable[[int], Paper]
Progress = Callable[[str, int, int], bool]


def draw(school: School, found: Paper, target: Path) -> Drawn:
    """Draw a sheet and write it beside whatever stands there: nothing is overwritten.

    Raises:
        UserError: ``GEN_BAD_FORMAT``, ``PAPER_…``.
    """
    made = render(found, target.suffix)
    [path] = write_all([(target, made.data)])
    return Drawn(school, found, made, path)


def draw_all(
    kept: SheetBook, read: Reader, folder: Path, suffix: str, *, again: bool = False, only: Iterable[int] | None = None,
    progress: Progress | None = None,
) -> Batch:  # fmt: skip
    """Draw the sheets of many schools, then write all of them or none; the caller registers them (``record``).

    Args:
        kept: the sheets as they are.
        read: school → its sheet.
        folder: where to.
        suffix: «.pdf», «.docx» or «.xlsx».
        again: sheets that were sent are made anew too; their marks are then taken off.
        only: only these schools.
        progress: told (school, done, of all); False stops.

    Raises:
        UserError: ``GEN_BAD_FORMAT``, ``PAPER_…``.
    """
    wanted = None if only is None else set(only)
    rows = [row for row in kept.rows if wanted is None or row.school.id in wanted]
    on_the_way = [row.school for row in rows if row.has_results and not again and row.state in {"sent", "acknowledged"}]
    skipped = {school.id for school in on_the_way}
    chosen = [row.school for row in rows if row.has_results and row.school.id not in skipped]
    folder_for(folder)
    drawn: list[tuple[School, Paper, Made]] = []
    stopped = False
    for done, school in enumerate(chosen):
        if progress is not None and not progress(school.shown, done, len(chosen)):
            stopped = True
            break
        found = read(school.id)
        drawn.append((school, found, render(found, suffix)))
    # a program killed while it draws has written nothing yet
    paths = write_all([(folder / file_name(item[0], kept.result_year, suffix), item[2].data) for item in drawn])
    made = tuple(Drawn(*item, path) for item, path in zip(drawn, paths, strict=True))
    without = tuple(row.school for row in rows if not row.has_results)
    return Batch(made, tuple(on_the_way), without, stopped)


def record(store: Store, result_year: int, drawn: Sequence[Drawn]) -> list[int]:
    """Register sheets as outgoing papers, as one operation; returns their numbers.

    Where that fails, the files are taken back: no sheet is out without an entry. A sheet made anew takes the place of
    the former one: its marks «отправлен» and «ознакомлены» are taken off, the former paper stays in the register.
    """
    if not drawn:
        return []
    names = drawn[0].school.shown if len(drawn) == 1 else count(len(drawn), "школа", "школы", "школ")
    label = f"Сделаны листы за {result_year} год: {names}"
    numbers: list[int] = []
    try:
        _register(store, label, result_year, drawn, numbers)
    except BaseException:
        take_back([item.path for item in drawn])
        raise
    return numbers


def _register(store: Store, label: str, result_year: int, drawn: Sequence[Drawn], numbers: list[int]) -> None:
    with store.operation(label, "sheet.make", reversible=False) as operation:
        for item in drawn:
            number = papers.register(
                operation, kind=item.paper.kind, title=item.paper.title, file_name=item.path.name, data=item.made.data,
                snapshot_id=None, actor=store.actor,
            )  # fmt: skip
            repository.put(
                operation, item.school.id, result_year, paper_id=repository.paper_id(store.connection, number),
                sent_on=None, sent_to=None, acknowledged_on=None, acknowledged_by=None,
            )  # fmt: skip
            numbers.append(number)


# --- sending and acknowledging ---------------------------------------------------------------------------------


def mark_sent(store: Store, result_year: int, school_ids: Iterable[int], on: str, to: str = "") -> int:
    """Mark that sheets went out; returns how many. One operation, one step back.

    Args:
        store: the open file.
        result_year: year of the sheets.
        school_ids: the schools.
        on: day as typed, 28.11.2026.
        to: to whom or where; empty leaves what was there.

    Raises:
        UserError: ``GEN_BAD_DATE``; ``DATA_SHEET_NOT_MADE`` naming the schools, nothing is marked then;
            ``DATA_SHEET_EARLIER`` where a school has acknowledged before that day.
    """
    day = iso_date(on)
    rows = _chosen(store.connection, result_year, school_ids)
    _refuse("DATA_SHEET_NOT_MADE", [row for row in rows if row.state == "none"])
    late = [row for row in rows if row.sheet and row.sheet.acknowledged_on and row.sheet.acknowledged_on < day]
    if late:
        first = min(row.sheet.acknowledged_on for row in late if row.sheet and row.sheet.acknowledged_on)
        _refuse("DATA_SHEET_EARLIER", late, day=ru_date(first))
    return _mark(store, result_year, rows, "Отмечена отправка", "sheet.sent", sent_on=day, sent_to=to.strip() or None)


def mark_acknowledged(store: Store, result_year: int, school_ids: Iterable[int], on: str, by: str = "") -> int:
    """Mark that schools have read their sheets; returns how many. One operation, one step back.

    Raises:
        UserError: ``GEN_BAD_DATE``; ``DATA_SHEET_NOT_MADE``, ``DATA_SHEET_NOT_SENT``, ``DATA_SHEET_EARLIER`` naming the
            schools, nothing is marked then.
    """
    day = iso_date(on)
    rows = _chosen(store.connection, result_year, school_ids)
    _refuse("DATA_SHEET_NOT_MADE", [row for row in rows if row.state == "none"])
    _refuse("DATA_SHEET_NOT_SENT", [row for row in rows if row.state == "made"])
    early = [row for row in rows if row.sheet and row.sheet.sent_on and row.sheet.sent_on > day]
    _refuse("DATA_SHEET_EARLIER", early, day=ru_date(day))
    return _mark(
        store, result_year, rows, "Отмечено ознакомление", "sheet.acknowledged",
        acknowledged_on=day, acknowledged_by=by.strip() or None,
    )  # fmt: skip


def clear_marks(store: Store, result_year: int, school_ids: Iterable[int]) -> int:
    """Take the marks «отправлен» and «ознакомлены» off; the sheets stay made. Returns how many schools were chosen."""
    rows = [row for row in _chosen(store.connection, result_year, school_ids) if row.state in {"sent", "acknowledged"}]
    return _mark(
        store, result_year, rows, "Сняты отметки", "sheet.clear",
        sent_on=None, sent_to=None, acknowledged_on=None, acknowledged_by=None,
    )  # fmt: skip


def _chosen(connection: Connection, year: int, school_ids: Iterable[int]) -> list[SheetRow]:
    wanted = set(school_ids)
    return [row for row in book(connection, year).rows if row.school.id in wanted]


def _refuse(code: str, rows: Sequence[SheetRow], **context: str) -> None:
    if rows:
        rest = f" и ещё {len(rows) - 5}" if len(rows) > 5 else ""
        raise UserError(code, schools="; ".join(row.school.shown for row in rows[:5]) + rest, **context)


def _mark(store: Store, year: int, rows: Sequence[SheetRow], verb: str, kind: str, **values: str | None) -> int:
    if not rows:
        return 0
    names = rows[0].school.shown if len(rows) == 1 else count(len(rows), "школа", "школы", "школ")
    with store.operation(f"{verb} листов за {year} год: {names}", kind) as operation:
        for row in rows:
            repository.put(operation, row.school.id, year, **values)
    return len(rows)
