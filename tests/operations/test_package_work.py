"""The methodists' work in a package: counted by hand, without a name, taken in and added up where that may be."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.importers.package import faults
from app.models import organisations
from app.models.store import Store
from app.operations import files, package_check, package_data, package_region_work, package_work
from app.operations.demo import fill
from app.reports import package_work as papers_of
from app.reports.document import Note, Table
from tests.helpers import stores
from tests.helpers.work_events import event, rows

DAY = date(2026, 11, 23)
NAMES = ("соколов", "ёлкин", "елкин", "анна", "иван")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "район.opora")
    yield made
    made.abandon()


def _filled(store: Store) -> tuple[str, str]:
    """Write the work of a year and return the codes of the two schools."""
    a, b = stores.school(store, "СОШ № 5", kind="school", own=1), stores.school(store, "СОШ № 7", kind="school", own=1)
    merged = stores.school(store, "Школа пять", kind="school", own=1, duplicate_of=a)
    teacher, young = rows(store, "person", {"full_name": "Соколова Анна Петровна"}, {"full_name": "Ёлкин Иван Ильич"})
    first = event(store, kind="seminar", title="Чтение", date_from="2026-09-10", state="held")
    second = event(store, kind="seminar", title="Чтение", date_from="2026-10-10", state="held")
    third = event(store, kind="webinar", title="Вебинар", date_from="2026-11-01", state="held")
    event(store, kind="seminar", date_from="2026-11-05", state="planned")
    event(store, kind="seminar", date_from="2026-11-06", state="cancelled")
    event(store, kind="seminar", date_from="2025-11-06", state="held")
    event(store, kind="seminar", date_from="2026-12-01", state="planned")
    rows(
        store, "event_people", {"event_id": first, "organisation_id": a, "came": 5},
        {"event_id": first, "organisation_id": b, "came": 6, "connections": 2},
        {"event_id": second, "organisation_id": merged, "came": 8},
    )  # fmt: skip
    rows(store, "event_guest", {"event_id": third, "position": 1, "person_id": teacher, "name": "Соколова А. П.",
                                "organisation_id": a, "came": "yes"})  # fmt: skip
    rows(
        store, "help_entry",
        {"kind": "visit", "held_on": "2026-09-01", "organisation_id": a, "people": 3, "topic": "урок Соколовой А. П.",
         "next_step": "звонок", "next_done_on": "2026-09-15"},
        {"kind": "consultation", "held_on": "2026-10-01", "organisation_id": merged, "people": 2},
        {"kind": "consultation", "held_on": "2026-10-02"},
        {"kind": "visit", "held_on": "2026-05-02", "organisation_id": b, "people": 9},
    )  # fmt: skip
    (body,) = rows(store, "body", {"name": "Творческая группа Соколовой А. П.", "kind": "творческая группа"})
    rows(store, "body_member", {"body_id": body, "person_id": teacher, "role": "руководитель", "organisation_id": a})
    practice, _proposed = rows(
        store, "practice",
        {"title": "Читаем условие (автор Соколова Анна Петровна)", "organisation_id": merged, "state": "accepted",
         "accepted_on": "2026-10-05", "school_year": 2025, "author": "Соколова А. П."},
        {"title": "Ещё не принята", "organisation_id": a, "state": "proposed"},
    )  # fmt: skip
    rows(store, "practice_use", {"practice_id": practice, "organisation_id": b, "state": "adopted"},
         {"practice_id": practice, "organisation_id": a, "state": "trying"},
         {"practice_id": practice, "organisation_id": merged, "state": "trying"})  # fmt: skip
    (pair,) = rows(
        store,
        "mentor_pair",
        {
            "form": "teacher",
            "mentor_id": teacher,
            "mentee_id": young,
            "organisation_id": a,
            "date_from": "2026-09-01",
            "state": "active",
        },
    )
    rows(store, "mentor_meeting", {"pair_id": pair, "position": 1, "held_on": "2026-10-01", "topic": "урок Ёлкина"})
    rows(store, "young_count", {"school_year": 2026, "organisation_id": a, "young": 3, "first_year": 1,
                                "mentored": None})  # fmt: skip
    codes = {school.id: school.code for school in organisations.listing(store.connection)}
    return codes[a], codes[b]


def people(least: int, most: int, visits: int, counted: int, silent: int = 0) -> dict[str, int]:
    return {"least": least, "most": most, "visits": visits, "counted": counted, "silent": silent}


def test_the_work_of_a_year_is_told_in_counts_made_by_hand(store: Store) -> None:
    five, _seven = _filled(store)
    found = package_work.collect(store.connection, DAY)
    assert found is not None
    assert (found["rule"], found["first"], found["last"]) == ("people-once", "2026-08-01", "2026-11-23")
    # 8 of school 5 and 6 of school 7 at their fullest; the one by name may be among the 8
    assert found["events"] == {
        "held": 3, "waiting": 1, "cancelled": 1, "people": people(14, 20, 20, 3), "connections": 2, "schools": 2,
        "activities": 0,
        "forms": [
            {"form": "seminar", "held": 2, "people": people(14, 19, 19, 2), "connections": 2},
            {"form": "webinar", "held": 1, "people": people(1, 1, 1, 1), "connections": None},
        ],
    }  # fmt: skip
    assert found["help"] == {
        "entries": 3, "people": people(3, 5, 5, 2, 1), "unplaced": 1, "steps": 1, "steps_done": 1,
        "kinds": [{"kind": "visit", "entries": 1, "people": people(3, 3, 3, 1)},
                  {"kind": "consultation", "entries": 2, "people": people(2, 2, 2, 1, 1)}],
        "schools": [{"school": five, "entries": 2, "people": people(3, 5, 5, 2)}],
    }  # fmt: skip
    [body] = found["bodies"]
    assert {key: body[key] for key in ("kind", "members", "schools", "held", "plan")} == {
        "kind": "творческая группа", "members": 1, "schools": 1, "held": 0, "plan": 0,
    }  # fmt: skip
    [practice] = found["practices"]
    assert practice["title"].startswith("Читаем условие (автор ")
    assert (practice["school"], practice["school_year"], practice["trying"], practice["adopted"]) == (five, 2025, 1, 1)
    assert found["mentoring"] == {
        "school_year": 2026, "young": 3, "first_year": 1, "mentored": None, "told": 1, "pairs": 1,
        "forms": [{"form": "teacher", "pairs": 1}], "begun": 1, "ended": 0, "meetings": 1, "met": 1,
    }  # fmt: skip


def test_nobody_is_named_whatever_the_titles_say(store: Store) -> None:
    _filled(store)
    said = json.dumps(package_work.collect(store.connection, DAY), ensure_ascii=False).casefold()
    assert [name for name in NAMES if name in said] == []
    assert "творческая группа" in said


def test_a_file_without_such_work_says_nothing_and_not_zero(store: Store) -> None:
    stores.school(store, "СОШ № 5", kind="school", own=1)
    assert package_work.collect(store.connection, DAY) is None
    data = package_data.collect(store.connection, "2026", None, DAY)
    assert data["work"] is None
    assert list(faults("data", data)) == []


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("work") / "пример.opora"
    store = Store.create(path, name="Лесогорский округ", actor="методист")
    fill(store, schools=9, years=(2025, 2026))
    store.close()
    with files.for_reading(path) as connection:
        return package_data.collect(connection, "2026", None, DAY)


def test_the_example_fits_its_schema_and_its_figures_agree(example: dict[str, Any]) -> None:
    assert list(faults("data", example)) == []
    assert list(package_check.work_faults(example)) == []
    assert example["work"]["events"]["held"] > 3
    assert example["work"]["help"]["schools"]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("events", "held"), 1, "по формам"),
        (("events", "people", "least"), 10_000, "«не меньше»"),
        (("help", "entries"), 1, "по видам"),
        (("help", "unplaced"), 999, "по школам"),
        (("help", "schools", 0, "school"), "чужая", "нет среди школ"),
        (("mentoring", "pairs"), 77, "по формам"),
    ],
)
def test_figures_that_cannot_be_together_are_named(
    example: dict[str, Any], path: tuple[Any, ...], value: Any, told: str
) -> None:
    data = copy.deepcopy(example)
    place = data["work"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert any(told in found for found in package_check.work_faults(data))


def test_what_a_package_of_the_first_version_says_is_read_by_its_own_schema(example: dict[str, Any]) -> None:
    old = {key: value for key, value in example.items() if key != "work"} | {"format_version": 1}
    assert list(faults("data", old, 1)) == []
    assert list(faults("data", old, 2))
    assert list(faults("data", example, 1))
    manifest = {"municipality": {"name": old["municipality"]}, "period": old["period"]}
    assert list(package_check.figure_faults(manifest, old)) == []


def _told(example: dict[str, Any], **mentoring: Any) -> dict[str, Any]:
    data = copy.deepcopy(example)
    data["work"]["mentoring"].update(mentoring)
    return data


def test_the_region_adds_what_may_be_added_and_leaves_people_as_spans(example: dict[str, Any]) -> None:
    old = {key: value for key, value in example.items() if key != "work"}
    found = package_region_work.summary({
        "Альфа": _told(example, young=4, first_year=None), "Бета": _told(example, young=None, first_year=None),
        "Вега": old,
    })  # fmt: skip
    assert (len(found.lines), found.silent) == (2, ("Вега",))
    blocks = list(papers_of.blocks(found))
    tables = {block.name: block for block in blocks if isinstance(block, Table)}
    events, helped = example["work"]["events"], example["work"]["help"]
    total = list(tables["События и помощь"].rows())[-1]
    assert total.total == "all"
    assert total.cells[:4] == ("Всего", None, 2 * events["held"], 2 * events["people"]["visits"])
    assert total.cells[4] is None, "people of two municipalities are never added"
    assert total.cells[5] == 2 * helped["entries"]
    young = [row.cells[3] for row in tables["Объединения и наставничество"].rows()]
    assert young == [4, None, 4]
    assert [row.cells[4] for row in tables["Объединения и наставничество"].rows()] == [None, None, None]
    assert any("Вега" in block.text for block in blocks if isinstance(block, Note))
    assert list(papers_of.blocks(package_region_work.summary({"Вега": old}))) == []


def test_work_of_two_years_or_rules_has_no_common_sum(example: dict[str, Any]) -> None:
    other = copy.deepcopy(example)
    other["work"]["rule_version"] = "2"
    found = package_region_work.summary({"Альфа": example, "Бета": other})
    table = next(block for block in papers_of.blocks(found) if isinstance(block, Table))
    assert [(len(group.rows), group.rows[-1].total) for group in table.groups] == [(1, ""), (1, "")]


def test_every_row_of_every_package_stands_in_the_book(example: dict[str, Any]) -> None:
    sheets = {table.name: list(table.rows()) for table in papers_of.sheets(package_region_work.rows({"А": example}))}
    work = example["work"]
    assert {name: len(rows) for name, rows in sheets.items()} == {
        "События": len(work["events"]["forms"]), "Помощь школам": len(work["help"]["schools"]),
        "Объединения": len(work["bodies"]), "Практики": len(work["practices"]), "Наставничество": 1,
    }  # fmt: skip
    silent = [row for row in sheets["События"] if row.cells[3] is None]
    assert len(silent) == sum(not one["people"]["counted"] for one in work["events"]["forms"])
