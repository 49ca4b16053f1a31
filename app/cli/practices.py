"""Commands of the bank of practices."""

from __future__ import annotations

import argparse
from typing import Any

from app import clock
from app.cli.keys import add, add_school_year, common, school_year_of
from app.cli.keys import school_year as read_year
from app.cli.output import line, print_json, table
from app.operations import files, practice_search, practices, schools
from app.operations.practice_search import Fit, Hit
from app.operations.practices import Practice
from app.operations.register_catalogue import DEFICIT_WORDS
from app.operations.register_work_practices import KIND_WORDS, RATING_WORDS, STATE_WORDS, USE_WORDS
from app.texts import DASH, count

TEXTS = {
    "subject": "предмет", "problem": "какую проблему решает", "idea": "что делают", "evidence": "чем подтверждается",
    "audience": "для кого", "author": "кто придумал", "link": "где описана", "note": "примечание",
}  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "practices", "банк практик: список, поиск, кто внедрил, оценки", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listed = _step(steps, "list", "показать практики", _list)
    listed.add_argument("--state", choices=tuple(STATE_WORDS), metavar="СОСТОЯНИЕ", help=_told(STATE_WORDS))
    listed.add_argument("--school", metavar="ШКОЛА", help="только опыт этой школы")
    shown = _step(steps, "show", "показать одну практику и кто её взял", _show)
    _practice(shown)
    _add_search(steps)
    made = _step(steps, "add", "предложить практику", _add, write=True)
    made.add_argument("--title", required=True, metavar="ТЕКСТ", help="название")
    made.add_argument("--school", metavar="ШКОЛА", help="школа-автор: код, логин или название")
    made.add_argument("--year", type=read_year, metavar="ГОД", help="учебный год, в котором создана: 2026/27")
    made.add_argument("--kind", choices=tuple(KIND_WORDS), default="practice", metavar="ВИД", help=_told(KIND_WORDS))
    made.add_argument("--deficit-kind", choices=tuple(DEFICIT_WORDS), metavar="ВИД", help=_told(DEFICIT_WORDS))
    for key, word in TEXTS.items():
        made.add_argument(f"--{key}", metavar="ТЕКСТ", help=word)
    made.set_defaults(usage_error=made.error)
    _add_state(steps)
    _add_use(steps)


def _add_search(steps: Any) -> None:
    found = _step(steps, "find", "найти по дефициту, предмету, теме или подобрать школе", _find)
    found.add_argument("query", nargs="?", default="", metavar="СЛОВА", help="«смысловое чтение», «математика ОГЭ»")
    found.add_argument("--school", metavar="ШКОЛА", help="подобрать по дефицитам этой школы")
    add_school_year(found)
    found.set_defaults(usage_error=found.error)


def _add_state(steps: Any) -> None:
    taken = _step(steps, "accept", "принять практику в банк", _accept, write=True)
    _practice(taken)
    taken.add_argument("--act", default="", metavar="ТЕКСТ", help="документ: «протокол от 12.11.2026 № 4»")
    taken.add_argument("--on", metavar="ДЕНЬ", help="с какого дня; по умолчанию сегодня")
    moved = _step(steps, "archive", "убрать практику в архив; --back возвращает", _archive, write=True)
    _practice(moved)
    moved.add_argument("--back", action="store_true", help="вернуть из архива")


def _add_use(steps: Any) -> None:
    used = _step(steps, "use", "записать, что школа взяла практику, и её оценку", _use, write=True)
    _practice(used)
    used.add_argument("--school", required=True, metavar="ШКОЛА", help="код, логин или название")
    used.add_argument("--state", choices=tuple(USE_WORDS), metavar="СОСТОЯНИЕ", help=_told(USE_WORDS))
    used.add_argument("--since", metavar="ДЕНЬ", help="с какого дня")
    used.add_argument("--rating", choices=tuple(RATING_WORDS), metavar="ОЦЕНКА", help="от 1 до 5")
    used.add_argument("--opinion", metavar="ТЕКСТ", help="отзыв школы")


def _told(words: dict[str, str]) -> str:
    return "; ".join(f"{key} — {word}" for key, word in words.items())


def _practice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("practice", metavar="ПРАКТИКА", help="название, его часть или код")


def _step(steps: Any, name: str, text: str, run: Any, *, write: bool = False) -> argparse.ArgumentParser:
    parser = add(steps, name, text, run)
    common(parser, write=write)
    return parser


# --- showing -----------------------------------------------------------------------------------------------------


def practice_json(item: Practice) -> dict[str, Any]:
    """Return a practice as the command prints it; unknown values are null, the rating is an exact pair of counts."""
    marks = item.standing.marks
    return {
        "id": item.id, "title": item.title or None, "kind": item.kind, "school": item.school or None,
        "body": item.body or None, "author": item.author or None, "school_year": item.school_year,
        "subject": item.subject or None, "deficit_kind": item.deficit_kind or None, "problem": item.problem or None,
        "idea": item.idea or None, "evidence": item.evidence or None, "audience": item.audience or None,
        "state": item.state, "act": item.act or None, "accepted_on": item.accepted_on, "link": item.link or None,
        "files": item.files,
        "rating": {"sum": sum(marks), "marks": len(marks)} if marks else None,
        "uses": [
            {"school": use.school, "state": use.state, "since": use.since, "rating": use.rating,
             "opinion": use.opinion or None}
            for use in item.standing.uses
        ],
    }  # fmt: skip


