"""Where words stand on a chart so that none lies over another; pure geometry, in points from the lower left corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move centres of labels apart so that they don't overlap, as little as possible, keeping their order.

    Args:
        wanted: where each centre would stand.
        heights: of each label, its gap included.
        low: lower end of the room.
        high: upper end; labels that don't fit go below ``low`` together.

    Returns:
        The centres in the order of ``wanted``.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    groups: list[tuple[list[int], float]] = []  # members from below, bottom of the group
    for index in order:
        members, bottom = [index], wanted[index] - heights[index] / 2
        while True:
            bottom = _inside(bottom, sum(heights[member] for member in members), low, high)
            if not groups:
                break
            below, start = groups[-1]
            if start + sum(heights[member] for member in below) <= bottom + 1e-9:
                break
            groups.pop()
            members = below + members
            bottom = _middle(members, wanted, heights)
        groups.append((members, bottom))
    found = [0.0] * len(wanted)
    for members, bottom in groups:
        edge = bottom
        for member in members:
            found[member] = edge + heights[member] / 2
            edge += heights[member]
    return found


def _inside(bottom: float, height: float, low: float, high: float) -> float:
    return max(low, min(bottom, high - height)) if height <= high - low else high - height


def _middle(members: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """Return the bottom at which a group of labels stands nearest to its wishes."""
    edge, total = 0.0, 0.0
    for member in members:
        total += wanted[member] - edge - heights[member] / 2
        edge += heights[member]
    return total / len(members)


@dataclass(slots=True)
class Placer:
    """Finds free places for words beside points.

    Attributes:
        room: where words may stand.
        taken: boxes that nothing may cover.
        lines: polylines that no word may lie on.
    """

    room: Box
    taken: list[Box] = field(default_factory=list)
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Keep a place free of words."""
        self.taken.append(box)

    def draw_through(self, points: Iterable[tuple[float, float]]) -> None:
        """Keep words off a polyline."""
        chain = list(points)
        self.lines += pairwise(chain)

    def place(self, x: float, y: float, width: float, height: float, gap: float, *, sides: str = "rlab") -> Box | None:
        """Return a free box beside a point, None where there is none.

        Args:
            x: of the point.
            y: of the point.
            width: of the words.
            height: of the words.
            gap: from the point.
            sides: in which order to look: right, left, above, below, then corners.
        """
        reach = gap * 0.7
        tries = {
            "r": (x + gap, y - height / 2),
            "l": (x - gap - width, y - height / 2),
            "a": (x - width / 2, y + gap),
            "b": (x - width / 2, y - gap - height),
        }
        corners = [
            (x + reach, y + reach),
            (x + reach, y - reach - height),
            (x - reach - width, y + reach),
            (x - reach - width, y - reach - height),
        ]
        for left, bottom in [*(tries[side] for side in sides), *corners]:
            box = Box(left, bottom, left + width, bottom + height)
            if self.is_free(box):
                self.taken.append(box)
                return box
        return None

    def is_free(self, box: Box) -> bool:
        """Tell whether words may stand here."""
        return (
            self.room.holds(box)
            and not any(box.meets(other) for other in self.taken)
            and not any(crosses(box, start, end) for start, end in self.lines)
        )


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Tell whether a segment runs through a box (Liang and Barsky, 1984)."""
    low, high = 0.0, 1.0
    across, up = end[0] - start[0], end[1] - start[1]
    for direction, distance in (
        (-across, start[0] - box.left),
        (across, box.right - start[0]),
        (-up, start[1] - box.bottom),
        (up, box.top - start[1]),
    ):
        if direction == 0:
            if distance < 0:
                return False
        elif direction < 0:
            low = max(low, distance / direction)
        else:
            high = min(high, distance / direction)
    return low < high


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Return round values from at or below ``low`` to at or above ``high``: steps of 1, 2, 2.5 or 5 × 10ⁿ.

    Args:
        low: where the range begins.
        high: where it ends; equal ends get a range of their own.
        most: so many steps at most.
        whole: things are counted: no step is less than one, none has a half.
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9)]
    step = steps[0]
    if whole:
        step = max(1.0, next((one for one in steps if one == round(one)), 1.0))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def are_whole(values: Iterable[float | None]) -> bool:
    """Tell whether these are counts: an axis of schools or activities never says «0,5»."""
    return all(value == round(value) for value in values if value is not None)
