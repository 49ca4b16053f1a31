from __future__ import annotations

import pytest

from app.errors import UserError
from app.models import frames
from app.models.store import Store
from app.operations import history, maintenance, results, school_codes, schools
from app.operations.results import Options
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, mark, reading, school


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    return schools.add(store, {"name": "СОШ № 1"}), schools.add(store, {"name": "Школа номер один"})


@pytest.mark.parametrize(
    ("system", "value", "fits"),
    [
        ("inn", "7707083893", True),
        ("inn", "7707083894", False),
        ("inn", "500100732259", True),
        ("inn", "500100732258", False),
        ("inn", "77070838", False),
        ("ogrn", "1027700132195", True),
        ("ogrn", "1027700132196", False),
        ("fisoko", "sch123456", True),
        ("fisoko", "школа", False),
    ],
)
def test_check_digits(system: str, value: str, fits: bool) -> None:
    assert school_codes.code_fits(system, value) is fits


def test_an_unfit_code_stays_as_a_draft_and_goes_when_put_right(store: Store, two: tuple[int, int]) -> None:
    schools.set_code(store, two[0], "inn", "7707083894")
    assert schools.card(store.connection, two[0]).drafts == (("inn", "7707083894", "GEN_BAD_CODE"),)
    schools.set_code(store, two[0], "inn", "7707083893")
    card = schools.card(store.connection, two[0])
    assert card.drafts == ()
    assert [(system, value) for _key, system, value, *_ in card.codes] == [("inn", "7707083893")]


def test_a_taken_code_names_its_holder(store: Store, two: tuple[int, int]) -> None:
    schools.set_code(store, two[0], "fisoko", "edu000001")
    with pytest.raises(UserError) as caught:
        schools.set_code(store, two[1], "fisoko", "sch000001")
    assert caught.value.code == "GEN_CODE_TAKEN"
    assert "СОШ № 1" in str(caught.value)


def test_branches_may_share_inn(store: Store, two: tuple[int, int]) -> None:
    for key in two:
        schools.set_code(store, key, "inn", "7707083893")
    assert {s.code for s in schools.listing(store.connection)} == {"7707083893"}


def test_edits_of_one_field_in_one_visit_are_one_operation(store: Store, two: tuple[int, int]) -> None:
    before = len(history.history(store.connection))
    for text in ("СОШ № 1 и", "СОШ № 1 им", "СОШ № 1 им. Гагарина"):
        schools.edit(store, two[0], {"name": text})
    assert len(history.history(store.connection)) == before + 1
    history.undo(store)
    assert schools.card(store.connection, two[0]).school.name == "СОШ № 1"


def test_an_empty_name_is_refused(store: Store, two: tuple[int, int]) -> None:
    with pytest.raises(UserError) as caught:
        schools.edit(store, two[0], {"name": "  "})
    assert caught.value.code == "GEN_EMPTY_NAME"


def test_merging_moves_results_in_view_only_and_separating_brings_them_back(store: Store, two: tuple[int, int]) -> None:
    first, second = two
    for key, login in ((first, "edu000001"), (second, "edu000002")):
        schools.set_code(store, key, "fisoko", login)
    load = Options()
    results.load(store, reading(mark(school("СОШ № 1", "edu000001"), MATHS5, 2025, 8, 20)), load)
    results.load(store, reading(mark(school("Школа номер один", "edu000002"), MATHS5, 2026, 9, 20)), load)
    results.load(store, reading(mark(school("Школа номер один", "edu000002"), MATHS5, 2025, 1, 20)), load)
    preview = schools.preview_merge(store.connection, second, first)
    assert (preview.results_moved, preview.results_both) == (1, 1)
    schools.merge(store, second, first)
    frame = frames.mark_frame(store.connection, (2025, 2026))
    # 2025 stands in both records: the canonical one counts, nothing is counted twice
    assert sorted(zip(frame["school_id"], frame["year"], frame["below_min"], strict=True)) == [
        (first, 2025, 8),
        (first, 2026, 9),
    ]
    assert schools.find(store.connection, "edu000002").id == first
    schools.separate(store, second)
    assert len(frames.mark_frame(store.connection, (2025, 2026))) == 3


