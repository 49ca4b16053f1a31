"""Columns of the tables of our papers, as values for the cells of a region's form: one value a row, totals left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction as Exact
from typing import TYPE_CHECKING

from app.errors import UserError
from app.exporters.foreign_formats import CellValue, Figure
from app.models.store import Connection
from app.operations import paper_catalogue
from app.operations.papers import Paper
from app.reports.document import (
    Column,
    Day,
    Document,
    Fraction,
    Lines,
    Number,
    Plain,
    Roubles,
    Row,
    Share,
    Table,
    bare,
    shown,
)
from app.texts import NBSP

if TYPE_CHECKING:
    from app.operations.paper_catalogue import PaperKind

MOST_ROWS = 5000
Part = str
"""Of counts «12 из 31»: "" the text, «below» the first number, «of» the second; of several lines «first»."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that may be linked.

    Attributes:
        table: name of its table.
        column: its heading, with the heading over it: «Выше минимума: школ».
        part: see ``Part``.
        values: from the top down.
    """

    table: str
    column: str
    part: Part
    values: tuple[CellValue, ...]

    @property
    def shown(self) -> str:
        """Return what the choice is called."""
        return f"{self.column} ({_PARTS[self.part]})" if self.part else self.column


_PARTS: dict[Part, str] = {"below": "первое число", "of": "второе число", "first": "первая строка"}
PARTS = tuple(_PARTS)


def check(_connection: Connection, source: str, options: Mapping[str, str]) -> None:
    """Look at the source of a column before it is kept. Errors: ``OUT_KIND``, ``FOREIGN_ROWS``, ``FOREIGN_COLUMN``."""
    item = paper_catalogue.kind(source)
    rows = options.get("rows", "")
    if rows and not (rows.isdecimal() and len(rows) <= 4 and 1 <= int(rows) <= MOST_ROWS):
        raise UserError("FOREIGN_ROWS", rows=rows)
    if not options.get("column"):
        raise UserError("FOREIGN_COLUMN", paper=item.title, column="", table=options.get("table", ""))


def values_of(options: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a paper that a link holds fast."""
    try:
        found = json.loads(options.get("values") or "{}")
    except ValueError:
        found = {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def paper(connection: Connection, source: str, options: Mapping[str, str], year: int, day: date) -> Paper:
    """Make the paper that a column is taken from, for the year that the form reports on.

    Raises:
        UserError: ``OUT_KIND``, ``FOREIGN_NO_YEAR`` where it can't be made for that year; others of the paper.
    """
    item = paper_catalogue.kind(source)
    fixed = values_of(options)
    wanted = {one.key: str(year) for one in item.settings if one.kind in {"result_year", "plan_year"}} | fixed
    settled = paper_catalogue.settled(connection, item, wanted, day)
    for key, value in wanted.items():
        if settled.values.get(key, value) != value:
            raise UserError("FOREIGN_NO_YEAR", paper=item.title, year=_words(item, key, value))
    return paper_catalogue.make(connection, source, settled.values, day)


def _words(item: PaperKind, key: str, value: str) -> str:
    kind = next((one.kind for one in item.settings if one.key == key), "")
    return f"{value}{NBSP}год" if kind in {"result_year", "plan_year"} else value


def choices(document: Document) -> tuple[ColumnChoice, ...]:
    """Return the columns of the tables of a paper."""
    return tuple(choice for table in document.tables() for choice in _of_table(table))


def find(document: Document, options: Mapping[str, str], title: str) -> ColumnChoice:
    """Return the column that a link names. Errors: ``FOREIGN_COLUMN``."""
    wanted = (options.get("table", ""), options.get("column", ""), options.get("part", ""))
    for choice in choices(document):
        if (choice.table or wanted[0], choice.column, choice.part) == wanted or (
            not wanted[0] and (choice.column, choice.part) == wanted[1:]
        ):
            return choice
    raise UserError("FOREIGN_COLUMN", paper=title, column=wanted[1], table=wanted[0])


def _of_table(table: Table) -> list[ColumnChoice]:
    rows = [row for row in table.rows() if not row.total]
    found: list[ColumnChoice] = []
    names: dict[str, int] = {}
    outer = inner = 0
    for column in table.columns:
        name = _bare(f"{column.over}: {column.title}" if column.over else column.title)
        names[name] = names.get(name, 0) + 1
        name = name if names[name] == 1 else f"{name} ({names[name]})"
        cells = [_cells(row, column, inner if column.inner else outer) for row in rows]
        inner, outer = inner + column.inner, outer + (not column.inner)
        found.append(ColumnChoice(table.name, name, "", tuple(_value(one) for one in cells)))
        if any(isinstance(value, Fraction) for one in cells for value in one):
            found += [
                ColumnChoice(table.name, name, part, tuple(_part(one, part) for one in cells))
                for part in ("below", "of")
            ]
        if any(isinstance(value, Lines) and len(value.lines) > 1 for one in cells for value in one):
            found.append(ColumnChoice(table.name, name, "first", tuple(_first(one) for one in cells)))
    return found


def _cells(row: Row, column: Column, place: int) -> tuple[Plain, ...]:
    if not column.inner:
        return (bare(row.cells[place]),)
    return tuple(bare(part[place]) for part in row.parts)


def _bare(text: str) -> str:
    """Return a text without the places where a word may be broken."""
    return text.replace("\u00ad", "")


def _first(cells: tuple[Plain, ...]) -> CellValue:
    lines = [one.lines[0] for one in cells if isinstance(one, Lines) and one.lines]
    return _bare(lines[0]) if lines else _value(cells)


def _value(cells: tuple[Plain, ...]) -> CellValue:
    """Return one value of a row; several parts of a row become lines of one text."""
    if len(cells) == 1:
        return _plain(cells[0])
    return "\n".join(" ".join(shown(one)) for one in cells if one is not None) or None


def _plain(value: Plain) -> CellValue:
    match value:
        case None:
            return None
        case str():
            return _bare(value)
        case int():
            return Figure(Exact(value))
        case Fraction():
            return shown(value)[0]
        case Share(below, of):
            return Figure(Exact(100 * below, of), share=True) if of else None
        case Day(iso):
            return date.fromisoformat(iso[:10]) if len(iso) >= len("2026-11-23") else shown(value)[0]
        case Lines(lines):
            return _bare("\n".join(lines))
        case Number(exact):
            return Figure(Exact(exact))
        case Roubles(kopecks):
            return Figure(Exact(kopecks, 100))


def _part(cells: tuple[Plain, ...], part: Part) -> CellValue:
    counts = [one for one in cells if isinstance(one, Fraction)]
    if len(counts) != 1:
        return None
    return Figure(Exact(counts[0].below if part == "below" else counts[0].of))
