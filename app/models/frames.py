"""Records → pandas frames: the only way of figures into ``analysis``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from app.models.metrics import REGISTRY_METRICS
from app.models.organisations import canonical_map

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Table = npt.NDArray[np.int64]

_ROWS = """
SELECT organisation_id, assessment_id, (result_year << 2) | (restored << 1) | autumn,
       (participants << 32) | (coalesce(below_min, -1) + 1), ((coalesce(m4, -1) + 1) << 32) | (coalesce(m5, -1) + 1)
FROM mark_count
"""
"""Five whole numbers a row: a million rows come over twice as fast as with a value a column. 0 stands for NULL."""
_MEANS = """,
CASE WHEN m2 + m3 + m4 + m5 > 0 THEN 2 * m2 + 3 * m3 + 4 * m4 + 5 * m5 ELSE 0 END, coalesce(m2 + m3 + m4 + m5, 0),
CASE WHEN mean IS NULL THEN 0 ELSE CAST(round(CAST(mean AS REAL) * 10000) AS INTEGER) * participants END,
CASE WHEN mean IS NULL THEN 0 ELSE 10000 * participants END
FROM mark_count
"""
MEANS = ("marks_sum", "marks_of", "stated_sum", "stated_of")
"""What makes a mean: the sum of marks over their number; a stated mean, to four decimals, weighted by participants."""
_LOW = 0xFFFFFFFF
_REFERENCES = "SELECT 1 FROM organisation WHERE own = 0 LIMIT 1"
_OURS = "organisation_id IN (SELECT id FROM organisation WHERE own = 1 OR duplicate_of IS NOT NULL)"
_ALL = "+organisation_id IS NOT NULL"
"""The plus keeps SQLite from its index: one scan is faster than a million look-ups."""


def mark_frame(
    connection: sqlite3.Connection, years: tuple[int, ...], *, own: bool = True, means: bool = False
) -> pd.DataFrame:
    """Return counts of schools for some years.

    Args:
        connection: reading connection.
        years: result years wanted.
        own: only the municipality's own schools; otherwise reference schools too.
        means: the columns ``MEANS`` too, 0 where there is nothing to make a mean of.

    Returns:
        A frame with ``school_id`` (canonical), ``procedure``, ``subject``, ``level``, ``grade``, ``year``,
        ``participants``, ``below_min``, ``m4``, ``m5``, ``restored``, ``autumn``; unknown values are <NA>.
    """
    marks = ", ".join("?" * len(years))
    mine = _OURS if own and connection.execute(_REFERENCES).fetchone() else _ALL
    table = _table(connection, f"WHERE result_year IN ({marks}) AND {mine}", years, means=means)
    return _frame(connection, _as_canonical(connection, table, own=own))


def area_frame(
    connection: sqlite3.Connection, years: tuple[int, ...], kind: str, *, means: bool = False
) -> pd.DataFrame | None:
    """Return the counts of our own municipality, or of the region where the file knows one alone, as ``mark_frame``.

    ``school_id`` is the key of the area. None where it is not known which area is meant.

    Args:
        connection: reading connection.
        years: result years wanted.
        kind: «region» or «municipality».
        means: the columns ``MEANS`` too.
    """
    found = connection.execute("SELECT id, own FROM area WHERE kind = ?", (kind,)).fetchall()
    ours = [row for row in found if row[1]] or found
    if len(ours) != 1:
        return None
    marks = ", ".join("?" * len(years))
    where = f"WHERE result_year IN ({marks}) AND area_id = ?"
    table = _table(connection, where, (*years, ours[0][0]), means=means)
    table[:, 0] = ours[0][0]
    return _frame(connection, table)


def _table(connection: sqlite3.Connection, where: str, values: tuple[int, ...], *, means: bool) -> Table:
    """Read rows as whole numbers only; those of an area have 0 in the place of the school."""
    import numpy as np

    select = _ROWS.replace("organisation_id,", "coalesce(organisation_id, 0),", 1)
    if means:
        select = select.replace("\nFROM mark_count\n", _MEANS)
    rows = connection.execute(f"{select} {where}", values)
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 9 if means else 5)


def _frame(connection: sqlite3.Connection, table: Table) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({"school_id": table[:, 0], "assessment_id": table[:, 1], "year": table[:, 2] >> 2})
    frame["participants"] = table[:, 3] >> 32
    for name, values in (("below_min", table[:, 3] & _LOW), ("m4", table[:, 4] >> 32), ("m5", table[:, 4] & _LOW)):
        frame[name] = pd.arrays.IntegerArray(values - 1, values == 0)
    frame["restored"], frame["autumn"] = table[:, 2] >> 1 & 1, table[:, 2] & 1
    for column, name in enumerate(MEANS[: table.shape[1] - 5], start=5):
        frame[name] = table[:, column]
    return _with_assessments(connection, frame)


def _as_canonical(connection: sqlite3.Connection, table: Table, *, own: bool) -> Table:
    """Give rows of merged records to their canonical one; where that has a count of its own, only its own counts."""
    import numpy as np

    merged = canonical_map(connection)
    if not merged:
        return table
    ours = {key for (key,) in connection.execute("SELECT id FROM organisation WHERE own = 1")}
    places = np.flatnonzero(np.isin(table[:, 0], list(merged)))
    places = places[np.argsort(table[places, 0], kind="stable")]  # the smaller key first, as models.merged says
    standing = np.isin(table[:, 0], list(set(merged.values())))
    taken = {_what(row) for row in table[standing].tolist() if row[0] not in merged}
    keep = np.ones(len(table), dtype=np.bool_)
    for place in places.tolist():
        table[place, 0] = merged[int(table[place, 0])]
        what = _what(table[place].tolist())
        keep[place] = what not in taken and (not own or what[0] in ours)
        taken.add(what)
    return table[keep]


def _what(row: list[int]) -> tuple[int, int, int]:
    """Return what a row counts: school, assessment, year with season (``restored`` left out)."""
    return row[0], row[1], row[2] & ~2


def _with_assessments(connection: sqlite3.Connection, frame: pd.DataFrame) -> pd.DataFrame:
    """Replace ``assessment_id`` by what it names, as categories (a handful of values over many rows)."""
    import numpy as np
    import pandas as pd

    known = connection.execute("SELECT id, procedure, subject, level, grade FROM assessment ORDER BY id").fetchall()
    known = known or [(0, "ВПР", "", None, None)]
    ids = np.array([row[0] for row in known], dtype=np.int64)
    places = np.searchsorted(ids, frame["assessment_id"].to_numpy())
    for index, name in ((1, "procedure"), (2, "subject"), (3, "level")):
        kinds = sorted({row[index] for row in known if row[index] is not None})
        codes = np.array([kinds.index(row[index]) if row[index] is not None else -1 for row in known], dtype=np.int64)
        frame[name] = pd.Categorical.from_codes(codes[places], dtype=pd.CategoricalDtype(kinds))
    grades = np.array([row[4] or 0 for row in known], dtype=np.int64)[places]
    frame["grade"] = pd.arrays.IntegerArray(grades, grades == 0)
    return frame.drop(columns="assessment_id")


_METRICS = """
SELECT organisation_id, school_year, metric, part, whole, exact{0} FROM metric_value
WHERE school_year IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR metric IN (SELECT value FROM json_each(?2)))
"""
_CARDS = """
SELECT organisation_id, school_year, '{0}', {0}, NULL, NULL{1} FROM organisation_year
WHERE {0} IS NOT NULL AND school_year IN (SELECT value FROM json_each(?1))
AND (?2 IS NULL OR '{0}' IN (SELECT value FROM json_each(?2)))
"""
"""The numbers of the school's card speak first (``models.metrics``)."""


