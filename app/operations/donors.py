"""What donors can do in a school year, and how far schools are from each other: grids with block paste."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.errors import UserError
from app.models import organisations
from app.models import ties as stored
from app.models.organisations import School
from app.models.store import Connection, Store
from app.models.ties import Distance, Donor, Draft
from app.operations import agreement_grids
from app.operations import tie_grids as grids
from app.operations.tie_grids import DONOR_COLUMNS, WAY_WORDS
from app.texts import count, school_year

_COLUMNS = {item.key: item for item in DONOR_COLUMNS}


@dataclass(frozen=True, slots=True)
class DonorTable:
    """The grid of a school year: every own school with what it can do; ``helps`` counts the schools it helps."""

    school_year: int
    schools: tuple[School, ...]
    donors: Mapping[int, Donor]
    helps: Mapping[int, int]

    def text(self, school_id: int, column: str) -> tuple[str, str]:
        """Return what a cell shows and what is wrong with it."""
        donor = self.donors.get(school_id, Donor(school_id))
        if column in donor.drafts:
            return donor.drafts[column][0], grids.trouble(_COLUMNS[column], donor.drafts[column])
        return agreement_grids.shown(None, _COLUMNS[column], getattr(donor, column)), ""


@dataclass(frozen=True, slots=True)
class WayTable:
    """Distances between own schools; ``drafts``: (first, second) → column → draft, either way round."""

    schools: tuple[School, ...]
    ways: Mapping[tuple[int, int], Distance]
    drafts: Mapping[tuple[int, int, str], Draft]

    def text(self, first: int, second: int, column: str) -> tuple[str, str]:
        """Return what a cell shows and what is wrong with it."""
        one, two = sorted((first, second))
        draft = self.drafts.get((one, two, column))
        if draft is not None:
            return draft[0], agreement_grids.trouble(DONOR_COLUMNS[0], draft)
        way = self.ways.get((one, two))
        value = None if way is None else getattr(way, column)
        return ("" if value is None else str(value)), ""

    @property
    def known(self) -> int:
        """Return how many pairs of these schools have a distance."""
        shown = {school.id for school in self.schools}
        return sum(first in shown and second in shown for first, second in self.ways)


def _own(connection: Connection) -> tuple[School, ...]:
    return tuple(school for school in organisations.listing(connection) if school.status == "active")


# --- donors ----------------------------------------------------------------------------------------------------


def donor_table(connection: Connection, year: int) -> DonorTable:
    """Return what every own school can do in a school year."""
    pairs = {(t.donor_id, t.receiver_id) for t in stored.ties(connection, (year,))
             if t.state in {"existing", "planned", "agreed"}}  # fmt: skip
    helps: dict[int, int] = {}
    for donor, _receiver in pairs:
        helps[donor] = helps.get(donor, 0) + 1
    return DonorTable(year, _own(connection), stored.donors(connection, year), helps)


def check(connection: Connection, cells: Iterable[tuple[int, str, str]]) -> None:
    """Refuse entries of donors that do not fit, where there is no table in which they could wait to be put right.

    Raises:
        UserError: ``DATA_DONOR_CAPACITY``, or what else is wrong with an entry.
    """
    for _school, name, raw in cells:
        _value, code = grids.read(connection, _COLUMNS[name], raw)
        if code is not None and name == "capacity":
            raise UserError("DATA_DONOR_CAPACITY", raw=raw)
        if code is not None:
            raise UserError(code, raw=raw, known=", ".join((_COLUMNS[name].words or {}).values()))


def put_donors(store: Store, year: int, cells: Iterable[tuple[int, str, str]]) -> int:
    """Write capacity, consent and notes of donors as one operation; what does not fit stays and is marked.

    Args:
        store: the open file.
        year: school year.
        cells: (school, «capacity», «consent» or «note», text as typed).

    Returns:
        How many entries do not fit.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``DATA_TIE_NO_COLUMN``.
    """
    typed = {(school, name): raw.strip() for school, name, raw in cells}
    names = _known(store.connection, {school for school, _name in typed})
    for _school, name in typed:
        if name not in _COLUMNS:
            raise UserError("DATA_TIE_NO_COLUMN", name=name, known=", ".join(_COLUMNS))
    if not typed:
        return 0
    (school, name), single = next(iter(typed)), len(typed) == 1
    what = names[school] if single else count(len(typed), "ячейка", "ячейки", "ячеек")
    merge = f"donor:{year}:{school}:{name}" if single else None
    unfit = 0
    with store.operation(f"Возможности доноров, {school_year(year)}: {what}", "donor.put", merge=merge) as operation:
        for (school, name), raw in typed.items():
            value, code = grids.read(store.connection, _COLUMNS[name], raw)
            unfit += code is not None
            stored.put_entry(operation, stored.donor_table(year), school, name, raw, code)
            if code is None:
                stored.put_donor(operation, school, year, **{name: value})
    return unfit


def put_donor_draft(store: Store, year: int, school: int, name: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it."""
    with store.operation("Набран текст", "donor.draft", merge=f"donor:{year}:{school}:{name}") as operation:
        code = "DRAFT" if raw.strip() else None
        stored.put_entry(operation, stored.donor_table(year), school, name, raw.strip(), code)


