"""A column map: what each column of a table means, and how the next such file is recognised (issue B, point 1).

A column is known by its path of headings, compared without letter case, punctuation and years: the file of next year,
with columns in another order, is the same table. A year is never part of a map: next year's file would lie.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from app.importers.grid import heading
from app.importers.tables.heads import Column
from app.models.records import Level, Procedure

Target = Literal["marks", "schools", "metrics", "federal_list", "bias", "risk_profile", "risk_zone"]
FigureKind = Literal["count", "percent"]

TARGETS: tuple[Target, ...] = get_args(Target)
EXTERNAL_TARGETS = frozenset({"federal_list", "bias", "risk_profile", "risk_zone"})
TARGET_WORDS: dict[Target, str] = {
    "marks": "результаты",
    "schools": "реестр школ",
    "metrics": "показатели контекста",
    "federal_list": "список Рособрнадзора",
    "bias": "маркеры необъективности",
    "risk_profile": "рисковые профили",
    "risk_zone": "зоны риска",
}
UNIT_FIELDS = ("school", "code", "fisoko", "oo", "msu", "inn", "ogrn", "municipality", "region")
WORK_FIELDS = ("year", "procedure", "subject", "level", "grade")
FIGURE_FIELDS = (
    "participants", "mark2", "mark3", "mark4", "mark5", "below", "passed", "quality", "mean",
)  # fmt: skip
SCHOOL_FIELDS = (
    "school", "code", "fisoko", "oo", "msu", "inn", "ogrn", "short_name", "municipality", "school_type", "settlement",
    "status",
)  # fmt: skip
FIELDS: dict[Target, tuple[str, ...]] = {
    "marks": (*UNIT_FIELDS, *WORK_FIELDS, *FIGURE_FIELDS),
    "schools": SCHOOL_FIELDS,
    "metrics": (*UNIT_FIELDS, "school_year", "metric"),
    "federal_list": (*UNIT_FIELDS, "year", "group", "item"),
    "bias": (*UNIT_FIELDS, "year", "group", "item"),
    "risk_profile": (*UNIT_FIELDS, "year", "group", "item"),
    "risk_zone": (*UNIT_FIELDS, "year", "group", "item"),
}
"""What a column of a table of each target may be."""
SHARED_FIELDS = frozenset(FIGURE_FIELDS) | {"metric", "item"}
"""Fields that several columns may have, each in its own context; any other has one column."""
KINDED_FIELDS = frozenset({"mark2", "mark3", "mark4", "mark5", "below", "passed", "quality"})
"""Figures that come as counts or as percentages."""

LEAST_COVERAGE = 0.75
_YEAR = re.compile(r"\b(20[0-4]\d)(?: (?:20)?\d\d)?\b")

PathKey = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What one column means.

    Attributes:
        path: its headings from the top line down, as the first such file wrote them.
        field: one of ``FIELDS`` of the target.
        nth: which of the columns with these very headings it is, from 1.
        kind: whether the figures are counts or percentages; None leaves it to the figures.
        subject, level, grade, procedure: the work its figures belong to, where the headings say it.
        metric: code of a context metric.
        item: factor or marker of a list from outside.
    """

    path: tuple[str, ...]
    field: str
    nth: int = 1
    kind: FigureKind | None = None
    subject: str | None = None
    level: Level | None = None
    grade: int | None = None
    procedure: Procedure | None = None
    metric: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Fixed:
    """What holds for the whole table and stands nowhere in it."""

    procedure: Procedure | None = None
    subject: str | None = None
    level: Level | None = None
    grade: int | None = None
    municipality: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved map.

    Attributes:
        name: what a person calls it.
        target: what its rows become.
        columns: the columns that are read.
        ignored: headings of columns that are not: they too help to recognise the file.
        fixed: what the table does not say.
        header_row: the first row of the header (from 1) where a person had to point at it.
        header_depth: how many lines the header has.
    """

    name: str
    target: Target
    columns: tuple[ColumnMap, ...]
    ignored: tuple[tuple[str, ...], ...] = ()
    fixed: Fixed = Fixed()
    header_row: int | None = None
    header_depth: int = 1

    @property
    def signature(self) -> str:
        """Digest of the headings of all columns, in no order and without years."""
        return signature_of([*(column.path for column in self.columns), *self.ignored])


@dataclass(frozen=True, slots=True)
class Match:
    """How well a header fits a map.

    Attributes:
        columns: place of a column → what it means.
        missing: headings of the map that the table lacks.
        extra: headings of the table that the map does not know.
        score: 1 for the very same headings, less where some are gone or new, 0 where it is another table.
    """

    columns: dict[int, ColumnMap]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    score: float


def latest_year(paths: Iterable[Sequence[str]]) -> int | None:
    """Return the greatest calendar year that headings name."""
    years = [int(found.group(1)) for path in paths for part in path for found in _YEAR.finditer(heading(part))]
    return max(years, default=None)


def normal_path(path: Sequence[str], latest: int | None) -> tuple[str, ...]:
    """Return headings for comparison: years count back from the latest one of the table, as next year's will."""

    def mask(found: re.Match[str]) -> str:
        back = (latest or int(found.group(1))) - int(found.group(1))
        return f"<год{-back}>" if back else "<год>"

    return tuple(_YEAR.sub(mask, heading(part)) for part in path)


