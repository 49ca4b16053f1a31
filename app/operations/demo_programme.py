"""Programmes of the example: the municipality's for three years with a few faults on purpose, and one of a school."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.models import lists
from app.models.store import Operation, Store
from app.operations import programme_edit as edit
from app.operations import programme_parts, programmes
from app.operations.programmes import writable
from app.paths import resources

PARTS = {"stakeholders": "stakeholder", "mechanism": "mechanism", "monitoring": "monitor", "resources": "resource",
         "blocks": "block"}  # fmt: skip
CHOSEN = 5


class ProgrammeExample:
    """Filling of one file.

    Args:
        store: the open file.
        schools: keys of the schools; chosen ones are the last five, the school's own programme is of the last one.
        last: last result year: the programme begins in it.
    """

    def __init__(self, store: Store, schools: Sequence[int], last: int) -> None:
        self.store, self.schools, self.last = store, list(schools), last
        self.words = {"a": str(last), "b": str(last + 1), "c": str(last + 2)}
        self.nodes: dict[str, int] = {}
        self.acts: list[int] = []
        self.directions: list[int] = []

    def fill(self) -> None:
        """Make both programmes; a file without schools has the municipality's alone."""
        data = tomllib.loads((resources() / "demo" / "programme.toml").read_text(encoding="utf-8"))
        key = programmes.create(
            self.store, "municipal", self.told(data["municipal"]["title"]), self.last, self.last + 2
        )  # fmt: skip
        self.content(key, data["municipal"])
        if self.schools:
            school = listed_school(self.store, self.schools)
            title = self.told(data["school"]["title"])
            key = programmes.create(self.store, "school", title, self.last, self.last + 1, organisation_id=school)
            self.content(key, data["school"])

    def told(self, text: str) -> str:
        """Put the years into a text."""
        for name, year in self.words.items():
            text = text.replace(f"{{{name}}}", year)
        return text

    def content(self, key: int, data: Mapping[str, Any]) -> None:
        """Fill one programme."""
        self.nodes, self.acts = {}, []
        with self.store.operation("Заполнена программа примера", "demo.programme") as operation:
            self.directions = [
                programme_parts.put_direction_in(operation, key, None, title) for title in data.get("directions", ())
            ]
            for item in data["problems"]:
                self._node(operation, key, "problem", item, None)
                for cause in item["causes"]:
                    self._node(operation, key, "cause", cause, self.nodes[item["key"]], cause_kind=cause["kind"])
            for goal in data["goals"]:
                made = self._node(operation, key, "goal", goal, None)
                self._below(operation, key, goal, made)
                for task in goal["tasks"]:
                    self._below(operation, key, task, self._node(operation, key, "task", task, made))
            for risk in data["risks"]:
                self._node(operation, key, "risk", risk, None, answer=risk.get("answer"))
            for loose in data.get("loose", ()):
                self._node(operation, key, loose["kind"], loose, None)
            self._after(operation, data)
            for name, text in data.get("texts", {}).items():
                programme_parts.put_section_in(operation, key, name, self.told(text))
        for name, part in PARTS.items():
            if name in data:
                rows = [{column: self.told(str(text)) for column, text in row.items()} for row in data[name]]
                programme_parts.put_rows(self.store, key, part, rows)
        for node_id, rows in self._estimates(data):
            programme_parts.put_estimate(self.store, node_id, self.last, rows)

    def _node(
        self, operation: Operation, key: int, kind: Any, item: Mapping[str, Any], parent: int | None, **own: Any
    ) -> int:
        columns = {name: value for name, value in own.items() if value is not None}
        made = edit.add_in(
            operation, writable(operation.connection, key), kind, self.told(item["text"]), parent_id=parent, **columns
        )
        if "key" in item:
            self.nodes[item["key"]] = made
        for other in item.get("solves", ()):
            edit.link_in(operation, "solves", made, self.nodes[other])
        return made

    def _below(self, operation: Operation, key: int, item: Mapping[str, Any], parent: int) -> None:
        for measure in item.get("measures", ()):
            over = self._node(operation, key, "measure", measure, parent)
            for indicator in measure["indicators"]:
                self._indicator(operation, key, indicator, over)
        for activity in item.get("activities", ()):
            self._activity(operation, key, activity, parent)

    def _indicator(self, operation: Operation, key: int, item: Mapping[str, Any], parent: int) -> None:
        made = self._node(operation, key, "indicator", item, parent)
        names = ("unit", "direction", "requirement", "source", "method", "period", "responsible")
        edit.put_indicator_in(operation, made, **{name: item[name] for name in names if name in item})
        if "baseline" in item:
            edit.put_baseline_in(operation, made, item["baseline"])
            edit.put_indicator_in(operation, made, baseline_year=self.last - 1)
        for place, raw in enumerate(item["targets"]):
            edit.put_target_in(operation, made, self.last + place, raw)
        for place, raw in enumerate(item.get("required", ())):
            edit.put_target_in(operation, made, self.last + place, raw, required=True)

    def _activity(self, operation: Operation, key: int, item: Mapping[str, Any], parent: int) -> None:
        made = self._node(operation, key, "activity", item, parent)
        self.acts.append(made)
        columns = {name: item[name] for name in ("reason", "conditions", "own", "free") if name in item}
        if "direction" in item:
            columns["direction_id"] = self.directions[item["direction"]]
        edit.put_activity_in(operation, made, **columns)
        if "term" in item:
            edit.put_term_in(operation, made, self.told(item["term"]))
        edit.put_responsible_in(operation, made, item.get("responsible", ()))
        edit.put_results_in(operation, made, item.get("results", ()))
        coverage = item.get("schools", "none")
        if coverage == "chosen" and not self.schools:
            coverage = "listed"
        edit.put_schools_in(operation, made, coverage, self.schools[-CHOSEN:])
        for other in item.get("serves", ()):
            edit.link_in(operation, "serves", made, self.nodes[other])
        for source, sums in item.get("money", {}).items():
            for place, raw in enumerate(sums):
                edit.put_money_in(operation, made, self.last + place, source, raw)

    def _after(self, operation: Operation, data: Mapping[str, Any]) -> None:
        for made, item in zip(self.acts, _activities(data), strict=True):
            for place in item.get("after", ()):
                edit.link_in(operation, "after", made, self.acts[place])

    def _estimates(self, data: Mapping[str, Any]) -> Iterable[tuple[int, list[dict[str, str]]]]:
        for made, item in zip(self.acts, _activities(data), strict=True):
            rows = [
                dict(zip(("text", "source", "raw", "comes"), (self.told(cell) for cell in row), strict=True))
                for row in item.get("estimate", ())
            ]
            if rows:
                yield made, rows


def _activities(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the activities in the order in which they are made."""
    return [
        activity for goal in data["goals"] for item in (goal, *goal["tasks"]) for activity in item.get("activities", ())
    ]


def listed_school(store: Store, schools: Sequence[int]) -> int:
    """Return the school whose own programme the example has: the first of the approved list, else the last one."""
    in_force = next((item for item in lists.approvals(store.connection) if item.state == "approved"), None)
    rows = lists.snapshot(store.connection, in_force.snapshot_id)["schools"] if in_force is not None else []
    listed = [row["school_id"] for row in rows if row["listed"]]
    return next((key for key in listed if key in schools), schools[-1])
