"""Messages of Excel blanks: making them, marking the workbooks that came back."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "FORM_BLANK_EMPTY": Message(
        "Бланк формы «{form}» не сделан: в ней нет своих вопросов.",
        "Выберите форму с вопросами; у составной формы бланки делают по её частям.",
    ),
    "FORM_BLANK_NO_CASES": Message(
        "Бланков нет: {what}.",
        "Начните сбор этой формы или добавьте в него школы.",
    ),
    "FORM_MARK_NOT_XLSX": Message(
        "Отметить ошибки в файле «{file}» нельзя: это не книга Excel (.xlsx).",
        "Отметки будут в нашем бланке с теми же ответами.",
    ),
    "FORM_MARK_CELL": Message(
        "Отметить ошибки в файле «{file}» нельзя: в книге нет листа «{sheet}».",
        "Отметки будут в нашем бланке с теми же ответами.",
    ),
}
