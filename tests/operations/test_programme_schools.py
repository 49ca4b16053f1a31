"""Programmes of schools: begun for schools of the list, from a template or the library, with their forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.models import organisations, programme_subjects
from app.models.store import Store
from app.operations import (
    form_answers,
    form_rounds,
    programme_edit,
    programme_life,
    programme_schools,
    programmes,
    results,
    schools,
)
from app.operations.plans import Options
from app.operations.programme_schools import EXPERTISE, SELF, TRANSITION
from tests.helpers import stores
from tests.helpers.undo import walk
from tests.operations.conftest import MATHS5, RUSSIAN5, mark, reading, school

YEAR = 2026


def two(store: Store) -> list[int]:
    return [schools.add(store, {"name": f"СОШ № {place}"}) for place in (1, 2)]


def test_schools_of_the_list_and_others_with_a_programme(store: Store) -> None:
    units = [school(f"СОШ № {place}", f"edu{place}") for place in (1, 2, 3)]
    marks = [mark(units[0], work, YEAR, 20, 40) for work in (MATHS5, RUSSIAN5)]
    marks += [mark(unit, MATHS5, YEAR, 1, 50) for unit in units[1:]]
    results.load(store, reading(*marks), Options(create_schools=True))
    found = programme_schools.overview(store.connection, YEAR)
    assert [(row.school, row.listed, row.state) for row in found.rows] == [("СОШ № 1", True, "нет")]
    other = next(item.id for item in organisations.listing(store.connection) if "2" in item.shown)
    programme_schools.create(store, [other], 2027, 2028)
    found = programme_schools.overview(store.connection, YEAR)
    assert [(row.school, row.listed, row.state) for row in found.rows] == [
        ("СОШ № 1", True, "нет"), ("СОШ № 2", False, "проект")
    ]  # fmt: skip
    assert found.told.replace("\u00a0", " ") == "Программа есть у 1 из 2 школ, утверждено 0, заключений экспертов 0."


def test_from_the_library_each_school_gets_its_own_tree(store: Store) -> None:
    first, second = two(store)
    made = programme_schools.create(store, [first, second], 2027, 2028)
    trees = [programmes.tree(store.connection, key) for key in made]
    assert [tree.programme.organisation_id for tree in trees] == [first, second]
    assert trees[0].programme.title == "Программа перехода в эффективный режим работы: СОШ № 1"
    assert {len(tree.of_kind("task")) for tree in trees} == {3}
    said = [node.text for node in trees[0].nodes.values()]
    assert "Доля участников ВПР по математике в школе, не достигших минимальной границы" in said
    assert not any("списка" in text for text in said)
    assert all(node.parent_id is not None for node in trees[0].nodes.values() if node.kind != "goal")
    assert all(tree.of_kind("activity") and tree.of_kind("indicator") and tree.links for tree in trees)
    assert not set(trees[0].nodes) & set(trees[1].nodes)
    with pytest.raises(UserError) as refused:
        programme_schools.create(store, [first, second], 2028, 2029)
    assert refused.value.code == "PROGRAMME_HAS_ONE"
    (third,) = programme_schools.create(store, [first], 2029, 2029, seed=())
    assert programmes.tree(store.connection, third).nodes == {}


def test_a_template_brings_its_tree_without_values_and_money(store: Store) -> None:
    first, second = two(store)
    (model,) = programme_schools.create(store, [first], 2026, 2027, seed=())
    task = programme_edit.add(store, model, "task", "Качество уроков")
    measure = programme_edit.add(store, model, "measure", "Результаты", parent_id=task)
    indicator = programme_edit.add(store, model, "indicator", "Доля", parent_id=measure)
    programme_edit.put_baseline(store, indicator, "40")
    programme_edit.put_target(store, indicator, 2026, "30")
    activity = programme_edit.add(store, model, "activity", "Разбор уроков", parent_id=task)
    programme_edit.put_term(store, activity, "сентябрь 2026 года")
    programme_edit.put_money(store, activity, 2026, "municipal", "1000")
    (key,) = programme_schools.create(store, [second], 2027, 2028, template=model, title="Переход: {школа}")
    tree = programmes.tree(store.connection, key)
    assert (tree.programme.title, tree.programme.copied_from) == ("Переход: СОШ № 2", model)
    assert [node.text for node in tree.of_kind("activity")] == ["Разбор уроков"]
    assert (tree.targets, tree.money) == ({}, {})
    (row,) = tree.indicators.values()
    assert (row.baseline, row.baseline_raw) == (None, None)
    assert [term.date_from for terms in tree.terms.values() for term in terms] == ["2027-09-01"]


def test_forms_are_begun_once_and_tied_to_the_programme(store: Store) -> None:
    first, second = two(store)
    (key,) = programme_schools.create(store, [first], 2026, 2027)
    assert programme_schools.begin_forms(store, [first, second], YEAR) == {SELF: 1, TRANSITION: 1}
    assert programme_schools.begin_forms(store, [first], YEAR) == {SELF: 0, TRANSITION: 0}
    subject = programme_subjects.subject_of(store.connection, key)
    assert subject is not None
    row = programme_schools.overview(store.connection, YEAR).rows[0]
    assert {form.form_id: form.done for form in row.forms.values()} == {SELF: False, TRANSITION: False}
    programme_life.approve(store, key, act_kind="Приказ", act_number="5", act_date="2026-09-01")
    edition = programme_life.new_edition(store, key)
    assert programme_schools.begin_forms(store, [first], YEAR, [EXPERTISE]) == {EXPERTISE: 1}
    assert programme_subjects.subject_of(store.connection, edition) == subject


def test_an_experts_conclusion_is_told(store: Store) -> None:
    (first, _second) = two(store)
    programme_schools.create(store, [first], 2026, 2027)
    programme_schools.begin_forms(store, [first], YEAR, [EXPERTISE])
    row = programme_schools.overview(store.connection, YEAR).rows[0]
    case = row.forms[EXPERTISE].case_id
    for item in [*(f"d{n}" for n in range(1, 8)), "relevance", "novelty", "system", "efficiency", "feasibility"]:
        form_answers.put(store, case, item, "yes")
    form_answers.put(store, case, "verdict", "mend")
    assert "Доработать (" in programme_schools.overview(store.connection, YEAR).rows[0].forms[EXPERTISE].words
    form_rounds.accept(store, [case])
    found = programme_schools.overview(store.connection, YEAR)
    assert found.rows[0].forms[EXPERTISE].words == "Доработать"
    assert found.told.endswith("заключений экспертов 1.")


def test_nobody_chosen(store: Store) -> None:
    keys = two(store)
    with pytest.raises(UserError) as refused:
        programme_schools.create(store, [], 2026, 2027)
    assert refused.value.code == "PROGRAMME_NO_SCHOOLS"
    with pytest.raises(UserError) as refused:
        programme_schools.begin_forms(store, keys, YEAR)
    assert refused.value.code == "PROGRAMME_NO_SCHOOLS"


def test_every_change_goes_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "walk.opora"
    with stores.made(path) as store:
        first, second = (stores.school(store, f"СОШ № {place}") for place in (1, 2))
    walk(path, {
        "create": lambda store: programme_schools.create(store, [first, second], 2026, 2027),
        "forms": lambda store: programme_schools.begin_forms(store, [first, second], YEAR),
    })  # fmt: skip
