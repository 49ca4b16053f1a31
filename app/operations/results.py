"""Loading of results: what a file would change, and changing it as one operation per file (decision 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from app.errors import Problem, UserError, problem
from app.importers.parsed import FileReading, Hints, Known, ParsedJournal, ParsedMark, ParsedSchool, Question, UnitRef
from app.models import blobs, organisations, references, results, settings
from app.models.organisations import School
from app.models.records import normal_grade
from app.models.results import Coverage, ImportedFile, StoredMark, StoredProblem
from app.models.store import Connection, Operation, Store, new_id
from app.operations.areas import Areas
from app.operations.matching import Directory, Proposal, normal_area, normal_login, normal_name

if TYPE_CHECKING:
    from app.models.records import Scale

__all__ = [
    "Change",
    "Coverage",
    "Decision",
    "FileReading",
    "Hints",
    "ImportedFile",
    "Known",
    "Options",
    "Plan",
    "Question",
    "StoredMark",
    "StoredProblem",
    "Unknown",
    "coverage",
    "explain_problem",
    "files",
    "load",
    "marks",
    "open_problems",
    "preview",
    "put_scales",
    "read",
    "references_in_force",
    "scales",
    "unit_key",
]  # fmt: skip

Decision = int | Literal["create", "skip"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A school of the file that the registry does not know; ``key`` is what a decision refers to."""

    key: str
    name: str
    municipality: str | None
    codes: tuple[tuple[str, str], ...]
    rows: int
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A stored count that the file would replace."""

    school: str
    assessment: str
    year: int
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file would do. ``rows_*`` count stored records (decision 10)."""

    reading: FileReading
    rows_new: int = 0
    rows_changed: int = 0
    rows_same: int = 0
    unknown: tuple[Unknown, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    accepted: bool = False
    operation_id: int | None = None

    @property
    def needs_eyes(self) -> bool:
        """True where a person should look: errors, warnings, unknown schools."""
        return any(item.level != "hint" for item in self.problems)


@dataclass(frozen=True, slots=True)
class Options:
    """How schools that nobody knows are treated."""

    create_schools: bool = False
    all_own: bool = False
    decisions: Mapping[str, Decision] = field(default_factory=dict)


def scales(connection: Connection) -> list[Scale]:
    """Return the shipped scales with the file's own updates over them (decision 9)."""
    from app.importers import scales as reference

    merged = {(s.year, s.procedure, s.subject, s.grade): s for s in reference.load_shipped()}
    for _ref_id, _version, text in references.texts(connection, "scale"):
        merged |= {(s.year, s.procedure, s.subject, s.grade): s for s in reference.parse_scales(text)}
    return list(merged.values())


def references_in_force(connection: Connection) -> Known:
    """Return everything a reader must know beforehand."""
    return Known(scales=tuple(scales(connection)))


def read(
    paths: Sequence[Path],
    hints: Hints,
    known: Known,
    on_progress: Callable[[str, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[FileReading]:
    """Read files in a child process; nothing is written. A refused file is a reading with its cause."""
    from app.importers.reading import read_files

    return read_files(paths, hints, on_progress=on_progress, cancelled=cancelled, known=known)


def unit_key(unit: UnitRef) -> str:
    """Return what identifies a unit of a file: its first code, else its name and municipality."""
    if unit.codes:
        system, value = unit.codes[0]
        return f"{system}:{normal_login(value) if system == 'fisoko' else value}"
    return f"name:{normal_name(unit.name)}|{normal_area(unit.municipality or '')}"


# --- what would happen -----------------------------------------------------------------------------------------


def preview(connection: Connection, reading: FileReading, options: Options | None = None) -> Plan:
    """Say what a file would change without changing anything."""
    return _Loader(connection, reading, options or Options()).plan()


def load(store: Store, reading: FileReading, options: Options | None = None) -> Plan:
    """Write one file as one operation; nothing is written on refusal.

    Errors of single rows are kept beside the file as problems; a refused file gives ``accepted=False``. A file that
    was loaded before and brings nothing new leaves no operation: ``operation_id`` is None.
    """
    options = options or Options()
    refusal = _refusal(reading)
    if refusal is not None:
        return Plan(reading, problems=(*reading.problems, *refusal))
    label = f"Загружен файл «{reading.name}»" + (f": {reading.title}" if reading.title else "")
    with store.operation(label, "results.import", bulk=True) as operation:
        loader = _Loader(store.connection, reading, options, store.actor)
        plan = loader.write(operation)
        operation_id = operation.id if operation.changed else None
    return replace(plan, accepted=True, operation_id=operation_id)


def _refusal(reading: FileReading) -> tuple[Problem, ...] | None:
    if reading.refused is not None:
        return (reading.refused,)
    if reading.questions:
        return tuple(problem("GEN_IMPORT_QUESTION", text=question.text) for question in reading.questions)
    return None


class _Loader:
    """One pass over a reading: the same code says what would happen and makes it happen."""

    def __init__(self, connection: Connection, reading: FileReading, options: Options, actor: str = "") -> None:
        self._actor = actor
        self._connection = connection
        self._reading = reading
        self._options = options
        self._directory = Directory(connection)
        self._areas = Areas(connection, all_own=options.all_own or settings.get(connection, "all_own") == "1")
        self._operation: Operation | None = None
        self._problems: list[Problem] = list(reading.problems)
        self._unknown: dict[str, UnitRef] = {}
        self._found: dict[str, int | None] = {}

    # the two faces ---------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        refusal = _refusal(self._reading)
        if refusal is not None:
            return Plan(self._reading, problems=(*self._reading.problems, *refusal))
        return self._run()

    def write(self, operation: Operation) -> Plan:
        self._operation = operation
        return self._run()

    def _run(self) -> Plan:
        self._areas.learn(self._reading)
        schools = self._schools()
        file_id = new_id()
        marks, mark_changes = self._facts(
            "mark_count", results.MARK_COLUMNS, results.MARK_VALUES, self._mark_rows(file_id)
        )
        journals, journal_changes = self._facts(
            "journal_count", results.JOURNAL_COLUMNS, results.JOURNAL_VALUES, self._journal_rows(file_id)
        )
        new, changed, same = (sum(counts) for counts in zip(schools, marks, journals, strict=True))
        unknown = self._unknown_units()
        self._note_strangers()
        if self._operation is not None and not self._known_already(self._operation):
            self._keep_file(self._operation, file_id, new, changed, same)
        return Plan(
            self._reading, new, changed, same, unknown, (*mark_changes, *journal_changes), tuple(self._problems)
        )

    def _known_already(self, operation: Operation) -> bool:
        """Tell whether this very file was loaded before, says the same findings, and has changed nothing now.

        Then nothing is written: an operation without a change is no step of undoing and no cause for a backup.
        """
        stored = results.findings_of(operation.connection, self._reading.sha256)
        told = Counter((p.level, p.code, p.message, p.sheet, p.cell) for p in self._problems)
        return stored == told and not operation.changed

    def _keep_file(self, operation: Operation, file_id: int, new: int, changed: int, same: int) -> None:
        reading = self._reading
        limit = int(settings.get(operation.connection, "blob_limit_mb")) << 20
        kept = False
        if not reading.personal and reading.size <= limit and Path(reading.path).is_file():
            # rows of pupils are never kept: only the name and the hash of such a file stay
            kept = blobs.put(operation.connection, Path(reading.path).read_bytes()) == reading.sha256
        results.drop_problems(operation, reading.sha256)
        results.add_file(
            operation, id=file_id, name=reading.name, sha256=reading.sha256, size=reading.size, kind=reading.kind,
            title=reading.title, kept=int(kept), rows_new=new, rows_changed=changed, rows_same=same,
            actor=self._actor,
        )  # fmt: skip
        results.add_problems(operation, file_id, self._problems)

    def _note_strangers(self) -> None:
        """Say that a file of several municipalities has no school of ours, where not one is in our registry either."""
        ours = (key for key in self._found.values() if key is not None and self._directory.schools[key].own)
        found = self._areas.nobody_ours(self._reading)
        if found is not None and next(ours, None) is None:
            self._problems.append(found)

    # units -----------------------------------------------------------------------------------------------

    def _place(self, unit: UnitRef) -> tuple[int | None, int | None] | None:
        """Return (organisation, area) of a unit, or None when nobody knows it."""
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
            self._learn(decision, unit, decided=True)
            return decision
        return None

    def _learn(self, school_id: int, unit: UnitRef, *, decided: bool = False) -> None:
        """Remember a matched spelling, and the codes that came with a person's decision."""
        normal, scope = normal_name(unit.name), normal_area(unit.municipality or "")
        self._directory.remember(normal, scope, school_id)
        if self._operation is None:
            return
        known = normal_name(self._directory.schools[school_id].name)
        if normal and normal != known:
            organisations.add_alias(self._operation, school_id, unit.name, normal, scope)
        if decided:
            for system, value in unit.codes:
                organisations.set_code(
                    self._operation, school_id, system, normal_login(value) if system == "fisoko" else value
                )

    def _create(self, unit: UnitRef, parsed: ParsedSchool | None = None) -> int:
        own = self._areas.is_own(unit.municipality)
        area_id = self._areas.ensure(
            self._operation, UnitRef("municipality", unit.municipality)
        ) if unit.municipality else self._areas.own_id  # fmt: skip
        codes = tuple((s, normal_login(v) if s == "fisoko" else v) for s, v in unit.codes)
        key = new_id()
        school = School(
            id=key, name=unit.name, short_name=parsed.short_name if parsed else None, kind="school",
            school_type=parsed.school_type if parsed else None, area_id=area_id, municipality=unit.municipality,
            settlement=parsed.settlement if parsed else None, settlement_kind=None, address=None, status="active",
            own=own, duplicate_of=None, position=None, codes=codes,
        )  # fmt: skip
        self._directory.add(school, codes)
        if self._operation is not None:
            self._operation.insert(
                "organisation", id=key, name=school.name, short_name=school.short_name, kind="school",
                school_type=school.school_type, area_id=area_id, settlement=school.settlement, own=int(own),
                status=_status(parsed) if parsed else "active",
            )  # fmt: skip
            for system, value in codes:
                organisations.set_code(self._operation, key, system, value)
        return key

    def _unknown_units(self) -> tuple[Unknown, ...]:
        found = []
        rows_of = self._source_rows()
        for key, unit in self._unknown.items():
            rows = rows_of[key]
            skipped = self._options.decisions.get(key) == "skip"
            proposals = () if skipped else tuple(self._directory.propose(unit.name, unit.municipality))
            found.append(Unknown(key, unit.name, unit.municipality, unit.codes, rows, proposals))
            if not skipped:
                likely = f" Похожа на «{proposals[0].name}»." if proposals else ""
                row = self._rows_of(unit)
                self._problems.append(
                    problem(
                        "GEN_UNKNOWN_SCHOOL",
                        school=unit.name,
                        likely=likely,
                        rows=rows,
                        sheet=row.origin.sheet if row else None,
                        cell=(row.origin.cells or str(row.origin.row_from)) if row else None,
                    )
                )
        return tuple(found)

    def _source_rows(self) -> dict[str, int]:
        """Return unknown unit → rows of the file that speak of it: a row read for two purposes is one row."""
        spans: dict[str, set[tuple[str | None, int, int]]] = {key: set() for key in self._unknown}
        facts: tuple[ParsedMark | ParsedJournal, ...] = (*self._reading.marks, *self._reading.journals)
        for fact in facts if spans else ():
            found = spans.get(unit_key(fact.unit)) if fact.unit.kind == "school" else None
            if found is not None:
                found.add((fact.origin.sheet, fact.origin.row_from, fact.origin.row_to))
        return {key: _length(found) for key, found in spans.items()}

    def _rows_of(self, unit: UnitRef) -> ParsedMark | ParsedJournal | None:
        rows: tuple[ParsedMark | ParsedJournal, ...] = (*self._reading.marks, *self._reading.journals)
        return next((row for row in rows if row.unit == unit), None)

    # facts -----------------------------------------------------------------------------------------------

    def _mark_rows(self, file_id: int) -> list[tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...], str]]:
        ids = self._assessments([row.count.assessment for row in self._reading.marks])
        rows = []
        for row in self._reading.marks:
            place = self._place(row.unit)
            if place is None:
                continue
            c, o = row.count, row.origin
            assessment = replace(c.assessment, grade=normal_grade(c.assessment.procedure, c.assessment.grade))
            key = (*place, ids[assessment], c.year, int(c.autumn))
            values = (c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min, c.mean, int(c.restored))
            rows.append((key, values, (file_id, o.sheet, o.row_from, o.row_to, o.cells), assessment.label))
        return rows

    def _journal_rows(self, file_id: int) -> list[tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...], str]]:
        ids = self._assessments([row.comparison.assessment for row in self._reading.journals])
        rows = []
        for row in self._reading.journals:
            place = self._place(row.unit)
            if place is None:
                continue
            c, o = row.comparison, row.origin
            assessment = replace(c.assessment, grade=normal_grade(c.assessment.procedure, c.assessment.grade))
            key = (*place, ids[assessment], c.year, 0)
            values = (c.total, c.lowered, c.confirmed, c.raised)
            rows.append((key, values, (file_id, o.sheet, o.row_from, o.row_to, o.cells), assessment.label))
        return rows

    def _assessments(self, items: list[Any]) -> dict[Any, int]:
        wanted = {replace(item, grade=normal_grade(item.procedure, item.grade)) for item in items}
        if self._operation is not None:
            return results.ensure_assessments(self._operation, wanted)
        known: dict[Any, int] = dict(results.assessment_ids(self._connection))
        for number, item in enumerate(sorted(wanted - known.keys(), key=repr), start=1):
            known[item] = -number  # not stored yet: told apart from one another, alike no stored one
        return known

    def _facts(
        self, table: str, columns: Sequence[str], names: Sequence[str], rows: list[tuple[Any, ...]]
    ) -> tuple[tuple[int, int, int], list[Change]]:
        """Sort rows into new, changed and same; write the new in bulk and the changed one by one."""
        known = results.existing(self._connection, table, names, ((key[2], key[3]) for key, *_ in rows))
        fresh, changes, same = [], [], 0
        for key, values, origin, label in rows:
            stored = known.get(key)
            if stored is None:
                fresh.append((*(key if table == "mark_count" else key[:4]), *values, *origin))
                known[key] = (0, *values)
            elif stored[1:] == values:
                same += 1
            else:
                changes.append(self._change(key, stored[1:], values, origin, label))
                if self._operation is not None and stored[0]:
                    extra = zip(("import_file_id", "sheet", "row_from", "row_to", "cells"), origin, strict=True)
                    self._operation.update(table, stored[0], **dict(zip(names, values, strict=True)), **dict(extra))
        if self._operation is not None:
            self._operation.bulk_insert(table, columns, fresh)
        return (len(fresh), len(changes), same), changes

    def _change(
        self, key: tuple[Any, ...], before: Sequence[Any], after: Sequence[Any], origin: Sequence[Any], label: str
    ) -> Change:
        school = self._directory.schools.get(key[0])
        place = f"{origin[1] or ''}, {origin[4] or f'строка {origin[2]}'}".strip(", ")
        return Change(school.shown if school else "", label, key[3], _figures(before), _figures(after), place)

    # registry --------------------------------------------------------------------------------------------

    def _schools(self) -> tuple[int, int, int]:
        new = changed = same = 0
        for parsed in self._reading.schools:
            unit = UnitRef("school", parsed.name, parsed.codes, parsed.municipality)
            found = self._directory.find(parsed.name, parsed.codes, parsed.municipality)
            if found is None:
                key = self._create(unit, parsed)
                new += 1
            else:
                key = found
                if self._update(found, parsed):
                    changed += 1
                else:
                    same += 1
            if self._operation is not None:
                for column, raw, code in parsed.drafts:
                    organisations.put_draft(self._operation, "organisation", key, column, raw, code)
        return new, changed, same

    def _update(self, key: int, parsed: ParsedSchool) -> bool:
        """Fill in what the row says and the record does not have, or says otherwise; True if anything changed."""
        school = self._directory.schools[key]
        wanted = {
            "name": parsed.name, "short_name": parsed.short_name, "school_type": parsed.school_type,
            "settlement": parsed.settlement, "status": _status(parsed) if parsed.status else None,
        }  # fmt: skip
        values = {n: v for n, v in wanted.items() if v is not None and v != getattr(school, n)}
        codes = [(s, normal_login(v) if s == "fisoko" else v) for s, v in parsed.codes]
        missing = [code for code in codes if code not in school.codes]
        if self._operation is not None:
            if values:
                self._operation.update("organisation", key, **values)
            for system, value in missing:
                organisations.set_code(self._operation, key, system, value)
        return bool(values or missing)


