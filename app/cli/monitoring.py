"""Commands of the monitoring: each subject lies in a file of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from app.cli import (
    cycle,
    decisions,
    dynamics,
    execution,
    indicators,
    legal,
    new_year,
    register_lines,
    route,
    support,
    today,
)

_ROOMS: tuple[ModuleType, ...] = (
    cycle,
    decisions,
    dynamics,
    execution,
    indicators,
    legal,
    new_year,
    register_lines,
    route,
    support,
    today,
)


def add_commands(commands: Any) -> None:
    """Add every command of the monitoring."""
    for room in _ROOMS:
        room.add_commands(commands)
