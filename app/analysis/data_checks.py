"""Checks of counts and metrics: frames in, findings out. Whole numbers decide; nothing is stored or worded here.

Levels: «block» is what can't be true (marks above participants), «explain» what may be true but must be explained (a
jump against last year), «hint» what may be meant otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.findings import CheckLevel, Finding, Limits, Place
from app.analysis.metric_catalogue import Catalogue, Metric
from app.analysis.metric_values import Figures, derived

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

HINT: CheckLevel = "hint"
ROUNDING = 2
"""Four counts made from rounded percentages may miss their sum by so many."""
_MARKS = ("m2", "m3", "m4", "m5")
_LARGE_ZERO = 10
"""A zero is doubtful where last year's number was at least this."""
_FEW = 10
"""Changes of counts by fewer than this are not worth asking."""


# --- counts of marks -------------------------------------------------------------------------------------------


def counts(frame: pd.DataFrame, ours: set[int], pupils: pd.DataFrame, limits: Limits) -> list[Finding]:
    """Check stored counts of marks.

    Args:
        frame: from ``models.check_rows.count_frame``.
        ours: keys of own organisations; what is wrong with others is a hint.
        pupils: numbers of pupils, from ``models.frames.metric_frame``.
        limits: thresholds.
    """
    if not len(frame):
        return []
    mine = np.isin(frame["school_id"].to_numpy(), np.fromiter(ours, dtype=np.int64, count=len(ours)))
    found = [*_sums(frame), *_below(frame)]
    own = set(frame["id"].to_numpy()[mine].tolist())
    told = [f if f.place.key in own else replace(f, level=HINT) for f in found]
    chosen = frame[mine]
    return [*told, *_jumps(chosen, limits), *_above_pupils(chosen, pupils)]


def _rows(frame: pd.DataFrame, where: Bools) -> Iterator[dict[str, int]]:
    names = list(frame.columns)
    for values in frame[where].to_numpy().tolist():
        yield dict(zip(names, values, strict=True))


def _of_count(level: CheckLevel, code: str, row: Mapping[str, int], figures: str, **context: Any) -> Finding:
    place = Place("mark", row["school_id"] or None, year=row["year"], key=row["id"])
    unit = f"area:{row['area']}" if row["area"] else f"school:{row['record']}"
    subject = f"mark:{unit}:{row['work']}:{row['year']}:{row['autumn']}"
    base = {"work": row["work"], "year": row["year"], "area": row["area"], "participants": row["participants"]}
    return Finding(level, code, place, subject, figures, base | context)


def _sums(frame: pd.DataFrame) -> Iterator[Finding]:
    """Sums of marks against participants; a restored sum may be off by its rounding."""
    marks = frame[list(_MARKS)].to_numpy()
    people = frame["participants"].to_numpy()
    whole = (marks >= 0).all(axis=1)
    total = np.where(marks >= 0, marks, 0).sum(axis=1)
    off = total - people
    slack = np.where(frame["restored"].to_numpy() == 1, ROUNDING, 0)
    for row in _rows(frame, (off > slack) | (whole & (off < -slack))):
        known = [row[name] for name in _MARKS if row[name] >= 0]
        marked = sum(known)
        figures = f"{row['participants']}:{':'.join(str(row[name]) for name in _MARKS)}"
        if marked > row["participants"]:
            yield _of_count("block", "DATA_MARKS_ABOVE", row, figures, marks=marked)
        elif marked == 0:
            yield _of_count("explain", "DATA_MARKS_ZERO", row, figures)
        else:
            yield _of_count("explain", "STORE_SUM", row, figures, marks=marked)


def _below(frame: pd.DataFrame) -> Iterator[Finding]:
    """Participants below minimum against participants and against «2»."""
    below, people, twos = (frame[name].to_numpy() for name in ("below", "participants", "m2"))
    for row in _rows(frame, below > people):
        yield _of_count("block", "DATA_BELOW_ABOVE", row, f"{row['below']}:{row['participants']}", below=row["below"])
    differ = (below >= 0) & (twos >= 0) & (below != twos) & (below <= people)
    for row in _rows(frame, differ & (frame["restored"].to_numpy() == 0)):
        figures = f"{row['below']}:{row['m2']}"
        yield _of_count("explain", "DATA_BELOW_TWOS", row, figures, below=row["below"], twos=row["m2"])


