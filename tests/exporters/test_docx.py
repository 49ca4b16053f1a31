from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import docx
import pytest

from app.exporters.docx import render_docx
from app.reports.document import (
    Column,
    Document,
    Group,
    Heading,
    Meta,
    PageBreak,
    PersonApproval,
    Row,
    Run,
    Table,
    paragraph,
)
from app.reports.document import Paragraph as Text
from app.reports.school_list import school_list
from tests.helpers.golden import check_golden
from tests.helpers.papers import list_data, unapproved
from tests.helpers.projections import docx_names, docx_part, docx_projection

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
META = Meta("Управление", "2026-11-22T14:05:00", "Проба")


def paper(*blocks, **fields):
    return Document(("Заголовок",), META, blocks, **fields)


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("school_list_3", list_data(3)),
        ("school_list_0", list_data(0, annexes=False)),
        ("school_list_draft", unapproved(list_data(1))),
    ],
)
def test_golden(name, data):
    check_golden(f"{name}.docx.txt", docx_projection(render_docx(school_list(data))))


def test_page_is_a4_with_the_margins_of_the_standard():
    (section,) = opened(school_list(list_data(1))).sections
    sizes = [round(value.mm) for value in (section.page_width, section.page_height)]
    margins = [
        round(value.mm)
        for value in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    ]
    assert sizes == [210, 297]
    assert margins == [20, 10, 20, 20]
    (section,) = opened(school_list(replace(list_data(1), long_storage=True))).sections
    assert round(section.left_margin.mm) == 30


def test_page_number_is_a_field_in_every_header_but_the_first():
    data = render_docx(school_list(list_data(1)))
    (section,) = docx.Document(io.BytesIO(data)).sections
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0].text
    headers = [docx_part(data, name) for name in docx_names(data) if name.startswith("word/header")]
    fields = [node.text for header in headers for node in header.iter(f"{W}instrText")]
    assert fields == ["PAGE"]


def test_no_theme_font_or_colour_is_left_in_the_styles():
    styles = docx_part(render_docx(school_list(list_data(1))), "word/styles.xml")
    fonts = {key.removeprefix(W) for node in styles.iter(f"{W}rFonts") for key in node.attrib}
    assert fonts == {"ascii", "hAnsi", "cs", "eastAsia"}
    assert {node.get(f"{W}ascii") for node in styles.iter(f"{W}rFonts")} == {"Times New Roman"}
    assert not [node for node in styles.iter(f"{W}color") if node.get(f"{W}themeColor")]
    sizes = {
        style.find(f"{W}name").get(f"{W}val"): style.find(f"{W}rPr/{W}sz").get(f"{W}val")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}rPr/{W}sz") is not None
    }
    assert sizes["Normal"] == "26"
    assert sizes["Title"] == "28"
    assert sizes["Таблица"] == "22"


def test_head_is_repeated_rows_are_not_torn_and_ends_hold_together():
    rows = tuple(Row((number, "а")) for number in range(1, 6))
    table = Table("Т", (Column("№", 1, "right"), Column("Б", 3)), (Group(rows),))
    made = opened(paper(table)).tables[0]
    properties = [row._tr.trPr for row in made.rows]
    assert [part.find(f"{W}tblHeader") is not None for part in properties] == [True] + [False] * 5
    assert all(part.find(f"{W}cantSplit") is not None for part in properties)
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in made.rows]
    assert kept == [True, True, False, False, True, False]


def test_widths_stand_in_every_cell_and_fill_the_page():
    made = opened(school_list(list_data(3))).tables[1]
    for row in made._tbl.tr_lst:
        widths = [cell.width.mm for cell in row.tc_lst]
        assert sum(widths) == pytest.approx(180, abs=0.2)


def test_outer_cells_are_merged_over_the_parts_of_a_row():
    table = Table("Т", (Column("А", 1), Column("Б", 1, inner=True)), (Group((Row(("школа",), (("1",), ("2",))),)),))
    made = opened(paper(table)).tables[0]
    assert made.cell(1, 0)._tc is made.cell(2, 0)._tc
    assert [made.cell(row, 1).text for row in (1, 2)] == ["1", "2"]


def test_group_title_stands_over_the_whole_width():
    table = Table("Т", (Column("А", 1), Column("Б", 1)), (Group((Row(("1", "2")),), "Район"),))
    made = opened(paper(table)).tables[0]
    assert [cell.text for cell in made.rows[1].cells] == ["Район", "Район"]
    assert len(made._tbl.tr_lst[1].tc_lst) == 1


def test_runs_headings_and_properties():
    word = opened(paper(Heading("Раздел"), Text((Run("обычный "), Run("жирный", bold=True)))))
    styles = {line.text: line.style.name for line in word.paragraphs}
    assert styles["Заголовок"] == "Title"
    assert styles["Раздел"] == "Heading 1"
    runs = next(line for line in word.paragraphs if "жирный" in line.text).runs
    assert [(run.text, bool(run.bold)) for run in runs] == [("обычный ", False), ("жирный", True)]
    core = word.core_properties
    assert (core.title, core.author, core.language) == ("Заголовок", "Управление", "ru-RU")
    assert core.created.year == 2026


def test_page_break_before_text_and_before_a_table():
    table = Table("Т", (Column("А", 1),), (Group((Row(("1",)),)),))
    word = opened(paper(paragraph("а"), PageBreak(), paragraph("б"), PageBreak(), table, paragraph("в")))
    breaks = [line.text for line in word.paragraphs if line.paragraph_format.page_break_before]
    assert breaks == ["б", ""]


def test_tables_never_touch():
    """Two tables without a paragraph between them are one table in Word."""
    body = opened(school_list(list_data(3))).element.body
    tags = [child.tag.removeprefix(W) for child in body]
    assert "tbl" in tags
    assert all((first, second) != ("tbl", "tbl") for first, second in pairwise(tags))


def test_control_characters_do_not_break_the_file():
    table = Table("Т", (Column("А", 1),), (Group((Row(("плохой \x0b\x00 знак <&>",)),)),))
    made = opened(paper(table, paragraph("ещё \x1f один"))).tables[0]
    assert made.cell(1, 0).text == "плохой знак <&>"


def test_approval_without_a_date_is_a_blank():
    word = opened(paper(paragraph("а"), approvals=(PersonApproval("Директор", "О. В. Ким"),)))
    text = word.tables[0].rows[0].cells[1].text
    assert text.startswith("УТВЕРЖДАЮ\nДиректор\n")
    assert "«___»" in text
