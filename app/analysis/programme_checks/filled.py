"""How much of what a programme must have is filled: whole parts, advice left out."""

from __future__ import annotations

from app.analysis.programme_checks import activities, indicators, money, texts
from app.analysis.programme_checks.look import Look, blank
from app.analysis.programme_checks.model import Completeness, Group, Part
from app.analysis.programme_checks.words import blanks
from app.analysis.programme_sections import PASSPORT

_CONTROL = 2


def completeness(look: Look) -> Completeness:
    """Return the share of the required parts that are filled, by part of the programme.

    Counted: rows of the passport and parts of the analysis (of a whole programme); problems, goals and tasks with what
    belongs to them; seven things and a target for each year of an indicator; term, responsible, result and indicator of
    an activity; money; mechanism and monitoring; the approval block.
    """
    counted: list[tuple[Group, tuple[int, int]]] = []
    if look.full:
        counted += [("passport", _passport(look)), ("analysis", _analysis(look))]
    counted += [
        ("structure", _structure(look)),
        ("indicators", _sum([indicators.filled(look, node) for node in look.of("indicator")])),
        ("plan", _plan(look)),
        ("money", (int(money.has_money(look)), 1)),
    ]
    if look.full:
        counted.append(("control", _control(look)))
    counted.append(("texts", (int(any(block.word in {"approve", "approved"} for block in look.tree.blocks)), 1)))
    return Completeness(tuple(Part(group, have, total) for group, (have, total) in counted if total))


def _sum(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(have for have, _total in pairs), sum(total for _have, total in pairs)


def _passport(look: Look) -> tuple[int, int]:
    """A row in which a blank is left is not filled."""
    have = [row for row in PASSPORT if texts.passport_filled(look, row.key) and not blanks(look.text(row.key))]
    return len(have), len(PASSPORT)


def _analysis(look: Look) -> tuple[int, int]:
    have = sum(bool(look.text(key).strip()) for key, _name, _stems in texts.ANALYSIS_PARTS)
    return have + bool(look.of("problem")), len(texts.ANALYSIS_PARTS) + 1


def _structure(look: Look) -> tuple[int, int]:
    """A goal; under every task an activity and a показатель; under every показатель an indicator."""
    tree = look.tree
    pairs = [(int(bool(look.of("goal"))), 1), (int(bool(look.of("task"))), 1)] if look.full else []
    pairs += [
        (bool(look.task_activities.get(task.id)) + bool(tree.under(task.id, "measure")), 2) for task in look.of("task")
    ]
    pairs += [(int(bool(tree.under(node.id, "indicator"))), 1) for node in look.of("measure")]
    return _sum(pairs)


def _plan(look: Look) -> tuple[int, int]:
    asked = activities.REQUIRED if look.of("indicator") or look.full else activities.REQUIRED[:-1]
    if not look.leaves:
        return 0, 1
    return _sum([
        (len(asked) - len([name for name in activities.lacks(look, node) if name in asked]), len(asked))
        for node in look.leaves
    ])  # fmt: skip


def _control(look: Look) -> tuple[int, int]:
    mechanism = any(not blank([row.powers]) for row in look.tree.mechanism)
    watched = any(
        not any(blank([getattr(row, name)]) for name, _word in texts.MONITOR_FIELDS) for row in look.tree.monitoring
    )
    return mechanism + watched, _CONTROL
