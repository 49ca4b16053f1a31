"""Slides: what stands on them, read back by python-pptx; LibreOffice opens them where it can."""

from __future__ import annotations

import io
import zipfile

import pptx
import pytest
from pptx.enum.chart import XL_CHART_TYPE

from app.exporters.pptx import Piece, render_pptx, shortened, slides_of
from app.exporters.pptx.tables import MOST_IN_CELL, MOST_LINES
from app.reports.charts import (
    BarChart,
    HeatCell,
    HeatChart,
    Level,
    LineChart,
    Point,
    Series,
    StackedChart,
)
from app.reports.document import (
    Column,
    Document,
    Fraction,
    Group,
    Mark,
    Marked,
    Meta,
    Row,
    Share,
    Table,
)

META = Meta("Управление образования", "2026-11-22", "Проба")
COLUMNS = (Column("№", 1, "right"), Column("Школа", 6), Column("Доля", 2, "right"))


def rows(first, last):
    return tuple(
        Row((number, f"Школа № {number}", Marked(Share(number, 40), ("*",)))) for number in range(first, last + 1)
    )


TABLE = Table(
    "Школы",
    COLUMNS,
    (Group(rows(1, 15), "Город"), Group(rows(16, 18), "Посёлок")),
    (Mark("*", "мало", "Меньше десяти участников."),),
)
PARTS = Table(
    "Меры",
    (Column("Школа", 3), Column("Мера", 4, inner=True), Column("Срок", 2, inner=True)),
    (Group((Row(("№ 1",), (("Первая", "01.12.2026"), ("Вторая", "01.02.2027"))),)),),
)
LINE = LineChart(
    "Доля по годам",
    "%",
    (Series("Физика", (Point("2025", 31.0, 20.0, 42.0, "12 из 39"), Point("2026", None))),),
    (Level(30.0, "порог 30 %"),),
    "Отрезки — интервал 95 %.",
)
BAR = BarChart("Школы", "школ", (Series("Школ", (Point("Физика", 3.0), Point("Химия", 5.0))),))
STACKED = StackedChart("Отметки", (Series("2", (Point("№ 1", 3),), "bad"), Series("3–5", (Point("№ 1", 8),), "ok")))
HEAT = HeatChart("Карта", ("№ 1",), ("Физика",), ((HeatCell(12.0),),))


def paper(**fields):
    return Document(("Список школ", "за 2026 год"), META, (), provenance="Составлено 22.11.2026.", **fields)


def shown(*pieces, document=None):
    data = render_pptx(document or paper(), [Piece(title, shows) for title, shows in pieces])
    return pptx.Presentation(io.BytesIO(data))


def table_on(slide):
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def chart_on(slide):
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    return chart


def test_title_slide_and_properties():
    show = shown(document=paper(draft=True))
    (cover,) = show.slides
    assert cover.shapes.title.text == "Список школ\nза 2026 год"
    assert cover.placeholders[1].text == "ПРОЕКТ\nУправление образования\n22.11.2026"
    assert (show.slide_width, show.slide_height) == (960 * 12700, 540 * 12700)
    core = show.core_properties
    assert (core.title, core.author, core.last_modified_by) == (
        "Список школ за 2026 год",
        "Управление образования",
        "Управление образования",
    )
    assert core.created.isoformat()[:10] == "2026-11-22"


