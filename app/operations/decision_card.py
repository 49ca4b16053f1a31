"""Points of decisions on the card of a school: what it was told to do, how it stands."""

from __future__ import annotations

from datetime import date

from app import clock
from app.analysis.decision_terms import Shown
from app.models.store import Connection
from app.operations import decisions
from app.operations.decisions import ControlLine
from app.reports.card_data import Line, Origin, Section, State, Way
from app.texts import NBSP, ru_date

MOST = 6
"""The paper of a card is one page: what is urgent comes first, the rest is counted."""
STATES: dict[Shown, State] = {"late": "bad", "not_done": "bad", "soon": "warn", "part": "warn", "done": "ok"}


def section(connection: Connection, school_id: int, school_year: int, day: date | None = None) -> Section:
    """Return the points about a school of a school year, the most urgent first.

    Args:
        connection: reading connection.
        school_id: the school; records merged into it count.
        school_year: first calendar year.
        day: today.
    """
    found = decisions.control(connection, day or clock.today(), school_year=school_year, school_id=school_id)
    lines = [_line(item) for item in found[:MOST]]
    if len(found) > MOST:
        lines.append(Line("Ещё", f"пунктов: {len(found) - MOST}", way=Way("decision", str(found[MOST].id))))
    return Section("points", "Поручения", tuple(lines), "поручений школе нет")


def _line(item: ControlLine) -> Line:
    due = f"срок {ru_date(item.due_on)}" if item.due_on else ""
    note = ". ".join(part.rstrip(".") for part in (due, item.result, item.reason) if part)
    return Line(
        f"{item.document}, п.{NBSP}{item.label}", f"{item.text.rstrip('.')}: {item.word}", note,
        STATES.get(item.shown, "none"), Origin("decision_point", item.id), Way("decision", str(item.id)),
    )  # fmt: skip
