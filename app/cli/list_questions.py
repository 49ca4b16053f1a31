"""Commands that ask about lists and write nothing: compare, what-if."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.keys import add, common, rule_and_year, whole
from app.cli.keys import year as year_key
from app.cli.output import line, print_json, table
from app.operations import files

ORDER_WORDS = {"came": "Вошли", "left": "Вышли", "stayed": "Остались", "unknown": "Неизвестно", "out": "Не входят"}


def add_questions(commands: Any) -> None:
    """Add the commands of this file."""
    compare = add(commands, "compare", "сравнить два списка: два правила, два года, утверждённый с новым", _compare)
    common(compare)
    rule_and_year(compare)
    compare.add_argument("--with", dest="other", metavar="ПРАВИЛО", help="правило второго списка; по умолчанию то же")
    compare.add_argument(
        "--with-year", type=year_key, metavar="ГОД", help="год результатов второго списка; по умолчанию тот же"
    )
    compare.add_argument("--computed", action="store_true", help="второй список вычислить, даже если он утверждён")
    compare.add_argument("--all", action="store_true", help="показать и школы, которых нет ни в одном из списков")
    compare.epilog = (
        "Без --with и --with-year сравнивает утверждённый список с тем, что правило отвечает сейчас. "
        "«Вошла» — есть во втором списке и нет в первом."
    )
    tried = add(commands, "what-if", "показать, кто войдёт и кто выйдет, если сдвинуть порог; ничего не меняет", _try)
    common(tried)
    rule_and_year(tried)
    percents = whole(1, 100)
    tried.add_argument("--threshold", type=percents, metavar="ПРОЦЕНТ", help="порог, от 1 до 100")
    tried.add_argument("--n", type=whole(1, 99), metavar="ЧИСЛО", help="сколько процедур за год достаточно")
    tried.add_argument("--min", type=whole(1, 9999), metavar="ЧИСЛО", help="меньшие группы не считать")
    tried.add_argument("--egemath", choices=["one", "two"], help="ЕГЭ по математике: одна процедура или две")
    tried.add_argument("--join", choices=["or", "and"], help="хватает одного основания или нужны все")
    tried.add_argument("--strip", action="store_true", help="сколько школ в списке при каждом пороге от 20 до 40 %%")


def _compare(chosen: argparse.Namespace) -> int:
    from app.operations import list_compare
    from app.operations.list_compare import Side

    one = Side(chosen.rule, chosen.year)
    other = Side(chosen.other or chosen.rule, chosen.with_year or chosen.year,
                 "computed" if chosen.computed else "standing")  # fmt: skip
    with files.for_reading(chosen.db) as connection:
        found = list_compare.compare(connection, one, other)
    rows = [row for row in found.rows if chosen.all or row.kind != "out"]
    if chosen.json:
        print_json(
            {
                "lists": [
                    {"rule": item.rule.id, "rule_version": item.rule.version, "year": item.year,
                     "approved": item.approval is not None, "listed": item.totals.listed}
                    for item in (found.one, found.other)
                ],
                "counts": {kind: found.count(kind) for kind in ORDER_WORDS},
                "schools": [
                    {"school_code": row.code or None, "school": row.name, "change": row.kind, "before": row.before,
                     "after": row.after, "why": row.why}
                    for row in rows
                ],
            }
        )  # fmt: skip
        return 0
    for number, title in enumerate(found.titles, start=1):
        line(f"{number}. {title}")
    words = list_compare.CHANGE_WORDS
    table(["Код", "Школа", "Что стало", "Почему"], [[r.code or None, r.name, words[r.kind], r.why] for r in rows])
    line("; ".join(f"{word.lower()} {found.count(kind)}" for kind, word in ORDER_WORDS.items()).capitalize() + ".")
    return 0


def _try(chosen: argparse.Namespace) -> int:
    from app.operations import what_if

    change = what_if.Change(chosen.threshold, chosen.n, chosen.min, chosen.egemath, chosen.join)
    with files.for_reading(chosen.db) as connection:
        found = what_if.try_(connection, chosen.rule, chosen.year, change)
        strip = what_if.strip(connection, chosen.rule, chosen.year) if chosen.strip else None
    moved = [*found.came, *found.left]
    if chosen.json:
        print_json(
            {
                "rule": found.rule.id, "year": found.year, "schools": found.schools, "now": found.now,
                "then": found.then, "corrected": found.corrected,
                "moved": [
                    {"school_code": item.code or None, "school": item.name, "change": "came" if item.came else "left",
                     "why": item.why}
                    for item in moved
                ],
                "strip": [{"percent": step.percent, "listed": step.listed} for step in strip.steps] if strip else None,
            }
        )  # fmt: skip
        return 0
    if moved:
        rows = [[item.code or None, item.name, "войдёт" if item.came else "выйдет", item.why] for item in moved]
        table(["Код", "Школа", "Что станет", "Почему"], rows)
    line(f"Сейчас в списке {found.now} из {found.schools}; станет {found.then}: "
         f"войдут {len(found.came)}, выйдут {len(found.left)}.")  # fmt: skip
    if strip is not None:
        table(["Порог, %", "В списке"], [[step.percent, step.listed] for step in strip.steps])
    return 0
