"""What a setting of a paper is chosen from, and what it begins with; every value is text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app import school_years
from app.errors import UserError
from app.models import registry, results, settings
from app.models.store import Connection
from app.texts import NBSP, school_year

if TYPE_CHECKING:
    from app.operations.dynamics import Works
    from app.operations.paper_catalogue import Setting

YEARS_BACK = 6
MONTHS_BACK, MONTHS_ON = 11, 2
_YEARS = frozenset(str(year) for year in range(1950, 2100))
"""Years that a month or a calendar may be asked for."""
Values = Mapping[str, str]
LONGEST, LARGEST = 19, 2**63 - 1
"""Digits and value of the largest number that a file keeps."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered: (value, word), and the value that is usual; "" means the first."""

    options: tuple[tuple[str, str], ...] = ()
    usual: str = ""


HINTS: Mapping[str, str] = {
    "result_year": "Результатов в файле пока нет: загрузите файлы ФИС ОКО, «Данные» → «Загрузить…».",
    "task_year": "Выполнения заданий в файле пока нет: загрузите протоколы с заданиями.",
    "programme": "Программы в файле пока нет: составьте или загрузите её на вкладке «Программа».",
    "school": "Школ в файле пока нет: внесите их на вкладке «Школы».",
    "form_used": "Ответов в файле пока нет: начните сбор на вкладке «Чек-листы».",
    "round": "Сборов в файле пока нет: начните сбор на вкладке «Чек-листы».",
    "case": "В этом сборе пока никого нет: добавьте участников на вкладке «Чек-листы».",
    "subject": "Оценок экспертов пока нет: впишите их на вкладке «Чек-листы».",
    "meeting": "Протоколов в этом учебном году нет: внесите их, «Мониторинг» → «Решения».",
    "body": "Объединений в файле пока нет: заведите их, «Работа» → «Объединения».",
    "span": "Сначала выберите программу.",
    "event": "Событий в этом учебном году нет: внесите их, «Работа» → «События».",
    "coming": "Событий в этом учебном году нет: внесите их, «Работа» → «События».",
    "attended": "Списков по именам с отметками в этом учебном году нет: впишите их в карточке события.",
    "guest": "Участников не отмечено: впишите «Список по именам» события и отметьте, кто был.",
    "activity": "Событий по мероприятиям программы нет: впишите мероприятие в карточке события.",
    "mentor_pair": "Наставнических пар в этом учебном году нет: внесите их, «Работа» → «Наставничество».",
    "practice": "Практик в файле пока нет: внесите их, «Работа» → «Практики».",
}
"""Kind of a setting → what to do where there is nothing to choose from."""


def offer(connection: Connection, setting: Setting, values: Values, day: date) -> Offer:
    """Return what a setting is chosen from, given what is chosen before it."""
    return _OFFERS[setting.kind](connection, setting, values, day)


def beyond(setting: Setting, text: str) -> tuple[tuple[str, str], ...]:
    """Return the time that a text names, as an offer of its own: a page may show a month or a year that none offers.

    Nothing for other settings and other texts; a month's paper takes no quarter.
    """
    from app.analysis.working_days import period

    if setting.kind == "year":
        return ((text, text),) if text in _YEARS else ()
    if setting.kind not in {"period", "month"} or text[:4] not in _YEARS:
        return ()
    try:
        found = period(text)
    except UserError:
        return ()
    single = (found.first.year, found.first.month) == (found.last.year, found.last.month)
    return ((found.key, found.title),) if single or setting.kind == "period" else ()


def number(values: Values, key: str) -> int | None:
    """Return a whole number that is chosen, None where nothing is.

    Raises:
        UserError: ``OUT_VALUE`` of any other text.
    """
    text = values.get(key, "").strip()
    if not text:
        return None
    found = whole(text)
    if found is None:
        raise UserError("OUT_VALUE", key=key, value=text)
    return found


def whole(text: str) -> int | None:
    """Return the whole number that a text is; None of any other text and of a number no file can hold."""
    bare = text.strip().removeprefix("-")
    # «²» is a digit too, and a file keeps no number of more than 63 bits
    if not bare.isdecimal() or len(bare) > LONGEST or int(bare) > LARGEST:
        return None
    return int(text)


def needed(values: Values, key: str) -> int:
    """Return a whole number that must be there.

    Raises:
        UserError: ``OUT_VALUE``.
    """
    found = number(values, key)
    if found is None:
        raise UserError("OUT_VALUE", key=key, value="")
    return found


def on(values: Values, key: str) -> bool:
    """Tell whether a flag is set."""
    return values.get(key, "") == "1"


