"""Types of schools by result and context, and what a context lets expect: the definition in force, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.analysis.definition_text import next_version, version_key
from app.analysis.index_model import MEAN
from app.errors import UserError
from app.models import frames, organisations, references
from app.models.records import Procedure
from app.models.store import Connection, Store
from app.operations import indices
from app.texts import glue

if TYPE_CHECKING:
    from app.analysis.expected import ExpectedResult
    from app.analysis.typology import TypologyDefinition, TypologyResult

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
    context: str | None = None,
) -> TypologyResult:  # fmt: skip
    """Return the type of every own school for a result year.

    Args:
        connection: reading connection.
        result_year: the year of the results; the context is of the school year before it (decision 1).
        everyone: reference schools too.
        cut: another cut than the definition's, as two whole numbers (30 of 100).
        context: another index than the definition's, or «mean».

    Raises:
        UserError: ``DATA_NO_INDEX``.
    """
    from app.analysis import typology as analysis

    made = definition(connection)
    made = replace(made, cut=cut or made.cut, context=context or made.context)
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
