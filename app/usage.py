"""A command-line parser that speaks Russian; wrong usage ends with exit code 2."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_TRANSLATIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"^the following arguments are required: (.+)$", r"Не хватает: \1."),
        (r"^unrecognized arguments: (.+)$", r"Неизвестно: \1."),
        (r"^argument (.+): invalid choice: (.+) \(choose from (.+)\)$", r"\1: нет значения \2. Есть: \3."),
        (r"^argument (.+): invalid int value: (.+)$", r"\1: \2 — не целое число."),
        (r"^argument (.+): invalid .+ value: (.+)$", r"\1: значение \2 не подходит."),
        (r"^argument (.+): (не подходит .+)$", r"\1: \2"),
        (r"^argument (.+): expected one argument$", r"\1: после этого ключа нужно значение."),
        (r"^argument (.+): expected at least one argument$", r"\1: нужно хотя бы одно значение."),
        (r"^one of the arguments (.+) is required$", r"Не хватает одного из ключей: \1."),
        (r"^argument (.+): not allowed with argument (.+)$", r"\1 и \2 вместе не употребляются."),
        (r"^argument (.+?): ([^a-z].*)$", r"\1: \2"),
        (r"^ambiguous option: (.+) could match (.+)$", r"Ключ \1 неоднозначен: \2."),
    )
)

_QUOTED = re.compile(r"'([^'\n]*)'")
"""A value as argparse shows it."""

_ACTION_WORDS = {"ДОКУМЕНТ": ("Не указан документ", "Нет документа")}
"""What is said where the action of a group is missing or unknown, by its metavar."""


def _sentence(message: str) -> str:
    """Return a message as a sentence: a capital letter where it begins with a word, a full stop at its end."""
    begun = message[:1].upper() + message[1:]
    return begun if begun.endswith((".", "!", "?")) else f"{begun}."


def _no_action(metavar: str, given: list[str], known: list[str]) -> str:
    """Say that an action is missing, or that there is none of that name, and name those there are."""
    missing, unknown = _ACTION_WORDS.get(metavar, ("Не указано действие", "Нет действия"))
    first = given[0] if given and not given[0].startswith("-") else ""
    return f"{f'{unknown} «{first}»' if first else missing}. Есть: {', '.join(known)}."


class Formatter(argparse.HelpFormatter):
    """Help with a Russian heading and room for long words."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=36, width=110)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Put «Вызов:» where «usage:» stands."""
        super().add_usage(usage, actions, groups, "Вызов: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose every word is Russian."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", Formatter)
        kwargs["add_help"] = False
        super().__init__(**kwargs)
        # argparse names its two groups in English, and has no public way to rename them
        self._positionals.title = "Что указать"
        self._optionals.title = "Ключи"
        self.keys = self._optionals
        self.group: Any = None
        self.keys.add_argument("-h", "--help", action="help", help="показать эту справку")

    def add_subparsers(self, **kwargs: Any) -> Any:
        """Make the command a group of actions."""
        self.group = super().add_subparsers(**kwargs)
        return self.group

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; a group of commands that was called without one of its actions names them."""
        given = sys.argv[1:] if args is None else list(args)
        group = self.group
        if group is not None and group.required and not {"-h", "--help", *group.choices} & set(given):
            self.error(_no_action(group.metavar, given, list(group.choices)))
        return super().parse_known_args(given, namespace)

    def error(self, message: str) -> NoReturn:
        """Say in Russian what is wrong with the call and leave with 2."""
        for pattern, text in _TRANSLATIONS:
            message = pattern.sub(text, message)
        message = _QUOTED.sub(r"«\1»", message)
        sys.stderr.write(f"{_sentence(message)}\nСправка: {self.prog} --help\n")
        raise SystemExit(2)


Command = Callable[[argparse.Namespace], int]
