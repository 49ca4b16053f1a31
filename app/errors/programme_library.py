"""Messages of the library of wordings and of the programmes of schools."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "PROGRAMME_WORDING_FAULTS": Message(
        "Формулировки из «{name}» не взяты, {found}: {details}", "Исправьте файл и возьмите его снова."
    ),
    "PROGRAMME_WORDING_LARGE": Message(
        "Файл формулировок слишком большой.", "Разделите его: до одного мегабайта в файле."
    ),
    "PROGRAMME_WORDING_TOML": Message(
        "Это не файл формулировок: {reason}.", "Возьмите файл, который сохранила «Опора»."
    ),
    "PROGRAMME_WORDING_FORMAT": Message("Неизвестный формат файла формулировок: {found}.", "Нужен format = 1."),
    "PROGRAMME_WORDING_FIELD_UNKNOWN": Message("{place}: поля «{key}» у этой формулировки нет.", "Удалите его."),
    "PROGRAMME_WORDING_FIELD_MISSING": Message("{place}: нет поля «{key}».", "Впишите его."),
    "PROGRAMME_WORDING_FIELD_WRONG": Message("{place}: поле «{key}» заполнено неверно: {raw}.", "Исправьте значение."),
    "PROGRAMME_WORDING_TWICE": Message("Формулировка «{place}» записана дважды.", "Оставьте одну."),
    "PROGRAMME_WORDING_LINK": Message(
        "{place}: «{raw}» в поле «{key}» ни на что не указывает.", "Впишите ключ, который есть в библиотеке."
    ),
    "PROGRAMME_WORDING_UNKNOWN": Message(
        "Такой формулировки в библиотеке нет: {key}.", "Обновите окно: её могли удалить."
    ),
    "PROGRAMME_WORDING_SHIPPED": Message(
        "Формулировка «{text}» поставлена с программой.", "Менять и удалять можно только свои формулировки."
    ),
    "PROGRAMME_WORDING_EMPTY": Message("Формулировка пустая.", "Впишите её текст."),
    "PROGRAMME_WORDING_NOTHING": Message(
        "Своих формулировок в файле нет.", "Добавьте: «В библиотеку…» у строки программы."
    ),
    "PROGRAMME_NO_BASELINE": Message(
        "Для индикатора «{text}» в файле нет данных.", "Загрузите результаты или впишите исходное значение."
    ),
    "PROGRAMME_NO_SCHOOLS": Message("Не выбраны школы с программами.", "Отметьте школы или начните их программы."),
    "PROGRAMME_HAS_ONE": Message(
        "У всех выбранных школ программа на эти годы уже есть.", "Откройте её или выберите другие школы."
    ),
}
