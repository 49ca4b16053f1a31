"""What the checks look at: the tree with numbers, names and texts at hand, and the list that findings go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from app.analysis.programme_checks.model import Finding, Given
from app.analysis.programme_checks.rules import RULES
from app.analysis.programme_checks.words import short, years_text
from app.analysis.programme_numbers import numbers
from app.analysis.programme_sections import BY_KEY
from app.models.programme_records import Activity, Node, NodeKind, Tree
from app.texts import quoted, ru_date

KIND_NAMES: dict[NodeKind, str] = {
    "problem": "Проблема",
    "cause": "Причина",
    "goal": "Цель",
    "task": "Задача",
    "measure": "Показатель",
    "indicator": "Индикатор",
    "activity": "Мероприятие",
    "risk": "Риск",
}
_WHOLE = "Вся программа"


class Look:
    """One check of one tree: asks are cached, findings are collected in the order they are made."""

    def __init__(self, tree: Tree, given: Given) -> None:
        self.tree = tree
        self.given = given
        self.found: list[Finding] = []
        self._names: dict[int, str] = {}
        self.lacking: dict[int, list[str]] = {}
        self._full = tree.programme.document == "programme"
        self._municipal = tree.programme.kind == "municipal"

    # --- what is there ---------------------------------------------------------------------------------------------

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes in the order of the tree."""
        return tuple(self.tree.walk())

    @cached_property
    def _by_kind(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.kind, []).append(node)
        return found

    def of(self, kind: NodeKind) -> list[Node]:
        """Return all nodes of a kind in the order of the tree."""
        return self._by_kind.get(kind, [])

    @cached_property
    def numbers(self) -> dict[int, str]:
        """Numbers of the nodes as the paper prints them."""
        return dict(numbers(self.tree))

    @property
    def full(self) -> bool:
        """Tell whether this is a whole programme, not a plan, a complex of measures or a road map."""
        return self._full

    @cached_property
    def years(self) -> str:
        """Years of the programme in words: «2023–2025»."""
        return years_text(self.tree.programme.year_from, self.tree.programme.year_to)

    def text(self, key: str) -> str:
        """Return a section as the paper prints it."""
        if self.given.texts is not None:
            return self.given.texts.get(key, "")
        kept = self.tree.texts.get(key)
        return kept.text if kept is not None else ""

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Sections that have words, in the order of the paper."""
        return [(key, text) for key in BY_KEY if (text := self.text(key)).strip()]

    @cached_property
    def typed(self) -> list[tuple[str, str]]:
        """Sections that a person wrote: what the program derives repeats the tree, which is checked itself."""
        kept = self.tree.texts
        return [(key, text) for key, text in self.texts if key in kept and kept[key].origin == "typed"]

    @cached_property
    def leaves(self) -> list[Node]:
        """Activities that are done themselves: one with parts of its own is a heading over them."""
        return [node for node in self.of("activity") if not self.tree.under(node.id, "activity")]

    def chain(self, node: Node) -> Iterator[Node]:
        """Return an activity and the activities over it: what stands over the parts is true of each."""
        kept: Node | None = node
        while kept is not None and kept.kind == "activity":
            yield kept
            kept = self.tree.nodes.get(kept.parent_id) if kept.parent_id is not None else None

    def activity(self, node: Node) -> Activity | None:
        """Return what only an activity has."""
        return self.tree.activities.get(node.id)

    @cached_property
    def spans(self) -> dict[int, tuple[str, str]]:
        """First and last day of every activity with a term, ISO."""
        return {
            key: (min(term.date_from for term in terms), max(term.date_to for term in terms))
            for key, terms in self.tree.terms.items()
            if terms
        }

    @cached_property
    def served(self) -> dict[int, tuple[int, ...]]:
        """Indicators each activity serves, by itself or by the activity over it."""
        return {
            node.id: tuple(key for above in self.chain(node) for key in self.tree.linked("serves", above.id))
            for node in self.of("activity")
        }

    @cached_property
    def task_activities(self) -> dict[int, list[Node]]:
        """Activities of each task: under it, or serving one of its indicators."""
        found: dict[int, dict[int, Node]] = {}
        for node in self.of("activity"):
            task = self.tree.parent(node, "task")
            if task is not None:
                found.setdefault(task.id, {})[node.id] = node
            for key in self.served[node.id]:
                indicator = self.tree.nodes.get(key)
                over = self.tree.parent(indicator, "task") if indicator is not None else None
                if over is not None:
                    found.setdefault(over.id, {})[node.id] = node
        return {key: list(nodes.values()) for key, nodes in found.items()}

    # --- names -----------------------------------------------------------------------------------------------------

    def name(self, node: Node) -> str:
        """Return «Задача 2» for a list; without a number where the programme has one only."""
        if node.id not in self._names:
            number = self.numbers.get(node.id, "")
            if node.kind in {"goal", "problem"} and len(self.of(node.kind)) == 1:
                number = ""
            self._names[node.id] = f"{KIND_NAMES[node.kind]} {number}".rstrip()
        return self._names[node.id]

    def named(self, node: Node, most: int = 60) -> str:
        """Return «мероприятие 1.2 „Семинар…“» for the middle of a sentence."""
        name = self.name(node)
        text = short(node.text, most)
        return f"{name[:1].lower()}{name[1:]} {quoted(text)}" if text else f"{name[:1].lower()}{name[1:]}"

    def term(self, key: int) -> str:
        """Return the span of an activity in words."""
        first, last = self.spans[key]
        return ru_date(first) if first == last else f"{ru_date(first)}–{ru_date(last)}"

    # --- findings --------------------------------------------------------------------------------------------------

    def say(self, rule: str, node: Node | None = None, /, *, section: str | None = None, field: str = "",
            **values: Any) -> None:  # fmt: skip
        """Add a finding; rules that this kind of document is not asked are passed over."""
        known = RULES[rule]
        if (known.full and not self._full) or (known.municipal and not self._municipal):
            return
        where = self.name(node) if node is not None else _place(section)
        reason = known.reason
        if values:
            reason = reason.format(**{name: _inside(known.reason, name, value) for name, value in values.items()})
        self.found.append(Finding(rule, node.id if node is not None else None, section, field, where, reason))


def _place(section: str | None) -> str:
    known = BY_KEY.get(section) if section is not None else None
    if known is None:
        return _WHOLE
    return f"Паспорт: {known.title}" if known.part == "passport" else known.title


def _inside(template: str, name: str, value: Any) -> Any:
    """Turn quotation marks of a value into inner ones where the sentence puts it into «»."""
    if isinstance(value, str) and f"«{{{name}}}" in template:
        return value.replace("«", "„").replace("»", "“")
    return value


def blank(texts: Iterable[str | None]) -> bool:
    """Tell whether nothing is written in any of them."""
    return not any(text and text.strip() for text in texts)
