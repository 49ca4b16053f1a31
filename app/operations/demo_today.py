"""What the example has of the desk: tasks and dates, incoming requests, the breaks of the schools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.store import Store
from app.operations import registers

WHO = "Ракитина Е. В."
HEAD = "Ветрова Н. А."
BREAKS = (
    ("Осенние каникулы", "{0}-10-26", "{0}-11-04"),
    ("Зимние каникулы", "{0}-12-31", "{1}-01-10"),
    ("Весенние каникулы", "{1}-03-27", "{1}-04-04"),
    ("Летние каникулы", "{1}-05-27", "{1}-08-31"),
)
TASKS: tuple[Mapping[str, Any], ...] = (
    {"text": "Заседание муниципальной комиссии: список школ и программа поддержки", "kind": "commission",
     "due_on": "{0}-11-27", "responsible": HEAD, "place": "school_list"},
    {"text": "Отчёт в министерство о работе со школами списка", "kind": "report", "due_on": "{0}-12-15",
     "repeat": "year", "responsible": WHO, "place": "notes"},
    {"text": "Выезд в школу: уроки математики в 5–7 классах", "kind": "visit", "due_on": "{0}-11-25",
     "responsible": WHO, "organisation_id": "s3"},
    {"text": "Планёрка методистов: кто ведёт какую школу", "kind": "task", "due_on": "{0}-11-23", "repeat": "week",
     "responsible": WHO, "place": "support"},
    {"text": "Позвонить кураторам: что сделано за месяц", "kind": "call", "due_on": "{0}-11-24", "repeat": "month",
     "responsible": WHO, "place": "execution"},
    {"text": "Подготовить вопросы к слушанию директора", "kind": "task", "due_on": "{0}-12-03", "responsible": WHO,
     "organisation_id": "kam", "place": "route"},
    {"text": "Выезд: помощь в составлении школьной программы", "kind": "visit", "due_on": "{0}-11-10",
     "done_on": "{0}-11-11", "result": "Цели и показатели переписаны, проект пришлют до 20 ноября",
     "responsible": WHO, "organisation_id": "eln"},
    {"text": "Семинар для завучей о разборе ВПР", "kind": "task", "due_on": "{0}-11-12", "done_on": "{0}-11-12",
     "result": "21 участник, материалы разосланы", "responsible": WHO, "place": "execution"},
    {"text": "Планёрка методистов: кто ведёт какую школу", "kind": "task", "due_on": "{0}-11-16", "repeat": "week",
     "done_on": "{0}-11-16", "responsible": WHO, "place": "support"},
)  # fmt: skip
MINISTRY = "Министерство образования Верхнеозёрской области"
INSTITUTE = "Институт развития образования"
REQUESTS: tuple[Mapping[str, Any], ...] = (
    {"number": "02-14/1187", "dated": "{0}-11-09", "received_on": "{0}-11-10", "sender": MINISTRY,
     "subject": "Сведения о сетевом взаимодействии школ с низкими результатами", "due_on": "{0}-11-20",
     "responsible": WHO},
    {"number": "02-14/1240", "dated": "{0}-11-17", "received_on": "{0}-11-18", "sender": MINISTRY,
     "subject": "Копии утверждённых школьных программ перехода", "due_on": "{0}-11-30", "responsible": WHO},
    {"number": "318", "dated": "{0}-11-05", "received_on": "{0}-11-06", "sender": INSTITUTE,
     "subject": "Сколько учителей математики нуждаются в курсах", "due_on": "{0}-11-13", "responsible": WHO,
     "answered_on": "{0}-11-12", "answer_number": "214", "answer": "14 учителей из 9 школ, список тем приложен"},
)  # fmt: skip


def fill(store: Store, ids: Mapping[str, int], last: int) -> None:
    """Write the desk of the example's methodist: something late, something due, something done.

    Args:
        store: the open file.
        ids: keys of the schools by their name in the description.
        last: the last result year; the autumn of the same number is «now».
    """
    with store.operation("Записаны дела, запросы и каникулы примера", "tasks.demo") as operation:
        for position, (title, first, end) in enumerate(BREAKS):
            registers.add_in(
                operation, "breaks", {"school_year": last}, title=title, position=position,
                date_from=first.format(last, last + 1), date_to=end.format(last, last + 1),
            )  # fmt: skip
        series: dict[str, int] = {}
        for described in reversed(TASKS):
            values = _values(described, ids, last)
            if "repeat" in values:
                values["series"] = series.get(values["text"])
            key = registers.add_in(operation, "tasks", {}, **values)
            if "repeat" in values:
                series.setdefault(values["text"], key)
        for described in REQUESTS:
            registers.add_in(operation, "requests", {}, **_values(described, ids, last))


def _values(described: Mapping[str, Any], ids: Mapping[str, int], last: int) -> dict[str, Any]:
    found = {name: text.format(last, last + 1) for name, text in described.items()}
    if "organisation_id" in found:
        # the small example has fewer schools
        school = ids.get(found.pop("organisation_id"))
        return found | ({} if school is None else {"organisation_id": school})
    return found
