"""The grammar of formulas of indicators: numbers, signs, functions and metrics in [square brackets]; never ``eval``.

«доля([школ ушло из списка]; [школ в списке; год: прошлый])» becomes a tree of parts, each with its place in the text.
What can't be read is named with its place and in plain words: a person sees where to look and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from app.errors import problem

if TYPE_CHECKING:
    import pyparsing as pp

LONGEST = 2000
DEEPEST = 30
MOST_ARGUMENTS = 30
MOST_SIGNS = 100
Sign = Literal["+", "−", "×", "÷"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the text: «12,5»."""

    value: Fraction
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MetricCall:
    """A metric of the program with what narrows it: «[участников; предмет: математика; класс: 5, 6]»."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negated:
    """Something with a minus before it."""

    inner: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Two things and the sign between them."""

    sign: Sign
    left: Node
    right: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]
    start: int
    end: int


Node = Number | MetricCall | Negated | Joined | Call


@dataclass(frozen=True, slots=True)
class FormulaFunction:
    """One function of the grammar.

    Attributes:
        least, most: how many arguments it takes.
        sample: how it is written; ``words``: what it gives.
    """

    name: str
    least: int
    most: int
    sample: str
    words: str


FUNCTIONS: Mapping[str, FormulaFunction] = {
    item.name: item
    for item in (
        FormulaFunction("доля", 2, 2, "доля(часть; всё)", "сколько процентов часть составляет от целого"),
        FormulaFunction("сумма", 1, MOST_ARGUMENTS, "сумма(а; б; …)", "сложить всё"),
        FormulaFunction("среднее", 1, MOST_ARGUMENTS, "среднее(а; б; …)", "сложить и разделить на количество"),
        FormulaFunction("мин", 1, MOST_ARGUMENTS, "мин(а; б; …)", "самое малое"),
        FormulaFunction("макс", 1, MOST_ARGUMENTS, "макс(а; б; …)", "самое большое"),
        FormulaFunction("разность", 2, 2, "разность(стало; было)", "на сколько первое больше второго"),
        FormulaFunction("рост", 2, 2, "рост(стало; было)", "на сколько процентов первое больше второго"),
        FormulaFunction("округлить", 2, 2, "округлить(число; 1)", "оставить столько знаков после запятой, от 0 до 4"),
    )
}


