"""«Что, если…»: another threshold or other numbers of a rule against the list as it stands (domain §3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.analysis.rule_model import Rule
from app.analysis.what_if import ALWAYS, NEVER, Change, Step
from app.errors import UserError
from app.models import lists
from app.models.lists import Correction
from app.models.organisations import School
from app.models.store import Connection, Store
from app.operations import identification, list_cache, list_reading

if TYPE_CHECKING:
    from app.analysis.identification import Identification

__all__ = ["ALWAYS", "NEVER", "Change", "Moved", "Step", "Strip", "WhatIf", "keep", "strip", "try_"]


@dataclass(frozen=True, slots=True)
class Strip:
    """How many schools a list would have at each whole per cent, and at which of them each school is listed.

    Attributes:
        present: the rule's own threshold in per cent; None where the rule has none, then ``steps`` is empty.
        steps: one whole per cent each, rising.
        tops: school → highest whole per cent at which it is listed; ``NEVER`` and ``ALWAYS`` where none moves it.
        names: school → its name as lists show it.
        corrected: schools whose answer the experts have set; no threshold moves them.
    """

    rule: Rule
    year: int
    present: float | None
    steps: tuple[Step, ...]
    tops: Mapping[int, int]
    names: Mapping[int, str]
    corrected: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moved:
    """A school that would come in or go, with why in one sentence; empty where reasons were not asked for."""

    school_id: int
    code: str
    name: str
    came: bool
    why: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A list under a change, beside the same list without it.

    Attributes:
        rule: the rule as it is.
        moved: the rule with the change.
        schools: how many are asked about.
        now: how many are listed as it stands, corrections counted.
        then: how many would be.
        came: schools that would come in.
        left: schools that would go.
        corrected: how many schools stay as the experts have decided, whatever the rule.
    """

    rule: Rule
    moved: Rule
    year: int
    schools: int
    now: int
    then: int
    came: tuple[Moved, ...]
    left: tuple[Moved, ...]
    corrected: int

    @property
    def changed(self) -> bool:
        """Tell whether the change moves the rule at all."""
        return self.rule != self.moved


def strip(connection: Connection, rule_id: str, year: int) -> Strip:
    """Return the strip of stability of a list, 20 to 40 per cent. Corrections stand at every threshold.

    Args:
        connection: reading connection.
        rule_id: id of a rule.
        year: result year.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    from app.analysis import what_if as moving

    chosen = identification.rule(connection, rule_id)
    schools, answers = identification.compute_rule(connection, chosen, year)
    names = {school.id: school.shown for school in schools}
    if not moving.movable(chosen):
        return Strip(chosen, year, None, (), {}, names)
    corrected = lists.corrections(connection, rule_id, year)
    tops = dict(zip(answers.school_ids, moving.tops(answers), strict=True))
    tops |= {key: ALWAYS if made.verdict == "listed" else NEVER for key, made in corrected.items() if key in tops}
    steps = moving.steps(list(tops.items()))
    held = frozenset(corrected) & frozenset(tops)
    return Strip(chosen, year, moving.present_percent(chosen), steps, tops, names, held)


def try_(connection: Connection, rule_id: str, year: int, change: Change, *, reasons: bool = True) -> WhatIf:
    """Return who would come and go if the rule were changed; nothing is written.

    An approved list stays what it is: the change is compared with what the rule answers now. A corrected school stays
    as the experts have decided.

    Args:
        connection: reading connection.
        rule_id: id of a rule.
        year: result year.
        change: what is moved.
        reasons: say of each school why; without, the answer follows a slider.

    Raises:
        UserError: ``RULE_NOT_FOUND``; ``RULE_NO_THRESHOLD`` where a threshold is asked for that the rule does not have.
    """
    from app.analysis import what_if as moving

    chosen = identification.rule(connection, rule_id)
    if change.threshold is not None and not moving.movable(chosen):
        raise UserError("RULE_NO_THRESHOLD", rule=chosen.title)
    changed = moving.moved(chosen, change)
    schools, now = identification.compute_rule(connection, chosen, year)
    then = now
    if changed != chosen:
        read = list_cache.kept(
            connection, ("material", chosen.digest, year),
            lambda: list_reading.material(connection, chosen, year), lambda made: 3 * len(made.schools),
        )  # fmt: skip
        then = list_reading.answer(read, changed, year)
    corrected = lists.corrections(connection, rule_id, year)
    return _compared(schools, corrected, (chosen, now), (changed, then), reasons=reasons)


def _compared(
    schools: list[School], corrected: Mapping[int, Correction],
    one: tuple[Rule, Identification], other: tuple[Rule, Identification], *, reasons: bool,
) -> WhatIf:  # fmt: skip
    (rule, now), (changed, then) = one, other
    known = {school.id: school for school in schools}
    held = {key: made.verdict == "listed" for key, made in corrected.items() if key in known}
    before = _standing(now, held)
    after = before if then is now else _standing(then, held)
    order = [school.id for school in schools]
    moved = [
        _moved(known[key], (rule, now), (changed, then), came=key in after, reasons=reasons)
        for key in order
        if (key in before) != (key in after)
    ]
    return WhatIf(
        rule, changed, now.year, len(schools), len(before), len(after),
        tuple(item for item in moved if item.came), tuple(item for item in moved if not item.came), len(held),
    )  # fmt: skip


def _standing(answers: Identification, held: Mapping[int, bool]) -> set[int]:
    """Return the listed schools, corrections counted."""
    found = {key for key in answers.listed_ids() if key not in held}
    return found | {key for key, listed in held.items() if listed}


def _moved(
    school: School, one: tuple[Rule, Identification], other: tuple[Rule, Identification], *, came: bool, reasons: bool
) -> Moved:  # fmt: skip
    why = _why(school.id, one, other, came=came) if reasons else ""
    return Moved(school.id, school.code, school.shown, came, why)


def _why(
    school_id: int, one: tuple[Rule, Identification], other: tuple[Rule, Identification], *, came: bool
) -> str:  # fmt: skip
    """Return the ground and the fractions by which a school comes in, or would not be held any longer."""
    from app.analysis.reason_words import sentence
    from app.analysis.reasons import in_short
    from app.texts import glue

    (rule, now), (changed, then) = one, other
    why = in_short(then.verdict(school_id), changed, then.year)
    if not came:
        why = f"{why}; сейчас {in_short(now.verdict(school_id), rule, now.year)}"
    return glue(sentence(why))


def keep(store: Store, rule_id: str, change: Change, title: str) -> Rule:
    """Save a rule with the change in it as an own rule of the file; the rule it was made from stays as it is.

    Args:
        store: the open file.
        rule_id: the rule that was moved.
        change: what is moved.
        title: of the new rule.

    Raises:
        UserError: ``RULE_NOT_FOUND``; ``RULE_FAULTS`` where the new rule can't be.
    """
    from app.analysis import what_if as moving
    from app.analysis.rule_writer import as_toml
    from app.operations import rules

    chosen = identification.rule(store.connection, rule_id)
    made = replace(
        moving.moved(chosen, change), id=rules.free_id(store.connection, rule_id), version="1.0",
        title=title.strip() or f"Копия: {chosen.title}",
    )  # fmt: skip
    return rules.put_text(store, as_toml(made))
