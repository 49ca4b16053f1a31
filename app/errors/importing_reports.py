"""Messages of reports in percent, long tables, lists from outside."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
