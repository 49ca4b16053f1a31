"""Dates of the plan for the window: the rows of the chart, the term written anew from the dates, dates moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.analysis import programme_dates as analysed
from app.analysis.programme_dates import DatePlan, Span
from app.models.store import Connection, Store
from app.operations import programme_edit, programme_life
from app.operations.programmes import tree, writable
from app.texts import count


def plan(connection: Connection, key: int, today: date) -> DatePlan:
    """Return the dates of an edition in the order of its plan; of an approved one as it was approved.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    return analysed.plan(programme_life.frozen_tree(connection, key), today)


def put(store: Store, node_id: int, spans: Sequence[Span]) -> None:
    """Put the dates of an activity; its text stays. Errors: see ``programme_edit.put_dates``."""
    programme_edit.put_dates(store, node_id, [(first.isoformat(), last.isoformat()) for first, last in spans])


def rewrite(store: Store, key: int, node_ids: Sequence[int]) -> int:
    """Write the terms of activities anew from their dates, as one step; returns how many have changed.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, key)
    found = tree(store.connection, key)
    texts = {}
    for node_id in node_ids:
        spans = [(date.fromisoformat(row.date_from), date.fromisoformat(row.date_to))
                 for row in found.terms.get(node_id, ())]  # fmt: skip
        if spans:
            texts[node_id] = analysed.term_of(spans)
    if not texts:
        return 0
    what = count(len(texts), "срок", "срока", "сроков")
    with store.operation(f"Программа: переписано по датам — {what}", "programme.term") as operation:
        for node_id, text in texts.items():
            programme_edit.put_term_in(operation, node_id, text)
    return len(texts)
