"""Indices of social wellbeing, staff and resources: the definitions in force, their values, changing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from app.analysis.definition_text import next_version, version_key
from app.analysis.index_model import IndexComponent, IndexDefinition, Sign, as_toml, load_shipped, parse
from app.analysis.metric_values import amounts, needed
from app.errors import UserError
from app.models import frames, organisations, references
from app.models.organisations import School
from app.models.store import Connection, Store
from app.operations import metrics
from app.texts import DASH, NBSP, grouped, percent

if TYPE_CHECKING:
    from app.analysis.indices import IndexResult
    from app.analysis.metric_catalogue import Metric
    from app.analysis.metric_values import MetricAmount

REFERENCE = "index"


# --- definitions -----------------------------------------------------------------------------------------------


def definitions(connection: Connection | None = None) -> dict[str, IndexDefinition]:
    """Return the indices in force by id: the shipped ones, with the latest version of the file's own over them.

    A text of the file that can no longer be read is passed over.
    """
    own = sorted(_own(connection), key=lambda item: version_key(item.version))
    return {**load_shipped(), **{found.id: found for found in own}}


def definition(connection: Connection | None, index_id: str) -> IndexDefinition:
    """Return one index.

    Raises:
        UserError: ``DATA_NO_INDEX``.
    """
    known = definitions(connection)
    if index_id not in known:
        raise UserError("DATA_NO_INDEX", index=index_id, known=", ".join(known))
    return known[index_id]


def versions(connection: Connection, index_id: str) -> list[IndexDefinition]:
    """Return every version of an index, oldest first; the first of a shipped index is the shipped one."""
    shipped = load_shipped().get(index_id)
    found = [item for item in _own(connection) if item.id == index_id]
    return sorted([*([shipped] if shipped else []), *found], key=lambda item: version_key(item.version))


def _own(connection: Connection | None) -> list[IndexDefinition]:
    if connection is None:
        return []
    found = []
    for _ref_id, _version, text in references.texts(connection, REFERENCE):
        try:
            found.append(parse(text))
        except UserError:
            continue
    return found


def put(store: Store, text: str) -> IndexDefinition:
    """Keep an index from a TOML text («Обновить справочники…»); the same id gets a new version.

    Raises:
        UserError: ``DATA_INDEX_FAULTS``; ``DATA_INDEX_METRIC`` where the catalogue has no such metric.
    """
    return save(store, parse(text))


def save(store: Store, made: IndexDefinition) -> IndexDefinition:
    """Keep a changed index under a new version, as one operation; returns it as it is kept.

    Raises:
        UserError: ``DATA_INDEX_FAULTS``, ``DATA_INDEX_METRIC``.
    """
    catalogue = metrics.catalogue(store.connection)
    for component in made.components:
        if component.metric not in catalogue:
            raise UserError("DATA_INDEX_METRIC", index=made.title, metric=component.metric)
    known = [item.version for item in versions(store.connection, made.id)]
    kept = replace(made, version=next_version(known))
    text = as_toml(kept)
    parse(text)
    with store.operation(f"Изменён «{kept.title}», версия {kept.version}", "index.put") as operation:
        references.put(operation, REFERENCE, kept.id, kept.version, text)
    return kept


def change(
    store: Store, index_id: str, *, weights: Mapping[str, tuple[int, int]] | None = None,
    signs: Mapping[str, Sign] | None = None, on: Mapping[str, bool] | None = None, add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> IndexDefinition:  # fmt: skip
    """Change weights and signs of an index, switch components on and off, add and remove some; a new version.

    Args:
        store: the open file.
        index_id: the index.
        weights: metric → weight as two whole numbers; of an added one, too.
        signs: metric → 1 or −1.
        on: metric → whether it counts.
        add: codes or names of metrics that become components, each with the sign that its catalogue says.
        remove: metrics whose components go.

    Raises:
        UserError: ``DATA_NO_INDEX``, ``DATA_INDEX_COMPONENT``, ``DATA_NO_METRIC``, ``DATA_INDEX_TEXT``,
            ``DATA_INDEX_FAULTS`` where nothing would be left or a metric would be there twice.
    """
    catalogue = metrics.catalogue(store.connection)
    present = definition(store.connection, index_id)
    present = replace(present, components=(*present.components, *(suggested(catalogue.find(name)) for name in add)))
    gone = set(remove)
    for metric in {*(weights or {}), *(signs or {}), *(on or {}), *gone}:
        if present.component(metric) is None:
            known = ", ".join(component.metric for component in present.components)
            raise UserError("DATA_INDEX_COMPONENT", index=present.title, metric=metric, known=known)

    def changed(component: IndexComponent) -> IndexComponent:
        code = component.metric
        return replace(
            component, weight=(weights or {}).get(code, component.weight), sign=(signs or {}).get(code, component.sign),
            on=(on or {}).get(code, component.on),
        )  # fmt: skip

    return compose(store, index_id, [changed(item) for item in present.components if item.metric not in gone])


def compose(store: Store, index_id: str, components: Iterable[IndexComponent]) -> IndexDefinition:
    """Give an index these components and no others; a new version, one operation.

    Raises:
        UserError: ``DATA_NO_INDEX``, ``DATA_INDEX_METRIC``, ``DATA_INDEX_FAULTS``.
    """
    present, made = definition(store.connection, index_id), tuple(components)
    if not made:
        raise UserError("DATA_INDEX_FAULTS", index=present.title, faults="в нём не осталось ни одной составляющей")
    return save(store, replace(present, components=made))


def comparable(connection: Connection | None) -> tuple[Metric, ...]:
    """Return the metrics that an index may be made of: every one that is a number, in the order of the catalogue."""
    return tuple(metric for metric in metrics.catalogue(connection).metrics if metric.kind != "text")


def suggested(metric: Metric) -> IndexComponent:
    """Return a metric as a component: weight one, the sign that the catalogue says; more is better where it says none.

    Raises:
        UserError: ``DATA_INDEX_TEXT`` where the metric is no number.
    """
    if metric.kind == "text":
        raise UserError("DATA_INDEX_TEXT", metric=metric.name)
    label = metric.name if metric.name[1:2].isupper() else metric.name[:1].lower() + metric.name[1:]
    return IndexComponent(metric.code, label, -1 if metric.direction == "lower_better" else 1)


def reset(store: Store, index_id: str) -> IndexDefinition:
    """Go back to the shipped composition; a new version with the shipped content, so that nothing is lost.

    Raises:
        UserError: ``DATA_NO_INDEX``, ``DATA_INDEX_SHIPPED``.
    """
    present, shipped = definition(store.connection, index_id), load_shipped().get(index_id)
    if shipped is None or same_content(present, shipped):
        raise UserError("DATA_INDEX_SHIPPED", index=present.title)
    return save(store, shipped)


def same_content(first: IndexDefinition, second: IndexDefinition) -> bool:
    """Tell whether two versions count the same."""
    return (first.components, first.lowest) == (second.components, second.lowest)


# --- values ----------------------------------------------------------------------------------------------------


def school_year_of(result_year: int) -> int:
    """Return the school year whose context belongs to a result year: spring of Y is Y−1/Y (decision 1)."""
    return result_year - 1


def compute(connection: Connection, index_id: str, school_year: int, *, everyone: bool = False) -> IndexResult:
    """Return an index of all own schools in a school year.

    Args:
        connection: reading connection.
        index_id: id of an index.
        school_year: first calendar year of the school year.
        everyone: reference schools too; then all of them together are what a school is compared with.

    Raises:
        UserError: ``DATA_NO_INDEX``.
    """
    return _computed(connection, [definition(connection, index_id)], school_year, everyone=everyone)[0]


def compute_all(connection: Connection, school_year: int, *, everyone: bool = False) -> list[IndexResult]:
    """Return every index of a school year, in their order; the values are read once."""
    return _computed(connection, list(definitions(connection).values()), school_year, everyone=everyone)


def _computed(
    connection: Connection, wanted: list[IndexDefinition], school_year: int, *, everyone: bool
) -> list[IndexResult]:
    from app.analysis import indices as analysis

    catalogue = metrics.catalogue(connection)
    codes = {component.metric for item in wanted for component in item.used}
    frame = frames.metric_frame(connection, [school_year], needed(catalogue, sorted(codes)), own=not everyone)
    found = {code: amounts(frame, catalogue, code, [school_year]) for code in codes}
    with_values = {school for values in found.values() for school in values}
    schools = [
        school.id
        for school in organisations.listing(connection, own=None if everyone else True)
        if school.status == "active" or school.id in with_values
    ]
    return [analysis.compute(item, school_year, schools, found) for item in wanted]


def values(connection: Connection, index_id: str, school_year: int, school_ids: Iterable[int]) -> dict[int, float]:
    """Return school → index for rules; schools without one are left out.

    The index is computed over the own schools; where a school asked for is a reference one, over everyone.
    """
    wanted = set(school_ids)
    own = {school.id for school in organisations.listing(connection)}
    found = compute(connection, index_id, school_year, everyone=not wanted <= own)
    return {row.school_id: row.value for row in found.rows if row.value is not None and row.school_id in wanted}


# --- what a page shows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IndexTable:
    """All indices of a school year with the schools and the metrics of their components."""

    school_year: int
    results: tuple[IndexResult, ...]
    schools: Mapping[int, School]
    metrics: Mapping[str, Metric]


def overview(connection: Connection, school_year: int, *, everyone: bool = False) -> IndexTable:
    """Return everything that a page or a command says of the indices of a school year."""
    results = compute_all(connection, school_year, everyone=everyone)
    shown = {row.school_id for result in results for row in result.rows}
    schools = organisations.listing(connection, own=None if everyone else True)
    catalogue = metrics.catalogue(connection)
    codes = {component.metric for result in results for component in result.definition.components}
    known = {code: catalogue.find(code) for code in codes if code in catalogue}
    return IndexTable(school_year, tuple(results), {s.id: s for s in schools if s.id in shown}, known)


def figure(metric: Metric | None, amount: MetricAmount) -> str:
    """Return a value as a person reads it: «12 из 340 (3,5 %)», «14,5 км», «да»."""
    if metric is not None and metric.kind == "flag":
        return "да" if amount.part else "нет"
    if amount.basis == "counts":
        return f"{grouped(amount.part)}{NBSP}из{NBSP}{grouped(amount.whole)} ({percent(amount.part, amount.whole)})"
    if amount.basis == "percent":
        return percent(amount.part, amount.whole)
    unit = f"{NBSP}{metric.unit}" if metric is not None and metric.unit else ""
    return f"{plain_number(Fraction(amount.part, amount.whole))}{unit}"


def plain_number(value: Fraction, digits: int = 2) -> str:
    """Return a number with a decimal comma and no zeros at its end."""
    text = f"{float(value):.{digits}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",").replace("-", "−")


def signed(value: float | None, digits: int = 2) -> str:
    """Return «+0,42», «−1,10», «0,00»; «—» where there is no value."""
    if value is None:
        return DASH
    number = round(value, digits) + 0.0
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{abs(number):.{digits}f}".replace(".", ",")


def weight_text(weight: tuple[int, int]) -> str:
    """Return a weight as a person types it: «1», «1,5», «1/3»."""
    value = Fraction(*weight)
    exact = value * 1000
    return plain_number(value, 3) if exact.denominator == 1 else f"{value.numerator}/{value.denominator}"


def read_weight(text: str) -> tuple[int, int] | None:
    """Read «2», «1,5» or «3/2» as two whole numbers; None where it is no weight above zero."""
    try:
        value = Fraction(text.strip().replace(",", ".").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None
    if not 0 < value <= 1000 or value.denominator > 1000:
        return None
    return value.numerator, value.denominator
