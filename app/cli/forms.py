"""Commands about forms: show, check a file, take in, give out, remove.

Other files add their own subcommands of ``opora form``: a file ``app/cli/form_NAME.py`` defines
``add_actions(actions)``, which gets the subparsers and adds to them with ``keys.add(actions, …)``; its name is added to
``FORM_ROOMS`` below. Commands of their own (``opora courses``) it adds in ``add_commands`` by ``ROOMS`` as usual.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from app.cli import (
    form_blanks,
    form_context,
    form_group,
    form_letters,
    form_new,
    form_papers,
    form_receiving,
    form_rounds,
)
from app.cli.keys import add, common
from app.cli.output import line, print_json, table
from app.forms.schema import FormDef, Item, Score, Section
from app.models.store import Connection
from app.operations import files, forms
from app.texts import count

FORM_ROOMS: tuple[ModuleType, ...] = (
    form_rounds, form_blanks, form_receiving, form_letters, form_papers, form_new, form_context, form_group,
)  # fmt: skip
"""Files with subcommands of ``opora form``, in the order of the help."""
KIND_WORDS = {
    "checklist": "чек-лист",
    "survey": "анкета",
    "counts": "таблица чисел",
    "context": "анкета условий",
    "request": "срочный сбор",
    "composite": "составная",
}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    listing = add(commands, "forms", "чек-листы, анкеты и таблицы для сбора", _forms)
    _reading(listing)
    listing.add_argument("--hidden", action="store_true", help="показать и формы института")
    form = commands.add_parser("form", help="одна форма: показать, проверить, взять из файла, отдать, удалить")
    actions = form.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    show = add(actions, "show", "показать форму: пункты, шкалы, уровни, примечания", _show)
    _named(show)
    _reading(show)
    show.add_argument("--version", dest="wanted", metavar="ВЕРСИЯ", help="эту версию, а не последнюю")
    show.add_argument("--toml", action="store_true", help="текст формы, как он хранится в файле TOML")
    check = add(actions, "check", "проверить файл формы, ничего не сохраняя", _check)
    check.add_argument("file", type=Path, metavar="ФАЙЛ.toml")
    check.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    put = add(actions, "put", "взять форму из файла TOML", _put)
    put.add_argument("file", type=Path, metavar="ФАЙЛ.toml")
    common(put, write=True)
    out = add(actions, "out", "записать форму в файл TOML, чтобы передать коллегам", _out)
    _named(out)
    _reading(out)
    out.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ.toml", help="куда записать")
    remove = add(actions, "remove", "удалить свою форму или вернуть прежнюю", _remove)
    _named(remove)
    common(remove, write=True)
    for room in FORM_ROOMS:
        room.add_actions(actions)


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="ФОРМА", help="код формы; все: opora forms --hidden")


def _reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--db", type=Path, metavar="ФАЙЛ", help="показать и формы этого файла «Опоры»")
    parser.add_argument("--json", action="store_true", help="ответ одним объектом JSON")


@contextmanager
def _source(chosen: argparse.Namespace) -> Iterator[Connection | None]:
    """Give the file that is named, or nothing: then only the shipped forms are there."""
    if chosen.db is None:
        yield None
        return
    with files.for_reading(chosen.db) as connection:
        yield connection


# --- showing -----------------------------------------------------------------------------------------------------


def _forms(chosen: argparse.Namespace) -> int:
    with _source(chosen) as connection:
        entries = forms.listing(connection, hidden=chosen.hidden)
    if chosen.json:
        print_json({"forms": [entry_json(entry) for entry in entries]})
        return 0
    rows = [
        [
            entry.form.id,
            entry.form.version,
            KIND_WORDS[entry.form.kind],
            forms.SUBJECT_WORDS[entry.form.subject],
            sum(1 for _item in entry.form.items()),
            forms.ORIGIN_WORDS[entry.origin],
            entry.form.short,
        ]
        for entry in entries
    ]
    table(["Код", "Версия", "Вид", "О ком", "Пунктов", "Откуда", "Название"], rows)
    return 0


def entry_json(entry: forms.FormEntry) -> dict[str, Any]:
    """Return a form as ``forms --json`` prints it."""
    form = entry.form
    return {
        "id": form.id, "version": form.version, "title": form.title, "short": form.short, "kind": form.kind,
        "subject": form.subject, "origin": entry.origin, "versions": list(entry.versions), "rounds": entry.rounds,
        "hidden": form.hidden, "closed": form.closed, "items": sum(1 for _item in form.items()),
        "digest": form.digest,
    }  # fmt: skip


def _show(chosen: argparse.Namespace) -> int:
    with _source(chosen) as connection:
        form = forms.definition(connection, chosen.form, chosen.wanted)
        entry = forms.entry(connection, chosen.form)
    if chosen.toml:
        line(form.text.rstrip("\n"))
    elif chosen.json:
        print_json(form_json(form) | {"origin": entry.origin, "versions": list(entry.versions)})
    else:
        _print(form, entry)
    return 0


def form_json(form: FormDef) -> dict[str, Any]:
    """Return everything a form says as ``form show --json`` and ``form check --json`` print it."""
    return {
        "id": form.id, "version": form.version, "title": form.title, "short": form.short, "kind": form.kind,
        "subject": form.subject, "source": form.source, "place": form.place, "notes": list(form.notes),
        "hidden": form.hidden, "closed": form.closed, "group": form.group, "digest": form.digest,
        "head_fields": [{"id": name, "text": text} for name, text in form.head_fields],
        "sections": [_section_json(section) for section in form.sections],
        "scores": [_score_json(score) for score in form.scores],
        "parts": [{"form": part.form_id, "version": part.version or None, "weight": part.weight}
                  for part in form.parts],
    }  # fmt: skip


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "id": section.id, "title": section.title, "note": section.note,
        "rows": [{"id": axis.id, "text": axis.text} for axis in section.rows],
        "columns": [{"id": axis.id, "text": axis.text, "group": axis.group} for axis in section.columns],
        "items": [_item_json(item) for item in section.items],
    }  # fmt: skip


def _item_json(item: Item) -> dict[str, Any]:
    choices = item.scale.choices if item.scale is not None else ()
    return {
        "id": item.id, "number": item.number, "kind": item.kind, "text": item.text, "required": item.required,
        "not_applicable": item.not_applicable, "weight": item.weight, "most_points": item.points,
        "choices": [{"value": one.value, "text": one.text, "points": one.points} for one in choices],
        "when": [{"item": one.item, "values": list(one.values)} for one in item.when],
    }  # fmt: skip


def _score_json(score: Score) -> dict[str, Any]:
    return {
        "id": score.id, "title": score.title, "rule": score.rule, "missing": score.missing,
        "applicable": score.applicable, "declared_most": score.declared_most,
        "levels": [{"id": one.id, "text": one.text, "least": one.least, "most": one.most} for one in score.levels],
    }  # fmt: skip


def _print(form: FormDef, entry: forms.FormEntry) -> None:
    line(form.title)
    line(f"{form.id}, версия {form.version}, {KIND_WORDS[form.kind]}, {forms.ORIGIN_WORDS[entry.origin]}")
    if form.source:
        line(f"Источник: {form.source}" + (f", {form.place}" if form.place else ""))
    for section in form.sections:
        _print_section(section)
    for part in form.parts:
        line(f"  складывается из формы {part.form_id}" + (f", вес {part.weight}" if part.weight > 1 else ""))
    for score in form.scores:
        line(f"{score.title}:")
        for level in score.levels:
            line(f"  • {level.text}" + (f": {level.least}–{level.most}" if level.least is not None else ""))
    for note in form.notes:
        line(f"Примечание. {note}")


def _print_section(section: Section) -> None:
    line()
    if section.title:
        line(section.title)
    if section.grid:
        rows = count(len(section.rows), "строка", "строки", "строк")
        line(f"  таблица: {rows}, {count(len(section.columns), 'столбец', 'столбца', 'столбцов')}")
        return
    for item in section.items:
        line(f"  {item.number or '•'} {item.text}")
        if item.scale is not None:
            line("      " + " / ".join(choice.short or choice.text for choice in item.scale.choices))


# --- changing ----------------------------------------------------------------------------------------------------


def _check(chosen: argparse.Namespace) -> int:
    form = forms.check_file(chosen.file)
    items = sum(1 for _item in form.items())
    if chosen.json:
        print_json(form_json(form))
    else:
        line(f"Ошибок нет: «{form.short}», версия {form.version}, {count(items, 'пункт', 'пункта', 'пунктов')}.")
    return 0


def _put(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        entry = forms.take_in(store, chosen.file)
    if chosen.json:
        print_json(entry_json(entry))
    else:
        line(f"Сохранена форма «{entry.form.short}»: {entry.form.id}, версия {entry.form.version}.")
    return 0


def _out(chosen: argparse.Namespace) -> int:
    with _source(chosen) as connection:
        path = forms.give_out(connection, chosen.form, chosen.out)
    if chosen.json:
        print_json({"file": str(path)})
    else:
        line(f"Записан файл {path}.")
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        forms.remove(store, chosen.form)
    if chosen.json:
        print_json({"form": chosen.form, "removed": True})
    else:
        line("Готово; вернуть: opora undo.")
    return 0
