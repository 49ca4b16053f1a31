"""From answers to points and levels, in whole numbers; what is not known is not guessed but said.

An answer counts when it is right and confirmed. An item that is not asked, is answered «не применимо» or by a choice
without points («затрудняюсь ответить») leaves the points and the maximum. Anonymous questionnaires are never scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.forms.checks import most_of, range_of, scored_items
from app.forms.conditions import asked
from app.forms.item_types import YES
from app.forms.schema import Answer, AnswerSet, FormDef, Item, Level, Score, ScoreResult


def scores(form: FormDef, answers: AnswerSet, items: tuple[Item, ...] | None = None) -> tuple[ScoreResult, ...]:
    """Return every score of a form in its order; () of a questionnaire, and of a composite form (see ``compose``).

    ``items`` are those that are asked, where the caller knows them.
    """
    if form.kind in {"survey", "composite"}:
        return ()
    names = {item.id for item in (asked(form, answers) if items is None else items)}
    return tuple(_score(form, score, answers, names) for score in form.scores)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a score is made of, worked out once for a form: its items, the most points of each, of all together."""

    form: FormDef
    items: tuple[Item, ...]
    mosts: tuple[int | None, ...]
    most: int | None


_RULES: dict[tuple[int, str], _Rule] = {}
_MOST_RULES = 500


def _rule(form: FormDef, score: Score) -> _Rule:
    """Return what a score is made of; a thousand answers to one form ask for it a thousand times."""
    key = id(form), score.id
    known = _RULES.get(key)
    if known is None or known.form is not form:
        items = scored_items(form, score)
        mosts = tuple(1 if score.rule == "count" else most_of(item) for item in items)
        known = _Rule(form, items, mosts, range_of(form, score)[1])
        if len(_RULES) >= _MOST_RULES:
            _RULES.clear()
        _RULES[key] = known
    return known


@dataclass(slots=True)
class _Tally:
    """What the items of one score give so far."""

    points: int = 0
    applicable: int = 0
    answered: int = 0
    of: int = 0
    missing: int = 0
    unknown_most: bool = False
    left_out: bool = False


def _score(form: FormDef, score: Score, answers: AnswerSet, names: set[str]) -> ScoreResult:
    if score.rule == "manual":
        return ScoreResult(score.id, None, 0, 0, 0, 0, why="FORM_SCORE_MANUAL")
    rule = _rule(form, score)
    items = [item for item in rule.items if item.id in names]
    if score.rule == "reached":
        return _reached(len(rule.items), score, items, answers)
    most = rule.most
    tally = _Tally(left_out=len(items) < len(rule.items))
    for item, of_item in zip(rule.items, rule.mosts, strict=True):
        if item.id in names:
            _add(tally, item, of_item, answers.get(item.id), score)
    full = most if most is not None else score.declared_most
    applicable = tally.applicable if most is not None else (full or 0)
    result = ScoreResult(score.id, None, full or 0, applicable, tally.answered, tally.of)
    if tally.missing and score.missing == "refuse":
        return _why(result, "FORM_SCORE_MISSING")
    if full is None or (tally.unknown_most and tally.left_out and score.applicable == "proportional"):
        # without every maximum nothing says how much is left when an item falls out; the points themselves are known
        return _pointed(result, tally.points, "FORM_SCORE_NO_MAXIMUM")
    if tally.of == 0 or (most is not None and applicable == 0 and full > 0):
        return _why(result, "FORM_SCORE_NOTHING")
    level = _level(score, tally.points, full, applicable if tally.left_out else full)
    return _pointed(result, tally.points, "FORM_SCORE_ZERO" if tally.missing else None, level)


def _add(tally: _Tally, item: Item, most: int | None, answer: Answer, score: Score) -> None:
    tally.of += 1
    tally.unknown_most = tally.unknown_most or most is None
    if not answer.counts:
        tally.missing += item.required
        tally.applicable += most or 0
        return
    tally.answered += 1
    points = None if answer.not_applicable else points_of(item, answer.value or "")
    if points is None:
        tally.left_out = True
        return
    tally.points += min(points, 1) if score.rule == "count" else points
    tally.applicable += most or 0


def points_of(item: Item, value: str) -> int | None:
    """Return the points of one right answer with the weight of the item; None where the answer is not scored."""
    if item.kind == "flag":
        return item.weight if value == YES else 0
    if item.kind == "whole":
        return int(value) * item.weight
    choice = item.scale.choice(value) if item.kind == "choice" and item.scale is not None else None
    return None if choice is None or choice.points is None else choice.points * item.weight


