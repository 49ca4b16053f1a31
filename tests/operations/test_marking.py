"""Marking a table that nobody knows, on the top of its sheet."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.importers.parsed import GridSheet, Hints, Known
from app.importers.tables.profile_text import from_text
from app.models.records import MetricName
from app.operations import marking

KNOWN = Known(metrics=(MetricName("pupils_hi", ("Обучающиеся с ОВЗ",)), MetricName("posts", ("Ставки",))))
SHEET = GridSheet(
    "Свод",
    (
        ("Приложение 3",),
        ("Где", "Явка", "Н", "У", "Х", "О"),
        ("СОШ № 5", "50", "10", "20", "15", "5"),
        ("СОШ № 9", "8", "2", "2", "2", "много"),
    ),
    4,
    hidden_columns=(5,),
)
"""Headings that no vocabulary has: only a person can say what they mean."""


def marked() -> marking.Marking:
    """Point at row 2 and say what each column is."""
    found = marking.point(SHEET, 2, 2, KNOWN)
    found = marking.retarget(found, "marks", KNOWN)
    for at, meaning in enumerate(("school", "participants", "mark2:count", "mark3:count", "mark4:count",
                                  "mark5:count")):  # fmt: skip
        found = marking.give(found, at, meaning, KNOWN)
    return marking.with_fixed(found, procedure="РПР", subject="Физика", grade=8)


def test_what_is_missing_is_said_step_by_step() -> None:
    found = marking.point(SHEET, 2, 2, KNOWN)
    assert (found.first, found.last, found.target) == (2, 2, None)
    assert marking.missing(found) == "Выберите, что это за таблица."
    found = marking.retarget(found, "marks", KNOWN)
    assert marking.missing(found).startswith("Укажите столбец, который говорит, чья это строка")
    found = marking.give(found, 0, "school", KNOWN)
    assert marking.missing(found) == "Укажите столбец с числом участников или столбцы с отметками."
    assert marking.preview(found, KNOWN, Hints()).fault == marking.missing(found)
    with pytest.raises(UserError) as caught:
        marking.text_of(found, "Свод")
    assert caught.value.code == "IMP_PROFILE_FAULT"
    found = marking.give(found, 1, "participants", KNOWN)
    assert marking.missing(found) == ""


def test_the_preview_asks_for_the_year_and_then_shows_the_rows_and_their_faults() -> None:
    asked = marking.preview(marked(), KNOWN, Hints())
    assert [question.key for question in asked.questions] == ["year"]
    assert asked.rows == ()
    seen = marking.preview(marked(), KNOWN, Hints(year=2026))
    assert seen.rows[0] == ("СОШ № 5", "РПР физика, 8\u00a0кл.", "2026", "50", "10", "20", "15", "5", "10")
    assert [item.cell for item in seen.problems if item.level == "error"] == ["F4"]


def test_the_map_keeps_headings_and_fixed_words_but_no_year() -> None:
    profile = from_text(marking.text_of(marked(), "Свод по физике"))
    assert profile.name == "Свод по физике"
    assert [(column.path, column.field, column.kind) for column in profile.columns[:3]] == [
        (("Где",), "school", None), (("Явка",), "participants", None), (("Н",), "mark2", "count"),
    ]  # fmt: skip
    assert (profile.fixed.procedure, profile.fixed.subject, profile.fixed.grade) == ("РПР", "Физика", 8)


def test_a_field_of_one_column_moves_and_a_column_may_be_left_out() -> None:
    found = marking.give(marked(), 1, "school", KNOWN)
    assert [column.meaning for column in found.columns][:2] == ["", "school"]
    found = marking.give(found, 1, "", KNOWN)
    assert found.columns[1].meaning == ""
    assert found.columns[5].hidden


def test_a_known_header_is_proposed_with_subject_and_grade_of_its_headings() -> None:
    sheet = GridSheet(
        None,
        (
            ("Школа", "Математика 6 класс", "", "Физика 7 класс", ""),
            ("", "Участников", "Отметка 2, чел.", "Участников", "Отметка 2, чел."),
            ("1", "2", "3", "4", "5"),
            ("СОШ № 5", "50", "10", "20", "4"),
        ),
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)),
    )
    found = marking.begin(sheet, KNOWN)
    assert (found.first, found.last, found.target) == (1, 3, "marks")
    assert [column.meaning for column in found.columns] == [
        "school", "participants", "mark2:count", "participants", "mark2:count",
    ]  # fmt: skip
    assert found.columns[4].words == "отметка «2», чел. · Физика · 7 класс"
    assert found.columns[4].title == "Физика 7 класс / Отметка 2, чел."
    # pointing at the same rows, the line of column numbers among them, is the same table
    again = marking.point(sheet, 1, 3, KNOWN, found)
    assert again.columns == found.columns
    assert from_text(marking.text_of(again, "Свод")).header_row is None


def test_metrics_are_offered_by_name_and_names_of_people_never() -> None:
    sheet = GridSheet(None, (("Школа", "Дети с ОВЗ", "ФИО директора"), ("СОШ № 5", "12", "•••")))
    found = marking.retarget(marking.begin(sheet, KNOWN), "metrics", KNOWN)
    assert ("показатель: Обучающиеся с ОВЗ", "metric:pupils_hi") in marking.meanings("metrics", KNOWN)
    found = marking.give(found, 1, "metric:pupils_hi", KNOWN)
    assert found.columns[2].personal
    seen = marking.preview(found, KNOWN, Hints(year=2025))
    assert seen.rows == (("СОШ № 5", "Обучающиеся с ОВЗ", "2025/26", "12"),)


def test_a_list_from_outside_takes_the_heading_as_its_factor() -> None:
    sheet = GridSheet(None, (("Школа", "Дефицит кадров"), ("СОШ № 5", "высокая")))
    found = marking.retarget(marking.begin(sheet, KNOWN), "risk_profile", KNOWN)
    found = marking.give(found, 1, "item", KNOWN)
    found = marking.give(found, 0, "school", KNOWN)
    seen = marking.preview(found, KNOWN, Hints(year=2026))
    assert seen.rows[0][0] == "СОШ № 5"
    assert seen.rows[0][2:] == ("высокая", "2026")
