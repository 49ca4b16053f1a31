"""Tables: measured row by row once, drawn with straight canvas calls; cost grows with the rows and no faster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.exporters.fonts import BOLD, REGULAR, face
from app.exporters.glyphs import typeset
from app.exporters.pdf import style
from app.exporters.pdf.measure import wrap
from app.exporters.pdf.pages import Item, keep_ends
from app.exporters.pdf.pen import HEAD_FILL, INNER, THIN, Pen
from app.exporters.pdf.tags import Tag
from app.exporters.pdf.tags import lines as spaced
from app.reports.document import Align, Group, Row, Table, Value, marks_of, shown, values_of

MARK_GAP = 2.0
"""Room between a number and the marks that hang behind it, points."""

Span = tuple[float, float, tuple[str, ...]]
"""A heading over several columns: left and right edge from the left of the table, lines."""

_LEAST_LINES = 3
_BASELINE = 0.76
"""Where the baseline stands in a line, share of the leading from its top: looks centred in a cell."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column with its place: edges from the left of the text area, and the room kept for hanging marks."""

    left: float
    width: float
    align: Align
    inner: bool
    hang: float

    @property
    def room(self) -> float:
        """Width for text, points."""
        return self.width - 2 * style.PAD_X - self.hang


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell and the marks that hang behind the last one."""

    lines: tuple[str, ...]
    hanging: str = ""


_EMPTY = Cell(("",))


@dataclass(frozen=True, slots=True)
class Part:
    """One line of inner cells with its height, points; ``tags`` are of the cells, shared by what was torn."""

    cells: tuple[Cell, ...]
    height: float
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one table, and the tag of all of it."""

    slots: tuple[Slot, ...]
    outer: tuple[Slot, ...]
    inner: tuple[Slot, ...]
    tag: Tag

    @property
    def right(self) -> float:
        """Right edge of the table."""
        return self.slots[-1].left + self.slots[-1].width

    def inner_runs(self) -> Iterator[tuple[float, float]]:
        """Yield left and right edges of inner columns that stand together."""
        start: float | None = None
        for slot in self.slots:
            if slot.inner and start is None:
                start = slot.left
            elif not slot.inner and start is not None:
                yield start, slot.left
                start = None
        if start is not None:
            yield start, self.right


def table_items(table: Table, width: float) -> list[Item]:
    """Return the head and the rows of a table, tied so that no row is left alone.

    Args:
        table: with at least one row.
        width: of the table, points.
    """
    grid = _grid(table, width)
    head = _head(table, grid)
    items: list[Item] = [head]
    for group in table.groups:
        items += _group_items(group, grid, head)
    for item in items:
        item.tag = grid.tag
    return items


def _group_items(group: Group, grid: Grid, head: Item) -> list[Item]:
    if not group.rows:
        return []
    title: list[Item] = [_title(group.title, grid, head)] if group.title else []
    rows: list[Item] = [_row(row, grid, head) for row in group.rows]
    keep_ends(rows)
    return title + rows


def line_heights(items: Sequence[Item]) -> list[float]:
    """Return the height of each line of a table, points: of the head (both its rows), of titles, of parts of rows."""
    heights: list[float] = []
    for item in items:
        if isinstance(item, HeadItem) and item.upper:
            heights += [item.upper, item.height - item.upper]
        elif isinstance(item, RowItem) and item.parts:
            parts = [part.height for part in item.parts[:-1]]
            heights += [*parts, item.height - sum(parts)]
        elif isinstance(item, HeadItem | RowItem | TitleItem):
            heights.append(item.height)
    return heights


# --- measuring ---------------------------------------------------------------------------------------------------


def _grid(table: Table, width: float) -> Grid:
    total = sum(column.weight for column in table.columns)
    hangs = _hangs(table)
    slots: list[Slot] = []
    left = 0.0
    for column, hang in zip(table.columns, hangs, strict=True):
        share = width * column.weight / total
        slots.append(Slot(left, share, column.align, column.inner, hang))
        left += share
    outer = tuple(slot for slot in slots if not slot.inner)
    return Grid(tuple(slots), outer, tuple(slot for slot in slots if slot.inner), Tag("Table"))


