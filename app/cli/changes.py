"""The command that compares the registry with that of another year: opora school changes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, cast, get_args

from app import clock, school_years
from app.cli.keys import add, common, year
from app.cli.output import complain, line, print_json
from app.importers.parsed import FileReading, Hints
from app.operations import files, registry_changes, results
from app.operations.registry_changes import (
    ACTION_WORDS,
    KIND_WORDS,
    Action,
    Applied,
    RegistryChange,
    RegistryChanges,
    Wanted,
)
from app.texts import quoted, school_year

ACTIONS: tuple[str, ...] = get_args(Action)


def add_action(actions: Any) -> None:
    """Add «changes» to the actions of «school»."""
    found = add(actions, "changes", "сверить реестр с реестром другого года", _changes)
    found.add_argument("file", type=Path, metavar="ФАЙЛ", help="таблица школ: Excel или CSV")
    common(found, write=True)
    found.add_argument("--school-year", type=year, metavar="ГОД", help="первый год учебного года, который в файле")
    found.add_argument("--all-own", action="store_true", help="считать своими школы всех муниципалитетов файла")
    found.add_argument("--answer", nargs=2, action="append", default=[], metavar=("ВОПРОС", "ОТВЕТ"),
                       help="ответ на вопрос о файле")  # fmt: skip
    found.add_argument("--accept", action="append", default=[], metavar="КЛЮЧ=ДЕЙСТВИЕ", type=_accepted,
                       help=f"записать решение; действия: {', '.join(ACTIONS)}; школа — после двоеточия:"
                       " КЛЮЧ=same:edu000001")  # fmt: skip
    found.add_argument("--apply", type=Path, metavar="РЕШЕНИЯ.json", help="записать решения из файла")
    found.add_argument("--date", metavar="ДАТА", help="с какого дня; иначе с 1 сентября учебного года")
    found.epilog = "Без --accept и --apply ничего не записывается. Всё принятое — одно действие, его можно отменить."


def _accepted(text: str) -> tuple[str, Action, str | None]:
    key, equals, rest = text.rpartition("=")
    action, _colon, school = rest.partition(":")
    if not (key and equals) or action not in ACTIONS:
        raise argparse.ArgumentTypeError(f"не подходит «{text}». Нужно КЛЮЧ=ДЕЙСТВИЕ; есть: {', '.join(ACTIONS)}.")
    return key, cast("Action", action), school or None


def _changes(chosen: argparse.Namespace) -> int:
    reading = _read(chosen)
    if reading is None:
        return 1
    first = chosen.school_year or school_years.year_of(clock.today())
    wanted = _wanted(chosen)
    applied = None
    if wanted:
        with files.for_work(chosen.db, chosen.actor) as store:
            found = registry_changes.compare(store.connection, reading, first, all_own=chosen.all_own)
            decisions = registry_changes.resolve(store.connection, wanted, chosen.date)
            applied = registry_changes.apply(store, found, decisions)
    else:
        with files.for_reading(chosen.db) as connection:
            found = registry_changes.compare(connection, reading, first, all_own=chosen.all_own)
    if chosen.json:
        print_json(_as_json(found, applied))
    elif applied is None:
        _tell(found)
    else:
        _tell_applied(applied)
    return 3 if applied is None and found.changes else 0


def _read(chosen: argparse.Namespace) -> FileReading | None:
    """Return the file as it was read; where it is refused or leaves a question, say so and return None."""
    with files.for_reading(chosen.db) as connection:
        known = results.references_in_force(connection)
    (reading,) = results.read([chosen.file], Hints("schools", answers=dict(chosen.answer)), known)
    said = [reading.refused.message] if reading.refused else [question.text for question in reading.questions]
    for text in said:
        complain(f"{reading.name}: {text}")
    return None if said else reading


# --- decisions -----------------------------------------------------------------------------------------------------


def _wanted(chosen: argparse.Namespace) -> dict[str, Wanted]:
    """Return what the file of decisions and then the keys of the command say."""
    from_file = registry_changes.read_decisions(chosen.apply) if chosen.apply is not None else {}
    return from_file | {key: Wanted(action, school) for key, action, school in chosen.accept}


# --- telling -------------------------------------------------------------------------------------------------------


def _tell(found: RegistryChanges) -> None:
    line(f"{found.name}, {school_year(found.school_year)}: узнано по коду {found.by_code}, по названию {found.by_name},"
         f" без изменений {found.unchanged}.")  # fmt: skip
    if found.others:
        line(f"Школ других муниципалитетов, которых у нас нет: {found.others}.")
    if found.skipped:
        line(f"Закрытых школ, которых у нас нет: {found.skipped}.")
    for change in found.changes:
        line()
        line(f"{change.key}  {KIND_WORDS[change.kind]}: {_names(change)}")
        line(f"  почему: {'; '.join(change.reasons)}")
        line(f"  предлагается: {change.proposed} — {ACTION_WORDS[change.proposed]}")
        rest = [action for action in change.possible if action != change.proposed]
        line(f"  можно: {', '.join(rest)}")
    if found.changes:
        line()
        line("Ничего не записано. Принять: --accept КЛЮЧ=ДЕЙСТВИЕ или --apply РЕШЕНИЯ.json.")


def _names(change: RegistryChange) -> str:
    names = " → ".join(quoted(name) for name in (change.before, change.after) if name)
    if change.kind in {"merged", "duplicate"}:
        names = f"{quoted(change.before or '')} → {quoted(change.target or '')}"
    elif change.kind == "split":
        names = f"{quoted(change.after or '')}, прежде часть {quoted(change.target or '')}"
    return f"{names} ({change.place})" if change.place else names


def _tell_applied(applied: Applied) -> None:
    if applied.operation_id is None:
        line("Ничего не выбрано, ничего не записано.")
    for action, number in applied.counts.items():
        line(f"{ACTION_WORDS[action]}: {number}")


def _as_json(found: RegistryChanges, applied: Applied | None) -> dict[str, Any]:
    return {
        "file": found.name, "school_year": found.school_year, "matched_by_code": found.by_code,
        "matched_by_name": found.by_name, "unchanged": found.unchanged, "others": found.others,
        "skipped": found.skipped,
        "changes": [
            {
                "key": c.key, "kind": c.kind, "proposed": c.proposed, "possible": list(c.possible),
                "before": c.before, "after": c.after, "target": c.target, "place": c.place or None,
                "reasons": list(c.reasons),
                "candidates": [{"name": p.name, "score": p.score, "reasons": list(p.reasons)} for p in c.candidates],
            }
            for c in found.changes
        ],
        "applied": None if applied is None else {
            "operation": applied.operation_id, "counts": dict(applied.counts),
        },
    }  # fmt: skip
