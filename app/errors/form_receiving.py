"""Messages of receiving filled forms: what is odd about a workbook, whose it is, what it would change."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    # answers
    "ITEM_TWICE": Message(
        "{place}: в книге несколько разных ответов: «{value}».", "Оставьте один ответ, лишнюю строку удалите."
    ),
    "ITEM_ERROR_CELL": Message("{place}: в ячейке ошибка «{value}».", "Впишите ответ вместо неё."),
    "ITEM_FORMULA": Message(
        "{place}: в ячейке формула «{value}», а её значения в файле нет.",
        "Впишите ответ вместо формулы или откройте книгу в Excel и сохраните.",
    ),
    "ITEM_BECAME_DATE": Message(
        "{place}: в ячейке дата {value}: таблица могла превратить в неё число.", "Впишите ответ заново."
    ),
    "ITEM_CONTRADICTS": Message(
        "{place}: ответ и пояснение расходятся: «{value}».", "Оставьте один ответ из списка, пояснение впишите рядом."
    ),
    # the book
    "FORM_GET_NOT_BOOK": Message(
        "Файл «{file}» — не книга Excel, а текст.", "Заполненный бланк присылают книгой: .xlsx, .xls или .ods."
    ),
    "FORM_GET_NOT_BLANK": Message(
        "Файл «{file}» — не бланк: ни одной известной формы в нём не узнать.",
        "Проверьте, тот ли это файл; результаты и реестры загружают через «Загрузить файлы».",
    ),
    "FORM_GET_UNKNOWN_FORM": Message(
        "Формы «{form}» в программе нет ({where}).", "Загрузите её на вкладке «Чек-листы» или выберите другой файл."
    ),
    "FORM_GET_UNKNOWN_VERSION": Message(
        "Версии {version} формы «{form}» в программе нет ({where}), а вопросы другие.",
        "Загрузите эту версию на вкладке «Чек-листы» или отправьте школе новый бланк.",
    ),
    "FORM_GET_NO_META": Message(
        "В книге нет служебного листа: форма и школа узнаны по тексту.", "Проверьте, та ли это школа.", level="warning"
    ),
    "FORM_GET_SEAL": Message(
        "Служебный лист книги меняли вручную: школа проверена по названию.", "Проверьте, та ли это школа.",
        level="warning",
    ),
    "FORM_GET_NO_KEYS": Message(
        "Скрытого столбца нет ({where}): вопросы найдены по формулировкам.", "Ничего делать не нужно.", level="hint"
    ),
    "FORM_GET_NO_HEADING": Message(
        "Столбец «Ответ» не подписан ({where}): взят столбец справа от вопросов.", "Проверьте ответы.", level="warning"
    ),
    "FORM_GET_EXTRA_SHEET": Message(
        "Лист «{name}» не из бланка и не прочитан; заполненных ячеек: {cells}, первая — «{text}».",
        "Если там есть ответы, перенесите их в бланк.", level="warning",
    ),
    "FORM_GET_OTHER_SUBJECT": Message(
        "Над таблицей стоит «{other}» ({where}), а форма читается как «{first}».",
        "Если это ответы о другом, пришлите их отдельной книгой.", level="warning",
    ),
    "FORM_GET_LONG": Message(
        "На листе слишком много строк или столбцов ({where}): прочитано только начало.",
        "Перенесите ответы в чистый бланк.",
    ),
    "FORM_GET_HIDDEN": Message(
        "Часть строк скрыта ({where}), их: {rows}; ответы в них прочитаны.", "Проверьте, нужны ли они.", level="hint"
    ),
    "FORM_GET_ROWS_BY_WORDS": Message(
        "Строки без скрытого номера ({where}) найдены по формулировкам, их: {rows}.", "Ничего делать не нужно.",
        level="hint",
    ),
    "FORM_GET_ROWS_GONE": Message(
        "В книге нет строк с вопросами: {items}.", "Ответы на них остались прежними; пришлите их отдельно.",
        level="warning",
    ),
    "FORM_GET_MOVED": Message(
        "Строки переставлены без скрытого столбца ({where}): «{text}» прочитано как «{item}».", "Проверьте ответ.",
        level="hint",
    ),
    "FORM_GET_LIKELY": Message(
        "{item}: вопрос узнан по похожим словам ({where}, совпадение {share} %): «{text}».", "Проверьте, тот ли это "
        "вопрос.", level="warning",
    ),
    "FORM_GET_BY_NUMBER": Message(
        "{item}: вопрос узнан только по номеру ({where}): «{text}».", "Проверьте, тот ли это вопрос.", level="warning"
    ),
    "FORM_GET_REWORDED": Message(
        "{item}: формулировку в бланке изменили ({where}): «{text}».", "Проверьте, на тот ли вопрос ответили.",
        level="warning",
    ),
    "FORM_GET_MERGED": Message(
        "Ячейки {area} объединены ({where}): {items}. Ответ взят только для первого вопроса.",
        "Разъедините ячейки и ответьте на каждый вопрос.", level="warning",
    ),
    "FORM_GET_DATE_NUMBER": Message(
        "{item}: в ячейке вышла дата {note} ({where}), прочитано число {raw}.", "Проверьте число.", level="hint"
    ),
    "FORM_GET_NOTE": Message(
        "{item}: пояснение из ячейки с ответом перенесено в комментарий ({where}): «{note}».", "Проверьте ответ.",
        level="hint",
    ),
    "FORM_GET_NEIGHBOUR": Message(
        "{item}: ответ «{raw}» стоял не в своём столбце ({where}).", "Проверьте, что это ответ.", level="hint"
    ),
    "FORM_GET_BESIDE": Message(
        "{item}: запись рядом с ответом перенесена в комментарий ({where}): «{text}».", "Прочитайте её.", level="hint"
    ),
    "FORM_GET_STRAY": Message(
        "Запись вне вопросов не прочитана ({where}): «{text}».", "Если это ответ, впишите его в его строку.",
        level="warning",
    ),
    "FORM_GET_STRAYS": Message(
        "Записей вне вопросов больше ({where} и ниже), ещё: {rest}.", "Просмотрите лист целиком.", level="warning"
    ),
    # whose it is
    "FORM_GET_MUNICIPALITY": Message(
        "Бланк выдан другому муниципалитету: {theirs}. Здесь — {ours}.", "Верните файл тому, кто его прислал."
    ),
    "FORM_GET_NO_CASE": Message(
        "Форму «{form}» за {year} у школы {school} здесь не собирают.",
        "Начните сбор или добавьте в него школу, потом прочитайте файл ещё раз.",
    ),
    "FORM_GET_WHOSE": Message(
        "Чей это ответ, из файла не видно.", "Выберите школу в столбце «Чей ответ».", level="warning"
    ),
    "FORM_GET_OTHER_SCHOOL": Message(
        "Бланк выдан для {blank}, а {where} названа другая школа: {named}.", "Выберите, чей это ответ.",
        level="warning",
    ),
    "FORM_GET_OTHER_YEAR": Message(
        "Это бланк за {year}, а форму собирают за {now}.",
        "Выберите, в какой сбор его записать, или отправьте школе новый бланк.", level="warning",
    ),
    "FORM_GET_CLOSED": Message("Сбор «{title}» уже закрыт.", "Ответы запишутся в него.", level="hint"),
    "FORM_GET_EXEMPT": Message(
        "{subject}: ответа не ждут ({reason}).", "Ответы запишутся; причину можно убрать.", level="hint"
    ),
    "FORM_GET_OTHER_RECORD": Message(
        "{subject}: в этом сборе уже есть ответ другой записи этой школы, «{record}».",
        "Сохранятся оба; в счёт пойдёт ответ основной записи.", level="hint",
    ),
    # what it brings
    "FORM_GET_OLD_VERSION": Message(
        "Бланк версии {old}, а собирают версию {new}: ответы перенесены.", "Проверьте перечисленное ниже.",
        level="warning",
    ),
    "FORM_GET_LOST": Message("{text}", "Если ответ важен, спросите школу.", level="warning"),
    "FORM_GET_SAME_FILE": Message(
        "Этот же файл уже принят {when}.", "Ничего делать не нужно.", level="hint"
    ),
    "FORM_GET_SAME_IN_LOT": Message(
        "Такой же файл есть среди выбранных: «{file}».", "Достаточно одного.", level="hint"
    ),
    "FORM_GET_TWO_FILES": Message(
        "Этот ответ есть ещё в файле «{file}», он новее.", "Выберите, какой из двух принять.", level="warning"
    ),
    "FORM_GET_SAME_ANSWERS": Message("Ответы те же, что уже записаны.", "Ничего делать не нужно.", level="hint"),
    "FORM_GET_EMPTY": Message(
        "Бланк пустой: школа ничего не ответила и не подтвердила.", "Попросите заполнить его.", level="warning"
    ),
    "FORM_GET_LOCKED": Message(
        "Форма уже принята, ответы закрыты. Отличается: {items}.",
        "Чтобы записать новые ответы, снимите принятие с указанием причины.", level="warning",
    ),
    "FORM_GET_CONFLICTS": Message(
        "{subject}: ответы меняли и здесь, и в файле «{file}»: {items}.",
        "Выберите для каждого, что оставить.", level="warning",
    ),
    "FORM_GET_FILE_CHANGED": Message(
        "Файл «{file}» изменился или исчез после чтения.", "Прочитайте его ещё раз."
    ),
    "FORM_GET_NOT_READY": Message(
        "Файл «{file}» записать нельзя: {why}.", "Сначала ответьте на вопрос в его строке."
    ),
    "FORM_GET_BIG": Message(
        "Файл «{file}» слишком велик: {size} МБ, а хранить можно до {limit} МБ.",
        "Попросите прислать книгу без картинок или увеличьте предел в настройках.",
    ),
}  # fmt: skip
