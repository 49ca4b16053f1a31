"""Support of the example: agreements with events, people, platforms, deficits, plans, the card, risks, levels."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from app.models.store import Operation, Store
from app.operations import metrics, registers, support_partners, support_platforms
from app.paths import resources

POINTING = frozenset({"receiver", "school", "events", "platform", "before"})
"""Keys of the description that are no columns."""
DATES = frozenset({"dated", "date_from", "date_to", "planned_on", "held_on", "due_on", "done_on"})


def fill(store: Store, ids: Mapping[str, int], last: int) -> None:
    """Write the support of the school year that begins in the last year of results; absent schools are passed over.

    Args:
        store: the open file.
        ids: key of the description → school.
        last: the last year of results.
    """
    data = tomllib.loads((resources() / "demo" / "support.toml").read_text(encoding="utf-8"))
    support_partners.take_ties(store, last)
    with store.operation("Записана поддержка школ", "demo.support") as operation:
        _Example(operation, ids, last).fill(data)
    _measures(store, data, last)
    for back, levels in data["levels"].items():
        cells = [
            (ids[key], code, raw) for key, *texts in levels if key in ids
            for code, raw in zip(("smp_level", "smp_total", "smp_knowledge", "smp_teacher"), texts, strict=False) if raw
        ]  # fmt: skip
        if cells:
            metrics.put(store, last - int(back), cells)


def _measures(store: Store, data: Mapping[str, Any], last: int) -> None:
    """Write the indicators of the platforms; a key of the description is its title."""
    for back, named in data["measures"].items():
        rows = registers.rows(store.connection, "platforms", school_year=last - int(back))
        by_title = {row["title"]: row["id"] for row in rows}
        for title, values in named.items():
            if title in by_title:
                cells = [(key, "raw", raw) for key, raw in values.items()]
                support_platforms.put(store, by_title[title], cells)


class _Example:
    """Rows of one description."""

    def __init__(self, operation: Operation, ids: Mapping[str, int], last: int) -> None:
        self.operation, self.ids, self.last = operation, ids, last
        self.platforms: dict[str, int] = {}
        self.deficits: dict[tuple[str, str], int] = {}

    def fill(self, data: Mapping[str, Any]) -> None:
        """Write every part in its order."""
        for item in data["agreements"]:
            self._agreement(item)
        for item in data["people"]:
            self._person(item)
        for item in data["platforms"]:
            self._platform(item)
        for item in data["deficits"]:
            self._deficit(item)
        for item in data["plans"]:
            self._row("plans", item, self.last)
        for item in data["lines"]:
            self._line(item)
        for item in data["risks"]:
            self._row("risks", item, self.last)

    def _day(self, text: str) -> str:
        """Return «+1-03-15» as a day of the second calendar year of the school year, «10-05» as one of the first."""
        return f"{self.last + 1}-{text[3:]}" if text.startswith("+1-") else f"{self.last}-{text}"

    def _values(self, item: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: raw for name, raw in item.items() if name not in POINTING}
        return {name: self._day(raw) if name in DATES else raw for name, raw in kept.items()}

    def _row(self, key: str, item: Mapping[str, Any], year: int) -> int | None:
        if item.get("school", "") not in self.ids:
            return None
        return registers.add_in(self.operation, key, {"school_year": year}, organisation_id=self.ids[item["school"]],
                                **self._values(item))  # fmt: skip

    def _agreement(self, item: Mapping[str, Any]) -> None:
        if item["receiver"] not in self.ids:
            return
        key = registers.add_in(self.operation, "partnerships", {"school_year": self.last},
                               receiver_id=self.ids[item["receiver"]], **self._values(item))  # fmt: skip
        for event in item.get("events", ()):
            registers.add_in(self.operation, "joint", {"partnership_id": key}, **self._values(event))

    def _person(self, item: Mapping[str, Any]) -> None:
        schools = [self.ids[key] for key in item["schools"] if key in self.ids]
        if not schools:
            return
        person = self.operation.insert("person", full_name=item["name"], position=item["position"])
        for school in schools:
            registers.add_in(
                self.operation, "supporters", {}, person_id=person, organisation_id=school, role=item["role"],
                act=item["act"].format(year=self.last), date_from=f"{self.last}-09-01",
            )  # fmt: skip

    def _platform(self, item: Mapping[str, Any]) -> None:
        if item["school"] not in self.ids:
            return
        for year in (self.last - 1, self.last) if item.get("before") else (self.last,):
            key = self._row("platforms", item, year)
            if key is not None:
                self.platforms[item["title"]] = key

    def _deficit(self, item: Mapping[str, Any]) -> None:
        key = self._row("deficits", item, self.last)
        if key is not None:
            self.deficits[item["school"], item.get("subject", "")] = key

    def _line(self, item: Mapping[str, Any]) -> None:
        key = self._row("support", item, self.last)
        if key is None:
            return
        pointed = {
            "platform_id": self.platforms.get(item.get("platform", "")),
            "deficit_id": self.deficits.get((item["school"], item["deficit"].partition(":")[0])),
        }
        self.operation.update("support_line", key, **{name: one for name, one in pointed.items() if one is not None})
