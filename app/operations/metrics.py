"""Context metrics: the catalogue in force, values by school and school year, last year's values, what a rule asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.analysis.metric_catalogue import (
    OWN_GROUP,
    OWN_GROUP_NAME,
    Catalogue,
    Direction,
    Metric,
    as_toml,
    load_shipped,
    parse,
    plain,
)
from app.analysis.metric_values import Figures, MetricAmount, amounts, derived, needed, out_of_bounds
from app.errors import UserError, problem
from app.models import frames, organisations, references
from app.models import metrics as stored
from app.models.metric_cells import MetricKind, read_cell, shown
from app.models.metrics import Key, MetricDraft, MetricRow, StoredMetric, WrittenBy
from app.models.organisations import School
from app.models.records import MetricFigure, MetricName
from app.models.store import Connection, Store
from app.texts import count, school_year

if TYPE_CHECKING:
    from app.analysis.rule_model import Rule

_REFERENCE = "metrics"
_OWN = "own"


# --- the catalogue ---------------------------------------------------------------------------------------------


def catalogue(connection: Connection | None = None) -> Catalogue:
    """Return the shipped catalogue with the file's own metrics over it.

    A text of the file that can no longer be read is passed over here; ``checks`` names it.
    """
    return _laid_over(connection)[0]


def catalogue_faults(connection: Connection) -> list[UserError]:
    """Return what is wrong with the file's own catalogues."""
    return _laid_over(connection)[1]


def _laid_over(connection: Connection | None) -> tuple[Catalogue, list[UserError]]:
    found, faults = load_shipped(), []
    for _ref_id, _version, text in references.texts(connection, _REFERENCE) if connection is not None else ():
        try:
            found = parse(text, found)
        except UserError as error:
            faults.append(error)
    return found, faults


def names(connection: Connection | None = None) -> tuple[MetricName, ...]:
    """Return what a reader must know of the metrics (``Known.metrics``)."""
    return catalogue(connection).names()


def put_catalogue(store: Store, text: str, name: str) -> int:
    """Keep metrics from a TOML text («Обновить справочники…»); returns how many metrics are the file's own.

    Raises:
        UserError: ``DATA_CATALOGUE`` with every fault.
    """
    made = parse(text, catalogue(store.connection))
    with store.operation("Обновлён справочник показателей", "metrics.put") as operation:
        references.put(operation, _REFERENCE, name, "1", text)
    return sum(metric.own for metric in made.metrics)


def add_metric(
    store: Store, name: str, kind: MetricKind = "count", *, unit: str = "", short: str = "",
    direction: Direction = "neutral", lower: Decimal | None = None, upper: Decimal | None = None,
    part: str | None = None, whole: str | None = None, part_name: str = "", whole_name: str = "", source: str = "",
) -> Metric:  # fmt: skip
    """Add a metric of the methodist's own.

    Raises:
        UserError: ``DATA_METRIC_TAKEN`` where the name means another metric; ``DATA_CATALOGUE`` with every fault.
    """
    known = catalogue(store.connection)
    for spelling in (name, short):
        holder = next((m for m in known.metrics if spelling and plain(spelling) in map(plain, m.spellings)), None)
        if holder is not None:
            raise UserError("DATA_METRIC_TAKEN", name=spelling, other=holder.name)
    number = 1
    while f"own_{number}" in known:
        number += 1
    if kind == "share" and not (part and whole):
        part_name, whole_name = part_name or "часть", whole_name or "целое"
    metric = Metric(
        code=f"own_{number}", name=name.strip(), short=short.strip() or name.strip(), group=OWN_GROUP, kind=kind,
        unit=unit.strip() or ("%" if kind == "share" else ""), direction=direction, source=source.strip() or "свой",
        part=part, whole=whole, part_name=part_name, whole_name=whole_name, lower=lower, upper=upper, own=True,
    )  # fmt: skip
    _keep_own(store, known, (*_own_metrics(known), metric), f"Добавлен показатель «{metric.name}»")
    return metric


def remove_metric(store: Store, code: str) -> None:
    """Take one of the methodist's own metrics out of the catalogue.

    Raises:
        UserError: ``DATA_NO_METRIC``, ``DATA_METRIC_SHIPPED``, ``DATA_METRIC_USED`` where schools have values.
    """
    known = catalogue(store.connection)
    metric = known.find(code)
    own = _own_metrics(known)
    if metric not in own:
        raise UserError("DATA_METRIC_SHIPPED", name=metric.name)
    values = stored.used(store.connection, metric.code)
    if values:
        raise UserError("DATA_METRIC_USED", name=metric.name, values=count(values, "значение", "значения", "значений"))
    left = tuple(item for item in own if item is not metric)
    _keep_own(store, known, left, f"Убран показатель «{metric.name}»")


