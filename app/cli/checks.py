"""Commands about problems in the data: the joint list, explanations."""

from __future__ import annotations

import argparse
import re
from typing import Any

from app.cli.keys import add, common, year
from app.cli.output import line, print_json, table
from app.operations import checks, files, schools
from app.operations.checks import DataProblem


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    listing = add(commands, "problems", "показать замечания к данным, одним списком", _problems)
    common(listing)
    listing.add_argument("--all", action="store_true", help="и уже объяснённые")
    listing.add_argument(
        "--level",
        choices=checks.LEVELS,
        help="только мешающие (block), требующие объяснения (explain), подсказки (hint)",
    )
    listing.add_argument("--school", metavar="ШКОЛА", help="код, логин или название")
    listing.add_argument("--year", type=year, metavar="ГОД", help="только о результатах этого года")
    explain = add(commands, "explain", "объяснить замечание; объяснение хранится и печатается", _explain)
    common(explain, json=False, write=True)
    explain.add_argument("problem", nargs="+", type=_number, metavar="НОМЕР", help="номера из opora problems")
    what = explain.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="ОБЪЯСНЕНИЕ")
    what.add_argument("--withdraw", action="store_true", help="снять объяснение: замечание снова открыто")


def _number(text: str) -> str:
    if not re.fullmatch(r"k[0-9a-f]{11}|[0-9]{1,19}", text):
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужен номер из opora problems.")
    return text


def as_json(item: DataProblem) -> dict[str, Any]:
    """Return one problem as the command prints it; unknown values are null."""
    said, place = item.explanation, item.place
    return {
        "id": item.id, "level": item.level, "code": item.code, "message": item.message, "school": item.school or None,
        "open": item.open,
        "place": {"kind": place.kind, "field": place.field, "year": place.year, "metric": place.metric,
                  "file_id": place.file_id, "key": place.key},
        "explanation": None if said is None else {"text": said.text, "actor": said.actor, "at": said.at},
    }  # fmt: skip


def _problems(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = checks.problems(connection)
        wanted = schools.find(connection, chosen.school).id if chosen.school is not None else None
    found = [
        item
        for item in found
        if (chosen.all or item.open)
        and chosen.level in {None, item.level}
        and wanted in {None, item.place.school_id}
        and (chosen.year is None or checks.of_year(item, {chosen.year}))
    ]
    if chosen.json:
        print_json({"problems": [as_json(item) for item in found]})
        return 0
    rows = [[item.id, checks.LEVEL_WORDS[item.level] if item.open else "объяснено", item.message] for item in found]
    table(["№", "Важность", "Замечание"], rows)
    for item in found:
        if item.explanation is not None:
            line(f"{item.id}: {item.explanation.text}")
    return 0


def _explain(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        found = checks.find(store.connection, list(dict.fromkeys(chosen.problem)))
        if chosen.withdraw:
            for item in found:
                checks.withdraw(store, item)
        else:
            checks.explain(store, found, chosen.text)
    line("Объяснение снято." if chosen.withdraw else "Объяснение записано.")
    return 0
