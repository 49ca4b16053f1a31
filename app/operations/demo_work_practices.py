"""The example: the bank of practices."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from app.models import organisations
from app.models.store import Operation, Store
from app.operations import registers
from app.paths import resources

_DAYS = ("accepted_on", "since")


def fill(store: Store, year: int) -> None:
    """Fill the invented practices; ``year`` is the school year that runs. Absent schools are passed over."""
    data = tomllib.loads((resources() / "demo" / "practices.toml").read_text(encoding="utf-8"))
    schools = {school.shown: school.id for school in organisations.listing(store.connection)}
    with store.operation("Записан банк практик", "demo.practices") as operation:
        for item in data["practices"]:
            if item["school"] in schools:
                _practice(operation, item, schools, year)


def _practice(operation: Operation, item: Mapping[str, Any], schools: Mapping[str, int], year: int) -> None:
    values = {name: value for name, value in item.items() if name not in {"school", "year", "uses"}}
    made = registers.add_in(
        operation, "practices", {}, organisation_id=schools[item["school"]], school_year=year + item["year"],
        **_dated(values, year),
    )  # fmt: skip
    for use in item.get("uses", ()):
        if use["school"] in schools:
            kept = {name: value for name, value in use.items() if name != "school"}
            registers.add_in(
                operation, "practice_uses", {"practice_id": made}, organisation_id=schools[use["school"]],
                **_dated(kept, year),
            )  # fmt: skip


def _dated(values: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Return values with days of their year: «10-05» of the first calendar year, «-1:05-20» of the one before.

    «-1:» counts school years: its May is in the first calendar year of the one that runs.
    """
    return {name: _day(value, year) if name in _DAYS else value for name, value in values.items()}


def _day(text: str, year: int) -> str:
    back, colon, day = text.rpartition(":")
    first = year + int(back) if colon else year
    return f"{first + (int(day[:2]) < 8)}-{day}"
