"""What two records bring together, as sentences: one wording for the window and the command."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.merged import Coming
from app.models.organisations import Merged
from app.operations.schools import SYSTEM_WORDS, YEAR_WORDS
from app.texts import count, quoted, school_year

FACT_FORMS: dict[str, tuple[str, str, str]] = {
    "mark_count": ("результат", "результата", "результатов"),
    "journal_count": ("сравнение с журналом", "сравнения с журналом", "сравнений с журналом"),
    "task_count": ("строка по заданиям", "строки по заданиям", "строк по заданиям"),
    "score_count": ("распределение баллов", "распределения баллов", "распределений баллов"),
    "metric_value": ("значение показателя", "значения показателей", "значений показателей"),
    "organisation_year": ("учебный год с числом учеников", "учебных года с числом учеников",
                          "учебных лет с числом учеников"),
    "school_project": ("проект", "проекта", "проектов"),
    "form_case": ("ответ на форму", "ответа на формы", "ответов на формы"),
    "course_record": ("запись о курсах", "записи о курсах", "записей о курсах"),
    "external_entry": ("запись из списков извне", "записи из списков извне", "записей из списков извне"),
    "deficit": ("строка о дефицитах", "строки о дефицитах", "строк о дефицитах"),
    "plan_count": ("строка об индивидуальных планах", "строки об индивидуальных планах",
                   "строк об индивидуальных планах"),
    "support_line": ("строка карты адресной помощи", "строки карты адресной помощи", "строк карты адресной помощи"),
    "risk_measure": ("мера по фактору риска", "меры по факторам риска", "мер по факторам риска"),
    "help_entry": ("запись журнала помощи", "записи журнала помощи", "записей журнала помощи"),
    "event_people": ("строка об участниках событий", "строки об участниках событий", "строк об участниках событий"),
    "event_guest": ("участник события по имени", "участника событий по именам", "участников событий по именам"),
    "body_member": ("участник объединения", "участника объединений", "участников объединений"),
    "body_school": ("место в объединении", "места в объединениях", "мест в объединениях"),
    "practice": ("практика", "практики", "практик"),
    "practice_use": ("внедрение практики", "внедрения практик", "внедрений практик"),
    "mentor_pair": ("наставническая пара", "наставнические пары", "наставнических пар"),
    "young_count": ("строка о молодых педагогах", "строки о молодых педагогах", "строк о молодых педагогах"),
    "partnership": ("соглашение", "соглашения", "соглашений"),
    "data_explanation": ("объяснение замечания", "объяснения замечаний", "объяснений замечаний"),
}  # fmt: skip
"""What comes along, in words."""


def of_facts(facts: Sequence[Coming]) -> list[str]:
    """Say how many rows of each kind come along, and of which both records have their own."""
    new = ", ".join(count(item.new, *FACT_FORMS[item.table]) for item in facts if item.new)
    both = ", ".join(count(item.both, *FACT_FORMS[item.table]) for item in facts if item.both)
    lines = [f"Перейдёт к основной записи: {new}."] if new else []
    if both:
        lines.append(f"Есть у обеих записей: {both}. Считаться будут числа основной.")
    return lines or ["Своих чисел у двойника нет, переходить нечему."]


def of_merged(record: Merged) -> str:
    """Return «Объединена с «СОШ № 2». Её коды: ИНН 7707083893. Её числа: 2025/26 — учеников 300, учителей 21.»"""
    codes = of_codes(record.codes)
    years = "; ".join(
        f"{school_year(year)} — "
        + ", ".join(f"{YEAR_WORDS[k]} {n}" for k, n in (("pupils", pupils), ("teachers", teachers)) if n is not None)
        for year, pupils, teachers in record.years
    )
    parts = (("Её коды", codes), ("Её числа", years))
    return " ".join([f"Объединена с {quoted(record.name)}.", *(f"{word}: {text}." for word, text in parts if text)])


def of_codes(codes: Sequence[tuple[str, str]]) -> str:
    """Return «логин ФИС ОКО edu123456, ИНН 7707083893»."""
    return ", ".join(f"{_inside(SYSTEM_WORDS.get(system, system))} {value}" for system, value in codes)


def _inside(word: str) -> str:
    """Return a word as it stands amid a sentence: «код МСУ», but «ИНН»."""
    return word[:1].lower() + word[1:] if word[1:2].islower() else word
