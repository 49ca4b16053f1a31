"""The rules of keeping together, on the page-sharing itself and on drawn papers of every length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exporters import fonts
from app.exporters.pdf import layout, render_pdf
from app.exporters.pdf.blocks import Drawn
from app.exporters.pdf.measure import even, wrap
from app.exporters.pdf.pages import Item, keep_ends, paginate
from app.exporters.pdf.style import area
from app.exporters.pdf.tables import HeadItem, RowItem, TitleItem
from app.reports.document import (
    Column,
    Document,
    Executor,
    Group,
    Heading,
    Lines,
    Meta,
    Note,
    PageBreak,
    Row,
    SignatureBlock,
    Table,
    paragraph,
)
from app.reports.school_list import school_list
from tests.helpers.papers import list_data
from tests.helpers.projections import pdf_text, pdf_texts

META = Meta("Управление", "2026-11-22", "Проба")
HEIGHT = area(long_storage=False).height


def plain_table(rows, *, texts=("строка",), title=""):
    made = tuple(Row((number, texts[number % len(texts)])) for number in range(1, rows + 1))
    return Table("Т", (Column("№", 10, "right"), Column("Текст", 90)), (Group(made, title),))


def paper(*blocks):
    return Document(("Заголовок",), META, blocks, provenance="Опора")


def kinds(page):
    names = {RowItem: "row", HeadItem: "head", TitleItem: "group"}
    return [names.get(type(placed.item)) or placed.item.kind for placed in page]


# --- sharing out -------------------------------------------------------------------------------------------------


def test_gap_is_dropped_at_the_top_of_a_page():
    first, second = Item(height=90.0, gap=30.0), Item(height=50.0, gap=30.0)
    pages = paginate([first, second], 100.0)
    assert [[placed.top for placed in page] for page in pages] == [[0.0], [0.0]]


def test_gap_counts_between_items():
    pages = paginate([Item(height=40.0), Item(height=40.0, gap=20.0)], 100.0)
    assert [placed.top for placed in pages[0]] == [0.0, 60.0]
    assert len(paginate([Item(height=40.0), Item(height=40.0, gap=20.1)], 100.0)) == 2


def test_items_that_keep_move_together():
    items = [Item(height=60.0), Item(height=30.0, keep=True), Item(height=30.0)]
    assert [len(page) for page in paginate(items, 100.0)] == [1, 2]


def test_head_is_repeated_and_counted():
    head = Item(height=20.0, keep=True)
    rows = [Item(height=30.0, repeat=head) for _ in range(5)]
    pages = paginate([head, *rows], 100.0)
    assert [[placed.item.height for placed in page] for page in pages] == [[20, 30, 30], [20, 30, 30], [20, 30]]
    assert pages[1][1].top == 20.0


def test_chain_longer_than_a_page_is_put_all_the_same():
    items = [Item(height=30.0, keep=True) for _ in range(7)]
    pages = paginate(items, 100.0)
    assert [len(page) for page in pages] == [3, 3, 1]


def test_an_item_taller_than_a_page_that_cannot_be_torn_stands_alone():
    pages = paginate([Item(height=10.0), Item(height=500.0), Item(height=10.0)], 100.0)
    assert [len(page) for page in pages] == [1, 1, 1]


@pytest.mark.parametrize(("count", "kept"), [(0, []), (1, [False]), (2, [True, False]), (3, [True, True, False])])
def test_ends_of_a_run_are_tied(count, kept):
    items = [Item(height=1.0) for _ in range(count)]
    keep_ends(items)
    assert [item.keep for item in items] == kept


@given(
    st.lists(
        st.tuples(st.floats(1, 140), st.floats(0, 30), st.booleans(), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
@settings(deadline=None, max_examples=200)
def test_nothing_is_lost_doubled_or_laid_over_another(shapes):
    items = [Item(height=h, gap=g, keep=k, breaks=b) for h, g, k, b in shapes]
    pages = paginate(items, 100.0)
    assert [placed.item for page in pages for placed in page] == items
    assert all(pages)
    for page in pages:
        for above, below in pairwise(page):
            assert below.top >= above.bottom - 1e-6
        assert page[-1].bottom <= 100.0 + 1e-6 or len(page) == 1


# --- papers of every length --------------------------------------------------------------------------------------


def check_rules(pages):
    for number, page in enumerate(pages):
        names = kinds(page)
        assert names[-1] not in {"heading", "head", "group", "title", "approval", "draft"}, (number, names)
        if number and "row" in names:
            assert names[0] == "head" or "head" in names, (number, names)
        assert set(names) - {"signature", "note"}, f"a signature stands alone on page {number + 1}"
        assert page[-1].bottom <= HEIGHT + 0.01


@given(st.integers(0, 130), st.integers(0, 45), st.integers(0, 3), st.booleans())
@settings(deadline=None, max_examples=60)
def test_no_lone_row_heading_or_signature(rows, before, signers, grouped):
    blocks = [paragraph("слово " * before)] if before else []
    blocks.append(Heading("Раздел"))
    blocks.append(plain_table(rows, title="Группа" if grouped else "", texts=("коротко", "подлиннее " * 14)))
    blocks += [SignatureBlock("Начальник", "М. П. Иванова", f"s{index}") for index in range(signers)]
    blocks.append(Executor("Исполнитель"))
    pages = layout(paper(*blocks))
    check_rules(pages)
    shares = [kinds(page).count("row") for page in pages]
    assert sum(shares) == rows
    if rows > 1:
        assert 1 not in shares


@pytest.mark.parametrize("rows", range(36, 52))
def test_no_lone_row_in_the_drawn_paper(rows):
    """The same rule seen from outside: in the text of the pages."""
    pdf = render_pdf(paper(plain_table(rows)), invariant=True).data
    shares = [sum(piece.text == "строка" for piece in page) for page in pdf_texts(pdf)]
    assert sum(shares) == rows
    assert 1 not in shares


@pytest.mark.parametrize("lines", range(30, 60))
def test_paragraph_leaves_no_single_line_on_either_page(lines):
    text = paragraph("длинноеслово " * 6 * lines)
    pages = layout(paper(text))
    texts = [kinds(page).count("text") for page in pages]
    assert 1 not in texts[1:]
    assert len(pages) == 1 or texts[0] != 1


def test_signature_takes_the_last_lines_with_it():
    for lines in range(30, 48):
        blocks = [paragraph(f"Абзац {number}.") for number in range(lines)]
        pages = layout(paper(*blocks, SignatureBlock("Начальник", "М. П. Иванова", "s")))
        assert kinds(pages[-1])[-1] == "signature"
        assert "text" in kinds(pages[-1])


@pytest.mark.parametrize("signers", range(5, 16))
def test_of_many_signatures_none_stands_alone(signers):
    blocks = [SignatureBlock("Член комиссии", "М. П. Иванова", f"s{number}") for number in range(signers)]
    pages = [kinds(page) for page in layout(paper(paragraph("а"), plain_table(20), *blocks))]
    shares = [names.count("signature") for names in pages]
    assert sum(shares) == signers
    assert all(share > 1 or "row" in names for share, names in zip(shares, pages, strict=True))
    assert any("signature" in names and "row" in names for names in pages)


def test_small_print_stays_with_its_table():
    for rows in range(38, 50):
        pages = layout(paper(plain_table(rows), Note("Пояснение к таблице.")))
        assert kinds(pages[-1])[-1] == "note"
        assert kinds(pages[-1]).count("row") >= 2


def test_page_break_begins_a_page_and_an_empty_page_is_never_made():
    pages = layout(paper(paragraph("а"), PageBreak(), Heading("Б"), paragraph("в"), PageBreak()))
    assert [kinds(page) for page in pages] == [["title", "text"], ["heading", "text"]]


def test_row_taller_than_a_page_goes_on_with_all_its_words():
    words = [f"слово{number}" for number in range(1500)]
    table = Table(
        "Т",
        (Column("№", 10, "right"), Column("Текст", 60), Column("Часть", 30, inner=True)),
        (Group((Row((1, " ".join(words)), (("а",), ("б",))), Row((2, "конец"), (("в",),)))),),
    )
    pages = layout(paper(table))
    check_rules(pages)
    drawn = " ".join(pdf_text(render_pdf(paper(table)).data)).split()
    assert [word for word in drawn if word.startswith("слово")] == words
    assert drawn.count("конец") == 1


def test_parts_of_a_row_taller_than_a_page_keep_their_order():
    parts = tuple((f"часть{number}",) for number in range(120))
    table = Table("Т", (Column("Школа", 60), Column("Часть", 30, inner=True)), (Group((Row(("школа",), parts),)),))
    pages = layout(paper(table))
    assert len(pages) == 3
    drawn = " ".join(pdf_text(render_pdf(paper(table)).data)).split()
    assert [word for word in drawn if word.startswith("часть")] == [part for (part,) in parts]


def test_lists_of_schools_of_many_lengths_hold_the_rules():
    for listed in (0, 1, 2, 3, 5, 8, 13, 21, 34, 60):
        for annexes in (False, True):
            check_rules(layout(school_list(list_data(listed, long=listed % 2 == 0, annexes=annexes))))


def test_lines_in_a_cell_stay_lines():
    table = Table("Т", (Column("А", 1),), (Group((Row((Lines(("первая", "вторая")),)),)),))
    (page,) = pdf_texts(render_pdf(paper(table)).data)
    first, second = (piece for piece in page if piece.text in {"первая", "вторая"})
    assert first.left == pytest.approx(second.left, abs=1)
    assert first.bottom > second.bottom


def test_items_draw_nothing_by_themselves():
    assert Drawn(height=1.0, how=lambda *_: None).split(100.0) is None


def test_no_short_word_is_left_alone_under_a_title():
    face, text = fonts.face(fonts.BOLD), "Управление образования администрации Лесогорского муниципального округа"
    width = face.width(text.rpartition(" ")[0], 14.0)
    assert wrap(text, face, 14.0, width)[1:] == ["округа"]
    lines = even(text, face, 14.0, width)
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert face.width(lines[1], 14.0) > width / 2
