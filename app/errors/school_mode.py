"""Messages of requests to schools and of their replies as files."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    # the files
    "FORM_PACKET_DAMAGED": Message(
        "Файл «{file}» не читается: это не {what} или он повреждён.", "Попросите прислать его ещё раз."
    ),
    "FORM_PACKET_OTHER": Message("В файле «{file}» — {found}, а нужен {wanted}.", "Выберите другой файл."),
    "FORM_PACKET_CHANGED": Message(
        "Файл «{file}» изменён после сохранения: контрольная сумма не сходится.",
        "Попросите сохранить его в программе заново и прислать ещё раз.",
    ),
    "FORM_PACKET_NEWER": Message(
        "Файл «{file}» записан более новой программой ({program}).", "Обновите «Опору» и откройте его снова."
    ),
    "FORM_PACKET_BOMB": Message(
        "Файл «{file}» слишком велик внутри: программа читает до {limit} МБ.",
        "Попросите прислать его ещё раз, подтверждения — отдельно.",
    ),
    "FORM_PACKET_LARGE": Message(
        "Вместе с подтверждениями получается {size} МБ, а передать можно до {limit} МБ, один файл — до {part} МБ.",
        "Уберите большие подтверждения и пришлите их отдельно.",
    ),
    # the request
    "FORM_REQUEST_NOTHING": Message(
        "Спрашивать нечего: {what}.", "Начните сбор или добавьте в него школы, потом сделайте запрос."
    ),
    "FORM_REQUEST_FORM": Message(
        "В запросе «{file}» форма «{form}» записана с ошибкой.", "Попросите прислать запрос ещё раз."
    ),
    "FORM_REQUEST_NONE": Message("В файле «{file}» нет запроса: это не работа школы.", "Откройте сам файл запроса."),
    # filling
    "FORM_SCHOOL_NAME": Message("Не сказано, кто заполняет.", "Впишите фамилию, имя, отчество и должность."),
    "FORM_SCHOOL_OLDER": Message(
        "Запрос «{file}» старше того, на который вы уже отвечаете.", "Продолжайте: ответы на месте.", level="hint"
    ),
    "FORM_SCHOOL_NEWER": Message(
        "Запрос обновлён, ваши ответы на месте.", "Проверьте срок и вопросы.", level="hint"
    ),
    "FORM_SCHOOL_LOST": Message("{text}", "Проверьте этот пункт.", level="warning"),
    "FORM_SCHOOL_TYPED": Message(
        "{form}: набрано, но не закончено: {items}.", "Закончите ответ или сотрите набранное.", level="warning"
    ),
    # the reply
    "FORM_REPLY_FROM": Message(
        "Ответ школы: {who}, {when}.", "Проверьте, тот ли это человек.", level="hint"
    ),
    "FORM_REPLY_PROOFS": Message(
        "К ответу приложено подтверждений: {number}.", "Они запишутся вместе с ответами.", level="hint"
    ),
    "FORM_REPLY_ITEMS": Message(
        "В ответе есть пункты, которых в форме нет: {items}.", "Спросите школу, что она отвечала.", level="warning"
    ),
}  # fmt: skip
