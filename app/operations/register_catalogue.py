"""What registers there are: the table behind each, its columns, its words. One description for window and commands.

Columns are keys of the table; ``needs`` are those without which a row can't be stored: until then its entries wait as
drafts. ``scope`` are columns that the place of work gives (the school year, the document).
"""

from __future__ import annotations

from app.errors import UserError
from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register
from app.operations.register_work_bodies import OF_BODIES
from app.operations.register_work_events import OF_EVENTS
from app.operations.register_work_journal import OF_HELP
from app.operations.register_work_mentoring import OF_MENTORING
from app.operations.register_work_practices import OF_PRACTICES

__all__ = ["REGISTERS", "Register", "column", "register"]

DOCUMENT_WORDS = {
    "protocol": "протокол", "order": "приказ", "decision": "решение", "letter": "письмо", "other": "другое",
}  # fmt: skip
POINT_WORDS = {
    "open": "не начато",
    "running": "выполняется",
    "done": "выполнено",
    "part": "выполнено частично",
    "not_done": "не выполнено",
    "withdrawn": "снято",
}
TASK_WORDS = {"task": "дело", "commission": "комиссия", "report": "отчёт", "visit": "выезд", "call": "звонок"}
REPEAT_WORDS = {
    "once": "один раз", "week": "каждую неделю", "month": "каждый месяц", "quarter": "каждый квартал",
    "year": "каждый год",
}  # fmt: skip
LEVEL_WORDS = {
    "federal": "федеральный", "regional": "региональный", "municipal": "муниципальный", "school": "школьный",
}  # fmt: skip
DONOR_WORDS = {
    "school": "школа", "mms": "методическая служба", "institute": "институт развития образования",
    "university": "вуз", "college": "колледж", "extra": "дополнительное образование", "business": "предприятие",
    "other": "другая организация",
}  # fmt: skip
PARTNERSHIP_WORDS = {"planned": "готовится", "active": "действует", "ended": "завершено", "broken": "расторгнуто"}
SUPPORT_WORDS = {"planned": "запланировано", "running": "идёт", "done": "выполнено", "refused": "отказ"}
RISK_WORDS = {"planned": "запланирована", "running": "выполняется", "done": "выполнена", "not_done": "не выполнена"}
AUDIENCE_WORDS = {"teachers": "учителя", "heads": "руководители", "specialists": "специалисты сопровождения"}
DEFICIT_WORDS = {
    "subject": "предметный", "method": "методический", "psychology": "психолого-педагогический",
    "communication": "коммуникативный", "digital": "цифровой", "management": "управленческий", "other": "другой",
}  # fmt: skip
PLAN_WORDS = {"teacher": "планы учителей (ИППР)", "pupil": "планы для неуспевающих"}
LEGAL_TOPICS = {
    "programme": "муниципальная программа", "group": "рабочая группа", "list": "список школ",
    "identification": "порядок отбора школ", "help": "порядок помощи школам", "curators": "кураторы и тьюторы",
    "pairs": "сетевое партнёрство", "agreements": "соглашения о сотрудничестве",
    "school_programmes": "программы школ", "pupils": "планы для неуспевающих", "teachers": "развитие педагогов",
    "monitoring": "мониторинг", "events": "мероприятия года", "platforms": "базовые площадки",
    "practice": "банк лучших практик", "pay": "оплата и поощрение", "powers": "передача полномочий",
}  # fmt: skip
"""Topics of the legal base as they are offered; what stands behind each is said by ``legal_topics.toml``."""
ADDRESSEE_WORDS = {
    "school": "школе", "rmo": "РМО", "tutor": "тьютору", "mms": "ММС",
    "institute": "институту", "other": "другому",
}  # fmt: skip
USED_WORDS = {"yes": "выполнена", "part": "частично", "no": "не выполнена"}
SIGNER_WORDS = {"sign": "подписывает", "approve": "утверждает", "agree": "согласует"}
DAY_WORDS = {"work": "рабочий", "off": "выходной", "short": "сокращённый"}
SUPPORTER_WORDS = {word: word for word in ("куратор", "тьютор", "консультант", "наставник")}

