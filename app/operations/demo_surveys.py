"""Questionnaires and courses of the example: a lesson in counts, a seminar one by one, deficits of a school."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from app.models.forms import SubjectRef
from app.models.store import Store
from app.models.surveys import HANDED_IN

_LESSON: Mapping[str, Mapping[str, int]] = {
    "content": {"high": 17, "middle": 5, "low": 1, "unknown": 1},
    "methods": {"high": 14, "middle": 8, "low": 1, "unknown": 1},
    "equipment": {"high": 6, "middle": 10, "low": 7, "unknown": 1},
    "communication": {"high": 20, "middle": 3, "low": 0, "unknown": 0},
    "competence": {"high": 21, "middle": 2, "low": 0, "unknown": 1},
    "useful": {"yes": 19, "no": 2, "unknown": 3},
    "impression": {"liked": 21, "disliked": 2},
}
_SEMINAR: Mapping[str, Sequence[str]] = {
    "content": ("высокая", "высокая", "средняя"),
    "methods": ("средняя", "высокая", "средняя", "низкая"),
    "equipment": ("низкая", "средняя", "средняя", "затрудняюсь ответить"),
    "communication": ("высокая", "высокая", "средняя"),
    "competence": ("высокая", "средняя"),
    "useful": ("да", "да", "нет", "затрудняюсь ответить"),
    "impression": ("понравилось", "понравилось", "не понравилось"),
}
_DEFICITS: Sequence[Mapping[str, str]] = (
    {"self-assessment": "да", "training": "пожарная безопасность; охрана труда", "bodies": "МЧС",
     "first-aid": "Помощь при ожогах"},
    {"self-assessment": "да", "training": "антитеррористическая защищённость", "bodies": "Росгвардия; МВД",
     "substances": "да", "information": "Защита паролей"},
    {"self-assessment": "нет", "training": "другое: работа на высоте", "substances": "нет",
     "first-aid": "помощь при ожогах"},
    {"self-assessment": "да", "bodies": "другое: районный архив", "substances": "да",
     "information": "Что делать с письмами мошенников"},
    {"self-assessment": "да", "training": "пожарная безопасность", "bodies": "МЧС", "substances": "да",
     "first-aid": "Остановка кровотечения"},
    {"training": "охрана труда", "bodies": "МЧС; Муниципальные органы", "first-aid": "Помощь при ожогах"},
)  # fmt: skip
_COURSES: Sequence[tuple[int | None, str, str, str, int, str, int, str]] = (
    (0, "school-staff", "loiro", "upgrading", 6, "Формирование читательской грамотности", 72, "11-14"),
    (0, "school-heads", "loiro", "upgrading", 1, "Управление школой по результатам оценки качества", 36, "10-30"),
    (1, "school-staff", "petersburg", "retraining", 2, "Учитель математики", 250, "12-20"),
    (1, "school-staff", "loiro", "upgrading", 4, "Работа с затруднениями в математике", 72, "11-14"),
    (2, "school-staff", "regions", "upgrading", 3, "Русский язык как неродной", 36, "10-17"),
    (None, "committee-methodists", "lgu", "upgrading", 2, "Методическое сопровождение школ", 72, "11-21"),
)


class SurveysExample:
    """Filling of one file.

    Args:
        store: the open file.
        schools: schools that take part, the first three are used.
        last: last result year: the school year that begins in it is the present one.
        seed: of the answers.
    """

    def __init__(self, store: Store, schools: Sequence[int], last: int, seed: int) -> None:
        self.store, self.schools, self.last = store, schools, last
        self.chance = random.Random(f"{seed}:survey")  # noqa: S311 - an example, not a secret

    def fill(self) -> None:
        """Fill everything; a file without schools stays as it is."""
        if self.schools:
            self._lesson()
            self._seminar()
            self._deficits()
            self._courses()

    def _add(self, form_id: str, subject: SubjectRef, day: str, given_out: int, course: str = "") -> int:
        from app.operations import surveys
        from app.operations.surveys import SheetDraft

        draft = SheetDraft(subject, f"{self.last}-{day}", given_out, head={"course": course})
        return surveys.add(self.store, form_id, self.last, draft)

    def _lesson(self) -> None:
        from app.operations import surveys

        subject = SubjectRef("event", name="Занятие «Как читать текст на уроке математики»")
        key = self._add("listener", subject, "10-22", 27, "ПК-72-14")
        cells = [(item, choice, str(number)) for item, row in _LESSON.items() for choice, number in row.items()]
        surveys.put_numbers(self.store, key, [(HANDED_IN, "", "24"), *cells])

    def _seminar(self) -> None:
        from app.operations import surveys

        subject = SubjectRef("event", name="Семинар РМО учителей русского языка")
        key = self._add("listener", subject, "11-12", 16)
        cells = [
            (-respondent, item, self.chance.choice(words))
            for respondent in range(1, 13)
            for item, words in _SEMINAR.items()
            if self.chance.random() < 0.93
        ]
        surveys.put_cells(self.store, key, [*cells, (-13, "content", "отлично"), (-13, "useful", "да")])

    def _deficits(self) -> None:
        from app.operations import surveys

        subject = SubjectRef("school", organisation_id=self.schools[0])
        key = self._add("deficits-fragment", subject, "11-05", 8)
        cells = [
            (-respondent, item, text)
            for respondent, answers in enumerate(_DEFICITS, start=1)
            for item, text in answers.items()
        ]
        surveys.put_cells(self.store, key, cells)

    def _courses(self) -> None:
        from app.operations import courses
        from app.operations.courses import CourseDraft

        drafts = [
            CourseDraft(None if place is None else self.schools[place % len(self.schools)], category, provider, kind,
                        people, title, hours, f"{self.last}-{day}")
            for place, category, provider, kind, people, title, hours, day in _COURSES
        ]  # fmt: skip
        courses.put_all(self.store, self.last, drafts)
