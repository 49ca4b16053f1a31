"""Messages of context metrics, projects, lists from outside, checks of the data."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
