"""Slides for a meeting: chosen tables and charts of a paper as a PowerPoint file."""

from app.exporters.pptx.render import Piece, render_pptx, slides_of
from app.exporters.pptx.tables import shortened

__all__ = ["Piece", "render_pptx", "shortened", "slides_of"]
