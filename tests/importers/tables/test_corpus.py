"""The corpus of nasty workbooks against what its index expects; not collected where the shared folder is missing."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from app.importers.parsed import Hints
from app.importers.reading import read_files
from tests.helpers.shared import SHARED

FOLDER = SHARED / "corpus" / "xlsx" if SHARED else None
INDEX = FOLDER / "index.tsv" if FOLDER else None
ROWS = (
    [
        (row["file"], row["good_importer"])
        for row in csv.DictReader(INDEX.read_text("utf-8").splitlines(), delimiter="\t")
    ]
    if INDEX and INDEX.exists()
    else []
)
EITHER = frozenset({"53105.xlsx", "49609.xlsx", "xlsx-corrupted.xlsx", "xlmmacro.xlsm"})
"""The index lets these be read or refused; what must hold is one clear sentence."""
EMPTY = frozenset({"sheetProtection_allLocked.xlsx", "duplicate-filename-case-insensitive.xlsx"})
TOPS = {
    "SimpleStrict.xlsx": ("test", "", "1"),
    "sample.strict.xlsx": ("Lorem", "111"),
    "issue_419.xlsx": ("Hello",),
    "inlineStr_cdata.xlsx": ("Hello CDATA", "World"),
    "has_x000D_.xlsx": ("ABC DEF",),
    "date_1904.xlsx": ("01.01.2021", "15"),
    "merge_cells.xlsx": ("Row Merge", "", "Not Merged"),
    "66365.xlsx": ("Alice", "Alice"),
    "noSharedStringTable.xlsx": ("12.04.2006", "123"),
}
HEIGHTS = {"issue_174.xlsx": 2, "59746_NoRowNums.xlsx": 71, "issue_553.xlsx": 20, "nonstandard-xml-ns-prefix.xlsx": 3}


@pytest.mark.parametrize("folder", [FOLDER] if FOLDER and ROWS else [], ids=["corpus"])
def test_every_file_is_read_or_refused_as_the_index_says(folder: Path) -> None:
    paths = [folder / name for name, _ in ROWS if (folder / name).exists()]
    begun = time.monotonic()
    readings = {reading.name: reading for reading in read_files(paths, Hints())}
    assert time.monotonic() - begun < 10 * len(paths)
    expected = dict(ROWS)
    for name, reading in readings.items():
        assert reading.refused is not None, name  # none of them holds a table of ours
        read = reading.refused.code in {"IMP_UNKNOWN", "IMP_EMPTY_BOOK"}
        if name not in EITHER:
            assert read == expected[name].startswith("ACCEPT") or "ACCEPT" in expected[name], name
            assert read or expected[name].startswith("ERROR"), name
        assert bool(reading.grid) == (read and name not in EMPTY), name
        assert (reading.marks, reading.schools, reading.metrics) == ((), (), ()), name
    for name, top in TOPS.items():
        assert readings[name].grid[0].rows[0] == top, name
    for name, height in HEIGHTS.items():
        assert readings[name].grid[0].height == height, name
