"""Which schools had support in which school years: what the registers and ties say, one row a fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.models.organisations import canonical_map

Source = Literal["tie", "partnership", "curator", "support"]
HELPERS = ("куратор", "тьютор", "наставник")
"""Roles of people who help a school, as they are looked for in the role's words."""

_FACTS = """
SELECT t.receiver_id, t.school_year, 'tie', d.short_name, d.name FROM organisation_tie t
JOIN organisation d ON d.id = t.donor_id WHERE t.state IN ('existing', 'agreed', 'ended')
UNION ALL
SELECT p.receiver_id, p.school_year, 'partnership', p.donor, p.donor FROM partnership p
WHERE p.receiver_id IS NOT NULL AND p.state IN ('active', 'ended')
UNION ALL
SELECT s.organisation_id, s.school_year, 'support', s.provider, s.offer FROM support_line s
WHERE s.organisation_id IS NOT NULL AND s.state IN ('running', 'done')
"""


@dataclass(frozen=True, slots=True)
class SupportFact:
    """A school had support in a school year: by whom, from which register."""

    school_id: int
    school_year: int
    source: Source
    by: str


def facts(connection: sqlite3.Connection, school_years: Iterable[int]) -> list[SupportFact]:
    """Return every support that really took place in some school years; merged schools by their canonical record.

    Ties and partnerships that are only planned or were declined are no support; those that have ended were.
    """
    years = sorted(set(school_years))
    merged = canonical_map(connection)
    found = [
        SupportFact(merged.get(school, school), year, source, short or name or "")
        for school, year, source, short, name in connection.execute(_FACTS)
        if year in years
    ]
    found += [
        SupportFact(merged.get(school, school), year, "curator", person)
        for school, person, role, date_from, date_to in connection.execute(
            "SELECT a.organisation_id, p.full_name, a.role, a.date_from, a.date_to FROM appointment a"
            " JOIN person p ON p.id = a.person_id"
        )
        for year in years
        if _helps(role) and _held(date_from, date_to, year)
    ]
    return found


def _helps(role: str | None) -> bool:
    return any(word in (role or "").casefold() for word in HELPERS)


def _held(date_from: str | None, date_to: str | None, school_year: int) -> bool:
    """Tell whether a post was held in the school year; without a first day nobody can say since when."""
    if date_from is None:
        return False
    return date_from <= f"{school_year + 1}-05-31" and (date_to is None or date_to >= f"{school_year}-09-01")