def _hangs(table: Table) -> list[float]:
    """Return the room that marks need behind the numbers of each column, so that digits stand under digits."""
    if not any(marks_of(value) for row in table.rows() for value in values_of(row)):
        return [0.0] * len(table.columns)
    longest: dict[int, float] = {}
    regular = face(REGULAR)
    outer = [index for index, column in enumerate(table.columns) if not column.inner]
    inner = [index for index, column in enumerate(table.columns) if column.inner]
    for row in table.rows():
        pairs = [*zip(outer, row.cells, strict=True)]
        for part in row.parts:
            pairs += zip(inner, part, strict=True)
        for index, value in pairs:
            signs = marks_of(value)
            if signs:
                room = regular.width(mark_text(signs), style.TABLE) + MARK_GAP
                longest[index] = max(longest.get(index, 0.0), room)
    return [longest.get(index, 0.0) if column.align == "right" else 0.0 for index, column in enumerate(table.columns)]


def mark_text(signs: Sequence[str]) -> str:
    """Return the marks of a value as they are printed: «*, **»."""
    return ", ".join(signs)


def _cell(value: Value, slot: Slot, name: str = REGULAR) -> Cell:
    signs = mark_text(marks_of(value))
    texts = [typeset(text) for text in shown(value)]
    if signs and slot.align != "right":
        texts[-1] += f"\u00a0{signs}"
        signs = ""
    regular = face(name)
    if len(texts) == 1:
        return Cell(tuple(wrap(texts[0], regular, style.TABLE, slot.room)), signs)
    lines = [line for text in texts for line in wrap(text, regular, style.TABLE, slot.room)]
    return Cell(tuple(lines), signs)


def _lines_height(cells: Sequence[Cell]) -> float:
    most = max((len(cell.lines) for cell in cells), default=1)
    return most * style.TABLE_LEADING + 2 * style.PAD_Y


def _row(row: Row, grid: Grid, head: Item) -> RowItem:
    name = BOLD if row.total else REGULAR
    outer = tuple([_cell(value, slot, name) for value, slot in zip(row.cells, grid.outer, strict=True)])
    parts = []
    for values in row.parts:
        cells = tuple([_cell(value, slot, name) for value, slot in zip(values, grid.inner, strict=True)])
        parts.append(Part(cells, _lines_height(cells), tuple([Tag("TD") for _ in cells])))
    tags = tuple([Tag("TD", down=max(1, len(parts))) for _ in outer])
    _rows_of_tags(grid, tags, parts)
    return RowItem.of(grid, outer, tuple(parts), head, name, tags)


def _rows_of_tags(grid: Grid, outer: tuple[Tag, ...], parts: Sequence[Part]) -> None:
    """Put the cells into rows of the structure, from left to right: outer ones stand in the first row only."""
    for number in range(max(1, len(parts))):
        line = grid.tag.add(Tag("TR"))
        own = iter(outer if not number else ())
        inner = iter(parts[number].tags if parts else ())
        for slot in grid.slots:
            cell = next(inner if slot.inner else own, None)
            if cell is not None:
                line.add(cell)


# --- drawing -----------------------------------------------------------------------------------------------------


def _write(pen: Pen, slot: Slot, cell: Cell, left: float, top: float, name: str, tag: Tag) -> None:
    with pen.inside(tag):
        _write_lines(pen, slot, cell, left, top, name)


def _write_lines(pen: Pen, slot: Slot, cell: Cell, left: float, top: float, name: str) -> None:
    regular = face(name)
    y = top - style.PAD_Y - _BASELINE * style.TABLE_LEADING
    x = left + slot.left + style.PAD_X
    for line, said in zip(cell.lines, spaced(cell.lines), strict=True):
        start = x
        if slot.align != "left":
            free = slot.room - regular.width(line, style.TABLE)
            start = x + (free if slot.align == "right" else free / 2)
        pen.text(start, y, said, name, style.TABLE)
        y -= style.TABLE_LEADING
    if cell.hanging:
        edge = x + slot.room + MARK_GAP
        pen.text(edge, y + style.TABLE_LEADING, cell.hanging, REGULAR, style.TABLE)


