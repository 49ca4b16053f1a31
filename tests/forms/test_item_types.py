"""Every kind of question has every member, and every conversion is an identity where it must be."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import pytest
from hypothesis import given as law
from hypothesis import settings
from hypothesis import strategies as st

from app.errors import UserError
from app.forms.answers import from_cell, given, to_cell
from app.forms.item_types import NOT_APPLICABLE, TYPES, cell_text, type_of
from app.forms.loader import shipped
from app.forms.schema import FormDef, Item, ItemKind
from tests.helpers.forms import kinds, values

FORM = kinds()
ITEMS = [(form, item) for form in (FORM, *shipped().values()) for item in form.items()]
MEMBERS = ("parse", "to_cell", "from_cell", "to_text", "excel_rule", "sample_values")


def item(name: str) -> Item:
    found = FORM.item(name)
    assert found is not None
    return found


def test_every_kind_has_a_type_with_every_member() -> None:
    assert set(TYPES) == set(get_args(ItemKind))
    for kind, kept in TYPES.items():
        assert kept.widget_kind == kind
        assert kept.print_kind in {"boxes", "number", "lines", "date"}
        assert all(callable(getattr(kept, member)) for member in MEMBERS)


@pytest.mark.parametrize(("form", "one"), ITEMS, ids=[f"{form.id}:{one.id}" for form, one in ITEMS])
def test_samples_of_every_item_of_every_form_come_back(form: FormDef, one: Item) -> None:
    kept = type_of(one)
    samples = kept.sample_values(one)
    assert samples
    rule = kept.excel_rule(one)
    for value in samples:
        assert kept.parse(one, value) == value
        assert kept.from_cell(one, kept.to_cell(one, value)) == value
        assert kept.parse(one, kept.to_text(one, value)) == value
        if rule.kind == "list":
            assert kept.to_text(one, value) in rule.values
    assert kept.parse(one, " \u00a0 ") is None
    assert kept.from_cell(one, None) is None


@settings(max_examples=400, deadline=None)
@law(st.data())
def test_answer_cell_answer(data: st.DataObject) -> None:
    """For every item of every shipped form, and for one of every kind."""
    _form, one = data.draw(st.sampled_from(ITEMS))
    value = data.draw(values(one))
    answer = given(one, value)
    assert (answer.value, answer.code) == (value, None)
    back = from_cell(one, to_cell(one, answer))
    assert (back.value, back.code) == (value, None)
    # a workbook that was saved elsewhere: numbers became texts, whole numbers became fractions
    cell = to_cell(one, answer)
    assert from_cell(one, cell_text(cell)).value == value
    if isinstance(cell, int) and abs(cell) < 10**15:
        assert from_cell(one, float(cell)).value == value


@settings(max_examples=200, deadline=None)
@law(st.sampled_from([one for _form, one in ITEMS]), st.text(max_size=40))
def test_whatever_is_typed_is_kept_and_never_refused(one: Item, raw: str) -> None:
    answer = given(one, raw)
    assert answer.raw == raw
    assert (answer.code is None) or answer.value is None
    if answer.value is not None:
        assert type_of(one).parse(one, answer.value) == answer.value
    else:
        assert answer.code or answer.not_applicable or not type_of(one).parse(one, raw)


@settings(max_examples=100, deadline=None)
@law(st.sampled_from([one for _form, one in ITEMS if one.kind in {"choice", "many"}]), st.data())
def test_not_applicable_and_other_come_back_from_a_cell(one: Item, data: st.DataObject) -> None:
    assert one.scale is not None
    if one.not_applicable:
        assert from_cell(one, to_cell(one, given(one, "", not_applicable=True))).not_applicable
    for choice in one.scale.choices:
        if choice.other:
            text = data.draw(st.text("абв гд", min_size=1, max_size=9).map(str.strip).filter(bool))
            back = from_cell(one, to_cell(one, given(one, choice.value, other=text)))
            assert (back.value, back.other) == (choice.value, text)


GOOD: list[tuple[str, Any, str]] = [
    ("choice", "да, ПОЛНОСТЬЮ.", "yes"),
    ("choice", "  Да ", "yes"),
    ("choice", "ДА", "yes"),
    ("choice", True, "yes"),
    ("choice", "нет", "no"),
    ("many", "библиотека;спортзал; бассейн", "sport;lib"),
    ("many", "Библиотека, Зал, сцена", ""),
    ("many", "lib\nhall", "lib;hall"),
    ("many", "библиотека; Зал, сцена", "lib;hall"),
    ("flag", "+", "yes"),
    ("flag", "есть", "yes"),
    ("flag", 1.0, "yes"),
    ("flag", "−", "no"),
    ("flag", 0, "no"),
    ("worded", "Не включено", "no"),
    ("worded", "да", "yes"),
    ("whole", "1\u00a0200", "1200"),
    ("whole", "12,0", "12"),
    ("whole", 12.0, "12"),
    ("whole", "007", "7"),
    ("whole", "45 %", "45"),
    ("open", "−3", "-3"),
    ("open", "1 234 567", "1234567"),
    ("decimal", "12,50", "12.5"),
    ("decimal", "-0,0", "0"),
    ("decimal", 0.1 + 0.2, "0.3"),
    ("decimal", "-0,25", "-0.25"),
    ("text", "  две\r\nстроки\x07 ", "две\nстроки"),
    ("text", 12.0, "12"),
    ("date", "1.9.2026", "2026-09-01"),
    ("date", "01/09/26", "2026-09-01"),
    ("date", "01.09.2026 г.", "2026-09-01"),
    ("date", "1 сентября 2026 г.", "2026-09-01"),
    ("date", "5 мая 2026", "2026-05-05"),
    ("date", datetime.fromisoformat("2026-09-01T12:30"), "2026-09-01"),
    ("date", "2026-09-01 00:00:00", "2026-09-01"),
    ("date", 46266, "2026-09-01"),
    ("link", "школа.рф/метод", "https://школа.рф/метод"),
    ("link", "<http://school.ru>", "http://school.ru"),
]


@pytest.mark.parametrize(("name", "cell", "value"), [case for case in GOOD if case[2]])
def test_what_people_write_is_understood(name: str, cell: Any, value: str) -> None:
    assert from_cell(item(name), cell).value == value


BAD: list[tuple[str, Any, str, str]] = [
    ("choice", "может быть", "ITEM_CHOICE", "такого ответа нет: «может быть»"),
    ("many", "библиотека; сад", "ITEM_CHOICE", "«сад»"),
    ("many", "Библиотека, Зал, сцена", "ITEM_CHOICE", "Спортзал"),  # commas are also inside the answers
    ("flag", "частично", "ITEM_FLAG", "«есть» или «нет»"),
    ("worded", "?", "ITEM_FLAG", "«включено» или «не включено»"),
    ("whole", "двенадцать", "ITEM_NUMBER", "нужно число"),
    ("whole", "12,5", "ITEM_WHOLE", "целое"),
    ("whole", "-1", "ITEM_LEAST", "меньше допустимого"),
    ("whole", "1501", "ITEM_MOST", "Наибольшее: 1500"),
    ("whole", "1 2", "ITEM_NUMBER", "«1 2»"),
    ("whole", "—", "ITEM_NUMBER", "«—»"),
    ("whole", float("nan"), "ITEM_NUMBER", "nan"),
    ("whole", "#ССЫЛКА!", "ITEM_NUMBER", "#ССЫЛКА!"),
    ("open", "9999999999", "ITEM_MOST", "больше"),
    ("decimal", "1,234", "ITEM_PLACES", "знаков: 2"),
    ("decimal", "1,2,3", "ITEM_NUMBER", "1,2,3"),
    ("text", "а" * 8001, "ITEM_LONG", "8000"),
    ("date", "31.02.2026", "ITEM_DATE", "31.02.2026"),
    ("date", "сентябрь", "ITEM_DATE", "сентябрь"),
    ("date", 12, "ITEM_DATE", "12"),
    ("link", "сайт школы", "ITEM_LINK", "сайт школы"),
    ("link", "школа", "ITEM_LINK", "школа"),
]


@pytest.mark.parametrize(("name", "cell", "code", "words"), BAD)
def test_what_is_wrong_is_said_and_kept(name: str, cell: Any, code: str, words: str) -> None:
    answer = from_cell(item(name), cell)
    assert (answer.value, answer.code) == (None, code)
    assert answer.raw == cell_text(cell)
    with pytest.raises(UserError) as refused:
        type_of(item(name)).parse(item(name), answer.raw)
    assert words in str(refused.value)


def test_points_pasted_over_a_list_are_understood() -> None:
    from app.forms.loader import newest

    one = newest()["school-transition"].item("1")
    assert one is not None
    assert [given(one, raw).value for raw in ("2", "2,0", "1")] == ["active", "active", "partly"]
    # nought points have two answers: which of them was meant is not guessed
    assert given(one, "0").code == "ITEM_CHOICE"


def test_other_is_taken_apart() -> None:
    answer = given(item("choice"), "Другое: две группы")
    assert (answer.value, answer.other) == ("else", "две группы")
    answer = given(item("many"), "Библиотека; другое (каток)")
    assert (answer.value, answer.other) == ("lib;else", "каток")
    assert given(item("choice"), "Другой").code == "ITEM_CHOICE"


def test_not_applicable_only_where_it_may_be_said() -> None:
    assert given(item("choice"), "н/п").not_applicable
    assert given(item("choice"), "Не применимо").given
    assert given(item("whole"), "не применимо").code == "ITEM_NUMBER"
    assert given(item("whole"), "", not_applicable=True).code == "ITEM_NOT_APPLICABLE"
    assert NOT_APPLICABLE in type_of(item("choice")).excel_rule(item("choice")).values


def test_rules_for_excel() -> None:
    rules = {name: type_of(item(name)).excel_rule(item(name)) for name in ("whole", "decimal", "date", "flag", "many")}
    assert (rules["whole"].kind, rules["whole"].least, rules["whole"].most) == ("whole", 0, 1500)
    assert rules["whole"].prompt == "Целое число от 0 до 1500."
    assert (rules["decimal"].kind, rules["decimal"].least) == ("decimal", -10)
    assert rules["date"].kind == "date"
    assert rules["flag"].values == ("есть", "нет")
    assert rules["many"].kind == "none"
