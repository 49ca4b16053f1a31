"""A whole region through the program equals a calculation that shares no code with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.importers.parsed import Hints
from app.importers.reading import read_files
from app.models.store import Store
from app.operations import identification, results
from app.operations.results import Options
from tests.e2e.region_files import SCHOOLS, WORKS, counted, write_region
from tests.helpers.shared import SHARED

REAL = sorted((SHARED / "samples").glob("*mark_statistics*.xlsx")) if SHARED else []
RULE, YEAR = "rosobrnadzor-2022", 2026
OF_RULE = {("Математика", 5), ("Математика", 6), ("Русский язык", 5), ("Русский язык", 6)}


def loaded(folder: Path, paths: list[Path]) -> Store:
    store = Store.create(folder / "Область.opora", name="Вымышленный район", actor="Ким О. В.")
    for reading in read_files(paths, Hints()):
        assert reading.refused is None, reading.name
        results.load(store, reading, Options(create_schools=True, all_own=True))
    return store


def by_work(store: Store) -> Counter[str]:
    """Count the schools at or above 30 % as the program has stored them."""
    found: Counter[str] = Counter()
    for mark in results.marks(store.connection):
        a, below = mark.assessment, mark.below_min
        if below is not None and mark.participants and below * 100 >= 30 * mark.participants:
            found[f"{a.procedure} {a.subject} {a.grade}"] += 1
    return found


def test_sixteen_works_of_a_region(tmp_path: Path) -> None:
    paths = write_region(tmp_path)
    wanted, by_school, rows = counted(paths)
    assert rows > SCHOOLS * len(WORKS) * 0.8
    store = loaded(tmp_path, paths)
    try:
        assert by_work(store) == wanted
        assert len(wanted) == len(WORKS)
        listed = identification.compute(store.connection, RULE, YEAR)
        logins = {school.id: school.code for school in listed[1]}
        expected = {login for login, works in by_school.items() if len(works & OF_RULE) >= 2}
        assert {logins[key] for key in listed[2].listed_ids()} == expected
        assert 50 < len(expected) < SCHOOLS
    finally:
        store.abandon()


@pytest.mark.parametrize("folder", [REAL] if REAL else [], ids=["shared"])
def test_the_real_files(folder: list[Path], tmp_path: Path) -> None:
    wanted, _by_school, rows = counted(folder)
    assert rows
    store = loaded(tmp_path, folder)
    try:
        assert by_work(store) == wanted
    finally:
        store.abandon()
