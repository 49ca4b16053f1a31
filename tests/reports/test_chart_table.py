"""A chart as rows."""

from __future__ import annotations

from app.reports.chart_table import as_text, table
from tests.helpers.charts import BULLETS, HEAT, LINE, RADAR, SCATTER, STACKED


def test_a_line_gives_years_values_intervals_and_words() -> None:
    found = table(LINE)
    assert found.columns == ("Год", "СОШ № 3, %", "интервал от", "интервал до", "словами", "мало детей")
    assert found.rows[0] == ("2022", 28.1, 15.6, 45.4, "9 из 32, 28,1 %", "")
    assert found.rows[2] == ("2024", None, None, None, "", "")
    assert found.rows[4][-1] == "да"
    assert found.values == 1


def test_parts_give_counts_and_their_sum() -> None:
    found = table(STACKED)
    assert found.columns == ("Год", "«2»", "«3»", "«4»", "«5»", "Всего")
    assert found.rows[2] == ("2025", 12, 9, 8, 2, 31)


def test_a_heat_map_gives_values_and_fractions() -> None:
    found = table(HEAT)
    assert found.columns[:2] == ("Школа", "ВПР, русский язык, 5 класс")
    assert found.rows[1] == ("СОШ № 2", 12.0, 0.0, None, "3 из 25", "0 из 20", "")


def test_dots_give_names_and_types() -> None:
    assert table(SCATTER).rows[0] == ("СОШ № 1", -1.2, 32, "неблагополучные", "2 из 9")


def test_several_series_stand_side_by_side() -> None:
    found = table(RADAR)
    assert found.columns == ("Показатель", "2024", "2025")
    assert found.rows[1] == ("Дефицит педагогических кадров", 3, 2)


def test_text_for_a_spreadsheet_has_commas_and_tabs() -> None:
    lines = as_text(LINE).split("\n")
    assert lines[0] == "Год\tСОШ № 3, %\tинтервал от\tинтервал до\tсловами\tмало детей"
    assert lines[1] == "2022\t28,1\t15,6\t45,4\t9 из 32, 28,1 %\t"
    assert lines[3] == "2024\t\t\t\t\t"


def test_bullets_give_value_target_and_baseline() -> None:
    found = table(BULLETS)
    assert found.columns == ("Индикатор", "Факт", "Цель", "База", "Состояние")
    assert found.rows[2] == ("1.3 Школ с соглашением", 5, 9, 4, "отстаёт: −4")
    assert found.rows[3][1] is None, "no data is not nought"
