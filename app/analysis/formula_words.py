"""A formula in words: what is counted, without brackets and signs of the grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.analysis.formula_grammar import Call, Joined, MetricCall, Negated, Node, Number, parse
from app.analysis.formula_value import decimal_text
from app.analysis.programme_values import number_text
from app.texts import capital

_SIGNS: Mapping[str, str] = {"+": "плюс", "−": "минус", "×": "умножить на", "÷": "разделить на"}
_CALLS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "доля": lambda parts: f"{parts[0]} в процентах от {parts[1]}",
    "рост": lambda parts: f"на сколько процентов {parts[0]} больше, чем {parts[1]}",
    "разность": lambda parts: f"{parts[0]} минус {parts[1]}",
    "сумма": lambda parts: f"сумма: {', '.join(parts)}",
    "среднее": lambda parts: f"среднее: {', '.join(parts)}",
    "мин": lambda parts: f"меньшее из: {', '.join(parts)}",
    "макс": lambda parts: f"большее из: {', '.join(parts)}",
    "округлить": lambda parts: f"{parts[0]}, знаков после запятой {parts[1]}",
}


def in_words(text: str) -> str:
    """Return what a formula counts, one sentence; "" where it can't be read."""
    node = parse(text).node
    if node is None:
        return ""
    told = _told(node)
    return f"{capital(told)}."


def _told(node: Node) -> str:
    match node:
        case Number():
            return number_text(decimal_text(node.value, 6))
        case MetricCall():
            narrowed = "; ".join(f"{name}: {value}" for name, value in node.parameters)
            return f"«{node.name}»" + (f" ({narrowed})" if narrowed else "")
        case Negated():
            return f"минус {_part(node.inner)}"
        case Joined():
            return f"{_part(node.left, node.sign)} {_SIGNS[node.sign]} {_part(node.right)}"
        case Call():
            return _CALLS[node.name]([_part(one) for one in node.arguments])


def _part(node: Node, sign: str = "") -> str:
    """Return a part; one that is made of parts itself stands in brackets, but for the first of equal signs."""
    told = _told(node)
    first = isinstance(node, Joined) and (node.sign == sign or {node.sign, sign} <= {"+", "−"})
    return told if first or isinstance(node, Number | MetricCall) else f"({told})"