def keys_of(paths: Sequence[Sequence[str]]) -> list[PathKey]:
    """Return a key for each path; columns with the very same headings are told apart by their order."""
    latest = latest_year(paths)
    seen: Counter[tuple[str, ...]] = Counter()
    keys: list[PathKey] = []
    for path in paths:
        normal = normal_path(path, latest)
        seen[normal] += 1
        keys.append((normal, seen[normal]))
    return keys


def signature_of(paths: Sequence[Sequence[str]]) -> str:
    """Return the digest by which a table is recognised; columns without headings do not count."""
    lines = sorted("\t".join((*path, str(nth))) for path, nth in keys_of(paths) if path)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


@lru_cache(256)
def _own(profile: Profile) -> tuple[str, dict[PathKey, ColumnMap], frozenset[tuple[str, ...]]]:
    """Return signature, columns by key and headings that are passed over: every file is held against every map."""
    latest = latest_year([column.path for column in profile.columns] + list(profile.ignored))
    known = {(normal_path(column.path, latest), column.nth): column for column in profile.columns}
    ignored = frozenset(normal_path(path, latest) for path in profile.ignored)
    return profile.signature, known, ignored


def match(profile: Profile, columns: Sequence[Column]) -> Match:
    """Compare a header with a map."""
    signature, known, ignored = _own(profile)
    paths = [column.path for column in columns]
    places = dict(zip(keys_of(paths), columns, strict=True))
    found = {places[key].at: mapped for key, mapped in known.items() if key in places}
    missing = tuple(" / ".join(mapped.path) for key, mapped in known.items() if key not in places)
    if not missing and signature_of(paths) == signature:
        return Match(found, (), (), 1.0)
    extra = tuple(
        column.words for key, column in places.items() if key not in known and column.path and key[0] not in ignored
    )
    return Match(found, missing, extra, _score(profile, found, missing, extra))


def _score(profile: Profile, found: dict[int, ColumnMap], missing: tuple[str, ...], extra: tuple[str, ...]) -> float:
    fields = {column.field for column in found.values()}
    whose = fields & {"school", "code", "fisoko", "oo", "inn", "ogrn", "municipality", "region"}
    figures = fields & SHARED_FIELDS or profile.target in {"schools", *EXTERNAL_TARGETS}
    coverage = len(found) / max(1, len(found) + len(missing))
    if not whose or not figures or coverage < LEAST_COVERAGE:
        return 0.0
    novelty = len(extra) / max(1, len(found) + len(extra))
    return round(0.97 * coverage - 0.3 * novelty, 4)
