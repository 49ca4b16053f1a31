"""The journal of help: visits, consultations, lessons seen, tutoring (004, annex «сетевые площадки»).

Nothing that a person types is refused: what is not understood waits beside the entry as it was typed (decision 18).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from app.analysis.coverage import Coverage, of_numbers
from app.models import due_rows, help_entries, organisations
from app.models.any_case import anywhere
from app.models.help_entries import HelpRow, Word
from app.models.store import Connection
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


class HelpLine(HelpRow):
    """One entry as it is shown: the canonical key of its school and its short name, "" where no school is known."""

    __slots__ = ()

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
    places = _places(connection)
    span = (first.isoformat() if first else None, last.isoformat() if last else None)
    wanted: dict[str, Any] = dict(columns)
    if methodist is not None:
        wanted["methodist"] = methodist
    if school_id is not None:
        own = places.get(school_id, (school_id, ""))[0]
        wanted["organisation_id"] = [key for key, (into, _name) in places.items() if into == own]
    if kinds is not None:
        wanted["kind"] = list(kinds)
    return _lines(help_entries.rows(connection, *span, _words(query, places), **wanted), places)


def get(connection: Connection, key: int) -> HelpLine | None:
    """Return one entry, None where there is none (any more)."""
    row = help_entries.row(connection, key)
    return None if row is None else _lines([row], _places(connection))[0]


_Places = Mapping[int | None, tuple[int | None, str]]
"""Record of a school → its canonical key and short name."""


def _places(connection: Connection) -> _Places:
    merged = organisations.canonical_map(connection)
    known: dict[int | None, tuple[int | None, str]] = {None: (None, "")}
    for key, name in due_rows.names(connection).items():
        known[key] = merged.get(key, key), name
    return known


_shown = partial(tuple.__new__, HelpLine)
"""``_make`` counts the columns anew in every row."""


def _lines(rows: Iterable[tuple[Any, ...]], places: _Places) -> tuple[HelpLine, ...]:
    return tuple([_shown((*row[:3], *places[row[3]], *row[5:])) for row in rows])


def _words(query: str, places: _Places) -> tuple[Word, ...]:
    """Return the words of a question with the schools, kinds and categories that are called so."""

    def called(word: str, names: Mapping[Any, str]) -> tuple[Any, ...]:
        return tuple(key for key, name in names.items() if _folded(word) in _folded(name))

    schools = {key: name for key, (_own, name) in places.items() if key is not None}
    return tuple(
        Word(anywhere(word), called(word, schools), called(word, KIND_WORDS), called(word, AUDIENCE_WORDS))
        for word in dict.fromkeys(query.lower().split())
    )


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("\u00a0", " ")


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
    return of_numbers([(line.school_id, line.people) for line in lines])


def by_kind(lines: Iterable[HelpLine]) -> Mapping[str, int]:
    """Return kind → entries."""
    return Counter(line.kind for line in lines)