def _jumps(frame: pd.DataFrame, limits: Limits) -> Iterator[Finding]:
    """Change of the share below minimum against the year before, the same work of the same school."""
    people, below = frame["participants"].to_numpy(), frame["below"].to_numpy()
    sound = (below >= 0) & (below <= people)
    usable = sound & (people >= max(1, limits.small_group)) & (frame["autumn"].to_numpy() == 0)
    chosen = frame[usable].drop_duplicates(["school_id", "work", "year"])
    if not len(chosen):
        return
    schools = np.unique(chosen["school_id"].to_numpy(), return_inverse=True)[1]
    kinds = np.unique(chosen["work"].to_numpy(), return_inverse=True)[1]
    years = chosen["year"].to_numpy()
    key = (schools * (int(kinds.max()) + 1) + kinds) * 4096 + years
    order = np.argsort(key)
    place = np.searchsorted(key[order], key - 1)
    there = (place < len(key)) & (key[order][np.minimum(place, len(key) - 1)] == key - 1)
    past = order[np.minimum(place, len(key) - 1)]
    now_below, now_all = chosen["below"].to_numpy(), chosen["participants"].to_numpy()
    was_below, was_all = now_below[past], now_all[past]
    change = np.abs(now_below * was_all - was_below * now_all)
    wide = there & (change * 100 >= limits.points * now_all * was_all)
    for index, row in zip(np.flatnonzero(wide).tolist(), _rows(chosen, wide), strict=True):
        before = (int(was_below[index]), int(was_all[index]))
        figures = f"{row['below']}/{row['participants']}:{before[0]}/{before[1]}"
        yield _of_count("explain", "DATA_JUMP", row, figures, below=row["below"], before=before, points=limits.points)


def _above_pupils(frame: pd.DataFrame, pupils: pd.DataFrame) -> Iterator[Finding]:
    """More participants in one work than pupils in the school: the largest work of each year is named."""
    counted = pupils[pupils["part"].notna()]
    known = pd.DataFrame({"school_id": counted["school_id"], "year": counted["school_year"] + 1})
    known["pupils"] = counted["part"].astype("int64")
    # stable: which of two equal works is named does not hang on what else is stored
    largest = frame.sort_values("participants", ascending=False, kind="stable").drop_duplicates(["school_id", "year"])
    joined = largest.merge(known, on=["school_id", "year"])
    for row in _rows(joined, (joined["participants"] > joined["pupils"]).to_numpy()):
        figures = f"{row['participants']}:{row['pupils']}"
        yield _of_count("explain", "DATA_ABOVE_PUPILS", row, figures, pupils=row["pupils"])


# --- context metrics -------------------------------------------------------------------------------------------


def metrics(frame: pd.DataFrame, catalogue: Catalogue, limits: Limits) -> list[Finding]:
    """Check values of context metrics.

    Args:
        frame: from ``models.frames.metric_frame`` with ``raw``, every school year.
        catalogue: the catalogue in force.
        limits: thresholds.
    """
    found: list[Finding] = []
    tables = _tables(frame)
    for metric in catalogue.metrics:
        own = tables.get(metric.code)
        if own is None and metric.kind != "share":
            continue
        if metric.kind == "share":
            found += _share(metric, own, tables, limits)
        else:
            found += _plain(metric, own, catalogue, limits) if own is not None else []
    return found


