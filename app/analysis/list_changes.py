"""Two lists side by side: who came, who left, who stayed, of whom nothing is known, and why (domain §3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.reason_words import sentence
from app.analysis.reasons import in_short
from app.analysis.rule_model import Rule
from app.analysis.verdicts import SchoolVerdict
from app.texts import glue

ChangeKind = Literal["came", "left", "stayed", "unknown", "out"]
KINDS: tuple[ChangeKind, ...] = ("came", "left", "stayed", "unknown", "out")


@dataclass(frozen=True, slots=True)
class Standing:
    """One school in one list.

    Attributes:
        verdict: what the rule answers; None where the school is not among those asked about.
        listed: what counts in the end; None where there is no answer.
        correction: the reason of the experts where they have changed the answer, else «».
    """

    verdict: SchoolVerdict | None = None
    listed: bool | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """One school in both lists, with the reason in one sentence of both sides' grounds and fractions."""

    school_id: int
    kind: ChangeKind
    before: Standing
    after: Standing
    why: str


@dataclass(frozen=True, slots=True)
class ListSide:
    """What a list was made by, for its words."""

    rule: Rule
    year: int


NOT_THERE = Standing()


def kind_of(before: Standing, after: Standing) -> ChangeKind:
    """Return what became of a school.

    A school without an answer in the second list has neither left nor stayed: «неизвестно». One that had no answer in
    the first list and stands in the second one has come.
    """
    if after.listed is None:
        return "unknown" if before.listed is not False else "out"
    if after.listed:
        return "stayed" if before.listed else "came"
    return "left" if before.listed else "out"


def change_of(
    school_id: int, before: Standing, after: Standing, sides: tuple[ListSide, ListSide]
) -> SchoolChange:  # fmt: skip
    """Return what became of one school and why.

    Args:
        school_id: the school.
        before: in the first list.
        after: in the second one.
        sides: what the lists were made by.
    """
    now = told(after, sides[1])
    then = told(before, sides[0])
    same = then == now or (before.verdict == after.verdict and before.correction == after.correction)
    why = sentence(now) if same else f"{sentence(f'теперь {now}')} {sentence(f'раньше {then}')}"
    return SchoolChange(school_id, kind_of(before, after), before, after, glue(why))


def told(standing: Standing, side: ListSide) -> str:
    """Return why a school stands where it stands, in a clause."""
    if standing.verdict is None:
        return "школы в этом списке нет"
    if standing.correction:
        verb = "включена" if standing.listed else "исключена"
        return f"{verb} решением экспертов: {standing.correction.rstrip('.')}"
    return in_short(standing.verdict, side.rule, side.year)


def compare(
    before: Mapping[int, Standing], after: Mapping[int, Standing], sides: tuple[ListSide, ListSide]
) -> tuple[SchoolChange, ...]:  # fmt: skip
    """Return every school of both lists: those who came first, then those who left, stayed, unknown, in neither.

    Args:
        before: the first list by school.
        after: the second one.
        sides: what they were made by.
    """
    keys = [*after, *(key for key in before if key not in after)]
    found = [
        change_of(key, before.get(key, NOT_THERE), after.get(key, NOT_THERE), sides) for key in keys
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))
