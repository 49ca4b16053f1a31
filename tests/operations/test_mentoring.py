"""Mentoring: pairs against counts, meetings, totals, papers; figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.store import Store
from app.operations import day_lines, mentoring, mentoring_papers, paper_catalogue, registers
from app.operations.mentoring import Board, Total, attention
from tests.helpers import stores

DAY = date(2026, 11, 23)
YEAR = {"school_year": 2026}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = stores.made(tmp_path / "Файл.opora")
    for name in ("Школа А", "Школа Б"):
        stores.school(made, name, kind="school", own=1)
    yield made
    made.abandon()


def key_of(store: Store, name: str) -> int:
    return int(store.connection.execute("SELECT id FROM organisation WHERE name = ?", (name,)).fetchone()[0])


def person(store: Store, name: str) -> int:
    row = store.connection.execute("SELECT id FROM person WHERE full_name = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    with store.operation("Человек", "person.add") as operation:
        return operation.insert("person", full_name=name)


def pair(store: Store, mentor: str, mentee: str, school: str = "Школа А", **values: object) -> int:
    return registers.add(
        store, "mentor_pairs", {}, mentor_id=person(store, mentor), mentee_id=person(store, mentee),
        organisation_id=key_of(store, school), **values,
    )  # fmt: skip


def counts(store: Store, school: str, **values: int | None) -> int:
    return registers.add(store, "young_counts", YEAR, organisation_id=key_of(store, school), **values)


def board(store: Store) -> Board:
    return mentoring.board(store.connection, 2026, DAY)


def told(store: Store) -> list[str]:
    return [one.text for one in board(store).findings]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    made = stores.made(tmp_path / "Пустой.opora")
    found = mentoring.board(made.connection, 2026, DAY)
    assert (found.lines, found.sentence) == ((), "Пар и сведений школ за этот учебный год нет.")
    assert found.total("young") == Total(None, 0, 0)
    made.abandon()


def test_a_school_that_says_nothing_is_not_a_nought(store: Store) -> None:
    counts(store, "Школа А", young=3, mentored=None)
    found = board(store)
    assert found.total("young") == Total(3, 1, 2)
    assert found.total("young").words == "3 по\u00a01\u00a0школе из\u00a02"
    assert found.total("mentored") == Total(None, 0, 2)
    assert found.total("mentored").words == "—"
    counts(store, "Школа Б", young=0)
    assert board(store).total("young").words == "3"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"young": 2, "mentored": 3}, "Молодых педагогов 2, а с наставником больше: 3."),
        ({"young": 2, "first_year": 4}, "Молодых педагогов 2, а работающих первый год больше: 4."),
        ({"young": 5, "mentored": 2}, "По сведениям школы с наставником 2, а в парах молодых специалистов 1."),
    ],
)
def test_counts_that_disagree_are_said_and_left_as_they_are(
    store: Store, values: dict[str, int | None], text: str
) -> None:
    pair(store, "Ким О. В.", "Петров А. А.")
    counts(store, "Школа А", **values)
    before = stores.dump(store.connection)
    assert text in told(store)
    assert stores.dump(store.connection) == before


def test_counts_that_agree_say_nothing(store: Store) -> None:
    pair(store, "Ким О. В.", "Петров А. А.")
    pair(store, "Ким О. В.", "Орлов Б. Б.", form="subject")
    counts(store, "Школа А", young=3, first_year=1, mentored=1)
    assert told(store) == []


def test_whoever_has_two_mentors_is_one_young_teacher(store: Store) -> None:
    pair(store, "Ким О. В.", "Петров А. А.")
    pair(store, "Рябинина О. В.", "Петров А. А.")
    counts(store, "Школа А", young=1, mentored=1)
    assert told(store) == ["Петров А. А.: два наставника одной формы — Ким О. В. и Рябинина О. В."]


def test_pairs_without_names_count_each(store: Store) -> None:
    for _time in range(2):
        registers.add(store, "mentor_pairs", {}, organisation_id=key_of(store, "Школа А"))
    counts(store, "Школа А", young=2, mentored=2)
    assert told(store) == []
    assert board(store).mentors == 0


def test_what_is_odd_in_a_pair_is_named_inside_only(store: Store) -> None:
    pair(store, "Ким О. В.", "Ким О. В.")
    pair(store, "Ким О. В.", "Петров А. А.", date_to="2026-10-01")
    pair(store, "Ким О. В.", "Орлов Б. Б.", works_since="2020-09-01", form="teacher")
    pair(store, "Ким О. В.", "Сомов В. В.", date_from="2026-12-01", date_to="2026-11-01")
    found = board(store).findings
    assert all(one.named for one in found)
    assert [one.text.replace("\u00a0", " ") for one in found] == [
        "Ким О. В.: наставник и подопечный — один человек.",
        "Ким О. В. → Орлов Б. Б.: подопечный работает с 01.09.2020, молодым специалистом считают первые три года.",
        "Ким О. В. → Петров А. А.: срок пары кончился 01.10.2026, а она отмечена как работающая.",
        "Ким О. В. → Сомов В. В.: пара кончается раньше, чем начинается.",
        "Ким О. В. → Сомов В. В.: срок пары кончился 01.11.2026, а она отмечена как работающая.",
    ]
    document = mentoring_papers.summary(store.connection, 2026, DAY).document
    assert "Ким" not in repr(document)


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [
        (None, None, True), ("2026-07-31", None, True), (None, "2026-07-31", False), ("2027-08-01", None, False),
        ("2027-07-31", None, True), ("2024-09-01", "2026-08-01", True),
    ],
)  # fmt: skip
def test_a_pair_belongs_to_the_years_of_its_term(
    store: Store, first: str | None, last: str | None, there: bool
) -> None:  # fmt: skip
    pair(store, "Ким О. В.", "Петров А. А.", date_from=first, date_to=last)
    assert bool(board(store).pairs) is there


def test_merged_schools_count_once_under_the_record_that_stays(store: Store) -> None:
    old = stores.school(store, "Школа А старая", kind="school", own=1)
    registers.add(store, "young_counts", YEAR, organisation_id=old, young=9)
    counts(store, "Школа А", young=2)
    registers.add(store, "mentor_pairs", {}, organisation_id=old, mentor_school_id=key_of(store, "Школа А"))
    with store.operation("Объединены записи", "school.merge") as operation:
        operation.update("organisation", old, duplicate_of=key_of(store, "Школа А"))
    found = board(store)
    line = next(one for one in found.lines if one.school_id == key_of(store, "Школа А"))
    assert line.figure("young") == 2, "the record that stays speaks, though it came later"
    assert [one.mentor_school for one in line.pairs] == [""]
    assert found.total("young") == Total(2, 1, 2)
    assert told(store) == [
        "Сведения за год записаны 2\u00a0раза: молодых педагогов 2 и 9. В свод вошла первая запись."
    ]  # fmt: skip


def test_a_closed_school_keeps_its_pairs_and_a_pair_may_have_no_school(store: Store) -> None:
    pair(store, "Ким О. В.", "Петров А. А.")
    registers.add(store, "mentor_pairs", {})
    with store.operation("Школа закрыта", "school.close") as operation:
        operation.update("organisation", key_of(store, "Школа А"), status="closed")
    assert [(one.school, len(one.pairs)) for one in board(store).lines] == [
        ("Школа Б", 0), ("Школа А", 1), ("Школа не указана", 1),
    ]  # fmt: skip
    assert board(store).total("young").of == 2


def test_figures_without_a_school_wait_and_are_told_of(store: Store) -> None:
    counts(store, "Школа А", young=2)
    registers.add(store, "young_counts", YEAR, young=9, mentored=12)
    assert board(store).total("young") == Total(2, 1, 2)
    assert [one.replace("\u00a0", " ") for one in told(store)] == [
        "Сведения без школы: 1 строка. В свод они не вошли, впишите школу."
    ]
    assert "12" not in repr(mentoring_papers.summary(store.connection, 2026, DAY).document.blocks)


def test_a_meeting_is_marked_and_begun_where_none_waits(store: Store) -> None:
    key = pair(store, "Ким О. В.", "Петров А. А.")
    later, first = (
        registers.add(store, "mentor_meetings", {"pair_id": key}, planned_on=day)
        for day in ("2026-12-10", "2026-11-10")
    )
    (line,) = board(store).pairs
    assert (line.next, line.late, line.waiting, line.held) == ("2026-11-10", True, 2, 0)
    assert attention(line, DAY) == "Встреча 10.11.2026 не отмечена: прошла или перенесена?"
    before = stores.dump(store.connection)
    assert mentoring.hold(store, key, DAY, "Разобрали урок") == first
    assert mentoring.hold(store, key, DAY) == later
    third = mentoring.hold(store, key, DAY)
    assert third not in {first, later}
    (line,) = board(store).pairs
    assert (line.held, line.waiting, line.last, line.next) == (3, 0, "2026-11-23", None)
    for _time in range(3):
        store.undo()
    assert stores.dump(store.connection) == before
    with pytest.raises(UserError) as refused:
        mentoring.hold(store, key + 1, DAY)
    assert refused.value.code == "MENT_NO_PAIR"


def test_silence_is_worth_a_word_after_two_months(store: Store) -> None:
    key = pair(store, "Ким О. В.", "Петров А. А.", date_from="2026-09-01")
    registers.add(store, "mentor_meetings", {"pair_id": key}, held_on="2026-09-24")
    (line,) = board(store).pairs
    assert attention(line, date(2026, 11, 22)) == "", "59 days"
    assert attention(line, DAY) == "Встреч не было с\u00a024.09.2026, и новых в плане нет."
    registers.edit(store, "mentor_pairs", key, state="ended")
    assert attention(board(store).pairs[0], DAY) == ""


def test_a_plan_leaves_what_is_planned(store: Store) -> None:
    key = pair(store, "Ким О. В.", "Петров А. А.", date_from="2026-10-01", date_to="2027-03-31")
    registers.add(store, "mentor_meetings", {"pair_id": key}, planned_on="2026-11-02")
    before = stores.dump(store.connection)
    assert mentoring.plan(store, key, 2026) == 3, "October, December and February"
    days = [one.planned_on for one in board(store).pairs[0].pair.meetings]
    assert days == ["2026-11-02", "2026-10-15", "2026-12-15", "2027-02-15"]
    assert mentoring.plan(store, key, 2026) == 0
    store.undo()
    assert stores.dump(store.connection) == before


def test_lines_are_begun_for_schools_that_lack_them(store: Store) -> None:
    counts(store, "Школа А", young=1)
    keys = [key_of(store, name) for name in ("Школа А", "Школа Б")]
    assert mentoring.take(store, 2026, keys) == 1
    assert mentoring.take(store, 2026, keys) == 0
    assert board(store).total("young") == Total(1, 1, 2), "a line that says nothing is no nought"


def test_counts_go_upward_without_names(store: Store) -> None:
    pair(store, "Ким О. В.", "Петров А. А.")
    counts(store, "Школа А", young=4, mentored=1, pupil_pairs=6)
    assert mentoring.figures(store.connection, 2026, DAY) == {
        "young": 4, "first_year": None, "mentored": 1, "left_school": None, "pupil_pairs": 6, "pairs": 1, "mentors": 1,
        "meetings": 0,
    }  # fmt: skip


def test_meetings_are_due_and_done(store: Store) -> None:
    key = pair(store, "Ким О. В.", "Петров А. А.")
    row = registers.add(store, "mentor_meetings", {"pair_id": key}, planned_on="2026-11-20", topic="Урок")
    (line,) = [one for one in day_lines.open_lines(store.connection, DAY, DAY) if one.source == "mentoring"]
    assert (line.key, line.text, line.who, line.due) == (row, "Ким О. В. → Петров А. А.: Урок", "", "2026-11-20")
    assert line.place == ("work", ("mentoring", ("meeting", key, row)))
    registers.edit(store, "mentor_pairs", key, state="broken")
    assert not [one for one in day_lines.open_lines(store.connection, DAY, DAY) if one.source == "mentoring"]
    registers.edit(store, "mentor_meetings", row, held_on="2026-11-21")
    (line,) = [one for one in day_lines.done_lines(store.connection, DAY, date(2026, 11, 1), DAY)
               if one.source == "mentoring"]  # fmt: skip
    assert line.done_on == "2026-11-21"


def test_a_pair_goes_with_its_meetings(store: Store) -> None:
    key = pair(store, "Ким О. В.", "Петров А. А.")
    registers.add(store, "mentor_meetings", {"pair_id": key}, planned_on="2026-11-20")
    before = stores.dump(store.connection)
    registers.remove(store, "mentor_pairs", {}, [key])
    assert stores.dump(store.connection)["mentor_meeting"] == []
    store.undo()
    assert stores.dump(store.connection) == before


def test_long_names_make_papers(store: Store) -> None:
    name = ("Константинопольская-Преображенская " * 4)[:120].strip()
    key = pair(store, name, name + " мл.", topic="т" * 120, act="а" * 120)
    values = {"school_year": "2026", "pair": str(key)}
    for kind in ("mentoring_summary", "mentoring_annex", "mentoring_plan"):
        made = paper_catalogue.make(store.connection, kind, values if kind.endswith("plan") else YEAR_VALUES, DAY)
        assert made.document.title
    with pytest.raises(UserError) as refused:
        mentoring_papers.plan(store.connection, key + 1, 2026, DAY)
    assert refused.value.code == "MENT_NO_PAIR"


YEAR_VALUES = {"school_year": "2026"}
