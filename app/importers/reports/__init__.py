"""Reports and long tables in percent, and lists that come from outside."""

from __future__ import annotations

from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
