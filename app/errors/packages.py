"""Messages of packages upward and their summary."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
