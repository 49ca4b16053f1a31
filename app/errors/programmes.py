"""Messages of the programme: its tree, its values, its life."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "PROGRAMME_UNKNOWN": Message("Такой программы в файле нет: {key}.", "Все программы: opora programme list."),
    "PROGRAMME_FROZEN": Message(
        "Программа «{title}» утверждена, редакция {edition}.",
        "Она не меняется. Начните корректировку: вкладка «Согласование», «Новая редакция…».",
    ),
    "PROGRAMME_NO_TITLE": Message("У программы нет наименования.", "Впишите его, например: «Поддержка школ округа»."),
    "PROGRAMME_YEARS": Message(
        "Срок программы указан неверно: {first}–{last}.", "Укажите годы от 2000 до 2100, первый не позже последнего."
    ),
    "PROGRAMME_SCHOOL": Message("Не выбрана школа, чья это программа.", "Выберите школу из списка."),
    "PROGRAMME_NONE": Message("В файле нет ни одной программы.", "Начните её: вкладка «Программа», «Новая…»."),
    "PROGRAMME_NO_PAPER": Message("Документа «{what}» у программы нет.", "Есть: {known}."),
    "PROGRAMME_NO_NODE": Message(
        "Этой строки программы больше нет.", "Обновите вкладку: возможно, строку удалили. Отмена (Ctrl+Z) вернёт её."
    ),
    "PROGRAMME_NOT_UNDER": Message(
        "{what} не может стоять здесь: {where}.", "Перенесите строку туда, где ей место, или оставьте без раздела."
    ),
    "PROGRAMME_NOT_LINK": Message("Эти строки так не связывают.", "Связать можно мероприятие с индикатором, задачу с "
                                  "причиной или проблемой, цель с проблемой, мероприятие с мероприятием."),
    "PROGRAMME_NOT_NUMBER": Message(
        "«{raw}» — не число.", "Впишите число, например 12,5. Слова поставьте в примечание."
    ),
    "PROGRAMME_NOT_SCHOOL": Message(
        "«{raw}»: такой школы в реестре нет.", "Впишите «все школы», «школы списка» или краткие названия через «;»."
    ),
    "PROGRAMME_NOT_TREND": Message("«{raw}» — не направление изменения.", "Впишите: рост, снижение или не ниже."),
    "PROGRAMME_NOT_SUM": Message(
        "«{raw}» — не сумма.", "Впишите сумму в рублях: «120 000», «1200,50» или «12,5 тыс.»."
    ),
    "PROGRAMME_NOT_YEAR": Message("«{raw}» — не год.", "Впишите год четырьмя цифрами, например 2026."),
    "PROGRAMME_NOT_CHOICE": Message("«{raw}» здесь не подходит.", "Можно: {known}."),
    "PROGRAMME_COLUMN": Message("Столбца «{column}» в этой таблице нет.", "Сообщите об этом разработчикам."),
    "PROGRAMME_DIRECTION_NAMELESS": Message("У направления нет названия.", "Впишите его или удалите направление."),
    "PROGRAMME_NOT_DATE": Message("«{raw}» — не дата.", "Впишите дату, например 15.03.2026."),
    "PROGRAMME_NAMELESS": Message("Не сказано, с кем согласуют программу.", "Впишите орган или организацию."),
    "PROGRAMME_NO_REMARK": Message("Замечание пустое.", "Впишите, что нужно исправить."),
    "PROGRAMME_NO_ACT": Message("Не указано, чем утверждена программа.", "Впишите вид документа и его номер."),
    "PROGRAMME_NO_REASON": Message("Не указана причина.", "Впишите, почему отменяется утверждение."),
    "PROGRAMME_NOT_APPROVED": Message(
        "Программа «{title}» не утверждена.", "Сначала утвердите её: вкладка «Согласование»."
    ),
    "PROGRAMME_EDITION_OPEN": Message(
        "У программы «{title}» уже есть редакция {edition}.", "Работайте в ней: она есть в списке программ."
    ),
}  # fmt: skip
