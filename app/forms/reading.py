"""Reading one table of a definition strictly: every fault is noted with its place, and reading goes on."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import Problem, problem

FORM_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
AXIS = re.compile(r"[a-z0-9][a-z0-9_-]{0,28}")
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,3})\.(?:0|[1-9][0-9]{0,5})")
METRIC = re.compile(r"[a-z][a-z0-9_.:-]{0,99}")
NAME_WORDS = "латинские строчные буквы, цифры, точка, дефис"
MOST_SIGNS = 1_000_000
"""Of a whole definition; the longest shipped one has 13,000."""
MOST_LINE, MOST_TEXT = 1_000, 10_000
"""Signs of a text in one line and of one in several."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of writing round: what is read is not what stands there."""
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Signs that count as letters and draw nothing: fillers, the empty cell of Braille, choosers of a variant."""


def document(text: str, faults: list[Problem]) -> Mapping[str, Any]:
    """Return the content of a TOML text; what is no TOML is a fault and an empty content."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        # the parser's own words are English and stay out
        reason = f"строка {found[1]}, знак {found[2]}" if found else "текст обрывается"
    except ValueError:
        reason = "в нём число из тысяч цифр"
    except RecursionError:
        reason = "слишком много вложенных скобок"
    faults.append(problem("FORM_NOT_TOML", reason=reason))
    return {}


def unshowable(char: str) -> bool:
    """Tell whether a sign may not stand in a form: a control sign, or one that turns the direction of writing."""
    return char in _TURNING or (char not in "\n\t" and unicodedata.category(char) in {"Cc", "Zl", "Zp"})


def visible(text: str) -> bool:
    """Tell whether a text shows anything: blanks, signs of formatting and fillers alone show nothing."""
    return any(not (char.isspace() or char in _BLANK or unicodedata.category(char) == "Cf") for char in text)


def fits(text: str) -> bool:
    """Tell whether a text may stand in a form: it can be seen, and no sign of it is one that nobody can show."""
    return visible(text) and not any(unshowable(char) for char in text)


class Table:
    """One table of a definition.

    Args:
        content: the table.
        where: where it stands, in words («Раздел 2, пункт 3»).
        faults: where faults are noted; ``sheet`` of a fault is the place, ``cell`` the line.
    """

    def __init__(self, content: Mapping[str, Any], where: str, faults: list[Problem]) -> None:
        self.content = content
        self.where = where
        self.faults = faults

    def fault(self, code: str, key: str = "", **context: Any) -> None:
        """Note a fault of this place."""
        self.faults.append(problem(code, sheet=self.where, cell=key or None, place=self.where, key=key, **context))

    def expect(self, key: str, expected: str) -> None:
        """Note that a line holds something else."""
        self.fault("FORM_VALUE", key, expected=expected)

    def only(self, known: set[str]) -> None:
        """Refuse lines that mean nothing."""
        for key in sorted(set(self.content) - known):
            self.fault("FORM_KEY_UNKNOWN", key)

    def text(self, key: str, *, required: bool = True, lines: bool = False) -> str:
        """Return a text as it stands; ``lines`` lets it have several."""
        value = self.content.get(key, "")
        if not isinstance(value, str):
            self.expect(key, "текст в кавычках")
            return ""
        if required and not value.strip():
            self.fault("FORM_KEY_MISSING", key)
        if not lines and "\n" in value.strip():
            self.expect(key, "текст в одну строку")
        return self._plain(key, value.strip(), MOST_TEXT if lines else MOST_LINE)

    def _plain(self, key: str, text: str, most: int) -> str:
        """Return a text that a screen, a workbook and a paper can show; "" where it can't be shown."""
        if len(text) > most:
            self.expect(key, f"текст до {most} знаков, а в нём {len(text)}")
            return ""
        if not text.isprintable() and any(unshowable(char) for char in text):  # most texts are printable
            self.expect(key, "текст без управляющих знаков")
            return ""
        if text and not visible(text):
            self.expect(key, "текст, который видно")
            return ""
        return text

    def name(self, key: str, pattern: re.Pattern[str] = NAME, expected: str = NAME_WORDS) -> str:
        """Return a short Latin name."""
        value = self.text(key)
        if value and not pattern.fullmatch(value):
            self.expect(key, expected)
            return ""
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the words that are allowed."""
        if key not in self.content:
            if default is None:
                self.fault("FORM_KEY_MISSING", key)
            return default or allowed[0]
        value = self.content[key]
        if value not in allowed:
            self.expect(key, "одно из: " + ", ".join(allowed))
            return default or allowed[0]
        return str(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            self.expect(key, "true или false")
            return default
        return value

    def whole(self, key: str, default: int | None = None, least: int = -(10**9), most: int = 10**9) -> int | None:
        """Return a whole number."""
        value = self.content.get(key, default)
        if value is None and key not in self.content:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            expected = "целое число"
            if (least, most) != (-(10**9), 10**9):
                expected += f" от {least} до {most}"
            self.expect(key, expected)
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, () where there is none."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.expect(key, "список непустых текстов")
            return ()
        return tuple(self._plain(key, one.strip(), MOST_TEXT) for one in value)

    def words(self, key: str) -> dict[str, str]:
        """Return a table of texts, {} where there is none; values may be empty."""
        value = self.content.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            self.expect(key, 'пары {старое = "новое"}')
            return {}
        return dict(value)

    def table(self, key: str, where: str) -> Table:
        """Return a table inside, an empty one where there is none."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.expect(key, "таблица в фигурных скобках")
            value = {}
        return Table(value, where, self.faults)

    def tables(self, key: str, where: str) -> list[Table]:
        """Return the tables of a list; their places are numbered from 1 («Раздел 2, пункт 3»)."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.expect(key, "список разделов")
            return []
        return [Table(one, where.format(number), self.faults) for number, one in enumerate(value, 1)]
