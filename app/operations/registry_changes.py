"""Comparing our registry with that of another year: new, closed, renamed, merged, split, other codes.

Rows are recognised by code first, then as any name is; what is left on both sides is paired by likeness and only
proposed. Nothing is written here; ``apply`` writes what a person picked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.errors import UserError
from app.importers.parsed import FileReading, ParsedSchool
from app.models import settings
from app.models.organisations import School
from app.models.store import Connection
from app.operations.areas import Areas
from app.operations.likeness import Side, differences, same_place, side, surely_same
from app.operations.matching import Directory, Match, Proposal, clashes, fold, normal_area, normal_login, normal_name
from app.operations.registry_deciding import Wanted, apply, read_decisions, resolve
from app.operations.registry_records import (
    ACTION_WORDS,
    KIND_WORDS,
    KINDS,
    Action,
    Applied,
    ChangeKind,
    Decision,
    RegistryChange,
    RegistryChanges,
    tallies,
)
from app.operations.school_names import parse
from app.texts import quoted

__all__ = [
    "ACTION_WORDS",
    "KINDS",
    "KIND_WORDS",
    "Action",
    "Applied",
    "ChangeKind",
    "Decision",
    "RegistryChange",
    "RegistryChanges",
    "Wanted",
    "apply",
    "compare",
    "read_decisions",
    "resolve",
    "tallies",
]

SAME_FROM = 60
"""From this likeness on a new row and a school that is missing are proposed as one, if nothing contradicts."""
NAMED_FROM = 40
"""From this likeness on a school is named among those that a row may mean."""
FEW = 60
"""So many missing schools are all compared with a row; of more, those that the index finds."""
_UNIQUE = ("fisoko", "oo", "own")
_JOINED = re.compile(r"присоедин|объедин|слиян|слит|влит|вошл|правопреем|реорганиз", re.IGNORECASE)
_PARTED = re.compile(r"выдел|отдел|разделен|разукрупн", re.IGNORECASE)
_ANY = "*"
_GONE = frozenset({"закрыта", "реорганизована"})
_HOW = {
    "alias": "такое написание запомнено", "name": "то же название", "number": "тот же номер и населённый пункт",
    "code": "тот же код",
}  # fmt: skip
_ABSENT = "в файле её нет ни по коду, ни по названию"


def compare(
    connection: Connection, reading: FileReading, school_year: int, *, all_own: bool = False
) -> RegistryChanges:
    """Say how a registry of another year differs from ours, and what may be done; nothing is written.

    Args:
        connection: reading connection.
        reading: a file of the kind «schools».
        school_year: first calendar year of the school year that the file describes.
        all_own: schools of all municipalities of the file are ours.

    Raises:
        UserError: ``DATA_NOT_REGISTRY``.
    """
    if reading.kind != "schools" or reading.refused is not None:
        raise UserError("DATA_NOT_REGISTRY", name=reading.name)
    return _Comparison(connection, reading, all_own=all_own).run(school_year)


class _Comparison:
    """One comparing of one file."""

    def __init__(self, connection: Connection, reading: FileReading, *, all_own: bool) -> None:
        self._reading = reading
        self._rows = reading.schools
        self._directory = Directory(connection)
        self._areas = Areas(connection, all_own=all_own or settings.get(connection, "all_own") == "1")
        self._areas.learn({row.municipality for row in self._rows})
        self._sides = [_side(row) for row in self._rows]
        self._matched: dict[int, Match] = {}
        self._row_of: dict[int, int] = {}
        self._changes: list[RegistryChange] = []
        self._keys: set[str] = set()
        self._rows_of: dict[tuple[object, ...], list[int]] = {}
        self._speaking = [number for number, row in enumerate(self._rows) if _speaks(row, self._sides[number])]
        self._offers: dict[int, list[Proposal]] = {}

    def run(self, school_year: int) -> RegistryChanges:
        """Compare."""
        self._recognise()
        others, skipped, fresh = self._left_rows()
        missing = {school.id: school for school in self._left_schools()}
        self._duplicates(missing)
        self._pair(fresh, missing)
        heirs = self._fresh_rows(fresh)
        self._gone(missing, heirs)
        self._known_rows(heirs)
        order = {kind: number for number, kind in enumerate(KINDS)}
        return RegistryChanges(
            self._reading.name, school_year,
            tuple((row, found.school_id, found.how) for row, found in sorted(self._matched.items())),
            tuple(sorted(self._changes, key=lambda change: order[change.kind])), others, skipped,
        )  # fmt: skip

    # --- who is who ------------------------------------------------------------------------------------------------

    def _recognise(self) -> None:
        """Match rows by code, then the others by spelling, name, number and settlement; one row a school."""
        found = [self._directory.match(r.name, r.codes, r.municipality, r.settlement) for r in self._rows]
        for by_code in (True, False):
            for number, match in enumerate(found):
                if match is None or (match.how == "code") != by_code or match.school_id in self._row_of:
                    continue
                if not by_code and clashes(self._rows[number].codes):
                    continue  # a login that nobody has: a person says whether it is the school of that name
                self._matched[number] = match
                self._row_of[match.school_id] = number

    def _left_rows(self) -> tuple[int, int, list[int]]:
        """Return how many unmatched rows are of others, how many are closed, and the numbers of the rest."""
        left = [number for number in range(len(self._rows)) if number not in self._matched]
        own = [number for number in left if self._areas.is_own(self._rows[number].municipality)]
        fresh = [number for number in own if self._rows[number].status not in _GONE]
        return len(left) - len(own), len(own) - len(fresh), fresh

    def _left_schools(self) -> Iterator[School]:
        """Give our schools at work that the file does not have, of the municipalities that it covers."""
        covered = {normal_area(row.municipality) for row in self._rows if row.municipality}
        schools = [s for s in self._directory.schools.values() if s.own and s.kind == "school"]
        if not any(normal_area(s.municipality or "") in covered for s in schools):
            covered = set()  # the file calls our municipality otherwise
        for school in schools:
            area = normal_area(school.municipality or "")
            at_work = school.status in {"active", "suspended"} and school.id not in self._row_of
            if at_work and (not covered or not area or area in covered):
                yield school

    # --- two of ours for one row -----------------------------------------------------------------------------------

    def _duplicates(self, missing: dict[int, School]) -> None:
        """Find records that one row of the file means both: by its codes, or by number and settlement."""
        for number, match in sorted(self._matched.items()):
            row = self._rows[number]
            bearers = {key for system, value in row.codes for key in self._bearers(system, value)}
            for key in sorted(bearers - {match.school_id}):
                if key in missing:
                    self._add_duplicate(missing.pop(key), match, row, "в одной строке файла стоят коды обеих записей")
        for number, mine in enumerate(self._sides):
            for trait in _telling(mine, (mine.area, _ANY)):
                self._rows_of.setdefault(trait, []).append(number)
        for school in list(missing.values()):
            named = self._named_so(school)
            if named is not None:
                number, match = named
                why = "то же название, что у записи, найденной в файле по коду"
                self._add_duplicate(missing.pop(school.id), match, self._rows[number], why)

    def _bearers(self, system: str, value: str) -> set[int]:
        if system not in _UNIQUE:
            return set()
        return self._directory.holders(system, normal_login(value) if system == "fisoko" else value)

    def _named_so(self, school: School) -> tuple[int, Match] | None:
        """Return the row, matched to another record by its code, that bears the name of this one too."""
        for theirs in self._directory.sides(school.id):
            # rows of the same municipality and rows that name none; all, where ours is not known
            areas = (theirs.area, "") if theirs.area else (_ANY,)
            near = {number for trait in _telling(theirs, areas) for number in self._rows_of.get(trait, ())}
            for number in sorted(near):
                match = self._matched.get(number)
                if match is not None and match.how == "code" and _one_name(self._sides[number], theirs):
                    return number, match
        return None

    def _add_duplicate(self, school: School, match: Match, row: ParsedSchool, why: str) -> None:
        kept = self._directory.schools[match.school_id]
        reasons = [why]
        login = dict(school.codes).get("fisoko")
        if login and login not in {normal_login(value) for _system, value in row.codes}:
            reasons.append(f"у неё свой логин {login}, в файле его нет")
        self._add(
            "duplicate", school.code or f"id{school.id}", "merge", ("merge", "link", "close", "none"), reasons,
            school=school, row=row, target=kept,
        )  # fmt: skip

    # --- rows that we do not have, schools that the file does not have ---------------------------------------------

    def _pair(self, fresh: list[int], missing: dict[int, School]) -> None:
        """Propose a row and a missing school as one where they are alike and nothing contradicts, the likeliest first.

        ``fresh`` and ``missing`` lose what was paired.
        """
        for number in list(fresh):
            row = self._rows[number]
            match = self._directory.match(row.name, (), row.municipality, row.settlement)
            school = missing.get(match.school_id) if match else None
            if match is not None and school is not None:
                fresh.remove(number)
                del missing[school.id]
                self._add_same(number, school, Proposal(school.id, school.shown, 100, (_HOW[match.how],)))
        offers = {number: self._candidates(number, missing) for number in fresh}
        pairs = sorted(
            ((-p.score, number, p) for number, found in offers.items() for p in found if p.school_id in missing),
            key=lambda pair: (pair[0], pair[1], pair[2].school_id),
        )
        self._offers.update(offers)
        for minus, number, proposal in pairs:
            school = missing.get(proposal.school_id)
            if number not in fresh or school is None or -minus < SAME_FROM:
                continue
            if not any(_contradicts(self._sides[number], theirs) for theirs in self._directory.sides(school.id)[:1]):
                fresh.remove(number)
                del missing[school.id]
                self._add_same(number, school, proposal)

    def _candidates(self, number: int, missing: dict[int, School]) -> list[Proposal]:
        """Return our schools that a row may mean: of the missing ones and of all, the likeliest first."""
        row = self._rows[number]
        named = {"settlement": row.settlement, "codes": tuple(row.codes), "least": NAMED_FROM}
        found = self._directory.propose(row.name, row.municipality, 10, **named)  # type: ignore[arg-type]
        if len(missing) <= FEW:
            found += self._directory.propose(row.name, row.municipality, 5, among=missing, **named)  # type: ignore[arg-type]
        unique = {proposal.school_id: proposal for proposal in found}
        return sorted(unique.values(), key=lambda p: (p.school_id not in missing, -p.score))

    def _add_same(self, number: int, school: School, proposal: Proposal) -> None:
        row = self._rows[number]
        reasons = [*_code_words(school, row), *proposal.reasons]
        theirs = min((differences(s, self._sides[number]) for s in self._directory.sides(school.id)), key=len)
        reasons += theirs
        others = tuple(p for p in self._offers.get(number, ()) if p.school_id != school.id)
        self._add(
            "code_changed", _code_of(row), "same", ("same", "create", "none"), reasons, school=school, row=row,
            candidates=(proposal, *others)[:3],
        )  # fmt: skip

    def _fresh_rows(self, fresh: list[int]) -> dict[int, str]:
        """Take rows that are paired with nobody; return number of the row → key of the change that may make it."""
        keys = {}
        for number in fresh:
            row, offers = self._rows[number], self._offers.get(number, [])
            parent = self._parent(number, offers)
            if parent is not None:
                school, proposed, why = parent
                change = self._add("split", _code_of(row), proposed, ("split", "create", "same", "none"), why, row=row,
                                   target=school, candidates=offers[:3])  # fmt: skip
            else:
                why = ["такого кода и названия в реестре нет"]
                if offers:
                    why.append(f"больше всего похожа {quoted(offers[0].name)}: {', '.join(offers[0].reasons)}")
                change = self._add("new", _code_of(row), "create", ("create", "same", "none"), why, row=row,
                                   candidates=offers[:3])  # fmt: skip
            keys[number] = change.key
        return keys

    def _parent(self, number: int, offers: list[Proposal]) -> tuple[School, Action, list[str]] | None:
        """Return the school of the file that a new one seems to come from, with the proposed action and why."""
        row, mine = self._rows[number], self._sides[number]
        if "филиал" in mine.name.traits:
            parent = self._parent_of_branch(mine)
            if parent is not None:
                return parent, "split", [f"это филиал, похоже, школы {quoted(parent.shown)}, она в файле есть"]
        known = [self._directory.schools[p.school_id] for p in offers if p.school_id in self._row_of]
        for school in known:
            theirs = self._directory.sides(school.id)
            if _PARTED.search(row.note or "") and any(_mentioned(row.note or "", s) for s in theirs):
                return school, "split", [f"в примечании: {row.note}"]
            if any(_one_name(mine, s) for s in theirs):
                return (
                    school,
                    "create",
                    [f"школа с таким названием уже найдена по другому коду: {quoted(school.shown)}"],
                )
        return None

    def _parent_of_branch(self, mine: Side) -> School | None:
        """Return the one school of the file, in the same municipality, whose number or name a branch bears."""
        found = set()
        for number, match in self._matched.items():
            theirs = self._sides[number]
            if theirs.name.traits or (mine.area and theirs.area and mine.area != theirs.area):
                continue
            telling = theirs.name.everything
            named = telling <= mine.name.everything if not theirs.name.numbers else False
            if theirs.name.numbers == mine.name.numbers and (named or theirs.name.numbers):
                found.add(match.school_id)
        return self._directory.schools[found.pop()] if len(found) == 1 else None

    # --- schools that are gone -------------------------------------------------------------------------------------

    def _gone(self, missing: dict[int, School], fresh: dict[int, str]) -> None:
        """Take schools that the file does not have: joined to another where the file says so, else closed."""
        for school in missing.values():
            code = school.code or f"id{school.id}"
            heir = self._heir(school)
            if heir is None:
                self._add("missing", code, "close", ("close", "link", "none"), [_ABSENT], school=school)
                continue
            number, why = heir
            match, row = self._matched.get(number), self._rows[number]
            target = self._directory.schools[match.school_id] if match else None
            self._add(
                "merged", code, "link", ("link", "close", "merge", "none") if match else ("link", "close", "none"),
                [_ABSENT, why], school=school, row=row, target=target, target_key=fresh.get(number) or "",
            )  # fmt: skip

    def _heir(self, school: School) -> tuple[int, str] | None:
        """Return the row that names a missing school: beside its own number in the name, or in the note."""
        theirs = self._directory.sides(school.id)
        for number in self._speaking:
            row, mine, match = self._rows[number], self._sides[number], self._matched.get(number)
            if match is not None and match.school_id == school.id:
                continue
            if mine.area and theirs[0].area and mine.area != theirs[0].area:
                continue
            if row.note and _JOINED.search(row.note) and any(_mentioned(row.note, s) for s in theirs):
                return number, f"в примечании к {quoted(row.name)}: {row.note}"
            if any(_contained(s, mine) for s in theirs) and not self._was_so(match, mine):
                return number, f"её номер и место стоят в новом названии: {quoted(row.name)}"
        return None

    def _was_so(self, match: Match | None, mine: Side) -> bool:
        """Tell whether our record of the row bears the same numbers already."""
        if match is None:
            return False
        return any(set(mine.name.numbers) <= set(s.name.numbers) for s in self._directory.sides(match.school_id))

    # --- rows that we have -----------------------------------------------------------------------------------------

    def _known_rows(self, fresh: dict[int, str]) -> None:
        for number, match in sorted(self._matched.items()):
            row, school = self._rows[number], self._directory.schools[match.school_id]
            code = school.code or f"id{school.id}"
            other = _code_words(school, row) if match.how == "code" else []
            if other:
                self._add("code_changed", code, "same", ("same", "none"), [*other, "узнана по другому коду"],
                          school=school, row=row)  # fmt: skip
            elif words := self._renamed(number, school):
                self._add("renamed", code, "rename", ("rename", "none"), words, school=school, row=row)
            if row.status in _GONE and school.status in {"active", "suspended"}:
                self._closed(row, school, code, fresh)
            elif row.status == "действует" and school.status in {"closed", "reorganised"}:
                self._add("reopened", code, "reopen", ("reopen", "none"), ["в файле она действует"], school=school,
                          row=row)  # fmt: skip

    def _renamed(self, number: int, school: School) -> tuple[str, ...]:
        """Return what the name in the file says otherwise; empty where it is the same name or a remembered spelling."""
        row = self._rows[number]
        if fold(row.name) in {fold(school.name), fold(school.short_name or "")}:
            return ()
        if self._directory.alias(normal_name(row.name), normal_area(school.municipality or "")) == school.id:
            return ()
        mine = [self._sides[number], *([_side(replace(row, name=row.short_name))] if row.short_name else [])]
        found = [differences(theirs, said) for theirs in self._directory.sides(school.id) for said in mine]
        return min(found, key=len)

    def _closed(self, row: ParsedSchool, school: School, code: str, fresh: dict[int, str]) -> None:
        why = [f"в файле она {row.status}"]
        for number in (*self._matched, *fresh):
            match = self._matched.get(number)
            if not row.note or (match is not None and match.school_id == school.id):
                continue
            if _mentioned(row.note, self._sides[number]):
                target = self._directory.schools[match.school_id] if match else None
                self._add("merged", code, "link", ("link", "close", "none"), [*why, f"в примечании: {row.note}"],
                          school=school, row=row, target=target, target_key=fresh.get(number) or "",
                          target_name=self._rows[number].name)  # fmt: skip
                return
        self._add("closed", code, "close", ("close", "link", "none"), why, school=school, row=row)

    # --- writing down ----------------------------------------------------------------------------------------------

    def _add(
        self, kind: ChangeKind, code: str, proposed: Action, possible: tuple[Action, ...], reasons: Iterable[str], *,
        school: School | None = None, row: ParsedSchool | None = None, target: School | None = None,
        target_key: str = "", target_name: str = "", candidates: Iterable[Proposal] = (),
    ) -> RegistryChange:  # fmt: skip
        key = stem = f"{kind}:{code}"
        again = 2
        while key in self._keys:
            key, again = f"{stem}~{again}", again + 1
        self._keys.add(key)
        named = target.shown if target else target_name or (row.name if row and target_key else None)
        change = RegistryChange(
            key, kind, proposed, possible, tuple(reasons), school.id if school else None,
            school.name if school else None, row, target.id if target else None, target_key or None, named,
            tuple(candidates),
        )  # fmt: skip
        self._changes.append(change)
        return change


def _side(row: ParsedSchool) -> Side:
    return side(row.name, normal_area(row.municipality or ""), row.municipality, row.settlement)


def _telling(said: Side, areas: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """Give what two sides of one name have in common at least: the whole name, number and kind, or a settlement."""
    for area in areas:
        yield "name", said.name.normal, area
        if said.name.numbers:
            yield "number", said.name.numbers, said.name.traits, area
    if not said.name.numbers:
        for place in said.places:
            yield "place", place


def _speaks(row: ParsedSchool, mine: Side) -> bool:
    """Tell whether a row may speak of another school: in its note, or by several numbers or settlements."""
    return bool(row.note) or len(mine.name.numbers) > 1 or len(mine.name.places) > 1


def _one_name(mine: Side, theirs: Side) -> bool:
    """Tell whether two records bear one name, or one number in one settlement, and nothing speaks against it."""
    if mine.area and theirs.area and mine.area != theirs.area:
        return False
    same = mine.name.normal == theirs.name.normal and same_place(mine, theirs) is not False
    return same or surely_same(mine, theirs)


def _contradicts(mine: Side, theirs: Side) -> bool:
    """Tell whether two schools can't be one, however alike: other number, settlement, municipality, or a branch."""
    a, b = mine.name, theirs.name
    numbers = bool(a.numbers and b.numbers) and a.numbers != b.numbers
    areas = bool(mine.area and theirs.area) and mine.area != theirs.area
    return numbers or areas or a.traits != b.traits or same_place(mine, theirs) is False


