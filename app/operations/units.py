"""Units of a file on their way into the registry: who is meant, who is new, whom nobody knows (decisions 3-5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.errors import Problem, problem
from app.importers.packed import MarkRows
from app.importers.parsed import FileReading, ParsedSchool, UnitRef
from app.models import organisations, settings
from app.models.organisations import School
from app.models.records import CodeSystem, Origin
from app.models.store import Connection, Operation, free_keys
from app.operations.areas import Areas
from app.operations.matching import Directory, normal_area, normal_login, normal_name
from app.operations.plans import Options, Unknown

Place = tuple[int | None, int | None]
"""(organisation, area): one of them is None."""
_UNIQUE = frozenset({"fisoko", "oo", "own"})
_STATUS_WORDS = {"действ": "active", "открыт": "active", "закрыт": "closed", "ликвид": "closed",
                 "реорг": "reorganised", "приост": "suspended", "ремонт": "suspended"}  # fmt: skip
_NEW_SCHOOL = ("name", "short_name", "kind", "school_type", "area_id", "settlement", "own", "status")


def unit_key(unit: UnitRef) -> str:
    """Return what identifies a unit of a file: its first code, else its name and municipality."""
    if unit.codes:
        system, value = unit.codes[0]
        return f"{system}:{normal_login(value) if system == 'fisoko' else value}"
    return f"name:{normal_name(unit.name)}|{normal_area(unit.municipality or '')}"


def facts_of(reading: FileReading) -> Iterator[Sequence[Any]]:
    """Yield the rows of a reading that speak of a unit, kind by kind."""
    yield from (reading.marks, reading.journals, reading.tasks, reading.scores, reading.metrics, reading.externals)


def named_units(reading: FileReading) -> dict[UnitRef, None]:
    """Return every unit that the facts of a reading name, once each, in their order."""
    found: dict[UnitRef, None] = {}
    for rows in facts_of(reading):
        found |= dict.fromkeys(rows.units if isinstance(rows, MarkRows) else (row.unit for row in rows))
    return found


class Units:
    """The registry as one file meets it. Schools to be made are written together by ``flush``."""

    def __init__(self, connection: Connection, reading: FileReading, options: Options) -> None:
        self._reading = reading
        self._options = options
        self._directory = Directory(connection)
        self._areas = Areas(connection, all_own=options.all_own or settings.get(connection, "all_own") == "1")
        self._named = named_units(reading)
        self._operation: Operation | None = None
        self._found: dict[str, int | None] = {}
        self._unknown: dict[str, UnitRef] = {}
        self._first_key = free_keys(connection, "organisation")
        self._made: list[tuple[Any, ...]] = []
        self._codes: list[tuple[int, str, str]] = []
        self._aliases: dict[tuple[str, str], tuple[int, str]] = {}
        self._area: dict[str | None, tuple[int | None, bool]] = {}
        self._drafts = organisations.drafts(connection, "organisation") if reading.schools else {}
        self.problems: list[Problem] = []
        schools = {unit.municipality or None for unit in self._named if unit.kind == "school"}
        self._municipalities = schools | {row.municipality or None for row in reading.schools}
        self._areas.learn(self._municipalities)

    def begin(self, operation: Operation) -> None:
        """Write from now on what is found out."""
        self._operation = operation

    # who is meant ----------------------------------------------------------------------------------------

    def places(self) -> Mapping[UnitRef, Place | None]:
        """Return (organisation, area) of every unit that the facts name; None for whom nobody knows."""
        return {unit: self._place(unit) for unit in self._named}

    def school(self, key: int | None) -> School | None:
        """Return a school of the registry, also one just made."""
        return None if key is None else self._directory.schools.get(key)

    def _place(self, unit: UnitRef) -> Place | None:
        if unit.kind != "school":
            return None, self._areas.ensure(self._operation, unit)
        key = unit_key(unit)
        if key not in self._found:
            self._found[key] = self._school(unit, key)
        found = self._found[key]
        if found is None:
            self._unknown.setdefault(key, unit)
            return None
        return found, None

    def _school(self, unit: UnitRef, key: str) -> int | None:
        found = self._directory.find(unit.name, unit.codes, unit.municipality)
        if found is not None:
            self._learn(found, unit)
            return found
        decision = self._options.decisions.get(key)
        if decision is None and self._options.create_schools:
            decision = "create"
        if decision == "create":
            return self._create(unit)
        if isinstance(decision, int):
            self._learn(decision, unit)
            # codes that came with a person's decision are remembered, too
            self._give_codes(decision, unit.codes, unit.name, None)
            return decision
        return None

    def _learn(self, school_id: int, unit: UnitRef) -> None:
        """Remember a matched spelling; a code that stands for the name is none."""
        if any(unit.name in {value, f"ОО {value}"} for _system, value in unit.codes):
            return
        normal, scope = normal_name(unit.name), normal_area(unit.municipality or "")
        if (
            normal
            and normal != self._directory.name_of(school_id)
            and self._directory.alias(normal, scope) != school_id
        ):
            self._aliases[normal, scope] = (school_id, unit.name)
        self._directory.remember(normal, scope, school_id)

    def _give_codes(self, key: int, codes: Iterable[tuple[CodeSystem, str]], name: str, origin: Origin | None) -> bool:
        """Give a school the codes it lacks; one that is another's stays there and is told. True where one was given."""
        given = False
        for system, value in codes:
            code = normal_login(value) if system == "fisoko" else value
            holders = self._directory.holders(system, code)
            if key in holders:
                continue
            if holders and system in _UNIQUE:
                other = self._directory.schools.get(next(iter(holders)))
                self.problems.append(
                    problem(
                        "DATA_CODE_TAKEN", school=name, value=code, other=other.shown if other else "",
                        sheet=origin.sheet if origin else None, cell=str(origin.row_from) if origin else None,
                    )
                )  # fmt: skip
                continue
            self._directory.give(key, system, code)
            self._codes.append((key, system, code))
            given = True
        return given

    def _create(self, unit: UnitRef, parsed: ParsedSchool | None = None) -> int:
        area_id, own = self._area_of(unit.municipality)
        codes = tuple([(s, normal_login(v) if s == "fisoko" else v) for s, v in unit.codes])
        key = self._first_key + len(self._made)
        school = School(
            id=key, name=unit.name, short_name=parsed.short_name if parsed else None, kind="school",
            school_type=parsed.school_type if parsed else None, area_id=area_id, municipality=unit.municipality,
            settlement=parsed.settlement if parsed else None, settlement_kind=None, address=None,
            status=_status(parsed) if parsed else "active", own=own, duplicate_of=None, position=None, codes=codes,
        )  # fmt: skip
        self._directory.add(school, codes)
        self._made.append((
            school.name, school.short_name, "school", school.school_type, area_id, school.settlement, int(own),
            school.status,
        ))  # fmt: skip
        self._codes.extend([(key, system, value) for system, value in codes])
        return key

    def _area_of(self, municipality: str | None) -> tuple[int | None, bool]:
        """Return the area of a municipality and whether it is ours."""
        known = self._area.get(municipality)
        if known is None:
            found = self._areas.own_id
            if municipality:
                found = self._areas.ensure(self._operation, UnitRef("municipality", municipality))
            known = self._area[municipality] = (found, self._areas.is_own(municipality))
        return known

    def flush(self, operation: Operation) -> None:
        """Write the schools that are new, codes and spellings that were learnt."""
        operation.bulk_insert("organisation", _NEW_SCHOOL, self._made, self._first_key)
        operation.bulk_insert("organisation_code", ("organisation_id", "system", "value"), self._codes)
        for (normal, scope), (key, spelling) in self._aliases.items():
            organisations.add_alias(operation, key, spelling, normal, scope)

    # whom nobody knows -----------------------------------------------------------------------------------

    def unknown(self) -> tuple[Unknown, ...]:
        """Return schools nobody knows with their likeliest namesakes; each becomes a problem unless it was skipped."""
        found = []
        rows_of, first_of = self._source_rows()
        for key, unit in self._unknown.items():
            rows, origin = rows_of[key], first_of.get(key)
            skipped = self._options.decisions.get(key) == "skip"
            proposals = (
                () if skipped else tuple(self._directory.propose(unit.name, unit.municipality, codes=unit.codes))
            )
            found.append(Unknown(key, unit.name, unit.municipality, unit.codes, rows, proposals))
            if not skipped:
                likely = f" Похожа на «{proposals[0].name}»." if proposals else ""
                self.problems.append(
                    problem(
                        "GEN_UNKNOWN_SCHOOL", school=unit.name, likely=likely, rows=rows,
                        sheet=origin.sheet if origin else None,
                        cell=(origin.cells or str(origin.row_from)) if origin else None,
                    )
                )  # fmt: skip
        return tuple(found)

    def _source_rows(self) -> tuple[dict[str, int], dict[str, Origin]]:
        """Return unknown unit → rows of the file that speak of it (one read for two purposes is one), and the first."""
        spans: dict[str, set[tuple[str | None, int, int]]] = {key: set() for key in self._unknown}
        first: dict[str, Origin] = {}
        if not spans:
            return {}, first
        keys = {unit: unit_key(unit) for unit in self._named if unit.kind == "school"}
        wanted = {unit: key for unit, key in keys.items() if key in spans}
        for rows in facts_of(self._reading):
            for unit, origin in _told_of(rows, wanted):
                spans[wanted[unit]].add((origin.sheet, origin.row_from, origin.row_to))
                first.setdefault(wanted[unit], origin)
        return {key: _length(found) for key, found in spans.items()}, first

    def note_strangers(self) -> None:
        """Say that a file of several municipalities has no school of ours, where not one is in our registry either."""
        ours = (key for key in self._found.values() if key is not None and self._directory.schools[key].own)
        found = self._areas.nobody_ours(self._municipalities)
        if found is not None and next(ours, None) is None:
            self.problems.append(found)

    # registry --------------------------------------------------------------------------------------------

    def take_schools(self) -> tuple[int, int, int]:
        """Take the rows of a registry; return how many records are new, changed, same."""
        new = changed = same = 0
        for parsed in self._reading.schools:
            found = self._directory.find(parsed.name, parsed.codes, parsed.municipality, parsed.settlement)
            if found is None:
                key = self._create(UnitRef("school", parsed.name, parsed.codes, parsed.municipality), parsed)
                new += 1
            else:
                key = found
                if self._update(found, parsed):
                    changed += 1
                else:
                    same += 1
            self._keep_drafts(key, parsed)
        return new, changed, same

    def _keep_drafts(self, key: int, parsed: ParsedSchool) -> None:
        """Keep the cells that fit no column; a draft whose cell now fits is put right."""
        stored = self._drafts.get(key, frozenset())
        if self._operation is None or not (parsed.drafts or stored):
            return
        drafted = {column for column, _raw, _code in parsed.drafts}
        for column, raw, code in parsed.drafts:
            organisations.put_draft(self._operation, "organisation", key, column, raw, code)
        fits = {system for system, _value in parsed.codes} | ({"status"} if parsed.status else set())
        for column in (stored & fits) - drafted:
            organisations.drop_draft(self._operation, "organisation", key, column)

    def _update(self, key: int, parsed: ParsedSchool) -> bool:
        """Fill in what the row says and the record does not have, or says otherwise; True if anything changed."""
        school = self._directory.schools[key]
        wanted = {
            "name": parsed.name, "short_name": parsed.short_name, "school_type": parsed.school_type,
            "settlement": parsed.settlement, "status": _status(parsed) if parsed.status else None,
        }  # fmt: skip
        values = {n: v for n, v in wanted.items() if v is not None and v != getattr(school, n)}
        if self._operation is not None and values:
            self._operation.update("organisation", key, **values)
        if "name" in values:
            # the name it had stays a spelling: files of earlier years bear it
            normal, scope = normal_name(school.name), normal_area(school.municipality or "")
            if normal != normal_name(parsed.name) and self._directory.alias(normal, scope) is None:
                self._aliases[normal, scope] = (key, school.name)
        given = self._give_codes(key, parsed.codes, parsed.name, parsed.origin)
        return bool(values) or given


