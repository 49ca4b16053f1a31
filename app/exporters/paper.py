"""The formats a paper can be saved in; menus, commands and tests walk this one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import UserError
from app.exporters.docx import render_docx
from app.exporters.pdf import PdfPaper, render_pdf
from app.exporters.pdf.tags import put_tags
from app.exporters.pdfa import to_pdfa
from app.exporters.signature_places import add_signature_fields
from app.exporters.xlsx import render_xlsx
from app.reports.document import Document


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name for menus and the function that draws a document in it."""

    label: str
    render: Callable[[Document], bytes]


def finish_pdf(paper: PdfPaper) -> bytes:
    """Return the file that goes out: tagged PDF/A-1b with empty signature fields (decision 30)."""
    data = to_pdfa(paper.data, prepare=lambda pdf: put_tags(pdf, [(paper.tags, 0)]))
    return add_signature_fields(data, paper.places)


def _pdf(document: Document) -> bytes:
    return finish_pdf(render_pdf(document))


EXPORTERS: dict[str, Exporter] = {
    ".pdf": Exporter("PDF для подписи и печати", _pdf),
    ".docx": Exporter("Документ Word", render_docx),
    ".xlsx": Exporter("Таблица Excel", render_xlsx),
}


def render(document: Document, suffix: str) -> bytes:
    """Draw a document in the format of a file's suffix.

    Args:
        document: what to draw.
        suffix: «.pdf», «.docx» or «.xlsx», in any case of letters.

    Raises:
        UserError: ``PAPER_FORMAT`` for another suffix, ``PAPER_GLYPH``, ``PAPER_FONT``, ``PAPER_TOO_LONG``.
    """
    exporter = EXPORTERS.get(suffix.lower())
    if exporter is None:
        raise UserError("PAPER_FORMAT", suffix=suffix or "без окончания", known=", ".join(EXPORTERS))
    return exporter.render(document)


def suggested_name(document: Document, suffix: str) -> str:
    """Return a file name made of the title that every system takes."""
    words = "".join(char if char.isalnum() or char in " -№." else " " for char in document.title[0])
    return " ".join(words.split())[:80] + suffix
