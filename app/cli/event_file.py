"""``opora event guests --from``: participants of an event from a file; with ``--dry-run`` nothing is written."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.output import line, print_json, table
from app.operations import event_file, event_file_writing, files
from app.operations.event_file import FIELDS, STATE_WORDS, Choice, Preview
from app.operations.register_work_events import CAME_WORDS
from app.texts import quoted

DONE, WAITS = 0, 3


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Add the keys of this file to ``opora event guests``."""
    parser.add_argument("--from", dest="source", type=Path, metavar="ФАЙЛ",
                        help="взять список из файла: .xlsx, .xls, .ods, .csv, .docx")  # fmt: skip
    parser.add_argument("--sheet", metavar="ЛИСТ", help="только этот лист файла")
    parser.add_argument("--dry-run", action="store_true", help="показать, кто впишется из файла, и ничего не записать")


def run(chosen: argparse.Namespace) -> int:
    """Take a list from a file; returns 3 where something should be looked at."""
    source = event_file.read(chosen.source)
    sheets = event_file.only_sheet(source, chosen.sheet) if chosen.sheet else None
    choice = Choice(came="yes" if chosen.came else None, sheets=sheets)
    if chosen.dry_run:
        with files.for_reading(chosen.db) as connection:
            found = event_file.preview(connection, chosen.event, source, choice)
        return _tell(chosen, found, written=False)
    with files.for_work(chosen.db, chosen.actor) as store:
        done = event_file_writing.load(store, chosen.event, source, choice)
    return _tell(chosen, done.found, written=True)


def _tell(chosen: argparse.Namespace, found: Preview, *, written: bool) -> int:
    if chosen.json:
        print_json(_json(found, written=written))
    else:
        _say(found, written=written)
    return WAITS if found.eyes else DONE


def _say(found: Preview, *, written: bool) -> None:
    for sheet in found.tables:
        if sheet.taken:
            told = [f"{quoted(one.heading)} — {FIELDS[one.field]}" for one in sheet.columns
                    if one.field and one.heading]  # fmt: skip
            line(f"{sheet.place}: {'; '.join(told) or 'заголовков нет, столбцы узнаны по содержанию'}.")
    if not written:
        table(
            ["Ячейка", "Что будет", "ФИО", "Школа", "Должность", "Был"],
            [[one.row.cell, STATE_WORDS[one.state], one.name, one.shown or None, one.post or None,
              CAME_WORDS.get(one.came or "")] for one in found.lines],
        )  # fmt: skip
    for one in found.problems:
        line(f"  {one.message}")
    for sentence in found.sentences:
        line(sentence)
    if written:
        line(f"Записано из файла {quoted(found.source.name)}, SHA-256 {found.source.sha256}.")


def _json(found: Preview, *, written: bool) -> dict[str, Any]:
    """Return what a file brings, without names: they stay inside the file of the program."""
    return {
        "file": found.source.name, "sha256": found.source.sha256, "written": written, "event": found.event,
        "counts": {state: len(found.of(state)) for state in STATE_WORDS},
        "sheets": [{"place": one.place, "taken": one.taken, "people": len(one.rows), "passed": one.passed,
                    "private": list(one.private),
                    "columns": {column.heading or str(column.at + 1): column.field for column in one.columns
                                if column.field}} for one in found.tables],
        "rows": [{"place": one.row.place, "cell": one.row.cell, "state": one.state, "school": one.shown or None,
                  "came": one.came, "codes": [said.code for said in one.problems]} for one in found.lines],
        "unknown": [{"text": one.text, "people": one.people, "proposals": [name for _key, name in one.proposals]}
                    for one in found.unknown],
        "problems": [asdict(one) for one in found.problems],
    }  # fmt: skip
