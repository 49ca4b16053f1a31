"""TOML → ``FormDef``, strictly: every fault of a definition is named in Russian with its place, all of them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args

from app.errors import Problem, UserError, problem
from app.forms import checks
from app.forms.reading import AXIS, FORM_ID, METRIC, MOST_SIGNS, NAME, VERSION, Table, document
from app.forms.schema import (
    ApplicablePolicy,
    Axis,
    Choice,
    Condition,
    FormDef,
    FormKind,
    Item,
    ItemKind,
    Level,
    MissingPolicy,
    Part,
    Revision,
    Scale,
    Score,
    ScoreRule,
    Section,
    SubjectKind,
    Tone,
)
from app.paths import resources
from app.texts import count

if TYPE_CHECKING:
    from pathlib import Path

_TOP = {
    "id", "version", "title", "short", "subject", "kind", "source", "place", "notes", "hidden", "closed", "group",
    "head_fields", "conclusion", "scales", "sections", "scores", "parts", "revisions",
}  # fmt: skip
_ANSWERED = {
    "kind", "scale", "required", "not_applicable", "comment", "evidence", "weight", "least", "most", "places",
    "threshold", "hint", "criterion", "metric", "when",
}  # fmt: skip
_ITEM = {"id", "number", "text"} | _ANSWERED
_CELL = _ANSWERED - {"metric", "when", "criterion"}
_NUMBERS = {"least", "most", "places", "threshold"}
_MOST_SHOWN = 6


def load(text: str, name: str | None = None) -> FormDef:
    """Read a definition.

    Args:
        text: the TOML text.
        name: how to call the form in a refusal (a file name); its short title or id where it is not given.

    Raises:
        UserError: ``FORM_FAULTS`` with every fault.
    """
    form, faults = check(text)
    if form is None:
        raise refusal(name or _called(text), faults)
    return form


def refusal(name: str, faults: Sequence[Problem]) -> UserError:
    """Return the one refusal that tells of all faults of a form."""
    shown = " ".join(fault.message for fault in faults[:_MOST_SHOWN])
    if len(faults) > _MOST_SHOWN:
        shown += f" И ещё {len(faults) - _MOST_SHOWN}."
    found = count(len(faults), "ошибка", "ошибки", "ошибок")
    return UserError("FORM_FAULTS", form=name, details=shown, found=found)


def check(text: str) -> tuple[FormDef | None, list[Problem]]:
    """Return the form and no faults, or no form and all faults; ``sheet`` is the place, ``cell`` the line."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    faults: list[Problem] = []
    if len(text) > MOST_SIGNS:
        signs = count(MOST_SIGNS, "знака", "знаков", "знаков")
        found = count(len(text), "знак", "знака", "знаков")
        return None, [problem("FORM_LARGE", sheet="Форма", found=found, most=signs)]
    content = document(text, faults)
    if faults:
        return None, faults
    form, faults = check_content(content)
    return (None, faults) if faults else (replace(form, digest=digest(text), text=text), [])


def check_content(content: Mapping[str, Any]) -> tuple[FormDef, list[Problem]]:
    """Return the form that a read definition makes, without digest and text, and all its faults."""
    faults: list[Problem] = []
    form = _form(Table(content, "Форма", faults))
    checks.whole_form(form, faults)
    return form, faults


