"""Messages of context metrics, projects, lists from outside, checks of the data."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_CATALOGUE": Message(
        "Справочник показателей не прочитан: {faults}.", "Исправьте текст и обновите справочник снова."
    ),
    "DATA_NO_METRIC": Message(
        "Показателя «{query}» нет в справочнике.", "Все показатели: opora metrics catalogue; свой можно добавить."
    ),
    "DATA_METRIC_TAKEN": Message(
        "Показатель «{name}» не добавлен: так уже называется «{other}».", "Дайте своему показателю другое название."
    ),
    "DATA_METRIC_SHIPPED": Message(
        "Показатель «{name}» входит в справочник программы, его нельзя убрать.", "Убрать можно только свой показатель."
    ),
    "DATA_METRIC_USED": Message(
        "Показатель «{name}» не убран: по нему есть значения у школ ({values}).", "Сначала очистите эти ячейки."
    ),
    "DATA_NOT_NUMBER": Message("«{raw}» — не число.", "Впишите число цифрами.", level="warning"),
    "DATA_NOT_WHOLE": Message("«{raw}» — не целое число.", "Впишите одно целое число без пояснений.", level="warning"),
    "DATA_NEGATIVE": Message("«{raw}» меньше нуля.", "Впишите число не меньше нуля.", level="warning"),
    "DATA_TOO_GREAT": Message("Число «{raw}» слишком велико.", "Проверьте, нет ли лишних цифр.", level="warning"),
    "DATA_NOT_SHARE": Message(
        "«{raw}» — не доля.", "Впишите её как «12 из 340», «12/340» или «3,5 %».", level="warning"
    ),
    "DATA_PART_ABOVE_WHOLE": Message("В доле «{raw}» часть больше целого.", "Проверьте оба числа.", level="warning"),
    "DATA_NOT_FLAG": Message("«{raw}» — не «да» и не «нет».", "Впишите «да» или «нет».", level="warning"),
    "DATA_OUT_OF_BOUNDS": Message(
        "{value}: такое значение необычно, ожидается {bounds}.",
        "Проверьте число; если оно верное, объясните его.",
        level="warning",
    ),
    "DATA_TEXT_LONG": Message("Текст длиннее 2000 знаков.", "Сократите его.", level="warning"),
    "DATA_PROJECT_CATALOGUE": Message(
        "Справочник проектов не прочитан: {faults}.", "Исправьте текст и обновите справочник снова."
    ),
    "DATA_PROJECT_KIND": Message("Вида проектов «{query}» нет в справочнике.", "Есть: {known}."),
    "DATA_PROJECT_LEVEL": Message("«{level}» — не уровень проекта.", "Есть: {known}."),
    "DATA_PROJECT_NAME": Message("У проекта нет названия.", "Впишите название."),
    "DATA_NO_PROJECT": Message("Проекта № {number} нет.", "Все проекты с номерами: opora projects."),
}
