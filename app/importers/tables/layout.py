"""Tables found on a sheet: titles above, header, rows of data, group rows and totals, one block under another.

A sheet is walked once, with a few rows of look-ahead; of a million rows only the ends of the runs of data are kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from app.importers.book import Sheet
from app.importers.grid import Cell, Row, heading, text
from app.importers.subjects import find_subject
from app.importers.tables.heads import (
    LOOK_AHEAD,
    Column,
    Head,
    filled,
    find_head,
    forced_head,
    is_column_numbers,
    is_figure,
)
from app.importers.tables.merges import Merges
from app.importers.tables.words import (
    ROW_KEYS,
    Scope,
    names_municipality,
    names_school,
    sounds_like_heading,
    titles_municipality,
    total_scope,
)

GroupKind = Literal["municipality", "subject", "section", "total", "repeated_header"]

MOST_TITLES = 30
DEEP_ROWS = 2_000
"""How far a header is looked for where the top of a sheet has none."""
MOST_BLOCKS = 200
MOST_GROUPS = 20_000
LONGEST_GROUP = 160
_FEW = 3
_TAIL_KINDS = frozenset({"municipality", "subject", "section"})
_CODE_KEYS = ("code", "fisoko", "oo", "inn", "ogrn", "number")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row between the data that is not a school's.

    Attributes:
        row: its number, from 1.
        kind: a heading of a municipality, a subject or another section for the rows below; totals; or the header said
            again, as printed pages do.
        name: its label.
        scope: for totals: what they sum up.
        opens: a total that stands above its rows and names their municipality.
    """

    row: int
    kind: GroupKind
    name: str
    scope: Scope | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of data one after another (from 1, both ends inside) and what the group rows above say of them."""

    first: int
    last: int
    municipality: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: lines above it, its header, its rows."""

    sheet: str | None
    titles: tuple[tuple[int, str], ...]
    head: Head
    spans: tuple[Span, ...] = ()
    groups: tuple[GroupRow, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the header."""
        return self.head.columns

    @property
    def rows(self) -> int:
        """How many rows of data there are."""
        return sum(span.last - span.first + 1 for span in self.spans)

    def row_numbers(self) -> Iterator[int]:
        """Yield the numbers of the rows of data."""
        for span in self.spans:
            yield from range(span.first, span.last + 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything found on one sheet; ``rest`` are texts outside any table (a sheet of notes has only these)."""

    sheet: str | None
    blocks: tuple[Block, ...]
    rest: tuple[tuple[int, str], ...] = ()


def find_layout(sheet: Sheet, *, most_rows: int | None = None) -> Layout:
    """Find the blocks of a sheet.

    Args:
        sheet: any sheet; its merged cells are used where the format tells them.
        most_rows: how many rows to look at: enough for the headers where the data are not wanted.
    """
    return _Walk(sheet, most_rows).run()


def top_layout(sheet: Sheet, rows: int) -> Layout:
    """Return what stands in the first rows of a sheet; where no table begins there, in the first 2,000."""
    found = find_layout(sheet, most_rows=rows)
    deeper = not found.blocks and (sheet.height is None or sheet.height > rows)
    return find_layout(sheet, most_rows=DEEP_ROWS) if deeper else found


def layout_from(sheet: Sheet, first: int, depth: int, *, most_rows: int | None = None) -> Layout:
    """Return the layout with the header where a person has pointed: row ``first`` (from 1), ``depth`` lines."""
    return _Walk(sheet, most_rows, forced=(first, depth)).run()


class _Open:
    """A block that is being filled."""

    def __init__(self, sheet: str | None, titles: Sequence[tuple[int, str]], head: Head) -> None:
        self.sheet = sheet
        self.titles = tuple(titles)
        self.head = head
        self.spans: list[Span] = []
        self.groups: list[GroupRow] = []
        self.municipality = next((line for _, line in reversed(titles) if titles_municipality(line)), None)
        self.subject: str | None = None
        self.keys: dict[str, int] = {}
        self.said = {column.at: heading(column.path[-1]) for column in head.columns if column.path}
        self.named = {column.at: {heading(part) for part in column.path} for column in head.columns if column.path}
        for column in head.columns:
            key = next((key for part in reversed(column.path) if (key := ROW_KEYS.key(heading(part)))), None)
            if key:
                self.keys.setdefault(key, column.at)
        self.of_municipalities = "municipality" in self.keys and "school" not in self.keys
        self.coded = [self.keys[key] for key in _CODE_KEYS if key in self.keys]
        self.codes_seen = 0

    def add_data(self, number: int) -> None:
        last = self.spans[-1] if self.spans else None
        same = last is not None and (last.municipality, last.subject) == (self.municipality, self.subject)
        if last is not None and same and last.last == number - 1:
            self.spans[-1] = replace(last, last=number)
        else:
            self.spans.append(Span(number, number, self.municipality, self.subject))

    def add_group(self, group: GroupRow) -> None:
        if len(self.groups) < MOST_GROUPS:
            self.groups.append(group)
        if group.kind == "municipality" or (group.kind == "total" and group.opens):
            self.municipality = group.name
        elif group.kind == "subject":
            self.subject = group.name

    def has_tail(self) -> bool:
        """Tell whether lines that may be titles stand after the last data, or after the header."""
        last = self.spans[-1].last if self.spans else self.head.last
        return bool(self.groups) and self.groups[-1].row > last and self.groups[-1].kind in _TAIL_KINDS

    def take_tail(self) -> list[tuple[int, str]]:
        """Give back the single lines after the last data: they are titles of what follows, or remarks."""
        last = self.spans[-1].last if self.spans else self.head.last
        tail = [g for g in self.groups if g.row > last and g.kind in _TAIL_KINDS]
        self.groups = [g for g in self.groups if g not in tail]
        return [(g.row, g.name) for g in tail]

    def close(self) -> Block:
        return Block(self.sheet, self.titles, self.head, tuple(self.spans), tuple(self.groups))


class _Walk:
    """One pass over a sheet."""

    def __init__(self, sheet: Sheet, most_rows: int | None, forced: tuple[int, int] | None = None) -> None:
        self._sheet = sheet
        self._most = most_rows
        self._forced = forced
        self._merges = Merges(sheet.merged)
        self._blocks: list[Block] = []
        self._titles: list[tuple[int, str]] = []
        self._open: _Open | None = None
        self._break = True

    def run(self) -> Layout:
        """Walk to the end and return what was found."""
        rows: Iterable[tuple[int, Row]] = self._sheet.rows()
        source = iter(rows if self._most is None else islice(rows, self._most))
        window: deque[tuple[int, Row]] = deque(islice(source, LOOK_AHEAD))
        skip_to = 0
        while window:
            number, row = window[0]
            if number > skip_to:
                skip_to = self._row(number, row, window)
            window.popleft()
            window.extend(islice(source, 1))
        if self._open is not None:
            self._titles = self._open.take_tail()
            self._blocks.append(self._open.close())
        return Layout(self._sheet.name, tuple(self._blocks), tuple(self._titles))

    def _row(self, number: int, row: Row, window: deque[tuple[int, Row]]) -> int:
        """Take one row; return the last row that is dealt with (the whole header where one begins here)."""
        cells = filled(row)
        if not cells:
            self._break = True
            return number
        head = self._head(number, cells, window)
        if head is not None:
            self._begin(head)
            return head.last
        if self._open is None:
            if len(self._titles) < MOST_TITLES:
                self._titles.append((number, " ".join(text(value) for _, value in cells)[: LONGEST_GROUP * 3]))
            return number
        single = len(cells) == 1 and isinstance(cells[0][1], str) and not is_figure(cells[0][1])
        group = _group(self._open, number, cells, single=single)
        if group is not None:
            self._open.add_group(group)
        else:
            self._open.add_data(number)
            self._open.codes_seen += any(column in dict(cells) for column in self._open.coded)
        self._break = single
        return number

    def _head(self, number: int, cells: list[tuple[int, Cell]], window: deque[tuple[int, Row]]) -> Head | None:
        if self._forced is not None:
            first, depth = self._forced
            return forced_head(list(window), depth, self._merges) if number == first else None
        if len(self._blocks) >= MOST_BLOCKS:
            return None
        opened = self._open
        if opened is None:
            return find_head(list(window), self._merges)
        if not self._break and not sounds_like_heading(heading(cells[0][1])):
            return None
        if any(isinstance(value, (int, float)) for _, value in cells) and not self._break:
            return None
        if _says_again(opened, cells) and not opened.has_tail():
            return None
        return find_head(list(window), self._merges, strict=True)

    def _begin(self, head: Head) -> None:
        if self._open is not None:
            self._titles = self._open.take_tail()
            self._blocks.append(self._open.close())
        self._open = _Open(self._sheet.name, self._titles, head)
        self._titles = []
        self._break = False


def _says_again(opened: _Open, cells: Sequence[tuple[int, Cell]]) -> bool:
    """Tell whether a row repeats the header, as at the top of each printed page."""
    top = cells[:2]
    if not any(heading(value) in opened.named.get(column, ()) for column, value in top):
        return False  # two thirds must agree: data seldom get further
    found = [(column, heading(value)) for column, value in cells]
    same = sum(line in opened.named.get(column, ()) for column, line in found)
    return 3 * same >= 2 * len(found) and same > 0


def _group(opened: _Open, number: int, cells: list[tuple[int, Cell]], *, single: bool) -> GroupRow | None:
    """Return what a row is if it is not a school's, or None for data."""
    if single:
        return _single(number, text(cells[0][1]))
    if _says_again(opened, cells) or (is_column_numbers(cells) and len(cells) >= len(opened.said) - 1 > 1):
        return GroupRow(number, "repeated_header", "")
    texts = [(column, text(value)) for column, value in cells if isinstance(value, str) and not is_figure(value)]
    if not texts:
        return None
    label = texts[0][1]
    if len(cells) <= _FEW and len(texts) == 1 and not opened.of_municipalities and names_municipality(label):
        others = {column for column, _ in cells} - {texts[0][0], opened.keys.get("number")}
        if not others:
            return _single(number, label)
    scope = total_scope(label)
    if scope is not None and not (opened.of_municipalities and scope == "region" and not _is_total_word(label)):
        return GroupRow(number, "total", label, scope)
    by_column = dict(cells)
    if opened.of_municipalities or any(column in by_column for column in opened.coded):
        return None
    if any(names_school(line) for _, line in texts):
        return None
    return _subtotal(opened, number, by_column, texts)


def _single(number: int, line: str) -> GroupRow:
    if names_municipality(line):
        return GroupRow(number, "municipality", line)
    subject = find_subject(line) if len(line) < 60 else None
    if subject is not None:
        return GroupRow(number, "subject", line)
    return GroupRow(number, "section", line[:LONGEST_GROUP])


def _is_total_word(label: str) -> bool:
    return heading(label).startswith(("итого", "всего", "в целом", "средн", "в среднем"))


def _subtotal(opened: _Open, number: int, cells: dict[int, Cell], texts: list[tuple[int, str]]) -> GroupRow | None:
    """A municipality's own row among its schools: by its name, or by the code that only schools have."""
    school = opened.keys.get("school")
    label = texts[0][1]
    if not any(is_figure(value) for value in cells.values()):
        return None
    in_school = school is None or school in cells
    if in_school and len(texts) == 1 and names_municipality(label):
        return GroupRow(number, "total", label, "municipality", opens=_opens(opened))
    only_municipality = school is not None and school not in cells and opened.keys.get("municipality") in cells
    if only_municipality:
        return GroupRow(number, "total", label, "municipality", opens=_opens(opened))
    return None


def _opens(opened: _Open) -> bool:
    """Subtotals stand above their rows where the first of them comes before any data."""
    totals = [group for group in opened.groups if group.kind == "total" and group.scope == "municipality"]
    return totals[0].opens if totals else not opened.spans
