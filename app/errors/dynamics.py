"""Messages of the dynamics of results and of saved charts."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_NO_RESULTS": Message("Результатов в файле нет: динамику показать не по чему.", "Загрузите результаты."),
    "MON_NO_RESULT_YEAR": Message("Результатов за {year} год в файле нет.", "Есть годы: {known}."),
    "MON_NO_YEAR_BEFORE": Message(
        "Раньше {year} года результатов в файле нет: сравнить не с чем.", "Загрузите результаты прошлых лет."
    ),
    "MON_VIEW_TITLE": Message("У вида нет названия.", "Назовите его: под этим именем он встанет в список."),
    "MON_VIEW_BROKEN": Message(
        "Сохранённый вид «{title}» не читается: в файле записано не то, что ждёт программа.",
        "Удалите его и сохраните заново.",
    ),
    "MON_NO_GROUP": Message("Группы школ «{group}» нет.", "Есть: {known}."),
    "MON_NO_VIEW": Message("Сохранённого вида «{title}» нет.", "Есть: {known}."),
}
