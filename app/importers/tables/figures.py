"""Figures of one group of columns (one work): which are counts, which percentages, and the counts they make.

A percentage becomes a count by p·N/100, rounded half up (domain §3.1). Whether figures without «%» or «чел.» in their
headings are counts or percentages is told by the whole column, never row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.importers.findings import Findings
from app.importers.grid import LARGEST_COUNT, Cell, UnfitCellError, count_of_share, number, text, whole
from app.importers.tables.profile import KINDED_FIELDS, ColumnMap, FigureKind
from app.importers.tables.works import Context

MARKS = ("mark2", "mark3", "mark4", "mark5")
HIGHEST_MEAN = 100
_MOST_DECIMALS = 4
_WHOLE = 1e15
_NOTHING = frozenset({"н/д", "нд", "нет данных", "нет", "x", "х", "н.д.", "…", "..."})
_USUALLY_PERCENT = frozenset({"passed", "quality"})

Read = Callable[[int], Cell]


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of a group: where it stands, what it is."""

    at: int
    field: str
    kind: FigureKind


@dataclass(slots=True)
class Shape:
    """What a whole column looks like."""

    fractional: bool = False
    largest: Decimal = Decimal(0)
    decimals: int = 0
    seen: int = 0

    def see(self, value: Decimal) -> None:
        """Take one more number into account."""
        self.seen += 1
        self.largest = max(self.largest, value)
        if value == value.to_integral_value():
            return
        exponent = round(value, _MOST_DECIMALS).normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        self.decimals = max(self.decimals, decimals)
        self.fractional = self.fractional or decimals > 0


