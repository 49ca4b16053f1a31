"""Messages of lists of participants that come as files."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "EVENT_FILE_REFUSED": Message("Список участников не взят. {why}", "Можно выбрать и другой файл."),
    "EVENT_FILE_NO_TABLES": Message(
        "В файле «{name}» нет ни одной таблицы.", "Выберите файл со списком участников или вставьте список целиком."
    ),
    "EVENT_FILE_FORMAT": Message(
        "Список из файла «{name}» прочитать нельзя: это {looks}.",
        "Подойдут .xlsx, .xls, .ods, .csv и таблица в документе .docx.",
    ),
    "EVENT_FILE_NOTHING": Message(
        "Из файла «{name}» вписывать некого.", "Покажите, в каком столбце ФИО, или выберите другой лист."
    ),
    "EVENT_FILE_NO_SHEET": Message(
        "Листа «{sheet}» нет в файле «{name}». В нём есть: {known}.", "Впишите название листа так, как в файле."
    ),
    "EVENT_FILE_NO_NAMES": Message(
        "{place}: столбец с именами не найден.", "Если имена там есть, покажите, в каком они столбце.", "hint"
    ),
    "EVENT_FILE_ROWS_PASSED": Message(
        "{place}: не люди, пропущено: {told}.", "Это итоги, заголовки и подписи.", "hint"
    ),
    "EVENT_FILE_PRIVATE": Message(
        "{place}: личные сведения не берутся ({columns}).", "В файле программы их не будет.", "hint"
    ),
    "EVENT_FILE_SCRUBBED": Message(
        "{place}: телефон или почта стояли рядом с другими словами и не взяты.", "Остальное в ячейке осталось.", "hint"
    ),
    "EVENT_FILE_SHEET_SCHOOL": Message(
        "{place}: столбца со школой нет, школа взята из названия листа: {school}.", "Проверьте, так ли это.", "hint"
    ),
    "EVENT_FILE_PUPILS": Message(
        "Строк об учениках: {told}. Они не берутся.", "Учеников программа по именам не вписывает.", "hint"
    ),
    "EVENT_FILE_SCHOOL_UNKNOWN": Message(
        "{place}: школы {raw} в реестре нет.",
        "Выберите школу или поправьте ячейку потом: она останется с пометкой.",
        "warning",
    ),
    "EVENT_FILE_SCHOOL_SEVERAL": Message(
        "{place}: {raw} подходит нескольким школам: {names}.",
        "Выберите школу или поправьте ячейку потом.",
        "warning",
    ),
    "EVENT_FILE_NO_SCHOOL": Message("{place}: школа не названа.", "Её можно вписать в списке события.", "hint"),
    "EVENT_FILE_TWICE": Message(
        "{place}: этот человек уже есть в файле ({first}).", "Второй раз он не впишется.", "hint"
    ),
    "EVENT_FILE_LIKE": Message(
        "{place}: возможно, это тот же человек, что и {other} ({where}).",
        "Если это он, уберите строку отсюда.",
        "warning",
    ),
    "EVENT_FILE_NAMESAKE": Message(
        "{place}: такое же имя есть, но из другой школы: {other} ({where}).",
        "Если это один человек, уберите строку отсюда.",
        "warning",
    ),
    "EVENT_FILE_ODD": Message(
        "{place}: {raw} не похоже на имя, строка не впишется.",
        "Если это человек, нажмите «Всё равно вписать».",
        "warning",
    ),
    "EVENT_FILE_SURNAME": Message(
        "{place}: одна фамилия, без имени.", "Допишите имя: без него не дать сертификат.", "hint"
    ),
    "EVENT_FILE_MARK": Message(
        "{place}: отметка {raw} не понята, был ли человек, останется пустым.",
        "Отметьте его в списке события пробелом.",
        "warning",
    ),
    "EVENT_FILE_OTHER_MARK": Message(
        "{place}: в списке события стоит {there}, в файле {raw}.",
        "Останется то, что в списке.",
        "warning",
    ),
}
