"""Messages of the register of outgoing papers."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
