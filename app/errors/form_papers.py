"""Messages of papers, summaries and group assessment of forms."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "FORM_NOTHING_TO_PRINT": Message(
        "Ответов на форму «{form}» в файле нет.", "Напечатайте пустой бланк: --blank. Все сборы: opora form rounds."
    ),
    "FORM_NO_SUMMARY": Message(
        "Сводить нечего: форма «{form}» за этот год никому не отправлена.", "Все сборы: opora form rounds."
    ),
}  # fmt: skip
