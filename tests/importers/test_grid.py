from __future__ import annotations

from decimal import Decimal

import pytest

from app.importers.grid import (
    Headings,
    UnfitCellError,
    address,
    count_of_share,
    find_header,
    heading,
    number,
    share,
    text,
    whole,
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (89, 89),
        (89.0, 89),
        ("89", 89),
        (" 89\u00a0", 89),
        ("89,0", 89),
        ("1 722\u00a0202", 1722202),
        ("1,722,202", 1722202),
        ("", None),
        (None, None),
        ("—", None),
        ("-", None),
        (0.0, 0),
    ],
)
def test_whole_counts(cell: object, expected: int | None) -> None:
    assert whole(cell) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12,5", "IMP_NOT_WHOLE"),
        (12.36, "IMP_NOT_WHOLE"),
        (-1, "IMP_NEGATIVE"),
        ("-1", "IMP_NEGATIVE"),
        ("десять", "IMP_NOT_NUMBER"),
        ("1e5", "IMP_NOT_NUMBER"),
        ("٣", "IMP_NOT_NUMBER"),
        (True, "IMP_NOT_NUMBER"),
        (float("nan"), "IMP_NOT_NUMBER"),
        (float("inf"), "IMP_NOT_NUMBER"),
        (1e300, "IMP_NOT_NUMBER"),
        (10**9, "IMP_TOO_GREAT"),
        ("1" * 100, "IMP_NOT_NUMBER"),
    ],
)
def test_what_is_no_count(cell: object, code: str) -> None:
    with pytest.raises(UnfitCellError) as caught:
        whole(cell)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_numbers_keep_their_decimals() -> None:
    assert number("12,36 %") == Decimal("12.36")
    assert number(3.28) == Decimal("3.28")
    assert number("1,234.5") == Decimal("1234.5")
    assert number(1e-7) == Decimal("0.0000001")


def test_a_share_lies_between_0_and_100() -> None:
    assert share("100,0") == 100
    with pytest.raises(UnfitCellError):
        share(100.01)


def test_counts_are_restored_half_up() -> None:
    # 89 pupils: 12.36 % is 11.0004, 52.81 % is 47.0009, 26.97 % is 24.0033, 7.87 % is 7.0043
    assert [count_of_share(Decimal(p), 89) for p in ("12.36", "52.81", "26.97", "7.87")] == [11, 47, 24, 7]
    assert count_of_share(Decimal("12.5"), 4) == 1  # 0.5 goes up
    assert count_of_share(Decimal("62.5"), 4) == 3  # 2.5 goes up, not to the even 2


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  Населённый\u00a0 пункт ", "населенный пункт"),
        ("Кол-во участников(всего)", "кол во участников всего"),
        ("Понизили (Отметка < Отметка по журналу) %", "понизили отметка < отметка по журналу %"),
        ("Краткое\nназвание", "краткое название"),
        (2.0, "2"),
        ("№", "№"),
    ],
)
def test_headings_are_compared_without_dress(cell: object, expected: str) -> None:
    assert heading(cell) == expected  # type: ignore[arg-type]


def test_addresses() -> None:
    assert address(1, 0) == "A1"
    assert address(14, 25) == "Z14"
    assert address(14, 26) == "AA14"
    assert address(1048576, 16383) == "XFD1048576"


def test_the_header_is_the_first_row_with_every_needed_heading() -> None:
    headings = Headings({"school": ("школа",), "n": ("участников", "кол во*")})
    rows = [(1, ["школа"]), (2, ["", "кол во участников", "школа"]), (3, ["школа", "участников"])]
    header = find_header(rows, headings, ("school", "n"))
    assert header is not None
    assert (header.row, dict(header.at), header.width) == (2, {"n": 1, "school": 2}, 3)
    assert header.place(7, "n") == "B7"
    assert header.cell(["", " 5 "], "n") == " 5 "
    assert header.cell([""], "school") is None
    assert find_header(rows[:1], headings, ("school", "n")) is None


@pytest.mark.parametrize(
    ("found", "key"),
    [
        ("понизили отметка < отметка по журналу %", "share"),
        ("понизили отметка < отметка по журналу кол во участников", "count"),
        ("понизили", None),
        ("понизили кол во", None),
        ("%", None),
        ("отметка за предыдущую четверть", "journal"),
        ("", None),
    ],
)
def test_headings_with_any_text_between(found: str, key: str | None) -> None:
    names = {"count": ("понизили*кол во участников*",), "share": ("понизили*%",), "journal": ("отметка за предыдущ*",)}
    assert Headings(names).key(found) == key


def test_text_of_cells() -> None:
    assert text(" Лицей \u00a0 «Сигма»\r\n") == "Лицей «Сигма»"
    assert text(203389.0) == "203389"
    assert text(None) == ""
