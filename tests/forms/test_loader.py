"""Reading definitions: what is right is read, and every fault is named with its place."""

from __future__ import annotations

import hashlib

import pytest

from app.forms.loader import check, load, newest, shipped, version_key
from tests.helpers.form_lock import locked
from tests.helpers.forms import SMALL, refusal, small, spoilt

GRID = """
id = "grid"
version = "1.0"
title = "Таблица"
subject = "mms"
kind = "counts"
[[sections]]
id = "people"
rows = [{id = "heads", text = "Руководители"}, {id = "staff", text = "Педагоги"}]
columns = [{id = "pp", text = "ПП", group = "Институт"}, {id = "pk", text = "ПК", group = "Институт"}]
cell = {kind = "whole", least = 0, required = false}
totals = true
"""


def test_a_form_is_read_as_it_is_written() -> None:
    form = small()
    assert (form.id, form.version, form.short, form.kind) == ("small", "1.0", "Малая форма", "checklist")
    assert [item.id for item in form.items()] == ["a", "b", "c", "d"]
    second = form.item("b")
    assert second is not None
    assert second.points == 4
    assert second.scale is not None
    assert second.scale.choices[0].short == "Да"
    assert form.digest == hashlib.sha256(SMALL.encode()).hexdigest()
    assert form.text == SMALL


def test_line_ends_and_a_mark_at_the_start_change_nothing() -> None:
    assert load("\ufeff" + SMALL.replace("\n", "\r\n")) == small()


def test_a_grid_becomes_items_row_by_row() -> None:
    form = load(GRID)
    assert [item.id for item in form.items()] == ["heads.pp", "heads.pk", "staff.pp", "staff.pk"]
    last = form.item("staff.pk")
    assert last is not None
    assert (last.row, last.column, last.text) == ("staff", "pk", "Педагоги: Институт, ПК")
    assert (last.kind, last.least, last.required) == ("whole", 0, False)


FAULTS = [
    # what is replaced, by what, code, words that the message must have
    ('title = "Малая форма"', "", "FORM_KEY_MISSING", "Форма: нет обязательной строки «title»"),
    ('subject = "school"', 'subject = "shop"', "FORM_VALUE", "«subject»"),
    ('version = "1.0"', 'version = "1"', "FORM_VALUE", "два числа через точку"),
    ('id = "small"', 'id = "Малая"', "FORM_VALUE", "латинские"),
    ('kind = "checklist"', 'kind = "checklist"\ncolour = 1', "FORM_KEY_UNKNOWN", "строка «colour» неизвестна"),
    ('text = "Первый"', 'text = "Первый", tex = 1', "FORM_KEY_UNKNOWN", "Раздел 1, пункт 1: строка «tex»"),
    ('{id = "b"', '{id = "a"', "FORM_ID_TWICE", "Пункты: обозначение «a» встречается дважды"),
    ('{value = "1"', '{value = "2"', "FORM_ID_TWICE", "Шкала 1"),
    ('text = "Нет"', 'text = " частично. "', "FORM_SCALE_NOT_ALIKE", "нельзя различить"),
    ('scale = "full", text = "Третий"', 'scale = "ful", text = "Третий"', "FORM_SCALE_UNKNOWN", "пункт 3: шкалы «ful»"),
    ('scale = "full", text = "Третий"', 'text = "Третий"', "FORM_SCALE_MISSING", "пункт 3"),
    ('kind = "text"', 'kind = "text", scale = "full"', "FORM_KEY_UNKNOWN", "«scale»"),
    ('kind = "text"', 'kind = "flag", scale = "full"', "FORM_FLAG_SCALE", "yes и no"),
    ('kind = "text"', 'kind = "text", least = 1', "FORM_KEY_UNKNOWN", "«least»"),
    ('kind = "text"', 'kind = "whole", least = 5, most = 2', "FORM_BOUNDS", "5 больше наибольшего 2"),
    ('kind = "text"', 'kind = "whole", most = 9, threshold = 10', "FORM_THRESHOLD", "порог 10"),
    ('item = "c"', 'item = "z"', "FORM_CONDITION_ITEM", "Раздел 1, пункт 4: условие ссылается на пункт «z»"),
    ('item = "c"', 'item = "d"', "FORM_CONDITION_ITEM", "«d»"),
    ('values = ["0"]', 'values = ["3"]', "FORM_CONDITION_VALUE", "нет ответа «3»"),
    ('values = ["0"]', "values = []", "FORM_KEY_MISSING", "«values»"),
    ("weight = 2", "weight = 0", "FORM_VALUE", "от 1 до 1000"),
    ("weight = 2", "weight = true", "FORM_VALUE", "«weight»"),
    ("points = 1}", "points = -1}", "FORM_VALUE", "«points»"),
    ('rule = "sum"', 'rule = "sum"\nitems = ["a", "y"]', "FORM_SCORE_ITEM", "пункта «y»"),
    ('rule = "sum"', 'rule = "sum"\nitems = ["d"]', "FORM_SCORE_KIND", "пункт «d»"),
    ('rule = "sum"', 'rule = "count"', "FORM_SCORE_EMPTY", "Итог 1"),
    ('rule = "sum"', 'rule = "manual"', "FORM_LEVELS_MANUAL", "границ у уровня «низкий»"),
    ('kind = "checklist"', 'kind = "survey"', "FORM_SURVEY_SCORED", "анкеты"),
    ('kind = "checklist"', 'kind = "composite"', "FORM_PARTS", "Составная"),
    ('kind = "checklist"', 'kind = "checklist"\nparts = [{form = "rmo"}]', "FORM_PARTS", "есть части"),
    ('id = "main"', 'id = "main"\nrows = [{id = "r", text = "Р"}]', "FORM_GRID", "Раздел 1"),
    ("least = 4, most = 6", "least = 5, most = 6", "FORM_LEVELS_GAP", "сумма\u00a04 не попадает"),
    ("least = 4, most = 6", "least = 6, most = 6", "FORM_LEVELS_GAP", "сумма\u00a04–5 не попадает"),
    ("least = 4, most = 6", "least = 3, most = 6", "FORM_LEVELS_OVERLAP", "3 попадает в оба"),
    ("least = 4, most = 6", "least = 4, most = 8", "FORM_LEVELS_OVERLAP", "перекрываются"),
    ("least = 0, most = 3", "least = 1, most = 3", "FORM_LEVELS_START", "начинаются с 1"),
    ("least = 7, most = 8", "least = 7, most = 7", "FORM_LEVELS_END", "наибольшая сумма — 8"),
    ("least = 7, most = 8", "least = 7, most = 9", "FORM_LEVELS_END", "кончаются на 9"),
    ("least = 7, most = 8", "least = 8, most = 7", "FORM_LEVELS_NUMBERS", "«высокий»"),
    ("least = 7, most = 8", "least = 7", "FORM_LEVELS_NUMBERS", "«высокий»"),
    ("[[scores]]", '[[revisions]]\nfrom = "0.9"\nrenamed = {x = "y"}\n[[scores]]', "FORM_REVISION", "«y»"),
    ("[[scores]]", '[[revisions]]\nfrom = "0.9"\ndeleted = ["a"]\n[[scores]]', "FORM_REVISION", "«a»"),
    ("[[scores]]", '[[revisions]]\nfrom = "0.9"\nrecoded = {a = {x = "9"}}\n[[scores]]', "FORM_REVISION", "«9»"),
    ("[[scores]]", "[[scores", "FORM_NOT_TOML", "строка"),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), FAULTS)
