"""Breaking text that no-break spaces hold together, where the column is too narrow for it."""

from __future__ import annotations

import pytest

from app.exporters.pdf import measure
from app.texts import NBSP


class Even:
    """A face whose signs are one point wide."""

    name = "even"

    def width(self, text: str, _size: float) -> float:
        return float(len(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Ветрогонова И. П.", 12, ["Ветрогонова", "И. П."]),
        ("И. П. Ветрогонова", 12, ["И. П.", "Ветрогонова"]),
        ("не менее 30 % участников", 11, ["не менее", "30 %", "участников"]),
        ("приказ № 214", 8, ["приказ", "№ 214"]),
        ("а %", 1, ["а", "%"]),
    ],
)
def test_initials_percents_and_numbers_are_torn_last(text: str, width: int, lines: list[str]) -> None:
    found = measure.wrap(text.replace(" ", NBSP), Even(), 1, width)  # type: ignore[arg-type]
    assert [line.replace(NBSP, " ") for line in found] == lines


def parts_of(text: str) -> list[tuple[str, str]]:
    line = tuple(measure.words([(text, Even())]))  # type: ignore[list-item]
    return [("".join(piece for piece, _face in word.pieces), after) for word, after in measure.loosened(line)]


def test_no_break_spaces_are_stretched_with_their_line() -> None:
    assert parts_of(f"не{NBSP}менее{NBSP}18 человек") == [
        ("не", NBSP), ("менее", NBSP), ("18", " "), ("человек", " "),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", [f"30{NBSP}%", f"№{NBSP}3", f"О.{NBSP}В.{NBSP}Ким", f"§{NBSP}2", f"Ким{NBSP}О.{NBSP}В."]
)
def test_what_is_one_sign_stays_close(text: str) -> None:
    assert parts_of(text) == [(text, " ")]
    assert parts_of(f"СОШ{NBSP}{text}")[-1][0].endswith(text)


@pytest.mark.parametrize(
    ("free", "gaps", "extra"), [(0.0, 5, 0.0), (20.0, 5, 4.0), (22.0, 5, 1.2), (40.0, 2, 1.2), (9.0, 0, 0.0)]
)
def test_a_line_of_few_long_pieces_stays_short_of_the_margin(free: float, gaps: int, extra: float) -> None:
    """A space of three points: 4 are added to a gap; where more than 4,2 were needed, only 1,2 is."""
    assert measure.stretched(free, gaps, 3.0) == pytest.approx(extra)
