"""A programme in its three forms: the same pages in Word and PDF, the same table everywhere, totals that count."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from app.exporters.docx import render_docx
from app.exporters.paper import render
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.models.store import Store
from app.operations import programme_edit as edit
from app.operations import programme_life, programme_papers, programmes
from app.reports.document import (
    ChartBlock,
    Column,
    Contents,
    Document,
    Group,
    Heading,
    Meta,
    Roubles,
    Row,
    Table,
    Turn,
    paragraph,
)
from app.reports.profile import GOST_2025
from tests.helpers import outside
from tests.helpers.blanks import converted, sheets
from tests.helpers.charts import LINE
from tests.helpers.programme_papers import TERMS, Filler, filled
from tests.helpers.projections import docx_part, pdf_text, xlsx_book
from tests.helpers.stores import made

META = Meta("Управление", "2026-11-22T14:05:00", "Проба")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENTRY = re.compile(r"^(.*?)[ .]*\.{3,}[ .]*(\d+)$")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = made(tmp_path_factory.mktemp("p") / "p.opora")
    filled(opened, tasks=12, activities=6)
    yield opened
    opened.abandon()


@pytest.fixture(scope="module")
def document(store: Store) -> Document:
    key = programmes.current(store.connection)
    assert key is not None
    return programme_papers.paper(store.connection, key).document


def entries(page: str) -> list[tuple[str, int]]:
    """Return the lines of a page of contents: text and page number."""
    lines = re.sub(r"[^\S\n]+", " ", page.replace("\xa0", " ")).splitlines()
    return [(match[1].strip(), int(match[2])) for line in lines if (match := ENTRY.match(line.strip()))]


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def test_contents_of_the_pdf_name_the_pages_where_headings_stand(document: Document) -> None:
    pages = pdf_text(render_pdf(document).data)
    found = entries(pages[1])
    headings = [plain(block.text) for block in document.blocks if isinstance(block, Heading)]
    assert [text for text, _page in found] == headings
    for text, page in found:
        assert text in plain(pages[page - 1])


def test_bookmarks_of_the_pdf_lead_to_the_headings(document: Document) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(render(document, ".pdf"))
    marks = {plain(item.get_title()): item.get_dest().get_index() + 1 for item in pdf.get_toc()}
    pages = pdf_text(render_pdf(document).data)
    for text, page in entries(pages[1]):
        assert marks[text] == page
    pdf.close()


def test_text_of_the_pdf_is_in_reading_order(document: Document) -> None:
    text = plain(" ".join(pdf_text(render(document, ".pdf"))))
    places = [text.index(word) for word in (
        "УТВЕРЖДАЮ", "Начальник управления образования", "Поддержка школ", "Содержание", "Раздел паспорта",
        "Таблица 2.", "Планируемый результат", "Всего по программе", "Целевое значение по годам",
    )]  # fmt: skip
    assert places == sorted(places)


def test_pages_lie_where_tables_are_wide_and_numbers_go_on(document: Document) -> None:
    import pypdfium2

    data = render_pdf(document).data
    pdf = pypdfium2.PdfDocument(data)
    lying = [width > height for width, height in (page.get_size() for page in pdf)]
    pdf.close()
    assert lying[0] is lying[-1] is False
    assert True in lying
    for number, page in enumerate(pdf_text(data)[1:], start=2):
        assert plain(page.splitlines()[0]) == f"{number} ПРОЕКТ, редакция 1"


def test_contents_of_word_are_its_own_field_already_filled(document: Document) -> None:
    data = render_docx(document)
    body = docx_part(data, "word/document.xml")
    told = [str(node.text).strip() for node in body.iter(f"{W}instrText")]
    assert told[0] == r'TOC \o "1-2" \h \z \u'
    kinds = [node.get(f"{W}fldCharType") for node in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(told)
    marks = {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    assert {text.split()[1] for text in told[1:]} <= marks
    opened: Any = docx.Document(io.BytesIO(data))
    styles = [line.style.name for line in opened.paragraphs]
    assert {"toc 1", "toc 2", "Heading 1", "Heading 2"} <= set(styles)
    numbers = [line.text.split("\t") for line in opened.paragraphs if line.style.name.startswith("toc")]
    assert [(plain(text), int(page)) for text, page in numbers] == entries(pdf_text(render_pdf(document).data)[1])


def test_sections_of_word_keep_margins_and_only_the_first_page_has_no_number(document: Document) -> None:
    opened: Any = docx.Document(io.BytesIO(render_docx(document)))
    sections = opened.sections
    assert [round(part.page_width.mm) for part in sections] == [210, 297, 210]
    for part in sections:
        sides = (part.left_margin, part.right_margin, part.top_margin, part.bottom_margin)
        assert [round(side.mm) for side in sides] == [20, 10, 20, 20]
    assert [part.different_first_page_header_footer for part in sections] == [True, False, False]
    assert sections[0].header.paragraphs[1].text == "ПРОЕКТ, редакция\xa01"


def plan_of_word(data: bytes) -> list[list[str]]:
    """Return the rows of the plan; the title of a task, which stands over a row, is put before its rows."""
    table = next(t for t in docx.Document(io.BytesIO(data)).tables if t.cell(0, 1).text == "Мероприятие")
    rows, title = [], ""
    for row in table.rows[1:]:
        cells = [plain(cell.text.replace("\n", " / ")) for cell in row.cells]
        if len(set(cells)) == 1:
            title = cells[0]
        else:
            rows.append([title, *cells])
    return rows


def test_the_plan_is_the_same_table_in_word_and_excel(store: Store) -> None:
    key = programmes.current(store.connection)
    assert key is not None
    paper = programme_papers.paper(store.connection, key, "plan")
    sheet = xlsx_book(render_xlsx(paper.document))["План"]
    grid = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    first = next(n for n, row in enumerate(grid) if row[1] == "№") + 1
    assert grid[first - 1] == ["Задача", "№", "Мероприятие", "Сроки", "Ответственный", "Планируемый результат"]
    excel = [[plain(cell.replace("\n", " / ")) for cell in row] for row in grid[first : first + 72]]
    word = plan_of_word(render_docx(paper.document))
    assert excel == word
    assert len(word) == 72
    typed = [TERMS[(task + place) % len(TERMS)] for task in range(1, 13) for place in range(1, 7)]
    assert [row[3] for row in word] == [term or "[не заполнено: срок]" for term in typed]


def test_lines_typed_into_one_cell_stay_apart(tmp_path: Path) -> None:
    opened = made(tmp_path / "p.opora")
    key = programmes.create(opened, "municipal", "Меры", 2019, 2020, document="complex")
    node = edit.add(opened, key, "activity", "Провести отбор ОО")
    edit.put_term(opened, node, "август – декабрь 2019 года")
    edit.put_responsible(opened, node, ["ГОУДПО «КРИРО»", "муниципальные органы, ОО"])
    edit.put_results(opened, node, ["1. Список ОО", "2. Приказ"])
    edit.put_activity(opened, node, label="1.1.")
    paper = programme_papers.paper(opened.connection, key, "plan")
    (row,) = plan_of_word(render_docx(paper.document))
    assert row[1:] == [
        "1.1.", "Провести отбор ОО", "август – декабрь 2019 года", "ГОУДПО «КРИРО» / муниципальные органы, ОО",
        "1. Список ОО / 2. Приказ",
    ]  # fmt: skip
    opened.abandon()


def test_an_approved_edition_is_printed_as_it_was_frozen(tmp_path: Path) -> None:
    opened = made(tmp_path / "p.opora")
    key = filled(opened, tasks=1)
    act = {"act_kind": "Приказ управления образования", "act_number": "214", "act_date": "2026-11-28"}
    programme_life.approve(opened, key, **act)
    paper = programme_papers.paper(opened.connection, key)
    assert paper.snapshot_id is not None
    pages = pdf_text(render(paper.document, ".pdf"))
    assert "УТВЕРЖДЕНА" in pages[0]
    assert plain(pages[0]).count("приказом управления образования от 28.11.2026 № 214") == 1
    assert "УТВЕРЖДАЮ" not in pages[0]
    assert "снимок данных" in pages[1]
    assert not any("ПРОЕКТ" in page or "ПОДПИСЬЮ" in page for page in pages)
    opened.abandon()


# --- parts that any paper can use --------------------------------------------------------------------------------


def test_headings_over_many_pages_and_long_names_in_the_contents() -> None:
    long = "Совершенствование системы методического сопровождения педагогических и управленческих команд " * 2
    blocks: list[Any] = [Contents(depth=1)]
    for number in range(1, 60):
        blocks += [Heading(f"{number}. {long}" if number % 9 == 0 else f"{number}. Раздел"), paragraph("Слова. " * 90)]
        if number == 30:
            blocks.append(Turn(True))
    paper = Document(("Отчёт",), META, tuple(blocks), cover=("Округ", "2026"), profile=GOST_2025)
    pages = pdf_text(render_pdf(paper).data)
    told = [text for text in pages[1:4] if "...." in text]
    assert len(told) == 2  # the contents themselves take two pages, and the numbers count them
    found = [entry for page in told for entry in entries(page)]
    assert len(found) == 59
    for text, page in found:
        assert plain(text.split("команд")[-1])[-9:] in plain(pages[page - 1])


def test_a_picture_of_a_long_paper_is_not_cut_to_one_line() -> None:
    blocks = (paragraph("Слова."), ChartBlock(LINE))
    paper = Document(("Отчёт",), META, blocks, profile=GOST_2025)
    opened: Any = docx.Document(io.BytesIO(render_docx(paper)))
    words, picture = opened.paragraphs[1:3]
    assert words.style.paragraph_format.line_spacing.pt == pytest.approx(GOST_2025.leading, abs=0.1)
    assert picture.paragraph_format.line_spacing == 1.0


def test_sources_with_signs_of_conditions_are_summed_as_they_are() -> None:
    columns = (
        Column("№", 1), Column("Источник", 3, inner=True), Column("2026", 2, inner=True, money=True),
        Column("Всего", 2, inner=True, money=True, total=True),
    )  # fmt: skip
    sums = (("Фонд *", 100), ("Фонд 2", 250), ('"За"', 50))
    rows = tuple(Row((str(n),), ((name, Roubles(k), Roubles(k)),)) for n, (name, k) in enumerate(sums))
    total = Row(("",), tuple((name, Roubles(k), Roubles(k)) for name, k in sums), total="all")
    table = Table("Деньги", columns, (Group(rows), Group((total,))))
    sheet = xlsx_book(render_xlsx(Document(("Т",), META, (table,))))["Деньги"]
    made_by = [cell.value for cell in sheet["C"] if str(cell.value).startswith("=")]
    assert made_by == [
        '=SUMIF(B4:B6,"=Фонд ~*",C4:C6)', '=SUMIF(B4:B6,"=Фонд 2",C4:C6)', '=SUMIF(B4:B6,"=""За""",C4:C6)',
    ]  # fmt: skip