def _list(chosen: argparse.Namespace) -> int:
    states = () if chosen.state is None else (chosen.state,)
    with files.for_reading(chosen.db) as connection:
        school = None if chosen.school is None else schools.find(connection, chosen.school).id
        found = practices.listing(connection, states=states, school_id=school)
    if chosen.json:
        print_json({"practices": [practice_json(item) for item in found]})
        return 0
    line(practices.totals_words(practices.totals(found)))
    _table(found)
    return 0


def _table(found: list[Practice]) -> None:
    if found:
        table(
            ("Практика", "Чей опыт", "Предмет", "Состояние", "Внедрили", "Оценка"),
            [(item.shown, item.whose or DASH, item.subject or DASH, STATE_WORDS[item.state], item.standing.adopted,
              item.standing.rating_words) for item in found],
        )  # fmt: skip


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        item = practices.named(connection, chosen.practice)
    if chosen.json:
        print_json(practice_json(item))
        return 0
    line(item.shown)
    for word, text in (("Чей опыт", item.whose), ("Состояние", item.state_words), ("Предмет", item.subject),
                       ("Проблема", item.problem), ("Что делают", item.idea), ("Подтверждение", item.evidence),
                       ("Для кого", item.audience), ("Оценка", item.standing.rating_words)):  # fmt: skip
        line(f"{word}: {text or DASH}")
    for use in item.standing.uses:
        line(f"  {use.school}: {use.word}{f', оценка {use.rating}' if use.rating is not None else ''}")
    return 0


def _find(chosen: argparse.Namespace) -> int:
    if not chosen.query.strip() and chosen.school is None:
        chosen.usage_error("напишите, что искать, или назовите школу ключом --school")
    year = school_year_of(chosen)
    with files.for_reading(chosen.db) as connection:
        bank = practices.listing(connection)
        found: list[Hit | Fit]
        if chosen.school is None:
            found = [*practice_search.find([item for item in bank if item.state != "archived"], chosen.query)]
        else:
            school = schools.find(connection, chosen.school).id
            fits = practice_search.for_school(connection, school, year, bank)
            kept = {hit.practice.id for hit in practice_search.find([fit.practice for fit in fits], chosen.query)}
            found = [fit for fit in fits if fit.practice.id in kept]
    if chosen.json:
        print_json({"practices": [practice_json(one.practice) | {"why": one.why or None} for one in found]})
        return 0
    for one in found:
        whose = f" · {one.practice.whose}" if one.practice.whose else ""
        line(f"{one.practice.shown}{whose} · {one.practice.standing.rating_words}")
        line(f"  {one.why}")
    if not found and chosen.school is not None:
        line("Под дефициты этой школы практик нет. Впишите её дефициты на вкладке «Мониторинг», «Поддержка», или "
             "поищите словами без --school.")  # fmt: skip
    elif not found:
        line("Ничего не найдено. Попробуйте другое слово: предмет, тему, вид дефицита.")
    return 0


# --- changing ----------------------------------------------------------------------------------------------------


def _add(chosen: argparse.Namespace) -> int:
    if not chosen.title.strip():
        chosen.usage_error("у практики нет названия: добавьте --title")
    values = {key: getattr(chosen, key) for key in ("title", "kind", "deficit_kind", *TEXTS)}
    values["school_year"] = chosen.year
    with files.for_work(chosen.db, chosen.actor) as store:
        if chosen.school is not None:
            values["organisation_id"] = schools.find(store.connection, chosen.school).id
        key = practices.add(store, **values)
        item = practices.get(store.connection, key)
    return _done(item, f"Практика предложена: {item.shown}", json=chosen.json)


def _accept(chosen: argparse.Namespace) -> int:
    from datetime import date

    day = clock.today() if chosen.on is None else date.fromisoformat(schools.iso_date(chosen.on))
    with files.for_work(chosen.db, chosen.actor) as store:
        item = practices.named(store.connection, chosen.practice)
        practices.accept(store, item.id, chosen.act, day)
        item = practices.get(store.connection, item.id)
    return _done(item, f"Принята в банк: {item.shown}", json=chosen.json)


def _archive(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        item = practices.named(store.connection, chosen.practice)
        practices.put_state(store, [item.id], "accepted" if chosen.back else "archived")
        item = practices.get(store.connection, item.id)
    return _done(item, f"{item.shown}: {STATE_WORDS[item.state]}", json=chosen.json)


def _use(chosen: argparse.Namespace) -> int:
    told = {key: getattr(chosen, key) for key in ("state", "since", "rating", "opinion")}
    texts = {key: USE_WORDS[text] if key == "state" else text for key, text in told.items() if text is not None}
    with files.for_work(chosen.db, chosen.actor) as store:
        item = practices.named(store.connection, chosen.practice)
        school = schools.find(store.connection, chosen.school).id
        practices.put_use(store, item.id, school, **texts)
        item = practices.get(store.connection, item.id)
    schools_told = count(len(item.standing.uses), "школа", "школы", "школ")
    return _done(item, f"{item.shown}: {schools_told}, {item.standing.rating_words}", json=chosen.json)


def _done(item: Practice, told: str, *, json: bool) -> int:
    if json:
        print_json(practice_json(item))
    else:
        line(told)
    return 0
