"""Where a table begins, what its columns are called, which rows are not data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.tables.layout import Block, find_layout, layout_from
from tests.importers.tables.makers import one, sheet

N = None
FIGURES = ["Школа 1", 20, 3.5, 2]


def only(rows: Any) -> Block:
    blocks = find_layout(sheet(rows)).blocks
    assert len(blocks) == 1
    return blocks[0]


def named(block: Block) -> list[tuple[str, ...]]:
    return [column.path for column in block.columns]


def test_title_lines_stand_above_the_header() -> None:
    block = only([
        ["Результаты ОГЭ 2025 года"], [], ["Предмет:", "Математика"], ["Дата:", "20.06.2025"], [],
        ["Школа", "Участников", "Средний балл"], ["Школа 1", 20, 3.5], ["Школа 2", 10, 4],
    ])  # fmt: skip
    assert [number for number, _ in block.titles] == [1, 3, 4]
    assert block.titles[1] == (3, "Предмет: Математика")
    assert (block.head.first, block.head.last) == (6, 6)
    assert list(block.row_numbers()) == [7, 8]


def test_two_lines_merged(tmp_path: Path) -> None:
    rows = [
        ["Итоги"], ["№", "ОО", "Математика", N, N, "Русский язык", N, N],
        [N, N, "Участников", "Средний балл", "% «2»", "Участников", "Средний балл", "% «2»"],
        [1, "Школа 1", 20, 3.5, 10, 19, 3.9, 0], [2, "Школа 2", 10, 3, 20, 10, 3.2, 30],
    ]  # fmt: skip
    found = find_layout(one(tmp_path / "a.xlsx", rows, ["A1:H1", "C2:E2", "F2:H2", "A2:A3", "B2:B3"])).blocks[0]
    assert named(found) == [
        ("№",), ("ОО",),
        ("Математика", "Участников"), ("Математика", "Средний балл"), ("Математика", "% «2»"),
        ("Русский язык", "Участников"), ("Русский язык", "Средний балл"), ("Русский язык", "% «2»"),
    ]  # fmt: skip
    assert (found.head.first, found.head.last, found.head.depth) == (2, 3, 2)
    assert list(found.row_numbers()) == [4, 5]
    without = find_layout(sheet(rows)).blocks[0]
    assert named(without) == named(found)


def test_three_lines_and_a_line_of_numbers(tmp_path: Path) -> None:
    rows = [
        ["Наименование ОО", "ОГЭ", N, N, N], [N, "Математика", N, "Физика", N],
        [N, "чел.", "балл", "чел.", "балл"], [1, 2, 3, 4, 5], ["Школа 1", 20, 3.5, 4, 4.25],
    ]  # fmt: skip
    block = find_layout(one(tmp_path / "a.xlsx", rows, ["B1:E1", "B2:C2", "D2:E2", "A1:A3"])).blocks[0]
    assert named(block)[1:3] == [("ОГЭ", "Математика", "чел."), ("ОГЭ", "Математика", "балл")]
    assert named(block)[4] == ("ОГЭ", "Физика", "балл")
    assert (block.head.first, block.head.last, block.head.depth) == (1, 4, 3)
    assert list(block.row_numbers()) == [5]


def test_a_group_name_over_a_part_of_the_header(tmp_path: Path) -> None:
    rows = [
        [N, N, "Отметка, %", N, N, N],
        ["Школа", "Участников", 2, 3, 4, 5],
        ["Школа 1", 89, 12.36, 52.81, 26.97, 7.87],
    ]
    block = find_layout(one(tmp_path / "a.xlsx", rows, ["C1:F1"])).blocks[0]
    assert named(block) == [
        ("Школа",), ("Участников",), ("Отметка, %", "2"), ("Отметка, %", "3"), ("Отметка, %", "4"), ("Отметка, %", "5"),
    ]  # fmt: skip
    assert block.titles == ()


def test_spacer_columns_are_no_columns() -> None:
    block = only([["Школа", N, "Участников", N, "Средний балл"], ["Школа 1", N, 20, N, 3.5], ["Школа 2", N, 5, N, 3]])
    assert [column.at for column in block.columns] == [0, 2, 4]


def test_a_column_without_heading_is_kept_without_a_name() -> None:
    block = only([["Школа", N, "Средний балл"], ["Школа 1", 20, 3.5], ["Школа 2", 5, 3.0]])
    assert named(block) == [("Школа",), (), ("Средний балл",)]


def test_group_rows_and_totals() -> None:
    block = only([
        ["Школа", "Участников", "Средний балл"],
        ["ВСЕГО по региону", 60, 3.4],
        ["г. Барнаул"], ["МБОУ СОШ № 1 г. Барнаул", 20, 3.5], ["Лицей 2", 10, 4],
        ["Итого", 30, 3.7],
        ["Алейский район"], ["Школа 3", 30, 3.1], ["Итого по району", 30, 3.1],
        ["Примечание: без учёта пересдачи"],
    ])  # fmt: skip
    assert [(s.first, s.last, s.municipality) for s in block.spans] == [(4, 5, "г. Барнаул"), (8, 8, "Алейский район")]
    assert [(g.row, g.kind, g.scope) for g in block.groups] == [
        (2, "total", "region"), (3, "municipality", None), (6, "total", "table"), (7, "municipality", None),
        (9, "total", "municipality"),
    ]  # fmt: skip


def test_a_subtotal_above_its_schools_names_their_municipality() -> None:
    block = only([
        ["№", "Школа", "Участников"], [N, "Алейский район", 30], [1, "Школа 1", 10], [2, "Школа 2", 20],
        [N, "город Барнаул", 5], [3, "Школа 1", 5],
    ])  # fmt: skip
    assert [(s.first, s.last, s.municipality) for s in block.spans] == [
        (3, 4, "Алейский район"), (6, 6, "город Барнаул"),
    ]  # fmt: skip
    assert all(g.opens for g in block.groups)


def test_a_table_of_municipalities_has_them_as_data() -> None:
    block = only([["Муниципалитет", "Участников"], ["Алейский район", 30], ["город Барнаул", 50], ["Итого", 80]])
    assert list(block.row_numbers()) == [2, 3]
    assert [g.kind for g in block.groups] == ["total"]


def test_blocks_under_one_another() -> None:
    blocks = find_layout(sheet([
        ["Математика, 6 класс"], ["Школа", "Участников", "2"], FIGURES[:3], ["Итого", 20, 3], [],
        ["Физика, 7 класс"], ["Школа", "Участников", "2"], FIGURES[:3],
        ["ОО", "Код", "Участников"], ["Школа 1", "101", 5],
    ])).blocks  # fmt: skip
    assert [block.titles for block in blocks] == [((1, "Математика, 6 класс"),), ((6, "Физика, 7 класс"),), ()]
    assert [list(block.row_numbers()) for block in blocks] == [[3], [8], [10]]


def test_a_header_printed_on_every_page_is_no_data() -> None:
    block = only([["Школа", "Участников", "Балл"], FIGURES[:3], ["Школа", "Участников", "Балл"], FIGURES[:3]])
    assert list(block.row_numbers()) == [2, 4]
    assert [(g.row, g.kind) for g in block.groups] == [(3, "repeated_header")]


def test_a_subject_between_the_rows_is_said_of_those_below() -> None:
    block = only([["Школа", "Участников"], ["Математика"], ["Школа 1", 5], ["Физика"], ["Школа 1", 7]])
    assert [(s.first, s.subject) for s in block.spans] == [(3, "Математика"), (5, "Физика")]


def test_a_person_may_point_at_the_header() -> None:
    rows = [["Альфа", "Бета"], ["Гамма", "Дельта"], ["один", "два"]]
    assert find_layout(sheet(rows)).blocks == ()
    block = layout_from(sheet(rows), 1, 2).blocks[0]
    assert named(block) == [("Альфа", "Гамма"), ("Бета", "Дельта")]
    assert list(block.row_numbers()) == [3]


@pytest.mark.parametrize(
    "rows",
    [
        [["Школа 1", 12, 20, 30], ["Школа 2", 10, 20, 30]],
        [["Просто текст"], ["ещё текст"]],
        [],
        [[1, 2, 3], [4, 5, 6]],
    ],
)
def test_figures_without_headings_are_no_table(rows: Any) -> None:
    assert find_layout(sheet(rows)).blocks == ()


def test_a_registry_of_texts() -> None:
    block = only([["Код", "Название", "Тип"], ["1", "Школа № 1", "СОШ"], ["2", "Школа № 2 г. Барнаул", "ООШ"]])
    assert list(block.row_numbers()) == [2, 3]
    assert block.groups == ()


def test_only_the_top_is_read_where_no_data_are_wanted() -> None:
    rows = [["Школа", "Участников"], *([f"Школа {i}", i] for i in range(500))]
    assert find_layout(sheet(rows), most_rows=50).blocks[0].rows == 49
    assert find_layout(sheet(rows)).blocks[0].spans[0].last == 501
