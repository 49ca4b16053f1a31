"""The command of the cycle folder: what lies there, what is missing, the paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, add_school_year, common, school_year_of
from app.cli.output import line, print_json, table
from app.operations import cycle, cycle_papers, files, papers


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    made = add(commands, "cycle", "папка управленческого цикла: документы, ссылки, чего нет", _cycle)
    common(made)
    add_school_year(made)
    made.add_argument("--direction", metavar="НАПРАВЛЕНИЕ", help="одно направление: low_results, method, heads, "
                      "training или название своего")  # fmt: skip
    made.add_argument("--out", type=Path, metavar="ФАЙЛ", help="напечатать в файл .pdf, .docx или .xlsx")


def _cycle(chosen: argparse.Namespace) -> int:
    year = school_year_of(chosen)
    with files.for_reading(chosen.db) as connection:
        found = cycle.folder(connection, year)
        documents = cycle.documents(connection, year, chosen.direction)
        if chosen.direction is not None:
            found.cycle.direction(chosen.direction)
        paper = None if chosen.out is None else cycle_papers.paper(connection, year, chosen.direction)
    if paper is not None:
        papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    shown = [item for item in found.cycle.directions if chosen.direction in {None, item.id}]
    if chosen.json:
        print_json({
            "school_year": year,
            "cells": [
                {"direction": item.id, "component": part.id, "stage": part.stage,
                 "documents": found.cell(item.id, part.id).documents,
                 "published": found.cell(item.id, part.id).published, "state": found.cell(item.id, part.id).state}
                for item in shown for part in found.cycle.components
            ],
            "documents": [
                {"id": item.id, "direction": item.direction, "component": item.component, "title": item.title,
                 "number": item.number, "dated": item.dated, "links": list(item.links)}
                for item in documents
            ],
        })  # fmt: skip
    elif paper is not None:
        line(f"Готово: {chosen.out}")
    else:
        line(found.sentence)
        rows = [[part.title, *(found.cell(item.id, part.id).word for item in shown)] for part in found.cycle.components]
        table(("Раздел", *(item.short for item in shown)), rows)
    return 0
