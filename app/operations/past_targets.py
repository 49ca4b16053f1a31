"""Against what a value of an indicator is held: of a year that is over, the edition in force on its last day.

A new edition plans what is ahead. What it says of a year behind colours nothing anew (004, §1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models import programmes as stored
from app.models.programme_records import Indicator, Node, Programme, Tree
from app.models.store import Connection
from app.operations.programme_life import snapshot_tree
from app.texts import NBSP, ru_date


@dataclass(frozen=True, slots=True)
class Aim:
    """What a value of a plan year is held against.

    Attributes:
        value, required: exact decimal texts of the year's target and of what is required; None where there is none.
        record: what the same edition says of the indicator: direction, baseline, tolerance, unit.
        edition: of a year that is over, the edition that was in force; None: the programme as it is read.
    """

    value: str | None
    required: str | None
    record: Indicator | None
    edition: Programme | None = None

    @property
    def words(self) -> str:
        """«цель редакции 1 от 15.02.2026»."""
        if self.edition is None:
            return ""
        named = f"редакции{NBSP}{self.edition.edition}"
        if self.edition.act_date:
            named += f" от{NBSP}{ru_date(self.edition.act_date)}"
        return f"цель {named}" if self.value is not None else f"в {named} цели не было"


class PastTargets:
    """The editions of one programme that were in force at the ends of years; each is read once, when it is asked for.

    Args:
        connection: reading connection.
        tree: the edition that is looked at.
        day: today.
    """

    def __init__(self, connection: Connection, tree: Tree, day: date) -> None:
        self._connection, self._tree, self._day = connection, tree, day
        self._editions: list[Programme] | None = None
        self._trees: dict[int, tuple[Tree, Mapping[int, Node]]] = {}

    def aim(self, node: Node, year: int) -> Aim:
        """Return what a value of a plan year is held against."""
        edition = self._in_force(year) if year < self._day.year else None
        if edition is not None:
            tree, nodes = self._frozen(edition)
            if node.lineage in nodes:
                return _aim(tree, nodes[node.lineage], year, edition)
        # no edition was in force, or it did not have this indicator yet: there is no colour of then to keep
        return _aim(self._tree, node, year, None)

    def _in_force(self, year: int) -> Programme | None:
        """Return the newest edition whose act was signed by the last day of a year and not taken back by then."""
        if self._editions is None:
            lineage = self._tree.programme.lineage
            self._editions = [one for one in stored.programmes(self._connection) if one.lineage == lineage]
        last = date(year, 12, 31).isoformat()
        held = [one for one in self._editions if (_signed(one) or "9") <= last and _stood(one, last)]
        return max(held, key=lambda one: one.edition, default=None)

    def _frozen(self, edition: Programme) -> tuple[Tree, Mapping[int, Node]]:
        if edition.id not in self._trees:
            read = snapshot_tree(self._connection, edition)
            self._trees[edition.id] = read, {node.lineage: node for node in read.of_kind("indicator")}
        return self._trees[edition.id]


def _signed(edition: Programme) -> str | None:
    """Return the day of the act; of one without a day, when it was entered."""
    return edition.act_date or edition.approved_on if edition.approved_on and edition.snapshot_id is not None else None


def _stood(edition: Programme, last: str) -> bool:
    """Tell whether an approval was not taken back by a day."""
    return edition.cancelled_on is None or edition.cancelled_on > last


def _aim(tree: Tree, node: Node, year: int, edition: Programme | None) -> Aim:
    target, record = tree.targets.get(node.id, {}).get(year), tree.indicators.get(node.id)
    value, required = (None, None) if target is None else (target.value, target.required)
    return Aim(value, required, record, edition)
