"""Sentences and tables of the methodist's own work in the report of a month: every number comes from the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.analysis.coverage import Coverage
from app.operations.month_work import (
    BodyWork,
    EventWork,
    HelpWork,
    MentorWork,
    PracticeWork,
    StaffLine,
    Work,
    of_events,
)
from app.operations.register_work_events import EVENT_AUDIENCES, EVENT_WORDS
from app.operations.register_work_mentoring import FORM_WORDS
from app.texts import DASH, NBSP, capital, count, plural, school_year

Three = tuple[str, str, str]
HELP_FORMS: Mapping[str, Three] = {
    "visit": ("выезд", "выезда", "выездов"),
    "consultation": ("консультация", "консультации", "консультаций"),
    "lesson": ("посещение урока", "посещения уроков", "посещений уроков"),
    "tutoring": ("тьюторская встреча", "тьюторские встречи", "тьюторских встреч"),
}
EVENT_FORMS: Mapping[str, Three] = {
    "seminar": ("семинар", "семинара", "семинаров"),
    "webinar": ("вебинар", "вебинара", "вебинаров"),
    "workshop": ("педагогическая мастерская", "педагогические мастерские", "педагогических мастерских"),
    "master": ("мастер-класс", "мастер-класса", "мастер-классов"),
    "internship": ("стажировка", "стажировки", "стажировок"),
    "council": ("педагогический консилиум", "педагогических консилиума", "педагогических консилиумов"),
    "conference": ("конференция", "конференции", "конференций"),
    "round_table": ("круглый стол", "круглых стола", "круглых столов"),
    "open_lesson": ("открытый урок", "открытых урока", "открытых уроков"),
    "training": ("тренинг", "тренинга", "тренингов"),
    "contest": ("конкурс", "конкурса", "конкурсов"),
    "meeting": ("заседание", "заседания", "заседаний"),
    "hearing": ("публичное заслушивание", "публичных заслушивания", "публичных заслушиваний"),
    "day": ("методический день", "методических дня", "методических дней"),
    "other": ("другое событие", "других события", "других событий"),
}
TIMES: Three = ("раз", "раза", "раз")
EVENT: Three = ("событие", "события", "событий")
PERSON: Three = ("человек", "человека", "человек")
SCHOOL: Three = ("школа", "школы", "школ")
PAIR: Three = ("пара", "пары", "пар")
KEYS = ("help", "events", "bodies", "practices", "mentoring", "staff")
"""Sections of the report that this file words."""
Align = Literal["left", "right"]
_LEFT: Align = "left"
_RIGHT: Align = "right"


@dataclass(frozen=True, slots=True)
class WorkTable:
    """A table under a section; a cell is a text, a number, a day («2026-11-05» in a column of days) or None."""

    name: str
    columns: tuple[tuple[str, float, Align], ...]
    rows: tuple[tuple[str | int | date | None, ...], ...]


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} и {parts[-1]}" if parts else ""


def span(people: Coverage) -> str:
    """Return «12 человек», «не менее 47 и не более 60 человек»."""
    if people.exact:
        return count(people.least, *PERSON)
    most = count(people.most, "человека", "человек", "человек")
    return f"не{NBSP}менее{NBSP}{people.least} и не{NBSP}более{NBSP}{most}"


def short_span(people: Coverage) -> str | None:
    """Return «12», «47–60», None where nobody counted."""
    if not people.occasions:
        return None
    return str(people.least) if people.exact else f"{people.least}–{people.most}"


# --- sentences ---------------------------------------------------------------------------------------------------


def help_words(found: HelpWork) -> str:
    """Return what was done for schools."""
    totals, parts = found.totals, []
    if found.lines:
        kinds = _listed([count(totals.kinds[kind], *HELP_FORMS[kind]) for kind in HELP_FORMS if kind in totals.kinds])
        parts.append(f"Помощь школам записана {count(totals.occasions, *TIMES)}: {kinds}.")
        if totals.schools:
            verb = plural(len(totals.schools), "получила", "получили", "получили")
            parts.append(f"Помощь {verb} {count(len(totals.schools), *SCHOOL)}.")
        if totals.people.occasions:
            parts.append(f"Разных людей: {span(totals.people)}.")
        if totals.people.silent:
            parts.append(f"Сколько было людей, не вписано в{NBSP}{_entries(totals.people.silent)}.")
        if found.deficits:
            parts.append(f"О дефицитах говорили {count(found.deficits, *TIMES)}.")
        if found.steps:
            parts.append(f"Намечено следующих шагов:{NBSP}{found.steps}.")
    if found.steps_done:
        parts.append(f"Выполнено намеченных шагов:{NBSP}{found.steps_done}.")
    return " ".join(parts) or "В журнале помощи за это время записей нет."


def _entries(number: int) -> str:
    return f"{number}{NBSP}{plural(number, 'записи', 'записях', 'записях')}"


def event_words(found: EventWork) -> str:
    """Return what events there were."""
    parts = []
    if found.held:
        kinds = [count(number, *EVENT_FORMS[kind]) for kind, number in found.kinds.items()]
        verb = plural(len(found.held), "Прошло", "Прошли", "Прошло")
        parts.append(f"{verb} {count(len(found.held), *EVENT)}: {_listed(kinds)}.")
        parts += _came(found)
        if found.activities:
            parts.append(f"Мероприятий программы, к которым они относятся:{NBSP}{found.activities}.")
    if found.waiting:
        parts.append(f"Назначено и ещё не проведено:{NBSP}{found.waiting}.")
    if found.cancelled:
        parts.append(f"Отменено:{NBSP}{found.cancelled}.")
    return " ".join(parts) or "Событий за это время нет."


def _came(found: EventWork) -> list[str]:
    people, parts = found.people, []
    if people.occasions:
        again = "" if people.visits == people.least else f", с{NBSP}повторами{NBSP}{people.visits}"
        parts.append(f"Участвовало разных людей: {span(people)}{again}.")
    told = [
        f"{EVENT_AUDIENCES[key]}{NBSP}{found.audiences[key]}" for key in EVENT_AUDIENCES if key in found.audiences
    ]  # fmt: skip
    if told:
        parts.append(f"По категориям с{NBSP}повторами: {', '.join(told)}.")
    if found.schools:
        parts.append(f"Участники были из{NBSP}{count(len(found.schools), 'школы', 'школ', 'школ')}.")
    if found.connections is not None:
        parts.append(f"Подключений:{NBSP}{found.connections}.")
    if people.silent:
        number = people.silent
        parts.append(f"Участники не вписаны у{NBSP}{number}{NBSP}{plural(number, 'события', 'событий', 'событий')}.")
    return parts


def body_words(found: BodyWork) -> str:
    """Return what professional associations did."""
    parts = []
    at_work = sum(bool(line.meetings or line.events or line.done) for line in found.lines)
    if at_work:
        verb = plural(at_work, "Работало", "Работали", "Работало")
        parts.append(f"{verb} {count(at_work, 'объединение', 'объединения', 'объединений')}.")
    if found.meetings:
        kept = f", с{NBSP}протоколом{NBSP}{found.protocols}" if found.protocols else ""
        verb = plural(found.meetings, "Прошло", "Прошли", "Прошло")
        parts.append(f"{verb} {count(found.meetings, *EVENT_FORMS['meeting'])}{kept}.")
    if found.events:
        parts.append(f"Других событий объединений:{NBSP}{found.events}.")
    if found.done:
        parts.append(f"Выполнено пунктов планов:{NBSP}{found.done}.")
    if found.late:
        parts.append(f"Просрочено пунктов планов:{NBSP}{found.late}.")
    return " ".join(parts) or "Заседаний объединений и сделанного по их планам не отмечено."


def practice_words(found: PracticeWork) -> str:
    """Return what came into the bank and what was taken up."""
    parts = []
    if found.accepted or found.products:
        new = [count(found.accepted, "практика", "практики", "практик")] if found.accepted else []
        new += [count(found.products, "разработка", "разработки", "разработок")] if found.products else []
        parts.append(f"В банк принято: {_listed(new)}.")
        if found.authors:
            parts.append(f"Авторы{NBSP}— {count(found.authors, *SCHOOL)}.")
    if found.begun:
        done = f", из них уже внедрили{NBSP}{found.adopted}" if found.adopted else ""
        verb = plural(found.begun, "начала", "начали", "начали")
        parts.append(f"Чужой опыт {verb} применять {count(found.begun, *SCHOOL)}{done}.")
    if not parts:
        parts.append("В банк практик ничего не принято, применять чужой опыт школы не начинали.")
    if found.bank or found.waiting:
        ahead = f", ждут решения{NBSP}{found.waiting}" if found.waiting else ""
        parts.append(f"Всего в банке принято{NBSP}{found.bank}{ahead}.")
    return " ".join(parts)


def mentor_words(found: MentorWork) -> str:
    """Return how mentoring goes on."""
    parts = []
    if found.pairs:
        verb = plural(found.pairs, "Работала", "Работали", "Работало")
        number = count(found.pairs, "наставническая пара", "наставнические пары", "наставнических пар")
        parts.append(f"{verb} {number}.")
        if len(found.forms) > 1:
            parts.append(f"Формы: {'; '.join(f'{FORM_WORDS[form]}{NBSP}— {n}' for form, n in found.forms.items())}.")
    if found.begun:
        parts.append(f"Создано пар:{NBSP}{found.begun}.")
    if found.ended:
        parts.append(f"Закончили работу:{NBSP}{count(found.ended, *PAIR)}.")
    if found.meetings:
        met = count(found.met, "пары", "пар", "пар")
        verb = plural(found.meetings, "Прошла", "Прошли", "Прошло")
        parts.append(f"{verb} {count(found.meetings, 'встреча', 'встречи', 'встреч')} у{NBSP}{met}.")
    if not parts:
        parts.append("Наставнических пар и встреч не отмечено.")
    if found.young is not None:
        told = count(found.told, "школы", "школ", "школ")
        text = f"Молодых педагогов{NBSP}{found.young} (сведения {told} за{NBSP}{school_year(found.school_year)})"
        text += "" if found.first_year is None else f", первый год работают{NBSP}{found.first_year}"
        text += "" if found.mentored is None else f", с{NBSP}наставником{NBSP}{found.mentored}"
        parts.append(text + ".")
    return " ".join(parts)


def staff_words(found: Sequence[StaffLine]) -> str:
    """Return how many methodists have entries."""
    named = sum(bool(line.name) for line in found)
    parts = []
    if named:
        parts.append(f"Методистов с{NBSP}записями:{NBSP}{named}.")
    if named < len(found):
        parts.append("У части записей методист не указан.")
    return " ".join(parts) or "Записей, по которым видно, кто что сделал, за это время нет."


# --- tables ------------------------------------------------------------------------------------------------------


def help_table(found: HelpWork) -> WorkTable | None:
    """Return help by school, the most helped first."""
    rows = tuple(
        (name, times, short_span(people), date.fromisoformat(day)) for name, times, people, day in found.schools
    )
    columns = (("Школа", 84.0, _LEFT), ("Раз", 20.0, _RIGHT), ("Разных людей", 34.0, _RIGHT),
               ("Последний раз", 34.0, _LEFT))  # fmt: skip
    return WorkTable("Помощь по школам", columns, rows) if rows else None


def event_table(found: EventWork) -> WorkTable | None:
    """Return the events that were held, by day."""
    rows = tuple(
        (date.fromisoformat(row.date_from or ""), EVENT_WORDS[row.kind], row.title or row.place or DASH,
         short_span(of_events([(row, came)])), came.connections)
        for row, came in found.held
    )  # fmt: skip
    columns = (("Когда", 24.0, _LEFT), ("Форма", 36.0, _LEFT), ("Событие", 70.0, _LEFT), ("Людей", 18.0, _RIGHT),
               ("Подключений", 26.0, _RIGHT))  # fmt: skip
    return WorkTable("Прошедшие события", columns, rows) if rows else None


def body_table(found: BodyWork) -> WorkTable | None:
    """Return what each body did."""
    rows = tuple((line.name, line.meetings, line.events, line.done, line.late) for line in found.lines)
    columns = (("Объединение", 84.0, _LEFT), ("Заседаний", 24.0, _RIGHT), ("Других событий", 24.0, _RIGHT),
               ("Выполнено пунктов", 26.0, _RIGHT), ("Просрочено", 24.0, _RIGHT))  # fmt: skip
    return WorkTable("Объединения", columns, rows) if rows else None


def staff_table(found: Sequence[StaffLine]) -> WorkTable | None:
    """Return what each methodist has entries of."""
    rows = tuple(
        (line.name or "не указан", *(line.kinds.get(kind, 0) for kind in HELP_FORMS), line.schools,
         short_span(line.helped), line.events, short_span(line.people), line.connections)
        for line in found
    )  # fmt: skip
    columns = (
        ("Методист", 38.0, _LEFT), ("Выездов", 15.0, _RIGHT), ("Консультаций", 16.0, _RIGHT),
        ("Уроков", 14.0, _RIGHT), ("Тьюторских", 15.0, _RIGHT), ("Школ", 12.0, _RIGHT), ("Людей", 15.0, _RIGHT),
        ("Событий", 15.0, _RIGHT), ("Участников", 17.0, _RIGHT), ("Подключений", 17.0, _RIGHT),
    )  # fmt: skip
    return WorkTable("Методисты", columns, rows) if rows else None


def words(key: str, found: Work) -> str:
    """Return the sentence of a section: «help», «events», «bodies», «practices», «mentoring», «staff»."""
    if key == "help":
        return help_words(found.help)
    if key == "events":
        return event_words(found.events)
    if key == "bodies":
        return body_words(found.bodies)
    if key == "practices":
        return practice_words(found.practices)
    return mentor_words(found.mentoring) if key == "mentoring" else staff_words(found.staff)


def table(key: str, found: Work) -> WorkTable | None:
    """Return the table under a section, None where it has none."""
    if key == "help":
        return help_table(found.help)
    if key == "events":
        return event_table(found.events)
    if key == "bodies":
        return body_table(found.bodies)
    return staff_table(found.staff) if key == "staff" else None


def intro(found: Work) -> str:
    """Return help and events in one sentence, "" where there are none."""
    parts = []
    if found.help.lines:
        parts.append(f"помощь школам записана {count(len(found.help.lines), *TIMES)}")
    if found.events.held:
        parts.append(f"прошло {count(len(found.events.held), *EVENT)}")
    text = ", ".join(parts)
    return f"{capital(text)}." if text else ""
