"""Messages of terms and of the import of an existing plan."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    # terms
    "TERM_EMPTY": Message("Срок не указан.", "Впишите месяц и год, например «сентябрь 2026 года».", level="warning"),
    "TERM_UNKNOWN": Message(
        "Срок «{term}» не понятен как даты.", "Слова сохранены; допишите месяц и год или задайте даты сами.",
        level="warning",
    ),
    "TERM_FLOATING": Message(
        "В сроке «{term}» нет дат.", "Допишите месяцы или «в течение года».", level="warning"
    ),
    "TERM_NO_DAY": Message("В сроке «{term}» день, которого нет в календаре.", "Исправьте дату.", level="warning"),
    "TERM_NO_YEAR": Message(
        "В сроке «{term}» нет года, а месяц бывает в программе не один раз.", "Допишите год.", level="warning"
    ),
    "TERM_BACKWARDS": Message(
        "В сроке «{term}» конец раньше начала.",
        "Проверьте даты; если срок переходит на другой год, напишите оба года.",
        level="warning",
    ),
    "TERM_OUTSIDE": Message(
        "Срок «{term}» выходит за срок программы: {period}.", "Исправьте срок или годы программы.", level="warning"
    ),
    # files
    "IMP_PLAN_NO_TABLES": Message(
        "В файле «{name}» нет ни одной таблицы.", "Выберите файл с планом или вставьте таблицу из буфера обмена."
    ),
    "IMP_PLAN_REFUSED": Message(
        "План из файла «{name}» не прочитан. {why}", "Исправьте файл или выберите другой."
    ),
    "IMP_PLAN_WORD": Message(
        "Документ Word «{name}» не открывается.", "Откройте его в Word и сохраните заново как .docx."
    ),
    "IMP_PLAN_FORMAT": Message(
        "План из файла «{name}» прочитать нельзя: это {looks}.",
        "Подойдут .docx, .xlsx, .xls, .ods и текст с табуляцией. Старый .doc сохраните в Word как .docx.",
    ),
    # tables
    "IMP_PLAN_NOT_PLAN": Message(
        "{table}: не похоже на план, не прочитано строк: {rows}; первая — «{text}».",
        "Если это план, скажите, что стоит в столбцах.", level="hint",
    ),
    "IMP_PLAN_LEFT_OUT": Message(
        "{table}: пропущено строк: {rows}; первая — «{text}».", "Отметьте таблицу, если она нужна.", level="hint"
    ),
    "IMP_PLAN_SECOND_HEAD": Message(
        "{place}: здесь начинается другая таблица.", "Проверьте столбцы: строки ниже прочитаны по новым заголовкам.",
        level="hint",
    ),
    "IMP_PLAN_TO_NOTE": Message(
        "{table}: столбец «{column}» не узнан, его тексты перенесены в примечания.",
        "Если он важен, выберите, что в нём стоит.", level="hint",
    ),
    # rows
    "IMP_PLAN_TOTAL": Message(
        "{place}: итоговая строка не загружается: «{text}».", "Итоги программа считает сама.", level="hint"
    ),
    "IMP_PLAN_FOOTER": Message(
        "{place}: текст под таблицей не загружается: «{text}».", "Если он нужен, перенесите его в раздел программы.",
        level="hint",
    ),
    "IMP_PLAN_HEADING": Message(
        "{place}: заголовок без строк под ним: «{text}».", "Если это раздел, добавьте его в программу сами.",
        level="hint",
    ),
    "IMP_PLAN_GOES_ON": Message(
        "{place}: строка без номера присоединена к предыдущей.", "Проверьте, что это её продолжение.", level="hint"
    ),
    "IMP_PLAN_EMPTY_ROW": Message(
        "{place}: в строке только номер «{text}».", "Впишите мероприятие или удалите строку.", level="hint"
    ),
    "IMP_PLAN_NO_NAME": Message(
        "{place}: нет названия мероприятия.", "Строка загрузится без него; впишите название.", level="warning"
    ),
    "IMP_PLAN_OTHER_YEAR": Message(
        "{place}: срок «{term}» не из года {year}, под которым стоит строка.", "Исправьте срок или перенесите строку.",
        level="warning",
    ),
    "IMP_PLAN_MONEY_NO_YEAR": Message(
        "{place}: неясно, за какой год сумма «{raw}»; она перенесена в примечание.",
        "Впишите её в столбец нужного года.", level="warning",
    ),
    "IMP_PLAN_MONEY_YEAR": Message(
        "{place}: сумма «{raw}» за {year} год, а программа на {period}.", "Проверьте годы программы.", level="warning"
    ),
    "IMP_PLAN_TARGET_YEAR": Message(
        "{place}: значение «{raw}» на {year} год, а программа на {period}.", "Проверьте годы программы.",
        level="warning",
    ),
    "IMP_PLAN_NO_SOURCE": Message(
        "{place}: источник денег не назван, записан местный бюджет.", "Проверьте источник.", level="hint"
    ),
    "IMP_PLAN_SOURCE": Message(
        "{place}: источник «{source}» не из известных, сохранён как есть.", "Проверьте название источника.",
        level="hint",
    ),
    "IMP_PLAN_DOUBLE": Message(
        "{place}: такое мероприятие в программе уже есть.", "Строка не загрузится второй раз.", level="hint"
    ),
    "IMP_PLAN_TWICE": Message(
        "{place}: такое же мероприятие стоит в файле выше.", "Проверьте, не лишнее ли оно.", level="hint"
    ),
    "IMP_PLAN_NOT_KEPT": Message(
        "Файл «{name}» не сохранён внутри: {why}.", "План загрузится; сам файл храните отдельно.", level="hint"
    ),
    "IMP_PLAN_FILE_CHANGED": Message(
        "Файл «{name}» изменился или исчез после чтения.", "Прочитайте его ещё раз."
    ),
    "IMP_PLAN_NOTHING": Message(
        "Из файла «{name}» нечего загрузить.", "Покажите, что стоит в столбцах, или выберите другой файл."
    ),
    "IMP_PLAN_YEARS": Message(
        "Из файла не видно, на какие годы план.", "Укажите годы: --years 2025-2027 или в окне загрузки."
    ),
    "IMP_PLAN_TASK": Message("Такой задачи в программе нет: {key}.", "Выберите задачу из списка."),
}  # fmt: skip
