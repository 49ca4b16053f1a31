"""Records → pandas frames: the only way of figures into ``analysis``."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("school_id", "assessment_id", "year", "participants", "below_min", "m4", "m5", "restored", "autumn")


def mark_frame(connection: sqlite3.Connection, years: tuple[int, ...], *, own: bool = True) -> pd.DataFrame:
    """Return counts of schools for some years.

    Args:
        connection: reading connection.
        years: result years wanted.
        own: only the municipality's own schools; otherwise reference schools too.

    Returns:
        A frame with ``school_id`` (canonical), ``procedure``, ``subject``, ``level``, ``grade``, ``year``,
        ``participants``, ``below_min``, ``m4``, ``m5``, ``restored``, ``autumn``; unknown values are <NA>.
    """
    import numpy as np
    import pandas as pd

    marks = ", ".join("?" * len(years))
    only_own = "AND o.own = 1" if own else ""
    # -1 stands for NULL so that a million rows stay whole numbers on their way
    rows = connection.execute(
        "SELECT coalesce(o.duplicate_of, o.id), m.assessment_id, m.result_year, m.participants,"
        " coalesce(m.below_min, -1), coalesce(m.m4, -1), coalesce(m.m5, -1), m.restored, m.autumn"
        " FROM mark_count m JOIN organisation o ON o.id = m.organisation_id"
        f" WHERE m.result_year IN ({marks}) {only_own} {_first_of_merged(connection)}",
        years,
    ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(_COLUMNS))
    frame = pd.DataFrame({name: table[:, index] for index, name in enumerate(_COLUMNS)})
    for name in ("below_min", "m4", "m5"):
        frame[name] = frame[name].astype("Int64").mask(frame[name] < 0)
    return _with_assessments(connection, frame)


def _first_of_merged(connection: sqlite3.Connection) -> str:
    """Where both a merged record and its canonical one have a count, only the canonical one's counts."""
    if connection.execute("SELECT 1 FROM organisation WHERE duplicate_of IS NOT NULL LIMIT 1").fetchone() is None:
        return ""
    return (
        "AND (o.duplicate_of IS NULL OR NOT EXISTS (SELECT 1 FROM mark_count t WHERE t.organisation_id = o.duplicate_of"
        " AND t.assessment_id = m.assessment_id AND t.result_year = m.result_year AND t.autumn = m.autumn))"
    )


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
    grades = pd.Series(np.array([row[4] or -1 for row in known], dtype=np.int64)[places], dtype="Int64")
    frame["grade"] = grades.mask(grades < 0)
    return frame.drop(columns="assessment_id")
