"""Word form of a document, by python-docx: real styles, so that officials can go on working in it."""

from __future__ import annotations

from app.exporters.docx.render import render_docx

__all__ = ["render_docx"]
