"""Metrics of formulas about the work itself: activities, decisions, courses, partnerships, deficits, plans, risks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.analysis.programme_values import money_text
from app.models import indicators as stored
from app.models import organisations, ties
from app.models import programmes as stored_programmes
from app.operations.execution import ExecutionLine
from app.operations.formula_facts import Facts, Parameters, Part, Reading, missing, reading
from app.reports.card_data import Origin, Way
from app.texts import NBSP, ru_date, school_year

Row = Mapping[str, Any]
_HELPS = frozenset({"existing", "agreed", "planned"})


# --- activities --------------------------------------------------------------------------------------------------


def _lines(facts: Facts, told: Parameters) -> tuple[ExecutionLine, ...]:
    from app.operations import execution

    year = facts.year_of(told)
    key = facts.tree.programme.id
    if year not in facts.tree.programme.years:
        return ()  # an activity without a term would else stand in every year that is asked for
    return facts.keep(
        ("execution", year), lambda: execution.table(facts.connection, key, year, facts.day).lines
    )  # fmt: skip


def _activities(
    facts: Facts, told: Parameters, test: Callable[[ExecutionLine], bool], among: Callable[[ExecutionLine], bool]
) -> Reading:
    lines = [line for line in _lines(facts, told) if among(line)]
    year = facts.year_of(told)
    if not lines:
        return missing(f"мероприятий со сроком в {year}{NBSP}году нет")
    parts = [
        Part(line.named, line.word, test(line), None, _way(line)) for line in lines
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"план на {year}{NBSP}год", parts)


def _way(line: ExecutionLine) -> Way:
    return Way("execution", str(line.lineage), line.plan_year)


def _alive(line: ExecutionLine) -> bool:
    return line.shown != "cancelled"


def activities(facts: Facts, told: Parameters) -> Reading:
    """How many activities the plan of the year has, those without a term too, cancelled ones not."""
    return _activities(facts, told, _alive, lambda _line: True)


def activities_done(facts: Facts, told: Parameters) -> Reading:
    """How many of them are done."""
    return _activities(facts, told, lambda line: line.shown == "done", _alive)


def activities_due(facts: Facts, told: Parameters) -> Reading:
    """How many of them had to be done by today."""
    today = facts.day.isoformat()
    return _activities(facts, told, lambda line: line.due_on is not None and line.due_on <= today, _alive)


def activities_in_time(facts: Facts, told: Parameters) -> Reading:
    """How many of those that are due were done within their term."""
    today = facts.day.isoformat()
    return _activities(
        facts, told, lambda line: line.in_time is True and line.due_on is not None and line.due_on <= today, _alive
    )


def _summed(facts: Facts, told: Parameters, take: Callable[[ExecutionLine], int | None], words: str) -> Reading:
    found = [(line, number) for line in _lines(facts, told) if (number := take(line)) is not None]
    year = facts.year_of(told)
    if not found:
        return missing(f"{words} в {year}{NBSP}году ни у одного мероприятия не указано")
    parts = [Part(line.named, line.word, True, None, _way(line), str(number))
             for line, number in found]  # fmt: skip
    return reading(sum(number for _line, number in found), f"план на {year}{NBSP}год", parts)


def activity_people(facts: Facts, told: Parameters) -> Reading:
    """How many people took part in activities."""
    return _summed(facts, told, lambda line: line.participants, "число участников")


def activity_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools took part in at least one activity."""
    wanted, whose = facts.schools(told)
    lines = _lines(facts, told)
    took = {key for line in lines for key in line.schools}
    year = facts.year_of(told)
    if not took:
        return missing(f"школы-участники мероприятий {year}{NBSP}года не указаны")
    parts = [Part(name, "участвовала" if key in took else "не участвовала", key in took, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    return reading(len(took & set(wanted)), f"мероприятия {year}{NBSP}года; {whose}", parts)


def spent(facts: Facts, told: Parameters) -> Reading:
    """How many roubles were spent on activities."""
    found = _summed(facts, told, lambda line: line.spent_kopecks, "расходов")
    if found.value is None:
        return found
    parts = [replace(part, amount=money_text(int(part.amount))) for part in found.parts]
    return reading(found.value / 100, f"{found.words}, рублей", parts)


# --- decisions ---------------------------------------------------------------------------------------------------


def _points(facts: Facts, told: Parameters, test: Callable[[str, str, str | None], bool], *, due: bool) -> Reading:
    year, today = facts.year_of(told), facts.day.isoformat()
    rows = [row for row in stored.decision_points(facts.connection, year) if row[3] != "withdrawn"]
    rows = [row for row in rows if not due or row[2] <= today]
    if not rows:
        when = f"до {ru_date(facts.day)}" if due else f"в {year}{NBSP}году"
        return missing(f"пунктов решений со сроком {when} нет")
    parts = []
    for key, text, due_on, state, done_on in rows:
        done = f"выполнен {ru_date(done_on)}" if done_on else ("выполнен" if state == "done" else "не выполнен")
        parts.append(Part(text, f"срок {ru_date(due_on)}, {done}", test(due_on, state, done_on), None,
                          Way("decision", str(key), year)))  # fmt: skip
    return reading(sum(part.counted for part in parts), f"пункты решений со сроком в {year}{NBSP}году", parts)


def decisions(facts: Facts, told: Parameters) -> Reading:
    """How many points of decisions are due in the year."""
    return _points(facts, told, lambda _due, _state, _done: True, due=False)


def decisions_due(facts: Facts, told: Parameters) -> Reading:
    """How many of them were due by today."""
    return _points(facts, told, lambda _due, _state, _done: True, due=True)


def decisions_done(facts: Facts, told: Parameters) -> Reading:
    """How many of those due are done."""
    return _points(facts, told, lambda _due, state, _done: state == "done", due=True)


def decisions_in_time(facts: Facts, told: Parameters) -> Reading:
    """How many of those due were done by their day; a point without the day it was done is not counted."""
    return _points(facts, told, lambda due, state, done: state == "done" and done is not None and done <= due, due=True)


# --- registers of a school year ----------------------------------------------------------------------------------


def _register(
    facts: Facts, told: Parameters, table: str, columns: tuple[str, ...], what: str
) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of a register and the words for them; no rows and the reason where there are none."""
    year = facts.school_year(told, table)
    if year is None:
        return [], f"{what}: за {facts.year_of(told)}{NBSP}год строк нет"
    rows: list[dict[str, Any]] = [dict(row) for row in facts.lines(table, columns, year)]
    return rows, f"{what}, {school_year(year)}"


def _distinct(facts: Facts, told: Parameters, rows: Iterable[Row], words: str, *, column: str) -> Reading:
    """Count the schools looked at that a register names; a school that is not named is counted as not having it."""
    wanted, whose = facts.schools(told)
    have = {facts.canonical(row[column]) for row in rows}
    parts = [Part(name, "есть" if key in have else "нет", key in have, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    return reading(sum(part.counted for part in parts), f"{words}; {whose}", parts)


def courses_people(facts: Facts, told: Parameters) -> Reading:
    """How many people were trained."""
    columns = ("id", "organisation_id", "kind", "people", "title")
    rows, words = _register(facts, told, "course_record", columns, "реестр курсов")
    if not rows:
        return missing(words)
    wanted, _whose = facts.schools(told)
    kind = {"переподготовка": "retraining", "повышение квалификации": "upgrading"}.get(told.get("вид", ""))
    inside = told.get("школы") or facts.one is not None
    rows = [
        row for row in rows
        if (kind is None or row["kind"] == kind)
        and (not inside or facts.canonical(row["organisation_id"]) in wanted)
    ]  # fmt: skip
    parts = [
        Part(facts.name(facts.canonical(row["organisation_id"])) or "муниципалитет",
             row["title"] or "без названия", True, None, Way("courses"), str(row["people"]))
        for row in rows
    ]  # fmt: skip
    return reading(sum(row["people"] for row in rows), words, parts)


def courses_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools have people who were trained."""
    columns = ("id", "organisation_id", "kind", "people", "title")
    rows, words = _register(facts, told, "course_record", columns, "реестр курсов")
    taught = [row for row in rows if row["organisation_id"] is not None and row["people"] > 0]
    return _distinct(facts, told, taught, words, column="organisation_id") if rows else missing(words)


def partnered(facts: Facts, told: Parameters) -> Reading:
    """How many schools have a partner school (existing, agreed or planned)."""
    found = ties.ties(facts.connection)
    years = [tie.school_year for tie in found if tie.school_year <= facts.year_of(told)]
    if not years:
        return missing("школ-партнёров не назначали")
    year = max(years)
    wanted, whose = facts.schools(told)
    helped = {tie.receiver_id: tie.donor for tie in found if tie.school_year == year and tie.state in _HELPS}
    parts = [
        Part(name, f"помогает {helped[key]}" if key in helped else "партнёра нет", key in helped,
             Origin("organisation", key))
        for key, name in wanted.items()
    ]  # fmt: skip
    return reading(len(helped.keys() & wanted.keys()), f"школы-партнёры, {school_year(year)}; {whose}", parts)


_AGREEMENT = ("id", "receiver_id", "donor", "state", "number", "topic")


def _agreements(facts: Facts, told: Parameters) -> tuple[list[dict[str, Any]], str]:
    rows, words = _register(facts, told, "partnership", _AGREEMENT, "реестр соглашений")
    return [row for row in rows if row["state"] == "active"], words


def agreements(facts: Facts, told: Parameters) -> Reading:
    """How many agreements on partnership are in force."""
    if facts.school_year(told, "partnership") is None:
        return missing(_agreements(facts, told)[1])
    rows, words = _agreements(facts, told)
    if facts.one is not None:
        rows = [row for row in rows if facts.canonical(row["receiver_id"]) in facts.one]
    parts = [
        Part(facts.name(facts.canonical(row["receiver_id"])), " ".join(filter(None, (row["donor"], row["topic"]))),
             True, None, Way("partnership", str(facts.canonical(row["receiver_id"]))))
        for row in rows
    ]  # fmt: skip
    return reading(len(rows), words, parts)


def agreement_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools have an agreement in force."""
    if facts.school_year(told, "partnership") is None:
        return missing(_agreements(facts, told)[1])
    rows, words = _agreements(facts, told)
    return _distinct(facts, told, rows, words, column="receiver_id")


def joint_events(facts: Facts, told: Parameters) -> Reading:
    """How many joint events of partners took place."""
    year = facts.school_year(told, "partnership")
    if year is None:
        return missing(_agreements(facts, told)[1])
    rows = [
        row for row in stored.held_events(facts.connection, year)
        if facts.one is None or facts.canonical(row[0]) in facts.one
    ]  # fmt: skip
    parts = [Part(facts.name(facts.canonical(key)), title) for key, title, _people in rows]
    return reading(len(rows), f"совместные мероприятия, {school_year(year)}", parts)


def led(facts: Facts, told: Parameters) -> Reading:
    """How many schools have a curator or a tutor on the day."""
    wanted, whose = facts.schools(told)
    from app.operations.register_catalogue import SUPPORTER_WORDS

    rows = stored.led_schools(facts.connection, facts.day.isoformat(), tuple(SUPPORTER_WORDS))
    have = {facts.canonical(key): name for key, name in rows.items()}
    if not have:
        return missing("кураторы и тьюторы школ не назначены")
    parts = [Part(name, have.get(key, "никого нет"), key in have, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    return reading(len(have.keys() & wanted.keys()), f"назначения на {ru_date(facts.day)}; {whose}", parts)


def _counted(facts: Facts, told: Parameters, table: str, column: str, what: str, **only: str | None) -> Reading:
    """Sum a column of a register over its rows that have it."""
    columns = tuple(dict.fromkeys(("id", "organisation_id", column, *only)))
    rows, words = _register(facts, told, table, columns, what)
    wanted, _whose = facts.schools(told)
    inside = told.get("школы") or facts.one is not None
    kept = [
        row for row in rows
        if row[column] is not None
        and all(value is None or str(row[name] or "").casefold() == value.casefold() for name, value in only.items())
        and (not inside or facts.canonical(row["organisation_id"]) in wanted)
    ]  # fmt: skip
    if not kept:
        return missing(words if not rows else f"{words}: чисел нет")
    parts = [Part(facts.name(facts.canonical(row["organisation_id"])) or "муниципалитет", what, amount=str(row[column]))
             for row in kept]  # fmt: skip
    return reading(sum(int(row[column]) for row in kept), words, parts)


def _audience(told: Parameters) -> str | None:
    from app.operations.register_catalogue import AUDIENCE_WORDS

    said = told.get("кто", "").casefold()
    return next((key for key, word in AUDIENCE_WORDS.items() if word.casefold() == said), None)


def deficit_people(facts: Facts, told: Parameters) -> Reading:
    """How many people have a professional deficit."""
    only = {"audience": _audience(told), "subject": told.get("предмет")}
    return _counted(facts, told, "deficit", "people", "реестр дефицитов", **only)


def deficit_asked(facts: Facts, told: Parameters) -> Reading:
    """How many people were asked about deficits."""
    only = {"audience": _audience(told), "subject": told.get("предмет")}
    return _counted(facts, told, "deficit", "of_people", "реестр дефицитов", **only)


def _plans(facts: Facts, told: Parameters, column: str) -> Reading:
    kind = {"учителя": "teacher", "ученики": "pupil"}[told["чьи"]]
    return _counted(facts, told, "plan_count", column, "индивидуальные планы", kind=kind)


def plans_needed(facts: Facts, told: Parameters) -> Reading:
    """How many individual plans are needed."""
    return _plans(facts, told, "need")


def plans_made(facts: Facts, told: Parameters) -> Reading:
    """How many of them are made."""
    return _plans(facts, told, "planned")


def plans_done(facts: Facts, told: Parameters) -> Reading:
    """How many of them are fulfilled."""
    return _plans(facts, told, "done")


def _states(facts: Facts, told: Parameters, table: str, what: str, states: frozenset[str] | None) -> Reading:
    rows, words = _register(facts, told, table, ("id", "organisation_id", "state"), what)
    if facts.one is not None:
        rows = [row for row in rows if facts.canonical(row["organisation_id"]) in facts.one]
    if not rows:
        return missing(words)
    parts = [
        Part(facts.name(facts.canonical(row["organisation_id"])) or "школа не указана",
             "выполнено" if row["state"] == "done" else "не выполнено", states is None or row["state"] in states)
        for row in rows
    ]  # fmt: skip
    return reading(sum(part.counted for part in parts), words, parts)


def risk_measures(facts: Facts, told: Parameters) -> Reading:
    """How many measures against risk factors are planned."""
    return _states(facts, told, "risk_measure", "меры по факторам риска", None)


def risk_measures_done(facts: Facts, told: Parameters) -> Reading:
    """How many of them are done."""
    return _states(facts, told, "risk_measure", "меры по факторам риска", frozenset({"done"}))


def support_lines(facts: Facts, told: Parameters) -> Reading:
    """How many lines the support cards have."""
    return _states(facts, told, "support_line", "карты адресной помощи", None)


def support_done(facts: Facts, told: Parameters) -> Reading:
    """How many of them are done."""
    return _states(facts, told, "support_line", "карты адресной помощи", frozenset({"done"}))


# --- the rest ----------------------------------------------------------------------------------------------------


def school_programmes(facts: Facts, told: Parameters) -> Reading:
    """How many schools have an approved programme of their own that holds the year."""
    wanted, whose = facts.schools(told)
    made = [one for one in stored_programmes.programmes(facts.connection) if one.kind == "school"]
    if not made:
        return missing("программ школ в файле нет")
    ready = {
        organisations.canonical(facts.connection, one.organisation_id or 0)
        for one in made if one.frozen and facts.year in one.years
    }  # fmt: skip
    parts = [Part(name, "утверждена" if key in ready else "нет", key in ready, Origin("organisation", key))
             for key, name in wanted.items()]  # fmt: skip
    return reading(len(ready & wanted.keys()), f"утверждённые программы школ на {facts.year}{NBSP}год; {whose}", parts)


def metric_sum(facts: Facts, told: Parameters) -> Reading:
    """The sum of a figure of schools over those that have it."""
    found, words = _metric(facts, told)
    if not found:
        return missing(words)
    return reading(sum((value for _part, value in found), Fraction(0)), words, [part for part, _value in found])


def metric_schools(facts: Facts, told: Parameters) -> Reading:
    """How many schools have a figure."""
    found, words = _metric(facts, told)
    return reading(len(found), words, [part for part, _value in found]) if found else missing(words)


def _metric(facts: Facts, told: Parameters) -> tuple[list[tuple[Part, Fraction]], str]:
    from app.models import metrics as rows
    from app.operations import metrics

    said = told["сведение"].casefold()
    known = metrics.catalogue(facts.connection)
    metric = next(one for one in known.metrics if said in {one.code, one.name.casefold(), one.short.casefold()})
    wanted, whose = facts.schools(told)
    year = facts.year_of(told)
    values = rows.values(facts.connection, (year, year - 1), [metric.code])
    newest = max((key[1] for key in values if key[0] in wanted), default=None)
    words = f"«{metric.short}»; {whose}"
    if newest is None:
        return [], f"{words}: за {year}{NBSP}год значений нет"
    found = []
    for (school, of_year, _code), value in values.items():
        if school in wanted and of_year == newest:
            exact = Fraction(value.exact) if value.exact else value.part
            if exact is not None:
                part = Part(wanted[school], metric.short, True, Origin("metric_value", value.id),
                            Way("metric", metric.code, newest), value.raw)  # fmt: skip
                found.append((part, Fraction(exact)))
    return found, f"{words}, {school_year(newest)}"
