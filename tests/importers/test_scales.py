from __future__ import annotations

import pytest

from app.errors import UserError
from app.importers.scales import find_scale, load_shipped, merged, parse_scales, scale_from_answer
from app.models.records import Scale

GOOD = """
format = 1
source = "проверка"
[[scale]]
year = 2022
procedure = "ВПР"
subjects = ["Математика", "Физика"]
grades = [7, 8]
upper = [5, 9, 13]
maximum = 16
"""


@pytest.mark.parametrize(
    ("subject", "grade", "upper", "maximum"),
    [
        ("Математика", 4, (5, 9, 14), 20),
        ("Русский язык", 4, (13, 23, 32), 38),
        ("Окружающий мир", 4, (7, 17, 26), None),
        ("Математика", 6, (5, 9, 13), 16),
        ("Русский язык", 6, (24, 34, 44), 51),
        ("Немецкий язык", 7, (12, 20, 26), 30),
        ("Физика", 8, (4, 7, 10), 18),
        ("Химия", 8, (9, 18, 27), 36),
        ("География", 10, (6, 12, 17), None),
        ("География", 11, (6, 12, 17), None),
        ("Английский язык", 11, (10, 17, 24), None),
    ],
)
def test_shipped_scales(subject: str, grade: int, upper: tuple[int, int, int], maximum: int | None) -> None:
    assert find_scale(load_shipped(), (2021, "ВПР", subject, grade)) == Scale(
        2021, "ВПР", subject, grade, upper, maximum
    )


def test_a_similar_scale_is_never_taken() -> None:
    assert find_scale(load_shipped(), (2022, "ВПР", "Математика", 6)) is None
    assert find_scale(load_shipped(), (2021, "ВПР", "Математика", 9)) is None


def test_marks_at_the_borders() -> None:
    scale = Scale(2021, "ВПР", "Математика", 6, (5, 9, 13), 16)
    assert [scale.mark(points) for points in (0, 5, 6, 9, 10, 13, 14, 16)] == [2, 2, 3, 3, 4, 4, 5, 5]


def test_subjects_and_grades_multiply() -> None:
    assert len(parse_scales(GOOD)) == 4


def test_own_scales_win() -> None:
    own = Scale(2021, "ВПР", "Математика", 6, (6, 10, 14), 16)
    assert find_scale(merged(load_shipped(), [own]), (2021, "ВПР", "Математика", 6)) == own


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[5, 9, 13]", "[5, 5, 13]", "upper"),
        ("[5, 9, 13]", "[5, 9]", "upper"),
        ("[5, 9, 13]", "[5, 9, 13.5]", "upper"),
        ("[5, 9, 13]", "[true, 9, 13]", "upper"),
        ("maximum = 16", "maximum = 13", "maximum"),
        ("maximum = 16", "maximal = 16", "maximal"),
        ("year = 2022", 'year = "2022"', "year"),
        ('"ВПР"', '"впр"', "procedure"),
        ('"Физика"', '"Физика и астрономия"', "Физика и астрономия"),
        ('"Физика"', '"Математика"', "уже была"),
        ("[7, 8]", "[]", "grades"),
        ("[7, 8]", "[7, 12]", "grades"),
        ("format = 1", "format = 2", "format"),
        ('source = "проверка"', 'source = " "', "source"),
        ('source = "проверка"', 'source = "проверка"\nextra = 1', "extra"),
    ],
)
def test_faults_are_named(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_scales(GOOD.replace(old, new))
    assert caught.value.code == "IMP_SCALE_FAULT"
    assert said in caught.value.what


def test_what_is_no_toml() -> None:
    with pytest.raises(UserError) as caught:
        parse_scales("upper = [")
    assert caught.value.code == "IMP_SCALE_TOML"


def test_a_typed_scale() -> None:
    key = (2021, "ВПР", "Математика", 9)
    assert scale_from_answer(" 5 / 9/13 /16", key) == Scale(2021, "ВПР", "Математика", 9, (5, 9, 13), 16)
    assert scale_from_answer("5/9/13", key) == Scale(2021, "ВПР", "Математика", 9, (5, 9, 13), None)
    for wrong in ("5/9", "5/5/13", "5/9/13/13", "много", ""):
        assert scale_from_answer(wrong, key) is None