def test_merged_records_that_contradict_each_other_are_named_and_counted_once(
    store: Store, two: tuple[int, int]
) -> None:
    first, second = two
    for key, login in ((first, "edu000001"), (second, "edu000002")):
        schools.set_code(store, key, "fisoko", login)
    one, other = school("СОШ № 1", "edu000001"), school("Школа номер один", "edu000002")
    results.load(store, reading(mark(one, MATHS5, 2025, 8, 20), mark(one, MATHS5, 2026, 3, 10), name="а.xlsx"))
    late = reading(mark(other, MATHS5, 2025, 1, 20), mark(other, MATHS5, 2026, 3, 10), name="б.xlsx")
    results.load(store, late)
    assert maintenance.check(store.connection) == []
    foreseen = schools.preview_merge(store.connection, second, first)
    assert schools.merge(store, second, first) == foreseen
    found = maintenance.check(store.connection)
    # 2026 is the same in both: nothing to say
    assert [(p.code, p.level) for p in found] == [("STORE_MERGED_DIFFERS", "warning")]
    assert foreseen.differences == tuple(found)
    for part in (
        "СОШ № 1, ВПР математика, 5 кл. за 2025 год",
        "Считается 8 из 20 (файл: а.xlsx)",
        "1 из 20 (файл: б.xlsx)",
    ):
        assert part in found[0].message.replace("\u00a0", " ")
    assert [(m.year, m.below_min) for m in results.marks(store.connection)] == [(2025, 8), (2026, 3)]
    assert [(c.year, c.schools, c.participants) for c in results.coverage(store.connection)] == [
        (2025, 1, 20),
        (2026, 1, 10),
    ]
    schools.separate(store, second)
    assert maintenance.check(store.connection) == []
    assert len(results.marks(store.connection)) == 4


def test_of_two_merged_records_the_same_one_speaks_everywhere(store: Store, two: tuple[int, int]) -> None:
    third = schools.add(store, {"name": "Главная запись"})
    for key, login in zip(two, ("edu000001", "edu000002"), strict=True):
        schools.set_code(store, key, "fisoko", login)
    one, other = school("СОШ № 1", "edu000001"), school("Школа номер один", "edu000002")
    results.load(store, reading(mark(one, MATHS5, 2025, 8, 20), mark(other, MATHS5, 2025, 1, 20)))
    for key in two:
        schools.merge(store, key, third)
    said = [m.below_min for m in results.marks(store.connection)]
    assert said == [8 if two[0] < two[1] else 1]
    assert frames.mark_frame(store.connection, (2025,))["below_min"].tolist() == said
    assert f"Считается {said[0]}" in maintenance.check(store.connection)[0].message


def test_appointing_ends_the_former_head(store: Store, two: tuple[int, int]) -> None:
    schools.appoint(store, two[0], full_name="Громова Л. А.", date_from="01.09.2021")
    schools.appoint(store, two[0], full_name="Павлова Т. И.", date_from="10.01.2026")
    posts = schools.card(store.connection, two[0]).appointments
    assert [(p.person, p.date_from, p.date_to) for p in posts] == [
        ("Павлова Т. И.", "2026-01-10", None),
        ("Громова Л. А.", "2021-09-01", "2026-01-10"),
    ]


def test_pupils_that_are_no_number_are_kept_as_typed(store: Store, two: tuple[int, int]) -> None:
    schools.set_year(store, two[0], 2025, "pupils", "1 312")
    schools.set_year(store, two[0], 2025, "teachers", "около 30")
    card = schools.card(store.connection, two[0])
    assert [(year, pupils, teachers) for _key, year, pupils, teachers in card.years] == [(2025, 1312, None)]
    row = store.connection.execute("SELECT raw FROM draft_cell").fetchall()
    assert row == [("около 30",)]