def take_last_year(store: Store, year: int) -> int:
    """Take capacities and consents of last year over where nothing is said yet; returns of how many schools."""
    last, present = (stored.donors(store.connection, y) for y in (year - 1, year))
    wanted = {
        key: donor
        for key, donor in last.items()
        if key not in present and any(value is not None for value in (donor.capacity, donor.consent, donor.note))
    }
    label = f"Возможности доноров, {school_year(year)}: взято прошлогоднее"
    with store.operation(label, "donor.copy") as operation:
        for key, donor in wanted.items():
            stored.put_donor(operation, key, year, capacity=donor.capacity, consent=donor.consent, note=donor.note)
    return len(wanted)


# --- distances -------------------------------------------------------------------------------------------------


def way_table(connection: Connection) -> WayTable:
    """Return the distances between own schools."""
    waiting = {
        (key, int(other), column): draft
        for column in WAY_WORDS
        for key, cells in stored.drafts(connection, stored.way_table(column)).items()
        for other, draft in cells.items()
    }
    return WayTable(_own(connection), stored.distances(connection), waiting)


def put_ways(store: Store, column: str, cells: Iterable[tuple[int, int, str]]) -> int:
    """Write kilometres or minutes between schools as one operation; there and back are alike.

    Args:
        store: the open file.
        column: «km» or «minutes».
        cells: (school, school, text as typed); of two texts for one pair the last that is not empty counts.

    Returns:
        How many entries do not fit.

    Raises:
        UserError: ``GEN_NO_SCHOOL``, ``DATA_DISTANCE_SELF``.
    """
    typed: dict[tuple[int, int], str] = {}
    asked = list(cells)
    names = _known(store.connection, {school for first, second, _raw in asked for school in (first, second)})
    for first, second, raw in asked:
        if first == second:
            raise UserError("DATA_DISTANCE_SELF", school=names[first])
        one, two = sorted((first, second))
        typed[one, two] = raw.strip() or typed.get((one, two), "")
    if not typed:
        return 0
    (first, second), single = next(iter(typed)), len(typed) == 1
    what = f"{names[first]} — {names[second]}" if single else count(len(typed), "пара", "пары", "пар")
    merge = f"way:{column}:{first}:{second}" if single else None
    unfit = 0
    with store.operation(f"Расстояния между школами: {what}", "distance.put", merge=merge) as operation:
        for (first, second), raw in typed.items():
            value, code = grids.read_number(column, raw)
            unfit += code is not None
            stored.put_entry(operation, stored.way_table(column), first, str(second), raw, code)
            if code is None:
                stored.put_distance(operation, first, second, **{column: value})
    return unfit


def set_way(store: Store, first: int, second: int, km: int | None = None, minutes: int | None = None) -> None:
    """Write the distance between two schools; what is not given stays.

    Raises:
        UserError: ``DATA_DISTANCE_EMPTY``, ``DATA_DISTANCE_SELF``, ``GEN_NO_SCHOOL``.
    """
    values = {name: value for name, value in (("km", km), ("minutes", minutes)) if value is not None}
    if not values:
        raise UserError("DATA_DISTANCE_EMPTY")
    names = _known(store.connection, {first, second})
    if first == second:
        raise UserError("DATA_DISTANCE_SELF", school=names[first])
    with store.operation(f"Расстояние: {names[first]} — {names[second]}", "distance.put") as operation:
        stored.put_distance(operation, first, second, **values)


def put_way_draft(store: Store, column: str, first: int, second: int, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it."""
    one, two = sorted((first, second))
    with store.operation("Набран текст", "distance.draft", merge=f"way:{column}:{one}:{two}") as operation:
        code = "DRAFT" if raw.strip() else None
        stored.put_entry(operation, stored.way_table(column), one, str(two), raw.strip(), code)


def _known(connection: Connection, school_ids: set[int]) -> dict[int, str]:
    """Return key → name.

    Raises:
        UserError: ``GEN_NO_SCHOOL``.
    """
    names = {}
    for key in school_ids:
        school = organisations.get(connection, key)
        if school is None:
            raise UserError("GEN_NO_SCHOOL", query=key)
        names[key] = school.shown
    return names