@dataclass(slots=True, kw_only=True)
class RowItem(Item):
    """A row, or a slice of one that is taller than a page."""

    grid: Grid
    outer: tuple[Cell, ...]
    parts: tuple[Part, ...]
    face: str = REGULAR
    tags: tuple[Tag, ...] = ()

    @classmethod
    def of(
        cls, grid: Grid, outer: tuple[Cell, ...], parts: tuple[Part, ...], head: Item | None, name: str,
        tags: tuple[Tag, ...],
    ) -> RowItem:  # fmt: skip
        """Return a row high enough for the outer cells and for all parts."""
        height = max(_lines_height(outer), sum(part.height for part in parts))
        return cls(height=height, repeat=head, grid=grid, outer=outer, parts=parts, face=name, tags=tags)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw texts and borders; the upper border is the lower one of what stands above."""
        bottom = top - self.height
        for slot, cell, tag in zip(self.grid.outer, self.outer, self.tags, strict=True):
            _write(pen, slot, cell, left, top, self.face, tag)
        y = top
        for number, part in enumerate(self.parts):
            if number:
                for start, end in self.grid.inner_runs():
                    pen.horizontal(left + start, left + end, y, THIN, INNER)
            for slot, cell, tag in zip(self.grid.inner, part.cells, part.tags, strict=True):
                _write(pen, slot, cell, left, y, self.face, tag)
            y -= part.height
        for slot in self.grid.slots:
            pen.vertical(left + slot.left, top, bottom)
        pen.vertical(left + self.grid.right, top, bottom)
        pen.horizontal(left, left + self.grid.right, bottom)

    def split(self, _room: float) -> tuple[Item, Item] | None:
        """Tear between parts, else inside the lines of the first part and of the outer cells."""
        if _room < _LEAST_LINES * style.TABLE_LEADING + 2 * style.PAD_Y:
            return None
        lines = int((_room - 2 * style.PAD_Y) // style.TABLE_LEADING)
        first: list[Part] = []
        used = 0.0
        for part in self.parts:
            if used + part.height > _room:
                break
            first.append(part)
            used += part.height
        rest = self.parts[len(first) :]
        if not first and rest:
            top, bottom = _torn(rest[0].cells, lines)
            first = [Part(top, _lines_height(top), rest[0].tags)]
            rest = (Part(bottom, _lines_height(bottom), rest[0].tags), *rest[1:])
        above, below = _torn(self.outer, lines)
        if not rest and all(cell == _EMPTY for cell in below):
            return None
        return (
            RowItem.of(self.grid, above, tuple(first), self.repeat, self.face, self.tags),
            RowItem.of(self.grid, below, rest, self.repeat, self.face, self.tags),
        )


def _torn(cells: tuple[Cell, ...], lines: int) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    above, below = [], []
    for cell in cells:
        if len(cell.lines) <= lines:
            above.append(cell)
            below.append(_EMPTY)
        else:
            above.append(Cell(cell.lines[:lines]))
            below.append(Cell(cell.lines[lines:], cell.hanging))
    return tuple(above), tuple(below)


@dataclass(slots=True, kw_only=True)
class HeadItem(Item):
    """The head of a table; repeated on each page. ``spans`` are headings over several columns, ``upper`` high."""

    grid: Grid
    titles: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...] = ()
    upper: float = 0.0
    tags: tuple[Tag, ...] = ()
    span_tags: tuple[Tag, ...] = ()
    read: bool = False

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw the filled head with its borders; repeated ones are not read out again."""
        silent = self.read
        self.read = True
        if silent:
            with pen.inside(None):
                self._draw(pen, left, top, [None] * len(self.tags), [None] * len(self.spans))
        else:
            self._draw(pen, left, top, self.tags, self.span_tags)

    def _draw(
        self, pen: Pen, left: float, top: float, tags: Sequence[Tag | None], span_tags: Sequence[Tag | None]
    ) -> None:
        """Draw; headings stand over their numbers, at the foot of the head."""
        bottom = top - self.height
        right = left + self.grid.right
        bold = face(BOLD)
        pen.fill(left, bottom, self.grid.right, self.height, HEAD_FILL)
        split = top - self.upper
        for (start, end, lines), tag in zip(self.spans, span_tags, strict=True):
            y = split + style.PAD_Y + 3.0 + (len(lines) - 1) * style.HEAD_LEADING
            with pen.inside(tag):
                for line, said in zip(lines, spaced(lines), strict=True):
                    pen.text(left + (start + end - bold.width(line, style.HEAD)) / 2, y, said, BOLD, style.HEAD)
                    y -= style.HEAD_LEADING
            pen.horizontal(left + start, left + end, split)
            pen.vertical(left + start, top, split)
            pen.vertical(left + end, top, split)
        for slot, lines, tag in zip(self.grid.slots, self.titles, tags, strict=True):
            y = bottom + style.PAD_Y + 3.0 + (len(lines) - 1) * style.HEAD_LEADING
            room = slot.width - 2 * style.PAD_X
            # the heading ends where the numbers end, as far as its longest line lets it
            hang = max(0.0, min(slot.hang, room - max(bold.width(line, style.HEAD) for line in lines)))
            with pen.inside(tag):
                for line, said in zip(lines, spaced(lines), strict=True):
                    free = room - bold.width(line, style.HEAD)
                    start = {"left": 0.0, "right": free - hang, "center": free / 2}[slot.align]
                    pen.text(left + slot.left + style.PAD_X + start, y, said, BOLD, style.HEAD)
                    y -= style.HEAD_LEADING
            inside = any(start < slot.left < end for start, end, _lines in self.spans)
            pen.vertical(left + slot.left, split if inside else top, bottom)
        pen.vertical(right, top, bottom)
        pen.horizontal(left, right, top)
        pen.horizontal(left, right, bottom)


