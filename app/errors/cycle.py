"""Messages of the cycle folder, the route of a school and the new school year."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_CYCLE_PLACE": Message("В папке цикла нет «{place}».", "Есть: {known}."),
    "MON_CYCLE_NOTHING": Message(
        "Предложенных документов больше нет: они уже в папке или убраны.", "Обновите вкладку и выберите снова."
    ),
    "MON_CYCLE_NAME": Message("Направление «{name}» не добавлено.", "Нужно новое название, не длиннее {most} знаков."),
    "MON_ROUTE_NOTHING": Message(
        "По данным файла отмечать уже нечего.", "Обновите вкладку: эти шаги сделаны или данные о них убраны."
    ),
    "MON_ROUTE_PURPOSE": Message("Папки для «{purpose}» нет.", "Есть: {known}."),
    "MON_CYCLE_FULL": Message(
        "В направлении «{name}» лежит {number}.", "Сначала уберите документы всех лет или оставьте направление."
    ),
    "MON_YEAR_NAME": Message(
        "У школы «{school}» нет нового названия.", "Впишите название, которое отличается от прежнего."
    ),
    "MON_YEAR_TAKEN": Message(
        "Название «{name}» уже носит действующая школа «{school}».", "Уточните название или выберите эту школу."
    ),
    "MON_YEAR_TARGET": Message(
        "Не сказано, к какой школе присоединена «{school}».",
        "Выберите действующую школу: не её саму и не ту, что тоже закрывается.",
    ),
    "MON_YEAR_CARRY": Message("Переносить «{keys}» нельзя: такого нет.", "Есть: {known}."),
    "MON_YEAR_ANSWERS": Message(
        "Файл «{file}» не подошёл: {detail}.", "Образец стоит в руководстве, «Новый учебный год»."
    ),
}
