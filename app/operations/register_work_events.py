"""Registers of events: the events, the programme of one, who came to it by school and by name."""

from __future__ import annotations

from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register

EVENT_WORDS = {
    "seminar": "семинар", "webinar": "вебинар", "workshop": "педагогическая мастерская", "master": "мастер-класс",
    "internship": "стажировка", "council": "педагогический консилиум", "conference": "конференция",
    "round_table": "круглый стол", "open_lesson": "открытый урок", "training": "тренинг", "contest": "конкурс",
    "meeting": "заседание", "hearing": "публичное заслушивание", "day": "методический день", "other": "другое",
}  # fmt: skip
"""Forms of events; most are words of 004 (annex on network platforms) and of 002 (Раздел 2)."""
EVENT_STATE_WORDS = {"planned": "запланировано", "held": "прошло", "moved": "перенесено", "cancelled": "отменено"}
EVENT_AUDIENCES = {
    "teachers": "учителя", "heads": "руководители", "specialists": "специалисты сопровождения",
    "young": "молодые педагоги", "team": "команды школ", "parents": "родители", "pupils": "ученики",
    "other": "другие",
}  # fmt: skip
GUEST_AUDIENCES = {key: word for key, word in EVENT_AUDIENCES.items() if key not in {"parents", "pupils"}}
"""Lists of names are of adults who work: no pupil and no parent is ever named."""
CAME_WORDS = {"yes": "был", "online": "подключился", "no": "не был"}

_DAY, _TIME = 86, 62
OF_EVENTS: tuple[Register, ...] = (
    Register(
        "events", "work_event", "События",
        "Семинары, вебинары, заседания: когда, где, по какому мероприятию программы.",
        (
            GridColumn("kind", "Форма", "word", 110, EVENT_WORDS),
            GridColumn("title", "Название", width=220),
            GridColumn("date_from", "Когда", "date", _DAY),
            GridColumn("date_to", "По", "date", _DAY),
            GridColumn("time_from", "Начало", "time", _TIME),
            GridColumn("time_to", "Конец", "time", _TIME),
            GridColumn("lineage", "Мероприятие программы", "activity", 200),
            GridColumn("place", "Где", width=120),
            GridColumn("host_id", "В школе", "school", 110),
            GridColumn("link", "Ссылка", width=110),
            GridColumn("topic", "О чём", width=150),
            GridColumn("subject", "Предмет", width=100),
            GridColumn("deficit", "Какой дефицит закрывает", width=120),
            GridColumn("wanted", "Не менее, человек", "count", 70),
            GridColumn("methodist", "Кто проводит", width=110),
            GridColumn("owner_id", "В календаре школы", "school", 110),
            GridColumn("state", "Состояние", "word", 96, EVENT_STATE_WORDS),
            GridColumn("reason", "Почему", width=110),
            GridColumn("result", "Чем кончилось", width=150),
            GridColumn("note", "Примечание", width=110),
        ),
        row=("событие", "события", "событий"), order=("date_from", "time_from"), files=True,
        children=(("event_item", "event_id"), ("event_people", "event_id"), ("event_guest", "event_id")),
    ),
    Register(
        "event_items", "event_item", "Программа",
        "Что за чем идёт: время, тема, кто выступает. Строку можно перетащить за её номер.",
        (
            GridColumn("starts", "Начало", "time", 70),
            GridColumn("topic", "Что", width=330),
            GridColumn("speaker", "Кто ведёт", "name", 190),
            GridColumn("organisation_id", "Школа", "school", 130),
        ),
        scope=("event_id",), ordered=True,
    ),
    Register(
        "event_people", "event_people", "Участники по школам",
        "Сколько человек от школы пришло; подключений столько, сколько экранов: за одним может быть много людей.",
        (
            GridColumn("organisation_id", "Школа", "school", 190),
            GridColumn("audience", "Кто", "word", 150, EVENT_AUDIENCES),
            GridColumn("invited", "Звали", "count", 72),
            GridColumn("came", "Пришли", "count", 76),
            GridColumn("connections", "Подключений", "count", 100),
            GridColumn("note", "Примечание", width=140),
        ),
        scope=("event_id",), order=("organisation_id",),
    ),
    Register(
        "event_guests", "event_guest", "Список по именам",
        "Пробел отмечает, что человек был. Список остаётся в этом файле; только взрослые, учеников сюда не вписывают.",
        (
            GridColumn("name", "Фамилия, имя, отчество", "name", 200),
            GridColumn("organisation_id", "Школа", "school", 126),
            GridColumn("post", "Должность", width=142),
            GridColumn("audience", "Кто", "word", 106, GUEST_AUDIENCES),
            GridColumn("came", "Был", "word", 92, CAME_WORDS),
            GridColumn("certificate", "Сертификат", width=86),
            GridColumn("note", "Примечание", width=80),
        ),
        row=("человек", "человека", "человек"), scope=("event_id",), ordered=True,
    ),
)  # fmt: skip
