"""Identification rules: the shipped ones and those a person brings (decisions 11-13)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from app.analysis.rule_model import Branch, ProcedureGroup, Rule, RuleProcedure
from app.analysis.rule_reader import procedure_total, read
from app.errors import Problem, UserError
from app.paths import resources
from app.texts import count

__all__ = [
    "Branch",
    "ProcedureGroup",
    "Rule",
    "RuleProcedure",
    "check_rule",
    "find_rule",
    "load_shipped",
    "parse_rule",
    "procedure_total",
]


def check_rule(text: str) -> list[Problem]:
    """Return everything that is wrong with the TOML text of a rule; an empty list means it can be used."""
    return read(text)[1]


def parse_rule(text: str, name: str | None = None) -> Rule:
    """Read a rule from its TOML text.

    Args:
        text: the TOML.
        name: how to call the rule in a refusal (a file name); by default its own id.

    Raises:
        UserError: RULE_FAULTS; ``context["problems"]`` holds every fault with its own code.
    """
    rule, faults = read(text)
    if rule is None:
        raise UserError(
            "RULE_FAULTS",
            rule=name or "без названия",
            found=count(len(faults), "ошибка", "ошибки", "ошибок"),
            details=" ".join(fault.message for fault in faults),
            problems=tuple(faults),
        )
    return rule


@cache
def _shipped() -> Mapping[str, Rule]:
    rules = (
        parse_rule(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted((resources() / "rules").glob("*.toml"), key=lambda path: path.stem)
    )
    return MappingProxyType({rule.id: rule for rule in rules})


def load_shipped() -> dict[str, Rule]:
    """Return the rules shipped with the program by their id, in the order of ids."""
    return dict(_shipped())


def find_rule(rule_id: str, rules: Mapping[str, Rule]) -> Rule:
    """Return the rule of that id.

    Raises:
        UserError: RULE_NOT_FOUND, naming those there are.
    """
    if rule_id not in rules:
        raise UserError("RULE_NOT_FOUND", rule=rule_id, known=", ".join(rules))
    return rules[rule_id]
