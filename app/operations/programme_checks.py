"""Checks of a programme in the file: findings, hints that are switched off, how much is filled."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app import clock
from app.analysis import programme_checks
from app.analysis.programme_checks import GROUPS, LEVELS, RULES, Completeness, Finding, Given, Level, Rule
from app.analysis.programme_checks.look import Look
from app.analysis.programme_derived import derived
from app.analysis.programme_sections import ALL, ANALYSIS
from app.errors import UserError
from app.models import programmes as stored
from app.models.programme_records import Node, Silence, Tree
from app.models.revision import revision_besides, settled
from app.models.store import Connection, Store
from app.operations import programme_texts, programmes
from app.texts import NBSP, count, quoted

__all__ = ["GROUPS", "LEVELS", "LEVEL_WORDS", "RULES", "Checked", "Finding", "Level", "Rule", "Silence", "Silenced"]

LEVEL_WORDS: Mapping[Level, str] = {"error": "исправить", "warning": "проверить", "hint": "подсказка"}
_WRITTEN = ("analysis.results", "analysis.process", "analysis.conditions")


@dataclass(frozen=True, slots=True)
class Silenced:
    """A hint that somebody switched off, with the row that says so."""

    finding: Finding
    silence: Silence


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say of one edition.

    Attributes:
        findings: what speaks, by part of the programme, the gravest first.
        silenced: hints that were switched off.
        completeness: share of the required parts that are filled; hints do not count.
    """

    programme_id: int
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    completeness: Completeness

    def count(self, level: Level) -> int:
        """Return how many findings of a level speak."""
        return sum(RULES[item.rule].level == level for item in self.findings)

    @property
    def worst(self) -> Level | None:
        """The gravest level that speaks; None where nothing does."""
        return next((level for level in LEVELS if self.count(level)), None)


def findings(connection: Connection, programme_id: int, *, today: date | None = None) -> Checked:
    """Check one edition.

    Args:
        connection: reading connection.
        programme_id: the edition.
        today: the day of the check; the estimate is asked for its year.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``.
    """
    tree = programmes.tree(connection, programme_id)
    return judged(look(connection, tree, today=today))


def look(connection: Connection, tree: Tree, *, today: date | None = None) -> Look:
    """Check a tree with what the file knows besides; findings are in ``found``."""
    given = Given(today or clock.today(), programme_checks.read_words(), texts(connection, tree))
    return programme_checks.look_at(tree, given)


def texts(connection: Connection, tree: Tree) -> dict[str, str]:
    """Return the sections as the paper prints them.

    The analysis is read from the figures of the file only where a required part of it was not written by a person:
    that reading takes longer than all checks together, so it is kept.
    """
    kept = {key: row.text for key, row in tree.texts.items()}
    found = {
        item.key: "\n".join(line.text for line in derived(tree, item.key))
        for item in ALL
        if item not in ANALYSIS and item.key not in kept
    }
    if tree.programme.document == "programme" and any(not kept.get(key, "").strip() for key in _WRITTEN):
        found |= _from_figures(connection, tree)
    return found | kept


