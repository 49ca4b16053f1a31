"""The example: the methodist's own work of a year; each subject lies in a file of its own."""

from __future__ import annotations

from app.models.store import Store
from app.operations import (
    demo_work_bodies,
    demo_work_events,
    demo_work_feedback,
    demo_work_journal,
    demo_work_mentoring,
    demo_work_practices,
)


def fill(store: Store, year: int) -> None:
    """Fill the work of the school year that runs: bodies first, what refers to them after."""
    for room in (
        demo_work_bodies,
        demo_work_events,
        demo_work_feedback,
        demo_work_journal,
        demo_work_practices,
        demo_work_mentoring,
    ):
        room.fill(store, year)
