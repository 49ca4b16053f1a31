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
