from __future__ import annotations

from collections.abc import Callable

import pytest

from app.analysis import project_catalogue
from app.errors import UserError
from app.models.store import Store
from app.operations import history, projects, schools
from tests.helpers.stores import dump


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    first = schools.add(store, {"name": "СОШ № 1"})
    return first, schools.add(store, {"name": "СОШ № 2"})


def shown(store: Store, year: int | None = None) -> list[tuple[str, int, str, str, str | None]]:
    found = projects.listing(store.connection, year=year)
    return [(p.school, p.school_year, p.kind, p.name, p.level) for p in found]


def test_the_kinds_of_the_field_are_there() -> None:
    kinds = projects.kinds()
    levels = {code: kinds[code].level for code in ("growth_point", "regional_innovation", "municipal_innovation")}
    assert levels == {
        "growth_point": "federal", "regional_innovation": "regional", "municipal_innovation": "municipal",
    }  # fmt: skip
    for query, code in (("цос", "digital_environment"), ("Точка роста", "growth_point"), ("РИП", "regional_innovation"),
                        ("Стажировочная", "trainee_site"), ("базовая школа", "base_site")):  # fmt: skip
        assert project_catalogue.find(kinds, query).code == code
    with pytest.raises(UserError) as caught:
        project_catalogue.find(kinds, "лунная база")
    assert caught.value.code == "DATA_PROJECT_KIND"


def test_adding_editing_and_removing_can_be_undone(store: Store, two: tuple[int, int]) -> None:
    was = dump(store.connection)
    key = projects.add(store, two[0], 2025, "Точка роста", {"act": "приказ № 5", "supervisor": " "})
    assert shown(store) == [("СОШ № 1", 2025, "growth_point", "Центр образования «Точка роста»", "federal")]
    added = dump(store.connection)
    for topic in ("Физ", "Физика и химия"):
        projects.edit(store, key, {"topic": topic})
    projects.edit(store, key, {"level": "Муниципальный", "name": "Точка роста"})
    (project,) = projects.listing(store.connection)
    assert (project.topic, project.level, project.act, project.supervisor) == (
        "Физика и химия", "municipal", "приказ № 5", None,
    )  # fmt: skip
    projects.remove(store, key)
    assert projects.listing(store.connection) == []
    for _step in range(3):
        history.undo(store)
    assert dump(store.connection) == added
    history.undo(store)
    assert dump(store.connection) == was


def test_projects_go_on_into_the_next_year_once(store: Store, two: tuple[int, int]) -> None:
    first = projects.add(store, two[0], 2024, "ЦОС")
    projects.add(store, two[1], 2024, "РИП", {"name": "Читаем вместе", "topic": "чтение", "supervisor": "Петров П. П."})
    assert projects.copy_year(store, 2024, 2025, [first]) == 1
    assert projects.copy_year(store, 2024, 2025) == 1
    assert projects.copy_year(store, 2024, 2025) == 0
    assert [row[:3] for row in shown(store, 2025)] == [
        ("СОШ № 1", 2025, "digital_environment"), ("СОШ № 2", 2025, "regional_innovation"),
    ]  # fmt: skip
    last = projects.listing(store.connection, year=2025, kind="РИП")[0]
    assert (last.name, last.topic, last.supervisor) == ("Читаем вместе", "чтение", "Петров П. П.")


def test_projects_of_a_merged_record_are_shown_at_the_canonical_one(store: Store, two: tuple[int, int]) -> None:
    projects.add(store, two[1], 2025, "ЦОС")
    schools.merge(store, two[1], two[0])
    assert [(p.school, p.school_id) for p in projects.listing(store.connection, school_id=two[0])] == [
        ("СОШ № 1", two[0]),
    ]  # fmt: skip


def test_refusals(store: Store, two: tuple[int, int]) -> None:
    key = projects.add(store, two[0], 2025, "other", {"name": "Свой"})
    was = dump(store.connection)
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: projects.edit(store, key, {"kind": ""}), "DATA_PROJECT_KIND"),
        (lambda: projects.add(store, 5, 2025, "ЦОС"), "GEN_NO_SCHOOL"),
        (lambda: projects.edit(store, key, {"name": " "}), "DATA_PROJECT_NAME"),
        (lambda: projects.edit(store, key, {"level": "мировой"}), "DATA_PROJECT_LEVEL"),
        (lambda: projects.remove(store, 5), "DATA_NO_PROJECT"),
        (lambda: projects.put_kinds(store, "format = 1", "x"), "DATA_PROJECT_CATALOGUE"),
    ]
    for attempt, code in attempts:
        with pytest.raises(UserError) as caught:
            attempt()
        assert caught.value.code == code
    assert dump(store.connection) == was


def test_own_kinds(store: Store) -> None:
    text = 'format = 1\n[[project]]\ncode = "choir"\nname = "Хор района"\nlevel = "municipal"\nsource = "свой"\n'
    before = len(projects.kinds())
    assert projects.put_kinds(store, text, "свои") == before + 1
    assert projects.kinds(store.connection)["choir"].short == "Хор района"
    for old, new, fault in (
        ("choir", "Хор", "латинские строчные"),
        ("Хор района", "ЦОС", "сразу два вида"),
        ("municipal", "world", "level — одно из"),
        ('source = "свой"', "", "source — непустой текст"),
        ("format = 1", "format = 3", "format = 1"),
    ):
        with pytest.raises(UserError) as caught:
            project_catalogue.parse(text.replace(old, new), project_catalogue.load_shipped())
        assert fault in str(caught.value)