def _own_metrics(known: Catalogue) -> tuple[Metric, ...]:
    return known.group(OWN_GROUP)


def _keep_own(store: Store, known: Catalogue, metrics: tuple[Metric, ...], label: str) -> None:
    text = as_toml(metrics) if metrics else ""
    if text:
        rest = replace(known, metrics=tuple(m for m in known.metrics if m.group != OWN_GROUP),
                       groups={**known.groups, OWN_GROUP: OWN_GROUP_NAME})  # fmt: skip
        parse(text, rest)
    with store.operation(label, "metrics.own") as operation:
        if text:
            references.put(operation, _REFERENCE, _OWN, "1", text)
        else:
            references.drop(operation, _REFERENCE, _OWN, "1")


# --- the grid --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MetricCell:
    """One cell of the grid.

    Attributes:
        text: what is shown: the value as a person reads it, or the entry that did not fit.
        raw: what editing begins with: the entry itself; "" for a computed value.
        trouble: what is wrong, in one or two sentences; None where nothing is.
        draft: the entry does not fit and counts nowhere.
        computed: a share that follows from its two counts; nobody typed it.
        percent_only: a percentage that came without its counts.
        figures: (part, whole, exact), None where there is no value.
        file: the file it came from, None where it was typed.
        last: last year's value as text, "" where there is none.
        can_take: last year's value can be taken over with one click.
    """

    metric: str
    text: str = ""
    raw: str = ""
    trouble: str | None = None
    draft: bool = False
    computed: bool = False
    percent_only: bool = False
    figures: Figures | None = None
    file: str | None = None
    last: str = ""
    can_take: bool = False


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One school with its cells, in the order of the columns."""

    school: School
    cells: tuple[MetricCell, ...]


@dataclass(frozen=True, slots=True)
class MetricTable:
    """The grid of a school year: schools × metrics."""

    school_year: int
    metrics: tuple[Metric, ...]
    lines: tuple[MetricLine, ...]
    groups: Mapping[str, str]

    @property
    def filled(self) -> int:
        """Return how many cells have a value."""
        return sum(cell.figures is not None for line in self.lines for cell in line.cells)


def table(
    connection: Connection, year: int, codes: Sequence[str] | None = None, *, school_ids: Iterable[int] | None = None
) -> MetricTable:
    """Return the grid of a school year for the own schools.

    Args:
        connection: reading connection.
        year: first calendar year of the school year.
        codes: metrics wanted, in the order of the columns; all where not given.
        school_ids: only these schools.
    """
    known = catalogue(connection)
    metrics = known.metrics if codes is None else tuple(known.find(code) for code in codes)
    values = stored.values(connection, (year, year - 1), needed(known, [m.code for m in metrics]))
    drafts = stored.drafts(connection, year)
    wanted = None if school_ids is None else set(school_ids)
    lines = tuple(
        MetricLine(s, tuple(_cell(m, (s.id, year, m.code), values, drafts) for m in metrics))
        for s in organisations.listing(connection)
        if wanted is None or s.id in wanted
    )
    return MetricTable(year, metrics, lines, known.groups)


def _figures(metric: Metric, key: Key, values: Mapping[Key, StoredMetric]) -> Figures | None:
    """Return the figures of a cell, its own or those that follow from two counts."""
    school, year, code = key

    def at(name: str | None) -> Figures | None:
        found = None if name is None else values.get((school, year, name))
        return None if found is None else found.figures

    return derived(metric, at(code), at(metric.part), at(metric.whole))


def _cell(
    metric: Metric, key: Key, values: Mapping[Key, StoredMetric], drafts: Mapping[Key, MetricDraft]
) -> MetricCell:
    own, draft = values.get(key), drafts.get(key)
    before: Key = (key[0], key[1] - 1, key[2])
    past = _figures(metric, before, values)
    last = "" if past is None else shown(metric.kind, *past)
    if draft is not None:
        trouble = problem(draft.code, raw=draft.raw).message if draft.code != "DRAFT" else None
        return MetricCell(key[2], draft.raw, draft.raw, trouble, draft=True, last=last, can_take=before in values)
    figures = _figures(metric, key, values)
    if figures is None:
        return MetricCell(key[2], last=last, can_take=before in values)
    text = shown(metric.kind, *figures)
    return MetricCell(
        metric=key[2],
        text=text,
        raw="" if own is None else own.raw,
        trouble=bounds_trouble(metric, figures),
        computed=own is None,
        percent_only=metric.kind == "share" and figures[2] is not None,
        figures=figures,
        file=None if own is None else own.file,
        last=last,
    )


def bounds_trouble(metric: Metric, figures: Figures) -> str | None:
    """Return what to say of a value outside the reasonable bounds of its metric."""
    if not out_of_bounds(metric, figures):
        return None
    return problem(
        "DATA_OUT_OF_BOUNDS", value=shown(metric.kind, *figures), bounds=bounds_text(metric).rstrip(".")
    ).message


def bounds_text(metric: Metric) -> str:
    """Return «от 0 до 100 %», «от 0 до 50 ставок», «не больше 50 км»; "" where there are no bounds."""
    word = metric.unit_many or metric.unit
    unit = f"\u00a0{word}" if word else ""
    low, high = (None if b is None else f"{b:f}".replace(".", ",") for b in (metric.lower, metric.upper))
    if low is not None and high is not None:
        return f"от {low} до {high}{unit}"
    if low is not None:
        return f"не меньше {low}{unit}"
    return "" if high is None else f"не больше {high}{unit}"


# --- changing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """What putting cells did: values new or changed, cells emptied, entries kept as drafts with what is wrong."""

    changed: int
    cleared: int
    drafts: tuple[MetricDraft, ...]


def put(store: Store, year: int, cells: Iterable[tuple[int, str, str | None]]) -> Written:
    """Write a block of cells as one operation; a cell that does not fit is kept and marked, never refused.

    Edits of one single cell in one visit are one operation; an empty text empties the cell.

    Args:
        store: the open file.
        year: first calendar year of the school year.
        cells: (school, code of the metric, text as typed); of two texts for one cell the last counts.

    Raises:
        UserError: ``DATA_NO_METRIC``, ``GEN_NO_SCHOOL``: nothing is written then.
    """
    known = catalogue(store.connection)
    merged = organisations.canonical_map(store.connection)
    typed = {(merged.get(s, s), known.find(code).code): raw or "" for s, code, raw in cells}
    _known_schools(store.connection, {school for school, _code in typed})
    rows, empty = [], []
    for (school, code), raw in typed.items():
        kind = known.find(code).kind
        found = read_cell(kind, raw)
        if found.empty:
            empty.append((school, year, code))
        else:
            figure = MetricFigure(code, year, raw.strip(), found.part, found.whole, found.exact)
            rows.append(MetricRow(school, figure, code=found.code))
    single = next(iter(typed)) if len(typed) == 1 else None
    merge = None if single is None else _visit(year, *single)
    with store.operation(_label(store.connection, known, year, list(typed)), "metrics.put", merge=merge) as operation:
        new, changed, _same = stored.write(operation, rows)
        cleared = stored.clear(operation, empty)
    drafts = tuple(MetricDraft(*row.key, row.figure.raw, row.code) for row in rows if row.code is not None)
    return Written(new + changed, cleared, drafts)


def put_draft(store: Store, year: int, school_id: int, code: str, raw: str) -> None:
    """Keep half-typed text of a cell (decision 18); "" forgets it. The value stays until the cell is left.

    The draft and the writing of the same cell in one visit are one operation: one Ctrl+Z takes both back.

    Raises:
        UserError: ``DATA_NO_METRIC``.
    """
    metric = catalogue(store.connection).find(code).code
    school = organisations.canonical_map(store.connection).get(school_id, school_id)
    with store.operation("Набран текст", "metrics.draft", merge=_visit(year, school, metric)) as operation:
        if raw.strip():
            organisations.put_draft(operation, stored.draft_table(year), school, metric, raw.strip(), "DRAFT")
        else:
            organisations.drop_draft(operation, stored.draft_table(year), school, metric)


def _visit(year: int, school: int, code: str) -> str:
    return f"metric:{year}:{school}:{code}"


def _known_schools(connection: Connection, school_ids: set[int]) -> None:
    for school in school_ids:
        if organisations.get(connection, school) is None:
            raise UserError("GEN_NO_SCHOOL", query=school)


def _label(connection: Connection, known: Catalogue, year: int, cells: list[tuple[int, str]]) -> str:
    when = school_year(year)
    if len(cells) == 1:
        school = organisations.get(connection, cells[0][0])
        return f"Показатель «{known.find(cells[0][1]).short}» за {when}: {school.shown if school else ''}"
    return f"Показатели за {when}: {count(len(cells), 'ячейка', 'ячейки', 'ячеек')}"


def copy_year(
    store: Store,
    source: int,
    target: int,
    *,
    codes: Iterable[str] | None = None,
    cells: Iterable[tuple[int, str]] | None = None,
) -> int:
    """Take values of one school year over into empty cells of another, as one operation; returns how many.

    A filled cell and a cell with an entry that did not fit stay as they are; computed shares follow by themselves.

    Args:
        store: the open file.
        source: school year the values are taken from.
        target: school year they are written to.
        codes: only these metrics.
        cells: only these cells, (school, code).
    """
    known = catalogue(store.connection)
    wanted = None if codes is None else {known.find(code).code for code in codes}
    chosen = None if cells is None else {(school, known.find(code).code) for school, code in cells}
    ours = {school.id for school in organisations.listing(store.connection)}
    asked = wanted if chosen is None else {code for _school, code in chosen}
    present = stored.values(store.connection, (source, target), asked)
    drafts = stored.drafts(store.connection, target)
    rows = []
    for (school, year, code), value in present.items():
        there: Key = (school, target, code)
        if year != source or code not in known or there in present or there in drafts:
            continue
        if chosen is not None and (school, code) not in chosen:
            continue
        if chosen is None and (school not in ours or (wanted is not None and code not in wanted)):
            continue
        figure = MetricFigure(code, target, value.raw, value.part, value.whole, value.exact)
        rows.append(MetricRow(school, figure))
    label = f"Взяты значения за {school_year(source)}: {count(len(rows), 'ячейка', 'ячейки', 'ячеек')}"
    with store.operation(label, "metrics.copy_year") as operation:
        stored.write(operation, rows)
    return len(rows)


def take_last_year(store: Store, year: int, cells: Iterable[tuple[int, str]] | None = None) -> int:
    """«Взять прошлогоднее»: confirm last year's values, of some cells or of all empty ones; returns how many."""
    return copy_year(store, year - 1, year, cells=cells)


