"""Protocols and tables of the state examinations (ОГЭ, ЕГЭ, ГВЭ)."""

from __future__ import annotations

from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
