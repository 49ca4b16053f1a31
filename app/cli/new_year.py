"""The command of the new school year: what it will write and break, or writing it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli import keys
from app.cli.keys import add, common
from app.cli.output import line, print_json
from app.operations import files, new_year
from app.operations.new_year import Answers, Preview
from app.texts import school_year

_WORDS = {"warn": "Учтите", "info": "Заметьте", "ok": "В порядке"}


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    made = add(commands, "new-year", "новый учебный год: что стало со школами, что перенести, что это сломает", _run)
    common(made, write=True)
    made.add_argument(
        "--year", type=keys.school_year, required=True, metavar="УЧЕБНЫЙ_ГОД", help="какой начинается: 2027/28"
    )
    made.add_argument("--answers", type=Path, metavar="ФАЙЛ", help="JSON: schools (school, fate: renamed, closed, "
                      "joined, name, target, date), new (name, split_from), carry")  # fmt: skip
    made.add_argument("--dry-run", action="store_true", help="только сказать, что будет записано")


def _run(chosen: argparse.Namespace) -> int:
    told = {} if chosen.answers is None else new_year.read_answers(chosen.answers)
    with files.for_reading(chosen.db) as connection:
        answers = new_year.resolve(connection, told) if told else Answers()
        found = new_year.preview(connection, chosen.year, answers)
    done = None
    if not chosen.dry_run:
        with files.for_work(chosen.db, chosen.actor) as store:
            done = new_year.apply(store, chosen.year, answers)
    if chosen.json:
        print_json({
            "school_year": chosen.year, "writes": list(found.writes),
            "breaks": [{"level": item.level, "text": item.text, "school_id": item.school_id}
                       for item in found.breaks],
            "carry": {item.key: item.number for item in found.carry},
            "operation": None if done is None else done.operation_id,
        })  # fmt: skip
    else:
        _tell(found, chosen.year, written=done is not None and done.operation_id is not None)
    return 0


def _tell(found: Preview, year: int, *, written: bool) -> None:
    for text in found.writes:
        line(text)
    if not found.writes:
        line("Записывать нечего.")
    for item in found.breaks:
        line(f"{_WORDS[item.level]}: {item.text}")
    if written:
        line(f"Начат {school_year(year)} учебный год.")
