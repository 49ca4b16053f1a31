"""Network platforms and the indicators of their work: wording of 004's annex, values by year, what the file knows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from app.errors import UserError, problem
from app.models import registers as stored
from app.models import results
from app.models.results import StoredMark
from app.models.store import Connection, Operation, Store
from app.operations import platform_work, registers
from app.operations.matching import fold
from app.operations.platform_work import WorkValue
from app.paths import resources
from app.texts import DASH, NBSP, grouped, percent, quoted, school_year

MeasureKind = Literal["count", "share"]
Change = Literal["better", "worse", "same", "unknown"]
CHANGE_WORDS: Mapping[Change, str] = {"better": "лучше", "worse": "хуже", "same": "без перемен", "unknown": DASH}
TABLE = "platform_measure"
EXAMS = frozenset({"ОГЭ", "ЕГЭ"})
_PARTS = re.compile(r"(\d+)\s*(?:из|/)\s*(\d+)")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*%?")
_LARGEST = 999_999
Cell = tuple[str, str, str]
"""(key of a measure, «raw» or «source», text as typed)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator of a platform's work.

    Attributes:
        text: wording of the document, exact.
        short: its name in our table.
        better: where it should go; ``own``: the document says only «динамика», the direction is ours.
    """

    key: str
    group: str
    short: str
    text: str
    kind: MeasureKind
    better: Literal["up", "down"]
    own: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators and the document they are taken from."""

    source: str
    groups: Mapping[str, str]
    measures: tuple[Measure, ...]

    def find(self, key: str) -> Measure:
        """Return an indicator by its key.

        Raises:
            UserError: ``MON_PLATFORM_MEASURE``.
        """
        for item in self.measures:
            if item.key == key:
                return item
        raise UserError("MON_PLATFORM_MEASURE", key=key, known=", ".join(item.key for item in self.measures))


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One indicator of one platform in a school year.

    Attributes:
        raw: what was entered, "" where nothing is; ``trouble`` says what is wrong with it.
        before: what was entered for the same platform a year earlier.
        known: what the file itself knows of the schools that the platform helps, "" where nothing.
        work: what the journal of help, events and practices say; None where nothing.
    """

    measure: Measure
    raw: str
    value: str | None
    source: str
    trouble: str
    before: str
    change: Change
    known: str
    work: WorkValue | None = None

    @property
    def shown(self) -> str:
        """Return the value as a person reads it."""
        return value_words(self.measure.kind, self.value) if self.value is not None else self.raw


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform in a school year; ``schools`` are those whose support card names it."""

    id: int
    school_year: int
    title: str
    organisation_id: int | None
    topic: str
    head: str
    act: str
    schools: tuple[int, ...]
    lines: tuple[MeasureLine, ...]

    @property
    def filled(self) -> int:
        """Return how many indicators have a value."""
        return sum(line.value is not None for line in self.lines)


@cache
def catalogue() -> Catalogue:
    """Return the indicators in the order of the document (004, annex on platforms, point 5)."""
    data = tomllib.loads((resources() / "monitoring" / "platform_measures.toml").read_text(encoding="utf-8"))
    groups = {item["key"]: item["title"] for item in data["group"]}
    made = tuple(
        Measure(item["key"], item["group"], item["short"], item["text"], item["kind"], item["better"],
                item.get("own", False))
        for item in data["measure"]
    )  # fmt: skip
    return Catalogue(data["source"], groups, made)


# --- values ------------------------------------------------------------------------------------------------------


def read_value(kind: MeasureKind, raw: str) -> tuple[str | None, str | None]:
    """Return the exact value of an entry and the code of what is wrong with it.

    A count is a whole number; a share «12 из 40» is kept as «12/40», «30,5 %» as «30.5».
    """
    text = raw.replace(NBSP, " ").strip()
    if not text:
        return None, None
    if kind == "count":
        plain = text.replace(" ", "")
        fits = plain.isascii() and plain.isdigit() and int(plain) <= _LARGEST
        return (str(int(plain)), None) if fits else (None, "GEN_BAD_NUMBER")
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        part, whole = int(parts[1]), int(parts[2])
        return (f"{part}/{whole}", None) if 0 < whole <= _LARGEST and part <= whole else (None, "MON_PLATFORM_SHARE")
    found = _PERCENT.fullmatch(text)
    if found is None or Fraction(f"{found[1]}.{found[2] or 0}") > 100:
        return None, "MON_PLATFORM_SHARE"
    return f"{found[1]}.{found[2]}" if found[2] else found[1], None


