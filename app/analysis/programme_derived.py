"""What the tree of a programme says in words: rows of the passport and sections, line by line (004, §1.2, table 1).

A line has a name of its own, so that a text which a person has changed can take a new line and keep the changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.analysis.programme_checks.money import SOURCE_WORDS
from app.analysis.programme_numbers import numbers
from app.analysis.programme_values import number_text, roubles
from app.analysis.russian import Case, is_plural, measured, open_clause, small_start
from app.models.programme_records import (
    ActivityResult,
    Indicator,
    MechanismLine,
    Money,
    MonitorLine,
    Node,
    NodeKind,
    Tree,
)
from app.texts import DASH, NBSP, count, plural, ru_date

_INITIAL = re.compile(r"\b[А-ЯЁA-Z]\.$")


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """One line of a derived text: a name that stays the same when its words change, and the words."""

    key: str
    text: str


def derived(tree: Tree, key: str) -> tuple[DerivedLine, ...]:
    """Return what the tree says for a text of ``programme_sections``; nothing where it says nothing."""
    maker = _MAKERS.get(key)
    return () if maker is None else tuple(maker(tree))


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")


def period_words(tree: Tree) -> str:
    """Return the term of the programme: as a person worded it, by exact dates, or «2026–2028 годы»."""
    head = tree.programme
    if head.period_text:
        return head.period_text
    if head.date_from or head.date_to:
        first, last = head.limits
        return f"с{NBSP}{ru_date(first)} по{NBSP}{ru_date(last)}"
    if head.year_from == head.year_to:
        return f"{head.year_from}{NBSP}год"
    return f"{head.year_from}–{head.year_to}{NBSP}годы"


# --- the passport --------------------------------------------------------------------------------------------------


def _title(tree: Tree) -> Iterator[DerivedLine]:
    yield DerivedLine("title", tree.programme.title)


def _executors(tree: Tree) -> Iterator[DerivedLine]:
    """Name everybody who answers for an activity once, as first written."""
    seen: dict[str, str] = {}
    for node in tree.of_kind("activity"):
        for row in tree.responsible.get(node.id, ()):
            text = _who(row.text)
            seen.setdefault(text.casefold(), text)
    for text in seen.values():
        yield DerivedLine(f"who:{text.casefold()}", text)


@lru_cache(4096)
def _who(text: str) -> str:
    """Return who answers without the full stop of a sentence; that of an initial belongs to the name."""
    told = " ".join(text.split())
    return told if _INITIAL.search(told) else _plain(told)


def _goal(tree: Tree) -> Iterator[DerivedLine]:
    goals, known = tree.of_kind("goal"), numbers(tree)
    for goal in goals:
        head = f"{known[goal.id]}. " if len(goals) > 1 else ""
        yield DerivedLine(f"node:{goal.id}", f"{head}{_plain(goal.text)}.")


def _tasks(tree: Tree) -> Iterator[DerivedLine]:
    known = numbers(tree)
    for task in tree.of_kind("task"):
        yield DerivedLine(f"node:{task.id}", f"{known[task.id]}. {_plain(task.text)}.")


def _said(raw: str | None, value: str | None, unit: str | None, case: Case) -> str:
    """Return a value as its number with the unit, else as it was typed; empty of none."""
    if not value:
        return (raw or "").strip()
    shown = number_text(value)
    return measured(Decimal(value), shown, unit, case) if unit and unit.strip() else shown


def _baseline(own: Indicator | None, case: Case = "nominative") -> str:
    return "" if own is None else _said(own.baseline_raw, own.baseline, own.unit, case)


def _last_target(tree: Tree, node: Node, case: Case = "nominative") -> tuple[int, str] | None:
    """Return the latest plan year that has a target, with what it says."""
    own = tree.indicators.get(node.id)
    for year in sorted(tree.targets.get(node.id, {}).keys() & set(tree.programme.years), reverse=True):
        target = tree.targets[node.id][year]
        said = _said(target.raw, target.value, own.unit if own is not None else None, case)
        if said:
            return year, said
    return None


def _in_year(year: int | None) -> str:
    return f" ({year}{NBSP}год)" if year is not None else ""


def _indicators(tree: Tree) -> Iterator[DerivedLine]:
    known = numbers(tree)
    for node in tree.of_kind("indicator"):
        own, target = tree.indicators.get(node.id), _last_target(tree, node)
        begin = _baseline(own)
        first = f"исходное значение {DASH} {begin}{_in_year(own.baseline_year if own else None)}" if begin else ""
        last = f"цель {DASH} {target[1]}{_in_year(target[0])}" if target else ""
        told = ", ".join((first or "исходное значение не указано", last or "цель не указана"))
        yield DerivedLine(f"node:{node.id}", f"{known[node.id]}. {_plain(node.text)}: {told}.")


def _period(tree: Tree) -> Iterator[DerivedLine]:
    yield DerivedLine("period", period_words(tree))


def _mechanism(tree: Tree) -> Iterator[DerivedLine]:
    for line in tree.mechanism:
        yield DerivedLine(f"mechanism:{line.id}", _powers(line))


def _powers(line: MechanismLine) -> str:
    powers, result = _plain(line.powers), _plain(line.result)
    text = f"{_plain(line.participant)}: {small_start(powers)}" if powers else _plain(line.participant)
    return f"{text}; результат {DASH} {small_start(result)}." if result else f"{text}."


def _results(tree: Tree) -> Iterator[DerivedLine]:
    """Say for every task what its indicators reach; a task without numbers says the results of its activities."""
    known = numbers(tree)
    for task in tree.of_kind("task"):
        nodes = list(_under(tree, task, "indicator"))
        told = [text for text in (_reached(tree, node) for node in nodes) if text]
        if not told:
            told = list(dict.fromkeys(_plain(row.text) for row in _results_of(tree, task)))[:5]
        if told:
            words = "; ".join(small_start(text) for text in told)
            yield DerivedLine(f"node:{task.id}", f"Задача {known[task.id]}: {words}.")
    loose = [node for node in tree.of_kind("indicator") if tree.parent(node, "task") is None]
    for node in loose:
        text = _reached(tree, node)
        if text:
            yield DerivedLine(f"node:{node.id}", f"{text}.")


def _under(tree: Tree, node: Node, kind: NodeKind) -> Iterator[Node]:
    return (item for item in tree.walk(node.id) if item.kind == kind)


def _results_of(tree: Tree, task: Node) -> Iterator[ActivityResult]:
    for node in _under(tree, task, "activity"):
        yield from tree.results.get(node.id, ())


def _reached(tree: Tree, node: Node) -> str:
    """Return «доля школ списка снизится с 30 % (2025 год) до 20 % (2028 год)»; empty without a target."""
    own = tree.indicators.get(node.id)
    direction = own.direction if own is not None else None
    target = _last_target(tree, node, "genitive" if direction is not None else "nominative")
    if target is None:
        return ""
    begin, many, year = _baseline(own, "genitive"), is_plural(node.text), _in_year(target[0])
    text = _plain(node.text)
    subject = f"{text}," if open_clause(text) else text
    if direction == "hold":
        return f"{subject} {'останутся' if many else 'останется'} на уровне {target[1]}{year}"
    if direction is None:
        return f"{subject} {'составят' if many else 'составит'} {target[1]}{year}"
    verb = {"up": ("вырастет", "вырастут"), "down": ("снизится", "снизятся")}[direction][many]
    start = f" с{NBSP}{begin}{_in_year(own.baseline_year)}" if begin and own is not None else ""
    return f"{subject} {verb}{start} до{NBSP}{target[1]}{year}"


def _control(tree: Tree) -> Iterator[DerivedLine]:
    for line in tree.monitoring:
        yield DerivedLine(f"monitor:{line.id}", _watched(line))


def _watched(line: MonitorLine) -> str:
    measures = _plain(line.measures)
    text = f"{_plain(line.subject)}: {small_start(measures)}" if measures else _plain(line.subject)
    parts = (
        ("источник", line.source),
        ("когда", line.period),
        ("отвечает", line.responsible),
    )
    rest = [f"{word} {DASH} {small_start(_plain(said))}" for word, said in parts if said.strip()]
    return "; ".join((text, *rest)) + "."


# --- sections ------------------------------------------------------------------------------------------------------


def _goal_section(tree: Tree) -> Iterator[DerivedLine]:
    goals, tasks = tuple(_goal(tree)), tuple(_tasks(tree))
    if goals:
        yield DerivedLine("head:goal", "Цели программы:" if len(goals) > 1 else "Цель программы:")
        yield from goals
    if tasks:
        yield DerivedLine("head:tasks", "Задачи программы:" if len(tasks) > 1 else "Задача программы:")
        yield from tasks


def _mechanisms(tree: Tree) -> Iterator[DerivedLine]:
    yield from _mechanism(tree)
    for line in tree.stakeholders:
        parts = [f"{_plain(line.name)}"]
        parts += [f"интерес {DASH} {small_start(_plain(line.interest))}"] if line.interest.strip() else []
        parts += [f"участие {DASH} {small_start(_plain(line.part))}"] if line.part.strip() else []
        yield DerivedLine(f"stakeholder:{line.id}", "; ".join(parts) + ".")


def _period_section(tree: Tree) -> Iterator[DerivedLine]:
    words = period_words(tree)
    yield DerivedLine("period", f"Срок реализации {DASH} {words}.")
    running = [(year, number) for year in tree.programme.years if (number := _running(tree, year))]
    if not running:
        return
    (year, number), *rest = running
    verb = plural(number, "идёт", "идут", "идёт")
    told = f"В{NBSP}{year}{NBSP}году {verb} {count(number, 'мероприятие', 'мероприятия', 'мероприятий')}"
    more = (f"в{NBSP}{later}{NBSP}году {DASH} {others}" for later, others in rest)
    yield DerivedLine("years", f"{', '.join((told, *more))}.")


def _running(tree: Tree, year: int) -> int:
    """Return how many activities go on in a year."""
    return sum(
        any(term.date_from[:4] <= str(year) <= term.date_to[:4] for term in tree.terms.get(node.id, ()))
        for node in tree.of_kind("activity")
    )


def _money(tree: Tree) -> Iterator[DerivedLine]:
    """Say the totals of the table; money that is unread or of a year outside the programme is said to be missing."""
    by_year: dict[int, int] = {}
    by_source: dict[str, int] = {}
    unread = outside = 0
    for row in _paid(tree):
        if row.plan_year not in tree.programme.years:
            outside += 1
        elif row.kopecks is None:
            unread += 1
        else:
            by_year[row.plan_year] = by_year.get(row.plan_year, 0) + row.kopecks
            by_source[row.source] = by_source.get(row.source, 0) + row.kopecks
    if not by_year:
        return
    yield DerivedLine("money:all", f"Всего на программу нужно {roubles(sum(by_year.values()))}.")
    years = "; ".join(f"{year}{NBSP}год {DASH} {roubles(by_year[year])}" for year in sorted(by_year))
    yield DerivedLine("money:years", f"По годам: {years}.")
    order = {source: place for place, source in enumerate(SOURCE_WORDS)}
    sources = "; ".join(
        f"{SOURCE_WORDS.get(source, source)} {DASH} {roubles(by_source[source])}"
        for source in sorted(by_source, key=lambda source: (order.get(source, len(order)), source))
    )
    yield DerivedLine("money:sources", f"По источникам: {sources}.")
    free = sum(activity.free for activity in tree.activities.values())
    if free:
        told = count(free, "мероприятие", "мероприятия", "мероприятий")
        yield DerivedLine("money:free", f"Без затрат: {told}.")
    if unread:
        told = count(unread, "сумма", "суммы", "сумм")
        yield DerivedLine("money:unread", f"Не вошло в итог: {told}, где написано не число.")
    if outside:
        told = count(outside, "сумма", "суммы", "сумм")
        yield DerivedLine("money:outside", f"Не вошло в итог: {told} за годы вне срока программы.")


def _paid(tree: Tree) -> Iterator[Money]:
    for node_id in tree.nodes:
        yield from tree.money.get(node_id, ())


def _risks(tree: Tree) -> Iterator[DerivedLine]:
    known = numbers(tree)
    for risk in tree.of_kind("risk"):
        answer = _plain(risk.answer or "")
        tail = f" Что делать: {small_start(answer)}." if answer else " Что делать, не указано."
        yield DerivedLine(f"node:{risk.id}", f"{known[risk.id]}. {_plain(risk.text)}.{tail}")


_MAKERS: Mapping[str, Callable[[Tree], Iterable[DerivedLine]]] = {
    "passport.title": _title,
    "passport.executors": _executors,
    "passport.goal": _goal,
    "passport.tasks": _tasks,
    "passport.indicators": _indicators,
    "passport.period": _period,
    "passport.mechanism": _mechanism,
    "passport.results": _results,
    "passport.control": _control,
    "section.goal": _goal_section,
    "section.mechanisms": _mechanisms,
    "section.period": _period_section,
    "section.money": _money,
    "section.monitoring": _control,
    "section.risks": _risks,
}
