"""Real files of the shared folder; not collected where it is missing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.errors import CATALOGUE
from app.importers.parsed import Hints
from app.importers.reading import read_files
from tests.helpers.shared import SHARED

SAMPLES = sorted((SHARED / "samples").glob("*.xlsx")) if SHARED else []
CORPUS = [path for path in sorted((SHARED / "corpus" / "xlsx").glob("*")) if path.suffix != ".tsv"] if SHARED else []


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.name == "fisoko_mark_statistics.xlsx"], ids=str)
def test_the_sample_of_marks(path: Path) -> None:
    reading = read_files([path], Hints())[0]
    school = reading.marks[-1]
    count = school.count
    assert (count.participants, count.m2, count.m3, count.m4, count.m5) == (89, 11, 47, 24, 7)
    assert school.unit.codes == (("fisoko", "edu203389"),)
    assert [item for item in reading.problems if item.level != "hint"] == []


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.name == "fisoko_journal_comparison.xlsx"], ids=str)
def test_the_sample_of_the_journal(path: Path) -> None:
    reading = read_files([path], Hints())[0]
    comparison = reading.journals[-1].comparison
    assert (comparison.total, comparison.lowered, comparison.confirmed, comparison.raised) == (93, 52, 37, 4)
    assert reading.problems == ()


@pytest.mark.parametrize("folder", [SHARED] if CORPUS else [], ids=["shared"])
def test_the_corpus_of_nasty_workbooks(folder: Path) -> None:
    begun = time.monotonic()
    readings = read_files(CORPUS, Hints())
    assert time.monotonic() - begun < 10 * len(CORPUS)
    assert [reading.name for reading in readings] == [path.name for path in CORPUS]
    codes = {}
    for reading in readings:
        assert reading.refused is not None, reading.name
        codes[reading.name] = reading.refused.code
        assert reading.refused.message.count(".") >= 2  # what and cure
        assert CATALOGUE[reading.refused.code].cure
    assert "IMP_READER_DIED" not in codes.values()
    expected = {
        "protect.xlsx": "IMP_PASSWORD",
        "extenxls_pwd123.xlsx": "IMP_PASSWORD",
        "58616.xlsx": "IMP_PASSWORD",
        "pass_protected.xlsx": "IMP_PASSWORD",
        "password.xls": "IMP_PASSWORD",
        "poc-xmlbomb-empty.xlsx": "IMP_ENTITIES",
        "54764-2.xlsx": "IMP_ENTITIES",
        "invalid.xlsx": "IMP_DAMAGED",
        "clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx": "IMP_DAMAGED",
        "too_small.xls": "IMP_NOT_WORKBOOK",
        "sample-beta.xlsx": "IMP_UNREADABLE",
        # read, but hold no table of ours
        "issue_174.xlsx": "IMP_UNKNOWN",
        "53105.xlsx": "IMP_UNKNOWN",
        "49609.xlsx": "IMP_UNKNOWN",
        "sheetProtection_allLocked.xlsx": "IMP_EMPTY_BOOK",
        "nonstandard-xml-ns-prefix.xlsx": "IMP_UNKNOWN",
        "pivots.xlsx": "IMP_UNKNOWN",
        "SampleSS.ods": "IMP_UNKNOWN",
    }
    assert {name: codes[name] for name in expected if name in codes} == expected
