"""Types of schools: result × context by quantiles (domain §3.3; 002 names the four types, the definition is ours).

Among the schools that have both a result and a context, ceil(cut·n) with the worst values of an axis are weak in it and
ceil(cut·n) with the best are strong, equal values at the border included. A value that falls into both ends (few
schools, or all equal) is neither. What is no corner is «не отнесена»; a school without result or context is «нет
данных» and never a type.

The result is the share of participants below the minimum, summed over the procedures of the year; shares are compared
as exact fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from app.analysis.definition_text import Table, document
from app.analysis.indices import ceil_share, rounded
from app.analysis.intervals import Sample, sample_mark
from app.errors import UserError
from app.models.records import PROCEDURES, Procedure
from app.paths import resources

if TYPE_CHECKING:
    import pandas as pd

TypeKind = Literal["disadvantaged", "resilient", "unsuccessful", "successful", "middle", "no_data"]
Corner = Literal["disadvantaged", "resilient", "unsuccessful", "successful"]
CORNERS: tuple[Corner, ...] = get_args(Corner)
MIDDLE_WORD = "не отнесена"
NO_DATA_WORD = "нет данных"

_TOP = {"format", "id", "version", "title", "source", "note", "cut", "variants", "procedures", "context", "type"}
_TYPE = {"kind", "context", "result", "word", "meaning"}
V = TypeVar("V", float, Fraction)


@dataclass(frozen=True, slots=True)
class SchoolType:
    """One corner: which ends of both axes meet in it, what it is called, what it means."""

    kind: Corner
    weak_context: bool
    weak_result: bool
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TypologyDefinition:
    """The typology as data.

    Attributes:
        cut: share of schools at each end of an axis, as two whole numbers.
        variants: further cuts that a person may choose.
        procedures: whose results are summed.
        context: id of an index, or «mean» for the mean of all of them.
    """

    id: str
    version: str
    title: str
    source: str
    note: str
    cut: tuple[int, int]
    variants: tuple[tuple[int, int], ...]
    procedures: tuple[Procedure, ...]
    context: str
    types: tuple[SchoolType, ...]

    def word(self, kind: TypeKind) -> str:
        """Return what a type is called."""
        plain = {"middle": MIDDLE_WORD, "no_data": NO_DATA_WORD}
        return plain.get(kind) or next(item.word for item in self.types if item.kind == kind)

    def meaning(self, kind: TypeKind) -> str:
        """Return what a type means; "" for a school that is no corner."""
        return next((item.meaning for item in self.types if item.kind == kind), "")


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One school: its type with the fraction and the context that decided.

    ``weak_result`` and ``weak_context`` are True at the weak end, False at the strong one, None in the middle.
    """

    school_id: int
    kind: TypeKind
    word: str
    below: int | None
    participants: int | None
    context: float | None
    weak_result: bool | None = None
    weak_context: bool | None = None

    @property
    def share(self) -> Fraction | None:
        """Return the share below minimum, exactly."""
        if self.below is None or not self.participants:
            return None
        return Fraction(self.below, self.participants)

    @property
    def sample(self) -> Sample | None:
        """Return the mark of the size: participations of all procedures of the year together."""
        return sample_mark(self.participants or 0)


