"""Help between the schools of the example: what donors can do, distances, ties."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from app.models.store import Store
from app.operations import donors, ties
from app.operations.ties import NewTie, help_year
from app.paths import resources


def fill_help(store: Store, ids: Mapping[str, int], result_year: int) -> None:
    """Enter what is known of help in the school year after the results; schools that are not there are passed over.

    Args:
        store: the open file.
        ids: key of the description → school.
        result_year: the last year of results.
    """
    data = tomllib.loads((resources() / "demo" / "ties.toml").read_text(encoding="utf-8"))
    year = help_year(result_year)
    told = [
        (ids[key], name, text)
        for key, *texts in data["donors"]
        if key in ids
        for name, text in zip(("capacity", "consent", "note"), texts, strict=True)
        if text
    ]
    donors.put_donors(store, year, told)
    for place, column in ((2, "km"), (3, "minutes")):
        ways = [(ids[row[0]], ids[row[1]], str(row[place])) for row in data["ways"] if row[0] in ids and row[1] in ids]
        donors.put_ways(store, column, ways)
    made = [
        NewTie(ids[item["donor"]], ids[item["receiver"]], item.get("subject"), item.get("grade"), item["state"],
               item.get("number"), f"{year}-{item['day']}" if "day" in item else None, item.get("note"))
        for item in data["ties"]
        if item["donor"] in ids and item["receiver"] in ids
    ]  # fmt: skip
    ties.add(store, year, made)
