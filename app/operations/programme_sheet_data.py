"""What a grid of the programme shows: columns, rows, cells; made beside the window, shown by it as it is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.analysis.programme_values import number_text
from app.errors import UserError
from app.models.programme_records import Node, Programme, Tree
from app.operations.programme_cells import HALF_TYPED, cell_text
from app.operations.programme_sheets import NewLine
from app.texts import ru_date

RowKind = Literal["group", "line", "part", "free", "total"]
HALF_WORDS = "Набрано не до конца. Нажмите F2 и закончите ввод."


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column.

    Attributes:
        key: of ``programme_cells.put_cells``; where rows have a source, it is put behind.
        unit: under the heading.
        numbers: stands right.
        long: several lines are shown and typed.
        words: what may be chosen.
        wider: takes the room that is left.
    """

    key: str
    title: str
    width: int = 120
    unit: str = ""
    numbers: bool = False
    long: bool = False
    words: tuple[str, ...] = ()
    wider: bool = False


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell.

    Attributes:
        text: as it was typed.
        shown: what is shown instead while nobody types; None: the text.
        second: a line under it.
        trouble: what is wrong, in words.
        mark: ■ does not fit, ▲ to be looked at.
        draft: not finished or not understood: entered as it stands, it is told again.
        locked: nothing can be typed here.
        quiet: counted or made by itself.
        plain: what another program takes of it; None: what is shown.
    """

    text: str = ""
    shown: str | None = None
    second: str = ""
    trouble: str = ""
    mark: Literal["bad", "warn"] | None = None
    draft: bool = False
    locked: bool = False
    quiet: bool = False
    plain: str | None = None


EMPTY = SheetCell()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        kind: a heading, a row, a part of a row, a free row, a total.
        key: stable; of a row with a node, the node's key.
        node: the node it writes to; None where nothing is written.
        lane: rows of one lane follow each other when a block is pasted; a block longer than the lane makes new rows
            where ``new`` says so. None: no block is pasted here.
        new: where a new row of this lane will stand.
        depth: how far the words are moved in.
        source: of money.
        group: key of the heading it stands under.
    """

    kind: RowKind
    key: Hashable
    number: str
    title: str
    cells: tuple[SheetCell, ...]
    node: int | None = None
    lane: Hashable = None
    new: NewLine | None = None
    depth: int = 0
    source: str = ""
    group: Hashable = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole grid: its columns and rows; ``tree`` for what is asked beside it, ``facts`` for its sentences."""

    programme: Programme
    tree: Tree
    numbers: Mapping[int, str]
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    facts: Mapping[str, int] = field(default_factory=dict)


def typed(tree: Tree, node: Node, column: str, known: Mapping[int, str] | None = None) -> SheetCell:
    """Return a cell as it was typed, with what is wrong with a draft."""
    text = cell_text(tree, node.id, column, known)
    draft = None
    if tree.drafts:
        draft = tree.drafts.get((node.id, column)) or tree.drafts.get((node.id, column.split(":", 1)[0]))
    if draft is not None:
        half = draft[1] == HALF_TYPED
        words = HALF_WORDS if half else told(draft[1], raw=draft[0])
        return SheetCell(text, trouble=words, mark="warn" if half else "bad", draft=True)
    return SheetCell(text) if text else EMPTY


def told(code: str, **values: object) -> str:
    """Return a message in one line: what is wrong, what to do."""
    error = UserError(code, **values)
    return f"{error.what} {error.cure}".strip()


def period(programme: Programme) -> str:
    """Return the limits of a programme as messages name them."""
    first, last = programme.limits
    return f"{ru_date(first)}–{ru_date(last)}"


def shown_number(value: str | None, raw: str | None) -> str | None:
    """Return a value as it reads best, None where what was typed says more («не менее 95 %»)."""
    plain = (raw or "").replace(",", ".").replace("−", "-")
    plain = "".join(plain.split())
    return number_text(value) if value is not None and plain.lstrip("+-").replace(".", "", 1).isdigit() else None