def _reached(most: int, score: Score, items: Sequence[Item], answers: AnswerSet) -> ScoreResult:
    """Count the criteria at their threshold; of the share only «more than X per cent» is asked, which is exact."""
    applicable = [item for item in items if not answers.get(item.id).not_applicable]
    answered = sum(answers.get(item.id).counts for item in items)
    missing = sum(item.required and not answers.get(item.id).counts for item in items)
    result = ScoreResult(score.id, None, most, len(applicable), answered, len(items))
    if any(item.threshold is None for item in applicable):
        return _why(result, "FORM_SCORE_NO_THRESHOLD")
    if missing and score.missing == "refuse":
        return _why(result, "FORM_SCORE_MISSING")
    if not applicable:
        return _why(result, "FORM_SCORE_NOTHING")
    number = sum(_at_threshold(item, answers.get(item.id)) for item in applicable)
    base = len(applicable) if score.applicable == "proportional" else most
    percent = -(-100 * number // base)
    found = [level for level in score.levels if level.least is not None and level.least <= percent]
    level = max(found, key=lambda one: one.least or 0, default=None)
    return _pointed(result, number, "FORM_SCORE_ZERO" if missing else None, level)


def _at_threshold(item: Item, answer: Answer) -> bool:
    return answer.counts and answer.value is not None and int(answer.value) >= (item.threshold or 0)


def _level(score: Score, points: int, full: int, applicable: int) -> Level | None:
    """Return the highest level whose lower bound is reached.

    With ``proportional`` points × full maximum stand against bound × applicable maximum, so that nothing is rounded.
    """
    if score.applicable == "bounds":
        applicable = full
    found = [level for level in score.levels if level.least is not None and points * full >= level.least * applicable]
    return max(found, key=lambda one: one.least or 0, default=None)


def _why(result: ScoreResult, code: str) -> ScoreResult:
    return _pointed(result, None, code)


def _pointed(result: ScoreResult, points: int | None, why: str | None, level: Level | None = None) -> ScoreResult:
    return ScoreResult(
        result.score_id, points, result.most, result.applicable_most, result.answered, result.of, level, why
    )


# --- composite forms -------------------------------------------------------------------------------------------------


def compose(form: FormDef, parts: Mapping[str, tuple[FormDef, AnswerSet]]) -> tuple[ScoreResult, ...]:
    """Return the scores of a composite form: the first sum of each part with the weight of the part.

    Args:
        form: the composite form.
        parts: form id of a part → its definition and answers; a part without answers may be absent or have an empty
            set, with the definition its maximum is known.
    """
    return tuple(_composed(form, score, parts) for score in form.scores)


def _composed(form: FormDef, score: Score, parts: Mapping[str, tuple[FormDef, AnswerSet]]) -> ScoreResult:
    if score.rule == "manual":
        return ScoreResult(score.id, None, 0, 0, 0, 0, why="FORM_SCORE_MANUAL")
    wanted = [part for part in form.parts if not score.items or part.form_id in score.items]
    points = most = applicable = answered = zeroes = 0
    for part in wanted:
        given = parts.get(part.form_id)
        found = None if given is None else part_score(*given)
        if found is None:
            continue
        most += found.most * part.weight
        applicable += found.applicable_most * part.weight
        if found.points is not None and found.why != "FORM_SCORE_NO_MAXIMUM":
            answered += 1
            points += found.points * part.weight
            zeroes += found.why is not None
    result = ScoreResult(score.id, None, most, applicable, answered, len(wanted))
    if answered < len(wanted) and (score.missing == "refuse" or answered == 0):
        return _why(result, "FORM_SCORE_PART")
    level = _level(score, points, most, applicable)
    return _pointed(result, points, "FORM_SCORE_ZERO" if zeroes or answered < len(wanted) else None, level)


def part_score(form: FormDef, answers: AnswerSet) -> ScoreResult | None:
    """Return what a form gives as a part of a composite one: its first sum or count; None where it has none."""
    first = next((score for score in form.scores if score.rule in {"sum", "count"}), None)
    if first is None:
        return None
    return next((result for result in scores(form, answers) if result.score_id == first.id), None)


def composite_most(form: FormDef, parts: Mapping[str, FormDef]) -> int:
    """Return the maximum of a composite form from the definitions of its parts."""
    blank = {name: (part, AnswerSet(part.id, part.version)) for name, part in parts.items()}
    return max((result.most for result in compose(form, blank)), default=0)


def share(result: ScoreResult) -> Fraction | None:
    """Return points as a share of the applicable maximum, exact; None where there are no points."""
    if result.points is None or not result.applicable_most:
        return None
    return Fraction(result.points, result.applicable_most)
