"""Every format is known as itself, and nothing of a pupil leaves the reading."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.importers import guard
from app.importers.book import Book, open_sheets
from app.importers.registry import LEAST_SURE, RECOGNISERS
from tests.helpers.workbooks import journal_wide, mark_statistics, marks_table, pupil, pupils_2021, schools_table
from tests.importers.pupils.books import (
    autumn,
    autumn_pupil,
    collected,
    collected_pupil,
    f1,
    f1_pupil,
    form,
    form_pupil,
    section,
)
from tests.importers.reads import read

Make = Callable[[Path], Path]
SCALE = {"scale": "1/3/4/6"}
STATISTICS = ("МБОУ «СОШ»(edu203389)", None, 89, 12.36, 52.81, 26.97, 7.87)
JOURNAL = ("МБОУ «СОШ»(edu203389)", 4, 25, 1, 50, 2, 25, 1)
EXAMPLES: dict[str, Make] = {
    "individual": lambda path: f1(path, [section(1), f1_pupil([2, 1, 1, 2], 5)]),
    "pupils_2020": lambda path: autumn(path, [autumn_pupil(["1", "2"])]),
    "pupils_2021": lambda path: pupils_2021(path, [pupil("sch220001", ["1"] * 13)]),
    "pupils_2022": lambda path: collected(path, [collected_pupil([5, 1, 2])]),
    "collection_form": lambda path: form(path, [form_pupil([5, 1, 2])]),
    "mark_statistics": lambda path: mark_statistics(path, [STATISTICS]),
    "journal": lambda path: journal_wide(path, [JOURNAL]),
    "marks": lambda path: marks_table(path, [["Школа", "", 2026, "ВПР", "МА", 6, 9, 1, 2, 3, 3, 1, ""]]),
    "schools": lambda path: schools_table(path, [["", "edu203389", "", "", "", "", "Школа", "", "", "", "", ""]]),
}
PUPILS = ("individual", "pupils_2020", "pupils_2021", "pupils_2022", "collection_form")


def opened(path: Path) -> Book:
    sheets, hidden = open_sheets(path, guard.check(path))
    return Book(str(path), path.name, 1, "0" * 64, sheets, hidden)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_is_surest_of_its_own_kind(tmp_path: Path, kind: str) -> None:
    book = opened(EXAMPLES[kind](tmp_path / "a.xlsx"))
    sure: dict[str, float] = {r.kind: found for r in RECOGNISERS if (found := r.recognise(book)) is not None}
    assert sure.pop(kind) > max(LEAST_SURE, *sure.values(), 0)
    # formats of pupils never even look like one another
    assert kind not in PUPILS or not set(PUPILS) & set(sure)


def test_an_empty_form_is_still_a_form(tmp_path: Path) -> None:
    assert read(form(tmp_path / "a.xlsx", [], stretch=100)).kind == "collection_form"


@pytest.mark.parametrize("kind", PUPILS)
def test_pupils_may_be_asked_for_by_name(tmp_path: Path, kind: str) -> None:
    for word in (kind, "pupils", "marks", "journal"):
        assert read(EXAMPLES[kind](tmp_path / "a.xlsx"), kind=word).kind == kind


SECRET = "Тайна60042"


def _individual(path: Path) -> Path:
    bad = [f1_pupil([2, cell, 1, 2], SECRET, SECRET, code=SECRET, total=SECRET) for cell in (SECRET, 1, None)]
    good = f1_pupil([2, 1, 1, 2], 5, SECRET, code=SECRET)
    stray = f1_pupil([2, 1, 1, 2], 5, SECRET, code=SECRET, login=SECRET, name=None, variant=SECRET)
    for row in (*bad, good, stray):
        row[4] = SECRET  # the class
    return f1(path, [stray, section(9), *bad, good])


def _autumn(path: Path) -> Path:
    rows = [autumn_pupil(["1", cell], code=SECRET, tags=SECRET, journal=SECRET) for cell in (SECRET, "1", "")]
    rows += [autumn_pupil(["1"], login=SECRET), autumn_pupil(["1"], variants=(SECRET, SECRET), total=SECRET)]
    for row in rows:
        row[2] = row[5] = row[6] = row[-1] = SECRET
    return autumn(path, rows)


def _spring(path: Path) -> Path:
    tail = (SECRET, SECRET, SECRET, SECRET)
    rows = [pupil("sch220001", ["1", cell], code=SECRET, journal=SECRET, tail=tail) for cell in (SECRET, "1", "")]
    rows += [pupil(SECRET, ["1", "1"]), pupil("sch220001", ["1", "1"], variant=SECRET, total=SECRET)]
    for row in rows:
        row[2] = row[5] = row[6] = SECRET
    return pupils_2021(path, rows, tasks=2)


def _private(cell: Any, **more: Any) -> dict[str, Any]:
    return {"points": [5, cell, 2], "code": SECRET, "sex": SECRET, "klass": SECRET, "journal": SECRET, **more}


def _collected(path: Path) -> Path:
    rows = [collected_pupil(**_private(cell)) for cell in (SECRET, 1, None)]
    rows += [
        collected_pupil(**_private(1, variant=SECRET)),
        collected_pupil(**_private(1, total=SECRET)),
        collected_pupil(**_private(1), user=SECRET, school=SECRET),
        collected_pupil(**{**_private(None), "points": [None] * 3, "variant": None}),
    ]
    return collected(path, rows)


def _form(path: Path) -> Path:
    rows = [form_pupil(**_private(cell)) for cell in (SECRET, 1, None)]
    rows += [form_pupil(**_private(1, variant=SECRET)), form_pupil(**_private(1, total=SECRET))]
    return form(path, rows, above=[["Школа:", "МБОУ «СОШ» (edu223379)"]])


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (_individual, "individual"),
        (_autumn, "pupils_2020"),
        (_spring, "pupils_2021"),
        (_collected, "pupils_2022"),
        (_form, "collection_form"),
    ],
)
def test_nothing_of_a_pupil_leaves(tmp_path: Path, make: Make, kind: str) -> None:
    path = make(tmp_path / "ВПР 2026 Математика 6.xlsx")
    for hints in ({"answers": SCALE}, {}):
        reading = read(path, **hints)
        assert reading.kind == kind
        assert reading.personal
        sent = pickle.dumps(reading)
        assert SECRET.encode() not in sent
        assert b"60042" not in sent
        assert "Тайна".encode() not in sent
    assert reading.problems or reading.questions


def test_the_marker_would_be_seen(tmp_path: Path) -> None:
    """The name of a school does leave: the search above finds what is there."""
    reading = read(f1(tmp_path / "a.xlsx", [f1_pupil([2, 1, 1, 2], 5, name=f"{SECRET}(edu203389)")]))
    assert SECRET.encode() in pickle.dumps(reading)
