"""Registers of professional associations: who is in one, which schools take part, its plan of the year."""

from __future__ import annotations

from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register

KINDS = (
    "районное методическое объединение (РМО)", "творческая группа", "проблемная группа", "Школа молодого педагога",
    "методический консилиум", "сетевое сообщество", "кластер", "рабочая группа", "экспертная группа",
    "координационный совет",
)  # fmt: skip
"""Words for what a body is; the file keeps the word itself, so that any other one stays as it was written."""
ROLES = ("руководитель", "заместитель руководителя", "секретарь", "участник", "эксперт")
SCHOOL_ROLES = ("ведущая школа", "участник", "база заседаний")


def _suggested(words: tuple[str, ...]) -> dict[str, str]:
    return {word: word for word in words}


OF_BODIES: tuple[Register, ...] = (
    Register(
        "body_members", "body_member", "Состав объединения",
        "Кто входит и от какой школы. Кто вышел, остаётся в составе прошлых лет: впишите день в графу «По».",
        (
            GridColumn("person_id", "Кто", "person", 206),
            GridColumn("role", "Роль", width=134, words=_suggested(ROLES)),
            GridColumn("organisation_id", "Школа", "school", 132),
            GridColumn("date_from", "С", "date", 84),
            GridColumn("date_to", "По", "date", 84),
            GridColumn("note", "Примечание", width=92),
        ),
        row=("человек", "человека", "человек"), scope=("body_id",), needs=("person_id", "role"),
        order=("role", "date_from"),
    ),
    Register(
        "body_schools", "body_school", "Школы объединения",
        "Школы кластера или сообщества. Школы участников считаются сами, вписывать их сюда не нужно.",
        (
            GridColumn("organisation_id", "Школа", "school", 220),
            GridColumn("role", "Роль", width=150, words=_suggested(SCHOOL_ROLES)),
            GridColumn("date_from", "С", "date", 90),
            GridColumn("date_to", "По", "date", 90),
            GridColumn("note", "Примечание", width=150),
        ),
        row=("школа", "школы", "школ"), scope=("body_id",), order=("organisation_id",),
    ),
    Register(
        "body_plan", "body_plan", "План объединения",
        "Что объединение делает за учебный год. Пункт можно сделать заседанием: он закроется, когда оно пройдёт.",
        (
            GridColumn("text", "Что делаем", width=252),
            GridColumn("due_on", "Срок", "date", 84),
            GridColumn("responsible", "Ответственный", width=132),
            GridColumn("done_on", "Сделано", "date", 84),
            GridColumn("result", "Что получилось", width=140),
        ),
        row=("пункт", "пункта", "пунктов"), scope=("body_id", "school_year"), ordered=True, files=True,
    ),
)  # fmt: skip
