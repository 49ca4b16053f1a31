"""Messages of the register of outgoing papers."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "OUTREG_WITHDRAWN": Message(
        "Документ № {number} отозван: записать в его строку ничего нельзя.", "Запишите в журнал новый документ."
    ),
    "OUTREG_FUTURE": Message("{day} ещё не наступило.", "Впишите день, когда это произошло."),
    "OUTREG_EMPTY": Message("Не сказано, в чём замечание.", "Впишите замечание: хотя бы одну фразу."),
    "OUTREG_NO_REMARK": Message(
        "У документа № {number} нет замечаний без ответа.", "Сначала впишите само замечание, потом ответ на него."
    ),
    "OUTREG_NO_EVENT": Message(
        "Такой записи у документа уже нет.", "Обновите журнал: её мог убрать другой человек или отмена."
    ),
    "OUTREG_VERSION": Message(
        "Документ № {number} не может заменить документ № {former}.",
        "Новая версия ссылается на прежний документ, который ещё никем не заменён.",
    ),
    "OUTREG_COLUMN": Message("Столбца «{column}» в журнале нет.", "Можно изменить: {known}."),
}
