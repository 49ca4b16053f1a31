"""Writing about indicators: values a person types, formula and tolerance. Each is one operation, one step back.

What does not fit stays as it was typed and is marked (decision 18). A closed point takes nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.analysis.indicator_lights import leeway, understood
from app.analysis.programme_values import number
from app.errors import UserError
from app.models import indicators as stored
from app.models import programmes as stored_programmes
from app.models import registers as kept
from app.models.indicators import Point
from app.models.store import Connection, Operation, Store
from app.texts import count, quoted

Cell = tuple[int, int, int | None, str]
"""(lineage of the indicator, plan year, measuring point or None for the year itself, text as typed)."""


TABLE = "indicator_value"
"""Under which name half-typed values wait; the key is the lineage, the column «2026:» or «2026:point»."""


def put_value(
    store: Store, lineage: int, year: int, raw: str, point_id: int | None = None, *, source: str | None = None
) -> None:
    """Write the value of an indicator for a plan year, or at a measuring point of it; "" takes it away.

    Args:
        store: the open file.
        lineage: of the indicator.
        year: plan year.
        raw: as typed.
        point_id: measuring point; None for the year itself.
        source: from where the value is; None leaves it as it was.

    Raises:
        UserError: ``MON_NO_INDICATOR``, ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    put_values(store, [(lineage, year, point_id, raw)], {} if source is None else {lineage: source})


def put_values(store: Store, cells: Iterable[Cell], sources: Mapping[int, str] | None = None) -> int:
    """Write many values at once: one operation.

    Args:
        store: the open file.
        cells: see ``Cell``.
        sources: lineage → from where its values are.

    Returns:
        How many cells were written.

    Raises:
        UserError: ``MON_NO_INDICATOR``, ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    wanted = {(lineage, year, point): raw.strip() for lineage, year, point, raw in cells}
    told = sources or {}
    for lineage, year, point in wanted:
        _check(store.connection, lineage, year, point)
    if not wanted:
        return 0
    (lineage, year, point), single = next(iter(wanted)), len(wanted) == 1
    what = quoted(_short(store.connection, lineage)) if single else count(len(wanted), "ячейка", "ячейки", "ячеек")
    merge = f"indicator:{lineage}:{year}:{point}" if single else None
    with store.operation(f"Значения индикаторов, {year} год: {what}", "indicator.value", merge=merge) as operation:
        for (lineage, year, point), raw in wanted.items():
            _put(operation, lineage, year, point, raw, told.get(lineage))
    return len(wanted)


def put_source(store: Store, lineage: int, year: int, source: str, point_id: int | None = None) -> None:
    """Say from where a typed value is.

    Raises:
        UserError: ``MON_NO_INDICATOR``, ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    _check(store.connection, lineage, year, point_id)
    present = stored.value(store.connection, lineage, year, point_id)
    merge = f"indicator-source:{lineage}:{year}:{point_id}"
    label = f"Источник значения: {quoted(_short(store.connection, lineage))}"
    with store.operation(label, "indicator.value", merge=merge) as operation:
        if present is not None:
            operation.update("indicator_value", present.id, source=source.strip() or None)


def put_draft(store: Store, lineage: int, year: int, raw: str, point_id: int | None = None) -> None:
    """Keep a half-typed value (decision 18): it is no fact yet; "" forgets it.

    Raises:
        UserError: ``MON_NO_INDICATOR``, ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    _check(store.connection, lineage, year, point_id)
    text, where = raw.strip(), draft_column(year, point_id)
    with store.operation("Набран текст", "indicator.draft", merge=f"indicator-draft:{lineage}:{where}") as operation:
        kept.put_entry(operation, TABLE, lineage, where, text, "DRAFT" if text else None)


def draft_column(year: int, point_id: int | None) -> str:
    """Return the column under which a half-typed value waits."""
    return f"{year}:{point_id or ''}"


def draft_names(connection: Connection) -> dict[str, str]:
    """Return «table:row:column» → heading for half-typed values, for the check of the file."""
    return {
        f"{TABLE}:{row}:{name}": f"Факт, {name.partition(':')[0]} год"
        for row, cells in kept.drafts(connection, TABLE).items() for name in cells
    }  # fmt: skip


def _check(connection: Connection, lineage: int, year: int, point_id: int | None) -> None:
    if not stored.editions_with(connection, lineage):
        raise UserError("MON_NO_INDICATOR")
    if point_id is not None:
        refuse_closed(open_point(connection, point_id))
        return
    for point in _programme_points(connection, lineage, year):
        holds = {one.lineage for one in stored.stored_at(connection, point.id)}
        if point.closed and lineage in holds and _last(connection, point):
            refuse_closed(point)


def _programme_points(connection: Connection, lineage: int, year: int) -> list[Point]:
    found = stored_programmes.programme(connection, stored.editions_with(connection, lineage)[0])
    return [] if found is None else stored.points(connection, found.lineage, year)


def _last(connection: Connection, point: Point) -> bool:
    """Tell whether no open point follows: the year itself is closed."""
    return all(
        one.closed for one in stored.points(connection, point.lineage, point.plan_year)
        if (one.position, one.id) >= (point.position, point.id)
    )  # fmt: skip


def open_point(connection: Connection, key: int) -> Point:
    """Return a measuring point.

    Raises:
        UserError: ``MON_NO_POINT``.
    """
    found = stored.point(connection, key)
    if found is None:
        raise UserError("MON_NO_POINT")
    return found


def refuse_closed(point: Point) -> None:
    """Refuse to change what a closed point keeps.

    Raises:
        UserError: ``MON_POINT_CLOSED``.
    """
    if point.closed:
        raise UserError("MON_POINT_CLOSED", title=point.title, year=point.plan_year)


def _short(connection: Connection, lineage: int) -> str:
    """Return the beginning of an indicator's text for the journal."""
    for key in stored.editions_with(connection, lineage)[:1]:
        for node in stored_programmes.nodes(connection, key):
            if node.lineage == lineage:
                text = " ".join(node.text.split())
                return text if len(text) <= 60 else f"{text[:58]}…"
    return "индикатор"


