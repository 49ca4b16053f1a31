"""Messages of mentoring."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MENT_NO_PAIR": Message(
        "Этой наставнической пары больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённую пару."
    ),
}
