"""Messages of the agreement of a list."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_AGR_NO_WORD": Message("«{raw}» здесь не подходит.", "Впишите одно из слов: {known}.", level="warning"),
    "DATA_AGR_FAR_DATE": Message(
        "«{raw}»: такого года здесь не бывает.", "Впишите дату как 28.11.2026.", level="warning"
    ),
    "DATA_AGR_NO_ROW": Message("Строки № {number} здесь нет.", "Строки с номерами: opora agreement show."),
    "DATA_AGR_NO_BODY": Message(
        "Группы «{name}» в справочнике нет или таких несколько.", "Все группы: opora people; добавьте её там."
    ),
    "DATA_AGR_NO_YEAR": Message("Брать не у чего: за прежние годы {what} нет.", "Впишите строки или возьмите обычные."),
    "DATA_AGR_NO_COLUMN": Message("Столбца «{name}» здесь нет.", "Есть: {known}."),
}
