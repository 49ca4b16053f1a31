"""The command ``opora form read``: filled workbooks in, marked copies and letters out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.keys import add, common
from app.cli.output import complain, line, print_json
from app.errors import Problem, UserError
from app.models.store import Connection, Store
from app.operations import files, form_receiving
from app.operations.form_receiving import STATE_WORDS, Change, Decision, Line, Receiving
from app.texts import count, school_year

FAILED, EYES = 1, 3
_REFUSED = frozenset({"refused"})
_QUIET = frozenset({"ready", "same"})


def add_actions(actions: Any) -> None:
    """Add the subcommand of this file to ``opora form``."""
    read = add(actions, "read", "принять заполненные бланки: файлы и папки", _run)
    read.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="книги .xlsx, .xls, .ods или папки с ними")
    common(read, write=True)
    read.add_argument("--dry-run", action="store_true", help="показать, что изменится, и ничего не записывать")
    read.add_argument("--mark", type=Path, metavar="ПАПКА", help="сохранить сюда копии с пометками и тексты писем")
    read.add_argument(
        "--conflicts", choices=("file", "stored"), metavar="ЧТО",
        help="где ответ меняли и здесь, и в файле: file — взять из файла, stored — оставить наш",
    )  # fmt: skip


def _run(chosen: argparse.Namespace) -> int:
    if chosen.dry_run:
        with files.for_reading(chosen.db) as connection:
            found = _preview(connection, chosen)
            marked = _mark(connection, found, chosen.mark)
            return _tell(found, {}, marked, as_json=chosen.json)
    with files.for_work(chosen.db, chosen.actor) as store:
        found = _preview(store.connection, chosen)
        failed = _load(store, found)
        marked = _mark(store.connection, found, chosen.mark)
        return _tell(found, failed, marked, as_json=chosen.json, written=True)


def _preview(connection: Connection, chosen: argparse.Namespace) -> Receiving:
    for path in chosen.files:
        if not path.exists():
            raise UserError("GEN_FILE_MISSING", file=path)
    found = form_receiving.preview(connection, chosen.files)
    if chosen.conflicts is None or not any(item.state == "conflict" for item in found.lines):
        return found
    decisions = {item.key: Decision(all=chosen.conflicts) for item in found.lines if item.state == "conflict"}
    return form_receiving.preview(connection, chosen.files, decisions=decisions)


def _load(store: Store, found: Receiving) -> dict[Path, str]:
    """Write every file that can be written; return why others were not."""
    failed: dict[Path, str] = {}
    by_file: dict[Path, list[Line]] = {}
    for item in found.lines:
        if item.writable:
            by_file.setdefault(item.path, []).append(item)
    for path, lines in by_file.items():
        try:
            form_receiving.load(store, lines)
        except UserError as error:
            failed[path] = str(error)
    return failed


def _mark(connection: Connection, found: Receiving, folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    paths, failed = form_receiving.marked_copies(connection, found.lines, folder)
    for text in failed:
        complain(text)
    by_subject: dict[str, list[Line]] = {}
    for item in found.lines:
        if item.subject:
            by_subject.setdefault(item.subject, []).append(item)
    return [*paths, *form_receiving.letters(by_subject, folder)]


def _tell(
    found: Receiving, failed: dict[Path, str], marked: list[Path], *, as_json: bool, written: bool = False
) -> int:
    if as_json:
        print_json({
            "files": [_json(item, failed, written=written) for item in found.lines],
            "marked": [str(path) for path in marked],
        })  # fmt: skip
    else:
        for item in found.lines:
            _line(item, failed)
        for path in marked:
            line(f"Сохранено: {path}")
        done = {item.path for item in found.lines if item.writable and item.path not in failed}
        verb = "Принято" if written else "Можно принять"
        line(f"{verb}: {count(len(done), 'файл', 'файла', 'файлов')}.")
    for one in found.problems:
        complain(one.message)
    if failed or any(item.state in _REFUSED for item in found.lines):
        return FAILED
    return EYES if any(item.state not in _QUIET for item in found.lines) else 0


def _line(item: Line, failed: dict[Path, str]) -> None:
    year = f", {school_year(item.school_year)}" if item.school_year is not None else ""
    what = f" — {item.form}{year}" if item.form else ""
    line(f"{item.file}: {item.subject or 'школа не узнана'}{what}: {STATE_WORDS[item.state]}")
    for one in item.problems:
        where = ", ".join(part for part in (one.sheet, one.cell) if part)
        line(f"  {f'[{where}] ' if where else ''}{one.message}")
    if item.state == "ask":
        for option in item.options[:10]:
            line(f"  можно записать: {option.text}")
    if item.path in failed:
        line(f"  {failed[item.path]}")


def _json(item: Line, failed: dict[Path, str], *, written: bool) -> dict[str, Any]:
    return {
        "file": str(item.path),
        "sha256": item.sha256 or None,
        "form": item.form_id or None,
        "subject": item.subject or None,
        "school_year": item.school_year,
        "case": item.case_id,
        "state": item.state,
        "written": written and item.writable and item.path not in failed,
        "refused": failed.get(item.path) or (item.problems[0].message if item.state == "refused" else None),
        "problems": [_problem(one) for one in item.problems],
        "changes": [_change(one) for one in item.changes],
        "options": [{"case": option.case_id, "text": option.text} for option in item.options],
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {"code": one.code, "level": one.level, "message": one.message, "sheet": one.sheet, "cell": one.cell}


def _change(one: Change) -> dict[str, Any]:
    return {
        "item": one.item_id, "before": one.before or None, "after": one.after or None, "sheet": one.cell[0] or None,
        "cell": one.cell[1] or None, "conflict": one.conflict, "take": one.take,
    }  # fmt: skip
