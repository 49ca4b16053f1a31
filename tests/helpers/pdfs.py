"""Small PDF files for tests, and what a stranger may do to them."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf

from app.exporters.pdfa import to_pdfa
from app.exporters.signature_places import SignaturePlace, add_signature_fields
from app.exporters.signing import sign_pdf
from app.exporters.stamp import register_fonts
from tests.helpers.certificates import PASSWORD, Person, ivanova, petrov

A4 = (595.28, 841.89)
CHAIR = SignaturePlace("chair", 0, (60.0, 100.0, 286.0, 185.0), "Председатель комиссии")
CLERK = SignaturePlace("clerk", 0, (300.0, 100.0, 526.0, 185.0), "Секретарь")
HIDDEN = SignaturePlace("hidden", 0, (0.0, 0.0, 0.0, 0.0), "")


def paper(pages: int = 1, size: tuple[float, float] = A4, text: str = "Список школ") -> bytes:
    """A paper as our renderer makes it: Tinos embedded, a title, nothing else."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    buffer = io.BytesIO()
    first: Any = "Tinos"
    canvas = Canvas(buffer, pagesize=size, initialFontName=first)
    canvas.setTitle("Список школ & «основания» <2026>")
    canvas.setAuthor("Методическая служба")
    for _ in range(pages):
        canvas.setFont("Tinos", 14)
        canvas.drawString(40, size[1] / 2, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bare(pages: int = 1) -> bytes:
    """The smallest PDF: empty pages, no font."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    buffer = io.BytesIO()
    pdf.save(buffer, static_id=True)
    return buffer.getvalue()


@cache
def with_places() -> bytes:
    """Our paper as PDF/A with places for two signers."""
    return add_signature_fields(to_pdfa(paper()), [CHAIR, CLERK])


def signed_by(pdf: bytes, who: Person, **more: Any) -> bytes:
    return sign_pdf(pdf, who.p12, PASSWORD, **more).pdf


@cache
def signed_once() -> bytes:
    return signed_by(with_places(), ivanova())


@cache
def signed_twice() -> bytes:
    return signed_by(signed_once(), petrov())


@cache
def small_signed() -> bytes:
    """A signed file of a few kilobytes without a drawing."""
    return signed_by(add_signature_fields(bare(), [HIDDEN]), ivanova(), place="hidden")


def updated(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """Append an incremental update, as a forger or a careless editor would.

    Args:
        change: gets the pyHanko writer.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def rewritten(pdf: bytes) -> bytes:
    """Open and save, as a «PDF optimiser» does."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Title"] = pikepdf.String("Другое название")
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def byte_range(pdf: bytes) -> tuple[int, int, int, int]:
    """Byte range of the last signature in the file."""
    start = pdf.rindex(b"/ByteRange")
    numbers = pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split()
    a, b, c, d = (int(number) for number in numbers)
    return a, b, c, d


def flipped(pdf: bytes, position: int, mask: int = 1) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ mask]) + pdf[position + 1 :]