def amount(kind: MeasureKind, value: str) -> Fraction:
    """Return a stored value as a number: people, or parts of a hundred."""
    if kind == "count":
        return Fraction(value)
    return Fraction(value) * 100 if "/" in value else Fraction(value)


def value_words(kind: MeasureKind, value: str) -> str:
    """Return «1 240», «12 из 40, 30 %», «30,5 %»."""
    if kind == "count":
        return grouped(int(value))
    if "/" in value:
        part, whole = (int(word) for word in value.split("/"))
        return f"{part}{NBSP}из{NBSP}{whole}, {percent(part, whole)}"
    return f"{value.replace('.', ',')}{NBSP}%"


def change_of(measure: Measure, before: str | None, now: str | None) -> Change:
    """Tell how a value has changed; unknown where one of them is."""
    if before is None or now is None:
        return "unknown"
    old, new = amount(measure.kind, before), amount(measure.kind, now)
    if old == new:
        return "same"
    return "better" if (new > old) == (measure.better == "up") else "worse"


# --- reading -----------------------------------------------------------------------------------------------------


def platforms(connection: Connection, year: int) -> tuple[Platform, ...]:
    """Return the platforms of a school year with their indicators.

    The year before is that of the platform with the same name: its values stand beside this year's.
    """
    rows = registers.rows(connection, "platforms", school_year=year)
    if not rows:
        return ()
    before = {fold(row["title"] or ""): row["id"] for row in registers.rows(connection, "platforms",
                                                                             school_year=year - 1)}  # fmt: skip
    helped: dict[int, dict[int, None]] = {}
    for line in registers.rows(connection, "support", school_year=year):
        if line["platform_id"] and line["organisation_id"] and line["state"] != "refused":
            helped.setdefault(line["platform_id"], {})[line["organisation_id"]] = None
    marks = _exams(connection, year) if helped else []
    return tuple(
        _platform(connection, row, before.get(fold(row["title"] or "")), tuple(helped.get(row["id"], ())), marks)
        for row in rows
    )


def platform(connection: Connection, platform_id: int) -> Platform:
    """Return one platform.

    Raises:
        UserError: ``MON_PLATFORM_GONE``.
    """
    row = stored.row(connection, "network_platform", platform_id)
    found = () if row is None else platforms(connection, row["school_year"])
    for item in found:
        if item.id == platform_id:
            return item
    raise UserError("MON_PLATFORM_GONE")


def _platform(
    connection: Connection, row: Mapping[str, Any], before: int | None, schools: tuple[int, ...],
    marks: Iterable[StoredMark],
) -> Platform:  # fmt: skip
    values = _values(connection, row["id"])
    old = {} if before is None else _values(connection, before)
    known = _known(schools, marks)
    work = platform_work.known(connection, row["id"], row["organisation_id"], row["school_year"], schools)
    lines = tuple(
        _line(measure, values.get(measure.key), old.get(measure.key), known.get(measure.key, ""), work.get(measure.key))
        for measure in catalogue().measures
    )
    return Platform(row["id"], row["school_year"], row["title"] or "", row["organisation_id"], row["topic"] or "",
                    row["head"] or "", row["act"] or "", schools, lines)  # fmt: skip


def _values(connection: Connection, platform_id: int) -> dict[str, Mapping[str, Any]]:
    return {row["measure"]: row for row in stored.rows(connection, TABLE, {"platform_id": platform_id})}


