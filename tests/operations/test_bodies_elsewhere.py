"""Associations in other places: days that are due, search, the new school year, topics, papers, the example."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import work_events
from app.models.store import Store
from app.operations import (
    bodies,
    bodies_topics,
    bodies_writing,
    body_papers,
    day_lines,
    event_marks,
    event_people,
    finding,
    new_year_carry,
    paper_catalogue,
    registers,
    schools,
)
from app.operations.bodies import BodyCard
from app.operations.demo_work_bodies import BODIES
from app.operations.demo_work_bodies import fill as fill_example
from app.reports.document import Table
from tests.helpers import stores
from tests.helpers.undo import walk

YEAR = 2026
DAY = date(2026, 11, 23)
NB = "\u00a0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = stores.made(tmp_path / "file.opora")
    for number in (1, 2, 3):
        stores.school(made, f"СОШ № {number}", own=1)
    return made


@pytest.fixture
def body(store: Store) -> int:
    return bodies_writing.add(store, name="РМО физиков", kind="РМО", subject="Физика")


def _card(store: Store, body: int) -> BodyCard:
    return bodies.card(store.connection, body, YEAR, DAY)


def _due(store: Store, first: str, last: str) -> list[str]:
    found = day_lines.due_lines(store.connection, DAY, date.fromisoformat(first), date.fromisoformat(last))
    return [line.text for line in found if line.source == "body_plan"]


def test_an_item_is_due_until_it_is_done_or_becomes_a_meeting(store: Store, body: int) -> None:
    late = bodies_writing.add_item(store, body, YEAR, "Сборник", due_on="20.11.2026", responsible="Ким О. В.")
    soon = bodies_writing.add_item(store, body, YEAR, "Открытый урок", due_on="25.11.2026")
    open_ones = [x for x in day_lines.open_lines(store.connection, DAY, date(2026, 11, 30)) if x.source == "body_plan"]
    assert [(x.text, x.due, x.who, x.detail, x.place) for x in open_ones] == [
        ("Сборник", "2026-11-20", "Ким О. В.", "РМО физиков", ("work", ("bodies", (body, "plan", late, YEAR)))),
        ("Открытый урок", "2026-11-25", "", "РМО физиков", ("work", ("bodies", (body, "plan", soon, YEAR)))),
    ]  # fmt: skip
    (event,) = bodies_writing.event_of(store, [soon], actor="")
    registers.edit(store, "body_plan", late, done_on="2026-11-21", result="готов")
    assert _due(store, "2026-11-01", "2026-11-30") == ["Сборник"]
    done = day_lines.done_lines(store.connection, DAY, date(2026, 11, 21), date(2026, 11, 21))
    assert [(x.text, x.open, x.detail) for x in done if x.source == "body_plan"] == [
        ("Сборник", False, "РМО физиков, готов")
    ]
    # a meeting that was called off leaves the item to be done
    with store.operation("Отмена", "test") as operation:
        operation.update("work_event", event, state="cancelled", reason="карантин")
    assert _due(store, "2026-11-01", "2026-11-30") == ["Сборник", "Открытый урок"]


def test_nobody_waits_for_items_of_a_body_that_ended(store: Store, body: int) -> None:
    bodies_writing.add_item(store, body, YEAR, "Поздно", due_on="25.11.2026")
    bodies_writing.edit(store, body, date_to="01.11.2026")
    assert not [x for x in day_lines.open_lines(store.connection, DAY, date(2026, 12, 30)) if x.source == "body_plan"]


def test_the_search_offers_bodies(store: Store, body: int) -> None:
    (found,) = finding.findable(store.connection)
    assert (found.text, found.what, found.page, found.payload) == (
        "РМО физиков",
        "РМО, Физика",
        "work",
        ("bodies", body),
    )


def test_plans_go_into_the_new_year_without_marks(store: Store, body: int) -> None:
    key = bodies_writing.add_item(store, body, YEAR, "Сборник", due_on="20.11.2026")
    registers.edit(store, "body_plan", key, done_on="2026-11-21")
    ended = bodies_writing.add(store, name="Старая группа", kind="творческая группа", date_to="01.06.2027")
    bodies_writing.add_item(store, ended, YEAR, "Нет")
    (carrier,) = (one for one in new_year_carry.CARRIERS if one.key == "body_plans")
    rows = carrier.find(store.connection, YEAR + 1, ())
    assert [row["text"] for row in rows] == ["Сборник"]
    with store.operation("Новый год", "test") as operation:
        for row in rows:
            carrier.write(operation, YEAR + 1, row)
    assert [(x.text, x.due_on, x.done_on) for x in bodies.plan(store.connection, YEAR + 1, DAY)] == [
        ("Сборник", "2027-11-20", None)
    ]
    assert carrier.find(store.connection, YEAR + 1, ()) == []


def test_without_tasks_there_are_no_topics(store: Store, body: int) -> None:
    found = bodies_topics.topics(store.connection, body)
    assert (found.result_year, found.lines) == (None, ())
    assert bodies_topics.sentence(found).startswith("Выполнения заданий в файле нет")
    with pytest.raises(UserError) as caught:
        bodies_topics.topics(store.connection, 3)
    assert caught.value.code == "BODY_GONE"


def test_the_report_says_what_the_rows_say(store: Store, body: int) -> None:
    empty = [told.replace(NB, " ") for told in body_papers.said(_card(store, body))]
    assert empty == ["Состав объединения не вписан.", "План на этот учебный год не составлен."]
    school = store.connection.execute("SELECT id FROM organisation ORDER BY name").fetchone()[0]
    bodies_writing.add_member(store, body, "Смирнова Анна Петровна", "руководитель", school_id=school)
    for place, (text, due) in enumerate((("Один", "20.11.2026"), ("Два", "20.12.2026"))):
        key = bodies_writing.add_item(store, body, YEAR, text, due_on=due)
        if place:
            registers.edit(store, "body_plan", key, done_on="2026-11-20")
    for day, came in (("10.09.2026", 4), ("12.10.2026", 7)):
        event = bodies_writing.add_meeting(store, body, title="Встреча", day=day)
        with store.operation("Прошло", "test") as operation:
            operation.update("work_event", event, state="held")
            operation.insert("event_people", event_id=event, organisation_id=school, audience="teachers", came=came)
    bodies_writing.add_product(store, body, "Сборник", year=YEAR)
    assert [told.replace(NB, " ") for told in body_papers.said(_card(store, body))] == [
        "В составе 1 человек; участвует 1 школа.",
        "Прошло 2 заседания. Присутствовали в среднем 6 человек.",
        "Из 2 пунктов плана выполнено 1, просрочено 1.",
        "Подготовлено: 1 продукт.",
    ]
    bodies_writing.add_meeting(store, body, title="Без чисел", day="01.11.2026")
    with store.operation("Прошло", "test") as operation:
        for (key,) in operation.connection.execute("SELECT id FROM work_event WHERE title = 'Без чисел'").fetchall():
            operation.update("work_event", key, state="held")
    assert body_papers.said(_card(store, body))[1].replace(NB, " ") == (
        "Прошло 3 заседания. Число участников не вписано у 1 заседания."
    )


def test_the_papers_of_a_long_name_are_made(store: Store) -> None:
    long = bodies_writing.add(store, name="Объединение " + "очень длинное название " * 5, kind="кластер")
    values = {"body": str(long), "school_year": str(YEAR)}
    for key in ("body_members", "body_plan", "body_report"):
        paper = paper_catalogue.make(store.connection, key, values, DAY)
        assert "очень длинное" in paper.document.heading
    paper = paper_catalogue.make(store.connection, "bodies", {"school_year": str(YEAR)}, DAY)
    (table,) = (block for block in paper.document.blocks if isinstance(block, Table))
    assert len(list(table.rows())) == 1


def test_an_empty_file_has_no_paper_of_a_body(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        paper_catalogue.make(store.connection, "body_plan", {"school_year": str(YEAR)}, DAY)
    assert caught.value.code == "OUT_SETTING"
    paper = paper_catalogue.make(store.connection, "bodies", {"school_year": str(YEAR)}, DAY)
    (table,) = (block for block in paper.document.blocks if isinstance(block, Table))
    assert not list(table.rows())


def test_the_example_has_every_state(store: Store) -> None:
    fill_example(store, YEAR)
    lines = {line.name: line for line in bodies.listing(store.connection, YEAR, DAY)}
    assert len(lines) == len(BODIES)
    assert {line.word for line in lines.values()} == {"по плану", "нет плана", "нет руководителя", "просрочено 1"}
    maths = lines["РМО учителей математики"]
    assert (maths.members, maths.plan, maths.done, maths.held, maths.next_on) == (6, 6, 2, 2, "2026-12-10")
    # five of the six members come from three schools here: places are taken round
    assert len(maths.schools) == 3


def test_every_step_is_taken_back_and_put_forth(tmp_path: Path) -> None:
    found: dict[str, int] = {}

    def body(store: Store) -> None:
        found["body"] = bodies_writing.add(store, name="РМО", kind="РМО")

    def item(store: Store) -> None:
        found["item"] = bodies_writing.add_item(store, found["body"], YEAR, "Пункт", due_on="20.12.2026")

    def event(store: Store) -> None:
        (found["event"],) = bodies_writing.event_of(store, [found["item"]], actor="Ким О. В.")

    path = tmp_path / "walk.opora"
    stores.made(path).close()
    walk(path, {
        "body": body,
        "member": lambda store: bodies_writing.add_member(store, found["body"], "Ким Ольга", "руководитель"),
        "item": item,
        "event": event,
        "protocol": lambda store: bodies_writing.protocol(store, found["event"]),
        "product": lambda store: bodies_writing.add_product(store, found["body"], "Сборник", year=YEAR),
        "edit": lambda store: bodies_writing.edit(store, found["body"], topic="Тема"),
        "score": lambda store: bodies_writing.assess(store, found["body"], "rmo", YEAR),
        "copy": lambda store: bodies_writing.copy_plan(store, found["body"], YEAR, YEAR + 1),
        "remove": lambda store: bodies_writing.remove(store, found["body"]),
    })  # fmt: skip


def test_members_of_the_day_go_into_the_list_of_an_event_once(store: Store, body: int) -> None:
    school = schools.find(store.connection, "СОШ № 1").id
    bodies_writing.add_member(store, body, "Ли А. Б.", "участник", school_id=school, date_from="01.09.2024")
    bodies_writing.add_member(store, body, "Ким О. В.", "руководитель")
    bodies_writing.add_member(store, body, "Позже П. П.", "участник", date_from="01.12.2026")
    gone = bodies_writing.add_member(store, body, "Ушла У. У.", "участник", date_from="01.09.2020")
    bodies_writing.add_member(store, body, "Ли А. Б.", "секретарь", school_id=school, date_from="01.09.2025")
    with store.operation("Ушла", "test") as operation:
        operation.update("body_member", gone, date_to="2026-11-25")
    key = bodies_writing.add_meeting(store, body, title="Разбор ВПР", day="26.11.2026")
    event_people.paste(store, key, "Ли А. Б.\tСОШ № 1\tучитель")
    assert event_people.add_members(store, key, DAY) == 1  # Ли is there by name and school, Ким is not
    guests = work_events.guests(store.connection, [key])[key]
    assert [(one.name, one.organisation_id, one.came) for one in guests] == [
        ("Ли А. Б.", school, None), ("Ким О. В.", None, None),
    ]  # fmt: skip
    assert guests[1].person_id is not None
    assert event_people.add_members(store, key, DAY) == 0
    event_marks.move(store, key, None, "нет зала")
    assert event_people.add_members(store, key, DAY) == 1  # without a day it is those of today
    assert [one.name for one in work_events.guests(store.connection, [key])[key]][2:] == ["Ушла У. У."]


def test_an_event_of_no_body_or_of_an_empty_one_says_so(store: Store, body: int) -> None:
    with store.operation("Событие", "test") as operation:
        alone = operation.insert("work_event", kind="seminar", title="Семинар")
    meeting = bodies_writing.add_meeting(store, body, title="", day="26.11.2026")
    for key, code in ((alone, "EVENT_OF_NO_BODY"), (meeting, "EVENT_NO_MEMBERS")):
        with pytest.raises(UserError) as refused:
            event_people.add_members(store, key, DAY)
        assert refused.value.code == code