def _length(spans: set[tuple[str | None, int, int]]) -> int:
    """Return how many rows spans of (sheet, first, last) cover together."""
    rows = 0
    reached: dict[str | None, int] = {}
    for sheet, first, last in sorted(spans, key=lambda span: (span[0] or "", *span[1:])):
        rows += max(0, last - max(first, reached.get(sheet, 0) + 1) + 1)
        reached[sheet] = max(last, reached.get(sheet, 0))
    return rows


_STATUS_WORDS = {"действ": "active", "открыт": "active", "закрыт": "closed", "ликвид": "closed",
                 "реорг": "reorganised", "приост": "suspended", "ремонт": "suspended"}  # fmt: skip


def _status(parsed: ParsedSchool) -> str:
    """Return our word for «Состояние»; anything unknown means active and the draft keeps the text."""
    text = (parsed.status or "").casefold()
    return next((word for stem, word in _STATUS_WORDS.items() if text.startswith(stem)), "active")


def _figures(values: Sequence[Any]) -> str:
    return " · ".join("—" if value is None else str(value) for value in values[:6])


# --- views -----------------------------------------------------------------------------------------------------


def marks(
    connection: Connection, *, year: int | None = None, subject: str | None = None, grade: int | None = None,
    organisation_id: int | None = None,
) -> list[StoredMark]:  # fmt: skip
    """Return stored counts of schools; ``subject`` ignores letter case."""
    found = results.marks(connection, year=year, grade=grade, organisation_id=organisation_id)
    if subject is None:
        return found
    wanted = subject.casefold().strip()
    return [item for item in found if item.assessment.subject.casefold() == wanted]


