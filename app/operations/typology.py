"""Types of schools by result and context, and what a context lets expect: the definition in force, the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.analysis.definition_text import next_version, version_key
from app.analysis.index_model import MEAN
from app.errors import UserError
from app.models import frames, organisations, references
from app.models.organisations import School
from app.models.records import Procedure
from app.models.store import Connection, Store
from app.operations import indices
from app.texts import glue, percent, school_year

if TYPE_CHECKING:
    from app.analysis.expected import ExpectedResult
    from app.analysis.typology import TypeRow, TypologyDefinition, TypologyResult
    from app.reports.charts import ScatterChart

REFERENCE = "typology"
MEAN_TITLE = "Среднее индексов"


# --- the definition --------------------------------------------------------------------------------------------


def definition(connection: Connection | None = None) -> TypologyDefinition:
    """Return the typology in force: the latest version of the file's own, else the shipped one.

    A text of the file that can no longer be read is passed over.
    """
    shipped, *own = _versions(connection)
    return max(own, key=lambda item: version_key(item.version), default=shipped)


def _versions(connection: Connection | None) -> list[TypologyDefinition]:
    """Return the shipped typology and after it the file's own."""
    from app.analysis.typology import load_shipped, parse

    found = [load_shipped()]
    for _ref_id, _version, text in references.texts(connection, REFERENCE) if connection is not None else ():
        try:
            found.append(parse(text))
        except UserError:
            continue
    return found


def put(store: Store, text: str) -> TypologyDefinition:
    """Keep a typology from a TOML text («Обновить справочники…») under a new version.

    Raises:
        UserError: ``DATA_TYPOLOGY_FAULTS``; ``DATA_NO_INDEX`` where its context is no index.
    """
    from app.analysis.typology import parse

    return _save(store, parse(text))


def change(
    store: Store, *, cut: tuple[int, int] | None = None, procedures: Sequence[Procedure] | None = None,
    context: str | None = None,
) -> TypologyDefinition:  # fmt: skip
    """Change the cut, the procedures or the context; a new version, one operation.

    Raises:
        UserError: ``DATA_TYPOLOGY_FAULTS``, ``DATA_NO_INDEX``.
    """
    present = definition(store.connection)
    return _save(
        store,
        replace(
            present, cut=cut or present.cut, context=context or present.context,
            procedures=present.procedures if procedures is None else tuple(procedures),
        ),
    )  # fmt: skip


def _save(store: Store, made: TypologyDefinition) -> TypologyDefinition:
    from app.analysis.typology import as_toml, parse

    if made.context != MEAN:
        indices.definition(store.connection, made.context)
    kept = replace(made, version=next_version([item.version for item in _versions(store.connection)]))
    text = as_toml(kept)
    parse(text)
    with store.operation(f"Изменена типология школ, версия {kept.version}", "typology.put") as operation:
        references.put(operation, REFERENCE, kept.id, kept.version, text)
    return kept


# --- answers ---------------------------------------------------------------------------------------------------


def compute(
    connection: Connection, result_year: int, *, everyone: bool = False, cut: tuple[int, int] | None = None,
    context: str | None = None, procedures: Sequence[Procedure] | None = None,
) -> TypologyResult:  # fmt: skip
    """Return the type of every own school for a result year.

    Args:
        connection: reading connection.
        result_year: the year of the results; the context is of the school year before it (decision 1).
        everyone: reference schools too.
        cut: another cut than the definition's, as two whole numbers (30 of 100).
        context: another index than the definition's, or «mean».
        procedures: other procedures than the definition's.

    Raises:
        UserError: ``DATA_NO_INDEX``.
    """
    from app.analysis import typology as analysis

    made = definition(connection)
    made = replace(
        made, cut=cut or made.cut, context=context or made.context, procedures=tuple(procedures or made.procedures)
    )
    contexts, title = _contexts(connection, made.context, indices.school_year_of(result_year), everyone=everyone)
    frame = frames.mark_frame(connection, (result_year,), own=not everyone)
    listed = organisations.listing(connection, own=None if everyone else True)
    with_results = set(frame["school_id"].unique().tolist())
    schools = [school.id for school in listed if school.status == "active" or school.id in with_results]
    results = analysis.results_of(frame, result_year, schools, made.procedures)
    return analysis.compute(made, result_year, schools, results, contexts, context_title=title)


def _contexts(
    connection: Connection, context: str, school_year: int, *, everyone: bool
) -> tuple[dict[int, float], str]:
    """Return school → context, and what it is called; an index that nobody has takes no part in the mean."""
    from app.analysis.indices import mean_of

    if context != MEAN:
        found = indices.compute(connection, context, school_year, everyone=everyone)
        return {row.school_id: row.value for row in found.rows if row.value is not None}, found.definition.title
    results = [item for item in indices.compute_all(connection, school_year, everyone=everyone) if item.known]
    if not results:
        return {}, MEAN_TITLE
    values = {row.school_id: mean_of(results, row.school_id) for row in results[0].rows}
    names = ", ".join(item.definition.short.lower() for item in results)
    return {school: value for school, value in values.items() if value is not None}, f"{MEAN_TITLE}: {names}"


