"""Messages of tables read by a person's map, layouts, formulas."""

from __future__ import annotations

from app.errors.message import Message

_TEXT: dict[str, Message] = {
    "IMP_CSV_QUOTES": Message(
        "В строке {row} кавычки внутри ячейки не удвоены.",
        "Строка разобрана по разделителям; проверьте, не съехали ли столбцы.",
        "warning",
    ),
}

_UNKNOWN: dict[str, Message] = {
    "IMP_EMPTY_BOOK": Message(
        "В файле «{name}» на видимых листах нет ни одной заполненной ячейки.",
        "Если таблица на скрытом листе, покажите его в Excel; иначе проверьте, тот ли файл выбран.",
    ),
}

_PROFILES: dict[str, Message] = {
    "IMP_PROFILE_TOML": Message("Разметка таблицы не читается: {reason}.", "Исправьте её или составьте заново."),
    "IMP_PROFILE_FAULT": Message("Разметка таблицы, {place}: {fault}.", "Исправьте её или составьте заново."),
    "IMP_PROFILE_UNFIT": Message(
        "Разметка «{profile}» не подходит к файлу «{name}»: таких заголовков в нём нет.",
        "Укажите строку заголовков и столбцы заново.",
    ),
    "IMP_PROFILE_GONE": Message(
        "В таблице нет столбцов, которые были, когда составляли разметку: {headings}.",
        "Остальные прочитаны; проверьте, не переименованы ли эти.",
        "warning",
    ),
    "IMP_PROFILE_NEW": Message(
        "В таблице есть столбцы, которых разметка не знает: {headings}.",
        "Они не прочитаны; если они нужны, дополните разметку.",
        "hint",
    ),
    "IMP_HEADER_ANSWER": Message(
        "Указание строки заголовков «{answer}» не понято.", "Назовите строку или две: «7» или «7-8»."
    ),
}

_FORMULAS: dict[str, Message] = {
    "IMP_CELL_ERROR": Message(
        "В ячейке ошибка Excel {value}: значения в ней нет.", "Исправьте формулу и сохраните файл заново.", "warning"
    ),
    "IMP_FORMULA_STALE": Message(
        "Формула «={formula}» даёт {ours}, а в файле при ней записано {kept}.",
        "Взято пересчитанное; откройте файл в Excel, пересчитайте и сохраните.",
        "warning",
    ),
    "IMP_FORMULA_EMPTY": Message(
        "При формуле «={formula}» нет значения: файл записан программой, которая не считает.",
        "Откройте файл в Excel и сохраните: значения появятся.",
        "warning",
    ),
    "IMP_FORMULAS_COUNTED": Message(
        "Формулы без сохранённых значений посчитаны заново; таких ячеек: {count}.",
        "Проверьте несколько из них по исходному файлу.",
        "hint",
    ),
    "IMP_FORMULAS_MORE": Message(
        "Ячеек с такими же ошибками формул ещё: {count}.", "Исправьте файл и загрузите его снова.", "hint"
    ),
    "IMP_FORMULAS_UNCHECKED": Message(
        "Формулы этого листа не пересчитаны: их слишком много.", "Значения взяты те, что записаны в файле.", "hint"
    ),
}

_FIGURES: dict[str, Message] = {
    "IMP_MEAN_ABSURD": Message(
        "Среднего балла {value} не бывает.", "Он не взят; остальное из строки принято.", "warning"
    ),
    "IMP_MEAN_OF_NOBODY": Message(
        "Средний балл 0 при отсутствии участников — это «нет данных»; таких мест: {count}.",
        "Ничего делать не нужно.",
        "hint",
    ),
    "IMP_FIGURES_WITHOUT_PARTICIPANTS": Message(
        "Участников 0, а показатели есть.", "Они не приняты; проверьте строку.", "warning"
    ),
    "IMP_GROUP_WITHOUT_PARTICIPANTS": Message(
        "У столбца «{heading}» нет своего столбца с числом участников.",
        "Он не прочитан: доли и средние без участников ничего не значат.",
        "warning",
    ),
    "IMP_QUALITY_DIFFERS": Message(
        "По «качеству» хороших отметок {quality}, а четвёрок и пятёрок {good}.", "Проверьте строку.", "warning"
    ),
    "IMP_BELOW_UNKNOWN_MANY": Message(
        "Нет ни двоек, ни «Ниже минимума»; таких результатов: {count}.",
        "Они приняты, но судить по ним о школах нельзя.",
        "warning",
    ),
    "IMP_COUNTS_APPROXIMATE": Message(
        "Количества восстановлены из округлённых процентов и приблизительны; таких результатов: {count}.",
        "Доли верны; на количества не опирайтесь с точностью до человека.",
        "warning",
    ),
    "IMP_TOTAL_DISAGREES": Message(
        "В итоге «{name}» стоит {stated}, а по строкам выходит {ours}.",
        "Взяты строки; проверьте, все ли школы в таблице.",
        "warning",
    ),
    "IMP_TOTALS_MORE": Message("Расхождений с итогами ещё: {count}.", "Проверьте, все ли школы в таблице.", "hint"),
    "IMP_TOTALS_SKIPPED": Message(
        "Строки итогов не записаны, а сверены с суммами; таких строк: {count}.", "Ничего делать не нужно.", "hint"
    ),
}

_OTHERS: dict[str, Message] = {
    "IMP_SHARES_OF_ONE": Message(
        "Доли в столбце «{heading}» записаны частями единицы.", "Приняты как проценты: 0,24 — это 24 %.", "hint"
    ),
    "IMP_SCHOOL_YEAR_STRANGE": Message(
        "Учебный год не похож на «2025/26».", "Значения строки не приняты; исправьте год.", "warning"
    ),
    "IMP_METRIC_IN_WORDS": Message(
        "В ячейке не одно число, а слова: «{raw}».", "Взято первое число; проверьте его.", "warning"
    ),
    "IMP_LIST_VALUE_UNKNOWN": Message(
        "Значение «{raw}» в таком списке не встречается.", "Оно сохранено как есть; проверьте его.", "warning"
    ),
}

MESSAGES: dict[str, Message] = {**_TEXT, **_UNKNOWN, **_PROFILES, **_FORMULAS, **_FIGURES, **_OTHERS}
