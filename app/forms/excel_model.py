"""The records of a planned workbook: sheets, cells, looks, checks and tints as plain data. No writer is known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Value = str | int | float | date
SheetKind = Literal["list", "grid", "check", "lists", "meta"]
Look = Literal[
    "hidden", "title", "subject", "source", "howto", "live", "head", "group", "section", "note", "number", "criterion",
    "question", "sub", "last", "last_number", "last_day",
    "answer", "answer_centre", "answer_whole", "answer_decimal", "answer_day",
    "mark", "typed", "points", "score", "score_points", "level", "label", "cell_whole", "cell_decimal", "cell_text",
    "total", "list_head", "list", "list_points", "check_head", "check_text", "check_number", "check_word", "meta",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How a look is drawn; colours are six hexadecimal signs, empty where there are none."""

    bold: bool = False
    italic: bool = False
    size: int = 11
    colour: str = ""
    fill: str = ""
    border: bool = False
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "center", "bottom"] = "top"
    wrap: bool = True
    locked: bool = True
    number: str = ""


_GREY, _RULE_FILL, _ANSWER = "555555", "EEF0F3", "FFFBE6"
_TABLE = {"border": True}

STYLES: Mapping[Look, Style] = {
    "hidden": Style(size=9, colour=_GREY, wrap=False, number="@"),
    "title": Style(bold=True, size=13),
    "subject": Style(bold=True),
    "source": Style(size=9, colour=_GREY),
    "howto": Style(),
    "live": Style(bold=True, colour="1F3F7F", wrap=False),
    "head": Style(bold=True, fill=_RULE_FILL, border=True, valign="center"),
    "group": Style(bold=True, fill=_RULE_FILL, border=True, align="center", valign="center"),
    "section": Style(bold=True, fill="F6F7F9", border=True),
    "note": Style(size=9, colour=_GREY),
    "number": Style(border=True),
    "criterion": Style(border=True),
    "question": Style(border=True),
    "sub": Style(border=True, colour="333333"),
    "last": Style(border=True, colour=_GREY, fill="F2F2F2", italic=True),
    "last_number": Style(border=True, colour=_GREY, fill="F2F2F2", italic=True, align="right"),
    "last_day": Style(border=True, colour=_GREY, fill="F2F2F2", italic=True, number="dd.mm.yyyy"),
    "answer": Style(border=True, fill=_ANSWER, locked=False),
    "answer_centre": Style(border=True, fill=_ANSWER, locked=False, align="center"),
    "answer_whole": Style(border=True, fill=_ANSWER, locked=False, align="right", number="0"),
    "answer_decimal": Style(border=True, fill=_ANSWER, locked=False, align="right", number="0.######"),
    "answer_day": Style(border=True, fill=_ANSWER, locked=False, align="right", number="dd.mm.yyyy"),
    "mark": Style(border=True, fill=_ANSWER, locked=False, colour="8A4B00", bold=True),
    "typed": Style(border=True, fill=_ANSWER, locked=False),
    "points": Style(border=True, align="right", number="0"),
    "score": Style(bold=True, border=True, fill=_RULE_FILL),
    "score_points": Style(bold=True, border=True, fill=_RULE_FILL, align="right"),
    "level": Style(bold=True, border=True, fill=_RULE_FILL),
    "label": Style(border=True, bold=True),
    "cell_whole": Style(border=True, fill=_ANSWER, locked=False, align="right", number="0"),
    "cell_decimal": Style(border=True, fill=_ANSWER, locked=False, align="right", number="0.######"),
    "cell_text": Style(border=True, fill=_ANSWER, locked=False),
    "total": Style(border=True, bold=True, fill=_RULE_FILL, align="right", number="0"),
    "list_head": Style(bold=True, fill=_RULE_FILL, border=True),
    "list": Style(border=True),
    "list_points": Style(border=True, align="right", number="0"),
    "check_head": Style(bold=True, size=13),
    "check_text": Style(border=True),
    "check_number": Style(border=True, bold=True, align="right"),
    "check_word": Style(border=True),
    "meta": Style(size=9, wrap=False, number="@"),
}
"""The base font of every look is that of the papers."""


def letters(column: int) -> str:
    """Return the letters of a column, numbered from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Return a cell as Excel writes it; both numbered from 0."""
    return f"{letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: number of its sheet in the book, row and column from 0."""

    sheet: int
    row: int
    column: int

    @property
    def address(self) -> str:
        """Return it as Excel writes it."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is the same in every blank of the layout.

    Attributes:
        value: None leaves the cell empty, with its look; it may be filled in for a subject.
        formula: without the sign of equality, English names, commas.
        across: to which column it is joined with its neighbours, inclusive; -1 is not at all.
    """

    row: int
    column: int
    look: Look
    value: Value | None = None
    formula: str = ""
    across: int = -1


@dataclass(frozen=True, slots=True)
class Check:
    """A check of what is typed, for several cells.

    Attributes:
        cells: row and column.
        kind: ``list`` refers to a range of the plain sheet of lists; ``custom`` is a formula with «{cell}» for
            the first cell.
        source: the range or the formula, without the sign of equality.
        least, most: of whole numbers and decimals, None where there is no bound; years of dates.
        longest: the longest text that can be chosen: the cell must have room for it.
        title, message: told when a wrong value is typed; at most 32 and 255 signs.
    """

    kind: Literal["list", "whole", "decimal", "date", "custom"]
    source: str = ""
    least: int | None = None
    most: int | None = None
    title: str = ""
    message: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    longest: str = ""


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour that a formula switches on, written for the first row and column of the area."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    formula: str
    fill: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its name in the hidden row, width as Excel counts it."""

    name: str
    heading: str
    width: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet.

    Attributes:
        form: number of the form in the book from 0; -1 for the sheets of the book itself.
        head_first, head_row: rows of headings, printed on every page; down to the last everything is frozen; -1 is
            none.
        last_row: the last row of the table, for the filter.
        hidden_rows: rows that are not shown.
    """

    name: str
    kind: SheetKind
    form: int
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    checks: tuple[Check, ...] = ()
    tints: tuple[Tint, ...] = ()
    head_first: int = -1
    head_row: int = -1
    last_row: int = -1
    filtered: bool = False
    landscape: bool = False
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    footer: str = ""

    def column(self, name: str) -> int:
        """Return the number of a named column, -1 where the sheet has none."""
        return next((number for number, column in enumerate(self.columns) if column.name == name), -1)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a cell that is filled for one subject holds.

    Attributes:
        form: number of the form in the book from 0, -1 for the book.
        name: name of the column for a key of a row (``answer``, ``last``, ``mark``…), or of a line over the table
            (``subject``, ``period``), or of a fact of ``_form``.
        key: as the hidden column has it; item of a grid is found by its own id.
    """

    form: int
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Everything that all blanks of a round share; found again by identity, so that a writer keeps its template."""

    sheets: tuple[SheetPlan, ...]
    spots: Mapping[Spot, Place]


@dataclass(frozen=True, slots=True)
class BlankPlan:
    """A workbook for one subject (or one school with several forms).

    Attributes:
        title: property of the book.
        values: what stands in the places of the layout.
    """

    layout: Layout
    title: str
    values: Mapping[Place, Value] = field(default_factory=dict)

    def place(self, form: int, name: str, key: str = "") -> Place | None:
        """Return where something stands, None where the blank has no such place."""
        return self.layout.spots.get(Spot(form, name, key))
