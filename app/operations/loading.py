"""Writing what a file says: one pass says what would happen and makes it happen (decision 10).

Units are settled first, then the facts of each kind stream into their table: new ones in bulk, other figures of a known
record as a change. Nothing of this knows how a kind of file looks.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError, problem
from app.importers.findings import unit_key
from app.importers.packed import MarkRows
from app.importers.parsed import FileReading, ParsedMetric, UnitRef
from app.models import blobs, facts, metrics, registry, results, settings
from app.models.breakdowns import counts_text
from app.models.facts import Fact, FactTable, Key
from app.models.records import Assessment, Origin, normal_grade
from app.models.store import Connection, Operation, new_id
from app.operations.editions import Edition
from app.operations.metrics import catalogue
from app.operations.packed_marks import flat_rows, packed_facts
from app.operations.plans import Change, Options, Plan
from app.operations.units import Place, Units
from app.texts import count, school_year

LISTED_CHANGES = 5_000
"""How many changes a plan names; it counts them all."""
LOT = 4_096
"""Rows between two looks at whether the person has cancelled."""
Watch = Callable[[int, int], bool]
"""Told (rows done, rows of all); a true answer cancels."""
Label = Callable[[Key], tuple[str, int]]
"""What a record of a key is called, and its year."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """One kind of rows that count pupils at an assessment.

    Attributes:
        table: where they go.
        rows: the field of ``FileReading``.
        figures: the record inside a parsed row.
        rest: what of it belongs to the key beside unit, assessment and year.
        values: what is stored of it, in the order of the table.
    """

    table: FactTable
    rows: str
    figures: Callable[[Any], Any]
    rest: Callable[[Any], tuple[Any, ...]]
    values: Callable[[Any], tuple[Any, ...]]


COUNTED: tuple[_Counted, ...] = (
    _Counted(
        facts.MARKS, "marks", lambda row: row.count, lambda c: (int(c.autumn),),
        lambda c: (c.participants, c.m2, c.m3, c.m4, c.m5, c.below_min, c.mean, int(c.restored)),
    ),
    _Counted(
        facts.JOURNALS, "journals", lambda row: row.comparison, lambda c: (int(c.autumn),),
        lambda c: (c.total, c.lowered, c.confirmed, c.raised),
    ),
    _Counted(
        facts.TASKS, "tasks", lambda row: row.count, lambda c: (int(c.autumn), c.task, c.group_mark),
        lambda c: (c.max_points, c.difficulty, c.outcome, c.participants, c.points, c.skipped, int(c.restored)),
    ),
    _Counted(
        facts.SCORES, "scores", lambda row: row.count, lambda c: (int(c.autumn), c.measure),
        lambda c: (c.participants, counts_text(c.counts), int(c.restored)),
    ),
)  # fmt: skip


_SAT = (facts.MARKS, facts.TASKS, facts.SCORES)
"""What a protocol of an exam says of those who sat it."""


def joined_task(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what two reports say of one task together: each of them knows what the other leaves out.

    Highest points, difficulty, planned result and those who skipped it stay where the newer report is silent. Points
    that were counted are not replaced by points restored from a percentage of the same participants.
    """
    names = facts.TASKS.values
    old, new = dict(zip(names, before, strict=True)), dict(zip(names, after, strict=True))
    for name in ("max_points", "difficulty", "outcome", "skipped"):
        new[name] = old[name] if new[name] is None else new[name]
    same = new["participants"] == old["participants"] and new["max_points"] == old["max_points"]
    poorer = new["points"] is None or (new["restored"] and not old["restored"])
    if same and poorer and old["points"] is not None:
        new |= {"points": old["points"], "restored": old["restored"]}
    return tuple(new[name] for name in names)


def refusal(reading: FileReading) -> tuple[Problem, ...] | None:
    """Return why nothing of a reading may be written, or None."""
    if reading.refused is not None:
        return (reading.refused,)
    if reading.questions:
        return tuple(problem("GEN_IMPORT_QUESTION", text=question.text) for question in reading.questions)
    return None


