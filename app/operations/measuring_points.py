"""Measuring points («замеры») of a plan year: «вход – процесс – выход» or any others (004, §1.5); closing them.

Closing keeps value, target, direction, tolerance, light, formula with its version and inputs of every indicator. It is
not taken back by Ctrl+Z (decision 17) but by opening the point anew, with a reason that stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.analysis.formula_grammar import metrics_of
from app.analysis.indicator_lights import exact
from app.analysis.programme_values import plain
from app.errors import UserError
from app.models import indicators as stored
from app.models.indicators import Point, Stage
from app.models.journal import now
from app.models.programme_records import Node
from app.models.store import Connection, Operation, Store
from app.operations import formula_metrics, programmes
from app.operations.indicator_book import Book, YearValue
from app.operations.indicator_marks import open_point, refuse_closed
from app.operations.schools import iso_date
from app.texts import quoted

STAGE_WORDS: Mapping[Stage, str] = {"input": "вход", "process": "процесс", "output": "выход", "other": "другой"}
MODELS: Mapping[str, tuple[str, tuple[tuple[str, Stage, str], ...]]] = {
    "two": ("вход – выход", (("Вход", "input", "01-31"), ("Выход", "output", "12-20"))),
    "three": ("вход – процесс – выход",
              (("Вход", "input", "01-31"), ("Процесс", "process", "06-30"), ("Выход", "output", "12-20"))),
    "four": ("по кварталам",
             (("I квартал", "input", "03-31"), ("II квартал", "process", "06-30"), ("III квартал", "process", "09-30"),
              ("IV квартал", "output", "12-20"))),
}  # fmt: skip
"""Usual sets of points: key → (words, points with stage and day of the year); at least once a year, in practice two to
four (004, §1.5)."""
MOST_PARTS = 200
"""So many lines of a metric are kept at closing; the value itself is always whole."""


def points(connection: Connection, programme_id: int, year: int | None = None) -> list[Point]:
    """Return the measuring points of a programme, of one plan year or of all.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    return stored.points(connection, programmes.head(connection, programme_id).lineage, year)


def add_point(
    store: Store, programme_id: int, year: int, title: str, stage: Stage = "other", due_on: str = ""
) -> int:  # fmt: skip
    """Add a measuring point at the end of a plan year; returns its key.

    Args:
        store: the open file.
        programme_id: an edition of the programme.
        year: plan year.
        title: «Вход», «I полугодие».
        stage: where it stands in the model.
        due_on: the day, «31.01.2026» or ISO; "" for none.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``MON_POINT_TITLE``, ``MON_POINT_YEAR``, ``GEN_BAD_DATE``.
    """
    lineage = _lineage(store.connection, programme_id, year)
    values = _values(title, stage, due_on)
    with store.operation(f"Замер {quoted(str(values['title']))}, {year} год: добавлен", "point.add") as operation:
        return _insert(operation, lineage, year, values)


def add_model(store: Store, programme_id: int, year: int, model: str) -> int:
    """Add the points of a usual set that are not there yet; returns how many.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``MON_POINT_YEAR``.
    """
    lineage = _lineage(store.connection, programme_id, year)
    words, wanted = MODELS[model]
    have = {point.title.casefold() for point in stored.points(store.connection, lineage, year)}
    missing = [one for one in wanted if one[0].casefold() not in have]
    if not missing:
        return 0
    with store.operation(f"Замеры на {year} год: {words}", "point.add") as operation:
        for title, stage, day in missing:
            _insert(operation, lineage, year, {"title": title, "stage": stage, "due_on": f"{year}-{day}"})
    return len(missing)


def edit_point(
    store: Store, key: int, *, title: str | None = None, stage: Stage | None = None, due_on: str | None = None
) -> None:
    """Change a measuring point that is open.

    Raises:
        UserError: ``MON_NO_POINT``, ``MON_POINT_CLOSED``, ``MON_POINT_TITLE``, ``GEN_BAD_DATE``.
    """
    point = open_point(store.connection, key)
    refuse_closed(point)
    values = _values(
        point.title if title is None else title,
        stage or point.stage,
        (point.due_on or "") if due_on is None else due_on,
    )
    changed = {name: value for name, value in values.items() if getattr(point, name) != value}
    with store.operation(f"Замер {quoted(point.title)}, {point.plan_year} год: изменён", "point.edit") as operation:
        if changed:
            operation.update("measuring_point", key, **changed)


