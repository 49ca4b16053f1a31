"""``opora bodies``: associations of teachers: list, card, members, plan, meetings, protocols."""

from __future__ import annotations

import argparse
from typing import Any

from app import clock
from app.cli.keys import add, add_school_year, common, key, school_year_of
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import bodies, bodies_writing, body_choice, files, schools
from app.operations.bodies import MEETING_WORDS, PLAN_WORDS, BodyCard, BodyLine
from app.operations.register_work_bodies import KINDS
from app.texts import DASH, ru_date

LATE = 3
"""Code where an item of a plan is late."""
TEXTS = {
    "subject": "предмет", "topic": "тема года", "act": "каким приказом создано", "link": "страница или чат",
    "note": "примечание",
}  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    group = add(commands, "bodies", "объединения: РМО, группы, сообщества, кластеры; состав, план, заседания", None)
    steps = group.add_subparsers(dest="step", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listed = _step(steps, "list", "показать объединения; код 3, если план где-то просрочен", _list)
    add_school_year(listed)
    listed.add_argument("--school", metavar="ШКОЛА", help="только те, где участвует школа")
    shown = _step(steps, "show", "показать одно объединение", _show, body=True)
    add_school_year(shown)
    made = _step(steps, "add", "завести объединение", _add, write=True)
    made.add_argument("--name", required=True, metavar="ТЕКСТ", help="название")
    made.add_argument("--kind", required=True, metavar="ВИД", help=f"что это: {'; '.join(KINDS)}; или своими словами")
    _texts(made)
    changed = _step(steps, "edit", "изменить объединение", _edit, write=True, body=True)
    changed.add_argument("--name", metavar="ТЕКСТ", help="новое название")
    changed.add_argument("--kind", metavar="ВИД", help="что это")
    _texts(changed)
    changed.set_defaults(usage_error=changed.error)
    _step(steps, "remove", "убрать объединение с составом и планом; отменяется в журнале", _remove,
          write=True, body=True)  # fmt: skip
    _add_parts(steps)


def _add_parts(steps: Any) -> None:
    member = _step(steps, "member", "вписать участника", _member, write=True, body=True)
    member.add_argument("--name", required=True, metavar="ФИО", help="фамилия, имя, отчество")
    member.add_argument("--role", default="участник", metavar="РОЛЬ", help="руководитель, секретарь, участник…")
    member.add_argument("--school", metavar="ШКОЛА", help="от какой школы: код, логин или название")
    member.add_argument("--since", metavar="ДЕНЬ", help="с какого дня")
    plan = _step(steps, "plan", "показать план, дописать пункт, отметить его или взять прошлогодний", _plan,
                 write=True, body=True)  # fmt: skip
    add_school_year(plan)
    plan.add_argument("--text", metavar="ТЕКСТ", help="новый пункт")
    plan.add_argument("--due", metavar="ДЕНЬ", help="срок нового пункта")
    plan.add_argument("--responsible", default="", metavar="ИМЯ", help="кто отвечает за новый пункт")
    plan.add_argument("--done", type=key, action="append", default=[], metavar="КОД", help="пункт сделан сегодня")
    plan.add_argument("--meeting", type=key, action="append", default=[], metavar="КОД", help="сделать заседанием")
    plan.add_argument("--copy", action="store_true", help="взять план прошлого года")
    plan.set_defaults(usage_error=plan.error)
    met = _step(steps, "meeting", "назначить заседание", _meeting, write=True, body=True)
    met.add_argument("--day", required=True, metavar="ДЕНЬ", help="когда: 26.11.2026")
    met.add_argument("--title", default="", metavar="ТЕКСТ", help="о чём")
    met.add_argument("--place", default="", metavar="ТЕКСТ", help="где")
    noted = _step(steps, "protocol", "сделать протокол заседания из его программы и участников", _protocol, write=True)
    noted.add_argument("--event", type=key, required=True, metavar="КОД", help="код заседания из opora bodies show")


def _texts(parser: argparse.ArgumentParser) -> None:
    for name, word in TEXTS.items():
        parser.add_argument(f"--{name}", metavar="ТЕКСТ", help=word)
    parser.add_argument("--since", dest="date_from", metavar="ДЕНЬ", help="работает с")
    parser.add_argument("--until", dest="date_to", metavar="ДЕНЬ", help="работает по")
    parser.add_argument("--base", metavar="ШКОЛА", help="на базе какой школы")


def _step(
    steps: Any, name: str, text: str, run: Any, *, write: bool = False, body: bool = False
) -> argparse.ArgumentParser:  # fmt: skip
    parser = add(steps, name, text, run)
    common(parser, write=write)
    if body:
        parser.add_argument("body", metavar="ОБЪЕДИНЕНИЕ", help="название или его часть")
    return parser


def body_of(connection: Connection, text: str) -> int:
    """Return the body that a text names.

    Raises:
        UserError: ``BODY_NOT_FOUND``.
    """
    found = body_choice.find(connection, text)
    if found is None:
        raise UserError("BODY_NOT_FOUND", raw=text)
    return found


# --- showing -----------------------------------------------------------------------------------------------------


def line_json(item: BodyLine) -> dict[str, Any]:
    """Return a body as the command prints it; unknown values are null."""
    return {
        "id": item.id, "name": item.name, "kind": item.kind, "subject": item.subject or None,
        "topic": item.topic or None, "heads": list(item.heads), "secretary": item.secretary or None,
        "members": item.members, "schools": list(item.school_names),
        "plan": {"items": item.plan, "done": item.done, "late": item.late},
        "meetings": {"held": item.held, "planned": item.planned, "next_on": item.next_on,
                     "next": item.next_text or None},
        "products": item.products, "over": item.over, "state": item.word,
    }  # fmt: skip


def card_json(card: BodyCard) -> dict[str, Any]:
    """Return everything about a body as the command prints it."""
    return line_json(card.line) | {
        "school_year": card.school_year, "act": card.act or None, "date_from": card.date_from,
        "date_to": card.date_to, "base": card.base or None, "link": card.link or None, "note": card.note or None,
        "people": [
            {"id": one.id, "name": one.name, "post": one.post or None, "role": one.role, "school": one.school or None,
             "date_from": one.date_from, "date_to": one.date_to, "over": one.over}
            for one in card.members
        ],
        "items": [
            {"id": one.id, "text": one.text, "due_on": one.due_on, "responsible": one.responsible or None,
             "state": one.state, "done_on": one.done_on, "result": one.result or None, "event_id": one.event_id}
            for one in card.plan
        ],
        "events": [
            {"id": one.id, "day": one.day, "title": one.title, "kind": one.kind, "state": one.state,
             "people": one.people, "connections": one.connections, "document_id": one.document_id,
             "points": one.points, "waiting": one.waiting}
            for one in card.meetings
        ],
        "made": [
            {"id": one.id, "title": one.title, "author": one.author or None, "school_year": one.school_year,
             "state": one.state, "adopted": one.adopted}
            for one in card.products
        ],
        "scores": [
            {"case_id": one.id, "form": one.form, "round": one.round, "school_year": one.school_year,
             "state": one.state, "points": one.points, "most": one.most, "level": one.level or None}
            for one in card.scores
        ],
    }  # fmt: skip


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = bodies.listing(connection, school_year_of(chosen), clock.today())
        if chosen.school is not None:
            school = schools.find(connection, chosen.school).id
            found = tuple(item for item in found if school in item.schools)
    code = LATE if any(item.late and not item.over for item in found) else 0
    if chosen.json:
        print_json({"bodies": [line_json(item) for item in found]})
        return code
    line(f"{bodies.sentence(found)}.")
    table(
        ["Объединение", "Руководитель", "Человек", "Школ", "Заседаний", "План", "Как идёт"],
        [
            [item.name, ", ".join(item.heads) or DASH, str(item.members), str(len(item.schools)), str(item.held),
             f"{item.done} из {item.plan}" if item.plan else DASH, item.word]
            for item in found
        ],
    )  # fmt: skip
    return code


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        card = bodies.card(connection, body_of(connection, chosen.body), school_year_of(chosen), clock.today())
    if chosen.json:
        print_json(card_json(card))
        return 0
    item = card.line
    line(f"{item.name}: {item.kind}; {item.word}.")
    for one in card.members:
        line(f"  {one.role}: {', '.join(part for part in (one.name, one.school) if part)}")
    if card.plan:
        _print_plan(card)
    _print_meetings(card)
    told = bodies.advice(card, clock.today()).text
    if told:
        line(told)
    return 0


def _print_meetings(card: BodyCard) -> None:
    if not card.meetings:
        return
    table(
        ["Код", "Когда", "О чём", "Состояние", "Были", "Протокол"],
        [
            [str(one.id), ru_date(one.day) if one.day else DASH, one.title, MEETING_WORDS[one.state],
             DASH if one.people is None else str(one.people), one.protocol or DASH]
            for one in card.meetings
        ],
    )  # fmt: skip


def _print_plan(card: BodyCard) -> None:
    table(
        ["Код", "Что делаем", "Срок", "Ответственный", "Состояние"],
        [
            [str(one.id), one.text, ru_date(one.due_on) if one.due_on else DASH, one.responsible or DASH,
             PLAN_WORDS[one.state]]
            for one in card.plan
        ],
    )  # fmt: skip


# --- changing ----------------------------------------------------------------------------------------------------


def _told(chosen: argparse.Namespace, name: str, value: int, text: str) -> int:
    if chosen.json:
        print_json({name: value})
    else:
        line(text)
    return 0


def _values(connection: Connection, chosen: argparse.Namespace) -> dict[str, Any]:
    names = ("name", "kind", "date_from", "date_to", *TEXTS)
    found: dict[str, Any] = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    if chosen.base is not None:
        found["organisation_id"] = schools.find(connection, chosen.base).id
    return found


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = bodies_writing.add(store, **_values(store.connection, chosen))
    return _told(chosen, "id", made, f"Заведено объединение «{chosen.name}», код {made}.")


def _edit(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        body = body_of(store.connection, chosen.body)
        values = _values(store.connection, chosen)
        if not values:
            chosen.usage_error("не сказано, что изменить: добавьте хотя бы один ключ, например --topic")
        bodies_writing.edit(store, body, **values)
    return _told(chosen, "id", body, "Изменено.")


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        body = body_of(store.connection, chosen.body)
        hangs = bodies_writing.hangs_on(store.connection, body)
        bodies_writing.remove(store, body)
    return _told(chosen, "removed", body, f"Убрано. {hangs}".strip())


def _member(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        connection = store.connection
        school = None if chosen.school is None else schools.find(connection, chosen.school).id
        made = bodies_writing.add_member(
            store, body_of(connection, chosen.body), chosen.name, chosen.role, school_id=school,
            date_from=chosen.since,
        )  # fmt: skip
    return _told(chosen, "id", made, "Участник вписан.")


def _plan(chosen: argparse.Namespace) -> int:
    year, day = school_year_of(chosen), clock.today()
    if (chosen.due or chosen.responsible) and not chosen.text:
        chosen.usage_error("срок и ответственный нужны новому пункту: добавьте --text")
    change = bodies_writing.PlanChange(
        chosen.copy, chosen.text or "", chosen.due or "", chosen.responsible, chosen.done, chosen.meeting,
        day.isoformat(),
    )  # fmt: skip
    if not change.empty:
        with files.for_work(chosen.db, chosen.actor) as store:
            body = body_of(store.connection, chosen.body)
            bodies_writing.change_plan(store, body, year, change, actor=chosen.actor)
            card = bodies.card(store.connection, body, year, day)
    else:
        with files.for_reading(chosen.db) as connection:
            card = bodies.card(connection, body_of(connection, chosen.body), year, day)
    if chosen.json:
        print_json({"items": card_json(card)["items"]})
    else:
        _print_plan(card)
    return 0


def _meeting(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = bodies_writing.add_meeting(
            store, body_of(store.connection, chosen.body), title=chosen.title, day=chosen.day, place=chosen.place,
            actor=chosen.actor,
        )  # fmt: skip
    return _told(chosen, "event", made, f"Заседание назначено, код {made}.")


def _protocol(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made, _year_of = bodies_writing.protocol(store, chosen.event)
    return _told(chosen, "document", made, f"Протокол готов, код {made}: opora decisions protocol --document {made}.")
