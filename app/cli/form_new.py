"""The command «opora form new»: a form out of a table of Excel or a list of questions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_actor
from app.cli.output import line, print_json
from app.forms.schema import FormDef
from app.operations import files, form_sources
from app.texts import count


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file."""
    new = add(actions, "new", "сделать форму из таблицы или списка вопросов", _new)
    new.add_argument("form", metavar="КОД", help="код новой формы: латинские строчные буквы, цифры, дефис")
    new.add_argument(
        "--from", dest="table", type=Path, required=True, metavar="ТАБЛИЦА",
        help="xlsx, xls, ods, csv или txt; столбцы: № | раздел | вопрос | вид | шкала, или просто вопросы",
    )  # fmt: skip
    new.add_argument("--title", default="", metavar="ТЕКСТ", help="название; без него — имя файла")
    new.add_argument("--db", type=Path, metavar="ФАЙЛ", help="сохранить форму в этот файл «Опоры»")
    new.add_argument("--out", type=Path, metavar="ФАЙЛ.toml", help="записать форму в файл, чтобы посмотреть и передать")
    new.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    add_actor(new)


def _new(chosen: argparse.Namespace) -> int:
    if chosen.db is None:
        form = form_sources.new_form(None, chosen.table, chosen.form, chosen.title)
    else:
        with files.for_work(chosen.db, chosen.actor) as store:
            form = form_sources.new_form(store, chosen.table, chosen.form, chosen.title)
    if chosen.out is not None:
        form_sources.write(form, chosen.out)
    _tell(form, chosen)
    return 0


def _tell(form: FormDef, chosen: argparse.Namespace) -> None:
    from app.cli.forms import form_json

    if chosen.json:
        print_json(form_json(form) | {"saved": chosen.db is not None})
        return
    items = sum(1 for _item in form.items())
    line(f"«{form.short}»: {count(len(form.sections), 'раздел', 'раздела', 'разделов')}, "
         f"{count(items, 'вопрос', 'вопроса', 'вопросов')}.")  # fmt: skip
    for section in form.sections:
        if section.title:
            line(section.title)
        for item in section.items:
            line(f"  {item.number or '•'} {item.text}")
    if chosen.db is not None:
        line(f"Форма сохранена: {form.id}, версия {form.version}.")
    if chosen.out is not None:
        line(f"Записан файл {chosen.out}.")
    if chosen.db is None and chosen.out is None:
        line("Форма никуда не сохранена: назовите файл «Опоры» (--db) или файл формы (--out).")
