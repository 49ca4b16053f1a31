"""Rule → TOML, so that a rule made in a form travels as a file and is read by the one strict reader.

A rule that is still being made is a ``Rule`` too: nothing in it is checked before its text is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.analysis.rule_model import Branch, ProcedureGroup, Rule

if TYPE_CHECKING:
    from tomlkit.items import Table

_LONG = 100


def as_toml(rule: Rule) -> str:
    """Return the text of a rule; what equals its default is left out, an empty share or bound too.

    ``parse_rule(as_toml(rule)) == rule`` for every rule that has no faults.
    """
    import tomlkit

    text = tomlkit.document()
    for name in ("id", "version", "title"):
        text.add(name, tomlkit.item(getattr(rule, name)))
    text.add("wording", tomlkit.item(list(rule.wording)).multiline(multiline=True))
    text.add("source", tomlkit.item(rule.source))
    if rule.note:
        long = len(rule.note) > _LONG or "\n" in rule.note
        text.add("note", tomlkit.string(rule.note, multiline=long))
    if rule.threshold is not None:
        text.add("threshold", tomlkit.item(list(rule.threshold)))
    for name in ("egemath", "min_participants", "join", "need"):
        text.add(name, tomlkit.item(getattr(rule, name)))
    if rule.procedures:
        text.add("procedures", _tables([_group(item) for item in rule.procedures]))
    if rule.branches:
        text.add("branches", _tables([_branch(item) for item in rule.branches]))
    return tomlkit.dumps(text)


def with_version(text: str, version: str) -> str:
    """Return the text of a rule under another version; comments and layout stay."""
    import tomlkit

    content = tomlkit.parse(text)
    content["version"] = version
    return tomlkit.dumps(content)


def _tables(found: list[dict[str, Any]]) -> Any:
    import tomlkit

    array = tomlkit.aot()
    for values in found:
        table: Table = tomlkit.table()
        for key, value in values.items():
            table.add(key, value)
        array.append(table)
    return array


def _group(group: ProcedureGroup) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": group.id, "label": group.label, "procedure": group.procedure, "subject": group.subject,
    }  # fmt: skip
    if group.levels:
        told["levels"] = list(group.levels)
    if group.each_grade:
        told["grades"] = "each"
    elif group.grades:
        told["grades"] = list(group.grades)
    return told


_OWN: dict[str, tuple[str, ...]] = {
    "at_least_in_year": ("n",),
    "each_of_two_years_any": ("n",),
    "same_in_both_years": ("n",),
    "each_of_years_any": ("n", "years"),
    "same_in_years": ("n", "years"),
    "region_gap": ("n", "bound", "measure", "against"),
    "lowest_share": ("share", "kinds", "years"),
    "quality_at_most": ("bound", "kinds", "n", "years", "data"),
    "metric": ("data", "compare", "bound", "years"),
    "metric_gap": ("data", "base", "bound", "flag"),
    "flag": ("data", "wanted"),
    "index": ("data", "share"),
}
"""What each kind says of itself, in the order of the text."""


def _branch(branch: Branch) -> dict[str, Any]:
    told: dict[str, Any] = {"id": branch.id, "label": branch.label, "kind": branch.kind}
    for name in _OWN[branch.kind]:
        value = getattr(branch, name)
        if value is None or value == ():
            continue
        told[name] = list(value) if isinstance(value, tuple) else value
    return told
