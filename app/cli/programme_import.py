"""The command ``opora programme import``: an existing plan from Word, Excel or a text becomes a programme."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from app.cli.keys import add, common, whole
from app.cli.output import complain, line, print_json
from app.errors import Problem, UserError
from app.models.store import Connection
from app.operations import files, programme_import
from app.operations.programme_import import LAYOUT_WORDS, STATE_WORDS, Line, Period, Preview, Target
from app.operations.programme_import_writing import Loaded, load
from app.texts import count

FAILED, EYES = 1, 3
_key = whole(1, 2**63 - 1)


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file to ``opora programme``."""
    made = add(actions, "import", "загрузить готовый план: таблицы Word, Excel или текст", _run)
    made.add_argument("file", type=Path, metavar="ФАЙЛ", help="план: .docx, .xlsx, .xls, .ods, .txt, .csv")
    common(made, write=True)
    where = made.add_mutually_exclusive_group()
    where.add_argument("--into", type=_key, metavar="КОД", help="в этот проект программы; все: opora programme list")
    where.add_argument("--new", metavar="НАЗВАНИЕ", default="", help="в новую программу с таким названием")
    made.add_argument("--years", type=_years, metavar="ГОДЫ", help="годы новой программы: 2026 или 2025-2027")
    made.add_argument("--task", type=_key, metavar="КОД", help="под эту задачу программы, указанной в --into")
    made.add_argument("--doubles", action="store_true", help="загрузить и то, что в программе уже есть")
    made.add_argument("--dry-run", action="store_true", help="показать, что загрузится, и ничего не записывать")


def _years(text: str) -> Period:
    found = re.fullmatch(r"(20\d\d)(?:\s*[-–]\s*(20\d\d))?", text)
    first = int(found.group(1)) if found else 0
    last = int(found.group(2) or first) if found else 0
    if not found or last < first:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужны годы: 2026 или 2025-2027.")
    return Period(first, last)


def _run(chosen: argparse.Namespace) -> int:
    target = Target(chosen.into, chosen.new, chosen.years, task_id=chosen.task, doubles=chosen.doubles)
    if chosen.dry_run:
        with files.for_reading(chosen.db) as connection:
            found = _preview(connection, chosen, target)
            return _tell(found, None, "", as_json=chosen.json, path=chosen.file)
    with files.for_work(chosen.db, chosen.actor) as store:
        found = _preview(store.connection, chosen, target)
        if isinstance(found, UserError):
            return _tell(found, None, "", as_json=chosen.json, path=chosen.file)
        try:
            done = load(store, found)
        except UserError as error:
            return _tell(found, None, str(error), as_json=chosen.json)
        return _tell(found, done, "", as_json=chosen.json)


def _preview(connection: Connection, chosen: argparse.Namespace, target: Target) -> Preview | UserError:
    """Return what the file would bring; a file that can't be read is an answer too, not a fall."""
    try:
        source = programme_import.read(chosen.file)
    except UserError as error:
        if error.code == "GEN_FILE_MISSING":
            raise
        return error
    return programme_import.preview(connection, source, target)


def _tell(
    found: Preview | UserError, done: Loaded | None, failed: str, *, as_json: bool, path: Path | None = None
) -> int:
    if isinstance(found, UserError):
        if as_json:
            print_json({"files": [{"file": str(path or ""), "refused": str(found), "written": False}]})
            return FAILED
        raise found
    problems = [*found.problems, *(done.problems if done is not None else ())]
    if as_json:
        print_json({"files": [_json(found, done, failed, problems)]})
    else:
        _say(found, done, problems)
    if failed:
        if not as_json:
            complain(failed)
        return FAILED
    return EYES if any(one.level != "hint" for one in problems) else 0


def _say(found: Preview, done: Loaded | None, problems: list[Problem]) -> None:
    years = f", {found.period.words}" if found.period is not None else ""
    line(f"{found.source.name}: «{found.title}»{years}")
    for table in found.tables:
        what = LAYOUT_WORDS[table.layout] if table.layout is not None else "не прочитана"
        line(f"{table.place}: {what}, {count(len(table.rows), 'строка', 'строки', 'строк')}")
    for one in problems:
        line(f"  {one.message}")
    for sentence in found.sentences:
        line(sentence)
    if done is not None:
        line(f"Загружено в программу «{done.title}», код {done.programme_id}.")


def _json(found: Preview, done: Loaded | None, failed: str, problems: list[Problem]) -> dict[str, Any]:
    period = found.period
    return {
        "file": str(found.source.path) if found.source.path is not None else None,
        "sha256": found.source.sha256 or None,
        "title": found.title,
        "years": [period.year_from, period.year_to] if period is not None else None,
        "limits": list(period.limits) if period is not None else None,
        "written": done is not None,
        "refused": failed or None,
        "programme": done.programme_id if done is not None else found.target.into,
        "tables": [
            {"place": table.place, "layout": table.layout, "rows": len(table.rows)} for table in found.tables
        ],
        "rows": [_row(one) for one in found.lines],
        "problems": [
            {"code": one.code, "level": one.level, "message": one.message, "sheet": one.sheet, "cell": one.cell}
            for one in problems
        ],
    }  # fmt: skip


def _row(one: Line) -> dict[str, Any]:
    row = one.row
    return {
        "place": row.place, "kind": row.kind, "number": row.label or None, "text": row.text or None,
        "group": row.group.title if row.group is not None else None, "term": row.term or None,
        "spans": [list(span) for span in one.term.spans], "term_code": one.term.code,
        "responsible": list(row.responsible), "results": list(row.results), "measure": row.measure or None,
        "targets": [{"year": year, "raw": raw} for year, raw in row.targets],
        "money": [{"year": year, "source": source or None, "raw": raw} for year, source, raw in row.money],
        "notes": list(row.notes), "state": one.state, "state_word": STATE_WORDS[one.state],
        "codes": [problem.code for problem in one.problems],
    }  # fmt: skip
