"""From counted sheets to what the reading of a file says: marks, journal, tasks, scores, each with its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from app.errors import Problem
from app.importers.book import Book
from app.importers.findings import Findings, Placed, unit_key, without_repeats
from app.importers.order import Work
from app.importers.parsed import (
    FileKind,
    FileReading,
    ParsedJournal,
    ParsedMark,
    ParsedScores,
    ParsedTask,
    Question,
)
from app.importers.pupils.cells import SKIPPED
from app.importers.pupils.rows import PupilTable, SchoolCounts
from app.models.records import JournalComparison, MarkCount, Origin, ScoreCount, TaskCount

_Row = TypeVar("_Row", bound=Placed)


class Harvest:
    """Everything read of one file so far. Where a question is open nothing is accepted."""

    def __init__(self) -> None:
        self.questions: tuple[Question, ...] = ()
        self.problems: list[Problem] = []
        self.label = ""
        self.rows_read = 0
        self._marks: list[tuple[Hashable, ParsedMark]] = []
        self._journals: list[tuple[Hashable, ParsedJournal]] = []
        self._tasks: list[tuple[Hashable, ParsedTask]] = []
        self._scores: list[tuple[Hashable, ParsedScores]] = []

    def take(self, table: PupilTable, work: Work, findings: Findings, lost: int = 0) -> None:
        """Add the counts of one sheet; ``lost`` are its rows of pupils whose school nobody can tell."""
        self.label = self.label or work.label
        self.rows_read += table.tally.rows + lost
        self.problems += findings.problems
        for school in table.found():
            self._take_school(table, work, school)

    def _take_school(self, table: PupilTable, work: Work, school: SchoolCounts) -> None:
        unit, what = school.unit, (work.assessment, work.year)
        origin = Origin(table.sheet.name, school.first, school.last)
        total = school.participants
        _, _, m2, m3, m4, m5 = school.marks
        mark_count = MarkCount(*what, total, m2, m3, m4, m5, m2, autumn=work.autumn)
        self._marks.append((what, ParsedMark(unit, mark_count, origin)))
        if any(school.moves):
            lowered, confirmed, raised = school.moves
            comparison = JournalComparison(*what, total, lowered, confirmed, raised, autumn=work.autumn)
            self._journals.append((what, ParsedJournal(unit, comparison, origin)))
        if not total:
            return
        for task, packed in zip(table.layout.tasks, school.tasks, strict=True):
            skipped, points = divmod(packed, SKIPPED)
            task_count = TaskCount(
                *what, task.task, total, points, task.maximum, task.difficulty, skipped, autumn=work.autumn
            )
            self._tasks.append(((what, task.task), ParsedTask(unit, task_count, origin)))
        highest = max(score for score, pupils in enumerate(school.scores) if pupils)
        counts = tuple(school.scores[: (highest if table.maximum is None else table.maximum) + 1])
        score_count = ScoreCount(*what, total, counts, autumn=work.autumn)
        self._scores.append((what, ParsedScores(unit, score_count, origin)))

    def reading(self, book: Book, kind: FileKind, words: str) -> FileReading:
        """Return the reading; ``words`` are what such a file is called."""
        title = f"{words}: {self.label}" if self.label else words
        if self.questions:
            return book.reading(kind, title=title, questions=self.questions, personal=True, rows_read=self.rows_read)
        problems = list(self.problems)
        marks = without_repeats(self._marks, problems)
        kept = {_place(row) for row in marks}
        return book.reading(
            kind,
            title=title,
            marks=marks,
            journals=_of(kept, self._journals),
            tasks=_of(kept, self._tasks),
            scores=_of(kept, self._scores),
            problems=problems,
            personal=True,
            rows_read=self.rows_read,
        )


def _place(row: Placed) -> Hashable:
    return unit_key(row.unit), row.origin


def _of(kept: set[Hashable], rows: Iterable[tuple[Hashable, _Row]]) -> list[_Row]:
    """Return rows of the schools whose marks are accepted: a contradiction has been told once, with the marks."""
    return without_repeats(((what, row) for what, row in rows if _place(row) in kept), [])
