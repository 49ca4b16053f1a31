"""``opora events`` and ``opora event``: the list, one event, marks, participants, names, repeating."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from app import clock, school_years
from app.analysis.coverage import Coverage
from app.cli import event_feedback, event_file
from app.cli.keys import add, common, key, whole
from app.cli.output import line, print_json, table
from app.cli.register_lines import problems
from app.errors import UserError
from app.models.store import Connection
from app.operations import (
    activity_choice,
    activity_words,
    activity_work,
    event_certificates,
    event_marks,
    event_people,
    event_taking,
    event_words,
    events,
    files,
    schools,
)
from app.operations import support as support_lists
from app.operations.activity_work import ActivityWork
from app.operations.events import EventCard, EventLine
from app.operations.register_work_events import EVENT_AUDIENCES, EVENT_WORDS
from app.texts import ru_date

DONE, WAITS = 0, 3
"""Codes: 3 where an event waits for its mark, an entry does not fit, or a pasted list names schools nobody knows."""
_EVENT = "код события из opora events"
_MOST = 99_999
FIELDS = (
    ("title", "название"), ("date_from", "день: 28.11.2026"), ("date_to", "последний день, если их несколько"),
    ("time_from", "начало: 14:30"), ("time_to", "конец"), ("lineage", "мероприятие программы: номер или слова"),
    ("place", "где"), ("host_id", "школа, где проходит"), ("link", "ссылка"), ("topic", "о чём"),
    ("subject", "предмет"), ("deficit", "какой дефицит закрывает"), ("wanted", "не менее скольких человек"),
    ("methodist", "кто проводит"), ("owner_id", "школа, в чьём календаре оно стоит"), ("result", "чем кончилось"),
    ("note", "примечание"),
)  # fmt: skip
_FLAGS = {"date_from": "--on", "date_to": "--until", "time_from": "--begins", "time_to": "--ends",
          "lineage": "--activity", "host_id": "--host", "owner_id": "--owner"}  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add both commands."""
    shown = add(commands, "events", "показать события: когда, что, кто был", _list)
    common(shown)
    shown.add_argument("--from", dest="first", metavar="ДАТА", help="с этого дня: 01.09.2026")
    shown.add_argument("--to", dest="last", metavar="ДАТА", help="по этот день")
    shown.add_argument("--activity", metavar="ТЕКСТ", help="только этого мероприятия программы: номер или слова")
    shown.add_argument("--body", metavar="ТЕКСТ", help="только этого объединения: слова из названия")
    group = add(commands, "event", "событие: новое, отметки, участники", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    made = add(actions, "add", "добавить событие", _add)
    common(made, write=True)
    changed = add(actions, "edit", "изменить событие", _edit)
    _of_event(changed)
    for parser in (made, changed):
        parser.set_defaults(usage_error=parser.error)
        parser.add_argument("--kind", choices=list(EVENT_WORDS), help="; ".join(
            f"{code} — {word}" for code, word in EVENT_WORDS.items()))  # fmt: skip
        for name, told in FIELDS:
            parser.add_argument(_FLAGS.get(name, f"--{name}"), dest=name, metavar="ТЕКСТ", help=told)
    _add_marks(actions)
    _add_people(actions)


def _of_event(parser: argparse.ArgumentParser, *, write: bool = True) -> None:
    common(parser, write=write)
    parser.add_argument("--event", type=key, required=True, metavar="КОД", help=_EVENT)


def _add_marks(actions: Any) -> None:
    """Add showing, marking, repeating, removing."""
    _of_event(add(actions, "show", "показать событие целиком", _show), write=False)
    held = add(actions, "hold", "отметить, что событие прошло", _hold)
    _of_event(held)
    held.add_argument("--on", metavar="ДАТА", help="день; без него тот, что стоит; если он впереди, то сегодня")
    moved = add(actions, "move", "перенести событие", _move)
    _of_event(moved)
    moved.add_argument("--on", metavar="ДАТА", help="новый день; без него день пока неизвестен")
    off = add(actions, "cancel", "отменить событие", _cancel)
    _of_event(off)
    for parser in (moved, off):
        parser.add_argument("--reason", default="", metavar="ТЕКСТ", help="почему")
    _of_event(add(actions, "plan", "вернуть событие в план", _plan))
    _of_event(add(actions, "certificates", "выдать номера сертификатов тем, кто участвовал", _certificates))
    again = add(actions, "repeat", "повторить событие", _repeat)
    _of_event(again)
    again.add_argument("--step", choices=list(event_marks.STEP_WORDS), default="month", help="; ".join(
        f"{code} — {word}" for code, word in event_marks.STEP_WORDS.items()))  # fmt: skip
    again.add_argument("--times", type=whole(1, event_marks.MOST_REPEATS), default=1, metavar="N", help="сколько раз")
    _of_event(add(actions, "remove", "убрать событие со всем, что в нём", _remove))


def _add_people(actions: Any) -> None:
    """Add participants by school and by name, and what goes into the execution."""
    people = add(actions, "people", "вписать, сколько человек от школы", _people)
    _of_event(people)
    people.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    people.add_argument("--listed", action="store_true", help="вписать строку для каждой школы списка")
    people.add_argument("--audience", choices=list(EVENT_AUDIENCES), default="teachers", help="; ".join(
        f"{code} — {word}" for code, word in EVENT_AUDIENCES.items()))  # fmt: skip
    for name, told in (("invited", "сколько звали"), ("came", "сколько пришло"), ("connections", "подключений")):
        people.add_argument(f"--{name}", type=whole(0, _MOST), metavar="N", help=told)
    people.set_defaults(usage_error=people.error)
    guests = add(actions, "guests", "вписать список по именам: ФИО, школа, должность", _guests)
    _of_event(guests)
    guests.add_argument("--text", metavar="ТЕКСТ", help="список; без ключа читается со входа")
    guests.add_argument("--came", action="store_true", help="сразу отметить, что все были")
    guests.add_argument("--members", action="store_true", help="вместо списка взять состав объединения на день события")
    event_file.add_keys(guests)
    guests.set_defaults(usage_error=guests.error)
    event_feedback.add_command(actions)
    shown = add(actions, "activity", "показать, что события и помощь дали мероприятию программы", _of_activity)
    common(shown)
    taken = add(actions, "take", "взять участников событий и помощи в исполнение мероприятия", _take)
    common(taken, write=True)
    for parser in (shown, taken):
        parser.add_argument("--activity", required=True, metavar="ТЕКСТ", help="номер или слова мероприятия")
        parser.add_argument("--year", type=whole(2000, 2099), required=True, metavar="ГОД", help="год плана")
    taken.add_argument("--replace", action="store_true", help="заменить и то, что уже вписано")


# --- showing -----------------------------------------------------------------------------------------------------


def _list(chosen: argparse.Namespace) -> int:
    day = clock.today()
    with files.for_reading(chosen.db) as connection:
        lineage = _activity(connection, chosen.activity) if chosen.activity else None
        found = events.listing(
            connection, day, first=_iso(chosen.first), last=_iso(chosen.last), lineage=lineage,
            body_id=_body(connection, chosen.body) if chosen.body else None,
        )  # fmt: skip
        # a month is told as its report tells it: an event over two months belongs to that of its first day
        counted = events.begun(found, _iso(chosen.first))
        over = events.people_of(connection, [one.id for one in counted if one.held])
    code = WAITS if any(event_words.waits(one, day) for one in found) else DONE
    if chosen.json:
        print_json({"events": [line_json(one) for one in found], "coverage": coverage_json(over),
                    "begun_before": len(found) - len(counted)})  # fmt: skip
        return code
    table(
        ["Код", "Когда", "Форма", "Название", "Состояние", "Мероприятие", "Человек", "Подключений"],
        [[str(one.id), one.days or None, one.word, one.title, one.chip_word, one.activity or None,
          event_words.people_cell(one) or None, one.connections] for one in found],
    )  # fmt: skip
    line(event_words.sentence(found, day, _iso(chosen.first)) + ".")
    people = event_taking.people_words(over)
    if people:
        line(" ".join(filter(None, (f"Разных людей на прошедших событиях: {people}.", event_words.doubles(over)))))
    return code


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = events.card(connection, chosen.event, clock.today())
    if chosen.json:
        print_json({"event": card_json(found)})
        return DONE
    one = found.line
    line(f"{one.title}: {one.word}, {one.days or 'дня нет'}, {one.chip_word}.")
    line(event_words.why(one, clock.today()))
    advice = event_words.advice(found, clock.today())
    if advice.text:
        line(advice.text)
    if found.together is not None:
        line(f"{one.activity}. {' '.join(activity_words.work_words(found.together))}")
    if found.schools:
        table(["Школа", "Звали", "Пришли", "Подключений"],
              [[item.school or None, item.invited, item.people, item.connections]
               for item in found.schools])  # fmt: skip
    return DONE


def _of_activity(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        lineage = _activity(connection, chosen.activity)
        found = activity_work.of_activity(connection, lineage, chosen.year, clock.today())
        label = activity_choice.labels(connection, [lineage])[lineage]
    if chosen.json:
        print_json({"activity": work_json(found, label)})
        return DONE
    line(f"{label.rstrip('.')}.")
    for text in activity_words.work_words(found) or ("Событий и записей о помощи в этом году плана нет.",):
        line(text)
    for one in found.asked:
        _kind, word, told = activity_words.asked_words(one, found)
        line(f"{told} Вывод: {word}.")
    return DONE


def work_json(found: ActivityWork, label: str) -> dict[str, Any]:
    """Return what a plan year brought to an activity as the command prints it."""
    return {
        "lineage": found.lineage, "activity": label, "plan_year": found.plan_year, "events": len(found.events.lines),
        "held": found.events.held, "connections": found.events.connections, "help": len(found.help),
        "coverage": coverage_json(found.people), "schools": len(found.schools),
        "asked": [{"number": one.wanted.number, "what": one.wanted.what, "text": one.wanted.text,
                   "reached": one.reached} for one in found.asked],
    }  # fmt: skip


def line_json(one: EventLine) -> dict[str, Any]:
    """Return an event as the command prints it; what is unknown is null."""
    event = one.event
    return {
        "id": one.id, "kind": event.kind, "word": one.word, "title": event.title, "date_from": event.date_from,
        "date_to": event.date_to, "time_from": event.time_from, "time_to": event.time_to, "state": event.state,
        "shown": one.chip_word, "reason": event.reason, "lineage": event.lineage, "activity": one.activity or None,
        "body_id": event.body_id, "body": one.body or None, "where": one.where or None, "link": event.link,
        "invited": one.invited, "came": one.came, "connections": one.connections, "schools": len(one.schools),
        "wanted": event.wanted, "reached": one.reached, "coverage": coverage_json(one.coverage), "files": one.files,
        "sheets": one.sheets,
    }  # fmt: skip


def coverage_json(found: Coverage) -> dict[str, Any] | None:
    """Return different people as the command prints them; null where nobody has said. Names stay inside the file."""
    return asdict(found) | {"alike": len(found.alike)} if found.occasions else None


def card_json(found: EventCard) -> dict[str, Any]:
    """Return a whole event; names of the list stay inside the file, only their number is told."""
    return line_json(found.line) | {
        "items": [{"starts": item.starts, "topic": item.topic, "speaker": item.speaker} for item in found.items],
        "people": [
            {"school": item.school or None, "invited": item.invited, "came": item.people,
             "connections": item.connections, "by": dict(item.by), "named": item.named}
            for item in found.schools
        ],
        "guests": len(found.guests),
    }  # fmt: skip


# --- changing ----------------------------------------------------------------------------------------------------


def _iso(text: str | None) -> str | None:
    return schools.iso_date(text) if text else None


def _date(text: str | None) -> date | None:
    iso = _iso(text)
    return date.fromisoformat(iso) if iso else None


def _activity(connection: Connection, words: str) -> int:
    found = activity_choice.find(connection, words)
    if found is None:
        raise UserError("EVENT_NO_ACTIVITY", raw=words)
    return found


def _body(connection: Connection, words: str) -> int:
    from app.models import work_events

    wanted = words.casefold()
    found = [key for key, name in work_events.bodies(connection).items() if wanted in name.casefold()]
    if len(found) != 1:
        raise UserError("EVENT_NO_BODY", raw=words, found=len(found))
    return found[0]


def _texts(chosen: argparse.Namespace) -> dict[str, str]:
    texts = {name: getattr(chosen, name) for name, _told in FIELDS if getattr(chosen, name) is not None}
    return texts | ({"kind": EVENT_WORDS[chosen.kind]} if chosen.kind else {})


def _told(chosen: argparse.Namespace, text: str, **values: Any) -> int:
    if chosen.json:
        print_json(values)
    else:
        line(text)
    return DONE


def _written(chosen: argparse.Namespace, key: int, text: str, wrong: dict[str, str]) -> int:
    """Tell that an event is written, and what of it waits as it was typed."""
    _told(chosen, "\n".join((text, *wrong.values())), id=key, problems=wrong)
    return WAITS if wrong else DONE


def _add(chosen: argparse.Namespace) -> int:
    texts = _texts(chosen)
    if not texts.get("title", "").strip():
        chosen.usage_error("у события нет названия: добавьте --title")
    with files.for_work(chosen.db, chosen.actor) as store:
        made = event_marks.make(store, texts)
        wrong = problems(store.connection, "events", {}, made)
    return _written(chosen, made, f"Событие добавлено, код {made}.", wrong)


def _edit(chosen: argparse.Namespace) -> int:
    texts = _texts(chosen)
    if not texts:
        chosen.usage_error("не сказано, что изменить: добавьте хотя бы один ключ, например --on")
    with files.for_work(chosen.db, chosen.actor) as store:
        event_marks.edit(store, chosen.event, texts)
        wrong = problems(store.connection, "events", {}, chosen.event)
    return _written(chosen, chosen.event, "Событие изменено.", wrong)


def _hold(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        planned = events.head(store.connection, chosen.event).date_from
        # nothing has taken place on a day to come: such an event was today, as the window marks it
        early = planned is None or planned > clock.today().isoformat()
        event_marks.hold(store, chosen.event, _date(chosen.on) or (clock.today() if early else None))
        day = events.head(store.connection, chosen.event).date_from
    return _told(chosen, f"Отмечено: событие прошло {ru_date(day or '')}.", id=chosen.event, date_from=day)


def _move(chosen: argparse.Namespace) -> int:
    day = _date(chosen.on)
    with files.for_work(chosen.db, chosen.actor) as store:
        event_marks.move(store, chosen.event, day, chosen.reason)
    where = f"на {ru_date(day)}" if day else "день пока неизвестен"
    return _told(chosen, f"Событие перенесено, {where}.", id=chosen.event)


def _cancel(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        event_marks.cancel(store, chosen.event, chosen.reason)
    return _told(chosen, "Событие отменено.", id=chosen.event)


def _plan(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        event_marks.plan(store, chosen.event)
    return _told(chosen, "Событие снова в плане.", id=chosen.event)


def _certificates(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        given = event_certificates.give(store, chosen.event)
        numbers = [one.number for one in event_certificates.receivers(store.connection, chosen.event)]
    told = f"Выдано номеров: {given}." if given else "Номера есть у всех, кто участвовал."
    return _told(chosen, told, id=chosen.event, given=given, numbers=numbers)


def _repeat(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        made = event_marks.repeat(store, chosen.event, chosen.step, chosen.times)
        days = [events.head(store.connection, one).date_from or "" for one in made]
    return _told(chosen, f"Событие повторится: {', '.join(ru_date(day) for day in days)}.", ids=made)


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        gone = event_marks.hanging(store.connection, chosen.event)
        event_marks.remove(store, [chosen.event])
    return _told(chosen, f"Событие убрано{', с ним ' + ', '.join(gone) if gone else ''}.", id=chosen.event)


def _people(chosen: argparse.Namespace) -> int:
    told = {name: None if (said := getattr(chosen, name)) is None else str(said)
            for name in ("invited", "came", "connections")}  # fmt: skip
    if not (chosen.listed or chosen.school):
        chosen.usage_error("не сказано, чьи люди: добавьте --school или --listed")
    if not chosen.school and any(told.values()):
        chosen.usage_error("числа вписывают одной школе: добавьте --school")
    with files.for_work(chosen.db, chosen.actor) as store:
        number = 0
        if chosen.listed:
            year = school_years.year_of(clock.today())
            listed = support_lists.listed(store.connection, year).schools
            number = event_people.add_schools(store, chosen.event, listed, chosen.audience)
        if chosen.school:
            school = schools.find(store.connection, chosen.school).id
            event_people.put_school(store, chosen.event, school, chosen.audience, told)
            number += 1
    return _told(chosen, f"Вписано школ: {number}.", schools=number)


def _guests(chosen: argparse.Namespace) -> int:
    if chosen.source is None and (chosen.sheet or chosen.dry_run):
        chosen.usage_error("--sheet и --dry-run говорят о файле: добавьте --from")
    if chosen.source is not None:
        if chosen.members or chosen.text is not None:
            chosen.usage_error("список берётся из одного места: оставьте --from, --text или --members")
        return event_file.run(chosen)
    if chosen.members:
        return _members(chosen)
    text = chosen.text if chosen.text is not None else sys.stdin.read()
    with files.for_work(chosen.db, chosen.actor) as store:
        found = event_people.paste(store, chosen.event, text, came="yes" if chosen.came else None)
    unknown = f" Школы нет в реестре: {'; '.join(found.unknown)}." if found.unknown else ""
    told = f"Вписано: {found.added}, были уже: {found.known}, строк об учениках пропущено: {found.pupils}.{unknown}"
    names = list(found.unknown)
    _told(chosen, told, added=found.added, known=found.known, pupils=found.pupils, unknown=names)
    return WAITS if found.unknown else DONE


def _members(chosen: argparse.Namespace) -> int:
    if chosen.text is not None or chosen.came:
        chosen.usage_error("состав берётся без списка и отметок: оставьте один ключ --members")
    with files.for_work(chosen.db, chosen.actor) as store:
        added = event_people.add_members(store, chosen.event, clock.today())
    return _told(chosen, f"Вписано из состава: {added}." if added else "Все они уже в списке.", added=added)


def _take(chosen: argparse.Namespace) -> int:
    day = clock.today()
    with files.for_work(chosen.db, chosen.actor) as store:
        lineage = _activity(store.connection, chosen.activity)
        changes = event_taking.proposal(store.connection, lineage, chosen.year, day)
        columns = [one.column for one in changes if chosen.replace or not one.old]
        event_taking.take(store, lineage, chosen.year, day, columns)
    taken = [one for one in changes if one.column in columns and not one.same]
    told = "; ".join(f"{one.title}: {one.old or 'пусто'} → {one.new}" for one in taken)
    return _told(chosen, f"Взято в исполнение: {told}.", taken=[asdict(one) for one in taken])
