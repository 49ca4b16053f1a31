"""Messages of the centre of papers."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "OUT_KIND": Message(
        "Документа «{kind}» программа не знает.",
        "Список документов: вкладка «Отчёты» или команда «opora paper list».",
    ),
}
