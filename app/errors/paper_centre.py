"""Messages of the centre of papers."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "OUT_KIND": Message(
        "Документа «{kind}» программа не знает.",
        "Список документов: вкладка «Отчёты» или команда «opora paper list».",
    ),
    "OUT_SETTING": Message(
        "Документ «{title}» сделать нельзя: не выбрано «{setting}».",
        "{hint}",
    ),
    "OUT_NO_SETTING": Message(
        "У документа «{title}» нет настройки «{key}».",
        "Настройки этого документа: {known}.",
    ),
    "OUT_VALUE": Message(
        "Значение «{value}» не подходит для настройки «{key}».",
        "Что подходит, покажет вкладка «Отчёты» или команда «opora paper settings».",
    ),
    "OUT_NO_BATCH": Message(
        "Документ «{title}» пачкой не делается: он один на весь муниципалитет.",
        "Сделайте его одним файлом.",
    ),
    "OUT_BATCH_NOTHING": Message(
        "Делать нечего: ни одна строка не выбрана.",
        "Отметьте хотя бы одну школу или выберите другую группу.",
    ),
    "OUT_BATCH_STOPPED": Message(
        "Остановлено. В папке «{folder}» ничего не осталось от этой пачки.",
        "Нажмите «Сделать», чтобы начать заново.",
    ),
    "OUT_NO_GROUP": Message(
        "Группы школ «{group}» в файле нет.",
        "Есть группы: {known}.",
    ),
    "OUT_ONE_FILE": Message(
        "Одним файлом получается только PDF.",
        "Выберите PDF или сохраните документы отдельными файлами.",
    ),
}
