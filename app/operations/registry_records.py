"""What a registry of another year says: plain records between comparing, a person's decisions and writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from app.importers.parsed import ParsedSchool
from app.operations.matching import How, Proposal

ChangeKind = Literal[
    "new", "split", "code_changed", "renamed", "missing", "closed", "merged", "duplicate", "reopened",
]  # fmt: skip
Action = Literal["create", "split", "same", "rename", "close", "link", "merge", "reopen", "none"]

KIND_WORDS: Mapping[ChangeKind, str] = {
    "new": "новая",
    "split": "возможно, выделена",
    "code_changed": "сменился код",
    "renamed": "переименована",
    "missing": "нет в файле",
    "closed": "закрыта",
    "merged": "возможно, объединена",
    "duplicate": "возможно, двойник",
    "reopened": "снова действует",
}
ACTION_WORDS: Mapping[Action, str] = {
    "create": "завести",
    "split": "завести и связать с прежней",
    "same": "считать той же школой, записать код и название",
    "rename": "переименовать, прежнее название оставить написанием",
    "close": "отметить закрытой",
    "link": "записать правопреемника",
    "merge": "объединить записи",
    "reopen": "отметить действующей",
    "none": "ничего",
}
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """One difference between our registry and the file, with what may be done about it.

    Attributes:
        key: what a decision refers to; the same file and registry give the same keys.
        kind: what seems to have happened.
        proposed: what is proposed; nothing is done before a person picks it.
        possible: what may be picked.
        reasons: why, in Russian.
        school_id: the school of ours; None for one that we do not have.
        before: its name now.
        row: the row of the file; None for a school that is not in it.
        target_id: the other school of ours: the successor, the record that stays, the one it came from.
        target_key: the change by whose row the successor will be made, where we do not have it yet.
        target: the name of that other school.
        candidates: schools of ours that the row may mean, the likeliest first.
    """

    key: str
    kind: ChangeKind
    proposed: Action
    possible: tuple[Action, ...]
    reasons: tuple[str, ...]
    school_id: int | None = None
    before: str | None = None
    row: ParsedSchool | None = None
    target_id: int | None = None
    target_key: str | None = None
    target: str | None = None
    candidates: tuple[Proposal, ...] = ()

    @property
    def after(self) -> str | None:
        """The name in the file."""
        return self.row.name if self.row else None

    @property
    def place(self) -> str:
        """Where the row stands: «Лист1, строка 12»; "" for a school that is not in the file."""
        if self.row is None:
            return ""
        origin = self.row.origin
        return ", ".join(part for part in (origin.sheet or "", f"строка {origin.row_from}") if part)


@dataclass(frozen=True, slots=True)
class RegistryChanges:
    """Everything that a registry of a school year says otherwise than ours.

    Attributes:
        name: the file.
        school_year: first calendar year of the school year that the file describes.
        matched: (row of the file from 0, school of ours, what said so), in the order of the file.
        changes: differences, kind by kind.
        others: rows of other municipalities that we do not have: nothing is proposed for them.
        skipped: rows of schools that we do not have and that the file calls closed.
    """

    name: str
    school_year: int
    matched: tuple[tuple[int, int, How], ...] = ()
    changes: tuple[RegistryChange, ...] = ()
    others: int = 0
    skipped: int = 0

    @property
    def by_code(self) -> int:
        """How many rows were recognised by a code."""
        return sum(how == "code" for _row, _school, how in self.matched)

    @property
    def by_name(self) -> int:
        """How many rows were recognised by a remembered spelling, a name, or number and settlement."""
        return len(self.matched) - self.by_code

    @property
    def unchanged(self) -> int:
        """How many matched schools the file does not speak of otherwise than we do."""
        touched = {change.school_id for change in self.changes}
        return sum(school not in touched for _row, school, _how in self.matched)

    def of_kind(self, *kinds: ChangeKind) -> tuple[RegistryChange, ...]:
        """Return the differences of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person picks for one difference.

    Attributes:
        action: one of those possible.
        school_id: another school than the proposed one, for «same» and «link».
        on_date: the day it happened (ISO); the first of September of the school year where it is not given.
    """

    action: Action
    school_id: int | None = None
    on_date: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written; no operation where nothing was picked."""

    operation_id: int | None = None
    counts: Mapping[Action, int] = field(default_factory=dict)
    created: Mapping[str, int] = field(default_factory=dict)


def tallies(changes: Iterable[RegistryChange]) -> dict[ChangeKind, int]:
    """Return how many differences of each kind there are, only kinds that occur."""
    kinds = [change.kind for change in changes]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
