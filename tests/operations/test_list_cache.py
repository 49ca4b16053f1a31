"""What is computed once is not computed again, and what is stale is never handed out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.importers.parsed import ParsedMark
from app.models import frames
from app.models.store import Connection, Store, one_moment, open_reader
from app.operations import history, identification, list_cache, list_reading, results, schools
from app.operations.results import Options
from tests.operations.conftest import MATHS5, MATHS6, RUSSIAN5, mark, reading, school

RULE, YEAR = "rosobrnadzor-2022", 2026
FIRST, SECOND = school("СОШ № 1", "edu900001"), school("СОШ № 2", "edu900002")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    list_cache.forget()


@pytest.fixture
def filled(store: Store) -> Store:
    """The first school: 3 of 10 and 2 of 10; the second: 3 of 10 twice."""
    add(store, mark(FIRST, MATHS5, YEAR, 3, 10), mark(FIRST, RUSSIAN5, YEAR, 2, 10, 10),
        mark(SECOND, MATHS5, YEAR, 3, 10, 11), mark(SECOND, RUSSIAN5, YEAR, 3, 10, 12))  # fmt: skip
    return store


def add(store: Store, *marks: ParsedMark, name: str = "файл.xlsx") -> None:
    results.load(store, reading(*marks, name=name), Options(create_schools=True))


def listed(connection: Connection) -> list[str]:
    return [row.name for row in identification.school_list(connection, RULE, YEAR).rows if row.listed]


def test_what_was_computed_is_handed_out_again(filled: Store) -> None:
    one = identification.compute(filled.connection, RULE, YEAR)
    other = identification.compute(filled.connection, RULE, YEAR)
    assert one[2] is other[2]
    whole = identification.school_list(filled.connection, RULE, YEAR)
    assert identification.school_list(filled.connection, RULE, YEAR) is whole
    assert identification.compute(filled.connection, "kriro-2023", YEAR)[2] is not one[2]
    assert identification.compute(filled.connection, RULE, YEAR, everyone=True)[2] is not one[2]


def test_the_reader_of_the_window_takes_what_is_kept_and_sees_what_was_written(filled: Store) -> None:
    """The window reads inside ``one_moment``, which holds a transaction: that is no operation in progress."""
    with closing(open_reader(filled.path)) as reader:
        with one_moment(reader):
            one = identification.compute(reader, RULE, YEAR)
            assert identification.compute(reader, RULE, YEAR)[2] is one[2]
            assert listed(reader) == ["СОШ № 2"]
        with one_moment(reader):
            assert identification.compute(reader, RULE, YEAR)[2] is one[2]
        add(filled, mark(FIRST, MATHS6, YEAR, 4, 10), name="второй.xlsx")
        with one_moment(reader):
            assert listed(reader) == ["СОШ № 1", "СОШ № 2"]


def test_an_import_its_undo_and_redo_are_seen(filled: Store) -> None:
    assert listed(filled.connection) == ["СОШ № 2"]
    add(filled, mark(FIRST, MATHS6, YEAR, 4, 10), name="второй.xlsx")
    assert listed(filled.connection) == ["СОШ № 1", "СОШ № 2"]
    history.undo(filled)
    assert listed(filled.connection) == ["СОШ № 2"]
    history.redo(filled)
    assert listed(filled.connection) == ["СОШ № 1", "СОШ № 2"]
    history.undo(filled)
    assert listed(filled.connection) == ["СОШ № 2"]


def test_a_correction_and_another_name_are_seen(filled: Store) -> None:
    assert listed(filled.connection) == ["СОШ № 2"]
    first = schools.find(filled.connection, "edu900001").id
    identification.correct(filled, RULE, YEAR, first, "listed", "решение рабочей группы")
    assert listed(filled.connection) == ["СОШ № 1", "СОШ № 2"]
    identification.correct(filled, RULE, YEAR, first, None, "")
    assert listed(filled.connection) == ["СОШ № 2"]
    with filled.operation("Правка", "school.edit") as operation:
        operation.update("organisation", first, name="Гимназия № 1")
    names = [row.full_name for row in identification.school_list(filled.connection, RULE, YEAR).rows]
    assert "Гимназия № 1" in names


def test_edits_that_go_into_one_operation_are_seen(filled: Store) -> None:
    """One cell edited twice in one visit leaves one operation, maybe within one second."""
    first = schools.find(filled.connection, "edu900001").id
    for name in ("Гимназия № 1", "Гимназия № 2", "Гимназия № 3"):
        with filled.operation("Правка", "school.edit", merge="school:1:name") as operation:
            operation.update("organisation", first, name=name)
        names = [row.full_name for row in identification.school_list(filled.connection, RULE, YEAR).rows]
        assert name in names


def test_what_another_connection_wrote_is_seen(filled: Store, path: Path) -> None:
    reader = open_reader(path)
    assert listed(reader) == ["СОШ № 2"]
    add(filled, mark(FIRST, MATHS6, YEAR, 4, 10), name="второй.xlsx")
    assert listed(reader) == ["СОШ № 1", "СОШ № 2"]
    history.undo(filled)
    assert listed(reader) == ["СОШ № 2"]
    assert identification.compute(reader, RULE, YEAR)[2] is identification.compute(filled.connection, RULE, YEAR)[2]
    reader.close()


def test_two_files_of_one_shape_do_not_mix(filled: Store, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "Другой.opora", name="Другой округ", actor="Ким О. В.")
    add(other, mark(FIRST, MATHS5, YEAR, 9, 10), mark(FIRST, RUSSIAN5, YEAR, 9, 10, 10))
    assert listed(filled.connection) == ["СОШ № 2"]
    assert listed(other.connection) == ["СОШ № 1"]
    other.abandon()


def test_nothing_uncommitted_is_kept(filled: Store) -> None:
    """What an operation has written so far may be rolled back: it is seen inside, and nowhere else."""
    listed(filled.connection)

    def broken() -> None:
        with filled.operation("Пробная правка", "school.edit") as operation:
            operation.connection.execute("UPDATE mark_count SET below_min = 0, m2 = NULL")
            assert listed(filled.connection) == []
            raise RuntimeError("назад")

    with pytest.raises(RuntimeError, match="назад"):
        broken()
    assert listed(filled.connection) == ["СОШ № 2"]


def test_what_changed_meanwhile_is_not_kept(filled: Store) -> None:
    """Somebody writes while a list is computed: the next look computes it anew."""
    calls: list[int] = []

    def make() -> int:
        calls.append(len(calls))
        if len(calls) == 1:
            add(filled, mark(FIRST, MATHS6, YEAR, 4, 10), name="второй.xlsx")
        return len(calls)

    for wanted in (1, 2, 2):
        assert list_cache.kept(filled.connection, ("проба",), make, lambda _made: 1) == wanted


def test_the_shelf_has_an_end(filled: Store) -> None:
    for number in range(list_cache.MOST_ENTRIES + 5):
        list_cache.kept(filled.connection, ("проба", number), lambda: 0, lambda _made: 1)
    assert list_cache.size() == (list_cache.MOST_ENTRIES, list_cache.MOST_ENTRIES)
    list_cache.kept(filled.connection, ("большая",), lambda: 0, lambda _made: list_cache.MOST_WEIGHT * 2)
    assert list_cache.size()[0] == 1, "one answer is kept, however large"


def test_results_are_read_once_for_a_list_and_the_years_it_looks_back_on(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(filled, mark(FIRST, MATHS6, YEAR - 1, 3, 10), mark(FIRST, RUSSIAN5, YEAR - 1, 3, 10, 10), name="прежний.xlsx")
    seen: list[tuple[int, ...]] = []
    read = frames.mark_frame

    def count(connection: Connection, years: tuple[int, ...], **how: bool) -> object:
        seen.append(years)
        return read(connection, years, **how)

    monkeypatch.setattr(frames, "mark_frame", count)
    found = identification.school_list(filled.connection, RULE, YEAR)
    # two procedures the year before, and one in each of both years
    assert [(row.name, row.change) for row in found.rows] == [("СОШ № 1", "2-й год"), ("СОШ № 2", "")]
    assert len(seen) == 1
    assert {YEAR, YEAR - 1} <= set(seen[0])


def test_what_was_read_for_several_years_is_read_again_after_a_change(filled: Store) -> None:
    rule = identification.rule(filled.connection, RULE)
    read = list_reading.Reading(filled.connection, rule, (YEAR, YEAR - 1), everyone=False)
    assert len(read.material(YEAR).frame) == 4
    add(filled, mark(FIRST, MATHS5, YEAR - 1, 3, 10), name="прежний.xlsx")
    before = read.material(YEAR - 1).frame
    assert set(before["year"]) <= set(rule.years(YEAR - 1))
    assert len(before) == 1
