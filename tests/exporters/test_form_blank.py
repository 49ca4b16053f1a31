"""Blanks as files: what stands in them, and what LibreOffice makes of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from app.exporters.form_blank import render
from app.forms.answers import to_cell
from app.forms.excel_keys import choice_key, parse_key, parse_meta
from app.forms.excel_model import BlankPlan
from app.forms.excel_plan import plan, plan_book
from app.forms.item_types import type_of
from app.forms.loader import load
from app.forms.schema import Answer, AnswerSet, FormDef
from app.paths import resources
from tests.helpers import outside
from tests.helpers.blanks import HEAD, answer_set, converted, every_kind, grid, projection, sheets
from tests.helpers.golden import check_golden

RAWS = {"1": "1", "2": "не применимо", "3": "да", "4": "hall;else", "5": "120", "6": "12,5", "8": "15.09.2025"}
SHIPPED = sorted(path.stem for path in (resources() / "forms").glob("*.toml"))


def shipped(name: str) -> FormDef:
    return load((resources() / "forms" / f"{name}.toml").read_text(encoding="utf-8"))


def value(book: dict[str, list[list[Any]]], blank: BlankPlan, name: str, key: str, form: int = 0) -> Any:
    """Return what stands in a place of the plan, in a file that may have been re-saved."""
    place = blank.place(form, name, key)
    assert place is not None
    rows = book[blank.layout.sheets[place.sheet].name]
    row = rows[place.row] if place.row < len(rows) else []
    return row[place.column] if place.column < len(row) else ""


def test_the_blank_reads_as_it_was_looked_at() -> None:
    check_golden("form_blank.xlsx.txt", projection(render(plan(every_kind(), HEAD))))


def test_the_blank_of_a_grid_reads_as_it_was_looked_at() -> None:
    form = grid()
    before = answer_set(form, {"heads.a": "3"})
    head = replace(HEAD, last_year=before, answers=answer_set(form, {"heads.a": "3"}, confirmed=False))
    check_golden("form_grid.xlsx.txt", projection(render(plan(form, head))))


def test_only_answers_can_be_typed_into() -> None:
    form = every_kind()
    blank = plan(form, replace(HEAD, answers=answer_set(form, RAWS, confirmed=False)))
    book = openpyxl.load_workbook(io.BytesIO(render(blank)))
    unlocked = {
        (number, cell.row - 1, cell.column - 1)
        for number, sheet in enumerate(book.worksheets)
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and isinstance(cell, openpyxl.cell.cell.Cell)
    }
    asked = {
        (place.sheet, place.row, place.column)
        for spot, place in blank.layout.spots.items()
        if spot.name in {"answer", "mark", "other", "comment", "evidence"}
    }
    assert unlocked == asked
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book.worksheets)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 3 + ["veryHidden"]
    assert not book["Форма"].protection.autoFilter, "filtering is allowed: the lock on it is off"
    assert book["Форма"].freeze_panes == "A8"
    assert book["Форма"].print_title_rows == "$7:$7"
    assert book.properties.title == "СОШ № 3 — Все виды, 2025/26"


def test_a_text_is_never_a_formula_and_bad_signs_go() -> None:
    form = every_kind()
    answers = AnswerSet(form.id, form.version, {"7": Answer(raw="x", value='=HYPERLINK("a")\x07<&>', comment="")})
    blank = plan(form, replace(HEAD, subject="=1+1", answers=answers))
    data = render(blank)
    book = openpyxl.load_workbook(io.BytesIO(data))
    place = blank.place(0, "answer", "7")
    assert place is not None
    cell = book["Форма"][place.address]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("a")<&>', "s")
    assert book["Форма"]["B2"].value.startswith("=1+1. 2025/26")
    assert book["Форма"]["B2"].data_type == "s"


def test_no_formula_has_a_stale_result_and_there_are_no_macros() -> None:
    with zipfile.ZipFile(io.BytesIO(render(plan(every_kind(), HEAD)))) as archive:
        assert archive.testzip() is None
        text = archive.read("xl/worksheets/sheet1.xml").decode()
        assert text.count("<f>") > 15
        assert "</f><v>" not in text
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()


def test_the_same_blank_is_the_same_file() -> None:
    assert render(plan(every_kind(), HEAD)) == render(plan(every_kind(), HEAD))


def test_a_long_comment_makes_its_row_taller() -> None:
    form = every_kind()
    blank = plan(form, replace(HEAD, answers=answer_set(form, {"1": "1"}, comment="слово " * 120)))
    place = blank.place(0, "comment", "1")
    assert place is not None
    heights = [
        openpyxl.load_workbook(io.BytesIO(render(item)))["Форма"].row_dimensions[place.row + 1].height
        for item in (plan(form, HEAD), blank)
    ]
    assert heights[1] > heights[0] + 100


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_has_a_blank_with_all_its_questions(name: str) -> None:
    form = shipped(name)
    if form.parts:
        return
    blank = plan(form, HEAD)
    book = sheets(render(blank))
    meta = parse_meta(book["_form"])
    assert meta is not None
    assert (meta.intact, meta.forms[0].id, meta.forms[0].digest) == (True, form.id, form.digest)
    keys = [parse_key(row[0]) for sheet in blank.layout.sheets if sheet.form == 0 for row in book[sheet.name]]
    grids = {f"{section.id}/{axis.id}" for section in form.sections if section.grid for axis in section.rows}
    items = {item.id for section in form.sections if not section.grid for item in section.items}
    assert {key.name for key in keys if key.kind == "row"} == grids
    assert [key.name for key in keys if key.kind == "item"] == [i.id for i in form.items() if i.id in items]


@settings(max_examples=40, deadline=None)
@example(st.data())
def test_every_answer_stands_in_the_file_as_it_was_given(data: st.DataObject) -> None:
    """Numbers, dates, texts of choices: calamine reads back what the type wrote."""
    form = every_kind()
    answers: dict[str, Answer] = {}
    for item in form.items():
        values = type_of(item).sample_values(item)
        chosen = data.draw(st.sampled_from([None, *values]))
        if item.kind == "text" and data.draw(st.booleans()):
            chosen = data.draw(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), min_size=1, max_size=60))
        if chosen is not None:
            answers[item.id] = Answer(raw=chosen, value=chosen)
    blank = plan(form, replace(HEAD, answers=AnswerSet(form.id, form.version, answers)))
    book = sheets(render(blank))
    for item in form.items():
        answer = answers.get(item.id, Answer())
        if item.kind == "many":
            marks = {key: value(book, blank, "answer", choice_key(item.id, key)) for key in ("hall", "yard", "else")}
            assert ";".join(key for key, mark in marks.items() if mark) == (answer.value or "")
            continue
        found, wanted = value(book, blank, "answer", item.id), to_cell(item, answer)
        assert (found if found != "" else None) == wanted


# --- LibreOffice -------------------------------------------------------------------------------------------------

if outside.needs("soffice"):

    @pytest.mark.slow
    @pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
    def test_a_filled_blank_survives_libreoffice(tmp_path: Path, suffix: str) -> None:
        form = every_kind()
        answers = answer_set(form, {**RAWS, "7": "мало времени"})
        blank = plan_book([(form, replace(HEAD, answers=answers)), (grid(), HEAD)])
        book = sheets(converted(tmp_path, render(blank), suffix), suffix)
        meta = parse_meta(book["_form"])
        assert meta is not None
        assert (meta.intact, meta.school_code, [one.id for one in meta.forms]) == (True, "edu470003", ["every", "grid"])
        for item in form.items():
            answer = answers.get(item.id)
            if item.kind != "many":
                assert value(book, blank, "answer", item.id) == (to_cell(item, answer) or "")
        keys = [parse_key(row[0]) for row in book["Все виды"]]
        assert [key.name for key in keys if key.kind == "item"] == [item.id for item in form.items()]
        if suffix == "xls":  # results of formulas are not read from that format: LibreOffice reads its own
            (tmp_path / "again").mkdir()
            book = sheets(
                converted(tmp_path / "again", converted(tmp_path, render(blank), "xls"), "xlsx", source="xls")
            )
        # formulas are counted there: question 1 «Частично» × 2, question 2 is not applicable, one link is optional
        said = {row[0]: row[1] for row in book["Проверка"] if len(row) > 1}
        assert said["Итого (из 6)"] == 2
        assert said["Ответов с ошибкой"] == 0
        levels = [cell for row in book["Все виды"] if "Уровень" in row for cell in row if cell in {"высокий", "низкий"}]
        # 2 of 4 that can be had is 3 of 6: below 4
        assert levels == ["низкий"]

    @pytest.mark.slow
    def test_the_check_sheet_counts_in_libreoffice(tmp_path: Path) -> None:
        form = every_kind()
        # question 7 is asked where the first is «Частично» or «Нет»
        raws = {"1": "2", "2": "наверное", "5": "много"}
        before = answer_set(form, {"3": "да"}, confirmed=False)
        answers = replace(before, answers={**before.answers, **answer_set(form, raws).answers})
        book = sheets(converted(tmp_path, render(plan(form, replace(HEAD, answers=answers))), "xlsx"))
        said = {row[0]: row[1:3] for row in book["Проверка"] if len(row) > 1}
        assert said["Осталось ответить"] == [2, "первый без ответа: 4 Где занимаются"]
        assert said["Ответов с ошибкой"][0] == 2
        assert said["Прошлых ответов не проверено"][0] == 1
        assert said["Итог"] == ["Форма ещё не готова: смотрите строки выше.", ""]
        line = next(row[1] for row in book["Форма"] if str(row[1]).startswith("Осталось"))
        assert line == "Осталось ответить: 2. С ошибкой: 2. Проверьте прошлые: 1"

    @pytest.mark.slow
    def test_what_excel_checks_and_prints_survives_libreoffice(tmp_path: Path) -> None:
        data = converted(tmp_path, render(plan(every_kind(), HEAD)), "xlsx")
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book["Форма"]
        kinds = sorted({check.type for check in sheet.data_validations.dataValidation})
        assert kinds == ["custom", "date", "list", "whole"]
        assert sheet.protection.sheet
        assert not sheet.protection.autoFilter
        assert sheet.column_dimensions["A"].hidden
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$7:$7"
        assert book["_form"].sheet_state == "hidden"
        assert book.properties.title == "СОШ № 3 — Все виды, 2025/26"
