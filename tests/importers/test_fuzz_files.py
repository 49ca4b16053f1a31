"""Spoilt files under every reader: spoilt zips through the reading child, spoilt parts and text tables here.

Parts cut short, doubled, their cells of another type; bytes flipped wherever they are. A file may be read or refused,
also by the death of the child; it may not be a bug of ours, and no file takes ten seconds.
"""

from __future__ import annotations

import csv
import io
import random
import time
from pathlib import Path

import pytest

from app.errors import CATALOGUE
from app.importers.grid import text
from app.importers.opening import read_here
from app.importers.parsed import FileReading, Hints
from app.importers.reading import Limits, read_files
from tests.importers.examples import EXAMPLES, KNOWN
from tests.importers.mutations import spoil_bytes, spoil_parts, spoil_text
from tests.importers.test_fuzz import LONGEST_SECONDS, SAID, judge, tables_of

PARTS, RAW, TEXTS = 28, 12, 20
ENCODINGS = ("utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le")


def judge_file(reading: FileReading) -> None:
    """Fail where a file ended in anything but a coded message."""
    judge(reading)
    code = reading.refused.code if reading.refused else ""
    assert code not in {"IMP_READER_FAULT", "IMP_READER_TIME", "IMP_READER_MEMORY"}, reading.name


@pytest.fixture(scope="module")
def through_the_child(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[FileReading]]:
    """Spoilt zips, read in one batch: what spoils the zip itself might end the process that reads it."""
    folder = tmp_path_factory.mktemp("spoilt")
    files = {kind: _raw(kind, folder, make(folder / f"{kind}.xlsx")) for kind, make in EXAMPLES.items()}
    paths = [path for listed in files.values() for path in listed]
    readings = iter(read_files(paths, SAID, known=KNOWN, limits=Limits(seconds=LONGEST_SECONDS)))
    return {kind: [next(readings) for _ in listed] for kind, listed in files.items()}


def _raw(kind: str, folder: Path, source: Path) -> list[Path]:
    data = source.read_bytes()
    found = []
    for number in range(RAW):
        path = folder / f"{kind}-{number}.xlsx"
        path.write_bytes(spoil_bytes(random.Random(f"{kind} raw {number}"), data))
        found.append(path)
    return found


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_spoilt_zips(kind: str, through_the_child: dict[str, list[FileReading]]) -> None:
    readings = through_the_child[kind]
    assert len(readings) == RAW
    assert all(reading.name.startswith(f"{kind}-") for reading in readings)
    for reading in readings:
        judge_file(reading)
    assert any(reading.refused is not None for reading in readings)


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_spoilt_parts(kind: str, tmp_path: Path) -> None:
    source = EXAMPLES[kind](tmp_path / "honest.xlsx")
    read, path = 0, tmp_path / f"{kind}.xlsx"
    for number in range(PARTS):
        spoil_parts(random.Random(f"{kind} part {number}"), source, path)
        begun = time.monotonic()
        try:
            reading = read_here(path, SAID, KNOWN)
        except Exception as fault:
            raise AssertionError(f"{kind} part {number}: {type(fault).__name__}: {fault}") from fault
        judge_file(reading)
        read += reading.refused is None
        assert time.monotonic() - begun < LONGEST_SECONDS
    assert read, "some faults must leave the file readable"


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_spoilt_texts(kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    tables = [rows for _, rows in tables_of(kind, tmp_path_factory.getbasetemp())]
    table = [[text(value) for value in row] for row in max(tables, key=lambda rows: sum(map(len, rows)))]
    refused = 0
    for number in range(TEXTS):
        chance = random.Random(f"{kind} text {number}")
        stream = io.StringIO()
        csv.writer(stream, delimiter=chance.choice(";,\t")).writerows(table)
        data = stream.getvalue().encode(chance.choice(ENCODINGS), errors="replace")
        path = tmp_path / f"{number}.csv"
        path.write_bytes(spoil_text(chance, data))
        begun = time.monotonic()
        try:
            reading = read_here(path, chance.choice((SAID, Hints())), KNOWN)
        except Exception as fault:
            raise AssertionError(f"{kind} text {number}: {type(fault).__name__}: {fault}") from fault
        judge_file(reading)
        refused += reading.refused is not None
        assert reading.refused is None or reading.refused.code in CATALOGUE
        assert time.monotonic() - begun < LONGEST_SECONDS
    assert refused < TEXTS, "some faults must leave the table readable"
