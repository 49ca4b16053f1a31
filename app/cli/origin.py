"""The command «Откуда это?»: file, sheet, cell, day and operation of a value."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app.cli.keys import add, common, grade, year
from app.cli.output import print_json, table
from app.models.records import PROCEDURES
from app.operations import files, origin, schools
from app.operations.origin import Trace
from app.texts import ru_moment


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    where = add(commands, "origin", "показать, откуда взяты сведения о школе: файл, лист, ячейка, кто и когда", _origin)
    common(where)
    where.add_argument("--school", required=True, metavar="ШКОЛА", help="код, логин или название")
    where.add_argument("--metric", metavar="ПОКАЗАТЕЛЬ", help="значения одного показателя контекста")
    where.add_argument("--metrics", action="store_true", help="значения всех показателей контекста")
    where.add_argument("--school-year", metavar="ГОД", help="только этот учебный год показателей, 2025/26")
    where.add_argument("--year", type=year, metavar="ГОД", help="результаты этого года")
    where.add_argument("--subject", metavar="ПРЕДМЕТ", help="результаты по предмету")
    where.add_argument("--grade", type=grade, metavar="КЛАСС", help="результаты за класс")
    where.add_argument("--procedure", choices=PROCEDURES, help="результаты процедуры")
    where.add_argument("--lists", action="store_true", help="сведения из списков извне")


def _origin(chosen: argparse.Namespace) -> int:
    first = schools.first_year(chosen.school_year) if chosen.school_year else None
    work = {"year": chosen.year, "subject": chosen.subject, "grade": chosen.grade, "procedure": chosen.procedure}
    with files.for_reading(chosen.db) as connection:
        key = schools.find(connection, chosen.school).id
        if chosen.metric:
            found = origin.of_metric(connection, key, chosen.metric, first)
        elif chosen.metrics or first is not None:
            found = origin.of_metrics(connection, key, first)
        elif chosen.lists:
            found = origin.of_lists(connection, key)
        elif any(value is not None for value in work.values()):
            found = origin.of_results(connection, key, **work)
        else:
            found = origin.of_card(connection, key)
    if chosen.json:
        print_json({"origins": [_json(trace) for trace in found]})
    else:
        table(["Что", "Значение", "Откуда", "Кто записал", "Когда"], [_row(trace) for trace in found])
    return 0


def _json(trace: Trace) -> dict[str, Any]:
    return {
        "what": trace.what, "value": trace.value, "table": trace.table, "row": trace.row_id, "column": trace.column,
        "by_hand": trace.by_hand, "file": asdict(trace.file) if trace.file else None,
        "operation": asdict(trace.written) if trace.written else None,
    }  # fmt: skip


def _row(trace: Trace) -> list[str | None]:
    written = trace.written
    return [
        trace.what, trace.value, place_in_words(trace), written.actor if written else None,
        ru_moment(written.at) if written else None,
    ]  # fmt: skip


def place_in_words(trace: Trace) -> str:
    """Return «всё.xlsx, лист «Лист1», C5», or «введено вручную»."""
    file = trace.file
    if file is None:
        return "введено вручную"
    rows = None
    if file.row_from is not None:
        rows = (
            f"строка {file.row_from}"
            if file.row_to in {None, file.row_from}
            else f"строки {file.row_from}-{file.row_to}"
        )
    parts = (file.name, f"лист «{file.sheet}»" if file.sheet else None, file.cells or rows)
    return ", ".join(part for part in parts if part)
