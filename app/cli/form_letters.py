"""Commands ``opora form letters`` and ``opora form urgent``: letters of a round, a collection by a few headings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common, whole, year
from app.cli.output import complain, line, print_json, table
from app.models.store import Store
from app.operations import files, form_blanks, form_letters, form_overview, form_urgent, schools
from app.operations.form_letters import Attached, Written
from app.operations.form_urgent import RequestTable
from app.texts import count

EYES = 3
_round_key = whole(1, 2**63 - 1)


def add_actions(actions: Any) -> None:
    """Add the subcommands of this file to ``opora form``."""
    letters = add(actions, "letters", "написать письма школам: с бланком или напоминания", _letters)
    common(letters, write=True)
    letters.add_argument("--round", type=_round_key, required=True, metavar="СБОР", help="номер: opora form rounds")
    letters.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда записать письма .eml")
    letters.add_argument("--remind", action="store_true", help="напомнить тем, чей ответ просрочен")
    letters.add_argument("--request", action="store_true", help="приложить файл запроса, а не бланк Excel")
    letters.add_argument("--keep", action="store_true", help="не отмечать бланки отправленными")
    urgent = add(actions, "urgent", "срочный сбор: форма, бланки и письма по нескольким заголовкам", _urgent)
    common(urgent, write=True)
    urgent.add_argument("--title", default="", metavar="ТЕКСТ", help="как назвать сбор")
    urgent.add_argument("--headings", required=True, metavar="ТЕКСТ", help="заголовки через «;» или по одному в строке")
    urgent.add_argument("--due", metavar="ДАТА", help="срок, например 28.11.2026")
    whose = urgent.add_mutually_exclusive_group()
    whose.add_argument("--school", action="append", metavar="ШКОЛА", help="код или название; можно несколько раз")
    whose.add_argument("--listed", action="store_true", help="только школам списка; без этого — всем своим")
    urgent.add_argument("--year", type=year, metavar="ГОД", help="учебный год по первому году; без него — текущий")
    urgent.add_argument("--letter", default="", metavar="ТЕКСТ", help="что добавить в письмо")
    urgent.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда записать письма .eml")
    answers = add(actions, "answers", "показать ответы сбора одной таблицей", _answers)
    common(answers)
    answers.add_argument("--round", type=_round_key, required=True, metavar="СБОР", help="номер: opora form rounds")


def _letters(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        cases = form_blanks.of_round(store.connection, chosen.round)
        if chosen.remind:
            late = form_overview.late_of(store.connection, cases)
            found = form_letters.reminders(store.connection, late)
        else:
            attached: Attached = "request" if chosen.request else "blank"
            found = form_letters.requests(store.connection, cases, attached=attached)
        made = form_letters.write(store.connection, found, chosen.out)
        if not chosen.remind and not chosen.keep:
            form_letters.sent(store, made.sent_to)
    return _tell(made, chosen, {})


def _tell(made: Written, chosen: argparse.Namespace, more: dict[str, Any]) -> int:
    if chosen.json:
        told = {"letters": [str(path) for path in made.files], "without_address": list(made.without_address)}
        print_json(more | told)
    else:
        for path in made.files:
            line(str(path))
        line(f"Написано: {count(len(made.files), 'письмо', 'письма', 'писем')}. Отправляет их почтовая программа.")
    if made.without_address:
        complain(f"Без адреса, впишите его сами: {'; '.join(made.without_address)}.")
    return EYES if made.without_address else 0


def _urgent(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        day = clock.today()
        first = chosen.year if chosen.year is not None else day.year - (day.month < 8)
        begun = form_urgent.begin(
            store, chosen.title, form_urgent.headings(chosen.headings),
            form_urgent.school_refs(store.connection, _schools(store, chosen, first)), first,
            due_on=chosen.due, letter=chosen.letter,
        )  # fmt: skip
        found = form_letters.requests(store.connection, begun.case_ids)
        made = form_letters.write(store.connection, found, chosen.out)
        form_letters.sent(store, made.sent_to)
    if not chosen.json:
        line(f"Начат сбор {begun.round_id}, форма {begun.form_id}.")
    return _tell(made, chosen, {"round": begun.round_id, "form": begun.form_id, "cases": list(begun.case_ids)})


def _schools(store: Store, chosen: argparse.Namespace, first: int) -> list[int] | None:
    if chosen.school:
        return [schools.find(store.connection, query).id for query in chosen.school]
    return sorted(form_overview.schools(store.connection, first).listed) if chosen.listed else None


def _answers(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = form_urgent.table(connection, chosen.round)
    if chosen.json:
        print_json(_json(found))
        return 0
    rows: list[list[str | None]] = [[row.shown, *(text or None for text in row.cells)] for row in found.rows]
    if any(found.totals) and rows:
        rows.append(["Итого", *found.totals])
    table(["Кто", *(item.text for item in found.items)], rows)
    line(f"{form_urgent.state_text(found).capitalize()}.")
    return 0


def _json(found: RequestTable) -> dict[str, Any]:
    return {
        "round": found.round_id, "title": found.title, "columns": [item.text for item in found.items],
        "rows": [{"case": row.case_id, "subject": row.shown, "state": row.state, "cells": list(row.cells),
                  "wrong": sorted(row.wrong)} for row in found.rows],
        "totals": list(found.totals), "complete": found.complete, "silent": [row.shown for row in found.silent],
    }  # fmt: skip
