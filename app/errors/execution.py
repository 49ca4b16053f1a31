"""Messages of «Исполнение»: marks of activities, what was typed into its grid, the report of a period."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_EXEC_NO_ACTIVITY": Message(
        "Этого мероприятия больше нет ни в одной программе.", "Обновите вкладку (F5) и выберите мероприятие снова."
    ),
    "MON_EXEC_NO_NUMBER": Message(
        "Мероприятия № {number} в плане на {year} год нет.", "Номера покажет команда opora execution list."
    ),
    "MON_EXEC_NO_STATE": Message("Состояния «{state}» нет.", "Есть: {known}."),
    "MON_EXEC_NO_COLUMN": Message("В таблице исполнения нет графы «{name}».", "Есть: {known}."),
    "MON_EXEC_WORD": Message("Не понято: «{raw}».", "Напишите одно из: {known}."),
    "MON_EXEC_SCHOOL": Message(
        "Таких школ в реестре нет: {names}.", "Пишите краткие названия через точку с запятой или «все школы»."
    ),
    "MON_LEFT_OVER": Message(
        "{what}: осталось от удалённого из программы, {number}: {named}.",
        "Ничего не потеряно. Чтобы увидеть это снова, отмените удаление в журнале действий.",
    ),
    "MON_EXEC_PERIOD": Message(
        "Период задан неверно: {first} позже, чем {last}.", "Поставьте начало периода раньше его конца."
    ),
}
