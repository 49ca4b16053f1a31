"""Times of day as people type them: «14:30», «14.30», «1430», «9», «9 ч», «14 ч 30 мин»."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(\d{1,2})\s*(?:[:.\-\s]|ч\.?|час(?:а|ов)?)?\s*(\d{1,2})?\s*(?:мин\.?|минут[аы]?|м)?\.?")
_SOLID = re.compile(r"(\d{1,2})(\d{2})")


def read_time(text: str) -> str | None:
    """Return «HH:MM», or None where the text is no time of day.

    Args:
        text: as typed; «9» is nine o'clock, «930» half past nine.
    """
    line = " ".join(text.replace("\u00a0", " ").casefold().split())
    found = _SOLID.fullmatch(line) if len(line) > 2 else None
    found = found or _PARTS.fullmatch(line)
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if hours > 23 or minutes > 59:
        return None
    return f"{hours:02}:{minutes:02}"


def shown_time(begins: str | None, ends: str | None = None) -> str:
    """Return «14:30», «14:30–16:00», «до 16:00», "" where nothing is known."""
    if begins and ends:
        return f"{begins}–{ends}"
    return begins or (f"до\u00a0{ends}" if ends else "")
