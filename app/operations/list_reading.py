"""What a rule looks at, read from the file: results, schools, values of metrics and indices, areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.models import frames, organisations
from app.models.organisations import School
from app.models.revision import Revision, revision
from app.models.store import Connection
from app.operations import metrics

if TYPE_CHECKING:
    from app.analysis.identification import Identification
    from app.analysis.rule_model import Rule


def _covered(schools: Iterable[School], frame: Any) -> list[School]:
    """Schools that the rule is asked about; a closed one only while it still has results in the years concerned."""
    with_results = set(frame["school_id"].unique().tolist())
    return [s for s in schools if s.status == "active" or s.id in with_results]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that rules of one kind look at, read once: results, schools, values of metrics and indices, areas."""

    schools: tuple[School, ...]
    frame: Any
    values: Any
    indices: dict[str, dict[int, float]]
    areas: dict[str, Any]


def material(connection: Connection, chosen: Rule, year: int, *, everyone: bool = False) -> Material:
    """Read what a rule looks at; with other thresholds and numbers it looks at the same.

    Args:
        connection: reading connection.
        chosen: the rule.
        year: result year.
        everyone: reference schools too.
    """
    return Reading(connection, chosen, (year,), everyone=everyone).material(year)


class Reading:
    """Results and schools for several years of one rule, read together when the first of them needs it.

    A list looks back at the lists of two years before: three answers stand on the same results.

    Args:
        connection: reading connection.
        chosen: the rule.
        years: the result years that will be asked for; others are read by themselves.
        everyone: reference schools too.
    """

    def __init__(self, connection: Connection, chosen: Rule, years: Iterable[int], *, everyone: bool) -> None:
        self.connection, self.chosen, self.everyone = connection, chosen, everyone
        self.years = frozenset(years)
        self.gaps = [branch for branch in chosen.branches if branch.kind == "region_gap"]
        self.means = any(branch.measure == "mean" for branch in self.gaps)
        self._state: Revision | None = None
        self._schools: list[School] = []
        self._frame: Any = None

    def _read(self) -> None:
        """Read all at once, again where somebody has written since."""
        state = revision(self.connection)
        if self._state == state:
            return
        wanted = sorted({past for year in self.years for past in self.chosen.years(year)})
        own = None if self.everyone else True
        self._frame = frames.mark_frame(self.connection, tuple(wanted), own=not self.everyone, means=self.means)
        self._schools = organisations.listing(self.connection, own=own)
        self._state = state

    def material(self, year: int) -> Material:
        """Return what the rule looks at for one of the years."""
        if year not in self.years:
            return material(self.connection, self.chosen, year, everyone=self.everyone)
        self._read()
        chosen, frame = self.chosen, self._frame
        if len(self.years) > 1:
            frame = frame[frame["year"].isin(chosen.years(year))].reset_index(drop=True)
        schools = _covered(self._schools, frame)
        values = metrics.for_rule(self.connection, chosen, year, own=not self.everyone)
        kinds = {branch.against for branch in self.gaps}
        found = {kind: frames.area_frame(self.connection, (year,), kind, means=self.means) for kind in kinds}
        areas: dict[str, Any] = {kind: area for kind, area in found.items() if area is not None}
        ids = [school.id for school in schools]
        return Material(tuple(schools), frame, values, _indices(self.connection, chosen, year, ids), areas)


def answer(read: Material, chosen: Rule, year: int) -> Identification:
    """Answer a rule from what has been read for it or for one that differs in its numbers only."""
    from app.analysis.identification import identify

    ids = [school.id for school in read.schools]
    return identify(read.frame, chosen, year, ids, read.values, read.indices, read.areas)


def _indices(connection: Connection, chosen: Rule, year: int, ids: list[int]) -> dict[str, dict[int, float]]:
    """Return the values of the indices a rule asks for; the spring of year Y belongs to school year Y−1."""
    wanted = {branch.index for branch in chosen.branches if branch.index}
    if not wanted:
        return {}
    from app.operations import indices

    return {name: indices.values(connection, name, year - 1, ids) for name in sorted(wanted)}
