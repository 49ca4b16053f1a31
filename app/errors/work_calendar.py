"""Messages of the calendar of the work."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "CAL_KIND": Message("Такого в календаре нет: «{kind}».", "Есть: {known}."),
    "CAL_OWNER": Message(
        "Календаря «{owner}» нет.", "Есть: all — все, service — служба, school:КОД — школа, body:КОД — объединение."
    ),
    "CAL_SPAN": Message("Последний день стоит раньше первого.", "Поменяйте дни местами."),
    "CAL_GONE": Message("Этой записи больше нет.", "Обновите календарь. Отмена (Ctrl+Z) вернёт удалённое."),
    "CAL_FIXED": Message("{what} перенести нельзя: {why}.", "Откройте запись и исправьте её там."),
    "CAL_EMPTY": Message("За это время в календаре ничего нет.", "Выберите другое время, вид или другой календарь."),
}
