"""Tables nobody knows beforehand: layout, column maps, saved profiles."""

from __future__ import annotations

from app.importers.recogniser import Recogniser
from app.importers.tables import known_tables
from app.importers.tables.known_tables import read
from app.importers.tables.profile import TARGETS
from app.importers.tables.views import ROWS, grids, look, propose

__all__ = ["RECOGNISERS", "ROWS", "grids", "look", "propose", "read"]

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "metrics", "показатели контекста", frozenset({"context"}), known_tables.nobody, known_tables.read_metrics,
        known_tables.recognise_metrics,
    ),
    Recogniser(
        "table", "таблица по разметке", frozenset(TARGETS), known_tables.nobody, known_tables.read,
        known_tables.recognise,
    ),
)  # fmt: skip
