"""Messages of no room in particular: arguments, lookups, undo."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
