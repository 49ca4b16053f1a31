"""Activities of the municipality's programme to choose from: named by number and text, kept by lineage.

A lineage outlives the editions of a programme (docs/adr/005): whatever was tied to an activity stays tied when the
programme is changed. A number belongs to the edition that is in force; it is shown, never kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.models import execution as stored_execution
from app.models import programmes as stored
from app.models.programme_records import Programme
from app.models.store import Connection

_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of an edition in force."""

    lineage: int
    number: str
    text: str
    programme: str

    @property
    def shown(self) -> str:
        """Number and text in one line: «1.2. Семинар для учителей математики»."""
        text = self.text if len(self.text) <= _LONGEST else f"{self.text[:_LONGEST].rstrip()}…"
        return f"{self.number}. {text}" if self.number else text


def activities(connection: Connection) -> tuple[Activity, ...]:
    """Return the activities of the municipality's programmes, those of the newest programme first.

    Of each programme the newest approved edition counts, of one that was never approved its newest.
    """
    from app.analysis.programme_numbers import plan_groups  # plans are not needed to list events without them

    chosen: dict[int, Programme] = {}
    for item in stored.programmes(connection):
        known = chosen.get(item.lineage)
        if item.kind == "municipal" and (known is None or (item.frozen, item.edition) > (known.frozen, known.edition)):
            chosen[item.lineage] = item
    found: dict[int, Activity] = {}
    for programme in sorted(chosen.values(), key=lambda item: (-item.year_to, -item.year_from, item.id)):
        tree = stored.tree(connection, programme.id)
        for group in plan_groups(tree) if tree is not None else ():
            for line in group.lines:
                text = " ".join(line.node.text.split())
                found.setdefault(line.node.lineage, Activity(line.node.lineage, line.number, text, programme.title))
    return tuple(found.values())


def names(connection: Connection) -> dict[int, str]:
    """Return lineage → number and text, no two alike."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for item in activities(connection):
        shown, number = item.shown, 2
        while shown.casefold() in taken:
            shown, number = f"{item.shown} ({number})", number + 1
        taken.add(shown.casefold())
        found[item.lineage] = shown
    return found


def labels(connection: Connection, lineages: Iterable[int]) -> dict[int, str]:
    """Return lineage → what to call it; an activity that no programme in force has goes by its last text."""
    wanted = set(lineages)
    if not wanted:
        return {}
    found = {key: name for key, name in names(connection).items() if key in wanted}
    for key in wanted - found.keys():
        text = " ".join((stored_execution.activity_text(connection, key) or "").split())
        found[key] = f"{text[:_LONGEST].rstrip()}…" if len(text) > _LONGEST else text or "мероприятия больше нет"
    return found


def find(connection: Connection, text: str) -> int | None:
    """Return the lineage that a text names: its number, its text or both, or words that only one of them has."""
    wanted = _folded(text).rstrip(".")
    known = {key: _folded(name) for key, name in names(connection).items()}
    for key, name in known.items():
        if wanted == name.rstrip("."):
            return key
    numbered = [item.lineage for item in activities(connection) if _folded(item.number) == wanted]
    if numbered:
        return numbered[0]  # of the newest programme
    held = [key for key, name in known.items() if wanted and wanted in name]
    return held[0] if len(held) == 1 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
