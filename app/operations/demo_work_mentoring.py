"""The example: mentoring. Invented people; a few figures disagree on purpose, so that the page has something to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.models import organisations, people
from app.models.store import Operation, Store
from app.operations import registers

_ACT = "приказ от 02.09.{year} № 231"
_LATER = "приказ от 05.10.{year} № 268"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair of the description; days are month and day of the first calendar year of the school year, «+» the next.

    Meetings: (planned, held, topic, outcome).
    """

    mentor: tuple[str, str]
    mentee: tuple[str, str]
    school: str
    subject: str
    topic: str
    form: str = "teacher"
    works_since: str = ""
    act: str = _ACT
    begins: str = "09-02"
    ends: str = ""
    state: str = "active"
    mentor_school: str = ""
    result: str = ""
    meetings: tuple[tuple[str, str, str, str], ...] = ()


_PAIRS = (
    _Pair(("Рябинина Ольга Викторовна", "учитель математики"), ("Лисицын Павел Андреевич", "учитель математики"),
          "СОШ № 3", "математика", "Урок с опорой на ошибки ВПР", works_since="09-01", meetings=(
              ("09-15", "09-16", "Знакомство: трудности и план на год", "Составлен план, выбраны три класса"),
              ("10-14", "10-15", "Урок наставника в 6 классе, разбор", "Взял приём «ошибка недели»"),
              ("11-18", "", "Урок в 7 классе, разбор", ""),
              ("+02-17", "", "Открытый урок для РМО", ""))),
    _Pair(("Кедрова Ирина Павловна", "учитель русского языка"), ("Осипова Дарья Олеговна", "учитель русского языка"),
          "СОШ № 5", "русский язык", "Подготовка к сочинению и изложению", works_since="09-01", meetings=(
              ("09-20", "09-21", "План на год", "Договорились о посещении уроков раз в две недели"),
              ("11-25", "", "Проверка работ по критериям", ""),
              ("+04-15", "", "Итоги года", ""))),
    _Pair(("Громов Степан Ильич", "учитель физики"), ("Зимина Алёна Романовна", "учитель физики"), "СОШ № 1", "физика",
          "Лабораторные работы в малых группах", works_since="-2-09-01", act=_LATER, begins="10-05", meetings=(
              ("10-12", "10-12", "Знакомство и план", "Выбраны темы лабораторных"),
              ("12-10", "", "Совместная лабораторная", ""))),
    _Pair(("Дёмин Пётр Сергеевич", "учитель математики, Лицей № 4"),
          ("Ушакова Вера Максимовна", "учитель математики"), "СОШ пгт Рудничный", "математика",
          "Задания с практическим содержанием", form="subject", mentor_school="Лицей № 4", begins="09-10", meetings=(
              ("10-08", "10-08", "Разбор диагностики 8 класса", "Отобраны 12 заданий"),
              ("11-12", "11-13", "Урок по видеосвязи", "Темп урока высокий, нужна остановка на проверку"),
              ("12-17", "", "Разбор второй диагностики", ""))),
    _Pair(("Белозёрова Нина Фёдоровна", "учитель истории"), ("Тарасов Игорь Львович", "учитель истории"),
          "СОШ № 7 им. Н. С. Вьюжанина", "история", "Работа с картой и источником", form="leader", begins="09-15"),
    _Pair(("Светлова Юлия Сергеевна", "учитель информатики"), ("Фомина Галина Петровна", "учитель начальных классов"),
          "Гимназия", "начальные классы", "Цифровые задания на уроке", form="innovator", meetings=(
              ("10-20", "10-20", "Три задания для устного счёта", "Два задания прижились"),)),
    _Pair(("Кедрова Ирина Павловна", "учитель русского языка"), ("Чернова Полина Игоревна", "учитель литературы"),
          "СОШ № 5", "литература", "Анализ текста на уроке", works_since="-1-09-01", begins="-1-09-03", ends="10-30",
          state="ended", result="Категория подтверждена, наставник больше не нужен"),
    _Pair(("Ольхов Виктор Андреевич", "директор"), ("Седова Марина Юрьевна", "директор"), "СОШ с. Каменский Лог", "",
          "Внутренняя оценка качества: от плана к решениям", form="head", mentor_school="Гимназия", begins="10-01",
          meetings=(("10-22", "10-22", "Как читать результаты ВПР школы", "Составлен перечень решений педсовета"),
                    ("12-03", "", "Посещение уроков руководителем", ""))),
)  # fmt: skip
_COUNTS: tuple[tuple[str, int | None, int | None, int | None, int | None, int | None, str], ...] = (
    ("Гимназия", 2, 1, 1, 0, 4, "ответ школы"),
    ("Лицей № 4", 1, 0, 1, 0, 3, "ответ школы"),
    ("СОШ № 1", 1, 0, 1, 0, 2, "ответ школы"),
    ("СОШ № 2 с УИОП", 3, 1, None, 1, None, "ответ школы"),
    ("СОШ № 3", 2, 1, 1, 0, 0, "ответ школы"),
    ("СОШ № 5", 3, 2, 3, 0, 5, "ответ школы"),
    ("СОШ № 7 им. Н. С. Вьюжанина", 0, 0, 0, 1, 0, "ОО-1"),
    ("СОШ пгт Рудничный", 2, 2, 0, 1, None, "ОО-1"),
    ("СОШ с. Каменский Лог", 1, 1, 2, 0, 0, "телефон"),
)
"""School, young, first year, mentored, left, pairs of pupils, where from. Two of them disagree with themselves or with
the pairs on purpose; some schools say nothing."""


