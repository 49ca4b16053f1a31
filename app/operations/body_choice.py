"""Associations and groups to choose from: named by their name, kept by key."""

from __future__ import annotations

from app.models import work_bodies as stored
from app.models.store import Connection


def names(connection: Connection) -> dict[int, str]:
    """Return key → name, no two alike: a second body of one name has a number."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for row in stored.bodies(connection):
        name = " ".join(row["name"].split())
        shown, number = name, 2
        while shown.casefold() in taken:
            shown, number = f"{name} ({number})", number + 1
        taken.add(shown.casefold())
        found[row["id"]] = shown
    return found


def find(connection: Connection, text: str) -> int | None:
    """Return the body of this name, or the only one in whose name the words stand; None where none or several do."""
    wanted = _folded(text)
    known = {key: _folded(name) for key, name in names(connection).items()}
    same = [key for key, name in known.items() if name == wanted]
    near = same or [key for key, name in known.items() if wanted and wanted in name]
    return near[0] if len(near) == 1 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
