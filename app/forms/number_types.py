"""Item types of numbers: ``whole`` and ``decimal``."""

from __future__ import annotations

import re
from decimal import Decimal

from app.forms.item_base import DASHES, MOST_NUMBER, Base, Cell, ExcelRule, PrintKind, WidgetKind, refuse, tidy
from app.forms.schema import Item

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,15})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?")


def _number(item: Item, raw: str) -> Decimal | None:
    """Read a number as people type it: «1 200», «12,5», «45 %», «−3»."""
    text = DASHES.sub("-", tidy(raw)).removesuffix("%").strip()
    if not text:
        if tidy(raw):
            refuse("ITEM_NUMBER", item, raw)
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(" ", "")
    text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        refuse("ITEM_NUMBER", item, raw)
    return Decimal(text)


def _within(item: Item, number: Decimal, raw: str) -> None:
    least = -MOST_NUMBER if item.least is None else item.least
    most = MOST_NUMBER if item.most is None else item.most
    if number < least:
        refuse("ITEM_LEAST", item, raw, least=least)
    if number > most:
        refuse("ITEM_MOST", item, raw, most=most)


def _bounds_words(item: Item) -> str:
    if item.least is not None and item.most is not None:
        return f" от {item.least} до {item.most}"
    if item.least is not None:
        return f" не меньше {item.least}"
    return "" if item.most is None else f" не больше {item.most}"


class WholeType(Base):
    """A whole number; canonical «12»."""

    widget_kind: WidgetKind = "whole"
    print_kind: PrintKind = "number"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        number = _number(item, raw)
        if number is None:
            return None
        if number != number.to_integral_value():
            refuse("ITEM_WHOLE", item, raw)
        _within(item, number, raw)
        return str(int(number))

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return int(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value.replace("-", "−")

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        words = f"Целое число{_bounds_words(item)}."
        least = -MOST_NUMBER if item.least is None else item.least
        return ExcelRule("whole", (), least, MOST_NUMBER if item.most is None else item.most, words, words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        least = 0 if item.least is None else item.least
        most = max(least, 120 if item.most is None else item.most)
        return tuple(str(number) for number in sorted({least, (least + most) // 2, most}))


class DecimalType(Base):
    """A number with a fraction; canonical «12.5», without closing noughts."""

    widget_kind: WidgetKind = "decimal"
    print_kind: PrintKind = "number"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        number = _number(item, raw)
        if number is None:
            return None
        text = f"{number:f}"
        whole, _dot, tail = text.partition(".")
        tail = tail.rstrip("0")
        if len(tail) > item.places:
            refuse("ITEM_PLACES", item, raw, places=item.places)
        _within(item, number, raw)
        plain = f"{int(whole)}" if not whole.startswith("-") else f"-{int(whole[1:])}"
        joined = f"{plain}.{tail}" if tail else plain
        return "0" if joined == "-0" else joined

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return float(value) if "." in value else int(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value.replace(".", ",").replace("-", "−")

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        words = f"Число{_bounds_words(item)}, знаков после запятой не больше {item.places}."
        least = -MOST_NUMBER if item.least is None else item.least
        return ExcelRule("decimal", (), least, MOST_NUMBER if item.most is None else item.most, words, words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        least = 0 if item.least is None else item.least
        most = max(least, 120 if item.most is None else item.most)
        middle = f"{least + Decimal('0.5')}" if most > least and item.places else None
        return tuple(dict.fromkeys(value for value in (str(least), middle, str(most)) if value))
