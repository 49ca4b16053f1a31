from __future__ import annotations

import pytest

from app.models.metric_cells import Cell, MetricKind, read_cell, shown

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("kind", "raw", "cell"),
    [
        ("count", "771", Cell(part=771)),
        ("count", f" 1{NBSP}234 чел. ", Cell(part=1234)),
        ("count", "771 человек", Cell(part=771)),
        ("count", "12,0", Cell(part=12)),
        ("count", "0", Cell(part=0)),
        ("count", "—", Cell(empty=True)),
        ("count", "нет данных", Cell(empty=True)),
        ("count", "", Cell(empty=True)),
        ("count", "771 человек: 411 мальчиков и 360 девочки", Cell(code="DATA_NOT_WHOLE")),
        ("count", "12,5", Cell(code="DATA_NOT_WHOLE")),
        ("count", "12 %", Cell(code="DATA_NOT_WHOLE")),
        ("count", "-3", Cell(code="DATA_NEGATIVE")),
        ("count", "9999999999999999", Cell(code="DATA_TOO_GREAT")),
        ("count", "²", Cell(code="DATA_NOT_WHOLE")),
        ("share", "12/340", Cell(part=12, whole=340)),
        ("share", f"12 из{NBSP}340", Cell(part=12, whole=340)),
        ("share", "12 из 340 (3,5 %)", Cell(part=12, whole=340)),
        ("share", "12 чел. из 340 чел.", Cell(part=12, whole=340)),
        ("share", "0/0", Cell(part=0, whole=0)),
        ("share", "3,5 %", Cell(exact="3.5")),
        ("share", "3.50%", Cell(exact="3.5")),
        ("share", "48", Cell(exact="48")),
        ("share", "100", Cell(exact="100")),
        ("share", "100,1", Cell(code="DATA_NOT_SHARE")),
        ("share", "1,5/3", Cell(code="DATA_NOT_SHARE")),
        ("share", "340/12", Cell(code="DATA_PART_ABOVE_WHOLE")),
        ("share", "-1/12", Cell(code="DATA_NEGATIVE")),
        ("share", "много", Cell(code="DATA_NOT_SHARE")),
        ("number", "1,5 ставки", Cell(exact="1.5")),
        ("number", "-20,50", Cell(exact="-20.5")),
        ("number", "45 %", Cell(exact="45")),
        ("number", "1975 г.", Cell(exact="1975")),
        ("number", "100", Cell(exact="100")),
        ("number", "около 5", Cell(code="DATA_NOT_NUMBER")),
        ("flag", "Да", Cell(part=1)),
        ("flag", "+", Cell(part=1)),
        ("flag", "нет", Cell(part=0)),
        ("flag", "частично", Cell(code="DATA_NOT_FLAG")),
        ("text", "  химия,  физика ", Cell(exact="химия, физика")),
        ("text", "я" * 2001, Cell(code="DATA_TEXT_LONG")),
    ],
)
def test_reading(kind: MetricKind, raw: str, cell: Cell) -> None:
    assert read_cell(kind, raw) == cell


@pytest.mark.parametrize(
    ("kind", "figures", "text"),
    [
        ("count", (12345, None, None), f"12{NBSP}345"),
        ("share", (12, 340, None), f"12{NBSP}из{NBSP}340 (3,5{NBSP}%)"),
        ("share", (0, 0, None), f"0{NBSP}из{NBSP}0 (—)"),
        ("share", (None, None, "3.5"), f"3,5{NBSP}%"),
        ("number", (None, None, "-20.5"), "−20,5"),
        ("flag", (0, None, None), "нет"),
        ("text", (None, None, "химия"), "химия"),
        ("count", (None, None, None), ""),
    ],
)
def test_showing(kind: MetricKind, figures: tuple[int | None, int | None, str | None], text: str) -> None:
    assert shown(kind, *figures) == text


@pytest.mark.parametrize(("kind", "raw"), [("count", "1 234"), ("share", "12 из 340 (3,5 %)"), ("number", "−20,5")])
def test_what_is_shown_can_be_pasted_back(kind: MetricKind, raw: str) -> None:
    cell = read_cell(kind, raw)
    again = read_cell(kind, shown(kind, cell.part, cell.whole, cell.exact))
    assert again == cell
    assert again.code is None
