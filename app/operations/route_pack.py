"""The folder for a visit or a hearing: one paper with card, route, last decisions, plan of the school and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.models import programmes as stored_programmes
from app.models.store import Connection
from app.operations import card_papers, registers, route, school_card
from app.operations.papers import Paper
from app.operations.register_catalogue import DOCUMENT_WORDS, POINT_WORDS
from app.operations.route import SchoolRoute
from app.reports.card_data import Line, SchoolCard, Section, Way
from app.texts import NBSP, capital, glue, ru_date, school_year

if TYPE_CHECKING:
    from app.operations.school_card_parts import About
    from app.reports.route_pack import PackActivity, PackPoint, PackStep

KIND = "route_pack"
PURPOSES: dict[str, str] = {"visit": "Папка к выезду", "hearing": "Папка к заслушиванию"}
MOST_POINTS = 8
MOST_ACTIVITIES = 14
MOST_ASKED = 4
"""Questions that the route adds to those of the card."""


def paper(connection: Connection, school_id: int, year: int, day: date, purpose: str = "visit") -> Paper:
    """Return the folder of a school.

    Args:
        connection: reading connection.
        school_id: the school.
        year: school year.
        day: what counts as today.
        purpose: a key of ``PURPOSES``.

    Raises:
        UserError: ``GEN_NO_SCHOOL``; ``MON_ROUTE_PURPOSE`` for another purpose.
    """
    if purpose not in PURPOSES:
        raise UserError("MON_ROUTE_PURPOSE", purpose=purpose, known=", ".join(PURPOSES))
    from app.reports.route_pack import PackData, route_pack

    card = school_card.card(connection, school_id, year)
    known = route.of_school(connection, school_id, year, day)
    points, more_points = _points(connection, card)
    activities, more = _activities(connection, card, day)
    title = PURPOSES[purpose]
    data = PackData(
        title, card.school.name, school_year(year), tuple(_step(step) for step in known.steps), points, activities,
        (*card.questions, *questions(known)), (more_points, more),
    )  # fmt: skip
    front = card_papers.fitted(replace(card, questions=()))
    return Paper(KIND, f"{title}, {school_year(year)}: {card.school.shown}", route_pack(data, front), None)


def questions(known: SchoolRoute) -> tuple[str, ...]:
    """Return what to ask about missed steps, late ones and points of decisions, the oldest of each first."""
    asked = [
        f"Почему пропущен шаг: {step.title} (план на {ru_date(step.planned_on or '')})?"
        for step in known.steps if step.state == "missed"
    ]  # fmt: skip
    for event in (event for event in known.events if event.late):
        when = ru_date(event.day)
        if event.kind == "step":
            asked.append(f"Почему не сделано в срок: {event.text} (план на {when})?")
        elif event.kind == "point":
            asked.append(f"Что мешает выполнить: {event.text.partition(': ')[2].rstrip('.')} (срок {when})?")
    return tuple(glue(text) for text in asked[:MOST_ASKED])


def _step(step: route.StepLine) -> PackStep:
    from app.reports.route_pack import PackStep

    words = tuple(
        text
        for text in (
            step.outcome,
            f"Решили: {step.decision}" if step.decision else "",
            f"Следующая встреча {ru_date(step.next_on)}" if step.next_on else "",
        )
        if text
    )
    state = route.STATE_WORDS[step.state] if step.state in {"done", "missed", "planned", "undated"} else step.word
    return PackStep(route.STAGE_WORDS[step.stage], step.title, step.planned_on, step.held_on, words, state)


def decided(connection: Connection, school_id: int) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return (document, point) of decisions that name a school, the newest document first."""
    documents = {row["id"]: row for row in registers.rows(connection, "documents")}
    found = [
        (documents[row["document_id"]], row)
        for row in registers.rows(connection, "points")
        if row["organisation_id"] == school_id and row["document_id"] in documents
    ]
    return sorted(found, key=lambda pair: (pair[0]["dated"] or "", -pair[1]["position"]), reverse=True)


