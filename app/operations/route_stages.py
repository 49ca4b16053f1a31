"""The three stages of a school's route and their steps (002, Раздел 3): what closes a stage, which stage it is now.

Light: the first page asks which late steps belong to a stage that is over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.paths import resources
from app.school_years import FIRST_MONTH

StageKey = Literal["none", "analysis", "support", "control", "passed"]
STAGE_WORDS: dict[StageKey, str] = {
    "none": "Не начат", "analysis": "Анализ", "support": "Сопровождение", "control": "Контроль", "passed": "Пройден",
}  # fmt: skip
"""Columns of the board."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three stages, with the wording of 002; ``closed_by`` is the step that ends it."""

    id: StageKey
    title: str
    wording: str
    source: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of step; ``due`` is the month and day of an ordinary plan («09-30»), "" where there is none."""

    id: str
    stage: StageKey
    title: str
    wording: str
    due: str = ""


@lru_cache(maxsize=1)
def catalogue() -> tuple[tuple[Stage, ...], Mapping[str, Step]]:
    """Return the stages in their order and the steps by key."""
    found = tomllib.loads((resources() / "monitoring" / "route.toml").read_text(encoding="utf-8"))
    stages = tuple(Stage(**item) for item in found["stages"])
    return stages, {item["id"]: Step(**item) for item in found["steps"]}


def day_of(step: Step, year: int) -> str | None:
    """Return the ordinary day of a step in a school year, ISO; months from August on belong to its first half."""
    if not step.due:
        return None
    return f"{year + (int(step.due[:2]) < FIRST_MONTH)}-{step.due}"


def stage_after(held: Iterable[str]) -> StageKey:
    """Return the stage of a school that has steps, by the keys of those that were held.

    A stage is left when its closing step was held; a step held in a later stage counts as well: schools skip paper
    steps, and the board shows where they are.
    """
    stages, known = catalogue()
    keys = {key if key in known else "other" for key in held}
    if stages[-1].closed_by in keys:
        return "passed"
    order: list[StageKey] = [stage.id for stage in stages]
    left = max((place + 1 for place, stage in enumerate(stages) if stage.closed_by in keys), default=0)
    begun = max((order.index(known[key].stage) for key in keys), default=0)
    return order[max(left, begun)]


def passed(stage: StageKey, now: StageKey) -> bool:
    """Tell whether a stage of the route is over where another is now."""
    order: list[StageKey] = ["none", *(item.id for item in catalogue()[0]), "passed"]
    return order.index(stage) < order.index(now)
