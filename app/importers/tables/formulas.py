"""Formulas counted anew: what a file keeps beside a formula is reported where it is wrong, not believed.

Only what stands on the same sheet is counted: sums, averages, shares, the four operations, ROUND, IF, IFERROR. Numbers
written as text count as numbers: Excel leaves them out of a sum, which is how a right formula gives a wrong total.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.importers.grid import Cell, Row, UnfitCellError, letters, number
from app.importers.tables.sheet_xml import Place, SheetFacts, place_of

MOST_VISITS = 3_000_000
MOST_CELLS = 6_000_000
DEEPEST_CHAIN = 25
DEEPEST_NESTING = 60
LONGEST_FORMULA = 2_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![A-Za-z0-9_(!.])|(?P<name>[A-Za-z_.]+)(?=\()|(?P<text>\"[^\"]*\")"
    r"|(?P<sign><=|>=|<>|[-+*/^(),;%=<>]))"
)
_SHIFTED = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_(!])")


class _UnknownError(Exception):
    """The formula holds what is not counted here."""


Token = tuple[str, str]
Value = float | str | None


@dataclass(frozen=True, slots=True)
class Recount:
    """One cell with a formula: what the file keeps, what comes out (None where it can't be counted)."""

    place: Place
    formula: str
    cached: str | None
    value: float | None

    @property
    def is_stale(self) -> bool:
        """Whether the file keeps a value and it is not what comes out."""
        return self.cached is not None and self.value is not None and not _same(self.cached, self.value)


def recount(rows: Iterable[tuple[int, Row]], facts: SheetFacts) -> dict[Place, Recount]:
    """Count every formula of a sheet anew.

    Args:
        rows: the values of the sheet as the reader of the format gives them.
        facts: what the second pass found.
    """
    return _Counter(rows, facts).run() if facts.formulas else {}


def _same(cached: str, value: float) -> bool:
    try:
        kept = float(cached)
    except ValueError:
        return False
    return math.isclose(kept, value, rel_tol=1e-6, abs_tol=1e-7)


def tokens_of(formula: str) -> list[Token]:
    """Cut a formula into tokens.

    Raises:
        _UnknownError: something in it is not understood.
    """
    found: list[Token] = []
    place = 0
    line = formula.rstrip()
    if len(line) > LONGEST_FORMULA:
        raise _UnknownError
    while place < len(line):
        match = _TOKEN.match(line, place)
        if match is None or match.lastgroup is None:
            raise _UnknownError
        found.append((match.lastgroup, match.group(match.lastgroup)))
        place = match.end()
    return found


def shifted(formula: str, origin: Place, target: Place) -> str:
    """Return a shared formula as it reads in another cell: references without «$» move along."""
    down, right = target[0] - origin[0], target[1] - origin[1]

    def move(found: re.Match[str]) -> str:
        place = place_of(f"{found.group(2)}{found.group(4)}")
        if place is None:
            return found.group()
        row = place[0] if found.group(3) else place[0] + down
        column = place[1] if found.group(1) else place[1] + right
        if row < 1 or column < 0:
            raise _UnknownError
        return f"{found.group(1)}{letters(column)}{found.group(3)}{row}"

    return _SHIFTED.sub(move, formula)


@dataclass(slots=True)
class _Counter:
    """The values of a sheet and the formulas over them."""

    rows: Iterable[tuple[int, Row]]
    facts: SheetFacts
    _grid: dict[int, Row] = field(default_factory=dict)
    _done: dict[Place, float | None] = field(default_factory=dict)
    nested: int = 0
    _visits: int = 0
    _depth: int = 0

    def run(self) -> dict[Place, Recount]:
        cells = 0
        for number_of_row, row in self.rows:
            cells += len(row)
            if cells > MOST_CELLS:
                return {}
            self._grid[number_of_row] = row
        found: dict[Place, Recount] = {}
        for place in sorted(self.facts.formulas):
            formula = self.facts.formulas[place]
            found[place] = Recount(place, self._text(place) or "", formula.cached, self._formula(place))
        return found

    def _text(self, place: Place) -> str | None:
        formula = self.facts.formulas[place]
        if formula.text or formula.kind != "shared" or formula.shared is None:
            return formula.text if formula.kind != "other" else None
        master = self.facts.masters.get(formula.shared)
        if master is None:
            return None
        try:
            return shifted(master[1], master[0], place)
        except _UnknownError:
            return None

    def _formula(self, place: Place) -> float | None:
        if place in self._done:
            return self._done[place]
        text = self._text(place)
        if not text or self._depth >= DEEPEST_CHAIN:
            return None
        self._done[place] = None  # a circle ends here
        depth, nested = self._depth, self.nested
        self._depth += 1
        try:
            value = _Reader(tokens_of(text), self).value()
            self._done[place] = value if isinstance(value, float) and math.isfinite(value) else None
        except (_UnknownError, ZeroDivisionError, OverflowError):
            self._done[place] = None
        finally:
            self._depth, self.nested = depth, nested
        return self._done[place]

    def cell(self, place: Place) -> Value:
        """Return the value of a cell: counted anew where it is a formula, a number, a text, or None where empty."""
        self._visits += 1
        if self._visits > MOST_VISITS:
            raise _UnknownError
        if place in self.facts.errors and place not in self.facts.formulas:
            raise _UnknownError
        if place in self.facts.formulas:
            value = self._formula(place)
            if value is not None:
                return value
            if place in self.facts.errors:
                raise _UnknownError
        row = self._grid.get(place[0])
        raw: Cell = row[place[1]] if row is not None and place[1] < len(row) else None
        if raw is None or raw == "" or isinstance(raw, bool):
            if place in self.facts.formulas:
                raise _UnknownError
            return None
        if isinstance(raw, (int, float)):
            return float(raw)
        try:
            found = number(raw)
        except UnfitCellError:
            return str(raw)
        return None if found is None else float(found)

    def area(self, reference: str) -> Iterator[Value]:
        """Yield the values of a range."""
        first, _, last = reference.partition(":")
        one, other = place_of(first), place_of(last)
        if one is None or other is None:
            raise _UnknownError
        top, bottom = sorted((one[0], other[0]))
        left, right = sorted((one[1], other[1]))
        bottom = min(bottom, max(self._grid, default=0))
        if (bottom - top + 1) * (right - left + 1) > MOST_VISITS:
            raise _UnknownError
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield self.cell((row, column))


class _Reader:
    """A formula read from left to right by precedence: comparison, sum, product, power, sign, per cent."""

    def __init__(self, tokens: Sequence[Token], sheet: _Counter) -> None:
        self._tokens = tokens
        self._sheet = sheet
        self._place = 0

    def value(self) -> Value:
        found = self._comparison()
        if self._place != len(self._tokens):
            raise _UnknownError
        return _number(found)

    def _peek(self) -> str:
        kind, line = self._tokens[self._place] if self._place < len(self._tokens) else ("", "")
        return line if kind == "sign" else ""

    def _take(self, *signs: str) -> str:
        found = self._peek()
        if found and found in signs:
            self._place += 1
            return found
        return ""

    def _comparison(self) -> Value:
        left = self._sum()
        while sign := self._take("=", "<>", "<", ">", "<=", ">="):
            left = _compare(left, sign, self._sum())
        return left

    def _sum(self) -> Value:
        left = self._product()
        while sign := self._take("+", "-"):
            right = _number(self._product())
            left = _number(left) + right if sign == "+" else _number(left) - right
        return left

    def _product(self) -> Value:
        left = self._power()
        while sign := self._take("*", "/"):
            right = _number(self._power())
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def _power(self) -> Value:
        if self._peek() == "^":
            raise _UnknownError
        return self._signed()

    def _signed(self) -> Value:
        signs, minus = 0, False
        while sign := self._take("-", "+"):
            signs += 1
            minus ^= sign == "-"
        found = self._single()
        while self._take("%"):
            found = _number(found) / 100
        return found if signs == 0 else -_number(found) if minus else _number(found)

    def _single(self) -> Value:
        if self._place >= len(self._tokens) or self._sheet.nested > DEEPEST_NESTING:
            raise _UnknownError
        kind, line = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return float(line)
        if kind == "text":
            return line[1:-1]
        if kind == "cell":
            place = place_of(line)
            return None if place is None else self._sheet.cell(place)
        if kind == "name":
            return self._function(line.upper())
        if line == "(" and kind == "sign":
            self._sheet.nested += 1
            found = self._comparison()
            self._sheet.nested -= 1
            if not self._take(")"):
                raise _UnknownError
            return found
        raise _UnknownError

    def _function(self, name: str) -> Value:
        if not self._take("("):
            raise _UnknownError
        self._sheet.nested += 1
        arguments = self._arguments()
        self._sheet.nested -= 1
        if name == "IFERROR" and len(arguments) == 2:
            return _known(arguments[1] if isinstance(arguments[0], _Fault) else arguments[0])
        if name == "IF" and len(arguments) in {2, 3}:
            chosen = 1 if _number(_known(arguments[0])) else 2
            return _known(arguments[chosen]) if chosen < len(arguments) else 0.0
        if name == "ROUND" and len(arguments) == 2:
            return _round(_number(_known(arguments[0])), int(_number(_known(arguments[1]))))
        folded = _FOLDS.get(name)
        if folded is None:
            raise _UnknownError
        return folded([value for argument in arguments for value in _numbers(argument)])

    def _arguments(self) -> list[_Argument]:
        found: list[_Argument] = []
        while True:
            found.append(self._argument())
            if self._take(")"):
                return found
            if not self._take(",", ";"):
                raise _UnknownError

    def _argument(self) -> _Argument:
        kind, line = self._tokens[self._place] if self._place < len(self._tokens) else ("", "")
        if kind == "range":
            self._place += 1
            return list(self._sheet.area(line))
        start = self._place
        try:
            return self._comparison()
        except ZeroDivisionError:
            self._place = self._after(start)
            return _Fault()

    def _after(self, start: int) -> int:
        """The place behind an argument that could not be counted."""
        depth = 0
        for place in range(start, len(self._tokens)):
            line = self._tokens[place][1] if self._tokens[place][0] == "sign" else ""
            if depth == 0 and line in {",", ";", ")"}:
                return place
            depth += (line == "(") - (line == ")")
        raise _UnknownError


@dataclass(frozen=True, slots=True)
class _Fault:
    """A division by zero."""


_Argument = Value | list[Value] | _Fault


def _known(argument: _Argument) -> Value:
    if isinstance(argument, _Fault):
        raise ZeroDivisionError
    if isinstance(argument, list):
        raise _UnknownError
    return argument


def _number(value: Value) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise _UnknownError
    return value


def _numbers(argument: _Argument) -> list[float]:
    if isinstance(argument, list):
        return [value for value in argument if isinstance(value, float)]
    return [_number(_known(argument))]


def _compare(left: Value, sign: str, right: Value) -> float:
    if isinstance(left, str) or isinstance(right, str):
        one, other = "" if left is None else str(left), "" if right is None else str(right)
        if sign not in {"=", "<>"}:
            raise _UnknownError
        return float((one.lower() == other.lower()) == (sign == "="))
    a, b = _number(left), _number(right)
    answers = {"=": a == b, "<>": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}
    return float(answers[sign])


def _round(value: float, digits: int) -> float:
    if not -10 <= digits <= 12 or abs(value) > 1e15:
        raise _UnknownError
    factor = 10.0**digits
    return math.copysign(math.floor(abs(value) * factor + 0.5 + 1e-9), value) / factor


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


_FOLDS: dict[str, Callable[[list[float]], float]] = {
    "SUM": math.fsum,
    "AVERAGE": _mean,
    "MIN": lambda values: min(values, default=0.0),
    "MAX": lambda values: max(values, default=0.0),
    "COUNT": lambda values: float(len(values)),
}
