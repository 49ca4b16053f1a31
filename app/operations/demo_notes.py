"""Recommendations and a typed conclusion of the example: last year's with marks, this year's partly sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.models import organisations
from app.models.store import Store
from app.operations import notes, recommendations, registers
from app.operations.note_scope import Asked

TAKEN = {"school": 4, "rmo": 1, "tutor": 1, "mms": 2, "institute": 1}
"""How many proposals to whom the methodist of the example has taken."""
BEFORE = (
    ("school", "СОШ № 5", "Разобрать с учителями математики ошибки ВПР в 5 и 6 классах.", "yes", "разбор на РМО"),
    ("school", "СОШ пгт Рудничный", "Составить план помощи детям, не достигшим минимума по математике.",
     "part", "план есть, занятия только в 6 классах"),
    ("rmo", "РМО: математика", "Провести занятие о решении задач на проценты.", "no", "перенесено"),
    ("mms", "Методическая служба", "Заключить соглашения школ списка со школами-партнёрами.", None, None),
)  # fmt: skip
CONCLUSION = (
    "Список обновился больше чем наполовину: школам, вошедшим впервые, помощь нужна с начала учебного года.\n"
    "Главная трудность — математика в 5 и 6 классах."
)


def fill(store: Store, _ids: Mapping[str, int], last: int) -> None:
    """Write the recommendations of two school years and a conclusion of the note."""
    year, names = last - 1, {school.shown: school.id for school in organisations.listing(store.connection)}
    with store.operation(f"Рекомендации {year}/{last % 100} учебного года", "advice.demo") as operation:
        for addressee, name, text, used, note in BEFORE:
            school = names.get(name)
            registers.add_in(
                operation, "recommendations", {"school_year": year}, addressee=addressee, organisation_id=school,
                name=None if school is not None else name, text=text, due_on=f"{last}-05-31",
                sent_on=f"{year}-11-20", used=used, used_note=note,
            )  # fmt: skip
    asked = Asked("note", last, date(last, 11, 23))
    waiting = recommendations.read(store.connection, asked).waiting
    chosen = [
        item.key for addressee, most in TAKEN.items()
        for item in [one for one in waiting if one.addressee == addressee][:most]
    ]  # fmt: skip
    made = recommendations.take(store, asked, chosen)
    recommendations.send(store, made[:3], f"{last}-11-16")
    notes.put(store, asked, "conclusions", CONCLUSION)
