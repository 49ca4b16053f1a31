"""Indicators: the table with lights, how a value arises down to the cells, trying a formula, writing (004, §1.5).

The one door for the window, the commands and the papers; what it shows is made by ``indicator_book``, written by
``indicator_marks`` and ``measuring_points``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from app import clock
from app.analysis.formula_grammar import FUNCTIONS, FormulaFault, FormulaFunction, metrics_of
from app.analysis.formula_value import Step, decimal_text, evaluate
from app.analysis.indicator_lights import DIRECTION_SHORT, LIGHT_WORDS, Light
from app.analysis.programme_values import number_text
from app.errors import UserError
from app.models import indicators as stored
from app.models.indicators import IndicatorRule, Point, StoredValue
from app.models.store import Connection
from app.operations import formula_metrics, origin, programmes
from app.operations.execution import in_force
from app.operations.formula_facts import Part
from app.operations.formula_metrics import METRICS, PARAMETERS, MetricSpec, ParameterSpec
from app.operations.indicator_book import (
    Book,
    IndicatorLine,
    IndicatorTable,
    PointValue,
    YearValue,
    history,
    table,
)
from app.operations.indicator_marks import Cell, put_draft, put_rule, put_source, put_value, put_values
from app.operations.measuring_points import (
    MODELS,
    STAGE_WORDS,
    add_model,
    add_point,
    close,
    edit_point,
    move_point,
    remove_point,
    reopen,
)
from app.operations.origin import Trace
from app.reports.card_data import Origin

__all__ = [
    "DIRECTION_SHORT", "FUNCTIONS", "LIGHT_WORDS", "METRICS", "MODELS", "PARAMETERS", "STAGE_WORDS", "Cell",
    "Derivation", "FormulaFault", "FormulaFunction", "IndicatorLine", "IndicatorTable", "Light", "MetricSpec",
    "MetricUse", "Offer", "ParameterSpec", "Part", "Point", "PointValue", "Step", "YearValue", "add_model",
    "add_point", "close", "derivation", "edit_point", "history", "in_year", "move_point", "offer", "put_draft",
    "put_rule", "put_source", "put_value", "put_values", "remove_point", "reopen", "table", "traces",
]  # fmt: skip
MOST_TRACES = 400


@dataclass(frozen=True, slots=True)
class MetricUse:
    """A metric inside a formula with what it gave.

    Attributes:
        text: as it stands in the formula; ``start``, ``end`` its place.
        parts: the lines it is made of.
        lines: how many there are; a closed point keeps the first of them only.
    """

    text: str
    start: int
    end: int
    value: str | None
    words: str
    parts: tuple[Part, ...]
    lines: int

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return "нет данных" if self.value is None else number_text(self.value)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the value of an indicator arises.

    Attributes:
        lineage, year: whose.
        text: the formula as it is kept: a key of the library or an expression; ``expression``: what is computed.
        programme_formula: the formula that stands in the programme.
        faults: what can't be read in it, with places in ``expression``.
        step: the tree of the computation; None where there is no formula, or faults.
        metrics: its metrics with their lines, in the order of the text.
        value: exact decimal text; None where there are no data.
        closed: what a closed point keeps, with its own formula and inputs; then ``metrics`` are those inputs.
        line: the line of the table.
    """

    lineage: int
    year: int
    text: str
    expression: str
    programme_formula: str
    faults: tuple[FormulaFault, ...]
    step: Step | None
    metrics: tuple[MetricUse, ...]
    value: str | None
    line: IndicatorLine
    rule: IndicatorRule | None
    closed: StoredValue | None = None


def in_year(connection: Connection, year: int) -> int:
    """Return the municipal programme that is watched in a plan year: the one in force.

    Raises:
        UserError: ``MON_NO_PROGRAMME``.
    """
    found = [one for one in in_force(connection, (year,)) if one.kind == "municipal"]
    if not found:
        raise UserError("MON_NO_PROGRAMME", year=year)
    return found[0].id


def derivation(
    connection: Connection, lineage: int, year: int, *, day: date | None = None, programme_id: int | None = None,
    formula: str | None = None,
) -> Derivation:  # fmt: skip
    """Return how the value of an indicator in a plan year arises, down to the stored rows.

    Args:
        connection: reading connection.
        lineage: of the indicator.
        year: plan year.
        day: on which it is looked at; None: today.
        programme_id: the edition; None: the one in force.
        formula: a formula to be tried in place of the one in force; nothing is written.

    Raises:
        UserError: ``MON_NO_INDICATOR``.
    """
    editions = stored.editions_with(connection, lineage)
    if not editions:
        raise UserError("MON_NO_INDICATOR")
    chosen = programme_id if programme_id in editions else editions[0]
    book = Book(connection, programmes.tree(connection, chosen), day or clock.today())
    node = next(one for one in book.nodes if one.lineage == lineage)
    line = book.line(node, year, stored.spent(connection, year))
    closed = book.year_value(node, year).closed if formula is None else None
    record = book.record(node)
    head = (lineage, year, (record.formula or "").strip() if record else "", line, book.rules.get(lineage))
    if closed is not None:
        return _of_closed(head, closed)
    return _of_formula(book, head, book.formula(node)[0] if formula is None else formula.strip())


