"""All commands of the menus as one table; the search and the screen of keys read the same table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Needs = Literal["nothing", "file", "write"]

MENUS: tuple[tuple[str, str], ...] = (
    ("file", "&Файл"),
    ("edit", "&Правка"),
    ("view", "&Вид"),
    ("data", "&Данные"),
    ("reports", "&Отчёты"),
    ("tools", "&Сервис"),
    ("help", "Спр&авка"),
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command.

    Attributes:
        key: what the window is asked for; «» is a separator.
        needs: an open file, a file open for writing, or nothing.
        checkable: a setting that is on or off.
        words: further words under which the search finds it.
        lacking: why it can't be done in a file without results, "" where it needs none.
    """

    menu: str
    key: str
    title: str
    shortcut: str = ""
    icon: str = ""
    needs: Needs = "nothing"
    checkable: bool = False
    words: str = ""
    lacking: str = ""


def _line(menu: str) -> ActionSpec:
    return ActionSpec(menu, "", "")


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file", "open", "&Открыть файл…", "Ctrl+O", "folder-open"),
    ActionSpec("file", "new", "&Создать файл…", "Ctrl+N", "file-plus"),
    ActionSpec("file", "demo", "Открыть &пример", "", "bulb"),
    ActionSpec("file", "recent", "&Недавние файлы"),
    ActionSpec("file", "answer_request", "Отве&тить на запрос…", "", "mail", words="школа режим школы opora-запрос"),
    _line("file"),
    ActionSpec("file", "copy_file", "Сохранить копию для пере&дачи…", "", "device-floppy", "write"),
    ActionSpec(
        "file",
        "bare_copy",
        "Сохранить обез&личенную копию…",
        "",
        "users",
        "file",
        words="без людей без имён персональные данные передать",
    ),
    ActionSpec("file", "backup", "Сделать &резервную копию", "", "database-import", "write"),
    ActionSpec("file", "restore", "&Восстановить из копии…", "", "history"),
    _line("file"),
    ActionSpec(
        "file", "settings", "Н&астройки…", "Ctrl+,", "settings", "file", words="подписывающий исполнитель шрифт"
    ),
    ActionSpec("file", "remove_demo", "&Удалить пример", "", "trash", "file"),
    _line("file"),
    ActionSpec("file", "close", "&Закрыть файл", "Ctrl+W", "", "file"),
    ActionSpec("file", "quit", "В&ыход", "Ctrl+Q"),
    ActionSpec("edit", "undo", "&Отменить", "Ctrl+Z", "arrow-back-up", "write"),
    ActionSpec("edit", "redo", "&Повторить", "Ctrl+Y", "arrow-forward-up", "write"),
    _line("edit"),
    ActionSpec("edit", "copy", "&Копировать строки", "", "copy", "file"),
    ActionSpec("edit", "filter", "О&тбор в таблице", "Ctrl+F", "filter", "file"),
    ActionSpec("edit", "search", "&Найти школу или команду", "Ctrl+K", "search", "file"),
    ActionSpec("view", "tab_today", "Сего&дня", "Ctrl+1", "calendar-event", "file"),
    ActionSpec("view", "tab_schools", "&Школы", "Ctrl+2", "school", "file"),
    ActionSpec("view", "tab_school_list", "Список Ш&НОР", "Ctrl+3", "list-search", "file"),
    ActionSpec("view", "tab_programme", "&Программа", "Ctrl+4", "sitemap", "file"),
    ActionSpec("view", "tab_checklists", "&Чек-листы", "Ctrl+5", "checklist", "file"),
    ActionSpec("view", "tab_monitoring", "&Мониторинг", "Ctrl+6", "chart-line", "file"),
    ActionSpec("view", "tab_reports", "&Отчёты", "Ctrl+7", "report", "file"),
    ActionSpec("view", "tab_work", "Р&абота", "Ctrl+8", "briefcase", "file"),
    _line("view"),
    ActionSpec("view", "refresh", "Пере&считать", "F5", "refresh", "file"),
    ActionSpec("view", "bigger", "&Крупнее", "Ctrl++"),
    ActionSpec("view", "smaller", "М&ельче", "Ctrl+-"),
    ActionSpec("view", "normal", "Обычный ра&змер", "Ctrl+0"),
    ActionSpec("view", "compact", "П&лотные строки", checkable=True),
    ActionSpec("view", "dark", "&Тёмное оформление", checkable=True),
    ActionSpec("data", "import", "&Загрузить…", "Ctrl+I", "upload", "write", words="импорт результаты реестр ФИС ОКО"),
    ActionSpec(
        "data", "receive_forms", "&Приём файлов…", "", "checklist", "write", words="чек-листы бланки ответы школ формы"
    ),
    ActionSpec(
        "data",
        "import_plan",
        "З&агрузить план…",
        "",
        "sitemap",
        "write",
        words="импорт программа комплекс мер дорожная карта план-график word",
    ),
    ActionSpec(
        "data",
        "programme_library",
        "&Библиотека формулировок…",
        "",
        "book",
        "file",
        words="проблемы причины цели задачи показатели индикаторы мероприятия риски образцы программа",
    ),
    ActionSpec(
        "data",
        "programme_schools",
        "Программы &школ…",
        "",
        "school",
        "file",
        words="шнор переход в эффективный режим самооценка экспертное заключение",
    ),
    ActionSpec("data", "files", "Загруженные &файлы…", "", "table", "file"),
    ActionSpec(
        "data",
        "markings",
        "&Разметки таблиц…",
        "",
        "list-search",
        "file",
        words="сохранённые разметки профиль столбцы карта",
    ),
    ActionSpec("data", "problems", "За&мечания к данным…", "", "alert-triangle", "file"),
    _line("data"),
    ActionSpec("data", "new_round", "&Новый сбор…", "", "checklist", "write", words="чек-лист форма бланки разослать"),
    ActionSpec(
        "data", "urgent", "Сро&чный сбор…", "Ctrl+Shift+U", "mail", "write", words="запрос сведений таблица собрать"
    ),
    _line("data"),
    ActionSpec(
        "data",
        "new_help",
        "Записать помо&щь…",
        "Ctrl+Shift+N",
        "briefcase",
        "write",
        words="журнал выезд консультация посещение урока тьюторство визит методист",
    ),
    ActionSpec(
        "data", "new_task", "Новое д&ело…", "Ctrl+Shift+T", "plus", "write", words="задача срок комиссия отчёт выезд"
    ),
    ActionSpec("data", "digest", "Сводка дня &текстом…", "", "mail", "file", words="сегодня отправить просрочено"),
    ActionSpec(
        "data",
        "month_plan",
        "План и отчёт за мес&яц…",
        "",
        "calendar-event",
        "file",
        words="квартал отчёт методиста рабочие дни каникулы",
    ),
    _line("data"),
    ActionSpec("data", "add_school", "&Добавить школу…", "", "plus", "write"),
    ActionSpec("data", "merge", "&Объединить записи…", "", "git-merge", "write"),
    ActionSpec(
        "data",
        "compare_registry",
        "С&верить с реестром другого года…",
        "",
        "file-search",
        "file",
        words="новые закрытые переименованные школы отличия двух лет",
    ),
    ActionSpec(
        "data",
        "new_year",
        "Новый учебный &год…",
        "",
        "calendar-event",
        "write",
        words="сентябрь начало года открыта закрыта объединена переименована перенести",
    ),
    ActionSpec("data", "people", "&Люди и группы…", "", "users", "file"),
    _line("data"),
    ActionSpec("data", "references", "Обновить &справочники…", "", "refresh", "write", words="шкалы правила"),
    ActionSpec(
        "reports",
        "print_list",
        "&Список школ с основаниями…",
        "Ctrl+P",
        "printer",
        "file",
        words="печать",
        lacking="Печатать нечего: загрузите результаты",
    ),
    ActionSpec(
        "reports",
        "compare_lists",
        "Сра&внить два списка…",
        "",
        "file-search",
        "file",
        words="сравнение списков вошли вышли два года два правила",
        lacking="Сравнивать нечего: загрузите результаты",
    ),
    ActionSpec(
        "reports",
        "what_if",
        "&Что, если…",
        "",
        "chart-line",
        "file",
        words="сдвинуть порог устойчивость списка",
        lacking="Менять нечего: загрузите результаты",
    ),
    ActionSpec(
        "reports",
        "approve",
        "&Утвердить список…",
        "",
        "circle-check",
        "write",
        lacking="Утверждать нечего: загрузите результаты",
    ),
    _line("reports"),
    ActionSpec("reports", "sign", "&Подписать документ…", "", "signature", "write"),
    ActionSpec("reports", "verify", "Прове&рить подпись…", "", "shield-check", words="проверка sig"),
    ActionSpec("reports", "register", "&Журнал исходящих", "", "book", "file"),
    ActionSpec("reports", "orders", "Прик&азы", "", "report", "file", words="распоряжение постановление проект номер"),
    ActionSpec("reports", "foreign", "&Формы региона", "", "report", "file", words="книга excel ячейки заполнить"),
    ActionSpec(
        "reports", "packages", "Па&кеты", "", "report", "file", words="пакет наверх свод муниципалитеты кто не прислал"
    ),
    ActionSpec(
        "reports",
        "package_make",
        "Со&брать пакет наверх…",
        "",
        "file-plus",
        "write",
        words="архив опись документы региону",
    ),
    ActionSpec("reports", "signers", "Подпис&ывающие…", "", "users", "file", words="кто подписывает падежи должность"),
    ActionSpec(
        "reports",
        "print_support",
        "&Документы о поддержке…",
        "",
        "printer",
        "file",
        words="карта адресной помощи соглашения партнёрства площадки дефициты",
    ),
    ActionSpec(
        "reports",
        "print_note",
        "&Мониторинг: отчёт, справка, рекомендации…",
        "",
        "report",
        "file",
        words="отчёт о мониторинге аналитическая справка адресные рекомендации комиссия",
    ),
    ActionSpec("tools", "history", "&Журнал действий…", "Ctrl+H", "history", "file"),
    ActionSpec("tools", "rules", "&Правила отнесения…", "", "info-circle", "file"),
    ActionSpec(
        "tools",
        "index_parts",
        "&Составляющие индекса…",
        "",
        "edit",
        "file",
        words="индексы благополучие кадры ресурсы веса знаки",
    ),
    ActionSpec(
        "tools",
        "definitions",
        "&Определения…",
        "",
        "settings",
        "file",
        words="зоны заданий подбор доноров типология пороги веса границы",
    ),
    ActionSpec(
        "tools",
        "form_context",
        "&Анкета об условиях работы…",
        "",
        "checklist",
        "file",
        words="контекст показатели опрос школ сведения паспорт",
    ),
    ActionSpec(
        "tools",
        "courses",
        "&Курсы…",
        "",
        "school",
        "file",
        words="реестр курсов переподготовка повышение квалификации",
    ),
    ActionSpec("tools", "check", "Проверить &файл", "", "lifebuoy", "file"),
    ActionSpec("tools", "rescue", "Посмотреть пов&реждённый файл…", "", "lifebuoy"),
    ActionSpec("help", "guide", "&Справка об этом месте", "F1", "help"),
    ActionSpec("help", "keys", "&Клавиши", "", "keyboard"),
    ActionSpec("help", "about", "&О программе"),
)