@dataclass(slots=True)
class Survey:
    """What a first look over the rows tells of a group whose headings leave it open."""

    shapes: dict[int, Shape] = field(default_factory=dict)
    fits_count: bool = True
    fits_percent: bool = True
    above_participants: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole counts of one unit at one work; ``mean`` as exact text."""

    participants: int
    marks: tuple[int | None, int | None, int | None, int | None]
    below: int | None
    mean: str | None
    restored: bool


def cleaned(value: Cell) -> Cell:
    """Return None for the words by which people say that there is nothing."""
    return None if isinstance(value, str) and text(value).lower() in _NOTHING else value


def number_or_none(value: Cell) -> Decimal | None:
    """Return a number where the cell holds one."""
    if type(value) is float and value.is_integer() and abs(value) < _WHOLE:
        return Decimal(int(value))
    try:
        return number(cleaned(value))
    except UnfitCellError:
        return None


class Group:
    """The columns of one work. First every row is surveyed, then ``settle``, then every row is read.

    ``decimals`` is with how many decimals percentages are given.
    """

    def __init__(self, context: Context, columns: Mapping[int, ColumnMap]) -> None:
        self.context = context
        self.columns = dict(columns)
        self.cells = sorted(columns)
        self.survey_of = Survey()
        self.figures: tuple[Figure, ...] = ()
        self.fractions = False
        self.decimals = 0
        self._at: dict[str, int] = {}
        for at in sorted(columns, reverse=True):
            self._at[columns[at].field] = at
        self._by_field: dict[str, list[Figure]] = {}

    def at(self, name: str) -> int | None:
        """Return the place of the first column of a field."""
        return self._at.get(name)

    def see(self, read: Read) -> None:
        """Survey one row."""
        found = self.survey_of
        participants = number_or_none(read(at)) if (at := self.at("participants")) is not None else None
        total, marks = Decimal(0), 0
        for column, mapped in self.columns.items():
            value = number_or_none(read(column)) if mapped.field in KINDED_FIELDS else None
            if value is None:
                continue
            found.shapes.setdefault(column, Shape()).see(value)
            if mapped.field in MARKS and mapped.kind is None:
                total, marks = total + value, marks + 1
            if participants and value > participants:
                found.above_participants.add(column)
        if marks and total:
            found.fits_count = found.fits_count and (participants is None or total <= participants)
            found.fits_percent = found.fits_percent and (marks < 4 or abs(total - 100) <= 2 or abs(total - 1) <= 2e-2)

    def settle(self, *, fractions: bool) -> None:
        """Decide what every column is; ``fractions``: percentages stand as parts of one, as «%» cells of Excel do."""
        self.fractions = fractions
        found = max((shape.decimals for shape in self.percent_columns()), default=0)
        self.decimals = max(0, found - 2) if fractions else found
        self.figures = tuple(Figure(at, self.columns[at].field, self._kind(at)) for at in self.cells)
        for figure in self.figures:
            self._by_field.setdefault(figure.field, []).append(figure)
        for listed in self._by_field.values():
            listed.sort(key=lambda figure: figure.kind != "count")

    def percent_columns(self) -> list[Shape]:
        """Return the shapes of the columns of percentages."""
        shapes = self.survey_of.shapes
        return [shapes[at] for at in self.cells if at in shapes and self._kind(at) == "percent"]

    def _kind(self, at: int) -> FigureKind:
        mapped = self.columns[at]
        if mapped.kind is not None or mapped.field in {"participants", "mean"}:
            return mapped.kind or "count"
        survey = self.survey_of
        shape = survey.shapes.get(at, Shape())
        if mapped.field in MARKS:
            shapes = [survey.shapes.get(c, Shape()) for c, m in self.columns.items() if m.field in MARKS]
            if any(each.fractional for each in shapes):
                return "percent"
            return "percent" if survey.fits_percent and not survey.fits_count else "count"
        if shape.fractional or at in survey.above_participants or mapped.field in _USUALLY_PERCENT:
            return "percent"
        return "count"

    def is_silent(self, read: Read) -> bool:
        """Tell whether no cell of the group holds anything but noughts and dashes."""
        for at in self.cells:
            value = read(at)
            if value and (not isinstance(value, str) or text(cleaned(value)) not in {"", "0", "-", "–", "—"}):
                return False
        return True

    def has_mean_only(self, read: Read) -> bool:
        """Tell whether a mean of nought stands where nobody took part: that is «нет данных»."""
        at = self.at("mean")
        return at is not None and number_or_none(read(at)) == 0 and self.is_silent(read)

    def counts(self, number_of_row: int, read: Read, findings: Findings) -> Counts | None:
        """Return the counts of a row, or None with the reason noted."""
        return _Reader(self, number_of_row, read, findings).run()

    def of(self, name: str) -> Sequence[Figure]:
        """Return the columns of a field, counts before percentages."""
        return self._by_field.get(name, ())


class _Reader:
    """One row of one group."""

    def __init__(self, group: Group, row: int, read: Read, findings: Findings) -> None:
        self._group = group
        self._row = row
        self._read = read
        self._findings = findings
        self._fits = True
        self._restored = False
        self._percent_sum = Decimal(0)
        self._percent_marks = 0

    def run(self) -> Counts | None:
        stated = [self._count(figure) for figure in self._group.of("participants")]
        participants = stated[0] if stated else None
        marks = [self._figure(name, participants) for name in MARKS]
        if not self._fits:
            return None
        known = [count for count in marks if count is not None]
        if participants is None:
            if len(known) < len(MARKS) or self._restored:
                self._note("IMP_PARTICIPANTS_MISSING", "participants")
                return None
            participants = sum(known)
        below = self._below(participants)
        if not self._fits or not self._agree(participants, marks, known, below):
            return None
        self._weigh_quality(participants, marks)
        below = marks[0] if below is None else below
        m2, m3, m4, m5 = marks
        return Counts(participants, (m2, m3, m4, m5), below, self._mean(), self._restored)

    def _note(self, code: str, name: str, **context: int) -> None:
        at = self._group.at(name)
        self._findings.add(code, self._row, at, level=None, **context)

    def _misfit(self, fault: UnfitCellError, at: int) -> None:
        self._findings.add(fault.code, self._row, at)
        self._fits = False

    def _count(self, figure: Figure) -> int | None:
        value = self._read(figure.at)
        if type(value) is float and 0 <= value <= LARGEST_COUNT and value.is_integer():
            return int(value)
        try:
            return whole(cleaned(value))
        except UnfitCellError as fault:
            self._misfit(fault, figure.at)
            return None

    def _percent(self, figure: Figure) -> Decimal | None:
        try:
            value = number(cleaned(self._read(figure.at)))
            if value is not None and self._group.fractions:
                value *= 100
            if value is not None and not 0 <= value <= 100:
                raise UnfitCellError("IMP_NOT_SHARE")
        except UnfitCellError as fault:
            self._misfit(fault, figure.at)
            return None
        return value

    def _figure(self, name: str, participants: int | None) -> int | None:
        """The count of a field: its own column of counts, else restored from its percentage."""
        for figure in self._group.of(name):
            if figure.kind == "count":
                found = self._count(figure)
            else:
                share = self._percent(figure)
                if share is None or participants is None:
                    continue
                if name in MARKS:
                    self._percent_sum += share
                    self._percent_marks += 1
                found = count_of_share(share, participants)
                self._restored = True
            if found is not None:
                return found
        return None

    def _below(self, participants: int) -> int | None:
        below = self._figure("below", participants)
        if below is not None:
            return below
        passed = self._figure("passed", participants)
        if passed is None:
            return None
        if passed > participants:
            self._note("IMP_MARKS_EXCEED", "passed", total=passed, participants=participants)
            self._fits = False
            return None
        return participants - passed

    def _agree(self, participants: int, marks: Sequence[int | None], known: Sequence[int], below: int | None) -> bool:
        """Hold the figures against one another; what can't be is refused, what is odd is noted."""
        allowed = Decimal(2).scaleb(-self._group.decimals) + Decimal("0.02")
        if self._percent_marks == len(MARKS) and participants and abs(self._percent_sum - 100) > allowed:
            self._note("IMP_SHARES_SUM", "mark2")
            return False
        if below is not None and below > participants:
            self._note("IMP_BELOW_EXCEEDS", "below", below=below, participants=participants)
            return False
        if sum(known) > participants and not self._percent_marks:
            self._note("IMP_MARKS_EXCEED", "participants", total=sum(known), participants=participants)
            return False
        whole_set = len(known) == len(MARKS)
        if whole_set and sum(known) != participants and self._percent_marks:
            self._note("IMP_RESTORED_SUM", "participants", total=sum(known), participants=participants)
        elif whole_set and sum(known) < participants:
            self._note("IMP_MARKS_SHORT", "participants", total=sum(known), participants=participants)
        if below is not None and marks[0] is not None and below != marks[0]:
            self._note("IMP_BELOW_DIFFERS", "below", below=below, m2=marks[0])
        return True

    def _weigh_quality(self, participants: int, marks: Sequence[int | None]) -> None:
        """«Качество» is nothing but fours and fives: it is not kept, only held against them."""
        for figure in self._group.of("quality"):
            value = number_or_none(self._read(figure.at))
            if value is None:
                continue
            if figure.kind == "percent":
                value = value * 100 if self._group.fractions else value
                if not 0 <= value <= 100:
                    self._findings.add("IMP_NOT_SHARE", self._row, figure.at, level="warning")
                    return
                value = value * participants / 100
            fours, fives = marks[2], marks[3]
            room = 1 + Decimal(participants).scaleb(-self._group.decimals) / 200
            if fours is not None and fives is not None and abs(value - fours - fives) > room:
                self._note("IMP_QUALITY_DIFFERS", "quality", quality=round(value), good=fours + fives)

    def _mean(self) -> str | None:
        """The stated mean; one that can't be is told and left out, the counts of the row stay."""
        at = self._group.at("mean")
        if at is None:
            return None
        try:
            found = number(cleaned(self._read(at)))
        except UnfitCellError as fault:
            self._findings.add(fault.code, self._row, at, level="warning")
            return None
        if found is None:
            return None
        if not 0 <= found <= HIGHEST_MEAN:
            self._findings.add("IMP_MEAN_ABSURD", self._row, at, value=f"{found:f}".replace(".", ","))
            return None
        return f"{found:f}"
