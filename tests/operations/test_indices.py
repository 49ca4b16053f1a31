"""Indices and types from stored values: years, shares from counts, versions and undo, no data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.analysis.index_model import as_toml, load_shipped
from app.analysis.metric_values import MetricAmount
from app.errors import UserError
from app.models.store import Store
from app.operations import history, indices, metrics, references, schools, typology
from app.operations.results import Options, load
from tests.helpers.stores import dump
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

FOUR = [f"edu00000{n}" for n in range(1, 5)]


@pytest.fixture
def four(store: Store) -> list[int]:
    """Four schools with staff of 2025/26: 20 teachers each, 2, 6, 10, 14 of them overloaded."""
    made = [_added(store, number, login) for number, login in enumerate(FOUR, start=1)]
    cells = [(key, code, raw) for key, over in zip(made, (2, 6, 10, 14), strict=True)
             for code, raw in (("teachers", "20"), ("teachers_overload", str(over)),
                               ("teachers_off_profile", str(20 - over)))]  # fmt: skip
    metrics.put(store, 2025, cells)
    return made


def _added(store: Store, number: int, login: str) -> int:
    found = reading(mark(school(f"СОШ № {number}", login), MATHS5, 2026, 2 * number, 20), name=f"{number}.xlsx")
    load(store, found, Options(create_schools=True))
    return schools.find(store.connection, login).id


def test_shares_follow_from_counts_and_the_year_is_the_school_year(store: Store, four: list[int]) -> None:
    """Overload 0.1…0.7 (bad) and off profile 0.9…0.3 (bad) are mirror images: their contributions cancel out."""
    found = indices.compute(store.connection, "staff", 2025)
    assert [row.school_id for row in found.rows] == four
    first = found.row(four[0])
    assert first is not None
    assert [item.metric for item in first.contributions] == ["share_overload", "share_off_profile"]
    assert first.contributions[0].amount == MetricAmount(2, 20)
    assert [item.value for item in first.contributions] == pytest.approx([1.3416408 / 2, -1.3416408 / 2], abs=1e-7)
    assert [row.value for row in found.rows] == pytest.approx([0, 0, 0, 0], abs=1e-9)
    assert [(row.place, row.tied) for row in found.rows] == [(1, 4)] * 4
    assert [component.metric for component in first.missing] == ["share_category_3y", "share_contests"]
    assert indices.compute(store.connection, "staff", 2026).known == 0
    assert indices.school_year_of(2026) == 2025
    assert indices.compute(store.connection, "social", 2025).rows[0].value is None


def test_values_for_rules_leave_out_who_has_none(store: Store, four: list[int]) -> None:
    indices.change(store, "staff", on={"share_off_profile": False, "share_category_3y": False})
    found = indices.values(store.connection, "staff", 2025, four[:2])
    assert found == pytest.approx({four[0]: 1.3416408, four[1]: 0.4472136}, abs=1e-7)
    assert indices.values(store.connection, "social", 2025, four) == {}


def test_a_change_is_a_version_and_undo_brings_the_other_back(store: Store, four: list[int]) -> None:
    was = dump(store.connection)
    made = indices.change(store, "staff", weights={"share_overload": (3, 1)}, signs={"share_off_profile": 1})
    assert made.version == "1.1"
    assert history.history(store.connection)[0].label == "Изменён «Индекс качества кадрового потенциала», версия 1.1"
    row = indices.compute(store.connection, "staff", 2025).row(four[0])
    assert row is not None
    assert row.value == pytest.approx((3 * 1.3416408 + 1.3416408) / 4, abs=1e-7)
    assert indices.change(store, "staff", on={"share_contests": False}).version == "1.2"
    assert [item.version for item in indices.versions(store.connection, "staff")] == ["1.0", "1.1", "1.2"]
    history.undo(store)
    assert indices.definition(store.connection, "staff") == made
    history.undo(store)
    assert indices.definition(store.connection, "staff") == load_shipped()["staff"]
    assert dump(store.connection) == was


def test_the_shipped_composition_comes_back_as_a_new_version(store: Store) -> None:
    with pytest.raises(UserError) as same:
        indices.reset(store, "staff")
    assert same.value.code == "DATA_INDEX_SHIPPED"
    indices.change(store, "staff", weights={"share_overload": (3, 2)})
    back = indices.reset(store, "staff")
    assert (back.version, back.components) == ("1.2", load_shipped()["staff"].components)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": {"noko": (1, 1)}}, "DATA_INDEX_COMPONENT"),
        ({"on": dict.fromkeys(["share_category_3y", "share_overload", "share_contests", "share_off_profile"], False)},
         "DATA_INDEX_FAULTS"),
        ({"remove": ["share_category_3y", "share_overload", "share_contests", "share_off_profile"]},
         "DATA_INDEX_FAULTS"),
        ({"remove": ["noko"]}, "DATA_INDEX_COMPONENT"),
        ({"add": ["share_overload"]}, "DATA_INDEX_FAULTS"),
        ({"add": ["таких слов нет"]}, "DATA_NO_METRIC"),
        ({"add": ["smp_level"]}, "DATA_INDEX_TEXT"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_written(store: Store, change: dict[str, Any], code: str) -> None:
    was = dump(store.connection)
    with pytest.raises(UserError) as refused:
        indices.change(store, "staff", **change)
    assert refused.value.code == code
    assert dump(store.connection) == was


def test_an_own_index_comes_from_a_file(store: Store, four: list[int], tmp_path: Path) -> None:
    own = replace(load_shipped()["staff"], id="load", title="Индекс нагрузки", components=(
        replace(load_shipped()["staff"].components[1]),))  # fmt: skip
    path = tmp_path / "индекс.toml"
    path.write_text(as_toml(own), "utf-8")
    assert references.update_from_file(store, path) == "Обновлён «Индекс нагрузки»."
    assert list(indices.definitions(store.connection)) == ["social", "staff", "resources", "load"]
    assert len(indices.values(store.connection, "load", 2025, four)) == 4
    path.write_text(as_toml(own).replace("share_overload", "share_nothing"), "utf-8")
    with pytest.raises(UserError) as refused:
        references.update_from_file(store, path)
    assert refused.value.code == "DATA_INDEX_METRIC"
    with pytest.raises(UserError) as unknown:
        indices.compute(store.connection, "nothing", 2025)
    assert unknown.value.code == "DATA_NO_INDEX"


def test_a_closed_school_counts_while_it_has_values(store: Store, four: list[int]) -> None:
    schools.edit(store, four[3], {"status": "closed"})
    assert len(indices.compute(store.connection, "staff", 2025).rows) == 4
    assert [row.school_id for row in indices.compute(store.connection, "staff", 2024).rows] == four[:3]


def test_figures_are_said_as_a_person_reads_them(store: Store) -> None:
    known = metrics.catalogue()

    def told(code: str, *amount: Any) -> str:
        return indices.figure(known.find(code), MetricAmount(*amount)).replace("\u00a0", " ")

    assert told("share_overload", 8, 27) == "8 из 27 (29,6 %)"
    assert told("share_overload", 7, 200, "percent") == "3,5 %"
    assert told("distance_center", 29, 2, "number") == "14,5 км"
    assert told("small_school", 1, 1, "number") == "да"
    assert [indices.signed(value) for value in (0.426, -1.1, -0.001, None)] == ["+0,43", "−1,10", "0,00", "—"]


@pytest.mark.parametrize(
    ("text", "weight", "back"),
    [("2", (2, 1), "2"), ("1,5", (3, 2), "1,5"), ("1/3", (1, 3), "1/3"), (" 0,25 ", (1, 4), "0,25")],
)
def test_a_weight_is_read_as_two_whole_numbers(text: str, weight: tuple[int, int], back: str) -> None:
    assert indices.read_weight(text) == weight
    assert indices.weight_text(weight) == back


@pytest.mark.parametrize("text", ["", "0", "-1", "много", "1/0", "0,12345", "1001"])
def test_what_is_no_weight_is_none(text: str) -> None:
    assert indices.read_weight(text) is None


# --- types ---------------------------------------------------------------------------------------------------------


def test_types_join_results_of_a_year_with_the_context_of_the_school_year_before(store: Store, four: list[int]) -> None:
    """Results 10, 20, 30, 40 %; overload alone makes the context: school 1 is the best, school 4 the worst."""
    indices.change(store, "staff", on={"share_off_profile": False, "share_category_3y": False, "share_contests": False})
    typology.change(store, context="staff")
    found = typology.compute(store.connection, 2026)
    kinds = [row.kind for row in found.rows]
    assert kinds == ["successful", "middle", "middle", "disadvantaged"]
    assert found.definition.version == "1.1"
    last = found.row(four[3])
    assert last is not None
    assert (last.below, last.participants, last.word) == (8, 20, "неблагополучная")
    said = typology.sentence(found).replace("\u00a0", " ")
    assert "по 25 % из 4 школ" in said
    assert "контекст — индекс качества кадрового потенциала" in said
    assert "муниципальная оценка" in said
    assert {row.kind for row in typology.compute(store.connection, 2025).rows} == {"no_data"}


def test_another_kind_of_procedure_and_another_cut(store: Store, four: list[int]) -> None:
    load(store, reading(mark(school("СОШ № 1", FOUR[0]), RUSSIAN5, 2026, 15, 20)))
    indices.change(store, "staff", on={"share_off_profile": False, "share_category_3y": False, "share_contests": False})
    found = typology.compute(store.connection, 2026, cut=(50, 100), context="staff")
    first = found.row(four[0])
    assert first is not None
    assert (first.below, first.participants, first.kind) == (17, 40, "unsuccessful")
    typology.change(store, procedures=("ОГЭ",), cut=(30, 100))
    assert {row.kind for row in typology.compute(store.connection, 2026).rows} == {"no_data"}
    history.undo(store)
    assert typology.definition(store.connection).version == "1.0"


def test_the_mean_of_indices_leaves_out_an_index_that_nobody_has(store: Store, four: list[int]) -> None:
    found = typology.compute(store.connection, 2026, context="mean")
    assert found.context_title == "Среднее индексов: кадры"
    assert found.compared == 4
    with pytest.raises(UserError) as unknown:
        typology.change(store, context="nothing")
    assert unknown.value.code == "DATA_NO_INDEX"


def test_a_wrong_typology_from_a_file_is_refused(store: Store, tmp_path: Path) -> None:
    from app.analysis.typology import as_toml as typology_toml
    from app.analysis.typology import load_shipped as shipped_typology

    path = tmp_path / "типология.toml"
    path.write_text(typology_toml(replace(shipped_typology(), cut=(30, 100))), "utf-8")
    assert references.update_from_file(store, path) == "Обновлена типология школ, версия 1.1."
    assert typology.definition(store.connection).cut == (30, 100)
    path.write_text(typology_toml(replace(shipped_typology(), cut=(70, 100))), "utf-8")
    with pytest.raises(UserError):
        references.update_from_file(store, path)


def test_few_schools_have_no_expected_result(store: Store, four: list[int]) -> None:
    with pytest.raises(UserError) as few:
        typology.expected(store.connection, 2026, context="staff")
    assert few.value.code == "DATA_EXPECTED_FEW"