def _line(
    measure: Measure, now: Mapping[str, Any] | None, before: Mapping[str, Any] | None, known: str,
    work: WorkValue | None,
) -> MeasureLine:  # fmt: skip
    old = None if before is None else before["value"]
    value = None if now is None else now["value"]
    code = None if now is None else now["code"]
    raw = "" if now is None else now["raw"]
    return MeasureLine(
        measure, raw, value, "" if now is None else now["source"] or "",
        problem(code, raw=raw).message if code else "", "" if old is None else value_words(measure.kind, old),
        change_of(measure, old, value), known, work,
    )  # fmt: skip


def _exams(connection: Connection, year: int) -> list[StoredMark]:
    """Return the counts of ОГЭ and ЕГЭ of the calendar year in which a school year ends."""
    found = results.marks(connection, year=year + 1)
    return [mark for mark in found if mark.assessment.procedure in EXAMS and mark.below_min is not None]


def _known(schools: tuple[int, ...], marks: Iterable[StoredMark]) -> dict[str, str]:
    """Return what results say of the schools a platform helps: how many stayed below the minimum, of all."""
    mine = [mark for mark in marks if mark.organisation_id in schools]
    below, whole = sum(mark.below_min or 0 for mark in mine), sum(mark.participants for mark in mine)
    return {"exams": value_words("share", f"{below}/{whole}")} if whole else {}


# --- writing -----------------------------------------------------------------------------------------------------


def put(store: Store, platform_id: int, cells: Iterable[Cell]) -> None:
    """Write indicators of a platform: one operation. An entry that does not fit stays and is marked.

    Raises:
        UserError: ``MON_PLATFORM_GONE``, ``MON_PLATFORM_MEASURE``.
    """
    row = stored.row(store.connection, "network_platform", platform_id)
    if row is None:
        raise UserError("MON_PLATFORM_GONE")
    typed: dict[str, dict[str, str]] = {}
    for key, name, text in cells:
        typed.setdefault(catalogue().find(key).key, {})[name] = text.strip()
    if not typed:
        return
    label = f"Показатели площадки {quoted(row['title'] or 'без названия')}, {school_year(row['school_year'])}"
    (first, names), single = next(iter(typed.items())), sum(map(len, typed.values())) == 1
    merge = f"measure:{platform_id}:{first}:{next(iter(names))}" if single else None
    with store.operation(label, "platforms.measure", merge=merge) as operation:
        present = _values(operation.connection, platform_id)
        for key, entries in typed.items():
            _put(operation, platform_id, catalogue().find(key), present.get(key), entries)


def take(store: Store, platform_id: int, keys: Iterable[str]) -> list[str]:
    """Write what the file's own work says for indicators: one operation; returns the keys that were written.

    What stands there is replaced: whoever calls has shown old and new.

    Raises:
        UserError: ``MON_PLATFORM_GONE``, ``MON_PLATFORM_MEASURE``.
    """
    lines = {line.measure.key: line for line in platform(store.connection, platform_id).lines}
    cells: list[Cell] = []
    for key in keys:
        work = lines[catalogue().find(key).key].work
        if work is not None and work.raw and work.raw != lines[key].raw:
            cells += [(key, "raw", work.raw), (key, "source", work.source)]
    put(store, platform_id, cells)
    return list(dict.fromkeys(key for key, _name, _text in cells))


def _put(
    operation: Operation, platform_id: int, measure: Measure, present: Mapping[str, Any] | None,
    entries: Mapping[str, str],
) -> None:  # fmt: skip
    raw = entries.get("raw", "" if present is None else present["raw"])
    source = entries.get("source", "" if present is None else present["source"] or "") or None
    value, code = read_value(measure.kind, raw)
    fields = {"raw": raw, "value": value, "code": code, "source": source}
    if present is None and (raw or source):
        operation.insert(TABLE, platform_id=platform_id, measure=measure.key, **fields)
    elif present is not None and not raw and source is None:
        operation.delete(TABLE, present["id"])
    elif present is not None and any(present[name] != kept for name, kept in fields.items()):
        operation.update(TABLE, present["id"], **fields)
