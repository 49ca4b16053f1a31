"""The command line: the same operations as in the window (law 4).

Exit codes: 0 done, 1 refused or failed with the reason on stderr, 2 wrong usage, 3 done but with rows that need eyes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from app import __version__
from app.cli import (
    agreement,
    cards,
    charts,
    checks,
    data,
    definitions,
    externals,
    files,
    form_rounds,
    forms,
    importing,
    indices,
    lists,
    metrics,
    monitoring,
    origin,
    pairs,
    papers,
    papers_out,
    programmes,
    registry,
    rules,
    school_mode,
    sheets,
    skills,
    surveys,
    work,
)
from app.cli.output import complain
from app.errors import UserError
from app.texts import whole_signs
from app.usage import Parser

DONE, FAILED, USAGE, EYES = 0, 1, 2, 3
WINDOW_COMMANDS = (
    ("window", "открыть окно, можно сразу с файлом"),
    ("screens", "снять все вкладки и окна и проверить, нет ли обрезанных слов и наложений"),
)

ROOMS = (
    files,
    registry,
    importing,
    data,
    skills,
    sheets,
    metrics,
    indices,
    definitions,
    externals,
    checks,
    origin,
    rules,
    lists,
    agreement,
    charts,
    cards,
    pairs,
    forms,
    form_rounds,
    surveys,
    school_mode,
    programmes,
    monitoring,
    work,
    papers,
    papers_out,
)
"""Files with commands, in the order of the help."""


def build_parser() -> Parser:
    """Return the parser with every command."""
    parser = Parser(
        prog="opora",
        description="«Опора» — рабочее место муниципального методиста. Без команды открывает окно.",
    )
    parser.keys.add_argument(
        "--version", action="version", version=f"opora {__version__}", help="показать версию программы"
    )
    commands = parser.add_subparsers(dest="command", title="Команды", metavar="КОМАНДА", parser_class=Parser)
    for room in ROOMS:
        room.add_commands(commands)
    # the window answers these two before any command is looked for: here they only stand in the help
    for name, text in WINDOW_COMMANDS:
        commands.add_parser(name, help=text).set_defaults(run=lambda chosen: _only_first(chosen.command))
    return parser


def _only_first(command: str) -> int:
    complain(f"Команда {command} открывает окно, поэтому пишется сразу после имени программы: opora {command}.")
    return USAGE


def run(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit code."""
    _speak_utf8()
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    for name, value in vars(chosen).items():
        setattr(chosen, name, _whole(value))
    if chosen.command is None:
        parser.print_help()
        return USAGE
    try:
        return int(chosen.run(chosen))
    except UserError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        complain("Прервано.")
        return FAILED
    except BrokenPipeError:
        # the reader of our output has gone (``| head``): nothing to tell anyone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _whole(value: Any) -> Any:
    """Return what was typed without bytes that are no letters; the name of a file keeps them: it is found by them."""
    if isinstance(value, str):
        return whole_signs(value)
    return type(value)(map(_whole, value)) if type(value) in (list, tuple) else value


def _speak_utf8() -> None:
    """Print Russian even where the console's own encoding has none."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
