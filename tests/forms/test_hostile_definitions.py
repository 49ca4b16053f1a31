"""Damaged, huge and cunning definitions: a Russian sentence with its place, never a traceback, never half a form."""

from __future__ import annotations

import re

import pytest

from app.errors import UserError
from app.forms.checks import MOST_ITEMS
from app.forms.loader import check, load
from app.forms.reading import MOST_LINE, MOST_SIGNS, MOST_TEXT
from tests.helpers.forms import KINDS, SMALL, spoilt

COMPOSITE = """
id = "whole"
version = "1.0"
title = "Сводная"
subject = "mms"
kind = "composite"

[[scores]]
id = "total"
title = "Сумма"
rule = "sum"

[[parts]]
form = "rmo"
"""
GRID = """
id = "grid"
version = "1.0"
title = "Таблица"
subject = "school"
kind = "counts"

[[sections]]
id = "s"
rows = [ROWS]
columns = [COLUMNS]
cell = {kind = "whole", least = 0}
"""


@pytest.mark.parametrize("sign", ["\\u0000", "\\u0007", "\\u001B", "\\r", "\\u202E", "\\u2066", "\\u2028", "\\u0085"])
def test_signs_that_cannot_be_shown_are_refused_with_their_place(sign: str) -> None:
    [(code, words)] = spoilt("Первый", f"Пер{sign}вый")
    assert (code, words) == (
        "FORM_VALUE",
        "Раздел 1, пункт 1: в строке «text» нужно другое: текст без управляющих знаков. Исправьте её.",
    )
    [(code, words)] = spoilt("Малая форма", f"Малая{sign}форма")
    assert (code, words.partition(":")[0]) == ("FORM_VALUE", "Форма")


@pytest.mark.parametrize("nothing", ["\u200b\u2060\u200b", "\u3164", "\u2800 \ufe0f"])
def test_a_title_of_nothing_visible_is_no_title(nothing: str) -> None:
    [(code, words)] = spoilt("Малая форма", nothing)
    assert code == "FORM_VALUE"
    assert "текст, который видно" in words


def test_soft_hyphens_joiners_and_tabs_are_texts() -> None:
    for kept in ("пере\u00adнос", "слово\u2060слово", "раз\\tдва", "№\u00a05"):
        assert spoilt("Первый", kept) == []


def test_a_number_of_thousands_of_digits_is_told() -> None:
    for spot in ("least = 0, most = 3", "points = 2"):
        key = spot.rpartition("=")[0]
        [(code, words)] = spoilt(spot, f"{key}= {'9' * 5000}")
        assert code == "FORM_NOT_TOML"
        assert "тысяч цифр" in words


@pytest.mark.parametrize(("length", "found"), [(MOST_LINE, 0), (MOST_LINE + 1, 1)])
def test_the_longest_line(length: int, found: int) -> None:
    assert len(spoilt("Малая форма", "Щ" * length)) == 0
    faults = spoilt('title = "Главное"', f'title = "Щ"\nnote = "{"Щ" * length}"')
    assert faults == []
    faults = spoilt('number = "1"', f'number = "{"Щ" * length}"')
    assert len(faults) == found


def test_texts_longer_than_a_page_are_refused() -> None:
    assert spoilt("Первый", "Щ" * MOST_TEXT) == []
    [(code, words)] = spoilt("Первый", "Щ" * (MOST_TEXT + 1))
    assert code == "FORM_VALUE"
    assert f"до {MOST_TEXT} знаков, а в нём {MOST_TEXT + 1}" in words


def test_a_form_nobody_can_fill_is_refused_before_it_is_built() -> None:
    lines = "\n".join(f'{{id = "x{n}", kind = "text", text = "Вопрос {n}"}},' for n in range(MOST_ITEMS - 4))
    assert check(SMALL.replace("items = [", f"items = [\n{lines}", 1))[1] == []
    one_more = SMALL.replace("items = [", f'items = [\n{lines}\n{{id = "y", kind = "text", text = "Y"}},', 1)
    [fault] = check(one_more)[1]
    assert fault.code == "FORM_LARGE"
    assert "2001\u00a0пункт." in fault.message
    rows = ", ".join(f'{{id = "r{n}", text = "{n}"}}' for n in range(2000))
    columns = ", ".join(f'{{id = "c{n}", text = "{n}"}}' for n in range(300))
    faults = check(GRID.replace("ROWS", rows).replace("COLUMNS", columns))[1]
    assert faults[0].code == "FORM_LARGE"
    assert "600\u00a0000\u00a0пунктов" in faults[0].message
    [fault] = check("#" * (MOST_SIGNS + 1))[1]
    assert fault.code == "FORM_LARGE"


