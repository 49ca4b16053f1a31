"""What a check of a programme says: a named rule, a place to open, a sentence. No store, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")

Group = Literal["passport", "analysis", "structure", "indicators", "plan", "money", "control", "texts"]
GROUPS: Mapping[Group, str] = {
    "passport": "Паспорт",
    "analysis": "Анализ и проблемы",
    "structure": "Цель, задачи и связи",
    "indicators": "Показатели и индикаторы",
    "plan": "План мероприятий",
    "money": "Деньги",
    "control": "Управление и мониторинг",
    "texts": "Тексты, годы и оформление",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One named check.

    Attributes:
        id: stable Latin name; silencing is kept under it.
        level: error — the programme is incomplete or contradicts itself; warning — a person must look; hint — advice
            that may be switched off and counts nowhere.
        group: part of the programme the rule is about.
        title: the rule in a few words, as lists head it.
        reason: what is wrong, with places for values.
        cure: what to do.
        example: how it looks when it is right, in our own words; "" where there is nothing to show.
        source: where the demand comes from.
        municipal: asked of the municipality's programme only, not of a school's.
        full: asked of a whole programme only, not of a plan, a complex of measures or a road map.
    """

    id: str
    level: Level
    group: Group
    title: str
    reason: str
    cure: str
    example: str
    source: str
    municipal: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark.

    Attributes:
        rule: key of ``RULES``.
        node_id: the node it is about, None where it is about a text or the whole programme.
        section: key of the section or passport row it is about.
        field: the column of the node: «targets», «term», «money»…
        where: the place in words: «Задача 2», «Паспорт: Механизм реализации программы».
        reason: what is wrong, one sentence.
    """

    rule: str
    node_id: int | None
    section: str | None
    field: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class EmptyWord:
    """Words that say nothing by themselves, as they are shown, and stems by which they are found in any form."""

    shown: str
    stems: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Words:
    """Lists of words the checks go by (``resources/programme/check_words.toml``).

    Attributes:
        empty: words without content.
        products: stems of documents and things: a result that names one can be counted without a number.
        numerals: stems of numbers in words.
        wholes, counted: «все», «каждый» and what they may stand before to say how many.
    """

    empty: tuple[EmptyWord, ...] = ()
    products: tuple[str, ...] = ()
    numerals: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What is known besides the tree.

    Attributes:
        today: the day of the check: the estimate is asked for its year.
        words: lists of words.
        texts: sections as the paper would print them; None: what is stored in the tree.
        listed: number of schools in the list of schools with low results; None: unknown.
    """

    today: date
    words: Words = Words()
    texts: Mapping[str, str] | None = None
    listed: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the completeness: how many of the required parts of a section are filled."""

    group: Group
    filled: int
    total: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """Share of the required parts that are filled; advice does not count."""

    parts: tuple[Part, ...] = field(default_factory=tuple)

    @property
    def filled(self) -> int:
        """How many are filled."""
        return sum(part.filled for part in self.parts)

    @property
    def total(self) -> int:
        """How many are required."""
        return sum(part.total for part in self.parts)

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 only where nothing is missing; 0 where nothing is required."""
        return self.filled * 100 // self.total if self.total else 0
