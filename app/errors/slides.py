"""Messages of slides."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "SLIDE_NOTHING": Message(
        "Слайдов не получится: в документе «{title}» ничего не выбрано.",
        "Отметьте хотя бы одну таблицу или один график.",
    ),
}
