from __future__ import annotations

import io

import docx
import openpyxl
import pikepdf
import pytest

from app.errors import UserError
from app.exporters import qr
from app.exporters.paper import render
from app.exporters.pdf.render import layout
from app.reports.document import Annex, Contents, Document, Heading, Meta, SignatureBlock, Turn, paragraph

META = Meta("Управление", "2026-11-22", "Проба")
TO = "к приказу от 28.11.2026 №\u00a0214"
CODE = "Приказ от 28.11.2026 № 214"


def paper(*blocks, **fields):
    return Document(("Приказ",), META, blocks, **fields)


def outline(data):
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as found:
        return [(item.title, [child.title for child in item.children]) for item in found.root]


def test_an_annex_begins_a_page_and_is_a_bookmark():
    document = paper(paragraph("Текст."), Annex(1, TO, "Список школ"), paragraph("Строки."), Annex(2, TO))
    pages = layout(document)
    assert [page[0].item.kind for page in pages] == ["title", "annex", "annex"]
    names = ["Приложение\u00a01. Список школ", "Приложение\u00a02"]
    assert outline(render(document, ".pdf")) == [("Приказ", names)]


def test_one_annex_has_no_number():
    assert Annex(0, TO).heading == "Приложение"


def test_an_annex_after_a_turn_leaves_no_empty_page():
    document = paper(paragraph("Текст."), Turn(landscape=True), Annex(1, TO, "Состав"), paragraph("Конец."))
    assert len(layout(document)) == 2
    word = docx.Document(io.BytesIO(render(document, ".docx")))
    annex = next(line for line in word.paragraphs if line.text.startswith("Приложение"))
    assert not annex.paragraph_format.page_break_before


def test_word_begins_a_page_and_lists_the_annex_in_the_contents():
    document = paper(Contents(), Heading("Раздел"), Annex(1, TO, "Список школ"), paragraph("Строки."))
    word = docx.Document(io.BytesIO(render(document, ".docx")))
    texts = [line.text for line in word.paragraphs]
    listed = [text for text in texts if text.endswith("\t4")]
    assert listed == ["Приложение\u00a01. Список школ\t4"]
    first = word.paragraphs[texts.index("Приложение\u00a01")]
    title = word.paragraphs[texts.index("Список школ")]
    assert first.paragraph_format.page_break_before
    assert title._p.pPr.xpath("./w:outlineLvl/@w:val") == ["0"]


def test_excel_says_what_the_annex_belongs_to():
    book = openpyxl.load_workbook(io.BytesIO(render(paper(Annex(1, TO, "Список школ")), ".xlsx")))
    cells = [cell.value for cell in book["О документе"]["A"]]
    place = cells.index(f"Приложение\u00a01 {TO}")
    assert cells[place + 1] == "Список школ"


# --- the QR requisite --------------------------------------------------------------------------------------------


def test_runs_cover_exactly_the_dark_squares():
    code = ((True, False, True), (False, True, True), (False, False, False))
    assert qr.runs(code) == [(0, 0, 1), (0, 2, 1), (1, 1, 2)]


def test_the_code_leaves_room_on_the_first_page_only():
    long = [paragraph("Надо сделать это в срок. " * 12) for _ in range(24)]
    plain, coded = layout(paper(*long)), layout(paper(*long, qr=CODE))
    assert max(placed.bottom for placed in plain[0]) > 650
    assert max(placed.bottom for placed in coded[0]) < 729 - 20 * 72 / 25.4
    assert max(placed.bottom for placed in coded[1]) > 650


def test_every_format_carries_the_code():
    document = paper(paragraph("Текст."), SignatureBlock("Начальник", "М. П. Иванова", "a"), qr=CODE)
    with pikepdf.open(io.BytesIO(render(document, ".pdf"))) as pdf:
        drawn = b"".join(stream.read_bytes() for stream in [pdf.pages[0].Contents])
    assert drawn.count(b" re") >= len(qr.runs(qr.squares(CODE)))
    word = docx.Document(io.BytesIO(render(document, ".docx")))
    foot = word.sections[0].first_page_footer
    assert foot._element.xpath(".//wp:docPr/@descr") == [CODE]
    assert foot._element.xpath(".//wp:extent/@cx") == ["720000"]  # 20 mm
    book = openpyxl.load_workbook(io.BytesIO(render(document, ".xlsx")))
    sheet = book["О документе"]
    assert f"QR-код: {CODE}" in [cell.value for cell in sheet["A"]]
    assert len(sheet._images) == 1


def test_a_long_text_is_refused():
    assert qr.squares("а" * qr.LONGEST)
    with pytest.raises(UserError) as caught:
        render(paper(qr="а" * 301), ".pdf")
    assert caught.value.code == "PAPER_QR_LONG"
