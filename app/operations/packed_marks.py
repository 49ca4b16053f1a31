"""Packed marks on their way into the file: a million rows pass without a record being made of any."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from app.importers.packed import MarkRows
from app.importers.parsed import UnitRef
from app.models.facts import Fact
from app.models.records import Assessment
from app.operations.units import Place


def flat_rows(
    rows: MarkRows, places: Mapping[UnitRef, Place | None], ids: Mapping[Assessment, int], file_id: int
) -> Iterator[tuple[Any, ...]]:
    """Return rows as ``facts.MARKS`` wants them; those of units that nobody knows are left out.

    Args:
        rows: what was read.
        places: (organisation, area) of each unit.
        ids: key of each assessment.
        file_id: key of the imported file.
    """
    whose = [places[unit] for unit in rows.units]
    if None in whose:
        rows = rows.keep([index for index, unit in enumerate(rows.columns["unit"]) if whose[unit] is not None])
    organisations, areas = ([None if place is None else place[i] for place in whose] for i in (0, 1))
    works = [(ids[assessment], year) for assessment, year in rows.works]
    c = rows.columns
    return zip(
        map(organisations.__getitem__, c["unit"]),
        map(areas.__getitem__, c["unit"]),
        map([key for key, _year in works].__getitem__, c["work"]),
        map([year for _key, year in works].__getitem__, c["work"]),
        repeat(0),
        c["participants"],
        *(_known(c[name]) for name in ("m2", "m3", "m4", "m5", "below")),
        map(rows.means.get, range(len(rows))) if rows.means else repeat(None),
        repeat(0),
        repeat(file_id),
        map(rows.sheets.__getitem__, c["sheet"]),
        c["row"],
        c["row"],
        repeat(None),
    )


def _known(column: array[int]) -> Sequence[int | None]:
    """Return figures with None for those below zero, which stand for «unknown»."""
    return [None if figure < 0 else figure for figure in column] if column and min(column) < 0 else column


def packed_facts(
    rows: MarkRows, places: Mapping[UnitRef, Place | None], ids: Mapping[Assessment, int], file_id: int
) -> Iterator[Fact]:
    """Yield rows as facts, for those that must be compared with what is stored."""
    for row in flat_rows(rows, places, ids, file_id):
        yield row[:5], row[5:13], row[13:]
