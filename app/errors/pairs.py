"""Messages of ties between schools and of the search for pairs."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_PAIRS_FAULTS": Message(
        "Определение подбора доноров не принято: {faults}.", "Исправьте это; прежнее определение осталось в силе."
    ),
    "DATA_TIE_SELF": Message("Школа «{school}» не может помогать сама себе.", "Выберите другую школу."),
    "DATA_TIE_NO_SCHOOLS": Message("В строке нет донора или школы, которой помогают.", "Впишите обе школы."),
    "DATA_TIE_NO_ROW": Message(
        "Договорённости с кодом {number} здесь нет.", "Коды всех договорённостей года показывает opora tie list."
    ),
    "DATA_TIE_SEVERAL": Message("На {number} кончаются несколько кодов: {codes}.", "Напишите код целиком."),
    "DATA_TIE_NO_COLUMN": Message("Столбца «{name}» здесь нет.", "Есть: {known}."),
    "DATA_TIE_KNOWN": Message(
        "Договорённость уже записана: {donor} → {receiver}, {about}.", "Измените её состояние, если оно другое."
    ),
    "DATA_TIE_GRADE": Message("«{raw}» — не класс.", "Впишите число от 1 до 12.", level="warning"),
    "DATA_NO_PAIR": Message(
        "Пары «{donor}» и «{receiver}» среди предложенных нет.",
        "Предложенные пары показывает opora pairs. Другую пару впишите через opora tie add.",
    ),
    "DATA_NOT_RECEIVER": Message(
        "Школы «{school}» нет в списке за {year} год или она не работает: донора ей не подбирают.",
        "Весь список: opora identify. Договорённость с любой школой записывает opora tie add.",
    ),
    "DATA_DONOR_CAPACITY": Message(
        "«{raw}» не подходит: так не сказать, скольким школам поможет донор.", "Впишите целое число от 0 до 99."
    ),
    "DATA_DISTANCE_SELF": Message(
        "Расстояние не записано: школа «{school}» названа дважды.", "Назовите две разные школы."
    ),
    "DATA_DISTANCE_EMPTY": Message("Расстояние не сказано.", "Укажите километры или минуты."),
}
