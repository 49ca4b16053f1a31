from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from app.errors import UserError
from app.exporters import xlsx
from app.exporters.xlsx import render_xlsx
from app.reports.document import (
    Column,
    Day,
    Document,
    Fraction,
    Group,
    Mark,
    Marked,
    Meta,
    Row,
    Share,
    Table,
    paragraph,
)
from app.reports.school_list import school_list
from tests.helpers.golden import check_golden
from tests.helpers.papers import big_list, list_data, unapproved
from tests.helpers.projections import xlsx_book, xlsx_projection

META = Meta("Управление", "2026-11-22T14:05:00", "Проба")


def paper(*blocks, **fields):
    return Document(("Заголовок",), META, blocks, **fields)


def one_column(*values):
    return Table("Т", (Column("А", 1),), (Group(tuple(Row((value,)) for value in values)),))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("school_list_3", list_data(3)),
        ("school_list_0", list_data(0, annexes=False)),
        ("school_list_draft", unapproved(list_data(1))),
    ],
)
def test_golden(name, data):
    check_golden(f"{name}.xlsx.txt", xlsx_projection(render_xlsx(school_list(data))))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+7 900 000-00-00",
        "-5",
        "@SUM(A1)",
        "\t=1+1",
        "{=1}",
        "http://example.org",
        "mailto:a@b",
        "internal:Лист!A1",
        "00123",
        "1e5",
    ],
)
def test_a_text_stays_a_text(text):
    data = render_xlsx(paper(one_column(text), paragraph(text)))
    sheet = xlsx_book(data).worksheets[0]
    cell = sheet["A4"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\t", " ")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = archive.read(name)
                assert b"<f>" not in xml
                assert b"hyperlink" not in xml


def test_cells_have_the_types_of_their_values():
    columns = (Column("Число", 1), Column("Дробь", 1), Column("Доля", 1), Column("Дата", 1), Column("Нет", 1))
    row = Row((7, Fraction(8, 27), Share(8, 27), Day("2026-11-28"), None))
    sheet = xlsx_book(render_xlsx(paper(Table("Т", columns, (Group((row,)),))))).worksheets[0]
    head = [cell.value for cell in sheet[3]]
    assert head == ["Число", "Ниже минимума", "Участников", "Доля", "Дата", "Нет"]
    values = [cell.value for cell in sheet[4]]
    assert values[:3] == [7, 8, 27]
    assert values[3] == pytest.approx(8 / 27)
    assert values[4:] == [dt.datetime(2026, 11, 28), None]  # noqa: DTZ001 - Excel knows no zones
    assert [cell.number_format for cell in sheet[4]][3:5] == ["0.0%", "dd.mm.yyyy"]


def test_share_of_nobody_is_an_empty_cell():
    sheet = xlsx_book(render_xlsx(paper(one_column(Share(0, 0))))).worksheets[0]
    assert sheet["A4"].value is None


def test_outer_cells_are_repeated_so_that_filters_work():
    table = Table("Т", (Column("Школа", 1), Column("Часть", 1, inner=True)), (Group((Row(("а",), (("1",), ("2",))),)),))
    sheet = xlsx_book(render_xlsx(paper(table))).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet["A4:B5"]] == [["а", "1"], ["а", "2"]]
    assert not [area for area in sheet.merged_cells.ranges if area.min_row > 2]


def test_groups_become_a_column_and_marks_become_words():
    table = Table(
        "Т",
        (Column("А", 1),),
        (Group((Row((Marked(5, ("*",)),)),), "Район 1"), Group((Row((6,)),), "Район 2")),
        (Mark("*", "мало детей", "Мало детей."),),
        group_title="Муниципалитет",
    )
    sheet = xlsx_book(render_xlsx(paper(table))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet["A3:C5"]]
    assert rows == [["Муниципалитет", "А", "Пометки"], ["Район 1", 5, "мало детей"], ["Район 2", 6, None]]


def test_head_is_frozen_filtered_and_repeated_in_print():
    sheet = xlsx_book(render_xlsx(school_list(list_data(3)))).worksheets[0]
    head = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "№")
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{head}:")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "Опора" in sheet.oddFooter.left.text


