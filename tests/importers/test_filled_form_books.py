"""Books that are no blank, blanks of another version, empty ones, grids, and every shipped form there and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.cell import MergedCell

from app.exporters.form_blank import render
from app.forms.excel_plan import plan_book
from app.forms.item_types import type_of
from app.forms.loader import load, shipped
from app.forms.writer import text_of
from tests.helpers import blanks, filled
from tests.helpers.filled import Sheet

# --- other books -------------------------------------------------------------------------------------------------


def refused(tmp_path: Path, data: bytes, name: str = "ответ.xlsx") -> str:
    found = filled.read(tmp_path, data, name=name)
    assert found.refused is not None
    assert found.filled is None
    assert found.refused.message.endswith(".")
    return found.refused.code


def test_a_file_that_is_no_blank_is_refused_by_name(tmp_path: Path) -> None:
    book = filled.opened(filled.blank(filled.form()))
    for name in book.book.sheetnames[1:]:
        del book.book[name]
    for row in book.sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell):
                cell.value = None
    book.sheet["A1"].value = "Список учителей"
    assert refused(tmp_path, book.bytes()) == "FORM_GET_NOT_BLANK"
    assert refused(tmp_path, "школа;ответ\n1;да\n".encode(), "ответ.csv") == "FORM_GET_NOT_BOOK"
    assert refused(tmp_path, filled.filled().bytes()[:4000]) == "IMP_DAMAGED"
    assert refused(tmp_path, b"") == "IMP_EMPTY_FILE"


def test_a_form_that_the_program_does_not_have_is_named(tmp_path: Path) -> None:
    found = filled.read(tmp_path, filled.filled().bytes(), filled.grid())
    assert found.refused is not None
    assert found.refused.code == "FORM_GET_UNKNOWN_FORM"
    assert "every" in found.refused.message


def test_a_version_that_is_not_kept_is_read_where_its_questions_are_the_same(tmp_path: Path) -> None:
    newer = load(text_of(replace(blanks.every_kind(), version="2.0")))
    found = filled.only(filled.read(tmp_path, filled.filled().bytes(), newer))
    assert (found.version, filled.answers(found)["5"].value) == ("2.0", "312")


def test_an_empty_blank_has_empty_answers_and_no_problem(tmp_path: Path) -> None:
    found = filled.only(filled.read(tmp_path, filled.blank(filled.form())))
    assert [one.item_id for one in found.answers] == [item.id for item in filled.form().items()]
    assert all(one.empty for one in found.answers)
    assert not found.problems


def test_values_filled_in_beforehand_wait_until_somebody_says_they_are_right(tmp_path: Path) -> None:
    made = filled.form()
    before = blanks.answer_set(made, {"1": "2", "3": "нет", "5": "300", "6": "10"}, confirmed=False)
    book = filled.opened(filled.blank(made, answers=before))
    book.put("1", "верно", "mark")
    book.put("5", 301)
    mine = filled.answers(filled.only(filled.read(tmp_path, book.bytes())))
    assert {key: (mine[key].value, mine[key].confirmed) for key in ("1", "3", "5", "6")} == {
        "1": ("2", True), "3": ("no", False), "5": ("301", True), "6": ("10", False),
    }  # fmt: skip
    book.sheet.delete_cols(book.column("prefilled"))
    mine = filled.answers(filled.only(filled.read(tmp_path, book.bytes())))
    assert [mine[key].confirmed for key in ("1", "3", "6")] == [True, False, False]


def both(first: str, second: str, rounds: tuple[int, int] = (7, 7)) -> filled.Sheet:
    """Return a book with two cases of one form, each answered otherwise."""
    made = filled.form()
    heads = [replace(blanks.HEAD, subject=name, case_id=case, round_id=key)
             for name, case, key in zip((first, second), (901, 902), rounds, strict=True)]  # fmt: skip
    book = filled.opened(render(plan_book([(made, head) for head in heads])))
    for name, answer in zip(book.book.sheetnames[:2], ("В полной мере", "Нет"), strict=True):
        book.name = name
        book.put("1", answer)
    return book


@pytest.mark.parametrize("second", ["СОШ № 3 — Программа Б", "СОШ № 3 — Программа А"])
@pytest.mark.parametrize("turned", [False, True])
def test_two_cases_of_one_form_in_a_book_are_both_read(tmp_path: Path, second: str, turned: bool) -> None:
    book = both("СОШ № 3 — Программа А", second)
    if turned and second.endswith("Б"):
        book.book.move_sheet(book.book.sheetnames[1], -1)
    found = filled.read(tmp_path, book.bytes()).filled
    assert found is not None
    told = {one.case_id: (one.subject, filled.answers(one)["1"].value) for one in found.forms}
    assert told == {901: ("СОШ № 3 — Программа А", "2"), 902: (second, "0")}
    assert [filled.codes(one) for one in found.forms] == [set(), set()]


def test_a_sheet_about_somebody_else_is_named(tmp_path: Path) -> None:
    book = filled.filled()
    copy = book.book.copy_worksheet(book.sheet)
    for row in copy.iter_rows(max_row=12):
        for cell in row:
            if isinstance(cell.value, str) and "учебный год" in cell.value:
                cell.value = "СОШ № 99. 2026/27 учебный год"
    assert "FORM_GET_OTHER_SUBJECT" in filled.codes(filled.only(filled.read(tmp_path, book.bytes())))


# --- grids -------------------------------------------------------------------------------------------------------

CELLS = {"heads.a": 3, "heads.b": "4", "heads.c": 0, "staff.a": 12, "staff.b": "1 5", "staff.c": "7,0"}


def grid_book() -> Sheet:
    book = filled.opened(filled.blank(filled.grid()))
    for key, value in CELLS.items():
        row, _, column = key.partition(".")
        book.put(f"#row:people/{row}", value, f"col:{column}")
    return book


def _plain(_s: Sheet) -> None: ...


def _no_key(s: Sheet) -> None:
    s.sheet.delete_cols(1)


def _swapped(s: Sheet) -> None:
    rows = [s.row("#row:people/heads"), s.row("#row:people/staff")]
    kept = [[s.sheet.cell(row, col).value for col in range(1, 6)] for row in rows]
    for row, values in zip(rows, reversed(kept), strict=True):
        for col, value in enumerate(values, start=1):
            s.sheet.cell(row, col).value = value


def _no_names(s: Sheet) -> None:
    s.sheet.delete_rows(s.row("#columns"))


def _no_meta(s: Sheet) -> None:
    del s.book["_form"]
    _no_key(s)


@pytest.mark.parametrize("hurt", [_plain, _no_key, _swapped, _no_names, _no_meta])
def test_a_grid_is_read_cell_by_cell(tmp_path: Path, hurt: Callable[[Sheet], None]) -> None:
    book = grid_book()
    hurt(book)
    data = book.bytes()
    found = filled.only(filled.read(tmp_path, data, filled.grid()))
    mine = {key: (one.value, one.raw) for key, one in filled.answers(found).items()}
    assert mine == {
        "heads.a": ("3", "3"), "heads.b": ("4", "4"), "heads.c": ("0", "0"), "staff.a": ("12", "12"),
        "staff.b": (None, "1 5"), "staff.c": ("7", "7,0"),
    }  # fmt: skip
    assert filled.codes(found) - {"FORM_GET_NO_KEYS", "FORM_GET_NO_META"} == {"ITEM_NUMBER"}
    assert not filled.lost(data, found, filled.grid())


def test_words_in_a_grid_are_kept_and_a_row_that_is_gone_is_named(tmp_path: Path) -> None:
    book = grid_book()
    book.put("#row:people/heads", "три", "col:a")
    book.sheet.delete_rows(book.row("#row:people/staff"))
    found = filled.only(filled.read(tmp_path, book.bytes(), filled.grid()))
    one = filled.answers(found)["heads.a"]
    assert (one.raw, one.value, one.code, one.cell) == ("три", None, "ITEM_NUMBER", "C8")
    assert "FORM_GET_ROWS_GONE" in filled.codes(found)
    assert "staff.a" not in filled.answers(found)


def test_every_shipped_form_goes_out_and_comes_back(tmp_path: Path) -> None:
    """Answer → workbook → answer is the same for each of them."""
    tried = 0
    for made in shipped().values():
        if made.parts or made.kind == "survey":
            continue
        raws = {item.id: type_of(item).sample_values(item)[0] for item in made.items()}
        given = blanks.answer_set(made, raws)
        found = filled.only(filled.read(tmp_path, filled.blank(made, answers=given), made))
        mine = {key: one.value for key, one in filled.answers(found).items()}
        assert mine == {key: one.value for key, one in given.answers.items()}, made.id
        assert not filled.codes(found), made.id
        tried += 1
    assert tried > 10
