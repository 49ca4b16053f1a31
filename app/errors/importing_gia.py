"""Messages of protocols and tables of the state examinations."""

from __future__ import annotations

from app.errors.message import Message

_LEFT_OUT: dict[str, Message] = {
    "IMP_GIA_GVE": Message(
        "«{exam}» — ГВЭ, {rows}.", "Они не приняты: ГВЭ не смешивается ни с ОГЭ, ни с ЕГЭ.", "warning"
    ),
    "IMP_GIA_ORAL": Message(
        "«{exam}» — одна устная часть, {rows}.",
        "Они не приняты: итог экзамена стоит в протоколе вместе с письменной частью.",
        "warning",
    ),
    "IMP_GIA_ESSAY": Message("«{exam}» — допуск к экзаменам, а не экзамен: {rows}.", "Они не приняты.", "warning"),
    "IMP_GIA_RETAKES": Message(
        "«{exam}» — осенняя пересдача, {rows}.",
        "Они не приняты: итоги года считаются по досрочному и основному периодам.",
        "warning",
    ),
    "IMP_GIA_APPEALS": Message(
        "Здесь результаты апелляций: {rows}{exams}. Оценок отдельных учеников программа не хранит и не правит.",
        "Попросите в РЦОИ протокол, составленный после апелляций, и загрузите его: он заменит прежний.",
        "warning",
    ),
    "IMP_GIA_NOT_SAT": Message("{exam}: без результата {total} ({parts}).", "В участники они не включены.", "hint"),
    "IMP_GIA_ONE_DAY": Message(
        "В файле один день экзамена: {exams}.",
        "Если был и резервный день, соберите оба протокола в одну книгу: загруженный отдельно заменит эти числа.",
        "hint",
    ),
}

_ROWS: dict[str, Message] = {
    "IMP_GIA_CODE_DIFFERS": Message(
        "Код экзамена {number} обычно означает «{usual}», а написано «{subject}».",
        "Взято название; проверьте, верен ли код.",
        "warning",
    ),
    "IMP_GIA_NO_SCHOOL": Message(
        "Строка {row}: не указан код ОО.", "Участник не учтён; впишите код и загрузите файл ещё раз."
    ),
    "IMP_GIA_SCHOOL_STRANGE": Message(
        "Строка {row}: код ОО не похож на код.", "Участник не учтён; исправьте код и загрузите файл ещё раз."
    ),
    "IMP_GIA_SCORE_STRANGE": Message(
        "Строка {row}: балл — не целое число от 0 до {most}.", "Участник не учтён; проверьте строку."
    ),
    "IMP_GIA_MARK_STRANGE": Message("Строка {row}: оценка не от 2 до 5.", "Участник не учтён; проверьте строку."),
    "IMP_GIA_MARK_MISSING": Message("Строка {row}: баллы есть, а оценки нет.", "Участник не учтён; проверьте строку."),
    "IMP_GIA_TEST_MISSING": Message(
        "Строка {row}: первичный балл есть, а тестового нет.", "Участник не учтён; проверьте строку."
    ),
    "IMP_GIA_PUPIL_TWICE": Message(
        "Строки {first} и {row}: один ученик школы {school} сдавал этот экзамен в разные дни.",
        "Учтена одна строка — {taken}; проверьте, так ли это.",
        "warning",
    ),
    "IMP_GIA_ROW_TWICE": Message(
        "Строки {first} и {row}: один ученик школы {school} записан дважды на один экзамен.",
        "Учтена одна строка — {taken}; проверьте файл.",
        "warning",
    ),
    "IMP_GIA_NAMESAKES": Message(
        "Строки {first} и {row}: в школе {school} двое с одинаковыми именами на одном экзамене.",
        "Учтены обе; если это один ученик, уберите лишнюю строку и загрузите файл ещё раз.",
        "warning",
    ),
    "IMP_GIA_TOTAL_DIFFERS": Message(
        "«{exam}»: под таблицей указано участников {stated}, а с результатом их {sat}.",
        "Проверьте, весь ли протокол в файле.",
        "warning",
    ),
    "IMP_GIA_MINIMUM_DIFFERS": Message(
        "{exam}: в файле указана минимальная граница {stated}, а взято {known}.",
        "Если в файле не первичный балл, проверьте справочник порогов.",
        "hint",
    ),
    "IMP_GIA_ANSWERS_UNREAD": Message(
        "{exam}: у {rows} записи ответов не разобраны.", "В итоги по заданиям они не вошли, в остальное вошли.", "hint"
    ),
    "IMP_GIA_TASKS_DIFFER": Message(
        "{exam}: баллы за задания не дают в сумме первичного балла, расхождений {wrong} из {known}.",
        "Итоги по заданиям приняты; смотрите на них с осторожностью.",
        "hint",
    ),
    "IMP_GIA_TASKS_LEFT_OUT": Message(
        "{exam}: баллы за задания не дают в сумме первичного балла, расхождений {wrong} из {known}.",
        "Итоги по заданиям не приняты, остальное принято.",
        "warning",
    ),
}

_THRESHOLDS: dict[str, Message] = {
    "IMP_THRESHOLD_TOML": Message(
        "Справочник порогов не читается: {reason}.", "Исправьте текст справочника; прежние пороги остались в силе."
    ),
    "IMP_THRESHOLD_FAULT": Message(
        "Справочник порогов, {place}: {fault}.", "Исправьте текст справочника; прежние пороги остались в силе."
    ),
}

MESSAGES: dict[str, Message] = {**_LEFT_OUT, **_ROWS, **_THRESHOLDS}
