"""What the window remembers of its user: sizes, columns, recent files, name in the journal.

It is a small JSON in the profile. Losing it loses no work; a broken one is begun anew.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

RECENT_LIMIT = 8


class Habits:
    """Remembered values by name.

    Args:
        path: the file; None keeps everything in memory (tests, screenshots).
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        if path is not None:
            with suppress(OSError, ValueError):
                found = json.loads(path.read_text("utf-8"))
                self._values = found if isinstance(found, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        """Return a remembered value; a value of another type than the default's is not believed."""
        value = self._values.get(key, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def put(self, key: str, value: Any) -> None:
        """Remember a value at once."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._save()

    def _save(self) -> None:
        if self._path is None:
            return
        temp = self._path.with_name(self._path.name + ".part")
        # a profile that can't be written costs a column width, never work
        with suppress(OSError):
            temp.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            temp.replace(self._path)

    def recent(self) -> list[Path]:
        """Return recent files that still exist, newest first."""
        return [path for text in self.get("recent", []) if (path := Path(str(text))).exists()]

    def add_recent(self, path: Path) -> None:
        """Put a file first in the recent list."""
        text = str(path.absolute())
        rest = [item for item in self.get("recent", []) if item != text]
        self.put("recent", [text, *rest][:RECENT_LIMIT])

    def forget_recent(self, path: Path) -> None:
        """Take a file out of the recent list."""
        self.put("recent", [item for item in self.get("recent", []) if item != str(path.absolute())])
