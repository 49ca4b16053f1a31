"""Indices by hand: standardising, signs and weights, missing components, places, the lowest share."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from app.analysis.index_model import IndexComponent, IndexDefinition, as_toml, load_shipped, parse
from app.analysis.indices import ceil_share, compute, mean_of
from app.analysis.metric_catalogue import load_shipped as catalogue
from app.analysis.metric_values import MetricAmount
from app.errors import UserError
from tests.helpers.shared import SHARED

YEAR = 2025


def made(*components: tuple[str, int, tuple[int, int]]) -> IndexDefinition:
    parts = tuple(IndexComponent(code, code, sign, weight) for code, sign, weight in components)  # type: ignore[arg-type]
    return IndexDefinition("own", "1.0", "Проба", "Проба", "тест", "", parts)


def counts(*shares: tuple[int, int] | None) -> dict[int, MetricAmount]:
    """Schools 1, 2, 3… with a share each; None is no value."""
    return {school: MetricAmount(*share) for school, share in enumerate(shares, start=1) if share is not None}


A = ("a", -1, (1, 1))
B = ("b", 1, (2, 1))
VALUES = {
    "a": counts((1, 10), (3, 10), (5, 10), (7, 10)),
    "b": counts((0, 1), (0, 1), (1, 1), (1, 1)),
}


def test_an_index_by_hand() -> None:
    """A: mean 0.4, SD √0.05; z = ∓1.341641, ∓0.447214. B: mean 0.5, SD 0.5; z = ∓1. Index = (−z_a + 2·z_b) / 3."""
    found = compute(made(A, B), YEAR, [1, 2, 3, 4], VALUES)
    wanted = [-0.2194531, -0.5175955, 0.5175955, 0.2194531]
    assert [row.value for row in found.rows] == pytest.approx(wanted, abs=1e-7)
    assert [(row.place, row.of, row.tied) for row in found.rows] == [(3, 4, 1), (4, 4, 1), (1, 4, 1), (2, 4, 1)]
    first = found.rows[0].contributions
    assert [item.z for item in first] == pytest.approx([-1.3416408, -1.0], abs=1e-7)
    assert [item.value for item in first] == pytest.approx([1.3416408 / 3, -2 / 3], abs=1e-7)
    assert sum(item.value for item in first) == pytest.approx(found.rows[0].value)
    assert [row.school_id for row in found.lowest] == [2]
    assert found.taken == 1


def test_the_order_of_schools_changes_nothing() -> None:
    ahead = compute(made(A, B), YEAR, [1, 2, 3, 4], VALUES)
    back = compute(made(A, B), YEAR, [4, 3, 2, 1], VALUES)
    for school in (1, 2, 3, 4):
        assert ahead.row(school) == back.row(school)


def test_a_missing_component_is_said_and_the_rest_keeps_its_scale() -> None:
    """School 4 has b only: its index is z_b itself, whatever the weight."""
    values = {"a": counts((1, 10), (3, 10), (5, 10)), "b": VALUES["b"]}
    found = compute(made(A, B), YEAR, [1, 2, 3, 4], values)
    row = found.row(4)
    assert row is not None
    assert row.value == pytest.approx(1.0)
    assert [component.metric for component in row.missing] == ["a"]
    assert (len(row.contributions), row.total) == (1, 2)
    assert found.populations == {"a": 3, "b": 4}


@pytest.mark.parametrize(("have", "known"), [(1, False), (2, True), (3, True)])
def test_fewer_than_half_of_the_components_is_no_data(have: int, known: bool) -> None:
    """Of four components: one is too few, two are half and enough."""
    codes = ("a", "b", "c", "d")
    values = {code: counts((1, 10) if at < have else None, (3, 10)) for at, code in enumerate(codes)}
    found = compute(made(*((code, 1, (1, 1)) for code in codes)), YEAR, [1, 2], values)
    row = found.row(1)
    assert row is not None
    assert (row.value is not None) == known
    assert (row.place is None, row.lowest) == (not known, known)
    assert found.known == 1 + known


def test_a_component_with_equal_values_gives_nothing_and_says_so() -> None:
    values = {"a": counts((1, 3), (2, 6), (10, 30)), "b": counts((1, 10), (2, 10), (3, 10))}
    found = compute(made(("a", 1, (1, 1)), ("b", 1, (1, 1))), YEAR, [1, 2, 3], values)
    part = found.rows[0].contributions[0]
    assert (part.z, part.value, part.note) == (0.0, 0.0, "same")
    assert found.rows[2].value == pytest.approx(1.2247449 / 2, abs=1e-7)
    alone = compute(made(("a", 1, (1, 1))), YEAR, [1, 2], {"a": counts((1, 3))})
    assert alone.rows[0].contributions[0].note == "alone"
    assert (alone.rows[0].value, alone.rows[1].value) == (0.0, None)


def test_equal_indices_share_a_place_and_the_border_takes_all_of_them() -> None:
    """Five schools: ceil(5/4) = 2 are taken; the second lowest value is held by three."""
    values = {"a": counts((1, 10), (2, 10), (2, 10), (2, 10), (9, 10))}
    found = compute(made(("a", 1, (1, 1))), YEAR, [1, 2, 3, 4, 5], values)
    assert [(row.place, row.tied) for row in found.rows] == [(5, 1), (2, 3), (2, 3), (2, 3), (1, 1)]
    assert found.taken == 2
    assert [row.school_id for row in found.lowest] == [1, 2, 3, 4]


def test_values_that_are_equal_by_sum_are_equal_in_place() -> None:
    """Schools 1 and 2 have the two components the other way round: the index is the same."""
    values = {"a": counts((1, 7), (3, 7), (6, 7)), "b": counts((3, 7), (1, 7), (6, 7))}
    found = compute(made(("a", 1, (1, 1)), ("b", 1, (1, 1))), YEAR, [1, 2, 3], values)
    assert [row.place for row in found.rows] == [2, 2, 1]


@pytest.mark.parametrize(("number", "taken"), [(0, 0), (1, 1), (4, 1), (5, 2), (10, 3), (12, 3), (24, 6)])
def test_a_quarter_is_rounded_up(number: int, taken: int) -> None:
    assert ceil_share((1, 4), number) == taken


def test_switched_off_components_and_other_municipalities_do_not_count() -> None:
    definition = made(A, B)
    off = replace(definition, components=(replace(definition.components[0], on=False), definition.components[1]))
    found = compute(off, YEAR, [1, 2, 3], VALUES)
    assert [len(row.contributions) for row in found.rows] == [1, 1, 1]
    assert found.populations == {"b": 3}, "school 4 is not asked for and takes no part in the mean"
    assert found.rows[2].value == pytest.approx(1.4142136, abs=1e-6)


def test_the_mean_of_indices_needs_every_one_of_them() -> None:
    one = compute(made(A), YEAR, [1, 2, 3], {"a": counts((1, 10), (3, 10), None)})
    two = compute(made(B), YEAR, [1, 2, 3], {"b": counts((0, 1), (1, 1), (1, 1))})
    assert mean_of([one, two], 1) == pytest.approx((1 - 1.4142136) / 2, abs=1e-6)
    assert mean_of([one, two], 3) is None
    assert mean_of([], 1) is None


def test_no_schools_are_an_answer_too() -> None:
    found = compute(made(A), YEAR, [], {})
    assert (found.rows, found.taken, found.lowest, found.row(1)) == ((), 0, (), None)


# --- definitions ---------------------------------------------------------------------------------------------------


def test_every_component_of_the_catalogue_stands_in_its_shipped_index_with_its_sign() -> None:
    known = catalogue()
    for code, definition in load_shipped().items():
        metrics = known.components(code)
        assert [component.metric for component in definition.components] == [metric.code for metric in metrics]
        signs = {"higher_better": 1, "lower_better": -1}
        assert [component.sign for component in definition.components] == [signs[m.direction] for m in metrics]
        assert {component.weight for component in definition.components} == {(1, 1)}
        assert definition.title == known.indices[code].name
        assert definition.source.endswith("(Ленинградская область), пункт 1.2.1")
    assert "описка" in load_shipped()["resources"].note


def test_a_definition_is_written_and_read_back() -> None:
    for definition in load_shipped().values():
        changed = replace(
            definition, version="1.7", components=(replace(definition.components[0], weight=(3, 2), on=False),
                                                   *definition.components[1:]),
        )  # fmt: skip
        assert parse(as_toml(changed)) == changed
        assert changed.digest != definition.digest
        assert changed.components[0].weight_fraction == Fraction(3, 2)


def test_every_fault_of_a_text_is_said_at_once() -> None:
    text = """