@dataclass(slots=True)
class _Tally:
    """Stored records that are new, changed, the same, and entries that a list no longer has."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    fewer: int = 0


class Loader:
    """One pass over a reading; without an operation nothing is written."""

    def __init__(
        self,
        connection: Connection,
        reading: FileReading,
        options: Options,
        actor: str = "",
        watch: Watch | None = None,
    ) -> None:
        self._actor = actor
        self._connection = connection
        self._reading = reading
        self._watch = watch
        self._operation: Operation | None = None
        self._units = Units(connection, reading, options)
        self._fewer = options.fewer
        self._held: set[Key] = set()
        self._is_protocol = reading.kind == "gia_protocol"
        self._problems: list[Problem] = list(reading.problems)
        self._changes: list[Change] = []
        self._tally = _Tally()
        self._file_id = new_id()
        self._done = 0
        self._total = sum(len(getattr(reading, kind.rows)) for kind in COUNTED) + len(reading.externals)

    def plan(self) -> Plan:
        """Say what the file would change."""
        refused = refusal(self._reading)
        if refused is not None:
            return Plan(self._reading, problems=(*self._reading.problems, *refused))
        return self._run()

    def write(self, operation: Operation) -> Plan:
        """Change it.

        Raises:
            UserError: ``IMP_CANCELLED`` where the watch says so.
        """
        self._operation = operation
        self._units.begin(operation)
        return self._run()

    def _run(self) -> Plan:
        tally = self._tally
        second = bool(self._reading.schools) and registry.has_own_schools(self._connection)
        tally.new, tally.changed, tally.same = self._units.take_schools()
        second = second and bool(tally.new + tally.changed)
        places = self._units.places()
        if self._operation is not None:
            self._units.flush(self._operation)
        for kind in COUNTED:
            self._take_counted(kind, places)
        self._take_metrics(places)
        self._take_externals(places)
        if tally.fewer and self._fewer == "keep":
            self._problems.append(problem("DATA_FEWER_KEPT", rows=count(tally.fewer, "строка", "строки", "строк")))
        unknown = self._units.unknown()
        self._units.note_strangers()
        self._problems += self._units.problems
        if self._operation is not None and not self._known_already(self._operation):
            self._keep_file(self._operation)
        return Plan(
            self._reading, tally.new, tally.changed, tally.same, unknown, tuple(self._changes), tuple(self._problems),
            rows_gone=tally.gone, rows_fewer=tally.fewer, second_registry=second,
        )  # fmt: skip

    # facts -----------------------------------------------------------------------------------------------

    def _take_counted(self, kind: _Counted, places: Mapping[UnitRef, Place | None]) -> None:
        rows = getattr(self._reading, kind.rows)
        if not rows:
            return
        packed = rows if isinstance(rows, MarkRows) else None
        figures = kind.figures
        works = set(packed.works) if packed else {(figures(row).assessment, figures(row).year) for row in rows}
        ids = self._assessments({assessment for assessment, _year in works})
        scopes = {(ids[assessment], year) for assessment, year in works}
        names = {key: assessment.label for assessment, key in ids.items()}
        units = places.values() if packed is None else (places[unit] for unit in packed.units)
        stored = facts.stored(self._connection, kind.table, {place for place in units if place is not None}, scopes)
        label: Label = lambda key: (names[key[2]], key[3])  # noqa: E731
        if packed is None:
            self._take(kind.table, self._counted(kind, rows, places, ids), stored, label)
        elif stored or len(scopes) < len(works) or not _apart(packed.units, places):
            self._take(kind.table, packed_facts(packed, places, ids, self._file_id), stored, label)
        else:
            self._take_as_they_are(kind.table, flat_rows(packed, places, ids, self._file_id))

    def _take_as_they_are(self, table: FactTable, rows: Iterator[tuple[Any, ...]]) -> None:
        """Write rows of which each is new and one: nothing but the rows themselves passes through memory."""
        if self._operation is None:
            self._tally.new += sum(1 for _row in rows)
            return

        def between(written: int) -> None:
            self._look_up(self._done + written)

        written = facts.insert(self._operation, table, rows, between)
        self._tally.new += written
        self._done += written

    def _counted(
        self, kind: _Counted, rows: Sequence[Any], places: Mapping[UnitRef, Place | None], ids: Mapping[Assessment, int]
    ) -> Iterator[Fact]:
        for row in rows:
            place = places[row.unit]
            if place is not None:
                c = kind.figures(row)
                key = (*place, ids[c.assessment], c.year, *kind.rest(c))
                yield key, kind.values(c), (self._file_id, *_place(row.origin))

    def _assessments(self, items: set[Assessment]) -> dict[Assessment, int]:
        """Return the key of each assessment as the file names it; what is not stored yet is told apart by itself."""
        normal = {item: replace(item, grade=normal_grade(item.procedure, item.grade)) for item in items}
        if self._operation is not None:
            known = results.ensure_assessments(self._operation, normal.values())
        else:
            known = dict(results.assessment_ids(self._connection))
            for number, item in enumerate(sorted(set(normal.values()) - known.keys(), key=repr), start=1):
                known[item] = -number
        return {item: known[normal[item]] for item in items}

    def _take(
        self, table: FactTable, rows: Iterator[Fact], stored: Mapping[Key, tuple[Any, ...]], label: Label
    ) -> None:
        """Sort facts into new, changed and same; write the new in bulk and the changed after them."""
        changed: list[tuple[int, tuple[Any, ...], tuple[Any, ...]]] = []
        fresh = self._sorted(table, self._once(self._watched(rows), label), stored, changed, label)
        if self._operation is None:
            self._tally.new += sum(1 for _row in fresh)
        else:
            self._tally.new += facts.insert(self._operation, table, fresh)
            facts.change(self._operation, table, changed)

    def _sorted(
        self, table: FactTable, rows: Iterator[Fact], stored: Mapping[Key, tuple[Any, ...]],
        changed: list[tuple[int, tuple[Any, ...], tuple[Any, ...]]], label: Label,
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield new rows as the table wants them; note the changed ones."""
        for key, values, origin in rows:
            before = stored.get(key)
            if table is facts.MARKS and before is not None and self._is_protocol and values[0] < before[1]:
                self._hold(key, before, values, origin, label)
            if table in _SAT and key[:4] in self._held:
                continue
            if before is not None and table is facts.TASKS:
                values = joined_task(before[1:], values)  # noqa: PLW2901 - the row as it will stand
            if before is None:
                yield key + values + origin
            elif before[1:] == values:
                self._tally.same += 1
            else:
                self._tally.changed += 1
                self._note_change(key, before[1:], values, origin, label)
                changed.append((before[0], values, origin))

    def _hold(
        self, key: Key, before: tuple[Any, ...], values: tuple[Any, ...], origin: tuple[Any, ...], label: Label
    ) -> None:
        """Leave as it is what a protocol has fewer participants of: it may be one day of an exam, not all of it."""
        self._tally.fewer += 1
        if self._fewer == "replace":
            return
        if not self._held and self._fewer == "ask":
            what, year = label(key)
            file = results.file_of_mark(self._connection, before[0]) or "введено вручную"
            self._problems.append(
                problem(
                    "DATA_FEWER_ASKED", school=self._shown(key), what=what, year=year, before=before[1],
                    after=values[0], file=file, sheet=origin[1], cell=origin[-1] or str(origin[2] or ""),
                )
            )  # fmt: skip
        self._held.add(key[:4])
        if self._fewer == "ask":
            self._note_change(key, before[1:], values, origin, label)

    def _once(self, rows: Iterator[Fact], label: Label) -> Iterator[Fact]:
        """Let the first fact of a key pass; a later one that says otherwise is told."""
        seen: dict[Key, Fact] = {}
        for fact in rows:
            first = seen.setdefault(fact[0], fact)
            if first is fact:
                yield fact
            else:
                self._repeated(first, fact, label)

    def _watched(self, rows: Iterator[Fact]) -> Iterator[Fact]:
        """Look up between lots whether the person has cancelled."""
        while lot := list(islice(rows, LOT)):
            yield from lot
            self._done += len(lot)
            self._look_up(self._done)

    def _look_up(self, done: int) -> None:
        if self._watch is not None and self._watch(done, self._total):
            raise UserError("IMP_CANCELLED", name=self._reading.name)

    def _repeated(self, first: Fact, second: Fact, label: Label) -> None:
        """Two rows under different spellings turn out to be one record: equal figures are one, others a finding."""
        key, values, origin = second
        if first[1] == values:
            return
        what, year = label(key)
        self._problems.append(
            problem(
                "DATA_TWICE_DIFFERS", school=self._shown(key), what=what, year=year, row=first[2][-3],
                first=_figures(first[1]), second=_figures(values), sheet=origin[-4], cell=origin[-1] or str(origin[-3]),
            )
        )  # fmt: skip

    def _note_change(
        self, key: Key, before: tuple[Any, ...], after: tuple[Any, ...], origin: tuple[Any, ...], label: Label
    ) -> None:
        if len(self._changes) < LISTED_CHANGES:
            what, year = label(key)
            at = origin[-1] or (f"строка {origin[-3]}" if origin[-3] else "")
            place = f"{origin[-4] or ''}, {at}".strip(", ")
            self._changes.append(Change(self._shown(key), what, year, _figures(before), _figures(after), place))

    def _shown(self, key: Key) -> str:
        school = self._units.school(key[0])
        return school.shown if school else ""

    # metrics ---------------------------------------------------------------------------------------------

    def _take_metrics(self, places: Mapping[UnitRef, Place | None]) -> None:
        rows: list[metrics.MetricRow] = []
        told = {(item.code, item.sheet, item.cell) for item in self._problems}
        strange = 0
        for row in self._reading.metrics:
            place = places[row.unit]
            if place is None:
                continue
            if place[0] is None:
                strange += 1
                continue
            rows.append(metrics.MetricRow(place[0], row.figure, row.origin, row.code))
            if row.code is not None:
                self._note_draft(row, row.code, told)
        if strange:
            self._note_others(strange)
        if not rows:
            return
        new, changed, same = metrics.sort_rows(self._connection, rows)
        self._tally.new += len(new)
        self._tally.changed += len(changed)
        self._tally.same += same
        stored = metrics.existing(self._connection, [found.key for _id, found in changed])
        names = {metric.code: metric.name for metric in catalogue(self._connection).metrics} if changed else {}
        for _id, found in changed:
            before, f = stored[found.key][1:], found.figure
            origin = _place(found.origin) if found.origin else (None,) * 4
            self._note_change(
                found.key, before, (f.part, f.whole, f.exact, f.raw), origin,
                lambda key: (f"{names.get(key[2], key[2])}, {school_year(key[1])}", key[1]),
            )  # fmt: skip
        if self._operation is not None:
            metrics.write(self._operation, rows, self._file_id)

    def _note_draft(self, row: ParsedMetric, code: str, told: set[tuple[str, str | None, str | None]]) -> None:
        """Say that a cell does not fit, unless the reader has said so."""
        o = row.origin
        cell = o.cells or str(o.row_from)
        if (code, o.sheet, cell) not in told:
            self._problems.append(
                problem(code, sheet=o.sheet, cell=cell, raw=row.figure.raw, school=row.unit.name, row=o.row_from)
            )

    def _note_others(self, rows: int) -> None:
        """Say that rows of a region or a municipality are not kept: a metric and a list are of schools."""
        words = count(rows, "строка", "строки", "строк")
        self._problems.append(problem("DATA_NOT_OF_SCHOOL", rows=words))

    # lists from outside ----------------------------------------------------------------------------------

    def _take_externals(self, places: Mapping[UnitRef, Place | None]) -> None:
        head = self._reading.external_head
        if head is None:
            return
        editions: dict[int, Edition] = {}
        strange = 0
        for row in self._reading.externals:
            place = places[row.unit]
            if place is None:
                continue
            if place[0] is None:
                strange += 1
                continue
            year = row.year or head.year
            if year not in editions:
                editions[year] = Edition(self._connection, head, year, self._reading.name)
            editions[year].add(place[0], row)
        if strange:
            self._note_others(strange)
        for edition in editions.values():
            self._take_edition(edition)

    def _take_edition(self, edition: Edition) -> None:
        tally = self._tally
        new, changed = tally.new, tally.changed
        self._take(facts.ENTRIES, edition.facts(), edition.stored, edition.label)
        gone = edition.gone()
        tally.gone += len(gone)
        for key in gone:
            self._note_change(key, edition.stored[key][1:], (None,), (None, None, None, None), edition.label)
        new, changed = tally.new - new, tally.changed - changed
        self._problems += edition.findings(new, changed, len(gone))
        if self._operation is not None:
            edition.write(self._operation, self._file_id, self._actor, touched=bool(new or changed or gone))

    # the file itself -------------------------------------------------------------------------------------

    def _known_already(self, operation: Operation) -> bool:
        """Tell whether this very file was loaded before, says the same findings, and has changed nothing now.

        Then nothing is written: an operation without a change is no step of undoing and no cause for a backup.
        """
        stored = results.findings_of(operation.connection, self._reading.sha256)
        told = Counter((p.level, p.code, p.message, p.sheet, p.cell) for p in self._problems)
        return stored == told and not operation.changed

    def _keep_file(self, operation: Operation) -> None:
        reading, tally = self._reading, self._tally
        results.drop_problems(operation, reading.sha256)
        results.add_file(
            operation, id=self._file_id, name=reading.name, sha256=reading.sha256, size=reading.size,
            kind=reading.kind, title=reading.title, kept=int(self._keep_bytes(operation)), rows_new=tally.new,
            rows_changed=tally.changed + tally.gone, rows_same=tally.same, actor=self._actor,
        )  # fmt: skip
        results.add_problems(operation, self._file_id, self._problems)

    def _keep_bytes(self, operation: Operation) -> bool:
        """Keep the file itself, unless it holds rows of pupils (its name and hash stay), is large or has changed."""
        reading = self._reading
        limit = int(settings.get(operation.connection, "blob_limit_mb")) << 20
        path = Path(reading.path)
        if reading.personal or reading.size > limit or not path.is_file():
            return False
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != reading.sha256:
            return False
        blobs.put(operation.connection, data)
        return True


def _place(origin: Origin) -> tuple[str | None, int, int, str | None]:
    return origin.sheet, origin.row_from, origin.row_to, origin.cells


def _apart(units: Sequence[UnitRef], places: Mapping[UnitRef, Place | None]) -> bool:
    """Tell whether units that the reader holds apart are apart in the registry, too."""
    owner: dict[Place, Hashable] = {}
    for unit in units:
        place, key = places[unit], unit_key(unit)
        if place is not None and owner.setdefault(place, key) != key:
            return False
    return True


def _figures(values: Iterable[Any]) -> str:
    return " · ".join("—" if value is None else str(value) for value in list(values)[:6])
