"""Records as plain JSON and back, for what is frozen: a tree of a programme, tables and charts of its analysis.

A record is an object with «=» naming its class; only classes of the listed modules come back, so a snapshot can hold
nothing but data. A field that a later version of a record adds takes its default; one that it drops is left out.
"""

from __future__ import annotations

import importlib
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

_MODULES = (
    "app.models.programme_records", "app.reports.document", "app.reports.charts", "app.reports.card_data",
    "app.operations.programme_blocks",
)  # fmt: skip
_TYPE = "="


@cache
def _classes() -> dict[str, type[Any]]:
    found: dict[str, type[Any]] = {}
    for name in _MODULES:
        module = importlib.import_module(name)
        for thing in vars(module).values():
            if isinstance(thing, type) and is_dataclass(thing) and thing.__module__ == name:
                if thing.__name__ in found:
                    raise ValueError(f"two records are called {thing.__name__}")
                found[thing.__name__] = thing
    return found


def pack(value: Any) -> Any:
    """Return a value as what JSON knows.

    Raises:
        TypeError: for what is neither a listed record nor plain data.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (Fraction, Decimal)):
        return {_TYPE: type(value).__name__, "text": str(value)}
    if isinstance(value, (tuple, list)):
        return [pack(item) for item in value]
    if isinstance(value, (frozenset, set, range)):
        return [pack(item) for item in sorted(value)]
    if type(value) is dict or hasattr(value, "items"):
        return {_TYPE: "dict", "items": [[pack(key), pack(item)] for key, item in value.items()]}
    if is_dataclass(value) and not isinstance(value, type) and _classes().get(type(value).__name__) is type(value):
        kept = {item.name: pack(getattr(value, item.name)) for item in fields(value) if item.init}
        return {_TYPE: type(value).__name__, **kept}
    if isinstance(value, float):
        return {_TYPE: "float", "text": value.hex()}
    raise TypeError(f"nothing that can be frozen: {type(value).__name__}")


def unpack(value: Any) -> Any:
    """Return what was packed; sequences come back as tuples."""
    if isinstance(value, list):
        return tuple(unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    name = value[_TYPE]
    if name == "dict":
        return {unpack(key): unpack(item) for key, item in value["items"]}
    if name == "float":
        return float.fromhex(value["text"])
    if name in {"Fraction", "Decimal"}:
        return Fraction(value["text"]) if name == "Fraction" else Decimal(value["text"])
    made = _classes()[name]
    known = {item.name for item in fields(made) if item.init}
    return made(**{key: unpack(item) for key, item in value.items() if key in known})
