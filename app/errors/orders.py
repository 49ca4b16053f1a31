"""Messages of signers, of what is put round papers and of drafts of orders."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "ORDER_SIGNER_GONE": Message(
        "Такого подписывающего в списке нет.", "Откройте «Подписывающие…» и выберите другого."
    ),
    "ORDER_BLOCKS": Message(
        "Грифов вместе с отметкой о приложении {count}: больше трёх на странице не помещается.",
        "Оставьте не больше трёх.",
    ),
    "ORDER_DRESS_DATE": Message("«{text}» не похоже на дату.", "Впишите дату так: 28.11.2026."),
    "ORDER_KIND": Message("Приказа вида «{kind}» в программе нет.", "Есть: {known}."),
    "ORDER_ACT": Message("Вида документа «{act}» нет.", "Есть: {known}."),
    "ORDER_VALUE": Message("Настройки «{key}» у приказа нет.", "Есть: {known}."),
    "ORDER_CHOICE": Message("{what} «{value}» в файле нет: настройка {key} не записана.", "Есть: {known}."),
    "ORDER_GONE": Message(
        "Такого проекта приказа в файле нет: его удалили, или код другой.",
        "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённый проект.",
    ),
    "ORDER_SIGNED": Message(
        "Приказ уже подписан: № {number} от {dated}. Его текст не меняется.",
        "Чтобы изменить решение, составьте новый проект.",
    ),
    "ORDER_NO_POINT": Message("Пункта «{point}» в этом проекте нет.", "Выберите пункт из тех, что показаны в проекте."),
    "ORDER_EMPTY": Message("Пункт пуст.", "Впишите текст или уберите пункт."),
    "ORDER_NUMBER": Message("Нужны и номер, и дата приказа.", "Впишите их так, как они стоят на подписанном приказе."),
    "ORDER_NO_NUMBER": Message("У приказа ещё нет номера и даты.", "Впишите их, когда приказ подпишут."),
    "ORDER_DRESS_FILE": Message(
        "Файл «{file}» не читается как оформление документа.", "Возьмите файл, который напечатала opora dress show."
    ),
}
