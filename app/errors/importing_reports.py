"""Messages of reports in percent, long tables, lists from outside."""

from __future__ import annotations

from app.errors.message import Message

_REPORTS: dict[str, Message] = {
    "IMP_REPORT_LAYOUT": Message(
        "Файл «{name}» — отчёт «{report}», но таблица в нём устроена незнакомо.",
        "Скачайте отчёт заново из раздела «Аналитика» и не меняйте в нём строк и столбцов.",
    ),
    "IMP_COLUMN_LEFT_OUT": Message("Столбец «{title}» не прочитан.", "Для этого отчёта он не нужен.", "hint"),
    "IMP_UNIT_UNCLEAR": Message(
        "Не понять, к кому относится столбец «{name}»: это школа, район, регион или страна.",
        "Столбец не принят; впишите полное название или код в скобках и загрузите файл ещё раз.",
    ),
    "IMP_TASK_UNCLEAR": Message("Не понять, о каком задании эта строка.", "Строка не принята."),
    "IMP_PERCENTS_MISSING": Message("Участники указаны, а процентов нет.", "Строка не принята.", "warning"),
    "IMP_TASK_NO_MAXIMUM": Message(
        "Наибольший балл за задание {task} неизвестен.",
        "Процент выполнения этого задания не принят.",
        "warning",
    ),
    "IMP_PARTICIPANTS_UNKNOWN": Message(
        "Неизвестно, сколько было участников: {unit}.", "Этот столбец не принят.", "warning"
    ),
    "IMP_MAXIMUM_DIFFERS": Message(
        "Наибольшие баллы за задания дают в сумме {total}, а в отчёте указано {stated}.",
        "Проверьте наибольшие баллы за задания.",
        "warning",
    ),
    "IMP_POINTS_APPROXIMATE": Message(
        "Баллы восстановлены из округлённых процентов; в больших выборках (здесь {lines}) они приблизительны.",
        "Проценты верны.",
        "hint",
    ),
    "IMP_SCORES_APPROXIMATE": Message(
        "Количества по баллам восстановлены из округлённых процентов: возможна ошибка до {off} чел. в балле.",
        "Доли верны; на такие количества не опирайтесь с точностью до человека.",
        "warning",
    ),
    "IMP_SCORE_BEYOND": Message(
        "Есть участники с баллом {score}, а наибольший балл работы {stated}.",
        "Строка не принята.",
    ),
    "IMP_SCORES_COUNT": Message("По баллам насчитано {total}, а участников {participants}.", "Строка не принята."),
    "IMP_SCORES_SUM": Message("Доли участников по баллам не дают в сумме 100 %.", "Строка не принята."),
}

MESSAGES: dict[str, Message] = {**_REPORTS}
