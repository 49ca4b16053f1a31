"""Messages of packages upward, their summary, and papers without people."""

from __future__ import annotations

from app.errors.message import Message

_AGAIN = "Попросите отправителя прислать пакет заново."

MESSAGES: dict[str, Message] = {
    "PACK_EMPTY": Message(
        "В пакет не выбрано ни одного документа.", "Отметьте документы журнала исходящих, которые уйдут наверх."
    ),
    "PACK_NO_NAME": Message("Не сказано, чей это пакет: муниципалитет не назван.", "Впишите его в настройках файла."),
    "PACK_UNKNOWN": Message("Пакета № {number} нет.", "Посмотрите список собранных пакетов."),
    "PACK_LARGE": Message(
        "Пакет не собран: в нём {size} МБ, а принимают до {limit} МБ.", "Разделите документы на два пакета."
    ),
    "PACK_NOT_PACKAGE": Message(
        "«{file}» — не пакет документов «Опоры».", "Нужен архив, в котором есть manifest.json."
    ),
    "PACK_DAMAGED": Message("Архив «{file}» повреждён или защищён паролем.", _AGAIN),
    "PACK_BOMB": Message("Архив «{file}» не открыт: распакованным он займёт слишком много места.", _AGAIN),
    "PACK_NAME": Message("В архиве опасное имя файла «{name}»: архив не открыт.", _AGAIN),
    "PACK_TWICE": Message("В архиве два файла с именем «{name}»: архив не открыт.", _AGAIN),
    "PACK_NEWER": Message(
        "Пакет «{file}» собран более новой программой (вид описания {version}).", "Обновите программу."
    ),
    "PACK_SCHEMA": Message("Описание пакета составлено неверно: {place} — {fault}.", _AGAIN),
    "PACK_MANIFEST_CHANGED": Message("Описание пакета (manifest.json) изменено после сборки.", _AGAIN),
    "PACK_FILE_MISSING": Message("В пакете нет файла «{name}», названного в описи.", _AGAIN),
    "PACK_FILE_EXTRA": Message(
        "В пакете лишний файл «{name}»: в описи его нет.", "Уточните у отправителя, что это за файл.", level="warning"
    ),
    "PACK_FILE_CHANGED": Message("Файл «{name}» изменён после сборки пакета.", _AGAIN),
    "PACK_DATA_SCHEMA": Message("Данные пакета составлены неверно: {place} — {fault}.", _AGAIN),
    "PACK_DATA_FIGURES": Message("Числа пакета не сходятся: {what}.", "Уточните числа у отправителя."),
    "PACK_NO_SIGNATURE": Message(
        "Документ «{title}» не подписан.", "Если нужна подпись, попросите подписанный файл.", level="warning"
    ),
    "PACK_SIGNATURE_BAD": Message("Подпись документа «{title}» не прошла проверку: {reason}", _AGAIN),
    "PACK_SIGNATURE_UNSEEN": Message(
        "Подпись документа «{title}» здесь не проверена: {reason}",
        "Проверьте её в программе криптопровайдера.",
        level="warning",
    ),
    "PACK_OTHER_ISSUER": Message(
        "Подпись документа «{title}» цела, но удостоверяющий центр здесь не подтверждён.",
        "Добавьте сертификат центра в доверенные или сверьте владельца по телефону.",
        level="warning",
    ),
    "PACK_REFUSED": Message("Пакет «{file}» не принят.", "{reason}"),
    "PACK_FOLDER_EMPTY": Message("В папке «{folder}» нет архивов .zip.", "Укажите папку с пакетами или сами пакеты."),
    "PACK_SAME": Message("Пакет «{file}» уже принят.", "Второй раз принимать его не нужно."),
    "PACK_NO_PERIOD": Message(
        "За период «{period}» принятых пакетов нет.", "Примите пакеты или назовите другой период: {known}."
    ),
    "PACK_NO_TAKEN": Message(
        "Принятого пакета с кодом {key} нет.", "Код принятых пакетов показывает opora package list --taken."
    ),
    "PACK_PERSON_LEFT": Message(
        "Документ без людей не записан: в нём осталось «{words}».",
        "Уберите это из текста документа и сделайте его заново.",
    ),
    "PACK_COPY_PLACE": Message("Обезличенная копия не может лечь на сам файл.", "Назовите другой файл."),
}
