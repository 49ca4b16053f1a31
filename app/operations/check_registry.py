"""Checks of the registry: check digits of codes, records that may be one school, entries that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.analysis.findings import CheckLevel, Finding, Place
from app.analysis.metric_catalogue import Catalogue
from app.errors import problem
from app.models import check_rows, health, organisations
from app.models import orphans as left_over
from app.models import registry as stored
from app.models.organisations import School
from app.models.store import Connection
from app.models.surveys import DRAFTS as SURVEY_DRAFTS
from app.operations import surveys
from app.operations.matching import fold, normal_area, normal_name
from app.operations.school_codes import code_fits
from app.operations.schools import SYSTEM_WORDS, TEXT_FIELDS
from app.texts import count, quoted, school_year

_CARD_WORDS = {"pupils": "Учеников", "teachers": "Учителей", "status": "Состояние"}
_DIGITS = re.compile(r"[0-9]+")
_WAITS = "DATA_TIE_NO_SCHOOLS"
"""Code of an entry that fits but whose row lacks a school yet: the grid says so."""
_NAMED = 5
"""So many schools are named in one finding."""


def registry(connection: Connection) -> list[Finding]:
    """Check the own schools: ИНН and ОГРН, the same ИНН, the same name in the same place."""
    schools = organisations.listing(connection)
    by_key = {school.id: school for school in schools}
    codes = sorted(
        (system, value, key)
        for key, system, value in stored.code_pairs(connection)
        if key in by_key and system in {"inn", "ogrn"}
    )
    return [*_bad_codes(codes), *_same_codes(codes, by_key), *_same_names(schools)]


def _bad_codes(codes: list[tuple[str, str, int]]) -> Iterator[Finding]:
    for system, value, school in codes:
        if not code_fits(system, value):
            context = {"system": SYSTEM_WORDS[system], "value": value}
            place = Place("school", school, field=system)
            yield Finding("explain", "DATA_BAD_CODE", place, f"code:{school}:{system}:{value}", value, context)


def _same_codes(codes: list[tuple[str, str, int]], by_key: dict[int, School]) -> Iterator[Finding]:
    """Schools with one ИНН; one ОГРН is told only where the ИНН does not tell it already."""
    told: set[frozenset[int]] = set()
    for wanted in ("inn", "ogrn"):
        holders: dict[str, list[School]] = {}
        for system, value, school in codes:
            if system == wanted and by_key[school] not in holders.setdefault(value, []):
                holders[value].append(by_key[school])
        for value, present in holders.items():
            found = sorted(present, key=lambda school: school.name)
            keys = frozenset(school.id for school in found)
            if len(found) > 1 and keys not in told:
                told.add(keys)
                place = Place("school", found[0].id, field=wanted)
                context = {"system": SYSTEM_WORDS[wanted], "value": value, "schools": _named(found)}
                yield Finding("hint", "DATA_SAME_INN", place, f"same:{wanted}:{value}", _keys(found), context)


def _same_names(schools: list[School]) -> Iterator[Finding]:
    alike: dict[tuple[str, str, frozenset[str]], list[School]] = {}
    for school in schools:
        if school.status == "active":
            # names are taken apart only where number and place are the same: that is dear
            key = (school.municipality or "", fold(school.settlement or ""), frozenset(_DIGITS.findall(school.name)))
            alike.setdefault(key, []).append(school)
    holders: dict[tuple[str, str, str], list[School]] = {}
    for (municipality, settlement, _numbers), group in alike.items():
        for school in group if len(group) > 1 else ():
            name = normal_name(school.name)
            holders.setdefault((name, normal_area(municipality), settlement), []).append(school)
    for (name, area, settlement), found in holders.items():
        if name and len(found) > 1:
            place = Place("school", found[0].id, field="name")
            subject = f"name:{name}:{area}:{settlement}"
            context = {"schools": _named(found)}
            yield Finding("explain", "DATA_SAME_NAME", place, subject, _keys(found), context)


def _named(schools: list[School]) -> str:
    names = "; ".join(f"«{school.shown}»{f' ({school.code})' if school.code else ''}" for school in schools[:_NAMED])
    return names + (f" и ещё {len(schools) - _NAMED}" if len(schools) > _NAMED else "")


def _keys(schools: list[School]) -> str:
    return ",".join(str(key) for key in sorted(school.id for school in schools))


# --- drafts ----------------------------------------------------------------------------------------------------


def drafts(connection: Connection, catalogue: Catalogue) -> list[Finding]:
    """Return entries that do not fit; half-typed text is a hint."""
    from app.operations import registers

    names = {**surveys.draft_names(connection), **registers.draft_names(connection)}
    lines = health.unfinished_courses(connection)
    told = {(f"{health.COURSES}:{year}", key) for key, year, _line, _why in lines}
    return [
        _draft(item, catalogue) if item.school_id is not None else _of_no_card(connection, item, names)
        for item in check_rows.drafts(connection)
        if item.code != _WAITS and (item.table, item.row_key) not in told
    ] + [_of_courses(*line) for line in lines]


def _of_no_card(connection: Connection, item: check_rows.Draft, names: Mapping[str, str]) -> Finding:
    """Return the finding of an entry that stands in no card of a school: of an agreement, of ties, of a survey."""
    column = names.get(f"{item.table}:{item.row_key}:{item.column}") or health.column_name(
        connection, item.column, health.COLUMN_WORDS, item.table
    )
    context = {"table": health.row_name(connection, item.table, item.row_key), "raw": item.raw, "column": column}
    level: CheckLevel = "hint" if item.code == "DRAFT" else "explain"
    subject = f"draft:{item.table}:{item.row_key}:{item.column}"
    return Finding(level, "STORE_DRAFT", _place_of(item), subject, item.raw, context)


def _place_of(item: check_rows.Draft) -> Place:
    head, _colon, year = item.table.partition(":")
    if head == SURVEY_DRAFTS:
        return Place("survey", field=item.column, key=item.row_key)
    if head == health.COURSES:
        return Place("courses", field=item.column, year=int(year), key=item.row_key)
    return Place("school", None, field=item.column)


def _of_courses(key: int, year: int, line: str, why: str) -> Finding:
    """Return the finding of a line of the register of courses that is no record yet."""
    context = {"year": school_year(year), "line": line, "why": why}
    place, subject = Place("courses", year=year, key=key), f"draft:{health.COURSES}:{key}"
    return Finding("explain", health.COURSE_WAITS, place, subject, f"{line} {why}", context)


def _draft(item: check_rows.Draft, catalogue: Catalogue) -> Finding:
    level: CheckLevel = "hint" if item.code == "DRAFT" else "explain"
    subject = f"draft:{item.table}:{item.row_key}:{item.column}"
    if item.table.startswith("metric_value:"):
        metric = catalogue.get(item.column)
        trouble = f"«{item.raw}»." if item.code == "DRAFT" else problem(item.code, raw=item.raw).message
        context = {"metric": metric.short if metric else item.column, "year": item.year, "trouble": trouble}
        place = Place("metric", item.school_id, year=item.year, metric=item.column)
        return Finding(level, "DATA_METRIC_DRAFT", place, subject, item.raw, context)
    words = SYSTEM_WORDS | TEXT_FIELDS | _CARD_WORDS
    column = words.get(item.column, item.column)
    if item.year is not None:
        column = f"{column}, {school_year(item.year)}"
    place = Place("school", item.school_id, field=item.column, year=item.year)
    return Finding(level, "STORE_DRAFT", place, subject, item.raw, {"column": column, "raw": item.raw})


# --- monitoring ------------------------------------------------------------------------------------------------

_LEFT = {
    "activity": ("Исполнение мероприятий", "execution"),
    "indicator": ("Значения индикаторов", "indicators"),
    "rule": ("Формулы и допуски индикаторов", "indicators"),
    "programme": ("Замеры программы", "indicators"),
    "point": ("Пункты решений, связанные с мероприятиями", "decisions"),
    "event": ("События мероприятий", "events"),
    "help": ("Записи журнала помощи по мероприятиям", "journal"),
}
_OF_WORK = frozenset({"events", "journal"})
"""Kind of what is left → its words and the view where it stood."""
_NAME_LENGTH = 60


def orphans(connection: Connection) -> list[Finding]:
    """Return what the monitoring keeps of activities and индикаторы that stand in no edition any more."""
    found = []
    for kind, rows in left_over.left(connection).items():
        what, view = _LEFT[kind]
        names = [_left_name(connection, kind, lineage, years) for lineage, years in rows.items()]
        more = f" и ещё {len(names) - _NAMED}" if len(names) > _NAMED else ""
        context = {
            "what": what,
            "number": count(len(names), "строка", "строки", "строк"),
            "named": "; ".join(names[:_NAMED]) + more,
        }
        figures = ",".join(str(lineage) for lineage in rows)
        place = Place("work" if view in _OF_WORK else "monitoring", field=view)
        found.append(Finding("explain", "MON_LEFT_OVER", place, f"left:{kind}", figures, context))
    return found


def _left_name(connection: Connection, kind: str, lineage: int, years: list[int]) -> str:
    text = " ".join(left_over.called(connection, kind, lineage).split()) or "без названия"
    short = text if len(text) <= _NAME_LENGTH else f"{text[:_NAME_LENGTH].rstrip()}…"
    return quoted(short) + (f" ({', '.join(map(str, years))})" if years else "")
