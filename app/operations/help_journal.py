"""The journal of help: visits, consultations, lessons seen, tutoring (004, annex «сетевые площадки»).

Nothing that a person types is refused: what is not understood waits beside the entry as it was typed (decision 18).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.analysis.coverage import Attendance, Coverage, coverage
from app.models import due_rows, help_entries, organisations
from app.models.help_entries import HelpRow
from app.models.store import Connection
from app.operations import list_cache
from app.operations.register_work_journal import HELP_AUDIENCES, HELP_WORDS, WAY_WORDS

__all__ = [
    "AUDIENCE_WORDS",
    "KIND_WORDS",
    "WAY_WORDS",
    "HelpLine",
    "HelpTotals",
    "get",
    "listing",
    "people_of",
    "totals",
]

KIND_WORDS = HELP_WORDS
AUDIENCE_WORDS = HELP_AUDIENCES


class HelpLine(NamedTuple):
    """One entry as it is shown.

    Attributes:
        school_id: canonical key; None where no school is known.
        school: its short name; "" where no school is known.
        people: None where nobody was counted, which is not 0.
        next_on: ISO day of the next step; ``next_done_on`` the day on which it was done.
    """

    id: int
    kind: str
    held_on: str | None
    school_id: int | None
    school: str
    people: int | None
    audience: str | None
    way: str | None
    topic: str
    subject: str
    deficit_id: int | None
    deficit: str
    outcome: str
    next_step: str
    next_on: str | None
    next_done_on: str | None
    methodist: str
    lineage: int | None
    platform_id: int | None
    body_id: int | None
    task_id: int | None
    note: str

    @property
    def word(self) -> str:
        """Return the kind in a word."""
        return KIND_WORDS[self.kind]

    @property
    def whom(self) -> str:
        """Return the category in a word, "" where it is not said."""
        return AUDIENCE_WORDS.get(self.audience or "", "")

    @property
    def waits(self) -> bool:
        """Whether a next step was agreed upon and is not done yet."""
        return bool(self.next_step or self.next_on) and self.next_done_on is None

    @property
    def title(self) -> str:
        """Return «выезд: смысловое чтение»."""
        about = self.topic or self.deficit
        return f"{self.word}: {about}" if about else self.word


@dataclass(frozen=True, slots=True)
class HelpTotals:
    """Entries in numbers.

    Attributes:
        occasions: entries; ``kinds`` kind → entries, kinds without any are left out.
        people: different people as a span (``app.analysis.coverage``); by school and category.
        schools: canonical keys of the schools that were helped.
        waiting: next steps not done; ``late`` of them whose day is past.
        unplaced: entries without a known school.
    """

    occasions: int
    kinds: Mapping[str, int]
    people: Coverage
    schools: frozenset[int]
    waiting: int
    late: int
    unplaced: int


# --- reading -----------------------------------------------------------------------------------------------------


def listing(
    connection: Connection, first: date | None = None, last: date | None = None, *, query: str = "",
    school_id: int | None = None, kinds: Collection[str] | None = None, methodist: str | None = None,
    **columns: int,
) -> tuple[HelpLine, ...]:  # fmt: skip
    """Return entries of a span, the newest first.

    Args:
        connection: reading connection.
        first: included; None: from the beginning, entries without a day among them.
        last: included; None: to the end.
        query: every word of it must stand somewhere in the entry (school, kind, any text).
        school_id: only of this school; entries of records merged into it count.
        kinds: only of these kinds.
        methodist: only of this person.
        **columns: keys of ``help_entry`` columns that must be so: ``lineage``, ``platform_id``, ``body_id``,
            ``task_id``, ``deficit_id``.
    """
    names, merged = due_rows.names(connection), organisations.canonical_map(connection)
    span = (first.isoformat() if first else None, last.isoformat() if last else None)
    wanted: dict[str, Any] = dict(columns)
    if methodist is not None:
        wanted["methodist"] = methodist
    if school_id is not None:
        own = merged.get(school_id, school_id)
        wanted["organisation_id"] = [own, *(key for key, into in merged.items() if into == own)]
    if kinds is not None:
        wanted["kind"] = list(kinds)
    if query.strip():
        hits = _hits(_texts(connection, *span, **wanted), query, names)
        found = help_entries.by_keys(connection, hits) if hits else []
    else:
        found = help_entries.rows(connection, *span, **wanted)
    return tuple([_line(row, names, merged) for row in found])


def get(connection: Connection, key: int) -> HelpLine | None:
    """Return one entry, None where there is none (any more)."""
    row = help_entries.row(connection, key)
    return None if row is None else _line(row, due_rows.names(connection), organisations.canonical_map(connection))


def _line(row: HelpRow, names: Mapping[int, str], merged: Mapping[int, int]) -> HelpLine:
    key, kind, held_on, school, *rest = row
    if school is None:
        return HelpLine._make((key, kind, held_on, None, "", *rest))
    return HelpLine._make((key, kind, held_on, merged.get(school, school), names.get(school, ""), *rest))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("\u00a0", " ")


_BETWEEN = "\x1f"
_Texts = tuple[Sequence[tuple[int, int | None, str, str | None, str]], Sequence[str]]
"""Entries with their texts as they are, and the same texts folded."""


def _texts(connection: Connection, first: str | None, last: str | None, **columns: Any) -> _Texts:
    """Return what a search runs through; of the whole file it is kept for as long as nothing changes."""

    def read() -> _Texts:
        rows = help_entries.texts(connection, first, last, **columns)
        folded = _folded(_BETWEEN.join(row[4] for row in rows)).split(_BETWEEN)
        if len(folded) != len(rows):  # a text has that sign itself, or there are none
            folded = [_folded(row[4]) for row in rows]
        return rows, folded

    if first is not None or last is not None or columns:
        return read()
    return list_cache.kept(connection, ("help_texts",), read, lambda made: len(made[0]))


def _hits(texts: _Texts, query: str, names: Mapping[int, str]) -> list[int]:
    """Return the entries in which every word of a question stands: in the school, the kind or any text."""
    left = list(zip(*texts, strict=True))
    schools = {key: _folded(name) for key, name in names.items()}
    kinds = {key: _folded(word) for key, word in KIND_WORDS.items()}
    audiences = {key: _folded(word) for key, word in AUDIENCE_WORDS.items()}
    for word in dict.fromkeys(_folded(query).split()):
        same = {key for key, name in schools.items() if word in name}
        kind = {key for key, name in kinds.items() if word in name}
        whom = {key for key, name in audiences.items() if word in name}
        left = [
            (row, text) for row, text in left
            if word in text or row[1] in same or row[2] in kind or row[3] in whom
        ]  # fmt: skip
    return [row[0] for row, _text in left]


def totals(lines: Iterable[HelpLine], day: date) -> HelpTotals:
    """Return entries in numbers on a day."""
    found, today = tuple(lines), day.isoformat()
    waiting = [line for line in found if line.waits]
    kinds = by_kind(found)
    return HelpTotals(
        len(found),
        {kind: kinds[kind] for kind in KIND_WORDS if kinds[kind]},
        people_of(found),
        frozenset(line.school_id for line in found if line.school_id is not None),
        len(waiting),
        sum(line.next_on is not None and line.next_on < today for line in waiting),
        sum(line.school_id is None for line in found),
    )


def people_of(lines: Iterable[HelpLine]) -> Coverage:
    """Return how many different people entries reached: nobody is on a list, so at least the fullest of each school."""
    return coverage(Attendance(line.id, line.school_id, line.people) for line in lines)


def by_kind(lines: Iterable[HelpLine]) -> Mapping[str, int]:
    """Return kind → entries."""
    return Counter(line.kind for line in lines)
