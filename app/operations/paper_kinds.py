"""Every kind of paper, group by group."""

from __future__ import annotations

from app.operations.paper_catalogue import PaperKind

KINDS: tuple[PaperKind, ...] = ()