def test_a_block_of_years_is_one_operation(store: Store, two: tuple[int, int]) -> None:
    """Typed, cleared, unfit and repeated cells of several years: one step to and fro, bit for bit."""
    schools.set_year(store, two[0], 2024, "pupils", "300")
    before = dump(store.connection)
    cells = [(2025, "pupils", "310"), (2025, "teachers", "21"), (2024, "pupils", ""), (2024, "teachers", "около 20"),
             (2025, "pupils", "312")]  # fmt: skip
    schools.set_years(store, two[0], cells)
    after = dump(store.connection)
    card = schools.card(store.connection, two[0])
    assert [(year, *figures) for _key, year, *figures in card.years] == [(2025, 312, 21), (2024, None, None)]
    assert card.year_drafts == ((2024, "teachers", "около 20", "GEN_BAD_NUMBER"),)
    assert history.history(store.connection, 1)[0].label == "Школа «СОШ № 1»: числа по годам, 4\u00a0ячейки"
    history.undo(store)
    assert dump(store.connection) == before
    history.redo(store)
    assert dump(store.connection) == after


def test_one_cell_of_a_year_says_itself_and_none_is_no_operation(store: Store, two: tuple[int, int]) -> None:
    schools.set_years(store, two[0], [(2025, "teachers", "21")])
    assert history.history(store.connection, 1)[0].label == "Школа «СОШ № 1»: учителей в 2025/26"
    schools.set_years(store, two[0], [])
    schools.set_years(store, two[0], [(2025, "teachers", "22")])
    assert sum("учителей" in item.label for item in history.history(store.connection, 5)) == 1, "one visit"
    with pytest.raises(UserError) as caught:
        schools.set_years(store, 77, [(2025, "pupils", "1")])
    assert caught.value.code == "GEN_NO_SCHOOL"


@pytest.mark.parametrize("query", ["edu000001", "sch000001", "сош № 1", "МБОУ «СОШ №1»"])
def test_a_school_is_found_by_login_and_by_name(store: Store, two: tuple[int, int], query: str) -> None:
    schools.set_code(store, two[0], "fisoko", "edu000001")
    assert schools.find(store.connection, query).id == two[0]


def test_an_unclear_name_lists_the_candidates(store: Store, two: tuple[int, int]) -> None:
    schools.add(store, {"name": "СОШ № 10 имени Гагарина"})
    schools.add(store, {"name": "СОШ № 11 имени Гагарина"})
    with pytest.raises(UserError) as caught:
        schools.find(store.connection, "имени Гагарина")
    assert caught.value.code == "GEN_SEVERAL_SCHOOLS"


def test_half_typed_text_and_its_saving_are_one_step(store: Store, two: tuple[int, int]) -> None:
    before = len(history.history(store.connection))
    schools.put_text_draft(store, "organisation", two[0], "name", "СОШ № 1 име")
    assert schools.card(store.connection, two[0]).drafts == (("name", "СОШ № 1 име", "DRAFT"),)
    schools.edit(store, two[0], {"name": "СОШ № 1 имени Гагарина"})
    card = schools.card(store.connection, two[0])
    assert (card.school.name, card.drafts) == ("СОШ № 1 имени Гагарина", ())
    assert len(history.history(store.connection)) == before + 1
    history.undo(store)
    card = schools.card(store.connection, two[0])
    assert (card.school.name, card.drafts) == ("СОШ № 1", ())


def test_a_school_is_known_by_the_beginning_of_its_short_name_and_no_number_is_cut(store: Store) -> None:
    names = {"name": "МБОУ «Средняя школа № 7 имени Вьюжанина»", "short_name": "СОШ № 7 им. Вьюжанина"}
    seven = schools.add(store, names)
    ten = schools.add(store, {"name": "МБОУ «Средняя школа № 17»", "short_name": "СОШ № 17"})
    assert schools.find(store.connection, "СОШ № 7").id == seven
    assert schools.find(store.connection, "7").id == seven
    assert schools.find(store.connection, "вьюжан").id == seven
    assert schools.find(store.connection, "17").id == ten
    with pytest.raises(UserError) as caught:
        schools.find(store.connection, "СОШ № 1")
    assert caught.value.code == "GEN_NO_SCHOOL", "№ 17 is not № 1"
