"""What the search offers from the registers: open rows with the way to them, nothing that is done."""

from __future__ import annotations

from app.models.store import Store
from app.operations import finding, registers


def test_open_rows_are_offered_with_the_way_to_them(store: Store) -> None:
    assert finding.findable(store.connection) == []
    task = registers.add(store, "tasks", {}, text="Собрать справки", due_on="2026-12-01")
    registers.add(store, "tasks", {}, text="Сделанное", done_on="2026-11-01")
    request = registers.add(store, "requests", {}, subject="О списке школ", sender="Комитет")
    registers.add(store, "requests", {}, subject="Отвечено", answered_on="2026-11-01")
    tie = registers.add(store, "partnerships", {"school_year": 2026}, topic="Математика в 5 классе", donor="Институт")
    registers.add(store, "cycle", {"school_year": 2025, "direction": "shnor", "component": "goals"}, title="Положение")
    assert [(one.text, one.page, one.payload) for one in finding.findable(store.connection)] == [
        ("Собрать справки", "today", ("tasks", task)),
        ("О списке школ", "today", ("requests", request)),
        ("Математика в 5 классе", "monitoring", ("support", ("partnerships", ("row", tie, 2026, None)))),
        ("Положение", "monitoring", ("cycle", ("shnor", "goals", 2025))),
    ]
