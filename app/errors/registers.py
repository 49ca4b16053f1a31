"""Messages of the registers: lines that are filled like a sheet, their files."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "REG_UNKNOWN": Message("Реестра «{key}» нет.", "Есть: {known}."),
    "REG_NO_COLUMN": Message("В реестре «{register}» нет графы «{name}».", "Есть: {known}."),
    "REG_NO_ROW": Message(
        "Этой строки в реестре «{register}» больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённую строку."
    ),
    "REG_WAITS": Message(
        "Заполните графу «{column}»: без неё строка не сохранится в реестре.",
        "До тех пор введённое хранится как черновик.",
        level="warning",
    ),
    "REG_WHOSE": Message("Не сказано, чьи строки реестра «{register}» нужны.", "Добавьте: {known}."),
    "REG_NOT_WHOSE": Message("Реестр «{register}» не делят по «{name}».", "{known}"),
    "REG_WHOSE_UNKNOWN": Message("«{value}» не подходит для «{name}»: такого в файле нет.", "{known}"),
    "REG_NOTHING": Message("Не выбран ни файл, ни ссылка.", "Выберите файл или впишите адрес."),
    "REG_FILE_BIG": Message(
        "Файл «{file}» велик: {size} МБ, а можно до {limit} МБ.", "Предел меняется в настройках. Можно дать ссылку."
    ),
    "REG_NO_FILE": Message("Этого приложения больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт убранное."),
}
