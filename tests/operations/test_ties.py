"""Ties between schools, distances, donors: entering, undo, merged records."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models import externals, health, organisations
from app.models.store import Store
from app.operations import checks, donors, pairs, schools, ties
from app.operations.results import Options, load
from app.operations.ties import NewTie
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

YEAR = 2026
RULE = "rosobrnadzor-2022"


@pytest.fixture
def ids(store: Store) -> list[int]:
    return [schools.add(store, {"name": f"Школа № {number}", "short_name": f"СОШ № {number}"}) for number in (1, 2, 3)]


def row(key: int, **texts: str) -> list[tuple[int, str, str]]:
    return [(key, name, text) for name, text in texts.items()]


# --- ties ----------------------------------------------------------------------------------------------------------


def test_a_row_becomes_a_tie_as_soon_as_it_has_both_schools(store: Store, ids: list[int]) -> None:
    made = ties.put_cells(store, YEAR, row(-1, donor_id="СОШ № 1", subject="матем", grade="6"))
    assert ties.listing(store.connection, YEAR) == []
    (line,) = ties.table(store.connection, YEAR).lines
    assert line.texts[:4] == ("СОШ № 1", "", "матем", "6")
    assert list(line.troubles) == [1]
    ties.put_cells(store, YEAR, row(made[-1], receiver_id="СОШ № 2"))
    (tie,) = ties.listing(store.connection, YEAR)
    assert (tie.id, tie.donor_id, tie.receiver_id) == (made[-1], ids[0], ids[1])
    assert (tie.subject, tie.grade, tie.state) == ("Математика", 6, "existing")
    assert ties.table(store.connection, YEAR).lines[0].troubles == {}


def test_what_does_not_fit_waits_in_its_cell_and_the_tie_stays(store: Store, ids: list[int]) -> None:
    made = ties.put_cells(store, YEAR, row(-1, donor_id="СОШ № 1", receiver_id="СОШ № 2", act_date="15.09.2026"))
    key = made[-1]
    ties.put_cells(store, YEAR, row(key, grade="13", act_date="осенью", receiver_id="Нет такой", state="дружба"))
    (tie,) = ties.listing(store.connection, YEAR)
    assert (tie.receiver_id, tie.grade, tie.act_date, tie.state) == (ids[1], None, "2026-09-15", "existing")
    (line,) = ties.table(store.connection, YEAR).lines
    assert (line.texts[1], line.texts[3], line.texts[4], line.texts[6]) == ("Нет такой", "13", "дружба", "осенью")
    assert sorted(line.troubles) == [1, 3, 4, 6]
    named = [item.message for item in health.check(store.connection)]
    assert any("Договорённость о помощи, 2026/27" in text and "«13»" in text for text in named)
    ties.put_cells(store, YEAR, row(key, grade="6", act_date="", receiver_id="СОШ № 3", state="предл"))
    (tie,) = ties.listing(store.connection, YEAR)
    assert (tie.receiver_id, tie.grade, tie.act_date, tie.state) == (ids[2], 6, None, "planned")
    assert ties.table(store.connection, YEAR).lines[0].troubles == {}


def test_a_tie_that_loses_a_school_is_a_row_that_waits_and_an_emptied_row_goes(store: Store, ids: list[int]) -> None:
    key = ties.put_cells(store, YEAR, row(-1, donor_id="СОШ № 1", receiver_id="СОШ № 2"))[-1]
    ties.put_cells(store, YEAR, row(key, donor_id=""))
    assert ties.listing(store.connection, YEAR) == []
    assert ties.table(store.connection, YEAR).lines[0].texts[1] == "СОШ № 2"
    ties.put_cells(store, YEAR, row(key, receiver_id="", state=""))
    assert ties.table(store.connection, YEAR).lines == ()


def test_a_school_does_not_help_itself(store: Store, ids: list[int]) -> None:
    key = ties.put_cells(store, YEAR, row(-1, donor_id="СОШ № 1", receiver_id="СОШ № 1"))[-1]
    assert ties.listing(store.connection, YEAR) == []
    assert "сама себе" in ties.table(store.connection, YEAR).lines[0].troubles[1]
    with pytest.raises(UserError) as refused:
        ties.add(store, YEAR, [NewTie(ids[0], ids[0])])
    assert refused.value.code == "DATA_TIE_SELF"
    assert key > 0


def test_every_change_is_one_operation_and_undo_brings_back_all(store: Store, ids: list[int]) -> None:
    ties.add(store, YEAR, [NewTie(ids[0], ids[1], "Математика"), NewTie(ids[0], ids[2])])
    before = dump(store.connection)
    block = [*row(-1, donor_id="СОШ № 3", receiver_id="СОШ № 2"), *row(-2, donor_id="СОШ № 3", subject="рус")]
    made = ties.put_cells(store, YEAR, block)
    ties.remove(store, YEAR, made.values())
    assert dump(store.connection) == before
    for _step in range(2):
        store.undo()
    assert dump(store.connection) == before
    ties.put_cells(store, YEAR, row(-1, donor_id="СОШ № 3", note="ещё"))
    store.undo()
    assert dump(store.connection) == before


def test_the_same_tie_twice_is_refused_while_it_is_in_force(store: Store, ids: list[int]) -> None:
    (key,) = ties.add(store, YEAR, [NewTie(ids[0], ids[1], "Математика", 6)])
    with pytest.raises(UserError) as refused:
        ties.add(store, YEAR, [NewTie(ids[0], ids[1], "Математика", 6, "planned")])
    assert refused.value.code == "DATA_TIE_KNOWN"
    ties.set_state(store, [key], "ended")
    assert len(ties.add(store, YEAR, [NewTie(ids[0], ids[1], "Математика", 6)])) == 1


def test_ties_of_a_school_are_of_the_year_and_follow_a_merging(store: Store, ids: list[int]) -> None:
    ties.add(store, YEAR, [NewTie(ids[0], ids[1]), NewTie(ids[2], ids[1]), NewTie(ids[0], ids[2])])
    ties.add(store, YEAR - 1, [NewTie(ids[0], ids[1])])
    assert len(ties.of_school(store.connection, ids[1], YEAR)) == 2
    schools.merge(store, ids[2], ids[0])
    found = ties.of_school(store.connection, ids[0], YEAR)
    # 1 → 3 would be 1 → 1 now and is shown no more; nothing is rewritten
    assert [(tie.donor_id, tie.receiver_id) for tie in found] == [(ids[0], ids[1])] * 2
    schools.separate(store, ids[2])
    assert len(ties.of_school(store.connection, ids[2], YEAR)) == 2


def test_a_strange_row_or_column_is_refused(store: Store, ids: list[int]) -> None:
    for cells, code in ((row(77, note="?"), "DATA_TIE_NO_ROW"), (row(-1, colour="?"), "DATA_TIE_NO_COLUMN")):
        with pytest.raises(UserError) as refused:
            ties.put_cells(store, YEAR, cells)
        assert refused.value.code == code
    assert len(ids) == 3


# --- donors and distances ------------------------------------------------------------------------------------------


def test_donors_are_written_as_a_block_and_taken_over_next_year(store: Store, ids: list[int]) -> None:
    cells = [
        (ids[0], "capacity", "2"),
        (ids[0], "consent", "да"),
        (ids[1], "consent", "нет"),
        (ids[2], "capacity", "две"),
    ]
    assert donors.put_donors(store, YEAR, cells) == 1
    found = donors.donor_table(store.connection, YEAR)
    assert (found.donors[ids[0]].capacity, found.donors[ids[0]].consent) == (2, "yes")
    assert found.text(ids[2], "capacity")[0] == "две"
    assert found.text(ids[2], "capacity")[1] != ""
    assert donors.take_last_year(store, YEAR + 1) == 2
    assert donors.donor_table(store.connection, YEAR + 1).donors[ids[1]].consent == "no"
    before = dump(store.connection)
    donors.put_donors(store, YEAR, [(ids[0], "capacity", ""), (ids[0], "consent", ""), (ids[2], "capacity", "")])
    assert ids[0] not in donors.donor_table(store.connection, YEAR).donors
    store.undo()
    assert dump(store.connection) == before


def test_a_distance_is_the_same_there_and_back(store: Store, ids: list[int]) -> None:
    one, two, three = ids
    assert donors.put_ways(store, "km", [(two, one, "12"), (one, three, "30 км"), (three, two, "далеко")]) == 1
    donors.set_way(store, one, two, minutes=20)
    found = donors.way_table(store.connection)
    assert (found.ways[tuple(sorted((one, two)))].km, found.ways[tuple(sorted((one, two)))].minutes) == (12, 20)  # type: ignore[index]
    assert found.text(one, three, "km") == found.text(three, one, "km") == ("30", "")
    assert found.text(two, three, "km")[0] == "далеко"
    (problem,) = health.check(store.connection)
    assert "Расстояния: СОШ № " in problem.message
    assert "«далеко»" in problem.message
    (finding,) = checks.problems(store.connection)
    assert finding.what.startswith("Расстояния: СОШ № ")
    assert "для графы «СОШ № " in finding.what
    # a pasted square whose lower half is empty takes nothing away
    donors.put_ways(store, "km", [(one, two, "13"), (two, one, "")])
    assert donors.way_table(store.connection).text(two, one, "km") == ("13", "")
    with pytest.raises(UserError) as refused:
        donors.set_way(store, one, two)
    assert refused.value.code == "DATA_DISTANCE_EMPTY"
    with pytest.raises(UserError) as refused:
        donors.put_ways(store, "km", [(one, one, "3")])
    assert refused.value.code == "DATA_DISTANCE_SELF"


# --- pairs from the stored counts ----------------------------------------------------------------------------------


@pytest.fixture
def found(store: Store) -> dict[str, int]:
    """№ 1 is listed (4 of 10, 5 of 10); № 2 is strong in maths, № 3 in both, № 4 in both with a marker of bias."""
    units = [school(f"СОШ № {n}", f"edu00000{n}") for n in (1, 2, 3, 4)]
    counts = {0: (4, 5, 10), 1: (1, 4, 20), 2: (1, 0, 20), 3: (0, 0, 20)}
    rows = [
        mark(units[place], work, YEAR, below, of)
        for place, (maths, russian, of) in counts.items()
        for work, below in ((MATHS5, maths), (RUSSIAN5, russian))
    ]
    load(store, reading(*rows), Options(create_schools=True))
    ids = {item.shown: item.id for item in organisations.listing(store.connection)}
    with store.operation("Признаки", "test") as operation:
        key = 7
        externals.put_list(
            operation, key=key, kind="bias", year=YEAR, title="Признаки", import_file_id=None, actor="Ким"
        )
        operation.insert("external_entry", list_id=key, organisation_id=ids["СОШ № 4"], item="5 МА", value="1", raw="1")
    return ids


def test_proposals_come_from_the_stored_counts(store: Store, found: dict[str, int]) -> None:
    board = pairs.overview(store.connection, RULE, YEAR)
    (receiver,) = board.receivers
    assert (receiver.school.id, len(receiver.weak), pairs.state_of(receiver)) == (found["СОШ № 1"], 2, "none")
    assert [proposal.donor_id for proposal in receiver.proposals] == [found["СОШ № 3"], found["СОШ № 2"]]
    assert receiver.refused == ((found["СОШ № 4"], "bias"),)


def test_accepted_pairs_are_planned_ties_a_subject_each(store: Store, found: dict[str, int]) -> None:
    before = dump(store.connection)
    board, made = pairs.assignment(store.connection, RULE, YEAR)
    chosen = [(row.receiver_id, row.proposal.donor_id) for row in made.rows if row.proposal is not None]
    assert chosen == [(found["СОШ № 1"], found["СОШ № 3"])]
    pairs.accept(store, RULE, YEAR, chosen)
    ties_made = ties.of_school(store.connection, found["СОШ № 1"], board.school_year)
    assert {(tie.subject, tie.grade, tie.state) for tie in ties_made} == {
        ("Математика", 5, "planned"), ("Русский язык", 5, "planned"),
    }  # fmt: skip
    assert pairs.state_of(pairs.overview(store.connection, RULE, YEAR).receivers[0]) == "planned"
    with pytest.raises(UserError) as refused:
        pairs.accept(store, RULE, YEAR, chosen)
    assert refused.value.code == "DATA_NO_PAIR"
    store.undo()
    assert dump(store.connection) == before


def test_a_declined_pair_is_proposed_no_more(store: Store, found: dict[str, int]) -> None:
    pairs.decline(store, YEAR, found["СОШ № 1"], found["СОШ № 3"], "Далеко")
    (receiver,) = pairs.overview(store.connection, RULE, YEAR).receivers
    assert [proposal.donor_id for proposal in receiver.proposals] == [found["СОШ № 2"]]
    (tie,) = ties.listing(store.connection, YEAR)
    assert (tie.state, tie.note) == ("declined", "Далеко")


def test_a_tie_of_one_subject_leaves_the_other_open(store: Store, found: dict[str, int]) -> None:
    ties.add(store, YEAR, [NewTie(found["СОШ № 2"], found["СОШ № 1"], "Математика")])
    (receiver,) = pairs.overview(store.connection, RULE, YEAR).receivers
    assert pairs.state_of(receiver) == "partly"
    assert [result.assessment for result in receiver.open] == [RUSSIAN5]
