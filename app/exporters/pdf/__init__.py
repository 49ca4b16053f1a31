"""PDF of a document: laid out by our own rules, drawn by reportlab. Call ``finish_pdf`` for a file that goes out."""

from __future__ import annotations

from app.exporters.pdf.render import PdfPaper, layout, render_pdf

__all__ = ["PdfPaper", "layout", "render_pdf"]
