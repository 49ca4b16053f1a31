"""Charts drawn from their data: the same figure for the window, for files and for papers (decision 27)."""

from __future__ import annotations

from app.exporters.charts.drawing import Drawing, draw
from app.exporters.charts.stage import Area, Word

__all__ = ["Area", "Drawing", "Word", "draw"]
