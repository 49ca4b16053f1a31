"""Item types: each kind of question owns every conversion of its values.

Every type does the same few things, so that the screen, the workbook and the paper agree: what a person typed becomes
the canonical text of the store (``parse``), which goes into a cell and comes back unchanged (``to_cell``,
``from_cell``), is shown in Russian (``to_text``), and is bounded in Excel (``excel_rule``). The Qt class and the drawer
of the paper are found by ``widget_kind`` and ``print_kind`` in two small tables at the edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from app.forms.item_base import (
    LONGEST,
    MOST_NUMBER,
    NO,
    NOT_APPLICABLE,
    YES,
    Base,
    Cell,
    ExcelRule,
    ItemType,
    PrintKind,
    WidgetKind,
    cell_text,
    folded,
    place,
    refuse,
    tidy,
)
from app.forms.number_types import DecimalType, WholeType
from app.forms.schema import Choice, Item, ItemKind, Scale
from app.forms.text_types import DateType, LinkType, TextType

_YES_WORDS = frozenset({"yes", "да", "есть", "+", "1", "v", "х", "x", "true", "истина", "имеется", "✓", "✔", "☑"})
_NO_WORDS = frozenset({"no", "нет", "-", "0", "false", "ложь", "отсутствует", "не имеется", "☐"})


def _scale(item: Item) -> Scale:
    if item.scale is None:
        raise ValueError(f"the item {item.id} has no scale")
    return item.scale


@lru_cache(maxsize=4096)
def choice_keys(choice: Choice) -> tuple[str, ...]:
    """Return every folded way to write a choice: its value, its text, its short text."""
    return tuple(dict.fromkeys(folded(word) for word in (choice.value, choice.text, choice.short) if word.strip()))


def _find(scale: Scale, raw: str) -> Choice | None:
    wanted = folded(raw)
    for choice in scale.choices:
        if wanted in choice_keys(choice):
            return choice
    # a pasted number of points, or «2,0» and «2.0» instead of «2»
    number = re.fullmatch(r"([0-9]{1,6})(?:[.,]0+)?", wanted)
    if not number:
        return None
    same = [choice for choice in scale.choices if choice.value == number[1]]
    if not same and not any(choice.value.isdigit() for choice in scale.choices):
        same = [choice for choice in scale.choices if choice.points == int(number[1])]
    return same[0] if len(same) == 1 else None


def _known(scale: Scale) -> str:
    return "; ".join(choice.text for choice in scale.choices)


def split_other(scale: Scale, raw: str) -> tuple[str, str]:
    """Return «другое: спортзал» as the choice and the text beside it; anything else with an empty text."""
    if _find(scale, raw) is None:
        for choice in scale.choices:
            if not choice.other:
                continue
            for word in (choice.text, choice.short):
                head = tidy(word).rstrip(" .:…_")
                text = raw.strip()
                if head and folded(text[: len(head)]) == folded(head) and re.match(r"\s*[:(—–-]", text[len(head) :]):
                    tail = text[len(head) :].strip().lstrip(":—–- ")
                    inner = tail[1:-1] if tail.startswith("(") and tail.endswith(")") else tail
                    return choice.value, inner.strip()
    return raw, ""


class ChoiceType(Base):
    """One of several answers; canonical is the value of the choice."""

    widget_kind: WidgetKind = "choice"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes value, text, short text or points, in any letter case."""
        if not tidy(raw):
            return None
        found = _find(_scale(item), raw)
        if found is None:
            refuse("ITEM_CHOICE", item, raw, known=_known(_scale(item)))
        return found.value

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        found = _scale(item).choice(value)
        return found.text if found else value

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        values = tuple(choice.text for choice in _scale(item).choices)
        if item.not_applicable:
            values = (*values, NOT_APPLICABLE)
        return ExcelRule("list", values, prompt="Выберите ответ из списка.", refusal="Выберите ответ из списка.")

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        return tuple(choice.value for choice in _scale(item).choices)


