"""The plan of a blank: keys, facts of the hidden sheet, places, formulas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.forms.excel_keys import (
    BookMeta,
    FormMeta,
    RowKey,
    choice_key,
    fingerprint,
    grid_key,
    head_key,
    meta_rows,
    parse_key,
    parse_meta,
)
from app.forms.excel_plan import BlankHead, expected, plan, plan_book
from app.forms.schema import FormDef, Part
from tests.helpers.blanks import HEAD, answer_set, every_kind, grid


def test_keys_are_read_back() -> None:
    assert parse_key("6.8.1") == RowKey("item", "6.8.1")
    assert parse_key(choice_key("4", "hall")) == RowKey("choice", "4", "hall")
    assert parse_key(grid_key("people", "heads")) == RowKey("row", "people/heads")
    assert parse_key(head_key("author")) == RowKey("head", "author")
    assert parse_key("#form:every@1.0") == RowKey("form", "every@1.0")
    assert [parse_key(text).kind for text in ("#columns", "#conclusion", "", None, 7.0, "#чужое")] == [
        "columns", "conclusion", "other", "other", "other", "other",
    ]  # fmt: skip


def test_a_fingerprint_forgives_what_a_person_changes() -> None:
    assert fingerprint("Ведётся  ли работа?") == fingerprint("ВЕДЕТСЯ ЛИ РАБОТА")
    assert fingerprint("Ведётся ли работа?") != fingerprint("Ведётся ли учёба?")


def test_facts_of_the_book_come_back_and_a_changed_one_is_seen() -> None:
    meta = BookMeta("f1", "2025", "44", "edu470003", "СОШ № 3", "Район", "1.0", (FormMeta("a", "1.0", "d", "1", "2"),))
    meta = replace(meta, forms=(*meta.forms, FormMeta("b", "2.0", wordings=(("1", "abc"),))))
    rows = meta_rows(meta)
    assert parse_meta(rows) == meta
    # LibreOffice and people turn texts into numbers
    assert parse_meta([[float(cell) if cell.isdigit() else cell for cell in row] for row in rows]) == meta
    changed = [[cell.replace("edu470003", "edu470004") for cell in row] for row in rows]
    found = parse_meta(changed)
    assert found is not None
    assert (found.school_code, found.intact) == ("edu470004", False)
    assert parse_meta([["что-то", "0", "чужое", ""]]) is None


def test_every_question_has_its_place_and_its_key() -> None:
    form = every_kind()
    blank = plan(form, HEAD)
    sheet = blank.layout.sheets[0]
    keys = {cell.row: cell.value for cell in sheet.cells if cell.column == 0}
    for item in form.items():
        place = blank.place(0, "answer", item.id)
        if item.kind == "many":
            assert place is None
            places = [blank.place(0, "answer", choice_key(item.id, value)) for value in ("hall", "yard", "else")]
            assert len({where.row for where in places if where}) == 3
        else:
            assert place is not None
            assert keys[place.row] == item.id
            assert place.column == sheet.column("answer")
    assert blank.place(0, "comment", "1") is not None
    assert blank.place(0, "comment", "3") is None
    assert blank.place(0, "other", choice_key("4", "else")) is not None
    assert blank.place(0, "last", "1") is None


def test_names_of_columns_stand_in_the_hidden_row() -> None:
    sheet = plan(every_kind(), HEAD).layout.sheets[0]
    [row] = sheet.hidden_rows
    named = {cell.column: cell.value for cell in sheet.cells if cell.row == row}
    assert named == {0: "#columns"} | {n: column.name for n, column in enumerate(sheet.columns) if n}


def test_blanks_of_a_round_share_one_layout() -> None:
    form = every_kind()
    first, second = plan(form, HEAD), plan(form, BlankHead("СОШ № 4", 2025))
    assert first.layout is second.layout is expected(form)
    prefilled = plan(form, replace(HEAD, answers=answer_set(form, {"1": "2"}, confirmed=False)))
    assert prefilled.layout is not first.layout
    assert prefilled.layout.sheets[0].column("mark") > 0


def test_values_are_texts_of_choices_numbers_and_dates() -> None:
    form = every_kind()
    raws = {"1": "1", "2": "не применимо", "3": "да", "4": "hall;else", "5": "1200", "8": "15.09.2025", "9": "опечатка"}
    blank = plan(form, replace(HEAD, answers=answer_set(form, raws)))

    def value(name: str, key: str) -> object:
        place = blank.place(0, name, key)
        return None if place is None else blank.values.get(place)

    assert value("answer", "1") == "Частично"
    assert value("answer", "2") == "не применимо"
    assert value("answer", "3") == "есть"
    assert [value("answer", choice_key("4", key)) for key in ("hall", "yard", "else")] == ["да", None, "да"]
    assert value("answer", "5") == "1200", "above the bound: kept as it was typed"
    assert str(value("answer", "8")) == "2025-09-15"
    assert value("answer", "9") == "опечатка"


def test_a_prefilled_answer_is_marked_and_a_firm_one_is_not() -> None:
    form = every_kind()
    answers = dict(answer_set(form, {"1": "1", "5": "10"}, confirmed=False).answers)
    answers |= answer_set(form, {"3": "нет"}).answers
    blank = plan(form, replace(HEAD, answers=replace(answer_set(form, {}), answers=answers)))
    marks = {key: blank.values.get(place) for key in "135" if (place := blank.place(0, "mark", key))}
    assert marks == {"1": "проверьте", "3": None, "5": "проверьте"}


def test_a_grid_finds_its_cells_by_row_and_column() -> None:
    form = grid()
    blank = plan(form, replace(HEAD, answers=answer_set(form, {"staff.c": "7"})))
    place = blank.place(0, "answer", "staff.c")
    assert place is not None
    sheet = blank.layout.sheets[0]
    assert sheet.columns[place.column].name == "col:c"
    assert blank.values[place] == 7
    assert {cell.value for cell in sheet.cells if cell.row == place.row and cell.column == 0} == {"#row:people/staff"}


def test_several_forms_make_one_book() -> None:
    blank = plan_book([(every_kind(), HEAD), (grid(), HEAD), (every_kind(), HEAD)])
    names = [sheet.name for sheet in blank.layout.sheets]
    assert names == ["Все виды", "Таблица", "Все виды (2)", "Проверка", "Списки", "_form"]
    assert [blank.layout.sheets[place.sheet].name for n in (0, 2) if (place := blank.place(n, "answer", "1"))] == [
        "Все виды", "Все виды (2)",
    ]  # fmt: skip


def test_a_form_of_parts_only_has_no_blank() -> None:
    form = FormDef("sum", "1.0", "Сумма", "Сумма", "mms", "composite", (), parts=(Part("every"),))
    with pytest.raises(UserError) as refused:
        plan(form, HEAD)
    assert refused.value.code == "FORM_BLANK_EMPTY"


def test_a_prefilled_question_with_several_answers_waits_for_the_word() -> None:
    form = every_kind()
    blank = plan(form, replace(HEAD, answers=answer_set(form, {"4": "hall"}, confirmed=False)))
    mark, was = blank.place(0, "mark", "4"), blank.place(0, "prefilled", "4")
    assert mark is not None
    assert was is not None
    assert (blank.values[mark], blank.values[was]) == ("проверьте", "ниже: «да»")
    shown = {cell.value for cell in blank.layout.sheets[0].cells if cell.row == was.row}
    assert "ниже: «да»" in shown, "the formula compares the two"
