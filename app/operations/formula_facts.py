"""What formulas of indicators read from the file: schools, lists, marks, forms; each thing once for many indicators.

Years: a metric speaks of the plan year, unless «год: прошлый» or «год: 2025» is said. Results of spring Y belong to
plan year Y; registers of support are kept by school year, of which the plan year holds two halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from app.errors import UserError
from app.models import indicators as stored
from app.models import organisations, results, settings
from app.models.programme_records import Tree
from app.models.results import StoredMark
from app.models.store import Connection
from app.operations import identification
from app.operations.form_lines import CaseLine
from app.operations.identification import SchoolList
from app.reports.card_data import Origin, Way

T = TypeVar("T")
Parameters = Mapping[str, str]
ADVERSE_RULE = "lenobl-2018-shnsu"


@dataclass(frozen=True, slots=True)
class Part:
    """One line that a metric is made of.

    Attributes:
        what: whose or which: a school, an activity, a point of a decision.
        said: what it gives: «8 из 27», «выполнено 12.10.2026».
        counted: False for a line that is looked at but adds nothing.
        origin: the stored row, for «Откуда это?»; ``way``: the place of the window.
        amount: how much it adds, as it is shown; "" where it counts for one.
    """

    what: str
    said: str = ""
    counted: bool = True
    origin: Origin | None = None
    way: Way | None = None
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a metric gives: exact value, its words and lines; no value where data are missing, with the reason."""

    value: Fraction | None
    words: str
    parts: tuple[Part, ...] = ()


def reading(number: int | Fraction | None, words: str, parts: Iterable[Part] = ()) -> Reading:
    """Make a reading."""
    return Reading(None if number is None else Fraction(number), words, tuple(parts))


def missing(words: str) -> Reading:
    """Make a reading without a value, saying what is missing."""
    return Reading(None, words)


class Facts:
    """One programme, one plan year, one day.

    Args:
        connection: reading connection.
        tree: the programme; the school of a school's programme is the only one looked at.
        year: plan year.
        day: today.
    """

    def __init__(self, connection: Connection, tree: Tree, year: int, day: date) -> None:
        self.connection, self.tree, self.year, self.day = connection, tree, year, day
        self._kept: dict[object, object] = {}

    def keep(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made for a key, making it once."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]

    def year_of(self, told: Parameters) -> int:
        """Return the year that a metric asks for."""
        said = told.get("год", "этот")
        return {"этот": self.year, "прошлый": self.year - 1}.get(said) or int(said)

    # --- schools -------------------------------------------------------------------------------------------------

    @cached_property
    def own(self) -> dict[int, str]:
        """Own schools that work: key → short name."""
        found = organisations.listing(self.connection, own=True)
        return {school.id: school.shown for school in found if school.status == "active"}

    @cached_property
    def merged(self) -> Mapping[int, int]:
        """Records merged into another → that one."""
        return organisations.canonical_map(self.connection)

    @cached_property
    def one(self) -> dict[int, str] | None:
        """The school of a school's programme; None for the municipality's."""
        key = self.tree.programme.organisation_id
        if key is None:
            return None
        school = organisations.get(self.connection, self.merged.get(key, key))
        return {} if school is None else {school.id: school.shown}

    @cached_property
    def result_years(self) -> tuple[int, ...]:
        """Years with results, the newest first."""
        return tuple(results.years(self.connection))

    def list_of(self, year: int, rule: str | None = None) -> SchoolList | None:
        """Return the list of a result year by the rule of the settings; None without results or without the rule."""
        chosen = rule or settings.get(self.connection, "rule")
        return self.keep(("list", chosen, year), lambda: self._list(chosen, year))

    def _list(self, rule: str, year: int) -> SchoolList | None:
        if year not in self.result_years:
            return None
        try:
            return identification.school_list(self.connection, rule, year, with_change=False)
        except UserError as error:
            if error.code != "RULE_NOT_FOUND":
                raise
            return None  # the rule of the settings is gone: the page of the list says why

    @cached_property
    def on_list(self) -> dict[int, str]:
        """Schools of the newest list that is not later than the plan year."""
        year = next((year for year in self.result_years if year <= self.year), None)
        found = None if year is None else self.list_of(year)
        return {row.school_id: row.name for row in found.rows if row.listed} if found is not None else {}

    def schools(self, told: Parameters) -> tuple[dict[int, str], str]:
        """Return the schools that a metric looks at and how they are called."""
        if self.one is not None:
            return self.one, "школа программы"
        which = told.get("школы", "")
        if which == "все" or (not which and not self.on_list):
            return self.own, "все школы"
        if which == "вне списка":
            return {key: name for key, name in self.own.items() if key not in self.on_list}, "школы вне списка"
        return self.on_list, "школы списка"

    # --- results and forms ---------------------------------------------------------------------------------------

    def marks(self, year: int) -> list[StoredMark]:
        """Return the stored counts of a result year, without those of autumn."""

        def spring() -> list[StoredMark]:
            return [one for one in results.marks(self.connection, year=year) if not one.autumn]

        return self.keep(("marks", year), spring)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Subjects of which the file has results."""
        found = {"Математика", "Русский язык"} | {work.subject for work in results.assessment_ids(self.connection)}
        return tuple(sorted(found, key=str.casefold))

    def accepted(self, form_id: str) -> tuple[int | None, list[CaseLine]]:
        """Return the newest school year not after the plan year in which a form was sent, and its accepted answers."""
        return self.keep(("form", form_id), lambda: self._accepted(form_id))

    def _accepted(self, form_id: str) -> tuple[int | None, list[CaseLine]]:
        from app.models import forms
        from app.operations import form_lines

        rounds = [one for one in forms.rounds(self.connection, form_id=form_id) if one.school_year <= self.year]
        if not rounds:
            return None, []
        year = max(one.school_year for one in rounds)
        found = form_lines.lines(self.connection, [one for one in rounds if one.school_year == year], self.day)
        lines = [line for lines in found.values() for line in lines if line.case.locked and line.case.role != "expert"]
        if self.one is not None:
            lines = [line for line in lines if line.subject.school_id in self.one]
        return year, lines

    # --- registers of a school year ------------------------------------------------------------------------------

    def school_year(self, told: Parameters, table: str) -> int | None:
        """Return which school year of the plan year a register is read of; None where it has none of them.

        «начался» is the one that begins in the plan year, «закончился» the one that ends in it; unsaid, the newer of
        them that has rows.
        """
        year = self.year_of(told)
        said = told.get("учебный год", "последний")
        wanted: Sequence[int] = {"начался": (year,), "закончился": (year - 1,)}.get(said, (year, year - 1))
        have = self.keep(("years", table), lambda: stored.school_years_of(self.connection, table))
        return next((one for one in wanted if one in have), None)

    def canonical(self, key: int | None) -> int | None:
        """Return the school that speaks for a record."""
        return None if key is None else self.merged.get(key, key)

    def name(self, key: int | None) -> str:
        """Return the short name of a school, "" where there is none."""
        names = self.keep("names", lambda: {one.id: one.shown for one in organisations.listing(self.connection)})
        return names.get(key, "") if key is not None else ""

    def lines(self, table: str, columns: tuple[str, ...], school_year: int) -> list[dict[str, object]]:
        """Return rows of a register of a school year."""
        key = ("lines", table, columns, school_year)
        where = {"school_year": school_year}
        return self.keep(key, lambda: stored.lines_of(self.connection, table, columns, where))
