"""What the guide and README write is what the program takes: every command is named, every example is understood."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.cli import build_parser
from app.usage import Parser

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
CHAPTERS = sorted(GUIDE.glob("*.md"))
ELSEWHERE = {"screens", "window"}
"""Answered by the window before any command is looked for."""


def commands(
    of: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Yield the words of every command with its parser, groups among them."""
    for one in of._actions:
        if isinstance(one, argparse._SubParsersAction):
            for name, inner in one.choices.items():
                yield (*path, name), inner
                yield from commands(inner, (*path, name))


def examples(text: str) -> Iterator[str]:
    """Yield each example of a page: a line of a block, or words between backticks; not those without a file."""
    for said in re.findall(r"`(opora [^`]+)`", text) + re.findall(r"^ *(opora .+)$", text, re.MULTILINE):
        joined = " ".join(said.split())
        if "--db" in joined:
            yield joined


@cache
def parser() -> Parser:
    """Return the parser of the program; it is built once."""
    return build_parser()


def exit_code(said: str) -> object:
    """Parse an example, whatever it leaves open standing for something; returns 2 where it is not understood."""
    filled = said.replace("…", "нечто").replace("СБОР", "1")
    words = [re.sub("^(КОД|НОМЕР|ОТВЕТ)$", "1", word) for word in shlex.split(filled)[1:]]
    try:
        parser().parse_args(words)
    except SystemExit as stop:
        return stop.code
    return 0


def test_every_command_can_say_its_help() -> None:
    for path, command in commands(parser()):
        assert command.format_help().startswith(f"Вызов: {command.prog} "), (
            path
        )  # a lone «%» breaks the help of argparse


@pytest.mark.parametrize("chapter", [*CHAPTERS, ROOT / "README.md"], ids=lambda path: path.name)
def test_every_example_of_the_guide_is_understood(chapter: Path) -> None:
    for said in examples(chapter.read_text(encoding="utf-8")):
        if said.split()[1] not in ELSEWHERE:
            assert exit_code(said) == 0, said


def test_the_chapter_of_commands_names_every_command() -> None:
    text = (GUIDE / "07-команды.md").read_text(encoding="utf-8")
    named = set(re.findall(r"opora ([a-z-]+)", text)) | set(re.findall(r"`([a-z-]+)`", text))
    known = {path[0] for path, _parser in commands(parser())}
    assert known - named == set()
    assert set(re.findall(r"opora ([a-z][a-z-]+)", text)) <= known
