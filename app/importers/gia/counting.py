"""Lines of pupils become counts of schools: marks, scores, tasks (decisions 2 and 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.errors import Problem, problem
from app.importers.gia import answers
from app.importers.gia.answers import Part
from app.importers.gia.sittings import ABSENCE_WORDS, Exam9or11, SchoolKey, Sitting, without_repeats
from app.importers.gia.thresholds import Measure
from app.importers.parsed import ParsedMark, ParsedScores, ParsedTask, UnitRef
from app.models.records import Assessment, MarkCount, Origin, ScoreCount, TaskCount
from app.texts import count as counted

TEST_SCORES = 101
_MARKS = (2, 3, 4, 5)


def mean_of(scores: Sequence[int]) -> str | None:
    """Return the mean as exact text with two decimals, rounded half up: «61.67»; None of nobody."""
    if not scores:
        return None
    mean = (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{mean:f}"


@dataclass(frozen=True, slots=True)
class Least:
    """The minimum of an exam and what it is measured in; ``score`` is None where a mark decides or nothing is known."""

    measure: Measure
    score: int | None


def measure_of(sittings: Iterable[Sitting]) -> Measure:
    """Return what decides of these sittings: the mark where it is given, else the test score, else primary points."""
    sat = [sitting for sitting in sittings if sitting.absence is None]
    if sat and all(sitting.mark is not None for sitting in sat):
        return "mark"
    if sat and all(sitting.test is not None for sitting in sat):
        return "test"
    return "primary"


@dataclass(frozen=True, slots=True)
class Counts:
    """What one exam gives."""

    marks: tuple[ParsedMark, ...]
    scores: tuple[ParsedScores, ...]
    tasks: tuple[ParsedTask, ...]


def count_exam(exam: Exam9or11, least: Least, problems: list[Problem]) -> Counts:
    """Return the counts of every school of an exam; what is left out is noted.

    Args:
        exam: all lines of one assessment of one year; a pupil who stands twice is counted once.
        least: the minimum, from the reference or from a person; not used where marks decide.
        problems: where the findings go.
    """
    sittings = without_repeats(exam.sittings, problems)
    _tell_absent(exam, sittings, problems)
    sat = [sitting for sitting in sittings if sitting.absence is None]
    parts = _parts(exam, sat, problems)
    longest = max((s.primary for s in sat if s.primary is not None), default=0) + 1
    schools: dict[SchoolKey, list[Sitting]] = {}
    for sitting in sittings:
        schools.setdefault(sitting.school, []).append(sitting)
    marks: list[ParsedMark] = []
    scores: list[ParsedScores] = []
    tasks: list[ParsedTask] = []
    several = len({school.msu for school in schools if school.msu}) > 1
    for school, rows in schools.items():
        unit = unit_of(school, several=several)
        origin = origin_of(rows)
        present = [row for row in rows if row.absence is None]
        marks.append(ParsedMark(unit, _mark_count(exam.assessment, exam.year, present, least), origin))
        made = _score_counts(exam.assessment, exam.year, present, longest)
        scores += [ParsedScores(unit, score, origin) for score in made]
        done = _task_counts(exam.assessment, exam.year, present, parts)
        tasks += [ParsedTask(unit, task, origin) for task in done]
    return Counts(tuple(marks), tuple(scores), tuple(tasks))


def unit_of(school: SchoolKey, *, several: bool) -> UnitRef:
    """Return the school as the file names it: a protocol has its codes only.

    The code of the municipality stands in for its name where the file has several of them: then not every school
    of it can be ours (decision 3).
    """
    codes: tuple[tuple[str, str], ...] = (("oo", school.code),)
    if school.msu:
        codes = (*codes, ("msu", school.msu))
    return UnitRef("school", f"ОО {school.code}", codes, f"МСУ {school.msu}" if several and school.msu else None)  # type: ignore[arg-type]


def origin_of(rows: Sequence[Sitting]) -> Origin:
    """Return the rows of a school on the first sheet it stands on."""
    sheet = rows[0].sheet
    here = [row.row for row in rows if row.sheet == sheet]
    return Origin(sheet, min(here), max(here))


def _mark_count(assessment: Assessment, year: int, present: Sequence[Sitting], least: Least) -> MarkCount:
    if least.measure == "mark":
        marks = Counter(row.mark for row in present)
        m2, m3, m4, m5 = (marks[mark] for mark in _MARKS)
        return MarkCount(assessment, year, len(present), m2, m3, m4, m5, m2)
    if least.measure == "test":
        tests = [row.test for row in present if row.test is not None]
        below = None if least.score is None else sum(score < least.score for score in tests)
        return MarkCount(assessment, year, len(present), below_min=below, mean=mean_of(tests))
    points = [row.primary for row in present if row.primary is not None]
    below = None if least.score is None else sum(score < least.score for score in points)
    return MarkCount(assessment, year, len(present), below_min=below)


def _score_counts(assessment: Assessment, year: int, present: Sequence[Sitting], longest: int) -> list[ScoreCount]:
    found = []
    primary = Counter(row.primary for row in present if row.primary is not None)
    if primary:
        shape = tuple(primary[points] for points in range(longest))
        found.append(ScoreCount(assessment, year, sum(shape), shape))
    tests = Counter(row.test for row in present if row.test is not None)
    if tests:
        shape = tuple(tests[score] for score in range(TEST_SCORES))
        found.append(ScoreCount(assessment, year, sum(shape), shape, measure="test"))
    return found


def _parts(exam: Exam9or11, sat: Sequence[Sitting], problems: list[Problem]) -> tuple[Part, ...]:
    """Return the parts of an exam whose tasks may be counted: the points by task must make up the primary points."""
    width = max((len(row.answers) for row in sat), default=0)
    rows = [(*row.answers, *((),) * (width - len(row.answers))) for row in sat]
    parts = tuple(answers.part_of(answers.PARTS[index], (row[index] for row in rows)) for index in range(width))
    parts_with_tasks = tuple(part for part in parts if part.tasks)
    if not parts_with_tasks:
        return ()
    unread = sum(any(part is None for part in row) for row in rows)
    if unread:
        problems.append(problem("IMP_GIA_ANSWERS_UNREAD", exam=exam.label, rows=_pupils(unread)))
    sums = zip(answers.sums_of(parts, rows), (sitting.primary for sitting in sat), strict=True)
    known = [(ours, stated) for ours, stated in sums if ours is not None and stated is not None]
    wrong = sum(ours != stated for ours, stated in known)
    if wrong * 2 > len(known):
        problems.append(problem("IMP_GIA_TASKS_LEFT_OUT", exam=exam.label, wrong=wrong, known=len(known)))
        return ()
    if wrong:
        problems.append(problem("IMP_GIA_TASKS_DIFFER", exam=exam.label, wrong=wrong, known=len(known)))
    return parts


def _pupils(number: int) -> str:
    return counted(number, "участника", "участников", "участников")


def _task_counts(
    assessment: Assessment, year: int, present: Sequence[Sitting], parts: Sequence[Part]
) -> list[TaskCount]:
    found = []
    for place, part in enumerate(parts):
        rows = [row.answers[place] for row in present if place < len(row.answers)]
        fitting = [row for row in rows if row is not None and len(row) == len(part.tasks)]
        for index, (kind, column) in enumerate(zip(part.tasks, zip(*fitting, strict=True), strict=False)):
            given = Counter(column)
            points = [(answers.points_of(answer, kind), times) for answer, times in given.items()]
            known = [value * times for value, times in points if value is not None]
            found.append(
                TaskCount(
                    assessment,
                    year,
                    part.task(index),
                    len(column),
                    sum(known) if len(known) == len(points) else None,
                    max_points=kind.most,
                    skipped=sum(times for answer, times in given.items() if answer.skipped) if kind.crosses else None,
                )
            )
    return found


def _tell_absent(exam: Exam9or11, sittings: Sequence[Sitting], problems: list[Problem]) -> None:
    absences = Counter(row.absence for row in sittings if row.absence is not None)
    if not absences:
        return
    parts = [f"{words} — {absences[kind]}" for kind, words in ABSENCE_WORDS.items() if absences[kind]]
    problems.append(
        problem("IMP_GIA_NOT_SAT", exam=exam.label, total=_pupils(sum(absences.values())), parts=", ".join(parts))
    )
