"""Commands about support: numbers of a school year, one school, proposals, factors of risk, registers, papers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, add_school_year, common, school_year_of
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import (
    files,
    papers,
    register_catalogue,
    registers,
    schools,
    support,
    support_offers,
    support_papers,
    support_partners,
    support_platforms,
    support_risks,
)
from app.operations.support import SchoolSupport, Summary
from app.operations.support_offers import Need
from app.operations.support_papers import TITLES
from app.operations.support_partners import Partnership
from app.operations.support_platforms import Platform
from app.operations.support_risks import Risks
from app.texts import capital, count, school_year

REGISTERS = ("partnerships", "supporters", "platforms", "deficits", "plans", "support", "risks")


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "support", "поддержка школ: соглашения, кураторы, площадки, дефициты, карта помощи", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = _step(steps, "show", "показать поддержку учебного года или одной школы", _show)
    shown.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    offers = _step(steps, "offers", "дефициты без помощи и кто может помочь; --take вносит лучшее в карту", _offers,
                   write=True)  # fmt: skip
    offers.add_argument("--school", metavar="ШКОЛА", help="только этой школы")
    offers.add_argument("--take", action="store_true", help="внести лучшие предложения в карту")
    risks = _step(steps, "risks", "факторы риска и меры; --take начинает меры там, где их нет", _risks, write=True)
    risks.add_argument("--school", metavar="ШКОЛА", help="только этой школы")
    risks.add_argument("--take", action="store_true", help="завести строки по факторам без меры")
    ties = _step(steps, "ties", "взять в реестр соглашений договорённости из «Кто поможет»", _ties, write=True)
    ties.set_defaults(usage_error=ties.error)
    rows = _step(steps, "rows", "показать строки реестра", _rows)
    told = "; ".join(f"{key} — {register_catalogue.REGISTERS[key].title}" for key in REGISTERS)
    rows.add_argument("register", choices=REGISTERS, metavar="РЕЕСТР", help=told)
    measure = _step(steps, "measure", "записать показатель сетевой площадки", _measure, write=True)
    measure.add_argument("platform", metavar="ПЛОЩАДКА", help="название площадки")
    known = "; ".join(f"{item.key} — {item.short}" for item in support_platforms.catalogue().measures)
    measure.add_argument("measure", metavar="ПОКАЗАТЕЛЬ", help=known.replace("%", "%%"))
    measure.add_argument("value", metavar="ЗНАЧЕНИЕ", help="«17», «12 из 40», «30,5 %%»; пустое стирает")
    measure.add_argument("--source", metavar="ТЕКСТ", help="откуда сведения")
    _add_paper(steps)


def _add_paper(steps: Any) -> None:
    paper = _step(steps, "paper", "записать документ о поддержке в файл", _paper)
    told = "; ".join(f"{key} — {title}" for key, title in TITLES.items())
    paper.add_argument("kind", choices=tuple(TITLES), metavar="ДОКУМЕНТ", help=told)
    paper.add_argument("--school", metavar="ШКОЛА", help="для school: код, логин или название")
    paper.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help=".pdf, .docx или .xlsx")


def _step(steps: Any, name: str, text: str, run: Any, *, write: bool = False) -> argparse.ArgumentParser:
    parser = add(steps, name, text, run)
    common(parser, write=write)
    add_school_year(parser)
    return parser


# --- showing -----------------------------------------------------------------------------------------------------


def _show(chosen: argparse.Namespace) -> int:
    year = school_year_of(chosen)
    with files.for_reading(chosen.db) as connection:
        if chosen.school is None:
            found = support.summary(connection, year, clock.today())
            own = None
        else:
            own = support.of_school(connection, schools.find(connection, chosen.school).id, year, clock.today())
    if own is not None:
        return _show_school(own, json=chosen.json)
    if chosen.json:
        print_json(summary_json(found))
        return 0
    for text in _sentences(found):
        line(text)
    return 0


def summary_json(found: Summary) -> dict[str, Any]:
    """Return the numbers of a school year as the command prints them; unknown values are null."""
    made = asdict(found)
    made["listed_with_agreement"] = found.listed_with_agreement if found.listed else None
    made["listed_with_courses"] = found.listed_with_courses if found.listed else None
    return made


def _sentences(found: Summary) -> Iterable[str]:
    yield f"{school_year(found.school_year)} учебный год"
    of_list = f" из {len(found.listed)} школ списка" if found.listed else ""
    yield (f"Соглашений в силе: {found.agreements}, без реквизитов {found.unnumbered}, срок истёк у {found.expired}; "
           f"мероприятий проведено {found.held} из {found.events}")  # fmt: skip
    if found.listed:
        yield f"Соглашение есть у {found.listed_with_agreement}{of_list}, куратор или тьютор — у {found.led}"
    yield f"Кураторов и тьюторов: {found.people}; больше всего школ у одного: {found.load}"
    yield f"Сетевых площадок: {found.platforms}; показателей заполнено {found.measured} из {found.measures}"
    card = f"строк карты {sum(found.lines.values())}, срок прошёл у {found.late}"
    yield f"Дефицитов: {found.deficits}, помощь есть по {found.closed}; {card}"
    for item in found.plans:
        told = [f"{word} {value}" for word, value in (("нуждаются", item.need), ("планов", item.planned),
                                                      ("выполнено", item.done)) if value is not None]  # fmt: skip
        yield f"{capital(item.word)}: {', '.join(told) or '—'}"
    yield f"Курсы: {count(found.courses, 'человек', 'человека', 'человек')}"
    yield f"Факторов риска с мерой: {found.covered} из {found.factors}; мер просрочено {found.late_risks}"
    yield f"Самодиагностика известна у {found.self_checked} из {found.schools} школ"


def _show_school(found: SchoolSupport, *, json: bool) -> int:
    if json:
        print_json(school_json(found))
        return 0
    line(f"{found.school}, {school_year(found.school_year)} учебный год")
    for name, duty in found.supporters:
        line(f"{duty.role}: {name}")
    for item in found.receives:
        line(f"Соглашение: {item.donor}, {item.topic or 'тема не названа'}, {item.word}")
    for row in found.lines:
        line(f"Помощь: {row.deficit} — {row.offer or 'не выбрана'}, {row.word}")
    for need in found.waiting:
        line(f"Без помощи: {need.deficit.words}")
    for measure in found.risks.measures:
        line(f"Фактор риска: {measure.factor} — {measure.text or 'мера не записана'}, {measure.word}")
    for factor in found.risks.asking:
        line(f"Фактор риска без меры: {factor.name}")
    return 0


def school_json(found: SchoolSupport) -> dict[str, Any]:
    """Return the support of a school as the command prints it."""
    return {
        "school": found.school,
        "school_year": found.school_year,
        "receives": [agreement_json(item) for item in found.receives],
        "gives": [agreement_json(item) for item in found.gives],
        "supporters": [{"person": name, **asdict(duty)} for name, duty in found.supporters],
        "platforms": [platform_json(item) for item in found.platforms],
        "deficits": [{**asdict(item), "words": item.words} for item in found.deficits],
        "waiting": [need_json(item) for item in found.waiting],
        "lines": [{**asdict(item), "word": item.word} for item in found.lines],
        "plans": [dict(row) for row in found.plans],
        "course_people": found.course_people,
        "risks": risks_json(found.risks),
        "self_check": {name: {str(year): text for year, text in values.items()}
                       for name, values in found.directions.items()},
    }  # fmt: skip


def agreement_json(item: Partnership) -> dict[str, Any]:
    """Return an agreement; empty words are null."""
    told = {name: value if value != "" else None for name, value in asdict(item).items()}
    return told | {"word": item.word, "held": item.held, "participants": item.participants}


def platform_json(item: Platform) -> dict[str, Any]:
    """Return a platform with its indicators."""
    return {
        "title": item.title, "school_year": item.school_year, "filled": item.filled,
        "measures": [
            {"key": one.measure.key, "text": one.measure.text, "raw": one.raw or None, "value": one.value,
             "before": one.before or None, "change": None if one.change == "unknown" else one.change,
             "source": one.source or None, "from_work": (one.work.raw or None) if one.work is not None else None}
            for one in item.lines
        ],
    }  # fmt: skip


def need_json(need: Need) -> dict[str, Any]:
    """Return a deficit that nobody closes with who could."""
    deficit = need.deficit
    return {
        "deficit_id": deficit.id, "school": deficit.school or None, "deficit": deficit.words, "people": deficit.people,
        "offers": [{"id": one.id, "title": one.title, "provider": one.provider or None, "why": one.why}
                   for one in need.offers],
    }  # fmt: skip


def risks_json(found: Risks) -> dict[str, Any]:
    """Return factors of risk with their measures."""
    return {
        "profile": found.profile or None,
        "profile_year": found.profile_year,
        "late": found.late,
        "factors": [
            {"school": item.school, "code": item.code, "name": item.name, "significance": item.significance or None,
             "asks": item.asks, "measures": [one.id for one in item.measures]}
            for item in found.factors
        ],
        "measures": [{**asdict(item), "word": item.word} for item in found.measures],
    }  # fmt: skip


def _rows(chosen: argparse.Namespace) -> int:
    scope = {} if chosen.register == "supporters" else {"school_year": school_year_of(chosen)}
    with files.for_reading(chosen.db) as connection:
        found = registers.table(connection, chosen.register, scope)
    headings = [column.title for column in found.register.columns]
    if chosen.json:
        keys = [column.key for column in found.register.columns]
        print_json({"register": found.register.key, "rows": [
            {"id": item.key, **{key: text or None for key, text in zip(keys, item.texts, strict=True)}}
            for item in found.lines
        ]})  # fmt: skip
    else:
        table(headings, [[text or None for text in item.texts] for item in found.lines])
    return 0


# --- doing -------------------------------------------------------------------------------------------------------


def _school_id(connection: Connection, chosen: argparse.Namespace) -> int | None:
    return None if chosen.school is None else schools.find(connection, chosen.school).id


def _offers(chosen: argparse.Namespace) -> int:
    year, day, made = school_year_of(chosen), clock.today(), 0
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            found = support_offers.needs(store.connection, year, day, _school_id(store.connection, chosen))
            made = support_offers.take(store, year, day, support_offers.best(found))
    else:
        with files.for_reading(chosen.db) as connection:
            found = support_offers.needs(connection, year, day, _school_id(connection, chosen))
    if chosen.json:
        print_json({"school_year": year, "taken": made, "needs": [need_json(item) for item in found]})
        return 0
    table(("Школа", "Дефицит", "Человек", "Кто может помочь"), [
        (item.deficit.school or None, item.deficit.words, item.deficit.people,
         "; ".join(one.title for one in item.offers) or None)
        for item in found
    ])  # fmt: skip
    if chosen.take:
        line(f"В карту внесено: {count(made, 'строка', 'строки', 'строк')}.")
    return 0


def _risks(chosen: argparse.Namespace) -> int:
    year, day, made = school_year_of(chosen), clock.today(), 0
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            own = _school_id(store.connection, chosen)
            asking = support_risks.risks(store.connection, year, day, own).asking
            made = support_risks.start(store, year, day, [(item.school_id, item.code) for item in asking])
            found = support_risks.risks(store.connection, year, day, own)
    else:
        with files.for_reading(chosen.db) as connection:
            found = support_risks.risks(connection, year, day, _school_id(connection, chosen))
    if chosen.json:
        print_json({"school_year": year, "taken": made, **risks_json(found)})
        return 0
    table(("Школа", "Фактор риска", "Значимость", "Меры"), [
        (item.school, item.name, item.significance or None,
         "; ".join(f"{one.text or 'не записана'} ({one.word})" for one in item.measures) or None)
        for item in found.factors
    ])  # fmt: skip
    if chosen.take:
        line(f"Начато мер: {made}.")
    return 0


def _ties(chosen: argparse.Namespace) -> int:
    year = school_year_of(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        made = support_partners.take_ties(store, year)
    if chosen.json:
        print_json({"school_year": year, "taken": made})
    else:
        line(f"В реестр соглашений взято: {made}.")
    return 0


def _measure(chosen: argparse.Namespace) -> int:
    year = school_year_of(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        found = _platform(support_platforms.platforms(store.connection, year), chosen.platform)
        cells = [(chosen.measure, "raw", chosen.value)]
        cells += [] if chosen.source is None else [(chosen.measure, "source", chosen.source)]
        support_platforms.put(store, found.id, cells)
        kept = support_platforms.platform(store.connection, found.id)
    told: Mapping[str, Any] = next(one for one in platform_json(kept)["measures"] if one["key"] == chosen.measure)
    wrong = next(one.trouble for one in kept.lines if one.measure.key == chosen.measure)
    if chosen.json:
        print_json({"platform": kept.title, "school_year": year, "measure": told, "trouble": wrong or None})
    else:
        line(wrong or f"Записано: {kept.title}, {told['raw'] or 'пусто'}.")
    return 3 if wrong else 0


def _platform(found: Sequence[Platform], name: str) -> Platform:
    for item in found:
        if item.title.casefold() == name.strip().casefold():
            return item
    raise UserError("MON_PLATFORM_UNKNOWN", name=name, known="; ".join(item.title for item in found) or "ни одной")


def _paper(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        wanted = support_papers.Chosen(chosen.kind, school_year_of(chosen), _school_id(connection, chosen))
        paper = support_papers.paper(connection, wanted, clock.today())
    papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    if chosen.json:
        print_json({"kind": paper.kind, "title": paper.title, "file": str(chosen.out)})
    else:
        line(f"Готово: {chosen.out}")
    return 0