format = 2
id = "Свой"
version = "один"
title = ""
source = "свой"
lowest = [5, 4]
extra = 1
[[component]]
metric = "a"
label = "а"
sign = "плюс"
weight = [0, 1]
[[component]]
metric = "a"
label = "б"
sign = "+"
weight = 2
"""
    with pytest.raises(UserError) as refused:
        parse(text)
    said = str(refused.value)
    assert refused.value.code == "DATA_INDEX_FAULTS"
    for part in ("extra", "format = 1", "id —", "version —", "title —", "lowest —", "sign —", "weight —",
                 "«a» повторяется", "составляющая 2"):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    ("text", "says"),
    [("x = 1 2", "строка 1"), ("x = [", "обрывается"), ("format = 1", "[[component]]"), ("id = 1\nformat = 1", "id")],
)
def test_a_text_that_is_no_index_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(text)
    assert says in str(refused.value)


def test_the_name_of_the_mean_and_an_index_of_nothing_are_refused() -> None:
    definition = load_shipped()["staff"]
    for wrong in (
        replace(definition, id="mean"),
        replace(definition, components=tuple(replace(item, on=False) for item in definition.components)),
    ):
        with pytest.raises(UserError):
            parse(as_toml(wrong))


if SHARED is not None:

    def test_every_component_that_the_source_names_is_there() -> None:
        assert SHARED is not None
        text = next((SHARED / "seeds").glob("000*")).read_text("utf-8").lower()
        words = {
            "social": ("низким социально-экономическим", "девиантным", "отсутствием учебной мотивации",
                       "слабым знанием русского", "отдаленность школы", "малокомплектность"),
            "staff": ("подтвердивших или повысивших", "1,5 ставки", "профессиональных конкурсах",
                      "не соответствующие профильному"),
            "resources": ("не старше 3 лет", "внебюджетных средств", "ремонтных работ"),
        }  # fmt: skip
        for code, parts in words.items():
            assert all(part in text for part in parts)
            assert len(load_shipped()[code].components) == len(parts)
