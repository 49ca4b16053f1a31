"""What papers there are: one description for the centre, the commands, the register and the package (domain, §8).

A kind names its settings; every value is kept as text, so that the centre remembers it, a command takes it and a recipe
of the register makes the same paper again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.errors import UserError
from app.models.store import Connection, Store
from app.operations.papers import Paper, Recipe

SettingKind = Literal[
    "rule",
    "result_year",
    "school_year",
    "plan_year",
    "programme",
    "school",
    "form",
    "round",
    "document",
    "period",
    "choice",
    "flag",
    "text",
]
"""What a setting is chosen from; ``offers`` answers all of them but «flag» (1 or 0) and «text»."""
Values = Mapping[str, str]
Offers = Mapping[str, tuple[tuple[str, str], ...]]
"""Key of a setting → (value, word) that it is chosen from."""
Maker = Callable[[Connection, Values, date], Paper]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind.

    Attributes:
        key: of its value.
        title: in the window.
        kind: what it is chosen from.
        choices: of a «choice»: (value, word).
        optional: may stay empty.
        usual: value before anybody has chosen; empty: the first that is offered.
    """

    key: str
    title: str
    kind: SettingKind
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    usual: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    Attributes:
        key: what recipes, commands and the register call it.
        group: heading it stands under in the centre.
        title: name in the centre.
        says: one sentence on what it is and for whom.
        settings: in the order they are asked for.
        make: makes it; errors are those of the operation behind it.
        each: key of the setting over which a batch goes (one paper a school); empty where there is none.
        personal: it names people (the impersonal export takes them out).
    """

    key: str
    group: str
    title: str
    says: str
    settings: tuple[Setting, ...]
    make: Maker
    each: str = ""
    personal: bool = False


GROUPS: tuple[tuple[str, str], ...] = (
    ("list", "Список и согласование"),
    ("school", "О школе"),
    ("programme", "Программа"),
    ("forms", "Чек-листы и анкеты"),
    ("monitoring", "Мониторинг"),
    ("support", "Поддержка"),
    ("work", "Работа методиста"),
)
"""Headings of the centre in their order."""


def kinds() -> tuple[PaperKind, ...]:
    """Return every kind, group by group."""
    from app.operations import paper_kinds

    return paper_kinds.KINDS


def kind(key: str) -> PaperKind:
    """Return one kind.

    Raises:
        UserError: ``OUT_KIND``.
    """
    found = next((item for item in kinds() if item.key == key), None)
    if found is None:
        raise UserError("OUT_KIND", kind=key)
    return found


def offers(
    connection: Connection, item: PaperKind, values: Values, day: date
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return key of a setting → (value, word) that it is chosen from, given what is chosen before it."""
    raise NotImplementedError


def usual(connection: Connection, item: PaperKind, day: date) -> dict[str, str]:
    """Return the values a kind begins with: those of last time that are still offered, else the usual ones."""
    raise NotImplementedError


def remember(store: Store, item: PaperKind, values: Values) -> None:
    """Keep the values of a kind for the next time; no step of undo of its own."""
    raise NotImplementedError


def make(connection: Connection, key: str, values: Values, day: date) -> Paper:
    """Make a paper and put round it what is kept for its kind; it carries its recipe.

    Raises:
        UserError: ``OUT_KIND``, ``OUT_SETTING``; others of the operation behind the kind.
    """
    item = kind(key)
    paper = item.make(connection, values, day)
    kept = tuple((one.key, values.get(one.key, "")) for one in item.settings)
    return replace(paper, recipe=Recipe(key, kept))


def batch(connection: Connection, key: str, values: Values, each: Iterable[str], day: date) -> Iterator[Paper]:
    """Make one paper for each value of the setting over which the kind goes; they come one by one."""
    item = kind(key)
    for value in each:
        yield make(connection, key, {**values, item.each: value}, day)