TABLE_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "открыть карточку строки"),
    ("Esc", "вернуться, закрыть сообщение, очистить отбор"),
    ("Ctrl+C", "копировать строки с заголовками"),
    ("Ctrl+A", "выделить все строки"),
    ("Ctrl или Shift со щелчком", "выделить несколько строк"),
    ("Щелчок по заголовку", "упорядочить; третий щелчок — как было"),
    ("Правая кнопка", "действия со строкой"),
)
GRID_KEYS: tuple[tuple[str, str], ...] = (
    ("Буквы и цифры", "заменить содержимое ячейки"),
    ("F2", "править содержимое ячейки"),
    ("Enter и Tab", "вниз и вправо"),
    ("Ctrl+Tab", "выйти из сетки к следующей кнопке"),
    ("Del", "очистить выделенное"),
    ("Ctrl+V", "вставить блок из Excel"),
    ("Ctrl+D", "заполнить вниз"),
    ("Ctrl+Shift+C", "копировать с заголовками"),
    ("Ctrl+PgUp и Ctrl+PgDn", "соседний вид на вкладке «Школы»"),
)
FORM_KEYS: tuple[tuple[str, str], ...] = (
    ("Цифры", "выбрать ответ"),
    ("Влево и вправо", "соседний ответ"),
    ("Enter или вниз", "следующий пункт"),
    ("Shift+Enter или вверх", "предыдущий пункт; в тексте Shift+Enter — новая строка"),
    ("Ctrl+Enter", "следующий пункт без ответа"),
    ("Backspace или Del", "убрать ответ"),
    ("Н или N", "не применимо"),
    ("Пробел", "без изменений: подтвердить подставленное"),
    ("F2", "комментарий к ответу"),
    ("Ctrl+Alt+вниз и Ctrl+Alt+вверх", "следующая и предыдущая школа"),
)
EDITOR_KEYS: tuple[tuple[str, str], ...] = (
    ("Ins и Shift+Ins", "новый вопрос и новый раздел"),
    ("Ctrl+Enter", "следующий вопрос"),
    ("Ctrl+D", "копия"),
    ("Ctrl+вверх и Ctrl+вниз", "выше и ниже"),
    ("Ctrl+Shift+V", "вставить список вопросов"),
    ("Ctrl+S", "сохранить форму"),
)

