"""Commands about schools and people."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from app.cli import changes
from app.cli.keys import add, common
from app.cli.output import complain, line, print_json, table
from app.models.organisations import School, SchoolCard
from app.operations import directory, files, merge_words, schools
from app.texts import ru_date, school_year


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    listing = add(commands, "schools", "показать школы", _schools)
    common(listing)
    listing.add_argument("--all", action="store_true", help="и школы для сравнения, и другие организации")

    school = add(commands, "school", "карточка школы и её изменение", None)
    actions = school.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    _school_add(actions)
    _school_edit(actions)
    card = add(actions, "card", "показать карточку", _card)
    common(card)
    card.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
    for name, text, run in (
        ("merge", "объединить две записи одной школы", _merge),
        ("separate", "снова разделить объединённую запись", _separate),
    ):
        action = add(actions, name, text, run)
        common(action, json=False, write=True)
        action.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
        if name == "merge":
            action.add_argument("--into", required=True, metavar="ШКОЛА", help="запись, которая останется главной")
    changes.add_action(actions)
    people = add(commands, "people", "показать людей и рабочие группы", _people)
    common(people)
    person = add(commands, "person", "добавить человека в справочник", _person)
    common(person, json=False, write=True)
    person.add_argument("name", metavar="ФИО")
    person.add_argument("--erase", action="store_true", help="удалить человека из файла, журнала и копий навсегда")
    for key, text in (("position", "должность"), ("phone", "телефон"), ("email", "почта")):
        person.add_argument(f"--{key}", metavar="ТЕКСТ", help=text)


def _school_add(actions: Any) -> None:
    action = add(actions, "add", "добавить школу или другую организацию", _add)
    common(action, json=False, write=True)
    action.add_argument("--name", required=True, metavar="НАЗВАНИЕ")
    action.add_argument("--kind", choices=sorted(schools.KIND_WORDS), default="school")
    _fields(action)


def _school_edit(actions: Any) -> None:
    action = add(actions, "edit", "изменить карточку школы", _edit)
    common(action, json=False, write=True)
    action.add_argument("school", metavar="ШКОЛА", help="код, логин или название")
    action.add_argument("--name", metavar="НАЗВАНИЕ")
    _fields(action)
    action.add_argument("--status", choices=sorted(schools.STATUS_WORDS))
    action.add_argument("--head", metavar="ФИО", help="назначить директора")
    action.add_argument("--since", metavar="ДАТА", help="с какой даты назначен")
    action.add_argument("--note", metavar="ТЕКСТ", help="добавить заметку")
    action.add_argument("--remind", metavar="ДАТА", help="когда напомнить о заметке")
    action.add_argument("--phone", metavar="ТЕЛЕФОН", help="добавить телефон")
    action.add_argument("--alias", metavar="НАПИСАНИЕ", help="запомнить, как школу пишут в таблицах")
    action.add_argument("--figures", nargs=3, metavar=("УЧЕБНЫЙ_ГОД", "УЧЕНИКОВ", "УЧИТЕЛЕЙ"))
    action.add_argument("--successor", metavar="ШКОЛА", help="записать преемника")


def _fields(action: argparse.ArgumentParser) -> None:
    action.add_argument("--short-name", metavar="НАЗВАНИЕ")
    action.add_argument("--school-type", metavar="ТИП", help="СОШ, ООШ, НОШ, гимназия…")
    action.add_argument("--settlement", metavar="ПУНКТ")
    action.add_argument("--address", metavar="АДРЕС")
    for system, word in schools.SYSTEM_WORDS.items():
        action.add_argument(f"--{system}", metavar="КОД", help=word)


def as_json(school: School) -> dict[str, Any]:
    """Return one school as the commands print it; unknown values are null."""
    return {
        "school_code": school.code or None, "name": school.name, "short_name": school.short_name,
        "kind": school.kind, "type": school.school_type, "municipality": school.municipality,
        "settlement": school.settlement, "address": school.address, "status": school.status, "own": school.own,
        "codes": dict(school.codes),
    }  # fmt: skip


def _schools(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = schools.listing(connection, own=None if chosen.all else True, kind=None if chosen.all else "school")
    if chosen.json:
        print_json({"schools": [as_json(school) for school in found]})
    else:
        rows = [[s.code or None, s.shown, s.school_type, s.settlement, schools.STATUS_WORDS[s.status]] for s in found]
        table(["Код", "Школа", "Тип", "Населённый пункт", "Состояние"], rows)
        line(f"Всего: {len(found)}")
    return 0


def _given(chosen: argparse.Namespace, *, with_status: bool) -> dict[str, str]:
    names = [*schools.TEXT_FIELDS, *(("status",) if with_status else ())]
    return {name: getattr(chosen, name) for name in names if getattr(chosen, name, None) is not None}


def _codes(chosen: argparse.Namespace) -> dict[str, str]:
    given = {system: getattr(chosen, system) for system in schools.SYSTEM_WORDS}
    return {system: value for system, value in given.items() if value is not None}


def _set_codes(store: Any, school_id: int, chosen: argparse.Namespace) -> None:
    for system, value in _codes(chosen).items():
        schools.set_code(store, school_id, system, value)


def _refuse_first(store: Any, school_id: int, chosen: argparse.Namespace) -> None:
    """Refuse what will not go before anything is written: several keys are several operations."""
    schools.refuse_taken_codes(store.connection, _codes(chosen), school_id)
    for raw in (chosen.since, chosen.remind):
        if raw:
            schools.iso_date(raw)
    if chosen.figures:
        schools.first_year(chosen.figures[0])
    if chosen.successor:
        schools.find(store.connection, chosen.successor)


def _given_cells(chosen: argparse.Namespace) -> set[tuple[int | None, str]]:
    """Return what the command writes, as (school year or None, column)."""
    cells: set[tuple[int | None, str]] = {(None, system) for system in _codes(chosen)}
    if getattr(chosen, "figures", None):
        cells |= {(schools.first_year(chosen.figures[0]), column) for column in ("pupils", "teachers")}
    return cells


def _tell_drafts(card: SchoolCard, chosen: argparse.Namespace) -> int:
    """Say which of the values just given stay drafts; return the exit code."""
    found = schools.drafts(card, _given_cells(chosen))
    for item in found:
        complain(item.message)
    return 3 if found else 0


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        schools.refuse_taken_codes(store.connection, _codes(chosen))
        key = schools.add(store, kind=chosen.kind, fields=_given(chosen, with_status=False))
        _set_codes(store, key, chosen)
        after = schools.card(store.connection, key)
    line(f"Добавлено: {chosen.name}")
    return _tell_drafts(after, chosen)


def _edit(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        school = schools.find(store.connection, chosen.school)
        _refuse_first(store, school.id, chosen)
        fields = _given(chosen, with_status=True)
        if fields:
            schools.edit(store, school.id, fields)
        _set_codes(store, school.id, chosen)
        if chosen.head:
            schools.appoint(store, school.id, full_name=chosen.head, date_from=chosen.since)
        if chosen.note:
            schools.add_note(store, school.id, chosen.note, chosen.remind)
        if chosen.phone:
            schools.add_contact(store, school.id, "телефон", chosen.phone)
        if chosen.alias:
            schools.add_alias(store, school.id, chosen.alias)
        if chosen.figures:
            year, pupils, teachers = chosen.figures
            first = schools.first_year(year)
            schools.set_years(store, school.id, [(first, "pupils", pupils), (first, "teachers", teachers)])
        if chosen.successor:
            heir = schools.find(store.connection, chosen.successor)
            schools.link(store, school.id, heir.id, None, None)
        after = schools.card(store.connection, school.id)
    line(f"Изменено: {school.shown}")
    return _tell_drafts(after, chosen)


def _merge(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        duplicate, kept = schools.find(store.connection, chosen.school), schools.find(store.connection, chosen.into)
        made = schools.merge(store, duplicate.id, kept.id)
    line(f"Объединены: «{duplicate.shown}» теперь читается как «{made.kept.shown}».")
    for sentence in merge_words.of_facts(made.facts):
        line(sentence)
    for item in made.differences:
        complain(item.message)
    return 3 if made.differences else 0


def _separate(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = schools.find_merged(store.connection, chosen.school)
        schools.separate(store, key)
    line("Запись снова отдельная.")
    return 0


def _card(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = schools.card(connection, schools.find(connection, chosen.school).id)
    if chosen.json:
        print_json({"school": _card_json(found)})
        return 0
    school = found.school
    line(f"{school.name}  ({school.code or 'без кода'})")
    for label, value in _card_lines(found):
        if value:
            line(f"  {label}: {value}")
    return 0


def _card_lines(card: SchoolCard) -> Iterator[tuple[str, str | None]]:
    school = card.school
    yield "Тип", school.school_type
    yield "Населённый пункт", school.settlement
    yield "Адрес", school.address
    yield "Состояние", schools.STATUS_WORDS[school.status]
    for _key, system, value, _from, _to in card.codes:
        yield schools.SYSTEM_WORDS[system], value
    for post in card.appointments:
        if post.date_to is None:
            yield post.role.capitalize(), post.person + (f", с {ru_date(post.date_from)}" if post.date_from else "")
    for _key, year, pupils, teachers in card.years:
        shown = ["—" if figure is None else str(figure) for figure in (pupils, teachers)]
        yield f"В {school_year(year)}", f"учеников {shown[0]}, учителей {shown[1]}"
    for record in card.merged:
        yield "Вторая запись", merge_words.of_merged(record)
    for item in schools.drafts(card):
        yield "Черновик", item.message
    for _key, text, _remind, done, _at in card.notes:
        if not done:
            yield "Заметка", text


def _card_json(card: SchoolCard) -> dict[str, Any]:
    return as_json(card.school) | {
        "aliases": [spelling for _key, spelling in card.aliases],
        "years": [{"school_year": y, "pupils": p, "teachers": t} for _key, y, p, t in card.years],
        "heads": [
            {"person": a.person, "role": a.role, "from": a.date_from, "to": a.date_to} for a in card.appointments
        ],
        "contacts": [{"kind": kind, "value": value, "note": note} for _key, kind, value, note in card.contacts],
        "notes": [{"text": text, "remind_on": remind, "done": done} for _key, text, remind, done, _at in card.notes],
        "merged": [name for _key, name in card.duplicates],
        "merged_records": [
            {
                "name": record.name,
                "codes": dict(record.codes),
                "years": [{"school_year": y, "pupils": p, "teachers": t} for y, p, t in record.years],
            }
            for record in card.merged
        ],
        "drafts": [{"column": column, "raw": raw, "code": code} for column, raw, code in card.drafts],
        "year_drafts": [
            {"school_year": year, "column": column, "raw": raw, "code": code}
            for year, column, raw, code in card.year_drafts
        ],
    }


def _people(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        people, bodies = directory.people(connection), directory.bodies(connection)
    if chosen.json:
        print_json(
            {
                "people": [
                    {"name": p.full_name, "position": p.position, "phone": p.phone, "email": p.email} for p in people
                ],
                "bodies": [{"name": b.name, "members": [m[2] for m in b.members]} for b in bodies],
            }
        )
    else:
        table(["ФИО", "Должность", "Телефон", "Почта"], [[p.full_name, p.position, p.phone, p.email] for p in people])
    return 0


def _person(chosen: argparse.Namespace) -> int:
    if chosen.erase:
        return _erase(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        directory.add_person(store, chosen.name, position=chosen.position, phone=chosen.phone, email=chosen.email)
    line(f"Добавлено: {chosen.name}")
    return 0


def _erase(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        person = directory.find_person(store.connection, chosen.name)
        copies = directory.erase_person(store, person.id)
    line(f"Личные данные удалены из файла, журнала и копий (копий: {copies}).")
    return 0
