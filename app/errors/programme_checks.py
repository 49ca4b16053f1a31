"""Messages of the checks of a programme and of its checklists."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "PROGRAMME_NOT_HINT": Message(
        "Отключить можно только подсказку, а «{rule}» — не подсказка.", "Исправьте то, о чём говорит замечание."
    ),
    "PROGRAMME_NO_CHECKLIST": Message(
        "К этой программе такой чек-лист не подходит: {form}.",
        "Чек-листы программы — для муниципальной программы; формы для программ школ — на вкладке «Чек-листы».",
    ),
}
