"""Exports with a row a pupil: everything becomes counts per school while it is read."""

from __future__ import annotations

from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
