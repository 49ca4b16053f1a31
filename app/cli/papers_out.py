"""Commands about papers that go out: each subject lies in a file of its own."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from app.cli import foreign, orders, outgoing, packages, paper_centre, signing

_ROOMS: tuple[ModuleType, ...] = (foreign, orders, outgoing, packages, paper_centre, signing)


def add_commands(commands: Any) -> None:
    """Add every command about papers that go out."""
    for room in _ROOMS:
        room.add_commands(commands)
