"""What a recogniser is told beside the book, and the work (kind, subject, grade, year) that a file speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.importers.parsed import Hints, Known, Question
from app.importers.subjects import SUBJECTS, Subject, subject_or_as_written
from app.importers.titles import Title, procedure_of
from app.models.records import (
    PROCEDURES,
    Assessment,
    Level,
    Procedure,
    normal_grade,
)


def _silent(_done: int, _total: int | None) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user has said, the references in force, and whom to tell how many rows are done, of how many."""

    hints: Hints = field(default_factory=Hints)
    known: Known = field(default_factory=Known)
    tick: Callable[[int, int | None], None] = _silent

    def number(self, key: str) -> int | None:
        """Return the year or the grade the user gave, as an option or as an answer to a question."""
        given = {"year": self.hints.year, "grade": self.hints.grade}.get(key)
        if given is not None:
            return given
        answer = self.hints.answers.get(key, "").strip()
        return int(answer) if answer.isdecimal() and len(answer) <= 4 else None

    def subject(self) -> Subject | None:
        """Return the subject the user gave."""
        given = self.hints.subject or self.hints.answers.get("subject")
        return subject_or_as_written(given) if given and given.strip() else None

    def procedure(self) -> Procedure | None:
        """Return the procedure the user gave."""
        return procedure_of(self.hints.answers.get("procedure", ""))

    def title(self) -> Title:
        """Return what the user said in the shape of a title."""
        subject = self.subject()
        return Title(
            procedure=self.procedure(),
            year=self.number("year"),
            subject=subject.name if subject else None,
            level=subject.level if subject else None,
            grade=self.number("grade"),
        )


@dataclass(frozen=True, slots=True)
class Work:
    """The work a whole file or sheet is about."""

    procedure: Procedure
    year: int
    subject: str
    level: Level | None
    grade: int | None
    autumn: bool = False

    @property
    def assessment(self) -> Assessment:
        """The work without its year."""
        return Assessment(self.procedure, self.subject, self.level, normal_grade(self.procedure, self.grade))

    @property
    def label(self) -> str:
        """«ВПР 2026, Русский язык, 4 класс»."""
        grade = f", {self.grade} класс" if self.grade else ""
        return f"{self.procedure} {self.year}, {self.subject}{grade}"


def prefer(first: Title, second: Title) -> Title:
    """Return what the first says, and where it is silent what the second says."""
    return Title(
        procedure=first.procedure or second.procedure,
        year=first.year or second.year,
        subject=first.subject or second.subject,
        level=first.level if first.subject else second.level,
        grade=first.grade or second.grade,
        autumn=first.autumn or second.autumn,
    )


def contradictions(one: Title, other: Title) -> list[str]:
    """Return the names of what two sources say differently: «год», «предмет», «класс»."""
    pairs = (("год", one.year, other.year), ("предмет", one.subject, other.subject), ("класс", one.grade, other.grade))
    return [name for name, a, b in pairs if a and b and a != b]


def work_or_questions(title: Title, guessed_grade: int | None = None) -> tuple[Work | None, tuple[Question, ...]]:
    """Return the work, or the questions whose answers are missing; nothing is guessed, only offered.

    The procedure defaults to ВПР: both reports of ФИС ОКО and its exports are of ВПР unless they say otherwise.
    """
    title = replace(title, procedure=title.procedure or "ВПР")
    questions: list[Question] = []
    if title.year is None:
        questions.append(Question("year", "В каком году проведена работа? Год в файле не указан."))
    if title.subject is None:
        questions.append(Question("subject", "По какому предмету работа? Предмет в файле не указан.", SUBJECTS))
    if title.grade is None and title.procedure not in {"ОГЭ", "ЕГЭ"}:
        offered = (str(guessed_grade),) if guessed_grade else ()
        questions.append(Question("grade", "За какой класс работа? Класс в файле не указан.", offered))
    if questions or title.year is None or title.subject is None or title.procedure is None:
        return None, tuple(questions)
    return Work(title.procedure, title.year, title.subject, title.level, title.grade, title.autumn), ()


PROCEDURE_QUESTION = Question("procedure", "Какая это процедура? В таблице нет столбца «Процедура».", PROCEDURES)
