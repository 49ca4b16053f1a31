"""A few rows in every register of the filled year, so that no figure of the monitoring is empty."""

from __future__ import annotations

from typing import Any

from app.models.store import Operation, Store

YEAR = 2026
"""First calendar year of the school year."""


def fill(store: Store, listed: list[int], others: list[int]) -> None:
    """Write the registers.

    Args:
        store: a file of ``monitoring_year.filled``.
        listed: schools of the list of the latest results, at least six, the first three of the year before, too.
        others: schools that are on neither list, at least six.
    """
    with store.operation("Заполнены реестры", "test.registers") as operation:
        _partners(operation, listed, others)
        _people(operation, listed, others)
        _needs(operation, listed, others)
        _risks(operation, listed)
        _rest(operation, listed, others)


def _partners(operation: Operation, listed: list[int], others: list[int]) -> None:
    for receiver, donor, state in zip(listed, others, ("ended", "active", "ended"), strict=False):
        operation.insert("partnership", school_year=YEAR - 1, donor_kind="school", donor_id=donor, receiver_id=receiver,
                         topic="Русский язык", state=state)  # fmt: skip
    made = []
    for place, (state, number, until) in enumerate((
        ("active", "7", None), ("active", None, None), ("active", "8", f"{YEAR}-10-31"), ("planned", "9", None),
        ("ended", "10", None), ("broken", "11", None),
    )):  # fmt: skip
        made.append(operation.insert(
            "partnership", school_year=YEAR, donor_kind="school", donor_id=others[place],
            receiver_id=listed[place], number=number, dated=f"{YEAR}-09-10", topic="Математика", state=state,
            date_to=until,
        ))  # fmt: skip
    for key, held, people in ((made[0], "10-05", 12), (made[0], "11-05", None), (made[0], None, 40),
                              (made[1], "10-20", 9), (made[5], "09-30", 4)):  # fmt: skip
        operation.insert(
            "partnership_event", partnership_id=key, position=0, title="Открытый урок", planned_on=f"{YEAR}-10-01",
            held_on=held and f"{YEAR}-{held}", participants=people,
        )  # fmt: skip
    for receiver, donor, state in ((listed[0], others[0], "existing"), (listed[1], others[1], "declined"),
                                   (listed[2], others[2], "planned"), (others[5], others[3], "agreed")):  # fmt: skip
        operation.insert("organisation_tie", school_year=YEAR, receiver_id=receiver, donor_id=donor, state=state)


def _people(operation: Operation, listed: list[int], others: list[int]) -> None:
    for name, role, schools, begin, end in (
        ("Орлова Анна Петровна", "куратор", listed[:2], f"{YEAR}-09-01", None),
        ("Серов Пётр Ильич", "тьютор", [listed[1], others[0]], None, None),
        ("Белова Ольга Игоревна", "консультант", [listed[2]], f"{YEAR}-09-01", f"{YEAR}-10-01"),
        ("Жуков Олег Олегович", "директор", [listed[3]], f"{YEAR - 9}-09-01", None),
        ("Титова Вера Львовна", "куратор", [listed[4]], f"{YEAR - 3}-09-01", f"{YEAR - 1}-08-31"),
    ):
        person = operation.insert("person", full_name=name)
        for school in schools:
            operation.insert("appointment", person_id=person, organisation_id=school, role=role, date_from=begin,
                             date_to=end)  # fmt: skip


def _needs(operation: Operation, listed: list[int], others: list[int]) -> None:
    closed = []
    for school, audience, subject, people, asked in (
        (listed[0], "teachers", "Математика", 3, 5), (listed[1], "teachers", "математика", 2, 2),
        (others[0], "teachers", "Русский язык", 4, None), (listed[0], "heads", None, 1, 1),
        (None, "specialists", None, None, 3),
    ):  # fmt: skip
        closed.append(operation.insert("deficit", school_year=YEAR, organisation_id=school, audience=audience,
                                       subject=subject, kind="method", people=people, of_people=asked))  # fmt: skip
    for school, kind, numbers in (
        (listed[0], "teacher", (6, 5, 2)),
        (others[0], "teacher", (2, 2, None)),
        (listed[1], "pupil", (20, 14, 0)),
        (listed[2], "pupil", (None, 3, 1)),
    ):
        values = dict(zip(("need", "planned", "done"), numbers, strict=True))
        operation.insert("plan_count", school_year=YEAR, organisation_id=school, kind=kind, **values)
    for school, deficit, state in ((listed[0], closed[0], "done"), (listed[1], closed[1], "refused"),
                                   (others[0], closed[2], "planned"), (listed[0], None, "running")):  # fmt: skip
        operation.insert("support_line", school_year=YEAR, organisation_id=school, deficit_id=deficit, state=state,
                         deficit="Дефицит", offer="Курсы", date_to=f"{YEAR}-11-01")  # fmt: skip
    for place, (school, kind, people, year) in enumerate((
        (listed[0], "upgrading", 4, YEAR), (listed[0], "retraining", 1, YEAR), (others[0], "upgrading", 6, YEAR),
        (None, "upgrading", 2, YEAR), (listed[1], "upgrading", 50, YEAR - 1), (listed[2], "upgrading", 0, YEAR),
    )):  # fmt: skip
        operation.insert(
            "course_record", school_year=year, organisation_id=school, category="school-staff", provider="loiro",
            kind=kind, people=people, title=f"Курс {place + 1}",
        )  # fmt: skip


