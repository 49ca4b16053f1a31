"""Registers of the bank of practices: the practices and the schools that use them."""

from __future__ import annotations

from app.operations.grid_shapes import GridColumn
from app.operations.register_shape import Register

KIND_WORDS = {"practice": "практика", "product": "разработка"}
STATE_WORDS = {"proposed": "предложена", "accepted": "в банке", "archived": "в архиве"}
USE_WORDS = {"planned": "намечено", "trying": "пробует", "adopted": "внедрила", "refused": "отказалась"}
RATING_WORDS = {mark: mark for mark in "54321"}

OF_PRACTICES: tuple[Register, ...] = (
    Register(
        "practices", "practice", "Банк практик",
        "Практики и разработки: чей опыт, какую проблему решает, чем подтверждается.",
        (
            GridColumn("title", "Название", width=230),
            GridColumn("kind", "Что это", "word", 96, KIND_WORDS),
            GridColumn("organisation_id", "Школа-автор", "school", 120),
            GridColumn("author", "Кто придумал", width=120),
            GridColumn("subject", "Предмет", width=104),
            GridColumn("problem", "Какую проблему решает", width=190),
            GridColumn("idea", "Что делают", width=190),
            GridColumn("evidence", "Чем подтверждается", width=160),
            GridColumn("audience", "Для кого", width=110),
            GridColumn("state", "Состояние", "word", 96, STATE_WORDS),
            GridColumn("act", "Документ", width=140),
            GridColumn("accepted_on", "Принята", "date", 84),
            GridColumn("link", "Где описана", width=120),
            GridColumn("note", "Примечание", width=110),
        ),
        row=("практика", "практики", "практик"), order=("title",), files=True,
        children=(("practice_use", "practice_id"),),
    ),
    Register(
        "practice_uses", "practice_use", "Кто внедрил",
        "Школы, которые взяли практику: что вышло и как её оценивают, от 1 до 5. Пустая оценка — не ноль.",
        (
            GridColumn("organisation_id", "Школа", "school", 168),
            GridColumn("state", "Состояние", "word", 108, USE_WORDS),
            GridColumn("since", "С какого дня", "date", 96),
            GridColumn("rating", "Оценка", "word", 66, RATING_WORDS),
            GridColumn("opinion", "Отзыв школы", width=260),
            GridColumn("note", "Примечание", width=120),
        ),
        row=("школа", "школы", "школ"), scope=("practice_id",), needs=("organisation_id",), order=("organisation_id",),
        files=True,
    ),
)  # fmt: skip
