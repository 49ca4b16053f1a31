"""``opora execution``: how the plan stands, marking, the report of a period."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any, get_args

from app import clock
from app.analysis.execution import SHOWN_WORDS, STATE_WORDS, State
from app.cli.form_papers import deliver
from app.cli.keys import add, add_programme, common, year
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.models.store import Connection
from app.operations import execution, execution_report, files, papers, programmes, schools
from app.operations.execution import ExecutionLine, ExecutionTable

DONE, LATE = 0, 3
"""Codes: 3 where something is late."""


def add_commands(commands: Any) -> None:
    """Add ``opora execution`` with its subcommands."""
    group = add(commands, "execution", "исполнение плана мероприятий", None)
    actions = group.add_subparsers(dest="action", required=True, metavar="ДЕЙСТВИЕ", title="Действия")
    shown = add(actions, "list", "показать, что выполнено и что просрочено", _list)
    _common(shown)
    shown.add_argument("--year", type=year, metavar="ГОД", help="год плана; без него все годы")
    shown.add_argument("--state", choices=list(SHOWN_WORDS), help="показать только такие: "
                       + "; ".join(f"{key} — {word}" for key, word in SHOWN_WORDS.items()))  # fmt: skip
    marked = add(actions, "mark", "отметить мероприятия", _mark)
    _common(marked, write=True)
    marked.add_argument("--year", type=year, required=True, metavar="ГОД", help="год плана")
    marked.add_argument("--number", action="append", required=True, metavar="НОМЕР", help="номер мероприятия в плане, "
                        "например 1.2; ключ можно повторять")  # fmt: skip
    marked.add_argument("--state", choices=list(get_args(State)), required=True, help="; ".join(
        f"{key} — {word}" for key, word in STATE_WORDS.items()))  # fmt: skip
    marked.add_argument("--date", metavar="ДАТА", help="когда выполнено или на какой день перенесено: 28.11.2026")
    marked.add_argument("--reason", metavar="ТЕКСТ", help="почему: у частично выполненного, перенесённого, отменённого")
    made = add(actions, "report", "сделать отчёт об исполнении за период", _report)
    _common(made, write=True)
    made.add_argument("--from", dest="first", required=True, metavar="ДАТА", help="начало периода: 01.10.2026")
    made.add_argument("--to", dest="last", required=True, metavar="ДАТА", help="конец периода: 31.12.2026")
    made.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf или .xlsx")
    made.add_argument("--register", action="store_true", help="записать в журнал исходящих")


def _common(parser: argparse.ArgumentParser, *, write: bool = False) -> None:
    common(parser, write=write)
    add_programme(parser)


def _programme(connection: Connection, chosen: argparse.Namespace) -> int:
    key = chosen.programme or programmes.current(connection)
    if key is None:
        raise UserError("PROGRAMME_NONE")
    return int(key)


def _list(chosen: argparse.Namespace) -> int:
    with files.for_reading(chosen.db) as connection:
        found = execution.table(connection, _programme(connection, chosen), chosen.year, clock.today())
    lines = [item for item in found.lines if chosen.state in {None, item.shown}]
    code = LATE if found.totals.count("late") else DONE
    if chosen.json:
        print_json(as_json(found, lines))
        return code
    rows = [[item.number, item.plan_year, item.text, item.term or None, item.word, item.reason or None]
            for item in lines]  # fmt: skip
    table(["№", "Год", "Мероприятие", "Срок", "Состояние", "Причина"], rows)
    line(sentence(found))
    return code


def sentence(found: ExecutionTable) -> str:
    """Return the state of the plan in a line."""
    known = [f"{word} {found.totals.count(key)}" for key, word in SHOWN_WORDS.items() if found.totals.count(key)]
    return f"Всего {found.totals.total}: {', '.join(known)}." if known else "Мероприятий нет."


def as_json(found: ExecutionTable, lines: list[ExecutionLine]) -> dict[str, Any]:
    """Return the plan as the command prints it."""
    totals = found.totals
    return {
        "programme": found.programme.id, "year": found.year, "day": found.day.isoformat(),
        "activities": [_line_json(found, item) for item in lines],
        "totals": {
            "total": totals.total, **{key: totals.count(key) for key in SHOWN_WORDS}, "due": totals.due,
            "due_done": totals.due_done, "in_time": totals.in_time, "dated": totals.dated,
            "unexplained": totals.unexplained, "participants": totals.participants, "schools": totals.schools,
            "planned_kopecks": totals.planned_kopecks, "spent_kopecks": totals.spent_kopecks,
        },
    }  # fmt: skip


def _line_json(found: ExecutionTable, item: ExecutionLine) -> dict[str, Any]:
    return {
        "number": item.number, "year": item.plan_year, "text": item.text, "group": item.group,
        "term": item.term or None, "date_from": item.date_from, "due_on": item.due_on, "state": item.state,
        "shown": item.shown, "word": item.word, "days": item.days, "in_time": item.in_time, "done_on": item.done_on,
        "moved_to": item.moved_to, "product": item.product or None, "participants": item.participants,
        "schools": [found.names[key] for key in item.schools if key in found.names],
        "responsible": list(item.responsible), "results": list(item.results), "reason": item.reason or None,
        "remark": item.remark or None, "planned_kopecks": item.planned_kopecks, "spent_kopecks": item.spent_kopecks,
        "files": [one.title for one in item.files],
    }  # fmt: skip


def _mark(chosen: argparse.Namespace) -> int:
    with files.for_work(chosen.db, chosen.actor) as store:
        found = execution.table(store.connection, _programme(store.connection, chosen), chosen.year, clock.today())
        known = {item.number.rstrip("."): item.key for item in (*found.ongoing, *found.lines)}
        for number in chosen.number:
            if number.rstrip(".") not in known:
                raise UserError("MON_EXEC_NO_NUMBER", number=number, year=chosen.year)
        moved = chosen.state == "moved"
        changed = execution.mark(
            store, [known[number.rstrip(".")] for number in chosen.number], chosen.state,
            done_on=None if moved else chosen.date, moved_to=chosen.date if moved else None, reason=chosen.reason,
        )  # fmt: skip
    if chosen.json:
        print_json({"marked": changed, "state": chosen.state})
    else:
        line(f"Отмечено «{STATE_WORDS[chosen.state]}»: {changed}.")
    return DONE


def _report(chosen: argparse.Namespace) -> int:
    first, last = (date.fromisoformat(schools.iso_date(text)) for text in (chosen.first, chosen.last))
    with files.for_reading(chosen.db) as connection:
        paper = execution_report.paper(connection, _programme(connection, chosen), first, last, clock.today())
    return deliver(chosen, paper, papers.render(paper, chosen.out.suffix))
