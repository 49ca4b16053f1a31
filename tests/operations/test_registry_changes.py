"""Two years of a registry: recognised by login digits, the rest proposed; nothing written before a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.importers.parsed import ParsedSchool
from app.models.organisations import SchoolCard
from app.models.records import Origin
from app.models.store import Store
from app.operations import history, registry_changes, results, schools
from app.operations.registry_changes import Decision, RegistryChange, RegistryChanges, compare
from app.operations.results import Options
from tests.helpers.registries import Story, story
from tests.helpers.stores import dump
from tests.operations.conftest import reading


def of(store: Store, login: str) -> int:
    return schools.find(store.connection, f"edu{login}").id


def by_digits(store: Store) -> dict[str, int]:
    rows = store.connection.execute("SELECT substr(value, 4), organisation_id FROM organisation_code")
    return dict(rows.fetchall())


def digits(change: RegistryChange) -> str:
    assert change.row is not None
    return dict(change.row.codes)["fisoko"][3:]


@pytest.fixture(params=[1, 2, 3])
def told(request: pytest.FixtureRequest, store: Store) -> tuple[Store, Story]:
    made = story(request.param)
    results.load(store, made.first, Options(all_own=True))
    return store, made


def test_646_of_680_are_recognised_by_login_and_the_rest_is_proposed(told: tuple[Store, Story]) -> None:
    store, made = told
    known = by_digits(store)
    before, steps = dump(store.connection), len(history.history(store.connection))
    found = compare(store.connection, made.second, 2025, all_own=True)
    assert dump(store.connection) == before
    assert len(history.history(store.connection)) == steps, "nothing is merged or written before a decision"
    assert (len(made.first.schools), len(made.second.schools)) == (680, 680)
    assert (found.by_code, found.by_name) == (646, 0)
    for row, school, _how in found.matched:
        assert known[dict(made.second.schools[row].codes)["fisoko"][3:]] == school
    assert {digits(c) for c in found.of_kind("renamed")} == made.renamed, "dirt is no other name"
    assert {c.school_id for c in found.of_kind("missing")} == {known[login] for login in made.closed}
    assert {c.school_id: c.target_id for c in found.of_kind("merged")} == {
        known[old]: known[heir] for old, heir in made.merged.items()
    }
    assert {digits(c) for c in found.of_kind("new")} == made.new
    first = {digits(c): c.candidates[0].school_id for c in found.of_kind("code_changed", "new") if c.candidates}
    right = sum(first.get(new) == known[old] for new, old in made.counterparts.items())
    assert len(made.counterparts) == 32
    assert right >= 30
    assert found.unchanged == 646 - len(made.renamed)


def test_what_was_proposed_can_be_taken_at_once_and_undone_at_once(told: tuple[Store, Story]) -> None:
    store, made = told
    before = dump(store.connection)
    found = compare(store.connection, made.second, 2025, all_own=True)
    applied = registry_changes.apply(store, found, {c.key: Decision(c.proposed) for c in found.changes})
    assert applied.counts == {"same": 32, "create": 2, "rename": 12, "link": 1, "close": 1}
    known = by_digits(store)
    for new, old in made.counterparts.items():
        assert known[new] == known[old], "both logins lead to the school"
    again = compare(store.connection, made.second, 2025, all_own=True)
    assert again.changes == ()
    assert again.by_code == 680
    store.undo()
    assert dump(store.connection) == before


# --- single cases ----------------------------------------------------------------------------------------------------


def row(number: int, name: str, login: str | None = None, **values: object) -> ParsedSchool:
    codes = (("fisoko", login),) if login else ()
    return ParsedSchool(name, Origin("Лист1", number, number), codes=codes, **values)  # type: ignore[arg-type]


def ours(store: Store, name: str, login: str | None = None, **fields: str) -> int:
    key = schools.add(store, {"name": name, **fields})
    if login:
        schools.set_code(store, key, "fisoko", login)
    return key


def compared(store: Store, *rows: ParsedSchool) -> RegistryChanges:
    return compare(store.connection, reading(schools=rows, name="реестр.xlsx"), 2025)


def only(found: RegistryChanges) -> RegistryChange:
    (change,) = found.changes
    return change


def card(store: Store, key: int) -> SchoolCard:
    return schools.card(store.connection, key)


def test_a_new_name_keeps_the_old_one_as_a_spelling_and_its_day(store: Store) -> None:
    key = ours(store, "МКОУ «ООШ № 2 пгт Рудничный»", "edu000002", short_name="ООШ № 2")
    found = compared(store, row(2, "МБОУ «СОШ № 2 пгт Рудничный»", "sch000002", school_type="СОШ"))
    change = only(found)
    assert (change.kind, change.proposed, change.school_id) == ("renamed", "rename", key)
    assert change.reasons == ("вид: основная школа → средняя школа",)
    registry_changes.apply(store, found, {change.key: Decision("rename", on_date="15.08.2025")})
    after = card(store, key)
    assert (after.school.name, after.school.short_name, after.school.school_type) == (
        "МБОУ «СОШ № 2 пгт Рудничный»", None, "СОШ",
    )  # fmt: skip
    assert {text for _key, text in after.aliases} == {"МКОУ «ООШ № 2 пгт Рудничный»", "ООШ № 2"}
    ((_key, text, _remind, done, _at),) = after.notes
    assert text.startswith("Переименована с 15.08.2025, прежде — МКОУ «ООШ № 2 пгт Рудничный».")
    assert done
    assert compared(store, row(2, "ООШ №2 п.г.т. Рудничный")).matched[0][1:] == (key, "alias")
    label = history.history(store.connection)[0].label
    assert label == "Сверка реестра за 2025/26: переименовано 1"


def test_a_remembered_spelling_or_short_name_is_no_new_name(store: Store) -> None:
    key = ours(store, "МБОУ «СОШ № 2 имени Гагарина»", "edu000002", short_name="Вторая школа")
    schools.add_alias(store, key, "Школа космонавтов")
    for name in ("Вторая школа", "Школа Космонавтов", "СОШ №2", "МАОУ СОШ № 2 им. Ю.А.Гагарина"):
        assert compared(store, row(2, name, "edu000002")).changes == (), name


def test_another_code_is_taken_by_the_same_school_with_its_day(store: Store) -> None:
    key = ours(store, "СОШ с. Сосновка", "edu000001")
    found = compared(store, row(2, "Средняя школа села Сосновки", "edu000777"))
    change = only(found)
    assert (change.kind, change.proposed, change.school_id) == ("code_changed", "same", key)
    assert "логин: edu000001 → edu000777" in change.reasons
    assert change.key == "code_changed:edu000777"
    registry_changes.apply(store, found, {change.key: Decision("same")})
    after = card(store, key)
    assert [(value, since, until) for _key, _system, value, since, until in after.codes] == [
        ("edu000001", None, "2025-09-01"), ("edu000777", "2025-09-01", None),
    ]  # fmt: skip
    assert after.school.code == "edu000777"
    assert after.school.name == "СОШ с. Сосновка", "a name only written otherwise stays"
    assert schools.find(store.connection, "sch000001").id == key


def test_the_code_of_the_institution_may_stay_while_the_login_changes(store: Store) -> None:
    key = ours(store, "СОШ № 1", "edu000001")
    schools.set_code(store, key, "oo", "12-100001")
    changed = replace(row(2, "СОШ № 1"), codes=(("fisoko", "edu000009"), ("oo", "12-100001")))
    change = only(compared(store, changed))
    assert (change.kind, change.proposed, change.school_id) == ("code_changed", "same", key)
    assert change.reasons == ("логин: edu000001 → edu000009", "узнана по другому коду")


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("Вечерняя школа № 5 г. Грозный", "СОШ № 5 г. Грозный"),
        ("СОШ № 15 г. Грозный", "СОШ № 5 г. Грозный"),
        ("СОШ № 5 г. Аргун", "СОШ № 5 г. Грозный"),
        ("Филиал СОШ № 5 г. Грозный", "СОШ № 5 г. Грозный"),
        ("СОШ № 5 г. Грозный", "Кадетская школа № 5 г. Грозный"),
    ],
)
def test_what_contradicts_is_named_and_not_proposed_as_the_same(store: Store, name: str, gone: str) -> None:
    key = ours(store, gone, "edu000005")
    found = compared(store, row(2, name, "edu000777"))
    assert {(c.kind, c.proposed) for c in found.changes} == {("new", "create"), ("missing", "close")}
    (new,) = found.of_kind("new")
    assert all(p.school_id == key for p in new.candidates)


def test_a_closed_school_is_marked_from_a_day(store: Store) -> None:
    key = ours(store, "СОШ № 1", "edu000001")
    ours(store, "СОШ № 2", "edu000002")
    found = compared(store, row(2, "СОШ № 2", "edu000002"))
    change = only(found)
    assert (change.kind, change.proposed, change.school_id) == ("missing", "close", key)
    assert change.reasons == ("в файле её нет ни по коду, ни по названию",)
    registry_changes.apply(store, found, {change.key: Decision("close")})
    after = card(store, key)
    assert after.school.status == "closed"
    assert after.notes[0][1].startswith("Закрыта с 01.09.2025.")
    assert compared(store, row(2, "СОШ № 2", "edu000002")).changes == ()
    back = only(compared(store, row(2, "СОШ № 2", "edu000002"), row(3, "СОШ № 1", "edu000001", status="действует")))
    assert (back.kind, back.proposed) == ("reopened", "reopen")


def test_the_state_in_the_file_closes_and_its_remark_names_the_successor(store: Store) -> None:
    one, two = ours(store, "СОШ № 1 г. Грозный", "edu000001"), ours(store, "СОШ № 2 г. Грозный", "edu000002")
    three = ours(store, "СОШ № 3 г. Грозный", "edu000003")
    found = compared(
        store,
        row(2, "СОШ № 1 г. Грозный", "edu000001", status="закрыта"),
        row(3, "СОШ № 2 г. Грозный", "edu000002", status="реорганизована", note="вошла в состав СОШ № 3"),
        row(4, "СОШ № 3 г. Грозный", "edu000003"),
    )
    assert [(c.kind, c.proposed, c.school_id, c.target_id) for c in found.changes] == [
        ("closed", "close", one, None), ("merged", "link", two, three),
    ]  # fmt: skip
    registry_changes.apply(store, found, {c.key: Decision(c.proposed) for c in found.changes})
    assert [link[1:3] for link in card(store, two).successors] == [("СОШ № 3 г. Грозный", "2025-09-01")]
    assert (card(store, two).school.status, card(store, one).school.status) == ("reorganised", "closed")


def test_two_become_one_new_school(store: Store) -> None:
    five, seven = ours(store, "СОШ № 5 г. Грозный", "edu000005"), ours(store, "СОШ № 7 г. Грозный", "edu000007")
    other = ours(store, "СОШ № 7 г. Аргун", "edu000070")
    found = compared(
        store,
        row(2, "Образовательный комплекс СОШ № 5 и № 7 г. Грозный", "edu000900"),
        row(3, "СОШ № 7 г. Аргун", "edu000070"),
    )
    assert other not in {c.school_id for c in found.changes}
    (new,) = found.of_kind("new")
    merged = found.of_kind("merged")
    assert {c.school_id for c in merged} == {five, seven}
    assert {c.target_key for c in merged} == {new.key}
    decisions = {c.key: Decision("link") for c in merged}
    before = dump(store.connection)
    with pytest.raises(UserError) as caught:
        registry_changes.apply(store, found, decisions)
    assert caught.value.code == "DATA_CHANGE_TARGET"
    assert dump(store.connection) == before
    registry_changes.apply(store, found, {**decisions, new.key: Decision("create")})
    key = of(store, "000900")
    assert {link[1] for link in card(store, key).predecessors} == {"СОШ № 5 г. Грозный", "СОШ № 7 г. Грозный"}
    store.undo()
    assert dump(store.connection) == before


def test_one_takes_another_over_and_its_new_name_says_so(store: Store) -> None:
    five, seven = ours(store, "СОШ № 5 г. Грозный", "edu000005"), ours(store, "ООШ № 7 г. Грозный", "edu000007")
    found = compared(store, row(2, "СОШ № 5 и № 7 г. Грозный", "edu000005"))
    assert [(c.kind, c.proposed, c.school_id, c.target_id) for c in found.changes] == [
        ("renamed", "rename", five, None), ("merged", "link", seven, five),
    ]  # fmt: skip


def test_a_village_school_that_joined_is_found_in_the_note(store: Store) -> None:
    stays, gone = ours(store, "СОШ с. Сосновка", "edu000001"), ours(store, "ООШ с. Малая Берёзовка", "edu000002")
    found = compared(
        store, row(2, "СОШ с. Сосновка", "edu000001", note="реорганизация: присоединена ООШ с.Малая Березовка")
    )
    change = only(found)
    assert (change.kind, change.school_id, change.target_id) == ("merged", gone, stays)


def test_a_branch_is_proposed_as_parted_from_its_school(store: Store) -> None:
    parent = ours(store, "СОШ № 5 г. Грозный", "edu000005")
    found = compared(
        store, row(2, "СОШ № 5 г. Грозный", "edu000005"), row(3, "Филиал МБОУ СОШ № 5 в с. Заречное", "edu000006")
    )
    change = only(found)
    assert (change.kind, change.proposed, change.target_id) == ("split", "split", parent)
    registry_changes.apply(store, found, {change.key: Decision("split")})
    assert card(store, parent).school.status == "active"
    assert [link[1] for link in card(store, of(store, "000006")).predecessors] == ["СОШ № 5 г. Грозный"]


def test_two_records_of_one_school_are_proposed_for_merging_only(store: Store) -> None:
    kept = ours(store, "МБОУ «СОШ № 5 г. Грозный»", "edu000005")
    twin = ours(store, "Средняя школа №5 города Грозного")
    found = compared(store, row(2, "СОШ № 5 г. Грозный", "edu000005"))
    change = only(found)
    assert (change.kind, change.proposed, change.school_id, change.target_id) == ("duplicate", "merge", twin, kept)
    assert card(store, kept).duplicates == ()
    registry_changes.apply(store, found, {change.key: Decision("merge")})
    assert [key for key, _name in card(store, kept).duplicates] == [twin]


def test_codes_of_two_records_in_one_row(store: Store) -> None:
    one, other = ours(store, "СОШ № 5", "edu000005"), ours(store, "Пятая")
    schools.set_code(store, other, "oo", "12-100005")
    both = replace(row(2, "СОШ № 5"), codes=(("fisoko", "edu000005"), ("oo", "12-100005")))
    change = only(compared(store, both))
    assert (change.kind, change.school_id, change.target_id) == ("duplicate", other, one)
    assert change.reasons[0] == "в одной строке файла стоят коды обеих записей"


def test_rows_without_codes_are_recognised_by_name_and_by_number(store: Store) -> None:
    one, two = ours(store, "СОШ № 1 г. Грозный", "edu000001"), ours(store, "СОШ № 2 г. Грозный", "edu000002")
    found = compared(store, row(2, "мбоу сош №1 г.Грозный"), row(3, "Средняя школа № 2 города Грозного"))
    assert [(school, how) for _row, school, how in found.matched] == [(one, "name"), (two, "number")]
    assert (found.by_code, found.by_name, found.changes) == (0, 2, ())


def test_a_known_name_under_an_unknown_login_is_only_proposed(store: Store) -> None:
    key = ours(store, "СОШ № 1 г. Грозный", "edu000001")
    schools.add_alias(store, key, "Первая школа")
    change = only(compared(store, row(2, "Первая школа", "edu000900")))
    assert (change.kind, change.proposed, change.school_id) == ("code_changed", "same", key)
    assert "такое написание запомнено" in change.reasons


def test_schools_of_others_and_closed_ones_we_never_had_are_counted(store: Store) -> None:
    own = "Лесогорский муниципальный округ"
    ours(store, "СОШ № 1", "edu000001")
    found = compared(
        store,
        row(2, "СОШ № 1", "edu000001", municipality=own),
        row(3, "СОШ № 1", "edu000100", municipality="Соседний район"),
        row(4, "СОШ № 9", "edu000900", municipality=own, status="закрыта"),
    )
    assert (found.changes, found.others, found.skipped) == ((), 1, 1)


# --- refusals --------------------------------------------------------------------------------------------------------


def test_nothing_picked_is_no_operation(store: Store) -> None:
    ours(store, "СОШ № 1", "edu000001")
    found = compared(store, row(2, "СОШ № 2", "edu000002"))
    steps = len(history.history(store.connection))
    applied = registry_changes.apply(store, found, {c.key: Decision("none") for c in found.changes})
    assert (applied.operation_id, applied.counts) == (None, {})
    assert len(history.history(store.connection)) == steps


def test_decisions_that_do_not_go_write_nothing(store: Store) -> None:
    key = ours(store, "СОШ № 1 г. Грозный", "edu000001")
    found = compared(store, row(2, "Гимназия № 2 г. Аргун", "edu000002"))
    new, missing = found.of_kind("new")[0].key, found.of_kind("missing")[0].key
    before = dump(store.connection)
    for decisions, code in (
        ({new: Decision("create"), "new:edu999999": Decision("create")}, "DATA_NO_CHANGE"),
        ({new: Decision("create"), missing: Decision("rename")}, "DATA_CHANGE_ACTION"),
        ({new: Decision("create"), missing: Decision("link")}, "DATA_CHANGE_TARGET"),
        ({new: Decision("create"), missing: Decision("close", on_date="вчера")}, "GEN_BAD_DATE"),
        ({new: Decision("create"), missing: Decision("link", school_id=5)}, "GEN_NO_SCHOOL"),
        ({new: Decision("create"), missing: Decision("link", school_id=key)}, "GEN_BAD_LINK"),
    ):
        with pytest.raises(UserError) as caught:
            registry_changes.apply(store, found, decisions)
        assert caught.value.code == code
        assert dump(store.connection) == before
    schools.edit(store, key, {"name": "СОШ № 1 имени Гагарина"})
    with pytest.raises(UserError) as caught:
        registry_changes.apply(store, found, {missing: Decision("close")})
    assert caught.value.code == "DATA_CHANGE_STALE"


def test_a_code_that_another_school_has_got_meanwhile_writes_nothing(store: Store) -> None:
    ours(store, "СОШ № 1 г. Грозный", "edu000001")
    found = compared(store, row(2, "Гимназия № 2 г. Аргун", "edu000002"))
    ours(store, "Лицей № 8", "edu000002")
    before = dump(store.connection)
    with pytest.raises(UserError) as caught:
        registry_changes.apply(store, found, {found.of_kind("new")[0].key: Decision("create")})
    assert caught.value.code == "GEN_CODE_TAKEN"
    assert dump(store.connection) == before


def test_a_file_of_results_is_no_registry(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        compare(store.connection, reading(), 2025)
    assert caught.value.code == "DATA_NOT_REGISTRY"
