"""Commands of the methodist's own work: each subject lies in a file of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from app.cli import bodies, events, help_journal, mentoring, practices, work_calendar

_ROOMS: tuple[ModuleType, ...] = (help_journal, events, bodies, practices, mentoring, work_calendar)


def add_commands(commands: Any) -> None:
    """Add every command of the methodist's own work."""
    for room in _ROOMS:
        room.add_commands(commands)
