"""Commands about lists from outside and the documents they came with."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole, year
from app.cli.output import line, print_json, table
from app.models.externals import ExternalEntry, ExternalList
from app.operations import externals, files, schools
from app.texts import count, ru_date

_KEY = whole(1, 2**63 - 1)


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    external = add(commands, "external", "списки извне: Рособрнадзора, маркеры, рисковые профили, зоны риска", None)
    actions = external.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    listing = add(actions, "list", "показать списки с их документами", _list)
    common(listing)
    _which(listing, number=False)
    show = add(actions, "show", "показать, что в списке или что все списки говорят о школе", _show)
    common(show)
    _which(show)
    show.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    document = add(actions, "document", "записать, с каким документом пришёл список", _document)
    common(document, json=False, write=True)
    _which(document)
    document.add_argument("--title", required=True, metavar="НАЗВАНИЕ", help="письмо, приказ…")
    for key, metavar, text in (
        ("issuer", "КТО", "кто издал"), ("number", "НОМЕР", "номер"), ("date", "ДАТА", "дата, 28.11.2026"),
        ("note", "ТЕКСТ", "примечание"),
    ):  # fmt: skip
        document.add_argument(f"--{key}", metavar=metavar, help=text)
    document.add_argument("--file", type=Path, metavar="ФАЙЛ", help="сам документ, хранится вместе со списком")
    remove = add(actions, "remove", "убрать список (можно отменить)", _remove)
    common(remove, json=False, write=True)
    _which(remove)


def _which(action: argparse.ArgumentParser, *, number: bool = True) -> None:
    if number:
        action.add_argument("--list", dest="list_id", type=_KEY, metavar="НОМЕР", help="номер из opora external list")
    action.add_argument("--kind", choices=sorted(externals.KIND_WORDS))
    action.add_argument("--year", type=year, metavar="ГОД", help="год списка")


def _meant(connection: Any, chosen: argparse.Namespace) -> ExternalList:
    return externals.find(connection, list_id=chosen.list_id, kind=chosen.kind, year=chosen.year)


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = externals.lists(connection, kind=chosen.kind, year=chosen.year)
    if chosen.json:
        print_json({"lists": [asdict(item) for item in found]})
    else:
        rows = [
            [item.id, item.year, externals.KIND_WORDS[item.kind], item.title, item.schools, item.file, _named(item)]
            for item in found
        ]
        table(["№", "Год", "Вид", "Список", "Школ", "Файл", "Документ"], rows)
    return 0


def _named(item: ExternalList) -> str | None:
    """Return «Письмо, Рособрнадзор, № 02-15 от 03.12.2025»."""
    d = item.document
    if d is None:
        return None
    number = f"№ {d.number}" if d.number else ""
    day = f"от {ru_date(d.dated)}" if d.dated else ""
    return ", ".join(part for part in (d.title, d.issuer, f"{number} {day}".strip()) if part)


def _entry_json(entry: ExternalEntry) -> dict[str, Any]:
    return {
        "school": entry.school, "list": entry.list_id, "kind": entry.kind, "year": entry.year, "title": entry.title,
        "item": entry.item or None, "value": entry.value, "raw": entry.raw,
        "origin": {"file": entry.file, "sheet": entry.sheet, "row": entry.row_from, "cells": entry.cells},
    }  # fmt: skip


def _show(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        if chosen.school is not None:
            school = schools.find(connection, chosen.school)
            found = [
                entry
                for entry in externals.of_school(connection, school.id)
                if chosen.kind in {None, entry.kind} and chosen.year in {None, entry.year}
            ]
        else:
            found = externals.entries(connection, _meant(connection, chosen).id)
    if chosen.json:
        print_json({"entries": [_entry_json(entry) for entry in found]})
    else:
        rows = [[e.school, e.year, externals.KIND_WORDS[e.kind], e.item or None, e.value or e.raw] for e in found]
        table(["Школа", "Год", "Список", "Что", "Значение"], rows)
    return 0


def _document(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        listed = _meant(store.connection, chosen)
        externals.add_document(
            store, listed.id, title=chosen.title, issuer=chosen.issuer, number=chosen.number, dated=chosen.date,
            note=chosen.note, path=chosen.file,
        )  # fmt: skip
    line(f"Документ записан к списку «{listed.title}», {listed.year}.")
    return 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        gone = externals.remove(store, _meant(store.connection, chosen).id)
    line(f"Убран список «{gone.title}», {gone.year}: {count(gone.entries, 'запись', 'записи', 'записей')}.")
    return 0
