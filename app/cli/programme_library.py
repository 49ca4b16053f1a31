"""``opora programme library`` and ``opora programme schools``: wordings, and who has a programme of transition."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import files, programme_library, programme_schools, programmes
from app.operations.programme_library import KIND_WORDS, LibraryLine
from app.operations.programme_schools import FORMS, SchoolProgramme
from app.texts import count

DONE = 0
_programme = whole(1, 2**63 - 1)


def add_actions(actions: Any) -> None:
    """Add the subcommands of this file to ``opora programme``."""
    shown = add(
        actions, "library", "показать библиотеку формулировок, вставить из неё, отдать или взять свои", _library
    )
    common(shown, write=True)
    shown.add_argument("--kind", choices=list(KIND_WORDS), metavar="ВИД", help=", ".join(KIND_WORDS))
    shown.add_argument("--direction", default=None, metavar="НАПРАВЛЕНИЕ", help="только мероприятия направления")
    shown.add_argument("--find", default="", metavar="СЛОВА", help="только с этими словами")
    shown.add_argument("--programme", type=_programme, metavar="КОД", help="какая; без него муниципальная, новейшая")
    what = shown.add_mutually_exclusive_group()
    what.add_argument("--insert", nargs="+", metavar="КЛЮЧ", help="вставить в программу")
    what.add_argument("--take", type=Path, metavar="ФАЙЛ", help="взять формулировки из файла")
    what.add_argument("--give", type=Path, metavar="ФАЙЛ", help="записать свои формулировки в файл")
    shown.add_argument("--below", action="store_true", help="вставить с тем, что под ними")
    state = add(actions, "schools", "показать программы школ: состояние, самооценку, заключения", _schools)
    common(state)
    state.add_argument("--year", type=year, required=True, metavar="ГОД", help="учебный год по первому году")


def as_json(item: LibraryLine) -> dict[str, Any]:
    """Return one wording as the command prints it."""
    found = item.item
    offer = item.proposal
    return {
        "key": found.key, "kind": found.kind, "text": found.text, "direction": item.direction or None,
        "results": list(found.results), "unit": found.unit or None, "formula": found.formula or None,
        "above": list(found.above), "beside": list(found.beside), "mine": found.mine, "inserted": item.inserted,
        "source": found.source or None,
        "proposal": None if offer is None else {"value": offer.value, "year": offer.year, "origin": offer.words},
    }  # fmt: skip


def _library(chosen: argparse.Namespace) -> int:
    if chosen.insert:
        return _insert(chosen)
    if chosen.take:
        with files.for_work(chosen.db, chosen.actor) as store:
            taken = programme_library.take_file(store, chosen.take)
        return _say(chosen, {"new": taken.new, "changed": taken.changed, "same": taken.same},
                    f"Новых формулировок {taken.new}, изменено {taken.changed}, уже были {taken.same}.")  # fmt: skip
    with files.for_reading(chosen.db) as connection:
        if chosen.give:
            made = programme_library.give_file(connection, chosen.give)
            return _say(chosen, {"file": str(made)}, f"Свои формулировки записаны: {made}.")
        key = chosen.programme or programmes.current(connection)
        found = programme_library.listing(
            connection, chosen.kind, chosen.direction, chosen.find, programme_id=key
        )  # fmt: skip
    if chosen.json:
        print_json({"wordings": [as_json(item) for item in found]})
    else:
        rows = [[item.item.key, item.kind_word, item.item.text, item.detail, "да" if item.inserted else ""]
                for item in found]  # fmt: skip
        table(["Ключ", "Вид", "Формулировка", "Подробности", "Уже в программе"], rows)
    return DONE


def _insert(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        key = chosen.programme or programmes.current(store.connection)
        if key is None:
            raise UserError("PROGRAMME_NONE")
        before = len(programmes.tree(store.connection, key).nodes)
        programme_library.insert(store, key, chosen.insert, below=chosen.below)
        number = len(programmes.tree(store.connection, key).nodes) - before
    words = count(number, "строка", "строки", "строк")
    return _say(chosen, {"programme": key, "inserted": number}, f"Вставлено: {words}.")


def _say(chosen: argparse.Namespace, answer: dict[str, Any], words: str) -> int:
    if chosen.json:
        print_json(answer)
    else:
        line(words)
    return DONE


def _of_school(row: SchoolProgramme) -> dict[str, Any]:
    forms = {
        form_id: {"case": form.case_id, "accepted": form.done, "points": form.points, "most": form.most,
                  "level": form.level or None, "verdict": form.verdict or None}
        for form_id, form in row.forms.items()
    }  # fmt: skip
    return {
        "school_id": row.school_id, "school": row.school, "listed": row.listed, "state": row.state,
        "programme": None if row.line is None else row.line.programme.id, "forms": forms,
    }  # fmt: skip


def _schools(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = programme_schools.overview(connection, chosen.year)
    if chosen.json:
        print_json({"schools": [_of_school(row) for row in found.rows], "of_list": found.of_list})
        return DONE
    rows = [
        [row.school, "да" if row.listed else "", row.state,
         *(row.forms[form_id].words if form_id in row.forms else None for form_id in FORMS)]
        for row in found.rows
    ]  # fmt: skip
    table(["Школа", "В списке", "Программа", "Самооценка", "Направления", "Заключение"], rows)
    line(found.told)
    return DONE