@dataclass(frozen=True, slots=True)
class TypologyResult:
    """Types of all schools.

    Attributes:
        compared: how many schools have both a result and a context.
        taken: how many schools an end of an axis is, ceil(cut·compared); ties at the border may add more.
        context_cuts: (weak up to, good from) on the axis of the index; None where nothing was compared.
        result_cuts: (strong up to, weak from) as shares.
    """

    definition: TypologyDefinition
    result_year: int
    school_year: int
    context_title: str
    rows: tuple[TypeRow, ...]
    compared: int
    taken: int
    context_cuts: tuple[float, float] | None
    result_cuts: tuple[Fraction, Fraction] | None
    _places: dict[int, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update({row.school_id: place for place, row in enumerate(self.rows)})

    def row(self, school_id: int) -> TypeRow | None:
        """Return the row of a school."""
        place = self._places.get(school_id)
        return None if place is None else self.rows[place]

    def counts(self) -> dict[TypeKind, int]:
        """Return how many schools each type has, those without data too."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in get_args(TypeKind)}


# --- the definition --------------------------------------------------------------------------------------------


@cache
def load_shipped() -> TypologyDefinition:
    """Return the shipped typology.

    Raises:
        UserError: ``DATA_TYPOLOGY_FAULTS`` where the shipped file is damaged.
    """
    return parse((resources() / "typology" / "quantiles.toml").read_text(encoding="utf-8"))


def parse(text: str) -> TypologyDefinition:
    """Read a typology from its TOML text.

    Raises:
        UserError: ``DATA_TYPOLOGY_FAULTS`` with every fault.
    """
    faults: list[str] = []
    content = document(text, faults)
    if faults:
        raise UserError("DATA_TYPOLOGY_FAULTS", faults="; ".join(faults))
    table = Table(content, "", faults)
    table.only(_TOP)
    table.format()
    definition = _definition(table, content, faults)
    if faults:
        raise UserError("DATA_TYPOLOGY_FAULTS", faults="; ".join(faults[:20]))
    return definition


def _definition(table: Table, content: Mapping[str, Any], faults: list[str]) -> TypologyDefinition:
    cut = table.pair(content.get("cut"), "cut", below_one=True)
    variants = content.get("variants", [list(cut)])
    if not isinstance(variants, list):
        table.fault("variants — список пар целых чисел")
        variants = []
    types = tuple(_type(row, number, faults) for number, row in enumerate(table.tables("type"), start=1))
    if types and sorted(item.kind for item in types) != sorted(CORNERS):
        table.fault("нужны все четыре типа, каждый один раз")
    elif types and len({(item.weak_context, item.weak_result) for item in types}) != len(CORNERS):
        table.fault("у двух типов одни и те же условия")
    found = (cut, *(table.pair(item, "variants", below_one=True) for item in variants))
    if any(2 * part > whole for part, whole in found):
        table.fault("доля школ с одного края больше половины")
    return TypologyDefinition(
        id=table.name("id"),
        version=table.version(),
        title=table.text("title"),
        source=table.text("source"),
        note=table.text("note", required=False),
        cut=cut,
        variants=found[1:],
        procedures=table.words("procedures", PROCEDURES),  # type: ignore[arg-type]  # narrowed by words()
        context=table.name("context"),
        types=types,
    )


def _type(content: Mapping[str, Any], number: int, faults: list[str]) -> SchoolType:
    table = Table(content, f"тип {number}", faults)
    table.only(_TYPE)
    return SchoolType(
        kind=table.choice("kind", CORNERS),  # type: ignore[arg-type]  # narrowed by choice()
        weak_context=table.choice("context", ("weak", "good")) == "weak",
        weak_result=table.choice("result", ("weak", "strong")) == "weak",
        word=table.text("word"),
        meaning=table.text("meaning"),
    )


def as_toml(definition: TypologyDefinition) -> str:
    """Return the text that ``parse`` reads back to the same definition."""
    import tomlkit

    made = tomlkit.document()
    made.add("format", tomlkit.item(1))
    for key in ("id", "version", "title", "source", "note"):
        made.add(key, tomlkit.item(getattr(definition, key)))
    made.add("cut", tomlkit.item(list(definition.cut)))
    made.add("variants", tomlkit.item([list(cut) for cut in definition.variants]))
    made.add("procedures", tomlkit.item(list(definition.procedures)))
    made.add("context", tomlkit.item(definition.context))
    rows = tomlkit.aot()
    for item in definition.types:
        row = tomlkit.table()
        row.add("kind", item.kind)
        row.add("context", "weak" if item.weak_context else "good")
        row.add("result", "weak" if item.weak_result else "strong")
        row.add("word", item.word)
        row.add("meaning", item.meaning)
        rows.append(row)
    made.add("type", rows)
    return tomlkit.dumps(made)


# --- computing -------------------------------------------------------------------------------------------------


def results_of(
    frame: pd.DataFrame, year: int, school_ids: Sequence[int], procedures: Iterable[str]
) -> dict[int, tuple[int, int]]:
    """Return school → (below minimum, participants) summed over the procedures of a result year.

    Rows whose count below minimum is unknown are left out on both sides of the fraction; a total of base and profile
    is not added to its parts (decision 2).

    Args:
        frame: from ``models.frames.mark_frame``.
        year: the result year.
        school_ids: the schools, none twice.
        procedures: kinds of procedures.
    """
    import numpy as np

    from app.analysis.cells import select, whole, without_totals

    chosen = select(frame, (year,), school_ids)
    names, subjects, levels, grades = chosen.names
    span = len(subjects) * (len(levels) + 1) * (len(grades) + 1)
    if not span or not names:
        return {}
    wanted = np.array([name in set(procedures) for name in names], dtype=np.bool_)
    chosen = chosen.only(wanted[chosen.kind // span])
    below = whole(frame["below_min"], -1)[chosen.row]
    participants = whole(frame["participants"], 0)[chosen.row]
    known = (below >= 0) & (participants > 0)
    chosen, below, participants = chosen.only(known), below[known], participants[known]
    rest, grade = np.divmod(chosen.kind, len(grades) + 1)
    subject, level = np.divmod(rest, len(levels) + 1)
    keep = without_totals(chosen, subject * (len(grades) + 1) + grade, level > 0)
    place, below, participants = chosen.place[keep], below[keep], participants[keep]
    sums = np.zeros((2, chosen.schools), dtype=np.int64)
    np.add.at(sums[0], place, below)
    np.add.at(sums[1], place, participants)
    return {
        school: (int(sums[0, index]), int(sums[1, index]))
        for index, school in enumerate(school_ids)
        if sums[1, index] > 0
    }


def compute(
    definition: TypologyDefinition, result_year: int, school_ids: Sequence[int],
    results: Mapping[int, tuple[int, int]], contexts: Mapping[int, float], *, context_title: str = "",
) -> TypologyResult:  # fmt: skip
    """Return the type of every school asked for.

    Args:
        definition: the typology.
        result_year: the year of the results; the context is of the school year before it (decision 1).
        school_ids: the schools in the order of the answer.
        results: school → (below minimum, participants).
        contexts: school → index, higher is better.
        context_title: what the context is, for the axis and the sentences.
    """
    rows = [_row(definition, school, results.get(school), contexts.get(school)) for school in school_ids]
    both = [row for row in rows if row.kind != "no_data"]
    taken = ceil_share(definition.cut, len(both))
    shares = sorted(row.share for row in both if row.share is not None)
    indices = sorted(rounded(row.context) for row in both if row.context is not None)
    context_cuts = (indices[taken - 1], indices[-taken]) if taken else None
    result_cuts = (shares[taken - 1], shares[-taken]) if taken else None
    if context_cuts is not None and result_cuts is not None:
        rows = [_typed(definition, row, context_cuts, result_cuts) for row in rows]
    return TypologyResult(
        definition, result_year, result_year - 1, context_title, tuple(rows), len(both), taken, context_cuts,
        result_cuts,
    )  # fmt: skip


def _row(definition: TypologyDefinition, school: int, result: tuple[int, int] | None, context: float | None) -> TypeRow:
    below, participants = (None, None) if result is None or result[1] < 1 else result
    kind: TypeKind = "no_data" if participants is None or context is None else "middle"
    return TypeRow(school, kind, definition.word(kind), below, participants, context)


def _typed(
    definition: TypologyDefinition, row: TypeRow, context_cuts: tuple[float, float],
    result_cuts: tuple[Fraction, Fraction],
) -> TypeRow:  # fmt: skip
    if row.kind == "no_data" or row.context is None or row.share is None:
        return row
    weak_context = _end(rounded(row.context), *context_cuts)
    strong_result = _end(row.share, *result_cuts)
    weak_result = None if strong_result is None else not strong_result
    found = next(
        (item for item in definition.types if (item.weak_context, item.weak_result) == (weak_context, weak_result)),
        None,
    )
    kind: TypeKind = "middle" if found is None else found.kind
    return replace(row, kind=kind, word=definition.word(kind), weak_result=weak_result, weak_context=weak_context)


def _end(value: V, low: V, high: V) -> bool | None:
    """Return True at the low end, False at the high one, None in the middle or in both."""
    at_low, at_high = value <= low, value >= high
    return None if at_low == at_high else at_low
