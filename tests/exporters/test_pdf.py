from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from app.errors import UserError
from app.exporters import fonts
from app.exporters.paper import EXPORTERS, finish_pdf, render, suggested_name
from app.exporters.pdf import render_pdf
from app.exporters.pdf.measure import words, wrap, wrap_words
from app.exporters.pdf.style import PAGE_HEIGHT, PAGE_WIDTH
from app.exporters.preview import page_count, pages_to_png
from app.reports.document import (
    Column,
    Document,
    Fraction,
    Group,
    Heading,
    Marked,
    Meta,
    PersonApproval,
    Row,
    SignatureBlock,
    Table,
    paragraph,
)
from app.reports.school_list import school_list
from benchmarks.pdf_bound import draw_raw
from tests.helpers.golden import check_golden
from tests.helpers.papers import big_list, list_data, unapproved
from tests.helpers.projections import pdf_projection, pdf_text, pdf_texts

META = Meta("Управление", "2026-11-22", "Проба")
MM = 72 / 25.4


def paper(*blocks, **fields):
    return Document(("Заголовок",), META, blocks, **fields)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("school_list_3", list_data(3)),
        ("school_list_0", list_data(0, annexes=False)),
        ("school_list_draft", unapproved(list_data(1))),
        ("school_list_long_names", list_data(14, long=True)),
    ],
)
def test_golden(name, data):
    check_golden(f"{name}.pdf.txt", pdf_projection(render_pdf(school_list(data), invariant=True).data))


# --- the file ----------------------------------------------------------------------------------------------------


def test_same_document_same_bytes():
    document = school_list(list_data(5))
    assert render_pdf(document, invariant=True).data == render_pdf(document, invariant=True).data


