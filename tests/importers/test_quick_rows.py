"""The quick way through a table of results says what the careful way says; packed rows are rows."""

from __future__ import annotations

import io
import pickle
import random
from pathlib import Path
from typing import Any

import pytest

from app.importers import marks_table
from app.importers.framing import Done, read_frame, write_frame
from app.importers.packed import MarkRows
from app.importers.parsed import FileReading, ParsedMark, UnitRef
from app.importers.quick_rows import QuickRows
from app.models.records import Assessment, MarkCount, Origin
from tests.helpers.workbooks import MARKS_HEAD, book
from tests.importers.reads import read

MATHS = Assessment("ВПР", "Математика", None, 5)
FIGURES: tuple[Any, ...] = (0, 3, 7, 12, 12.0, 2.5, -1, "", None, "-", "5", "1 234", "нет", True, 10**9, "007")


def dirty_rows(seed: int, size: int = 300) -> list[list[Any]]:
    """Rows of which two in three are plain, the others wrong somewhere."""
    chance = random.Random(seed)
    rows = []
    for _ in range(size):
        marks: list[Any] = [chance.randrange(4) for _ in range(4)]
        row: list[Any] = [
            chance.choice(("СОШ № 1", "СОШ № 2", "Лицей")), chance.choice(("edu000001", "edu000002", "", "123456789")),
            chance.choice((2025, 2026, "2026")), chance.choice(("ВПР", "ОГЭ")),
            chance.choice(("Математика", "РУ", "Этика")), chance.choice((5, 6, 9, 1, True)), sum(marks), *marks,
            chance.choice((None, marks[0])), None,
        ]  # fmt: skip
        if chance.random() < 0.33:
            row[chance.randrange(2, 13)] = chance.choice(FIGURES)
        rows.append(row[: chance.choice((13, 13, 13, 11, 7))] if chance.random() < 0.05 else row)
    rows.insert(50, ["Итого", None, None, None, None, None, 99])
    rows.insert(60, [])
    return rows


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_both_ways_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, suffix: str) -> None:
    path = tmp_path / f"таблица{suffix}"
    rows = [list(MARKS_HEAD), *dirty_rows(seed)]
    if suffix == ".xlsx":
        book(path, rows)
    else:
        lines = (";".join("" if value is None else str(value) for value in row) for row in rows)
        path.write_text("\n".join(lines), encoding="utf-8")
    answers = {"code_system": "свой номер"}
    quick = read(path, answers=answers)
    monkeypatch.setattr(QuickRows, "take", lambda *_: False)
    careful = read(path, answers=answers)
    assert quick.marks == careful.marks
    assert quick.problems == careful.problems
    assert (quick.rows_read, quick.questions) == (careful.rows_read, careful.questions)
    assert len(quick.marks) > 20


def test_rows_of_a_large_table_go_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[int] = []
    real = QuickRows.take

    def take(rows: QuickRows, number: int, row: Any) -> bool:
        alone.append(number)
        return real(rows, number, row)

    monkeypatch.setattr(QuickRows, "take", take)
    monkeypatch.setattr(marks_table, "_LOT", 50)
    rows: list[list[Any]] = [
        [f"СОШ № {n % 5}", f"edu00000{n % 5}", 2000 + n // 5, "ВПР", "Математика", 5, 10, 1, 2, 3, 4]
        for n in range(490)
    ]
    rows[60][3] = "контрольная"
    rows[120][10] = 5
    found = read(book(tmp_path / "т.xlsx", [list(MARKS_HEAD[:11]), *rows]))
    assert [(p.code, p.cell) for p in found.problems] == [
        ("IMP_PROCEDURE_UNKNOWN", "D62"),
        ("IMP_MARKS_EXCEED", "G122"),
    ]
    assert [m.origin.row_from for m in found.marks] == [n for n in range(2, 492) if n not in {62, 122}]
    # an unknown word leaves out its row, a figure that does not fit its whole lot
    assert alone == [62, *range(101, 151)]


def packed() -> MarkRows:
    units = (UnitRef("school", "А", (("fisoko", "edu000001"),)), UnitRef("school", "Б"))
    rows = MarkRows(units, ((MATHS, 2025), (MATHS, 2026)), ("Лист1", None), means={1: "3.28"})
    rows.extend([(0, 1, 0, 2, 10, 1, 2, 3, 4, 1), (1, 0, 1, 7, 5, -1, -1, -1, -1, 2)])
    return rows


def test_packed_rows_are_a_sequence_of_rows() -> None:
    rows = packed()
    one = ParsedMark(rows.units[0], MarkCount(MATHS, 2026, 10, 1, 2, 3, 4, 1), Origin("Лист1", 2, 2))
    two = ParsedMark(rows.units[1], MarkCount(MATHS, 2025, 5, below_min=2, mean="3.28"), Origin(None, 7, 7))
    assert list(rows) == [one, two]
    assert rows == (one, two)
    assert rows != (one,)
    assert (rows[-1], rows[0:1], len(rows)) == (two, (one,), 2)
    assert rows.keep([1]) == (two,)
    assert [row.count.mean for row in rows.keep([1])] == ["3.28"]
    with pytest.raises(IndexError):
        rows[2]


def test_packed_rows_travel_through_the_pipe_as_they_are() -> None:
    rows = packed()
    reading = FileReading("п", "т.xlsx", 1, "0" * 64, "marks", marks=rows)
    stream = io.BytesIO()
    write_frame(stream, Done(reading))
    stream.seek(0)
    got = read_frame(stream)
    assert isinstance(got.reading.marks, MarkRows)
    assert got.reading.marks == tuple(rows)
    assert got.reading == reading
    large = MarkRows(rows.units, rows.works, rows.sheets)
    large.extend([(0, 1, 0, 2, 10, 1, 2, 3, 4, 1)] * 10_000)
    assert len(pickle.dumps(large)) < 10_000 * 41


def test_contradicting_rows_are_left_out_and_repeats_are_kept_once(tmp_path: Path) -> None:
    row: list[Any] = ["СОШ № 1", "edu000001", 2026, "ВПР", "Математика", 5, 10, 1, 2, 3, 4]
    other = ["СОШ № 2", "edu000002", *row[2:]]
    wrong = [*row[:7], 2, 2, 2, 4]
    again = [*other[:4], "Русский язык", *other[5:]]
    found = read(book(tmp_path / "т.xlsx", [list(MARKS_HEAD[:11]), row, other, wrong, again, again]))
    assert [(p.code, p.cell) for p in found.problems] == [("IMP_ROW_CONTRADICTS", "4"), ("IMP_ROW_REPEATED", "6")]
    assert [(m.unit.name, m.origin.row_from) for m in found.marks] == [("СОШ № 2", 3), ("СОШ № 2", 5)]
