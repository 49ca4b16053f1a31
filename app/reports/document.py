"""What a paper says, once: a ``Document`` is drawn as PDF, DOCX and XLSX by three renderers (law 2).

A document is plain frozen data. Cells keep typed values, so that Excel gets numbers and dates while PDF and Word
get their text: a fraction is always said before its share, because counts decide and shares are rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.reports.charts import ChartSpec
from app.reports.profile import Profile
from app.texts import DASH, NBSP, grouped, percent, ru_date

Align = Literal["left", "center", "right"]

DRAFT_WORD = "ПРОЕКТ"
BLANK_DATE = f"«___»{NBSP}__________{NBSP}20__{NBSP}г."
"""A date that is filled in by hand."""


# --- values of cells ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fraction:
    """«12 из 31»: two whole counts, in Excel two columns of numbers."""

    below: int
    of: int


@dataclass(frozen=True, slots=True)
class Share:
    """«38,7 %» computed from two counts; «—» of none."""

    below: int
    of: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date by its ISO text; shown as dd.mm.yyyy."""

    iso: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Several lines of one cell."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal text with a point («12.5»); shown with a comma, in Excel a number."""

    exact: str

    @property
    def text(self) -> str:
        """The number as a person reads it."""
        whole, _, rest = self.exact.lstrip("-").partition(".")
        minus = "−" if self.exact.startswith("-") else ""
        return f"{minus}{grouped(int(whole or '0'))}{',' + rest if rest else ''}"


@dataclass(frozen=True, slots=True)
class Roubles:
    """Money in whole kopecks; shown «1 234 567,00», in Excel a number that totals are made of."""

    kopecks: int


Plain = str | int | Fraction | Share | Day | Lines | Number | Roubles | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with footnote marks («*»), which the table's ``marks`` explain."""

    value: Plain
    marks: tuple[str, ...]


Value = Plain | Marked


def bare(value: Value) -> Plain:
    """Return a value without its marks."""
    return value.value if isinstance(value, Marked) else value


def marks_of(value: Value) -> tuple[str, ...]:
    """Return the footnote marks of a value."""
    return value.marks if isinstance(value, Marked) else ()


def shown(value: Value) -> tuple[str, ...]:
    """Return the lines of a value as a person reads them, without marks; an unknown value is «—»."""
    match bare(value):
        case str(text):
            return (text,) if "\n" not in text else tuple(text.splitlines())
        case int(number):
            return (str(number),)
        case Fraction(below, of):
            return (f"{below}{NBSP}из{NBSP}{of}",)
        case Share(below, of):
            return (percent(below, of),)
        case Day(iso):
            return (ru_date(iso),)
        case Lines(lines):
            return lines or ("",)
        case Number() as number:
            return (number.text,)
        case Roubles(kopecks):
            return (f"{grouped(kopecks // 100)},{kopecks % 100:02}",)
        case None:
            return (DASH,)


# --- blocks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one face."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper; level 1 or 2, 3 in a dense one. It becomes a bookmark and never ends a page."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text.

    Attributes:
        runs: pieces, joined without anything between them.
        justified: even right edge.
        indent: the first line begins 1.25 cm to the right.
    """

    runs: tuple[Run, ...]
    justified: bool = True
    indent: bool = True

    @property
    def text(self) -> str:
        """The text without faces."""
        return "".join(run.text for run in self.runs)


def paragraph(text: str, *, justified: bool = True, indent: bool = True) -> Paragraph:
    """Return a paragraph of one face."""
    return Paragraph((Run(text),), justified, indent)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: the heading.
        weight: share of the width; the sum of all weights is the whole width.
        align: where text and heading stand; numbers stand on the right.
        inner: the column belongs to the parts of a row (see ``Row``).
        sheet_titles: headings of the two columns that fractions become in Excel.
        over: a heading over several columns: neighbours with the same one share it.
        money: it holds money that totals sum; ``total``: it sums the money of its line (in Excel by a formula).
    """

    title: str
    weight: float
    align: Align = "left"
    inner: bool = False
    sheet_titles: tuple[str, str] = ("Ниже минимума", "Участников")
    over: str = ""
    money: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; it is never torn by a page unless it is taller than one.

    Attributes:
        cells: values of the outer columns, left to right.
        parts: lines of the row, each with values of the inner columns, left to right. The outer cells stand beside
            all of them; Excel repeats the outer cells in every line, so that filters work.
        total: its money sums that of its group («group») or of the whole table («all»): bold, in Excel by a formula.
    """

    cells: tuple[Value, ...]
    parts: tuple[tuple[Value, ...], ...] = ()
    total: Literal["", "group", "all"] = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a common title (a municipality); without a title the rows only follow."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark of a table: the sign, its word for Excel, its sentence at the foot of the table."""

    sign: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: short name: the sheet in Excel, the place in error messages.
        columns: at least one.
        groups: rows in groups.
        marks: explained at the foot, those of them that occur.
        empty: the sentence that stands instead of a table without rows.
        group_title: heading of the column that the groups' titles become in Excel.
        caption: stands over the table; in Excel the sheet's name says it.
    """

    name: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    marks: tuple[Mark, ...] = ()
    empty: str = "Строк нет."
    group_title: str = "Раздел"
    caption: str = ""

    def __post_init__(self) -> None:
        inner = sum(column.inner for column in self.columns)
        outer = len(self.columns) - inner
        for row in self.rows():
            if len(row.cells) != outer or any(len(part) != inner for part in row.parts):
                raise ValueError(f"a row of «{self.name}» does not fit its columns: {row}")

    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """Return (first column, number of columns, heading over them), from left to right; "" where there is none."""
        found: list[tuple[int, int, str]] = []
        for index, column in enumerate(self.columns):
            if found and column.over and found[-1][2] == column.over:
                found[-1] = (found[-1][0], found[-1][1] + 1, column.over)
            else:
                found.append((index, 1, column.over))
        return tuple(found)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all groups."""
        for group in self.groups:
            yield from group.rows

    def used_marks(self) -> tuple[Mark, ...]:
        """Return the marks that stand somewhere in the table, in the order of ``marks``."""
        signs = {sign for row in self.rows() for value in values_of(row) for sign in marks_of(value)}
        return tuple(mark for mark in self.marks if mark.sign in signs)


