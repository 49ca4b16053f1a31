"""Sizes of a paper by ГОСТ Р 7.0.97-2025: type 12-14, margins 20 (30 for long storage), 10, 20 and 20 mm."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.profile import Profile

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM

TOP, RIGHT, BOTTOM = 20 * MM, 10 * MM, 20 * MM
LEFT, LEFT_LONG = 20 * MM, 30 * MM

BODY, TABLE, HEAD, SMALL, FOOT = 13.0, 11.0, 10.5, 9.5, 8.0
"""Sizes of running text, table, table head, small print and the line at the bottom, points."""

EDGE, FRAME = 24 * MM, 10 * MM
"""Of a certificate: margins at both sides; distance of its frame from the edge of the page."""

GRAND, GRAND_GAP = 36.0, 10.0
"""The large line of a certificate's title and the room above it, points."""

TITLE, HEADINGS = 14.0, {1: 13.0, 2: 12.0, 3: 12.0}
BODY_LEADING, TABLE_LEADING, HEAD_LEADING, SMALL_LEADING = 15.5, 12.5, 12.0, 11.5
INDENT = 12.5 * MM

PAGE_NUMBER_TOP = 12 * MM
"""Baseline of the page number from the top edge."""

FOOT_BOTTOM = 11 * MM
"""Baseline of the line at the bottom from the bottom edge."""

STAMP_WIDTH, STAMP_HEIGHT = 226.0, 78.0
"""The mark of an electronic signature, points."""

PAD_X, PAD_Y = 3.2, 1.5
"""Room inside a table cell, points."""


@dataclass(frozen=True, slots=True)
class Area:
    """The text area of a page: left edge, width and height, and the page itself, in points."""

    left: float
    width: float
    height: float
    page_width: float
    page_height: float
    margin_top: float = TOP

    @property
    def top(self) -> float:
        """Distance of the upper edge from the bottom of the page."""
        return self.page_height - self.margin_top


def area(
    *, long_storage: bool, landscape: bool = False, profile: Profile | None = None, ceremonial: bool = False
) -> Area:
    """Return the text area of an upright page, or of one that lies on its long side."""
    left, right, top, bottom = LEFT_LONG if long_storage else LEFT, RIGHT, TOP, BOTTOM
    if ceremonial:
        left = right = EDGE
    if profile is not None and not ceremonial:
        left = profile.margin_left(long_storage=long_storage) * MM
        right, top, bottom = profile.right * MM, profile.top * MM, profile.bottom * MM
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    return Area(left, width - left - right, height - top - bottom, width, height, top)


@dataclass(frozen=True, slots=True)
class Body:
    """Type of running text: size, distance of lines, indent of the first line, points."""

    size: float = BODY
    leading: float = BODY_LEADING
    indent: float = INDENT


def body(profile: Profile | None) -> Body:
    """Return the type of running text of a paper."""
    return Body() if profile is None else Body(profile.body, profile.leading, profile.indent * MM)
