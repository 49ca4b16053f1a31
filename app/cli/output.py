"""What the commands print: one JSON object, or plain aligned columns."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any


def print_json(value: Any) -> None:
    """Print one object; letters stay letters, unknown values are null (decision 24)."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def line(text: str = "") -> None:
    """Print one line of the answer."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print one line of explanation where errors go."""
    sys.stderr.write(text + "\n")


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print aligned columns: numbers to the right, unknown values as «—»."""
    listed = [list(row) for row in rows]
    cells = [["—" if value is None else str(value) for value in row] for row in listed]
    widths = [max(len(heading), *(len(row[i]) for row in cells), 0) for i, heading in enumerate(headings)]
    numeric = [bool(listed) and all(isinstance(row[i], int | None) for row in listed) for i in range(len(headings))]

    def aligned(row: Sequence[str]) -> str:
        parts = [text.rjust(w) if num else text.ljust(w) for text, w, num in zip(row, widths, numeric, strict=True)]
        return "  ".join(parts).rstrip()

    line(aligned(headings))
    for row in cells:
        line(aligned(row))