def values_of(row: Row) -> Iterator[Value]:
    """Yield all values of a row."""
    yield from row.cells
    for part in row.parts:
        yield from part


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Centred:
    """A line in the middle of the width, as certificates have it.

    Attributes:
        text: wrapped evenly where it is long.
        size: of the type, points.
        bold: bold face.
        gap: room above it, points.
        spread: in a ceremonial paper an equal share of the free room of the page stands above it, too.
    """

    text: str
    size: float = 14.0
    bold: bool = False
    gap: float = 6.0
    spread: bool = False


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Position, a place for the signature or for its mark, name. It never stands alone on a page.

    Attributes:
        position: «Начальник управления образования»; empty gives a line to fill in by hand.
        name: «М. П. Иванова»; empty gives a line too.
        place: name of the signature field, unique in the document, without dots.
        seal: leave «М. П.» for a seal.
        by_hand: no signature field stands here, only the line (papers that are joined in one file).
    """

    position: str
    name: str
    place: str
    seal: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Executor:
    """Who prepared the paper, with a telephone: small, at the end."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page (in Excel nothing)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The next block begins a page that stands upright or lies on its long side (in Excel nothing)."""

    landscape: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """The next blocks are an annex: it begins a page, «Приложение 1» and what it belongs to stand top right.

    Attributes:
        number: from 1; 0 where the paper has only one annex, which then has no number.
        to: «к приказу … от 28.11.2026 № 214»: what it belongs to, in the dative.
        title: the annex's own title, centred under that; it becomes a bookmark.
    """

    number: int
    to: str
    title: str = ""

    @property
    def name(self) -> str:
        """«Приложение 1», or «Приложение» alone."""
        return f"Приложение{NBSP}{self.number}" if self.number else "Приложение"

    @property
    def heading(self) -> str:
        """The annex in one line, for bookmarks and contents: «Приложение 1. Список школ»."""
        return f"{self.name}. {self.title}" if self.title else self.name


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings that follow, with their pages; in Word a field that Word itself can bring up to date."""

    title: str = "Содержание"
    depth: int = 2


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart over the whole width; in Excel its data with a chart of Excel's own."""

    chart: ChartSpec
    height_mm: float = 70.0


@dataclass(frozen=True, slots=True)
class ChartRow:
    """Charts side by side: two, at most three."""

    charts: tuple[ChartSpec, ...]
    height_mm: float = 60.0

    def __post_init__(self) -> None:
        if not 1 <= len(self.charts) <= 3:
            raise ValueError("a row has one to three charts")


