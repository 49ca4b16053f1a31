"""`opora form context`: a questionnaire of the context made from metrics."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common
from app.cli.output import line, print_json
from app.operations import files, form_context
from app.texts import count


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file."""
    context = add(actions, "context", "сделать анкету об условиях работы школы из показателей", _context)
    common(context, write=True)
    context.add_argument(
        "--metric", action="append", required=True, metavar="КОД", dest="metrics",
        help="показатель: код или название из opora metrics; можно несколько раз",
    )  # fmt: skip
    context.add_argument("--id", dest="form_id", default=form_context.DEFAULT_ID, metavar="КОД", help="код формы")
    context.add_argument("--title", default="", metavar="ТЕКСТ", help="заголовок анкеты")


def _context(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        entry = form_context.make(store, chosen.metrics, form_id=chosen.form_id, title=chosen.title)
    items = list(entry.form.items())
    if chosen.json:
        print_json({
            "forms": [{
                "id": entry.form.id, "version": entry.form.version, "title": entry.form.title,
                "items": [{"id": item.id, "text": item.text, "metric": item.metric} for item in items],
            }]
        })  # fmt: skip
    else:
        asked = count(len(items), "вопрос", "вопроса", "вопросов")
        line(f"Сохранена анкета «{entry.form.short}», версия {entry.form.version}: {asked}")
        line(f"Начать сбор: opora form start {entry.form.id} …")
    return 0
