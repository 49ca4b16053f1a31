"""Search of practices: stems, weights, what covers a query, what a deficit and a practice share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import practice_search as search

READING = {"title": "Читаем вместе", "subject": "Русский язык", "problem": "Теряют баллы на смысловое чтение",
           "idea": "Десять минут чтения на каждом уроке"}  # fmt: skip
MATHS = {"title": "Листы с опорами", "subject": "Математика", "problem": "Не берутся за задания ОГЭ",
         "idea": "Разобранный пример и подсказка"}  # fmt: skip
GEOMETRY = {"title": "Геометрия на участке", "subject": "Математика", "problem": "Чертёж решает половина класса"}
BANK = ((1, READING), (2, MATHS), (3, GEOMETRY))


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("чтение чтения чтению чтением чтений", "чтен"),
        ("урок урока уроки уроков уроками уроке", "урок"),
        ("математика математику математики математикой", "матем"),
        ("дети детей детям", "дет"),
        ("русский русского русскому", "русск"),
        ("огэ", "огэ"),
        ("зачёт зачета зачеты", "зачет"),
    ],
)
def test_forms_of_one_word_have_one_stem(words: str, stem: str) -> None:
    assert {search.stem(search.fold(word)) for word in words.split()} == {stem}


def _keys(query: str) -> list[int]:
    found = search.search(query, BANK)
    assert found is not None
    return [match.key for match in found]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("смысловым чтением", [1]),
        ("ЧТЕНИЕ", [1]),
        ("математика", [2, 3]),  # of equal ones the order of the bank stays
        ("математике ОГЭ", [2, 3]),  # both words before one of two
        ("геом", [3]),  # half-typed
        ("чертеж", [3]),  # «ё» and «е» are one
        ("физика", []),
        ("смысловое чтение в физике и химии", [1]),  # half of the four words is enough
        ("чтение физика химия", []),  # one of three is not
    ],
)
def test_a_query_finds_what_covers_it(query: str, keys: list[int]) -> None:
    assert _keys(query) == keys


def test_a_word_in_the_title_weighs_more_than_in_the_idea() -> None:
    rows = ((1, {"idea": "геометрия"}), (2, {"evidence": "геометрия"}), (3, {"title": "геометрия"}))
    found = search.search("геометрии", rows)
    assert found is not None
    assert [(match.key, match.score) for match in found] == [(3, 4), (1, 2), (2, 1)]


def test_what_was_found_is_told_by_field() -> None:
    found = search.search("смысловое чтение", BANK)
    assert found is not None
    assert dict(found[0].found) == {"problem": ("смысловое", "чтение"), "idea": ("чтения",)}
    assert (found[0].covered, found[0].score) == (2, 3 + 3 + 2)


@pytest.mark.parametrize("query", ["", "  ", "5", "о в", "№ 3"])
def test_nothing_is_looked_for_without_a_word(query: str) -> None:
    assert search.search(query, BANK) is None


@given(st.text(alphabet="абвгдежзиклмностуэяё -", min_size=3, max_size=40))
def test_every_word_of_a_text_finds_it(text: str) -> None:
    found = search.search(text, ((7, {"problem": text}),))
    if found is None:
        assert not search.stems(text)
    else:
        assert [(match.key, match.covered) for match in found] == [(7, len(search.stems(text)))]


# --- a deficit and a practice --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deficit", "practice", "told"),
    [
        # the same subject and two words of the topic: 3 + 2 · 2
        (("Русский язык", "смысловое чтение на уроке", "method"), (READING, "method"), (True, 2, True, 8)),
        # the subject alone
        (("математика", "", ""), (GEOMETRY, ""), (True, 0, False, 3)),
        # another subject is never offered, whatever the words share
        (("Физика", "геометрия на участке", "subject"), (GEOMETRY, "subject"), None),
        # without a subject the words join
        (("", "геометрия 7–9 классов", ""), (GEOMETRY, ""), (False, 1, False, 2)),
        # words that stand everywhere join nothing
        (("", "повышение качества обучения", ""), ({"problem": "Повышение качества обучения в школе"}, ""), None),
        # the kind alone, only where nobody names a subject
        (("", "", "management"), ({"title": "Открытая проверка"}, "management"), (False, 0, True, 1)),
        (("", "", "subject"), (GEOMETRY, "subject"), None),
        (("", "", ""), ({"title": "Открытая проверка"}, ""), None),
    ],
)
def test_a_deficit_and_a_practice_share(
    deficit: tuple[str, str, str], practice: tuple[dict[str, str], str], told: tuple[bool, int, bool, int] | None
) -> None:
    found = search.shared(*deficit, *practice)
    assert (None if found is None else (found.subject, len(found.words), found.kind, found.score)) == told
