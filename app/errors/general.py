"""Messages of no room in particular: arguments, lookups, undo."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "GEN_NOTHING_TO_UNDO": Message("Отменять нечего.", "Более ранние действия остаются в журнале."),
    "GEN_NOTHING_TO_REDO": Message("Повторять нечего."),
    "GEN_UNDO_FROZEN": Message(
        "Действие «{label}» нельзя отменить этой кнопкой.", "Для него есть обратное действие с указанием причины."
    ),
    "GEN_UNDO_LATER": Message(
        "Действие «{label}» нельзя отменить: позже эти же строки изменило «{later}».", "Сначала отмените более позднее."
    ),
    "GEN_UNDO_REFERRED": Message(
        "Действие нельзя отменить: на его строки опираются более поздние записи.",
        "Сначала отмените более поздние действия.",
    ),
    "GEN_NO_SCHOOL": Message(
        "Школа «{query}» не найдена.", "Проверьте код или название: opora schools покажет все школы файла."
    ),
    "GEN_SEVERAL_SCHOOLS": Message("Под «{query}» подходит несколько школ: {names}.", "Назовите школу её кодом."),
    "GEN_EMPTY_NAME": Message("У организации нет названия.", "Впишите название."),
    "GEN_EMPTY_PERSON": Message("Не указано имя человека.", "Впишите фамилию, имя и отчество."),
    "GEN_EMPTY_MUNICIPALITY": Message("Не указано название муниципалитета.", "Впишите название."),
    "GEN_BAD_SCHOOL_YEAR": Message("«{raw}» — не учебный год.", "Впишите его как 2025/26."),
    "GEN_CODE_TAKEN": Message("Код {value} уже стоит у школы «{school}».", "Проверьте код или объедините записи."),
    "GEN_BAD_CODE": Message("Код «{value}» не похож на {system}.", "Проверьте число знаков и контрольные цифры."),
    "GEN_REASON_NEEDED": Message("Не указана причина.", "Напишите причину одной фразой: она попадёт в протокол."),
    "GEN_MERGE_SELF": Message("Запись нельзя объединить с самой собой.", "Выберите другую школу."),
    "GEN_NOT_DUPLICATE": Message("«{school}» ни с кем не объединена.", "Разделять нечего."),
    "GEN_BAD_DATE": Message("«{raw}» — не дата.", "Впишите дату как 28.11.2026."),
    "GEN_FILE_MISSING": Message("Файла «{file}» нет.", "Проверьте имя и папку."),
    "GEN_FILE_UNREADABLE": Message("Файл «{file}» не читается: {detail}.", "Проверьте права доступа."),
    "GEN_UNKNOWN_SCHOOL": Message(
        "Школы «{school}» нет в реестре, её строки не загружены (строк: {rows}).{likely}",
        "Укажите, какая это школа, или заведите новую.",
    ),
    "GEN_IMPORT_QUESTION": Message("{text}", "Ответьте на вопрос и загрузите файл снова."),
    "GEN_FOREIGN_SIGNATURE": Message(
        "Подпись «{file}» не подходит к документу № {number}: {detail}",
        "Возьмите файл подписи, сделанный именно для этого документа.",
    ),
    "GEN_BAD_FORMAT": Message("Документ «{suffix}» сделать нельзя.", "Годятся .pdf, .docx и .xlsx."),
    "GEN_NOT_EXAMPLE": Message(
        "«{file}» — не пример: в нём ваши данные, он не удалён.", "Удалите файл сами, если он больше не нужен."
    ),
    "GEN_NOT_REFERENCE": Message(
        "«{file}» — не справочник: {detail}.", "Нужен файл .toml со шкалами перевода баллов или с правилом."
    ),
    "GEN_NO_SETTING": Message("Настройки «{key}» нет.", "Есть: {known}."),
    "GEN_NO_YEARS": Message("В файле нет результатов за {year} год.", "Загрузите результаты или выберите другой год."),
    "GEN_APPROVED": Message(
        "Список за {year} год по этому правилу утверждён приказом от {date} № {number}; он не изменён.",
        "Сначала отмените утверждение с указанием причины.",
    ),
    "GEN_ORDER_NUMBER": Message("Не указан номер приказа.", "Впишите номер и дату приказа об утверждении."),
    "GEN_NOT_APPROVED": Message("Список за {year} год по этому правилу не утверждён.", "Отменять нечего."),
    "GEN_READ_ONLY": Message("Файл открыт только для чтения.", "Попросите закрыть его на другом компьютере."),
    "GEN_BAD_NUMBER": Message("«{raw}» — не целое число.", "Впишите число цифрами."),
    "GEN_BAD_LINK": Message("Школа не может быть преемником самой себя.", "Выберите другую школу."),
    "GEN_NO_PERSON": Message(
        "В справочнике людей с именем «{name}»: {found}.", "Впишите имя точно; все люди: opora people."
    ),
    "GEN_NO_PAPER": Message("Документа № {number} нет в журнале исходящих.", "opora papers покажет все документы."),
}
