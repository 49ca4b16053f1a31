"""``opora lines``: the lines of any register (documents, points, acts…), by the same door as the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.changes import this_school_year
from app.cli.decisions import today
from app.cli.keys import add, common, whole
from app.cli.output import line, print_json, table
from app.operations import files, registers
from app.operations.register_catalogue import REGISTERS, Register, register

_key = whole(1, 2**63 - 1)


def add_commands(commands: Any) -> None:
    """Add ``opora lines`` with its subcommands."""
    group = add(commands, "lines", "строки реестров мониторинга: показать, вписать, убрать", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = add(actions, "list", "показать строки", _list)
    _which(shown)
    written = add(actions, "put", "вписать новую строку или графы старой", _put)
    _which(written, write=True)
    written.add_argument("--row", type=_key, metavar="КОД", help="какая строка; без него новая")
    written.add_argument("--set", action="append", required=True, type=_cell, metavar="ГРАФА=ТЕКСТ",
                         help="графа по названию; ключ можно повторять")  # fmt: skip
    removed = add(actions, "remove", "убрать строки; отменяется в журнале", _remove)
    _which(removed, write=True)
    removed.add_argument("--row", type=_key, action="append", required=True, metavar="КОД")
    attached = add(actions, "attach", "приложить к строке файл или ссылку", _attach)
    _which(attached, write=True)
    attached.add_argument("--row", type=_key, required=True, metavar="КОД")
    attached.add_argument("--file", type=Path, action="append", default=[], metavar="ФАЙЛ")
    attached.add_argument("--link", default="", metavar="АДРЕС")


def _which(parser: argparse.ArgumentParser, *, write: bool = False) -> None:
    common(parser, write=write)
    parser.add_argument("register", choices=list(REGISTERS), metavar="РЕЕСТР", help="; ".join(
        f"{key} — {item.title}" for key, item in REGISTERS.items()))  # fmt: skip
    parser.add_argument("--of", action="append", default=[], type=_cell, metavar="ЧЕГО=КОД",
                        help="чьи строки: school_year=2026, document_id=…; учебный год без ключа нынешний")  # fmt: skip


def _cell(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name.strip() or not equals:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно ИМЯ=ЗНАЧЕНИЕ.")
    return name.strip(), value


def _scope(chosen: argparse.Namespace) -> tuple[Register, dict[str, Any]]:
    """Return the register and whose lines are meant; a scope that is not said is the present school year or none."""
    item, said = register(chosen.register), dict(chosen.of)
    scope: dict[str, Any] = {}
    for name in item.scope:
        value = said.get(name, str(this_school_year(today())) if name == "school_year" else "")
        scope[name] = int(value) if value.isascii() and value.isdigit() else value or None
    return item, scope


def _list(chosen: argparse.Namespace) -> int:
    item, scope = _scope(chosen)
    with files.for_reading(chosen.db) as connection:
        found = registers.table(connection, item.key, scope)
    if chosen.json:
        keys = [column.key for column in item.columns]
        print_json({
            "register": item.key, "of": scope,
            "lines": [
                {"id": row.key, **{key: text or None for key, text in zip(keys, row.texts, strict=True)},
                 "problems": {keys[place]: told for place, told in row.troubles.items()}}
                for row in found.lines
            ],
        })  # fmt: skip
        return 0
    table(
        ["Код", *(column.title for column in item.columns)],
        [[str(row.key), *(text or None for text in row.texts)] for row in found.lines],
    )
    return 0


def _put(chosen: argparse.Namespace) -> int:
    item, scope = _scope(chosen)
    row = chosen.row or -1
    with files.for_work(chosen.db, chosen.actor) as store:
        made = registers.put_cells(store, item.key, scope, [(row, name, text) for name, text in chosen.set])
        key = made.get(row, row)
        lines = registers.table(store.connection, item.key, scope).lines
    troubles = next((dict(one.troubles) for one in lines if one.key == key), {})
    if chosen.json:
        print_json({"id": key, "problems": {item.columns[place].key: told for place, told in troubles.items()}})
    else:
        line(f"Записано, код строки {key}.")
        for told in troubles.values():
            line(told)
    return 3 if troubles else 0


def _remove(chosen: argparse.Namespace) -> int:
    item, scope = _scope(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        registers.remove(store, item.key, scope, chosen.row)
    return _told(chosen, len(chosen.row), "Убрано строк")


def _attach(chosen: argparse.Namespace) -> int:
    item, _of = _scope(chosen)
    with files.for_work(chosen.db, chosen.actor) as store:
        number = registers.attach(store, item.key, chosen.row, chosen.file, link=chosen.link)
    return _told(chosen, number, "Приложено")


def _told(chosen: argparse.Namespace, number: int, words: str) -> int:
    if chosen.json:
        print_json({"changed": number})
    else:
        line(f"{words}: {number}.")
    return 0
