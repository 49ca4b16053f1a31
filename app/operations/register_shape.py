"""The shape of a register: what every description of the catalogue says. Light: it costs nothing at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.operations.grid_shapes import GridColumn


@dataclass(frozen=True, slots=True)
class Register:
    """One register.

    Attributes:
        key: what code, commands and journal call it.
        table: where its rows lie.
        title: heading on the screen.
        hint: one sentence on what stands here.
        row: forms of «строка» as the journal counts them.
        columns: of the grid.
        scope: columns given by the place of work.
        order: columns to sort by.
        ordered: rows have a ``position`` and can be moved.
        needs: columns without which a row is not stored yet.
        files: rows may have files and links.
        children: tables whose rows hang on a row (column that points at it) and go with it.
        defaults: what a new row begins with.
        only: column and beginnings of its words: rows of the table that begin otherwise belong elsewhere.
    """

    key: str
    table: str
    title: str
    hint: str
    columns: tuple[GridColumn, ...]
    row: tuple[str, str, str] = ("строка", "строки", "строк")
    scope: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    ordered: bool = False
    needs: tuple[str, ...] = ()
    files: bool = False
    children: tuple[tuple[str, str], ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    only: tuple[str, tuple[str, ...]] | None = None
