"""The second pass over a sheet, and formulas counted anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.book import open_sheets
from app.importers.tables.formulas import Recount, recount, shifted
from app.importers.tables.sheet_xml import SheetFacts, look
from tests.helpers import hostile


def written(path: Path, cells: dict[str, Any], **options: Any) -> Path:
    """Write cells: a pair is (formula, cached value)."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    page = book.add_worksheet("Свод")
    for place, value in cells.items():
        if isinstance(value, tuple):
            page.write_formula(place, value[0], None, value[1])
        else:
            page.write(place, value)
    for column in options.get("hidden_columns", ()):
        page.set_column(column, None, None, {"hidden": True})
    for row in options.get("hidden_rows", ()):
        page.set_row(row - 1, None, None, {"hidden": True})
    book.close()
    return path


def facts_of(path: Path, **options: Any) -> SheetFacts:
    facts = look(path, "Свод", **options)
    assert facts is not None
    return facts


def counted(path: Path) -> dict[str, Recount]:
    from app.importers.grid import address

    sheet = open_sheets(path, "xlsx")[0][0]
    return {address(*place): found for place, found in recount(sheet.rows(), facts_of(path)).items()}


def test_hidden_columns_and_rows(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", {"A1": 1, "F9": 2}, hidden_columns=("C:D", "F:F"), hidden_rows=(2, 9))
    facts = facts_of(path, formulas=False)
    assert [facts.is_hidden(column) for column in range(6)] == [False, False, True, True, False, True]
    assert facts.hidden_rows == [2, 9]
    assert facts_of(path, last_row=5).hidden_rows == [2]


def test_a_sheet_without_formulas_is_passed_over(tmp_path: Path) -> None:
    assert facts_of(written(tmp_path / "a.xlsx", {"A1": "=не формула", "B1": 5})) == SheetFacts()


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)", 60), ("=SUM(A1:A2,A3)", 60), ("=A1+A2*2-A3/3", 40), ("=AVERAGE(A1:A3)", 20),
        ("=A1/SUM(A1:A3)*100", 100 / 6), ("=ROUND(A1/SUM($A$1:$A$3)*100,1)", 16.7), ("=A1/A3%", 10 / 0.3),
        ("=IF(A4=0,0,A1/A4)", 0), ("=IFERROR(A1/A4,0)", 0), ("=IFERROR(A1/A2,0)", 0.5), ("=-(A1-A2)", 10),
        ("=SUM(B1:B2)", 12), ("=MAX(A1:A3)-MIN(A1:A3)", 20), ("=COUNT(A1:A9)", 3), ("=ROUND(2.5,0)", 3),
        ("=IF(C1=\"да\",1,2)", 1), ("=A1>A2", 0), ("=1/0", None), ("=VLOOKUP(A1,A1:B3,2)", None),
        ("=Лист2!A1", None), ("=A1&\"x\"", None), ("=C1+1", None), ("=" + "-" * 1900 + "A1", 10),
        ("=" + "(" * 900 + "A1" + ")" * 900, None),
    ],
)  # fmt: skip
def test_formulas_counted_anew(tmp_path: Path, formula: str, value: float | None) -> None:
    cells = {"A1": 10, "A2": 20, "A3": 30, "B1": "5", "B2": "7,0", "C1": "да", "E1": (formula, 999)}
    found = counted(written(tmp_path / "a.xlsx", cells))["E1"]
    assert (found.value is None) == (value is None)
    if value is not None:
        assert found.value == pytest.approx(value)
        assert found.is_stale


def test_chains_circles_and_kept_values(tmp_path: Path) -> None:
    cells: dict[str, Any] = {"A1": 1, "B1": ("=B2", 5), "B2": ("=B1", 5), "C1": ("=A1+1", 2), "C2": ("=A1+1", "")}
    cells |= {f"D{i}": (f"=D{i - 1}+1" if i > 1 else "=A1", i) for i in range(1, 200)}
    found = counted(written(tmp_path / "a.xlsx", cells))
    assert not found["B1"].is_stale  # what a circle gives nobody knows
    assert (found["C1"].is_stale, found["C2"].cached, found["C2"].value) == (False, None, 2)
    assert found["D199"].value == 199


def test_error_values_are_named_with_their_cell(tmp_path: Path) -> None:
    facts = facts_of(written(tmp_path / "a.xlsx", {"A1": ("=1/0", "#DIV/0!"), "B2": ("=#REF!", "#REF!")}))
    assert facts.errors == {(1, 0): "#DIV/0!", (2, 1): "#REF!"}


def test_shared_formulas_move_with_their_cell(tmp_path: Path) -> None:
    assert shifted("A1+$B1+C$1+$D$1+SUM(A1:B2)", (1, 0), (3, 2)) == "C3+$B3+E$1+$D$1+SUM(C3:D4)"
    xml = (
        b'<row r="5"><c r="A5"><v>1</v></c><c r="B5"><f t="shared" si="0"/><v>9</v></c></row>'
        b'<row r="6"><c r="A6"><v>2</v></c><c r="B6"><f t="shared" ref="B5:B6" si="0">A6*10</f><v>20</v></c></row>'
    )
    path = hostile.with_cell(tmp_path / "a.xlsx", xml)
    sheet = open_sheets(path, "xlsx")[0][0]
    facts = look(path, sheet.name)
    assert facts is not None
    found = recount(sheet.rows(), facts)
    assert (found[5, 1].value, found[5, 1].is_stale, found[6, 1].is_stale) == (10, True, False)


def test_other_formats_and_broken_parts_add_nothing(tmp_path: Path) -> None:
    from tests.helpers.workbooks import ods

    assert look(ods(tmp_path / "a.ods", [["a", 1]]), "Лист1") is None
    assert look(written(tmp_path / "a.xlsx", {"A1": 1}), "Нет такого") is None
    path = hostile.rewritten(tmp_path / "b.xlsx", lambda name, data: data[:-40] if name == hostile.SHEET else data)
    assert look(path, "Лист1", formulas=False) is not None  # the end is not looked at
    assert look(tmp_path / "нет.xlsx", "Лист1") is None
