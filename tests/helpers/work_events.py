"""Events of the methodist's own work for tests: one seminar with numbers, names and a programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.models.store import Store
from tests.helpers import stores


@dataclass(frozen=True, slots=True)
class Seminar:
    """Keys of what stands in the file: the event, its guests in order, two schools."""

    event: int
    guests: tuple[int, ...]
    schools: tuple[int, int]


GUESTS = (
    ("Иванова Мария Петровна", "yes"), ("Петров Пётр Петрович", "online"), ("Ким О. В.", "yes"),
    ("Сидорова Анна Ивановна", "no"), ("Цой Виктор Робертович", None), ("", "yes"),
)  # fmt: skip
"""Three took part and can have a certificate: one did not come, of one nobody has said, one has no name."""


def event(store: Store, **values: Any) -> int:
    """Write one event."""
    with store.operation("Событие", "event.add") as operation:
        return operation.insert("work_event", **values)


def rows(store: Store, table: str, *found: dict[str, Any]) -> tuple[int, ...]:
    """Write rows of a table as one operation."""
    with store.operation("Строки", "event.rows") as operation:
        return tuple(operation.insert(table, **values) for values in found)


def seminar(store: Store, **values: Any) -> Seminar:
    """Write a seminar that took place: 12 people of two schools, 3 connections, six names."""
    one, other = stores.school(store, "СОШ № 5"), stores.school(store, "СОШ № 7")
    told = {
        "kind": "seminar", "title": "Смысловое чтение", "date_from": "2026-11-18", "time_from": "10:00",
        "time_to": "12:00", "state": "held", "host_id": other, "place": "актовый зал", "methodist": "Ким О. В.",
    }  # fmt: skip
    key = event(store, **{**told, **values})
    rows(
        store, "event_people",
        {"event_id": key, "organisation_id": one, "audience": "teachers", "invited": 6, "came": 5, "connections": 1},
        {"event_id": key, "organisation_id": one, "audience": "heads", "invited": 1, "came": 1},
        {"event_id": key, "organisation_id": other, "audience": "teachers", "came": 6, "connections": 2},
    )  # fmt: skip
    rows(
        store, "event_item",
        {"event_id": key, "position": 1, "starts": "10:00", "topic": "Открытие", "speaker": "Ким О. В."},
        {"event_id": key, "position": 2, "starts": "10:20", "topic": "Читаем условие задачи",
         "speaker": "Иванова Мария Петровна", "organisation_id": one},
    )  # fmt: skip
    guests = rows(
        store, "event_guest",
        *({"event_id": key, "position": place, "name": name or None, "came": came, "organisation_id": one,
           "post": "учитель математики"} for place, (name, came) in enumerate(GUESTS, start=1)),
    )  # fmt: skip
    return Seminar(key, guests, (one, other))
