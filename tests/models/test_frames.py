from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import frames
from app.models.store import Store
from tests.helpers import stores

MATHS, RUSSIAN = 11, 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = stores.made(tmp_path / "район.opora")
    with store.operation("Работы", "test") as operation:
        operation.insert("assessment", id=MATHS, procedure="ВПР", subject="Математика", level=None, grade=5)
        operation.insert("assessment", id=RUSSIAN, procedure="ЕГЭ", subject="Русский язык", level="base", grade=None)
    yield store
    store.abandon()


def count(store: Store, school: int, participants: int, assessment: int = MATHS, **values: int | None) -> None:
    with store.operation("Результат", "test") as operation:
        operation.insert(
            "mark_count", organisation_id=school, assessment_id=assessment, participants=participants,
            **{"result_year": 2026, **values},
        )  # fmt: skip


def rows(store: Store, *, own: bool = True) -> list[tuple[int, int]]:
    frame = frames.mark_frame(store.connection, (2026,), own=own)
    return sorted(zip(frame["school_id"].tolist(), frame["participants"].tolist(), strict=True))


def test_whole_numbers_come_as_they_are_and_unknown_ones_stay_unknown(store: Store) -> None:
    one = stores.school(store, "СОШ № 1")
    count(store, one, 27, below_min=8, m4=0, restored=1, autumn=1)
    count(store, one, 0, RUSSIAN, below_min=0, m4=None, m5=2**31 - 2)
    frame = frames.mark_frame(store.connection, (2026, 2025)).sort_values("participants", ascending=False)
    first, second = (row._asdict() for row in frame.itertuples(index=False))
    assert (first["below_min"], first["m4"], first["restored"], first["autumn"]) == (8, 0, 1, 1)
    assert (first["procedure"], first["subject"], first["grade"]) == ("ВПР", "Математика", 5)
    assert frame["m5"].isna().tolist() == [True, False]
    assert (second["below_min"], second["m5"], second["level"]) == (0, 2**31 - 2, "base")
    assert frame["m4"].isna().tolist() == [False, True]
    assert frame["grade"].isna().tolist() == [False, True]
    assert frame["year"].tolist() == [2026, 2026]


def test_other_years_and_areas_stay_out(store: Store) -> None:
    one = stores.school(store, "СОШ № 1")
    count(store, one, 10, result_year=2024)
    area = store.connection.execute("SELECT id FROM area").fetchone()[0]
    with store.operation("Район", "test") as operation:
        operation.insert("mark_count", area_id=area, assessment_id=MATHS, result_year=2026, participants=900)
    assert rows(store) == []


def test_reference_schools_only_on_demand(store: Store) -> None:
    one, other = stores.school(store, "СОШ № 1"), stores.school(store, "Чужая", own=0)
    count(store, one, 10)
    count(store, other, 20)
    assert rows(store) == [(one, 10)]
    assert rows(store, own=False) == sorted([(one, 10), (other, 20)])


def test_a_merged_record_gives_only_what_its_canonical_one_lacks(store: Store) -> None:
    one = stores.school(store, "СОШ № 1")
    twin = stores.school(store, "СОШ №1", duplicate_of=one)
    far = stores.school(store, "Школа 1", duplicate_of=twin, own=0)
    count(store, one, 10)
    count(store, twin, 99)
    count(store, far, 7, RUSSIAN)
    assert rows(store) == [(one, 7), (one, 10)]


def test_a_record_merged_into_a_reference_school_is_no_longer_ours(store: Store) -> None:
    other = stores.school(store, "Чужая", own=0)
    twin = stores.school(store, "Наша по ошибке", duplicate_of=other)
    count(store, twin, 20)
    assert rows(store) == []
    assert rows(store, own=False) == [(other, 20)]


def test_a_file_without_results_gives_an_empty_frame(store: Store) -> None:
    frame = frames.mark_frame(store.connection, (2026,))
    assert len(frame) == 0
    assert {"school_id", "procedure", "subject", "level", "grade", "year", "below_min"} <= set(frame.columns)
