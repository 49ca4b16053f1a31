"""Templates of orders: what each says, with places for what the file knows. The words are ours, sources are named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.errors import UserError
from app.paths import resources

KINDS: tuple[str, ...] = ("start", "list", "group", "curators", "pairs", "programme", "monitoring")
"""In the order in which a year needs them."""
_PLACE = re.compile(r"\{([a-z_]+(?::[a-z0-9-]+)?)\}")


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act by its cases, and the word before its points (none for распоряжение, as is usual)."""

    name: str
    genitive: str
    dative: str
    instrumental: str
    resolves: str


ACTS: Mapping[str, ActWords] = {
    "order": ActWords("приказ", "приказа", "приказу", "приказом", "ПРИКАЗЫВАЮ:"),
    "disposal": ActWords("распоряжение", "распоряжения", "распоряжению", "распоряжением", ""),
    "decree": ActWords("постановление", "постановления", "постановлению", "постановлением", "ПОСТАНОВЛЯЮ:"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A point of a template.

    Attributes:
        needs: facts without which the point is left out.
        under: key of the point it stands under.
    """

    key: str
    text: str
    needs: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of order.

    Attributes:
        topic: of the legal base that the signed order covers; ``regulates``: what it says there.
        about: the heading of the text; ``goal``: what stands after «В целях».
        grounds: topics of the legal base that the preamble refers to.
        annexes: (key, title) in their order.
        source, quote: where the matter comes from, in words of the source.
    """

    kind: str
    title: str
    topic: str
    regulates: str
    about: str
    goal: str
    grounds: tuple[str, ...]
    says: str
    source: str
    quote: str
    annexes: tuple[tuple[str, str], ...]
    points: tuple[Step, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every template in the order of the year."""
    return tuple(_read(kind) for kind in KINDS)


def template(kind: str) -> Template:
    """Return a template.

    Raises:
        UserError: ``ORDER_KIND``.
    """
    found = next((item for item in templates() if item.kind == kind), None)
    if found is None:
        raise UserError("ORDER_KIND", kind=kind, known=", ".join(KINDS))
    return found


def _read(kind: str) -> Template:
    data: dict[str, Any] = tomllib.loads((resources() / "orders" / f"{kind}.toml").read_text(encoding="utf-8"))
    told = {key: str(data[key]) for key in ("kind", "title", "topic", "regulates", "about", "goal", "says", "source")}
    points = tuple(
        Step(item["key"], item["text"], tuple(item.get("needs", ())), item.get("under", "")) for item in data["point"]
    )
    annexes = tuple((str(item["key"]), str(item["title"])) for item in data.get("annex", ()))
    return Template(**told, quote=data["quote"], grounds=tuple(data["grounds"]), annexes=annexes, points=points)


def filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text with its places filled; a place nobody fills becomes a line to fill in by hand."""
    return _PLACE.sub(lambda match: words.get(match.group(1), "") or "__________", text)


def places(text: str) -> tuple[str, ...]:
    """Return the places of a text."""
    return tuple(_PLACE.findall(text))
