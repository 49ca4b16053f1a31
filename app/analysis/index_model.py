"""Indices as data: which metrics, with which sign and weight (domain §3.2, 000 §1.2.1).

The shipped ones are ``resources/indices/*.toml``; a person's own copies lie in the file with a new version each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from app.analysis.definition_text import Table, document
from app.errors import UserError
from app.paths import resources

Sign = Literal[1, -1]
SIGN_WORDS: dict[Sign, str] = {1: "чем больше, тем лучше", -1: "чем больше, тем хуже"}
MEAN = "mean"
"""In place of an index: the mean of all indices of a school."""

_TOP = {"format", "id", "version", "title", "short", "source", "note", "lowest", "component"}
_COMPONENT = {"metric", "label", "sign", "weight", "on"}
_SIGNS: dict[str, Sign] = {"+": 1, "-": -1}


@dataclass(frozen=True, slots=True)
class IndexComponent:
    """One component.

    Attributes:
        metric: code of the context metric whose value is compared.
        label: what it is called beside its contribution.
        sign: 1 where more is better, −1 where more is worse.
        weight: as two whole numbers, (3, 2) is 1.5.
        on: whether it counts; one that is switched off stays known.
    """

    metric: str
    label: str
    sign: Sign
    weight: tuple[int, int] = (1, 1)
    on: bool = True

    @property
    def weight_fraction(self) -> Fraction:
        """Return the weight as a number."""
        return Fraction(*self.weight)


@dataclass(frozen=True, slots=True)
class IndexDefinition:
    """One index; ``lowest`` is the share of schools that 000 calls the lowest, as two whole numbers."""

    id: str
    version: str
    title: str
    short: str
    source: str
    note: str
    components: tuple[IndexComponent, ...]
    lowest: tuple[int, int] = (1, 4)

    @property
    def used(self) -> tuple[IndexComponent, ...]:
        """Return the components that count."""
        return tuple(component for component in self.components if component.on)

    def component(self, metric: str) -> IndexComponent | None:
        """Return the component of a metric, if there is one."""
        return next((component for component in self.components if component.metric == metric), None)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of its text."""
        return hashlib.sha256(as_toml(self).encode()).hexdigest()


@cache
def load_shipped() -> Mapping[str, IndexDefinition]:
    """Return the shipped indices by id, in the order of 000.

    Raises:
        UserError: ``DATA_INDEX_FAULTS`` where a shipped file is damaged.
    """
    texts = [(resources() / "indices" / f"{name}.toml") for name in ("social", "staff", "resources")]
    found = [parse(path.read_text(encoding="utf-8")) for path in texts]
    return {definition.id: definition for definition in found}


def parse(text: str) -> IndexDefinition:
    """Read an index from its TOML text.

    Raises:
        UserError: ``DATA_INDEX_FAULTS`` with every fault.
    """
    faults: list[str] = []
    content = document(text, faults)
    if faults:
        raise UserError("DATA_INDEX_FAULTS", index="без названия", faults="; ".join(faults))
    table = Table(content, "", faults)
    table.only(_TOP)
    table.format()
    rows = [_component(row, number, faults) for number, row in enumerate(table.tables("component"), start=1)]
    definition = IndexDefinition(
        id=table.name("id"),
        version=table.version(),
        title=table.text("title"),
        short=table.text("short", required=False) or table.text("title", required=False),
        source=table.text("source"),
        note=table.text("note", required=False),
        components=tuple(rows),
        lowest=table.pair(content.get("lowest", [1, 4]), "lowest", below_one=True),
    )
    if definition.id == MEAN:
        table.fault(f"обозначение «{MEAN}» занято: так называется среднее всех индексов")
    codes = [row.metric for row in rows]
    faults.extend(f"показатель «{code}» повторяется" for code in sorted({c for c in codes if codes.count(c) > 1}))
    if rows and not definition.used:
        faults.append("все составляющие выключены, считать нечего")
    if faults:
        raise UserError("DATA_INDEX_FAULTS", index=definition.title or definition.id, faults="; ".join(faults[:20]))
    return definition


def _component(content: Mapping[str, Any], number: int, faults: list[str]) -> IndexComponent:
    metric = content.get("metric")
    table = Table(content, f"составляющая {number}" + (f" («{metric}»)" if isinstance(metric, str) else ""), faults)
    table.only(_COMPONENT)
    return IndexComponent(
        metric=table.name("metric"),
        label=table.text("label"),
        sign=_SIGNS[table.choice("sign", tuple(_SIGNS))],
        weight=table.pair(content.get("weight", [1, 1]), "weight", below_one=False),
        on=table.flag("on", default=True),
    )


def as_toml(definition: IndexDefinition) -> str:
    """Return the text that ``parse`` reads back to the same definition."""
    import tomlkit

    made = tomlkit.document()
    made.add("format", tomlkit.item(1))
    for key in ("id", "version", "title", "short", "source", "note"):
        made.add(key, tomlkit.item(getattr(definition, key)))
    made.add("lowest", tomlkit.item(list(definition.lowest)))
    rows = tomlkit.aot()
    for component in definition.components:
        row = tomlkit.table()
        row.add("metric", component.metric)
        row.add("label", component.label)
        row.add("sign", "+" if component.sign > 0 else "-")
        row.add("weight", list(component.weight))
        row.add("on", component.on)
        rows.append(row)
    made.add("component", rows)
    return tomlkit.dumps(made)
