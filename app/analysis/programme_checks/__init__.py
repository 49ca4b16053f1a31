"""Checks of a programme while it is written: named rules, findings with a place, the share of what is filled.

Pure functions of a tree and of what is given besides it; no store, no Qt. Sources: domain §5 and §10 (004, §1.2-1.5;
002, «анализ структуры муниципальных программ», «не хватает детальности»).
"""

from __future__ import annotations

from app.analysis.programme_checks import activities, indicators, money, structure, texts
from app.analysis.programme_checks.filled import completeness
from app.analysis.programme_checks.lists import read_words
from app.analysis.programme_checks.look import Look
from app.analysis.programme_checks.model import (
    GROUPS,
    LEVELS,
    Completeness,
    EmptyWord,
    Finding,
    Given,
    Group,
    Level,
    Part,
    Rule,
    Words,
)
from app.analysis.programme_checks.rules import RULES
from app.models.programme_records import Tree

__all__ = [
    "GROUPS",
    "LEVELS",
    "RULES",
    "Completeness",
    "EmptyWord",
    "Finding",
    "Given",
    "Group",
    "Level",
    "Part",
    "Rule",
    "Words",
    "check",
    "completeness",
    "look_at",
    "read_words",
]

_LEVEL_ORDER = {level: place for place, level in enumerate(LEVELS)}
_GROUP_ORDER = {group: place for place, group in enumerate(GROUPS)}
_RULE_ORDER = {rule: place for place, rule in enumerate(RULES)}


def look_at(tree: Tree, given: Given) -> Look:
    """Check a programme and return everything that was seen on the way, findings in ``found`` unsorted."""
    look = Look(tree, given)
    for part in (structure, indicators, activities, money, texts):
        part.check(look)
    return look


def check(tree: Tree, given: Given) -> tuple[Finding, ...]:
    """Return all findings: by part of the programme, the gravest first, then in the order of the programme."""
    return ordered(look_at(tree, given))


def ordered(look: Look) -> tuple[Finding, ...]:
    """Return the findings of a look in their order."""
    place = {node.id: number for number, node in enumerate(look.nodes)}

    def key(item: Finding) -> tuple[int, int, int, int]:
        rule = RULES[item.rule]
        where = place.get(item.node_id, -1) if item.node_id is not None else -1
        return _GROUP_ORDER[rule.group], _LEVEL_ORDER[rule.level], where, _RULE_ORDER[item.rule]

    return tuple(sorted(look.found, key=key))
