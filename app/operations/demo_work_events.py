"""The example: events of a year: held ones with people by school, ones to come, one put off, one called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models import organisations
from app.models.store import Operation, Store
from app.operations import activity_choice, event_people

Item = tuple[str, str, str]
"""(time, what, who speaks)."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One event.

    Attributes:
        day: «месяц-день» of the school year.
        came: people of each school in turn, from school ``first`` on; schools are taken round.
        online: connections of the same schools.
        guests: so many of the people of each school stand on the list by name.
    """

    day: str
    kind: str
    title: str
    state: str = "held"
    activity: str = ""
    time: tuple[str, str] = ("14:00", "16:00")
    place: str = "актовый зал методической службы"
    host: int | None = None
    link: str = ""
    topic: str = ""
    subject: str = ""
    wanted: int | None = None
    audience: str = "teachers"
    first: int = 0
    came: tuple[int, ...] = ()
    online: tuple[int, ...] = ()
    invited: int | None = None
    guests: int = 0
    items: tuple[Item, ...] = ()
    reason: str = ""
    result: str = ""
    last: str = ""


EVENTS: tuple[_Event, ...] = (
    _Event(
        "08-27", "conference", "Августовские секции: итоги года и задачи поддержки школ",
        activity="Совещание с директорами школ списка", time=("10:00", "13:00"), audience="heads",
        came=(2, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1, 1), wanted=20,
        items=(("10:00", "Что показали ОГЭ и ЕГЭ", "Ким О. В."),
               ("11:00", "Как читать карточку школы", "Ракитина Е. В."),
               ("12:00", "Планы школ на год", "руководители школ")),
        result="Договорились о сроках планов: до 15 сентября.",
    ),
    _Event(
        "09-18", "workshop", "Мастерская «Задачи с долями и дробями»",
        activity="Индивидуальные планы развития учителей",
        place="кабинет математики", host=1, subject="Математика", topic="Дроби и проценты в 5–6 классах", wanted=15,
        first=4, came=(2, 2, 3, 1, 2, 2), guests=1,
        items=(("14:00", "Почему дети не видят целое", "Плотникова Ю. М."), ("14:40", "Работа в группах", ""),
               ("15:40", "Что унесём в свою школу", "")),
    ),
    _Event(
        "10-09", "webinar", "Вебинар «Типичные ошибки ВПР по русскому языку»",
        activity="Разбор типичных ошибок ВПР и ОГЭ", place="", link="https://vks.example.ru/vpr-rus",
        time=("15:00", "16:30"), subject="Русский язык", first=2, came=(4, 3, 5, 2, 3, 4, 2, 3),
        online=(2, 1, 2, 1, 1, 2, 1, 1),
    ),
    _Event(
        "10-14", "internship", "Стажировка на базе лицея: урок и его разбор",
        activity="Предметные стажировки учителей", place="два урока и разбор", host=1, time=("09:00", "13:00"),
        last="10-15", subject="Математика", wanted=10, first=5, came=(2, 2, 1, 2), guests=2,
    ),
    _Event(
        "10-28", "webinar", "Вебинар «Смысловое чтение на любом уроке»", activity="Разбор типичных ошибок ВПР и ОГЭ",
        place="", link="https://vks.example.ru/reading", time=("15:00", "16:30"), topic="Смысловое чтение",
        first=4, came=(3, 4, 2, 3, 3), online=(1, 2, 1, 1, 1),
    ),
    _Event(
        "11-06", "council", "Педагогический консилиум по школам, где результаты не растут",
        activity="Обучение управленческих команд", time=("13:00", "15:00"), audience="team", first=6, came=(3, 4, 3),
        result="По каждой школе названы один дефицит и один ответственный.",
    ),
    _Event(
        "11-11", "master", "Мастер-класс «Опорные таблицы для слабых учеников»",
        activity="Занятия с учениками, которые не достигли минимума", host=0, place="кабинет 12",
        subject="Математика", first=3,
    ),
    _Event(
        "11-18", "seminar", "Семинар «Как составить индивидуальный план учителя»",
        activity="Индивидуальные планы развития учителей", state="planned", first=4, invited=2, came=(0, 0, 0, 0, 0, 0),
    ),
    _Event(
        "11-27", "seminar", "Семинар «Оценивание, которое помогает учиться»", state="planned",
        topic="Критериальное оценивание",
        activity="Разбор типичных ошибок ВПР и ОГЭ", first=0, invited=2, came=(0,) * 8, wanted=16,
        items=(("14:00", "Зачем критерии ученику", "Ким О. В."), ("14:40", "Составляем критерии вместе", ""),
               ("15:30", "Договорённости", "")),
    ),
    _Event(
        "12-04", "day", "Открытый день школ-партнёров", state="moved", activity="Открытые дни школ-партнёров", host=2,
        place="уроки и классные часы", time=("09:00", "14:00"), reason="в школе карантин",
    ),
    _Event(
        "12-16", "hearing", "Публичное заслушивание школ списка", state="planned", audience="heads",
        activity="Совещание с директорами школ списка", time=("10:00", "12:00"), first=6, invited=1,
        came=(0, 0, 0, 0, 0, 0),
    ),
    _Event(
        "10-21", "training", "Тренинг «Разговор с трудным родителем»", state="cancelled", audience="specialists",
        reason="заболел ведущий; замены не нашли",
    ),
    _Event("01-22", "seminar", "Семинар «Итоги полугодия и поправки к планам»", state="planned"),
    _Event(
        "02-11", "contest", "Конкурс «Урок, который помог»", state="planned", time=("10:00", "15:00"), last="02-13",
    ),
)  # fmt: skip
SURNAMES = ("Абрамова", "Волкова", "Гордеева", "Данилова", "Ежова", "Журавлёва", "Захарова", "Игнатова", "Климова",
            "Лаврова", "Мартынова", "Никитина", "Орлова", "Павлова", "Романова")  # fmt: skip
NAMES = ("Анна Сергеевна", "Ольга Петровна", "Ирина Юрьевна", "Людмила Ивановна", "Татьяна Олеговна")
"""Invented; a name stands with one school throughout the year, so that whoever came twice is seen."""


def fill(store: Store, year: int) -> None:
    """Fill the invented rows; ``year`` is the school year that runs."""
    schools = [school.id for school in organisations.listing(store.connection)]
    with store.operation("Заполнены события примера", "demo.events") as operation:
        activities = {item.text: item.lineage for item in activity_choice.activities(store.connection)}
        for event in EVENTS:
            _fill(operation, event, year, schools, activities)


def _day(told: str, year: int) -> str:
    return f"{year if int(told[:2]) >= 8 else year + 1}-{told}"


def _fill(
    operation: Operation, event: _Event, year: int, schools: Sequence[int], activities: dict[str, int]
) -> None:  # fmt: skip
    lineage = next(
        (key for text, key in activities.items() if event.activity and text.startswith(event.activity)), None
    )
    host = schools[event.host % len(schools)] if event.host is not None and schools else None
    key = operation.insert(
        "work_event", kind=event.kind, title=event.title, date_from=_day(event.day, year),
        date_to=_day(event.last, year) if event.last else None, time_from=event.time[0], time_to=event.time[1],
        state=event.state, reason=event.reason or None, lineage=lineage, host_id=host, place=event.place or None,
        link=event.link or None, topic=event.topic or None, subject=event.subject or None, wanted=event.wanted,
        methodist="Ким О. В.", result=event.result or None,
    )  # fmt: skip
    for place, (starts, topic, speaker) in enumerate(event.items):
        operation.insert("event_item", event_id=key, position=place, starts=starts, topic=topic,
                         speaker=speaker or None)  # fmt: skip
    guests: list[int] = []
    for turn, came in enumerate(event.came[: len(schools)]):
        at = (event.first + turn) % len(schools)
        held = event.state == "held"
        operation.insert(
            "event_people", event_id=key, organisation_id=schools[at], audience=event.audience,
            invited=event.invited if not held else came + turn % 2, came=came if held else None,
            connections=event.online[turn] if event.online else None,
        )  # fmt: skip
        for number in range(min(event.guests, came)):
            name = f"{SURNAMES[(at * 2 + number) % len(SURNAMES)]} {NAMES[(at + number) % len(NAMES)]}"
            guests.append(operation.insert(
                "event_guest", event_id=key, position=len(guests), name=name, organisation_id=schools[at],
                post="учитель математики", audience="teachers", came="yes",
            ))  # fmt: skip
    event_people.follow_in(operation, guests)
