"""What papers of one school year share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearHead:
    """Whose paper it is, of which school year (its first calendar year), when it was made and by whom."""

    municipality: str
    school_year: int
    computed_at: str
    organisation: str = ""
    executor: str = ""
