"""Charts in papers: vectors under the words in PDF/A, pictures with a text in Word, data and a chart in Excel."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pikepdf
import pytest

from app.errors import UserError
from app.exporters.docx import render_docx
from app.exporters.paper import finish_pdf
from app.exporters.pdf import layout, render_pdf
from app.exporters.signing import sign_pdf
from app.exporters.xlsx import render_xlsx
from app.reports.document import (
    ChartBlock,
    ChartRow,
    Document,
    Heading,
    Meta,
    SignatureBlock,
    charts_of,
    paragraph,
)
from tests.helpers import outside
from tests.helpers.certificates import PASSWORD, ivanova
from tests.helpers.charts import ALL, BULLETS, CONTRIBUTIONS, HEAT, LINE, LINES, RADAR, RISKS, SCATTER, STACKED
from tests.helpers.projections import pdf_texts

WORD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


DRAWING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing"


def document(*blocks: object) -> Document:
    return Document(("Карточка школы",), Meta("Методическая служба", "2026-11-22", "Карточка"), blocks)  # type: ignore[arg-type]


WHOLE = document(
    Heading("Результаты"),
    ChartRow((LINE, RISKS), 62),
    ChartBlock(HEAT, 70),
    Heading("Контекст"),
    ChartBlock(SCATTER, 80),
    ChartRow((STACKED, RADAR), 70),
    ChartRow((LINES, CONTRIBUTIONS), 60),
    ChartBlock(BULLETS, 80),
    SignatureBlock("Методист", "О. В. Ким", "methodist"),
)


def test_words_of_charts_are_words_of_the_page_in_the_paper_font() -> None:
    pages = pdf_texts(render_pdf(WHOLE).data)
    words = " ".join(piece.text for page in pages for piece in page).replace("\u00a0", " ")
    for text in ("12 из 31", "порог 30 %", "нет данных", "средняя", "пунктир — мало детей", "неблагополучные: 2"):
        assert text in words
    with pikepdf.open(io.BytesIO(render_pdf(WHOLE).data)) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert all("Tinos" in name for name in fonts)


def test_vectors_lie_under_the_words_without_fonts_pictures_or_transparency() -> None:
    with pikepdf.open(io.BytesIO(finish_pdf(render_pdf(document(ChartBlock(LINE)))))) as pdf:
        [form] = [item for name, item in pdf.pages[0].Resources.XObject.items() if str(item.Subtype) == "/Form"]
        content = pdf.pages[0].Contents
        first = content[0].read_bytes() if isinstance(content, pikepdf.Array) else content.read_bytes()
        assert b" Do" in first.split(b"BT")[0], "the words come after"
        assert "/Group" not in form
        assert not form.Resources.get("/Font")
        for state in form.Resources.get("/ExtGState", {}).values():
            assert float(state.get("/CA", 1)) == 1
            assert float(state.get("/ca", 1)) == 1
        assert not [item for item in form.Resources.get("/XObject", {}).values() if str(item.Subtype) == "/Image"]


def test_same_document_same_bytes() -> None:
    one, other = (finish_pdf(render_pdf(WHOLE, invariant=True)) for _ in range(2))
    assert one == other


if outside.PREFLIGHT:

    def test_an_independent_judge_takes_it_for_pdfa(tmp_path: Path) -> None:
        data = finish_pdf(render_pdf(WHOLE))
        files = {"plain": data, "signed": sign_pdf(data, ivanova().p12, PASSWORD).pdf}
        assert outside.preflight(tmp_path, files) == dict.fromkeys(files, "valid")


def test_a_heading_stays_with_its_chart_and_no_chart_is_torn() -> None:
    filler = [paragraph("Текст. " * 60) for _ in range(8)]
    pages = layout(document(*filler, Heading("Динамика"), ChartBlock(LINE, 90)))
    assert len(pages) == 2
    assert len(pages[1]) == 2
    tall = layout(document(ChartBlock(LINE, 900)))
    assert max(placed.bottom for page in tall for placed in page) <= 842


def test_a_sign_that_cannot_be_printed_is_said_with_its_chart() -> None:
    with pytest.raises(UserError) as caught:
        render_pdf(document(ChartBlock(replace(LINE, note="Знак 漢"))))
    assert caught.value.code == "PAPER_GLYPH"
    assert "график «Ниже минимума" in caught.value.what


def test_levels_and_steps_are_checked_too() -> None:
    texts = {text for _place, text in document(ChartRow((LINE, RISKS))).texts()}
    assert {"порог 30 %", "средняя", "12 из 31, 38,7 %"} <= texts


def test_word_gets_pictures_with_a_text() -> None:
    data = render_docx(WHOLE)
    word = docx.Document(io.BytesIO(data))
    described = [item.get("descr") for item in word.element.body.iter(f"{WORD}docPr")]
    assert len(described) == 9
    assert described[0] == f"{LINE.title}. {LINE.note}"
    widths = [int(extent.get("cx")) / 36000 for extent in word.element.body.iter(f"{WORD}extent")]
    assert widths[0] == widths[1] == pytest.approx(88, abs=0.1), "two charts stand side by side in 180 mm"
    assert widths[2] == pytest.approx(179.5, abs=0.1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all(archive.read(name)[:4] == b"\x89PNG" for name in archive.namelist() if "/media/" in name)


def test_excel_gets_data_and_charts_of_its_own() -> None:
    data = render_xlsx(WHOLE)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 10
    sheet = book[book.sheetnames[0]]
    assert [cell.value for cell in sheet[4]][:2] == ["Год", "СОШ № 3, %"]
    assert sheet["B8"].value == 38.7
    assert sheet["B7"].value is None
    about = [cell.value for cell in book["О документе"]["A"]]
    assert f"График: {LINE.title}. Данные на отдельном листе." in about
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        root = ET.fromstring(archive.read("xl/charts/chart1.xml"))
    assert len(charts) == 6, "heat map, scatter and bullets are data only"
    assert root.find(f".//{CHART}errBars") is not None
    assert root.find(f".//{CHART}dispBlanksAs") is None, "a year without data is a gap, as Excel does unless told"


def test_only_one_to_three_charts_stand_in_a_row() -> None:
    with pytest.raises(ValueError, match="one to three"):
        ChartRow(())
    assert charts_of(ChartRow((LINE, HEAT))) == (LINE, HEAT)
    assert charts_of(Heading("Нет")) == ()
    assert set(WHOLE.charts()) == set(ALL.values())


def test_charts_of_a_row_stand_in_cells_beside_each_other_in_word() -> None:
    word = docx.Document(io.BytesIO(render_docx(document(ChartRow((LINE, RISKS), 62)))))
    [table] = word.tables
    [row] = table.rows
    assert [len(cell._tc.findall(f".//{DRAWING}")) for cell in row.cells] == [1, 1]
    assert not any(line._p.findall(f".//{DRAWING}") for line in word.paragraphs), "none outside the cells"
    widths = [shape.width.mm for shape in word.inline_shapes]
    assert all(width <= cell.width.mm for width, cell in zip(widths, row.cells, strict=True))
    alone = docx.Document(io.BytesIO(render_docx(document(ChartBlock(LINE, 62)))))
    assert not alone.tables
