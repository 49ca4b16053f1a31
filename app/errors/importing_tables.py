"""Messages of tables read by a person's map, layouts, formulas."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {}
