"""``FormDef`` → TOML, so that a form made on the screen travels as a file and is read by the one strict reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.forms.schema import Choice, FormDef, Item, Level, Revision, Scale, Score, Section

if TYPE_CHECKING:
    from tomlkit.items import AoT, Array, InlineTable, Table

_LONG = 40


def text_of(form: FormDef) -> str:
    """Return the text of a form; what equals its default is left out.

    ``load(text_of(form))`` equals ``form`` but for ``digest`` and ``text``, for every form without faults.
    """
    import tomlkit

    text = tomlkit.document()
    for key, value in _top(form).items():
        text.add(key, _value(value))
    for key, tables in _groups(form):
        if tables:
            text.add(key, _aot(tables))
    return tomlkit.dumps(text)


def content_of(form: FormDef) -> dict[str, Any]:
    """Return what the text of a form says, as the reader of TOML would give it: a draft is checked without its text."""
    return _top(form) | {key: tables for key, tables in _groups(form) if tables}


def _groups(form: FormDef) -> tuple[tuple[str, list[dict[str, Any]]], ...]:
    return (
        ("scales", [_scale(scale) for scale in _scales(form)]),
        ("sections", [_section(section) for section in form.sections]),
        ("scores", [_score(score) for score in form.scores]),
        ("parts", [_kept({"form": one.form_id, "version": one.version, "weight": one.weight}, {"version": "",
                   "weight": 1}) for one in form.parts]),
        ("revisions", [_revision(revision) for revision in form.revisions]),
    )  # fmt: skip


def with_version(text: str, version: str) -> str:
    """Return the text of a form under another version; comments and layout stay."""
    import tomlkit

    content = tomlkit.parse(text)
    content["version"] = version
    return tomlkit.dumps(content)


def _top(form: FormDef) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": form.id, "version": form.version, "title": form.title, "short": form.short, "subject": form.subject,
        "kind": form.kind, "source": form.source, "place": form.place, "hidden": form.hidden, "closed": form.closed,
        "group": form.group, "conclusion": form.conclusion, "notes": list(form.notes),
        "head_fields": [{"id": name, "text": label} for name, label in form.head_fields],
    }  # fmt: skip
    empty = {"source": "", "place": "", "hidden": False, "closed": False, "group": False, "conclusion": "",
             "notes": [], "head_fields": []}  # fmt: skip
    return _kept(told, empty)


def _kept(told: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Return what does not equal its default."""
    return {key: value for key, value in told.items() if key not in defaults or value != defaults[key]}


def _scales(form: FormDef) -> list[Scale]:
    """Return every scale once, in the order of use."""
    found: dict[str, Scale] = {}
    for item in form.items():
        if item.scale is not None:
            found.setdefault(item.scale.id, item.scale)
    return list(found.values())


def _scale(scale: Scale) -> dict[str, Any]:
    return {"id": scale.id, "choices": [_choice(choice) for choice in scale.choices]}


def _choice(choice: Choice) -> dict[str, Any]:
    told = {"value": choice.value, "text": choice.text, "short": choice.short, "points": choice.points,
            "other": choice.other, "outside": choice.outside}  # fmt: skip
    return _kept(told, {"short": "", "points": None, "other": False, "outside": False})


def _section(section: Section) -> dict[str, Any]:
    told: dict[str, Any] = {"id": section.id, "title": section.title, "note": section.note}
    told = _kept(told, {"title": "", "note": ""})
    if not section.grid:
        return {**told, "items": [_item(item) for item in section.items]}
    told["rows"] = [{"id": axis.id, "text": axis.text} for axis in section.rows]
    told["columns"] = [
        _kept({"id": axis.id, "text": axis.text, "group": axis.group}, {"group": ""}) for axis in section.columns
    ]
    told["cell"] = _answered(section.items[0]) if section.items else {}
    return {**told, "totals": True} if section.totals else told


def _item(item: Item) -> dict[str, Any]:
    told = _kept({"id": item.id, "number": item.number}, {"number": ""})
    return {**told, **_answered(item), "text": item.text}


def _answered(item: Item) -> dict[str, Any]:
    """Return what an item and the cell of a grid have alike."""
    told: dict[str, Any] = {
        "kind": item.kind, "scale": item.scale.id if item.scale is not None else None, "criterion": item.criterion,
        "hint": item.hint, "required": item.required, "not_applicable": item.not_applicable,
        "comment": item.comment, "evidence": item.evidence, "weight": item.weight, "least": item.least,
        "most": item.most, "places": item.places if item.kind == "decimal" else None, "threshold": item.threshold,
        "metric": item.metric,
        "when": [{"item": one.item, "values": list(one.values)} for one in item.when],
    }  # fmt: skip
    return _kept(
        told,
        {
            "scale": None, "criterion": "", "hint": "", "required": True, "not_applicable": False, "comment": False,
            "evidence": False, "weight": 1, "least": None, "most": None, "places": None, "threshold": None,
            "metric": None, "when": [],
        },
    )  # fmt: skip


def _score(score: Score) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": score.id, "title": score.title, "rule": score.rule, "items": list(score.items),
        "missing": score.missing, "applicable": score.applicable, "declared_most": score.declared_most,
        "levels": [_level(level) for level in score.levels],
    }  # fmt: skip
    return _kept(
        told, {"items": [], "declared_most": None, "levels": [], "missing": "refuse", "applicable": "proportional"}
    )


def _level(level: Level) -> dict[str, Any]:
    told = {"id": level.id, "text": level.text, "least": level.least, "most": level.most, "tone": level.tone}
    return _kept(told, {"least": None, "most": None, "tone": "plain"})


def _revision(revision: Revision) -> dict[str, Any]:
    told: dict[str, Any] = {
        "from": revision.since, "renamed": dict(revision.renamed), "deleted": list(revision.deleted),
        "recoded": {item: dict(pairs) for item, pairs in revision.recoded},
    }  # fmt: skip
    return _kept(told, {"renamed": {}, "deleted": [], "recoded": {}})


# --- layout ----------------------------------------------------------------------------------------------------------


def _aot(tables: Sequence[dict[str, Any]]) -> AoT:
    import tomlkit

    array = tomlkit.aot()
    for values in tables:
        table: Table = tomlkit.table()
        for key, value in values.items():
            table.add(key, _value(value))
        array.append(table)
    return array


def _value(value: Any) -> Any:
    """Return a value as it stands in the text: tables of a list one a line, texts of several lines in three quotes."""
    import tomlkit

    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        return _array(value)
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return tomlkit.item(value)


def _array(values: Sequence[Any]) -> Array:
    import tomlkit

    array = tomlkit.array()
    rows = [_inline_value(value) for value in values]
    for row in rows:
        array.append(row)
    long = any(isinstance(value, dict) or len(str(value)) > _LONG for value in values)
    return array.multiline(multiline=long or len(rows) > 12)


def _inline(values: dict[str, Any]) -> InlineTable:
    import tomlkit

    table = tomlkit.inline_table()
    for key, value in values.items():
        table.append(key, _inline_value(value))
    return table


def _inline_value(value: Any) -> Any:
    import tomlkit

    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        array = tomlkit.array()
        for one in value:
            array.append(_inline_value(one))
        return array
    return tomlkit.item(value)