@dataclass(frozen=True, slots=True)
class Fact:
    """A quiet name and what is known."""

    label: str
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in one column or in two side by side: a passport, short sections of a card."""

    columns: tuple[tuple[Fact, ...], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= 2 or not all(self.columns):
            raise ValueError("facts stand in one or two columns, none of them empty")

    def facts(self) -> Iterator[Fact]:
        """Yield the facts, column by column."""
        for column in self.columns:
            yield from column


@dataclass(frozen=True, slots=True)
class HandNotes:
    """Numbered lines and beside them an empty frame to write in by hand."""

    lines: tuple[str, ...]
    caption: str
    height_mm: float = 24.0


Block = (
    Heading | Paragraph | Table | Note | SignatureBlock | Executor | PageBreak | ChartBlock | ChartRow
    | Facts | HandNotes | Turn | Contents | Annex | Centred
)  # fmt: skip


def charts_of(block: Block) -> tuple[ChartSpec, ...]:
    """Return the charts of a block, none of other blocks."""
    if isinstance(block, ChartBlock):
        return (block.chart,)
    return block.charts if isinstance(block, ChartRow) else ()


# --- approval ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActApproval:
    """«УТВЕРЖДЁН приказом … от 28.11.2026 № 214 (приложение 1)» (ГОСТ Р 7.0.97-2025).

    Attributes:
        word: agrees in gender with the kind of the paper (УТВЕРЖДЁН список, УТВЕРЖДЕНА программа).
        act: the act in the instrumental case.
        issuer_genitive: who issued it, in the genitive; where only the nominative is known, give ``issuer``.
        issuer: who issued it, in the nominative; said so that no case is needed.
    """

    number: str
    date: str
    word: str = "УТВЕРЖДЁН"
    act: str = "приказом"
    issuer_genitive: str = ""
    issuer: str = ""
    annex: str = ""

    def lines(self) -> tuple[str, ...]:
        """Return the lines of the block; long ones are wrapped by the renderer."""
        dated = f"от{NBSP}{ru_date(self.date) if self.date else BLANK_DATE} №{NBSP}{self.number or '_____'}"
        if self.issuer_genitive:
            body = [f"{self.act} {self.issuer_genitive}", dated]
        else:
            body = [f"{self.act} {dated}", *([f"Кем издан: {self.issuer}"] if self.issuer else [])]
        annex = [f"({self.annex})"] if self.annex else []
        return (self.word, *body, *annex)


@dataclass(frozen=True, slots=True)
class PersonApproval:
    """«УТВЕРЖДАЮ», position, signature, name, date.

    Attributes:
        date: ISO text; None leaves a blank to fill in by hand.
        place: name of a signature field; empty where nobody signs electronically.
    """

    position: str
    name: str
    word: str = "УТВЕРЖДАЮ"
    date: str | None = None
    place: str = ""

    @property
    def shown_date(self) -> str:
        """The date as shown, or a blank."""
        return ru_date(self.date) if self.date else BLANK_DATE


Approval = ActApproval | PersonApproval


# --- the document ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself: organisation, ISO date of the paper, kind («Список школ»)."""

    author: str
    created: str
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """One paper.

    Attributes:
        title: lines of the title.
        approvals: up to three, top right; two or three stand side by side.
        provenance: the small line at the bottom of each page: when, by which rule, from which snapshot.
        draft: not approved yet: «ПРОЕКТ» stands top right.
        long_storage: left margin 30 mm instead of 20 (papers kept for more than 10 years).
        landscape: pages lie on their long side (wide grids).
        cover: lines at the foot of a title page (place, year); none: the title stands over the text.
        running: a small line top right of every page from the second.
        draft_word: what a draft says of itself.
        profile: look of a long paper by the standard of its day; None keeps the common one.
        qr: text of the QR code at the foot of the first page, on the right; none where empty.
        name: what files, bookmarks and the QR code call the paper where its title is no name (that of an order begins
            with its issuer); empty: its title.
        ceremonial: a certificate: a thin frame, equal margins, the last line of the title large and those before it
            small, free room of the page shared among the blocks that say ``spread``.
    """

    title: tuple[str, ...]
    meta: Meta
    blocks: tuple[Block, ...]
    approvals: tuple[Approval, ...] = ()
    provenance: str = ""
    draft: bool = False
    long_storage: bool = False
    landscape: bool = False
    language: str = field(default="ru-RU")
    cover: tuple[str, ...] = ()
    running: str = ""
    draft_word: str = DRAFT_WORD
    profile: Profile | None = None
    qr: str = ""
    name: str = ""
    ceremonial: bool = False

    def __post_init__(self) -> None:
        if len(self.approvals) > 3:
            raise ValueError("a paper has at most three approval blocks")
        places = [block.place for block in self.blocks if isinstance(block, SignatureBlock)]
        places += [item.place for item in self.approvals if isinstance(item, PersonApproval) and item.place]
        if len(set(places)) != len(places) or any("." in place or not place for place in places):
            raise ValueError(f"names of signature places must be unique and without dots: {places}")

    @property
    def heading(self) -> str:
        """The name of the paper in one line: its own name, else the lines of its title as sentences."""
        return self.name or _in_one_line(self.title)

    def tables(self) -> tuple[Table, ...]:
        """Return all tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def charts(self) -> tuple[ChartSpec, ...]:
        """Return all charts."""
        return tuple(chart for block in self.blocks for chart in charts_of(block))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (place in Russian, text) of everything that is printed."""
        from app.reports.document_texts import texts_of  # it reads the blocks defined here

        yield from texts_of(self)


def _in_one_line(lines: Sequence[str]) -> str:
    """Join lines of a title: a new thought after a stop, a year after a comma, the rest of a sentence after a space."""
    told = ""
    for line in lines:
        # «Список школ / Лесогорского округа»: a name in the genitive goes on with the sentence
        begins, goes_on = line[:1], told[-1:] in {":", ",", "."} or line.partition(" ")[0].endswith(("ого", "его"))
        mark = "" if goes_on or not told else "." if begins.isupper() else "," if begins.isdigit() else ""
        told = f"{told}{mark} {line}" if told else line
    return told
