"""A small definition for tests of the form engine, and what is needed to spoil it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from app.errors import UserError
from app.forms.answers import given
from app.forms.item_types import join_values, type_of
from app.forms.loader import load
from app.forms.schema import AnswerSet, FormDef, Item

SMALL = """
id = "small"
version = "1.0"
title = "Малая форма"
subject = "school"
kind = "checklist"

[[scales]]
id = "full"
choices = [
    {value = "2", text = "В полной мере", short = "Да", points = 2},
    {value = "1", text = "Частично", points = 1},
    {value = "0", text = "Нет", points = 0},
]

[[sections]]
id = "main"
title = "Главное"
items = [
    {id = "a", number = "1", kind = "choice", scale = "full", text = "Первый", not_applicable = true},
    {id = "b", number = "2", kind = "choice", scale = "full", text = "Второй", weight = 2, not_applicable = true},
    {id = "c", number = "3", kind = "choice", scale = "full", text = "Третий", not_applicable = true},
    {id = "d", kind = "text", text = "Почему нет", when = [{item = "c", values = ["0"]}]},
]

[[scores]]
id = "total"
title = "Итого"
rule = "sum"
levels = [
    {id = "low", text = "низкий", least = 0, most = 3},
    {id = "middle", text = "средний", least = 4, most = 6},
    {id = "high", text = "высокий", least = 7, most = 8},
]
"""

KINDS = """
id = "kinds"
version = "1.0"
title = "Все виды вопросов"
subject = "school"
kind = "context"

[[scales]]
id = "one"
choices = [
    {value = "yes", text = "Да, полностью", short = "Да"},
    {value = "no", text = "Нет"},
    {value = "else", text = "Другое", other = true},
    {value = "dunno", text = "Затрудняюсь ответить", outside = true},
]

[[scales]]
id = "mark"
choices = [{value = "yes", text = "включено"}, {value = "no", text = "не включено"}]

[[scales]]
id = "several"
choices = [
    {value = "sport", text = "Спортзал; бассейн"},
    {value = "lib", text = "Библиотека"},
    {value = "hall", text = "Зал, сцена"},
    {value = "else", text = "Другое:", other = true},
]

[[sections]]
id = "all"
items = [
    {id = "choice", kind = "choice", scale = "one", text = "Выбор", not_applicable = true},
    {id = "many", kind = "many", scale = "several", text = "Несколько"},
    {id = "flag", kind = "flag", text = "Отметка"},
    {id = "worded", kind = "flag", scale = "mark", text = "Отметка словами"},
    {id = "whole", kind = "whole", least = 0, most = 1500, text = "Целое"},
    {id = "open", kind = "whole", text = "Целое без границ"},
    {id = "decimal", kind = "decimal", places = 2, least = -10, most = 100, text = "Дробное"},
    {id = "text", kind = "text", text = "Текст", required = false},
    {id = "date", kind = "date", text = "Дата"},
    {id = "link", kind = "link", text = "Адрес"},
]
"""


def spoilt(old: str, new: str, text: str = SMALL) -> list[tuple[str, str]]:
    """Return (code, message) of every fault after a replacement; the text must have what is replaced."""
    from app.forms.loader import check

    assert old in text
    form, faults = check(text.replace(old, new, 1))
    assert (form is None) == bool(faults)
    return [(fault.code, fault.message) for fault in faults]


def answered(form: FormDef, **values: str) -> AnswerSet:
    """Return answers given as they are typed; «н/п» is «не применимо»."""
    made = {}
    for name, raw in values.items():
        item = form.item(name)
        assert item is not None
        made[name] = given(item, raw)
    return AnswerSet(form.id, form.version, made)


def small() -> FormDef:
    return load(SMALL)


def kinds() -> FormDef:
    return load(KINDS)


def refusal(text: str) -> UserError:
    """Return why a definition is refused."""
    try:
        load(text)
    except UserError as error:
        return error
    raise AssertionError("it was not refused")


def values(one: Item) -> st.SearchStrategy[str]:
    """Return canonical values of an item, all there can be."""
    if one.kind in {"choice", "flag"}:
        return st.sampled_from(type_of(one).sample_values(one))
    if one.kind == "many":
        assert one.scale is not None
        scale = one.scale
        names = st.sets(st.sampled_from([choice.value for choice in scale.choices]), min_size=1)
        return names.map(lambda chosen: join_values(scale, chosen))
    if one.kind == "date":
        return st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(date.isoformat)
    if one.kind == "link":
        return st.from_regex(r"https?://[a-zа-я]{1,9}\.(ru|рф)(/[a-zа-я0-9_?&=-]{0,9}){0,3}", fullmatch=True)
    if one.kind == "text":
        letters = st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\t=+-'")
        texts = st.text(letters, min_size=1, max_size=60)
        return texts.map(lambda text: type_of(one).parse(one, text) or "x")
    least = -(10**9) if one.least is None else one.least
    most = 10**9 if one.most is None else one.most
    if one.kind == "whole":
        return st.integers(least, most).map(str)
    numbers = st.decimals(least, most, places=one.places, allow_nan=False, allow_infinity=False)
    return numbers.map(lambda number: type_of(one).parse(one, f"{number:f}") or "0")
