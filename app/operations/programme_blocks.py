"""Parts of a programme's analysis: a table, a chart and draft sentences, every number with the rows it comes from.

A number is said with how many schools have told it; what nobody has told is «нет данных» and never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.models.store import Connection
from app.reports.card_data import Origin, Way
from app.reports.charts import ChartSpec
from app.reports.document import Column as TableColumn
from app.reports.document import Group, Mark, Marked, Row, Table, Value
from app.texts import NBSP, glue, grouped, percent

NO_DATA = "нет данных"
SMALL_WORDS = "мало детей, вывод ненадёжен"
FEW = 20
"""Below this a share says little (samples «<10» and «10–19», domain §3.1)."""
SMALL = Mark("*", "мало детей", "Мало детей, вывод ненадёжен.")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a text or a table says.

    Attributes:
        key: stable name, the same when the number changes.
        what: what it counts, in words.
        value: as it is shown: «8 из 27 (29,6 %)», «нет данных».
        origins: stored rows that it is made of, for «Откуда это?».
        way: the place of the window where it is explained.
        parts: what each of the origins says, beside them: «СОШ № 5: 8 из 27».
    """

    key: str
    what: str
    value: str
    origins: tuple[Origin, ...] = ()
    way: Way | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A draft sentence with the keys of its figures."""

    text: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysisBlock:
    """One part of the analysis.

    Attributes:
        key: stable name («results.schools»).
        title: its heading.
        sentences: draft sentences in their order.
        table: the figures as a table; None where there is nothing to put into one.
        chart: the figures as a chart; None where there is none.
        section: key of the section of the programme it stands in («analysis.results»).
        told: the sentences with the keys of their figures.
        figures: every figure of the block.
        note: what a person should know or do, for the screen only.
    """

    key: str
    title: str
    sentences: tuple[str, ...]
    table: Table | None
    chart: ChartSpec | None
    section: str
    told: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an analysis is about.

    Attributes:
        schools: id → short name of the schools looked at: of the list, of the municipality, or the one school.
        kind: «listed», «all» or «one».
        result_year: the latest year of results; None where there are none.
        school_year: first calendar year of the school year whose metrics are read.
    """

    connection: Connection
    schools: Mapping[int, str]
    kind: str
    result_year: int | None
    school_year: int

    @property
    def ids(self) -> frozenset[int]:
        """Keys of the schools."""
        return frozenset(self.schools)

    @property
    def where(self) -> str:
        """«В 5 школах списка», «В школе»."""
        from app.analysis.russian import agree

        if self.kind == "one":
            return "В школе"
        rest = "списка" if self.kind == "listed" else "муниципалитета"
        return f"В{NBSP}{agree(len(self.schools), 'школа', 'prepositional')} {rest}"


@dataclass
class Teller:
    """Gathers figures and the sentences that say them."""

    figures: dict[str, Figure] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)

    def figure(
        self, key: str, what: str, value: str, origins: Iterable[Origin] = (), way: Way | None = None,
        parts: Iterable[str] = (),
    ) -> str:  # fmt: skip
        """Keep a figure and return what it shows."""
        self.figures[key] = Figure(key, what, value, tuple(origins), way, tuple(parts))
        return value

    def say(self, text: str, *keys: str) -> None:
        """Add a sentence that says these figures."""
        self.sentences.append(Sentence(glue(text), keys))

    def block(
        self, key: str, title: str, section: str, table: Table | None = None, chart: ChartSpec | None = None,
        note: str = "",
    ) -> AnalysisBlock:  # fmt: skip
        """Return what has been gathered."""
        told = tuple(self.sentences)
        return AnalysisBlock(
            key, title, tuple(sentence.text for sentence in told), table, chart, f"analysis.{section}", told,
            tuple(self.figures.values()), note,
        )  # fmt: skip


def fraction_text(part: int, whole: int) -> str:
    """Return «8 из 27 (29,6 %)»: the counts before the share."""
    return f"{grouped(part)} из{NBSP}{grouped(whole)} ({percent(part, whole)})" if whole else NO_DATA


def number_text(value: Fraction | None) -> str:
    """Return an exact number with at most two digits after the comma: «4,5», «1 200»; «нет данных» of none."""
    if value is None:
        return NO_DATA
    if value.denominator == 1:
        return grouped(int(value))
    cents = int(value * 100 + Fraction(1, 2))
    return f"{grouped(cents // 100)},{cents % 100:02}".rstrip("0").rstrip(",")


def plain_table(
    name: str, columns: Sequence[tuple[str, float, bool]], rows: Iterable[Sequence[Value]], empty: str = "Строк нет."
) -> Table | None:
    """Return a table of (title, weight, is a number) columns; None where there is no row."""
    made = tuple(Row(tuple(cells)) for cells in rows)
    if not made:
        return None
    head = tuple(TableColumn(title, weight, "right" if number else "left") for title, weight, number in columns)
    return Table(name, head, (Group(made),), (SMALL,), empty)


def marked(text: str, *, small: bool) -> Value:
    """Return a cell with the mark of few children."""
    return Marked(text, (SMALL.sign,)) if small else text


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return names joined by commas, the rest of a long list as a number."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} и{NBSP}ещё {len(names) - most}"
