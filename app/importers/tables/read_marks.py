"""Results of schools by a map: one count of marks for each school and each work that the columns speak of."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import partial

from app.importers.book import Book
from app.importers.findings import Findings
from app.importers.grid import Row, address, is_blank
from app.importers.order import Order
from app.importers.parsed import ParsedMark, Question
from app.importers.tables.figures import MARKS, Counts, Group, Read
from app.importers.tables.found import Found
from app.importers.tables.layout import Block, GroupRow, Span
from app.importers.tables.profile import FIGURE_FIELDS, ColumnMap, Profile
from app.importers.tables.totals import Totals
from app.importers.tables.units import Units
from app.importers.tables.values import Values
from app.importers.tables.works import Context, Works, context_of
from app.models.records import MarkCount, Origin

STEP = 500


class Walk:
    """The rows of a block with what the group rows say of each, in one pass over the sheet."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._special = {group.row: group for group in found.block.groups if group.kind == "total"}

    def __iter__(self) -> Iterator[tuple[int, Row, Span | GroupRow]]:
        block: Block = self._found.block
        spans = iter(block.spans)
        span = next(spans, None)
        last = max([s.last for s in block.spans] + list(self._special), default=0)
        for number, row in self._found.sheet.rows():
            if number > last:
                return
            while span is not None and span.last < number:
                span = next(spans, None)
            if number in self._special:
                yield number, row, self._special[number]
            elif span is not None and span.first <= number:
                yield number, row, span

    def data(self) -> Iterator[tuple[int, Row, Span]]:
        """Yield only the rows of data."""
        for number, row, what in self:
            if isinstance(what, Span) and not is_blank(row):
                yield number, row, what


class MarksBlock:
    """One block of results."""

    def __init__(self, book: Book, found: Found, profile: Profile, order: Order, findings: Findings) -> None:
        self._found = found
        self._findings = findings
        self._order = order
        self._walk = Walk(found)
        self._values = Values(book, found.sheet, findings)
        places = found.places()
        self._units = Units(places, profile.fixed, self._values, order, findings)
        self._works = Works(book, found.block, found.above, places, profile.fixed, order, self._values, findings)
        self._groups = _groups(found, findings)
        self._nobody = self._unknown_below = self._approximate = 0
        self.rows_read = 0

    def questions(self) -> list[Question]:
        """Survey the rows; return what neither the file nor the map nor the person says."""
        from app.importers.marks_table import CODE_QUESTION

        asked = self._works.questions(group.context for group in self._groups)
        if self._units.survey((number, row) for number, row, _ in self._walk.data()):
            asked.append(CODE_QUESTION)
        if asked:
            return asked
        for number, row, _span in self._walk.data():
            for group in self._groups:
                group.see(partial(self._values.cell, number, row))
        shapes = [shape for group in self._groups for shape in group.percent_columns()]
        fractions = any(shape.fractional for shape in shapes) and all(shape.largest <= 1 for shape in shapes)
        for group in self._groups:
            group.settle(fractions=fractions)
        return []

    def run(self) -> Iterator[tuple[Hashable, ParsedMark]]:
        """Yield a count for each row and work that has one."""
        stated = any(group.kind == "total" for group in self._found.block.groups)
        totals = Totals(self._groups, self._findings) if stated else None
        for number, row, what in self._walk:
            if is_blank(row):
                continue

            if isinstance(what, GroupRow):
                if totals is not None:
                    totals.total(what, partial(self._values.cell, number, row))
                continue
            self.rows_read += 1
            if self.rows_read % STEP == 0:
                self._order.tick(number, self._found.sheet.height)
            yield from self._row(number, row, what, totals)
        if totals is not None:
            totals.finish()
        self._values.finish()
        self._say()

    def _row(self, number: int, row: Row, span: Span, totals: Totals | None) -> Iterator[tuple[Hashable, ParsedMark]]:
        read = partial(self._values.cell, number, row)
        telling = [group for group in self._groups if not group.is_silent(read)]
        self._nobody += sum(group.has_mean_only(read) for group in self._groups if group not in telling)
        unit = self._units.unit(number, row, span)
        if totals is not None:
            totals.row(read, None if unit is None else unit.municipality or span.municipality)
        if not telling:
            return
        if unit is None:
            self._findings.add("IMP_UNIT_MISSING", *self._units.place(number))
            return
        for group in telling:
            counts = self._counts(number, group, read)
            work = self._works.work(number, row, span, group.context) if counts else None
            if counts is None or work is None:
                continue
            self._weigh(group, counts)
            assessment, year = work
            m2, m3, m4, m5 = counts.marks
            count = MarkCount(
                assessment, year, counts.participants, m2, m3, m4, m5, counts.below, counts.mean, counts.restored
            )
            origin = Origin(self._found.sheet.name, number, number, _cells(number, group.cells))
            yield (assessment, year), ParsedMark(unit, count, origin)

    def _counts(self, number: int, group: Group, read: Read) -> Counts | None:
        counts = group.counts(number, read, self._findings)
        if counts is None or counts.participants:
            return counts
        at = group.at("participants")
        self._findings.add("IMP_FIGURES_WITHOUT_PARTICIPANTS", number, at)
        return None

    def _weigh(self, group: Group, counts: Counts) -> None:
        self._unknown_below += counts.below is None
        self._approximate += counts.restored and counts.participants >= 10 ** (group.decimals + 2)

    def _say(self) -> None:
        """Say once what is true of many rows."""
        row = self._found.block.head.last
        if self._nobody:
            self._findings.add("IMP_MEAN_OF_NOBODY", row, count=self._nobody)
        if self._unknown_below:
            self._findings.add("IMP_BELOW_UNKNOWN_MANY", row, count=self._unknown_below)
        if self._approximate:
            self._findings.add("IMP_COUNTS_APPROXIMATE", row, count=self._approximate)


