from __future__ import annotations

import unicodedata

import pytest

from app.errors import UserError
from app.exporters.glyphs import DRAWN, check, clean, missing, typeset
from app.exporters.pdf import render_pdf
from app.exporters.preview import pages_to_png
from app.reports.document import (
    Column,
    Document,
    Group,
    Heading,
    Meta,
    Note,
    PersonApproval,
    Row,
    SignatureBlock,
    Table,
    paragraph,
)
from tests.helpers.projections import pdf_text

META = Meta("Управление", "2026-11-22", "Проба")


def paper(*blocks, **fields):
    return Document(("Заголовок",), META, blocks, **fields)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("и\u0306", "й"),
        ("е\u0308лка", "ёлка"),
        ("таб\tи\r\nстрока", "таб и строка"),
        ("не\u00adвидимо\u200b\ufeff", "невидимо"),
        ("\x00\x07\x1bтекст\x7f", "текст"),
        ("\u202eтекст\u202c", "текст"),
        ("\ud83dтекст", "текст"),
        ("✔ да, ✘ нет", "✓ да, ✗ нет"),
        ("СОШ №\u00a03", "СОШ №\u00a03"),
        ("☑\ufe0f", "☑"),
        ("Санкт‐Петербург", "Санкт-Петербург"),
    ],
)
def test_clean(raw, cleaned):
    assert clean(raw) == cleaned


def test_no_line_begins_with_a_dash():
    assert typeset("слово — дело – тело") == "слово\u00a0— дело\u00a0– тело"


def test_what_russian_papers_need_is_there():
    text = "АБВЁЯабвёя №«»„“—–−…·×°§≥≤≈→₽½²³ ▲■●○☐☑☒✓✗ *†'\"@#%&()[]{}"
    assert missing(text) == set()


@pytest.mark.parametrize(
    ("blocks", "fields", "place"),
    [
        ((Heading("Раздел 漢"),), {}, "подзаголовок «Раздел 漢»"),
        ((paragraph("а"), paragraph("б 漢")), {}, "абзац 2"),
        ((Note("漢"),), {}, "примечание"),
        ((SignatureBlock("漢", "А", "s"),), {}, "подпись"),
        ((), {"approvals": (PersonApproval("漢", "А"),)}, "гриф утверждения"),
        ((), {"provenance": "漢"}, "строка внизу страницы"),
        (
            (Table("Список", (Column("№", 1), Column("Школа", 1)), (Group((Row((1, "а")), Row((2, "СОШ 漢")))),)),),
            {},
            "таблица «Список», строка 2, столбец «Школа»",
        ),
    ],
)
def test_missing_glyph_is_refused_with_its_place(blocks, fields, place):
    with pytest.raises(UserError) as error:
        render_pdf(paper(*blocks, **fields))
    assert error.value.code == "PAPER_GLYPH"
    assert error.value.what == f"Знак «漢» (U+6F22) нельзя напечатать: его нет в шрифте документа. Где: {place}."
    assert error.value.cure


def test_emoji_and_a_letter_that_only_one_face_could_have_are_refused():
    with pytest.raises(UserError, match=r"U\+1F600"):
        check(paper(paragraph("Хорошо 😀")))


def test_a_letter_written_in_two_characters_is_printed_as_one():
    text = unicodedata.normalize("NFD", "Йошкар-Ола, Ёлкино")
    drawn = pdf_text(render_pdf(paper(paragraph(text))).data)[0]
    assert "Йошкар-Ола, Ёлкино" in " ".join(drawn.split())


@pytest.mark.parametrize("sign", sorted(DRAWN))
def test_signs_without_a_glyph_are_drawn(sign):
    def ink(text):
        (picture,) = pages_to_png(render_pdf(paper(Note(text)), invariant=True).data, 96)
        return picture

    assert ink(f"а {sign} б") != ink("а \u00a0 б")
    words = pdf_text(render_pdf(paper(paragraph(f"{sign} да"))).data)[0].split()
    assert "да" in words


def test_each_drawn_sign_looks_its_own():
    pictures = {pages_to_png(render_pdf(paper(Note(f"а {sign} б")), invariant=True).data, 150)[0] for sign in DRAWN}
    assert len(pictures) == len(DRAWN)
