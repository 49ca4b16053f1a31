"""Rules of a file: shipped and own, copied, changed, tried out; every version that was ever saved is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.errors import Problem, UserError
from app.models import references, settings
from app.models.store import Connection, Store
from app.operations import identification, text_files

if TYPE_CHECKING:
    from app.analysis.rule_model import Rule

Origin = Literal["shipped", "changed", "own"]
_KIND = "rule"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as it is in force.

    Attributes:
        origin: «shipped» with the program, a shipped one «changed» in this file, or the file's «own».
        versions: versions kept in the file, the newest first; empty for a shipped rule.
        chosen: the rule by which the file makes its list.
    """

    rule: Rule
    origin: Origin
    versions: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would give, beside what the rule of that id gives now.

    Attributes:
        year: the result year it was tried on.
        now: how many schools the saved rule lists; None where there is no saved one.
        came: how many the draft would bring in.
        left: how many it would let go.
    """

    year: int
    schools: int
    listed: int
    no_data: int
    now: int | None
    came: int
    left: int


def listing(connection: Connection) -> list[RuleEntry]:
    """Return the rules in force: the shipped ones first, then the own ones in the order of their titles."""
    from app.analysis.rules import load_shipped

    shipped = load_shipped()
    kept = _kept(connection)
    chosen = settings.get(connection, "rule")
    found = identification.rules(connection)
    entries = [
        RuleEntry(rule, _origin(rule.id, shipped, kept), tuple(kept.get(rule.id, ())), rule.id == chosen)
        for rule in found.values()
    ]
    return sorted(entries, key=lambda entry: (entry.origin == "own", entry.rule.title if entry.origin == "own" else ""))


def _origin(rule_id: str, shipped: Mapping[str, Rule], kept: Mapping[str, list[str]]) -> Origin:
    if rule_id not in shipped:
        return "own"
    return "changed" if rule_id in kept else "shipped"


def entry(connection: Connection, rule_id: str) -> RuleEntry:
    """Return one rule with where it came from.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    identification.rule(connection, rule_id)
    return next(item for item in listing(connection) if item.rule.id == rule_id)


def _kept(connection: Connection) -> dict[str, list[str]]:
    """Return the versions kept in the file by id, the newest first."""
    found: dict[str, list[str]] = {}
    for ref_id, version, _text in references.texts(connection, _KIND):
        found.setdefault(ref_id, []).append(version)
    return {ref_id: sorted(versions, key=version_key, reverse=True) for ref_id, versions in found.items()}


def version_key(version: str) -> tuple[int, int]:
    """Return the order of a version: 1.10 comes after 1.9."""
    major, _dot, minor = version.partition(".")
    return int(major), int(minor or 0)


def versions(connection: Connection, rule_id: str) -> list[Rule]:
    """Return every kept version of a rule, the newest first; the shipped one last."""
    from app.analysis.rules import load_shipped, parse_rule

    own = [parse_rule(text, rule_id) for ref_id, _v, text in references.texts(connection, _KIND) if ref_id == rule_id]
    own.sort(key=lambda rule: version_key(rule.version), reverse=True)
    shipped = load_shipped().get(rule_id)
    return own if shipped is None else [*own, shipped]


def next_version(connection: Connection, rule_id: str) -> str:
    """Return the version after the highest one known: 1.0 → 1.1."""
    known = [version_key(rule.version) for rule in versions(connection, rule_id)]
    if not known:
        return "1.0"
    major, minor = max(known)
    return f"{major}.{minor + 1}"


# --- changing --------------------------------------------------------------------------------------------------


def put_text(store: Store, text: str, name: str | None = None) -> Rule:
    """Keep a rule from its TOML text; a version that is taken by another content becomes the next free one.

    Args:
        store: the open file.
        text: the TOML.
        name: how to call the rule in a refusal (a file name).

    Raises:
        UserError: ``RULE_FAULTS`` with every fault.
    """
    from app.analysis.rule_writer import with_version
    from app.analysis.rules import parse_rule

    made = parse_rule(text, name)
    known = versions(store.connection, made.id)
    if known and known[0] == made and known[0].text == made.text:
        return known[0]
    newest = max((version_key(rule.version) for rule in known), default=(0, 0))
    same = any(rule == made for rule in known)
    if known and (version_key(made.version) < newest or (version_key(made.version) == newest and not same)):
        made = parse_rule(with_version(made.text, next_version(store.connection, made.id)), name)
    with store.operation(f"Сохранено правило «{made.title}», версия {made.version}", "rule.put") as operation:
        references.put(operation, _KIND, made.id, made.version, made.text)
    return made


def save(store: Store, draft: Rule) -> Rule:
    """Save a changed rule as its next version; the versions before it stay.

    Args:
        store: the open file.
        draft: the rule as the form has it; its version is overruled, its text is written anew.

    Raises:
        UserError: ``RULE_FAULTS`` with every fault, ``RULE_SHIPPED``.
    """
    from app.analysis.rule_writer import as_toml
    from app.analysis.rules import parse_rule

    _refuse_shipped(store.connection, draft.id, draft.title)
    known = versions(store.connection, draft.id)
    checked = parse_rule(as_toml(draft), draft.title.strip() or None)
    if known and replace(checked, version=known[0].version) == known[0]:
        return known[0]
    version = next_version(store.connection, draft.id)
    made = parse_rule(as_toml(replace(draft, version=version)))
    with store.operation(f"Изменено правило «{made.title}», версия {made.version}", "rule.save") as operation:
        references.put(operation, _KIND, made.id, made.version, made.text)
    return made


