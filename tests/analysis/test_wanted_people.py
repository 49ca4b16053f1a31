"""How many people planned results ask for: phrases of the source documents and of real plans, read by hand."""

from __future__ import annotations

import pytest

from app.analysis.wanted_people import wanted


@pytest.mark.parametrize(("text", "told"), [
    ("Проведены семинары с охватом не менее 100 человек", [(100, "people")]),
    ("Повышение квалификации (не менее 250 чел.)", [(250, "people")]),
    ("охват не менее 500 человек", [(500, "people")]),
    ("с общим охватом не менее 100 участников.", [(100, "people")]),
    ("Проведение вебинаров (не менее 60 точек подключения)", [(60, "connections")]),
    ("семинара (не менее 40 участников из 4-х регионов)", [(40, "people")]),
    ("не менее 1 200 педагогических работников", [(1200, "people")]),
    ("Не менее чем 30 молодых педагогов", [(30, "people")]),
    ("охват — 120 учителей математики", [(120, "people")]),
    ("не менее 20-ти руководителей школ; не менее 20 руководителей школ", [(20, "people")]),
    ("не менее 50 учителей, не менее 15 подключений", [(50, "people"), (15, "connections")]),
    # for each, a share, something else than people: left to the reader
    ("не менее 5-ти человек от каждой школы", []),
    ("2 семинара (не менее 40 участников в каждом)", []),
    ("не менее 30% участников", []),
    ("не менее 95 % выпускников получают баллы", []),
    ("Заключение не менее 5 партнерских договоров", []),
    ("не менее 8 дополнительных программ для директоров", []),
    ("не менее 0 человек", []),
    ("не менее сотни человек", []),
    ("", []),
])  # fmt: skip
def test_demands_are_read(text: str, told: list[tuple[int, str]]) -> None:
    assert [(one.number, one.what) for one in wanted([text])] == told


def test_a_demand_said_twice_counts_once_and_keeps_its_words() -> None:
    (one,) = wanted(["Семинар (не  менее 40 человек)", "участвовали не менее 40 человек"])
    assert one.text == "не менее 40 человек"
