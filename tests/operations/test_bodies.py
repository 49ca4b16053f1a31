"""Associations: who is in one, its plan, meetings with protocols, products, scoring, and what goes with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import organisations
from app.models import registers as tables
from app.models.store import Store
from app.operations import bodies, bodies_writing, body_choice, body_papers, events, registers, schools
from app.operations.bodies import BodyLine
from app.reports.document import Table
from tests.helpers import stores

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
    return bodies_writing.add(
        store, name="РМО учителей математики", kind="районное методическое объединение (РМО)", subject="Математика",
        date_from="01.09.2024",
    )  # fmt: skip


def _school(store: Store, number: int) -> int:
    return schools.find(store.connection, f"СОШ № {number}").id


def _line(store: Store, body: int, year: int = YEAR, day: date = DAY) -> BodyLine:
    return next(line for line in bodies.listing(store.connection, year, day) if line.id == body)


def _member(store: Store, body: int, name: str, role: str, number: int | None = None) -> int:
    school = None if number is None else _school(store, number)
    return bodies_writing.add_member(store, body, name, role, school_id=school, date_from="01.09.2024")


def _scope(body: int, year: int = YEAR) -> dict[str, int]:
    return {"body_id": body, "school_year": year}


def _meeting(store: Store, body: int, day: str, state: str = "planned", title: str = "Разбор ВПР") -> int:
    key = bodies_writing.add_meeting(store, body, title=title, day=day, place="СОШ № 1", actor="Ким О. В.")
    with store.operation("Состояние", "test") as operation:
        operation.update("work_event", key, state=state)
    return key


def test_people_and_schools_are_counted_once(store: Store, body: int) -> None:
    _member(store, body, "Смирнова Анна Петровна", "руководитель", 1)
    _member(store, body, "Белова Ольга Юрьевна", "секретарь", 2)
    _member(store, body, "Белова Ольга Юрьевна", "эксперт", 2)
    gone = _member(store, body, "Юдин Пётр Ильич", "участник", 3)
    tables_row = {"date_to": "2026-10-01"}
    with store.operation("Вышел", "test") as operation:
        operation.update("body_member", gone, **tables_row)
    registers.add(store, "body_schools", {"body_id": body}, organisation_id=_school(store, 1), role="ведущая школа")
    line = _line(store, body)
    assert (line.members, line.heads, line.secretary) == (2, ("Смирнова Анна Петровна",), "Белова Ольга Юрьевна")
    assert line.school_names == ("СОШ № 1", "СОШ № 2")
    # in the school year before he was still there
    assert _line(store, body, 2025).members == 3


def test_a_merged_school_is_one_under_its_canonical_record(store: Store, body: int) -> None:
    _member(store, body, "Смирнова Анна Петровна", "руководитель", 1)
    _member(store, body, "Белова Ольга Юрьевна", "участник", 2)
    registers.add(store, "body_schools", {"body_id": body}, organisation_id=_school(store, 3))
    first, second = _school(store, 1), _school(store, 2)
    with store.operation("Объединены", "test") as operation:
        operation.update("organisation", second, duplicate_of=first)
    assert _line(store, body).schools == (first, _school(store, 3))
    assert [one.school for one in bodies.card(store.connection, body, YEAR, DAY).members] == ["СОШ № 1", "СОШ № 1"]
    assert [line.id for line in bodies.of_school(store.connection, first, YEAR, DAY)] == [body]
    assert organisations.canonical(store.connection, second) == first


def test_a_plan_item_is_done_by_its_mark_or_by_its_meeting(store: Store, body: int) -> None:
    keys = [
        bodies_writing.add_item(store, body, YEAR, text, due_on=due)
        for text, due in (("Разбор заданий", "10.11.2026"), ("Открытый урок", "20.11.2026"), ("Банк", None),
                          ("Итоги", "20.05.2027"))
    ]  # fmt: skip
    registers.edit(store, "body_plan", keys[2], done_on="2026-10-01")
    (event,) = bodies_writing.event_of(store, [keys[1]], actor="Ким О. В.")
    states = {one.text: one.state for one in bodies.plan(store.connection, YEAR, DAY, body)}
    assert states == {"Разбор заданий": "late", "Открытый урок": "late", "Банк": "done", "Итоги": "open"}
    with store.operation("Прошло", "test") as operation:
        operation.update("work_event", event, state="held")
    found = {one.text: (one.state, one.done_on) for one in bodies.plan(store.connection, YEAR, DAY, body)}
    assert found["Открытый урок"] == ("done", "2026-11-20")
    line = _line(store, body)
    assert (line.plan, line.done, line.late, line.word, line.tone) == (4, 2, 1, "просрочено 1", "bad")
    with store.operation("Без дня", "test") as operation:
        operation.update("work_event", event, date_from=None)
    found = {one.text: (one.state, one.done_on) for one in bodies.plan(store.connection, YEAR, DAY, body)}
    assert found["Открытый урок"] == ("done", None), "a day that nobody wrote is not made up"
    (table,) = (block for block in body_papers.plan(store.connection, body, YEAR, DAY).document.blocks
                if isinstance(block, Table))  # fmt: skip
    marks = {str(row.cells[1]): str(row.cells[-1]) for group in table.groups for row in group.rows}
    assert "выполнено" in marks["Открытый урок"]
    assert "выполнено" not in marks["Итоги"]


def test_an_item_becomes_one_meeting_however_often_it_is_asked_for(store: Store, body: int) -> None:
    key = bodies_writing.add_item(store, body, YEAR, "Семинар по геометрии", due_on="04.12.2026")
    assert bodies_writing.event_of(store, [key], actor="Ким О. В.") == bodies_writing.event_of(store, [key], actor="")
    (event,) = tables.rows(store.connection, "work_event")
    assert (event["kind"], event["title"], event["date_from"], event["body_id"], event["subject"]) == (
        "meeting", "Семинар по геометрии", "2026-12-04", body, "Математика",
    )  # fmt: skip
    assert [one.state for one in bodies.plan(store.connection, YEAR, DAY, body)] == ["event"]
    store.undo()
    assert not tables.rows(store.connection, "work_event")
    assert [one.event_id for one in bodies.plan(store.connection, YEAR, DAY, body)] == [None]


def test_who_came_is_by_school_the_number_or_the_longer_list_as_the_event_tells_it(store: Store, body: int) -> None:
    key = _meeting(store, body, "12.11.2026", "held")
    (one,) = bodies.meetings(store.connection, YEAR, body)
    assert one.people is None  # nobody wrote it down: no nought
    with store.operation("Были", "test") as operation:
        operation.insert("event_people", event_id=key, organisation_id=_school(store, 1), audience="teachers", came=2,
                         connections=7)  # fmt: skip
        for place, came in enumerate(("yes", "online", "yes", "no")):
            operation.insert("event_guest", event_id=key, position=place, name=f"Гость {place}", came=came,
                             organisation_id=_school(store, 1))  # fmt: skip
        operation.insert("event_people", event_id=key, organisation_id=_school(store, 2), came=1)
    (one,) = bodies.meetings(store.connection, YEAR, body)
    assert (one.people, one.connections) == (3 + 1, 7)
    assert one.people == events.card(store.connection, key, DAY).line.came, "one truth with the event"
    assert not bodies.meetings(store.connection, 2025, body)


def test_a_protocol_is_made_of_the_meeting_and_opened_again(store: Store, body: int) -> None:
    with store.operation("Люди", "test") as operation:
        operation.insert("person", full_name="Смирнова Анна Петровна", position="учитель, СОШ № 1")
    _member(store, body, "Смирнова Анна Петровна", "руководитель", 1)
    _member(store, body, "Белова Ольга Юрьевна", "секретарь", 2)
    event = _meeting(store, body, "12.11.2026", "held")
    with store.operation("Повестка", "test") as operation:
        operation.insert("event_item", event_id=event, position=0, topic="Итоги ВПР", speaker="Смирнова А. П.")
        operation.insert("event_item", event_id=event, position=1, topic="План на зиму")
    key, year = bodies_writing.protocol(store, event)
    assert year == YEAR
    document = tables.row(store.connection, "decision_document", key)
    assert document is not None
    kept = ("body", "body_id", "dated", "place", "chair", "secretary", "present")
    assert {name: document[name] for name in kept} == {
        "body": "РМО учителей математики", "body_id": body, "dated": "2026-11-12", "place": "СОШ № 1",
        "chair": "Смирнова Анна Петровна", "secretary": "Белова Ольга Юрьевна",
        "present": "Смирнова Анна Петровна, учитель, СОШ № 1\nБелова Ольга Юрьевна",
    }  # fmt: skip
    agenda = tables.rows(store.connection, "agenda_item", {"document_id": key}, ("position",))
    assert [(row["topic"], row["speaker"]) for row in agenda] == [
        ("Итоги ВПР", "Смирнова А. П."), ("План на зиму", None),
    ]  # fmt: skip
    assert bodies_writing.protocol(store, event) == (key, YEAR)
    assert len(tables.rows(store.connection, "decision_document")) == 1
    # the protocol goes, the meeting stays; both come back
    registers.remove(store, "documents", {"school_year": YEAR}, [key])
    assert tables.rows(store.connection, "work_event")[0]["document_id"] is None
    store.undo()
    assert tables.rows(store.connection, "work_event")[0]["document_id"] == key
    store.undo()
    assert not tables.rows(store.connection, "decision_document")
    assert not tables.rows(store.connection, "agenda_item")


def test_those_on_the_list_of_names_are_present_instead_of_the_members(store: Store, body: int) -> None:
    _member(store, body, "Смирнова Анна Петровна", "руководитель", 1)
    event = _meeting(store, body, "12.11.2026", "held", title="Круглый стол")
    with store.operation("Были", "test") as operation:
        operation.insert("event_guest", event_id=event, position=0, name="Юдин Пётр Ильич", post="учитель", came="yes")
        operation.insert("event_guest", event_id=event, position=1, name="Носова Ида Львовна", came="no")
    key, _year = bodies_writing.protocol(store, event)
    document = tables.row(store.connection, "decision_document", key)
    assert document is not None
    assert document["present"] == "Юдин Пётр Ильич, учитель"
    (item,) = tables.rows(store.connection, "agenda_item")
    assert item["topic"] == "Круглый стол"


def test_a_meeting_without_a_day_has_no_protocol(store: Store, body: int) -> None:
    event = _meeting(store, body, "12.11.2026")
    with store.operation("Без дня", "test") as operation:
        operation.update("work_event", event, date_from=None)
    with pytest.raises(UserError) as caught:
        bodies_writing.protocol(store, event)
    assert caught.value.code == "BODY_NO_DAY"
    with pytest.raises(UserError) as caught:
        bodies_writing.protocol(store, 7)
    assert caught.value.code == "BODY_NO_EVENT"


def test_a_plan_is_copied_into_the_next_year_once(store: Store, body: int) -> None:
    bodies_writing.add_item(store, body, 2027, "Старое", due_on="29.02.2028", responsible="Смирнова А. П.")
    key = bodies_writing.add_item(store, body, 2027, "Итоги")
    registers.edit(store, "body_plan", key, done_on="2028-05-20", result="справка")
    assert bodies_writing.copy_plan(store, body, 2027, 2028) == 2
    assert [(one.text, one.due_on, one.responsible, one.done_on, one.result)
            for one in bodies.plan(store.connection, 2028, DAY, body)] == [
        ("Старое", "2029-02-28", "Смирнова А. П.", None, ""), ("Итоги", None, "", None, ""),
    ]  # fmt: skip
    assert bodies_writing.copy_plan(store, body, 2027, 2028) == 0
    with pytest.raises(UserError) as caught:
        bodies_writing.copy_plan(store, body, 2020, 2021)
    assert caught.value.code == "BODY_NO_PLAN"


def test_topics_come_into_the_plan_once(store: Store, body: int) -> None:
    assert bodies_writing.take_topics(store, body, YEAR, ["Разобрать: дроби", "Разобрать: графики"]) == 2
    assert bodies_writing.take_topics(store, body, YEAR, ["Разобрать: Дроби", "Разобрать: уравнения"]) == 1
    assert [one.text for one in bodies.plan(store.connection, YEAR, DAY, body)] == [
        "Разобрать: дроби", "Разобрать: графики", "Разобрать: уравнения",
    ]  # fmt: skip


def test_what_hangs_on_a_body_is_named_and_comes_back_with_it(store: Store, body: int) -> None:
    _member(store, body, "Смирнова Анна Петровна", "руководитель", 1)
    bodies_writing.add_item(store, body, YEAR, "Итоги")
    registers.put_cells(store, "body_plan", _scope(body), [(-1, "due_on", "скоро")])
    event = _meeting(store, body, "12.11.2026", "held")
    bodies_writing.add_product(store, body, "Сборник задач", year=YEAR)
    bodies_writing.protocol(store, event)
    with store.operation("Форма", "test") as operation:
        operation.insert("form_subject", kind="rmo", body_id=body)
        operation.insert("help_entry", kind="visit", body_id=body)
    told = bodies_writing.hangs_on(store.connection, body).replace(NB, " ")
    assert told == (
        "Вместе с ним исчезнут: 1 человек состава, 2 пункта плана. Останутся без объединения: 1 событие, "
        "1 запись о помощи, 1 практика, 1 протокол, 1 оценка по форме."
    )
    before = {name: tables.rows(store.connection, name) for name in _TABLES}
    bodies_writing.remove(store, body)
    left = {name: tables.rows(store.connection, name) for name in _TABLES}
    assert not left["body"] + left["body_member"] + left["body_plan"] + left["draft_cell"]
    assert left["form_subject"][0]["name"] == "РМО учителей математики"
    assert {left[name][0]["body_id"] for name in ("work_event", "practice", "help_entry", "decision_document")} == {
        None
    }
    store.undo()
    assert {name: tables.rows(store.connection, name) for name in _TABLES} == before
    store.redo()
    assert {name: tables.rows(store.connection, name) for name in _TABLES} == left


_TABLES = ("body", "body_member", "body_plan", "draft_cell", "work_event", "practice", "help_entry",
           "decision_document", "form_subject")  # fmt: skip


def test_a_body_that_a_protocol_of_the_list_names_is_not_removed(store: Store, body: int) -> None:
    with store.operation("Протокол", "test") as operation:
        operation.insert("list_protocol", rule_id="lenobl-2018", result_year=2026, body_id=body)
    with pytest.raises(UserError) as caught:
        bodies_writing.remove(store, body)
    assert caught.value.code == "BODY_IN_USE"
    assert caught.value.context["where"] == "протокол списка школ"
    assert tables.rows(store.connection, "body")


def test_a_body_is_changed_and_ended(store: Store, body: int) -> None:
    bodies_writing.edit(store, body, topic="Функциональная грамотность", date_to="31.10.2026")
    line = _line(store, body)
    assert (line.topic, line.over, line.word) == ("Функциональная грамотность", True, "работа завершена")
    assert not _line(store, body, 2025).over
    for values, code in (({"name": " "}, "BODY_NO_NAME"), ({"kind": ""}, "BODY_NO_KIND"),
                         ({"date_to": "вчера"}, "GEN_BAD_DATE")):  # fmt: skip
        with pytest.raises(UserError) as caught:
            bodies_writing.edit(store, body, **values)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        bodies_writing.edit(store, 5, name="Нет")
    assert caught.value.code == "BODY_GONE"


def test_scoring_begins_one_case_a_year(store: Store, body: int) -> None:
    known = bodies_writing.forms_for(store.connection)
    assert known[0][0] == "rmo"
    assert {"rmo", "young-teachers", "method-work"} <= {key for key, _name in known}
    case = bodies_writing.assess(store, body, "rmo", YEAR)
    assert bodies_writing.assess(store, body, "rmo", YEAR) == case
    other = bodies_writing.add(store, name="РМО физиков", kind="РМО")
    second = bodies_writing.assess(store, other, "rmo", YEAR)
    assert second != case
    assert len(tables.rows(store.connection, "form_round")) == 1
    (score,) = bodies.card(store.connection, body, YEAR, DAY).scores
    assert (score.id, score.school_year, score.form, score.state, score.level) == (
        case, YEAR, "rmo", "не отправлено", "",
    )  # fmt: skip
    with pytest.raises(UserError) as caught:
        bodies_writing.assess(store, body, "school-transition", YEAR)
    assert caught.value.code == "BODY_FORM"


def test_a_name_finds_a_body_and_two_alike_are_told_apart(store: Store, body: int) -> None:
    assert body_choice.find(store.connection, "рмо учителей") == body
    assert body_choice.find(store.connection, "физика") is None
    assert body_choice.find(store.connection, " ") is None
    second = bodies_writing.add(store, name="РМО учителей математики", kind="РМО")
    names = body_choice.names(store.connection)
    assert sorted(names.values()) == ["РМО учителей математики", "РМО учителей математики (2)"]
    assert {body_choice.find(store.connection, name) for name in names.values()} == {body, second}


def test_the_advice_follows_what_lacks(store: Store, body: int) -> None:
    def step() -> str:
        return bodies.advice(bodies.card(store.connection, body, YEAR, DAY), DAY).step

    assert step() == "members"
    member = _member(store, body, "Смирнова Анна Петровна", "участник", 1)
    assert step() == "head"
    registers.edit(store, "body_members", member, role="председатель")
    assert step() == "plan"
    bodies_writing.add_item(store, body, YEAR, "Итоги", due_on="20.11.2026")
    assert step() == "late"
    event = _meeting(store, body, "12.11.2026")
    assert step() == "result"
    with store.operation("Прошло", "test") as operation:
        operation.update("work_event", event, state="held")
    assert step() == "protocol"
    bodies_writing.protocol(store, event)
    registers.put_cells(store, "body_plan", _scope(body),
                        [(tables.rows(store.connection, "body_plan")[0]["id"], "due_on", "20.12.2026")])  # fmt: skip
    assert step() == "meeting"
    _meeting(store, body, "05.12.2026")
    assert step() == ""
    assert bodies.sentence([_line(store, body)]).replace(NB, " ") == (
        "1 объединение · в них 1 школа · прошло 1 заседание"
    )


def test_an_empty_file_has_no_bodies(store: Store) -> None:
    assert bodies.listing(store.connection, YEAR, DAY) == ()
    assert bodies.sentence(()) == "Объединений пока нет"
    with pytest.raises(UserError) as caught:
        bodies.card(store.connection, 1, YEAR, DAY)
    assert caught.value.code == "BODY_GONE"
