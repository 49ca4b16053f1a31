"""The shape of a grid: its columns and its lines. Light, so that lists of columns cost nothing at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CellKind = Literal["text", "date", "time", "word", "school", "count", "person", "name", "activity", "body"]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid.

    Attributes:
        key: column of the table.
        title: heading on the screen.
        kind: how an entry is read.
        width: on the screen, before scaling.
        words: code → word, of a column that takes one of several words.
    """

    key: str
    title: str
    kind: CellKind = "text"
    width: int = 120
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class GridLine:
    """One row of a grid: its key, texts of its cells, column place → what is wrong."""

    key: int
    texts: tuple[str, ...]
    troubles: Mapping[int, str]