def copy(store: Store, rule_id: str, new_id: str | None = None, title: str | None = None) -> Rule:
    """Make an own rule from another one: version 1.0 under a new id and title.

    Args:
        store: the open file.
        rule_id: the rule that is copied.
        new_id: short Latin name; a free one is made up where none is given.
        title: its title; «Копия: …» where none is given.

    Raises:
        UserError: ``RULE_NOT_FOUND``, ``RULE_ID_TAKEN``, ``RULE_FAULTS`` where the new id does not fit.
    """
    from app.analysis.rule_writer import as_toml
    from app.analysis.rules import parse_rule

    base = identification.rule(store.connection, rule_id)
    wanted = new_id or free_id(store.connection, rule_id)
    if wanted in identification.rules(store.connection):
        raise UserError("RULE_ID_TAKEN", rule=wanted)
    name = (title or f"Копия: {base.title}").strip()
    made = parse_rule(as_toml(replace(base, id=wanted, version="1.0", title=name)), name)
    with store.operation(f"Сделана копия правила: «{made.title}»", "rule.copy") as operation:
        references.put(operation, _KIND, made.id, made.version, made.text)
    return made


def free_id(connection: Connection, base: str) -> str:
    """Return an id that no rule has: «rosobrnadzor-2022-2»."""
    known = identification.rules(connection)
    stem = re.sub(r"-own-\d+$", "", base)
    number = 1
    while f"{stem}-own-{number}" in known:
        number += 1
    return f"{stem}-own-{number}"


def rename(store: Store, rule_id: str, title: str) -> Rule:
    """Give an own rule another title, as its next version.

    Raises:
        UserError: ``RULE_NOT_FOUND``, ``RULE_SHIPPED``, ``RULE_FAULTS`` for an empty title.
    """
    return save(store, replace(identification.rule(store.connection, rule_id), title=title.strip()))


def remove(store: Store, rule_id: str) -> None:
    """Take an own rule out of the file with all its versions; a changed shipped rule is as it was shipped again.

    Approved lists keep the text of their rule in their snapshot. Where it was the rule of the file, the default one
    takes its place.

    Raises:
        UserError: ``RULE_NOT_FOUND``, ``RULE_SHIPPED``.
    """
    found = entry(store.connection, rule_id)
    if found.origin == "shipped":
        raise UserError("RULE_SHIPPED", rule=found.rule.title)
    word = "Удалено правило" if found.origin == "own" else "Возвращено прежнее правило"
    with store.operation(f"{word} «{found.rule.title}»", "rule.remove") as operation:
        for version in found.versions:
            references.drop(operation, _KIND, rule_id, version)
        if found.chosen and found.origin == "own":
            settings.put(operation, "rule", settings.DEFAULTS["rule"])


def set_default(store: Store, rule_id: str) -> None:
    """Make a rule the one by which the file makes its list.

    Raises:
        UserError: ``RULE_NOT_FOUND``.
    """
    chosen = identification.rule(store.connection, rule_id)
    with store.operation(f"Список составляется по правилу «{chosen.title}»", "rule.default") as operation:
        settings.put(operation, "rule", rule_id)


def _refuse_shipped(connection: Connection, rule_id: str, title: str) -> None:
    from app.analysis.rules import load_shipped

    if rule_id in load_shipped() and rule_id not in _kept(connection):
        raise UserError("RULE_SHIPPED", rule=title)


# --- files -----------------------------------------------------------------------------------------------------


def export(connection: Connection, rule_id: str, path: Path) -> None:
    """Write a rule as a file that another «Опора» can read.

    Raises:
        UserError: ``RULE_NOT_FOUND``; ``PAPER_…`` of writing.
    """
    from app.exporters.atomic import write_atomic

    write_atomic(path, identification.rule(connection, rule_id).text.encode())


def put_file(store: Store, path: Path) -> Rule:
    """Take a rule from a TOML file.

    Raises:
        UserError: ``GEN_FILE_MISSING``, ``GEN_NOT_FILE``, ``GEN_FILE_UNREADABLE``, ``RULE_FAULTS``.
    """
    return put_text(store, text_files.read(path), path.name)


# --- trying out ------------------------------------------------------------------------------------------------


def faults(draft: Rule) -> list[Problem]:
    """Return everything that is wrong with a draft."""
    from app.analysis.rule_writer import as_toml
    from app.analysis.rules import check_rule

    return check_rule(as_toml(draft))


def trial(connection: Connection, draft: Rule, year: int) -> Trial:
    """Count whom a draft without faults would list in a year, beside the saved rule of the same id.

    Corrections of experts are left out: both numbers are what the rules themselves answer.
    """
    _schools, answers = identification.compute_rule(connection, draft, year)
    counts = answers.counts()
    then = set(answers.listed_ids())
    saved = identification.rules(connection).get(draft.id)
    if saved is None:
        return Trial(year, counts.schools, counts.listed, counts.no_data, None, 0, 0)
    now = set(identification.compute_rule(connection, saved, year)[1].listed_ids())
    return Trial(year, counts.schools, counts.listed, counts.no_data, len(now), len(then - now), len(now - then))
