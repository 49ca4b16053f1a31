"""Tagged PDF: what is read aloud and in which order, and that every piece of a page is either that or an artifact."""

from __future__ import annotations

import io
import subprocess

import pikepdf
import pytest

from app.exporters.joining import join
from app.exporters.paper import finish_pdf, render
from app.exporters.pdf import render_pdf
from app.exporters.pdf.tags import Tag, lines, put_tags
from app.exporters.signing import sign_pdf
from app.reports.charts import BarChart, Point, Series
from app.reports.document import (
    ActApproval,
    Annex,
    ChartBlock,
    Column,
    Contents,
    Document,
    Fact,
    Facts,
    Group,
    HandNotes,
    Heading,
    Lines,
    Meta,
    Note,
    Row,
    SignatureBlock,
    Table,
    Turn,
    paragraph,
)
from tests.helpers import outside
from tests.helpers.certificates import PASSWORD, ivanova

META = Meta("Управление", "2026-11-22", "Проба")
COLUMNS = (
    Column("№", 1),
    Column("Было", 2, over="Доля"),
    Column("Стало", 2, over="Доля"),
    Column("Ещё", 2, inner=True),
)
LONG = "Это надо сделать до конца учебного года и рассказать совету. " * 5


def table(rows=2, *, tall=0):
    made = [Row((number, "а", "б"), (("в",), ("г",))) for number in range(1, rows + 1)]
    if tall:
        made.append(Row(("99", Lines(tuple(f"строка {number}" for number in range(tall))), "б"), (("в",),)))
    return Table("Школы", COLUMNS, (Group(tuple(made), "Город"),), caption="Таблица 1")


CHART = BarChart("Доли", "%", (Series("Школы", (Point("А", 10.0), Point("Б", 20.0))),), note="По итогам 2026 года.")


def paper(*blocks, **fields):
    return Document(("Список", "школ"), META, blocks, **fields)


