"""How sure a share is: Wilson's interval and the mark of the group's size (domain §3.1, ours)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import Literal

from app.texts import NBSP

Sample = Literal["<10", "10-19", "20-49", ">=50"]

SAMPLES: tuple[Sample, ...] = ("<10", "10-19", "20-49", ">=50")
SAMPLE_FROM: tuple[int, ...] = (10, 20, 50)
SAMPLE_WORDS: dict[Sample, str] = {
    "<10": f"менее 10{NBSP}участников",
    "10-19": f"от 10 до 19{NBSP}участников",
    "20-49": f"от 20 до 49{NBSP}участников",
    ">=50": f"50{NBSP}участников и больше",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a share, from 0 to 1. They are shown, never stored and never decide anything."""

    low: float
    high: float

    def text(self) -> str:
        """Return «10,8–60,3 %»."""
        low, high = (f"{bound * 100:.1f}".replace(".", ",") for bound in (self.low, self.high))
        return f"{low}–{high}{NBSP}%"


@cache
def _quantile(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(below: int, participants: int, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's score interval of the share below/participants; None where there is no one.

    Closed formula with z the two-sided normal quantile (1.96 for 95 %):
    ``(p + z²/2n ± z·sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n)``. Unlike the usual «p ± 1.96·s» it stays inside 0…1
    and is honest for groups of three.

    Args:
        below: participants below minimum, 0…participants.
        participants: size of the group.
        confidence: from 0 to 1.
    """
    if participants <= 0:
        return None
    z = _quantile(confidence)
    share = below / participants
    spread = z * sqrt(share * (1 - share) / participants + z * z / (4 * participants * participants))
    centre = share + z * z / (2 * participants)
    scale = 1 + z * z / participants
    low = 0.0 if below == 0 else (centre - spread) / scale
    high = 1.0 if below == participants else (centre + spread) / scale
    return Interval(low, high)


def sample_mark(participants: int) -> Sample | None:
    """Return the mark of a group's size: «<10», «10-19», «20-49», «>=50»; None where there is no one."""
    if participants <= 0:
        return None
    return SAMPLES[sum(participants >= bound for bound in SAMPLE_FROM)]
