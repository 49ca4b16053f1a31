"""The region's side of the methodists' work: municipalities side by side; only what may be added is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.operations.register_work_events import EVENT_WORDS
from app.operations.register_work_practices import KIND_WORDS
from app.reports.document import Day, Value
from app.reports.package_work import FormLine, People, WorkLine, WorkRows, WorkSummary
from app.texts import capital, school_year

Data = Mapping[str, Mapping[str, Any]]


def summary(data: Data) -> WorkSummary:
    """Return the work of every package: ``data`` is municipality → figures."""
    told = {name: item["work"] for name, item in data.items() if item.get("work") is not None}
    order = {word: number for number, word in enumerate(EVENT_WORDS.values())}
    forms = [
        FormLine(EVENT_WORDS[one["form"]], name, one["held"], _visits(one["people"]), one["connections"])
        for name, work in told.items() for one in work["events"]["forms"]
    ]  # fmt: skip
    forms.sort(key=lambda one: order[one.form])  # a stable order: municipalities stay as they came
    return WorkSummary(
        tuple(_line(name, data[name], work) for name, work in told.items()),
        tuple(FormLine(capital(one.form), one.municipality, one.held, one.visits, one.connections) for one in forms),
        tuple(name for name in data if name not in told),
    )


def _line(name: str, item: Mapping[str, Any], work: Mapping[str, Any]) -> WorkLine:
    events, helped, mentoring = work["events"], work["help"], work["mentoring"]
    of, bodies, practices = events["people"], work["bodies"], work["practices"]
    return WorkLine(
        name, f"{school_year(item['school_year'])}. {work['rule_title']}, версия {work['rule_version']}", work["last"],
        events["held"], People(of["least"], of["most"], of["visits"]) if of["counted"] else None,
        events["connections"], helped["entries"], len(helped["schools"]), len(bodies),
        sum(one["held"] for one in bodies), len(practices), sum(one["adopted"] for one in practices),
        mentoring["young"], mentoring["first_year"], mentoring["mentored"], mentoring["pairs"], mentoring["meetings"],
    )  # fmt: skip


def _visits(people: Mapping[str, int]) -> int | None:
    return people["visits"] if people["counted"] else None


def rows(data: Data) -> WorkRows:
    """Return every row of every package for the book."""
    found: dict[str, list[tuple[Value, ...]]] = {
        "events": [], "help": [], "bodies": [], "practices": [], "mentoring": [],
    }  # fmt: skip
    for name, item in data.items():
        if item.get("work") is not None:
            for sheet, cells in _rows(item["work"]):
                found[sheet].append((name, *cells))
    return WorkRows(**{sheet: tuple(lines) for sheet, lines in found.items()})


def _rows(work: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Value, ...]]]:
    for one in work["events"]["forms"]:
        yield "events", (EVENT_WORDS[one["form"]], one["held"], *_people(one["people"]), one["connections"])
    for one in work["help"]["schools"]:
        yield "help", (one["school"], one["entries"], *_people(one["people"]))
    for one in work["bodies"]:
        yield "bodies", tuple(one[key] for key in ("title", "kind", "members", "schools", "held", "plan", "done",
                                                   "late"))  # fmt: skip
    for one in work["practices"]:
        taken = Day(one["accepted_on"]) if one["accepted_on"] else None
        yield "practices", (KIND_WORDS[one["kind"]], one["title"], one["school"], taken, one["trying"], one["adopted"])
    one = work["mentoring"]
    yield "mentoring", tuple(one[key] for key in ("young", "first_year", "mentored", "told", "pairs", "meetings"))


def _people(people: Mapping[str, int]) -> tuple[Value, ...]:
    return (people["least"], people["most"], people["visits"]) if people["counted"] else (None, None, None)
