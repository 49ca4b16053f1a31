"""Keys that many commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def rule_and_year(parser: argparse.ArgumentParser) -> None:
    """Give a command the keys that name a list."""
    parser.add_argument("--rule", required=True, metavar="ПРАВИЛО", help="код правила; все: opora rules")
    parser.add_argument("--year", type=year, required=True, metavar="ГОД", help="год результатов, как в «ВПР 2026»")


def add(commands: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    """Add one command with its help and its function."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser
