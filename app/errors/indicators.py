"""Messages of indicators: formulas, values, measuring points."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "MON_FORMULA_EMPTY": Message("Формула пуста.", "Вставьте показатель из списка или впишите число."),
    "MON_FORMULA_LONG": Message("Формула длиннее {most} знаков.", "Разделите её на два индикатора."),
    "MON_FORMULA_DEEP": Message("Скобок внутри скобок больше {most}.", "Уберите лишние скобки."),
    "MON_FORMULA_MANY": Message(
        "Действий в формуле больше {most}.", "Сложите числа заранее или возьмите «сумма» и «среднее»."
    ),
    "MON_FORMULA_SIGN": Message("Знак «{sign}» в формуле непонятен.", "Можно: числа, + − × ÷, скобки, [показатели]."),
    "MON_FORMULA_COMPARES": Message(
        "Знак «{sign}»: сравнивать в формуле нельзя.",
        "Формула даёт число, а с целью его сравнит программа. Чтобы посчитать школы выше порога, возьмите показатель "
        "с уточнением «порог».",
    ),
    "MON_FORMULA_COMMA": Message("Запятая стоит не между цифрами.", "Значения в скобках разделяет точка с запятой."),
    "MON_FORMULA_OPEN": Message("Скобка «{sign}» не закрыта.", "Добавьте закрывающую."),
    "MON_FORMULA_CLOSE": Message("Скобка «{sign}» лишняя: открывающей нет.", "Уберите её."),
    "MON_FORMULA_APART": Message(
        "Точка с запятой стоит вне функции.", "Она разделяет значения внутри функции: доля(часть; всё)."
    ),
    "MON_FORMULA_NO_SIGN": Message("Между «{before}» и «{after}» нет знака.", "Поставьте + − × или ÷."),
    "MON_FORMULA_NOTHING": Message("Между «{before}» и «{after}» ничего нет.", "Впишите число или [показатель]."),
    "MON_FORMULA_STARTS": Message("Формула начинается со знака «{sign}».", "Впишите перед ним число или [показатель]."),
    "MON_FORMULA_ENDS": Message("Формула обрывается на «{sign}».", "Впишите после него число или [показатель]."),
    "MON_FORMULA_WORD": Message(
        "Слово «{name}» непонятно.", "Показатели пишут в квадратных скобках, за функцией следуют круглые."
    ),
    "MON_FORMULA_FUNCTION": Message("Функции «{name}» нет.", "{maybe}Есть: {known}."),
    "MON_FORMULA_ARGUMENTS": Message("Функция «{name}» получила значений: {have}.", "Пишут так: {sample}."),
    "MON_FORMULA_METRIC": Message("Показателя «{name}» нет.", "{maybe}Возьмите название из списка показателей."),
    "MON_FORMULA_PARAMETER": Message("У показателя «{metric}» нет уточнения «{name}».", "{known}"),
    "MON_FORMULA_VALUE": Message("Уточнение «{name}»: «{value}» не подходит.", "Можно: {known}."),
    "MON_FORMULA_NEEDS": Message("У показателя «{metric}» не указано «{name}».", "Можно: {known}."),
    "MON_NO_INDICATOR": Message(
        "Этого индикатора в программе больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённое."
    ),
    "MON_NO_NUMBER": Message("Индикатора с номером «{number}» в программе нет.", "Есть: {known}."),
    "MON_NO_POINT_TITLED": Message("Замера «{title}» в этом году нет.", "Есть: {known}."),
    "MON_NO_PROGRAMME": Message("В файле нет программы на {year} год.", "Создайте программу на вкладке «Программа»."),
    "MON_NO_POINT": Message("Этого замера больше нет.", "Обновите вкладку. Отмена (Ctrl+Z) вернёт удалённое."),
    "MON_POINT_CLOSED": Message(
        "Замер «{title}» за {year} год закрыт, его значения не меняются.",
        "Чтобы исправить, откройте замер заново: «Замеры» → «Открыть заново…».",
    ),
    "MON_POINT_OPEN": Message("Замер «{title}» за {year} год не закрыт.", "Открывать заново нечего."),
    "MON_POINT_TITLE": Message("У замера нет названия.", "Впишите, например, «Вход» или «I полугодие»."),
    "MON_POINT_REASON": Message(
        "Не указано, почему замер открывают заново.", "Впишите причину: она останется в истории."
    ),
    "MON_POINT_YEAR": Message("{year} год вне срока программы.", "Выберите год из срока программы: {years}."),
    "MON_POINT_EMPTY": Message(
        "Закрывать нечего: в программе нет индикаторов.", "Добавьте индикаторы на вкладке «Программа»."
    ),
    "MON_NOT_NUMBER": Message(
        "«{raw}» не число.", "Впишите число, например «12,5». Пояснение пишут в графе «Откуда».", level="warning"
    ),
    "MON_NOT_TOLERANCE": Message(
        "Допуск «{raw}» непонятен.", "Впишите число в единицах индикатора или процент: «2», «5 %».", level="warning"
    ),
}