def present_year(day: date) -> int:
    """Return the school year of a day."""
    return school_years.year_of(day)


def _numbers(years: Iterable[int]) -> tuple[tuple[str, str], ...]:
    return tuple((str(year), str(year)) for year in years)


# --- years -------------------------------------------------------------------------------------------------------


def _rule(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import identification

    rules = identification.rules(connection).values()
    return Offer(tuple((rule.id, rule.title) for rule in rules), settings.get(connection, "rule"))


def _result_year(connection: Connection, one: Setting, _values: Values, _day: date) -> Offer:
    years = results.years(connection)
    # «с какого года», «прошлый год»: the second of two years begins a year earlier
    earlier = one.key.endswith("2") or one.key == "before"
    return Offer(_numbers(years), str(years[1]) if earlier and len(years) > 1 else "")


def _task_year(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import skills

    return Offer(_numbers(skills.years(connection)))


def _school_year(_connection: Connection, _one: Setting, _values: Values, day: date) -> Offer:
    now = present_year(day)
    years = range(now + 1, now - YEARS_BACK, -1)
    return Offer(tuple((str(year), school_year(year)) for year in years), str(now))


def _year(_connection: Connection, _one: Setting, _values: Values, day: date) -> Offer:
    return Offer(_numbers(range(day.year + 1, day.year - YEARS_BACK, -1)), str(day.year))


def _plan_year(connection: Connection, one: Setting, values: Values, day: date) -> Offer:
    from app.operations import note_scope, programmes

    if values.get("programme"):
        years = next((line.programme.years for line in programmes.listing(connection)
                      if str(line.programme.id) == values["programme"]), ())  # fmt: skip
        return Offer(_numbers(years), str(day.year) if day.year in years else "")
    del one
    return Offer(_numbers(note_scope.years(connection, day)), str(day.year))


def _period(_connection: Connection, one: Setting, _values: Values, day: date) -> Offer:
    from app.analysis.working_days import month_of, quarter_of

    now = month_of(day)
    months = [now.step(step) for step in range(MONTHS_ON, -MONTHS_BACK - 1, -1)]
    quarters = [quarter_of(day).step(step) for step in range(1, -4, -1)]
    found = months if one.kind == "month" else [*months, *quarters]
    return Offer(tuple((item.key, item.title) for item in found), now.key)


def _span(connection: Connection, one: Setting, values: Values, day: date) -> Offer:
    from app.operations import execution_report, programmes

    del one
    chosen = next((line.programme for line in programmes.listing(connection)
                   if str(line.programme.id) == values.get("programme")), None)  # fmt: skip
    if chosen is None:
        return Offer()
    years = sorted(chosen.years, key=lambda year: (year != day.year, year))
    found = [
        (f"{first.isoformat()}..{last.isoformat()}", word, first <= day <= last)
        for year in years for word, (first, last) in execution_report.periods(year)
    ]  # fmt: skip
    fitting = [value for value, _word, fits in found if fits]
    return Offer(tuple((value, word) for value, word, _fits in found), fitting[-1] if fitting else "")


# --- things of the file ------------------------------------------------------------------------------------------


def _programme(connection: Connection, one: Setting, _values: Values, day: date) -> Offer:
    from app.operations import programmes

    found = programmes.listing(connection)
    options = tuple(
        (str(line.programme.id), " · ".join(part for part in (
            f"{line.programme.year_from}–{line.programme.year_to}, ред.{NBSP}{line.programme.edition}",
            line.state_word, line.school, line.programme.title.strip() or "без названия",
        ) if part))
        for line in found
    )  # fmt: skip
    current = programmes.current(connection, present_year(day))
    if one.key == "old":  # the edition before the present one
        lineage = next((line.programme for line in found if line.programme.id == current), None)
        older = [line.programme for line in found if lineage is not None and line.programme.lineage == lineage.lineage
                 and line.programme.edition < lineage.edition]  # fmt: skip
        older.sort(key=lambda item: item.edition)
        current = older[-1].id if older else current
    return Offer(options, "" if current is None else str(current))


def _school(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import schools

    return Offer(tuple((str(item.id), item.shown) for item in schools.listing(connection)))


def _group(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    return Offer(tuple((name, name) for name in registry.groups(connection)))


def _form(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import forms

    return Offer(tuple((entry.form.id, entry.form.short) for entry in forms.listing(connection)
                       if entry.form.kind != "survey"))  # fmt: skip


def _form_used(connection: Connection, one: Setting, _values: Values, _day: date) -> Offer:
    from app.models import forms as stored
    from app.operations import forms

    if not stored.any_round(connection):
        return Offer()
    named = {entry.form.id: entry.form for entry in forms.listing(connection, hidden=True)}
    used = dict.fromkeys(item.form_id for item in stored.rounds(connection))
    if one.key == "survey":
        found = [key for key in used if key in named and named[key].kind == "survey"]
    else:
        found = [key for key in used if key in named and named[key].kind != "survey"]
    return Offer(tuple((key, named[key].short) for key in found))


def _questionnaire(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import surveys

    return Offer(tuple((form.id, form.short) for form in surveys.questionnaires(connection)))


def _round(connection: Connection, one: Setting, values: Values, _day: date) -> Offer:
    from app.models import forms as stored

    wanted = values.get("form") or values.get("survey") or None
    found = stored.rounds(connection, None, wanted)
    if one.key == "group_round":  # only rounds in which experts have spoken
        spoken = {case.round_id for case in stored.cases(connection) if case.role != "self"}
        found = [item for item in found if item.id in spoken]
    elif wanted is None:
        found = [item for item in found if item.form_id not in _surveys(connection)]
    return Offer(tuple((str(item.id), f"{item.title}, {school_year(item.school_year)}") for item in found))


def _surveys(connection: Connection) -> set[str]:
    from app.operations import surveys

    return {form.id for form in surveys.questionnaires(connection)}


def _case(connection: Connection, _one: Setting, values: Values, _day: date) -> Offer:
    from app.models import forms as stored

    chosen = number(values, "round")
    if chosen is None:
        return Offer()
    cases = stored.cases(connection, rounds=[chosen])
    names = {item.id: item.shown for item in stored.subjects(connection, keys=[case.subject_id for case in cases])}
    places = {key: place for place, key in enumerate(names)}
    cases.sort(key=lambda case: places.get(case.subject_id, 0))
    return Offer(tuple((str(case.id), _case_word(names.get(case.subject_id, ""), case.role, case.author or ""))
                       for case in cases))  # fmt: skip


def _case_word(subject: str, role: str, author: str) -> str:
    if role == "self":
        return subject
    return f"{subject}: {author or ('согласованная оценка' if role == 'agreed' else 'эксперт')}"


def _subject(connection: Connection, _one: Setting, values: Values, _day: date) -> Offer:
    from app.models import forms as stored

    chosen = number(values, "group_round")
    if chosen is None:
        return Offer()
    cases = stored.cases(connection, rounds=[chosen])
    spoken = {case.subject_id for case in cases if case.role != "self"}
    return Offer(tuple((str(item.id), item.shown) for item in stored.subjects(connection, keys=spoken)))


def _sheet(connection: Connection, _one: Setting, values: Values, _day: date) -> Offer:
    from app.operations import surveys

    found = surveys.sheets(connection, form_id=values.get("survey") or None)
    return Offer(tuple((str(line.sheet.id), line.title) for line in found))


def _document(connection: Connection, one: Setting, values: Values, _day: date) -> Offer:
    from app.models import decisions as stored
    from app.operations import decision_papers, decisions

    year = number(values, "school_year")
    named = dict(decisions.documents(connection, year))
    rows = list(stored.documents(connection, year))
    if one.kind == "meeting":
        rows = [row for row in rows if row["kind"] in decision_papers.MEETINGS]
    return Offer(tuple((str(row["id"]), named[row["id"]]) for row in reversed(rows)))


def _mentor_pair(connection: Connection, _one: Setting, values: Values, day: date) -> Offer:
    from app.operations import mentoring

    year = number(values, "school_year")
    if year is None:
        return Offer()
    return Offer(tuple((str(line.pair.id), line.title) for line in mentoring.board(connection, year, day).pairs))


def _practice(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import practices

    return Offer(tuple((str(item.id), item.shown) for item in practices.listing(connection)))


def _practice_subject(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import practice_papers

    return Offer(tuple((name, name) for name in practice_papers.subjects(connection)))


def _methodist(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import month_work

    return Offer(tuple((name, name) for name in month_work.people(connection)))


def _calendar(connection: Connection, one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import calendar_items

    return Offer(tuple((value, word) for word, value in calendar_items.owners(connection)), one.usual)


# --- works, addressees, directions -------------------------------------------------------------------------------


def _work(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import result_charts

    return Offer(tuple((work.label, work.label) for work in result_charts.choices(connection).works))


def _task_work(connection: Connection, _one: Setting, values: Values, _day: date) -> Offer:
    from app.operations import skills

    year = number(values, "year")
    found = skills.works(connection, year) if year is not None else ()
    return Offer(tuple((work.label, work.label) for work in found))


def _works(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import result_charts

    known = result_charts.choices(connection).works
    procedures = dict.fromkeys(work.procedure for work in known)
    return Offer((*((one, f"все {one}") for one in procedures), *((work.label, work.label) for work in known)))


def works_of(connection: Connection, text: str) -> Works:
    """Return the works that a value of the kind «works» means.

    Raises:
        UserError: ``OUT_VALUE``.
    """
    from app.operations import result_charts

    if not text:
        return "all"
    known = result_charts.choices(connection).works
    for work in known:
        if text == work.label:
            return work
        if text == work.procedure:
            return work.procedure
    raise UserError("OUT_VALUE", key="works", value=text)


def _whom(connection: Connection, _one: Setting, values: Values, day: date) -> Offer:
    from app.operations import note_papers
    from app.operations.note_scope import Asked

    year = number(values, "year") or day.year
    names = note_papers.addressees(connection, Asked("report", year, day), before=values.get("which") == "before")
    return Offer(tuple((name, name) for name in names))


def _direction(connection: Connection, _one: Setting, _values: Values, _day: date) -> Offer:
    from app.operations import cycle

    return Offer(tuple((item.id, item.title) for item in cycle.catalogue(connection).directions))


def _choice(_connection: Connection, one: Setting, _values: Values, _day: date) -> Offer:
    return Offer(one.choices, one.usual)


def _of_event(kind: str) -> Callable[[Connection, Setting, Values, date], Offer]:
    def offered(connection: Connection, _one: Setting, values: Values, day: date) -> Offer:
        from app.operations import event_choices  # it gives offers as they are made here

        return Offer(*event_choices.OFFERS[kind](connection, values, day))

    return offered


def _body(connection: Connection, _one: Setting, values: Values, day: date) -> Offer:
    from app.operations import bodies

    lines = bodies.listing(connection, number(values, "school_year") or present_year(day), day)
    usual = max((line for line in lines if not line.over), key=lambda line: (line.plan, line.members), default=None)
    return Offer(tuple((str(line.id), line.name) for line in lines), "" if usual is None else str(usual.id))


def span_of(text: str) -> tuple[date, date]:
    """Return the two days of «2026-01-01..2026-03-31»; days of ours («01.01.2026..31.03.2026») are read, too.

    Raises:
        UserError: ``OUT_VALUE``.
    """
    from app.operations import schools

    first, dots, last = text.partition("..")
    if not dots:
        raise UserError("OUT_VALUE", key="span", value=text)
    return date.fromisoformat(schools.iso_date(first)), date.fromisoformat(schools.iso_date(last))


_OFFERS: Mapping[str, Callable[[Connection, Setting, Values, date], Offer]] = {
    "rule": _rule, "result_year": _result_year, "task_year": _task_year, "school_year": _school_year,
    "plan_year": _plan_year, "programme": _programme, "school": _school, "group": _group, "form": _form,
    "form_used": _form_used, "questionnaire": _questionnaire, "round": _round, "case": _case, "subject": _subject,
    "sheet": _sheet, "document": _document, "meeting": _document, "period": _period, "month": _period,
    "year": _year, "span": _span, "work": _work,
    "task_work": _task_work, "works": _works, "whom": _whom, "direction": _direction, "choice": _choice,
    **{kind: _of_event(kind) for kind in ("event", "coming", "attended", "guest", "activity")},
    "practice": _practice, "practice_subject": _practice_subject,
    "body": _body, "mentor_pair": _mentor_pair, "methodist": _methodist,
    "calendar": _calendar,
}  # fmt: skip


# --- what a command types ----------------------------------------------------------------------------------------


def match(connection: Connection, setting: Setting, options: Iterable[tuple[str, str]], text: str) -> str:
    """Return the value that a typed text means: a value, its word, a school's code or name, «2026/27».

    Raises:
        UserError: ``OUT_VALUE``; ``GEN_NO_SCHOOL`` and others of finding a school.
    """
    from app.operations import schools

    wanted, known = text.strip(), tuple(options)
    folded = wanted.casefold().replace(NBSP, " ")
    for value, word in known:
        if folded in {value.casefold(), word.casefold().replace(NBSP, " ")}:
            return value
    if setting.kind == "school" and wanted:
        return str(schools.find(connection, wanted).id)
    if setting.kind == "school_year" and wanted:
        return str(schools.first_year(wanted))
    if setting.kind in {"period", "span"} and wanted:
        return wanted
    for value, _word in beyond(setting, wanted):
        return value
    raise UserError("OUT_VALUE", key=setting.key, value=text)