_Head = tuple[int, int, str, IndicatorLine, IndicatorRule | None]


def _of_formula(book: Book, head: _Head, text: str) -> Derivation:
    lineage, year, own, line, rule = head
    expression = formula_metrics.expression(text)
    if not text:
        return Derivation(lineage, year, "", "", own, (), None, (), line.value, line, rule)
    facts = book.facts(year)
    parsed = formula_metrics.checked(facts, expression)
    if parsed.node is None:
        return Derivation(lineage, year, text, expression, own, parsed.faults, None, (), None, line, rule)
    step = evaluate(parsed.node, lambda call: formula_metrics.given(facts, call))
    uses = []
    for call in metrics_of(parsed.node):
        read = formula_metrics.read(facts, call)
        value = None if read.value is None else decimal_text(read.value)
        uses.append(MetricUse(expression[call.start : call.end], call.start, call.end, value, read.words, read.parts,
                              len(read.parts)))  # fmt: skip
    value = None if step.value is None else decimal_text(step.value)
    return Derivation(lineage, year, text, expression, own, (), step, tuple(uses), value, line, rule)


def _of_closed(head: _Head, closed: StoredValue) -> Derivation:
    """Show what a closed point kept: its inputs, not what the file says now."""
    lineage, year, own, line, rule = head
    kept: Mapping[str, Any] = json.loads(closed.inputs) if closed.inputs else {}
    expression = str(kept.get("expression", ""))
    uses, place = [], 0
    for one in kept.get("metrics", ()):
        start = expression.find(one["metric"], place)
        place = start + len(one["metric"]) if start >= 0 else place
        parts = tuple(
            Part(what, said, bool(counted), Origin(of_table, row) if of_table else None, None, amount)
            for what, said, counted, of_table, row, amount in one["parts"]
        )
        uses.append(MetricUse(one["metric"], start, place, one["value"], one["words"], parts, one["lines"]))
    values = {use.text: use.value for use in uses}
    step = _again(expression, values)
    return Derivation(lineage, year, closed.formula or "", expression, own, (), step, tuple(uses), closed.value, line,
                      rule, closed)  # fmt: skip


def _again(expression: str, values: Mapping[str, str | None]) -> Step | None:
    """Compute a kept formula from its kept inputs."""
    from app.analysis.formula_grammar import MetricCall, parse
    from app.analysis.formula_value import Given

    node = parse(expression).node if expression else None
    if node is None:
        return None

    def read(call: MetricCall) -> Given:
        value = values.get(expression[call.start : call.end])
        return Given(None if value is None else Fraction(value), "сохранено при закрытии замера")

    return evaluate(node, read)


def traces(connection: Connection, parts: Iterable[Part], what: str = "") -> list[Trace]:
    """Return where the lines of a metric come from: file, sheet, cell, the operation that wrote them.

    Args:
        connection: reading connection.
        parts: lines of a metric; those without a stored row of this kind are left out.
        what: how the value is called where a line has no name.
    """
    found: list[Trace] = []
    for part in parts:
        place = part.origin
        if place is None or place.table not in origin.TABLE_WORDS or len(found) == MOST_TRACES:
            continue
        try:
            found.append(
                origin.origin_of(
                    connection, place.table, place.row_id, place.column, what=part.what or what, value=part.said
                )
            )
        except UserError:
            continue  # a row that a closed point names may be gone from the file since
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """A parameter of a metric with its values to choose from: (as shown, as written)."""

    spec: ParameterSpec
    needed: bool
    choices: tuple[tuple[str, str], ...]


def offer(
    connection: Connection, lineage: int, year: int, metric: str, *, day: date | None = None
) -> tuple[Offer, ...]:
    """Return what narrows a metric, with the values that this file has.

    Raises:
        UserError: ``MON_NO_INDICATOR``.
    """
    editions = stored.editions_with(connection, lineage)
    if not editions:
        raise UserError("MON_NO_INDICATOR")
    book = Book(connection, programmes.tree(connection, editions[0]), day or clock.today())
    facts, spec = book.facts(year), METRICS[metric]
    return tuple(
        Offer(PARAMETERS[key], key in spec.needs, formula_metrics.choices(facts, key)) for key in spec.parameters
    )  # fmt: skip
