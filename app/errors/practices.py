"""Messages of the bank of practices."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "PRACT_GONE": Message(
        "Этой практики в банке больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт убранную практику."
    ),
    "PRACT_UNKNOWN": Message(
        "Практики «{query}» в банке нет.", "Посмотрите названия: opora practices list. Хватит части названия."
    ),
    "PRACT_SEVERAL": Message(
        "«{query}» подходит к нескольким практикам: {names}.", "Напишите название полнее или код."
    ),
    "PRACT_NO_TITLE": Message(
        "У практики нет названия, поэтому принять её в банк нельзя.", "Впишите название и повторите."
    ),
    "PRACT_WORD": Message("«{value}» не подходит для поля «{field}».", "Можно: {known}."),
    "PRACT_TAKEN": Message(
        "{school} уже стоит среди тех, кто берёт эту практику.", "Измените её строку в таблице «Кто внедрил»."
    ),
    "PRACT_OWN": Message(
        "{school} — автор этой практики.", "Выберите другую школу: свой опыт автор не внедряет заново."
    ),
}
