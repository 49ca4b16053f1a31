"""Messages of writing what files bring: codes, repeats, lists from outside, profiles, kept files."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_CODE_TAKEN": Message(
        "Код {value} школы «{school}» не записан: он уже стоит у школы «{other}».",
        "Проверьте код в файле или объедините записи.",
        level="warning",
    ),
    "DATA_TWICE_DIFFERS": Message(
        "{school}, {what}, {year}: в файле два ряда чисел об одной школе. Записан первый ({first}), строка {row};"
        " второй ({second}) не записан.",
        "Проверьте, одна ли это школа: её название в файле написано по-разному.",
        level="warning",
    ),
    "DATA_NOT_OF_SCHOOL": Message(
        "Не о школах: {rows}. Эти сведения хранятся только по школам.",
        "Строки региона и муниципалитета не загружены, так и должно быть.",
        level="hint",
    ),
    "DATA_LIST_REPLACED": Message(
        "Список «{title}» за {year} год уже есть (файл: {file}), он заменяется: новых записей {new}, изменённых"
        " {changed}, исключённых {gone}.",
        "Если это другой список, дайте ему другое название; замену можно отменить.",
        level="warning",
    ),
    "DATA_LIST_BESIDE": Message(
        "За {year} год уже есть {word} того же вида ({kind}): {names}. Новый хранится рядом.",
        "Лишний список можно убрать: opora external remove.",
        level="hint",
    ),
}
