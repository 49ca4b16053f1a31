"""Messages of the journal of help."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "HELP_EMPTY": Message("В записи ничего нет.", "Впишите хотя бы школу, людей, тему или итог."),
    "HELP_GONE": Message("Этой записи в журнале больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённую."),
    "HELP_NO_TITLE": Message("У шаблона нет названия.", "Назовите его одной фразой: «Выезд по итогам ВПР»."),
    "HELP_NO_TEMPLATE": Message("Шаблона «{raw}» нет.", "Есть: {known}."),
    "HELP_SCHOOL_UNKNOWN": Message("Школы «{raw}» в реестре нет.", "Впишите номер, название или код школы из реестра."),
    "HELP_SCHOOL_SEVERAL": Message("«{raw}» подходит нескольким школам.", "Впишите название полнее или код."),
    "HELP_KIND": Message("Вид «{raw}» не понят.", "Впишите одно из: {known}."),
    "HELP_PEOPLE": Message("Из «{raw}» не понять, сколько людей и кого.", "Впишите, например, «3 учителя»."),
    "HELP_PEOPLE_SHARED": Message("«{raw}» — это из нескольких школ.", "Впишите, сколько людей из этой школы."),
    "HELP_DAY": Message("«{raw}» — не дата.", "Впишите дату как 28.11.2026."),
}
