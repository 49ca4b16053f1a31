"""Where the shared examples lie, if they lie here at all."""

from __future__ import annotations

from pathlib import Path

_SIBLING = Path(__file__).resolve().parents[3] / "shared"

SHARED: Path | None = _SIBLING if _SIBLING.is_dir() else None
"""The folder ``shared`` beside the checkout; tests that need it are not collected when it is None."""
