"""Changes of what stands beside the tree: directions, estimates, texts, mechanism, stakeholders, monitoring, blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.analysis.programme_sections import BY_KEY
from app.analysis.programme_values import sum_of
from app.errors import UserError
from app.models import programmes as stored
from app.models.store import Operation, Store
from app.operations.programme_edit import called, open_node
from app.operations.programmes import own_row, writable
from app.texts import capital, quoted

PART_WORDS = {
    "stakeholder": "заинтересованные стороны",
    "mechanism": "механизм управления",
    "monitor": "контроль и мониторинг",
    "resource": "ресурсы",
    "block": "грифы",
}
"""Tables of rows that ``put_rows`` writes, as a label of the journal names them."""
_COLUMNS = {
    "stakeholder": ("name", "interest", "part"),
    "mechanism": ("participant", "powers", "result", "person_id", "body_id", "organisation_id"),
    "monitor": ("subject", "measures", "source", "period", "responsible"),
    "resource": ("state", "text", "detail", "effect"),
    "block": ("word", "post", "name", "act", "number", "dated", "person_id"),
}
_CHOICES = {
    ("resource", "state"): ("works", "develop", "absent"),
    ("block", "word"): ("approve", "approved", "agreed", "accepted"),
}


# --- directions --------------------------------------------------------------------------------------------------


def put_direction(store: Store, programme_id: int, direction_id: int | None, title: str) -> int:
    """Add a direction (``direction_id`` None) or call one otherwise; returns its key.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_DIRECTION_NAMELESS``,
            ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, programme_id)
    merge = None if direction_id is None else f"programme.direction:{direction_id}"
    label = f"Программа: направление {quoted(title.strip())}"
    with store.operation(label, "programme.direction", merge=merge) as operation:
        return put_direction_in(operation, programme_id, direction_id, title)


def put_direction_in(operation: Operation, programme_id: int, direction_id: int | None, title: str) -> int:
    """Add or rename a direction inside an operation; one of the same name is not added twice."""
    name = title.strip()
    if not name:
        raise UserError("PROGRAMME_DIRECTION_NAMELESS")
    present = stored.of_programme(operation.connection, "programme_direction", programme_id)
    if direction_id is not None:
        own_row(operation.connection, "programme_direction", direction_id, programme_id)
        operation.update("programme_direction", direction_id, title=name)
        return direction_id
    same = next((row for row in present if row.title.casefold() == name.casefold()), None)
    if same is not None:
        return int(same.id)
    return operation.insert("programme_direction", programme_id=programme_id, position=len(present), title=name)


def remove_direction(store: Store, programme_id: int, direction_id: int) -> None:
    """Take a direction away; its activities stay, without a direction.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NO_NODE``.
    """
    writable(store.connection, programme_id)
    own_row(store.connection, "programme_direction", direction_id, programme_id)
    with store.operation("Программа: направление удалено", "programme.direction") as operation:
        for row in stored.of_nodes(operation.connection, "programme_activity", programme_id):
            if row.direction_id == direction_id:
                operation.update("programme_activity", row.id, direction_id=None)
        operation.delete("programme_direction", direction_id)
        _order(operation, stored.of_programme(operation.connection, "programme_direction", programme_id))