def _put(operation: Operation, lineage: int, year: int, point: int | None, raw: str, source: str | None) -> None:
    present = stored.value(operation.connection, lineage, year, point)
    kept.put_entry(operation, TABLE, lineage, draft_column(year, point), "", None)
    if not raw:
        if present is not None:
            operation.delete("indicator_value", present.id)
        return
    read = number(raw)
    code = "MON_NOT_NUMBER" if read.value is None else None
    values = {"raw": raw, "value": read.value, "code": code}
    if source is not None:
        values["source"] = source.strip() or None
    if present is None:
        operation.insert("indicator_value", lineage=lineage, plan_year=year, point_id=point, **values)
        return
    now = {"raw": present.raw, "value": present.value, "code": present.code, "source": present.source}
    if any(now[name] != value for name, value in values.items()):
        operation.update("indicator_value", present.id, **values)


def put_rule(
    store: Store, lineage: int, *, formula: str | None = None, as_programme: bool = False,
    tolerance: str | None = None, note: str | None = None,
) -> int | None:  # fmt: skip
    """Change formula or tolerance of an indicator; another formula is another version.

    Args:
        store: the open file.
        lineage: of the indicator.
        formula: as typed, "" for values typed by hand; None leaves it.
        as_programme: go back to the formula that stands in the programme.
        tolerance: as typed, "" for that of the programme; None leaves it.
        note: a remark; None leaves it.

    Returns:
        The version of the formula in force.

    Raises:
        UserError: ``MON_NO_INDICATOR``.
    """
    editions = stored.editions_with(store.connection, lineage)
    if not editions:
        raise UserError("MON_NO_INDICATOR")
    present = stored.rules(store.connection, [lineage]).get(lineage)
    node = next(one for one in stored_programmes.nodes(store.connection, editions[0]) if one.lineage == lineage)
    records = stored_programmes.of_node(store.connection, "programme_indicator", node.id)
    own, unit = (records[0].formula or "", records[0].unit) if records else ("", None)
    before = own if present is None or present.formula is None else present.formula
    version = present.version if present is not None else 1
    values: dict[str, object] = {}
    if as_programme or formula is not None:
        now = own if as_programme else (formula or "").strip()
        values["formula"] = None if as_programme else now
        version += now.strip() != before.strip() and bool(before.strip() or present is not None)
        values["version"] = version
    if tolerance is not None:
        text = tolerance.strip()
        read = leeway(text, unit)
        values |= {"tolerance_raw": text or None, "tolerance": read.stored if read is not None else None,
                   "tolerance_code": None if understood(text, unit) else "MON_NOT_TOLERANCE"}  # fmt: skip
    if note is not None:
        values["note"] = note.strip() or None
    what = "Формула" if "formula" in values else ("Допуск" if tolerance is not None else "Примечание")
    label = f"{what} индикатора {quoted(_short(store.connection, lineage))}"
    merge = f"indicator-rule:{lineage}:{','.join(sorted(values))}" if "formula" not in values else None
    with store.operation(label, "indicator.rule", merge=merge) as operation:
        if present is None and any(value is not None for name, value in values.items() if name != "version"):
            operation.insert("indicator_rule", lineage=lineage, **values)
        elif present is not None:
            changed = {name: value for name, value in values.items() if getattr(present, name) != value}
            if changed:
                operation.update("indicator_rule", present.id, **changed)
    return version
