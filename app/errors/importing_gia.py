"""Messages of protocols and tables of the state examinations."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
