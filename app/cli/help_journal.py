"""``opora visit``: help given — written down, listed, put right, taken out."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from typing import Any

from app import clock
from app.analysis import help_line
from app.cli.keys import add, common, key
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models import help_entries
from app.models import registers as stored
from app.models.store import Connection, Store
from app.operations import (
    files,
    help_board,
    help_entry,
    help_journal,
    help_parts,
    help_schools,
    help_templates,
    help_understanding,
    schools,
)
from app.operations.help_journal import HelpLine
from app.operations.help_understanding import HelpDraft, people_shown
from app.operations.register_work_journal import HELP_WORDS
from app.texts import NBSP, ru_date

DONE, WAITS = 0, 3
"""Codes: 3 where something of an entry was not understood and waits to be put right."""
_ENTRY = "код записи из opora visit list"
_TEXTS = (
    ("school", "--school", "ШКОЛА", "номер, название или код школы"),
    ("kind", "--kind", "ВИД", "выезд, консультация, урок, тьюторство"),
    ("people", "--people", "КОГО", "кого и сколько: «3 учителя»"),
    ("topic", "--topic", "ТЕМА", "о чём; «дефицит: …» свяжет с дефицитом школы"),
    ("outcome", "--outcome", "ИТОГ", "итог; после стрелки → следующий шаг с датой"),
    ("day", "--on", "ДАТА", "когда: 20.11.2026, «вчера»; без него сегодня"),
    ("step", "--next", "ШАГ", "следующий шаг: «01.12 повторный выезд»"),
)  # fmt: skip


def add_commands(commands: Any) -> None:
    """Add the command with its actions."""
    group = add(commands, "visit", "журнал помощи: записать, показать, исправить", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    made = add(actions, "add", "записать выезд, консультацию, посещение урока, тьюторство", _add)
    common(made, write=True)
    made.add_argument("--line", metavar="СТРОКА", help="всё одной строкой: «7 визит 3 учителя чтение → 01.12»")
    made.add_argument("--template", metavar="ШАБЛОН", help="название шаблона, с которого начать")
    _add_texts(made)
    shown = add(actions, "list", "показать записи: когда, кому, о чём, что дальше", _list)
    common(shown)
    shown.add_argument("--from", dest="first", metavar="ДАТА", help="с этого дня: 01.09.2026")
    shown.add_argument("--to", dest="last", metavar="ДАТА", help="по этот день")
    shown.add_argument("--school", metavar="ШКОЛА", help="только этой школы")
    shown.add_argument("--kind", metavar="ВИД", help="только этого вида")
    shown.add_argument("--who", metavar="ИМЯ", help="только этого методиста")
    shown.add_argument("--find", default="", metavar="СЛОВА", help="все эти слова есть в записи")
    changed = add(actions, "edit", "исправить запись или отметить её следующий шаг", _edit)
    common(changed, write=True)
    changed.add_argument("--entry", type=key, required=True, metavar="КОД", help=_ENTRY)
    changed.add_argument("--done", nargs="?", const="", metavar="ДАТА", help="следующий шаг сделан; без даты сегодня")
    _add_texts(changed)
    ready = add(actions, "templates", "показать шаблоны; взять готовый в свои, скрыть его, вернуть скрытые", _templates)
    common(ready, write=True)
    act = ready.add_mutually_exclusive_group()
    act.add_argument("--take", metavar="ШАБЛОН", help="готовый шаблон станет своим: его можно будет править")
    act.add_argument("--hide", metavar="ШАБЛОН", help="больше не предлагать готовый шаблон")
    act.add_argument("--bring-back", action="store_true", help="снова предлагать скрытые готовые шаблоны")
    gone = add(actions, "remove", "удалить запись; opora undo вернёт её", _remove)
    common(gone, write=True)
    gone.add_argument("--entry", type=key, required=True, metavar="КОД", help=_ENTRY)


def _add_texts(parser: argparse.ArgumentParser) -> None:
    for name, flag, shape, told in _TEXTS:
        parser.add_argument(flag, dest=name, metavar=shape, help=told)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(schools.iso_date(text)) if text else None


def _with_texts(chosen: argparse.Namespace, draft: HelpDraft) -> HelpDraft:
    """Return a draft with what the command says; an own key for the next step stands after the outcome."""
    given = {name: getattr(chosen, name) for name, *_rest in _TEXTS if getattr(chosen, name) is not None}
    step = given.pop("step", None)
    if "school" in given:
        draft = replace(draft, school_id=None)
    if "topic" in given:
        draft = replace(draft, deficit_id=None)
    draft = replace(draft, **given)
    if step is not None:
        draft = replace(draft, outcome=f"{help_line.split_arrow(draft.outcome)[0]} → {step}".strip())
    return draft


def _add(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        draft = HelpDraft()
        if chosen.template:
            draft = help_entry.from_template(
                help_templates.find(store.connection, chosen.template), draft, clock.today()
            )
        if chosen.line:
            found = help_line.read_line(chosen.line, clock.today())
            draft = help_understanding.filled(draft, found) if found else replace(draft, topic=chosen.line)
        done = help_entry.write(store, _with_texts(chosen, draft), clock.today())
        return _told(chosen, store, done)


def _templates(chosen: argparse.Namespace) -> int:
    if chosen.take or chosen.hide or chosen.bring_back:
        with files.for_work(chosen.db, chosen.actor) as store:
            if chosen.take:
                help_templates.take(store, help_templates.find_ready(store.connection, chosen.take))
            elif chosen.hide:
                help_templates.hide(store, help_templates.find_ready(store.connection, chosen.hide))
            else:
                help_templates.bring_back(store)
    with files.for_reading(chosen.db) as connection:
        own, known = help_entries.templates(connection), help_templates.offered(connection)
        hidden = len(help_templates.hidden(connection))
    if chosen.json:
        print_json({"templates": [{**one._asdict(), "id": one.id or None, "own": place < len(own)}
                                  for place, one in enumerate(known)], "hidden": hidden})  # fmt: skip
        return DONE
    rows = [(one.title, "свой" if place < len(own) else "готовый", help_templates.words(one))
            for place, one in enumerate(known)]  # fmt: skip
    table(("Шаблон", "Чей", "Что подставит"), [tuple(str(cell).replace(NBSP, " ") for cell in row) for row in rows])
    if hidden:
        line(f"Готовых, которые не предлагаются: {hidden}. Вернуть их: --bring-back.")
    return DONE


def _edit(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        done = help_entry.Written(chosen.entry, {})
        if any(getattr(chosen, name) is not None for name, *_rest in _TEXTS):
            draft = _with_texts(chosen, help_entry.draft_of(store.connection, chosen.entry))
            done = help_entry.rewrite(store, chosen.entry, draft, clock.today())
        if chosen.done is not None:
            help_entry.finish_step(store, [chosen.entry], _day(chosen.done) or clock.today())
        return _told(chosen, store, done)


def _told(chosen: argparse.Namespace, store: Store, done: help_entry.Written) -> int:
    """Print an entry and what of it was not understood."""
    found = help_journal.get(store.connection, done.key)
    if found is None:
        raise UserError("HELP_GONE")
    marks = stored.drafts(store.connection, help_entries.TABLE).get(done.key, {})
    if chosen.json:
        told = {name: raw for name, (raw, _code) in marks.items()}
        print_json(_json(found) | {"marks": told, "written": done.number})
    else:
        if done.number > 1:
            line(f"Записей сделано: {done.number}, по одной на школу. Первая:")
        line(f"{found.id}: {help_parts.words(found)}")
        for raw, code in marks.values():
            line(help_understanding.trouble(raw, code))
    return WAITS if marks else DONE


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        if help_journal.get(store.connection, chosen.entry) is None:
            raise UserError("HELP_GONE")
        help_entry.remove(store, [chosen.entry])
    if chosen.json:
        print_json({"removed": chosen.entry})
    else:
        line("Запись удалена. Вернуть её можно командой opora undo.")
    return DONE


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        kinds = None
        if chosen.kind:
            found = help_line.kind_of(chosen.kind)
            if found is None:
                raise UserError("HELP_KIND", raw=chosen.kind, known=", ".join(HELP_WORDS.values()))
            kinds = {found}
        school = None if not chosen.school else _school(connection, chosen.school)
        lines = help_journal.listing(
            connection, _day(chosen.first), _day(chosen.last), query=chosen.find, school_id=school, kinds=kinds,
            methodist=chosen.who,
        )  # fmt: skip
    totals = help_journal.totals(lines, clock.today())
    if chosen.json:
        print_json({
            "entries": [_json(one) for one in lines], "occasions": totals.occasions, "kinds": dict(totals.kinds),
            "people_least": totals.people.least, "people_most": totals.people.most, "uncounted": totals.people.silent,
            "schools": len(totals.schools), "waiting": totals.waiting, "late": totals.late,
        })  # fmt: skip
        return DONE
    if not lines:
        line("Таких записей нет.")
        return DONE
    table(
        ("Код", "Когда", "Школа", "Вид", "Кого", "О чём", "Следующий шаг"),
        [
            (str(one.id), ru_date(one.held_on) if one.held_on else None, one.school or None, one.word,
             people_shown(one.people, one.audience).replace(NBSP, " "), one.topic or one.deficit or None,
             help_board.step_words(one, clock.today()) or None)
            for one in lines
        ],
    )  # fmt: skip
    return DONE


def _school(connection: Connection, text: str) -> int:
    meant = help_schools.load(connection).meant(text)
    if meant.one is None:
        raise UserError("HELP_SCHOOL_SEVERAL" if meant.several else "HELP_SCHOOL_UNKNOWN", raw=text)
    return meant.one.id


def _json(one: HelpLine) -> dict[str, Any]:
    """Return one entry as the commands print it: unknown is null."""
    found = {name: value if value != "" else None for name, value in one._asdict().items()}
    return {"key": found.pop("id"), **found}
