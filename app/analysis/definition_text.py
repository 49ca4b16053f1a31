"""Reading a definition from TOML strictly: every fault is collected with its place before anything is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,6}")


def document(text: str, faults: list[str]) -> Mapping[str, Any]:
    """Return the content of a TOML text; what is no TOML is a fault and an empty content."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        faults.append(f"строка {place[1]} — не TOML" if place else "текст обрывается")
        return {}


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


class Table:
    """One table of a TOML text; every getter notes what is wrong and goes on.

    Args:
        content: the table.
        place: where it stands, in words; "" for the text itself.
        faults: where faults are noted.
    """

    def __init__(self, content: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self.content = content
        self._place = f"{place}: " if place else ""
        self._faults = faults

    def fault(self, text: str) -> None:
        """Note a fault at this place."""
        self._faults.append(f"{self._place}{text}")

    def only(self, known: set[str]) -> None:
        """Refuse lines that mean nothing."""
        for key in sorted(set(self.content) - known):
            self.fault(f"неизвестная строка «{key}»")

    def format(self) -> None:
        """The first line says which kind of text this is."""
        if self.content.get("format") != 1:
            self.fault("ожидается строка format = 1")

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a text."""
        value = self.content.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            self.fault(f"{key} — непустой текст" if required else f"{key} — текст")
            return ""
        return value.strip()

    def name(self, key: str) -> str:
        """Return a short Latin name."""
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.fault(f"{key} — латинские строчные буквы, цифры, «_» и «-»")
        return value

    def version(self) -> str:
        """Return «1.0»."""
        value = self.text("version")
        if value and not _VERSION.fullmatch(value):
            self.fault("version — два числа через точку, например 1.0")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of the words that are allowed."""
        value = self.content.get(key)
        if value not in allowed:
            self.fault(f"{key} — одно из: {', '.join(allowed)}")
            return allowed[0]
        return str(value)

    def words(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return some of the words that are allowed, at least one, each once."""
        value = self.content.get(key)
        good = isinstance(value, list) and bool(value) and all(item in allowed for item in value)
        if not good or len(set(value or ())) != len(value or ()):
            self.fault(f"{key} — список без повторов из: {', '.join(allowed)}")
            return ()
        return tuple(str(item) for item in value or ())

    def flag(self, key: str, *, default: bool) -> bool:
        """Return yes or no."""
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            self.fault(f"{key} — true или false")
            return default
        return value

    def pair(self, value: object, what: str, *, below_one: bool) -> tuple[int, int]:
        """Return a number as two whole numbers, both above zero.

        Args:
            value: what stands there.
            what: its name in a fault.
            below_one: it is a share, more than zero and less than one.
        """
        if not isinstance(value, list) or len(value) != 2 or not all(is_whole(item) for item in value):
            self.fault(f"{what} — два целых числа, например [1, 4]")
            return 1, 2
        part, whole = int(value[0]), int(value[1])
        if not (0 < part <= 10**6 and 0 < whole <= 10**6) or (below_one and part >= whole):
            self.fault(f"{what} — " + ("доля больше нуля и меньше единицы" if below_one else "числа от 1 до 1000000"))
            return 1, 2
        return part, whole

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """Return the tables [[key]], at least one."""
        value = self.content.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fault(f"нужен хотя бы один раздел [[{key}]]")
            return []
        return value


def version_key(version: str) -> tuple[int, ...]:
    """Return a version for ordering: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def next_version(versions: Sequence[str]) -> str:
    """Return the version after the latest: 1.0 → 1.1."""
    latest = max((version_key(version) for version in versions), default=(0, 9))
    first, second = (*latest, 0, 0)[:2]
    return f"{first}.{second + 1}" if versions else "1.0"