def _told_of(rows: Sequence[Any], units: Collection[UnitRef]) -> Iterator[tuple[UnitRef, Origin]]:
    """Yield the unit and the place of the rows that speak of some units."""
    if not isinstance(rows, MarkRows):
        yield from ((row.unit, row.origin) for row in rows if row.unit in units)
        return
    wanted = [unit in units for unit in rows.units]
    columns = rows.columns
    for unit, sheet, line in zip(columns["unit"], columns["sheet"], columns["row"], strict=True):
        if wanted[unit]:
            yield rows.units[unit], Origin(rows.sheets[sheet], line, line)


def _status(parsed: ParsedSchool) -> str:
    """Return our word for «Состояние»; anything unknown means active and the draft keeps the text."""
    return _status_of(parsed.status or "")


@lru_cache(1_000)
def _status_of(text: str) -> str:
    return next((word for stem, word in _STATUS_WORDS.items() if text.casefold().startswith(stem)), "active")


def _length(spans: set[tuple[str | None, int, int]]) -> int:
    """Return how many rows spans of (sheet, first, last) cover together."""
    rows = 0
    reached: dict[str | None, int] = {}
    for sheet, first, last in sorted(spans, key=lambda span: (span[0] or "", *span[1:])):
        rows += max(0, last - max(first, reached.get(sheet, 0) + 1) + 1)
        reached[sheet] = max(last, reached.get(sheet, 0))
    return rows
