"""What the example has of monitoring: each part is a module of its own that goes through the doors of a person.

A part is a function ``fill(store, ids, last)``: the open file, keys of the schools by their name in the description,
the last result year (the programme of the example begins in it; its school year is the same number).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.models.store import Store

Part = Callable[[Store, Mapping[str, int], int], None]


class MonitoringExample:
    """Filling of one file."""

    def __init__(self, store: Store, ids: Mapping[str, int], last: int) -> None:
        self.store, self.ids, self.last = store, ids, last

    def fill(self) -> None:
        """Write every part in its order."""
        for part in parts():
            part(self.store, self.ids, self.last)


def parts() -> tuple[Part, ...]:
    """Return what is written, in order."""
    from app.operations import (
        demo_cycle,
        demo_decisions,
        demo_dynamics,
        demo_execution,
        demo_indicators,
        demo_notes,
        demo_support,
        demo_today,
    )

    return (
        demo_cycle.fill,
        demo_dynamics.fill,
        demo_execution.fill,
        demo_decisions.fill,
        demo_support.fill,
        demo_today.fill,
        demo_indicators.fill,
        demo_notes.fill,
    )
