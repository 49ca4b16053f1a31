"""Whether an indicator has reached its target: exact numbers in, a light with its words out (domain §7).

No data is not red: it is an answer of its own. What is compared is exactly what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from app.analysis.programme_values import number_text, plain

Light = Literal["reached", "near", "behind", "no_target", "no_data"]
Direction = Literal["up", "down", "hold"]
LIGHT_WORDS: dict[Light, str] = {
    "reached": "достигнуто",
    "near": "почти",
    "behind": "отстаёт",
    "no_target": "нет цели",
    "no_data": "нет данных",
}
DIRECTION_SHORT: dict[Direction, str] = {"up": "больше — лучше", "down": "меньше — лучше", "hold": "не ниже"}
_HUGE = Decimal(10) ** 20
NO_DIRECTION = "не названо направление"
_TOLERANCE = re.compile(
    r"(?:±|\+/-|до|не более)?\s*([0-9]{1,15}(?:[.,][0-9]{1,15})?)\s*(%|п\.?\s*п\.?|процентны\w* пункт\w*|процент\w*)?"
)


@dataclass(frozen=True, slots=True)
class Leeway:
    """How far behind still counts as «почти»: in units of the indicator, or as a share of its target."""

    value: Decimal
    of_target: bool = False

    def around(self, target: Decimal) -> Decimal:
        """Return the leeway in units of the indicator."""
        return abs(target) * self.value / 100 if self.of_target else self.value

    @property
    def stored(self) -> str:
        """The leeway as one text: «2», «5%»."""
        return plain(self.value) + ("%" if self.of_target else "")

    @property
    def shown(self) -> str:
        """The leeway as a person reads it."""
        return number_text(plain(self.value)) + ("\u00a0% цели" if self.of_target else "")


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer for one value.

    Attributes:
        word: «достигнуто», «почти: −3,6», «отстаёт: +4».
        gap: value minus target, as exact decimal text; None where one of them is missing.
        tolerance: the leeway in units of the indicator, as exact decimal text; None where nobody named one.
    """

    light: Light
    word: str
    gap: str | None = None
    tolerance: str | None = None


def exact(value: str | None) -> Decimal | None:
    """Return a decimal text as a number; None for an empty or a wrong one."""
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def leeway(raw: str | None, unit: str | None) -> Leeway | None:
    """Understand a tolerance: «2», «2 %», «±1,5 п. п.», «5%».

    Of an indicator in percent «2 %» are two points; of any other it is a share of the target.

    Returns:
        None for an empty text, and for one that is no tolerance (``understood`` tells them apart).
    """
    text = " ".join((raw or "").split()).casefold()
    found = _TOLERANCE.fullmatch(text)
    if found is None:
        return None
    value = Decimal(found[1].replace(",", "."))
    said = found[2] or ""
    percent = said.startswith(("%", "проц")) and "пункт" not in said
    return Leeway(value, of_target=percent and not in_percent(unit))


def in_percent(unit: str | None) -> bool:
    """Tell whether a unit is percent, however it is written: «%», «процентов», «доля, %»."""
    text = (unit or "").strip().casefold()
    return "%" in text or text.startswith("проц")


def understood(raw: str | None, unit: str | None) -> bool:
    """Tell whether a tolerance is empty or could be read."""
    return not (raw or "").strip() or leeway(raw, unit) is not None


def way_of(direction: Direction | None, baseline: Decimal | None, target: Decimal | None) -> Direction | None:
    """Return the direction; where nobody named it, the one in which the target stands from the baseline."""
    if direction is not None or baseline is None or target is None or baseline == target:
        return direction
    return "up" if target > baseline else "down"


def judge(
    value: str | None, target: str | None, direction: Direction | None, tolerance: Leeway | None = None,
    baseline: str | None = None,
) -> Judged:  # fmt: skip
    """Return the light of a value.

    «Не ниже» without a target is held against the baseline. The edge of the tolerance still counts as «почти».

    Args:
        value: exact decimal text; None where there is none.
        target: exact decimal text of the year's target.
        direction: «up», «down», «hold»; None where nobody named it.
        tolerance: how far behind still counts as «почти».
        baseline: exact decimal text of the value at the start.
    """
    have, start = exact(value), exact(baseline)
    aim = exact(target)
    if aim is None and direction == "hold":
        aim = start
    room = None if tolerance is None or aim is None else tolerance.around(aim)
    told = None if room is None else plain(room)
    if have is None:
        return Judged("no_data", LIGHT_WORDS["no_data"], None, told)
    if aim is None:
        return Judged("no_target", LIGHT_WORDS["no_target"], None, told)
    gap = have - aim
    way = way_of(direction, start, aim)
    if gap == 0:
        return Judged("reached", LIGHT_WORDS["reached"], "0", told)
    if way is None:
        return Judged("no_target", NO_DIRECTION, plain(gap), told)
    short = gap if way == "down" else -gap
    if short <= 0:
        return Judged("reached", LIGHT_WORDS["reached"], plain(gap), told)
    light: Light = "near" if room is not None and short <= room else "behind"
    return Judged(light, f"{LIGHT_WORDS[light]}: {signed(plain(gap))}", plain(gap), told)


def signed(value: str) -> str:
    """Return «+4», «−3,6», «0»."""
    shown = number_text(value)
    return shown if value.startswith("-") or value == "0" else f"+{shown}"


def forecast(
    known: Sequence[tuple[date, Decimal]], end: date, *, share: bool = False, digits: int = 1
) -> Decimal | None:
    """Return what the value will be at the end of the year if it goes on as from the first to the last measurement.

    Args:
        known: day and value, at least two different days; the last one not after ``end``.
        end: the last day of the year.
        share: a percentage stays between 0 and 100.
        digits: how many digits after the comma are kept.

    Returns:
        None where two days are not known, or where less than thirty days lie between them: that says nothing.
    """
    ordered = sorted(known)
    if len(ordered) < 2 or ordered[-1][0] > end:
        return None
    (first, was), (last, now) = ordered[0], ordered[-1]
    days = (last - first).days
    if days < 30 or max(abs(was), abs(now)) >= _HUGE:
        return None
    found = now + (now - was) * (end - last).days / days
    if share:
        found = min(max(found, Decimal(0)), Decimal(100))
    return found.quantize(Decimal(1).scaleb(-digits))
