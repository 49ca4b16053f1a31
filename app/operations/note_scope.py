"""Whom and when a note or a report is about, and what its parts share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app import school_years
from app.models import organisations, results
from app.models.store import Connection
from app.operations import programmes
from app.operations.programme_blocks import AnalysisBlock, Sentence, Teller, plain_table
from app.reports.document import Table

Kind = Literal["note", "school", "report"]
"""A school year begins in August."""


@dataclass(frozen=True, slots=True)
class NoteScope:
    """What a note is about.

    Attributes:
        year: plan year of the execution and latest year of the results.
        day: today.
        programme_id: whose plan and indicators; None where the file has no programme.
        school_id: the one school of a school's note; None: the municipality.
        kind: which text it is for.
    """

    connection: Connection
    year: int
    day: date
    programme_id: int | None = None
    school_id: int | None = None
    kind: Kind = "note"

    @property
    def until(self) -> date:
        """The day on which things are looked at: today, or the last day of a year that is over."""
        return min(self.day, date(self.year, 12, 31))

    @property
    def school_year(self) -> int:
        """First year of the school year that day belongs to: whose decisions, partners, recommendations are told."""
        return school_years.year_of(self.until)

    @property
    def whole(self) -> bool:
        """About the municipality."""
        return self.school_id is None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the window asks for: a scope without the file. See ``NoteScope``; ``kind`` is a key of ``notes.KINDS``."""

    kind: Kind
    year: int
    day: date
    programme_id: int | None = None
    school_id: int | None = None

    def scope(self, connection: Connection) -> NoteScope:
        """Return the scope in a file."""
        found = scope_of(connection, self.year, self.day, programme_id=self.programme_id, school_id=self.school_id)
        return replace(found, kind=self.kind)


def scope_of(
    connection: Connection, year: int, day: date, *, programme_id: int | None = None, school_id: int | None = None
) -> NoteScope:
    """Return the scope; without a programme the one in force in that year is taken, or the newest municipal one.

    A merged school means its canonical record.
    """
    chosen = programme_for(connection, year) if programme_id is None else programme_id
    school = None if school_id is None else organisations.canonical(connection, school_id)
    return NoteScope(connection, year, day, chosen, school)


def programme_for(connection: Connection, year: int) -> int | None:
    """Return the municipal programme whose plan has a year: approved before draft, later editions first."""
    found = [line for line in programmes.listing(connection) if line.programme.kind == "municipal"]
    fitting = [line for line in found if year in line.programme.years]
    order = sorted(fitting, key=lambda line: (line.state == "approved", line.programme.edition, line.programme.id))
    return order[-1].programme.id if order else None


def years(connection: Connection, day: date) -> list[int]:
    """Return the years a note can be about, newest first: years of programmes and of results, and this one."""
    planned = {year for line in programmes.listing(connection) for year in line.programme.years}
    known = {*results.years(connection), *planned, day.year}
    return sorted((year for year in known if year <= day.year), reverse=True)


def block(
    teller: Teller, key: str, title: str, section: str, table: Table | None = None, note: str = ""
) -> AnalysisBlock:  # fmt: skip
    """Return what a teller has gathered as a part of a section of a note."""
    return replace(teller.block(key, title, "", table, None, note), section=section)


def with_table(made: AnalysisBlock) -> AnalysisBlock:
    """Return a part for the screen: one without a table shows its figures as one."""
    if made.table is not None or not made.figures:
        return made
    columns = (("Что", 5, False), ("Число", 2, True))
    return replace(made, table=plain_table(made.title, columns, [(item.what, item.value) for item in made.figures]))


def lead(section: str, title: str, blocks: Iterable[AnalysisBlock], keys: Iterable[str]) -> AnalysisBlock:
    """Return the first sentence of each of these blocks with their figures: the state of things in short."""
    known = {item.key: item for item in blocks}
    told: list[Sentence] = []
    figures = []
    for key in keys:
        if key in known and known[key].told:
            sentence = known[key].told[0]
            told.append(sentence)
            figures += [figure for figure in known[key].figures if figure.key in sentence.figures]
    return AnalysisBlock(
        f"{section}.lead", title, tuple(item.text for item in told), None, None, section, tuple(told), tuple(figures)
    )
