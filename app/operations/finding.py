"""Rows of registers and saved charts that the search of the window offers: it opens them in their place."""

from __future__ import annotations

from dataclasses import dataclass

from app.models import organisations, papers, saved_views, work_events
from app.models import registers as stored
from app.models.store import Connection
from app.operations import chart_views, orders, outgoing, practices
from app.operations.register_work_events import EVENT_WORDS
from app.texts import ru_date, school_year


@dataclass(frozen=True, slots=True)
class FindableRow:
    """One row: its text, what it is, the page that shows it and what that page is asked for."""

    text: str
    what: str
    page: str
    payload: tuple[str, object]


def findable(connection: Connection) -> list[FindableRow]:
    """Return open tasks and requests, agreements, charts, papers, orders, practices, associations, the cycle."""
    found = [
        FindableRow(row["text"], f"дело, срок {ru_date(row['due_on'])}" if row["due_on"] else "дело", "today",
                    ("tasks", row["id"]))
        for row in stored.rows(connection, "task", {}, ("due_on", "id")) if row["text"] and not row["done_on"]
    ]  # fmt: skip
    found += [
        FindableRow(row["subject"], f"запрос, {row['sender']}" if row["sender"] else "запрос", "today",
                    ("requests", row["id"]))
        for row in stored.rows(connection, "request", {}, ("due_on", "id"))
        if row["subject"] and not row["answered_on"]
    ]  # fmt: skip
    names = {school.id: school.shown for school in organisations.listing(connection, own=None)}
    for row in stored.rows(connection, "partnership", {}, ("school_year", "id")):
        donor = names.get(row["donor_id"] or 0, "") or row["donor"] or ""
        sides = " — ".join(part for part in (donor, names.get(row["receiver_id"] or 0, "")) if part)
        what = f"соглашение, {school_year(row['school_year'])}"
        if sides or row["topic"]:
            place = ("partnerships", ("row", row["id"], row["school_year"], None))
            found.append(FindableRow(row["topic"] or sides, f"{what}, {sides}", "monitoring", ("support", place)))
    found += [
        FindableRow(view.title, "сохранённый график", "monitoring", ("charts", view))
        for view in saved_views.listing(connection, chart_views.PLACE)
    ]
    found += [
        FindableRow(paper.title, outgoing.found_words(paper), "papers", ("outgoing", paper.number))
        for paper in papers.listing(connection)
    ]
    found += [FindableRow(about, what, "papers", ("orders", key)) for key, about, what in orders.findable(connection)]
    found += [
        FindableRow(item.title, practices.found_words(item), "work", ("practices", item.id))
        for item in practices.listing(connection) if item.title
    ]  # fmt: skip
    found += [
        FindableRow(row["name"], ", ".join(part for part in (row["kind"], row["subject"]) if part), "work",
                    ("bodies", row["id"]))
        for row in stored.rows(connection, "body", {}, ("name",))
    ]  # fmt: skip
    found += [
        FindableRow(event.title or "", _event_words(event), "work", ("events", event.id))
        for event in work_events.events(connection) if event.title
    ]  # fmt: skip
    return found + [
        FindableRow(row["title"], f"папка цикла, {school_year(row['school_year'])}", "monitoring",
                    ("cycle", (row["direction"], row["component"], row["school_year"])))
        for row in stored.rows(connection, "cycle_document", {}, ("school_year", "id")) if row["title"]
    ]  # fmt: skip


def _event_words(event: work_events.Event) -> str:
    """Return «семинар, 12.10.2026»."""
    word = EVENT_WORDS[event.kind]
    return f"{word}, {ru_date(event.date_from)}" if event.date_from else word
