"""Messages of forms: faults of a definition, answers that do not fit, points that are not computed."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    # definitions
    "FORM_FAULTS": Message(
        "Форма «{form}» не принята: {found}. {details}",
        "Исправьте текст формы и загрузите её ещё раз; то, что было, осталось как было.",
    ),
    "FORM_NOT_TOML": Message(
        "Текст формы не читается как TOML: {reason}.",
        "Проверьте кавычки, скобки и знаки «=» в указанном месте.",
    ),
    "FORM_LARGE": Message("Форма слишком большая: {found}.", "Разделите её на несколько, в каждой до {most}."),
    "FORM_PART_SELF": Message("{place}: составная форма не может быть частью самой себя.", "Уберите эту часть."),
    "FORM_PART_UNKNOWN": Message(
        "{place}: формы «{part}» нет.", "Сначала загрузите её или исправьте строку form; код формы виден в списке."
    ),
    "FORM_PART_KIND": Message(
        "{place}: форма «{part}» не даёт суммы баллов.", "Частью может быть только форма, в которой баллы складываются."
    ),
    "FORM_KEY_MISSING": Message("{place}: нет обязательной строки «{key}».", "Добавьте её."),
    "FORM_KEY_UNKNOWN": Message("{place}: строка «{key}» неизвестна.", "Уберите её или исправьте опечатку."),
    "FORM_VALUE": Message("{place}: в строке «{key}» нужно другое: {expected}.", "Исправьте её."),
    "FORM_ID_TWICE": Message("{place}: обозначение «{value}» встречается дважды.", "Дайте каждому своё обозначение."),
    "FORM_SCALE_UNKNOWN": Message(
        "{place}: шкалы «{value}» в форме нет.", "Опишите её в разделе [[scales]] или исправьте опечатку."
    ),
    "FORM_SCALE_MISSING": Message("{place}: не сказано, из каких ответов выбирать.", "Добавьте строку scale."),
    "FORM_SCALE_NOT_ALIKE": Message(
        "{place}: ответы «{first}» и «{second}» нельзя различить по написанию.", "Назовите их по-разному."
    ),
    "FORM_FLAG_SCALE": Message(
        "{place}: у отметки может быть только шкала из двух ответов, yes и no.",
        "Исправьте шкалу или сделайте вопрос выбором (choice).",
    ),
    "FORM_CONDITION_ITEM": Message(
        "{place}: условие ссылается на пункт «{value}», а выше такого пункта нет.",
        "Поставьте тот пункт выше или исправьте опечатку.",
    ),
    "FORM_CONDITION_KIND": Message(
        "{place}: условие ссылается на пункт «{value}», но там отвечают не выбором.",
        "Условие может зависеть от выбора или отметки.",
    ),
    "FORM_CONDITION_VALUE": Message("{place}: у пункта «{item}» нет ответа «{value}».", "Допустимо: {known}."),
    "FORM_BOUNDS": Message("{place}: наименьшее значение {least} больше наибольшего {most}.", "Поменяйте их местами."),
    "FORM_THRESHOLD": Message(
        "{place}: порог {value} не лежит между {least} и {most}.", "Исправьте порог или границы."
    ),
    "FORM_EMPTY": Message("В форме нет ни одного пункта.", "Добавьте раздел с пунктами."),
    "FORM_CONTEXT_EMPTY": Message("Не выбран ни один показатель.", "Отметьте показатели, о которых спросить школы."),
    "FORM_PARTS": Message(
        "Составная форма складывается из других форм, а здесь: {found}.",
        "Составной форме (kind — composite) нужны [[parts]] и не нужны разделы, остальным наоборот.",
    ),
    "FORM_GRID": Message(
        "{place}: у таблицы должны быть строки (rows), столбцы (columns) и клетка (cell), а пунктов (items) нет.",
        "Оставьте либо пункты, либо таблицу.",
    ),
    "FORM_SURVEY_SCORED": Message(
        "Ответы анонимной анкеты не складываются в баллы.", "Уберите раздел [[scores]] или смените вид формы."
    ),
    "FORM_SCORE_ITEM": Message("{place}: пункта «{value}» в форме нет.", "Исправьте список items."),
    "FORM_SCORE_KIND": Message(
        "{place}: пункт «{value}» так не считается.",
        "Сумма складывается из выбора с баллами, чисел и отметок, число отметок — из отметок, "
        "доля критериев — из чисел.",
    ),
    "FORM_SCORE_NEGATIVE": Message(
        "{place}: пункт «{value}» может дать меньше нуля баллов.", "Добавьте этому пункту строку least = 0."
    ),
    "FORM_SCORE_EMPTY": Message("{place}: складывать нечего.", "Дайте ответам баллы или перечислите пункты в items."),
    "FORM_LEVELS_NUMBERS": Message(
        "{place}: у уровня «{name}» должны быть обе границы, целыми числами, нижняя не больше верхней.",
        "Исправьте least и most.",
    ),
    "FORM_LEVELS_MANUAL": Message(
        "{place}: уровень выбирает комиссия, границ у уровня «{name}» быть не может.", "Уберите least и most."
    ),
    "FORM_LEVELS_START": Message(
        "{place}: уровни начинаются с {value}, а баллы — с {expected}.", "Начните нижний уровень с {expected}."
    ),
    "FORM_LEVELS_GAP": Message(
        "{place}: {values} не попадает ни в один уровень. «{first}» кончается на {end}, «{second}» начинается "
        "с {start}.",
        "Сдвиньте одну из границ.",
    ),
    "FORM_LEVELS_OVERLAP": Message(
        "{place}: уровни «{first}» и «{second}» перекрываются: {start} попадает в оба.", "Сдвиньте одну из границ."
    ),
    "FORM_LEVELS_END": Message(
        "{place}: уровни кончаются на {value}, а наибольшая сумма — {expected}.",
        "Исправьте верхнюю границу; если так написано в источнике, назовите его максимум в строке declared_most.",
    ),
    "FORM_LEVELS_UNKNOWN_END": Message(
        "{place}: наибольшая сумма неизвестна, потому что не у всех чисел есть most.",
        "Добавьте most или назовите максимум источника в строке declared_most.",
    ),
    "FORM_REVISION": Message(
        "{place}: {what} «{value}» не подходит к пунктам этой версии.",
        "В renamed справа и в recoded стоят пункты этой версии, в deleted — те, которых в ней больше нет.",
    ),
    # keeping
    "FORM_UNKNOWN": Message("Формы «{form}» нет.", "Выберите одну из имеющихся: {known}."),
    "FORM_SHIPPED": Message(
        "Форма «{form}» поставлена с программой и не удаляется.",
        "Если она не нужна, просто не рассылайте её.",
    ),
    "FORM_IN_USE": Message(
        "Форма «{form}» не удалена: по ней уже есть сборы ({rounds}).",
        "Сначала удалите эти сборы; ответы без формы прочитать нельзя.",
    ),
    "FORM_TABLE_EMPTY": Message(
        "В файле «{name}» не нашлось ни одного вопроса.",
        "Нужен столбец «Вопрос» или просто вопросы, каждый в своей строке.",
    ),
    "FORM_ID_KNOWN": Message("Форма с кодом «{form}» уже есть.", "Дайте новой форме другой код."),
    # answers
    "ITEM_CHOICE": Message("{place}: такого ответа нет: «{value}».", "Выберите из списка: {known}."),
    "ITEM_FLAG": Message("{place}: здесь отмечают «{yes}» или «{no}», а стоит «{value}».", "Исправьте отметку."),
    "ITEM_NUMBER": Message("{place}: здесь нужно число, а стоит «{value}».", "Впишите число цифрами."),
    "ITEM_WHOLE": Message("{place}: здесь нужно целое число, а стоит «{value}».", "Впишите число без дробной части."),
    "ITEM_PLACES": Message(
        "{place}: в числе «{value}» слишком много знаков после запятой.", "Округлите, нужно знаков: {places}."
    ),
    "ITEM_LEAST": Message("{place}: число {value} меньше допустимого.", "Наименьшее: {least}."),
    "ITEM_MOST": Message("{place}: число {value} больше допустимого.", "Наибольшее: {most}."),
    "ITEM_LONG": Message("{place}: ответ слишком длинный.", "Сократите его до {most} знаков."),
    "ITEM_DATE": Message("{place}: «{value}» не похоже на дату.", "Впишите дату так: 01.09.2026."),
    "ITEM_LINK": Message("{place}: «{value}» не похоже на адрес страницы.", "Впишите адрес так: https://школа.рф."),
    "ITEM_NOT_APPLICABLE": Message("{place}: «не применимо» здесь отвечать нельзя.", "Дайте ответ по существу."),
    "ITEM_REQUIRED": Message("{place}: ответа нет.", "Ответьте на этот пункт."),
    "ITEM_UNCONFIRMED": Message(
        "{place}: значение подставлено заранее и не подтверждено.",
        "Проверьте его и подтвердите или исправьте.",
        level="warning",
    ),
    "ITEM_OTHER_EMPTY": Message(
        "{place}: выбрано «{choice}», но не написано, что именно.", "Допишите.", level="warning"
    ),
    "ITEM_NOT_ASKED": Message(
        "{place}: ответ есть, но при таких ответах выше этот пункт не спрашивают; в счёт он не идёт.",
        "Проверьте ответ, от которого он зависит.",
        level="hint",
    ),
    # points
    "FORM_SCORE_MISSING": Message(
        "Сумма не посчитана: есть пункты без ответа.", "Ответьте на все обязательные пункты.", level="hint"
    ),
    "FORM_SCORE_ZERO": Message(
        "Пункты без ответа посчитаны как ноль.", "Ответьте на них, если это не так.", level="hint"
    ),
    "FORM_SCORE_NOTHING": Message(
        "Сумма не посчитана: все пункты отмечены «не применимо».", "Проверьте ответы.", level="hint"
    ),
    "FORM_SCORE_NO_MAXIMUM": Message(
        "Уровень не посчитан: наибольшее число баллов не у всех пунктов известно.",
        "Назовите его в форме.",
        level="hint",
    ),
    "FORM_SCORE_NO_THRESHOLD": Message(
        "Не посчитано: не у всех критериев назван порог.",
        "Назовите пороги в форме: их решает муниципалитет.",
        level="hint",
    ),
    "FORM_SCORE_MANUAL": Message("Уровень выбирает комиссия.", "Выберите его и назовите основание.", level="hint"),
    "FORM_SCORE_PART": Message("Сумма не посчитана: не все составные формы заполнены.", "Заполните их.", level="hint"),
}
