"""Messages of comparing our registry with that of another year."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_NOT_REGISTRY": Message(
        "«{name}» — не реестр школ, сверять его не с чем.", "Нужна таблица, в которой каждая строка — школа."
    ),
    "DATA_NO_CHANGE": Message(
        "Отличия с ключом «{key}» в сверке нет, ничего не записано.",
        "Ключи покажет сверка: opora school changes; после изменений в реестре они могут стать другими.",
    ),
    "DATA_CHANGE_ACTION": Message(
        "Для отличия «{key}» нельзя выбрать «{action}», ничего не записано.", "Можно: {possible}."
    ),
    "DATA_CHANGE_STALE": Message(
        "Отличие «{key}» устарело: карточка школы «{school}» с тех пор изменилась. Ничего не записано.",
        "Сверьте файл ещё раз.",
    ),
    "DATA_CHANGE_TARGET": Message(
        "Отличие «{key}»: не сказано, с какой школой связать «{school}». Ничего не записано.",
        "Назовите эту школу или выберите завести её в той же сверке.",
    ),
    "DATA_DECISIONS": Message(
        "Решения в «{file}» не прочитаны: {detail}.",
        "Нужен объект JSON: ключ отличия и действие, например «new:edu000001»: «create».",
    ),
}
