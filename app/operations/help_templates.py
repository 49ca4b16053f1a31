"""Templates of entries of help: one's own, and ready ones of the program beside them until they are hidden."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from app.analysis import help_line
from app.errors import UserError
from app.models import help_entries, settings
from app.models.help_entries import HelpTemplate
from app.models.store import Connection, Operation, Store
from app.operations import registers
from app.operations.register_work_journal import HELP_WORDS
from app.paths import resources
from app.texts import capital, count, quoted

SETTING = "help_templates_hidden"
_NO_COLUMNS = frozenset({"id", "position"})


class Ready(NamedTuple):
    """A template that comes with the program; ``key`` never changes: hidden ones are remembered by it."""

    key: str
    template: HelpTemplate


@cache
def ready() -> tuple[Ready, ...]:
    """Return the templates that come with the program."""
    data = tomllib.loads((resources() / "help" / "templates.toml").read_text(encoding="utf-8"))["templates"]
    return tuple(_read(place, one) for place, one in enumerate(data))


def _read(place: int, told: dict[str, object]) -> Ready:
    key = str(told.pop("key"))
    empty = dict.fromkeys(HelpTemplate._fields)
    return Ready(key, HelpTemplate(**empty | told | {"id": 0, "position": place}))  # type: ignore[arg-type]  # a test reads each


def offered(connection: Connection) -> tuple[HelpTemplate, ...]:
    """Return what an entry may begin with: one's own in their order, then the ready ones."""
    return (*help_entries.templates(connection), *(one.template for one in shown(connection)))


def shown(connection: Connection) -> tuple[Ready, ...]:
    """Return the ready templates that are neither hidden nor stand among one's own under the same name."""
    gone = hidden(connection)
    own = {_folded(one.title) for one in help_entries.templates(connection)}
    return tuple(one for one in ready() if one.key not in gone and _folded(one.template.title) not in own)


def hidden(connection: Connection) -> frozenset[str]:
    """Return the keys of the ready templates that are hidden."""
    return frozenset(settings.get(connection, SETTING).split(",")) & {one.key for one in ready()}


def _folded(title: str | None) -> str:
    return " ".join((title or "").casefold().split())


def words(one: HelpTemplate) -> str:
    """Return what a template fills in: «Выезд, команда школы, через 14 дней: узнать, что сделано»."""
    after = None if one.next_days is None else f"через {count(one.next_days, 'день', 'дня', 'дней')}"
    parts = (
        capital(HELP_WORDS[one.kind]) if one.kind else "", help_line.people_words(one.people, one.audience),
        one.topic or one.deficit, one.outcome, ": ".join(part for part in (after, one.next_step) if part),
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def find(connection: Connection, title: str) -> HelpTemplate:
    """Return the one template whose name begins so; a name that is written whole is meant alone.

    Raises:
        UserError: ``HELP_NO_TEMPLATE`` with those that there are.
    """
    known, told = offered(connection), _folded(title)
    found = [one for one in known if _folded(one.title) == told] or [
        one for one in known if _folded(one.title).startswith(told)
    ]
    if len(found) != 1:
        raise _missing(title, known)
    return found[0]


def find_ready(connection: Connection, title: str) -> Ready:
    """Return the ready template whose name begins so.

    Raises:
        UserError: ``HELP_NO_TEMPLATE``.
    """
    known = shown(connection)
    found = [one for one in known if _folded(one.template.title).startswith(_folded(title))]
    if len(found) != 1:
        raise _missing(title, (one.template for one in known))
    return found[0]


def _missing(title: str, known: Iterable[HelpTemplate]) -> UserError:
    names = ", ".join(quoted(one.title or "") for one in known)
    return UserError("HELP_NO_TEMPLATE", raw=title, known=names or "ни одного")


def take(store: Store, one: Ready) -> int:
    """Make a ready template one's own, to be changed; the ready one steps aside. Returns the key of the row."""
    values = {name: value for name, value in one.template._asdict().items()
              if value is not None and name not in _NO_COLUMNS}  # fmt: skip
    with store.operation(f"Шаблон взят в свои: {quoted(one.template.title or '')}", "help.template.take") as operation:
        _hide(operation, hidden(store.connection) | {one.key})
        return registers.add_in(operation, "help_templates", {}, **values)


def hide(store: Store, one: Ready) -> None:
    """Offer a ready template no more."""
    with store.operation(
        f"Готовый шаблон скрыт: {quoted(one.template.title or '')}", "help.template.hide"
    ) as operation:
        _hide(operation, hidden(store.connection) | {one.key})


def bring_back(store: Store) -> int:
    """Offer all ready templates again; returns how many were hidden."""
    number = len(hidden(store.connection))
    if number:
        label = f"Готовые шаблоны возвращены: {count(number, 'шаблон', 'шаблона', 'шаблонов')}"
        with store.operation(label, "help.template.hide") as operation:
            _hide(operation, frozenset())
    return number


def _hide(operation: Operation, keys: frozenset[str]) -> None:
    settings.put(operation, SETTING, ",".join(sorted(keys)))
