"""Messages of writing what files bring: codes, repeats, lists from outside, profiles, kept files."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_CODE_TAKEN": Message(
        "Код {value} школы «{school}» не записан: он уже стоит у школы «{other}».",
        "Проверьте код в файле или объедините записи.",
        level="warning",
    ),
    "DATA_TWICE_DIFFERS": Message(
        "{school}, {what}, {year}: в файле два ряда чисел об одной школе. Записан первый ({first}), строка {row};"
        " второй ({second}) не записан.",
        "Проверьте, одна ли это школа: её название в файле написано по-разному.",
        level="warning",
    ),
    "DATA_NOT_OF_SCHOOL": Message(
        "Не о школах: {rows}. Эти сведения хранятся только по школам.",
        "Строки региона и муниципалитета не загружены, так и должно быть.",
        level="hint",
    ),
    "DATA_LIST_REPLACED": Message(
        "Список «{title}» за {year} год уже есть (файл: {file}), он заменяется: новых записей {new}, изменённых"
        " {changed}, исключённых {gone}.",
        "Если это другой список, дайте ему другое название; замену можно отменить.",
        level="warning",
    ),
    "DATA_LIST_BESIDE": Message(
        "За {year} год уже есть {word} того же вида ({kind}): {names}. Новый хранится рядом.",
        "Лишний список можно убрать: opora external remove.",
        level="hint",
    ),
    "DATA_FEWER_ASKED": Message(
        "Участников меньше, чем уже загружено: {school}, {what}, {year} год — было {before} ({file}), здесь {after}.",
        "Похоже на протокол одного резервного дня. Чтобы сложить дни, соберите оба протокола в одну книгу. Иначе"
        " скажите, оставить прежние числа или заменить их; без ответа файл не загрузится.",
    ),
    "DATA_FEWER_KEPT": Message(
        "Участников в файле меньше, чем уже загружено; прежние числа оставлены, таких записей: {rows}.",
        "Чтобы сложить дни экзамена, соберите оба протокола в одну книгу.",
        "hint",
    ),
    "DATA_NO_PROFILE": Message("Разметки «{name}» нет. Есть: {names}.", "Все разметки: opora profiles."),
    "DATA_PROFILE_NAME": Message("У разметки нет названия.", "Впишите, как её называть."),
    "DATA_PROFILE_TAKEN": Message("Разметка «{name}» уже есть.", "Дайте другое название или сначала удалите прежнюю."),
    "DATA_NO_WORK": Message(
        "Процедуры «{work}» в файле нет.",
        "Назовите одну из тех, что есть: {names}.",
    ),
    "DATA_NO_LIST": Message("Такого списка нет.", "Все списки: opora external list."),
    "DATA_SEVERAL_LISTS": Message("Подходит несколько списков: {names}.", "Назовите номер списка: --list НОМЕР."),
    "DATA_DOCUMENT_TITLE": Message("У документа нет названия.", "Впишите, как называется письмо или приказ."),
    "DATA_NO_DOCUMENT_FILE": Message(
        "К документу «{title}» файл не приложен.", "Приложите его: opora external document --file."
    ),
    "DATA_FILE_LARGE": Message(
        "Файл «{file}» больше {limit} МБ, он не приложен.", "Уменьшите файл или поднимите предел в настройках."
    ),
    "DATA_NO_FILE": Message("Среди загруженных нет файла «{query}».", "Все файлы с номерами: opora files."),
    "DATA_SEVERAL_FILES": Message("Под «{query}» подходит несколько файлов: {names}.", "Назовите номер файла."),
    "DATA_FILE_NOT_KEPT": Message(
        "Сам файл «{file}» не хранится: известны только его имя и контрольная сумма.",
        "Файлы со строками учеников и слишком большие не хранятся; возьмите его там, откуда загружали.",
    ),
    "DATA_NO_VALUE": Message("Такого значения нет: {query}.", "Проверьте школу, год и предмет."),
    "IMP_FOLDER_LOCK": Message(
        "«{file}» в папке «{folder}» пропущен: это след открытой книги, а не сама книга.",
        "Если книга открыта, сохраните и закройте её.",
        level="hint",
    ),
    "IMP_FOLDER_OTHERS": Message(
        "В папке «{folder}» пропущено: {passed}, не таблицы ({kinds}).",
        "Нужный файл можно назвать отдельно.",
        level="hint",
    ),
    "IMP_FOLDER_EMPTY": Message(
        "В папке «{folder}» нет ни одной таблицы.", "Проверьте, та ли это папка: нужны файлы Excel, ODS или CSV."
    ),
    "IMP_FOLDER_LARGE": Message(
        "В папке «{folder}» таблиц {found}, за раз загружается не больше {most}.", "Выберите папку поменьше."
    ),
    "IMP_FOLDER_CLOSED": Message("Папка «{folder}» не открывается.", "Проверьте права доступа.", level="warning"),
}
