"""How far experts differ on each item: pure counting over their answers, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.forms.answers import shown
from app.forms.checks import most_of
from app.forms.schema import Answer, Item
from app.forms.scoring import points_of

NOT_APPLICABLE = "@"
"""What stands for «не применимо» among canonical values."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer with those who gave it, in their order; ``points`` where it gives any."""

    value: str
    text: str
    points: int | None
    who: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How the experts answered one item.

    Attributes:
        votes: the most frequent answer first; equal ones as the scale has them.
        silent: experts without a right answer, by their place.
        spread: most points minus fewest; None where fewer than two answers give points.
        differing: pairs of experts that differ, of all pairs; None of fewer than two.
    """

    item: Item
    votes: tuple[Vote, ...]
    silent: tuple[int, ...]
    spread: int | None
    differing: Fraction | None

    @property
    def answered(self) -> int:
        """How many experts answered."""
        return sum(len(vote.who) for vote in self.votes)

    @property
    def unanimous(self) -> bool:
        """Whether two experts or more all gave the same answer and nobody is silent."""
        return len(self.votes) == 1 and not self.silent and self.answered > 1

    @property
    def disputed(self) -> bool:
        """Whether there are two different answers."""
        return len(self.votes) > 1

    @property
    def leading(self) -> Vote | None:
        """The only most frequent answer; None where two are as frequent."""
        if not self.votes or (len(self.votes) > 1 and len(self.votes[0].who) == len(self.votes[1].who)):
            return None
        return self.votes[0]

    @property
    def weight(self) -> tuple[Fraction, Fraction]:
        """What largest disagreement is sorted by: share of points between the ends, then pairs that differ."""
        most = most_of(self.item) or 0
        share = Fraction(self.spread, most) if self.spread is not None and most else Fraction(0)
        return share, self.differing or Fraction(0)


def key_of(answer: Answer) -> str | None:
    """Return what two answers are compared by; None of an answer that does not count."""
    if not answer.counts:
        return None
    return NOT_APPLICABLE if answer.not_applicable else answer.value


def spread_of(item: Item, answers: Sequence[Answer], *, scored: bool) -> Spread:
    """Return how experts answered one item.

    Args:
        item: the question.
        answers: of each expert, in their order.
        scored: whether its points count.
    """
    by_key: dict[str, list[int]] = {}
    silent = []
    for place, answer in enumerate(answers):
        key = key_of(answer)
        if key is None:
            silent.append(place)
        else:
            by_key.setdefault(key, []).append(place)
    order = [choice.value for choice in item.scale.choices] if item.scale is not None else []

    def rank(pair: tuple[str, list[int]]) -> tuple[int, int, int]:
        known = order.index(pair[0]) if pair[0] in order else len(order)
        return -len(pair[1]), known, pair[1][0]

    votes = []
    for key, who in sorted(by_key.items(), key=rank):
        points = points_of(item, key) if scored and key != NOT_APPLICABLE else None
        votes.append(Vote(key, shown(item, answers[who[0]]), points, tuple(who)))
    known = [vote.points for vote in votes for _one in vote.who if vote.points is not None]
    number = sum(len(vote.who) for vote in votes)
    pairs = number * (number - 1) // 2
    same = sum(len(vote.who) * (len(vote.who) - 1) // 2 for vote in votes)
    return Spread(
        item, tuple(votes), tuple(silent), max(known) - min(known) if len(known) > 1 else None,
        Fraction(pairs - same, pairs) if pairs else None,
    )  # fmt: skip


def disputed_first(found: Sequence[Spread]) -> tuple[Spread, ...]:
    """Return items with the largest disagreement first; equal ones as the form has them."""
    return tuple(sorted(found, key=lambda one: one.weight, reverse=True))