@dataclass
class _Shelf:
    """What the figures of files said last, behind one lock: reader and writer threads ask."""

    entries: OrderedDict[Hashable, dict[str, str]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_shelf = _Shelf()
_MOST_KEPT = 8


def _from_figures(connection: Connection, tree: Tree) -> dict[str, str]:
    """Return what the figures of the file say for the required parts of the analysis.

    Kept for as long as nothing but the programme changes: what it says of the programme's own rows is in the key.
    """
    head = tree.programme
    known = (head.id, head.kind, head.organisation_id, head.year_from, head.year_to, tree.resources)
    key = (revision_besides(connection, "programme"), known)
    with _shelf.lock:
        found = _shelf.entries.get(key)
    if found is None:
        whole = programme_texts.document_texts(connection, replace(tree, texts={}))
        found = {name: whole[name] for name in _WRITTEN}
        if settled(connection):
            with _shelf.lock:
                _shelf.entries[key] = found
                while len(_shelf.entries) > _MOST_KEPT:
                    _shelf.entries.popitem(last=False)
    return found


def judged(seen: Look) -> Checked:
    """Sort findings into those that speak and those that were switched off."""
    silent: dict[tuple[str, int | None], Silence] = {(row.rule, row.node_id): row for row in seen.tree.silences}
    speaking: list[Finding] = []
    off: list[Silenced] = []
    for item in programme_checks.ordered(seen):
        hint = RULES[item.rule].level == "hint"
        row = silent.get((item.rule, item.node_id)) or silent.get((item.rule, None)) if hint else None
        if row is None:
            speaking.append(item)
        else:
            off.append(Silenced(item, row))
    share = programme_checks.completeness(seen)
    return Checked(seen.tree.programme.id, tuple(speaking), tuple(off), share)


def silence(store: Store, programme_id: int, rule: str, node_id: int | None = None, reason: str = "") -> int:
    """Switch a hint off, for one node or (None) for the whole document; returns the key of what says so.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``; ``PROGRAMME_NOT_HINT`` for what is no hint;
            ``PROGRAMME_NO_NODE``.
    """
    programmes.writable(store.connection, programme_id)
    known = RULES.get(rule)
    if known is None or known.level != "hint":
        raise UserError("PROGRAMME_NOT_HINT", rule=rule if known is None else known.title)
    if node_id is not None:
        node = stored.node(store.connection, node_id)
        if node is None or node.programme_id != programme_id:
            raise UserError("PROGRAMME_NO_NODE")
    present = stored.of_programme(store.connection, "programme_silence", programme_id)
    same = next((row.id for row in present if (row.rule, row.node_id) == (rule, node_id)), None)
    if same is not None:
        return int(same)
    place = "для всей программы" if node_id is None else "для одной строки"
    with store.operation(f"Отключена подсказка {quoted(known.title)} {place}", "programme.silence") as operation:
        return operation.insert(
            "programme_silence", programme_id=programme_id, rule=rule, node_id=node_id, reason=reason.strip()
        )


def speak(store: Store, programme_id: int, silence_id: int) -> None:
    """Switch a hint on again; one that speaks already is left.

    Raises:
        UserError: ``PROGRAMME_UNKNOWN``, ``PROGRAMME_FROZEN``.
    """
    programmes.writable(store.connection, programme_id)
    rows = stored.of_programme(store.connection, "programme_silence", programme_id)
    row = next((row for row in rows if row.id == silence_id), None)
    if row is None:
        return
    title = RULES[row.rule].title if row.rule in RULES else row.rule
    with store.operation(f"Снова включена подсказка {quoted(title)}", "programme.speak") as operation:
        operation.delete("programme_silence", silence_id)


# --- in words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One node of the tree as a list prints it: «Задача 2», how deep it stands."""

    node: Node
    number: str
    name: str
    depth: int


def outline(tree: Tree) -> list[OutlineRow]:
    """Return the nodes in the order of the tree with their names and depths."""
    seen = Look(tree, Given(clock.today()))
    depths: dict[int, int] = {}
    rows = []
    for node in seen.nodes:
        depths[node.id] = depths[node.parent_id] + 1 if node.parent_id in depths else 0
        rows.append(OutlineRow(node, seen.numbers.get(node.id, ""), seen.name(node), depths[node.id]))
    return rows


def sentence(checked: Checked) -> str:
    """Return the state of a programme in a sentence: how much is to do, how much is filled."""
    words: dict[Level, tuple[str, str, str]] = {
        "error": ("ошибка", "ошибки", "ошибок"),
        "warning": ("предупреждение", "предупреждения", "предупреждений"),
        "hint": ("подсказка", "подсказки", "подсказок"),
    }
    parts = [count(checked.count(level), *words[level]) for level in LEVELS if checked.count(level)]
    share = checked.completeness
    filled = f"Заполнено {share.percent}{NBSP}% обязательного ({share.filled} из {share.total})."
    return f"{joined(parts)}. {filled}" if parts else f"Замечаний нет. {filled}"


def joined(parts: Sequence[str]) -> str:
    """Return parts of a sentence joined by commas and «и»."""
    return " и ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
