"""Messages of exports with a row a pupil and collection forms."""

from __future__ import annotations

from app.errors.message import Message

_ROWS: dict[str, Message] = {
    "IMP_LOGIN_MISSING": Message("Строка {row}: не указан логин школы.", "Строка не учтена."),
    "IMP_LOGIN_STRANGE": Message("Строка {row}: логин школы не похож на edu123456 или sch123456.", "Строка не учтена."),
    "IMP_VARIANT_ZERO": Message("Строка {row}: вариант 0.", "Ученик не учтён ни в участниках, ни в отметках."),
    "IMP_VARIANT_STRANGE": Message(
        "Строка {row}: вариант не число и не «отсутствовал».", "Ученик не учтён ни в участниках, ни в отметках."
    ),
    "IMP_VARIANT_EMPTY": Message(
        "Строка {row}: вариант не указан, но баллы есть.", "Ученик учтён; проверьте строку.", "warning"
    ),
    "IMP_POINT_STRANGE": Message(
        "Строка {row}: на месте балла стоит неизвестный знак.", "Ученик не учтён ни в участниках, ни в отметках."
    ),
    "IMP_POINT_EMPTY": Message(
        "Строка {row}: нет баллов за {tasks}.", "Ученик не учтён ни в участниках, ни в отметках."
    ),
    "IMP_SUM_ABOVE_MAXIMUM": Message(
        "Строка {row}: сумма баллов больше наибольшей возможной.", "Ученик не учтён ни в участниках, ни в отметках."
    ),
    "IMP_TOTAL_DIFFERS": Message(
        "Строка {row}: «{heading}» не равно сумме баллов за задания.",
        "Взята наша сумма; проверьте строку.",
        "warning",
    ),
    "IMP_ROW_SHIFTED": Message(
        "Строка {row}: значения сдвинуты и стоят правее последнего заголовка.",
        "Баллы взяты из своих столбцов; проверьте строку.",
        "warning",
    ),
    "IMP_TOTALS_DIFFER": Message(
        "«{heading}» не равно сумме баллов за задания в {rows} у {schools}; по одной показаны первые {shown}.",
        "Взяты наши суммы; проверьте, как заполнялся этот столбец.",
        "warning",
    ),
    "IMP_POINT_ABOVE_MAXIMUM": Message(
        "Строка {row}: баллов больше, чем можно получить за задание (наибольшее: {maximum}).",
        "Ученик не учтён ни в участниках, ни в отметках.",
    ),
    "IMP_PART_MISSED": Message(
        "Строка {row}: ученик отсутствовал на одной из частей работы.",
        "Он не учтён ни в участниках, ни в отметках.",
        "warning",
    ),
    "IMP_ROWS_UNFILLED": Message(
        "Строк с кодом участника, но без варианта и баллов: {rows}.", "Они не заполнены и не учтены.", "hint"
    ),
}

_REPORTS: dict[str, Message] = {
    "IMP_DECLARED_DIFFERS": Message(
        "В заголовке школы участников {declared}, а строк участников под ним {found}.",
        "Учтены строки; проверьте, цел ли файл.",
        "warning",
    ),
    "IMP_MARKS_DISAGREE": Message(
        "Работа «{work}»: отметки из файла и по шкале не совпали у {count} из {total} участников.",
        "Взяты отметки из файла; проверьте шкалу этой работы в справочнике.",
        "warning",
    ),
}

_SCALES: dict[str, Message] = {
    "IMP_SCALE_NO_MAXIMUM": Message(
        "Наибольший балл работы «{work}» в справочнике не указан.",
        "Превышение наибольшего балла не проверялось.",
        "hint",
    ),
    "IMP_SCALE_OTHER_MAXIMUM": Message(
        "Наибольший балл работы «{work}» в файле ({file}) не тот, что в справочнике шкал ({scale}).",
        "Проверьте, та ли это работа и верна ли шкала.",
        "warning",
    ),
}

MESSAGES: dict[str, Message] = {**_ROWS, **_REPORTS, **_SCALES}
