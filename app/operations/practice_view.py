"""What the view of the bank shows: the rows that answer a search, and everything about the chosen practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models import practices as stored
from app.models import registers
from app.models.registers import Attachment
from app.models.store import Connection
from app.operations import practice_search, practices
from app.operations.practice_search import Fit, Hit
from app.operations.practices import Practice, Totals
from app.operations.support_needs import deficits
from app.operations.support_partners import names, ranks


@dataclass(frozen=True, slots=True)
class Bank:
    """The bank as it is shown.

    Attributes:
        hits: what answers the search, the best first.
        total: practices in the file.
        needy: (school, its shown name) of the schools with deficits in the school year.
        schools, bodies: (key, name) to choose an author from.
        subjects: that stand in the bank or in the deficits, by alphabet.
    """

    hits: tuple[Hit, ...]
    total: int
    totals: Totals
    needy: tuple[tuple[int, str], ...]
    schools: tuple[tuple[int, str], ...]
    bodies: tuple[tuple[int, str], ...]
    subjects: tuple[str, ...]


def bank(connection: Connection, year: int, query: str = "", school_id: int | None = None) -> Bank:
    """Return the practices that answer a search.

    Args:
        connection: reading connection.
        year: school year of the deficits.
        query: words; all practices where it has none.
        school_id: only what fits the deficits of this school.
    """
    every = practices.listing(connection)
    lacking = deficits(connection, year)
    shown = names(connection)
    order = ranks(shown)
    needy = sorted({item.school_id for item in lacking if item.school_id is not None},
                   key=lambda key: order.get(key, len(order)))  # fmt: skip
    subjects = {text.casefold(): text for text in (*(item.subject for item in lacking),
                                                   *(item.subject for item in every)) if text}  # fmt: skip
    return Bank(
        _hits(connection, every, year, query, school_id), len(every), practices.totals(every),
        tuple((key, shown.get(key, "")) for key in needy), tuple(shown.items()),
        tuple(stored.bodies(connection).items()), tuple(subjects[key] for key in sorted(subjects)),
    )  # fmt: skip


def _hits(
    connection: Connection, every: list[Practice], year: int, query: str, school_id: int | None
) -> tuple[Hit, ...]:
    if school_id is None:
        return tuple(practice_search.find(every, query))
    fits = practice_search.for_school(connection, school_id, year, every)
    why: Mapping[int, Fit] = {fit.practice.id: fit for fit in fits}
    found = practice_search.find([fit.practice for fit in fits], query)
    return tuple(Hit(hit.practice, f"{why[hit.practice.id].deficit.words}: {why[hit.practice.id].why}")
                 for hit in found)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Details:
    """Everything about one practice that its line does not say.

    Attributes:
        fits: schools whose deficits it answers and that have not taken it.
        offered: lines of support cards taken from it.
    """

    key: int
    files: tuple[Attachment, ...]
    fits: tuple[Fit, ...]
    offered: int


def details(connection: Connection, item: Practice, year: int) -> Details:
    """Return the files of a practice and whom it could help in a school year."""
    files = registers.attachments(connection, stored.TABLE, [item.id]).get(item.id, [])
    fits = practice_search.schools_for(connection, item, year)
    return Details(item.id, tuple(files), tuple(fits), len(stored.offered(connection, item.id)))
