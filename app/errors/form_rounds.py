"""Messages of rounds of forms: sending, answering, accepting."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "FORM_LOCKED": Message(
        "Форма «{form}» принята: {subject}. Ответы закрыты.",
        "Чтобы изменить ответ, снимите принятие и впишите причину.",
    ),
    "FORM_NOT_LOCKED": Message("Форма «{form}» ещё не принята: {subject}.", "Снимать нечего: ответы можно менять."),
    "FORM_NOT_ACCEPTED": Message("Форма «{form}» ещё не принята: {subject}.", "Сначала примите её, потом утвердите."),
    "FORM_OF_PARTS": Message(
        "Форма «{form}» складывается из других: её не отправляют и не принимают.",
        "Отправьте и примите формы, из которых она складывается; баллы соберутся сами.",
    ),
    "FORM_NOT_READY": Message(
        "Форму «{form}» рано принимать: {subject}. Нужно проверить: {problems}.",
        "Исправьте ответы, верните форму на доработку или примите её как есть.",
    ),
    "FORM_NO_CASE": Message("Такого ответа в файле нет: {key}.", "Все ответы сбора: opora form board."),
    "FORM_NO_ROUND": Message("Такого сбора в файле нет: {key}.", "Все сборы: opora form rounds."),
    "FORM_NO_ITEM": Message("В форме «{form}» нет пункта «{item}».", "Пункты формы: opora form show."),
    "FORM_NO_SUBJECTS": Message(
        "Форму «{form}» некому отправить.", "Выберите хотя бы одну школу. Закрытые школы не опрашиваются."
    ),
    "FORM_NO_REASON": Message("Причина не вписана.", "Впишите её в нескольких словах: она останется в истории."),
    "FORM_NO_REMARK": Message("Замечание не вписано.", "Впишите, что нужно доработать: его увидит школа."),
    "FORM_NO_LEVEL": Message("В форме «{form}» нет уровня «{level}».", "Есть: {known}."),
    "FORM_NOT_DATE": Message("«{raw}» — не дата.", "Впишите её как 28.11.2026."),
    "FORM_EVIDENCE_BIG": Message(
        "Файл «{file}» слишком велик: {size} МБ.", "Приложите файл до {limit} МБ или впишите ссылку на него."
    ),
    "FORM_EVIDENCE_NOTHING": Message("Приложить нечего.", "Выберите файл или впишите ссылку."),
    "FORM_NO_EVIDENCE": Message("Такого подтверждения нет.", "Откройте форму заново и выберите его в списке."),
    "FORM_ROUND_USED": Message(
        "Сбор «{title}» удалить нельзя: ответы уже есть ({answers}).", "Закройте сбор: ответы останутся."
    ),
    "FORM_COURSE_LOCKED": Message(
        "Эти курсы пришли из принятой формы: {school}.", "Снимите принятие формы «{form}» и измените ответ в ней."
    ),
    "FORM_COURSE_WORD": Message("«{raw}» здесь не подходит.", "Есть: {known}."),
    "FORM_COURSE_NUMBER": Message("«{raw}» — не число людей.", "Впишите целое число от 0 до 9999."),
    "FORM_COURSE_MISSING": Message("Для записи не хватает: {keys}.", "Впишите их или вызовите команду без записи."),
    "FORM_NO_COURSE": Message("Такой записи о курсах нет.", "Откройте реестр курсов заново."),
    "STORE_FORM_UNKNOWN": Message(
        "Сбор «{title}» ссылается на форму, которой в программе нет: {form} {version}.",
        "Загрузите эту форму из файла на вкладке «Чек-листы».", level="warning",
    ),
    "STORE_FORM_ITEM": Message(
        "{subject}: ответ на пункт «{item}», которого нет в форме «{form}».",
        "Ответ сохранён, но нигде не считается.", level="warning",
    ),
    "STORE_FORM_NO_METRIC": Message(
        "Форма «{form}», пункт {item}: показателя «{metric}» нет в справочнике.",
        "Добавьте показатель, иначе ответ останется только в форме.", level="warning",
    ),
    "STORE_FORM_METRIC": Message(
        "{school}: показатель «{metric}» за {year} расходится с принятой формой «{form}».",
        "Проверьте, какое число верно: в форме {answer}, в показателе {value}.", level="warning",
    ),
}  # fmt: skip