class ManyType(Base):
    """Several answers; canonical are their values in the order of the scale, joined by «;»."""

    widget_kind: WidgetKind = "many"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; answers stand apart by «;» or lines, where no text has them also by commas."""
        pieces = [piece for piece in re.split(r"[;\n]", raw) if tidy(piece)]
        if not pieces:
            return None
        scale = _scale(item)
        found: set[str] = set()
        start = 0
        while start < len(pieces):
            start += self._take(item, scale, pieces[start:], found)
        return join_values(scale, found)

    def _take(self, item: Item, scale: Scale, pieces: list[str], found: set[str]) -> int:
        """Find the longest row of pieces that is one choice (its own text may have «;») and say how many they are."""
        for length in range(len(pieces), 0, -1):
            choice = _find(scale, ";".join(pieces[:length]))
            if choice is not None:
                found.add(choice.value)
                return length
        for part in pieces[0].split(","):
            choice = _find(scale, part)
            if choice is None:
                refuse("ITEM_CHOICE", item, pieces[0], known=_known(scale))
            found.add(choice.value)
        return 1

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        scale = _scale(item)
        words = [(scale.choice(part), part) for part in value.split(";")]
        return "; ".join(choice.text if choice else part for choice, part in words)

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002 - the contract of all types
        """See ``ItemType``; Excel knows no list of several answers."""
        return ExcelRule("none", prompt="Можно несколько ответов: поставьте между ними точку с запятой.")

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        scale = _scale(item)
        values = [choice.value for choice in scale.choices]
        return tuple(dict.fromkeys((values[0], join_values(scale, values), join_values(scale, values[-2:]))))


def join_values(scale: Scale, values: Iterable[str]) -> str:
    """Return the canonical value of several choices."""
    wanted = set(values)
    return ";".join(choice.value for choice in scale.choices if choice.value in wanted)


class FlagType(Base):
    """A mark: «yes» or «no»; shown as «есть» and «нет» or as its scale words it."""

    widget_kind: WidgetKind = "flag"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes «да», «есть», «+», «1», a tick and their opposites."""
        if not tidy(raw):
            return None
        if item.scale is not None and (found := _find(item.scale, raw)) is not None:
            return found.value
        word = folded(raw)
        number = re.fullmatch(r"([01])[.,]0+", word)
        word = number[1] if number else word
        if word in _NO_WORDS:
            return NO
        if word not in _YES_WORDS:
            refuse("ITEM_FLAG", item, raw, yes=self.to_text(item, YES), no=self.to_text(item, NO))
        return YES

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        found = item.scale.choice(value) if item.scale is not None else None
        return found.text if found is not None else {YES: "есть", NO: "нет"}.get(value, value)

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        values: tuple[str, ...] = tuple(self.to_text(item, value) for value in self.sample_values(item))
        if item.not_applicable:
            values = (*values, NOT_APPLICABLE)
        words = f"Выберите «{values[0]}» или «{values[1]}»."
        return ExcelRule("list", values, prompt=words, refusal=words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        return (YES, NO) if item.scale is None else tuple(choice.value for choice in item.scale.choices)


TYPES: Mapping[ItemKind, ItemType] = MappingProxyType(
    {
        "choice": ChoiceType(),
        "many": ManyType(),
        "flag": FlagType(),
        "whole": WholeType(),
        "decimal": DecimalType(),
        "text": TextType(),
        "date": DateType(),
        "link": LinkType(),
    }
)


def type_of(item: Item) -> ItemType:
    """Return the type of an item."""
    return TYPES[item.kind]


__all__ = [
    "LONGEST", "MOST_NUMBER", "NO", "NOT_APPLICABLE", "TYPES", "YES", "Cell", "ChoiceType", "DateType", "DecimalType",
    "ExcelRule", "FlagType", "ItemType", "LinkType", "ManyType", "PrintKind", "TextType", "WholeType", "WidgetKind",
    "cell_text", "choice_keys", "folded", "join_values", "place", "split_other", "tidy", "type_of",
]  # fmt: skip
