"""The example: professional associations of a year: members by school, plans, meetings that were and will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models import organisations, people
from app.models.store import Operation, Store
from app.operations import registers

RMO = "районное методическое объединение (РМО)"
Item = tuple[str, str | None, str | None]
"""(what, due «месяц-день», done «месяц-день»)."""
Held = tuple[str, str, int | None, int | None]
"""(«месяц-день», what about, people of each school of the members, connections); None people: still to come."""


@dataclass(frozen=True, slots=True)
class _Body:
    """One body; places of schools count from nought, taken round where the example has fewer."""

    name: str
    kind: str
    subject: str = ""
    topic: str = ""
    act: str = ""
    members: tuple[tuple[str, str, int], ...] = ()
    schools: tuple[tuple[int, str], ...] = ()
    plan: tuple[Item, ...] = ()
    meetings: tuple[Held, ...] = ()
    link: str = ""


BODIES: tuple[_Body, ...] = (
    _Body(
        "РМО учителей математики", RMO, "Математика", "Разбор заданий, с которыми не справились",
        "Приказ управления образования от 02.09.{year} № 331-од",
        (("Плотникова Юлия Марковна", "руководитель", 0), ("Гущина Вера Львовна", "секретарь", 2),
         ("Савельев Игорь Олегович", "участник", 3), ("Тюрина Нина Фёдоровна", "участник", 5),
         ("Хомутов Егор Дмитриевич", "участник", 6), ("Белоусова Раиса Ильинична", "участник", 7)),
        plan=(("Итоги ВПР и ОГЭ: что не получилось", "09-24", None),
              ("Разбор заданий по геометрии, 7–9 классы", "11-12", None),
              ("Открытый урок: дроби в 5 классе", "12-10", None),
              ("Сборник разобранных заданий", "11-10", None),
              ("Пробное оценивание работ ОГЭ", "03-18", None), ("Итоги года и план на следующий", "05-20", None)),
        meetings=(("09-24", "Итоги ВПР и ОГЭ: что не получилось", 2, None),
                  ("11-12", "Разбор заданий по геометрии, 7–9 классы", 2, 6),
                  ("12-10", "Открытый урок: дроби в 5 классе", None, None)),
    ),
    _Body(
        "РМО учителей русского языка и литературы", RMO, "Русский язык", "Смысловое чтение на всех уроках",
        "Приказ управления образования от 02.09.{year} № 331-од",
        (("Ракитина Елена Викторовна", "куратор от методической службы", 0),
         ("Лаптева Галина Андреевна", "руководитель", 1), ("Ерёмина Софья Павловна", "секретарь", 4),
         ("Юдина Тамара Олеговна", "участник", 6), ("Носкова Ида Петровна", "участник", 7)),
        plan=(("Что показали проверочные работы", "09-26", "09-26"),
              ("Семинар: смысловое чтение в 5–6 классах", "11-27", None),
              ("Банк текстов для работы с информацией", "02-12", None)),
        meetings=(("09-26", "Что показали проверочные работы", 2, None),
                  ("11-27", "Семинар: смысловое чтение в 5–6 классах", None, None)),
    ),
    _Body(
        "Школа молодого педагога", "Школа молодого педагога", "", "Первый год в школе",
        "Приказ управления образования от 10.09.{year} № 349-од",
        (("Калинин Сергей Олегович", "руководитель", 0), ("Морозова Дарья Ильинична", "участник", 3),
         ("Зуев Артём Сергеевич", "участник", 5), ("Кирсанова Алина Юрьевна", "участник", 6)),
        plan=(("Знакомство: что трудно в первый месяц", "09-30", None), ("Как построить урок", "10-28", None),
              ("Как говорить с родителями", "12-02", None), ("Взаимные уроки", "02-24", None)),
        meetings=(("09-30", "Знакомство: что трудно в первый месяц", 1, None), ("10-28", "Как построить урок", 1, 2),
                  ("12-02", "Как говорить с родителями", None, None)),
    ),
    _Body(
        "Творческая группа «Функциональная грамотность»", "творческая группа", "Функциональная грамотность",
        "Задания на своём материале", "",
        (("Осипова Марина Глебовна", "руководитель", 1), ("Савельев Игорь Олегович", "участник", 3),
         ("Юдина Тамара Олеговна", "участник", 6)),
        plan=(("Собрать задания школ", "10-15", "10-14"), ("Проверить их в трёх школах", "02-01", None)),
        meetings=(("10-14", "Первый сбор заданий", 1, None), ("01-20", "Что показала проверка", None, None)),
    ),
    _Body(
        "Проблемная группа «Работа с неуспевающими»", "проблемная группа", "", "Почему ученик не справляется", "",
        (("Тюрина Нина Фёдоровна", "участник", 5), ("Хомутов Егор Дмитриевич", "участник", 6)),
        plan=(("Опросить учителей трёх школ", "12-15", None),),
    ),
    _Body(
        "Муниципальный методический консилиум", "методический консилиум", "", "",
        "Приказ управления образования от 15.09.{year} № 359-од",
        (("Ветрова Надежда Александровна", "председатель", 0), ("Ракитина Елена Викторовна", "секретарь", 0),
         ("Плотникова Юлия Марковна", "эксперт", 0), ("Лаптева Галина Андреевна", "эксперт", 1)),
        plan=(("Разобрать планы школ списка", "10-20", "10-20"), ("Промежуточные итоги помощи", "01-22", None)),
        meetings=(("10-20", "Планы школ списка: чего в них нет", 1, None),
                  ("01-22", "Промежуточные итоги помощи", None, None)),
    ),
    _Body(
        "Кластер сельских школ", "кластер", "", "Общие уроки и общие кадры", "",
        (("Осипова Марина Глебовна", "руководитель", 1),),
        schools=((1, "ведущая школа"), (4, "участник"), (5, "участник"), (6, "участник")),
        plan=(("Общее расписание дистанционных уроков", "09-10", "09-09"), ("Обмен уроками учителей", "04-10", None)),
        meetings=(("04-10", "Обмен уроками учителей", None, None),),
    ),
    _Body(
        "Сетевое сообщество учителей начальных классов", "сетевое сообщество", "", "", "",
        (("Вдовина Ольга Сергеевна", "руководитель", 2), ("Ерёмина Софья Павловна", "участник", 4)),
        link="чат методической службы",
    ),
)  # fmt: skip


def fill(store: Store, year: int) -> None:
    """Fill the invented rows; ``year`` is the school year that runs."""
    schools = [item.id for item in organisations.listing(store.connection, kind="school") if item.status == "active"]
    with store.operation("Заведены объединения учителей", "demo.bodies") as operation:
        for one in BODIES:
            _write(operation, one, year, schools)


def _write(operation: Operation, one: _Body, year: int, schools: Sequence[int]) -> None:
    values = {"subject": one.subject, "topic": one.topic, "act": one.act.format(year=year), "link": one.link}
    key = operation.insert(
        "body", name=one.name, kind=one.kind, date_from=f"{year - 2}-09-01",
        **{name: value for name, value in values.items() if value},
    )  # fmt: skip
    for name, role, place in one.members:
        person = people.ensure_person(operation, name, position="учитель")
        operation.insert("body_member", body_id=key, person_id=person, role=role, date_from=f"{year - 1}-09-01",
                         **_at(schools, place))  # fmt: skip
    for place, role in one.schools:
        operation.insert("body_school", body_id=key, role=role, **_at(schools, place))
    events = [_meeting(operation, key, one, held, year, schools) for held in one.meetings]
    head = next((name for name, role, _place in one.members if role.startswith(("руковод", "председ"))), "")
    for item in one.plan:
        _item(operation, key, item, year, head, dict(zip((held[1] for held in one.meetings), events, strict=True)))


def _at(schools: Sequence[int], place: int) -> dict[str, Any]:
    return {"organisation_id": schools[place % len(schools)]} if schools else {}


def _day(year: int, told: str | None) -> str | None:
    """Return a day of the school year: months before August belong to its spring."""
    return None if told is None else f"{year + (int(told[:2]) < 8)}-{told}"


def _meeting(
    operation: Operation, body: int, one: _Body, held: Held, year: int, schools: Sequence[int]
) -> int:  # fmt: skip
    told, about, people_each, connections = held
    place = one.members[0][2]
    values = _at(schools, place)
    event = operation.insert(
        "work_event", kind="meeting", title=about, date_from=_day(year, told), time_from="14:30",
        state="planned" if people_each is None else "held", body_id=body,
        **{"host_id": values["organisation_id"]} if values else {},
    )  # fmt: skip
    for number, at in enumerate(dict.fromkeys(place for _name, _role, place in one.members)):
        if people_each is not None and schools:
            more: Mapping[str, Any] = {"connections": connections} if connections and not number else {}
            operation.insert("event_people", event_id=event, audience="teachers", came=people_each,
                             invited=people_each + 1, **_at(schools, at), **more)  # fmt: skip
    return event


def _short(name: str) -> str:
    """Return «Плотникова Ю. М.»."""
    last, *rest = name.split() or [""]
    return " ".join((last, *(f"{part[0]}." for part in rest)))


def _item(
    operation: Operation, body: int, item: Item, year: int, head: str, events: Mapping[str, int]
) -> None:  # fmt: skip
    text, due, done = item
    values = {"due_on": _day(year, due), "done_on": _day(year, done), "responsible": _short(head) or None,
              "event_id": events.get(text)}  # fmt: skip
    registers.add_in(
        operation, "body_plan", {"body_id": body, "school_year": year}, text=text,
        **{name: value for name, value in values.items() if value is not None},
    )  # fmt: skip
