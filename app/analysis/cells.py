"""Frame of results → whole counts by school, procedure of the rule and year. Vectorised, no floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.rule_model import EGE_MATH, ProcedureGroup, Rule, RuleProcedure
from app.models.records import normal_grade

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NO_YEAR = -(10**6)


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of the frame that concern the rule, with small whole codes instead of words.

    ``place`` is the school's index in ``school_ids``, ``age`` how many years before the year asked for;
    ``kind`` is the code of (procedure, subject, level, grade), decoded by ``assessment``.
    """

    row: Ints
    place: Ints
    age: Ints
    kind: Ints
    schools: int
    years: tuple[int, ...]
    names: tuple[tuple[object, ...], ...]

    def assessment(self, kind: int) -> tuple[str, str, str | None, int | None]:
        """Return (procedure, subject, level, grade) of a code."""
        procedures, subjects, levels, grades = self.names
        rest, grade = divmod(kind, len(grades) + 1)
        rest, level = divmod(rest, len(levels) + 1)
        procedure, subject = divmod(rest, len(subjects))
        return (
            str(procedures[procedure]),
            str(subjects[subject]),
            str(levels[level - 1]) if level else None,
            int(grades[grade - 1]) if grade else None,  # type: ignore[call-overload]
        )

    @property
    def size(self) -> int:
        """Return how many codes there can be."""
        procedures, subjects, levels, grades = (len(part) for part in self.names)
        return procedures * subjects * (levels + 1) * (grades + 1)

    def only(self, mask: Bools) -> Selection:
        """Return the rows where ``mask`` holds."""
        return replace(self, row=self.row[mask], place=self.place[mask], age=self.age[mask], kind=self.kind[mask])


def _codes(column: pd.Series) -> tuple[npt.NDArray[np.integer], tuple[object, ...]]:
    """Return small codes (-1 for an empty value) and the values they stand for."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), tuple(column.cat.categories)
    codes, values = pd.factorize(column)
    return codes, tuple(values)


def whole(column: pd.Series, empty: int) -> Ints:
    """Return a nullable whole column as int64, ``empty`` standing for no value."""
    return column.to_numpy(dtype="int64", na_value=empty)


def select(frame: pd.DataFrame, years: tuple[int, ...], school_ids: Sequence[int]) -> Selection:
    """Keep the rows of the years and schools asked for; ``years`` run backwards without gaps."""
    index = pd.Index(np.asarray(school_ids, dtype=np.int64))
    if index.has_duplicates:
        raise ValueError("a school is asked for twice")
    coded = [_codes(frame[name]) for name in ("procedure", "subject", "level", "grade")]
    (procedure, procedures), (subject, subjects), (level, levels), (grade, grades) = coded
    age = years[0] - whole(frame["year"], NO_YEAR)
    wanted = (age >= 0) & (age < len(years)) & (procedure >= 0) & (subject >= 0)
    row = np.flatnonzero(wanted)
    place = index.get_indexer(pd.Index(whole(frame["school_id"], -1)[row]))
    known = place >= 0
    row, place = row[known], place[known].astype(np.int64)
    kind = procedure[row].astype(np.int64) * len(subjects) + subject[row]
    kind = kind * (len(levels) + 1) + level[row] + 1
    kind = kind * (len(grades) + 1) + grade[row] + 1
    return Selection(row, place, age[row], kind, len(index), years, (procedures, subjects, levels, grades))


def without_totals(chosen: Selection, family: Ints, has_level: Bools) -> Bools:
    """Mark rows to keep: a row without a level goes where the same school has rows with levels that year.

    Such a row is the total of base and profile; adding it would count everyone twice.

    Args:
        chosen: the rows.
        family: what the row is a part or a total of, a code a row.
        has_level: whether the row itself has a level, a flag a row.
    """
    keep = np.ones(len(chosen.row), dtype=np.bool_)
    if not has_level.any() or has_level.all():
        return keep
    span = int(family.max()) + 1
    key = (chosen.place * len(chosen.years) + chosen.age) * span + family
    doubtful = ~has_level & np.isin(family, np.unique(family[has_level]))
    keep[doubtful] = ~np.isin(key[doubtful], key[has_level])
    return keep


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts by year (the first axis, the year asked for first), school and procedure.

    ``restored`` is how many of the added rows were restored from percentages (each may be one off);
    ``partial`` marks a cell where someone took part but the number below minimum is unknown.
    """

    procedures: tuple[RuleProcedure, ...]
    years: tuple[int, ...]
    participants: Ints
    below: Ints
    restored: Ints
    partial: Bools
    sums: Mapping[str, Ints] = field(default_factory=dict)
    """Further whole columns added up over everyone who took part, known below minimum or not."""

    @property
    def known(self) -> Bools:
        """Return where there is a fraction."""
        return self.participants > 0