def test_a_fault_is_named_with_its_place(old: str, new: str, code: str, words: str) -> None:
    found = [message for known, message in spoilt(old, new) if known == code]
    assert found, spoilt(old, new)
    assert any(words in message for message in found), found


def test_all_faults_are_told_at_once() -> None:
    text = SMALL.replace('scale = "full", text = "Третий"', 'scale = "x", text = "Третий"').replace(
        "most = 3}", "most = 2}"
    )
    refused = refusal(text.replace('title = "Малая форма"', 'title = "Малая форма"\nlong = 1'))
    assert refused.code == "FORM_FAULTS"
    for words in (
        "«Малая форма» не принята: 4\u00a0ошибки",
        "«long»",
        "шкалы «x»",
        "сумма\u00a03 не попадает",
        "кончаются на 8",
    ):
        assert words in str(refused), words


def test_a_level_may_end_above_the_sum_only_where_the_source_says_so() -> None:
    higher = SMALL.replace("least = 7, most = 8", "least = 7, most = 9")
    assert check(higher)[0] is None
    assert check(higher.replace('rule = "sum"', 'rule = "sum"\ndeclared_most = 9'))[1] == []
    # a declared maximum below the real one would leave points without a level
    lower = SMALL.replace("least = 7, most = 8", "least = 7, most = 7")
    assert check(lower.replace('rule = "sum"', 'rule = "sum"\ndeclared_most = 7'))[0] is None


def test_levels_stand_in_any_order() -> None:
    low, high = '    {id = "low", text = "низкий", least = 0, most = 3},\n', "]\n"
    turned = SMALL.replace(low, "")
    form = load(turned[: turned.rindex(high)] + low + high)
    assert [level.id for level in form.scores[0].levels] == ["middle", "high", "low"]


def test_a_number_without_a_maximum_needs_the_one_of_the_source() -> None:
    text = SMALL.replace('kind = "text"', 'kind = "whole", least = 0')
    text = text.replace('rule = "sum"', 'rule = "sum"\nitems = ["a", "d"]')
    assert [fault.code for fault in check(text)[1]] == ["FORM_LEVELS_UNKNOWN_END"]
    assert check(text.replace('rule = "sum"', 'rule = "sum"\ndeclared_most = 8'))[1] == []


def test_versions_are_ordered_as_numbers() -> None:
    assert sorted(["1.10", "1.9", "2.0"], key=version_key) == ["1.9", "1.10", "2.0"]


def test_released_definitions_never_change() -> None:
    """A change of a shipped form is a new version in a file of its own; see ``tests.helpers.form_lock``."""
    assert {key: form.digest for key, form in shipped().items()} == locked()


def test_the_newest_of_shipped_versions_is_offered() -> None:
    for form_id, form in newest().items():
        assert version_key(form.version) == max(version_key(v) for name, v in shipped() if name == form_id)
