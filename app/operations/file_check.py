"""«Проверить файл»: is the file itself sound, and what the joint list of the data says. One answer for both faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.findings import LEVELS, CheckLevel
from app.errors import Problem
from app.models import health
from app.models.store import Connection
from app.operations import checks
from app.operations.checks import DataProblem
from app.texts import count

LEVEL_FORMS: dict[CheckLevel, tuple[str, str, str]] = {
    "block": ("мешает", "мешают", "мешают"),
    "explain": ("требует объяснения", "требуют объяснения", "требуют объяснения"),
    "hint": ("подсказка", "подсказки", "подсказок"),
}


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a check of a file found.

    Attributes:
        storage: what is wrong with the file as such: pages, references, journal, frozen rows, kept documents.
        data: the joint list, explained or not; empty where the file is not sound: its answers would not hold.
    """

    storage: tuple[Problem, ...]
    data: tuple[DataProblem, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether the file itself is in order; the data alone never make it unsound."""
        return not self.storage


def look(connection: Connection) -> FileCheck:
    """Check the open file: first the storage, and where it is sound the data."""
    storage = tuple(health.storage(connection))
    return FileCheck(storage, () if storage else tuple(checks.problems(connection)))


def tally(found: Sequence[DataProblem]) -> dict[str, int]:
    """Return how many problems are open, in all (``open``) and by level, and how many are ``explained``."""
    waiting = [item for item in found if item.open]
    levels: dict[str, int] = {level: sum(item.level == level for item in waiting) for level in LEVELS}
    return {"open": len(waiting), **levels, "explained": len(found) - len(waiting)}


def in_words(found: Sequence[DataProblem]) -> str:
    """Return «Замечаний к данным: 7 (2 мешают, 5 подсказок); объяснено ещё 3.»"""
    numbers = tally(found)
    levels = ", ".join(count(numbers[level], *LEVEL_FORMS[level]) for level in LEVELS if numbers[level])
    words = f"Замечаний к данным: {numbers['open']} ({levels})" if levels else "Открытых замечаний к данным нет"
    return words + (f"; объяснено{' ещё' if levels else ''}: {numbers['explained']}." if numbers["explained"] else ".")