# --- where from ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MetricOrigin:
    """Where a value came from; ``made_of`` are the two counts of a computed share."""

    metric: Metric
    text: str
    raw: str
    file: str | None
    sheet: str | None
    cells: str | None
    row_from: int | None
    row_to: int | None
    imported_at: str | None
    written: WrittenBy | None
    made_of: tuple[MetricOrigin, ...] = ()


def origin(connection: Connection, school_id: int, year: int, code: str) -> MetricOrigin | None:
    """Return where the value of a cell came from: «Откуда это?»; None where there is no value."""
    known = catalogue(connection)
    metric = known.find(code)
    values = stored.values(connection, (year,), needed(known, [metric.code]))
    key: Key = (school_id, year, metric.code)
    figures = _figures(metric, key, values)
    if figures is None:
        return None
    own = values.get(key)
    if own is not None:
        return _told(connection, metric, own)
    parts = [values[school_id, year, name] for name in (metric.part, metric.whole) if name is not None]
    made_of = tuple(_told(connection, known.find(part.metric), part) for part in parts)
    text = shown(metric.kind, *figures)
    return MetricOrigin(metric, text, "", None, None, None, None, None, None, None, made_of)


def _told(connection: Connection, metric: Metric, value: StoredMetric) -> MetricOrigin:
    return MetricOrigin(
        metric=metric,
        text=shown(metric.kind, *value.figures),
        raw=value.raw,
        file=value.file,
        sheet=value.sheet,
        cells=value.cells,
        row_from=value.row_from,
        row_to=value.row_to,
        imported_at=value.imported_at,
        written=stored.written_by(connection, value.id) if value.id else None,
    )


# --- what rules ask --------------------------------------------------------------------------------------------


def for_rule(
    connection: Connection, rule: Rule, year: int, *, own: bool = True
) -> dict[str, Mapping[int, MetricAmount]]:
    """Return the values that the criteria of a rule compare, by metric and school.

    The spring of result year Y belongs to school year Y−1 (decision 1); a criterion of several years adds them up.

    Args:
        connection: reading connection.
        rule: the rule.
        year: the result year.
        own: only the municipality's own schools.
    """
    asked = {code: branch.years for branch in rule.branches for code in branch.metrics}
    if not asked:
        return {}
    known = catalogue(connection)
    depth = max(asked.values())
    years = range(year - depth, year)
    frame = frames.metric_frame(connection, years, needed(known, asked), own=own)
    return {code: amounts(frame, known, code, range(year - span, year)) for code, span in asked.items()}
