"""Which work a file of pupils' rows is about, and by which scale its points become marks (decision 9)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.importers.book import Book, Sheet
from app.importers.findings import Findings
from app.importers.grid import at, text
from app.importers.order import Order, Work, contradictions, prefer, work_or_questions
from app.importers.parsed import Question
from app.importers.scales import answer_fault, find_scale, scale_from_answer
from app.importers.titles import Title, read_title
from app.models.records import Scale

_LOWEST_GRADE, _HIGHEST_GRADE = 4, 11


@dataclass(frozen=True, slots=True)
class Task:
    """The work and its scale, or the questions whose answers are missing."""

    work: Work | None
    scale: Scale | None
    questions: tuple[Question, ...] = ()


def title_of(book: Book, sheet: Sheet, header_row: int) -> Title:
    """Return what the lines above the table say of the work, and where they are silent what the file's name says."""
    found = Title()
    for number, row in sheet.head():
        if number >= header_row:
            break
        line = read_title(text(next((cell for cell in row if text(cell)), "")))
        if line.procedure or line.subject:
            found = prefer(found, line)
    return prefer(found, read_title(book.name.rsplit(".", 1)[0]))


def work_of(
    book: Book, sheet: Sheet, header_row: int, order: Order, findings: Findings, offered_grade: int | None
) -> tuple[Work | None, tuple[Question, ...]]:
    """Return the work or the questions: what the user said wins over the title and the name of the file.

    ``offered_grade`` is only offered with the question, never used by itself.
    """
    said, found = order.title(), title_of(book, sheet, header_row)
    for what in contradictions(said, found):
        findings.add("IMP_NAME_DIFFERS", what=what)
    return work_or_questions(prefer(said, found), offered_grade)


def scale_of(work: Work, order: Order, *, typed: bool = True) -> Scale | None:
    """Return the scale of a work, as a person has typed it, else as the reference in force has it.

    Never a similar one, and never the reference's in place of one typed wrong: that is asked for again. Without
    ``typed`` only the reference is asked: what was typed is meant for another work of the file.
    """
    key = (work.year, work.procedure, work.subject, work.grade or 0)
    answer = order.hints.answers.get("scale") if typed else None
    return scale_from_answer(answer, key) if answer else find_scale(order.known.scales, key)


def scale_question(work: Work, order: Order, offered: str | None = None) -> Question:
    """Return the question for the scale, with the reason where one was typed wrong.

    ``offered`` is a scale that the file's own marks agree with: only offered, never used by itself.
    """
    answer = order.hints.answers.get("scale")
    fault = answer_fault(answer) if answer else None
    why = f"Шкала «{answer}» не подходит: {fault}." if fault else "Нет шкалы перевода баллов в отметки."
    ask = (
        f"{why} Работа: {work.label}. Введите верхние границы «2», «3» и «4» "
        "и наибольший балл через косую черту, например 5/9/13/16."
    )
    return Question("scale", ask, (offered,) if offered else ())


def with_scale(work: Work | None, questions: tuple[Question, ...], order: Order) -> Task:
    """Return the work with its scale; an unknown scale is one more question."""
    if work is None:
        return Task(None, None, questions)
    scale = scale_of(work, order)
    return Task(work, scale, questions if scale else (*questions, scale_question(work, order)))


def guess_grade(sheet: Sheet, header_row: int, column: int | None) -> int | None:
    """Return the grade most pupil codes of the first rows begin with."""
    guesses: Counter[int] = Counter()
    for number, row in sheet.head():
        code = text(at(row, column))
        if number > header_row and code.isdecimal() and len(code) >= 4:
            guesses[int(code[:2]) if code[:2] in {"10", "11"} else int(code[0])] += 1
    grade = guesses.most_common(1)[0][0] if guesses else 0
    return grade if _LOWEST_GRADE <= grade <= _HIGHEST_GRADE else None
