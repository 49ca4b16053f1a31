"""Every paper of the catalogue as readable text, made of one example: a change must be looked at and taken on purpose.

``OPORA_UPDATE_GOLDEN=1`` writes the files anew; the texts say what stands where, whatever the bytes are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from app.exporters.docx import render_docx
from app.exporters.glyphs import typeset
from app.exporters.paper import finish_pdf
from app.exporters.pdf import render_pdf
from app.exporters.xlsx import render_xlsx
from app.models.store import Store
from app.operations import demo, paper_catalogue, papers, slides
from app.operations.paper_catalogue import PaperKind
from app.operations.papers import Paper
from app.reports.document import Document
from tests.helpers import fixed_clock, outside
from tests.helpers.golden import FOLDER, check_golden
from tests.helpers.projections import docx_projection, pdf_projection, pdf_text, xlsx_projection

DAY = fixed_clock.MOMENT.date()
KINDS = paper_catalogue.kinds()
LONGEST = 260
"""Lines of a golden file: a long paper is told by its beginning, its end and the number of lines between."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with fixed_clock.standing():
        store = Store.create(
            tmp_path_factory.mktemp("golden") / "Лесогорск.opora", name="Лесогорский округ", actor="Ким О. В."
        )
        demo.fill(store, schools=6)
        yield store
        store.abandon()


def shortened(text: str) -> str:
    lines = text.splitlines()
    if len(lines) <= LONGEST:
        return text
    half = LONGEST // 2
    return "\n".join([*lines[:half], f"… ещё строк: {len(lines) - 2 * half} …", *lines[-half:]])


def made(store: Store, item: PaperKind) -> Paper:
    values = paper_catalogue.usual(store.connection, item, DAY)
    return paper_catalogue.make(store.connection, item.key, values, DAY)


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.key)
def test_paper(example: Store, item: PaperKind) -> None:
    document = made(example, item).document
    drawn = render_pdf(document)
    check_golden(f"papers/{item.key}.pdf.txt", shortened(pdf_projection(drawn.data)))
    check_golden(f"papers/{item.key}.docx.txt", shortened(docx_projection(render_docx(document))))
    check_golden(f"papers/{item.key}.xlsx.txt", shortened(xlsx_projection(render_xlsx(document))))
    goes_out(finish_pdf(drawn), document)


def goes_out(pdf: bytes, document: Document) -> None:
    """Check what every file that goes out has: title, language, bookmarks, structure over all pages."""
    title = typeset(document.heading)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == title
        assert str(opened.Root.Lang) == "ru-RU"
        with opened.open_outline() as outline:
            assert [line.title for line in outline.root] == [title]
        whole = opened.Root.StructTreeRoot.K[0]
        assert str(whole.S) == "/Document"
        assert "/H1" in [str(part.S) for part in whole.K]
        assert [int(page.obj.StructParents) for page in opened.pages] == list(range(len(opened.pages)))


def test_no_golden_file_is_left_of_a_paper_that_is_gone() -> None:
    known = {f"{item.key}.{form}.txt" for item in KINDS for form in ("pdf", "docx", "xlsx")}
    assert {path.name for path in Path(FOLDER / "papers").iterdir()} == known


if outside.SOFFICE:

    @pytest.mark.slow
    @pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
    def test_libreoffice_opens_every_paper(example: Store, tmp_path: Path, suffix: str) -> None:
        every = {f"{item.key}{suffix}": made(example, item) for item in KINDS}
        files = {name: papers.render(paper, suffix).data for name, paper in every.items()}
        opened = outside.opened_by_libreoffice(tmp_path, files)
        assert sorted(opened) == sorted(files)
        for name, pdf in opened.items():
            told = "".join("".join(pdf_text(pdf)).split())
            assert "".join(every[name].document.title[0].split()) in told, name


if outside.IMPRESS:

    def test_libreoffice_opens_slides_and_shows_as_many(example: Store, tmp_path: Path) -> None:
        files, wanted = {}, {}
        for key in ("school_card", "programme_money", "dynamics"):
            paper = made(example, paper_catalogue.kind(key))
            chosen = slides.blocks(paper.document)
            files[f"{key}.pptx"] = slides.render_slides(paper, chosen).data
            wanted[f"{key}.pptx"] = 1 + sum(choice.slides for choice in chosen)
        opened = outside.opened_by_libreoffice(tmp_path, files)
        assert {name: len(pdf_text(pdf)) for name, pdf in opened.items()} == wanted
