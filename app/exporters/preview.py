"""Pages of a PDF as pictures, for the preview and for printing (decision 28). pypdfium2 loads at the first call."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from app.errors import UserError

POINTS_PER_INCH = 72
_ONE_AT_A_TIME = threading.RLock()
"""PDFium is one library with one state: two threads in it at once crash the program."""


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        UserError: ``PAPER_NO_PREVIEW``.
    """
    with _opened(pdf) as document:
        return len(document)


def pages_to_png(pdf: bytes, dpi: int, pages: Iterable[int] | None = None) -> list[bytes]:
    """Draw pages as PNG.

    Args:
        pdf: the file.
        dpi: points an inch: 96 for the screen, 300 and more for paper.
        pages: numbers counted from 0; all when None. A long paper is better drawn page by page.

    Raises:
        UserError: ``PAPER_NO_PREVIEW`` where the file is damaged or locked.
    """
    with _opened(pdf) as document:
        chosen = range(len(document)) if pages is None else pages
        return [_png(document, number, dpi) for number in chosen]


def page_of_width(pdf: bytes, page: int, width: int) -> tuple[int, int, bytes]:
    """Draw one page so that it is ``width`` pixels wide; returns width, height and PNG.

    Raises:
        UserError: ``PAPER_NO_PREVIEW``.
    """
    with _opened(pdf) as document:
        across, down = document[page].get_size()
        dpi = width * POINTS_PER_INCH / across
        return width, round(width * down / across), _png(document, page, dpi)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise UserError("PAPER_NO_PREVIEW") from error
        try:
            if document.get_formtype():
                document.init_forms()  # marks of signatures are form fields: without this they stay invisible
            yield document
        finally:
            document.close()


def _png(document: Any, number: int, dpi: float) -> bytes:
    import pypdfium2

    try:
        page = document[number]
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, may_draw_forms=True)
    except pypdfium2.PdfiumError as error:
        raise UserError("PAPER_NO_PREVIEW") from error
    buffer = io.BytesIO()
    bitmap.to_pil().save(buffer, "PNG")
    page.close()
    return buffer.getvalue()