def expected(
    connection: Connection, result_year: int, *, everyone: bool = False, context: str | None = None
) -> ExpectedResult:
    """Return the regression of result on context for a result year.

    Raises:
        UserError: ``DATA_EXPECTED_FEW`` below thirty schools, ``DATA_EXPECTED_FLAT``, ``DATA_NO_INDEX``.
    """
    return expected_of(compute(connection, result_year, everyone=everyone, context=context))


def expected_of(found: TypologyResult) -> ExpectedResult:
    """Return the regression over the schools that a typology has compared.

    Raises:
        UserError: ``DATA_EXPECTED_FEW``, ``DATA_EXPECTED_FLAT``.
    """
    from app.analysis import expected as analysis

    points = [
        (row.school_id, row.below, row.participants, row.context)
        for row in found.rows
        if row.below is not None and row.participants is not None and row.context is not None
    ]
    return analysis.compute(points, result_year=found.result_year, context_title=found.context_title)


def sentence(found: TypologyResult) -> str:
    """Return how the types were made, in one sentence for the screen and for papers."""
    part, whole = found.definition.cut
    share = f"{part * 100 // whole} %"
    procedures = ", ".join(found.definition.procedures)
    return glue(
        f"Слабый и сильный край — по {share} из {found.compared} школ, у которых есть и результат, и индекс "
        f"(по {found.taken}; равные на границе входят все). Результат — доля ниже минимума по всем процедурам "
        f"{found.result_year} года ({procedures}); контекст — {found.context_title[:1].lower()}"
        f"{found.context_title[1:]}. Типология {found.definition.version}, муниципальная оценка."
    )


# --- what a page shows -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypologyTable:
    """Types of a result year with the schools, the definition in force and the contexts that may be chosen.

    ``contexts`` are (title, id) pairs, the mean of all indices last.
    """

    found: TypologyResult
    schools: Mapping[int, School]
    kept: TypologyDefinition
    contexts: tuple[tuple[str, str], ...]


def overview(
    connection: Connection, result_year: int, cut: tuple[int, int] | None = None, context: str | None = None
) -> TypologyTable:
    """Return everything that the page of types shows.

    Raises:
        UserError: ``DATA_NO_INDEX``.
    """
    found = compute(connection, result_year, cut=cut, context=context)
    shown = {row.school_id for row in found.rows}
    named = {school.id: school for school in organisations.listing(connection) if school.id in shown}
    known = [(item.title, item.id) for item in indices.definitions(connection).values()]
    return TypologyTable(found, named, definition(connection), (*known, (MEAN_TITLE, MEAN)))


def chart(table: TypologyTable, expected: ExpectedResult | None = None) -> ScatterChart:
    """Return result × context as a chart: quadrants by the cuts, or the line with its band where it is given."""
    from app.reports.charts import Dot, ScatterChart

    found = table.found
    fit = () if expected is None else tuple(
        (row.context, row.expected, row.low, row.high) for row in sorted(expected.rows, key=lambda row: row.context)
    )  # fmt: skip
    dots = []
    for row in found.rows:
        if row.kind == "no_data" or row.share is None or row.context is None or row.below is None:
            continue
        school = table.schools[row.school_id].shown
        other = None if expected is None else expected.row(row.school_id)
        named = row.kind != "middle" if other is None else other.outside != 0
        dots.append(
            Dot(row.context, float(row.share * 100), school, row.kind, _told(school, row), named, row.school_id)
        )
    kinds = [(item.kind, item.word) for item in found.definition.types]
    corner = {(item.weak_context, item.weak_result): item.word for item in found.definition.types}
    at = ((True, True), (False, True), (True, False), (False, False))
    left_top, right_top, left_bottom, right_bottom = (corner[place] for place in at)
    plain = expected is None
    return ScatterChart(
        title=f"Результаты {found.result_year} года и условия {school_year(found.school_year)}",
        x_title=f"{found.context_title.partition(':')[0]}, выше — лучше",
        y_title="Доля ниже минимума, %",
        dots=tuple(dots),
        kinds=(*kinds, ("middle", found.definition.word("middle"))),
        x_cuts=found.context_cuts or () if plain else (),
        y_cuts=tuple(float(cut * 100) for cut in found.result_cuts or ()) if plain else (),
        corners=(left_top, right_top, left_bottom, right_bottom) if plain else ("", "", "", ""),
        fit=fit,
        note="" if plain else "Полоса — 95-процентный интервал для одной школы.",
    )


def _told(school: str, row: TypeRow) -> str:
    below, participants = row.below or 0, row.participants or 0
    share = percent(below, participants)
    small = "; мало детей, вывод ненадёжен" if row.sample in {"<10", "10-19"} else ""
    return glue(
        f"{school}: {row.word}; ниже минимума {below} из {participants}, {share}; "
        f"индекс {indices.signed(row.context)}{small}"
    )