def move_point(store: Store, key: int, step: int) -> None:
    """Move a point up (−1) or down (1) among those of its year; closed ones keep their order.

    Raises:
        UserError: ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    point = open_point(store.connection, key)
    refuse_closed(point)
    found = stored.points(store.connection, point.lineage, point.plan_year)
    place = found.index(point)
    target = place + step
    if not 0 <= target < len(found):
        return
    refuse_closed(found[target])
    found[place], found[target] = found[target], found[place]
    with store.operation(f"Замеры на {point.plan_year} год: другой порядок", "point.edit") as operation:
        for number, one in enumerate(found):
            if one.position != number:
                operation.update("measuring_point", one.id, position=number)


def remove_point(store: Store, key: int) -> None:
    """Take a point away that is open, with what was typed at it; undo brings both back.

    Raises:
        UserError: ``MON_NO_POINT``, ``MON_POINT_CLOSED``.
    """
    point = open_point(store.connection, key)
    refuse_closed(point)
    with store.operation(f"Замер {quoted(point.title)}, {point.plan_year} год: убран", "point.remove") as operation:
        for one in stored.of_point(operation.connection, key):
            operation.delete("indicator_value", one.id)
        operation.delete("measuring_point", key)


def _lineage(connection: Connection, programme_id: int, year: int) -> int:
    head = programmes.head(connection, programme_id)
    if year not in head.years:
        raise UserError("MON_POINT_YEAR", year=year, years=", ".join(map(str, head.years)))
    return head.lineage


def _values(title: str, stage: Stage, due_on: str) -> dict[str, Any]:
    name = " ".join(title.split())
    if not name:
        raise UserError("MON_POINT_TITLE")
    return {"title": name, "stage": stage, "due_on": iso_date(due_on) if due_on.strip() else None}


def _insert(operation: Operation, lineage: int, year: int, values: Mapping[str, Any]) -> int:
    place = len(stored.points(operation.connection, lineage, year))
    return operation.insert("measuring_point", lineage=lineage, plan_year=year, position=place, **values)


# --- closing -----------------------------------------------------------------------------------------------------


def close(store: Store, programme_id: int, key: int, day: date) -> int:
    """Close a measuring point: keep what every indicator says now; returns how many have a value.

    Args:
        store: the open file.
        programme_id: the edition whose targets and formulas count.
        key: the point.
        day: today, for formulas that ask for it.

    Raises:
        UserError: ``MON_NO_POINT``, ``MON_POINT_CLOSED``, ``MON_POINT_EMPTY``, ``PROGRAMME_UNKNOWN``.
    """
    point = open_point(store.connection, key)
    refuse_closed(point)
    book = Book(store.connection, programmes.tree(store.connection, programme_id), day)
    if not book.nodes:
        raise UserError("MON_POINT_EMPTY")
    moment = now()
    label = f"Замер {quoted(point.title)}, {point.plan_year} год: закрыт"
    with store.operation(label, "point.close", reversible=False) as operation:
        rows = [_kept(book, node, point) for node in book.nodes]
        for row in rows:
            operation.insert("indicator_stored", point_id=key, stored_at=moment, actor=store.actor, **row)
        operation.update("measuring_point", key, closed_at=moment, closed_by=store.actor)
    return sum(row["value"] is not None for row in rows)


def _kept(book: Book, node: Node, point: Point) -> dict[str, Any]:
    """Return what a point keeps of an indicator: what was typed at it, else what the year says now."""
    year = point.plan_year
    found = book.year_value(node, year)
    at = next(one for one in found.points if one.point.id == point.id)
    value, typed = (at.value, True) if at.raw else (_value_now(found), found.typed)
    aim, judged = book.aim(node, year), book.judged(node, year, value)
    record = aim.record
    text, version = book.formula(node)
    computed = not at.raw and not found.typed and value is not None and found.step is not None
    return {
        "lineage": node.lineage, "plan_year": year, "value": value, "typed": int(typed and value is not None),
        "target": aim.value, "required": found.required,
        "baseline": record.baseline if record else None, "direction": record.direction if record else None,
        "tolerance": judged.tolerance, "light": judged.light, "formula": text or None, "version": version,
        "inputs": inputs_of(book, node, year) if computed else None,
    }  # fmt: skip


def _value_now(found: YearValue) -> str | None:
    """Return the value of the year where it is new: what an earlier point kept is not measured again."""
    return found.value if found.typed or found.step is not None else None


def inputs_of(book: Book, node: Node, year: int) -> str | None:
    """Return the metrics of a formula with values and lines as JSON text."""
    parsed = book.parsed(node, year)
    if parsed is None or parsed.node is None:
        return None
    facts = book.facts(year)
    found = []
    for call in metrics_of(parsed.node):
        read = formula_metrics.read(facts, call)
        found.append({
            "metric": parsed.text[call.start : call.end],
            "value": None if read.value is None else plain(_decimal(read.value)),
            "words": read.words,
            "lines": len(read.parts),
            "parts": [
                [part.what, part.said, int(part.counted), part.origin.table if part.origin else None,
                 part.origin.row_id if part.origin else None, part.amount]
                for part in read.parts[:MOST_PARTS]
            ],
        })  # fmt: skip
    told = {"expression": parsed.text, "year": year, "day": book.day.isoformat(), "metrics": found}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _decimal(value: Any) -> Any:
    from app.analysis.formula_value import decimal_text

    return exact(decimal_text(value, 6))


def reopen(store: Store, key: int, reason: str) -> None:
    """Open a closed point anew; what it kept is gone from the table and stays in the journal.

    Args:
        store: the open file.
        key: the point.
        reason: why; it stays beside the point.

    Raises:
        UserError: ``MON_NO_POINT``, ``MON_POINT_OPEN``, ``MON_POINT_REASON``.
    """
    point = open_point(store.connection, key)
    if not point.closed:
        raise UserError("MON_POINT_OPEN", title=point.title, year=point.plan_year)
    if not reason.strip():
        raise UserError("MON_POINT_REASON")
    label = f"Замер {quoted(point.title)}, {point.plan_year} год: открыт заново"
    with store.operation(label, "point.reopen", reversible=False) as operation:
        for one in stored.stored_at(operation.connection, key):
            operation.delete("indicator_stored", one.id)
        operation.update(
            "measuring_point", key, closed_at=None, closed_by=None, reopened_at=now(), reopen_reason=reason.strip()
        )
