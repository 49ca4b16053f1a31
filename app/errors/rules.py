"""Messages of rules, scales and identification."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
