"""«Определения…»: numbers of the zones of tasks, of the search for donors and of the typology, changed by fields.

One description serves the window and the command; the text of the definition stays TOML and is read back before it is
kept, so that nothing gets in force which its own reader would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from app.analysis import pairs_model, skills, typology
from app.analysis.definition_text import next_version, version_key
from app.errors import UserError
from app.models import references
from app.models.store import Connection, Store
from app.operations import indices
from app.paths import resources

FieldKind = Literal["percent", "whole", "number", "index"]
MEAN = "mean"


@dataclass(frozen=True, slots=True)
class DefinitionField:
    """One value that may be changed.

    Attributes:
        key: path in the text, with dots; zones are told apart by their level: «zone.Б.enough».
        title: what it means.
        kind: a share shown in percent, a whole number, any number, the id of an index.
    """

    key: str
    title: str
    kind: FieldKind = "whole"

    @property
    def unit(self) -> str:
        """Return what stands behind the value."""
        return "%" if self.kind == "percent" else ""


@dataclass(frozen=True, slots=True)
class DefinitionSpec:
    """One definition: where it is shipped, how it is read, what may be changed in it."""

    kind: str
    title: str
    path: tuple[str, str]
    parse: Callable[[str], Any]
    fields: tuple[DefinitionField, ...]

    @property
    def shipped(self) -> str:
        """Return the shipped text."""
        file: Path = resources().joinpath(*self.path)
        return file.read_text(encoding="utf-8")


_F = DefinitionField
_ZONES = tuple(
    field
    for level, word in (("Б", "базовый"), ("П", "повышенный"), ("В", "высокий"))
    for field in (
        _F(f"zone.{level}.enough", f"Уровень {word}: достаточно — с какой доли баллов", "percent"),
        _F(f"zone.{level}.deficit", f"Уровень {word}: дефицит — ниже какой доли баллов", "percent"),
    )
)
SPECS: dict[str, DefinitionSpec] = {
    "skills": DefinitionSpec("skills", "Зоны выполнения заданий", ("skills", "zones.toml"), skills.parse, (
        *_ZONES,
        _F("least", "Сколько участников нужно, чтобы вывод о школе был надёжен"),
        _F("schools", "Затруднение общее, если дефицит не меньше чем в стольких школах"),
        _F("share", "или в школах, где учится не меньше такой доли участников", "percent"),
    )),
    "pairs": DefinitionSpec("pairs", "Подбор школ-доноров", ("pairs", "standard.toml"), pairs_model.parse, (
        _F("weak", "Слабое место: ниже минимума не меньше, если у правила нет порога", "percent"),
        _F("strong", "Донор силён: ниже минимума не больше", "percent"),
        _F("min_participants", "Сколько участников нужно в работе донора"),
        _F("context", "Какой индекс сравнивать: условия школ", "index"),
        _F("similar", "Условия похожи: индексы различаются не больше чем на", "number"),
        _F("far", "Условия разные: индексы различаются на столько и больше", "number"),
        _F("far_km", "Далеко: столько километров и больше"),
        _F("far_minutes", "Далеко, если километры неизвестны: столько минут и больше"),
        _F("capacity", "Скольким школам поможет донор, если он не сказал"),
        *(_F(f"weights.{key}", f"Вес: {word}") for key, word in pairs_model.PART_WORDS.items()),
    )),
    "typology": DefinitionSpec("typology", "Типология школ", ("typology", "quantiles.toml"), typology.parse, (
        _F("cut", "Какая доля школ считается слабой и какая сильной", "percent"),
        _F("context", "Какой индекс считать условиями школы; mean — среднее всех", "index"),
    )),
}  # fmt: skip


def spec(kind: str) -> DefinitionSpec:
    """Return the description of a definition.

    Raises:
        UserError: ``DATA_NO_DEFINITION``.
    """
    if kind not in SPECS:
        raise UserError("DATA_NO_DEFINITION", kind=kind, known=", ".join(SPECS))
    return SPECS[kind]


def text_in_force(connection: Connection | None, kind: str) -> str:
    """Return the latest text that can be read: the file's own, else the shipped one."""
    described = spec(kind)
    found = [described.shipped]
    for _ref_id, _version, text in references.texts(connection, described.kind) if connection is not None else ():
        try:
            described.parse(text)
        except UserError:
            continue
        found.append(text)
    return max(found, key=lambda text: version_key(described.parse(text).version))


