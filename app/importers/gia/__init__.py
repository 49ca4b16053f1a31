"""Protocols of ОГЭ and ЕГЭ, official tables «ЕГЭ by school», minimum thresholds."""

from __future__ import annotations

from app.importers.gia import ege_schools, protocol
from app.importers.recogniser import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser("gia_protocol", "протокол ОГЭ или ЕГЭ", frozenset({"gia"}), protocol.recognise, protocol.read),
    Recogniser("ege_schools", "ЕГЭ по школам", frozenset({"gia"}), ege_schools.recognise, ege_schools.read),
)