if outside.needs("soffice"):

    def test_word_has_the_same_pages_in_libreoffice(tmp_path: Path, document: Document) -> None:
        theirs = pdf_text(converted(tmp_path, render_docx(document), "pdf", source="docx"))
        ours = pdf_text(render_pdf(document).data)
        assert len(theirs) == len(ours)
        assert entries(theirs[1]) == entries(ours[1])
        for text, page in entries(theirs[1]):
            assert text in plain(theirs[page - 1])
        heads = [table.columns[0].title for table in document.tables()]
        for other, mine in zip(theirs[2:], ours[2:], strict=True):
            assert [head for head in heads if head in other] == [head for head in heads if head in mine]
        assert not any("Error" in page for page in theirs)

    def test_totals_count_in_libreoffice(tmp_path: Path, store: Store) -> None:
        key = programmes.current(store.connection)
        assert key is not None
        data = render_xlsx(programme_papers.paper(store.connection, key, "money").document)
        # the sums that were written beside the formulas are taken away: the program must count itself
        book = xlsx_book(data)
        bare = io.BytesIO()
        book.save(bare)
        counted = sheets(converted(tmp_path, bare.getvalue(), "xlsx"))["Деньги"]
        told = sheets(data)["Деньги"]
        assert len(counted) == len(told)
        numbers = 0
        for mine, other in zip(told, counted, strict=True):
            for value, again in zip(mine, other, strict=True):
                if isinstance(value, float):
                    assert again == pytest.approx(value, abs=0.001)
                    numbers += 1
        assert numbers > 300


def test_a_programme_four_times_as_long_takes_about_four_times_as_long(tmp_path: Path) -> None:
    """The whole bench stands in ``make bench``; here only the growth: squared work would show as sixteen."""
    took: dict[int, list[float]] = {}
    for tasks in (10, 40):
        opened = made(tmp_path / f"{tasks}.opora")
        key = programmes.create(opened, "municipal", "Меры", 2026, 2028)
        with opened.operation("Заполнена программа", "programme.edit") as operation:
            Filler(operation, key, (2026, 2028)).fill(tasks, 10, 5)
        made_paper = programme_papers.paper(opened.connection, key).document
        took[tasks] = []
        for _time in range(2):
            start = time.process_time()
            for suffix in (".pdf", ".docx", ".xlsx"):
                render(made_paper, suffix)
            took[tasks].append(time.process_time() - start)
        opened.abandon()
    assert min(took[40]) < 9 * min(took[10])
