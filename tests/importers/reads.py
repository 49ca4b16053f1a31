"""Short ways to read one file in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.importers import guard
from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints, Known
from app.importers.scales import load_shipped


def read(path: Path, **hints: object) -> FileReading:
    return read_here(path, Hints(**hints), Known(load_shipped()))  # type: ignore[arg-type]


def found(reading: FileReading) -> list[tuple[str, str, str | None]]:
    """What is wrong with a file, without hints: (level, code, cell)."""
    return [(item.level, item.code, item.cell) for item in reading.problems if item.level != "hint"]


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        guard.check(path)
    assert caught.value.cure
    return caught.value.code
