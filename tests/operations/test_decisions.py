"""Decisions under control: states, numbers of points, marking many, ties, carrying over, speed; undo of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import decisions, registers, schools
from app.operations.decision_speed import speed
from tests.helpers import stores

DAY = date(2026, 11, 23)
YEAR = {"school_year": 2026}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return stores.made(tmp_path / "file.opora")


def document(store: Store, number: str = "3", dated: str | None = "2026-10-12", **values: object) -> int:
    return registers.add(store, "documents", YEAR, number=number, dated=dated, **values)


def point(store: Store, document_id: int, text: str = "Дело", **values: object) -> int:
    return registers.add(store, "points", {"document_id": document_id}, text=text, **values)


def test_points_stand_with_their_documents_the_urgent_first(store: Store) -> None:
    key = document(store, title="Ход программы", data_on="2026-10-01")
    done = point(store, key, "Сделано", due_on="2026-11-01", state="done", done_on="2026-11-01")
    soon = point(store, key, "Скоро", due_on="2026-11-25")
    late = point(store, key, "Поздно", due_on="2026-11-03", state="running")
    far = point(store, key, "Потом", due_on="2027-02-01")
    registers.add(store, "documents", {"school_year": 2025}, number="9")
    lines = decisions.control(store.connection, DAY, school_year=2026)
    assert [line.id for line in lines] == [late, soon, far, done]
    assert [line.word.replace("\u00a0", " ") for line in lines] == [
        "просрочено на 20 дней", "осталось 2 дня", "осталось 70 дней", "выполнено в срок",
    ]  # fmt: skip
    assert lines[0].document.replace("\u00a0", " ") == "протокол № 3 от 12.10.2026"
    assert (lines[0].title, lines[0].label, lines[3].label) == ("Ход программы", "3", "1")
    counted = decisions.totals(lines)
    assert (counted.points, counted.late, counted.soon, counted.waiting, counted.done, counted.in_time) == (
        4,
        1,
        1,
        3,
        1,
        1,
    )
    assert decisions.control(store.connection, DAY, school_year=2025) == ()


def test_a_point_is_numbered_by_its_question_unless_it_has_a_number(store: Store) -> None:
    key = document(store)
    first, second = (registers.add(store, "agenda", {"document_id": key}, topic=text) for text in ("Первый", "Второй"))
    keys = [point(store, key, agenda_id=one) for one in (second, first, second, None)]
    keys.append(point(store, key, agenda_id=first, label="1а"))
    labels = {line.id: line.label for line in decisions.control(store.connection, DAY)}
    assert [labels[one] for one in keys] == ["2.1", "1.1", "2.2", "1", "1а"]
    assert decisions.agenda(store.connection, key) == [(first, "1. Первый"), (second, "2. Второй")]


def test_a_merged_school_is_named_by_the_record_that_counts(store: Store) -> None:
    one, other = stores.school(store, "СОШ № 1", own=1), stores.school(store, "Школа номер один", own=1)
    point(store, document(store), organisation_id=other)
    assert [line.school for line in decisions.control(store.connection, DAY)] == ["Школа номер один"]
    assert decisions.control(store.connection, DAY, school_id=one) == ()
    schools.merge(store, other, one)
    for asked in (one, other):
        (line,) = decisions.control(store.connection, DAY, school_id=asked)
        assert (line.organisation_id, line.school) == (one, "СОШ № 1")


def test_many_points_are_marked_in_one_step(store: Store) -> None:
    key = document(store)
    keys = [point(store, key, due_on="2026-11-20") for _place in range(3)]
    before = stores.dump(store.connection)
    assert decisions.mark(store, keys, "done", day=DAY, result="Готово") == 3
    lines = decisions.control(store.connection, DAY)
    assert {(line.shown, line.done_on, line.result, line.days, line.in_time) for line in lines} == {
        ("done", "2026-11-23", "Готово", 3, False)
    }
    assert decisions.mark(store, keys, "done", day=DAY, result="Готово") == 0
    store.undo()
    assert stores.dump(store.connection) == before
    store.redo()
    assert decisions.mark(store, keys[:1], "running", day=DAY) == 1
    assert store.connection.execute(
        "SELECT state, done_on FROM decision_point WHERE id = ?", (keys[0],)
    ).fetchone() == ("running", None)


def test_what_can_not_be_is_refused(store: Store) -> None:
    key = point(store, document(store))
    refused = (
        ("MON_DEC_REASON", lambda: decisions.mark(store, [key], "not_done", day=DAY)),
        ("MON_DEC_STATE", lambda: decisions.mark(store, [key], "maybe", day=DAY)),
        ("MON_DEC_AHEAD", lambda: decisions.mark(store, [key], "done", day=DAY, done_on="2026-11-24")),
        ("MON_DEC_GONE", lambda: decisions.mark(store, [key, 5], "done", day=DAY)),
        ("MON_DEC_GONE", lambda: decisions.mark(store, [], "done", day=DAY)),
        ("MON_DEC_NO_ACTIVITY", lambda: decisions.tie(store, [key], 77)),
        ("MON_DEC_NO_DOCUMENT", lambda: decisions.carry(store, [key], 77)),
        ("MON_DEC_NO_DOCUMENT", lambda: decisions.put_heading(store, 77, {"place": "зал"})),
    )  # fmt: skip
    before = stores.dump(store.connection)
    for code, attempt in refused:
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.code == code
    assert stores.dump(store.connection) == before
    assert decisions.mark(store, [key], "not_done", day=DAY, reason="Школа закрыта на ремонт") == 1
    assert decisions.mark(store, [key], "not_done", day=DAY) == 0


def test_a_point_goes_only_under_a_question_of_its_document(store: Store) -> None:
    mine, other = document(store), document(store, "4")
    key = point(store, mine)
    question = registers.add(store, "agenda", {"document_id": mine}, topic="Вопрос")
    foreign = registers.add(store, "agenda", {"document_id": other}, topic="Чужой")
    with pytest.raises(UserError, match="из другого документа"):
        decisions.put_under(store, [key], foreign)
    assert decisions.put_under(store, [key], question) == 1
    assert decisions.control(store.connection, DAY)[0].topic == "Вопрос"
    assert decisions.put_under(store, [key], None) == 1


def test_unfinished_points_go_into_the_next_protocol(store: Store) -> None:
    old, new = document(store), document(store, "4", "2026-11-20")
    keys = [point(store, old, "Прошлое", due_on="2026-11-01", responsible="Ким О. В."),
            point(store, old, "Будущее", due_on="2026-12-01", reason="Болел")]  # fmt: skip
    before = stores.dump(store.connection)
    assert decisions.carry(store, keys, new) == 2
    carried = decisions.control(store.connection, DAY, document_id=new)
    assert {(line.text, line.due_on, line.state) for line in carried} == {
        ("Прошлое", None, "open"), ("Будущее", "2026-12-01", "open"),
    }  # fmt: skip
    left = {line.text: line for line in decisions.control(store.connection, DAY, document_id=old)}
    assert left["Прошлое"].reason.replace("\u00a0", " ") == "Перенесено: протокол № 4 от 20.11.2026"
    assert left["Будущее"].reason.replace("\u00a0", " ") == "Болел. Перенесено: протокол № 4 от 20.11.2026"
    assert {line.shown for line in left.values()} == {"not_done"}
    with pytest.raises(UserError) as caught:
        decisions.carry(store, [line.id for line in carried], new)
    assert caught.value.code == "MON_DEC_SAME"
    store.undo()
    assert stores.dump(store.connection) == before


def test_those_present_come_from_the_group(store: Store) -> None:
    from app.operations import directory

    chair = directory.add_person(store, "Ветрова Надежда Александровна", position="начальник управления")
    member = directory.add_person(store, "Калинин Сергей Олегович")
    gone = directory.add_person(store, "Бывший Иван Иванович")
    group = directory.add_body(store, "Рабочая группа", "рабочая группа")
    directory.add_member(store, group, chair, "председатель")
    directory.add_member(store, group, member, "секретарь")
    left = directory.add_member(store, group, gone, "член группы")
    with store.operation("Вышел из группы", "test") as operation:
        operation.update("body_member", left, date_to="2026-09-01")
    found = decisions.present_of(store.connection, " рабочая  ГРУППА ")
    assert found == {
        "chair": "Ветрова Надежда Александровна", "secretary": "Калинин Сергей Олегович",
        "present": "Ветрова Надежда Александровна, начальник управления\nКалинин Сергей Олегович",
    }  # fmt: skip
    assert decisions.present_of(store.connection, "Совет") is None


def test_the_heading_of_a_meeting_is_kept(store: Store) -> None:
    key = document(store)
    decisions.put_heading(store, key, {"place": " зал ", "next_on": "18.12.2026", "chair": ""})
    kept = decisions.document(store.connection, key)
    assert (kept["place"], kept["next_on"], kept["chair"]) == ("зал", "2026-12-18", None)
    with pytest.raises(UserError):
        decisions.put_heading(store, key, {"next_on": "зимой"})


def test_speed_is_counted_from_whole_pairs_of_dates_only(store: Store) -> None:
    """Data 01.10, decision 12.10 (11 days); swapped in the other document: no days, a fault instead."""
    first = document(store, data_on="2026-10-01")
    point(store, first, due_on="2026-10-22", state="done", done_on="2026-10-20")  # term 10, done 8, whole 19
    point(store, first, due_on="2026-11-01", state="done", done_on="2026-11-11")  # term 20, done 30, whole 41
    point(store, first, due_on="2026-11-20")  # term 39, late
    point(store, first, state="not_done")
    second = document(store, "4", "2026-11-06", data_on="2026-11-10")
    point(store, second, state="done", done_on="2026-11-01")
    third = document(store, "5", None)
    found = speed(store.connection, 2026, DAY)
    assert (found.to_decision and found.to_decision.number, found.to_decision and found.to_decision.text) == (
        1,
        "11\u00a0дней",
    )
    assert found.given is not None
    assert (found.given.number, found.given.low, found.given.least, found.given.most) == (3, 20, 10, 39)
    assert found.taken is not None
    assert (found.taken.number, found.taken.text) == (2, "8–30\u00a0дней")
    assert found.whole is not None
    assert (found.whole.low, found.whole.high) == (19, 41)
    assert (found.finished, found.in_time, found.late, found.waiting, found.not_done, found.unexplained) == (
        2,
        1,
        1,
        1,
        1,
        1,
    )
    lines = {line.document_id: line for line in found.lines}
    assert lines[first].oldest == 42
    assert lines[second].faults == (
        "данные датированы позже решения", "пункт отмечен выполненным раньше самого решения",
    )  # fmt: skip
    assert lines[third].faults == ("нет даты документа", "не сказано, по данным какого дня решали")
    assert found.without_data == 1


def test_an_empty_year_has_no_speed(store: Store) -> None:
    found = speed(store.connection, 2026, DAY)
    assert (found.lines, found.given, found.taken, found.whole, found.to_decision) == ((), None, None, None, None)


def test_activities_of_done_points_are_marked_in_the_execution(store: Store) -> None:
    from app.operations import execution, programme_edit
    from tests.helpers import programmes

    keys = programmes.small(store)
    programme_edit.put_dates(store, keys["first"], [("2026-09-01", "2026-10-30"), ("2027-02-01", "2027-03-31")])
    lineage = store.connection.execute("SELECT lineage FROM programme_node WHERE id = ?", (keys["first"],)).fetchone()[
        0
    ]
    key = point(store, document(store))
    assert decisions.tie(store, [key], lineage) == 1
    (line,) = decisions.of_activity(store.connection, lineage, DAY)
    assert (line.id, line.activity) == (key, "Стажировки учителей")
    assert dict(decisions.activities(store.connection))[lineage] == "1.1 Стажировки учителей"
    before = stores.dump(store.connection)
    assert decisions.finish_activities(store, [lineage], DAY) == 1
    lines = execution.table(store.connection, keys["programme"], None, DAY).lines
    assert [(one.plan_year, one.shown, one.done_on) for one in lines if one.lineage == lineage] == [
        (2026, "done", "2026-11-23"), (2027, "planned", None),
    ]  # fmt: skip
    store.undo()
    assert stores.dump(store.connection) == before
    assert decisions.finish_activities(store, [], DAY) == 0


def test_documents_and_points_are_found_from_afar(store: Store) -> None:
    older = registers.add(
        store, "documents", {"school_year": 2025}, number="1", dated="2025-09-01", title="Начало года"
    )
    key = point(store, older)
    assert decisions.year_of(store.connection, key) == 2025
    assert decisions.year_of(store.connection, 5) is None
    (found,) = decisions.findable(store.connection)
    assert (found.id, found.school_year, found.text) == (older, 2025, "Начало года")
    assert found.what.replace("\u00a0", " ") == "протокол № 1 от 01.09.2025"


def test_the_card_of_a_school_says_what_it_was_told_to_do(store: Store) -> None:
    from app.operations import decision_card

    school, other = stores.school(store, "СОШ № 1", own=1), stores.school(store, "СОШ № 2", own=1)
    key = document(store)
    assert decision_card.section(store.connection, school, 2026, DAY).lines == ()
    for place in range(8):
        point(store, key, f"Дело {place}.", organisation_id=school, due_on=f"2026-11-{10 + place}")
    point(store, key, "Чужое", organisation_id=other)
    lines = decision_card.section(store.connection, school, 2026, DAY).lines
    assert len(lines) == 7
    assert (lines[0].text.replace("\u00a0", " "), lines[0].state) == ("Дело 0: просрочено на 13 дней", "bad")
    assert lines[0].note == "срок 10.11.2026"
    assert lines[-1].text == "пунктов: 2"
