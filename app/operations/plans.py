"""What one file would do, and how a person wants it done: the plain records between loading and its two faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.errors import Problem
from app.importers.parsed import FileReading
from app.operations.matching import Proposal

Decision = int | Literal["create", "skip"]
Fewer = Literal["ask", "keep", "replace"]
"""What becomes of counts where a protocol has fewer participants than are stored: a person says it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A school of the file that the registry does not know; ``key`` is what a decision refers to."""

    key: str
    name: str
    municipality: str | None
    codes: tuple[tuple[str, str], ...]
    rows: int
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A stored figure that the file would replace; ``after`` is «—» for an entry that the new list no longer has."""

    school: str
    assessment: str
    year: int
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one file would do. ``rows_*`` count stored records of all kinds (decision 10).

    ``rows_gone`` counts entries of a list from outside that its later edition no longer has; ``changes`` names the
    first ``LISTED_CHANGES`` of everything changed. ``rows_fewer`` counts stored records of which a protocol has fewer
    participants: with ``Options.fewer`` «ask» nothing of the file is written, with «keep» they stay as they are.
    ``second_registry`` is true for a registry that changes one already there: loading writes names over and sees no
    closed or joined schools, comparing does.
    """

    reading: FileReading
    rows_new: int = 0
    rows_changed: int = 0
    rows_same: int = 0
    unknown: tuple[Unknown, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    accepted: bool = False
    operation_id: int | None = None
    rows_gone: int = 0
    rows_fewer: int = 0
    second_registry: bool = False

    @property
    def needs_eyes(self) -> bool:
        """True where a person should look: errors, warnings, unknown schools."""
        return any(item.level != "hint" for item in self.problems)


@dataclass(frozen=True, slots=True)
class Options:
    """How schools that nobody knows are treated, and counts of fewer participants than are stored."""

    create_schools: bool = False
    all_own: bool = False
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    fewer: Fewer = "ask"
