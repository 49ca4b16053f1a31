"""«Помощь и события» in the card of a school: vectors worked out by hand, merged records, late steps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import work_card
from tests.helpers import stores

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def _filled(store: Store) -> int:
    school = stores.school(store, "СОШ № 1", own=1)
    old = stores.school(store, "Школа-сад", own=1)
    other = stores.school(store, "СОШ № 2", own=1)
    with store.operation("Работа", "test.work") as operation:
        operation.update("organisation", old, duplicate_of=school)
        for where, kind, day, people, step, due in (
            (school, "visit", "2026-09-10", 3, "Повторный выезд", "2026-11-01"),
            (old, "consultation", "2026-11-12", 2, "Прислать план", "2026-12-01"),
            (school, "visit", "2026-10-01", None, None, None), (other, "visit", "2026-11-20", 9, None, None),
            (school, "lesson", "2026-07-31", 5, None, None),
        ):  # fmt: skip
            operation.insert("help_entry", kind=kind, held_on=day, organisation_id=where, people=people,
                             topic="чтение", next_step=step, next_on=due, outcome="Договорились")  # fmt: skip
        body = operation.insert("body", name="РМО математиков", kind="рабочая группа")
        gone = operation.insert("body", name="Прежняя группа", kind="рабочая группа")
        operation.insert("body_school", body_id=body, organisation_id=old)
        operation.insert("body_school", body_id=gone, organisation_id=school, date_to="2026-05-30")
        for title, day, state, came in (
            ("Семинар 1", "2026-10-05", "held", 4), ("Семинар 2", "2026-11-05", "held", 3),
            ("План", "2026-12-05", "planned", 8), ("Чужой", "2026-11-06", "held", 0),
        ):  # fmt: skip
            event = operation.insert("work_event", kind="seminar", title=title, date_from=day, state=state)
            operation.insert("event_people", event_id=event, organisation_id=old, audience="teachers", came=came)
            operation.insert("event_people", event_id=event, organisation_id=other, audience="teachers", came=20)
    return school


def test_a_year_with_a_school_is_told_in_lines(store: Store) -> None:
    found = work_card.section(store.connection, _filled(store), 2026, DAY)
    lines = [(line.label, line.text.replace("\u00a0", " "), line.note.replace("\u00a0", " "), line.state)
             for line in found.lines]  # fmt: skip
    assert lines == [
        ("Помощь за год", "2 выезда, 1 консультация", "разных людей: не менее 3 и не более 5 человек", "none"),
        ("Последний раз", "12.11.2026, консультация: чтение", "Договорились", "none"),
        ("Следующий шаг", "Повторный выезд", "просрочено, до 01.11.2026", "bad"),
        ("Следующий шаг", "Прислать план", "до 01.12.2026", "none"),
        ("События", "приходили на 2 события", "разных людей: не менее 4 и не более 7 человек", "none"),
        ("Последнее", "05.11.2026, семинар «Семинар 2»", "", "none"),
        ("Объединения", "РМО математиков", "", "none"),
    ]


def test_another_year_and_an_empty_file_say_so(store: Store) -> None:
    school = _filled(store)
    before = work_card.section(store.connection, school, 2025, DAY)
    assert [line.label for line in before.lines] == ["Помощь за год", "Последний раз", "Объединения"]
    alone = stores.school(store, "СОШ № 9", own=1)
    assert work_card.section(store.connection, alone, 2026, DAY).lines == ()
