"""Tables nobody knows beforehand: layout, column maps, saved profiles."""

from __future__ import annotations

from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
