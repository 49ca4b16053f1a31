"""Messages of anonymous questionnaires and of the register of courses."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "FORM_SURVEY_NOT": Message(
        "«{form}» — не анкета.", "Выберите анкету: например, «Анкета слушателя». Все формы: opora forms."
    ),
    "FORM_SURVEY_NONE": Message("Такого листа анкет в файле нет: {key}.", "Все листы: opora survey show."),
    "FORM_SURVEY_NAMELESS": Message(
        "Не сказано, о чём анкеты.", "Впишите название мероприятия или курса либо выберите школу."
    ),
    "FORM_SURVEY_IS_ROWS": Message(
        "На этом листе анкеты введены по одной.",
        "Сводные числа не прибавляются: люди были бы посчитаны дважды. Очистите лист или заведите другой.",
    ),
    "FORM_SURVEY_IS_TALLY": Message(
        "На этом листе введены сводные числа.",
        "Анкеты по одной не прибавляются: люди были бы посчитаны дважды. Очистите лист или заведите другой.",
    ),
    "FORM_SURVEY_NUMBER": Message("«{raw}» — не число анкет.", "Впишите целое число от 0 до {most}."),
    "FORM_SURVEY_CHOICE": Message("В вопросе «{item}» нет ответа «{choice}».", "Есть: {known}."),
    "FORM_SURVEY_TABLE": Message(
        "В таблице не найдено ни одного вопроса анкеты «{form}».",
        "Нужна строка заголовков с вопросами анкеты, ниже — по строке на человека.",
    ),
    "FORM_SURVEY_TABLE_NUMBERS": Message(
        "В таблице не найдено ни одного числа для анкеты «{form}».",
        "Нужна таблица «вопрос, ответ, сколько раз выбран» или вопросы строками, ответы столбцами.",
    ),
    "FORM_SURVEY_MANY": Message("В таблице слишком много строк: {rows}.", "Вставьте до {most} анкет за один раз."),
    "FORM_SURVEY_NOTHING": Message("Показывать нечего: ответов ещё нет.", "Сначала введите или вставьте анкеты."),
    "FORM_COURSE_WAITS": Message(
        "Курсы, {year}: строка «{line}» не закончена и не посчитана, {why}.",
        "Допишите её в окне «Курсы» или удалите.",
        level="warning",
    ),
    "FORM_COURSE_TABLE": Message(
        "В таблице не найдены столбцы реестра курсов.",
        "Нужна строка заголовков: школа, категория, где учились, вид обучения, сколько человек.",
    ),
}
