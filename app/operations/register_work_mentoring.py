"""Registers of mentoring: pairs, their meetings, counts of young teachers by school."""

from __future__ import annotations

from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register

FORM_WORDS = {
    "teacher": "опытный педагог – молодой специалист",
    "leader": "лидер педагогического сообщества – педагог, испытывающий проблемы",
    "innovator": "педагог-новатор – консервативный педагог",
    "subject": "опытный предметник – неопытный предметник",
    "head": "опытный руководитель – новый руководитель",
}
"""Forms of «учитель – учитель» in the words of 004 («Возможные варианты реализации формы»); the last one is our own."""
STATE_WORDS = {"planned": "готовится", "active": "работает", "ended": "завершена", "broken": "прервана"}

OF_MENTORING: tuple[Register, ...] = (
    Register(
        "mentor_pairs", "mentor_pair", "Наставнические пары",
        "Кто кому помогает. Имена видны только здесь и в приложении к приказу; наверх идут числа.",
        (
            GridColumn("mentor_id", "Наставник", "person", 178),
            GridColumn("mentee_id", "Кому помогает", "person", 178),
            GridColumn("organisation_id", "Школа", "school", 104),
            GridColumn("subject", "Предмет", width=96),
            GridColumn("form", "Форма", "word", 116, FORM_WORDS),
            GridColumn("topic", "Тема", width=170),
            GridColumn("state", "Состояние", "word", 88, STATE_WORDS),
            GridColumn("date_from", "С", "date", 84),
            GridColumn("date_to", "По", "date", 84),
            GridColumn("act", "Приказ", width=116),
            GridColumn("mentor_school_id", "Школа наставника", "school", 136),
            GridColumn("works_since", "Работает с", "date", 92),
            GridColumn("result", "Итог", width=130),
        ),
        row=("пара", "пары", "пар"), order=("state", "date_from"), files=True,
        children=(("mentor_meeting", "pair_id"),),
    ),
    Register(
        "mentor_meetings", "mentor_meeting", "Встречи пары", "План работы пары и что из него прошло.",
        (
            GridColumn("planned_on", "План", "date", 88),
            GridColumn("held_on", "Прошла", "date", 88),
            GridColumn("topic", "О чём", width=250),
            GridColumn("outcome", "Что получилось", width=220),
        ),
        row=("встреча", "встречи", "встреч"), scope=("pair_id",), ordered=True, files=True,
    ),
    Register(
        "young_counts", "young_count", "Молодые педагоги по школам",
        "Только числа. Молодыми считают педагогов в первые три года работы; пустая ячейка значит «нет сведений».",
        (
            GridColumn("organisation_id", "Школа", "school", 150),
            GridColumn("young", "Молодых", "count", 72),
            GridColumn("first_year", "Первый год", "count", 84),
            GridColumn("mentored", "С наставником", "count", 102),
            GridColumn("left_school", "Ушли", "count", 60),
            GridColumn("pupil_pairs", "Пар «ученик – ученик»", "count", 150),
            GridColumn("source", "Откуда известно", width=124),
            GridColumn("note", "Примечание", width=92),
        ),
        scope=("school_year",), order=("organisation_id",),
    ),
)  # fmt: skip
