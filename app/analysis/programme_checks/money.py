"""Checks of money: none, no sum, no source, the estimate against the plan, sums in the text against the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.words import short, sums
from app.analysis.programme_values import roubles
from app.models.programme_records import EstimateLine, Node

SOURCE_WORDS: Mapping[str, str] = {
    "regional": "региональный бюджет",
    "municipal": "местный бюджет",
    "off_budget": "внебюджетные средства",
    "sponsor": "спонсорские средства",
    "grant": "гранты",
    "federal": "федеральный бюджет",
}


def check(look: Look) -> None:
    """Check the money of every node and of the whole."""
    for node in [*look.of("task"), *look.of("activity")]:
        if node.id in look.tree.money or node.id in look.tree.estimate:
            _rows(look, node)
            _estimate(look, node)
    _said(look)
    _tasks(look)
    _texts(look)


def has_money(look: Look) -> bool:
    """Tell whether any money is planned, or every activity is said to need none."""
    return any(row.kopecks for rows in look.tree.money.values() for row in rows) or all_free(look)


def all_free(look: Look) -> bool:
    """Tell whether every activity is said to need no money."""
    return bool(look.leaves) and all(_free(look, node) for node in look.leaves)


def _free(look: Look, node: Node) -> bool:
    return any((record := look.activity(over)) is not None and record.free for over in look.chain(node))


def _rows(look: Look, node: Node) -> None:
    rows = look.tree.money.get(node.id, ())
    for row in rows:
        if row.code is not None and row.raw.strip():
            place = f"{row.plan_year} год, {SOURCE_WORDS.get(row.source, row.source)}"
            look.say("money-number", node, field="money", raw=short(row.raw, 30), place=place)
    lines = look.tree.estimate.get(node.id, ())
    for line in lines:
        if line.code is not None and line.raw.strip():
            place = f"смета {line.plan_year} года"
            look.say("money-number", node, field="estimate", raw=short(line.raw, 30), place=place)
    record = look.activity(node)
    total = sum(row.kopecks or 0 for row in rows) or sum(line.kopecks or 0 for line in lines)
    if record is not None and record.free and total:
        look.say("money-free", node, field="money", money=roubles(total))


def _estimate(look: Look, node: Node) -> None:
    by_year: dict[int, list[EstimateLine]] = {}
    for line in look.tree.estimate.get(node.id, ()):
        by_year.setdefault(line.plan_year, []).append(line)
    rows = look.tree.money.get(node.id, ())
    for year, lines in sorted(by_year.items()):
        for line in lines:
            _line(look, node, line)
        by_source: dict[str, int] = defaultdict(int)
        for row in rows:
            if row.plan_year == year:
                by_source[row.source] += row.kopecks or 0
        _compare(look, node, year, lines, by_source)
    year = look.given.today.year
    if node.kind != "activity" or year in by_year or year not in look.tree.programme.years:
        return
    planned = sum(row.kopecks or 0 for row in rows if row.plan_year == year)
    if planned:
        look.say("estimate-missing", node, field="estimate", year=year, money=roubles(planned))


def _line(look: Look, node: Node, line: EstimateLine) -> None:
    if not line.kopecks:
        return
    if blank([line.source]):
        look.say("money-no-source", node, field="estimate", year=line.plan_year, line=short(line.text, 40))
    if line.comes_on is None and line.plan_year == look.given.today.year:
        look.say("estimate-no-date", node, field="estimate", year=line.plan_year, line=short(line.text, 40))


def _compare(look: Look, node: Node, year: int, lines: list[EstimateLine], by_source: Mapping[str, int]) -> None:
    """Whole against whole; where these agree, source against source."""
    estimated, planned = sum(line.kopecks or 0 for line in lines), sum(by_source.values())
    if estimated != planned:
        look.say("estimate-differs", node, field="estimate", year=year, source="", estimate=roubles(estimated),
                 money=roubles(planned))  # fmt: skip
        return
    own: dict[str, int] = defaultdict(int)
    for line in lines:
        own[line.source] += line.kopecks or 0
    if "" in own:
        return
    for source in sorted({*own, *by_source}):
        if own[source] != by_source.get(source, 0):
            look.say("estimate-differs", node, field="estimate", year=year,
                     source=f" ({SOURCE_WORDS.get(source, source)})", estimate=roubles(own[source]),
                     money=roubles(by_source.get(source, 0)))  # fmt: skip
            return


def _said(look: Look) -> None:
    if not has_money(look):
        if (look.full or look.of("activity")) and not any(rows for rows in look.tree.money.values()):
            look.say("money-missing", section="section.money")
        return
    for node in look.leaves:
        record = look.activity(node)
        own = any(look.tree.money.get(over.id) for over in look.chain(node))
        if not own and record is not None and not _free(look, node) and not _task_money(look, node):
            look.say("money-not-said", node, field="money")


def _task_money(look: Look, node: Node) -> bool:
    task = look.tree.parent(node, "task")
    return task is not None and bool(look.tree.money.get(task.id))


def _tasks(look: Look) -> None:
    """Money of a task and of its activities, by years in which both have some."""
    below: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for node in look.of("activity"):
        task = look.tree.parent(node, "task")
        if task is not None:
            for row in look.tree.money.get(node.id, ()):
                below[task.id][row.plan_year] += row.kopecks or 0
    for task in look.of("task"):
        own: dict[int, int] = defaultdict(int)
        for row in look.tree.money.get(task.id, ()):
            own[row.plan_year] += row.kopecks or 0
        for year in sorted(own):
            total = below[task.id].get(year)
            if total and own[year]:
                look.say("money-task-twice", task, field="money", year=year, own=roubles(own[year]),
                         below=roubles(total))  # fmt: skip


def totals(look: Look) -> dict[int, int]:
    """Return the money of the whole programme by year, as table 3 adds it: of tasks and of their activities."""
    found: dict[int, int] = defaultdict(int)
    for node in [*look.of("task"), *look.of("activity")]:
        for row in look.tree.money.get(node.id, ()):
            found[row.plan_year] += row.kopecks or 0
    return dict(found)


def _texts(look: Look) -> None:
    stated = [(key, found) for key, text in look.typed if (found := sums(text))]
    by_year = totals(look) if stated else {}
    if not by_year:
        return
    for key, found in stated:
        for year, said in found:
            table = by_year.get(year, 0) if year is not None else sum(by_year.values())
            if said != table:
                period = f"на {year} год" if year is not None else "на всю программу"
                look.say("money-text-differs", section=key, period=period, text=roubles(said), table=roubles(table))
