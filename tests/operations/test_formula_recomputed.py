"""Each metric of the formulas equals what the rows of the store say when counted apart from the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

import pytest

from app.models import programme_reading
from app.models.store import Store
from app.operations import demo, formula_metrics
from app.operations.formula_facts import Facts
from tests.helpers import metric_figures as own
from tests.helpers import monitoring_figures, monitoring_registers, monitoring_year, month_figures, stores

DAY, YEAR = date(2026, 11, 23), 2026
FORMS = ("school-transition", "school-programme-self", "mms-2019")
LEVEL = "достаточный уровень"
CASES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "школы": ({"школы": "все"}, {"школы": "список"}, {"школы": "вне списка"}),
    "год": ({"год": "прошлый"}, {"год": "2024"}),
    "процедура": ({"процедура": "ВПР"}, {"процедура": "ОГЭ, ЕГЭ"}),
    "предмет": ({"предмет": "Математика"},),
    "класс": ({"класс": "5"}, {"класс": "6-9"}),
    "порог": ({"порог": "0"}, {"порог": "17,5"}, {"порог": "50"}),
    "вид": ({"вид": "переподготовка"}, {"вид": "повышение квалификации"}),
    "кто": ({"кто": "учителя"}, {"кто": "руководители"}, {"кто": "специалисты сопровождения"}),
    "помощь": ({"помощь": "выезды"}, {"помощь": "тьюторство"}),
    "событие": ({"событие": "семинар"}, {"событие": "заседание"}),
    "учебный год": ({"учебный год": "начался"}, {"учебный год": "закончился"}),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "процедура": ("ВПР", "ОГЭ"), "предмет": ("Русский язык",), "форма": FORMS, "уровень": (LEVEL,),
    "чьи": ("учителя", "ученики"), "сведение": ("pupils", "distance_center", "computers"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["demo", "year"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("metrics") / "файл.opora"
    if request.param == "demo":
        made = stores.made(path)
        demo.fill(made)
    else:
        made = filled_year(monitoring_year.filled(path))
    yield made
    made.abandon()


def filled_year(made: Store) -> Store:
    now, before = (monitoring_figures.listed(made.connection, year) for year in (YEAR, YEAR - 1))
    order = [key for (key,) in made.connection.execute("SELECT id FROM organisation ORDER BY position")]
    on_list = [key for key in order if key in now & before]
    monitoring_registers.fill(made, on_list, [key for key in order if key not in now | before])
    with made.operation("Заполнена работа методистов", "test.work") as operation:
        month_figures.own_work(operation, Random(1), [*on_list[:4], *order[-2:]], least=7)
    return made


def _told(name: str) -> list[dict[str, str]]:
    """Return every way in which a metric is read: as it is, and narrowed by one thing after another."""
    spec = formula_metrics.METRICS[name]
    base: list[dict[str, str]] = [{}]
    for key in spec.needs:
        base = [told | {key: value} for told in base for value in NEEDED[key]]
    return base + [{**base[0], **more} for key in spec.parameters if key in CASES for more in CASES[key]]


def _read(store: Store) -> tuple[Facts, own.Own]:
    found = store.connection.execute("SELECT id FROM programme WHERE kind = 'municipal'").fetchone()[0]
    tree = programme_reading.tree(store.connection, found)
    assert tree is not None
    return Facts(store.connection, tree, YEAR, DAY), own.Own(store.connection, found, YEAR, DAY)


def test_every_metric_has_a_recomputation() -> None:
    assert set(own.OWN) == set(formula_metrics.METRICS)
    assert len(own.OWN) == 64


@pytest.mark.parametrize("name", formula_metrics.METRICS)
def test_a_metric_equals_the_rows(store: Store, name: str) -> None:
    facts, rows = _read(store)
    for told in _told(name):
        found = formula_metrics.METRICS[name].read(facts, told)
        assert found.value == own.OWN[name](rows, told), (told, found.words)
        if found.value is not None and found.parts and not any(part.amount for part in found.parts):
            scored = name == "средние баллы"
            assert scored or found.value == sum(part.counted for part in found.parts), told


def test_nothing_of_the_filled_year_is_empty(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = filled_year(monitoring_year.filled(tmp_path_factory.mktemp("full") / "файл.opora"))
    facts, _rows = _read(store)
    empty = {
        name for name, spec in formula_metrics.METRICS.items()
        if "форма" not in spec.needs and not any(spec.read(facts, told).value for told in _told(name))
    }  # fmt: skip
    assert empty == {"средний балл"}  # the made marks have no mean; it has its own test below
    store.abandon()


def test_the_mean_is_weighted_by_participants(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = monitoring_year.filled(tmp_path_factory.mktemp("mean") / "файл.opora")
    with store.operation("Средние", "test.mean") as operation:
        keys = store.connection.execute(
            "SELECT m.id FROM mark_count m JOIN assessment s ON s.id = m.assessment_id WHERE result_year = 2026"
            " AND procedure = 'ОГЭ' AND organisation_id IS NOT NULL ORDER BY m.id LIMIT 20"
        )
        for place, (key,) in enumerate(keys.fetchall()):
            operation.update("mark_count", key, mean=f"3.{place:02}")
    facts, rows = _read(store)
    for subject in ("Русский язык", "Математика"):
        told = {"процедура": "ОГЭ", "предмет": subject, "школы": "все"}
        found = formula_metrics.METRICS["средний балл"].read(facts, told)
        assert found.value is not None
        assert found.value == own.OWN["средний балл"](rows, told)
    store.abandon()


def test_a_level_that_a_form_does_not_have_is_named_and_not_counted_as_nought(store: Store) -> None:
    facts, _rows = _read(store)
    wrong = formula_metrics.checked(facts, "[ответов с уровнем; форма: school-transition; уровень: высокий]")
    assert [one.code for one in wrong.faults] == ["MON_FORMULA_VALUE"]
    assert "высокий уровень" in wrong.faults[0].message
    right = formula_metrics.checked(facts, "[ответов с уровнем; форма: school-transition; уровень: Высокий уровень]")
    assert right.faults == ()


def test_a_year_outside_the_plan_has_no_data_and_not_nought(store: Store) -> None:
    facts, _rows = _read(store)
    for name in ("мероприятий", "мероприятий выполнено", "участников мероприятий", "израсходовано"):
        assert formula_metrics.METRICS[name].read(facts, {"год": "2024"}).value is None, name
