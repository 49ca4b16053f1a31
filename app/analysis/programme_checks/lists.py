"""Reading the lists of words of the checks."""

from __future__ import annotations

import tomllib
from functools import cache

from app.analysis.programme_checks.model import EmptyWord, Words
from app.paths import resources


@cache
def read_words() -> Words:
    """Return the shipped lists of words (``resources/programme/check_words.toml``)."""
    found = tomllib.loads((resources() / "programme" / "check_words.toml").read_text(encoding="utf-8"))
    empty = tuple(EmptyWord(item["shown"], tuple(item["stems"]), item["ask"]) for item in found["empty"])
    results = found["results"]
    return Words(empty, *(tuple(results[name]) for name in ("products", "numerals", "wholes", "counted")))
