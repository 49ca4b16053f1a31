"""Keys that many commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app import clock, school_years
from app.errors import UserError
from app.operations.files import default_actor


def common(parser: argparse.ArgumentParser, *, json: bool = True, write: bool = False) -> None:
    """Give a command the keys that most commands have: ``--db``, ``--json``, ``--as``."""
    parser.add_argument("--db", type=Path, required=True, metavar="ФАЙЛ", help="файл «Опоры» (*.opora)")
    if json:
        parser.add_argument("--json", action="store_true", help="ответ одним объектом JSON")
    if write:
        add_actor(parser)


def add_actor(parser: argparse.ArgumentParser) -> None:
    """Give a command the key that says who acts."""
    parser.add_argument("--as", dest="actor", default=default_actor(), metavar="ИМЯ", help="кто действует (в журнал)")


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of a whole number within bounds; anything else is wrong usage."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,19}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно целое число от {least} до {most}.")
        return int(text)

    return read


year = whole(1990, 2099)
grade = whole(1, 12)
number = whole(1, 10**15)


def key(text: str) -> int:
    """Read the code of a row of the file: codes take all the room that SQLite gives."""
    if not re.fullmatch("[0-9]{1,19}", text) or not 0 < int(text) < 2**63:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Код — целое число, его показывает команда со списком.")
    return int(text)


def school_year(text: str) -> int:
    """Read a school year, «2026» or «2026/27»; returns its first year."""
    from app.operations.schools import first_year

    try:
        return first_year(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен учебный год: 2026 или 2026/27.") from error


def day(text: str) -> date:
    """Read a day as people write it, «23.11.2026» or «2026-11-23»."""
    from app.operations.schools import iso_date

    try:
        return date.fromisoformat(iso_date(text))
    except UserError as error:
        raise argparse.ArgumentTypeError(f"{error.what} {error.cure}") from error


def add_school_year(parser: argparse.ArgumentParser) -> None:
    """Give a command the key that names a school year."""
    parser.add_argument("--year", type=school_year, metavar="УЧЕБНЫЙ_ГОД", help="2026 или 2026/27; иначе текущий")


def school_year_of(chosen: argparse.Namespace) -> int:
    """Return the school year that is asked for by ``--year``, else the present one."""
    return int(chosen.year) if chosen.year is not None else school_years.year_of(clock.today())


def add_programme(parser: argparse.ArgumentParser, otherwise: str = "новейшая муниципальная") -> None:
    """Give a command the key that names an edition of a programme."""
    told = f"код из opora programme list; иначе {otherwise}"
    parser.add_argument("--programme", type=key, metavar="КОД", help=told)


def rule_and_year(parser: argparse.ArgumentParser) -> None:
    """Give a command the keys that name a list."""
    parser.add_argument("--rule", required=True, metavar="ПРАВИЛО", help="код правила; все: opora rules")
    parser.add_argument("--year", type=year, required=True, metavar="ГОД", help="год результатов, как в «ВПР 2026»")


def add(commands: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    """Add one command with its help and its function."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser
