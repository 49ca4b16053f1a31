"""«Сравнение отметок с отметками по журналу», both layouts."""

from __future__ import annotations

from pathlib import Path

from app.importers.parsed import FileReading
from app.models.records import Assessment, Origin
from tests.helpers.workbooks import WIDE_JOURNAL_HEAD, book, journal_narrow, journal_wide
from tests.importers.reads import found, read

REGION = ["Чеченская Республика", 29589, 37.22, 11011, 60.67, 17951, 2.11, 624]
AREA = ["Урус-Мартановский муниципальный район(reg20_m012)", 2817, 40.86, 1151, 56.66, 1596, 2.48, 70]
SCHOOL = ["МБОУ «СОШ №1 г.Урус-Мартан»(edu203389)", 93, 55.91, 52, 39.78, 37, 4.3, 4]


def counts(reading: FileReading) -> list[tuple[int, ...]]:
    return [(c.total, c.lowered, c.confirmed, c.raised) for c in (row.comparison for row in reading.journals)]


def test_the_wide_layout(tmp_path: Path) -> None:
    reading = read(journal_wide(tmp_path / "a.xlsx", [REGION, AREA, SCHOOL]))
    assert reading.kind == "journal"
    assert found(reading) == []
    # the region's groups make 29586 of 29589: three had no mark in the journal, and that is right
    assert counts(reading) == [(29589, 11011, 17951, 624), (2817, 1151, 1596, 70), (93, 52, 37, 4)]
    school = reading.journals[2]
    assert school.unit.codes == (("fisoko", "edu203389"),)
    assert school.unit.municipality == "Урус-Мартановский муниципальный район"
    assert (school.comparison.year, school.comparison.assessment) == (2024, Assessment("ВПР", "Математика", None, 4))
    assert school.origin == Origin("МА 4 Сравнение отметок с отметк", 11, 11, "B11:H11")


def test_only_percentages(tmp_path: Path) -> None:
    head = [title for title in WIDE_JOURNAL_HEAD if "Кол-во" not in title or "всего" in title]
    rows = [["Сравнение отметок с отметками по журналу"], ["ВПР 2024 Математика 4 класс"], head]
    # of 93: 55.91 % is 51.9963, 39.78 % is 36.9954, 4.30 % is 3.999
    rows.append(["Школа(edu203389)", 93, 55.91, 39.78, 4.3])  # type: ignore[list-item]
    assert counts(read(book(tmp_path / "a.xlsx", rows))) == [(93, 52, 37, 4)]


def test_bad_rows_of_the_wide_layout(tmp_path: Path) -> None:
    rows = [
        ["Школа(edu000001)", 10, 50, 5, 50, 5, 10, 1],
        ["Школа(edu000002)", 10, 50, "?", 50, 5, 0, 0],
        ["Школа(edu000003)", None, 50, 5, 50, 5, 0, 0],
        ["Школа(edu000004)", 10, None, None, 50, 5, 0, 0],
        [None, 10, 50, 5, 50, 5, 0, 0],
        ["Школа(edu000005)", 0, None, None, None, None, None, None],
    ]
    reading = read(journal_wide(tmp_path / "a.xlsx", rows))
    assert found(reading) == [
        ("error", "IMP_GROUPS_EXCEED", "B9"),
        ("error", "IMP_NOT_NUMBER", "D10"),
        ("error", "IMP_PARTICIPANTS_MISSING", "B11"),
        ("error", "IMP_COUNT_MISSING", "D12"),
        ("error", "IMP_UNIT_MISSING", "A13"),
    ]
    assert counts(reading) == [(0, 0, 0, 0)]


def block(name: str, lowered: int, confirmed: int, raised: int, total: int | None) -> list[list[object]]:
    rows: list[list[object]] = [
        [name],
        ["  Понизили (Отметка < Отметка по журналу) %", lowered, 1.5],
        ["  Подтвердили (Отметка = Отметке по журналу) %", confirmed, 1.5],
        ["  Повысили (Отметка > Отметка по журналу) %", raised, 1.5],
    ]
    return rows if total is None else [*rows, ["  Всего", total, 100]]


def test_the_narrow_layout(tmp_path: Path) -> None:
    rows = [
        *block("Алтайский край", 100, 200, 30, 333),
        *block("город Барнаул(reg22_m060)", 10, 20, 3, 33),
        *block("МБОУ «СОШ № 1»(sch223001)", 5, 6, 1, None),
    ]
    reading = read(journal_narrow(tmp_path / "a.xlsx", rows))
    assert reading.kind == "journal"
    assert found(reading) == []
    assert counts(reading) == [(333, 100, 200, 30), (33, 10, 20, 3), (12, 5, 6, 1)]
    school = reading.journals[2]
    assert school.unit.codes == (("fisoko", "edu223001"),)
    assert school.unit.municipality == "город Барнаул"
    assert (school.origin.row_from, school.origin.row_to) == (19, 22)
    assert school.comparison.assessment.grade == 6


def test_broken_blocks_of_the_narrow_layout(tmp_path: Path) -> None:
    rows = [
        *block("Школа(edu000001)", 5, 6, 1, 12)[:3],
        *block("Школа(edu000002)", 5, 6, 3, 12),
        *block("Школа(edu000003)", 5, 6, 1, 12),
    ]
    reading = read(journal_narrow(tmp_path / "a.xlsx", rows))
    assert found(reading) == [("error", "IMP_BLOCK_INCOMPLETE", "9"), ("error", "IMP_GROUPS_EXCEED", "A12")]
    assert counts(reading) == [(12, 5, 6, 1)]