def _head(table: Table, grid: Grid) -> HeadItem:
    bold = face(BOLD)
    columns = table.columns
    titles = tuple(
        tuple(wrap(typeset(column.title), bold, style.HEAD, slot.width - 2 * style.PAD_X))
        for column, slot in zip(columns, grid.slots, strict=True)
    )
    spans = []
    for first, number, text in table.spans():
        if text:
            start, last = grid.slots[first].left, grid.slots[first + number - 1]
            end = last.left + last.width
            lines = tuple(wrap(typeset(text), bold, style.HEAD, end - start - 2 * style.PAD_X))
            spans.append((start, end, lines))
    upper = max((_head_height(len(lines)) for _start, _end, lines in spans), default=0.0)
    under = max((len(lines) for lines, column in zip(titles, columns, strict=True) if column.over), default=0)
    alone = max((len(lines) for lines, column in zip(titles, columns, strict=True) if not column.over), default=0)
    height = max(upper + _head_height(under) if spans else 0.0, _head_height(alone))
    tags, span_tags = _head_tags(table, grid)
    return HeadItem(
        height=height, keep=True, grid=grid, titles=titles, spans=tuple(spans), upper=upper,
        tags=tags, span_tags=span_tags,
    )  # fmt: skip


def _head_tags(table: Table, grid: Grid) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Return the tags of the headings of columns and of headings over several; both in rows of the structure."""
    joint = any(text for _first, _number, text in table.spans())
    tags = tuple([Tag("TH", scope="Column", down=2 if joint and not column.over else 1) for column in table.columns])
    upper: list[Tag] = []
    first = grid.tag.add(Tag("TR"))
    for start, number, text in table.spans():
        if text:
            upper.append(first.add(Tag("TH", scope="Column", across=number)))
        else:
            for tag in tags[start : start + number]:
                first.add(tag)
    if joint:
        second = grid.tag.add(Tag("TR"))
        for tag in tags:
            second.add(tag)
    return tags, tuple(upper)


def _head_height(lines: int) -> float:
    return lines * style.HEAD_LEADING + 2 * style.PAD_Y + 3.0


@dataclass(slots=True, kw_only=True)
class TitleItem(Item):
    """The title of a group of rows, over the whole width."""

    grid: Grid
    lines: tuple[str, ...]
    cell: Tag

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw the title between its borders."""
        bottom, right = top - self.height, left + self.grid.right
        y = top - style.PAD_Y - 1.0 - _BASELINE * style.TABLE_LEADING
        with pen.inside(self.cell):
            for line in spaced(self.lines):
                pen.text(left + style.PAD_X, y, line, BOLD, style.TABLE)
                y -= style.TABLE_LEADING
        pen.vertical(left, top, bottom)
        pen.vertical(right, top, bottom)
        pen.horizontal(left, right, bottom)


def _title(text: str, grid: Grid, head: Item) -> TitleItem:
    lines = tuple(wrap(typeset(text), face(BOLD), style.TABLE, grid.right - 2 * style.PAD_X))
    height = len(lines) * style.TABLE_LEADING + 2 * style.PAD_Y + 2.0
    cell = grid.tag.add(Tag("TR")).add(Tag("TH", scope="Row", across=len(grid.slots)))
    return TitleItem(height=height, keep=True, repeat=head, grid=grid, lines=lines, cell=cell)
