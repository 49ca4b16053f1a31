"""The journal of ten years is not many times dearer than reading its rows (decision 35: ratios, generous, small)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.store import open_reader
from app.operations import help_journal
from benchmarks import work
from benchmarks.measure import timed


@pytest.mark.parametrize("words", [work.WORDS, ""])
def test_the_journal_is_not_many_times_dearer_than_plain_sql(tmp_path: Path, words: str) -> None:
    path = str(work.begun(tmp_path, 3_000))
    mine, facts = work.ours(path, words, 5)
    bound, seen = work.raw(path, words, 5)
    assert seen["rows"] == 3_000
    assert facts["lines"] == (sum(_said(number) for number in range(3_000)) if words else 3_000)
    assert min(mine) / min(bound) < 8


def test_the_whole_page_is_not_many_times_dearer_than_its_rows(tmp_path: Path) -> None:
    path = str(work.begun(tmp_path, 3_000))
    mine, facts = work.board(path, 5)
    bound, _seen = work.raw(path, "", 5)
    assert facts["lines"] == 3_000
    assert min(mine) / min(bound) < 6


def test_a_search_costs_no_more_than_a_few_readings_however_many_words_it_has(tmp_path: Path) -> None:
    path = str(work.begun(tmp_path, 3_000))
    connection = open_reader(Path(path))
    words = "чтение совет сош выезд математика методист 2025 учител"
    mine = timed(lambda: help_journal.listing(connection, query=words), 5)
    connection.close()
    bound, _seen = work.raw(path, words, 5)
    assert min(mine) / min(bound) < 6


def _said(number: int) -> bool:
    """Of the seven topics the first tells of reading; «№ 7» also stands within «№ 17» and «№ 27»."""
    school = number * 7 % 40 + 1
    return number % 7 == 0 and "7" in f"{school} {work.LAST - timedelta(days=number * 3_650 // 3_000)}"