def document_words(row: Mapping[str, Any]) -> str:
    """Return «протокол от 12.11.2026 № 3»."""
    day = f" от{NBSP}{ru_date(row['dated'])}" if row["dated"] else ""
    number = f" №{NBSP}{row['number']}" if row["number"] else ""
    return f"{DOCUMENT_WORDS[row['kind']]}{day}{number}"


def point_words(row: Mapping[str, Any]) -> str:
    """Return «выполнено 20.11.2026», «не выполнено: нет денег»."""
    word = POINT_WORDS[row["state"]]
    if row["state"] in {"done", "part"} and row["done_on"]:
        return f"{word} {ru_date(row['done_on'])}"
    return f"{word}: {row['reason']}" if row["reason"] and row["state"] in {"not_done", "part"} else word


def _points(connection: Connection, card: SchoolCard) -> tuple[tuple[PackPoint, ...], int]:
    """Return points of decisions about the school, then what was decided of it about the list."""
    from app.reports.route_pack import PackPoint

    found = [
        PackPoint(document_words(document), row["text"] or "", row["due_on"], point_words(row))
        for document, row in decided(connection, card.school.id)
    ]
    about = card.section("decisions")
    found += [
        PackPoint(line.label, line.text, None, line.note) for line in (about.lines if about is not None else ())
    ]  # fmt: skip
    return tuple(found[:MOST_POINTS]), max(0, len(found) - MOST_POINTS)


def _activities(
    connection: Connection, card: SchoolCard, day: date
) -> tuple[tuple[PackActivity, ...], int]:  # fmt: skip
    """Return the school's own plan first, then what the municipality and the road map do for it in the year."""
    from app.operations import execution
    from app.reports.route_pack import PackActivity

    listed = card.answer is not None and bool(card.answer.listed)
    lines = execution.of_school(connection, card.school.id, card.school_year, day, listed=listed)
    own = {item.id for item in stored_programmes.programmes(connection) if item.kind == "school"}
    found = [
        PackActivity(
            f"{'Программа школы' if line.programme_id in own else 'Программа'}, {line.number}", line.text,
            ", ".join(part for part in (line.term, "; ".join(line.responsible)) if part),
            f"{line.word}: {line.reason}" if line.reason else line.word,
        )
        for line in sorted(lines, key=lambda line: (line.programme_id not in own, line.due_on or "9", line.number))
    ]  # fmt: skip
    programme = card.section("programme")
    found += [
        PackActivity(line.label, line.text, line.note, "")
        for line in (programme.lines if programme is not None else ())
        if line.way is not None and line.way.kind == "list"
    ]
    return tuple(found[:MOST_ACTIVITIES]), max(0, len(found) - MOST_ACTIVITIES)


def section(about: About) -> Section:
    """Return the route of the school in the school year, for its card: the stage, what was held, what comes next."""
    # a card says plans, not lateness: no plan of the year is late on the day before it begins
    before = date(about.school_year, 8, 1)
    own = route.of_year(about.connection, about.school_year, before).get(about.school_id, [])
    title, nothing = "Маршрут", "шаги маршрута не записаны"
    if not own:
        return Section("route", title, (), nothing)
    held = [step for step in own if step.held_on]
    way = Way("route", str(about.school_id), about.school_year)
    lines = [Line("Этап", route.STAGE_WORDS[route.stage_of(own)], f"сделано {len(held)} из{NBSP}{len(own)}", way=way)]
    lines += [
        Line(capital(step.title), f"{ru_date(step.held_on or '')}", _told(step), way=way)
        for step in sorted(held, key=lambda step: step.held_on or "", reverse=True)
    ]
    ahead = [step for step in own if step.planned_on and not step.held_on]
    if ahead:
        first = ahead[0]
        lines.insert(1, Line("Дальше", first.title, f"по плану {ru_date(first.planned_on or '')}", way=way))
    return Section("route", title, tuple(lines), nothing)


def _told(step: route.StepLine) -> str:
    return "; ".join(text.rstrip(".") for text in (step.outcome, step.decision) if text)