def digest(text: str) -> str:
    """Return the SHA-256 of a definition, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _called(text: str) -> str:
    content = document(text, [])
    for key in ("short", "title", "id"):
        value = content.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return "без названия"


# --- the parts of a definition ---------------------------------------------------------------------------------------


def _form(table: Table) -> FormDef:
    table.only(_TOP)
    scales = _scales(table)
    title = table.text("title", lines=True)
    return FormDef(
        id=table.name("id", FORM_ID, "латинские строчные буквы, цифры, дефис; первой стоит буква"),
        version=table.name("version", VERSION, "два числа через точку, например 1.0"),
        title=title,
        short=table.text("short", required=False) or title,
        subject=cast("SubjectKind", table.choice("subject", get_args(SubjectKind))),
        kind=cast("FormKind", table.choice("kind", get_args(FormKind), "checklist")),
        sections=tuple(_section(one, scales) for one in table.tables("sections", "Раздел {}")),
        scores=tuple(_score(one) for one in table.tables("scores", "Итог {}")),
        parts=tuple(_part(one) for one in table.tables("parts", "Часть {}")),
        source=table.text("source", required=False),
        place=table.text("place", required=False),
        notes=table.texts("notes"),
        hidden=table.flag("hidden"),
        closed=table.flag("closed"),
        group=table.flag("group"),
        head_fields=tuple(_head_field(one) for one in table.tables("head_fields", "Строка шапки {}")),
        conclusion=table.text("conclusion", required=False),
        revisions=tuple(_revision(one) for one in table.tables("revisions", "Редакция {}")),
    )


def _head_field(table: Table) -> tuple[str, str]:
    table.only({"id", "text"})
    return table.name("id"), table.text("text")


def _part(table: Table) -> Part:
    table.only({"form", "version", "weight"})
    version = table.name("version", VERSION, "два числа через точку") if "version" in table.content else ""
    return Part(table.name("form", FORM_ID), version, table.whole("weight", 1, 1, 1000) or 1)


def _scales(table: Table) -> dict[str, Scale]:
    found: dict[str, Scale] = {}
    for one in table.tables("scales", "Шкала {}"):
        one.only({"id", "choices"})
        scale = Scale(one.name("id"), tuple(_choice(c) for c in one.tables("choices", f"{one.where}, ответ {{}}")))
        if scale.id in found:
            one.fault("FORM_ID_TWICE", "id", value=scale.id)
        checks.scale(scale, one)
        found[scale.id] = scale
    return found


def _choice(table: Table) -> Choice:
    table.only({"value", "text", "short", "points", "other", "outside"})
    return Choice(
        value=table.name("value"),
        text=table.text("text"),
        short=table.text("short", required=False),
        points=table.whole("points", None, 0, 10_000),
        other=table.flag("other"),
        outside=table.flag("outside"),
    )


def _section(table: Table, scales: Mapping[str, Scale]) -> Section:
    table.only({"id", "title", "note", "items", "rows", "columns", "cell", "totals"})
    made = Section(
        id=table.name("id"),
        title=table.text("title", required=False, lines=True),
        items=(),
        note=table.text("note", required=False, lines=True),
        rows=tuple(_axis(one, {"id", "text"}) for one in table.tables("rows", f"{table.where}, строка {{}}")),
        columns=tuple(
            _axis(one, {"id", "text", "group"}) for one in table.tables("columns", f"{table.where}, столбец {{}}")
        ),
        totals=table.flag("totals"),
    )
    if made.rows or made.columns or "cell" in table.content:
        if not made.rows or not made.columns or "cell" not in table.content or "items" in table.content:
            table.fault("FORM_GRID")
        return replace(made, items=_grid(table.table("cell", f"{table.where}, клетка"), made, scales))
    items = tuple(_item(one, scales) for one in table.tables("items", f"{table.where}, пункт {{}}"))
    return replace(made, items=items)


def _axis(table: Table, known: set[str]) -> Axis:
    table.only(known)
    return Axis(
        table.name("id", AXIS, "латинские строчные буквы, цифры, дефис"),
        table.text("text"),
        table.text("group", required=False),
    )


def _grid(cell: Table, section: Section, scales: Mapping[str, Scale]) -> tuple[Item, ...]:
    """Make the items of a grid, row by row."""
    cell.only(_CELL)
    values = _answered(cell, scales)
    if len(section.rows) * len(section.columns) > checks.MOST_ITEMS:
        checks.large(len(section.rows) * len(section.columns), cell.faults)
        return ()
    return tuple(
        Item(id=f"{row.id}.{column.id}", text=cell_wording(row, column), row=row.id, column=column.id, **values)
        for row in section.rows
        for column in section.columns
    )


def cell_wording(row: Axis, column: Axis) -> str:
    """Return how the item of a grid is called where it stands alone."""
    heading = f"{column.group}, {column.text}" if column.group else column.text
    return f"{row.text}: {heading}"


def _item(table: Table, scales: Mapping[str, Scale]) -> Item:
    table.only(_ITEM)
    return Item(
        id=table.name("id"),
        text=table.text("text", lines=True),
        number=table.text("number", required=False),
        **_answered(table, scales),
    )


def _answered(table: Table, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """Return what an item and the cell of a grid have alike."""
    kind = cast("ItemKind", table.choice("kind", get_args(ItemKind)))
    values: dict[str, Any] = {
        "kind": kind,
        "scale": _scale_of(table, kind, scales),
        "hint": table.text("hint", required=False, lines=True),
        "criterion": table.text("criterion", required=False, lines=True),
        "required": table.flag("required", default=True),
        "not_applicable": table.flag("not_applicable"),
        "comment": table.flag("comment"),
        "evidence": table.flag("evidence"),
        "weight": table.whole("weight", 1, 1, 1000) or 1,
        "least": table.whole("least"),
        "most": table.whole("most"),
        "places": table.whole("places", 1 if kind == "decimal" else 0, 0, 6) or 0,
        "threshold": table.whole("threshold"),
        "metric": table.name("metric", METRIC, "код показателя") if table.content.get("metric", "") != "" else None,
        "when": tuple(_condition(one) for one in table.tables("when", f"{table.where}, условие {{}}")),
    }
    checks.numbers(values, table)
    return values


def _scale_of(table: Table, kind: ItemKind, scales: Mapping[str, Scale]) -> Scale | None:
    wanted = table.text("scale", required=False)
    if not wanted:
        if kind in {"choice", "many"}:
            table.fault("FORM_SCALE_MISSING", "scale")
        return None
    if wanted not in scales:
        table.fault("FORM_SCALE_UNKNOWN", "scale", value=wanted)
        return None
    found = scales[wanted]
    if kind == "flag" and {choice.value for choice in found.choices} != {"yes", "no"}:
        table.fault("FORM_FLAG_SCALE", "scale")
    elif kind not in {"choice", "many", "flag"}:
        table.fault("FORM_KEY_UNKNOWN", "scale")
        return None
    return found


def _condition(table: Table) -> Condition:
    table.only({"item", "values"})
    values = table.texts("values")
    if not values:
        table.fault("FORM_KEY_MISSING", "values")
    return Condition(table.name("item"), values)


def _score(table: Table) -> Score:
    table.only({"id", "title", "rule", "items", "missing", "applicable", "levels", "declared_most"})
    rule = cast("ScoreRule", table.choice("rule", get_args(ScoreRule)))
    return Score(
        id=table.name("id"),
        title=table.text("title"),
        rule=rule,
        items=table.texts("items"),
        missing=cast("MissingPolicy", table.choice("missing", get_args(MissingPolicy), "refuse")),
        applicable=cast("ApplicablePolicy", table.choice("applicable", get_args(ApplicablePolicy), "proportional")),
        levels=tuple(_level(one) for one in table.tables("levels", f"{table.where}, уровень {{}}")),
        declared_most=table.whole("declared_most", None, 1),
    )


def _level(table: Table) -> Level:
    table.only({"id", "text", "least", "most", "tone"})
    return Level(
        table.name("id"),
        table.text("text"),
        table.whole("least"),
        table.whole("most"),
        cast("Tone", table.choice("tone", get_args(Tone), "plain")),
    )


def _revision(table: Table) -> Revision:
    table.only({"from", "renamed", "deleted", "recoded"})
    recoded = table.table("recoded", f"{table.where}, recoded")
    return Revision(
        since=table.name("from", VERSION, "два числа через точку"),
        renamed=tuple(table.words("renamed").items()),
        deleted=table.texts("deleted"),
        recoded=tuple((item, tuple(recoded.words(item).items())) for item in recoded.content),
    )


# --- the shipped ones ------------------------------------------------------------------------------------------------


def folder() -> Path:
    """Return where the shipped definitions lie; older versions stay beside the newest («rmo-1.0.toml»)."""
    return resources() / "forms"


@cache
def shipped() -> Mapping[tuple[str, str], FormDef]:
    """Return every shipped definition by id and version.

    Raises:
        UserError: ``FORM_FAULTS``.
    """
    found: dict[tuple[str, str], FormDef] = {}
    for path in sorted(folder().glob("*.toml")):
        form = load(path.read_text(encoding="utf-8"), path.name)
        if (form.id, form.version) in found:
            raise ValueError(f"the form {form.id} {form.version} is shipped twice")
        found[form.id, form.version] = form
    return MappingProxyType(found)


def newest() -> dict[str, FormDef]:
    """Return the newest shipped version of every form by id."""
    found: dict[str, FormDef] = {}
    for form in shipped().values():
        if form.id not in found or version_key(form.version) > version_key(found[form.id].version):
            found[form.id] = form
    return found


def version_key(version: str) -> tuple[int, int]:
    """Return the order of a version: 1.10 comes after 1.9."""
    major, _dot, minor = version.partition(".")
    return int(major), int(minor or 0)


__all__ = ["NAME", "cell_wording", "check", "digest", "folder", "load", "newest", "refusal", "shipped", "version_key"]