STEP_WORDS = {
    "self_check": "самодиагностика школы", "compare": "сопоставление оценок", "plan": "план устранения проблем",
    "curator": "назначение куратора", "courses": "адресное повышение квалификации",
    "monitoring": "мониторинг качества", "paths": "индивидуальные маршруты", "visit": "выезд в школу",
    "report": "отчёт школы", "hearing": "публичное заслушивание", "decision": "решение об эффективности",
    "correction": "корректировка планов", "control_date": "контрольная дата", "interview": "собеседование",
    "other": "другой шаг",
}  # fmt: skip
"""Steps of the route; ``resources/monitoring/route.toml`` says which stage each belongs to."""


_DAY = 92
REGISTERS: dict[str, Register] = {
    item.key: item
    for item in (
        Register(
            "tasks", "task", "Дела и даты",
            "Свои дела, комиссии, отчёты и выезды; повторяющееся дело после отметки появится снова.",
            (
                GridColumn("text", "Что сделать", width=270),
                GridColumn("kind", "Вид", "word", 80, TASK_WORDS),
                GridColumn("due_on", "Срок", "date", 84),
                GridColumn("done_on", "Сделано", "date", 84),
                GridColumn("responsible", "Ответственный", width=112),
                GridColumn("organisation_id", "Школа", "school", 112),
                GridColumn("repeat", "Повторять", "word", 116, REPEAT_WORDS),
                GridColumn("result", "Чем кончилось", width=88),
            ),
            row=("дело", "дела", "дел"), order=("due_on",), files=True,
        ),
        Register(
            "requests", "request", "Входящие запросы",
            "Что спросили сверху, к какому сроку и чем ответили. Файлы запроса и ответа прилагаются к строке.",
            (
                GridColumn("number", "Номер", width=86),
                GridColumn("dated", "Дата", "date", 84),
                GridColumn("sender", "От кого", width=120),
                GridColumn("subject", "О чём", width=216),
                GridColumn("due_on", "Ответить до", "date", 92),
                GridColumn("answered_on", "Ответ дан", "date", 84),
                GridColumn("responsible", "Кто готовит", width=104),
                GridColumn("answer_number", "№ ответа", width=76),
                GridColumn("answer", "Что ответили", width=84),
            ),
            row=("запрос", "запроса", "запросов"), order=("due_on", "dated"), files=True,
        ),
        Register(
            "days", "calendar_day", "Рабочие и выходные дни",
            "Только отличия от обычной недели: переносы, сокращённые дни, местные праздники.",
            (
                GridColumn("day", "День", "date", 110),
                GridColumn("kind", "Какой он", "word", 140, DAY_WORDS),
                GridColumn("title", "Почему", width=320),
            ),
            row=("день", "дня", "дней"), order=("day",), needs=("day", "kind"),
        ),
        Register(
            "breaks", "school_break", "Каникулы",
            "Каникулы школ муниципалитета: сроки мероприятий в эти дни отмечаются.",
            (
                GridColumn("title", "Каникулы", width=260),
                GridColumn("date_from", "С", "date", 110),
                GridColumn("date_to", "По", "date", 110),
            ),
            scope=("school_year",), order=("date_from",), files=False,
        ),
        Register(
            "documents", "decision_document", "Документы с решениями",
            "Протоколы, приказы и решения, пункты которых нужно выполнить и проверить.",
            (
                GridColumn("kind", "Вид", "word", 96, DOCUMENT_WORDS),
                GridColumn("number", "Номер", width=80),
                GridColumn("dated", "Дата", "date", _DAY),
                GridColumn("title", "О чём", width=300),
                GridColumn("body", "Кто принял", width=190),
                GridColumn("data_on", "Данные от", "date", _DAY),
                GridColumn("ground", "По каким данным", width=220),
            ),
            row=("документ", "документа", "документов"), scope=("school_year",), order=("dated", "number"), files=True,
            children=(("agenda_item", "document_id"), ("decision_point", "document_id")),
        ),
        Register(
            "agenda", "agenda_item", "Повестка",
            "Вопросы заседания: кто докладывал, что услышали, как проголосовали.",
            (
                GridColumn("topic", "Вопрос", width=280),
                GridColumn("speaker", "Докладчик", width=170),
                GridColumn("heard", "Слушали", width=320),
                GridColumn("votes_for", "За", "count", 60),
                GridColumn("votes_against", "Против", "count", 70),
                GridColumn("votes_abstained", "Воздержались", "count", 96),
            ),
            row=("вопрос", "вопроса", "вопросов"), scope=("document_id",), ordered=True,
        ),
        Register(
            "points", "decision_point", "Пункты решения",
            "Кому, что и к какому дню поручено; сделано или почему нет.",
            (
                GridColumn("label", "Пункт", width=54),
                GridColumn("text", "Что решено", width=296),
                GridColumn("responsible", "Ответственный", width=138),
                GridColumn("organisation_id", "Школа", "school", 118),
                GridColumn("due_on", "Срок", "date", _DAY),
                GridColumn("state", "Состояние", "word", 152, POINT_WORDS),
                GridColumn("done_on", "Выполнено", "date", _DAY),
                GridColumn("result", "Результат", width=146),
                GridColumn("reason", "Почему нет", width=146),
            ),
            row=("пункт", "пункта", "пунктов"), scope=("document_id",), ordered=True, files=True,
        ),
        Register(
            "acts", "legal_act", "Правовая база",
            "Документы, на которых держится работа со школами: реквизиты и что именно они регулируют.",
            (
                GridColumn("level", "Уровень", "word", 124, LEVEL_WORDS),
                GridColumn("kind", "Вид", width=108),
                GridColumn("number", "Номер", width=76),
                GridColumn("dated", "Дата", "date", _DAY),
                GridColumn("title", "Название", width=226),
                GridColumn("topic", "Тема", width=160, words=LEGAL_TOPICS),
                GridColumn("regulates", "Что регулирует", width=180),
                GridColumn("organisation_id", "Школа", "school", 90),
                GridColumn("date_to", "Действует до", "date", 100),
                GridColumn("link", "Где размещён", width=104),
            ),
            row=("документ", "документа", "документов"), order=("dated", "number"), files=True,
        ),
        Register(
            "partnerships", "partnership", "Партнёрства и соглашения",
            "Кто помогает школе по соглашению: школа, институт, вуз, предприятие. Ниже — что делают вместе.",
            (
                GridColumn("receiver_id", "Кому", "school", 124),
                GridColumn("donor", "Кто помогает", width=150),
                GridColumn("donor_kind", "Кто это", "word", 92, DONOR_WORDS),
                GridColumn("number", "Номер", width=60),
                GridColumn("dated", "Дата", "date", 84),
                GridColumn("topic", "О чём", width=150),
                GridColumn("date_from", "С", "date", 84),
                GridColumn("date_to", "По", "date", 84),
                GridColumn("state", "Состояние", "word", 88, PARTNERSHIP_WORDS),
                GridColumn("note", "Примечание", width=80),
            ),
            row=("соглашение", "соглашения", "соглашений"), scope=("school_year",), order=("dated",), files=True,
            children=(("partnership_event", "partnership_id"),),
        ),
        Register(
            "joint", "partnership_event", "Совместные мероприятия",
            "Что партнёры делают вместе по этому соглашению.",
            (
                GridColumn("title", "Мероприятие", width=230),
                GridColumn("planned_on", "План", "date", 86),
                GridColumn("held_on", "Прошло", "date", 86),
                GridColumn("participants", "Человек", "count", 70),
                GridColumn("product", "Что получилось", width=170),
            ),
            row=("мероприятие", "мероприятия", "мероприятий"), scope=("partnership_id",), ordered=True, files=True,
        ),
        Register(
            "supporters", "appointment", "Тьюторы и кураторы",
            "Кто ведёт школу. Один человек может вести несколько школ.",
            (
                GridColumn("person_id", "Кто", "person", 220),
                GridColumn("role", "Роль", "word", 110, SUPPORTER_WORDS),
                GridColumn("organisation_id", "Школа", "school", 180),
                GridColumn("act", "Документ", width=170),
                GridColumn("date_from", "С", "date", _DAY),
                GridColumn("date_to", "По", "date", _DAY),
            ),
            row=("назначение", "назначения", "назначений"), needs=("person_id", "role", "organisation_id"),
            order=("person_id",), only=("role", tuple(SUPPORTER_WORDS)),
        ),
        Register(
            "platforms", "network_platform", "Сетевые площадки",
            "Площадки, где собран опыт и учатся другие школы; ниже — показатели их работы.",
            (
                GridColumn("title", "Площадка", width=190),
                GridColumn("organisation_id", "На базе", "school", 130),
                GridColumn("topic", "Тема", width=210),
                GridColumn("head", "Руководитель", width=130),
                GridColumn("act", "Документ", width=180),
            ),
            row=("площадка", "площадки", "площадок"), scope=("school_year",), order=("title",), files=True,
            children=(("platform_measure", "platform_id"),),
        ),
        Register(
            "deficits", "deficit", "Профессиональные дефициты",
            "Сколько педагогов и по какому поводу нуждаются в помощи. Только числа, без имён.",
            (
                GridColumn("organisation_id", "Школа", "school", 128),
                GridColumn("audience", "У кого", "word", 100, AUDIENCE_WORDS),
                GridColumn("subject", "Предмет", width=104),
                GridColumn("kind", "Вид", "word", 104, DEFICIT_WORDS),
                GridColumn("text", "В чём дефицит", width=210),
                GridColumn("people", "Человек", "count", 66),
                GridColumn("of_people", "Из скольких", "count", 86),
                GridColumn("source", "Откуда известно", width=108),
            ),
            scope=("school_year",), order=("organisation_id",),
        ),
        Register(
            "plans", "plan_count", "Индивидуальные планы",
            "Планы развития учителей и планы для неуспевающих: только числа по школам.",
            (
                GridColumn("organisation_id", "Школа", "school", 190),
                GridColumn("kind", "Какие планы", "word", 190, PLAN_WORDS),
                GridColumn("subject", "Предмет", width=150),
                GridColumn("need", "Нуждаются", "count", 96),
                GridColumn("planned", "Планов", "count", 84),
                GridColumn("done", "Выполнено", "count", 96),
                GridColumn("note", "Примечание", width=200),
            ),
            scope=("school_year",), order=("organisation_id",),
        ),
        Register(
            "support", "support_line", "Карта адресной помощи",
            "Дефицит школы и то, чем его закрывают: кто, в какой форме, когда.",
            (
                GridColumn("organisation_id", "Школа", "school", 118),
                GridColumn("deficit", "Дефицит", width=124),
                GridColumn("offer", "Чем помогаем", width=124),
                GridColumn("provider", "Кто помогает", width=96),
                GridColumn("form", "Форма", width=80),
                GridColumn("date_from", "С", "date", 84),
                GridColumn("date_to", "По", "date", 84),
                GridColumn("responsible", "Ответственный", width=104),
                GridColumn("state", "Состояние", "word", 112, SUPPORT_WORDS),
                GridColumn("result", "Результат", width=70),
            ),
            scope=("school_year",), order=("organisation_id",),
        ),
        Register(
            "risks", "risk_measure", "Факторы риска и меры",
            "Актуальные факторы риска школы, мера по каждому и её состояние.",
            (
                GridColumn("organisation_id", "Школа", "school", 124),
                GridColumn("factor", "Фактор риска", width=190),
                GridColumn("text", "Мера", width=204),
                GridColumn("responsible", "Ответственный", width=104),
                GridColumn("due_on", "Срок", "date", 84),
                GridColumn("state", "Состояние", "word", 114, RISK_WORDS),
                GridColumn("done_on", "Выполнено", "date", 86),
                GridColumn("result", "Результат", width=86),
            ),
            scope=("school_year",), order=("organisation_id",), files=True,
        ),
        Register(
            "cycle", "cycle_document", "Документы папки",
            "Документы направления за год и ссылки, где они размещены.",
            (
                GridColumn("title", "Документ", width=250),
                GridColumn("number", "Номер", width=80),
                GridColumn("dated", "Дата", "date", _DAY),
                GridColumn("link", "Где размещён", width=170),
                GridColumn("note", "Примечание", width=110),
            ),
            row=("документ", "документа", "документов"), scope=("school_year", "direction", "component"),
            ordered=True, files=True,
        ),
        Register(
            "route", "route_step", "Маршрут школы",
            "Шаги школы за год. «Прошло» — день, когда шаг сделан; «Встреча» — день следующего собеседования.",
            (
                GridColumn("step", "Шаг", "word", 256, STEP_WORDS),
                GridColumn("planned_on", "План", "date", 86),
                GridColumn("held_on", "Прошло", "date", 86),
                GridColumn("outcome", "Что выяснили", width=160),
                GridColumn("decision", "Что решили", width=150),
                GridColumn("next_on", "Встреча", "date", 86),
                GridColumn("responsible", "Кто ведёт", width=104),
            ),
            row=("шаг", "шага", "шагов"), scope=("school_year", "organisation_id"), needs=("step",),
            order=("planned_on", "held_on"), files=True,
        ),
        Register(
            "recommendations", "recommendation", "Адресные рекомендации",
            "Кому, что и к какому сроку рекомендовано. Через год у каждой отмечается, выполнена ли она.",
            (
                GridColumn("addressee", "Кому", "word", 92, ADDRESSEE_WORDS),
                GridColumn("organisation_id", "Школа", "school", 108),
                GridColumn("name", "Кому именно", width=108),
                GridColumn("text", "Что рекомендуется", width=210),
                GridColumn("due_on", "Срок", "date", 84),
                GridColumn("sent_on", "Отправлена", "date", 90),
                GridColumn("used", "Выполнена", "word", 96, USED_WORDS),
                GridColumn("used_note", "Что сделано", width=126),
            ),
            row=("рекомендация", "рекомендации", "рекомендаций"), scope=("school_year",), ordered=True,
            needs=("addressee", "text"), files=True,
        ),
        Register(
            "signers", "signer", "Подписывающие",
            "Кто подписывает, утверждает и согласует документы. Первый, кто подписывает, стоит в них обычно.",
            (
                GridColumn("post", "Должность", width=290),
                GridColumn("name", "И. О. Фамилия", width=118),
                GridColumn("full_name", "Фамилия, имя, отчество", width=190),
                GridColumn("role", "Что делает", "word", 98, SIGNER_WORDS),
                GridColumn("organisation", "Организация", width=124),
                GridColumn("note", "Примечание", width=96),
            ),
            row=("человек", "человека", "человек"), ordered=True,
        ),
        Register(
            "package_expected", "package_expected", "От кого ждём пакеты",
            "Муниципалитеты, которые присылают пакеты. Вставьте их из таблицы: название, код ОКТМО, срок.",
            (
                GridColumn("municipality", "Муниципалитет", width=280),
                GridColumn("oktmo", "ОКТМО", width=96),
                GridColumn("due_on", "Срок", "date", 92),
                GridColumn("contact", "Кому напомнить", width=220),
                GridColumn("note", "Примечание", width=160),
            ),
            row=("муниципалитет", "муниципалитета", "муниципалитетов"), ordered=True,
        ),
    )
}  # fmt: skip
REGISTERS |= {item.key: item for item in (*OF_BODIES, *OF_EVENTS, *OF_HELP, *OF_MENTORING, *OF_PRACTICES)}
"""Key → register."""


def register(key: str) -> Register:
    """Return a register.

    Raises:
        UserError: ``REG_UNKNOWN``.
    """
    if key not in REGISTERS:
        raise UserError("REG_UNKNOWN", key=key, known=", ".join(REGISTERS))
    return REGISTERS[key]


def column(item: Register, key: str) -> GridColumn:
    """Return a column of a register by its key or its heading.

    Raises:
        UserError: ``REG_NO_COLUMN``.
    """
    wanted = key.strip().casefold()
    for found in item.columns:
        if wanted in {found.key, found.title.casefold()}:
            return found
    raise UserError(
        "REG_NO_COLUMN", name=key, register=item.title, known=", ".join(f"«{one.title}»" for one in item.columns)
    )