@dataclass(frozen=True, slots=True)
class DefinitionState:
    """A definition as it is in force; ``values``: key → as a person types it."""

    kind: str
    title: str
    version: str
    source: str
    values: Mapping[str, str]
    own: bool


def state(connection: Connection | None, kind: str) -> DefinitionState:
    """Return a definition in force with its values.

    Raises:
        UserError: ``DATA_NO_DEFINITION``.
    """
    described = spec(kind)
    text = text_in_force(connection, kind)
    found, values = described.parse(text), _values(described, text)
    return DefinitionState(
        kind, described.title, found.version, found.source, values, values != _values(described, described.shipped)
    )


def states(connection: Connection | None) -> list[DefinitionState]:
    """Return all of them."""
    return [state(connection, kind) for kind in SPECS]


def change(store: Store, kind: str, values: Mapping[str, str]) -> DefinitionState:
    """Change values of a definition; a new version, one operation.

    Args:
        store: the open file.
        kind: of ``SPECS``.
        values: key → as typed: «57,5» of a percentage, «10», «1,5», «social».

    Raises:
        UserError: ``DATA_NO_DEFINITION``, ``DATA_DEFINITION_FIELD``, ``DATA_DEFINITION_VALUE``, ``DATA_NO_INDEX``, or
            what its reader says: ``DATA_SKILLS_FAULTS``, ``DATA_PAIRS_FAULTS``, ``DATA_TYPOLOGY_FAULTS``.
    """
    import tomlkit

    described, text = spec(kind), text_in_force(store.connection, kind)
    known = {field.key: field for field in described.fields}
    content = tomlkit.parse(text)
    for key, raw in values.items():
        if key not in known:
            raise UserError("DATA_DEFINITION_FIELD", field=key, title=described.title, known=", ".join(known))
        value = _read(known[key], raw)
        if known[key].kind == "index" and not (kind == "typology" and value == MEAN):
            indices.definition(store.connection, str(value))
        table, name = _place(content, key)
        table[name] = value
    return _keep(store, described, content)


def reset(store: Store, kind: str) -> DefinitionState:
    """Go back to the shipped definition as a new version; earlier ones stay.

    Raises:
        UserError: ``DATA_NO_DEFINITION``, ``DATA_DEFINITION_SHIPPED``.
    """
    import tomlkit

    if not state(store.connection, kind).own:
        raise UserError("DATA_DEFINITION_SHIPPED", title=spec(kind).title)
    return _keep(store, spec(kind), tomlkit.parse(spec(kind).shipped))


def _keep(store: Store, described: DefinitionSpec, content: Any) -> DefinitionState:
    import tomlkit

    present = described.parse(text_in_force(store.connection, described.kind))
    version = next_version([present.version])
    content["version"] = version
    text = tomlkit.dumps(content)
    made = described.parse(text)
    label = f"{described.title}: изменены числа, версия {version}"
    with store.operation(label, "definition.put") as operation:
        references.put(operation, described.kind, made.id, version, text)
    return state(store.connection, described.kind)


def _place(content: Any, key: str) -> tuple[Any, str]:
    """Return the table and the name in it that a key means."""
    first, *rest = key.split(".")
    if not rest:
        return content, first
    if first == "zone":
        return next(zone for zone in content["zone"] if zone["level"] == rest[0]), rest[1]
    return content[first], rest[0]


def _values(described: DefinitionSpec, text: str) -> dict[str, str]:
    import tomllib

    content = tomllib.loads(text)
    found = {}
    for field in described.fields:
        table, name = _place(content, field.key)
        value = table.get(name, 0)
        if field.kind in {"percent", "number"}:
            number = Fraction(*value) * (100 if field.kind == "percent" else 1)
            found[field.key] = indices.plain_number(number, 4)
        else:
            found[field.key] = str(value)
    return found


def _read(field: DefinitionField, raw: str) -> Any:
    """Return a value as the text holds it: shares as two whole numbers.

    Raises:
        UserError: ``DATA_DEFINITION_VALUE``.
    """
    text = raw.strip().removesuffix("%").strip().replace(",", ".")
    if field.kind == "index":
        return text
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise UserError("DATA_DEFINITION_VALUE", raw=raw, title=field.title) from error
    if field.kind == "whole":
        if number.denominator != 1:
            raise UserError("DATA_DEFINITION_VALUE", raw=raw, title=field.title)
        return int(number)
    share = number / 100 if field.kind == "percent" else number
    return [share.numerator, share.denominator]