def _risks(operation: Operation, listed: list[int]) -> None:
    profile = operation.insert("external_list", kind="risk_profile", year=YEAR, title="Рисковый профиль",
                               added_at=f"{YEAR}-09-01T08:00:00+00:00", actor="Ким О. В.")  # fmt: skip
    for school, item, value in (
        (listed[0], "equipment", "высокая"), (listed[0], "staff_shortage", "средняя"),
        (listed[1], "equipment", "низкая"), (listed[1], "staff_shortage", "низкая"), (listed[2], "equipment", None),
    ):  # fmt: skip
        operation.insert("external_entry", list_id=profile, organisation_id=school, item=item, value=value,
                         raw=value or "есть")  # fmt: skip
    for school, factor, state in (
        (listed[0], "Низкий уровень оснащения школы", "done"), (listed[1], "Нехватка педагогических кадров", "planned"),
        (listed[2], "Фактор не из профиля", "not_done"), (listed[0], "Дефицит кадров школы", "running"),
    ):  # fmt: skip
        operation.insert("risk_measure", school_year=YEAR, organisation_id=school, factor=factor, text="Мера",
                         due_on=f"{YEAR}-10-01", state=state)  # fmt: skip


def _rest(operation: Operation, listed: list[int], others: list[int]) -> None:
    platform = operation.insert("network_platform", school_year=YEAR, title="Площадка", organisation_id=others[0],
                                topic="Математика")  # fmt: skip
    operation.insert("platform_measure", platform_id=platform, measure="events", raw="5", value="5")
    for until in (None, f"{YEAR}-01-31"):
        operation.insert("legal_act", level="municipal", kind="приказ", number="1", dated=f"{YEAR - 1}-09-01",
                         title="О списке школ", topic="identification", date_to=until)  # fmt: skip
    for school, exact, raw in ((listed[0], "12.5", "12,5"), (listed[1], "7", "7"), (others[0], "30.25", "30,25")):
        operation.insert("metric_value", organisation_id=school, school_year=YEAR, metric="distance_center",
                         exact=exact, raw=raw)  # fmt: skip
    for place, school in enumerate((*listed[:4], *others[:3])):
        flag = int(place % 2 == 0)
        operation.insert("metric_value", organisation_id=school, school_year=YEAR - 1, metric="monotown", part=flag,
                         raw="да" if flag else "нет")  # fmt: skip
    for school, first, approved, cancelled in (
        (listed[0], YEAR, f"{YEAR}-05-01", None), (listed[1], YEAR, None, None),
        (listed[2], YEAR - 5, f"{YEAR - 5}-05-01", None),
        (listed[3], YEAR, f"{YEAR}-05-01", f"{YEAR}-06-01"),
    ):  # fmt: skip
        _programme(operation, school, first, approved_on=approved, cancelled_on=cancelled)
    for year, used in ((YEAR - 1, "yes"), (YEAR - 1, "no"), (YEAR - 1, None), (YEAR, None)):
        operation.insert(
            "recommendation", school_year=year, addressee="school", organisation_id=listed[0], position=0,
            text="Провести разбор работ", used=used, sent_on=f"{year}-11-01" if used else None,
        )  # fmt: skip


def _programme(operation: Operation, school: int, first: int, **values: Any) -> None:
    key = operation.insert(
        "programme", kind="school", organisation_id=school, title="Программа школы", year_from=first,
        year_to=first + 1, lineage=0, created_at=f"{first}-01-10T08:00:00+00:00", **values,
    )  # fmt: skip
    operation.update("programme", key, lineage=key)