@dataclass(frozen=True, slots=True)
class FormulaFault:
    """What is wrong and where: ``start`` and ``end`` are places in the text."""

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A formula that was read; ``node`` is None where there are faults."""

    text: str
    node: Node | None
    faults: tuple[FormulaFault, ...] = ()


def fault(code: str, start: int, end: int, **context: Any) -> FormulaFault:
    """Make a fault from the catalogue of messages."""
    return FormulaFault(code, start, max(end, start), problem(code, **context).message)


def parse(text: str) -> Parsed:
    """Read a formula.

    Args:
        text: as a person typed it; decimal comma or point, «·», «*», «×», «/», «:», «÷» are understood.

    Returns:
        The tree, or faults in the order of their places.
    """
    return _parse(text)


@lru_cache(512)
def _parse(text: str) -> Parsed:
    line = text.replace("\u00a0", " ").replace("\u202f", " ")
    if not line.strip():
        return Parsed(text, None, (fault("MON_FORMULA_EMPTY", 0, len(text)),))
    if len(line) > LONGEST:
        return Parsed(text, None, (fault("MON_FORMULA_LONG", LONGEST, len(text), most=LONGEST),))
    tokens = list(_tokens(line))
    faults = tuple(sorted(_faults(line, tokens), key=lambda one: (one.start, one.end)))
    if faults:
        return Parsed(text, None, faults)
    import pyparsing as pp

    try:
        return Parsed(text, _grammar().parse_string(line, parse_all=True)[0])
    except pp.ParseException as error:
        return Parsed(text, None, (_odd(line, error.loc),))


def metrics_of(node: Node) -> Iterator[MetricCall]:
    """Go through the metrics of a formula in the order of the text."""
    match node:
        case MetricCall():
            yield node
        case Negated():
            yield from metrics_of(node.inner)
        case Joined():
            yield from metrics_of(node.left)
            yield from metrics_of(node.right)
        case Call():
            for one in node.arguments:
                yield from metrics_of(one)


# --- words of the text -------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<metric>\[[^\[\]]*\])|(?P<number>\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_][^\W_]*)"
    r"|(?P<sign>[+\-−–—*×·/÷:])|(?P<open>\()|(?P<close>\))|(?P<apart>;)|(?P<odd>.)",
    re.DOTALL,
)
_MINUS = frozenset("-−–—")
_BEFORE_OPERAND = frozenset({"", "sign", "open", "apart"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def _tokens(line: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(line):
        kind = str(found.lastgroup)
        if kind != "space":
            yield _Token(kind, found.group(), found.start(), found.end())


def _faults(line: str, tokens: list[_Token]) -> Iterator[FormulaFault]:
    odd = [one for one in tokens if one.kind == "odd"]
    yield from (_odd_sign(one) for one in odd)
    yield from _brackets(tokens)
    signs = [one for one in tokens if one.kind == "sign"]
    if len(signs) > MOST_SIGNS:
        yield fault("MON_FORMULA_MANY", signs[MOST_SIGNS].start, signs[MOST_SIGNS].end, most=MOST_SIGNS)
    if odd:
        return
    yield from _order(line, tokens)
    yield from _functions(tokens)


def _odd_sign(one: _Token) -> FormulaFault:
    if one.text in "[]":
        return fault("MON_FORMULA_OPEN" if one.text == "[" else "MON_FORMULA_CLOSE", one.start, one.end, sign=one.text)
    if one.text in "<>=≤≥":
        return fault("MON_FORMULA_COMPARES", one.start, one.end, sign=one.text)
    if one.text == ",":
        return fault("MON_FORMULA_COMMA", one.start, one.end)
    return fault("MON_FORMULA_SIGN", one.start, one.end, sign=one.text)


def _brackets(tokens: list[_Token]) -> Iterator[FormulaFault]:
    waiting: list[_Token] = []
    for one in tokens:
        if one.kind == "open":
            waiting.append(one)
            if len(waiting) == DEEPEST + 1:
                yield fault("MON_FORMULA_DEEP", one.start, one.end, most=DEEPEST)
        elif one.kind == "close" and not waiting:
            yield fault("MON_FORMULA_CLOSE", one.start, one.end, sign=")")
        elif one.kind == "close":
            waiting.pop()
    yield from (fault("MON_FORMULA_OPEN", one.start, one.end, sign="(") for one in waiting)


def _order(line: str, tokens: list[_Token]) -> Iterator[FormulaFault]:
    """Name places where two values stand side by side, or a sign has nothing to work on."""
    before = _Token("", "", 0, 0)
    for one in tokens:
        starts = before.kind in _BEFORE_OPERAND
        if one.kind in {"number", "metric", "word", "open"}:
            called = one.kind == "open" and before.kind == "word"
            if not starts and not called:
                yield fault("MON_FORMULA_NO_SIGN", before.start, one.end, before=_short(before), after=_short(one))
        elif starts and not (one.kind == "sign" and one.text in _MINUS and before.text not in _MINUS):
            yield _nothing(before, one)
        elif one.kind == "apart" and not _inside_call(tokens, one):
            yield fault("MON_FORMULA_APART", one.start, one.end)
        if before.kind == "word" and one.kind != "open":
            yield fault("MON_FORMULA_WORD", before.start, before.end, name=before.text)
        before = one
    if before.kind == "word":
        yield fault("MON_FORMULA_WORD", before.start, before.end, name=before.text)
    elif before.kind in {"sign", "apart"}:
        yield fault("MON_FORMULA_ENDS", before.start, len(line), sign=before.text)


def _nothing(before: _Token, one: _Token) -> FormulaFault:
    if not before.kind:
        return fault("MON_FORMULA_STARTS", one.start, one.end, sign=one.text)
    return fault("MON_FORMULA_NOTHING", before.start, one.end, before=before.text, after=one.text)


def _short(one: _Token) -> str:
    return one.text if len(one.text) <= 24 else f"{one.text[:20]}…{one.text[-1]}"


def _inside_call(tokens: list[_Token], apart: _Token) -> bool:
    """Tell whether a semicolon stands between arguments: its bracket follows the name of a function."""
    depth = 0
    place = tokens.index(apart)
    for number in range(place - 1, -1, -1):
        kind = tokens[number].kind
        if kind == "close":
            depth += 1
        elif kind == "open" and depth:
            depth -= 1
        elif kind == "open":
            return number > 0 and tokens[number - 1].kind == "word"
    return False


def _functions(tokens: list[_Token]) -> Iterator[FormulaFault]:
    for number, one in enumerate(tokens[:-1]):
        if one.kind != "word" or tokens[number + 1].kind != "open":
            continue
        known = FUNCTIONS.get(one.text.casefold())
        if known is None:
            like = get_close_matches(one.text.casefold(), FUNCTIONS, 1, 0.6)
            maybe = f"Может быть, «{like[0]}»? " if like else ""
            yield fault("MON_FORMULA_FUNCTION", one.start, one.end, name=one.text, known=", ".join(FUNCTIONS),
                        maybe=maybe)  # fmt: skip
            continue
        have = _arguments(tokens, number + 1)
        if have is not None and not known.least <= have <= known.most:
            yield fault("MON_FORMULA_ARGUMENTS", one.start, one.end, name=known.name, sample=known.sample, have=have)


def _arguments(tokens: list[_Token], opened: int) -> int | None:
    """Return how many arguments stand in a bracket; None where it is not closed."""
    depth, number = 0, 1
    for place in range(opened, len(tokens)):
        kind = tokens[place].kind
        depth += (kind == "open") - (kind == "close")
        if depth == 0:
            return 0 if place == opened + 1 else number
        number += kind == "apart" and depth == 1
    return None


def _odd(line: str, place: int) -> FormulaFault:
    return fault("MON_FORMULA_SIGN", place, min(place + 1, len(line)), sign=line[place : place + 1])


# --- the tree ----------------------------------------------------------------------------------------------------


def _metric(text: str, start: int) -> MetricCall:
    name, *rest = text[1:-1].split(";")
    found = []
    for one in rest:
        key, _colon, value = one.partition(":")
        if key.strip() or value.strip():
            found.append((key.strip(), value.strip()))
    return MetricCall(" ".join(name.split()), tuple(found), start, start + len(text))


def _chain(found: Any) -> Node:
    """Join values and signs from left to right."""
    parts = list(found)
    node: Node = parts[0]
    for place in range(1, len(parts), 2):
        sign, right = parts[place], parts[place + 1]
        node = Joined(sign, node, right, node.start, right.end)
    return node


def _called(start: int, found: Any) -> Call:
    name, *arguments, end = list(found)
    return Call(str(name).casefold(), tuple(arguments), start, end)


@lru_cache(1)
def _grammar() -> pp.ParserElement:
    import pyparsing as pp

    whole = pp.Forward()
    number = pp.Regex(r"\d+(?:[.,]\d+)?").set_parse_action(
        lambda _line, start, found: Number(Fraction(found[0].replace(",", ".")), start, start + len(found[0]))
    )
    metric = pp.Regex(r"\[[^\[\]]*\]").set_parse_action(lambda _line, start, found: _metric(found[0], start))
    opened, apart = pp.Suppress("("), pp.Suppress(";")
    closed = pp.Literal(")").set_parse_action(lambda _line, start, _found: start + 1)
    word = pp.Regex(r"[^\W\d_][^\W_]*")
    call = (word + opened + pp.DelimitedList(whole, apart) + closed).set_parse_action(
        lambda _line, start, found: _called(start, found)
    )
    inner = opened + whole + pp.Suppress(")")
    atom = number | metric | call | inner
    minus = pp.one_of("- − – —")
    factor = pp.Forward()
    factor <<= (pp.Suppress(minus) + factor).set_parse_action(
        lambda _line, start, found: Negated(found[0], start, found[0].end)
    ) | atom
    times = pp.one_of("* × ·").set_parse_action(lambda: "×") | pp.one_of("/ ÷ :").set_parse_action(lambda: "÷")
    plus = pp.Literal("+") | pp.one_of("- − – —").set_parse_action(lambda: "−")
    term = (factor + pp.ZeroOrMore(times + factor)).set_parse_action(_chain)
    whole <<= (term + pp.ZeroOrMore(plus + term)).set_parse_action(_chain)
    return whole
