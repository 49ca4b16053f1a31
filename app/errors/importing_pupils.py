"""Messages of exports with a row a pupil and collection forms."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