def _expand(
    group: ProcedureGroup, number: int, rule: Rule, present: set[tuple[str, str, str | None, int | None]]
) -> list[RuleProcedure]:
    """Return the procedures of one group; those that depend on the data are taken from ``present``."""
    name = f"{number}"
    own = {item for item in present if (item[0], item[1]) == (group.procedure, group.subject)}
    if group.levels:
        own = {item for item in own if item[2] in group.levels}
    grades: list[int | None] = list(group.grades) or [normal_grade(group.procedure, None)]
    if group.each_grade:
        grades = [*sorted({item[3] for item in own if item[3] is not None})] or [None]
    one = group.levels[0] if len(group.levels) == 1 else None
    plain = [RuleProcedure(name, group.procedure, group.subject, one, grade) for grade in grades]
    apart = rule.egemath == "two" and (group.procedure, group.subject) == EGE_MATH and one is None
    if not apart:
        return plain
    result: list[RuleProcedure] = []
    for item in plain:
        result += [replace(item, level="base"), replace(item, level="profile")]
        if not group.levels and any(found[2] is None for found in own):
            result.append(replace(item, optional=True))
    return result


def _goes_to(item: tuple[str, str, str | None, int | None], rule: Rule, procedures: tuple[RuleProcedure, ...]) -> int:
    """Return the index of the procedure that an assessment belongs to, or -1."""
    procedure, subject, level, grade = item
    for index, target in enumerate(procedures):
        group = rule.procedures[int(target.group)]
        if (target.procedure, target.subject) != (procedure, subject):
            continue
        if group.levels and level not in group.levels:
            continue
        if (group.grades or group.each_grade) and grade != target.grade:
            continue
        apart = rule.egemath == "two" and (procedure, subject) == EGE_MATH and len(group.levels) != 1
        if apart and level != target.level:
            continue
        return index
    return -1


def _procedures(rule: Rule, chosen: Selection) -> tuple[tuple[RuleProcedure, ...], Ints]:
    """Return the procedures of the rule and, by code of assessment, the index of its procedure or -1."""
    codes = np.flatnonzero(np.bincount(chosen.kind, minlength=chosen.size)) if chosen.size else np.empty(0, np.int64)
    found = {int(code): chosen.assessment(int(code)) for code in codes}
    present = set(found.values())
    procedures = tuple(
        item for number, group in enumerate(rule.procedures) for item in _expand(group, number, rule, present)
    )
    table = np.full(chosen.size, -1, dtype=np.int64)
    for code, item in found.items():
        table[code] = _goes_to(item, rule, procedures)
    return procedures, table


def gather(frame: pd.DataFrame, rule: Rule, year: int, school_ids: Sequence[int], further: Sequence[str] = ()) -> Cells:
    """Sum the counts of the rule's procedures; rows of autumn 2020 belong to result year 2020 and are added.

    Args:
        frame: columns school_id, procedure, subject, level, grade, year, participants, below_min, restored.
        rule: a rule that counts procedures with a threshold.
        year: the result year asked for.
        school_ids: schools in the order of the answer, none twice.
        further: names of further whole columns to be added up (``Cells.sums``).
    """
    years = rule.threshold_years(year)
    chosen = select(frame, years, school_ids)
    procedures, table = _procedures(rule, chosen)
    chosen = chosen.only(table[chosen.kind] >= 0)
    target = table[chosen.kind]
    family = np.array([int(item.group) * 16 + (item.grade or 0) for item in procedures], dtype=np.int64)[target]
    levels = len(chosen.names[2]) + 1
    has_level = (chosen.kind // (len(chosen.names[3]) + 1)) % levels > 0
    keep = without_totals(chosen, family, has_level)
    chosen, target = chosen.only(keep), target[keep]

    shape = (len(years), chosen.schools, len(procedures))
    flat = (chosen.age * chosen.schools + chosen.place) * len(procedures) + target
    participants = whole(frame["participants"], 0)[chosen.row]
    below = whole(frame["below_min"], -1)[chosen.row]
    known = (participants > 0) & (below >= 0)
    sums = [np.zeros(shape, dtype=np.int64) for _ in range(3)]
    restored = whole(frame["restored"], 0)[chosen.row]
    for total, part in zip(sums, (participants, below, restored), strict=True):
        np.add.at(total.reshape(-1), flat[known], part[known])
    partial = np.zeros(shape, dtype=np.bool_)
    partial.reshape(-1)[flat[(participants > 0) & ~known]] = True
    more = {name: np.zeros(shape, dtype=np.int64) for name in further}
    for name, total in more.items():
        np.add.at(total.reshape(-1), flat, whole(frame[name], 0)[chosen.row])
    return Cells(procedures, years, sums[0], sums[1], sums[2], partial, more)


def share_shift(participants: Ints) -> int:
    """Return how many bits make ``share_key`` exact for groups of this size."""
    largest = int(participants.max()) if participants.size else 1
    return 2 * max(1, largest.bit_length())


def share_key(below: Ints, participants: Ints, shift: int) -> npt.NDArray[Any]:
    """Return whole numbers that stand in the same order as the shares below/participants, equal for equal ones.

    Two different shares of groups smaller than 2^k differ by more than 2^-2k, so that many bits tell them apart.
    Groups of a million and more need Python's own integers.
    """
    size = np.maximum(participants, 1)
    if shift * 3 // 2 <= 62:
        exact: npt.NDArray[Any] = (below << shift) // size
    else:
        exact = (below.astype(object) << shift) // size.astype(object)
    return exact