def files(connection: Connection) -> list[ImportedFile]:
    """Return loaded files, newest first."""
    return results.files(connection)


def open_problems(connection: Connection, limit: int | None = None) -> list[StoredProblem]:
    """Return the open findings of all imports, the gravest first."""
    return results.problems(connection, limit=limit)


def explain_problem(store: Store, problem_id: int, explanation: str) -> None:
    """Close a finding with an explanation that is kept and printed.

    Raises:
        UserError: ``GEN_REASON_NEEDED``.
    """
    if not explanation.strip():
        raise UserError("GEN_REASON_NEEDED")
    with store.operation("Объяснено замечание к данным", "problem.explain") as operation:
        operation.update("import_problem", problem_id, state="explained", explanation=explanation.strip())


def put_scales(store: Store, text: str, name: str) -> int:
    """Keep updated scales from a TOML text; returns how many it holds.

    Raises:
        UserError: ``IMP_SCALE_…`` naming every fault.
    """
    from app.importers.scales import parse_scales

    found = parse_scales(text)
    with store.operation("Обновлён справочник шкал", "scales.put") as operation:
        references.put(operation, "scale", name, "1", text)
    return len(found)


def coverage(connection: Connection) -> list[Coverage]:
    """Return what is loaded, assessment by year, own schools only."""
    return results.coverage(connection)


def years_and_rule(connection: Connection) -> tuple[tuple[int, ...], str]:
    """Return result years with counts, newest first, and the rule that the settings name."""
    return tuple(results.years(connection)), settings.get(connection, "rule")