@pytest.mark.parametrize("version", ["01.0", "1.00", "1.01", "00.1"])
def test_two_spellings_of_one_version_are_not_two_versions(version: str) -> None:
    assert [code for code, _words in spoilt('version = "1.0"', f'version = "{version}"')] == ["FORM_VALUE"]


@pytest.mark.parametrize("version", ["0.1", "1.0", "1.10", "20.3"])
def test_usual_versions_are_taken(version: str) -> None:
    assert spoilt('version = "1.0"', f'version = "{version}"') == []


def test_a_composite_form_is_no_part_of_itself() -> None:
    assert check(COMPOSITE)[1] == []
    [fault] = check(COMPOSITE.replace('form = "rmo"', 'form = "whole"'))[1]
    assert (fault.code, fault.sheet) == ("FORM_PART_SELF", "Часть 1")


def test_points_below_nought_are_no_points() -> None:
    for bounds in ("least = -5, most = 5", "most = 5"):
        text = KINDS.replace("least = 0, most = 1500", bounds) + '[[scores]]\nid = "s"\ntitle = "S"\nrule = "sum"\n'
        [fault] = check(text + 'items = ["whole"]\n')[1]
        assert fault.code == "FORM_SCORE_NEGATIVE"
        assert "«whole»" in fault.message


def test_answers_of_two_questions_do_not_go_into_one() -> None:
    text = f'{SMALL}\n[[revisions]]\nfrom = "0.9"\nrenamed = {{x = "b", y = "b"}}\n'
    [fault] = check(text)[1]
    assert fault.code == "FORM_REVISION"
    assert "«b»" in fault.message


DAMAGED = {
    "nothing": "",
    "bytes": "\x00\x01\x02",
    "raw bell": SMALL.replace("Первый", "Пер\x07вый"),
    "surrogate": SMALL.replace("Первый", "\\uD800"),
    "brackets": "a = " + "[" * 3000 + "]" * 3000,
    "tables": "a = " + "{a = " * 3000 + "1" + "}" * 3000,
    "dotted key": ".".join(["a"] * 5000) + " = 1",
    "key twice": SMALL.replace('id = "small"', 'id = "small"\nid = "b"'),
    "list for a name": SMALL.replace('id = "small"', 'id = ["a"]'),
    "table for a kind": SMALL.replace('kind = "checklist"', "kind = {a = 1}"),
    "date for a version": SMALL.replace('version = "1.0"', "version = 1979-05-27"),
    "number for a version": SMALL.replace('version = "1.0"', "version = 1.0"),
    "text for sections": 'id = "a"\nversion = "1.0"\ntitle = "t"\nsubject = "school"\nsections = "x"\n',
    "numbers for sections": 'id = "a"\nversion = "1.0"\ntitle = "t"\nsubject = "school"\nsections = [1, 2]\n',
    "no number": SMALL.replace("least = 0, most = 3", "least = nan, most = 3"),
    "no end": SMALL.replace("least = 0, most = 3", "least = 0, most = inf"),
    "below nought": SMALL.replace("least = 0, most = 3", "least = -3, most = 3"),
    "half a point": SMALL.replace("points = 2", "points = 2.5"),
    "table for a text": SMALL.replace('text = "Первый"', "text = {a = 1}"),
    "condition in a ring": SMALL.replace('text = "Первый"', 'text = "П", when = [{item = "c", values = ["0"]}]'),
    "condition on itself": SMALL.replace('when = [{item = "c"', 'when = [{item = "d"'),
    "text for values": SMALL.replace('values = ["0"]', 'values = "0"'),
    "number recoded": f'{SMALL}\n[[revisions]]\nfrom = "0.9"\nrecoded = {{a = {{x = 1}}}}\n',
    "text recoded": f'{SMALL}\n[[revisions]]\nfrom = "0.9"\nrecoded = "x"\n',
    "part twice": f'{COMPOSITE}\n[[parts]]\nform = "rmo"\n',
    "row twice": GRID.replace("ROWS", '{id = "a", text = "x"}, {id = "a", text = "y"}').replace(
        "COLUMNS", '{id = "c", text = "z"}'
    ),
    "name of a cell as a row": GRID.replace("ROWS", '{id = "a.b", text = "x"}').replace(
        "COLUMNS", '{id = "c", text = "z"}'
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_definition_is_one_russian_refusal(name: str) -> None:
    with pytest.raises(UserError) as refused:
        load(DAMAGED[name], "форма.toml")
    words = str(refused.value)
    assert refused.value.code == "FORM_FAULTS"
    assert words.startswith("Форма «форма.toml» не принята: ")
    # what is Latin is quoted, a key of the format, or a list of words that are allowed
    plain = re.sub(
        r"«[^»]*»|одно из: [a-z, _]+|TOML|true или false|\b(?:least|most|declared_most|recoded)\b", "", words
    )
    assert not re.search(r"[A-Za-z]{3,}", plain), plain
    assert "ожидается" not in words
