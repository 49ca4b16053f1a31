"""The journal of help: what was typed becomes a row, what is not understood stays; reading, numbers, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import help_entries
from app.models import registers as stored
from app.models.store import Store
from app.operations import (
    checks,
    help_entry,
    help_journal,
    help_schools,
    help_understanding,
    registers,
    tasks,
    typed_texts,
)
from app.operations.help_understanding import HelpDraft

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "о.opora", name="Лесогорский округ", actor="Ким О. В.")
    with made.operation("школы", "test") as operation:
        for key, name, short in (
            (7, "МБОУ «Средняя общеобразовательная школа № 7»", "СОШ № 7"),
            (17, "МБОУ «СОШ № 17»", "СОШ № 17"),
            (5, "МБОУ «СОШ № 5»", "СОШ № 5"),
            (6, "МБОУ «Гимназия № 5»", "Гимназия № 5"),
            (8, "МБОУ «Заречная основная школа»", "Заречная школа"),
        ):
            operation.insert("organisation", id=key, name=name, short_name=short, kind="school", own=1)
        operation.insert("organisation_code", organisation_id=8, system="fisoko", value="sch360012")
        operation.insert(
            "deficit", id=70, school_year=2026, organisation_id=7, subject="Чтение", text="смысловое чтение на уроках"
        )
        operation.insert("deficit", id=71, school_year=2026, organisation_id=7, text="оценивание")
        operation.insert("task", id=90, kind="visit", text="Съездить в СОШ № 7", organisation_id=7, due_on="2026-11-23")
    yield made
    made.abandon()


def _line(store: Store, key: int) -> help_journal.HelpLine:
    found = help_journal.get(store.connection, key)
    assert found is not None
    return found


def _write(
    store: Store, school: str = "", kind: str = "", people: str = "", topic: str = "", outcome: str = "", day: str = ""
) -> help_entry.Written:
    return help_entry.write(store, HelpDraft(school, kind, people, topic, outcome, day), DAY)


def test_one_line_becomes_a_whole_entry(store: Store) -> None:
    done = _write(store, school="7 визит 3 учителя дефицит: смысловое чтение → 01.12 повторный выезд")
    line = _line(store, done.key)
    assert not done.marks
    assert (line.kind, line.held_on, line.school_id, line.people, line.audience) == (
        "visit", "2026-11-23", 7, 3, "teachers")  # fmt: skip
    assert (line.deficit_id, line.topic, line.next_on, line.next_step) == (
        70, "смысловое чтение", "2026-12-01", "повторный выезд")  # fmt: skip
    assert (line.way, line.methodist, line.waits) == ("school", "Ким О. В.", True)


def test_what_is_not_understood_is_kept_and_marked(store: Store) -> None:
    done = _write(store, school="СОШ № 99", kind="прогулка", people="все", topic="х", outcome="→ 31.02", day="как-то")
    line = _line(store, done.key)
    kept = {"held_on": "как-то", "organisation_id": "СОШ № 99", "kind": "прогулка", "people": "все", "next_on": "31.02"}
    assert dict(done.marks) == kept
    assert (line.held_on, line.school_id, line.kind, line.people, line.next_step) == (
        None, None, "consultation", None, "31.02")  # fmt: skip
    drafts = stored.drafts(store.connection, "help_entry")[done.key]
    for raw, code in drafts.values():
        assert raw in help_understanding.trouble(raw, code)
    shown = registers.table(store.connection, "help", {}).lines[0]
    assert len(shown.troubles) == 5
    registers.put_cells(store, "help", {}, [(done.key, "organisation_id", "СОШ № 7")])
    assert _line(store, done.key).school_id == 7
    assert "organisation_id" not in stored.drafts(store.connection, "help_entry")[done.key]


def test_a_number_of_two_schools_is_not_guessed(store: Store) -> None:
    index = help_schools.load(store.connection)
    assert [one.shown for one in index.suggest("5")] == ["Гимназия № 5", "СОШ № 5"]
    assert index.meant("5").one is None
    for text, key in (("7", 7), ("в школе № 7", 7), ("школу 17", 17), ("МБОУ СОШ № 17", 17), ("в гимназии", 6),
                      ("Заречную школу", 8), ("гимн 5", 6), ("зареч", 8), ("360012", 8), ("СОШ № 5", 5),
                      ("сош 17", 17)):  # fmt: skip
        found = index.meant(text).one
        assert found is not None, text
        assert found.id == key, text
    assert index.meant("").several == ()
    assert _write(store, school="5", topic="х").marks == {"organisation_id": "5"}


def test_an_empty_entry_is_told(store: Store) -> None:
    with pytest.raises(UserError) as error:
        _write(store, school=" ")
    assert error.value.code == "HELP_EMPTY"


def test_words_that_tell_no_people_go_into_the_note(store: Store) -> None:
    line = _line(store, _write(store, school="7", people="2 учителя математики Сомов").key)
    assert (line.people, line.subject, line.note) == (2, "математика", "Кого: 2 учителя математики Сомов")


def test_a_task_is_done_with_its_entry_and_comes_back_with_undo(store: Store) -> None:
    draft = HelpDraft("7", "visit", "директор", "оценивание", "план готов", links={"task_id": 90})
    key = help_entry.write(store, draft, DAY).key
    task = stored.row(store.connection, "task", 90)
    assert task is not None
    assert (task["done_on"], task["result"]) == ("2026-11-23", "план готов")
    assert (_line(store, key).task_id, _line(store, key).deficit_id) == (90, 71)
    store.undo()
    task = stored.row(store.connection, "task", 90)
    assert task is not None
    assert task["done_on"] is None
    assert help_journal.listing(store.connection) == ()
    store.redo()
    registers.remove(store, "tasks", {}, [90])
    assert _line(store, key).task_id is None, "the entry outlives its task"
    store.undo()
    assert _line(store, key).task_id == 90
    assert tasks.counts(store.connection, DAY).open == 0


def test_an_entry_is_written_anew_from_what_the_dialog_shows(store: Store) -> None:
    key = _write(store, school="7", kind="visit", people="3 учителя физики Сомов", topic="дефицит: оценивание",
                 outcome="обсудили → 01.12 звонок").key  # fmt: skip
    before = _line(store, key)
    shown = help_entry.draft_of(store.connection, key)
    assert (shown.people, shown.topic, shown.outcome) == (
        "3\u00a0учителя, физика", "оценивание", "обсудили → 01.12.2026 звонок")  # fmt: skip
    help_entry.rewrite(store, key, shown, DAY)
    assert _line(store, key) == before, "nothing was typed, nothing changes"
    help_entry.rewrite(store, key, HelpDraft(kind=shown.kind, topic=shown.topic), DAY)
    assert _line(store, key).school_id is None
    store.undo()
    assert _line(store, key) == before


def test_entries_are_found_by_every_word_and_span(store: Store) -> None:
    for day, school, topic in (("20.11.2026", "7", "Чтение"), ("20.10.2026", "17", "чтение вслух"),
                               ("20.11.2025", "зареч", "оценивание")):  # fmt: skip
        _write(store, school=school, topic=topic, day=day, people="2 учителя")
    read = help_journal.listing
    assert [line.school_id for line in read(store.connection)] == [7, 17, 8]
    assert [line.school_id for line in read(store.connection, query="ЧТЕНИЕ")] == [7, 17]
    assert [line.school_id for line in read(store.connection, query="чтение сош 17")] == [17]
    assert [line.school_id for line in read(store.connection, date(2026, 11, 1), date(2026, 11, 30))] == [7]
    assert [line.school_id for line in read(store.connection, query="консульт", school_id=8)] == [8]
    assert read(store.connection, kinds={"visit"}) == ()
    assert read(store.connection, query="нет такого") == ()


def test_totals_count_people_of_a_school_once_at_its_fullest(store: Store) -> None:
    _write(store, school="7", people="3 учителя", outcome="→ 20.11.2026 звонок")
    _write(store, school="7", people="5 учителей")
    _write(store, school="17", people="2 учителя")
    _write(store, school="17", people="учителя")
    _write(store, topic="без школы", people="директор", outcome="→ 01.12 план")
    found = help_journal.totals(help_journal.listing(store.connection), DAY)
    assert (found.occasions, found.kinds, found.unplaced) == (5, {"consultation": 5}, 1)
    # 5 of school 7 and 2 of school 17; the head may be one of them or not
    assert (found.people.least, found.people.most, found.people.silent) == (7, 11, 1)
    assert (found.schools, found.waiting, found.late) == (frozenset({7, 17}), 2, 1)


def test_a_merged_school_counts_under_its_canonical_record(store: Store) -> None:
    _write(store, school="17", people="2 учителя")
    _write(store, school="7", people="3 учителя")
    with store.operation("слито", "test") as operation:
        operation.update("organisation", 17, duplicate_of=7)
    lines = help_journal.listing(store.connection, school_id=17)
    assert [line.school for line in lines] == ["СОШ № 7", "СОШ № 7"]
    assert help_journal.totals(lines, DAY).schools == frozenset({7})
    assert help_schools.load(store.connection).meant("17").one is None


def test_the_next_step_is_done_and_undone(store: Store) -> None:
    key = _write(store, school="7", outcome="→ 20.11.2026 звонок").key
    help_entry.finish_step(store, [key], DAY)
    assert not _line(store, key).waits
    help_entry.finish_step(store, [key], None)
    assert _line(store, key).waits
    store.undo()
    assert _line(store, key).next_done_on == "2026-11-23"
    with pytest.raises(UserError) as error:
        help_entry.finish_step(store, [1], DAY)
    assert error.value.code == "HELP_GONE"


def test_repeating_duplicating_and_removing(store: Store) -> None:
    key = _write(store, school="7", kind="visit", people="3 учителя", topic="оценивание", outcome="обсудили").key
    desk = help_understanding.desk(store.connection, DAY, "Ким О. В.")
    assert desk.latest is not None
    draft = help_entry.again(desk.latest, date(2026, 11, 25))
    assert (draft.school_id, draft.people, draft.outcome, draft.day) == (7, "3\u00a0учителя", "", "25.11.2026")
    other = help_entry.duplicate(store, key, DAY)
    assert (_line(store, other).outcome, _line(store, other).topic) == ("", "оценивание")
    registers.attach(store, "help", key, link="https://example.org/a")
    help_entry.remove(store, [key, other])
    assert help_journal.listing(store.connection) == ()
    store.undo()
    assert len(help_journal.listing(store.connection)) == 2
    assert stored.attachments(store.connection, "help_entry", [key])


def test_a_template_gives_all_but_school_and_day(store: Store) -> None:
    draft = HelpDraft("7", "visit", "3 учителя", "ВПР", "план → 07.12 звонок", "23.11.2026")
    help_entry.save_template(store, " Выезд  по ВПР ", draft, DAY)
    (template,) = help_entries.templates(store.connection)
    assert (template.title, template.kind, template.people, template.next_days) == ("Выезд по ВПР", "visit", 3, 14)
    made = help_entry.from_template(template, HelpDraft(school="17", people="директор"), date(2026, 12, 1))
    assert (made.school, made.people, made.outcome) == ("17", "3\u00a0учителя", "план → 15.12.2026 звонок")
    with pytest.raises(UserError) as error:
        help_entry.save_template(store, " ", draft, DAY)
    assert error.value.code == "HELP_NO_TITLE"


def test_how_help_was_given_is_read_from_the_words(store: Store) -> None:
    ways = {"консультация по телефону": "phone", "встреча онлайн": "online", "разбор": None}
    for topic, way in ways.items():
        assert _line(store, _write(store, school="7", topic=topic).key).way == way


def test_a_search_never_answers_with_what_has_become_of_the_texts(store: Store) -> None:
    """An edit, its undoing and redoing each make another state."""

    def found(query: str) -> list[int]:
        return [line.id for line in help_journal.listing(store.connection, query=query)]

    key = _write(store, school="СОШ № 7", kind="выезд", topic="Ёлочка").key
    assert (found("елочка"), found("елочка 7"), found("елочка 17")) == ([key], [key], [])
    help_entry.put(store, key, "topic", "берёзка")
    assert (found("елочка"), found("БЕРЕЗКА")) == ([], [key])
    store.undo()
    assert (found("елочка"), found("берёзка")) == ([key], [])
    store.redo()
    assert (found("елочка"), found("берёзка")) == ([], [key])
    other = _write(store, school="СОШ № 17", topic="берёзка\x1fдва знака").key
    assert set(found("берёзка")) == {other, key}
    help_entry.remove(store, [other])
    assert found("берёзка") == [key]


def test_a_search_takes_every_sign_as_it_is_and_any_number_of_words(store: Store) -> None:
    key = _write(store, school="7", topic="Разбор* [ВПР] 5-6? «Über Straße» 100% ^итог", people="2 учителя").key
    other = _write(store, school="17", topic="разбор ВПР 556", people="директор").key

    def found(query: str) -> set[int]:
        return {line.id for line in help_journal.listing(store.connection, query=query)}

    assert found("разбор впр") == {other, key}
    for word in (
        "разбор*",
        "[впр]",
        "[",
        "5-6?",
        "über",
        "ÜBER",
        "straße",
        "100%",
        "^ИТОГ",
        "*",
        "?",
        "учител разбор*",
    ):
        assert found(word) == {key}, word
    assert found("впр*") == found("5-6! разбор") == found("_азбор") == set()
    # more words than one statement takes, and a word longer than SQLite lets a pattern be
    one = "разбор впр 556 сош 17 консультация 2026 р а з б о п в 5 6 с ш 1 7 к н с у л т ц и я"
    assert len(set(one.split())) > 20
    assert found(one) == {other}
    assert found("слово" * 20_000) == set()


def test_a_merged_school_narrows_what_is_read_to_both_records(store: Store) -> None:
    seven, five, none = (_write(store, school=name, kind=kind).key for name, kind in (
        ("СОШ № 7", "выезд"), ("СОШ № 5", "урок"), ("нигде", "выезд")))  # fmt: skip
    with store.operation("слияние", "test") as operation:
        operation.update("organisation", 5, duplicate_of=7)

    def keys(school: int, kinds: tuple[str, ...] | None = None) -> set[int]:
        return {line.id for line in help_journal.listing(store.connection, school_id=school, kinds=kinds)}

    assert keys(7) == keys(5) == {seven, five}
    assert keys(7, ("visit",)) == {seven}
    assert {line.id for line in help_journal.listing(store.connection, kinds=("visit",))} == {seven, none}
    assert help_entries.schools(store.connection) == {7, 5}


def test_what_is_typed_is_no_finding_and_comes_back_to_its_writer(store: Store) -> None:
    draft = HelpDraft("7", "visit", "3 учителя", "чтение", "итог → 01.12", "20.11.2026", links={"task_id": 90})
    place = typed_texts.fresh_place("Ким О. В.")
    help_entry.keep_typed(store, draft, "help:1", place)
    kept = help_entry.typed(store.connection, "Ким О. В.")
    assert kept is not None
    assert (kept.draft, kept.place, kept.others, kept.at is not None) == (draft, place, 0, True)
    assert help_entry.typed(store.connection, "Сомов А. А.") is None
    assert not [one for one in checks.problems(store.connection) if one.code == "STORE_DRAFT"]
    help_entry.keep_typed(store, HelpDraft(kind="visit", day="20.11.2026"), "help:1", place)
    assert help_entry.typed(store.connection, "Ким О. В.") is None, "fields that were emptied are forgotten"


def test_an_entry_that_waits_is_told_with_the_words_of_its_columns(store: Store) -> None:
    _write(store, school="7", people="все", outcome="→ 31.02")
    told = [one.what for one in checks.problems(store.connection) if one.code == "STORE_DRAFT"]
    assert ["«все» не подходит для графы «Человек»" in one or "«31.02» не подходит для графы «Когда шаг»" in one
            for one in told] == [True, True]  # fmt: skip
