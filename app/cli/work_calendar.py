"""``opora calendar``: what stands in the calendar of the work, as lines, JSON or a file for other calendar programs."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app import clock
from app.analysis.working_days import ahead, month_of
from app.cli.keys import add, common
from app.cli.keys import day as day_key
from app.cli.output import line, print_json, table
from app.operations import calendar_file, calendar_items, files, work_calendar
from app.operations.calendar_items import ALL, KIND_WORDS, CalendarItem
from app.operations.work_calendar import Conflict
from app.texts import NBSP, count, ru_date


def add_commands(commands: Any) -> None:
    """Add ``opora calendar``."""
    shown = add(commands, "calendar", "календарь работы: события, помощь, дела, сроки, накладки; файл .ics", _calendar)
    common(shown)
    shown.add_argument("--from", dest="first", type=day_key, metavar="ДАТА", help="с какого дня; иначе с начала месяца")
    shown.add_argument("--to", dest="last", type=day_key, metavar="ДАТА", help="по какой день; иначе по конец месяца")
    shown.add_argument(
        "--kind", action="append", choices=list(KIND_WORDS), metavar="ВИД",
        help="только этот вид, можно повторять: " + ", ".join(f"{key} — {word}" for key, word in KIND_WORDS.items()),
    )  # fmt: skip
    shown.add_argument(
        "--whose", default=ALL, metavar="ЧЕЙ", help="service — служба, school:КОД — школа, body:КОД — объединение"
    )
    shown.add_argument("--owners", action="store_true", help="показать, чьи календари есть")
    shown.add_argument("--ics", type=Path, metavar="ФАЙЛ", help="записать файл .ics для другого календаря")
    shown.add_argument("--with-names", action="store_true", help="оставить в файле .ics имена людей")
    shown.add_argument("--day", type=day_key, metavar="ДАТА", help="какой день считать сегодняшним: 23.11.2026")


def _span(chosen: argparse.Namespace, day: date) -> tuple[date, date]:
    """Return the days that are meant: a month where nothing is said, a month from a day where its end is not."""
    if chosen.first is None and chosen.last is None:
        span = month_of(day)
        return span.first, span.last
    if chosen.first is None:
        return month_of(chosen.last).first, chosen.last
    return chosen.first, chosen.last or ahead(chosen.first, 30)


def _calendar(chosen: argparse.Namespace) -> int:
    day = chosen.day or clock.today()
    first, last = _span(chosen, day)
    with files.for_reading(chosen.db) as connection:
        if chosen.owners:
            return _owners(calendar_items.owners(connection), json=chosen.json)
        if chosen.ics is not None:
            made = calendar_file.make(connection, day, first, last, whose=chosen.whose, kinds=chosen.kind,
                                      people=chosen.with_names)  # fmt: skip
            return _write(chosen, made)
        found = calendar_items.items(connection, day, first, last, whose=chosen.whose, kinds=chosen.kind)
        names = {item.name for item in found}
        clash = [one for one in work_calendar.conflicts(connection, day, first, last) if names & set(one.keys)]
    if chosen.json:
        print_json({"first": first.isoformat(), "last": last.isoformat(), "items": [_json(item) for item in found],
                    "conflicts": [_conflict_json(one) for one in clash]})  # fmt: skip
        return 0
    _print(found, clash)
    return 0


def _owners(found: tuple[tuple[str, str], ...], *, json: bool) -> int:
    if json:
        print_json({"owners": [{"whose": value, "title": word} for word, value in found]})
    else:
        table(("Чей", "Название"), [(value, word) for word, value in found])
    return 0


def _write(chosen: argparse.Namespace, made: calendar_file.CalendarFile) -> int:
    path: Path = chosen.ics
    calendar_file.write(path, made)
    if chosen.json:
        print_json({"file": path.name, "items": made.number})
    else:
        line(f"Записан файл {path.name}: {count(made.number, 'запись', 'записи', 'записей')}")
    return 0


def _json(item: CalendarItem) -> dict[str, Any]:
    """Return one thing as the command prints it: unknown is null."""
    return {
        "source": item.source, "key": item.key, "kind": item.kind, "what": item.word, "text": item.text,
        "first": item.first.isoformat(), "last": item.last.isoformat(), "start": item.start or None,
        "end": item.end or None, "state": item.state, "open": item.open, "cancelled": item.cancelled,
        "responsible": item.who or None, "school_id": item.school_id, "school": item.school or None,
        "where": item.where or None, "owner_id": item.owner_id, "owner": item.owner or None,
        "body_id": item.body_id, "body": item.body or None, "movable": not item.fixed,
    }  # fmt: skip


def _conflict_json(one: Conflict) -> dict[str, Any]:
    return {
        "code": one.code, "day": one.day.isoformat(), "sure": one.sure, "text": one.text.replace(NBSP, " "),
        "items": list(one.keys), "free": one.free.isoformat() if one.free else None,
    }  # fmt: skip


def _print(found: list[CalendarItem], clash: list[Conflict]) -> None:
    rows = [
        (ru_date(item.first) + (f"–{ru_date(item.last)}" if item.days > 1 else ""), item.time, item.text, item.word,
         item.where, item.state)
        for item in found
    ]  # fmt: skip
    if rows:
        table(("День", "Время", "Что", "Что это", "Где", "Состояние"), rows)
    else:
        line("За это время в календаре ничего нет.")
    for one in clash:
        line(f"{'Накладка' if one.sure else 'Проверьте'}, {ru_date(one.day)}: {one.text}")
