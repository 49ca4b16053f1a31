"""What may be chosen for an order: only rows that the file has."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import UserError
from app.models import people, results
from app.models.erasure import ERASED
from app.models.store import Connection
from app.operations import identification, programmes
from app.operations.paper_choices import whole

_MOST = 12
"""Choices that a refusal names; the others are counted."""
_WORDS = {
    "rule": "Правила", "year": "Результатов за год", "body": "Действующей группы", "programme": "Программы",
    "responsible": "Человека", "control": "Человека",
}  # fmt: skip


def check(connection: Connection, told: Mapping[str, str], kept: Mapping[str, str] | None = None) -> None:
    """Refuse a chosen row that the file does not have; what is kept already and stays the same is not asked again.

    Args:
        connection: reading connection.
        told: key of ``orders.VALUES`` → its value as text; empty values take a choice back.
        kept: what stands in the draft.

    Raises:
        UserError: ``ORDER_CHOICE``.
    """
    for key, value in told.items():
        if key not in _WORDS or not value or (kept or {}).get(key) == value:
            continue
        known = _known(connection, key)
        if (value if key == "rule" else whole(value)) not in known:
            named = [f"{one} — {word}" if word else str(one) for one, word in known.items()]
            rest = len(named) - _MOST
            listed = "; ".join(named[:_MOST]) + (f"; и ещё {rest}" if rest > 0 else "")
            raise UserError("ORDER_CHOICE", what=_WORDS[key], key=key, value=value, known=listed or "пока ничего")


def _known(connection: Connection, key: str) -> dict[int | str, str]:
    match key:
        case "rule":
            return {rule.id: rule.title for rule in identification.rules(connection).values()}
        case "year":
            return dict.fromkeys(results.years(connection), "")
        case "body":
            return {one.id: one.name for one in people.bodies(connection) if one.date_to is None}
        case "programme":
            return {one.programme.id: one.programme.title for one in programmes.listing(connection)}
        case _:
            return {one.id: one.full_name for one in people.people(connection) if one.full_name != ERASED}
