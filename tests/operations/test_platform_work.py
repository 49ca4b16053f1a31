"""Indicators of a network platform out of the journal of help, events and practices: vectors worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import registers, support_platforms
from app.operations.platform_work import WorkValue
from tests.helpers import stores

YEAR = 2026


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def _filled(store: Store) -> int:
    base, first, second = (stores.school(store, f"СОШ № {number}", own=1) for number in (1, 2, 3))
    key = registers.add(store, "platforms", {"school_year": YEAR}, title="Математика", organisation_id=base)
    other = registers.add(store, "platforms", {"school_year": YEAR}, title="Химия")
    for school in (first, second):
        registers.add(store, "support", {"school_year": YEAR}, organisation_id=school, platform_id=key)
    with store.operation("Работа", "test.work") as operation:
        for day, people, audience, whose in (
            ("2026-10-01", 3, "teachers", key), ("2026-11-01", 5, "heads", key), ("2026-11-02", 9, "parents", key),
            ("2026-07-31", 7, "teachers", key), ("2026-11-03", 8, "teachers", other), ("2026-11-04", None, None, key),
        ):  # fmt: skip
            operation.insert("help_entry", kind="visit", held_on=day, organisation_id=first, people=people,
                             audience=audience, platform_id=whose)  # fmt: skip
        for day, state, came in (("2026-10-05", "held", 4), ("2026-11-05", "held", 6), ("2026-12-05", "planned", 50)):
            event = operation.insert("work_event", kind="seminar", title="Семинар", date_from=day, state=state,
                                     platform_id=key)  # fmt: skip
            for school, audience, number in ((first, "teachers", came), (second, "heads", 1), (base, "teachers", 30),
                                             (first, "pupils", 40)):  # fmt: skip
                operation.insert("event_people", event_id=event, organisation_id=school, audience=audience,
                                 came=number)  # fmt: skip
        for day, school in (("2026-10-01", base), ("2026-11-01", base), ("2026-06-01", base), ("2026-10-02", first)):
            operation.insert("practice", title="Опыт", organisation_id=school, state="accepted", accepted_on=day)
        person = operation.insert("person", full_name="Орлова А. П.")
        operation.insert("appointment", person_id=person, organisation_id=first, role="директор")
        operation.insert("organisation_year", organisation_id=first, school_year=YEAR, teachers=20)
        operation.insert("organisation_year", organisation_id=second, school_year=YEAR, teachers=12)
    return key


def _work(store: Store, key: int) -> dict[str, WorkValue]:
    lines = support_platforms.platform(store.connection, key).lines
    return {line.measure.key: line.work for line in lines if line.work is not None}


def test_what_the_records_say_is_told_with_what_it_is_counted_of(store: Store) -> None:
    found = _work(store, _filled(store))
    # help: 3 teachers and 5 heads of one school, at least 5; events: at least 6 of one school and 1 of the other
    assert {key: value.raw for key, value in found.items()} == {"copies": "2", "helped": "5", "taking_part": "7 из 33"}
    words = {key: value.words.replace("\u00a0", " ") for key, value in found.items()}
    assert words["helped"] == "разных людей не менее 5, не более 8 по 2 записям журнала помощи"
    assert words["taking_part"] == (
        "2 события площадки; всего 33 человека: учителей по паспортам школ за 2026/27 32, "
        "руководителей по справочнику 1"
    )


def test_contests_count_all_who_took_part_and_are_no_training(store: Store) -> None:
    key = _filled(store)
    school = store.connection.execute("SELECT id FROM organisation WHERE name = 'СОШ № 2'").fetchone()[0]
    with store.operation("Конкурсы", "test.contest") as operation:
        for day, state, people in (
            ("2026-10-15", "held", (("pupils", 25), ("teachers", 4))), ("2027-03-01", "held", (("pupils", 12),)),
            ("2027-04-01", "planned", (("pupils", 90),)), ("2026-06-01", "held", (("pupils", 90),)),
        ):  # fmt: skip
            event = operation.insert("work_event", kind="contest", title="Конкурс", date_from=day, state=state,
                                     platform_id=key)  # fmt: skip
            for audience, came in people:
                operation.insert("event_people", event_id=event, organisation_id=school, audience=audience,
                                 came=came)  # fmt: skip
    found = _work(store, key)
    # of one school at its fullest contest: 25 + 4; if everybody was new: 29 + 12
    assert (found["contests"].raw, found["contests"].source) == ("29", "события площадки")
    assert found["contests"].words.replace("\u00a0", " ") == "участников не менее 29, не более 41 (2 конкурса)"
    assert found["taking_part"].raw == "7 из 33", "a contest teaches nobody"
    assert support_platforms.take(store, key, ["contests"]) == ["contests"]


def test_taking_is_one_step_and_undone(store: Store) -> None:
    key = _filled(store)
    before = stores.dump(store.connection)
    taken = support_platforms.take(store, key, ["helped", "taking_part", "exams"])
    assert taken == ["helped", "taking_part"]
    lines = {line.measure.key: line for line in support_platforms.platform(store.connection, key).lines}
    assert (lines["helped"].raw, lines["helped"].value, lines["helped"].source) == ("5", "5", "журнал помощи")
    assert lines["taking_part"].value == "7/33"
    assert support_platforms.take(store, key, ["helped"]) == [], "the same again writes nothing"
    store.undo()
    assert stores.dump(store.connection) == before


def test_without_the_number_of_teachers_there_is_no_share(store: Store) -> None:
    key = _filled(store)
    with store.operation("Паспорт", "test.year") as operation:
        (row,) = operation.connection.execute("SELECT id FROM organisation_year WHERE teachers = 12").fetchone()
        operation.update("organisation_year", row, teachers=None)
    found = _work(store, key)["taking_part"]
    assert found.raw == ""
    assert "число учителей вписано не" in found.words
    assert support_platforms.take(store, key, ["taking_part"]) == []
