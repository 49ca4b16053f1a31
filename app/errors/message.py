"""The shape of one entry of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """A message template.

    Attributes:
        what: what happened and where, one sentence.
        cure: what to do, one sentence; empty only where nothing can be done.
        level: how grave it is when it is a finding rather than a refusal.
    """

    what: str
    cure: str = ""
    level: Literal["error", "warning", "hint"] = "error"
