"""``opora lines``: the lines of any register (documents, points, acts…), by the same door as the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock, school_years
from app.cli.keys import add, common, key
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import body_choice, cycle, files, registers, schools
from app.operations.register_catalogue import REGISTERS, Register, register
from app.operations.schools import first_year


def add_commands(commands: Any) -> None:
    """Add ``opora lines`` with its subcommands."""
    group = add(commands, "lines", "строки реестров: показать, вписать, убрать", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = add(actions, "list", "показать строки", _list)
    _which(shown)
    written = add(actions, "put", "вписать новую строку или графы старой", _put)
    _which(written, write=True)
    written.add_argument("--row", type=key, metavar="КОД", help="какая строка; без него новая")
    written.add_argument("--set", action="append", required=True, type=_cell, metavar="ГРАФА=ТЕКСТ",
                         help="графа по названию; ключ можно повторять")  # fmt: skip
    removed = add(actions, "remove", "убрать строки; отменяется в журнале", _remove)
    _which(removed, write=True)
    removed.add_argument(
        "--row",
        type=key,
        action="append",
        required=True,
        metavar="КОД",
        help="код строки из opora lines list; ключ можно повторять",
    )
    attached = add(actions, "attach", "приложить к строке файл или ссылку", _attach)
    _which(attached, write=True)
    attached.add_argument("--row", type=key, required=True, metavar="КОД", help="код строки из opora lines list")
    attached.add_argument("--file", type=Path, action="append", default=[], metavar="ФАЙЛ",
                          help="какой файл; ключ можно повторять")  # fmt: skip
    attached.add_argument("--link", default="", metavar="АДРЕС", help="адрес страницы или место файла")


def _which(parser: argparse.ArgumentParser, *, write: bool = False) -> None:
    common(parser, write=write)
    parser.add_argument("register", choices=list(REGISTERS), metavar="РЕЕСТР", help="; ".join(
        f"{key} — {item.title}" for key, item in REGISTERS.items()))  # fmt: skip
    parser.add_argument("--of", action="append", default=[], type=_cell, metavar="ЧЕГО=КОД",
                        help="чьи строки: school_year=2026/27, document_id=…; иначе текущий учебный год")  # fmt: skip


def _cell(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name.strip() or not equals:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно ИМЯ=ЗНАЧЕНИЕ.")
    return name.strip(), value


_WHOSE = {
    "school_year": "--of school_year=2026/27",
    "document_id": "--of document_id=КОД (коды покажет opora lines list documents)",
    "partnership_id": "--of partnership_id=КОД (коды покажет opora lines list partnerships)",
    "organisation_id": "--of organisation_id=ШКОЛА (код, логин или название)",
    "direction": "--of direction=НАПРАВЛЕНИЕ (их покажет opora cycle --json)",
    "component": "--of component=РАЗДЕЛ (их покажет opora cycle --json)",
    "event_id": "--of event_id=КОД (коды покажет opora events)",
    "pair_id": "--of pair_id=КОД (коды покажет opora lines list mentor_pairs)",
    "practice_id": "--of practice_id=КОД (коды покажет opora lines list practices)",
    "body_id": "--of body_id=ОБЪЕДИНЕНИЕ (название или его часть)",
}
_PARENTS = {
    "document_id": "documents", "partnership_id": "partnerships", "event_id": "events", "pair_id": "mentor_pairs",
    "practice_id": "practices",
}  # fmt: skip
"""Registers whose rows other registers hang on."""


def _scope(connection: Connection, chosen: argparse.Namespace) -> tuple[Register, dict[str, Any]]:
    """Return the register and whose lines are meant; the school year that is not said is the present one.

    Raises:
        UserError: ``REG_WHOSE``, ``REG_NOT_WHOSE``, ``REG_WHOSE_UNKNOWN`` and what finding a school raises.
    """
    item, said = register(chosen.register), dict(chosen.of)
    told = "; ".join(_WHOSE[name] for name in item.scope)
    for name in said:
        if name not in item.scope:
            raise UserError("REG_NOT_WHOSE", register=item.title, name=name,
                            known=f"Годится {told}." if told else "Уберите ключ --of.")  # fmt: skip
    said.setdefault("school_year", str(school_years.year_of(clock.today())))
    missing = [name for name in item.scope if not said.get(name, "").strip()]
    if missing:
        raise UserError("REG_WHOSE", register=item.title, known="; ".join(_WHOSE[name] for name in missing))
    year = first_year(said["school_year"])
    return item, {name: _value(connection, name, said[name].strip(), year) for name in item.scope}


def _value(connection: Connection, name: str, said: str, year: int) -> int | str:
    """Return the value of one column that divides a register."""
    if name == "school_year":
        return year
    if name == "organisation_id":
        return schools.find(connection, said).id
    if name in ("direction", "component"):
        known = cycle.folder(connection, year).cycle
        return known.direction(said).id if name == "direction" else known.component(said).id
    if name == "body_id":
        found = body_choice.find(connection, said)
        if found is None:
            raise UserError("BODY_NOT_FOUND", raw=said)
        return found
    parent = register(_PARENTS[name])
    if (
        said.isascii()
        and said.isdigit()
        and any(row["id"] == int(said) for row in registers.rows(connection, parent.key))
    ):
        return int(said)
    raise UserError("REG_WHOSE_UNKNOWN", name=name, value=said, known=f"Коды покажет opora lines list {parent.key}.")


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        item, scope = _scope(connection, chosen)
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


def problems(connection: Connection, key: str, scope: dict[str, Any], row: int) -> dict[str, str]:
    """Return column → what is wrong with it, of one row of a register: entries that wait as they were typed."""
    columns = register(key).columns
    lines = registers.table(connection, key, scope).lines
    found = next((one.troubles for one in lines if one.key == row), {})
    return {columns[place].key: told for place, told in found.items()}


def _put(chosen: argparse.Namespace) -> int:
    row = chosen.row or -1
    with files.for_work(chosen.db, chosen.actor) as store:
        item, scope = _scope(store.connection, chosen)
        made = registers.put_cells(store, item.key, scope, [(row, name, text) for name, text in chosen.set])
        key = made.get(row, row)
        troubles = problems(store.connection, item.key, scope, key)
    if chosen.json:
        print_json({"id": key, "problems": troubles})
    else:
        line(f"Записано, код строки {key}.")
        for told in troubles.values():
            line(told)
    return 3 if troubles else 0


def _remove(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        item, scope = _scope(store.connection, chosen)
        registers.remove(store, item.key, scope, chosen.row)
    return _told(chosen, len(chosen.row), "Убрано строк")


def _attach(chosen: argparse.Namespace) -> int:
    item = register(chosen.register)
    with files.for_work(chosen.db, chosen.actor) as store:
        number = registers.attach(store, item.key, chosen.row, chosen.file, link=chosen.link)
    return _told(chosen, number, "Приложено")


def _told(chosen: argparse.Namespace, number: int, words: str) -> int:
    if chosen.json:
        print_json({"changed": number})
    else:
        line(f"{words}: {number}.")
    return 0
