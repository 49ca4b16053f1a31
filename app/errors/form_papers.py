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
    "FORM_NO_EXPERT": Message("Эксперт не назван.", "Впишите фамилию и инициалы."),
    "FORM_NO_LEADING": Message(
        "По пункту {item} голоса экспертов разделились поровну.", "Выберите ответ сами и впишите причину."
    ),
    "FORM_NOT_AGREED": Message(
        "Согласованной оценки ещё нет: {subject}.", "Примите единогласные ответы и согласуйте спорные."
    ),
}  # fmt: skip
