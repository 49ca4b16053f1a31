"""How a paper looks by the standard of its day: margins, type, spacing. Data, so that a next standard is one line.

Sources: ГОСТ Р 7.0.97-2016 and ГОСТ Р 7.0.97-2025, sections about margins, type and page numbers (domain, §8).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Look of a long paper.

    Attributes:
        name: of the standard.
        since: first day of papers that follow it, ISO.
        left, left_long, right, top, bottom: margins, mm; ``left_long`` for papers kept longer than ten years.
        sizes: least and largest type of running text that the standard allows, points.
        body: type of running text, points.
        spacing: lines of running text, in single lines.
        indent: of the first line, mm.
    """

    name: str
    since: str
    left: float = 20.0
    left_long: float = 30.0
    right: float = 10.0
    top: float = 20.0
    bottom: float = 20.0
    sizes: tuple[float, float] = (12.0, 14.0)
    body: float = 13.0
    spacing: float = 1.15
    indent: float = 12.5

    @property
    def leading(self) -> float:
        """Distance of lines of running text, points: the font's own line times the spacing."""
        return round(self.body * SINGLE * self.spacing, 1)

    def margin_left(self, *, long_storage: bool) -> float:
        """Return the left margin, mm."""
        return self.left_long if long_storage else self.left


SINGLE = 1.149
"""A single line of Times New Roman, in sizes of its type."""

GOST_2016 = Profile("ГОСТ Р 7.0.97-2016", "2018-07-01")
GOST_2025 = Profile("ГОСТ Р 7.0.97-2025", "2025-08-18")
PROFILES = (GOST_2016, GOST_2025)
"""In the order of their days."""


def profile_for(day: str) -> Profile:
    """Return the look of a paper dated ``day`` (ISO); older papers take the oldest that is known."""
    fitting = [profile for profile in PROFILES if profile.since <= day[:10]]
    return fitting[-1] if fitting else PROFILES[0]
