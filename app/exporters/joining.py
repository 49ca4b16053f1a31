"""Several papers as one PDF/A-1b: their pages one after the other, a bookmark each."""

from __future__ import annotations

import io
from collections.abc import Sequence

from app.exporters.pdf import render_pdf
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

    parts = [render_pdf(document).data for document in documents]
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        starts = [0]
        for data in parts[1:]:
            starts.append(len(whole.pages))
            with pikepdf.open(io.BytesIO(data)) as part:
                whole.pages.extend(part.pages)
        with whole.open_outline() as outline:
            outline.root[:] = [
                pikepdf.OutlineItem(document.heading, start) for document, start in zip(documents, starts, strict=True)
            ]
        whole.docinfo["/Title"] = title
        buffer = io.BytesIO()
        whole.save(buffer)
    return to_pdfa(buffer.getvalue())