def _tables(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the values of each metric by (school, school year)."""
    indexed = frame.assign(number=pd.to_numeric(frame["exact"].where(_numeric(frame)), errors="coerce"))
    return {str(code): part for code, part in indexed.groupby("metric", observed=True)}


def _numeric(frame: pd.DataFrame) -> pd.Series:
    return frame["exact"].notna() & frame["part"].isna()


def _of_metric(
    level: CheckLevel, code: str, metric: Metric, school: int, year: int, figures: str, **context: Any
) -> Finding:
    place = Place("metric", int(school), year=int(year), metric=metric.code)
    subject = f"metric:{school}:{year}:{metric.code}"
    return Finding(level, code, place, subject, figures, {"metric": metric, "year": int(year)} | context)


def _told(figures: Figures) -> str:
    return "/".join("" if value is None else str(value) for value in figures)


def _values(table: pd.DataFrame, where: Any) -> Iterator[tuple[int, int, Figures]]:
    """Return (school, school year, figures) of some rows of a table."""
    chosen = table[where]
    columns = (chosen[name].tolist() for name in ("school_id", "school_year", "part", "whole", "exact"))
    for school, year, part, whole, exact in zip(*columns, strict=True):
        whole_number = None if whole is pd.NA or whole != whole else int(whole)  # noqa: PLR0124 - NaN is not itself
        part_number = None if part is pd.NA or part != part else int(part)  # noqa: PLR0124
        yield school, year, (part_number, whole_number, exact if isinstance(exact, str) else None)


def _outside(metric: Metric, number: npt.NDArray[np.float64]) -> Bools:
    """Mark numbers outside the bounds of a metric; NaN is inside."""
    low = -np.inf if metric.lower is None else float(metric.lower)
    high = np.inf if metric.upper is None else float(metric.upper)
    marked: Bools = (number < low) | (number > high)
    return marked


def _plain(metric: Metric, table: pd.DataFrame, catalogue: Catalogue, limits: Limits) -> Iterator[Finding]:
    """Bounds, doubtful zeros and jumps of counts and numbers."""
    if metric.kind in {"flag", "text"}:
        return
    number = _numbers(table)
    for school, year, figures in _values(table, _outside(metric, number)):
        yield _of_metric("explain", "DATA_METRIC_BOUNDS", metric, school, year, _told(figures), value=figures)
    zero = number == 0
    before = _year_before(table, number)
    doubtful = zero & (before >= _LARGE_ZERO)
    for (school, year, figures), past in zip(_values(table, doubtful), before[doubtful].tolist(), strict=True):
        told = f"{_told(figures)}:{past:g}"
        yield _of_metric("explain", "DATA_ZERO_AFTER", metric, school, year, told, before=past)
    if any(metric.code == other.whole for other in catalogue.metrics):
        for school, year, figures in _values(table, zero & ~doubtful):
            yield _of_metric("hint", "DATA_ZERO_WHOLE", metric, school, year, _told(figures))
    if metric.kind == "count":
        change = np.abs(number - before)
        wide = ~zero & (before > 0) & (change >= _FEW) & (change * 100 >= limits.percent * before)
        for (school, year, figures), past in zip(_values(table, wide), before[wide].tolist(), strict=True):
            told = f"{_told(figures)}:{past:g}"
            yield _of_metric("explain", "DATA_METRIC_JUMP", metric, school, year, told, value=figures,
                             before=(int(past), None, None), limit=limits.percent, points=False)  # fmt: skip


def _numbers(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return a count or a number of each row; floats are only compared with bounds and with last year's."""
    part = table["part"].to_numpy(dtype="float64", na_value=np.nan)
    return np.where(np.isnan(part), table["number"].to_numpy(dtype="float64", na_value=np.nan), part)


def _year_before(table: pd.DataFrame, number: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return each row's number of the school year before; NaN where there is none."""
    keys = pd.MultiIndex.from_arrays([table["school_id"], table["school_year"]])
    wanted = pd.MultiIndex.from_arrays([table["school_id"], table["school_year"] - 1])
    places = keys.get_indexer(wanted)
    found: npt.NDArray[np.float64] = np.where(places >= 0, number[places], np.nan)
    return found


def _share(
    metric: Metric, own: pd.DataFrame | None, tables: Mapping[str, pd.DataFrame], limits: Limits
) -> Iterator[Finding]:
    """Parts above wholes, shares that contradict their counts, fractions meant as percentages, jumps."""
    entered = _by_cell(own)
    parts, wholes = _both(tables, metric)
    shares: dict[tuple[int, int], Figures] = dict(entered)
    for cell, part in parts.items():
        whole = wholes.get(cell)
        if whole is None or part[0] is None or whole[0] is None:
            continue
        if part[0] > whole[0]:
            yield _of_metric("block", "DATA_PARTS_ABOVE", metric, *cell, f"{part[0]}/{whole[0]}",
                             part=part[0], whole=whole[0])  # fmt: skip
            continue
        from_counts = derived(metric, None, part, whole)
        typed = entered.get(cell)
        if typed is None:
            if from_counts is not None:
                shares[cell] = from_counts
        elif from_counts is not None and _contradict(typed, from_counts):
            told = f"{_told(typed)}:{part[0]}/{whole[0]}"
            yield _of_metric("explain", "DATA_SHARE_DIFFERS", metric, *cell, told, value=typed, counted=from_counts)
    for cell, figures in entered.items():
        if figures[0] is not None and figures[1] is not None and figures[0] > figures[1]:
            yield _of_metric("block", "DATA_PARTS_ABOVE", metric, *cell, _told(figures),
                             part=figures[0], whole=figures[1])  # fmt: skip
    if own is not None:
        yield from _fractions(metric, own)
    yield from _share_jumps(metric, shares, limits)


def _both(
    tables: Mapping[str, pd.DataFrame], metric: Metric
) -> tuple[dict[tuple[int, int], Figures], dict[tuple[int, int], Figures]]:
    """Return the two counts of a share by cell, where there are both."""
    part, whole = tables.get(metric.part or ""), tables.get(metric.whole or "")
    if part is None or whole is None:
        return {}, {}
    common = ["school_id", "school_year"]
    return _by_cell(part), _by_cell(whole.merge(part[common], on=common))


def _by_cell(table: pd.DataFrame | None) -> dict[tuple[int, int], Figures]:
    return {} if table is None else {(s, y): f for s, y, f in _values(table, slice(None))}


def _percent(figures: Figures) -> float | None:
    part, whole, exact = figures
    if part is not None and whole:
        return part * 100 / whole
    return None if exact is None else float(exact)


def _contradict(typed: Figures, counted: Figures) -> bool:
    """Tell whether a typed share says another thing than its counts: a percentage may be rounded to its last digit."""
    part, whole, exact = typed
    of, all_of = counted[0] or 0, counted[1] or 1
    if exact is None:
        return (part or 0) * all_of != of * (whole or 0)
    digits = len(exact.partition(".")[2])
    return bool(abs(float(exact) - of * 100 / all_of) > 0.5 * 10**-digits + 1e-9)


def _fractions(metric: Metric, own: pd.DataFrame) -> Iterator[Finding]:
    """«0,48» without a percent sign was taken as 0,48 %: it may have meant 48 %."""
    number = own["number"].to_numpy(dtype="float64", na_value=np.nan)
    bare = ~own["raw"].astype(str).str.contains("%", regex=False).to_numpy(dtype=bool)
    for school, year, figures in _values(own, (number > 0) & (number < 1) & bare):
        yield _of_metric("hint", "DATA_SHARE_FRACTION", metric, school, year, _told(figures), value=figures)


def _share_jumps(metric: Metric, shares: Mapping[tuple[int, int], Figures], limits: Limits) -> Iterator[Finding]:
    for (school, year), figures in shares.items():
        past = shares.get((school, year - 1))
        if past is None:
            continue
        small = [f[1] for f in (figures, past) if f[1] is not None and f[1] < limits.small_group]
        now, before = _percent(figures), _percent(past)
        if small or now is None or before is None or abs(now - before) < limits.points:
            continue
        told = f"{_told(figures)}:{_told(past)}"
        yield _of_metric("explain", "DATA_METRIC_JUMP", metric, school, year, told, value=figures, before=past,
                         limit=limits.points, points=True)  # fmt: skip
