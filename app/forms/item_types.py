"""Item types: each kind of question owns every conversion of its values.

Every type does the same few things, so that the screen, the workbook and the paper agree: what a person typed becomes
the canonical text of the store (``parse``), which goes into a cell and comes back unchanged (``to_cell``,
``from_cell``), is shown in Russian (``to_text``), and is bounded in Excel (``excel_rule``). The Qt class and the drawer
of the paper are found by ``widget_kind`` and ``print_kind`` in two small tables at the edges.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NoReturn, Protocol

from app.errors import UserError
from app.forms.schema import Choice, Item, ItemKind, Scale
from app.texts import ru_date

Cell = str | int | float | bool | date | datetime | None
"""What a cell of a workbook holds."""
WidgetKind = Literal["choice", "many", "flag", "whole", "decimal", "text", "date", "link"]
PrintKind = Literal["boxes", "number", "lines", "date"]

YES, NO = "yes", "no"
LONGEST = 8000
"""Characters of a text answer."""
MOST_NUMBER = 10**9
"""Numbers stay below it: with six decimals they are still exact in Excel, which keeps 15 digits."""
NOT_APPLICABLE = "не применимо"

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,15})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?")
_LINK = re.compile(r"(?:(https?|ftp)://)?[^\s/.:@]+(?:\.[^\s/.:@]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_WORDED = re.compile(r"([0-9]{1,2}) ([а-я]{3,8})\.? ([0-9]{4})(?: ?г(?:ода|\.)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ t][0-9:.]+)?")
_DOTTED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4}|[0-9]{2})(?: ?г\.?)?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_EXCEL_ZERO = date(1899, 12, 30)
_YES_WORDS = frozenset({"yes", "да", "есть", "+", "1", "v", "х", "x", "true", "истина", "имеется", "✓", "✔", "☑"})
_NO_WORDS = frozenset({"no", "нет", "-", "0", "false", "ложь", "отсутствует", "не имеется", "☐"})


@dataclass(frozen=True, slots=True)
class ExcelRule:
    """What a cell of a blank may hold, as plain data.

    Attributes:
        kind: what Excel checks; ``none`` is any text.
        values: the texts of a list, in order.
        least, most: bounds of numbers, of dates as ISO texts, of a length.
        prompt: what is said when the cell is chosen; ``refusal`` when something else is typed.
    """

    kind: Literal["list", "whole", "decimal", "date", "length", "none"]
    values: tuple[str, ...] = ()
    least: int | str | None = None
    most: int | str | None = None
    prompt: str = ""
    refusal: str = ""


class ItemType(Protocol):
    """The contract of a type. ``item`` is always the item whose answer it is."""

    @property
    def widget_kind(self) -> WidgetKind:
        """Which widget asks it."""
        ...

    @property
    def print_kind(self) -> PrintKind:
        """How an empty place for the answer is drawn on paper."""
        ...

    def parse(self, item: Item, raw: str) -> str | None:
        """Return the canonical value, None where the text says nothing.

        ``parse(item, value) == value`` for every canonical value.

        Raises:
            UserError: ``ITEM_…``.
        """
        ...

    def to_cell(self, item: Item, value: str) -> Cell:
        """Return what goes into a cell."""
        ...

    def from_cell(self, item: Item, cell: Cell) -> str | None:
        """Return the canonical value of a cell, None where it is empty; ``from_cell(to_cell(v)) == v``.

        Raises:
            UserError: ``ITEM_…``.
        """
        ...

    def to_text(self, item: Item, value: str) -> str:
        """Return the value as people read it."""
        ...

    def excel_rule(self, item: Item) -> ExcelRule:
        """Return what Excel lets into the cell."""
        ...

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """Return canonical values for previews and tests, the bounds among them."""
        ...


def tidy(text: str) -> str:
    """Return a text on one line with single plain spaces."""
    return _SPACES.sub(" ", text).strip()


def folded(text: str) -> str:
    """Return a text for comparing: letter case, ё, dashes, spaces and the closing stop do not matter."""
    plain = _DASHES.sub("-", tidy(text)).casefold().replace("ё", "е")
    return plain.rstrip(" .") or plain


def place(item: Item) -> str:
    """Return how a message names an item: «Пункт 6.8.1», or its wording cut short."""
    if item.number:
        return f"Пункт {item.number}"
    text = tidy(item.text)
    return f"«{text if len(text) <= 60 else text[:59].rstrip() + '…'}»"


def cell_text(cell: Cell) -> str:
    """Return what stands in a cell as the text that is kept as ``raw``: 44.0 → «44», a date → «01.09.2026»."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, datetime | date):
        return ru_date(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        exact = Decimal(f"{cell:.15g}")
        return f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"
    return str(cell)


def _refuse(code: str, item: Item, raw: str, **context: object) -> NoReturn:
    shown = tidy(raw)
    raise UserError(code, place=place(item), value=shown if len(shown) <= 80 else shown[:79] + "…", **context)


class _Base:
    """What is alike in all types."""

    def parse(self, item: Item, raw: str) -> str | None:
        raise NotImplementedError

    def from_cell(self, item: Item, cell: Cell) -> str | None:
        """See ``ItemType``."""
        return self.parse(item, cell_text(cell))


# --- choices -----------------------------------------------------------------------------------------------------


def _scale(item: Item) -> Scale:
    if item.scale is None:
        raise ValueError(f"the item {item.id} has no scale")
    return item.scale


def choice_keys(choice: Choice) -> tuple[str, ...]:
    """Return every folded way to write a choice: its value, its text, its short text."""
    return tuple(dict.fromkeys(folded(word) for word in (choice.value, choice.text, choice.short) if word.strip()))


def _find(scale: Scale, raw: str) -> Choice | None:
    wanted = folded(raw)
    for choice in scale.choices:
        if wanted in choice_keys(choice):
            return choice
    # a pasted number of points, or «2,0» and «2.0» instead of «2»
    number = re.fullmatch(r"([0-9]{1,6})(?:[.,]0+)?", wanted)
    if not number:
        return None
    same = [choice for choice in scale.choices if choice.value == number[1]]
    if not same and not any(choice.value.isdigit() for choice in scale.choices):
        same = [choice for choice in scale.choices if choice.points == int(number[1])]
    return same[0] if len(same) == 1 else None


def _known(scale: Scale) -> str:
    return "; ".join(choice.text for choice in scale.choices)


def split_other(scale: Scale, raw: str) -> tuple[str, str]:
    """Return «другое: спортзал» as the choice and the text beside it; anything else with an empty text."""
    if _find(scale, raw) is None:
        for choice in scale.choices:
            if not choice.other:
                continue
            for word in (choice.text, choice.short):
                head = tidy(word).rstrip(" .:…_")
                text = raw.strip()
                if head and folded(text[: len(head)]) == folded(head) and re.match(r"\s*[:(—–-]", text[len(head) :]):
                    tail = text[len(head) :].strip().lstrip(":—–- ")
                    inner = tail[1:-1] if tail.startswith("(") and tail.endswith(")") else tail
                    return choice.value, inner.strip()
    return raw, ""


class ChoiceType(_Base):
    """One of several answers; canonical is the value of the choice."""

    widget_kind: WidgetKind = "choice"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes value, text, short text or points, in any letter case."""
        if not tidy(raw):
            return None
        found = _find(_scale(item), raw)
        if found is None:
            _refuse("ITEM_CHOICE", item, raw, known=_known(_scale(item)))
        return found.value

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        found = _scale(item).choice(value)
        return found.text if found else value

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        values = tuple(choice.text for choice in _scale(item).choices)
        if item.not_applicable:
            values = (*values, NOT_APPLICABLE)
        return ExcelRule("list", values, prompt="Выберите ответ из списка.", refusal="Выберите ответ из списка.")

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        return tuple(choice.value for choice in _scale(item).choices)


class ManyType(_Base):
    """Several answers; canonical are their values in the order of the scale, joined by «;»."""

    widget_kind: WidgetKind = "many"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; answers stand apart by «;» or lines, where no text has them also by commas."""
        pieces = [piece for piece in re.split(r"[;\n]", raw) if tidy(piece)]
        if not pieces:
            return None
        scale = _scale(item)
        found: set[str] = set()
        start = 0
        while start < len(pieces):
            start += self._take(item, scale, pieces[start:], found)
        return join_values(scale, found)

    def _take(self, item: Item, scale: Scale, pieces: list[str], found: set[str]) -> int:
        """Find the longest row of pieces that is one choice (its own text may have «;») and say how many they are."""
        for length in range(len(pieces), 0, -1):
            choice = _find(scale, ";".join(pieces[:length]))
            if choice is not None:
                found.add(choice.value)
                return length
        for part in pieces[0].split(","):
            choice = _find(scale, part)
            if choice is None:
                _refuse("ITEM_CHOICE", item, pieces[0], known=_known(scale))
            found.add(choice.value)
        return 1

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        scale = _scale(item)
        words = [(scale.choice(part), part) for part in value.split(";")]
        return "; ".join(choice.text if choice else part for choice, part in words)

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002 - the contract of all types
        """See ``ItemType``; Excel knows no list of several answers."""
        return ExcelRule("none", prompt="Можно несколько ответов: поставьте между ними точку с запятой.")

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        scale = _scale(item)
        values = [choice.value for choice in scale.choices]
        return tuple(dict.fromkeys((values[0], join_values(scale, values), join_values(scale, values[-2:]))))


def join_values(scale: Scale, values: Iterable[str]) -> str:
    """Return the canonical value of several choices."""
    wanted = set(values)
    return ";".join(choice.value for choice in scale.choices if choice.value in wanted)


class FlagType(_Base):
    """A mark: «yes» or «no»; shown as «есть» and «нет» or as its scale words it."""

    widget_kind: WidgetKind = "flag"
    print_kind: PrintKind = "boxes"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes «да», «есть», «+», «1», a tick and their opposites."""
        if not tidy(raw):
            return None
        if item.scale is not None and (found := _find(item.scale, raw)) is not None:
            return found.value
        word = folded(raw)
        number = re.fullmatch(r"([01])[.,]0+", word)
        word = number[1] if number else word
        if word in _YES_WORDS:
            return YES
        if word in _NO_WORDS:
            return NO
        _refuse("ITEM_FLAG", item, raw, yes=self.to_text(item, YES), no=self.to_text(item, NO))

    def to_cell(self, item: Item, value: str) -> Cell:
        """See ``ItemType``."""
        return self.to_text(item, value)

    def to_text(self, item: Item, value: str) -> str:
        """See ``ItemType``."""
        found = item.scale.choice(value) if item.scale is not None else None
        return found.text if found is not None else {YES: "есть", NO: "нет"}.get(value, value)

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        values: tuple[str, ...] = tuple(self.to_text(item, value) for value in self.sample_values(item))
        if item.not_applicable:
            values = (*values, NOT_APPLICABLE)
        words = f"Выберите «{values[0]}» или «{values[1]}»."
        return ExcelRule("list", values, prompt=words, refusal=words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        return (YES, NO) if item.scale is None else tuple(choice.value for choice in item.scale.choices)


# --- numbers -----------------------------------------------------------------------------------------------------


def _number(item: Item, raw: str) -> Decimal | None:
    """Read a number as people type it: «1 200», «12,5», «45 %», «−3»."""
    text = _DASHES.sub("-", tidy(raw)).removesuffix("%").strip()
    if not text:
        if tidy(raw):
            _refuse("ITEM_NUMBER", item, raw)
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(" ", "")
    text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        _refuse("ITEM_NUMBER", item, raw)
    return Decimal(text)


def _within(item: Item, number: Decimal, raw: str) -> None:
    least = -MOST_NUMBER if item.least is None else item.least
    most = MOST_NUMBER if item.most is None else item.most
    if number < least:
        _refuse("ITEM_LEAST", item, raw, least=least)
    if number > most:
        _refuse("ITEM_MOST", item, raw, most=most)


def _bounds_words(item: Item) -> str:
    if item.least is not None and item.most is not None:
        return f" от {item.least} до {item.most}"
    if item.least is not None:
        return f" не меньше {item.least}"
    return "" if item.most is None else f" не больше {item.most}"


class WholeType(_Base):
    """A whole number; canonical «12»."""

    widget_kind: WidgetKind = "whole"
    print_kind: PrintKind = "number"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        number = _number(item, raw)
        if number is None:
            return None
        if number != number.to_integral_value():
            _refuse("ITEM_WHOLE", item, raw)
        _within(item, number, raw)
        return str(int(number))

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return int(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value.replace("-", "−")

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        words = f"Целое число{_bounds_words(item)}."
        least = -MOST_NUMBER if item.least is None else item.least
        return ExcelRule("whole", (), least, MOST_NUMBER if item.most is None else item.most, words, words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        least = 0 if item.least is None else item.least
        most = max(least, 120 if item.most is None else item.most)
        return tuple(str(number) for number in sorted({least, (least + most) // 2, most}))


class DecimalType(_Base):
    """A number with a fraction; canonical «12.5», without closing noughts."""

    widget_kind: WidgetKind = "decimal"
    print_kind: PrintKind = "number"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        number = _number(item, raw)
        if number is None:
            return None
        text = f"{number:f}"
        whole, _dot, tail = text.partition(".")
        tail = tail.rstrip("0")
        if len(tail) > item.places:
            _refuse("ITEM_PLACES", item, raw, places=item.places)
        _within(item, number, raw)
        plain = f"{int(whole)}" if not whole.startswith("-") else f"-{int(whole[1:])}"
        joined = f"{plain}.{tail}" if tail else plain
        return "0" if joined == "-0" else joined

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return float(value) if "." in value else int(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value.replace(".", ",").replace("-", "−")

    def excel_rule(self, item: Item) -> ExcelRule:
        """See ``ItemType``."""
        words = f"Число{_bounds_words(item)}, знаков после запятой не больше {item.places}."
        least = -MOST_NUMBER if item.least is None else item.least
        return ExcelRule("decimal", (), least, MOST_NUMBER if item.most is None else item.most, words, words)

    def sample_values(self, item: Item) -> tuple[str, ...]:
        """See ``ItemType``."""
        least = 0 if item.least is None else item.least
        most = max(least, 120 if item.most is None else item.most)
        middle = self.parse(item, f"{least}.{'5' if item.places else ''}") if most > least else None
        return tuple(dict.fromkeys(value for value in (str(least), middle, str(most)) if value))


# --- texts -------------------------------------------------------------------------------------------------------


class TextType(_Base):
    """A text of several lines; canonical is without outer spaces and control characters."""

    widget_kind: WidgetKind = "text"
    print_kind: PrintKind = "lines"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``."""
        text = _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(text) > LONGEST:
            _refuse("ITEM_LONG", item, raw, most=LONGEST)
        return text or None

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("length", (), 0, LONGEST, "", f"Не больше {LONGEST} знаков.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("Проведено", "Первая строка\nвторая строка", "=1+1", "12")


class DateType(_Base):
    """A day; canonical is ISO."""

    widget_kind: WidgetKind = "date"
    print_kind: PrintKind = "date"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; takes 01.09.2026, 1.9.26, 2026-09-01, «1 сентября 2026 г.» and Excel's day number."""
        text = folded(raw)
        if not text:
            return None
        try:
            found = _day(text)
        except ValueError:
            found = None
        if found is None or not 1900 <= found.year <= 2099:
            _refuse("ITEM_DATE", item, raw)
        return found.isoformat()

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return date.fromisoformat(value)

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return ru_date(value)

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("date", (), "1950-01-01", "2099-12-31", "Дата, например 01.09.2026.", "Впишите дату.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("2026-09-01", "2024-02-29", "2026-12-31")


def _day(text: str) -> date | None:
    if parts := _ISO.fullmatch(text):
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _DOTTED.fullmatch(text):
        year = int(parts[3]) + (0 if len(parts[3]) == 4 else 2000 if int(parts[3]) < 70 else 1900)
        return date(year, int(parts[2]), int(parts[1]))
    if parts := _SERIAL.fullmatch(text):
        return _EXCEL_ZERO + timedelta(days=int(parts[1]))
    if parts := _WORDED.fullmatch(text):
        months = [number for number, stem in enumerate(_MONTHS, 1) if parts[2].startswith(stem)]
        return date(int(parts[3]), months[0], int(parts[1])) if months else None
    return None


class LinkType(_Base):
    """The address of a page; canonical has its scheme."""

    widget_kind: WidgetKind = "link"
    print_kind: PrintKind = "lines"

    def parse(self, item: Item, raw: str) -> str | None:
        """See ``ItemType``; an address without a scheme gets «https://»."""
        text = _CONTROL.sub("", raw).strip().strip("<>«»\"'")
        if not text:
            return None
        found = _LINK.fullmatch(text)
        if found is None or len(text) > 2000:
            _refuse("ITEM_LINK", item, raw)
        return text if found[1] else f"https://{text}"

    def to_cell(self, item: Item, value: str) -> Cell:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def to_text(self, item: Item, value: str) -> str:  # noqa: ARG002
        """See ``ItemType``."""
        return value

    def excel_rule(self, item: Item) -> ExcelRule:  # noqa: ARG002
        """See ``ItemType``."""
        return ExcelRule("length", (), 0, 2000, "Адрес страницы, например https://школа.рф.", "Слишком длинный адрес.")

    def sample_values(self, item: Item) -> tuple[str, ...]:  # noqa: ARG002
        """See ``ItemType``."""
        return ("https://school.example/metod", "http://школа.рф/документы?год=2026")


TYPES: Mapping[ItemKind, ItemType] = MappingProxyType(
    {
        "choice": ChoiceType(),
        "many": ManyType(),
        "flag": FlagType(),
        "whole": WholeType(),
        "decimal": DecimalType(),
        "text": TextType(),
        "date": DateType(),
        "link": LinkType(),
    }
)


def type_of(item: Item) -> ItemType:
    """Return the type of an item."""
    return TYPES[item.kind]
