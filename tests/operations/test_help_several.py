"""Several schools in one line are an entry each; several groups of people are counted together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models.store import Store
from app.operations import help_entry, help_journal, help_understanding, history
from app.operations.help_understanding import HelpDraft
from app.operations.work_turnout import NOT_STAFF

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "о.opora", name="Лесогорский округ", actor="Ким О. В.")
    with made.operation("школы", "test") as operation:
        for key, short in (
            (7, "СОШ № 7"),
            (17, "СОШ № 17"),
            (5, "СОШ № 5"),
            (6, "Гимназия № 5"),
            (8, "Заречная школа"),
        ):
            operation.insert("organisation", id=key, name=f"МБОУ «{short}»", short_name=short, kind="school", own=1)
        operation.insert("deficit", id=70, school_year=2026, organisation_id=17, text="смысловое чтение")
    yield made
    made.abandon()


def lines(store: Store) -> list[tuple[int | None, int | None, str | None, str]]:
    found = sorted(help_journal.listing(store.connection), key=lambda line: line.school_id or 0)
    return [(line.school_id, line.people, line.audience, line.topic) for line in found]


def test_each_school_of_a_line_gets_an_entry_in_one_step(store: Store) -> None:
    done = help_entry.write(store, HelpDraft("7, 17 консультация учителя дефицит: смысловое чтение"), DAY)
    assert (done.number, done.marks) == (2, {})
    assert lines(store) == [(7, None, "teachers", "смысловое чтение"), (17, None, "teachers", "смысловое чтение")]
    # the deficit is that of the school which has it
    assert {line.school_id: line.deficit_id for line in help_journal.listing(store.connection)} == {7: None, 17: 70}
    assert history.undo(store)
    assert lines(store) == []


@pytest.mark.parametrize("text", ["СОШ № 7 и СОШ № 17", "7 и 17", "7/17", "СОШ № 7, 17", "7, 17, 7"])
def test_two_schools_are_two_however_they_are_written(store: Store, text: str) -> None:
    help_entry.write(store, HelpDraft(text, "visit"), DAY)
    assert [school for school, *_rest in lines(store)] == [7, 17]


@pytest.mark.parametrize("text", ["7, за рекой", "7, 5", "за рекой и горами"])
def test_what_is_not_surely_several_schools_stays_one_entry_with_its_words(store: Store, text: str) -> None:
    done = help_entry.write(store, HelpDraft(text, "visit"), DAY)
    assert (done.number, done.marks) == (1, {"organisation_id": text})


def test_a_number_over_several_schools_is_divided_by_nobody(store: Store) -> None:
    done = help_entry.write(store, HelpDraft("7 и 17 визит 3 учителя о чтении"), DAY)
    assert done.marks == {"people": "3 учителя"}
    assert [(people, whom) for _school, people, whom, _topic in lines(store)] == [(None, "teachers")] * 2
    found = help_journal.people_of(help_journal.listing(store.connection))
    assert (found.occasions, found.silent) == (0, 2)
    assert "из нескольких школ" in help_understanding.trouble("3 учителя", "HELP_PEOPLE_SHARED")


@pytest.mark.parametrize("people", ["по 2 учителя", "2 учителя из каждой", "2 учителя от каждой школы"])
def test_so_many_of_each_school_are_counted_in_each(store: Store, people: str) -> None:
    help_entry.write(store, HelpDraft("7, 17", "visit", people), DAY)
    assert [people for _school, people, *_rest in lines(store)] == [2, 2]


def test_the_dialog_tells_it_before_it_is_written(store: Store) -> None:
    known = help_understanding.desk(store.connection, DAY)
    draft = HelpDraft("7, 17", "visit", "3 учителя")
    found = help_understanding.understand(known, draft, DAY, new=True)
    assert found.told["school"].text == "записей будет 2, по одной на школу: СОШ № 7, СОШ № 17"
    assert found.told["people"].text.startswith("сколько из какой школы, не сказано")
    assert "topic" not in found.told  # the deficits of one of them say nothing of both
    # an entry that is put right stays one
    again = help_understanding.understand(known, draft, DAY)
    assert again.marks["organisation_id"] == ("7, 17", "HELP_SCHOOL_UNKNOWN")
    chosen = HelpDraft("7, 17", "visit", school_id=8)
    assert help_understanding.understand(known, chosen, DAY, new=True).values["organisation_id"] == 8


@pytest.mark.parametrize(
    ("line", "people", "audience", "topic"),
    [
        ("7 визит 2 учителя и 3 завуча дефицит: чтение", 5, "team", "чтение"),
        ("7 визит 2 учителя, чтение, 3 завуча", 5, "team", "чтение"),
        ("7 визит 2 учителя о чтении, 1 психолог", 3, "team", "о чтении"),
        ("7 визит 5 человек, ВПР, 2 учителя", 5, None, "ВПР, 2 учителя"),
        ("7 визит 2 учителя, план на 3 года, 4 класс", 2, "teachers", "план на 3 года, 4 класс"),
        ("7 визит 3 чел. 5 класс", 3, None, "5 класс"),
    ],
)
def test_a_second_group_of_people_is_counted_wherever_it_stands(
    store: Store, line: str, people: int, audience: str | None, topic: str
) -> None:
    help_entry.write(store, HelpDraft(line), DAY)
    assert lines(store) == [(7, people, audience, topic)]


def test_the_parts_of_two_groups_stay_in_the_note_and_parents_are_no_staff(store: Store) -> None:
    done = help_entry.write(store, HelpDraft("7", "visit", "5 учителей и 2 родителя"), DAY)
    found = help_journal.get(store.connection, done.key)
    assert found is not None
    assert (found.people, found.audience, found.note) == (7, "other", "Кого: 5 учителей и 2 родителя")
    # 004's measure of help counts teachers and heads: seven would be too many
    assert found.audience in NOT_STAFF
