"""The example: a year of the journal of help, with next steps kept and missed, one entry that was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.analysis.help_whom import read_people
from app.models import organisations
from app.models.store import Store
from app.operations import help_entry, help_understanding, support
from app.operations.help_understanding import DeficitChoice, HelpDraft

_METHODISTS = ("Ким О. В.", "Ракитина Е. В.", "Ким О. В.", "Дроздова Н. П.")
_LATEST = (11, 20)
"""The last Friday before the day of the example."""

# (kind, whom, topic, outcome, next step, days until it)
_TALKS: tuple[tuple[str, str, str, str, str, int], ...] = (
    ("visit", "команда школы 4", "план перехода в эффективный режим", "разобрали пять слабых мест плана",
     "прислать исправленный план", 14),
    ("lesson", "учитель математики", "решение задач с практическим содержанием", "урок разобран, три совета записаны",
     "посетить урок ещё раз", 21),
    ("consultation", "2 завуча", "внутренняя система оценки качества", "договорились о двух срезах в полугодие", "", 0),
    ("tutoring", "2 молодых педагога", "как вести урок в сильной и слабой группе", "составлен план до конца четверти",
     "посмотреть планы уроков", 10),
    ("consultation", "директор", "сведения для списка школ, разговор по телефону", "уточнены числа по кадрам", "", 0),
    ("lesson", "3 учителя русского языка", "смысловое чтение на уроках", "видно, что задания берут готовыми",
     "показать свои задания", 17),
    ("visit", "6 учителей", "разбор результатов ВПР по заданиям", "выбраны четыре умения для доработки",
     "повторный выезд с разбором", 28),
    ("consultation", "учителя", "подготовка к ОГЭ слабых учеников", "разобраны демоверсии", "", 0),
    ("tutoring", "учитель физики", "индивидуальный план развития", "план начат", "сверить план", 30),
    ("visit", "5 учителей начальных классов", "функциональная грамотность", "посмотрели два урока",
     "мастер-класс в школе", 24),
    ("consultation", "специалисты 2", "ученики с риском неуспеха, беседа онлайн", "согласован порядок встреч", "", 0),
    ("visit", "директор и 2 завуча", "журналы и объективность оценок", "расхождений больше, чем ждали",
     "справка от школы", 12),
)  # fmt: skip

_TEMPLATES: tuple[tuple[str, HelpDraft], ...] = (
    ("Выезд по итогам ВПР", HelpDraft(kind="visit", people="4 учителя", topic="разбор результатов ВПР по заданиям",
                                      outcome="→ через 3 недели повторный выезд")),
    ("Урок молодого педагога", HelpDraft(kind="lesson", people="молодой педагог", topic="анализ урока",
                                         outcome="→ через 2 недели посмотреть план урока")),
    ("Консультация по плану школы", HelpDraft(kind="consultation", people="директор", topic="план школы на год")),
)  # fmt: skip


def fill(store: Store, year: int) -> None:
    """Fill the invented rows; ``year`` is the school year that runs."""
    last = date(year, *_LATEST)
    listed = list(support.listed(store.connection, year).schools)
    everybody = [school.id for school in organisations.listing(store.connection) if school.status != "closed"]
    # somebody of the list is left out: the page must have somebody to name
    needy = help_understanding.deficits_of(store.connection, last)
    left = set([key for key in listed if key not in needy][-2:])
    helped = [key for key in dict.fromkeys([*listed, *needy, *everybody[::3]]) if key not in left]
    if not helped:
        return
    for title, draft in _TEMPLATES:
        help_entry.save_template(store, title, draft, last)
    first, number = date(year, 9, 2), 0
    day = first
    while day <= last:
        _entry(store, helped[(number * 5) % len(helped)], number, day, last)
        number += 1
        # two or three entries a week, never on a day off
        day += timedelta(days=2 if number % 3 else 3)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
    odd = HelpDraft("школа за рекой", "consultation", "все, кто был", "как читать отчёт по ВПР", "→ 31.02", "")
    help_entry.write(store, odd, last, _METHODISTS[3])


def _entry(store: Store, school: int, number: int, day: date, last: date) -> None:
    kind, people, topic, outcome, step, days = _TALKS[number % len(_TALKS)]
    on = day + timedelta(days=days)
    told = f"{outcome} → {on:%d.%m.%Y} {step}" if step else outcome
    known = _of_subject(help_understanding.desk(store.connection, day).deficits.get(school, ()), people)
    chosen = known[number % len(known)] if known and number % 3 else None
    draft = HelpDraft(
        kind=kind, people=people, topic=chosen.words if chosen else topic, outcome=told, day=f"{day:%d.%m.%Y}",
        school_id=school, deficit_id=chosen.id if chosen else None,
    )  # fmt: skip
    done = help_entry.write(store, draft, last, _METHODISTS[number % len(_METHODISTS)])
    if step and on <= last and number % 7:
        help_entry.finish_step(store, [done.key], on)


def _of_subject(known: Sequence[DeficitChoice], people: str) -> list[DeficitChoice]:
    """Leave the deficits a teacher of that subject has: nobody talks of mathematics to a teacher of physics."""
    subject = read_people(people).subject.casefold()
    return [one for one in known if not subject or subject[:6] in one.words.casefold()]
