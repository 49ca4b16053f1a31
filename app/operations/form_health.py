"""Is what the file keeps of forms sound? Findings for ``opora check``."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import Problem, UserError, problem
from app.forms.schema import Answer
from app.models import course_records
from app.models import forms as stored
from app.models.forms import HEAD
from app.models.metric_cells import read_cell
from app.models.store import Connection
from app.operations import metrics
from app.operations.form_cases import definition_of, round_and_form
from app.operations.form_metrics import as_text
from app.texts import school_year


def check(connection: Connection) -> list[Problem]:
    """Return rounds of unknown forms, answers to unknown items, metrics unknown or other than in an accepted form."""
    found: list[Problem] = []
    asked: dict[tuple[str, str], str] = {}
    for record in stored.rounds(connection):
        try:
            form = definition_of(connection, record)
        except UserError:
            found.append(problem("STORE_FORM_UNKNOWN", title=record.title, form=record.form_id, version=record.version))
            continue
        asked |= {(form.short, item.metric): item.number or item.id for item in form.items() if item.metric}
        known = {item.id for item in form.items()} | {HEAD + key for key, _title in form.head_fields}
        cases = {case.id: case for case in stored.cases(connection, rounds=[record.id])}
        names = {item.id: item.shown for item in stored.subjects(connection)}
        for key, rows in stored.answers(connection, cases).items():
            found += [
                problem("STORE_FORM_ITEM", subject=names[cases[key].subject_id], item=row.item_id, form=form.short)
                for row in rows
                if row.item_id not in known
            ]
    return [*found, *_unknown_metrics(connection, asked), *_metrics(connection)]


def _unknown_metrics(connection: Connection, asked: Mapping[tuple[str, str], str]) -> list[Problem]:
    """Return the items whose answers would become values of a metric that the catalogue does not have."""
    if not asked:
        return []
    known = metrics.catalogue(connection)
    return [
        problem("STORE_FORM_NO_METRIC", form=form, item=item, metric=code)
        for (form, code), item in asked.items()
        if code not in known
    ]


def _metrics(connection: Connection) -> list[Problem]:
    rows = course_records.told_otherwise(connection)
    if not rows:
        return []
    known = metrics.catalogue(connection)
    found = []
    for case_id, item_id, code, year, value, now, school in rows:
        case = stored.case_of(connection, case_id)
        if case is None or code not in known:
            continue
        _record, form = round_and_form(connection, case.round_id)
        item, metric = form.item(item_id), known.find(code)
        text = value if item is None else as_text(item, Answer(value=value), metric.kind)
        if read_cell(metric.kind, text) != read_cell(metric.kind, now or ""):
            found.append(
                problem("STORE_FORM_METRIC", school=school, metric=metric.short, year=school_year(year),
                        form=form.short, answer=text, value=now or "нет значения")
            )  # fmt: skip
    return found
