"""Values of cells that many papers make alike: a text, a day, several lines; nothing where nothing is known."""

from __future__ import annotations

from app.reports.document import Day, Lines, Value
from app.texts import glue


def cell(words: str) -> str | None:
    """Return a text with its glue, None where it is empty."""
    return glue(words) or None


def day_cell(iso: str | None) -> Value:
    """Return an ISO day as a day, None where none is known."""
    return Day(iso) if iso else None


def lines_cell(*texts: str) -> Value:
    """Return the texts that say something, one under another; a lone one as it is, None where all are empty."""
    found = tuple(glue(text) for text in texts if text)
    return Lines(found) if len(found) > 1 else found[0] if found else None