def whole(**fields):
    return paper(
        Contents(),
        Heading("Раздел"),
        paragraph(LONG),
        table(60),
        Note("Пояснение."),
        Heading("Подраздел", 3),
        Facts(((Fact("Директор", "Петров"), Fact("Учеников", "120")), (Fact("Адрес", "ул. Лесная"),))),
        HandNotes(("Первое.", "Второе."), "Записи"),
        paragraph("☑ да ☐ нет"),
        ChartBlock(CHART),
        Turn(landscape=True),
        Annex(1, "к приказу", "Состав"),
        SignatureBlock("Начальник", "М. П. Иванова", "a"),
        SignatureBlock("", "", "b"),
        approvals=(ActApproval("214", "2026-11-28"),),
        provenance="Составлено 22.11.2026",
        running="Школы",
        qr="Приказ № 214",
        **fields,
    )


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def structure(node, depth=0):
    """Yield (depth, kind, element) of everything under a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield depth, str(kid.S)[1:], kid
            yield from structure(kid, depth + 1)


def kinds(pdf):
    return [kind for _depth, kind, _element in structure(pdf.Root.StructTreeRoot)]


def marked(page):
    """Return the numbers of the pieces of a page; what is drawn outside of pieces and artifacts is a failure."""
    found, open_marks = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            found.append(int(operands[1].MCID))
            open_marks.append(found[-1])
        elif name == "BMC":
            assert str(operands[0]) == "/Artifact"
            open_marks.append(None)
        elif name == "EMC":
            open_marks.pop()
        elif name in {"Tj", "TJ", "S", "f", "f*", "B", "re", "l", "Do", "'"}:
            assert len(open_marks) == 1, f"{name} stands in {len(open_marks)} pieces"
    assert not open_marks
    return found


@pytest.mark.parametrize("document", [whole(), whole(cover=("Лесогорск", "2026"), draft=True, landscape=True)])
def test_every_piece_has_one_owner(document):
    with opened(render(document, ".pdf")) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip([int(key) for key in nums[::2]], nums[1::2], strict=True))
        for number, page in enumerate(pdf.pages):
            pieces = marked(page)
            assert sorted(pieces) == list(range(len(pieces)))
            assert int(page.obj.StructParents) == number
            assert len(owners[number]) == len(pieces)


def test_headings_tables_and_pictures_are_named():
    with opened(render(whole(), ".pdf")) as pdf:
        found = kinds(pdf)
        assert [kind for kind in found if kind[0] == "H"] == ["H1", "H2", "H2", "H3", "H2"]  # with the contents' own
        assert found.count("Table") == 1
        assert found.count("TR") == 2 + 1 + 2 * 60  # two lines of the head, the group's title, parts of rows
        assert found.count("TH") == 5 + 1
        assert found.count("TD") == 60 * (3 + 2)
        assert (found.count("TOC"), found.count("TOCI"), found.count("LI")) == (1, 2, 5)
        figures = [element for _d, kind, element in structure(pdf.Root.StructTreeRoot) if kind == "Figure"]
        assert [str(figure.Alt) for figure in figures] == [
            "QR-код: Приказ № 214",
            "График: Доли. По итогам 2026 года.",
        ]
        signs = [str(element.Alt) for _d, kind, element in structure(pdf.Root.StructTreeRoot) if kind == "Span"]
        assert signs == ["отмечено", "не отмечено"]


def test_cells_say_over_how_many_rows_and_columns_they_stand():
    with opened(render(paper(table(1)), ".pdf")) as pdf:
        cells = [element for _d, kind, element in structure(pdf.Root.StructTreeRoot) if kind in {"TH", "TD"}]
    told = [
        (str(cell.S), *(cell.get("/A", {}).get(name) for name in ("/ColSpan", "/RowSpan", "/Scope"))) for cell in cells
    ]
    assert told == [
        ("/TH", None, 2, "/Column"),  # №
        ("/TH", 2, None, "/Column"),  # Доля
        ("/TH", None, 2, "/Column"),  # Ещё
        ("/TH", None, None, "/Column"),
        ("/TH", None, None, "/Column"),
        ("/TH", 4, None, "/Row"),  # Город
        *[("/TD", None, 2, None)] * 3,
        *[("/TD", None, None, None)] * 2,
    ]


def test_a_row_torn_by_a_page_stays_one_row():
    with opened(render(paper(table(1, tall=90)), ".pdf")) as pdf:
        assert len(pdf.pages) > 1
        rows = [element for _d, kind, element in structure(pdf.Root.StructTreeRoot) if kind == "TR"]
        assert len(rows) == 2 + 1 + 2 + 1
        torn = rows[-1].K[1]
        pages = [torn.Pg.objgen, *[kid.Pg.objgen for kid in torn.K if isinstance(kid, pikepdf.Dictionary)]]
        assert pages == [page.objgen for page in pdf.pages]


def test_title_language_and_bookmarks():
    with opened(render(whole(), ".pdf")) as pdf:
        assert str(pdf.Root.Lang) == "ru-RU"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert str(pdf.docinfo["/Title"]) == "Список школ"
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert top.title == "Список школ"
            assert [item.title for item in top.children] == ["Содержание", "Раздел", "Приложение\u00a01. Состав"]
            assert [item.title for item in top.children[1].children] == ["Подраздел"]


def test_joined_papers_keep_their_structure():
    documents = [paper(paragraph("Один.")), paper(table(60)), paper(paragraph("Три."))]
    with opened(join(documents, "Все")) as pdf:
        found = kinds(pdf)
        assert found.count("Document") == found.count("H1") == 3
        assert found.count("TD") == 300
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert [int(key) for key in nums[::2]] == list(range(len(pdf.pages)))
        for page, owners in zip(pdf.pages, nums[1::2], strict=True):
            assert len(owners) == len(marked(page))


def test_the_same_document_gives_the_same_file():
    def made():
        drawn = render_pdf(whole(), invariant=True)
        with opened(drawn.data) as pdf:
            put_tags(pdf, [(drawn.tags, 0)])
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True)
        return buffer.getvalue()

    assert made() == made()


def test_spaces_between_lines_but_not_inside_a_word():
    assert lines(["Список", "школ-", "участниц", "года"]) == ["Список ", "школ-", "участниц ", "года"]


def test_a_part_has_one_place():
    root, part = Tag("Document"), Tag("P")
    root.add(part)
    Tag("Table").add(part)
    assert root.kids == [part]


if outside.PDFINFO:

    def test_poppler_reads_title_headings_and_tables_in_order(tmp_path):
        path = tmp_path / "a.pdf"
        path.write_bytes(render(paper(Heading("Раздел"), paragraph(LONG), table(1)), ".pdf"))
        run = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True)
        assert not run.stderr
        read = [line.strip() for line in run.stdout.splitlines() if line.strip()[:1] not in {"/", ""}]
        assert read == [
            "Document",
            "H1 (block)", '"Список школ"',
            "H2 (block)", '"Раздел"',
            "P (block)", f'"{LONG.strip()}"',
            "P (block)", '"Таблица 1"',
            "Table (block)",
            "TR", "TH:", '"№"', "TH:", '"Доля"', "TH:", '"Ещё"',
            "TR", "TH:", '"Было"', "TH:", '"Стало"',
            "TR", "TH:", '"Город"',
            "TR", "TD:", '"1"', "TD:", '"а"', "TD:", '"б"', "TD", '"в"',
            "TR", "TD", '"г"',
        ]  # fmt: skip


if outside.PREFLIGHT:

    def test_tagged_papers_are_pdf_a_before_and_after_a_signature(tmp_path):
        document = whole()
        made = finish_pdf(render_pdf(document))
        signed = sign_pdf(made, ivanova().p12, PASSWORD, place="a").pdf
        joined = join([paper(paragraph("Один.")), paper(table(60))], "Все")
        answers = outside.preflight(tmp_path, {"made": made, "signed": signed, "joined": joined})
        assert answers == dict.fromkeys(("made", "signed", "joined"), "valid")
