"""The minimum of each exam of a file: from the reference, else from a person, never guessed (decision 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.errors import Problem, problem
from app.importers.gia.counting import Least
from app.importers.gia.sittings import Exam9or11
from app.importers.gia.thresholds import Measure, find_threshold
from app.importers.order import Order
from app.importers.parsed import Question
from app.importers.subjects import find_subject
from app.models.records import Level

_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_NAMED = re.compile(r"\s*(.+?)[\s:=—–-]+(\d{1,3})\s*")
_MOST: dict[Measure, int] = {"primary": 300, "test": 100, "mark": 5}
_MEASURES: dict[Measure, str] = {"primary": "первичный балл", "test": "тестовый балл", "mark": "оценка"}
_LEVELS: dict[Level, str] = {"base": " базовая", "profile": " профильная"}


def shown(exam: Exam9or11) -> str:
    """Return how an exam is called in the question and in its answer: «Математика профильная»."""
    return exam.assessment.subject + (_LEVELS[exam.assessment.level] if exam.assessment.level else "")


class Minimums:
    """Minimums of the exams of one file; those that nobody knows make one question."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._answer = order.hints.answers.get("threshold", "").strip()
        self.problems: list[Problem] = []

    def of(self, exams: Sequence[tuple[Exam9or11, Measure]]) -> tuple[list[Least], tuple[Question, ...]]:
        """Return the minimum of each exam, in order, and the question about those that are missing."""
        found = [self._known(exam, measure) for exam, measure in exams]
        missing = [place for place, least in enumerate(found) if least is None]
        bare = _NUMBER.fullmatch(self._answer)
        if len(missing) == 1 and bare:
            measure = exams[missing[0]][1]
            score = _fitting(int(bare.group(1)), measure)
            if score is not None:
                found[missing[0]] = Least(measure, score)
                missing = []
        asked = self._question([exams[place] for place in missing])
        for (exam, _measure), least in zip(exams, found, strict=True):
            self._compare(exam, least)
        return [least or Least("primary", None) for least in found], asked

    def _known(self, exam: Exam9or11, measure: Measure) -> Least | None:
        if measure == "mark":
            return Least("mark", None)  # where a mark is given, the mark decides
        if not any(sitting.absence is None for sitting in exam.sittings):
            return Least(measure, 0)  # nobody sat: nobody is below any minimum
        score = self._answered(exam, measure)
        if score is None:
            score = find_threshold(self._order.known.thresholds, exam.assessment, exam.year, measure, exam.region)
        return None if score is None else Least(measure, score)

    def _compare(self, exam: Exam9or11, least: Least | None) -> None:
        """Say where the file states another minimum: other points, or the reference is out of date."""
        if least is None or not least.score or not exam.least_stated or least.score in exam.least_stated:
            return
        stated = ", ".join(map(str, sorted(exam.least_stated)))
        self.problems.append(problem("IMP_GIA_MINIMUM_DIFFERS", exam=exam.label, stated=stated, known=least.score))

    def _answered(self, exam: Exam9or11, measure: Measure) -> int | None:
        """Return what a person said of this exam by name: «Химия 36; Физика 36»."""
        for part in re.split(r"[;\n]", self._answer):
            named = _NAMED.fullmatch(part)
            subject = find_subject(named.group(1)) if named else None
            if named is None or subject is None or subject.name != exam.assessment.subject:
                continue
            if subject.level in {None, exam.assessment.level}:
                return _fitting(int(named.group(2)), measure)
        return None

    def _question(self, missing: Sequence[tuple[Exam9or11, Measure]]) -> tuple[Question, ...]:
        """Return the question, or nothing; an answer that fits nothing is said, not passed over."""
        if not missing:
            return ()
        wrong = f"Ответ «{self._answer}» не подходит. " if self._answer else ""
        if len(missing) == 1:
            exam, measure = missing[0]
            offered = tuple(str(score) for score in sorted(exam.least_stated))
            ask = f"{wrong}{exam.label}: с какого балла ({_MEASURES[measure]}) минимум преодолён? Введите число."
            return (Question("threshold", ask, offered),)
        exams = "; ".join(f"{exam.label} ({_MEASURES[measure]})" for exam, measure in missing)
        example = "; ".join(f"{shown(exam)} …" for exam, _measure in missing)
        ask = f"{wrong}С какого балла минимум преодолён? {exams}. Введите через точку с запятой: «{example}»."
        return (Question("threshold", ask),)


def _fitting(score: int, measure: Measure) -> int | None:
    return score if 1 <= score <= _MOST[measure] else None
