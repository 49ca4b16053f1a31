"""Commands of «Сегодня»: the day, its digest, the plan and the report of a month."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app import clock
from app.cli.keys import add, common, whole
from app.cli.keys import day as day_key
from app.cli.output import line, print_json, table
from app.errors import UserError
from app.operations import digest, files, month_papers, month_plan, papers, today, what_changed, workday
from app.operations.day_lines import DayLine
from app.operations.month_plan import ReportBlock
from app.operations.today import GROUPS, Step, Today
from app.texts import NBSP, ru_date


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    shown = add(commands, "today", "показать день: просроченное, сроки, что проверить, что изменилось", _today)
    common(shown)
    shown.add_argument("--digest", action="store_true", help="сводка текстом, чтобы отправить")
    shown.add_argument("--day", type=day_key, metavar="ДАТА", help="какой день считать сегодняшним: 23.11.2026")
    shown.add_argument("--since", type=day_key, metavar="ДАТА", help="с какого дня рассказать об изменениях")
    shown.add_argument(
        "--days", type=whole(0, 366), default=today.AHEAD, metavar="ДНЕЙ", help="на сколько дней вперёд смотреть"
    )
    shown.add_argument("--with-closed", action="store_true", help="называть и сборы закрытых форм")


def add_report(actions: Any) -> None:
    """Add «report month» to the command «report»."""
    made = add(actions, "month", "отчёт о работе за месяц или квартал; с --plan план работы", _month)
    common(made)
    when = made.add_mutually_exclusive_group(required=True)
    when.add_argument("--month", type=_period, dest="period", metavar="МЕСЯЦ", help="2026-11")
    when.add_argument("--quarter", type=_period, dest="period", metavar="КВАРТАЛ", help="2026-Q4")
    made.add_argument("--plan", action="store_true", help="план работы вместо отчёта")
    made.add_argument("--who", default="", metavar="ИМЯ", help="только один методист: «Ким О. В.»; без него вся служба")
    made.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда записать: .pdf, .docx или .xlsx")
    made.add_argument("--day", type=day_key, metavar="ДАТА", help="какой день считать сегодняшним: 23.11.2026")


def _period(text: str) -> workday.Period:
    try:
        return workday.period(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(f"{error.what} {error.cure}") from error


def _line_json(item: DayLine) -> dict[str, Any]:
    """Return one line as the commands print it: unknown is null."""
    return {
        "source": item.source, "what": item.word, "key": item.key, "text": item.text, "due": item.due,
        "done_on": item.done_on, "open": item.open, "responsible": item.who or None,
        "school": item.school or None, "school_id": item.school_id, "detail": item.detail or None,
    }  # fmt: skip


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "group": step.group, "urgency": step.urgency, "badge": step.badge.replace(NBSP, " "), "text": step.text,
        "detail": step.detail or None, "due": step.line.due if step.line is not None else None,
        "source": step.line.source if step.line is not None else None, "round_id": step.round_id,
        "school_id": step.school_id, "line": _line_json(step.line) if step.line is not None else None,
    }  # fmt: skip


def _today(chosen: argparse.Namespace) -> int:
    from app.operations import checks

    day = chosen.day or clock.today()
    with files.for_reading(chosen.db) as connection:
        since = what_changed.moment(chosen.since) if chosen.since else what_changed.last_day_of_work(connection, day)
        if chosen.digest and not chosen.json:
            text = digest.digest(connection, day, since=since, closed=chosen.with_closed, ahead=chosen.days)
            line(text.rstrip("\n"))
            return 0
        found = today.today(connection, day, since=since, closed=chosen.with_closed, ahead=chosen.days)
        waiting = [item for item in checks.problems(connection) if item.open]
        told = (
            digest.digest(connection, day, since=since, closed=chosen.with_closed, ahead=chosen.days)
            if chosen.digest
            else None
        )
    if chosen.json:
        print_json(_json(found, day, waiting, told))
        return 0
    _print(found, day, waiting)
    return 0


def _json(found: Today, day: date, waiting: list[Any], told: str | None) -> dict[str, Any]:
    return {
        "day": day.isoformat(), "sentence": today.sentence(found, len(waiting)).replace(NBSP, " "),
        "late": found.late, "drafts": found.drafts, "since": found.since,
        "ahead": [asdict(item) for item in found.ahead],
        "steps": [_step_json(step) for step in found.steps],
        "problems": [
            {"id": item.id, "level": item.level, "code": item.code, "message": item.message,
             "school": item.school or None}
            for item in waiting
        ],
        "changes": [
            {"subject": group.key, "title": group.title, "number": group.number, "at": group.at,
             "last": group.label, "actors": list(group.actors)}
            for group in found.groups
        ],
        "digest": told,
    }  # fmt: skip


def _print(found: Today, day: date, waiting: list[Any]) -> None:
    line(f"Сегодня, {digest.long_date(day)}")
    line(today.sentence(found, len(waiting)) + ".")
    for group, title in GROUPS.items():
        steps = found.of_group(group)
        if steps:
            line()
            line(f"{title}: {len(steps)}")
            table(
                ["Срок", "Что", "Подробнее"], [[step.badge, step.text, step.detail or None] for step in steps]
            )  # fmt: skip
    if found.groups:
        line()
        line("Что изменилось" + (f" с {ru_date(what_changed.local_day(found.since))}" if found.since else ""))
        table(["Что", "Кто и что последним"], [[group.text, group.detail] for group in found.groups])


def _table_json(block: ReportBlock) -> dict[str, Any] | None:
    """Return the table under a section: unknown is null, days are ISO."""
    if block.table is None:
        return None
    rows = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in block.table.rows]
    return {"name": block.table.name, "columns": [title for title, _width, _align in block.table.columns], "rows": rows}


def _month(chosen: argparse.Namespace) -> int:
    day = chosen.day or clock.today()
    make = month_papers.plan if chosen.plan else month_papers.report
    with files.for_reading(chosen.db) as connection:
        if chosen.who.strip():
            month_plan.check_person(connection, chosen.period, day, chosen.who)
        paper = make(connection, chosen.period, day, who=chosen.who)
        found = None if chosen.plan else month_plan.report(connection, chosen.period, day, who=chosen.who)
        planned = month_plan.plan(connection, chosen.period, day, who=chosen.who) if chosen.plan else None
    if chosen.out is not None:
        papers.write(chosen.out, papers.render(paper, chosen.out.suffix).data)
    if chosen.json:
        answer: dict[str, Any] = {"period": chosen.period.key, "day": day.isoformat(), "who": chosen.who or None}
        if planned is not None:
            answer |= {"working": planned.working, "lines": [_line_json(item) for item in planned.lines],
                       "late": [_line_json(item) for item in planned.late]}  # fmt: skip
        if found is not None:
            answer["blocks"] = [
                {"key": item.key, "title": item.title, "text": item.text, "derived": item.derived, "own": item.own,
                 "stale": item.stale, "lines": [_line_json(one) for one in item.lines], "table": _table_json(item)}
                for item in found.blocks
            ]  # fmt: skip
        answer["out"] = None if chosen.out is None else str(chosen.out)
        print_json(answer)
    elif chosen.out is not None:
        line(f"Готово: {chosen.out}")
    else:
        for _place, text in paper.document.texts():
            if text:
                line(text)
    return 0