def test_fonts_are_embedded_and_no_other_is_named():
    with pikepdf.open(io.BytesIO(render_pdf(school_list(list_data(3))).data)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        names = {str(font.BaseFont).split("+")[-1] for font in found}
        assert names == {"Tinos", "Tinos-Bold"}
        assert all("/FontFile2" in font.FontDescriptor for font in found)


def test_title_language_author_and_bookmarks():
    with pikepdf.open(io.BytesIO(render_pdf(school_list(list_data(3))).data)) as pdf:
        assert str(pdf.Root.Lang) == "ru-RU"
        assert str(pdf.docinfo["/Title"]).startswith("Список школ с низкими результатами обучения Лесогорского")
        assert str(pdf.docinfo["/Author"]) == "Управление образования"
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert [item.title for item in top.children] == [
                "Школы на грани списка и школы без данных",
                "Школы, не включённые в список решением экспертов",
            ]


def test_date_of_creation_follows_the_reproducible_build_setting(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795356300")
    with pikepdf.open(io.BytesIO(render_pdf(paper(paragraph("а"))).data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122")


def test_bookmark_levels_never_skip():
    document = paper(Heading("Второй уровень", 2), Heading("Первый", 1), Heading("Снова второй", 2), paragraph("а"))
    with pikepdf.open(io.BytesIO(render_pdf(document).data)) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert [item.title for item in top.children] == ["Второй уровень", "Первый"]
        assert [item.title for item in top.children[1].children] == ["Снова второй"]


# --- the page ----------------------------------------------------------------------------------------------------


def test_page_number_stands_top_centre_from_the_second_page():
    pages = pdf_texts(render_pdf(school_list(list_data(30))).data)
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        above = [piece for piece in page if piece.bottom > PAGE_HEIGHT - 20 * MM]
        if number == 1:
            assert not above
            continue
        (piece,) = above
        assert piece.text == str(number)
        assert (piece.left + piece.right) / 2 == pytest.approx((20 * MM + PAGE_WIDTH - 10 * MM) / 2, abs=1)


@pytest.mark.parametrize(("long_storage", "left"), [(False, 20 * MM), (True, 30 * MM)])
def test_margins(long_storage, left):
    data = replace(list_data(20), long_storage=long_storage)
    for page in pdf_texts(render_pdf(school_list(data)).data):
        body = [piece for piece in page if 20 * MM - 1 < piece.bottom < PAGE_HEIGHT - 20 * MM]
        assert min(piece.left for piece in body) >= left - 1
        assert max(piece.right for piece in body) <= PAGE_WIDTH - 10 * MM + 1


def test_provenance_stands_at_the_foot_of_each_page():
    for page in pdf_texts(render_pdf(school_list(list_data(20))).data):
        assert page[-1].text.startswith("Опора · вычислено 22.11.2026 14:05")
        assert page[-1].bottom < 15 * MM


def test_head_of_the_table_is_repeated():
    texts = pdf_text(render_pdf(school_list(list_data(30, annexes=False))).data)
    for text in texts[:-1]:
        assert "Процедура" in text
        assert "Основание" in text


def test_draft_word_only_on_drafts():
    assert "ПРОЕКТ" in pdf_text(render_pdf(school_list(unapproved(list_data(1)))).data)[0]
    assert "ПРОЕКТ" not in pdf_text(render_pdf(school_list(list_data(1))).data)[0]


def test_approval_stands_in_the_right_half():
    (page, *_) = pdf_texts(render_pdf(school_list(list_data(1))).data)
    block = [piece for piece in page if piece.text.startswith(("УТВЕРЖДЁН", "приказом", "от 28.11.2026", "(прил"))]
    assert len(block) == 4
    assert max(piece.left for piece in block) - min(piece.left for piece in block) < 1.5
    assert block[0].left > PAGE_WIDTH / 2


def test_three_approvals_stand_side_by_side_and_do_not_meet():
    blocks = tuple(PersonApproval("Глава администрации муниципального округа", "К. К. Константинопольский", w)
                   for w in ("СОГЛАСОВАНО", "ПРИНЯТО", "УТВЕРЖДАЮ"))  # fmt: skip
    (page,) = pdf_texts(render_pdf(paper(approvals=blocks)).data)
    heads = sorted(
        (piece for piece in page if piece.text in {"СОГЛАСОВАНО", "ПРИНЯТО", "УТВЕРЖДАЮ"}), key=lambda p: p.left
    )
    assert [piece.text for piece in heads] == ["СОГЛАСОВАНО", "ПРИНЯТО", "УТВЕРЖДАЮ"]
    names = [piece for piece in page if "Константинопольский" in piece.text]
    assert len(names) == 3
    for name, head in zip(sorted(names, key=lambda p: p.left), heads, strict=True):
        assert name.left == pytest.approx(head.left, abs=2)


def test_numbers_end_at_one_edge_and_marks_hang_behind_them():
    rows = tuple(Row((Marked(Fraction(b, 9), marks) if marks else Fraction(b, 9),))
                 for b, marks in ((3, ("*",)), (4, ()), (5, ("*", "**"))))  # fmt: skip
    table = Table("Т", (Column("Ч", 1, "right"),), (Group(rows),))
    (page,) = pdf_texts(render_pdf(paper(table)).data)
    numbers = [piece for piece in page if "из 9" in piece.text]
    # the pieces may hold the marks too, so the left edges are compared: all numbers are equally wide
    assert len(numbers) == 3
    assert max(piece.left for piece in numbers) - min(piece.left for piece in numbers) < 0.7


# --- signature places --------------------------------------------------------------------------------------------


def test_place_is_as_large_as_the_mark_and_free_of_text():
    drawn = render_pdf(school_list(list_data(3)))
    (place,) = drawn.places
    assert (place.name, place.role) == ("signer1", "Начальник управления образования")
    left, bottom, right, top = place.box
    assert (round(right - left), round(top - bottom)) == (226, 78)
    for piece in pdf_texts(drawn.data)[place.page]:
        apart = piece.right <= left or piece.left >= right or piece.top <= bottom or piece.bottom >= top
        assert apart, piece


def test_places_of_several_signers_do_not_overlap():
    document = paper(
        paragraph("а"),
        *(SignatureBlock("Член комиссии " * (1 + 6 * (n % 2)), "М. П. Иванова", f"s{n}") for n in range(9)),
        approvals=(PersonApproval("Директор", "О. В. Ким", place="top"),),
    )
    drawn = render_pdf(document)
    assert {place.name for place in drawn.places} == {"top", *(f"s{n}" for n in range(9))}
    assert len({place.page for place in drawn.places}) > 1
    for place in drawn.places:
        left, bottom, right, top = place.box
        assert 0 <= bottom < top <= PAGE_HEIGHT
        for other in drawn.places:
            if other is not place and other.page == place.page:
                assert other.box[1] >= top - 0.1 or other.box[3] <= bottom + 0.1
        for piece in pdf_texts(drawn.data)[place.page]:
            assert piece.right <= left or piece.left >= right or piece.top <= bottom or piece.bottom >= top


def test_finished_paper_is_pdfa_with_an_empty_field_at_the_place():
    drawn = render_pdf(school_list(list_data(3)))
    with pikepdf.open(io.BytesIO(finish_pdf(drawn))) as pdf:
        assert pdf.pdf_version == "1.4"
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.T) == "signer1"
        assert "/V" not in field
        assert [float(value) for value in field.Rect] == pytest.approx(drawn.places[0].box, abs=0.01)


# --- breaking lines ----------------------------------------------------------------------------------------------


def test_lines_are_never_wider_than_the_column():
    face = fonts.face(fonts.REGULAR)
    text = "Муниципальное бюджетное общеобразовательное учреждение «Школа-интернат имени А. И. Константинопольского»"
    for width in (30, 60, 90, 150, 300):
        lines = wrap(text, face, 11, width)
        assert max(face.width(line, 11) for line in lines) <= width
        joined = "".join(lines).replace("-", "").replace(" ", "")
        assert joined == text.replace("-", "").replace(" ", "")


def test_no_break_spaces_hold_unless_nothing_else_helps():
    face = fonts.face(fonts.REGULAR)
    assert wrap("гимназия №\u00a01", face, 11, 60) == ["гимназия", "№\u00a01"]
    assert wrap("М.\u00a0П.\u00a0Константинопольская", face, 13, 125) == ["М.\u00a0П.", "Константинопольская"]


def test_words_break_after_hyphens_but_not_inside_telephones():
    face = fonts.face(fonts.REGULAR)
    assert wrap("Школа-интернат", face, 11, 60) == ["Школа-", "интернат"]
    assert ["".join(t for t, _ in word.pieces) for word in words([("8-900-00", face)])] == ["8-900-00"]


def test_a_syllable_is_hyphenated_where_a_word_is_wider_than_its_column():
    face = fonts.face(fonts.REGULAR)
    assert wrap("общеобразовательная", face, 11, 70) == ["общеобразова-", "тельная"]


def test_a_column_narrower_than_a_letter_still_ends():
    face = fonts.face(fonts.REGULAR)
    assert wrap("ШЩ", face, 11, 1.0) == ["Ш", "Щ"]


def test_faces_of_one_word_are_not_parted():
    regular, bold = fonts.face(fonts.REGULAR), fonts.face(fonts.BOLD)
    found = list(words([("до ", regular), ("жирное", bold), (", после", regular)]))
    assert ["".join(text for text, _ in word.pieces) for word in found] == ["до", "жирное,", "после"]
    (line,) = wrap_words(found, regular, 11, 500)
    assert line.last


def test_copied_text_has_its_spaces():
    text = "Обычный абзац, который занимает больше одной строки и выровнен по обоим краям страницы без потерь."
    drawn = " ".join(" ".join(pdf_text(render_pdf(paper(paragraph(text))).data)).split())
    assert text in drawn


# --- the table of formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", EXPORTERS)
@pytest.mark.parametrize("listed", [0, 1, 60])
def test_every_format_draws_every_list(suffix, listed):
    data = render(school_list(list_data(listed, long=True, annexes=bool(listed))), suffix.upper())
    assert data[:4] == (b"%PDF" if suffix == ".pdf" else b"PK\x03\x04")


def test_unknown_format_is_refused_by_name():
    with pytest.raises(UserError, match=r"Формат «\.txt».*\.pdf, \.docx, \.xlsx") as error:
        render(school_list(list_data(1)), ".txt")
    assert error.value.code == "PAPER_FORMAT"


def test_suggested_name_has_nothing_a_system_refuses():
    document = replace(school_list(list_data(1)), title=('Список: «а/б» * <1>?"',))
    assert suggested_name(document, ".pdf") == "Список а б 1.pdf"


# --- preview -----------------------------------------------------------------------------------------------------


def test_preview_draws_the_pages_asked_for():
    pdf = finish_pdf(render_pdf(school_list(list_data(3))))
    assert page_count(pdf) == 2
    pictures = pages_to_png(pdf, 72)
    assert len(pictures) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    width, height = (int.from_bytes(pictures[0][start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (596, 842)
    assert pages_to_png(pdf, 72, [1]) == [pictures[1]]


def test_preview_of_a_damaged_file_says_so():
    with pytest.raises(UserError) as error:
        pages_to_png(b"%PDF-1.4 nothing", 72)
    assert error.value.code == "PAPER_NO_PREVIEW"


# --- the bound of the bench --------------------------------------------------------------------------------------


def test_raw_drawing_says_the_same_as_the_long_list():
    document, raw = big_list(120), draw_raw(120)
    ours = " ".join(pdf_text(render_pdf(document).data)).split()
    theirs = " ".join(pdf_text(raw)).split()
    for word in ("120", "СОШ", "Лесной", "математика,", "не"):
        assert ours.count(word) == theirs.count(word) > 0