def test_nothing_of_the_library_s_template_is_left():
    data = render_pptx(paper(), [Piece("Школы", TABLE)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        whole = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if "printerSettings" in name or "thumbnail" in name]
    assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == 2
    assert b"Canny" not in whole
    assert b"Calibri" not in whole


def test_a_long_table_is_shared_out_with_its_head_and_group():
    show = shown(("Школы", TABLE))
    slides = list(show.slides)[1:]
    tables = [table_on(slide) for slide in slides]
    assert len(slides) == slides_of(TABLE) == 2
    assert [slide.shapes.title.text for slide in slides] == ["Школы (1 из 2)", "Школы (2 из 2)"]
    head = ["№", "Школа", "Доля"]
    assert [table[0] for table in tables] == [head, head]
    assert [table[1][0] for table in tables] == ["Город", "Город"]
    assert all(len(table) - 1 <= MOST_LINES for table in tables)
    numbers = [row[0] for table in tables for row in table if row[0].isdigit()]
    assert numbers == [str(number) for number in range(1, 19)], "every row stands on one slide"
    assert tables[0][2] == ["1", "Школа № 1", "2,5\u00a0%\u00a0*"]


def test_a_title_of_a_group_never_ends_a_slide():
    table = Table("Школы", COLUMNS, (Group(rows(1, 7), "Город"), Group(rows(8, 15), "Посёлок")))
    tables = [table_on(slide) for slide in list(shown(("Школы", table)).slides)[1:]]
    assert [row[0] for row in tables[0]][-1] == "7"
    assert [row[0] for row in tables[1]] == ["№", "Посёлок", *map(str, range(8, 16))]


def test_rows_are_shared_out_evenly():
    table = Table("Школы", COLUMNS, (Group(rows(1, 13)),))
    tables = [table_on(slide) for slide in list(shown(("Школы", table)).slides)[1:]]
    assert [len(table) - 1 for table in tables] == [7, 6]  # not twelve and one


def test_parts_of_a_row_stand_beside_its_merged_cells():
    slide = shown(("Меры", PARTS)).slides[1]
    assert table_on(slide)[1:] == [["№ 1", "Первая", "01.12.2026"], ["", "Вторая", "01.02.2027"]]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert (table.cell(1, 0).is_merge_origin, table.cell(1, 0).span_height) == (True, 2)


def test_a_row_taller_than_a_slide_is_cut_into_slides():
    tall = Table(PARTS.name, PARTS.columns, (Group((Row(("№ 1",), tuple((str(n), "") for n in range(30))),)),))
    tables = [table_on(slide) for slide in list(shown(("Меры", tall)).slides)[1:]]
    assert [row[1] for table in tables for row in table[1:]] == [str(number) for number in range(30)]


def test_a_long_text_is_cut_with_an_ellipsis():
    table = Table("Школы", COLUMNS, (Group((Row((1, "слово " * 200, Fraction(1, 2))),)),))
    text = table_on(shown(("Школы", table)).slides[1])[1][1]
    assert text.endswith("…")
    assert 60 < len(text) < 80 * MOST_IN_CELL


def test_headings_over_several_columns_are_merged():
    columns = (Column("Школа", 3), Column("Было", 1, over="Доля"), Column("Стало", 1, over="Доля"))
    slide = shown(("Школы", Table("Школы", columns, (Group((Row(("№ 1", 1, 2)),)),)))).slides[1]
    assert table_on(slide) == [["Школа", "Доля", ""], ["", "Было", "Стало"], ["№ 1", "1", "2"]]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert (table.cell(0, 1).span_width, table.cell(0, 0).span_height) == (2, 2)


@pytest.mark.parametrize(
    ("chart", "kind"),
    [
        (LINE, XL_CHART_TYPE.LINE),
        (BAR, XL_CHART_TYPE.BAR_CLUSTERED),
        (STACKED, XL_CHART_TYPE.BAR_STACKED_100),
    ],
)
def test_charts_are_powerpoint_s_own(chart, kind):
    made = chart_on(shown(("График", chart)).slides[1])
    assert made.chart_type == kind
    series = list(made.plots[0].series)
    assert [one.name for one in series][: len(chart.series)] == [one.name for one in chart.series]
    assert list(series[0].values) == [point.value for point in chart.series[0].points]


def test_intervals_and_levels_of_a_line():
    made = chart_on(shown(("График", LINE)).slides[1])
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    lengths = [
        [value.text for value in made._chartSpace.iterfind(f".//c:errBars/c:{side}//c:v", space)]
        for side in ("plus", "minus")
    ]
    assert lengths == [["11.0000", "0.0000"], ["11.0000", "0.0000"]]
    level = list(made.plots[0].series)[1]
    assert (level.name, list(level.values)) == ("порог 30 %", [30.0, 30.0])
    assert made.value_axis.maximum_scale == 50  # above 42, the end of the interval


@pytest.mark.parametrize(
    "chart",
    [
        HEAT,
        BarChart("Профиль", "", BAR.series, ticks=((1.0, "высокий"),)),
        BarChart("Порог", "%", BAR.series, levels=(Level(30.0, "порог"),)),
        LineChart("Пусто", "%", (Series("Физика", (Point("2026", None),)),)),
    ],
)
def test_other_charts_are_pictures_with_a_text(chart):
    slide = shown(("График", chart)).slides[1]
    (picture,) = (shape for shape in slide.shapes if shape.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr").startswith(f"График: {chart.title}.")


def test_notes_say_the_source_and_the_figures():
    show = shown(("Школы", TABLE), ("График", LINE))
    notes = [slide.notes_slide.notes_text_frame.text for slide in show.slides]
    assert all("Источник: Список школ за 2026 год. Управление образования." in text for text in notes)
    assert all("Составлено 22.11.2026." in text for text in notes)
    assert "* Меньше десяти участников." in notes[1]
    assert "2025 — " in notes[-1]
    assert "12 из 39" in notes[-1]


def test_every_slide_has_its_number_and_a_foot():
    slide = shown(("Школы", TABLE), document=paper(draft=True)).slides[1]
    feet = {shape.placeholder_format.type.name: shape for shape in slide.placeholders}
    assert feet["FOOTER"].text == "ПРОЕКТ. Список школ за 2026 год"
    assert feet["SLIDE_NUMBER"]._element.xpath(".//a:fld/@type") == ["slidenum"]


def test_a_small_picture_takes_the_first_rows():
    assert [len(group.rows) for group in shortened(TABLE, 16).groups] == [15, 1]
    assert [len(group.rows) for group in shortened(TABLE, 9).groups] == [9]