def test_every_table_has_its_sheet_and_the_words_have_theirs():
    book = xlsx_book(render_xlsx(school_list(list_data(3))))
    assert book.sheetnames == ["Список", "На грани и без данных", "Не включены экспертами", "О документе"]
    words = [cell.value for cell in book["О документе"]["A"] if cell.value]
    assert words[0] == "УТВЕРЖДЁН"
    assert any(text.startswith("В список 2025 года входит школа") for text in words)
    assert any("М.\u00a0П.\u00a0Иванова" in text for text in words)


def test_names_of_sheets_are_made_fit_and_unique():
    first = Table("Дети [5/6]: а*б?", (Column("А", 1),), (Group((Row((1,)),)),))
    second = Table("О документе", (Column("А", 1),), (Group((Row((1,)),)),))
    long = Table("Очень длинное название таблицы, больше листа", (Column("А", 1),), (Group((Row((1,)),)),))
    names = xlsx_book(render_xlsx(paper(first, second, long, long))).sheetnames
    assert names == [
        "Дети  5 6   а б",
        "О документе (2)",
        "Очень длинное название таблицы,",
        "Очень длинное название табл (2)",
        "О документе",
    ]


def test_control_characters_are_cleaned_and_names_can_be_searched():
    sheet = xlsx_book(render_xlsx(paper(one_column("СОШ №\u00a03\x0b\x01 и\u0306")))).worksheets[0]
    assert sheet["A4"].value == "СОШ № 3 й"


def test_ampersand_in_the_footer_is_no_code():
    sheet = xlsx_book(render_xlsx(paper(one_column(1), provenance="А&Б &P"))).worksheets[0]
    assert sheet.oddFooter.left.text.replace("&&", "&").endswith("А&Б &P")


def test_text_longer_than_a_cell_is_cut_visibly():
    sheet = xlsx_book(render_xlsx(paper(one_column("а" * 40_000)))).worksheets[0]
    assert len(sheet["A4"].value) == 32_767
    assert sheet["A4"].value.endswith("…")


def test_table_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 50)
    with pytest.raises(UserError) as error:
        render_xlsx(big_list(48))
    assert error.value.code == "PAPER_TOO_LONG"
    assert "строк 48, а на листе не больше 47" in error.value.what


def test_rows_are_high_enough_for_their_text():
    sheet = xlsx_book(render_xlsx(paper(one_column("слово " * 60)))).worksheets[0]
    assert sheet.row_dimensions[4].height > 5 * 14


# --- totals of counts --------------------------------------------------------------------------------------------


def counted(*rows, last, marked=False):
    columns = (Column("Школа", 3), Column("Учителей", 1, "right"), Column("Курсов", 1, "right"))
    made = [Row(row) for row in rows]
    return Table("Обучение", columns, (Group((*made, Row(last, total="all" if marked else ""))),))


def sheet_of(table):
    return xlsx_book(render_xlsx(Document(("Курсы",), META, (table,))))["Обучение"]


@pytest.mark.parametrize("marked", [False, True])
def test_a_total_of_counts_is_a_formula_and_no_line_of_the_filter(marked):
    sheet = sheet_of(counted(("№ 1", 3, 1), ("№ 2", 4, 0), last=("Всего", 7, 1), marked=marked))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[-1] == ["Всего", "=SUBTOTAL(9,B4:B5)", "=SUBTOTAL(9,C4:C5)"]
    assert sheet.auto_filter.ref == "A3:C5"


def test_a_total_that_the_rows_do_not_give_stays_a_number():
    # somebody was counted in both rows, once in the total; one column that fits by chance makes no formula either
    sheet = sheet_of(counted(("№ 1", 3, 1), ("№ 2", 4, 0), last=("Всего", 6, 1)))
    assert [cell.value for cell in list(sheet.iter_rows())[-1]] == ["Всего", 6, 1]


def test_a_row_that_only_begins_like_a_total_is_a_plain_one():
    sheet = sheet_of(counted(("Всего", 3, 1), ("№ 2", 4, 0), last=("Всегодово", 7, 1)))
    assert [cell.value for cell in list(sheet.iter_rows())[-1]] == ["Всегодово", 7, 1]
    assert sheet.auto_filter.ref == "A3:C6"


def test_columns_to_be_filled_in_by_hand_are_wide_enough_for_a_pen():
    columns = (Column("№", 10, "right"), Column("ФИО", 110), Column("Подпись", 60))
    sheet = sheet_of(Table("Обучение", columns, (Group((Row((1, "", "\n ")), Row((2, "", "\n ")))),)))
    assert [round(sheet.column_dimensions[name].width) for name in "ABC"] == [8, 57, 31]
