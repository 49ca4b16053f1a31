"""Golden files: readable text that a change of a paper must be compared with by eye."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "golden"
SWITCH = "OPORA_UPDATE_GOLDEN"


def check_golden(name: str, text: str) -> None:
    """Compare a text with its golden file; with ``OPORA_UPDATE_GOLDEN=1`` write it instead."""
    path = FOLDER / name
    text = text.rstrip("\n") + "\n"
    if os.environ.get(SWITCH) == "1":
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden file {name}: run the tests once with {SWITCH}=1 and read what it wrote"
    assert text == path.read_text(encoding="utf-8"), f"the paper differs from {name}; if rightly, {SWITCH}=1"