def fill(store: Store, year: int) -> None:
    """Write pairs, meetings and counts of a school year; schools that the example does not have are passed over."""
    schools = {school.shown: school.id for school in organisations.listing(store.connection)}
    with store.operation("Записано наставничество", "demo.mentoring") as operation:
        for item in _PAIRS:
            if item.school in schools:
                _pair(operation, item, year, schools)
        for name, young, first, mentored, left, pupils, source in _COUNTS:
            if name in schools:
                registers.add_in(
                    operation, "young_counts", {"school_year": year}, organisation_id=schools[name], young=young,
                    first_year=first, mentored=mentored, left_school=left, pupil_pairs=pupils, source=source,
                )  # fmt: skip


def _pair(operation: Operation, item: _Pair, year: int, schools: dict[str, int]) -> None:
    mentor, mentee = (people.ensure_person(operation, name, position=post) for name, post in (item.mentor, item.mentee))
    values: dict[str, Any] = {
        "mentor_id": mentor, "mentee_id": mentee, "organisation_id": schools[item.school], "subject": item.subject,
        "topic": item.topic, "form": item.form, "state": item.state, "date_from": _day(item.begins, year),
        "date_to": _day(item.ends or "+05-31", year), "act": item.act.format(year=year), "result": item.result,
        "works_since": _day(item.works_since, year), "mentor_school_id": schools.get(item.mentor_school),
    }  # fmt: skip
    key = registers.add_in(operation, "mentor_pairs", {}, **{name: value or None for name, value in values.items()})
    for planned, held, topic, outcome in item.meetings:
        registers.add_in(
            operation, "mentor_meetings", {"pair_id": key}, planned_on=_day(planned, year), held_on=_day(held, year),
            topic=topic, outcome=outcome or None,
        )  # fmt: skip


def _day(text: str, year: int) -> str | None:
    """Return «09-15» of the first calendar year, «+02-17» of the second, «-2-09-01» two years before; None for ""."""
    if not text:
        return None
    if text[0] == "+":
        return f"{year + 1}-{text[1:]}"
    if text[0] == "-":
        back, _dash, day = text[1:].partition("-")
        return f"{year - int(back)}-{day}"
    return f"{year}-{text}"