def _mentioned(text: str, theirs: Side) -> bool:
    """Tell whether a note names a school: its number, or the words that tell it from others."""
    said = parse(text)
    if theirs.name.numbers:
        agree = not theirs.places or not said.places or bool(theirs.places & said.places)
        return (
            set(theirs.name.numbers) <= set(said.numbers) and agree and said.level in {"", theirs.name.level, "школа"}
        )
    telling = theirs.name.everything
    return bool(telling) and telling <= said.everything


def _contained(theirs: Side, mine: Side) -> bool:
    """Tell whether a name of several numbers or settlements has those of a school among them."""
    a, b = theirs.name, mine.name
    if a.numbers:
        several = len(b.numbers) > 1 and set(a.numbers) < set(b.numbers)
        return several and same_place(mine, theirs) is not False and not a.traits - b.traits
    return len(b.places) > 1 and bool(a.places) and a.places < b.places


def _code_of(row: ParsedSchool) -> str:
    """Return what a row is called by in keys: its login, else its code, else its place in the file."""
    codes = dict(row.codes)
    found = next((codes[system] for system in ("fisoko", "oo", "inn", "own") if system in codes), None)
    return normal_login(found) if found else f"row{row.origin.row_from}"


def _code_words(school: School, row: ParsedSchool) -> list[str]:
    """Say which codes that only one school may have are other in the file."""
    ours = dict(school.codes)
    words = {"fisoko": "логин", "oo": "код ОО"}
    found = []
    for system, raw in row.codes:
        value = normal_login(raw) if system == "fisoko" else raw
        if system in words and ours.get(system, value) != value:
            found.append(f"{words[system]}: {ours[system]} → {value}")
    return found
