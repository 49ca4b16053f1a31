"""«Откуда это?»: every value leads back to its file, sheet and cell, its day and the operation that wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import UserError
from app.models import organisations, origins
from app.models.health import COLUMN_WORDS
from app.models.origins import FilePlace, Writer
from app.models.records import Assessment
from app.models.store import Connection
from app.operations.schools import STATUS_WORDS, SYSTEM_WORDS, TEXT_FIELDS
from app.texts import school_year

TABLE_WORDS = {
    "mark_count": "отметки",
    "journal_count": "сравнение с журналом",
    "task_count": "задание",
    "score_count": "баллы",
    "metric_value": "показатель",
    "external_entry": "список извне",
    "organisation": "карточка",
    "organisation_code": "код",
    "organisation_year": "контингент",
    "execution": "исполнение мероприятия",
    "indicator_value": "значение индикатора",
    "decision_point": "пункт решения",
    "partnership": "соглашение о партнёрстве",
    "deficit": "профессиональный дефицит",
    "legal_act": "нормативный документ",
    "recommendation": "рекомендация",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one value came from.

    Attributes:
        table, row_id, column: which value; the column is None where the row is one figure.
        what: what it is called («отметки, ВПР математика, 6 кл., 2026»).
        value: what it says, in short.
        file: the file it was loaded from, with the place; None for what was entered by hand.
        written: the operation that last wrote it; None where the journal no longer knows.
    """

    table: str
    row_id: int
    column: str | None
    what: str
    value: str
    file: FilePlace | None
    written: Writer | None

    @property
    def by_hand(self) -> bool:
        """True for what a person entered in the program."""
        return self.file is None


def origin_of(
    connection: Connection, table: str, row_id: int, column: str | None = None, *, what: str = "", value: str = ""
) -> Trace:
    """Return where a stored value came from.

    A field of the card knows no cell: its file is the one that the operation loaded which last wrote the column.

    Args:
        connection: reading connection.
        table: ``mark_count``, ``journal_count``, ``task_count``, ``score_count``, ``metric_value``,
            ``external_entry``, ``organisation``, ``organisation_code`` or ``organisation_year``.
        row_id: key of the row.
        column: a column of ``organisation`` or ``organisation_year``.
        what: what the value is called, for the answer.
        value: what it says.

    Raises:
        UserError: ``DATA_NO_VALUE``.
    """
    if not origins.exists(connection, table, row_id):
        raise UserError("DATA_NO_VALUE", query=what or TABLE_WORDS.get(table, table))
    written = origins.writer(connection, table, row_id, column)
    file = origins.place(connection, table, row_id)
    if file is None and written is not None and table.startswith("organisation"):
        file = origins.file_of(connection, written.id)
    return Trace(table, row_id, column, what or TABLE_WORDS[table], value, file, written)


def _records(connection: Connection, school_id: int) -> list[int]:
    """Return a school's record and those merged into it."""
    merged = organisations.canonical_map(connection)
    return [school_id, *(old for old, new in merged.items() if new == school_id)]


def of_results(
    connection: Connection, school_id: int, *, procedure: str | None = None, year: int | None = None,
    subject: str | None = None, grade: int | None = None,
) -> list[Trace]:  # fmt: skip
    """Return the origins of a school's results: marks, comparisons with the journal, tasks, scores."""
    wanted = subject.casefold().strip() if subject else None
    found = []
    rows = origins.result_rows(
        connection, _records(connection, school_id), procedure=procedure, year=year, grade=grade
    )  # fmt: skip
    for table, key, *work, of_year, figures in rows:
        assessment = Assessment(*work)
        if wanted is None or assessment.subject.casefold() == wanted:
            what = f"{TABLE_WORDS[table]}, {assessment.label}, {of_year}"
            found.append(origin_of(connection, table, key, what=what, value=str(figures)))
    return found


def of_metric(connection: Connection, school_id: int, metric: str, first_year: int | None = None) -> list[Trace]:
    """Return the origins of a metric's values, by school year.

    Raises:
        UserError: ``DATA_NO_METRIC`` where the catalogue has no such metric.
    """
    from app.operations import metrics

    known = metrics.catalogue(connection).find(metric)
    rows = origins.metric_rows(connection, _records(connection, school_id), known.code, first_year)
    return [
        origin_of(connection, "metric_value", key, what=f"{known.name}, {school_year(of_year)}", value=raw)
        for key, _code, of_year, raw in rows
    ]


def of_metrics(connection: Connection, school_id: int, first_year: int | None = None) -> list[Trace]:
    """Return the origins of all stored values of metrics, the newest school year first, then as in the catalogue.

    Shares that are computed from two counts are not stored: their counts are.
    """
    from app.operations import metrics

    known = metrics.catalogue(connection)
    order = {metric.code: (place, metric.name) for place, metric in enumerate(known.metrics)}
    last = len(order)
    rows = origins.metric_rows(connection, _records(connection, school_id), None, first_year)
    # a metric of the user's own that was taken out of the catalogue keeps its values under its code
    rows.sort(key=lambda row: (-row[2], order.get(row[1], (last, row[1])), row[0]))
    return [
        origin_of(
            connection,
            "metric_value",
            key,
            what=f"{order.get(code, (last, code))[1]}, {school_year(of_year)}",
            value=raw,
        )
        for key, code, of_year, raw in rows
    ]


def of_lists(connection: Connection, school_id: int) -> list[Trace]:
    """Return the origins of what lists from outside say of a school."""
    return [
        origin_of(connection, "external_entry", key, what=f"{title}, {year}" + (f": {item}" if item else ""), value=raw)
        for key, title, year, item, raw in origins.entry_rows(connection, _records(connection, school_id))
    ]


def of_card(connection: Connection, school_id: int) -> list[Trace]:
    """Return the origins of the fields, codes and numbers of a school's card."""
    found = []
    for table, key, column, value in origins.card_rows(connection, school_id):
        name, _, of_year = column.partition(":")
        what = TEXT_FIELDS.get(name) or SYSTEM_WORDS.get(name) or COLUMN_WORDS.get(name, name)
        what = f"{what}, {school_year(int(of_year))}" if of_year else what
        shown = STATUS_WORDS.get(value, value) if name == "status" else value
        traced = None if table == "organisation_code" else name
        found.append(origin_of(connection, table, key, traced, what=what, value=shown))
    return found
