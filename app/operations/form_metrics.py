"""Accepted answers become metric values with their origin; reopening takes them back."""

from __future__ import annotations

import re

from app.forms.schema import Answer, FormDef, Item
from app.models import course_records
from app.models import forms as stored
from app.models import metrics as stored_metrics
from app.models.forms import FormAnswer, FormCase, FormSubject
from app.models.metric_cells import MetricKind, read_cell
from app.models.metrics import MetricRow
from app.models.records import MetricFigure, Origin
from app.models.store import Operation
from app.operations import metrics


def write(operation: Operation, case: FormCase, form: FormDef, subject: FormSubject, year: int) -> int:
    """Write the confirmed answers of items with a metric as values of the school; returns how many.

    The value names the case, and file, sheet and cell where the answer came in a workbook. An answer that the metric
    does not take, or that says the same as the stored value, changes nothing.

    Args:
        operation: that of accepting.
        case: the case that is accepted.
        form: its definition.
        subject: its subject; without a school nothing is written.
        year: school year of the round.
    """
    items = {item.id: item for item in form.items() if item.metric}
    if not items or subject.school_id is None:
        return 0
    known = metrics.catalogue(operation.connection)
    written = 0
    for row in stored.answers(operation.connection, [case.id])[case.id]:
        item = items.get(row.item_id)
        if item is None or not row.confirmed or row.value is None or (item.metric or "") not in known:
            continue
        made = _metric_row(item, row, known.find(item.metric or "").kind, subject.school_id, year, case.id)
        if made is not None:
            course_records.keep_before(operation, case.id, item.id, made.key)
            stored_metrics.write(operation, [made])
            written += 1
    return written


def _metric_row(
    item: Item, row: FormAnswer, kind: MetricKind, school: int, year: int, case_id: int
) -> MetricRow | None:
    text = as_text(item, Answer(row.raw, row.value), kind)
    cell = read_cell(kind, text)
    if cell.empty or cell.code is not None:
        return None
    figure = MetricFigure(item.metric or "", year, text, cell.part, cell.whole, cell.exact)
    line = re.search(r"\d+$", row.cell or "")
    place = None if line is None else Origin(row.sheet, int(line[0]), int(line[0]), row.cell)
    return MetricRow(school, figure, place, case_id=case_id, form_file_id=row.file_id)


def as_text(item: Item, answer: Answer, kind: MetricKind) -> str:
    """Return an answer as a cell of the metrics reads it: a number with a comma, «да», the text of a choice."""
    from app.forms.item_types import TYPES

    value = answer.value or ""
    if item.kind == "decimal":
        return value.replace(".", ",")
    if kind == "flag":
        return {"yes": "да", "no": "нет"}.get(value, value)
    if item.kind in {"choice", "many"}:
        return TYPES[item.kind].to_text(item, value)
    return value


def take_back(operation: Operation, case_id: int) -> None:
    """Give the metrics back what they held before a case was accepted; a value changed since stays."""
    course_records.restore(operation, case_id)
