"""Answers of many subjects to one form: what each item gives on the whole, where all are weak, levels by year.

Pure counting in whole numbers; a share is a fraction until it is shown. No answer is neither nought nor bad.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.forms.checks import most_of, scored_items
from app.forms.conditions import asked
from app.forms.item_types import NO, YES
from app.forms.schema import Answer, AnswerSet, FormDef, Item, Level, Revision, ScoreResult
from app.forms.scoring import points_of

SMALL = 5
"""Fewer answers than this are marked: one school changes the mean much."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """One subject that has answered.

    Attributes:
        key: the same in every year.
        answers: confirmed ones.
        result: of the first score; None where the form has none.
        level: in force; ``overruled`` where a person chose it.
    """

    key: Hashable
    answers: AnswerSet
    result: ScoreResult | None = None
    level: Level | None = None
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose one answer."""

    value: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Mean:
    """Points of some answers beside how many they are; ``most`` is that of one answer."""

    points: int
    counted: int
    most: int | None

    @property
    def value(self) -> Fraction | None:
        """Mean of points, exact; None of no answers."""
        return Fraction(self.points, self.counted) if self.counted else None

    @property
    def share(self) -> Fraction | None:
        """Points as a share of what could be had."""
        return Fraction(self.points, self.counted * self.most) if self.counted and self.most else None


@dataclass(frozen=True, slots=True)
class Before:
    """The same item a year or more ago; ``changed`` where its wording or its choices were others."""

    mean: Mean
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """What all answers to one item amount to.

    Attributes:
        mean: of those that give points; «не применимо» and answers without points are apart.
        answered: right and confirmed answers, those two among them.
        missing: asked, but without a right answer.
        total: sum of whole numbers that give no points; None where nobody answered.
    """

    item: Item
    mean: Mean
    answered: int
    not_applicable: int
    outside: int
    missing: int
    tallies: tuple[Tally, ...] = ()
    total: int | None = None
    before: Before | None = None

    @property
    def scored(self) -> bool:
        """Whether it gives points."""
        return self.mean.most is not None or self.mean.counted > 0

    @property
    def small(self) -> bool:
        """Whether there are so few answers that the mean says little."""
        return 0 < self.mean.counted < SMALL

    @property
    def change(self) -> Fraction | None:
        """Difference of the means to the year before; None where one is missing or the question was another."""
        if self.before is None or self.before.changed:
            return None
        now, then = self.mean.value, self.before.mean.value
        return None if now is None or then is None else now - then


def scored_of(form: FormDef) -> dict[str, Item]:
    """Return the items that give points to a sum or to a count, in the order of the form."""
    wanted = {
        item.id: item for score in form.scores if score.rule in {"sum", "count"} for item in scored_items(form, score)
    }
    return {item.id: item for item in form.items() if item.id in wanted}


def figures(
    form: FormDef, found: Sequence[Respondent], before: Mapping[str, Before] | None = None
) -> tuple[ItemFigure, ...]:
    """Return what every item amounts to, in the order of the form.

    Args:
        form: the form, in the version of the answers.
        found: who has answered.
        before: item → the year before (see ``earlier``).
    """
    scored = scored_of(form)
    names = [{item.id for item in asked(form, one.answers)} for one in found]
    return tuple(
        _figure(item, item.id in scored, [one.answers.get(item.id) for one, known in zip(found, names, strict=True)
                                          if item.id in known], (before or {}).get(item.id))
        for item in form.items()
    )  # fmt: skip


def _figure(item: Item, scored: bool, answers: Sequence[Answer], before: Before | None) -> ItemFigure:
    counting = [answer for answer in answers if answer.counts]
    skipped = sum(answer.not_applicable for answer in counting)
    values = [answer.value for answer in counting if not answer.not_applicable and answer.value is not None]
    points = [points_of(item, value) for value in values] if scored else []
    known = [one for one in points if one is not None]
    numbers = [int(value) for value in values] if item.kind == "whole" and not scored else []
    return ItemFigure(
        item,
        Mean(sum(known), len(known), most_of(item) if scored else None),
        len(counting),
        skipped,
        len(values) - len(known) if scored else 0,
        len(answers) - len(counting),
        _tallies(item, values),
        sum(numbers) if numbers else None,
        before,
    )


def _tallies(item: Item, values: Iterable[str]) -> tuple[Tally, ...]:
    """Return how often each choice was taken; of numbers and words nothing."""
    chosen = [part for value in values for part in value.split(";")]
    if item.scale is not None:
        pairs = [(choice.value, choice.short or choice.text) for choice in item.scale.choices]
    elif item.kind == "flag":
        pairs = [(YES, "есть"), (NO, "нет")]
    else:
        return ()
    return tuple(Tally(value, text, chosen.count(value)) for value, text in pairs)


def weakest(found: Iterable[ItemFigure], least: int = 1) -> tuple[ItemFigure, ...]:
    """Return scored items from the weakest share of points on; equal ones stay in the order of the form.

    Args:
        found: all items.
        least: so many answers at least.
    """
    known = [item for item in found if item.mean.share is not None and item.mean.counted >= least]
    return tuple(sorted(known, key=lambda item: item.mean.share or Fraction(0)))


def earlier(form: FormDef, old: FormDef, found: Sequence[Respondent]) -> dict[str, Before]:
    """Return item of this form → the figure of an earlier year.

    Args:
        form: this year's version.
        old: the version that was answered then.
        found: who answered then, with answers as this version understands them.
    """
    return {
        figure.item.id: Before(figure.mean, changed=not same_question(form, old, figure.item))
        for figure in figures(form, found)
        if figure.mean.counted
    }


def same_question(form: FormDef, old: FormDef, item: Item) -> bool:
    """Tell whether an item asks the same, with the same answers and points, as it did in an older version."""
    if form.digest and form.digest == old.digest:
        return True
    revision = next((one for one in form.revisions if one.since == old.version), Revision(old.version))
    if any(name == item.id for name, _pairs in revision.recoded):
        return False
    there = old.item(next((was for was, now in revision.renamed if now == item.id), item.id))
    if there is None:
        return False
    return _asks(there) == _asks(item)


def _asks(item: Item) -> tuple[object, ...]:
    choices = item.scale.choices if item.scale is not None else ()
    return " ".join(item.text.split()), item.kind, item.weight, item.most, choices


def levels(form: FormDef, found: Iterable[Respondent]) -> tuple[tuple[Level, int], ...]:
    """Return every level of the form with how many have it, in the order of the form."""
    known = [level for score in form.scores for level in score.levels]
    taken = [one.level.id for one in found if one.level is not None]
    first = next((score.levels for score in form.scores if score.levels), ())
    # levels of a second score are named only where somebody has them: two methods are not mixed
    return tuple((level, taken.count(level.id)) for level in known if level in first or level.id in taken)


def total(found: Iterable[Respondent]) -> tuple[int, int, int]:
    """Return (points, most, how many) of all that have points beside a maximum."""
    known = [one.result for one in found if one.result is not None and one.result.points is not None]
    with_most = [one for one in known if one.applicable_most]
    return sum(one.points or 0 for one in with_most), sum(one.applicable_most for one in with_most), len(with_most)
