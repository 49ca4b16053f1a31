"""Files that once took too long or ended badly. A new case is a maker and a line in ``CASES``."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.importers.opening import read_here
from app.importers.parsed import Hints
from tests.helpers.workbooks import book
from tests.importers.examples import KNOWN


def wide_rows(path: Path) -> Path:
    """Two rows of 16,384 cells: every reader looked for its headings in each of them (17 s)."""
    return book(path, [[f"x{i}" for i in range(16_384)], [1] * 16_384])


def many_texts(path: Path) -> Path:
    """Forty rows of a hundred different texts, none a heading: each was held against every pattern (10 s)."""
    return book(path, [[f"Колонка {row} и {column}" for column in range(100)] for row in range(40)])


def open_quotation_mark(path: Path) -> Path:
    """A quotation mark nobody closed at the beginning: every line after it was joined to it."""
    text = "\n".join(['"Школа;Участников', *(f'Школа "{i}";5' for i in range(5_000))])
    path = path.with_suffix(".csv")
    path.write_text(text, encoding="utf-8")
    return path


CASES: dict[str, tuple[Callable[[Path], Path], frozenset[str]]] = {
    "wide rows": (wide_rows, frozenset({"IMP_UNKNOWN"})),
    "many texts": (many_texts, frozenset({"IMP_UNKNOWN"})),
    "an open quotation mark": (open_quotation_mark, frozenset()),
}
"""Name → (maker, the codes with which the file may be refused; none where it must be read)."""


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_that_was_found(name: str, tmp_path: Path) -> None:
    make, codes = CASES[name]
    path = make(tmp_path / "a.xlsx")
    begun = time.monotonic()
    reading = read_here(path, Hints(), KNOWN)
    assert time.monotonic() - begun < 10
    assert (reading.refused.code if reading.refused else None) in (codes or {None})
    assert bool(reading.grid) == bool(codes)
