"""Who can help whom, as data: bounds and weights of a pair of schools (ours; 004 only asks for partnerships)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from app.analysis.definition_text import Table, document, is_whole
from app.analysis.rule_model import Rule
from app.errors import UserError
from app.paths import resources

PartKey = Literal["cover", "strength", "context", "near", "alike", "tie", "consent"]
PART_WORDS: dict[PartKey, str] = {
    "cover": "сильна там, где нужна помощь",
    "strength": "насколько сильна",
    "context": "похожий контекст",
    "near": "близко",
    "alike": "похожая школа",
    "tie": "уже помогает",
    "consent": "согласна",
}
"""Parts of the score, in the order in which they are told."""

_NUMBERS = ("min_participants", "far_km", "far_minutes", "capacity")
_SHARES = ("weak", "strong")
_PAIRS = ("similar", "far")
_TOP = {"format", "id", "version", "title", "source", "note", "context", "weights", *_NUMBERS, *_SHARES, *_PAIRS}
_MOST = 1000


@dataclass(frozen=True, slots=True)
class PairsDefinition:
    """How pairs are found.

    Attributes:
        weak: share below minimum from which a place is weak, where the rule has no threshold of its own.
        strong: share below minimum up to which a school is strong, the bound included.
        min_participants: a donor's result of fewer participants proves nothing.
        context: the index that says whether two schools work in like conditions.
        similar: up to this difference of the index the context is like.
        far: from this difference on the context gives nothing.
        far_km: from so many kilometres on nearness gives nothing; ``far_minutes`` where only minutes are known.
        capacity: how many schools a donor is taken to help where nobody has said it.
        weights: part of the score → its weight.
    """

    id: str
    version: str
    title: str
    source: str
    note: str
    weak: tuple[int, int]
    strong: tuple[int, int]
    min_participants: int
    context: str
    similar: tuple[int, int]
    far: tuple[int, int]
    far_km: int
    far_minutes: int
    capacity: int
    weights: Mapping[PartKey, int]

    def threshold(self, rule: Rule) -> tuple[int, int]:
        """Return the share that makes a place weak: the rule's own, else that of the definition."""
        return rule.threshold or self.weak


@cache
def load_shipped() -> PairsDefinition:
    """Return the shipped definition.

    Raises:
        UserError: ``DATA_PAIRS_FAULTS`` where the shipped file is damaged.
    """
    return parse((resources() / "pairs" / "standard.toml").read_text(encoding="utf-8"))


def parse(text: str) -> PairsDefinition:
    """Read a definition from its TOML text.

    Raises:
        UserError: ``DATA_PAIRS_FAULTS`` with every fault.
    """
    faults: list[str] = []
    content = document(text, faults)
    if faults:
        raise UserError("DATA_PAIRS_FAULTS", faults="; ".join(faults))
    table = Table(content, "", faults)
    table.only(_TOP)
    table.format()
    shares = {key: table.pair(content.get(key), key, below_one=True) for key in _SHARES}
    pairs = {key: table.pair(content.get(key), key, below_one=False) for key in _PAIRS}
    numbers = {key: _number(content, key, faults) for key in _NUMBERS}
    made = PairsDefinition(
        id=table.name("id"), version=table.version(), title=table.text("title"), source=table.text("source"),
        note=table.text("note", required=False), weak=shares["weak"], strong=shares["strong"],
        min_participants=numbers["min_participants"], context=table.name("context"), similar=pairs["similar"],
        far=pairs["far"], far_km=numbers["far_km"], far_minutes=numbers["far_minutes"], capacity=numbers["capacity"],
        weights=_weights(content.get("weights"), faults),
    )  # fmt: skip
    if not faults and made.similar[0] * made.far[1] >= made.far[0] * made.similar[1]:
        faults.append("far — больше, чем similar")
    if faults:
        raise UserError("DATA_PAIRS_FAULTS", faults="; ".join(faults[:20]))
    return made


def _number(content: Mapping[str, Any], key: str, faults: list[str]) -> int:
    value = content.get(key)
    if not is_whole(value) or not 0 < int(value or 0) <= _MOST:
        faults.append(f"{key} — целое число от 1 до {_MOST}")
        return 1
    return int(value or 0)


def _weights(value: object, faults: list[str]) -> dict[PartKey, int]:
    """Return the weights; a part without one counts nothing."""
    if not isinstance(value, dict):
        faults.append("нужен раздел [weights]")
        return {}
    known = get_args(PartKey)
    faults.extend(f"weights: неизвестная строка «{key}»" for key in sorted(set(value) - set(known)))
    good = {key: value.get(key, 0) for key in known}
    faults.extend(
        f"weights: {key} — целое число от 0 до {_MOST}"
        for key, weight in good.items()
        if not is_whole(weight) or not 0 <= weight <= _MOST
    )
    if not faults and not any(good.values()):
        faults.append("weights: хотя бы один вес больше нуля")
    return good
