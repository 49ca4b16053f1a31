"""Names and document numbers of children stand in no file, log or backup of the program (format §5)."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.importers.gia import thresholds
from app.importers.parsed import FileReading, Hints, Known
from app.importers.reading import read_files
from app.models import backup
from app.models.store import Store
from app.operations import results
from tests.helpers.stores import made
from tests.helpers.workbooks import book
from tests.importers.gia.protocols import COMPACT_HEAD, OLD_HEAD, block, compact, old

SURNAME, NAME, PATRONYMIC = "Щукозубова", "Евстолия", "Феогностовна"
SERIES, NUMBER, CODE = "8127", "935714", "771946"
MARKERS = (SURNAME, NAME, PATRONYMIC, NUMBER, CODE)


def marked() -> list[object]:
    row = old(1, 213, 13450, 8, 23)
    row[6:11] = [SURNAME, NAME, PATRONYMIC, SERIES, NUMBER]
    return row


def protocol(path: Path) -> Path:
    """A protocol in which the marked pupil is counted, stands twice, is wrong in a cell and did not come."""
    wrong = marked()
    wrong[-1] = SURNAME
    strange = marked()
    strange[2] = NUMBER + SURNAME
    absent = marked()
    absent[-2:] = ["не явилась " + SURNAME, ""]
    other = compact(3, 13451, 8, 23, name=SURNAME)
    other[10:12] = [CODE, CODE]
    head = [*OLD_HEAD, "Балл"]
    rows = [
        *block("01 - Русский язык 2026.06.04", head, [marked(), marked(), wrong, strange, old(2, 213, 13450, 30, 70)]),
        *block("01 - Русский язык 2026.06.25", head, [absent]),
        *block("12 - Обществознание 2026.06.11", COMPACT_HEAD, [other]),
        *block("51 - Русский язык 2026.06.04", head, [marked()]),
    ]
    return book(path, rows)


def spellings(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
        yield marker.encode(encoding)
        yield marker.upper().encode(encoding)
        yield marker.lower().encode(encoding)


def found_in(data: bytes) -> list[str]:
    return [marker for marker in MARKERS if any(spelling in data for spelling in spellings(marker))]


def read_by_child(path: Path) -> FileReading:
    [reading] = read_files([path], Hints(), known=Known(thresholds=thresholds.load_shipped()))
    return reading


def test_the_search_itself_finds_markers(tmp_path: Path) -> None:
    assert found_in("Щукозубова".encode("utf-16-le")) == [SURNAME]
    plain = tmp_path / "a.csv"
    plain.write_text(f"{SURNAME};{NAME};{PATRONYMIC};{NUMBER};{CODE}", encoding="cp1251")
    assert found_in(plain.read_bytes()) == list(MARKERS)


def test_nothing_of_a_pupil_leaves_the_child(tmp_path: Path) -> None:
    reading = read_by_child(protocol(tmp_path / "протокол.xlsx"))
    assert reading.personal
    assert {(row.unit.codes[0][1], row.count.participants) for row in reading.marks} == {("213-13450", 2), ("13451", 1)}
    codes = {item.code for item in reading.problems}
    assert {"IMP_GIA_ROW_TWICE", "IMP_GIA_SCORE_STRANGE", "IMP_GIA_SCHOOL_STRANGE", "IMP_GIA_GVE"} <= codes
    assert found_in(pickle.dumps(reading)) == []
    assert found_in(repr(reading).encode()) == []


def test_nothing_of_a_pupil_is_stored_logged_or_backed_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source = protocol(tmp_path / "протокол.xlsx")
    folder = tmp_path / "база"
    folder.mkdir()
    path = folder / "район.opora"
    store: Store = made(path)
    plan = results.load(store, read_by_child(source), results.Options(create_schools=True))
    assert plan.accepted
    assert plan.rows_new >= 3
    copies = [backup.make(store.connection, path, reason="ручная")]
    while_open = {item.name: found_in(item.read_bytes()) for item in folder.rglob("*") if item.is_file()}
    assert any(name.endswith("-wal") for name in while_open)
    assert {name: found for name, found in while_open.items() if found} == {}
    store.close()
    written = [item for item in tmp_path.rglob("*") if item.is_file() and item != source]
    assert set(copies) | {path} <= set(written)
    assert {item.name: found for item in written if (found := found_in(item.read_bytes()))} == {}
    assert found_in(caplog.text.encode()) == []
