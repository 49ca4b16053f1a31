"""Messages of «Сегодня»: tasks, requests, the month."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_BAD_PERIOD": Message("«{text}» — не месяц и не квартал.", "Месяц пишется так: 2026-11, квартал так: 2026-Q4."),
    "MON_NO_TASK": Message("Этого дела больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённое."),
    "MON_NO_REQUEST": Message("Этого запроса больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённое."),
    "MON_NO_PAPER": Message("Документа № {number} в журнале исходящих нет.", "Посмотрите номера на вкладке «Отчёты»."),
    "MON_NO_PERSON": Message("По имени «{raw}» за этот срок ничего не записано.", "Есть: {known}."),
    "MON_NO_BLOCK": Message("Такого раздела в отчёте нет: {key}.", "Есть: {known}."),
}
