"""The value of a formula, exactly, and how it arises: every part keeps what it gave and why it gave nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.analysis.formula_grammar import Call, Joined, MetricCall, Negated, Node, Number
from app.analysis.programme_values import number_text

DIGITS = 2
"""A computed value keeps so many digits after the comma: what is compared with the target is what is shown."""
NO_DATA = "нет данных"
NO_WHOLE = "делить не на что: внизу ноль"
NO_DIGITS = "знаков после запятой может быть от 0 до 4"
Kind = Literal["number", "metric", "joined", "negated", "call"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a metric gave: its value (None: no data) and where it comes from, or why there is none."""

    value: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a formula with what it gave.

    Attributes:
        title: the part in short: «доля», «[школ в списке]», «30».
        value: exact; None where data are missing.
        words: how it came: «3 из 12», «список школ 2026 года»; why there is no value.
        start, end: its place in the text.
    """

    kind: Kind
    title: str
    value: Fraction | None
    words: str
    start: int
    end: int
    children: tuple[Step, ...] = ()

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return NO_DATA if self.value is None else number_text(decimal_text(self.value))


def decimal_text(value: Fraction, digits: int = DIGITS) -> str:
    """Return a value as exact decimal text, rounded half up, without zeros at its end: «29.63», «30»."""
    # whole numbers only: no precision is lost, and a number of any length can be shown
    whole, rest = divmod(abs(value.numerator) * 10**digits, value.denominator)
    whole += 2 * rest >= value.denominator
    shown = str(whole).rjust(digits + 1, "0")
    text = f"{shown[:-digits]}.{shown[-digits:]}".rstrip("0").rstrip(".") if digits else shown
    return f"-{text}" if value < 0 and whole else text


def evaluate(node: Node, read: Callable[[MetricCall], Given]) -> Step:
    """Return how a formula's value arises.

    Args:
        node: a formula that was read.
        read: gives the value of a metric.
    """
    match node:
        case Number():
            shown = number_text(decimal_text(node.value, 6))
            return Step("number", shown, node.value, "", node.start, node.end)
        case MetricCall():
            given = read(node)
            return Step("metric", f"[{node.name}]", given.value, given.words, node.start, node.end)
        case Negated():
            inner = evaluate(node.inner, read)
            value = None if inner.value is None else -inner.value
            return Step("negated", "минус", value, _missing([inner]), node.start, node.end, (inner,))
        case Joined():
            sides = (evaluate(node.left, read), evaluate(node.right, read))
            value, words = _join(node.sign, *sides)
            return Step("joined", node.sign, value, words, node.start, node.end, sides)
        case Call():
            found = tuple(evaluate(one, read) for one in node.arguments)
            value, words = _call(node.name, found)
            return Step("call", node.name, value, words, node.start, node.end, found)


def _missing(parts: Sequence[Step]) -> str:
    """Return which parts lack data."""
    lacking = [part.title for part in parts if part.value is None]
    return f"{NO_DATA}: {', '.join(dict.fromkeys(lacking))}" if lacking else ""


def _join(sign: str, left: Step, right: Step) -> tuple[Fraction | None, str]:
    if left.value is None or right.value is None:
        return None, _missing([left, right])
    told = f"{left.shown} {sign} {right.shown}"
    match sign:
        case "+":
            return left.value + right.value, told
        case "−":
            return left.value - right.value, told
        case "×":
            return left.value * right.value, told
        case _:
            return (None, NO_WHOLE) if right.value == 0 else (left.value / right.value, told)


def _call(name: str, found: Sequence[Step]) -> tuple[Fraction | None, str]:
    values = [one.value for one in found if one.value is not None]
    if len(values) < len(found):
        return None, _missing(found)
    if name in {"доля", "рост"} and values[1] == 0:
        return None, NO_WHOLE
    if name == "округлить" and values[1] not in {0, 1, 2, 3, 4}:
        return None, NO_DIGITS
    return _GIVE[name](values), _TOLD.get(name, _each)(found)


def _each(found: Sequence[Step]) -> str:
    return "; ".join(one.shown for one in found)


def _rounded(values: Sequence[Fraction]) -> Fraction:
    return Fraction(decimal_text(values[0], int(values[1])))


_GIVE: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "доля": lambda values: values[0] * 100 / values[1],
    "рост": lambda values: (values[0] - values[1]) * 100 / values[1],
    "разность": lambda values: values[0] - values[1],
    "сумма": lambda values: sum(values, Fraction(0)),
    "среднее": lambda values: sum(values, Fraction(0)) / len(values),
    "мин": min,
    "макс": max,
    "округлить": _rounded,
}
_TOLD: Mapping[str, Callable[[Sequence[Step]], str]] = {
    "доля": lambda found: f"{found[0].shown} из {found[1].shown}, в процентах",
    "рост": lambda found: f"было {found[1].shown}, стало {found[0].shown}",
    "разность": lambda found: f"{found[0].shown} − {found[1].shown}",
    "округлить": lambda found: f"{found[0].shown}, знаков после запятой: {found[1].shown}",
}
