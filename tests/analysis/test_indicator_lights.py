"""Lights of indicators: both directions, edges of the tolerance, missing values, the forecast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.analysis.indicator_lights import Leeway, forecast, judge, leeway, signed, understood
from app.analysis.programme_values import number

TWO = Leeway(Decimal(2))
TENTH = Leeway(Decimal(10), of_target=True)


@pytest.mark.parametrize(
    ("value", "target", "direction", "tolerance", "light", "word"),
    [
        ("40", "40", "up", None, "reached", "достигнуто"),
        ("40.01", "40", "up", None, "reached", "достигнуто"),
        ("39.99", "40", "up", None, "behind", "отстаёт: −0,01"),
        ("36.4", "40", "up", Leeway(Decimal("3.6")), "near", "почти: −3,6"),
        ("36.39", "40", "up", Leeway(Decimal("3.6")), "behind", "отстаёт: −3,61"),
        ("30", "30", "down", None, "reached", "достигнуто"),
        ("29.99", "30", "down", None, "reached", "достигнуто"),
        ("32", "30", "down", TWO, "near", "почти: +2"),
        ("32.01", "30", "down", TWO, "behind", "отстаёт: +2,01"),
        ("30.01", "30", "down", None, "behind", "отстаёт: +0,01"),
        ("95", "95", "hold", TWO, "reached", "достигнуто"),
        ("97", "95", "hold", TWO, "reached", "достигнуто"),
        ("93", "95", "hold", TWO, "near", "почти: −2"),
        ("92.99", "95", "hold", TWO, "behind", "отстаёт: −2,01"),
        ("180", "200", "up", TENTH, "near", "почти: −20"),
        ("179.9", "200", "up", TENTH, "behind", "отстаёт: −20,1"),
        ("0", "0", "down", None, "reached", "достигнуто"),
        ("0", "5", "up", None, "behind", "отстаёт: −5"),
    ],
)
def test_a_light_follows_direction_and_tolerance(
    value: str, target: str, direction: str, tolerance: Leeway | None, light: str, word: str
) -> None:
    found = judge(value, target, direction, tolerance)  # type: ignore[arg-type]
    assert (found.light, found.word) == (light, word)


@pytest.mark.parametrize("direction", ["up", "down", "hold", None])
def test_no_value_is_no_data_and_never_behind(direction: str | None) -> None:
    for value in (None, ""):
        found = judge(value, "40", direction, TWO)  # type: ignore[arg-type]
        assert (found.light, found.word, found.gap) == ("no_data", "нет данных", None)


def test_nought_is_a_value_and_no_target_is_said() -> None:
    assert judge("0", None, "up").light == "no_target"
    assert judge("0", "0", None).light == "reached"
    assert judge(None, None, "up").light == "no_data"


def test_hold_without_a_target_is_held_against_the_baseline() -> None:
    assert judge("22", None, "hold", None, "22").light == "reached"
    assert judge("21", None, "hold", None, "22").word == "отстаёт: −1"
    assert judge("21", None, "up", None, "22").light == "no_target"


def test_without_a_direction_the_target_tells_it() -> None:
    assert judge("35", "30", None, None, "40").word == "отстаёт: +5"
    assert judge("35", "40", None, None, "30").word == "отстаёт: −5"
    assert judge("35", "30", None, None, None).word == "не названо направление"
    assert judge("35", "30", None, None, "30").light == "no_target"


@pytest.mark.parametrize(
    ("raw", "unit", "value", "of_target"),
    [("2", "%", "2", False), ("2 %", "%", "2", False), ("±1,5 п. п.", "%", "1.5", False), ("5%", "школ", "5", True),
     ("5 процентов", "чел.", "5", True), ("до 3", "школ", "3", False), ("2 п.п.", "школ", "2", False)],
)  # fmt: skip
def test_a_tolerance_is_read_by_the_unit(raw: str, unit: str, value: str, of_target: bool) -> None:
    assert leeway(raw, unit) == Leeway(Decimal(value), of_target=of_target)


def test_words_are_no_tolerance() -> None:
    assert leeway("немного", "%") is None
    assert not understood("немного", "%")
    assert understood("", "%")


def test_the_forecast_goes_on_as_between_the_first_and_the_last_day() -> None:
    known = [(date(2026, 1, 31), Decimal(40)), (date(2026, 7, 30), Decimal(58))]  # 180 days, 0.1 a day
    assert forecast(known, date(2026, 12, 31)) == Decimal("73.4")  # 154 days more
    assert forecast([(date(2026, 1, 31), Decimal(40)), (date(2026, 7, 30), Decimal(90))], date(2026, 12, 31),
                    share=True) == Decimal("100.0")  # fmt: skip


def test_too_few_days_foretell_nothing() -> None:
    assert forecast([(date(2026, 1, 31), Decimal(40))], date(2026, 12, 31)) is None
    close = [(date(2026, 11, 1), Decimal(40)), (date(2026, 11, 23), Decimal(41))]
    assert forecast(close, date(2026, 12, 31)) is None


def test_a_gap_has_its_sign() -> None:
    assert [signed(one) for one in ("-3.6", "4", "0")] == ["−3,6", "+4", "0"]


@pytest.mark.parametrize(
    ("raw", "unit", "stored"),
    [("2 процентных пункта", "%", "2"), ("2 процентных пункта", "доля, %", "2"), ("2 %", "доля, %", "2"),
     ("2 %", "проц.", "2"), ("2 %", "школ", "2%"), ("1,5\u00a0п.\u00a0п.", "%", "1.5")],
)  # fmt: skip
def test_percent_of_a_percentage_are_points_however_it_is_spelled(raw: str, unit: str, stored: str) -> None:
    found = leeway(raw, unit)
    assert found is not None
    assert found.stored == stored


@pytest.mark.parametrize("raw", ["NaN", "inf", "-2", "1e5", "9" * 40, "٣", "2 %%"])
def test_what_is_no_tolerance(raw: str) -> None:
    assert leeway(raw, "%") is None
    assert not understood(raw, "%")


def test_huge_values_are_not_forecast() -> None:
    known = [(date(2026, 1, 31), Decimal("9" * 40)), (date(2026, 6, 30), Decimal("9" * 50))]
    assert forecast(known, date(2026, 12, 31)) is None


@pytest.mark.parametrize("raw", ["NaN", "Infinity", "1e9", "9" * 31, "٣", "1_000", "12,5,3", "--5"])
def test_what_is_no_number(raw: str) -> None:
    assert number(raw).value is None
    assert number(raw).code == "PROGRAMME_NOT_NUMBER"
