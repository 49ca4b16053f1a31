"""Commands of the route: the board of a school year, one school with its folder for a visit or a hearing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, add_school_year, common, school_year_of
from app.cli.output import line, print_json, table
from app.operations import files, papers, route, route_pack, schools
from app.operations.route import SchoolRoute
from app.texts import DASH, ru_date


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    made = add(commands, "route", "маршрут школ: анализ, сопровождение, контроль", _route)
    common(made)
    add_school_year(made)
    made.add_argument("--school", metavar="ШКОЛА", help="код, логин или название: шаги одной школы")
    made.add_argument("--out", type=Path, metavar="ФАЙЛ", help="папка к встрече: .pdf, .docx или .xlsx; нужна --school")
    made.add_argument("--hearing", action="store_true", help="папка к заслушиванию, а не к выезду")
    made.set_defaults(usage_error=made.error)


def _route(chosen: argparse.Namespace) -> int:
    if chosen.out is not None and chosen.school is None:
        chosen.usage_error("для --out нужна --school: папка делается на одну школу")
    year = school_year_of(chosen)
    day = clock.today()
    with files.for_reading(chosen.db) as connection:
        key = None if chosen.school is None else schools.find(connection, chosen.school).id
        found = (
            list(route.board(connection, year, day).routes)
            if key is None
            else [route.of_school(connection, key, year, day)]
        )
        purpose = "hearing" if chosen.hearing else "visit"
        paper = None if chosen.out is None or key is None else route_pack.paper(connection, key, year, day, purpose)
    if paper is not None:
        papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    if chosen.json:
        print_json({"school_year": year, "routes": [_json(item) for item in found]})
    elif paper is not None:
        line(f"Готово: {chosen.out}")
    elif key is None:
        table(("Школа", "Этап", "Сделано", "Дальше"), [_row(item) for item in found])
    else:
        _tell(found[0])
    return 0


def _row(item: SchoolRoute) -> tuple[str, str, str, str]:
    done = sum(bool(step.held_on) for step in item.steps)
    event = item.next
    ahead = DASH if event is None else f"{ru_date(event.day)}: {event.text}{', просрочено' if event.late else ''}"
    return item.school.shown, route.STAGE_WORDS[item.stage], f"{done} из {len(item.steps)}", ahead


def _tell(item: SchoolRoute) -> None:
    line(f"{item.school.name}: {route.STAGE_WORDS[item.stage]}")
    for step in item.steps:
        line(f"  {step.title}: {step.word}" + (f" — {step.outcome}" if step.outcome else ""))
    for event in item.events:
        line(f"{ru_date(event.day)}{', просрочено' if event.late else ''}: {event.text}")


def _json(item: SchoolRoute) -> dict[str, Any]:
    return {
        "school_id": item.school.id, "school_code": item.school.code or None, "school": item.school.name,
        "listed": item.listed, "stage": None if item.stage == "none" else item.stage,
        "curator": item.curator or None, "late": item.late, "decision": item.decision or None,
        "steps": [
            {"id": step.id, "step": step.step, "title": step.title, "stage": step.stage, "planned_on": step.planned_on,
             "held_on": step.held_on, "state": step.state, "outcome": step.outcome or None,
             "decision": step.decision or None, "next_on": step.next_on, "responsible": step.responsible or None}
            for step in item.steps
        ],
        "events": [{"day": event.day, "text": event.text, "late": event.late, "kind": event.kind}
                   for event in item.events],
    }  # fmt: skip
