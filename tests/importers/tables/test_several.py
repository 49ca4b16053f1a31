"""Pages of large sheets, headers deep in them, and books with several different tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.importers.opening import read_here
from app.importers.parsed import MAPS_APART, FileReading, Hints, Known
from app.importers.tables.profile import ColumnMap, Fixed, Profile
from app.importers.tables.profile_text import to_text
from app.models.records import MetricName
from tests.importers.tables.makers import workbook

METRICS = (MetricName("ovz", ("Обучающиеся с ОВЗ",)),)
RESULTS = Profile(
    "Свод", "marks",
    (ColumnMap(("Где",), "school"), ColumnMap(("Явка",), "participants"), ColumnMap(("Н",), "mark2", kind="count")),
    fixed=Fixed("РПР", "Физика", None, 8),
)  # fmt: skip
CONTEXT = Profile("Паспорт", "metrics", (ColumnMap(("Кто",), "school"), ColumnMap(("Дети",), "metric", metric="ovz")))


def read(path: Path, *maps: Profile, **answers: str) -> FileReading:
    known = Known(profiles=tuple(to_text(one) for one in maps), metrics=METRICS)
    return read_here(path, Hints(year=2026, answers=answers), known)


def many(rows: int) -> list[list[Any]]:
    return [["Фамилия И. О.", "Школа", "Баллы"], *(["Ким О.", "СОШ № 5", n] for n in range(2, rows + 1))]


def test_a_page_shows_its_rows_and_covers_names_whose_heading_is_far_above(tmp_path: Path) -> None:
    path = workbook(tmp_path / "много.xlsx", {"А!1": many(700)})
    (page,) = read(path, look="А!1!401").grid
    assert (page.name, page.start, page.end, page.height) == ("А!1", 400, 600, 700)
    assert page.row(401) == ("•••", "СОШ № 5", "401")
    assert page.rows[-1] == page.row(600)
    (last,) = read(path, look="А!1!601").grid
    assert (last.start, last.end) == (600, 700)
    assert read(path, look="А!1!701").grid == ()
    for wrong in ("Б!1", "А!1!", "А!1!ноль", "А!1!0"):
        refused = read(path, look=wrong).refused
        assert refused is not None
        assert refused.code == "IMP_HEADER_ANSWER"


def test_any_file_shows_its_grid_and_what_its_columns_may_mean(tmp_path: Path) -> None:
    head = ["Школа", "Год", "Процедура", "Предмет", "Класс", "Участников", "2", "3", "4", "5"]
    path = workbook(tmp_path / "наша.xlsx", {"Лист": [head, ["СОШ № 5", 2026, "РПР", "Физика", 8, 50, 10, 20, 15, 5]]})
    assert read(path).kind == "marks"
    seen = read(path, look="")
    assert (seen.kind, seen.refused, seen.marks) == ("unknown", None, ())
    assert seen.grid[0].rows[1][:2] == ("СОШ № 5", "2026")
    assert [(p.header_first, p.target) for p in seen.proposals] == [(1, "marks")]


@pytest.mark.parametrize("above", [150, 1500])
def test_a_known_header_is_found_under_many_rows_of_remarks(tmp_path: Path, above: int) -> None:
    head = ["Школа", "Участников", "Отметка 2, чел.", "Отметка 3, чел."]
    rows: list[Sequence[Any]] = [[f"Примечание {n}."] for n in range(above)]
    path = workbook(tmp_path / "свод.xlsx", {"Лист": [*rows, head, ["СОШ № 5", 50, 10, 40]]})
    assert [p.header_first for p in read(path, look="").proposals] == [above + 1]


def test_rows_begin_where_the_sheet_does(tmp_path: Path) -> None:
    path = workbook(tmp_path / "низ.xlsx", {"Лист": [*([[]] * 300), ["Где", "Явка", "Н"], ["СОШ № 5", 5, 1]]})
    (top,) = read(path, look="").grid
    assert (top.start, top.rows[0][:2]) == (300, ("Где", "Явка"))


def test_a_map_with_a_header_deep_in_the_sheet_knows_the_next_file(tmp_path: Path) -> None:
    from dataclasses import replace

    deep = replace(RESULTS, header_row=1203)
    above = [[f"строка {n}", n, n * 2] for n in range(1, 1203)]
    table = [["Где", "Явка", "Н"], ["СОШ № 5", 50, 10], ["СОШ № 9", 8, 2]]
    first = read(workbook(tmp_path / "а.xlsx", {"Лист": [*above, *table]}), deep)
    assert (first.profile, [m.count.participants for m in first.marks]) == ("Свод", [50, 8])
    moved = read(workbook(tmp_path / "б.xlsx", {"Лист": [*above[:1180], *table]}), deep)
    assert (moved.profile, [m.count.participants for m in moved.marks]) == ("Свод", [50, 8])


TABLES = {
    "Итоги": [["Где", "Явка", "Н"], ["СОШ № 5", 50, 10]],
    "Ещё": [["Где", "Явка", "Н"], ["СОШ № 9", 8, 2], [], ["Где", "Явка", "Н"], ["СОШ № 7", 9, 3]],
    "Дети": [["Кто", "Дети"], ["СОШ № 5", 12]],
}


def test_one_map_reads_the_same_columns_on_every_sheet_and_below_one_another(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "книга.xlsx", TABLES), profile=to_text(RESULTS))
    assert [(m.unit.name, m.count.participants) for m in reading.marks] == [("СОШ № 5", 50), ("СОШ № 9", 8),
                                                                           ("СОШ № 7", 9)]  # fmt: skip


@pytest.mark.parametrize("how", ["given", "saved"])
def test_two_different_tables_of_a_book_are_read_by_two_maps(tmp_path: Path, how: str) -> None:
    path = workbook(tmp_path / "книга.xlsx", TABLES)
    maps = (RESULTS, CONTEXT)
    given = {"profile": MAPS_APART.join(map(to_text, maps))}
    reading = read(path, **given) if how == "given" else read(path, *maps)
    assert len(reading.marks) == 3
    assert [(m.unit.name, m.figure.raw) for m in reading.metrics] == [("СОШ № 5", "12")]
    assert reading.profile == "Свод», «Паспорт"
    assert reading.title == "Результаты: Свод; Показатели контекста: Паспорт"
    assert reading.rows_read == 4


def test_a_table_goes_to_the_map_that_fits_it_best_and_is_read_once(tmp_path: Path) -> None:
    from dataclasses import replace

    wider = replace(RESULTS, name="Шире", columns=(*RESULTS.columns, ColumnMap(("У",), "mark3", kind="count")))
    reading = read(workbook(tmp_path / "книга.xlsx", {"Лист": TABLES["Итоги"]}), wider, RESULTS)
    assert (reading.profile, len(reading.marks)) == ("Свод", 1)


def test_a_map_may_name_the_municipality_of_a_whole_registry(tmp_path: Path) -> None:
    columns = (
        ColumnMap(("Имя",), "school"),
        ColumnMap(("Где стоит",), "municipality"),
        ColumnMap(("Тип",), "school_type"),
    )
    fixed = Fixed(municipality="Заречный район")
    table = [["Имя", "Где стоит", "Тип"], ["СОШ № 5", "", "СОШ"], ["СОШ № 9", "Дальний район", "СОШ"]]
    path = workbook(tmp_path / "реестр.xlsx", {"Лист": table})
    reading = read(path, profile=to_text(Profile("Реестр", "schools", columns, fixed=fixed, header_row=1)))
    assert [(s.name, s.municipality) for s in reading.schools] == [
        ("СОШ № 5", "Заречный район"), ("СОШ № 9", "Дальний район"),
    ]  # fmt: skip
