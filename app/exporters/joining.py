"""Several papers as one PDF/A-1b: their pages one after the other, a bookmark each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate

from app.exporters.pdf import render_pdf
from app.exporters.pdf.tags import put_tags
from app.exporters.pdfa import to_pdfa
from app.reports.document import Document


def join(documents: Sequence[Document], title: str) -> bytes:
    """Return one PDF/A-1b.

    Args:
        documents: at least one, without places for signatures.
        title: of the whole file.

    Raises:
        UserError: ``PAPER_GLYPH``, ``PAPER_FONT``.
    """
    import pikepdf

    parts = [render_pdf(document) for document in documents]
    starts = [0, *accumulate(part.pages for part in parts)]
    with pikepdf.open(io.BytesIO(parts[0].data)) as whole:
        for paper in parts[1:]:
            with pikepdf.open(io.BytesIO(paper.data)) as part:
                whole.pages.extend(part.pages)
        with whole.open_outline() as outline:
            outline.root[:] = [
                pikepdf.OutlineItem(document.heading, start)
                for document, start in zip(documents, starts[:-1], strict=True)
            ]
        whole.docinfo["/Title"] = title
        put_tags(whole, [(paper.tags, start) for paper, start in zip(parts, starts[:-1], strict=True)])
        buffer = io.BytesIO()
        whole.save(buffer)
    return to_pdfa(buffer.getvalue())