PROGRAMME_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter и Ctrl+Enter", "новая строка рядом и под выбранной"),
    ("Ins", "выбрать, что добавить"),
    ("F2", "изменить текст на месте"),
    ("Alt+вверх и Alt+вниз", "выше и ниже"),
    ("Alt+вправо и Alt+влево", "под предыдущую и на уровень выше"),
    ("Ctrl+X, Ctrl+C и Ctrl+V", "вырезать, копировать, вставить вместе со всем, что под строкой"),
    ("Ctrl+D", "копия рядом"),
    ("Del", "удалить; вернуть — Ctrl+Z"),
    ("Ctrl+F", "найти в структуре"),
)
DATES_KEYS: tuple[tuple[str, str], ...] = (
    ("Вверх и вниз", "другое мероприятие"),
    ("Shift+влево и Shift+вправо", "сдвинуть даты на день, неделю или месяц — по масштабу"),
    ("Ctrl+Shift+влево и вправо", "сдвинуть окончание"),
    ("Enter", "открыть в структуре"),
    ("Esc", "бросить то, что тянут мышью"),
)


def plain(title: str) -> str:
    """Return a title without mnemonic and dots."""
    return title.replace("&", "").removesuffix("…")


def visible_shortcut(text: str) -> str:
    """Return a shortcut as the guide writes it."""
    return {"Ctrl++": "Ctrl и +", "Ctrl+-": "Ctrl и −"}.get(text, text)