def _groups(found: Found, findings: Findings) -> list[Group]:
    """Columns of figures by the work they belong to; those without a work of their own make one group.

    A mean or a share without participants of its own is no result: whose it would be nobody knows.
    """
    by_work: dict[Context, dict[int, ColumnMap]] = {}
    for at in sorted(found.columns):
        mapped = found.columns[at]
        if mapped.field in FIGURE_FIELDS:
            by_work.setdefault(context_of(mapped, found.path(at)), {})[at] = mapped
    by_work = _joined(by_work)
    groups = []
    for context, columns in by_work.items():
        fields = _fields(columns)
        if fields == {"participants"} and len(by_work) > 1:
            continue
        if _is_whole(columns):
            groups.append(Group(context, dict(sorted(columns.items()))))
            continue
        first = min(columns)
        words = " / ".join(found.path(first))
        findings.add("IMP_GROUP_WITHOUT_PARTICIPANTS", found.block.head.last, first, heading=words)
    return groups


def _fields(columns: dict[int, ColumnMap]) -> set[str]:
    return {mapped.field for mapped in columns.values()}


def _is_whole(columns: dict[int, ColumnMap]) -> bool:
    """Tell whether a group says how many there were."""
    return "participants" in _fields(columns) or _fields(columns).issuperset(MARKS)


def _joined(by_work: dict[Context, dict[int, ColumnMap]]) -> dict[Context, dict[int, ColumnMap]]:
    """Give figures to the only participants they can belong to: «Участников РПР», «Ниже минимума»."""
    whole = [context for context, columns in by_work.items() if _is_whole(columns)]
    wanting = {
        context: [other for other in whole if context.agrees(other)]
        for context, columns in by_work.items()
        if not _is_whole(columns)
    }
    result = dict(by_work)
    for context, others in wanting.items():
        rivals = [other for other in wanting.values() if others and others[0] in other]
        if len(others) == 1 and len(rivals) == 1:
            columns = {**result.pop(others[0]), **result.pop(context)}
            result[context.joined(others[0])] = columns
    return result


def _cells(row: int, columns: list[int]) -> str:
    """«C5:G5» for columns side by side, else a list of the cells."""
    if columns[-1] - columns[0] == len(columns) - 1 and len(columns) > 1:
        return f"{address(row, columns[0])}:{address(row, columns[-1])}"
    return ", ".join(address(row, column) for column in columns)
