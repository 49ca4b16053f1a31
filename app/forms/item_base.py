"""What every item type has: the contract, names of items in messages, texts for comparing, cells as texts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NoReturn, Protocol

from app.errors import UserError
from app.forms.schema import Item
from app.texts import ru_date

Cell = str | int | float | bool | date | datetime | None
"""What a cell of a workbook holds."""
WidgetKind = Literal["choice", "many", "flag", "whole", "decimal", "text", "date", "link"]
PrintKind = Literal["boxes", "number", "lines", "date"]

YES, NO = "yes", "no"
LONGEST = 8000
"""Characters of a text answer."""
MOST_NUMBER = 10**9
"""Numbers stay below it: with six decimals they are still exact in Excel, which keeps 15 digits."""
NOT_APPLICABLE = "не применимо"

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009]+")
DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class ExcelRule:
    """What a cell of a blank may hold, as plain data.

    Attributes:
        kind: what Excel checks; ``none`` is any text.
        values: the texts of a list, in order.
        least, most: bounds of numbers, of dates as ISO texts, of a length.
        prompt: what is said when the cell is chosen; ``refusal`` when something else is typed.
    """

    kind: Literal["list", "whole", "decimal", "date", "length", "none"]
    values: tuple[str, ...] = ()
    least: int | str | None = None
    most: int | str | None = None
    prompt: str = ""
    refusal: str = ""


class ItemType(Protocol):
    """The contract of a type. ``item`` is always the item whose answer it is."""

    @property
    def widget_kind(self) -> WidgetKind:
        """Which widget asks it."""
        ...

    @property
    def print_kind(self) -> PrintKind:
        """How an empty place for the answer is drawn on paper."""
        ...

    def parse(self, item: Item, raw: str) -> str | None:
        """Return the canonical value, None where the text says nothing.

        ``parse(item, value) == value`` for every canonical value.

        Raises:
            UserError: ``ITEM_…``.
        """
        ...

    def to_cell(self, item: Item, value: str) -> Cell:
        """Return what goes into a cell."""
        ...

    def from_cell(self, item: Item, cell: Cell) -> str | None:
        """Return the canonical value of a cell, None where it is empty; ``from_cell(to_cell(v)) == v``.

        Raises:
            UserError: ``ITEM_…``.
        """
        ...

    def to_text(self, item: Item, value: str) -> str:
        """Return the value as people read it."""
        ...

    def excel_rule(self, item: Item) -> ExcelRule:
        """Return what Excel lets into the cell."""
        ...

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """Return canonical values for previews and tests, the bounds among them."""
        ...


def tidy(text: str) -> str:
    """Return a text on one line with single plain spaces."""
    return _SPACES.sub(" ", text).strip()


def folded(text: str) -> str:
    """Return a text for comparing: letter case, ё, dashes, spaces and the closing stop do not matter."""
    plain = DASHES.sub("-", tidy(text)).casefold().replace("ё", "е")
    return plain.rstrip(" .") or plain


def place(item: Item) -> str:
    """Return how a message names an item: «Пункт 6.8.1», or its wording cut short."""
    if item.number:
        return f"Пункт {item.number}"
    text = tidy(item.text)
    return f"«{text if len(text) <= 60 else text[:59].rstrip() + '…'}»"


def cell_text(cell: Cell) -> str:
    """Return what stands in a cell as the text that is kept as ``raw``: 44.0 → «44», a date → «01.09.2026»."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, datetime | date):
        return ru_date(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        exact = Decimal(f"{cell:.15g}")
        return f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"
    return str(cell)


def refuse(code: str, item: Item, raw: str, **context: object) -> NoReturn:
    """Refuse what was typed, naming the item and the text, which is cut where it is long.

    Raises:
        UserError: ``code``, always.
    """
    shown = tidy(raw)
    raise UserError(code, place=place(item), value=shown if len(shown) <= 80 else shown[:79] + "…", **context)


class Base:
    """What is alike in all types."""

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        raise NotImplementedError

    def from_cell(self, item: Item, cell: Cell) -> str | None:
        """See ``ItemType``."""
        return self.parse(item, cell_text(cell))
