"""Two copies of a short paper on one sheet: it is cut in the middle, half the paper is saved."""

from __future__ import annotations

import io

from app.exporters.pdfa import to_pdfa

WIDTH, HEIGHT = 842, 595
"""A4 on its long side, in points."""


def two_up(data: bytes) -> bytes:
    """Return a PDF/A whose page holds two copies of the only page of a PDF; of a longer paper the very bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as source:
        if len(source.pages) != 1:
            return data
        title = str(source.docinfo.get("/Title", ""))
        made = pikepdf.new()
        page = made.add_blank_page(page_size=(WIDTH, HEIGHT))
        for left in (0, WIDTH / 2):
            page.add_overlay(source.pages[0], pikepdf.Rectangle(left, 0, left + WIDTH / 2, HEIGHT))
        made.docinfo["/Title"] = title
        made.Root.Lang = pikepdf.String("ru-RU")
        buffer = io.BytesIO()
        made.save(buffer)
    return to_pdfa(buffer.getvalue())