def metric_frame(
    connection: sqlite3.Connection,
    school_years: Iterable[int],
    metrics: Iterable[str] | None = None,
    *,
    own: bool = True,
    raw: bool = False,
) -> pd.DataFrame:
    """Return values of context metrics, one row a school, school year and metric.

    Args:
        connection: reading connection.
        school_years: first calendar years of the school years wanted (2025 is 2025/26).
        metrics: codes wanted; all where not given.
        own: only the municipality's own schools.
        raw: a column ``raw`` with what stood in the cell too.

    Returns:
        A frame with ``school_id`` (canonical), ``school_year``, ``metric`` (a category), ``part``, ``whole`` (whole
        numbers, <NA> where unknown), ``exact`` (text with a point, None where there is none). Shares that follow from
        two counts are not in it: ``analysis.metric_values`` works them out.
    """
    import numpy as np
    import pandas as pd

    years = json.dumps(sorted(set(school_years)))
    codes = None if metrics is None else json.dumps(sorted(set(metrics)))
    rows: list[tuple[Any, ...]] = []
    texts = (", raw", ", ''") if raw else ("", "")
    for sql in (*(_CARDS.format(name, texts[1]) for name in REGISTRY_METRICS.values()), _METRICS.format(texts[0])):
        rows += connection.execute(sql, (years, codes)).fetchall()
    merged = canonical_map(connection)
    names = ["school_id", "school_year", "metric", "part", "whole", "exact", *(["raw"] if raw else [])]
    frame = pd.DataFrame(rows, columns=names)
    frame = frame.astype({"school_id": "int64", "school_year": "int64", "part": "Int64", "whole": "Int64"})
    frame["exact"] = pd.Series([row[5] for row in rows], dtype=object)  # None stays None
    frame["metric"] = frame["metric"].astype("category")
    if merged:
        records = frame["school_id"].to_numpy()
        is_merged = np.isin(records, list(merged))
        order = np.lexsort((np.where(is_merged, records, 0), is_merged))  # the canonical first, then the smaller key
        # no arithmetic with empty values on the way: keys of 63 bits do not survive as floats
        frame["school_id"] = np.array([merged.get(key, key) for key in records.tolist()], dtype=np.int64)
        frame = frame.iloc[order]
    frame = frame.drop_duplicates(["school_id", "school_year", "metric"], ignore_index=True)
    if own:
        ours = [key for (key,) in connection.execute("SELECT id FROM organisation WHERE own = 1")]
        frame = frame[frame["school_id"].isin(ours)].reset_index(drop=True)
    return frame
