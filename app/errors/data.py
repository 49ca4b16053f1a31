"""Messages of context metrics, projects, lists from outside, checks of the data."""

from __future__ import annotations

from app.errors.message import Message

MESSAGES: dict[str, Message] = {
    "DATA_CATALOGUE": Message(
        "Справочник показателей не прочитан: {faults}.", "Исправьте текст и обновите справочник снова."
    ),
    "DATA_NO_METRIC": Message(
        "Показателя «{query}» нет в справочнике.", "Все показатели: opora metrics catalogue; свой можно добавить."
    ),
    "DATA_METRIC_TAKEN": Message(
        "Показатель «{name}» не добавлен: так уже называется «{other}».", "Дайте своему показателю другое название."
    ),
    "DATA_METRIC_SHIPPED": Message(
        "Показатель «{name}» входит в справочник программы, его нельзя убрать.", "Убрать можно только свой показатель."
    ),
    "DATA_METRIC_USED": Message(
        "Показатель «{name}» не убран: по нему есть значения у школ ({values}).", "Сначала очистите эти ячейки."
    ),
    "DATA_NOT_NUMBER": Message("«{raw}» — не число.", "Впишите число цифрами.", level="warning"),
    "DATA_NOT_WHOLE": Message("«{raw}» — не целое число.", "Впишите одно целое число без пояснений.", level="warning"),
    "DATA_NEGATIVE": Message("«{raw}» меньше нуля.", "Впишите число не меньше нуля.", level="warning"),
    "DATA_TOO_GREAT": Message("Число «{raw}» слишком велико.", "Проверьте, нет ли лишних цифр.", level="warning"),
    "DATA_NOT_SHARE": Message(
        "«{raw}» — не доля.", "Впишите её как «12 из 340», «12/340» или «3,5 %».", level="warning"
    ),
    "DATA_PART_ABOVE_WHOLE": Message("В доле «{raw}» часть больше целого.", "Проверьте оба числа.", level="warning"),
    "DATA_NOT_FLAG": Message("«{raw}» — не «да» и не «нет».", "Впишите «да» или «нет».", level="warning"),
    "DATA_OUT_OF_BOUNDS": Message(
        "{value}: такое значение необычно, ожидается {bounds}.",
        "Проверьте число; если оно верное, объясните его.",
        level="warning",
    ),
    "DATA_TEXT_LONG": Message("Текст длиннее 2000 знаков.", "Сократите его.", level="warning"),
    "DATA_PROJECT_CATALOGUE": Message(
        "Справочник проектов не прочитан: {faults}.", "Исправьте текст и обновите справочник снова."
    ),
    "DATA_PROJECT_KIND": Message("Вида проектов «{query}» нет в справочнике.", "Есть: {known}."),
    "DATA_PROJECT_LEVEL": Message("«{level}» — не уровень проекта.", "Есть: {known}."),
    "DATA_PROJECT_NAME": Message("У проекта нет названия.", "Впишите название."),
    "DATA_NO_PROJECT": Message("Проекта № {number} нет.", "Все проекты с номерами: opora projects."),
    "DATA_MARKS_ABOVE": Message(
        "{school}, {work}, {year}: отметок {marks}, а участников {participants}.",
        "Отметок не бывает больше, чем участников: загрузите верный файл или отмените загрузку. Источник: {source}.",
    ),
    "DATA_MARKS_ZERO": Message(
        "{school}, {work}, {year}: участников {participants}, а все отметки — ноль.",
        "Похоже, отметок в источнике нет, и ноль значит «нет данных». Источник: {source}.",
        level="warning",
    ),
    "DATA_BELOW_ABOVE": Message(
        "{school}, {work}, {year}: ниже минимума {below}, а участников {participants}.",
        "Загрузите верный файл или отмените загрузку. Источник: {source}.",
    ),
    "DATA_BELOW_TWOS": Message(
        "{school}, {work}, {year}: ниже минимума {below}, а отметок «2» — {twos}.",
        "Проверьте, какое из двух чисел верно. Источник: {source}.",
        level="warning",
    ),
    "DATA_JUMP": Message(
        "{school}, {work}, {year}: ниже минимума {now}, годом раньше {before}.",
        "Доля изменилась на {points} п. п. или больше: проверьте числа; если они верны, объясните скачок."
        " Источник: {source}.",
        level="warning",
    ),
    "DATA_ABOVE_PUPILS": Message(
        "{school}, {work}, {year}: участников {participants}, а учеников во всей школе {pupils}.",
        "Проверьте число учеников в карточке школы и файл с результатами. Источник: {source}.",
        level="warning",
    ),
    "DATA_METRIC_BOUNDS": Message(
        "{school}, «{metric}» за {year}: {value}, а обычно бывает {bounds}.",
        "Проверьте число; если оно верное, объясните его.",
        level="warning",
    ),
    "DATA_METRIC_JUMP": Message(
        "{school}, «{metric}» за {year}: {value}, годом раньше {before}.",
        "Это скачок на {limit} или больше: проверьте числа; если они верны, объясните его.",
        level="warning",
    ),
    "DATA_ZERO_AFTER": Message(
        "{school}, «{metric}» за {year}: ноль, а годом раньше было {before}.",
        "Если данных нет, очистите ячейку: ноль значит «ни одного».",
        level="warning",
    ),
    "DATA_ZERO_WHOLE": Message(
        "{school}, «{metric}» за {year}: ноль.",
        "От этого числа считаются доли. Если данных нет, очистите ячейку.",
        level="hint",
    ),
    "DATA_PARTS_ABOVE": Message(
        "{school}, «{metric}» за {year}: часть больше целого, {part} из {whole}.", "Исправьте одно из двух чисел."
    ),
    "DATA_SHARE_DIFFERS": Message(
        "{school}, «{metric}» за {year}: записано {value}, а по числам выходит {counted}.",
        "Исправьте запись или очистите её: доля посчитается сама.",
        level="warning",
    ),
    "DATA_SHARE_FRACTION": Message(
        "{school}, «{metric}» за {year}: запись понята как {value}.",
        "Если это доля от единицы, впишите её в процентах.",
        level="hint",
    ),
    "DATA_METRIC_MERGED": Message(
        "{school}, «{metric}» за {year}: в объединённых записях разные значения. Считается «{kept}» (файл:"
        " {kept_file}), не считается «{other}» (файл: {other_file}).",
        "Впишите верное значение или разделите записи.",
        level="warning",
    ),
    "DATA_BAD_CODE": Message(
        "{school}: {system} {value} с ошибкой, контрольные цифры не сходятся.",
        "Проверьте код по выписке из реестра.",
        level="warning",
    ),
    "DATA_SAME_INN": Message(
        "Один {system} {value} у нескольких школ: {schools}.",
        "Так бывает у филиалов. Если это одна школа, объедините записи.",
        level="hint",
    ),
    "DATA_SAME_NAME": Message(
        "Одинаковые название и населённый пункт: {schools}.",
        "Если это одна школа, объедините записи.",
        level="warning",
    ),
    "DATA_METRIC_DRAFT": Message(
        "{school}, «{metric}» за {year}: {trouble}", "До тех пор значение не считается.", level="warning"
    ),
    "DATA_BLOCKS_LIST": Message(
        "Список не утверждён: в его числах есть невозможные (замечаний: {number}). Первое: {first}",
        "Исправьте их: Данные → Замечания, вид «мешает».",
    ),
    "DATA_BLOCK_STAYS": Message(
        "Это замечание мешает, объяснением его не закрыть: {message}", "Исправьте числа, и оно уйдёт само."
    ),
    "DATA_NO_FINDING": Message("Замечания № {number} нет.", "Все замечания с номерами: opora problems."),
}