def arrange_directions(store: Store, programme_id: int, direction_ids: Sequence[int]) -> None:
    """Put the directions into this order.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    with store.operation("Программа: порядок направлений", "programme.direction") as operation:
        rows = stored.of_programme(operation.connection, "programme_direction", programme_id)
        wanted = {key: place for place, key in enumerate(direction_ids)}
        _order(operation, sorted(rows, key=lambda row: wanted.get(row.id, len(wanted))))


def _order(operation: Operation, rows: Sequence[Any]) -> None:
    for position, row in enumerate(rows):
        if row.position != position:
            operation.update("programme_direction", row.id, position=position)


# --- estimates ---------------------------------------------------------------------------------------------------


def put_estimate(store: Store, node_id: int, plan_year: int, rows: Sequence[Mapping[str, str]]) -> None:
    """Make the estimate of an activity for a year these lines.

    Args:
        store: the open file.
        node_id: the activity.
        plan_year: of which year.
        rows: texts as typed: «text», «source», «raw» (the sum), «comes» (when the money comes).

    Raises:
        UserError: ``PROGRAMME_NO_NODE``, ``PROGRAMME_FROZEN``.
    """
    from app.analysis import terms

    node = open_node(store.connection, node_id, "activity")
    made = []
    for row in rows:
        told = {name: row.get(name, "").strip() for name in ("text", "source", "raw", "comes")}
        if any(told.values()):
            found = sum_of(told["raw"])
            spans = terms.parse(told["comes"], year_from=plan_year, year_to=plan_year).spans if told["comes"] else ()
            made.append({
                "plan_year": plan_year, "text": told["text"], "source": told["source"], "raw": told["raw"],
                "kopecks": found.kopecks, "code": found.code, "comes_raw": told["comes"] or None,
                "comes_on": spans[0][0] if spans else None,
            })  # fmt: skip
    label = f"{called(node)}: смета на {plan_year} год"
    merge = f"programme.estimate:{node_id}:{plan_year}"
    with store.operation(capital(label), "programme.edit", merge=merge) as operation:
        kept = stored.of_node(operation.connection, "programme_estimate", node_id)
        present = [row for row in kept if row.plan_year == plan_year]
        _make_rows(operation, "programme_estimate", present, made, {"node_id": node_id})


def _make_rows(
    operation: Operation, table: str, present: Sequence[Any], rows: Sequence[dict[str, Any]], owner: dict[str, int]
) -> None:
    """Make the present rows these ones, in this order; what stays the same is not written."""
    for position, values in enumerate(rows):
        wanted = values | {"position": position}
        if position >= len(present):
            operation.insert(table, **wanted, **owner)
            continue
        row = present[position]
        changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if changed:
            operation.update(table, row.id, **changed)
    for row in present[len(rows) :]:
        operation.delete(table, row.id)


# --- rows of a programme -----------------------------------------------------------------------------------------


def put_rows(store: Store, programme_id: int, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make the rows of a part (``PART_WORDS``) these ones, in this order; a row without any text is left out.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``, ``PROGRAMME_NOT_CHOICE``.
    """
    writable(store.connection, programme_id)
    made = [_row(part, row) for row in rows]
    made = [row for row in made if any(isinstance(value, str) and value for value in _texts(part, row))]
    table = f"programme_{part}"
    label, merge = f"Программа: {PART_WORDS[part]}", f"programme.rows:{part}:{programme_id}"
    with store.operation(label, "programme.rows", merge=merge) as operation:
        present = stored.of_programme(operation.connection, table, programme_id)
        _make_rows(operation, table, present, made, {"programme_id": programme_id})


def _row(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in _COLUMNS[part]:
        value = row.get(name)
        if name.endswith("_id") or name == "dated":
            made[name] = value or None
        else:
            made[name] = str(value or "").strip()
        known = _CHOICES.get((part, name))
        if known is not None and made[name] not in known:
            raise UserError("PROGRAMME_NOT_CHOICE", raw=made[name], known=", ".join(known))
    return made


def _texts(part: str, row: Mapping[str, Any]) -> list[Any]:
    """Return what a person typed into a row: without the words that are chosen from a list."""
    if part == "block":
        return [row["word"]]
    return [value for name, value in row.items() if (part, name) not in _CHOICES]


# --- texts -------------------------------------------------------------------------------------------------------


def put_section(
    store: Store, programme_id: int, key: str, text: str | None, *, origin: str = "typed", figures: str | None = None
) -> None:
    """Keep the text of a passport row or a section; None forgets it, so that the derived one stands again.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    writable(store.connection, programme_id)
    title = BY_KEY[key].title
    merge = f"programme.text:{programme_id}:{key}"
    with store.operation(f"Программа, текст {quoted(title)}", "programme.text", merge=merge) as operation:
        put_section_in(operation, programme_id, key, text, origin=origin, figures=figures)


def put_section_in(
    operation: Operation, programme_id: int, key: str, text: str | None, *, origin: str = "typed",
    figures: str | None = None,
) -> None:  # fmt: skip
    """Keep or forget a text inside an operation."""
    rows = stored.of_programme(operation.connection, "programme_text", programme_id)
    row = next((row for row in rows if row.key == key), None)
    if text is None:
        if row is not None:
            operation.delete("programme_text", row.id)
        return
    values = {"text": text, "origin": origin, "figures": figures}
    if row is None:
        operation.insert("programme_text", programme_id=programme_id, key=key, **values)
    elif any(getattr(row, name) != value for name, value in values.items()):
        operation.update("programme_text", row.id, **values)
